//! Usage of an account: records by category and period, and triggers that watch them.
//! <https://www.twilio.com/docs/usage/api>
//!
//! The simulated account has a plausible past: for every day and category the seed decides what happened, so the same seed
//! reads the same numbers all day long. Nothing that clients do changes it.

mod amount;
mod categories;
mod history;
mod period;
mod records;
mod triggers;

pub use records::Records;
pub use triggers::Triggers;

use crate::behaviour::Ctx;

/// Whether a text is a date such as `-30days`, which usage records take besides plain ones.
pub(crate) fn is_relative_date(text: &str) -> bool {
    period::offset(text).is_some()
}

/// Path below which usage is found, for an account.
fn path(account: &str, rest: &str) -> String {
    format!("{}/{account}/Usage/{rest}", super::accounts::COLLECTION)
}

/// The day of a request; Twilio's usage is in GMT.
fn today(ctx: &Ctx<'_>) -> jiff::civil::Date {
    history::day_of(ctx.now)
}
