//! From what is known of a resource to the file of its table.

use std::collections::BTreeSet;

use anyhow::Result;
use minijinja::{Value, context};
use regex::Regex;

use super::draft::Draft;
use super::field::{Absent, Check, Field, Kind, Role};
use super::fields::{camel, pascal};
use super::place::{Begin, Key, Place};
use super::texts;
use super::words::{capitalised, choices, with_article};
use crate::docs::templates::Templates;
use crate::tidy::drafts::MARK;

/// The most characters of a text on one line of a table.
const WIDTH: usize = 90;

/// What a table may use of `crate::engine::facts`.
const FACTS: &[&str] = &[
    "BodyStyle",
    "Category",
    "Check",
    "Destroy",
    "Field",
    "Filter",
    "Items",
    "Key",
    "Kind",
    "Lifecycle",
    "List",
    "Literal",
    "Managed",
    "Object",
    "Place",
    "Plural",
    "Read",
    "Spelling",
    "UpdateStyle",
];
const FUNCTIONS: &[&str] = &[
    "boolean",
    "decimal",
    "http_method",
    "int",
    "json",
    "list",
    "map",
    "object",
    "objects",
    "sid",
    "text",
    "timestamp",
    "url",
];
const ABSENT: &[&str] = &["Clears", "DefaultsTo", "Keeps", "Required"];
const ROLES: &[&str] = &[
    "Fixed",
    "Later",
    "Observed",
    "OnTheWay",
    "PathPart",
    "SecretOnce",
    "Setting",
];

/// The file of the table, not yet formatted.
///
/// # Errors
/// When the template does not fit.
pub fn table(templates: &Templates, draft: &Draft) -> Result<String> {
    let mut inner = Vec::new();
    let mut fields: Vec<String> = draft
        .fields
        .iter()
        .map(|one| field(one, &draft.noun, "", &mut inner))
        .collect();
    if draft.can_adopt() {
        // Before the moment of creation, which stands last.
        let at = fields.len() - usize::from(draft.fields.last().is_some_and(|last| last.name == "date_created"));
        fields.insert(at, "ADOPT_EXISTING".to_owned());
    }
    let several = draft.plural.as_ref().map_or("objects", |(_, noun)| noun);
    let filters: Vec<_> = draft
        .filters
        .iter()
        .map(|one| filter(one, several, draft.is_camel))
        .collect();
    let parents: Vec<_> = draft.place.parents.iter().map(|parent| quoted(&parent.field)).collect();
    let (lifecycle, lifecycle_comment) = lifecycle(draft);
    let context = |uses: Vec<String>| {
        context! {
            draft => context! {
                name => draft.name.clone(),
                noun => draft.noun.clone(),
                plural => draft.plural.as_ref().map(|(name, noun)| vec![name.clone(), noun.clone()]),
                category => format!("{:?}", draft.category),
                page => draft.page.clone(),
                has_own_page => draft.has_own_page,
                constant => draft.stem().to_uppercase(),
                natural_key => draft.natural_key.clone(),
                label => draft.label.clone(),
                partial => draft.partial.clone(),
                is_camel => draft.is_camel,
                older => draft.takes_over(),
                codes => draft.codes.constant.clone(),
            },
            mark => MARK,
            heading => capitalised(&with_article(&draft.noun)),
            moving => match draft.moving.len() {
                0 => None,
                1 => Some(format!("{} is left out: it moves by itself", choices(&draft.moving))),
                _ => Some(format!("{} are left out: they move by themselves", choices(&draft.moving).replace(" or ", " and "))),
            },
            place => place(draft),
            parents => parents.join(", "),
            key => key(&draft.place),
            loose => !filters.is_empty(),
            filters => filters.clone(),
            since => env!("CARGO_PKG_VERSION"),
            lifecycle => lifecycle.clone(),
            lifecycle_comment => lifecycle_comment.clone(),
            fields => fields.clone(),
            guesses => guesses(&draft.fields),
            inner => inner.iter().map(|(name, fields)| context! { name => name, fields => fields }).collect::<Vec<Value>>(),
            uses => uses,
        }
    };
    let body = templates.render("new/table.rs.j2", context(Vec::new()))?;
    templates.render("new/table.rs.j2", context(uses(&body, draft)?))
}

/// What the body names, as imports.
fn uses(body: &str, draft: &Draft) -> Result<Vec<String>> {
    let code = Regex::new(r#""(?:[^"\\]|\\.|\\\n)*""#)?
        .replace_all(body, "\"\"")
        .into_owned();
    let code: String = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let named = |pattern: &str| Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(&code));
    let of = |names: &[&str], patterns: &dyn Fn(&str) -> String| -> BTreeSet<String> {
        let used = names.iter().filter(|name| named(&patterns(name)));
        used.map(|name| (*name).to_owned()).collect()
    };
    let mut uses = Vec::new();
    let mut import = |path: &str, names: BTreeSet<String>| {
        if !names.is_empty() {
            uses.push(format!(
                "{path}::{{{}}}",
                names.into_iter().collect::<Vec<_>>().join(", ")
            ));
        }
    };
    import(
        "crate::engine::facts::Absent",
        of(ABSENT, &|name| format!(r"\({name}\b")),
    );
    import(
        "crate::engine::facts::Role",
        of(ROLES, &|name| format!(r"[ (]{name}\b")),
    );
    // A type is followed by what is in it, or stands as the type of something.
    let mut facts = of(FACTS, &|name| {
        format!(r"(?:\b{name}(?:::| \{{)|: {name} =|&\[{name}\])")
    });
    facts.extend(of(FUNCTIONS, &|name| format!(r"(?:^|[^_.a-z:]){name}\(")));
    import("crate::engine::facts", facts);
    if draft.can_adopt() {
        uses.push("crate::engine::operations::adopt::ADOPT_EXISTING".to_owned());
    }
    uses.push("crate::twilio::Product".to_owned());
    Ok(uses)
}

/// Whether removals are guessed, which a person must look at.
fn guesses(fields: &[Field]) -> bool {
    fields
        .iter()
        .any(|field| matches!(field.absent(), Some(Absent::Keeps | Absent::Clears)))
}

fn place(draft: &Draft) -> String {
    let place = &draft.place;
    let mut text = match place.collection.is_empty() {
        true => format!(
            "Place::alone(Product::{:?}, {})",
            place.product,
            quoted(&place.instance)
        ),
        false => format!(
            "Place::at(Product::{:?}, {}, {})",
            place.product,
            quoted(&place.collection),
            quoted(&place.instance)
        ),
    };
    match (place.read, place.list) {
        (Some(_), _) => {}
        (None, Some(_)) => text.push_str(&format!(".read(Read::Member({}))", quoted(&place.collection))),
        (None, None) => text.push_str(".read(Read::Nowhere)"),
    }
    if let Some(parameter) = &draft.account_parameter {
        text.push_str(&format!(".account_parameter({})", quoted(parameter)));
    }
    text
}

fn key(place: &Place) -> String {
    match &place.key {
        Key::Sid(prefix) => format!("Key::Sid({})", quoted(prefix)),
        Key::Borrowed { field, prefix } => format!("Key::Borrowed({}, {})", quoted(field), quoted(prefix)),
        Key::Field(field) => format!("Key::Field({})", quoted(field)),
        Key::None => "Key::None".to_owned(),
    }
}

/// The lifecycle where it is not the usual one, and what a person is to decide about it.
fn lifecycle(draft: &Draft) -> (Option<String>, Vec<&'static str>) {
    let place = &draft.place;
    let update = match place.update.map(|update| update.method.as_str()) {
        Some("PUT") => "UpdateStyle::Put",
        Some("PATCH") => "UpdateStyle::Patch",
        Some(_) => "UpdateStyle::Post",
        None => "UpdateStyle::Never",
    };
    let (destroy, comment): (_, &[&'static str]) = match (place.begin, place.delete.is_some(), draft.can_be_reset()) {
        (Begin::Settings | Begin::Adopted, _, true) => (
            "Destroy::Reset",
            &["Nothing removes it, so that destroying takes off what is set. `Destroy::Forget` leaves all as it is."],
        ),
        (Begin::Settings | Begin::Adopted, _, false) => (
            "Destroy::Forget",
            &["Nothing removes it, and the contract does not say what would set it back: it is left as it is."],
        ),
        (_, true, _) => ("Destroy::Delete", &[]),
        (_, false, _) => (
            "Destroy::Forget",
            &[
                "The contract has no DELETE: it stays at Twilio. Say so to who destroys it, or choose another `Destroy`.",
            ],
        ),
    };
    let mut text = match place.begin {
        Begin::Made => format!("Lifecycle::made({update}, {destroy})"),
        Begin::Upserted => format!("Lifecycle::upserted({update}, {destroy})"),
        Begin::Attached => format!("Lifecycle::attached({destroy})"),
        Begin::Settings => format!("Lifecycle::settings({update}, {destroy})"),
        Begin::Adopted => format!("Lifecycle::adopted({update}, {destroy})"),
    };
    if draft.is_json {
        text.push_str(".sending(BodyStyle::Json)");
    }
    let is_usual = text == "Lifecycle::made(UpdateStyle::Post, Destroy::Delete)";
    ((!is_usual).then_some(text), comment.to_vec())
}

/// A field as Rust, and the fields inside it as constants of their own.
fn field(field: &Field, noun: &str, above: &str, inner: &mut Vec<(String, Vec<String>)>) -> String {
    let role = role(&field.role);
    let name = quoted(&field.name);
    let constant = match above.is_empty() {
        true => field.name.to_uppercase(),
        false => format!("{above}_{}", field.name.to_uppercase()),
    };
    let mut checks: Vec<String> = field.checks.iter().map(check).collect();
    let mut text = match &field.kind {
        Kind::Text => match field.checks.first() {
            Some(Check::Sid(_)) => format!("sid({name}, {role}, &[{}])", std::mem::take(&mut checks).join(", ")),
            _ => format!("text({name}, {role})"),
        },
        Kind::Url => format!("url({name}, {role})"),
        Kind::HttpMethod => {
            checks.clear();
            format!("http_method({name})")
        }
        Kind::Bool => format!("boolean({name}, {role})"),
        Kind::Int => format!("int({name}, {role})"),
        Kind::Decimal => format!("decimal({name}, {role})"),
        Kind::Json => format!("json({name}, {role})"),
        Kind::Timestamp if field.role == Role::Observed => format!("timestamp({name})"),
        Kind::Timestamp => format!("timestamp({name}).with_role({role})"),
        Kind::List(element) => format!("list({name}, {role}, &Kind::{})", element_kind(element)),
        Kind::Map => format!("map({name}, {role}, &Kind::Text)"),
        Kind::Object(fields) | Kind::Objects(fields) => {
            let of = super::words::words(&field.name);
            let index = inner.len();
            inner.push((constant.clone(), Vec::new()));
            let texts = fields
                .iter()
                .map(|child| self::field(child, &of, &constant, inner))
                .collect();
            inner[index].1 = texts;
            let function = if matches!(field.kind, Kind::Object(_)) {
                "object"
            } else {
                "objects"
            };
            format!("{function}({name}, {role}, {constant})")
        }
    };
    for (builder, value) in [("written_as", &field.written_as), ("read_as", &field.read_as)] {
        if let Some(value) = value {
            text.push_str(&format!(".{builder}({})", quoted(value)));
        }
    }
    for (builder, applies) in [
        ("comma_separated", field.comma_separated),
        ("never_returned", field.never_returned),
        ("with_every_update", field.with_every_update),
        ("volatile", field.volatile),
        ("write_only", may_be_write_only(field)),
        (
            "sensitive",
            field.sensitive && field.role != Role::SecretOnce && !may_be_write_only(field),
        ),
    ] {
        if applies {
            text.push_str(&format!(".{builder}()"));
        }
    }
    // What is observed is checked by nobody.
    if !checks.is_empty() && field.role != Role::Observed {
        text.push_str(&format!(".checks(&[{}])", checks.join(", ")));
    }
    text.push_str(&format!(".doc({})", wrapped(&texts::of(field, noun))));
    match field.comment {
        Some(comment) => format!("// {MARK}{comment}\n    {text}"),
        None => text,
    }
}

/// Whether it is a secret that Twilio takes, which need not be in the state.
fn may_be_write_only(field: &Field) -> bool {
    let is_sent = matches!(field.role, Role::Setting(_) | Role::Fixed(_) | Role::Later(_));
    field.sensitive && is_sent && matches!(field.kind, Kind::Text | Kind::Json)
}

fn filter(field: &Field, several: &str, is_camel: bool) -> String {
    let (name, role) = (quoted(&field.name), role(&field.role));
    let checks: Vec<_> = field.checks.iter().map(check).collect();
    let is_sid = matches!(field.checks.first(), Some(Check::Sid(_)));
    let mut text = match &field.kind {
        Kind::Bool => format!("boolean({name}, {role})"),
        Kind::Int => format!("int({name}, {role})"),
        Kind::Decimal => format!("decimal({name}, {role})"),
        Kind::List(_) => format!("list({name}, {role}, &Kind::Text)"),
        _ if is_sid => format!("sid({name}, {role}, &[{}])", checks.join(", ")),
        _ => format!("text({name}, {role})"),
    };
    let spelt = if is_camel {
        camel(&field.name)
    } else {
        pascal(&field.name)
    };
    if let Some(written) = field.written_as.as_ref().filter(|written| **written != spelt) {
        text.push_str(&format!(".written_as({})", quoted(written)));
    }
    if !checks.is_empty() && !is_sid {
        text.push_str(&format!(".checks(&[{}])", checks.join(", ")));
    }
    format!(
        "Filter::loose({text}.doc({}))",
        wrapped(&texts::of_filter(field, several))
    )
}

fn element_kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Bool => "Bool",
        Kind::Int => "Int",
        Kind::Decimal => "Decimal",
        Kind::Json | Kind::Map | Kind::Object(_) | Kind::Objects(_) | Kind::List(_) => "Json",
        Kind::Text | Kind::Url | Kind::HttpMethod | Kind::Timestamp => "Text",
    }
}

fn role(role: &Role) -> String {
    match role {
        Role::PathPart => "PathPart".to_owned(),
        Role::Setting(of) => format!("Setting({})", absent(of)),
        Role::Fixed(of) => format!("Fixed({})", absent(of)),
        Role::Later(of) => format!("Later({})", absent(of)),
        Role::OnTheWay => "OnTheWay".to_owned(),
        Role::Observed => "Observed".to_owned(),
        Role::SecretOnce => "SecretOnce".to_owned(),
    }
}

fn absent(absent: &Absent) -> String {
    match absent {
        Absent::Required => "Required".to_owned(),
        Absent::Clears => "Clears".to_owned(),
        Absent::Keeps => "Keeps".to_owned(),
        Absent::DefaultsTo(value) => match value {
            serde_json::Value::String(text) => format!("DefaultsTo(Literal::Text({}))", quoted(text)),
            serde_json::Value::Bool(truth) => format!("DefaultsTo(Literal::Bool({truth}))"),
            other => format!("DefaultsTo(Literal::Int({other}))"),
        },
    }
}

fn check(check: &Check) -> String {
    let list = |values: &[String]| values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", ");
    match check {
        Check::OneOf(values) => format!("Check::OneOf(&[{}])", list(values)),
        Check::Known(values) => format!("Check::Known(&[{}])", list(values)),
        Check::Sid(prefixes) => match &prefixes[..] {
            [] => "Check::AnySid".to_owned(),
            [prefix] => format!("Check::Sid({})", quoted(prefix)),
            several => format!("Check::SidOf(&[{}])", list(several)),
        },
        Check::Range(least, most) => format!("Check::Range({least}, {most})"),
        Check::Length(least, most) => format!("Check::Length({least}, {most})"),
        Check::E164 => "Check::E164".to_owned(),
        Check::Each(inner) => format!("Check::Each(&{})", self::check(inner)),
    }
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// A text as Rust, over several lines if it is long: rustfmt breaks none.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.len() - 1;
        match lines[line].is_empty() {
            true => lines[line].push_str(word),
            false if lines[line].chars().count() + word.chars().count() < WIDTH => {
                lines[line].push(' ');
                lines[line].push_str(word);
            }
            false => lines.push(word.to_owned()),
        }
    }
    let escaped: Vec<_> = lines.iter().map(|line| quoted(line)).collect();
    let inside: Vec<_> = escaped.iter().map(|line| &line[1..line.len() - 1]).collect();
    format!("\"{}\"", inside.join(" \\\n         "))
}
