//! Twilio's error codes that the resources meet: what each means here, and what to do.
//!
//! The codes are those of <https://www.twilio.com/docs/api/errors>, and every diagnostic links the page of its code. What a
//! product's own codes mean is in its folder and named by its tables; what anything may be refused with is in `codes/common.rs`.
//! Which attribute a row points at is decided in `at_fault.rs`.

mod common;

use crate::engine::facts::KnownCode;

/// What is known about `code`: to the products of `own`, the first of which says most, or in general.
pub fn find(code: u32, own: &[&'static [KnownCode]]) -> Option<&'static KnownCode> {
    let in_one = |codes: &'static [KnownCode]| {
        let position = codes.binary_search_by_key(&code, |known| known.code).ok()?;
        codes.get(position).filter(|known| known.is_explained())
    };
    let own = own.iter().find_map(|codes| in_one(codes));
    own.or_else(|| in_one(common::COMMON))
}

/// The codes that anything may be refused with, in ascending order.
#[cfg(feature = "internals")]
pub fn common() -> &'static [KnownCode] {
    common::COMMON
}

/// Twilio's page about a code.
pub fn page(code: u32) -> String {
    format!("https://www.twilio.com/docs/api/errors/{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

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
