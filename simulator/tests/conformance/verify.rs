//! Verify services: nested objects, defaults, limits, partial updates.

use serde_json::{Value, json};

use crate::support::{Answer, Client, simulator};

const VERIFY: &str = "verify.twilio.com";
const SERVICES: &str = "/v2/Services";

async fn service(client: &Client, more: &[(&str, &str)]) -> Answer {
    let mut form = vec![("FriendlyName", "My service")];
    form.extend(more);
    client.post(VERIFY, SERVICES, &form).await
}

#[tokio::test]
async fn a_service_has_documented_defaults() {
    let (_handle, client) = simulator().await;
    let made = service(&client, &[]).await;
    assert_eq!(made.status, 201, "{made:?}");
    for (field, value) in [
        ("code_length", json!(6)),
        ("lookup_enabled", json!(false)),
        ("skip_sms_to_landlines", json!(false)),
        ("dtmf_input_required", json!(true)),
        ("psd2_enabled", json!(false)),
        ("do_not_share_warning_enabled", json!(false)),
        ("custom_code_enabled", json!(false)),
        ("tts_name", Value::Null),
        ("default_template_sid", Value::Null),
        (
            "push",
            json!({"include_date": false, "apn_credential_sid": null, "fcm_credential_sid": null}),
        ),
        (
            "totp",
            json!({"issuer": "My service", "time_step": 30, "code_length": 6, "skew": 1}),
        ),
        ("whatsapp", json!({"msg_service_sid": null, "from": null})),
        (
            "passkeys",
            json!({
                "relying_party": {"id": null, "name": null, "origins": null},
                "authenticator_attachment": null,
                "discoverable_credentials": null,
                "user_verification": null,
            }),
        ),
    ] {
        assert_eq!(made.body[field], value, "{field}");
    }
}

#[tokio::test]
async fn dotted_parameters_are_shown_nested_and_updates_keep_the_rest() {
    let (_handle, client) = simulator().await;
    let apn = client.add("notify.twilio.com", "/v1/Credentials", json!({})).await;
    let messaging = client.add("messaging.twilio.com", "/v1/Services", json!({})).await;
    let made = service(
        &client,
        &[
            ("Push.ApnCredentialSid", &apn),
            ("Totp.Issuer", "Issuer"),
            ("Totp.CodeLength", "8"),
            ("Whatsapp.MsgServiceSid", &messaging),
            ("Passkeys.RelyingParty.Id", "example.com"),
            ("Passkeys.RelyingParty.Origins", "login.example.com,www.example.com"),
            ("Passkeys.UserVerification", "preferred"),
            ("TtsName", "voice"),
        ],
    )
    .await
    .ok();
    assert_eq!(made["push"]["apn_credential_sid"], apn);
    assert_eq!(
        made["totp"],
        json!({"issuer": "Issuer", "time_step": 30, "code_length": 8, "skew": 1})
    );
    assert_eq!(
        made["passkeys"]["relying_party"],
        json!({"id": "example.com", "name": null, "origins": ["login.example.com", "www.example.com"]})
    );

    let path = format!("{SERVICES}/{}", made["sid"].as_str().expect("a SID"));
    let changes = [
        ("Totp.Skew", "0"),
        ("Passkeys.RelyingParty.Name", "Example"),
        ("CodeLength", "4"),
    ];
    let updated = client.post(VERIFY, &path, &changes).await.ok();
    let mut expected = made.clone();
    expected["totp"]["skew"] = json!(0);
    expected["passkeys"]["relying_party"]["name"] = json!("Example");
    expected["code_length"] = json!(4);
    expected["date_updated"] = updated["date_updated"].clone();
    assert_eq!(updated, expected);

    let cleared = [
        ("Push.ApnCredentialSid", ""),
        ("Passkeys.RelyingParty.Origins", ""),
        ("TtsName", ""),
    ];
    let cleared = client.post(VERIFY, &path, &cleared).await.ok();
    assert_eq!(cleared["push"]["apn_credential_sid"], Value::Null);
    assert_eq!(cleared["passkeys"]["relying_party"]["origins"], Value::Null);
    assert_eq!(cleared["tts_name"], Value::Null);
    assert_eq!(client.get(VERIFY, &path).await.ok(), cleared);
}

#[tokio::test]
async fn digits_in_a_name_are_no_reason_to_refuse_it() {
    let (_handle, client) = simulator().await;
    for name in [
        "call 12345",
        "0123456789",
        "acc-4f9zk2m7q1",
        "a name of thirty characters or",
    ] {
        let form = [("FriendlyName", name)];
        assert_eq!(client.post(VERIFY, SERVICES, &form).await.status, 201, "{name}");
    }
}

#[tokio::test]
async fn values_outside_their_limits_are_refused_by_name() {
    let (_handle, client) = simulator().await;
    let made = service(&client, &[]).await;
    let path = format!("{SERVICES}/{}", made.text("sid"));
    for (name, value) in [
        ("FriendlyName", "a name of thirty-one characters"),
        ("FriendlyName", "www.example.com"),
        ("FriendlyName", " "),
        ("CodeLength", "3"),
        ("CodeLength", "11"),
        ("Totp.TimeStep", "19"),
        ("Totp.CodeLength", "9"),
        ("Totp.Skew", "3"),
        ("Passkeys.AuthenticatorAttachment", "usb"),
        ("Passkeys.UserVerification", "maybe"),
    ] {
        let refused = client.post(VERIFY, &path, &[(name, value)]).await;
        assert_eq!(refused.refusal(), (400, 60200), "{name}={value}");
        assert_eq!(refused.text("message"), format!("Invalid parameter: {name}"));
        if name != "FriendlyName" {
            assert_eq!(service(&client, &[(name, value)]).await.refusal(), (400, 60200));
        }
    }
}
