//! How large a page of each list is requested: one place for all of them, because products differ and their contract is
//! not always right about it.

use super::product::Product;

/// The most that lists take unless a row below says otherwise.
const USUAL: u32 = 1000;

/// Lists that want smaller pages than [`USUAL`]: product, part of the path, size. `None`: none is requested, and Twilio sends
/// what it finds right.
const SMALLER: &[(Product, &str, Option<u32>)] = &[
    // The contract and Twilio's page allow 1000; real accounts are refused with 400, and the page on the code names 25.
    // https://www.twilio.com/docs/api/errors/60373, https://github.com/PostHog/posthog/issues/81492
    (Product::Verify, "/", None),
    // The contract allows 100, as do all lists of these products.
    (Product::Chat, "/", Some(100)),
    (Product::Sync, "/", Some(100)),
    // As the contract allows below a store's description; what the store holds takes 1000.
    (Product::Memory, "/ControlPlane/", Some(100)),
    // Large pages of usage were answered with 500 and code 20500, again and again.
    // https://github.com/airbytehq/airbyte/pull/23521
    (Product::Api, "/Usage/Records", Some(100)),
];

/// The size of page to ask for in a list of this path; `None`: leave it to Twilio.
pub fn page_size(product: Product, path: &str) -> Option<u32> {
    SMALLER
        .iter()
        .find(|(of, part, _)| *of == product && path.contains(part))
        .map_or(Some(USUAL), |(.., size)| *size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_asks_for_what_its_product_takes() {
        for (product, path, size) in [
            (Product::Verify, "/v2/Services", None),
            (Product::Verify, "/v2/Attempts", None),
            (
                Product::Api,
                "/2010-04-01/Accounts/AC1/Usage/Records/Daily.json",
                Some(100),
            ),
            (Product::Api, "/2010-04-01/Accounts/AC1/Usage/Triggers.json", Some(1000)),
            (Product::Messaging, "/v1/Services", Some(1000)),
        ] {
            assert_eq!(page_size(product, path), size, "{product} {path}");
        }
    }
}
