//! An address that a carrier of one's own sends calls to, in place of a name.
//! <https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/iprecord-resource>

use super::codes::CARRIER;
use super::older;
use crate::engine::facts::Absent::{Clears, DefaultsTo, Required};
use crate::engine::facts::Role::{Fixed, Setting};
use crate::engine::facts::hooks::{Planning, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Field, Key, Literal, Managed, Object, Place, Plural, int, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::framework::diagnostics::Diagnostic;
use crate::resources::sip::values;
use crate::twilio::Product;

/// `twilio_voice_ip_record`.
pub const VOICE_IP_RECORD: Managed = Managed {
    object: Object {
        name: "twilio_voice_ip_record",
        noun: "IP record",
        plural: Some(Plural {
            name: "twilio_voice_ip_records",
            noun: "IP records",
        }),
        category: Category::Voice,
        api_page: "https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/iprecord-resource",
        place: Place::at(Product::Voice, "/v1/IpRecords", "/v1/IpRecords/{sid}"),
        key: Key::Sid("IL"),
        natural_key: &["ip_address"],
        fields: FIELDS,
        codes: &[CARRIER],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An IP address, or a range, that a carrier of your own sends calls from where it cannot send them to a name: a \
          `twilio_voice_source_ip_mapping` says to which SIP domain they belong. Destroying it takes no calls from there any more.",
    quirks: &["Twilio takes addresses of a Twilio Interconnect connection of the same account alone."],
    older_states: older::VOICE_IP_RECORD,
    write: WriteHooks {
        plan: Some(warn_of_another_address),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("ip_address", Fixed(Required))
        .checks(&[Check::Custom(values::ipv4)])
        .doc("The IPv4 address, or the first of the range. A change replaces the IP record, and each mapping of it."),
    text("friendly_name", Setting(Clears))
        .checks(&[Check::Length(0, 255)])
        .doc("Name of the address, up to 255 characters. Changes in place."),
    // The page of the resource: without it, the whole address.
    int("cidr_prefix_length", Fixed(DefaultsTo(Literal::Int(32))))
        .checks(&[Check::Range(1, 32)])
        .doc(
            "How many bits of `ip_address` count, `1` to `32`: with `24`, 256 addresses are in it. A change replaces the IP record, and \
             each mapping of it. Default: `32`, the one address.",
        ),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// Between the one record and the next nobody knows whose calls from the address are.
fn warn_of_another_address(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        if planning.destroys && !planning.planned.is_null() {
            planning.warnings.add(Diagnostic::warning(
                "Calls from an IP address may be refused while its record is replaced",
                "Twilio cannot change the address of an IP record, so that this one goes and another is made. Unless \
                 create_before_destroy = true is in the lifecycle of this resource and of its twilio_voice_source_ip_mapping, its \
                 mappings go first: until they are made again, calls from the address reach no SIP domain.",
            ));
        }
        Ok(())
    })
}
