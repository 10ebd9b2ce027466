//! Usage categories. <https://www.twilio.com/docs/usage/api/usage-record#usage-categories>
//!
//! Twilio has some hundreds and adds to them; these are common ones of each product. Most saw no traffic.

/// One category.
#[derive(Debug, Clone, Copy)]
pub(super) struct Category {
    pub name: &'static str,
    pub description: &'static str,
    /// Unit of events; empty for sums of money.
    pub count_unit: &'static str,
    /// Unit of what is billed.
    pub usage_unit: &'static str,
    pub traffic: Traffic,
}

/// What happens in a category.
#[derive(Debug, Clone, Copy)]
pub(super) enum Traffic {
    /// Nothing.
    None,
    /// Something every day: events on a usual day, billed units for each, price of a unit in millionths.
    Daily { events: u64, units: u64, price: u64 },
    /// Rent on the first day of a month: how many, price of each in millionths.
    Monthly { rented: u64, price: u64 },
    /// The sum of other categories.
    Sum(&'static [&'static str]),
    /// The price of everything.
    Total,
}

const fn daily(
    name: &'static str,
    description: &'static str,
    units: (&'static str, &'static str),
    traffic: (u64, u64, u64),
) -> Category {
    let (events, per_event, price) = traffic;
    Category {
        name,
        description,
        count_unit: units.0,
        usage_unit: units.1,
        traffic: Traffic::Daily {
            events,
            units: per_event,
            price,
        },
    }
}

const fn rented(name: &'static str, description: &'static str, rented: u64, price: u64) -> Category {
    Category {
        name,
        description,
        count_unit: "numbers",
        usage_unit: "numbers",
        traffic: Traffic::Monthly { rented, price },
    }
}

const fn sum(
    name: &'static str,
    description: &'static str,
    units: (&'static str, &'static str),
    parts: &'static [&'static str],
) -> Category {
    Category {
        name,
        description,
        count_unit: units.0,
        usage_unit: units.1,
        traffic: Traffic::Sum(parts),
    }
}

const CALLS: (&str, &str) = ("calls", "minutes");
const MESSAGES: (&str, &str) = ("messages", "segments");
const MEDIA: (&str, &str) = ("messages", "messages");

/// Categories with traffic, in order of their names.
const BUSY: &[Category] = &[
    sum(
        "calls",
        "Voice Minutes",
        CALLS,
        &["calls-client", "calls-inbound", "calls-outbound"],
    ),
    daily("calls-client", "Client Voice Minutes", CALLS, (9, 4, 4_000)),
    sum(
        "calls-inbound",
        "Inbound Voice Minutes",
        CALLS,
        &["calls-inbound-local", "calls-inbound-tollfree"],
    ),
    daily("calls-inbound-local", "Inbound Local Calls", CALLS, (34, 3, 8_500)),
    daily(
        "calls-inbound-tollfree",
        "Inbound Toll Free Calls",
        CALLS,
        (6, 5, 22_000),
    ),
    daily("calls-outbound", "Outbound Voice Minutes", CALLS, (21, 2, 14_000)),
    sum("mms", "MMS", MEDIA, &["mms-inbound", "mms-outbound"]),
    daily("mms-inbound", "Inbound MMS", MEDIA, (3, 1, 16_500)),
    daily("mms-outbound", "Outbound MMS", MEDIA, (5, 1, 22_000)),
    sum(
        "phonenumbers",
        "Phone Numbers",
        ("numbers", "numbers"),
        &["phonenumbers-local", "phonenumbers-tollfree"],
    ),
    rented("phonenumbers-local", "Local PhoneNumbers", 4, 1_150_000),
    rented("phonenumbers-tollfree", "Toll Free PhoneNumbers", 1, 2_150_000),
    daily("recordings", "Recordings", ("recordings", "minutes"), (4, 3, 2_500)),
    sum("sms", "SMS", MESSAGES, &["sms-inbound", "sms-outbound"]),
    sum("sms-inbound", "Inbound SMS", MESSAGES, &["sms-inbound-longcode"]),
    daily(
        "sms-inbound-longcode",
        "Inbound Long Code SMS",
        MESSAGES,
        (57, 1, 8_300),
    ),
    daily(
        "sms-messages-carrierfees",
        "SMS Messages Carrier Fees",
        MEDIA,
        (88, 1, 3_000),
    ),
    sum("sms-outbound", "Outbound SMS", MESSAGES, &["sms-outbound-longcode"]),
    daily(
        "sms-outbound-longcode",
        "Outbound Long Code SMS",
        MESSAGES,
        (92, 1, 8_300),
    ),
    Category {
        name: "totalprice",
        description: "Total Price",
        count_unit: "",
        usage_unit: "usd",
        traffic: Traffic::Total,
    },
    daily(
        "verify-push",
        "Verify Push",
        ("verifications", "verifications"),
        (12, 1, 50_000),
    ),
];

/// Categories without traffic.
const QUIET: &[&str] = &[
    "a2p-10dlc-registrationfees-brandregistration",
    "a2p-10dlc-registrationfees-campaigncharges",
    "a2p-10dlc-registrationfees-campaignvetting",
    "a2p-10dlc-registrationfees-monthly",
    "a2p-10dlc-registrationfees-onetime",
    "a2p-registration-fees",
    "agent-conference",
    "answering-machine-detection",
    "authy-authentications",
    "authy-calls-outbound",
    "authy-monthly-fees",
    "authy-phone-intelligence",
    "authy-phone-verifications",
    "authy-sms-outbound",
    "calleridlookups",
    "calls-globalconference",
    "calls-inbound-mobile",
    "calls-pay-verb-transactions",
    "calls-recordings",
    "calls-sip",
    "calls-sip-inbound",
    "calls-sip-outbound",
    "calls-transfers",
    "carrier-lookups",
    "channels",
    "channels-messaging-inbound",
    "channels-messaging-outbound",
    "conversations",
    "conversations-api-requests",
    "conversations-conversation-events",
    "conversations-endpoint-connectivity",
    "conversations-events",
    "conversations-participant-events",
    "conversations-participants",
    "cps",
    "failed-message-processing-fee",
    "flex-usage",
    "fraud-lookups",
    "group-rooms",
    "lookups",
    "marketplace",
    "mediastorage",
    "mms-inbound-longcode",
    "mms-inbound-shortcode",
    "mms-messages-carrierfees",
    "mms-outbound-longcode",
    "mms-outbound-shortcode",
    "monitor-reads",
    "monitor-storage",
    "monitor-writes",
    "notify",
    "number-format-lookups",
    "pchat",
    "pchat-users",
    "pfax",
    "pfax-pages",
    "phonenumbers-cps",
    "phonenumbers-emergency",
    "phonenumbers-mobile",
    "phonenumbers-setups",
    "premiumsupport",
    "proxy",
    "proxy-active-sessions",
    "recordingstorage",
    "shortcodes",
    "shortcodes-customerowned",
    "shortcodes-mps",
    "shortcodes-random",
    "shortcodes-uk",
    "shortcodes-vanity",
    "sms-inbound-shortcode",
    "sms-messages-features",
    "sms-messages-features-senderid",
    "sms-outbound-content-inspection",
    "sms-outbound-shortcode",
    "speech-recognition",
    "studio-engagements",
    "sync",
    "sync-actions",
    "sync-endpoint-hours",
    "taskrouter-tasks",
    "transcriptions",
    "trunking-cps",
    "trunking-emergency-calls",
    "trunking-origination",
    "trunking-recordings",
    "trunking-secure",
    "trunking-termination",
    "turnmegabytes",
    "twilio-interconnect",
    "verify-totp",
    "video-recordings",
    "voice-insights",
    "wireless",
    "wireless-orders",
    "wireless-usage",
    "wireless-usage-commands",
    "wireless-usage-data",
];

const fn quiet(name: &'static str) -> Category {
    Category {
        name,
        description: name,
        count_unit: "",
        usage_unit: "",
        traffic: Traffic::None,
    }
}

/// Categories with traffic, by name.
pub(super) fn busy() -> impl Iterator<Item = Category> {
    BUSY.iter().copied()
}

/// All categories, by name.
pub(super) fn all() -> Vec<Category> {
    let mut all: Vec<Category> = QUIET.iter().map(|name| quiet(name)).chain(busy()).collect();
    all.sort_by_key(|category| category.name);
    all
}

/// A category by its name.
pub(super) fn find(name: &str) -> Option<Category> {
    busy()
        .chain(QUIET.iter().map(|name| quiet(name)))
        .find(|category| category.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_sums_have_parts() {
        let names: Vec<&str> = all().iter().map(|category| category.name).collect();
        assert!(names.is_sorted_by(|left, right| left < right), "{names:?}");
        for category in busy() {
            if let Traffic::Sum(parts) = category.traffic {
                assert!(
                    !parts.is_empty() && parts.iter().all(|part| find(part).is_some()),
                    "{}",
                    category.name
                );
            }
        }
    }
}
