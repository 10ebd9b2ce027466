//! Emergency addresses of numbers: registered and unregistered at once, but never exchanged in one step.
//! <https://www.twilio.com/docs/voice/sip/api/emergency-calling-api>

use crate::behaviour::Outcome;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

/// "Changing" on Twilio's page is three steps: take the address off, wait until it is unregistered, name the other. What a
/// direct exchange is answered with is recorded nowhere; here it is refused.
pub(super) fn check(number: &Object, params: &Params) -> Outcome {
    let wanted = params.text("EmergencyAddressSid").filter(|sid| !sid.is_empty());
    let present = number.text("emergency_address_sid");
    match (present, wanted) {
        (Some(present), Some(wanted)) if present != wanted => Err(ApiError::new(
            400,
            20001,
            format!(
                "EmergencyAddressSid: {present} is registered. Remove it and wait until the number is unregistered, then set {wanted}"
            ),
        )),
        _ => Ok(()),
    }
}

/// Registering is over at once.
pub(super) fn settle(number: &mut Object) {
    let registered = number.text("emergency_address_sid").is_some();
    number.set(
        "emergency_address_status",
        if registered { "registered" } else { "unregistered" },
    );
}
