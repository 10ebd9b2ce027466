//! Messages and calls from what an account has, and to where it may send. <https://www.twilio.com/docs/api/errors>

use serde_json::json;

use crate::accounts::{below, child};
use crate::support::{API, Client, simulator};

const MESSAGING: &str = "messaging.twilio.com";
const VOICE: &str = "voice.twilio.com";

async fn message(client: &Client, account: &str, form: &[(&str, &str)]) -> (u16, u64) {
    let mut form = form.to_vec();
    form.push(("Body", "x"));
    client.post(API, &below(account, "Messages"), &form).await.refusal()
}

async fn call(client: &Client, account: &str, to: &str, from: &str) -> (u16, u64) {
    let form = [("To", to), ("From", from), ("Url", "https://example.com")];
    client.post(API, &below(account, "Calls"), &form).await.refusal()
}

#[tokio::test]
async fn a_message_comes_from_a_sender_of_the_account() {
    let (handle, client) = simulator().await;
    let main = handle.account_sid.as_str();
    let (sub, as_sub) = child(&client).await;
    let (own, others) = (client.buy().await, as_sub.buy().await);
    client
        .add(
            API,
            &format!("/2010-04-01/Accounts/{main}/SMS/ShortCodes"),
            json!({"short_code": "12345"}),
        )
        .await;
    client
        .add_any(
            MESSAGING,
            "/v2/Channels/Senders",
            json!({"sender_id": "whatsapp:+14155550111"}),
        )
        .await
        .ok();
    let to = "+14155550199";
    for (to, from, wanted) in [
        (to, own.as_str(), (201, 0)),
        ("(415) 555-0199", own.as_str(), (201, 0)),
        (to, others.as_str(), (400, 21660)),
        (to, "+14155550145", (400, 21660)),
        // What is good with test credentials alone.
        (to, "+15005550006", (400, 21659)),
        (to, "12345", (201, 0)),
        (to, "54321", (400, 21659)),
        (to, "Shop", (400, 21612)),
        (to, "A shop of many words", (400, 21212)),
        (to, "+1", (400, 21212)),
        (&own, own.as_str(), (400, 21266)),
        ("nobody", own.as_str(), (400, 21211)),
        ("+1415", own.as_str(), (400, 21211)),
        ("", own.as_str(), (400, 21604)),
        ("whatsapp:+14155550199", "whatsapp:+14155550111", (201, 0)),
        ("whatsapp:+14155550199", "whatsapp:+14155550112", (400, 63007)),
        ("whatsapp:+14155550199", own.as_str(), (400, 21910)),
        (to, "whatsapp:+14155550111", (400, 21910)),
        (to, "", (400, 21603)),
        ("+447700900123", own.as_str(), (400, 21408)),
    ] {
        let found = message(&client, main, &[("To", to), ("From", from)]).await;
        assert_eq!(found, wanted, "{from} to {to}");
    }
    assert_eq!(message(&as_sub, &sub, &[("To", to), ("From", &others)]).await, (201, 0));
    let permission = r#"{"country_code": "GB", "type": "country", "enabled": true}"#;
    let path = "/v1/Messaging/GeoPermissions";
    client
        .request("PATCH", "accounts.twilio.com", path)
        .form(&[("Permissions", permission)])
        .send()
        .await
        .expect("an answer");
    for from in [own.as_str(), "Shop"] {
        let form = [("To", "+447700900123"), ("From", from)];
        assert_eq!(message(&client, main, &form).await, (201, 0), "{from}");
    }
}

/// <https://www.twilio.com/docs/messaging/api/message-resource>: the sender pool of the service.
#[tokio::test]
async fn a_service_sends_as_one_of_its_pool() {
    let (handle, client) = simulator().await;
    let main = handle.account_sid.as_str();
    let own = client.buy().await;
    let service = client.post(MESSAGING, "/v1/Services", &[("FriendlyName", "s")]).await;
    let sid = service.text("sid");
    let nobodys = format!("MG{:032x}", 7);
    let to = ("To", "+14155550199");
    for (form, wanted) in [
        (vec![to, ("MessagingServiceSid", nobodys.as_str())], (400, 21701)),
        (vec![to, ("MessagingServiceSid", sid)], (400, 21704)),
    ] {
        assert_eq!(message(&client, main, &form).await, wanted, "{form:?}");
    }
    let alpha = format!("/v1/Services/{sid}/AlphaSenders");
    client.post(MESSAGING, &alpha, &[("AlphaSender", "Shop")]).await.ok();
    for (from, wanted) in [
        (None, (201, 0)),
        (Some("Shop"), (201, 0)),
        (Some(own.as_str()), (400, 21711)),
    ] {
        let mut form = vec![to, ("MessagingServiceSid", sid)];
        form.extend(from.map(|from| ("From", from)));
        assert_eq!(message(&client, main, &form).await, wanted, "{from:?}");
    }
    // A message for later needs a service and a time.
    let fixed = ("ScheduleType", "fixed");
    assert_eq!(message(&client, main, &[to, ("From", &own), fixed]).await, (400, 35118));
    let by_service = [to, ("MessagingServiceSid", sid), fixed];
    assert_eq!(message(&client, main, &by_service).await, (400, 35111));
}

#[tokio::test]
async fn a_call_comes_from_a_number_that_is_owned_or_verified_and_goes_where_it_may() {
    let (handle, client) = simulator().await;
    let main = handle.account_sid.as_str();
    let (sub, as_sub) = child(&client).await;
    let (own, others) = (client.buy().await, as_sub.buy().await);
    let to = "+14155550199";
    let verified = "+14155550123";
    assert_eq!(call(&client, main, to, verified).await, (400, 21210));
    let ids = format!("/2010-04-01/Accounts/{main}/OutgoingCallerIds");
    client.add(API, &ids, json!({"phone_number": verified})).await;
    for (to, from, wanted) in [
        (to, own.as_str(), (201, 0)),
        (to, verified, (201, 0)),
        (to, others.as_str(), (400, 21210)),
        (to, "+15005550006", (400, 21210)),
        (to, "Ann", (400, 21212)),
        (to, "", (400, 21213)),
        ("", own.as_str(), (400, 21201)),
        ("nobody", own.as_str(), (400, 21211)),
        ("client:ann", "ben", (201, 0)),
        ("sip:ann@example.com", own.as_str(), (201, 0)),
        ("+447700900123", own.as_str(), (400, 21215)),
    ] {
        assert_eq!(call(&client, main, to, from).await, wanted, "{from} to {to}");
    }
    let update = r#"[{"iso_code": "GB", "low_risk_numbers_enabled": "true"}]"#;
    let bulk = "/v1/DialingPermissions/BulkCountryUpdates";
    client.post(VOICE, bulk, &[("UpdateRequest", update)]).await.ok();
    assert_eq!(call(&client, main, "+447700900123", &own).await, (201, 0));
    // The permissions of the parent are the subaccount's until it has its own.
    assert_eq!(call(&as_sub, &sub, "+447700900123", &others).await, (201, 0));
    let alone = [("DialingPermissionsInheritance", "false")];
    as_sub.post(VOICE, "/v1/Settings", &alone).await.ok();
    assert_eq!(call(&as_sub, &sub, "+447700900123", &others).await, (400, 21215));
    assert_eq!(call(&as_sub, &sub, to, &others).await, (201, 0));
    let home = client.get(VOICE, "/v1/DialingPermissions/Countries/US").await.ok();
    assert_eq!(home["low_risk_numbers_enabled"], true);
}

/// <https://www.twilio.com/docs/voice/api/outgoing-caller-ids-resource>, and the contract's texts on its fields.
#[tokio::test]
async fn a_caller_id_is_verified_with_a_code_and_named_after_its_number() {
    let (handle, client) = simulator().await;
    let ids = below(&handle.account_sid, "OutgoingCallerIds");
    let asked = client.post(API, &ids, &[("PhoneNumber", "+14155550123")]).await;
    let code = asked.text("validation_code");
    assert!(
        code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()),
        "{code}"
    );
    assert!(asked.text("call_sid").starts_with("CA"));
    assert_eq!(asked.text("friendly_name"), "(415) 555-0123");
    let listed = client.get(API, &ids).await.ok();
    let one = &listed["outgoing_caller_ids"][0];
    assert_eq!(
        (&one["friendly_name"], &one["phone_number"]),
        (&json!("(415) 555-0123"), &json!("+14155550123"))
    );
    assert!(one.get("validation_code").is_none(), "{one}");
    // https://www.twilio.com/docs/api/errors/21450, https://www.twilio.com/docs/api/errors/21401
    let again = client.post(API, &ids, &[("PhoneNumber", "+14155550123")]).await;
    assert_eq!(again.refusal(), (400, 21450));
    let none = client.post(API, &ids, &[("PhoneNumber", "abc")]).await;
    assert_eq!(none.refusal(), (400, 21401));
    let named = [("PhoneNumber", "+14155550124"), ("FriendlyName", "Shop")];
    assert_eq!(client.post(API, &ids, &named).await.text("friendly_name"), "Shop");
}
