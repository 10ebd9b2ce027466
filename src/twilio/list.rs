//! All items of a collection, page after page.
//!
//! Items are handed out as their page comes, and a page goes before the next is asked for. How much of a list is in memory
//! is up to whoever takes the items: a name is looked up among any number of objects in the room of one page.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use serde_json::Value;

use super::client::Inner;
use super::error::{Error, ErrorKind};
use super::page::Page;
use super::paging::{self, ListRequest, PageError};
use super::request::Request;
use super::response::{JsonObject, Response};

impl Inner {
    /// Hands each item to `take`, until that breaks off or there are no more.
    pub(super) async fn each(
        &self,
        list: &ListRequest,
        mut take: impl FnMut(JsonObject) -> ControlFlow<()> + Send,
    ) -> Result<(), Error> {
        let mut request = list.first_page();
        let mut seen = HashSet::new();
        let mut left = list.limit.unwrap_or(usize::MAX);
        if left == 0 {
            return Ok(());
        }
        loop {
            seen.insert(request.path_and_query());
            let (response, page, next) = self.page(list, &request).await?;
            let mut is_enough = false;
            self.hand_out(list, &request, (&response, page), |item| {
                left -= 1;
                let flow = take(item);
                is_enough = flow.is_break() || left == 0;
                match is_enough {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            })?;
            let Some(next) = next.filter(|_| !is_enough) else {
                return Ok(());
            };
            let unusable = |why: PageError| self.unusable_page(&request, &response, why);
            if seen.contains(&next.path_and_query()) {
                return Err(unusable(PageError::Loop));
            }
            if seen.len() >= paging::MOST_PAGES {
                return Err(unusable(PageError::TooLong));
            }
            request = next;
        }
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

    /// One page: the answer without its body, the page, and the request for the next one.
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

    /// Hands the items of a page out, each when it was judged.
    pub(super) fn hand_out(
        &self,
        list: &ListRequest,
        request: &Request,
        (response, page): (&Response, Page),
        mut take: impl FnMut(JsonObject) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let judged = |item: JsonObject| paging::judge_item(list, request, &item).map(|()| take(item));
        page.each(judged)
            .map_err(|why| self.unusable_page(request, response, why))
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
