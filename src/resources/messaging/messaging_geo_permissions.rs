//! Whether messages may be sent to a country. <https://www.twilio.com/docs/usage/api/messaging-geopermissions>
//!
//! # Quirks
//! - One path has all countries. It is written by PATCH, and answers 200 whatever it refused: what became of a country is said
//!   beside it.

use super::codes::MESSAGING;
use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    Bulk, BulkAnswer, BulkItems, Category, Check, Destroy, Field, Key, Lifecycle, Managed, Object, Place, Read,
    UpdateStyle, boolean, text,
};
use crate::twilio::{BulkResults, Product};

/// `twilio_messaging_geo_permissions`.
pub const MESSAGING_GEO_PERMISSIONS: Managed = Managed {
    object: Object {
        name: "twilio_messaging_geo_permissions",
        noun: "messaging geo permission",
        category: Category::Messaging,
        api_page: "https://www.twilio.com/docs/usage/api/messaging-geopermissions",
        place: Place::alone(Product::Accounts, "/v1/Messaging/GeoPermissions").read(Read::Among {
            path: "/v1/Messaging/GeoPermissions?CountryCode={country_code}",
            array: "permissions",
        }),
        key: Key::Field("country_code"),
        fields: FIELDS,
        codes: &[MESSAGING],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Whether messages may be sent to a country. The fewer countries are enabled, the less is there for SMS pumping, which \
          sends messages to expensive numbers at your cost. Each country has its own resource, and always has a permission: the first \
          apply brings it to what is configured. Destroying leaves it as it is, because what an account had from its start is \
          known for its home country at most: set `enabled = false` and apply before, where messages should not be sent there any more.",
    quirks: &[
        "Countries in which fraud is frequent are changed in the Twilio Console only, and to some no message can be sent: Twilio \
         refuses them with error 30649. A resource that wants of such a country what it has already is fine.",
        "A subaccount that inherits the permissions of its parent account has none of its own to change (error 30648).",
    ],
    lifecycle: Lifecycle::settings(UpdateStyle::Patch, Destroy::Forget),
    bulk: Some(Bulk {
        parameter: "Permissions",
        items: BulkItems::Repeated,
        constants: &[("type", "country")],
        answer: BulkAnswer::Each(BulkResults {
            array: "permissions",
            code: "error_code",
            reasons: "error_messages",
        }),
    }),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("country_code", PathPart)
        .checks(&[Check::Country])
        .doc("ISO 3166-1 code of the country, 2 capital letters. A change replaces the resource: the one country keeps what it has, and the other is brought to what is configured."),
    boolean("enabled", Setting(Required)).doc("Whether messages may be sent there."),
];
