//! Names that calls are sent to. Another name leaves who calls the old one with nobody.

use crate::engine::facts::hooks::Planning;
use crate::framework::diagnostics::Diagnostic;

/// Says before the apply that a name goes.
pub(in crate::resources) fn warn_of_change(planning: &Planning<'_>, attribute: &'static str, what: &str) {
    if planning.prior.is_null() || planning.planned.is_null() || planning.destroys {
        return;
    }
    let was = planning.prior.attr(attribute).as_str().filter(|name| !name.is_empty());
    let stays = was.is_none() || planning.planned.attr(attribute).as_str() == was;
    if stays {
        return;
    }
    planning.warnings.add(
        Diagnostic::warning(
            "The name that calls are sent to changes",
            format!(
                "{what} are refused from this apply on, and every account of Twilio's can take that name then. Let your phones and \
                 exchanges use the new name before the old one goes, or make a second object with it beside this one and destroy this \
                 one later."
            ),
        )
        .at_attribute(attribute),
    );
}
