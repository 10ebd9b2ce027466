//! One row per code. Meanings are told for what the provider does, not for sending messages and making calls, except where
//! the code is about these.

use super::{Exists, Known};

const CREDENTIALS: &str = "Check the provider's credentials: an account SID starts with AC and goes with auth_token; an API \
    key SID starts with SK and goes with api_key and api_secret. Credentials belong to one region. A standard API key cannot \
    manage accounts and keys, and a restricted one needs the permission in its policy.";

const E164: &str = "Write it in E.164 form: plus sign, country code, number, without spaces.";

const SOMETHING_ACTIVE: &str = "Look at the account's status and balance in the Console. For a subaccount, set status = \
    \"active\" in its twilio_subaccount and apply that first.";

/// Sorted by code.
pub(super) const ALL: &[Known] = &[
    Known::new(10001, "The account is suspended or closed, or its parent account is.", SOMETHING_ACTIVE)
        .at(&["account_sid"]),
    Known::new(
        10002,
        "This is a trial account, and what was asked for needs a full one: a trial account has one phone number, and its \
         subaccounts have none.",
        "Upgrade the account in the Console, or release the number that it has.",
    ),
    Known::new(
        20001,
        "A parameter is missing, is unknown to Twilio, or has a value that it does not take.",
        "Correct what Twilio names, and apply again.",
    )
    .named(),
    Known::new(20002, "Twilio does not take this name.", "Choose another friendly_name.").at(&["friendly_name"]),
    Known::new(20003, "Twilio does not let these credentials do this.", CREDENTIALS),
    Known::new(
        20004,
        "Twilio cannot do this with this kind of object.",
        "The provider should not have asked: please report it, with this text.",
    ),
    Known::new(20005, "The account is not active.", SOMETHING_ACTIVE).at(&["account_sid"]),
    Known::new(20006, "Twilio does not let these credentials do this.", CREDENTIALS),
    Known::new(
        20007,
        "A list was asked for in larger pages than Twilio takes.",
        "The provider should not have asked: please report it, with this text.",
    ),
    Known::new(
        20008,
        "These are test credentials, which can do next to nothing.",
        "Use the account's live credentials.",
    ),
    Known::new(
        20403,
        "The account may not do this: mostly because it is suspended or closed.",
        "Look at the account's status in the Console. If the provider is signed in with a restricted API key, look at its \
         policy too.",
    ),
    Known::new(
        20404,
        "Something that the request names does not exist in this account.",
        "Check the SIDs in the configuration, and that account_sid names the account they belong to.",
    ),
    Known::new(
        20409,
        "The object is in a state that does not allow this, something else changed it at the same moment, or another object \
         has its unique name.",
        "Read what Twilio says above. Plan and apply again if something else was changing it.",
    )
    .at(&["unique_name"])
    .exists(Exists::ByUniqueName),
    Known::new(
        20412,
        "The object was changed by something else since it was read.",
        "Plan and apply again.",
    ),
    Known::new(
        20413,
        "The request is larger than Twilio takes.",
        "Shorten the longest text in the configuration.",
    )
    .at(&["definition"]),
    Known::new(
        20422,
        "A parameter has a value that Twilio does not take.",
        "Correct what Twilio names, and apply again.",
    )
    .named(),
    Known::new(
        20429,
        "The account sends more requests at once than Twilio allows, and this one was not carried out.",
        "Apply again later, lower max_concurrency in the provider block, or raise max_retries or max_elapsed.",
    ),
    Known::new(
        21101,
        "A subaccount cannot have subaccounts.",
        "Sign in to the main account to make one.",
    ),
    Known::new(
        21102,
        "The account has as many services as it may.",
        "Destroy one that is not used, or ask Twilio's support for a higher limit.",
    ),
    Known::new(21211, "The number to send to or to call is not a phone number.", E164),
    Known::new(
        21238,
        "A part of the address is missing, too long, or does not fit its country.",
        "Correct the part that Twilio names.",
    )
    .named(),
    Known::new(
        21301,
        "The account has as many TwiML apps as it may.",
        "Destroy one that is not used, or use one for several numbers.",
    ),
    Known::new(21401, "This is not a phone number that Twilio can use.", E164).at(&["phone_number"]),
    Known::new(
        21402,
        "A URL is not one that Twilio can request.",
        "Use an absolute http or https URL that is reachable from the internet.",
    )
    .named(),
    Known::new(21403, "An HTTP method is neither GET nor POST.", "Write GET or POST.").named(),
    Known::new(
        21404,
        "A trial account can have one phone number, and only of some kinds: it has its one already, or this kind is not open to \
         it.",
        "Release the number that the account has, or upgrade the account in the Console. Another number would be refused too.",
    )
    .at(&["phone_number", "area_code", "search"]),
    Known::new(
        21405,
        "There is a URL for the case that voice_url fails, and no voice_url.",
        "Set voice_url too, or take voice_fallback_url out.",
    )
    .at(&["voice_fallback_url"]),
    Known::new(
        21406,
        "There is a URL for the case that sms_url fails, and no sms_url.",
        "Set sms_url too, or take sms_fallback_url out.",
    )
    .at(&["sms_fallback_url"]),
    Known::new(
        21407,
        "Numbers of this type cannot send or receive text messages.",
        "Take the sms_ attributes out, or choose a number with SMS capability.",
    )
    .at(&["sms_url", "sms_application_sid"]),
    Known::new(
        21409,
        "Callers' names cannot be looked up for this phone number.",
        "Take voice_caller_id_lookup out.",
    )
    .at(&["voice_caller_id_lookup"]),
    Known::new(
        21420,
        "A TwiML app that is named for the number is not in the account that the number is in.",
        "Use the SID of a twilio_twiml_app in the same account.",
    )
    .named()
    .at(&["voice_application_sid", "sms_application_sid"]),
    Known::new(
        21421,
        "There is no such phone number to buy or to put into a messaging service.",
        "To buy, write the number in E.164 form, for example +14155550100. For a messaging service, use the SID of a \
         number in the same account.",
    )
    .at(&["phone_number_sid", "phone_number"]),
    Known::new(
        21422,
        "The number is not for sale: somebody has it, or it was released a short while ago.",
        "Choose another with data.twilio_available_phone_numbers, or set adopt_existing = true if this account has come to \
         own it; where that is set already, this account does not own it.",
    )
    .at(&["phone_number"]),
    Known::new(
        21451,
        "There is no such area code in the US or Canada.",
        "Check the three digits; numbers of other countries are found with search.",
    )
    .at(&["area_code", "search.area_code"]),
    Known::new(
        21452,
        "No number with this area code is for sale.",
        "Choose another area code, or use search with wider filters.",
    )
    .at(&["area_code", "search.area_code"]),
    Known::new(
        21457,
        "Numbers of this kind or country cannot be bought by area code.",
        "Use search, or name the number in phone_number.",
    )
    .at(&["area_code", "search.area_code"]),
    Known::new(
        21458,
        "The number is of another kind than asked for.",
        "Choose the kind that the number has, or another number.",
    )
    .at(&["search.type", "phone_number"]),
    Known::new(21470, "This is not an account SID.", "Use a SID that starts with AC.").at(&["account_sid"]),
    Known::new(
        21471,
        "There is no such account.",
        "Check the SID, and that it is the provider's account or one of its subaccounts.",
    )
    .at(&["account_sid"]),
    Known::new(
        21472,
        "The account that the number should move to is suspended or closed.",
        "Activate that account first, or choose another.",
    )
    .at(&["account_sid"]),
    Known::new(
        21473,
        "The account that the number should move to belongs to another parent account.",
        "Numbers move only between a parent account and its subaccounts. Choose one of these; for another parent, ask \
         Twilio's support.",
    )
    .at(&["account_sid"]),
    Known::new(
        21474,
        "Only the parent account can move a number from one account to another.",
        "Sign the provider in with the parent account's auth_token.",
    )
    .at(&["account_sid"]),
    Known::new(
        21475,
        "An account cannot have this status.",
        "Use active or suspended.",
    )
    .at(&["status"]),
    Known::new(
        21476,
        "The subaccount cannot change its status while its parent account is suspended.",
        "Have the parent account activated first.",
    )
    .at(&["status"]),
    Known::new(
        21477,
        "This is a parent account, and the status of one cannot be changed through the API.",
        "Use the SID of a subaccount.",
    )
    .at(&["status"]),
    Known::new(
        21478,
        "Twilio itself has suspended the subaccount.",
        "Ask Twilio's support why, and to activate it again.",
    )
    .at(&["status"]),
    Known::new(
        21479,
        "The subaccount has been closed, which cannot be undone.",
        "Take it out of the configuration, or replace it to get a new one.",
    )
    .at(&["status"]),
    Known::new(
        21480,
        "The parent account has as many subaccounts as it may.",
        "Close one that is not used, or ask Twilio's support for a higher limit.",
    ),
    Known::new(
        21606,
        "The number that messages should come from cannot send messages, or is not in this account.",
        "Use a number of this account with SMS capability, in E.164 form.",
    )
    .at(&["whatsapp.from"]),
    Known::new(
        21610,
        "The recipient has asked not to get messages from this sender.",
        "Take the recipient off the list; only a START from the recipient's phone lifts this.",
    ),
    Known::new(
        21612,
        "Twilio cannot send between these two numbers.",
        "Use a sender that the recipient's country and network accept.",
    ),
    Known::new(
        21613,
        "Numbers of this country need an address in the account that has the number, or that it moves to.",
        "Make the address in that account first, and set address_sid to it in the same change.",
    )
    .at(&["address_sid", "account_sid"]),
    Known::new(
        21614,
        "The number to send to cannot get text messages; often it is a landline.",
        "Use a mobile number.",
    ),
    Known::new(
        21615,
        "Numbers of this kind need an address in their own area or country.",
        "Set address_sid to an address there, in the account that the number is in.",
    )
    .at(&["address_sid"]),
    Known::new(
        21625,
        "A phone number needs this address.",
        "Give the number another address, or release it, before this address is destroyed.",
    ),
    Known::new(
        21628,
        "Twilio cannot find this address.",
        "Check the spelling of each part. An address that is certainly right can be registered by Twilio's support.",
    ),
    Known::new(
        21629,
        "Twilio cannot find this address as it is written, and suggests a similar one.",
        "If the suggestion above is the same place, write the address like it; otherwise check the spelling of each part.",
    ),
    Known::new(
        21630,
        "The address is part of a verified document and can no longer change.",
        "Make a new address, and use it where the old one was used.",
    ),
    Known::new(
        21631,
        "Numbers of this country and kind need an address that fulfils its rules, and none that does was named.",
        "Set address_sid to an address in the account that the number is in; address_requirements of a number says of which \
         kind. To buy a number that needs none, set exclude_all_address_required = true in search. A number with an emergency \
         address has been seen to refuse other changes like this while the address is being registered: apply again later.",
    )
    .at(&["address_sid", "search"]),
    Known::new(
        21648,
        "Phone numbers still use this regulatory bundle.",
        "Give these numbers another bundle_sid and apply, then destroy the bundle.",
    ),
    Known::new(
        21649,
        "Numbers of this country need an approved regulatory bundle, and none that would do was named.",
        "Set bundle_sid to a bundle with status twilio-approved, and address_sid where the rules ask for it.",
    )
    .at(&["bundle_sid"]),
    Known::new(
        21650,
        "Numbers of this country need a verified proof of identity.",
        "Set identity_sid to one that Twilio has verified, or bundle_sid to an approved bundle.",
    )
    .at(&["identity_sid", "bundle_sid"]),
    Known::new(
        21651,
        "An address or document that is named for the number does not fulfil the rules of its country, or is not in the \
         account that the number is in.",
        "Name one that does, in the same account as the number.",
    )
    .named()
    .at(&["address_sid", "emergency_address_sid", "bundle_sid", "identity_sid"]),
    Known::new(
        21669,
        "The number is set up for messages in another region than the messaging service.",
        "Use a number of the service's region, or move the number's messaging region first.",
    )
    .at(&["phone_number_sid"]),
    Known::new(
        21701,
        "There is no such messaging service in this account.",
        "Check the SID, and that account_sid names the account that the service is in.",
    )
    .at(&["service_sid", "whatsapp.msg_service_sid"]),
    Known::new(
        21705,
        "This is not the SID of a messaging service.",
        "Use a SID that starts with MG.",
    )
    .at(&["service_sid", "whatsapp.msg_service_sid"]),
    Known::new(
        21710,
        "The number is in the sender pool of this messaging service already.",
        "Import the entry instead of creating it. If it is in the state already, it is being replaced with \
         create_before_destroy, which a sender pool does not allow: take create_before_destroy out, or run terraform untaint if \
         it is tainted.",
    )
    .at(&["phone_number_sid"])
    .exists(Exists::AsPlanned),
    Known::new(
        21711,
        "The sender is not in the sender pool of this messaging service.",
        "Put it there with twilio_messaging_service_phone_number, or use a sender that is there.",
    )
    .at(&["phone_number_sid"]),
    Known::new(
        21712,
        "The number is in the sender pool of another messaging service, and a number can be in one only.",
        "Take it out of the other one first; the number itself stays in the account.",
    )
    .at(&["phone_number_sid"]),
    Known::new(
        21713,
        "A messaging service cannot have this use case.",
        "Use notifications, marketing, verification, discussion, poll or undeclared.",
    )
    .at(&["usecase"]),
    Known::new(
        21714,
        "The sender pool is full: 400 numbers and short codes, unless Twilio has raised the limit.",
        "Use a further messaging service, or ask Twilio's support for a higher limit.",
    )
    .at(&["service_sid"]),
    Known::new(
        21715,
        "Only numbers that can send messages fit a sender pool, and this one can send neither SMS nor MMS.",
        "Choose a number with SMS or MMS capability.",
    )
    .at(&["phone_number_sid"]),
    Known::new(
        21719,
        "The use case does not go together with that of the US A2P campaign of the messaging service.",
        "Choose a use case that fits the campaign, or change the campaign first.",
    )
    .at(&["usecase"]),
    Known::new(
        21729,
        "The US A2P campaign is suspended, and nothing about it can be changed while it is.",
        "Ask Twilio's support why it is suspended, and what lifts that.",
    ),
    Known::new(
        21730,
        "Twilio is at work on this part of its systems, and refuses changes meanwhile.",
        "Look at status.twilio.com, and apply again later.",
    ),
    Known::new(
        30003,
        "The recipient's phone could not be reached: it is off or without a network, or its carrier does not answer.",
        "Nothing in the configuration is wrong. Send again later, or check the number.",
    ),
    Known::new(
        30005,
        "The recipient's number is unknown to its carrier, or no longer in use.",
        "Check the number. Nothing else in the configuration is wrong.",
    ),
    Known::new(
        60200,
        "Verify does not take the value of a parameter.",
        "Correct what Twilio names; the documentation of the attribute says what it may be.",
    )
    .named(),
    Known::new(
        60373,
        "A list of Verify was asked for in larger pages than Twilio takes.",
        "The provider should not have asked: please report it, with this text.",
    ),
    Known::new(
        70002,
        "A permission in the key's policy is none that Twilio knows.",
        "Correct the name in policy.allow. Twilio's page on restricted keys links to the lists of them, product by product.",
    )
    .at(&["policy.allow"]),
    Known::new(
        70051,
        "The provider is signed in with a restricted API key, whose policy does not allow this.",
        "Add the permission that Twilio names to the key's policy, or sign in with the account's auth token. What Twilio has no \
         permission for cannot be done with a restricted key.",
    ),
    Known::new(
        81022,
        "The flow's definition is not one that Studio can run.",
        "Correct each fault listed above. The Console's flow editor can import a definition and show them in place.",
    )
    .at(&["definition"]),
    Known::new(
        91000,
        "The sink's configuration does not fit its type, or its description is empty.",
        "Give what this type of sink needs: arn, role_arn and external_id for kinesis, destination and method for webhook, \
         write_key for segment.",
    )
    .named()
    .at(&["sink_configuration"]),
    Known::new(
        91001,
        "There is no such sink in this account.",
        "Check the SID, and that account_sid names the account that the sink is in.",
    )
    .at(&["sink_sid"]),
    Known::new(
        91003,
        "The account has as many sinks as it may.",
        "Destroy one that is not used, or send to one that exists.",
    ),
    Known::new(
        91007,
        "A subscription still sends to this sink.",
        "Destroy or redirect the subscriptions with this sink_sid first.",
    ),
    Known::new(
        91100,
        "The sink is not active, and only an active one takes events.",
        "Look at its status: a sink that waits for validation is validated in the Console. Then apply again.",
    )
    .at(&["sink_sid"]),
    Known::new(
        91101,
        "The subscription's description is empty, or it names a type of event more than once.",
        "Correct description or types.",
    )
    .named()
    .at(&["types"]),
    Known::new(
        91103,
        "A subscription needs at least one type of event.",
        "Name one in types. To stop all of them, destroy the subscription.",
    )
    .at(&["types"]),
    Known::new(
        91104,
        "Twilio has no event of this type.",
        "Check the spelling: the names are listed at https://www.twilio.com/docs/events/event-types in full.",
    )
    .at(&["types"]),
];
