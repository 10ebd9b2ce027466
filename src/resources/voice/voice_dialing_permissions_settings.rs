//! Whose dialing permissions a subaccount has. <https://www.twilio.com/docs/voice/api/dialingpermissions-settings-resource>

use super::present::Present;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::{Planning, Step, WriteHooks};
use crate::engine::facts::{Category, Destroy, Field, Key, Lifecycle, Managed, Object, Place, UpdateStyle, boolean};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_voice_dialing_permissions_settings`.
pub const VOICE_DIALING_PERMISSIONS_SETTINGS: Managed = Managed {
    object: Object {
        name: "twilio_voice_dialing_permissions_settings",
        noun: "setting of dialing permissions",
        category: Category::Voice,
        api_page: "https://www.twilio.com/docs/voice/api/dialingpermissions-settings-resource",
        place: Place::alone(Product::Voice, "/v1/Settings"),
        key: Key::None,
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Whose dialing permissions a subaccount has: those of its parent account, or its own, which are one \
          `twilio_voice_dialing_permissions_country` for each country. There is one of it in each account, always there: the first apply \
          brings it to what is configured, and destroying leaves it as it is, so that no calls are allowed or refused by that.",
    quirks: &["A new subaccount has the permissions of its parent account."],
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Forget),
    write: WriteHooks {
        plan: Some(warn_of_other_permissions),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const INHERITANCE: &str = "dialing_permissions_inheritance";

const FIELDS: &[Field] = &[boolean(INHERITANCE, Setting(Required)).doc(
    "Whether the account has the dialing permissions of its parent account. With `false` it has its own. Changes in place, for the \
     next call.",
)];

/// Either way numbers may be called from then on that were closed before, or the other way round.
fn warn_of_other_permissions(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let present = match planning.planned.attr("account_sid").is_unknown() {
            // A subaccount of the same plan.
            true => Present::of_what_is_new(planning.prior, &[(INHERITANCE, true)]),
            false => Present::of(&planning).await,
        };
        if let Some(warning) = other_permissions(&present, planning.planned) {
            planning.warnings.add(warning);
        }
        Ok(())
    })
}

fn other_permissions(present: &Present<'_>, planned: &Value) -> Option<Diagnostic> {
    let (was, is) = (present.flag(INHERITANCE)?, planned.attr(INHERITANCE).as_bool()?);
    let whose = match is {
        true => "its parent account's, and its own are not used: what the parent may call, it may call too",
        false => "its own, and those of a parent account are not used: what nobody has opened for it, it cannot call",
    };
    (was != is).then(|| {
        Diagnostic::warning(
            "The account gets other dialing permissions",
            format!(
                "From this apply on the dialing permissions of the account are {whose}. Look at what they open before: \
                 data.twilio_voice_dialing_permissions_countries shows them."
            ),
        )
        .at_attribute(INHERITANCE)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::Properties;

    #[test]
    fn only_a_change_gives_other_permissions() {
        let settings = |inherits: bool| Value::object([(INHERITANCE, inherits.into())]);
        let read = |inherits: bool| Properties::from_iter([(INHERITANCE.to_owned(), json!(inherits))]);
        let (yes, no, null) = (settings(true), settings(false), Value::Null);
        let said = |prior: &Value, there: Properties, planned: &Value| {
            other_permissions(&Present::assumed(prior, there), planned).map(|warning| warning.detail)
        };
        for (prior, planned) in [(&yes, &yes), (&no, &no), (&null, &yes), (&no, &null)] {
            assert_eq!(said(prior, Properties::new(), planned), None);
        }
        assert_eq!(said(&null, read(false), &no), None);
        // A new subaccount has those of its parent.
        let new = Present::of_what_is_new(&null, &[(INHERITANCE, true)]);
        assert!(other_permissions(&new, &no).is_some_and(|said| said.detail.contains("its own, and")));
        assert_eq!(other_permissions(&new, &yes), None);
        for opened in [said(&no, Properties::new(), &yes), said(&null, read(false), &yes)] {
            assert!(opened.is_some_and(|said| said.contains("its parent account's, and")));
        }
        for closed in [said(&yes, Properties::new(), &no), said(&null, read(true), &no)] {
            assert!(closed.is_some_and(|said| said.contains("its own, and")));
        }
    }
}
