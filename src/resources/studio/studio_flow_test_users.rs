//! Who gets the draft of a flow. <https://www.twilio.com/docs/studio/rest-api/v2/test-user>

use super::codes::STUDIO;
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Key, Kind, Lifecycle, Managed, Object, Place, UpdateStyle, set, sid,
};
use crate::framework::reason::Reason;
use crate::twilio::Product;

/// `twilio_studio_flow_test_users`.
pub const STUDIO_FLOW_TEST_USERS: Managed = Managed {
    object: Object {
        name: "twilio_studio_flow_test_users",
        noun: "test users of the flow",
        category: Category::Studio,
        api_page: "https://www.twilio.com/docs/studio/rest-api/v2/test-user",
        place: Place::alone(Product::Studio, "/v2/Flows/{flow_sid}/TestUsers"),
        parents: &["flow_sid"],
        key: Key::None,
        fields: FIELDS,
        codes: &[STUDIO],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Who gets the newest draft of a Studio flow, published or not, while everybody else gets the revision that is published. Each flow \
          has one such list: the resource manages it whole, and what is added in the Console is drift. Destroying empties it, and all get \
          what is published.",
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Reset),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("flow_sid", PathPart, &[Check::Sid("FW")])
        .read_as("sid")
        .doc("SID of the flow (`FW…`). A change replaces the resource: the first flow has no test users any more."),
    set("test_users", Setting(Clears), &Kind::Text)
        .with_every_update()
        .checks(&[Check::Each(&Check::Custom(identity))])
        .doc(
            "Addresses of those who get the draft, each up to 300 bytes: a phone number in E.164 form, or an identity of a chat. Removing it \
             empties the list.",
        ),
];

fn identity(text: &str) -> Result<(), Reason> {
    match text.len() {
        0 => Err("Each test user is a phone number or an identity; one is empty.".into()),
        1..=300 => Ok(()),
        _ => Err("An identity is 300 bytes long at the most.".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_counted_in_bytes() {
        assert!(identity("+14155550142").is_ok());
        assert!(identity(&"ä".repeat(150)).is_ok());
        assert!(identity(&"ä".repeat(151)).is_err());
        assert!(identity("").is_err());
    }
}
