//! What a trunk records. <https://www.twilio.com/docs/sip-trunking/api/recording-resource>

use super::codes::TRUNKING;
use crate::engine::facts::Absent::DefaultsTo;
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Literal, Managed, Object, Place, UpdateStyle, sid, text,
};
use crate::twilio::Product;

/// `twilio_trunk_recording`.
pub const TRUNK_RECORDING: Managed = Managed {
    object: Object {
        name: "twilio_trunk_recording",
        noun: "recording of the trunk",
        category: Category::Trunking,
        api_page: "https://www.twilio.com/docs/sip-trunking/api/recording-resource",
        place: Place::alone(Product::Trunking, "/v1/Trunks/{trunk_sid}/Recording"),
        parents: &["trunk_sid"],
        key: Key::None,
        fields: FIELDS,
        codes: &[TRUNKING],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "What is recorded of the calls of a trunk. Each trunk has these settings, and records nothing until they say otherwise: the first apply \
          brings them to what is configured, and destroying sets them back, so that nothing more is recorded. Recordings stay.",
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Reset),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("trunk_sid", PathPart, &[Check::Sid("TK")])
        .never_returned()
        .doc("SID of the trunk (`TK…`). A change replaces it: the first trunk records nothing any more, and the other as configured."),
    text("mode", Setting(DefaultsTo(Literal::Text("do-not-record"))))
        .checks(&[Check::Known(&[
            "do-not-record",
            "record-from-ringing",
            "record-from-answer",
            "record-from-ringing-dual",
            "record-from-answer-dual",
        ])])
        .doc(
            "What is recorded of each call: `do-not-record` for nothing, `record-from-ringing` or `record-from-answer` for all from \
             then on in one channel, `record-from-ringing-dual` or `record-from-answer-dual` with a channel for each side. Recordings and \
             their storage are billed, and the law of many places asks for consent. Default: `do-not-record`.",
        ),
    text("trim", Setting(DefaultsTo(Literal::Text("do-not-trim"))))
        .checks(&[Check::Known(&["trim-silence", "do-not-trim"])])
        .doc("Whether silence at the beginning and the end is cut off: `trim-silence` or `do-not-trim`. Default: `do-not-trim`."),
];
