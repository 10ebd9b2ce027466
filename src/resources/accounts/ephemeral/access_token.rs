//! An access token for one of Twilio's client SDKs. <https://www.twilio.com/docs/iam/access-tokens>
//!
//! It is made and signed here. Twilio sees it when it is used.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value as Json, json};

use crate::engine::facts::Absent::{Clears, Required};
use crate::engine::facts::Role::{Local, Observed};
use crate::engine::facts::hooks::{Fault, Step};
use crate::engine::facts::{
    Category, Check, Ephemeral, Field, Kind, Opened, Opening, Properties, Rule, boolean, int, map, object, sid, text,
};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::value::Value;
use crate::resources::accounts::codes::ACCOUNTS;
use crate::twilio::{AccessToken, AccountSid, Secret};

/// `ephemeral.twilio_access_token`.
pub const ACCESS_TOKEN: Ephemeral = Ephemeral {
    name: "twilio_access_token",
    since: "0.1.0",
    noun: "access token",
    doc: "An access token (JWT) with which one user of an application uses Twilio's SDKs for Voice, Video, Conversations and Sync. \
          The provider makes and signs it with an API key, without a request to Twilio. It is in no state and no plan file.",
    quirks: &[
        "A token is for something: at least one of `voice`, `video`, `chat` and `sync` has to be set, which may be an empty object.",
        "Only a standard or main API key signs access tokens: Twilio refuses those of a restricted key, and an auth token signs \
         none.",
        "A token ends by its `ttl` alone, 24 hours at most. To end it sooner, revoke the API key that signed it.",
        "A token that an ephemeral `twilio_api_key` has signed ends with that key, so with the run.",
        "Terraform keeps the token that was made when the run began it: one that expires during a long run is not exchanged.",
    ],
    category: Category::Accounts,
    api_page: "https://www.twilio.com/docs/iam/access-tokens",
    attributes: ATTRIBUTES,
    codes: &[ACCOUNTS],
    rules: &[
        Rule::Requires("api_key", "api_secret"),
        Rule::Requires("api_secret", "api_key"),
    ],
    validate: Some(allows_something),
    called: None,
    open,
    close: None,
    lasts_longer: "Ask for a longer ttl, 86400 seconds at most.",
};

/// Seconds that a token lives, unless configured: as in Twilio's libraries.
const DEFAULT_TTL: i64 = 3600;

const ATTRIBUTES: &[Field] = &[
    text("identity", Local(Required)).checks(&[Check::Length(1, 256)]).doc(
        "The user that the token is for, as the application names its users.",
    ),
    sid("account_sid", Local(Clears), &[Check::Sid("AC")]).doc(
        "SID of the account that `api_key` belongs to. Default: the provider's `subaccount_sid`, else its `account_sid`.",
    ),
    sid("api_key", Local(Clears), &[Check::Sid("SK")]).doc(
        "SID of the API key that signs the token. Goes with `api_secret`. Default: the key that the provider is signed in with.",
    ),
    text("api_secret", Local(Clears)).sensitive().doc("Secret of `api_key`."),
    int("ttl", Local(Clears)).checks(&[Check::Range(1, 86_400)]).doc(
        "Seconds that the token lives, `1` to `86400`. Default: `3600`.",
    ),
    text("region", Local(Clears)).checks(&[Check::Known(&["us1", "ie1", "au1"])]).doc(
        "Region of the account's data that the SDK connects to, where that is not `us1`: the key must be of the same region.",
    ),
    object("voice", Local(Clears), VOICE).doc("Voice: make and take calls."),
    object("video", Local(Clears), VIDEO).doc("Video: join rooms."),
    object("chat", Local(Clears), CHAT).doc("Conversations, which its SDKs call chat."),
    object("sync", Local(Clears), SYNC).doc("Sync: read and change documents, lists and maps."),
    text("token", Observed).sensitive().doc("The token."),
    text("expires_at", Observed).doc("Until when it is good (RFC 3339, UTC)."),
];

const PUSH_CREDENTIAL: Field = sid("push_credential_sid", Local(Clears), &[Check::Sid("CR")])
    .doc("SID of the credential with which Twilio sends push notifications to the device.");

const ENDPOINT: Field = text("endpoint_id", Local(Clears)).doc("The device or browser, as the application names it.");

const VOICE: &[Field] = &[
    boolean("incoming_allow", Local(Clears)).doc("Whether calls to `identity` reach it. Default: `false`."),
    sid("outgoing_application_sid", Local(Clears), &[Check::Sid("AP")])
        .doc("SID of the TwiML app that says what becomes of calls that are made. Without it none can be made."),
    map("outgoing_application_params", Local(Clears), &Kind::Text)
        .doc("What Twilio sends along when it asks that app. Goes with `outgoing_application_sid`."),
    PUSH_CREDENTIAL,
    ENDPOINT,
];

const VIDEO: &[Field] =
    &[text("room", Local(Clears)).doc("Name or SID of the only room that may be joined. Default: any.")];

const CHAT: &[Field] = &[
    sid("service_sid", Local(Clears), &[Check::Sid("IS")]).doc("SID of the Conversations service."),
    PUSH_CREDENTIAL,
    ENDPOINT,
];

const SYNC: &[Field] = &[
    sid("service_sid", Local(Clears), &[Check::Sid("IS")]).doc("SID of the Sync service."),
    ENDPOINT,
];

/// What each product's grant is called in the configuration and in the token.
const GRANTS: &[(&str, &str)] = &[
    ("voice", "voice"),
    ("video", "video"),
    ("chat", "chat"),
    ("sync", "data_sync"),
];

fn allows_something(config: &Value, diagnostics: &mut Diagnostics) {
    if GRANTS.iter().all(|(name, _)| config.attr(name).is_null()) {
        diagnostics.push(Diagnostic::error(
            "The access token allows nothing",
            "Give it at least one of voice, video, chat and sync, for example voice = { incoming_allow = true }.",
        ));
    }
    let voice = config.attr("voice");
    if !voice.attr("outgoing_application_params").is_null() && voice.attr("outgoing_application_sid").is_null() {
        let detail = "outgoing_application_params are sent to the app that outgoing_application_sid names: set that too, or leave \
                      them out.";
        let path =
            crate::framework::path::AttributePath::attribute("voice").and_attribute("outgoing_application_params");
        diagnostics.push(Diagnostic::error("Arguments do not fit together", detail).within(&path));
    }
}

fn open(opening: Opening<'_>) -> Step<'_, Opened> {
    Box::pin(async move { made(opening) })
}

fn made(opening: Opening<'_>) -> Result<Opened, Fault> {
    let config = opening.config;
    let text = |name: &str| config.attr(name).as_str();
    let given = text("api_secret").map(Secret::from);
    let (key, secret, account) = match (text("api_key"), &given) {
        (Some(key), Some(secret)) => (key, secret, opening.account.clone()),
        _ => own_key(&opening)?,
    };
    opening.client.keep_secret(secret);
    let ttl = config
        .attr("ttl")
        .as_number()
        .and_then(|ttl| ttl.to_i64())
        .unwrap_or(DEFAULT_TTL);
    let from = Timestamp::from_second(opening.client.server_time().as_second()).unwrap_or_default();
    let expires = from
        .saturating_add(SignedDuration::from_secs(ttl))
        .unwrap_or(Timestamp::MAX);
    let token = AccessToken {
        account: account.as_str(),
        key,
        secret,
        identity: text("identity").unwrap_or_default(),
        region: text("region").filter(|region| *region != "us1"),
        grants: grants(config),
        from: from.as_second(),
        until: expires.as_second(),
    }
    .sign();
    opening.client.keep_secret(&token);
    let properties = [
        ("token", token.expose().into()),
        ("expires_at", expires.to_string().into()),
    ];
    Ok(Opened {
        properties: Properties::from_iter(properties.map(|(name, value): (&str, Json)| (name.to_owned(), value))),
        expires: Some(expires),
        sid: None,
    })
}

/// What signs in signs the token, for its own account.
fn own_key<'a>(opening: &Opening<'a>) -> Result<(&'a str, &'a Secret, AccountSid), Fault> {
    let client = opening.client;
    let Some((key, secret)) = client.own_key() else {
        return Err(Diagnostic::error(
            "No API key to sign the access token",
            format!(
                "The provider is not signed in with an API key, and nothing else signs access tokens. No token was made. Set \
                 api_key and api_secret to those of a standard key of account {}, for example of a twilio_api_key, or sign the \
                 provider in with one.",
                opening.account
            ),
        )
        .at_attribute("api_key")
        .into());
    };
    if opening.account != client.account() {
        return Err(Diagnostic::error(
            "The API key is of another account",
            format!(
                "The provider is signed in with {key}, a key of account {}, and the token is for account {}. No token was made. \
                 Set api_key and api_secret to those of a key of that account.",
                client.account(),
                opening.account
            ),
        )
        .at_attribute("api_key")
        .into());
    }
    Ok((key, secret, client.account().clone()))
}

fn grants(config: &Value) -> Map<String, Json> {
    let configured = GRANTS.iter().filter(|(name, _)| !config.attr(name).is_null());
    configured
        .map(|(name, called)| {
            let block = config.attr(name);
            let mut grant = Map::new();
            let texts = ["push_credential_sid", "endpoint_id", "service_sid", "room"];
            for text in texts {
                if let Some(value) = block.attr(text).as_str() {
                    grant.insert(text.to_owned(), value.into());
                }
            }
            if block.attr("incoming_allow").as_bool() == Some(true) {
                grant.insert("incoming".to_owned(), json!({"allow": true}));
            }
            if let Some(application) = block.attr("outgoing_application_sid").as_str() {
                let mut outgoing = json!({"application_sid": application});
                let params = params(block.attr("outgoing_application_params"));
                if !params.is_empty() {
                    outgoing["params"] = params.into();
                }
                grant.insert("outgoing".to_owned(), outgoing);
            }
            ((*called).to_owned(), grant.into())
        })
        .collect()
}

fn params(params: &Value) -> Map<String, Json> {
    let Value::Map(params) = params else {
        return Map::new();
    };
    let texts = params
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.into())));
    texts.collect()
}
