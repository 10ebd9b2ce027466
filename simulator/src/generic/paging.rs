//! Pages of a list, in the three styles that Twilio has.
//!
//! A page token names the place of the last object of the page before, so objects made or removed meanwhile neither repeat nor
//! skip others.

use std::borrow::Cow;
use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use super::order::Rank;
use crate::contract::{Listing, Location, Operation, Paging};
use crate::error::ApiError;
use crate::params::Params;

/// Items per page unless asked for.
const USUAL_PAGE_SIZE: usize = 50;

/// Hosts whose lists take smaller pages than their contract says: most items of a page, which also is the usual page.
///
/// Verify refuses `PageSize=1000`, as users see (<https://github.com/PostHog/posthog/issues/81492>), and its page on the code
/// names 25: <https://www.twilio.com/docs/api/errors/60373>.
const SMALLER_PAGES: &[(&str, usize)] = &[("verify.twilio.com", 25)];

/// Hosts that cut a page size that their contract does not allow, up to the most that any list has: Conversations answers 100 to
/// 1000 (<https://github.com/airbytehq/airbyte/pull/52089>), and that connector sends 1000 to Chat too, with success.
const CUT: &[&str] = &["chat.twilio.com", "conversations.twilio.com", "ip-messaging.twilio.com"];

/// The most items that any product documents for a page: <https://www.twilio.com/docs/api/errors/20007>.
const MOST: u64 = 1000;

/// A page size as the product takes it.
pub(crate) fn cut_size<'t>(host: &str, operation: &Operation, name: &str, text: &'t str) -> Cow<'t, str> {
    let largest = operation.list.as_ref().and_then(|list| list.max_page_size);
    let asked = text.parse::<u64>().ok();
    match (largest, asked) {
        (Some(largest), Some(asked))
            if name.eq_ignore_ascii_case("PageSize") && CUT.contains(&host) && asked > largest && asked <= MOST =>
        {
            Cow::Owned(largest.to_string())
        }
        _ => Cow::Borrowed(text),
    }
}

/// What part of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    number: usize,
    size: usize,
    /// Place of the last object before this page.
    after: Option<Rank>,
    /// Place of the first object after this page, where it is told by that.
    before: Option<Rank>,
}

impl Page {
    /// Reads the paging parameters. `sent` is the query as it came: Twilio's own Go library writes `PageSize` and `PageToken` to every
    /// list that goes by tokens, also where the contract begins them with a small letter (`client/page_util.go` there).
    ///
    /// # Errors
    /// 400/20001 if the page token was not made for this list, or if another page than the first is asked for without one; 400/60373 for a
    /// page that Verify finds too large.
    pub(crate) fn requested(
        host: &str,
        operation: &Operation,
        query: &Params,
        sent: &[(String, String)],
        strict: bool,
    ) -> Result<Self, ApiError> {
        let integer = |names: [&str; 2]| names.into_iter().find_map(|name| query.integer(name));
        let largest = operation
            .list
            .as_ref()
            .and_then(|list| list.max_page_size)
            .unwrap_or(1000);
        let largest = usize::try_from(largest).unwrap_or(usize::MAX);
        let smaller = SMALLER_PAGES.iter().find(|(product, _)| *product == host);
        let largest = smaller.map_or(largest, |(_, most)| largest.min(*most));
        let written = |wanted: &str| {
            let mut sent = sent.iter().filter(|(_, text)| !text.is_empty());
            let found = sent.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            found.map(|(_, text)| text.as_str())
        };
        let size = integer(["PageSize", "pageSize"])
            .and_then(|size| usize::try_from(size).ok())
            .or_else(|| written("PageSize")?.parse().ok());
        if smaller.is_some() && size.is_some_and(|size| size > largest) {
            return Err(ApiError::new(
                400,
                60373,
                format!("Invalid page size: it must be an integer between 1 and {largest}"),
            ));
        }
        let number = integer(["Page", "page"])
            .and_then(|page| usize::try_from(page).ok())
            .unwrap_or(0);
        let place = match written("PageToken") {
            None if strict && number > 0 => return Err(no_token(host, operation)),
            None => None,
            Some(token) => Some(parse_token(operation, token).ok_or_else(|| {
                ApiError::invalid_parameter("PageToken", format_args!("'{token}' is not a page token of this list"))
            })?),
        };
        let (after, before) = match place {
            Some(Edge::After(rank)) => (Some(rank), None),
            Some(Edge::Before(rank)) => (None, Some(rank)),
            None => (None, None),
        };
        Ok(Self {
            number,
            size: size.unwrap_or(USUAL_PAGE_SIZE.min(largest)).clamp(1, largest),
            after,
            before,
        })
    }

    /// Cuts the page out of items that come in the order of their places; those before the token's may be missing. Also says whether more
    /// follow. No more items are asked for than that takes.
    pub(crate) fn cut<T>(&self, items: impl IntoIterator<Item = (Rank, T)>) -> (Vec<(Rank, T)>, bool) {
        if let Some(before) = self.before {
            let mut page = VecDeque::new();
            for item in items.into_iter().take_while(|(rank, _)| *rank < before) {
                if page.len() == self.size {
                    page.pop_front();
                }
                page.push_back(item);
            }
            return (page.into(), true);
        }
        let start = match self.after {
            Some(_) => 0,
            None => self.number.saturating_mul(self.size),
        };
        let is_before = |(rank, _): &(Rank, T)| self.after.is_some_and(|after| *rank <= after);
        let mut items = items.into_iter().skip_while(is_before).skip(start);
        let page = items.by_ref().take(self.size).collect();
        (page, items.next().is_some())
    }

    /// For items whose places are counted from one: how many come before those of the token, and how many of the others tell the page
    /// and whether more follow.
    pub(crate) fn reach(&self) -> (usize, usize) {
        if let Some(end) = self.before.and_then(|before| usize::try_from(before).ok()) {
            return (0, end);
        }
        let before = self.after.and_then(|after| usize::try_from(after).ok());
        let pages = if before.is_some() {
            1
        } else {
            self.number.saturating_add(1)
        };
        (
            before.unwrap_or_default(),
            pages.saturating_mul(self.size).saturating_add(1),
        )
    }

    /// Place of the last object before this page, if a token names it.
    pub(crate) fn after(&self) -> Option<Rank> {
        self.after
    }
}

/// What a page token tells of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// Place of the last object before the page.
    After(Rank),
    /// Place of the first object after it.
    Before(Rank),
}

/// Lists that refuse a page without a token in words and with a code of their own: <https://github.com/twilio/twilio-ruby/issues/494>,
/// <https://github.com/twilio/twilio-php/issues/507>.
const OLD_REFUSAL: (&str, &str) = ("api.twilio.com", "/2010-04-01/Accounts");

/// Twilio goes from page to page by tokens; a number alone is the first page's: <https://github.com/twilio/twilio-python/issues/395>.
fn no_token(host: &str, operation: &Operation) -> ApiError {
    match (host, operation.template()) == OLD_REFUSAL {
        true => ApiError::new(400, 70002, "Paged requests must include a PageToken"),
        false => ApiError::new(400, 20001, "PageToken is required for paging."),
    }
}

/// A token is of the list that it was made for.
fn token(operation: &Operation, edge: Edge) -> String {
    let (kind, rank) = match edge {
        Edge::After(rank) => ("PA", rank),
        Edge::Before(rank) => ("PB", rank),
    };
    format!("{kind}{:08x}{rank:016x}", list_number(operation))
}

fn parse_token(operation: &Operation, token: &str) -> Option<Edge> {
    let (kind, rest) = token.split_at_checked(2)?;
    let rank = rest.strip_prefix(&format!("{:08x}", list_number(operation)))?;
    let rank = Rank::from_str_radix(rank, 16).ok()?;
    match kind {
        "PA" => Some(Edge::After(rank)),
        "PB" => Some(Edge::Before(rank)),
        _ => None,
    }
}

fn list_number(operation: &Operation) -> u64 {
    super::serve::fingerprint(0, "", operation.template()) & 0xffff_ffff
}

/// Where a list is served, for the links in its answer.
pub(crate) struct Address<'a> {
    /// Scheme and host.
    pub base_url: &'a str,
    /// Path, `.json` included.
    pub path: &'a str,
    /// Filters that the links repeat.
    pub query: &'a [(String, String)],
}

/// The response of a list.
pub(crate) fn answer(
    operation: &Operation,
    listing: &Listing,
    page: &Page,
    address: &Address<'_>,
    items: Vec<(Rank, Value)>,
    more: bool,
) -> Value {
    let last = items.last().map(|(rank, _)| *rank);
    // Behind the last page there is nothing that it could be told by.
    let first_place = items
        .first()
        .map(|(rank, _)| *rank)
        .or(page.after.map(|after| after + 1));
    let token = |edge: Edge| token(operation, edge);
    let own = page.after.map(Edge::After).or(page.before.map(Edge::Before)).map(token);
    let count = items.len();
    let items = Value::Array(items.into_iter().map(|(_, item)| item).collect());
    let next = last
        .filter(|_| more)
        .map(|last| link(address, page, page.number + 1, Some(token(Edge::After(last)))));
    let previous = page.number.checked_sub(1).map(|number| {
        let before = first_place.filter(|_| number > 0);
        link(address, page, number, before.map(|place| token(Edge::Before(place))))
    });
    let first = link(address, page, 0, None);
    let mut body = Map::new();
    match listing.paging {
        Paging::V2010 => {
            let start = page.number * page.size;
            body.insert("first_page_uri".into(), first.into());
            body.insert("end".into(), (start + count).saturating_sub(1).into());
            body.insert("previous_page_uri".into(), previous.into());
            body.insert(listing.key.clone(), items);
            body.insert("uri".into(), link(address, page, page.number, own).into());
            body.insert("page_size".into(), page.size.into());
            body.insert("start".into(), start.into());
            body.insert("next_page_uri".into(), next.into());
            body.insert("page".into(), page.number.into());
        }
        Paging::Meta => {
            let absolute = |link: Option<String>| link.map(|link| format!("{}{link}", address.base_url));
            body.insert(listing.key.clone(), items);
            body.insert(
                "meta".into(),
                json!({
                    "page": page.number,
                    "page_size": page.size,
                    "first_page_url": absolute(Some(first)),
                    "previous_page_url": absolute(previous),
                    "url": absolute(Some(link(address, page, page.number, own))),
                    "next_page_url": absolute(next),
                    "key": listing.key,
                }),
            );
        }
        Paging::Token => {
            body.insert(listing.key.clone(), items);
            let meta = listing.meta.iter().map(|name| {
                let value = match name.as_str() {
                    "key" => Value::from(listing.key.as_str()),
                    "pageSize" | "page_size" => Value::from(page.size),
                    "nextToken" | "next_token" => last.filter(|_| more).map(|last| token(Edge::After(last))).into(),
                    _ => Value::Null,
                };
                (name.clone(), value)
            });
            body.insert("meta".into(), Value::Object(meta.collect()));
        }
        Paging::None => {
            body.insert(listing.key.clone(), items);
        }
    }
    for field in &listing.extra {
        let value = match field.name.as_str() {
            "uri" => Value::from(address.path),
            "totalResults" | "total" | "total_elements" => Value::from(count),
            _ => Value::Null,
        };
        body.entry(field.name.clone()).or_insert(value);
    }
    debug_assert!(operation.list.is_some());
    Value::Object(body)
}

fn link(address: &Address<'_>, page: &Page, number: usize, token: Option<String>) -> String {
    let paging = ["Page", "PageSize", "PageToken", "page", "pageSize", "pageToken"];
    let mut pairs: Vec<(String, String)> = address
        .query
        .iter()
        .filter(|(name, _)| !paging.contains(&name.as_str()))
        .cloned()
        .collect();
    pairs.push(("PageSize".into(), page.size.to_string()));
    pairs.push(("Page".into(), number.to_string()));
    if let Some(token) = token {
        pairs.push(("PageToken".into(), token));
    }
    format!(
        "{}?{}",
        address.path,
        serde_urlencoded::to_string(&pairs).unwrap_or_default()
    )
}

/// Whether a query parameter belongs to paging and is no filter.
pub(crate) fn is_paging(name: &str) -> bool {
    matches!(
        name,
        "Page" | "PageSize" | "PageToken" | "page" | "pageSize" | "pageToken" | "Limit" | "limit"
    )
}

/// The filters of a list: query parameters that are not paging.
pub(crate) fn filters<'a>(operation: &'a Operation, query: &'a Params) -> impl Iterator<Item = (&'a str, &'a Value)> {
    query.iter().filter(move |(name, _)| {
        !is_paging(name) && operation.params_in(Location::Query).any(|field| field.name == *name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: usize, size: usize, after: Option<Rank>) -> Page {
        Page {
            number,
            size,
            after,
            before: None,
        }
    }

    #[test]
    fn a_token_continues_after_the_last_item_even_if_others_came_before_it() {
        let items = |ranks: &[Rank]| ranks.iter().map(|rank| (*rank, ())).collect::<Vec<_>>();
        let ranks = |items: Vec<(Rank, ())>| items.into_iter().map(|(rank, ())| rank).collect::<Vec<_>>();
        let (first, more) = page(0, 2, None).cut(items(&[5, 6, 7]));
        assert_eq!((ranks(first), more), (vec![5, 6], true));
        let (second, more) = page(1, 2, Some(6)).cut(items(&[3, 4, 5, 6, 7]));
        assert_eq!((ranks(second), more), (vec![7], false));
        let back = Page {
            before: Some(7),
            ..page(1, 2, None)
        };
        assert_eq!(ranks(back.cut(items(&[3, 4, 5, 6, 7])).0), vec![5, 6]);
        let (second, _) = page(1, 2, Some(6)).cut(items(&[5, 7]));
        assert_eq!(ranks(second), vec![7], "the object that the token names may be gone");
    }

    #[test]
    fn a_list_that_has_as_key_tokens_is_paged_however_the_parameters_begin() {
        let operation = crate::contract::Contract::published()
            .operations()
            .find(|(spec, operation)| spec.host == "intelligence.twilio.com" && operation.id == "ListOperators")
            .map(|(_, operation)| operation)
            .expect("the contract has it");
        for (size, after) in [("PageSize", "PageToken"), ("pageSize", "pageToken")] {
            let sent = [
                (size.to_owned(), "3".to_owned()),
                (after.to_owned(), token(operation, Edge::After(77))),
            ];
            let page = Page::requested("intelligence.twilio.com", operation, &Params::default(), &sent, true);
            assert_eq!(page.expect("a page"), super::tests::page(0, 3, Some(77)), "{size}");
        }
    }

    #[test]
    fn tokens_are_recognised_by_the_list_that_they_were_made_for() {
        let mut lists = crate::contract::Contract::published()
            .operations()
            .map(|(_, operation)| operation);
        let mut lists = lists.by_ref().filter(|operation| operation.list.is_some());
        let (one, other) = (lists.next().expect("a list"), lists.next().expect("a list"));
        for edge in [Edge::After(77), Edge::Before(77)] {
            assert_eq!(parse_token(one, &token(one, edge)), Some(edge));
            assert_eq!(parse_token(other, &token(one, edge)), None);
        }
        for text in ["whatever", "", "P", "PA", "ü"] {
            assert_eq!(parse_token(one, text), None);
        }
    }
}
