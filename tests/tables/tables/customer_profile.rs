//! A state that is submitted and then moves by itself, or is refused with a reason; an apply can wait for the end of it. The
//! create does not take it, so what is submitted at once is made in two steps.
//! <https://www.twilio.com/docs/trust-hub/trusthub-rest-api/customer-profiles>

use std::time::Duration;

use terraform_provider_twilio::engine::facts::Absent::{Clears, DefaultsTo, Keeps, Required};
use terraform_provider_twilio::engine::facts::Role::{Fixed, Later, Local, Setting};
use terraform_provider_twilio::engine::facts::{
    After, Check, Field, Filter, Key, List, Literal, Managed, Object, Place, Plural, Refusal, Wait, boolean, sid, text,
    timeout, timeouts, timestamp, url,
};
use terraform_provider_twilio::engine::operations::adopt::ADOPT_EXISTING;
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_customer_profile`.
pub const CUSTOMER_PROFILE: Managed = Managed {
    object: Object {
        name: "twilio_test_customer_profile",
        noun: "customer profile",
        plural: Some(Plural {
            name: "twilio_test_customer_profiles",
            noun: "customer profiles",
        }),
        api_page: "https://www.twilio.com/docs/trust-hub/trusthub-rest-api/customer-profiles",
        place: Place::at(Product::Trusthub, "/v1/CustomerProfiles", "/v1/CustomerProfiles/{sid}"),
        key: Key::Sid("BU"),
        natural_key: &["friendly_name"],
        list: List {
            filters: &[
                Filter::loose(text("friendly_name", Setting(Clears)).doc("Only profiles of this name.")),
                Filter::loose(text("status", Setting(Clears)).checks(&[Check::Known(STATES)]).doc(
                    "Only profiles in this state: `draft`, `pending-review`, `in-review`, `twilio-rejected` or \
                     `twilio-approved`.",
                )),
                Filter::loose(
                    sid("policy_sid", Setting(Clears), &[Check::Sid("RN")]).doc("Only profiles under this policy."),
                ),
            ],
            ..List::WHOLE
        },
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Who a business is, for Twilio to review.",
    waits: &[Wait {
        argument: "wait_for_approval",
        after: After::Both,
        field: "status",
        until: &["twilio-approved"],
        fails_on: REJECTED,
        goal: "approved",
        pause: Duration::from_secs(60),
        at_most: Duration::from_secs(72 * 3600),
    }],
    ..Managed::NEW
};

const STATES: &[&str] = &[
    "draft",
    "pending-review",
    "in-review",
    "twilio-rejected",
    "twilio-approved",
];

const REJECTED: Refusal = Refusal {
    states: &["twilio-rejected"],
    reason: &["errors"],
    look: "",
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required)).doc("Name shown in the Console. Changes in place."),
    text("email", Setting(Required)).doc("Where Twilio writes to about the review. Changes in place."),
    sid("policy_sid", Fixed(Required), &[Check::Sid("RN")])
        .doc("SID of the policy that it is to fulfil. A change replaces the profile."),
    url("status_callback", Setting(Clears)).doc("URL that Twilio requests when the status changes."),
    text("status", Later(Keeps))
        .checks(&[Check::OneOf(&["draft", "pending-review"])])
        .satisfied_by(&[("pending-review", &["in-review", "twilio-approved"])])
        .refused(REJECTED)
        .doc(
            "`draft` or `pending-review`, which submits it. What is being reviewed or approved counts as submitted. Removing it \
             keeps the status that the profile has.",
        ),
    boolean("wait_for_approval", Local(DefaultsTo(Literal::Bool(false))))
        .doc("Whether an apply waits until Twilio has approved it. Default: `false`."),
    timeouts(&[
        timeout("create").doc("How long a create waits; `72h` unless this says otherwise."),
        timeout("update").doc("How long an update waits; `72h` unless this says otherwise."),
    ]),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
