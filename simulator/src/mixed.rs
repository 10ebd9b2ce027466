//! Answers that are not the ones that were asked for: of another object, with other members, with another time.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use crate::behaviour::Answer;

/// The response about another object of the same collection, if it is about one and there is another. `list` answers a list of
/// the collection at a path.
pub(crate) fn swapped(mut answer: Answer, path: &str, list: impl FnOnce(String) -> Answer) -> Answer {
    let sid = answer
        .body
        .as_ref()
        .and_then(|body| body.get("sid"))
        .and_then(Value::as_str);
    let Some(sid) = sid.map(str::to_owned) else {
        return answer;
    };
    let other = list(collection(path, &sid)).body.and_then(|page| another(page, &sid));
    if other.is_some() {
        answer.body = other;
    }
    answer
}

/// The response with these members in place of its own.
pub(crate) fn altered(mut answer: Answer, set: Map<String, Value>) -> Answer {
    if let Some(Value::Object(body)) = &mut answer.body {
        body.extend(set);
    }
    answer
}

/// The text of a `Date` header that is so many seconds ahead of `now`; empty without.
pub(crate) fn date(now: Timestamp, ahead: Option<i64>) -> String {
    let Some(ahead) = ahead else {
        return String::new();
    };
    let shown = now.saturating_add(SignedDuration::from_secs(ahead)).unwrap_or(now);
    shown.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The path of the collection in which a response at `path` is about `sid`: what was posted to, or what is above the object.
fn collection(path: &str, sid: &str) -> String {
    let (bare, format) = match path.strip_suffix(".json") {
        Some(bare) => (bare, ".json"),
        None => (path, ""),
    };
    match bare.rsplit_once('/') {
        Some((above, last)) if last == sid => format!("{above}{format}"),
        _ => path.to_owned(),
    }
}

/// The first item of a page that has another SID.
fn another(page: Value, sid: &str) -> Option<Value> {
    let Value::Object(page) = page else { return None };
    let lists = page.into_iter().filter_map(|(_, member)| match member {
        Value::Array(items) => Some(items),
        _ => None,
    });
    lists.flatten().find(|item| {
        item.get("sid")
            .and_then(Value::as_str)
            .is_some_and(|other| other != sid)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_is_swapped_with_a_neighbour_and_stays_where_there_is_none() {
        let answer = || Answer::json(200, json!({"sid": "AP1"}));
        let swap = |path: &str, items: Value| {
            let mut asked = String::new();
            let swapped = swapped(answer(), path, |path| {
                asked = path;
                Answer::json(200, json!({"page": 0, "applications": items}))
            });
            (asked, swapped.body.expect("a body")["sid"].clone())
        };
        let both = || json!([{"sid": "AP1"}, {"sid": "AP2"}]);
        assert_eq!(
            swap("/A/Applications/AP1.json", both()),
            ("/A/Applications.json".to_owned(), "AP2".into())
        );
        assert_eq!(swap("/v1/Apps/AP1", both()), ("/v1/Apps".to_owned(), "AP2".into()));
        assert_eq!(swap("/v1/Apps", both()), ("/v1/Apps".to_owned(), "AP2".into()));
        assert_eq!(swap("/v1/Apps", json!([{"sid": "AP1"}])).1, "AP1");
        let nothing = swapped(Answer::empty(204), "/v1/Apps/AP1", |_| unreachable!("nothing to swap"));
        assert_eq!(nothing.body, None);
    }

    #[test]
    fn members_are_replaced_and_dates_shifted() {
        let set = json!({"account_sid": "AC2"}).as_object().cloned().expect("an object");
        let answer = altered(Answer::json(200, json!({"sid": "AP1", "account_sid": "AC1"})), set);
        assert_eq!(answer.body, Some(json!({"sid": "AP1", "account_sid": "AC2"})));
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(date(now, None), "");
        assert_eq!(date(now, Some(-7200)), "Wed, 31 Dec 1969 22:00:00 GMT");
    }
}
