//! Twilio's error codes that the resources meet: what each means here, and what to do.
//!
//! The codes and their meaning are those of <https://www.twilio.com/docs/api/errors>; each diagnostic links the page.

/// What is known about a code.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Twilio's code.
    pub code: u32,
    /// The attribute at fault, where it is always the same.
    pub attribute: Option<&'static str>,
    /// What to do, in sentences.
    pub advice: &'static str,
}

const fn known(code: u32, attribute: Option<&'static str>, advice: &'static str) -> Known {
    Known {
        code,
        attribute,
        advice,
    }
}

/// Sorted by code.
const KNOWN: &[Known] = &[
    known(
        10002,
        None,
        "A trial account can own one phone number, and its subaccounts none. Release the number it has, or upgrade the account in the Console.",
    ),
    known(
        20003,
        None,
        "Check the provider's credentials: an account SID starts with AC and goes with auth_token; an API key SID starts with SK and goes with api_key and api_secret. Credentials of a closed or suspended account, or of another region, are refused too.",
    ),
    known(
        20404,
        None,
        "Check the SIDs in the configuration, and that account_sid names the account they belong to.",
    ),
    known(
        20409,
        None,
        "Something else changed the object at the same time. Plan and apply again.",
    ),
    known(
        20429,
        None,
        "Twilio did not carry the request out. Apply again later, lower max_concurrency in the provider block, or raise max_retries.",
    ),
    known(
        21401,
        Some("phone_number"),
        "Write the number in E.164 form: plus sign, country code, number, without spaces.",
    ),
    known(
        21402,
        Some("voice_url"),
        "Use an absolute http or https URL that Twilio can reach.",
    ),
    known(
        21404,
        None,
        "A trial account cannot do this. Upgrade the account in the Console.",
    ),
    known(
        21421,
        Some("phone_number"),
        "Write the number in E.164 form: plus sign, country code, number, without spaces.",
    ),
    known(
        21422,
        Some("phone_number"),
        "The number is not for sale: somebody has it, or it was released a short while ago. Choose another with data.twilio_available_phone_numbers, or set adopt_existing = true if this account already owns it.",
    ),
    known(
        21450,
        None,
        "A number on the way to another account cannot be changed. Wait until the move is done, then apply again.",
    ),
    known(
        21451,
        Some("area_code"),
        "There is no such area code in the US or Canada. Check area_code, or use search for other countries.",
    ),
    known(
        21452,
        Some("area_code"),
        "No number is for sale in this area code. Choose another area_code, or use search with wider filters.",
    ),
    known(
        21472,
        Some("account_sid"),
        "The number cannot move to that account as it is: the account must be active and able to own it.",
    ),
    known(
        21473,
        Some("account_sid"),
        "A number can only move between accounts under the same parent account.",
    ),
    known(
        21474,
        Some("account_sid"),
        "Only the parent account's credentials can move a number. Sign in to the parent account.",
    ),
    known(21612, None, "Twilio cannot route between these two numbers."),
    known(
        21613,
        Some("account_sid"),
        "The target account has no valid address for a number of this country. Create the address there first, then move.",
    ),
    known(
        21615,
        Some("address_sid"),
        "Numbers of this country need an address within it. Set address_sid.",
    ),
    known(
        21628,
        None,
        "The address could not be validated. Correct it, or give one that a postal service knows.",
    ),
    known(
        21629,
        None,
        "Twilio would correct the address. Write it as Twilio suggests, or allow auto-correction.",
    ),
    known(
        21630,
        None,
        "The address belongs to a verified document and can no longer change. Create a new one.",
    ),
    known(
        21631,
        Some("address_sid"),
        "Numbers of this country need an address. Set address_sid to one in this account.",
    ),
    known(
        21648,
        None,
        "Phone numbers still use this bundle. Give them another bundle first.",
    ),
    known(
        21649,
        Some("bundle_sid"),
        "Numbers of this country need an approved regulatory bundle. Set bundle_sid, and address_sid where the rules ask for it.",
    ),
    known(
        21651,
        Some("address_sid"),
        "The address belongs to another account. Set address_sid to one in the account that the number is in.",
    ),
    known(
        21710,
        Some("phone_number_sid"),
        "The number is in this messaging service already. Import the entry instead of creating it.",
    ),
    known(
        21711,
        None,
        "The number cannot be in this messaging service: check its capabilities and country.",
    ),
    known(
        21712,
        Some("phone_number_sid"),
        "The number is in another messaging service, and a number can be in one only. Take it out there first.",
    ),
    known(
        21714,
        None,
        "The sender pool is full. Ask Twilio's support for a higher limit, or use another messaging service.",
    ),
    known(
        21715,
        Some("phone_number_sid"),
        "Only numbers that can send messages fit a sender pool. Choose one with SMS capability.",
    ),
];

/// What is known about `code`.
pub fn lookup(code: u32) -> Option<&'static Known> {
    KNOWN
        .binary_search_by_key(&code, |known| known.code)
        .ok()
        .map(|position| &KNOWN[position])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_unique_and_advice_is_a_sentence() {
        assert!(KNOWN.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(
            KNOWN
                .iter()
                .all(|known| known.advice.ends_with('.') && lookup(known.code).is_some())
        );
        assert!(lookup(1).is_none());
    }
}
