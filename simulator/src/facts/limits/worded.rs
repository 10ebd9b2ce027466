//! Limits that the contract's descriptions say in words ([`crate::contract::worded`]), and the codes that they are refused with. A
//! parameter that has a line of its own in the lists beside this file is left to it.

use serde_json::Value;

use super::{CUT, Is, all, lines};
use crate::behaviour::{Ctx, Outcome};
use crate::contract::{Resource, Worded, WordedLimit, worded};
use crate::facts::{At, Refusal, is_at, is_place};
use crate::params::Params;

/// Where a product has a code of its own: host, path below which it counts, parameter (none for each), refusal. The first that fits
/// counts; without one it is 400/20001.
const CODES: &[(&str, &str, Option<&str>, Refusal)] = &[
    // https://www.twilio.com/docs/api/errors/21208
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/Calls",
        Some("Timeout"),
        Refusal::new(400, 21208, "Invalid Timeout"),
    ),
    // https://www.twilio.com/docs/api/errors/21617
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/Messages",
        Some("Body"),
        Refusal::new(
            400,
            21617,
            "The concatenated message body exceeds the 1600 character limit",
        ),
    ),
    // https://www.twilio.com/docs/api/errors/21624
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/Messages",
        Some("ValidityPeriod"),
        Refusal::new(400, 21624, "Invalid validity period value"),
    ),
    // https://github.com/wittyreference/twilio-claude-plugin (skills/iam/references/test-results.md, test 29)
    (
        "api.twilio.com",
        "/2010-04-01/Accounts/{AccountSid}/Keys",
        Some("FriendlyName"),
        Refusal::new(400, 70001, "The request has constraint violations"),
    ),
    // https://www.twilio.com/docs/api/errors/50003, of Programmable Chat; of conversations nothing says so.
    ("chat.twilio.com", "", Some("FriendlyName"), lines::CHAT_NAME),
    // https://www.twilio.com/docs/api/errors/21728
    (
        "messaging.twilio.com",
        "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p",
        None,
        lines::CAMPAIGN,
    ),
    // https://www.twilio.com/docs/api/errors/60368
    (
        "verify.twilio.com",
        "/v2/Services/{ServiceSid}/Entities/{Identity}/Challenges",
        Some("Details.Message"),
        Refusal::new(400, 60368, "Challenge details invalid or not provided"),
    ),
    // https://www.twilio.com/docs/api/errors/60300
    (
        "verify.twilio.com",
        "/v2/Services/{ServiceSid}/Entities",
        None,
        lines::PARAM,
    ),
    // https://www.twilio.com/docs/api/errors/60200
    (
        "verify.twilio.com",
        "",
        None,
        Refusal::new(400, 60200, "Invalid parameter: {}"),
    ),
];

/// Refuses what the description of the parameter excludes.
///
/// # Errors
/// With the code of the product.
pub(crate) fn refuse_worded(ctx: &Ctx<'_>, resource: &Resource, params: &Params) -> Outcome {
    let limits = worded(ctx.route.spec, ctx.operation()).iter();
    for limit in limits.filter(|limit| !has_line(resource, &limit.parameter)) {
        if params.value(&limit.parameter).is_some_and(|value| !fits(limit, value)) {
            return Err(refusal(limit).about(&limit.parameter));
        }
    }
    Ok(())
}

/// Whether the lists beside this file say more of the parameter.
fn has_line(resource: &Resource, parameter: &str) -> bool {
    let mut lines = all();
    let mut cut = CUT.iter();
    lines.any(|line| line.parameter == parameter && is_at(line.at, resource))
        || cut.any(|(at, name, _)| *name == parameter && is_at(*at, resource))
}

fn fits(limit: &WordedLimit, value: &Value) -> bool {
    let within = |least: u64, most: u64, size: usize| (least..=most).contains(&(size as u64));
    match (limit.is, value) {
        // An empty text takes away what may be left out.
        (Worded::Characters(..) | Worded::Bytes(..), Value::String(text)) if text.is_empty() => true,
        (Worded::Characters(least, most), Value::String(text)) => within(least, most, text.chars().count()),
        (Worded::Bytes(least, most), Value::String(text)) => within(least, most, text.len()),
        (Worded::Number(least, most), _) => Is::Between(least, most).fits(value),
        (Worded::AtMost(most), _) => Is::Between(i64::MIN, most).fits(value),
        (Worded::PhoneNumber, Value::String(text)) => is_e164(text),
        (Worded::PhoneNumberOrEmail, Value::String(text)) => text.contains('@') || is_e164(text),
        (Worded::SipUri, Value::String(text)) => lines::is_sip_url(text),
        _ => true,
    }
}

/// `+`, a country code and a number, not more than 15 digits: <https://www.twilio.com/docs/glossary/what-e164>.
pub(super) fn is_e164(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else {
        return false;
    };
    (2..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn refusal(limit: &WordedLimit) -> Refusal {
    let path = limit.path.trim_end_matches(".json");
    let is_below = |at: At| {
        let count = at.1.split('/').count();
        let above: Vec<&str> = path.split('/').take(count).collect();
        at.1.is_empty() || is_place(at, &limit.host, &above.join("/"))
    };
    let mut codes = CODES.iter();
    let line = codes.find(|(host, path, parameter, _)| {
        *host == limit.host && is_below((host, path)) && parameter.is_none_or(|name| name == limit.parameter)
    });
    // https://www.twilio.com/docs/api/errors/20002: between 1 and 64 characters.
    let is_short_name = limit.parameter == "FriendlyName" && limit.is == Worded::Characters(0, 64);
    if limit.host == "api.twilio.com" && is_short_name && line.is_none() {
        return lines::NAME;
    }
    line.map_or(lines::INVALID, |(.., refusal)| *refusal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Contract, all_worded};

    /// Something that the words exclude, and something that they allow.
    fn samples(is: Worded) -> (Value, Value) {
        let text = |size: u64| Value::from("x".repeat(size as usize));
        match is {
            Worded::Characters(_, most) | Worded::Bytes(_, most) => (text(most + 1), text(most)),
            Worded::Number(_, most) | Worded::AtMost(most) => ((most + 1).into(), most.into()),
            Worded::PhoneNumber => ("5551234567".into(), "+15551234567".into()),
            Worded::PhoneNumberOrEmail => ("5551234567".into(), "ada@example.com".into()),
            Worded::SipUri => ("https://example.com".into(), "sip:a@example.com".into()),
        }
    }

    #[test]
    fn each_worded_limit_is_of_a_published_parameter_and_kept() {
        assert!(all_worded().count() > 100, "`cargo xtask contract` writes them");
        for limit in all_worded() {
            let mut specs = Contract::published().specs();
            let operation = specs.find_map(|(_, spec)| {
                let mut operations = spec.operations.iter().filter(|_| spec.host == limit.host);
                operations.find(|one| one.path == limit.path && one.method == limit.method)
            });
            let operation = operation.unwrap_or_else(|| panic!("{limit:?}"));
            let mut params = operation.params.iter();
            assert!(params.any(|param| param.name == limit.parameter), "{limit:?}");
            let (beyond, within) = samples(limit.is);
            assert!(!fits(limit, &beyond), "{limit:?}");
            assert!(fits(limit, &within), "{limit:?}");
        }
    }

    /// Parameters of which real accounts take more than the words say; the lines that allow it say who has seen it.
    const SEEN_BEYOND: [(&str, &str, &str); 3] = [
        ("trunking.twilio.com", "/v1/Trunks", "FriendlyName"),
        ("conversations.twilio.com", "/v1/Roles", "FriendlyName"),
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Roles",
            "FriendlyName",
        ),
    ];

    /// The words and the lists beside this file may not say two things, except where a page says more than the words.
    #[test]
    fn a_line_of_its_own_refuses_what_the_words_exclude() {
        let mut compared = 0;
        for limit in all_worded() {
            let template = limit.path.trim_end_matches(".json");
            let collection = crate::contract::split_instance(template).map_or(template, |(collection, _)| collection);
            let creates = collection == template;
            for at in [template, collection] {
                let own: Vec<_> = all()
                    .filter(|line| is_place(line.at, &limit.host, at) && line.parameter == limit.parameter)
                    .filter(|line| line.counts(creates))
                    .collect();
                if own.is_empty() {
                    continue;
                }
                compared += 1;
                let (beyond, _) = samples(limit.is);
                let is_refused = own.iter().any(|line| !line.is.fits(&beyond));
                let is_seen = SEEN_BEYOND.contains(&(limit.host.as_str(), at, limit.parameter.as_str()));
                assert_eq!(is_refused, !is_seen, "{limit:?}");
            }
        }
        assert!(compared > 20, "{compared}");
    }

    #[test]
    fn numbers_are_in_e164() {
        for right in ["+15551234567", "+4930123456", "+12"] {
            assert!(is_e164(right), "{right}");
        }
        for wrong in ["", "+", "15551234567", "+0123", "+1555123456789012", "+1 555", "abc"] {
            assert!(!is_e164(wrong), "{wrong}");
        }
    }
}
