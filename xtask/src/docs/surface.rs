//! The guide to coverage: every resource of Twilio's contract, and what in the provider it is, or why it is not in it.
//!
//! What is offered follows from the tables. Why something is not stands in `surface.tsv`, a line for a path and all that is below it:
//! host, path, kind, reason. Each resource of the contract is offered or has a line. A line goes when all that it is about is offered.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context as _, Result, ensure};
use minijinja::{Value, context};
use terraform_provider_twilio::engine::facts::{Managed, Omitted, Place, Read};
use terraform_provider_twilio::provider::offered::{ACTIONS, DATA_SOURCES, EPHEMERAL_RESOURCES, RESOURCES};
use twilio_simulator::contract::{Contract, Resource};

use super::templates::Templates;
use crate::process::root;

/// The page.
pub const FILE: &str = "docs/guides/coverage.md";

/// Why resources of the contract are not offered.
pub const REASONS: &str = "xtask/src/docs/surface.tsv";

/// A kind of reason, as a line names it, and its heading. The order is that of the page.
const KINDS: &[(&str, &str)] = &[
    ("later", "Configuration, not offered yet"),
    ("other", "Reached otherwise"),
    ("traffic", "Traffic and its records, not configuration"),
    ("reports", "Reports and statistics"),
    ("person", "What a person agrees to or signs in for"),
    ("ended", "Ended, closed to new customers, or moved"),
];

/// What the provider offers at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Offer {
    Resource(&'static str),
    Part(&'static str),
    DataSource(&'static str),
    Action(&'static str),
}

/// A line of [`REASONS`].
struct Reason {
    host: String,
    path: String,
    kind: String,
    why: String,
}

/// The reasons as they should be: without those of what is offered by now.
///
/// # Errors
/// A resource of the contract that is neither offered nor explained; a line that is none.
pub fn reasons_in_use(contract: &'static Contract) -> Result<String> {
    in_use(&text()?, contract)
}

fn in_use(text: &str, contract: &'static Contract) -> Result<String> {
    let reasons = reasons(text)?;
    let (_, explained) = divided(contract, &offers(), &reasons)?;
    let mut uses = explained.iter().map(|(_, resources)| !resources.is_empty());
    let kept = text
        .lines()
        .filter(|line| is_comment(line) || uses.next().unwrap_or_default());
    Ok(kept.map(|line| format!("{line}\n")).collect())
}

fn text() -> Result<String> {
    fs::read_to_string(root().join(REASONS)).with_context(|| format!("cannot read {REASONS}"))
}

/// The page as it should be.
///
/// # Errors
/// A resource of the contract that is neither offered nor explained; a line that is none.
pub fn page(templates: &Templates, contract: &'static Contract) -> Result<String> {
    let reasons = reasons(&text()?)?;
    let (offered, explained) = divided(contract, &offers(), &reasons)?;
    let mut hosts: BTreeMap<&str, Host> = BTreeMap::new();
    for (resource, offers) in &offered {
        let links = offers.iter().map(Offer::link).collect::<Vec<_>>().join(", ");
        let row = context! { path => shown(resource), links };
        hosts.entry(&resource.host).or_default().0.push(row);
    }
    let mut whys: BTreeMap<(&str, usize, &str), Vec<String>> = BTreeMap::new();
    for (reason, resources) in &explained {
        let kind = KINDS
            .iter()
            .position(|(kind, _)| *kind == reason.kind)
            .unwrap_or_default();
        let paths = whys.entry((&reason.host, kind, &reason.why)).or_default();
        paths.extend(resources.iter().map(|resource| shown(resource)));
    }
    for ((host, kind, why), paths) in whys {
        let kinds = &mut hosts.entry(host).or_default().1;
        kinds.entry(kind).or_default().push(context! { paths, why });
    }
    let hosts = hosts.into_iter().map(|(host, (offered, others))| {
        let kinds = others
            .into_iter()
            .map(|(kind, rows)| context! { title => KINDS[kind].1, rows });
        context! { host, offered, kinds => kinds.collect::<Vec<_>>() }
    });
    let counted = KINDS.iter().map(|(kind, title)| {
        let of_kind = explained.iter().filter(|(reason, _)| reason.kind == *kind);
        context! { title => *title, count => of_kind.map(|(_, resources)| resources.len()).sum::<usize>() }
    });
    templates.render(
        "pages/coverage.md.j2",
        context! {
            all => contract.resources().count(),
            offered => offered.len(),
            counted => counted.collect::<Vec<_>>(),
            hosts => hosts.collect::<Vec<_>>(),
            left_out => left_out(),
        },
    )
}

impl Offer {
    fn link(&self) -> String {
        let (name, folder, what) = match self {
            Self::Resource(name) => (name, "resources", ""),
            Self::Part(name) => (name, "resources", " (in it)"),
            Self::DataSource(name) => (name, "data-sources", " (data source)"),
            Self::Action(name) => (name, "actions", " (action)"),
        };
        let page = name.trim_start_matches("twilio_");
        format!("[`{name}`](../{folder}/{page}.md){what}")
    }
}

/// The lines of [`REASONS`].
fn reasons(text: &str) -> Result<Vec<Reason>> {
    let lines = text.lines().filter(|line| !is_comment(line));
    lines
        .map(|line| {
            let parts: Vec<_> = line.split('\t').collect();
            let [host, path, kind, why] = parts[..] else {
                anyhow::bail!("{REASONS}: {line:?} is not host, path, kind and reason");
            };
            ensure!(
                KINDS.iter().any(|(known, _)| *known == kind),
                "{REASONS}: {kind:?} is none of {:?}",
                KINDS.iter().map(|(known, _)| known).collect::<Vec<_>>()
            );
            ensure!(
                path.starts_with('/') && !why.is_empty(),
                "{REASONS}: {line:?} has no path or no reason"
            );
            let unknown = why
                .split('`')
                .find(|word| word.starts_with("twilio_") && !is_offered(word));
            ensure!(unknown.is_none(), "{REASONS}: {unknown:?} is not offered");
            Ok(Reason {
                host: host.to_owned(),
                path: anonymous(path),
                kind: kind.to_owned(),
                why: why.to_owned(),
            })
        })
        .collect()
}

fn is_comment(line: &str) -> bool {
    line.is_empty() || line.starts_with('#')
}

/// Whether the provider has something of this name.
fn is_offered(name: &str) -> bool {
    RESOURCES.iter().any(|table| table.object.name == name)
        || DATA_SOURCES.iter().any(|table| table.name == name)
        || ACTIONS.iter().any(|table| table.name == name)
        || EPHEMERAL_RESOURCES.iter().any(|table| table.name == name)
}

/// What is offered, by host and path.
type Offers = BTreeMap<(String, String), BTreeSet<Offer>>;

fn offers() -> Offers {
    let mut offers = Offers::new();
    let mut add = |host: String, path: &str, offer: Offer| {
        if path.is_empty() {
            return;
        }
        let published = published(&host, path);
        for path in [Some(anonymous(path)), published].into_iter().flatten() {
            offers.entry((host.clone(), path)).or_default().insert(offer);
        }
    };
    for table in RESOURCES {
        let object = &table.object;
        for path in paths(&object.place) {
            add(object.place.product.host(), path, Offer::Resource(object.name));
        }
        if let Some(older) = object.place.older {
            add(older.product.host(), older.instance, Offer::Resource(object.name));
        }
        for members in object.members {
            for path in paths(&members.place) {
                add(members.place.product.host(), path, Offer::Part(object.name));
            }
        }
    }
    for table in DATA_SOURCES {
        for path in table.place.paths {
            add(table.place.product.host(), path, Offer::DataSource(table.name));
        }
    }
    for table in ACTIONS {
        let otherwise = table.otherwise.map(|otherwise| otherwise.path);
        for path in [table.path].into_iter().chain(otherwise) {
            add(table.product.host(), path, Offer::Action(table.name));
        }
    }
    offers
}

fn paths(place: &Place) -> impl Iterator<Item = &'static str> + use<> {
    let read = match place.read {
        Read::Elsewhere { path, .. } | Read::Member(path) | Read::Among { path, .. } => path,
        Read::Instance | Read::Nowhere => "",
    };
    [place.collection, place.instance, read].into_iter()
}

/// A path without what its parameters are called, and without what follows it.
fn anonymous(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let path = path.strip_suffix(".json").unwrap_or(path);
    let parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// The path under which the contract has one that says more than it: with a word in place of a parameter, of which Twilio takes no
/// other.
fn published(host: &str, path: &str) -> Option<String> {
    let path = anonymous(path).replace("{}", "x");
    let mut routes = ["GET", "POST", "PUT", "PATCH", "DELETE"].into_iter();
    let found = routes.find_map(|method| Contract::published().route(host, method, &path).ok())?;
    Some(anonymous(&found.operation.path))
}

/// The path that a reader knows a resource by.
fn shown(resource: &Resource) -> String {
    let path = resource.instance.as_deref().unwrap_or(&resource.template);
    path.strip_suffix(".json").unwrap_or(path).to_owned()
}

/// The rows of what a host has that is offered, and of what is not, by the kind of the reason.
type Host = (Vec<Value>, BTreeMap<usize, Vec<Value>>);

type Divided<'a> = (
    Vec<(&'static Resource, BTreeSet<Offer>)>,
    Vec<(&'a Reason, Vec<&'static Resource>)>,
);

/// The resources of the contract that are offered, and those that are not, by the reason.
fn divided<'a>(contract: &'static Contract, offers: &Offers, reasons: &'a [Reason]) -> Result<Divided<'a>> {
    let mut offered = Vec::new();
    let mut explained: Vec<_> = reasons.iter().map(|reason| (reason, Vec::new())).collect();
    let mut missing = Vec::new();
    for resource in contract.resources() {
        let paths = [Some(&resource.template), resource.instance.as_ref()];
        let paths: Vec<_> = paths.into_iter().flatten().map(|path| anonymous(path)).collect();
        let found: BTreeSet<_> = paths
            .iter()
            .filter_map(|path| offers.get(&(resource.host.clone(), path.clone())))
            .flatten()
            .copied()
            .collect();
        if !found.is_empty() {
            offered.push((resource, found));
            continue;
        }
        let is_meant =
            |reason: &Reason| reason.host == resource.host && paths.iter().any(|path| is_at(path, &reason.path));
        // The line that says most of the path.
        let reason = explained
            .iter_mut()
            .filter(|(reason, _)| is_meant(reason))
            .max_by_key(|(reason, _)| reason.path.len());
        match reason {
            Some((_, resources)) => resources.push(resource),
            None => missing.push(format!("{}\t{}", resource.host, shown(resource))),
        }
    }
    ensure!(
        missing.is_empty(),
        "{} resources of the contract are neither offered nor in {REASONS}:\n{}",
        missing.len(),
        missing.join("\n")
    );
    Ok((offered, explained))
}

/// Whether a path is the other or below it.
fn is_at(path: &str, top: &str) -> bool {
    let top = top.trim_end_matches('/');
    path.strip_prefix(top)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The parameters that tables leave out, each with the reason.
fn left_out() -> Vec<Value> {
    let of_resource = |table: &'static Managed| (table.object.name, "resources", table.omitted);
    let tables = RESOURCES.iter().map(of_resource);
    let data_sources = DATA_SOURCES
        .iter()
        .map(|table| (table.name, "data-sources", table.place.omitted));
    let actions = ACTIONS.iter().map(|table| (table.name, "actions", table.omitted));
    let all = tables.chain(data_sources).chain(actions);
    let some = all.filter(|(_, _, omitted)| !omitted.is_empty());
    some.map(|(name, folder, omitted): (&str, &str, &[Omitted])| {
        let rows = omitted
            .iter()
            .map(|left_out| context! { parameter => left_out.parameter, reason => left_out.reason });
        context! { name, folder, page => name.trim_start_matches("twilio_"), rows => rows.collect::<Vec<_>>() }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        reasons(text).err().expect("it is refused").to_string()
    }

    #[test]
    fn a_line_that_is_none_is_refused() {
        assert!(refused("a.twilio.com\t/v1\ttraffic").contains("is not host, path"));
        assert!(refused("a.twilio.com\t/v1\tnice\tbecause").contains("is none of"));
        assert!(refused("a.twilio.com\tv1\ttraffic\tbecause").contains("has no path"));
        assert!(refused("a.twilio.com\t/v1\tother\t`twilio_nothing` has it").contains("twilio_nothing"));
        assert!(reasons("# a comment\n\na.twilio.com\t/v1\tother\t`twilio_queue` has it").is_ok());
    }

    #[test]
    fn a_resource_without_a_reason_is_refused_and_a_reason_without_a_resource_goes() {
        let contract = crate::new::contract(&root()).expect("the contract");
        let text = text().expect("the reasons");
        assert_eq!(in_use(&text, contract).expect("all are explained"), text);
        let (first, rest) = text.split_once("assistants.twilio.com").expect("a line of an old host");
        let without = format!("{first}{}", rest.split_once('\n').expect("more lines").1);
        let missing = in_use(&without, contract).expect_err("it is missed").to_string();
        assert!(missing.contains("assistants.twilio.com\t/v1/"), "{missing}");
        // What is offered needs no reason.
        let idle = "api.twilio.com\t/2010-04-01/Accounts/{AccountSid}/Queues/{Sid}\tlater\tbecause\n";
        let kept = in_use(&format!("{text}{idle}"), contract).expect("all are explained");
        assert_eq!(kept, text);
    }
}
