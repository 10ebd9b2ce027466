//! Messaging services: limits that the documentation has and the contract has not.
//! <https://www.twilio.com/docs/messaging/api/service-resource>
//!
//! Twilio publishes no code for most of them, so they are refused as any other invalid parameter.

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// Longest name.
const MOST_NAME_CHARACTERS: usize = 64;

/// Longest time for which a message may wait, in seconds.
const LONGEST_VALIDITY: i64 = 36_000;

/// What a service may be for.
const USE_CASES: [&str; 6] = [
    "notifications",
    "marketing",
    "verification",
    "discussion",
    "poll",
    "undeclared",
];

/// See the module.
pub struct Services;

impl Behaviour for Services {
    fn before_create(&self, _: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        check(params)
    }

    fn before_update(&self, _: &mut Ctx<'_>, _: &Object, params: &mut Params) -> Outcome {
        check(params)
    }
}

fn check(params: &Params) -> Outcome {
    if let Some(name) = params.text("FriendlyName") {
        if name.trim().is_empty() {
            return Err(ApiError::invalid_parameter("FriendlyName", "it is empty"));
        }
        if name.chars().count() > MOST_NAME_CHARACTERS {
            return Err(ApiError::invalid_parameter(
                "FriendlyName",
                format_args!("it has more than {MOST_NAME_CHARACTERS} characters"),
            ));
        }
    }
    if let Some(seconds) = params.integer("ValidityPeriod")
        && !(1..=LONGEST_VALIDITY).contains(&seconds)
    {
        return Err(ApiError::invalid_parameter(
            "ValidityPeriod",
            format_args!("{seconds} is not between 1 and {LONGEST_VALIDITY}"),
        ));
    }
    if let Some(use_case) = params.text("Usecase")
        && !USE_CASES.contains(&use_case)
    {
        // https://www.twilio.com/docs/api/errors/21713
        return Err(ApiError::new(400, 21713, "Messaging Service Use Case is Invalid"));
    }
    Ok(())
}
