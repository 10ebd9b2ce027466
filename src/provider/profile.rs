//! Profiles of Twilio's CLI: `~/.twilio-cli/config.json`.
//!
//! The CLI keeps API keys there, by profile name. A value `ENV:NAME` stands for an environment variable, so that a
//! profile can be checked in without secrets.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::settings::{Environment, FileReader, Pieces};

/// One profile, with `ENV:` values resolved.
#[derive(Clone, Default)]
pub(crate) struct Profile {
    /// The account.
    pub account_sid: Option<String>,
    /// Processing region.
    pub region: Option<String>,
    /// Edge location.
    pub edge: Option<String>,
    api_key: Option<String>,
    api_secret: Option<String>,
}

impl Profile {
    /// The credentials. The CLI also stores an account SID with its auth token in the place of a key.
    pub(crate) fn pieces(&self) -> Pieces {
        match &self.api_key {
            Some(key) if key.starts_with("AC") => Pieces {
                auth_token: self.api_secret.clone(),
                ..Pieces::default()
            },
            _ => Pieces {
                api_key: self.api_key.clone(),
                api_secret: self.api_secret.clone(),
                ..Pieces::default()
            },
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ConfigFile {
    #[serde(default)]
    edge: Option<String>,
    #[serde(default)]
    active_project: Option<String>,
    #[serde(default)]
    profiles: BTreeMap<String, StoredProfile>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StoredProfile {
    account_sid: Option<String>,
    region: Option<String>,
    edge: Option<String>,
    api_key: Option<String>,
    api_secret: Option<String>,
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
    let file: ConfigFile = match (serde_json::from_str(&text), name) {
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
    let Some(wanted) = name.or(file.active_project.as_deref()) else {
        return Ok(None);
    };
    let Some(stored) = file.profiles.get(wanted) else {
        let known: Vec<_> = file.profiles.keys().map(String::as_str).collect();
        return name.map_or(Ok(None), |_| {
            Err(format!(
                "{} has no profile of this name. It has: {}.",
                path.display(),
                known.join(", ")
            ))
        });
    };
    let resolve = |value: &Option<String>| resolve(value.as_deref(), environment);
    Ok(Some(Profile {
        account_sid: resolve(&stored.account_sid)?,
        region: resolve(&stored.region)?,
        edge: resolve(&stored.edge.clone().or(file.edge.clone()))?,
        api_key: resolve(&stored.api_key)?,
        api_secret: resolve(&stored.api_secret)?,
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
