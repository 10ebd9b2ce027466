//! What the local Twilio refuses with, and where: which error codes somebody meets who manages something at a place.
//!
//! The simulator is read as text: it has no list of its codes, and shares none with the provider.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use regex::{Match, Regex};
use terraform_provider_twilio::engine::facts::{Action, Managed};

/// Calls that make a refusal, and which of their arguments is the code.
const MAKERS: &[(&str, usize)] = &[
    ("ApiError::new(", 1),
    ("Refusal::new(", 1),
    (" refused(", 0),
    ("(refused(", 0),
];

/// What they are called inside the type itself.
const OWN_MAKER: (&str, usize) = ("Self::new(", 1);

/// A host, and a path template at it.
pub type At = (String, String);

/// A refusal of the local Twilio.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// Its code, or the text that stands in place of one.
    pub code: String,
    /// The file that it is in, below `simulator/src`.
    pub file: String,
    /// The places that it is about. Where there is none, it is about all that the file is about.
    pub places: Vec<At>,
}

/// What is managed or invoked, as far as a refusal can be about it.
#[derive(Debug, Clone)]
pub struct Served {
    /// The hosts that it is at.
    pub hosts: Vec<String>,
    /// Paths of its collection, of one object, and of the list.
    pub paths: Vec<String>,
}

impl Served {
    /// Where a table's objects are.
    pub fn of(table: &Managed) -> Self {
        let place = table.object.place;
        let upload = table.upload.map(|upload| upload.host.host());
        Self {
            hosts: std::iter::once(place.product.host()).chain(upload).collect(),
            paths: [place.collection, place.instance, table.object.list_path()]
                .map(str::to_owned)
                .into(),
        }
    }

    /// Where an action is invoked.
    pub fn of_action(action: &Action) -> Self {
        let otherwise = action.otherwise.map(|otherwise| otherwise.path);
        Self {
            hosts: vec![action.product.host()],
            paths: std::iter::once(action.path)
                .chain(otherwise)
                .map(str::to_owned)
                .collect(),
        }
    }

    /// Whether it is in this collection, or something in it or below it.
    fn is_at(&self, (host, template): &At) -> bool {
        let wanted = shape(template);
        self.hosts.contains(host) && self.paths.iter().any(|path| shape(path).starts_with(&wanted))
    }
}

impl Refusal {
    /// Whether somebody meets it who manages this.
    pub fn concerns(&self, served: &Served) -> bool {
        // A file of behaviours is about the host whose folder it is in.
        let host = self.host_of_behaviour();
        let is_of_host =
            host.is_none_or(|host| served.hosts.iter().any(|known| known.starts_with(&format!("{host}."))));
        is_of_host && (self.places.is_empty() || self.places.iter().any(|place| served.is_at(place)))
    }

    /// The first label of the host whose behaviour it is.
    pub fn host_of_behaviour(&self) -> Option<&str> {
        let folder = self.file.strip_prefix("behaviours/")?.split_once('/');
        folder.map(|(host, _)| host)
    }
}

/// All refusals of the local Twilio in the checkout at `root`.
///
/// # Errors
/// When its source cannot be read.
pub fn all(root: &Path) -> Result<Vec<Refusal>> {
    let sources = root.join("simulator/src");
    let mut texts = Vec::new();
    for path in rust_files(&sources)? {
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let file = path.strip_prefix(&sources).unwrap_or(&path).display().to_string();
        texts.push((file, text));
    }
    let named: BTreeMap<_, _> = texts.iter().flat_map(|(_, text)| named_codes(text)).collect();
    let (mut codes, mut places) = (BTreeSet::new(), BTreeMap::<_, Vec<At>>::new());
    for (file, text) in &texts {
        let found = in_text(text).into_iter();
        let found = found.map(|code| named.get(&code).cloned().unwrap_or(code));
        codes.extend(found.map(|code| (code, file.clone())));
        for (code, place) in in_lists(text) {
            places.entry((code, file.clone())).or_default().push(place);
        }
    }
    let refusal = |(code, file): (String, String)| Refusal {
        places: places.remove(&(code.clone(), file.clone())).unwrap_or_default(),
        code,
        file,
    };
    Ok(codes.into_iter().map(refusal).collect())
}

/// A path template without the names of its parts.
fn shape(template: &str) -> String {
    let parts = template.split('/').map(|part| match part.starts_with('{') {
        true => "{}",
        false => part.trim_end_matches(".json"),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The codes that a list of facts refuses with, each with the place that stands before it. A code that has a name is where the
/// name is.
fn in_lists(text: &str) -> Vec<(String, At)> {
    let text = without_tests(text);
    let pattern = |pattern: &str| Regex::new(pattern).ok();
    let named = pattern(r"const ([A-Z_]+): Refusal\s*=\s*Refusal::new\(\s*\d+,\s*(\d+)");
    // `account("…")` is a path of an account at the classic host.
    let place_of = pattern(r#"const ([A-Z_]+): At\s*=\s*(?:account)?\(\s*(?:"([a-z-]+\.twilio\.com)",\s*)?"(/[^"]*)""#);
    let token = pattern(
        r#"(?:account\(|"([a-z-]+\.twilio\.com)",)\s*"(/[^"]*)"|const [A-Z_]+: Refusal\s*=\s*Refusal::new\(\s*\d+,\s*\d+|Refusal::new\(\s*\d+,\s*(\d+)|\b([A-Z_]{3,})\b"#,
    );
    let (Some(named), Some(place_of), Some(token)) = (named, place_of, token) else {
        return Vec::new();
    };
    let names: BTreeMap<_, _> = named
        .captures_iter(text)
        .map(|found| (found[1].to_owned(), found[2].to_owned()))
        .collect();
    let host = |found: Option<Match<'_>>| found.map_or("api.twilio.com", |host| host.as_str()).to_owned();
    let named_places: BTreeMap<_, _> = place_of
        .captures_iter(text)
        .map(|found| (found[1].to_owned(), (host(found.get(2)), found[3].to_owned())))
        .collect();
    let mut place = None;
    let mut found = Vec::new();
    for part in token.captures_iter(text) {
        let name = part.get(4).map_or("", |name| name.as_str());
        let here = part.get(2).map(|path| (host(part.get(1)), path.as_str().to_owned()));
        if let Some(here) = here.or_else(|| named_places.get(name).cloned()) {
            place = Some(here);
            continue;
        }
        let code = part.get(3).map(|code| code.as_str().to_owned());
        let code = code.or_else(|| names.get(name).cloned());
        if let (Some(code), Some(place)) = (code, &place) {
            found.push((code, place.clone()));
        }
    }
    found
}

/// Codes that have a name: the name, and the code.
fn named_codes(text: &str) -> Vec<(String, String)> {
    let Ok(named) = Regex::new(r"const ([A-Z_]+): u32 = (\d+);") else {
        return Vec::new();
    };
    let named = named.captures_iter(text);
    named.map(|found| (found[1].to_owned(), found[2].to_owned())).collect()
}

/// The codes that a file refuses with, outside its tests; the argument itself where it is not a number.
fn in_text(text: &str) -> Vec<String> {
    let text = without_tests(text);
    let own = text.contains("impl ApiError").then_some(&OWN_MAKER);
    let mut codes = Vec::new();
    for (maker, position) in MAKERS.iter().chain(own) {
        for (start, _) in text.match_indices(maker) {
            if text[..start].ends_with("fn") {
                continue;
            }
            let arguments = text[start + maker.len()..].split(',').map(str::trim);
            let code = arguments.map(str::to_owned).nth(*position);
            // The calls of a maker are read, wherever they are.
            codes.extend(code.filter(|code| !is_given_to_a_maker(&text[..start], code)));
        }
    }
    codes
}

/// Whether `name` is what the function takes that `before` ends in, and calls of that function are read by themselves.
fn is_given_to_a_maker(before: &str, name: &str) -> bool {
    let Some((_, function)) = before.rsplit_once("fn ") else {
        return false;
    };
    let takes = |argument: &str| argument.trim().split(':').next() == Some(name);
    let mut makers = MAKERS.iter().map(|(maker, _)| maker.trim_start_matches([' ', '(']));
    let Some((signature, body)) = function.split_once(')') else {
        return false;
    };
    // It may have ended before.
    if body.matches('{').count() <= body.matches('}').count() {
        return false;
    }
    signature.split_once('(').is_some_and(|(own, arguments)| {
        makers.any(|maker| maker == format!("{own}(")) && arguments.split(',').any(takes)
    })
}

fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or_default()
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(host: &str, path: &str) -> At {
        (host.to_owned(), path.to_owned())
    }

    fn served(host: &str, path: &str) -> Served {
        Served {
            hosts: vec![host.to_owned()],
            paths: vec![path.to_owned()],
        }
    }

    #[test]
    fn a_refusal_of_a_list_is_known_with_its_place() {
        let text = r#"
            const TAKEN: Refusal = Refusal::new(409, 54301, "taken");
            const DOMAINS: At = account("/2010-04-01/Accounts/{AccountSid}/SIP/Domains");
            const LINES: &[(At, Refusal)] = &[
                limit(DOMAINS, Refusal::new(400, 21232, "z")),
                (("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps"), TAKEN),
                (
                    ("verify.twilio.com", "/v2/Services"),
                    Refusal::new(
                        400,
                        60213,
                        "x",
                    ),
                ),
            ];
            #[cfg(test)] mod tests { ("a.twilio.com", "/v1/B"); Refusal::new(400, 11111, "") }"#;
        let found = |code: &str, host: &str, path: &str| (code.to_owned(), at(host, path));
        assert_eq!(
            in_lists(text),
            [
                found(
                    "21232",
                    "api.twilio.com",
                    "/2010-04-01/Accounts/{AccountSid}/SIP/Domains"
                ),
                found("54301", "sync.twilio.com", "/v1/Services/{ServiceSid}/Maps"),
                found("60213", "verify.twilio.com", "/v2/Services"),
            ]
        );
    }

    #[test]
    fn a_refusal_concerns_what_is_at_its_place_or_below_it() {
        let refusal = |file: &str, places: &[At]| Refusal {
            code: "1".to_owned(),
            file: file.to_owned(),
            places: places.to_vec(),
        };
        let services = served("verify.twilio.com", "/v2/Services/{sid}/RateLimits/{key}");
        let cases = [
            ("facts/limits.rs", vec![at("verify.twilio.com", "/v2/Services")], true),
            ("facts/limits.rs", vec![at("verify.twilio.com", "/v2/Forms")], false),
            ("facts/limits.rs", vec![at("sync.twilio.com", "/v2/Services")], false),
            ("behaviours/verify/codes.rs", vec![], true),
            ("behaviours/proxy/numbers.rs", vec![], false),
            ("server.rs", vec![], true),
        ];
        for (file, places, expected) in cases {
            assert_eq!(
                refusal(file, &places).concerns(&services),
                expected,
                "{file} {places:?}"
            );
        }
        let calls = refusal(
            "x.rs",
            &[at("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Calls.json")],
        );
        assert!(!calls.concerns(&served(
            "api.twilio.com",
            "/2010-04-01/Accounts/{account_sid}/Applications/{sid}.json"
        )));
        assert!(calls.concerns(&served(
            "api.twilio.com",
            "/2010-04-01/Accounts/{account_sid}/Calls/{sid}.json"
        )));
    }

    #[test]
    fn a_code_may_have_a_name_or_be_given_to_a_function_whose_calls_are_read() {
        let text = "const PAIR_TAKEN: u32 = 50416;
            fn refused(code: u32, text: &str) -> ApiError { ApiError::new(400, code, text) }
            fn other() { refused(91001, \"a\"); ApiError::new(409, PAIR_TAKEN, \"b\") }
            fn injected(code: u32) { ApiError::new(500, code, \"c\") }";
        assert_eq!(in_text(text), ["PAIR_TAKEN", "code", "91001"]);
        assert_eq!(named_codes(text), [("PAIR_TAKEN".to_owned(), "50416".to_owned())]);
    }

    #[test]
    fn codes_are_read_however_the_call_is_written() {
        let text = "return Err(refused(91003, \"x\"));\n fn refused(code: u32) {}\n ApiError::new(\n  400,\n  21451,\n format!())
            Self::new(401, 20003, \"a\") .ok_or_else(|| refused(91001, \"b\"))
            ApiError::new(status, code, \"c\")
            impl ApiError {}
            #[cfg(test)] mod tests { ApiError::new(400, 11111, \"\") }";
        assert_eq!(in_text(text), ["21451", "code", "91001", "91003", "20003"]);
    }
}
