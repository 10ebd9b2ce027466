//! From the provider block, the environment and a CLI profile to what the client needs.
//!
//! Arguments win over environment variables, and those over the profile. Credentials are taken as a set from one place:
//! an `auth_token` argument is never paired with a key from the environment.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use url::Url;

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Change, Credentials, Means, Secret, Sid};

use super::audit;
use super::block::{
    DEFAULT_MAX_CONCURRENCY, DEFAULT_MAX_ELAPSED_SECONDS, DEFAULT_MAX_RETRIES, DEFAULT_REQUEST_TIMEOUT_SECONDS,
};
use super::older_arguments::{self, SignIn};
use super::profile::{self, Profile};
use super::sign_in::{self, Origin};

/// What the client needs.
#[derive(Debug)]
pub(crate) struct Settings {
    /// How to sign in.
    pub credentials: Credentials,
    /// The account that resources go into by default, where it is not the one that signs in.
    pub subaccount: Option<AccountSid>,
    /// Processing region.
    pub region: Option<String>,
    /// Where the region was found.
    pub region_from: Origin,
    /// Edge location.
    pub edge: Option<String>,
    /// Where the edge was found.
    pub edge_from: Origin,
    /// Where to send everything instead.
    pub base_url: Option<Url>,
    /// Most tries after the first.
    pub max_retries: u32,
    /// Longest time from the first try to the last.
    pub max_elapsed: Duration,
    /// Most requests at once per account and host.
    pub max_concurrency: usize,
    /// Answer reads that come together from lists.
    pub batch_reads: bool,
    /// When one request is given up.
    pub request_timeout: Duration,
    /// File in which writes are recorded.
    pub audit_log: Option<PathBuf>,
    /// Who changes something, and why, for these records.
    pub change: Change,
    /// Show phone numbers only in part in logs and the audit log.
    pub mask_phone_numbers: bool,
    /// Do not check the credentials first.
    pub skip_credentials_validation: bool,
}

/// What became of a provider block.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Everything is known and fits together.
    Ready(Box<Settings>),
    /// These arguments are not known yet.
    Unknown(Vec<String>),
    /// Something is wrong.
    Wrong(Diagnostics),
}

/// Looks up an environment variable.
pub(crate) type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads a file of the vendor's CLI.
pub(crate) type FileReader<'a> = &'a dyn Fn(&std::path::Path) -> std::io::Result<String>;

/// Resolves the provider block.
pub(crate) fn resolve(config: &Value, environment: Environment<'_>, read_file: FileReader<'_>) -> Outcome {
    let unknown: Vec<String> = config
        .as_fields()
        .into_iter()
        .flatten()
        .filter(|(_, value)| !value.is_wholly_known())
        .map(|(name, _)| name.clone())
        .collect();
    if !unknown.is_empty() {
        return Outcome::Unknown(unknown);
    }
    match (Sources {
        config,
        environment,
        read_file,
    })
    .settings()
    {
        Ok(settings) => Outcome::Ready(Box::new(settings)),
        Err(diagnostic) => Outcome::Wrong((*diagnostic).into()),
    }
}

struct Sources<'a> {
    config: &'a Value,
    environment: Environment<'a>,
    read_file: FileReader<'a>,
}

impl Sources<'_> {
    fn settings(&self) -> Result<Settings, Box<Diagnostic>> {
        let profile = self.profile()?;
        let credentials = self.credentials(profile.as_ref())?;
        let region = self.text("region", profile.as_ref().and_then(|profile| profile.region.clone()));
        refuse_an_app_elsewhere(&credentials, region.as_deref())?;
        Ok(Settings {
            credentials,
            subaccount: self.subaccount()?,
            region_from: Origin::of("region", self.config, self.environment),
            edge_from: Origin::of("edge", self.config, self.environment),
            region,
            edge: self.text("edge", profile.as_ref().and_then(|profile| profile.edge.clone())),
            base_url: self.base_url()?,
            max_retries: self.number("max_retries", self.number("retry_attempts", DEFAULT_MAX_RETRIES)),
            max_elapsed: Duration::from_secs(self.number("max_elapsed", DEFAULT_MAX_ELAPSED_SECONDS)),
            max_concurrency: self.number("max_concurrency", DEFAULT_MAX_CONCURRENCY),
            request_timeout: Duration::from_secs(self.number("request_timeout", DEFAULT_REQUEST_TIMEOUT_SECONDS)),
            audit_log: audit::path(self.config, self.environment)?,
            change: audit::change(self.environment),
            mask_phone_numbers: self.switch("mask_phone_numbers")?,
            batch_reads: self.config.attr("batch_reads").as_bool().unwrap_or(true),
            skip_credentials_validation: ["skip_credentials_validation", "skip_credential_validation"]
                .iter()
                .any(|name| self.config.attr(name).as_bool() == Some(true)),
        })
    }

    /// Off unless the block or the environment says otherwise. A word that is neither is refused: whoever wrote it wants something.
    fn switch(&self, argument: &str) -> Result<bool, Box<Diagnostic>> {
        if let Some(is_on) = self.config.attr(argument).as_bool() {
            return Ok(is_on);
        }
        let variable = variable_name(argument);
        let text = (self.environment)(&variable).unwrap_or_default();
        match text.trim().to_ascii_lowercase().as_str() {
            "" | "0" | "false" => Ok(false),
            "1" | "true" => Ok(true),
            _ => Err(wrong(
                argument,
                "A setting is neither on nor off",
                &format!("{variable} is neither true nor false. Write one of the two, or unset it."),
            )),
        }
    }

    fn subaccount(&self) -> Result<Option<AccountSid>, Box<Diagnostic>> {
        let Some(text) = self.text("subaccount_sid", None) else {
            return Ok(None);
        };
        account_in("subaccount_sid", "Invalid subaccount SID", &text).map(Some)
    }

    /// An argument; empty counts as absent because that is what an unset variable gives.
    fn argument(&self, name: &str) -> Option<String> {
        self.config
            .attr(name)
            .as_str()
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    }

    fn variable(&self, name: &str) -> Option<String> {
        (self.environment)(&variable_name(name)).filter(|text| !text.is_empty())
    }

    fn text(&self, name: &str, from_profile: Option<String>) -> Option<String> {
        self.argument(name).or_else(|| self.variable(name)).or(from_profile)
    }

    fn number<T: TryFrom<i64>>(&self, name: &str, default: T) -> T {
        let configured = self.config.attr(name).as_number().and_then(|number| number.to_i64());
        configured
            .and_then(|number| T::try_from(number).ok())
            .unwrap_or(default)
    }

    fn base_url(&self) -> Result<Option<Url>, Box<Diagnostic>> {
        let Some(text) = self.text("base_url", None) else {
            return Ok(None);
        };
        match Url::parse(&text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(Some(url)),
            _ => Err(wrong(
                "base_url",
                "Invalid base_url",
                "base_url or TWILIO_BASE_URL is not an http or https URL. Write it like http://127.0.0.1:4010.",
            )),
        }
    }

    fn profile(&self) -> Result<Option<Profile>, Box<Diagnostic>> {
        let named = self.text("profile", None);
        let has_credentials = self.argument("username").is_some()
            || ["auth_token", "api_key", "client_id"]
                .iter()
                .any(|name| self.argument(name).is_some() || self.variable(name).is_some());
        if named.is_none() && has_credentials {
            return Ok(None);
        }
        profile::load(named.as_deref(), self.environment, self.read_file)
            .map_err(|reason| wrong("profile", "The CLI profile cannot be used", &reason))
    }

    fn credentials(&self, profile: Option<&Profile>) -> Result<Credentials, Box<Diagnostic>> {
        let SignIn {
            account: older_account,
            pieces: older,
        } = older_arguments::sign_in(self.argument("username"), self.argument("password"))?;
        let from_block = Pieces {
            auth_token: self.argument("auth_token").or(older.auth_token),
            api_key: self.argument("api_key").or(older.api_key),
            api_secret: self.argument("api_secret").or(older.api_secret),
            client_id: self.argument("client_id"),
            client_secret: self.argument("client_secret"),
        };
        let from_environment = Pieces {
            auth_token: self.variable("auth_token"),
            api_key: self.variable("api_key"),
            api_secret: self.variable("api_secret"),
            client_id: self.variable("client_id"),
            client_secret: self.variable("client_secret"),
        };
        let account = self
            .argument("account_sid")
            .or(older_account)
            .or_else(|| self.text("account_sid", profile.and_then(|profile| profile.account_sid.clone())));
        let is_of_profile =
            !from_block.any() && (self.argument("profile").is_some() || !from_environment.any()) && profile.is_some();
        let pieces = if from_block.any() {
            // A block may name one half of a key, or of an app, and leave the other to the environment.
            from_block.completed_by(&from_environment)
        } else if let (true, Some(profile)) = (is_of_profile, profile) {
            profile.pieces()
        } else {
            from_environment
        };
        let secrets = [
            ("auth_token", &pieces.auth_token),
            ("api_key", &pieces.api_key),
            ("api_secret", &pieces.api_secret),
            ("client_id", &pieces.client_id),
            ("client_secret", &pieces.client_secret),
        ];
        for (name, text) in secrets {
            sign_in::trimmed(name, text.as_deref())?;
        }
        credentials(account, pieces).map_err(|mut diagnostic| {
            // Whoever set a variable to nothing will not look for it among those that are missing.
            if diagnostic.summary.starts_with("No ")
                || diagnostic.summary.contains("secret")
                || diagnostic.summary.contains("missing")
            {
                let empty = sign_in::set_and_empty(self.environment);
                diagnostic.detail.extend(empty.map(|sentence| format!(" {sentence}")));
            }
            if let Some(profile) = profile.filter(|_| is_of_profile) {
                diagnostic.detail.push(' ');
                diagnostic.detail.push_str(&profile.looked_for());
            }
            diagnostic
        })
    }
}

/// The parts of credentials from one place.
#[derive(Default, Clone)]
pub(crate) struct Pieces {
    /// Auth token.
    pub auth_token: Option<String>,
    /// SID of a key.
    pub api_key: Option<String>,
    /// Secret of the key.
    pub api_secret: Option<String>,
    /// SID of an OAuth app.
    pub client_id: Option<String>,
    /// Secret of the app.
    pub client_secret: Option<String>,
}

impl Pieces {
    fn any(&self) -> bool {
        self.has_app() || !self.beside_an_app().is_empty()
    }

    fn has_app(&self) -> bool {
        self.client_id.is_some() || self.client_secret.is_some()
    }

    /// The names of those that are no part of an OAuth app.
    fn beside_an_app(&self) -> Vec<&'static str> {
        let pieces = [
            ("auth_token", &self.auth_token),
            ("api_key", &self.api_key),
            ("api_secret", &self.api_secret),
        ];
        let set = pieces.into_iter().filter(|(_, piece)| piece.is_some());
        set.map(|(name, _)| name).collect()
    }

    fn completed_by(mut self, other: &Pieces) -> Self {
        match (self.auth_token.is_some(), self.has_app()) {
            (true, _) => {}
            (false, true) => {
                self.client_id = self.client_id.or_else(|| other.client_id.clone());
                self.client_secret = self.client_secret.or_else(|| other.client_secret.clone());
            }
            (false, false) => {
                self.api_key = self.api_key.or_else(|| other.api_key.clone());
                self.api_secret = self.api_secret.or_else(|| other.api_secret.clone());
            }
        }
        self
    }
}

fn credentials(account: Option<String>, pieces: Pieces) -> Result<Credentials, Box<Diagnostic>> {
    let Some(account) = account else {
        return Err(wrong(
            "account_sid",
            "No Twilio account",
            "Set account_sid in the provider block or the environment variable TWILIO_ACCOUNT_SID, or name a profile of \
             Twilio's CLI with profile or TWILIO_PROFILE. The account SID starts with AC and is shown on the Console's \
             first page. (subaccount_sid says where resources go, and this who signs in.)",
        ));
    };
    let account = account_in("account_sid", "Invalid account SID", &account)?;
    if pieces.has_app() {
        return oauth_app(account, pieces);
    }
    match pieces {
        Pieces {
            auth_token: Some(token),
            api_key: None,
            api_secret: None,
            ..
        } => Ok(Credentials::AuthToken {
            account,
            token: Secret::from(token),
        }),
        // The vendor's CLI prefers the key when the environment has both, and so do we.
        Pieces {
            api_key: Some(key),
            api_secret: Some(secret),
            ..
        } => {
            let key = api_key(&key)?;
            Ok(Credentials::ApiKey {
                account,
                key,
                secret: Secret::from(secret),
            })
        }
        // Half a key beside a token: which of them is meant nobody can tell, and they may do different things.
        Pieces {
            api_key: Some(_),
            api_secret: None,
            auth_token,
            ..
        } => Err(wrong(
            "api_secret",
            "The API key has no secret",
            match auth_token {
                None => {
                    "api_key is set and api_secret is not. Set api_secret or TWILIO_API_SECRET: Twilio showed it once, when \
                     the key was created."
                }
                Some(_) => {
                    "api_key or TWILIO_API_KEY is set, its secret is not, and an auth token is there too. To sign in with the \
                     key, set api_secret or TWILIO_API_SECRET; to sign in with the token, take the key out (unset \
                     TWILIO_API_KEY)."
                }
            },
        )),
        Pieces {
            api_key: None,
            api_secret: Some(_),
            auth_token,
            ..
        } => Err(wrong(
            "api_key",
            "The API key's SID is missing",
            match auth_token {
                None => {
                    "api_secret is set and api_key is not. Set api_key or TWILIO_API_KEY to the SID that starts with SK."
                }
                Some(_) => {
                    "api_secret or TWILIO_API_SECRET is set, its key is not, and an auth token is there too. To sign in with \
                     the key, set api_key or TWILIO_API_KEY; to sign in with the token, take the secret out (unset \
                     TWILIO_API_SECRET)."
                }
            },
        )),
        Pieces { .. } => Err(wrong(
            "auth_token",
            "No Twilio credentials",
            "Set auth_token or TWILIO_AUTH_TOKEN, or api_key and api_secret (TWILIO_API_KEY, TWILIO_API_SECRET), or client_id and \
             client_secret (TWILIO_CLIENT_ID, TWILIO_CLIENT_SECRET), or name a profile of Twilio's CLI with profile or \
             TWILIO_PROFILE.",
        )),
    }
}

/// What an OAuth app signs in with. Beside other credentials nobody can tell which are meant: an app may do other things.
fn oauth_app(account: AccountSid, pieces: Pieces) -> Result<Credentials, Box<Diagnostic>> {
    let beside = pieces.beside_an_app();
    if !beside.is_empty() {
        return Err(wrong(
            "client_id",
            "Two ways to sign in",
            &format!(
                "There are credentials of an OAuth app (client_id and client_secret, or TWILIO_CLIENT_ID and \
                 TWILIO_CLIENT_SECRET), and {} too, or {}. Keep one way to sign in, and take the other out of the provider block \
                 or unset its variables.",
                beside.join(" and "),
                beside
                    .iter()
                    .map(|name| variable_name(name))
                    .collect::<Vec<_>>()
                    .join(" and ")
            ),
        ));
    }
    let client_id = match pieces.client_id {
        Some(client_id) => client_id,
        None => {
            return Err(wrong(
                "client_id",
                "The OAuth app's client ID is missing",
                "client_secret is set and client_id is not. Set client_id or TWILIO_CLIENT_ID to the SID of the app, which starts \
                 with OQ.",
            ));
        }
    };
    let Some(client_secret) = pieces.client_secret else {
        return Err(wrong(
            "client_secret",
            "The OAuth app has no secret",
            "client_id is set and client_secret is not. Set client_secret or TWILIO_CLIENT_SECRET: Twilio showed it once, when \
             the app was created or its secret rotated.",
        ));
    };
    let explain = |reason: String| {
        wrong(
            "client_id",
            "Invalid client ID",
            &format!(
                "client_id or TWILIO_CLIENT_ID: {reason}. The client ID of an OAuth app is its SID, which starts with OQ."
            ),
        )
    };
    let sid = Sid::from_str(&client_id).map_err(|error| explain(error.to_string()))?;
    if sid.prefix() != "OQ" {
        return Err(explain(format!("it starts with {}", sid.prefix())));
    }
    Ok(Credentials::OauthApp {
        account,
        client_id,
        client_secret: Secret::from(client_secret),
    })
}

/// Twilio has OAuth apps in one region. <https://www.twilio.com/docs/iam/oauth-apps/faqs>
fn refuse_an_app_elsewhere(credentials: &Credentials, region: Option<&str>) -> Result<(), Box<Diagnostic>> {
    match (credentials.means(), region) {
        (Means::OauthApp, Some(region)) if region != "us1" => Err(wrong(
            "region",
            "OAuth apps work in US1 alone",
            "The provider signs in with an OAuth app (client_id), and region or TWILIO_REGION is another one. Sign in with an API \
             key of that region, or take region out.",
        )),
        _ => Ok(()),
    }
}

/// The account that an argument names.
fn account_in(argument: &str, summary: &str, text: &str) -> Result<AccountSid, Box<Diagnostic>> {
    let explain = |reason: String| {
        wrong(
            argument,
            summary,
            &format!("{argument} or {}: {reason}.", variable_name(argument)),
        )
    };
    let account = AccountSid::from_str(text).map_err(|error| explain(error.to_string()))?;
    if account.as_str().bytes().skip(2).any(|byte| byte.is_ascii_uppercase()) {
        let reason = "there are capital letters among the digits, and Twilio writes them small";
        return Err(explain(reason.to_owned()));
    }
    Ok(account)
}

fn api_key(text: &str) -> Result<Sid, Box<Diagnostic>> {
    let explain = |reason: String| {
        wrong(
            "api_key",
            "Invalid API key SID",
            &format!("api_key or TWILIO_API_KEY: {reason}. An API key's SID starts with SK."),
        )
    };
    let key = Sid::from_str(text).map_err(|error| explain(error.to_string()))?;
    match key.prefix() {
        "SK" => Ok(key),
        "AC" => Err(explain(
            "this is an account SID; with an account SID goes auth_token, not api_key".to_owned(),
        )),
        other => Err(explain(format!("it starts with {other}"))),
    }
}

/// The environment variable of an argument.
pub(crate) fn variable_name(argument: &str) -> String {
    format!("TWILIO_{}", argument.to_ascii_uppercase())
}

pub(super) fn wrong(attribute: &str, summary: &str, detail: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(summary, format!("{detail} Nothing was changed.")).at_attribute(attribute))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;

    const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
    const KEY: &str = "SK0123456789abcdef0123456789abcdef";
    const CLI_FILE: &str = r#"{"activeProject":"main","profiles":{
        "main":{"accountSid":"AC00000000000000000000000000000001","apiKey":"SK00000000000000000000000000000001","apiSecret":"s1","region":"ie1"},
        "env":{"accountSid":"ENV:MY_ACCOUNT","apiKey":"ENV:MY_KEY","apiSecret":"ENV:MY_SECRET"}}}"#;

    fn resolved(block: &[(&str, &str)], environment: &[(&str, &str)], cli_file: Option<&str>) -> Outcome {
        let config = Value::object(block.iter().map(|(name, value)| (*name, Value::from(*value))));
        let environment: BTreeMap<_, _> = environment.iter().copied().chain([("HOME", "/home/me")]).collect();
        let cli_file = cli_file.map(str::to_owned);
        resolve(
            &config,
            &|name| environment.get(name).map(|text| (*text).to_owned()),
            &|path: &Path| {
                assert!(path.ends_with(".twilio-cli/config.json"));
                cli_file
                    .clone()
                    .ok_or_else(|| std::io::Error::from(std::io::ErrorKind::NotFound))
            },
        )
    }

    fn ready(outcome: Outcome) -> (String, String) {
        match outcome {
            Outcome::Ready(settings) => match settings.credentials {
                Credentials::AuthToken { account, token } => (account.to_string(), format!("token {}", token.expose())),
                Credentials::OauthApp {
                    account,
                    client_id,
                    client_secret,
                } => (account.to_string(), format!("{client_id} {}", client_secret.expose())),
                Credentials::ApiKey { account, key, secret } => {
                    (account.to_string(), format!("{key} {}", secret.expose()))
                }
            },
            other => unreachable!("{other:?}"),
        }
    }

    fn wrong_at(outcome: Outcome) -> (String, String) {
        match outcome {
            Outcome::Wrong(diagnostics) => {
                let diagnostic = diagnostics.iter().next().expect("a diagnostic");
                (
                    diagnostic.path.to_string(),
                    format!("{} {}", diagnostic.summary, diagnostic.detail),
                )
            }
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn arguments_win_over_environment_and_environment_over_profile() {
        let environment = [("TWILIO_ACCOUNT_SID", ACCOUNT), ("TWILIO_AUTH_TOKEN", "env")];
        assert_eq!(
            ready(resolved(&[("auth_token", "arg")], &environment, Some(CLI_FILE))).1,
            "token arg"
        );
        assert_eq!(ready(resolved(&[], &environment, Some(CLI_FILE))).1, "token env");
        let profile = ready(resolved(&[], &[], Some(CLI_FILE)));
        assert_eq!(profile.1, "SK00000000000000000000000000000001 s1");
    }

    #[test]
    fn a_profile_may_point_at_the_environment() {
        let environment = [("MY_ACCOUNT", ACCOUNT), ("MY_KEY", KEY), ("MY_SECRET", "hush")];
        let found = ready(resolved(&[("profile", "env")], &environment, Some(CLI_FILE)));
        assert_eq!(found, (ACCOUNT.to_owned(), format!("{KEY} hush")));
        let (path, text) = wrong_at(resolved(&[("profile", "env")], &[], Some(CLI_FILE)));
        assert_eq!(path, "profile");
        assert!(text.contains("MY_ACCOUNT"), "{text}");
    }

    #[test]
    fn a_profile_that_lacks_something_is_shown_with_what_was_searched_for() {
        let profile = |fields: &str| format!(r#"{{"activeProject":"dev","profiles":{{"dev":{{{fields}}}}}}}"#);
        let account = r#""accountSid":"AC00000000000000000000000000000001""#;
        for (fields, path) in [
            (account.to_owned(), "auth_token"),
            (r#""authToken":"hush""#.to_owned(), "account_sid"),
            (format!(r#"{account},"apiKeySid":"{KEY}""#), "api_secret"),
            (format!(r#"{account},"apiKeySecret":"hush""#), "api_key"),
            (
                format!(r#"{account},"authToken":"hush","apiKey":"{KEY}""#),
                "api_secret",
            ),
        ] {
            for environment in [vec![], vec![("TWILIO_PROFILE", "dev")]] {
                let (found, text) = wrong_at(resolved(&[], &environment, Some(&profile(&fields))));
                assert_eq!(found, path, "{text}");
                for name in [
                    "profile dev",
                    "accountSid",
                    "authToken",
                    "apiKey or apiKeySid",
                    "apiSecret or apiKeySecret",
                ] {
                    assert!(text.contains(name), "{text}");
                }
                assert!(!text.contains("hush") && !text.contains(KEY), "{text}");
            }
        }
        let named = profile(&format!(r#"{account},"apiToken":"hush","x9 hush":1"#));
        let (_, text) = wrong_at(resolved(&[], &[], Some(&named)));
        assert!(text.contains("It has accountSid, apiToken."), "{text}");
        // Where the profile is not asked, it is not blamed.
        let (_, text) = wrong_at(resolved(&[("account_sid", ACCOUNT)], &[], None));
        assert!(!text.contains("searched for"), "{text}");
        let block = [("account_sid", ACCOUNT), ("api_key", KEY), ("profile", "dev")];
        let (_, text) = wrong_at(resolved(&block, &[], Some(&profile(account))));
        assert!(!text.contains("searched for"), "{text}");
    }

    #[test]
    fn a_profile_is_read_as_people_write_it() {
        const ONE: &str = "AC00000000000000000000000000000001";
        let token = (ONE.to_owned(), "token hush".to_owned());
        let key = (ONE.to_owned(), format!("{KEY} hush"));
        for (fields, expected) in [
            (r#""accountSid":"ONE","authToken":"hush""#, &token),
            (r#""account_sid":"ONE","auth_token":"hush""#, &token),
            (
                r#""AccountSid":"ONE","AuthToken":"hush","apiKey":null,"apiSecret":"""#,
                &token,
            ),
            (r#""accountSid":"ONE","apiKeySid":"KEY","apiKeySecret":"hush""#, &key),
            (r#""accountSid":"ONE","apiKey":"KEY","apiSecret":"hush""#, &key),
            (r#""account-sid":"ONE","api-key-sid":"KEY","api_secret":"hush""#, &key),
            (
                r#""accountSid":"ONE","apiKey":"KEY","apiKeySid":"KEY","apiSecret":"hush""#,
                &key,
            ),
            // The key, as everywhere where there are both.
            (
                r#""accountSid":"ONE","authToken":"no","apiKeySid":"KEY","apiKeySecret":"hush""#,
                &key,
            ),
            // As the CLI stores a token.
            (r#""accountSid":"ONE","apiKey":"ONE","apiSecret":"hush""#, &token),
            (r#""apiKey":"ONE","apiSecret":"hush""#, &token),
        ] {
            let fields = fields.replace("ONE", ONE).replace("KEY", KEY);
            for active in ["activeProject", "activeProfile", "active_profile"] {
                let file = format!(r#"{{"{active}":"dev","profiles":{{"dev":{{{fields}}}}}}}"#);
                assert_eq!(&ready(resolved(&[], &[], Some(&file))), expected, "{file}");
            }
            let file = format!(r#"{{"profiles":{{"dev":{{{fields}}}}}}}"#);
            assert_eq!(
                &ready(resolved(&[("profile", "dev")], &[], Some(&file))),
                expected,
                "{file}"
            );
        }
    }

    #[test]
    fn names_that_mean_the_same_and_differ_are_an_error() {
        for (fields, names) in [
            (
                r#""accountSid":"ONE","apiKey":"hush1","apiKeySid":"hush2","apiSecret":"s""#,
                ["apiKey", "apiKeySid"],
            ),
            (
                r#""accountSid":"ONE","authToken":"hush1","auth_token":"hush2""#,
                ["authToken", "auth_token"],
            ),
        ] {
            let file = format!(r#"{{"activeProfile":"dev","profiles":{{"dev":{{{fields}}}}}}}"#);
            let (path, text) = wrong_at(resolved(&[], &[], Some(&file)));
            assert_eq!(path, "profile");
            assert!(
                names.iter().all(|name| text.contains(name)) && !text.contains("hush"),
                "{text}"
            );
        }
        let file = r#"{"activeProfile":"a","activeProject":"b","profiles":{}}"#;
        let (path, text) = wrong_at(resolved(&[], &[], Some(file)));
        assert!(path == "profile" && text.contains("activeProject"), "{text}");
    }

    #[test]
    fn a_profile_of_another_shape_says_what_is_wrong_with_it() {
        for (file, needle) in [
            (
                r#"{"profiles":{"dev":{"accountSid":"AC","authToken":12345}}}"#,
                "authToken of the profile dev",
            ),
            (r#"{"profiles":{"dev":"hush"}}"#, "no object"),
            (r#"{"profiles":[{"dev":"hush"}]}"#, "It has none"),
            (r#"{"dev":{"authToken":"hush"}}"#, "It has none"),
            (r#"{"profiles":{"prod":{}}}"#, "It has: prod."),
            (
                r#"{"projects":[{"id":"dev","accountSid":"AC"}],"profiles":{"prod":{}}}"#,
                "keychain",
            ),
            (r#"{"projects":[{"id":"other"}],"profiles":{}}"#, "It has none"),
            (r#"["hush"]"#, "not the CLI's JSON"),
        ] {
            let (path, text) = wrong_at(resolved(&[("profile", "dev")], &[], Some(file)));
            assert_eq!(path, "profile", "{text}");
            assert!(
                text.contains(needle) && !text.contains("hush") && !text.contains("12345"),
                "{text}"
            );
        }
    }

    #[test]
    fn each_missing_or_mixed_up_piece_is_named() {
        for (block, path, needle) in [
            (vec![], "account_sid", "TWILIO_ACCOUNT_SID"),
            (vec![("account_sid", ACCOUNT)], "auth_token", "TWILIO_AUTH_TOKEN"),
            (vec![("account_sid", KEY), ("auth_token", "t")], "account_sid", "SK"),
            (
                vec![("account_sid", ACCOUNT), ("api_key", KEY)],
                "api_secret",
                "TWILIO_API_SECRET",
            ),
            (
                vec![("account_sid", ACCOUNT), ("api_secret", "s")],
                "api_key",
                "TWILIO_API_KEY",
            ),
            (
                vec![("account_sid", ACCOUNT), ("api_key", ACCOUNT), ("api_secret", "s")],
                "api_key",
                "auth_token",
            ),
            (vec![("profile", "nobody")], "profile", "The profiles are in"),
            (
                vec![("account_sid", ACCOUNT), ("auth_token", "t"), ("base_url", "nowhere")],
                "base_url",
                "http",
            ),
        ] {
            let (found, text) = wrong_at(resolved(&block, &[], None));
            assert_eq!(found, path, "{text}");
            assert!(text.contains(needle), "{text}");
        }
    }

    #[test]
    fn half_a_key_beside_a_token_is_not_overlooked() {
        let environment = |half| [("TWILIO_ACCOUNT_SID", ACCOUNT), ("TWILIO_AUTH_TOKEN", "t"), half];
        for (half, path) in [
            (("TWILIO_API_KEY", KEY), "api_secret"),
            (("TWILIO_API_SECRET", "hush"), "api_key"),
        ] {
            let (found, text) = wrong_at(resolved(&[], &environment(half), None));
            assert_eq!(found, path, "{text}");
            assert!(
                text.contains("unset") && text.contains("auth token") && !text.contains("hush"),
                "{text}"
            );
        }
        // What the block says is a set of its own.
        let block = [("account_sid", ACCOUNT), ("auth_token", "arg")];
        let found = ready(resolved(&block, &environment(("TWILIO_API_KEY", KEY)), None));
        assert_eq!(found.1, "token arg");
    }

    #[test]
    fn what_is_set_and_empty_is_called_so() {
        let environment = [("TWILIO_ACCOUNT_SID", ACCOUNT), ("TWILIO_AUTH_TOKEN", "")];
        let (path, text) = wrong_at(resolved(&[], &environment, None));
        assert_eq!(path, "auth_token");
        assert!(text.contains("TWILIO_AUTH_TOKEN is set and empty"), "{text}");
    }

    #[test]
    fn white_space_and_capital_digits_are_reported_wherever_they_are() {
        let token = [("TWILIO_ACCOUNT_SID", ACCOUNT), ("TWILIO_AUTH_TOKEN", "hush\n")];
        let spaced = format!("{ACCOUNT} ");
        let capital = ACCOUNT.to_ascii_uppercase();
        for (environment, path, needle) in [
            (token, "auth_token", "white space at the end: a line break"),
            (
                [("TWILIO_ACCOUNT_SID", spaced.as_str()), ("TWILIO_AUTH_TOKEN", "t")],
                "account_sid",
                "white space at the end",
            ),
            (
                [("TWILIO_ACCOUNT_SID", capital.as_str()), ("TWILIO_AUTH_TOKEN", "t")],
                "account_sid",
                "capital letters",
            ),
        ] {
            let (found, text) = wrong_at(resolved(&[], &environment, None));
            assert_eq!(found, path, "{text}");
            assert!(text.contains(needle) && !text.contains("hush"), "{text}");
        }
    }

    #[test]
    fn secrets_are_in_no_error() {
        let (_, text) = wrong_at(resolved(
            &[("account_sid", "hello"), ("auth_token", "very-secret")],
            &[],
            None,
        ));
        assert!(!text.contains("very-secret"));
    }

    #[test]
    fn bounds_are_as_configured_and_have_defaults() {
        let bounds = |argument: Option<(&'static str, i64)>| {
            let numbers = argument.into_iter().map(|(name, number)| (name, Value::int(number)));
            let config = Value::object(numbers.chain([("account_sid", ACCOUNT.into()), ("auth_token", "t".into())]));
            match resolve(&config, &|_| None, &|_| Err(std::io::ErrorKind::NotFound.into())) {
                Outcome::Ready(settings) => (
                    settings.max_retries,
                    settings.max_elapsed.as_secs(),
                    settings.max_concurrency,
                    settings.request_timeout.as_secs(),
                ),
                other => unreachable!("{other:?}"),
            }
        };
        assert_eq!(bounds(None), (10, 300, 10, 60));
        assert_eq!(bounds(Some(("max_retries", 0))), (0, 300, 10, 60));
        assert_eq!(bounds(Some(("max_elapsed", 0))), (10, 0, 10, 60));
        assert_eq!(bounds(Some(("max_elapsed", 86_400))), (10, 86_400, 10, 60));
        assert_eq!(bounds(Some(("max_concurrency", 3))), (10, 300, 3, 60));
        assert_eq!(bounds(Some(("request_timeout", 5))), (10, 300, 10, 5));
    }

    #[test]
    fn a_subaccount_is_where_resources_go_and_never_who_signs_in() {
        const SUBACCOUNT: &str = "AC00000000000000000000000000000009";
        let signed_in = [("account_sid", ACCOUNT), ("auth_token", "t")];
        let with = |block: &[(&'static str, &'static str)], environment: &[(&str, &str)]| {
            let block: Vec<_> = signed_in.iter().chain(block).copied().collect();
            resolved(&block, environment, None)
        };
        let subaccount = |outcome: Outcome| match outcome {
            Outcome::Ready(settings) => {
                assert_eq!(settings.credentials.account().as_str(), ACCOUNT);
                settings.subaccount.map(|account| account.to_string())
            }
            other => unreachable!("{other:?}"),
        };
        assert_eq!(subaccount(with(&[], &[])), None);
        assert_eq!(
            subaccount(with(&[("subaccount_sid", "")], &[("TWILIO_SUBACCOUNT_SID", "")])),
            None
        );
        let argument = [("subaccount_sid", SUBACCOUNT)];
        assert_eq!(subaccount(with(&argument, &[])).as_deref(), Some(SUBACCOUNT));
        let variable = |sid| [("TWILIO_SUBACCOUNT_SID", sid)];
        assert_eq!(
            subaccount(with(&[], &variable(SUBACCOUNT))).as_deref(),
            Some(SUBACCOUNT)
        );
        assert_eq!(
            subaccount(with(&argument, &variable(ACCOUNT))).as_deref(),
            Some(SUBACCOUNT)
        );
        for wrong in [
            "hello",
            "AC12",
            KEY,
            "AC0000000000000000000000000000000F",
            "AC00000000000000000000000000000009 ",
        ] {
            let (path, text) = wrong_at(with(&[], &variable(wrong)));
            assert_eq!(path, "subaccount_sid", "{text}");
            assert!(
                text.contains("TWILIO_SUBACCOUNT_SID") && text.contains("Nothing was changed"),
                "{text}"
            );
        }
        let (path, text) = wrong_at(resolved(&argument, &[("TWILIO_AUTH_TOKEN", "t")], None));
        assert!(
            path == "account_sid" && text.contains("subaccount_sid"),
            "{path} {text}"
        );
    }

    #[test]
    fn arguments_of_older_providers_do_what_they_did() {
        let account = [("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001")];
        let key = ready(resolved(&[("username", KEY), ("password", "s")], &account, None));
        assert_eq!(key, (account[0].1.to_owned(), format!("{KEY} s")));
        // An account as the user name wins over the environment, as any argument does.
        let token = ready(resolved(&[("username", ACCOUNT), ("password", "t")], &account, None));
        assert_eq!(token, (ACCOUNT.to_owned(), "token t".to_owned()));
        let completed = [account[0], ("TWILIO_API_SECRET", "from-environment")];
        assert_eq!(
            ready(resolved(&[("username", KEY)], &completed, None)).1,
            format!("{KEY} from-environment")
        );
        for (block, path) in [
            (vec![("password", "hush")], "password"),
            (vec![("username", "me"), ("password", "hush")], "username"),
            (vec![("username", KEY)], "api_secret"),
            (vec![("username", "AC1"), ("password", "hush")], "account_sid"),
        ] {
            let (found, text) = wrong_at(resolved(&block, &account, None));
            assert_eq!(found, path, "{text}");
            assert!(!text.contains("hush"), "{text}");
        }
        let numbers = Value::object([
            ("account_sid", ACCOUNT.into()),
            ("auth_token", "t".into()),
            ("retry_attempts", Value::int(3)),
            ("backoff_interval_in_ms", Value::int(5000)),
            ("skip_credential_validation", true.into()),
        ]);
        match resolve(&numbers, &|_| None, &|_| Err(std::io::ErrorKind::NotFound.into())) {
            Outcome::Ready(settings) => {
                assert_eq!((settings.max_retries, settings.skip_credentials_validation), (3, true));
            }
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn an_oauth_app_signs_in_alone() {
        const APP: &str = "OQ00000000000000000000000000000001";
        let account = ("account_sid", ACCOUNT);
        let app = [account, ("client_id", APP), ("client_secret", "hush")];
        let expected = (ACCOUNT.to_owned(), format!("{APP} hush"));
        assert_eq!(ready(resolved(&app, &[], None)), expected);
        let variables = [
            ("TWILIO_ACCOUNT_SID", ACCOUNT),
            ("TWILIO_CLIENT_ID", APP),
            ("TWILIO_CLIENT_SECRET", "hush"),
        ];
        assert_eq!(ready(resolved(&[], &variables, None)), expected);
        // The block is the set that counts, and takes its other half from the environment.
        assert_eq!(ready(resolved(&app, &[("TWILIO_AUTH_TOKEN", "t")], None)), expected);
        assert_eq!(
            ready(resolved(&[account, ("client_id", APP)], &variables, None)),
            expected
        );
        let token = [account, ("auth_token", "t")];
        assert_eq!(ready(resolved(&token, &variables, None)).1, "token t");
        for (variable, path) in [
            (("TWILIO_AUTH_TOKEN", "quiet"), "client_id"),
            (("TWILIO_API_KEY", KEY), "client_id"),
            (("TWILIO_API_SECRET", "quiet"), "client_id"),
            (("TWILIO_REGION", "ie1"), "region"),
        ] {
            let mixed: Vec<_> = variables.iter().copied().chain([variable]).collect();
            let (found, text) = wrong_at(resolved(&[], &mixed, None));
            assert_eq!(found, path, "{text}");
            assert!(
                !text.contains("hush") && !text.contains("quiet") && text.contains("Nothing was changed"),
                "{text}"
            );
        }
        for (block, path) in [
            (vec![account, ("client_id", APP)], "client_secret"),
            (vec![account, ("client_secret", "hush")], "client_id"),
            (
                vec![account, ("client_id", KEY), ("client_secret", "hush")],
                "client_id",
            ),
            (
                vec![account, ("client_id", "me"), ("client_secret", "hush")],
                "client_id",
            ),
            (
                vec![account, ("client_id", APP), ("client_secret", "hush\n")],
                "client_secret",
            ),
            (vec![("client_id", APP), ("client_secret", "hush")], "account_sid"),
        ] {
            let (found, text) = wrong_at(resolved(&block, &[], None));
            assert_eq!(found, path, "{text}");
            assert!(!text.contains("hush"), "{text}");
        }
    }

    #[test]
    fn unknown_arguments_are_no_error() {
        let config = Value::object([("auth_token", Value::UNKNOWN), ("account_sid", ACCOUNT.into())]);
        let outcome = resolve(&config, &|_| None, &|_| Err(std::io::ErrorKind::NotFound.into()));
        assert!(matches!(outcome, Outcome::Unknown(names) if names == ["auth_token"]));
    }
}
