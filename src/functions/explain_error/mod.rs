//! What a Twilio error code means. <https://www.twilio.com/docs/api/errors>
//!
//! What the provider's own errors say of a code comes first: its meaning and what to do. `codes.tsv` has all codes that Twilio
//! publishes, with the product and a short name in our own words where Twilio has a sentence. It is part of the binary and is
//! searched as it is when somebody asks: neither the start of the process nor its memory knows of it.

use super::table::{Function, Parameter, Part, Shape, wrong};
use crate::engine::errors::codes;
use crate::engine::facts::KnownCode;
use crate::framework::provider::FunctionError;
use crate::framework::value::Value;
use crate::resources::{
    accounts, conversations, events, intelligence, lookups, marketplace, messaging, numbers, serverless, sip, studio,
    sync, taskrouter, trunking, verify, video, voice,
};

/// `explain_error`.
pub const EXPLAIN_ERROR: Function = Function {
    name: "explain_error",
    since: "0.1.0",
    doc: "Explains an error code of Twilio: its name, what it means, what to do, and the link to Twilio's page. For codes that the \
          provider's resources meet, these are the words of its own errors. Use it in `terraform console`, or in an output beside \
          a code that something else reports.",
    quirks: &[
        "All codes that it explains stand in the [guide to errors](../guides/errors.md), product by product.",
        "A code that the provider does not know is no error: `known` is then `false`, and the link may still lead to a page. Twilio \
         adds codes more often than the provider has releases.",
    ],
    api_page: "https://www.twilio.com/docs/api/errors",
    parameters: &[Parameter::new("code", Shape::Number, "The code, for example `20003`.")],
    variadic: None,
    result: Shape::Object(&[
        Part {
            name: "advice",
            shape: Shape::Text,
            doc: "What to do.",
        },
        Part {
            name: "attributes",
            shape: Shape::List(&Shape::Text),
            doc: "The attributes that may be at fault, the likeliest first, as far as the provider knows any.",
        },
        Part {
            name: "code",
            shape: Shape::Number,
            doc: "The code.",
        },
        Part {
            name: "known",
            shape: Shape::Bool,
            doc: "Whether the provider knows the code.",
        },
        Part {
            name: "meaning",
            shape: Shape::Text,
            doc: "What it means, in a sentence. Null for codes of which the provider has the name alone.",
        },
        Part {
            name: "name",
            shape: Shape::Text,
            doc: "What the code is called. Null where the provider does not know it.",
        },
        Part {
            name: "product",
            shape: Shape::Text,
            doc: "The product whose code it is. Null for codes of several.",
        },
        Part {
            name: "url",
            shape: Shape::Text,
            doc: "Twilio's page about the code.",
        },
    ]),
    returns: "What there is to know about the code.",
    call,
};

/// What the products know of their codes.
pub const OF_PRODUCTS: &[&[KnownCode]] = &[
    accounts::codes::ACCOUNTS,
    conversations::codes::CONVERSATIONS,
    events::codes::EVENTS,
    intelligence::codes::INTELLIGENCE,
    lookups::codes::LOOKUPS,
    marketplace::codes::MARKETPLACE,
    messaging::codes::MESSAGING,
    numbers::codes::NUMBERS,
    serverless::codes::SERVERLESS,
    sip::codes::SIP,
    studio::codes::STUDIO,
    sync::codes::SYNC,
    taskrouter::codes::TASKROUTER,
    trunking::codes::TRUNKING,
    verify::codes::VERIFY,
    video::codes::VIDEO,
    voice::codes::CARRIER,
    voice::codes::VOICE,
];

/// All codes, sorted: code, product and name, with tabs between them.
const CODES: &str = include_str!("codes.tsv");

const UNKNOWN: &str = "The provider does not know this code. Look it up at the link, where Twilio's newest codes are. If it is not there, \
                       it may be an HTTP status or a code of another service.";

const NAMED: &str = "Follow the link: Twilio lists the causes of this code and what helps against each. With the request id or the SID of \
                     the object, Twilio's debugger in the Console has the request itself.";

fn call(arguments: &[Value]) -> Result<Value, FunctionError> {
    let number = arguments.first().and_then(Value::as_number);
    let code = number
        .and_then(|number| number.to_i64())
        .and_then(|code| u32::try_from(code).ok());
    let code = code.filter(|code| (1..1_000_000).contains(code));
    let code = code.ok_or_else(|| {
        wrong(
            0,
            "A code of Twilio is a whole number of at most six digits, for example 20003.",
        )
    })?;
    let listed = listed(code);
    let explained = explained(code);
    let advice = match (explained, listed) {
        (Some(known), _) => known.advice,
        (None, Some(_)) => NAMED,
        (None, None) => UNKNOWN,
    };
    let attributes = explained.map_or(&[][..], |known| known.at).iter();
    let of_list =
        |text: fn((&'static str, &'static str)) -> &'static str| listed.map(text).filter(|text| !text.is_empty());
    Ok(Value::object([
        ("advice", Value::from(advice)),
        (
            "attributes",
            Value::List(attributes.map(|path| Value::from(*path)).collect()),
        ),
        ("code", Value::int(code.into())),
        ("known", (explained.is_some() || listed.is_some()).into()),
        ("meaning", explained.map(|known| known.meaning).into()),
        ("name", of_list(|(_, name)| name).into()),
        ("product", of_list(|(product, _)| product).into()),
        ("url", codes::page(code).into()),
    ]))
}

/// What the provider says of a code in its errors. Where several products know it, what is said in general fits all of them.
fn explained(code: u32) -> Option<&'static KnownCode> {
    codes::find(code, &[]).or_else(|| codes::find(code, OF_PRODUCTS))
}

/// Product and name of a code that Twilio publishes. Either may be empty.
fn listed(code: u32) -> Option<(&'static str, &'static str)> {
    let code = code.to_string();
    CODES.lines().skip(1).find_map(|line| {
        let mut columns = line.split('\t');
        (columns.next() == Some(code.as_str())).then_some(())?;
        Some((columns.next()?, columns.next()?))
    })
}

/// Every code of the list with its product and name.
#[cfg(feature = "internals")]
pub fn every_code() -> impl Iterator<Item = (u32, &'static str, &'static str)> {
    CODES.lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?.parse().ok()?, columns.next()?, columns.next()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explain(code: i64) -> Value {
        call(&[Value::int(code)]).expect("a code")
    }

    #[test]
    fn a_code_that_resources_meet_is_explained_in_the_words_of_their_errors() {
        let found = explain(20003);
        let known = codes::find(20003, &[]).expect("it is explained");
        assert_eq!(found.attr("meaning").as_str(), Some(known.meaning));
        assert_eq!(found.attr("advice").as_str(), Some(known.advice));
        assert_eq!(found.attr("known"), &Value::Bool(true));
        assert_eq!(
            found.attr("url").as_str(),
            Some("https://www.twilio.com/docs/api/errors/20003")
        );
        assert_eq!(found.attr("attributes"), &Value::List(Vec::new()));
        let places: Vec<_> = codes::find(11200, &[])
            .expect("it is explained")
            .at
            .iter()
            .map(|at| Value::from(*at))
            .collect();
        assert!(places.len() > 1);
        assert_eq!(explain(11200).attr("attributes"), &Value::List(places));
        // One that only a product knows.
        assert!(
            explain(81022)
                .attr("meaning")
                .as_str()
                .is_some_and(|text| text.contains("Studio"))
        );
    }

    #[test]
    fn another_code_has_its_name_and_product() {
        let found = explain(13313);
        assert_eq!(found.attr("known"), &Value::Bool(true));
        assert!(found.attr("meaning").is_null());
        assert!(found.attr("name").as_str().is_some_and(|name| name.contains("Gather")));
        assert_eq!(explain(54300).attr("product").as_str(), Some("Sync"));
    }

    #[test]
    fn an_unknown_code_says_so_and_what_is_no_code_is_refused() {
        let found = explain(99998);
        assert_eq!(found.attr("known"), &Value::Bool(false));
        assert!(
            found.attr("name").is_null()
                && found
                    .attr("advice")
                    .as_str()
                    .is_some_and(|text| text.contains("not know"))
        );
        let half = "20003.5".parse().map(Value::Number).expect("a number");
        for wrong in [
            Value::int(0),
            Value::int(-20003),
            Value::int(1_000_000),
            Value::int(i64::MAX),
            half,
        ] {
            assert_eq!(call(&[wrong]).expect_err("no code").argument, Some(0));
        }
    }

    fn rows() -> impl Iterator<Item = (u32, &'static str, &'static str)> {
        CODES.lines().skip(1).map(|line| {
            let columns: Vec<_> = line.split('\t').collect();
            assert_eq!(columns.len(), 3, "{line}");
            (columns[0].parse().expect("a code"), columns[1], columns[2])
        })
    }

    #[test]
    fn the_list_is_sorted_and_has_every_code_once() {
        let codes: Vec<_> = rows().map(|(code, ..)| code).collect();
        assert!(
            codes.len() >= 2814 && codes.is_sorted_by(|a, b| a < b),
            "{}",
            codes.len()
        );
    }

    #[test]
    fn every_code_has_a_short_name_that_is_no_sentence() {
        for (code, _, name) in rows() {
            let words: Vec<_> = name
                .split(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '_' | '\''))
                .collect();
            let is_sentence = words.iter().any(|word| VERBS.contains(&word.to_lowercase().as_str()));
            assert!(
                !name.is_empty()
                    && name.len() <= 52
                    && name.split(' ').count() <= 7
                    && name.split(' ').all(|word| !word.is_empty()),
                "{code} {name}"
            );
            assert!(
                name.is_ascii() && !name.ends_with(['.', ';', '!', '?', ':', '-']) && !is_sentence,
                "{code} {name}"
            );
        }
    }

    /// What a sentence has and the name of a thing does not.
    const VERBS: &[&str] = &[
        "are", "be", "been", "can", "can't", "cannot", "could", "couldn't", "did", "do", "does", "doesn't", "don't",
        "had", "has", "have", "is", "isn't", "may", "must", "please", "should", "was", "we", "were", "will", "you",
        "your",
    ];

    /// Codes of which Twilio says the same under several numbers, the first and the last of them.
    const SAID_ALIKE: &[(u32, u32)] = &[
        (30453, 30485),
        (30610, 30620),
        (30991, 30994),
        (40110, 40114),
        (40120, 40122),
        (40130, 40135),
        (40136, 40145),
    ];

    #[test]
    fn two_codes_of_one_product_are_called_alike_only_where_twilio_says_the_same_of_both() {
        let mut first = std::collections::BTreeMap::new();
        for (code, product, name) in rows() {
            let other = *first.entry((product, name.to_lowercase())).or_insert(code);
            let said_alike = |(from, to): &(u32, u32)| (*from..=*to).contains(&other) && (*from..=*to).contains(&code);
            assert!(
                other == code || SAID_ALIKE.iter().any(said_alike),
                "{other} and {code} are both called {name}"
            );
        }
    }
}
