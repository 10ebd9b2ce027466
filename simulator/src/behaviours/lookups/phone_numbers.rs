//! What a phone number is, by the numbering plans of libphonenumber, whose words Twilio answers with. Its metadata is read when a
//! number is first looked at, so a simulator that never does pays nothing.
//! <https://www.twilio.com/docs/lookup/v2-api/formatting-validation>,
//! <https://www.twilio.com/docs/lookup/v1-api/validation-and-formatting>

use rlibphonenumber::{
    NotANumberError, PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat, Region, ValidationError,
};
use serde_json::{Value, json};

use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::{Body, Object};

/// The country of a number that is written without its code. <https://www.twilio.com/docs/lookup/v2-api>
const COUNTRY: &str = "US";

/// What the second version has in packages that cost: null unless they are asked for.
const PACKAGES: [&str; 10] = [
    "caller_name",
    "sim_swap",
    "call_forwarding",
    "line_type_intelligence",
    "line_status",
    "identity_match",
    "reassigned_number",
    "sms_pumping_risk",
    "phone_number_quality_score",
    "pre_fill",
];

/// Version 1: a number that is not valid is not found.
pub struct First;

impl Behaviour for First {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        if ctx.operation().kind != OperationKind::Read {
            return Ok(None);
        }
        refuse_packages(ctx, params, &["Type", "AddOns"], None)?;
        match number(ctx) {
            Ok(_) => Ok(None),
            Err(_) => Err(ApiError::not_found(&ctx.request.path)),
        }
    }

    fn shape_read(&self, ctx: &Ctx<'_>, _: &Object, body: &mut Body) {
        show(ctx, body);
    }
}

/// Version 2: a number that is not valid says why.
pub struct Second;

impl Behaviour for Second {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        if ctx.operation().kind == OperationKind::Read {
            refuse_packages(ctx, params, &["Fields"], record(ctx))?;
        }
        Ok(None)
    }

    fn shape_read(&self, ctx: &Ctx<'_>, _: &Object, body: &mut Body) {
        let fields = ctx.query.text("Fields").unwrap_or_default();
        for package in PACKAGES {
            let is_asked = fields.split(',').any(|asked| asked.trim() == package);
            let known = record(ctx).and_then(|record| package_of(record, package).cloned());
            body.insert(package.to_owned(), known.filter(|_| is_asked).unwrap_or_default());
        }
        if let Some(line) = body.get_mut("line_type_intelligence").and_then(Value::as_object_mut)
            && let Some(line_type) = overridden(ctx)
        {
            line.insert("type".to_owned(), line_type);
        }
        let why = show(ctx, body);
        body.insert("valid".to_owned(), why.is_none().into());
        body.insert(
            "validation_errors".to_owned(),
            why.map_or(json!([]), |why| json!([why])),
        );
    }
}

/// A number that somebody is called or addressed at.
pub(crate) struct Destination {
    /// As it is dialled from everywhere.
    pub e164: String,
    /// Its country.
    pub country: String,
}

/// The number in a text, if one could be: a number without its country's code is one of the US. Whether somebody has it is not looked at.
pub(crate) fn destination(text: &str) -> Option<Destination> {
    let digits = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b" +-().".contains(&byte));
    let number = PHONE_NUMBER_UTIL
        .parse(text, Some(COUNTRY.parse::<Region>().ok()?))
        .ok()?;
    if !digits || !PHONE_NUMBER_UTIL.is_possible_number(&number) {
        return None;
    }
    let found = PHONE_NUMBER_UTIL.get_region_for_number(&number);
    let region = found.or_else(|| PHONE_NUMBER_UTIL.get_region_for_country_code(number.country_code));
    Some(Destination {
        e164: PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164).into_owned(),
        country: region?.to_string(),
    })
}

/// What carriers know of a number is nowhere to be had, but for what was put there (`POST /_simulator/objects`).
fn refuse_packages(ctx: &Ctx<'_>, params: &Params, names: &[&str], record: Option<&Object>) -> Outcome {
    let is_known = |package: &str| record.is_some_and(|record| package_of(record, package).is_some());
    let is_refused = |text: &str| !text.is_empty() && text != "validation" && !is_known(text);
    let is_asked = |name: &&&str| {
        let texts = params.texts(name);
        texts.iter().any(|text| text.split(',').map(str::trim).any(is_refused))
    };
    match names.iter().find(is_asked) {
        Some(name) if ctx.strict => {
            let refused = ApiError::new(400, 20001, format!("{name} is not modelled by this simulator"));
            Err(refused.with("simulator", json!({"not_modelled": name})))
        }
        _ => Ok(()),
    }
}

/// A package that was put there: one with nothing in it was not.
fn package_of<'r>(record: &'r Object, package: &str) -> Option<&'r Value> {
    let found = record.body.get(package)?;
    let mut members = found.as_object()?.values();
    members.any(|member| !member.is_null()).then_some(found)
}

/// What was put there of the number that is requested.
pub(super) fn record<'c>(ctx: &'c Ctx<'_>) -> Option<&'c Object> {
    let number = e164(&number(ctx).ok()?);
    let mut records = ctx
        .state
        .store
        .kind_with(super::HOST, "/v2/PhoneNumbers", "phone_number", number);
    records.next()
}

/// The type of line that the account wants to be shown of the number.
/// <https://www.twilio.com/docs/lookup/v2-api/line-type-override>
fn overridden(ctx: &Ctx<'_>) -> Option<Value> {
    let number = e164(&number(ctx).ok()?);
    super::overrides::of(ctx, &number)?
        .body
        .get("overridden_line_type")
        .cloned()
}

fn e164(number: &PhoneNumber) -> String {
    PHONE_NUMBER_UTIL.format(number, PhoneNumberFormat::E164).into_owned()
}

/// Shows the number that is requested; what is wrong with it, if anything is.
fn show(ctx: &Ctx<'_>, body: &mut Body) -> Option<&'static str> {
    let format = |number: &PhoneNumber, format| PHONE_NUMBER_UTIL.format(number, format).into_owned();
    let (shown, why) = match number(ctx) {
        Ok(number) => {
            let country = PHONE_NUMBER_UTIL.get_region_for_number(&number);
            let shown = json!({
                "calling_country_code": number.country_code.to_string(),
                "country_code": country.map(|region| region.to_string()),
                "phone_number": format(&number, PhoneNumberFormat::E164),
                "national_format": format(&number, PhoneNumberFormat::National),
            });
            (shown, None)
        }
        Err(why) => {
            let shown = json!({
                "calling_country_code": null,
                "country_code": null,
                "phone_number": asked(ctx),
                "national_format": null,
            });
            (shown, Some(why))
        }
    };
    if let Value::Object(shown) = shown {
        body.extend(shown);
    }
    why
}

fn asked(ctx: &Ctx<'_>) -> String {
    let text = ctx.path_param("PhoneNumber").unwrap_or_default();
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

/// The number, or what is wrong with it in Twilio's words.
fn number(ctx: &Ctx<'_>) -> Result<PhoneNumber, &'static str> {
    let country = ctx
        .query
        .text("CountryCode")
        .filter(|code| !code.is_empty())
        .unwrap_or(COUNTRY);
    read(&asked(ctx), country)
}

fn read(text: &str, country: &str) -> Result<PhoneNumber, &'static str> {
    let region = country
        .to_ascii_uppercase()
        .parse::<Region>()
        .map_err(|_| "INVALID_COUNTRY_CODE")?;
    let number = PHONE_NUMBER_UTIL
        .parse(text, Some(region))
        .map_err(|error| match error {
            ParseError::InvalidCountryCode => "INVALID_COUNTRY_CODE",
            ParseError::TooShortAfterIdd | ParseError::TooShortNsn => "TOO_SHORT",
            ParseError::TooLongNsn | ParseError::NotANumber(NotANumberError::FailedToParseNumberAsInt(_)) => "TOO_LONG",
            ParseError::NotANumber(_) => "NOT_A_NUMBER",
        })?;
    if PHONE_NUMBER_UTIL.is_valid_number(&number) {
        return Ok(number);
    }
    Err(match PHONE_NUMBER_UTIL.is_possible_number_with_reason(&number) {
        Err(ValidationError::TooShort) => "TOO_SHORT",
        Err(ValidationError::TooLong) => "TOO_LONG",
        Err(ValidationError::InvalidLength) => "INVALID_LENGTH",
        Err(ValidationError::InvalidCountryCode) => "INVALID_COUNTRY_CODE",
        Ok(_) => "INVALID_BUT_POSSIBLE",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_number_is_said_in_the_words_of_the_page() {
        for (text, country, wanted) in [
            ("+14159929960", "US", Ok("+14159929960")),
            ("(415) 992-9960", "US", Ok("+14159929960")),
            ("030 901820", "DE", Ok("+4930901820")),
            ("+14159", "US", Err("TOO_SHORT")),
            ("+141599299601234", "US", Err("TOO_LONG")),
            ("+15551234567", "US", Err("INVALID_BUT_POSSIBLE")),
            ("+999123456789", "US", Err("INVALID_COUNTRY_CODE")),
            ("abc", "US", Err("NOT_A_NUMBER")),
        ] {
            let found = read(text, country)
                .map(|number| PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164).into_owned());
            assert_eq!(found.as_deref().map_err(|why| *why), wanted, "{text}");
        }
    }
}
