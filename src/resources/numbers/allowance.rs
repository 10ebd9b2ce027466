//! What a policy says of phone numbers: how many an account may have, of which countries, and that nobody uses one that goes.
//!
//! An account is counted once in a run, and from then on by what the run itself does. A plan adds the purchases that it has seen, and
//! takes nothing off for releases, which it may see later: only what is replaced makes room for what replaces it. An apply takes off
//! what was released by then.

use std::ops::ControlFlow;

use futures::future::BoxFuture;
use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};

use super::lookup::owned;
use super::phone_number::PHONE_NUMBER;
use super::uses;
use crate::engine::facts::hooks::{Call, Fault, Reviewed};
use crate::engine::facts::{Count, Impact, Properties};
use crate::engine::operations::policy::refused;
use crate::engine::operations::requests::fetch;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client, Error, ListRequest, Product, Request, lenient};

/// By which the run counts.
const TYPE: &str = "twilio_phone_number";

/// Holds a purchase, or a release, against the policy.
pub(super) fn review(reviewed: Reviewed<'_>) -> BoxFuture<'_, Result<(), Box<Diagnostic>>> {
    Box::pin(async move {
        refuse_in_use(&reviewed).await?;
        // What goes is counted once it is gone; of a change nothing is.
        if reviewed.planned.is_null() || !reviewed.prior.is_null() {
            return Ok(());
        }
        refuse_country(&reviewed)?;
        refuse_one_too_many(&reviewed).await
    })
}

/// Refuses to release a number that somebody uses. A plan asks for its calls and messages alone: out of a pool, or off a trunk, the same
/// plan may take it first.
async fn refuse_in_use(reviewed: &Reviewed<'_>) -> Result<(), Box<Diagnostic>> {
    let rules = reviewed.policy.rules.iter().find(|rules| rules.release_only_unused);
    let (Some(rules), true) = (rules, reviewed.impacts.contains(&Impact::Release)) else {
        return Ok(());
    };
    // Where it is not known in which account the number is, the apply asks.
    let (Some((client, account)), Some(sid)) = (reviewed.connection, reviewed.gone.attr("sid").as_str()) else {
        return Ok(());
    };
    let refused = |what: String| {
        let next = "Take it out of use and run this again later, keep it with on_destroy = \"retain\", or have the policy changed.";
        Err(Box::new(refused(
            rules,
            "release_only_unused",
            &what,
            reviewed.outcome,
            next,
        )))
    };
    let found = match number_now(reviewed, client, account).await {
        Ok(found) => found,
        Err(fault) => {
            let why = match fault {
                Fault::Diagnostic(diagnostic) => diagnostic.detail,
                Fault::Api(error) => format!("{error} ({})", error.attempt),
            };
            return refused(format!(
                "Whether the {} is in use cannot be seen: {why}",
                reviewed.named
            ));
        }
    };
    let text = |name: &str| found.get(name).and_then(lenient::text);
    let (number, trunk) = (text("phone_number").unwrap_or_default(), text("trunk_sid"));
    let uses = match reviewed.is_apply {
        true => {
            let going = uses::Number {
                sid,
                number: &number,
                trunk: trunk.as_deref(),
            };
            uses::Seen::for_policy().uses(client, account, going).await
        }
        false => {
            let mut uses = uses::Uses::default();
            uses::find_traffic(client, account, &number, &mut uses).await;
            uses
        }
    };
    let named = reviewed.named;
    let mut reasons = uses.parts.clone();
    if !uses.traffic.is_empty() {
        let traffic = uses.traffic.join(" and ");
        reasons.push(format!("in use, with {traffic} yesterday or today (GMT)"));
    }
    match (reasons.is_empty(), uses.unknown()) {
        (false, _) => refused(format!(
            "The {named} is to be released, and is {}",
            reasons.join(", and ")
        )),
        (true, Some(unknown)) => refused(format!("Whether the {named} is in use is not known: {unknown}")),
        (true, None) => Ok(()),
    }
}

/// The number as Twilio has it by now: off a trunk it may be since the plan.
async fn number_now(reviewed: &Reviewed<'_>, client: &Client, account: &AccountSid) -> Result<Properties, Fault> {
    fetch(Call {
        object: &PHONE_NUMBER.object,
        client,
        account,
        state: reviewed.gone,
        warnings: reviewed.warnings,
    })
    .await
}

/// The country that a purchase is in, in capitals.
#[derive(Debug, PartialEq, Eq)]
enum Country {
    Is(String),
    /// What says it is not known before the apply.
    Later,
    /// Nothing says it.
    Unclear,
}

fn country_of(planned: &Value, config: &Value) -> Country {
    let number = planned.attr("phone_number");
    if let Some(number) = number.as_str() {
        return of_number(number);
    }
    for name in ["phone_number", "area_code", "search"] {
        if config.attr(name).is_unknown() {
            return Country::Later;
        }
    }
    if let Some(area_code) = planned.attr("area_code").as_str() {
        // The exchange 555 has numbers in every area.
        return of_number(&format!("+1{area_code}5550100"));
    }
    let searched = planned.attr("search").attr("iso_country");
    match searched.as_str() {
        Some(country) => Country::Is(country.to_ascii_uppercase()),
        None if searched.is_unknown() => Country::Later,
        None => Country::Unclear,
    }
}

/// By the country code, and the area code where several countries share one.
fn of_number(number: &str) -> Country {
    let Ok(parsed) = PHONE_NUMBER_UTIL.parse(number, None) else {
        return Country::Unclear;
    };
    match PHONE_NUMBER_UTIL.get_region_for_number(&parsed) {
        Some(region) if region != Region::World => Country::Is(region.to_string()),
        _ => Country::Unclear,
    }
}

fn refuse_country(reviewed: &Reviewed<'_>) -> Result<(), Box<Diagnostic>> {
    for rules in &reviewed.policy.rules {
        let Some(allowed) = &rules.allowed_number_countries else {
            continue;
        };
        let list = allowed.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let what = match country_of(reviewed.planned, reviewed.config) {
            Country::Is(country) if allowed.contains(&country) => continue,
            Country::Later if !reviewed.is_apply => continue,
            Country::Is(country) => {
                format!("A phone number of {country} is to be bought, and the countries allowed are {list}")
            }
            Country::Later | Country::Unclear => {
                format!("Of which country the phone number would be is not clear, and the countries allowed are {list}")
            }
        };
        let next = "Choose a number of one of them, by phone_number or by search with iso_country.";
        return Err(Box::new(refused(
            rules,
            "allowed_number_countries",
            &what,
            reviewed.outcome,
            next,
        )));
    }
    Ok(())
}

async fn refuse_one_too_many(reviewed: &Reviewed<'_>) -> Result<(), Box<Diagnostic>> {
    let limits = (reviewed.policy.rules.iter()).filter_map(|rules| Some((rules.max_numbers?, rules)));
    let Some((most, rules)) = limits.min_by_key(|(most, _)| *most) else {
        return Ok(());
    };
    // Of an account that is not made yet the apply asks.
    let Some((client, account)) = reviewed.connection else {
        return Ok(());
    };
    let refused = |what: String| {
        let next = "Release numbers that nobody needs, or have the policy changed.";
        Box::new(refused(rules, "max_numbers", &what, reviewed.outcome, next))
    };
    let unseen = |fault: Fault| match fault {
        Fault::Diagnostic(diagnostic) => diagnostic,
        Fault::Api(error) => refused(format!(
            "How many phone numbers account {account} has cannot be seen: {error} ({})",
            error.attempt
        )),
    };
    if is_taken_over(reviewed, client, account).await.map_err(unseen)? {
        return Ok(());
    }
    let tally = |change: &dyn Fn(&mut Count)| reviewed.policy.tally.of(TYPE, account.as_str(), change);
    let found = match tally(&|_| {}).found {
        Some(found) => found,
        None => count(client, account).await.map_err(|error| unseen(error.into()))?,
    };
    let makes_room = reviewed.replaces && reviewed.impacts.contains(&Impact::Release);
    let more = i64::from(reviewed.is_apply || !makes_room);
    let counted = tally(&|count: &mut Count| {
        count.found = count.found.or(Some(found));
        match reviewed.is_apply {
            true => count.done += more,
            false => count.planned += more,
        }
    });
    let all = counted.found.unwrap_or(found)
        + match reviewed.is_apply {
            true => counted.done,
            false => counted.planned,
        };
    if i64::try_from(most).is_ok_and(|most| all > most) {
        return Err(refused(format!(
            "Account {account} would have {all} phone numbers, with those that this run buys, and {most} may be there. One that \
             is released counts until it is gone"
        )));
    }
    Ok(())
}

/// Whether the account has the number, and the configuration takes it over: then it is counted already.
async fn is_taken_over(reviewed: &Reviewed<'_>, client: &Client, account: &AccountSid) -> Result<bool, Fault> {
    let adopts = reviewed.planned.attr("adopt_existing").as_bool() == Some(true);
    match reviewed.planned.attr("phone_number").as_str() {
        Some(number) if adopts => Ok(owned(client, account, number).await?.is_some()),
        _ => Ok(false),
    }
}

async fn count(client: &Client, account: &AccountSid) -> Result<i64, Error> {
    let path = format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json");
    let list = ListRequest::new(Request::get(Product::Api, account, path))
        .key("incoming_phone_numbers")
        .largest_pages()
        .sids("PN");
    let mut all = 0;
    let counted = client.each(list, |_| {
        all += 1;
        ControlFlow::Continue(())
    });
    counted.await.map(|()| all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_is_the_numbers_the_area_codes_or_the_searchs() {
        let country = |name: &'static str, value: Value| {
            let object = Value::object([(name, value)]);
            country_of(&object, &object)
        };
        let is = |code: &str| Country::Is(code.to_owned());
        assert_eq!(country("phone_number", "+14155550100".into()), is("US"));
        assert_eq!(country("phone_number", "+16045550100".into()), is("CA"));
        assert_eq!(country("phone_number", "+442071838750".into()), is("GB"));
        assert_eq!(country("phone_number", "+999123".into()), Country::Unclear);
        assert_eq!(country("phone_number", Value::UNKNOWN), Country::Later);
        assert_eq!(country("area_code", "415".into()), is("US"));
        assert_eq!(country("area_code", "416".into()), is("CA"));
        let search = Value::object([("iso_country", "de".into())]);
        assert_eq!(country("search", search), is("DE"));
        assert_eq!(country("search", Value::UNKNOWN), Country::Later);
        assert_eq!(country("friendly_name", "x".into()), Country::Unclear);
    }
}
