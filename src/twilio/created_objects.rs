//! What this process itself has made: objects whose response came, creates that are under way, and what Twilio may not show
//! yet.
//!
//! A create whose response was lost is searched for in its collection ([`super::lost`]), and must not be taken for an object that
//! another create of this process made. So creates of the same thing wait for each other, and each object that a create
//! was answered with is claimed.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedMutexGuard, RwLock};

use super::body::Body;
use super::request::Request;

/// How long Twilio may take to show everywhere what was written. It names no figure; seconds have been seen. Longer waits
/// would delay each true "not found" of a new object.
pub const SETTLES_WITHIN: Duration = Duration::from_secs(15);

/// Pauses before each read after the first at what was just written; together [`SETTLES_WITHIN`].
pub const PAUSES_BETWEEN_READS: [Duration; 4] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
];

/// All that this process has made.
#[derive(Debug, Default)]
pub(super) struct CreatedObjects {
    collections: Mutex<HashMap<String, Arc<Collection>>>,
    /// When objects were made, by SID, or by the path at which they are read.
    made: Mutex<HashMap<String, Duration>>,
}

/// What this process has made and makes in one collection.
#[derive(Debug, Default)]
pub(super) struct Collection {
    /// Shared by creates under way; held alone by a search for an object that nothing distinguishes.
    pub(super) creates_in_flight: RwLock<()>,
    key_locks: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
    claimed: Mutex<HashSet<String>>,
}

impl CreatedObjects {
    /// The collection that a create posts to.
    pub(super) fn collection(&self, create: &Request) -> Arc<Collection> {
        let name = collection_name(create, &create.path);
        Arc::clone(lock(&self.collections).entry(name).or_default())
    }

    /// Notes that an object was made which goes by this: its SID, or what [`place_of`] says.
    pub(super) fn made(&self, known_by: &str, now: Duration) {
        let mut made = lock(&self.made);
        made.retain(|_, at| now.saturating_sub(*at) < SETTLES_WITHIN);
        made.insert(known_by.to_owned(), now);
    }

    /// Notes that an object was deleted: what is made in its place may have the same SID, as an entry of a sender pool has.
    pub(super) fn deleted(&self, delete: &Request) {
        self.is_gone(delete);
        let Some((collection, member)) = member_of(&delete.path) else {
            return;
        };
        lock(&self.made).remove(member);
        if let Some(collection) = lock(&self.collections).get(&collection_name(delete, collection)) {
            lock(&collection.claimed).remove(member);
        }
    }

    /// Notes that Twilio has nothing at the path of a request: what is made there is another object. What a SID names is not
    /// given up so easily, because nothing else ever has it.
    pub(super) fn is_gone(&self, request: &Request) {
        let place = place_of(request);
        lock(&self.made).remove(&place);
        for collection in lock(&self.collections).values() {
            lock(&collection.claimed).remove(&place);
        }
    }

    /// Whether the request names an object that was made so recently that Twilio may not know it everywhere.
    pub(super) fn names_something_new(&self, request: &Request, now: Duration) -> bool {
        let mut made = lock(&self.made);
        made.retain(|_, at| now.saturating_sub(*at) < SETTLES_WITHIN);
        if made.contains_key(&place_of(request)) {
            return true;
        }
        let is_new = |text: &str| made.keys().any(|sid| text.contains(sid.as_str()));
        let in_pairs = |pairs: &[(String, String)]| pairs.iter().any(|(_, value)| is_new(value));
        !made.is_empty()
            && (is_new(&request.path)
                || in_pairs(&request.query)
                || match &request.body {
                    Body::Json(value) => is_new(&value.to_string()),
                    Body::None | Body::Form(_) | Body::Multipart(_) => in_pairs(request.body.pairs()),
                })
    }
}

impl Collection {
    /// Waits until no other create with the same key is under way. The turn ends when the guard is dropped.
    pub(super) async fn lock_for_key(&self, key: &str) -> OwnedMutexGuard<()> {
        let key_lock = {
            let mut key_locks = lock(&self.key_locks);
            // Those that nobody holds or waits for are not needed.
            key_locks.retain(|_, key_lock| Arc::strong_count(key_lock) > 1);
            Arc::clone(key_locks.entry(key.to_owned()).or_default())
        };
        key_lock.lock_owned().await
    }

    /// Claims an object, by its SID or its place, for the create that was answered with it. False when another create has it.
    pub(super) fn claim(&self, known_by: &str) -> bool {
        lock(&self.claimed).insert(known_by.to_owned())
    }

    /// Whether some create of this process was answered with this object.
    pub(super) fn is_claimed(&self, known_by: &str) -> bool {
        lock(&self.claimed).contains(known_by)
    }
}

/// What an object is known by that a key names: where it is read. No other text has it as a part.
pub(super) fn place_of(request: &Request) -> String {
    format!("{} {} {}", request.account, request.product, request.path_and_query())
}

fn collection_name(request: &Request, path: &str) -> String {
    format!("{} {} {}", request.account, request.product, bare(path))
}

/// The collection and the member that a path names: `/v1/Services` and `MG…` of `/v1/Services/MG…`.
pub(super) fn member_of(path: &str) -> Option<(&str, &str)> {
    bare(path).rsplit_once('/').filter(|(_, member)| !member.is_empty())
}

/// The API of 2010 says the format at the end of each path.
fn bare(path: &str) -> &str {
    path.strip_suffix(".json").unwrap_or(path)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::{AccountSid, Product};
    use futures::FutureExt;

    fn account() -> AccountSid {
        "AC0123456789abcdef0123456789abcdef".parse().expect("valid")
    }

    fn create(path: &str) -> Request {
        Request::post(Product::Api, &account(), path).creates()
    }

    #[test]
    fn a_claim_holds_until_the_object_is_deleted() {
        let created_objects = CreatedObjects::default();
        let collection = created_objects.collection(&create("/A/Keys.json"));
        assert!(collection.claim("SK1") && !collection.claim("SK1"));
        created_objects.deleted(&Request::delete(Product::Api, &account(), "/A/Keys/SK1.json"));
        assert!(!created_objects.collection(&create("/A/Keys.json")).is_claimed("SK1"));
    }

    #[test]
    fn what_a_key_names_is_known_by_where_it_is_read() {
        let created_objects = CreatedObjects::default();
        let read = |key: &str| Request::get(Product::Api, &account(), format!("/A/Items/{key}"));
        let place = place_of(&read("a%2Fb"));
        let collection = created_objects.collection(&create("/A/Items"));
        assert!(collection.claim(&place) && !collection.claim(&place));
        created_objects.made(&place, Duration::ZERO);
        assert!(created_objects.names_something_new(&read("a%2Fb"), Duration::ZERO));
        assert!(
            !created_objects.names_something_new(&read("a"), Duration::ZERO)
                && !created_objects.names_something_new(&read("a%2Fbc"), Duration::ZERO)
        );
        created_objects.deleted(&Request::delete(Product::Api, &account(), "/A/Items/a%2Fb"));
        assert!(!collection.is_claimed(&place) && !created_objects.names_something_new(&read("a%2Fb"), Duration::ZERO));
        let in_query = Request::get(Product::Api, &account(), "/A/Numbers?Number=%2B1");
        assert!(
            created_objects
                .collection(&create("/A/Numbers"))
                .claim(&place_of(&in_query))
        );
        created_objects.deleted(&Request::delete(Product::Api, &account(), "/A/Numbers").query("Number", "+1"));
        assert!(
            !created_objects
                .collection(&create("/A/Numbers"))
                .is_claimed(&place_of(&in_query))
        );
    }

    #[tokio::test]
    async fn creates_of_the_same_thing_take_turns_and_others_do_not() {
        let collection = Collection::default();
        let first = collection.lock_for_key("a").await;
        assert!(collection.lock_for_key("a").now_or_never().is_none());
        assert!(collection.lock_for_key("b").now_or_never().is_some());
        drop(first);
        assert!(collection.lock_for_key("a").now_or_never().is_some());
        assert_eq!(lock(&collection.key_locks).len(), 1);
    }

    #[test]
    fn what_is_new_is_recognised_wherever_a_request_names_it_for_a_while() {
        let created_objects = CreatedObjects::default();
        let at = Duration::from_secs;
        created_objects.made("MG1", at(1));
        let named = |request: Request, now| created_objects.names_something_new(&request, at(now));
        assert!(named(create("/v1/Services/MG1/PhoneNumbers"), 2));
        assert!(named(create("/x").form([("ServiceSid", "MG1")]), 2));
        assert!(named(create("/x").json(serde_json::json!({"a": ["MG1"]})), 2));
        assert!(named(create("/x").query("Sid", "MG1"), 2));
        assert!(!named(create("/v1/Services/MG2"), 2));
        assert!(!named(create("/v1/Services/MG1"), 16));
    }
}
