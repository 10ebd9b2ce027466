//! What new objects name, what they show of it, and what is in use and stays.

use serde_json::{Value, json};

use crate::accounts::below;
use crate::support::{API, Client, simulator};

const NUMBERS: &str = "numbers.twilio.com";
const REGULATORY: &str = "/v2/RegulatoryCompliance";

async fn made(client: &Client, host: &str, path: &str, form: &[(&str, &str)]) -> String {
    client.post(host, path, form).await.text("sid").to_owned()
}

/// Seen by the acceptance tests of <https://github.com/RJPearson94/terraform-provider-twilio> (sip, sip_trunking).
#[tokio::test]
async fn an_entry_shows_the_name_of_the_list_that_it_stands_for() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let credentials = made(
        &client,
        API,
        &below(sid, "SIP/CredentialLists"),
        &[("FriendlyName", "users")],
    )
    .await;
    let access = made(
        &client,
        API,
        &below(sid, "SIP/IpAccessControlLists"),
        &[("FriendlyName", "office")],
    )
    .await;
    let domain = [("DomainName", "owls.sip.twilio.com")];
    let domain = made(&client, API, &below(sid, "SIP/Domains"), &domain).await;
    let trunk = made(&client, "trunking.twilio.com", "/v1/Trunks", &[]).await;
    let of_domain = |collection: &str| (API, below(sid, &format!("SIP/Domains/{domain}/{collection}")));
    let of_trunk = |collection: &str| ("trunking.twilio.com", format!("/v1/Trunks/{trunk}/{collection}"));
    let (list, other) = (
        ("CredentialListSid", &*credentials, "users"),
        ("IpAccessControlListSid", &*access, "office"),
    );
    for ((host, path), (parameter, sid, name)) in [
        (of_domain("CredentialListMappings"), list),
        (of_domain("IpAccessControlListMappings"), other),
        (of_domain("Auth/Calls/CredentialListMappings"), list),
        (of_domain("Auth/Calls/IpAccessControlListMappings"), other),
        (of_domain("Auth/Registrations/CredentialListMappings"), list),
        (of_trunk("CredentialLists"), list),
        (of_trunk("IpAccessControlLists"), other),
    ] {
        if path.contains("Auth/Calls/IpAccessControlListMappings") {
            // It is mapped at one path alone.
            let old = path.replace("Auth/Calls/", "");
            let old = format!("{}/{sid}.json", old.trim_end_matches(".json"));
            assert_eq!(client.delete(host, &old).await.status, 204);
        }
        let entry = client.post(host, &path, &[(parameter, sid)]).await.ok();
        assert_eq!(
            (&entry["friendly_name"], &entry["sid"]),
            (&name.into(), &sid.into()),
            "{path}"
        );
        let invented = format!("{}{}", &sid[..2], "0".repeat(32));
        let refused = client.post(host, &path, &[(parameter, &invented)]).await;
        assert_eq!(refused.refusal(), (404, 20404), "{path}");
    }
}

/// <https://www.twilio.com/docs/api/errors/22205>, <https://www.twilio.com/docs/api/errors/22206>,
/// <https://www.twilio.com/docs/api/errors/21644>, <https://www.twilio.com/docs/api/errors/21645>,
/// <https://www.twilio.com/docs/api/errors/21647>
#[tokio::test]
async fn a_bundle_takes_what_is_there_and_holds_it() {
    let (_handle, client) = simulator().await;
    let at = |collection: &str| format!("{REGULATORY}/{collection}");
    let bundle = [("FriendlyName", "b"), ("Email", "ada@example.com")];
    let bundle = at(&format!(
        "Bundles/{}",
        made(&client, NUMBERS, &at("Bundles"), &bundle).await
    ));
    let user = [("FriendlyName", "u"), ("Type", "business")];
    let user = made(&client, NUMBERS, &at("EndUsers"), &user).await;
    let document = [("FriendlyName", "d"), ("Type", "utility_bill")];
    let document = made(&client, NUMBERS, &at("SupportingDocuments"), &document).await;
    let items = format!("{bundle}/ItemAssignments");
    for (object, code) in [
        (format!("IT{}", "0".repeat(32)), 22205),
        (format!("RD{}", "0".repeat(32)), 22205),
        (format!("AP{}", "0".repeat(32)), 22206),
    ] {
        let refused = client.post(NUMBERS, &items, &[("ObjectSid", &object)]).await;
        assert_eq!(refused.refusal(), (400, code), "{object}");
    }
    let item = made(&client, NUMBERS, &items, &[("ObjectSid", &user)]).await;
    made(&client, NUMBERS, &items, &[("ObjectSid", &document)]).await;
    let (user, document) = (
        at(&format!("EndUsers/{user}")),
        at(&format!("SupportingDocuments/{document}")),
    );
    assert_eq!(client.delete(NUMBERS, &user).await.refusal(), (400, 21644));
    assert_eq!(client.delete(NUMBERS, &document).await.refusal(), (400, 21645));
    client.delete(NUMBERS, &format!("{items}/{item}")).await.ok();
    client.delete(NUMBERS, &user).await.ok();
    client
        .post(NUMBERS, &bundle, &[("Status", "pending-review")])
        .await
        .ok();
    assert_eq!(client.delete(NUMBERS, &bundle).await.refusal(), (400, 21647));
    client.post(NUMBERS, &bundle, &[("Status", "draft")]).await.ok();
    client.delete(NUMBERS, &bundle).await.ok();
    client.delete(NUMBERS, &document).await.ok();
}

/// <https://www.twilio.com/docs/flex/developer/plugins/api>
#[tokio::test]
async fn a_plugin_is_archived_by_a_write_below_it() {
    let (_handle, client) = simulator().await;
    let (host, plugins) = ("flex-api.twilio.com", "/v1/PluginService/Plugins");
    let sid = made(&client, host, plugins, &[("UniqueName", "p")]).await;
    let path = format!("{plugins}/{sid}");
    assert_eq!(client.get(host, &path).await.ok()["archived"], false);
    let versions = format!("{path}/Versions");
    let form = [("Version", "1.0.0"), ("PluginUrl", "https://example.com/p.js")];
    let version = made(&client, host, &versions, &form).await;
    for one in [format!("{versions}/{version}"), path.clone()] {
        let archived = client.post(host, &format!("{one}/Archive"), &[]).await.ok();
        assert_eq!(archived["archived"], true);
        assert_eq!(client.get(host, &one).await.ok()["archived"], true);
        assert_eq!(client.delete(host, &one).await.status, 405);
    }
    let lost = format!("{plugins}/FP{}/Archive", "0".repeat(32));
    assert_eq!(client.post(host, &lost, &[]).await.refusal(), (404, 20404));
}

/// <https://www.twilio.com/docs/content/content-api-resources>
#[tokio::test]
async fn an_approval_is_requested_at_one_path_and_read_at_another() {
    let (_handle, client) = simulator().await;
    let host = "content.twilio.com";
    let template = json!({"language": "en", "types": {"twilio/text": {"body": "Hello"}}});
    let made = client.send_json("POST", host, "/v1/Content", &template).await.ok();
    let requests = format!("/v1/Content/{}/ApprovalRequests", made["sid"].as_str().expect("a SID"));
    assert_eq!(
        client.get(host, &requests).await.ok()["whatsapp"]["status"],
        "unsubmitted"
    );
    let ask = json!({"name": "hello", "category": "UTILITY"});
    let asked = client
        .send_json("POST", host, &format!("{requests}/whatsapp"), &ask)
        .await
        .ok();
    assert_eq!(
        (&asked["status"], &asked["content_type"]),
        (&"received".into(), &"twilio/text".into())
    );
    let order = json!([{"match": {"host": host}, "to": "rejected", "times": 1}]);
    client.control("PUT", "outcomes", Some(order)).await.ok();
    client.advance(2 * 3600).await;
    let pending = client.get(host, &requests).await.ok();
    assert_eq!(
        (&pending["whatsapp"]["status"], &pending["sid"]),
        (&"pending".into(), &made["sid"])
    );
    client.advance_days(2).await;
    let rejected = client.get(host, &requests).await.ok();
    assert_eq!(
        (&rejected["whatsapp"]["status"], &rejected["whatsapp"]["name"]),
        (&"rejected".into(), &"hello".into())
    );
    client
        .send_json("POST", host, &format!("{requests}/whatsapp"), &ask)
        .await
        .ok();
    client.advance_days(2).await;
    assert_eq!(client.get(host, &requests).await.ok()["whatsapp"]["status"], "approved");
    let lost = format!("/v1/Content/HX{}/ApprovalRequests/whatsapp", "0".repeat(32));
    assert_eq!(
        client.send_json("POST", host, &lost, &ask).await.refusal(),
        (404, 20404)
    );
}

/// <https://www.twilio.com/docs/voice/api/dialingpermissions-bulkcountryupdate-resource>
#[tokio::test]
async fn dialing_permissions_are_written_for_many_and_read_for_each() {
    let (_handle, client) = simulator().await;
    let (host, bulk) = ("voice.twilio.com", "/v1/DialingPermissions/BulkCountryUpdates");
    let country = |code: &str| format!("/v1/DialingPermissions/Countries/{code}");
    assert_eq!(client.get(host, &country("DE")).await.ok()["iso_code"], "DE");
    let update = json!([
        {"iso_code": "DE", "low_risk_numbers_enabled": "true", "high_risk_special_numbers_enabled": "false"},
        {"iso_code": "FR", "low_risk_numbers_enabled": true},
    ]);
    let form = [("UpdateRequest", &*update.to_string())];
    let answer = client.post(host, bulk, &form).await.ok();
    assert_eq!(
        (&answer["update_count"], &answer["update_request"]),
        (&json!(2), &Value::from(update.to_string()))
    );
    for code in ["DE", "FR"] {
        let read = client.get(host, &country(code)).await.ok();
        assert_eq!(read["low_risk_numbers_enabled"], true, "{code}");
    }
    for wrong in [
        "no JSON",
        "{}",
        r#"[{"low_risk_numbers_enabled": "true"}]"#,
        r#"[{"iso_code": "DE", "low_risk_numbers_enabled": "maybe"}]"#,
        r#"[{"iso_code": "DE", "low_risk_numbers_enabled": "false"}, {"iso_code": "FR", "colour": "true"}]"#,
    ] {
        let refused = client.post(host, bulk, &[("UpdateRequest", wrong)]).await;
        assert_eq!(refused.refusal(), (400, 20001), "{wrong}");
    }
    let read = client.get(host, &country("DE")).await.ok();
    assert_eq!(read["low_risk_numbers_enabled"], true, "a refusal changes nothing");
}

/// An entry goes on showing what it stands for when that changes, by whoever it was changed.
#[tokio::test]
async fn an_entry_shows_the_new_name_of_what_it_stands_for() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let lists = below(sid, "SIP/CredentialLists");
    let list = made(&client, API, &lists, &[("FriendlyName", "users")]).await;
    let domain = [("DomainName", "owls.sip.twilio.com")];
    let domain = made(&client, API, &below(sid, "SIP/Domains"), &domain).await;
    let trunk = made(&client, "trunking.twilio.com", "/v1/Trunks", &[]).await;
    let entries = [
        (API, below(sid, &format!("SIP/Domains/{domain}/CredentialListMappings"))),
        ("trunking.twilio.com", format!("/v1/Trunks/{trunk}/CredentialLists")),
    ];
    for (host, path) in &entries {
        made(&client, host, path, &[("CredentialListSid", &list)]).await;
    }
    let one = lists.replace(".json", &format!("/{list}.json"));
    client.post(API, &one, &[("FriendlyName", "people")]).await.ok();
    for (host, path) in &entries {
        let entry = match path.strip_suffix(".json") {
            Some(path) => format!("{path}/{list}.json"),
            None => format!("{path}/{list}"),
        };
        let entry = client.get(host, &entry).await.ok();
        assert_eq!(entry["friendly_name"], "people", "{path}");
    }
    let at = format!("objects?host={API}&path={one}");
    let outside = Some(json!({"friendly_name": "others"}));
    client.control("PATCH", &at, outside).await.ok();
    let (host, path) = &entries[1];
    let entry = client.get(host, &format!("{path}/{list}")).await.ok();
    assert_eq!(entry["friendly_name"], "others");
}

/// Seen by the acceptance tests of <https://github.com/RJPearson94/terraform-provider-twilio> (proxy):
/// <https://www.twilio.com/docs/proxy/api/phone-number>, <https://www.twilio.com/docs/api/errors/80606>.
#[tokio::test]
async fn a_number_of_a_proxy_service_is_one_of_the_account_and_shows_it() {
    let (handle, client) = simulator().await;
    let host = "proxy.twilio.com";
    let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
    let mut bought = Vec::new();
    for name in ["one", "two"] {
        let form = [("AreaCode", "415"), ("FriendlyName", name)];
        bought.push(client.post(API, &numbers, &form).await.ok());
    }
    let service = made(&client, host, "/v1/Services", &[("UniqueName", "s")]).await;
    let pool = format!("/v1/Services/{service}/PhoneNumbers");
    let text = |number: &Value, field: &str| number[field].as_str().expect("a text").to_owned();
    let (sid, e164) = (text(&bought[0], "sid"), text(&bought[1], "phone_number"));
    let by_sid = [("Sid", &*sid), ("IsReserved", "true")];
    let by_number = [("PhoneNumber", &*e164)];
    let forms: [&[(&str, &str)]; 2] = [&by_sid, &by_number];
    for (form, number) in forms.into_iter().zip(&bought) {
        let entry = client.post(host, &pool, form).await.ok();
        for field in ["sid", "phone_number", "friendly_name"] {
            assert_eq!(entry[field], number[field], "{form:?}");
        }
        assert_eq!((&entry["iso_country"], &entry["in_use"]), (&json!("US"), &json!(0)));
        let capabilities = entry["capabilities"].as_object().expect("an object");
        assert_eq!(capabilities.len(), 13);
        assert_eq!(
            (&capabilities["sms_outbound"], &capabilities["fax_inbound"]),
            (&json!(true), &json!(false))
        );
    }
    let one = format!("{pool}/{}", text(&bought[0], "sid"));
    assert_eq!(client.get(host, &one).await.ok()["is_reserved"], true);
    let at = numbers.replace(".json", &format!("/{}.json", text(&bought[0], "sid")));
    client.post(API, &at, &[("FriendlyName", "renamed")]).await.ok();
    assert_eq!(client.get(host, &one).await.ok()["friendly_name"], "renamed");
    let strange = format!("PN{}", "0".repeat(32));
    for (form, refusal) in [
        // https://www.twilio.com/docs/api/errors/80104
        (by_sid.to_vec(), (400, 80104)),
        (by_number.to_vec(), (400, 80104)),
        (vec![("Sid", &*strange)], (400, 80606)),
        (vec![("PhoneNumber", "+14155550100")], (400, 80606)),
        (vec![], (400, 20001)),
    ] {
        assert_eq!(client.post(host, &pool, &form).await.refusal(), refusal, "{form:?}");
    }
}

/// <https://www.twilio.com/docs/taskrouter/api/worker>, <https://www.twilio.com/docs/taskrouter/api/task-queue>,
/// <https://www.twilio.com/docs/taskrouter/api/task>
#[tokio::test]
async fn what_names_an_activity_shows_its_name() {
    let (_handle, client) = simulator().await;
    let host = "taskrouter.twilio.com";
    let workspace = made(&client, host, "/v1/Workspaces", &[("FriendlyName", "w")]).await;
    let path = format!("/v1/Workspaces/{workspace}");
    let activity = [("FriendlyName", "Lunch"), ("Available", "true")];
    let lunch = made(&client, host, &format!("{path}/Activities"), &activity).await;
    let strange = format!("WA{}", "0".repeat(32));
    let (workers, queues) = (format!("{path}/Workers"), format!("{path}/TaskQueues"));
    let form = [("FriendlyName", "ada"), ("ActivitySid", &*lunch)];
    let worker = client.post(host, &workers, &form).await.ok();
    assert_eq!(
        (&worker["activity_name"], &worker["available"]),
        (&json!("Lunch"), &json!(true))
    );
    let form = [
        ("FriendlyName", "q"),
        ("AssignmentActivitySid", &*lunch),
        ("ReservationActivitySid", &*lunch),
    ];
    let queue = client.post(host, &queues, &form).await.ok();
    for field in ["assignment_activity_name", "reservation_activity_name"] {
        assert_eq!(queue[field], "Lunch");
    }
    let form = [("DefaultActivitySid", &*lunch)];
    let changed = client.post(host, &path, &form).await.ok();
    assert_eq!(changed["default_activity_name"], "Lunch");
    let one = format!("{path}/Activities/{lunch}");
    client.post(host, &one, &[("FriendlyName", "Break")]).await.ok();
    let worker = format!("{workers}/{}", worker["sid"].as_str().expect("a SID"));
    assert_eq!(client.get(host, &worker).await.ok()["activity_name"], "Break");
    assert_eq!(client.get(host, &path).await.ok()["default_activity_name"], "Break");
    let queue = format!("{queues}/{}", queue["sid"].as_str().expect("a SID"));
    assert_eq!(client.get(host, &queue).await.ok()["assignment_activity_name"], "Break");
    // Two of them may be taken away, with their names.
    let form = [("AssignmentActivitySid", "")];
    let cleared = client.post(host, &queue, &form).await.ok();
    assert_eq!(cleared["assignment_activity_name"], Value::Null);
    for (at, parameter) in [
        (&path, "DefaultActivitySid"),
        (&path, "TimeoutActivitySid"),
        (&worker, "ActivitySid"),
        (&queue, "ReservationActivitySid"),
    ] {
        let refused = client.post(host, at, &[(parameter, &*strange)]).await;
        assert_eq!(refused.refusal(), (400, 20001), "{parameter}");
    }
    assert_eq!(client.get(host, &worker).await.ok()["activity_name"], "Break");
    let form = [("FriendlyName", "f"), ("Configuration", "{}")];
    let workflow = made(&client, host, &format!("{path}/Workflows"), &form).await;
    for (channel, name) in [(None, "default"), (Some("voice"), "voice")] {
        let mut form = vec![("WorkflowSid", &*workflow)];
        form.extend(channel.map(|channel| ("TaskChannel", channel)));
        let task = client.post(host, &format!("{path}/Tasks"), &form).await.ok();
        assert_eq!(
            (&task["task_channel_unique_name"], &task["workflow_friendly_name"]),
            (&json!(name), &json!("f"))
        );
        assert!(
            task["task_channel_sid"]
                .as_str()
                .is_some_and(|sid| sid.starts_with("TC"))
        );
    }
}

/// <https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/sourceipmapping-resource>
#[tokio::test]
async fn a_mapping_of_addresses_needs_both_ends() {
    let (handle, client) = simulator().await;
    let host = "voice.twilio.com";
    let form = [("IpAddress", "192.0.2.1")];
    let record = client.post(host, "/v1/IpRecords", &form).await.ok();
    assert_eq!(record["cidr_prefix_length"], 32);
    let record = record["sid"].as_str().expect("a SID");
    let domains = below(&handle.account_sid, "SIP/Domains");
    let domain = made(&client, API, &domains, &[("DomainName", "owls.sip.twilio.com")]).await;
    let (no_record, no_domain) = (format!("IL{}", "0".repeat(32)), format!("SD{}", "0".repeat(32)));
    for (record, domain, status) in [
        (record, &*domain, 201),
        (&no_record, &domain, 404),
        (record, &no_domain, 404),
    ] {
        let form = [("IpRecordSid", record), ("SipDomainSid", domain)];
        let answer = client.post(host, "/v1/SourceIpMappings", &form).await;
        assert_eq!(answer.status, status, "{form:?}");
    }
}

/// <https://www.twilio.com/docs/flex/developer/plugins/api/plugin-configuration>
#[tokio::test]
async fn a_configuration_of_plugins_lists_the_versions_that_it_was_made_of() {
    let (_handle, client) = simulator().await;
    let (host, service) = ("flex-api.twilio.com", "/v1/PluginService");
    let mut versions = Vec::new();
    for name in ["one", "two"] {
        let form = [("UniqueName", name), ("Description", "d")];
        let plugin = client.post(host, &format!("{service}/Plugins"), &form).await.ok();
        assert_eq!(plugin["friendly_name"], name, "it is given a name");
        let path = format!("{service}/Plugins/{}/Versions", plugin["sid"].as_str().expect("a SID"));
        let form = [
            ("Version", "1.2.3"),
            ("PluginUrl", "https://example.com/p.js"),
            ("Private", "true"),
        ];
        versions.push(client.post(host, &path, &form).await.ok());
    }
    let entry = |version: &Value, phase: Option<i64>| {
        let mut entry = json!({"plugin_version": version["sid"]});
        if let Some(phase) = phase {
            entry["phase"] = json!(phase);
        }
        entry.to_string()
    };
    let configurations = format!("{service}/Configurations");
    let each = [entry(&versions[0], Some(3)), entry(&versions[1], None)];
    let all = format!("[{}]", each.join(","));
    for sent in [vec![&*each[0], &*each[1]], vec![&*all]] {
        let mut form = vec![("Name", "c")];
        form.extend(sent.iter().map(|entry| ("Plugins", *entry)));
        let configuration = made(&client, host, &configurations, &form).await;
        let plugins = format!("{configurations}/{configuration}/Plugins");
        let listed = client.get(host, &plugins).await.ok();
        let listed = listed["plugins"].as_array().expect("a list");
        assert_eq!(listed.len(), 2, "{sent:?}");
        for version in &versions {
            let shown = listed
                .iter()
                .find(|shown| shown["plugin_version_sid"] == version["sid"]);
            let shown = shown.expect("each version");
            for field in ["plugin_sid", "version", "plugin_url", "private"] {
                assert_eq!(shown[field], version[field], "{field}");
            }
            assert_eq!(
                (&shown["phase"], &shown["configuration_sid"], &shown["description"]),
                (&json!(3), &json!(configuration), &json!("d"))
            );
            let one = format!("{plugins}/{}", shown["plugin_sid"].as_str().expect("a SID"));
            assert_eq!(client.get(host, &one).await.ok()["unique_name"], shown["unique_name"]);
        }
        let release = [("ConfigurationId", &*configuration)];
        let release = client.post(host, &format!("{service}/Releases"), &release).await.ok();
        assert_eq!(release["configuration_sid"], configuration);
    }
    for wrong in [
        format!(r#"{{"plugin_version": "FV{}"}}"#, "0".repeat(32)),
        r#"{"version": "1"}"#.to_owned(),
        "1.2.3".to_owned(),
    ] {
        let form = [("Name", "c"), ("Plugins", &*wrong)];
        assert_eq!(client.post(host, &configurations, &form).await.refusal(), (400, 20001));
    }
    let lost = [("ConfigurationId", &*format!("FJ{}", "0".repeat(32)))];
    let refused = client.post(host, &format!("{service}/Releases"), &lost).await;
    assert_eq!(refused.refusal(), (404, 20404));
}

/// <https://www.twilio.com/docs/voice/sip/api/sip-domain-resource>, <https://www.twilio.com/docs/sip-trunking/api/trunk-resource>
#[tokio::test]
async fn a_domain_and_a_trunk_show_which_authentication_they_have() {
    let (handle, client) = simulator().await;
    let sid = &handle.account_sid;
    let name = [("FriendlyName", "n")];
    let credentials = made(&client, API, &below(sid, "SIP/CredentialLists"), &name).await;
    let access = made(&client, API, &below(sid, "SIP/IpAccessControlLists"), &name).await;
    let domain = [("DomainName", "owls.sip.twilio.com")];
    let domain = made(&client, API, &below(sid, "SIP/Domains"), &domain).await;
    let host = "trunking.twilio.com";
    let trunk = made(&client, host, "/v1/Trunks", &[]).await;
    let one = |sid: &str, collection: &str| match collection.strip_suffix(".json") {
        Some(collection) => format!("{collection}/{sid}.json"),
        None => format!("{collection}/{sid}"),
    };
    let (domains, trunks) = (below(sid, "SIP/Domains"), "/v1/Trunks".to_owned());
    let of_domain = |kind: &str| below(sid, &format!("SIP/Domains/{domain}/Auth/Calls/{kind}"));
    for (host, object, credentials_at, access_at) in [
        (
            API,
            one(&domain, &domains),
            of_domain("CredentialListMappings"),
            of_domain("IpAccessControlListMappings"),
        ),
        (
            host,
            one(&trunk, &trunks),
            format!("/v1/Trunks/{trunk}/CredentialLists"),
            format!("/v1/Trunks/{trunk}/IpAccessControlLists"),
        ),
    ] {
        assert_eq!(client.get(host, &object).await.ok()["auth_type"], "");
        let form = [("CredentialListSid", &*credentials)];
        client.post(host, &credentials_at, &form).await.ok();
        assert_eq!(client.get(host, &object).await.ok()["auth_type"], "CREDENTIAL_LIST");
        let form = [("IpAccessControlListSid", &*access)];
        client.post(host, &access_at, &form).await.ok();
        let both = client.get(host, &object).await.ok();
        let order = if host == API {
            "CREDENTIAL_LIST,IP_ACL"
        } else {
            "IP_ACL,CREDENTIAL_LIST"
        };
        assert_eq!(both["auth_type"], order);
        if host == API {
            // Of the two paths that there are only one has it.
            let other = access_at.replace("/Auth/Calls/", "/");
            assert_ne!(other, access_at);
            assert_eq!(client.post(host, &other, &form).await.refusal(), (400, 21231));
        }
        if host != API {
            assert_eq!(both["auth_type_set"], json!(["IP_ACL", "CREDENTIAL_LIST"]));
        }
        client.delete(host, &one(&credentials, &credentials_at)).await.ok();
        assert_eq!(client.get(host, &object).await.ok()["auth_type"], "IP_ACL");
    }
}

/// <https://www.twilio.com/docs/chat/rest/channel-resource>
#[tokio::test]
async fn a_channel_counts_its_members_and_messages() {
    let (_handle, client) = simulator().await;
    let host = "chat.twilio.com";
    let service = made(&client, host, "/v2/Services", &[("FriendlyName", "s")]).await;
    let channels = format!("/v2/Services/{service}/Channels");
    let channel = format!("{channels}/{}", made(&client, host, &channels, &[]).await);
    made(&client, host, &format!("{channel}/Members"), &[("Identity", "ada")]).await;
    for _ in 0..2 {
        made(&client, host, &format!("{channel}/Messages"), &[("Body", "hi")]).await;
    }
    let read = client.get(host, &channel).await.ok();
    assert_eq!(
        (&read["members_count"], &read["messages_count"]),
        (&json!(1), &json!(2))
    );
}

/// <https://www.twilio.com/docs/api/errors/50610>
#[tokio::test]
async fn a_released_number_takes_its_address_configuration_with_it() {
    let (handle, client) = simulator().await;
    let (host, addresses) = ("conversations.twilio.com", "/v1/Configuration/Addresses");
    let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
    let number = client.post(API, &numbers, &[("AreaCode", "415")]).await.ok();
    let e164 = number["phone_number"].as_str().expect("a number");
    let mut made_for = Vec::new();
    for address in [e164, "+14155550199"] {
        let form = [("Type", "sms"), ("Address", address)];
        made_for.push(made(&client, host, addresses, &form).await);
    }
    let one = numbers.replace(".json", &format!("/{}.json", number["sid"].as_str().expect("a SID")));
    client.delete(API, &one).await.ok();
    let gone = client.get(host, &format!("{addresses}/{}", made_for[0])).await;
    assert_eq!(gone.refusal(), (404, 20404));
    client.get(host, &format!("{addresses}/{}", made_for[1])).await.ok();
}

/// <https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/byoctrunk-resource>,
/// <https://www.twilio.com/docs/voice/sip/api/sip-domain-resource>, <https://www.twilio.com/docs/video/api/encrypted-recordings>, and the
/// contract's patterns: what a SID names is there.
#[tokio::test]
async fn a_sid_names_something_of_the_account() {
    let (handle, client) = simulator().await;
    let voice = "voice.twilio.com";
    let domains = format!("/2010-04-01/Accounts/{}/SIP/Domains", handle.account_sid);
    let policy = client.post(voice, "/v1/ConnectionPolicies", &[]).await;
    let domain = client
        .post(API, &format!("{domains}.json"), &[("DomainName", "a.sip.twilio.com")])
        .await;
    let secret = [("Credentials", crate::support::KEY_OF_AWS)];
    let credential = client.post("accounts.twilio.com", "/v1/Credentials/AWS", &secret).await;
    let trunk = client.post(voice, "/v1/ByocTrunks", &[]).await;
    let number = client
        .post(
            API,
            &below(&handle.account_sid, "IncomingPhoneNumbers"),
            &[("AreaCode", "415")],
        )
        .await;
    let (recording, trunks) = ("/v1/RecordingSettings/Default", "/v1/ByocTrunks");
    let one_domain = format!("{domains}/{}.json", domain.text("sid"));
    for (host, path, more, parameter, known) in [
        (voice, trunks, None, "ConnectionPolicySid", policy.text("sid")),
        (voice, trunks, None, "FromDomainSid", domain.text("sid")),
        (API, one_domain.as_str(), None, "ByocTrunkSid", trunk.text("sid")),
        (API, one_domain.as_str(), None, "EmergencyCallerSid", number.text("sid")),
        (
            "video.twilio.com",
            recording,
            Some(("FriendlyName", "r")),
            "AwsCredentialsSid",
            credential.text("sid"),
        ),
    ] {
        let unknown = format!("{}{:032x}", &known[..2], 7);
        for (sid, wanted) in [(unknown.as_str(), (400, 20001)), (known, (0, 0))] {
            let mut form = vec![(parameter, sid)];
            form.extend(more);
            let answer = client.post(host, path, &form).await;
            match wanted {
                (0, _) => drop(answer.ok()),
                refused => assert_eq!(answer.refusal(), refused, "{parameter}"),
            }
        }
        let form = [Some((parameter, "")), more];
        let form: Vec<_> = form.into_iter().flatten().collect();
        client.post(host, path, &form).await.ok();
    }
    let (_, as_sub) = crate::accounts::child(&client).await;
    let foreign = [("ConnectionPolicySid", policy.text("sid"))];
    assert_eq!(
        as_sub.post(voice, trunks, &foreign).await.refusal(),
        (400, 20001),
        "another account's"
    );
}
