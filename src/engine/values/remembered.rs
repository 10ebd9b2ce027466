//! What Twilio writes in its own way, and what it moves by itself: a response is brought into the words of the configuration
//! before it is compared with anything.
//!
//! A field that Twilio normalises keeps its configured value in the state. What Twilio returned to our write is remembered
//! beside it in the private data, as a hash: the private data is plain text in the state file, and a value may be secret or
//! large. A later response with the same value means that nothing has changed; any other is drift, and the state gets it.
//! Nothing is remembered where the state has what Twilio returned, as after an import.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::engine::facts::{Check, Field, Kind, Object, Operation, Properties, Spelling};
use crate::engine::values::properties::field as property;
use crate::framework::number::Number;
use crate::framework::value::Value;
use crate::twilio::{lenient, sha256};

/// What is remembered of an object: by attribute, the hash of what Twilio returned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remembered(BTreeMap<String, String>);

/// What is known when a response comes.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// What was remembered before.
    pub remembered: &'a Remembered,
    /// The object before the write, so that what was not sent is not taken for a response to it.
    pub prior: &'a Value,
}

impl Known<'_> {
    /// Of something new.
    pub const NOTHING: Known<'static> = Known {
        remembered: &Remembered(BTreeMap::new()),
        prior: &Value::Null,
    };
}

impl Remembered {
    /// As it is stored; `None` if there is nothing to store.
    pub fn to_json(&self) -> Option<Json> {
        let members = self.0.iter().map(|(name, hash)| (name.clone(), hash.as_str().into()));
        (!self.0.is_empty()).then(|| Json::Object(members.collect()))
    }

    /// From what was stored, whoever wrote it.
    pub fn from_json(stored: Option<&Json>) -> Self {
        let members = stored.and_then(Json::as_object).into_iter().flatten();
        let hashes = members.filter_map(|(name, hash)| Some((name.clone(), hash.as_str()?.to_owned())));
        Self(hashes.collect())
    }
}

/// Brings `response` into the words of `base`, which is the plan after a write and the earlier state on a read. Returns what is
/// to be remembered from now on.
pub(crate) fn in_configured_words(
    object: &Object,
    response: &mut Properties,
    base: &Value,
    operation: Operation,
    known: Known<'_>,
) -> Remembered {
    satisfy(object, response, base, operation);
    let mut remembered = Remembered::default();
    let at = Place {
        known,
        spelling: object.spelling,
        operation,
    };
    at.normalise(object.fields, "", response, base, known.prior, &mut remembered);
    remembered
}

/// Whether what was read after a write shows a value that Twilio normalises as it was before the write, though another was sent: the
/// read may be a moment behind, and is not to be taken for the response.
pub(crate) fn reads_as_before(
    object: &Object,
    read: &Properties,
    prior: &Value,
    planned: &Value,
    known: &Remembered,
) -> bool {
    object.fields.iter().filter(|field| field.normalised).any(|field| {
        let (before, sent) = (prior.attr(field.name), planned.attr(field.name));
        let returned =
            property(read, &field.read_path(object.spelling)).and_then(|returned| canonical(field.kind, returned));
        let (Some(returned), false) = (returned, before == sent) else {
            return false;
        };
        let configured = single(before).and_then(|before| canonical(field.kind, &before));
        let sent = single(sent).and_then(|sent| canonical(field.kind, &sent));
        let is_before =
            configured.as_ref() == Some(&returned) || known.0.get(field.name) == Some(&sha256(returned.as_bytes()));
        is_before && sent.as_ref() != Some(&returned)
    })
}

/// Puts the configured value in the place of those that satisfy it.
pub(crate) fn satisfy(object: &Object, response: &mut Properties, base: &Value, operation: Operation) {
    for field in object.fields.iter().filter(|field| !field.satisfied_by.is_empty()) {
        let path = field.read_path(object.spelling);
        let configured = base.attr(field.name).as_str();
        let returned = property(response, &path);
        if let (Some(configured), Some(true)) = (configured, returned.map(|returned| is_unheard_of(field, returned))) {
            put(response, &path, configured.into());
            continue;
        }
        let Some(returned) = returned.and_then(Json::as_str) else {
            continue;
        };
        if operation != Operation::Read && configured == Some(returned) {
            continue;
        }
        let mut satisfied = field.satisfied_by.iter().filter(|(_, later)| later.contains(&returned));
        let first = satisfied.clone().next();
        let chosen = satisfied.find(|(word, _)| configured == Some(word)).or(first);
        if let Some((word, _)) = chosen {
            put(response, &path, (*word).into());
        }
    }
}

/// Whether a state that moves by itself is none that the table knows: no word that can be configured, none that satisfies one, no
/// refusal. Twilio may have more states than it had when the table was written, and what nobody knows is no reason to write.
pub(crate) fn is_unheard_of(field: &Field, returned: &Json) -> bool {
    let is_known = |word: &str| {
        let mut satisfied = field.satisfied_by.iter();
        let mut checks = field.checks.iter();
        satisfied.any(|(first, later)| *first == word || later.contains(&word))
            || field.refused.is_some_and(|refusal| refusal.states.contains(&word))
            || checks.any(|check| matches!(check, Check::OneOf(words) | Check::Known(words) if words.contains(&word)))
    };
    match returned {
        Json::Null => false,
        Json::String(word) => !word.is_empty() && !is_known(word),
        // A state is a word.
        _ => true,
    }
}

#[derive(Clone, Copy)]
struct Place<'a> {
    known: Known<'a>,
    spelling: Spelling,
    operation: Operation,
}

impl Place<'_> {
    /// What a response does not mention is as it was, and so is what is remembered of it: of this name, and of those that begin so
    /// if it ends in a dot.
    fn keep(self, name: &str, base: &Value, remembered: &mut Remembered) {
        let is_it = |known: &str| known == name || (name.ends_with('.') && known.starts_with(name));
        let kept = self
            .known
            .remembered
            .0
            .iter()
            .filter(|(known, _)| !base.is_null() && is_it(known));
        remembered
            .0
            .extend(kept.map(|(name, hash)| (name.clone(), hash.clone())));
    }

    fn normalise(
        self,
        fields: &[Field],
        outer: &str,
        response: &mut Properties,
        base: &Value,
        prior: &Value,
        remembered: &mut Remembered,
    ) {
        for field in fields {
            let (base, prior) = (base.attr(field.name), prior.attr(field.name));
            let name = format!("{outer}{}", field.name);
            let path = field.read_path(self.spelling);
            if let Kind::Object(inner) = field.kind {
                let inside = format!("{name}.");
                match property_mut(response, &path) {
                    Some(Json::Object(inner_response)) => {
                        self.normalise(inner, &inside, inner_response, base, prior, remembered);
                    }
                    Some(_) => {}
                    None => self.keep(&inside, base, remembered),
                }
                continue;
            }
            if property(response, &path).is_none() {
                self.keep(&name, base, remembered);
                continue;
            }
            let Some(returned) = property(response, &path).and_then(|returned| canonical(field.kind, returned)) else {
                continue;
            };
            let Some(configured) = single(base).filter(|_| field.normalised) else {
                continue;
            };
            if canonical(field.kind, &configured).as_ref() == Some(&returned) {
                continue;
            }
            let hash = sha256(returned.as_bytes());
            let before = self.known.remembered.0.get(&name);
            let is_answer = match self.operation {
                // A value that only a create takes is what that made of it, though nobody may have remembered: an older
                // provider has not.
                Operation::Read => before == Some(&hash) || (before.is_none() && field.replaces()),
                _ => base != prior || before == Some(&hash) || (before.is_none() && field.replaces()),
            };
            if is_answer {
                put(response, &path, configured);
                remembered.0.insert(name, hash);
            } else if self.operation != Operation::Read
                && let Some(before) = before
            {
                // It was not sent: the state keeps what was planned for once, and the next read shows what Twilio has.
                remembered.0.insert(name, before.clone());
            }
        }
    }
}

/// A single value as JSON.
fn single(value: &Value) -> Option<Json> {
    match value {
        Value::String(text) => Some(text.as_str().into()),
        Value::Number(number) => serde_json::from_str(&number.to_string()).ok(),
        _ => None,
    }
}

/// A value in the one form that all responses with the same value have; `None` for nothing.
fn canonical(kind: Kind, returned: &Json) -> Option<String> {
    match kind {
        Kind::Text => lenient::text(returned).filter(|text| !text.is_empty()),
        Kind::Int | Kind::Decimal => Some(lenient::number(returned)?.parse::<Number>().ok()?.to_string()),
        Kind::Json => {
            let json = match returned {
                Json::String(text) => serde_json::from_str(text).ok()?,
                Json::Null => return None,
                other => other.clone(),
            };
            Some(sorted(&json).to_string())
        }
        _ => None,
    }
}

/// The same JSON with the keys of all objects in order, and equal numbers alike.
fn sorted(json: &Json) -> Json {
    match json {
        Json::Array(items) => items.iter().map(sorted).collect(),
        Json::Object(members) => {
            let members: BTreeMap<_, _> = members
                .iter()
                .map(|(name, member)| (name.clone(), sorted(member)))
                .collect();
            Json::Object(members.into_iter().collect::<Map<_, _>>())
        }
        Json::Number(number) => {
            let plain = number.to_string().parse::<Number>().ok();
            let plain = plain.and_then(|number| serde_json::from_str(&number.to_string()).ok());
            plain.unwrap_or_else(|| json.clone())
        }
        other => other.clone(),
    }
}

/// Puts a value in the place of one that is there.
fn put(response: &mut Properties, path: &str, value: Json) {
    if let Some(there) = property_mut(response, path) {
        *there = value;
    }
}

fn property_mut<'r>(response: &'r mut Properties, path: &str) -> Option<&'r mut Json> {
    match path.split_once('.') {
        None => response.get_mut(path),
        Some((outer, rest)) => property_mut(response.get_mut(outer)?.as_object_mut()?, rest),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::Absent::{Clears, Required};
    use crate::engine::facts::Role::{Fixed, Later, Setting};
    use crate::engine::facts::{Refusal, decimal, json as json_text, object, text};

    const INNER: &[Field] = &[text("url", Setting(Clears)).normalised_by_twilio()];
    const OBJECT: Object = Object {
        fields: &[
            text("region", Setting(Clears)).normalised_by_twilio(),
            text("secret", Setting(Clears)).normalised_by_twilio().sensitive(),
            text("amount", Fixed(Required)).normalised_by_twilio(),
            decimal("share", Setting(Clears)).normalised_by_twilio(),
            json_text("rules", Setting(Clears)).normalised_by_twilio(),
            object("inside", Setting(Clears), INNER),
            text("plain", Setting(Clears)),
            text("status", Later(Clears))
                .checks(&[Check::Known(&["draft"])])
                .refused(Refusal {
                    states: &["rejected"],
                    reason: &[],
                    look: "",
                })
                .satisfied_by(&[("submitted", &["in-review", "approved"]), ("fast", &["approved"])]),
        ],
        ..Object::NEW
    };

    fn fields(members: &[(&str, Value)]) -> Value {
        Value::object(members.iter().map(|(name, value)| (*name, value.clone())))
    }

    /// What becomes of a response, and what is remembered.
    fn brought(
        response: Json,
        base: &Value,
        operation: Operation,
        prior: &Value,
        known: &Remembered,
    ) -> (Json, Remembered) {
        let mut response = response.as_object().cloned().unwrap_or_default();
        let known = Known {
            remembered: known,
            prior,
        };
        let remembered = in_configured_words(&OBJECT, &mut response, base, operation, known);
        (Json::Object(response), remembered)
    }

    fn written(response: Json, base: &Value) -> (Json, Remembered) {
        brought(response, base, Operation::Create, &Value::Null, &Remembered::default())
    }

    fn read(response: Json, base: &Value, known: &Remembered) -> (Json, Remembered) {
        brought(response, base, Operation::Read, &Value::Null, known)
    }

    #[test]
    fn the_answer_to_a_write_is_no_drift_and_any_other_is() {
        let state = fields(&[("region", "California".into())]);
        let (response, remembered) = written(json!({"region": "CA"}), &state);
        assert_eq!(response, json!({"region": "California"}));
        let stored = Remembered::from_json(remembered.to_json().as_ref());
        assert_eq!(stored, remembered);
        assert_eq!(read(json!({"region": "CA"}), &state, &stored), (response, remembered));
        let (response, remembered) = read(json!({"region": "NV"}), &state, &stored);
        assert_eq!((response, remembered), (json!({"region": "NV"}), Remembered::default()));
        // Nothing of it is drift into nothing.
        assert_eq!(read(json!({"region": ""}), &state, &stored).0, json!({"region": ""}));
    }

    #[test]
    fn nothing_is_remembered_of_what_is_as_configured_was_not_returned_or_came_by_an_import() {
        let state = fields(&[("region", "CA".into()), ("plain", "California".into())]);
        let same = json!({"region": "CA", "plain": "CA"});
        assert_eq!(written(same.clone(), &state), (same, Remembered::default()));
        for unreturned in [json!({}), json!({"region": null}), json!({"region": ""})] {
            assert_eq!(written(unreturned.clone(), &state), (unreturned, Remembered::default()));
        }
        let returned = json!({"region": "CA", "amount": "130"});
        assert_eq!(
            read(returned.clone(), &Value::Null, &Remembered::default()),
            (returned, Remembered::default())
        );
    }

    #[test]
    fn what_was_not_sent_is_no_response_to_a_write() {
        let state = fields(&[("region", "California".into())]);
        let (_, before) = written(json!({"region": "CA"}), &state);
        let update = |returned: &str| brought(json!({"region": returned}), &state, Operation::Update, &state, &before);
        assert_eq!(update("CA"), (json!({"region": "California"}), before.clone()));
        // Somebody else has changed it: the next read compares with what was remembered.
        assert_eq!(update("NV"), (json!({"region": "NV"}), before.clone()));
        let other = fields(&[("region", "Nevada".into())]);
        let (response, after) = brought(json!({"region": "NV"}), &other, Operation::Update, &state, &before);
        assert_eq!(response, json!({"region": "Nevada"}));
        assert_ne!(after, before);
    }

    #[test]
    fn a_value_that_only_create_takes_is_learned_where_nobody_remembered() {
        let state = fields(&[("amount", "+30".into()), ("region", "California".into())]);
        let (response, learned) = read(json!({"amount": "130", "region": "CA"}), &state, &Remembered::default());
        assert_eq!(response, json!({"amount": "+30", "region": "CA"}));
        assert_eq!(
            read(json!({"amount": "131"}), &state, &learned).0,
            json!({"amount": "131"})
        );
    }

    #[test]
    fn numbers_and_json_count_by_what_they_mean() {
        let state = fields(&[
            ("share", Value::int(1)),
            ("rules", "{ \"a\": 1 }".into()),
            ("inside", fields(&[("url", "https://example.com".into())])),
        ]);
        let returned = json!({
            "share": "0.50", "rules": {"b": [], "a": 1}, "inside": {"url": "https://example.com/"}
        });
        let (response, remembered) = written(returned, &state);
        assert_eq!(
            response,
            json!({"share": 1, "rules": "{ \"a\": 1 }", "inside": {"url": "https://example.com"}})
        );
        let again = json!({
            "share": 0.5, "rules": "{\"a\": 1.0, \"b\": []}", "inside": {"url": "https://example.com/"}
        });
        assert_eq!(read(again, &state, &remembered), (response, remembered.clone()));
        let other = json!({"share": 0.5, "rules": {"b": [1], "a": 1}});
        assert_eq!(read(other.clone(), &state, &remembered).0["rules"], other["rules"]);
        // Differences of spelling alone are none.
        let spelled = json!({"rules": {"a": 1.0}});
        assert_eq!(written(spelled.clone(), &state), (spelled, Remembered::default()));
    }

    #[test]
    fn what_is_stored_says_nothing_of_a_secret() {
        let state = fields(&[("secret", "hush".into())]);
        let (_, remembered) = written(json!({"secret": "HUSH-normalised"}), &state);
        let stored = remembered.to_json().expect("it is remembered").to_string();
        assert!(
            !stored.to_lowercase().contains("hush") && stored.contains("secret"),
            "{stored}"
        );
        for foreign in [json!(null), json!([1]), json!({"secret": 5})] {
            assert_eq!(Remembered::from_json(Some(&foreign)), Remembered::default());
        }
    }

    #[test]
    fn what_twilio_makes_of_a_configured_state_satisfies_it() {
        let status = |text: &str| fields(&[("status", text.into())]);
        let read = |returned: &str, base: &Value| {
            read(json!({"status": returned}), base, &Remembered::default()).0["status"].clone()
        };
        for later in ["submitted", "in-review", "approved"] {
            assert_eq!(read(later, &status("submitted")), "submitted");
            assert_eq!(read(later, &Value::Null), "submitted", "as after an import");
            assert_eq!(
                read(later, &status("approved")),
                "submitted",
                "as an older provider had it"
            );
        }
        assert_eq!(read("approved", &status("fast")), "fast");
        assert_eq!(read("in-review", &status("fast")), "submitted");
        assert_eq!(read("in-review", &status("draft")), "submitted", "which is drift");
        assert_eq!(read("rejected", &status("submitted")), "rejected");
        assert_eq!(read("draft", &status("submitted")), "draft", "which is drift");
        assert_eq!(
            written(json!({"status": "in-review"}), &status("submitted")).0["status"],
            "submitted"
        );
        assert_eq!(
            written(json!({"status": "in-review"}), &status("in-review")).0["status"],
            "in-review"
        );
    }

    #[test]
    fn a_state_that_nobody_knows_is_no_drift() {
        let base = fields(&[("status", "submitted".into())]);
        for returned in [
            json!("new-unheard-of"),
            json!({"a": 1}),
            json!(["submitted"]),
            json!(7),
            json!(true),
        ] {
            let (response, _) = read(json!({ "status": returned }), &base, &Remembered::default());
            assert_eq!(response["status"], "submitted", "{returned}");
            assert_eq!(
                written(json!({ "status": returned }), &base).0["status"],
                "submitted",
                "{returned}"
            );
            // Where nothing is configured it is what Twilio says.
            let (response, _) = read(json!({ "status": returned }), &Value::Null, &Remembered::default());
            assert_eq!(response["status"], returned);
        }
        for unreturned in [json!({}), json!({"status": null}), json!({"status": ""})] {
            assert_eq!(read(unreturned.clone(), &base, &Remembered::default()).0, unreturned);
        }
    }

    #[test]
    fn what_a_response_does_not_mention_is_still_remembered() {
        let state = fields(&[
            ("region", "California".into()),
            ("inside", fields(&[("url", "https://example.com".into())])),
        ]);
        let returned = json!({"region": "CA", "inside": {"url": "https://example.com/"}});
        let (_, remembered) = written(returned.clone(), &state);
        assert_eq!(
            remembered.to_json().and_then(|stored| Some(stored.as_object()?.len())),
            Some(2)
        );
        for silent in [json!({}), json!({"plain": "x"}), json!({"inside": {}})] {
            assert_eq!(read(silent.clone(), &state, &remembered), (silent, remembered.clone()));
        }
        assert_eq!(read(returned, &state, &remembered).0["region"], "California");
        // What it says is nothing is nothing.
        let (_, after) = read(json!({"region": null, "inside": null}), &state, &remembered);
        assert_eq!(after, Remembered::default());
    }
}
