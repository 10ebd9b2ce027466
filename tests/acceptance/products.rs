//! The real Terraform and the samples of a product, all in one configuration: applied, changed, drifted, with attributes taken
//! out, imported by blocks with and without a configuration, destroyed. `tests/faults/lifecycles.rs` leads each sample through more of
//! a lifecycle by itself, in that process; here is what only Terraform's own core shows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::{
    Category, Destroy, Literal, Managed, Norm, Presence, Read, Removed, Role, Rule, Source, UpdateStyle,
};
use terraform_provider_twilio::framework::write_only::{version_name, write_only_name};
use terraform_provider_twilio::provider::offered::RESOURCES;
use xtask::generated;
use xtask::held::Held;
use xtask::samples::{Block, Sample, Samples, Scope};
use xtask::terraform::{REQUIRED_PROVIDERS, Workspace};

use crate::lifecycle::{active_changes, changed_attributes};
use crate::sandbox::{Sandbox, assert_healthy, resource_in};
use crate::tables::TABLES;

/// Where samples are.
const FOLDERS: [&str; 2] = [
    concat!(env!("CARGO_MANIFEST_DIR"), "/examples/resources"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tables/samples"),
];

pub static SAMPLES: LazyLock<Samples> = LazyLock::new(|| {
    let samples = Samples::read(&FOLDERS.map(Path::new));
    samples.unwrap_or_else(|error| panic!("{error:#}"))
});

/// A test for each product that has resources.
macro_rules! products {
    ($($name:ident = $category:ident),* $(,)?) => {
        $(#[test]
        fn $name() {
            let own = RESOURCES.iter().filter(|table| table.object.category == Category::$category);
            Lifecycle::of(Sandbox::standing(), own).live();
        })*

        const TESTED: &[Category] = &[$(Category::$category),*];
    };
}

products! {
    accounts = Accounts,
    conversations = Conversations,
    events = Events,
    intelligence = Intelligence,
    lookups = Lookups,
    marketplace = Marketplace,
    messaging = Messaging,
    numbers = Numbers,
    routes = Routes,
    serverless = Serverless,
    sip = Sip,
    studio = Studio,
    sync = Sync,
    taskrouter = Taskrouter,
    trunking = Trunking,
    usage = Usage,
    verify = Verify,
    video = Video,
    voice = Voice,
}

#[test]
fn test_tables() {
    Lifecycle::of(Sandbox::with_test_tables(), TABLES.iter()).live();
}

#[test]
fn each_product_has_a_test() {
    let offered: BTreeSet<_> = RESOURCES.iter().map(|table| table.object.category.folder()).collect();
    let tested: BTreeSet<_> = TESTED.iter().map(|category| category.folder()).collect();
    assert_eq!(offered, tested, "the list at the head of tests/acceptance/products.rs");
}

/// How far the configurations of all samples are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    First,
    Changed,
    Removed,
}

/// A product's resources, with everything that they need.
struct Lifecycle {
    sandbox: Sandbox,
    /// The samples of the product.
    own: BTreeSet<&'static str>,
    /// These, and those that they need.
    samples: Vec<&'static Sample>,
    variables: BTreeMap<String, Json>,
    /// The first configurations as Terraform evaluated them, by address.
    first: BTreeMap<String, Json>,
}

impl Lifecycle {
    fn of(sandbox: Sandbox, tables: impl Iterator<Item = &'static Managed>) -> Self {
        let own: BTreeSet<_> = tables.map(|table| table.object.name).collect();
        let mut names: BTreeSet<&str> = own.clone();
        for name in &own {
            let sample = SAMPLES.of(name).unwrap_or_else(|| panic!("{name} has no sample"));
            names.extend(SAMPLES.needed_by(sample).expect("all of it is there"));
        }
        let samples: Vec<_> = names.iter().filter_map(|name| SAMPLES.of(name)).collect();
        let mut lifecycle = Self {
            sandbox,
            own,
            samples,
            variables: BTreeMap::new(),
            first: BTreeMap::new(),
        };
        lifecycle.make_what_no_resource_makes();
        lifecycle
    }

    fn live(mut self) {
        let sandbox = &self.sandbox;
        self.write(&sandbox.terraform, Stage::First);
        sandbox.succeed(&["apply", "-auto-approve", "-no-color"]);
        sandbox.plan_is_empty("after the create");
        sandbox.refresh_finds_nothing("after the create");
        let state = sandbox.terraform.state_json().expect("a state");
        let mut first = BTreeMap::new();
        for sample in &self.samples {
            let address = sample.first().address.to_string();
            first.insert(
                address.clone(),
                resource_in(&state, &address).expect("it is in the state"),
            );
        }
        self.first = first;

        self.write(&self.sandbox.terraform, Stage::Changed);
        self.plan_and_apply("the change", |sample| {
            Some(sample.changes().map(str::to_owned).collect())
        });
        self.drift();
        self.write(&self.sandbox.terraform, Stage::Removed);
        self.plan_and_apply("the removal", |sample| {
            Some(sample.removes().map(str::to_owned).collect()).filter(|_| sample.removed().is_some())
        });
        let state = self.sandbox.terraform.state_json().expect("a state");
        self.import(&state);
        self.generate(&state);
        self.sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
        self.nothing_is_left();
        self.settings_are_reset(&state);
    }

    /// Puts the files of all samples where Terraform reads them.
    fn write(&self, workspace: &Workspace, stage: Stage) {
        let mut main = format!("{REQUIRED_PROVIDERS}\nprovider \"twilio\" {{}}\n");
        for (name, value) in &self.variables {
            let _ = writeln!(main, "variable \"{name}\" {{\n  default = {value}\n}}");
        }
        workspace.write("main.tf", &main).expect("a file");
        for sample in &self.samples {
            let name = &sample.type_name;
            for (file, written, from) in [
                // The name of a type may end in what makes a file an override for Terraform.
                ("resource.tf", format!("{name}_0.tf"), Stage::First),
                ("changed.tf", format!("{name}_1_override.tf"), Stage::Changed),
                ("removed.tf", format!("{name}_2_override.tf"), Stage::Removed),
            ] {
                let path = sample.folder.join(file);
                if from <= stage && path.exists() {
                    let text = fs::read_to_string(&path).expect("a file of a sample");
                    workspace
                        .write(&written, &with_own_variables(sample, &text))
                        .expect("a file");
                }
            }
            sample.copy_other_files(&workspace.path()).expect("a folder");
        }
    }

    /// Plans what each sample changes and nothing else, and applies it.
    fn plan_and_apply(&self, what: &str, changes: impl Fn(&Sample) -> Option<BTreeSet<String>>) {
        let terraform = &self.sandbox.terraform;
        let plan = terraform
            .plan_json(&[])
            .unwrap_or_else(|error| panic!("planning {what}: {error}"));
        let mut seen = BTreeMap::new();
        for change in active_changes(&plan) {
            seen.insert(change["address"].as_str().unwrap_or_default(), &change["change"]);
        }
        for sample in &self.samples {
            let block = sample.removed().unwrap_or_else(|| sample.changed());
            let address = block.address.to_string();
            let change = seen.remove(&*address);
            if let Some(wanted) = changes(sample) {
                let change = change.unwrap_or_else(|| panic!("{what} does not change {address}"));
                check_change(what, &block, change, &wanted);
            } else if let Some(change) = change {
                check_change(what, &block, change, &BTreeSet::new());
            }
            // What stands beside it may refer to something that changes, too.
            for beside in sample.blocks().iter().filter(|beside| beside.address != block.address) {
                seen.retain(|address, change| *address != beside.address.to_string() || !only_follows(beside, change));
            }
        }
        assert!(seen.is_empty(), "{what} touches something else: {seen:#?}");
        self.sandbox.succeed(&["apply", "-no-color", "plan.bin"]);
        self.sandbox.plan_is_empty(&format!("after {what}"));
    }

    /// Somebody changes everything in the Console.
    fn drift(&self) {
        let state = self.sandbox.terraform.state_json().expect("a state");
        let objects = self.sandbox.twilio.objects().expect("the simulator answers");
        let mut shows = BTreeMap::new();
        for sample in &self.samples {
            let table = table_of(sample);
            let address = sample.first().address.to_string();
            let stored = resource_in(&state, &address).expect("it is in the state");
            let mut held = objects.iter().map(Held::of);
            let held = held.find(|held| held.is_a(table) && held.is_of(table, |name| stored[name].as_str()));
            let held = held.unwrap_or_else(|| panic!("{address} is not in Twilio"));
            // What is replaced by its change is not changed by anybody else either.
            let is_replaced = is_replaced(sample);
            if is_replaced || table.object.place.read == Read::Nowhere {
                continue;
            }
            let Some(drift) = sample.drift(&self.first[&address], held.body) else {
                let shown = sample.changes().find(|name| is_offered(table) && is_told(table, name));
                assert_eq!(
                    shown, None,
                    "{address}: sample.hcl says no drift, and something else than changed.tf would show it"
                );
                continue;
            };
            let fields = Json::Object(drift.fields);
            let done = self.sandbox.twilio.change(held.host, held.path, &fields);
            done.unwrap_or_else(|error| panic!("{address}: {error}"));
            shows.insert(sample.type_name.clone(), drift.shows.into_iter().collect());
        }
        if !shows.is_empty() {
            self.plan_and_apply("the drift", |sample| shows.get(&sample.type_name).cloned());
        }
    }

    /// Takes everything over into another state, by blocks beside the same configuration.
    fn import(&self, state: &Json) {
        let elsewhere = self.sandbox.another_workspace();
        self.write(&elsewhere, Stage::Removed);
        let blocks = self.samples.iter().flat_map(|sample| sample.blocks());
        let blocks = blocks.filter(|block| !block.address.is_data);
        let addresses: Vec<_> = blocks.map(|block| block.address.to_string()).collect();
        elsewhere
            .write("imports.tf", &self.imports(state, addresses.iter().cloned()))
            .expect("a file");
        let plan = elsewhere
            .plan_json(&[])
            .unwrap_or_else(|error| panic!("importing: {error}"));
        assert_imported(state, &plan, &addresses);
        for change in active_changes(&plan) {
            let address = change["address"].as_str().unwrap_or_default();
            let type_name = address.split('.').next().unwrap_or_default();
            let table = table_of(SAMPLES.of(type_name).expect("a sample"));
            let changed = changed_attributes(&change["change"]);
            let told: Vec<_> = changed.iter().filter(|name| is_told(table, name)).collect();
            let sample = SAMPLES.of(type_name).expect("a sample");
            let told = match generated::gives_write_only(table.object.fields, &secrets_of(sample)) {
                // The state had the secret, as far as Twilio shows it.
                true => Vec::new(),
                false => told,
            };
            assert_eq!(
                change["change"]["actions"],
                json!(["update"]),
                "importing {address}: {change:#}"
            );
            assert!(told.is_empty(), "importing {address} changes {told:?}: {change:#}");
        }
        let output = elsewhere
            .run(&["apply", "-no-color", "plan.bin"])
            .expect("terraform starts");
        assert_healthy(&output);
        assert_eq!(output.code, 0, "the import failed:\n{}", output.text());
        let output = elsewhere
            .run(&["plan", "-detailed-exitcode", "-no-color"])
            .expect("terraform starts");
        assert_eq!(
            output.code,
            0,
            "the plan after the import is not empty:\n{}",
            output.text()
        );
    }

    /// `-generate-config-out` into an empty folder, with the secrets filled in that nobody is shown: neither the plan that generates
    /// nor the one after may change anything, but for what is given write-only, of which the state has the version alone.
    fn generate(&self, state: &Json) {
        let elsewhere = self.sandbox.another_workspace();
        let own = self.samples.iter().filter(|sample| {
            // No file can be written out of what Twilio shows.
            let table = table_of(sample);
            self.own.contains(&*sample.type_name) && table.upload.is_none() && table.made_of.is_empty()
        });
        let own: BTreeMap<_, _> = own
            .map(|sample| (sample.first().address.to_string(), *sample))
            .collect();
        let addresses: Vec<_> = own.keys().cloned().collect();
        let secrets: BTreeMap<_, _> = own
            .iter()
            .map(|(address, sample)| (address.clone(), secrets_of(sample)))
            .collect();
        let imports = self.imports(state, addresses.iter().cloned());
        let main = format!("{REQUIRED_PROVIDERS}\nprovider \"twilio\" {{}}\n{imports}");
        elsewhere.write("main.tf", &main).expect("a file");
        let output = elsewhere
            .run(&["plan", "-no-color", "-generate-config-out=generated.tf"])
            .expect("terraform starts");
        assert_healthy(&output);
        let fields = |sample: &Sample| table_of(sample).object.fields;
        let incomplete = own.values().filter(|sample| generated::needs_secret(fields(sample)));
        assert_eq!(
            output.text().matches("Error: ").count(),
            incomplete.count(),
            "generating a configuration failed, or lacks no secret:\n{}",
            output.text()
        );
        let text = fs::read_to_string(elsewhere.path().join("generated.tf")).expect("it was generated");
        let known = |address: &str| {
            let sample = own.get(address)?;
            Some((fields(sample), secrets.get(address)?))
        };
        let text = generated::with_secrets(&text, known).expect("it is a configuration");
        elsewhere.write("generated.tf", &text).expect("a file");

        let plan = elsewhere
            .plan_json(&[])
            .unwrap_or_else(|error| panic!("the generated configuration does not plan: {error}\n{text}"));
        assert_imported(state, &plan, &addresses);
        let mut moved = 0;
        for change in active_changes(&plan) {
            let address = change["address"].as_str().unwrap_or_default();
            let is_moved = known(address).is_some_and(|(fields, secrets)| {
                let mut noted = fields.iter().filter(|field| generated::is_only_noted(field));
                generated::gives_write_only(fields, secrets) || noted.any(|field| !secrets[field.name].is_null())
            });
            assert!(
                is_moved && change["change"]["actions"] == json!(["update"]),
                "the generated configuration plans a change: {change:#}\n{text}"
            );
            moved += 1;
        }
        if moved > 0 {
            let output = elsewhere
                .run(&["apply", "-no-color", "plan.bin"])
                .expect("terraform starts");
            assert_healthy(&output);
            assert_eq!(output.code, 0, "secrets cannot be moved out:\n{}", output.text());
            let output = elsewhere
                .run(&["plan", "-detailed-exitcode", "-no-color"])
                .expect("terraform starts");
            assert_eq!(output.code, 0, "the plan after that is not empty:\n{}", output.text());
        }
    }

    /// Blocks that import these.
    fn imports(&self, state: &Json, addresses: impl Iterator<Item = String>) -> String {
        let mut text = String::new();
        for address in addresses {
            let type_name = address.split('.').next().unwrap_or_default();
            let stored = resource_in(state, &address).expect("it is in the state");
            let sample = SAMPLES.of(type_name).expect("a sample");
            let ids = sample.import_ids(&stored, &self.sandbox.handle.account_sid);
            let id = ids.last().expect("an id");
            let _ = writeln!(text, "import {{\n  to = {address}\n  id = {id:?}\n}}");
        }
        text
    }

    fn make_what_no_resource_makes(&mut self) {
        let waits = |sample: &&'static Sample| {
            let table = table_of(sample);
            let mut arguments = table.waits.iter().filter_map(|wait| table.object.field(wait.argument));
            // What is waited for unless the configuration says otherwise, others need.
            arguments.any(|argument| argument.removed() != Removed::Default(Literal::Bool(true)))
        };
        if self.samples.iter().any(waits) {
            // What goes on by itself is the subject of other tests.
            let nothing_moves = json!([{"stays": true}]);
            self.sandbox
                .twilio
                .outcomes(&nothing_moves)
                .expect("the simulator answers");
        }
        for sample in self.samples.clone() {
            let mut own = BTreeMap::from([("account_sid".to_owned(), json!(self.sandbox.handle.account_sid))]);
            for before in &sample.special.before {
                let made = self.sandbox.make(before, &own);
                own.insert(before.name.clone(), json!(made));
            }
            let named = own.into_iter();
            self.variables
                .extend(named.map(|(name, value)| (own_name(sample, &name), value)));
        }
        self.sandbox.remember();
    }

    /// What is reset by a destroy has nothing left of what the configuration set.
    fn settings_are_reset(&self, state: &Json) {
        let objects = self.sandbox.twilio.objects().expect("the simulator answers");
        for sample in &self.samples {
            let table = table_of(sample);
            if table.lifecycle.destroy() != Destroy::Reset || !is_offered(table) {
                continue;
            }
            let address = sample.first().address.to_string();
            let stored = resource_in(state, &address).expect("it is in the state");
            let mut held = objects.iter().map(Held::of);
            let held = held.find(|held| held.is_a(table) && held.is_of(table, |name| stored[name].as_str()));
            let Some(held) = held else {
                // It goes with what it is a part of.
                assert!(!table.object.parents.is_empty(), "{address} is always there");
                continue;
            };
            let mut compared = 0;
            for field in table.object.fields {
                // What it goes by is no setting of it.
                if table.object.id_parts().any(|part| part == field.name) {
                    continue;
                }
                let (was, is) = (
                    &stored[field.name],
                    &held.body[&*field.read_path(table.object.spelling)],
                );
                let is_reset = match field.removed() {
                    Removed::Clear(_) => is != was,
                    // What Twilio has none of is as it was made.
                    Removed::Default(Literal::Text(text)) => is == text || is.is_null(),
                    Removed::Default(Literal::Bool(truth)) => is == truth || is.is_null(),
                    _ => continue,
                };
                if was.is_null() || !is_told(table, field.name) {
                    continue;
                }
                compared += 1;
                assert!(
                    is_reset,
                    "{address} is destroyed, and Twilio still has {is} in {}",
                    field.name
                );
            }
            assert!(
                compared > 0,
                "{address}: the sample ends with nothing that a destroy takes off"
            );
        }
    }

    /// What is always there, and what was there before, may stay.
    fn nothing_is_left(&self) {
        let objects = self.sandbox.twilio.objects().expect("the simulator answers");
        let may_stay = |object: &&Json| {
            let mut tables = self.samples.iter().map(|sample| table_of(sample));
            object["body"]["archived"] == true
                || tables.any(|table| table.lifecycle.is_there_before() && Held::of(object).is_a(table))
        };
        let staying: Vec<_> = objects.iter().filter(may_stay).collect();
        // What Twilio itself makes for settings is named by them, or stands below what is.
        let bodies = staying.iter().filter_map(|object| object["body"].as_object());
        let named: BTreeSet<&str> = bodies
            .flat_map(|body| body.iter())
            .filter(|(name, _)| name.ends_with("_sid"))
            .filter_map(|(_, value)| value.as_str())
            .filter(|sid| *sid != self.sandbox.handle.account_sid)
            .collect();
        let staying: BTreeSet<_> = staying.into_iter().map(Sandbox::label).collect();
        let mut left = self.sandbox.left();
        left.retain(|label| !staying.contains(label) && !named.iter().any(|sid| label.contains(sid)));
        assert!(left.is_empty(), "left in Twilio: {left:#?}");
    }
}

/// A plan that imports these has all of them, each as it is stored here, as far as Twilio shows it.
fn assert_imported(state: &Json, plan: &Json, addresses: &[String]) {
    let changes = plan["resource_changes"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let imports = changes
        .iter()
        .filter(|change| change["change"]["importing"].is_object());
    let mut imports: BTreeMap<_, _> = imports.map(|change| (change["address"].as_str(), change)).collect();
    for address in addresses {
        let Some(import) = imports.remove(&Some(address.as_str())) else {
            panic!("{address} is not imported: {plan:#}");
        };
        let stored = resource_in(state, address).expect("it is in the state");
        let type_name = address.split('.').next().unwrap_or_default();
        let table = table_of(SAMPLES.of(type_name).expect("a sample"));
        for (name, value) in stored.as_object().into_iter().flatten() {
            // What parts were made here, and of which content, no response has.
            let mut deviations = table.object.deviations.iter();
            if !table.made_of.is_empty() && deviations.any(|one| one.name == name && one.from == Norm::Responses) {
                continue;
            }
            let is_shown = match table.object.field(name) {
                // What was uploaded the engine itself says.
                Some(field) => {
                    is_offered(table)
                        && field.source == Source::Response
                        && !field.normalised
                        && !matches!(field.role, Role::FileHash)
                }
                None => ["id", "sid", "account_sid"].contains(&name.as_str()),
            };
            let imported = &import["change"]["before"][name];
            // Of two ways to say the same the state has the one that is configured, and an import tells both.
            let is_another_way = value.is_null() && is_said_otherwise(table, name, stored.as_object());
            assert!(
                !is_shown || imported == value || is_another_way,
                "importing {address}: {name} is {imported} and was {value}"
            );
        }
    }
}

/// Whether one of those is set in place of which an attribute can be.
fn is_said_otherwise(table: &Managed, name: &str, stored: Option<&serde_json::Map<String, Json>>) -> bool {
    let is_set = |other: &&str| stored.is_some_and(|stored| !stored[*other].is_null());
    table.rules.iter().any(|rule| match rule {
        Rule::ExactlyOneOf(names) | Rule::AtLeastOneOf(names) => names.contains(&name) && names.iter().any(is_set),
        _ => false,
    })
}

/// Whether a change is only of what refers to something else.
fn only_follows(block: &Block, change: &Json) -> bool {
    let referring: BTreeSet<_> = block.referring().collect();
    let configured = |name: &&String| block.attributes.iter().any(|(configured, _)| configured == *name);
    let changed = changed_attributes(change);
    changed
        .iter()
        .filter(configured)
        .all(|name| referring.contains(name.as_str()))
}

/// A change must be of these attributes, and may be of what refers to something that changes too.
fn check_change(what: &str, block: &Block, change: &Json, wanted: &BTreeSet<String>) {
    let sample = SAMPLES.of(&block.address.type_name).expect("a sample");
    let table = table_of(sample);
    let is_stored = |name: &&String| {
        let field = table.object.field(name);
        field.is_some_and(|field| field.role != Role::FileContent)
    };
    let wanted: BTreeSet<_> = wanted.iter().filter(is_stored).collect();
    let replaces = what == "the change" && is_replaced(sample);
    let actions = change["actions"].as_array().map_or(0, Vec::len);
    assert_eq!(
        actions,
        if replaces { 2 } else { 1 },
        "{what} of {}: {change:#}",
        block.address
    );
    let changed = changed_attributes(change);
    let configurable = |name: &&String| {
        let field = table.object.field(name);
        field.is_some_and(|field| field.presence() != Presence::Computed)
    };
    let changed: BTreeSet<_> = changed.iter().filter(configurable).collect();
    let missing: Vec<_> = wanted.difference(&changed).collect();
    let referring: BTreeSet<_> = block.referring().map(str::to_owned).collect();
    let more: Vec<_> = changed
        .difference(&wanted)
        .filter(|name| !replaces && !referring.contains(**name))
        .collect();
    assert!(
        missing.is_empty() && more.is_empty(),
        "{what} of {} does not change {missing:?}, and changes {more:?} too: {change:#}",
        block.address
    );
}

/// Whether the change of a sample makes another object.
fn is_replaced(sample: &Sample) -> bool {
    let table = table_of(sample);
    let mut changes = sample.changes();
    table.lifecycle.update() == UpdateStyle::Never
        || changes.any(|name| table.object.field(name).is_some_and(|field| field.replaces()))
}

/// Whether users have it. What is special about the test tables has tests of its own.
fn is_offered(table: &Managed) -> bool {
    RESOURCES.iter().any(|offered| offered.object.name == table.object.name)
}

/// Whether an import knows it.
fn is_told(table: &Managed, name: &str) -> bool {
    table.object.field(name).is_some_and(|field| {
        field.source == Source::Response && field.presence() != Presence::Computed && !field.normalised
    })
}

fn table_of(sample: &Sample) -> &'static Managed {
    let mut tables = RESOURCES.iter().chain(TABLES);
    let found = tables.find(|table| table.object.name == sample.type_name);
    found.unwrap_or_else(|| panic!("{} is not offered", sample.type_name))
}

/// The arguments of a sample, as it ends, that have a secret in them.
fn secrets_of(sample: &Sample) -> Json {
    let table = table_of(sample);
    let mut block = sample.removed().unwrap_or_else(|| sample.changed());
    block.attributes.retain(|(name, _)| {
        let mut fields = table.object.fields.iter().filter(|field| generated::has_secret(field));
        fields.any(|field| {
            name == field.name || *name == write_only_name(field.name) || *name == version_name(field.name)
        })
    });
    let secrets = block.evaluate(&Scope::default(), &sample.folder);
    secrets.unwrap_or_else(|error| panic!("a secret of a sample refers to nothing: {error:#}"))
}

/// The name of a sample's variable among those of all.
pub fn own_name(sample: &Sample, name: &str) -> String {
    format!("{}_{name}", sample.type_name)
}

/// The text of a file of a sample, with those names.
pub fn with_own_variables(sample: &Sample, text: &str) -> String {
    static VARIABLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bvar\.(\w+)").expect("a pattern"));
    let own = |found: &regex::Captures<'_>| format!("var.{}", own_name(sample, &found[1]));
    VARIABLE.replace_all(text, own).into_owned()
}
