//! What says that an object is not there.

use serde_json::{Value, json};

use super::server::{Reply, Server, parent};
use crate::twilio::{ErrorKind, Gone, Product, Request};

const IN_PROXY: &[Gone] = &[
    Gone {
        status: 400,
        code: 80408,
    },
    Gone {
        status: 404,
        code: 80407,
    },
    Gone {
        status: 403,
        code: 50050,
    },
];

async fn kind(request: Request, status: u16, body: &Value) -> (ErrorKind, usize) {
    let body = body.to_string();
    let server = Server::start(move |_, _| Reply::Answer(status, "", body.clone())).await;
    let (client, _) = server.client();
    let error = client.send(request).await.expect_err("no success");
    (error.kind, server.count())
}

fn requests() -> [Request; 3] {
    let path = "/v1/Services/KS1/Sessions/KC1";
    [
        Request::get(Product::Proxy, &parent(), path),
        Request::post(Product::Proxy, &parent(), path).form([("Status", "closed")]),
        Request::delete(Product::Proxy, &parent(), path),
    ]
}

#[tokio::test]
async fn what_a_request_says_is_gone_is_gone() {
    for (status, code, otherwise) in [
        (400, 80408, ErrorKind::Invalid),
        (404, 80407, ErrorKind::Invalid),
        (403, 50050, ErrorKind::Forbidden),
    ] {
        let body = json!({"code": code, "message": "no such thing", "status": status});
        for request in requests() {
            assert_eq!(
                kind(request.clone(), status, &body).await,
                (otherwise, 1),
                "{status} {code}"
            );
            let outcome = kind(request.gone(IN_PROXY), status, &body).await;
            assert_eq!(outcome, (ErrorKind::NotFound, 1), "{status} {code}");
        }
    }
}

#[tokio::test]
async fn the_usual_word_counts_whatever_a_request_adds() {
    let body = json!({"code": 20404, "message": "not found", "status": 404});
    for request in requests() {
        assert_eq!(kind(request.clone(), 404, &body).await.0, ErrorKind::NotFound);
        assert_eq!(kind(request.gone(IN_PROXY), 404, &body).await.0, ErrorKind::NotFound);
    }
}

#[tokio::test]
async fn what_is_not_twilios_word_for_it_proves_nothing() {
    for (status, body, expected) in [
        (400, json!({"code": 50050, "message": "m"}), ErrorKind::Invalid),
        (403, json!({"code": 80408, "message": "m"}), ErrorKind::Forbidden),
        (
            403,
            json!({"code": 50050, "message": "m", "status": 404}),
            ErrorKind::Forbidden,
        ),
        (403, json!({"message": "m"}), ErrorKind::Forbidden),
        (403, json!([{"code": 50050}]), ErrorKind::Forbidden),
        (
            404,
            json!({"code": "80407x", "message": "m"}),
            ErrorKind::UnexpectedAnswer,
        ),
        (404, json!(null), ErrorKind::UnexpectedAnswer),
        (410, json!({"code": 20404, "message": "m"}), ErrorKind::UnexpectedAnswer),
    ] {
        let [read, ..] = requests();
        assert_eq!(
            kind(read.gone(IN_PROXY), status, &body).await.0,
            expected,
            "{status} {body}"
        );
    }
}
