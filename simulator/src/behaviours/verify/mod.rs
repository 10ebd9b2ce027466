//! Verify.

pub mod access_tokens;
pub mod challenges;
pub mod factors;
pub mod services;
mod totp;
pub mod verifications;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "verify.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v2/Services", &services::Services),
    on(
        HOST,
        "/v2/Services/{ServiceSid}/AccessTokens",
        &access_tokens::AccessTokens,
    ),
    on(
        HOST,
        "/v2/Services/{ServiceSid}/Entities/{Identity}/Challenges",
        &challenges::Challenges,
    ),
    on(
        HOST,
        "/v2/Services/{ServiceSid}/Entities/{Identity}/Factors",
        &factors::Factors,
    ),
    on(
        HOST,
        "/v2/Services/{ServiceSid}/VerificationCheck",
        &verifications::VerificationCheck,
    ),
    on(
        HOST,
        "/v2/Services/{ServiceSid}/Verifications",
        &verifications::Verifications,
    ),
];
