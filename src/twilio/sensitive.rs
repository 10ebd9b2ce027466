//! Which names say that the value beside them must not be shown.

use super::request::Request;

/// Parts of names, without case and punctuation, whose values are not shown.
const SENSITIVE: &[&str] = &[
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "privatekey",
    "credential",
    "certificate",
    "apikey",
    "authorization",
    "encryptionkey",
    "signingkey",
];

/// Ends of names whose values only point at a secret.
const POINTERS: &[&str] = &["sid", "sids", "url", "uri", "ttl", "type"];

/// Further names of headers, and of pairs of a name and a value, in whole.
const OF_PAIRS: &[&str] = &[
    "auth",
    "xauth",
    "bearer",
    "cookie",
    "setcookie",
    "jwt",
    "pass",
    "pwd",
    "accesskey",
    "sharedkey",
    "hmac",
    "sig",
    "signature",
    "sessionid",
    "xfunctionskey",
];

/// Parts of names of query parameters beside those.
const IN_QUERIES: &[&str] = &["signature", "accesskey", "sessionid"];

/// Further names of query parameters in whole: what guards the address of a webhook goes by short ones.
const OF_QUERIES: &[&str] = &["key", "code", "hash", "session", "pw"];

/// Whether a field of this name holds something that must not be shown.
pub fn is_sensitive(name: &str) -> bool {
    let plain = plain(name);
    SENSITIVE.iter().any(|part| plain.contains(part)) && !POINTERS.iter().any(|end| plain.ends_with(end))
}

/// Whether a pair of a name and a value, as headers are and what a flow passes on, has such a value.
pub(super) fn is_sensitive_pair(name: &str) -> bool {
    is_sensitive(name) || OF_PAIRS.contains(&plain(name).as_str())
}

/// Whether a parameter in the query of an address has such a value.
pub(super) fn is_sensitive_query(name: &str) -> bool {
    let plain = plain(name);
    is_sensitive_pair(name)
        || IN_QUERIES.iter().any(|part| plain.contains(part))
        || OF_QUERIES.contains(&plain.as_str())
}

/// Whether a member of this name says what the member beside it is, as `key` does in `{"key": …, "value": …}`.
pub(super) fn is_name_of_pair(name: &str) -> bool {
    let plain = plain(name);
    [
        "key",
        "name",
        "header",
        "headername",
        "param",
        "parameter",
        "field",
        "variable",
    ]
    .contains(&plain.as_str())
}

/// Whether a member of this name is what [`is_name_of_pair`] names.
pub(super) fn is_value_of_pair(name: &str) -> bool {
    let plain = plain(name);
    ["value", "values", "val", "headervalue", "content", "default"].contains(&plain.as_str())
}

/// Which names hide what stands beside them: those that do so everywhere, and those that a request says ([`Request::sensitive`]).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Names<'a>(&'a [&'static str]);

impl<'a> Names<'a> {
    /// Those of a request and of its response.
    pub(super) fn of(request: &'a Request) -> Self {
        Self(&request.sensitive)
    }

    /// As [`is_sensitive`].
    pub(super) fn hide(self, name: &str) -> bool {
        is_sensitive(name) || self.say(name)
    }

    /// As [`is_sensitive_pair`].
    pub(super) fn hide_pair(self, name: &str) -> bool {
        is_sensitive_pair(name) || self.say(name)
    }

    /// As [`is_sensitive_query`].
    pub(super) fn hide_query(self, name: &str) -> bool {
        is_sensitive_query(name) || self.say(name)
    }

    /// Whether the request says so, of the name or of what it ends with where it leads into an object.
    pub(super) fn say(self, name: &str) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let last = name.trim_end_matches(']').rsplit(['.', '[']).next().unwrap_or(name);
        let (whole, last) = (plain(name), plain(last));
        let mut said = self.0.iter().map(|name| plain(name));
        said.any(|said| !said.is_empty() && (said == whole || said == last))
    }
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide_whatever_their_case() {
        for name in [
            "auth_token",
            "AuthToken",
            "Secret",
            "client_secret",
            "Password",
            "PrivateKey",
            "Credentials",
        ] {
            assert!(is_sensitive(name), "{name}");
        }
        for name in [
            "FriendlyName",
            "CredentialSid",
            "credential_list_sid",
            "TokenTtl",
            "sid",
            "status",
        ] {
            assert!(!is_sensitive(name), "{name}");
        }
    }

    #[test]
    fn a_request_says_names_of_its_own() {
        let account = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        let request = Request::get(crate::twilio::Product::Sync, &account, "/v1/x").sensitive(["motto", "deep_word"]);
        let names = Names::of(&request);
        for name in [
            "motto",
            "Motto",
            "MOTTO",
            "Configuration.Motto",
            "a[motto]",
            "deepWord",
            "DeepWord",
            "deep-word",
        ] {
            assert!(
                names.hide(name) && names.hide_pair(name) && names.hide_query(name),
                "{name}"
            );
            assert!(!Names::default().hide(name), "{name}");
        }
        for name in ["mottos", "word", "deep", ""] {
            assert!(!names.hide(name), "{name}");
        }
    }

    #[test]
    fn pairs_and_queries_have_names_of_their_own() {
        for name in [
            "Authorization",
            "X-Api-Key",
            "Cookie",
            "proxy-authorization",
            "api_key",
            "pwd",
        ] {
            assert!(is_sensitive_pair(name), "{name}");
        }
        for name in [
            "sig",
            "code",
            "key",
            "X-Amz-Signature",
            "access_token",
            "X-Amz-Credential",
            "apikey",
        ] {
            assert!(is_sensitive_query(name), "{name}");
        }
        for name in ["Content-Type", "key", "name", "From", "page", "code"] {
            assert!(!is_sensitive_pair(name), "{name}");
        }
        for name in ["PageSize", "Page", "FriendlyName", "AccountSid", "monkey", "encode"] {
            assert!(!is_sensitive_query(name), "{name}");
        }
    }
}
