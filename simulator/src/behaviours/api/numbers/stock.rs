//! Which numbers are to be had, found without looking at those that are not.
//!
//! A number is taken while an account owns it, and for ten days after it was released. Which are free is known for those places of a
//! walk that a search came by already; what was released goes back to its place. So the first free ones are found at once, however
//! many are sold.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Bound;

use jiff::{SignedDuration, Timestamp};

use super::inventory::{self, Number, Walk};
use super::pattern::Pattern;
use super::plan::Area;
use super::{HOST, TEMPLATE};
use crate::state::State;
use crate::store::Store;

/// How long a released number is not for sale: its former owner may take it back for ten days, in the Console only.
/// <https://help.twilio.com/articles/223183008>
const QUARANTINE: SignedDuration = SignedDuration::from_hours(10 * 24);

/// Shelves that are kept: each search for another pattern makes some. Beyond, all are made anew.
const MOST_SHELVES: usize = 4096;

/// What is known of the numbers that no account owns.
#[derive(Debug, Default)]
pub(super) struct Stock {
    /// Released numbers, and when they are for sale again: `None` for those that were taken behind the client's back, which stay off
    /// the market for good.
    released: HashMap<String, Option<Timestamp>>,
    /// The same in the order of time.
    due: BTreeSet<(Timestamp, String)>,
    /// By the head of their area.
    shelves: HashMap<String, Vec<Shelf>>,
    count: usize,
}

/// The numbers of one walk.
#[derive(Debug)]
struct Shelf {
    walk: Walk,
    /// Places below this one were looked at.
    seen: u64,
    /// Those of them whose numbers are free, and some that were sold since.
    free: BTreeSet<u64>,
}

impl Stock {
    /// A number is released at a time, or behind the client's back.
    pub(super) fn released(&mut self, e164: &str, at: Option<Timestamp>) {
        let again = at.map(|at| at.saturating_add(QUARANTINE).unwrap_or(Timestamp::MAX));
        self.due.extend(again.map(|again| (again, e164.to_owned())));
        self.released.insert(e164.to_owned(), again);
    }

    /// A number belongs to nobody any more.
    pub(super) fn given_up(&mut self, e164: &str) {
        let Some(number) = inventory::find(e164) else { return };
        for shelf in self.shelves.get_mut(&number.area.head()).into_iter().flatten() {
            shelf
                .free
                .extend(shelf.walk.place_of(e164).filter(|place| *place < shelf.seen));
        }
    }

    /// Puts back what is for sale again.
    fn settle(&mut self, now: Timestamp) {
        while self.due.first().is_some_and(|(again, _)| *again <= now) {
            let Some((again, e164)) = self.due.pop_first() else {
                break;
            };
            // It may have been bought and released once more since.
            if self.released.get(&e164) == Some(&Some(again)) {
                self.released.remove(&e164);
                self.given_up(&e164);
            }
        }
    }

    fn has(&self, store: &Store, e164: &str) -> bool {
        !self.released.contains_key(e164) && store.kind_with(HOST, TEMPLATE, "phone_number", e164).next().is_none()
    }

    /// The first number of a walk that is free, behind a place.
    fn next(&mut self, store: &Store, walk: &Walk, behind: Option<u64>) -> Option<(u64, Number)> {
        let (head, index) = self.shelf(walk);
        loop {
            let shelf = self.shelves.get(&head)?.get(index)?;
            let start = behind.map_or(Bound::Unbounded, Bound::Excluded);
            let known = shelf.free.range((start, Bound::Unbounded)).next().copied();
            let place = known.unwrap_or(shelf.seen);
            if place >= shelf.walk.places() {
                return None;
            }
            let number = shelf.walk.at(place).filter(|number| self.has(store, &number.e164));
            let shelf = self.shelves.get_mut(&head)?.get_mut(index)?;
            shelf.seen = shelf.seen.max(place + 1);
            match number {
                Some(number) => {
                    shelf.free.insert(place);
                    return Some((place, number));
                }
                None => shelf.free.remove(&place),
            };
        }
    }

    /// Where the shelf of a walk is; it is made if there is none.
    fn shelf(&mut self, walk: &Walk) -> (String, usize) {
        let head = walk.head().to_owned();
        let shelves = self.shelves.entry(head.clone()).or_default();
        if let Some(index) = shelves.iter().position(|shelf| shelf.walk == *walk) {
            return (head, index);
        }
        shelves.push(Shelf {
            walk: walk.clone(),
            seen: 0,
            free: BTreeSet::new(),
        });
        self.count += 1;
        (head, shelves.len() - 1)
    }
}

/// Whether a number is to be had.
pub(super) fn has(state: &mut State, now: Timestamp, e164: &str) -> bool {
    with(state, now, |stock, store| stock.has(store, e164))
}

/// The first free numbers that fit a pattern: one from each area in turn, so that a search without filters shows the breadth of the
/// plan.
pub(super) fn first(
    state: &mut State,
    now: Timestamp,
    areas: Vec<&'static Area>,
    pattern: &Pattern,
    wanted: usize,
) -> Vec<Number> {
    let seed = state.seed;
    with(state, now, |stock, store| {
        let mut aisles: Vec<Aisle> = areas
            .into_iter()
            .map(|area| Aisle {
                walks: inventory::walks(seed, area, pattern),
                current: 0,
                last: None,
            })
            .collect();
        let mut found: Vec<Number> = Vec::new();
        let mut seen = HashSet::new();
        let mut next = 0;
        while found.len() < wanted && !aisles.is_empty() {
            next %= aisles.len();
            match aisles[next].next(stock, store) {
                // A number may fit a pattern in two ways.
                Some(number) => {
                    next += 1;
                    if seen.insert(number.e164.clone()) {
                        found.push(number);
                    }
                }
                None => drop(aisles.remove(next)),
            }
        }
        found
    })
}

/// The walks of an area, and how far a search came in them.
struct Aisle {
    walks: Vec<Walk>,
    current: usize,
    last: Option<u64>,
}

impl Aisle {
    fn next(&mut self, stock: &mut Stock, store: &Store) -> Option<Number> {
        loop {
            let walk = self.walks.get(self.current)?;
            if let Some((place, number)) = stock.next(store, walk, self.last) {
                self.last = Some(place);
                return Some(number);
            }
            self.current += 1;
            self.last = None;
        }
    }
}

/// Looks at the stock as it is now, beside the objects.
fn with<T>(state: &mut State, now: Timestamp, look: impl FnOnce(&mut Stock, &Store) -> T) -> T {
    let mut stock = std::mem::take(state.own::<Stock>());
    stock.settle(now);
    if stock.count > MOST_SHELVES {
        stock.shelves.clear();
        stock.count = 0;
    }
    let seen = look(&mut stock, &state.store);
    *state.own::<Stock>() = stock;
    seen
}

#[cfg(test)]
mod tests {
    use super::super::plan;
    use super::*;
    use crate::store::{Body, Fields, Object};

    fn areas(heads: &[&str]) -> Vec<&'static Area> {
        let area = |head: &&str| plan::areas().iter().find(|area| area.head() == *head).expect("an area");
        heads.iter().map(area).collect()
    }

    fn own(state: &mut State, e164: &str) {
        let collection = "/2010-04-01/Accounts/AC1/IncomingPhoneNumbers";
        state.store.insert(Object {
            sequence: 0,
            host: HOST.to_owned(),
            account: "AC1".to_owned(),
            collection: collection.to_owned(),
            path: format!("{collection}/{e164}"),
            template: TEMPLATE.to_owned(),
            key: e164.to_owned(),
            body: Body::from_iter([("phone_number".to_owned(), e164.into())]).into(),
            hidden: Fields::default(),
            previous: None,
            created_ms: 0,
            updated_ms: 0,
        });
    }

    fn give_up(state: &mut State, e164: &str, at: Option<Timestamp>) {
        let path = format!("/2010-04-01/Accounts/AC1/IncomingPhoneNumbers/{e164}");
        assert_eq!(state.store.remove(HOST, "AC1", &path).len(), 1);
        state.own::<Stock>().released(e164, at);
    }

    /// The same by looking at every number.
    fn slowly(
        state: &State,
        gone: &HashMap<String, Option<Timestamp>>,
        now: Timestamp,
        area: &'static Area,
        pattern: &Pattern,
    ) -> Vec<String> {
        let owned: HashSet<&str> = state.store.all().map(|object| object.key.as_str()).collect();
        let is_back = |e164: &str| match gone.get(e164) {
            None => true,
            Some(at) => at.is_some_and(|at| now.duration_since(at) >= QUARANTINE),
        };
        let mut found: Vec<String> = Vec::new();
        for walk in inventory::walks(state.seed, area, pattern) {
            for number in (0..walk.places()).filter_map(|place| walk.at(place)) {
                let free = !owned.contains(number.e164.as_str()) && is_back(&number.e164);
                if free && !found.contains(&number.e164) {
                    found.push(number.e164);
                }
                if found.len() == 12 {
                    return found;
                }
            }
        }
        found
    }

    #[test]
    fn the_first_free_numbers_are_those_that_looking_at_all_finds() {
        let mut random = fastrand::Rng::with_seed(11);
        let mut state = State::new(3);
        let mut now = Timestamp::UNIX_EPOCH;
        let mut gone: HashMap<String, Option<Timestamp>> = HashMap::new();
        let mut owned: Vec<String> = Vec::new();
        let patterns = ["415", "+14155**", "0100", "22", "33$"].map(|text| Pattern::parse(text).expect("a pattern"));
        for _ in 0..600 {
            let pattern = random.choice(&patterns).expect("there are some");
            let area = areas(&[random.choice(&["1415", "1212"]).expect("there are some")]);
            let expected = slowly(&state, &gone, now, area[0], pattern);
            let found = first(&mut state, now, area, pattern, 12);
            let found: Vec<String> = found.into_iter().map(|number| number.e164).collect();
            assert_eq!(found, expected);
            match random.u8(0..10) {
                0..6 => {
                    let Some(e164) = random.choice(&found) else { continue };
                    assert!(has(&mut state, now, e164));
                    own(&mut state, e164);
                    assert!(!has(&mut state, now, e164));
                    gone.remove(e164);
                    owned.push(e164.clone());
                }
                6..9 if !owned.is_empty() => {
                    let e164 = owned.swap_remove(random.usize(0..owned.len()));
                    let at = random.bool().then_some(now);
                    give_up(&mut state, &e164, at);
                    gone.insert(e164, at);
                }
                _ => {
                    now = now
                        .saturating_add(SignedDuration::from_hours(random.i64(1..100)))
                        .expect("a time")
                }
            }
        }
        assert!(owned.len() > 50 && gone.len() > 50);
    }

    #[test]
    fn what_is_sold_is_not_looked_at_again() {
        let mut state = State::new(0);
        let now = Timestamp::UNIX_EPOCH;
        for _ in 0..300 {
            let found = first(&mut state, now, areas(&["1415"]), &Pattern::default(), 1);
            own(&mut state, &found[0].e164);
        }
        let before = state.store.visited();
        assert_eq!(
            first(&mut state, now, areas(&["1415"]), &Pattern::default(), 30).len(),
            30
        );
        assert!(state.store.visited() - before <= 1, "the one that was sold last");
    }
}
