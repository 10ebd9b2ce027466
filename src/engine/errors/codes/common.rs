//! Codes that anything may be refused with.

use crate::engine::facts::{Exists, KnownCode};

const CREDENTIALS: &str = "Check the provider's credentials: an account SID starts with AC and goes with auth_token; an API \
    key SID starts with SK and goes with api_key and api_secret. Credentials belong to one region. A standard API key cannot \
    manage accounts and keys, and a restricted one needs the permission in its policy.";

const E164: &str = "Write it in E.164 form: plus sign, country code, number, without spaces.";

const SOMETHING_ACTIVE: &str = "Check the account's status and balance in the Console. For a subaccount, set status = \
                                \"active\" in its twilio_subaccount and apply that first.";

/// Sorted by code.
pub(super) const COMMON: &[KnownCode] = &[
    KnownCode::new(
        422,
        "Twilio understood the request, and cannot carry it out for what it names.",
        "Check that numbers and SIDs in the configuration are of this account, and correct what Twilio names.",
    ),
    KnownCode::new(10001, "The account is suspended or closed, or its parent account is.", SOMETHING_ACTIVE)
        .at(&["account_sid"]),
    KnownCode::new(
        10002,
        "This is a trial account, and this request needs a full one: a trial account has one phone number, and its \
         subaccounts have none.",
        "Upgrade the account in the Console, or release the number that it has.",
    ),
    KnownCode::new(
        20001,
        "A parameter is missing, is unknown to Twilio, or has a value that it does not take.",
        "Correct what Twilio names, and run this again.",
    )
    .named(),
    KnownCode::new(20002, "Twilio does not take this name.", "Choose another friendly_name.").at(&["friendly_name"]),
    KnownCode::new(20003, "Twilio does not let these credentials do this.", CREDENTIALS),
    KnownCode::new(
        20004,
        "Twilio cannot do this with this kind of object.",
        "The provider should not have sent this request: please report it, with this text.",
    ),
    KnownCode::new(20005, "The account is not active.", SOMETHING_ACTIVE).at(&["account_sid"]),
    KnownCode::new(20006, "Twilio does not let these credentials do this.", CREDENTIALS),
    KnownCode::new(
        20007,
        "A list was requested in larger pages than Twilio allows.",
        "The provider should not have sent this request: please report it, with this text.",
    ),
    KnownCode::new(
        20008,
        "These are test credentials, which can do next to nothing.",
        "Use the account's live credentials.",
    ),
    KnownCode::new(
        20009,
        "The object is still at work, and is deleted only once it is done.",
        "Wait until it has ended, then apply again.",
    ),
    KnownCode::new(
        20010,
        "Twilio has switched this off for the account.",
        "Ask Twilio's support to switch it on; no configuration does.",
    ),
    KnownCode::new(
        20011,
        "Twilio no longer takes the version of TLS with which it was called.",
        "Let what calls Twilio use TLS 1.2 or newer; a proxy that opens connections may use an older one.",
    ),
    KnownCode::new(
        20012,
        "Twilio takes none of the TLS ciphers that it was offered.",
        "Update what calls Twilio, or the proxy that opens its connections.",
    ),
    KnownCode::new(
        20020,
        "The update changes nothing.",
        "Nothing needs to be done: the object is as it was requested to be.",
    ),
    KnownCode::new(
        20161,
        "The update has no parameters.",
        "The provider should not have sent this request: please report it, with this text.",
    ),
    KnownCode::new(20162, "Another update of the same object is under way.", "Apply again in a moment."),
    KnownCode::new(
        20403,
        "The account may not do this: mostly because it is suspended or closed.",
        "Check the account's status in the Console. If the provider is signed in with a restricted API key, check its \
         policy too.",
    ),
    KnownCode::new(
        20404,
        "Something that the request names does not exist in this account.",
        "Check the SIDs in the configuration, and that account_sid names the account they belong to.",
    ),
    KnownCode::new(
        20409,
        "The object is in a state that does not allow this, something else changed it at the same moment, or another object \
         has its unique name.",
        "Read what Twilio says above. Plan and apply again if something else was changing it.",
    )
    .at(&["unique_name"])
    .exists(Exists::ByUniqueName),
    KnownCode::new(
        20410,
        "The object was there once, and is gone for good.",
        "Plan again: what is gone leaves the state, and is made anew.",
    ),
    KnownCode::new(
        20412,
        "The object was changed by something else since it was read.",
        "Plan and apply again.",
    ),
    KnownCode::new(
        20413,
        "The request is larger than Twilio takes.",
        "Shorten the longest text in the configuration.",
    ),
    KnownCode::new(
        20415,
        "Twilio does not take the form in which the request was sent.",
        "The provider should not have sent this request: please report it, with this text.",
    ),
    KnownCode::new(
        20422,
        "A parameter has a value that Twilio does not take.",
        "Correct what Twilio names, and run this again.",
    )
    .named(),
    KnownCode::new(
        20423,
        "A SID has the wrong form.",
        "Check each SID in the configuration: two letters that say what it is of, and 32 digits or letters from a to \
         f.",
    )
    .named(),
    KnownCode::new(
        20429,
        "The account sends more requests at once than Twilio allows, and this one was not carried out.",
        "Apply again later, lower max_concurrency in the provider block, or raise max_retries or max_elapsed.",
    ),
    KnownCode::new(20500, "Something failed at Twilio.", "Check status.twilio.com, and try again later."),
    KnownCode::new(
        20503,
        "A part of Twilio is not available at the moment.",
        "Check status.twilio.com, and try again later.",
    ),
    KnownCode::new(
        20504,
        "A part of Twilio did not answer another in time.",
        "Check status.twilio.com, and try again later.",
    ),
    KnownCode::new(21211, "The number to send to or to call is not a phone number.", E164),
    KnownCode::new(21401, "This is not a phone number that Twilio can use.", E164).at(&["phone_number"]),
    KnownCode::new(
        21402,
        "A URL is not one that Twilio can request.",
        "Use an absolute http or https URL that is reachable from the internet.",
    )
    .named(),
    KnownCode::new(21403, "An HTTP method is neither GET nor POST.", "Write GET or POST.").named(),
    KnownCode::new(21470, "This is not an account SID.", "Use a SID that starts with AC.").at(&["account_sid"]),
    KnownCode::new(
        21471,
        "There is no such account.",
        "Check the SID, and that it is the provider's account or one of its subaccounts.",
    )
    .at(&["account_sid"]),
    KnownCode::new(
        21481,
        "A page of a list was requested by a token that Twilio does not know.",
        "Run this again: the list is read from its beginning.",
    ),
    KnownCode::new(
        21501,
        "The object is not ready yet, or not available any more.",
        "Apply again in a moment; if that does not help, check whether it still exists.",
    ),
    KnownCode::new(
        70001,
        "A value has the right form, and breaks a rule of Twilio.",
        "Compare the texts with the lengths and the values that their documentation names: a friendly_name of a key \
         is at most 64 characters long.",
    )
    .at(&["friendly_name"])
    .named(),
    KnownCode::new(70003, "The object was changed by something else since it was read.", "Plan and apply again."),
    KnownCode::new(
        70004,
        "Twilio does not let these credentials do this.",
        "Sign in with the account's auth token or a key that may do it, and check that the key is of this account \
         and region.",
    ),
    KnownCode::new(
        70005,
        "Too many requests with these credentials failed one after another.",
        "Wait a few minutes, and mend first what made them fail.",
    ),
    KnownCode::new(
        70051,
        "The provider is signed in with a restricted API key or an OAuth app, whose policy does not allow this.",
        "Add the permission that Twilio names to the policy of the key or app, or sign in with the account's auth token. What Twilio \
         has no permission for cannot be done with a restricted key or an OAuth app.",
    ),
    KnownCode::new(
        71001,
        "The account may not use this version of the usage API.",
        "The provider should not have sent this request: please report it, with this text.",
    ),
    KnownCode::new(90010, "The account is suspended or not active.", SOMETHING_ACTIVE).at(&["account_sid"]),
    KnownCode::new(
        321_401,
        "The client ID and the client secret are not those of one OAuth app, or not in this account.",
        "Check client_id and client_secret: the Console shows the client ID, and a secret that was rotated is good for a day at most.",
    ),
    KnownCode::new(321_402, "The OAuth app's client ID is missing.", "Set client_id."),
    KnownCode::new(
        321_403,
        "Twilio issues no token for this kind of grant.",
        "Report this as a bug in the provider, with this message.",
    ),
    KnownCode::new(321_405, "The OAuth app's client secret is missing.", "Set client_secret."),
    KnownCode::new(
        322_402,
        "The client ID or the client secret is wrong, or they are not of the same OAuth app.",
        "Check client_id and client_secret: the Console shows the client ID, and a secret that was rotated is good for a day at most.",
    ),
];
