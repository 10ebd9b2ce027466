//! A Verify service: settings that verifications share. <https://www.twilio.com/docs/verify/api/service>
//!
//! # Quirks
//! - Nested settings are written with dots (`Totp.TimeStep`) and read as objects.
//! - The origins of a passkey's relying party are written as one text with commas and read as a list.
//! - Settings that were never set are returned as an object of nulls.

use super::codes::VERIFY;
use super::older;
use crate::engine::facts::Absent::{Clears, DefaultsInside, DefaultsTo, Keeps, Required};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{
    Absent, Category, Check, Deviation, Field, Key, Kind, Literal, Managed, Norm, Object, Omitted, Place, Plural,
    boolean, int, list, object, sid, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::resources::messaging::codes::MESSAGING;
use crate::twilio::Product;

/// `twilio_verify_service`.
pub const VERIFY_SERVICE: Managed = Managed {
    object: Object {
        name: "twilio_verify_service",
        noun: "Verify service",
        plural: Some(Plural {
            name: "twilio_verify_services",
            noun: "Verify services",
        }),
        category: Category::Verify,
        api_page: "https://www.twilio.com/docs/verify/api/service",
        place: Place::at(Product::Verify, "/v2/Services", "/v2/Services/{sid}"),
        key: Key::Sid("VA"),
        natural_key: &["friendly_name"],
        deviations: &[Deviation {
            from: Norm::Secrecy,
            name: "passkeys.discoverable_credentials",
            reason: "says whether credentials must be discoverable, and holds none",
        }],
        fields: FIELDS,
        codes: &[VERIFY, MESSAGING],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A Verify service: the settings that the verifications of one application share, such as the length of codes and the \
          channels' own settings.",
    omitted: &[Omitted {
        parameter: "Push.IncludeDate",
        reason: "Twilio marks it deprecated and asks not to use it",
    }],
    older_states: older::VERIFY_SERVICE,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required))
        .checks(&[Check::Length(1, 30)])
        .doc("Name of the application as it stands in messages, up to 30 characters. Changes in place."),
    int("code_length", Setting(DefaultsTo(Literal::Int(6))))
        .checks(&[Check::Range(4, 10)])
        .doc("Digits in a code, `4` to `10`. Default: `6`."),
    boolean("lookup_enabled", Setting(DefaultsTo(Literal::Bool(false))))
        .doc("Look up each phone number that is verified, which costs extra. Default: `false`."),
    boolean("skip_sms_to_landlines", Setting(DefaultsTo(Literal::Bool(false))))
        .doc("Send no SMS to landlines. Needs `lookup_enabled`. Default: `false`."),
    boolean("dtmf_input_required", Setting(DefaultsTo(Literal::Bool(true))))
        .doc("Ask the person to press a key before a code is read out in a call. Default: `true`."),
    text("tts_name", Setting(Clears)).doc("Name of another text-to-speech service for calls."),
    boolean("psd2_enabled", Setting(DefaultsTo(Literal::Bool(false))))
        .doc("Send the transaction parameters that PSD2 demands with each verification. Default: `false`."),
    boolean(
        "do_not_share_warning_enabled",
        Setting(DefaultsTo(Literal::Bool(false))),
    )
    .doc("Add a warning not to share the code to each SMS. Default: `false`."),
    boolean("custom_code_enabled", Setting(DefaultsTo(Literal::Bool(false))))
        .doc("Allow codes that the application makes itself. Default: `false`."),
    boolean(
        "verify_event_subscription_enabled",
        Setting(DefaultsTo(Literal::Bool(false))),
    )
    .doc("Send the service's events to event streams. Default: `false`."),
    // An empty text takes it off, as the acceptance tests of <https://github.com/RJPearson94/terraform-provider-twilio> saw of
    // Twilio (verify: Service_*). The SIDs and choices inside the channels' settings are taken for the same.
    sid("default_template_sid", Setting(NONE), &[Check::Sid("HJ")]).doc("SID of the template for SMS (`HJ…`)."),
    object("push", Setting(Clears), PUSH).doc("Settings of push factors. Removing them clears each."),
    object("totp", Setting(DefaultsInside), TOTP)
        .doc("Settings of time-based one-time passwords. Removing them sets each to its default, but for `issuer`."),
    object("whatsapp", Setting(Clears), WHATSAPP).doc("Settings of the WhatsApp channel. Removing them clears each."),
    object("passkeys", Setting(Clears), PASSKEYS).doc("Settings of passkeys. Removing them clears each."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// What an empty text clears although it is no free text.
const NONE: Absent = Absent::ClearedBy(Literal::Text(""));

const PUSH: &[Field] = &[
    sid("apn_credential_sid", Setting(NONE), &[Check::Sid("CR")])
        .doc("SID of the credential for Apple's push service (`CR…`)."),
    sid("fcm_credential_sid", Setting(NONE), &[Check::Sid("CR")]).doc("SID of the credential for Firebase (`CR…`)."),
];

const TOTP: &[Field] = &[
    text("issuer", Setting(Keeps))
        .doc("Issuer shown in authenticator apps. A service that is made without one has its `friendly_name`. Removing it keeps \
              the issuer that the service has."),
    int("time_step", Setting(DefaultsTo(Literal::Int(30))))
        .checks(&[Check::Range(20, 60)])
        .doc("Seconds between codes, `20` to `60`. Default: `30`."),
    int("code_length", Setting(DefaultsTo(Literal::Int(6))))
        .checks(&[Check::Range(3, 8)])
        .doc("Digits in a code, `3` to `8`. Default: `6`."),
    int("skew", Setting(DefaultsTo(Literal::Int(1))))
        .checks(&[Check::Range(0, 2)])
        .doc("Time steps before and after the current one whose codes are accepted, `0` to `2`. Default: `1`."),
];

const WHATSAPP: &[Field] = &[
    sid("msg_service_sid", Setting(NONE), &[Check::Sid("MG")])
        .doc("SID of the messaging service with the WhatsApp senders (`MG…`)."),
    text("from", Setting(Clears))
        .doc("The WhatsApp sender, for example `whatsapp:+14155550100`. It must be in `msg_service_sid`."),
];

const PREFERENCES: &[&str] = &["required", "preferred", "discouraged"];

const PASSKEYS: &[Field] = &[
    object("relying_party", Setting(Clears), RELYING_PARTY)
        .doc("The application that passkeys are for. Removing it clears each of its settings."),
    text("authenticator_attachment", Setting(NONE))
        .checks(&[Check::Known(&["platform", "cross-platform", "any"])])
        .doc("Kind of authenticator: `platform`, `cross-platform` or `any`."),
    text("discoverable_credentials", Setting(NONE))
        .checks(&[Check::Known(PREFERENCES)])
        .doc("Whether passkeys must be discoverable: `required`, `preferred` or `discouraged`."),
    text("user_verification", Setting(NONE))
        .checks(&[Check::Known(PREFERENCES)])
        .doc("Whether the user is verified: `required`, `preferred` or `discouraged`."),
];

const RELYING_PARTY: &[Field] = &[
    text("id", Setting(Clears)).doc("Domain of the application, for example `example.com`."),
    text("name", Setting(Clears)).doc("Name of the application."),
    list("origins", Setting(Clears), &Kind::Text)
        .comma_separated()
        .doc("Origins from which passkeys may be used, for example `login.example.com`."),
];
