//! Limits in the words of an OpenAPI file: `It can be up to 64 characters long`. What a description says only of one case
//! (`For TOTP this value must be …`) or of a part of a value (`Keys and values can each …`) is no limit of the parameter.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use twilio_simulator::contract::{Worded, WordedLimit};

use super::schema::object;

/// The limits that a document says in words.
pub fn worded(host: &str, document: &Value) -> Vec<WordedLimit> {
    let mut found = Vec::new();
    let paths = object(document, "paths").into_iter().flatten();
    for (path, item) in paths {
        for method in ["post", "put", "patch"] {
            let contents = object(&item[method]["requestBody"], "content").into_iter().flatten();
            for (_, content) in contents {
                let parameters = object(&content["schema"], "properties").into_iter().flatten();
                for (parameter, shape) in parameters {
                    let description = shape["description"].as_str().unwrap_or_default();
                    let kind = shape["type"].as_str().unwrap_or_default();
                    found.extend(limit(kind, description).map(|(says, is)| WordedLimit {
                        host: host.to_owned(),
                        path: path.clone(),
                        method: method.to_ascii_uppercase(),
                        parameter: parameter.clone(),
                        says,
                        is,
                    }));
                }
            }
        }
    }
    found.sort_by(|left, right| {
        (&left.path, &left.method, &left.parameter).cmp(&(&right.path, &right.method, &right.parameter))
    });
    found
}

/// What a description says of a parameter of this type, and its words.
fn limit(kind: &str, description: &str) -> Option<(String, Worded)> {
    let plain = description.replace('`', "");
    let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if OF_ONE_CASE.is_match(&text) {
        return None;
    }
    let rules = match kind {
        "string" => STRINGS.as_slice(),
        "integer" => INTEGERS.as_slice(),
        _ => &[],
    };
    rules.iter().find_map(|(words, meaning)| {
        let said = words.captures(&text)?;
        let number = |name: &str| said.name(name)?.as_str().replace(',', "").parse::<u32>().ok();
        let (least, most) = (number("least").unwrap_or(0), number("most"));
        let bounds = |make: fn(u32, u32) -> Worded| most.map(|most| make(least, most));
        let is = match meaning {
            Meaning::Length if said.name("unit").is_some_and(|unit| unit.as_str() == "bytes") => {
                bounds(|least, most| Worded::Bytes(least.into(), most.into()))
            }
            Meaning::Length => bounds(|least, most| Worded::Characters(least.into(), most.into())),
            Meaning::Number if said.name("least").is_none() => bounds(|_, most| Worded::AtMost(most.into())),
            Meaning::Number => bounds(|least, most| Worded::Number(least.into(), most.into())),
            Meaning::Phone if text.contains("email") => Some(Worded::PhoneNumberOrEmail),
            Meaning::Phone => Some(Worded::PhoneNumber),
            Meaning::Sip => Some(Worded::SipUri),
        };
        Some((said.get(0)?.as_str().to_owned(), is?))
    })
}

#[derive(Clone, Copy)]
enum Meaning {
    Length,
    Number,
    Phone,
    Sip,
}

type Rules = Vec<(Regex, Meaning)>;

fn rules(rules: &[(&str, Meaning)]) -> Rules {
    let compiled = rules
        .iter()
        .map(|(words, meaning)| Some((Regex::new(words).ok()?, *meaning)));
    compiled.flatten().collect()
}

static OF_ONE_CASE: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"[Ff]or \w+ this value|[Kk]eys and values can each|the label can be|SMS body must be|file size";
    #[expect(clippy::expect_used, reason = "a constant that a test compiles")]
    Regex::new(words).expect("it is a regular expression")
});

static STRINGS: LazyLock<Rules> = LazyLock::new(|| {
    rules(&[
        (
            r"between (?<least>[\d,]+) and (?<most>[\d,]+) (?<unit>characters|bytes)",
            Meaning::Length,
        ),
        (
            r"Min length: (?<least>[\d,]+) characters\. Max length: (?<most>[\d,]+) characters",
            Meaning::Length,
        ),
        (
            r"(?<least>[\d,]+) character minimum\. (?<most>[\d,]+) character maximum",
            Meaning::Length,
        ),
        (
            r"(?:up to|no more than|[Ll]imited to|[Mm]aximum(?: length)? of|Max|cannot exceed) (?<most>[\d,]+) (?:double-byte UTF8 )?(?<unit>characters|digits|bytes)",
            Meaning::Length,
        ),
        (r"maximum character limit of (?<most>[\d,]+)", Meaning::Length),
        (r"(?<most>[\d,]+) characters or (?:less|fewer)", Meaning::Length),
        (r"(?<most>[\d,]+) character maximum", Meaning::Length),
        (r"must be in \[?E\.164", Meaning::Phone),
        (r"must be a sip: schema", Meaning::Sip),
    ])
});

static INTEGERS: LazyLock<Rules> = LazyLock::new(|| {
    rules(&[
        (r"between (?<least>[\d,]+) and (?<most>[\d,]+)", Meaning::Number),
        (r"from (?<least>[\d,]+) to (?<most>[\d,]+)", Meaning::Number),
        (r"[Mm]aximum of \d+ weeks \((?<most>[\d,]+) seconds\)", Meaning::Number),
        (
            r"[Mm]aximum(?: allowed| possible)?(?: value)? (?:is|of) (?<most>[\d,]+)",
            Meaning::Number,
        ),
    ])
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_what_they_say() {
        for (kind, description, wanted) in [
            (
                "string",
                "It can be up to 64 characters long.",
                Some(Worded::Characters(0, 64)),
            ),
            (
                "string",
                "Can be up to  1,600 characters in length. More than 160 …",
                Some(Worded::Characters(0, 1600)),
            ),
            (
                "string",
                "This value must be 191 characters or fewer.",
                Some(Worded::Characters(0, 191)),
            ),
            (
                "string",
                "It can be a maximum of 450 bytes in size.",
                Some(Worded::Bytes(0, 450)),
            ),
            (
                "string",
                "with a maximum length of 32 digits",
                Some(Worded::Characters(0, 32)),
            ),
            (
                "string",
                "a maximum character limit of 100.",
                Some(Worded::Characters(0, 100)),
            ),
            (
                "string",
                "Must be between 32 and 255 characters long.",
                Some(Worded::Characters(32, 255)),
            ),
            (
                "string",
                "20 character minimum. 320 character maximum.",
                Some(Worded::Characters(20, 320)),
            ),
            (
                "string",
                "Min length: 40 characters. Max length: 4096 characters.",
                Some(Worded::Characters(40, 4096)),
            ),
            (
                "string",
                "Phone numbers must be in [E.164 format](…).",
                Some(Worded::PhoneNumber),
            ),
            (
                "string",
                "A number or email. Phone numbers must be in E.164.",
                Some(Worded::PhoneNumberOrEmail),
            ),
            ("string", "This must be a `sip:` schema.", Some(Worded::SipUri)),
            (
                "integer",
                "Can be an integer from `1` to `36,000`.",
                Some(Worded::Number(1, 36_000)),
            ),
            ("integer", "the maximum is `600` seconds.", Some(Worded::AtMost(600))),
            ("integer", "The maximum allowed value is 50.", Some(Worded::AtMost(50))),
            (
                "integer",
                "Can be up to a maximum of 2 weeks (1,209,600 seconds).",
                Some(Worded::AtMost(1_209_600)),
            ),
            (
                "string",
                "For `TOTP` this value must be between 3 and 8 characters long.",
                None,
            ),
            (
                "string",
                "Keys and values can each be up to 128 characters in length.",
                None,
            ),
            ("integer", "The maximum number of participants.", None),
            ("boolean", "up to 64 characters", None),
        ] {
            assert_eq!(limit(kind, description).map(|(_, is)| is), wanted, "{description}");
        }
    }

    #[test]
    fn each_rule_is_a_regular_expression() {
        assert_eq!((STRINGS.len(), INTEGERS.len()), (9, 4));
    }
}
