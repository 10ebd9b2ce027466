//! What Twilio's error codes mean for event streams.
//! <https://www.twilio.com/docs/api/errors>

use crate::engine::facts::KnownCode;

/// Sorted by code.
pub const EVENTS: &[KnownCode] = &[
    KnownCode::new(
        91000,
        "The sink's configuration does not fit its type, or its description is empty.",
        "Give what this type of sink needs: arn, role_arn and external_id for kinesis, destination and method for webhook, \
         write_key for segment.",
    )
    .named()
    .at(&["sink_configuration"]),
    KnownCode::new(
        91001,
        "There is no such sink in this account.",
        "Check the SID, and that account_sid names the account that the sink is in.",
    )
    .at(&["sink_sid"]),
    KnownCode::new(
        91002,
        "A page of a list was requested in a way that Twilio does not take.",
        "The provider should not have sent this request: please report it, with this text.",
    ),
    KnownCode::new(
        91003,
        "The account has as many sinks as it may.",
        "Destroy one that is not used, or send to one that exists.",
    ),
    KnownCode::new(
        91004,
        "The event that tests the sink cannot be found.",
        "Send another one, and validate with its id soon.",
    )
    .at(&["test_id"]),
    KnownCode::new(91005, "This is not the id of a test event.", "Take it from the event that arrived at the sink.")
    .at(&["test_id"]),
    KnownCode::new(91006, "This is not the SID of a sink.", "Use a SID that starts with DG.").at(&["sink_sid"]),
    KnownCode::new(
        91007,
        "A subscription still sends to this sink.",
        "Destroy or redirect the subscriptions with this sink_sid first.",
    ),
    KnownCode::new(
        91100,
        "The sink is not active, and only an active one takes events.",
        "Check its status: a sink that waits for validation is validated in the Console. Then apply again.",
    )
    .at(&["sink_sid"]),
    KnownCode::new(
        91101,
        "The subscription's description is empty, or it names a type of event more than once.",
        "Correct description or types.",
    )
    .named()
    .at(&["types"]),
    KnownCode::new(
        91102,
        "There is no such subscription in this account.",
        "Plan again: what is gone leaves the state.",
    ),
    KnownCode::new(
        91103,
        "A subscription needs at least one type of event.",
        "Name one in types. To stop all of them, destroy the subscription.",
    )
    .at(&["types"]),
    KnownCode::new(
        91104,
        "Twilio has no event of this type.",
        "Check the spelling: the names are listed at https://www.twilio.com/docs/events/event-types in full.",
    )
    .at(&["types"]),
    KnownCode::new(
        93101,
        "Events could not be delivered to the sink.",
        "Check that it takes them: the destination of a webhook, or role and stream of Kinesis.",
    )
    .at(&["sink_configuration"]),
    KnownCode::new(
        93102,
        "Twilio may not use the AWS role of the sink.",
        "Let the role trust Twilio's account, with the external id of the sink.",
    )
    .at(&["sink_configuration.role_arn", "sink_configuration"]),
    KnownCode::new(
        93103,
        "The Kinesis stream of the sink takes no events.",
        "Check that it is active, and that the role may write to it.",
    )
    .at(&["sink_configuration.arn", "sink_configuration"]),
    KnownCode::new(
        93104,
        "The Kinesis stream of the sink is not there under this name and region.",
        "Correct the ARN of the stream.",
    )
    .at(&["sink_configuration.arn", "sink_configuration"]),
];
