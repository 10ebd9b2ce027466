//! `cargo xtask new`: the skeleton of a resource, where the three places are that a new one touches.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use regex::Regex;
use terraform_provider_twilio::engine::facts::Category;

use crate::output::Printer;
use crate::process::root;

/// Options of `cargo xtask new`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Terraform's type name, for example `twilio_queue`.
    name: String,
    /// The folder under `src/resources`, for example `voice`.
    #[arg(long)]
    product: String,
    /// The two letters that its SIDs start with.
    #[arg(long)]
    sid_prefix: String,
    /// Work in this checkout instead.
    #[arg(long, hide = true)]
    root: Option<PathBuf>,
}

impl Arguments {
    /// A resource that no one has, in the checkout at `root`.
    pub fn example(root: &Path) -> Self {
        let (name, product, sid_prefix) = ("twilio_example_thing".to_owned(), "video".to_owned(), "XX".to_owned());
        Self {
            name,
            product,
            sid_prefix,
            root: Some(root.to_owned()),
        }
    }
}

/// Writes the resource file and its examples, and registers it.
///
/// # Errors
/// When the name is not one, or the resource exists.
pub fn run(arguments: &Arguments) -> Result<()> {
    let root = arguments.root.clone().unwrap_or_else(root);
    let names = Names::new(arguments)?;
    let folder = root.join("src/resources").join(&names.product);
    let file = folder.join(format!("{}.rs", names.noun));
    if file.exists() {
        bail!("{} exists", file.display());
    }
    if !folder.exists() {
        fs::create_dir_all(&folder)?;
        let title = names.product.replace('_', " ");
        let module = format!(
            "//! Resources of {title}.\n\nuse crate::engine::facts::Managed;\n\n/// Resources, sorted by name.\npub const \
             RESOURCES: &[Managed] = &[];\n"
        );
        fs::write(folder.join("mod.rs"), module)?;
        add_module(&root.join("src/resources/mod.rs"), &names.product)?;
        join(&root.join("src/provider/offered.rs"), &names.product)?;
    }
    fs::write(&file, names.resource_file())?;
    add_module(&folder.join("mod.rs"), &names.noun)?;
    register(&folder.join("mod.rs"), &names)?;
    let examples = root.join("examples/resources").join(&names.name);
    fs::create_dir_all(&examples)?;
    fs::write(
        examples.join("resource.tf"),
        format!(
            "resource \"{}\" \"example\" {{\n  friendly_name = \"Example\"\n}}\n",
            names.name
        ),
    )?;
    fs::write(
        examples.join("import.sh"),
        format!(
            "terraform import {}.example {}0123456789abcdef0123456789abcdef\n",
            names.name, names.sid_prefix
        ),
    )?;
    let printer = Printer::new();
    printer.good(&format!("wrote {}", file.display()));
    printer.say("Next: fill in the table from Twilio's page, then cargo xtask docs, then a case in tests/acceptance.");
    Ok(())
}

struct Names {
    name: String,
    noun: String,
    product: String,
    sid_prefix: String,
    category: Category,
}

impl Names {
    fn new(arguments: &Arguments) -> Result<Self> {
        let check = |what: &str, text: &str, pattern: &str| -> Result<()> {
            if !Regex::new(pattern)?.is_match(text) {
                bail!("{text:?} is no {what}");
            }
            Ok(())
        };
        check(
            "type name: it starts with twilio_ and is in snake case",
            &arguments.name,
            "^twilio_[a-z][a-z0-9_]*$",
        )?;
        check(
            "product folder: it is in snake case",
            &arguments.product,
            "^[a-z][a-z0-9_]*$",
        )?;
        check(
            "SID prefix: it is two capital letters",
            &arguments.sid_prefix,
            "^[A-Z]{2}$",
        )?;
        let category = Category::ALL
            .iter()
            .find(|category| category.folder() == arguments.product);
        Ok(Self {
            category: *category.context("that is the folder of no category: see src/engine/facts/category.rs")?,
            noun: arguments.name.trim_start_matches("twilio_").to_owned(),
            name: arguments.name.clone(),
            product: arguments.product.clone(),
            sid_prefix: arguments.sid_prefix.clone(),
        })
    }

    fn constant(&self) -> String {
        self.noun.to_uppercase()
    }

    fn resource_file(&self) -> String {
        let Self {
            name, noun, sid_prefix, ..
        } = self;
        let category = self.category;
        let (constant, words) = (self.constant(), noun.replace('_', " "));
        format!(
            r#"//! A {words}. <https://www.twilio.com/docs>
//!
//! # Quirks
//! - A fact each: what Twilio does and its page does not say, and which hook deals with it. What users have to know is in `quirks`.

use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::Setting;
use crate::engine::facts::{{Category, Field, Key, Managed, Object, Place, Plural, text, timestamp}};
use crate::twilio::Product;

/// `{name}`.
pub const {constant}: Managed = Managed {{
    object: Object {{
        name: "{name}",
        noun: "{words}",
        plural: Some(Plural {{
            name: "{name}s",
            noun: "{words}s",
        }}),
        category: Category::{category:?},
        api_page: "https://www.twilio.com/docs",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{{account_sid}}/Collection.json",
            "/2010-04-01/Accounts/{{account_sid}}/Collection/{{sid}}.json",
        ),
        key: Key::Sid("{sid_prefix}"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        ..Object::NEW
    }},
    since: "0.1.0",
    doc: "A {words}.",
    ..Managed::NEW
}};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required)).doc("Name shown in the Console."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
"#
        )
    }
}

/// Adds `pub mod name;` to the modules of a file, in order.
fn add_module(file: &Path, name: &str) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    let line = format!("pub mod {name};");
    // Before the first that comes after it; else behind the last one, or in front of the first thing that is no comment.
    let is_module = |line: &String| line.starts_with("pub mod ");
    let at = match lines.iter().position(|other| is_module(other) && *other > line) {
        Some(at) => at,
        None => match lines.iter().rposition(is_module) {
            Some(last) => last + 1,
            None => {
                let comments = lines.iter().take_while(|line| line.starts_with("//!")).count();
                lines.insert(comments, String::new());
                comments + 1
            }
        },
    };
    lines.insert(at, line);
    fs::write(file, lines.join("\n") + "\n")?;
    Ok(())
}

/// Adds the resource to the sorted list of its folder.
fn register(file: &Path, names: &Names) -> Result<()> {
    let entry = format!("{}::{}", names.noun, names.constant());
    insert(file, r"(?s)(pub const RESOURCES: &\[Managed\] = &\[)(.*?)(\];)", &entry)
}

/// Joins the list of a new folder to the others.
fn join(file: &Path, product: &str) -> Result<()> {
    insert(file, r"(?s)(use crate::resources::\{)(.*?)(\};)", product)?;
    insert(
        file,
        r"(?s)(const RESOURCES_OF_PRODUCTS: &\[&\[Managed\]\] = &\[)(.*?)(\];)",
        &format!("{product}::RESOURCES"),
    )
}

/// Adds an entry to a sorted list, which `list` finds: what stands before it, the entries, and what stands behind.
fn insert(file: &Path, list: &str, entry: &str) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let list = Regex::new(list)?;
    let found = list
        .captures(&text)
        .with_context(|| format!("{} has no such list: {list}", file.display()))?;
    let mut entries: Vec<_> = found[2]
        .split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .collect();
    entries.push(entry);
    entries.sort_unstable();
    let lines: String = entries.iter().map(|entry| format!("    {entry},\n")).collect();
    fs::write(file, list.replace(&text, format!("$1\n{lines}$3")).as_ref())?;
    Ok(())
}
