//! Codes of WhatsApp, RCS and other channels, and of the senders that are registered with them.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub(super) const CHANNELS: &[KnownCode] = &[
    KnownCode::new(
        63001,
        "The channel did not accept the credentials of the sender.",
        "Connect the sender with its channel again in the Console.",
    )
    .at(&["from"]),
    KnownCode::new(
        63002,
        "The channel does not know the sender.",
        "Check that the sender is online, in the Console under its channel.",
    )
    .at(&["from"]),
    KnownCode::new(
        63003,
        "The channel does not know the recipient.",
        "Check the address, and that the recipient uses the channel.",
    )
    .at(&["to"]),
    KnownCode::new(
        63005,
        "The channel refused the content.",
        "Compare the content with the channel's rules; the debugger in the Console has what the channel says.",
    )
    .at(&["body"]),
    KnownCode::new(
        63006,
        "The content cannot be put into the form that the channel needs.",
        "Use another kind of content for this channel.",
    )
    .at(&["body", "content_sid"]),
    KnownCode::new(
        63008,
        "The channel is not set up as it should be.",
        "Check the sender's settings in the Console, under its channel.",
    )
    .at(&["from"]),
    KnownCode::new(63009, "The channel's own service failed.", "Send again later."),
    KnownCode::new(
        63010,
        "Something failed at Twilio while it worked on the message.",
        "Check status.twilio.com, and send again later.",
    ),
    KnownCode::new(63012, "The channel's own service failed.", "Send again later."),
    KnownCode::new(
        63013,
        "The message breaks a rule of the channel.",
        "Compare it with the channel's policy.",
    )
    .at(&["body"]),
    KnownCode::new(
        63014,
        "The recipient has blocked the sender.",
        "Take the recipient off the list.",
    )
    .at(&["to"]),
    KnownCode::new(
        63015,
        "The sandbox of the channel sends only to those who have joined it.",
        "Let the recipient send the join word to the sandbox, or use a sender of your own.",
    )
    .at(&["to"]),
    KnownCode::new(
        63017,
        "The channel takes no more messages at the moment.",
        "Send later and more slowly.",
    ),
    KnownCode::new(
        63019,
        "The channel could not fetch a file of the message.",
        "Use a URL that anybody can fetch, with a Content-Type that fits.",
    )
    .at(&["media_urls"]),
    KnownCode::new(
        63020,
        "The WhatsApp business account has a fault.",
        "Settle it in Meta's Business Manager.",
    ),
    KnownCode::new(
        63021,
        "The channel cannot show this content.",
        "Use another kind of content for this channel.",
    )
    .at(&["body", "content_sid"]),
    KnownCode::new(
        63024,
        "The recipient is none that the channel has.",
        "Check the address and what stands before it, such as whatsapp:.",
    )
    .at(&["to"]),
    KnownCode::new(
        63026,
        "The channel took the sender's content for spam.",
        "Look at what was sent, and write only to those who want it.",
    ),
    KnownCode::new(63031, "Sender and recipient are the same.", "Use another recipient.").at(&["to"]),
    KnownCode::new(
        63032,
        "WhatsApp does not deliver to this recipient at the moment.",
        "Send another time; WhatsApp limits what a person gets.",
    )
    .at(&["to"]),
    KnownCode::new(
        63033,
        "The recipient has opted out.",
        "Take the recipient off the list.",
    )
    .at(&["to"]),
    KnownCode::new(63034, "A file is larger than the channel takes.", "Send a smaller one.").at(&["media_urls"]),
    KnownCode::new(
        63035,
        "The RCS agent is not launched yet.",
        "Launch it, or send to its testers only.",
    )
    .at(&["from"]),
    KnownCode::new(
        63036,
        "The recipient's phone has no RCS.",
        "Give a fallback sender, by fallback_from.",
    )
    .at(&["to"]),
    KnownCode::new(
        63049,
        "Meta did not deliver this marketing message.",
        "Meta decides how many of them a person gets: send it another time, or none.",
    ),
    KnownCode::new(
        63050,
        "The recipient has opted out of marketing messages.",
        "Take the recipient off the list.",
    )
    .at(&["to"]),
    KnownCode::new(
        63051,
        "The WhatsApp business account is locked.",
        "Settle it with Meta, in its Business Manager.",
    ),
    KnownCode::new(
        63058,
        "The business may not write to people of this country.",
        "Check what WhatsApp allows for the country and the business.",
    )
    .at(&["to"]),
    KnownCode::new(
        63100,
        "The registration of the sender has a value that is not taken.",
        "Correct what Twilio names.",
    )
    .named(),
    KnownCode::new(
        63101,
        "The WhatsApp business account does not exist, or this account may not use it.",
        "Check the id of the WABA, and that it is shared with Twilio.",
    ),
    KnownCode::new(
        63102,
        "The account has another WhatsApp business account already.",
        "Use that one, or another subaccount.",
    ),
    KnownCode::new(
        63104,
        "The WhatsApp business account has as many numbers as it may.",
        "Ask Meta for more, or take one out.",
    ),
    KnownCode::new(63105, "The channel does not do this.", "Leave it out for this channel."),
    KnownCode::new(63106, "The number cannot have RCS.", "Use another number."),
    KnownCode::new(
        63107,
        "The number of the sender is not in E.164 form.",
        "Write plus sign, country code, number, without spaces.",
    )
    .at(&["phone_number"]),
    KnownCode::new(63109, "The sender has moved to another account.", "Manage it there."),
    KnownCode::new(
        63110,
        "The number could not be registered with the channel.",
        "Check that it is registered nowhere else, and that it gets the code.",
    )
    .at(&["phone_number"]),
    KnownCode::new(
        63111,
        "The channel does not know the number or its business account any more.",
        "Register the sender anew.",
    ),
    KnownCode::new(
        63112,
        "Meta has switched off the WhatsApp business account of the sender.",
        "Settle it with Meta, in its Business Manager.",
    ),
    KnownCode::new(
        63113,
        "The sender cannot be verified.",
        "Ask for a code by another way, a call or a text message.",
    ),
    KnownCode::new(
        63114,
        "Too many codes were requested for the sender.",
        "Wait before you request another.",
    ),
    KnownCode::new(
        63116,
        "The code of the registration did not arrive.",
        "Let the number receive messages or calls, and register again.",
    ),
    KnownCode::new(63119, "Meta takes no more requests at the moment.", "Try again later."),
    KnownCode::new(
        63120,
        "Meta has locked the business account.",
        "Settle it with Meta, in its Business Manager.",
    ),
];
