//! Writes at a path below an object that change the object itself, and answer it.

use serde_json::Value;

use super::At;
use crate::contract::Resource;

/// One such path.
pub(crate) struct Subpath {
    /// Host and path.
    pub at: At,
    /// Field of the object above, and what it becomes.
    pub sets: (&'static str, bool),
}

/// <https://www.twilio.com/docs/flex/developer/plugins/api>: plugins, their versions and configurations are archived, never deleted.
const SUBPATHS: &[Subpath] = &[
    Subpath {
        at: ("flex-api.twilio.com", "/v1/PluginService/Plugins/{Sid}/Archive"),
        sets: ("archived", true),
    },
    Subpath {
        at: (
            "flex-api.twilio.com",
            "/v1/PluginService/Plugins/{PluginSid}/Versions/{Sid}/Archive",
        ),
        sets: ("archived", true),
    },
    Subpath {
        at: ("flex-api.twilio.com", "/v1/PluginService/Configurations/{Sid}/Archive"),
        sets: ("archived", true),
    },
];

/// What a write at this path sets in the object above.
pub(crate) fn of(resource: &Resource) -> Option<(&'static str, Value)> {
    let found = SUBPATHS.iter().find(|subpath| super::is_at(subpath.at, resource))?;
    let (field, value) = found.sets;
    Some((field, Value::from(value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_path_is_published_and_shows_what_it_sets() {
        for subpath in SUBPATHS {
            let resource = assert_published(subpath.at);
            let mut fields = resource.object_fields().iter();
            assert!(
                fields.any(|field| field.name == subpath.sets.0),
                "{}",
                resource.template
            );
        }
    }
}
