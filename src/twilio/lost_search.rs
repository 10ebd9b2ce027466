//! Looking for what a create made whose response was lost ([`super::lost`]).

use super::age::{Age, Span};
use super::client::Inner;
use super::created_objects::{Collection, PAUSES_BETWEEN_READS, place_of};
use super::error::{Candidate, Error, ErrorKind};
use super::lost::{AfterLoss, Find, Lookup, Match, Named, Proof, created, sid_of};
use super::paging::ListRequest;
use super::request::Request;
use super::response::{JsonObject, Response};

/// The result of a search.
pub(super) enum Found {
    Nothing,
    /// The object, and by what it is claimed.
    One(Response, String),
    /// Surely ours, and unusable.
    Unusable(Vec<Unusable>),
    Doubtful(Vec<Candidate>),
}

/// An object that is to be deleted: what it is, and the request that would read it.
pub(super) struct Unusable(pub(super) Candidate, pub(super) Request);

impl Inner {
    /// Searches until something is found or Twilio has had time to show it. `named` is what a response named that is in doubt.
    pub(super) async fn find_lost(
        &self,
        collection: &Collection,
        lookup: &Lookup<'_>,
        span: Span,
        named: Option<&Named>,
    ) -> Result<Found, Error> {
        // Without a key, what another create is making at this moment could be taken for this one's.
        let _alone = match &lookup.find {
            Find::InList { .. } if lookup.key.is_empty() => Some(
                self.stop
                    .or(self.began(lookup.request()), collection.creates_in_flight.write())
                    .await
                    .map_err(|_| self.stopped_before(lookup.request()))?,
            ),
            _ => None,
        };
        // What is not in the list by then was not made.
        let mut pauses = PAUSES_BETWEEN_READS.iter();
        let mut reads = 0;
        loop {
            let found = match &lookup.find {
                Find::InList { list, fetch } => self.find_in_list(collection, lookup, span, list, fetch).await?,
                Find::ByKey(read) => self.find_at_path(collection, lookup, span, read).await?,
            };
            reads += 1;
            // Twilio's clocks differ by a little now and then, and nobody is to wait for long whenever they do.
            if let (Found::Doubtful(found), Some(named)) = (&found, named)
                && named.age == Age::JustBefore
                && named.is_all_that(found)
                && reads > 1
            {
                return Ok(Found::Doubtful(found.clone()));
            }
            let (Found::Nothing | Found::Doubtful(_), Some(pause)) = (&found, pauses.next()) else {
                return Ok(found);
            };
            let asleep = self.clock.sleep(*pause);
            if self.stop.or(self.began(lookup.request()), asleep).await.is_err() {
                return Err(self.stopped_before(lookup.request()));
            }
        }
    }

    async fn find_in_list(
        &self,
        collection: &Collection,
        lookup: &Lookup<'_>,
        span: Span,
        list: &ListRequest,
        fetch: &(dyn Fn(&JsonObject) -> Option<Request> + Send + Sync),
    ) -> Result<Found, Error> {
        // After the response to the list, the clock of `Date` is known whatever was known before.
        let items = self
            .list_where(list, |item| (lookup.compare)(item) != Match::Different)
            .await?;
        let mut same = Vec::new();
        let mut doubtful = Vec::new();
        let mut unusable = Vec::new();
        for item in &items {
            let matched = (lookup.compare)(item);
            let Some(sid) = sid_of(item) else {
                return Err(self.not_understood(lookup, "an item of the list may be what was created, and has no SID"));
            };
            if collection.is_claimed(sid) {
                continue;
            }
            let candidate = Candidate::new(sid, created(item));
            match ownership(lookup, matched, self.age(span, item), created(item).is_some()) {
                Ownership::NotOurs => {}
                Ownership::Doubtful => doubtful.push(candidate),
                Ownership::Ours if lookup.after_loss == AfterLoss::Recreate => match (lookup.proof, fetch(item)) {
                    (Proof::Nonce, Some(mut read)) => {
                        read.began = list.request.began;
                        unusable.push(Unusable(candidate, read));
                    }
                    _ => doubtful.push(candidate),
                },
                Ownership::Ours => same.push((item, sid)),
            }
        }
        if !unusable.is_empty() {
            return Ok(Found::Unusable(unusable));
        }
        if let ([(item, sid)], []) = (same.as_slice(), doubtful.as_slice())
            && let Some(mut read) = fetch(item)
        {
            read.began = list.request.began;
            // What is in the list may not be found by its SID yet; the client is patient with what is new.
            self.created_objects.made(sid, self.clock.elapsed());
            // A list may leave out what the object itself tells.
            match self.send(&read).await {
                Ok(whole) if is_whole(lookup, &whole, sid) => return Ok(Found::One(whole, (*sid).to_owned())),
                Ok(_) => {}
                // It is there, so it is named, and read once more.
                Err(error) => {
                    tracing::info!(sid, reason = %error, "what a lost create may have made could not be read")
                }
            }
        }
        doubtful.extend(same.iter().map(|(item, sid)| Candidate::new(sid, created(item))));
        Ok(match doubtful.is_empty() {
            true => Found::Nothing,
            false => Found::Doubtful(doubtful),
        })
    }

    /// Reads what is at the path of the object. There is one of it or none.
    async fn find_at_path(
        &self,
        collection: &Collection,
        lookup: &Lookup<'_>,
        span: Span,
        read: &Request,
    ) -> Result<Found, Error> {
        let response = match self.send(read).await {
            Ok(response) => response,
            Err(gone) if gone.kind == ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(error),
        };
        let object = response.object();
        let Some((object, candidate)) = object.and_then(|object| Some((object, lookup.candidate(object)?))) else {
            return Err(self.not_understood(lookup, "what is at the path of the object is no object"));
        };
        let known_by = place_of(read);
        let is_ours = !collection.is_claimed(&known_by)
            && matches!(
                ownership(
                    lookup,
                    (lookup.compare)(object),
                    self.age(span, object),
                    created(object).is_some()
                ),
                Ownership::Ours
            );
        Ok(match (is_ours, lookup.after_loss, lookup.proof) {
            (true, AfterLoss::Keep, _) => Found::One(response, known_by),
            (true, AfterLoss::Recreate, Proof::Nonce) => Found::Unusable(vec![Unusable(candidate, read.clone())]),
            // Whatever has the key keeps another from being made.
            _ => Found::Doubtful(vec![candidate]),
        })
    }

    /// The error for what may be what was made and is not what it can be.
    fn not_understood(&self, lookup: &Lookup<'_>, why: &str) -> Error {
        let attempt = self.attempt(lookup.request(), self.accounts.own());
        Error::new(ErrorKind::UnexpectedAnswer, attempt).with_message(why)
    }
}

/// What an object of the collection has to do with the create.
enum Ownership {
    NotOurs,
    Doubtful,
    Ours,
}

fn ownership(lookup: &Lookup<'_>, matched: Match, age: Age, has_date: bool) -> Ownership {
    match (lookup.proof, matched, age) {
        (Proof::Nonce, ..) | (Proof::KeyAndNonce, Match::Same, _) => Ownership::Ours,
        (Proof::KeyAndNonce, ..) => Ownership::Doubtful,
        // It cannot have been made before, whatever the clocks say about each other; if they agree that it was, then the
        // read before did not show it. Without a date nothing but that read speaks for it, which may have been behind, and
        // somebody else may have made it since.
        (Proof::Unique, Match::Same, Age::During | Age::JustBefore | Age::Unclear) if has_date => Ownership::Ours,
        (Proof::Unique, ..) => Ownership::Doubtful,
        (Proof::Time, Match::Same, Age::During) => Ownership::Ours,
        (Proof::Time | Proof::Answer, _, Age::LongBefore) => Ownership::NotOurs,
        // Where nothing has a name, everything in the collection is similar.
        (Proof::Time | Proof::Answer, Match::Similar, Age::Before) if lookup.key.is_empty() => Ownership::NotOurs,
        (Proof::Time | Proof::Answer, ..) => Ownership::Doubtful,
    }
}

fn is_whole(lookup: &Lookup<'_>, whole: &Response, sid: &str) -> bool {
    let object = whole.object();
    object.and_then(sid_of) == Some(sid) && object.map(lookup.compare) == Some(Match::Same)
}
