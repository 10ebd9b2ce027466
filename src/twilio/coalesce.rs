//! Reads of members of one collection that arrive together, answered from one list.
//!
//! A refresh reads each object of a state. One page of a list has up to a thousand of them, so pages are read while
//! enough reads ask for them, and a member that they do not have is read directly. A page costs no more than the reads
//! that caused it, however large the collection is and however few of its members are read. Some products have pages of a hundred
//! at most: where as many reads come together as Terraform sends at a time, such a page is worth one of them.
//!
//! What a list returned is remembered for a moment, and dropped by every write of this process. It is remembered as text, which is a
//! fraction of what a decoded object takes, and up to a bound: what was answered already goes first, and when that does not
//! make room the list is not read on.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::oneshot;

use super::client::Inner;
use super::error::{Error, ErrorKind};
use super::lenient;
use super::paging::ListRequest;
use super::request::Request;
use super::response::Response;

/// How many reads are worth a page. Fewer are read one by one: an object is a smaller answer than a page.
const READS_FOR_A_PAGE: usize = 3;

/// Members of a page that is small: it is hardly more than an object.
const SMALL_PAGE: usize = 100;

/// How many reads say that a collection is gone through, so that a small page is worth one: as many as Terraform sends at a time.
const GONE_THROUGH: usize = 10;

/// How long the first read waits for others. Terraform asks ten at a time, a few hundred microseconds apart.
const GATHERING: Duration = Duration::from_millis(10);

/// How many times that it waits for as many as go through a collection, once another one came.
const GATHERING_MORE: usize = 5;

/// How long a list counts. Long enough for a refresh to go through it, short enough to be the present.
const COUNTS_FOR: Duration = Duration::from_secs(30);

/// Most that is remembered of one list, in bytes of text. Ten thousand phone numbers have about as much.
const MOST_REMEMBERED: usize = 24 * 1024 * 1024;

/// What is remembered of all collections.
#[derive(Debug, Default)]
pub(super) struct Lists {
    by_collection: Mutex<HashMap<String, Arc<List>>>,
    /// Counts writes: what was listed before one does not count after it.
    writes: AtomicU64,
}

/// What is remembered of one collection.
#[derive(Debug, Default)]
struct List(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    members: HashMap<String, Member>,
    /// Length of what the members tell.
    remembered: usize,
    next: Next,
    /// Pages read so far.
    pages: usize,
    /// Members of the largest of them.
    largest_page: usize,
    /// Reads since the list began.
    requested: usize,
    began: Duration,
    writes: u64,
    waiting: Vec<(String, oneshot::Sender<Option<Response>>)>,
    reading: bool,
    /// Twilio does not let these credentials list the collection.
    refused: bool,
}

/// Where the list goes on.
#[derive(Debug, Default)]
enum Next {
    #[default]
    Start,
    Page(Box<Request>),
    End,
}

/// A member as a list returned it.
#[derive(Debug)]
struct Member {
    /// The object as JSON.
    text: Box<str>,
    /// The response that had it, without its body.
    listed: Arc<Response>,
    /// Whether somebody was answered with it.
    answered: bool,
}

impl Member {
    fn response(&mut self) -> Option<Response> {
        self.answered = true;
        let body = serde_json::from_str(&self.text).ok()?;
        Some(Response {
            body,
            ..Response::clone(&self.listed)
        })
    }
}

impl Lists {
    /// Drops everything that is remembered. Called before and after each write.
    pub(super) fn drop_all(&self) {
        self.writes.fetch_add(1, Ordering::AcqRel);
        lock(&self.by_collection).clear();
    }

    fn list(&self, collection: &ListRequest) -> Arc<List> {
        let ListRequest { request, known_by, .. } = collection;
        let field = known_by.unwrap_or("sid");
        let name = format!(
            "{} {} {} {field}",
            request.account,
            request.product,
            request.path_and_query()
        );
        Arc::clone(lock(&self.by_collection).entry(name).or_default())
    }
}

impl Inner {
    /// Answers the read of one object, from a list where that is cheaper.
    pub(super) async fn member(
        self: &Arc<Self>,
        direct: &Request,
        collection: &ListRequest,
        known_by: &str,
    ) -> Result<Response, Error> {
        match self.from_list(collection, known_by).await {
            Some(response) => Ok(response),
            None => self.send(direct).await,
        }
    }

    /// What a list says of one object, where that is cheaper.
    pub(super) async fn from_list(self: &Arc<Self>, collection: &ListRequest, known_by: &str) -> Option<Response> {
        match self.batch_reads {
            true => self.listed(collection, known_by).await,
            false => None,
        }
    }

    /// The members that a page tells, by their SID or what else they are known by, as text.
    async fn members(
        &self,
        collection: &ListRequest,
        request: &Request,
    ) -> Result<(Response, Vec<(String, Box<str>)>, Option<Request>), Error> {
        let (response, mut page, next) = self.page(collection, request).await?;
        let mut members = Vec::new();
        let field = collection.known_by.unwrap_or("sid");
        while let Some(object) = self.item(collection, request, &response, &mut page)? {
            if let Some(known_by) = object.get(field).and_then(lenient::text) {
                members.push((known_by, Value::Object(object).to_string().into_boxed_str()));
            }
        }
        Ok((response, members, next))
    }

    async fn listed(self: &Arc<Self>, collection: &ListRequest, known_by: &str) -> Option<Response> {
        let list = self.lists.list(collection);
        let answer = {
            let mut known = lock(&list.0);
            known.forget_what_is_old(self.clock.elapsed(), self.lists.writes.load(Ordering::Acquire));
            known.requested += 1;
            if let Some(member) = known.members.get_mut(known_by) {
                return member.response();
            }
            if known.refused || matches!(known.next, Next::End) {
                return None;
            }
            let (reply, answer) = oneshot::channel();
            known.waiting.push((known_by.to_owned(), reply));
            if !known.reading {
                known.reading = true;
                // A task of its own: the one who asked first may be cancelled, and the others still wait.
                tokio::spawn(read_pages(Arc::clone(self), Arc::clone(&list), collection.clone()));
            }
            answer
        };
        // Whoever reads the pages may have begun after a stop that ends this read.
        let answer = self.stop.or(self.began(&collection.request), answer).await;
        answer.ok()?.ok().flatten()
    }
}

/// Reads pages while enough members are requested that have not been found, and answers everybody.
async fn read_pages(inner: Arc<Inner>, list: Arc<List>, collection: ListRequest) {
    // A busy machine lets reads that belong together come further apart.
    for round in 0..=GATHERING_MORE {
        if round > 0 && !lock(&list.0).may_be_gone_through() {
            break;
        }
        // A stop ends the wait; what is then requested is refused by the client itself.
        let gathering = inner.clock.sleep(GATHERING);
        let _ = inner.stop.or(inner.began(&collection.request), gathering).await;
    }
    loop {
        let (request, writes) = {
            let mut known = lock(&list.0);
            match known.page_to_read(&collection) {
                Some(request) => (request, known.writes),
                None => return known.finish(),
            }
        };
        let page = inner.members(&collection, &request).await;
        let mut known = lock(&list.0);
        // What was read before a write may be older than what the reads that wait now must see.
        if inner.lists.writes.load(Ordering::Acquire) != writes {
            known.next = Next::End;
            return known.finish();
        }
        match page {
            Ok((response, members, next)) => known.take(response, members, next),
            Err(error) => {
                tracing::debug!(path = request.path, reason = %error, "no list; reading each object");
                known.refused = is_lasting(error.kind);
                return known.finish();
            }
        }
    }
}

/// Whether asking for the list again in this run would be answered the same.
fn is_lasting(kind: ErrorKind) -> bool {
    !matches!(
        kind,
        ErrorKind::RateLimited | ErrorKind::Server | ErrorKind::Unreachable | ErrorKind::Stopped
    )
}

impl Known {
    fn forget_what_is_old(&mut self, now: Duration, writes: u64) {
        if self.reading {
            return;
        }
        let is_old = now.saturating_sub(self.began) > COUNTS_FOR;
        if is_old || self.writes != writes {
            *self = Self {
                began: now,
                writes,
                refused: self.refused,
                ..Self::default()
            };
        }
    }

    /// Whether several reads came together, and not yet as many as go through a collection.
    fn may_be_gone_through(&self) -> bool {
        (2..GONE_THROUGH).contains(&self.waiting.len())
    }

    fn page_to_read(&mut self, collection: &ListRequest) -> Option<Request> {
        self.waiting.retain(|(_, reply)| !reply.is_closed());
        let is_small = self.pages > 0 && self.largest_page <= SMALL_PAGE && self.requested >= GONE_THROUGH;
        let reads_for_a_page = if is_small { 1 } else { READS_FOR_A_PAGE };
        let is_cheaper = !self.waiting.is_empty() && self.requested >= reads_for_a_page * (self.pages + 1);
        match &self.next {
            Next::Start if is_cheaper => Some(collection.first_page()),
            Next::Page(request) if is_cheaper => Some(Request::clone(request)),
            _ => None,
        }
    }

    fn take(&mut self, response: Response, members: Vec<(String, Box<str>)>, next: Option<Request>) {
        self.pages += 1;
        self.largest_page = self.largest_page.max(members.len());
        self.next = next.map_or(Next::End, |next| Next::Page(Box::new(next)));
        let listed = Arc::new(response);
        for (known_by, text) in members {
            let member = Member {
                text,
                listed: Arc::clone(&listed),
                answered: false,
            };
            self.remembered += member.text.len();
            if let Some(before) = self.members.insert(known_by, member) {
                self.remembered -= before.text.len();
            }
        }
        let waiting = std::mem::take(&mut self.waiting);
        for (known_by, reply) in waiting {
            match self.members.get_mut(&known_by) {
                // Whoever no longer listens needs no response.
                Some(member) => drop(reply.send(member.response())),
                None => self.waiting.push((known_by, reply)),
            }
        }
        if self.remembered > MOST_REMEMBERED {
            self.make_room();
        }
    }

    fn make_room(&mut self) {
        let mut remembered = 0;
        self.members.retain(|_, member| {
            let length = member.text.len();
            let fits = !member.answered && remembered + length <= MOST_REMEMBERED;
            remembered += if fits { length } else { 0 };
            fits
        });
        self.remembered = remembered;
        if self.remembered > MOST_REMEMBERED / 2 {
            // Nobody has asked for most of it: this collection is much larger than what is managed of it.
            self.next = Next::End;
        }
    }

    /// Lets everybody who still waits ask directly.
    fn finish(&mut self) {
        self.reading = false;
        for (_, reply) in self.waiting.drain(..) {
            drop(reply.send(None));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::{AccountSid, Product};
    use serde_json::json;

    #[test]
    fn what_is_remembered_is_bounded_and_what_was_answered_goes_first() {
        let account: AccountSid = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        let next = || Some(Request::get(Product::Messaging, &account, "/v1/Services"));
        let response = || Response {
            status: 200,
            body: Value::Null,
            request_id: None,
            date: None,
        };
        let filler = "x".repeat(64 * 1024);
        let page = |page: usize| {
            let text = |sid: &str| json!({"sid": sid, "filler": filler}).to_string().into_boxed_str();
            let sids = (0..100).map(|item| format!("MG{page}-{item}"));
            sids.map(|sid| (sid.clone(), text(&sid))).collect::<Vec<_>>()
        };
        let mut known = Known::default();
        known.take(response(), page(0), next());
        let listed = known.members.get_mut("MG0-7").and_then(Member::response).expect("told");
        assert_eq!(listed.body["filler"], filler.as_str());
        for number in 1..100 {
            known.take(response(), page(number), next());
            assert!(known.remembered <= MOST_REMEMBERED, "{number}: {}", known.remembered);
            if matches!(known.next, Next::End) {
                break;
            }
        }
        assert!(matches!(known.next, Next::End) && known.pages < 10);
        assert!(!known.members.contains_key("MG0-7") && known.members.len() > 300);
    }
}
