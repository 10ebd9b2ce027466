//! Phone numbers.

pub mod codes;
pub mod emergency;
pub mod lookup;
mod older;
pub mod phone_number;
pub mod phone_number_webhooks;
mod purchase;
mod purchase_by_search;
#[cfg(test)]
mod purchase_by_search_tests;
mod release;
pub mod search;
pub mod webhooks;

#[cfg(test)]
mod tests;
