//! From the path of a request to the object that it names, checking that everything above it exists.

use crate::contract::{Contract, Resource, Route};
use crate::error::ApiError;
use crate::facts::{conflicts, other_keys, parents};
use crate::store::{Object, Store};

use super::alias;

/// Where a request points, in stored spelling.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// The resource that holds the objects.
    pub resource: &'static Resource,
    /// Concrete path, natural keys above replaced by SIDs, aliases by their holders, `.json` dropped.
    pub path: String,
    /// Path parameters above the object, under the holder's names.
    pub above: Vec<(String, String)>,
}

/// Finds what a request points at.
///
/// # Errors
/// 404/20404 naming the requested path if an object above does not exist.
pub(crate) fn target(store: &Store, account: &str, route: &Route, requested: &str) -> Result<Target, ApiError> {
    let own = Contract::published()
        .resource_of(&route.host, route.operation)
        .ok_or_else(|| ApiError::not_found(requested))?;
    let holder = alias::holder(own);
    let service = alias::default_service(store, account);
    let template: Vec<&str> = route.operation.template().split('/').collect();
    // A key may be escaped in more than one way; objects are stored under one of them.
    let mut segments: Vec<String> = route.path.split('/').map(respelled).collect();
    let instance_depth = own.template.split('/').count();
    for depth in 1..template.len() {
        if !template[depth].starts_with('{') || depth >= instance_depth {
            continue;
        }
        let Some(parent) = Contract::published().resource(&route.host, &template[..depth].join("/")) else {
            continue;
        };
        let parent_holder = alias::holder(parent);
        if is_account(parent_holder) || !parent_holder.has_create() || parent_holder.is_single() {
            continue;
        }
        let path = alias::holder_path(parent, parent_holder, &segments[..=depth].join("/"), service);
        match find(store, account, parent_holder, &path) {
            Some(object) => segments[depth].clone_from(&encoded(object)),
            None => {
                let is_instance = template.len() > instance_depth;
                return Err(parents::parent_gone(holder, parent_holder, is_instance, requested));
            }
        }
    }
    let path = alias::holder_path(own, holder, &segments.join("/"), service);
    let above = holder
        .template
        .split('/')
        .zip(path.split('/'))
        .filter_map(|(name, value)| {
            let name = name.strip_prefix('{')?.strip_suffix('}')?;
            let value = percent_encoding::percent_decode_str(value)
                .decode_utf8_lossy()
                .into_owned();
            Some((name.to_owned(), value))
        })
        .collect();
    Ok(Target {
        resource: holder,
        path,
        above,
    })
}

/// The object at a path; also by unique name or identity where the path has that instead of the SID.
pub(crate) fn find<'s>(store: &'s Store, account: &str, resource: &Resource, path: &str) -> Option<&'s Object> {
    if let Some(object) = store.find(&resource.host, account, path) {
        return Some(object);
    }
    if let Some(field) = other_keys::field(resource) {
        let (collection, last) = path.rsplit_once('/')?;
        let last = percent_encoding::percent_decode_str(last).decode_utf8_lossy();
        let mut named = store.members_with(&resource.host, account, collection, field, &*last);
        return named.next();
    }
    // A path parameter with a published SID pattern takes nothing else.
    if resource.key_field().is_some_and(|field| !field.sid.is_empty()) {
        return None;
    }
    let (collection, last) = path.rsplit_once('/')?;
    let last = percent_encoding::percent_decode_str(last).decode_utf8_lossy();
    let found = store.first_with_any(&resource.host, account, collection, &NAMES, &last)?;
    if conflicts::holds_name(found) {
        return Some(found);
    }
    // The name has another holder now, or none.
    let mut named = store.members_with(&resource.host, account, collection, "unique_name", &*last);
    named.find(|object| conflicts::holds_name(object))
}

/// Fields whose text may stand in a path in place of a SID.
const NAMES: [&str; 5] = ["unique_name", "identity", "uniqueName", "sid", "id"];

fn respelled(segment: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(segment).decode_utf8_lossy();
    percent_encoding::utf8_percent_encode(&decoded, super::SEGMENT).to_string()
}

fn encoded(object: &Object) -> String {
    object.path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Accounts are checked by authentication, not as parents.
fn is_account(resource: &Resource) -> bool {
    resource.host == "api.twilio.com" && resource.template == "/2010-04-01/Accounts"
}
