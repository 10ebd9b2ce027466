//! The phone numbers that an account owns.
//! <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#read-multiple-incomingphonenumber-resources>
//!
//! What surprised us: the filter for a number also matches parts of numbers, and `*` stands for any digit.

use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Field, Kind, Properties, Spelling, boolean, map, objects, text, timestamp};
use futures::future::BoxFuture;

use crate::engine::serve::data_source::{DataSource, Query};
use crate::twilio::{ListRequest, Product, Request};

use super::{ACCOUNT_SID, shown, sorted_by};
use crate::resources::numbers::codes::NUMBERS;

/// `data.twilio_phone_numbers`.
pub const PHONE_NUMBERS: DataSource = DataSource {
    name: "twilio_phone_numbers",
    since: "0.1.0",
    noun: "list of phone numbers",
    doc: "The phone numbers that an account owns, with their configuration.",
    category: "Phone Numbers",
    api_page: "https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource",
    attributes: ATTRIBUTES,
    codes: &[NUMBERS],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    ACCOUNT_SID,
    text("friendly_name", Setting(Clears)).doc("Only numbers with exactly this name."),
    text("phone_number", Setting(Clears)).doc(
        "Only numbers that match this number or part of a number; `*` stands for any digit, for example `+1415555****`.",
    ),
    text("origin", Setting(Clears)).doc("Only numbers of this origin: `twilio`, or `hosted` for numbers of other carriers."),
    boolean("beta", Setting(Clears)).doc("Whether numbers new to Twilio are included. Twilio's default: `true`."),
    objects("phone_numbers", Observed, NUMBER)
        .doc("The numbers, sorted by number; empty when there is none."),
];

/// Parameters that filter.
const FILTERS: &[&str] = &["friendly_name", "phone_number", "origin", "beta"];

const NUMBER: &[Field] = &[
    text("sid", Observed).doc("SID of the number (`PN…`)."),
    text("phone_number", Observed).doc("The number in E.164 form."),
    text("friendly_name", Observed).doc("Name shown in the Console."),
    text("voice_url", Observed).doc("URL that Twilio requests when a call arrives."),
    text("voice_method", Observed).doc("HTTP method for `voice_url`."),
    text("voice_fallback_url", Observed).doc("URL that Twilio requests when `voice_url` fails."),
    text("voice_fallback_method", Observed).doc("HTTP method for `voice_fallback_url`."),
    text("voice_application_sid", Observed).doc("SID of the TwiML app that takes calls (`AP…`)."),
    boolean("voice_caller_id_lookup", Observed).doc("Whether the caller's name is looked up."),
    text("voice_receive_mode", Observed).doc("What arriving calls are taken for: `voice` or `fax`."),
    text("trunk_sid", Observed).doc("SID of the SIP trunk that takes calls (`TK…`)."),
    text("status_callback", Observed).doc("URL to which Twilio reports the status of calls."),
    text("status_callback_method", Observed).doc("HTTP method for `status_callback`."),
    text("sms_url", Observed).doc("URL that Twilio requests when a message arrives."),
    text("sms_method", Observed).doc("HTTP method for `sms_url`."),
    text("sms_fallback_url", Observed).doc("URL that Twilio requests when `sms_url` fails."),
    text("sms_fallback_method", Observed).doc("HTTP method for `sms_fallback_url`."),
    text("sms_application_sid", Observed).doc("SID of the TwiML app that takes messages (`AP…`)."),
    text("address_sid", Observed).doc("SID of the number's address (`AD…`)."),
    text("bundle_sid", Observed).doc("SID of the number's regulatory bundle (`BU…`)."),
    text("identity_sid", Observed).doc("SID of the number's identity (`RI…`)."),
    text("emergency_address_sid", Observed).doc("SID of the address sent to emergency services (`AD…`)."),
    text("emergency_address_status", Observed).doc("State of the emergency address, for example `registered`."),
    text("address_requirements", Observed).doc("Which address the number needs: `none`, `any`, `local` or `foreign`."),
    map("capabilities", Observed, &Kind::Bool).doc("What the number can do: `voice`, `sms`, `mms`, `fax`."),
    boolean("beta", Observed).doc("Whether the number is new to Twilio."),
    text("origin", Observed).doc("`twilio`, or `hosted` for a number that belongs to another carrier."),
    text("status", Observed).doc("State of the number, for example `in-use`."),
    text("type", Observed).doc("Kind of number, for example `local`."),
    timestamp("date_created").doc("When it was bought (RFC 3339, UTC)."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let list = ListRequest::new(request(query))
            .key("incoming_phone_numbers")
            .largest_pages()
            .sids("PN");
        let numbers = shown(query.client, list, NUMBER, |_| true).await?;
        Ok(Properties::from_iter([(
            "phone_numbers".to_owned(),
            sorted_by("phone_number", numbers),
        )]))
    })
}

fn request(query: Query<'_>) -> Request {
    let path = format!("/2010-04-01/Accounts/{}/IncomingPhoneNumbers.json", query.account);
    let mut request = Request::get(Product::Api, query.account, path);
    for filter in FILTERS {
        let value = query.config.attr(filter);
        let text = value
            .as_str()
            .map(str::to_owned)
            .or_else(|| value.as_bool().map(|truth| truth.to_string()));
        if let Some(text) = text {
            request = request.query(Spelling::Pascal.of(filter), text);
        }
    }
    request
}
