//! The auth token of a subaccount, read for one run. <https://www.twilio.com/docs/iam/api/account>

use serde_json::Value as Json;

use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Local, Observed};
use crate::engine::facts::hooks::{Fault, Step};
use crate::engine::facts::{Category, Check, Ephemeral, Field, Opened, Opening, sid, text};
use crate::engine::operations::requests::answer_object;
use crate::framework::diagnostics::Diagnostic;
use crate::resources::accounts::codes::ACCOUNTS;
use crate::twilio::{AccountSid, Expects, Means, Product, Request, Secret};

/// `ephemeral.twilio_subaccount_credentials`.
pub const SUBACCOUNT_CREDENTIALS: Ephemeral = Ephemeral {
    name: "twilio_subaccount_credentials",
    since: "0.1.0",
    noun: "subaccount",
    doc: "The auth token of a subaccount, read with the parent's credentials for one run and stored nowhere: to be written into a \
          secret store by a write-only argument, or to sign in another provider. It lives on after the run.",
    quirks: &[
        "Only the parent account's own auth token may read it: Twilio shows no token to an API key or an OAuth app.",
        "It is the primary token. What promotes the secondary one while the run goes on makes it worthless.",
    ],
    category: Category::Accounts,
    api_page: "https://www.twilio.com/docs/iam/api/account",
    attributes: ATTRIBUTES,
    codes: &[ACCOUNTS],
    rules: &[],
    validate: None,
    called: None,
    open,
    close: None,
    lasts_longer: "",
};

const ATTRIBUTES: &[Field] = &[
    sid("sid", Local(Required), &[Check::Sid("AC")]).doc("SID of the subaccount."),
    text("auth_token", Observed).sensitive().doc("Its auth token."),
    text("friendly_name", Observed).doc("Name of the subaccount."),
    text("status", Observed).doc("`active` or `suspended`."),
];

fn open(opening: Opening<'_>) -> Step<'_, Opened> {
    Box::pin(async move {
        let (client, own) = (opening.client, opening.client.account());
        let asked = opening.config.attr("sid").as_str().unwrap_or_default();
        let account: AccountSid = asked
            .parse()
            .map_err(|error| not_a_subaccount(&format!("sid: {error}.")))?;
        if account == *own {
            let why = format!("{account} is the account that the provider signs in to, and no subaccount of it.");
            return Err(not_a_subaccount(&why));
        }
        let means = match client.means() {
            Means::AuthToken => None,
            Means::ApiKey => Some("an API key"),
            Means::OauthApp => Some("an OAuth app"),
        };
        if let Some(means) = means {
            return Err(needs_the_token(&account, means));
        }
        // Owned by the parent for the purpose of signing in.
        let request = Request::get(Product::Api, own, format!("/2010-04-01/Accounts/{account}.json"))
            .expects(Expects::Member("sid", account.to_string()));
        let mut answer = answer_object(client.send(request).await?);
        let text = |name: &str| answer.get(name).and_then(Json::as_str);
        if let Some(other) = text("owner_account_sid").filter(|owner| *owner != own.as_str()) {
            let why = format!("The parent of {account} is {other}, and the provider signs in to {own}.");
            return Err(not_a_subaccount(&why));
        }
        match text("status") {
            Some("active") => {}
            Some("suspended") => opening.warnings.add(Diagnostic::warning(
                "The subaccount is suspended",
                format!("{account} is suspended: Twilio refuses its token until it is active again."),
            )),
            Some("closed") => {
                return Err(not_a_subaccount(&format!(
                    "{account} is closed, and its token with it."
                )));
            }
            _ => {
                return Err(not_a_subaccount(&format!(
                    "Twilio's answer does not say whether {account} is in use."
                )));
            }
        }
        let token = text("auth_token").map(Secret::from);
        let token =
            token.filter(|token| !token.is_blank() && !token.expose().chars().all(|character| character == '*'));
        let Some(token) = token else {
            return Err(withheld(&account, own));
        };
        if client.is_own_secret(&token) {
            return Err(not_a_subaccount(&format!(
                "Twilio's response has {own}'s own auth token in place of that of {account}."
            )));
        }
        client.keep_secret(&token);
        answer.retain(|name, _| ATTRIBUTES.iter().any(|field| field.name == name));
        Ok(Opened {
            properties: answer,
            ..Opened::default()
        })
    })
}

fn not_a_subaccount(why: &str) -> Fault {
    Diagnostic::error(
        "No credentials of a subaccount",
        format!("{why} No token was read. Set sid to the SID of a subaccount that is in use, for example of a twilio_subaccount."),
    )
    .at_attribute("sid")
    .into()
}

fn needs_the_token(account: &AccountSid, means: &str) -> Fault {
    Diagnostic::error(
        "Only the parent's auth token may read a subaccount's",
        format!(
            "The provider signs in with {means}, to which Twilio shows no auth token, so that of {account} was not requested. Sign \
             the provider in with auth_token (TWILIO_AUTH_TOKEN), or make a key in the subaccount with an ephemeral twilio_api_key \
             and its account_sid."
        ),
    )
    .into()
}

fn withheld(account: &AccountSid, own: &AccountSid) -> Fault {
    Diagnostic::error(
        "Twilio did not show the subaccount's auth token",
        format!(
            "{own} may see {account}, and not its auth token: Twilio shows it to the parent's auth token alone. Nothing was changed. \
             Sign the provider in with auth_token (TWILIO_AUTH_TOKEN), or make a key in the subaccount with an ephemeral \
             twilio_api_key and its account_sid."
        ),
    )
    .into()
}
