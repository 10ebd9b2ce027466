//! List resources: `list` blocks of a search (`terraform query`, Terraform from 1.14 on).
//!
//! What a search finds goes out as it is found, through a channel of a few places: whoever fills it waits for Terraform to take
//! what was found before, and stops when nothing more is wanted.

use async_trait::async_trait;
use tokio::sync::mpsc;

use super::diagnostics::{Diagnostic, Diagnostics};
use super::schema::Schema;
use super::value::Value;

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

/// What [`ListResource::list`] is asked.
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
pub struct ListSink {
    found: mpsc::Sender<Found>,
}

/// What goes through the sink.
#[derive(Debug)]
pub(super) enum Found {
    /// An object.
    Item(Box<ListItem>),
    /// Only something to say.
    Remark(Diagnostics),
}

impl ListSink {
    /// Sends an object, as soon as there is room for it.
    ///
    /// # Errors
    /// [`Closed`] when this was the last that is wanted, or not wanted any more. The search ends then.
    pub async fn send(&self, item: ListItem) -> Result<(), Closed> {
        self.found.send(Found::Item(Box::new(item))).await.map_err(|_| Closed)
    }

    /// Says something without an object, for example that one was left out, and why. Errors are shown as warnings: an error ends
    /// a query, and is what [`ListResource::list`] returns.
    ///
    /// # Errors
    /// [`Closed`] when nothing more is wanted.
    pub async fn warn(&self, diagnostics: impl Into<Diagnostics> + Send) -> Result<(), Closed> {
        let remark = Found::Remark(diagnostics.into());
        self.found.send(remark).await.map_err(|_| Closed)
    }
}
