//! Whether an object is gone, where Twilio refuses to show it: by itself, or with the account that it was in.
//!
//! "Not found" means gone only where the credentials can see the account: through the wrong ones everything looks so. And what
//! was in an account that is closed is gone with it, though Twilio says so in other words: it accepts the credentials no more.
//! Both are settled by the account's own word, or its parent's.

use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{Error, ErrorKind, ListRequest, Product, Request, Standing};

use super::diagnose::label;
use super::hooks::{Call, Fault};
use super::table::{AccountRule, Resource};

/// How an object is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// Alone.
    Alone,
    /// With its account, which is closed.
    WithItsAccount,
}

impl Gone {
    /// What there is to say about it besides.
    pub fn warning(self, resource: &Resource, object: &Value) -> Option<Diagnostic> {
        (self == Self::WithItsAccount).then(|| {
            Diagnostic::warning(
                format!("{} is gone with its account", resource.name),
                format!(
                    "Account {} is closed, and what was in it is gone with it, the {} {} too. It is taken out of the state. \
                     If it is still configured, give it another account_sid, or take it out of the configuration: nothing can \
                     be made in a closed account.",
                    object.attr("account_sid").as_str().unwrap_or("of the subaccount"),
                    resource.noun,
                    label(resource, object)
                ),
            )
        })
    }
}

/// Whether a refusal means that the object is gone. Costs a request for its account.
///
/// # Errors
/// The fault, when it means something else, or says more: that the account is suspended, or out of sight.
pub async fn gone(call: Call<'_>, fault: Fault) -> Result<Gone, Fault> {
    match fault {
        Fault::Api(error) if error.kind == ErrorKind::NotFound => confirm(call).await,
        Fault::Api(error) if is_refused_account(call, &error) => match call.client.standing(call.account).await {
            Ok(Standing::Closed) => Ok(Gone::WithItsAccount),
            Ok(Standing::Suspended) => Err(suspended(call, Some(&error)).into()),
            // What refused the object says more than what refuses the account, too.
            Ok(Standing::Active) | Err(_) => Err(Fault::Api(error)),
        },
        fault => Err(fault),
    }
}

/// A fault in the words that fit the account: that it is suspended or closed.
pub async fn explained(call: Call<'_>, fault: Fault) -> Fault {
    match fault {
        Fault::Api(error) if is_refused_account(call, &error) => match call.client.standing(call.account).await {
            Ok(Standing::Closed) => closed(call, &error).into(),
            Ok(Standing::Suspended) => suspended(call, Some(&error)).into(),
            Ok(Standing::Active) | Err(_) => Fault::Api(error),
        },
        fault => fault,
    }
}

/// Confirms that an object which Twilio does not find is gone.
///
/// # Errors
/// When the account is suspended, is out of sight, or does not answer.
pub async fn confirm(call: Call<'_>) -> Result<Gone, Fault> {
    let own = call.account == call.client.account();
    match call.client.standing(call.account).await {
        Ok(Standing::Active) => Ok(Gone::Alone),
        Ok(Standing::Closed) if !own => Ok(Gone::WithItsAccount),
        Ok(_) => Err(suspended(call, None).into()),
        // A standard key may not see its own account. That it is signed in shows in what any key may ask for.
        Err(error) if own && is_refusal(error.kind) => is_signed_in(call).await.map(|()| Gone::Alone),
        Err(error) if is_refusal(error.kind) || error.kind == ErrorKind::NotFound => Err(out_of_sight(call).into()),
        Err(error) => Err(error.into()),
    }
}

/// Asks for one phone number; a key that may not see numbers is refused as one that is known.
async fn is_signed_in(call: Call<'_>) -> Result<(), Fault> {
    let path = format!("/2010-04-01/Accounts/{}/IncomingPhoneNumbers.json", call.account);
    let request = Request::get(Product::Api, call.account, path);
    let list = ListRequest::new(request)
        .key("incoming_phone_numbers")
        .page_size(1)
        .limit(1);
    match call.client.list(list).await {
        Ok(_) => Ok(()),
        Err(error) if error.kind == ErrorKind::Forbidden => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Whether it was the subaccount that an object is in which was refused. A subaccount itself is in no account but its parent.
fn is_refused_account(call: Call<'_>, error: &Error) -> bool {
    call.resource.account != AccountRule::Owned
        && call.account != call.client.account()
        && (is_refusal(error.kind) || error.kind == ErrorKind::CredentialsUnavailable)
}

fn is_refusal(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Unauthenticated | ErrorKind::Forbidden)
}

fn said(error: &Error) -> String {
    let mut text = format!("{} {}", error.attempt.method, error.attempt.path);
    match error.status {
        Some(status) => text.push_str(&format!(" answered {status}")),
        None => text.push_str(" was refused"),
    }
    if let Some(code) = error.twilio_code {
        text.push_str(&format!(", Twilio code {code}"));
    }
    if let Some(request_id) = &error.request_id {
        text.push_str(&format!(" (request {request_id})"));
    }
    text
}

fn suspended(call: Call<'_>, error: Option<&Error>) -> Diagnostic {
    let said = error.map_or_else(|| "Twilio did not show it".to_owned(), said);
    Diagnostic::error(
        format!("The account of {} is suspended", call.resource.name),
        format!(
            "The {} {} is in account {}, which is suspended: {said}. Nothing was changed, and the state was left as it is. \
             Activate the account first (status = \"active\" of its twilio_subaccount, or in Twilio's Console), then run this \
             again.",
            call.resource.noun,
            label(call.resource, call.object),
            call.account
        ),
    )
    .at_attribute("account_sid")
}

fn closed(call: Call<'_>, error: &Error) -> Diagnostic {
    Diagnostic::error(
        format!("The account of {} is closed", call.resource.name),
        format!(
            "Account {} is closed for good, and nothing can be made or changed in it: {}. Nothing was changed. Give the {} \
             another account_sid, or take it out of the configuration.",
            call.account,
            said(error),
            call.resource.noun
        ),
    )
    .at_attribute("account_sid")
}

/// A child account's object looks "not found" through the wrong credentials too. Believing that would plan to buy or make it a
/// second time.
fn out_of_sight(call: Call<'_>) -> Diagnostic {
    Diagnostic::error(
        format!("{} belongs to an account that these credentials cannot see", call.resource.name),
        format!(
            "The state says that the {} is in account {}, and the provider is signed in to account {}, which is not its \
             parent. \"Not found\" therefore does not mean that it is gone: the state was left as it is. Sign in to {} or to \
             its parent account.",
            call.resource.noun,
            call.account,
            call.client.account(),
            call.account
        ),
    )
    .at_attribute("account_sid")
}
