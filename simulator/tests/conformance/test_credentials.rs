//! Test credentials, which nothing keeps what they did. <https://www.twilio.com/docs/iam/test-credentials>

use crate::support::{Client, simulator};

const API: &str = "api.twilio.com";

/// A client that signs with them, and their account.
async fn test_client(client: &Client) -> (Client, String) {
    let shown = client.control("GET", "test-credentials", None).await.ok();
    let text = |name: &str| shown[name].as_str().expect("a text").to_owned();
    let account = text("account_sid");
    (client.signed_in(&account, &text("auth_token")), account)
}

#[tokio::test]
async fn test_credentials_buy_send_and_call_and_nothing_is_kept() {
    let (handle, client) = simulator().await;
    let (test, account) = test_client(&client).await;
    let path = |of: &str| format!("/2010-04-01/Accounts/{account}/{of}.json");
    let numbers = path("IncomingPhoneNumbers");
    let before = client.control("GET", "objects", None).await.body;
    for choice in [("PhoneNumber", "+15005550006"), ("AreaCode", "500")] {
        let bought = test.post(API, &numbers, &[choice]).await.ok();
        assert_eq!(bought["phone_number"], "+15005550006");
        assert_eq!(bought["account_sid"], account.as_str());
        let sid = bought["sid"].as_str().expect("a SID");
        let read = test.get(API, &path(&format!("IncomingPhoneNumbers/{sid}"))).await;
        assert_eq!(read.refusal(), (403, 20008));
    }
    let message = [("To", "+14155550100"), ("From", "+15005550006"), ("Body", "Hello")];
    let sent = test.post(API, &path("Messages"), &message).await.ok();
    assert_eq!(sent["from"], "+15005550006");
    let call = [
        ("To", "+14155550100"),
        ("From", "+15005550006"),
        ("Url", "https://example.com/"),
    ];
    let called = test.post(API, &path("Calls"), &call).await.ok();
    assert_eq!(called["to"], "+14155550100");
    assert_eq!(client.control("GET", "objects", None).await.body, before);

    // Neither side reaches the other.
    for other in [numbers.as_str(), "/2010-04-01/Accounts.json"] {
        assert_eq!(test.get(API, other).await.refusal(), (403, 20008), "{other}");
    }
    let services = test.get("messaging.twilio.com", "/v1/Services").await;
    assert_eq!(services.refusal(), (403, 20008));
    let live = format!("/2010-04-01/Accounts/{}/IncomingPhoneNumbers.json", handle.account_sid);
    let bought = test.post(API, &live, &[("PhoneNumber", "+15005550006")]).await;
    assert_eq!(bought.refusal(), (401, 20003));
    assert_eq!(client.get(API, &numbers).await.refusal(), (401, 20003));
    let wrong = client.signed_in(&account, &handle.auth_token);
    assert_eq!(wrong.get(API, &numbers).await.refusal(), (401, 20003));
}

#[tokio::test]
async fn a_magic_value_is_refused_with_its_code_and_the_rest_as_everywhere() {
    let (handle, client) = simulator().await;
    let (test, account) = test_client(&client).await;
    let good = "+15005550006";
    let send = [("To", "+14155550100"), ("From", good), ("Body", "Hello")];
    let call = [("To", "+14155550100"), ("From", good), ("Url", "https://example.com/")];
    for (of, form, name, value, code) in [
        ("IncomingPhoneNumbers", &[][..], "PhoneNumber", "+15005550000", 21422),
        ("IncomingPhoneNumbers", &[], "PhoneNumber", "+15005550001", 21421),
        ("IncomingPhoneNumbers", &[], "AreaCode", "533", 21452),
        ("Messages", &send, "From", "+15005550001", 21212),
        ("Messages", &send, "From", "+15005550007", 21606),
        ("Messages", &send, "From", "+15005550008", 21611),
        ("Messages", &send, "To", "+15005550001", 21211),
        ("Messages", &send, "To", "+15005550002", 21612),
        ("Messages", &send, "To", "+15005550003", 21408),
        ("Messages", &send, "To", "+15005550004", 21610),
        ("Messages", &send, "To", "+15005550009", 21614),
        ("Calls", &call, "From", "+15005550001", 21212),
        ("Calls", &call, "From", "+14155550101", 21210),
        ("Calls", &call, "To", "+15005550001", 21217),
        ("Calls", &call, "To", "+15005550002", 21214),
        ("Calls", &call, "To", "+15005550003", 21215),
        ("Calls", &call, "To", "+15005550004", 21216),
    ] {
        let mut form: Vec<_> = form.iter().copied().filter(|(known, _)| *known != name).collect();
        form.push((name, value));
        let path = format!("/2010-04-01/Accounts/{account}/{of}.json");
        let refused = test.post(API, &path, &form).await;
        assert_eq!(refused.refusal(), (400, code), "{of} {name} {value}");
    }
    // A mistake is one with them, too.
    let path = format!("/2010-04-01/Accounts/{account}/Messages.json");
    let mistake = test.post(API, &path, &[("From", good), ("Body", "Hello")]).await;
    assert_eq!(mistake.refusal(), (400, 21604));
    // And the numbers are like all others with any other credentials.
    let live = format!("/2010-04-01/Accounts/{}/Messages.json", handle.account_sid);
    let form = [("To", "+14155550100"), ("From", "+15005550008"), ("Body", "Hello")];
    assert_eq!(client.post(API, &live, &form).await.refusal(), (400, 21659));
}
