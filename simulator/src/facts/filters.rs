//! What the filters of lists compare, where it is not simply the field of the same name.
//!
//! A filter `DateSent<` or `DateSent>` is about the date `date_sent`, one that ends in `After` or `Before` about the date before it,
//! one that has the name of a field about that field; several values are alternatives. What else a filter does stands in
//! [`lines`]; a filter that is none of this is not modelled, and is refused when the simulator is strict. Parameters that order a
//! list are in [`crate::facts::sorting`].

mod compare;
mod lines;
mod passing;
pub(crate) mod taskrouter;

use std::borrow::Cow;

pub(crate) use passing::Test;

use super::{At, is_at};
use crate::contract::{Resource, snake_case};

/// What a filter compares.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filter {
    /// The field is it.
    Equals(Cow<'static, str>),
    /// The field is one of several, written with commas.
    OneOf(&'static str),
    /// The field is yes or no: `true`, `1` and `yes` mean yes, everything else no.
    Flag(&'static str),
    /// The field begins with it and a colon.
    Channel(&'static str),
    /// The list holds it.
    Holds(&'static str),
    /// The list holds all of several.
    HoldsAll(&'static str),
    /// The value at the path inside of the field is it.
    At(&'static [&'static str]),
    /// The value of any member of the object is it.
    AnyMember(&'static str),
    /// A member of the object has it for its name.
    MemberName(&'static str),
    /// A list of objects has one whose member is it.
    AnyItem(&'static str, &'static str),
    /// The parameter was written so, which no response shows.
    Written(&'static str),
    /// The field has a value, or has none.
    IsSet(&'static str),
    /// The text fits it, where capitals do not matter and `*` stands for anything.
    Like(&'static str),
    /// The digits have it in them, where `*` stands for any digit.
    Digits(&'static str),
    /// The text of the field, or its JSON, has a match of the regular expression in it.
    Matches(&'static str),
    /// The field is its SID, or the SID of what has that unique name in the collection.
    SidOrName(&'static str, &'static str),
    /// The object that the field names is of this type; it is in one of the collections.
    TypeOf(&'static str, &'static [&'static str]),
    /// The date is not before it.
    After(Cow<'static, str>),
    /// The date is before it.
    Before(Cow<'static, str>),
    /// The date is not after it.
    UpTo(Cow<'static, str>),
    /// The date is not more than so many minutes ago.
    Minutes(&'static str),
    /// The list begins at this key; the other parameter says whether the key itself belongs to it.
    From(&'static str, &'static str),
    /// `false` leaves out what the field does not say yes to; `true` leaves out nothing.
    Including(&'static str),
    /// It says something about another filter, or about what is shown of each object.
    OfAnother,
    /// TaskRouter decides, by expressions.
    TaskRouter(taskrouter::Question),
    /// It only takes `false`, which changes nothing.
    Off,
    /// A behaviour decides.
    Decided,
}

type Line = (At, &'static str, Filter);

/// What a filter of a list compares; `None` if that is not modelled.
pub(crate) fn of(resource: &Resource, has: impl Fn(&str) -> bool, name: &str) -> Option<Filter> {
    let mut listed = lines::all();
    if let Some((.., filter)) = listed.find(|(at, filter, _)| *filter == name && is_at(*at, resource)) {
        return Some(filter.clone());
    }
    // `DateCreatedAfter` → `date_created`; newer products write `createdAfter` and answer `createdAt`.
    let date = |base: &str| {
        let names = [
            snake_case(base),
            base.to_owned(),
            format!("date_{}", snake_case(base)),
            format!("{base}At"),
        ];
        names.into_iter().find(|name| has(name)).map(Cow::Owned)
    };
    if let Some(base) = name.strip_suffix('>') {
        return date(base).map(Filter::After);
    }
    if let Some(base) = name.strip_suffix('<') {
        return date(base).map(Filter::UpTo);
    }
    for field in [snake_case(name), name.to_owned()] {
        if has(&field) {
            return Some(Filter::Equals(Cow::Owned(field)));
        }
    }
    if let Some(base) = name.strip_suffix("OnOrBefore") {
        return date(base).map(Filter::UpTo);
    }
    if let Some(base) = name.strip_suffix("Before") {
        return date(base).map(Filter::Before);
    }
    let base = name.strip_suffix("After")?;
    date(base).map(Filter::After)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Contract, Location, OperationKind};
    use crate::facts::{assert_published, sorting};

    #[test]
    fn each_line_is_about_a_published_filter() {
        for (at, name, _) in lines::all() {
            let list = assert_published(*at).operation(OperationKind::List).expect("a list");
            assert!(
                list.params_in(Location::Query).any(|param| param.name == *name),
                "{at:?} {name}"
            );
        }
    }

    #[test]
    fn each_field_that_a_line_names_is_published() {
        for (at, name, filter) in lines::all() {
            let field: &str = match filter {
                Filter::Equals(field) | Filter::After(field) | Filter::Before(field) | Filter::UpTo(field) => field,
                Filter::At(path) => path.first().copied().expect("a field"),
                Filter::OneOf(field)
                | Filter::Flag(field)
                | Filter::Including(field)
                | Filter::Channel(field)
                | Filter::Holds(field)
                | Filter::HoldsAll(field)
                | Filter::AnyMember(field)
                | Filter::MemberName(field)
                | Filter::AnyItem(field, _)
                | Filter::IsSet(field)
                | Filter::Like(field)
                | Filter::Digits(field)
                | Filter::Matches(field)
                | Filter::SidOrName(field, _)
                | Filter::TypeOf(field, _)
                | Filter::Minutes(field)
                | Filter::From(field, _) => field,
                _ => continue,
            };
            let mut known = assert_published(*at).object_fields().iter();
            assert!(known.any(|known| known.name == field), "{at:?} {name} {field}");
        }
    }

    /// Filters that nobody has modelled, which are refused. A list that gets a filter must not answer everything or nothing by
    /// accident.
    #[test]
    fn what_is_not_modelled_is_known() {
        let mut unknown = Vec::new();
        for resource in Contract::published().resources() {
            // Behaviours answer these lists, with all their filters.
            if ["/AvailablePhoneNumbers/", "/Usage/Records", "/TaskQueues/Statistics"]
                .iter()
                .any(|part| resource.template.contains(part))
            {
                continue;
            }
            let lists = resource.operations().filter(|one| one.kind == OperationKind::List);
            for list in lists {
                let fields = resource.spec.answer_fields(list);
                let has = |name: &str| fields.iter().any(|field| field.name == name);
                let mut names = Vec::new();
                for param in list.params_in(Location::Query) {
                    let name = param.name.as_str();
                    if crate::generic::is_paging(name) || sorting::is_order(resource, name) {
                        continue;
                    }
                    if of(resource, has, name).is_none() {
                        names.push(name);
                    }
                }
                if !names.is_empty() {
                    names.sort_unstable();
                    unknown.push(format!("{}{}: {}", resource.host, list.template(), names.join(", ")));
                }
            }
        }
        let expected: Vec<String> = lines::NOT_MODELLED.iter().map(|line| (*line).to_owned()).collect();
        let questions = include_str!("../../OPEN-QUESTIONS.md");
        for line in &unknown {
            let (list, names) = line.split_once(": ").expect("a list and its filters");
            let names: Vec<String> = names.split(", ").map(|name| format!("`{name}`")).collect();
            let row = format!("| `{list}` | {} |", names.join(", "));
            assert!(questions.contains(&row), "no row of the open questions is {row}");
        }
        unknown.sort();
        assert_eq!(unknown, expected, "{unknown:#?}");
    }
}
