//! Evaluations of bundles: whether anything is assigned to them. What else a regulation asks for is nowhere published as a whole.
//! <https://www.twilio.com/docs/phone-numbers/regulatory/api/evaluations>

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::params::Params;
use crate::store::Object;

/// What must be among the things assigned: prefix of its SID, how results call it, its type, code and reason of its absence.
pub(crate) type Part = (&'static str, &'static str, &'static str, u32, &'static str);

/// <https://www.twilio.com/docs/api/errors/22214>
pub(crate) const END_USER: Part = (
    "IT",
    "End-User",
    "end_user",
    22214,
    "An End-User is missing. Please add one to the regulatory bundle.",
);

/// <https://www.twilio.com/docs/api/errors/22216>
const DOCUMENT: Part = (
    "RD",
    "Supporting Document",
    "supporting_document",
    22216,
    "A Supporting Document is missing. Please add one to the regulatory bundle.",
);

/// Of a regulatory bundle.
pub struct Evaluations;

impl Behaviour for Evaluations {
    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        evaluate(ctx, object, (HOST, "ItemAssignments"), &[END_USER, DOCUMENT]);
        Ok(())
    }
}

/// Looks for each part in the collection of assignments beside the evaluation.
pub(crate) fn evaluate(ctx: &Ctx<'_>, object: &mut Object, (host, assigned): (&str, &str), parts: &[Part]) {
    let above = object.collection.trim_end_matches("/Evaluations");
    let assigned = format!("{above}/{assigned}");
    let is_there = |prefix: &str| {
        let mut items = ctx.state.store.members(host, &object.account, &assigned);
        items.any(|item| item.text("object_sid").is_some_and(|sid| sid.starts_with(prefix)))
    };
    let results = parts.iter().map(|(prefix, name, kind, code, reason)| {
        let passed = is_there(prefix);
        let (code, reason) = match passed {
            true => (Value::Null, Value::Null),
            false => ((*code).into(), (*reason).into()),
        };
        json!({"friendly_name": name, "object_type": kind, "passed": passed, "error_code": code,
            "failure_reason": reason, "valid": [], "invalid": []})
    });
    let results: Vec<Value> = results.collect();
    let passed = results.iter().all(|result| result["passed"] == true);
    object.set("results", results);
    object.set("status", if passed { "compliant" } else { "noncompliant" });
}
