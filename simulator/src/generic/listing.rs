//! Lists: which objects they show, in which order, one page.
//!
//! A page costs what it shows: objects are gone through in the order of the list from where the page begins, and no further than it
//! ends. What a filter wants by value is found by an index. Only lists that are ordered by something else than age, or are filtered by
//! more than a value, look at everything.

use serde_json::Value;

use super::order::{self, Order, Rank};
use super::paging::{self, Page};
use super::resolve::Target;
use super::serve::{self, View};
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::behaviours;
use crate::contract::{Contract, Resource};
use crate::error::ApiError;
use crate::facts::filters::{Filter, Test};
use crate::facts::{self, sorting};
use crate::store::{Object, Store};

/// The response of a list with the members of a collection.
///
/// # Errors
/// 400/20001 for a page token that was not made here, and for filters and orders that cannot be.
pub(crate) fn collection(ctx: &Ctx<'_>, target: &Target, view: View) -> Outcome<Answer> {
    let Place { host, account, path } = &Place::of(ctx, target);
    facts::catalogues::refuse_unknown(ctx, target.resource, path)?;
    let store = &ctx.state.store;
    let asked = Asked::of(ctx, store.members(host, account, path).next(), view)?;
    if let Some((field, down)) = asked.along() {
        let (skip, count) = asked.page.reach();
        let along = store.members_along(host, account, path, (field, down), (skip, count));
        return asked.answer((1 + skip as Rank..).zip(along));
    }
    let candidates = asked.candidates(store, &Place::of(ctx, target));
    let order = asked.sort.is_none().then(|| order::of(target.resource));
    match (candidates, order) {
        (None, Some(Order::NewestFirst)) => {
            let newest = asked.page.after().map_or(u64::MAX, |after| Rank::MAX - after);
            asked.lazily(store.members_before(host, account, path, newest))
        }
        (None, Some(Order::OldestFirst)) => {
            let oldest = asked.page.after().unwrap_or_default();
            asked.lazily(store.members_after(host, account, path, oldest))
        }
        (Some(candidates), _) => asked.sorted(candidates),
        (None, _) => asked.sorted(store.members(host, account, path).collect()),
    }
}

/// The response of a list with objects that a behaviour chose, in the collection's order.
///
/// # Errors
/// As [`collection`].
pub(crate) fn chosen(ctx: &Ctx<'_>, objects: Vec<Object>) -> Outcome<Answer> {
    Asked::of(ctx, objects.first(), View::default())?.sorted(objects.iter().collect())
}

/// The response of a list with items that a behaviour makes, in their order; only those of the page are made.
///
/// # Errors
/// 400/20001 for a page token that was not made here.
pub(crate) fn items<T>(
    ctx: &Ctx<'_>,
    items: impl IntoIterator<Item = T>,
    made: impl Fn(T) -> Value,
) -> Outcome<Answer> {
    let page = Page::requested(
        &ctx.route.host,
        ctx.operation(),
        ctx.query,
        &ctx.request.query,
        ctx.strict,
    )?;
    let (items, more) = of_page(&page, items, made);
    paged(ctx, &page, items, more)
}

/// Makes the items of a page, and no others; says whether more follow.
fn of_page<T>(
    page: &Page,
    items: impl IntoIterator<Item = T>,
    made: impl Fn(T) -> Value,
) -> (Vec<(Rank, Value)>, bool) {
    let (items, more) = page.cut((1..).zip(items));
    let items = items.into_iter().map(|(rank, item)| (rank, made(item)));
    (items.collect(), more)
}

/// A collection of an account.
struct Place<'c> {
    host: &'c str,
    account: &'c str,
    path: &'c str,
}

impl<'c> Place<'c> {
    fn of(ctx: &'c Ctx<'_>, target: &'c Target) -> Self {
        Self {
            host: &target.resource.host,
            account: ctx.account,
            path: &target.path,
        }
    }
}

/// What a request asks of a list.
struct Asked<'c> {
    ctx: &'c Ctx<'c>,
    page: Page,
    filters: Vec<Filtered<'c>>,
    sort: Option<sorting::Sort>,
    view: View,
    hooks: Vec<&'static dyn Behaviour>,
    /// One of the objects; all of a list are of one resource.
    first: Option<Object>,
}

/// One filter of a request.
struct Filtered<'c> {
    name: &'c str,
    wanted: &'c Value,
    test: Test<'c>,
    /// Field and text, if it is the comparison of these.
    exact: Option<(String, &'c str)>,
}

impl<'c> Asked<'c> {
    fn of(ctx: &'c Ctx<'c>, first: Option<&Object>, view: View) -> Outcome<Self> {
        let hooks = first.map(|first| behaviours::at(&first.host, &first.template).collect());
        Ok(Self {
            page: Page::requested(
                &ctx.route.host,
                ctx.operation(),
                ctx.query,
                &ctx.request.query,
                ctx.strict,
            )?,
            filters: filters(ctx)?,
            sort: sorting::of(resource_of(ctx)?, ctx.query)?,
            hooks: hooks.unwrap_or_default(),
            first: first.cloned(),
            ctx,
            view,
        })
    }

    /// Whether the list shows an object.
    fn shows(&self, object: &Object) -> bool {
        let age = self.ctx.now.as_millisecond() - object.created_ms;
        if self.view.missing_in_list.is_some_and(|within| age < within) {
            return false;
        }
        if self.hooks.is_empty() && self.filters.is_empty() {
            return true;
        }
        // A copy, so that what was looked at does not stay open until the end of the request.
        let object = &object.clone();
        self.hooks.iter().all(|behaviour| behaviour.shows(self.ctx, object))
            && self.filters.iter().all(|filter| self.passes(object, filter))
    }

    fn passes(&self, object: &Object, filter: &Filtered<'_>) -> bool {
        self.decided(object, filter).unwrap_or_else(|| (filter.test)(object))
    }

    fn decided(&self, object: &Object, filter: &Filtered<'_>) -> Option<bool> {
        let mut hooks = self.hooks.iter();
        hooks.find_map(|behaviour| behaviour.passes(object, filter.name, filter.wanted))
    }

    /// Members among which all are that pass, if the index of a field tells.
    fn candidates<'o>(&self, store: &'o Store, place: &Place<'_>) -> Option<Vec<&'o Object>> {
        let first = self.first.as_ref()?;
        let by_index = |filter: &&Filtered<'_>| filter.exact.is_some() && self.decided(first, filter).is_none();
        let filter = self.filters.iter().find(by_index)?;
        let (field, text) = filter.exact.as_ref()?;
        Some(store.members_with_text(place.host, place.account, place.path, field, text))
    }

    /// The field along which the whole list goes, if the index of that field is all that it takes.
    fn along(&self) -> Option<(&'static str, bool)> {
        let is_whole = self.filters.is_empty() && self.view == View::default();
        let sort = self.sort.as_ref().filter(|_| is_whole)?;
        sorting::along(resource_of(self.ctx).ok()?, sort)
    }

    /// The page of objects that come in the order of the list.
    fn lazily<'o>(&self, objects: impl Iterator<Item = &'o Object>) -> Outcome<Answer> {
        let shown = objects.filter(|object| self.shows(object));
        self.answer(shown.map(|object| (order::rank(object), object)))
    }

    /// The page of objects that come in any order.
    fn sorted(&self, objects: Vec<&Object>) -> Outcome<Answer> {
        let shown = objects.into_iter().filter(|object| self.shows(object));
        let mut shown: Vec<(Rank, &Object)> = shown.map(|object| (order::rank(object), object)).collect();
        match &self.sort {
            // Places are counted in an order that is requested.
            Some(sort) => {
                shown.sort_by(|(_, left), (_, right)| sort.compare(left, right));
                shown.iter_mut().zip(1..).for_each(|((rank, _), place)| *rank = place);
            }
            None => shown.sort_unstable_by_key(|(rank, _)| *rank),
        }
        self.answer(shown.into_iter())
    }

    fn answer<'o>(&self, objects: impl Iterator<Item = (Rank, &'o Object)>) -> Outcome<Answer> {
        let ctx = self.ctx;
        let (objects, more) = self.page.cut(objects);
        let mut items = Vec::with_capacity(objects.len());
        for (rank, object) in objects {
            let object = serve::as_seen(ctx, object.clone(), self.view);
            let resource = Contract::published().resource(&object.host, &object.template);
            let resource = resource.ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
            items.push((rank, Value::Object(serve::shown(ctx, resource, &object))));
        }
        paged(ctx, &self.page, items, more)
    }
}

fn paged(ctx: &Ctx<'_>, page: &Page, items: Vec<(Rank, Value)>, more: bool) -> Outcome<Answer> {
    let operation = ctx.operation();
    let listing = operation
        .list
        .as_ref()
        .ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
    let address = paging::Address {
        base_url: ctx.base_url,
        path: &ctx.request.path,
        query: &ctx.request.query,
    };
    Ok(Answer::json(
        operation.success(),
        paging::answer(operation, listing, page, &address, items, more),
    ))
}

/// The resource whose list is asked for.
fn resource_of(ctx: &Ctx<'_>) -> Outcome<&'static Resource> {
    let own = Contract::published().resource_of(&ctx.route.host, ctx.operation());
    own.ok_or_else(|| ApiError::not_found(&ctx.request.path))
}

/// The filters of a request and what they compare. One that is not modelled is refused, as it would show all or nothing.
fn filters<'c>(ctx: &'c Ctx<'c>) -> Outcome<Vec<Filtered<'c>>> {
    let own = resource_of(ctx)?;
    let fields = own.spec.answer_fields(ctx.operation());
    let has = |name: &str| fields.iter().any(|field| field.name == name);
    let mut filters = Vec::new();
    for (name, wanted) in paging::filters(ctx.operation(), ctx.query) {
        if sorting::is_order(own, name) {
            continue;
        }
        match facts::filters::of(own, has, name) {
            Some(Filter::Off) if ctx.strict && wanted.as_bool() != Some(false) => return Err(not_modelled(name)),
            Some(filter) => {
                let exact = filter.exact(wanted);
                let test = filter.ready(ctx, name, wanted)?;
                filters.push(Filtered {
                    name,
                    wanted,
                    test,
                    exact,
                });
            }
            None if ctx.strict => return Err(not_modelled(name)),
            None => {}
        }
    }
    Ok(filters)
}

fn not_modelled(filter: &str) -> ApiError {
    ApiError::invalid_parameter(filter, "the simulator does not know what this filter does")
        .with("simulator", serde_json::json!({"not_modelled": filter}))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::params::Params;

    /// A day of usage is some kilobytes, and the past has thousands of them.
    #[test]
    fn only_the_items_of_a_page_are_made() {
        let mut operations = Contract::published().operations().map(|(_, operation)| operation);
        let operation = operations.find(|operation| operation.id == "ListUsageRecordDaily");
        let sent = [("PageSize".to_owned(), "3".to_owned())];
        let page = Page::requested(
            "api.twilio.com",
            operation.expect("it is published"),
            &Params::default(),
            &sent,
            true,
        );
        let made = Cell::new(0);
        let (items, more) = of_page(&page.expect("a page"), 0..u64::MAX, |number| {
            made.set(made.get() + 1);
            number.into()
        });
        assert_eq!(items, [(1, 0.into()), (2, 1.into()), (3, 2.into())]);
        assert!(more);
        assert_eq!(made.get(), 3);
    }
}
