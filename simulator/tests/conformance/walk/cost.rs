//! What a create costs is the same whatever is there: the objects that the simulator looks at are counted, not the time.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use twilio_simulator::contract::{Contract, Location, Operation, OperationKind, Resource};

use super::{EXCEPTIONS, Walk};
use crate::accounts::below;
use crate::support::{API, simulator};

/// How many siblings are added between two creates that have to cost the same.
const SIBLINGS: usize = 25;

/// Collections that do not take so many like these: host, collection, why.
const FEW: &[(&str, &str, &str)] = &[
    (
        "conversations.twilio.com",
        "/v1/Conversations/{ConversationSid}/Webhooks",
        "five at most",
    ),
    (
        "conversations.twilio.com",
        "/v1/Services/{ChatServiceSid}/Conversations/{ConversationSid}/Webhooks",
        "five at most",
    ),
    (
        "chat.twilio.com",
        "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
        "five at most",
    ),
    (
        "ip-messaging.twilio.com",
        "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
        "five at most",
    ),
    (
        "events.twilio.com",
        "/v1/Subscriptions/{SubscriptionSid}/SubscribedEvents",
        "one of each type",
    ),
    (
        "messaging.twilio.com",
        "/v1/Services/{ServiceSid}/AlphaSenders",
        "one at most",
    ),
    (
        "proxy.twilio.com",
        "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Participants",
        "two at most",
    ),
    (
        "proxy.twilio.com",
        "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Participants/{ParticipantSid}/MessageInteractions",
        "below one of two participants at most",
    ),
    (
        "verify.twilio.com",
        "/v2/Services/{ServiceSid}/Entities/{Identity}/Factors",
        "twenty of this kind at most",
    ),
    (
        "verify.twilio.com",
        "/v2/Services/{ServiceSid}/MessagingConfigurations",
        "one of each country",
    ),
    (
        "verify.twilio.com",
        "/v2/Services/{ServiceSid}/RateLimits/{RateLimitSid}/Buckets",
        "one of each interval",
    ),
];

/// Parameters that may be left out and are about a rule where they are sent.
const RULED: &[&str] = &["UniqueName", "uniqueName", "Identity", "FriendlyName"];

pub(super) fn ruled(operation: &Operation, number: usize) -> impl Iterator<Item = (String, Value)> {
    let body = operation.params_in(Location::Body);
    let ruled = body.filter(|field| RULED.contains(&field.name.as_str()) && !field.required);
    ruled.map(move |field| (field.name.clone(), format!("ruled-{number}").into()))
}

#[tokio::test]
async fn no_create_looks_at_what_is_there_already() {
    let (handle, client) = simulator().await;
    let mut walk = Walk::new(client, &handle.account_sid);
    walk.ruled = true;
    let mut failures = Vec::new();
    let mut covered = 0;
    for resource in Contract::published().resources() {
        let kinds = [OperationKind::Create, OperationKind::Read];
        let is_left_out = |(host, template, _): &(&str, &str, &str)| (*host, *template) == place(resource);
        if resource.is_single()
            || kinds.iter().any(|kind| resource.operation(*kind).is_none())
            || EXCEPTIONS.iter().any(is_left_out)
            || FEW.iter().any(is_left_out)
        {
            continue;
        }
        match costs(&mut walk, resource).await {
            Ok((few, many)) => {
                covered += 1;
                if many > few {
                    failures.push(format!("{}{}: {few}, then {many}", resource.host, resource.template));
                }
            }
            Err(why) => failures.push(format!("{}{}: {why}", resource.host, resource.template)),
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n"));
    assert!(covered >= 190, "only {covered} collections were found");
}

fn place(resource: &Resource) -> (&str, &str) {
    (&resource.host, &resource.template)
}

/// What a create costs beside few, and beside many.
async fn costs(walk: &mut Walk, resource: &'static Resource) -> Result<(u64, u64), String> {
    // Whatever it needs is there after the first, and so are the indexes.
    let path = walk.create(resource).await?;
    walk.create(resource).await?;
    let few = cost(walk, resource).await?;
    let collection = path
        .rsplit_once('/')
        .map_or(path.as_str(), |(collection, _)| collection);
    for n in 0..SIBLINGS {
        let mut names = BTreeMap::new();
        for field in resource.object_fields() {
            if ["unique_name", "uniqueName", "identity", "friendly_name"].contains(&field.name.as_str()) {
                names.insert(field.name.as_str(), format!("sibling-{n}"));
            }
        }
        let object = json!({"host": resource.host, "collection": collection, "fields": names});
        let added = walk.client.control("POST", "objects", Some(object)).await;
        if added.status != 201 {
            return Err(format!("a sibling in {collection}: {added:?}"));
        }
    }
    Ok((few, cost(walk, resource).await?))
}

async fn cost(walk: &mut Walk, resource: &'static Resource) -> Result<u64, String> {
    // What goes on by itself is over then, and is no cost of this.
    walk.client.advance(3600).await;
    let before = walk.client.visited().await;
    walk.create(resource).await?;
    Ok(walk.client.visited().await - before)
}

/// Buying, searching and releasing cost the same however many numbers are sold, of whatever area.
#[tokio::test]
async fn numbers_are_bought_without_looking_at_those_that_are_sold() {
    let (handle, client) = simulator().await;
    let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
    let search = below(&handle.account_sid, "AvailablePhoneNumbers/US/Local");
    let mut before = client.visited().await;
    let mut costs = Vec::new();
    let mut owned: Vec<(String, String)> = Vec::new();
    for _ in 0..80 {
        let bought = client.post(API, &numbers, &[("AreaCode", "415")]).await;
        owned.push((bought.text("sid").to_owned(), bought.text("phone_number").to_owned()));
        let now = client.visited().await;
        costs.push(now - before);
        before = now;
    }
    assert_eq!(costs.iter().skip(2).max(), costs.iter().skip(2).min(), "{costs:?}");
    // By number, one of those that a search shows.
    let mut costs = Vec::new();
    for _ in 0..40 {
        let path = format!("{}?AreaCode=415&PageSize=5", search);
        let found = client.get(API, &path).await.ok();
        let wanted = found["available_phone_numbers"][4]["phone_number"]
            .as_str()
            .expect("five numbers")
            .to_owned();
        let before = client.visited().await;
        let bought = client.post(API, &numbers, &[("PhoneNumber", &wanted)]).await;
        assert_eq!(bought.text("phone_number"), wanted);
        client.get(API, &path).await.ok();
        costs.push(client.visited().await - before);
    }
    assert!(costs.iter().skip(2).max() <= costs.iter().take(2).max(), "{costs:?}");
    let release = format!("{}/{}.json", numbers.trim_end_matches(".json"), owned[10].0);
    let before = client.visited().await;
    assert_eq!(client.delete(API, &release).await.status, 204);
    assert!(client.visited().await - before < 10, "a release looks at few");
}

/// A page, a filter by value and a read look at what they show, whatever else is there.
#[tokio::test]
async fn a_page_and_a_read_cost_what_they_show() {
    let (handle, client) = simulator().await;
    let sync = "sync.twilio.com";
    let service = client.post(sync, "/v1/Services", &[("FriendlyName", "cost")]).await;
    let maps = format!("/v1/Services/{}/Maps", service.text("sid"));
    let map = client.post(sync, &maps, &[("UniqueName", "cost")]).await;
    let items = format!("{maps}/{}/Items", map.text("sid"));
    let apps = below(&handle.account_sid, "Applications");
    let collection = apps.trim_end_matches(".json").to_owned();
    let queues = below(&handle.account_sid, "Queues");
    let mut costs: Vec<Vec<u64>> = Vec::new();
    for round in 0..3 {
        for n in 0..100 {
            let number = round * 100 + n;
            let item = json!({"key": format!("key-{number:04}"), "data": {}});
            client.add_any(sync, &items, item).await;
            let name = json!({"friendly_name": format!("app-{number}")});
            client.add_any(API, &collection, name.clone()).await;
            client.add_any(API, queues.trim_end_matches(".json"), name).await;
        }
        let first = client.get(API, &format!("{apps}?PageSize=10")).await.ok();
        let second = first["next_page_uri"].as_str().expect("more");
        let requests = [
            (API, format!("{apps}?PageSize=10")),
            (API, second.to_owned()),
            (API, format!("{apps}?FriendlyName=app-50")),
            (API, format!("{queues}?PageSize=5")),
            (sync, format!("{items}?PageSize=10")),
            (sync, format!("{items}?PageSize=10&Order=desc")),
            (sync, format!("{items}/key-0050")),
            (sync, format!("{maps}/cost")),
        ];
        let mut round = Vec::new();
        for (host, path) in &requests {
            // The first may make an index.
            client.get(host, path).await.ok();
            let before = client.visited().await;
            client.get(host, path).await.ok();
            round.push(client.visited().await - before);
        }
        costs.push(round);
    }
    assert_eq!(costs[0], costs[2]);
    assert!(costs[0].iter().all(|cost| *cost < 45), "{costs:?}");
    // They show what they should.
    let filtered = client.get(API, &format!("{apps}?FriendlyName=app-50")).await.ok();
    assert_eq!(filtered["applications"].as_array().map(Vec::len), Some(1));
    let page = client.get(sync, &format!("{items}?PageSize=2&Order=desc")).await.ok();
    let keys = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().expect("items").iter();
        items
            .map(|item| item["key"].as_str().expect("a key").to_owned())
            .collect()
    };
    assert_eq!(keys(&page), ["key-0299", "key-0298"]);
    let next = page["meta"]["next_page_url"].as_str().expect("a next page");
    let next = next.trim_start_matches("https://sync.twilio.com");
    assert_eq!(keys(&client.get(sync, next).await.ok()), ["key-0297", "key-0296"]);
}
