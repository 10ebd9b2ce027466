//! Names of callers that are looked up for each call, at a price. <https://www.twilio.com/docs/sip-trunking#CNAM>

use crate::engine::facts::hooks::Planning;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

/// Says before the apply that each call will be billed a lookup.
pub(in crate::resources) fn warn_of_names(planning: &Planning<'_>, attribute: &'static str) {
    let looks_up = |state: &Value| state.attr(attribute).as_bool() == Some(true);
    if planning.planned.is_null() || !looks_up(planning.planned) || looks_up(planning.prior) {
        return;
    }
    planning.warnings.add(
        Diagnostic::warning(
            "Each call that comes in is billed a lookup",
            "From this apply on Twilio looks up the name of each caller from the United States or Canada, and bills each \
             lookup: https://www.twilio.com/docs/sip-trunking#CNAM",
        )
        .at_attribute(attribute),
    );
}
