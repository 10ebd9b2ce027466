//! The simulator's behaviours: which operations of a resource each of them is about, and the sources that its file names.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use anyhow::{Result, anyhow};
use regex::Regex;
use twilio_simulator::contract::OperationKind;

use super::source::{Source, sources};

const ALL: &[OperationKind] = &[
    OperationKind::Create,
    OperationKind::Read,
    OperationKind::Update,
    OperationKind::Delete,
    OperationKind::List,
    OperationKind::Action,
];

/// The steps of a behaviour, and the operations that they are about.
const STEPS: &[(&str, &[OperationKind])] = &[
    ("handle", ALL),
    ("before_create", &[OperationKind::Create]),
    ("after_create", &[OperationKind::Create]),
    ("before_update", &[OperationKind::Update]),
    ("after_update", &[OperationKind::Update]),
    ("before_delete", &[OperationKind::Delete]),
    ("after_delete", &[OperationKind::Delete]),
    (
        "shape_read",
        &[
            OperationKind::Create,
            OperationKind::Read,
            OperationKind::Update,
            OperationKind::List,
        ],
    ),
    ("shows", &[OperationKind::List]),
    ("passes", &[OperationKind::List]),
];

/// One behaviour.
#[derive(Debug)]
pub(super) struct Behaviour {
    /// Its type.
    pub(super) name: String,
    /// File below the folder of the simulator's sources.
    pub(super) file: String,
    /// Line of the code.
    pub(super) line: usize,
    /// Operations that it is about.
    pub(super) kinds: Vec<OperationKind>,
    /// Where it is from; none if its file names none.
    pub(super) sources: Vec<Source>,
}

/// The behaviours in these files.
///
/// # Errors
/// When a file cannot be read as Rust.
pub(super) fn read(files: &[(String, String)]) -> Result<Vec<Behaviour>> {
    let mut found = Vec::new();
    for (file, text) in files {
        let syntax = syn::parse_file(text).map_err(|error| anyhow!("{file}:{}: {error}", error.span().start().line))?;
        for item in &syntax.items {
            let syn::Item::Impl(item) = item else { continue };
            let of_trait = item.trait_.as_ref().and_then(|of_trait| of_trait.0.segments.last());
            let (Some(of_trait), syn::Type::Path(of_type)) = (of_trait, item.self_ty.as_ref()) else {
                continue;
            };
            let Some(name) = of_type.path.segments.last().filter(|_| of_trait.ident == "Behaviour") else {
                continue;
            };
            let methods = item.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(method) => Some(method),
                _ => None,
            });
            let kinds: BTreeSet<usize> = methods.flat_map(|method| positions(method, text)).collect();
            let comments = text.lines().filter_map(|line| line.split_once("//"));
            let comments: Vec<&str> = comments.map(|(_, comment)| comment).collect();
            found.push(Behaviour {
                name: name.ident.to_string(),
                file: file.clone(),
                line: name.ident.span().start().line,
                kinds: kinds.into_iter().map(|position| ALL[position]).collect(),
                sources: once(sources(&comments.join(" "))),
            });
        }
    }
    Ok(found)
}

/// Each page once. What else comments speak of, such as the contract, says nothing of where code is from.
fn once(all: Vec<Source>) -> Vec<Source> {
    let mut found = Vec::new();
    for source in all {
        if matches!(source, Source::Page(_)) && !found.contains(&source) {
            found.push(source);
        }
    }
    found
}

/// Which of all operations a method is about. One that answers whole operations names them.
fn positions(method: &syn::ImplItemFn, text: &str) -> Vec<usize> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"OperationKind::(\w+)").expect("a pattern"));
    let step = STEPS.iter().find(|(name, _)| method.sig.ident == name);
    let Some((_, kinds)) = step else { return Vec::new() };
    let (first, last) = (
        method.sig.ident.span().start().line,
        method.block.brace_token.span.close().end().line,
    );
    let body: Vec<&str> = text.lines().skip(first - 1).take(last + 1 - first).collect();
    let body = body.join("\n");
    let named: Vec<&str> = NAMED
        .captures_iter(&body)
        .filter_map(|found| Some(found.get(1)?.as_str()))
        .collect();
    let is_meant = |kind: &OperationKind| named.is_empty() || named.contains(&format!("{kind:?}").as_str());
    (0..ALL.len())
        .filter(|position| kinds.contains(&ALL[*position]) && is_meant(&ALL[*position]))
        .collect()
}
