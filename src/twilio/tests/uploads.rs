//! Bodies with a file in them: what leaves, what is recorded of it, and that nothing of it is shown.

use serde_json::{Value, json};

use super::secrets::Lines;
use super::server::{Reply, Server, client, parent, status};
use crate::twilio::{Audit, Change, ErrorKind, Expects, FilePart, Multipart, Product, Request};

const CODE: &str =
    "exports.handler = (context) => {\n  const password = \"hunter2hunter2\";\n  return launch(rockets);\n};\n";

fn upload() -> Request {
    let path = "/v1/Services/ZS1/Functions/ZH1/Versions";
    let fields = [
        ("Path", "/hello-in-private"),
        ("Visibility", "protected"),
        ("ApiToken", "tttt-0123456789"),
    ];
    let body = Multipart {
        fields: fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        file: FilePart {
            name: "Content".to_owned(),
            file_name: "unshown-name.js".to_owned(),
            content_type: "application/javascript".to_owned(),
            content: CODE.as_bytes().into(),
        },
    };
    let request = Request::post(Product::ServerlessUpload, &parent(), path).multipart(body);
    request.creates().expects(Expects::Object)
}

#[tokio::test]
async fn a_file_goes_to_its_host_and_is_sent_again_byte_for_byte() {
    let server = Server::start(|_, before| match before {
        0 => status(429, json!({"code": 20429, "message": "later"})),
        _ => status(201, json!({"sid": "ZN1"})),
    })
    .await;
    let (client, _) = server.client();
    client.send(upload()).await.expect("uploaded");
    let [first, second] = server.seen().try_into().expect("two");
    assert_eq!(first.headers["host"], "serverless-upload.twilio.com");
    assert_eq!(
        (&first.body, &first.headers["content-type"]),
        (&second.body, &second.headers["content-type"])
    );
    let boundary = first.headers["content-type"]
        .strip_prefix("multipart/form-data; boundary=")
        .expect("a boundary");
    let parts: Vec<&str> = first.body.split(&format!("--{boundary}")).collect();
    assert_eq!((parts.len(), parts[0], parts[5]), (6, "", "--\r\n"));
    assert_eq!(
        parts[1],
        "\r\nContent-Disposition: form-data; name=\"Path\"\r\n\r\n/hello-in-private\r\n"
    );
    assert_eq!(
        parts[4],
        format!(
            "\r\nContent-Disposition: form-data; name=\"Content\"; filename=\"unshown-name.js\"\r\nContent-Type: \
             application/javascript\r\n\r\n{CODE}\r\n"
        )
    );
}

#[tokio::test]
async fn an_upload_whose_response_is_lost_is_not_sent_again_by_itself() {
    let server = Server::start(|_, _| Reply::Close).await;
    let (client, _) = server.client();
    let error = client.send(upload()).await.expect_err("lost");
    assert_eq!((error.kind, server.count()), (ErrorKind::Ambiguous, 1));
}

#[tokio::test]
async fn a_record_has_the_hash_of_a_file_and_nothing_of_it() {
    let server = Server::start(|_, _| status(201, json!({"sid": "ZN1"}))).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("audit.jsonl");
    let mut config = server.config();
    config.audit = Some(Audit::open(&path, Change::default()).expect("it opens"));
    let (client, _) = client(config);
    client.send(upload()).await.expect("uploaded");
    let line: Value = serde_json::from_str(&std::fs::read_to_string(&path).expect("it is there")).expect("one line");
    assert_eq!(
        line["parameters"],
        json!({
            "Path": "/hello-in-private",
            "Visibility": "protected",
            "ApiToken": "(redacted)",
            "Content": format!("(file of {} bytes, SHA-256 {})", CODE.len(), crate::twilio::sha256(CODE.as_bytes())),
        })
    );
}

#[tokio::test]
async fn nothing_that_is_in_the_parts_is_in_a_log_or_in_an_error() {
    let (lines, _guard) = Lines::of_this_thread();
    let complaint = "Unexpected token in 'return launch(rockets);' of unshown-name.js: hunter2hunter2 at \
                     /hello-in-private with tttt-0123456789";
    let server = Server::start(move |_, _| status(400, json!({"code": 20001, "message": complaint}))).await;
    let (client, _) = server.client();
    let error = client.send(upload()).await.expect_err("refused");
    let shown = format!("{error} {error:?} {:?} {}", upload(), lines.text());
    for text in [
        "hello-in-private",
        "protected",
        "tttt-",
        "unshown",
        "hunter2",
        "launch",
        "rockets",
        "context",
    ] {
        assert!(!shown.contains(text), "{text} in {shown}");
    }
    assert!(lines.text().contains("Content=(file of"), "{}", lines.text());
    assert!(error.to_string().contains("Unexpected token in"), "{error}");
}
