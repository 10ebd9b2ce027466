//! Lists over all their pages.
//!
//! The API of 2010 puts an array beside `next_page_uri`, which has no host. Nearly all others answer a `meta` object whose
//! `next_page_url` has one and whose `key` names the array. The link is followed as given, to the host that was asked.

use serde_json::{Map, Value};
use url::Url;

use super::expected::{check_item, has_text, sids};
use super::host::Hosts;
use super::product::Product;
use super::request::Request;
use super::response::JsonObject;

/// Most pages of one list. A list that is longer goes round in circles in some way that its links do not show.
pub(super) const MOST_PAGES: usize = 10_000;

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
    /// What the SID of each item must start with, where the items are believed to be objects.
    pub sids: Option<&'static str>,
    /// A text that each item has, where the items are known by something else than a SID.
    pub known_by: Option<&'static str>,
    /// Whether an item may be of another account than the one that was asked for.
    pub any_account: bool,
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
        }
    }

    /// Says that each item has a SID which starts with these letters. A page with another item is no answer.
    #[must_use]
    pub fn sids(mut self, prefix: &'static str) -> Self {
        self.sids = Some(prefix);
        self
    }

    /// Says that each item is known by a text in this field. A page with another item is no answer.
    #[must_use]
    pub fn known_by(mut self, field: &'static str) -> Self {
        self.known_by = Some(field);
        self
    }

    /// Says that items may be of other accounts, as what subaccounts use is told to their parent.
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

    /// Stops after so many items.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(limit);
        self
    }

    /// The request for the first page.
    pub(super) fn first_page(&self) -> Request {
        let wanted = self.limit.map(|limit| u32::try_from(limit.max(1)).unwrap_or(u32::MAX));
        let request = self.request.clone();
        match self.page_size.map(|size| size.min(wanted.unwrap_or(size))) {
            Some(size) => request.query("PageSize", size.to_string()),
            None => request,
        }
    }
}

/// Why a page cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum PageError {
    #[error("the answer to a list has no array of items")]
    NoItems,
    #[error("the answer to a list has several arrays ({names}), and none is known to hold the items")]
    ManyArrays { names: String },
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
}

/// One page, taken apart.
#[derive(Debug, PartialEq)]
pub(super) struct Page {
    pub(super) items: Vec<JsonObject>,
    pub(super) next: Option<String>,
}

/// Takes an answer apart.
pub(super) fn page(key: Option<&str>, body: Value) -> Result<Page, PageError> {
    let (items, next) = match body {
        Value::Object(mut body) => {
            let next = next_link(&body)?;
            let key = items_key(key, &body)?;
            match body.remove(&key) {
                Some(Value::Array(items)) => (items, next),
                // An empty collection is sometimes null.
                Some(Value::Null) => (Vec::new(), next),
                _ => return Err(PageError::NoItems),
            }
        }
        _ => return Err(PageError::NoItems),
    };
    let items = items
        .into_iter()
        .map(|item| match item {
            Value::Object(item) => Ok(item),
            _ => Err(PageError::NotAnObject),
        })
        .collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}

/// Judges the items of a page, by the request for it.
pub(super) fn check_items(list: &ListRequest, request: &Request, items: &[JsonObject]) -> Result<(), PageError> {
    items
        .iter()
        .try_for_each(|item| {
            check_item(request, list.sids, list.any_account, item)?;
            list.known_by.map_or(Ok(()), |field| has_text(item, field))
        })
        .map_err(PageError::Item)
}

fn items_key(asked: Option<&str>, body: &Map<String, Value>) -> Result<String, PageError> {
    let named = body
        .get("meta")
        .and_then(|meta| meta.get("key"))
        .and_then(Value::as_str);
    let candidates = [named, asked];
    if let Some(key) = candidates.into_iter().flatten().find(|key| body.contains_key(*key)) {
        return Ok(key.to_owned());
    }
    // Without a name an array counts only in what says of itself that it is a page.
    if asked.is_some()
        || !["next_page_uri", "page", "meta"]
            .iter()
            .any(|mark| body.contains_key(*mark))
    {
        return Err(PageError::NoItems);
    }
    let mut arrays = body
        .iter()
        .filter(|(_, value)| value.is_array())
        .map(|(name, _)| name.as_str());
    match (arrays.next(), arrays.next()) {
        (Some(only), None) => Ok(only.to_owned()),
        (None, _) => Err(PageError::NoItems),
        (Some(first), Some(second)) => {
            let names = [first, second].into_iter().chain(arrays).collect::<Vec<_>>().join(", ");
            Err(PageError::ManyArrays { names })
        }
    }
}

fn next_link(body: &Map<String, Value>) -> Result<Option<String>, PageError> {
    let filled = |value: Option<&Value>| {
        value
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let meta = body.get("meta");
    let of_meta = |name: &str| filled(meta.and_then(|meta| meta.get(name)));
    if let Some(link) = of_meta("next_page_url").or_else(|| filled(body.get("next_page_uri"))) {
        return Ok(Some(link));
    }
    // A link of another kind is no end.
    let links = [
        meta.and_then(|meta| meta.get("next_page_url")),
        body.get("next_page_uri"),
    ];
    if links
        .into_iter()
        .flatten()
        .any(|link| !link.is_null() && !link.is_string())
    {
        return Err(PageError::BadLink);
    }
    // Porting has such lists. Showing the first page as if it were all would make objects look deleted.
    if ["next_token", "nextToken", "next_page_token"]
        .iter()
        .any(|name| of_meta(name).is_some())
    {
        return Err(PageError::Continuation("by a token in meta"));
    }
    Ok(None)
}

/// The request for the page that a link leads to.
pub(super) fn follow(hosts: &Hosts, first: &Request, link: &str) -> Result<Request, PageError> {
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
    use serde_json::json;

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
    fn the_classic_style_has_a_link_without_host() {
        let body = json!({"applications": [{"sid": "AP1"}], "next_page_uri": "/2010-04-01/A.json?Page=1", "page": 0});
        let page = page(None, body).expect("a page");
        assert_eq!(
            (page.items.len(), page.next.as_deref()),
            (1, Some("/2010-04-01/A.json?Page=1"))
        );
    }

    #[test]
    fn the_newer_style_names_its_array() {
        let body = json!({"meta": {"key": "b", "next_page_url": null}, "a": [{}, {}], "b": [{}]});
        let page = page(Some("a"), body).expect("a page");
        assert_eq!((page.items.len(), page.next), (1, None));
    }

    #[test]
    fn an_array_is_found_by_name_or_by_being_the_only_one() {
        assert!(page(Some("a"), json!({"a": [], "b": [{}]})).is_ok_and(|page| page.items.is_empty()));
        assert!(page(None, json!({"a": [{}], "page": 0})).is_ok_and(|page| page.items.len() == 1));
        for none in [
            json!([]),
            json!([{}]),
            json!(null),
            json!({"errors": []}),
            json!({"code": 20500, "errors": []}),
        ] {
            assert_eq!(page(None, none), Err(PageError::NoItems));
        }
        assert!(page(None, json!({"meta": {"key": "a"}, "a": null})).is_ok_and(|page| page.items.is_empty()));
        assert!(matches!(
            page(None, json!({"a": [], "b": [], "page": 0})),
            Err(PageError::ManyArrays { .. })
        ));
        assert_eq!(page(Some("c"), json!({"a": []})), Err(PageError::NoItems));
        assert_eq!(page(Some("a"), json!({"a": [1]})), Err(PageError::NotAnObject));
        assert_eq!(page(None, json!("text")), Err(PageError::NoItems));
    }

    #[test]
    fn a_link_that_is_no_text_is_not_the_end() {
        let newer = json!({"meta": {"key": "a", "next_page_url": 7}, "a": [{}]});
        let classic = json!({"a": [{}], "next_page_uri": {"page": 2}});
        for body in [newer, classic] {
            assert_eq!(page(Some("a"), body), Err(PageError::BadLink));
        }
    }

    #[test]
    fn a_list_that_continues_otherwise_is_not_taken_for_complete() {
        let body = json!({"meta": {"next_token": "abc"}, "port_in_requests": [{}]});
        assert!(matches!(page(None, body), Err(PageError::Continuation(_))));
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
    fn no_more_is_asked_for_than_wanted() {
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
