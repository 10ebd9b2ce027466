//! Video.

pub mod codes;
mod older;
mod storing;
pub mod video_composition_hook;
pub mod video_composition_settings;
pub mod video_recording_settings;

use crate::engine::facts::Managed;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    video_composition_hook::VIDEO_COMPOSITION_HOOK,
    video_composition_settings::VIDEO_COMPOSITION_SETTINGS,
    video_recording_settings::VIDEO_RECORDING_SETTINGS,
];
