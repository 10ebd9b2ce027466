//! The account's defaults for conversations. <https://www.twilio.com/docs/conversations/api/configuration-resource>
//!
//! # Quirks
//! - A timer is taken off with `PT0S`; a blank one may be refused: <https://help.twilio.com/articles/46619837838235>. Whether it then
//!   reads as `PT0S` or as nothing is known of no account, and both mean that there is none.
//! - Twilio refuses what is no ISO 8601 duration (50379, 50380) and what is shorter than a minute and ten (50375, 50376).

use jiff::Timestamp;
use jiff::fmt::temporal::SpanParser;
use jiff::tz::TimeZone;

use super::codes::CONVERSATIONS;
use super::older;
use crate::engine::facts::Absent::{self, ClearedBy, Keeps};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Lifecycle, Literal, Managed, Object, Place, UpdateStyle, sid, text,
};
use crate::framework::reason::Reason;
use crate::twilio::Product;

/// `twilio_conversations_configuration`.
pub const CONVERSATIONS_CONFIGURATION: Managed = Managed {
    object: Object {
        name: "twilio_conversations_configuration",
        noun: "configuration of Conversations",
        category: Category::Conversations,
        api_page: "https://www.twilio.com/docs/conversations/api/configuration-resource",
        place: Place::alone(Product::Conversations, "/v1/Configuration"),
        key: Key::None,
        fields: FIELDS,
        codes: &[CONVERSATIONS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "The account's defaults for Conversations. There is one of it, always there: the first apply brings it to what is \
          configured, and destroying it takes the timers off and leaves the services.",
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Reset),
    older_states: older::CONVERSATIONS_CONFIGURATION,
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("default_chat_service_sid", Setting(Keeps), &[Check::Sid("IS")]).doc(
        "SID of the service in which new conversations are made (`IS…`). Removing it keeps the service: Twilio takes another and \
         never none.",
    ),
    sid("default_messaging_service_sid", Setting(Keeps), &[Check::Sid("MG")]).doc(
        "SID of the messaging service that new conversations use (`MG…`). Removing it keeps the service: Twilio takes another and \
         never none.",
    ),
    text("default_inactive_timer", Setting(NONE)).checks(&[Check::Custom(inactive)]).doc(
        "How long after the last message a new conversation becomes inactive, as ISO 8601 duration, for example `PT1H`; at least \
         `PT1M`. Without it, it stays active.",
    ),
    text("default_closed_timer", Setting(NONE)).checks(&[Check::Custom(closed)]).doc(
        "How long after the last message a new conversation is closed, as ISO 8601 duration, for example `P7D`; at least `PT10M`. \
         Without it, it stays open.",
    ),
];

/// What takes a timer off.
const NONE: Absent = ClearedBy(Literal::Text(OFF));
const OFF: &str = "PT0S";

fn inactive(text: &str) -> Result<(), Reason> {
    timer(
        text,
        60,
        "It is shorter than a minute, the least that Twilio takes: \"PT1M\".",
    )
}

fn closed(text: &str) -> Result<(), Reason> {
    timer(
        text,
        600,
        "It is shorter than ten minutes, the least that Twilio takes: \"PT10M\".",
    )
}

/// An ISO 8601 duration of at least so many seconds; `PT0S` means that there is no timer.
fn timer(text: &str, least_s: i64, too_short: &'static str) -> Result<(), Reason> {
    if text.is_empty() {
        return Err("Twilio refuses an empty one. For no timer, leave the argument out or write \"PT0S\".".into());
    }
    let span = SpanParser::new()
        .parse_span(text)
        .ok()
        .filter(|_| text.starts_with('P'));
    let start = Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
    let end = span.and_then(|span| start.checked_add(span).ok());
    match end.map(|end| end.timestamp().as_second()) {
        Some(seconds) if seconds == 0 || seconds >= least_s => Ok(()),
        Some(_) => Err(too_short.into()),
        None => Err(
            "It is not an ISO 8601 duration. Write P, days, T, hours, minutes and seconds: \"PT10M\", \"PT1H30M\" or \"P7D\"."
                .into(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_are_iso_8601_durations_of_a_length_that_twilio_takes() {
        for right in [OFF, "PT0M", "PT1M", "PT60S", "PT1H30M", "P1D", "P1DT2H"] {
            assert!(inactive(right).is_ok(), "{right}");
        }
        for right in ["PT10M", "PT600S", "P7D"] {
            assert!(closed(right).is_ok(), "{right}");
        }
        for wrong in ["60 seconds", "1h", "10m", "60", "PT", "soon", "-PT5M", "T5M"] {
            let said = inactive(wrong).expect_err(wrong).to_string();
            assert!(said.contains("PT10M"), "{wrong}: {said}");
        }
        assert!(inactive("").is_err_and(|why| why.to_string().contains("PT0S")));
        assert!(inactive("PT59S").is_err_and(|why| why.to_string().contains("PT1M")));
        assert!(closed("PT9M59S").is_err_and(|why| why.to_string().contains("PT10M")));
    }
}
