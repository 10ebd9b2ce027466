//! Many objects: how many requests a refresh makes, and that a busy Twilio is waited for.

use std::collections::BTreeMap;
use std::time::Instant;

use serde_json::{Value as Json, json};

use crate::sandbox::Sandbox;

#[test]
fn a_thousand_numbers_are_refreshed_with_at_most_ten_requests() {
    let sandbox = Sandbox::new();
    let collection = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers",
        sandbox.handle.account_sid
    );
    let mut imports = String::new();
    for index in 0..1000 {
        let number = format!("+1415{:07}", 5_000_000 + index);
        let added = sandbox
            .twilio
            .add(&json!({"host": "api.twilio.com", "collection": collection, "fields": {"phone_number": number}}))
            .expect("the number can be added");
        let sid = added["sid"].as_str().expect("a SID");
        imports.push_str(&format!("    \"{number}\" = \"{sid}\"\n"));
    }
    sandbox.apply(&format!(
        r#"
        locals {{
          numbers = {{
{imports}          }}
        }}
        import {{
          for_each = local.numbers
          to       = twilio_phone_number.each[each.key]
          id       = each.value
        }}
        resource "twilio_phone_number" "each" {{
          for_each     = local.numbers
          phone_number = each.key
        }}
        "#
    ));
    plans_with_few_requests(&sandbox);
}

#[test]
fn a_thousand_workers_are_refreshed_with_at_most_ten_requests() {
    let sandbox = Sandbox::new();
    let add = |collection: &str, fields: Json| {
        let object = json!({"host": "taskrouter.twilio.com", "collection": collection, "fields": fields});
        let added = sandbox.twilio.add(&object).expect("it can be added");
        added["sid"].as_str().expect("a SID").to_owned()
    };
    let workspace = add("/v1/Workspaces", json!({"friendly_name": "Centre"}));
    let mut imports = String::new();
    for index in 0..1000 {
        let fields = json!({"friendly_name": format!("agent-{index}"), "attributes": "{\"level\":1}"});
        let sid = add(&format!("/v1/Workspaces/{workspace}/Workers"), fields);
        imports.push_str(&format!("    \"agent-{index}\" = \"{sid}\"\n"));
    }
    sandbox.apply(&format!(
        r#"
        locals {{
          workers = {{
{imports}          }}
        }}
        import {{
          for_each = local.workers
          to       = twilio_taskrouter_worker.each[each.key]
          id       = "{workspace}/${{each.value}}"
        }}
        resource "twilio_taskrouter_worker" "each" {{
          for_each      = local.workers
          workspace_sid = "{workspace}"
          friendly_name = each.key
          attributes    = jsonencode({{ level = 1 }})
        }}
        "#
    ));
    plans_with_few_requests(&sandbox);
}

#[test]
fn a_thousand_sync_items_are_refreshed_with_at_most_ten_requests() {
    let sandbox = Sandbox::new();
    let add = |collection: &str, fields: Json| {
        let object = json!({"host": "sync.twilio.com", "collection": collection, "fields": fields});
        let added = sandbox.twilio.add(&object).expect("it can be added");
        added["sid"].as_str().unwrap_or_default().to_owned()
    };
    let service = add("/v1/Services", json!({"friendly_name": "App"}));
    let map = add(&format!("/v1/Services/{service}/Maps"), json!({"unique_name": "flags"}));
    let items = format!("/v1/Services/{service}/Maps/{map}/Items");
    for index in 0..1000 {
        add(&items, json!({"key": format!("flag-{index}"), "data": {"on": true}}));
    }
    sandbox.apply(&format!(
        r#"
        locals {{
          flags = toset([for index in range(1000) : "flag-${{index}}"])
        }}
        import {{
          for_each = local.flags
          to       = twilio_sync_map_item.each[each.key]
          id       = "{service}/{map}/${{each.key}}"
        }}
        resource "twilio_sync_map_item" "each" {{
          for_each    = local.flags
          service_sid = "{service}"
          map_sid     = "{map}"
          key         = each.key
          data        = jsonencode({{ on = true }})
        }}
        "#
    ));
    plans_with_few_requests(&sandbox);
}

#[test]
fn a_thousand_items_of_a_sync_list_are_refreshed_with_at_most_ten_requests() {
    let sandbox = Sandbox::new();
    let make = |path: &str, name: &str, value: &str| {
        let form = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        let account = (&sandbox.handle.account_sid, &sandbox.handle.auth_token);
        let made = sandbox
            .twilio
            .make("sync.twilio.com", path, &form, (account.0, account.1));
        made.expect("it can be made")["sid"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let service = make("/v1/Services", "FriendlyName", "App");
    let list = make(&format!("/v1/Services/{service}/Lists"), "UniqueName", "orders");
    for index in 0..1000 {
        make(
            &format!("/v1/Services/{service}/Lists/{list}/Items"),
            "Data",
            &format!("{{\"order\":{index}}}"),
        );
    }
    sandbox.apply(&format!(
        r#"
        locals {{
          orders = toset([for index in range(1000) : tostring(index)])
        }}
        import {{
          for_each = local.orders
          to       = twilio_sync_list_item.each[each.key]
          id       = "{service}/{list}/${{each.key}}"
        }}
        resource "twilio_sync_list_item" "each" {{
          for_each    = local.orders
          service_sid = "{service}"
          list_sid    = "{list}"
          data        = jsonencode({{ order = tonumber(each.key) }})
        }}
        "#
    ));
    plans_with_few_requests(&sandbox);
}

/// Plans nothing, with no more requests than are needed for a few lists.
#[allow(clippy::disallowed_methods, reason = "how long Terraform took in real time")]
fn plans_with_few_requests(sandbox: &Sandbox) {
    sandbox.twilio.forget_requests().expect("the simulator answers");
    let start = Instant::now();
    sandbox.plan_is_empty("after the import");
    // A list counts for half a minute. On a machine that is busy with other things Terraform needs several of them.
    let half_minutes = 1 + start.elapsed().as_secs() / 30;
    // Where it is so busy, reads that belong together also come so far apart that some are sent by themselves.
    let apart = if start.elapsed().as_secs() >= 15 {
        10 * half_minutes
    } else {
        0
    };
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let paths: Vec<&Json> = requests.iter().map(|request| &request["path"]).collect();
    assert!(
        requests.len() as u64 <= 10 * half_minutes + apart,
        "{} requests in {half_minutes} half minutes: {paths:?}",
        requests.len()
    );
}

#[test]
fn three_hundred_objects_are_made_where_twilio_serves_five_at_once() {
    let sandbox = Sandbox::slow(20);
    sandbox
        .twilio
        .faults(&json!([{"fault": "limit", "limit": 5}]))
        .expect("the fault is understood");
    sandbox.apply(
        r#"
        resource "twilio_messaging_service" "each" {
          count         = 300
          friendly_name = "Service ${count.index}"
        }
        "#,
    );
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let services = objects.iter().filter(|object| object["collection"] == "/v1/Services");
    assert_eq!(services.count(), 300);
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let refused = requests.iter().filter(|request| request["status"] == 429).count();
    assert!(refused > 0, "Twilio was never busy, which tells nothing");
    // Each refusal is a probe for more; a client that does not adapt is refused half of the time.
    assert!(refused < 60, "{refused} requests were refused");
    sandbox.plan_is_empty("although Twilio is busy");
}
