//! What is known of a phone number. <https://www.twilio.com/docs/lookup/v2-api>

use futures::future::BoxFuture;
use serde_json::Value as Json;

use super::codes::LOOKUPS;
use super::lookup_rate_limit::PACKAGES;
use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{
    Category, Check, Field, Kind, Properties, boolean, int, json, list, object, set, sid, text, timestamp,
};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::reason::Reason;
use crate::framework::value::Value;
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_lookup`.
pub const LOOKUP: DataSource = DataSource {
    name: "twilio_lookup",
    since: "0.1.0",
    noun: "lookup of a phone number",
    doc: "What Twilio knows of a phone number. As it stands, it says whether the number is valid and how it is written, which is free. Each \
          data package in `fields` adds to that and costs money, each time: a data source is read again by every plan, apply and refresh, \
          so each of them pays for each package.",
    quirks: &[
        "With `fields` each read warns of what it pays for. To pay once, look a number up elsewhere and configure what was found.",
        "What a package could not find is in its `error_code`, and the read succeeds all the same.",
        "What a person says of themselves, from `first_name` to `date_of_birth`, is sent to Twilio and to carriers, and stands in the \
         state, hidden in what Terraform shows.",
        "Several packages need Twilio's approval, or work in some countries only.",
    ],
    category: Category::Lookups,
    api_page: "https://www.twilio.com/docs/lookup/v2-api",
    attributes: ATTRIBUTES,
    place: ReadPlace {
        product: Product::Lookups,
        paths: &["/v2/PhoneNumbers/{phone_number}"],
        also: &[],
        items: None,
        filters: FILTERS,
        omitted: &[],
        deviations: &[],
        is_worked_out: false,
        is_paid: Some(is_paid),
    },
    codes: &[LOOKUPS],
    rules: &[],
    validate: Some(inputs_have_their_package),
    read,
};

const FILTERS: &[&str] = &[
    "fields",
    "number_country",
    "first_name",
    "last_name",
    "address_line1",
    "address_line2",
    "city",
    "state",
    "postal_code",
    "address_country_code",
    "national_id",
    "date_of_birth",
    "last_verified_date",
    "verification_sid",
    "partner_sub_id",
];

const ATTRIBUTES: &[Field] = &[
    text("phone_number", Setting(Required))
        .never_returned()
        .checks(&[Check::NonEmpty])
        .doc("The number, in E.164 form, or as it is written in `number_country`."),
    text("number_country", Setting(Clears))
        .written_as("CountryCode")
        .never_returned()
        .checks(&[Check::Country])
        .doc("Country of a number that is not in E.164 form, as ISO 3166-1 alpha-2 code. Default: `US`."),
    set("fields", Setting(Clears), &Kind::Text)
        .comma_separated()
        .never_returned()
        .checks(&[Check::Each(&Check::Known(PACKAGES))])
        .doc(
            "Data packages, each of which is paid for by each read: `line_type_intelligence`, `caller_name`, `sim_swap`, \
             `call_forwarding`, `line_status`, `identity_match`, `reassigned_number`, `sms_pumping_risk`, `phone_number_quality_score`, \
             `pre_fill`. Default: none, so that the read is free.",
        ),
    of_a_person("first_name").doc("First name, for `identity_match`."),
    of_a_person("last_name").doc("Last name, for `identity_match`."),
    of_a_person("address_line1").doc("Street and number, for `identity_match`."),
    of_a_person("address_line2").doc("Further part of the street, for `identity_match`."),
    of_a_person("city").doc("City, for `identity_match`."),
    of_a_person("state").doc("State or region, for `identity_match`."),
    of_a_person("postal_code").doc("Postal code, for `identity_match`."),
    of_a_person("address_country_code")
        .checks(&[Check::Country])
        .doc("Country of the address as ISO 3166-1 alpha-2 code, for `identity_match`."),
    of_a_person("national_id").doc("Number of an identity document, for `identity_match` in countries that have one."),
    of_a_person("date_of_birth")
        .checks(&[Check::Custom(eight_digits)])
        .doc("Date of birth as `YYYYMMDD`, for `identity_match`."),
    text("last_verified_date", Setting(Clears))
        .never_returned()
        .checks(&[Check::Custom(eight_digits)])
        .doc("Day as `YYYYMMDD` on which the number was known to be the person's, for `reassigned_number`."),
    sid("verification_sid", Setting(Clears), &[Check::Sid("VE")])
        .never_returned()
        .doc("SID of a verification of the number by Verify (`VE…`), for `pre_fill`."),
    text("partner_sub_id", Setting(Clears))
        .never_returned()
        .checks(&[Check::Length(1, 64)])
        .doc("Name of your own customer for whom the number is looked up, up to 64 characters, for `sms_pumping_risk`."),
    ACCOUNT_SID,
    boolean("valid", Observed).doc("Whether it can be a number of somebody's."),
    list("validation_errors", Observed, &Kind::Text)
        .doc("Why it is not valid, for example `TOO_SHORT` or `INVALID_COUNTRY_CODE`."),
    text("e164", Observed)
        .read_as("phone_number")
        .doc("The number in E.164 form."),
    text("national_format", Observed).doc("The number as it is written in its country."),
    text("country_code", Observed).doc("Country of the number as ISO 3166-1 alpha-2 code."),
    text("calling_country_code", Observed).doc("What its country is called with, for example `1`."),
    object("line_type_intelligence", Observed, LINE_TYPE).doc("Type and carrier of the line, if `fields` asks for it."),
    object("caller_name", Observed, CALLER_NAME).doc("Name of whose number it is, if `fields` asks for it. US numbers only."),
    object("sim_swap", Observed, SIM_SWAP).doc("When the number last got another SIM card, if `fields` asks for it."),
    object("call_forwarding", Observed, CALL_FORWARDING).doc("Whether calls are forwarded, if `fields` asks for it."),
    object("line_status", Observed, LINE_STATUS).doc("Whether the line can be reached, if `fields` asks for it."),
    object("identity_match", Observed, IDENTITY_MATCH)
        .doc("How far what is configured of a person is what carriers have of the number, if `fields` asks for it."),
    object("reassigned_number", Observed, REASSIGNED)
        .doc("Whether the number is somebody else's since `last_verified_date`, if `fields` asks for it."),
    object("sms_pumping_risk", Observed, PUMPING)
        .doc("How likely messages to the number are SMS pumping, if `fields` asks for it."),
    json("phone_number_quality_score", Observed).doc("Score of the number, as JSON, if `fields` asks for it."),
    json("pre_fill", Observed)
        .sensitive()
        .doc("What is known of the person whose number it is, as JSON, if `fields` asks for it."),
];

const ERROR_CODE: Field = int("error_code", Observed).doc("Twilio's code of why there is nothing, as `60600`.");

const LINE_TYPE: &[Field] = &[
    text("type", Observed)
        .doc("Type of the line, for example `mobile`, `landline`, `fixedVoip` or `nonFixedVoip`; with what a `twilio_lookup_override` says."),
    text("carrier_name", Observed).doc("Name of the carrier."),
    text("mobile_country_code", Observed).doc("Code of the country in mobile networks (MCC)."),
    text("mobile_network_code", Observed).doc("Code of the mobile network (MNC)."),
    ERROR_CODE,
];

const CALLER_NAME: &[Field] = &[
    text("caller_name", Observed).doc("The name."),
    text("caller_type", Observed).doc("`BUSINESS`, `CONSUMER` or `UNDETERMINED`."),
    ERROR_CODE,
];

const SIM_SWAP: &[Field] = &[
    object("last_sim_swap", Observed, LAST_SIM_SWAP).doc("The last change."),
    text("carrier_name", Observed).doc("Name of the carrier."),
    text("mobile_country_code", Observed).doc("Code of the country in mobile networks (MCC)."),
    text("mobile_network_code", Observed).doc("Code of the mobile network (MNC)."),
    ERROR_CODE,
];

const LAST_SIM_SWAP: &[Field] = &[
    timestamp("last_sim_swap_date").doc("When it was (RFC 3339, UTC)."),
    text("swapped_period", Observed).doc("Time that was looked at, as ISO 8601 duration, for example `PT24H`."),
    boolean("swapped_in_period", Observed).doc("Whether there was a change in that time."),
];

const CALL_FORWARDING: &[Field] = &[
    boolean("call_forwarding_enabled", Observed).doc("Whether all calls are forwarded."),
    ERROR_CODE,
];

const LINE_STATUS: &[Field] = &[
    text("status", Observed).doc("Status, for example `active`, `reachable`, `unreachable` or `inactive`."),
    ERROR_CODE,
];

const IDENTITY_MATCH: &[Field] = &[
    text("first_name_match", Observed)
        .doc("How far the first name agrees: `exact_match`, `high_partial_match`, `partial_match` or `no_match`."),
    text("last_name_match", Observed).doc("How far the last name agrees."),
    text("address_lines_match", Observed).doc("How far the street agrees."),
    text("city_match", Observed).doc("How far the city agrees."),
    text("state_match", Observed).doc("How far the state agrees."),
    text("postal_code_match", Observed).doc("How far the postal code agrees."),
    text("address_country_match", Observed).doc("How far the country agrees."),
    text("national_id_match", Observed).doc("How far the number of the document agrees."),
    text("date_of_birth_match", Observed).doc("How far the date of birth agrees."),
    int("summary_score", Observed).doc("All of it in one number, up to 100."),
    ERROR_CODE,
    text("error_message", Observed).doc("Why there is nothing, in words."),
];

const REASSIGNED: &[Field] = &[
    text("last_verified_date", Observed).doc("The day that was asked about."),
    text("is_number_reassigned", Observed).doc("`yes`, `no` or `no_data_available`."),
    text("error_code", Observed).doc("Twilio's code of why there is nothing."),
];

const PUMPING: &[Field] = &[
    int("sms_pumping_risk_score", Observed).doc("Risk, `0` to `100`."),
    text("carrier_risk_category", Observed).doc("Risk of the carrier: `low`, `mild`, `moderate` or `high`."),
    boolean("number_blocked", Observed).doc("Whether Twilio blocks messages to the number."),
    timestamp("number_blocked_date").doc("Since when (RFC 3339, UTC)."),
    boolean("number_blocked_last_3_months", Observed).doc("Whether it was blocked in the last three months."),
    ERROR_CODE,
];

/// Something about a person.
const fn of_a_person(name: &'static str) -> Field {
    text(name, Setting(Clears)).never_returned().sensitive()
}

fn eight_digits(text: &str) -> Result<(), Reason> {
    match text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(()),
        false => Err("Write the day in eight digits: 20260131.".into()),
    }
}

/// What is sent for a package that nobody asks for is sent for nothing.
fn inputs_have_their_package(config: &Value, diagnostics: &mut Diagnostics) {
    let fields = config.attr("fields");
    let Some(asked) = packages(fields) else {
        return;
    };
    for (package, inputs) in INPUTS {
        let given = inputs.iter().find(|input| !config.attr(input).is_null());
        if let (Some(input), false) = (given, asked.iter().any(|name| name == package)) {
            diagnostics.push(
                Diagnostic::error(
                    "Something is sent that no data package needs",
                    format!(
                        "{input} is for the data package {package}, which fields does not ask for. It would be sent for nothing. Add \
                         \"{package}\" to fields, or take {input} out."
                    ),
                )
                .at_attribute(input),
            );
        }
    }
}

const INPUTS: &[(&str, &[&str])] = &[
    (
        "identity_match",
        &[
            "first_name",
            "last_name",
            "address_line1",
            "address_line2",
            "city",
            "state",
            "postal_code",
            "address_country_code",
            "national_id",
            "date_of_birth",
        ],
    ),
    ("reassigned_number", &["last_verified_date"]),
    ("pre_fill", &["verification_sid"]),
    ("sms_pumping_risk", &["partner_sub_id"]),
];

/// The packages that are asked for; `None` where that is not known yet.
fn packages(fields: &Value) -> Option<Vec<String>> {
    if fields.is_null() {
        return Some(Vec::new());
    }
    let names = fields.as_elements()?.iter();
    names.map(|name| name.as_str().map(str::to_owned)).collect()
}

fn is_paid(config: &Value) -> bool {
    packages(config.attr("fields")).is_none_or(|packages| !packages.is_empty())
}

/// A response about another number is none. A number in E.164 form is written in one way alone.
fn refuse_another_number(config: &Value, answer: &Properties) -> Result<(), Diagnostic> {
    let asked = config.attr("phone_number").as_str().unwrap_or_default();
    let answered = answer.get("phone_number").and_then(Json::as_str);
    let is_e164 = asked
        .strip_prefix('+')
        .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let why = match (answered, answer.get("valid").and_then(Json::as_bool)) {
        (Some(answered), _) if is_e164 && answered != asked => format!("about {answered}"),
        (_, None) => "that does not say whether the number is valid".to_owned(),
        _ => return Ok(()),
    };
    Err(Diagnostic::error(
        "The lookup is about something else",
        format!(
            "{asked} was looked up, and the response is one {why}. Nothing of it was taken. Run it again; if it stays so, report it to \
             Twilio's support."
        ),
    )
    .at_attribute("phone_number"))
}

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let paid = packages(query.config.attr("fields")).unwrap_or_default();
        if !paid.is_empty() {
            query.warnings.add(Diagnostic::warning(
                "This lookup costs money each time it is read",
                format!(
                    "Looking a number up with {} is billed for each package and each read, and every plan, apply and refresh reads it. \
                     Take fields out where the packages are not needed: what is left is free.",
                    paid.join(", ")
                ),
            ));
        }
        let answer = reading::object(query, &LOOKUP).await?;
        refuse_another_number(query.config, &answer)?;
        Ok(answer)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(config: &[(&str, Value)]) -> Vec<String> {
        let config = Value::object(config.iter().cloned());
        let mut diagnostics = Diagnostics::new();
        inputs_have_their_package(&config, &mut diagnostics);
        diagnostics.into_iter().map(|said| said.detail).collect()
    }

    #[test]
    fn what_is_about_a_person_goes_only_with_the_package_that_needs_it() {
        let asks = |name: &str| ("fields", Value::Set(vec![name.into()]));
        let name = ("first_name", Value::from("Ada"));
        let refused = said(&[name.clone(), ("last_name", "Lovelace".into())]);
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert!(
            refused[0].contains("identity_match") && !refused[0].contains("Ada"),
            "{refused:?}"
        );
        assert_eq!(said(&[name.clone(), asks("sim_swap")]).len(), 1);
        assert_eq!(said(&[name.clone(), asks("identity_match")]), [""; 0]);
        assert_eq!(
            said(&[name, ("fields", Value::UNKNOWN)]),
            [""; 0],
            "it may ask for it yet"
        );
        assert_eq!(said(&[asks("caller_name")]), [""; 0]);
    }

    #[test]
    fn an_answer_about_another_number_is_none() {
        let judged = |asked: &str, answer: Json| {
            let config = Value::object([("phone_number", asked.into())]);
            refuse_another_number(&config, answer.as_object().expect("an object")).is_ok()
        };
        let answer = |number: &str| serde_json::json!({"phone_number": number, "valid": true});
        assert!(judged("+14155552671", answer("+14155552671")));
        assert!(judged("(415) 555-2671", answer("+14155552671")));
        assert!(!judged("+14155552671", answer("+442079460000")));
        assert!(!judged(
            "+14155552671",
            serde_json::json!({"phone_number": "+14155552671", "valid": null})
        ));
    }

    #[test]
    fn what_is_paid_for_is_known() {
        let paid = |fields: Value| is_paid(&Value::object([("fields", fields)]));
        assert!(!paid(Value::Null) && !paid(Value::Set(Vec::new())));
        assert!(paid(Value::Set(vec!["sim_swap".into()])));
    }

    #[test]
    fn a_day_has_eight_digits() {
        assert!(eight_digits("20260131").is_ok());
        for bad in ["", "2026-01-31", "2026013", "2026013a"] {
            assert!(eight_digits(bad).is_err(), "{bad}");
        }
    }
}
