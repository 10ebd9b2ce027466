//! `cargo xtask docs`: the registry's pages, from the tables, the schemas and the examples.
//!
//! Nothing is written in a page that is not in a table or an example; `docs/guides/` is written by hand and left alone.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use terraform_provider_twilio::engine::facts::{AccountRule, Begin, Category, Destroy, Managed, Read, Source};
use terraform_provider_twilio::engine::values::identity::identity_schema;
use terraform_provider_twilio::engine::values::import_id;
use terraform_provider_twilio::engine::values::schema::{data_source_schema, resource_schema};
use terraform_provider_twilio::framework::schema::{Attribute, AttributeType, Nesting, Schema};
use terraform_provider_twilio::framework::types::Type;
use terraform_provider_twilio::provider::{block, offered};

use crate::followed::{Followed, followed, search};
use crate::output::Printer;
use crate::process::root;

/// Options of `cargo xtask docs`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Write nothing; fail when a page is not as it would be written.
    #[arg(long)]
    check: bool,
}

impl Arguments {
    /// `--check`.
    pub fn check() -> Self {
        Self { check: true }
    }
}

/// Folders whose pages are generated.
const GENERATED: &[&str] = &["docs/resources", "docs/data-sources", "docs/list-resources"];

/// Writes or checks the pages.
///
/// # Errors
/// With `--check`, when a page differs, is missing, or belongs to nothing; a missing example.
pub fn run(arguments: &Arguments) -> Result<()> {
    let pages = pages()?;
    let stale = stale_pages(&pages)?;
    if arguments.check {
        let different: Vec<_> = pages
            .iter()
            .filter(|(path, text)| fs::read_to_string(root().join(path)).ok().as_ref() != Some(text))
            .map(|(path, _)| path.display().to_string())
            .chain(
                stale
                    .iter()
                    .map(|path| format!("{} (belongs to nothing)", path.display())),
            )
            .collect();
        if !different.is_empty() {
            bail!(
                "these pages are not as the tables have them; run `cargo xtask docs`:\n  {}",
                different.join("\n  ")
            );
        }
        Printer::new().good(&format!("{} pages are as the tables have them", pages.len()));
        return Ok(());
    }
    for (path, text) in &pages {
        let path = root().join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    for path in stale {
        fs::remove_file(root().join(path))?;
    }
    Printer::new().good(&format!("{} pages written", pages.len()));
    Ok(())
}

fn pages() -> Result<BTreeMap<PathBuf, String>> {
    let mut pages = BTreeMap::from([
        (PathBuf::from("docs/index.md"), index_page()?),
        (
            PathBuf::from("examples/testing/twilio.tfmock.hcl"),
            crate::mocks::file(),
        ),
    ]);
    for table in offered::RESOURCES {
        pages.insert(
            format!("docs/resources/{}.md", short(table.object.name)).into(),
            resource_page(table)?,
        );
    }
    for table in offered::RESOURCES {
        for source in followed(table) {
            let file = format!("examples/data-sources/{}/data-source.tf", source.name);
            let mut page = front_matter(
                source.name,
                "Data Source",
                table.object.category,
                &source.schema.block.description,
            );
            let _ = writeln!(
                page,
                "{}\n\nTwilio's own page: <{}>. Since version {}.\n",
                source.schema.block.description, table.object.api_page, table.since
            );
            // One that is written by hand says more.
            match root().join(&file).exists() {
                true => example(&mut page, &file, "terraform")?,
                false => {
                    let _ = writeln!(
                        page,
                        "## Example Usage\n\n```terraform\n{}\n```\n",
                        source.example.trim_end()
                    );
                }
            }
            schema_section(&mut page, &source.schema);
            pages.insert(format!("docs/data-sources/{}.md", short(source.name)).into(), page);
        }
    }
    for (table, search) in offered::RESOURCES
        .iter()
        .filter_map(|table| Some((table, search(table)?)))
    {
        let path = format!("docs/list-resources/{}.md", short(search.name));
        pages.insert(path.into(), search_page(table, &search)?);
    }
    for table in offered::DATA_SOURCES {
        let schema = data_source_schema(table.doc, table.attributes, table.rules);
        let mut page = front_matter(table.name, "Data Source", table.category, table.doc);
        let _ = writeln!(
            page,
            "{}\n\nTwilio's own page: <{}>. Since version {}.\n",
            table.doc, table.api_page, table.since
        );
        example(
            &mut page,
            &format!("examples/data-sources/{}/data-source.tf", table.name),
            "terraform",
        )?;
        schema_section(&mut page, &schema);
        pages.insert(format!("docs/data-sources/{}.md", short(table.name)).into(), page);
    }
    Ok(pages)
}

fn stale_pages(pages: &BTreeMap<PathBuf, String>) -> Result<Vec<PathBuf>> {
    let mut stale = Vec::new();
    for folder in GENERATED {
        let Ok(entries) = fs::read_dir(root().join(folder)) else {
            continue;
        };
        for entry in entries {
            let path = Path::new(folder).join(entry?.file_name());
            if !pages.contains_key(&path) {
                stale.push(path);
            }
        }
    }
    Ok(stale)
}

fn index_page() -> Result<String> {
    let schema = block::schema();
    let mut page = String::from("---\npage_title: \"Provider: Twilio\"\ndescription: |-\n  ");
    let _ = write!(
        page,
        "{}\n---\n\n# Twilio Provider\n\n{}\n\n",
        schema.block.description, schema.block.description
    );
    example(&mut page, "examples/provider/provider.tf", "terraform")?;
    schema_section(&mut page, &schema);
    page.push_str(INDEX_NOTES);
    page.push_str("## Proxies and certificates\n\nThese environment variables say how Twilio is reached:\n\n");
    for (variable, meaning) in block::NETWORK {
        let _ = writeln!(page, "- `{variable}`: {meaning}");
    }
    Ok(page)
}

/// What no schema can say about the provider as a whole.
const INDEX_NOTES: &str = "\
## Credentials

Arguments win over environment variables, and those over a profile. If the environment has both an API key and an auth token, the key \
is used. An argument that is an empty text is an error; a variable that is empty is one that is not set. Which credential may do what \
is in the [guide to credentials](guides/credentials.md).

## Guides

- [Credentials and accounts](guides/credentials.md)
- [Subaccounts](guides/subaccounts.md)
- [Protecting phone numbers](guides/protecting-numbers.md)
- [Importing an existing account](guides/importing.md)
- [Coming from another provider](guides/migration.md)
- [Large accounts and limits](guides/large-accounts.md)
- [Testing configurations](guides/testing.md)
- [Audit log](guides/audit-log.md)

";

fn resource_page(table: &'static Managed) -> Result<String> {
    let schema = resource_schema(table);
    let mut page = front_matter(table.object.name, "Resource", table.object.category, table.doc);
    let _ = writeln!(
        page,
        "{}\n\nTwilio's own page: <{}>. Since version {}.\n",
        table.doc, table.object.api_page, table.since
    );
    for note in notes(table) {
        let _ = writeln!(page, "~> {note}\n");
    }
    example(
        &mut page,
        &format!("examples/resources/{}/resource.tf", table.object.name),
        "terraform",
    )?;
    schema_section(&mut page, &schema);
    if !table.more.is_empty() {
        let _ = writeln!(page, "{}\n", table.more.trim_end());
    }
    let _ = writeln!(
        page,
        "## Import\n\nThe import id is {}.\n",
        import_id::shape(&table.object)
    );
    fenced(
        &mut page,
        &format!("examples/resources/{}/import.sh", table.object.name),
        "shell",
    )?;
    page.push_str(&import_by_identity(table)?);
    let _ = writeln!(
        page,
        "\n## After an interrupted apply\n\n{}",
        after_an_interruption(table)
    );
    Ok(page)
}

/// How an `import` block names the object by its identity: the one whose id the example has.
fn import_by_identity(table: &Managed) -> Result<String> {
    let object = &table.object;
    let file = format!("examples/resources/{}/import.sh", object.name);
    let example = fs::read_to_string(root().join(&file)).with_context(|| file.clone())?;
    let words: Vec<_> = example.lines().next().unwrap_or_default().split_whitespace().collect();
    let ["terraform", "import", address, id] = words[..] else {
        bail!("{file} does not begin with an import of one object");
    };
    let parts: Vec<_> = match object.id_parts().count() {
        0 => vec!["account_sid"],
        _ => object.id_parts().collect(),
    };
    let values: Vec<_> = id.splitn(parts.len(), '/').collect();
    if values.len() != parts.len() {
        bail!("{file} does not begin with an import by the id alone");
    }
    let width = parts.iter().map(|part| part.len()).max().unwrap_or_default();
    let mut page = format!(
        "With Terraform 1.12 or OpenTofu 1.12 and newer, an `import` block takes the identity in place of the id{}:\n\n```hcl\nimport {{\n  \
         to = {address}\n  identity = {{\n",
        match object.account {
            AccountRule::Owned => "",
            _ if object.is_of_the_account() => "",
            AccountRule::Fixed | AccountRule::Movable =>
                ", with `account_sid` in it too for one in another account than the provider's",
        }
    );
    for (part, value) in parts.iter().zip(values) {
        let _ = writeln!(page, "    {part:width$} = \"{value}\"");
    }
    page.push_str("  }\n}\n```\n");
    Ok(page)
}

/// What of its life surprises.
fn notes(table: &Managed) -> Vec<String> {
    let noun = table.object.noun;
    let begins = match table.lifecycle.begin() {
        Begin::Settings => Some(format!(
            "The {noun} is always there. Creating this resource changes it to the configuration; two resources for one are \
             refused as far as one process of the provider sees both."
        )),
        Begin::Adopted => Some(format!(
            "The {noun} must be there already: creating this resource only changes it."
        )),
        Begin::Made | Begin::Upserted => None,
    };
    let ends = match table.lifecycle.destroy() {
        Destroy::Forget if table.lifecycle.is_there_before() => {
            Some("Destroying only removes it from the state: it stays as it is.".to_owned())
        }
        Destroy::Forget => Some("Destroying only removes the object from the state: Twilio cannot delete it.".to_owned()),
        Destroy::Reset => Some(
            "Destroying takes off what is configured and puts the defaults back. What has no default and cannot be taken off \
             stays as it is."
                .to_owned(),
        ),
        Destroy::Archive(_) => Some("Destroying archives it: Twilio keeps it and cannot delete it.".to_owned()),
        Destroy::Delete | Destroy::Hook => None,
    };
    let reads = (table.object.place.read == Read::Nowhere).then(|| {
        format!(
            "Twilio shows the {noun} nowhere. What is in the state is what was written last: a change that somebody else makes \
             is not seen."
        )
    });
    begins.into_iter().chain(ends).chain(reads).collect()
}

/// The page of a search.
fn search_page(table: &'static Managed, search: &Followed) -> Result<String> {
    let object = &table.object;
    let mut page = front_matter(
        search.name,
        "List Resource",
        object.category,
        &search.schema.block.description,
    );
    let _ = writeln!(
        page,
        "{}\n\nTwilio's own page: <{}>. Since version {}.\n",
        search.schema.block.description, object.api_page, table.since
    );
    let file = format!("examples/list-resources/{}/list-resource.tfquery.hcl", search.name);
    // One that is written by hand says more.
    match root().join(&file).exists() {
        true => example(&mut page, &file, "hcl")?,
        false => {
            let _ = writeln!(page, "## Example Usage\n\n```hcl\n{}\n```\n", search.example.trim_end());
        }
    }
    let identity = identity_schema(object).attributes;
    let parts: Vec<_> = identity.iter().map(|part| format!("`{}`", part.name)).collect();
    let _ = writeln!(
        page,
        "In a file that ends in `.tfquery.hcl`, beside the configuration. `terraform query` shows the name and the identity of \
         each ({}), and `terraform query -generate-config-out=found.tf` writes the blocks that import them: see \
         [Importing an existing account](../guides/importing.md). Without `limit`, Terraform takes the first 100.\n",
        parts.join(", ")
    );
    schema_section(&mut page, &search.schema);
    Ok(page)
}

/// How the next apply finds an object that was made and could not be written into the state.
fn after_an_interruption(table: &Managed) -> String {
    let has = |name: &str| table.object.field(name).is_some();
    let once = table
        .object
        .fields
        .iter()
        .find(|attribute| attribute.source == Source::CreateResponse);
    let start = "An answer that is lost on the way is looked up, so that nothing is made twice. If the process itself dies \
                 between Twilio's answer and the state,";
    match once {
        Some(once) => format!(
            "{start} the {} exists and its `{}` is lost with the process: delete it in the Twilio Console, and apply again \
             to make another.",
            table.object.noun, once.name
        ),
        None if has("adopt_existing") => format!(
            "{start} import the {}, or set `adopt_existing = true` for the next apply: it takes over the one with the same {}.",
            table.object.noun,
            table
                .object
                .natural_key
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
        None => format!("{start} apply again: the same settings are written again."),
    }
}

fn short(name: &str) -> &str {
    name.strip_prefix("twilio_").unwrap_or(name)
}

fn front_matter(name: &str, kind: &str, category: Category, doc: &str) -> String {
    let summary = doc
        .split_once(". ")
        .map_or(doc, |(first, _)| first)
        .trim_end_matches('.')
        .replace('\n', " ");
    format!(
        "---\npage_title: \"{name} {kind} - twilio\"\nsubcategory: \"{}\"\ndescription: |-\n  {summary}.\n---\n\n\
         # {name} ({kind})\n\n",
        category.title()
    )
}

fn example(page: &mut String, path: &str, language: &str) -> Result<()> {
    page.push_str("## Example Usage\n\n");
    fenced(page, path, language)
}

fn fenced(page: &mut String, path: &str, language: &str) -> Result<()> {
    let text =
        fs::read_to_string(root().join(path)).with_context(|| format!("{path} is missing: each page shows one"))?;
    let _ = writeln!(page, "```{language}\n{}\n```\n", text.trim_end());
    Ok(())
}

/// `## Schema` with `### Required`, `### Optional`, `### Read-Only`, and nested schemas behind.
fn schema_section(page: &mut String, schema: &Schema) {
    page.push_str("## Schema\n\n");
    let mut nested = Vec::new();
    groups(page, "###", &schema.block.attributes, "", &mut nested);
    while let Some((anchor, attributes)) = nested.pop() {
        let _ = writeln!(
            page,
            "<a id=\"nestedatt--{}\"></a>\n### Nested Schema for `{anchor}`\n",
            anchor.replace('.', "--")
        );
        groups(page, "####", attributes, &anchor, &mut nested);
    }
}

/// A heading, and which attributes stand under it.
type Group = (&'static str, fn(&Attribute) -> bool);

fn groups<'a>(
    page: &mut String,
    heading: &str,
    attributes: &'a [Attribute],
    parent: &str,
    nested: &mut Vec<(String, &'a [Attribute])>,
) {
    let required = |attribute: &Attribute| attribute.required;
    let optional = |attribute: &Attribute| attribute.optional;
    let read_only = |attribute: &Attribute| !attribute.required && !attribute.optional;
    let groups: [Group; 3] = [("Required", required), ("Optional", optional), ("Read-Only", read_only)];
    let mut found = Vec::new();
    for (title, belongs) in groups {
        let members: Vec<_> = attributes.iter().filter(|attribute| belongs(attribute)).collect();
        if members.is_empty() {
            continue;
        }
        let _ = writeln!(page, "{heading} {title}\n");
        for attribute in members {
            let path = if parent.is_empty() {
                attribute.name.to_string()
            } else {
                format!("{parent}.{}", attribute.name)
            };
            let _ = writeln!(page, "- {}", attribute_line(attribute, &path));
            if let AttributeType::Nested(inner) = &attribute.ty {
                found.push((path, inner.attributes.as_slice()));
            }
        }
        page.push('\n');
    }
    found.reverse();
    nested.extend(found);
}

fn attribute_line(attribute: &Attribute, path: &str) -> String {
    let mut kind = type_name(attribute);
    if attribute.sensitive {
        kind.push_str(", Sensitive");
    }
    if attribute.write_only {
        kind.push_str(", Write-only");
    }
    if attribute.deprecated.is_some() {
        kind.push_str(", Deprecated");
    }
    let mut line = format!("`{}` ({kind}) {}", attribute.name, attribute.description.trim());
    if let Some(reason) = &attribute.deprecated {
        let _ = write!(line, " Deprecated: {reason}");
    }
    if matches!(attribute.ty, AttributeType::Nested(_)) {
        let _ = write!(line, " (see [below](#nestedatt--{}))", path.replace('.', "--"));
    }
    line
}

fn type_name(attribute: &Attribute) -> String {
    match &attribute.ty {
        AttributeType::Plain(ty) => plain_type_name(ty),
        AttributeType::Nested(nested) => match nested.nesting {
            Nesting::Single => "Attributes".to_owned(),
            Nesting::List => "Attributes List".to_owned(),
            Nesting::Set => "Attributes Set".to_owned(),
            Nesting::Map => "Attributes Map".to_owned(),
        },
    }
}

fn plain_type_name(ty: &Type) -> String {
    match ty {
        Type::String => "String".to_owned(),
        Type::Number => "Number".to_owned(),
        Type::Bool => "Boolean".to_owned(),
        Type::Dynamic => "Dynamic".to_owned(),
        Type::List(element) => format!("List of {}", plain_type_name(element)),
        Type::Set(element) => format!("Set of {}", plain_type_name(element)),
        Type::Map(element) => format!("Map of {}", plain_type_name(element)),
        Type::Object(_) => "Object".to_owned(),
        Type::Tuple(_) => "Tuple".to_owned(),
    }
}
