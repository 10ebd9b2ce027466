//! What Twilio's error codes mean for phone numbers, and of the addresses and documents that they need.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const NUMBERS: &[KnownCode] = &[
    KnownCode::new(
        21238,
        "The address is not taken: a part of it is missing, too long, or does not fit its country or kind.",
        "Correct the part that Twilio names.",
    )
    .named(),
    KnownCode::new(
        21404,
        "A trial account can have one phone number, and only of some kinds: it has its one already, or this kind is not open to \
         it.",
        "Release the number that the account has, or upgrade the account in the Console. Another number would be refused too.",
    )
    .at(&["phone_number", "area_code", "search"]),
    KnownCode::new(
        21405,
        "There is a URL for the case that voice_url fails, and no voice_url.",
        "Set voice_url too, or take voice_fallback_url out.",
    )
    .at(&["voice_fallback_url"]),
    KnownCode::new(
        21406,
        "There is a URL for the case that sms_url fails, and no sms_url.",
        "Set sms_url too, or take sms_fallback_url out.",
    )
    .at(&["sms_fallback_url"]),
    KnownCode::new(
        21407,
        "Numbers of this type cannot send or receive text messages.",
        "Take the sms_ attributes out, or choose a number with SMS capability.",
    )
    .at(&["sms_url", "sms_application_sid"]),
    KnownCode::new(
        21409,
        "Callers' names cannot be looked up for this phone number.",
        "Take voice_caller_id_lookup out.",
    )
    .at(&["voice_caller_id_lookup"]),
    KnownCode::new(
        21420,
        "A TwiML app that is named for the number is not in the account that the number is in.",
        "Use the SID of a twilio_twiml_app in the same account.",
    )
    .named()
    .at(&["voice_application_sid", "sms_application_sid"]),
    KnownCode::new(
        21421,
        "There is no such phone number to buy or to put into a messaging service.",
        "To buy, write the number in E.164 form, for example +14155550100. For a messaging service, use the SID of a \
         number in the same account.",
    )
    .at(&["phone_number_sid", "phone_number"]),
    KnownCode::new(
        21422,
        "The number is not for sale: somebody has it, or it was released a short while ago.",
        "Choose another with data.twilio_available_phone_numbers, or set adopt_existing = true if this account has come to \
         own it; where that is set already, this account does not own it.",
    )
    .at(&["phone_number"]),
    KnownCode::new(
        21451,
        "There is no such area code in the US or Canada.",
        "Check the three digits; numbers of other countries are found with search.",
    )
    .at(&["area_code", "search.area_code"]),
    KnownCode::new(
        21452,
        "No number with this area code is for sale.",
        "Choose another area code, or use search with wider filters.",
    )
    .at(&["area_code", "search.area_code"]),
    KnownCode::new(
        21457,
        "Numbers of this kind or country cannot be bought by area code.",
        "Use search, or name the number in phone_number.",
    )
    .at(&["area_code", "search.area_code"]),
    KnownCode::new(
        21458,
        "The number is of another kind than requested.",
        "Choose the kind that the number has, or another number.",
    )
    .at(&["search.type", "phone_number"]),
    KnownCode::new(
        21472,
        "The account that the number should move to is suspended or closed.",
        "Activate that account first, or choose another.",
    )
    .at(&["account_sid"]),
    KnownCode::new(
        21473,
        "The account that the number should move to belongs to another parent account.",
        "Numbers move only between a parent account and its subaccounts. Choose one of these; for another parent, ask \
         Twilio's support.",
    )
    .at(&["account_sid"]),
    KnownCode::new(
        21474,
        "Only the parent account can move a number from one account to another.",
        "Sign the provider in with the parent account's auth_token.",
    )
    .at(&["account_sid"]),
    KnownCode::new(
        21613,
        "Numbers of this country need an address in the account that has the number, or that it moves to.",
        "Make the address in that account first, and set address_sid to it in the same change.",
    )
    .at(&["address_sid", "account_sid"]),
    KnownCode::new(
        21615,
        "Numbers of this kind need an address in their own area or country.",
        "Set address_sid to an address there, in the account that the number is in.",
    )
    .at(&["address_sid"]),
    KnownCode::new(
        21625,
        "A phone number needs this address.",
        "Give the number another address, or release it, before this address is destroyed.",
    ),
    KnownCode::new(
        21628,
        "Twilio cannot find this address.",
        "Check the spelling of each part. An address that is certainly right can be registered by Twilio's support.",
    ),
    KnownCode::new(
        21629,
        "Twilio cannot find this address as it is written, and suggests a similar one.",
        "If the suggestion above is the same place, write the address like it; otherwise check the spelling of each part.",
    ),
    KnownCode::new(
        21630,
        "The address is part of a verified document and can no longer change.",
        "Make a new address, and use it where the old one was used.",
    ),
    KnownCode::new(
        21631,
        "Numbers of this country and kind need an address that fulfils its rules, and none that does was named.",
        "Set address_sid to an address in the account that the number is in; address_requirements of a number says of which \
         kind. To buy a number that needs none, set exclude_all_address_required = true in search. A number with an emergency \
         address has been seen to refuse other changes like this while the address is being registered: apply again later.",
    )
    .at(&["address_sid", "search"]),
    KnownCode::new(
        21648,
        "Phone numbers still use this regulatory bundle.",
        "Give these numbers another bundle_sid and apply, then destroy the bundle.",
    ),
    KnownCode::new(
        21649,
        "Numbers of this country need an approved regulatory bundle, and none that would do was named.",
        "Set bundle_sid to a bundle with status twilio-approved, and address_sid where the rules ask for it.",
    )
    .at(&["bundle_sid"]),
    KnownCode::new(
        21650,
        "Numbers of this country need a verified proof of identity.",
        "Set identity_sid to one that Twilio has verified, or bundle_sid to an approved bundle.",
    )
    .at(&["identity_sid", "bundle_sid"]),
    KnownCode::new(
        21651,
        "An address or document that is named for the number does not fulfil the rules of its country, or is not in the \
         account that the number is in.",
        "Name one that does, in the same account as the number.",
    )
    .named()
    .at(&["address_sid", "emergency_address_sid", "bundle_sid", "identity_sid"]),
];
