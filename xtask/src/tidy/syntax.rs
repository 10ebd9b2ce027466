//! What a source file says in its syntax: its modules, what each of them brings into scope, and every path that it names, with
//! comments and texts left aside.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// Names of a path, from its first.
pub(super) type Names = Vec<String>;

/// A module, and what stands in it.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// Where it is, below the root of the crate.
    pub(super) path: Names,
    /// What `use` brings into scope under a name, as it is written there.
    pub(super) bindings: BTreeMap<String, Vec<Names>>,
    /// What `use` brings into scope with a star.
    pub(super) globs: Vec<Names>,
    /// Modules that are declared in it.
    pub(super) modules: BTreeSet<String>,
    /// The paths that are named in it, each with its line.
    pub(super) named: Vec<(Names, usize)>,
    /// Lines that put a module into a file of another name: an attribute, or the text of another file.
    pub(super) moved: Vec<usize>,
    /// Lines with attributes that bring a macro into scope without a path.
    pub(super) unscoped: Vec<usize>,
}

/// The modules in the text of a file: the file's own, at `path`, and those inside it.
pub(super) fn modules(path: &[String], text: &str) -> Result<Vec<Module>> {
    let file = syn::parse_file(text).map_err(|error| anyhow!("line {}: {error}", error.span().start().line))?;
    let mut reader = Reader {
        done: Vec::new(),
        open: vec![Module {
            path: path.to_vec(),
            ..Module::default()
        }],
    };
    reader.visit_file(&file);
    let mut modules = reader.done;
    modules.extend(reader.open);
    Ok(modules)
}

struct Reader {
    done: Vec<Module>,
    /// The module that is read, and those it stands in.
    open: Vec<Module>,
}

impl Reader {
    fn module(&mut self) -> &mut Module {
        if self.open.is_empty() {
            self.open.push(Module::default());
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    fn name(&mut self, names: Names, line: usize) {
        self.module().named.push((names, line));
    }

    fn bind(&mut self, name: String, names: Names) {
        self.module().bindings.entry(name).or_default().push(names);
    }

    fn use_tree(&mut self, prefix: &Names, tree: &syn::UseTree) {
        let with = |name: &syn::Ident| prefix.iter().cloned().chain([plain(name)]).collect::<Names>();
        match tree {
            syn::UseTree::Path(path) => self.use_tree(&with(&path.ident), &path.tree),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.use_tree(prefix, tree)),
            syn::UseTree::Glob(glob) => {
                self.module().globs.push(prefix.clone());
                self.name(prefix.clone(), glob.star_token.spans[0].start().line);
            }
            syn::UseTree::Name(name) => {
                let line = name.ident.span().start().line;
                let names = if name.ident == "self" {
                    prefix.clone()
                } else {
                    with(&name.ident)
                };
                if let Some(last) = names.last().filter(|last| *last != "crate" && *last != "super") {
                    self.bind(last.clone(), names.clone());
                }
                self.name(names, line);
            }
            syn::UseTree::Rename(rename) => {
                let line = rename.ident.span().start().line;
                let names = match rename.ident == "self" && !prefix.is_empty() {
                    true => prefix.clone(),
                    false => with(&rename.ident),
                };
                self.bind(plain(&rename.rename), names.clone());
                self.name(names, line);
            }
        }
    }

    /// Paths in tokens that only a macro understands. `prefix` stands before each, within the braces of a `use`.
    fn tokens(&mut self, prefix: &Names, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => self.tokens(prefix, group.stream()),
                TokenTree::Ident(first) => {
                    let mut names = prefix.clone();
                    names.push(plain(&first));
                    // As long as two colons follow: a name, or the braces of a `use`.
                    while takes(&mut tokens, ':') {
                        if !takes(&mut tokens, ':') {
                            break;
                        }
                        match tokens.peek() {
                            Some(TokenTree::Ident(next)) => {
                                names.push(plain(next));
                                tokens.next();
                            }
                            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                                let inner = group.stream();
                                tokens.next();
                                self.tokens(&names, inner);
                                break;
                            }
                            _ => break,
                        }
                    }
                    self.name(names, first.span().start().line);
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

/// A name without the mark that makes one of a keyword.
fn plain(name: &proc_macro2::Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

/// Takes a punctuation mark, if it is the next token.
fn takes(tokens: &mut std::iter::Peekable<impl Iterator<Item = TokenTree>>, mark: char) -> bool {
    tokens
        .next_if(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark))
        .is_some()
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let name = plain(&item.ident);
        self.module().modules.insert(name.clone());
        item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
        let Some((_, items)) = &item.content else { return };
        let path = self.module().path.iter().cloned().chain([name]).collect();
        self.open.push(Module {
            path,
            ..Module::default()
        });
        items.iter().for_each(|item| self.visit_item(item));
        self.done.extend(self.open.pop());
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if item.leading_colon.is_none() {
            self.use_tree(&Names::new(), &item.tree);
        }
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        if let ("self", Some((_, name))) = (item.ident.to_string().as_str(), &item.rename) {
            self.bind(plain(name), vec!["crate".to_owned()]);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let (None, Some(first)) = (&path.leading_colon, path.segments.first()) {
            let names = path.segments.iter().map(|segment| plain(&segment.ident));
            self.name(names.collect(), first.ident.span().start().line);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        if let Some(name) = call.path.segments.last().filter(|name| name.ident == "include") {
            let line = name.ident.span().start().line;
            self.module().moved.push(line);
        }
        self.tokens(&Names::new(), call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if attribute.path().is_ident("path") {
            let line = attribute.pound_token.spans[0].start().line;
            self.module().moved.push(line);
        }
        if ["macro_export", "macro_use"]
            .iter()
            .any(|name| attribute.path().is_ident(name))
        {
            let line = attribute.pound_token.spans[0].start().line;
            self.module().unscoped.push(line);
        }
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(&Names::new(), list.tokens.clone());
        }
    }
}
