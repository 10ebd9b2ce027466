//! Objects that are made of objects of other tables: each part is made, uploaded, awaited and removed as a resource of its own table
//! would be, with the same proof of what a lost response did. Which parts there are, and in which order they come and go, a hook
//! of the whole says. What it made it notes ([`crate::engine::facts::hooks::Warnings`]) as soon as it is there.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::Value as Json;

use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{Intent, Managed, Operation, Properties, Wait};
use crate::engine::operations::wait::{End, Goal, poll};
use crate::engine::operations::{create, requests, update, upload};
use crate::framework::value::Value;
use crate::twilio::{ErrorKind, lenient};

/// The call about the part of `state`.
fn of<'a>(call: Call<'a>, table: &'static Managed, state: &'a Value) -> Call<'a> {
    Call {
        object: &table.object,
        state,
        ..call
    }
}

/// What is planned is all that is configured, too.
fn intent<'a>(table: &'static Managed, operation: Operation, prior: &'a Value, planned: &'a Value) -> Intent<'a> {
    Intent {
        resource: table,
        operation,
        prior,
        planned,
        config: planned,
    }
}

/// Makes a part. What a lost response made is searched for.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn make(call: Call<'_>, table: &'static Managed, planned: &Value) -> Result<Properties, Fault> {
    let intent = intent(table, Operation::Create, &Value::Null, planned);
    create::make(of(call, table, planned), intent).await
}

/// Uploads a version of the part that `planned` has the SID of.
///
/// # Errors
/// What Twilio or the way to it answered, or a diagnostic where the file is another than planned.
pub async fn upload(call: Call<'_>, table: &'static Managed, planned: &Value) -> Result<Properties, Fault> {
    let intent = intent(table, Operation::Update, &Value::Null, planned);
    upload::version(of(call, table, planned), intent).await
}

/// The SHA-256 of what Twilio shows of a version's content, if it shows any.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn shown_hash(
    call: Call<'_>,
    table: &'static Managed,
    state: &Value,
    version_sid: &str,
) -> Result<Option<String>, Fault> {
    upload::shown_hash(of(call, table, state), version_sid).await
}

/// Changes a part from `prior` to `planned`.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn change(
    call: Call<'_>,
    table: &'static Managed,
    prior: &Value,
    planned: &Value,
) -> Result<Properties, Fault> {
    let intent = intent(table, Operation::Update, prior, planned);
    update::change(of(call, table, prior), intent).await
}

/// Reads a part; `None` where Twilio says that it is not there.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn seek(call: Call<'_>, table: &'static Managed, state: &Value) -> Result<Option<Properties>, Fault> {
    match requests::seek(of(call, table, state)).await {
        Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => Ok(None),
        found => found,
    }
}

/// Removes a part. One that is not there is removed.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn remove(call: Call<'_>, table: &'static Managed, state: &Value) -> Result<(), Fault> {
    match requests::delete(of(call, table, state)).await {
        Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

/// The SIDs of what there is of a kind below the parents in `state`, by the text in this property.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn by_name(
    call: Call<'_>,
    table: &'static Managed,
    state: &Value,
    property: &str,
) -> Result<BTreeMap<String, Vec<String>>, Fault> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for item in all(call, table, state).await? {
        let name = item.get(property).and_then(lenient::text);
        if let (Some(name), Some(sid)) = (name, item.get("sid").and_then(Json::as_str)) {
            found.entry(name).or_default().push(sid.to_owned());
        }
    }
    Ok(found)
}

/// What there is of a kind below the parents in `state`.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn all(call: Call<'_>, table: &'static Managed, state: &Value) -> Result<Vec<Properties>, Fault> {
    let list = requests::list_all(of(call, table, state))?;
    let mut found = Vec::new();
    let take = |item: Properties| {
        found.push(item);
        ControlFlow::Continue(())
    };
    call.client.each(list, take).await?;
    Ok(found)
}

/// Waits for what the table of a part says. `part` is as it was last read, and then as it is.
///
/// # Errors
/// What a read returned.
pub async fn until_done(
    call: Call<'_>,
    table: &'static Managed,
    state: &Value,
    wait: &Wait,
    part: &mut Properties,
) -> Result<End, Fault> {
    let goal = Goal {
        what: wait.goal,
        field: wait.field,
        until: wait.until,
        fails_on: wait.fails_on.states,
        pause: wait.pause,
        at_most: wait.at_most,
    };
    let end = poll(of(call, table, state), part, goal).await?;
    if end == End::Stopped {
        // Which no request follows: the error says so.
        seek(call, table, state).await?;
    }
    Ok(end)
}
