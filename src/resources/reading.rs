//! What data sources that are written by hand have in common. Where one and a resource are about the same, they share what
//! describes it, as `numbers::search`. One object of a resource's kind, and lists of them, need no file: see
//! `engine::serve::lookup`.

use std::ops::ControlFlow;

use crate::engine::facts::Absent::Keeps;
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Check, Field, Properties, Spelling, sid};
use crate::engine::values::lookup_schema::ACCOUNT_DOC;
use crate::twilio::{Client, ListRequest};

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
