//! Installed add-ons, which show what their offer says, and link to it.
//! <https://www.twilio.com/docs/marketplace/api/installed-add-ons>, and the examples of the published description:
//! <https://github.com/twilio/twilio-oai/blob/main/spec/json/twilio_marketplace_v1.json>

use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::{Body, Object};

/// Installed add-ons.
pub struct InstalledAddOns;

/// What an add-on has of its offer.
const SHOWN: [&str; 2] = ["friendly_name", "description"];

impl Behaviour for InstalledAddOns {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        // "Whether the Terms of Service were accepted"; an OPEN-QUESTIONS row asks for the code.
        if ctx.strict && params.flag("AcceptTermsOfService") == Some(false) {
            return Err(ApiError::invalid_parameter(
                "AcceptTermsOfService",
                "the terms of service must be accepted",
            ));
        }
        Ok(())
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        let sid = params.text("AvailableAddOnSid").unwrap_or_default();
        // Twilio has one catalogue for all, of which nobody knows more than what was put here.
        let is_unknown = ctx
            .state
            .store
            .members_anywhere(HOST, "/v1/AvailableAddOns")
            .next()
            .is_none();
        let offer = ctx
            .state
            .store
            .find_anywhere(HOST, &format!("/v1/AvailableAddOns/{sid}"))
            .next();
        match offer {
            Some(offer) => {
                for field in SHOWN {
                    object.set(field, offer.body.get(field).cloned().unwrap_or_default());
                }
            }
            None if ctx.strict && !is_unknown => {
                return Err(ApiError::not_found(&format!("/v1/AvailableAddOns/{sid}")));
            }
            None => {}
        }
        object.hidden.insert("AvailableAddOnSid".to_owned(), sid.into());
        Ok(())
    }

    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
        let Some(sid) = object.hidden.get("AvailableAddOnSid").and_then(Value::as_str) else {
            return;
        };
        body.insert(
            "links".to_owned(),
            json!({
                "extensions": format!("{}{}/Extensions", ctx.base_url, object.path),
                "available_add_on": format!("{}/v1/AvailableAddOns/{sid}", ctx.base_url),
            }),
        );
    }
}
