//! Limits that stand in the words of the contract's descriptions and not in its types. `cargo xtask contract` reads them there and
//! writes `simulator/contract/limits.json`, one a line.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Operation, Spec};

/// One limit of one parameter of one operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WordedLimit {
    /// Host of the file.
    pub host: String,
    /// Path template as published.
    pub path: String,
    /// HTTP method in capitals.
    pub method: String,
    /// The parameter.
    pub parameter: String,
    /// The words that say so.
    pub says: String,
    /// What they say.
    pub is: Worded,
}

/// What a description says of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Worded {
    /// So many characters.
    Characters(u64, u64),
    /// So many bytes.
    Bytes(u64, u64),
    /// A number between these.
    Number(i64, i64),
    /// A number that is not above this. Its words say nothing of the least.
    AtMost(i64),
    /// A phone number in E.164.
    PhoneNumber,
    /// A phone number in E.164, or an email address.
    PhoneNumberOrEmail,
    /// A URI of the scheme `sip`.
    SipUri,
}

type Place = (String, String, String);

static ALL: LazyLock<HashMap<Place, Vec<WordedLimit>>> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/contract/limits.json"));
    // What `cargo xtask contract` wrote; its `--check` guards that.
    let lines: Vec<WordedLimit> = serde_json::from_str(text).unwrap_or_default();
    let mut all: HashMap<Place, Vec<WordedLimit>> = HashMap::new();
    for line in lines {
        let place = (line.host.clone(), line.path.clone(), line.method.clone());
        all.entry(place).or_default().push(line);
    }
    all
});

/// The worded limits of an operation.
pub fn worded(spec: &Spec, operation: &Operation) -> &'static [WordedLimit] {
    let place = (spec.host.clone(), operation.path.clone(), operation.method.clone());
    ALL.get(&place).map(Vec::as_slice).unwrap_or_default()
}

/// All worded limits, in no order.
pub fn all_worded() -> impl Iterator<Item = &'static WordedLimit> {
    ALL.values().flatten()
}
