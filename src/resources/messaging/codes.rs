//! What Twilio's error codes mean for messaging services and their sender pools.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::{Exists, KnownCode};

/// Sorted by code.
pub const MESSAGING: &[KnownCode] = &[
    KnownCode::new(
        21102,
        "The account has as many services as it may.",
        "Destroy one that is not used, or ask Twilio's support for a higher limit.",
    ),
    KnownCode::new(
        21603,
        "A message needs a sender, and none was sent.",
        "Set from, or messaging_service_sid for a service that chooses one.",
    )
    .at(&["from"]),
    KnownCode::new(
        21606,
        "The number that messages should come from cannot send messages, or is not in this account.",
        "Use a number of this account with SMS capability, in E.164 form.",
    )
    .at(&["whatsapp.from"]),
    KnownCode::new(
        21610,
        "The recipient has asked not to get messages from this sender.",
        "Take the recipient off the list; only a START from the recipient's phone lifts this.",
    ),
    KnownCode::new(
        21612,
        "Twilio cannot send between these two numbers.",
        "Use a sender that the recipient's country and network accept.",
    ),
    KnownCode::new(
        21614,
        "The number to send to cannot get text messages; often it is a landline.",
        "Use a mobile number.",
    ),
    KnownCode::new(
        21619,
        "A message has a text, a file or a template, and none of them was sent.",
        "Set body, media_urls or content_sid.",
    )
    .at(&["body"]),
    KnownCode::new(
        21669,
        "The number is set up for messages in another region than the messaging service.",
        "Use a number of the service's region, or move the number's messaging region first.",
    )
    .at(&["phone_number_sid"]),
    KnownCode::new(
        21701,
        "There is no such messaging service in this account.",
        "Check the SID, and that account_sid names the account that the service is in.",
    )
    .at(&["service_sid", "whatsapp.msg_service_sid"]),
    KnownCode::new(
        21705,
        "This is not the SID of a messaging service.",
        "Use a SID that starts with MG.",
    )
    .at(&["service_sid", "whatsapp.msg_service_sid"]),
    KnownCode::new(
        21710,
        "The number is in the sender pool of this messaging service already.",
        "Import the entry instead of creating it. If it is in the state already, it is being replaced with \
         create_before_destroy, which a sender pool does not allow: take create_before_destroy out, or run terraform untaint if \
         it is tainted.",
    )
    .at(&["phone_number_sid"])
    .exists(Exists::AsPlanned),
    KnownCode::new(
        21711,
        "The sender is not in the sender pool of this messaging service.",
        "Put it there with twilio_messaging_service_phone_number, or use a sender that is there.",
    )
    .at(&["phone_number_sid"]),
    KnownCode::new(
        21712,
        "The number is in the sender pool of another messaging service, and a number can be in one only.",
        "Take it out of the other one first; the number itself stays in the account.",
    )
    .at(&["phone_number_sid"]),
    KnownCode::new(
        21713,
        "A messaging service cannot have this use case.",
        "Use notifications, marketing, verification, discussion, poll or undeclared.",
    )
    .at(&["usecase"]),
    KnownCode::new(
        21714,
        "The sender pool is full: 400 numbers and short codes, unless Twilio has raised the limit.",
        "Use a further messaging service, or ask Twilio's support for a higher limit.",
    )
    .at(&["service_sid"]),
    KnownCode::new(
        21715,
        "Only numbers that can send messages fit a sender pool, and this one can send neither SMS nor MMS.",
        "Choose a number with SMS or MMS capability.",
    )
    .at(&["phone_number_sid"]),
    KnownCode::new(
        21719,
        "The use case does not go together with that of the US A2P campaign of the messaging service.",
        "Choose a use case that fits the campaign, or change the campaign first.",
    )
    .at(&["usecase"]),
    KnownCode::new(
        21729,
        "The US A2P campaign is suspended, and nothing about it can be changed while it is.",
        "Ask Twilio's support why it is suspended, and what lifts that.",
    ),
    KnownCode::new(
        21730,
        "Twilio is at work on this part of its systems, and refuses changes meanwhile.",
        "Check status.twilio.com, and apply again later.",
    ),
    KnownCode::new(
        30003,
        "The recipient's phone could not be reached: it is off or without a network, or its carrier does not answer.",
        "Nothing in the configuration is wrong. Send again later, or check the number.",
    ),
    KnownCode::new(
        30005,
        "The recipient's number is unknown to its carrier, or no longer in use.",
        "Check the number. Nothing else in the configuration is wrong.",
    ),
    KnownCode::new(
        30648,
        "The subaccount inherits its messaging geo permissions, and has none of its own that could be changed.",
        "Change them in the parent account, or turn the inheritance off in the subaccount's settings in the Twilio Console first.",
    ),
    KnownCode::new(
        30649,
        "Twilio changes the messaging geo permission of this country by no API: fraud is frequent there, or no message can be sent \
         there at all.",
        "Change it in the Twilio Console, and configure here what it is then; or take the resource out.",
    )
    .at(&["country_code"]),
];
