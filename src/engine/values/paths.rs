//! From a path template of a table to the path of one object, and from import ids to its parts.

use std::str::FromStr;

use crate::framework::value::Value;
use crate::twilio::{self, AccountSid, Sid};

/// Puts the account and the attributes of `object` into a template such as `/v1/Services/{service_sid}`. What a path must name
/// by a SID is one: a state that was edited or damaged leads nowhere else.
///
/// # Errors
/// The name of an attribute that the template needs and the object has not, or not as a part of a path.
pub fn expand(template: &str, account: &AccountSid, object: &Value) -> Result<String, MissingPart> {
    let mut values = Vec::new();
    for name in attributes(template) {
        let value = match name {
            "account_sid" => account.as_str(),
            _ => object
                .attr(name)
                .as_str()
                .filter(|text| !text.is_empty())
                .ok_or_else(|| MissingPart::unknown(name))?,
        };
        if (name == "sid" || name.ends_with("_sid"))
            && let Err(why) = Sid::from_str(value)
        {
            return Err(MissingPart {
                name: name.to_owned(),
                why: format!("is not a SID: {why}"),
            });
        }
        values.push((name, value));
    }
    twilio::expand(template, &values).map_err(|why| MissingPart {
        name: values.last().map(|(name, _)| (*name).to_owned()).unwrap_or_default(),
        why: format!("cannot stand in an address: {why}"),
    })
}

/// An attribute that a path needs is not known, or not what can stand in a path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("The attribute {name}, by which Twilio's API finds it, {why}")]
pub struct MissingPart {
    /// The attribute.
    pub name: String,
    /// What is wrong with it.
    why: String,
}

impl MissingPart {
    /// The same of an attribute that is called otherwise than the part of the path.
    pub(crate) fn called(self, name: String) -> Self {
        Self { name, ..self }
    }

    fn unknown(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            why: "is not known".to_owned(),
        }
    }
}

/// Whether `text` can stand for the attribute `name` in a template.
pub fn takes(template: &str, name: &str, text: &str) -> bool {
    let values = attributes(template).into_iter();
    let values: Vec<_> = values
        .map(|part| (part, if part == name { text } else { "x" }))
        .collect();
    twilio::expand(template, &values).is_ok()
}

/// Names of the attributes in a template, in order.
pub fn attributes(template: &str) -> Vec<&str> {
    let after_braces = template.split('{').skip(1);
    after_braces.filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> AccountSid {
        AccountSid::from_str("AC00000000000000000000000000000001").expect("a valid SID")
    }

    #[test]
    fn templates_take_the_account_and_attributes() {
        let object = Value::object([
            ("sid", "MG00000000000000000000000000000002".into()),
            ("type", "x y/z".into()),
            ("none", Value::Null),
        ]);
        assert_eq!(
            expand("/A/{account_sid}/B/{sid}/{type}.json", &account(), &object),
            Ok("/A/AC00000000000000000000000000000001/B/MG00000000000000000000000000000002/x%20y%2Fz.json".to_owned())
        );
        assert_eq!(
            expand("/{none}", &account(), &object),
            Err(MissingPart::unknown("none"))
        );
        assert_eq!(attributes("{a}/x/{b}"), ["a", "b"]);
    }

    #[test]
    fn no_part_of_a_path_leads_elsewhere() {
        for value in [".", "..", "%2e%2e", "%2E.", ""] {
            for (template, name) in [
                ("/v1/{sid}", "sid"),
                ("/v1/{service_sid}/x", "service_sid"),
                ("/v1/{type}", "type"),
            ] {
                let object = Value::object([(name, value.into())]);
                let refused = expand(template, &account(), &object).expect_err("no part of a path");
                assert_eq!(refused.name, name, "{value}");
            }
        }
        for value in [
            "MG1",
            "../MG00000000000000000000000000000002",
            "MG00000000000000000000000000000002/x",
            "mg",
        ] {
            let object = Value::object([("sid", value.into())]);
            let refused = expand("/v1/{sid}", &account(), &object).expect_err("no SID");
            assert!(refused.to_string().contains("is not a SID"), "{refused}");
        }
    }
}
