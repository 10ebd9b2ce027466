//! An access token of an OAuth app. <https://www.twilio.com/docs/iam/oauth-apps/oauth-access-token>

use serde_json::Value as Json;

use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Local, Observed};
use crate::engine::facts::hooks::Step;
use crate::engine::facts::{Category, Check, Ephemeral, Field, Opened, Opening, Properties, Rule, sid, text};
use crate::framework::diagnostics::Diagnostic;
use crate::resources::accounts::codes::ACCOUNTS;
use crate::twilio::{Grant, Issued, Secret};

/// `ephemeral.twilio_oauth_token`.
pub const OAUTH_TOKEN: Ephemeral = Ephemeral {
    name: "twilio_oauth_token",
    since: "0.1.0",
    noun: "OAuth token",
    doc: "An access token of an OAuth app, good for what the app may do: a bearer token for requests to Twilio's API from a \
          provisioner or another provider. It ends by itself, also when the run is killed, and is in no state and no plan file.",
    quirks: &[
        "How long it is good is a setting of the app (`access_token_ttl`): from a minute to 30 days, one hour unless set.",
        "A token cannot be revoked by itself. Deleting the app, or rotating its secret without a grace period, ends all its tokens.",
        "OAuth apps work in the region US1 alone, and in the account in which they were made: not in its subaccounts.",
    ],
    category: Category::Accounts,
    api_page: "https://www.twilio.com/docs/iam/oauth-apps/oauth-access-token",
    attributes: ATTRIBUTES,
    codes: &[ACCOUNTS],
    rules: &[
        Rule::Requires("client_id", "client_secret"),
        Rule::Requires("client_secret", "client_id"),
    ],
    validate: None,
    called: None,
    open,
    close: None,
    lasts_longer: "Give the OAuth app a longer access_token_ttl.",
};

const ATTRIBUTES: &[Field] = &[
    sid("client_id", Local(Clears), &[Check::Sid("OQ")])
        .doc("SID of the OAuth app. Goes with `client_secret`. Default: the app that the provider is signed in with."),
    text("client_secret", Local(Clears))
        .sensitive()
        .doc("Secret of the OAuth app."),
    text("scope", Local(Clears)).doc("What the token shall be good for, where that is less than the app is."),
    text("token", Observed)
        .sensitive()
        .doc("The token, for the header `Authorization: Bearer …`."),
    text("expires_at", Observed).doc("Until when it is good (RFC 3339, UTC); null where Twilio does not say."),
];

fn open(opening: Opening<'_>) -> Step<'_, Opened> {
    Box::pin(async move {
        let text = |name: &str| opening.config.attr(name).as_str();
        let given = text("client_secret").map(Secret::from);
        let grant = match (text("client_id"), &given) {
            (Some(client_id), Some(client_secret)) => Some(Grant {
                client_id,
                client_secret,
                scope: None,
            }),
            _ => opening.client.own_app(),
        };
        let Some(grant) = grant else {
            return Err(Diagnostic::error(
                "No OAuth app to issue a token",
                "The provider is not signed in with an OAuth app, and the configuration names none. No token was issued. Set \
                 client_id and client_secret, or sign the provider in with them.",
            )
            .at_attribute("client_id")
            .into());
        };
        let scope = text("scope");
        let Issued { token, expires, .. } = opening.client.issue_token(Grant { scope, ..grant }).await?;
        let mut properties = Properties::new();
        properties.insert("token".to_owned(), token.expose().into());
        let told = expires.map(|expires| Json::from(format!("{expires:.0}")));
        properties.insert("expires_at".to_owned(), told.unwrap_or(Json::Null));
        Ok(Opened {
            properties,
            expires,
            sid: None,
        })
    })
}
