//! Where in a configuration an error of Twilio's is at home: from a code, and the parameter that a message names, to the path
//! of an attribute.

use crate::engine::errors::codes;
use crate::engine::facts::{Field, Kind, KnownCode, Spelling};
use crate::engine::values::write_only;
use crate::framework::path::{AttributePath, Step};
use crate::framework::value::Value;
use crate::twilio::Error;

/// What was configured, to be pointed into.
#[derive(Clone, Copy)]
pub struct Configuration<'a> {
    /// The table's attributes.
    pub attributes: &'static [Field],
    /// Whether `account_sid` can be configured beside them.
    pub has_account: bool,
    /// The values, as configured or planned.
    pub object: &'a Value,
    /// What is known of error codes beside those that anything may be refused with.
    pub codes: &'static [&'static [KnownCode]],
}

impl Configuration<'_> {
    /// What is known of the code of an error.
    pub fn known(&self, error: &Error) -> Option<&'static KnownCode> {
        codes::find(error.twilio_code?, self.codes)
    }

    /// The attribute at fault: the one that the message names; otherwise the first of the row's that has a value; otherwise
    /// the first that the table has.
    pub fn place(&self, known: &KnownCode, message: Option<&str>) -> Option<AttributePath> {
        self.field_at_fault(known, message).map(|path| self.as_given(&path))
    }

    /// The path of the argument by which a field was given, where there are two ways to give it.
    fn as_given(&self, path: &AttributePath) -> AttributePath {
        let (mut fields, mut object, mut given) = (self.attributes, self.object, AttributePath::root());
        for step in path.steps() {
            let field = match step {
                Step::Attribute(name) => fields.iter().find(|field| field.name == name),
                Step::Key(_) | Step::Index(_) => None,
            };
            let Some(field) = field else {
                return path.clone();
            };
            given = given.and_attribute(write_only::argument(field, object));
            (fields, object) = (members(field), object.attr(field.name));
        }
        given
    }

    fn field_at_fault(&self, known: &KnownCode, message: Option<&str>) -> Option<AttributePath> {
        if known.named
            && let Some(path) = message.and_then(|message| named(self.attributes, message))
        {
            return Some(path);
        }
        let candidates = || known.at.iter().copied().filter(|path| self.has(path));
        let is_set = |path: &&str| !path.split('.').fold(self.object, Value::attr).is_null();
        candidates().find(is_set).or_else(|| candidates().next()).map(|path| {
            path.split('.')
                .fold(AttributePath::root(), |path, name| path.and_attribute(name))
        })
    }

    /// Whether a dotted path leads to an attribute that can be configured.
    pub fn has(&self, path: &str) -> bool {
        if path == "account_sid" && self.has_account {
            return true;
        }
        let mut attributes = self.attributes;
        let mut found = false;
        for name in path.split('.') {
            let Some(attribute) = attributes.iter().find(|attribute| attribute.name == name) else {
                return false;
            };
            found = attribute.is_configurable();
            attributes = members(attribute);
        }
        found
    }
}

/// Attributes that a path can lead on to. Elements of lists and sets are not distinguished by a message.
fn members(attribute: &Field) -> &'static [Field] {
    match attribute.kind {
        Kind::Object(inner) => inner,
        _ => &[],
    }
}

/// The first word of a message that is a parameter of the table, as Twilio writes it: `FriendlyName`, `Totp.Skew`. A JSON
/// text is named with the member that is wrong behind it: `SinkConfiguration destination`.
fn named(attributes: &'static [Field], message: &str) -> Option<AttributePath> {
    let mut words = message
        .split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '_' | '-'))
        .map(|word| word.trim_matches(['.', '-']))
        .filter(|word| !word.is_empty())
        .peekable();
    while let Some(word) = words.next() {
        let Some((path, attribute)) = parameter(attributes, word) else {
            continue;
        };
        let member = words.peek().map(|word| word.replace('-', "_"));
        let member = member.filter(|name| members(attribute).iter().any(|inner| inner.name == *name));
        return Some(match member {
            Some(name) if attribute.json_text => path.and_attribute(name),
            _ => path,
        });
    }
    None
}

fn parameter(attributes: &'static [Field], word: &str) -> Option<(AttributePath, &'static Field)> {
    let mut attributes = attributes;
    let mut path = AttributePath::root();
    let mut found = None;
    for part in word.split('.') {
        let attribute = attributes
            .iter()
            .find(|attribute| attribute.is_configurable() && is_called(attribute, part))?;
        path = path.and_attribute(attribute.name);
        found = Some(attribute);
        attributes = members(attribute);
    }
    found.map(|attribute| (path, attribute))
}

/// Whether Twilio calls a field so. A name in small letters may be any word of a sentence.
fn is_called(attribute: &Field, name: &str) -> bool {
    name.contains(|letter: char| letter.is_ascii_uppercase())
        && [Spelling::Pascal, Spelling::Camel]
            .into_iter()
            .any(|spelling| attribute.written_name(spelling) == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::Clears;
    use crate::engine::facts::Role::{Observed, Setting};
    use crate::engine::facts::{int, object, text};

    const TABLE: &[Field] = &[
        text("friendly_name", Setting(Clears)),
        text("status", Observed),
        text("area_code", Setting(Clears)),
        object("search", Setting(Clears), &[int("area_code", Setting(Clears))]),
        object("totp", Setting(Clears), &[int("skew", Setting(Clears))]),
        object(
            "sink_configuration",
            Setting(Clears),
            &[text("role_arn", Setting(Clears))],
        )
        .as_json_text(),
    ];

    const CODES: &[KnownCode] = &[
        KnownCode::new(1, "No such area code.", "Correct it.").at(&["area_code", "search.area_code"]),
        KnownCode::new(2, "Another account.", "Correct it.").at(&["account_sid"]),
        KnownCode::new(3, "No such number.", "Correct it.").at(&["phone_number"]),
        KnownCode::new(4, "A parameter is wrong.", "Correct it.").named(),
        KnownCode::new(5, "The sink is wrong.", "Correct it.")
            .at(&["sink_configuration"])
            .named(),
    ];

    #[track_caller]
    fn check(code: u32, message: &str, set: &[(&str, Value)], path: &str) {
        let object = Value::object(set.iter().map(|(name, value)| (*name, value.clone())));
        let configuration = Configuration {
            attributes: TABLE,
            has_account: true,
            object: &object,
            codes: &[CODES],
        };
        let known = codes::find(code, configuration.codes).expect("it is known");
        let found = configuration.place(known, Some(message));
        assert_eq!(found.unwrap_or_default().to_string(), path, "{code} {message}");
    }

    #[test]
    fn among_several_the_one_that_has_a_value_is_meant() {
        let search = Value::object([("area_code", Value::int(415))]);
        check(1, "none", &[("search", search)], "search.area_code");
        check(1, "none", &[("area_code", "415".into())], "area_code");
        check(1, "none", &[], "area_code");
        check(2, "not related", &[], "account_sid");
        check(3, "the table has no number", &[], "");
    }

    #[test]
    fn what_the_message_names_is_meant() {
        check(4, "Invalid parameter: Totp.Skew", &[], "totp.skew");
        check(4, "Invalid parameter: `FriendlyName`.", &[], "friendly_name");
        check(4, "Invalid parameter", &[], "");
        check(4, "Invalid parameter: Totp.Nonsense", &[], "");
        check(4, "friendly_name and Status are no parameters", &[], "");
    }

    #[test]
    fn a_member_of_a_json_text_is_named_behind_it() {
        check(
            5,
            "SinkConfiguration role-arn is empty",
            &[],
            "sink_configuration.role_arn",
        );
        check(5, "SinkConfiguration nonsense is empty", &[], "sink_configuration");
        check(5, "something is empty", &[], "sink_configuration");
    }

    #[test]
    fn only_what_can_be_configured_is_pointed_at() {
        let configuration = Configuration {
            attributes: TABLE,
            has_account: false,
            object: &Value::Null,
            codes: &[],
        };
        for path in ["status", "account_sid", "search.type", "skew", ""] {
            assert!(!configuration.has(path), "{path}");
        }
        assert!(configuration.has("search") && configuration.has("search.area_code"));
    }
}
