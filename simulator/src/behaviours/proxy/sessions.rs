//! Sessions and who takes part in them: each is given a number of the service's pool, behind which the other one sees it.
//! <https://www.twilio.com/docs/proxy/api/session>, <https://www.twilio.com/docs/proxy/api/participant>

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::behaviours::api::numbers::inventory;
use crate::clock;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

const PARTICIPANTS: &str = "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Participants";
const CLOSED: &str = "closed";

/// Most participants of a session. <https://www.twilio.com/docs/api/errors/80609>
const MOST_PARTICIPANTS: usize = 2;

/// Sessions.
pub struct Sessions;

impl Behaviour for Sessions {
    /// What is closed is opened again as in progress, and has no end then:
    /// <https://github.com/wittyreference/twilio-claude-plugin> (skills/proxy/references/test-results.md, test 3),
    /// <https://www.twilio.com/docs/api/errors/80608>
    fn before_update(&self, _: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        match object.text("status") == Some(CLOSED) && params.text("Status") == Some("open") {
            true => Err(ApiError::new(
                400,
                80608,
                "Session status change not supported. To re-open, choose In Progress",
            )),
            false => Ok(()),
        }
    }

    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, _: &Params, object: &mut Object) -> Outcome {
        if object.text("status") == Some(CLOSED) && before.text("status") != Some(CLOSED) {
            object.set("date_ended", clock::iso8601(ctx.now));
            object.set("closed_reason", "api");
        }
        if object.text("status") != Some(CLOSED) && before.text("status") == Some(CLOSED) {
            object.set("date_ended", serde_json::Value::Null);
            object.set("closed_reason", serde_json::Value::Null);
        }
        Ok(())
    }
}

/// Participants.
pub struct Participants;

impl Behaviour for Participants {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let session = ctx.route.path.trim_end_matches("/Participants").to_owned();
        let identifier = params.text("Identifier").unwrap_or_default().to_owned();
        // The page on 80404 wants a number that can be reached; this one was refused
        // (https://github.com/wittyreference/twilio-claude-plugin, skills/proxy/references/test-results.md, test 4): there is no area 555.
        if ctx.strict && identifier.starts_with("+1555") {
            let text = "Participant identifier does not appear to be a valid, reachable identity";
            return Err(ApiError::new(400, 80404, text));
        }
        let store = &ctx.state.store;
        let members = format!("{session}/Participants");
        let mut same = store.members_with(HOST, ctx.account, &members, "identifier", identifier.as_str());
        if same.next().is_some() {
            // https://www.twilio.com/docs/api/errors/80103
            return Err(ApiError::new(
                400,
                80103,
                "Participant has already been added to Session",
            ));
        }
        drop(same);
        if store.count(HOST, ctx.account, &members) >= MOST_PARTICIPANTS {
            // https://www.twilio.com/docs/api/errors/80609
            return Err(ApiError::new(400, 80609, "Too Many Added Participants"));
        }
        let sent = |name: &str| params.text(name).filter(|text| !text.is_empty());
        let (service, _) = session.split_once("/Sessions").unwrap_or_default();
        let pool = format!("{service}/PhoneNumbers");
        let named = match (sent("ProxyIdentifierSid"), sent("ProxyIdentifier")) {
            (Some(sid), _) => Some(store.members_with(HOST, ctx.account, &pool, "sid", sid).next().cloned()),
            (None, Some(number)) if number.starts_with('+') => {
                let mut found = store.members_with(HOST, ctx.account, &pool, "phone_number", number);
                Some(found.next().cloned())
            }
            // What is no number is taken as it is: a short code, or a name of another channel.
            (None, Some(_)) => return Ok(()),
            (None, None) => None,
        };
        let number = match named {
            // https://www.twilio.com/docs/api/errors/80605
            Some(None) => return Err(ApiError::new(400, 80605, "Proxy Identifier Not In Service")),
            Some(Some(number)) if is_used(ctx, service, &identifier, &number) => {
                // https://www.twilio.com/docs/api/errors/80604
                return Err(ApiError::new(400, 80604, "Proxy Identifier In Use"));
            }
            // Also where it is named: the same record, test 5.
            Some(Some(number)) if sent("ProxyIdentifierSid").is_some() && is_reserved(&number) => {
                return Err(only_reserved());
            }
            Some(Some(number)) => number,
            None => {
                let country = inventory::find(&identifier).map(|found| found.area.country.iso);
                let free = store.members(HOST, ctx.account, &pool).filter(|number| {
                    let fits = country.is_none_or(|country| number.text("iso_country") == Some(country));
                    fits && !is_used(ctx, service, &identifier, number)
                });
                let free: Vec<&Object> = free.collect();
                let unreserved = free.iter().find(|number| !is_reserved(number));
                match unreserved {
                    Some(number) => (*number).clone(),
                    None if !free.is_empty() => return Err(only_reserved()),
                    // https://www.twilio.com/docs/api/errors/80206
                    None => return Err(ApiError::new(400, 80206, "No Available Proxy")),
                }
            }
        };
        params.set("ProxyIdentifierSid", number.key.as_str());
        params.set("ProxyIdentifier", number.text("phone_number").unwrap_or_default());
        Ok(())
    }
}

fn is_reserved(number: &Object) -> bool {
    number.body.get("is_reserved").and_then(serde_json::Value::as_bool) == Some(true)
}

/// <https://www.twilio.com/docs/api/errors/80207>, in the words of
/// <https://github.com/wittyreference/twilio-claude-plugin> (skills/proxy/references/test-results.md, test 6)
fn only_reserved() -> ApiError {
    let text = "This Service has no compatible Proxy numbers for this Participant";
    ApiError::new(400, 80207, text)
}

/// Whether somebody is behind this number already in another session that is not closed.
fn is_used(ctx: &Ctx<'_>, service: &str, identifier: &str, number: &Object) -> bool {
    let store = &ctx.state.store;
    let mut elsewhere = store.kind_with(HOST, PARTICIPANTS, "identifier", identifier);
    elsewhere.any(|other| {
        let session = other.collection.trim_end_matches("/Participants");
        let session = store.find(HOST, &other.account, session);
        let is_open = session.is_some_and(|session| session.text("status") != Some(CLOSED));
        let is_here = other.account == ctx.account && other.path.starts_with(&format!("{service}/"));
        is_here && is_open && other.text("proxy_identifier") == number.text("phone_number")
    })
}
