//! ReadResource.

use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::provider::{ReadAnswer, ReadRequest};
use crate::framework::value::Value;
use crate::twilio::{ErrorKind, PAUSES_BETWEEN_LOOKS};

use super::call;
use super::diagnose::{Attempt, Verb};
use super::flatten::{Object, Occasion, field};
use super::hooks::{Call, Fault, Notes};
use super::mark::{Age, Mark};
use super::older::arrival;
use super::private::Stored;
use super::session::{Connection, Session};
use super::standing;
use super::store::store;
use super::table::{AccountRule, Resource, Sent, Source};

/// Reads the object. Gone means gone only by Twilio's own word, and where the credentials can see its account; otherwise it is
/// an error.
///
/// # Errors
/// Diagnostics; the state then stays as it is.
pub async fn read(
    resource: &'static Resource,
    session: &Session,
    request: ReadRequest,
) -> Result<ReadAnswer, Diagnostics> {
    let (client, account) = match session.connection() {
        Connection::Unknown(arguments) => return Ok(not_refreshed(resource, request, &arguments)),
        _ => session.connect("read", resource.name, &request.state)?,
    };
    let notes = Notes::default();
    let call = Call {
        resource,
        client: &client,
        account: &account,
        object: &request.state,
        notes: &notes,
    };
    let attempt = Attempt {
        resource,
        verb: Verb::Read,
        object: &request.state,
    };

    let stored = Stored::decode(&request.private);
    let seen = look_until_settled(call, Mark::from_private(&request.private)).await;
    let missing = match seen {
        Ok(Some(object)) => {
            let base = match stored.is_unfinished() {
                true => without_what_is_not_told(resource, &object, &request.state),
                false => request.state,
            };
            let (state, _) = store(resource, &account, object, &base, Occasion::Read);
            return Ok(ReadAnswer {
                state: Some(state),
                private: arrival::found(stored).encode(),
                diagnostics: notes.take(),
            });
        }
        Ok(None) => standing::confirm(call).await,
        Err(fault) => standing::gone(call, fault).await,
    };
    match missing {
        Ok(_) if arrival::is_awaited(&stored) => {
            let response = standing::not_found_by(call).await;
            let mut diagnostics = notes.take();
            diagnostics.push(arrival::not_found(resource, &client, &account, &request.state, response.as_deref()));
            Err(diagnostics)
        }
        Ok(how) => {
            let mut diagnostics = notes.take();
            let with_its_account = how.warning(resource, &request.state);
            diagnostics.push(with_its_account.unwrap_or_else(|| gone(resource, &request.state)));
            Ok(ReadAnswer {
                state: None,
                private: request.private,
                diagnostics,
            })
        }
        Err(fault) => {
            let mut diagnostics = notes.take();
            diagnostics.push(attempt.diagnose(fault));
            Err(diagnostics)
        }
    }
}

/// How an object is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From a list, when others are read at the same time.
    WithOthers,
    /// By a request of its own.
    Alone,
}

/// The object. Where this provider wrote it a moment ago and the answer does not show that, Twilio is asked again until it
/// has had time to settle; then the answer is believed.
async fn look_until_settled(call: Call<'_>, mark: Option<Mark>) -> Result<Option<Object>, Fault> {
    let mut seen = look(call, Way::WithOthers).await?;
    let Some(mark) = mark else { return Ok(seen) };
    for pause in PAUSES_BETWEEN_LOOKS {
        let Some(left) = mark.unsettled_for(call.client.server_time()) else {
            return Ok(seen);
        };
        if !may_be_stale(call, mark, seen.as_ref()) {
            return Ok(seen);
        }
        let wait = pause.min(left.unsigned_abs());
        tracing::info!(
            resource = call.resource.name,
            seconds = wait.as_secs_f64(),
            "waiting: Twilio does not show yet what was written a moment ago"
        );
        // After a stop the next request is refused, so that a missing object is not believed gone.
        let _ = call.client.pause(wait).await;
        seen = look(call, Way::Alone).await?;
    }
    Ok(seen)
}

/// Whether an answer may be from before the last write: the object is missing, older by its own date, or not as it was left.
fn may_be_stale(call: Call<'_>, mark: Mark, seen: Option<&Object>) -> bool {
    let Some(object) = seen else { return true };
    match mark.age_of(object) {
        Age::Older => true,
        Age::Newer => false,
        Age::Unclear => {
            let (read, _) = store(call.resource, call.account, object.clone(), call.object, Occasion::Read);
            // What only Twilio sets may change by itself.
            let written = call
                .resource
                .attributes
                .iter()
                .filter(|attribute| attribute.is_configurable());
            written
                .into_iter()
                .any(|attribute| read.attr(attribute.name) != call.object.attr(attribute.name))
        }
    }
}

/// The object with all that hooks add; `None` when Twilio says that it is not there.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn look(call: Call<'_>, way: Way) -> Result<Option<Object>, Fault> {
    let fetched = match way {
        Way::WithOthers => call::read(call).await,
        Way::Alone => call::fetch(call).await,
    };
    let mut object = match fetched {
        Ok(object) => object,
        Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => return Ok(None),
        Err(fault) => return Err(fault),
    };
    if call.resource.hooks.is_gone.is_some_and(|is_gone| is_gone(&object)) {
        return Ok(None);
    }
    if let Some(after_read) = call.resource.hooks.after_read {
        match after_read(call, &mut object).await {
            Ok(()) => {}
            Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => return Ok(None),
            Err(fault) => return Err(fault),
        }
    }
    Ok(Some(object))
}

/// The state without what it has from the plan alone: a step that was to set it has failed, and Twilio does not say what is so.
fn without_what_is_not_told(resource: &Resource, told: &Object, state: &Value) -> Value {
    let mut base = state.clone();
    let may_be_missing = resource.attributes.iter().filter(|attribute| {
        attribute.is_configurable()
            && attribute.source == Source::Answer
            && matches!(attribute.sent, Sent::Always | Sent::OnUpdate)
            && !attribute.replaces
    });
    for attribute in may_be_missing.filter(|attribute| field(told, attribute.read_path()).is_none()) {
        base.set_attr(attribute.name, Value::Null);
    }
    base
}

fn not_refreshed(resource: &Resource, request: ReadRequest, arguments: &[String]) -> ReadAnswer {
    let warning = Diagnostic::warning(
        format!("{} was not refreshed", resource.name),
        format!(
            "The provider block's {} not known until something else in this run is created, so the {} was taken as the \
             state has it. The next plan refreshes it.",
            if arguments.len() == 1 {
                format!("{} is", arguments[0])
            } else {
                format!("{} are", arguments.join(", "))
            },
            resource.noun
        ),
    );
    ReadAnswer {
        state: Some(request.state),
        private: request.private,
        diagnostics: warning.into(),
    }
}

fn gone(resource: &Resource, state: &Value) -> Diagnostic {
    let sid = state.attr("sid").as_str().unwrap_or("(no SID)");
    // Elsewhere a SID stays in the account that it was made in.
    let moved = match resource.account {
        AccountRule::Movable => format!(
            " If it was moved to another account instead, do not apply that: set account_sid to that account, and import it \
             with the id ACCOUNT_SID/{sid}."
        ),
        AccountRule::Fixed | AccountRule::Owned => String::new(),
    };
    Diagnostic::warning(
        format!("{} is gone from Twilio", resource.name),
        format!(
            "The {} {sid} no longer exists in account {}. It is taken out of the state; if it is still configured, the plan \
             creates a new one.{moved}",
            resource.noun,
            state.attr("account_sid").as_str().unwrap_or("of the provider")
        ),
    )
}
