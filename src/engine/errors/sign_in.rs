//! What is said when the provider is not signed in, whatever found that out: the same for each operation, none of which was able
//! to change anything. What is to be done about it is said once, at whichever object comes first; each further one has a line
//! that refers to it.

use crate::framework::diagnostics::Diagnostic;
use crate::twilio::{Client, Error, ErrorKind, Means};

/// What stands in place of any other error of an operation, where nothing is sent any more.
pub(crate) fn instead(error: &Error) -> Option<Diagnostic> {
    match error.kind {
        ErrorKind::NotAccepted => Some(not_accepted(error)),
        ErrorKind::NotReached => Some(not_reached(error)),
        _ => None,
    }
}

/// The one diagnostic for what finding out came to.
pub(crate) fn of_sign_in(client: &Client, error: &Error) -> Diagnostic {
    match error.kind {
        ErrorKind::NotAccepted => not_accepted(error),
        ErrorKind::Stopped => Diagnostic::error(
            "Interrupted before the credentials were checked",
            format!(
                "The run was interrupted while the provider checked the credentials. {}Nothing was changed.",
                error
                    .failed_before()
                    .map_or_else(String::new, |last| format!("{last} "))
            ),
        ),
        ErrorKind::Unauthenticated | ErrorKind::Forbidden | ErrorKind::NotFound => out_of_reach(client, error),
        _ => not_reached(error),
    }
}

/// For an error that says what another diagnostic has said at length.
fn known(summary: &str, what: &str) -> Diagnostic {
    Diagnostic::error(
        summary,
        format!(
            "{what}; another error of this run with this heading says why, and what to check. Nothing was changed."
        ),
    )
}

fn not_accepted(error: &Error) -> Diagnostic {
    const SUMMARY: &str = "Twilio does not accept the credentials";
    let account = &error.attempt.signed_in_as;
    if !error.is_news() {
        return known(SUMMARY, &format!("Signing in to account {account} failed"));
    }
    let (means, arguments) = match error.attempt.means {
        Means::ApiKey => (
            "an API key",
            "api_key (TWILIO_API_KEY) and api_secret (TWILIO_API_SECRET)",
        ),
        Means::OauthApp => (
            "an OAuth app",
            "client_id (TWILIO_CLIENT_ID) and client_secret (TWILIO_CLIENT_SECRET)",
        ),
        Means::AuthToken => ("its auth token", "auth_token (TWILIO_AUTH_TOKEN)"),
    };
    let oddity = error.message.as_deref().map(|oddity| format!(" {oddity}"));
    Diagnostic::error(
        SUMMARY,
        format!(
            "Signing in to account {account} with {means} failed: {}. Nothing was changed. Check account_sid \
             (TWILIO_ACCOUNT_SID) and {arguments}, in the provider block or in the environment; credentials belong to one \
             region, and those of a closed or suspended account are refused.{}",
            answer(error),
            oddity.unwrap_or_default()
        ),
    )
}

fn not_reached(error: &Error) -> Diagnostic {
    const SUMMARY: &str = "Twilio cannot be reached";
    if !error.is_news() {
        return known(SUMMARY, "Nothing was sent, since the first request failed");
    }
    let first = match &error.message {
        Some(first) if error.kind == ErrorKind::NotReached => first.clone(),
        _ => format!("{}: {}", error.attempt, answer(error)),
    };
    Diagnostic::error(
        SUMMARY,
        format!(
            "The first request failed, and nothing else was sent: {first}. Nothing was changed. Check the network, the proxy \
             settings (HTTPS_PROXY, NO_PROXY), and region, edge and base_url (TWILIO_BASE_URL) of the provider block."
        ),
    )
}

/// A SID with a slip in it would otherwise fail each resource for itself, when it is applied.
fn out_of_reach(client: &Client, error: &Error) -> Diagnostic {
    const SUMMARY: &str = "The subaccount cannot be reached";
    if !error.is_news() {
        let what = format!("Account {} may not see {}", client.account(), client.default_account());
        return known(SUMMARY, &what);
    }
    let way = match client.means() {
        Means::ApiKey => {
            "An API key does not reach into subaccounts: sign in with the parent's auth token, or as the subaccount itself \
             with account_sid and without subaccount_sid."
        }
        Means::OauthApp => {
            "An OAuth app does not reach into subaccounts: sign in with the parent's auth token, or as the subaccount itself \
             with account_sid, an OAuth app of its own and without subaccount_sid."
        }
        Means::AuthToken => {
            "Check it: it must be the SID of a subaccount of the account that signs in (account_sid, TWILIO_ACCOUNT_SID)."
        }
    };
    Diagnostic::error(
        SUMMARY,
        format!(
            "The provider's subaccount_sid (TWILIO_SUBACCOUNT_SID) is {}, and account {}, which is signed in, may not see \
             it: {}. Nothing was changed. {way}",
            client.default_account(),
            client.account(),
            answer(error)
        ),
    )
}

/// The account that something new goes into by default is in reach, and in vain.
pub(crate) fn takes_nothing_new(client: &Client, status: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("The subaccount is {status}"),
        format!(
            "The provider's subaccount_sid (TWILIO_SUBACCOUNT_SID) is {}, which is {status}: Twilio refuses to make anything \
             in it. Name another, or take subaccount_sid out.",
            client.default_account()
        ),
    )
}

fn answer(error: &Error) -> String {
    match (error.status, error.twilio_code, &error.request_id) {
        (Some(status), Some(code), Some(request)) => {
            format!("Twilio answered {status}, code {code} (request {request})")
        }
        (Some(status), _, _) => format!("the response was {status}"),
        _ => format!("{error}"),
    }
}
