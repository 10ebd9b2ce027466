//! What Twilio's error codes mean for Lookup. <https://www.twilio.com/docs/api/errors>
//!
//! Most are in `error_code` of a package that found nothing, in a response that succeeds: here they are for `explain_error`, too.

use crate::engine::facts::KnownCode;

const NOTHING_KNOWN: &str =
    "Nothing is wrong with the configuration. Do without the package for this number, or ask again later.";
const ASK_FOR_IT: &str = "Take the package out of fields, or ask Twilio to enable it: its page says how.";
const SLOWER: &str = "Look up fewer numbers at a time, or raise the limit: a twilio_lookup_rate_limit may be yours, others Twilio's \
                      support raises.";

/// Sorted by code.
pub const LOOKUPS: &[KnownCode] = &[
    KnownCode::new(
        60600,
        "The number is of nobody, or of a network that Twilio has no data of.",
        NOTHING_KNOWN,
    )
    .at(&["phone_number"]),
    KnownCode::new(
        60601,
        "The account may not look up Canadian numbers with this package.",
        "Ask Twilio for the approval that carriers in Canada demand, or leave Canadian numbers out.",
    )
    .at(&["fields"]),
    KnownCode::new(60606, "A data package is not enabled for the account.", ASK_FOR_IT).at(&["fields"]),
    KnownCode::new(
        60607,
        "A data package does not work in the number's country.",
        "Take the package out of fields for numbers of this country: the package's page lists its countries.",
    )
    .at(&["fields"]),
    KnownCode::new(
        60608,
        "A lookup failed at the carrier, or at who has its data.",
        NOTHING_KNOWN,
    ),
    KnownCode::new(
        60609,
        "The package Live Activity is not enabled for the account.",
        ASK_FOR_IT,
    )
    .at(&["fields"]),
    KnownCode::new(
        60610,
        "The number is of a carrier or country that the package does not cover.",
        "Take the package out of fields for this number.",
    )
    .at(&["fields"]),
    KnownCode::new(
        60611,
        "The account has used up what it may look up with a data package.",
        "Wait until the quota begins again, or ask Twilio for a larger one.",
    )
    .at(&["fields"]),
    KnownCode::new(
        60612,
        "The number is no mobile number, and the package knows only those.",
        "Take the package out of fields for this number.",
    )
    .at(&["phone_number", "fields"]),
    KnownCode::new(60613, "Who has the data of a package has trouble.", NOTHING_KNOWN),
    KnownCode::new(
        60614,
        "The number has to be looked up in another region of Twilio's.",
        "Use a provider block whose region is the one that Twilio's message names.",
    ),
    KnownCode::new(60616, "More was looked up than a limit allows.", SLOWER),
    KnownCode::new(
        60617,
        "A data package needs more than was sent.",
        "Give what the package needs: for identity_match at least one attribute of the person, for reassigned_number a \
         last_verified_date.",
    )
    .at(&["fields"]),
    KnownCode::new(
        60618,
        "Something that was sent for a data package is not written as it has to be.",
        "Correct the attribute that Twilio's message names: days in eight digits, countries in two capital letters.",
    ),
    KnownCode::new(
        60619,
        "A data package does not work in this region of Twilio's.",
        "Use a provider block of another region, or take the package out of fields.",
    )
    .at(&["fields"]),
    KnownCode::new(
        60620,
        "The carrier says only in part when the number got another SIM card.",
        NOTHING_KNOWN,
    ),
    KnownCode::new(60621, "Nothing is known of the number's carrier.", NOTHING_KNOWN),
    KnownCode::new(
        60622,
        "The number is no magic number of Lookup, and only those work with what was sent.",
        "Use a magic number from Twilio's page on testing Lookup, or live credentials.",
    )
    .at(&["phone_number"]),
    KnownCode::new(
        60623,
        "There is no such verification, or it is too old.",
        "Use the SID of a verification of this number that was approved a short time ago.",
    )
    .at(&["verification_sid"]),
    KnownCode::new(
        60624,
        "A trial account has looked up all that it may.",
        "Upgrade the account, or wait until the limit begins again.",
    ),
    KnownCode::new(60625, "The number was given up.", "Use another number.").at(&["phone_number"]),
    KnownCode::new(
        60626,
        "This number was looked up too often.",
        "Wait a while, and look each number up once.",
    )
    .at(&["phone_number"]),
    KnownCode::new(
        60699,
        "Lookup is switched off for the account.",
        "Ask Twilio's support why: usage that looks like misuse is a reason.",
    ),
];
