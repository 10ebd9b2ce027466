//! Where the calls of a trunk go. <https://www.twilio.com/docs/sip-trunking/api/originationurl-resource>

use super::codes::TRUNKING;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Field, Key, Managed, Object, Place, Plural, boolean, int, sid, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::resources::sip::values::sip_or_sips_url;
use crate::twilio::Product;

/// `twilio_trunk_origination_url`.
pub const TRUNK_ORIGINATION_URL: Managed = Managed {
    object: Object {
        name: "twilio_trunk_origination_url",
        noun: "origination URL",
        plural: Some(Plural {
            name: "twilio_trunk_origination_urls",
            noun: "origination URLs",
        }),
        category: Category::Trunking,
        api_page: "https://www.twilio.com/docs/sip-trunking/api/originationurl-resource",
        place: Place::at(
            Product::Trunking,
            "/v1/Trunks/{trunk_sid}/OriginationUrls",
            "/v1/Trunks/{trunk_sid}/OriginationUrls/{sid}",
        ),
        parents: &["trunk_sid"],
        key: Key::Sid("OU"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        codes: &[TRUNKING],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An address of your exchange that a trunk delivers calls to. Of several, those of the lowest `priority` are tried first, and share \
          the calls by `weight`. Destroying it delivers none there any more; without any, calls to the numbers of the trunk fail.",
    older_states: older::TRUNK_ORIGINATION_URL,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("trunk_sid", PathPart, &[Check::Sid("TK")])
        .doc("SID of the trunk (`TK…`). A change replaces the origination URL."),
    int("weight", Setting(Required))
        .checks(&[Check::Range(0, 65_535)])
        .doc("How many of the calls it gets, in proportion to others of its priority, `0` to `65535`."),
    int("priority", Setting(Required))
        .checks(&[Check::Range(0, 65_535)])
        .doc("Before which others it is tried, `0` to `65535`: the lowest first."),
    boolean("enabled", Setting(Required)).doc("Whether calls are delivered there."),
    text("friendly_name", Setting(Required))
        .checks(&[Check::Length(1, 64)])
        .doc("Name of the address, up to 64 characters. Changes in place."),
    text("sip_url", Setting(Required))
        .checks(&[Check::Custom(sip_or_sips_url)])
        .with_webhooks()
        .doc(
            "The address, for example `sip:pbx.example.com`; `sip:pbx.example.com;transport=tls` by TLS. An IP address has to be one of \
             the internet's.",
        ),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
