//! A configuration of each resource, a change of it, and what both depend on.

use std::borrow::Cow;
use std::time::Duration;

use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::{Begin, Destroy, Managed, UpdateStyle};
use terraform_provider_twilio::provider::offered::RESOURCES;
use terraform_provider_twilio::twilio::{Clock as _, SystemClock};

use crate::shapes::WINDOW;
use crate::tables::TABLES;
use crate::test_tables;
use crate::twilio::Twilio;

/// A resource with something to configure.
pub struct Sample {
    /// Its type.
    pub type_name: &'static str,
    /// What must exist first, in order.
    pub needs: &'static [Need],
    /// The first configuration. `{name}` is the SID of the need of that name.
    pub config: fn() -> Json,
    /// The same with a change. In place, unless Twilio offers no update.
    pub changed: fn() -> Json,
    /// An attribute that the change changes, under the name that Twilio has for it too, in its spelling.
    pub witness: &'static str,
    /// What is so after a destroy.
    pub end: End,
    /// Whether Twilio has a second one that is the same in everything.
    pub has_twins: bool,
    /// Something else in the same collection. `None` where what it depends on is that.
    pub neighbour: Option<fn() -> Json>,
}

/// Something that must exist before.
pub struct Need {
    pub name: &'static str,
    pub host: &'static str,
    /// Of the collection: `{account}`, and `{name}` for the SID of a need before.
    pub path: &'static str,
    /// Where the host takes uploads, the parts beside the file.
    pub form: &'static [(&'static str, &'static str)],
    /// Whether nobody can make it by a request.
    pub by_hand: bool,
}

impl Need {
    /// Something that a POST makes.
    pub const fn made(
        name: &'static str,
        host: &'static str,
        path: &'static str,
        form: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self {
            name,
            host,
            path,
            form,
            by_hand: false,
        }
    }
}

/// What is so after a destroy.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The object is gone, or closed as an account is.
    Gone,
    /// Nothing was made, so nothing goes: this field of the object that somebody else owns is empty again.
    Cleared(&'static str),
    /// The object is always there: this field has its default again.
    Reset(&'static str, &'static str),
    /// The object stays as it is.
    Forgotten,
}

const NUMBERS: &str = "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json";

pub const fn number(name: &'static str, form: &'static [(&'static str, &'static str)]) -> Need {
    Need::made(name, "api.twilio.com", NUMBERS, form)
}

const ONE: Need = number("one", &[("PhoneNumber", "+14155550142")]);
const SERVICE: Need = Need::made(
    "service",
    "messaging.twilio.com",
    "/v1/Services",
    &[("FriendlyName", "Pool")],
);
const SINK: Need = Need::made(
    "sink",
    "events.twilio.com",
    "/v1/Sinks",
    &[
        ("Description", "Somebody's sink"),
        ("SinkType", "webhook"),
        (
            "SinkConfiguration",
            r#"{"destination": "https://example.com/events", "method": "POST"}"#,
        ),
    ],
);

/// One for each resource.
pub const SAMPLES: &[Sample] = &[
    Sample {
        type_name: "twilio_api_key",
        needs: &[],
        config: || json!({"friendly_name": "App"}),
        changed: || json!({"friendly_name": "Application"}),
        witness: "friendly_name",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| json!({"friendly_name": "Neighbour"})),
    },
    Sample {
        type_name: "twilio_event_sink",
        needs: &[],
        config: || sink("Sink"),
        changed: || sink("Drain"),
        witness: "description",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| sink("Neighbour")),
    },
    Sample {
        type_name: "twilio_event_subscription",
        needs: &[SINK],
        config: || subscription("Delivered", &["delivered", "failed"]),
        changed: || subscription("Sent", &["sent", "failed"]),
        witness: "description",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| subscription("Neighbour", &["delivered", "failed"])),
    },
    Sample {
        type_name: "twilio_messaging_service",
        needs: &[],
        config: || json!({"friendly_name": "Alerts", "inbound_request_url": "https://example.com/sms"}),
        changed: || json!({"friendly_name": "Alarms", "inbound_request_url": "https://example.com/sms"}),
        witness: "friendly_name",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| json!({"friendly_name": "Neighbour"})),
    },
    Sample {
        type_name: "twilio_messaging_service_phone_number",
        needs: &[
            SERVICE,
            ONE,
            number("two", &[("PhoneNumber", "+14155550143")]),
            number("three", &[("PhoneNumber", "+14155550144")]),
        ],
        config: || json!({"service_sid": "{service}", "phone_number_sid": "{one}"}),
        changed: || json!({"service_sid": "{service}", "phone_number_sid": "{two}"}),
        witness: "phone_number",
        end: End::Gone,
        has_twins: false,
        neighbour: Some(|| json!({"service_sid": "{service}", "phone_number_sid": "{three}"})),
    },
    Sample {
        type_name: "twilio_phone_number",
        needs: &[],
        config: || json!({"phone_number": "+14155550142", "sms_url": "https://example.com/sms"}),
        changed: || json!({"phone_number": "+14155550142", "sms_url": "https://example.com/texts"}),
        witness: "sms_url",
        end: End::Gone,
        has_twins: false,
        neighbour: Some(|| json!({"phone_number": "+14155550144"})),
    },
    Sample {
        type_name: "twilio_phone_number_webhooks",
        needs: &[ONE, number("two", &[("PhoneNumber", "+14155550143")])],
        config: || json!({"phone_number_sid": "{one}", "sms_url": "https://example.com/sms"}),
        changed: || json!({"phone_number_sid": "{one}", "sms_url": "https://example.com/texts"}),
        witness: "sms_url",
        end: End::Cleared("sms_url"),
        has_twins: false,
        neighbour: None,
    },
    Sample {
        type_name: "twilio_studio_flow",
        needs: &[],
        config: || flow("Greeting"),
        changed: || flow("Farewell"),
        witness: "friendly_name",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| flow("Neighbour")),
    },
    Sample {
        type_name: "twilio_subaccount",
        needs: &[],
        config: || json!({"friendly_name": "Customer"}),
        changed: || json!({"friendly_name": "Customer 42"}),
        witness: "friendly_name",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| json!({"friendly_name": "Neighbour"})),
    },
    Sample {
        type_name: "twilio_twiml_app",
        needs: &[],
        config: || json!({"friendly_name": "Support", "voice_url": "https://example.com/voice"}),
        changed: || json!({"friendly_name": "Support", "voice_url": "https://example.com/calls"}),
        witness: "voice_url",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| json!({"friendly_name": "Neighbour"})),
    },
    Sample {
        type_name: "twilio_usage_trigger",
        needs: &[],
        config: || trigger("https://example.com/spend"),
        changed: || trigger("https://example.com/money"),
        witness: "callback_url",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(
            || json!({"friendly_name": "Neighbour", "usage_category": "sms", "trigger_value": "5", "callback_url": "https://example.com"}),
        ),
    },
    Sample {
        type_name: "twilio_verify_service",
        needs: &[],
        config: || json!({"friendly_name": "Shop", "code_length": 5}),
        changed: || json!({"friendly_name": "Store", "code_length": 5}),
        witness: "friendly_name",
        end: End::Gone,
        has_twins: true,
        neighbour: Some(|| json!({"friendly_name": "Neighbour"})),
    },
];

fn sink(description: &str) -> Json {
    json!({
        "description": description,
        "sink_type": "webhook",
        "sink_configuration": {"destination": "https://example.com/events", "method": "POST"},
    })
}

fn subscription(description: &str, states: &[&str]) -> Json {
    let types = states
        .iter()
        .map(|state| json!({"type": format!("com.twilio.messaging.message.{state}")}));
    json!({"description": description, "sink_sid": "{sink}", "types": types.collect::<Vec<_>>()})
}

fn trigger(callback: &str) -> Json {
    json!({
        "friendly_name": "Spend",
        "usage_category": "totalprice",
        "trigger_value": "30",
        "trigger_by": "price",
        "recurring": "daily",
        "callback_url": callback,
    })
}

fn flow(name: &str) -> Json {
    let definition = json!({
        "description": "Says nothing",
        "initial_state": "Trigger",
        "flags": {"allow_concurrent_calls": true},
        "states": [{"name": "Trigger", "type": "trigger", "transitions": [], "properties": {"offset": {"x": 0, "y": 0}}}],
    });
    json!({"friendly_name": name, "status": "draft", "definition": definition.to_string()})
}

/// What is offered, and the test tables.
pub fn resources() -> impl Iterator<Item = &'static Managed> {
    RESOURCES.iter().chain(TABLES)
}

/// The samples of both.
pub fn samples() -> impl Iterator<Item = &'static Sample> {
    SAMPLES.iter().chain(test_tables::SAMPLES)
}

/// The sample of a resource.
///
/// # Panics
/// When there is none: a resource without one is not proven.
pub fn sample_of(resource: &Managed) -> &'static Sample {
    samples()
        .find(|sample| sample.type_name == resource.object.name)
        .unwrap_or_else(|| {
            panic!(
                "{} has no sample in tests/faults/samples.rs; write one",
                resource.object.name
            )
        })
}

impl Sample {
    /// The witness as Twilio calls it.
    pub fn witness_there(&self) -> Cow<'static, str> {
        self.resource().object.spelling.of(self.witness)
    }

    /// Its table.
    pub fn resource(&self) -> &'static Managed {
        resources()
            .find(|resource| resource.object.name == self.type_name)
            .unwrap_or_else(|| panic!("{} is not offered", self.type_name))
    }

    /// The method that changes the object.
    pub fn update_method(&self) -> &'static str {
        match self.resource().lifecycle.update() {
            UpdateStyle::Put => "PUT",
            UpdateStyle::Patch | UpdateStyle::Merge => "PATCH",
            UpdateStyle::Post | UpdateStyle::Never => "POST",
        }
    }

    /// The method that ends the object: where the API offers no DELETE of what the table describes, an update.
    pub fn delete_method(&self) -> &'static str {
        match (self.resource().lifecycle.destroy(), self.type_name) {
            (Destroy::Hook, "twilio_subaccount") | (Destroy::Archive(_), _) => "POST",
            (Destroy::Reset, _) => self.update_method(),
            _ => "DELETE",
        }
    }

    /// Whether there is a create that makes something: neither is it there before, nor is what is there written over.
    pub fn is_made(&self) -> bool {
        self.resource().lifecycle.begin() == Begin::Made
    }

    /// Whether Twilio says when it was made, or there is nothing to make.
    pub fn shows_its_age(&self) -> bool {
        let mut fields = self.resource().object.fields.iter();
        !self.is_made() || fields.any(|field| field.name == "date_created")
    }

    /// Makes what it depends on, and lets it grow older than Twilio's faults mean by new.
    pub async fn prepare(&self, twilio: &Twilio) -> Needs {
        if !self.resource().waits.is_empty() {
            // Or it would happen between two looks of a case; `waits.rs` is about that.
            twilio.nothing_moves().await;
        }
        let mut needs = Vec::new();
        for need in self.needs {
            // A need may stand below another.
            let path = Needs(needs.clone()).fill_in(need.path.replace("{account}", &twilio.handle.account_sid));
            let made = match need.by_hand {
                true => twilio.put_there(need.host, &path, need.form).await,
                false if need.host.contains("-upload.") => twilio.upload(need.host, &path, need.form).await,
                false => twilio.make(need.host, &path, need.form).await,
            };
            let key = made["sid"].as_str().or(made["id"].as_str());
            let key = key.unwrap_or_else(|| panic!("{} goes by nothing: {made}", need.name));
            needs.push((need.name, key.to_owned()));
        }
        if !self.needs.is_empty() {
            // Somebody else made these, a while ago: the provider has no reason to wait for them.
            SystemClock::new().sleep(Duration::from_millis(WINDOW + 1)).await;
        }
        Needs(needs)
    }
}

/// SIDs of what a sample depends on, by name.
pub struct Needs(Vec<(&'static str, String)>);

impl Needs {
    /// A configuration with the SIDs filled in.
    pub fn fill(&self, config: Json) -> Json {
        serde_json::from_str(&self.fill_in(config.to_string())).expect("still JSON")
    }

    fn fill_in(&self, text: String) -> String {
        let needs = self.0.iter();
        needs.fold(text, |text, (name, sid)| text.replace(&format!("{{{name}}}"), sid))
    }
}

#[test]
fn every_resource_has_a_sample_and_every_sample_a_resource() {
    let samples: Vec<_> = samples().map(|sample| sample.type_name).collect();
    let offered: Vec<_> = resources().map(|resource| resource.object.name).collect();
    assert_eq!(
        samples, offered,
        "tests/faults/samples.rs against src/provider/offered.rs"
    );
}
