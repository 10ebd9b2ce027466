//! What data sources that are written by hand have in common. Where one and a resource are about the same, they share what
//! describes it, as `numbers::search`. One object of a resource's kind, and lists of them, need no file: see
//! `engine::serve::lookup`.

use std::ops::ControlFlow;

use crate::engine::facts::Absent::Keeps;
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Check, Field, Properties, Spelling, sid};
use crate::engine::operations::list::texts;
use crate::engine::operations::requests::answer_object;
use crate::engine::serve::data_source::{DataSource, Query};
use crate::engine::values::lookup_schema::ACCOUNT_DOC;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::reason::Reason;
use crate::twilio::{Client, Expects, ListRequest, Request, expand};

/// The account that is read.
pub(super) const ACCOUNT_SID: Field = sid("account_sid", Setting(Keeps), &[Check::Sid("AC")]).doc(ACCOUNT_DOC);

/// The items of a list with nothing but what the table shows of each: a list is as long as an account is old.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(super) async fn shown(
    client: &Client,
    list: ListRequest,
    attributes: &[Field],
    mut wanted: impl FnMut(&Properties) -> bool + Send,
) -> Result<Vec<Properties>, Fault> {
    let shows = |field: &str| {
        let mut paths = attributes.iter().map(|field| field.read_path(Spelling::Snake));
        paths.any(|path| path.split('.').next() == Some(field))
    };
    let mut items = Vec::new();
    client
        .each(list, |mut item| {
            if wanted(&item) {
                item.retain(|field, _| shows(field));
                items.push(item);
            }
            ControlFlow::Continue(())
        })
        .await?;
    Ok(items)
}

/// Most items that are kept unless `limit` says otherwise.
const DEFAULT_LIMIT: usize = 100;

/// One object, from the first path of the table.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(super) async fn object(query: Query<'_>, table: &DataSource) -> Result<Properties, Fault> {
    let request = request(query, table)?.expects(Expects::Object);
    let mut object = answer_object(query.client.send(request).await?);
    // Some name nobody, or who has the thing and not who reads it.
    object.insert("account_sid".to_owned(), query.account.as_str().into());
    Ok(object)
}

/// The items of the list at the first path of the table, as many as `limit` says where there is such an attribute.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(super) async fn items(
    query: Query<'_>,
    table: &DataSource,
    list: impl FnOnce(ListRequest) -> ListRequest,
) -> Result<Properties, Fault> {
    let mut list = list(ListRequest::new(request(query, table)?).largest_pages());
    if table.attributes.iter().any(|attribute| attribute.name == "limit") {
        let limit = query
            .config
            .attr("limit")
            .as_number()
            .and_then(|number| number.to_i64());
        list = list.limit(limit.map_or(DEFAULT_LIMIT, |limit| usize::try_from(limit).unwrap_or(DEFAULT_LIMIT)));
    }
    let name = table.place.items.unwrap_or_default();
    let attribute = table.attributes.iter().find(|attribute| attribute.name == name);
    let shows = attribute.map_or(&[][..], |attribute| attribute.kind.inner());
    let items = shown(query.client, list, shows, |_| true).await?;
    Ok(Properties::from_iter([(name.to_owned(), items.into_iter().collect())]))
}

/// The request at the first path of the table, with its filters.
fn request(query: Query<'_>, table: &DataSource) -> Result<Request, Fault> {
    let text = |field: &Field| query.config.attr(field.name).as_str();
    let given = table
        .attributes
        .iter()
        .filter_map(|field| Some((field.name, text(field)?)));
    let mut values: Vec<(&str, &str)> = given.filter(|(name, _)| *name != "account_sid").collect();
    values.push(("account_sid", query.account.as_str()));
    let template = table.place.paths.first().copied().unwrap_or_default();
    let path = expand(template, &values).map_err(|_| unusable(table, template))?;
    let mut request = Request::get(table.place.product, query.account, path);
    for name in table.place.filters {
        let attribute = table.attributes.iter().find(|attribute| attribute.name == *name);
        let parameter = attribute.map_or_else(
            || Spelling::Pascal.of(name),
            |attribute| attribute.written_name(Spelling::Pascal),
        );
        let values = texts(query.config.attr(name));
        let values = match attribute.is_some_and(|attribute| attribute.comma_separated) && !values.is_empty() {
            true => vec![values.join(",")],
            false => values,
        };
        for value in values {
            request = request.query(parameter.clone(), value);
        }
    }
    Ok(request)
}

/// A value that cannot be a part of a path.
fn unusable(table: &DataSource, template: &str) -> Fault {
    let is_part = |field: &&Field| template.contains(&format!("{{{}}}", field.name)) && field.name != "account_sid";
    let attribute = table.attributes.iter().find(is_part).map_or("", |field| field.name);
    Diagnostic::error(
        format!("The {} cannot be read", table.noun),
        format!(
            "{attribute} is empty, or nothing that can be a part of an address. Nothing was sent to Twilio. Correct it."
        ),
    )
    .at_attribute(attribute)
    .into()
}

/// A day, or a moment in UTC.
pub(super) fn day_or_moment(text: &str) -> Result<(), Reason> {
    let is_day = text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
    if is_day || text.parse::<jiff::Timestamp>().is_ok() {
        return Ok(());
    }
    Err("It is neither a day nor a moment. Write it as 2026-01-31 or 2026-01-31T12:00:00Z.".into())
}
