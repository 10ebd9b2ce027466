//! The names of what a table calls sensitive, for the client to hide what they name wherever it stands.

use crate::engine::facts::{Field, Kind};

/// The names of the sensitive fields, at any depth: Terraform's, and Twilio's in requests and in responses, where that is another.
/// Case and punctuation do not count.
pub fn names(fields: &[Field]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for field in fields {
        if field.sensitive {
            let last = |path: &'static str| path.rsplit('.').next().unwrap_or(path);
            names.push(field.name);
            names.extend(field.written_as.map(last));
            names.extend(field.read_as.map(last));
        }
        if let Kind::Object(inner) | Kind::Objects(inner) | Kind::ObjectSet(inner) = field.kind {
            names.extend(self::names(inner));
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::Clears;
    use crate::engine::facts::Role::{Observed, SecretOnce, Setting};
    use crate::engine::facts::{object, objects, text};

    #[test]
    fn a_secret_has_all_its_names_however_deep_it_is() {
        const INNER: &[Field] = &[
            text("plain", Setting(Clears)),
            text("key", Setting(Clears))
                .sensitive()
                .written_as("Deep.SmartKey")
                .read_as("inner.smart"),
        ];
        let all = names(&[
            text("secret", SecretOnce),
            object("one", Setting(Clears), INNER),
            objects("many", Observed, INNER),
            text("name", Setting(Clears)),
        ]);
        assert_eq!(all, ["SmartKey", "key", "secret", "smart"]);
        assert!(names(&[text("name", Setting(Clears))]).is_empty());
    }
}
