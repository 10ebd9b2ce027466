//! Hosts that take files: versions of functions and assets, and regulatory documents.

use serde_json::{Value, json};

use crate::support::{Client, Part, read, simulator};

const SERVERLESS: &str = "serverless.twilio.com";
const UPLOAD: &str = "serverless-upload.twilio.com";
const SOURCE: &[u8] = b"exports.handler = (context, event, callback) => callback(null, 'hi');";

/// A service; its path.
async fn service(client: &Client) -> String {
    let form = [("UniqueName", "owls"), ("FriendlyName", "Owls")];
    let made = client.post(SERVERLESS, "/v1/Services", &form).await;
    format!("/v1/Services/{}", made.text("sid"))
}

/// A function or an asset; its path.
async fn part(client: &Client, service: &str, kind: &str) -> String {
    let made = client
        .post(SERVERLESS, &format!("{service}/{kind}"), &[("FriendlyName", "part")])
        .await;
    format!("{service}/{kind}/{}", made.text("sid"))
}

fn version<'a>(path: &'a str, file: (&'a str, &'a str), content: &'a [u8]) -> [Part<'a>; 3] {
    [
        ("Path", None, path.as_bytes()),
        ("Visibility", None, b"public"),
        ("Content", Some(file), content),
    ]
}

const SCRIPT: (&str, &str) = ("hi.js", "application/javascript");

/// <https://www.twilio.com/docs/serverless/api/resource/function-version>
#[tokio::test]
async fn a_version_of_a_function_is_uploaded_and_read_elsewhere() {
    let (handle, client) = simulator().await;
    let service = service(&client).await;
    let function = part(&client, &service, "Functions").await;
    let versions = format!("{function}/Versions");
    let answer = client.upload(UPLOAD, &versions, &version("hi", SCRIPT, SOURCE)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let made = answer.ok();
    assert_eq!(
        (&made["path"], &made["visibility"]),
        (&"/hi".into(), &"public".into()),
        "a slash is put before it"
    );
    assert_eq!(made["account_sid"], handle.account_sid.as_str());
    assert_eq!(function.rsplit('/').next(), made["function_sid"].as_str());
    let sid = made["sid"].as_str().expect("a SID");
    assert!(sid.starts_with("ZN"));
    let one = format!("{versions}/{sid}");
    assert_eq!(made["url"], format!("https://{SERVERLESS}{one}"), "it is at home there");
    assert_eq!(client.get(SERVERLESS, &one).await.ok(), made);
    let listed = client.get(SERVERLESS, &versions).await.ok();
    assert_eq!(listed["function_versions"][0]["sid"], sid);
    let content = client.get(SERVERLESS, &format!("{one}/Content")).await.ok();
    assert_eq!(content["content"], std::str::from_utf8(SOURCE).expect("text"));
    assert_eq!(
        (&content["sid"], &content["function_sid"]),
        (&made["sid"], &made["function_sid"])
    );
    for method in ["POST", "PUT", "DELETE"] {
        let refused = read(client.request(method, SERVERLESS, &one)).await;
        assert_eq!(refused.status, 405, "a version never changes");
    }
    // The host for uploads takes uploads only, and the other takes none.
    assert_eq!(client.get(UPLOAD, &one).await.status, 404);
    let elsewhere = client
        .upload(SERVERLESS, &versions, &version("hi", SCRIPT, SOURCE))
        .await;
    assert_eq!(elsewhere.status, 405);
}

/// <https://www.twilio.com/docs/serverless/api/resource/asset-version>
#[tokio::test]
async fn a_version_of_an_asset_may_hold_any_bytes() {
    let (_handle, client) = simulator().await;
    let service = service(&client).await;
    let asset = part(&client, &service, "Assets").await;
    let bytes = [0x89, b'P', b'N', b'G', 0, 0xff, b'\r', b'\n', b'-', b'-'];
    let parts = version("/owl.png", ("owl.png", "image/png"), &bytes);
    let made = client.upload(UPLOAD, &format!("{asset}/Versions"), &parts).await.ok();
    assert_eq!(made["path"], "/owl.png");
    assert_eq!(asset.rsplit('/').next(), made["asset_sid"].as_str());
    let requests = client.control("GET", "requests", None).await.ok();
    let logged = &requests.as_array().expect("a list").last().expect("the upload")["multipart"];
    assert_eq!(
        (&logged[0]["name"], &logged[0]["text"]),
        (&"Path".into(), &"/owl.png".into())
    );
    let file = &logged[2];
    assert_eq!(
        (&file["file_name"], &file["content_type"], &file["size"]),
        (&"owl.png".into(), &"image/png".into(), &10.into())
    );
    assert_eq!(file["base64"], "iVBORwD/DQotLQ==");
}

#[tokio::test]
async fn mistakes_in_an_upload_are_refused() {
    let (_handle, client) = simulator().await;
    let service = service(&client).await;
    let function = part(&client, &service, "Functions").await;
    let versions = format!("{function}/Versions");
    let [path, visibility, content] = version("/hi", SCRIPT, SOURCE);
    let long = "x".repeat(256);
    let (long, secret): (Part<'_>, Part<'_>) = (("Path", None, long.as_bytes()), ("Visibility", None, b"secret"));
    for (parts, why) in [
        (vec![path, visibility], "no content"),
        (vec![path, content], "no visibility"),
        (vec![visibility, content], "no path"),
        (vec![path, secret, content], "an unknown visibility"),
        (vec![long, visibility, content], "a path that is too long"),
        (vec![path, visibility, content, content], "two contents"),
    ] {
        let refused = client.upload(UPLOAD, &versions, &parts).await;
        assert_eq!(refused.refusal(), (400, 20001), "{why}");
    }
    let form = [("Path", "/hi"), ("Visibility", "public"), ("Content", "x")];
    assert_eq!(client.post(UPLOAD, &versions, &form).await.refusal(), (415, 20415));
    let broken = client
        .request("POST", UPLOAD, &versions)
        .header("content-type", "multipart/form-data; boundary=part");
    let broken = read(broken.body("--part\r\nContent-Disposition: form-data; name=\"Path\"\r\n\r\n/hi")).await;
    assert_eq!(broken.refusal(), (400, 20001));
    let nameless = client
        .request("POST", UPLOAD, &versions)
        .header("content-type", "multipart/form-data");
    assert_eq!(read(nameless.body("x")).await.refusal(), (400, 20001));
    let lost = format!("{service}/Functions/ZH{}/Versions", "0".repeat(32));
    assert_eq!(
        client
            .upload(UPLOAD, &lost, &[path, visibility, content])
            .await
            .refusal(),
        (404, 20404)
    );
    let asset = versions.replace("Functions", "Assets");
    assert_eq!(
        client
            .upload(UPLOAD, &asset, &[path, visibility, content])
            .await
            .refusal(),
        (404, 20404)
    );
    let stranger = client
        .signed_in("AC0", "x")
        .upload(UPLOAD, &versions, &[path, visibility, content])
        .await;
    assert_eq!(stranger.refusal(), (401, 20003));
    let listed = client.get(SERVERLESS, &versions).await.ok();
    assert_eq!(listed["function_versions"], json!([]));
}

async fn uploaded(client: &Client, part: &str) -> Value {
    let parts = version("/hi", SCRIPT, SOURCE);
    client.upload(UPLOAD, &format!("{part}/Versions"), &parts).await.ok()
}

/// <https://www.twilio.com/docs/serverless/api/resource/build>
#[tokio::test]
async fn a_build_is_completed_by_the_clock_and_shows_whole_versions() {
    let (_handle, client) = simulator().await;
    let service = service(&client).await;
    let (function, asset) = (
        part(&client, &service, "Functions").await,
        part(&client, &service, "Assets").await,
    );
    let (one, other) = (uploaded(&client, &function).await, uploaded(&client, &asset).await);
    let builds = format!("{service}/Builds");
    let form = [
        ("FunctionVersions", one["sid"].as_str().expect("a SID")),
        ("AssetVersions", other["sid"].as_str().expect("a SID")),
        ("Dependencies", r#"[{"name": "got", "version": "6.7.1"}]"#),
        ("Runtime", "node20"),
    ];
    let build = client.post(SERVERLESS, &builds, &form).await.ok();
    assert_eq!(
        (&build["status"], &build["runtime"]),
        (&"building".into(), &"node20".into())
    );
    for (field, version, of) in [
        ("function_versions", &one, "function_sid"),
        ("asset_versions", &other, "asset_sid"),
    ] {
        let shown = &build[field][0];
        assert_eq!(
            (&shown["sid"], &shown["path"], &shown[of]),
            (&version["sid"], &"/hi".into(), &version[of])
        );
    }
    assert_eq!(build["dependencies"], json!([{"name": "got", "version": "6.7.1"}]));
    client.advance(5).await;
    let path = format!("{builds}/{}", build["sid"].as_str().expect("a SID"));
    assert_eq!(client.get(SERVERLESS, &path).await.text("status"), "completed");
    let status = client.get(SERVERLESS, &format!("{path}/Status")).await.ok();
    assert_eq!(
        (&status["status"], &status["sid"]),
        (&"completed".into(), &build["sid"])
    );
    let plain = client.post(SERVERLESS, &builds, &form[..1]).await.ok();
    assert_eq!(plain["dependencies"].as_array().map(Vec::len), Some(6), "Twilio's own");
    assert_eq!(plain["runtime"], "node20", "that of the build before");
}

#[tokio::test]
async fn a_build_needs_versions_of_its_service() {
    let (_handle, client) = simulator().await;
    let service = service(&client).await;
    let builds = format!("{service}/Builds");
    assert_eq!(client.post(SERVERLESS, &builds, &[]).await.refusal(), (400, 20001));
    let invented = format!("ZN{}", "0".repeat(32));
    for parameter in ["FunctionVersions", "AssetVersions"] {
        let refused = client.post(SERVERLESS, &builds, &[(parameter, &*invented)]).await;
        assert_eq!(refused.refusal(), (400, 20001), "{parameter}");
    }
    let function = part(&client, &service, "Functions").await;
    let version = uploaded(&client, &function).await;
    let as_asset = [("AssetVersions", version["sid"].as_str().expect("a SID"))];
    assert_eq!(
        client.post(SERVERLESS, &builds, &as_asset).await.refusal(),
        (400, 20001)
    );
}

/// <https://www.twilio.com/docs/serverless/api/resource/deployment>
#[tokio::test]
async fn a_deployment_needs_a_completed_build_and_holds_it() {
    let (_handle, client) = simulator().await;
    let service = service(&client).await;
    let function = part(&client, &service, "Functions").await;
    let version = uploaded(&client, &function).await;
    // The build waits for the clock however long the requests take.
    let order = json!([{"match": {"host": SERVERLESS}, "stays": true, "times": 1}]);
    client.control("PUT", "outcomes", Some(order)).await.ok();
    let form = [("FunctionVersions", version["sid"].as_str().expect("a SID"))];
    let stuck = client.post(SERVERLESS, &format!("{service}/Builds"), &form).await.ok();
    client.advance(5).await;
    let build = client.post(SERVERLESS, &format!("{service}/Builds"), &form).await.ok();
    client.advance(5).await;
    let environments = format!("{service}/Environments");
    let names = [("UniqueName", "dev"), ("DomainSuffix", "dev")];
    let environment = client.post(SERVERLESS, &environments, &names).await.ok();
    let base = client.get(SERVERLESS, &service).await.text("domain_base").to_owned();
    assert!(base.starts_with("owls-"));
    assert_eq!(environment["domain_name"], format!("{base}-dev.twil.io"));
    assert_eq!(environment["build_sid"], Value::Null);
    // https://github.com/RJPearson94/terraform-provider-twilio/issues/78
    let same_suffix = [("UniqueName", "other"), ("DomainSuffix", "dev")];
    let refused = client.post(SERVERLESS, &environments, &same_suffix).await;
    assert_eq!(refused.refusal(), (409, 20409));
    let environment = format!("{environments}/{}", environment["sid"].as_str().expect("a SID"));
    let deployments = format!("{environment}/Deployments");
    let deploy = |sid: &Value| vec![("BuildSid", sid.as_str().expect("a SID").to_owned())];
    for build in [&stuck["sid"], &json!(format!("ZB{}", "0".repeat(32)))] {
        let form = deploy(build);
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(
            client.post(SERVERLESS, &deployments, &form).await.refusal(),
            (400, 20001)
        );
    }
    let form = deploy(&build["sid"]);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let deployed = client.post(SERVERLESS, &deployments, &form).await.ok();
    assert_eq!(
        (&deployed["build_sid"], &deployed["date_updated"]),
        (&build["sid"], &Value::Null)
    );
    assert_eq!(
        client.get(SERVERLESS, &environment).await.ok()["build_sid"],
        build["sid"]
    );
    let path = format!("{service}/Builds/{}", build["sid"].as_str().expect("a SID"));
    assert_eq!(
        client.delete(SERVERLESS, &path).await.refusal(),
        (400, 20001),
        "it is deployed"
    );
    client.post(SERVERLESS, &deployments, &[]).await.ok();
    assert_eq!(
        client.get(SERVERLESS, &environment).await.ok()["build_sid"],
        Value::Null
    );
    client.delete(SERVERLESS, &path).await.ok();
}

#[tokio::test]
async fn a_build_may_fail() {
    let (_handle, client) = simulator().await;
    let service = service(&client).await;
    let function = part(&client, &service, "Functions").await;
    let version = uploaded(&client, &function).await;
    let order = json!([{"match": {"host": SERVERLESS, "path": "/Builds/"}, "to": "failed"}]);
    client.control("PUT", "outcomes", Some(order)).await.ok();
    let form = [("FunctionVersions", version["sid"].as_str().expect("a SID"))];
    let build = client.post(SERVERLESS, &format!("{service}/Builds"), &form).await;
    client.advance(5).await;
    let path = format!("{service}/Builds/{}/Status", build.text("sid"));
    assert_eq!(client.get(SERVERLESS, &path).await.text("status"), "failed");
}

/// <https://www.twilio.com/docs/phone-numbers/regulatory/api/supporting-documents>
#[tokio::test]
async fn a_regulatory_document_is_uploaded_with_its_attributes() {
    let (_handle, client) = simulator().await;
    let (home, upload) = ("numbers.twilio.com", "numbers-upload.twilio.com");
    let collection = "/v2/RegulatoryCompliance/SupportingDocuments";
    let parts: [Part<'_>; 4] = [
        ("FriendlyName", None, b"Passport"),
        ("Type", None, b"passport"),
        ("Attributes", None, br#"{"first_name": "Ada"}"#),
        ("File", Some(("passport.pdf", "application/pdf")), b"%PDF-1.7"),
    ];
    let answer = client.upload(upload, collection, &parts).await;
    assert_eq!(answer.status, 201);
    let made = answer.ok();
    assert_eq!(
        (&made["mime_type"], &made["status"]),
        (&"application/pdf".into(), &"draft".into())
    );
    assert_eq!(made["attributes"], json!({"first_name": "Ada"}));
    let path = format!("{collection}/{}", made["sid"].as_str().expect("a SID"));
    assert_eq!(made["url"], format!("https://{home}{path}"));
    assert_eq!(client.get(home, &path).await.ok(), made);
    let stored = client.stored(home, &path).await;
    assert_eq!(stored[0]["hidden"]["File"]["text"], "%PDF-1.7");
    assert_eq!(
        client.upload(upload, collection, &parts[..3]).await.refusal(),
        (400, 20001),
        "no file"
    );
    // Without a file it is made at home.
    let form = [("FriendlyName", "Address"), ("Type", "utility_bill")];
    assert_eq!(
        client.post(home, collection, &form).await.ok()["mime_type"],
        Value::Null
    );
}

/// <https://www.twilio.com/docs/phone-numbers/document-apis>
#[tokio::test]
async fn a_document_for_porting_is_uploaded_and_one_that_is_empty_has_no_kind() {
    let (handle, client) = simulator().await;
    let (upload, path) = ("numbers-upload.twilio.com", "/v1/Documents");
    let bill = ("bill.pdf", "application/pdf");
    let parts = |content: &'static [u8]| -> [Part<'static>; 3] {
        [
            ("document_type", None, b"utility_bill"),
            ("friendly_name", None, b"Bill"),
            ("File", Some(bill), content),
        ]
    };
    let mut sids = Vec::new();
    for (content, kind) in [(&b"%PDF-1.7"[..], json!("application/pdf")), (b"", Value::Null)] {
        let made = client.upload(upload, path, &parts(content)).await;
        assert_eq!(made.status, 201);
        sids.push(made.text("sid").to_owned());
        let made = made.ok();
        assert_eq!(
            (&made["document_type"], &made["friendly_name"], &made["mime_type"]),
            (&json!("utility_bill"), &json!("Bill"), &kind)
        );
        assert_eq!(made["account_sid"], handle.account_sid.as_str());
    }
    assert!(sids[0].starts_with("RD") && sids[0] != sids[1]);
    let no_file = client.upload(upload, path, &parts(b"x")[..2]).await;
    assert_eq!(no_file.refusal(), (400, 20001));
    let form = [("document_type", "utility_bill"), ("File", "x")];
    assert_eq!(client.post(upload, path, &form).await.refusal(), (415, 20415));
}

/// Nobody has to put the clock ahead: a build is over within two seconds, and waiting for it costs no more.
#[tokio::test]
async fn the_clock_runs_by_itself() {
    let (_handle, client) = simulator().await;
    let service = service(&client).await;
    let function = part(&client, &service, "Functions").await;
    let version = uploaded(&client, &function).await;
    let form = [("FunctionVersions", version["sid"].as_str().expect("a SID"))];
    let build = client.post(SERVERLESS, &format!("{service}/Builds"), &form).await;
    let status = format!("{service}/Builds/{}/Status", build.text("sid"));
    let completed = async {
        while client.get(SERVERLESS, &status).await.text("status") != "completed" {
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(std::time::Duration::from_secs(10), completed).await;
    assert!(waited.is_ok(), "it is never completed");
}

const FILES: &str = "mcs.us1.twilio.com";

/// The bytes and the content type at a path.
async fn content(client: &Client, path: &str) -> (String, Vec<u8>) {
    let answer = client.request("GET", FILES, path).send().await.expect("it is answered");
    assert_eq!(answer.status(), 200);
    let kind = answer.headers()["content-type"].to_str().expect("a text").to_owned();
    (kind, answer.bytes().await.expect("a body").to_vec())
}

/// <https://www.twilio.com/docs/conversations/api/media-resource>, fields as in the recorded answers of
/// <https://github.com/nyaruka/mailroom>. Users send the bytes as they are, with or without a name, and as multipart.
#[tokio::test]
async fn a_file_of_a_message_is_uploaded_as_it_is_or_in_parts_and_reads_back() {
    let (_handle, client) = simulator().await;
    let host = "conversations.twilio.com";
    let service = client.post(host, "/v1/Services", &[("FriendlyName", "s")]).await;
    let files = format!("/v1/Services/{}/Media", service.text("sid"));
    let bytes: &[u8] = b"\x89PNG\r\n\x1a\n\x00\xff";
    let raw = client
        .request("POST", FILES, &files)
        .header("content-type", "image/png")
        .body(bytes);
    let named = client
        .request("POST", FILES, &files)
        .header("content-type", "image/png")
        .header("content-disposition", "attachment; filename=\"a.png\"")
        .body(bytes);
    let parts: [Part<'_>; 1] = [("Media", Some(("a.png", "image/png")), bytes)];
    for (made, name) in [
        (read(raw).await, Value::Null),
        (read(named).await, json!("a.png")),
        (client.upload(FILES, &files, &parts).await, json!("a.png")),
    ] {
        assert_eq!(made.status, 201);
        let sid = made.text("sid").to_owned();
        assert!(sid.starts_with("ME"), "{sid}");
        let made = made.ok();
        let path = format!("{files}/{sid}");
        assert_eq!(
            (&made["size"], &made["content_type"], &made["filename"]),
            (&json!(bytes.len()), &json!("image/png"), &name)
        );
        assert_eq!(
            (&made["category"], &made["author"]),
            (&json!("media"), &json!("system"))
        );
        assert_eq!(
            (&made["message_sid"], &made["channel_sid"]),
            (&Value::Null, &Value::Null)
        );
        assert_eq!(
            (&made["url"], &made["links"]),
            (&json!(path), &json!({"content": format!("{path}/Content")}))
        );
        let read = client.get(FILES, &path).await.ok();
        assert_eq!(read["size"], made["size"]);
        assert!(read["links"]["content_direct_temporary"].is_string());
        assert_eq!(
            content(&client, &format!("{path}/Content")).await,
            ("image/png".to_owned(), bytes.to_vec())
        );
        assert_eq!(client.delete(FILES, &path).await.status, 204);
        assert_eq!(client.delete(FILES, &path).await.refusal(), (404, 20404));
        assert_eq!(
            client.get(FILES, &format!("{path}/Content")).await.refusal(),
            (404, 20404)
        );
    }
    let text = client.request("POST", FILES, &files).body("hello");
    let text = read(text).await;
    assert_eq!(text.text("content_type"), "application/octet-stream");
    let path = format!("{files}/{}/Content", text.text("sid"));
    assert_eq!(content(&client, &path).await.1, b"hello");
    let empty = client.request("POST", FILES, &files);
    assert_eq!(read(empty).await.refusal(), (400, 20001));
    let nowhere = format!("/v1/Services/IS{}/Media", "0".repeat(32));
    assert_eq!(client.upload(FILES, &nowhere, &parts).await.refusal(), (404, 20404));
}

/// <https://www.twilio.com/docs/conversations/api/conversation-message-resource>, <https://www.twilio.com/docs/api/errors/50507>,
/// <https://www.twilio.com/docs/api/errors/50508>
#[tokio::test]
async fn a_message_shows_its_file_and_the_file_its_message() {
    let (_handle, client) = simulator().await;
    for (host, services, rooms) in [
        ("conversations.twilio.com", "/v1/Services", "Conversations"),
        ("chat.twilio.com", "/v2/Services", "Channels"),
    ] {
        let service = client.post(host, services, &[("FriendlyName", "s")]).await;
        let files = format!("/v1/Services/{}/Media", service.text("sid"));
        let parts: [Part<'_>; 1] = [("Media", Some(("a.txt", "text/plain")), b"hello")];
        let file = client.upload(FILES, &files, &parts).await;
        let rooms = format!("{services}/{}/{rooms}", service.text("sid"));
        let room = client.post(host, &rooms, &[]).await;
        let messages = format!("{rooms}/{}/Messages", room.text("sid"));
        let form = [("MediaSid", file.text("sid"))];
        let sent = client.post(host, &messages, &form).await.ok();
        let media = if sent["media"].is_array() {
            &sent["media"][0]
        } else {
            &sent["media"]
        };
        assert_eq!(
            (
                &media["sid"],
                &media["size"],
                &media["content_type"],
                &media["filename"]
            ),
            (
                &json!(file.text("sid")),
                &json!(5),
                &json!("text/plain"),
                &json!("a.txt")
            )
        );
        assert_eq!(sent["media"].is_array(), host.starts_with("conversations"));
        let read = client.get(FILES, &format!("{files}/{}", file.text("sid"))).await.ok();
        assert_eq!(
            (&read["message_sid"], &read["channel_sid"]),
            (&sent["sid"], &json!(room.text("sid")))
        );
        assert_eq!(client.post(host, &messages, &form).await.refusal(), (400, 50508));
        let nothing = format!("ME{}", "0".repeat(32));
        let refused = client.post(host, &messages, &[("MediaSid", &nothing)]).await;
        assert_eq!(refused.refusal(), (400, 50507));
    }
}

/// <https://www.twilio.com/docs/iot/microvisor/api/app-resource>: apps are made by nothing but an upload.
#[tokio::test]
async fn an_app_of_microvisor_is_uploaded_and_read_elsewhere() {
    let (handle, client) = simulator().await;
    let (home, upload) = ("microvisor.twilio.com", "microvisor-upload.twilio.com");
    let parts: [Part<'_>; 2] = [
        ("File", Some(("bundle.zip", "application/zip")), b"PK\x03\x04"),
        ("UniqueName", None, b"owl"),
    ];
    let made = client.upload(upload, "/v1/Apps", &parts).await;
    assert_eq!(made.status, 201);
    let made = made.ok();
    let sid = made["sid"].as_str().expect("a SID");
    assert!(sid.starts_with("KA"), "{sid}");
    assert_eq!(
        (&made["unique_name"], &made["account_sid"]),
        (&json!("owl"), &json!(handle.account_sid))
    );
    for path in [format!("/v1/Apps/{sid}"), "/v1/Apps/owl".to_owned()] {
        assert_eq!(client.get(home, &path).await.ok(), made, "{path}");
    }
    assert_eq!(made["url"], format!("https://{home}/v1/Apps/{sid}"));
    let listed = client.get(home, "/v1/Apps").await.ok();
    assert_eq!(listed["apps"][0]["sid"], sid);
    assert_eq!(
        client.upload(upload, "/v1/Apps", &parts[1..]).await.refusal(),
        (400, 20001),
        "no file"
    );
    assert_eq!(
        client.upload(upload, "/v1/Apps", &parts).await.refusal(),
        (409, 20409),
        "the name is taken"
    );
    assert_eq!(client.post(home, "/v1/Apps", &[]).await.refusal(), (405, 20004));
    assert_eq!(client.delete(home, &format!("/v1/Apps/{sid}")).await.status, 204);
    assert_eq!(client.get(home, "/v1/Apps/owl").await.refusal(), (404, 20404));
}
