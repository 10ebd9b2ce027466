//! What stands in each page: the kinds of pages, and for each kind the contexts of its template.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use minijinja::{Value, context};
use terraform_provider_twilio::engine::facts::{
    Access, AccountRule, Action, Begin, Destroy, Managed, NOT_GRANTABLE, Needs, Object, Read, Rule, Source,
};
use terraform_provider_twilio::engine::values::identity::identity_schema;
use terraform_provider_twilio::engine::values::import_id;
use terraform_provider_twilio::engine::values::schema::{action_schema, data_source_schema, resource_schema};
use terraform_provider_twilio::functions::table::{Function, Parameter, Shape};
use terraform_provider_twilio::provider::{block, offered};

use super::schema::sections;
use super::templates::Templates;
use crate::followed::{Followed, followed, search};
use crate::process::root;

/// A kind of pages: what the registry calls it, and what makes them. A new kind is a row in [`KINDS`], a template and a function.
pub struct Kind {
    /// The folder of its pages below `docs`.
    pub folder: &'static str,
    /// In the title of each page.
    title: &'static str,
    /// Below `xtask/templates`.
    template: &'static str,
    contexts: fn() -> Result<Vec<Page>>,
}

/// Every kind of pages.
pub const KINDS: &[Kind] = &[
    Kind {
        folder: "resources",
        title: "Resource",
        template: "pages/resource.md.j2",
        contexts: resources,
    },
    Kind {
        folder: "data-sources",
        title: "Data Source",
        template: "pages/data-source.md.j2",
        contexts: data_sources,
    },
    Kind {
        folder: "ephemeral-resources",
        title: "Ephemeral Resource",
        template: "pages/ephemeral-resource.md.j2",
        contexts: ephemeral_resources,
    },
    Kind {
        folder: "list-resources",
        title: "List Resource",
        template: "pages/list-resource.md.j2",
        contexts: list_resources,
    },
    Kind {
        folder: "actions",
        title: "Action",
        template: "pages/action.md.j2",
        contexts: actions,
    },
    Kind {
        folder: "functions",
        title: "Function",
        template: "pages/function.md.j2",
        contexts: functions,
    },
];

/// What every page has, and what only its kind has.
struct Page {
    name: &'static str,
    category: &'static str,
    api_page: &'static str,
    since: &'static str,
    doc: String,
    more: Value,
}

/// All pages by their paths.
///
/// # Errors
/// When an example is missing, or a template does not fit its context.
pub fn pages(templates: &Templates) -> Result<BTreeMap<PathBuf, String>> {
    let mut pages = BTreeMap::from([("docs/index.md".into(), templates.render("pages/index.md.j2", index()?)?)]);
    for kind in KINDS {
        for page in (kind.contexts)()? {
            let path = format!("docs/{}/{}", kind.folder, file_of(page.name)).into();
            let context = context! {
                kind => kind.title,
                name => page.name,
                category => page.category,
                api_page => page.api_page,
                since => page.since,
                summary => first_sentence(&page.doc),
                doc => page.doc,
                ..page.more
            };
            let text = templates.render(kind.template, context);
            pages.insert(path, text.with_context(|| format!("{} of {}", kind.title, page.name))?);
        }
    }
    Ok(pages)
}

/// The file of a page, by the type name.
pub fn file_of(name: &str) -> String {
    format!("{}.md", name.strip_prefix("twilio_").unwrap_or(name))
}

fn index() -> Result<Value> {
    let schema = block::schema();
    let network = block::NETWORK.iter();
    let network: Vec<_> = network.map(|&(name, meaning)| context! { name, meaning }).collect();
    Ok(context! {
        doc => schema.block.description.as_ref(),
        example => example("examples/provider/provider.tf")?,
        schema => sections(&schema),
        network,
    })
}

fn resources() -> Result<Vec<Page>> {
    offered::RESOURCES.iter().map(resource).collect()
}

fn resource(table: &'static Managed) -> Result<Page> {
    let object = &table.object;
    let shown_once = object
        .fields
        .iter()
        .find(|field| field.source == Source::CreateResponse);
    Ok(Page {
        name: object.name,
        category: object.category.title(),
        api_page: object.api_page,
        since: table.since,
        doc: table.doc.to_owned(),
        more: context! {
            noun => object.noun,
            begins => match table.lifecycle.begin() {
                Begin::Settings => "settings",
                Begin::Adopted => "adopted",
                Begin::Made | Begin::Upserted => "made",
            },
            ends => match table.lifecycle.destroy() {
                Destroy::Forget => "forgotten",
                Destroy::Reset => "reset",
                Destroy::Archive(_) => "archived",
                Destroy::Delete | Destroy::DeleteLater | Destroy::Hook => "gone",
            },
            is_read => object.place.read != Read::Nowhere,
            example => example(&format!("examples/resources/{}/resource.tf", object.name))?,
            schema => sections(&resource_schema(table)),
            more => table.more.trim_end(),
            quirks => table.quirks.to_vec(),
            import => import(object)?,
            shown_once => shown_once.map(|field| field.name),
            one_for_each => object.one_for_each,
            can_adopt => object.field("adopt_existing").is_some(),
            plural => object.plural.map(|plural| plural.name),
            rules => rules(table.rules),
            permissions => permissions(&table.needs()),
            natural_key => match object.natural_key {
                [] => Vec::from_iter(object.key_field()),
                natural_key => natural_key.to_vec(),
            },
        },
    })
}

/// The permissions that a restricted key needs, or that there are none; empty where nothing is requested.
fn permissions(needs: &Needs) -> Vec<Value> {
    let (reading, all) = (needs.grant(true), needs.grant(false));
    let list = |names: Vec<&str>| {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    };
    let says = |missing: &[Access], names: Vec<&str>| match (missing.is_empty(), names.is_empty()) {
        (false, _) => NOT_GRANTABLE.to_owned(),
        (true, true) => "nothing more".to_owned(),
        (true, false) => list(names),
    };
    let mut rows = Vec::new();
    if !needs.reads.is_empty() {
        let names = Vec::from_iter(reading.permissions.iter().copied());
        rows.push(context! { what => "Reading", says => says(&reading.missing, names) });
    }
    if !needs.writes.is_empty() {
        let names = Vec::from_iter(all.permissions.difference(&reading.permissions).copied());
        rows.push(context! { what => "Writing, in addition", says => says(&all.missing, names) });
    }
    rows
}

/// What must be set, or may not be set, together.
fn rules(rules: &[Rule]) -> Vec<String> {
    let list = |names: &[&str]| Vec::from_iter(names.iter().map(|name| format!("`{name}`"))).join(", ");
    let said = rules.iter().map(|rule| match rule {
        Rule::AtLeastOneOf(names) => format!("At least one of these must be set: {}.", list(names)),
        Rule::ExactlyOneOf(names) => format!("Exactly one of these must be set: {}.", list(names)),
        Rule::AtMostOneOf(names) => format!("At most one of these may be set: {}.", list(names)),
        Rule::Requires(first, second) => format!("`{first}` needs `{second}`."),
    });
    said.collect()
}

/// How the object is imported: by the id of the example, and by the identity that is the same.
fn import(object: &Object) -> Result<Value> {
    let file = format!("examples/resources/{}/import.sh", object.name);
    let example = example(&file)?;
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
    let identity: Vec<_> = parts
        .iter()
        .zip(values)
        .map(|(part, value)| context! { name => format!("{part:width$}"), value })
        .collect();
    Ok(context! {
        id => import_id::shape(object),
        address,
        identity,
        may_be_in_another_account => object.account != AccountRule::Owned && !object.is_of_the_account(),
        example,
    })
}

fn data_sources() -> Result<Vec<Page>> {
    let mut pages = Vec::new();
    for table in offered::RESOURCES {
        for source in followed(table) {
            let file = format!("examples/data-sources/{}/data-source.tf", source.name);
            let needs = match source.name == table.object.name {
                true => table.finding(),
                false => table.object.listing(),
            };
            let permissions = permissions(&needs);
            pages.push(of_followed(table, &source, &file, context! { permissions })?);
        }
    }
    for table in offered::DATA_SOURCES {
        let schema = data_source_schema(table.doc, table.attributes, table.rules);
        pages.push(Page {
            name: table.name,
            category: table.category.title(),
            api_page: table.api_page,
            since: table.since,
            doc: table.doc.to_owned(),
            more: context! {
                example => example(&format!("examples/data-sources/{}/data-source.tf", table.name))?,
                schema => sections(&schema),
                quirks => table.quirks.to_vec(),
                permissions => permissions(&table.needs()),
            },
        });
    }
    Ok(pages)
}

fn ephemeral_resources() -> Result<Vec<Page>> {
    let tables = offered::EPHEMERAL_RESOURCES.iter();
    tables
        .map(|table| {
            let file = format!("examples/ephemeral-resources/{}/ephemeral-resource.tf", table.name);
            Ok(Page {
                name: table.name,
                category: table.category.title(),
                api_page: table.api_page,
                since: table.since,
                doc: table.doc.to_owned(),
                more: context! {
                    noun => table.noun,
                    example => example(&file)?,
                    schema => sections(&data_source_schema(table.doc, table.attributes, table.rules)),
                    quirks => table.quirks.to_vec(),
                    is_closed => table.close.is_some(),
                    expires => !table.lasts_longer.is_empty(),
                },
            })
        })
        .collect()
}

fn list_resources() -> Result<Vec<Page>> {
    let mut pages = Vec::new();
    for table in offered::RESOURCES {
        if let Some(search) = search(table) {
            let file = format!("examples/list-resources/{}/list-resource.tfquery.hcl", search.name);
            let identity = identity_schema(&table.object).attributes;
            let identity: Vec<_> = identity.iter().map(|part| part.name.to_string()).collect();
            pages.push(of_followed(table, &search, &file, context! { identity })?);
        }
    }
    Ok(pages)
}

fn actions() -> Result<Vec<Page>> {
    let page = |table: &'static Action| {
        let file = format!("examples/actions/{}/action.tf", table.name);
        let example = example(&file)?;
        let block = format!("action \"{}\" \"", table.name);
        let name = example
            .split_once(&block)
            .and_then(|(_, rest)| Some(rest.split_once('"')?.0.to_owned()))
            .with_context(|| format!("{file} has no such action"))?;
        Ok(Page {
            name: table.name,
            category: table.category.title(),
            api_page: table.api_page,
            since: table.since,
            doc: table.doc.to_owned(),
            more: context! {
                example,
                address => format!("action.{}.{name}", table.name),
                schema => sections(&action_schema(table)),
                quirks => table.quirks.to_vec(),
                is_repeatable => table.effect.is_repeatable(),
                is_looked_for => table.hooks.found_done.is_some(),
            },
        })
    };
    offered::ACTIONS.iter().map(page).collect()
}

fn functions() -> Result<Vec<Page>> {
    offered::FUNCTIONS.iter().map(function).collect()
}

fn function(table: &'static Function) -> Result<Page> {
    let parameter = |parameter: &Parameter| {
        context! {
            name => parameter.name,
            ty => type_words(parameter.shape),
            nullable => parameter.nullable,
            doc => parameter.doc,
        }
    };
    let parts = table.result.parts().iter();
    let parts: Vec<_> = parts
        .map(|part| context! { name => part.name, ty => type_words(part.shape), doc => part.doc })
        .collect();
    Ok(Page {
        name: table.name,
        category: "",
        api_page: table.api_page,
        since: table.since,
        doc: table.doc.to_owned(),
        more: context! {
            example => example(&format!("examples/functions/{}/function.tf", table.name))?,
            parameters => table.parameters.iter().map(parameter).collect::<Vec<_>>(),
            variadic => table.variadic.as_ref().map(parameter),
            result => type_words(table.result),
            returns => table.returns,
            parts,
            quirks => table.quirks.to_vec(),
        },
    })
}

/// A type as Terraform's documentation writes it.
fn type_words(shape: Shape) -> String {
    match shape {
        Shape::Text => "string".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Bool => "bool".to_owned(),
        Shape::Any => "dynamic".to_owned(),
        Shape::List(element) => format!("list of {}", type_words(*element)),
        Shape::Object(_) => "object".to_owned(),
    }
}

/// The page of what follows from a table, with the example in a file, which says more, or the one that follows too.
fn of_followed(table: &'static Managed, followed: &Followed, file: &str, more: Value) -> Result<Page> {
    let example = match root().join(file).exists() {
        true => example(file)?,
        false => followed.example.trim_end().to_owned(),
    };
    Ok(Page {
        name: followed.name,
        category: table.object.category.title(),
        api_page: table.object.api_page,
        since: table.since,
        doc: followed.schema.block.description.to_string(),
        more: context! { example, schema => sections(&followed.schema), quirks => Vec::<Value>::new(), ..more },
    })
}

fn example(file: &str) -> Result<String> {
    let text =
        fs::read_to_string(root().join(file)).with_context(|| format!("{file} is missing: each page shows one"))?;
    Ok(text.trim_end().to_owned())
}

/// Without its full stop.
pub fn first_sentence(text: &str) -> String {
    let first = text.split_once(". ").map_or(text, |(first, _)| first);
    first.trim_end_matches('.').replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> BTreeMap<PathBuf, String> {
        let templates = Templates::read().expect("the templates are there");
        pages(&templates).expect("the pages are made")
    }

    #[test]
    fn the_first_page_leads_to_every_guide() {
        let pages = all();
        let index = &pages[&PathBuf::from("docs/index.md")];
        let guides = fs::read_dir(root().join("docs/guides")).expect("there are guides");
        let names = guides.filter_map(|guide| guide.ok()?.file_name().into_string().ok());
        let missing = Vec::from_iter(names.filter(|name| !index.contains(&format!("(guides/{name})"))));
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn what_must_be_set_together_stands_on_the_page() {
        let pages = all();
        for table in offered::RESOURCES.iter().filter(|table| !table.rules.is_empty()) {
            let page = &pages[&PathBuf::from(format!("docs/resources/{}", file_of(table.object.name)))];
            for rule in rules(table.rules) {
                assert!(page.contains(&rule), "{}: {rule}", table.object.name);
            }
        }
        let said = rules(&[Rule::AtLeastOneOf(&["a", "b"]), Rule::Requires("c", "d")]);
        assert_eq!(said, ["At least one of these must be set: `a`, `b`.", "`c` needs `d`."]);
    }

    #[test]
    fn what_has_no_key_is_not_made_twice_after_an_interrupted_apply() {
        let pages = all();
        for table in offered::RESOURCES {
            let page = &pages[&PathBuf::from(format!("docs/resources/{}", file_of(table.object.name)))];
            let is_made = matches!(table.lifecycle.begin(), Begin::Made | Begin::Upserted);
            let is_written_again = page.contains("the same settings are written once more");
            assert!(!(is_made && is_written_again), "{}", table.object.name);
        }
    }
}
