//! All items of a collection, page after page.

use std::collections::HashSet;
use std::sync::Arc;

use super::client::Inner;
use super::error::{Error, ErrorKind};
use super::paging::{self, ListRequest, PageError};
use super::request::Request;
use super::response::{JsonObject, Response};

impl Inner {
    pub(super) async fn list(&self, list: &ListRequest) -> Result<Vec<JsonObject>, Error> {
        let mut request = list.first_page();
        let mut seen = HashSet::new();
        let mut items = Vec::new();
        loop {
            seen.insert(request.path_and_query());
            let (response, page, next) = self.page(&request, list.key.as_deref()).await?;
            items.extend(page);
            if let Some(limit) = list.limit
                && items.len() >= limit
            {
                items.truncate(limit);
                return Ok(items);
            }
            let Some(next) = next else { return Ok(items) };
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

    /// One page: the answer without its body, the items, and the request for the next page.
    pub(super) async fn page(
        &self,
        request: &Request,
        key: Option<&str>,
    ) -> Result<(Response, Vec<JsonObject>, Option<Request>), Error> {
        let mut response = self.send(request).await?;
        let body = response.body.take();
        let unusable = |why: PageError| self.unusable_page(request, &response, why);
        let page = paging::page(key, body).map_err(unusable)?;
        let next = page
            .next
            .map(|link| paging::follow(self.transport.hosts(), request, &link))
            .transpose()
            .map_err(unusable)?;
        Ok((response, page.items, next))
    }

    fn unusable_page(&self, request: &Request, response: &Response, why: PageError) -> Error {
        let mut attempt = self.attempt(request, self.accounts.own());
        attempt.tries = 1;
        let mut error = Error::new(ErrorKind::UnexpectedAnswer, attempt).with_message(self.redactor.text(&why.to_string()));
        error.status = Some(response.status);
        error.request_id = response.request_id.as_deref().map(Box::from);
        error.with_source(Arc::new(why))
    }
}
