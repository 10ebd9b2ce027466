//! Searches (`terraform query`) of every resource that Twilio has a list of, as Terraform from 1.14 on makes them.

use std::collections::BTreeSet;

use futures::StreamExt as _;
use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::{Check, Field, Kind, Matches, Norm, Presence, Role};
use terraform_provider_twilio::engine::values::lookup_schema::parents_of_list;
use terraform_provider_twilio::framework::proto::list_resource::Event;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::framework::write_only::{version_name, write_only_name};
use terraform_provider_twilio::provider::offered::RESOURCES;
use xtask::generated::{has_secret, is_only_noted};

use crate::samples::{Sample, samples};
use crate::terraform::{Finding, State, Terraform, text, value};
use crate::twilio::{Object, Twilio};

/// A search of the sample's collection, without filters.
fn everything(sample: &Sample, config: &Json) -> Json {
    let parents = parents_of_list(&sample.resource().object).into_iter();
    parents.map(|name| (name.to_owned(), config[name].clone())).collect()
}

/// What of an object is compared: not what Twilio shows once, or only to whoever manages it, nor what is for the provider, nor
/// what changes by itself or is about a file that only its uploader has, nor secrets. JSON is compared as JSON.
fn seen(sample: &Sample, state: &Value) -> Value {
    let is_of_file = |field: &Field| {
        matches!(
            field.role,
            Role::FilePath | Role::FileContent | Role::FileType | Role::FileHash
        )
    };
    let fields = sample.resource().object.readable();
    let fields = fields.filter(|field| !field.volatile && !is_of_file(field) && !field.may_be_write_only);
    let values = fields.map(|field| match (field.kind, state.attr(field.name)) {
        (Kind::Json, Value::String(text)) => {
            let json: Json = serde_json::from_str(text).expect("it is JSON");
            (field.name, json.to_string().as_str().into())
        }
        (_, value) if has_secret(field) => (field.name, part_without_secrets(field, value)),
        (_, value) => (field.name, value.clone()),
    });
    let of_all = ["id", "sid", "account_sid"].map(|name| (name, state.attr(name).clone()));
    Value::object(values.chain(of_all))
}

fn complaints(events: &[Event]) -> Vec<String> {
    events.iter().flat_map(|event| &event.diagnostic).map(text).collect()
}

/// Fills in the secrets that nobody writes down for a person, as `config` gives them, or as they were `imported`. Returns whether one
/// of them is given write-only, of which the state has the version alone.
fn fill(fields: &[Field], written: &mut Value, imported: &Value, config: &Value) -> bool {
    let mut is_given = false;
    for field in fields.iter().filter(|field| has_secret(field)) {
        // What Twilio never shows and the resource cannot be without, only a person knows.
        if is_only_noted(field) && !field.may_be_write_only && field.presence() == Presence::Required {
            written.set_attr(field.name, config.attr(field.name).clone());
            is_given = true;
            continue;
        }
        if field.may_be_write_only {
            let arguments = [write_only_name(field.name), version_name(field.name)];
            if config.attr(&arguments[0]).is_null() {
                let known = [imported, config].map(|object| object.attr(field.name));
                is_given |= is_only_noted(field);
                let known = known.into_iter().find(|known| known.is_known() && !known.is_null());
                written.set_attr(field.name, known.cloned().unwrap_or_default());
                continue;
            }
            // Terraform itself leaves out what is sensitive.
            written.set_attr(field.name, Value::Null);
            for name in arguments {
                written.set_attr(&name, config.attr(&name).clone());
            }
            is_given = true;
            continue;
        }
        let (inner, imported, config) = (field.kind.inner(), imported.attr(field.name), config.attr(field.name));
        let mut part = written.attr(field.name).clone();
        match (&mut part, imported, config) {
            (Value::List(items), Value::List(imported), Value::List(config)) => {
                for ((item, imported), config) in items.iter_mut().zip(imported).zip(config) {
                    is_given |= fill(inner, item, imported, config);
                }
            }
            (object @ Value::Object(_), ..) => is_given |= fill(inner, object, imported, config),
            _ => {}
        }
        written.set_attr(field.name, part);
    }
    is_given
}

/// What a configuration sets of an object, without what can be given write-only.
fn without_secrets(fields: &[Field], object: &Value) -> Value {
    let is_set =
        |field: &&Field| field.presence() != Presence::Computed && !field.may_be_write_only && !is_only_noted(field);
    let set = fields.iter().filter(is_set);
    Value::object(set.map(|field| (field.name, part_without_secrets(field, object.attr(field.name)))))
}

fn part_without_secrets(field: &Field, value: &Value) -> Value {
    let inner = field.kind.inner();
    match value {
        Value::List(items) if has_secret(field) => {
            Value::List(items.iter().map(|item| without_secrets(inner, item)).collect())
        }
        object @ Value::Object(_) if has_secret(field) => without_secrets(inner, object),
        other => other.clone(),
    }
}

/// Whether an import has what was made. What may be written in two ways, as a table says by a deviation, is imported in both, where it
/// was made by one: that nothing is planned for it shows the rest.
fn is_the_same(sample: &Sample, imported: &Value, made: &Value) -> bool {
    let object = &sample.resource().object;
    let mut deviations = object.deviations.iter();
    let has_two_ways = deviations.any(|deviation| deviation.from == Norm::Responses);
    let is_optional = |name: &str| {
        let mut field = object.fields.iter().filter(|field| field.name == name);
        has_two_ways && field.any(|field| !matches!(field.presence(), Presence::Required | Presence::Computed))
    };
    let names = made.as_fields().into_iter().flatten().map(|(name, _)| name);
    names.into_iter().all(|name| {
        let (imported, made) = (imported.attr(name), made.attr(name));
        imported == made || (made.is_null() && is_optional(name))
    })
}

/// Finds what was made, imports it by the identity that was found, and plans what is written for it.
async fn is_found(terraform: &Terraform, sample: &Sample, config: &Json, made: &State) -> Result<(), Finding> {
    let name = sample.type_name;
    let id = made.value.attr("id").clone();
    for include in [false, true] {
        let events = terraform.search(name, &everything(sample, config), include, 0).await;
        let events: Vec<_> = events.map(|event| event.expect("never a gRPC status")).collect().await;
        if let Some(complaint) = complaints(&events).first() {
            return Err(complaint.clone());
        }
        let mut ours = 0;
        for event in &events {
            let identity = event.identity.as_ref().ok_or("an object has no identity")?;
            let imported = terraform.import_found(name, identity).await?;
            if event.display_name.is_empty() {
                return Err("an object has no name".to_owned());
            }
            let object = terraform.object(name, event);
            if object.is_some() != include {
                return Err(format!("include_resource is {include}, and an object has {object:?}"));
            }
            if let Some(object) = object {
                if seen(sample, &object) != seen(sample, &imported.value) {
                    return Err(format!(
                        "the search has {object:?}, and the import {:?}",
                        imported.value
                    ));
                }
                // Which file was uploaded has to be written by hand, and so have secrets.
                if sample.resource().upload.is_none() {
                    let mut written = terraform.generate(name, &object).await?;
                    let fields = sample.resource().object.fields;
                    let is_given = fill(fields, &mut written, &imported.value, &value(name, config));
                    let plan = terraform.plan(name, Some(&imported), &written).await?;
                    let (planned, is) = match is_given {
                        true => (
                            without_secrets(fields, &plan.planned),
                            without_secrets(fields, &imported.value),
                        ),
                        false => (plan.planned, imported.value.clone()),
                    };
                    if plan.replaces || planned != is {
                        return Err(format!("{written:?} plans {planned:?} of {is:?}"));
                    }
                }
            }
            if *imported.value.attr("id") == id {
                ours += 1;
                if !is_the_same(sample, &seen(sample, &imported.value), &seen(sample, &made.value)) {
                    return Err(format!(
                        "the import has {:?}, and the create {:?}",
                        imported.value, made.value
                    ));
                }
            }
        }
        if ours != 1 {
            return Err(format!("it was found {ours} times among {}", events.len()));
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_is_found_imported_and_written() {
    let twilio = Twilio::start(14).await;
    let (mut findings, mut searched) = (Vec::new(), Vec::new());
    for sample in samples().filter(|sample| sample.resource().object.plural.is_some()) {
        twilio.reset().await;
        let prepared = sample.prepare(&twilio).await;
        let terraform = Terraform::start(&twilio, 14).await;
        let name = sample.type_name;
        let one = prepared.config;
        let made = terraform.change(name, None, &value(name, &one)).await;
        let made = made.and_then(|made| made.succeeded("the create"));
        let made = made.unwrap_or_else(|finding| panic!("the sample of {name}: {finding}"));
        if let Some(neighbour) = &prepared.neighbour {
            let outcome = terraform.change(name, None, &value(name, neighbour)).await;
            outcome
                .and_then(|made| made.succeeded("the neighbour"))
                .unwrap_or_else(|finding| panic!("{name}: {finding}"));
        }
        if let Err(finding) = is_found(&terraform, sample, &one, &made).await {
            findings.push(format!("{name}: {finding}"));
        }
        searched.push(name);
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    // What has a list is searched. That a list which Twilio has is named, or why not, the catalogue says.
    let listed = RESOURCES.iter().filter(|table| table.object.plural.is_some());
    let offered = listed.map(|table| table.object.name);
    let unsearched: Vec<_> = offered.filter(|name| !searched.contains(name)).collect();
    assert!(unsearched.is_empty(), "{unsearched:?} are in no search");
    assert!(searched.len() >= 12, "{searched:?}");
}

/// A table that says so makes lookups trust the filter: what is not found by it is not there.
#[tokio::test(flavor = "multi_thread")]
async fn a_filter_that_lets_exactly_a_value_through_does_so() {
    let twilio = Twilio::start(14).await;
    let mut played = 0;
    let mut findings = Vec::new();
    for sample in samples().filter(|sample| sample.resource().object.plural.is_some()) {
        let object = &sample.resource().object;
        let exact = object.list.filters.iter().filter_map(|filter| match filter.matches {
            Matches::Exactly(property) => Some((&filter.field, property)),
            _ => None,
        });
        let exact: Vec<_> = exact.collect();
        if exact.is_empty() {
            continue;
        }
        twilio.reset().await;
        let prepared = sample.prepare(&twilio).await;
        let terraform = Terraform::start(&twilio, 14).await;
        let name = sample.type_name;
        for config in [Some(&prepared.config), prepared.neighbour.as_ref()]
            .into_iter()
            .flatten()
        {
            let made = terraform.change(name, None, &value(name, config)).await;
            made.and_then(|made| made.succeeded("the create"))
                .unwrap_or_else(|finding| panic!("the sample of {name}: {finding}"));
        }
        for (field, _) in &exact {
            // One that lacks it, where that can be and there may be two.
            let mut without = prepared.config.clone();
            if let Some(given) = without.get_mut(field.name) {
                *given = Json::Null;
                let _made_or_refused = terraform.change(name, None, &value(name, &without)).await;
            }
        }
        let objects = twilio.objects().await.into_iter();
        let objects: Vec<_> = objects.filter(|found| found.is_a(sample.resource())).collect();
        let Some((host, _, path)) = objects.first().map(|object| &object.place) else {
            panic!("{name} is not in Twilio");
        };
        let (collection, _) = path.rsplit_once('/').unwrap_or_default();
        let ending = if path.starts_with("/2010-04-01/") { ".json" } else { "" };
        let collection = format!("{collection}{ending}");
        for (field, property) in exact {
            let parameter = field.written_name(object.spelling.in_queries());
            let property = object.spelling.of(property);
            let shown = |found: &Object| match &found.body[&*property] {
                Json::String(text) => text.clone(),
                other => other.to_string(),
            };
            let choices = field.checks.iter().flat_map(|check| match check {
                Check::OneOf(choices) | Check::Known(choices) => *choices,
                _ => &[],
            });
            let values: BTreeSet<String> = objects
                .iter()
                .map(shown)
                .chain(choices.map(|choice| (*choice).to_owned()))
                .collect();
            for value in values.iter().filter(|value| !value.is_empty() && *value != "null") {
                let found = twilio.listed(host, &collection, (&parameter, value)).await;
                let expected = objects.iter().filter(|found| shown(found) == *value).count();
                if found != expected {
                    findings.push(format!(
                        "{name}: {} = {value:?} lets {found} through, and {expected} have it",
                        field.name
                    ));
                }
                played += 1;
            }
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    assert!(played >= 30, "only {played} filters were played");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_and_whoever_goes_away_end_the_paging() {
    let twilio = Twilio::start(14).await;
    let terraform = Terraform::start(&twilio, 14).await;
    // Verify has pages of 25.
    for number in 0..120 {
        let name = format!("Shop {number}");
        twilio
            .make("verify.twilio.com", "/v2/Services", &[("FriendlyName", &name)])
            .await;
    }
    let pages = async || {
        let requests = twilio.requests().await;
        let of_verify = requests.iter().filter(|request| request["host"] == "verify.twilio.com");
        of_verify.filter(|request| request["method"] == "GET").count()
    };
    let all = async |limit| terraform.search("twilio_verify_service", &json!({}), true, limit).await;
    let found: Vec<_> = all(50).await.collect().await;
    assert_eq!((found.len(), pages().await), (50, 2));

    let mut gone = all(0).await;
    assert!(gone.next().await.is_some_and(|event| event.is_ok()));
    drop(gone);
    assert_eq!(pages().await, 2 + 1, "one event was taken, and sixteen may wait");

    let found: Vec<_> = all(0).await.collect().await;
    assert_eq!((found.len(), pages().await), (120, 3 + 5));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_breaks_off_says_so_and_an_object_that_cannot_be_read_is_named() {
    let twilio = Twilio::start(14).await;
    let terraform = Terraform::start(&twilio, 14).await;
    for number in 0..30 {
        let name = format!("Shop {number}");
        twilio
            .make("verify.twilio.com", "/v2/Services", &[("FriendlyName", &name)])
            .await;
    }
    let refusal = |matching: Json, after: u64| {
        json!([{"match": matching, "after": after, "times": 1, "fault": "status", "status": 403,
            "body": {"code": 20403, "message": "No", "more_info": "", "status": 403}}])
    };
    twilio.faults(&refusal(json!({"host": "verify.twilio.com"}), 1)).await;
    let events = terraform.search("twilio_verify_service", &json!({}), false, 0).await;
    let events: Vec<_> = events.map(|event| event.expect("never a gRPC status")).collect().await;
    assert_eq!(events.iter().filter(|event| event.identity.is_some()).count(), 25);
    let said = complaints(&events);
    assert_eq!(said.len(), 1, "{said:?}");
    let attempt = format!("list the Verify services in account {}.", twilio.handle.account_sid);
    for needle in [&*attempt, "Twilio code 20403", "Request id RQ", "Nothing was changed."] {
        assert!(said[0].contains(needle), "{needle}: {said:?}");
    }

    let key = value("twilio_api_key", &json!({"friendly_name": "Hidden"}));
    terraform
        .change("twilio_api_key", None, &key)
        .await
        .expect("it is made");
    // Keys of either generation are tried.
    let mut both = refusal(json!({"method": "GET", "path": "/Keys/SK"}), 0);
    both[0]["times"] = json!(2);
    twilio.faults(&both).await;
    let events = terraform.search("twilio_api_key", &json!({}), true, 0).await;
    let events: Vec<_> = events.map(|event| event.expect("never a gRPC status")).collect().await;
    let [hidden] = events.as_slice() else {
        panic!("{events:?}")
    };
    assert_eq!((&*hidden.display_name, &hidden.resource_object), ("Hidden", &None));
    assert!(hidden.identity.is_some());
    let [warning] = hidden.diagnostic.as_slice() else {
        panic!("{hidden:?}")
    };
    assert_eq!(warning.severity, 2);
    assert!(
        warning.detail.contains("Twilio code 20403") && !warning.detail.contains("Hidden"),
        "{warning:?}"
    );
}
