//! What Twilio's error codes mean for Verify.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::{Exists, KnownCode};

/// Sorted by code.
pub const VERIFY: &[KnownCode] = &[
    KnownCode::new(
        60200,
        "Verify does not take the value of a parameter.",
        "Correct what Twilio names; the documentation of the attribute says what it may be.",
    )
    .named(),
    KnownCode::new(
        60202,
        "The code was checked too often, and the verification takes no more.",
        "Start another verification when this one has expired, which takes ten minutes.",
    )
    .at(&["code"]),
    KnownCode::new(
        60203,
        "Too many codes were sent to this recipient.",
        "Wait ten minutes, or check the code that was sent.",
    )
    .at(&["to"]),
    KnownCode::new(
        60204,
        "The Verify service has a setting that this request does not go with.",
        "Compare the arguments with the settings of the service, such as custom codes and PSD2.",
    ),
    KnownCode::new(
        60205,
        "Verify sends no text message to a landline.",
        "Use the channel call, or a mobile number.",
    )
    .at(&["channel", "to"]),
    KnownCode::new(
        60207,
        "The Verify service has as many rate limits as it takes, or one of them is used up.",
        "Where a rate limit is made, take out another first. Where a verification is started, wait for as long as the limit says, or \
         raise it.",
    ),
    KnownCode::new(
        60208,
        "The Verify service has a rate limit with this unique name already.",
        "Import that one, set adopt_existing = true to take it over, or choose another name.",
    )
    .at(&["unique_name"])
    .exists(Exists::ByUniqueName),
    KnownCode::new(
        60209,
        "Verify takes no such unique name for a rate limit.",
        "Use letters, digits, dashes, underscores and dots.",
    )
    .at(&["unique_name"]),
    KnownCode::new(
        60210,
        "The rate limit has as many buckets as Verify takes.",
        "Take out one of its buckets first, or change one in place of making another.",
    )
    .at(&["rate_limit_sid"]),
    KnownCode::new(
        60211,
        "The rate limit has a bucket with this interval already.",
        "Change that one, import it, or choose another interval.",
    )
    .at(&["interval"]),
    KnownCode::new(
        60212,
        "Too many requests for this recipient are under way at once.",
        "Send one at a time.",
    )
    .at(&["to"]),
    KnownCode::new(
        60213,
        "The Verify service has a messaging configuration for this country already.",
        "Import that one, set adopt_existing = true to take it over, or change it.",
    )
    .at(&["country"])
    .exists(Exists::AsPlanned),
    KnownCode::new(
        60217,
        "The Verify service is not set up for what was requested.",
        "Set up the service for the channel, such as its push or time-based codes settings, or use another channel.",
    ),
    KnownCode::new(
        60220,
        "Verify needs a vetted use case for messages to China.",
        "Ask Twilio's support to vet it.",
    )
    .at(&["to"]),
    KnownCode::new(
        60223,
        "The channel is not enabled for this Verify service.",
        "Enable it in the service's settings, or use another one.",
    )
    .at(&["channel"]),
    KnownCode::new(
        60228,
        "There is no such template in the account.",
        "Use the SID of a template that is approved.",
    )
    .at(&["template_sid"]),
    KnownCode::new(
        60238,
        "Verify's guard against fraud blocks verifications of this number.",
        "See the service's settings for Fraud Guard and safe list; twilio_start_verification cannot override them.",
    )
    .at(&["to"]),
    KnownCode::new(
        60253,
        "The Verify service has some of its email settings, and needs all or none of them.",
        "Set the address and the name that emails come from and their template together.",
    ),
    KnownCode::new(
        60300,
        "Verify does not take the value of a parameter.",
        "Correct what Twilio names.",
    )
    .named(),
    KnownCode::new(
        60306,
        "Verify finds the request invalid.",
        "Correct what Twilio names: an SID, an identity, or what a factor or a challenge is made of.",
    )
    .named(),
    KnownCode::new(
        60318,
        "The factor is not verified, so nothing can be confirmed with it.",
        "Verify the factor first, with a code of the authenticator.",
    ),
    KnownCode::new(
        60368,
        "What the challenge would show is missing, or is not of the form that Verify takes.",
        "Give it a message of 256 characters at most, and up to 20 pairs of label and value.",
    ),
    KnownCode::new(
        60370,
        "The configuration of the factor is missing, or is not of the form that Verify takes.",
        "A factor for push has an app, a platform, a token of the device and the version of the SDK.",
    ),
    KnownCode::new(
        60373,
        "A list of Verify was requested in larger pages than Twilio allows.",
        "The provider should not have sent this request: please report it, with this text.",
    ),
    KnownCode::new(
        60410,
        "Verify's guard against fraud blocks numbers that begin like this one.",
        "See the service's settings for Fraud Guard, or put the number on the safe list.",
    )
    .at(&["to"]),
    KnownCode::new(
        60411,
        "The number is on Verify's safe list already.",
        "Import it, or set adopt_existing = true to take it over.",
    )
    .at(&["phone_number"])
    .exists(Exists::AsPlanned),
    KnownCode::new(
        60605,
        "The account may not send verifications to the country of the recipient.",
        "Allow the country under Verify > Settings > Geo permissions.",
    )
    .at(&["to"]),
];
