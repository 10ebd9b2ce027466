//! Video as the older providers store it.

use crate::engine::facts::older::OlderState;

/// `twilio_video_composition_hook`.
pub(super) const VIDEO_COMPOSITION_HOOK: &[OlderState] = &[
    OlderState::rjpearson94("twilio_video_composition_hook").renamed(&[("status_callback", "status_callback_url")]),
    OlderState::vendor("twilio_video_composition_hooks_v1"),
];

/// `twilio_video_composition_settings`.
pub(super) const VIDEO_COMPOSITION_SETTINGS: &[OlderState] =
    &[OlderState::rjpearson94("twilio_video_composition_settings")];

/// `twilio_video_recording_settings`.
pub(super) const VIDEO_RECORDING_SETTINGS: &[OlderState] =
    &[OlderState::rjpearson94("twilio_video_recording_settings")];
