//! A create whose answer was lost: finding out what it made, before anything is made again.
//!
//! ```text
//! the answer is lost ── look in the collection ─┬─ one object that is what was asked ── it is the answer
//!        ▲                                      ├─ none, after several looks ─────────── send again
//!        └──────────────────────────────────────┘─ several, or one that is in doubt ──── stop and name them
//! ```
//!
//! Lost is also an answer that does not name what can have been made: without a SID of the right kind or of another account
//! ([`super::expected`]), with what another create of this process was answered, under another name, or of an object that was
//! there before.
//!
//! Names prove nothing, because others use them too, and times prove little, because clocks differ ([`super::age`]). What
//! counts for an object depends on what the create can show ([`Proof`]). What this process made otherwise is left aside
//! ([`super::own`]).

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::age::{Age, Moment, Span};
use super::client::Inner;
use super::error::{Candidate, Error, ErrorKind, Search};
use super::lenient;
use super::own::{Collection, PAUSES_BETWEEN_LOOKS};
use super::paging::ListRequest;
use super::request::Request;
use super::response::{JsonObject, Response};

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
    /// What shows that an object was made by this create.
    pub proof: Proof,
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
    /// The answer alone had a secret, so the object is of use to nobody: it is deleted if it is surely ours, and another is
    /// made.
    Nothing,
}

/// What shows that an object was made by a create.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// That it is the same in everything and was made while the create was under way. Somebody else's may be both.
    Time,
    /// That a collection has its key once at most, and did not have it before the create was sent.
    Unique,
    /// A text in its name that no other create has.
    Nonce,
    /// That a collection has its key once at most, and a text in its name that no other create has: whoever asks for what is
    /// there changes it instead of making another, so the text is that of the last one. Whether it was there before the
    /// caller finds out.
    KeyAndNonce,
}

impl Proof {
    /// Whether asking for a key that is there makes nothing.
    fn has_a_key(self) -> bool {
        matches!(self, Self::Unique | Self::KeyAndNonce)
    }
}

/// What a look came to.
enum Found {
    Nothing,
    One(Response, String),
    /// Surely ours, and of use to nobody.
    Spent(Vec<Spent>),
    Doubtful(Vec<Candidate>),
}

/// An object that is to be deleted: what it is, and the request that would read it.
struct Spent(Candidate, Request);

/// An answer that is not believed.
struct Doubt {
    why: &'static str,
    /// The object that it names, if no other create of this process has it.
    named: Option<Named>,
    /// The SID that it names, if another create of this process has it.
    taken: Option<String>,
}

/// An object that an answer names.
#[derive(Debug, Clone)]
struct Named {
    candidate: Candidate,
    likeness: Likeness,
    age: Age,
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
        let began = self.moment();
        let mut rounds = 0;
        loop {
            let calm = self.stop.or(self.began(request), collection.calm.read()).await;
            let calm = calm.map_err(|_| self.stopped_before(request))?;
            let sent = self.send(request).await;
            let ended = self.moment();
            let span = Span { began, ended };
            let (error, answer) = match sent {
                Ok(response) => match self.believe(&collection, lookup, span, &response) {
                    Ok(()) => return Ok(response),
                    Err(doubt) if lookup.proof.has_a_key() && doubt.taken.is_some() => {
                        return Err(self.not_believed(request, &response, ErrorKind::Conflict, &doubt));
                    }
                    Err(doubt) => {
                        let error = self.not_believed(request, &response, ErrorKind::Ambiguous, &doubt);
                        (error, doubt.named.map(|named| (named, response)))
                    }
                },
                Err(error) => (error, None),
            };
            drop(calm);
            // A repetition that is refused may be refused because the first was carried out, as for a number that is
            // already ours.
            let refused = rounds > 0 && matches!(error.kind, ErrorKind::Invalid | ErrorKind::Conflict);
            if error.kind != ErrorKind::Ambiguous && !refused {
                return Err(error);
            }
            let named = answer.as_ref().map(|(named, _)| named);
            match self.look_for(&collection, lookup, span, named).await {
                Ok(Found::One(response, sid)) => {
                    tracing::info!(%sid, path = request.path, "the answer to a create was lost, and the object is there");
                    self.keep(&collection, &sid);
                    return Ok(response);
                }
                Ok(Found::Spent(spent)) => self.revoke(spent, &error).await?,
                Ok(Found::Doubtful(found)) => {
                    return match answer {
                        Some((named, response)) if named.is_all_that(&found) && self.keep(&collection, named.sid()) => {
                            Ok(response)
                        }
                        _ => Err(searched(error, Search::Found(found))),
                    };
                }
                Ok(Found::Nothing) => {
                    if let Some((named, response)) = answer {
                        let is_ours = named.age == Age::During && self.keep(&collection, named.sid());
                        return match is_ours {
                            true => Ok(response),
                            false => Err(searched(error, Search::Found(vec![named.candidate]))),
                        };
                    }
                    if refused {
                        return Err(error);
                    }
                    tracing::info!(
                        path = request.path,
                        "the answer to a create was lost, and nothing was made"
                    );
                }
                Err(why) => return Err(searched(error, Search::Failed(Box::new(why)))),
            }
            let elapsed = self.clock.elapsed().saturating_sub(began.elapsed);
            if rounds >= self.budget.max_retries || elapsed >= self.budget.max_elapsed {
                return Err(searched(error, Search::Nothing));
            }
            rounds += 1;
        }
    }

    /// Whether an answer can be the answer to this create. The object is then claimed.
    fn believe(
        &self,
        collection: &Collection,
        lookup: &Lookup<'_>,
        span: Span,
        response: &Response,
    ) -> Result<(), Doubt> {
        let object = response.object();
        let Some((object, sid)) = object.and_then(|object| Some((object, sid_of(object)?))) else {
            return Err(Doubt {
                why: "the answer does not name what was made",
                named: None,
                taken: None,
            });
        };
        if collection.is_claimed(sid) {
            return Err(Doubt {
                why: "the answer names an object that another resource of this run has",
                named: None,
                taken: Some(sid.to_owned()),
            });
        }
        let likeness = (lookup.likeness)(object);
        let age = self.age(span, object);
        let is_older = matches!(age, Age::JustBefore | Age::Before | Age::LongBefore) && lookup.proof == Proof::Time;
        if likeness != Likeness::Different && !is_older && self.keep(collection, sid) {
            return Ok(());
        }
        Err(Doubt {
            why: match is_older {
                true => "the answer names an object that was there before",
                false => "the answer names an object that is not what was asked for",
            },
            named: Some(Named {
                candidate: Candidate::new(sid, created(object)),
                likeness,
                age,
            }),
            taken: None,
        })
    }

    /// Notes that a create has made this object. False if another create has it.
    fn keep(&self, collection: &Collection, sid: &str) -> bool {
        let is_free = collection.claim(sid);
        if is_free {
            self.own.made(sid, self.clock.elapsed());
        }
        is_free
    }

    /// The error for an answer that says "made" and does not say what.
    fn not_believed(&self, request: &Request, response: &Response, kind: ErrorKind, doubt: &Doubt) -> Error {
        let mut attempt = self.attempt(request, self.accounts.own());
        attempt.tries = 1;
        let sids = [doubt.taken.as_deref(), doubt.named.as_ref().map(|named| named.sid())];
        let message = match sids.into_iter().flatten().next() {
            Some(sid) => format!("{} ({sid})", doubt.why),
            None => doubt.why.to_owned(),
        };
        let mut error = Error::new(kind, attempt).with_message(message);
        error.status = Some(response.status);
        error.request_id = response.request_id.clone().map(String::into_boxed_str);
        error
    }

    /// Looks until something is found or Twilio has had time to show it. `named` is what an answer named that is in doubt.
    async fn look_for(
        &self,
        collection: &Collection,
        lookup: &Lookup<'_>,
        span: Span,
        named: Option<&Named>,
    ) -> Result<Found, Error> {
        // Without a key, what another create is making at this moment could be taken for this one's.
        let _alone = match lookup.key.is_empty() {
            true => Some(
                self.stop
                    .or(self.began(&lookup.list.request), collection.calm.write())
                    .await
                    .map_err(|_| self.stopped_before(&lookup.list.request))?,
            ),
            false => None,
        };
        // What is not in the list by then was not made.
        let mut pauses = PAUSES_BETWEEN_LOOKS.iter();
        let mut looks = 0;
        loop {
            let found = self.look_once(collection, lookup, span).await?;
            looks += 1;
            // Twilio's clocks differ by a little now and then, and nobody is to wait for long whenever they do.
            if let (Found::Doubtful(found), Some(named)) = (&found, named)
                && named.age == Age::JustBefore
                && named.is_all_that(found)
                && looks > 1
            {
                return Ok(Found::Doubtful(found.clone()));
            }
            let (Found::Nothing | Found::Doubtful(_), Some(pause)) = (&found, pauses.next()) else {
                return Ok(found);
            };
            let asleep = self.clock.sleep(*pause);
            if self.stop.or(self.began(&lookup.list.request), asleep).await.is_err() {
                return Err(self.stopped_before(&lookup.list.request));
            }
        }
    }

    async fn look_once(&self, collection: &Collection, lookup: &Lookup<'_>, span: Span) -> Result<Found, Error> {
        // After the answer to the list, the clock of `Date` is known whatever was known before.
        let items = self
            .list_where(&lookup.list, |item| (lookup.likeness)(item) != Likeness::Different)
            .await?;
        let mut same = Vec::new();
        let mut doubtful = Vec::new();
        let mut spent = Vec::new();
        for item in &items {
            let likeness = (lookup.likeness)(item);
            let Some(sid) = sid_of(item) else {
                return Err(self.not_understood(lookup));
            };
            if collection.is_claimed(sid) {
                continue;
            }
            let candidate = Candidate::new(sid, created(item));
            match bearing(lookup, likeness, self.age(span, item)) {
                Bearing::None => {}
                Bearing::Doubtful => doubtful.push(candidate),
                Bearing::Ours if lookup.worth == Worth::Nothing => match (lookup.proof, (lookup.fetch)(item)) {
                    (Proof::Nonce, Some(mut fetch)) => {
                        fetch.began = lookup.list.request.began;
                        spent.push(Spent(candidate, fetch));
                    }
                    _ => doubtful.push(candidate),
                },
                Bearing::Ours => same.push((item, sid)),
            }
        }
        if !spent.is_empty() {
            return Ok(Found::Spent(spent));
        }
        if let ([(item, sid)], []) = (same.as_slice(), doubtful.as_slice())
            && let Some(mut fetch) = (lookup.fetch)(item)
        {
            fetch.began = lookup.list.request.began;
            // What is in the list may not be found by its SID yet; the client is patient with what is new.
            self.own.made(sid, self.clock.elapsed());
            // A list may leave out what the object itself tells.
            match self.send(&fetch).await {
                Ok(whole) if is_whole(lookup, &whole, sid) => return Ok(Found::One(whole, (*sid).to_owned())),
                Ok(_) => {}
                // It is there, so it is named, and looked at once more.
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

    /// Deletes what is surely ours and of use to nobody.
    async fn revoke(&self, spent: Vec<Spent>, error: &Error) -> Result<(), Error> {
        for Spent(candidate, fetch) in spent {
            // It may not be found by its SID yet.
            self.own.made(&candidate.sid, self.clock.elapsed());
            let mut delete = Request::delete(fetch.product, &fetch.account, fetch.path);
            delete.caller = error.attempt.caller;
            delete.began = fetch.began;
            match self.send(&delete).await {
                Ok(_) => {}
                Err(gone) if gone.kind == ErrorKind::NotFound => {}
                Err(why) => {
                    tracing::error!(sid = candidate.sid, reason = %why, "an object whose secret is lost could not be deleted");
                    return Err(searched(error.clone(), Search::Found(vec![candidate])));
                }
            }
            tracing::warn!(
                sid = candidate.sid,
                path = delete.path,
                "the answer with the secret was lost: the object was deleted and another is made"
            );
        }
        Ok(())
    }

    fn age(&self, span: Span, object: &JsonObject) -> Age {
        span.age(created(object), self.moment(), self.ahead())
    }

    /// Whether an object was made before `began` by all clocks, by more than `apart`.
    pub(super) fn is_older(&self, object: &JsonObject, began: Moment, apart: SignedDuration) -> bool {
        let now = self.moment();
        let began = Moment {
            wall: began.wall.saturating_sub(apart).unwrap_or(began.wall),
            ..began
        };
        let age = Span { began, ended: now }.age(created(object), now, self.ahead());
        matches!(age, Age::JustBefore | Age::Before | Age::LongBefore)
    }

    /// The error for a list with an item that may be what was made and has no SID that can be.
    fn not_understood(&self, lookup: &Lookup<'_>) -> Error {
        let attempt = self.attempt(&lookup.list.request, self.accounts.own());
        Error::new(ErrorKind::UnexpectedAnswer, attempt)
            .with_message("an item of the list may be what was to be made, and has no SID")
    }
}

impl Named {
    fn sid(&self) -> &str {
        &self.candidate.sid
    }

    /// Whether it is what was asked for, and everything that could be.
    fn is_all_that(&self, found: &[Candidate]) -> bool {
        self.likeness == Likeness::Same && found.iter().all(|found| found.sid == self.candidate.sid)
    }
}

/// What an object of the collection has to do with the create.
enum Bearing {
    None,
    Doubtful,
    Ours,
}

fn bearing(lookup: &Lookup<'_>, likeness: Likeness, age: Age) -> Bearing {
    match (lookup.proof, likeness, age) {
        (Proof::Nonce, ..) | (Proof::KeyAndNonce, Likeness::Same, _) => Bearing::Ours,
        (Proof::KeyAndNonce, ..) => Bearing::Doubtful,
        // It cannot have been made before, whatever the clocks say about each other; if they agree that it was, then the
        // look before did not see it.
        (Proof::Unique, Likeness::Same, Age::During | Age::JustBefore | Age::Unclear) => Bearing::Ours,
        (Proof::Unique, ..) => Bearing::Doubtful,
        (Proof::Time, Likeness::Same, Age::During) => Bearing::Ours,
        (Proof::Time, _, Age::LongBefore) => Bearing::None,
        // Where nothing has a name, everything in the collection is similar.
        (Proof::Time, Likeness::Similar, Age::Before) if lookup.key.is_empty() => Bearing::None,
        (Proof::Time, ..) => Bearing::Doubtful,
    }
}

fn is_whole(lookup: &Lookup<'_>, whole: &Response, sid: &str) -> bool {
    let object = whole.object();
    object.and_then(sid_of) == Some(sid) && object.map(lookup.likeness) == Some(Likeness::Same)
}

fn searched(mut error: Error, search: Search) -> Error {
    error.kind = ErrorKind::Ambiguous;
    error.search = Some(Box::new(search));
    error
}

fn sid_of(object: &JsonObject) -> Option<&str> {
    object.get("sid").and_then(Value::as_str)
}

fn created(item: &JsonObject) -> Option<Timestamp> {
    let text = lenient::date_time(item.get("date_created")?)?;
    text.parse().ok()
}
