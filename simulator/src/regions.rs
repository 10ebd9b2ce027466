//! Regions: each is a Twilio of its own, with its own objects and its own credentials, in which the same accounts have the same numbers.
//! <https://www.twilio.com/docs/global-infrastructure/understanding-twilio-regions>
//!
//! A region has a [`State`] of its own. What has changed of that which all of them share is copied when a request enters a region and when it leaves: the accounts
//! (<https://www.twilio.com/docs/global-infrastructure/manage-regional-api-credentials>), each with a token of that region, and the
//! phone numbers, each with a configuration of that region
//! (<https://www.twilio.com/docs/global-infrastructure/inbound-call-processing>).

use crate::behaviours;
use crate::behaviours::api::accounts;
use crate::behaviours::api::numbers;
use crate::ids::Ids;
use crate::state::{Account, AccountStatus, State};
use crate::store::{Changed, Object};

/// The region of a host that names none.
pub(crate) const HOME: &str = "us1";

/// All of them. <https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region>
pub(crate) const ALL: &[&str] = &[HOME, "au1", "ie1"];

/// Where Twilio takes requests. <https://www.twilio.com/docs/global-infrastructure/edge-locations>
const CITIES: &[&str] = &[
    "ashburn",
    "dublin",
    "frankfurt",
    "roaming",
    "sao-paulo",
    "singapore",
    "sydney",
    "tokyo",
    "umatilla",
];

/// The region that a host leads to: `api.twilio.com` or `api.dublin.ie1.twilio.com`. `None` for one that does not exist, for a city without
/// its region, and for another region than US1 without a city: these names stopped on 2026-04-28
/// (<https://www.twilio.com/docs/global-infrastructure/api-domain-migration-guide>).
pub(crate) fn of_host(host: &str) -> Option<&'static str> {
    let host = host.split(':').next().unwrap_or_default();
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let Some(labels) = host.strip_suffix(".twilio.com") else {
        return Some(HOME);
    };
    match labels.split('.').collect::<Vec<_>>().as_slice() {
        [_, region] => named(region).filter(|region| *region == HOME),
        [_, city, region] => named(region).filter(|_| CITIES.contains(city)),
        _ => Some(HOME),
    }
}

/// A region by its name.
pub(crate) fn named(name: &str) -> Option<&'static str> {
    ALL.iter().copied().find(|known| *known == name)
}

/// What tells a region's random numbers from those of others.
fn seed(seed: u64, region: &str, of: &str) -> u64 {
    let bytes = region.bytes().chain([0]).chain(of.bytes());
    // FNV-1a: the same in each run.
    bytes.fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The primary auth token that an account has in a region from the start. Twilio shows it in the Console and by a read of the account in
/// that region.
pub(crate) fn token(of: u64, region: &str, account: &str) -> String {
    Ids::new(seed(of, region, account)).hex(32)
}

/// A region that no request came to before.
pub(crate) fn fresh(home: &State, region: &'static str) -> State {
    let mut state = State::new(seed(home.seed, region, ""));
    let main = home.accounts.main();
    state.accounts.only(Account {
        auth_token: token(home.seed, region, &main.sid),
        secondary_auth_token: None,
        ..main.clone()
    });
    // The inventory of numbers is the same everywhere.
    state.seed = home.seed;
    for registration in behaviours::all() {
        registration.behaviour.seed(&mut state);
    }
    state
}

/// What all regions share.
const SHARED: &[(&str, &str)] = &[
    (accounts::HOST, accounts::COLLECTION),
    (numbers::HOST, numbers::TEMPLATE),
];

/// Notes in each of two regions from now on what the other one has to take over: the first is at home.
pub(crate) fn watch(home: &mut State, other: &mut State, region: &'static str) {
    home.store.watch(region, SHARED);
    other.store.watch(HOME, SHARED);
}

/// Takes over what has changed of that which a region shares with another one that knows better. No request costs more because of
/// what is the same already.
pub(crate) fn share(from: &mut State, to: &mut State, to_region: &str) {
    to.clock = from.clock;
    let changed = from.store.changed(to_region);
    let (shared, gone): (Vec<Changed>, Vec<Changed>) = changed.into_iter().partition(|changed| is_there(from, changed));
    // A number that another account has now has left the one that had it.
    for Changed { account, path, .. } in gone.iter().filter(|gone| gone.template == numbers::TEMPLATE) {
        if to
            .store
            .uncounted(|store| store.find(numbers::HOST, account, path).is_some())
        {
            numbers::released_elsewhere(to, account, path);
        }
    }
    for one in shared {
        match one.template {
            accounts::COLLECTION => share_account(from, to, to_region, &one),
            _ => share_number(from, to, &one),
        }
    }
}

fn is_there(state: &State, changed: &Changed) -> bool {
    found(state, changed).is_some()
}

fn found(state: &State, changed: &Changed) -> Option<Object> {
    let (host, _) = SHARED.iter().find(|(_, template)| *template == changed.template)?;
    state
        .store
        .uncounted(|store| store.find(host, &changed.account, &changed.path).cloned())
}

fn share_account(from: &State, to: &mut State, region: &str, changed: &Changed) {
    let Some(shown) = found(from, changed) else { return };
    if let Some(account) = from.accounts.find(&shown.key) {
        match to.accounts.find_mut(&account.sid) {
            Some(known) => {
                let is_new = account.status == AccountStatus::Closed && known.status != AccountStatus::Closed;
                known.status = account.status;
                known.parent.clone_from(&account.parent);
                if is_new {
                    accounts::closed_elsewhere(to, &account.sid);
                }
            }
            None => {
                let auth_token = token(from.seed, region, &account.sid);
                to.accounts.insert(Account {
                    auth_token,
                    secondary_auth_token: None,
                    ..account.clone()
                });
            }
        }
    }
    match found(to, changed) {
        Some(known) if known.body == shown.body => {}
        Some(_) => {
            let now = to.clock.now();
            if let Some(known) = to.store.find_mut(&shown.host, &shown.account, &shown.path) {
                known.previous = Some(Box::new(known.body.clone()));
                known.body = shown.body;
                known.updated_ms = now.as_millisecond();
            }
        }
        None => {
            to.store.insert(shown);
        }
    }
}

/// A number is its owner's everywhere; how it is configured is each region's own matter.
fn share_number(from: &State, to: &mut State, changed: &Changed) {
    if is_there(to, changed) {
        return;
    }
    if let Some(object) = found(from, changed) {
        let number = object.text("phone_number").unwrap_or_default();
        numbers::bought_elsewhere(to, &object.account, &object.path, &object.key, number);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_host_names_a_region_that_exists() {
        for (host, region) in [
            ("api.twilio.com", Some("us1")),
            ("api.dublin.ie1.twilio.com", Some("ie1")),
            ("api.sydney.au1.twilio.com:443", Some("au1")),
            ("MCS.us1.twilio.com", Some("us1")),
            ("api.ie1.twilio.com", None),
            ("api.tokyo.jp1.twilio.com", None),
            ("api.nowhere.ie1.twilio.com", None),
            ("api.dublin.twilio.com", None),
            ("api.dublin.xx1.twilio.com", None),
            ("127.0.0.1:8080", Some("us1")),
        ] {
            assert_eq!(of_host(host), region, "{host}");
        }
    }

    #[test]
    fn each_account_has_another_token_in_each_region() {
        let tokens = ALL
            .iter()
            .flat_map(|region| ["AC1", "AC2"].map(|sid| token(0, region, sid)));
        assert_eq!(tokens.collect::<HashSet<_>>().len(), 2 * ALL.len());
    }
}
