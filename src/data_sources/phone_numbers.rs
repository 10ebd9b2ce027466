//! The phone numbers that an account owns.
//! <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource#read-multiple-incomingphonenumber-resources>
//!
//! What surprised us: the filter for a number also matches parts of numbers, and `*` stands for any digit.

use futures::future::BoxFuture;

use crate::engine::data_source::{DataSource, Query};
use crate::engine::flatten::Object;
use crate::engine::hooks::Fault;
use crate::engine::table::{Attribute, Kind, boolean, map, objects, text, timestamp, twilio_spelling};
use crate::twilio::{ListRequest, Product, Request};

use super::{ACCOUNT_SID, shown, sorted_by};

/// `data.twilio_phone_numbers`.
pub const PHONE_NUMBERS: DataSource = DataSource {
    name: "twilio_phone_numbers",
    since: "0.1.0",
    noun: "list of phone numbers",
    doc: "The phone numbers that an account owns, with their configuration.",
    category: "Phone Numbers",
    api_page: "https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource",
    attributes: ATTRIBUTES,
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Attribute] = &[
    ACCOUNT_SID,
    text("friendly_name").doc("Only numbers with exactly this name."),
    text("phone_number").doc(
        "Only numbers that match this number or part of a number; `*` stands for any digit, for example `+1415555****`.",
    ),
    text("origin").doc("Only numbers of this origin: `twilio`, or `hosted` for numbers of other carriers."),
    boolean("beta").doc("Whether numbers new to Twilio are included. Twilio's default: `true`."),
    objects("phone_numbers", NUMBER)
        .computed()
        .doc("The numbers, sorted by number; empty when there is none."),
];

/// Parameters that filter.
const FILTERS: &[&str] = &["friendly_name", "phone_number", "origin", "beta"];

const NUMBER: &[Attribute] = &[
    text("sid").computed().doc("SID of the number (`PN…`)."),
    text("phone_number").computed().doc("The number in E.164 form."),
    text("friendly_name").computed().doc("Name shown in the Console."),
    text("voice_url")
        .computed()
        .doc("URL that Twilio requests when a call arrives."),
    text("voice_method").computed().doc("HTTP method for `voice_url`."),
    text("voice_fallback_url")
        .computed()
        .doc("URL that Twilio requests when `voice_url` fails."),
    text("voice_fallback_method")
        .computed()
        .doc("HTTP method for `voice_fallback_url`."),
    text("voice_application_sid")
        .computed()
        .doc("SID of the TwiML app that takes calls (`AP…`)."),
    boolean("voice_caller_id_lookup")
        .computed()
        .doc("Whether the caller's name is looked up."),
    text("voice_receive_mode")
        .computed()
        .doc("What arriving calls are taken for: `voice` or `fax`."),
    text("trunk_sid")
        .computed()
        .doc("SID of the SIP trunk that takes calls (`TK…`)."),
    text("status_callback")
        .computed()
        .doc("URL to which Twilio reports the status of calls."),
    text("status_callback_method")
        .computed()
        .doc("HTTP method for `status_callback`."),
    text("sms_url")
        .computed()
        .doc("URL that Twilio requests when a message arrives."),
    text("sms_method").computed().doc("HTTP method for `sms_url`."),
    text("sms_fallback_url")
        .computed()
        .doc("URL that Twilio requests when `sms_url` fails."),
    text("sms_fallback_method")
        .computed()
        .doc("HTTP method for `sms_fallback_url`."),
    text("sms_application_sid")
        .computed()
        .doc("SID of the TwiML app that takes messages (`AP…`)."),
    text("address_sid")
        .computed()
        .doc("SID of the number's address (`AD…`)."),
    text("bundle_sid")
        .computed()
        .doc("SID of the number's regulatory bundle (`BU…`)."),
    text("identity_sid")
        .computed()
        .doc("SID of the number's identity (`RI…`)."),
    text("emergency_address_sid")
        .computed()
        .doc("SID of the address sent to emergency services (`AD…`)."),
    text("emergency_address_status")
        .computed()
        .doc("State of the emergency address, for example `registered`."),
    text("address_requirements")
        .computed()
        .doc("Which address the number needs: `none`, `any`, `local` or `foreign`."),
    map("capabilities", &Kind::Bool)
        .computed()
        .doc("What the number can do: `voice`, `sms`, `mms`, `fax`."),
    boolean("beta").computed().doc("Whether the number is new to Twilio."),
    text("origin")
        .computed()
        .doc("`twilio`, or `hosted` for a number that belongs to another carrier."),
    text("status")
        .computed()
        .doc("State of the number, for example `in-use`."),
    text("type").computed().doc("Kind of number, for example `local`."),
    timestamp("date_created").doc("When it was bought (RFC 3339, UTC)."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Object, Fault>> {
    Box::pin(async move {
        let list = ListRequest::new(request(query))
            .key("incoming_phone_numbers")
            .largest_pages()
            .sids("PN");
        let numbers = shown(query.client, list, NUMBER, |_| true).await?;
        Ok(Object::from_iter([(
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
            request = request.query(twilio_spelling(filter), text);
        }
    }
    request
}
