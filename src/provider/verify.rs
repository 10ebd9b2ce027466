//! One cheap request that tells whether the credentials are good, before anything is planned with them.

use crate::framework::diagnostics::Diagnostic;
use crate::twilio::{Client, ErrorKind, Product, Request};

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
        Request::get(Product::Api, account, path).query("PageSize", "1")
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
                "Twilio does not accept the credentials",
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
