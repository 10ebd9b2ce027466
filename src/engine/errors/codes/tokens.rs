//! Codes of access tokens, keys and signed requests.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub(super) const TOKENS: &[KnownCode] = &[
    KnownCode::new(
        20101,
        "An access token is none that Twilio can read.",
        "Make it with a helper library of Twilio, or with twilio_access_token, and pass it on unchanged.",
    ),
    KnownCode::new(
        20102,
        "The header of an access token is wrong.",
        "It must name the type JWT, the algorithm HS256 and the content type twilio-fpa;v=1.",
    ),
    KnownCode::new(
        20103,
        "The issuer or the subject of an access token is wrong.",
        "The issuer is the SID of the API key, the subject the account that has the key, and the key must still \
         exist.",
    ),
    KnownCode::new(
        20104,
        "An access token has expired, or says when in a way that Twilio does not take.",
        "Make a new token; it lives for 24 hours at most.",
    ),
    KnownCode::new(
        20105,
        "An access token is not valid yet.",
        "Compare the clock of the machine that makes tokens with the time.",
    ),
    KnownCode::new(
        20106,
        "The grants of an access token do not fit what it is used for.",
        "Give it the grant of the product, with the SID of a service that is in the same account.",
    ),
    KnownCode::new(
        20107,
        "The signature of an access token is wrong.",
        "Sign it with the secret of the very API key that is its issuer.",
    ),
    KnownCode::new(
        20151,
        "A token was not accepted.",
        "Make a new one with a key that is active and of this account.",
    ),
    KnownCode::new(
        20156,
        "A token has expired, or has an expiry that Twilio does not take.",
        "Make a new one, and compare the clock with the time.",
    ),
    KnownCode::new(
        20157,
        "A token would live longer than is allowed.",
        "Let it live for 24 hours at most.",
    ),
    KnownCode::new(
        20159,
        "The signature of a token is wrong.",
        "Sign it with the secret of the key that it names.",
    ),
    KnownCode::new(
        20160,
        "A token is none that Twilio can read.",
        "Make a new one, and pass it on unchanged.",
    ),
    KnownCode::new(
        70052,
        "The account takes only requests that are signed with a public key.",
        "Sign in from where requests are signed, or switch the requirement off in the account's settings: the \
         provider signs none.",
    ),
    KnownCode::new(
        70053,
        "Requests that are signed with a public key are not switched on for the account.",
        "Switch this on for the account, or send requests without such a signature.",
    ),
    KnownCode::new(
        70101,
        "Twilio takes no public key of this algorithm.",
        "Use an RSA key.",
    )
    .at(&["public_key"]),
    KnownCode::new(
        70102,
        "Twilio takes no public key of this length.",
        "Use an RSA key of 2048 bits, neither fewer nor more.",
    )
    .at(&["public_key"]),
    KnownCode::new(
        70103,
        "Twilio takes no public key with this exponent.",
        "Use an RSA key with the exponent 65537.",
    )
    .at(&["public_key"]),
    KnownCode::new(
        70104,
        "This is no public key that Twilio can read.",
        "Give the whole key in PEM form, with its first and last line.",
    )
    .at(&["public_key"]),
    KnownCode::new(
        70106,
        "Twilio cannot use these AWS credentials.",
        "Give the id of an access key (20 capital letters and digits) and its secret (40 characters), with a colon between them.",
    )
    .at(&["credentials"]),
    KnownCode::new(
        70151,
        "The account has as many API keys as it may.",
        "Destroy keys that nobody uses: data.twilio_api_keys lists them.",
    ),
    KnownCode::new(70152, "Twilio knows no such flag of a key.", "Leave flags out."),
    KnownCode::new(
        70153,
        "The request names a public key that the account does not have.",
        "Check the SID of the public key, and that it is in the account that the request is about.",
    ),
    KnownCode::new(
        70154,
        "Twilio cannot read the public key.",
        "Upload it again, whole, in PEM form.",
    ),
    KnownCode::new(
        70155,
        "A request that should be signed lacks headers that its signature covers.",
        "Send every header that the token names.",
    ),
    KnownCode::new(
        70156,
        "The hash of a signed request is another than its token says.",
        "Sign the request as it is sent; a proxy in between may have changed it.",
    ),
];
