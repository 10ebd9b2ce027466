//! Which numbers of a country may be called. <https://www.twilio.com/docs/voice/api/dialingpermissions-country-resource>
//!
//! # Quirks
//! - A country is written with others in one request, and read at its own path:
//!   <https://www.twilio.com/docs/voice/api/dialingpermissions-bulkcountryupdate-resource>. What became of each is not said, only how
//!   many were written.

use super::present::Present;
use crate::engine::facts::Absent::Keeps;
use crate::engine::facts::Role::{Observed, PathPart, Setting};
use crate::engine::facts::hooks::{Planning, Step, WriteHooks};
use crate::engine::facts::{
    Bulk, BulkAnswer, BulkItems, Category, Check, Destroy, Field, Key, Kind, Lifecycle, Managed, Object, Place, Read,
    Rule, UpdateStyle, boolean, list, text,
};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_voice_dialing_permissions_country`.
pub const VOICE_DIALING_PERMISSIONS_COUNTRY: Managed = Managed {
    object: Object {
        name: "twilio_voice_dialing_permissions_country",
        noun: "dialing permission",
        category: Category::Voice,
        api_page: "https://www.twilio.com/docs/voice/api/dialingpermissions-country-resource",
        place: Place::alone(Product::Voice, "/v1/DialingPermissions/BulkCountryUpdates").read(Read::Elsewhere {
            path: "/v1/DialingPermissions/Countries/{iso_code}",
            within: None,
        }),
        key: Key::Field("iso_code"),
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Which numbers of a country the account may call. The fewer are open, the less is there for toll fraud, which makes calls to \
          expensive numbers at your cost; a plan that opens any warns. Each country has its own resource, and always has permissions: \
          the first apply brings them to what is configured. Destroying leaves them as they are, because what an account had from its \
          start is known for its home country at most: set them to `false` and apply before, where calls should not go there any more.",
    quirks: &[
        "A subaccount has the permissions of its parent account, whatever this resource sets, until a \
         `twilio_voice_dialing_permissions_settings` ends that.",
        "A trial account calls numbers of low risk alone.",
        "An apply sends what is configured or changes, and nothing else: what somebody closes meanwhile stays closed. Twilio says only \
         how many countries it has written, so the country is read afterwards, and what is not as it was sent is an error.",
    ],
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Forget),
    bulk: Some(Bulk {
        parameter: "UpdateRequest",
        items: BulkItems::OneTextOfTexts,
        constants: &[],
        answer: BulkAnswer::Count("update_count"),
    }),
    rules: &[Rule::AtLeastOneOf(&[LOW, SPECIAL, FRAUD])],
    write: WriteHooks {
        plan: Some(warn_of_what_opens),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const LOW: &str = "low_risk_numbers_enabled";
const SPECIAL: &str = "high_risk_special_numbers_enabled";
const FRAUD: &str = "high_risk_tollfraud_numbers_enabled";

/// What may be opened, and what it is called.
const GROUPS: &[(&str, &str)] = &[
    (LOW, "ordinary numbers"),
    (SPECIAL, "special services, which cost more"),
    (FRAUD, "numbers that toll fraud is known to use"),
];

const FIELDS: &[Field] = &[
    text("iso_code", PathPart)
        .checks(&[Check::Country])
        .doc(
            "ISO 3166-1 alpha-2 code of the country. A change replaces the resource: the one country keeps what it has, and the other is \
             brought to what is configured.",
        ),
    boolean(LOW, Setting(Keeps)).doc("Whether ordinary numbers may be called. Removing it keeps what the country has."),
    boolean(SPECIAL, Setting(Keeps)).doc(
        "Whether special services may be called: premium numbers, shared costs and others. Removing it keeps what the country has.",
    ),
    boolean(FRAUD, Setting(Keeps)).doc(
        "Whether the narrow ranges of numbers may be called that toll fraud is known to use. Removing it keeps what the country has.",
    ),
    text("name", Observed).doc("Name of the country."),
    text("continent", Observed).doc("Name of the continent."),
    list("country_codes", Observed, &Kind::Text).doc("What numbers of the country begin with, for example `+49`."),
];

/// What may cost without end is said before it is done; and that a destroy closes nothing.
fn warn_of_what_opens(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        if planning.planned.is_null() {
            if let Some(warning) = stays_open(planning.prior) {
                planning.warnings.add(warning);
            }
            return Ok(());
        }
        let wanted = wanted(planning.planned);
        if !wanted.is_empty() {
            let present = Present::of(&planning).await;
            let opened = Vec::from_iter(wanted.into_iter().filter(|(name, _)| present.flag(name) != Some(true)));
            if let Some(warning) = opening(planning.planned, &opened) {
                planning.warnings.add(warning);
            }
        }
        Ok(())
    })
}

/// What is configured to be open.
fn wanted(planned: &Value) -> Vec<&'static (&'static str, &'static str)> {
    let groups = GROUPS.iter();
    Vec::from_iter(groups.filter(|(name, _)| planned.attr(name).as_bool() == Some(true)))
}

/// One summary for all countries, which Terraform then shows once with their number.
fn opening(planned: &Value, opened: &[&(&'static str, &'static str)]) -> Option<Diagnostic> {
    let (first, _) = opened.last()?;
    let names = Vec::from_iter(opened.iter().map(|(_, what)| *what)).join("; ");
    let country = planned.attr("iso_code").as_str().unwrap_or("the country");
    let (summary, advice) = match opened.iter().any(|(name, _)| *name != LOW) {
        true => (
            "Numbers of high risk are opened for calls",
            "Whoever gets hold of your credentials, or finds a form of yours that calls any number it is given, can run up charges by them. \
             Open them only where your users have to call them.",
        ),
        false => (
            "A country is opened for calls",
            "Calls there are billed at its rates. Whoever gets hold of your credentials can call there too.",
        ),
    };
    Some(
        Diagnostic::warning(
            summary,
            format!(
                "From this apply on the account may call in {country}: {names}. {advice} \
                 https://www.twilio.com/docs/usage/anti-fraud-developer-guide"
            ),
        )
        .at_attribute(first),
    )
}

/// What a destroy leaves as it is.
fn stays_open(prior: &Value) -> Option<Diagnostic> {
    let is_open = GROUPS.iter().any(|(name, _)| prior.attr(name).as_bool() == Some(true));
    let country = prior.attr("iso_code").as_str().unwrap_or("the country");
    is_open.then(|| {
        Diagnostic::warning(
            "A country stays open for calls",
            format!(
                "Destroying this resource leaves the permissions of {country} as they are, and the account may call there as before. To \
                 close it, set its permissions to false and apply, before the resource is removed."
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(groups: [Option<bool>; 3]) -> Value {
        let flags = GROUPS.iter().zip(groups);
        let flags = flags.map(|((name, _), flag)| (*name, flag.map_or(Value::Null, Value::from)));
        Value::object([("iso_code", Value::from("LV"))].into_iter().chain(flags))
    }

    #[test]
    fn what_is_configured_to_be_open_is_wanted() {
        assert!(wanted(&country([Some(false), None, None])).is_empty());
        let both = wanted(&country([Some(true), None, Some(true)]));
        assert_eq!(Vec::from_iter(both.iter().map(|(name, _)| *name)), [LOW, FRAUD]);
    }

    #[test]
    fn what_opens_is_named_and_the_risk_of_it_too() {
        assert_eq!(opening(&country([Some(true); 3]), &[]), None);
        let said = |opened: &[&(&'static str, &'static str)]| {
            let warning = opening(&country([Some(true); 3]), opened).expect("a warning");
            (warning.summary, warning.detail)
        };
        let (summary, detail) = said(&[&GROUPS[0]]);
        assert_eq!(summary, "A country is opened for calls");
        assert!(detail.contains("in LV: ordinary numbers."), "{detail}");
        for group in [&GROUPS[1], &GROUPS[2]] {
            let (summary, detail) = said(&[&GROUPS[0], group]);
            assert_eq!(summary, "Numbers of high risk are opened for calls");
            assert!(detail.contains(group.1), "{detail}");
        }
    }

    #[test]
    fn a_destroy_says_what_stays_open() {
        assert_eq!(stays_open(&country([Some(false), None, None])), None);
        let warning = stays_open(&country([None, None, Some(true)])).expect("a warning");
        assert!(warning.detail.contains("permissions of LV"), "{}", warning.detail);
    }
}
