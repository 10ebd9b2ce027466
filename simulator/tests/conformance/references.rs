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
async fn an_approval_is_asked_for_at_one_path_and_read_at_another() {
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
