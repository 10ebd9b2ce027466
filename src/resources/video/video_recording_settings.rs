//! Where Video keeps recordings. <https://www.twilio.com/docs/video/api/encrypted-recordings>
//!
//! # Quirks
//! - Twilio has none of them until the first write.

use super::codes::VIDEO;
use super::{older, storing};
use crate::engine::facts::hooks::WriteHooks;
use crate::engine::facts::{Category, Destroy, Key, Lifecycle, Managed, Object, Place, UpdateStyle};
use crate::twilio::Product;

/// `twilio_video_recording_settings`.
pub const VIDEO_RECORDING_SETTINGS: Managed = Managed {
    object: Object {
        name: "twilio_video_recording_settings",
        noun: "recording settings",
        category: Category::Video,
        api_page: "https://www.twilio.com/docs/video/api/encrypted-recordings",
        place: Place::alone(Product::Video, "/v1/RecordingSettings/Default"),
        key: Key::None,
        fields: storing::FIELDS,
        codes: &[VIDEO],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Where Video keeps what it records in this account, at Twilio or in a bucket of yours, and whether encrypted. There is one of these in \
          an account. Destroying leaves the settings as they are, so that no recording loses its encryption or its bucket with a \
          resource: set `aws_storage_enabled` and `encryption_enabled` to `false` and apply before, where that is meant.",
    quirks: &[
        "Twilio does not try the bucket and the key when it takes the settings: a file that it cannot store is lost once it stops trying, \
         and an alert in the account's log says so. Record and look before you rely on it.",
        "A bucket, and encryption, are part of some editions of Twilio only.",
    ],
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Forget),
    forewarnings: storing::FOREWARNINGS,
    older_states: older::VIDEO_RECORDING_SETTINGS,
    write: WriteHooks {
        validate: Some(storing::validate),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};
