//! `cargo xtask new`: a resource from the contract. What a person adds is prose and judgement.
//!
//! ```text
//! cargo xtask new twilio_queue --at 'api.twilio.com/2010-04-01/Accounts/{AccountSid}/Queues.json'
//! ```
//!
//! `place` finds what the contract has there, `fields` makes fields of the parameters and answers, `draft` adds what follows
//! from the whole, `codes` what it is refused with, `page` where Twilio documents it; `render`, `sample` and `register` make the texts,
//! and `changes` writes them all or none.

mod changes;
mod codes;
mod draft;
mod field;
mod fields;
mod older;
mod page;
mod place;
pub(crate) use place::contract;
mod present;
mod register;
mod render;
mod sample;
#[cfg(test)]
mod tests;
mod texts;
mod words;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use regex::Regex;
use terraform_provider_twilio::engine::facts::Category;
use twilio_simulator::contract::Contract;

use crate::docs::templates::Templates;
use crate::output::Printer;
use crate::process::{root, succeed};
use changes::Changes;
use codes::Codes;
use draft::Draft;

/// Options of `cargo xtask new`.
#[derive(clap::Args, Clone)]
pub struct Arguments {
    /// Terraform's type name, for example `twilio_queue`.
    name: String,
    /// Where Twilio has it: host and path of the collection, or of the settings, for example
    /// `sync.twilio.com/v1/Services/{ServiceSid}/Maps`.
    #[arg(long, value_name = "HOST/PATH")]
    at: String,
    /// The folder in `src/resources`, where it does not follow from the place.
    #[arg(long, value_name = "FOLDER")]
    category: Option<String>,
    /// Twilio's page on it.
    #[arg(long, value_name = "URL")]
    page: Option<String>,
    /// Show the table and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Leave the pages for later: `cargo xtask docs` writes them.
    #[arg(long)]
    no_docs: bool,
}

impl Arguments {
    /// A resource of this name at this place, without its pages.
    pub fn of(name: &str, at: &str) -> Self {
        Self {
            name: name.to_owned(),
            at: at.to_owned(),
            category: None,
            page: None,
            dry_run: false,
            no_docs: true,
        }
    }
}

/// Writes the table, its registration, its sample and the note of the change, in the checkout that it is run in.
///
/// # Errors
/// When the name is not one or is taken, when the contract has nothing at the place, or something that no table can say; when it cannot
/// be written, or no pages can be made of it. Whatever the error, the checkout is as it was.
pub fn run(arguments: &Arguments) -> Result<()> {
    run_in(&root(), arguments)
}

/// The same in the checkout at `root`.
///
/// # Errors
/// As [`run`].
pub fn run_in(root: &Path, arguments: &Arguments) -> Result<()> {
    let contract = place::contract(root)?;
    let draft = draft(root, contract, arguments)?;
    present::refuse_name(root, &draft.name)?;
    if let Some((plural, _)) = &draft.plural {
        present::refuse_name(root, plural)?;
    }
    ensure!(
        syn::parse_str::<syn::Ident>(draft.stem()).is_ok(),
        "{} would be the module `{}`, which is a word of Rust: choose another name",
        draft.name,
        draft.stem()
    );
    let table = render::table(&Templates::read()?, &draft)?;
    let printer = Printer::new();
    if arguments.dry_run {
        printer.say(&formatted(&table)?);
        return Ok(());
    }
    let file = format!("src/resources/{}/{}.rs", draft.category.folder(), draft.stem());
    let folder = file.trim_end_matches(".rs");
    for taken in [file.as_str(), folder] {
        ensure!(!root.join(taken).exists(), "{taken} exists");
    }
    let beside = present::at_place(root, &draft.place)?;
    let changes = prepared(root, contract, &draft, &file, table)?;
    let files: Vec<_> = changes.files().map(str::to_owned).collect();
    let written = changes.write()?;
    if !arguments.no_docs {
        printer.step("pages");
        if let Err(error) = succeed(Command::new(env!("CARGO")).current_dir(root).args(["xtask", "docs"])) {
            return Err(written.taken_back(error.context("the pages cannot be made of it")));
        }
    }
    printer.good(&format!("wrote {}", files.join(", ")));
    if !beside.is_empty() {
        printer.say(&format!(
            "Note: {} manages what is there already. Two resources of one object write over each other: keep this one only if it \
             has another part of the object.",
            beside.join(", ")
        ));
    }
    for line in next(&draft, &file) {
        printer.say(&line);
    }
    Ok(())
}

/// Whether a resource of this name could be made in the checkout at `root`.
pub fn is_free(root: &Path, name: &str) -> bool {
    present::refuse_name(root, name).is_ok()
}

/// All that is to be written, Rust as rustfmt lays it out.
fn prepared(root: &Path, contract: &'static Contract, draft: &Draft, file: &str, table: String) -> Result<Changes> {
    let mut changes = Changes::new(root);
    changes.put(file, table);
    register::table(&mut changes, draft)?;
    changes.each(".rs", formatted)?;
    for (name, text) in sample::files(root, contract, draft)? {
        changes.put(format!("examples/resources/{}/{name}", draft.name), text);
    }
    let heading = match draft.plural {
        Some(_) => "with its data sources, its search and its import",
        None => "with its data source and its import",
    };
    // A note of something else may go by the same word.
    let topic = draft.stem().replace('_', "-");
    let notes = [
        format!(".changes/{topic}.md"),
        format!(".changes/{}.md", draft.name.replace('_', "-")),
    ];
    let note = notes.into_iter().find(|note| !root.join(note).is_file());
    changes.put(
        note.with_context(|| format!("there is a note .changes/{topic}.md already"))?,
        format!("feature\n\nresource/{}: {heading}.\n", draft.name),
    );
    Ok(changes)
}

/// What is left for a person.
fn next(draft: &Draft, file: &str) -> Vec<String> {
    let beside = match draft.has_own_page {
        true => draft.page.clone(),
        false => format!(
            "the resource's page, which is not known here: find it from the product's page, {}, and put it into the table",
            draft.page
        ),
    };
    let mut lines = vec![format!(
        "Next: read {file} beside {beside}. Texts that begin with `Draft:` are generated: in place of each say in your own words what \
         the field is for, what leaving it out does, what destroying means. `cargo xtask tidy` names those that are left. Then \
         cargo xtask docs, and cargo test --test catalogue."
    )];
    for older in &draft.older {
        if let Some(why) = &older.elsewhere {
            lines.push(format!(
                "{} is not taken over, because its states do not lead to an object here: {why}. {} says so by ~.",
                older.type_name,
                older::TYPES
            ));
        } else if !older.unplaced.is_empty() {
            let names: Vec<_> = older.unplaced.iter().map(String::as_str).collect();
            lines.push(format!(
                "Of what {} stores, this has nothing for {}. Where that has another name here, say so in {} as ours=theirs in place \
                 of -theirs, and in the folder's older.rs.",
                older.type_name,
                names.join(", "),
                older::TYPES
            ));
        }
    }
    if !draft.codes.unnamed.is_empty() {
        let links = draft.codes.unnamed.iter();
        let links: Vec<_> = links
            .map(|code| format!("https://www.twilio.com/docs/api/errors/{code}"))
            .collect();
        lines.push(format!(
            "Twilio refuses with codes that have no words here yet. Before a release, say in {} what each means and what to do:\n  {}",
            codes::file(draft.category),
            links.join("\n  ")
        ));
    }
    lines
}

/// What the contract says of the resource.
fn draft(root: &Path, contract: &'static Contract, arguments: &Arguments) -> Result<Draft> {
    ensure!(
        Regex::new("^twilio_[a-z][a-z0-9]*(_[a-z0-9]+)*$")?.is_match(&arguments.name),
        "{:?} is no type name: it starts with twilio_ and is in snake case",
        arguments.name
    );
    let category = match &arguments.category {
        None => None,
        Some(folder) => Some(
            Category::ALL
                .iter()
                .copied()
                .find(|category| category.folder() == folder)
                .with_context(|| format!("{folder} is none of {}", draft::folders()))?,
        ),
    };
    let place = place::find(contract, &arguments.at)?;
    let mut draft = Draft::new(&arguments.name, place, category)?.with_older_types(root)?;
    draft.codes = Codes::of(root, &draft.place, draft.category)?;
    if let Some(page) = &arguments.page {
        if !page.starts_with("https://www.twilio.com/docs/") {
            bail!("{page} is no page of Twilio's documentation: it starts with https://www.twilio.com/docs/");
        }
        draft.page.clone_from(page);
        draft.has_own_page = true;
    } else if let Some(page) = page::of(root, &draft)? {
        draft.page = page;
        draft.has_own_page = true;
    }
    Ok(draft)
}

/// Rust, laid out as all of it is.
fn formatted(text: &str) -> Result<String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start rustfmt")?;
    rustfmt
        .stdin
        .take()
        .context("rustfmt reads nothing")?
        .write_all(text.as_bytes())?;
    let output = rustfmt.wait_with_output()?;
    ensure!(output.status.success(), "this is no Rust:\n{text}");
    Ok(String::from_utf8(output.stdout)?)
}
