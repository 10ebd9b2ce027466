//! Numbers of a SIP trunk. The list has no memory of its own: a number is in it as long as its `trunk_sid` names the trunk, by
//! whichever of the two APIs that was set. <https://www.twilio.com/docs/sip-trunking/api/phonenumber-resource>

use jiff::Timestamp;
use serde_json::Value;

use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::behaviours::api::{HOST, accounts, numbers};
use crate::contract::{Contract, OperationKind, Resource};
use crate::error::ApiError;
use crate::generic::serve;
use crate::params::Params;
use crate::state::State;
use crate::store::{Body, Object, Store};

/// Host of trunks.
pub(crate) const TRUNKING: &str = "trunking.twilio.com";
/// Collection, as the contract writes it.
const TEMPLATE: &str = "/v1/Trunks/{TrunkSid}/PhoneNumbers";

/// See the module.
pub struct TrunkNumbers;

impl Behaviour for TrunkNumbers {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let trunk = ctx.path_param("TrunkSid").unwrap_or_default().to_owned();
        let now = ctx.now;
        let exists = ctx
            .state
            .store
            .find(TRUNKING, ctx.account, &format!("/v1/Trunks/{trunk}"));
        if exists.is_none() {
            return Err(ApiError::not_found(&ctx.request.path));
        }
        let answer = match ctx.operation().kind {
            OperationKind::List => {
                let numbers = members(ctx, &trunk);
                let entries: Vec<Object> = numbers.iter().filter_map(|number| entry(ctx, &trunk, number)).collect();
                let entries = entries.iter().map(|entry| shown(ctx, entry)).collect::<Outcome<_>>()?;
                ctx.list_items(entries)?
            }
            OperationKind::Create => {
                let sid = params.text("PhoneNumberSid").unwrap_or_default();
                let path = format!("{}/{}/IncomingPhoneNumbers/{sid}", accounts::COLLECTION, ctx.account);
                let number = ctx.state.store.find_mut(HOST, ctx.account, &path);
                // What Twilio says of a number that is not there is published nowhere.
                let number = number.ok_or_else(|| ApiError::not_found(&format!("/v1/PhoneNumbers/{sid}")))?;
                numbers::assign_trunk(number, Some(&trunk), now);
                let number = number.clone();
                one(ctx, &trunk, &number)?
            }
            OperationKind::Read => {
                let number = member(ctx, &trunk)?;
                one(ctx, &trunk, &number)?
            }
            OperationKind::Delete => {
                let number = member(ctx, &trunk)?;
                if let Some(number) = ctx.state.store.find_mut(HOST, &number.account, &number.path) {
                    numbers::assign_trunk(number, None, now);
                }
                Answer::empty(204)
            }
            OperationKind::Update | OperationKind::Action => return Ok(None),
        };
        Ok(Some(answer))
    }
}

/// The entries of all lists, for whoever looks from outside: a list has no memory of its own. The number, and where its entry is.
pub(crate) fn entries(store: &Store) -> impl Iterator<Item = (&Object, Entry)> {
    let numbers = store.kind(HOST, numbers::TEMPLATE);
    numbers.filter_map(|number| {
        let trunk = number.text("trunk_sid").filter(|sid| !sid.is_empty())?;
        let collection = format!("/v1/Trunks/{trunk}/PhoneNumbers");
        let path = format!("{collection}/{}", number.key);
        Some((number, Entry { collection, path }))
    })
}

/// Where the entry of a number is, at the host of trunks.
pub(crate) struct Entry {
    /// The list.
    pub(crate) collection: String,
    /// The entry.
    pub(crate) path: String,
}

/// Somebody takes a number off its trunk, by the path of its entry. Whether there is such an entry.
pub(crate) fn take_off(state: &mut State, host: &str, account: Option<&str>, path: &str) -> bool {
    let now = state.clock.now();
    let found = entries(&state.store)
        .filter(|(number, _)| account.is_none_or(|account| number.account == account))
        .find(|(_, entry)| host == TRUNKING && entry.path == path)
        .map(|(number, _)| number.sequence);
    let Some(number) = found.and_then(|sequence| state.store.numbered_mut(sequence)) else {
        return false;
    };
    numbers::assign_trunk(number, None, now);
    true
}

/// Trunks: one that goes leaves its numbers.
pub struct Trunks;

impl Behaviour for Trunks {
    fn after_create(&self, _: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        unname(object);
        Ok(())
    }

    fn after_update(&self, _: &mut Ctx<'_>, _: &Object, _: &Params, object: &mut Object) -> Outcome {
        unname(object);
        Ok(())
    }

    fn after_delete(&self, ctx: &mut Ctx<'_>, object: &Object) {
        leave(ctx.state, object, ctx.now);
    }

    fn removed_outside(&self, state: &mut State, object: &Object) {
        let now = state.clock.now();
        leave(state, object, now);
    }
}

/// A trunk with an empty name has none: <https://github.com/wittyreference/twilio-claude-plugin>
/// (skills/elastic-sip-trunking/references/test-results.md, tests 26 and 27).
fn unname(trunk: &mut Object) {
    if trunk.text("friendly_name") == Some("") {
        trunk.set("friendly_name", Value::Null);
    }
}

/// The recording settings of a trunk, which the trunk shows too.
pub struct Recording;

impl Behaviour for Recording {
    fn after_update(&self, ctx: &mut Ctx<'_>, _: &Object, _: &Params, object: &mut Object) -> Outcome {
        show(ctx.state, object);
        Ok(())
    }

    fn changed_outside(&self, state: &mut State, object: &Object) {
        show(state, object);
    }
}

fn show(state: &mut State, recording: &Object) {
    let trunk = recording.path.strip_suffix("/Recording").unwrap_or_default();
    let shown = serde_json::json!({"mode": recording.body.get("mode"), "trim": recording.body.get("trim")});
    if let Some(trunk) = state.store.find_mut(&recording.host, &recording.account, trunk) {
        trunk.set("recording", shown);
    }
}

fn leave(state: &mut State, trunk: &Object, at: Timestamp) {
    let numbers = state
        .store
        .kind_with(HOST, numbers::TEMPLATE, "trunk_sid", trunk.key.as_str());
    let own = numbers.filter(|number| number.account == trunk.account);
    let own: Vec<u64> = own.map(|number| number.sequence).collect();
    for sequence in own {
        if let Some(number) = state.store.numbered_mut(sequence) {
            numbers::assign_trunk(number, None, at);
        }
    }
}

fn members(ctx: &Ctx<'_>, trunk: &str) -> Vec<Object> {
    let collection = format!("{}/{}/IncomingPhoneNumbers", accounts::COLLECTION, ctx.account);
    ctx.state
        .store
        .members_with(HOST, ctx.account, &collection, "trunk_sid", trunk)
        .rev()
        .cloned()
        .collect()
}

fn member(ctx: &Ctx<'_>, trunk: &str) -> Outcome<Object> {
    let sid = ctx.path_param("Sid").unwrap_or_default();
    let path = format!("{}/{}/IncomingPhoneNumbers/{sid}", accounts::COLLECTION, ctx.account);
    let number = ctx.state.store.find(HOST, ctx.account, &path);
    number
        .filter(|number| number.text("trunk_sid") == Some(trunk))
        .cloned()
        .ok_or_else(|| ApiError::not_found(&ctx.request.path))
}

/// The number as its trunk shows it: what both have is the number's.
fn entry(ctx: &mut Ctx<'_>, trunk: &str, number: &Object) -> Option<Object> {
    let published = Contract::published().resource(TRUNKING, TEMPLATE)?;
    let own = ["url", "links", "date_created", "date_updated"];
    let mut fields: Body = published
        .object_fields()
        .iter()
        .filter(|field| !own.contains(&field.name.as_str()))
        .filter_map(|field| Some((field.name.clone(), number.body.get(&field.name)?.clone())))
        .collect();
    fields.insert("trunk_sid".into(), Value::from(trunk));
    for (name, ms) in [("date_created", number.created_ms), ("date_updated", number.updated_ms)] {
        let at = Timestamp::from_millisecond(ms).unwrap_or_default();
        fields.insert(name.into(), crate::clock::iso8601(at).into());
    }
    let account = ctx.account.to_owned();
    ctx.new_object(TRUNKING, &account, &format!("/v1/Trunks/{trunk}/PhoneNumbers"), fields)
}

fn resource() -> Outcome<&'static Resource> {
    Contract::published()
        .resource(TRUNKING, TEMPLATE)
        .ok_or_else(|| ApiError::not_found(TEMPLATE))
}

fn shown(ctx: &Ctx<'_>, entry: &Object) -> Outcome<Value> {
    Ok(Value::Object(serve::shown(ctx, resource()?, entry)))
}

fn one(ctx: &mut Ctx<'_>, trunk: &str, number: &Object) -> Outcome<Answer> {
    let entry = entry(ctx, trunk, number).ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
    Ok(serve::answer(ctx, resource()?, &entry))
}
