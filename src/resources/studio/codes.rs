//! What Twilio's error codes mean for Studio flows.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const STUDIO: &[KnownCode] = &[
    KnownCode::new(
        20413,
        "The request is larger than Twilio takes.",
        "Shorten the longest text in the configuration.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81000,
        "The execution took more steps than a flow may take.",
        "Look for a loop between widgets.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81001,
        "A widget was entered too often in a row.",
        "Look for a loop, and end it after some rounds.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81002,
        "An event came that the widget has no transition for.",
        "Add the transition, or leave it.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81005,
        "No transition matched, and the flow ended there.",
        "Give the widget a transition for all that is left.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81010,
        "A function that the flow calls failed.",
        "Read the log of the function.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81014,
        "A request of the flow failed.",
        "Check the URL, and that its server answers within ten seconds.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81015,
        "The flow made no task.",
        "Check workflow, channel and attributes of the widget.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81016,
        "A request of the flow got an error in response.",
        "Check the URL, and what its server answered.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81017,
        "A function answered with what the flow cannot use.",
        "Let it answer JSON or text of at most 64 kB.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81018,
        "A template in a widget could not be evaluated.",
        "Check its braces and filters; it is written in Liquid.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81019,
        "The number is on the API of 2008, with which flows do not work.",
        "Set api_version of the number to 2010-04-01.",
    ),
    KnownCode::new(
        81020,
        "The flow has no trigger of this kind.",
        "Publish a revision that has it.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81021,
        "A revision of a flow is a number, LatestPublished or LatestRevision, and this is none of them.",
        "Name a revision that the flow has.",
    ),
    KnownCode::new(
        81022,
        "The flow's definition is not one that Studio can run.",
        "Correct each fault listed above. The Console's flow editor can import a definition and show them in place.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81023,
        "The contact of an execution is not an address.",
        "Use E.164 form, or the address of a channel.",
    )
    .at(&["to", "from"]),
    KnownCode::new(
        81024,
        "The flow that should run within the flow is not published, or runs another one itself.",
        "Publish it; flows go one level deep.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81025,
        "The flow has more widgets than it may.",
        "Split it, and lead on to a second flow.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81026,
        "The execution ended, because the flow has more widgets than it may.",
        "Split it, and lead on to a second flow.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81027,
        "A value in a widget has another type than it needs.",
        "Check the types of its variables.",
    )
    .at(&["definition"]),
    KnownCode::new(
        81028,
        "A widget has a waiting sound that is not a URL.",
        "Use an absolute http or https URL.",
    )
    .at(&["definition"]),
];
