//! Who asks, and for which account.
//!
//! A main account's auth token may act on 2010 API paths of its children. Children never reach their parent or siblings. API
//! keys act on their own account only. Product subdomains always act on the account of the credential.

use base64::Engine as _;
use jiff::Timestamp;

use crate::contract::{OperationKind, Route};
use crate::error::ApiError;
use crate::permissions;
use crate::state::{AccountStatus, Accounts, Caller, KeyKind, SignedInBy};

/// Collections of the 2010 API that tell what happened, and configure nothing.
pub(crate) const HISTORY: &[&str] = &[
    "Calls",
    "Conferences",
    "Messages",
    "Notifications",
    "Recordings",
    "Transcriptions",
    "Usage",
];

/// Who signed the request: an account or a key with a password, or an OAuth app with an access token, at any host.
/// <https://www.twilio.com/docs/iam/oauth-apps/oauth-access-token>
///
/// # Errors
/// 401/20003 without a usable credential: also for an access token that is wrong or has expired.
pub fn caller(accounts: &Accounts, authorization: Option<&str>, now: Timestamp) -> Result<Caller, ApiError> {
    let authorization = authorization.ok_or_else(ApiError::unauthenticated)?;
    let caller = match bearer(authorization) {
        Some(token) => accounts.sign_in_token(token, now.as_millisecond()),
        None => credential(authorization).and_then(|(user, password)| accounts.sign_in(&user, &password)),
    };
    caller.ok_or_else(ApiError::unauthenticated)
}

/// Whether this is where OAuth apps get access tokens, which needs no `Authorization`.
pub fn issues_tokens(route: &Route) -> bool {
    let template = route.operation.template();
    match route.host.as_str() {
        "oauth.twilio.com" => matches!(template, "/v1/token" | "/v2/token"),
        "iam.twilio.com" | "preview-iam.twilio.com" => template == "/v1/token",
        _ => false,
    }
}

/// The OAuth app that asks for a token, by what its form has.
///
/// # Errors
/// 400 with 321402, 321403 or 321405 for what is missing, 401/322402 for what is wrong. Twilio's pages on these codes leave the
/// status open.
pub fn app(accounts: &Accounts, form: &[(String, String)]) -> Result<Caller, ApiError> {
    let text = |name: &str| {
        let is_it = |known: &str| known.replace('_', "").eq_ignore_ascii_case(&name.replace('_', ""));
        let found = form.iter().find(|(known, _)| is_it(known));
        found.map_or("", |(_, text)| text.as_str())
    };
    if text("grant_type") != "client_credentials" {
        return Err(ApiError::new(400, 321403, "Invalid grant_type"));
    }
    match (text("client_id"), text("client_secret")) {
        ("", _) => Err(ApiError::new(400, 321402, "Empty client_id")),
        (_, "") => Err(ApiError::new(400, 321405, "Empty client_secret")),
        (id, secret) => {
            let app = accounts.sign_in_app(id, secret);
            app.ok_or_else(|| ApiError::new(401, 322402, "Invalid credentials"))
        }
    }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// User name and password of a header.
pub(crate) fn credential(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = base64::engine::general_purpose::STANDARD.decode(encoded.trim()).ok()?;
    let decoded = String::from_utf8(decoded).ok()?;
    let (user, password) = decoded.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

/// The account that a request acts on.
///
/// # Errors
/// 401/20003 if the caller's account is suspended, if the caller cannot reach the account in the path or there is none, uses a
/// key where only a token works, or the account is suspended and something is to be created; 401/70051 if a restricted key
/// lacks the permission; 404/20404 for what is gone with a closed account.
pub fn account(accounts: &Accounts, caller: &Caller, route: &Route) -> Result<String, ApiError> {
    // A suspended account's own credentials are refused, whatever they ask for; its parent still reads it.
    // https://www.twilio.com/docs/api/errors/20003
    if accounts.effective_status(&caller.account) != Some(AccountStatus::Active) {
        return Err(not_active());
    }
    may_use_operation(caller, route)?;
    let target = match account_in_path(route) {
        None => caller.account.clone(),
        Some(target) if target == caller.account => target.to_owned(),
        // https://www.twilio.com/docs/api/errors/20404 names the SID of a key in place of the account's among the causes.
        Some(target) if !target.starts_with("AC") => return Err(ApiError::not_found(&shown_path(route))),
        Some(target) => {
            let with_token = caller.by == SignedInBy::AuthToken;
            if !with_token || !accounts.is_parent_of(&caller.account, target) {
                return Err(ApiError::unauthenticated());
            }
            target.to_owned()
        }
    };
    // A new child is made by the main account itself; everything else needs the account in the path to be active.
    let status = accounts.effective_status(&target);
    if status != Some(AccountStatus::Active) && creates(route) {
        return Err(not_active());
    }
    if status == Some(AccountStatus::Closed) && !is_account_itself(route) && !is_history(route) {
        return Err(ApiError::not_found(&shown_path(route)));
    }
    Ok(target)
}

fn not_active() -> ApiError {
    ApiError::new(401, 20003, "Authentication Error - account is not active")
}

/// What happened in an account stays readable by its parent when it is closed.
/// <https://help.twilio.com/articles/223135987>
fn is_history(route: &Route) -> bool {
    let mut segments = route.path.split('/').skip(4);
    let collection = segments.next();
    // Triggers are no history of the usage.
    let is_setting = collection == Some("Usage") && segments.next() == Some("Triggers");
    matches!(route.operation.kind, OperationKind::Read | OperationKind::List)
        && collection.is_some_and(|collection| HISTORY.contains(&collection) && !is_setting)
}

fn creates(route: &Route) -> bool {
    matches!(route.operation.kind, OperationKind::Create | OperationKind::Action) && route.operation.method == "POST"
}

/// The account that a 2010 API path names.
fn account_in_path(route: &Route) -> Option<&str> {
    if !route.operation.is_v2010() {
        return None;
    }
    let mut segments = route.path.split('/').skip(2);
    (segments.next() == Some("Accounts")).then(|| segments.next()).flatten()
}

fn is_account_itself(route: &Route) -> bool {
    route.operation.template() == "/2010-04-01/Accounts/{Sid}"
}

fn may_use_operation(caller: &Caller, route: &Route) -> Result<(), ApiError> {
    let kind = match &caller.by {
        SignedInBy::AuthToken => return Ok(()),
        SignedInBy::OauthApp if issues_tokens(route) => return Ok(()),
        SignedInBy::OauthApp => return Err(ApiError::unauthenticated()),
        SignedInBy::OauthToken { allow, deny } => return may_use_with_token(allow, deny, route),
        SignedInBy::Key(kind) => kind,
    };
    match kind {
        KeyKind::Standard if is_account_or_key(route) => Err(ApiError::unauthenticated()),
        KeyKind::Standard => Ok(()),
        KeyKind::Restricted { allow } => {
            let needed = permissions::needed(route);
            let allows = |needed: &str| allow.iter().any(|allowed| permissions::covers(allowed, needed));
            if needed.as_deref().is_some_and(allows) {
                return Ok(());
            }
            Err(lacks(needed.as_deref(), "permission of a restricted API key"))
        }
    }
}

/// What an OAuth app may do is said as for restricted keys: <https://www.twilio.com/docs/iam/oauth-apps/account-oauth-apps>.
fn may_use_with_token(allow: &[String], deny: &[String], route: &Route) -> Result<(), ApiError> {
    let needed = permissions::needed(route);
    let covers = |list: &[String], needed: &str| list.iter().any(|listed| permissions::covers(listed, needed));
    if needed
        .as_deref()
        .is_some_and(|needed| covers(allow, needed) && !covers(deny, needed))
    {
        return Ok(());
    }
    Err(lacks(needed.as_deref(), "scope of an OAuth app"))
}

/// <https://www.twilio.com/docs/api/errors/70051>, which leaves the status open; it and the words as they were read at Twilio:
/// <https://github.com/wittyreference/twilio-claude-plugin> (skills/iam/references/test-results.md, test 19). What is said where no
/// permission would do is an open question.
fn lacks(needed: Option<&str>, kind: &str) -> ApiError {
    let what = match needed {
        Some(needed) => format!("required permission {} is missing", needed.trim_start_matches('/')),
        None => format!("no {kind} allows this"),
    };
    ApiError::new(401, 70051, format!("Authorization Error: {what}"))
}

/// Endpoints that a standard key may not use: Accounts and Keys, in every generation of the API.
fn is_account_or_key(route: &Route) -> bool {
    let template = route.operation.template();
    match route.host.as_str() {
        "api.twilio.com" => {
            let below = template.strip_prefix("/2010-04-01/Accounts").unwrap_or("/other");
            let below = below.strip_prefix("/{AccountSid}").unwrap_or(below);
            below.is_empty() || below == "/{Sid}" || below.starts_with("/Keys") || below.starts_with("/SigningKeys")
        }
        "iam.twilio.com" => template.starts_with("/v1/Keys") || template.starts_with("/v1/Account/OAuthApps"),
        "accounts.twilio.com" => template.starts_with("/v1/AuthTokens"),
        _ => false,
    }
}

fn shown_path(route: &Route) -> String {
    let suffix = if route.operation.path.ends_with(".json") {
        ".json"
    } else {
        ""
    };
    format!("{}{suffix}", route.path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Contract;

    fn route(host: &str, method: &str, path: &str) -> Route {
        Contract::published().route(host, method, path).expect("published")
    }

    #[test]
    fn standard_keys_are_kept_from_accounts_and_keys_only() {
        for (path, kept) in [
            ("/2010-04-01/Accounts.json", true),
            ("/2010-04-01/Accounts/AC1.json", true),
            ("/2010-04-01/Accounts/AC1/Keys.json", true),
            ("/2010-04-01/Accounts/AC1/Messages.json", false),
        ] {
            assert_eq!(is_account_or_key(&route("api.twilio.com", "GET", path)), kept, "{path}");
        }
        assert!(is_account_or_key(&route("iam.twilio.com", "GET", "/v1/Keys/SK1")));
    }

    #[test]
    fn only_basic_credentials_with_a_colon_are_read() {
        assert_eq!(credential("Basic YTpi"), Some(("a".into(), "b".into())));
        assert_eq!(credential("Bearer YTpi"), None);
        assert_eq!(
            (bearer("bearer YTpi"), bearer("Basic YTpi"), bearer("YTpi")),
            (Some("YTpi"), None, None)
        );
        assert_eq!(credential("Basic YQ=="), None);
        assert_eq!(credential("Basic !"), None);
    }
}
