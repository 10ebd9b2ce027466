//! Codes of numbers, and of the documents that their countries ask for.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub(super) const NUMBERS: &[KnownCode] = &[
    KnownCode::new(
        21449,
        "The number is one of the account's, which may call from it as it is.",
        "Leave its verification out.",
    )
    .at(&["phone_number"]),
    KnownCode::new(
        21450,
        "The number is verified in this account already.",
        "Nothing needs to be verified again.",
    )
    .at(&["phone_number"]),
    KnownCode::new(
        21453,
        "The number is verified in another account.",
        "Verify another number, or have it taken out there.",
    )
    .at(&["phone_number"]),
    KnownCode::new(
        21454,
        "The delay of the verification call is none that Twilio takes.",
        "Use 0 to 60 seconds.",
    ),
    KnownCode::new(
        21456,
        "The status callback of the verification is no URL that Twilio can request.",
        "Use an absolute http or https URL.",
    )
    .at(&["status_callback"]),
    KnownCode::new(
        21601,
        "The number cannot receive text messages.",
        "Choose a number with SMS capability.",
    )
    .at(&["phone_number"]),
    KnownCode::new(
        21634,
        "The trunk carries emergency calls of a number.",
        "Move the number's emergency calling to another trunk first.",
    )
    .at(&["trunk_sid"]),
    KnownCode::new(
        21644,
        "A regulatory bundle still has this end user.",
        "Take the end user out of the bundle, or destroy the bundle first.",
    ),
    KnownCode::new(
        21645,
        "A regulatory bundle still has this supporting document.",
        "Take the document out of the bundle, or destroy the bundle first.",
    ),
    KnownCode::new(
        21646,
        "The supporting document is in a state in which it cannot be deleted.",
        "Wait until its review has ended, or leave it.",
    ),
    KnownCode::new(
        21647,
        "The regulatory bundle is in a state in which it cannot be deleted.",
        "Only drafts and rejected bundles can go: wait for the end of the review, or leave it.",
    ),
    KnownCode::new(
        22200,
        "There is no such kind of end user, or of number.",
        "Use individual or business, and a number type that the country has.",
    )
    .named(),
    KnownCode::new(
        22201,
        "There is no regulation for this kind of number.",
        "Check country, number type and kind of end user: numbers without a regulation need no bundle.",
    ),
    KnownCode::new(
        22202,
        "The bundle says neither which regulation it is for nor for which country and number type.",
        "Give it regulation_sid, or the country and the number type.",
    ),
    KnownCode::new(
        22203,
        "This is no status of a regulatory bundle.",
        "Use draft or pending-review; the others are Twilio's.",
    )
    .at(&["status"]),
    KnownCode::new(
        22204,
        "The status of a bundle was sent together with other changes.",
        "Change the other things first, then submit it.",
    )
    .at(&["status"]),
    KnownCode::new(
        22205,
        "What should go into the bundle does not exist, or is not in this account.",
        "Use the SID of an end user (IT…), a supporting document (RD…) or an address (AD…) of the same account.",
    ),
    KnownCode::new(
        22206,
        "What should go into the bundle is of a kind that bundles do not take.",
        "Use the SID of an end user (IT…), a supporting document (RD…) or an address (AD…).",
    ),
    KnownCode::new(
        22207,
        "The attributes are no JSON.",
        "Write a JSON object, by jsonencode({ … }).",
    )
    .at(&["attributes"]),
    KnownCode::new(
        22208,
        "The status of a supporting document was sent together with its attributes.",
        "Change the attributes first, then the status.",
    )
    .at(&["status"]),
    KnownCode::new(
        22209,
        "This is no status of a supporting document.",
        "Leave it to Twilio, which sets it.",
    )
    .at(&["status"]),
    KnownCode::new(
        22210,
        "A supporting document has no type.",
        "Give it one of the types that the regulation lists.",
    ),
    KnownCode::new(22211, "A supporting document has no name.", "Set friendly_name.").at(&["friendly_name"]),
    KnownCode::new(
        22214,
        "The bundle lacks an end user.",
        "Make one with the fields that the regulation lists, and put it into the bundle.",
    ),
    KnownCode::new(
        22215,
        "An end user of the bundle lacks a field.",
        "Add what Twilio names to the attributes of the end user.",
    )
    .at(&["attributes"]),
    KnownCode::new(
        22216,
        "The bundle lacks a supporting document.",
        "Make one of a type that the regulation lists, and put it into the bundle.",
    ),
    KnownCode::new(
        22217,
        "A supporting document of the bundle lacks a field.",
        "Add what Twilio names to the attributes of the document.",
    )
    .at(&["attributes"]),
    KnownCode::new(
        22218,
        "A field of a supporting document is other than the same field of the end user.",
        "Make both as they are in the document that was uploaded.",
    )
    .at(&["attributes"]),
    KnownCode::new(
        22219,
        "The bundle lacks an address.",
        "Put a supporting document into it whose attributes name an address of the account.",
    ),
    KnownCode::new(
        22221,
        "The emergency address of the number is not registered yet.",
        "Wait for the registration, then apply again.",
    )
    .at(&["emergency_address_sid"]),
    KnownCode::new(
        22222,
        "Emergency calling of the number cannot be switched at the moment.",
        "Wait until the registration of its emergency address has ended, then apply again.",
    )
    .at(&["emergency_address_sid"]),
    KnownCode::new(
        22225,
        "The bundle whose items should be taken over does not exist.",
        "Use the SID of a bundle of the same account.",
    ),
    KnownCode::new(
        22226,
        "A bundle cannot take over its own items.",
        "Name another bundle.",
    ),
    KnownCode::new(
        22228,
        "The bundle whose items should be taken over is older than the present rules.",
        "Take over those of a bundle that fulfils them, or bring this one up to date.",
    ),
    KnownCode::new(
        22229,
        "A document cannot be taken out of this bundle any more.",
        "Make a copy of the bundle and change that.",
    ),
    KnownCode::new(
        22230,
        "The bundle cannot be copied, because an address of it was deleted.",
        "Make a new bundle.",
    ),
    KnownCode::new(
        22300,
        "The account may not get further phone numbers of this kind.",
        "Ask Twilio's support what lifts that.",
    ),
    KnownCode::new(
        22350,
        "The number is on its way to another carrier, and cannot be released.",
        "Wait for the end of the port, which takes the number out of the account.",
    ),
    KnownCode::new(
        22400,
        "An inbound route still leads to the number.",
        "Take the route out, or ask Twilio's support to, then release the number.",
    ),
    KnownCode::new(
        22401,
        "The number has a setting that does not exist in this region.",
        "Take the setting out, or manage the number in us1.",
    )
    .named(),
    KnownCode::new(
        22402,
        "This cannot be done with a number in this region.",
        "Manage the number in us1: take region out of the provider block for it.",
    ),
    KnownCode::new(
        22403,
        "This cannot be done with a number in this region.",
        "Manage the number in us1: take region out of the provider block for it.",
    ),
    KnownCode::new(
        22500,
        "The number is on the API of 2008, which is no longer served.",
        "Set api_version to 2010-04-01.",
    )
    .at(&["api_version"]),
    KnownCode::new(
        22600,
        "The rules have changed since the bundle was filed, and ask for more.",
        "Evaluate the bundle again and add what is missing, by a copy of it where it is approved.",
    ),
    KnownCode::new(
        22601,
        "The bundle was refused because its data are older than the rules.",
        "File it again with what the present regulation lists.",
    ),
];
