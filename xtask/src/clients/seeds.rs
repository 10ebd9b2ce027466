//! Objects that no client can make, as they come by themselves at Twilio: recordings, conferences, alerts. A list with nothing in
//! it would show nothing.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::{Value, json};
use twilio_simulator::Handle;

use super::lifecycles::{products, resources};

/// What is kept in another collection, whose objects are its own: signing keys among the keys, flows in version 2.
const ELSEWHERE: &[&str] = &["api.v2010.accounts.signing_keys", "studio.v1.flows"];

/// What Twilio alone fills and the simulator does not know: it refuses to show these lists until something is in them.
const CATALOGUES: &[&str] = &[
    "numbers.v2.regulatory_compliance.end_user_types",
    "numbers.v2.regulatory_compliance.supporting_document_types",
    "pricing.v1.messaging.countries",
    "pricing.v1.phone_numbers.countries",
    "pricing.v1.voice.countries",
    "pricing.v2.countries",
    "pricing.v2.voice.countries",
    "trusthub.v1.end_user_types",
    "trusthub.v1.supporting_document_types",
    "verify.v2.templates",
];

/// What a lifecycle names of what it cannot make: the offer that an add-on is installed from, the network of a profile.
const NAMED: &[(&str, &str)] = &[
    ("marketplace.v1.available_add_ons", "XB00000000000000000000000000000007"),
    ("supersim.v1.networks", "HW00000000000000000000000000000007"),
];

/// What a lifecycle names of what its requests alone do not make, or not before it: host, collection, SID.
const NAMED_ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "messaging.twilio.com",
        "/v1/a2p/BrandRegistrations",
        "BN00000000000000000000000000000007",
    ),
    (
        "verify.twilio.com",
        "/v2/Services/VA00000000000000000000000000000007/Entities/identity/Factors",
        "YF00000000000000000000000000000007",
    ),
];

/// The SIDs of what was added, by resource.
pub type Seeds = BTreeMap<String, Vec<String>>;

/// Adds two objects of each resource that is only read and that stands below nothing but the account.
///
/// # Errors
/// When the simulator does not answer.
pub async fn add(simulator: &Handle) -> Result<Seeds> {
    let names = resources()?;
    let client = reqwest::Client::builder().no_proxy().build()?;
    let mut seeds = Seeds::new();
    for (host, collection, sid) in NAMED_ELSEWHERE {
        let object = json!({"host": host, "collection": collection, "fields": {"sid": sid}}).to_string();
        let add = client
            .post(format!("{}/_simulator/objects", simulator.url))
            .body(object);
        add.send().await?.error_for_status()?;
    }
    for lifecycle in products()?
        .into_values()
        .flatten()
        .filter(|lifecycle| lifecycle.reads && !ELSEWHERE.contains(&lifecycle.on.as_str()))
    {
        let is_catalogue = CATALOGUES.contains(&lifecycle.on.as_str());
        let place = names.get(&lifecycle.on).and_then(|names| match is_catalogue {
            true => names.listed(),
            false => names.collection(),
        });
        let Some((host, path)) = place else {
            continue;
        };
        let collection = path.replace("{AccountSid}", &simulator.account_sid);
        let named = NAMED.iter().find(|(on, _)| *on == lifecycle.on).map(|(_, sid)| *sid);
        for sid in [named, None] {
            let fields = sid.map_or(json!({}), |sid| json!({"sid": sid}));
            let object = json!({"host": host, "collection": collection, "fields": fields}).to_string();
            let add = client
                .post(format!("{}/_simulator/objects", simulator.url))
                .body(object);
            let answer = add.send().await?;
            // What is computed cannot be added, and is there without.
            if answer.status().is_success() {
                let added: Value = serde_json::from_str(&answer.text().await?)?;
                if let Some(sid) = added["body"]["sid"].as_str() {
                    seeds.entry(lifecycle.on.clone()).or_default().push(sid.to_owned());
                }
            }
        }
    }
    Ok(seeds)
}
