//! What a PATCH does inside of an object that it sends. Without a line here a member is put whole, in place of the one before.

use serde_json::Value;

use super::{At, is_at};
use crate::contract::Resource;
use crate::store::Body;

/// How a map is merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    /// Parameter, and field of the response.
    field: &'static str,
    /// Levels of maps: members at the last one are put whole. With [`u8::MAX`] none is.
    levels: u8,
    /// What takes a member away.
    removal: Removal,
}

/// What takes a member of a map away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Removal {
    /// Its value is null.
    Null,
    /// A member of its value is an empty text.
    Emptied(&'static str),
}

const MERGES: &[(At, Merge)] = &[
    // https://www.twilio.com/docs/conversations: a channel that is left out is kept, one with a value replaced, one with null
    // removed (so the contract's own text on the operation).
    (
        ("conversations.twilio.com", "/v2/ControlPlane/Configurations"),
        Merge {
            field: "channelSettings",
            levels: 1,
            removal: Removal::Null,
        },
    ),
    // The contract's text: traits that are left out stay, to remove one its value is null. Traits stand in groups, and what holds
    // members is merged however deep it is (https://www.rfc-editor.org/rfc/rfc7386).
    (
        ("memory.twilio.com", "/v1/Stores/{storeId}/Profiles"),
        Merge {
            field: "traits",
            levels: u8::MAX,
            removal: Removal::Null,
        },
    ),
    // The contract's text: keys that match are updated, new ones added, one with an empty `dataType` is removed.
    (
        ("memory.twilio.com", "/v1/ControlPlane/Stores/{storeId}/TraitGroups"),
        Merge {
            field: "traits",
            levels: 1,
            removal: Removal::Emptied("dataType"),
        },
    ),
];

/// How a PATCH merges a parameter; `None` if it is put whole.
pub(crate) fn of(resource: &Resource, parameter: &str) -> Option<Merge> {
    let mut lines = MERGES.iter().filter(|(at, _)| is_at(*at, resource));
    lines
        .find(|(_, merge)| merge.field == parameter)
        .map(|(_, merge)| *merge)
}

impl Merge {
    /// The value after the merge.
    pub(crate) fn onto(self, before: Option<&Value>, sent: &Value) -> Value {
        self.merged(self.levels, before, sent)
    }

    fn merged(self, levels: u8, before: Option<&Value>, sent: &Value) -> Value {
        let Value::Object(sent) = sent else {
            return sent.clone();
        };
        let mut members = before.and_then(Value::as_object).cloned().unwrap_or_else(Body::new);
        for (name, value) in sent {
            if levels > 1 && value.is_object() {
                let merged = self.merged(levels - 1, members.get(name), value);
                members.insert(name.clone(), merged);
            } else if self.removal.takes(value) {
                members.shift_remove(name);
            } else {
                members.insert(name.clone(), value.clone());
            }
        }
        Value::Object(members)
    }
}

impl Removal {
    fn takes(self, value: &Value) -> bool {
        match self {
            Self::Null => value.is_null(),
            Self::Emptied(member) => value.get(member).and_then(Value::as_str) == Some(""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;
    use serde_json::json;

    #[test]
    fn each_line_is_about_a_parameter_of_a_patch() {
        for (at, merge) in MERGES {
            let mut patches = assert_published(*at).operations().filter(|one| one.method == "PATCH");
            let patch = patches.next().unwrap_or_else(|| panic!("{at:?}"));
            assert!(patch.params.iter().any(|param| param.name == merge.field), "{at:?}");
        }
    }

    #[test]
    fn members_are_added_replaced_and_taken_away_at_the_last_level() {
        let (_, traits) = MERGES[1];
        let before = json!({"contact": {"city": "Paris", "zip": "1"}, "other": {"a": 1}});
        let sent = json!({"contact": {"city": "Rome", "zip": null, "street": {"x": 1}}});
        let after = json!({"contact": {"city": "Rome", "street": {"x": 1}}, "other": {"a": 1}});
        assert_eq!(traits.onto(Some(&before), &sent), after);
        let before = json!({"a": {"b": {"c": {"d": {"e": 1, "f": 2}, "g": 3}}}});
        let sent =
            json!({"a": {"b": {"c": {"d": {"e": null, "x": {"y": null}}}}}, "n": {"m": {"o": null, "p": [null]}}});
        let after = json!({"a": {"b": {"c": {"d": {"f": 2, "x": {}}, "g": 3}}}, "n": {"m": {"p": [null]}}});
        assert_eq!(traits.onto(Some(&before), &sent), after, "as RFC 7386 has it");
        let (_, group) = MERGES[2];
        let before = json!({"a": {"dataType": "STRING"}, "b": {"dataType": "STRING", "description": "b"}});
        let sent = json!({"a": {"dataType": ""}, "b": {"dataType": "NUMBER"}});
        assert_eq!(group.onto(Some(&before), &sent), json!({"b": {"dataType": "NUMBER"}}));
        assert_eq!(group.onto(None, &sent), json!({"b": {"dataType": "NUMBER"}}));
    }
}
