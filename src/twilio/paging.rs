//! Lists over all their pages.
//!
//! The API of 2010 puts an array beside `next_page_uri`, which has no host. Nearly all others answer a `meta` object whose
//! `next_page_url` has one and whose `key` names the array ([`super::page`]). The link is followed as given, to the host of the first request.

use url::Url;

use super::expected::{Expects, check_item, has_text, sids};
use super::host::Hosts;
use super::page::Next;
use super::product::Product;
use super::request::Request;
use super::response::JsonObject;

/// Most pages of one list. A list that is longer goes round in circles in some way that its links do not show.
pub(super) const MOST_PAGES: usize = 10_000;

/// Most pages in a row without an item that lead on to another. A list may end in one; it has no hole of a hundred pages.
pub(super) const MOST_EMPTY_PAGES: usize = 100;

/// A request for all items of a collection.
#[derive(Debug, Clone)]
pub struct ListRequest {
    /// The first page, without `PageSize`.
    pub request: Request,
    /// Name of the array with the items. Needed where the response does not name it itself and holds several arrays.
    pub key: Option<String>,
    /// Items per page. None leaves it to Twilio, which sends 50.
    pub page_size: Option<u32>,
    /// Most items wanted. None means all.
    pub limit: Option<usize>,
    /// What the SID of each item must start with, where the items are believed to be objects.
    pub sids: Option<&'static str>,
    /// A text that each item has, where the items are known by something else than a SID.
    pub known_by: Option<&'static str>,
    /// Whether an item may be of another account than the requested one.
    pub any_account: bool,
    /// Whether the response itself is the array of items.
    pub is_bare: bool,
    /// How pages lead on that have no link but a token: the field with the token, in `meta` or at the top, and the parameter
    /// that takes it.
    pub token: Option<(&'static str, &'static str)>,
}

impl ListRequest {
    /// All items that a `GET` request answers.
    pub fn new(request: Request) -> Self {
        Self {
            request,
            key: None,
            page_size: None,
            limit: None,
            sids: None,
            known_by: None,
            any_account: false,
            is_bare: false,
            token: None,
        }
    }

    /// Says that each item has a SID which starts with these letters. A page with another item is no response.
    #[must_use]
    pub fn sids(mut self, prefix: &'static str) -> Self {
        self.sids = Some(prefix);
        self
    }

    /// Says that each item is known by a text in this field. A page with another item is no response.
    #[must_use]
    pub fn known_by(mut self, field: &'static str) -> Self {
        self.known_by = Some(field);
        self
    }

    /// Says that items may be of other accounts, as the usage of subaccounts is returned to their parent.
    #[must_use]
    pub fn of_any_account(mut self) -> Self {
        self.any_account = true;
        self
    }

    /// Names the array with the items.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Sets how many items a page has, as far as the endpoint takes so many.
    #[must_use]
    pub fn page_size(mut self, page_size: u32) -> Self {
        let most = super::page_size(self.request.product, &self.request.path);
        self.page_size = most.map(|most| most.min(page_size));
        self
    }

    /// Asks for the largest pages that the endpoint takes, which make the fewest requests.
    #[must_use]
    pub fn largest_pages(mut self) -> Self {
        self.page_size = super::page_size(self.request.product, &self.request.path);
        self
    }

    /// Says that the response is the array itself, all of it.
    #[cfg_attr(
        not(feature = "internals"),
        expect(dead_code, reason = "Twilio has such lists, and no table has one yet")
    )]
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.is_bare = true;
        self.unpaged()
    }

    /// Says that the list has no pages, and takes no size of them.
    #[must_use]
    pub fn unpaged(mut self) -> Self {
        self.page_size = None;
        self
    }

    /// Says that pages lead on by a token: what `field` has goes into `parameter`.
    #[cfg_attr(
        not(feature = "internals"),
        expect(dead_code, reason = "Twilio has such lists, and no table has one yet")
    )]
    #[must_use]
    pub fn token(mut self, field: &'static str, parameter: &'static str) -> Self {
        self.token = Some((field, parameter));
        self
    }

    /// Stops after so many items.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(limit);
        self
    }

    /// The request for the first page.
    pub(super) fn first_page(&self) -> Request {
        let wanted = self.limit.map(|limit| u32::try_from(limit.max(1)).unwrap_or(u32::MAX));
        let request = self.request.clone().expects(Expects::Page);
        match self.page_size.map(|size| size.min(wanted.unwrap_or(size))) {
            Some(size) => request.query("PageSize", size.to_string()),
            None => request,
        }
    }
}

/// Why a page cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum PageError {
    #[error("the response to a list has no array of items")]
    NoItems,
    #[error("the response to a list has several arrays ({names}), and none is known to hold the items")]
    ManyArrays { names: String },
    #[error("the items of the list cannot be read")]
    Unreadable,
    #[error("an item of the list is not an object")]
    NotAnObject,
    #[error("the list continues in a way that is not supported: {0}")]
    Continuation(&'static str),
    #[error("the next page of the list is on another host ({0}), where credentials are not sent")]
    ForeignHost(String),
    #[error("the link to the next page is not an address")]
    BadLink,
    #[error("the list came back to a page that it had already shown")]
    Loop,
    #[error("the next page of the list is of another collection")]
    AnotherCollection,
    #[error("an item of the list {0}")]
    Item(String),
    #[error("the list has more than {MOST_PAGES} pages")]
    TooLong,
    #[error("the list goes on, and its last {MOST_EMPTY_PAGES} pages had no item that is new")]
    Empty,
}

/// Judges an item of a page, by the request for it.
pub(super) fn judge_item(list: &ListRequest, request: &Request, item: &JsonObject) -> Result<(), PageError> {
    check_item(request, list.sids, list.any_account, item)
        .and_then(|()| list.known_by.map_or(Ok(()), |field| has_text(item, field)))
        .map_err(PageError::Item)
}

/// The request for the page that comes next.
pub(super) fn next_page(hosts: &Hosts, this: &Request, next: &Next) -> Result<Request, PageError> {
    match next {
        Next::Link(link) => follow(hosts, this, link),
        Next::Token(parameter, token) => {
            let mut request = this.clone();
            request.query.retain(|(name, _)| name != parameter);
            Ok(request.query(*parameter, token))
        }
    }
}

/// The request for the page that a link leads to.
fn follow(hosts: &Hosts, first: &Request, link: &str) -> Result<Request, PageError> {
    let url = resolve(hosts, first.product, link)?;
    let mut request = first.clone();
    hosts.own_path(url.path()).clone_into(&mut request.path);
    if !sids(&request.path).eq(sids(&first.path)) {
        return Err(PageError::AnotherCollection);
    }
    request.query = url.query_pairs().into_owned().collect();
    Ok(request)
}

fn resolve(hosts: &Hosts, product: Product, link: &str) -> Result<Url, PageError> {
    let base = hosts.url(product, "/").ok_or(PageError::BadLink)?;
    // `join` also understands `//host/path`, which is why the host is checked after it, not before.
    let url = base.join(link).map_err(|_| PageError::BadLink)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(PageError::BadLink);
    }
    if !hosts.is_own(product, &url) {
        return Err(PageError::ForeignHost(url.host_str().unwrap_or_default().to_owned()));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::{AccountSid, ClientConfig, Credentials, Secret};
    use proptest::prelude::*;

    fn account() -> AccountSid {
        "AC0123456789abcdef0123456789abcdef".parse().expect("valid")
    }

    fn hosts() -> Hosts {
        let credentials = Credentials::AuthToken {
            account: account(),
            token: Secret::new("token"),
        };
        Hosts::new(&ClientConfig::new(credentials)).expect("valid")
    }

    fn next(link: &str) -> Result<Request, PageError> {
        follow(
            &hosts(),
            &Request::get(Product::Verify, &account(), "/v2/Services").query("PageSize", "50"),
            link,
        )
    }

    #[test]
    fn a_link_brings_its_own_path_and_query() {
        let request =
            next("https://verify.twilio.com/v2/Services?PageSize=50&Page=1&PageToken=a%2Bb").expect("own host");
        assert_eq!(request.path, "/v2/Services");
        assert_eq!(request.query.last(), Some(&("PageToken".to_owned(), "a+b".to_owned())));
        assert_eq!(request.query.len(), 3);
        assert_eq!(
            next("/v2/Other?Page=1").map(|request| request.path),
            Ok("/v2/Other".to_owned())
        );
    }

    #[test]
    fn a_link_to_what_belongs_to_something_else_is_refused() {
        let list = |account: char| format!("/2010-04-01/Accounts/AC{}/Keys.json", account.to_string().repeat(32));
        let first = Request::get(Product::Api, &account(), list('1'));
        assert!(follow(&hosts(), &first, &format!("{}?Page=1", list('1'))).is_ok());
        let another = follow(&hosts(), &first, &format!("{}?Page=1", list('2')));
        assert_eq!(another, Err(PageError::AnotherCollection));
    }

    #[test]
    fn a_link_to_another_host_is_refused() {
        for link in [
            "https://evil.example/v2",
            "//evil.example/v2",
            "https://verify.twilio.com@evil.example/",
            "/\\evil.example",
        ] {
            assert_eq!(
                next(link),
                Err(PageError::ForeignHost("evil.example".to_owned())),
                "{link}"
            );
        }
        assert_eq!(next("file:///etc/hosts"), Err(PageError::BadLink));
    }

    #[test]
    fn no_more_is_requested_than_wanted() {
        let list = ListRequest::new(Request::get(Product::Messaging, &account(), "/v1/Services")).page_size(100);
        assert_eq!(list.first_page().query, [("PageSize".to_owned(), "100".to_owned())]);
        assert_eq!(
            list.limit(7).first_page().query,
            [("PageSize".to_owned(), "7".to_owned())]
        );
    }

    proptest! {
        #[test]
        fn no_link_panics_and_every_followed_one_stays_a_path(link in "\\PC{0,40}") {
            if let Ok(request) = next(&link) {
                prop_assert!(request.path.starts_with('/'));
            }
        }
    }
}
