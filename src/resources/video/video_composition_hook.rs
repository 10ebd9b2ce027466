//! A hook that composes the recordings of each room. <https://www.twilio.com/docs/video/api/composition-hooks>
//!
//! # Quirks
//! - An update says everything: what it leaves out is as in a new hook. Seen of the sources by another provider's tests.
//! - `video_layout` reads as `{}` where there is none.
//! - The filter of names takes asterisks and does not tell capitals from small letters.

use super::codes::VIDEO;
use super::older;
use crate::engine::facts::Absent::{Clears, DefaultsTo, Required};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{
    Category, Check, Destroy, Field, Filter, Forewarning, Key, Kind, Lifecycle, List, Literal, Managed, Moment, Object,
    On, Place, Plural, Rule, UpdateStyle, boolean, http_method, json, set, text, timestamp, url,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::framework::reason::Reason;
use crate::twilio::Product;

/// `twilio_video_composition_hook`.
pub const VIDEO_COMPOSITION_HOOK: Managed = Managed {
    object: Object {
        name: "twilio_video_composition_hook",
        noun: "composition hook",
        plural: Some(Plural {
            name: "twilio_video_composition_hooks",
            noun: "composition hooks",
        }),
        category: Category::Video,
        api_page: "https://www.twilio.com/docs/video/api/composition-hooks",
        place: Place::at(Product::Video, "/v1/CompositionHooks", "/v1/CompositionHooks/{sid}"),
        key: Key::Sid("HK"),
        natural_key: &["friendly_name"],
        list: List {
            filters: &[
                Filter::exact(
                    boolean("enabled", Setting(Clears)).doc("Only hooks that are enabled, or only those that are not."),
                ),
                Filter::loose(
                    text("date_created_after", Setting(Clears))
                        .doc("Only hooks created at this moment or later (RFC 3339)."),
                ),
                Filter::loose(
                    text("date_created_before", Setting(Clears))
                        .doc("Only hooks created before this moment (RFC 3339)."),
                ),
                Filter::at_least(
                    text("friendly_name", Setting(Clears)).doc(
                        "Only hooks with this name, in capitals or small letters; an asterisk stands for any text.",
                    ),
                ),
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        codes: &[VIDEO],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Composes the recordings of each Video room that ends into one file. A hook is about the whole account: while it is enabled, every \
          completed group room with recordings makes a composition, and Twilio bills the minutes that are composed and the storage. \
          Destroying a hook deletes none of the compositions that it made.",
    lifecycle: Lifecycle::made(UpdateStyle::Whole, Destroy::Delete),
    forewarnings: &[Forewarning {
        moment: Moment::Begins("enabled", On::True),
        summary: "composes every room of the account",
        detail: "From this apply on every completed group room with recordings makes a composition, whoever made the room. Twilio bills the minutes that are composed, and the storage of the files: https://www.twilio.com/docs/video/api/composition-hooks",
    }],
    rules: &[Rule::AtLeastOneOf(&["audio_sources", "video_layout"])],
    older_states: older::VIDEO_COMPOSITION_HOOK,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required))
        .checks(&[Check::Length(1, 100)])
        .doc("Name of the hook, up to 100 characters, which no other hook of the account has."),
    boolean("enabled", Setting(DefaultsTo(Literal::Bool(true))))
        .doc("Whether rooms that end are composed; `false` keeps the hook and stops its compositions. Default: `true`."),
    json("video_layout", Setting(Clears)).doc(
        "Regions of the picture and the video tracks in each, as \
         [Twilio describes them](https://www.twilio.com/docs/video/api/compositions-resource#specifying-video-layouts), by \
         `jsonencode({ … })`. Without it the composition has sound alone.",
    ),
    set("audio_sources", Setting(Clears), &Kind::Text).doc(
        "Names of the audio tracks that are mixed; an asterisk stands for any text, so that `[\"*\"]` is all of them. Without it the \
         composition is silent.",
    ),
    set("audio_sources_excluded", Setting(Clears), &Kind::Text)
        .doc("Names of audio tracks that `audio_sources` would take and that are left out; asterisks as there."),
    text("resolution", Setting(DefaultsTo(Literal::Text("640x480"))))
        .checks(&[Check::Custom(is_a_resolution)])
        .doc(
            "Width and height of the picture in pixels, as `1280x720`: 16 to 1280 each way, and 921,600 pixels at most. \
             Default: `640x480`.",
        ),
    text("format", Setting(DefaultsTo(Literal::Text("webm"))))
        .checks(&[Check::Known(&["mp4", "webm"])])
        .doc("Format of the file: `mp4` or `webm`. Default: `webm`."),
    url("status_callback", Setting(Clears)).doc("URL that Twilio requests with what becomes of each composition. Without it, none."),
    http_method("status_callback_method").doc("HTTP method for `status_callback`: `GET` or `POST`. Default: `POST`."),
    boolean("trim", Setting(DefaultsTo(Literal::Bool(true))))
        .doc("Whether stretches in which nothing was recorded are cut out. Default: `true`."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

fn is_a_resolution(text: &str) -> Result<(), Reason> {
    let side = |digits: &str| {
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
        digits
            .parse::<u32>()
            .ok()
            .filter(|pixels| is_plain && (16..=1280).contains(pixels))
    };
    let sides = text
        .split_once('x')
        .and_then(|(width, height)| Some((side(width)?, side(height)?)));
    match sides {
        Some((width, height)) if width * height <= 921_600 => Ok(()),
        _ => {
            Err("Write width and height as in 1280x720: 16 to 1280 pixels each way, and 921,600 in all at most.".into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resolution_is_within_what_twilio_composes() {
        for good in ["640x480", "1280x720", "16x16", "720x1280", "960x960"] {
            assert!(is_a_resolution(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "640",
            "640x",
            "640X480",
            "15x480",
            "1281x16",
            "1280x721",
            "0640x480",
            "+64x480",
            "640x480x3",
        ] {
            assert!(is_a_resolution(bad).is_err(), "{bad}");
        }
    }
}
