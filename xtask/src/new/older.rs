//! What older providers called a new resource, and what they stored of it that it has no place for:
//! `tests/fixtures/older_states/types.tsv` names the types, and the states beside it were really written.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value as Json;

use super::changes::Changes;
use super::draft::Draft;
use super::field::Field;
use super::place::{Key, Place};
use super::register::{with_module, with_row};

/// The types, a line each: provider, type, the resource that it becomes, and after that, with commas between them, `ours=theirs`
/// for a name that differs, `@attribute` where its objects are merely a part of that attribute, `-theirs` for what has no place, `~`
/// where its objects are at another place.
pub const TYPES: &str = "tests/fixtures/older_states/types.tsv";

/// A type of an older provider.
pub struct OlderType {
    /// `rjpearson94` or `vendor`: the function that makes it, and the folder of its states.
    pub provider: &'static str,
    /// Its name there.
    pub type_name: String,
    /// Ours, and theirs.
    pub renamed: Vec<(String, String)>,
    /// The attribute that its objects are merely a part of.
    pub merged_into: Option<String>,
    /// What is stored there, has nothing here, and is not said to have none yet.
    pub unplaced: BTreeSet<String>,
    /// Why its objects are at another place than ours, which no state can lead to; none where they are not.
    pub elsewhere: Option<String>,
}

impl OlderType {
    /// What `types.tsv` is to say of it that it does not say yet.
    fn words(&self) -> Vec<String> {
        match self.elsewhere {
            Some(_) => vec![ELSEWHERE.to_owned()],
            None => self.unplaced.iter().map(|name| format!("-{name}")).collect(),
        }
    }
}

/// The word for a type whose objects are at another place than those of the resource.
const ELSEWHERE: &str = "~";

/// What every resource goes without, and what every one has.
const EVERYWHERE: &[&str] = &[
    "account_sid",
    "date_updated",
    "id",
    "links",
    "path_account_sid",
    "sid",
    "timeouts",
    "url",
];

/// The types that become the resource of this name, in the checkout at `root`.
///
/// # Errors
/// When a file cannot be read.
pub fn types(root: &Path, name: &str, place: &Place, fields: &[Field]) -> Result<Vec<OlderType>> {
    let path = root.join(TYPES);
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let mut types = Vec::new();
    for row in text.lines().skip(1) {
        let columns: Vec<_> = row.split('\t').collect();
        let &[provider, type_name, ours, ref words @ ..] = &columns[..] else {
            continue;
        };
        if ours != name {
            continue;
        }
        let words: Vec<_> = words.iter().flat_map(|words| words.split(',')).collect();
        let is_rjpearson94 = provider.starts_with("RJPearson94");
        let renamed = words.iter().filter_map(|word| word.split_once('='));
        let renamed = renamed.filter(|(ours, _)| fields.iter().any(|field| field.name == *ours));
        let mut older = OlderType {
            provider: if is_rjpearson94 { "rjpearson94" } else { "vendor" },
            type_name: type_name.to_owned(),
            renamed: renamed
                .map(|(ours, theirs)| (ours.to_owned(), theirs.to_owned()))
                .collect(),
            merged_into: words.iter().find_map(|word| word.strip_prefix('@')).map(str::to_owned),
            unplaced: BTreeSet::new(),
            elsewhere: None,
        };
        if older.merged_into.is_none() {
            let states = states(root, &older)?;
            older.elsewhere = elsewhere(&states, &older, place);
            if older.elsewhere.is_some() {
                types.push(older);
                continue;
            }
            // What goes by the SID of something else is stored as its own.
            let stores = |name: &str| states.iter().any(|state| says_something(&state[name]));
            let borrowed = fields.iter().filter(|field| field.read_as.as_deref() == Some("sid"));
            let borrowed = borrowed.filter(|field| !stores(&field.name) && stores("sid"));
            older
                .renamed
                .extend(borrowed.map(|field| (field.name.clone(), "sid".to_owned())));
            let said: Vec<_> = words.iter().filter_map(|word| word.strip_prefix('-')).collect();
            older.unplaced = unplaced(&states, &older, fields);
            older.unplaced.retain(|name| !said.contains(&name.as_str()));
        }
        types.push(older);
    }
    Ok(types)
}

/// The states of a type that were really written.
fn states(root: &Path, older: &OlderType) -> Result<Vec<Json>> {
    let folder = root.join("tests/fixtures/older_states").join(older.provider);
    let mut states = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if stem.split('.').next() == Some(&older.type_name) {
            let state: Json = serde_json::from_str(&fs::read_to_string(&path)?)?;
            states.push(state["attributes"].clone());
        }
    }
    Ok(states)
}

/// Why these states do not lead to an object at this place: they do not say what it stands below, or they say of more than it does.
fn elsewhere(states: &[Json], older: &OlderType, place: &Place) -> Option<String> {
    let says = |name: &str| {
        let theirs = older.renamed.iter().find(|(ours, _)| ours == name);
        let theirs = theirs.map_or(name, |(_, theirs)| theirs.split('.').next().unwrap_or(theirs));
        states.iter().all(|state| says_something(&state[theirs]))
    };
    if let Some(parent) = place.parents.iter().find(|parent| !says(&parent.field)) {
        return Some(format!("it stores no {}", parent.field));
    }
    // The vendor's ids are the keys in the path, one after the other; those of the other are the SID alone.
    let keys = states.iter().filter_map(|state| state["id"].as_str());
    let most = keys.map(|id| id.split('/').count()).max().unwrap_or_default();
    let ours = place.parents.len() + usize::from(place.key != Key::None);
    (older.provider == "vendor" && most > ours.max(1))
        .then(|| "it stands below something that this does not".to_owned())
}

/// What these states have a value in, and the resource has no field for.
fn unplaced(states: &[Json], older: &OlderType, fields: &[Field]) -> BTreeSet<String> {
    let mut unplaced = BTreeSet::new();
    for (name, value) in states.iter().filter_map(Json::as_object).flatten() {
        let is_renamed = older
            .renamed
            .iter()
            .any(|(_, theirs)| theirs.split('.').next() == Some(name));
        let is_ours = fields.iter().any(|field| field.name == *name);
        if !is_renamed && !is_ours && !EVERYWHERE.contains(&name.as_str()) && says_something(value) {
            unplaced.insert(name.clone());
        }
    }
    unplaced
}

/// Whether it is more than what stands for unset.
fn says_something(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Bool(truth) => *truth,
        Json::Number(number) => number.as_f64() != Some(0.0),
        Json::String(text) => match serde_json::from_str(text) {
            Ok(inner @ (Json::Object(_) | Json::Array(_))) => says_something(&inner),
            _ => !text.is_empty(),
        },
        Json::Array(items) => items.iter().any(says_something),
        Json::Object(fields) => fields.values().any(says_something),
    }
}

/// Names the types in the folder's `older.rs`, in the guide to migration, and what they have no place for beside them.
///
/// # Errors
/// When a file is not there or has another form.
pub fn register(changes: &mut Changes, draft: &Draft) -> Result<()> {
    for older in &draft.older {
        register_type(changes, draft, older)?;
    }
    if !draft.takes_over() {
        return Ok(());
    }
    let folder = format!("src/resources/{}", draft.category.folder());
    let file = format!("{folder}/older.rs");
    if !changes.has(&file) {
        let head = format!(
            "//! {} as the older providers store it.\n\nuse crate::engine::facts::older::OlderState;\n",
            draft.category.title()
        );
        changes.put(file.as_str(), head);
        changes.edit(&format!("{folder}/mod.rs"), |text| {
            Some(with_module(text, "mod older;"))
        })?;
    }
    changes.edit(&file, |text| Some(text.to_owned() + &constant(draft)))
}

fn register_type(changes: &mut Changes, draft: &Draft, older: &OlderType) -> Result<()> {
    let how = match &older.merged_into {
        _ if older.elsewhere.is_some() => "`removed`, then an import: it stands below something else".to_owned(),
        Some(attribute) => format!("stands in `{attribute}`; `removed`"),
        None if older.type_name == draft.name => "nothing".to_owned(),
        None => "`moved`".to_owned(),
    };
    let source = if older.provider == "vendor" {
        "twilio/twilio"
    } else {
        "RJPearson94/twilio"
    };
    let row = format!("| `{}` | `{}` | {how} |", older.type_name, draft.name);
    changes.edit("docs/guides/migration.md", |text| {
        with_row(text, &format!("| {source} | here | how |"), &row)
    })?;
    if !older.words().is_empty() {
        changes.edit(TYPES, |text| with_words(text, older))?;
    }
    Ok(())
}

/// The list with what was found out of a type: that it is another place's, or what it stores and nothing here has a place for.
fn with_words(text: &str, older: &OlderType) -> Option<String> {
    let mut found = false;
    let mut lines = String::new();
    for line in text.lines() {
        let mut columns: Vec<_> = line.split('\t').map(str::to_owned).collect();
        let is_it = columns.get(1) == Some(&older.type_name) && is_of(columns.first()?, older.provider);
        if is_it {
            found = true;
            columns.resize(4, String::new());
            let words = columns[3].split(',').filter(|word| !word.is_empty()).map(str::to_owned);
            columns[3] = words.chain(older.words()).collect::<Vec<_>>().join(",");
        }
        lines.push_str(&columns.join("\t"));
        lines.push('\n');
    }
    found.then_some(lines)
}

fn is_of(source: &str, provider: &str) -> bool {
    source.starts_with("RJPearson94") == (provider == "rjpearson94")
}

fn constant(draft: &Draft) -> String {
    let taken_over = draft.older.iter().filter(|older| older.elsewhere.is_none());
    let states: String = taken_over
        .map(|older| {
            let pairs: Vec<_> = older
                .renamed
                .iter()
                .map(|(ours, theirs)| format!("({ours:?}, {theirs:?})"))
                .collect();
            let renamed = match pairs.is_empty() || older.merged_into.is_some() {
                true => String::new(),
                false => format!(".renamed(&[{}])", pairs.join(", ")),
            };
            let merged = older.merged_into.as_ref();
            let merged = merged.map_or_else(String::new, |attribute| format!(".merged_into({attribute:?})"));
            format!(
                "OlderState::{}({:?}){renamed}{merged},",
                older.provider, older.type_name
            )
        })
        .collect();
    let constant = draft.stem().to_uppercase();
    format!(
        "\n/// `{}`.\npub(super) const {constant}: &[OlderState] = &[{states}];\n",
        draft.name
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_place_is_said_beside_the_type() {
        let older = OlderType {
            provider: "vendor",
            type_name: "theirs".to_owned(),
            renamed: Vec::new(),
            merged_into: None,
            elsewhere: None,
            unplaced: ["b".to_owned(), "c".to_owned()].into(),
        };
        let text = "provider\ttype\there\tnames\nRJPearson94/twilio\ttheirs\tours\ntwilio/twilio\ttheirs\tours\ta=x\n";
        assert_eq!(
            with_words(text, &older).as_deref(),
            Some(
                "provider\ttype\there\tnames\nRJPearson94/twilio\ttheirs\tours\ntwilio/twilio\ttheirs\tours\ta=x,-b,-c\n"
            )
        );
        assert_eq!(with_words("provider\ttype\there\tnames\n", &older), None);
    }

    #[test]
    fn what_stands_for_unset_says_nothing() {
        for (value, says) in [
            (serde_json::json!(""), false),
            (serde_json::json!([{ "a": "", "b": 0 }]), false),
            (serde_json::json!("{\"a\":[]}"), false),
            (serde_json::json!("x"), true),
            (serde_json::json!([{ "a": true }]), true),
        ] {
            assert_eq!(says_something(&value), says, "{value}");
        }
    }
}
