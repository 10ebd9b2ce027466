//! Whose calls those from an address are. <https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/sourceipmapping-resource>

use super::codes::CARRIER;
use super::older;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Fixed, Setting};
use crate::engine::facts::{Category, Check, Field, Key, Managed, Object, Place, Plural, sid, timestamp};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::twilio::Product;

/// `twilio_voice_source_ip_mapping`.
pub const VOICE_SOURCE_IP_MAPPING: Managed = Managed {
    object: Object {
        name: "twilio_voice_source_ip_mapping",
        noun: "source IP mapping",
        plural: Some(Plural {
            name: "twilio_voice_source_ip_mappings",
            noun: "source IP mappings",
        }),
        category: Category::Voice,
        api_page: "https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/sourceipmapping-resource",
        place: Place::at(Product::Voice, "/v1/SourceIpMappings", "/v1/SourceIpMappings/{sid}"),
        key: Key::Sid("IB"),
        natural_key: &["ip_record_sid"],
        fields: FIELDS,
        codes: &[CARRIER],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Says to which SIP domain calls belong that a carrier of your own sends to an IP address in place of the domain's name: those \
          from the addresses of a `twilio_voice_ip_record`. Destroying it refuses these calls.",
    quirks: &["Twilio has source IP mappings for accounts with a Twilio Interconnect connection alone."],
    older_states: older::VOICE_SOURCE_IP_MAPPING,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("ip_record_sid", Fixed(Required), &[Check::Sid("IL")])
        .doc("SID of the IP record (`IL…`). A change replaces the mapping."),
    sid("sip_domain_sid", Setting(Required), &[Check::Sid("SD")])
        .with_every_update()
        .doc("SID of the SIP domain (`SD…`). Changes in place: calls from then on belong to the other domain."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
