//! What the response to a request must be about.
//!
//! A cache that mixes two responses up, a gateway with a page of its own or an error in a 200 are all answers of status 200.
//! So a response counts only if it is an object that the request named: the SID at the end of the path is the object's own,
//! those before it are its account and its parents. This follows from the path, for every request alike; where a path does
//! not say it all, the request does ([`Expects`]). Fields that a response does not have are not missed, except the SID.

use std::str::FromStr;

use serde_json::Value;

use super::bulk::{BulkResult, BulkResults};
use super::error_body::ErrorBody;
use super::lenient;
use super::product::Product;
use super::request::{Effect, Method, Request};
use super::response::JsonObject;
use super::sid::Sid;

/// What a request expects of its response.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Expects {
    /// The object that the path names by a SID at its end. Of other paths nothing is expected.
    #[default]
    Named,
    /// A new object, whose SID starts with these letters.
    New(&'static str),
    /// The same, with one of several pairs of letters.
    NewOf(&'static [&'static str]),
    /// A new object that Twilio knows by what this field has, a text or a number, and by no SID.
    NewKeyed(&'static str),
    /// An object of which this field has this value: a text, or a number or a truth value that is written so.
    Member(&'static str, String),
    /// What became of each object that the request names. It becomes the object of which the field has the value.
    Result(BulkResults, &'static str, String),
    /// A page of a list, which stays text: [`super::page`] judges it.
    Page,
    /// Some object of the account and the parents that the path names: one that has something to say.
    Object,
    /// Nothing that says what it is about, or nothing at all. A delete is then done by any word of success.
    Nothing,
}

/// The field in which an account names the account that owns it.
const OWNER: &str = "owner_account_sid";

/// What the path of a request says of the objects that answer it.
struct Named<'a> {
    /// The account, and the other one that the object may be in after this request: it may be moved.
    accounts: Vec<&'a str>,
    /// Fields with the SIDs of parents.
    parents: Vec<(String, &'a str)>,
    /// The object's own SID.
    own: Option<&'a str>,
}

/// Judges a response of success.
///
/// # Errors
/// Why it is not about what the request named, in words that follow "the response".
pub(super) fn check(request: &Request, status: u16, body: &Value) -> Result<(), String> {
    let named = named(request);
    match &request.expects {
        Expects::Page => Ok(()),
        Expects::Nothing => check_whatever(body),
        _ if request.method == Method::Delete => check_delete(&named, status, body),
        Expects::Named if request.effect == Effect::Create => check_whatever(body),
        Expects::Named => match named.own {
            Some(own) => named.check_with(body, |object| has(object, "sid", own)),
            None => check_whatever(body).and_then(|()| body.as_object().map_or(Ok(()), |object| named.check(object))),
        },
        Expects::Member(field, value) => named.check_with(body, |object| has(object, field, value)),
        Expects::Result(results, field, value) => named.check_with(body, |object| {
            is_no_error(object)?;
            match results.of(object, field, value) {
                BulkResult::Untold(why) => Err(why),
                BulkResult::Written(result) => named.check(result),
                BulkResult::Refused(_) => Ok(()),
            }
        }),
        Expects::New(prefix) => named.check_with(body, |object| has_sid(object, prefix)),
        Expects::NewOf(prefixes) => named.check_with(body, |object| has_sid_of(object, prefixes)),
        Expects::NewKeyed(field) => named.check_with(body, |object| has_text(object, field)),
        Expects::Object => named.check_with(body, |object| {
            is_no_error(object)?;
            match object.is_empty() {
                true => Err("says nothing".to_owned()),
                false => Ok(()),
            }
        }),
    }
}

/// What a response of success says of the one object that the request is about, where it speaks of many.
///
/// # Errors
/// Why Twilio refused it all the same.
pub(super) fn own_result(request: &Request, body: Value) -> Result<Value, ErrorBody> {
    let (Expects::Result(results, field, value), Value::Object(object)) = (&request.expects, &body) else {
        return Ok(body);
    };
    match results.of(object, field, value) {
        BulkResult::Written(result) => Ok(Value::Object(result.clone())),
        BulkResult::Refused(refusal) => Err(refusal),
        BulkResult::Untold(_) => Ok(body),
    }
}

/// A response of which nothing is expected says at least nothing of an error.
fn check_whatever(body: &Value) -> Result<(), String> {
    body.as_object().map_or(Ok(()), is_no_error)
}

/// Judges an item of a list. `prefix` is what its SID must start with, if it must have one; `any_account` says that it may be
/// of another account.
///
/// # Errors
/// As [`check`].
pub(super) fn check_item(
    request: &Request,
    prefix: Option<&str>,
    any_account: bool,
    item: &JsonObject,
) -> Result<(), String> {
    if let Some(prefix) = prefix {
        has_sid(item, prefix)?;
    }
    let mut named = named(request);
    if any_account {
        named.accounts.clear();
    }
    // In the list of accounts each names its owner, and the one that asks is there too.
    named.parents.retain(|(field, _)| field != OWNER);
    named.check(item)
}

/// Judges whether an item of a list has the text, or the number, by which it is known.
///
/// # Errors
/// As [`check`].
pub(super) fn has_text(item: &JsonObject, field: &str) -> Result<(), String> {
    match returned(item, field).and(item.get(field)).and_then(lenient::text) {
        Some(_) => Ok(()),
        None => Err(format!("has no {field}")),
    }
}

/// Something is deleted when Twilio says so, which is 204 without a body for each product that this provider deletes from. An
/// answer that shows the object says the contrary.
fn check_delete(named: &Named<'_>, status: u16, body: &Value) -> Result<(), String> {
    match body {
        Value::Null if status == 204 => Ok(()),
        Value::Null => Err("is empty, and does not say that anything was deleted".to_owned()),
        Value::Object(object) => {
            is_no_error(object)?;
            if let Some(own) = named.own {
                has(object, "sid", own)?;
            }
            named.check(object)?;
            Err("shows the object, and does not say that it was deleted".to_owned())
        }
        other => Err(no_object(other)),
    }
}

/// The SIDs in a path, in order.
pub(super) fn sids(path: &str) -> impl Iterator<Item = &str> {
    segments(path).filter(|segment| is_sid(segment))
}

fn named(request: &Request) -> Named<'_> {
    let all: Vec<&str> = segments(&request.path).collect();
    let mut named = Named {
        accounts: Vec::new(),
        parents: Vec::new(),
        own: None,
    };
    for (index, segment) in all.iter().enumerate() {
        let collection = index.checked_sub(1).and_then(|before| all.get(before)).copied();
        match collection {
            _ if !is_sid(segment) => {}
            _ if index + 1 == all.len() => named.own = Some(segment),
            Some("Accounts") if request.product == Product::Api => named.accounts.push(segment),
            Some(collection) => named.parents.push((parent_field(collection), segment)),
            None => {}
        }
    }
    // Whoever reads a subaccount does so as its parent. Accounts are in no account.
    let is_account = all.get(1) == Some(&"Accounts") && all.len() <= 3 && request.product == Product::Api;
    if is_account {
        if named.own != Some(request.account.as_str()) {
            named.parents.push((OWNER.to_owned(), request.account.as_str()));
        }
        return named;
    }
    if named.accounts.is_empty() {
        named.accounts.push(request.account.as_str());
    }
    let moved_to = request.body.pairs().iter().filter(|(name, _)| name == "AccountSid");
    named.accounts.extend(moved_to.map(|(_, value)| value.as_str()));
    named
}

impl Named<'_> {
    /// Judges a response that is an object, by what is expected of it and by what it names.
    fn check_with(&self, body: &Value, check: impl FnOnce(&JsonObject) -> Result<(), String>) -> Result<(), String> {
        let object = body.as_object().ok_or_else(|| no_object(body))?;
        check(object)?;
        self.check(object)
    }

    fn check(&self, object: &JsonObject) -> Result<(), String> {
        if !self.accounts.is_empty()
            && let Some(returned) = returned(object, "account_sid")
            && !self.accounts.iter().any(|account| returned == Some(*account))
        {
            return Err(other("account_sid", self.accounts[0], returned));
        }
        for (field, expected) in &self.parents {
            if let Some(returned) = returned(object, field)
                && returned != Some(*expected)
            {
                return Err(other(field, expected, returned));
            }
        }
        Ok(())
    }
}

/// What a field that is there says; `Some(None)` if that is no text.
fn returned<'a>(object: &'a JsonObject, field: &str) -> Option<Option<&'a str>> {
    match object.get(field) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text.is_empty() => None,
        Some(value) => Some(value.as_str()),
    }
}

fn has(object: &JsonObject, field: &str, expected: &str) -> Result<(), String> {
    match returned(object, field) {
        Some(Some(returned)) if returned == expected => Ok(()),
        Some(None) if object.get(field).and_then(lenient::text).as_deref() == Some(expected) => Ok(()),
        Some(returned) => Err(other(field, expected, returned)),
        None => Err(match is_error(object) {
            true => "is an error in the guise of a success".to_owned(),
            false => format!("has no {field}, and {expected} was requested"),
        }),
    }
}

fn has_sid(object: &JsonObject, prefix: &str) -> Result<(), String> {
    let Some(returned) = returned(object, "sid") else {
        return Err(match is_error(object) {
            true => "is an error in the guise of a success".to_owned(),
            false => "has no sid".to_owned(),
        });
    };
    match returned.map(|text| Sid::with_prefix(text, prefix, "what was requested")) {
        Some(Ok(_)) => Ok(()),
        Some(Err(why)) => Err(format!("has a sid that cannot be: {why}")),
        None => Err("has a sid that is no text".to_owned()),
    }
}

/// As [`has_sid`], with one of several prefixes.
fn has_sid_of(object: &JsonObject, prefixes: &[&str]) -> Result<(), String> {
    let sid = object.get("sid").and_then(Value::as_str).unwrap_or_default();
    let prefix = prefixes.iter().find(|prefix| sid.starts_with(**prefix));
    has_sid(object, prefix.or(prefixes.first()).copied().unwrap_or_default())
}

/// Nothing is repeated that is not a SID, since it may be anything.
fn other(field: &str, expected: &str, returned: Option<&str>) -> String {
    match returned.filter(|returned| is_sid(returned)) {
        Some(returned) => format!("is about something else: its {field} is {returned}, and {expected} was requested"),
        None => format!("is about something else: its {field} is not {expected}, which was requested"),
    }
}

fn no_object(body: &Value) -> String {
    match body {
        Value::Null => "is empty".to_owned(),
        Value::Array(_) => "is a list, where one object was requested".to_owned(),
        _ => "is not an object".to_owned(),
    }
}

fn is_no_error(object: &JsonObject) -> Result<(), String> {
    match is_error(object) {
        true => Err("is an error in the guise of a success".to_owned()),
        false => Ok(()),
    }
}

/// Whether this is what Twilio says when it refuses: a code and words.
fn is_error(object: &JsonObject) -> bool {
    let has_code = object.get("code").and_then(lenient::integer).is_some();
    has_code
        && ["message", "detail", "title"]
            .iter()
            .any(|name| object.contains_key(*name))
}

fn is_sid(text: &str) -> bool {
    Sid::from_str(text).is_ok()
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    // The API of 2010 says the format at the end of each path.
    let path = path.strip_suffix(".json").unwrap_or(path);
    path.split('/').filter(|segment| !segment.is_empty())
}

/// The field that names a parent: `service_sid` below `/Services/`.
fn parent_field(collection: &str) -> String {
    let singular = match collection.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => collection.strip_suffix('s').unwrap_or(collection).to_owned(),
    };
    let mut field = String::with_capacity(singular.len() + 8);
    for (index, character) in singular.chars().enumerate() {
        if character.is_ascii_uppercase() && index > 0 {
            field.push('_');
        }
        field.push(character.to_ascii_lowercase());
    }
    field.push_str("_sid");
    field
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::AccountSid;
    use serde_json::json;

    fn sid(prefix: &str, digit: char) -> String {
        format!("{prefix}{}", digit.to_string().repeat(32))
    }

    fn account(digit: char) -> AccountSid {
        sid("AC", digit).parse().expect("valid")
    }

    fn service() -> Request {
        Request::get(
            Product::Messaging,
            &account('1'),
            format!("/v1/Services/{}", sid("MG", 'a')),
        )
    }

    fn entry() -> Request {
        let path = format!("/v1/Services/{}/PhoneNumbers/{}", sid("MG", 'a'), sid("PN", 'b'));
        Request::get(Product::Messaging, &account('1'), path)
    }

    #[track_caller]
    fn refused(request: &Request, body: Value) -> String {
        check(request, 200, &body).expect_err("not what was asked for")
    }

    #[test]
    fn a_new_object_that_is_known_by_a_number_has_one() {
        let path = format!("/v1/Services/{}/Lists/{}/Items", sid("IS", 'a'), sid("ES", 'b'));
        let create = Request::post(Product::Sync, &account('1'), path).creates();
        let create = create.expects(Expects::NewKeyed("index"));
        for known in [json!({"index": 0}), json!({"index": "7"})] {
            assert_eq!(check(&create, 201, &known), Ok(()));
        }
        for lost in [
            json!({}),
            json!({"index": null}),
            json!({"index": ""}),
            json!({"key": 0}),
        ] {
            assert_eq!(refused(&create, lost), "has no index");
        }
        let other = json!({"index": 0, "list_sid": sid("ES", 'c')});
        assert!(refused(&create, other).contains("list_sid"));
    }

    #[test]
    fn the_object_that_the_path_names_counts() {
        let mine = json!({"sid": sid("MG", 'a'), "account_sid": sid("AC", '1')});
        assert_eq!(check(&service(), 200, &mine), Ok(()));
        // Older shapes lack fields, and empty texts say nothing.
        assert_eq!(
            check(&service(), 200, &json!({"sid": sid("MG", 'a'), "account_sid": ""})),
            Ok(())
        );
        let entry_body = json!({"sid": sid("PN", 'b'), "service_sid": sid("MG", 'a')});
        assert_eq!(check(&entry(), 200, &entry_body), Ok(()));
    }

    #[test]
    fn whatever_is_no_such_object_does_not() {
        for body in [
            json!(null),
            json!([]),
            json!("hi"),
            json!(7),
            json!({}),
            json!({"sid": null}),
            json!({"sid": 7}),
            json!({"sid": "../../Accounts"}),
            json!({"sid": "x".repeat(1 << 20)}),
            json!({"sid": sid("MG", 'b')}),
            json!({"sid": sid("AP", 'a')}),
            json!({"sid": sid("MG", 'a'), "account_sid": sid("AC", '2')}),
            json!({"sid": sid("MG", 'a'), "account_sid": 7}),
            json!({"code": 20500, "message": "bad", "status": 500}),
        ] {
            let said = refused(&service(), body);
            assert!(said.len() < 200, "{said}");
        }
        let said = refused(&service(), json!({"sid": sid("MG", 'b')}));
        assert!(
            said.contains(&sid("MG", 'b')) && said.contains(&sid("MG", 'a')),
            "{said}"
        );
        assert!(refused(&service(), json!({"code": 1, "message": "m"})).contains("error"));
    }

    #[test]
    fn parents_are_those_of_the_path() {
        let body = json!({"sid": sid("PN", 'b'), "service_sid": sid("MG", 'c')});
        assert!(refused(&entry(), body).contains("service_sid"));
        assert_eq!(parent_field("PhoneNumbers"), "phone_number_sid");
        assert_eq!(parent_field("Entities"), "entity_sid");
        assert_eq!(parent_field("Services"), "service_sid");
    }

    #[test]
    fn an_account_is_the_one_that_was_named_and_owned_by_the_one_that_asks() {
        let path = format!("/2010-04-01/Accounts/{}.json", account('2'));
        let child = Request::get(Product::Api, &account('1'), path);
        let body = |sid_digit, owner| json!({"sid": sid("AC", sid_digit), "owner_account_sid": sid("AC", owner)});
        assert_eq!(check(&child, 200, &body('2', '1')), Ok(()));
        assert!(refused(&child, body('3', '1')).contains("sid"));
        assert!(refused(&child, body('2', '3')).contains("owner_account_sid"));
        let path = format!("/2010-04-01/Accounts/{}.json", account('1'));
        let own = Request::get(Product::Api, &account('1'), path);
        assert_eq!(
            check(&own, 200, &body('1', '9')),
            Ok(()),
            "its parent is not known here"
        );
        let create = Request::post(Product::Api, &account('1'), "/2010-04-01/Accounts.json").creates();
        let create = create.expects(Expects::New("AC"));
        assert_eq!(check(&create, 201, &body('4', '1')), Ok(()));
        assert!(check(&create, 201, &body('4', '2')).is_err());
    }

    #[test]
    fn a_number_may_come_to_the_account_that_it_is_moved_to() {
        let path = format!(
            "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{}.json",
            account('1'),
            sid("PN", 'a')
        );
        let change = Request::post(Product::Api, &account('1'), path);
        let moved = json!({"sid": sid("PN", 'a'), "account_sid": sid("AC", '2')});
        assert!(check(&change, 200, &moved).is_err());
        assert_eq!(
            check(&change.form([("AccountSid", sid("AC", '2'))]), 200, &moved),
            Ok(())
        );
    }

    #[test]
    fn an_object_without_a_sid_is_known_by_what_names_it() {
        let path = format!("/v1/Services/{}/Maps/{}/Items/7", sid("IS", 'a'), sid("MP", 'b'));
        let read = |value: &str| {
            Request::get(Product::Sync, &account('1'), path.as_str()).expects(Expects::Member("key", value.to_owned()))
        };
        for (expected, returned) in [
            ("7", json!("7")),
            ("7", json!(7)),
            ("true", json!(true)),
            ("1.50", json!("1.50")),
        ] {
            let body = json!({"key": returned, "map_sid": sid("MP", 'b'), "service_sid": sid("IS", 'a')});
            assert_eq!(check(&read(expected), 200, &body), Ok(()), "{body}");
        }
        for body in [
            json!({"key": "8"}),
            json!({"key": 8}),
            json!({"key": null}),
            json!({"key": ["7"]}),
            json!({"key": ""}),
            json!({}),
            json!(["7"]),
            json!(null),
            json!({"key": "7", "map_sid": sid("MP", 'c')}),
            json!({"key": "7", "account_sid": sid("AC", '2')}),
            json!({"code": 20500, "message": "bad"}),
        ] {
            refused(&read("7"), body);
        }
    }

    #[test]
    fn an_item_is_known_by_a_text_or_a_number() {
        let known = |index: Value| {
            let item = json!({"index": index});
            has_text(item.as_object().expect("an object"), "index").is_ok()
        };
        assert!(known(json!("a")) && known(json!(0)) && known(json!(7)));
        for unknown in [json!(null), json!(""), json!([]), json!({})] {
            assert!(!known(unknown.clone()), "{unknown}");
        }
    }

    #[test]
    fn an_error_is_no_response_to_a_create() {
        let create = Request::post(Product::Messaging, &account('1'), "/v1/Services").creates();
        assert_eq!(check(&create, 201, &json!({"anything": 1})), Ok(()));
        assert!(refused(&create, json!({"code": 20500, "message": "bad"})).contains("error"));
    }

    #[test]
    fn settings_are_those_of_what_the_path_names_and_no_error() {
        let path = format!("/v1/Trunks/{}/Recording", sid("TK", 'a'));
        let read = Request::get(Product::Trunking, &account('1'), path);
        assert_eq!(check(&read, 200, &json!({"mode": "off"})), Ok(()));
        assert_eq!(
            check(&read, 200, &json!({"mode": "off", "trunk_sid": sid("TK", 'a')})),
            Ok(())
        );
        for body in [
            json!({"mode": "off", "trunk_sid": sid("TK", 'b')}),
            json!({"mode": "off", "account_sid": sid("AC", '2')}),
            json!({"code": 20500, "message": "bad", "status": 500}),
        ] {
            refused(&read, body);
        }
    }

    #[test]
    fn an_answer_may_repeat_nothing_and_is_still_no_error() {
        let write = Request::post(Product::Verify, &account('1'), "/v2/x").expects(Expects::Nothing);
        for body in [json!(null), json!({}), json!({"anything": 1}), json!([]), json!("ok")] {
            assert_eq!(check(&write, 202, &body), Ok(()), "{body}");
        }
        refused(&write, json!({"code": 20500, "message": "bad"}));
        // A delete is done when Twilio says so; what else says so is said by the request.
        let path = "/v2/ControlPlane/Stores/s";
        let delete = || Request::delete(Product::Verify, &account('1'), path);
        assert!(check(&delete(), 202, &json!(null)).is_err());
        assert_eq!(check(&delete().expects(Expects::Nothing), 202, &json!(null)), Ok(()));
        assert_eq!(
            check(&delete().expects(Expects::Nothing), 202, &json!({"status": "deleting"})),
            Ok(())
        );
        assert!(
            check(
                &delete().expects(Expects::Nothing),
                200,
                &json!({"code": 1, "message": "bad"})
            )
            .is_err()
        );
    }

    #[test]
    fn a_new_object_has_a_sid_of_its_kind() {
        let create = Request::post(Product::Messaging, &account('1'), "/v1/Services").creates();
        let create = create.expects(Expects::New("MG"));
        assert_eq!(check(&create, 201, &json!({"sid": sid("MG", 'a')})), Ok(()));
        for body in [
            json!(null),
            json!({}),
            json!({"sid": ".."}),
            json!({"sid": sid("AP", 'a')}),
        ] {
            assert!(check(&create, 201, &body).is_err(), "{body}");
        }
    }

    #[test]
    fn a_new_object_may_be_of_one_of_several_kinds() {
        let create = Request::post(Product::Api, &account('1'), "/2010-04-01/Messages.json").creates();
        let create = create.expects(Expects::NewOf(&["SM", "MM"]));
        for prefix in ["SM", "MM"] {
            assert_eq!(check(&create, 201, &json!({"sid": sid(prefix, 'a')})), Ok(()));
        }
        for body in [
            json!(null),
            json!({}),
            json!({"sid": "SM"}),
            json!({"sid": sid("CA", 'a')}),
            json!({"sid": 7}),
        ] {
            assert!(check(&create, 201, &body).is_err(), "{body}");
        }
    }

    #[test]
    fn a_member_is_known_by_the_field_that_is_named() {
        let path = format!("/v1/Subscriptions/{}/SubscribedEvents/a", sid("DF", 'a'));
        let read = Request::get(Product::Events, &account('1'), path).expects(Expects::Member("type", "a".to_owned()));
        assert_eq!(
            check(&read, 200, &json!({"type": "a", "subscription_sid": sid("DF", 'a')})),
            Ok(())
        );
        assert!(check(&read, 200, &json!({"type": "b"})).is_err());
        assert!(check(&read, 200, &json!({"type": "a", "subscription_sid": sid("DF", 'b')})).is_err());
    }

    #[test]
    fn some_object_is_no_error_and_of_the_account() {
        let path = format!("/2010-04-01/Accounts/{}/Balance.json", account('1'));
        let read = Request::get(Product::Api, &account('1'), path).expects(Expects::Object);
        assert_eq!(check(&read, 200, &json!({"balance": "1"})), Ok(()));
        for body in [
            json!(null),
            json!({"code": 1, "message": "m"}),
            json!({"account_sid": sid("AC", '2')}),
        ] {
            assert!(check(&read, 200, &body).is_err(), "{body}");
        }
    }

    #[test]
    fn only_no_content_says_that_something_is_deleted() {
        let path = format!("/v1/Services/{}", sid("MG", 'a'));
        let delete = Request::delete(Product::Messaging, &account('1'), path);
        assert_eq!(check(&delete, 204, &json!(null)), Ok(()));
        assert!(check(&delete, 202, &json!(null)).is_err());
        for body in [
            json!({"sid": sid("MG", 'a')}),
            json!(null),
            json!("ok"),
            json!([]),
            json!({"code": 1, "message": "m"}),
            json!({"sid": sid("MG", 'b')}),
        ] {
            assert!(check(&delete, 200, &body).is_err(), "{body}");
        }
    }

    #[test]
    fn an_item_of_a_list_is_of_the_account_and_has_a_sid_where_it_must() {
        let list = Request::get(Product::Messaging, &account('1'), "/v1/Services");
        let item = |value: Value| value.as_object().cloned().expect("an object");
        assert_eq!(check_item(&list, None, false, &item(json!({}))), Ok(()));
        assert!(check_item(&list, Some("MG"), false, &item(json!({}))).is_err());
        assert!(check_item(&list, Some("MG"), false, &item(json!({"sid": "MG1"}))).is_err());
        let foreign = item(json!({"account_sid": sid("AC", '2')}));
        assert!(check_item(&list, None, false, &foreign).is_err());
        assert_eq!(check_item(&list, None, true, &foreign), Ok(()));
    }
}
