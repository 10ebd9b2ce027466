//! Buying one number of a search, while others buy by the same search and while Twilio's lists may be behind.
//!
//! Twilio answers the purchase of a number that the account owns with that number, and changes it as the purchase says. So a
//! purchase proves nothing by itself, and this is what a number must pass before it counts as bought:
//!
//! ```text
//! search ─ at random ─▶ is it owned? ─▶ buy it under a passing name ─▶ its dates ─▶ pause ─▶ its name ─▶ configure it
//!                          │ yes              │ not for sale             │ older              │ another
//!                          ▼                  ▼                          ▼                    ▼
//!                       the next           the next              stop: it was renamed      the next
//! ```
//!
//! Why nobody shares a number: what was made more than [`AT_ONCE`] before it was changed by our purchase was there before, and
//! is not ours. Two that ask for it within that time both believe that they bought it, and both wait for longer than that
//! before they look at its name: it is that of the last one, and only this one goes on. The numbers of a search are tried in
//! random order, so that this is rare.
//!
//! A purchase says nothing but the number, its passing name and what the number's country demands. If it hits somebody's
//! number after all, that keeps what it does.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value as Json;

use super::lookup::owned;
use super::search::{available, explain};
use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{Intent, Managed, Operation, Parameters, Properties, Sent};
use crate::engine::operations::create::post_with;
use crate::engine::operations::requests::{create_at, fetch, instance_path, send_update};
use crate::engine::values::checks::e164;
use crate::engine::values::parameters::{clear_what_is_left_out, parameters};
use crate::engine::values::state::store;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::resources::passing_name;
use crate::twilio::{Proof, lenient};

/// Numbers of a search that are tried, one after the other, when others are quicker. Terraform makes ten objects at a time,
/// and each tries another number first.
const MOST_CANDIDATES: usize = 30;

/// Twilio's code for a number that is not for sale. <https://www.twilio.com/docs/api/errors/21422>
const NOT_FOR_SALE: u32 = 21422;

/// How far the two dates of a number may be apart that a purchase has made: what rounding and Twilio's own work add. Twilio's
/// times have whole seconds, so the true time is less than a second more.
const AT_ONCE: SignedDuration = SignedDuration::from_secs(2);

/// How long after its purchase a number must still have the name that it was bought under. Longer than [`AT_ONCE`] by what
/// rounding hides, and by a second for Twilio to show it.
const SETTLES: Duration = Duration::from_secs(4);

/// What a passing name says.
const DOING: &str = "being bought";

/// What the country of a number may demand of a purchase.
const DEMANDED: [(&str, &str); 3] = [
    ("AddressSid", "address_sid"),
    ("BundleSid", "bundle_sid"),
    ("IdentitySid", "identity_sid"),
];

/// Why numbers of the search were passed over.
#[derive(Debug, Default)]
struct Passed {
    /// Somebody else bought it.
    sold: usize,
    /// The account had it.
    owned: usize,
    /// Another create has requested it.
    taken: usize,
    /// It is not what was searched for, or no phone number.
    unfit: usize,
}

/// Buys one number of the search. It has its passing name then, which [`configure`] replaces.
///
/// # Errors
/// What Twilio or the way to it answered. A diagnostic when nothing could be bought, and when it is in doubt whose a number
/// is.
pub(super) async fn buy_one(
    call: Call<'_>,
    resource: &'static Managed,
    search: &Value,
    parameters: Parameters,
) -> Result<Properties, Fault> {
    let mut found = available(call.client, call.account, search, MOST_CANDIDATES)
        .await
        .map_err(|fault| explain(fault, search, "search"))?;
    call.client.shuffle(&mut found);
    let place = create_at(call, call.object.place)?;
    let mut passed = Passed::default();
    for candidate in &found {
        let Some(number) = text(candidate, "phone_number").filter(|number| fits(search, number)) else {
            passed.unfit += 1;
            continue;
        };
        if !call.client.claim(&place, number) {
            passed.taken += 1;
            continue;
        }
        if owned(call.client, call.account, number).await?.is_some() {
            tracing::info!(
                number,
                "the search offers a number that the account owns; trying the next"
            );
            passed.owned += 1;
            continue;
        }
        match buy(call, resource, candidate, number, &parameters).await {
            Err(Fault::Api(error)) if error.twilio_code == Some(NOT_FOR_SALE) => {
                tracing::info!(
                    number,
                    "somebody else was quicker; trying the next number of the search"
                );
                passed.sold += 1;
            }
            Ok(None) => passed.taken += 1,
            Ok(Some(bought)) => return Ok(bought),
            Err(fault) => return Err(fault),
        }
    }
    Err(nothing_left(&passed).into())
}

/// Whether a response to the search is a number that can be what was searched for: what is bought is paid for. Numbers of the US
/// and Canada, which alone have area codes, start with +1.
pub(super) fn fits(search: &Value, number: &str) -> bool {
    let area = search.attr("area_code").as_str();
    let is_american = area.is_some() || matches!(search.attr("iso_country").as_str(), Some("US" | "CA"));
    let prefix = if is_american { "+1" } else { "+" };
    let rest = number.strip_prefix(prefix);
    e164(number).is_ok() && rest.is_some_and(|rest| rest.starts_with(area.unwrap_or_default()))
}

/// Buys a number. `None` when another purchase has it.
async fn buy(
    call: Call<'_>,
    resource: &'static Managed,
    candidate: &Properties,
    number: &str,
    parameters: &Parameters,
) -> Result<Option<Properties>, Fault> {
    let nonce = call.client.nonce();
    let configured = parameters.value("FriendlyName").and_then(Json::as_str);
    // Without a name Twilio would give it the one that the search returned.
    let passing = [configured, text(candidate, "friendly_name"), Some(number)]
        .into_iter()
        .flatten()
        .find_map(|name| passing_name::with_nonce(name, DOING, &nonce))
        .unwrap_or(nonce);
    let mut purchase = Parameters::default();
    purchase.set("PhoneNumber", number);
    purchase.set("FriendlyName", passing.as_str());
    for (name, _) in DEMANDED {
        if let Some(value) = parameters.value(name) {
            purchase.set(name, value.clone());
        }
    }
    let named = as_purchased(call, number, &passing);
    let began = call.client.begin();
    let bought = post_with(Call { state: &named, ..call }, resource, purchase, Proof::KeyAndNonce).await?;
    let sid = text(&bought, "sid").unwrap_or_default();
    if call.client.is_older(&bought, began, AT_ONCE) || !is_made_at_once(&bought) {
        return Err(there_already(call, number, &bought, &passing).into());
    }

    // What was bought is paid for: a stop does not leave it to nobody.
    let mut client = call.client.clone();
    while !client.pause(SETTLES).await {
        client = client.on_behalf_of(call.object.name);
    }
    let mut settled = named.clone();
    settled.set_attr("sid", Value::string(sid));
    let client = client.on_behalf_of(call.object.name);
    let there = Call {
        client: &client,
        state: &settled,
        ..call
    };
    let there = match fetch(there).await {
        Ok(there) => there,
        Err(fault) => return Err(not_read_back(call, number, sid, &fault).into()),
    };
    let name = text(&there, "friendly_name").unwrap_or_default();
    if name == passing {
        return Ok(Some(there));
    }
    tracing::warn!(number, sid, "another purchase got this number; trying the next");
    // Who renamed it this early believes to have bought it. Who came later knows better, and then it may be nobody's.
    if !is_made_at_once(&there) || passing_name::meant_by(name, DOING).is_none() {
        call.warnings.add(may_be_nobodys(call, number, sid, name));
    }
    Ok(None)
}

/// The planned object as far as the purchase says it.
fn as_purchased(call: Call<'_>, number: &str, passing: &str) -> Value {
    let mut object = call.state.clone();
    for attribute in call.object.fields {
        let is_said = DEMANDED.iter().any(|(_, name)| *name == attribute.name);
        if attribute.sent() != Sent::Never && !is_said {
            object.set_attr(attribute.name, Value::Null);
        }
    }
    object.set_attr("phone_number", Value::string(number));
    object.set_attr("friendly_name", Value::string(passing));
    object
}

/// Whether the dates of a number are those of one that was just made. Both are Twilio's, so no clock of ours matters.
fn is_made_at_once(number: &Properties) -> bool {
    let date = |name: &str| lenient::date_time(number.get(name)?)?.parse::<Timestamp>().ok();
    match (date("date_created"), date("date_updated")) {
        (Some(created), Some(updated)) => updated.duration_since(created) <= AT_ONCE,
        _ => false,
    }
}

/// Gives a number that was bought by a search its name and everything that is planned, and takes off the webhooks that nobody
/// configured: all that its purchase left out.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(super) async fn configure(call: Call<'_>, intent: Intent<'_>, number: &mut Properties) -> Result<(), Fault> {
    let (prior, _) = store(call.object, call.account, number.clone(), &Value::Null, Operation::Read);
    let intent = Intent {
        operation: Operation::Update,
        prior: &prior,
        ..intent
    };
    let mut rest = parameters(intent);
    clear_what_is_left_out(intent.resource, number, intent.planned, &mut rest);
    let configured = rest.value("FriendlyName").and_then(Json::as_str);
    if configured.is_none_or(|name| name.trim().is_empty())
        && let Some(name) = meant_by(text(number, "friendly_name"))
    {
        rest.set("FriendlyName", name);
    }
    if let Some(encode) = intent.resource.write.encode {
        let operation = Operation::Complete;
        encode(&Intent { operation, ..intent }, &mut rest);
    }
    if !rest.is_empty() {
        let path = instance_path(call.object, call.account, call.state)?;
        *number = send_update(call, intent.resource, path, rest).await?;
    }
    Ok(())
}

/// The name that a number was to have whose purchase was not completed.
pub(super) fn meant_by(name: Option<&str>) -> Option<&str> {
    passing_name::meant_by(name?, DOING)
}

fn text<'o>(object: &'o Properties, name: &str) -> Option<&'o str> {
    object.get(name).and_then(Json::as_str)
}

/// What to do about a number of which nobody knows whether something has it.
fn if_it_is_nobodys(call: Call<'_>, sid: &str) -> String {
    format!(
        "If no resource of any configuration has {sid}, take it over with terraform import and the id {}/{sid}, or release it.",
        call.account
    )
}

fn there_already(call: Call<'_>, number: &str, bought: &Properties, passing: &str) -> Diagnostic {
    let sid = text(bought, "sid").unwrap_or_default();
    let date = |name: &str| {
        bought
            .get(name)
            .and_then(lenient::date_time)
            .unwrap_or_else(|| "(unknown)".to_owned())
    };
    let demanded: String = DEMANDED
        .iter()
        .filter_map(|(_, name)| Some(format!(", {name} is {}", call.state.attr(name).as_str()?)))
        .collect();
    Diagnostic::error(
        "A number of the search was there already",
        format!(
            "Twilio's search offered {number}, and its list of the numbers of account {} did not show it. Twilio's \
             response to the purchase was {sid}, which was made at {} and changed at {}: Twilio took the purchase for a \
             change of a number that the account has. Its friendly_name is {passing:?} now{demanded}; what it was before \
             is not known. Nothing was bought, and nothing else was changed. Give it back its name. A resource that has it \
             and sets friendly_name does so with its next apply. Then apply again. {}",
            call.account,
            date("date_created"),
            date("date_updated"),
            if_it_is_nobodys(call, sid)
        ),
    )
    .at_attribute("search")
}

fn not_read_back(call: Call<'_>, number: &str, sid: &str, fault: &Fault) -> Diagnostic {
    let why = match fault {
        Fault::Api(error) => match &error.request_id {
            Some(id) => format!("{error} (request {id})"),
            None => error.to_string(),
        },
        Fault::Diagnostic(diagnostic) => diagnostic.detail.clone(),
    };
    Diagnostic::error(
        "A number was bought and could not be read",
        format!(
            "{number} was bought as {sid}, and reading it, to see whether another purchase requested it at the same time, \
             failed: {why}. It is not in the state and is paid for. Nothing else was bought or changed. {}",
            if_it_is_nobodys(call, sid)
        ),
    )
    .at_attribute("search")
}

fn may_be_nobodys(call: Call<'_>, number: &str, sid: &str, name: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("{number} may have been bought for nothing"),
        format!(
            "{number} was bought as {sid}, and something else gave it the name {name:?} within {} seconds. So it was left \
             alone, and the next number of the search was tried. {}",
            SETTLES.as_secs(),
            if_it_is_nobodys(call, sid)
        ),
    )
    .at_attribute("search")
}

fn nothing_left(passed: &Passed) -> Diagnostic {
    let Passed {
        sold,
        owned,
        taken,
        unfit,
    } = passed;
    let advice = "Take a filter out of search, or see what is for sale with data.twilio_available_phone_numbers.";
    let (summary, detail) = match sold + owned + taken + unfit {
        0 => (
            "No phone number matches the search",
            format!("Twilio has no number for sale that matches every filter of search. Nothing was bought. {advice}"),
        ),
        all => (
            "No phone number of the search could be bought",
            format!(
                "Numbers that matched: {all}. Sold to somebody else before they could be bought (Twilio code \
                 {NOT_FOR_SALE}): {sold}; in the account already: {owned}; requested by another purchase at the same time: \
                 {taken}; offered by Twilio, and not what was searched for: {unfit}. This one has bought nothing. Apply \
                 again. {advice}"
            ),
        ),
    };
    Diagnostic::error(summary, detail).at_attribute("search")
}
