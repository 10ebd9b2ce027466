//! One page of a list, and its items one at a time.
//!
//! A decoded object takes many times the room of its text. So a page stays text: first its outline is read, which says where the
//! items are and how the list goes on, and that all of it is JSON; then one item is decoded after the other.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::paging::{ListRequest, PageError};
use super::response::JsonObject;
use super::surrogates;

/// One page.
#[derive(Debug, PartialEq)]
pub(super) struct Page {
    text: String,
    /// Where the next item begins; `None` where there are no items.
    at: Option<usize>,
    /// What leads to the page after it.
    pub(super) next: Option<Next>,
}

/// What leads to the next page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Next {
    /// A link.
    Link(String),
    /// A parameter, and the token that it takes.
    Token(&'static str, String),
}

impl Page {
    /// Reads the outline of a response.
    pub(super) fn read(list: &ListRequest, text: String) -> Result<Self, PageError> {
        let mended = surrogates::mended(text.as_bytes()).and_then(|mended| String::from_utf8(mended).ok());
        let text = mended.unwrap_or(text);
        let mut json = serde_json::Deserializer::from_str(&text);
        let outline = Outline { depth: 2 }.deserialize(&mut json);
        let body = match outline.and_then(|outline| json.end().map(|()| outline)) {
            Ok(Value::Object(body)) if !list.is_bare => body,
            Ok(Value::Array(_)) if list.is_bare => {
                let at = text.find('[').map(|bracket| bracket + 1);
                return Ok(Self { text, at, next: None });
            }
            _ => return Err(PageError::NoItems),
        };
        let next = next(list.token, &body)?;
        let key = items_key(list.key.as_deref(), &body)?;
        match body.get(&key) {
            // An empty collection is sometimes null.
            Some(Value::Array(_) | Value::Null) => {
                let at = begin_of_array(&text, &key);
                let rest = at.and_then(|at| text.get(at..)).unwrap_or("]");
                if rest.trim_start().starts_with(']') && counts_some(&body) {
                    return Err(PageError::NoItems);
                }
                Ok(Self { text, at, next })
            }
            _ => Err(PageError::NoItems),
        }
    }

    /// Takes the next item.
    pub(super) fn item(&mut self) -> Result<Option<JsonObject>, PageError> {
        let Some(at) = self.at else { return Ok(None) };
        let rest = self.text.get(at..).unwrap_or_default();
        // Reading the outline has shown that what stands between items is right.
        let rest = rest.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
        match rest.as_bytes().first() {
            Some(b'{') => {}
            Some(b']') | None => {
                self.at = None;
                return Ok(None);
            }
            Some(_) => return Err(PageError::NotAnObject),
        }
        let mut items = serde_json::Deserializer::from_str(rest).into_iter::<JsonObject>();
        match items.next() {
            Some(Ok(item)) => {
                self.at = Some(self.text.len() - rest.len() + items.byte_offset());
                Ok(Some(item))
            }
            Some(Err(_)) | None => Err(PageError::Unreadable),
        }
    }
}

/// Whether a first page says of itself that there are items. One without any is no empty list then: it was cut on the way.
fn counts_some(body: &Map<String, Value>) -> bool {
    let number = |name: &str| {
        let of_meta = body.get("meta").and_then(|meta| meta.get(name));
        of_meta.or_else(|| body.get(name)).and_then(Value::as_u64)
    };
    let is_first = number("page").is_none_or(|page| page == 0) && number("start").is_none_or(|start| start == 0);
    let counts = ["total", "end"].iter().filter_map(|name| number(name));
    is_first && counts.into_iter().any(|count| count > 0)
}

/// Where the first item of the array begins that an object has under this name. The text is known to be JSON.
fn begin_of_array(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let next_mark = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        (at, bytes.get(at).copied())
    };
    let (mut at, mut depth) = (0_usize, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let end = end_of_text(bytes, at);
                let quoted = text.get(at..end).unwrap_or_default();
                let is_it = || serde_json::from_str::<String>(quoted).is_ok_and(|found| found == name);
                if let (1, (colon, Some(b':'))) = (depth, next_mark(end))
                    && is_it()
                {
                    let (begin, mark) = next_mark(colon + 1);
                    return (mark == Some(b'[')).then_some(begin + 1);
                }
                at = end;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// What follows the text that begins with a quotation mark here.
fn end_of_text(bytes: &[u8], begin: usize) -> usize {
    let mut at = begin + 1;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'"' => return at + 1,
            b'\\' => 2,
            _ => 1,
        };
    }
    at.min(bytes.len())
}

fn items_key(requested: Option<&str>, body: &Map<String, Value>) -> Result<String, PageError> {
    let named = body
        .get("meta")
        .and_then(|meta| meta.get("key"))
        .and_then(Value::as_str);
    let candidates = [named, requested];
    if let Some(key) = candidates.into_iter().flatten().find(|key| body.contains_key(*key)) {
        return Ok(key.to_owned());
    }
    // Without a name an array counts only in what says of itself that it is a page.
    if requested.is_some()
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

fn next(token: Option<(&str, &'static str)>, body: &Map<String, Value>) -> Result<Option<Next>, PageError> {
    let filled = |value: Option<&Value>| {
        value
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let meta = body.get("meta");
    let of_meta = |name: &str| filled(meta.and_then(|meta| meta.get(name)));
    if let Some((field, parameter)) = token {
        let returned = of_meta(field).or_else(|| filled(body.get(field)));
        let returned = returned.map(|token| Next::Token(parameter, token));
        let is_text = |value: Option<&Value>| value.is_none_or(|value| value.is_null() || value.is_string());
        return match is_text(meta.and_then(|meta| meta.get(field))) && is_text(body.get(field)) {
            true => Ok(returned),
            false => Err(PageError::BadLink),
        };
    }
    if let Some(link) = of_meta("next_page_url").or_else(|| filled(body.get("next_page_uri"))) {
        return Ok(Some(Next::Link(link)));
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
    // Showing the first page as if it were all would make objects look deleted.
    let tokens = ["next_token", "nextToken", "next_page_token", "nextPageToken"];
    if tokens
        .iter()
        .any(|name| of_meta(name).or_else(|| filled(body.get(*name))).is_some())
    {
        return Err(PageError::Continuation("by a token"));
    }
    Ok(None)
}

/// Reads a value without what is in its arrays, and objects down to a depth: the rest is passed over.
struct Outline {
    depth: u8,
}

impl<'de> DeserializeSeed<'de> for Outline {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Outline {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Array(Vec::new()))
    }

    /// Numbers come here, too, where they are kept as they are written.
    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut outline = Map::new();
        let Some(depth) = self.depth.checked_sub(1) else {
            while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(outline.into());
        };
        while let Some(name) = fields.next_key::<String>()? {
            let value = fields.next_value_seed(Outline { depth })?;
            if outline.insert(name, value).is_some() {
                return Err(A::Error::custom("a name stands twice"));
            }
        }
        Ok(outline.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::{Product, Request};
    use serde_json::json;

    fn list(key: Option<&str>) -> ListRequest {
        let account = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        let list = ListRequest::new(Request::get(Product::Api, &account, "/x"));
        match key {
            Some(key) => list.key(key),
            None => list,
        }
    }

    /// All items of a page, and what leads to the next.
    fn page(key: Option<&str>, body: Value) -> Result<(Vec<JsonObject>, Option<Next>), PageError> {
        read(&list(key), body)
    }

    fn read(list: &ListRequest, body: Value) -> Result<(Vec<JsonObject>, Option<Next>), PageError> {
        let mut page = Page::read(list, body.to_string())?;
        let mut items = Vec::new();
        while let Some(item) = page.item()? {
            items.push(item);
        }
        Ok((items, page.next))
    }

    fn count(key: Option<&str>, body: Value) -> Result<usize, PageError> {
        page(key, body).map(|(items, _)| items.len())
    }

    #[test]
    fn half_an_emoji_in_an_item_spoils_no_page() {
        let page = Page::read(
            &list(None),
            r#"{"applications": [{"sid": "AP1", "name": "a\ud83d"}], "page": 0}"#.to_owned(),
        );
        let mut page = page.expect("a page");
        let item = page.item().expect("it can be read").expect("there is one");
        assert_eq!(item["name"], json!("a\u{fffd}"));
        assert_eq!(page.item(), Ok(None));
    }

    #[test]
    fn the_classic_style_has_a_link_without_host() {
        let body = json!({"applications": [{"sid": "AP1", "n": 1.50}], "next_page_uri": "/2010-04-01/A.json?Page=1", "page": 0});
        let (items, next) = page(None, body).expect("a page");
        assert_eq!(json!(items), json!([{"sid": "AP1", "n": 1.50}]));
        assert_eq!(next, Some(Next::Link("/2010-04-01/A.json?Page=1".to_owned())));
    }

    #[test]
    fn the_newer_style_names_its_array() {
        let body = json!({"meta": {"key": "b", "next_page_url": null}, "a": [{}, {}], "b": [{}]});
        let (items, next) = page(Some("a"), body).expect("a page");
        assert_eq!((items.len(), next), (1, None));
        // Its name may come after it.
        let body = json!({"b": [{}, {}], "meta": {"key": "b"}});
        assert_eq!(count(None, body), Ok(2));
    }

    #[test]
    fn an_array_is_found_by_name_or_by_being_the_only_one() {
        assert_eq!(count(Some("a"), json!({"a": [], "b": [{}]})), Ok(0));
        assert_eq!(count(None, json!({"a": [{}], "page": 0})), Ok(1));
        assert_eq!(count(None, json!({"meta": {"key": "a"}, "a": null})), Ok(0));
        for none in [
            json!([]),
            json!([{}]),
            json!(null),
            json!("text"),
            json!({"errors": []}),
            json!({"code": 20500, "errors": []}),
        ] {
            assert_eq!(count(None, none), Err(PageError::NoItems));
        }
        let two = json!({"a": [], "b": [], "page": 0});
        assert!(matches!(count(None, two), Err(PageError::ManyArrays { .. })));
        assert_eq!(count(Some("c"), json!({"a": []})), Err(PageError::NoItems));
        assert_eq!(count(Some("a"), json!({"a": {}})), Err(PageError::NoItems));
        assert_eq!(count(Some("a"), json!({"a": [1]})), Err(PageError::NotAnObject));
    }

    #[test]
    fn a_page_that_is_not_whole_is_none() {
        for text in [
            "",
            "{",
            r#"{"a": [{}"#,
            r#"{"a": [{}]} x"#,
            r#"{"a": [], "a": [{}]}"#,
            r#"{"a": [{},]}"#,
        ] {
            assert_eq!(
                Page::read(&list(Some("a")), text.to_owned()),
                Err(PageError::NoItems),
                "{text}"
            );
        }
        // Deeper than can be decoded: the outline passes over it, and the item is an error.
        let deep = format!(r#"{{"a": [{{"x": {}{}}}]}}"#, "[".repeat(1000), "]".repeat(1000));
        let mut page = Page::read(&list(Some("a")), deep).expect("an outline");
        assert_eq!(page.item(), Err(PageError::Unreadable));
    }

    #[test]
    fn items_are_found_wherever_and_however_their_array_stands() {
        for text in [
            r#"{"a":[{"n":1},{"n":2}]}"#,
            " { \"a\" :\n[ {\"n\":1}\t,\r\n{\"n\":2} ] , \"page\": 0 }",
            r#"{"b": {"a": [7]}, "c": "a", "d": ["a", {"a": []}], "a": [{"n": 1}, {"n": 2}]}"#,
            r#"{"\u0061": [{"n": 1}, {"n": 2}]}"#,
            r#"{"e\"\\": "\\", "x": "\"a\": [", "a": [{"n": 1}, {"n": 2}]}"#,
        ] {
            let mut page = Page::read(&list(Some("a")), text.to_owned()).expect(text);
            for number in [1, 2] {
                let item = page.item().expect(text).expect(text);
                assert_eq!(json!(item), json!({"n": number}), "{text}");
            }
            assert_eq!((page.item(), page.item()), (Ok(None), Ok(None)), "{text}");
        }
        let mut brackets = Page::read(&list(Some("a")), r#"{"a": [{"x": "],[}"}, {}]}"#.to_owned()).expect("a page");
        assert!(
            brackets
                .item()
                .is_ok_and(|item| item.is_some_and(|item| item["x"] == "],[}"))
        );
        assert!(brackets.item().is_ok_and(|item| item.is_some()));
    }

    #[test]
    fn a_link_that_is_no_text_is_not_the_end() {
        let newer = json!({"meta": {"key": "a", "next_page_url": 7}, "a": [{}]});
        let classic = json!({"a": [{}], "next_page_uri": {"page": 2}});
        for body in [newer, classic] {
            assert_eq!(count(Some("a"), body), Err(PageError::BadLink));
        }
    }

    #[test]
    fn a_list_that_continues_otherwise_is_not_taken_for_complete() {
        let body = json!({"meta": {"next_token": "abc"}, "port_in_requests": [{}]});
        assert!(matches!(count(None, body), Err(PageError::Continuation(_))));
        let body = json!({"nextPageToken": "abc", "page": 0, "port_in_requests": [{}]});
        assert!(matches!(count(None, body), Err(PageError::Continuation(_))));
    }

    #[test]
    fn a_token_leads_on_where_the_list_has_such_ones() {
        let list = list(Some("a")).token("nextToken", "pageToken");
        let token = |body: Value| read(&list, body).map(|(_, next)| next);
        let next = Some(Next::Token("pageToken", "t1".to_owned()));
        assert_eq!(token(json!({"a": [{}], "meta": {"nextToken": "t1"}})), Ok(next.clone()));
        assert_eq!(token(json!({"a": [{}], "nextToken": "t1"})), Ok(next));
        for end in [
            json!({"a": [], "meta": {"nextToken": null}}),
            json!({"a": [], "nextToken": ""}),
            json!({"a": []}),
        ] {
            assert_eq!(token(end), Ok(None));
        }
        assert_eq!(token(json!({"a": [], "nextToken": 7})), Err(PageError::BadLink));
    }

    #[test]
    fn an_answer_may_be_the_array_itself_where_the_list_is_such_a_one() {
        let bare = list(None).largest_pages().bare();
        assert!(bare.first_page().query.is_empty());
        let (items, next) = read(&bare, json!([{"n": 1}, {"n": 2}])).expect("a page");
        assert_eq!((json!(items), next), (json!([{"n": 1}, {"n": 2}]), None));
        assert_eq!(read(&bare, json!([1])), Err(PageError::NotAnObject));
        assert_eq!(read(&bare, json!({"a": []})), Err(PageError::NoItems));
    }

    #[test]
    fn an_empty_first_page_that_counts_items_is_no_list() {
        let read = |text: &str| {
            let list = ListRequest::new(super::super::Request::get(
                super::super::Product::Api,
                &crate::twilio::tests::server::parent(),
                "/x.json".to_owned(),
            ));
            Page::read(&list.key("items"), text.to_owned())
        };
        assert!(read(r#"{"items": [], "start": 0, "end": 0, "next_page_uri": null}"#).is_ok());
        assert!(read(r#"{"items": [], "page": 1, "start": 50, "end": 50, "next_page_uri": null}"#).is_ok());
        assert_eq!(
            read(r#"{"items": [ ], "page": 0, "start": 0, "end": 2, "total": 3}"#),
            Err(PageError::NoItems)
        );
    }
}
