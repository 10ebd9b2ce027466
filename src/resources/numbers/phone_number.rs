//! A phone number that the account owns. <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource>
//!
//! How a number is bought is in `purchase.rs`, how it is released in `release.rs`, and what it does with calls and messages in
//! `webhooks.rs`.
//!
//! # Quirks
//! - `AreaCode` is in no response, so nothing after the purchase may depend on it.
//! - `EmergencyStatus` has been ignored since October 2021.

use super::codes::NUMBERS;
use super::lookup::{BY_PHONE_NUMBER, NUMBER_FILTER};
use super::search::{self, SEARCH, area_code};
use super::{allowance, emergency, older, purchase, purchase_by_search, release, uses, webhooks};
use crate::engine::facts::Absent::{ClearedBy, Clears, DefaultsTo, Keeps, StartsEmpty};
use crate::engine::facts::Role::{Fixed, Hint, Local, Observed, Setting};
use crate::engine::facts::hooks::{Call, Fault, Planning, ReadHooks, Step, WriteHooks};
use crate::engine::facts::{
    Access, AccountRule, Category, Check, Consequence, Destroy, Field, Filter, Impact, Intent, Key, Kind, Lifecycle,
    List, Literal, Managed, Object, Operation, Parameters, Place, Plural, Properties, Rule, UpdateStyle, When, boolean,
    joined, map, object, sid, text, timestamp,
};
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::path::AttributePath;
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_phone_number`.
pub const PHONE_NUMBER: Managed = Managed {
    object: Object {
        name: "twilio_phone_number",
        noun: "phone number",
        plural: Some(Plural {
            name: "twilio_phone_numbers",
            noun: "phone numbers",
        }),
        category: Category::Numbers,
        api_page: "https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json",
            "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers/{sid}.json",
        ),
        key: Key::Sid("PN"),
        account: AccountRule::Movable,
        natural_key: &["phone_number"],
        key_is_unique: true,
        list: List {
            filters: &[
                Filter::exact(text("friendly_name", Setting(Clears)).doc("Only numbers with exactly this name.")),
                NUMBER_FILTER,
                Filter::exact(
                    text("origin", Setting(Clears))
                        .checks(&[Check::Known(&["twilio", "hosted"])])
                        .doc("Only numbers of this origin: `twilio`, or `hosted` for numbers of other carriers."),
                ),
                Filter::loose(
                    boolean("beta", Setting(Clears))
                        .doc("Whether numbers new to Twilio are included. Twilio's default: `true`."),
                ),
            ],
            ..List::WHOLE
        },
        fields: &FIELDS,
        read: ReadHooks {
            find: Some(BY_PHONE_NUMBER),
            ..ReadHooks::NONE
        },
        codes: &[NUMBERS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A phone number. It is bought when it is created (never by a plan) and released when it is destroyed. Say which one \
          with one of `phone_number`, `area_code` and `search`; the last two matter only while it is bought, and changing \
          them later does nothing. A plan that releases a number says so, see [below](#how-a-number-is-released). Webhooks that \
          are not configured are taken off, also those of Twilio's demonstration that a new number may come with.",
    quirks: &[
        "A released number cannot be bought again for a while (error 21422), not even by the account that had it.",
        "A number with an emergency address is released in steps: the address is taken off, Twilio unregisters it, and then the number goes. The apply waits for that.",
        "While `trunk_sid` or `voice_application_sid` is set, Twilio ignores the voice URLs and keeps them.",
        "Setting a trunk clears the voice application, and the other way round.",
    ],
    more: HOW_A_NUMBER_IS_BOUGHT_AND_RELEASED,
    lifecycle: Lifecycle::made(UpdateStyle::Post, Destroy::Hook),
    consequences: &[Consequence {
        impact: Impact::Release,
        when: When::Destroyed,
    }],
    omitted: &[webhooks::DEAD_EMERGENCY_STATUS],
    rules: &[
        Rule::AtMostOneOf(&["phone_number", "area_code", "search"]),
        Rule::AtMostOneOf(&["trunk_sid", "voice_application_sid"]),
    ],
    older_states: older::PHONE_NUMBER,
    write: WriteHooks {
        validate: Some(filters_fit_together),
        plan: Some(plan),
        asks: ASKED,
        encode: Some(encode),
        create: Some(purchase::acquire),
        could_be: Some(purchase::could_be),
        after_write: Some(finish),
        policy: Some(allowance::review),
        delete: Some(release::release),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

/// What a purchase by search and a release ask for beyond the number itself.
const ASKED: &[Access] = &{
    let mut all = [Access::get(Product::Api, ""); search::ASKED.len() + uses::ASKED.len()];
    let mut one = 0;
    while one < all.len() {
        all[one] = match one < search::ASKED.len() {
            true => search::ASKED[one],
            false => uses::ASKED[one - search::ASKED.len()],
        };
        one += 1;
    }
    all
};

const FIELDS: [Field; BEFORE_WEBHOOKS.len() + webhooks::ALL.len() + AFTER_WEBHOOKS.len()] =
    joined(&[BEFORE_WEBHOOKS, webhooks::ALL, AFTER_WEBHOOKS]);

const BEFORE_WEBHOOKS: &[Field] = &[
    text("phone_number", Fixed(Keeps)).checks(&[Check::E164]).doc(
        "The number in E.164 form, for example `+14155550100`. Another number replaces this one. Removing it keeps the number.",
    ),
    text("area_code", Hint).checks(&[Check::Custom(area_code)]).doc(
        "Buy any number with these three digits as area code (US and Canada). Read while the number is bought and never \
         after; a later change is noted and does nothing.",
    ),
    object("search", Local(Clears), SEARCH).doc(
        "Search for numbers and buy one of the first thirty, in random order, so that others with the same search try another \
         first. Read while the number is bought and never after; a later change is noted and does nothing. How it is made \
         sure that nothing else has the number, see [below](#how-a-number-is-bought-by-search).",
    ),
    boolean("adopt_existing", Local(DefaultsTo(Literal::Bool(false)))).doc(
        "If the account already owns `phone_number`, take it over and bring it to this configuration instead of failing. A \
         number that another `twilio_phone_number` has is refused, as far as one process of the provider sees both: blocks of \
         the provider with an alias are processes of their own, and so is each run. With `create_before_destroy` a \
         replacement takes over the number that it should replace, which then stays. Default: `false`.",
    ),
    text("on_destroy", Local(DefaultsTo(Literal::Text("release"))))
        .checks(&[Check::OneOf(&["release", "retain"])])
        .doc("What destroying does: `release` gives the number back, and somebody else may get it; `retain` leaves it in the \
              account. Default: `release`."),
    DELETION_PROTECTION,
    text("friendly_name", Setting(Keeps)).checks(&[Check::Length(1, 64)]).doc(
        "Name shown in the Console, up to 64 characters. A number that is bought without one is called as it is written in its \
         country. Removing it keeps the name that the number has.",
    ),
];

const AFTER_WEBHOOKS: &[Field] = &[
    sid("address_sid", Setting(StartsEmpty), &[Check::Sid("AD")]).doc(
        "SID of the address that the number's country demands (`AD…`), in the same account. See `address_requirements`. \
         Removing it keeps the address that the number has; an empty text takes it off.",
    ),
    sid("bundle_sid", Setting(StartsEmpty), &[Check::Sid("BU")]).doc(
        "SID of the approved regulatory bundle that the number's country demands (`BU…`). Removing it keeps the bundle that \
         the number has; an empty text takes it off.",
    ),
    sid("identity_sid", Setting(StartsEmpty), &[Check::Sid("RI")]).doc(
        "SID of the identity that the number's country demands (`RI…`). Removing it keeps the identity that the number has; \
         an empty text takes it off.",
    ),
    // An empty text unregisters it: <https://www.twilio.com/docs/voice/sip/api/emergency-calling-api>.
    sid("emergency_address_sid", Setting(ClearedBy(Literal::Text(""))), &[Check::Sid("AD")]).doc(
        "SID of the address sent to emergency services (`AD…`). Registering it takes Twilio a while, see \
         `emergency_address_status`; removing it unregisters it. Another one is set after \
         the first is unregistered, which the apply waits for.",
    ),
    text("api_version", Setting(DefaultsTo(Literal::Text("2010-04-01")))).checks(&[Check::Known(&["2010-04-01", "2008-08-01"])]).doc(
        "API version in which Twilio's requests to the webhooks are made: `2010-04-01`, or the older `2008-08-01`. Default: \
         `2010-04-01`.",
    ),
    text("emergency_address_status", Observed).doc(
        "State of the emergency address: `registered`, `unregistered`, or on the way to either.",
    ),
    text("address_requirements", Observed).doc("Which address the number needs: `none`, `any`, `local` or `foreign`."),
    map("capabilities", Observed, &Kind::Bool).doc(
        "What the number can do: `voice`, `sms`, `mms`, and `fax` where Twilio returns it, each `true` or `false`. In a \
         sender pool Twilio lists those that are `true`, and so does `twilio_messaging_service_phone_number`.",
    ),
    boolean("beta", Observed).doc("Whether the number is new to Twilio."),
    text("origin", Observed).doc("`twilio`, or `hosted` for a number that belongs to another carrier."),
    text("status", Observed).doc("State of the number, for example `in-use`."),
    text("type", Observed).doc("Kind of number, for example `local`."),
    timestamp("date_created").doc("When it was bought (RFC 3339, UTC)."),
];

/// What a purchase by search does, which ways lead to a release, and where that is said.
const HOW_A_NUMBER_IS_BOUGHT_AND_RELEASED: &str = r#"## How a number is bought by search

If the account has a number already, Twilio's response to its purchase is that number, and Twilio's lists may be a moment behind.
So that `search` never takes a number that something else has, or shares one with another resource, workspace or run that
searches at the same time, a number is bought in steps:

1. Of the numbers found one is taken at random. One that the account owns is passed over.
2. It is bought under a passing name, as in `(415) 555-0142 (being bought: 4f1c…)`, with nothing else but `address_sid`,
   `bundle_sid` and `identity_sid`. If Twilio's dates say that it was there before, the apply stops and says which number has
   that name now.
3. Four seconds later it must still have that name. If another purchase gave it its own, the number is left to that one, and the
   next is tried.
4. It gets its name, its webhooks and all else by an update. If that fails, the number is in the state, and the next apply
   completes it.

This takes about five seconds for each number; those of one apply are bought side by side. A provider that is killed in between
leaves a number with such a name in the account.

`phone_number` and `area_code` do without these steps: a number that the account had before is never taken by them either, and of
two resources that are after the same number one is refused, as far as one process of the provider sees both. What another run
or an alias buys in the same seconds they cannot see. If two runs that begin at once name the same number, or one buys by
`search` what the other names, both may end up with it: the plans of both then show the settings of the other. Take it out of
one of the two states with `terraform state rm`, or destroying it there releases it for both.

## How a number is released

A released number is gone: whoever calls it no longer reaches you, and somebody else may get it. Terraform does not show a
provider's warnings everywhere, so this is where to look:

| Way | What the plan shows | What the apply shows |
| --- | --- | --- |
| The block is removed, or `terraform destroy` | `will be destroyed`, and a warning that names the number | A warning that names the released number |
| `phone_number` changes | `must be replaced`, and a warning that names the number | A warning that names the released number |
| `-replace`, `replace_triggered_by` | `will be replaced`, with `sid` and whatever Twilio decides as `-> (known after apply)`; Terraform drops the warning | A warning that names the released number |
| The resource is tainted | `is tainted, so must be replaced`, with `sid` and whatever Twilio decides as `-> (known after apply)`; Terraform does not ask the provider | A warning that names the released number |
| One of the last two, of a number that `phone_number` names and still names | An error, unless it adopts; not for a tainted resource | An error before the release: Twilio does not sell a number that was just released |
| Any of these while `on_destroy = "retain"` | The same lines; the warning says that the number will stay | Nothing: the number stays in the account and is still paid for |
| Any of these while `deletion_protection = true` | An error, and nothing is bought; not for a tainted resource, which no plan shows | Tainted: an error before the release. With `create_before_destroy` the new number was bought by then, and both stay |

Before each request that releases a number the provider writes a line with the number to its log, at level `WARN`
(`TF_LOG_PROVIDER=WARN`).

To let a protected number go, set `deletion_protection = false` and apply. That is also the way out for a tainted number, and
for the old number that stayed as a deposed object after a replacement was bought and the release refused. `terraform untaint`
keeps a tainted one. What a run left as a deposed object that ended before it tried the release is released for no block: see the
guide to protecting phone numbers.
"#;

/// The attributes that choose a number, of which the last two are only read while it is bought.
const CHOICES: &[&str] = &["phone_number", "area_code", "search"];

fn filters_fit_together(config: &Value, diagnostics: &mut Diagnostics) {
    let search = config.attr("search");
    if search.is_known()
        && let Some((filter, diagnostic)) = search::inconsistent(search)
    {
        diagnostics.push(diagnostic.within(&AttributePath::attribute("search").and_attribute(filter)));
    }
}

fn plan(mut planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        if planning.prior.is_null() {
            webhooks::plan_handlers(&mut planning);
            return check_choice(planning.config).map_err(Fault::from);
        }
        if planning.destroys {
            warn_of_loss(&planning).await;
        } else {
            warn_of_late_choice(&planning);
        }
        if planning.planned.is_known() {
            warn_of_a_move(&planning);
            open_what_twilio_decides(&mut planning);
            give_it_the_name_that_was_meant(&mut planning);
            webhooks::plan_handlers(&mut planning);
        }
        Ok(())
    })
}

fn encode(intent: &Intent<'_>, parameters: &mut Parameters) {
    webhooks::clear_one_handler_at_most(parameters);
    emergency::first_step(intent, parameters);
}

fn finish<'a>(call: Call<'a>, intent: Intent<'a>, number: &'a mut Properties) -> Step<'a> {
    Box::pin(async move {
        match intent.operation == Operation::Create && intent.planned.attr("search").is_known() {
            true => purchase_by_search::configure(call, intent, number).await?,
            false => purchase::clear_unconfigured(call, intent, number).await?,
        }
        emergency::register(call, intent, number).await
    })
}

/// A new emergency address is registered in Twilio's own time, and what belongs to the old account does not move along.
fn open_what_twilio_decides(planning: &mut Planning<'_>) {
    let (prior, config) = (planning.prior, planning.config);
    let differs = |planned: &Value, name: &str| prior.attr(name) != planned.attr(name);
    let moves = differs(planning.planned, "account_sid");
    if moves || differs(planning.planned, "emergency_address_sid") {
        planning.planned.set_attr("emergency_address_status", Value::UNKNOWN);
    }
    if moves {
        for name in ["address_sid", "bundle_sid", "identity_sid", "trunk_sid"] {
            if config.attr(name).is_null() {
                planning.planned.set_attr(name, Value::UNKNOWN);
            }
        }
    }
}

/// A purchase by `search` that was not completed left a passing name, which no configuration without a name would change.
fn give_it_the_name_that_was_meant(planning: &mut Planning<'_>) {
    if let Some(name) = purchase_by_search::meant_by(planning.prior.attr("friendly_name").as_str())
        && planning.config.attr("friendly_name").is_null()
    {
        planning.planned.set_attr("friendly_name", Value::string(name));
    }
}

/// What belongs to an account stays in it when a number leaves.
fn warn_of_a_move(planning: &Planning<'_>) {
    let (prior, planned) = (planning.prior, &*planning.planned);
    let (from, to) = (prior.attr("account_sid"), planned.attr("account_sid"));
    if planning.destroys || from == to {
        return;
    }
    let number = prior.attr("phone_number").as_str().unwrap_or("(unknown)");
    let left_behind: Vec<_> = OF_THE_ACCOUNT
        .iter()
        .filter(|name| planned.attr(name) == prior.attr(name) || planning.config.attr(name).is_null())
        .filter_map(|name| Some((name, prior.attr(name).as_str().filter(|sid| !sid.is_empty())?)))
        .map(|(name, sid)| format!("{name} ({sid})"))
        .collect();
    let this_one = if left_behind.is_empty() {
        "No attribute of this resource names one that the number has.".to_owned()
    } else {
        format!(
            "This number has {}: set those of the new account in the same apply where it, or its country, needs them.",
            left_behind.join(", ")
        )
    };
    planning.warnings.add(
        Diagnostic::warning(
            format!("Phone number {number} moves to another account"),
            format!(
                "It leaves account {} for {}, and keeps its number, SID and id. What belongs to the account that it leaves \
                 does not move along: addresses, regulatory bundles, identities, TwiML apps and SIP trunks. {this_one} \
                 Twilio does not say here whether the number is in the sender pool of a messaging service; its place there \
                 does not move along either. Resources that name this number by its SID, such as \
                 twilio_messaging_service_phone_number, must move to the new account too.",
                from.as_str().unwrap_or("(unknown)"),
                to.as_str().unwrap_or("one that this apply makes"),
            ),
        )
        .at_attribute("account_sid"),
    );
}

/// Attributes that point at something in the number's own account.
const OF_THE_ACCOUNT: &[&str] = &[
    "address_sid",
    "bundle_sid",
    "identity_sid",
    "emergency_address_sid",
    "voice_application_sid",
    "sms_application_sid",
    "trunk_sid",
];

/// Something must say which number a new one is. That it is said once only, the table's rules see to.
fn check_choice(config: &Value) -> Result<(), Diagnostic> {
    if CHOICES.iter().all(|name| config.attr(name).is_null()) {
        return Err(nothing_chosen());
    }
    if config.attr("adopt_existing").as_bool() == Some(true) && config.attr("phone_number").is_null() {
        return Err(Diagnostic::error(
            "Only a number that is named can be adopted",
            "adopt_existing = true takes over a number that the account owns, and phone_number says which. Nothing was \
             bought. Set phone_number, or leave adopt_existing out to buy another number.",
        )
        .at_attribute("adopt_existing"));
    }
    Ok(())
}

/// Whoever changes the search of a number that exists may expect another number.
fn warn_of_late_choice(planning: &Planning<'_>) {
    for name in ["area_code", "search"] {
        let (prior, config) = (planning.prior.attr(name), planning.config.attr(name));
        if prior.is_known() && config.is_known() && prior != planning.planned.attr(name) {
            let number = planning.prior.attr("phone_number").as_str().unwrap_or("(unknown)");
            planning.warnings.add(
                Diagnostic::warning(
                    format!("Another {name} is no reason to buy another number"),
                    format!(
                        "{name} is read while a number is bought and never after: the change is noted in the state and by \
                         itself does nothing to phone number {number}. If this plan says that the resource must be replaced, \
                         {number} is released all the same. To release it and get another, run terraform apply -replace with \
                         the address of this resource."
                    ),
                )
                .at_attribute(name),
            );
        }
    }
}

fn nothing_chosen() -> Diagnostic {
    Diagnostic::error(
        "No phone number is chosen",
        "A new number needs one of phone_number, area_code and search, so that it is clear what is bought. Nothing was \
         bought. To take over a number that the account owns, import it, or set phone_number with adopt_existing = true.",
    )
    .at_attribute("phone_number")
}

async fn warn_of_loss(planning: &Planning<'_>) {
    let prior = planning.prior;
    let number = prior.attr("phone_number").as_str().unwrap_or("(unknown)");
    let retained = prior.attr("on_destroy").as_str() == Some("retain");
    let (summary, detail) = match (planning.planned.is_null(), retained) {
        (true, false) => (
            format!("Phone number {number} will be released"),
            // A line for each number: where a hundred go, a paragraph each would hide them.
            "Somebody else may get it. To keep it, apply on_destroy = \"retain\" first.",
        ),
        (true, true) => (
            format!("Phone number {number} will stay in the account, without Terraform"),
            "on_destroy = \"retain\": it is only taken out of the state, and is still paid for.",
        ),
        (false, false) => (
            format!("Phone number {number} will be released, and another bought in its place"),
            "The configuration asks for another number. To keep this one put its number back into phone_number.",
        ),
        (false, true) => (
            format!("Phone number {number} will stay in the account, and another be bought"),
            "The configuration asks for another number, and on_destroy = \"retain\" keeps this one, which is still paid for.",
        ),
    };
    let used = match (planning.connection, prior.attr("sid").as_str()) {
        (Some((client, account)), Some(sid)) if !retained => {
            let seen = planning.memory.of::<uses::Seen>();
            let number_now = Call {
                object: &planning.resource.object,
                client,
                account,
                state: prior,
                warnings: planning.warnings,
            };
            let (assigned, unseen) = seen.assigned_now(number_now).await;
            let going = uses::Number {
                sid,
                number,
                trunk: assigned.trunk.as_deref(),
            };
            let used = seen.uses(client, account, going).await;
            used.without(unseen).described() + &of_bundle(assigned.bundle.as_deref())
        }
        _ => String::new(),
    };
    planning
        .warnings
        .add(Diagnostic::warning(summary, format!("{detail}{used}")));
}

/// The bundle that a released number leaves behind. It keeps no number from being released, and a policy does not count it as a use.
/// <https://www.twilio.com/docs/phone-numbers/regulatory/api/bundles>
fn of_bundle(bundle: Option<&str>) -> String {
    bundle
        .map(|sid| format!(" Regulatory bundle {sid} is assigned to it, and stays in the account."))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_code_is_three_digits() {
        assert!(area_code("415").is_ok());
        for wrong in ["", "41", "4155", "4a5", "+41"] {
            assert!(area_code(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_new_number_must_be_chosen_and_only_a_named_one_can_be_adopted() {
        let check = |fields: &[(&str, Value)]| {
            let config = Value::object(fields.iter().map(|(name, value)| (*name, value.clone())));
            check_choice(&config).map_err(|diagnostic| diagnostic.path.to_string())
        };
        assert_eq!(check(&[]), Err("phone_number".to_owned()));
        assert_eq!(check(&[("area_code", "415".into())]), Ok(()));
        assert_eq!(check(&[("phone_number", Value::UNKNOWN)]), Ok(()));
        let adopt = ("adopt_existing", true.into());
        assert_eq!(
            check(&[("area_code", "415".into()), adopt.clone()]),
            Err("adopt_existing".to_owned())
        );
        assert_eq!(check(&[("phone_number", "+14155550100".into()), adopt]), Ok(()));
    }
}
