//! Codes of messages: why one is not taken, and what becomes of it afterwards.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub(super) const DELIVERY: &[KnownCode] = &[
    KnownCode::new(
        21265,
        "The recipient is a short code, and messages do not go there.",
        "Use a number in E.164 form.",
    )
    .at(&["to"]),
    KnownCode::new(21266, "Sender and recipient are the same.", "Use another recipient.").at(&["to"]),
    KnownCode::new(
        21267,
        "A trial account sends from no alphanumeric sender.",
        "Use a number of the account, or upgrade it.",
    )
    .at(&["from"]),
    KnownCode::new(
        21268,
        "The recipient is a premium or an information number, which gets no messages.",
        "Take it off the list.",
    )
    .at(&["to"]),
    KnownCode::new(
        21605,
        "The text is longer than the old API takes.",
        "Use shorter texts, or a client of the present API.",
    )
    .at(&["body"]),
    KnownCode::new(
        21607,
        "A trial account sends from its sandbox number only.",
        "Use that number, or upgrade the account.",
    )
    .at(&["from"]),
    KnownCode::new(
        21609,
        "The status callback of the message is no URL that Twilio can request.",
        "Use an absolute http or https URL that is reachable from the internet.",
    )
    .at(&["status_callback", "message_status_callback"]),
    KnownCode::new(
        21616,
        "Several numbers of the account fit the sender as it is written.",
        "Write it in E.164 form, whole.",
    )
    .at(&["from"]),
    KnownCode::new(
        21618,
        "Twilio cannot send this text.",
        "Look for characters that are none, and for a text that is empty once it is trimmed.",
    )
    .at(&["body"]),
    KnownCode::new(
        21621,
        "The number that messages should come from cannot send media.",
        "Use a number with MMS capability, or leave media_urls out.",
    )
    .at(&["from", "media_urls"]),
    KnownCode::new(
        21622,
        "The account may not send media.",
        "Ask Twilio's support to switch MMS on.",
    )
    .at(&["media_urls"]),
    KnownCode::new(
        21623,
        "The message has more files than the ten that it may have.",
        "Send several messages.",
    )
    .at(&["media_urls"]),
    KnownCode::new(
        21626,
        "There is no such event of a message.",
        "Leave it to status_callback, which gets all of them.",
    )
    .at(&["status_callback"]),
    KnownCode::new(
        21627,
        "The highest price is no number.",
        "Write a number, such as 0.05.",
    ),
    KnownCode::new(
        21635,
        "The recipient is a landline, which gets no text messages.",
        "Take it off the list, or call it.",
    )
    .at(&["to"]),
    KnownCode::new(
        21652,
        "The subject of the message is longer than 40 characters.",
        "Shorten it.",
    ),
    KnownCode::new(
        21653,
        "The message has more recipients than it may.",
        "Send it several times.",
    )
    .at(&["to"]),
    KnownCode::new(
        21654,
        "There are variables for a template, and no template.",
        "Give content_sid too, or take content_variables out.",
    )
    .at(&["content_sid", "content_variables"]),
    KnownCode::new(
        21657,
        "The sender is none that Twilio takes.",
        "Use a number, a short code, a messaging service, or 1 to 11 letters and digits with at least one letter.",
    )
    .at(&["from"]),
    KnownCode::new(
        21658,
        "A value is longer than Twilio takes.",
        "Shorten what Twilio names.",
    )
    .named(),
    KnownCode::new(
        21659,
        "The sender is none of Twilio's, or a short code of another country than the recipient's.",
        "Use a number of this account, or a short code of the recipient's country.",
    )
    .at(&["from"]),
    KnownCode::new(
        21661,
        "The sender can send no text messages.",
        "Use a number with SMS capability.",
    )
    .at(&["from"]),
    KnownCode::new(
        21662,
        "This sender and this recipient cannot be used in the region Ireland.",
        "Send in us1, or from another sender.",
    )
    .at(&["from"]),
    KnownCode::new(
        21664,
        "A fallback sender goes with a messaging service, and from names one sender.",
        "Take from out, or fallback_from.",
    )
    .at(&["fallback_from"]),
    KnownCode::new(
        21665,
        "The fallback sender is none that can be used.",
        "Use a number of the messaging service's pool.",
    )
    .at(&["fallback_from"]),
    KnownCode::new(
        21666,
        "A fallback sender goes with a messaging service, and there is none.",
        "Give messaging_service_sid too.",
    )
    .at(&["messaging_service_sid"]),
    KnownCode::new(
        21667,
        "A fallback sender stands in for RCS, and the messaging service has no RCS sender.",
        "Put one into its pool, or take fallback_from out.",
    )
    .at(&["fallback_from"]),
    KnownCode::new(
        21668,
        "Numbers of this kind send no messages in the region Ireland.",
        "Use another number, or send in us1.",
    )
    .at(&["from"]),
    KnownCode::new(
        21702,
        "The messaging service cannot send at the moment.",
        "Check its senders and the account's status.",
    )
    .at(&["messaging_service_sid"]),
    KnownCode::new(
        21708,
        "The message should come from an alphanumeric sender, and names none.",
        "Give the sender in from.",
    )
    .at(&["from"]),
    KnownCode::new(
        21709,
        "The alphanumeric sender is not one that this account or messaging service may use.",
        "Use 1 to 11 letters and digits with at least one letter, and register it where the country asks for that.",
    )
    .at(&["from"]),
    KnownCode::new(
        21733,
        "No messaging service is the account's default.",
        "Give messaging_service_sid.",
    )
    .at(&["messaging_service_sid"]),
    KnownCode::new(
        21910,
        "Sender and recipient are of two channels.",
        "Put the same channel before both, such as whatsapp:, or none before either.",
    )
    .at(&["from", "to"]),
    KnownCode::new(
        30001,
        "More messages wait for the sender than its queue holds.",
        "Send more slowly, or from more senders in a messaging service.",
    )
    .at(&["from"]),
    KnownCode::new(
        30002,
        "The account was suspended between the request and the sending.",
        "Check the account's status in the Console.",
    ),
    KnownCode::new(
        30004,
        "The recipient's carrier or the recipient blocks messages of this sender.",
        "Check whether the recipient has opted out, and whether the number can get messages of this country at all.",
    )
    .at(&["to"]),
    KnownCode::new(
        30006,
        "The number is a landline, or its carrier cannot be reached.",
        "Take the number off the list, or call it.",
    )
    .at(&["to"]),
    KnownCode::new(
        30007,
        "Twilio or a carrier took the message for unwanted, and filtered it.",
        "Look at its text and links, and at the registration of the sender; public link shorteners and texts unlike \
         the registered use case are what is filtered most. Twilio's support says more for three SIDs of such \
         messages.",
    )
    .at(&["body"]),
    KnownCode::new(
        30008,
        "The carrier did not deliver the message and gives no reason.",
        "Send it again later. If that goes on, give Twilio's support the SIDs of three such messages.",
    ),
    KnownCode::new(
        30010,
        "The message costs more than the highest price that was given.",
        "Raise that price, or leave it out.",
    ),
    KnownCode::new(
        30011,
        "The recipient cannot get media in this region.",
        "Send a link in the text instead.",
    )
    .at(&["media_urls"]),
    KnownCode::new(30017, "The carrier's network is congested.", "Send again later."),
    KnownCode::new(
        30018,
        "Carriers of the recipient's country take only senders that were registered before.",
        "Register the sender for the country, then send.",
    )
    .at(&["from"]),
    KnownCode::new(
        30019,
        "The content is larger than the carrier takes.",
        "Send smaller files, or a link.",
    )
    .at(&["media_urls"]),
    KnownCode::new(
        30022,
        "US carriers got more messages of this campaign in a minute than they take.",
        "Send more slowly; the brand's score decides how fast.",
    ),
    KnownCode::new(
        30023,
        "The brand has sent as many messages today as carriers take.",
        "Wait until tomorrow in the US Pacific time zone, or raise the brand's score.",
    ),
    KnownCode::new(
        30024,
        "Carriers do not know the numeric sender.",
        "Register it for the country, or use another sender.",
    )
    .at(&["from"]),
    KnownCode::new(
        30025,
        "Half of the messages that T-Mobile takes from the brand in a day are sent.",
        "Spread what is left over the day.",
    ),
    KnownCode::new(
        30026,
        "Seventy percent of the messages that T-Mobile takes from the brand in a day are sent.",
        "Spread what is left over the day.",
    ),
    KnownCode::new(
        30027,
        "T-Mobile takes no more messages from the brand today.",
        "Wait until tomorrow in the US Pacific time zone, or raise the brand's score.",
    ),
    KnownCode::new(
        30032,
        "The toll-free number is not verified, and US and Canadian carriers take nothing from such a number.",
        "File a toll-free verification for the number, and send once it is approved.",
    )
    .at(&["from"]),
    KnownCode::new(
        30033,
        "The US A2P campaign of the sender is suspended.",
        "Ask Twilio's support why it is, and what lifts that.",
    )
    .at(&["from"]),
    KnownCode::new(
        30034,
        "The US long code is in no approved A2P campaign.",
        "Put the number into the sender pool of the messaging service that has the approved campaign, and wait until \
         it is registered.",
    )
    .at(&["from", "phone_number_sid"]),
    KnownCode::new(
        30035,
        "The number is still being set up for US carriers.",
        "Wait until its registration has ended, which may take some hours.",
    )
    .at(&["from"]),
    KnownCode::new(
        30036,
        "The message was not sent within its validity period.",
        "Raise validity_period, or send from more or faster senders.",
    )
    .at(&["validity_period"]),
    KnownCode::new(
        30037,
        "The account may send no messages.",
        "Ask Twilio's support why, and what lifts that.",
    ),
    KnownCode::new(
        30038,
        "The text was taken for a one-time password that is not sent by Verify.",
        "Send such codes with Verify.",
    )
    .at(&["body"]),
    KnownCode::new(
        30039,
        "The message answered a message that answered a message: Twilio stopped the loop.",
        "Let the webhook answer only people, and look for two applications that answer each other.",
    ),
    KnownCode::new(
        30040,
        "Carriers of the recipient's country take only registered sender IDs.",
        "Register the sender ID for the country, then send.",
    )
    .at(&["from"]),
    KnownCode::new(
        30041,
        "The sender is not registered in the recipient's country, or may not be used there.",
        "Register it, or use a sender that the country takes.",
    )
    .at(&["from"]),
    KnownCode::new(
        30042,
        "The alphanumeric sender is too general, or is somebody else's brand.",
        "Use your own name, and register it where the country asks for that.",
    )
    .at(&["from"]),
    KnownCode::new(
        30044,
        "A trial account sends short messages only.",
        "Shorten the text, or upgrade the account.",
    )
    .at(&["body"]),
    KnownCode::new(
        30045,
        "The validity period is below zero or above the longest.",
        "Use a number of seconds from 1 to 36000.",
    )
    .at(&["validity_period"]),
    KnownCode::new(
        30046,
        "Whether the message was delivered is not known: the carrier confirmed nothing.",
        "Nothing in the configuration is wrong.",
    ),
    KnownCode::new(
        30409,
        "The message cannot be cancelled any more.",
        "Only a scheduled message that is not sent yet can be.",
    ),
    KnownCode::new(
        35115,
        "The time to send at is not one that Twilio takes.",
        "Write it as 2030-01-31T09:00:00Z, from 15 minutes to 35 days from now.",
    )
    .at(&["send_at"]),
    KnownCode::new(
        35126,
        "Messages of this channel cannot be scheduled so.",
        "Send it at once, or by another channel.",
    )
    .at(&["send_at"]),
];
