//! The objects of a list, one after the other: what data sources of several objects, searches (`terraform query`) and lookups
//! by a name are made of.
//!
//! Pages come as they are needed, and an item goes before the next is decoded: whoever takes the objects decides how much of a
//! list is in memory, and ends it by taking no more. Where items do not tell everything, a few objects are read at a time,
//! and come in the order of the list all the same.

use futures::future::BoxFuture;
use futures::stream::{self, BoxStream, FuturesOrdered, StreamExt as _};
use serde_json::Value as Json;

use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{Check, Filter, Items, Kind, Matches, Object, Operation, Properties};
use crate::engine::operations::read;
use crate::engine::operations::requests::{list_all, seek};
use crate::engine::values::properties::field;
use crate::engine::values::state::store;
use crate::framework::value::Value;
use crate::twilio::{ErrorKind, ListRequest, lenient};

/// How many objects are read at the same time where each needs a request of its own. The client has limits beside this.
const READ_AT_ONCE: usize = 8;

/// Which objects of a list are wanted, and how much of each.
#[derive(Clone, Copy)]
pub struct Search<'a> {
    /// The filters by their names, as they are configured; those that are null or missing are not set.
    pub filters: &'a Value,
    /// How much of each object is wanted.
    pub depth: Depth,
    /// How many are wanted at most, where that is known: no page is larger then, and nothing is requested for more. Whoever
    /// has enough takes no more.
    pub at_most: Option<usize>,
}

/// How much of each object is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What an item of the list has: its key and its name at least.
    Item,
    /// All that a read of the object has, if need be by requests for each: where items are [`Items::Partial`], where the object
    /// has members, and where a hook completes its read.
    Whole,
}

/// Why a list cannot go on, or one object of it cannot be read.
#[derive(Debug)]
pub struct ListError {
    /// What Twilio or the way to it answered.
    pub fault: Fault,
    /// The item whose own read failed: the list goes on behind it. `None` where the list itself cannot.
    pub item: Option<Box<Properties>>,
}

/// The objects of the list of `call`, whose state has the parents that the list is below. Items that are no such objects, that
/// are gone, and that went while the list was read are left out; so is what an exact filter should not have let through.
/// [`state_of`] makes a state of each.
///
/// # Errors
/// A diagnostic when a parent is missing. Everything else comes with the objects; after a [`ListError`] without an item nothing
/// else does.
pub fn objects<'a>(call: Call<'a>, search: Search<'a>) -> Result<BoxStream<'a, Result<Properties, ListError>>, Fault> {
    let object = call.object;
    let mut list = filtered(list_all(call)?, object, search.filters);
    if let Some(most) = search.at_most {
        list = list.page_size(u32::try_from(most.max(1)).unwrap_or(u32::MAX));
    }
    let set: Vec<&'static Filter> = set_filters(object, search.filters).collect();
    let items = stream::unfold(Some(call.client.items(list)), |items| async {
        let mut items = items?;
        match items.next().await {
            Ok(Some(item)) => Some((Ok(item), Some(items))),
            Ok(None) => None,
            Err(error) => {
                let list_error = ListError {
                    fault: error.into(),
                    item: None,
                };
                Some((Err(list_error), None))
            }
        }
    });
    let shows_what_is_gone = set.iter().any(|filter| filter.shows_what_is_gone);
    let wanted = items.filter(move |item| {
        let is_wanted = item.as_ref().map_or(true, |item| {
            object.read.is_one.is_none_or(|is_one| is_one(item))
                && (shows_what_is_gone || !is_gone(object, item))
                && set
                    .iter()
                    .all(|filter| lets_through(object, filter, search.filters, item))
        });
        std::future::ready(is_wanted)
    });
    let is_whole = search.depth == Depth::Whole;
    let reads = is_whole && needs_reads(object);
    let ahead = ReadAhead {
        items: wanted.boxed(),
        reads: FuturesOrdered::new(),
        at_once: if reads { READ_AT_ONCE } else { 1 },
        left: search.at_most.unwrap_or(usize::MAX),
        is_through: false,
    };
    let read = move |item| -> BoxFuture<'a, Option<Found>> {
        match item {
            Ok(item) if reads => Box::pin(async move { whole(call, item, shows_what_is_gone).await.transpose() }),
            Ok(item) if is_whole => Box::pin(std::future::ready(Some(of_right_types(call, item)))),
            item => Box::pin(std::future::ready(Some(item))),
        }
    };
    Ok(stream::unfold(
        ahead,
        move |mut ahead| async move { Some((ahead.next(read).await?, ahead)) },
    )
    .boxed())
}

/// An object of a list, or why there is none.
type Found = Result<Properties, ListError>;

/// Reads some items before they are wanted, and never more than are: the page behind the last of them is not requested.
struct ReadAhead<'a> {
    items: BoxStream<'a, Found>,
    reads: FuturesOrdered<BoxFuture<'a, Option<Found>>>,
    at_once: usize,
    /// How many objects are wanted yet.
    left: usize,
    is_through: bool,
}

impl<'a> ReadAhead<'a> {
    async fn next(&mut self, read: impl Fn(Found) -> BoxFuture<'a, Option<Found>>) -> Option<Found> {
        loop {
            let has_room = !self.is_through && self.reads.len() < self.left.clamp(1, self.at_once);
            tokio::select! {
                biased;
                item = self.items.next(), if has_room => match item {
                    Some(item) => self.reads.push_back(read(item)),
                    None => self.is_through = true,
                },
                found = self.reads.next(), if !self.reads.is_empty() => {
                    // What went meanwhile is no object.
                    if let Some(Some(found)) = found {
                        self.left = self.left.saturating_sub(1);
                        return Some(found);
                    }
                }
                else => return None,
            }
        }
    }
}

/// The state of an object of the list, as the resource of its type would have it after an import.
pub fn state_of(call: Call<'_>, item: Properties) -> Value {
    store(call.object, call.account, item, call.state, Operation::Read).0
}

/// The state of an object as data sources show it: as [`state_of`], with Twilio's own word for a state that moves by itself, which
/// nobody has configured there.
pub fn as_returned(call: Call<'_>, item: Properties) -> Value {
    let moving = call
        .object
        .fields
        .iter()
        .filter(|moving| !moving.satisfied_by.is_empty());
    let words = moving.filter_map(|moving| {
        let word = field(&item, &moving.read_path(call.object.spelling)).and_then(lenient::text)?;
        Some((moving.name, word))
    });
    let words: Vec<_> = words.collect();
    let mut state = state_of(call, item);
    for (name, word) in words {
        state.set_attr(name, Value::String(word));
    }
    state
}

/// The list with the filters that are set.
pub fn filtered(mut list: ListRequest, object: &Object, filters: &Value) -> ListRequest {
    for filter in set_filters(object, filters) {
        for text in texts(filters.attr(filter.field.name)) {
            list.request = list
                .request
                .query(filter.field.written_name(object.spelling.in_queries()), text);
        }
    }
    list
}

/// The filters that narrow the list down to what can have the same natural key as `state`. Only for texts that nobody writes in
/// two ways: what Twilio keeps with other spaces or letters than it was sent, a filter by what was sent would miss.
pub fn narrowed(list: ListRequest, object: &Object, state: &Value) -> ListRequest {
    let is_plain = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') && text.trim() == text && !text.contains("  ")
    };
    let names = object.natural_key.iter().filter_map(|name| {
        let text = state
            .attr(name)
            .as_str()
            .filter(|text| !text.is_empty() && is_plain(text))?;
        Some((object.narrowed_by(name)?.field.name, Value::string(text)))
    });
    filtered(list, object, &Value::object(names))
}

fn set_filters<'a>(object: &Object, filters: &'a Value) -> impl Iterator<Item = &'static Filter> + use<'a> {
    let is_set = |filter: &&Filter| !texts(filters.attr(filter.field.name)).is_empty();
    object.list.filters.iter().filter(is_set)
}

/// What stands in a query for a value: several parameters for several values.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Bool(truth) => vec![truth.to_string()],
        Value::Number(number) => vec![number.to_string()],
        Value::List(elements) | Value::Set(elements) => elements.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn is_gone(object: &Object, item: &Properties) -> bool {
    object.read.is_gone.is_some_and(|is_gone| is_gone(item))
}

/// Whether an item is what a filter asks for, as far as it tells: a list that takes a filter for something else than its
/// documentation says must not pass for a response.
fn lets_through(object: &Object, filter: &Filter, filters: &Value, item: &Properties) -> bool {
    let name = match filter.matches {
        Matches::Exactly(name) => name,
        Matches::Otherwise if is_compared_by_equality(filter) => filter.field.name,
        Matches::AtLeast(_) | Matches::Otherwise => return true,
    };
    let returned = object
        .field(name)
        .and_then(|exactly| field(item, &exactly.read_path(object.spelling)));
    let wanted = texts(filters.attr(filter.field.name));
    let returned = returned.and_then(returned_text).filter(|returned| !returned.is_empty());
    let is_it = |returned: String| match filter.matches {
        Matches::Exactly(_) => wanted.contains(&returned),
        // How Twilio compares here is not documented.
        _ => wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(&returned)),
    };
    returned.is_none_or(is_it)
}

/// Whether a filter of which it is not documented how it matches has a value that something else can only have or not: a word of
/// a set, a truth value, a SID. A text may be a part of a name or a pattern, a date or a number the end of a range.
fn is_compared_by_equality(filter: &Filter) -> bool {
    let is_word = |check: &Check| {
        matches!(
            check,
            Check::OneOf(_) | Check::Known(_) | Check::Sid(_) | Check::SidOf(_) | Check::AnySid
        )
    };
    match filter.field.kind {
        Kind::Bool => true,
        Kind::Text => filter.field.checks.iter().any(is_word),
        _ => false,
    }
}

fn returned_text(returned: &Json) -> Option<String> {
    match returned {
        Json::Bool(truth) => Some(truth.to_string()),
        returned => lenient::text(returned),
    }
}

/// All that a read of the object of an item has; `None` where it went meanwhile.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn whole_of(call: Call<'_>, item: Properties) -> Result<Option<Properties>, ListError> {
    whole(call, item, false).await
}

async fn whole(call: Call<'_>, item: Properties, shows_what_is_gone: bool) -> Result<Option<Properties>, ListError> {
    if !needs_reads(call.object) {
        return of_right_types(call, item).map(Some);
    }
    let is_partial = matches!(call.object.list.items, Items::Partial(_));
    let state = state_of(call, item.clone());
    let call = Call { state: &state, ..call };
    let read = match is_partial {
        true => seek(call).await,
        false => Ok(Some(item.clone())),
    };
    let read = match read {
        Ok(None) => return Ok(None),
        Ok(Some(read)) if !shows_what_is_gone && is_gone(call.object, &read) => return Ok(None),
        Ok(Some(read)) => read::whole(call, read).await,
        Err(fault) => Err(fault),
    };
    match read {
        Ok(read) => Ok(read),
        Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => Ok(None),
        Err(fault) => Err(ListError {
            fault,
            item: Some(Box::new(item)),
        }),
    }
}

/// An item that tells everything, if it can be Twilio's.
fn of_right_types(call: Call<'_>, item: Properties) -> Found {
    match read::refuse_wrong_types(call, &item) {
        Ok(()) => Ok(item),
        Err(refused) => Err(ListError {
            fault: refused.into(),
            item: Some(Box::new(item)),
        }),
    }
}

/// Whether a read has more than an item of the list: where that is partial, or more than one request is made.
fn needs_reads(object: &Object) -> bool {
    matches!(object.list.items, Items::Partial(_))
        || object.read.after_read.is_some()
        || !object.members.is_empty()
        || object.content.is_some()
}

#[cfg(test)]
mod tests {
    use futures::TryStreamExt as _;
    use serde_json::json;

    use super::*;
    use crate::engine::facts::Absent::{Clears, DefaultsTo};
    use crate::engine::facts::Role::{Observed, Setting};
    use crate::engine::facts::hooks::{ReadHooks, Warnings};
    use crate::engine::facts::{Key, List, Literal, Place, boolean, int, list, sid, text};
    use crate::twilio::tests::server::{ReceivedRequest, Reply, Server, ok, parent, status};
    use crate::twilio::{Client, Product};

    const THING: Object = Object {
        name: "twilio_thing",
        noun: "thing",
        place: Place::at(Product::Messaging, "/v1/Things", "/v1/Things/{sid}"),
        key: Key::Sid("MG"),
        list: List {
            filters: &[
                Filter::exact(text("name", Setting(Clears))),
                Filter::loose(boolean("in_use", Setting(Clears))),
                Filter::loose(int("size", Setting(Clears))),
                Filter::loose(list("tags", Setting(Clears), &Kind::Text).written_as("Tag")),
                Filter::loose(sid("owner_sid", Setting(Clears), &[Check::Sid("DG")])),
                Filter::exact(text("status", Setting(Clears))).that_shows_what_is_gone(),
            ],
            ..List::WHOLE
        },
        fields: &[
            text("name", Setting(Clears)),
            text("status", Observed),
            text("more", Observed),
        ],
        read: ReadHooks {
            is_one: Some(|item| item.get("kind") != Some(&json!("other"))),
            is_gone: Some(|item| item.get("status") == Some(&json!("closed"))),
            ..ReadHooks::NONE
        },
        ..Object::NEW
    };

    /// Of which a list tells less.
    const PARTIAL: Object = Object {
        list: List {
            items: Items::Partial("for a test"),
            ..THING.list
        },
        ..THING
    };

    fn sid_of(number: usize) -> String {
        format!("MG{number:032}")
    }

    fn page(items: impl IntoIterator<Item = Json>, next: Option<usize>) -> Reply {
        let next = next.map(|page| format!("https://messaging.twilio.com/v1/Things?Page={page}"));
        let things: Vec<_> = items.into_iter().collect();
        ok(json!({"meta": {"key": "things", "next_page_url": next}, "things": things}))
    }

    /// What a search finds, as names and SIDs, or the error that it ends with.
    async fn found(
        client: &Client,
        object: &'static Object,
        filters: Value,
        depth: Depth,
    ) -> Result<Vec<Properties>, ListError> {
        let (account, warnings, state) = (parent(), Warnings::default(), Value::Null);
        let call = Call {
            object,
            client,
            account: &account,
            state: &state,
            warnings: &warnings,
        };
        let search = Search {
            filters: &filters,
            depth,
            at_most: None,
        };
        objects(call, search).expect("there is a path").try_collect().await
    }

    fn sids(found: &[Properties]) -> Vec<String> {
        let sid = |item: &Properties| item["sid"].as_str().unwrap_or_default().to_owned();
        found.iter().map(sid).collect()
    }

    #[tokio::test]
    async fn a_page_is_requested_when_the_one_before_it_is_used_up() {
        let server = Server::start(|seen: &ReceivedRequest, _| {
            let at: usize = seen
                .target
                .rsplit_once("Page=")
                .map_or(0, |(_, page)| page.parse().unwrap_or(0));
            page(
                (0..20).map(|n| json!({"sid": sid_of(at * 20 + n)})),
                (at < 4).then_some(at + 1),
            )
        })
        .await;
        let (client, _) = server.client();
        let (account, warnings, state) = (parent(), Warnings::default(), Value::Null);
        let call = Call {
            object: &THING,
            client: &client,
            account: &account,
            state: &state,
            warnings: &warnings,
        };
        let search = Search {
            filters: &Value::Null,
            depth: Depth::Whole,
            at_most: Some(20),
        };
        let mut all = objects(call, search).expect("there is a path");
        for number in 0..10 {
            let item = all.try_next().await.expect("no error").expect("one more");
            assert_eq!(item["sid"], sid_of(number));
        }
        assert_eq!(server.count(), 1, "ten of twenty were taken");
        assert!(server.seen()[0].target.contains("PageSize=20"));
        let rest: Vec<_> = all.try_collect().await.expect("no error");
        assert_eq!((rest.len(), server.count()), (90, 5));
    }

    #[tokio::test]
    async fn no_page_and_no_object_is_requested_beyond_what_is_wanted() {
        let server = Server::start(
            |seen: &ReceivedRequest, _| match seen.target.strip_prefix("/v1/Things/") {
                None => page((0..10).map(|n| json!({"sid": sid_of(n)})), Some(1)),
                Some(sid) => ok(json!({"sid": sid})),
            },
        )
        .await;
        let (client, _) = server.client();
        let (account, warnings, state) = (parent(), Warnings::default(), Value::Null);
        let of = |object| Call {
            object,
            client: &client,
            account: &account,
            state: &state,
            warnings: &warnings,
        };
        for (object, wanted, requests) in [(&THING, 10, 1), (&PARTIAL, 10, 1 + 10), (&PARTIAL, 3, 1 + 3)] {
            let before = server.count();
            let search = Search {
                filters: &Value::Null,
                depth: Depth::Whole,
                at_most: Some(wanted),
            };
            let all = objects(of(object), search).expect("there is a path");
            let taken: Vec<_> = all.take(wanted).try_collect().await.expect("no error");
            assert_eq!((taken.len(), server.count() - before), (wanted, requests));
        }
    }

    #[tokio::test]
    async fn filters_go_into_the_query_and_are_not_taken_on_trust() {
        let server = Server::start(|_, _| {
            page(
                [
                    json!({"sid": sid_of(1), "name": "a"}),
                    json!({"sid": sid_of(2), "name": "A"}),
                    json!({"sid": sid_of(3), "name": "ab"}),
                    json!({"sid": sid_of(4)}),
                ],
                None,
            )
        })
        .await;
        let (client, _) = server.client();
        let filters = Value::object([
            ("name", "a".into()),
            ("in_use", false.into()),
            ("size", 7.into()),
            ("tags", Value::List(vec!["x".into(), "y z".into()])),
            ("owner_sid", Value::Null),
        ]);
        let found = found(&client, &THING, filters, Depth::Item).await.expect("a list");
        // What does not tell its name may have it.
        assert_eq!(sids(&found), [sid_of(1), sid_of(4)]);
        let target = &server.seen()[0].target;
        assert!(target.contains("Name=a&InUse=false&Size=7&Tag=x&Tag=y+z"), "{target}");
        assert!(!target.contains("OwnerSid") && !target.contains("Status"), "{target}");
    }

    #[tokio::test]
    async fn a_filter_that_twilio_ignores_is_not_believed_where_items_plainly_say_otherwise() {
        const LOOSE: Object = Object {
            list: List {
                filters: &[
                    Filter::loose(text("status", Setting(Clears)).checks(&[Check::Known(&["open", "done"])])),
                    Filter::loose(boolean("active", Setting(Clears))),
                    Filter::loose(sid("owner_sid", Setting(Clears), &[Check::Sid("DG")])),
                    Filter::loose(text("name", Setting(Clears))),
                    Filter::loose(int("size", Setting(Clears))),
                ],
                ..List::WHOLE
            },
            fields: &[
                text("name", Setting(Clears)),
                text("status", Observed),
                boolean("active", Observed),
                int("size", Observed),
                sid("owner_sid", Observed, &[]),
            ],
            ..THING
        };
        let owner = |digit: char| format!("DG{}", digit.to_string().repeat(32));
        let items = [
            json!({"sid": sid_of(1), "name": "ab", "status": "Open", "active": true, "size": 1, "owner_sid": owner('1')}),
            json!({"sid": sid_of(2), "name": "b", "status": "done", "active": false, "size": 2, "owner_sid": owner('2')}),
            json!({"sid": sid_of(3), "name": "b", "status": null, "owner_sid": ""}),
        ];
        let server = Server::start(move |_, _| page(items.clone(), None)).await;
        let (client, _) = server.client();
        let all = [1, 2, 3];
        for (filters, expected) in [
            (("status", Value::from("open")), &[1, 3][..]),
            (("active", false.into()), &[2, 3]),
            (("owner_sid", owner('2').into()), &[2, 3]),
            // A part of a name, and the end of a range: nobody can tell.
            (("name", "a".into()), &all),
            (("size", 2.into()), &all),
        ] {
            let found = found(&client, &LOOSE, Value::object([filters.clone()]), Depth::Item).await;
            let expected: Vec<_> = expected.iter().map(|number| sid_of(*number)).collect();
            assert_eq!(sids(&found.expect("a list")), expected, "{filters:?}");
        }
    }

    #[test]
    fn a_list_is_narrowed_down_by_what_misses_nothing() {
        const NAMED: Object = Object {
            natural_key: &["name", "status"],
            list: List {
                filters: &[
                    Filter::at_least(text("name", Setting(Clears)).written_as("Containing")),
                    Filter::loose(text("status", Setting(Clears))),
                ],
                ..List::WHOLE
            },
            ..THING
        };
        let query = |name: Value| {
            let state = Value::object([("name", name), ("status", "open".into())]);
            let list = ListRequest::new(crate::twilio::Request::get(Product::Messaging, &parent(), "/v1/Things"));
            narrowed(list, &NAMED, &state).request.query
        };
        assert_eq!(
            query("Front desk".into()),
            [("Containing".to_owned(), "Front desk".to_owned())]
        );
        // What may be kept in another spelling than it was sent in is searched for among all.
        for text in [" a", "a ", "a  b", "a\tb", "Café", "", "\u{200b}a"] {
            assert!(query(text.into()).is_empty(), "{text:?}");
        }
        assert!(query(Value::UNKNOWN).is_empty() && query(Value::Null).is_empty());
    }

    #[tokio::test]
    async fn what_is_none_or_gone_is_left_out_unless_it_is_requested() {
        let server = Server::start(|_, _| {
            page(
                [
                    json!({"sid": sid_of(1), "status": "open"}),
                    json!({"sid": sid_of(2), "status": "closed"}),
                    json!({"sid": sid_of(3), "kind": "other", "status": "closed"}),
                ],
                None,
            )
        })
        .await;
        let (client, _) = server.client();
        let all = found(&client, &THING, Value::Null, Depth::Whole).await.expect("a list");
        assert_eq!(sids(&all), [sid_of(1)]);
        let closed = Value::object([("status", "closed".into())]);
        let all = found(&client, &THING, closed, Depth::Whole).await.expect("a list");
        assert_eq!(sids(&all), [sid_of(2)]);
    }

    #[tokio::test]
    async fn what_items_leave_out_is_read_and_what_went_meanwhile_is_no_error() {
        let server = Server::start(
            |seen: &ReceivedRequest, _| match seen.target.strip_prefix("/v1/Things/") {
                None => page((0..30).map(|n| json!({"sid": sid_of(n)})), None),
                Some(sid) if *sid == *sid_of(7) => {
                    status(404, json!({"code": 20404, "status": 404, "message": "gone"}))
                }
                Some(sid) => ok(json!({"sid": sid, "more": "m"})),
            },
        )
        .await;
        let (client, _) = server.client();
        let items = found(&client, &PARTIAL, Value::Null, Depth::Item)
            .await
            .expect("a list");
        assert_eq!((items.len(), server.count()), (30, 1));
        let whole = found(&client, &PARTIAL, Value::Null, Depth::Whole)
            .await
            .expect("a list");
        assert!(whole.iter().all(|object| object["more"] == "m"));
        let expected: Vec<_> = (0..30).filter(|n| *n != 7).map(sid_of).collect();
        assert_eq!(sids(&whole), expected);
        assert_eq!(server.count(), 1 + 31);
    }

    #[tokio::test]
    async fn a_value_of_another_type_is_an_error_and_never_the_default() {
        const COUNTED: Object = Object {
            fields: &[int("size", Setting(DefaultsTo(Literal::Int(120))))],
            ..THING
        };
        for (size, is_right) in [
            (json!(5), true),
            (json!(null), true),
            (json!("x"), false),
            (json!({"a": 1}), false),
        ] {
            let server = Server::start(move |_, _| page([json!({"sid": sid_of(1), "size": size.clone()})], None)).await;
            let (client, _) = server.client();
            let found = found(&client, &COUNTED, Value::Null, Depth::Whole).await;
            assert_eq!(found.is_ok(), is_right);
            if let Err(ListError {
                fault: Fault::Diagnostic(said),
                ..
            }) = found
            {
                assert!(
                    said.detail
                        .contains("size was answered as something that is no whole number"),
                    "{}",
                    said.detail
                );
                assert_eq!(said.path.to_string(), "size");
            }
        }
    }

    #[tokio::test]
    async fn an_object_that_cannot_be_read_is_distinguished_from_a_list_that_cannot_go_on() {
        let refusal = || status(403, json!({"code": 20003, "status": 403, "message": "no"}));
        let server = Server::start(
            move |seen: &ReceivedRequest, _| match seen.target.strip_prefix("/v1/Things/") {
                None if seen.target.contains("Page=1") => refusal(),
                None => page([json!({"sid": sid_of(0)}), json!({"sid": sid_of(1)})], Some(1)),
                Some(sid) if *sid == *sid_of(0) => refusal(),
                Some(sid) => ok(json!({"sid": sid})),
            },
        )
        .await;
        let (client, _) = server.client();
        let (account, warnings, state) = (parent(), Warnings::default(), Value::Null);
        let call = Call {
            object: &PARTIAL,
            client: &client,
            account: &account,
            state: &state,
            warnings: &warnings,
        };
        let search = Search {
            filters: &Value::Null,
            depth: Depth::Whole,
            at_most: None,
        };
        let mut all = objects(call, search).expect("there is a path");
        let first = all.next().await.expect("one").expect_err("it is refused");
        assert_eq!(first.item.map(|item| item["sid"].clone()), Some(json!(sid_of(0))));
        let second = all.next().await.expect("one").expect("it is read");
        assert_eq!(second["sid"], sid_of(1));
        let last = all.next().await.expect("one").expect_err("the list is refused");
        assert!(last.item.is_none());
        assert!(all.next().await.is_none());
    }
}
