//! A client that may not write.

use super::server::{Server, ok, parent};
use crate::twilio::{Client, ErrorKind, Product, Request};

#[tokio::test]
async fn a_client_that_may_not_write_reads_and_sends_no_write() {
    let server = Server::start(|_, _| ok(serde_json::json!({"sid": "AP00000000000000000000000000000001"}))).await;
    let mut config = server.config();
    config.read_only = true;
    let client = Client::new(config).expect("a client");
    let path = "/2010-04-01/Accounts/AC00000000000000000000000000000000/Applications.json";
    let request = |make: fn(Product, &crate::twilio::AccountSid, &str) -> Request| make(Product::Api, &parent(), path);
    for write in [
        request(|product, account, path| Request::post(product, account, path)),
        request(|product, account, path| Request::post(product, account, path).creates()),
        request(|product, account, path| Request::post(product, account, path).upserts()),
        request(|product, account, path| Request::post(product, account, path).once()),
        request(|product, account, path| Request::delete(product, account, path)),
    ] {
        let refused = client.send(write).await.expect_err("it is a write");
        assert_eq!((refused.kind, refused.attempt.tries), (ErrorKind::ReadOnly, 0));
        assert!(refused.surely_not_executed());
    }
    assert_eq!(server.count(), 0);
    let read = request(|product, account, path| Request::get(product, account, path));
    assert!(client.send(read).await.is_ok());
    // What is sent by POST and changes nothing is a read.
    let check = request(|product, account, path| Request::post(product, account, path).reads());
    assert!(client.send(check).await.is_ok());
    assert_eq!(server.count(), 2);
}
