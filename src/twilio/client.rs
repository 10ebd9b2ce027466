//! The client that everything shares: what can be sent, and what all clones have in common.
//!
//! ```text
//! create (lost) ──────┐
//! member (coalesce) ──┼── send
//! list ───────────────┘
//! ```

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::acceptance::Acceptance;
use super::accounts::{AccountStatus, Accounts};
use super::age::{Dates, Moment};
use super::audit::Audit;
use super::clock::Clock;
use super::coalesce::Lists;
use super::config::{ClientConfig, ConfigError};
use super::created_objects::CreatedObjects;
use super::credentials::{Credentials, Means};
use super::error::Error;
use super::limits::Limits;
use super::list::Items;
use super::lost::{Find, Keyed, Lookup};
use super::oauth::Tokens;
use super::pace::Pace;
use super::paging::ListRequest;
use super::redact::Redactor;
use super::request::Request;
use super::response::{JsonObject, Response};
use super::retry::Budget;
use super::secret::Secret;
use super::sid::AccountSid;
use super::stop::{Epoch, Stop};
use super::transport::Transport;
use super::trouble::Trouble;

/// A Twilio client. Cheap to clone; all clones share connections, limits and credentials.
#[derive(Clone)]
pub struct Client {
    pub(super) inner: Arc<Inner>,
    /// Put on every request that is sent through this handle.
    caller: Option<&'static str>,
    /// What must not be shown of the requests that are sent through this handle, by name.
    hidden: Arc<[&'static str]>,
    /// When what is done through this handle began; `None` where each request is a matter of its own.
    began: Option<Epoch>,
    /// How long what is sent through this handle is repeated, where that is less than for others.
    at_most: Option<Duration>,
    /// What is sent through this handle waits for no turn.
    at_once: bool,
}

/// When something began, on all clocks that this process has.
#[derive(Debug, Clone, Copy)]
pub struct Began(Moment);

/// What all clones of a client share. The modules that add a way to ask ([`super::lost`], [`super::coalesce`]) do so as
/// methods of this.
pub(super) struct Inner {
    pub(super) accounts: Accounts,
    pub(super) acceptance: Acceptance,
    pub(super) trouble: Trouble,
    default_account: AccountSid,
    pub(super) transport: Transport,
    pub(super) limits: Limits,
    pub(super) pace: Pace,
    pub(super) budget: Budget,
    pub(super) stop: Stop,
    pub(super) redactor: Redactor,
    pub(super) audit: Option<Audit>,
    pub(super) read_only: bool,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) created_objects: CreatedObjects,
    pub(super) lists: Lists,
    pub(super) tokens: Tokens,
    pub(super) batch_reads: bool,
    /// What `Date` headers showed of Twilio's clock.
    pub(super) dates: Dates,
}

impl Client {
    /// Sets a client up. Sends nothing and reads nothing.
    ///
    /// # Errors
    /// When a setting cannot work.
    #[cfg(feature = "internals")]
    pub fn new(config: ClientConfig) -> Result<Self, ConfigError> {
        Self::with_clock(config, Arc::new(super::clock::SystemClock::new()))
    }

    /// As [`Client::new`], with time and chance of the caller's choice.
    ///
    /// # Errors
    /// When a setting cannot work.
    pub fn with_clock(config: ClientConfig, clock: Arc<dyn Clock>) -> Result<Self, ConfigError> {
        config.check()?;
        let transport = Transport::new(&config)?;
        if transport.hosts().is_exposed() {
            tracing::warn!("credentials are sent without encryption to the base URL, which is not on this machine");
        }
        let redactor = Redactor::new(config.mask_phone_numbers);
        redactor.learn_credentials(&config.credentials);
        config.secrets.iter().for_each(|secret| redactor.learn(secret));
        let own = config.credentials.account();
        let default_account = config.default_account.unwrap_or_else(|| own.clone());
        Ok(Self {
            inner: Arc::new(Inner {
                default_account,
                accounts: Accounts::new(config.credentials),
                acceptance: Acceptance::new(config.checks_credentials),
                trouble: Trouble::default(),
                transport,
                limits: Limits::new(config.max_concurrency),
                pace: Pace::default(),
                budget: Budget {
                    max_retries: config.max_retries,
                    max_elapsed: config.max_elapsed,
                },
                stop: config.stop,
                redactor,
                audit: config.audit,
                read_only: config.read_only,
                clock,
                created_objects: CreatedObjects::default(),
                lists: Lists::default(),
                tokens: Tokens::default(),
                batch_reads: config.batch_reads,
                dates: Dates::default(),
            }),
            caller: None,
            hidden: Arc::default(),
            began: None,
            at_most: None,
            at_once: false,
        })
    }

    /// The same client for one operation of a caller. The name is put into records and errors and means nothing else here.
    /// The operation begins now: the next stop ends it, however many requests it takes.
    #[must_use]
    pub fn on_behalf_of(&self, caller: &'static str) -> Self {
        Self {
            caller: Some(caller),
            ..self.since(self.inner.stop.epoch())
        }
    }

    /// The same client for requests that have something of these names which must not be shown, and answers that do: see
    /// [`Request::sensitive`].
    #[must_use]
    pub fn hiding(&self, names: Vec<&'static str>) -> Self {
        Self {
            hidden: names.into(),
            ..self.clone()
        }
    }

    /// The same client for something that is worth no more than this time: a request is not repeated beyond it.
    #[must_use]
    pub fn within(&self, at_most: Duration) -> Self {
        Self {
            at_most: Some(at_most),
            ..self.clone()
        }
    }

    /// The same client for what there is no time for later: a request does not wait until fewer are under way.
    #[must_use]
    pub fn at_once(&self) -> Self {
        Self {
            at_once: true,
            ..self.clone()
        }
    }

    /// The same client for something that began then.
    #[must_use]
    pub fn since(&self, began: Epoch) -> Self {
        Self {
            began: Some(began),
            ..self.clone()
        }
    }

    /// Puts what was found out about an account before a write into the audit log, where there is one.
    pub async fn note_for_audit(&self, account: &AccountSid, note: &str, data: serde_json::Value) {
        let Some(audit) = &self.inner.audit else { return };
        let (patience, now) = (self.inner.patience(self.began()), self.inner.clock.now());
        let about = (account, self.caller);
        audit
            .note(about, (note, data), &self.inner.redactor, now, &patience)
            .await;
    }

    /// The audit log, if there is one.
    pub fn audit(&self) -> Option<&Audit> {
        self.inner.audit.as_ref()
    }

    /// What it signs in with.
    pub fn means(&self) -> Means {
        self.inner.accounts.own().means()
    }

    /// Whether it signs in with an API key.
    pub fn is_signed_in_with_key(&self) -> bool {
        self.means() == Means::ApiKey
    }

    /// The account that signs in.
    pub fn account(&self) -> &AccountSid {
        self.inner.accounts.own().account()
    }

    /// Whether this is what signs in: the account, or the API key.
    pub fn signs_in_with(&self, sid: &str) -> bool {
        self.inner.accounts.own().user() == sid
    }

    /// Whether this is the secret that signs in.
    pub fn is_own_secret(&self, secret: &Secret) -> bool {
        self.inner.accounts.own().secret().expose() == secret.expose()
    }

    /// The API key that signs in, and its secret, if one does.
    pub fn own_key(&self) -> Option<(&str, &Secret)> {
        match self.inner.accounts.own() {
            Credentials::ApiKey { key, secret, .. } => Some((key.as_str(), secret)),
            Credentials::AuthToken { .. } | Credentials::OauthApp { .. } => None,
        }
    }

    /// From now on this is shown nowhere: in no log, error or record.
    pub fn keep_secret(&self, secret: &Secret) {
        self.inner.redactor.learn(secret);
    }

    /// The account of what names none: a subaccount, where one stands in for the account that signs in.
    pub fn default_account(&self) -> &AccountSid {
        &self.inner.default_account
    }

    /// Sends a request, and repeats it where that is safe. Costs one request, plus one for the token the first time that
    /// a child account is met outside the API of 2010, plus repetitions.
    ///
    /// # Errors
    /// See [`ErrorKind`](super::ErrorKind).
    pub async fn send(&self, request: Request) -> Result<Response, Error> {
        self.inner.send(&self.labelled(request)).await
    }

    pub(super) fn labelled(&self, mut request: Request) -> Request {
        request.caller = self.caller;
        request.sensitive.extend_from_slice(&self.hidden);
        request.began = Some(self.began());
        request.at_most = self.at_most;
        request.at_once = self.at_once;
        request
    }

    fn labelled_list(&self, mut list: ListRequest) -> ListRequest {
        list.request = self.labelled(list.request);
        list
    }

    pub(super) fn caller(&self) -> Option<&'static str> {
        self.caller
    }

    pub(super) fn began(&self) -> Epoch {
        self.began.unwrap_or_else(|| self.inner.stop.epoch())
    }

    /// Sends a create. When its response is lost the object is searched for, and the response is what it made: nothing is made
    /// twice. Costs one request; after a lost response a list for each search, and one request for the object. What is found by its
    /// key needs no list.
    ///
    /// # Errors
    /// As [`Client::send`]. [`ErrorKind::Ambiguous`](super::ErrorKind::Ambiguous) with [`Error::search`] when it could not
    /// be found out.
    pub async fn create(&self, request: Request, mut lookup: Lookup<'_>) -> Result<Response, Error> {
        lookup.find = match lookup.find {
            Find::InList { list, fetch } => Find::InList {
                list: self.labelled_list(list),
                fetch,
            },
            Find::ByKey(read) => Find::ByKey(self.labelled(read)),
        };
        self.inner.create(&self.labelled(request), &lookup).await
    }

    /// Sends a create of what goes by a key of Twilio's choice, once. Costs one request; a list where Twilio's clocks differ.
    ///
    /// # Errors
    /// As [`Client::send`]. [`ErrorKind::Ambiguous`](super::ErrorKind::Ambiguous) when the response is about something else.
    pub async fn create_keyed(&self, request: Request, mut keyed: Keyed<'_>) -> Result<Response, Error> {
        keyed.list = self.labelled_list(keyed.list);
        self.inner.create_keyed(&self.labelled(request), &keyed).await
    }

    /// Claims an object of the collection that `create` posts to, as if that had made it: nothing else of this process is
    /// taken for it from now on. False when something has claimed it before.
    #[must_use = "an object belongs to one"]
    pub fn claim(&self, create: &Request, sid: &str) -> bool {
        self.inner.created_objects.collection(create).claim(sid)
    }

    /// Reads one object of a collection whose list items tell everything about it. Reads that arrive together are answered
    /// from one list; an object that the list does not have is read with `direct` before it is believed gone. What
    /// a list returned is forgotten after half a minute and with each write. `known_by` is its SID, or what the field says by which
    /// the items are known ([`ListRequest::known_by`]).
    ///
    /// # Errors
    /// As [`Client::send`] of `direct`.
    pub async fn member(&self, direct: Request, collection: ListRequest, known_by: &str) -> Result<Response, Error> {
        let (direct, collection) = (self.labelled(direct), self.labelled_list(collection));
        self.inner.member(&direct, &collection, known_by).await
    }

    /// One object as the list of its collection has it, where others of it are read at the same time; `None` where a read by itself
    /// is cheaper, and where the list does not have it, which says nothing of whether it is there. See [`Client::member`].
    pub async fn listed(&self, collection: ListRequest, known_by: &str) -> Option<Response> {
        let collection = self.labelled_list(collection);
        self.inner.from_list(&collection, known_by).await
    }

    /// All items of a collection, page after page: one request for each page.
    ///
    /// # Errors
    /// As [`Client::send`]. [`ErrorKind::UnexpectedAnswer`](super::ErrorKind::UnexpectedAnswer) when the items cannot be found, when a link leads to another
    /// host, and when the pages go round in a circle.
    pub async fn list(&self, list: ListRequest) -> Result<Vec<JsonObject>, Error> {
        self.inner.list_where(&self.labelled_list(list), |_| true).await
    }

    /// The items of a collection that `wanted` says. Costs as many requests as [`Client::list`], and holds no more than what
    /// it answers and one page.
    ///
    /// # Errors
    /// As [`Client::list`].
    pub async fn list_where(
        &self,
        list: ListRequest,
        wanted: impl FnMut(&JsonObject) -> bool + Send,
    ) -> Result<Vec<JsonObject>, Error> {
        self.inner.list_where(&self.labelled_list(list), wanted).await
    }

    /// Hands each item of a collection to `take` as its page comes, until that breaks off. Nothing else is kept.
    ///
    /// # Errors
    /// As [`Client::list`]. What was handed out before is then no whole list.
    pub async fn each(
        &self,
        list: ListRequest,
        take: impl FnMut(JsonObject) -> ControlFlow<()> + Send,
    ) -> Result<(), Error> {
        self.inner.each(&self.labelled_list(list), take).await
    }

    /// The items of a collection, one at a time, for whoever waits in between: the next page is read when the one before it is
    /// used up, and nothing is kept.
    pub fn items(&self, list: ListRequest) -> Items<'_> {
        Items::new(&self.inner, self.labelled_list(list))
    }

    /// Whether an account is in use, by the word of the account that signs in: itself, or the parent of a subaccount. Costs
    /// one request; that an account is closed is read once, since it stays so.
    ///
    /// # Errors
    /// As [`Client::send`]. [`ErrorKind::NotFound`](super::ErrorKind::NotFound) when it is neither.
    pub async fn standing(&self, account: &AccountSid) -> Result<AccountStatus, Error> {
        self.inner.standing(account, self.caller, self.began()).await
    }

    /// Connects to this address for Twilio's names.
    #[cfg(test)]
    pub(super) fn connect_to(&self, address: std::net::SocketAddr) {
        let _ = self.inner.transport.address.set(address);
    }

    /// A text that no other create has, for a name by which what was made can be told from what somebody else made at the
    /// same time: 16 hexadecimal digits.
    pub fn nonce(&self) -> String {
        let digits = |_| format!("{:08x}", (self.inner.clock.random() * f64::from(u32::MAX)) as u32);
        (0..2).map(digits).collect()
    }

    /// Puts items into an order of chance.
    pub fn shuffle<T>(&self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let back = (self.inner.clock.random() * (last as f64 + 1.0)) as usize;
            items.swap(last, last.saturating_sub(back));
        }
    }

    /// This moment, for [`Client::is_older`].
    pub fn begin(&self) -> Began {
        Began(self.inner.moment())
    }

    /// Whether an object was made before `began`, by more than `apart`: by this machine's clock and by `Date`. What they
    /// contradict each other about is not.
    pub fn is_older(&self, object: &JsonObject, began: Began, apart: SignedDuration) -> bool {
        self.inner.is_older(object, began.0, apart)
    }

    /// Ends all that has begun by now as [`ErrorKind::Stopped`](super::ErrorKind::Stopped): waits, repetitions, reads in
    /// flight, and further requests of an operation ([`Client::on_behalf_of`]). A write in flight is finished. What begins
    /// later is served.
    #[cfg(feature = "internals")]
    pub fn stop(&self) {
        self.inner.stop.stop();
    }

    /// Waits, for what Twilio does in its own time. Whether the whole time passed: false when there was a stop.
    #[must_use = "an operation that was stopped sends nothing more"]
    pub async fn pause(&self, duration: Duration) -> bool {
        let slept = self.inner.stop.or(self.began(), self.inner.clock.sleep(duration));
        slept.await.is_ok()
    }

    /// Time since the process began, on a clock that nobody sets.
    pub fn elapsed(&self) -> Duration {
        self.inner.clock.elapsed()
    }

    /// Time of day on this machine's clock.
    pub fn local_time(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Time of day on Twilio's clock, as far as its `Date` headers have shown it. Accurate to about a second.
    pub fn server_time(&self) -> Timestamp {
        self.inner.server_time()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("account", &self.account().as_str())
            .finish_non_exhaustive()
    }
}
