//! Codes of templates for content.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub(super) const TEMPLATES: &[KnownCode] = &[
    KnownCode::new(
        63027,
        "The template does not exist in this language.",
        "Add the translation, or use a language that the template has.",
    )
    .at(&["content_sid"]),
    KnownCode::new(
        63028,
        "The template has another number of placeholders than there are values.",
        "Give a value for each placeholder.",
    )
    .at(&["content_variables"]),
    KnownCode::new(
        63029,
        "The recipient could not load the template.",
        "Send again; if that goes on, submit the template anew.",
    ),
    KnownCode::new(
        63030,
        "A kind of message does not take a parameter that was sent.",
        "Take out what Twilio names.",
    )
    .named(),
    KnownCode::new(
        63040,
        "The channel refused the template.",
        "Read the reason that it gives, change the template, and submit it anew.",
    )
    .at(&["content_sid"]),
    KnownCode::new(
        63041,
        "The channel has paused the template, as recipients disliked it.",
        "Wait until the pause has ended, or use another template.",
    )
    .at(&["content_sid"]),
    KnownCode::new(63042, "The channel has switched the template off.", "Make another one.").at(&["content_sid"]),
    KnownCode::new(
        63043,
        "The channel may not fetch the file of the template: the server answers 403.",
        "Let anybody fetch the file.",
    ),
    KnownCode::new(
        63044,
        "The file of the template is not there: the server answers 404.",
        "Correct its URL.",
    ),
    KnownCode::new(
        63045,
        "The server of the template's file answered with an error.",
        "Mend it, and submit the template again.",
    ),
    KnownCode::new(
        63047,
        "The file of the template is served as something that templates do not take.",
        "Serve it with the Content-Type of what it is.",
    ),
    KnownCode::new(
        63053,
        "The template is not everywhere yet, which takes up to ten minutes.",
        "Wait, then send again.",
    )
    .at(&["content_sid"]),
    KnownCode::new(
        63054,
        "The template cannot be used.",
        "Check its approval, and use another one meanwhile.",
    )
    .at(&["content_sid"]),
    KnownCode::new(
        63057,
        "Too many templates were submitted in a short time.",
        "Submit them later.",
    ),
    KnownCode::new(
        92001,
        "The template has no types.",
        "Give it at least one, such as twilio/text.",
    )
    .at(&["types"]),
    KnownCode::new(92002, "The template has more variables than it may.", "Use fewer."),
    KnownCode::new(92003, "The template has no language.", "Give it a language such as en."),
    KnownCode::new(
        92004,
        "This is no language of templates.",
        "Use a code such as en or pt_BR.",
    ),
    KnownCode::new(92005, "There is no content_sid.", "Give the SID of the template (HX…).").at(&["content_sid"]),
    KnownCode::new(
        92006,
        "This is not the SID of a template.",
        "Use the SID of a template (HX…) of the same account.",
    )
    .at(&["content_sid"]),
    KnownCode::new(
        92007,
        "The variables are not what a template takes.",
        "Write a JSON object of texts, each under the number or name of its placeholder.",
    )
    .at(&["content_variables"]),
    KnownCode::new(
        92008,
        "Twilio does not know this type of content.",
        "Use one of those that the Content API lists, such as twilio/text.",
    )
    .at(&["types"]),
    KnownCode::new(
        92009,
        "The template was submitted for approval already, and cannot change.",
        "Make a new template with the change, and submit that.",
    ),
    KnownCode::new(
        92010,
        "This change of a template is not possible.",
        "Make a new template.",
    ),
];
