//! Where the webhooks of an account stand: which kinds of things have some, and how they are read.
//!
//! Which attributes are webhooks the tables say themselves: those that a policy about webhooks is about
//! ([`crate::engine::values::webhooks`]). What has no table of its own here yet has a small one in this file.

use futures::StreamExt as _;
use serde_json::Value as Json;

use super::holdings::{REGULATORY_BUNDLE, held};
use crate::engine::facts::Absent::{Clears, Keeps};
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::{Call, Fault, Warnings};
use crate::engine::facts::{Access, Items, Key, Object, Place, Properties, http_method, object, text, url};
use crate::engine::operations::list::{Depth, Search, objects, state_of};
use crate::engine::operations::requests::fetch;
use crate::engine::values::webhooks;
use crate::framework::path::{AttributePath, Step};
use crate::framework::value::Value;
use crate::resources::accounts::connect_app::CONNECT_APP;
use crate::resources::events::event_sink::EVENT_SINK;
use crate::resources::intelligence::intelligence_service::INTELLIGENCE_SERVICE;
use crate::resources::messaging::messaging_service::MESSAGING_SERVICE;
use crate::resources::messaging::short_code::SHORT_CODE;
use crate::resources::numbers::phone_number::PHONE_NUMBER;
use crate::resources::sip::sip_domain::SIP_DOMAIN;
use crate::resources::studio::studio_flow::STUDIO_FLOW;
use crate::resources::sync::sync_service::SYNC_SERVICE;
use crate::resources::taskrouter::taskrouter_workflow::TASKROUTER_WORKFLOW;
use crate::resources::taskrouter::taskrouter_workspace::TASKROUTER_WORKSPACE;
use crate::resources::trunking::trunk::TRUNK;
use crate::resources::usage::usage_trigger::USAGE_TRIGGER;
use crate::resources::verify::verify_service::VERIFY_SERVICE;
use crate::resources::verify::verify_webhook::VERIFY_WEBHOOK;
use crate::resources::video::video_composition_hook::VIDEO_COMPOSITION_HOOK;
use crate::resources::voice::twiml_app::TWIML_APP;
use crate::resources::voice::voice_byoc_trunk::VOICE_BYOC_TRUNK;
use crate::twilio::{AccountSid, Client, Product, lenient};

/// A kind of thing with webhooks, and how it is read.
#[derive(Clone, Copy)]
pub(super) enum Source {
    /// The list of the account.
    Listed(&'static Object),
    /// The lists below each object of another kind, which stands in the field of this name.
    Below(&'static Object, &'static str, &'static Object),
    /// Settings of the account.
    Settings(&'static Object),
    /// Texts in the definitions of Studio flows that are addresses: there is no attribute for what a widget requests.
    Definitions(&'static Object),
}

impl Source {
    /// What that stands below; itself, where it stands below nothing.
    const fn above(self) -> &'static Object {
        match self {
            Self::Below(above, ..) => above,
            Self::Listed(object) | Self::Settings(object) | Self::Definitions(object) => object,
        }
    }

    /// What has the webhooks.
    pub(super) const fn object(self) -> &'static Object {
        match self {
            Self::Listed(object) | Self::Below(_, _, object) | Self::Settings(object) | Self::Definitions(object) => {
                object
            }
        }
    }
}

/// The names of [`SOURCES`], for a check.
pub(super) const NAMES: &[&str] = &[
    "phone_numbers",
    "short_codes",
    "messaging_services",
    "twiml_apps",
    "sip_domains",
    "trunks",
    "byoc_trunks",
    "studio_flows",
    "verify_webhooks",
    "taskrouter_workspaces",
    "taskrouter_workflows",
    "conversations_webhooks",
    "conversations_addresses",
    "sync_services",
    "event_sinks",
    "intelligence_services",
    "video_composition_hooks",
    "usage_triggers",
    "connect_apps",
    "regulatory_bundles",
];

/// All kinds, those first that most accounts have.
pub(super) const SOURCES: &[(&str, Source)] = &[
    ("phone_numbers", Source::Listed(&PHONE_NUMBER.object)),
    ("short_codes", Source::Listed(&SHORT_CODE.object)),
    ("messaging_services", Source::Listed(&MESSAGING_SERVICE.object)),
    ("twiml_apps", Source::Listed(&TWIML_APP.object)),
    ("sip_domains", Source::Listed(&SIP_DOMAIN.object)),
    ("trunks", Source::Listed(&TRUNK.object)),
    ("byoc_trunks", Source::Listed(&VOICE_BYOC_TRUNK.object)),
    ("studio_flows", Source::Definitions(&STUDIO_FLOW.object)),
    (
        "verify_webhooks",
        Source::Below(&VERIFY_SERVICE.object, "service_sid", &VERIFY_WEBHOOK.object),
    ),
    ("taskrouter_workspaces", Source::Listed(&TASKROUTER_WORKSPACE.object)),
    (
        "taskrouter_workflows",
        Source::Below(
            &TASKROUTER_WORKSPACE.object,
            "workspace_sid",
            &TASKROUTER_WORKFLOW.object,
        ),
    ),
    ("conversations_webhooks", Source::Settings(CONVERSATIONS_WEBHOOKS)),
    ("conversations_addresses", Source::Listed(CONVERSATIONS_ADDRESS)),
    ("sync_services", Source::Listed(&SYNC_SERVICE.object)),
    ("event_sinks", Source::Listed(&EVENT_SINK.object)),
    ("intelligence_services", Source::Listed(&INTELLIGENCE_SERVICE.object)),
    (
        "video_composition_hooks",
        Source::Listed(&VIDEO_COMPOSITION_HOOK.object),
    ),
    ("usage_triggers", Source::Listed(&USAGE_TRIGGER.object)),
    ("connect_apps", Source::Listed(&CONNECT_APP.object)),
    ("regulatory_bundles", Source::Listed(REGULATORY_BUNDLE)),
];

/// The requests that read them: of each kind its list, itself, and the list of what it stands below.
pub(super) const READS: [Access; 3 * SOURCES.len()] = {
    let mut reads = [Access::get(Product::Api, ""); 3 * SOURCES.len()];
    let mut kind = 0;
    while kind < SOURCES.len() {
        let source = SOURCES[kind].1;
        let (object, above) = (source.object(), source.above());
        reads[3 * kind] = Access::get(object.place.product, object.list_path());
        reads[3 * kind + 1] = Access::get(object.place.product, object.place.instance);
        reads[3 * kind + 2] = Access::get(above.place.product, above.list_path());
        kind += 1;
    }
    reads
};

/// Addresses in those tables that browsers go to, and Twilio does not.
const PAGES: &[&str] = &["homepage_url", "authorize_redirect_url"];

/// <https://www.twilio.com/docs/conversations/api/webhook-resource>
const CONVERSATIONS_WEBHOOKS: &Object = &Object {
    noun: "webhooks of Conversations",
    place: Place::alone(Product::Conversations, "/v1/Configuration/Webhooks"),
    key: Key::None,
    fields: &[
        url("pre_webhook_url", Setting(Clears)),
        url("post_webhook_url", Setting(Clears)),
        http_method("method"),
    ],
    ..Object::NEW
};

/// <https://www.twilio.com/docs/conversations/api/address-configuration-resource>
const CONVERSATIONS_ADDRESS: &Object = &Object {
    noun: "address of Conversations",
    place: Place::at(
        Product::Conversations,
        "/v1/Configuration/Addresses",
        "/v1/Configuration/Addresses/{sid}",
    ),
    key: Key::Sid("IG"),
    natural_key: &["address"],
    fields: &[
        text("address", Observed),
        object(
            "auto_creation",
            Setting(Keeps),
            &[
                url("webhook_url", Setting(Clears)),
                text("webhook_method", Setting(Keeps)),
            ],
        ),
    ],
    ..Object::NEW
};

/// A webhook, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Webhook {
    /// SID of what has it; the account's, of its settings.
    pub(super) sid: String,
    /// What people know that by.
    pub(super) name: Option<String>,
    /// The attribute, as in `sink_configuration.destination`.
    pub(super) attribute: String,
    /// The URL.
    pub(super) url: String,
    /// The method, where there is a choice of it.
    pub(super) method: Option<String>,
}

/// The webhooks of one kind.
#[derive(Debug, Default)]
pub(super) struct Webhooks {
    pub(super) webhooks: Vec<Webhook>,
    /// Whether these are all: not where there are more things to be read one by one than were wanted.
    pub(super) is_whole: bool,
}

/// All webhooks of one kind in an account. Costs a request for each page of the list, and where they stand below something, or in
/// something that a list leaves out, one for each of that: no more than `at_most`.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(super) async fn webhooks_of(
    client: &Client,
    account: &AccountSid,
    source: Source,
    at_most: Option<usize>,
) -> Result<Webhooks, Fault> {
    match source {
        Source::Listed(object) | Source::Definitions(object) => {
            listed(client, account, source, object, &Value::Null, at_most).await
        }
        Source::Below(parent, field, object) => {
            let mut above = held(client, account, parent).await?;
            let most = at_most.unwrap_or(usize::MAX);
            let mut all = Webhooks {
                webhooks: Vec::new(),
                is_whole: above.len() <= most,
            };
            above.truncate(most);
            for one in above {
                let at = Value::object([(field, Value::string(one.sid.as_str()))]);
                let found = listed(client, account, source, object, &at, at_most).await?;
                all.webhooks.extend(found.webhooks);
                all.is_whole &= found.is_whole;
            }
            Ok(all)
        }
        Source::Settings(object) => {
            let (nothing, warnings) = (Value::Null, Warnings::default());
            let call = call(client, account, object, &nothing, &warnings);
            let settings = fetch(call).await?;
            let named = (account.to_string(), None);
            Ok(Webhooks {
                webhooks: in_attributes(object, &state_of(call, settings), &named),
                is_whole: true,
            })
        }
    }
}

const fn call<'a>(
    client: &'a Client,
    account: &'a AccountSid,
    object: &'static Object,
    state: &'a Value,
    warnings: &'a Warnings,
) -> Call<'a> {
    Call {
        object,
        client,
        account,
        state,
        warnings,
    }
}

async fn listed(
    client: &Client,
    account: &AccountSid,
    source: Source,
    object: &'static Object,
    parents: &Value,
    at_most: Option<usize>,
) -> Result<Webhooks, Fault> {
    let (filters, warnings) = (Value::Null, Warnings::default());
    let call = call(client, account, object, parents, &warnings);
    // Where an item of the list has less than the object, the webhooks may be in the rest.
    let (depth, at_most) = match object.list.items {
        Items::Whole => (Depth::Item, None),
        Items::Partial(_) => (Depth::Whole, at_most),
    };
    let search = Search {
        filters: &filters,
        depth,
        // One more tells whether these are all.
        at_most: at_most.map(|most| most + 1),
    };
    let mut found = Vec::new();
    let mut seen = 0;
    let mut all = objects(call, search)?;
    while let Some(item) = all.next().await {
        let item = item.map_err(|error| error.fault)?;
        seen += 1;
        if at_most.is_some_and(|most| seen > most) {
            return Ok(Webhooks {
                webhooks: found,
                is_whole: false,
            });
        }
        let named = name_of(object, &item);
        match source {
            Source::Definitions(_) => found.extend(in_definition(&item, &named)),
            _ => found.extend(in_attributes(object, &state_of(call, item), &named)),
        }
    }
    Ok(Webhooks {
        webhooks: found,
        is_whole: true,
    })
}

fn name_of(object: &Object, item: &Properties) -> (String, Option<String>) {
    let field = |name: &str| item.get(name).and_then(lenient::text);
    let name = object.natural_key.first().and_then(|name| field(name));
    (field("sid").unwrap_or_default(), name.filter(|name| !name.is_empty()))
}

fn in_attributes(object: &Object, state: &Value, named: &(String, Option<String>)) -> Vec<Webhook> {
    let all = webhooks::all(object.fields, state).into_iter();
    let all = all.filter(|webhook| last_name(&webhook.path).is_none_or(|name| !PAGES.contains(&name)));
    all.map(|webhook| Webhook {
        sid: named.0.clone(),
        name: named.1.clone(),
        attribute: written(&webhook.path),
        method: method_of(state, &webhook.path),
        url: webhook.url,
    })
    .collect()
}

fn last_name(path: &AttributePath) -> Option<&str> {
    match path.steps().last() {
        Some(Step::Attribute(name)) => Some(name),
        _ => None,
    }
}

/// `sink_configuration.destination`, `rules[2].url`.
fn written(path: &AttributePath) -> String {
    let mut text = String::new();
    for step in path.steps() {
        match step {
            Step::Attribute(name) if text.is_empty() => text.push_str(name),
            Step::Attribute(name) => text.push_str(&format!(".{name}")),
            Step::Index(index) => text.push_str(&format!("[{index}]")),
            Step::Key(key) => text.push_str(&format!("[{key:?}]")),
        }
    }
    text
}

/// The method that stands beside a URL: Twilio calls it by the URL's name, or just the method.
fn method_of(state: &Value, path: &AttributePath) -> Option<String> {
    let name = last_name(path)?;
    let steps = path.steps();
    let beside = steps[..steps.len() - 1]
        .iter()
        .fold(AttributePath::root(), |path, step| path.and(step.clone()));
    let stem = name.strip_suffix("_url").unwrap_or(name);
    let names = [
        format!("{name}_method"),
        format!("{stem}_method"),
        format!("{stem}_http_method"),
        format!("{}_method", stem.strip_suffix("_request").unwrap_or(stem)),
        "method".to_owned(),
    ];
    names.iter().find_map(|name| {
        let method = state.at(&beside.and_attribute(name.as_str()))?.as_str()?;
        (!method.is_empty()).then(|| method.to_owned())
    })
}

/// Every text of a flow's definition that is an address, whichever widget has it.
fn in_definition(flow: &Properties, named: &(String, Option<String>)) -> Vec<Webhook> {
    let definition = match flow.get("definition") {
        Some(Json::String(text)) => serde_json::from_str(text).unwrap_or(Json::Null),
        Some(definition) => definition.clone(),
        None => Json::Null,
    };
    let mut found = Vec::new();
    webhooks::in_json(&definition, &mut |inside, url, method| {
        found.push(Webhook {
            sid: named.0.clone(),
            name: named.1.clone(),
            attribute: format!("definition{inside}"),
            url: url.to_owned(),
            method: method.map(str::to_owned),
        });
    });
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_kind_has_its_name_and_something_to_show() {
        let names: Vec<_> = SOURCES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, NAMES);
        for (name, source) in SOURCES {
            let has_some = matches!(source, Source::Definitions(_)) || webhooks::are_in(source.object().fields);
            assert!(has_some, "{name} has no webhook");
        }
    }

    #[test]
    fn a_method_stands_beside_its_url() {
        let state = Value::object([
            ("voice_url", Value::string("https://a.example")),
            ("voice_method", Value::string("GET")),
            ("status_callback", Value::string("https://b.example")),
            ("status_callback_method", Value::string("POST")),
            ("inbound_request_url", Value::string("https://c.example")),
            ("inbound_method", Value::string("GET")),
            ("sms_url", Value::string("https://d.example")),
            (
                "sink_configuration",
                Value::object([
                    ("destination", Value::string("https://e.example")),
                    ("method", Value::string("POST")),
                ]),
            ),
        ]);
        let method = |path: &AttributePath| method_of(&state, path);
        assert_eq!(method(&AttributePath::attribute("voice_url")).as_deref(), Some("GET"));
        assert_eq!(
            method(&AttributePath::attribute("status_callback")).as_deref(),
            Some("POST")
        );
        assert_eq!(
            method(&AttributePath::attribute("inbound_request_url")).as_deref(),
            Some("GET")
        );
        assert_eq!(method(&AttributePath::attribute("sms_url")), None);
        let nested = AttributePath::attribute("sink_configuration").and_attribute("destination");
        assert_eq!(method(&nested).as_deref(), Some("POST"));
        assert_eq!(written(&nested), "sink_configuration.destination");
    }

    #[test]
    fn pages_for_browsers_are_no_webhooks() {
        let state = Value::object([
            ("homepage_url", Value::string("https://www.example.com")),
            ("deauthorize_callback_url", Value::string("https://hooks.example.com")),
        ]);
        let found = in_attributes(&CONNECT_APP.object, &state, &("CN1".to_owned(), None));
        let attributes: Vec<_> = found.iter().map(|webhook| webhook.attribute.as_str()).collect();
        assert_eq!(attributes, ["deauthorize_callback_url"]);
    }

    #[test]
    fn addresses_in_a_definition_are_found_wherever_they_are() {
        let flow = json!({"sid": "FW1", "definition": {
            "description": "see https in a text",
            "states": [{"name": "ask", "type": "make-http-request",
                "properties": {"url": "https://hooks.example.com/a", "method": "POST"}}],
            "flags": {"callback": "HTTP://old.example.com"},
        }});
        let found = in_definition(flow.as_object().expect("an object"), &("FW1".to_owned(), None));
        let mut shown: Vec<_> = found
            .iter()
            .map(|webhook| {
                (
                    webhook.attribute.as_str(),
                    webhook.url.as_str(),
                    webhook.method.as_deref(),
                )
            })
            .collect();
        shown.sort_unstable();
        assert_eq!(
            shown,
            [
                ("definition.flags.callback", "HTTP://old.example.com", None),
                (
                    "definition.states[0].properties.url",
                    "https://hooks.example.com/a",
                    Some("POST")
                ),
            ]
        );
        let text = json!({"definition": "{\"u\": \"https://a.example\"}"});
        assert_eq!(
            in_definition(text.as_object().expect("an object"), &(String::new(), None)).len(),
            1
        );
    }
}
