//! Whether webhooks respond, with a good certificate, and know Twilio's signature from another.
//! <https://www.twilio.com/docs/usage/webhooks/webhooks-security>
//!
//! # Quirks
//! - Nothing that a server does is an error of the plan: what is wrong is data, so that a `check` block can say it.
//! - The requests are the client's ([`crate::twilio::Client::check_webhook`]): no token and no signature comes here.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::future::BoxFuture;
use futures::stream::{self, StreamExt as _};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::codes::ACCOUNTS;
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{
    Category, Check, Field, Kind, Properties, Rule, boolean, int, list, map, objects, set, text, timestamp, url,
};
use crate::engine::operations::list::texts;
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::number::Number;
use crate::framework::reason::Reason;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Means, ShownCertificate, Signer, WebhookCheck, WebhookFound, without_user};

/// How many are checked at a time.
const AT_A_TIME: usize = 8;

/// Seconds that Twilio gives a request: <https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides>
const LONGEST: i64 = 15;

const NONE: &str = "none";

/// `data.twilio_webhook_check`.
pub const WEBHOOK_CHECK: DataSource = DataSource {
    name: "twilio_webhook_check",
    since: "0.1.0",
    noun: "check of webhooks",
    doc: "Requests webhooks as Twilio does, and shows what Twilio would meet: status, time, TLS version, certificates and when they expire, \
          whether Twilio's signature is accepted and a wrong one refused. For `check` blocks: whatever is wrong with a server is data and no \
          error. Let it stand beside the `check` block and refer to it there, as here: inside of one Terraform reads it again with \
          each apply, and `plan -detailed-exitcode` always ends with 2.",
    quirks: &[
        "Each plan, apply and refresh that reads it requests each URL twice: once with Twilio's signature, once with a wrong one. To your server the first is a request of Twilio's. What it does with such a request it does for a check, too: check an address that does nothing but respond, or let the server know the check by its `parameters`.",
        "The requests go from where Terraform runs, straight to your server and through no proxy. An address that only Twilio reaches, or only you, looks different from here.",
        "With a policy that says `read_only` nothing is sent, since a webhook may do anything with a request: the connection and the certificate are checked, `status` is null, `healthy` is false or null, and a warning says so.",
        "Private, loopback and link-local addresses are not connected to, unless `allow_private` is `true`. The name is resolved once, and the connection goes to what it led to. Redirects are not followed.",
        "Nothing of a response is kept but its status. Signatures and tokens are in no state and no log. What a URL has of a user and a password is left out of `results`; `url` and `urls` themselves are in the state as you write them.",
        "Twilio trusts public CAs. A CA that only this machine trusts, or only `SSL_CERT_FILE` names, passes here and not there.",
        "Twilio signs the URL as it is configured, and for calls over HTTPS leaves a port out of it. The check leaves it in; Twilio's own libraries accept both.",
        "A webhook rule may give a URL another key than the auth token. Such a URL shows as one that refuses Twilio's signature.",
    ],
    category: Category::Accounts,
    api_page: "https://www.twilio.com/docs/usage/webhooks/webhooks-security",
    attributes: ATTRIBUTES,
    place: ReadPlace::worked_out(
        crate::twilio::Product::Api,
        &["/2010-04-01/Accounts/{account_sid}.json"],
    ),
    codes: &[ACCOUNTS],
    rules: &[Rule::ExactlyOneOf(&["url", "urls"])],
    validate: Some(each_can_be_requested),
    read,
};

const ATTRIBUTES: &[Field] = &[
    url("url", Setting(Clears)).doc("The webhook, as it is configured at Twilio. One of `url` and `urls` must be set."),
    set("urls", Setting(Clears), &Kind::Text)
        .checks(&[Check::Length(1, 100), Check::Each(&Check::Url)])
        .doc("Several of them, up to 100. One of `url` and `urls` must be set."),
    text("method", Setting(Clears))
        .checks(&[Check::OneOf(&["GET", "POST"])])
        .doc("How they are requested: `GET` or `POST`. Default: `POST`, which is Twilio's."),
    map("parameters", Setting(Clears), &Kind::Text).doc(
        "Parameters of the requests beside `AccountSid`, for example a `CallSid` that your server takes for a check. Default: none.",
    ),
    int("timeout", Setting(Clears))
        .checks(&[Check::Range(1, LONGEST)])
        .doc("Seconds that each request may take, from `1` to `15`. Default: `15`, which is what Twilio gives one."),
    text("signed_as", Setting(Clears))
        .checks(&[Check::Custom(an_account_or_none)])
        .doc(
            "SID of the account (`AC…`) whose auth token signs: that which the number or service is in. `none` for one request without a \
             signature. Default: the provider's account, if it is signed in with an auth token; `none` otherwise, with a warning.",
        ),
    boolean("allow_private", Setting(Clears)).doc(
        "Whether addresses are checked that are not public, such as those of your own network. Default: `false`.",
    ),
    boolean("healthy", Observed).doc("Whether all of `results` are healthy. Null where nothing was sent, and nothing was found wrong without it."),
    objects("results", Observed, RESULT).doc("What was found of each URL, sorted by URL."),
];

const RESULT: &[Field] = &[
    text("url", Observed).doc("The URL, without user and password."),
    boolean("healthy", Observed)
        .doc("Whether it responded in time, with a certificate that is trusted, and `findings` is empty. Null where nothing was sent."),
    text("address", Observed).doc("The address that was connected to."),
    int("status", Observed)
        .doc("Status of the response to the request with Twilio's signature. Null where there was no response."),
    int("latency_ms", Observed)
        .doc("Milliseconds that this took, from resolving the name to the end of the response. Another one each time."),
    text("tls_version", Observed).doc("`1.2` or `1.3`. Null where there was no encrypted connection."),
    objects("certificates", Observed, CERTIFICATE).doc(
        "The certificates that the server shows, its own first; also those that are refused.",
    ),
    int("days_to_expiry", Observed)
        .doc("Whole days until the first of these certificates expires; less than 0 where one has. Null where there are none."),
    boolean("signature_accepted", Observed)
        .doc("Whether Twilio's signature was accepted (status 2xx) or refused (401, 403). Null where the response says neither."),
    boolean("wrong_signature_refused", Observed).doc(
        "Whether a wrong signature was refused (4xx) by a server that accepts the right one, or accepted (2xx). Null where that is not \
         known.",
    ),
    list("findings", Observed, &Kind::Text).doc(
        "What is wrong, among these: `is not encrypted`, `accepts a wrong signature`, `accepts a request without a signature`, \
         `refuses Twilio's signature`, `redirects`, `responds with an error status`, `responds with more than 64 KiB`, \
         `wants a user and a password in a way that was not checked`.",
    ),
    text("error", Observed).doc(
        "Why there is no whole response, with the code under which Twilio's debugger has it. Null where there is one.",
    ),
];

const CERTIFICATE: &[Field] = &[
    text("subject", Observed).doc("Whose it is."),
    text("issuer", Observed).doc("Who vouches for it."),
    list("names", Observed, &Kind::Text).doc("The hosts that it is for."),
    timestamp("not_before").doc("From when on it is valid (RFC 3339, UTC)."),
    timestamp("not_after").doc("Until when it is valid (RFC 3339, UTC)."),
];

/// What Studio fills in when a flow runs is no address yet.
fn each_can_be_requested(config: &Value, diagnostics: &mut Diagnostics) {
    let single = config.attr("url").as_str().map(str::to_owned);
    for (attribute, urls) in [("url", Vec::from_iter(single)), ("urls", texts(config.attr("urls")))] {
        if urls.iter().any(|url| url.contains("{{")) {
            let diagnostic = Diagnostic::error(
                "A URL is not whole",
                "It has {{…}} in it, which Twilio fills in when a flow runs: there is nothing to request yet. Write the URL as it is then, or \
                 leave it out.",
            );
            diagnostics.push(diagnostic.at_attribute(attribute));
        }
    }
}

fn an_account_or_none(text: &str) -> Result<(), Reason> {
    match text == NONE || text.parse::<AccountSid>().is_ok() {
        true => Ok(()),
        false => Err("Write the SID of an account, AC and 32 hexadecimal digits, or none.".into()),
    }
}

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let config = query.config;
        let signer = signer(query).await?;
        let account = signer.as_ref().map_or(query.account, Signer::account);
        let mut parameters = BTreeMap::from([("AccountSid".to_owned(), account.as_str().to_owned())]);
        parameters.extend(own_parameters(config.attr("parameters")));
        let mut urls = texts(config.attr("urls"));
        urls.extend(config.attr("url").as_str().map(str::to_owned));
        urls.sort();
        let timeout = config
            .attr("timeout")
            .as_number()
            .and_then(Number::to_i64)
            .unwrap_or(LONGEST);
        let check = |url| WebhookCheck {
            url,
            is_post: config.attr("method").as_str() != Some("GET"),
            parameters: &parameters,
            timeout: Duration::from_secs(timeout.unsigned_abs()),
            allow_private: config.attr("allow_private").as_bool() == Some(true),
            signer: signer.as_ref(),
        };
        let trust = query.client.webhook_trust();
        let checks: Vec<_> = urls.iter().map(|url| check(url.as_str())).collect();
        let found = checks.iter().map(|check| query.client.check_webhook(check, &trust));
        let found: Vec<_> = stream::iter(found.collect::<Vec<_>>())
            .buffered(AT_A_TIME)
            .collect()
            .await;
        let found = found.into_iter().collect::<Result<Vec<_>, _>>()?;
        if query.client.is_read_only() {
            query.warnings.add(Diagnostic::warning(
                "Webhooks were connected to and not requested",
                "The policy is read_only, and a webhook may do anything with a request: nothing was sent. Certificates were \
                 checked; status and the signatures are null, and healthy where nothing is wrong. Check webhooks in a run without read_only.",
            ));
        }
        let now = query.client.server_time();
        let is_sent = !query.client.is_read_only();
        let rows = urls
            .iter()
            .zip(&found)
            .map(|(url, found)| row(url, found, now, is_sent));
        let judged: Vec<_> = found.iter().map(|found| is_healthy(found, is_sent)).collect();
        let all_are = match judged.contains(&Some(false)) {
            true => Some(false),
            false => is_sent.then_some(true),
        };
        Ok(Properties::from_iter([
            ("healthy".to_owned(), json!(all_are)),
            ("results".to_owned(), rows.collect()),
        ]))
    })
}

/// Who signs.
///
/// # Errors
/// The account that is to sign is named, and cannot.
async fn signer(query: Query<'_>) -> Result<Option<Signer>, Fault> {
    let (client, named) = (query.client, query.config.attr("signed_as").as_str());
    let account = match named {
        Some(NONE) => return Ok(None),
        Some(sid) => sid.parse().map_err(|_| not_a_sid())?,
        None => query.account.clone(),
    };
    if client.means() == Means::AuthToken {
        return Ok(Some(client.webhook_signer(&account).await?));
    }
    let only_tokens = "Only an auth token signs webhooks, and the provider is signed in with something else";
    match named {
        Some(_) => Err(Diagnostic::error(
            "Nobody here can sign the requests",
            format!(
                "{only_tokens}. Nothing was requested. Sign in with the auth token of the account that signed_as names, or of its \
                 parent; or set signed_as = \"none\", which checks all but signatures."
            ),
        )
        .at_attribute("signed_as")
        .into()),
        None => {
            query.warnings.add(Diagnostic::warning(
                "Webhooks were checked without a signature",
                format!("{only_tokens}. Set signed_as = \"none\" if that is what you want."),
            ));
            Ok(None)
        }
    }
}

fn not_a_sid() -> Fault {
    Diagnostic::error(
        "Invalid account SID",
        "signed_as is no SID of an account. Nothing was requested.",
    )
    .at_attribute("signed_as")
    .into()
}

fn own_parameters(value: &Value) -> impl Iterator<Item = (String, String)> {
    let fields = value.as_fields().into_iter().flatten();
    fields.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
}

/// What is wrong is known without a request, too; that nothing is, only with one.
fn is_healthy(found: &WebhookFound, is_sent: bool) -> Option<bool> {
    match found.error.is_none() && found.findings.is_empty() {
        true => is_sent.then_some(true),
        false => Some(false),
    }
}

fn row(url: &str, found: &WebhookFound, now: Timestamp, is_sent: bool) -> Json {
    let certificates = found.certificates.iter().map(|certificate| {
        json!({
            "subject": certificate.subject,
            "issuer": certificate.issuer,
            "names": certificate.names,
            "not_before": certificate.not_before.map(|moment| moment.to_string()),
            "not_after": certificate.not_after.map(|moment| moment.to_string()),
        })
    });
    json!({
        "url": without_user(url),
        "healthy": is_healthy(found, is_sent),
        "address": found.address.map(|address| address.to_string()),
        "status": found.status,
        "latency_ms": found.latency.map(|latency| latency.as_millis().to_string()),
        "tls_version": found.tls_version,
        "certificates": certificates.collect::<Vec<_>>(),
        "days_to_expiry": days_to_expiry(&found.certificates, now),
        "signature_accepted": found.signature_accepted,
        "wrong_signature_refused": found.wrong_signature_refused,
        "findings": found.findings,
        "error": found.error,
    })
}

/// Whole days until the first of them expires.
fn days_to_expiry(certificates: &[ShownCertificate], now: Timestamp) -> Option<i64> {
    const DAY: i64 = 24 * 60 * 60;
    let first = certificates
        .iter()
        .filter_map(|certificate| certificate.not_after)
        .min()?;
    Some((first.as_second() - now.as_second()).div_euclid(DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_to_the_first_certificate_that_expires() {
        let now: Timestamp = "2026-02-01T12:00:00Z".parse().expect("a moment");
        let until = |text: &str| ShownCertificate {
            subject: String::new(),
            issuer: String::new(),
            names: Vec::new(),
            not_before: None,
            not_after: text.parse().ok(),
        };
        let days = |all: &[&str]| days_to_expiry(&all.iter().map(|text| until(text)).collect::<Vec<_>>(), now);
        assert_eq!(days(&[]), None);
        assert_eq!(days(&["2026-02-02T11:59:59Z"]), Some(0));
        assert_eq!(days(&["2026-03-01T12:00:00Z", "2026-02-11T12:00:00Z"]), Some(10));
        assert_eq!(days(&["2026-02-01T11:00:00Z"]), Some(-1), "it has expired");
    }

    #[test]
    fn who_signs_is_an_account_or_nobody() {
        for good in ["none", "AC0123456789abcdef0123456789abcdef"] {
            assert!(an_account_or_none(good).is_ok(), "{good}");
        }
        for bad in ["", "None", "SK0123456789abcdef0123456789abcdef", "AC0123"] {
            assert!(an_account_or_none(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_row_shows_no_password_and_nothing_where_nothing_was_sent() {
        let now: Timestamp = "2026-02-01T12:00:00Z".parse().expect("a moment");
        let found = WebhookFound::default();
        let row = row("https://ann:hush@hooks.example.com/a?b=@c", &found, now, false);
        assert_eq!(row["url"], "https://hooks.example.com/a?b=@c");
        assert_eq!(
            (&row["healthy"], &row["status"], &row["error"]),
            (&Json::Null, &Json::Null, &Json::Null)
        );
    }
}
