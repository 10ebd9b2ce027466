//! The lines of the simulator's lists, each with the place that it is about and where it is from, read off their syntax.
//!
//! A line has a source if a comment in it or directly above it names one, or the documentation of a constant or a function that it
//! uses. A source also holds for the lines that follow, as long as they are about things related to what stands under it:
//! the same part of the same host, or the same thing elsewhere. The documentation of a list holds for it in the same way, from its
//! first line on; where it says "each line", it holds for all of them. So a line about something else needs a source of its own.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow, bail};
use syn::visit::{self, Visit};
use syn::{Expr, ItemConst, ItemFn};

use super::source::{Source, is_the_same, sources};

/// Host and template.
pub(super) type Place = (String, String);

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    /// File below the folder of the simulator's sources.
    pub(super) file: String,
    /// Line in it.
    pub(super) line: usize,
    /// Constant that holds the list.
    pub(super) list: String,
    /// What it is about.
    pub(super) place: Place,
    /// Last name in the line: of a behaviour that is registered, its type.
    pub(super) name: Option<String>,
    /// Where it is from; none if nothing says so.
    pub(super) sources: Vec<Source>,
}

/// What stands in one file.
struct Text {
    name: String,
    lines: Vec<String>,
    consts: BTreeMap<String, ItemConst>,
    functions: BTreeMap<String, ItemFn>,
}

/// All lines of all lists of these files, in order.
///
/// # Errors
/// When a file cannot be read as Rust.
pub(super) fn read(files: &[(String, String)]) -> Result<Vec<Fact>> {
    let mut read = Vec::new();
    for (name, text) in files {
        let syntax = syn::parse_file(text).map_err(|error| anyhow!("{name}:{}: {error}", error.span().start().line))?;
        let mut file = Text {
            name: name.clone(),
            lines: text.lines().map(str::to_owned).collect(),
            consts: BTreeMap::new(),
            functions: BTreeMap::new(),
        };
        for item in syntax.items {
            match item {
                syn::Item::Const(item) => drop(file.consts.insert(item.ident.to_string(), item)),
                syn::Item::Static(item) => bail!(
                    "{name}:{}: {} is a static, and facts are read from constants",
                    item.ident.span().start().line,
                    item.ident
                ),
                syn::Item::Fn(item) => drop(file.functions.insert(item.sig.ident.to_string(), item)),
                _ => {}
            }
        }
        read.push(file);
    }
    let reader = Reader { files: &read };
    Ok(read.iter().flat_map(|file| reader.facts(file)).collect())
}

/// The texts of a list of texts, in whichever of these files it stands.
///
/// # Errors
/// When a file cannot be read as Rust.
pub(super) fn texts(files: &[(String, String)], list: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (name, text) in files {
        let syntax = syn::parse_file(text).map_err(|error| anyhow!("{name}:{}: {error}", error.span().start().line))?;
        for item in syntax.items {
            let syn::Item::Const(item) = item else { continue };
            for element in elements(&item.expr).filter(|_| item.ident == list).unwrap_or_default() {
                if let Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(text),
                    ..
                }) = element
                {
                    found.push(text.value());
                }
            }
        }
    }
    Ok(found)
}

/// A value that a function was called with.
#[derive(Clone, Default)]
struct Bound {
    text: Option<String>,
    place: Option<Place>,
}

type Scope = BTreeMap<String, Bound>;

struct Reader<'a> {
    files: &'a [Text],
}

impl Reader<'_> {
    fn facts(&self, file: &Text) -> Vec<Fact> {
        let mut consts: Vec<_> = file.consts.iter().collect();
        consts.sort_by_key(|(_, item)| item.ident.span().start().line);
        let lists = consts
            .into_iter()
            .filter_map(|(name, item)| Some((name, item, elements(&item.expr)?)));
        lists
            .flat_map(|(name, item, elements)| self.list(file, name, item, &elements))
            .collect()
    }

    fn list(&self, file: &Text, name: &str, item: &ItemConst, elements: &[&Expr]) -> Vec<Fact> {
        let mut facts: Vec<Fact> = Vec::new();
        let of_each_line = documentation(&item.attrs).to_lowercase().contains("each line");
        let mut held: (Vec<Source>, Option<Place>) = (docs(&item.attrs), None);
        for element in elements {
            let Some(place) = self.place(file, element, &Scope::new()) else {
                continue;
            };
            let Some((first, last)) = lines(element) else {
                continue;
            };
            let comment = file.comment(first, last);
            let mut own = sources(&comment);
            if own.is_empty() && is_the_same(&comment) {
                own = file.before(first);
            }
            if !own.is_empty() {
                held = (own.clone(), Some(place.clone()));
            }
            for source in self.used(file, element) {
                if !own.contains(&source) {
                    own.push(source);
                }
            }
            let (sources, about) = &mut held;
            if own.is_empty() && are_related(about.get_or_insert_with(|| place.clone()), &place) {
                own.clone_from(sources);
            }
            if own.is_empty() && of_each_line {
                own = docs(&item.attrs);
            }
            facts.push(Fact {
                file: file.name.clone(),
                line: first,
                list: name.to_owned(),
                place,
                name: last_name(element),
                sources: own,
            });
        }
        facts
    }

    /// The first place that an expression names.
    fn place(&self, file: &Text, expr: &Expr, scope: &Scope) -> Option<Place> {
        match expr {
            Expr::Tuple(tuple) => {
                let both = self.pair(file, tuple.elems.iter(), scope);
                both.or_else(|| tuple.elems.iter().find_map(|part| self.place(file, part, scope)))
            }
            Expr::Array(array) => array.elems.iter().find_map(|part| self.place(file, part, scope)),
            Expr::Reference(inner) => self.place(file, &inner.expr, scope),
            Expr::Paren(inner) => self.place(file, &inner.expr, scope),
            Expr::Struct(literal) => {
                let fields = literal.fields.iter().map(|field| &field.expr);
                let mut parts = fields.chain(literal.rest.as_deref());
                parts.find_map(|part| self.place(file, part, scope))
            }
            Expr::Path(path) => {
                let name = path.path.segments.last()?.ident.to_string();
                if let Some(bound) = scope.get(&name) {
                    return bound.place.clone();
                }
                let (home, item) = self.constant(file, &name)?;
                elements(&item.expr)
                    .is_none()
                    .then(|| self.place(home, &item.expr, &Scope::new()))
                    .flatten()
            }
            Expr::Call(call) => {
                let arguments = || {
                    let both = self.pair(file, call.args.iter(), scope);
                    both.or_else(|| call.args.iter().find_map(|part| self.place(file, part, scope)))
                };
                let Some((home, function)) = self.called(file, call) else {
                    return arguments();
                };
                let mut inside = Scope::new();
                for (input, argument) in function.sig.inputs.iter().zip(&call.args) {
                    if let syn::FnArg::Typed(typed) = input
                        && let syn::Pat::Ident(ident) = typed.pat.as_ref()
                    {
                        let bound = Bound {
                            text: self.text(file, argument, scope),
                            place: self.place(file, argument, scope),
                        };
                        inside.insert(ident.ident.to_string(), bound);
                    }
                }
                let body = function.block.stmts.last();
                let body = match body {
                    Some(syn::Stmt::Expr(body, _)) => self.place(home, body, &inside),
                    _ => None,
                };
                body.or_else(arguments)
            }
            _ => None,
        }
    }

    /// A place that is written as a host and a template, first and second.
    fn pair<'e>(&self, file: &Text, parts: impl Iterator<Item = &'e Expr>, scope: &Scope) -> Option<Place> {
        let mut texts = parts.map(|part| self.text(file, part, scope));
        let (host, template) = (texts.next()??, texts.next()??);
        (host.ends_with(".twilio.com") && template.starts_with('/')).then_some((host, template))
    }

    fn text(&self, file: &Text, expr: &Expr, scope: &Scope) -> Option<String> {
        match expr {
            Expr::Lit(literal) => match &literal.lit {
                syn::Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            Expr::Reference(inner) => self.text(file, &inner.expr, scope),
            Expr::Paren(inner) => self.text(file, &inner.expr, scope),
            Expr::Path(path) => {
                let name = path.path.segments.last()?.ident.to_string();
                if let Some(bound) = scope.get(&name) {
                    return bound.text.clone();
                }
                let (home, item) = self.constant(file, &name)?;
                self.text(home, &item.expr, &Scope::new())
            }
            _ => None,
        }
    }

    /// What the documentation of the constants and functions names that an expression uses.
    fn used(&self, file: &Text, expr: &Expr) -> Vec<Source> {
        struct Names(Vec<String>);
        impl<'ast> Visit<'ast> for Names {
            fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
                if let Some(last) = path.path.segments.last() {
                    self.0.push(last.ident.to_string());
                }
                visit::visit_expr_path(self, path);
            }
        }
        let mut names = Names(Vec::new());
        names.visit_expr(expr);
        let mut found = Vec::new();
        for name in names.0 {
            let constant = self.constant(file, &name).map(|(_, item)| docs(&item.attrs));
            let function = file.functions.get(&name).map(|item| docs(&item.attrs));
            for source in constant.into_iter().chain(function).flatten() {
                if !found.contains(&source) {
                    found.push(source);
                }
            }
        }
        found
    }

    fn constant<'f>(&'f self, file: &'f Text, name: &str) -> Option<(&'f Text, &'f ItemConst)> {
        let others = self.files.iter();
        std::iter::once(file)
            .chain(others)
            .find_map(|file| Some((file, file.consts.get(name)?)))
    }

    fn called<'f>(&'f self, file: &'f Text, call: &syn::ExprCall) -> Option<(&'f Text, &'f ItemFn)> {
        let Expr::Path(path) = call.func.as_ref() else {
            return None;
        };
        let name = path.path.segments.last()?.ident.to_string();
        let others = self.files.iter();
        std::iter::once(file)
            .chain(others)
            .find_map(|file| Some((file, file.functions.get(&name)?)))
    }
}

impl Text {
    /// The comments directly above these lines, in them and behind them.
    fn comment(&self, first: usize, last: usize) -> String {
        let text = |line: usize| line.checked_sub(1).and_then(|index| self.lines.get(index));
        let is_comment = |line: usize| text(line).is_some_and(|text| text.trim_start().starts_with("//"));
        let mut start = first;
        while is_comment(start - 1) {
            start -= 1;
        }
        let behind = |line: usize| {
            let text = text(line)?;
            let (at, _) = text.match_indices("//").find(|(at, _)| !text[..*at].ends_with(':'))?;
            Some(text[at..].trim_start_matches(['/', '!']).trim())
        };
        (start..=last).filter_map(behind).collect::<Vec<_>>().join(" ")
    }

    /// The last source that stands before a line.
    fn before(&self, line: usize) -> Vec<Source> {
        let lines = self.lines.iter().take(line.saturating_sub(1)).rev();
        let comments = lines
            .map(|line| line.trim_start())
            .filter(|line| line.starts_with("//"));
        comments
            .map(sources)
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }
}

/// The name that the last part of an element stands for.
fn last_name(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Call(call) => last_name(call.args.last()?),
        Expr::Reference(inner) => match inner.expr.as_ref() {
            // One behaviour with several parameters: `&Statistics(About::Queue)`.
            Expr::Call(call) => last_name(&call.func),
            inner => last_name(inner),
        },
        Expr::Struct(literal) => Some(literal.path.segments.last()?.ident.to_string()),
        Expr::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// The first and the last line of an element.
fn lines(expr: &Expr) -> Option<(usize, usize)> {
    let start = |path: &syn::Path| Some(path.segments.first()?.ident.span().start().line);
    let end = |path: &syn::Path| Some(path.segments.last()?.ident.span().end().line);
    match expr {
        Expr::Tuple(tuple) => {
            let span = tuple.paren_token.span;
            Some((span.open().start().line, span.close().end().line))
        }
        Expr::Struct(literal) => Some((start(&literal.path)?, literal.brace_token.span.close().end().line)),
        Expr::Call(call) => Some((lines(&call.func)?.0, call.paren_token.span.close().end().line)),
        Expr::Path(path) => Some((start(&path.path)?, end(&path.path)?)),
        Expr::Reference(inner) => Some((inner.and_token.span.start().line, lines(&inner.expr)?.1)),
        _ => None,
    }
}

/// The elements of a list.
fn elements(expr: &Expr) -> Option<Vec<&Expr>> {
    match expr {
        Expr::Reference(inner) => elements(&inner.expr),
        Expr::Array(array) => Some(array.elems.iter().collect()),
        _ => None,
    }
}

/// The sources that the documentation of an item names.
pub(super) fn docs(attributes: &[syn::Attribute]) -> Vec<Source> {
    sources(&documentation(attributes))
}

/// The documentation of an item.
pub(super) fn documentation(attributes: &[syn::Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ")
}

/// Whether two places are about related things: the same part of a host, or the same thing elsewhere.
fn are_related(one: &Place, other: &Place) -> bool {
    (one.0 == other.0 && part(&one.1) == part(&other.1)) || thing(&one.1) == thing(&other.1)
}

fn literals(template: &str) -> impl DoubleEndedIterator<Item = &str> {
    let segments = template.split('/').filter(|segment| !segment.is_empty());
    segments.filter(|segment| !segment.starts_with('{'))
}

/// The first name of a path, below its version and account.
fn part(template: &str) -> Option<&str> {
    let below = template
        .strip_prefix("/2010-04-01/Accounts/{AccountSid}")
        .unwrap_or(template);
    let is_version = |segment: &str| segment.starts_with('v') && segment[1..].chars().all(|c| c.is_ascii_digit());
    literals(below).find(|segment| !is_version(segment))
}

/// The last name of a path.
fn thing(template: &str) -> Option<&str> {
    literals(template).next_back()
}
