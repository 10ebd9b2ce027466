//! The secondary auth token, which becomes the primary one. <https://www.twilio.com/docs/iam/api/authtoken>

use super::codes::ACCOUNTS;
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::Warnings;
use crate::engine::facts::{
    AccountRule, Action, ActionHooks, ActionWords, Answers, Category, Field, Impact, Missing, Properties, boolean,
};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client, Effect, Product};

/// `twilio_promote_auth_token`.
pub const PROMOTE_AUTH_TOKEN: Action = Action {
    name: "twilio_promote_auth_token",
    since: "0.1.0",
    noun: "auth token",
    doc: "Promotes the secondary auth token of an account to the primary one. The primary one that there was stops working at once, \
          wherever it is used. The new one is shown nowhere: whoever made the secondary token has it.",
    quirks: &[
        "The account must have a secondary token, which is made in the Console or through Twilio's API.",
        "Signed in with the auth token of the same account, the provider itself cannot go on with it: let this be the last thing that \
         an apply does, or sign in with a main API key, which goes on to work. A standard or restricted key may not promote tokens.",
    ],
    category: Category::Accounts,
    api_page: "https://www.twilio.com/docs/iam/api/authtoken",
    product: Product::Accounts,
    path: "/v1/AuthTokens/Promote",
    otherwise: None,
    account: AccountRule::Fixed,
    fields: FIELDS,
    rules: &[],
    omitted: &[],
    codes: &[ACCOUNTS],
    effect: Effect::Once,
    // The token that was valid until then is not any more.
    impacts: &[Impact::Revoke],
    answers: Answers::Object,
    words: ActionWords {
        infinitive: "promote the secondary auth token",
        doing: "promoting the secondary auth token of account",
        about: &["account_sid"],
        nothing: "No token was promoted.",
        unknown: "Whether the token was promoted is not known.",
        look: "Look which token is the primary one: in the Console at Admin > Account management > Auth tokens, or whether the one that \
               was secondary signs in, with Twilio's CLI:\n\n  twilio api:core:accounts:fetch --sid {account}",
        missing: Some(Missing {
            parent: None,
            summary: "There is no secondary auth token",
            says: "The account has no secondary auth token that could be promoted. Make one first, in the Console at Admin > Account management > \
                   Auth tokens or with Twilio's API, and give it to whoever signs in with it.",
            at: &[],
        }),
    },
    hooks: ActionHooks {
        plan: Some(warn_of_own_token),
        ..ActionHooks::telling(promoted)
    },
};

const FIELDS: &[Field] =
    &[boolean("suppress_email_notification", Setting(Clears))
        .doc("Send no e-mail about it to the owner of the account.")];

fn warn_of_own_token(client: &Client, account: &AccountSid, _: &Value, warnings: &Warnings) {
    if client.is_signed_in_with_key() || client.account() != account {
        return;
    }
    warnings.add(Diagnostic::warning(
        "The provider's own auth token will stop working",
        format!(
            "The provider is signed in to account {account} with its auth token, which this action takes out of use. Whatever comes after \
             it in the same run is refused. Give the provider the new token before the next run (TWILIO_AUTH_TOKEN), or sign in with \
             a main API key."
        ),
    ));
}

/// The response has the token itself, of which nothing is said.
fn promoted(_: &Value, _: &Properties) -> Result<String, Box<Diagnostic>> {
    Ok("promoted; the token that was primary no longer works".to_owned())
}
