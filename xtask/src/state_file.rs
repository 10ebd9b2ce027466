//! The state file that Terraform keeps in a folder, read as it is: `terraform show -json` starts the provider to show the same, which is
//! a fifth of what an acceptance test runs.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value as Json;

/// The only format that Terraform 1 writes.
const VERSION: u64 = 4;

/// A state of the default workspace.
#[derive(Debug)]
pub struct StateFile(Json);

impl StateFile {
    /// Of a folder in which something was applied.
    ///
    /// # Errors
    /// When there is none, or it has another format.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("terraform.tfstate");
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("{} is no state", path.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        let state: Json = serde_json::from_str(text)?;
        anyhow::ensure!(state["version"] == VERSION, "its version is {}", state["version"]);
        Ok(Self(state))
    }

    /// The attributes of an instance by its address, as `module.a["x"].twilio_queue.b[0]` or `data.twilio_account.c`. What is deposed
    /// has no address, and a value whose schema leaves its type open stands there with it.
    pub fn resource(&self, address: &str) -> Option<&Json> {
        let resources = self.0["resources"].as_array()?;
        resources.iter().find_map(|resource| {
            let rest = address.strip_prefix(&address_of(resource))?;
            let mut instances = resource["instances"].as_array()?.iter();
            let found = instances
                .find(|instance| instance.get("deposed").is_none() && index_of(instance).as_deref() == Some(rest))?;
            Some(&found["attributes"])
        })
    }

    /// The value of an output.
    pub fn output(&self, name: &str) -> Option<&Json> {
        self.0["outputs"].get(name)?.get("value")
    }
}

fn address_of(resource: &Json) -> String {
    let text = |name: &str| resource[name].as_str().unwrap_or_default();
    let module = match text("module") {
        "" => String::new(),
        module => format!("{module}."),
    };
    let data = if text("mode") == "data" { "data." } else { "" };
    format!("{module}{data}{}.{}", text("type"), text("name"))
}

/// What stands behind the address of a resource with `count` or `for_each`.
fn index_of(instance: &Json) -> Option<String> {
    match instance.get("index_key") {
        None => Some(String::new()),
        Some(key) if key.is_u64() || key.is_string() => Some(format!("[{key}]")),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_instance_is_found_by_its_address_and_by_nothing_else() {
        let state = json!({
            "version": 4,
            "outputs": {"name": {"value": "x", "type": "string"}},
            "resources": [
                {"mode": "managed", "type": "twilio_queue", "name": "one", "instances": [
                    {"deposed": "00000000", "attributes": {"sid": "old"}},
                    {"attributes": {"sid": "new"}},
                ]},
                {"mode": "data", "type": "twilio_queue", "name": "one", "instances": [{"attributes": {"sid": "read"}}]},
                {"module": "module.m[\"a.b\"]", "mode": "managed", "type": "twilio_queue", "name": "one", "instances": [
                    {"index_key": 0, "attributes": {"sid": "first"}},
                    {"index_key": "k", "attributes": {"sid": "keyed"}},
                ]},
            ],
        });
        let state = StateFile::parse(&state.to_string()).expect("a state");
        let sid = |address: &str| state.resource(address).map(|found| found["sid"].clone());
        assert_eq!(sid("twilio_queue.one"), Some(json!("new")));
        assert_eq!(sid("data.twilio_queue.one"), Some(json!("read")));
        assert_eq!(sid("module.m[\"a.b\"].twilio_queue.one[0]"), Some(json!("first")));
        assert_eq!(sid("module.m[\"a.b\"].twilio_queue.one[\"k\"]"), Some(json!("keyed")));
        for address in [
            "twilio_queue.on",
            "twilio_queue.one[0]",
            "module.m[\"a.b\"].twilio_queue.one",
            "queue.one",
        ] {
            assert_eq!(sid(address), None, "{address}");
        }
        assert_eq!(state.output("name"), Some(&json!("x")));
        assert_eq!(state.output("other"), None);
    }

    #[test]
    fn another_format_is_refused() {
        let error = StateFile::parse(r#"{"version": 5}"#).expect_err("not this one");
        assert_eq!(error.to_string(), "its version is 5");
    }
}
