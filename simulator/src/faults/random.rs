//! Lots that are drawn for each request by what it says, not by when it comes.
//!
//! A stream of random numbers that all requests share would give each request another fate whenever two that are under
//! way at the same time change places. So whether a request is hit, and by which fault, follows from the seed, who asks,
//! method, host, path, parameters, and how often this very request has come before: a run with the same seed is hit the
//! same way, however its requests interleave.

use std::collections::HashMap;

use super::Fault;
use crate::request::Request;

/// Chooses between faults, and between a fault and none.
#[derive(Debug)]
pub(super) struct Random {
    seed: u64,
    percent: u64,
    of: Vec<Fault>,
    /// How often each request came, by its fingerprint.
    seen: HashMap<u64, u64>,
}

impl Random {
    /// Hits `percent` of all requests with one of these faults, of which there must be one.
    pub(super) fn new(seed: u64, percent: u64, of: Vec<Fault>) -> Self {
        Self {
            seed,
            percent,
            of,
            seen: HashMap::new(),
        }
    }

    /// What happens to this request; none if it passes. Counts it.
    pub(super) fn draw(&mut self, request: &Request) -> Option<&Fault> {
        let request = fingerprint(request);
        let seen = self.seen.entry(request).or_default();
        *seen += 1;
        let mut fate = Fingerprint::new();
        for number in [self.seed, request, *seen] {
            fate.add(&number.to_be_bytes());
        }
        let mut lots = fastrand::Rng::with_seed(fate.0);
        if lots.u64(..100) >= self.percent {
            return None;
        }
        self.of.get(lots.usize(..self.of.len()))
    }
}

/// The same for requests that say the same: parameters count in any order.
fn fingerprint(request: &Request) -> u64 {
    let mut print = Fingerprint::new();
    let who = request.authorization.as_deref().unwrap_or_default();
    for part in [who, &request.method, &request.host, &request.path] {
        print.add(part.as_bytes());
    }
    print.add_pairs(request.query.clone());
    if request.is_form() {
        print.add_pairs(request.form());
    } else {
        print.add(&request.body);
    }
    print.0
}

/// FNV-1a, 64 bits. The standard library's hashers may change from release to release, and with them every replay.
/// <https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>
struct Fingerprint(u64);

impl Fingerprint {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        // The length goes first, so that "ab" + "c" is not "a" + "bc".
        for byte in (bytes.len() as u64).to_be_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn add_pairs(&mut self, mut pairs: Vec<(String, String)>) {
        pairs.sort_unstable();
        self.add(&(pairs.len() as u64).to_be_bytes());
        for (name, value) in pairs {
            self.add(name.as_bytes());
            self.add(value.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF: [Fault; 3] = [Fault::ResetBefore, Fault::ResetAfter, Fault::Garbage];

    fn request(path_and_query: &str, form: &str) -> Request {
        let parts = http::Request::builder()
            .method("POST")
            .uri(format!("http://messaging.twilio.com{path_and_query}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(())
            .expect("a request");
        Request::new(&parts.into_parts().0, form.as_bytes().to_vec())
    }

    fn fates(seed: u64, percent: u64, order: impl Iterator<Item = u32>) -> Vec<(u32, Option<Fault>)> {
        let mut random = Random::new(seed, percent, OF.to_vec());
        let mut fates: Vec<_> = order
            .map(|number| {
                let request = request("/v1/Services", &format!("FriendlyName=n{number}"));
                (number, random.draw(&request).cloned())
            })
            .collect();
        fates.sort_by_key(|(number, _)| *number);
        fates
    }

    #[test]
    fn the_order_of_requests_does_not_matter_and_the_seed_does() {
        let forwards = fates(7, 20, 0..500);
        assert_eq!(forwards, fates(7, 20, (0..500).rev()));
        assert_ne!(forwards, fates(8, 20, 0..500));
    }

    #[test]
    fn the_share_is_hit_and_every_fault_has_its_part() {
        let fates = fates(7, 20, 0..10_000);
        let count = |fault: &Fault| fates.iter().filter(|(_, fate)| fate.as_ref() == Some(fault)).count();
        let each = OF.each_ref().map(count);
        assert!(each.iter().all(|hit| (570..770).contains(hit)), "{each:?}");
        assert!(super::tests::fates(7, 0, 0..100).iter().all(|(_, fate)| fate.is_none()));
        assert!(
            super::tests::fates(7, 100, 0..100)
                .iter()
                .all(|(_, fate)| fate.is_some())
        );
    }

    #[test]
    fn a_repeated_request_draws_again() {
        let mut random = Random::new(7, 50, OF.to_vec());
        let request = request("/v1/Services", "FriendlyName=a");
        let hits = (0..200).filter(|_| random.draw(&request).is_some()).count();
        assert!((70..130).contains(&hits), "{hits}");
    }

    #[test]
    fn what_a_request_says_counts_and_the_order_of_its_parameters_does_not() {
        let same = fingerprint(&request("/v1/Services?a=1&b=2", "x=1&y=2"));
        assert_eq!(same, fingerprint(&request("/v1/Services?b=2&a=1", "y=2&x=1")));
        for (path, form) in [
            ("/v1/Services?a=1&b=2", "x=1&y=3"),
            ("/v1/Services?a=1", "b=2&x=1&y=2"),
            ("/v1/Others?a=1&b=2", "x=1&y=2"),
        ] {
            assert_ne!(same, fingerprint(&request(path, form)), "{path} {form}");
        }
    }
}
