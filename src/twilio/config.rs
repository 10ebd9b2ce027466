//! Settings of a client, and what can be wrong with them.

use std::time::Duration;

use url::Url;

use super::audit::Audit;
use super::credentials::Credentials;
use super::secret::Secret;
use super::sid::AccountSid;
use super::stop::Stop;
use super::trust::Trust;

/// Everything a [`super::Client`] needs to know. Start from [`ClientConfig::new`] and change fields.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// Who signs in.
    pub credentials: Credentials,
    /// Whether the client finds out if a refusal is about the credentials whatever the request, and then sends nothing more with
    /// them. Default false: each refusal stands for itself.
    pub checks_credentials: bool,
    /// The account of what names none. None means the account that signs in.
    pub default_account: Option<AccountSid>,
    /// Where Twilio processes the requests: `us1`, `ie1`, `au1`. None means US1.
    pub region: Option<String>,
    /// Where requests enter Twilio's network, for example `dublin`. None means the city that belongs to the region.
    pub edge: Option<String>,
    /// Sends everything to this address instead of Twilio's, keeping the product's own name in the `Host` header. For
    /// simulators and recording proxies.
    pub base_url: Option<Url>,
    /// Most times a request is repeated. Default 12; 0 switches retries off.
    pub max_retries: u32,
    /// Longest time from the first try to the last, waits included. Default five minutes.
    pub max_elapsed: Duration,
    /// Most requests at once per account and host. Default 10, which is also how many things Terraform does at once.
    pub max_concurrency: usize,
    /// Whether reads that come together are answered from a list ([`super::Client::member`]). Default true.
    pub batch_reads: bool,
    /// Longest time one try may take, from sending to the last byte of the response. Default 60 seconds.
    pub request_timeout: Duration,
    /// Text of the `User-Agent` header.
    pub user_agent: String,
    /// Whose certificates are trusted beside the platform's. Default none.
    pub trust: Trust,
    /// Where each write is recorded. Default: nowhere.
    pub audit: Option<Audit>,
    /// Whether logs and the audit log show phone numbers only in part. Default false.
    pub mask_phone_numbers: bool,
    /// Whether nothing may be written: a write is refused before it is sent. Default false.
    pub read_only: bool,
    /// What is shown nowhere beside what the client signs in with, for example what signs in to a proxy. Default nothing.
    pub secrets: Vec<Secret>,
    /// Ends what is under way. Default one of its own, for [`super::Client::stop`].
    pub stop: Stop,
}

impl ClientConfig {
    /// Defaults for these credentials.
    #[cfg(feature = "internals")]
    pub fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            checks_credentials: false,
            default_account: None,
            region: None,
            edge: None,
            base_url: None,
            max_retries: 12,
            max_elapsed: Duration::from_secs(300),
            max_concurrency: 10,
            batch_reads: true,
            request_timeout: Duration::from_secs(60),
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
            trust: Trust::default(),
            audit: None,
            mask_phone_numbers: false,
            read_only: false,
            secrets: Vec::new(),
            stop: Stop::default(),
        }
    }

    /// Checks what no other part of the client checks.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.credentials.secret().is_blank() {
            return Err(ConfigError::BlankSecret);
        }
        let zero = |setting| Err(ConfigError::Zero { setting });
        match (self.max_concurrency, self.request_timeout) {
            (0, _) => zero("max_concurrency"),
            (_, Duration::ZERO) => zero("request_timeout"),
            _ => Ok(()),
        }
    }
}

/// A setting that cannot work. `Display` says what is wrong with it and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// An auth token or API key secret without a visible character.
    #[error("the auth token or API key secret is empty")]
    BlankSecret,
    /// Not a label of a host name.
    #[error("the {setting} is not a part of a host name: lower-case letters, digits and hyphens")]
    NotALabel {
        /// `region` or `edge`.
        setting: &'static str,
    },
    /// Twilio switched off host names with a region and no city on 2026-04-28, so the city must be known.
    #[error("the region is not known (known are {known}); if Twilio has it, set the edge too")]
    UnknownRegion {
        /// The regions whose city is known.
        known: String,
    },
    /// Not an address that requests can be sent to.
    #[error("the base URL cannot be used: {reason}")]
    BaseUrl {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A number that must be at least one.
    #[error("{setting} must be more than zero")]
    Zero {
        /// The setting.
        setting: &'static str,
    },
    /// Not a header value.
    #[error("the user agent has characters that cannot be sent in a header")]
    UserAgent,
}
