//! Tokens with which a device makes a push factor. <https://www.twilio.com/docs/verify/api/access-token>

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::params::Params;
use crate::store::Object;

/// Seconds for which one is valid that says nothing of it: the contract's text on `Ttl`.
const SECONDS: i64 = 60;

/// Access tokens.
pub struct AccessTokens;

impl Behaviour for AccessTokens {
    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        object.set("entity_identity", params.text("Identity").unwrap_or_default());
        object.set("ttl", params.integer("Ttl").unwrap_or(SECONDS));
        let [head, claims, signature] = [36, 120, 43].map(|length| ctx.state.ids.hex(length));
        object.set("token", format!("{head}.{claims}.{signature}"));
        Ok(())
    }
}
