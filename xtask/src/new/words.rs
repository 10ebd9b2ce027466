//! Words for people, from names: plain, and true of whatever has the name.

/// Words that are written in another way than in small letters.
const SPELT: &[(&str, &str)] = &[
    ("a2p", "A2P"),
    ("api", "API"),
    ("arn", "ARN"),
    ("cnam", "CNAM"),
    ("dtmf", "DTMF"),
    ("http", "HTTP"),
    ("id", "ID"),
    ("ip", "IP"),
    ("iso", "ISO"),
    ("json", "JSON"),
    ("mms", "MMS"),
    ("psd2", "PSD2"),
    ("rcs", "RCS"),
    ("sid", "SID"),
    ("sids", "SIDs"),
    ("sim", "SIM"),
    ("sip", "SIP"),
    ("sms", "SMS"),
    ("ssl", "SSL"),
    ("sso", "SSO"),
    ("tls", "TLS"),
    ("totp", "TOTP"),
    ("ttl", "TTL"),
    ("tts", "TTS"),
    ("twiml", "TwiML"),
    ("uri", "URI"),
    ("url", "URL"),
    ("urls", "URLs"),
    ("whatsapp", "WhatsApp"),
    ("sync", "Sync"),
    ("twilio", "Twilio"),
];

/// `status_callback_url` → `status callback URL`.
pub fn words(name: &str) -> String {
    let spelt = |word: &str| {
        let known = SPELT.iter().find(|(plain, _)| *plain == word);
        known.map_or_else(|| word.to_owned(), |(_, spelt)| (*spelt).to_owned())
    };
    name.split('_')
        .filter(|word| !word.is_empty())
        .map(spelt)
        .collect::<Vec<_>>()
        .join(" ")
}

/// With a capital letter, as at the beginning of a sentence.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// Whether the noun is one of several things, such as settings.
pub fn is_several(noun: &str) -> bool {
    ["settings", "permissions", "credentials"]
        .iter()
        .any(|ending| noun.ends_with(ending))
}

/// A noun with `a` or `an`, unless it is of several.
pub fn with_article(noun: &str) -> String {
    match is_several(noun) {
        true => noun.to_owned(),
        false => format!("{} {noun}", article(noun)),
    }
}

/// `a` or `an`.
fn article(noun: &str) -> &'static str {
    match noun.chars().next().map(|first| first.to_ascii_lowercase()) {
        // A unit, a user, a URL.
        Some('u')
            if ["un", "us", "ur"]
                .iter()
                .any(|start| noun.to_ascii_lowercase().starts_with(start)) =>
        {
            "a"
        }
        Some('a' | 'e' | 'i' | 'o' | 'u') => "an",
        // An SMS, an MMS: letters read one by one.
        Some('s' | 'm' | 'r' | 'h') if noun.chars().nth(1).is_some_and(char::is_uppercase) => "an",
        _ => "a",
    }
}

/// `policy` → `policies`, `address` → `addresses`; of several words the last.
pub fn plural(noun: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| noun.ends_with(ending));
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if ends(&["s", "x", "z", "ch", "sh"]) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// The other way round: `policies` → `policy`.
pub fn singular(noun: &str) -> String {
    let cut = |ending: &str| noun.strip_suffix(ending);
    match (cut("ies"), cut("sses"), cut("s")) {
        (Some(stem), ..) => format!("{stem}y"),
        (_, Some(stem), _) => format!("{stem}ss"),
        (_, _, Some(stem)) if !stem.ends_with('s') => stem.to_owned(),
        _ => noun.to_owned(),
    }
}

/// `a`, `b` or `c`, each in backticks.
pub fn choices(values: &[String]) -> String {
    let quoted: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        assert_eq!(words("status_callback_url"), "status callback URL");
        assert_eq!(words("sid"), "SID");
        assert_eq!(
            choices(&["a".to_owned(), "b".to_owned(), "c".to_owned()]),
            "`a`, `b` or `c`"
        );
    }

    #[test]
    fn there_is_one_of_it_or_several() {
        for (one, several) in [
            ("queue", "queues"),
            ("address", "addresses"),
            ("policy", "policies"),
            ("key", "keys"),
        ] {
            assert_eq!(plural(one), several);
            assert_eq!(singular(several), one);
        }
        for (noun, expected) in [
            ("address", "an"),
            ("usage trigger", "a"),
            ("SMS sender", "an"),
            ("queue", "a"),
        ] {
            assert_eq!(article(noun), expected, "{noun}");
        }
    }
}
