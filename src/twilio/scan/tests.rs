//! Secrets in every dress, and what is no secret.

use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use proptest::prelude::*;

const MARK: &str = "(redacted)";

fn hidden(text: &str, known: &[&str]) -> String {
    let known: Vec<_> = known.iter().map(|secret| Secret::from(*secret)).collect();
    hide(text, &known, Names::default(), MARK)
}

fn hex(text: &str, before: &str, between: &str) -> String {
    let bytes: Vec<_> = text.bytes().map(|byte| format!("{before}{byte:02x}")).collect();
    bytes.join(between)
}

/// Ways to write a text, one of them after the other.
type Dress = fn(&str) -> String;

fn percent_encoded(text: &str, lower: bool, all: bool) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' if !all => char::from(byte).to_string(),
        _ if lower => format!("%{byte:02x}"),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// Those that are found by themselves, and not within each other.
const OUTER_DRESSES: &[(&str, Dress)] = &[
    ("capitals", |text| text.to_ascii_uppercase()),
    ("hex", |text| hex(text, "", "")),
    ("hex in pairs", |text| hex(text, "", " ")),
    ("hex with colons", |text| hex(text, "", ":").to_uppercase()),
    ("hex escapes", |text| hex(text, "\\x", "")),
    ("base64 in lines", |text| {
        let whole = STANDARD.encode(format!("AC00000000000000000000000000000001:{text}"));
        let lines: Vec<_> = whole.as_bytes().chunks(20).map(String::from_utf8_lossy).collect();
        lines.join("\r\n")
    }),
];

const DRESSES: &[(&str, Dress)] = &[
    ("plain", |text| text.to_owned()),
    ("form", |text| {
        super::super::body::encode_form(&[(String::new(), text.to_owned())])[1..].to_owned()
    }),
    ("percent", |text| percent_encoded(text, false, false)),
    ("percent in lower case", |text| percent_encoded(text, true, false)),
    ("percent for everything", |text| percent_encoded(text, true, true)),
    ("JSON", |text| {
        let quoted = serde_json::Value::from(text).to_string();
        quoted[1..quoted.len() - 1].to_owned()
    }),
    ("JSON with slashes", |text| {
        let quoted = serde_json::Value::from(text).to_string();
        quoted[1..quoted.len() - 1].replace('/', "\\/")
    }),
    ("JSON in ASCII", |text| {
        text.chars().map(|c| format!("\\u{:04X}", u32::from(c))).collect()
    }),
    ("HTML", |text| {
        let pairs = [
            ('&', "&amp;"),
            ('<', "&lt;"),
            ('>', "&gt;"),
            ('"', "&quot;"),
            ('\'', "&#39;"),
            ('/', "&#x2F;"),
            ('=', "&#x3D;"),
            ('+', "&#43;"),
        ];
        let entity = |c: char| {
            pairs
                .iter()
                .find(|(plain, _)| *plain == c)
                .map_or(c.to_string(), |(_, entity)| (*entity).to_owned())
        };
        text.chars().map(entity).collect()
    }),
    ("base64", |text| STANDARD.encode(text)),
    ("base64 without padding", |text| STANDARD_NO_PAD.encode(text)),
    ("base64 for URLs", |text| URL_SAFE.encode(text)),
    ("base64 for URLs without padding", |text| URL_SAFE_NO_PAD.encode(text)),
    ("base64 behind a user", |text| {
        STANDARD.encode(format!("AC0123456789abcdef0123456789abcdef:{text}"))
    }),
    ("base64 in the middle", |text| {
        STANDARD_NO_PAD.encode(format!("é\u{1}{text}\u{2}ü"))
    }),
];

#[test]
fn a_known_secret_is_found_in_capitals_in_hex_and_over_lines() {
    for secret in ["tok en\"+1/&x%", "0123456789abcdef0123456789abcdef"] {
        for (name, dress) in OUTER_DRESSES {
            let dressed = dress(secret);
            let shown = hidden(&format!("before: {dressed} after"), &[secret]);
            assert!(!shown.contains(&dressed), "{name}: {shown}");
            assert!(
                shown.starts_with("before: ") && shown.ends_with(" after"),
                "{name}: {shown}"
            );
            assert!(shown.contains(MARK), "{name}: {shown}");
            let left = shown.len() - "before:  after".len();
            assert!(left <= MARK.len() + 4, "{name}: something is left: {shown}");
        }
    }
}

#[test]
fn hex_and_lines_without_a_secret_stay() {
    let said = "SK00000000000000000000000000000001 is gone: ab cd ef, 12:34\nVGhpcyBpcyBubyBzZWNyZXQ=\nand more";
    assert_eq!(hidden(said, &["tok en\"+1/&x%", "hush-hush"]), said);
}

#[test]
fn a_known_secret_is_found_in_every_dress_and_in_one_over_the_other() {
    let secret = "to ken\"+1/&=<x>%";
    for (inner, dress) in DRESSES {
        for (outer, over) in DRESSES {
            let dressed = over(&dress(secret));
            // Base64 of what is encoded otherwise is what no program makes of a header.
            if outer.contains("base64") && *inner != "plain" {
                continue;
            }
            let shown = hidden(&format!("before {dressed} after"), &[secret]);
            assert!(
                !shown.contains(&dressed) && shown.contains(MARK),
                "{inner} in {outer}: {dressed} in {shown}"
            );
            assert!(
                shown.starts_with("before ") && shown.ends_with(" after"),
                "{inner} in {outer}: {shown}"
            );
        }
    }
}

#[test]
fn headers_in_addresses_are_found_though_letters_stand_before_them() {
    let basic = STANDARD.encode("AC0123456789abcdef0123456789abcdef:0123456789abcdef-secret");
    for text in [
        format!("https://evil.example/?t=1&a=Basic+{basic}"),
        format!("https://evil.example/x/{basic}"),
        format!("Basic%20{}", basic.replace('=', "%3d")),
    ] {
        for known in [&["0123456789abcdef-secret"][..], &[]] {
            let shown = hidden(&text, known);
            assert!(!shown.contains(&basic[50..60]), "{shown}");
        }
    }
}

#[track_caller]
fn hides(text: &str, expected: &str) {
    assert_eq!(hidden(text, &[]), expected);
}

#[test]
fn the_form_of_a_text_gives_secrets_away() {
    hides(
        "https://u:p@x/y and http://a@b",
        "https://(redacted)@x/y and http://(redacted)@b",
    );
    hides("https://x/?a=1&token=T0&b=2#c", "https://x/?a=1&token=(redacted)&b=2#c");
    hides(
        "https://x/?X-Amz-Signature=abc&sig=d%2Be end",
        "https://x/?X-Amz-Signature=(redacted)&sig=(redacted) end",
    );
    hides(
        "next=https%3A%2F%2Fx%2F%3Ftoken%3Dabc%26b%3D1",
        "next=https%3A%2F%2Fx%2F%3Ftoken%3D(redacted)%26b%3D1",
    );
    hides("Password=abc&Name=x", "Password=(redacted)&Name=x");
    hides("say api_key=\"a b\" twice", "say api_key=\"(redacted)\" twice");
    hides(
        r#"{"a":1,"password" : "x\"y","b":"z"}"#,
        r#"{"a":1,"password" : "(redacted)","b":"z"}"#,
    );
    hides(
        r#"{"headers":[{"key":"Authorization","value":"T1"},{"value":"T2","name":"api_key"},{"key":"From","value":"v"}]}"#,
        r#"{"headers":[{"key":"Authorization","value":"(redacted)"},{"value":"(redacted)","name":"api_key"},{"key":"From","value":"v"}]}"#,
    );
    hides(
        r#"\"key\":\"Authorization\",\"value\":\"T1\""#,
        r#"\"key\":\"Authorization\",\"value\":\"(redacted)\""#,
    );
    hides("{'token': 'abc'}", "{'token': '(redacted)'}");
    hides("Authorization: Bearer abcdef12", "Authorization: Bearer (redacted)");
    hides("basic dXNlcjpwYXNzd29yZA==", "basic (redacted)");
    let sid = "AC0123456789abcdef0123456789abcdef";
    hides(
        &format!("curl -u {sid}:tokentoken x"),
        &format!("curl -u {sid}:(redacted) x"),
    );
}

#[test]
fn what_is_no_secret_stays() {
    for plain in [
        "",
        "Basic authentication failed; the bearer is unknown, and Basic auth is not supported",
        "Invalid parameter Password: too short",
        "https://x.example/y?PageSize=50&Page=1&AccountSid=AC1",
        "AC0123456789abcdef0123456789abcdef: is suspended",
        "the token is not valid: {\"code\": 20003, \"message\": \"Authenticate\", \"key\": \"value\"}",
        "deletion_protection=true max_retries = 3",
        "50 % of 100 & more \\ less",
        "credential_sid=CR0123 &amp; token_ttl=5",
        "日本語=値 Ünïcode: \"ß\"",
    ] {
        hides(plain, plain);
    }
}

#[test]
fn what_a_text_carries_is_reported_without_its_encodings() {
    let carried = |text: &str, secret: &str| {
        let found = secrets_in(text, Names::default());
        assert!(
            found.iter().any(|found| found == secret),
            "{secret} of {text}: {found:?}"
        );
    };
    carried("https://user:p%40ss@x/", "p@ss");
    carried("https://x/?token=a%2Bb", "a+b");
    carried("Bearer abcdef12345", "abcdef12345");
    assert!(secrets_in("plain words", Names::default()).is_empty());
}

#[test]
fn long_texts_and_odd_ones_end_soon() {
    let escapes = "%25".repeat(5000) + &"\\\\".repeat(5000) + &"&amp;".repeat(3000);
    let _ = hidden(&escapes, &["secret-secret"]);
    let long = "\"key\":\"Authorization\",".repeat(20_000) + "secret-secret";
    assert!(!hidden(&long, &["secret-secret"]).contains("secret-secret"));
}

proptest! {
    #[test]
    fn no_dress_hides_a_known_secret(
        before in "\\PC{0,20}",
        secret in "[!-~]([ -~]{6,22})[!-~]",
        after in "\\PC{0,20}",
        inner in 0..DRESSES.len(),
        outer in 0..9_usize,
    ) {
        prop_assume!(!MARK.contains(&secret));
        let dressed = DRESSES[outer].1(&DRESSES[inner].1(&secret));
        let shown = hidden(&format!("{before} {dressed} {after}"), &[&secret]);
        prop_assert!(!shown.contains(&dressed), "{} in {}: {dressed} in {shown}", DRESSES[inner].0, DRESSES[outer].0);
        prop_assert!(!shown.contains(&secret));
    }

    #[test]
    fn any_text_is_taken_and_what_is_outside_of_secrets_stays(text in ".{0,80}", known in "[a-z]{4,8}") {
        let shown = hidden(&text, &[&known]);
        let parts: Vec<_> = shown.split(MARK).collect();
        let mut rest = text.as_str();
        for part in parts {
            let at = rest.find(part);
            prop_assert!(at.is_some(), "{part:?} of {shown:?} is not in {text:?}");
            rest = &rest[at.unwrap_or_default() + part.len()..];
        }
    }
}
