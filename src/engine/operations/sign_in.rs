//! Whether the provider is signed in, before something is planned that sends no request until it is applied.

use crate::engine::errors::sign_in::{of_sign_in, takes_nothing_new};
use crate::framework::diagnostics::Diagnostic;
use crate::twilio::{AccountStatus, Client};

/// Whose credentials have to be good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Those that the provider signs in with.
    SignIn,
    /// And the account that something new goes into by default has to be in reach.
    DefaultAccount,
}

/// Makes sure of it. Costs one request in the life of a configured provider, and none where a response has shown it already.
///
/// # Errors
/// One diagnostic. Failures that say nothing about the credentials (limits, server errors) are none here: the operation that
/// needs Twilio reports them. `Ok` may have a warning.
pub(crate) async fn ensure(client: &Client, needs: Needs) -> Result<Option<Diagnostic>, Diagnostic> {
    let signed_in = match needs {
        Needs::SignIn => client.sign_in().await.map(|()| None),
        Needs::DefaultAccount => client.sign_in_for_default_account().await,
    };
    match signed_in {
        Ok(Some(AccountStatus::Suspended)) => Ok(Some(takes_nothing_new(client, "suspended"))),
        Ok(Some(AccountStatus::Closed)) => Ok(Some(takes_nothing_new(client, "closed"))),
        Ok(Some(AccountStatus::Active) | None) => Ok(None),
        Err(error) => Err(of_sign_in(client, &error)),
    }
}
