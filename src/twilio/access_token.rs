//! Access tokens for Twilio's client SDKs: made and signed here, without asking Twilio.
//! <https://www.twilio.com/docs/iam/access-tokens>

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::secret::Secret;

/// What a token says, and who signs it.
#[derive(Debug)]
pub struct AccessToken<'a> {
    /// The account that it is for.
    pub account: &'a str,
    /// SID of the API key that signs it.
    pub key: &'a str,
    /// Its secret.
    pub secret: &'a Secret,
    /// Who uses it.
    pub identity: &'a str,
    /// Where that is not US1: the region that it is for.
    pub region: Option<&'a str>,
    /// What it allows, by the names of products.
    pub grants: Map<String, Value>,
    /// From when it is good, in seconds since 1970.
    pub from: i64,
    /// Until when.
    pub until: i64,
}

impl AccessToken<'_> {
    /// The token: header, claims and signature.
    pub fn sign(mut self) -> Secret {
        let mut header = json!({"typ": "JWT", "alg": "HS256", "cty": "twilio-fpa;v=1"});
        if let Some(region) = self.region {
            header["twr"] = region.into();
        }
        self.grants.insert("identity".to_owned(), self.identity.into());
        let claims = json!({
            "jti": format!("{}-{}", self.key, self.from),
            "iss": self.key,
            "sub": self.account,
            "iat": self.from,
            "nbf": self.from,
            "exp": self.until,
            "grants": self.grants,
        });
        let encoded = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let signed = format!("{}.{}", encoded(&header), encoded(&claims));
        let signature = signature(self.secret, &signed);
        Secret::new(format!("{signed}.{signature}"))
    }
}

/// HMAC with SHA-256 (RFC 7518, section 3.2).
fn signature(secret: &Secret, signed: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
    URL_SAFE_NO_PAD.encode(hmac::sign(&key, signed.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
    const KEY: &str = "SK0123456789abcdef0123456789abcdef";
    const SECRET: &str = "abcdefghijklmnopqrstuvwxyz012345";

    /// Tokens of Twilio's own library for Python (9.13.0), made with this key at this time.
    const FROM: i64 = 1_767_225_600;
    const VOICE: &str = "eyJhbGciOiJIUzI1NiIsImN0eSI6InR3aWxpby1mcGE7dj0xIiwidHlwIjoiSldUIn0.eyJqdGkiOiJTSzAxMjM0NTY3ODlhYmNk\
        ZWYwMTIzNDU2Nzg5YWJjZGVmLTE3NjcyMjU2MDAiLCJncmFudHMiOnsidm9pY2UiOnsiaW5jb21pbmciOnsiYWxsb3ciOnRydWV9\
        LCJvdXRnb2luZyI6eyJhcHBsaWNhdGlvbl9zaWQiOiJBUDAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmIiwicGFyYW1z\
        Ijp7InRlYW0iOiJhIGIiLCJuIjoiMSJ9fSwicHVzaF9jcmVkZW50aWFsX3NpZCI6IkNSMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3\
        ODlhYmNkZWYiLCJlbmRwb2ludF9pZCI6ImRldiJ9LCJpZGVudGl0eSI6ImFsaWNlIn0sImlzcyI6IlNLMDEyMzQ1Njc4OWFiY2Rl\
        ZjAxMjM0NTY3ODlhYmNkZWYiLCJleHAiOjE3NjcyMjkyMDAsIm5iZiI6MTc2NzIyNTYwMCwic3ViIjoiQUMwMTIzNDU2Nzg5YWJj\
        ZGVmMDEyMzQ1Njc4OWFiY2RlZiJ9.BsuCsex54CpquCO_60UMLphPYeV6JXLE9djLTqgFj3Q";
    const VIDEO: &str = "eyJhbGciOiJIUzI1NiIsImN0eSI6InR3aWxpby1mcGE7dj0xIiwidHdyIjoiaWUxIiwidHlwIjoiSldUIn0.eyJqdGkiOiJTSzAx\
        MjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmLTE3NjcyMjU2MDAiLCJncmFudHMiOnsidmlkZW8iOnsicm9vbSI6InN0YW5k\
        dXAifSwiaWRlbnRpdHkiOiJhbFwiaVx1MDBhMmUifSwiaXNzIjoiU0swMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZiIs\
        ImV4cCI6MTc2NzIyNTY2MCwibmJmIjoxNzY3MjI1NjAwLCJzdWIiOiJBQzAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVm\
        In0.-JpbSFeNLLG6dFB3IkxkLqCZsh3-LQ0qM8KFeBC4HiQ";
    const CHAT_AND_SYNC: &str = "eyJhbGciOiJIUzI1NiIsImN0eSI6InR3aWxpby1mcGE7dj0xIiwidHlwIjoiSldUIn0.eyJqdGkiOiJTSzAxMjM0NTY3ODlhYmNk\
        ZWYwMTIzNDU2Nzg5YWJjZGVmLTE3NjcyMjU2MDAiLCJncmFudHMiOnsiY2hhdCI6eyJzZXJ2aWNlX3NpZCI6IklTMDEyMzQ1Njc4\
        OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYiLCJlbmRwb2ludF9pZCI6ImUiLCJwdXNoX2NyZWRlbnRpYWxfc2lkIjoiQ1IwMTIzNDU2\
        Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZiJ9LCJkYXRhX3N5bmMiOnsic2VydmljZV9zaWQiOiJJUzExMjM0NTY3ODlhYmNkZWYw\
        MTIzNDU2Nzg5YWJjZGVmIiwiZW5kcG9pbnRfaWQiOiJlMiJ9LCJpZGVudGl0eSI6ImJvYiJ9LCJpc3MiOiJTSzAxMjM0NTY3ODlh\
        YmNkZWYwMTIzNDU2Nzg5YWJjZGVmIiwiZXhwIjoxNzY3MzEyMDAwLCJuYmYiOjE3NjcyMjU2MDAsInN1YiI6IkFDMDEyMzQ1Njc4\
        OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYifQ.-zfd7L_6hFf2Gy1aeWl3zlgr6wkJ71IYbxAuOm2ajD8";

    fn parts(token: &str) -> (Value, Value, String) {
        let mut parts = token.split('.');
        let mut json = || {
            let part = URL_SAFE_NO_PAD
                .decode(parts.next().expect("a part"))
                .expect("base64url");
            serde_json::from_slice(&part).expect("JSON")
        };
        let (header, claims) = (json(), json());
        (header, claims, parts.next().expect("a signature").to_owned())
    }

    #[track_caller]
    fn is_as_twilio_makes_it(official: &str, ours: AccessToken<'_>) {
        let (header, claims, _) = parts(official);
        let ours = ours.sign();
        let (our_header, mut our_claims, _) = parts(ours.expose());
        // The library for Node has it, and the one for Python has not.
        assert_eq!(
            our_claims.as_object_mut().expect("claims").remove("iat"),
            Some(FROM.into())
        );
        assert_eq!((our_header, our_claims), (header, claims));
        for token in [official, ours.expose()] {
            let (signed, end) = token.rsplit_once('.').expect("a signature");
            assert_eq!(signature(&Secret::new(SECRET), signed), end);
        }
    }

    fn token<'a>(secret: &'a Secret, identity: &'a str, ttl: i64, grants: Value) -> AccessToken<'a> {
        AccessToken {
            account: ACCOUNT,
            key: KEY,
            secret,
            identity,
            region: None,
            grants: grants.as_object().cloned().unwrap_or_default(),
            from: FROM,
            until: FROM + ttl,
        }
    }

    #[test]
    fn tokens_say_what_those_of_twilios_libraries_say() {
        let secret = Secret::new(SECRET);
        let voice = json!({"voice": {
            "incoming": {"allow": true},
            "outgoing": {
                "application_sid": "AP0123456789abcdef0123456789abcdef",
                "params": {"team": "a b", "n": "1"},
            },
            "push_credential_sid": "CR0123456789abcdef0123456789abcdef",
            "endpoint_id": "dev",
        }});
        is_as_twilio_makes_it(VOICE, token(&secret, "alice", 3600, voice));
        let video = AccessToken {
            region: Some("ie1"),
            ..token(&secret, "al\"i¢e", 60, json!({"video": {"room": "standup"}}))
        };
        is_as_twilio_makes_it(VIDEO, video);
        let chat_and_sync = json!({
            "chat": {
                "service_sid": "IS0123456789abcdef0123456789abcdef",
                "endpoint_id": "e",
                "push_credential_sid": "CR0123456789abcdef0123456789abcdef",
            },
            "data_sync": {"service_sid": "IS1123456789abcdef0123456789abcdef", "endpoint_id": "e2"},
        });
        is_as_twilio_makes_it(CHAT_AND_SYNC, token(&secret, "bob", 86_400, chat_and_sync));
    }

    #[test]
    fn nothing_of_the_secret_is_in_a_text_about_a_token() {
        let secret = Secret::new(SECRET);
        assert!(!format!("{:?}", token(&secret, "alice", 60, json!({}))).contains(SECRET));
    }
}
