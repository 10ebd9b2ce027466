//! The sample of a new resource: a configuration that is valid and applies, a change of it, and what can be taken out.
//!
//! What it stands below is a reference to the example of that, or, where nothing makes it yet, a variable that `sample.hcl` says
//! how to make by a request.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use terraform_provider_twilio::engine::facts::Key as TableKey;
use terraform_provider_twilio::provider::offered::RESOURCES;
use twilio_simulator::contract::{Contract, Field as Published, Kind as PublishedKind, Location, Resource, snake_case};

use super::draft::Draft;
use super::field::{Absent, Check, Field, Kind, Role};
use super::place::{Key, Place};
use crate::tidy::drafts::MARK;

/// The label of the resource in its example.
const LABEL: &str = "example";

/// The hexadecimal digits of SIDs that are nobody's.
const DIGITS: &str = "0123456789abcdef0123456789abcdef";

/// The files, by name.
///
/// # Errors
/// When an example of another resource cannot be read.
pub fn files(root: &Path, contract: &'static Contract, draft: &Draft) -> Result<BTreeMap<String, String>> {
    let mut needs = Needs::of(root, contract, draft);
    let shown = shown(draft);
    let mut first = Vec::new();
    for field in &shown {
        first.push((field.name.clone(), needs.value(field, Turn::First)));
    }
    let mut files = BTreeMap::new();
    if let Some(changed) = changed(&shown) {
        let line = (changed.name.clone(), needs.value(changed, Turn::Changed));
        files.insert("changed.tf".to_owned(), block(&draft.name, &[line]));
        if let Some(removed) = removed(&shown, changed) {
            let line = (removed.name.clone(), "null".to_owned());
            files.insert("removed.tf".to_owned(), block(&draft.name, &[line]));
        }
    }
    let unique = shown
        .iter()
        .find(|field| matches!(&draft.place.key, Key::Field(key) if *key == field.name) || field.name == "unique_name");
    if let Some(unique) = unique {
        let line = (unique.name.clone(), needs.value(unique, Turn::Another));
        files.insert("another.tf".to_owned(), block(&draft.name, &[line]));
    }
    let comment = format!("# {MARK}what the contract asks for. Make it what a person would write.\n");
    files.insert("resource.tf".to_owned(), comment + &block(&draft.name, &first));
    files.insert(
        "import.sh".to_owned(),
        format!("terraform import {}.{LABEL} {}\n", draft.name, import_id(draft)),
    );
    if !needs.before.is_empty() {
        files.insert("sample.hcl".to_owned(), needs.before.join("\n"));
    }
    Ok(files)
}

/// Which of several values.
#[derive(Clone, Copy, PartialEq)]
enum Turn {
    First,
    Changed,
    Another,
}

/// What the example shows: what must be set, and something that can be changed or taken out.
fn shown(draft: &Draft) -> Vec<&Field> {
    let mut shown: Vec<&Field> = draft.fields.iter().filter(|field| field.is_required()).collect();
    let is_plain = |field: &&Field| field.sid().is_none() && !matches!(field.kind, Kind::Object(_) | Kind::Objects(_));
    let optional = draft
        .fields
        .iter()
        .filter(|field| field.absent().is_some() && !field.is_required())
        .filter(is_plain);
    // What shows a change.
    if !shown.iter().any(|field| field.is_updated() && is_plain(field)) {
        let text = optional.clone().find(|field| field.is_updated() && field.is_text());
        shown.extend(text.or_else(|| optional.clone().find(|field| field.is_updated())));
    }
    // Without anything that an update takes, a change replaces; without anything plain, whatever can be set.
    if !shown.iter().any(is_plain) {
        shown.extend(optional.clone().next());
    }
    if shown.is_empty() {
        shown.extend(draft.fields.iter().find(|field| field.absent().is_some()));
    }
    // What can be taken out: best something that Twilio shows, and of a plain kind.
    let known: Vec<_> = shown.iter().map(|field| field.name.clone()).collect();
    let others = |field: &&Field| can_be_taken_out(field) && !known.contains(&field.name);
    let taken = optional.clone().find(|field| others(field) && !field.never_returned);
    let taken = taken.or_else(|| {
        let is_there = shown.iter().any(|field| can_be_taken_out(field));
        let mut any = optional.chain(&draft.fields).filter(|_| !is_there);
        any.find(others)
    });
    shown.extend(taken);
    // As the table has them.
    draft
        .fields
        .iter()
        .filter(|field| shown.iter().any(|shown| shown.name == field.name))
        .collect()
}

/// The field that shows a change: one that updates take, or one that replaces.
fn changed<'a>(shown: &[&'a Field]) -> Option<&'a Field> {
    let is_plain = |field: &&&Field| {
        field.sid().is_none() && field.is_readable() && !matches!(field.kind, Kind::Object(_) | Kind::Objects(_))
    };
    let is_changed = |field: &&&Field| field.is_updated() && is_plain(field);
    let mut candidates = shown.iter();
    let by = |pick: &dyn Fn(&&&Field) -> bool| shown.iter().find(|field| pick(field)).copied();
    by(&|field| is_changed(field) && field.is_text() && field.checks.is_empty())
        .or_else(|| by(&is_changed))
        .or_else(|| by(&|field| is_plain(field) && matches!(field.role, Role::Fixed(_) | Role::PathPart)))
        .or_else(|| candidates.next_back().copied())
}

fn removed<'a>(shown: &[&'a Field], changed: &Field) -> Option<&'a Field> {
    let can_go = |field: &&&Field| can_be_taken_out(field) && field.is_readable();
    let mut others = shown.iter().filter(|field| field.name != changed.name);
    let any = || shown.iter().find(|field| can_be_taken_out(field));
    others
        .find(can_go)
        .or_else(|| shown.iter().find(can_go))
        .or_else(any)
        .copied()
}

/// Whether leaving it out of an update takes something off.
fn can_be_taken_out(field: &Field) -> bool {
    field.is_updated() && matches!(field.absent(), Some(Absent::Clears | Absent::DefaultsTo(_)))
}

/// The id that imports the example.
fn import_id(draft: &Draft) -> String {
    let Place { parents, key, .. } = &draft.place;
    let mut parts: Vec<String> = parents
        .iter()
        .map(|parent| {
            parent
                .prefix
                .as_ref()
                .map_or_else(|| "example".to_owned(), |prefix| format!("{prefix}{DIGITS}"))
        })
        .collect();
    match key {
        Key::Sid(prefix) | Key::Borrowed { prefix, .. } => parts.push(format!("{prefix}{DIGITS}")),
        Key::Field(name) => {
            let field = draft.fields.iter().find(|field| field.name == *name);
            let value = field.map_or_else(|| "\"example\"".to_owned(), |field| plain_value(field, Turn::First));
            parts.push(value.trim_matches('"').to_owned());
        }
        Key::None if parts.is_empty() => parts.push(format!("AC{DIGITS}")),
        Key::None => {}
    }
    parts.join("/")
}

/// What the example refers to.
struct Needs<'a> {
    root: &'a Path,
    contract: &'static Contract,
    draft: &'a Draft,
    /// Whether all that it stands below has examples.
    parents_have_tables: bool,
    /// Blocks of `sample.hcl`.
    before: Vec<String>,
    /// The variables that they make.
    made: Vec<String>,
}

impl<'a> Needs<'a> {
    fn of(root: &'a Path, contract: &'static Contract, draft: &'a Draft) -> Self {
        let mut needs = Self {
            root,
            contract,
            draft,
            parents_have_tables: false,
            before: Vec::new(),
            made: Vec::new(),
        };
        let mut parents = draft.place.parents.iter();
        needs.parents_have_tables = parents.all(|parent| needs.example_at(&parent.collection).is_some());
        needs
    }

    fn value(&mut self, field: &Field, turn: Turn) -> String {
        let draft = self.draft;
        if let Some(index) = draft.place.parents.iter().position(|parent| parent.field == field.name) {
            let parent = &draft.place.parents[index];
            return match self.example_at(&parent.collection).filter(|_| self.parents_have_tables) {
                Some(address) => format!("{address}.sid"),
                None => self.variable(&field.name, &draft.place.product.host(), &parent.collection),
            };
        }
        if let Some(prefix) = field.sid() {
            if let Some(address) = self.example_of(prefix) {
                return format!("{address}.sid");
            }
            if let Some(resource) = self.maker(prefix) {
                return self.variable(&field.name, &resource.host, &resource.template);
            }
            return format!("\"{prefix}{DIGITS}\"");
        }
        plain_value(field, turn)
    }

    /// A variable, which a request to the collection makes.
    fn variable(&mut self, name: &str, host: &str, collection: &str) -> String {
        if !self.made.iter().any(|made| made == name) {
            self.made.push(name.to_owned());
            let resource = self.contract.resource(host, collection);
            let path = self.path_of(host, collection);
            let mut text = format!("before {name:?} {{\n  host = {host:?}\n  path = {path:?}\n");
            let create =
                resource.and_then(|resource| resource.operation(twilio_simulator::contract::OperationKind::Create));
            match (resource, create) {
                (Some(resource), Some(create)) => {
                    let needed = create.params_in(Location::Body).filter(|field| field.required);
                    let form: Vec<_> = needed
                        .map(|field| format!("{} = {}", field.name, form_value(resource.spec.resolve(field))))
                        .collect();
                    if !form.is_empty() {
                        text.push_str(&format!("  form = {{ {} }}\n", form.join(", ")));
                    }
                }
                _ => text.push_str("  put_there = true\n"),
            }
            // What it stands below has been made by then.
            self.before.push(text + "}\n");
        }
        format!("var.{name}")
    }

    /// The path of a collection with the variables of what is above it.
    fn path_of(&mut self, host: &str, collection: &str) -> String {
        let mut path = String::new();
        let mut rest = collection;
        while let Some((literal, parameter, after)) = rest
            .split_once('{')
            .and_then(|(literal, rest)| rest.split_once('}').map(|(name, after)| (literal, name, after)))
        {
            path.push_str(literal);
            let above = path.trim_end_matches('/').to_owned();
            let name = match snake_case(parameter).as_str() {
                "account_sid" => "account_sid".to_owned(),
                "sid" | "id" => {
                    let last = above.rsplit('/').next().unwrap_or_default();
                    format!("{}_sid", super::words::singular(&snake_case(last)))
                }
                name => name.to_owned(),
            };
            if name != "account_sid" && !self.made.contains(&name) {
                let template = collection[..collection.len() - rest.len() + literal.len()]
                    .trim_end_matches('/')
                    .to_owned();
                self.variable(&name, host, &template);
            }
            path.push_str(&format!("{{{name}}}"));
            rest = after;
        }
        path.push_str(rest);
        match host == "api.twilio.com" {
            true => path + ".json",
            false => path,
        }
    }

    /// The example of the resource whose collection this is.
    fn example_at(&self, collection: &str) -> Option<String> {
        let anonymous = |path: &str| -> Vec<String> {
            let path = path.trim_end_matches(".json");
            path.split('/')
                .map(|segment| {
                    if segment.starts_with('{') {
                        "{}".to_owned()
                    } else {
                        segment.to_owned()
                    }
                })
                .collect()
        };
        let table = RESOURCES.iter().find(|table| {
            table.object.place.product == self.draft.place.product
                && anonymous(table.object.place.collection) == anonymous(collection)
        })?;
        self.address(table.object.name)
    }

    /// The example of what has SIDs like that: of the same product, or the only one.
    fn example_of(&self, prefix: &str) -> Option<String> {
        let made: Vec<_> = RESOURCES
            .iter()
            .filter(|table| table.object.key == TableKey::Sid(known_prefix(prefix)))
            .collect();
        let near = made
            .iter()
            .find(|table| table.object.place.product == self.draft.place.product);
        let table = near.or(match &made[..] {
            [only] => Some(only),
            _ => None,
        })?;
        self.address(table.object.name)
    }

    /// The address of the first block in an example.
    fn address(&self, type_name: &str) -> Option<String> {
        let text =
            std::fs::read_to_string(self.root.join("examples/resources").join(type_name).join("resource.tf")).ok()?;
        let rest = text.split_once(&format!("resource \"{type_name}\" \""))?.1;
        Some(format!("{type_name}.{}", rest.split_once('"')?.0))
    }

    /// Where an object with such a SID can be made by a request, without anything above it that is not above this one.
    fn maker(&self, prefix: &str) -> Option<&'static Resource> {
        let above = |resource: &&'static Resource| {
            let place = &self.draft.place;
            let known = place.parents.iter().map(|parent| &parent.collection);
            let depth =
                resource.template.matches('{').count() - usize::from(resource.template.contains("{AccountSid}"));
            resource.host == place.product.host() && depth <= known.count() || depth == 0
        };
        let makes =
            |resource: &&'static Resource| resource.has_create() && resource.key_prefix.as_deref() == Some(prefix);
        let mut found = self.contract.resources().filter(makes).filter(above);
        let host = self.draft.place.product.host();
        let mut near = self.contract.resources().filter(makes).filter(above);
        near.find(|resource| resource.host == host).or_else(|| found.next())
    }
}

/// The prefix as the tables have it, which are `'static`.
fn known_prefix(prefix: &str) -> &'static str {
    let mut prefixes = RESOURCES.iter().map(|table| table.object.sid_prefix());
    prefixes.find(|known| *known == prefix).unwrap_or_default()
}

/// A value for what needs nothing else.
fn plain_value(field: &Field, turn: Turn) -> String {
    let pick = |values: [&str; 3]| -> String {
        let index = match turn {
            Turn::First => 0,
            Turn::Changed => 1,
            Turn::Another => 2,
        };
        values[index].to_owned()
    };
    let quoted = |text: String| format!("{text:?}");
    let choice = field.checks.iter().find_map(|check| match check {
        Check::OneOf(values) | Check::Known(values) => {
            let default = match field.absent() {
                Some(Absent::DefaultsTo(default)) => default.as_str(),
                _ => None,
            };
            let mut others = values.iter().filter(|value| Some(value.as_str()) != default);
            match turn {
                Turn::First => others.next(),
                Turn::Changed | Turn::Another => others.nth(1).or(values.first()),
            }
        }
        _ => None,
    });
    if let (Some(choice), Kind::Text) = (choice, &field.kind) {
        return format!("{choice:?}");
    }
    match &field.kind {
        Kind::Text => quoted(text_value(&field.name, &field.checks, &pick)),
        Kind::Url => quoted(format!(
            "https://example.com/{}",
            pick([field.name.replace('_', "-").as_str(), "changed", "another"])
        )),
        Kind::HttpMethod => pick(["\"GET\"", "\"POST\"", "\"GET\""]),
        Kind::Bool => match field.absent() {
            Some(Absent::DefaultsTo(serde_json::Value::Bool(true))) => pick(["false", "true", "false"]),
            _ => pick(["true", "false", "true"]),
        },
        Kind::Int | Kind::Decimal => {
            let least = field.checks.iter().find_map(|check| match check {
                Check::Range(least, _) => Some(*least),
                _ => None,
            });
            (least.unwrap_or(10) + pick(["0", "1", "2"]).parse::<i64>().unwrap_or_default()).to_string()
        }
        Kind::Json => format!(
            "jsonencode({{ example = {:?} }})",
            pick(["first", "changed", "another"])
        ),
        Kind::Timestamp => quoted(pick([
            "2030-01-01T00:00:00Z",
            "2031-01-01T00:00:00Z",
            "2032-01-01T00:00:00Z",
        ])),
        Kind::List(element) => {
            let checks: Vec<_> = field
                .checks
                .iter()
                .filter_map(|check| match check {
                    Check::Each(check) => Some((**check).clone()),
                    _ => None,
                })
                .collect();
            let mut one = Field::new(field.name.clone(), (**element).clone(), Role::Observed);
            one.checks = checks;
            format!("[{}]", plain_value(&one, turn))
        }
        Kind::Map => format!("{{ example = {:?} }}", pick(["first", "changed", "another"])),
        Kind::Object(fields) => object(fields, turn),
        Kind::Objects(fields) => format!("[{}]", object(fields, turn)),
    }
}

/// What must be in an object; something, if nothing must.
fn object(fields: &[Field], turn: Turn) -> String {
    let required: Vec<_> = fields.iter().filter(|field| field.is_required()).collect();
    let shown = match required.is_empty() {
        true => fields.iter().take(1).collect(),
        false => required,
    };
    let members: Vec<_> = shown
        .iter()
        .map(|field| format!("{} = {}", field.name, plain_value(field, turn)))
        .collect();
    format!("{{ {} }}", members.join(", "))
}

fn text_value(name: &str, checks: &[Check], pick: &dyn Fn([&str; 3]) -> String) -> String {
    let ends = |word: &str| name == word || name.ends_with(&format!("_{word}"));
    if checks.contains(&Check::E164) || ends("phone_number") {
        return pick(["+15005550006", "+15005550001", "+15005550010"]);
    }
    let longest = checks.iter().find_map(|check| match check {
        Check::Length(_, most) => usize::try_from(*most).ok(),
        _ => None,
    });
    let text = match () {
        () if ends("iso_country") || ends("country") || ends("country_code") || ends("iso_code") => {
            pick(["US", "CA", "GB"])
        }
        () if ends("email") => pick(["one@example.com", "two@example.com", "three@example.com"]),
        () if ends("domain_name") => pick(["one.sip.twilio.com", "two.sip.twilio.com", "three.sip.twilio.com"]),
        () if ends("ip_address") => pick(["203.0.113.1", "203.0.113.2", "203.0.113.3"]),
        () if name.split('_').any(|word| word == "sip") => {
            pick(["sip:one.example.com", "sip:two.example.com", "sip:three.example.com"])
        }
        () if ends("language") => pick(["en", "de", "fr"]),
        () if ends("password") || ends("secret") => pick(["Replace-this-1", "Replace-this-2", "Replace-this-3"]),
        () if ends("unique_name") || ends("key") || ends("identity") => pick(["example", "changed", "another"]),
        () => pick(["Example", "Changed", "Another"]),
    };
    text.chars().take(longest.unwrap_or(usize::MAX)).collect()
}

/// A value in a form, for something that is made before.
fn form_value(shape: &Published) -> String {
    let first = shape.allowed.first().and_then(|value| value.as_str());
    match (first, shape.kind) {
        (Some(word), _) => format!("{word:?}"),
        (_, PublishedKind::Boolean) => "\"true\"".to_owned(),
        (_, PublishedKind::Integer | PublishedKind::Number) => "\"1\"".to_owned(),
        (_, PublishedKind::Any | PublishedKind::Object) => "\"{}\"".to_owned(),
        _ if shape.format.as_deref() == Some("uri") => "\"https://example.com\"".to_owned(),
        _ => format!(
            "{:?}",
            text_value(
                &snake_case(&shape.name),
                &super::fields::checks(&Kind::Text, shape),
                &|values| values[0].to_owned()
            )
        ),
    }
}

/// A block of the resource, laid out as `terraform fmt` does.
fn block(type_name: &str, lines: &[(String, String)]) -> String {
    let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let lines: String = lines
        .iter()
        .map(|(name, value)| format!("  {name:width$} = {value}\n"))
        .collect();
    format!("resource \"{type_name}\" \"{LABEL}\" {{\n{lines}}}\n")
}
