//! OAuth apps: what gets a token, where a token signs in, and what ends it.

use serde_json::{Value, json};

use crate::accounts::child;
use crate::support::{API, Answer, Client, read, simulator};

const IAM: &str = "iam.twilio.com";
const OAUTH: &str = "oauth.twilio.com";
const APPS: &str = "/v1/Account/OAuthApps";

async fn app(client: &Client, more: Value) -> Answer {
    let mut app = json!({"type": "Client Credential", "friendly_name": "a"});
    for (name, value) in more.as_object().into_iter().flatten() {
        app[name] = value.clone();
    }
    client.send_json("POST", IAM, APPS, &app).await
}

/// Asks for a token without credentials in the head.
async fn token(client: &Client, path: &str, form: &[(&str, &str)]) -> Answer {
    let request = client.unsigned("POST", OAUTH, path).form(form);
    read(request).await
}

async fn issued(client: &Client, app: &Answer) -> String {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", app.text("sid")),
        ("client_secret", app.text("secret")),
    ];
    let answer = token(client, "/v2/token", &form).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(
        (answer.text("token_type"), &answer.body["refresh_token"]),
        ("Bearer", &Value::Null)
    );
    answer.text("access_token").to_owned()
}

async fn get(client: &Client, host: &str, path: &str, token: &str) -> Answer {
    read(client.unsigned("GET", host, path).bearer_auth(token)).await
}

#[tokio::test]
async fn a_token_signs_in_at_every_host_for_what_its_app_may_do() {
    let (handle, client) = simulator().await;
    let allow = ["/twilio/verify/service/list", "/twilio/voice/twiml.apps/*"];
    let app = app(
        &client,
        json!({"policy": {"allow": allow, "deny": ["/twilio/voice/twiml.apps/read"]}}),
    )
    .await;
    assert_eq!(
        (app.status, &app.body["access_token_ttl"], app.text("secret").len()),
        (201, &json!(3600), 32)
    );
    assert!(app.text("sid").starts_with("OQ"));
    let token = issued(&client, &app).await;
    let own = format!("/2010-04-01/Accounts/{}", handle.account_sid);
    let applications = format!("{own}/Applications.json");
    for (host, path) in [("verify.twilio.com", "/v2/Services"), (API, applications.as_str())] {
        assert_eq!(get(&client, host, path, &token).await.status, 200, "{host}");
    }
    for (host, path) in [
        ("messaging.twilio.com", "/v1/Services".to_owned()),
        (API, format!("{own}.json")),
        (
            API,
            format!("{own}/Applications/AP00000000000000000000000000000001.json"),
        ),
        (API, format!("{own}/Balance.json")),
    ] {
        assert_eq!(
            get(&client, host, &path, &token).await.refusal(),
            (401, 70051),
            "{host}{path}"
        );
    }
    // Not for a subaccount, and not as a password.
    let (child, _) = child(&client).await;
    let of_child = format!("/2010-04-01/Accounts/{child}/Applications.json");
    assert_eq!(get(&client, API, &of_child, &token).await.refusal(), (401, 20003));
    let as_password = client.signed_in(app.text("sid"), app.text("secret"));
    assert_eq!(as_password.get(API, &applications).await.refusal(), (401, 20003));
}

#[tokio::test]
async fn who_gets_no_token_is_told_why() {
    let (_handle, client) = simulator().await;
    let app = app(&client, json!({})).await;
    let (id, secret) = (app.text("sid"), app.text("secret"));
    let grant = ("grant_type", "client_credentials");
    for (form, refusal) in [
        (
            vec![grant, ("client_id", id), ("client_secret", "wrong")],
            (401, 322_402),
        ),
        (
            vec![
                grant,
                ("client_id", "OQ00000000000000000000000000000009"),
                ("client_secret", secret),
            ],
            (401, 322_402),
        ),
        (vec![grant, ("client_secret", secret)], (400, 321_402)),
        (vec![grant, ("client_id", id)], (400, 321_405)),
        (
            vec![("grant_type", "password"), ("client_id", id), ("client_secret", secret)],
            (400, 321_403),
        ),
        (vec![], (400, 321_403)),
    ] {
        assert_eq!(token(&client, "/v2/token", &form).await.refusal(), refusal, "{form:?}");
    }
    // The first generation spells its parameters otherwise.
    let form = [
        ("GrantType", "client_credentials"),
        ("ClientId", id),
        ("ClientSecret", secret),
    ];
    assert_eq!(token(&client, "/v1/token", &form).await.status, 201);
}

#[tokio::test]
async fn a_token_ends_by_the_clock_and_with_its_app_and_not_with_the_next_one() {
    let (handle, client) = simulator().await;
    for wrong in [59, 30 * 86_400 + 1] {
        assert_eq!(
            app(&client, json!({"access_token_ttl": wrong})).await.refusal(),
            (400, 20001)
        );
    }
    let allow = json!({"allow": ["/twilio/voice/twiml.apps/list"]});
    let app = app(&client, json!({"access_token_ttl": 60, "policy": allow})).await;
    let applications = format!("/2010-04-01/Accounts/{}/Applications.json", handle.account_sid);
    let status = async |token: &str| get(&client, API, &applications, token).await.status;
    let first = issued(&client, &app).await;
    client.advance(30).await;
    let second = issued(&client, &app).await;
    assert_eq!((status(&first).await, status(&second).await), (200, 200));
    client.advance(30).await;
    assert_eq!((status(&first).await, status(&second).await), (401, 200));
    let path = format!("{APPS}/{}", app.text("sid"));
    assert_eq!(client.delete(IAM, &path).await.status, 204);
    assert_eq!(status(&second).await, 401);
    assert_eq!(status("eyJ").await, 401);
}
