//! Lists over all their pages.

use super::request::Request;

/// A request for all items of a collection.
#[derive(Debug, Clone)]
pub struct ListRequest {
    /// The first page, without `PageSize`.
    pub request: Request,
    /// Name of the array with the items. Needed where the answer does not name it itself and holds several arrays.
    pub key: Option<String>,
    /// Items per page. None leaves it to Twilio, which sends 50.
    pub page_size: Option<u32>,
    /// Most items wanted. None means all.
    pub limit: Option<usize>,
}

impl ListRequest {
    /// All items that a `GET` request answers.
    pub fn new(request: Request) -> Self {
        Self {
            request,
            key: None,
            page_size: None,
            limit: None,
        }
    }

    /// Names the array with the items.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Sets how many items a page has; the endpoint's maximum makes the fewest requests.
    #[must_use]
    pub fn page_size(mut self, page_size: u32) -> Self {
        self.page_size = Some(page_size);
        self
    }

    /// Stops after so many items.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(limit);
        self
    }
}
