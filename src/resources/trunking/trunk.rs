//! A connection between an exchange and the telephone network. <https://www.twilio.com/docs/sip-trunking/api/trunk-resource>
//!
//! # Quirks
//! - `auth_type` and `auth_type_set` are left out: they follow the lists on the trunk, so that each of them would show as a change of
//!   the trunk. `recording` is `twilio_trunk_recording`, and `symmetric_rtp_enabled` can be set in the Console alone.

use super::codes::TRUNKING;
use super::{lookups, older};
use crate::engine::facts::Absent::{Clears, DefaultsTo};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::{Planning, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Field, Key, Literal, Managed, Object, Place, Plural, boolean, http_method, text, timestamp, url,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::resources::sip::{names, values};
use crate::twilio::Product;

/// `twilio_trunk`.
pub const TRUNK: Managed = Managed {
    object: Object {
        name: "twilio_trunk",
        noun: "trunk",
        plural: Some(Plural {
            name: "twilio_trunks",
            noun: "trunks",
        }),
        category: Category::Trunking,
        api_page: "https://www.twilio.com/docs/sip-trunking/api/trunk-resource",
        place: Place::at(Product::Trunking, "/v1/Trunks", "/v1/Trunks/{sid}"),
        key: Key::Sid("TK"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        codes: &[TRUNKING],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An elastic SIP trunk: the connection between an exchange of your own and the telephone network. Calls come out of it to \
          `twilio_trunk_origination_url`s, for the numbers of its `twilio_trunk_phone_number`s, and go into it from whom its \
          `twilio_trunk_ip_access_control_list`s and `twilio_trunk_credential_list`s let in. Destroying it ends its calls, and leaves \
          its numbers to their own webhooks; `deletion_protection` refuses that.",
    quirks: &[
        "What is recorded stands in `twilio_trunk_recording`.",
        "With lists of both kinds, a call has to come from one of the addresses and know one of the credentials.",
    ],
    stays_while: "Twilio keeps a trunk as long as there are trunks below its name, or emergency calls use it. Destroy or move these \
                  first, and apply again.",
    older_states: older::TRUNK,
    write: WriteHooks {
        plan: Some(warn_of_another_name),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Clears))
        .checks(&[Check::Length(0, 64)])
        .doc("Name of the trunk, up to 64 characters. Changes in place."),
    text("domain_name", Setting(Clears)).checks(&[Check::Custom(values::trunk_domain)]).doc(
        "Name that your exchange sends calls to: a name of your own below `pstn.twilio.com`, of letters, digits and hyphens, that no \
         account of Twilio's has. Without it, the trunk takes no calls from you. Changes in place, and the old name is free for \
         everybody from then on.",
    ),
    url("disaster_recovery_url", Setting(Clears))
        .doc("URL of the TwiML for calls that cannot be delivered to any of the trunk's `twilio_trunk_origination_url`s."),
    http_method("disaster_recovery_method")
        .doc("HTTP method for `disaster_recovery_url`: `GET` or `POST`. Default: `POST`."),
    text("transfer_mode", Setting(DefaultsTo(Literal::Text("disable-all"))))
        .checks(&[Check::Known(&["disable-all", "enable-all", "sip-only"])])
        .doc(
            "Which calls your exchange may transfer, each transfer being a call that is billed: `disable-all`, `sip-only` for those that \
             stay within SIP, or `enable-all`, to telephone numbers too. Default: `disable-all`.",
        ),
    text("transfer_caller_id", Setting(DefaultsTo(Literal::Text("from-transferee"))))
        .checks(&[Check::Known(&["from-transferee", "from-transferor"])])
        .doc(
            "Whose number a transferred call shows: that of who is transferred, `from-transferee`, or that of who transfers, \
             `from-transferor`. Default: `from-transferee`.",
        ),
    boolean("secure", Setting(DefaultsTo(Literal::Bool(false)))).doc(
        "Whether calls have to come by TLS, with their media by SRTP. What comes in another way is refused. Default: `false`.",
    ),
    boolean("cnam_lookup_enabled", Setting(DefaultsTo(Literal::Bool(false)))).doc(
        "Whether the name of a caller from the United States or Canada is looked up for each call that comes in. Each lookup is \
         billed. Default: `false`.",
    ),
    ADOPT_EXISTING,
    DELETION_PROTECTION,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// What changes for calls, or costs, is said before it is done.
fn warn_of_another_name(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        names::warn_of_change(&planning, "domain_name", "Calls that go to the old name");
        lookups::warn_of_names(&planning, "cnam_lookup_enabled");
        Ok(())
    })
}
