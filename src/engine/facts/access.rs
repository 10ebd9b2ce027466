//! Which requests something makes, and which permissions of a restricted key allow them.
//!
//! A permission is `/twilio/<product>/<resource>/<action>`; reading one object and listing many are two. The names follow neither
//! hosts nor paths, so `permissions.tsv` has each with the requests that it allows: those that Twilio's pages and the responses of its API
//! name. What is not there cannot be granted, as far as anybody knows, and a name that Twilio does not know makes it refuse the
//! whole policy. <https://www.twilio.com/docs/iam/api-keys/restricted-api-keys>

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::OnceLock;

use super::{AccountRule, Begin, Destroy, Items, Lifecycle, Managed, Object, Place, Read, UpdateStyle};
use crate::twilio::{Method, Product};

/// Most permissions that a restricted key may have.
/// <https://www.twilio.com/docs/iam/api-keys/restricted-api-keys>
pub const MOST_PERMISSIONS: usize = 100;

/// What is said of what no permission is known for.
pub const NOT_GRANTABLE: &str = "not grantable: needs a standard key or the token";

/// A kind of request: `{field}` stands for the parts of its path that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// What it does.
    pub method: Method,
    /// Which of Twilio's hosts serves it.
    pub product: Product,
    /// Its path.
    pub path: &'static str,
}

/// The requests that something makes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// Without these nothing is read.
    pub reads: Vec<Access>,
    /// These help where they are allowed: they find an object by its name, read many at once, check what is planned, or are about a part
    /// that can be left out.
    pub helps: Vec<Access>,
    /// Without these nothing is made, changed or destroyed.
    pub writes: Vec<Access>,
    /// Whether they are about other accounts than the one that the key is of, which no key reaches, whatever it is allowed.
    /// <https://www.twilio.com/docs/iam/api-keys>
    pub is_about_accounts: bool,
}

/// What a restricted key can be allowed of some needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grant {
    /// The permissions.
    pub permissions: BTreeSet<&'static str>,
    /// What is needed, and no permission allows it.
    pub missing: Vec<Access>,
}

/// Name, method, product's host without `.twilio.com`, and path with `{}` for each part that differs.
const NAMES: &str = include_str!("permissions.tsv");

/// By host, path and method.
type Names = HashMap<(&'static str, &'static str, &'static str), &'static str>;

fn names() -> &'static Names {
    static READ: OnceLock<Names> = OnceLock::new();
    READ.get_or_init(|| {
        let lines = NAMES.lines().filter_map(|line| {
            let mut columns = line.split('\t');
            let (name, method) = (columns.next()?, columns.next()?);
            Some(((columns.next()?, columns.next()?, method), name))
        });
        lines.collect()
    })
}

impl Access {
    const fn of(method: Method, product: Product, path: &'static str) -> Self {
        Self { method, product, path }
    }

    /// A read.
    pub const fn get(product: Product, path: &'static str) -> Self {
        Self::of(Method::Get, product, path)
    }

    /// A create, or an update.
    pub const fn post(product: Product, path: &'static str) -> Self {
        Self::of(Method::Post, product, path)
    }

    /// A delete.
    pub const fn delete(product: Product, path: &'static str) -> Self {
        Self::of(Method::Delete, product, path)
    }

    /// The permission that allows it; `None` where none is known.
    pub fn permission(&self) -> Option<&'static str> {
        let path = self.path.split('?').next().unwrap_or_default();
        let path = path.strip_suffix(".json").unwrap_or(path);
        let anonymous = |segment| if str::starts_with(segment, '{') { "{}" } else { segment };
        let path = path.split('/').map(anonymous).collect::<Vec<_>>().join("/");
        let request = (self.product.subdomain(), path.as_str(), self.method.as_str());
        names().get(&request).copied()
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} https://{}{}", self.method, self.product.host(), self.path)
    }
}

impl Needs {
    /// The permissions for reading alone, or for everything; and what none is known for.
    pub fn grant(&self, read_only: bool) -> Grant {
        let writes = self.writes.iter().filter(|_| !read_only);
        let mut grant = Grant::default();
        for access in self.reads.iter().chain(writes) {
            match access.permission().filter(|_| !self.is_about_accounts) {
                Some(name) => _ = grant.permissions.insert(name),
                None if grant.missing.contains(access) => {}
                None => grant.missing.push(*access),
            }
        }
        let helps = self.helps.iter().filter(|_| !self.is_about_accounts);
        grant.permissions.extend(helps.filter_map(Access::permission));
        grant
    }
}

impl Object {
    /// What reading one of them takes.
    fn reading(&self) -> Needs {
        let place = self.place;
        let get = |path| Access::get(place.product, path);
        let mut needs = Needs {
            is_about_accounts: self.account == AccountRule::Owned,
            ..Needs::default()
        };
        match place.read {
            Read::Instance => needs.reads.push(get(place.instance)),
            Read::Elsewhere { path, .. } | Read::Member(path) | Read::Among { path, .. } => needs.reads.push(get(path)),
            Read::Nowhere => {}
        }
        if let Some(versions) = self.content {
            needs.reads.push(get(versions.instance));
            needs.helps.push(get(versions.collection));
            needs.helps.extend(versions.content.map(|(path, _)| get(path)));
        }
        let members = self.members.iter().map(|members| members.place);
        needs
            .reads
            .extend(members.map(|place| Access::get(place.product, place.collection)));
        needs
    }

    /// What the data source of its list takes.
    pub fn listing(&self) -> Needs {
        let list = Access::get(self.place.product, self.list_path());
        let mut needs = match self.list.items {
            Items::Whole if self.members.is_empty() && self.content.is_none() => Needs {
                is_about_accounts: self.account == AccountRule::Owned,
                ..Needs::default()
            },
            _ => self.reading(),
        };
        needs.reads.insert(0, list);
        needs
    }
}

impl Managed {
    /// What the data source of one of them takes: it is read, or searched for.
    pub fn finding(&self) -> Needs {
        let place = self.object.place;
        let mut needs = self.object.reading();
        if place.has_collection() && !matches!(place.read, Read::Member(_) | Read::Among { .. }) {
            needs.helps.push(Access::get(place.product, place.collection));
        }
        needs
    }

    /// What the resource takes.
    pub fn needs(&self) -> Needs {
        let (object, place) = (&self.object, self.object.place);
        let mut needs = self.finding();
        // Before something is written, and before it is planned.
        needs.helps.extend(self.write.asks);
        needs.writes.extend(lifecycle(self.lifecycle, place));
        for members in object.members {
            let place = members.place;
            needs.writes.push(Access::post(place.product, place.collection));
            needs.writes.push(Access::delete(place.product, place.instance));
            needs
                .writes
                .extend(members.can_change.then(|| Access::post(place.product, place.instance)));
        }
        if let Some(upload) = self.upload {
            let path = object.content.map_or(place.collection, |versions| versions.collection);
            needs.writes.push(Access::post(upload.host, path));
        }
        for part in self.made_of {
            let part = part.needs();
            needs.reads.extend(part.reads);
            needs.helps.extend(part.helps);
            needs.writes.extend(part.writes);
        }
        needs
    }
}

/// The writes from the first apply to the destroy.
fn lifecycle(lifecycle: Lifecycle, place: Place) -> Vec<Access> {
    let at = |method, path| Access::of(method, place.product, path);
    let update = match lifecycle.update() {
        UpdateStyle::Post | UpdateStyle::Whole => Some(Method::Post),
        UpdateStyle::Put => Some(Method::Put),
        UpdateStyle::Patch | UpdateStyle::Merge => Some(Method::Patch),
        UpdateStyle::Never => None,
    };
    let mut writes = Vec::new();
    match lifecycle.begin() {
        Begin::Made => writes.push(at(Method::Post, place.collection)),
        Begin::Upserted => writes.push(at(update.unwrap_or(Method::Post), place.instance)),
        Begin::Settings | Begin::Adopted => {}
    }
    writes.extend(update.map(|method| at(method, place.instance)));
    match lifecycle.destroy() {
        Destroy::Archive(path) => writes.push(at(Method::Post, path)),
        Destroy::Hook if lifecycle.is_there_before() => {}
        Destroy::Delete | Destroy::DeleteLater | Destroy::Hook => writes.push(at(Method::Delete, place.instance)),
        Destroy::Reset | Destroy::Forget => {}
    }
    writes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::{Key, Members};

    const QUEUE: Managed = Managed {
        object: Object {
            place: Place::at(
                Product::Api,
                "/2010-04-01/Accounts/{account_sid}/Queues.json",
                "/2010-04-01/Accounts/{account_sid}/Queues/{sid}.json",
            ),
            key: Key::Sid("QU"),
            ..Object::NEW
        },
        ..Managed::NEW
    };

    fn named(grant: &Grant) -> Vec<&str> {
        let names = grant.permissions.iter();
        names
            .map(|name| name.strip_prefix("/twilio/voice/queues/").unwrap_or(name))
            .collect()
    }

    #[test]
    fn reading_and_listing_are_two_permissions_and_writing_is_three_more() {
        let needs = QUEUE.needs();
        let all = needs.grant(false);
        assert_eq!(named(&all), ["create", "delete", "list", "read", "update"]);
        assert_eq!(all.missing, []);
        assert_eq!(named(&needs.grant(true)), ["list", "read"]);
        assert_eq!(named(&QUEUE.object.listing().grant(true)), ["list"]);
    }

    #[test]
    fn what_no_permission_is_known_for_is_missing_once() {
        let trusted = Managed {
            object: Object {
                place: Place::at(Product::Trusthub, "/v1/CustomerProfiles", "/v1/CustomerProfiles/{sid}"),
                ..QUEUE.object
            },
            ..QUEUE
        };
        let grant = trusted.needs().grant(false);
        assert_eq!(grant.permissions.len(), 0);
        let missing: Vec<_> = grant.missing.iter().map(Access::to_string).collect();
        assert_eq!(missing[0], "GET https://trusthub.twilio.com/v1/CustomerProfiles/{sid}");
        assert_eq!(missing.len(), 4, "the list only helps: {missing:?}");
    }

    #[test]
    fn what_is_made_of_others_takes_what_they_take() {
        let whole = Managed {
            made_of: &[&QUEUE],
            ..Managed::NEW
        };
        let all = whole.needs().grant(false);
        assert!(
            ["create", "delete", "list"]
                .iter()
                .all(|name| named(&all).contains(name))
        );
    }

    #[test]
    fn members_are_read_and_changed_where_they_stand() {
        const SUBSCRIPTION: Managed = Managed {
            object: Object {
                place: Place::at(Product::Events, "/v1/Subscriptions", "/v1/Subscriptions/{sid}"),
                members: &[Members {
                    field: "types",
                    place: Place::at(
                        Product::Events,
                        "/v1/Subscriptions/{sid}/SubscribedEvents",
                        "/v1/Subscriptions/{sid}/SubscribedEvents/{member}",
                    ),
                    items: "types",
                    key: None,
                    key_property: "type",
                    key_parameter: "Type",
                    can_change: false,
                }],
                ..QUEUE.object
            },
            ..QUEUE
        };
        let (all, reading) = (SUBSCRIPTION.needs().grant(false), SUBSCRIPTION.needs().grant(true));
        let of_members = |grant: &Grant| {
            let names = grant.permissions.iter();
            names.filter(|name| name.contains("subscribed-event")).count()
        };
        assert_eq!((of_members(&all), of_members(&reading)), (3, 1));
    }

    #[test]
    fn each_request_has_one_permission_of_the_form_that_twilio_takes() {
        let lines = NAMES.lines().count();
        assert_eq!(lines, names().len(), "each request is listed once");
        for ((host, path, method), name) in names() {
            let parts: Vec<_> = name.split('/').collect();
            assert!(
                matches!(
                    parts[..],
                    ["", "twilio", _, _, "read" | "list" | "create" | "update" | "delete"]
                ),
                "{name}"
            );
            assert!(path.starts_with('/') && !path.ends_with(".json"), "{host}{path}");
            assert!(["GET", "POST", "DELETE"].contains(method), "{name}");
            let is_read = name.ends_with("/read") || name.ends_with("/list");
            assert_eq!(is_read, *method == "GET", "{name}");
        }
    }
}
