//! Messages and calls as they are made by REST. <https://www.twilio.com/docs/messaging/api/message-resource>,
//! <https://www.twilio.com/docs/voice/api/call-resource>

use serde_json::{Value, json};

use crate::accounts::below;
use crate::support::{API, Answer, simulator};

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

/// Each code on its page: <https://www.twilio.com/docs/api/errors/21655>, <https://www.twilio.com/docs/api/errors/21705>,
/// <https://www.twilio.com/docs/api/errors/21609>, <https://www.twilio.com/docs/api/errors/21620>,
/// <https://www.twilio.com/docs/api/errors/21218>, <https://www.twilio.com/docs/api/errors/21205>,
/// <https://www.twilio.com/docs/api/errors/21209>, <https://www.twilio.com/docs/api/errors/21206>,
/// <https://www.twilio.com/docs/api/errors/21626>, <https://www.twilio.com/docs/api/errors/21208>,
/// <https://www.twilio.com/docs/api/errors/21713>
#[tokio::test]
async fn mistakes_in_messages_and_calls_have_codes_of_their_own() {
    let (handle, client) = simulator().await;
    let own = client.buy().await;
    let (to, from) = (("To", "+14155550100"), ("From", own.as_str()));
    let nobodys = |prefix: &str| format!("{prefix}{:032}", 1);
    let (content, application) = (nobodys("HX"), nobodys("AP"));
    let messages = below(&handle.account_sid, "Messages");
    for (wrong, code) in [
        (("ContentSid", content.as_str()), 21655),
        (("MessagingServiceSid", "MG1"), 21705),
        (("StatusCallback", "nota"), 21609),
        (("MediaUrl", "nota url"), 21620),
    ] {
        let refused = client.post(API, &messages, &[to, from, ("Body", "x"), wrong]).await;
        assert_eq!(refused.refusal(), (400, code), "{wrong:?}");
    }
    let calls = below(&handle.account_sid, "Calls");
    let twiml = ("Twiml", "<Response/>");
    for (wrong, code) in [
        (("ApplicationSid", application.as_str()), 21218),
        (("Url", "nota"), 21205),
        (("Method", "FOO"), 21209),
        (("SendDigits", "z"), 21206),
        (("StatusCallbackEvent", "bogus"), 21626),
        (("Timeout", "601"), 21208),
    ] {
        let refused = client.post(API, &calls, &[to, from, twiml, wrong]).await;
        assert_eq!(refused.refusal(), (400, code), "{wrong:?}");
    }
    client
        .post(API, &calls, &[to, from, twiml, ("SendDigits", "1w#*")])
        .await
        .ok();
    let service = [("FriendlyName", "s"), ("Usecase", "bogus")];
    let refused = client.post("messaging.twilio.com", "/v1/Services", &service).await;
    assert_eq!(refused.refusal(), (400, 21713));
}

/// <https://www.twilio.com/docs/api/errors/30409>, <https://www.twilio.com/docs/api/errors/35114>
#[tokio::test]
async fn a_message_is_scheduled_within_35_days_and_canceled_while_it_is() {
    let (handle, client) = simulator().await;
    let messages = below(&handle.account_sid, "Messages");
    let own = client.buy().await;
    let numbers = client
        .get(API, &below(&handle.account_sid, "IncomingPhoneNumbers"))
        .await;
    let number = numbers.body["incoming_phone_numbers"][0]["sid"]
        .as_str()
        .expect("a SID");
    let service = client
        .post("messaging.twilio.com", "/v1/Services", &[("FriendlyName", "s")])
        .await;
    let pool = format!("/v1/Services/{}/PhoneNumbers", service.text("sid"));
    client
        .post("messaging.twilio.com", &pool, &[("PhoneNumberSid", number)])
        .await
        .ok();
    let schedule = async |seconds: i64| {
        let clock = client.control("GET", "clock", None).await;
        let now: jiff::Timestamp = clock.text("now").parse().expect("a time");
        let at = now + jiff::SignedDuration::from_secs(seconds);
        let at = at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let form = [
            ("To", "+14155550100"),
            ("Body", "x"),
            ("MessagingServiceSid", service.text("sid")),
            ("ScheduleType", "fixed"),
            ("SendAt", at.as_str()),
        ];
        client.post(API, &messages, &form).await
    };
    let day = 24 * 3600;
    for (seconds, refusal) in [(60, (400, 35114)), (40 * day, (400, 35114)), (34 * day, (201, 0))] {
        assert_eq!(schedule(seconds).await.refusal(), refusal, "{seconds}");
    }
    let cancel = async |sid: &str| {
        let path = below(&handle.account_sid, &format!("Messages/{sid}"));
        client.post(API, &path, &[("Status", "canceled")]).await
    };
    let (kept, late) = (schedule(3600).await, schedule(3600).await);
    assert_eq!(cancel(kept.text("sid")).await.text("status"), "canceled");
    assert_eq!(cancel(kept.text("sid")).await.refusal(), (400, 30409));
    client.advance(2 * 3600).await;
    assert_eq!(cancel(late.text("sid")).await.refusal(), (400, 30409));
    let form = [("To", "+14155550100"), ("From", own.as_str()), ("Body", "x")];
    let sent = client.post(API, &messages, &form).await;
    assert_eq!(cancel(sent.text("sid")).await.refusal(), (400, 30409));
}

/// <https://www.twilio.com/docs/api/errors/21220>
#[tokio::test]
async fn a_call_that_is_over_is_not_changed() {
    let (handle, client) = simulator().await;
    let own = client.buy().await;
    let form = [("To", "+14155550100"), ("From", own.as_str()), ("Twiml", "<Response/>")];
    let call = client.post(API, &below(&handle.account_sid, "Calls"), &form).await;
    let path = below(&handle.account_sid, &format!("Calls/{}", call.text("sid")));
    assert_eq!(
        client.post(API, &path, &[("Status", "completed")]).await.text("status"),
        "completed"
    );
    for change in [("Status", "canceled"), ("Twiml", "<Response/>")] {
        assert_eq!(
            client.post(API, &path, &[change]).await.refusal(),
            (400, 21220),
            "{change:?}"
        );
    }
}

/// <https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks>,
/// <https://www.twilio.com/docs/api/errors/20009>
#[tokio::test]
async fn a_message_goes_its_way_by_the_clock() {
    let (handle, client) = simulator().await;
    let messages = below(&handle.account_sid, "Messages");
    let own = client.buy().await;
    let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
    let numbers = client.get(API, &numbers).await.ok();
    let number = numbers["incoming_phone_numbers"][0]["sid"].as_str().expect("a SID");
    let messaging = "messaging.twilio.com";
    let service = client.post(messaging, "/v1/Services", &[("FriendlyName", "s")]).await;
    let pool = format!("/v1/Services/{}/PhoneNumbers", service.text("sid"));
    client.post(messaging, &pool, &[("PhoneNumberSid", number)]).await.ok();
    let to = ("To", "+14155550100");
    let text = "a".repeat(200);
    let body = ("Body", text.as_str());
    let by = ("MessagingServiceSid", service.text("sid"));
    let one = |message: &Answer| below(&handle.account_sid, &format!("Messages/{}", message.text("sid")));

    let sent = client.post(API, &messages, &[to, body, ("From", &own)]).await;
    let chosen = client.post(API, &messages, &[to, body, by]).await;
    assert_eq!((sent.text("status"), chosen.text("status")), ("queued", "accepted"));
    assert_eq!(
        (&chosen.body["from"], &chosen.body["date_sent"]),
        (&Value::Null, &Value::Null)
    );
    let named = client.post(API, &messages, &[to, body, by, ("From", &own)]).await;
    assert_eq!(named.text("status"), "accepted", "it goes by the service");
    assert_eq!(client.delete(API, &one(&sent)).await.refusal(), (409, 20009));
    client.advance(60).await;
    for message in [&sent, &chosen] {
        let read = client.get(API, &one(message)).await.ok();
        assert_eq!(read["status"], "delivered");
        assert_eq!(
            (&read["from"], &read["num_segments"]),
            (&own.as_str().into(), &"2".into())
        );
        assert!(read["date_sent"].is_string(), "{read}");
    }
    assert_eq!(client.delete(API, &one(&sent)).await.status, 204);

    let clock = client.control("GET", "clock", None).await;
    let now: jiff::Timestamp = clock.text("now").parse().expect("a time");
    let at = (now + jiff::SignedDuration::from_secs(3600))
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string();
    let when = [("ScheduleType", "fixed"), ("SendAt", at.as_str())];
    let later = client.post(API, &messages, &[to, body, by, when[0], when[1]]).await;
    client.advance(3000).await;
    assert_eq!(client.get(API, &one(&later)).await.text("status"), "scheduled");
    client.advance(700).await;
    assert_eq!(client.get(API, &one(&later)).await.text("status"), "delivered");

    let failing = json!([{"match": {"host": API}, "to": "undelivered", "set": {"error_code": 30003}}]);
    client.control("PUT", "outcomes", Some(failing)).await.ok();
    let lost = client.post(API, &messages, &[to, body, ("From", &own)]).await;
    client.advance(60).await;
    let lost = client.get(API, &one(&lost)).await.ok();
    assert_eq!(
        (&lost["status"], &lost["error_code"]),
        (&"undelivered".into(), &30003.into())
    );
}

/// <https://www.twilio.com/docs/voice/api/call-resource>
#[tokio::test]
async fn a_call_goes_its_way_by_the_clock() {
    let (handle, client) = simulator().await;
    let own = client.buy().await;
    let form = [("To", "+14155550100"), ("From", own.as_str()), ("Twiml", "<Response/>")];
    let calls = below(&handle.account_sid, "Calls");
    let made = async || {
        let call = client.post(API, &calls, &form).await;
        assert_eq!(call.text("status"), "queued");
        below(&handle.account_sid, &format!("Calls/{}", call.text("sid")))
    };
    let call = made().await;
    let mut seen = Vec::new();
    for _ in 0..12 {
        let status = client.get(API, &call).await.text("status").to_owned();
        if seen.last() != Some(&status) {
            seen.push(status);
        }
        client.advance(4).await;
    }
    assert_eq!(seen, ["queued", "ringing", "in-progress", "completed"]);
    let over = client.get(API, &call).await.ok();
    assert_eq!(over["duration"], "30");
    assert!(over["start_time"].is_string() && over["end_time"].is_string(), "{over}");
    // A call in progress is hung up, and not canceled.
    let call = made().await;
    client.advance(12).await;
    let kept = client.post(API, &call, &[("Status", "canceled")]).await;
    assert_eq!(kept.text("status"), "in-progress");
    assert_eq!(client.delete(API, &call).await.refusal(), (409, 20009));
    let over = client.post(API, &call, &[("Status", "completed")]).await.ok();
    assert!(
        over["duration"]
            .as_str()
            .is_some_and(|text| text.parse::<u8>().is_ok_and(|seconds| seconds < 30))
    );
    assert_eq!(client.delete(API, &call).await.status, 204);
    let busy = json!([{"match": {"host": API}, "to": "busy"}]);
    client.control("PUT", "outcomes", Some(busy)).await.ok();
    let call = made().await;
    client.advance(60).await;
    let busy = client.get(API, &call).await.ok();
    assert_eq!((&busy["status"], &busy["duration"]), (&"busy".into(), &"0".into()));
}
