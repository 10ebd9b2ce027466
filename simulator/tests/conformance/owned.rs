//! What names something of the account names what the account has.

use serde_json::json;

use crate::accounts::{below, child};
use crate::support::{API, KEY_OF_AWS, PUBLIC_KEY, simulator};

/// <https://www.twilio.com/docs/api/errors/21649>
#[tokio::test]
async fn a_number_takes_a_bundle_of_its_account() {
    let (handle, client) = simulator().await;
    let (host, bundles) = ("numbers.twilio.com", "/v2/RegulatoryCompliance/Bundles");
    let bundle = [("FriendlyName", "b"), ("Email", "a@example.com")];
    let own = client.post(host, bundles, &bundle).await;
    let (_, as_sub) = child(&client).await;
    let others = as_sub.post(host, bundles, &bundle).await;
    let nobodys = format!("BU{:032x}", 7);
    let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
    for (sid, wanted) in [
        (own.text("sid"), (201, 0)),
        (others.text("sid"), (400, 21649)),
        (nobodys.as_str(), (400, 21649)),
    ] {
        let form = [("AreaCode", "415"), ("BundleSid", sid)];
        assert_eq!(client.post(API, &numbers, &form).await.refusal(), wanted, "{sid}");
    }
    let bought = client.post(API, &numbers, &[("AreaCode", "415")]).await;
    let path = below(
        &handle.account_sid,
        &format!("IncomingPhoneNumbers/{}", bought.text("sid")),
    );
    let refused = client.post(API, &path, &[("BundleSid", &nobodys)]).await;
    assert_eq!(refused.refusal(), (400, 21649));
    assert_eq!(client.get(API, &path).await.ok()["bundle_sid"], json!(null));
}

/// As recorded: <https://github.com/twilio/twilio-node/issues/946>
#[tokio::test]
async fn a_verification_of_a_toll_free_number_is_about_one_of_the_account() {
    let (handle, client) = simulator().await;
    let (host, path) = ("messaging.twilio.com", "/v1/Tollfree/Verifications");
    let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
    let bought = client.post(API, &numbers, &[("AreaCode", "415")]).await;
    let nobodys = format!("PN{:032x}", 7);
    for (sid, wanted) in [(nobodys.as_str(), (422, 422)), (bought.text("sid"), (201, 0))] {
        let form = [
            ("BusinessName", "b"),
            ("BusinessWebsite", "https://example.com"),
            ("NotificationEmail", "a@example.com"),
            ("UseCaseCategories", "TWO_FACTOR_AUTHENTICATION"),
            ("UseCaseSummary", "s"),
            ("ProductionMessageSample", "p"),
            ("OptInImageUrls", "https://example.com/a.png"),
            ("OptInType", "VERBAL"),
            ("MessageVolume", "10"),
            ("BusinessType", "SOLE_PROPRIETOR"),
            ("TollfreePhoneNumberSid", sid),
        ];
        // As recorded: https://github.com/twilio/twilio-node/issues/946
        let mut elsewhere = form.to_vec();
        elsewhere.push(("BusinessCountry", "XX"));
        assert_eq!(client.post(host, path, &elsewhere).await.refusal(), (400, 400), "{sid}");
        elsewhere.pop();
        elsewhere.push(("BusinessCountry", "US"));
        assert_eq!(client.post(host, path, &elsewhere).await.refusal(), wanted, "{sid}");
    }
}

/// The contract's text on the parameters.
#[tokio::test]
async fn credentials_are_kept_for_a_subaccount_and_a_key_is_one() {
    let (handle, client) = simulator().await;
    let host = "accounts.twilio.com";
    let (sub, as_sub) = child(&client).await;
    let nobodys = format!("AC{:032x}", 7);
    for (path, secret) in [
        ("/v1/Credentials/AWS", ("Credentials", KEY_OF_AWS)),
        ("/v1/Credentials/PublicKeys", ("PublicKey", PUBLIC_KEY)),
    ] {
        for (account, wanted) in [
            (sub.as_str(), (201, 0)),
            (handle.account_sid.as_str(), (201, 0)),
            (nobodys.as_str(), (400, 20001)),
        ] {
            let answer = client.post(host, path, &[secret, ("AccountSid", account)]).await;
            assert_eq!(answer.refusal(), wanted, "{path} {account}");
        }
        let of_parent = [secret, ("AccountSid", handle.account_sid.as_str())];
        assert_eq!(as_sub.post(host, path, &of_parent).await.refusal(), (400, 20001));
    }
    for key in [
        "garbage",
        "",
        "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----garbage!-----END PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY-----MIIB-----END PRIVATE KEY-----",
    ] {
        let refused = client
            .post(host, "/v1/Credentials/PublicKeys", &[("PublicKey", key)])
            .await;
        assert_eq!(refused.refusal(), (400, 70104), "{key}");
    }
    // https://www.twilio.com/docs/api/errors/70106
    for key in ["key", "key:secret", &KEY_OF_AWS.to_lowercase()] {
        let form = [("Credentials", key)];
        let refused = client.post(host, "/v1/Credentials/AWS", &form).await;
        assert_eq!(refused.refusal(), (400, 70106), "{key}");
    }
    let bare = PUBLIC_KEY
        .replace("-----BEGIN PUBLIC KEY-----", "")
        .replace("-----END PUBLIC KEY-----", "");
    let keys = "/v1/Credentials/PublicKeys";
    client.post(host, keys, &[("PublicKey", &bare)]).await.ok();
    let broken = PUBLIC_KEY
        .replace("KEY-----M", "KEY-----\nM")
        .replace("B-----END", "B\n-----END");
    let taken = client
        .post(host, "/v1/Credentials/PublicKeys", &[("PublicKey", &broken)])
        .await;
    assert_eq!(taken.status, 201, "{taken:?}");
}

/// <https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api>
#[tokio::test]
async fn an_update_of_the_configuration_of_flex_names_the_account() {
    let (handle, client) = simulator().await;
    let (host, path) = ("flex-api.twilio.com", "/v1/Configuration");
    for (account, wanted) in [
        (json!(null), (400, 20001)),
        (json!(format!("AC{:032x}", 7)), (400, 20001)),
        (json!(handle.account_sid), (200, 0)),
    ] {
        let mut body = json!({"call_recording_enabled": true});
        if !account.is_null() {
            body["account_sid"] = account.clone();
        }
        let answer = client.send_json("POST", host, path, &body).await;
        assert_eq!(answer.refusal(), wanted, "{account}");
    }
    assert_eq!(client.get(host, path).await.ok()["call_recording_enabled"], true);
}
