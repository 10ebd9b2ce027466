//! The provider block: its schema, and checks between its arguments.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::schema::{Attribute, AttributeType, Block, Nesting, Schema, Validator};
use crate::framework::types::Type;
use crate::framework::value::Value;

use super::{older_arguments, policy};

/// Most tries after the first, unless configured.
pub const DEFAULT_MAX_RETRIES: u32 = 10;

/// Seconds from the first try of a request to its last, unless configured. Twilio's 429 ends when other work on the account
/// ends, which for a bulk apply is a matter of minutes (<https://www.twilio.com/docs/api/errors/20429>).
pub const DEFAULT_MAX_ELAPSED_SECONDS: u64 = 300;

/// Most requests at once to one host for one account, unless configured. Twilio limits concurrency per account without
/// publishing the figure; Terraform itself runs ten operations at once.
pub const DEFAULT_MAX_CONCURRENCY: usize = 10;

/// Seconds until one request is given up, unless configured.
pub const DEFAULT_REQUEST_TIMEOUT_SECONDS: u64 = 60;

/// Environment variables that say how Twilio is reached, and what for. They are not the provider's own: other programs
/// read them too, so they have no arguments in the provider block.
#[cfg(feature = "internals")]
pub const NETWORK: &[(&str, &str)] = &[
    (
        "HTTPS_PROXY",
        "Proxy through which Twilio is reached, for example `http://proxy.example.com:3128`, with `user:password@` before \
         the host if it asks for them.",
    ),
    (
        "HTTP_PROXY",
        "The same for a `base_url` that starts with `http://`. This machine is always reached directly.",
    ),
    (
        "NO_PROXY",
        "Hosts that are reached directly all the same, separated by commas; `.twilio.com` stands for all of Twilio's.",
    ),
    (
        "SSL_CERT_FILE",
        "File with certificates in PEM form that are trusted beside the system's: where a proxy opens encrypted \
         connections, the certificate of its CA. A file that cannot be read, or has none, is an error.",
    ),
    (
        "SSL_CERT_DIR",
        "Folders with files of such certificates, separated as in `PATH`.",
    ),
];

/// The schema of the provider block.
pub fn schema() -> Schema {
    let text = |name: &'static str, description: &'static str| {
        Attribute::new(name, Type::String).optional().described(description)
    };
    let mut audit_log_path = Attribute::new("path", Type::String).required().described(
        "File to append to; it is made if it is not there, readable for its owner alone. Its folder must exist. A relative \
         path starts in the directory in which Terraform runs.",
    );
    audit_log_path.validators = vec![Validator::NonEmpty];
    let mut attributes = vec![
        text(
            "account_sid",
            "SID of the account that signs in (`AC…`). Resources go into this account unless `subaccount_sid`, or their own \
             `account_sid`, names another. Environment: `TWILIO_ACCOUNT_SID`.",
        ),
        text(
            "api_key",
            "SID of an API key (`SK…`) to sign in with instead of the auth token. Goes with `api_secret`. A standard key \
             cannot manage subaccounts and keys, and cannot reach into subaccounts. Environment: `TWILIO_API_KEY`.",
        ),
        text("api_secret", "Secret of `api_key`. Environment: `TWILIO_API_SECRET`.").sensitive(),
        Attribute::nested(
            "audit_log",
            Nesting::Single,
            vec![audit_log_path],
        )
        .optional()
        .described(
            "Record every request that changes something: one line of JSON for each try, with who and why from the \
             environment variables `CHANGE_ACTOR` (else the user's name), `CHANGE_TICKET_ID` and `CHANGE_REASON`, and without \
             secrets. Several runs may share a file. Nothing is changed while the file cannot be written. See the guide to \
             the audit log. Environment: `TWILIO_AUDIT_LOG`, with the path.",
        ),
        text(
            "auth_token",
            "Auth token of the account. With the parent account's token, resources can be put into its subaccounts by \
             their `account_sid`, also into one that is created in the same apply. Environment: `TWILIO_AUTH_TOKEN`.",
        )
        .sensitive(),
        text(
            "base_url",
            "Send every request to this address instead, with the product's own name in the Host header: for the local \
             simulator and for proxies. Environment: `TWILIO_BASE_URL`.",
        ),
        Attribute::new("batch_reads", Type::Bool).optional().described(
            "While objects are refreshed, read many of one kind with one request for a list instead of one request each. \
             Objects that the list does not show are still read one by one. Default: `true`.",
        ),
        text(
            "edge",
            "Edge location through which requests enter Twilio's network, for example `dublin`. With `region` alone, the \
             edge of that region. Environment: `TWILIO_EDGE`.",
        ),
        text(
            "client_id",
            "SID of an OAuth app (`OQ…`) to sign in with instead of the auth token. Goes with `client_secret`, in the region \
             `us1` alone. The provider fetches access tokens with them and exchanges those before they expire. An app may do what \
             its scopes say, and does not reach into subaccounts. Environment: `TWILIO_CLIENT_ID`.",
        ),
        text(
            "client_secret",
            "Secret of the OAuth app `client_id`. Environment: `TWILIO_CLIENT_SECRET`.",
        )
        .sensitive(),
        Attribute::new("mask_phone_numbers", Type::Bool).optional().described(
            "Show phone numbers only in part in the provider's log and in the audit log, as `+141******42`: whose numbers they are is \
             personal data. Plans, errors and the state have them whole. Default: `false`. Environment: `TWILIO_MASK_PHONE_NUMBERS`.",
        ),
        Attribute::new("max_concurrency", Type::Number).optional().described(
            "Most requests at once to one Twilio product for one account. Default: `10`.",
        ),
        Attribute::new("max_elapsed", Type::Number).optional().described(
            "Longest time from the first try of a request to its last, in seconds, waits included, `0` to `86400`. A try \
             that would start later is not made. `0` switches repeating off. Default: `300`.",
        ),
        Attribute::new("max_retries", Type::Number).optional().described(
            "Most tries after the first for a request that can be repeated safely: anything answered with 429, anything \
             that never reached Twilio, and reads, updates and deletes. If the response to a create was lost, the provider \
             first looks for what was created, and sends it again only where nothing was. Default: `10`.",
        ),
        policy::attribute(),
        text(
            "profile",
            "Name of a profile of Twilio's CLI (`~/.twilio-cli/config.json`) to take the account, key and region from. \
             Environment: `TWILIO_PROFILE`.",
        ),
        text(
            "region",
            "Region that processes and stores the data: `us1` (default), `ie1` or `au1`. Credentials belong to one \
             region. Environment: `TWILIO_REGION`.",
        ),
        Attribute::new("request_timeout", Type::Number)
            .optional()
            .described("Seconds until one request is given up. Default: `60`."),
        Attribute::new("skip_credentials_validation", Type::Bool).optional().described(
            "Do not check the credentials first: a plan of new objects then sends no request, and each refusal is an error \
             by itself. Default: `false`.",
        ),
        text(
            "subaccount_sid",
            "SID of the subaccount that resources go into by default (`AC…`), while the parent account of `account_sid` \
             signs in: with it, a provider alias stands for one tenant. It decides where something new goes, what an \
             import id without an account means, and what data sources read. What is in the state stays in its account, \
             whether this is set, changed or taken out; a replacement that would land in another account is refused (of a \
             tainted object only where it is destroyed before it is made again; its plan shows the other `account_sid`). \
             `twilio_subaccount` needs a provider block without it. Environment: `TWILIO_SUBACCOUNT_SID`.",
        ),
    ];
    let whole = |min, max| vec![Validator::Whole, Validator::Range { min, max }];
    for attribute in &mut attributes {
        attribute.validators = match attribute.name.as_ref() {
            "max_concurrency" => whole(1, 1000),
            "max_elapsed" => whole(0, 86_400),
            "max_retries" => whole(0, 100),
            "request_timeout" => whole(1, 3600),
            // Empty would silently mean what the environment says, which may be another account.
            _ if matches!(attribute.ty, AttributeType::Plain(Type::String)) => vec![Validator::NonEmpty],
            _ => Vec::new(),
        };
    }
    attributes.extend(older_arguments::attributes());
    attributes.sort_by(|a, b| a.name.cmp(&b.name));
    Schema {
        version: 0,
        block: Block {
            description:
                "Manage Twilio accounts, phone numbers, messaging, voice, Verify, Studio and more. Arguments win \
                          over environment variables, and those over the profile."
                    .into(),
            attributes,
            ..Block::default()
        },
    }
}

/// Checks that need no environment: what is written in the block must fit together.
pub fn validate(config: &Value) -> Diagnostics {
    let set = |name: &str| config.attr(name).is_known();
    let mut diagnostics = older_arguments::conflicts(config);
    diagnostics.extend(policy::validate(config));
    if set("auth_token") && (set("api_key") || set("api_secret")) {
        diagnostics.push(
            Diagnostic::error(
                "Two ways to sign in",
                "The provider block has both auth_token and api_key or api_secret. Keep one: auth_token alone, or api_key \
                 with api_secret.",
            )
            .at_attribute("auth_token"),
        );
    }
    let others = ["auth_token", "api_key", "api_secret", "username", "password"];
    let others: Vec<_> = others.into_iter().filter(|name| set(name)).collect();
    if (set("client_id") || set("client_secret")) && !others.is_empty() {
        diagnostics.push(
            Diagnostic::error(
                "Two ways to sign in",
                format!(
                    "The provider block has client_id or client_secret, which are an OAuth app's, and {}. Keep one way to sign in.",
                    others.join(" and ")
                ),
            )
            .at_attribute("client_id"),
        );
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_ways_to_sign_in_are_one_error() {
        let summaries = |names: &[&'static str]| {
            let config = Value::object(names.iter().map(|name| (*name, Value::from("x"))));
            let found = validate(&config).into_iter();
            found.map(|diagnostic| diagnostic.summary).collect::<Vec<_>>()
        };
        for alone in [
            vec!["auth_token"],
            vec!["api_key", "api_secret"],
            vec!["client_id", "client_secret"],
        ] {
            assert!(summaries(&alone).is_empty(), "{alone:?}");
        }
        for mixed in [
            vec!["auth_token", "api_key"],
            vec!["auth_token", "client_id"],
            vec!["client_secret", "api_key", "api_secret"],
            vec!["client_id", "client_secret", "auth_token"],
        ] {
            assert_eq!(summaries(&mixed), ["Two ways to sign in"], "{mixed:?}");
        }
    }
}
