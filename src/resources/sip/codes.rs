//! What Twilio's error codes mean for SIP: domains, lists of addresses and of credentials.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const SIP: &[KnownCode] = &[
    KnownCode::new(
        21230,
        "The account has as many SIP domains as it may: 100.",
        "Destroy one that is not used, or ask Twilio's support for more.",
    ),
    KnownCode::new(21231, "A setting of the SIP domain is not taken.", "Correct what Twilio names.").named(),
    KnownCode::new(
        21232,
        "The name of the SIP domain is no such name, is taken, or is below a name that neither this account nor its parent has.",
        "Choose another name below sip.twilio.com. If the account has the domain already, import it or set adopt_existing = true.",
    )
    .at(&["domain_name"]),
    KnownCode::new(
        21233,
        "There are domains below the name of this one.",
        "Destroy these first, or leave the name as it is.",
    )
    .at(&["domain_name"]),
    KnownCode::new(
        21235,
        "A setting of the IP access control list is not taken.",
        "Correct what Twilio names.",
    )
    .named()
    .at(&["friendly_name"]),
    KnownCode::new(
        21236,
        "The IP access control list is still mapped to a SIP domain, or on a trunk.",
        "Destroy the mapping first. What Terraform does not manage is taken off in the Console.",
    ),
    KnownCode::new(
        21237,
        "The IP access control list has as many addresses as it may.",
        "Put neighbouring addresses together with cidr_prefix_length, or use a second list.",
    ),
    KnownCode::new(
        21238,
        "The address of the IP access control list is not taken.",
        "It is an IPv4 address with a prefix of 1 to 32; correct what Twilio names.",
    )
    .named()
    .at(&["ip_address", "cidr_prefix_length", "friendly_name"]),
    KnownCode::new(
        21239,
        "The account has as many credential lists as it may.",
        "Destroy one that is not used, or put credentials into one that is there.",
    ),
    KnownCode::new(
        21240,
        "The credential list is not taken: its name is missing, too long, or that of another list.",
        "Choose another name. If the account has the list already, import it or set adopt_existing = true.",
    )
    .named()
    .at(&["friendly_name"]),
    KnownCode::new(
        21241,
        "The credential list is still mapped to a SIP domain, or on a trunk.",
        "Destroy the mapping first. What Terraform does not manage is taken off in the Console.",
    ),
    KnownCode::new(
        21242,
        "The credential list has as many credentials as it may.",
        "Destroy one that is not used, or use a second list.",
    ),
    KnownCode::new(
        21243,
        "The user name or the password is not taken, or the list has the user name already.",
        "A user name has up to 32 characters; a password has at least 12, with a digit, a small and a capital letter. If the list has the \
         credential already, import it or set adopt_existing = true.",
    )
    .named()
    .at(&["password", "username"]),
    KnownCode::new(
        21255,
        "The account has as many IP access control lists as it may.",
        "Destroy one that is not used, or put addresses into one that is there.",
    ),
];
