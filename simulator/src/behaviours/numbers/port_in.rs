//! The list of requests to port numbers in: at another path than the requests, with pages by token.
//! <https://www.twilio.com/docs/phone-numbers/port-in/port-in-request-api>

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::facts::filters::Filter;
use crate::params::Params;
use crate::store::Object;

const REQUESTS: &str = "/v1/Porting/PortIn";

/// Size of a page that is not asked for otherwise.
const USUAL_SIZE: i64 = 20;

/// The list.
pub struct PortInRequests;

impl Behaviour for PortInRequests {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        if ctx.operation().kind != OperationKind::List {
            return Ok(None);
        }
        let size = ctx.query.integer("Size").unwrap_or(USUAL_SIZE);
        let size = usize::try_from(size).unwrap_or(1).max(1);
        let requests: Vec<&Object> = ctx
            .state
            .store
            .members(HOST, ctx.account, REQUESTS)
            .rev()
            .filter(|request| passes(ctx, request))
            .collect();
        let start = match ctx.query.text("Token").filter(|token| !token.is_empty()) {
            None => 0,
            Some(token) => start_of(&requests, token)?,
        };
        let items: Vec<Value> = requests
            .iter()
            .skip(start)
            .take(size)
            .map(|request| item(request))
            .collect();
        let token = |index: usize| requests.get(index).map(|request| token(request));
        let next = (start + size < requests.len()).then(|| token(start + size)).flatten();
        let previous = (start > 0).then(|| token(start.saturating_sub(size))).flatten();
        let body = json!({
            "port_in_requests": items,
            "meta": {"next_token": next, "previous_token": previous},
        });
        Ok(Some(Answer::json(200, body)))
    }
}

fn passes(ctx: &Ctx<'_>, request: &Object) -> bool {
    let created = || "date_created".into();
    let filters = [
        ("PortInRequestSid", Filter::OneOf("port_in_request_sid")),
        ("PortInRequestStatus", Filter::Equals("port_in_request_status".into())),
        ("CreatedBefore", Filter::Before(created())),
        ("CreatedAfter", Filter::After(created())),
    ];
    filters.iter().all(|(name, filter)| {
        ctx.query
            .value(name)
            .is_none_or(|wanted| filter.passes(request, wanted))
    })
}

/// What a page begins with.
fn token(request: &Object) -> String {
    format!("PT{:016x}", request.sequence)
}

fn start_of(requests: &[&Object], wanted: &str) -> Outcome<usize> {
    let sequence = wanted
        .strip_prefix("PT")
        .and_then(|digits| u64::from_str_radix(digits, 16).ok());
    let sequence = sequence.ok_or_else(|| ApiError::invalid_parameter("Token", "it is no token of this list"))?;
    // Newest first; the request that the token names may be gone.
    Ok(requests
        .iter()
        .position(|request| request.sequence <= sequence)
        .unwrap_or(requests.len()))
}

fn item(request: &Object) -> Value {
    let field = |name: &str| request.body.get(name).cloned().unwrap_or_default();
    let numbers = request
        .body
        .get("phone_numbers")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    json!({
        "port_in_request_sid": field("port_in_request_sid"),
        "port_in_request_status": field("port_in_request_status"),
        "status_last_updated_timestamp": field("date_created"),
        "phone_numbers_requested": numbers,
        "phone_numbers_ported": 0,
        "suggested_action": null,
    })
}
