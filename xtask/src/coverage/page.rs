//! The page: for each host and path of the contract its operations, and what is known of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use twilio_simulator::contract::{Contract, Operation, OperationKind, Resource, Spec};
use twilio_simulator::coverage;

use super::Found;
use super::behaviours::Behaviour;
use super::source::Source;

/// Files of lists, and the operations that their lines are about; what is not here is about all.
const ABOUT: &[(&str, &[OperationKind])] = &[
    ("alias", &[]),
    ("companions", &[OperationKind::Create]),
    ("conflicts", &[OperationKind::Create, OperationKind::Update]),
    ("defaults", &[OperationKind::Create, OperationKind::Read]),
    ("emptying", &[OperationKind::Update]),
    ("existence", &[OperationKind::Read, OperationKind::Update]),
    ("filters", &[OperationKind::List]),
    ("first_answers", &[OperationKind::Create]),
    ("first_words", &[OperationKind::Create]),
    ("inherited", &[OperationKind::Create]),
    ("limits", &[OperationKind::Create, OperationKind::Update]),
    ("merging", &[OperationKind::Update]),
    (
        "moves",
        &[OperationKind::Create, OperationKind::Read, OperationKind::Update],
    ),
    ("names", &[OperationKind::Create]),
    ("order", &[OperationKind::List]),
    ("references", &[OperationKind::Create, OperationKind::Update]),
    ("sorting", &[OperationKind::List]),
    ("tallies", &[OperationKind::Read, OperationKind::List]),
    ("timers", &[OperationKind::Create, OperationKind::Update]),
];

const HEAD: &str = "# What the local Twilio knows

Written by `cargo xtask coverage` from the simulator's tables, and checked by `cargo xtask tidy`. Change the tables, not this page.

- **generic**: answered from Twilio's published contract alone: parameters, types, enums, lengths, answer, status, paging.
- **modelled**: more than the contract says is known of it. What, and where it is from, stands beside it: the lists of
  `src/facts/` and `src/generic/` by the name of their file, and the behaviours of `src/behaviours/` by the name of their type, whose
  pages stand below the table. A source without a link is the contract's text on the field or parameter, answers that somebody recorded, or an open question.
- **refused**: nothing makes what it is about, so it is 404/20404 until a test adds an object (`POST /_simulator/objects`); or
  a filter that is not modelled, 400/20001.

";

/// What is known of one operation.
struct Line<'a> {
    method: &'static str,
    kind: OperationKind,
    word: &'static str,
    known: BTreeMap<String, Vec<&'a Source>>,
}

/// The whole page.
pub(super) fn page(found: &Found) -> String {
    let mut hosts: BTreeMap<&str, BTreeMap<&str, Vec<Line<'_>>>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut without: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (spec, operation) in Contract::published().operations() {
        // Some paths are in two files, the first of which is served.
        if !seen.insert((spec.host.as_str(), operation.template(), operation.method.as_str())) {
            continue;
        }
        if coverage::permission(spec, operation).is_none() {
            without.entry(&spec.host).or_default().insert(operation.template());
        }
        let paths = hosts.entry(&spec.host).or_default();
        paths
            .entry(operation.template())
            .or_default()
            .push(line(found, spec, operation));
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in hosts.values().flat_map(BTreeMap::values).flatten() {
        *counts.entry(line.word).or_default() += 1;
    }
    let count = |word: &str| counts.get(word).copied().unwrap_or_default();
    let mut text = HEAD.to_owned();
    let _infallible = writeln!(
        text,
        "Of {} operations {} are modelled, {} generic and {} refused.\n",
        seen.len(),
        count("modelled"),
        count("generic"),
        count("refused"),
    );
    for (host, paths) in &hosts {
        let _infallible = writeln!(
            text,
            "## {host}\n\n| path | operations | what is known |\n| --- | --- | --- |"
        );
        for (path, lines) in paths {
            text.push_str(&row(host, path, lines, found));
        }
        text.push_str(&behaviours(found, paths.values().flatten()));
        text.push('\n');
    }
    text.push_str(&permissions(&without));
    text.push_str(&questions(&found.questions));
    text
}

fn line<'a>(found: &'a Found, spec: &'static Spec, operation: &'static Operation) -> Line<'a> {
    let contract = Contract::published();
    let own = contract.resource_of(spec.home(), operation);
    let known = own.map(|own| known(found, own, operation)).unwrap_or_default();
    let is_known = !known.is_empty();
    let of_one = !matches!(operation.kind, OperationKind::Create | OperationKind::List);
    let word = match own {
        Some(own) if !is_known && of_one && coverage::is_out_of_reach(own) => "refused",
        _ if is_known => "modelled",
        _ => "generic",
    };
    Line {
        method: &operation.method,
        kind: operation.kind,
        word,
        known,
    }
}

/// What is known of an operation on a resource, by the name of the behaviour or list.
fn known<'a>(found: &'a Found, own: &'static Resource, operation: &Operation) -> BTreeMap<String, Vec<&'a Source>> {
    let holder = coverage::holder(own);
    let is_here = |place: &(String, String)| {
        [own, holder].iter().any(|resource| {
            let instance = resource.instance.as_deref();
            place.0 == resource.host
                && (anonymous(&place.1) == anonymous(&resource.template)
                    || instance.is_some_and(|instance| anonymous(&place.1) == anonymous(instance)))
        })
    };
    let mut known: BTreeMap<String, Vec<&Source>> = BTreeMap::new();
    let mut add = |name: String, sources: &'a [Source]| {
        let listed = known.entry(name).or_default();
        for source in sources {
            if !listed.contains(&source) {
                listed.push(source);
            }
        }
    };
    for registration in found.registrations.iter().filter(|line| is_here(&line.place)) {
        let behaviour = found.behaviour(registration);
        if let Some(behaviour) = behaviour.filter(|behaviour| behaviour.kinds.contains(&operation.kind)) {
            add(
                format!("[`{}`](src/{})", behaviour.name, behaviour.file),
                &behaviour.sources,
            );
        }
    }
    for fact in found.facts.iter().filter(|fact| is_here(&fact.place)) {
        let list = list_of(&fact.file);
        let about = ABOUT.iter().find(|(name, _)| *name == list);
        if about.is_none_or(|(_, kinds)| kinds.contains(&operation.kind)) {
            add(list.to_owned(), &fact.sources);
        }
    }
    known
}

/// The name of a list: that of its file, or of the folder that it is in.
fn list_of(file: &str) -> &str {
    let name = file.split('/').nth(1).unwrap_or(file);
    name.strip_suffix(".rs").unwrap_or(name)
}

fn row(host: &str, path: &str, lines: &[Line<'_>], found: &Found) -> String {
    let operations = lines.iter().map(|line| {
        let kind = format!("{:?}", line.kind).to_lowercase();
        format!("{} {kind}: {}", line.method, line.word)
    });
    let mut known: BTreeMap<&str, Vec<&Source>> = BTreeMap::new();
    for (name, sources) in lines.iter().flat_map(|line| &line.known) {
        let listed = known.entry(name).or_default();
        for source in sources {
            if !listed.contains(source) {
                listed.push(source);
            }
        }
    }
    let mut cells: Vec<String> = known
        .into_iter()
        .map(|(name, sources)| {
            let sources: Vec<String> = sources.into_iter().map(Source::link).collect();
            match sources.is_empty() {
                true => name.to_owned(),
                false => format!("{name} ({})", sources.join(", ")),
            }
        })
        .collect();
    let place = format!("{host}{path}: ");
    let refused = found
        .refused_filters
        .iter()
        .filter_map(|line| line.strip_prefix(&place));
    cells.extend(refused.map(|filters| format!("refuses the filters {filters}")));
    format!(
        "| `{path}` | {} | {} |\n",
        operations.collect::<Vec<_>>().join("<br>"),
        cells.join("; ")
    )
}

/// The behaviours that are named at a host, each with its sources.
fn behaviours<'a>(found: &Found, lines: impl Iterator<Item = &'a Line<'a>>) -> String {
    let named: BTreeSet<&str> = lines.flat_map(|line| line.known.keys().map(String::as_str)).collect();
    let mut text = String::new();
    for behaviour in &found.behaviours {
        let name = name(behaviour);
        if !named.contains(name.as_str()) {
            continue;
        }
        if text.is_empty() {
            text.push('\n');
        }
        let sources: Vec<String> = behaviour.sources.iter().map(Source::link).collect();
        let _infallible = writeln!(text, "- {name}: {}", sources.join(", "));
    }
    text
}

/// A behaviour as it is named in the tables.
fn name(behaviour: &Behaviour) -> String {
    format!("[`{}`](src/{})", behaviour.name, behaviour.file)
}

/// What no restricted key can do, as nobody knows the permission for it.
fn permissions(without: &BTreeMap<&str, BTreeSet<&str>>) -> String {
    let mut text = "## Without a known permission

What Twilio's permissions of restricted keys are called is known for some paths (`src/permissions.rs`). For these it is not, so
here no restricted key can use them. A key with all permissions that the Console offers would tell.
"
    .to_owned();
    for (host, paths) in without {
        let paths: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
        let _infallible = write!(text, "\n- **{host}**: {}", paths.join(", "));
    }
    text.push_str("\n\n");
    text
}

/// The open questions, with their headings one level down.
fn questions(questions: &str) -> String {
    let mut text =
        "## What only a live account can settle\n\nFrom [OPEN-QUESTIONS.md](OPEN-QUESTIONS.md).\n".to_owned();
    let after_title = questions.split_once('\n').map_or("", |(_, rest)| rest);
    for line in after_title.trim_end().lines() {
        let deeper = if line.starts_with("##") { "#" } else { "" };
        let _infallible = writeln!(text, "{deeper}{line}");
    }
    text
}

/// A template with nameless parameters.
fn anonymous(template: &str) -> String {
    let segments = template
        .split('/')
        .map(|segment| if segment.starts_with('{') { "{}" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}
