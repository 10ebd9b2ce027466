//! `terraform test` with the mocks that are shipped, over the sample of every resource, a data source of every type that follows
//! from one, and the example of every other data source. What a mocked value has to look like, Twilio's contract says.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use terraform_provider_twilio::engine::facts::{Field, Key, Managed, Read};
use terraform_provider_twilio::engine::values::lookup_schema::{all_schema, keys_name, one_schema};
use terraform_provider_twilio::provider::offered::{DATA_SOURCES, RESOURCES};
use twilio_simulator::contract::{Contract, Field as PublishedField, Kind as PublishedKind, Spec};
use xtask::samples::{Before, Sample};

use crate::products::{SAMPLES, own_name, with_own_variables};
use crate::sandbox::Sandbox;

const MOCKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/testing/twilio.tfmock.hcl");

#[test]
fn every_sample_and_every_data_source_is_tested_with_the_mocks_that_are_shipped() {
    let sandbox = Sandbox::new();
    let mocks = fs::read_to_string(MOCKS).expect("the file is there");
    let mut test = Test::default();
    for table in RESOURCES {
        test.resource(table, &sandbox);
        test.data_sources(table);
    }
    for data_source in DATA_SOURCES {
        test.example(data_source.name);
        assert!(
            mocks.contains(&format!("mock_data \"{}\"", data_source.name)),
            "{}",
            data_source.name
        );
    }
    // A type whose values nothing is known of proves nothing.
    let all: BTreeSet<_> = test.checked.iter().map(String::as_str).collect();
    for table in RESOURCES {
        let plural = table.object.plural.map(|plural| plural.name);
        let addresses = [
            format!("{}.", table.object.name),
            format!("data.{}.", table.object.name),
            plural.map_or_else(String::new, |plural| format!("data.{plural}.")),
        ];
        for address in addresses {
            assert!(
                all.iter().any(|checked| checked.starts_with(&address)),
                "nothing checks {address}"
            );
        }
    }
    assert!(test.checks >= 250, "only {} values were compared", test.checks);
    sandbox.configure(&test.configuration);
    let folder = sandbox.terraform.path();
    fs::create_dir_all(folder.join("mocks")).expect("a folder");
    fs::write(folder.join("mocks/twilio.tfmock.hcl"), mocks).expect("it is written");
    let text = format!(
        "mock_provider \"twilio\" {{\n  source = \"./mocks\"\n}}\nrun \"everything\" {{\n  command = apply\n{}}}\n",
        test.assertions
    );
    fs::write(folder.join("everything.tftest.hcl"), text).expect("it is written");
    let output = sandbox.terraform.run(&["test", "-no-color"]).expect("terraform starts");
    assert_eq!(output.code, 0, "{}", output.text());
    assert!(output.unwrapped().contains("1 passed, 0 failed"), "{}", output.text());
    sandbox.nothing_is_left();
}

/// A configuration, and what is asserted of it.
#[derive(Default)]
struct Test {
    configuration: String,
    assertions: String,
    checks: usize,
    checked: Vec<String>,
}

impl Test {
    /// What the page of a resource shows. What it leaves to Twilio is mocked.
    fn resource(&mut self, table: &'static Managed, sandbox: &Sandbox) {
        let sample = sample_of(table);
        for before in &sample.special.before {
            self.variable(&own_name(sample, &before.name), &sid_of(before));
        }
        let text = fs::read_to_string(sample.folder.join("resource.tf")).expect("it is there");
        self.configuration.push_str(&with_own_variables(sample, &text));
        sample.copy_other_files(&sandbox.terraform.path()).expect("a folder");
        let own = sample.blocks().iter().filter(|block| !block.address.is_data);
        for block in own {
            let address = block.address.to_string();
            self.object(&address, table);
            for field in table.object.fields {
                self.value(&address, field, table);
            }
        }
    }

    /// The data sources that follow from a resource: of one that has the name of the sample, and of all.
    fn data_sources(&mut self, table: &'static Managed) {
        let object = &table.object;
        let sample = sample_of(table).first().address.to_string();
        let attributes = one_schema(table).block.attributes;
        let required = attributes.iter().filter(|attribute| attribute.required);
        let named = required.map(|attribute| attribute.name.as_ref());
        let arguments: Vec<_> = named.chain(object.lookup_fields().iter().copied()).collect();
        self.data(object.name, &arguments, &sample);
        let address = format!("data.{}.mocked", object.name);
        self.object(&address, table);
        for field in object.readable() {
            self.value(&address, field, table);
        }
        let (Some(plural), Some(schema)) = (object.plural, all_schema(table)) else {
            return;
        };
        let attributes = schema.block.attributes;
        let required = attributes.iter().filter(|attribute| attribute.required);
        let arguments: Vec<_> = required.map(|attribute| attribute.name.as_ref()).collect();
        self.data(plural.name, &arguments, &sample);
        let address = format!("data.{}.mocked", plural.name);
        if attributes.iter().any(|attribute| attribute.name == "account_sid") {
            self.assert(&format!("{address}.account_sid"), "^AC[0-9a-f]{32}$");
        }
        let keys = keys_name(object);
        let key = match object.has_sid() {
            true => format!("^{}$", part("sid", table)),
            false => id_pattern(table),
        };
        self.assert(&format!("one({address}.{keys})"), &key);
    }

    /// The example of a data source.
    fn example(&mut self, name: &str) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("examples/data-sources")
            .join(name)
            .join("data-source.tf");
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{name} has no example: {error}"));
        self.configuration.push_str(&text);
    }

    fn data(&mut self, name: &str, arguments: &[&str], sample: &str) {
        let _ = writeln!(self.configuration, "data \"{name}\" \"mocked\" {{");
        for argument in arguments {
            let _ = writeln!(self.configuration, "  {argument} = {sample}.{argument}");
        }
        self.configuration.push_str("}\n");
    }

    fn variable(&mut self, name: &str, value: &str) {
        let _ = writeln!(
            self.configuration,
            "variable \"{name}\" {{\n  default = \"{value}\"\n}}"
        );
    }

    /// What every object has.
    fn object(&mut self, address: &str, table: &'static Managed) {
        if table.object.has_sid() {
            self.assert(&format!("{address}.sid"), &format!("^{}$", part("sid", table)));
        }
        self.assert(&format!("{address}.id"), &id_pattern(table));
        self.assert(&format!("{address}.account_sid"), "^AC[0-9a-f]{32}$");
    }

    /// What a field holds, where the contract says of which form it is.
    fn value(&mut self, address: &str, field: &'static Field, table: &'static Managed) {
        let Some(published) = published(table, &field.read_path(table.object.spelling)) else {
            return;
        };
        let Some(pattern) = pattern(published) else { return };
        if field.is_write_only() || published.kind != PublishedKind::String {
            return;
        }
        let value = format!("{address}.{}", field.name);
        let none = format!("{value} == null || {value} == \"\"");
        self.condition(&value, &format!("{none} ? true : can(regex({pattern:?}, {value}))"));
    }

    fn assert(&mut self, value: &str, pattern: &str) {
        self.condition(value, &format!("can(regex({pattern:?}, {value}))"));
    }

    fn condition(&mut self, value: &str, condition: &str) {
        self.checks += 1;
        self.checked.push(value.trim_start_matches("one(").to_owned());
        let _ = write!(
            self.assertions,
            "  assert {{\n    condition     = {condition}\n    error_message = \"{value} is ${{jsonencode(nonsensitive({value}))}}\"\n  }}\n"
        );
    }
}

fn sample_of(table: &Managed) -> &'static Sample {
    let name = table.object.name;
    SAMPLES.of(name).unwrap_or_else(|| panic!("{name} has no sample"))
}

/// A field of the object as Twilio publishes it.
fn published(table: &Managed, path: &str) -> Option<&'static PublishedField> {
    let place = table.object.place;
    let read = match place.read {
        Read::Elsewhere { path, .. } | Read::Member(path) | Read::Among { path, .. } => path,
        Read::Instance | Read::Nowhere => place.instance,
    };
    let host = place.product.host();
    [("GET", read), ("POST", place.collection), ("POST", place.instance)]
        .into_iter()
        .find_map(|(method, template)| answered(&host, method, template, path))
}

fn answered(host: &str, method: &str, template: &str, path: &str) -> Option<&'static PublishedField> {
    let route = Contract::published().route(host, method, &filled(template)).ok()?;
    within(route.spec, route.spec.answer_fields(route.operation), path)
}

fn within(spec: &'static Spec, fields: &'static [PublishedField], path: &str) -> Option<&'static PublishedField> {
    let (first, rest) = path
        .split_once('.')
        .map_or((path, None), |(first, rest)| (first, Some(rest)));
    let field = fields.iter().find(|field| field.name == first)?;
    let shape = spec.resolve(field);
    match rest {
        None => Some(shape),
        Some(rest) => within(spec, &shape.fields, rest),
    }
}

/// A path with something in the place of its parts.
fn filled(template: &str) -> String {
    let (template, _) = template.split_once('?').unwrap_or((template, ""));
    let mut pieces = template.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |path, piece| {
        path + "something" + piece.split_once('}').map_or("", |(_, rest)| rest)
    })
}

/// The form of a published value, as a regular expression.
fn pattern(published: &PublishedField) -> Option<String> {
    if !published.sid.is_empty() && published.sid.iter().all(|prefix| prefix != "**") {
        return Some(format!("^({})[0-9a-f]{{32}}$", published.sid.join("|")));
    }
    Some(match published.format.as_deref()? {
        "date-time" | "date-time-rfc-2822" => "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$".to_owned(),
        "uri" => "^(https?://|sips?:)".to_owned(),
        "phone-number" => "^\\+[1-9]\\d{5,}$".to_owned(),
        "iso-country-code" => "^[A-Z]{2}$".to_owned(),
        "http-method" => "^(GET|POST|HEAD|PATCH|PUT|DELETE)$".to_owned(),
        _ => return None,
    })
}

/// The form of an id: what its parts are, the account's own SID for settings of it.
fn id_pattern(table: &Managed) -> String {
    let parts: Vec<_> = table.object.id_parts().map(|name| part(name, table)).collect();
    match parts.is_empty() {
        true => "^AC[0-9a-f]{32}$".to_owned(),
        false => format!("^{}$", parts.join("/")),
    }
}

fn part(name: &str, table: &Managed) -> String {
    let field = table.object.field(name);
    let path = field.map_or_else(
        || name.to_owned(),
        |field| field.read_path(table.object.spelling).into_owned(),
    );
    let found = published(table, &path).and_then(pattern);
    match (name, found, table.object.key) {
        (_, Some(pattern), _) => pattern.trim_start_matches('^').trim_end_matches('$').to_owned(),
        // The contract has no form of the SIDs of Intelligence; catalogue compares the prefix wherever it has one.
        ("sid", None, Key::Sid(prefix)) => format!("{prefix}[0-9a-f]{{32}}"),
        ("sid", None, _) => panic!("the contract has no form of the SID of {}", table.object.name),
        (_, None, _) => "[^/]+(/[^/]+)*".to_owned(),
    }
}

/// A SID that something has which is made before: of the prefix that Twilio publishes.
fn sid_of(before: &Before) -> String {
    // What nobody makes by a request is read at its own path.
    let published = answered(&before.host, "POST", &before.path, "sid")
        .or_else(|| answered(&before.host, "GET", &format!("{}/{{Sid}}", before.path), "sid"))
        .or_else(|| answered(&before.host, "GET", &format!("{}/{{Sid}}.json", before.path), "sid"));
    let prefix = published.and_then(|published| published.sid.first());
    prefix.map_or_else(|| "one".to_owned(), |prefix| format!("{prefix}{:032}", 3))
}
