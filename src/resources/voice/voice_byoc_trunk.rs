//! A connection to a carrier of one's own. <https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/byoctrunk-resource>
//!
//! # Quirks
//! - Twilio does not say whether an empty SID takes the connection policy or the domain off a trunk, so removing either keeps it.

use super::codes::CARRIER;
use super::older;
use crate::engine::facts::Absent::{Clears, DefaultsTo, Keeps};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::{Planning, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Field, Key, Literal, Managed, Object, Place, Plural, boolean, http_method, sid, text, timestamp,
    url,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::resources::trunking::lookups;
use crate::twilio::Product;

/// `twilio_voice_byoc_trunk`.
pub const VOICE_BYOC_TRUNK: Managed = Managed {
    object: Object {
        name: "twilio_voice_byoc_trunk",
        noun: "BYOC trunk",
        plural: Some(Plural {
            name: "twilio_voice_byoc_trunks",
            noun: "BYOC trunks",
        }),
        category: Category::Voice,
        api_page: "https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/byoctrunk-resource",
        place: Place::at(Product::Voice, "/v1/ByocTrunks", "/v1/ByocTrunks/{sid}"),
        key: Key::Sid("BY"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        codes: &[CARRIER],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A trunk to a carrier of your own (bring your own carrier, BYOC): Twilio's Programmable Voice with the carrier's numbers. Calls \
          from the carrier come to a `twilio_sip_domain` whose `byoc_trunk_sid` is this trunk, and are handled by `voice_url`. Calls \
          that name the trunk, as with `byoc` in `<Dial>`, go out to the targets of its `twilio_voice_connection_policy`. Destroying it \
          ends both; `deletion_protection` refuses that.",
    older_states: older::VOICE_BYOC_TRUNK,
    write: WriteHooks {
        plan: Some(warn_of_lookups),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Clears))
        .checks(&[Check::Length(0, 255)])
        .doc("Name of the trunk, up to 255 characters. Changes in place."),
    url("voice_url", Setting(Clears)).doc("URL of the TwiML for calls that come from the carrier."),
    http_method("voice_method").doc("HTTP method for `voice_url`: `GET` or `POST`. Default: `POST`."),
    url("voice_fallback_url", Setting(Clears)).doc("URL that Twilio requests when `voice_url` or its TwiML fails."),
    http_method("voice_fallback_method").doc("HTTP method for `voice_fallback_url`: `GET` or `POST`. Default: `POST`."),
    url("status_callback_url", Setting(Clears))
        .doc("URL that Twilio requests with what becomes of a call, for example that it has ended."),
    http_method("status_callback_method")
        .doc("HTTP method for `status_callback_url`: `GET` or `POST`. Default: `POST`."),
    // The page names no default, and its samples are without. Lookups are billed: who does not ask for them gets none.
    boolean("cnam_lookup_enabled", Setting(DefaultsTo(Literal::Bool(false)))).doc(
        "Whether the name of a caller from the United States or Canada is looked up for each call that comes in. Each lookup is \
         billed. Default: `false`.",
    ),
    sid("connection_policy_sid", Setting(Keeps), &[Check::Sid("NY")]).doc(
        "SID of the connection policy (`NY…`) that says where calls to the carrier go. Without one, the trunk takes calls and makes \
         none. Removing it keeps the policy that the trunk has.",
    ),
    sid("from_domain_sid", Setting(Keeps), &[Check::Sid("SD")]).doc(
        "SID of the SIP domain (`SD…`) that calls to the carrier come from, so that who is called can call back. A trunk without one \
         calls from `sip.twilio.com`. Removing it keeps the domain that the trunk has.",
    ),
    ADOPT_EXISTING,
    DELETION_PROTECTION,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// What costs is said before it is done.
fn warn_of_lookups(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        lookups::warn_of_names(&planning, "cnam_lookup_enabled");
        Ok(())
    })
}
