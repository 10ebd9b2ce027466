//! Codes of registrations: brands and campaigns in the US, toll-free numbers.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub(super) const REGISTRATION: &[KnownCode] = &[
    KnownCode::new(
        21717,
        "The A2P brand is not registered, or does not fit the use case.",
        "Wait until the brand is approved, and use its SID (BN…).",
    )
    .at(&["brand_registration_sid"]),
    KnownCode::new(
        21720,
        "There is no such use case of US A2P campaigns for this brand.",
        "Use one of those that Twilio lists for the brand.",
    ),
    KnownCode::new(
        21721,
        "The Campaign Verify token does not go with this brand.",
        "Such tokens are for political use; check which brand the token was issued for.",
    ),
    KnownCode::new(
        21722,
        "This is no Campaign Verify token that is valid.",
        "Copy it whole from Campaign Verify, and use it before it expires.",
    ),
    KnownCode::new(
        21723,
        "The Campaign Verify token is being imported already.",
        "Wait until that has ended.",
    ),
    KnownCode::new(
        21724,
        "The brand was changed as often as it may be.",
        "Ask Twilio's support, or register a new brand.",
    ),
    KnownCode::new(
        21725,
        "Only a brand whose registration failed can be changed.",
        "Wait for the result of the registration.",
    ),
    KnownCode::new(
        21726,
        "Starter brands are switched off.",
        "Register a standard or a sole proprietor brand.",
    ),
    KnownCode::new(
        21727,
        "The campaign lacks something that carriers ask for.",
        "Give description, message flow and samples, each of them.",
    )
    .named(),
    KnownCode::new(
        21728,
        "A text of the campaign is too short or too long.",
        "Use 40 to 4096 characters for the description and 20 to 1024 for each sample.",
    )
    .named(),
    KnownCode::new(
        21731,
        "The brand is suspended.",
        "Ask Twilio's support why, and what lifts that.",
    ),
    KnownCode::new(
        21732,
        "The brand has as many campaigns as it may.",
        "Delete those that are not used.",
    ),
    KnownCode::new(
        21736,
        "The confirmation of the brand by email failed.",
        "Use an address of the brand's own domain that somebody reads, and start it again.",
    ),
    KnownCode::new(
        21737,
        "The brand breaks a rule, and gets no campaigns.",
        "Settle the brand with Twilio's support first.",
    ),
    KnownCode::new(
        21738,
        "The email that confirms the brand could not be delivered.",
        "Use an address of the brand's own domain that somebody reads.",
    ),
    KnownCode::new(
        21739,
        "The brand was not confirmed by email in time.",
        "Start the confirmation again, and follow it within its time.",
    ),
    KnownCode::new(
        21740,
        "The brand's email address is of another domain than the brand's website.",
        "Use an address of that domain.",
    ),
    KnownCode::new(
        21741,
        "The code that confirms the brand has expired.",
        "Start the confirmation again.",
    ),
    KnownCode::new(
        22404,
        "Starter profiles are switched off.",
        "Make a profile of another kind.",
    ),
    KnownCode::new(
        30125,
        "The number could not be registered for US A2P messages.",
        "Check that it is a US long code of this account, in the messaging service that has the campaign.",
    )
    .at(&["phone_number_sid"]),
    KnownCode::new(
        30126,
        "The registration of the number for US A2P messages failed.",
        "Take it out of the sender pool and put it in again; if that fails too, ask Twilio's support.",
    )
    .at(&["phone_number_sid"]),
    KnownCode::new(
        30445,
        "The toll-free verification was refused: the business could not be found as it was described.",
        "Write name, address and website as public records have them, and submit it again.",
    ),
    KnownCode::new(
        30446,
        "The toll-free verification was refused: people do not agree to the messages expressly.",
        "Show where they agree, with the words that they see, and submit it again.",
    ),
    KnownCode::new(
        30449,
        "The toll-free verification was refused: a URL in a sample message is not right.",
        "Use a working URL of the business itself.",
    ),
    KnownCode::new(
        30472,
        "The toll-free verification was refused: the business could not be verified.",
        "Write its data as public records have them, and submit it again.",
    ),
    KnownCode::new(
        30473,
        "The toll-free verification was refused: the website could not be checked.",
        "Give a website that is public and says who runs it.",
    ),
    KnownCode::new(
        30475,
        "The toll-free verification was refused: agreement to messages is mixed with agreement to something else.",
        "Ask for each of them by itself.",
    ),
    KnownCode::new(
        30476,
        "The toll-free verification was refused: it does not say how people agree.",
        "Describe it, with a picture or a link.",
    ),
    KnownCode::new(
        30484,
        "The toll-free verification was refused: name and registered office do not go together.",
        "Write both as the register has them.",
    ),
    KnownCode::new(
        30489,
        "The toll-free verification was refused: the website is not active.",
        "Give a website that is public and finished.",
    ),
    KnownCode::new(
        30491,
        "The toll-free verification was refused: the website asks for a password.",
        "Give a page that reviewers can open.",
    ),
    KnownCode::new(
        30493,
        "The toll-free verification was refused: there is no privacy policy, or there are no terms.",
        "Publish both, and give their URLs.",
    ),
    KnownCode::new(
        30498,
        "The toll-free verification was refused: how people agree is other than was described.",
        "Describe what the website or form really does.",
    ),
    KnownCode::new(
        30527,
        "The toll-free verification was refused: the business registration number is missing or wrong.",
        "Write it as the register has it, with the kind of number.",
    ),
    KnownCode::new(
        30709,
        "The campaign has a message for those who opt in, and says that nobody does.",
        "Say how people opt in, or take the message out.",
    ),
    KnownCode::new(30710, "The brand still has campaigns.", "Delete them first."),
    KnownCode::new(
        30711,
        "The brand is still shared with somebody.",
        "End the sharing first.",
    ),
    KnownCode::new(
        30715,
        "A sole proprietor brand takes no vetting token.",
        "Leave the token out.",
    ),
    KnownCode::new(
        30734,
        "Sole proprietor brands are switched off for the account.",
        "Register another kind of brand, or ask Twilio's support.",
    ),
    KnownCode::new(
        30752,
        "The code that confirms the sole proprietor is wrong or has expired.",
        "Request a new one with twilio_resend_brand_otp, and answer it within a day.",
    ),
    KnownCode::new(
        30753,
        "The email address of the brand is of a kind that is not taken.",
        "Use one of the business itself.",
    ),
    KnownCode::new(
        30754,
        "The postal address of the brand could not be found.",
        "Write it as the postal service has it.",
    ),
    KnownCode::new(
        30757,
        "The brand has no business registration number.",
        "Add it to the customer profile.",
    ),
    KnownCode::new(30790, "The registry of brands failed.", "Try again later."),
    KnownCode::new(30791, "The registry of brands failed for a moment.", "Try again later."),
    KnownCode::new(
        30793,
        "The profiles that the brand is made from have faults.",
        "Mend the customer profile and the A2P profile first: their evaluations name what is wrong.",
    ),
    KnownCode::new(
        30795,
        "The tax number does not go with the name of the company.",
        "Write both as the tax office has them, to the letter.",
    ),
    KnownCode::new(
        30796,
        "The brand says that it is a listed company, and is not found as one.",
        "Correct the kind of company, or stock symbol and exchange.",
    ),
    KnownCode::new(
        30797,
        "The brand says that it is a government, and is not found as one.",
        "Correct the kind of company.",
    ),
    KnownCode::new(
        30798,
        "The brand says that it is exempt from tax, and is not found as such.",
        "Correct the kind of company, or its tax number.",
    ),
    KnownCode::new(
        30799,
        "The data of the brand could not be confirmed.",
        "Compare name, address and tax number with public records.",
    ),
    KnownCode::new(
        30882,
        "The campaign was refused: its terms and conditions are missing or fall short.",
        "Publish them, with the name of the programme, how often messages come, what they cost, HELP and STOP.",
    ),
    KnownCode::new(
        30883,
        "The campaign was refused for what it sends.",
        "Take out what carriers forbid, such as hate, adult content, alcohol without an age gate, and drugs.",
    ),
    KnownCode::new(
        30886,
        "The campaign was refused: the description does not say what it is for.",
        "Say who sends what to whom, and why.",
    ),
    KnownCode::new(
        30891,
        "The campaign was refused: the website cannot be opened.",
        "Give one that is public.",
    ),
    KnownCode::new(
        30893,
        "The campaign was refused: the sample messages do not fit the use case.",
        "Give samples that are sent in fact, with the brand's name.",
    ),
    KnownCode::new(
        30907,
        "The campaign was refused: the website could not be checked.",
        "Give a website that is public, finished and of the brand.",
    ),
    KnownCode::new(
        30908,
        "The campaign was refused: the privacy policy is missing or falls short.",
        "Publish one that says that numbers and consent are not passed on.",
    ),
    KnownCode::new(
        30909,
        "The campaign was refused: how people agree could not be checked.",
        "Describe every way to opt in, with links or pictures that reviewers can open.",
    ),
    KnownCode::new(
        30921,
        "The campaign was refused: the website asks for a password.",
        "Give a page or a picture that reviewers can open.",
    ),
    KnownCode::new(
        30930,
        "The brand has as many campaigns as it may.",
        "Delete those that are not used.",
    ),
];
