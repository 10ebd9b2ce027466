//! No check of any attribute says a word of the value that it refuses, whatever is wrong with it.

use terraform_provider_twilio::engine::facts::Kind;
use terraform_provider_twilio::framework::diagnostics::Diagnostics;
use terraform_provider_twilio::framework::provider::Provider as _;
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::framework::validate::validate;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::provider::TwilioProvider;

use crate::walk::{Located, everything};

/// What must be in no diagnostic.
const MARKER: &str = "Hunter2MARKERsecret";

/// Texts that have the marker and break one check or another: of SIDs, numbers, addresses, JSON, days, lengths, words.
fn wrong_texts() -> Vec<String> {
    let sid = "AC0123456789abcdef0123456789abcdef";
    vec![
        MARKER.to_owned(),
        format!(" {MARKER}\n"),
        format!("AC{MARKER}"),
        format!("{MARKER}@example.com/?token={MARKER}"),
        format!("https:{MARKER}"),
        format!("ftp://{MARKER}@example.com"),
        format!("https://{MARKER}:{MARKER}@"),
        format!("https://example.com/{MARKER} x"),
        format!("+1{MARKER}"),
        format!("{sid}/{MARKER}"),
        format!("{{ {MARKER}"),
        format!("{{\"{MARKER}\": {MARKER}}}"),
        format!("[\"{MARKER}\", ]"),
        format!("-{MARKER}"),
        MARKER.repeat(5000),
    ]
}

/// What validating a configuration says in which `value` stands at `path` and nothing else anywhere.
fn said(schemas: &Schemas, place: &Located, value: Value) -> Diagnostics {
    let mut value = value;
    let names: Vec<_> = place.path.split('.').collect();
    let mut attributes = schemas.attributes(place.table);
    let mut kinds = Vec::new();
    for name in &names {
        let Some(attribute) = attributes.iter().find(|attribute| attribute.name == *name) else {
            break;
        };
        kinds.push(attribute.kind);
        attributes = match attribute.kind {
            Kind::Object(inner) | Kind::Objects(inner) | Kind::ObjectSet(inner) => inner,
            _ => &[],
        };
    }
    if kinds.is_empty() {
        // A filter, which stands alone.
        kinds.push(place.attribute.kind);
    }
    for (name, kind) in names.iter().zip(&kinds).rev() {
        value = match kind {
            Kind::List(_) | Kind::Objects(_) => Value::List(vec![value.clone(), value]),
            Kind::Set(_) | Kind::ObjectSet(_) => Value::Set(vec![value.clone(), value]),
            Kind::Map(_) => Value::Map([("key".to_owned(), value)].into()),
            _ => value,
        };
        value = Value::object([(*name, value)]);
    }
    schemas.validate(place.table, &value)
}

struct Schemas(TwilioProvider);

impl Schemas {
    fn attributes(&self, table: &str) -> &'static [terraform_provider_twilio::engine::facts::Field] {
        use terraform_provider_twilio::provider::offered::{ACTIONS, DATA_SOURCES};
        let resource = crate::walk::tables().find(|resource| resource.object.name == table);
        let data_source = DATA_SOURCES.iter().find(|data_source| data_source.name == table);
        let action = ACTIONS.iter().find(|action| action.name == table);
        match (resource, data_source) {
            (Some(resource), _) => resource.object.fields,
            (None, Some(data_source)) => data_source.attributes,
            (None, None) => action.map_or(&[], |action| action.fields),
        }
    }

    /// By the schemas and by the hooks.
    fn validate(&self, table: &str, config: &Value) -> Diagnostics {
        let of = |schema: Schema| validate(&schema.block, config, true);
        let mut said = Diagnostics::new();
        for resource in self
            .0
            .resources()
            .iter()
            .filter(|resource| resource.type_name() == table)
        {
            said.extend(of(resource.schema()));
            said.extend(resource.validate(config));
        }
        for data_source in self
            .0
            .data_sources()
            .iter()
            .filter(|source| source.type_name() == table)
        {
            said.extend(of(data_source.schema()));
            said.extend(data_source.validate(config));
        }
        for action in self.0.actions().iter().filter(|action| action.type_name() == table) {
            said.extend(of(action.schema()));
            said.extend(action.validate(config));
        }
        said
    }
}

#[test]
fn no_check_repeats_what_it_refuses() {
    let schemas = Schemas(TwilioProvider::default().offering(crate::tables::TABLES, &[]));
    let mut spoken_of = 0;
    for place in everything() {
        if !place.attribute.is_configurable() {
            continue;
        }
        for text in wrong_texts() {
            for diagnostic in &schemas.said_of(&place, &text) {
                let told = format!("{} {}", diagnostic.summary, diagnostic.detail);
                assert!(!told.contains(MARKER), "{}.{}: {told}", place.table, place.path);
                spoken_of += usize::from(diagnostic.summary == "Invalid value");
            }
        }
    }
    assert!(spoken_of > 500, "only {spoken_of} values were refused");
}

impl Schemas {
    fn said_of(
        &self,
        place: &Located,
        text: &str,
    ) -> Vec<terraform_provider_twilio::framework::diagnostics::Diagnostic> {
        said(self, place, Value::string(text)).into_iter().collect()
    }
}

#[test]
fn every_text_that_is_sent_is_bounded() {
    let schemas = Schemas(TwilioProvider::default().offering(crate::tables::TABLES, &[]));
    let endless = "x".repeat(1 << 20);
    let mut unbounded = Vec::new();
    for place in everything() {
        let attribute = place.attribute;
        if !attribute.is_configurable() || !matches!(attribute.kind, Kind::Text) {
            continue;
        }
        let said = schemas.said_of(&place, &endless);
        if !said.iter().any(|diagnostic| {
            diagnostic.path.to_string().contains(attribute.name) || diagnostic.summary == "Invalid value"
        }) {
            unbounded.push(format!("{}.{}", place.table, place.path));
        }
    }
    assert_eq!(unbounded, Vec::<String>::new());
}

#[test]
fn the_provider_block_repeats_nothing_either() {
    let schema = TwilioProvider::default().schema();
    for attribute in &schema.block.attributes {
        for text in wrong_texts().into_iter().chain([String::new()]) {
            let config = Value::object([(attribute.name.as_ref(), Value::string(text))]);
            for diagnostic in validate(&schema.block, &config, true)
                .into_iter()
                .chain(TwilioProvider::default().validate(&config))
            {
                let told = format!("{} {}", diagnostic.summary, diagnostic.detail);
                assert!(!told.contains(MARKER), "{}: {told}", attribute.name);
            }
        }
    }
}
