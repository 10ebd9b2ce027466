//! What Twilio's error codes mean for Conversations. <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const CONVERSATIONS: &[KnownCode] = &[
    KnownCode::new(
        45760,
        "The address has no settings for conversations that are made by themselves.",
        "Give it auto_creation.",
    ),
    KnownCode::new(
        45761,
        "Conversations are not made by themselves for this address.",
        "Enable that in auto_creation.",
    ),
    KnownCode::new(
        45762,
        "There is no such kind of conversation that is made by itself.",
        "Use webhook, studio or default.",
    ),
    KnownCode::new(
        45763,
        "Conversations should go to Studio, and no flow is named.",
        "Give the SID of the flow (FW…).",
    ),
    KnownCode::new(
        45764,
        "Conversations should go to a webhook, and there is no URL.",
        "Give the URL.",
    ),
    KnownCode::new(
        45765,
        "The address has no settings.",
        "Make them for the address first.",
    ),
    KnownCode::new(
        50050,
        "There is no such Conversations service in this account.",
        "Check the SID of the service, and that account_sid names the account that it is in.",
    ),
    KnownCode::new(
        50051,
        "The request names no Conversations service.",
        "Set default_chat_service_sid, or the SID of the service (IS…).",
    )
    .at(&["default_chat_service_sid", "service_sid"]),
    KnownCode::new(
        50054,
        "The webhook of Conversations has a form that is not taken.",
        "Use an absolute http or https URL.",
    ),
    KnownCode::new(
        50055,
        "The webhook of Conversations has a method that is neither GET nor POST.",
        "Use GET or POST.",
    )
    .at(&["method"]),
    KnownCode::new(
        50057,
        "The webhook of Conversations failed, and so did the command before which it was requested.",
        "Request its URL from outside as Twilio does, and mend the server.",
    ),
    KnownCode::new(
        50069,
        "Another Conversations service has this unique name.",
        "Choose another name, or import the service that has it.",
    )
    .at(&["unique_name"]),
    KnownCode::new(
        50076,
        "The webhook of Conversations did not answer in time, and the command was not carried out.",
        "Answer at once and do the work afterwards.",
    ),
    KnownCode::new(
        50077,
        "The URL that Twilio requests before an event is not one that it can reach.",
        "Use an absolute http or https URL.",
    ),
    KnownCode::new(
        50078,
        "The URL that Twilio requests after an event is not one that it can reach.",
        "Use an absolute http or https URL.",
    ),
    KnownCode::new(
        50204,
        "A participant is somebody with an identity or with an address, and neither was sent.",
        "Set the identity of a chat user, or the address that messages go to.",
    ),
    KnownCode::new(
        50340,
        "There is no messaging service.",
        "Set default_messaging_service_sid, or the conversation's own.",
    )
    .at(&["default_messaging_service_sid", "messaging_service_sid"]),
    KnownCode::new(
        50341,
        "This is not the SID of a messaging service.",
        "Use a SID that starts with MG.",
    )
    .at(&["default_messaging_service_sid", "messaging_service_sid"]),
    KnownCode::new(
        50342,
        "The messaging service is in another account.",
        "Use one of the same account.",
    )
    .at(&["default_messaging_service_sid", "messaging_service_sid"]),
    KnownCode::new(
        50350,
        "There is no such conversation.",
        "Check the SID, and that the conversation is in this service and account.",
    ),
    KnownCode::new(
        50353,
        "Another conversation has this unique name.",
        "Choose another name, or import the conversation that has it.",
    )
    .at(&["unique_name"]),
    KnownCode::new(
        50360,
        "There is no such webhook of the conversation.",
        "Plan again: what is gone leaves the state.",
    ),
    KnownCode::new(
        50361,
        "The conversation has as many webhooks as it may.",
        "Take one out: five fit.",
    ),
    KnownCode::new(
        50362,
        "The webhook has more triggers than it may.",
        "Use fewer of them.",
    ),
    KnownCode::new(
        50363,
        "This is not the SID of a conversation's webhook.",
        "Use a SID that starts with WH.",
    ),
    KnownCode::new(
        50364,
        "There is no such kind of webhook.",
        "Use webhook, trigger or studio.",
    ),
    KnownCode::new(
        50365,
        "Webhooks of conversations know no such event.",
        "Use the names of Conversations' events, such as onMessageAdded.",
    ),
    KnownCode::new(
        50366,
        "A trigger of the webhook is none that is taken.",
        "Use words that messages have in them, each short.",
    ),
    KnownCode::new(
        50367,
        "This is not the SID of a flow.",
        "Use a SID that starts with FW.",
    )
    .at(&["flow_sid"]),
    KnownCode::new(
        50368,
        "The webhook of the conversation has no kind.",
        "Use webhook, trigger or studio.",
    ),
    KnownCode::new(
        50369,
        "The webhook of the conversation has no URL.",
        "Give one: the kinds webhook and trigger need it.",
    ),
    KnownCode::new(
        50370,
        "The webhook of the conversation names no event.",
        "Name at least one: the kind webhook needs it.",
    ),
    KnownCode::new(
        50371,
        "The webhook of the conversation has no trigger.",
        "Name at least one word: the kind trigger needs it.",
    ),
    KnownCode::new(
        50372,
        "The URL of the conversation's webhook is too long.",
        "Use a shorter one.",
    ),
    KnownCode::new(
        50373,
        "The conversation has no messaging service, and an address needs one.",
        "Give it one, or set default_messaging_service_sid.",
    )
    .at(&["default_messaging_service_sid", "messaging_service_sid"]),
    KnownCode::new(50374, "The state is an empty text.", "Use active, inactive or closed."),
    KnownCode::new(
        50375,
        "A conversation becomes inactive after a minute at the earliest.",
        "Write at least \"PT1M\", or leave it out for no timer.",
    )
    .at(&["default_inactive_timer"]),
    KnownCode::new(
        50376,
        "A conversation is closed after ten minutes at the earliest.",
        "Write at least \"PT10M\", or leave it out for no timer.",
    )
    .at(&["default_closed_timer"]),
    KnownCode::new(
        50377,
        "The conversation is closed, and nothing of it changes any more.",
        "Make a new conversation.",
    ),
    KnownCode::new(
        50378,
        "This is no state of a conversation.",
        "Use active, inactive or closed.",
    ),
    KnownCode::new(
        50379,
        "The time after which a conversation becomes inactive is no ISO 8601 duration.",
        "Write it as \"PT1H\" or \"P1D\".",
    )
    .at(&["default_inactive_timer"]),
    KnownCode::new(
        50380,
        "The time after which a conversation is closed is no ISO 8601 duration.",
        "Write it as \"PT1H\" or \"P7D\".",
    )
    .at(&["default_closed_timer"]),
    KnownCode::new(
        50382,
        "There is a timer, and no state that it counts in.",
        "Give the state too.",
    ),
    KnownCode::new(
        50384,
        "A new conversation cannot be closed.",
        "Make it active or inactive.",
    ),
    KnownCode::new(
        50385,
        "Conversations does not exist in this region.",
        "Take region out, or use one that has it.",
    ),
    KnownCode::new(50386, "The conversation is still being made.", "Try again in a moment."),
    KnownCode::new(
        50390,
        "The unique name looks like the SID of a conversation.",
        "Choose another name.",
    )
    .at(&["unique_name"]),
    KnownCode::new(
        50391,
        "Something else changed the conversation at the same moment.",
        "Plan and apply again.",
    ),
    KnownCode::new(
        50407,
        "The participant's own address is none that messages can go to.",
        "Use E.164 form, with the channel before it where there is one.",
    ),
    KnownCode::new(
        50408,
        "The proxy address is none that messages can come from.",
        "Use a number or sender of this account, with the channel before it where there is one.",
    ),
    KnownCode::new(
        50409,
        "A participant's own address and the number that stands between are the same.",
        "Use another address of your own as the proxy address.",
    ),
    KnownCode::new(
        50411,
        "The participant's own address is empty.",
        "Give one, or an identity.",
    ),
    KnownCode::new(
        50412,
        "The proxy address is empty.",
        "Give one of the account's numbers or senders.",
    ),
    KnownCode::new(
        50413,
        "The account does not have the proxy address.",
        "Use a number or sender of this account.",
    ),
    KnownCode::new(
        50414,
        "A participant's own address and the number that stands between are of two channels.",
        "Give both the same prefix, for example whatsapp:, or none to either.",
    ),
    KnownCode::new(
        50415,
        "The proxy address is no WhatsApp sender.",
        "Use one that is, such as whatsapp:+14155238886.",
    ),
    KnownCode::new(
        50416,
        "This pair of an address and a proxy address is in an active conversation already.",
        "Close that conversation, take the participant out of it, or use another proxy address.",
    ),
    KnownCode::new(
        50417,
        "The conversation has as many participants as it may.",
        "Take one out, or make another conversation.",
    ),
    KnownCode::new(
        50420,
        "The channel of the participant does not take all that was given for it.",
        "Take out what the channel does not have.",
    ),
    KnownCode::new(
        50424,
        "Twilio cannot read one of the participants that a conversation was to be made with.",
        "Correct what Twilio names.",
    ),
    KnownCode::new(
        50425,
        "One of the pairs of an address and a proxy address is in an active conversation already.",
        "Close that conversation, take the participant out of it, or use another proxy address.",
    ),
    KnownCode::new(
        50426,
        "More participants were named at once than is taken.",
        "Add the others afterwards.",
    ),
    KnownCode::new(
        50433,
        "The participant is in the conversation already.",
        "Import the participant instead.",
    ),
];
