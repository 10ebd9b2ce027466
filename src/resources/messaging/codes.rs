//! What Twilio's error codes mean for messaging services, their sender pools, and messages.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::{Exists, KnownCode};

/// Sorted by code.
pub const MESSAGING: &[KnownCode] = &[
    // Twilio puts the status in the place of a code here: https://github.com/twilio/twilio-node/issues/946
    KnownCode::new(
        400,
        "The country of the business is not one that Twilio knows.",
        "Use its code of two letters (ISO 3166-1), such as US.",
    ),
    KnownCode::new(
        422,
        "The phone number is not among the account's toll-free numbers.",
        "Use the SID of a toll-free number of the account.",
    ),
    KnownCode::new(
        21102,
        "The account has as many services as it may.",
        "Destroy one that is not used, or ask Twilio's support for a higher limit.",
    ),
    KnownCode::new(
        21211,
        "The number to send to is not a valid phone number.",
        "Use E.164 form, a plus sign and country code first; provider::twilio::e164 checks a number by its numbering plan.",
    )
    .at(&["to"]),
    KnownCode::new(
        21212,
        "The sender is not one that Twilio knows.",
        "Use a number, short code or sender ID of this account, or a messaging service.",
    )
    .at(&["from"]),
    KnownCode::new(
        21266,
        "The message would go from a number to itself.",
        "Use another number of the account as sender, or another recipient.",
    ).at(&["to", "from"]),
    KnownCode::new(
        21408,
        "The account may not send messages to the country of the recipient.",
        "Allow the country in Messaging > Settings > Geo permissions, or with twilio_messaging_geo_permissions.",
    )
    .at(&["to"]),
    KnownCode::new(
        21602,
        "The message has nothing in it.",
        "Give it a body, media_urls or a content_sid.",
    )
    .at(&["body"]),
    KnownCode::new(
        21603,
        "The message has no sender.",
        "Give it from, or messaging_service_sid with senders in its pool.",
    )
    .at(&["from"]),
    KnownCode::new(
        21604,
        "The message has no recipient.",
        "Give it a number in E.164 form, or an address of a channel.",
    )
    .at(&["to"]),
    KnownCode::new(
        21606,
        "The number that messages should come from cannot send messages, or is not in this account.",
        "Use a number of this account with SMS capability, in E.164 form.",
    )
    .at(&["from", "whatsapp.from"]),
    KnownCode::new(
        21608,
        "The account is on trial, and sends to verified numbers only.",
        "Verify the recipient's number under Phone Numbers > Verified Caller IDs, or upgrade the account.",
    )
    .at(&["to"]),
    KnownCode::new(
        21610,
        "The recipient has asked not to get messages from this sender.",
        "Take the recipient off the list; only a START from the recipient's phone lifts this.",
    ),
    KnownCode::new(
        21611,
        "Too many messages of this sender wait to be sent.",
        "Wait until they are sent, or use more senders in a messaging service.",
    )
    .at(&["from"]),
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
        21617,
        "The text is longer than 1600 characters.",
        "Send it in several messages, or shorter.",
    )
    .at(&["body"]),
    KnownCode::new(
        21619,
        "The message has neither text nor media nor a template.",
        "Give it a body, media_urls or a content_sid.",
    )
    .at(&["body"]),
    KnownCode::new(
        21620,
        "Twilio cannot use a URL of the media.",
        "Use absolute URLs that anybody can fetch, with https.",
    )
    .at(&["media_urls"]),
    KnownCode::new(
        21624,
        "The validity period is not one that Twilio takes.",
        "Use a number of seconds from 1 to 36000.",
    )
    .at(&["validity_period"]),
    KnownCode::new(
        21655,
        "There is no content template of this SID in the account, or it is not approved for this channel.",
        "Use a template that is approved, by its SID (HX…).",
    )
    .at(&["content_sid"]),
    KnownCode::new(
        21656,
        "The variables do not fit the content template.",
        "Give a text for each placeholder of the template, by its number or name.",
    )
    .at(&["content_variables"]),
    KnownCode::new(
        21659,
        "The sender is no phone number or short code of Twilio's.",
        "Use a number of this account, in E.164 form, or a messaging service.",
    ).at(&["from"]),
    KnownCode::new(
        21660,
        "The sender is a number of another account.",
        "Use a sender of the account that sends, or account_sid to send from the one that has it.",
    )
    .at(&["from"]),
    KnownCode::new(
        21661,
        "The sender cannot send text messages.",
        "Use a number of the account that has the capability `sms`.",
    ).at(&["from"]),
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
    .at(&["service_sid", "messaging_service_sid", "whatsapp.msg_service_sid"]),
    KnownCode::new(
        21703,
        "The messaging service has no sender that can send this.",
        "Put a sender into its pool that reaches the recipient's country.",
    )
    .at(&["messaging_service_sid"]),
    KnownCode::new(
        21704,
        "The messaging service has no senders.",
        "Put a number into its pool with twilio_messaging_service_phone_number.",
    )
    .at(&["messaging_service_sid"]),
    KnownCode::new(
        21705,
        "This is not the SID of a messaging service.",
        "Use a SID that starts with MG.",
    )
    .at(&["service_sid", "messaging_service_sid", "whatsapp.msg_service_sid"]),
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
        21725,
        "The brand is changed only while its registration has failed.",
        "Leave it as it is, or wait for the result.",
    ),
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
        21910,
        "The sender and the recipient are not of the same channel.",
        "Write both with the same channel, for example whatsapp: before each, or both without one.",
    ).at(&["to", "from"]),
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
    KnownCode::new(
        35111,
        "A scheduled message has no time.",
        "Give it send_at.",
    )
    .at(&["send_at"]),
    KnownCode::new(
        35114,
        "The time to send at is not far enough away, or too far.",
        "Use a time from 15 minutes to 35 days from now.",
    )
    .at(&["send_at"]),
    KnownCode::new(
        35117,
        "This kind of schedule is not known.",
        "Leave it to the provider, which sends the one there is with send_at.",
    )
    .at(&["send_at"]),
    KnownCode::new(
        35118,
        "Only a messaging service sends at a later time.",
        "Give messaging_service_sid beside send_at.",
    )
    .at(&["messaging_service_sid"]),
    KnownCode::new(
        35125,
        "The account has as many scheduled messages as it may.",
        "Cancel some, or wait until they are sent.",
    )
    .at(&["send_at"]),
    KnownCode::new(
        63007,
        "The account has no sender for this channel with this address.",
        "Use a sender that is registered for the channel, with the channel before it, such as whatsapp:+14155238886.",
    )
    .at(&["from"]),
    KnownCode::new(
        63016,
        "WhatsApp takes a free text only within 24 hours after the recipient wrote.",
        "Use an approved template, by content_sid.",
    )
    .at(&["content_sid", "body"]),
    KnownCode::new(
        63018,
        "The channel takes no more messages of this sender at the moment.",
        "Send later and more slowly.",
    )
    .at(&["from"]),
    KnownCode::new(
        63038,
        "The account has sent as many messages as it may in a day.",
        "Wait until tomorrow, or ask Twilio's support for more.",
    ),
];
