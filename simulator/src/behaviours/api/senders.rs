//! Who messages and calls come from, and where they may go: an account sends as what it has. Nothing else is taken, the numbers that
//! Twilio documents for its test credentials neither, which are good with those credentials alone.
//! <https://www.twilio.com/docs/messaging/api/message-resource>, <https://www.twilio.com/docs/voice/api/call-resource>,
//! <https://www.twilio.com/docs/iam/test-credentials>

use serde_json::Value;

use super::{HOST, numbers};
use crate::behaviour::{Ctx, Outcome};
use crate::behaviours::accounts::geo_permissions;
use crate::behaviours::lookups::phone_numbers::{self, Destination};
use crate::behaviours::messaging;
use crate::behaviours::voice::dialing_permissions;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

const CALLER_IDS: &str = "/2010-04-01/Accounts/{AccountSid}/OutgoingCallerIds";
const SHORT_CODES: &str = "/2010-04-01/Accounts/{AccountSid}/SMS/ShortCodes";

/// Senders that have a channel of their own. <https://www.twilio.com/docs/whatsapp/api/senders>
const CHANNEL_SENDERS: &str = "/v2/Channels/Senders";

/// Countries that take no alphanumeric senders. <https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id>
const WITHOUT_ALPHA: [&str; 2] = ["US", "CA"];

/// Pools of a messaging service: the collection below it and the field that holds the sender.
const POOLS: [(&str, &str); 5] = [
    ("PhoneNumbers", "phone_number"),
    ("ShortCodes", "short_code"),
    ("AlphaSenders", "alpha_sender"),
    ("DestinationAlphaSenders", "alpha_sender"),
    ("ChannelSenders", "sender"),
];

/// What `From` of a message may be.
enum Sender<'a> {
    /// `whatsapp:+14155550100`: a channel and what it calls the sender.
    OfChannel,
    /// A phone number.
    Number(String),
    ShortCode,
    Alphanumeric(&'a str),
}

/// Checks receiver and sender of a message.
///
/// # Errors
/// With the codes that messages have.
pub(super) fn check_message(ctx: &Ctx<'_>, params: &Params) -> Outcome {
    let text = |name: &str| params.text(name).filter(|text| !text.is_empty());
    let (to, from, service) = (
        text("To").unwrap_or_default(),
        text("From"),
        text("MessagingServiceSid"),
    );
    if to.is_empty() {
        // https://www.twilio.com/docs/api/errors/21604
        return Err(ApiError::new(400, 21604, "A 'To' phone number is required."));
    }
    let receiver = channel(to).map_or(to, |(_, address)| address);
    // A channel has names of its own: of a page, of a user.
    let is_number = matches!(channel(to), None | Some(("whatsapp" | "rcs", _)));
    let destination = phone_numbers::destination(receiver);
    if is_number && destination.is_none() {
        // https://www.twilio.com/docs/api/errors/21211
        return Err(ApiError::new(400, 21211, format!("Invalid 'To' Phone Number: {to}")));
    }
    let destination = destination.filter(|_| channel(to).is_none());
    if let Some(sid) = service {
        check_service(ctx, sid, from)?;
    } else if let Some(from) = from {
        check_sender(ctx, to, from, destination.as_ref())?;
    }
    match destination {
        // https://www.twilio.com/docs/api/errors/21408
        Some(destination) if !geo_permissions::is_enabled(ctx, &destination.country) => Err(ApiError::new(
            400,
            21408,
            format!(
                "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {}",
                destination.e164
            ),
        )),
        _ => Ok(()),
    }
}

/// Checks receiver and caller of a call.
///
/// # Errors
/// With the codes that calls have.
pub(super) fn check_call(ctx: &Ctx<'_>, params: &Params) -> Outcome {
    let (to, from) = (
        params.text("To").unwrap_or_default(),
        params.text("From").unwrap_or_default(),
    );
    if ["sip:", "sips:", "client:", "app:"]
        .iter()
        .any(|kind| to.starts_with(kind))
    {
        // Clients and SIP addresses are called from any name.
        return Ok(());
    }
    if to.is_empty() {
        // https://www.twilio.com/docs/api/errors/21201
        return Err(ApiError::new(400, 21201, "No 'To' number is specified"));
    }
    if from.is_empty() {
        // https://www.twilio.com/docs/api/errors/21213
        return Err(ApiError::new(400, 21213, "Caller phone number is required"));
    }
    let Some(destination) = phone_numbers::destination(to) else {
        // https://www.twilio.com/docs/api/errors/21211
        let text = format!("The phone number you are attempting to call, {to}, is not valid.");
        return Err(ApiError::new(400, 21211, text));
    };
    // https://www.twilio.com/docs/api/errors/21212, the text as in https://github.com/lesleyornelas/Twilio-/issues/34
    let caller = phone_numbers::destination(from)
        .ok_or_else(|| ApiError::new(400, 21212, format!("From is not a valid phone number: {from}")))?;
    let verified = || {
        let ids = ctx
            .state
            .store
            .kind_with(HOST, CALLER_IDS, "phone_number", caller.e164.as_str());
        ids.into_iter().any(|id| id.account == ctx.account)
    };
    if own_number(ctx, &caller.e164).is_none() && !verified() {
        // https://www.twilio.com/docs/api/errors/21210, the text as there.
        return Err(ApiError::new(
            400,
            21210,
            format!(
                "The source phone number provided, {}, is not yet verified for your account. You may only make calls from phone \
                 numbers that you've verified or purchased from Twilio.",
                caller.e164
            ),
        ));
    }
    if !dialing_permissions::may_call(ctx, &destination.country) {
        // https://www.twilio.com/docs/api/errors/21215
        return Err(ApiError::new(
            400,
            21215,
            format!(
                "Account not authorized to call {}. Perhaps you need to enable some international permissions: \
                 https://www.twilio.com/console/voice/calls/geo-permissions/low-risk",
                destination.e164
            ),
        ));
    }
    Ok(())
}

/// A messaging service sends as one of its senders, or as the one of them that is named.
fn check_service(ctx: &Ctx<'_>, sid: &str, from: Option<&str>) -> Outcome {
    let store = &ctx.state.store;
    let path = format!("/v1/Services/{sid}");
    if store.find(messaging::HOST, ctx.account, &path).is_none() {
        // https://www.twilio.com/docs/api/errors/21701
        return Err(ApiError::new(400, 21701, "The Messaging Service does not exist"));
    }
    let pools = POOLS.map(|(pool, field)| (format!("{path}/{pool}"), field));
    let count = |pool: &str| store.count(messaging::HOST, ctx.account, pool);
    if pools.iter().all(|(pool, _)| count(pool) == 0) {
        // https://www.twilio.com/docs/api/errors/21704
        return Err(ApiError::new(
            400,
            21704,
            "The Messaging Service contains no phone numbers",
        ));
    }
    let Some(from) = from else {
        return Ok(());
    };
    let is_there = |(pool, field): &(String, &str)| {
        let mut senders = store.members_with(messaging::HOST, ctx.account, pool, field, from);
        senders.next().is_some()
    };
    match pools.iter().any(is_there) {
        true => Ok(()),
        // https://www.twilio.com/docs/api/errors/21711
        false => Err(ApiError::new(
            400,
            21711,
            "The 'From' number is not associated with the specified Messaging Service",
        )),
    }
}

fn check_sender(ctx: &Ctx<'_>, to: &str, from: &str, destination: Option<&Destination>) -> Outcome {
    // https://www.twilio.com/docs/api/errors/21212, the text as in https://github.com/zammad/zammad/issues/2762
    let invalid = || {
        let text =
            format!("The 'From' number {from} is not a valid phone number, shortcode, or alphanumeric sender ID.");
        ApiError::new(400, 21212, text)
    };
    let sender = sender(from).ok_or_else(invalid)?;
    let of_channel = |text: &str| channel(text).map(|(name, _)| name.to_owned());
    // Who is addressed by a number may be reached by RCS: https://www.twilio.com/docs/rcs/send-an-rcs-message
    let fits =
        of_channel(to) == of_channel(from) || (of_channel(from).as_deref() == Some("rcs") && destination.is_some());
    if !fits {
        // https://www.twilio.com/docs/api/errors/21910
        return Err(ApiError::new(
            400,
            21910,
            "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel",
        ));
    }
    match sender {
        Sender::OfChannel => {
            let store = &ctx.state.store;
            let mut own = store.members_with(messaging::HOST, ctx.account, CHANNEL_SENDERS, "sender_id", from);
            match own.next() {
                Some(_) => Ok(()),
                // https://www.twilio.com/docs/api/errors/63007, as in https://github.com/freescout-help-desk/freescout/issues/3595
                None => Err(ApiError::new(
                    400,
                    63007,
                    "Twilio could not find a Channel with the specified From address",
                )),
            }
        }
        Sender::Number(e164) => {
            let Some(number) = own_number(ctx, &e164) else {
                return Err(foreign(ctx, &e164));
            };
            if destination.is_some_and(|destination| destination.e164 == e164) {
                // https://www.twilio.com/docs/api/errors/21266
                let text = format!("'To' and 'From' number cannot be the same: {e164}");
                return Err(ApiError::new(400, 21266, text));
            }
            let sends = ["sms", "mms"]
                .iter()
                .any(|name| number.body["capabilities"][*name] == Value::Bool(true));
            match sends {
                true => Ok(()),
                // https://www.twilio.com/docs/api/errors/21661
                false => Err(ApiError::new(400, 21661, "'From' number is not SMS-capable")),
            }
        }
        Sender::ShortCode => {
            let codes = ctx.state.store.kind_with(HOST, SHORT_CODES, "short_code", from);
            match codes.into_iter().any(|code| code.account == ctx.account) {
                true => Ok(()),
                false => Err(nobodys(from)),
            }
        }
        Sender::Alphanumeric(name) => match destination {
            Some(destination) if WITHOUT_ALPHA.contains(&destination.country.as_str()) => {
                // https://www.twilio.com/docs/api/errors/21612
                let text = format!(
                    "Message cannot be sent with the current combination of 'To' ({}) and/or 'From' ({name}) parameters",
                    destination.e164
                );
                Err(ApiError::new(400, 21612, text))
            }
            _ => Ok(()),
        },
    }
}

/// What a sender is, by how it is written.
fn sender(from: &str) -> Option<Sender<'_>> {
    if channel(from).is_some() {
        return Some(Sender::OfChannel);
    }
    let is_code = (3..=8).contains(&from.len()) && from.bytes().all(|byte| byte.is_ascii_digit());
    if is_code {
        return Some(Sender::ShortCode);
    }
    if from.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        // https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id: letters, digits, spaces and four signs.
        let allowed = |c: char| c.is_ascii_alphanumeric() || " +-_&".contains(c);
        return (from.len() <= 11 && from.chars().all(allowed)).then_some(Sender::Alphanumeric(from));
    }
    phone_numbers::destination(from).map(|number| Sender::Number(number.e164))
}

/// The channel before an address: `whatsapp` of `whatsapp:+14155550100`.
fn channel(address: &str) -> Option<(&str, &str)> {
    let (name, rest) = address.split_once(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_name && !rest.is_empty()).then_some((name, rest))
}

/// A number of the account that is acted on.
pub(super) fn own_number<'s>(ctx: &'s Ctx<'_>, e164: &str) -> Option<&'s Object> {
    let mut own = ctx.state.store.kind_with(HOST, numbers::TEMPLATE, "phone_number", e164);
    own.find(|number| number.account == ctx.account)
}

/// The refusal of a number that the account has not: Twilio's, or nobody's. Both were one code until July 2024:
/// <https://www.twilio.com/en-us/changelog/updates-to-the-error-code-dictionary-to-clarify-number-validatio>
fn foreign(ctx: &Ctx<'_>, e164: &str) -> ApiError {
    let mut owned = ctx.state.store.kind_with(HOST, numbers::TEMPLATE, "phone_number", e164);
    if owned.next().is_none() && numbers::inventory::find(e164).is_none() {
        return nobodys(e164);
    }
    // https://www.twilio.com/docs/api/errors/21660
    let text = format!(
        "Mismatch between the 'From' number {e164} and the account {}",
        ctx.account
    );
    ApiError::new(400, 21660, text)
}

/// <https://www.twilio.com/docs/api/errors/21659>
fn nobodys(from: &str) -> ApiError {
    let text = format!("'From' {from} is not a Twilio phone number or Short Code country mismatch");
    ApiError::new(400, 21659, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_what_it_is_written_like() {
        let kind = |from: &str| match sender(from) {
            Some(Sender::OfChannel) => "channel",
            Some(Sender::Number(_)) => "number",
            Some(Sender::ShortCode) => "code",
            Some(Sender::Alphanumeric(_)) => "name",
            None => "nothing",
        };
        for (from, wanted) in [
            ("+14155550100", "number"),
            ("(415) 555-0100", "number"),
            ("whatsapp:+14155550100", "channel"),
            ("messenger:1234", "channel"),
            ("12345", "code"),
            ("Shop", "name"),
            ("Shop 24-7", "name"),
            ("Shop of many", "nothing"),
            ("Shop!", "nothing"),
            ("+1", "nothing"),
            ("12", "nothing"),
            ("whatsapp:", "nothing"),
        ] {
            assert_eq!(kind(from), wanted, "{from}");
        }
    }
}
