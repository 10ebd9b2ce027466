//! The webhooks of a phone number that something else owns.
//! <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource>
//!
//! For teams that do not own the numbers, and for applications that move behind a number that stays. It never buys and
//! never releases: there is no create and no delete in it, only updates of a number that must be there.

use serde_json::Value as Json;

use super::codes::NUMBERS;
use super::lookup::{BY_PHONE_NUMBER, NUMBER_FILTER};
use super::webhooks;
use crate::engine::facts::Absent::DefaultsTo;
use crate::engine::facts::Role::{EitherKey, Local};
use crate::engine::facts::hooks::{Call, Fault, Planning, ReadHooks, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Destroy, Deviation, Field, Key, Lifecycle, List, Literal, Managed, Norm, Object, Omitted,
    Operation, Parameters, Place, Properties, Rule, Spelling, UpdateStyle, joined, sid, text,
};
use crate::engine::operations::forewarn::differing;
use crate::engine::operations::requests::fetch;
use crate::engine::values::parameters::clear_what_is_left_out;
use crate::engine::values::state::store;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, ErrorKind, Product};

/// `twilio_phone_number_webhooks`.
pub const PHONE_NUMBER_WEBHOOKS: Managed = Managed {
    object: Object {
        name: "twilio_phone_number_webhooks",
        noun: "set of phone number webhooks",
        category: Category::Numbers,
        api_page: "https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json",
            "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers/{phone_number_sid}.json",
        ),
        key: Key::Borrowed("phone_number_sid", "PN"),
        natural_key: &["phone_number"],
        deviations: &[
            Deviation {
                from: Norm::Responses,
                name: "phone_number_sid",
                reason: "the response is the number's, whose SID the decode hook takes",
            },
            Deviation {
                from: Norm::ListItems,
                name: "phone_number_sid",
                reason: "the item is the number's, whose SID the decode hook takes",
            },
            Deviation {
                from: Norm::Plural,
                name: "plural",
                reason: "the same numbers as those of twilio_phone_numbers, with the same webhooks",
            },
        ],
        list: List {
            filters: &[NUMBER_FILTER],
            omitted: NOT_LOOKED_UP_BY,
            ..List::WHOLE
        },
        fields: &FIELDS,
        read: ReadHooks {
            decode: Some(number_is_the_sid),
            find: Some(BY_PHONE_NUMBER),
            ..ReadHooks::NONE
        },
        codes: &[NUMBERS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "The webhooks of a phone number that something else owns: another configuration, another team, the Console. Never \
          buys and never releases the number. It owns all webhooks of the number: what is not configured here is taken off, \
          and a plan that will do so for the first time warns and names them. Where a `twilio_phone_number` manages the number \
          in the same configuration, list in its `lifecycle { ignore_changes = [...] }` each attribute that is written here, or \
          the two undo each other; a plan that sees both warns.",
    quirks: &[
        "While `trunk_sid` or `voice_application_sid` is set, Twilio ignores the voice URLs and keeps them.",
        "Setting a trunk clears the voice application, and the other way round.",
    ],
    lifecycle: Lifecycle::adopted(UpdateStyle::Post, Destroy::Reset),
    part_of: Some("twilio_phone_number"),
    omitted: OMITTED,
    rules: &[
        Rule::AtLeastOneOf(&["phone_number", "phone_number_sid"]),
        Rule::AtMostOneOf(&["trunk_sid", "voice_application_sid"]),
    ],
    write: WriteHooks {
        plan: Some(warn_of_what_goes),
        encode: Some(webhooks::encode),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

/// A set of webhooks is found by its number.
const NOT_LOOKED_UP_BY: &[Omitted] = &[
    Omitted {
        parameter: "FriendlyName",
        reason: "it names the number, which twilio_phone_numbers lists by it",
    },
    Omitted {
        parameter: "Origin",
        reason: "it is the number's, which twilio_phone_numbers lists by it",
    },
    Omitted {
        parameter: "Beta",
        reason: "it is the number's, which twilio_phone_numbers lists by it",
    },
];

const FIELDS: [Field; BEFORE_WEBHOOKS.len() + webhooks::ALL.len() + AFTER_WEBHOOKS.len()] =
    joined(&[BEFORE_WEBHOOKS, webhooks::ALL, AFTER_WEBHOOKS]);

const BEFORE_WEBHOOKS: &[Field] = &[
    text("phone_number", EitherKey).checks(&[Check::E164]).doc(
        "The number in E.164 form, for example `+14155550100`, which the account has to own: the plan looks its SID up. In place of \
         `phone_number_sid`. Another number replaces this set of webhooks: the first number's are treated as on destroy.",
    ),
    sid("phone_number_sid", EitherKey, &[Check::Sid("PN")]).doc(
        "SID of the phone number (`PN…`), in place of `phone_number` or beside it: the plan refuses two that are not of one number. For a number \
         that is bought in the same apply use its `sid`, since the plan cannot look it up yet. Another number replaces this set of webhooks, too.",
    ),
];

const AFTER_WEBHOOKS: &[Field] = &[
    text("on_destroy", Local(DefaultsTo(Literal::Text("clear"))))
        .checks(&[Check::OneOf(&["clear", "retain"])])
        .doc("What destroying does: `clear` takes the configured webhooks off, so that nothing answers any more but a \
              SIP trunk, which keeps the number; `retain` leaves them. The number stays in both cases. Default: `clear`."),
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

/// The number has an owner, who may have set webhooks that this configuration does not have. Before they go the plan says
/// so. Costs one read while a set of webhooks is new.
fn warn_of_what_goes(mut planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let is_new = planning.prior.is_null();
        if is_new && planning.config.attr("trunk_sid").is_null() {
            // The number is there before this set of webhooks, and so may be its trunk.
            planning.planned.set_attr("trunk_sid", Value::UNKNOWN);
        }
        webhooks::plan_handlers(&mut planning);
        let Some((client, account)) = planning.connection else {
            return Ok(());
        };
        if !planning.prior.is_null() || !planning.planned.attr("phone_number_sid").is_known() {
            return Ok(());
        }
        let warnings = planning.warnings;
        let call = Call {
            object: &planning.resource.object,
            client,
            account,
            state: planning.planned,
            warnings,
        };
        let number = match fetch(call).await {
            Ok(number) => number,
            // Better to hear now than during the apply that there is no such number.
            Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => return Err(Fault::Api(error)),
            // The apply will ask again, and say what is wrong if it still is.
            Err(_) => return Ok(()),
        };
        let trunk = number
            .get("trunk_sid")
            .and_then(Json::as_str)
            .filter(|sid| !sid.is_empty());
        if let (Some(trunk), true) = (trunk, planning.planned.attr("trunk_sid").is_unknown())
            && planning.planned.attr("voice_url").is_known()
        {
            warnings.add(webhooks::trunk_takes_calls(trunk));
        }
        let lost = what_goes(&number, planning.planned);
        let changed = what_changes(account, &number, planning.planned, &lost);
        if !lost.is_empty() || !changed.is_empty() {
            let text = |field: &str| number.get(field).and_then(Json::as_str).unwrap_or_default().to_owned();
            warnings.add(Diagnostic::warning(
                match lost.is_empty() {
                    true => format!("Phone number {} is set up otherwise", text("phone_number")),
                    false => format!("Phone number {} loses webhooks", text("phone_number")),
                },
                said_of(&text("sid"), &lost, &changed),
            ));
        }
        Ok(())
    })
}

/// What becomes of what the number has.
fn said_of(sid: &str, lost: &[String], changed: &[&str]) -> String {
    let mut said = Vec::new();
    if !lost.is_empty() {
        said.push(format!(
            "The number {sid} has webhooks that this configuration does not have, and applying takes them off: {}. To keep one, \
             configure it here.",
            lost.join(", ")
        ));
    }
    if !changed.is_empty() {
        said.push(format!(
            "What the number {sid} has is written over in: {}. data.twilio_phone_number shows what is there now.",
            changed.join(", ")
        ));
    }
    said.join(" ")
}

/// What the number has and the plan has otherwise.
fn what_changes(account: &AccountSid, number: &Properties, planned: &Value, lost: &[String]) -> Vec<&'static str> {
    let object = &PHONE_NUMBER_WEBHOOKS.object;
    let (there, _) = store(object, account, number.clone(), &Value::Null, Operation::Read);
    let (gone, changed) = differing(&PHONE_NUMBER_WEBHOOKS, &there, planned);
    let all = gone.into_iter().chain(changed);
    all.filter(|name| !lost.iter().any(|lost| lost == name)).collect()
}

/// What the number has and the plan leaves out. Only the names: a URL may have a secret in it, whoever set it.
fn what_goes(number: &Properties, planned: &Value) -> Vec<String> {
    let mut parameters = Parameters::default();
    clear_what_is_left_out(&PHONE_NUMBER_WEBHOOKS, number, planned, &mut parameters);
    let cleared = FIELDS
        .iter()
        .filter(|attribute| parameters.value(&attribute.written_name(Spelling::Pascal)).is_some());
    cleared
        .filter_map(|attribute| {
            number.get(attribute.read_path(Spelling::Snake).as_ref())?.as_str()?;
            Some(attribute.name.to_owned())
        })
        .collect()
}

/// The number's own SID is what this resource is known by.
fn number_is_the_sid(answer: &mut Properties, _: &Value) {
    if let Some(sid) = answer.get("sid").cloned() {
        answer.insert("phone_number_sid".to_owned(), sid);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_goes_is_what_the_number_has_and_the_plan_has_not() {
        let number = json!({"voice_url": "https://a.example", "sms_url": "https://b.example", "voice_method": "GET",
            "status_callback": "", "friendly_name": "N"});
        let planned = Value::object([("voice_url", "https://c.example".into())]);
        let number = number.as_object().expect("an object");
        assert_eq!(what_goes(number, &planned), ["sms_url"]);
        let account = crate::twilio::tests::server::parent();
        let changed = what_changes(&account, number, &planned, &["sms_url".to_owned()]);
        assert!(
            changed.contains(&"voice_url") && !changed.contains(&"sms_url"),
            "{changed:?}"
        );
        let same = Value::object([("voice_url", "https://a.example".into())]);
        assert!(!what_changes(&account, number, &same, &[]).contains(&"voice_url"));
        let said = said_of("PN1", &[], &changed);
        assert!(said.contains("voice_url") && !said.contains("https://"), "{said}");
    }
}
