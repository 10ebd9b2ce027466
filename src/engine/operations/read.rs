//! ReadResource.

use crate::engine::errors::diagnose::{Attempt, heading};
use crate::engine::facts::hooks::{Call, Fault, Warnings};
use crate::engine::facts::{AccountRule, Expiry, Intent, Managed, Operation, Properties, Read, Sent, Source};
use crate::engine::operations::session::{Connection, Session};
use crate::engine::operations::{absence, arrival, beyond, elsewhere, members, refused, requests, upload};
use crate::engine::sharing::claims::named;
use crate::engine::values::last_write::{Age, LastWrite};
use crate::engine::values::private::Stored;
use crate::engine::values::properties::{field, of_wrong_type};
use crate::engine::values::remembered::{Known, Remembered, reads_as_before};
use crate::engine::values::state::store_with;
use crate::engine::values::write_only;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::path::AttributePath;
use crate::framework::provider::{ReadAnswer, ReadRequest};
use crate::framework::value::Value;
use crate::twilio::{Error, ErrorKind, PAUSES_BETWEEN_READS};

/// Reads the object. Gone means gone only by Twilio's own word, and where the credentials can see its account; otherwise it is
/// an error.
///
/// # Errors
/// Diagnostics; the state then stays as it is.
pub(crate) async fn read(
    resource: &'static Managed,
    session: &Session,
    request: ReadRequest,
) -> Result<ReadAnswer, Diagnostics> {
    let (client, account) = match session.connection() {
        Connection::Unknown(arguments) => return Ok(not_refreshed(resource, request, &arguments)),
        _ => session.connect_to("read", resource, &request.state)?,
    };
    let stored = Stored::decode(&request.private);
    let warnings = Warnings::beside(stored.notes());
    let call = Call {
        object: &resource.object,
        client: &client,
        account: &account,
        state: &request.state,
        warnings: &warnings,
    };
    let attempt = Attempt {
        object: &resource.object,
        operation: Operation::Read,
        state: &request.state,
    };

    let remembered = stored.remembered();
    let known = Known {
        remembered: &remembered,
        prior: &Value::Null,
    };
    let seen = read_until_settled(call, resource.expires, LastWrite::from_private(&request.private), known).await;
    let missing = match seen {
        Ok(Some(object)) => {
            let mut refusals = refused::warnings(call, &object);
            refusals.extend(refused::unheard_of(call, &object));
            refusals.extend(beyond::warning(resource, &object, &request.state));
            let base = match stored.is_unfinished() {
                true => without_unreturned(resource, &object, &request.state),
                false => request.state,
            };
            let (state, _, remembered) = store_with(&resource.object, &account, object, &base, Operation::Read, known);
            let notes = warnings.notes();
            let mut diagnostics = warnings.take();
            diagnostics.extend(refusals);
            return Ok(ReadAnswer {
                state: Some(state),
                private: arrival::found(stored).noting(notes).remembering(&remembered).encode(),
                diagnostics,
            });
        }
        Ok(None) if never_goes(resource) => {
            let not_shown = not_shown(call);
            let mut diagnostics = warnings.take();
            diagnostics.push(not_shown);
            return Err(diagnostics);
        }
        Ok(None) => absence::confirm(call).await,
        Err(fault) => absence::gone(call, fault).await,
    };
    match missing {
        Ok(_) if arrival::is_awaited(&stored) => {
            let response = absence::not_found_by(call).await;
            let not_found = arrival::not_found(call, response.as_deref());
            let mut diagnostics = warnings.take();
            diagnostics.push(not_found);
            Err(diagnostics)
        }
        Ok(how) => {
            let with_its_account = how.warning(&resource.object, &request.state);
            let is_ended = with_its_account.is_none() && is_ended(call).await;
            if with_its_account.is_none()
                && !is_ended
                && let Some(owner) = elsewhere::search(call, session).await
            {
                let elsewhere = elsewhere::in_another_account(call, &owner);
                let mut diagnostics = warnings.take();
                diagnostics.push(elsewhere);
                return Err(diagnostics);
            }
            let mut diagnostics = warnings.take();
            diagnostics.push(with_its_account.unwrap_or_else(|| match is_ended {
                true => ended(resource, &request.state),
                false => gone(resource, &request.state),
            }));
            Ok(ReadAnswer {
                state: None,
                private: request.private,
                diagnostics,
            })
        }
        Err(fault) => {
            let mut diagnostics = warnings.take();
            diagnostics.push(attempt.diagnose(fault));
            Err(diagnostics)
        }
    }
}

/// How an object is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadMode {
    /// From a list, when others are read at the same time.
    Batched,
    /// By a request of its own.
    Single,
}

/// The object. Where this provider wrote it a moment ago and the response does not show that, Twilio is asked again until it
/// has had time to settle; then the response is believed.
async fn read_until_settled(
    call: Call<'_>,
    expires: Option<Expiry>,
    last_write: Option<LastWrite>,
    known: Known<'_>,
) -> Result<Option<Properties>, Fault> {
    let mut seen = read_once(call, ReadMode::Batched).await?;
    let Some(last_write) = last_write else {
        return seen.settled(call);
    };
    for pause in PAUSES_BETWEEN_READS {
        let Some(left) = last_write.unsettled_for(call.client.server_time()) else {
            break;
        };
        let is_settled = match &seen {
            ReadResult::Complete(object) => !may_be_stale(call, expires, last_write, object, known),
            ReadResult::Partial(_) | ReadResult::Missing => false,
        };
        if is_settled {
            break;
        }
        let wait = pause.min(left.unsigned_abs());
        tracing::info!(
            resource = call.object.name,
            seconds = wait.as_secs_f64(),
            "waiting: Twilio does not show yet what was written a moment ago"
        );
        // After a stop the next request is refused, so that a missing object is not believed gone.
        let _ = call.client.pause(wait).await;
        seen = read_once(call, ReadMode::Single).await?;
    }
    seen.settled(call)
}

/// Whether a response may be from before the last write: the object is older by its own date, or not as it was left.
fn may_be_stale(
    call: Call<'_>,
    expires: Option<Expiry>,
    last_write: LastWrite,
    object: &Properties,
    known: Known<'_>,
) -> bool {
    match last_write.age_of(object) {
        Age::Older => true,
        Age::Newer => false,
        Age::Unclear => {
            let object = object.clone();
            let (read, ..) = store_with(call.object, call.account, object, call.state, Operation::Read, known);
            // What only Twilio sets may change by itself, except for a date that follows from what was written.
            let dated = expires.and_then(|expires| expires.at);
            let mut written = call.object.fields.iter().filter(|attribute| {
                attribute.is_configurable() || attribute.follows_writes || dated == Some(attribute.name)
            });
            written.any(|attribute| read.attr(attribute.name) != call.state.attr(attribute.name))
        }
    }
}

/// What a read of an object came to.
enum ReadResult {
    /// The object, with all that hooks add.
    Complete(Properties),
    /// Twilio shows the object, and says "not found" of something that belongs to it: the error.
    Partial(Box<Error>),
    /// Twilio says that it is not there.
    Missing,
}

impl ReadResult {
    /// What is believed when it is not read again.
    fn settled(self, call: Call<'_>) -> Result<Option<Properties>, Fault> {
        match self {
            Self::Complete(object) => Ok(Some(object)),
            Self::Missing => Ok(None),
            Self::Partial(error) => Err(in_part(call, &error).into()),
        }
    }
}

/// The object with all that hooks add; `None` when Twilio says that it is not there.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(crate) async fn read_whole(call: Call<'_>, mode: ReadMode) -> Result<Option<Properties>, Fault> {
    read_once(call, mode).await?.settled(call)
}

async fn read_once(call: Call<'_>, mode: ReadMode) -> Result<ReadResult, Fault> {
    let fetched = match mode {
        ReadMode::Batched => requests::read(call).await,
        ReadMode::Single => requests::seek(call).await,
    };
    match there(call, fetched)? {
        Some(object) => completed(call, object).await,
        None => Ok(ReadResult::Missing),
    }
}

/// An object that was read, with all that other paths have; `None` when it went meanwhile.
///
/// # Errors
/// What Twilio or the way to it answered; that Twilio shows the object, and not what belongs to it.
pub(crate) async fn whole(call: Call<'_>, object: Properties) -> Result<Option<Properties>, Fault> {
    completed(call, object).await?.settled(call)
}

async fn completed(call: Call<'_>, mut object: Properties) -> Result<ReadResult, Fault> {
    match complete(call, &mut object).await {
        Ok(()) => {
            refuse_wrong_types(call, &object)?;
            Ok(ReadResult::Complete(object))
        }
        // What belongs to an object goes with it. Only the object's own answer says that it went meanwhile.
        Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => {
            let again = requests::seek(call).await;
            Ok(there(call, again)?.map_or(ReadResult::Missing, |_| ReadResult::Partial(error)))
        }
        Err(fault) => Err(fault),
    }
}

/// Refuses a response in which something is of another type than Twilio has for it. Read as nothing, it would pass for the default.
///
/// # Errors
/// A diagnostic at the attribute.
pub(crate) fn refuse_wrong_types(call: Call<'_>, object: &Properties) -> Result<(), Diagnostic> {
    let mut answer = object.clone();
    if let Some(decode) = call.object.read.decode {
        decode(&mut answer, call.state);
    }
    let Some(wrong) = of_wrong_type(
        call.object.fields,
        call.object.spelling,
        &answer,
        &AttributePath::root(),
    ) else {
        return Ok(());
    };
    Err(Diagnostic::error(
        format!("{} was read with a value that cannot be Twilio's", heading(call.object, call.state)),
        format!(
            "Of the {}, {} was answered as something that is no {}. Nothing was changed, and the state was left as it is. A \
             proxy or a cache may be in between. Try again; if it goes on, report it with the log of the run.",
            named(call.object, call.state),
            wrong.path,
            wrong.expected
        ),
    )
    .within(&wrong.path))
}

/// The object that a response shows, if it shows one that is not gone.
fn there(call: Call<'_>, fetched: Result<Option<Properties>, Fault>) -> Result<Option<Properties>, Fault> {
    let object = match fetched {
        Ok(object) => object,
        Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => None,
        Err(fault) => return Err(fault),
    };
    Ok(object.filter(|object| !call.object.read.is_gone.is_some_and(|is_gone| is_gone(object))))
}

/// Adds to what was read of an object what other paths have: its members, and what its hook knows of.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(crate) async fn complete(call: Call<'_>, object: &mut Properties) -> Result<(), Fault> {
    members::read(call, object).await?;
    upload::read(call, object).await?;
    match call.object.read.after_read {
        Some(after_read) => after_read(call, object).await,
        None => Ok(()),
    }
}

/// Completes the response to a write of what is read elsewhere by what it reads there. What the plan says already stays: a read
/// may be a moment behind. What Twilio makes of a value that it writes otherwise is returned nowhere else: that is taken from a read
/// which does not show the value from before, as far as `known` tells it.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(crate) async fn complete_from_elsewhere(
    call: Call<'_>,
    intent: Intent<'_>,
    known: &Remembered,
    response: &mut Properties,
) -> Result<(), Fault> {
    let planned = intent.planned;
    if !matches!(call.object.place.read, Read::Elsewhere { .. } | Read::Member(_)) {
        return Ok(());
    }
    let mut read = requests::fetch_patiently(call).await?;
    for pause in PAUSES_BETWEEN_READS {
        if !reads_as_before(call.object, &read, intent.prior, planned, known) || !call.client.pause(pause).await {
            break;
        }
        read = requests::fetch(call).await?;
    }
    for attribute in call.object.fields.iter().filter(|attribute| !attribute.normalised) {
        if attribute.is_configurable() && !planned.attr(attribute.name).is_unknown() {
            read.remove(&*attribute.read_path(call.object.spelling));
        }
    }
    response.extend(read);
    Ok(())
}

/// The state without what it has from the plan alone: a step that was to set it has failed, and Twilio does not say what is so.
fn without_unreturned(resource: &Managed, returned: &Properties, state: &Value) -> Value {
    let mut base = state.clone();
    let may_be_missing = resource.object.fields.iter().filter(|attribute| {
        attribute.is_configurable()
            && attribute.source == Source::Response
            && matches!(attribute.sent(), Sent::Always | Sent::OnUpdate)
            && !attribute.replaces()
    });
    for attribute in
        may_be_missing.filter(|attribute| field(returned, &attribute.read_path(resource.object.spelling)).is_none())
    {
        base.set_attr(attribute.name, Value::Null);
    }
    // Of what is stored nowhere nobody knows whether it was sent.
    write_only::forget_all(resource.object.fields, &mut base);
    base
}

fn not_refreshed(resource: &Managed, request: ReadRequest, arguments: &[String]) -> ReadAnswer {
    let warning = Diagnostic::warning(
        format!("{} was not refreshed", resource.object.name),
        format!(
            "The provider block's {} not known until something else in this run is created, so the {} was taken as the \
             state has it. The next plan refreshes it.",
            if arguments.len() == 1 {
                format!("{} is", arguments[0])
            } else {
                format!("{} are", arguments.join(", "))
            },
            resource.object.noun
        ),
    );
    ReadAnswer {
        state: Some(request.state),
        private: request.private,
        diagnostics: warning.into(),
    }
}

fn in_part(call: Call<'_>, error: &Error) -> Diagnostic {
    Diagnostic::error(
        format!("{} could not be read as a whole", call.object.name),
        format!(
            "Twilio shows the {}, so it is not gone; but of what belongs to it: {}. Nothing was changed, here or at Twilio. Try \
             again. If it goes on, give Twilio's support that request.",
            named(call.object, call.state),
            absence::said(error)
        ),
    )
}

/// Whether Twilio still shows an object that counts as gone. Costs a request where a table knows of such objects.
pub(crate) async fn is_ended(call: Call<'_>) -> bool {
    let Some(is_gone) = call.object.read.is_gone else {
        return false;
    };
    matches!(requests::seek(call).await, Ok(Some(object)) if is_gone(&object))
}

/// Whether a list without the object says nothing: what is always there goes only with what it belongs to, which is a 404.
fn never_goes(resource: &Managed) -> bool {
    resource.lifecycle.is_always_there() && matches!(resource.object.place.read, Read::Among { .. } | Read::Member(_))
}

fn not_shown(call: Call<'_>) -> Diagnostic {
    Diagnostic::error(
        format!("{} was not shown", heading(call.object, call.state)),
        format!(
            "The provider tried to read the {}, which is always there, and Twilio's response does not have it. Nothing was \
             changed, and the state was left as it is. Check that there is such a one; a proxy or a cache may also be in \
             between. Try again; if it goes on, report it with the log of the run.",
            named(call.object, call.state)
        ),
    )
}

fn ended(resource: &Managed, state: &Value) -> Diagnostic {
    let word = resource.object.read.gone_is;
    Diagnostic::warning(
        format!("{} is {word}", heading(&resource.object, state)),
        format!(
            "The {} is {word}. Twilio still shows it, and here that counts as gone: it is taken out of the state; if it is still \
             configured, the plan creates a new one.",
            named(&resource.object, state)
        ),
    )
}

fn gone(resource: &Managed, state: &Value) -> Diagnostic {
    let sid = state.attr("sid").as_str().unwrap_or("SID");
    // Elsewhere a SID stays in the account that it was made in.
    let moved = match resource.object.account {
        AccountRule::Movable => format!(
            " If it was moved to another account instead, do not apply that: set account_sid to that account, and import it \
             with the id ACCOUNT_SID/{sid}."
        ),
        AccountRule::Fixed | AccountRule::Owned => String::new(),
    };
    if let Some((field, seconds)) = lifetime(resource, state) {
        return expired(resource, state, field, seconds);
    }
    Diagnostic::warning(
        format!("{} is gone from Twilio", heading(&resource.object, state)),
        format!(
            "The {} no longer exists in account {}. It is taken out of the state; if it is still configured, the plan creates a \
             new one.{moved}",
            named(&resource.object, state),
            state.attr("account_sid").as_str().unwrap_or("of the provider")
        ),
    )
}

/// The field that says after how many seconds Twilio takes the object away, and how many it says.
fn lifetime(resource: &Managed, state: &Value) -> Option<(&'static str, i64)> {
    let field = resource.expires?.after;
    let seconds = state.attr(field).as_number()?.to_i64().filter(|seconds| *seconds > 0)?;
    Some((field, seconds))
}

/// What was to end is hardly meant to be made again after each end: that a plan does so is said.
fn expired(resource: &Managed, state: &Value, field: &str, seconds: i64) -> Diagnostic {
    Diagnostic::warning(
        format!("{} is gone from Twilio, as {field} says", heading(&resource.object, state)),
        format!(
            "The {} no longer exists in account {}: with {field} = {seconds} Twilio takes it away by itself, unless somebody deleted \
             it. It is taken out of the state. While it is configured, the plan creates a new one, and again each time that it has \
             expired. Where it is to last, take {field} out of the configuration; where it was to end, take the whole block out.",
            named(&resource.object, state),
            state.attr("account_sid").as_str().unwrap_or("of the provider")
        ),
    )
    .at_attribute(field)
}
