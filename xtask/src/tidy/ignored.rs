//! Tests that are left out of an ordinary run, because they need a newer Terraform: each stands in a module that CI runs with one.

use anyhow::{Context as _, Result};
use syn::visit::{self, Visit};

/// One line for each test of these files that is ignored outside the modules whose names begin as `since` says, and for each of these without a test.
pub(super) fn findings(files: &[(String, String)], since: &[&str]) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for (file, text) in files {
        let source = syn::parse_file(text).with_context(|| format!("{file} cannot be read"))?;
        let mut reader = Reader {
            modules: file.trim_end_matches(".rs").split('/').map(str::to_owned).collect(),
            ignored: Vec::new(),
        };
        reader.visit_file(&source);
        for (line, modules) in reader.ignored {
            match since
                .iter()
                .find(|since| modules.iter().any(|module| module.starts_with(**since)))
            {
                Some(since) => run.push(since),
                None => findings.push(format!(
                    "{file}:{line}: nobody runs an ignored test, unless it stands in one of the modules {}",
                    since.join(", ")
                )),
            }
        }
    }
    let idle = since.iter().filter(|since| !run.contains(since));
    findings.extend(idle.map(|since| format!("there is no test in a module {since}, which CI runs")));
    Ok(findings)
}

struct Reader {
    /// Where it reads.
    modules: Vec<String>,
    /// Lines, with the modules that they stand in.
    ignored: Vec<(usize, Vec<String>)>,
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.modules.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.modules.pop();
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if attribute.path().is_ident("ignore") {
            let line = attribute.pound_token.spans[0].start().line;
            self.ignored.push((line, self.modules.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::findings;

    fn of(file: &str, text: &str) -> Vec<String> {
        findings(&[(file.to_owned(), text.to_owned())], &["since_2"]).expect("it is Rust")
    }

    const TEST: &str = "#[test]\n#[ignore = \"needs 2\"]\nfn f() {}";

    #[test]
    fn an_ignored_test_that_nobody_runs_is_found() {
        assert_eq!(of("acceptance/since_2.rs", TEST), [] as [String; 0]);
        assert_eq!(
            of("wire/core/query.rs", &format!("mod since_2 {{\n{TEST}\n}}")),
            [] as [String; 0]
        );
        let found = of("acceptance/core.rs", TEST);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("acceptance/core.rs:2: nobody runs"), "{found:?}");
        assert!(found[1].contains("no test in a module since_2"), "{found:?}");
    }
}
