//! Twilio's error codes that the resources meet: what each means here, and what to do.
//!
//! The codes are those of <https://www.twilio.com/docs/api/errors>, and every diagnostic links the page of its code. What a
//! product's own codes mean is in its folder and named by its tables. What anything may be refused with is in `codes/common.rs`,
//! and beside it is what several products meet, by subject: what became of a message is told by whatever sent it. Which attribute
//! a row points at is decided in `at_fault.rs`; `docs/guides/errors.md` is made from these rows.

mod calls;
mod channels;
mod common;
mod delivery;
mod links;
mod numbers;
mod registration;
mod templates;
mod tokens;
mod webhooks;

use crate::engine::facts::KnownCode;

/// What holds whatever the product is, by subject. No code is in two of them.
const GENERAL: &[(&str, &[KnownCode])] = &[
    ("Any request", common::COMMON),
    ("Access tokens, keys and signed requests", tokens::TOKENS),
    ("Webhooks and TwiML", webhooks::WEBHOOKS),
    ("Calls under way", calls::CALLS),
    ("Numbers and their documents", numbers::NUMBERS),
    ("Messages", delivery::DELIVERY),
    ("Channels and their senders", channels::CHANNELS),
    ("Templates", templates::TEMPLATES),
    (
        "Brands, campaigns and toll-free verification",
        registration::REGISTRATION,
    ),
    ("Short links", links::LINKS),
];

/// What is known about `code`: to the products of `own`, the first of which says most, or in general.
pub fn find(code: u32, own: &[&'static [KnownCode]]) -> Option<&'static KnownCode> {
    let in_one = |codes: &'static [KnownCode]| {
        let position = codes.binary_search_by_key(&code, |known| known.code).ok()?;
        codes.get(position).filter(|known| known.is_explained())
    };
    let own = own.iter().find_map(|codes| in_one(codes));
    own.or_else(|| GENERAL.iter().find_map(|(_, codes)| in_one(codes)))
}

/// The codes that are no product's own, by subject, each list in ascending order.
#[cfg(feature = "internals")]
pub fn general() -> &'static [(&'static str, &'static [KnownCode])] {
    GENERAL
}

/// Twilio's page about a code.
pub fn page(code: u32) -> String {
    format!("https://www.twilio.com/docs/api/errors/{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_general_code_is_found_under_its_one_subject() {
        let mut codes: Vec<_> = GENERAL
            .iter()
            .flat_map(|(_, codes)| *codes)
            .map(|known| known.code)
            .collect();
        codes.sort_unstable();
        assert!(
            codes.is_sorted_by(|one, next| one < next),
            "one is in two lists: {codes:?}"
        );
        for code in codes {
            assert!(
                find(code, &[]).is_some_and(|known| known.code == code && !known.advice.is_empty()),
                "{code}"
            );
        }
    }

    #[test]
    fn a_product_says_more_of_a_code_than_is_said_in_general() {
        const OWN: &[KnownCode] = &[KnownCode::new(20001, "Ours.", "Do.")];
        assert_eq!(find(20001, &[&[], OWN]).map(|known| known.meaning), Some("Ours."));
        assert_ne!(find(20001, &[]).map(|known| known.meaning), Some("Ours."));
        assert!(find(1, &[OWN]).is_none());
        // Of a code without words there is what is said in general, or nothing.
        const BARE: &[KnownCode] = &[KnownCode::unexplained(1), KnownCode::unexplained(20001)];
        assert!(find(1, &[BARE]).is_none());
        assert_eq!(
            find(20001, &[BARE]).map(|known| known.meaning),
            find(20001, &[]).map(|known| known.meaning)
        );
    }
}
