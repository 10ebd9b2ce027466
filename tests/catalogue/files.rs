//! One name everywhere: a table has its file, its registration, its example, which is its sample, and its page;
//! and none of these is left over from a table that is gone.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use terraform_provider_twilio::engine::facts::{Category, Managed, Object};
use terraform_provider_twilio::provider::offered::{ACTIONS, DATA_SOURCES, EPHEMERAL_RESOURCES, RESOURCES};

use crate::walk::{Complaint, data_sources, settle};

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Names in a folder, without their endings.
pub fn names_in(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    entries
        .flatten()
        .map(|entry| {
            entry
                .path()
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

fn short(name: &str) -> &str {
    name.strip_prefix("twilio_").unwrap_or(name)
}

/// Rust sources below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

/// Tables that are defined in `text`: constant and Terraform name.
fn tables_in(text: &str) -> Vec<(String, String)> {
    let table = Regex::new(
        r#"pub const (\w+): (?:Managed = Managed \{\s*object: Object|DataSource = DataSource|Action = Action) \{\s*name: "(\w+)""#,
    )
    .expect("the expression is valid");
    table
        .captures_iter(text)
        .map(|found| (found[1].to_owned(), found[2].to_owned()))
        .collect()
}

/// Tables that are written: constant, Terraform name, folder below `src/resources`, and file.
fn written() -> Vec<(String, String, String, String)> {
    let mut tables = Vec::new();
    let folder = root().join("src/resources");
    for file in sources(&folder) {
        let text = fs::read_to_string(&file).expect("a source can be read");
        let within = file.strip_prefix(&folder).expect("it is below").parent();
        let within = within.unwrap_or(Path::new("")).to_string_lossy().into_owned();
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let found = tables_in(&text).into_iter();
        tables.extend(found.map(|(constant, name)| (constant, name, within.clone(), stem.clone())));
    }
    tables
}

/// What is offered by hand: Terraform name and category.
fn offered() -> Vec<(&'static str, Category)> {
    let resources = RESOURCES.iter().map(|table| (table.object.name, table.object.category));
    resources
        .chain(DATA_SOURCES.iter().map(|table| (table.name, table.category)))
        .chain(ACTIONS.iter().map(|table| (table.name, table.category)))
        .collect()
}

#[test]
fn every_table_that_is_written_is_offered() {
    let written: BTreeSet<_> = written().into_iter().map(|(_, name, ..)| name).collect();
    assert_eq!(
        written,
        offered().into_iter().map(|(name, _)| name.to_owned()).collect()
    );
}

#[test]
fn folder_file_category_and_constant_agree_with_the_name() {
    let mut complaints = Vec::new();
    for (constant, name, folder, file) in written() {
        let offered = offered();
        let category = offered.iter().find(|(offered, _)| *offered == name);
        complaints.extend(category.and_then(|(_, category)| misplaced(&name, *category, &constant, &folder, &file)));
    }
    settle(complaints, &[]);
}

/// What is wrong with the place of a table.
fn misplaced(name: &str, category: Category, constant: &str, folder: &str, file: &str) -> Option<Complaint> {
    if constant != short(name).to_uppercase() {
        Some(Complaint::new(name, constant, "the constant is named otherwise"))
    } else if folder != category.folder() {
        let wanted = format!("the folder of {category:?} is {}", category.folder());
        Some(Complaint::new(name, folder, wanted))
    } else if file != short(name) {
        Some(Complaint::new(name, file, "the file is named otherwise"))
    } else {
        None
    }
}

#[test]
fn folders_of_products_are_categories() {
    let folders: Vec<_> = Category::ALL.iter().map(|category| category.folder()).collect();
    assert!(
        folders.windows(2).all(|pair| pair[0] < pair[1]),
        "sorted, and no two alike"
    );
    let titles: BTreeSet<_> = Category::ALL.iter().map(|category| category.title()).collect();
    assert_eq!(
        titles.len(),
        folders.len(),
        "two parts of the documentation have one heading"
    );
    let entries = fs::read_dir(root().join("src/resources")).expect("it can be listed");
    for entry in entries.flatten().filter(|entry| entry.path().is_dir()) {
        let folder = entry.file_name().to_string_lossy().into_owned();
        assert!(
            folders.contains(&folder.as_str()),
            "{folder} is the folder of no category"
        );
    }
}

#[test]
fn a_table_in_the_wrong_place_is_refused() {
    let found = |constant, folder, file| {
        misplaced("twilio_messaging_service", Category::Messaging, constant, folder, file)
            .map(|complaint| complaint.name)
    };
    assert_eq!(found("MESSAGING_SERVICE", "messaging", "messaging_service"), None);
    // A part of the name is not the name.
    assert_eq!(
        found("MESSAGING_SERVICE", "messaging", "service").as_deref(),
        Some("service")
    );
    assert_eq!(
        found("SERVICE", "messaging", "messaging_service").as_deref(),
        Some("SERVICE")
    );
    assert_eq!(
        found("MESSAGING_SERVICE", "voice", "messaging_service").as_deref(),
        Some("voice")
    );
    assert_eq!(found("MESSAGING_SERVICE", "", "messaging_service").as_deref(), Some(""));
}

/// What a folder lacks of these names, and what it has beside them; with how that is mended.
pub fn differences(folder: &str, expected: &BTreeSet<String>, mend: &str) -> Vec<Complaint> {
    let found = names_in(folder);
    let lacking = expected.difference(&found);
    let lacking = lacking.map(|name| Complaint::new(folder, name, format!("is not there: {mend}")));
    let idle = found.difference(expected);
    let idle = idle.map(|name| Complaint::new(folder, name, format!("is of nothing that is offered: {mend}")));
    lacking.chain(idle).collect()
}

const WRITE_ONE: &str = "each has an example, and no other has (`cargo xtask new` writes that of a resource)";
pub const WRITE_PAGES: &str = "run `cargo xtask docs`";

#[test]
fn every_table_has_an_example_and_a_page_and_no_other_does() {
    let resources: BTreeSet<_> = RESOURCES.iter().map(|table| table.object.name.to_owned()).collect();
    let data_sources: BTreeSet<_> = data_sources().into_iter().map(str::to_owned).collect();
    let actions: BTreeSet<_> = ACTIONS.iter().map(|table| table.name.to_owned()).collect();
    let pages = |names: &BTreeSet<String>| names.iter().map(|name| short(name).to_owned()).collect::<BTreeSet<_>>();
    // What follows from a table has an example that does, unless there is a better one.
    let by_hand: BTreeSet<_> = DATA_SOURCES.iter().map(|table| table.name.to_owned()).collect();
    let shown = names_in("examples/data-sources");
    let followed: BTreeSet<_> = shown.intersection(&data_sources).cloned().collect();
    let examples = by_hand.union(&followed).cloned().collect();
    let complaints = [
        differences("examples/resources", &resources, WRITE_ONE),
        differences("examples/data-sources", &examples, WRITE_ONE),
        differences("examples/actions", &actions, WRITE_ONE),
        differences("docs/resources", &pages(&resources), WRITE_PAGES),
        differences("docs/data-sources", &pages(&data_sources), WRITE_PAGES),
        differences("docs/actions", &pages(&actions), WRITE_PAGES),
    ];
    settle(complaints.into_iter().flatten().collect(), &[]);
}

#[test]
fn what_a_folder_lacks_is_named() {
    let expected = ["provider.tf", "gone"].map(|name| name.trim_end_matches(".tf").to_owned());
    let complaints = differences("examples/provider", &expected.into(), "write it");
    assert_eq!(
        complaints,
        [Complaint::new("examples/provider", "gone", "is not there: write it")]
    );
    let complaints = differences("examples/provider", &BTreeSet::new(), "remove it");
    assert_eq!(complaints.len(), 1);
    assert!(complaints[0].name == "provider" && complaints[0].what.contains("nothing that is offered"));
}

/// Users read of everything that is new in the notes of the changes since the last release, and of the rest in the changelog.
#[test]
fn every_type_has_a_note() {
    let mut notes = fs::read_to_string(root().join("CHANGELOG.md")).expect("the changelog");
    for file in fs::read_dir(root().join(".changes")).expect("the notes").flatten() {
        if file.file_name() != "README.md" {
            notes.push_str(&fs::read_to_string(file.path()).expect("a note"));
        }
    }
    let resources = RESOURCES.iter().map(|table| ("resource", table.object.name));
    let data_sources = DATA_SOURCES.iter().map(|table| ("data", table.name));
    let actions = ACTIONS.iter().map(|table| ("action", table.name));
    let ephemeral = EPHEMERAL_RESOURCES.iter().map(|table| ("ephemeral", table.name));
    let all = resources.chain(data_sources).chain(actions).chain(ephemeral);
    settle(
        all.filter_map(|(kind, name)| unnoted(kind, name, &notes)).collect(),
        &[],
    );
}

/// A type that no note names.
fn unnoted(kind: &str, name: &str, notes: &str) -> Option<Complaint> {
    let is_noted = Regex::new(&format!(r"\b{name}\b")).expect("a pattern").is_match(notes);
    let what = format!(
        "has no note: say what is new in .changes/{}.md",
        short(name).replace('_', "-")
    );
    (!is_noted).then(|| Complaint::new(name, kind, what))
}

#[test]
fn a_type_without_a_note_is_named() {
    let notes = "feature\n\nresource/twilio_a_b: new.\n";
    assert_eq!(unnoted("resource", "twilio_a_b", notes), None);
    for other in ["twilio_b", "twilio_a", "twilio_a_b_c"] {
        let complaint = unnoted("resource", other, notes).expect("the part of a name is none");
        assert!(complaint.what.contains(".changes/"), "{}", complaint.what);
    }
}

/// They have a folder of their own in that of their product: one may have the name of a resource.
#[test]
fn every_ephemeral_resource_that_is_written_is_offered_with_an_example_and_a_page() {
    let table =
        Regex::new(r#"pub const (\w+): Ephemeral = Ephemeral \{\s*name: "(\w+)""#).expect("the expression is valid");
    let mut written = BTreeSet::new();
    for file in sources(&root().join("src/resources")) {
        let text = fs::read_to_string(&file).expect("a source can be read");
        for found in table.captures_iter(&text) {
            let (constant, name) = (&found[1], &found[2]);
            assert_eq!(constant, short(name).to_uppercase(), "{name}");
            let offered = EPHEMERAL_RESOURCES.iter().find(|table| table.name == name);
            let offered = offered.unwrap_or_else(|| panic!("{name} is not offered"));
            let place = format!("{}/ephemeral/{}.rs", offered.category.folder(), short(name));
            assert!(file.ends_with(&place), "{name} is in {}", file.display());
            written.insert(name.to_owned());
        }
    }
    let offered: BTreeSet<_> = EPHEMERAL_RESOURCES.iter().map(|table| table.name.to_owned()).collect();
    assert_eq!(written, offered);
    settle(differences("examples/ephemeral-resources", &offered, WRITE_ONE), &[]);
    let pages = offered
        .iter()
        .map(|name| short(name).to_owned())
        .collect::<BTreeSet<_>>();
    settle(differences("docs/ephemeral-resources", &pages, WRITE_PAGES), &[]);
    for name in &offered {
        let file = format!("examples/ephemeral-resources/{name}/ephemeral-resource.tf");
        let text = fs::read_to_string(root().join(&file)).unwrap_or_default();
        assert!(
            text.contains(&format!("ephemeral \"{name}\" \"")),
            "{file} does not open it"
        );
    }
}

/// A value that is stored nowhere would otherwise be in the terminal.
#[test]
fn what_an_ephemeral_resource_says_of_itself_is_whole() {
    for table in EPHEMERAL_RESOURCES {
        assert!(!table.since.is_empty() && table.doc.ends_with('.') && table.api_page.starts_with("https://"));
        assert_eq!(
            table.attributes.iter().filter(|field| field.is_write_only()).count(),
            0,
            "{}",
            table.name
        );
        for field in table.attributes {
            let is_secret = ["token", "secret"].iter().any(|word| field.name.ends_with(word));
            assert_eq!(field.sensitive, is_secret, "{}.{}", table.name, field.name);
            assert!(field.doc.ends_with('.'), "{}.{}", table.name, field.name);
        }
    }
}

#[test]
fn examples_show_what_they_are_named_after() {
    let mut complaints = Vec::new();
    for table in RESOURCES {
        complaints.extend(check_example(table));
    }
    for name in names_in("examples/data-sources") {
        let file = format!("examples/data-sources/{name}/data-source.tf");
        let text = fs::read_to_string(root().join(&file)).unwrap_or_default();
        if !text.contains(&format!("data \"{name}\" \"")) {
            complaints.push(Complaint::new(&name, &file, "does not read it"));
        }
    }
    settle(complaints, &[]);
}

fn check_example(table: &'static Managed) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let folder = format!("examples/resources/{}", table.object.name);
    let read = |file: &str| fs::read_to_string(root().join(&folder).join(file)).unwrap_or_default();
    let example = read("resource.tf");
    if !example.contains(&format!("resource \"{}\" \"", table.object.name)) {
        complaints.push(Complaint::new(table.object.name, "resource.tf", "does not make it"));
    }
    let commands: Vec<_> = example_imports(&read("import.sh")).map(str::to_owned).collect();
    if commands.is_empty() {
        complaints.push(Complaint::new(
            table.object.name,
            "import.sh",
            "does not import anything",
        ));
    }
    for command in commands {
        if let Err(why) = crate::imports::command_fits(table, &example, &command) {
            complaints.push(Complaint::new(
                table.object.name,
                "import.sh",
                format!("{command}: {why}"),
            ));
        }
    }
    complaints
}

/// The commands of a script, without comments and blank lines.
fn example_imports(script: &str) -> impl Iterator<Item = &str> {
    script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[test]
fn a_resource_without_an_example_is_refused() {
    const ALONE: Managed = Managed {
        object: Object {
            name: "twilio_alone",
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };
    let names: Vec<_> = check_example(&ALONE)
        .into_iter()
        .map(|complaint| complaint.name)
        .collect();
    assert_eq!(names, ["resource.tf", "import.sh"]);
    assert_eq!(
        tables_in("pub const ALONE: Managed = Managed {\n    object: Object {\n        name: \"twilio_alone\","),
        [("ALONE".to_owned(), "twilio_alone".to_owned())]
    );
}

/// Who reads a page must be able to import by identity without a search having written it.
#[test]
fn every_page_names_the_identity_for_imports() {
    for table in RESOURCES {
        let page = format!("docs/resources/{}.md", short(table.object.name));
        let text = fs::read_to_string(root().join(&page));
        let text = text.unwrap_or_else(|error| panic!("{page}: {error}: {WRITE_PAGES}"));
        let block = text
            .split("  identity = {\n")
            .nth(1)
            .and_then(|rest| rest.split("\n  }\n}").next());
        let block = block.unwrap_or_else(|| panic!("{page} has no import by identity: {WRITE_PAGES}"));
        let names: Vec<_> = block
            .lines()
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        let expected: Vec<_> = match table.object.is_of_the_account() {
            true => vec!["account_sid"],
            false => table.object.id_parts().collect(),
        };
        assert_eq!(names, expected, "{page}: {WRITE_PAGES}");
    }
}

/// `removed.tf` is there exactly where an update can take something out.
#[test]
fn a_sample_removes_something_where_something_can_be_removed() {
    use terraform_provider_twilio::engine::facts::{Absent, Role, Sent, UpdateStyle};
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut complaints = Vec::new();
    let mut compared = 0;
    for table in crate::walk::tables() {
        let name = table.object.name;
        let folders = ["examples/resources", "tests/tables/samples"].map(|folder| root.join(folder).join(name));
        let Some(folder) = folders.iter().find(|folder| folder.exists()) else {
            continue;
        };
        compared += 1;
        let is_taken_out = table.object.fields.iter().any(|field| {
            let is_member = matches!(field.role, Role::Members(_));
            // What parts are made of never reaches Twilio by itself, and is taken out like what does.
            let is_made_of = !table.made_of.is_empty() && field.role == Role::Local(Absent::Clears);
            let is_sent = matches!(field.sent(), Sent::Always | Sent::OnUpdate) && !field.is_write_only();
            let is_updated = is_member || is_made_of || is_sent;
            let absent = field.role.absent();
            is_updated
                && matches!(
                    absent,
                    Some(Absent::Clears | Absent::ClearedBy(_) | Absent::DefaultsTo(_))
                )
        });
        let is_expected = match table.lifecycle.update() {
            UpdateStyle::Never => false,
            // A merge also takes out what is within a value that must be there.
            UpdateStyle::Merge => true,
            UpdateStyle::Post | UpdateStyle::Whole | UpdateStyle::Put | UpdateStyle::Patch => is_taken_out,
        };
        if is_expected != folder.join("removed.tf").exists() {
            let what = if is_expected {
                "has no removed.tf, and an update can take something out"
            } else {
                "has a removed.tf, and no update takes anything out"
            };
            complaints.push(crate::walk::Complaint::new(name, "", what));
        }
    }
    assert!(compared > 30, "only {compared} samples were compared");
    crate::walk::settle(complaints, &[]);
}
