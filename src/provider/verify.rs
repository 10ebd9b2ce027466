//! One cheap request that tells whether the credentials are good, before anything is planned with them.

use crate::framework::diagnostics::Diagnostic;
use crate::twilio::{Client, ErrorKind, Expects, Product, Request};

/// Summary of what is said when Twilio refuses the credentials.
const REFUSED: &str = "Twilio does not accept the credentials";

/// Whether a diagnostic of [`credentials`] says that Twilio refused them, rather than that it could not be asked.
pub fn is_refusal(diagnostic: &Diagnostic) -> bool {
    diagnostic.summary == REFUSED
}

/// Asks for the account itself with an auth token. A standard key may not see its account, so with a key one phone number
/// is asked for: a good key that may not see numbers either is refused with 403, a bad one with 401.
///
/// # Errors
/// One diagnostic that names the argument and the variable at fault. Failures that say nothing about the credentials
/// (limits, server errors) are not errors here: the operation that needs Twilio reports them.
pub async fn credentials(client: &Client, with_key: bool) -> Result<(), Diagnostic> {
    let account = client.account();
    let request = if with_key {
        let path = format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json");
        Request::get(Product::Api, account, path)
            .query("PageSize", "1")
            .expects(Expects::Object)
    } else {
        Request::get(Product::Api, account, format!("/2010-04-01/Accounts/{account}.json"))
    };
    let Err(error) = client.send(request).await else {
        return Ok(());
    };
    let said = match (error.status, error.twilio_code, &error.request_id) {
        (Some(status), Some(code), Some(request)) => {
            format!("Twilio answered {status}, code {code} (request {request})")
        }
        (Some(status), _, _) => format!("the answer was {status}"),
        _ => format!("{error}"),
    };
    match error.kind {
        ErrorKind::Forbidden if with_key => Ok(()),
        ErrorKind::Stopped => Err(Diagnostic::error(
            "Interrupted before the credentials were checked",
            "The run was interrupted while Twilio was asked whether it accepts the credentials. Nothing was changed.",
        )),
        ErrorKind::Unauthenticated | ErrorKind::Forbidden | ErrorKind::NotFound => {
            let (means, arguments, attribute) = if with_key {
                (
                    "an API key",
                    "api_key (TWILIO_API_KEY) and api_secret (TWILIO_API_SECRET)",
                    "api_secret",
                )
            } else {
                ("its auth token", "auth_token (TWILIO_AUTH_TOKEN)", "auth_token")
            };
            Err(Diagnostic::error(
                REFUSED,
                format!(
                    "Signing in to account {account} with {means} failed: {said}. Nothing was changed. Check account_sid \
                     (TWILIO_ACCOUNT_SID) and {arguments}; credentials belong to one region, and those of a closed or \
                     suspended account are refused."
                ),
            )
            .at_attribute(attribute))
        }
        ErrorKind::Unreachable | ErrorKind::UnexpectedAnswer => Err(Diagnostic::error(
            "Twilio cannot be reached",
            format!(
                "The first request ({} {}) failed: {said}. Nothing was changed. Check the network, the proxy settings \
                 (HTTPS_PROXY, NO_PROXY), region and edge, and base_url (TWILIO_BASE_URL).",
                error.attempt.method, error.attempt.path
            ),
        )
        .at_attribute("base_url")),
        _ => Ok(()),
    }
}

/// Asks whether the signed-in account reaches the subaccount that resources go into by default, if there is one: a SID with
/// a slip in it would otherwise fail each resource for itself. A warning where the subaccount takes nothing new.
///
/// # Errors
/// A diagnostic at `subaccount_sid`. As in [`credentials`], failures that say nothing about it are not errors here.
pub async fn default_account(client: &Client, with_key: bool) -> Result<Option<Diagnostic>, Diagnostic> {
    let (own, subaccount) = (client.account(), client.default_account());
    if own == subaccount {
        return Ok(None);
    }
    let request = if with_key {
        let path = format!("/2010-04-01/Accounts/{subaccount}/IncomingPhoneNumbers.json");
        Request::get(Product::Api, subaccount, path).query("PageSize", "1")
    } else {
        Request::get(Product::Api, own, format!("/2010-04-01/Accounts/{subaccount}.json"))
    };
    let error = match client.send(request).await {
        Ok(answer) => {
            let status = answer.member("status").and_then(serde_json::Value::as_str);
            return Ok(status
                .filter(|status| ["closed", "suspended"].contains(status))
                .map(|status| takes_nothing_new(client, status)));
        }
        Err(error) => error,
    };
    if !matches!(
        error.kind,
        ErrorKind::Unauthenticated | ErrorKind::Forbidden | ErrorKind::NotFound
    ) {
        return Ok(None);
    }
    let said = match (error.status, error.twilio_code, &error.request_id) {
        (Some(status), Some(code), Some(request)) => {
            format!("Twilio answered {status}, code {code} (request {request})")
        }
        _ => format!("{error}"),
    };
    let way = if with_key {
        "An API key does not reach into subaccounts: sign in with the parent's auth token, or as the subaccount itself \
         with account_sid and without subaccount_sid."
    } else {
        "Check it: it must be the SID of a subaccount of the account that signs in (account_sid, TWILIO_ACCOUNT_SID)."
    };
    Err(Diagnostic::error(
        "The subaccount cannot be reached",
        format!(
            "subaccount_sid (TWILIO_SUBACCOUNT_SID) is {subaccount}, and account {own}, which is signed in, may not see \
             it: {said}. Nothing was changed. {way}"
        ),
    )
    .at_attribute("subaccount_sid"))
}

fn takes_nothing_new(client: &Client, status: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("The subaccount is {status}"),
        format!(
            "subaccount_sid (TWILIO_SUBACCOUNT_SID) is {}, which is {status}: Twilio refuses to make anything in it. Name \
             another, or take subaccount_sid out.",
            client.default_account()
        ),
    )
    .at_attribute("subaccount_sid")
}
