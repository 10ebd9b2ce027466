//! Who something is sent to or comes from, as Twilio's channels write it.
//!
//! Twilio has channels that are not published yet, so only what can be no address at all is refused, and what has a form of its
//! own: phone numbers, behind a channel too, and SIP addresses.

use crate::engine::values::checks::{e164, trimmed};
use crate::framework::reason::Reason;

/// Most characters of an alphanumeric sender. <https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id>
const LONGEST_NAME: usize = 11;

/// Channels whose addresses are phone numbers. <https://www.twilio.com/docs/messaging/channels>
const BY_NUMBER: [&str; 1] = ["whatsapp"];

/// The recipient of a message: a phone number, or an address of a channel, as `whatsapp:+14155550100`.
pub(super) fn recipient(text: &str) -> Result<(), Reason> {
    trimmed(text)?;
    match text.split_once(':') {
        Some((channel, address)) => of_channel(channel, address),
        None => e164(text),
    }
}

/// The sender of a message: a phone number, a short code, a name of letters and digits, or an address of a channel.
pub(super) fn sender(text: &str) -> Result<(), Reason> {
    trimmed(text)?;
    if let Some((channel, address)) = text.split_once(':') {
        return of_channel(channel, address);
    }
    if text.starts_with('+') {
        return e164(text);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match text.len() {
            3..=8 => Ok(()),
            _ => Err(Reason::new(
                "It has digits alone, and is too long or too short for a short code. A phone number is written in E.164 form, with a \
                 plus sign: for example +14155550100.",
            )),
        };
    }
    let is_of_a_name = |c: char| c.is_ascii_alphanumeric() || " +-_&".contains(c);
    match text.chars().all(is_of_a_name) && text.chars().count() <= LONGEST_NAME {
        true => Ok(()),
        false => Err(Reason::new(
            "It is no sender: a phone number in E.164 form, a short code, a name of up to 11 letters, digits and spaces, or an address \
             of a channel, as whatsapp:+14155550100.",
        )),
    }
}

/// Who is called, or calls: a phone number, `client:NAME`, or a SIP address.
pub(super) fn caller(text: &str) -> Result<(), Reason> {
    trimmed(text)?;
    match text.split_once(':') {
        Some(("sip" | "sips" | "client", address)) if !address.is_empty() => Ok(()),
        Some(_) => Err(Reason::new(
            "It is none of what can be called: a phone number in E.164 form, client:NAME, or sip:USER@HOST.",
        )),
        None => e164(text),
    }
}

/// Who is verified: a phone number or an e-mail address.
pub(super) fn verified(text: &str) -> Result<(), Reason> {
    trimmed(text)?;
    match text.split_once('@') {
        Some((name, host)) if !name.is_empty() && host.contains('.') && !host.contains('@') => Ok(()),
        Some(_) => Err(Reason::new(
            "It is no e-mail address: a name, @, and a host with a dot in it.",
        )),
        None => e164(text),
    }
}

fn of_channel(channel: &str, address: &str) -> Result<(), Reason> {
    if channel.is_empty() || !channel.bytes().all(|byte| byte.is_ascii_lowercase()) || address.is_empty() {
        return Err(Reason::new(
            "An address of a channel is written as the channel in small letters, a colon and the address: for example \
             whatsapp:+14155550100 or messenger:1234567890.",
        ));
    }
    match BY_NUMBER.contains(&channel) {
        true => e164(address),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Take = fn(&str) -> Result<(), Reason>;

    #[track_caller]
    fn check(takes: Take, good: &[&str], bad: &[&str]) {
        for text in good {
            assert_eq!(takes(text), Ok(()), "{text}");
        }
        for text in bad {
            assert!(takes(text).is_err(), "{text:?} is taken");
        }
    }

    #[test]
    fn messages_go_to_numbers_and_addresses_of_channels() {
        let good = [
            "+14155550100",
            "whatsapp:+14155550100",
            "messenger:12345",
            "rcs:brand_abc_agent",
        ];
        let bad = [
            "",
            "4155550100",
            "whatsapp:4155550100",
            "WhatsApp:+14155550100",
            ":x",
            "messenger:",
            " +14155550100",
            "Shop",
        ];
        check(recipient, &good, &bad);
    }

    #[test]
    fn messages_come_from_numbers_codes_names_and_addresses_of_channels() {
        let good = [
            "+14155550100",
            "12345",
            "Shop",
            "My Shop 24",
            "whatsapp:+14155550100",
            "rcs:agent",
        ];
        let bad = [
            "",
            "14155550100",
            "12",
            "+1415",
            "A name that is long",
            "Shop!",
            "whatsapp:x",
            "Shop ",
        ];
        check(sender, &good, &bad);
    }

    #[test]
    fn calls_go_to_numbers_clients_and_sip_addresses() {
        let good = [
            "+14155550100",
            "client:ann",
            "sip:ann@example.com",
            "sips:ann@example.com",
        ];
        check(caller, &good, &["", "ann", "client:", "tel:+14155550100", "4155550100"]);
    }

    #[test]
    fn verified_are_numbers_and_e_mail_addresses() {
        check(
            verified,
            &["+14155550100", "ann@example.com"],
            &["", "ann@", "@example.com", "ann@host", "a@b@c.d", "4155550100"],
        );
    }
}
