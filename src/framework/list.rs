//! List resources: `list` blocks of a search (`terraform query`, Terraform from 1.14 on).
//!
//! What a search finds goes out as it is found, through a channel of a few places: whoever fills it waits for Terraform to take
//! what was found before, and stops when nothing more is wanted.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use tokio::sync::mpsc;

use super::diagnostics::{Diagnostic, Diagnostics};
use super::proto::list_resource::Event;
use super::schema::Schema;
use super::value::Value;

/// How many objects may wait for Terraform to take them.
const ROOM: usize = 16;

/// A search for the objects of a managed resource that has an identity.
#[async_trait]
pub trait ListResource: Send + Sync {
    /// The type name of the managed resource whose objects it finds.
    fn type_name(&self) -> &str;

    /// What the `config` block of a search may hold: filters. Nothing in it is computed. Called once per process.
    fn schema(&self) -> Schema;

    /// Checks beyond the schema. Any part may be unknown. No I/O.
    fn validate(&self, _config: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    /// Sends what there is, until `sink` takes no more. Dropped when Terraform goes away or the provider is stopped, so it only
    /// reads.
    ///
    /// # Errors
    /// [`ListEnd::Closed`], from [`ListSink::send`], which is a success. Diagnostics when the search cannot go on: Terraform ends
    /// the whole query then, and forgets what was found. One object that cannot be shown is no such error, but a
    /// [warning](ListSink::warn).
    async fn list(&self, request: ListRequest, sink: &ListSink) -> Result<(), ListEnd>;
}

/// The request to [`ListResource::list`].
#[derive(Debug, Clone)]
pub struct ListRequest {
    /// The `config` block, wholly known; attributes that are not set are null.
    pub config: Value,
    /// Whole objects are wanted, not only what names them.
    pub include_resource: bool,
    /// How many objects are wanted; `None` for all. The sink counts too, so this only helps to ask for no more than are wanted.
    pub limit: Option<usize>,
}

/// An object that was found.
#[derive(Debug, Clone)]
pub struct ListItem {
    /// What a person calls it.
    pub display_name: String,
    /// Its state: the parts of its identity at least, and everything where whole objects are wanted.
    pub state: Value,
    /// Whole objects are wanted, and this is not one, because it could not be read yet: Terraform gets its identity and name.
    pub is_partial: bool,
    /// What the practitioner should know of it. With an error the object is left out, and the error is shown as a warning.
    pub diagnostics: Diagnostics,
}

impl ListItem {
    /// An object without remarks.
    pub fn new(display_name: impl Into<String>, state: Value) -> Self {
        Self {
            display_name: display_name.into(),
            state,
            is_partial: false,
            diagnostics: Diagnostics::new(),
        }
    }

    /// Only what names the object is known.
    #[must_use]
    pub fn partial(mut self) -> Self {
        self.is_partial = true;
        self
    }
}

/// Nothing more is wanted: the limit is reached, or Terraform no longer listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nothing more is wanted")]
pub struct Closed;

/// Why a search ended before it was through.
#[derive(Debug, Clone)]
pub enum ListEnd {
    /// Nothing more is wanted.
    Closed,
    /// It cannot go on. At least one of them is an error.
    Failed(Diagnostics),
}

impl From<Closed> for ListEnd {
    fn from(Closed: Closed) -> Self {
        Self::Closed
    }
}

impl From<Diagnostics> for ListEnd {
    fn from(diagnostics: Diagnostics) -> Self {
        Self::Failed(diagnostics)
    }
}

impl From<Diagnostic> for ListEnd {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Failed(diagnostic.into())
    }
}

/// Where a search sends what it finds.
///
/// It knows what is wanted: an object that was sent before is dropped, as pages of a list that changes meanwhile overlap, and
/// nothing is taken behind the limit.
pub struct ListSink {
    events: mpsc::Sender<Event>,
    message: Box<Message>,
    progress: Mutex<Progress>,
}

/// How what is found becomes an event.
type Message = dyn Fn(Found) -> Event + Send + Sync;

/// What a search sends.
pub(super) enum Found {
    /// An object.
    Item(ListItem),
    /// Only something to say.
    Remark(Diagnostics),
}

struct Progress {
    /// How many more are wanted; `None` for all.
    left: Option<usize>,
    /// The identities of those that were sent, as they were encoded.
    sent: HashSet<Vec<u8>>,
}

impl ListSink {
    /// One that takes `limit` objects, and has room for a few that nobody took yet; with the other end.
    pub(super) fn new(
        limit: Option<usize>,
        message: impl Fn(Found) -> Event + Send + Sync + 'static,
    ) -> (Self, mpsc::Receiver<Event>) {
        let (events, receiver) = mpsc::channel(ROOM);
        let sink = Self {
            events,
            message: Box::new(message),
            progress: Mutex::new(Progress {
                left: limit,
                sent: HashSet::new(),
            }),
        };
        (sink, receiver)
    }

    /// Sends an object, as soon as there is room for it.
    ///
    /// # Errors
    /// [`Closed`] when this was the last that is wanted, or not wanted any more. The search ends then.
    pub async fn send(&self, item: ListItem) -> Result<(), Closed> {
        let event = (self.message)(Found::Item(item));
        let Some(identity) = identity(&event) else {
            return self.events.send(event).await.map_err(|_| Closed);
        };
        let is_last = {
            let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
            if progress.left == Some(0) {
                return Err(Closed);
            }
            if !progress.sent.insert(identity.to_vec()) {
                return Ok(());
            }
            progress.left = progress.left.map(|left| left - 1);
            progress.left == Some(0)
        };
        self.events.send(event).await.map_err(|_| Closed)?;
        if is_last { Err(Closed) } else { Ok(()) }
    }

    /// Says something without an object, for example that one was left out, and why. Errors are shown as warnings: an error ends
    /// a query, and is what [`ListResource::list`] returns.
    ///
    /// # Errors
    /// [`Closed`] when nothing more is wanted.
    pub async fn warn(&self, diagnostics: impl Into<Diagnostics> + Send) -> Result<(), Closed> {
        let event = (self.message)(Found::Remark(diagnostics.into()));
        self.events.send(event).await.map_err(|_| Closed)
    }
}

fn identity(event: &Event) -> Option<&[u8]> {
    let data = event.identity.as_ref()?.identity_data.as_ref()?;
    Some(&data.msgpack)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;
    use crate::framework::proto::{DynamicValue, ResourceIdentityData};

    /// A sink whose objects are named by their `sid`, and have no identity without one.
    fn sink(limit: Option<usize>) -> (ListSink, mpsc::Receiver<Event>) {
        ListSink::new(limit, |found| match found {
            Found::Item(item) => Event {
                identity: item.state.as_str().map(|sid| ResourceIdentityData {
                    identity_data: Some(DynamicValue {
                        msgpack: sid.as_bytes().to_vec(),
                        json: Vec::new(),
                    }),
                }),
                display_name: item.display_name,
                ..Event::default()
            },
            Found::Remark(_) => Event::default(),
        })
    }

    fn item(sid: &str) -> ListItem {
        ListItem::new(sid, sid.into())
    }

    #[tokio::test]
    async fn whoever_sends_waits_while_nobody_takes() {
        let (sink, mut taken) = sink(None);
        for number in 0..ROOM {
            assert_eq!(sink.send(item(&number.to_string())).await, Ok(()));
        }
        let mut one_more = Box::pin(sink.send(item("one more")));
        assert!(one_more.as_mut().now_or_never().is_none());
        assert!(sink.warn(Diagnostic::warning("a", "b")).now_or_never().is_none());
        assert_eq!(taken.recv().await.expect("an event").display_name, "0");
        assert_eq!(one_more.await, Ok(()));
    }

    #[tokio::test]
    async fn the_last_that_is_wanted_is_sent_and_nothing_after_it() {
        let (sink, mut taken) = sink(Some(2));
        assert_eq!(sink.send(item("a")).await, Ok(()));
        let nameless = ListItem::new("nameless", Value::Null);
        assert_eq!(sink.send(nameless).await, Ok(()), "it is none of those that are wanted");
        assert_eq!(sink.send(item("a")).await, Ok(()), "it is there already");
        assert_eq!(sink.send(item("b")).await, Err(Closed));
        assert_eq!(sink.send(item("c")).await, Err(Closed));
        drop(sink);
        let mut names = Vec::new();
        while let Some(event) = taken.recv().await {
            names.push(event.display_name);
        }
        assert_eq!(names, ["a", "nameless", "b"]);
    }

    #[tokio::test]
    async fn nothing_is_wanted_by_one_who_is_gone() {
        let (sink, taken) = sink(None);
        drop(taken);
        assert_eq!(sink.send(item("a")).await, Err(Closed));
        assert_eq!(sink.warn(Diagnostic::warning("a", "b")).await, Err(Closed));
    }
}
