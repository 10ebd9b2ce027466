//! A life of one object that is more than its sample's: create, nothing to do, change, take an attribute out, drift, import in
//! three ways, adopt, destroy. What every resource does is in `products`.

use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::Managed;
use terraform_provider_twilio::provider::offered::RESOURCES;
use xtask::terraform::REQUIRED_PROVIDERS;

use crate::sandbox::{Sandbox, assert_healthy};

/// What must exist first: name, host, collection and fields.
pub type Need = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// The configurations of one object: what stands in its block. `{name}` is the SID of the need of that name, `{account}` the
/// account's.
pub struct Case {
    /// Its type.
    pub kind: &'static str,
    /// What must exist first.
    pub needs: &'static [Need],
    /// The first configuration.
    pub config: &'static str,
    /// The same with a change.
    pub changed: &'static str,
    /// The attributes which that change changes in place, sorted: the plan must show these and nothing else. Nothing where it
    /// replaces.
    pub changes: &'static [&'static str],
    /// Attributes that Twilio changes with every update, so that every plan shows them as known after apply.
    pub volatile: &'static [&'static str],
    /// The changed configuration without an optional attribute, or with less in it.
    pub removed: Option<&'static str>,
    /// A change behind Terraform's back.
    pub drift: Option<Drift>,
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

/// A sandbox with the needs, and what fills their names in.
pub fn sandbox_with(needs: &[Need]) -> (Sandbox, impl Fn(&str) -> String + use<>) {
    let mut sandbox = Sandbox::with_test_tables();
    let fill = make_needs(&mut sandbox, needs);
    (sandbox, fill)
}

/// Makes the needs, and returns what fills their names in.
pub fn make_needs(sandbox: &mut Sandbox, needs: &[Need]) -> impl Fn(&str) -> String + use<> {
    let mut made = vec![("account", sandbox.handle.account_sid.clone())];
    let fill = |made: &[(&str, String)], text: &str| {
        let names = made.iter();
        names.fold(text.to_owned(), |text, (name, sid)| {
            text.replace(&format!("{{{name}}}"), sid)
        })
    };
    for (name, host, collection, fields) in needs {
        let fields: serde_json::Map<_, _> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!(value)))
            .collect();
        let new = json!({"host": host, "collection": fill(&made, collection), "fields": fields});
        let object = sandbox.twilio.add(&new).expect("it can be added");
        let key = object["sid"].as_str().or(object["key"].as_str());
        made.push((name, key.expect("a SID, or another key").to_owned()));
    }
    sandbox.remember();
    move |text: &str| fill(&made, text)
}

impl Case {
    /// What most have none of.
    pub const NEW: Self = Self {
        kind: "",
        needs: &[],
        config: "",
        changed: "",
        changes: &[],
        volatile: &[],
        removed: None,
        drift: None,
    };

    /// Where it is in the configuration.
    pub fn address(&self) -> String {
        format!("{}.test", self.kind)
    }

    /// A block with this in it.
    pub fn block(&self, body: &str) -> String {
        format!("resource \"{}\" \"test\" {{\n{body}\n}}\n", self.kind)
    }

    /// Lives the whole life. Returns the sandbox as it is afterwards, and the last state.
    pub fn live(&self) -> (Sandbox, Json) {
        let (sandbox, fill) = sandbox_with(self.needs);
        let address = self.address();
        sandbox.apply(&self.block(&fill(self.config)));
        sandbox.plan_is_empty("after the create");
        sandbox.refresh_finds_nothing("after the create");

        let changed = self.block(&fill(self.changed));
        sandbox.configure(&changed);
        let change = self.planned(&sandbox, "the change");
        match self.changes {
            [] => assert_ne!(change["actions"], json!(["update"]), "{change:#}"),
            changes => assert_eq!(self.updated(&change), changes),
        }
        sandbox.apply(&changed);
        sandbox.plan_is_empty("after the change");

        if let Some(removed) = self.removed {
            sandbox.apply(&self.block(&fill(removed)));
            sandbox.plan_is_empty("after an optional attribute was taken out");
        }
        let last = fill(self.removed.unwrap_or(self.changed));
        if let Some(drift) = &self.drift {
            let value: Json = serde_json::from_str(drift.value).expect("the drift is JSON");
            let path = self::fill(drift.path, &sandbox.resource(&address));
            sandbox
                .twilio
                .change(drift.host, &path, &json!({ drift.field: value }))
                .expect("the object can be changed");
            assert_eq!(self.updated(&self.planned(&sandbox, "the drift")), [drift.attribute]);
            sandbox.apply(&self.block(&last));
            sandbox.plan_is_empty("after the drift was repaired");
        }
        import_by_command(&sandbox, &address);
        import_by_block(&sandbox, &address);
        self.adopt(&sandbox, &last);
        let stored = sandbox.resource(&address);
        sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
        (sandbox, stored)
    }

    /// The one change of a plan, which must be of this resource.
    fn planned(&self, sandbox: &Sandbox, what: &str) -> Json {
        let plan = sandbox.terraform.plan_json(&[]);
        let plan = plan.unwrap_or_else(|error| panic!("planning {what}: {error}"));
        let changes: Vec<_> = active_changes(&plan).collect();
        let [change] = changes[..] else {
            panic!("{what} plans to touch more or less than one object: {changes:#?}");
        };
        assert_eq!(change["address"], self.address(), "{what}");
        change["change"].clone()
    }

    /// The attributes that are changed in place.
    fn updated(&self, change: &Json) -> Vec<String> {
        assert_eq!(change["actions"], json!(["update"]), "{change:#}");
        let mut changed = changed_attributes(change);
        changed.retain(|name| !self.volatile.contains(&name.as_str()));
        changed
    }

    /// Loses the state, as a process does that dies before it is written, and takes the object over by its name.
    fn adopt(&self, sandbox: &Sandbox, body: &str) {
        if table_of(self.kind).object.field("adopt_existing").is_none() {
            return;
        }
        let before = sandbox.resource(&self.address())["id"].clone();
        let alive = sandbox.living();
        sandbox.succeed(&["state", "rm", &self.address()]);
        sandbox.apply(&self.block(&format!("{body}\nadopt_existing = true")));
        sandbox.plan_is_empty("after the adoption");
        assert_eq!(sandbox.resource(&self.address())["id"], before);
        assert_eq!(sandbox.living(), alive, "no second one was made");
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

/// `-generate-config-out` into an empty folder, with the secrets filled in that the state has: neither the plan that generates nor
/// the one after may change anything.
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
    let text = std::fs::read_to_string(elsewhere.path().join("generated.tf")).expect("it was generated");
    let kind = address.split('.').next().unwrap_or_default();
    let text = xtask::generated::with_secrets(&text, |_| Some((table_of(kind).object.fields, &stored)));
    let text = text.expect("it is a configuration");
    elsewhere.write("generated.tf", &text).expect("it can be written");
    let plan = elsewhere.plan_json(&[]).expect("the generated configuration plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    assert!(
        changes.is_empty(),
        "the generated configuration plans changes: {changes:#?}\n{text}"
    );
}

fn table_of(kind: &str) -> &'static Managed {
    let mut tables = RESOURCES.iter().chain(crate::tables::TABLES);
    tables.find(|table| table.object.name == kind).expect("it is offered")
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
