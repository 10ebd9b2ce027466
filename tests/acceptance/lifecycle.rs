//! A life of one object that is more than its sample's: create, nothing to do, change in place, take an attribute out, drift,
//! import in three ways, destroy, nothing left. What every resource does is in `products`.

use serde_json::{Value as Json, json};
use terraform_provider_twilio::provider::offered::RESOURCES;
use xtask::terraform::REQUIRED_PROVIDERS;

use crate::sandbox::{Sandbox, assert_healthy};

/// The configurations of one resource, with everything it depends on.
pub struct Case {
    /// Address of the resource under test.
    pub address: &'static str,
    /// The first configuration.
    pub config: &'static str,
    /// The same with something changed that changes in place.
    pub changed: &'static str,
    /// The attributes which that change changes, sorted: the plan must show these and nothing else.
    pub changes: &'static [&'static str],
    /// Attributes that Twilio changes with every update, so that every plan shows them as known after apply.
    pub volatile: &'static [&'static str],
    /// The changed configuration without an optional attribute, or with less in it.
    pub removed: &'static str,
    /// A change behind Terraform's back.
    pub drift: Drift,
}

/// A change that somebody makes in the Console.
pub struct Drift {
    /// Host of the product.
    pub host: &'static str,
    /// Path of the object, with `{attribute}` from the state.
    pub path: &'static str,
    /// Twilio's field.
    pub field: &'static str,
    /// Its new value, as JSON.
    pub value: &'static str,
    /// The attribute in which the plan must show it.
    pub attribute: &'static str,
}

impl Case {
    /// Lives the whole life in this sandbox.
    pub fn run_in(&self, sandbox: &Sandbox) {
        sandbox.apply(self.config);
        sandbox.plan_is_empty("after the create");
        sandbox.refresh_finds_nothing("after the create");

        sandbox.configure(self.changed);
        assert_eq!(self.planned_changes(sandbox, "the change"), self.changes);
        sandbox.apply(self.changed);
        sandbox.plan_is_empty("after the change");

        sandbox.apply(self.removed);
        sandbox.plan_is_empty("after an optional attribute was taken out");

        self.drift(sandbox);
        import_by_command(sandbox, self.address);
        import_by_block(sandbox, self.address);
        self.adopt(sandbox);

        sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
        sandbox.nothing_is_left();
    }

    /// The attributes that a plan changes, which must be an update in place of this resource alone.
    fn planned_changes(&self, sandbox: &Sandbox, what: &str) -> Vec<String> {
        let plan = sandbox
            .terraform
            .plan_json(&[])
            .unwrap_or_else(|error| panic!("planning {what}: {error}"));
        let changes: Vec<_> = active_changes(&plan).collect();
        assert_eq!(
            changes.len(),
            1,
            "{what} plans to touch more or less than one object: {changes:#?}"
        );
        assert_eq!(changes[0]["address"], self.address, "{what}");
        assert_eq!(changes[0]["change"]["actions"], json!(["update"]), "{what}");
        let mut changed = changed_attributes(&changes[0]["change"]);
        changed.retain(|name| !self.volatile.contains(&name.as_str()));
        changed
    }

    /// Loses the state, as a process does that dies before it is written, and takes the object over by its name.
    fn adopt(&self, sandbox: &Sandbox) {
        let (kind, name) = self.address.split_once('.').expect("an address");
        let table = (RESOURCES.iter().chain(crate::tables::TABLES))
            .find(|table| table.object.name == kind)
            .expect("it is offered");
        if table.object.field("adopt_existing").is_none() {
            return;
        }
        let before = sandbox.resource(self.address)["sid"].clone();
        let alive = sandbox.living();
        sandbox.succeed(&["state", "rm", self.address]);
        let block = format!("resource \"{kind}\" \"{name}\" {{");
        assert!(self.removed.contains(&block), "{kind} is configured as {block}");
        sandbox.apply(
            &self
                .removed
                .replacen(&block, &format!("{block}\n adopt_existing = true\n"), 1),
        );
        sandbox.plan_is_empty("after the adoption");
        assert_eq!(sandbox.resource(self.address)["sid"], before);
        assert_eq!(sandbox.living(), alive, "no second one was made");
    }

    fn drift(&self, sandbox: &Sandbox) {
        let drift = &self.drift;
        let value: Json = serde_json::from_str(drift.value).expect("the drift is JSON");
        let path = fill(drift.path, &sandbox.resource(self.address));
        sandbox
            .twilio
            .change(drift.host, &path, &json!({ drift.field: value }))
            .expect("the object can be changed");
        assert_eq!(self.planned_changes(sandbox, "the drift"), [drift.attribute]);
        sandbox.apply(self.removed);
        sandbox.plan_is_empty("after the drift was repaired");
    }
}

/// Takes the object out of the state and imports it by its account and id, and by the id alone where that means the same.
pub fn import_by_command(sandbox: &Sandbox, address: &str) {
    let stored = sandbox.resource(address);
    let id = stored["id"].as_str().expect("every resource has an id").to_owned();
    // Where the SID is another object's, the parent's stands before it.
    let sid = stored["sid"].as_str().unwrap_or(&id);
    assert!(id == sid || id.ends_with(&format!("/{sid}")), "{address}: {id}");
    // The id alone means the provider's own account.
    let alone = (stored["account_sid"] == sandbox.handle.account_sid.as_str()).then_some(id);
    for id in [Some(import_id(&stored)), alone].into_iter().flatten() {
        sandbox.succeed(&["state", "rm", address]);
        sandbox.succeed(&["import", "-no-color", address, &id]);
        sandbox.plan_is_empty(&format!("after importing {id}"));
    }
}

/// What `terraform import` takes for a stored object, whatever account it is in.
fn import_id(stored: &Json) -> String {
    let text = |name: &str| stored[name].as_str().expect("every resource has it").to_owned();
    let id = text("id");
    if id.starts_with("AC") {
        return id;
    }
    format!("{}/{id}", text("account_sid"))
}

/// `-generate-config-out` into an empty folder: neither the plan that generates nor the one after may change anything.
pub fn import_by_block(sandbox: &Sandbox, address: &str) {
    let stored = sandbox.resource(address);
    let id = import_id(&stored);
    let elsewhere = sandbox.another_workspace();
    let import = format!(
        "{REQUIRED_PROVIDERS}\nprovider \"twilio\" {{}}\nimport {{\n  to = {}\n  id = \"{id}\"\n}}\n",
        address
    );
    elsewhere.write("main.tf", &import).expect("main.tf can be written");
    let output = elsewhere
        .run(&["plan", "-no-color", "-generate-config-out=generated.tf"])
        .expect("terraform starts");
    assert_healthy(&output);
    assert_eq!(output.code, 0, "generating a configuration failed:\n{}", output.text());
    let plan = elsewhere.plan_json(&[]).expect("the generated configuration plans");
    let generated = std::fs::read_to_string(elsewhere.path().join("generated.tf")).unwrap_or_default();
    let changes: Vec<_> = active_changes(&plan).collect();
    assert!(
        changes.is_empty(),
        "the generated configuration plans changes: {changes:#?}\n{generated}"
    );
}

/// The changes of a plan that do something.
pub fn active_changes(plan: &Json) -> impl Iterator<Item = &Json> {
    let changes = plan["resource_changes"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    changes.iter().filter(|change| {
        let actions = &change["change"]["actions"];
        *actions != json!(["no-op"]) && *actions != json!(["read"])
    })
}

/// Names of the attributes that a change changes or makes unknown, sorted.
pub fn changed_attributes(change: &Json) -> Vec<String> {
    let empty = serde_json::Map::new();
    let fields = |part: &str| change[part].as_object().unwrap_or(&empty).clone();
    let (before, after, unknown) = (fields("before"), fields("after"), fields("after_unknown"));
    let is_unknown = |name: &String| unknown.get(name).is_some_and(has_true);
    let mut names: Vec<_> = before
        .keys()
        .chain(after.keys())
        .chain(unknown.keys())
        .filter(|name| is_unknown(name) || before.get(*name) != after.get(*name))
        .cloned()
        .collect();
    names.sort();
    names.dedup();
    names
}

fn has_true(value: &Json) -> bool {
    match value {
        Json::Bool(truth) => *truth,
        Json::Array(items) => items.iter().any(has_true),
        Json::Object(fields) => fields.values().any(has_true),
        _ => false,
    }
}

/// Puts stored attributes into a path.
pub fn fill(template: &str, stored: &Json) -> String {
    let fields = stored.as_object().into_iter().flatten();
    fields.fold(template.to_owned(), |path, (name, value)| {
        path.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default())
    })
}
