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
        91003,
        "The account has as many sinks as it may.",
        "Destroy one that is not used, or send to one that exists.",
    ),
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
];
