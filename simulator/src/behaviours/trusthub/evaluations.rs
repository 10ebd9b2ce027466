//! Evaluations of customer profiles and trust products: whether what is assigned is what the policy asks for.
//! <https://www.twilio.com/docs/trust-hub/trusthub-rest-api/policies>
//!
//! What policies there are is published nowhere as a whole. One that was put there (`POST /_simulator/objects`) is read as the contract's
//! examples of policies are written: end users of a type with their fields, documents of which one type of each group will do. Without it
//! an end user is asked for at the least.

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::behaviours::numbers::evaluations::{END_USER, evaluate};
use crate::params::Params;
use crate::store::{Object, Store};

/// <https://www.twilio.com/docs/api/errors/22214>
const NO_END_USER: u32 = 22214;
/// <https://www.twilio.com/docs/api/errors/22215>
const NO_FIELD_OF_END_USER: u32 = 22215;
/// <https://www.twilio.com/docs/api/errors/22216>
const NO_DOCUMENT: u32 = 22216;
/// <https://www.twilio.com/docs/api/errors/22217>
const NO_FIELD_OF_DOCUMENT: u32 = 22217;

/// See the module.
pub struct Evaluations;

impl Behaviour for Evaluations {
    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        let policy = params.text("PolicySid").unwrap_or_default();
        let policy = ctx
            .state
            .store
            .find(HOST, ctx.account, &format!("/v1/Policies/{policy}"));
        let Some(asked) = policy
            .and_then(|policy| policy.body.get("requirements"))
            .filter(|asked| asked.is_object())
        else {
            evaluate(ctx, object, (HOST, "EntityAssignments"), &[END_USER]);
            return Ok(());
        };
        let asked = asked.clone();
        let assigned = Assigned::of(&ctx.state.store, object);
        let people = asked["end_user"].as_array().into_iter().flatten();
        let people = people.map(|one| assigned.judge("EndUsers", &[one], one, (NO_END_USER, NO_FIELD_OF_END_USER)));
        let groups = asked["supporting_document"].as_array().into_iter().flatten();
        let documents = groups.filter_map(Value::as_array).flatten().map(|one| {
            let accepted: Vec<&Value> = one["accepted_documents"].as_array().into_iter().flatten().collect();
            assigned.judge(
                "SupportingDocuments",
                &accepted,
                one,
                (NO_DOCUMENT, NO_FIELD_OF_DOCUMENT),
            )
        });
        let results: Vec<Value> = people.chain(documents).collect();
        let passed = results.iter().all(|result| result["passed"] == true);
        object.set("results", results);
        object.set("status", if passed { "compliant" } else { "noncompliant" });
        Ok(())
    }
}

/// What is assigned to a profile or a product.
struct Assigned<'s> {
    store: &'s Store,
    account: &'s str,
    sids: Vec<&'s str>,
}

impl<'s> Assigned<'s> {
    fn of(store: &'s Store, evaluation: &'s Object) -> Self {
        let above = evaluation.collection.trim_end_matches("/Evaluations");
        let assignments = format!("{above}/EntityAssignments");
        let items = store.members(HOST, &evaluation.account, &assignments);
        let sids = items.filter_map(|item| item.text("object_sid")).collect();
        Self {
            store,
            account: &evaluation.account,
            sids,
        }
    }

    /// What is assigned of this collection that is of a type.
    fn find(&self, collection: &str, kind: &Value) -> Option<&'s Object> {
        let all = self.sids.iter();
        let mut all = all.filter_map(|sid| self.store.find(HOST, self.account, &format!("/v1/{collection}/{sid}")));
        all.find(|object| object.body.get("type") == Some(kind))
    }

    /// The result about one requirement, which one of several types satisfies, each with fields of its own.
    fn judge(&self, collection: &str, types: &[&Value], asked: &Value, (missing, without): (u32, u32)) -> Value {
        let found = types
            .iter()
            .find_map(|kind| Some((*kind, self.find(collection, &kind["type"])?)));
        let kind = found.map_or(types.first().copied().unwrap_or(asked), |(kind, _)| kind);
        let name = kind["name"].as_str().unwrap_or_default();
        let attributes = found.and_then(|(_, object)| object.body.get("attributes"));
        let is_filled = |field: &str| {
            let value = attributes.and_then(|attributes| attributes.get(field));
            value.is_some_and(|value| !matches!(value, Value::Null) && value != "" && *value != json!([]))
        };
        let fields = kind["fields"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        let (valid, invalid): (Vec<&str>, Vec<&str>) = fields.partition(|field| is_filled(field));
        let valid = valid
            .iter()
            .map(|field| json!({"friendly_name": field, "object_field": field, "passed": true}));
        let wrong = |field: &&str| {
            json!({"friendly_name": field, "object_field": field, "error_code": without,
                "failure_reason": format!("The {field} is missing. Please enter it on the {name}.")})
        };
        let passed = found.is_some() && invalid.is_empty();
        let reason = match found {
            None => json!(format!("{name} is missing. Please add one to the regulatory bundle.")),
            Some(_) => Value::Null,
        };
        json!({
            "friendly_name": name,
            "object_type": kind["type"],
            "passed": passed,
            "failure_reason": reason,
            "error_code": found.is_none().then_some(missing),
            "valid": valid.collect::<Vec<_>>(),
            "invalid": invalid.iter().map(wrong).collect::<Vec<_>>(),
            "requirement_friendly_name": asked["name"],
            "requirement_name": asked["requirement_name"],
        })
    }
}
