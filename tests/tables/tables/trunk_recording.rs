//! Settings below an object: one of them for each trunk, in responses that do not say whose they are.
//! <https://www.twilio.com/docs/sip-trunking/api/recording-resource>

use terraform_provider_twilio::engine::facts::Absent::DefaultsTo;
use terraform_provider_twilio::engine::facts::Role::{PathPart, Setting};
use terraform_provider_twilio::engine::facts::{
    Check, Destroy, Field, Key, Lifecycle, Literal, Managed, Object, Place, UpdateStyle, sid, text,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_trunk_recording`.
pub const TRUNK_RECORDING: Managed = Managed {
    object: Object {
        name: "twilio_test_trunk_recording",
        noun: "recording of a trunk",
        api_page: "https://www.twilio.com/docs/sip-trunking/api/recording-resource",
        place: Place::alone(Product::Trunking, "/v1/Trunks/{trunk_sid}/Recording"),
        parents: &["trunk_sid"],
        key: Key::None,
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Which calls of a trunk are recorded.",
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Reset),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("trunk_sid", PathPart, &[Check::Sid("TK")])
        .never_returned()
        .doc("SID of the trunk (`TK…`). A change replaces it."),
    text("mode", Setting(DefaultsTo(Literal::Text("do-not-record"))))
        .checks(&[Check::Known(&[
            "do-not-record",
            "record-from-ringing",
            "record-from-answer",
            "record-from-ringing-dual",
            "record-from-answer-dual",
        ])])
        .doc(
            "What is recorded: `do-not-record`, `record-from-ringing`, `record-from-answer`, `record-from-ringing-dual` or \
             `record-from-answer-dual`. Default: `do-not-record`.",
        ),
    text("trim", Setting(DefaultsTo(Literal::Text("do-not-trim"))))
        .checks(&[Check::Known(&["trim-silence", "do-not-trim"])])
        .doc("Whether silence is cut: `trim-silence` or `do-not-trim`. Default: `do-not-trim`."),
];
