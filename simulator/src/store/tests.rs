use super::*;

fn object(path: &str) -> Object {
    let (collection, last) = path.rsplit_once('/').expect("test paths have a slash");
    Object {
        sequence: 0,
        host: "messaging.twilio.com".into(),
        account: "AC1".into(),
        collection: collection.into(),
        path: path.into(),
        template: String::new(),
        key: last.into(),
        body: Fields::default(),
        hidden: Fields::default(),
        previous: None,
        created_ms: 0,
        updated_ms: 0,
    }
}

#[test]
fn removing_takes_what_stands_below_and_nothing_else() {
    let mut store = Store::default();
    for path in [
        "/v1/Services/MG1",
        "/v1/Services/MG1/PhoneNumbers/PN1",
        "/v1/Services/MG10",
    ] {
        store.insert(object(path));
    }
    let gone: Vec<String> = store
        .remove("messaging.twilio.com", "AC1", "/v1/Services/MG1")
        .into_iter()
        .map(|object| object.path)
        .collect();
    assert_eq!(gone, ["/v1/Services/MG1", "/v1/Services/MG1/PhoneNumbers/PN1"]);
    let left: Vec<&str> = store.all().map(|object| object.key.as_str()).collect();
    assert_eq!(left, ["MG10"]);
    assert_eq!(
        store
            .members("messaging.twilio.com", "AC1", "/v1/Services/MG1/PhoneNumbers")
            .count(),
        0
    );
}

#[test]
fn an_object_belongs_to_one_account() {
    let mut store = Store::default();
    store.insert(object("/v1/Services/MG1"));
    assert!(store.find("messaging.twilio.com", "AC2", "/v1/Services/MG1").is_none());
    assert!(store.find("messaging.twilio.com", "AC1", "/v1/Services/MG1").is_some());
}

#[test]
fn members_come_in_order_of_creation() {
    let mut store = Store::default();
    for path in ["/v1/Services/B", "/v1/Services/A", "/v1/Services/C"] {
        store.insert(object(path));
    }
    let keys: Vec<&str> = store
        .members("messaging.twilio.com", "AC1", "/v1/Services")
        .map(|object| object.key.as_str())
        .collect();
    assert_eq!(keys, ["B", "A", "C"]);
}

const HOST: &str = "messaging.twilio.com";

fn named(path: &str, name: impl Into<Value>) -> Object {
    let mut object = object(path);
    object.set("name", name);
    object
}

fn paths<'o>(objects: impl Iterator<Item = &'o Object>) -> Vec<&'o str> {
    objects.map(|object| object.path.as_str()).collect()
}

#[test]
fn a_value_is_found_however_the_object_was_changed() {
    let mut store = Store::default();
    let first = store.insert(named("/v1/A/1", "x"));
    store.insert(named("/v1/A/2", "x"));
    store.insert(named("/v1/A/3", 5));
    store.insert(named("/v1/B/4", "x"));
    let with = |store: &Store, value: Value| {
        let found = store.members_with(HOST, "AC1", "/v1/A", "name", value);
        paths(found).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(with(&store, "x".into()), ["/v1/A/1", "/v1/A/2"]);
    assert_eq!(with(&store, 5.into()), ["/v1/A/3"]);
    assert!(with(&store, Value::Null).is_empty());
    assert_eq!(
        paths(store.kind_with(HOST, "", "name", "x")),
        ["/v1/A/1", "/v1/A/2", "/v1/B/4"]
    );

    store.numbered_mut(first).expect("stored").set("name", "y");
    assert_eq!(with(&store, "x".into()), ["/v1/A/2"], "before the request is done");
    assert_eq!(with(&store, "y".into()), ["/v1/A/1"]);
    store.numbered_mut(first).expect("stored").set("name", "z");
    store.pack();
    assert_eq!(with(&store, "z".into()), ["/v1/A/1"]);

    let mut second = store.find(HOST, "AC1", "/v1/A/2").expect("stored").clone();
    second.set("name", "y");
    store.replace(second);
    assert_eq!(with(&store, "y".into()), ["/v1/A/2"]);
    assert!(with(&store, "x".into()).is_empty());

    store.numbered_mut(first).expect("stored").set("name", "y");
    store.remove(HOST, "AC1", "/v1/A/1");
    assert_eq!(with(&store, "y".into()), ["/v1/A/2"]);
    store.insert(named("/v1/A/2", "again"));
    assert!(with(&store, "y".into()).is_empty(), "it was replaced");

    let sequence = store.find(HOST, "AC1", "/v1/A/2").expect("stored").sequence;
    store.relocate(sequence, |object| {
        object.path = "/v1/B/2".into();
        object.collection = "/v1/B".into();
        object.set("name", "x");
    });
    assert!(with(&store, "again".into()).is_empty());
    assert_eq!(
        paths(store.members_with(HOST, "AC1", "/v1/B", "name", "x")),
        ["/v1/B/4", "/v1/B/2"]
    );
}

#[test]
fn what_is_put_away_reads_as_before() {
    let mut store = Store::default();
    let body: Body =
        serde_json::from_str(r#"{"b": 1.10, "a": {"z": [null, true], "y": "\n"}, "n": 12345678901234567890123}"#)
            .expect("a body");
    let mut object = object("/v1/A/1");
    object.body = body.clone().into();
    object.previous = Some(Box::new(Body::new().into()));
    let sequence = store.insert(object);
    for _ in 0..2 {
        store.pack();
        let stored = store.objects.get(&sequence).expect("stored");
        assert!(!stored.body.is_open() && !stored.hidden.is_open());
        let seen = store.find(HOST, "AC1", "/v1/A/1").expect("stored");
        assert_eq!(*seen.body, body);
        assert!(seen.body.keys().eq(body.keys()), "in the same order");
        assert!(seen.hidden.is_empty());
        assert!(seen.previous.as_ref().is_some_and(|previous| previous.is_empty()));
        assert!(stored.body.is_open());
    }
    store.numbered_mut(sequence).expect("stored").set("b", "changed");
    store.pack();
    let seen = store.find(HOST, "AC1", "/v1/A/1").expect("stored");
    assert_eq!(seen.text("b"), Some("changed"));
}

#[test]
fn pages_begin_where_the_request_says() {
    let mut store = Store::default();
    let numbers: Vec<u64> = ["c", "a", "d", "b"]
        .into_iter()
        .zip(1..)
        .map(|(name, n)| store.insert(named(&format!("/v1/A/{n}"), name)))
        .collect();
    assert_eq!(
        paths(store.members_after(HOST, "AC1", "/v1/A", numbers[1])),
        ["/v1/A/3", "/v1/A/4"]
    );
    assert_eq!(
        paths(store.members_before(HOST, "AC1", "/v1/A", numbers[2])),
        ["/v1/A/2", "/v1/A/1"]
    );
    let along = |down, reach| paths(store.members_along(HOST, "AC1", "/v1/A", ("name", down), reach));
    assert_eq!(along(false, (1, 2)), ["/v1/A/4", "/v1/A/1"]);
    assert_eq!(along(true, (1, 2)), ["/v1/A/1", "/v1/A/4"]);
    assert_eq!(store.count(HOST, "AC1", "/v1/A"), 4);
}

#[test]
fn finding_does_not_look_at_others() {
    let mut store = Store::default();
    for n in 0..100 {
        store.insert(named(&format!("/v1/A/{n}"), n));
    }
    assert!(store.members_with(HOST, "AC1", "/v1/A", "name", 7).next().is_some());
    let before = store.visited();
    assert_eq!(before, 101, "the index is made once");
    assert!(store.members_with(HOST, "AC1", "/v1/A", "name", 8).next().is_some());
    assert!(store.find(HOST, "AC1", "/v1/A/9").is_some());
    assert_eq!(store.count(HOST, "AC1", "/v1/A"), 100);
    store.insert(named("/v1/A/100", 100));
    assert_eq!(store.visited() - before, 2);
}

/// What is followed is told once, and nothing else.
#[test]
fn who_watches_is_told_of_what_came_changed_and_went() {
    const KINDS: &[(&str, &str)] = &[(HOST, "/v1/Services")];
    let of_kind = |path: &str, template: &str| Object {
        template: template.to_owned(),
        ..object(path)
    };
    let mut store = Store::default();
    store.insert(of_kind("/v1/Services/MG1", "/v1/Services"));
    store.watch("ie1", KINDS);
    store.watch("ie1", KINDS);
    let mut told = || -> Vec<String> {
        let changed = store.changed("ie1");
        changed.into_iter().map(|changed| changed.path).collect()
    };
    assert_eq!(told(), ["/v1/Services/MG1"], "what was there before");
    assert_eq!(told(), [] as [&str; 0]);
    store.insert(of_kind("/v1/Services/MG2", "/v1/Services"));
    store.insert(of_kind("/v1/Others/XX1", "/v1/Others"));
    store.find(HOST, "AC1", "/v1/Services/MG1");
    let told: Vec<String> = store.changed("ie1").into_iter().map(|changed| changed.path).collect();
    assert_eq!(told, ["/v1/Services/MG2"], "a read changes nothing");
    store
        .find_mut(HOST, "AC1", "/v1/Services/MG1")
        .expect("it is there")
        .set("name", "x");
    store.remove(HOST, "AC1", "/v1/Services/MG2");
    let told: Vec<String> = store.changed("ie1").into_iter().map(|changed| changed.path).collect();
    assert_eq!(told, ["/v1/Services/MG1", "/v1/Services/MG2"]);
    assert!(store.changed("au1").is_empty(), "nobody watches for it");
}

#[test]
fn objects_are_found_by_several_texts_together() {
    let mut store = Store::default();
    for (path, name, state) in [
        ("/v1/Services/A", "x", "on"),
        ("/v1/Services/B", "x", "off"),
        ("/v1/Services/C", "y", "on"),
    ] {
        let mut object = named(path, name);
        object.template = "/v1/Services".to_owned();
        object.set("state", state);
        store.insert(object);
    }
    let found = |store: &Store, name: &str, state: &str| {
        let wanted = [("name", name), ("state", state)];
        paths(store.kind_with_all(HOST, "/v1/Services", &wanted)).join(" ")
    };
    assert_eq!(found(&store, "x", "on"), "/v1/Services/A");
    assert_eq!(found(&store, "y", "off"), "");
    store
        .find_mut(HOST, "AC1", "/v1/Services/B")
        .expect("it is there")
        .set("state", "on");
    assert_eq!(found(&store, "x", "on"), "/v1/Services/A /v1/Services/B");
    let visited = store.visited();
    assert_eq!(found(&store, "y", "on"), "/v1/Services/C");
    assert_eq!(store.visited(), visited + 1, "no other is looked at");
}
