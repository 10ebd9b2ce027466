//! What happened on each day, from the seed.

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};

use super::amount::Amount;
use super::categories::{self, Category, Traffic};
use super::period::Period;
use crate::behaviour::Ctx;
use crate::behaviours::api::{self, accounts};

/// The main account's past begins this long before the simulator does. Other accounts have none before they are made.
const DAYS_BEFORE: i64 = 400;

/// The past of one account, or of it and its children.
pub(super) struct History {
    seed: u64,
    /// Accounts and their first days.
    accounts: Vec<(String, Date)>,
    today: Date,
}

impl History {
    /// The past of the account that a request acts on.
    pub(super) fn of(ctx: &Ctx<'_>, with_children: bool) -> Self {
        let is_asked =
            |sid: &str| sid == ctx.account || with_children && ctx.state.accounts.is_parent_of(ctx.account, sid);
        let main = &ctx.state.accounts.main().sid;
        let accounts = ctx
            .state
            .store
            .kind(api::HOST, accounts::COLLECTION)
            .filter(|object| is_asked(&object.key))
            .map(|object| {
                let made = day_of(Timestamp::from_millisecond(object.created_ms).unwrap_or(ctx.now));
                let before = if object.key == *main { DAYS_BEFORE } else { 0 };
                (object.key.clone(), made.saturating_sub(before.days()))
            })
            .collect();
        Self {
            seed: ctx.state.seed,
            accounts,
            today: super::today(ctx),
        }
    }

    /// All time.
    pub(super) fn all_time(&self) -> Period {
        let first = self.accounts.iter().map(|(_, first)| *first).min();
        Period {
            start: first.unwrap_or(self.today),
            end: self.today,
        }
    }

    /// What a category came to in a period.
    pub(super) fn amount(&self, category: &Category, period: Period) -> Amount {
        match category.traffic {
            Traffic::None => Amount::default(),
            Traffic::Sum(parts) => {
                let mut total = Amount::default();
                for part in parts.iter().filter_map(|name| categories::find(name)) {
                    total += self.amount(&part, period);
                }
                total
            }
            Traffic::Total => {
                let leaves = categories::busy()
                    .filter(|category| matches!(category.traffic, Traffic::Daily { .. } | Traffic::Monthly { .. }));
                let price = leaves.map(|leaf| self.amount(&leaf, period).price).sum();
                Amount {
                    count: 0,
                    usage: price,
                    price,
                }
            }
            Traffic::Daily { .. } | Traffic::Monthly { .. } => self.leaf(category, period),
        }
    }

    fn leaf(&self, category: &Category, period: Period) -> Amount {
        let mut total = Amount::default();
        for (account, first) in &self.accounts {
            let mut day = period.start.max(*first);
            while day <= period.end.min(self.today) {
                total += self.on_day(account, category, day);
                let Ok(next) = day.tomorrow() else { break };
                day = next;
            }
        }
        total
    }

    fn on_day(&self, account: &str, category: &Category, day: Date) -> Amount {
        match category.traffic {
            Traffic::Daily { events, units, price } => {
                let mut random = fastrand::Rng::with_seed(mixed(self.seed, &[account, category.name], day));
                let usual = match day.weekday() {
                    Weekday::Saturday | Weekday::Sunday => events / 2,
                    _ => events,
                };
                let count = random.u64(usual / 2..=usual + usual / 2);
                let usage = count * units;
                Amount {
                    count,
                    usage,
                    price: usage * price,
                }
            }
            Traffic::Monthly { rented, price } if day.day() == 1 => Amount {
                count: rented,
                usage: rented,
                price: rented * price,
            },
            _ => Amount::default(),
        }
    }
}

/// The day of a point in time, in GMT.
pub(super) fn day_of(at: Timestamp) -> Date {
    at.to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn mixed(seed: u64, texts: &[&str], day: Date) -> u64 {
    // FNV-1a: the same on every platform and in every run.
    let day = i64::from(day.year()) * 1_000 + i64::from(day.day_of_year());
    texts
        .iter()
        .flat_map(|text| text.bytes())
        .chain(day.to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(seed: u64, accounts: &[&str]) -> History {
        let first = jiff::civil::date(2025, 1, 1);
        History {
            seed,
            accounts: accounts.iter().map(|sid| ((*sid).to_owned(), first)).collect(),
            today: jiff::civil::date(2026, 3, 10),
        }
    }

    fn of(history: &History, name: &str, period: Period) -> Amount {
        history.amount(&categories::find(name).expect("known"), period)
    }

    #[test]
    fn the_seed_decides_and_days_add_up() {
        let one = history(1, &["AC1"]);
        let all = one.all_time();
        assert_eq!(of(&one, "sms", all), of(&history(1, &["AC1"]), "sms", all));
        assert_ne!(of(&one, "sms", all), of(&history(2, &["AC1"]), "sms", all));
        let days = all.days().map(|day| of(&one, "calls", day));
        assert_eq!(days.fold(Amount::default(), Add::add), of(&one, "calls", all));
    }

    #[test]
    fn children_add_to_their_parent() {
        let (both, one, other) = (history(1, &["AC1", "AC2"]), history(1, &["AC1"]), history(1, &["AC2"]));
        let all = both.all_time();
        assert_eq!(of(&both, "sms", all), of(&one, "sms", all) + of(&other, "sms", all));
    }

    #[test]
    fn nothing_happened_before_the_first_day_or_after_today() {
        let one = history(1, &["AC1"]);
        let wide = Period {
            start: jiff::civil::date(2020, 1, 1),
            end: jiff::civil::date(2030, 1, 1),
        };
        assert_eq!(of(&one, "totalprice", wide), of(&one, "totalprice", one.all_time()));
        let past = Period {
            start: wide.start,
            end: jiff::civil::date(2024, 12, 31),
        };
        assert_eq!(of(&one, "totalprice", past), Amount::default());
    }

    use std::ops::Add;
}
