//! The webhooks of a phone number that something else owns.
//! <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource>
//!
//! For teams that do not own the numbers, and for applications that move behind a number that stays. It never buys and
//! never releases: there is no create and no delete in it, only updates of a number that must be there.

use serde_json::Value as Json;

use crate::engine::call::{fetch, instance_path, send_update};
use crate::engine::expand::{Intent, Parameters};
use crate::engine::flatten::Object;
use crate::engine::hooks::{Call, Hooks, Step};
use crate::engine::table::{Attribute, Check, Destroy, Literal, Omitted, Resource, Rule, sid, text};
use crate::framework::value::Value;
use crate::twilio::Product;

use super::lookup::BY_PHONE_NUMBER;
use super::webhooks;

/// `twilio_phone_number_webhooks`.
pub const PHONE_NUMBER_WEBHOOKS: Resource = Resource {
    name: "twilio_phone_number_webhooks",
    noun: "set of phone number webhooks",
    doc: "The webhooks of a phone number that something else owns: another configuration, another team, the Console. Never \
          buys and never releases the number. Do not use it for a number that a `twilio_phone_number` manages.",
    category: "Phone Numbers",
    api_page: "https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource",
    product: Product::Api,
    collection: "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json",
    instance: "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers/{phone_number_sid}.json",
    sid_prefix: "PN",
    natural_key: &["phone_number"],
    destroy: Destroy::Hook,
    import: "{phone_number_sid}",
    attributes: ATTRIBUTES,
    omitted: OMITTED,
    rules: &[Rule::AtMostOneOf(&["trunk_sid", "voice_application_sid"])],
    hooks: Hooks {
        create: Some(configure),
        decode: Some(number_is_the_sid),
        delete: Some(let_go),
        find: Some(BY_PHONE_NUMBER),
        ..Hooks::NONE
    },
    ..Resource::FORM
};

const ATTRIBUTES: &[Attribute] = &[
    sid("phone_number_sid", &[Check::Sid("PN")]).required().path_part().doc(
        "SID of the phone number (`PN…`). Another number replaces this set of webhooks: the first number's are treated as on \
         destroy.",
    ),
    webhooks::VOICE_URL,
    webhooks::VOICE_METHOD,
    webhooks::VOICE_FALLBACK_URL,
    webhooks::VOICE_FALLBACK_METHOD,
    webhooks::VOICE_APPLICATION_SID,
    webhooks::TRUNK_SID,
    webhooks::VOICE_CALLER_ID_LOOKUP,
    webhooks::VOICE_RECEIVE_MODE,
    webhooks::STATUS_CALLBACK,
    webhooks::STATUS_CALLBACK_METHOD,
    webhooks::SMS_URL,
    webhooks::SMS_METHOD,
    webhooks::SMS_FALLBACK_URL,
    webhooks::SMS_FALLBACK_METHOD,
    webhooks::SMS_APPLICATION_SID,
    text("on_destroy")
        .local()
        .default(Literal::Text("clear"))
        .checks(&[Check::OneOf(&["clear", "retain"])])
        .doc("What destroying does: `clear` takes the webhooks off, `retain` leaves them. Default: `clear`."),
    text("phone_number").computed().doc("The number in E.164 form."),
];

const OMITTED: &[Omitted] = &[
    webhooks::DEAD_EMERGENCY_STATUS,
    Omitted {
        parameter: "PhoneNumber",
        reason: "it never buys",
    },
    Omitted {
        parameter: "AreaCode",
        reason: "it never buys",
    },
    Omitted {
        parameter: "AccountSid",
        reason: "it never moves the number",
    },
    Omitted {
        parameter: "FriendlyName",
        reason: "belongs to whoever owns the number",
    },
    Omitted {
        parameter: "ApiVersion",
        reason: "belongs to whoever owns the number",
    },
    Omitted {
        parameter: "AddressSid",
        reason: "belongs to whoever owns the number",
    },
    Omitted {
        parameter: "BundleSid",
        reason: "belongs to whoever owns the number",
    },
    Omitted {
        parameter: "IdentitySid",
        reason: "belongs to whoever owns the number",
    },
    Omitted {
        parameter: "EmergencyAddressSid",
        reason: "belongs to whoever owns the number",
    },
];

/// Everything that a number can have of webhooks, which is what destroying clears.
const CLEARED: &[&str] = &[
    "VoiceUrl",
    "VoiceFallbackUrl",
    "VoiceApplicationSid",
    "TrunkSid",
    "StatusCallback",
    "SmsUrl",
    "SmsFallbackUrl",
    "SmsApplicationSid",
];

/// "Creating" updates the number. What the configuration leaves out is cleared, so that the state tells the truth.
fn configure<'a>(call: Call<'a>, _: Intent<'a>, mut parameters: Parameters) -> Step<'a, Object> {
    Box::pin(async move {
        let number = fetch(call).await?;
        for (parameter, field) in CLEARED.iter().map(|parameter| (*parameter, snake_case(parameter))) {
            let there = number
                .get(&field)
                .and_then(Json::as_str)
                .is_some_and(|text| !text.is_empty());
            if there && parameters.value(parameter).is_none() {
                parameters.set(parameter, "");
            }
        }
        let path = instance_path(call.resource, call.account, call.object)?;
        send_update(call, path, parameters).await
    })
}

fn let_go<'a>(call: Call<'a>, prior: &'a Value) -> Step<'a> {
    Box::pin(async move {
        if prior.attr("on_destroy").as_str() == Some("retain") {
            return Ok(());
        }
        let mut parameters = Parameters::default();
        for parameter in CLEARED {
            // Clearing what was never set would take the place of what the number's owner set meanwhile.
            if prior.attr(&snake_case(parameter)).is_known() {
                parameters.set(*parameter, "");
            }
        }
        if parameters.is_empty() {
            return Ok(());
        }
        let path = instance_path(call.resource, call.account, prior)?;
        send_update(call, path, parameters).await.map(drop)
    })
}

/// The number's own SID is what this resource is known by.
fn number_is_the_sid(answer: &mut Object, _: &Value) {
    if let Some(sid) = answer.get("sid").cloned() {
        answer.insert("phone_number_sid".to_owned(), sid);
    }
}

/// `VoiceUrl` is `voice_url`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twilios_spelling_becomes_snake_case_and_every_cleared_parameter_is_an_attribute() {
        assert_eq!(snake_case("SmsFallbackUrl"), "sms_fallback_url");
        for parameter in CLEARED {
            assert!(
                ATTRIBUTES
                    .iter()
                    .any(|attribute| attribute.name == snake_case(parameter)),
                "{parameter}"
            );
        }
    }
}
