//! How much memory a list takes. A process of its own, because what is measured is the process.
#![cfg(target_os = "linux")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use futures::TryStreamExt as _;
use terraform_provider_twilio::engine::facts::hooks::{Call, Warnings};
use terraform_provider_twilio::engine::operations::list::{Depth, Search, objects};
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::resources::messaging::messaging_service::MESSAGING_SERVICE;
use terraform_provider_twilio::twilio::{
    AccountSid, Client, ClientConfig, Credentials, Error, ErrorKind, ListRequest, Product, Request, Secret,
};

const ACCOUNT: &str = "AC00000000000000000000000000000001";

/// Pages, items of a page, and bytes of an item: 300 pages of 2 MB.
const PAGES: usize = 300;
const ITEMS: usize = 1000;
const FILLER: usize = 1900;

/// Reads that are answered from a list, where that has what they ask for.
const READS: usize = 150;

/// How many times the items of a page are in the largest page that is taken at all: 55 MB.
const LARGEST: usize = 28;

/// What the largest page may take: its text, and as much again while it arrives. Decoded it takes 1.6 GB.
const MOST_FOR_THE_LARGEST: u64 = 160 * 1024;

/// What 300 such pages may take, beside what a process takes anyway.
const MOST: u64 = 64 * 1024;

/// The most memory that this process has had resident, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells it");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.and_then(|number| number.parse().ok()).expect("a number")
}

/// The body of a page between the link to the next and the end: the same for all.
fn items() -> String {
    let filler = "x".repeat(FILLER);
    let item = |number: usize| format!(r#"{{"sid":"MG{number:032}","friendly_name":"n{number}","note":"{filler}"}}"#);
    (0..ITEMS).map(item).collect::<Vec<_>>().join(",")
}

/// Answers pages until the connection ends.
fn serve(mut stream: TcpStream, items: &str) -> std::io::Result<()> {
    let mut asked = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        while !asked.windows(4).any(|window| window == b"\r\n\r\n") {
            match stream.read(&mut buffer)? {
                0 => return Ok(()),
                count => asked.extend_from_slice(&buffer[..count]),
            }
        }
        let head = String::from_utf8_lossy(&asked).into_owned();
        asked.clear();
        let target = head.split(' ').nth(1).unwrap_or_default();
        if target.starts_with("/v1/Services/") {
            let body = r#"{"code":20404,"message":"not found","status":404}"#;
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 404 Not Found\r\nContent-Length: {length}\r\n\r\n{body}"
            )?;
            continue;
        }
        let page = target
            .rsplit_once("Page=")
            .map_or(0, |(_, page)| page.parse().unwrap_or(0));
        let times = match target.starts_with("/v1/Largest") {
            true => LARGEST,
            false => 1,
        };
        let next = match page + 1 < PAGES && times == 1 {
            true => format!(r#""https://messaging.twilio.com/v1/Services?Page={}""#, page + 1),
            false => "null".to_owned(),
        };
        let begin = format!(r#"{{"meta":{{"key":"services","next_page_url":{next}}},"services":["#);
        let length = begin.len() + (items.len() + 1) * times + 1;
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{begin}")?;
        // Each page has items of its own.
        let items = items.replace("\"MG0000", &format!("\"MG{page:04}"));
        stream.write_all(items.as_bytes())?;
        for _ in 1..times {
            stream.write_all(b",")?;
            stream.write_all(items.as_bytes())?;
        }
        stream.write_all(b"]}")?;
    }
}

#[test]
fn a_list_takes_the_room_of_what_is_kept_and_one_page() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    let items: &'static str = items().leak();
    std::thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            // A client that has seen enough hangs up.
            std::thread::spawn(move || serve(stream, items).ok());
        }
    });
    let account: AccountSid = ACCOUNT.parse().expect("a SID");
    let credentials = Credentials::AuthToken {
        account: account.clone(),
        token: Secret::new("0123456789abcdef0123456789abcdef"),
    };
    let client = Client::new(ClientConfig {
        base_url: Some(format!("http://{address}").parse().expect("an address")),
        ..ClientConfig::new(credentials)
    })
    .expect("a client");
    let list = || ListRequest::new(Request::get(Product::Messaging, &account, "/v1/Services")).sids("MG");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    // What the process takes for the client, the server and one request.
    let first = runtime.block_on(client.list(list().limit(1))).expect("a list");
    assert_eq!(first.len(), 1);
    drop(first);
    let before = peak();

    let mut count = 0;
    let named = client.list_where(list(), |item| {
        count += 1;
        item["friendly_name"] == "n7"
    });
    assert_eq!(runtime.block_on(named).expect("a list").len(), PAGES);
    assert_eq!(count, PAGES * ITEMS);
    let took = peak() - before;
    assert!(took <= MOST, "{took} KiB for {PAGES} pages that nobody keeps");

    // The same through a table, as a lookup by a name takes it, and a data source of several that keeps little.
    let (state, warnings) = (Value::Null, Warnings::default());
    let call = Call {
        object: &MESSAGING_SERVICE.object,
        client: &client,
        account: &account,
        state: &state,
        warnings: &warnings,
    };
    let search = Search {
        filters: &Value::Null,
        depth: Depth::Whole,
        at_most: None,
    };
    let named = async {
        let all = objects(call, search).expect("there is a path");
        let named = all.try_filter(|item| std::future::ready(item["friendly_name"] == "n7"));
        named
            .try_collect::<Vec<_>>()
            .await
            .map_err(|stumble| format!("{:?}", stumble.fault))
    };
    assert_eq!(runtime.block_on(named).expect("a list").len(), PAGES);
    let took = peak() - before;
    assert!(
        took <= MOST,
        "{took} KiB for {PAGES} pages of objects that nobody keeps"
    );

    // As many reads at once as are worth fifty pages, of what is on none of them.
    let reads = (0..READS).map(|number| {
        let sid = format!("MG{:032}", ITEMS + number);
        let direct = Request::get(Product::Messaging, &account, format!("/v1/Services/{sid}"));
        let (client, list) = (&client, list());
        async move { client.member(direct, list, &sid).await }
    });
    let answers = runtime.block_on(futures::future::join_all(reads));
    let missing = |error: &Error| error.kind == ErrorKind::NotFound;
    assert!(answers.iter().all(|answer| answer.as_ref().is_err_and(missing)));
    let took = peak() - before;
    assert!(took <= MOST, "{took} KiB for what reads that come together remember");

    let largest = ListRequest::new(Request::get(Product::Messaging, &account, "/v1/Largest")).sids("MG");
    let named = client.list_where(largest, |item| item["friendly_name"] == "n7");
    assert_eq!(runtime.block_on(named).expect("a list").len(), LARGEST);
    let took = peak() - before;
    assert!(took <= MOST_FOR_THE_LARGEST, "{took} KiB for a page of 55 MB");
}
