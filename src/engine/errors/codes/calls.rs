//! Codes of calls and conferences under way.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub(super) const CALLS: &[KnownCode] = &[
    KnownCode::new(
        10003,
        "A call came in for an account that is not active.",
        "Check the account's status and balance in the Console.",
    ),
    KnownCode::new(
        10004,
        "The account has as many calls at once as it may.",
        "Start calls more slowly, or ask Twilio's support for a higher limit.",
    ),
    KnownCode::new(
        10005,
        "Calls are switched off for the account.",
        "Ask Twilio's support why, and to switch them on.",
    ),
    KnownCode::new(
        13214,
        "The callerId of Dial is no number that the account may show.",
        "Use a number of the account or one that is verified, in E.164 form.",
    ),
    KnownCode::new(
        13223,
        "The number in Dial has a form that Twilio does not take.",
        "Write it in E.164 form: plus sign, country code, number.",
    ),
    KnownCode::new(
        13224,
        "The number in Dial does not exist, or Twilio does not reach it.",
        "Check the number.",
    )
    .at(&["to"]),
    KnownCode::new(
        13225,
        "Twilio blocks calls to the number in Dial.",
        "Ask Twilio's support if that is a mistake.",
    )
    .at(&["to"]),
    KnownCode::new(
        13226,
        "The number in Dial has a country code that does not exist.",
        "Write it in E.164 form: plus sign, country code, number.",
    )
    .at(&["to"]),
    KnownCode::new(
        13227,
        "The account may not call the country or kind of the number in Dial.",
        "Allow it in Voice > Settings > Geo permissions.",
    )
    .at(&["to"]),
    KnownCode::new(
        13243,
        "The address in Sip is none that Twilio can call.",
        "Write it as sip:user@host.",
    ),
    KnownCode::new(
        13246,
        "Calls to SIP addresses are switched off for the account.",
        "Ask Twilio's support to switch them on.",
    ),
    KnownCode::new(
        13247,
        "The call has no caller that Dial may show.",
        "Use a number of the account or one that is verified, as callerId.",
    ),
    KnownCode::new(
        13254,
        "The host in Sip has no public address.",
        "Correct the name, or its DNS record.",
    ),
    KnownCode::new(
        14207,
        "The queue that a caller should wait in is full.",
        "Raise max_size of the queue, or lead the caller elsewhere.",
    )
    .at(&["max_size"]),
    KnownCode::new(
        14220,
        "Enqueue names what is no workflow.",
        "Use the SID of a workflow (WW…) of the same account.",
    ),
    KnownCode::new(
        14221,
        "The attributes of the task in Enqueue are no JSON.",
        "Write a JSON object, escaped for XML.",
    ),
    KnownCode::new(
        14222,
        "Enqueue made no task: no filter of the workflow matches, and there is no default.",
        "Give the workflow a default filter.",
    ),
    KnownCode::new(
        14230,
        "Conference names what is no workflow.",
        "Use the SID of a workflow (WW…) of the same account.",
    ),
    KnownCode::new(
        14231,
        "The attributes of the task in Conference are no JSON.",
        "Write a JSON object, escaped for XML.",
    ),
    KnownCode::new(
        14234,
        "Conference made no task: no filter of the workflow matches, and there is no default.",
        "Give the workflow a default filter.",
    ),
    KnownCode::new(
        14237,
        "Conference names an activity that the workspace does not have.",
        "Use the SID of an activity (WA…) of the same workspace.",
    ),
    KnownCode::new(
        16020,
        "The conference has as many participants as it may.",
        "Raise maxParticipants, or use another conference.",
    ),
    KnownCode::new(
        16021,
        "The account has as many conference participants at once as it may.",
        "Ask Twilio's support for a higher limit.",
    ),
    KnownCode::new(
        16022,
        "The conference is over, or never was.",
        "Use a conference that is in progress.",
    ),
    KnownCode::new(
        16025,
        "Somebody else in the conference has this label.",
        "Use another label for each participant.",
    ),
    KnownCode::new(
        16026,
        "Somebody else in the conference has this label.",
        "Use another label for each participant.",
    ),
    KnownCode::new(
        21220,
        "The call is not in a state in which this can be done.",
        "Read the status of the call first: a call that has ended cannot be changed.",
    ),
    KnownCode::new(
        21264,
        "The caller is neither a number of this account nor verified.",
        "Use a number of the account, or verify it under Phone Numbers > Verified Caller IDs.",
    )
    .at(&["from"]),
    KnownCode::new(
        21302,
        "The account will soon have as many TwiML apps as it may.",
        "Destroy those that are not used, or use one for several numbers.",
    ),
];
