//! Messages and calls as they are made by REST. <https://www.twilio.com/docs/messaging/api/message-resource>,
//! <https://www.twilio.com/docs/voice/api/call-resource>

use crate::accounts::below;
use crate::support::{API, simulator};

/// <https://www.twilio.com/docs/glossary/what-sms-character-limit>; missing receivers:
/// <https://www.twilio.com/docs/api/errors/21604>, <https://www.twilio.com/docs/api/errors/21201>; the version:
/// <https://www.twilio.com/docs/usage/twilios-response>
#[tokio::test]
async fn a_message_says_of_how_many_parts_it_is_and_is_only_redacted() {
    let (handle, client) = simulator().await;
    let messages = below(&handle.account_sid, "Messages");
    let own = client.buy().await;
    let (to, from) = (("To", "+14155550100"), ("From", own.as_str()));
    let long = "a".repeat(161);
    let image = ("MediaUrl", "https://example.com/a.png");
    let sent = client
        .post(API, &messages, &[to, from, ("Body", &long), image])
        .await
        .ok();
    for (field, wanted) in [("num_segments", "2"), ("num_media", "1"), ("direction", "outbound-api")] {
        assert_eq!(sent[field], wanted, "{field}");
    }
    let path = below(
        &handle.account_sid,
        &format!("Messages/{}", sent["sid"].as_str().unwrap_or_default()),
    );
    let refused = client.post(API, &path, &[("Body", "x")]).await;
    assert_eq!(refused.refusal(), (400, 20001));
    assert_eq!(client.post(API, &path, &[("Body", "")]).await.ok()["body"], "");
    let service = client
        .post("messaging.twilio.com", "/v1/Services", &[("FriendlyName", "s")])
        .await;
    let pool = format!("/v1/Services/{}/PhoneNumbers", service.text("sid"));
    let numbers = client
        .get(API, &below(&handle.account_sid, "IncomingPhoneNumbers"))
        .await;
    let number = numbers.body["incoming_phone_numbers"][0]["sid"]
        .as_str()
        .unwrap_or_default();
    let member = [("PhoneNumberSid", number)];
    client.post("messaging.twilio.com", &pool, &member).await.ok();
    let by_service = [to, ("MessagingServiceSid", service.text("sid")), ("Body", "x")];
    let waiting = client.post(API, &messages, &by_service).await.ok();
    assert_eq!(waiting["num_segments"], "0", "no sender is chosen");
    assert_eq!(
        (&waiting["status"], &sent["status"]),
        (&"accepted".into(), &"queued".into())
    );
    assert_eq!(
        client.post(API, &messages, &[from, ("Body", "x")]).await.refusal(),
        (400, 21604)
    );

    let calls = below(&handle.account_sid, "Calls");
    let url = ("Url", "https://example.com");
    assert_eq!(client.post(API, &calls, &[from, url]).await.refusal(), (400, 21201));
    let call = client.post(API, &calls, &[to, from, url]).await.ok();
    assert_eq!(call["direction"], "outbound-api");
    for (made, field, wanted) in [
        (&sent, "api_version", "2010-04-01"),
        (&call, "api_version", "2010-04-01"),
        (&call, "price_unit", "USD"),
        (&call, "to_formatted", "(415) 555-0100"),
        (&call, "phone_number_sid", number),
    ] {
        assert_eq!(made[field], wanted, "{field}");
    }
}

/// The default is POST: <https://www.twilio.com/docs/usage/api/usage-trigger>
#[tokio::test]
async fn an_emptied_method_of_a_trigger_is_its_default() {
    let (handle, client) = simulator().await;
    let form = [
        ("CallbackUrl", "https://example.com"),
        ("TriggerValue", "+1"),
        ("UsageCategory", "sms"),
        ("CallbackMethod", "GET"),
    ];
    let made = client
        .post(API, &below(&handle.account_sid, "Usage/Triggers"), &form)
        .await;
    let path = below(&handle.account_sid, &format!("Usage/Triggers/{}", made.text("sid")));
    let emptied = client.post(API, &path, &[("CallbackMethod", "")]).await;
    assert_eq!(emptied.text("callback_method"), "POST");
}
