//! All items of a collection, page after page.
//!
//! Items are handed out as their page comes, and a page goes before the next is requested. How much of a list is in memory
//! is up to whoever takes the items: a name is looked up among any number of objects in the room of one page.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::ControlFlow;
use std::sync::Arc;

use serde_json::Value;

use super::client::Inner;
use super::error::{Error, ErrorKind};
use super::page::Page;
use super::paging::{self, ListRequest, PageError};
use super::request::Request;
use super::response::{JsonObject, Response};

/// The items of a collection, one at a time: [`Items::next`] reads a page when the one before it is used up.
pub struct Items<'a> {
    inner: &'a Inner,
    list: ListRequest,
    /// The page that is handed out, and the request and answer that it came with.
    open: Option<(Request, Response, Page)>,
    /// The page to be read after that.
    next: Option<Request>,
    /// Pages that were read.
    seen: HashSet<String>,
    /// Items that were handed out, as [`mark`] tells them apart.
    known: HashSet<u64>,
    /// Pages in a row that had no item which is new.
    empty: usize,
    /// How many more items are wanted.
    left: usize,
}

impl<'a> Items<'a> {
    pub(super) fn new(inner: &'a Inner, list: ListRequest) -> Self {
        Self {
            inner,
            next: Some(list.first_page()),
            left: list.limit.unwrap_or(usize::MAX),
            open: None,
            seen: HashSet::new(),
            known: HashSet::new(),
            empty: 0,
            list,
        }
    }

    /// The next item; `None` when there are no more.
    ///
    /// # Errors
    /// As [`super::Client::list`]. What was handed out before is then no whole list.
    pub async fn next(&mut self) -> Result<Option<JsonObject>, Error> {
        loop {
            if self.left == 0 {
                self.open = None;
                return Ok(None);
            }
            if let Some((request, response, page)) = &mut self.open {
                if let Some(item) = self.inner.item(&self.list, request, response, page)? {
                    self.left -= 1;
                    if self.known.insert(mark(&self.list, &item)) {
                        self.empty = 0;
                    }
                    return Ok(Some(item));
                }
                // A link that leads in a circle is an error only where the list goes on by it.
                if let Some(next) = &self.next {
                    let unusable = |why: PageError| self.inner.unusable_page(request, response, why);
                    if self.seen.contains(&next.path_and_query()) {
                        return Err(unusable(PageError::Loop));
                    }
                    if self.seen.len() >= paging::MOST_PAGES {
                        return Err(unusable(PageError::TooLong));
                    }
                    if self.empty >= paging::MOST_EMPTY_PAGES {
                        return Err(unusable(PageError::Empty));
                    }
                }
                // It goes before the next is requested.
                self.open = None;
            }
            let Some(request) = self.next.take() else {
                return Ok(None);
            };
            self.seen.insert(request.path_and_query());
            // On the heap: whoever takes items stands many calls deep.
            let (response, page, next) = Box::pin(self.inner.page(&self.list, &request)).await?;
            self.open = Some((request, response, page));
            self.next = next;
            self.empty += 1;
        }
    }
}

/// What tells an item from others: its SID, else what it is known by, else all of it. Two that have the same by chance are one
/// page less to be patient for, and nothing else.
fn mark(list: &ListRequest, item: &JsonObject) -> u64 {
    let mut hasher = DefaultHasher::new();
    let named = list
        .known_by
        .and_then(|field| item.get(field))
        .or_else(|| item.get("sid"));
    match named.and_then(Value::as_str) {
        Some(text) => text.hash(&mut hasher),
        None => format!("{item:?}").hash(&mut hasher),
    }
    hasher.finish()
}

impl Inner {
    /// Hands each item to `take`, until that breaks off or there are no more.
    pub(super) async fn each(
        &self,
        list: &ListRequest,
        mut take: impl FnMut(JsonObject) -> ControlFlow<()> + Send,
    ) -> Result<(), Error> {
        let mut items = Items::new(self, list.clone());
        while let Some(item) = items.next().await? {
            if take(item).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The items that are wanted. The others are not kept.
    pub(super) async fn list_where(
        &self,
        list: &ListRequest,
        mut wanted: impl FnMut(&JsonObject) -> bool + Send,
    ) -> Result<Vec<JsonObject>, Error> {
        let mut kept = Vec::new();
        self.each(list, |item| {
            if wanted(&item) {
                kept.push(item);
            }
            ControlFlow::Continue(())
        })
        .await?;
        Ok(kept)
    }

    /// One page: the response without its body, the page, and the request for the next one.
    pub(super) async fn page(
        &self,
        list: &ListRequest,
        request: &Request,
    ) -> Result<(Response, Page, Option<Request>), Error> {
        let mut response = self.send(request).await?;
        let body = response.body.take();
        let unusable = |why: PageError| self.unusable_page(request, &response, why);
        let page = match body {
            Value::String(text) => Page::read(list, text),
            _ => Err(PageError::NoItems),
        };
        let page = page.map_err(unusable)?;
        let next = page
            .next
            .as_ref()
            .map(|next| paging::next_page(self.transport.hosts(), request, next))
            .transpose()
            .map_err(unusable)?;
        Ok((response, page, next))
    }

    /// The next item of a page, when it was judged.
    pub(super) fn item(
        &self,
        list: &ListRequest,
        request: &Request,
        response: &Response,
        page: &mut Page,
    ) -> Result<Option<JsonObject>, Error> {
        let unusable = |why: PageError| self.unusable_page(request, response, why);
        let Some(item) = page.item().map_err(unusable)? else {
            return Ok(None);
        };
        paging::judge_item(list, request, &item).map_err(unusable)?;
        Ok(Some(item))
    }

    fn unusable_page(&self, request: &Request, response: &Response, why: PageError) -> Error {
        let mut attempt = self.attempt(request, self.accounts.own());
        attempt.tries = 1;
        let mut error =
            Error::new(ErrorKind::UnexpectedAnswer, attempt).with_message(self.redactor.text(&why.to_string()));
        error.status = Some(response.status);
        error.request_id = response.request_id.as_deref().map(Box::from);
        error.with_source(Arc::new(why))
    }
}
