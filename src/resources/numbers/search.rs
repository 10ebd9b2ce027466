//! Searching for numbers that are for sale: the filters of `search` in `twilio_phone_number` and of
//! `data.twilio_available_phone_numbers`.
//! <https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource>

use serde_json::Value as Json;

use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Access, Check, Field, Properties, Spelling, boolean, int, text};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::reason::Reason;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client, ErrorKind, ListRequest, Product, Request};

/// The kinds of number, as here and as in Twilio's paths.
const KINDS: &[(&str, &str)] = &[
    ("local", "Local"),
    ("machine_to_machine", "MachineToMachine"),
    ("mobile", "Mobile"),
    ("national", "National"),
    ("shared_cost", "SharedCost"),
    ("toll_free", "TollFree"),
    ("voip", "Voip"),
];

/// `type` and `iso_country`, which say where to look.
pub const TYPE: Field = text("type", Setting(Required))
    .checks(&[Check::OneOf(&["local", "machine_to_machine", "mobile", "national", "shared_cost", "toll_free", "voip"])])
    .doc("Kind of number: `local`, `mobile`, `toll_free`, `national`, `voip`, `shared_cost` or `machine_to_machine`. Which \
          kinds there are depends on the country.");

/// The country.
pub const ISO_COUNTRY: Field = text("iso_country", Setting(Required))
    .checks(&[Check::Custom(country)])
    .doc("Country as ISO 3166-1 alpha-2 code, for example `US`.");

/// Two letters; which of them are a country is not ours to say.
fn country(text: &str) -> Result<(), Reason> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Ok(());
    }
    Err("It is not a country code. Write the two letters of ISO 3166-1, for example US or GB.".into())
}

/// Three digits, as the attribute of the same name beside `search` has them.
pub fn area_code(text: &str) -> Result<(), Reason> {
    if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    Err("It is not an area code. Write its three digits, for example 415.".into())
}

/// What can stand in a pattern at all; whether any number matches, Twilio says.
fn pattern(text: &str) -> Result<(), Reason> {
    let rest = text.strip_prefix('+').unwrap_or(text);
    let rest = rest.strip_suffix('$').unwrap_or(rest);
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'%');
    if rest.bytes().all(is_part) {
        return Ok(());
    }
    Err("It is not a pattern of a number. Write digits, letters as on a telephone's keys, * for any digit and % for any digits, \
         without spaces or punctuation; + may stand in front and $ behind."
        .into())
}

/// `type`, `iso_country` and all filters.
pub const SEARCH: &[Field] = &[
    TYPE,
    ISO_COUNTRY,
    text("area_code", Setting(Clears)).checks(&[Check::Custom(area_code)]).doc("Area code, three digits (US and Canada)."),
    text("contains", Setting(Clears)).checks(&[Check::Length(2, 16), Check::Custom(pattern)]).doc(
        "Pattern of 2 to 16 characters that the number must match: digits, letters as on a telephone's keys, and `*` for any \
         digit; `%` for any digits, `+` in front for the beginning of the number, and `$` behind for its end.",
    ),
    text("in_region", Setting(Clears)).doc("State or province, for example `CA` (US and Canada)."),
    text("in_postal_code", Setting(Clears)).doc("Postal code (US and Canada)."),
    text("in_locality", Setting(Clears)).doc("City or locality."),
    text("in_lata", Setting(Clears)).doc("Local access and transport area (US and Canada)."),
    text("in_rate_center", Setting(Clears)).doc("Rate center; needs `in_lata` (US and Canada)."),
    text("near_lat_long", Setting(Clears)).doc("Latitude and longitude, for example `37.77,-122.42` (US and Canada)."),
    text("near_number", Setting(Clears)).checks(&[Check::E164]).doc("Near this number (US and Canada)."),
    int("distance", Setting(Clears)).checks(&[Check::Range(1, 500)]).doc(
        "Miles around `near_lat_long` or `near_number`, `1` to `500`. Twilio's default: `25`.",
    ),
    boolean("sms_enabled", Setting(Clears)).doc("Whether the number must take text messages."),
    boolean("mms_enabled", Setting(Clears)).doc("Whether the number must take media messages."),
    boolean("voice_enabled", Setting(Clears)).doc("Whether the number must take calls."),
    boolean("fax_enabled", Setting(Clears)).doc("Whether the number must take faxes."),
    boolean("exclude_all_address_required", Setting(Clears)).doc("Leave out numbers that need an address."),
    boolean("exclude_local_address_required", Setting(Clears)).doc("Leave out numbers that need an address in their country."),
    boolean("exclude_foreign_address_required", Setting(Clears)).doc("Leave out numbers that need an address outside their country."),
    boolean("beta", Setting(Clears)).doc("Whether numbers new to Twilio are included. Twilio's default: `true`."),
];

/// What a purchase by search requests beside the purchase.
pub(super) const ASKED: &[Access] = &[
    Access::get(
        Product::Api,
        "/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers/{iso_country}/Local.json",
    ),
    Access::get(
        Product::Api,
        "/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers/{iso_country}/TollFree.json",
    ),
];

/// Numbers for sale that match, in Twilio's order, at most `limit`.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn available(
    client: &Client,
    account: &AccountSid,
    filters: &Value,
    limit: usize,
) -> Result<Vec<Properties>, Fault> {
    let request = request(account, filters);
    let page_size = u32::try_from(limit.clamp(1, 1000)).unwrap_or(1000);
    let list = ListRequest::new(request)
        .key("available_phone_numbers")
        .page_size(page_size)
        .limit(limit);
    let mut found = client.list(list).await?;
    found.iter_mut().for_each(capabilities_in_lower_case);
    Ok(found)
}

/// What is wrong between filters, with the filter at fault.
pub fn inconsistent(filters: &Value) -> Option<(&'static str, Diagnostic)> {
    let is_set = |name: &str| !filters.attr(name).is_null();
    let is_unset = |name: &str| filters.attr(name).is_null();
    if is_set("in_rate_center") && is_unset("in_lata") {
        let sentence = "in_rate_center is only unique within a LATA: set in_lata too.";
        return Some(("in_rate_center", not_together(sentence)));
    }
    if is_set("distance") && is_unset("near_number") && is_unset("near_lat_long") {
        let sentence = "distance is measured from somewhere: set near_number or near_lat_long too.";
        return Some(("distance", not_together(sentence)));
    }
    None
}

fn not_together(sentence: &str) -> Diagnostic {
    Diagnostic::error("Filters do not fit together", sentence)
}

/// "Not found" about a search means that the country has no numbers of this kind. `attribute` is where the kind was set.
pub fn explain(fault: Fault, filters: &Value, attribute: &str) -> Fault {
    match fault {
        Fault::Api(error) if error.kind == ErrorKind::NotFound => {
            let text = |name: &str| filters.attr(name).as_str().unwrap_or_default();
            Diagnostic::error(
                format!("Twilio has no {} numbers in {}", text("type"), text("iso_country")),
                format!(
                    "GET {} says that there are none. Nothing was changed. Choose another type or iso_country. Which kinds \
                     a country has is in Twilio's list: \
                     https://www.twilio.com/docs/phone-numbers/api/availablephonenumber-resource",
                    error.attempt.path
                ),
            )
            .at_attribute(attribute)
            .into()
        }
        fault => fault,
    }
}

/// Twilio writes `SMS` and `MMS` here, and `sms` and `mms` of a number that is owned.
fn capabilities_in_lower_case(number: &mut Properties) {
    if let Some(Json::Object(capabilities)) = number.get_mut("capabilities") {
        *capabilities = std::mem::take(capabilities)
            .into_iter()
            .map(|(name, truth)| (name.to_ascii_lowercase(), truth))
            .collect();
    }
}

fn request(account: &AccountSid, filters: &Value) -> Request {
    let kind = filters.attr("type").as_str().unwrap_or_default();
    let segment = KINDS
        .iter()
        .find(|(name, _)| *name == kind)
        .map_or("Local", |(_, segment)| segment);
    let country = filters
        .attr("iso_country")
        .as_str()
        .unwrap_or_default()
        .to_ascii_uppercase();
    let path = format!("/2010-04-01/Accounts/{account}/AvailablePhoneNumbers/{country}/{segment}.json");
    let mut request = Request::get(Product::Api, account, path);
    for attribute in SEARCH
        .iter()
        .filter(|attribute| !["type", "iso_country"].contains(&attribute.name))
    {
        let value = match crate::engine::values::parameters::to_json(
            attribute.kind,
            Spelling::Snake,
            filters.attr(attribute.name),
        ) {
            Json::Null => continue,
            Json::String(text) => text,
            other => other.to_string(),
        };
        request = request.query(Spelling::Pascal.of(attribute.name), value);
    }
    request
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_country_is_two_letters() {
        assert!(country("US").is_ok() && country("gb").is_ok());
        for wrong in ["", "USA", "U/", ".."] {
            assert!(country(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_pattern_has_digits_letters_and_wildcards() {
        for good in ["415", "555****", "taxi", "+1415*", "55%5$", "**"] {
            assert_eq!(pattern(good), Ok(()), "{good}");
        }
        for wrong in ["a b", "415-555", "(415)", "4+15", "4$15", "41.5", "415é"] {
            let said = pattern(wrong).expect_err("no pattern").to_string();
            assert!(
                said.contains("not a pattern") && !said.contains(wrong),
                "{wrong}: {said}"
            );
        }
    }

    #[test]
    fn filters_that_need_another_say_which() {
        let check = |fields: &[(&str, Value)]| {
            let filters = Value::object(fields.iter().map(|(name, value)| (*name, value.clone())));
            inconsistent(&filters).map(|(attribute, _)| attribute)
        };
        assert_eq!(check(&[("in_rate_center", "A".into())]), Some("in_rate_center"));
        assert_eq!(check(&[("in_rate_center", "A".into()), ("in_lata", "1".into())]), None);
        assert_eq!(check(&[("distance", 5.into())]), Some("distance"));
        assert_eq!(check(&[("distance", 5.into()), ("near_number", Value::UNKNOWN)]), None);
    }

    #[test]
    fn capabilities_are_spelled_as_with_owned_numbers() {
        let mut number = json!({"capabilities": {"SMS": true, "voice": false}});
        capabilities_in_lower_case(number.as_object_mut().expect("an object"));
        assert_eq!(number, json!({"capabilities": {"sms": true, "voice": false}}));
    }

    #[test]
    fn filters_become_query_parameters_of_the_kinds_path() {
        let account: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().expect("a SID");
        let filters = Value::object([
            ("type", "toll_free".into()),
            ("iso_country", "us".into()),
            ("area_code", "800".into()),
            ("contains", "555****".into()),
            ("exclude_all_address_required", true.into()),
            ("beta", Value::Null),
        ]);
        let request = request(&account, &filters);
        assert!(
            request.path.ends_with("/AvailablePhoneNumbers/US/TollFree.json"),
            "{}",
            request.path
        );
        let expected = [
            ("AreaCode", "800"),
            ("Contains", "555****"),
            ("ExcludeAllAddressRequired", "true"),
        ];
        let query: Vec<_> = request
            .query
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(query, expected);
    }
}
