//! TwiML applications. <https://www.twilio.com/docs/usage/api/applications>

use super::accounts::HOST;
use super::numbers;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;
use crate::state::State;
use crate::store::Object;

/// Most applications of an account.
const MOST_APPLICATIONS: usize = 1000;

/// An application that is made without a name has an empty one; one that is deleted is taken off the numbers
/// that it was assigned to.
pub struct Applications;

impl Behaviour for Applications {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let collection = format!("/2010-04-01/Accounts/{}/Applications", ctx.account);
        if ctx.state.store.members(HOST, ctx.account, &collection).count() >= MOST_APPLICATIONS {
            // https://www.twilio.com/docs/api/errors/21301
            return Err(ApiError::new(
                400,
                21301,
                "Cannot create application: application limit exceeded",
            ));
        }
        // Seen in Twilio by the acceptance tests of an older provider: no name is made up.
        if !params.has("FriendlyName") {
            params.set("FriendlyName", "");
        }
        Ok(())
    }

    fn after_delete(&self, ctx: &mut Ctx<'_>, object: &Object) {
        unassign(ctx.state, object);
    }

    fn removed_outside(&self, state: &mut State, object: &Object) {
        unassign(state, object);
    }
}

fn unassign(state: &mut State, application: &Object) {
    let owned = state
        .store
        .all_mut()
        .filter(|object| object.template == numbers::TEMPLATE && object.account == application.account);
    for number in owned {
        for field in ["voice_application_sid", "sms_application_sid"] {
            if number.text(field) == Some(&application.key) {
                number.set(field, "");
            }
        }
    }
}
