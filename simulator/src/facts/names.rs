//! Names that Twilio makes up where a create does not send one. A place without a line reads null.
//!
//! Three more are made by code, as they need more than the object: a subaccount's (its date), a number's (the number as it is
//! written in its country) and the issuer of a Verify service (the service's own name).

use super::{At, is_at};
use crate::contract::Resource;
use crate::store::Object;

/// What stands in the place of a name.
#[derive(Debug, Clone, Copy)]
enum Name {
    /// An empty text: there is none, and it is not null.
    Empty,
    /// The value of another field.
    As(&'static str),
}

/// Collection, and what `friendly_name` is without having been sent.
const NAMES: &[(At, Name)] = &[
    // An application without a name has none. Nine acceptance tests of
    // https://github.com/RJPearson94/terraform-provider-twilio (twiml) would otherwise never end.
    (
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Applications"),
        Name::Empty,
    ),
    // The same tests (flex) saw that a plugin is given one; which one is an open question.
    (
        ("flex-api.twilio.com", "/v1/PluginService/Plugins"),
        Name::As("unique_name"),
    ),
];

/// Names a new object that nobody named.
pub(crate) fn give(resource: &Resource, object: &mut Object) {
    if object.text("friendly_name").is_some() {
        return;
    }
    let Some((_, name)) = NAMES.iter().find(|(at, _)| is_at(*at, resource)) else {
        return;
    };
    match name {
        Name::Empty => object.set("friendly_name", ""),
        Name::As(field) => {
            let value = object.body.get(*field).cloned().unwrap_or_default();
            object.set("friendly_name", value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_name_is_of_a_published_field() {
        for (at, name) in NAMES {
            let fields = assert_published(*at).object_fields();
            let has = |name: &str| fields.iter().any(|field| field.name == name);
            assert!(has("friendly_name"), "{at:?}");
            if let Name::As(field) = name {
                assert!(has(field), "{at:?} {field}");
            }
        }
    }
}
