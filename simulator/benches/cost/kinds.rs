//! What is created: objects of different rules.

use std::sync::Mutex;

use anyhow::Result;

use crate::connection::Connection;
use crate::process::Running;

/// Objects of one kind.
pub struct Kind {
    pub name: &'static str,
    pub host: &'static str,
    /// How many creates make one of them, with what it needs.
    pub creates: usize,
    /// How many objects are there then.
    pub objects: usize,
    /// Makes what they stand below.
    pub prepare: fn(&mut Connection, &Running) -> Result<Place>,
    /// Makes the object of this number.
    pub create: fn(&mut Connection, &Place, usize) -> Result<()>,
    /// Reads one.
    pub read: fn(&mut Connection, &Place, usize) -> Result<()>,
    /// The query that finds the object of this number by its name.
    pub filter: Option<fn(usize) -> String>,
}

/// Where objects are made.
pub struct Place {
    /// Path of the list.
    pub list: String,
    /// Path of another collection.
    other: String,
    /// Paths of some objects.
    made: Mutex<Vec<String>>,
}

impl Place {
    fn of(list: String, other: String) -> Self {
        Self {
            list,
            other,
            made: Mutex::default(),
        }
    }

    fn remember(&self, sid: &str) {
        let path = match self.list.strip_suffix(".json") {
            Some(list) => format!("{list}/{sid}.json"),
            None => format!("{}/{sid}", self.list),
        };
        self.made.lock().expect("no thread gave up").push(path);
    }

    fn one(&self, n: usize) -> String {
        let made = self.made.lock().expect("no thread gave up");
        made[n % made.len()].clone()
    }
}

const API: &str = "api.twilio.com";
const SYNC: &str = "sync.twilio.com";
const TASKROUTER: &str = "taskrouter.twilio.com";

pub const KINDS: &[Kind] = &[
    Kind {
        name: "numbers",
        host: API,
        creates: 1,
        objects: 1,
        prepare: |_, running| {
            let account = format!("/2010-04-01/Accounts/{}", running.account_sid);
            Ok(Place::of(format!("{account}/IncomingPhoneNumbers.json"), String::new()))
        },
        create: |connection, place, n| {
            let form = format!("AreaCode=415&FriendlyName=number-{n}");
            let sid = connection.made(API, &place.list, &form)?;
            place.remember(&sid);
            Ok(())
        },
        read: |connection, place, n| connection.send("GET", API, &place.one(n), "").map(drop),
        filter: Some(|n| format!("FriendlyName=number-{n}")),
    },
    Kind {
        name: "map items",
        host: SYNC,
        creates: 1,
        objects: 1,
        prepare: |connection, _| {
            let service = connection.made(SYNC, "/v1/Services", "FriendlyName=bench")?;
            let maps = format!("/v1/Services/{service}/Maps");
            let map = connection.made(SYNC, &maps, "UniqueName=bench")?;
            Ok(Place::of(format!("{maps}/{map}/Items"), String::new()))
        },
        create: |connection, place, n| {
            let form = format!("Key=item-{n}&Data=%7B%22n%22%3A{n}%7D");
            connection.send("POST", SYNC, &place.list, &form).map(drop)
        },
        read: |connection, place, n| {
            let path = format!("{}/item-{n}", place.list);
            connection.send("GET", SYNC, &path, "").map(drop)
        },
        filter: None,
    },
    Kind {
        name: "maps with unique names",
        host: SYNC,
        creates: 1,
        objects: 1,
        prepare: |connection, _| {
            let service = connection.made(SYNC, "/v1/Services", "FriendlyName=bench")?;
            Ok(Place::of(format!("/v1/Services/{service}/Maps"), String::new()))
        },
        create: |connection, place, n| {
            let form = format!("UniqueName=map-{n}");
            connection.send("POST", SYNC, &place.list, &form).map(drop)
        },
        read: |connection, place, n| {
            let path = format!("{}/map-{n}", place.list);
            connection.send("GET", SYNC, &path, "").map(drop)
        },
        filter: None,
    },
    Kind {
        name: "workers and their channels",
        host: TASKROUTER,
        creates: 1,
        objects: 6,
        prepare: |connection, _| {
            let workspace = connection.made(TASKROUTER, "/v1/Workspaces", "FriendlyName=bench")?;
            Ok(Place::of(format!("/v1/Workspaces/{workspace}/Workers"), String::new()))
        },
        create: |connection, place, n| {
            let sid = connection.made(TASKROUTER, &place.list, &format!("FriendlyName=worker-{n}"))?;
            place.remember(&sid);
            Ok(())
        },
        read: |connection, place, n| connection.send("GET", TASKROUTER, &place.one(n), "").map(drop),
        filter: Some(|n| format!("FriendlyName=worker-{n}")),
    },
    Kind {
        name: "lists and their mappings to a domain",
        host: API,
        creates: 2,
        objects: 2,
        prepare: |connection, running| {
            let sip = format!("/2010-04-01/Accounts/{}/SIP", running.account_sid);
            let domain = connection.made(API, &format!("{sip}/Domains.json"), "DomainName=bench.sip.twilio.com")?;
            Ok(Place::of(
                format!("{sip}/Domains/{domain}/CredentialListMappings.json"),
                format!("{sip}/CredentialLists.json"),
            ))
        },
        create: |connection, place, n| {
            let list = connection.made(API, &place.other, &format!("FriendlyName=list-{n}"))?;
            let sid = connection.made(API, &place.list, &format!("CredentialListSid={list}"))?;
            place.remember(&sid);
            Ok(())
        },
        read: |connection, place, n| connection.send("GET", API, &place.one(n), "").map(drop),
        filter: None,
    },
];
