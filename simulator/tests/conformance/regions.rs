//! Each region is a Twilio of its own: objects and credentials of one are nothing in another. Accounts and phone numbers are in all of
//! them. <https://www.twilio.com/docs/global-infrastructure/manage-regional-api-credentials>

use serde_json::{Map, Value, json};
use twilio_simulator::Handle;
use twilio_simulator::contract::OperationKind;

use crate::accounts::{account, below};
use crate::isolation::key;
use crate::support::{API, Answer, Client, simulator};
use crate::walk::{Walk, collections};

/// The main account in Ireland.
fn in_ireland(handle: &Handle, main: &Client) -> Client {
    main.signed_in(&handle.account_sid, &handle.auth_token_in("ie1"))
        .in_region("dublin", "ie1")
}

/// What every region shares.
fn is_shared(template: &str) -> bool {
    template == "/2010-04-01/Accounts" || template.starts_with("/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers")
}

/// Status and body without what tells the time.
fn timeless(answer: &Answer) -> (u16, Value) {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.retain(|name, _| !name.to_ascii_lowercase().contains("date") && !name.contains("edAt"));
                members.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut body = answer.body.clone();
    strip(&mut body);
    (answer.status, body)
}

/// What is made in one region changes no response of another: each is the same as in a simulator where nothing was made.
#[tokio::test]
async fn nothing_that_is_made_in_a_region_is_in_another() {
    let (handle, here) = simulator().await;
    let (_untouched, nothing_there) = simulator().await;
    let mut walk = Walk::new(in_ireland(&handle, &here), &handle.account_sid);
    let mut failures = Vec::new();
    let mut compared = 0;
    for resource in collections().filter(|resource| !is_shared(&resource.template)) {
        let place = format!("{}{}", resource.host, resource.template);
        let path = match walk.create(resource).await {
            Ok(path) => path,
            Err(why) => {
                failures.push(format!("{place} cannot be made: {why}"));
                continue;
            }
        };
        let read = resource.operation(OperationKind::Read).expect("collections are read");
        let before = walk.send(resource, read, &path, &Map::new()).await;
        let (collection, _) = path.rsplit_once('/').expect("an instance path");
        for (kind, at) in [
            (OperationKind::Read, path.as_str()),
            (OperationKind::List, collection),
            (OperationKind::Update, path.as_str()),
            (OperationKind::Delete, path.as_str()),
        ] {
            let Some(operation) = resource.operation(kind) else {
                continue;
            };
            let body = match kind {
                OperationKind::Update => walk.values(resource, operation),
                _ => Map::new(),
            };
            let one = walk.send_as(&here, resource, operation, at, &body).await;
            let other = walk.send_as(&nothing_there, resource, operation, at, &body).await;
            compared += 1;
            if timeless(&one) != timeless(&other) {
                failures.push(format!("{} {at}: {one:?}, elsewhere {other:?}", operation.id));
            }
        }
        let after = walk.send(resource, read, &path, &Map::new()).await;
        if (after.status, &after.body) != (before.status, &before.body) {
            failures.push(format!("{place} was changed: {before:?}, then {after:?}"));
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n"));
    assert!(compared > 500, "only {compared} were compared");
}

#[tokio::test]
async fn credentials_of_a_region_are_refused_in_every_other() {
    let (handle, main) = simulator().await;
    let ireland = in_ireland(&handle, &main);
    let (key_here, key_there) = (
        key(&main, &handle.account_sid).await,
        key(&ireland, &handle.account_sid).await,
    );
    let queues = below(&handle.account_sid, "Queues");
    for (client, at_home) in [(&main, true), (&key_here, true), (&ireland, false), (&key_there, false)] {
        for (host, path) in [(API, queues.as_str()), ("messaging.twilio.com", "/v1/Services")] {
            let (right, wrong) = match at_home {
                true => (
                    client.in_region("ashburn", "us1"),
                    ["dublin.ie1", "sydney.au1", "frankfurt.ie1"],
                ),
                false => (client.clone(), ["ashburn.us1", "sydney.au1", "singapore.au1"]),
            };
            assert_eq!(right.get(host, path).await.status, 200, "{host} {at_home}");
            for place in wrong {
                let (city, region) = place.split_once('.').expect("two names");
                let refused = client.in_region(city, region).get(host, path).await;
                assert_eq!(refused.refusal(), (401, 20003), "{host} {place} {at_home}");
            }
        }
    }
    let keys = ireland.get(API, &below(&handle.account_sid, "Keys")).await.ok();
    assert_eq!(
        keys["keys"].as_array().map(Vec::len),
        Some(1),
        "its own key alone: {keys}"
    );
}

/// As support.twilio.com says: an account that is read in a region shows its token of that region, which no other operation tells.
#[tokio::test]
async fn an_account_is_in_every_region_with_a_token_of_its_own() {
    let (handle, main) = simulator().await;
    let ireland = in_ireland(&handle, &main);
    let child = main
        .post(API, "/2010-04-01/Accounts.json", &[("FriendlyName", "branch")])
        .await;
    let sid = child.text("sid");
    let there = ireland.get(API, &account(sid)).await;
    assert_eq!(there.text("friendly_name"), "branch");
    assert_ne!(there.text("auth_token"), child.text("auth_token"));
    let known = main.control("GET", "credentials", None).await.ok();
    let of_child: Vec<&Value> = known
        .as_array()
        .expect("lines")
        .iter()
        .filter(|line| line["account_sid"] == sid)
        .collect();
    assert_eq!(of_child.len(), 3, "{known}");
    let token = |region: &str| {
        let line = of_child.iter().find(|line| line["region"] == region);
        line.and_then(|line| line["auth_token"].as_str()).expect("a token")
    };
    assert_eq!(
        (token("us1"), token("ie1")),
        (child.text("auth_token"), there.text("auth_token"))
    );

    let child_there = ireland.signed_in(sid, there.text("auth_token"));
    let queues = below(sid, "Queues");
    child_there.post(API, &queues, &[("FriendlyName", "q")]).await.ok();
    main.post(API, &account(sid), &[("Status", "suspended")]).await.ok();
    assert_eq!(child_there.get(API, &queues).await.refusal(), (401, 20003));
    main.post(API, &account(sid), &[("Status", "active")]).await.ok();
    assert_eq!(child_there.get(API, &queues).await.status, 200);

    let made_there = ireland
        .post(API, "/2010-04-01/Accounts.json", &[("FriendlyName", "shop")])
        .await;
    let here = main.get(API, &account(made_there.text("sid"))).await;
    assert_eq!(here.text("friendly_name"), "shop");
    assert_ne!(here.text("auth_token"), made_there.text("auth_token"));
}

/// <https://www.twilio.com/docs/global-infrastructure/inbound-call-processing>: each region has a configuration of each number.
#[tokio::test]
async fn a_number_is_in_every_region_and_configured_in_each() {
    let (handle, main) = simulator().await;
    let ireland = in_ireland(&handle, &main);
    let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
    let form = [("AreaCode", "415"), ("VoiceUrl", "https://example.com/us")];
    let bought = main.post(API, &numbers, &form).await;
    let one = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{}.json",
        handle.account_sid,
        bought.text("sid")
    );
    let there = ireland.get(API, &one).await;
    assert_eq!(there.text("phone_number"), bought.text("phone_number"));
    assert_eq!(there.text("voice_url"), "", "{there:?}");
    assert_eq!(there.body["capabilities"], bought.body["capabilities"]);
    ireland
        .post(API, &one, &[("VoiceUrl", "https://example.com/ie")])
        .await
        .ok();
    assert_eq!(main.get(API, &one).await.text("voice_url"), "https://example.com/us");
    assert_eq!(ireland.get(API, &one).await.text("voice_url"), "https://example.com/ie");

    assert_eq!(ireland.delete(API, &one).await.status, 204);
    assert_eq!(main.get(API, &one).await.refusal(), (404, 20404));
    let number = [("PhoneNumber", bought.text("phone_number"))];
    assert_ne!(
        main.post(API, &numbers, &number).await.status,
        201,
        "it is not for sale yet"
    );

    let bought = ireland.post(API, &numbers, &[("AreaCode", "415")]).await;
    let listed = main.get(API, &numbers).await.ok();
    assert_eq!(listed["incoming_phone_numbers"][0]["sid"], bought.text("sid"));
}

/// A request to a region looks at what has changed, not at all numbers and accounts that are shared.
#[tokio::test]
async fn a_request_to_a_region_costs_the_same_however_much_is_shared() {
    let (handle, main) = simulator().await;
    let ireland = in_ireland(&handle, &main);
    let (queues, numbers) = (
        below(&handle.account_sid, "Queues"),
        below(&handle.account_sid, "IncomingPhoneNumbers"),
    );
    ireland.get(API, &queues).await.ok();
    let mut costs = Vec::new();
    for _ in 0..3 {
        for _ in 0..30 {
            main.buy().await;
        }
        ireland.get(API, &queues).await.ok();
        let before = main.visited().await;
        main.buy().await;
        ireland.get(API, &queues).await.ok();
        costs.push(main.visited().await - before);
    }
    assert_eq!(costs[0], costs[2], "{costs:?}");
    let page = ireland.get(API, &format!("{numbers}?PageSize=100")).await.ok();
    assert_eq!(
        page["incoming_phone_numbers"].as_array().map(Vec::len),
        Some(93),
        "and all are there"
    );
}

#[tokio::test]
async fn restricted_keys_are_of_the_home_region() {
    let (handle, main) = simulator().await;
    let ireland = in_ireland(&handle, &main);
    let policy = json!({"allow": ["/twilio/voice/queues/read"]}).to_string();
    let form = [
        ("AccountSid", handle.account_sid.as_str()),
        ("KeyType", "restricted"),
        ("Policy", &policy),
    ];
    assert_eq!(
        ireland.post("iam.twilio.com", "/v1/Keys", &form).await.refusal(),
        (400, 20001)
    );
    assert_eq!(main.post("iam.twilio.com", "/v1/Keys", &form).await.status, 201);
}

#[tokio::test]
async fn a_region_that_does_not_exist_leads_nowhere() {
    let (handle, main) = simulator().await;
    let nowhere = main
        .in_region("dublin", "xx1")
        .get(API, &account(&handle.account_sid))
        .await;
    assert_eq!(nowhere.refusal(), (404, 20404));
    assert_eq!(nowhere.body["simulator"]["why"], "there is no such region");
    for path in ["objects?region=xx1", "objects?host=api.dublin.xx1.twilio.com&path=/x"] {
        assert_eq!(main.control("GET", path, None).await.status, 400, "{path}");
    }
}
