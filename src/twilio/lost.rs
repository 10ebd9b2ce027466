//! A create whose response was lost: finding out what it made, before anything is made again.
//!
//! ```text
//! the response is lost ── read the collection ─┬─ one object that is what was requested ── it is the response
//!        ▲                                     ├─ none, after several reads ───────────── send again
//!        └─────────────────────────────────────┘─ several, or one that is in doubt ────── stop and name them
//! ```
//!
//! Lost is also a response that does not name what can have been made: without a SID of the right kind or of another account
//! ([`super::expected`]), with what another create of this process was answered, under another name, or of an object that was
//! there before.
//!
//! What a key of the configuration names is not searched for in a list: it is read by its path, and there is one of it or none. A
//! create that is refused when it is sent again, since the key is taken, is cleared up by the same read.
//!
//! Names prove nothing, because others use them too, and times prove little, because clocks differ ([`super::age`]). What
//! counts for an object depends on what the create can show ([`Proof`]). What this process made otherwise is left aside
//! ([`super::created_objects`]).

use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::age::{Age, DateClock, Moment, Span};
use super::client::Inner;
use super::created_objects::{Collection, place_of};
use super::error::{Candidate, Error, ErrorKind, Search};
use super::expected::Expects;
use super::lenient;
use super::lost_search::{Found, Unusable};
use super::paging::ListRequest;
use super::request::Request;
use super::response::{JsonObject, Response};

/// How to find what a create may have made.
pub struct Lookup<'a> {
    /// Where it would be.
    pub find: Find<'a>,
    /// What tells it apart from others. Creates with the same key run one after the other. Empty if nothing does: then
    /// nothing else is created in the collection while it is searched for.
    pub key: String,
    /// How much an object is like what was requested.
    pub compare: &'a (dyn Fn(&JsonObject) -> Match + Send + Sync),
    /// What to do with the object without the response that was lost.
    pub after_loss: AfterLoss,
    /// What shows that an object was made by this create.
    pub proof: Proof,
    /// Whether each of these objects says when it was made: a response that does not is then in doubt.
    pub is_dated: bool,
}

/// Where what a create may have made is searched for.
pub enum Find<'a> {
    /// Among others: Twilio chooses the SID that it is known by.
    InList {
        /// The objects among which it would be.
        list: ListRequest,
        /// The request that reads the object of a list item.
        fetch: &'a (dyn Fn(&JsonObject) -> Option<Request> + Send + Sync),
    },
    /// By itself: its path has the key that it is known by. This reads it.
    ByKey(Request),
}

/// How much an object is like what was requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// Everything that was sent reads so.
    Same,
    /// It goes by the same name, and something else reads otherwise.
    Similar,
    /// It is something else.
    Different,
}

/// What to do with an object whose create lost its response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterLoss {
    /// Keep it: a read returns everything that the response to its create had.
    Keep,
    /// Create another: only the lost response had its secret, so the object cannot be used. It is deleted if it is surely ours.
    Recreate,
}

/// What shows that an object was made by a create. A response without a date shows nothing by its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// That it is the same in everything and was made while the create was under way. Somebody else's may be both.
    Time,
    /// Its response alone: what was sent is above all something that is never read back, as a file. What may be it is named.
    Answer,
    /// That a collection has its key once at most, and did not have it before the create was sent. Where an object has no date
    /// that is no proof: our create may not have been carried out, and somebody else's may.
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

/// What a create makes that goes by a key of Twilio's choice. It is sent once: a key is lost with its response, and items may be alike.
pub struct Keyed<'a> {
    /// The field of the response that has the key.
    pub field: &'static str,
    /// Whether a text can be such a key.
    pub is_key: &'a (dyn Fn(&str) -> bool + Send + Sync),
    /// How much an object is like what was requested.
    pub compare: &'a (dyn Fn(&JsonObject) -> Match + Send + Sync),
    /// Whether each of these objects says when it was made.
    pub is_dated: bool,
    /// The objects among which it would be.
    pub list: ListRequest,
}

/// A response that is not believed.
struct Doubt {
    why: &'static str,
    /// The object that it names, if no other create of this process has it.
    named: Option<Box<Named>>,
    /// Whether another create of this process has the object that it names.
    is_taken: bool,
    /// The SID in it.
    sid: Option<String>,
}

/// An object that a response names.
#[derive(Debug, Clone)]
pub(super) struct Named {
    candidate: Candidate,
    /// By which it is claimed.
    known_by: String,
    matched: Match,
    pub(super) age: Age,
    /// Whether it does not say when it was made, and should.
    is_undated: bool,
}

/// Why a response is not believed that is about something older than the create.
const THERE_BEFORE: &str = "the response names an object that was there before";

impl Inner {
    /// Sends a create, and when its response is lost finds out what it made: that is then the response. Nothing is made twice.
    ///
    /// # Errors
    /// As [`super::Client::send`]. [`ErrorKind::Ambiguous`] with the result of the search in [`Error::search`].
    pub(super) async fn create(&self, request: &Request, lookup: &Lookup<'_>) -> Result<Response, Error> {
        let collection = self.created_objects.collection(request);
        let _lock = self
            .stop
            .or(self.began(request), collection.lock_for_key(&lookup.lock_key()))
            .await
            .map_err(|_| self.stopped_before(request))?;
        let began = self.moment();
        let mut rounds = 0;
        loop {
            let creates_in_flight = self
                .stop
                .or(self.began(request), collection.creates_in_flight.read())
                .await;
            let creates_in_flight = creates_in_flight.map_err(|_| self.stopped_before(request))?;
            let sent = self.send(request).await;
            let ended = self.moment();
            let span = Span { began, ended };
            let (error, answer) = match sent {
                Ok(response) => match self.believe(&collection, lookup, span, request, &response) {
                    Ok(()) => return Ok(response),
                    Err(doubt) if lookup.has_a_key() && doubt.is_taken => {
                        return Err(self.not_believed(request, &response, ErrorKind::Conflict, &doubt));
                    }
                    Err(doubt) => {
                        let error = self.not_believed(request, &response, ErrorKind::Ambiguous, &doubt);
                        (error, doubt.named.map(|named| (named, response)))
                    }
                },
                Err(error) => (error, None),
            };
            drop(creates_in_flight);
            // A repetition that is refused may be refused because the first was carried out, as for a number that is
            // already ours.
            let refused = rounds > 0 && matches!(error.kind, ErrorKind::Invalid | ErrorKind::Conflict);
            if error.kind != ErrorKind::Ambiguous && !refused {
                return Err(error);
            }
            let named = answer.as_ref().map(|(named, _)| named.as_ref());
            match self.find_lost(&collection, lookup, span, named).await {
                Ok(Found::One(response, known_by)) => {
                    tracing::info!(
                        path = self.redactor.recorded(request.path.clone()),
                        "the response to a create was lost, and the object is there"
                    );
                    self.keep(&collection, &known_by);
                    return Ok(response);
                }
                Ok(Found::Unusable(unusable)) => self.revoke(unusable, &error).await?,
                Ok(Found::Doubtful(found)) => {
                    return match answer {
                        Some((named, response))
                            if named.is_all_that(&found)
                                && named.may_be_new()
                                && self.keep(&collection, &named.known_by) =>
                        {
                            Ok(response)
                        }
                        _ => Err(searched(error, Search::Found(found))),
                    };
                }
                Ok(Found::Nothing) => {
                    if let Some((named, response)) = answer {
                        let is_ours = named.age == Age::During && self.keep(&collection, &named.known_by);
                        return match is_ours {
                            true => Ok(response),
                            false => Err(searched(error, Search::Found(vec![named.candidate]))),
                        };
                    }
                    if refused {
                        return Err(error);
                    }
                    tracing::info!(
                        path = self.redactor.recorded(request.path.clone()),
                        "the response to a create was lost, and nothing was made"
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

    /// Sends a create of what goes by a key of Twilio's choice. A response that names something else is not believed: what was there
    /// before is somebody else's, and would be written over.
    ///
    /// # Errors
    /// As [`super::Client::send`]. [`ErrorKind::Ambiguous`] where the response cannot be the one to this create.
    pub(super) async fn create_keyed(&self, request: &Request, keyed: &Keyed<'_>) -> Result<Response, Error> {
        let collection = self.created_objects.collection(request);
        let began = self.moment();
        let response = self.send(request).await?;
        let span = Span {
            began,
            ended: self.moment(),
        };
        let key = |object: &JsonObject| object.get(keyed.field).and_then(lenient::text);
        let named = response.object().and_then(|object| Some((object, key(object)?)));
        let why = match &named {
            None => Some("the response does not name what was created"),
            Some((_, known_by)) if !(keyed.is_key)(known_by) => {
                Some("the response names it by what Twilio calls nothing")
            }
            Some((object, known_by)) => {
                let is_same = (keyed.compare)(object) == Match::Same;
                match self.age(span, object) {
                    _ if keyed.is_dated && created(object).is_none() => {
                        Some("the response names an object and does not say when it was made")
                    }
                    Age::Before | Age::LongBefore => Some(THERE_BEFORE),
                    // Twilio's clocks differ by a little now and then. Two that are alike are never taken for one.
                    Age::JustBefore => {
                        let found = self.list_where(&keyed.list, |item| (keyed.compare)(item) == Match::Same);
                        let others = found
                            .await
                            .map(|found| found.iter().any(|item| key(item).as_ref() != Some(known_by)));
                        (!is_same || !matches!(others, Ok(false))).then_some(THERE_BEFORE)
                    }
                    Age::Unclear if !is_same => Some("the response names an object that is not the one requested"),
                    Age::Unclear | Age::During => None,
                }
                .or_else(|| {
                    let why = "the response names an object that another resource of this run has";
                    (!collection.claim(known_by)).then_some(why)
                })
            }
        };
        let Some(why) = why else {
            return Ok(response);
        };
        let doubt = Doubt {
            why,
            named: None,
            is_taken: false,
            sid: None,
        };
        let error = self.not_believed(request, &response, ErrorKind::Ambiguous, &doubt);
        Err(match named.filter(|(_, known_by)| (keyed.is_key)(known_by)) {
            Some((object, known_by)) => {
                searched(error, Search::Found(vec![Candidate::new(&known_by, created(object))]))
            }
            None => error,
        })
    }

    /// Whether a response can be the response to this create. The object is then claimed.
    fn believe(
        &self,
        collection: &Collection,
        lookup: &Lookup<'_>,
        span: Span,
        request: &Request,
        response: &Response,
    ) -> Result<(), Doubt> {
        let object = response.object();
        let sid = match lookup.find {
            Find::InList { .. } => object.and_then(sid_of).map(str::to_owned),
            Find::ByKey(_) => None,
        };
        let doubt = |why, is_taken, named| Doubt {
            why,
            is_taken,
            named,
            sid: sid.clone(),
        };
        let is_empty = request.expects == Expects::Nothing;
        let known_by = lookup.known_by(object).filter(|_| is_empty || object.is_some());
        let Some(known_by) = known_by else {
            return Err(doubt("the response does not name what was created", false, None));
        };
        if collection.is_claimed(&known_by) {
            let why = "the response names an object that another resource of this run has";
            return Err(doubt(why, true, None));
        }
        let Some(object) = object.filter(|_| !is_empty) else {
            self.keep(collection, &known_by);
            return Ok(());
        };
        let matched = (lookup.compare)(object);
        let age = self.age(span, object);
        let is_by_time = matches!(lookup.proof, Proof::Time | Proof::Answer);
        let is_older = is_by_time && matches!(age, Age::JustBefore | Age::Before | Age::LongBefore);
        let is_undated = is_by_time && lookup.is_dated && created(object).is_none();
        if matched != Match::Different && !is_older && !is_undated && self.keep(collection, &known_by) {
            return Ok(());
        }
        let why = match (is_older, is_undated) {
            (true, _) => THERE_BEFORE,
            (false, true) => "the response names an object and does not say when it was made",
            (false, false) => "the response names an object that is not the one requested",
        };
        let candidate = lookup.candidate(object);
        let named = candidate.map(|candidate| {
            Box::new(Named {
                candidate,
                known_by,
                matched,
                age,
                is_undated,
            })
        });
        Err(doubt(why, false, named))
    }

    /// Notes that a create has made this object. False if another create has it.
    fn keep(&self, collection: &Collection, known_by: &str) -> bool {
        let is_free = collection.claim(known_by);
        if is_free {
            self.created_objects.made(known_by, self.clock.elapsed());
        }
        is_free
    }

    /// The error for a response that says "made" and does not say what.
    fn not_believed(&self, request: &Request, response: &Response, kind: ErrorKind, doubt: &Doubt) -> Error {
        let mut attempt = self.attempt(request, self.accounts.own());
        attempt.tries = 1;
        let message = match &doubt.sid {
            Some(sid) => format!("{} ({sid})", doubt.why),
            None => doubt.why.to_owned(),
        };
        let mut error = Error::new(kind, attempt).with_message(message);
        error.status = Some(response.status);
        error.request_id = response.request_id.clone().map(String::into_boxed_str);
        error
    }

    /// Deletes what is surely ours and unusable.
    async fn revoke(&self, unusable: Vec<Unusable>, error: &Error) -> Result<(), Error> {
        for Unusable(candidate, fetch) in unusable {
            // It may not be found by its SID yet.
            self.created_objects.made(&candidate.sid, self.clock.elapsed());
            let mut delete = Request::delete(fetch.product, &fetch.account, fetch.path);
            delete.query = fetch.query;
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
                path = self.redactor.recorded(delete.path.clone()),
                "the response with the secret was lost: the object was deleted, and another is created"
            );
        }
        Ok(())
    }

    pub(super) fn age(&self, span: Span, object: &JsonObject) -> Age {
        span.age(created(object), self.moment(), self.dates.clock())
    }

    /// Whether an object was made before `began` by all clocks, by more than `apart`.
    pub(super) fn is_older(&self, object: &JsonObject, began: Moment, apart: SignedDuration) -> bool {
        let now = self.moment();
        let began = Moment {
            wall: began.wall.saturating_sub(apart).unwrap_or(began.wall),
            ..began
        };
        let clock = self.dates.clock();
        match (Span { began, ended: now }).age(created(object), now, clock) {
            Age::Before | Age::LongBefore => true,
            // One clock may be wrong by so little.
            Age::JustBefore => matches!(clock, DateClock::Known(_)),
            Age::During | Age::Unclear => false,
        }
    }
}

impl Lookup<'_> {
    /// Whether there is one object at most that the create can make.
    fn has_a_key(&self) -> bool {
        self.proof.has_a_key() || matches!(self.find, Find::ByKey(_))
    }

    /// What creates of the same thing have in common.
    fn lock_key(&self) -> Cow<'_, str> {
        match &self.find {
            Find::InList { .. } => Cow::Borrowed(&self.key),
            Find::ByKey(read) => Cow::Owned(place_of(read)),
        }
    }

    /// The first request of a search.
    pub(super) fn request(&self) -> &Request {
        match &self.find {
            Find::InList { list, .. } => &list.request,
            Find::ByKey(read) => read,
        }
    }

    /// By what an object is claimed.
    fn known_by(&self, object: Option<&JsonObject>) -> Option<String> {
        match &self.find {
            Find::InList { .. } => object.and_then(sid_of).map(str::to_owned),
            Find::ByKey(read) => Some(place_of(read)),
        }
    }

    /// An object as a diagnostic names it.
    pub(super) fn candidate(&self, object: &JsonObject) -> Option<Candidate> {
        let known_by = match &self.find {
            Find::InList { .. } => sid_of(object)?,
            Find::ByKey(_) => &self.key,
        };
        Some(Candidate::new(known_by, created(object)))
    }
}

impl Named {
    /// Whether the create can have made it, for all that is known of when it was made.
    fn may_be_new(&self) -> bool {
        self.age.may_be_new() && !self.is_undated
    }

    /// Whether it is what was requested, and everything that could be.
    pub(super) fn is_all_that(&self, found: &[Candidate]) -> bool {
        self.matched == Match::Same && found.iter().all(|found| found.sid == self.candidate.sid)
    }
}

fn searched(mut error: Error, search: Search) -> Error {
    error.kind = ErrorKind::Ambiguous;
    error.search = Some(Box::new(search));
    error
}

pub(super) fn sid_of(object: &JsonObject) -> Option<&str> {
    object.get("sid").and_then(Value::as_str)
}

/// Names of the date at which an object was made, in the styles of Twilio's APIs.
const CREATED: [&str; 3] = ["date_created", "dateCreated", "createdAt"];

pub(super) fn created(item: &JsonObject) -> Option<Timestamp> {
    let returned = CREATED.iter().find_map(|name| item.get(*name))?;
    let text = lenient::date_time(returned)?;
    text.parse().ok()
}
