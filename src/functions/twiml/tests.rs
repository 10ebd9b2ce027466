use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value as Json, json};

use super::*;
use crate::framework::types::Type;

/// As Terraform sends it for a parameter of any type.
fn value(json: &Json) -> Value {
    fn plain(json: &Json) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Bool(truth) => (*truth).into(),
            Json::Number(number) => number.to_string().parse().map(Value::Number).expect("a number"),
            Json::String(text) => text.as_str().into(),
            Json::Array(items) => Value::Tuple(items.iter().map(plain).collect()),
            Json::Object(fields) => Value::object(fields.iter().map(|(name, value)| (name.as_str(), plain(value)))),
        }
    }
    // The type is looked at by nobody here.
    Value::dynamic(Type::String, plain(json))
}

fn document(verbs: &[Json]) -> Result<String, FunctionError> {
    let arguments: Vec<_> = verbs.iter().map(value).collect();
    let value = call(&arguments)?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

/// What the Node library 6.3 writes for the same verbs, to the letter.
#[test]
fn documents_are_those_of_twilios_library() {
    const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    for (verbs, expected) in [
        (vec![], "<Response/>"),
        (
            vec![
                json!({"Say": {"voice": "Polly.Amy", "language": "en-GB", "content": "Tom & \"Jerry\" <live>"}}),
                json!({"Gather": {
                    "numDigits": 1, "timeout": 5, "input": ["dtmf", "speech"], "action": "https://example.com/menu?a=1&b=\"2\"",
                    "content": [{"Say": "Press 1"}, {"Pause": {"length": 1}}, {"Play": {"loop": 2, "content": "https://example.com/a.mp3"}}],
                }}),
                json!({"Redirect": {"method": "POST", "content": "https://example.com/again"}}),
            ],
            r#"<Response><Say language="en-GB" voice="Polly.Amy">Tom &amp; "Jerry" &lt;live&gt;</Say><Gather action="https://example.com/menu?a=1&amp;b=&quot;2&quot;" input="dtmf speech" numDigits="1" timeout="5"><Say>Press 1</Say><Pause length="1"/><Play loop="2">https://example.com/a.mp3</Play></Gather><Redirect method="POST">https://example.com/again</Redirect></Response>"#,
        ),
        (
            vec![
                json!({"Dial": {"answerOnBridge": true, "callerId": "+14155550142", "timeout": "20", "content": [
                    {"Number": {
                        "statusCallback": "https://example.com/s", "statusCallbackEvent": ["initiated", "answered"],
                        "content": "+14155550143",
                    }},
                    {"Client": "alice"},
                    {"Conference": {"beep": "onEnter", "startConferenceOnEnter": false, "content": "Room 1"}},
                ]}}),
                json!({"Hangup": {}}),
            ],
            r#"<Response><Dial answerOnBridge="true" callerId="+14155550142" timeout="20"><Number statusCallback="https://example.com/s" statusCallbackEvent="initiated answered">+14155550143</Number><Client>alice</Client><Conference beep="onEnter" startConferenceOnEnter="false">Room 1</Conference></Dial><Hangup/></Response>"#,
        ),
        (
            vec![
                json!({"Say": {"voice": "Polly.Joanna", "content": [
                    "One", {"break": {"strength": "weak"}}, {"emphasis": {"level": "strong", "content": "two"}},
                    {"say-as": {"interpret-as": "digits", "content": 42}}, " end",
                ]}}),
                json!({"Connect": {"content": {"Stream": {
                    "url": "wss://example.com/a", "content": {"Parameter": {"name": "a", "value": "x\ny\tz"}},
                }}}}),
                json!({"Enqueue": {"waitUrl": "https://example.com/w", "content": "support"}}),
                json!({"Dial": "+14155550142"}),
            ],
            r#"<Response><Say voice="Polly.Joanna">One<break strength="weak"/><emphasis level="strong">two</emphasis><say-as interpret-as="digits">42</say-as> end</Say><Connect><Stream url="wss://example.com/a"><Parameter name="a" value="x&#xA;y&#x9;z"/></Stream></Connect><Enqueue waitUrl="https://example.com/w">support</Enqueue><Dial>+14155550142</Dial></Response>"#,
        ),
        (
            vec![
                json!({"Message": {"to": "+14155550142", "content": [
                    {"Body": "Grüße & <3 😀"}, {"Media": "https://example.com/a.png"},
                ]}}),
                json!({"Message": "Line one\r\nLine two"}),
                json!({"Redirect": "https://example.com/next"}),
            ],
            "<Response><Message to=\"+14155550142\"><Body>Grüße &amp; &lt;3 😀</Body><Media>https://example.com/a.png</Media></Message><Message>Line one&#xD;\nLine two</Message><Redirect>https://example.com/next</Redirect></Response>",
        ),
        (
            vec![
                json!({"Receive": {"action": "https://example.com/fax", "mediaType": "application/pdf", "storeMedia": true}}),
            ],
            r#"<Response><Receive action="https://example.com/fax" mediaType="application/pdf" storeMedia="true"/></Response>"#,
        ),
    ] {
        let found = document(&verbs).unwrap_or_else(|error| panic!("{}", error.text));
        assert_eq!(found, format!("{HEAD}{expected}"));
    }
}

#[test]
fn null_leaves_out_a_verb_an_item_and_an_attribute() {
    let short = [json!({"Gather": {"content": [{"Say": "a"}]}}), json!({"Hangup": {}})];
    let long = [
        json!(null),
        json!({"Gather": {"timeout": null, "content": [null, {"Say": {"voice": null, "content": "a"}}]}}),
        json!([null, {"Hangup": {"content": null}}]),
    ];
    assert_eq!(document(&short), document(&long));
}

#[test]
fn a_list_of_verbs_and_content_without_attributes_may_be_written_short() {
    let arguments = [
        json!({"Say": "a"}),
        json!({"Dial": {"content": [{"Sip": "sip:a@example.com"}]}}),
    ];
    let list = [json!([{"Say": "a"}, {"Dial": [{"Sip": "sip:a@example.com"}]}])];
    assert_eq!(document(&arguments), document(&list));
}

#[test]
fn what_twilio_would_not_take_is_refused_where_it_stands() {
    for (verbs, argument, said) in [
        (vec![json!("Hello")], 0, "A verb is an object"),
        (vec![json!({})], 0, "A verb is an object"),
        (vec![json!(7)], 0, "A verb is an object"),
        (vec![json!({"Say": "a", "Hangup": {}})], 0, "several keys"),
        (vec![json!({"Say": "a"}), json!({"Sayy": "b"})], 1, "Did you mean Say"),
        (vec![json!({"say": "a"})], 0, "Did you mean Say"),
        (vec![json!({"Frobnicate": {}})], 0, "There are: Connect, Dial,"),
        (vec![json!({"Say": null})], 0, "At Say: It is null"),
        (
            vec![json!({"Number": "+14155550142"})],
            0,
            "Number does not stand in the document itself. It stands in Dial",
        ),
        (
            vec![json!({"Gather": {"content": [{"Say": "a"}, {"Dial": "b"}]}})],
            0,
            "At Gather.content[1]: Dial does not stand in Gather",
        ),
        (
            vec![json!({"Gather": {"content": [{"Say": "a"}, {"Pley": "b"}]}})],
            0,
            "Did you mean Play",
        ),
        (vec![json!({"Body": "a"})], 0, "It stands in Message"),
        (
            vec![json!([{"Say": "a"}, {"Hangup": "now"}])],
            0,
            "At [1].Hangup: Hangup has no text",
        ),
        (vec![json!({"Gather": "now"})], 0, "Gather has no text"),
        (
            vec![json!({"Say": {"voce": "alice", "content": "a"}})],
            0,
            "Did you mean voice",
        ),
        (
            vec![json!({"Say": {"Voice": "alice", "content": "a"}})],
            0,
            "Did you mean voice",
        ),
        (vec![json!({"Pause": {"seconds": 1}})], 0, "There are: length"),
        (
            vec![json!({"Dial": {"Number": "+14155550142"}})],
            0,
            "Number is a verb: write content",
        ),
        (
            vec![json!({"Dial": {"timeout": "soon"}})],
            0,
            "At Dial.timeout: It takes a whole number",
        ),
        (vec![json!({"Dial": {"timeout": -1}})], 0, "It takes a whole number"),
        (vec![json!({"Pause": {"length": 1.5}})], 0, "It takes a whole number"),
        (
            vec![json!({"Dial": {"answerOnBridge": "yes"}})],
            0,
            "It takes true or false",
        ),
        (vec![json!({"Dial": {"method": "PUT"}})], 0, "It takes one of GET, POST"),
        (
            vec![json!({"Reject": {"reason": "bussy"}})],
            0,
            "It takes one of rejected, busy",
        ),
        (
            vec![json!({"Dial": {"callerId": ["a"]}})],
            0,
            "It takes a text, a number or a boolean",
        ),
        (vec![json!({"Gather": {"input": [["dtmf"]]}})], 0, "a list of words"),
        (
            vec![json!({"Gather": {"input": "dtmf speech voice"}})],
            0,
            "It takes one or more of dtmf, speech",
        ),
        (
            vec![json!({"Say": "bell \u{7}"})],
            0,
            "Character 6 of the text is a control character",
        ),
        (
            vec![json!({"Dial": {"callerId": "\u{0}"}})],
            0,
            "At Dial.callerId: Character 1",
        ),
        (
            vec![json!({"Say": "a"}), json!({"Message": "b"})],
            1,
            "Message does not go with the verbs before it",
        ),
        (
            vec![json!({"Message": "b"}), json!({"Redirect": "c"}), json!({"Hangup": {}})],
            2,
            "which are of Messaging",
        ),
        (vec![json!({"Receive": {}}), json!({"Say": "b"})], 1, "which are of Fax"),
        (
            vec![json!({"Hangup": {"content": {"Say": "a"}}})],
            0,
            "Say does not stand in Hangup",
        ),
        (
            vec![json!({"Echo": {"content": {"Nothing": "a"}}})],
            0,
            "There is no such verb in Echo",
        ),
    ] {
        let error = document(&verbs).expect_err(said);
        assert_eq!(error.argument, Some(argument), "{said}: {}", error.text);
        assert!(error.text.contains(said), "{said}: {}", error.text);
    }
}

#[test]
fn a_document_that_is_too_long_is_refused_as_a_whole() {
    let error = document(&[json!({"Say": "a".repeat(LARGEST)})]).expect_err("it is too long");
    assert_eq!(error.argument, None);
    assert!(error.text.contains("11750"), "{}", error.text);
}

#[test]
fn no_error_repeats_what_was_passed() {
    const SECRET: &str = "s3cretword";
    for verbs in [
        json!({SECRET: "a"}),
        json!({"Say": {SECRET: "a"}}),
        json!({"Dial": {"timeout": SECRET}}),
        json!({"Dial": {"method": SECRET}}),
        json!({"Hangup": SECRET}),
        json!(SECRET),
        json!({"Say": format!("{SECRET}\u{1}")}),
    ] {
        let error = document(&[verbs]).expect_err("it is refused");
        assert!(!error.text.contains(SECRET), "{}", error.text);
    }
}

/// The lists are searched and shown in this order, and no attribute may stand where its content does.
#[test]
fn elements_and_their_parts_are_sorted() {
    fn check(element: &elements::Element, depth: usize) {
        assert!(element.attributes.is_sorted_by(|a, b| a.0 < b.0), "{}", element.name);
        assert!(
            element.attributes.iter().all(|(name, _)| *name != read::CONTENT),
            "{}",
            element.name
        );
        assert!(
            element.children.is_sorted_by(|a, b| a.name < b.name),
            "{}",
            element.name
        );
        // The markup of speech stands in itself.
        if depth < 6 {
            element.children.iter().for_each(|child| check(child, depth + 1));
        }
    }
    for verbs in [VOICE, MESSAGING, FAX] {
        assert!(verbs.is_sorted_by(|a, b| a.name < b.name));
        verbs.iter().for_each(|verb| check(verb, 0));
    }
}

/// What an XML reader finds in a document: the texts and the values of attributes.
fn read_again(document: &str) -> (String, Vec<String>) {
    let mut reader = Reader::from_str(document);
    let (mut text, mut attributes) = (String::new(), Vec::new());
    loop {
        match reader.read_event().expect("it is XML") {
            Event::Eof => return (text, attributes),
            Event::Start(start) | Event::Empty(start) => {
                for attribute in start.attributes() {
                    let attribute = attribute.expect("it is an attribute");
                    let value = attribute
                        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                        .expect("it can be read");
                    attributes.push(value.into_owned());
                }
            }
            Event::Text(found) => text.push_str(&found.xml10_content()),
            Event::GeneralRef(found) => match found.resolve_char_ref().expect("it is a character") {
                Some(character) => text.push(character),
                None => text.push_str(quick_xml::escape::resolve_predefined_entity(&found).expect("it is known")),
            },
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_written_is_read_again(text in "[ -~\t\n\r]{1,30}|\\PC{1,30}") {
        let verb = json!({"Say": {"voice": text, "content": text}});
        if let Ok(document) = document(&[verb]) {
            let (found, attributes) = read_again(&document);
            prop_assert_eq!(&found, &text);
            prop_assert_eq!(&attributes, &vec![text]);
        }
    }
}
