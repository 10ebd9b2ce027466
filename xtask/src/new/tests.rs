//! What is derived: for well-known places what Twilio documents of them, and for the places of the tables that people wrote what is
//! in those. Where the two differ, the reason stands here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use terraform_provider_twilio::engine::facts::{
    Field as TableField, Key as TableKey, Kind as TableKind, Managed, Presence, Role as TableRole,
};
use terraform_provider_twilio::provider::offered::RESOURCES;
use twilio_simulator::contract::Contract;

use super::draft::Draft;
use super::field::{Absent, Check, Field, Kind, Role};
use super::place::{self, Begin, Key};
use super::{present, render, sample};
use crate::docs::templates::Templates;
use crate::process::root;

fn contract() -> &'static Contract {
    static CONTRACT: OnceLock<&'static Contract> = OnceLock::new();
    CONTRACT.get_or_init(|| place::contract(&root()).expect("the contract can be read"))
}

fn derived(name: &str, at: &str) -> Draft {
    let place = place::find(contract(), at).unwrap_or_else(|why| panic!("{name}: {why:#}"));
    Draft::new(name, place, None).unwrap_or_else(|why| panic!("{name}: {why:#}"))
}

fn refused(at: &str) -> String {
    let found = place::find(contract(), at).and_then(|place| Draft::new("twilio_x", place, None));
    found.err().map(|why| format!("{why:#}")).unwrap_or_default()
}

/// A field in a few words: `Setting required text`.
fn in_words(field: &Field) -> String {
    let role = match &field.role {
        Role::PathPart => "PathPart",
        Role::Setting(_) => "Setting",
        Role::Fixed(_) => "Fixed",
        Role::Later(_) => "Later",
        Role::OnTheWay => "OnTheWay",
        Role::Observed => "Observed",
        Role::SecretOnce => "SecretOnce",
    };
    let kind = match &field.kind {
        Kind::Text | Kind::Url | Kind::HttpMethod => "text",
        Kind::Bool => "truth value",
        Kind::Int => "whole number",
        Kind::Decimal => "number",
        Kind::Json => "JSON",
        Kind::Timestamp => "moment",
        Kind::List(_) => "list",
        Kind::Map => "map",
        Kind::Object(_) => "object",
        Kind::Objects(_) => "list of objects",
    };
    let required = if field.is_required() { "required " } else { "" };
    format!("{role} {required}{kind}")
}

/// The same of a field in a table.
fn in_the_tables_words(field: &TableField) -> String {
    let role = match field.role {
        TableRole::PathPart => "PathPart",
        TableRole::Setting(_) => "Setting",
        TableRole::Fixed(_) => "Fixed",
        TableRole::Later(_) => "Later",
        TableRole::OnTheWay => "OnTheWay",
        TableRole::Observed => "Observed",
        TableRole::SecretOnce => "SecretOnce",
        _ => "another",
    };
    let kind = match field.kind {
        TableKind::Text => "text",
        TableKind::Bool => "truth value",
        TableKind::Int => "whole number",
        TableKind::Decimal => "number",
        TableKind::Json => "JSON",
        TableKind::Timestamp => "moment",
        TableKind::List(_) | TableKind::Set(_) => "list",
        TableKind::Map(_) => "map",
        TableKind::Object(_) => "object",
        TableKind::Objects(_) | TableKind::ObjectSet(_) => "list of objects",
    };
    let required = if field.presence() == Presence::Required {
        "required "
    } else {
        ""
    };
    format!("{role} {required}{kind}")
}

fn fields(draft: &Draft) -> BTreeMap<&str, String> {
    draft
        .fields
        .iter()
        .map(|field| (field.name.as_str(), in_words(field)))
        .collect()
}

fn field<'a>(draft: &'a Draft, name: &str) -> &'a Field {
    draft
        .fields
        .iter()
        .find(|field| field.name == name)
        .unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn an_ordinary_object_has_paths_a_sid_and_its_parameters() {
    let queue = derived(
        "twilio_queue",
        "https://api.twilio.com/2010-04-01/Accounts/{AccountSid}/Queues.json",
    );
    assert_eq!(queue.place.collection, "/2010-04-01/Accounts/{account_sid}/Queues.json");
    assert_eq!(
        queue.place.instance,
        "/2010-04-01/Accounts/{account_sid}/Queues/{sid}.json"
    );
    assert_eq!(
        (&queue.place.key, queue.place.begin),
        (&Key::Sid("QU".to_owned()), Begin::Made)
    );
    assert_eq!(queue.plural, Some(("twilio_queues".to_owned(), "queues".to_owned())));
    assert_eq!(queue.natural_key.as_deref(), Some("friendly_name"));
    assert_eq!(queue.category.folder(), "voice");
    assert!(queue.place.parents.is_empty() && queue.place.delete.is_some() && queue.can_adopt());
    let expected = [
        ("date_created", "Observed moment"),
        ("friendly_name", "Setting required text"),
        ("max_size", "Setting whole number"),
    ];
    assert_eq!(
        fields(&queue),
        expected.map(|(name, words)| (name, words.to_owned())).into()
    );
    assert_eq!(queue.moving, ["current_size", "average_wait_time"]);
    // The path of one object, with whatever names, is the same place.
    let again = derived(
        "twilio_queue",
        "api.twilio.com/2010-04-01/Accounts/{Account}/Queues/{Anything}.json",
    );
    assert_eq!(again.place.instance, queue.place.instance);
}

#[test]
fn what_only_create_takes_is_fixed_and_what_nothing_shows_is_never_returned() {
    let address = derived(
        "twilio_address",
        "api.twilio.com/2010-04-01/Accounts/{AccountSid}/Addresses.json",
    );
    assert_eq!(in_words(field(&address, "iso_country")), "Fixed required text");
    assert_eq!(in_words(field(&address, "street_secondary")), "Setting text");
    assert!(field(&address, "auto_correct_address").never_returned);
    let filters: Vec<_> = address.filters.iter().map(|filter| filter.name.as_str()).collect();
    assert_eq!(
        filters,
        ["customer_name", "friendly_name", "emergency_enabled", "iso_country"]
    );
    let limit = derived(
        "twilio_verify_rate_limit",
        "verify.twilio.com/v2/Services/{ServiceSid}/RateLimits",
    );
    assert_eq!(limit.place.parents[0].prefix.as_deref(), Some("VA"));
    assert_eq!(in_words(field(&limit, "unique_name")), "Fixed required text");
    assert_eq!(field(&limit, "description").role, Role::Setting(Absent::Clears));
    assert_eq!(limit.natural_key.as_deref(), Some("unique_name"));
}

#[test]
fn a_key_that_the_configuration_chooses_stands_in_the_path() {
    let item = derived(
        "twilio_sync_map_item",
        "sync.twilio.com/v1/Services/{ServiceSid}/Maps/{MapSid}/Items",
    );
    assert_eq!(item.place.key, Key::Field("key".to_owned()));
    assert_eq!(
        item.place.instance,
        "/v1/Services/{service_sid}/Maps/{map_sid}/Items/{key}"
    );
    let parents: Vec<_> = item
        .place
        .parents
        .iter()
        .map(|parent| (parent.field.as_str(), parent.prefix.as_deref()))
        .collect();
    assert_eq!(parents, [("service_sid", Some("IS")), ("map_sid", Some("MP"))]);
    assert_eq!(in_words(field(&item, "key")), "Fixed required text");
    assert_eq!(in_words(field(&item, "data")), "Setting required JSON");
    assert!(field(&item, "revision").volatile && item.page_size.is_none());
    let number = derived("twilio_safelist_number", "accounts.twilio.com/v1/SafeList/Numbers");
    assert_eq!(number.place.instance, "/v1/SafeList/Numbers?PhoneNumber={phone_number}");
    assert_eq!(number.place.key, Key::Field("phone_number".to_owned()));
    let permission = derived(
        "twilio_sync_document_permission",
        "sync.twilio.com/v1/Services/{ServiceSid}/Documents/{DocumentSid}/Permissions",
    );
    assert_eq!(permission.place.begin, Begin::Upserted);
    assert_eq!(in_words(field(&permission, "identity")), "PathPart required text");
    assert!(field(&permission, "read").with_every_update);
}

#[test]
fn settings_have_no_key_and_are_always_there() {
    let settings = derived(
        "twilio_conversations_configuration",
        "conversations.twilio.com/v1/Configuration",
    );
    assert_eq!(
        (&settings.place.key, settings.place.begin),
        (&Key::None, Begin::Settings)
    );
    assert_eq!(
        (settings.place.collection.as_str(), settings.place.instance.as_str()),
        ("", "/v1/Configuration")
    );
    assert_eq!(
        field(&settings, "default_chat_service_sid").checks,
        [Check::Sid(vec!["IS".to_owned()])]
    );
    assert_eq!(
        field(&settings, "default_chat_service_sid").role,
        Role::Setting(Absent::Keeps)
    );
    assert!(settings.plural.is_none() && settings.can_be_reset());
    // The contract calls what writes these a create.
    let written = derived(
        "twilio_video_recording_settings",
        "video.twilio.com/v1/RecordingSettings/Default",
    );
    assert_eq!(
        (&written.place.key, written.place.begin, written.place.instance.as_str()),
        (&Key::None, Begin::Settings, "/v1/RecordingSettings/Default")
    );
    let below = derived(
        "twilio_trunk_recording",
        "trunking.twilio.com/v1/Trunks/{TrunkSid}/Recording",
    );
    assert_eq!(below.place.parents[0].field, "trunk_sid");
    let code = derived(
        "twilio_short_code",
        "api.twilio.com/2010-04-01/Accounts/{AccountSid}/SMS/ShortCodes.json",
    );
    assert_eq!(code.place.begin, Begin::Adopted);
    assert_eq!(
        code.place.key,
        Key::Borrowed {
            field: "short_code_sid".to_owned(),
            prefix: "SC".to_owned()
        }
    );
}

#[test]
fn a_worker_has_filters_a_sid_of_another_object_and_something_that_is_done_along_with_a_change() {
    let worker = derived(
        "twilio_taskrouter_worker",
        "taskrouter.twilio.com/v1/Workspaces/{WorkspaceSid}/Workers",
    );
    assert_eq!(field(&worker, "activity_sid").sid(), Some("WA"));
    assert_eq!(field(&worker, "reject_pending_reservations").role, Role::OnTheWay);
    assert!(field(&worker, "activity_name").volatile, "it follows the activity");
    assert_eq!(worker.filters.len(), 8);
}

#[test]
fn what_every_resource_has_by_itself_is_no_field_and_a_method_that_no_update_takes_has_no_default() {
    let number = derived(
        "twilio_proxy_phone_number",
        "proxy.twilio.com/v1/Services/{ServiceSid}/PhoneNumbers",
    );
    assert!(number.fields.iter().all(|field| field.name != "sid"));
    let sid = field(&number, "phone_number_sid");
    assert_eq!(
        (sid.sid(), sid.written_as.as_deref(), sid.read_as.as_deref()),
        (Some("PN"), Some("Sid"), Some("sid"))
    );
    let order = derived(
        "twilio_hosted_number_order",
        "numbers.twilio.com/v2/HostedNumber/Orders",
    );
    assert!(!matches!(field(&order, "sms_method").kind, Kind::HttpMethod));
}

#[test]
fn what_goes_by_the_sid_of_something_else_is_known_by_a_name() {
    let list = derived(
        "twilio_trunk_credential_list",
        "trunking.twilio.com/v1/Trunks/{TrunkSid}/CredentialLists",
    );
    assert_eq!(list.label.as_deref(), Some("friendly_name"));
}

#[test]
fn a_sample_takes_out_what_twilio_never_shows_where_there_is_nothing_else() {
    let campaign = derived(
        "twilio_a2p_campaign",
        "messaging.twilio.com/v1/Services/{MessagingServiceSid}/Compliance/Usa2p",
    );
    let files = sample::files(&root(), contract(), &campaign).expect("a sample");
    assert!(files["removed.tf"].contains("privacy_policy_url = null"), "{files:#?}");
}

#[test]
fn json_keeps_its_own_names() {
    let template = derived("twilio_content_template", "content.twilio.com/v1/Content");
    assert!(template.is_json && !template.is_camel);
    assert_eq!(in_words(field(&template, "variables")), "Setting map");
    let Kind::Object(types) = &field(&template, "types").kind else {
        panic!("types is an object");
    };
    let reply = types
        .iter()
        .find(|field| field.name == "twilio_quick_reply")
        .expect("it is there");
    assert_eq!(reply.written_as.as_deref(), Some("twilio/quick-reply"));
}

#[test]
fn a_uri_that_twilio_does_not_request_is_no_url() {
    let url = derived(
        "twilio_trunk_origination_url",
        "trunking.twilio.com/v1/Trunks/{TrunkSid}/OriginationUrls",
    );
    assert!(matches!(field(&url, "sip_url").kind, Kind::Text));
    assert_eq!(in_words(field(&url, "weight")), "Setting required whole number");
}

#[test]
fn what_no_table_can_say_is_refused_with_the_reason() {
    for (at, why) in [
        ("sync.twilio.com", "is no place"),
        ("sync.twilio.com/v1/Nowhere", "the contract has no /v1/Nowhere"),
        (
            "verify.twilio.com/v2/Services/{ServiceSid}/RateLimit",
            "Near it are /v2/Services/{ServiceSid}/RateLimits",
        ),
        ("/v2/Services", "no host"),
        (
            "nowhere.twilio.com/v1/Services",
            "the contract has no /v1/Services at \"nowhere.twilio.com\"",
        ),
        (
            "serverless.twilio.com/v1/Services/{ServiceSid}/Functions",
            "multipart/form-data",
        ),
        (
            "numbers.twilio.com/v2/RegulatoryCompliance/SupportingDocuments",
            "multipart/form-data",
        ),
        (
            "sync.twilio.com/v1/Services/{ServiceSid}/Lists/{ListSid}/Items",
            "is no SID that the contract knows",
        ),
        (
            "api.twilio.com/2010-04-01/Accounts/{AccountSid}/Usage/Records.json",
            "nothing to manage",
        ),
    ] {
        let said = refused(at);
        assert!(said.contains(why), "{at}: {said:?}");
    }
    // What has files only further down has none itself.
    assert_eq!(refused("serverless.twilio.com/v1/Services"), "");
}

/// Wherever something can be managed, what is derived is Rust that rustfmt takes, and has a sample.
#[test]
fn a_name_that_is_taken_in_another_folder_is_refused_and_what_is_at_the_place_is_named() {
    let taken = present::refuse_name(&root(), "twilio_queue").expect_err("there is one");
    assert!(taken.to_string().contains("src/resources/voice/queue.rs"), "{taken}");
    for of_a_data_source in ["twilio_queues", "twilio_account"] {
        present::refuse_name(&root(), of_a_data_source).expect_err("a data source has it");
    }
    present::refuse_name(&root(), "twilio_nothing_of_this_name").expect("it is free");
    let limits = "verify.twilio.com/v2/Services/{ServiceSid}/RateLimits";
    for (name, why) in [("twilio_queue", "is taken"), ("twilio_type", "is a word of Rust")] {
        let said = super::run(&super::Arguments::of(name, limits)).expect_err(why);
        assert!(said.to_string().contains(why), "{name}: {said}");
    }
    let place = |at| place::find(contract(), at).expect("a place");
    let queues = place("api.twilio.com/2010-04-01/Accounts/{AccountSid}/Queues.json");
    assert_eq!(
        present::at_place(&root(), &queues).expect("sources"),
        ["src/resources/voice/queue.rs"]
    );
    let nobody_s = place("supersim.twilio.com/v1/Fleets");
    assert_eq!(
        present::at_place(&root(), &nobody_s).expect("sources"),
        Vec::<String>::new()
    );
}

#[test]
fn every_place_of_the_contract_makes_a_table_or_says_why_not() {
    let templates = Templates::read().expect("the templates can be read");
    let mut all = String::new();
    let (mut made, mut refusals) = (0, 0);
    for resource in contract().resources() {
        let at = format!("{}{}", resource.host, resource.template);
        let category = super::draft::folders();
        let found = place::find(contract(), &at).and_then(|place| {
            let voice = terraform_provider_twilio::engine::facts::Category::Voice;
            Draft::new("twilio_example_thing", place, Some(voice))
        });
        let Ok(draft) = found else {
            refusals += 1;
            continue;
        };
        assert!(!category.is_empty());
        let table = render::table(&templates, &draft).unwrap_or_else(|why| panic!("{at}: {why:#}"));
        // Each in a module of its own, so that all are laid out at once.
        let table: String = table
            .lines()
            .filter(|line| !line.starts_with("//!"))
            .map(|line| format!("{line}\n"))
            .collect();
        all.push_str(&format!("mod at_{made} {{\n// {at}\n{table}}}\n"));
        let sample = sample::files(&root(), contract(), &draft).unwrap_or_else(|why| panic!("{at}: {why:#}"));
        assert!(
            sample.contains_key("resource.tf") && sample.contains_key("changed.tf"),
            "{at}"
        );
        made += 1;
    }
    assert!(made > 250, "{made} made, {refusals} refused");
    super::formatted(&all).expect("all of it is Rust");
}

/// Tables of all shapes, in which what `new` derives is compared with what people wrote. What else is offered needs no row here.
const COMPARED: &[&str] = &[
    "twilio_address",
    "twilio_api_key",
    "twilio_conversations_configuration",
    "twilio_event_sink",
    "twilio_event_subscription",
    "twilio_messaging_service",
    "twilio_messaging_service_phone_number",
    "twilio_phone_number",
    "twilio_queue",
    "twilio_studio_flow",
    "twilio_sync_map_item",
    "twilio_twiml_app",
    "twilio_usage_trigger",
    "twilio_verify_service",
];

/// A difference that is judgement: table, field, and why.
type Difference = (&'static str, &'static str, &'static str);

const DIFFERENCES: &[Difference] = &[
    // What the contract calls an object of anything, and Twilio's page describes.
    ("twilio_api_key", "policy", "its members are on Twilio's page alone"),
    (
        "twilio_event_sink",
        "sink_configuration",
        "its members are on Twilio's page alone",
    ),
    (
        "twilio_event_subscription",
        "types",
        "members of a collection below it, which the create takes too",
    ),
    // What Twilio's page calls obsolete, reserved, or another name of something else.
    ("twilio_messaging_service", "fallback_to_long_code", "obsolete"),
    ("twilio_messaging_service", "synchronous_validation", "reserved"),
    ("twilio_phone_number", "emergency_status", "ignored since 2021"),
    (
        "twilio_twiml_app",
        "sms_status_callback",
        "an older name of message_status_callback",
    ),
    // Judgement: what is worth an attribute, and what distinguishes two of them.
    ("twilio_phone_number", "natural_key", "nothing else has the number"),
    (
        "twilio_phone_number",
        "area_code",
        "matters only while the number is bought",
    ),
    ("twilio_phone_number", "capabilities", "there will be more of them"),
    (
        "twilio_studio_flow",
        "author_sid",
        "who made the revision is whoever applies",
    ),
    ("twilio_studio_flow", "errors", "a flow that has some is refused"),
    ("twilio_studio_flow", "warnings", "a flow that has some draws a warning"),
    ("twilio_usage_trigger", "natural_key", "a name says little of a trigger"),
    (
        "twilio_sync_map_item",
        "filters",
        "they are about the order and the first page, and all items are listed",
    ),
    ("twilio_sync_map_item", "ttl", "an older name of item_ttl"),
    ("twilio_sync_map_item", "collection_ttl", "about the map, not its item"),
    ("twilio_sync_map_item", "date_expires", "moves with each update"),
    (
        "twilio_usage_trigger",
        "api_version",
        "of no use to who has the trigger",
    ),
    (
        "twilio_usage_trigger",
        "usage_record_uri",
        "of no use to who has the trigger",
    ),
];

#[test]
fn what_is_derived_is_what_people_wrote() {
    let mut differences = Vec::new();
    let mut compared = 0;
    for name in COMPARED {
        let mut offered = RESOURCES.iter();
        let table = offered.find(|table| table.object.name == *name);
        let table = table.unwrap_or_else(|| panic!("{name} is not offered"));
        let place = table.object.place;
        let path = if place.has_collection() {
            place.collection
        } else {
            place.instance
        };
        let draft = derived(table.object.name, &format!("{}{path}", place.product.host()));
        differences.extend(compare(table, &draft));
        compared += draft.fields.len();
    }
    assert!(compared > 120, "{compared} fields were compared");
    let known: Vec<_> = DIFFERENCES
        .iter()
        .map(|(table, name, _)| format!("{table} {name}"))
        .collect();
    let news: Vec<_> = differences.iter().filter(|(place, _)| !known.contains(place)).collect();
    assert!(news.is_empty(), "{news:#?}");
    let stale: Vec<_> = known
        .iter()
        .filter(|known| !differences.iter().any(|(place, _)| place == *known))
        .collect();
    assert!(stale.is_empty(), "these are alike: {stale:#?}");
}

/// A secret that is shown because only its reader can read it.
fn is_encrypted_here(field: &TableField) -> bool {
    matches!(field.role, TableRole::SecretOnce) && !field.sensitive
}

fn compare(table: &Managed, draft: &Draft) -> Vec<(String, String)> {
    let mut differences = Vec::new();
    let name = table.object.name;
    let mut differ = |what: &str, ours: String, theirs: String| {
        if ours != theirs {
            differences.push((
                format!("{name} {what}"),
                format!("{ours} is derived and {theirs} was written"),
            ));
        }
    };
    let place = table.object.place;
    differ(
        "collection",
        draft.place.collection.clone(),
        place.collection.to_owned(),
    );
    differ("instance", draft.place.instance.clone(), place.instance.to_owned());
    let key = match table.object.key {
        TableKey::Sid(prefix) => Key::Sid(prefix.to_owned()),
        TableKey::Borrowed(field, prefix) => Key::Borrowed {
            field: field.to_owned(),
            prefix: prefix.to_owned(),
        },
        TableKey::Field(field) => Key::Field(field.to_owned()),
        TableKey::None => Key::None,
    };
    differ("key", format!("{:?}", draft.place.key), format!("{key:?}"));
    differ(
        "category",
        format!("{:?}", draft.category),
        format!("{:?}", table.object.category),
    );
    let plural = draft.plural.as_ref().map(|(name, _)| name.as_str());
    differ(
        "plural",
        format!("{plural:?}"),
        format!("{:?}", table.object.plural.map(|plural| plural.name)),
    );
    let natural_key: Vec<_> = draft.natural_key.iter().map(String::as_str).collect();
    differ(
        "natural_key",
        format!("{natural_key:?}"),
        format!("{:?}", table.object.natural_key),
    );
    let (filters, theirs): (BTreeSet<_>, BTreeSet<_>) = (
        draft.filters.iter().map(|filter| filter.name.as_str()).collect(),
        table
            .object
            .list
            .filters
            .iter()
            .map(|filter| filter.field.name)
            .collect(),
    );
    differ("filters", format!("{filters:?}"), format!("{theirs:?}"));
    let nothing = || "nothing".to_owned();
    for field in &draft.fields {
        let theirs = table
            .object
            .field(&field.name)
            .map_or_else(nothing, in_the_tables_words);
        differ(&field.name, in_words(field), theirs);
    }
    for field in table.object.fields {
        // Nothing that Twilio knows of: kept, hinted, read from a file, or encrypted here.
        let is_local = is_encrypted_here(field)
            || matches!(
                field.role,
                TableRole::Local(_)
                    | TableRole::Hint
                    | TableRole::FilePath
                    | TableRole::FileContent
                    | TableRole::FileType
                    | TableRole::FileHash
            );
        if !is_local && !draft.fields.iter().any(|ours| ours.name == field.name) {
            differ(field.name, nothing(), in_the_tables_words(field));
        }
    }
    differences
}

/// A copy of what `cargo xtask new` reads and writes of the checkout, without pages.
fn copy_of_the_checkout() -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    for part in [
        "src",
        "simulator/src",
        "simulator/contract",
        "examples/resources",
        "tests/fixtures/older_states",
        "tests/acceptance/products.rs",
        "docs/guides/migration.md",
        ".changes",
    ] {
        copy_to(&root().join(part), &copy.path().join(part));
    }
    copy
}

fn copy_to(from: &Path, to: &Path) {
    if from.is_file() {
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(from, to).expect("it can be copied");
        return;
    }
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        if entry.file_name() != "node_modules" {
            copy_to(&entry.path(), &to.join(entry.file_name()));
        }
    }
}

/// Every file below a folder, with its text.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path().is_dir() {
            true => found.extend(tree(&entry.path())),
            false => drop(found.insert(entry.path(), fs::read(entry.path()).expect("a file"))),
        }
    }
    found
}

/// A resource in a folder that is not there yet, with codes and an older type, touches all that a resource can touch.
const BUNDLE: (&str, &str) = (
    "twilio_regulatory_bundle",
    "numbers.twilio.com/v2/RegulatoryCompliance/Bundles",
);

#[test]
fn a_failure_leaves_nothing_half_written() {
    let copy = copy_of_the_checkout();
    let arguments = super::Arguments {
        category: Some("regulatory".to_owned()),
        ..super::Arguments::of(BUNDLE.0, BUNDLE.1)
    };
    // Each file that is changed, without what is to be changed in it; and a folder where a file is to be.
    let changed = [
        ("src/resources/offered.rs", "RESOURCES_OF_PRODUCTS: &[&[Managed]]"),
        ("src/functions/explain_error/mod.rs", "OF_PRODUCTS: &[&[KnownCode]]"),
        ("tests/acceptance/products.rs", "products! {"),
        ("docs/guides/migration.md", "| here | how |"),
    ];
    for (file, list) in changed {
        let text = fs::read_to_string(copy.path().join(file)).expect("a file");
        assert!(text.contains(list), "{file}");
        fs::write(copy.path().join(file), text.replace(list, "something else")).expect("a file");
        let before = tree(copy.path());
        let said = super::run_in(copy.path(), &arguments).expect_err(file);
        assert!(format!("{said:#}").contains(file), "{said:#}");
        assert!(
            tree(copy.path()) == before,
            "{file} was to be changed, and something was written"
        );
        fs::write(copy.path().join(file), text).expect("a file");
    }
    let before = tree(copy.path());
    let note = copy.path().join(".changes/regulatory-bundle.md");
    fs::create_dir_all(&note).expect("a folder");
    let said = super::run_in(copy.path(), &arguments).expect_err("a folder is in the way");
    assert!(format!("{said:#}").contains("as it was"), "{said:#}");
    assert!(tree(copy.path()) == before, "something is left of it");
    assert!(!copy.path().join("src/resources/regulatory").exists());
    fs::remove_dir(&note).expect("a folder");
    // A note of another change goes by the same word, and stays.
    fs::write(&note, "somebody's").expect("a file");
    super::run_in(copy.path(), &arguments).expect("nothing is in the way any more");
    let text = |file: &str| fs::read_to_string(copy.path().join(file)).expect("it was written");
    assert_eq!(text(".changes/regulatory-bundle.md"), "somebody's");
    assert!(text(".changes/twilio-regulatory-bundle.md").contains("resource/twilio_regulatory_bundle"));
    let explained = text("src/functions/explain_error/mod.rs");
    assert!(
        explained.contains("regulatory::codes::REGULATORY,") && explained.contains(" regulatory,"),
        "{explained}"
    );
    // What nobody has read cannot be released: tidy names it, wherever it is, and nothing else.
    let unread = crate::tidy::unread(copy.path()).expect("the sources can be read");
    for file in [
        "src/resources/regulatory/regulatory_bundle.rs",
        "examples/resources/twilio_regulatory_bundle/resource.tf",
    ] {
        assert!(unread.iter().any(|line| line.starts_with(file)), "{file}: {unread:#?}");
    }
    assert!(unread.iter().all(|line| line.contains("regulatory")), "{unread:#?}");
}

#[test]
fn an_older_type_is_taken_over_where_its_states_lead_and_nowhere_else() {
    let roles = |at: &str| {
        let draft = derived("twilio_conversations_role", at);
        let draft = draft.with_older_types(&root()).expect("the types");
        let older = draft.older.iter();
        older
            .map(|older| (older.type_name.clone(), older.elsewhere.is_none()))
            .collect::<Vec<_>>()
    };
    let of_the_account = "twilio_conversations_roles_v1".to_owned();
    assert_eq!(
        roles("conversations.twilio.com/v1/Roles"),
        [(of_the_account.clone(), true)]
    );
    // They do not say in which service they would be.
    let of_a_service = "conversations.twilio.com/v1/Services/{ChatServiceSid}/Roles";
    assert_eq!(roles(of_a_service), [(of_the_account, false)]);
    let draft = derived("twilio_conversations_service_role", of_a_service);
    let draft = draft.with_older_types(&root()).expect("the types");
    assert!(draft.older.len() == 2 && draft.older.iter().all(|older| older.elsewhere.is_none()));
    // The other way round: a state of something in a service would be read as one of the account.
    let draft = derived("twilio_conversations_service_role", "conversations.twilio.com/v1/Roles");
    let draft = draft.with_older_types(&root()).expect("the types");
    let mut of_the_vendor = draft.older.iter().filter(|older| older.provider == "vendor");
    assert!(of_the_vendor.all(|older| older.elsewhere.is_some()));
}
