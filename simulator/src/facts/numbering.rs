//! Fields that number the members of a collection from 0 on, in the order in which they are made. A number that was used is not used
//! again.

use serde_json::Value;

use super::{At, is_at};
use crate::contract::Resource;
use crate::state::State;
use crate::store::Object;

/// Collection and field.
const NUMBERED: &[(At, &str)] = &[
    // The contract's text on the field: always in the order in which the messages were made, and a number may be missing.
    (
        (
            "conversations.twilio.com",
            "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Messages",
        ),
        "index",
    ),
    // https://www.twilio.com/docs/chat/rest/message-resource
    (
        (
            "chat.twilio.com",
            "/v1/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        ),
        "index",
    ),
    (
        (
            "chat.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        ),
        "index",
    ),
    (
        (
            "ip-messaging.twilio.com",
            "/v1/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        ),
        "index",
    ),
    (
        (
            "ip-messaging.twilio.com",
            "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Messages",
        ),
        "index",
    ),
];

/// Where the object above keeps the next number; never shown.
const NEXT: &str = "_next_number";

/// Gives a new object its number.
pub(crate) fn number(state: &mut State, resource: &Resource, object: &mut Object) {
    let Some((_, field)) = NUMBERED.iter().find(|(at, _)| is_at(*at, resource)) else {
        return;
    };
    let above = object
        .collection
        .rsplit_once('/')
        .map_or("", |(above, _)| above)
        .to_owned();
    let Some(above) = state.store.find_mut(&object.host, &object.account, &above) else {
        return;
    };
    let next = above.hidden.get(NEXT).and_then(Value::as_i64).unwrap_or_default();
    above.hidden.insert(NEXT.to_owned(), (next + 1).into());
    object.set(field, next);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_number_is_a_published_field() {
        for (at, field) in NUMBERED {
            let mut fields = assert_published(*at).object_fields().iter();
            assert!(fields.any(|known| known.name == *field), "{at:?} {field}");
        }
    }
}
