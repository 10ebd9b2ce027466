//! An object that is not removed but archived, by a POST below it, in an API with a header of its own.
//! <https://www.twilio.com/docs/flex/developer/plugins/api/plugin>

use terraform_provider_twilio::engine::facts::Absent::{Clears, Required};
use terraform_provider_twilio::engine::facts::Role::{Fixed, Observed, Setting};
use terraform_provider_twilio::engine::facts::hooks::ReadHooks;
use terraform_provider_twilio::engine::facts::{
    Destroy, Field, Key, Lifecycle, Managed, Object, Place, Plural, UpdateStyle, boolean, text, timestamp,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_flex_plugin`.
pub const FLEX_PLUGIN: Managed = Managed {
    object: Object {
        name: "twilio_test_flex_plugin",
        noun: "plugin",
        plural: Some(Plural {
            name: "twilio_test_flex_plugins",
            noun: "plugins",
        }),
        api_page: "https://www.twilio.com/docs/flex/developer/plugins/api/plugin",
        place: Place::at(
            Product::Flex,
            "/v1/PluginService/Plugins",
            "/v1/PluginService/Plugins/{sid}",
        )
        .headers(&[("Flex-Metadata", "{}")]),
        key: Key::Sid("FP"),
        natural_key: &["unique_name"],
        fields: FIELDS,
        read: ReadHooks {
            gone_is: "archived",
            is_gone: Some(|plugin| plugin.get("archived").and_then(|archived| archived.as_bool()) == Some(true)),
            ..ReadHooks::NONE
        },
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A plugin of Flex.",
    lifecycle: Lifecycle::made(
        UpdateStyle::Post,
        Destroy::Archive("/v1/PluginService/Plugins/{sid}/Archive"),
    ),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("unique_name", Fixed(Required)).doc("Its name in Flex. A change replaces the plugin."),
    text("friendly_name", Setting(Clears)).doc("Name shown in the Console."),
    text("description", Setting(Clears)).doc("What it is for."),
    boolean("archived", Observed).doc("Whether it was archived."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
