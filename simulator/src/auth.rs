//! Who asks, and for which account.
//!
//! A main account's auth token may act on 2010 API paths of its children. Children never reach their parent or siblings. API
//! keys act on their own account only. Product subdomains always act on the account of the credential.

use base64::Engine as _;

use crate::contract::{OperationKind, Route};
use crate::error::ApiError;
use crate::state::{AccountStatus, Accounts, Caller, KeyKind, SignedInBy};

/// Who signed the request.
///
/// # Errors
/// 401/20003 without a usable credential.
pub fn caller(accounts: &Accounts, authorization: Option<&str>) -> Result<Caller, ApiError> {
    authorization
        .and_then(credential)
        .and_then(|(user, password)| accounts.sign_in(&user, &password))
        .ok_or_else(ApiError::unauthenticated)
}

fn credential(header: &str) -> Option<(String, String)> {
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
/// 401/20003 if the caller cannot reach the account in the path, uses a key where only a token works, or the account is
/// suspended and something is to be created; 403/20403 if a restricted key lacks the permission; 404/20404 if the path names
/// no account.
pub fn account(accounts: &Accounts, caller: &Caller, route: &Route) -> Result<String, ApiError> {
    may_use_operation(caller, route)?;
    let target = match account_in_path(route) {
        None => caller.account.clone(),
        Some(target) if target == caller.account => target.to_owned(),
        Some(target) if accounts.find(target).is_none() => return Err(ApiError::not_found(&shown_path(route))),
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
        return Err(ApiError::new(
            401,
            20003,
            "Authentication Error - account is not active",
        ));
    }
    if status == Some(AccountStatus::Closed) && !is_account_itself(route) {
        return Err(ApiError::not_found(&shown_path(route)));
    }
    Ok(target)
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
    let SignedInBy::Key(kind) = &caller.by else {
        return Ok(());
    };
    match kind {
        KeyKind::Main => Ok(()),
        KeyKind::Standard if is_account_or_key(route) => Err(ApiError::unauthenticated()),
        KeyKind::Standard => Ok(()),
        KeyKind::Restricted { allow } => {
            let wanted = permission(route);
            if allow.iter().any(|allowed| covers(allowed, &wanted)) {
                return Ok(());
            }
            Err(ApiError::forbidden(format!(
                "Forbidden: the restricted API key has no permission {wanted}"
            )))
        }
    }
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

/// Product of a 2010 API collection in permission names. Other products are named by their host.
const V2010_PRODUCTS: &[(&str, &str)] = &[
    ("Messages", "messaging"),
    ("ShortCodes", "messaging"),
    ("Calls", "voice"),
    ("Conferences", "voice"),
    ("Queues", "voice"),
    ("Recordings", "voice"),
    ("Applications", "voice"),
    ("OutgoingCallerIds", "voice"),
    ("SIP", "sip"),
    ("IncomingPhoneNumbers", "phone-numbers"),
    ("AvailablePhoneNumbers", "phone-numbers"),
    ("Addresses", "phone-numbers"),
    ("Usage", "usage"),
    ("Balance", "usage"),
];

/// The permission that an operation needs, in the form of Twilio's lists: `/twilio/messaging/messages/read`.
pub fn permission(route: &Route) -> String {
    let literals: Vec<&str> = route
        .operation
        .template()
        .split('/')
        .skip(2)
        .filter(|segment| !segment.is_empty() && !segment.starts_with('{'))
        .collect();
    let literals = match literals.as_slice() {
        ["Accounts", rest @ ..] if route.operation.is_v2010() => rest,
        all => all,
    };
    let product = if route.operation.is_v2010() {
        let first = literals.first().copied().unwrap_or("accounts");
        V2010_PRODUCTS
            .iter()
            .find(|(collection, _)| *collection == first)
            .map_or("api", |(_, product)| product)
    } else {
        route.host.split('.').next().unwrap_or_default()
    };
    let verb = match route.operation.kind {
        OperationKind::Create | OperationKind::Action => "create",
        OperationKind::Read => "read",
        OperationKind::Update => "update",
        OperationKind::Delete => "delete",
        OperationKind::List => "list",
    };
    let resource: Vec<String> = literals.iter().map(|segment| kebab(segment)).collect();
    format!("/twilio/{product}/{}/{verb}", resource.join("/"))
}

/// Whether an allowed permission covers a wanted one. `read` covers lists too, which several of Twilio's lists fold together.
fn covers(allowed: &str, wanted: &str) -> bool {
    let same = |verb: &str| allowed == format!("{}/{verb}", wanted.rsplit_once('/').map_or(wanted, |(head, _)| head));
    allowed == wanted || (wanted.ends_with("/list") && same("read"))
}

fn kebab(segment: &str) -> String {
    crate::contract::snake_case(segment).replace('_', "-")
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
    fn permissions_are_named_as_in_the_documentation() {
        let messages = "/2010-04-01/Accounts/AC1/Messages.json";
        assert_eq!(
            permission(&route("api.twilio.com", "POST", messages)),
            "/twilio/messaging/messages/create"
        );
        assert_eq!(
            permission(&route("verify.twilio.com", "GET", "/v2/Services/VA1")),
            "/twilio/verify/services/read"
        );
        assert!(covers(
            "/twilio/messaging/messages/read",
            "/twilio/messaging/messages/list"
        ));
        assert!(!covers(
            "/twilio/messaging/messages/read",
            "/twilio/messaging/messages/create"
        ));
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
        assert_eq!(credential("Basic YQ=="), None);
        assert_eq!(credential("Basic !"), None);
    }
}
