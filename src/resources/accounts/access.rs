//! Whether who is signed in may manage accounts and keys, checked while a plan is made.
//!
//! A standard API key may do everything but that, and Twilio refuses it with the words that it has for a wrong password. Where
//! the plan did not ask, an apply would find out after it has made half of what the plan has.
//! <https://www.twilio.com/docs/iam/api-keys/keys-in-console>

use crate::engine::facts::hooks::{Call, Fault, Planning};
use crate::engine::operations::requests::list_at;
use crate::framework::diagnostics::Diagnostic;
use crate::twilio::ErrorKind;

/// Refuses to plan a new object with a key that may not even list those that there are. With an auth token no request is sent;
/// with a key it costs one request for each new object.
///
/// # Errors
/// A diagnostic that says how to sign in instead.
pub async fn refuse_a_standard_key(planning: &Planning<'_>) -> Result<(), Fault> {
    let Some((client, account)) = planning.connection else {
        return Ok(());
    };
    if !client.is_signed_in_with_key() || !planning.prior.is_null() || planning.planned.is_null() {
        return Ok(());
    }
    let call = Call {
        object: &planning.resource.object,
        client,
        account,
        state: planning.planned,
        warnings: planning.warnings,
    };
    let list = list_at(call, call.object.place)?.limit(1);
    match call.client.list(list).await {
        Err(error) if error.kind == ErrorKind::Unauthenticated => Err(Diagnostic::error(
            format!("A standard API key cannot manage {}", planning.resource.object.name),
            format!(
                "The provider is signed in to account {} with an API key, and Twilio does not let it list its {}s ({}). A \
                 standard key may do everything but manage accounts and keys. Nothing was changed. Sign in with auth_token \
                 (TWILIO_AUTH_TOKEN), or with a main key.",
                client.account(),
                planning.resource.object.noun,
                match (error.status, error.twilio_code) {
                    (Some(status), Some(code)) => format!("status {status}, code {code}"),
                    _ => error.kind.to_string(),
                }
            ),
        )
        .into()),
        // Whatever else this means, the apply will say: a restricted key may make what it may not list.
        _ => Ok(()),
    }
}
