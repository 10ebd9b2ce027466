//! A name that takes calls by SIP. <https://www.twilio.com/docs/voice/sip/api/sip-domain-resource>
//!
//! # Quirks
//! - `auth_type` is left out: it follows the mappings, so that each of them would show as a change of the domain.
//! - `api_version` is left out: there is one version.

use super::codes::SIP;
use super::{names, older, values};
use crate::engine::facts::Absent::{Clears, DefaultsTo, Keeps, Required};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::{Planning, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Field, Key, Literal, Managed, Object, Place, Plural, boolean, http_method, sid, text, timestamp,
    url,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::twilio::Product;

/// `twilio_sip_domain`.
pub const SIP_DOMAIN: Managed = Managed {
    object: Object {
        name: "twilio_sip_domain",
        noun: "SIP domain",
        plural: Some(Plural {
            name: "twilio_sip_domains",
            noun: "SIP domains",
        }),
        category: Category::Sip,
        api_page: "https://www.twilio.com/docs/voice/sip/api/sip-domain-resource",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/SIP/Domains.json",
            "/2010-04-01/Accounts/{account_sid}/SIP/Domains/{sid}.json",
        ),
        key: Key::Sid("SD"),
        natural_key: &["domain_name"],
        key_is_unique: true,
        fields: FIELDS,
        codes: &[SIP],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A name at Twilio that phones and exchanges send calls to by SIP. It takes none until a list of addresses or of credentials is mapped \
          to it (`twilio_sip_domain_ip_access_control_list_mapping`, `twilio_sip_domain_credential_list_mapping`). Destroying it ends \
          calls and registrations, and its name is free for every account of Twilio's; `deletion_protection` refuses that.",
    quirks: &[
        "With lists of both kinds mapped, a call has to come from one of the addresses and know one of the credentials.",
    ],
    stays_while: "Twilio keeps a domain as long as there are domains below its name. Destroy these first, and apply again.",
    older_states: older::SIP_DOMAIN,
    write: WriteHooks {
        plan: Some(warn_of_another_name),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("domain_name", Setting(Required))
        .checks(&[Check::Custom(values::sip_domain)])
        .doc(
            "Name that calls are sent to: a name of your own below `sip.twilio.com`, of letters, digits and hyphens, that no account of \
             Twilio's has. A name below one of your own domains is yours too. Changes in place, and the old name is free for everybody \
             from then on.",
        ),
    text("friendly_name", Setting(Clears))
        .checks(&[Check::Length(0, 64)])
        .doc("Name shown in the Console, up to 64 characters."),
    url("voice_url", Setting(Clears)).doc("URL of the TwiML for calls that come to the domain."),
    http_method("voice_method").doc("HTTP method for `voice_url`: `GET` or `POST`. Default: `POST`."),
    url("voice_fallback_url", Setting(Clears)).doc("URL that Twilio requests when `voice_url` fails."),
    http_method("voice_fallback_method").doc("HTTP method for `voice_fallback_url`: `GET` or `POST`. Default: `POST`."),
    url("voice_status_callback_url", Setting(Clears))
        .doc("URL that Twilio requests with what becomes of a call, for example that it has ended."),
    http_method("voice_status_callback_method")
        .doc("HTTP method for `voice_status_callback_url`: `GET` or `POST`. Default: `POST`."),
    boolean("sip_registration", Setting(DefaultsTo(Literal::Bool(false)))).doc(
        "Whether phones may register with the domain to be called: those that know a credential of a list in a \
         `twilio_sip_domain_registration_credential_list_mapping`. Default: `false`.",
    ),
    boolean("secure", Setting(DefaultsTo(Literal::Bool(false)))).doc(
        "Whether calls have to come by TLS, with their media by SRTP. What comes in another way is refused. Default: `false`.",
    ),
    boolean("emergency_calling_enabled", Setting(Keeps)).doc(
        "Whether emergency numbers can be called by way of the domain, from numbers with an emergency address. Removing it keeps what \
         the domain has: `false` switches emergency calls off.",
    ),
    sid("emergency_caller_sid", Setting(Keeps), &[Check::Sid("PN")]).doc(
        "SID of the phone number (`PN…`) that an emergency service calls back. Removing it keeps the number that the domain has.",
    ),
    sid("byoc_trunk_sid", Setting(Keeps), &[Check::Sid("BY")]).doc(
        "SID of the trunk of your own carrier (`BY…`) that calls from the domain go out by. Removing it keeps the trunk that the \
         domain has.",
    ),
    ADOPT_EXISTING,
    DELETION_PROTECTION,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// Who calls the old name reaches nobody, or whoever takes the name next.
fn warn_of_another_name(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        names::warn_of_change(
            &planning,
            "domain_name",
            "Calls and registrations that go to the old name",
        );
        Ok(())
    })
}
