//! What a messaging service may be for. <https://www.twilio.com/docs/messaging/api/service-resource>

use serde_json::{Value, json};

use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::params::Params;

/// The values that the page has for `Usecase`.
const USECASES: [&str; 6] = [
    "notifications",
    "marketing",
    "verification",
    "discussion",
    "poll",
    "undeclared",
];

/// The list of them. What else Twilio tells of each is on no page.
pub struct Usecases;

impl Behaviour for Usecases {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let usecases: Vec<Value> = USECASES.iter().map(|name| json!({"usecase": name})).collect();
        Ok(Some(Answer::json(
            ctx.operation().success(),
            json!({"usecases": usecases}),
        )))
    }
}
