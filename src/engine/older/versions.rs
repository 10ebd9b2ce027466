//! From an earlier schema version of this provider to the current one, step by step.

use serde_json::Value as Json;

use crate::engine::facts::Properties;
use crate::engine::facts::older::{Upgrade, current_version};
use crate::framework::diagnostics::Diagnostic;

/// What was stored with version `from`, as it is stored now.
///
/// # Errors
/// A diagnostic that names both versions.
pub(super) fn upgraded(
    type_name: &str,
    versions: &[Upgrade],
    from: i64,
    mut stored: Properties,
) -> Result<Json, Diagnostic> {
    let newest = current_version(versions);
    if from > newest {
        return Err(Diagnostic::error(
            format!("State of {type_name} is newer than the provider"),
            format!(
                "The state was written with schema version {from}, and this provider knows versions up to {newest}. The \
                 state was left as it is. Use the provider version that wrote it, or a newer one."
            ),
        ));
    }
    let mut reached = from;
    for upgrade in versions.iter().skip_while(|upgrade| upgrade.from != from) {
        if let Err(reason) = (upgrade.convert)(&mut stored) {
            let (from, to) = (upgrade.from, upgrade.to);
            return Err(not_upgraded(
                type_name,
                &format!(
                    "It was written with schema version {from}, and cannot be brought to version {to}: it {reason}."
                ),
            ));
        }
        reached = upgrade.to;
    }
    match reached == newest {
        true => Ok(Json::Object(stored)),
        false => Err(not_upgraded(
            type_name,
            &format!(
                "It was written with schema version {from}, which no version of this provider writes; {newest} is now."
            ),
        )),
    }
}

fn not_upgraded(type_name: &str, why: &str) -> Diagnostic {
    Diagnostic::error(
        format!("State of {type_name} cannot be upgraded"),
        format!(
            "{why} The state was left as it is. Restore a backup of it, or take the object out of the state with terraform \
             state rm, which deletes nothing, and import it."
        ),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rename(stored: &mut Properties) -> Result<(), &'static str> {
        let value = stored.remove("name").ok_or("has no name")?;
        stored.insert("friendly_name".to_owned(), value);
        Ok(())
    }

    fn split(stored: &mut Properties) -> Result<(), &'static str> {
        let name = stored
            .get("friendly_name")
            .and_then(Json::as_str)
            .ok_or("has no friendly_name")?;
        let length = name.chars().count();
        stored.insert("length".to_owned(), length.into());
        Ok(())
    }

    /// There never was a version 2 outside.
    const VERSIONS: &[Upgrade] = &[
        Upgrade {
            from: 1,
            to: 3,
            convert: rename,
        },
        Upgrade {
            from: 3,
            to: 4,
            convert: split,
        },
    ];

    fn brought(from: i64, stored: Json) -> Result<Json, String> {
        let stored = stored.as_object().cloned().unwrap_or_default();
        let upgraded = upgraded("twilio_thing", VERSIONS, from, stored);
        upgraded.map_err(|diagnostic| format!("{}: {}", diagnostic.summary, diagnostic.detail))
    }

    #[test]
    fn each_version_is_brought_to_the_current_one_by_the_steps_that_it_lacks() {
        assert_eq!((current_version(&[]), current_version(VERSIONS)), (1, 4));
        let now = json!({"friendly_name": "App", "length": 3});
        assert_eq!(brought(1, json!({"name": "App"})).as_ref(), Ok(&now));
        assert_eq!(brought(3, json!({"friendly_name": "App"})).as_ref(), Ok(&now));
        // What is current is left alone, whatever is in it.
        assert_eq!(brought(4, json!({"name": 1})), Ok(json!({"name": 1})));
        assert_eq!(
            upgraded("twilio_thing", &[], 1, Properties::new()).ok(),
            Some(json!({}))
        );
    }

    #[test]
    fn what_cannot_be_brought_there_is_refused_with_the_versions_and_nothing_is_half_done() {
        for (from, stored, needles) in [
            (1, json!({}), ["version 1", "to version 3", "it has no name"]),
            (
                1,
                json!({"name": 5}),
                ["version 3", "to version 4", "has no friendly_name"],
            ),
            (
                2,
                json!({"name": "App"}),
                ["version 2", "no version of this provider writes", "4 is now"],
            ),
            (
                0,
                json!({"name": "App"}),
                ["version 0", "no version of this provider writes", "4 is now"],
            ),
            (-1, json!({"name": "App"}), ["version -1", "left as it is", "state rm"]),
            (5, json!({"name": "App"}), ["version 5", "up to 4", "is newer"]),
        ] {
            let said = brought(from, stored.clone()).expect_err("there is no way");
            for needle in needles {
                assert!(said.contains(needle), "{from} {stored} {needle}: {said}");
            }
            assert!(said.contains("The state was left as it is"), "{said}");
        }
    }
}
