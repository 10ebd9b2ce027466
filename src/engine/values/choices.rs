//! What there is only a choice of, such as a method or the type of something. Who reads that in Twilio's words learns nothing of
//! a configuration.

use crate::engine::facts::{Check, Field, Kind, Literal, Removed, Spelling};

/// The words that may stand for an attribute, or within its value.
pub fn of(attribute: &Field) -> Vec<&'static str> {
    let mut words = Vec::new();
    attribute.checks.iter().for_each(|check| in_check(check, &mut words));
    if let Removed::Default(Literal::Text(text)) = attribute.removed() {
        words.push(text);
    }
    if let Kind::Object(inner) | Kind::Objects(inner) | Kind::ObjectSet(inner) = attribute.kind {
        // What is written as one JSON text has their names in it.
        words.extend(inner.iter().map(|inner| inner.written_as.unwrap_or(inner.name)));
        words.extend(inner.iter().flat_map(of));
    }
    words
}

/// What members are called, at every depth, as Terraform and Twilio spell them: a hook may write them into a JSON text of any
/// parameter.
pub fn names(attributes: &[Field]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for attribute in attributes {
        names.push(attribute.name);
        names.extend(attribute.written_as);
        if let Kind::Object(inner) | Kind::Objects(inner) | Kind::ObjectSet(inner) = attribute.kind {
            names.extend(self::names(inner));
        }
    }
    names
}

fn in_check(check: &Check, words: &mut Vec<&'static str>) {
    match check {
        Check::OneOf(choice) | Check::Known(choice) => words.extend(*choice),
        Check::Each(inner) => in_check(inner, words),
        _ => {}
    }
}

/// Those of each parameter of a request, by its name: that of the attribute, with dots for one inside another.
pub fn of_parameters(attributes: &[Field], spelling: Spelling) -> Vec<(String, &'static str)> {
    let mut choices = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.is_configurable()) {
        let name = attribute.written_name(spelling).into_owned();
        match attribute.kind {
            Kind::Object(inner) if !attribute.json_text => {
                let inner = of_parameters(inner, spelling).into_iter();
                choices.extend(inner.map(|(inner, word)| (format!("{name}.{inner}"), word)));
            }
            _ => choices.extend(of(attribute).into_iter().map(|word| (name.clone(), word))),
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::{Clears, DefaultsTo};
    use crate::engine::facts::Role::{Observed, Setting};
    use crate::engine::facts::{http_method, object, set, text};

    #[test]
    fn a_parameter_has_the_words_of_its_attribute() {
        const INNER: &[Field] = &[http_method("method"), text("note", Setting(Clears))];
        let fields = [
            text("kind", Setting(DefaultsTo(Literal::Text("b")))).checks(&[Check::Known(&["a"])]),
            object("nested", Setting(Clears), INNER),
            object("packed", Setting(Clears), INNER).as_json_text(),
            set("all", Setting(Clears), &Kind::Text).checks(&[Check::Each(&Check::OneOf(&["c"]))]),
            text("status", Observed).checks(&[Check::OneOf(&["d"])]),
        ];
        let choices = of_parameters(&fields, Spelling::Pascal);
        let texts: Vec<_> = choices.iter().map(|(name, word)| format!("{name} {word}")).collect();
        let methods = ["GET", "POST", "POST"];
        let nested = methods.map(|method| format!("Nested.Method {method}"));
        let packed = ["method", "note"].into_iter().chain(methods);
        let packed = packed.map(|word| format!("Packed {word}"));
        let mut expected = vec!["Kind a".to_owned(), "Kind b".to_owned()];
        expected.extend(nested.into_iter().chain(packed).chain(["All c".to_owned()]));
        assert_eq!(texts, expected);
    }
}
