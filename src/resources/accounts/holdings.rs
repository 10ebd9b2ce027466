//! What an account holds that somebody made or bought: what is lost, or released, when it is closed.
//!
//! The inventory and the check before closing read the same kinds. What Twilio makes by itself is not among them, as its default services
//! for Conversations and Sync, and queues, which TwiML makes (<https://www.twilio.com/docs/voice/twiml/enqueue>): there is no account
//! without it, or nobody misses it. Nor is what an account may not have at all, as Video: where Twilio refuses to show a kind, nothing
//! would ever be closed.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use serde_json::Value as Json;

use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::{Call, Fault, Warnings};
use crate::engine::facts::{Access, Key, Object, Place, Properties, url};
use crate::engine::operations::requests::list_all;
use crate::framework::value::Value;
use crate::resources::accounts::api_key::API_KEY;
use crate::resources::events::event_sink::EVENT_SINK;
use crate::resources::events::event_subscription::EVENT_SUBSCRIPTION;
use crate::resources::messaging::messaging_service::MESSAGING_SERVICE;
use crate::resources::messaging::short_code::SHORT_CODE;
use crate::resources::numbers::address::ADDRESS;
use crate::resources::numbers::phone_number::PHONE_NUMBER;
use crate::resources::serverless::serverless_service::SERVERLESS_SERVICE;
use crate::resources::sip::sip_credential_list::SIP_CREDENTIAL_LIST;
use crate::resources::sip::sip_domain::SIP_DOMAIN;
use crate::resources::sip::sip_ip_access_control_list::SIP_IP_ACCESS_CONTROL_LIST;
use crate::resources::studio::studio_flow::STUDIO_FLOW;
use crate::resources::taskrouter::taskrouter_workspace::TASKROUTER_WORKSPACE;
use crate::resources::trunking::trunk::TRUNK;
use crate::resources::verify::verify_service::VERIFY_SERVICE;
use crate::resources::voice::outgoing_caller_id::OUTGOING_CALLER_ID;
use crate::resources::voice::twiml_app::TWIML_APP;
use crate::resources::voice::voice_byoc_trunk::VOICE_BYOC_TRUNK;
use crate::twilio::{AccountSid, Client, Product, lenient};

/// A kind of thing that an account holds.
pub(super) type Kind = (&'static str, &'static Object);

/// The names of [`KINDS`], for a check.
pub(super) const NAMES: &[&str] = &[
    "phone_numbers",
    "short_codes",
    "messaging_services",
    "twiml_apps",
    "sip_domains",
    "sip_credential_lists",
    "sip_ip_access_control_lists",
    "trunks",
    "voice_byoc_trunks",
    "studio_flows",
    "verify_services",
    "taskrouter_workspaces",
    "serverless_services",
    "event_sinks",
    "event_subscriptions",
    "api_keys",
    "regulatory_bundles",
    "addresses",
    "outgoing_caller_ids",
];

/// The kinds, those first whose loss costs most.
pub(super) const KINDS: &[Kind] = &[
    ("phone_numbers", &PHONE_NUMBER.object),
    ("short_codes", &SHORT_CODE.object),
    ("messaging_services", &MESSAGING_SERVICE.object),
    ("twiml_apps", &TWIML_APP.object),
    ("sip_domains", &SIP_DOMAIN.object),
    ("sip_credential_lists", &SIP_CREDENTIAL_LIST.object),
    ("sip_ip_access_control_lists", &SIP_IP_ACCESS_CONTROL_LIST.object),
    ("trunks", &TRUNK.object),
    ("voice_byoc_trunks", &VOICE_BYOC_TRUNK.object),
    ("studio_flows", &STUDIO_FLOW.object),
    ("verify_services", &VERIFY_SERVICE.object),
    ("taskrouter_workspaces", &TASKROUTER_WORKSPACE.object),
    ("serverless_services", &SERVERLESS_SERVICE.object),
    ("event_sinks", &EVENT_SINK.object),
    ("event_subscriptions", &EVENT_SUBSCRIPTION.object),
    ("api_keys", &API_KEY.object),
    ("regulatory_bundles", REGULATORY_BUNDLE),
    ("addresses", &ADDRESS.object),
    ("outgoing_caller_ids", &OUTGOING_CALLER_ID.object),
];

/// The requests that read them.
pub(super) const READS: [Access; KINDS.len()] = {
    let mut reads = [Access::get(Product::Api, ""); KINDS.len()];
    let mut kind = 0;
    while kind < KINDS.len() {
        let object = KINDS[kind].1;
        reads[kind] = Access::get(object.place.product, object.list_path());
        kind += 1;
    }
    reads
};

/// <https://www.twilio.com/docs/phone-numbers/regulatory/api/bundles>
pub(super) const REGULATORY_BUNDLE: &Object = &Object {
    noun: "regulatory bundle",
    place: Place::at(
        Product::Numbers,
        "/v2/RegulatoryCompliance/Bundles",
        "/v2/RegulatoryCompliance/Bundles/{sid}",
    ),
    key: Key::Sid("BU"),
    natural_key: &["friendly_name"],
    fields: &[url("status_callback", Setting(Clears))],
    ..Object::NEW
};

/// One thing that an account holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    /// Its SID.
    pub(super) sid: String,
    /// What people know it by: a number, a name.
    pub(super) name: Option<String>,
}

impl Held {
    fn of(object: &Object, item: &Properties) -> Option<Self> {
        let field = |name: &str| item.get(name).and_then(lenient::text);
        Some(Self {
            sid: item.get("sid").and_then(Json::as_str)?.to_owned(),
            name: object
                .natural_key
                .first()
                .and_then(|name| field(name))
                .filter(|name| !name.is_empty()),
        })
    }
}

/// All of one kind that an account holds. Costs a request for each page of the list.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(super) async fn held(client: &Client, account: &AccountSid, object: &'static Object) -> Result<Vec<Held>, Fault> {
    let (mut all, mut sids) = (Vec::new(), BTreeSet::new());
    each(client, account, object, |item| {
        // A list that changes while it is read may have an item on two pages.
        let one = Held::of(object, &item).filter(|one| sids.insert(one.sid.clone()));
        all.extend(one);
    })
    .await?;
    Ok(all)
}

/// Every item of the list of one kind, as Twilio shows it. Costs a request for each page.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(super) async fn each(
    client: &Client,
    account: &AccountSid,
    object: &'static Object,
    take: impl FnMut(Properties) + Send,
) -> Result<(), Fault> {
    each_below(client, account, object, &Value::Null, take).await
}

/// Likewise of a list below the parents that `above` names.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(super) async fn each_below(
    client: &Client,
    account: &AccountSid,
    object: &'static Object,
    above: &Value,
    mut take: impl FnMut(Properties) + Send,
) -> Result<(), Fault> {
    let warnings = Warnings::default();
    let call = Call {
        object,
        client,
        account,
        state: above,
        warnings: &warnings,
    };
    let items = client.each(list_all(call)?, |item| {
        take(item);
        ControlFlow::Continue(())
    });
    Ok(items.await?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::twilio::tests::server::{ReceivedRequest, Server, ok, parent};

    #[test]
    fn each_kind_has_its_name_and_is_listed_by_sids_in_the_account_alone() {
        let names: Vec<_> = KINDS.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, NAMES);
        for (name, object) in KINDS {
            assert!(object.has_sid() && object.parents.is_empty(), "{name}");
            assert!(!object.natural_key.is_empty() && !object.noun.is_empty(), "{name}");
        }
    }

    #[tokio::test]
    async fn what_is_on_two_pages_is_held_once() {
        let server = Server::start(|seen: &ReceivedRequest, _| {
            let app = |number: u32| json!({"sid": format!("AP{number:032}"), "friendly_name": "App"});
            let second = format!(
                "/2010-04-01/Accounts/{}/Applications.json?PageSize=2&Page=1&PageToken=PAAP2",
                parent()
            );
            match seen.target.contains("Page=1") {
                false => ok(json!({"applications": [app(1), app(2)], "next_page_uri": second})),
                true => ok(json!({"applications": [app(2), app(3)], "next_page_uri": null})),
            }
        })
        .await;
        let (client, _clock) = server.client();
        let all = held(&client, &parent(), &TWIML_APP.object).await.expect("it was read");
        assert_eq!(all.len(), 3, "{all:?}");
    }

    #[test]
    fn a_thing_is_known_by_its_natural_key() {
        let held = |object: &Object, item: Json| Held::of(object, item.as_object().expect("an object"));
        let number = held(
            &PHONE_NUMBER.object,
            json!({"sid": "PN1", "phone_number": "+14155550100", "friendly_name": "x"}),
        );
        assert_eq!(number.and_then(|one| one.name).as_deref(), Some("+14155550100"));
        let unnamed = held(&API_KEY.object, json!({"sid": "SK1", "friendly_name": ""}));
        assert_eq!(unnamed.map(|one| one.name), Some(None));
        assert_eq!(held(&API_KEY.object, json!({"friendly_name": "x"})), None);
    }
}
