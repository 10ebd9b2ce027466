//! Configurations of plugins: each lists the versions that it was made of, with what they and their plugins are.
//! <https://www.twilio.com/docs/flex/developer/plugins/api/plugin-configuration>

use serde_json::Value;

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::{Contract, OperationKind};
use crate::error::ApiError;
use crate::generic::serve;
use crate::params::Params;
use crate::store::{Body, Object};

/// In which phase a plugin is loaded that names none; that of all samples.
const PHASE: i64 = 3;

const RELEASES: &str = "/v1/PluginService/Releases";
const VERSIONS: &str = "/v1/PluginService/Plugins/{PluginSid}/Versions";

/// Configurations.
pub struct Configurations;

impl Behaviour for Configurations {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        for (version, _) in named(params)? {
            if find(ctx, &version).is_none() {
                let why = format_args!("{version} is no version of a plugin");
                return Err(ApiError::invalid_parameter("Plugins", why));
            }
        }
        Ok(())
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        let account = object.account.clone();
        for (version, phase) in named(params)? {
            let Some(mut fields) = find(ctx, &version) else {
                continue;
            };
            fields.insert("phase".into(), phase.into());
            fields.insert("configuration_sid".into(), object.key.as_str().into());
            let collection = format!("{}/Plugins", object.path);
            if let Some(entry) = ctx.new_object(HOST, &account, &collection, fields) {
                ctx.state.store.insert(entry);
            }
        }
        Ok(())
    }
}

/// Releases. The newest is the active one, and may be asked for by that word.
pub struct Releases;

impl Behaviour for Releases {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let asked = ctx.path_param("Sid").unwrap_or_default();
        if ctx.operation().kind != OperationKind::Read || !asked.eq_ignore_ascii_case("active") {
            return Ok(None);
        }
        let mut releases = ctx.state.store.members(HOST, ctx.account, RELEASES);
        let newest = releases.next_back();
        let newest = newest.ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
        let resource = Contract::published().resource(HOST, RELEASES);
        Ok(resource.map(|resource| serve::answer(ctx, resource, newest)))
    }
}

/// Versions and phases that are named: JSON objects, each in a parameter of its own or all in one list.
fn named(params: &Params) -> Outcome<Vec<(String, i64)>> {
    let mut entries = Vec::new();
    if let Some(sent) = params.value("Plugins") {
        flatten(sent, &mut entries);
    }
    let read = |entry: &Value| {
        let version = entry.get("plugin_version").and_then(Value::as_str)?;
        let phase = entry.get("phase").map_or(Some(PHASE), |phase| {
            phase.as_i64().or_else(|| phase.as_str()?.parse().ok())
        })?;
        Some((version.to_owned(), phase))
    };
    let named = entries.iter().map(read).collect::<Option<Vec<_>>>();
    named.ok_or_else(|| {
        ApiError::invalid_parameter("Plugins", r#"objects such as {"plugin_version": "FV…", "phase": 3}"#)
    })
}

fn flatten(sent: &Value, entries: &mut Vec<Value>) {
    match sent {
        Value::Array(items) => items.iter().for_each(|item| flatten(item, entries)),
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(value @ (Value::Array(_) | Value::Object(_))) => flatten(&value, entries),
            _ => entries.push(sent.clone()),
        },
        other => entries.push(other.clone()),
    }
}

/// What a configuration shows of a version and its plugin.
fn find(ctx: &Ctx<'_>, version: &str) -> Option<Body> {
    let store = &ctx.state.store;
    let mut versions = store.kind_with(HOST, VERSIONS, "sid", version);
    let version = versions.find(|version| version.account == ctx.account)?;
    let plugin = version.collection.strip_suffix("/Versions")?;
    let plugin = store.find(HOST, ctx.account, plugin)?;
    let of = |object: &Object, name: &str| object.body.get(name).cloned().unwrap_or_default();
    Some(Body::from_iter([
        ("plugin_sid".to_owned(), of(plugin, "sid")),
        ("unique_name".to_owned(), of(plugin, "unique_name")),
        ("friendly_name".to_owned(), of(plugin, "friendly_name")),
        ("description".to_owned(), of(plugin, "description")),
        ("plugin_archived".to_owned(), of(plugin, "archived")),
        ("plugin_version_sid".to_owned(), of(version, "sid")),
        ("version".to_owned(), of(version, "version")),
        ("plugin_url".to_owned(), of(version, "plugin_url")),
        ("changelog".to_owned(), of(version, "changelog")),
        ("plugin_version_archived".to_owned(), of(version, "archived")),
        ("private".to_owned(), of(version, "private")),
    ]))
}
