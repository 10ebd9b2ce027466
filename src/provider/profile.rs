//! Profiles of Twilio's CLI: `~/.twilio-cli/config.json`.
//!
//! The CLI keeps API keys there, by profile name. A value `ENV:NAME` stands for an environment variable, so that a
//! profile can be checked in without secrets. People write such files too, or have a script write them, and then fields are called
//! as the Console or a client library calls them. Each of these names is read; two of them that disagree are an error.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::settings::{Environment, FileReader, Pieces};

/// The names of each field, the CLI's own first. Capital letters, `_` and `-` make no difference.
const ACCOUNT: &[&str] = &["accountSid"];
const TOKEN: &[&str] = &["authToken"];
const KEY: &[&str] = &["apiKey", "apiKeySid"];
const SECRET: &[&str] = &["apiSecret", "apiKeySecret"];
const REGION: &[&str] = &["region"];
const EDGE: &[&str] = &["edge"];
const ACTIVE: &[&str] = &["activeProject", "activeProfile"];

/// What a field of a profile may be called in a message: a name, and nothing that somebody pasted in place of one.
const LONGEST_NAME: usize = 30;

/// One profile, with `ENV:` values resolved.
#[derive(Clone, Default)]
pub(crate) struct Profile {
    /// The account.
    pub account_sid: Option<String>,
    /// Processing region.
    pub region: Option<String>,
    /// Edge location.
    pub edge: Option<String>,
    auth_token: Option<String>,
    api_key: Option<String>,
    api_secret: Option<String>,
    /// The file, and the profile's name in it.
    from: String,
    /// The names of the fields that it has.
    fields: Vec<String>,
}

impl Profile {
    /// The credentials. The CLI also stores an account SID with its auth token in the place of a key.
    pub(crate) fn pieces(&self) -> Pieces {
        match &self.api_key {
            Some(key) if key.starts_with("AC") => Pieces {
                auth_token: self.auth_token.clone().or_else(|| self.api_secret.clone()),
                ..Pieces::default()
            },
            _ => Pieces {
                auth_token: self.auth_token.clone(),
                api_key: self.api_key.clone(),
                api_secret: self.api_secret.clone(),
                ..Pieces::default()
            },
        }
    }

    /// For an error about credentials that are incomplete: which fields were searched for, and which there are. No value is in it.
    pub(crate) fn looked_for(&self) -> String {
        let one = |names: &[&str]| names.join(" or ");
        let has = match self.fields.is_empty() {
            true => "nothing".to_owned(),
            false => self.fields.join(", "),
        };
        format!(
            "The provider searched for credentials in {}: {}, with {}, or with {} and {}. It has {has}. Add what is missing, or create the profile \
             again with `twilio login`.",
            self.from,
            one(ACCOUNT),
            one(TOKEN),
            one(KEY),
            one(SECRET)
        )
    }
}

/// An object of the file, whose fields go by several names.
struct Fields<'a> {
    object: &'a Map<String, Value>,
    /// What has them, in a message.
    of: &'a str,
}

impl Fields<'_> {
    /// The text that one of these names has. Empty counts as absent.
    fn text(&self, names: &[&str]) -> Result<Option<String>, String> {
        let mut found: Option<(&str, &str)> = None;
        for (name, value) in self.object {
            if !names.iter().any(|wanted| is_same_name(wanted, name)) {
                continue;
            }
            match value {
                Value::Null => {}
                Value::String(text) if text.is_empty() => {}
                Value::String(text) => match found {
                    Some((other, before)) if before != text => {
                        return Err(format!(
                            "{} has {other} and {name}, which mean the same and differ. Keep one of them.",
                            self.of
                        ));
                    }
                    _ => found = Some((name, text)),
                },
                _ => return Err(format!("{name} of {} is no text. Write it in quotes.", self.of)),
            }
        }
        Ok(found.map(|(_, text)| text.to_owned()))
    }

    /// The names, without what is none.
    fn names(&self) -> Vec<String> {
        let is_name = |name: &&String| {
            name.len() <= LONGEST_NAME
                && name
                    .chars()
                    .all(|letter| letter.is_ascii_alphabetic() || matches!(letter, '_' | '-'))
        };
        self.object.keys().filter(is_name).cloned().collect()
    }
}

fn is_same_name(wanted: &str, name: &str) -> bool {
    let letters = |name: &str| {
        let letters = name.chars().filter(|letter| !matches!(letter, '_' | '-'));
        letters.map(|letter| letter.to_ascii_lowercase()).collect::<String>()
    };
    letters(wanted) == letters(name)
}

/// Reads a whole file.
///
/// # Errors
/// Those of the file system.
pub(crate) fn read_file(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

/// Loads the profile `name`, or the CLI's active one. `Ok(None)`: no profile was asked for and none is active.
///
/// # Errors
/// A sentence when a profile was asked for and cannot be used.
pub(crate) fn load(
    name: Option<&str>,
    environment: Environment<'_>,
    read_file: FileReader<'_>,
) -> Result<Option<Profile>, String> {
    let Some(path) = path(environment) else {
        return name.map_or(Ok(None), |_| {
            Err("A profile is named, and there is no home directory to look for it in.".to_owned())
        });
    };
    let text = match (read_file(&path), name) {
        (Ok(text), _) => text,
        (Err(_), None) => return Ok(None),
        (Err(error), Some(_)) => {
            return Err(format!(
                "The profiles are in {}, which cannot be read: {error}. Create it with `twilio login`.",
                path.display()
            ));
        }
    };
    let file: Map<String, Value> = match (serde_json::from_str(&text), name) {
        (Ok(file), _) => file,
        (Err(_), None) => return Ok(None),
        // serde's message may quote the text around the fault, and that may be a secret: only the place is named.
        (Err(error), Some(_)) => {
            return Err(format!(
                "{} is not the CLI's JSON (line {}, column {}).",
                path.display(),
                error.line(),
                error.column()
            ));
        }
    };
    let of_file = path.display().to_string();
    let of_file = Fields {
        object: &file,
        of: &of_file,
    };
    let active = match name {
        Some(_) => None,
        None => of_file.text(ACTIVE)?,
    };
    let Some(wanted) = name.or(active.as_deref()) else {
        return Ok(None);
    };
    let nothing = Map::new();
    let profiles = file.get("profiles").and_then(Value::as_object).unwrap_or(&nothing);
    let Some(stored) = profiles.get(wanted) else {
        // Profiles that older versions of the CLI made: https://github.com/twilio/twilio-cli-core has the secret of each in the keychain.
        let projects = file.get("projects").and_then(Value::as_array).into_iter().flatten();
        let mut ids = projects.filter_map(|project| project.get("id")?.as_str());
        if name.is_some() && ids.any(|id| id == wanted) {
            return Err(format!(
                "{} has the profile {wanted} under projects alone: an older version of the CLI made it, and keeps its secret in the \
                 keychain of the operating system, which the provider does not read. Create the profile again with `twilio login`, or set \
                 the credentials in the environment.",
                path.display()
            ));
        }
        let known: Vec<_> = profiles.keys().map(String::as_str).collect();
        let known = match known.is_empty() {
            true => "It has none, under profiles.".to_owned(),
            false => format!("It has: {}.", known.join(", ")),
        };
        return name.map_or(Ok(None), |_| {
            Err(format!("{} has no profile of this name. {known}", path.display()))
        });
    };
    let Some(stored) = stored.as_object() else {
        return Err(format!("The profile in {} is no object with fields.", path.display()));
    };
    let from = format!("the profile {wanted} in {}", path.display());
    let stored = Fields {
        object: stored,
        of: &from,
    };
    let resolved = |names: &[&str]| resolve(stored.text(names)?.as_deref(), environment);
    let edge = match resolved(EDGE)? {
        Some(edge) => Some(edge),
        None => resolve(of_file.text(EDGE)?.as_deref(), environment)?,
    };
    let account_sid = resolved(ACCOUNT)?;
    let api_key = resolved(KEY)?;
    Ok(Some(Profile {
        account_sid: account_sid.or_else(|| api_key.clone().filter(|key| key.starts_with("AC"))),
        region: resolved(REGION)?,
        edge,
        auth_token: resolved(TOKEN)?,
        api_secret: resolved(SECRET)?,
        api_key,
        fields: stored.names(),
        from,
    }))
}

/// Where the CLI keeps its profiles; `TWILIO_CONFIG_DIR` moves it, as it does for the CLI.
fn path(environment: Environment<'_>) -> Option<PathBuf> {
    let folder = environment("TWILIO_CONFIG_DIR").map(PathBuf::from).or_else(|| {
        let home = environment("HOME").or_else(|| environment("USERPROFILE"))?;
        Some(PathBuf::from(home).join(".twilio-cli"))
    })?;
    Some(folder.join("config.json"))
}

fn resolve(value: Option<&str>, environment: Environment<'_>) -> Result<Option<String>, String> {
    match value {
        Some(value) => match value.strip_prefix("ENV:") {
            None => Ok(Some(value.to_owned())),
            Some(variable) => environment(variable)
                .filter(|text| !text.is_empty())
                .map(Some)
                .ok_or_else(|| {
                    format!("The profile takes a value from the environment variable {variable}, which is not set.")
                }),
        },
        None => Ok(None),
    }
}
