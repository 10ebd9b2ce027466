//! A create whose answer was lost: finding out what it made, before anything is made again.
//!
//! ```text
//! the answer is lost ── look in the collection ─┬─ one object that is what was asked ── it is the answer
//!        ▲                                      ├─ none, after several looks ─────────── send again
//!        └──────────────────────────────────────┘─ several, or one that is only similar ─ stop and name them
//! ```
//!
//! An object can only have been made by a create if it was made after the create was sent, on Twilio's own clock. It is what
//! was asked if everything that was sent reads so. What this process made otherwise is left aside ([`super::own`]).

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::client::Inner;
use super::error::{Candidate, Error, ErrorKind, Search};
use super::lenient;
use super::own::{Collection, PAUSES_BETWEEN_LOOKS};
use super::paging::ListRequest;
use super::request::Request;
use super::response::{JsonObject, Response};

/// How far the clocks that Twilio writes into `Date` and into `date_created` may be apart, with what rounding to seconds
/// adds.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_secs(3);

/// An object that is what was asked and is a little too old may still be ours if Twilio's clocks differ more. It is not
/// taken, and nothing is made again while it is there.
const DOUBTFUL: SignedDuration = SignedDuration::from_secs(60);

/// How to find what a create may have made.
pub struct Lookup<'a> {
    /// The objects among which it would be.
    pub list: ListRequest,
    /// What tells it apart from others. Creates with the same key run one after the other. Empty if nothing does: then
    /// nothing else is created in the collection while it is looked for.
    pub key: String,
    /// How much an object is like what was asked.
    pub likeness: &'a (dyn Fn(&JsonObject) -> Likeness + Send + Sync),
    /// The request that reads the object of a list item.
    pub fetch: &'a (dyn Fn(&JsonObject) -> Option<Request> + Send + Sync),
    /// What the object is worth without the answer that was lost.
    pub worth: Worth,
}

/// How much an object is like what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// Everything that was sent reads so.
    Same,
    /// It goes by the same name, and something else reads otherwise.
    Similar,
    /// It is something else.
    Different,
}

/// What an object is worth whose create lost its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// Reading it tells all that the answer told.
    Whole,
    /// The answer alone had a secret, so the object is of use to nobody: it is deleted, and another is made.
    Nothing,
}

/// What a look came to.
enum Found {
    Nothing,
    One(Response, String),
    Doubtful(Vec<Candidate>),
}

impl Inner {
    /// Sends a create, and when its answer is lost finds out what it made: that is then the answer. Nothing is made twice.
    ///
    /// # Errors
    /// As [`super::Client::send`]. [`ErrorKind::Ambiguous`] with what became of the look in [`Error::search`].
    pub(super) async fn create(&self, request: &Request, lookup: &Lookup<'_>) -> Result<Response, Error> {
        let collection = self.own.collection(request);
        let _turn = self
            .stop
            .or(self.began(request), collection.turn(&lookup.key))
            .await
            .map_err(|_| self.stopped_before(request))?;
        let began = self.clock.elapsed();
        let mut rounds = 0;
        loop {
            let calm = self.stop.or(self.began(request), collection.calm.read()).await;
            let calm = calm.map_err(|_| self.stopped_before(request))?;
            let tried = self.clock.elapsed();
            let sent = self.send(request).await;
            if let Ok(response) = &sent {
                if let Some(sid) = sid_of(response) {
                    collection.claim(sid);
                }
                return sent;
            }
            drop(calm);
            let Err(error) = sent else { return sent };
            // A repetition that is refused may be refused because the first was carried out, as for a number that is
            // already ours.
            let refused = rounds > 0 && matches!(error.kind, ErrorKind::Invalid | ErrorKind::Conflict);
            if error.kind != ErrorKind::Ambiguous && !refused {
                return Err(error);
            }
            // What will be deleted must be of this try: somebody else may have made one of the same name before.
            let since = match lookup.worth {
                Worth::Whole => began,
                Worth::Nothing => tried,
            };
            let found = self.look_for(&collection, lookup, since).await;
            match found {
                Ok(Found::One(response, sid)) => match lookup.worth {
                    Worth::Whole => {
                        tracing::info!(%sid, path = request.path, "the answer to a create was lost, and the object is there");
                        collection.claim(&sid);
                        return Ok(response);
                    }
                    Worth::Nothing => self.revoke(&response, &sid, lookup, &error).await?,
                },
                Ok(Found::Doubtful(candidates)) => return Err(searched(error, Search::Found(candidates))),
                Ok(Found::Nothing) if refused => return Err(error),
                Ok(Found::Nothing) => {
                    tracing::info!(
                        path = request.path,
                        "the answer to a create was lost, and nothing was made"
                    );
                }
                Err(why) => return Err(searched(error, Search::Failed(Box::new(why)))),
            }
            let elapsed = self.clock.elapsed().saturating_sub(began);
            if rounds >= self.budget.max_retries || elapsed >= self.budget.max_elapsed {
                return Err(searched(error, Search::Nothing));
            }
            rounds += 1;
        }
    }

    /// Looks until something is found or Twilio has had time to show it.
    async fn look_for(&self, collection: &Collection, lookup: &Lookup<'_>, began: Duration) -> Result<Found, Error> {
        // Without a key, what another create is making at this moment could be taken for this one's.
        let _alone = match lookup.key.is_empty() {
            true => Some(self.stop.or(self.began(&lookup.list.request), collection.calm.write()).await.map_err(|_| self.stopped_before(&lookup.list.request))?),
            false => None,
        };
        // What is not in the list by then was not made.
        let mut pauses = PAUSES_BETWEEN_LOOKS.iter();
        loop {
            let found = self.look_once(collection, lookup, began).await?;
            let (Found::Nothing | Found::Doubtful(_), Some(pause)) = (&found, pauses.next()) else {
                return Ok(found);
            };
            let asleep = self.clock.sleep(*pause);
            if self.stop.or(self.began(&lookup.list.request), asleep).await.is_err() {
                return Err(self.stopped_before(&lookup.list.request));
            }
        }
    }

    async fn look_once(&self, collection: &Collection, lookup: &Lookup<'_>, began: Duration) -> Result<Found, Error> {
        let items = self.list(&lookup.list).await?;
        // After the answer to the list, Twilio's clock is known whatever was known before.
        let ago = self.clock.elapsed().saturating_sub(began);
        let began = before(self.server_time(), SignedDuration::try_from(ago).unwrap_or_default());
        let mut same = Vec::new();
        let mut doubtful = Vec::new();
        for item in &items {
            let Some(sid) = item.get("sid").and_then(Value::as_str) else {
                continue;
            };
            if collection.is_claimed(sid) {
                continue;
            }
            let created = created(item);
            let likeness = match (created, (lookup.likeness)(item)) {
                (_, Likeness::Different) => continue,
                (Some(created), _) if created < before(began, DOUBTFUL) => continue,
                (Some(created), likeness) if created >= before(began, CLOCKS_DIFFER) => likeness,
                _ => Likeness::Similar,
            };
            match likeness {
                Likeness::Same => same.push((item, sid)),
                _ => doubtful.push(Candidate::new(sid, created)),
            }
        }
        if let [(item, sid)] = same.as_slice()
            && let Some(mut fetch) = (lookup.fetch)(item)
        {
            fetch.began = lookup.list.request.began;
            // What is in the list may not be found by its SID yet; the client is patient with what is new.
            self.own.made(sid, self.clock.elapsed());
            // A list may leave out what the object itself tells.
            match self.send(&fetch).await {
                Ok(whole) if whole.object().map(lookup.likeness) == Some(Likeness::Same) => {
                    return Ok(Found::One(whole, (*sid).to_owned()));
                }
                Ok(_) => {}
                Err(error) if error.kind == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        doubtful.extend(same.iter().map(|(item, sid)| Candidate::new(sid, created(item))));
        Ok(match doubtful.is_empty() {
            true => Found::Nothing,
            false => Found::Doubtful(doubtful),
        })
    }

    /// Deletes an object that is of use to nobody. Only one that goes by the key that was asked for.
    async fn revoke(&self, found: &Response, sid: &str, lookup: &Lookup<'_>, error: &Error) -> Result<(), Error> {
        let candidates = || vec![Candidate::new(sid, found.object().and_then(created))];
        let fetch = found.object().and_then(|object| (lookup.fetch)(object));
        let Some(fetch) = fetch.filter(|_| !lookup.key.is_empty()) else {
            return Err(searched(error.clone(), Search::Found(candidates())));
        };
        let mut delete = Request::delete(fetch.product, &fetch.account, fetch.path);
        delete.caller = error.attempt.caller;
        delete.began = lookup.list.request.began;
        match self.send(&delete).await {
            Ok(_) => {}
            Err(gone) if gone.kind == ErrorKind::NotFound => {}
            Err(why) => {
                tracing::error!(sid, reason = %why, "an object whose secret is lost could not be deleted");
                return Err(searched(error.clone(), Search::Found(candidates())));
            }
        }
        tracing::warn!(
            sid,
            path = delete.path,
            "the answer with the secret was lost: the object was deleted and another is made"
        );
        Ok(())
    }
}

fn searched(mut error: Error, search: Search) -> Error {
    error.kind = ErrorKind::Ambiguous;
    error.search = Some(Box::new(search));
    error
}

fn sid_of(response: &Response) -> Option<&str> {
    response.member("sid").and_then(Value::as_str)
}

fn created(item: &JsonObject) -> Option<Timestamp> {
    let text = lenient::date_time(item.get("date_created")?)?;
    text.parse().ok()
}

fn before(moment: Timestamp, by: SignedDuration) -> Timestamp {
    moment.checked_sub(by).unwrap_or(Timestamp::MIN)
}
