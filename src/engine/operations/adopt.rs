//! `adopt_existing`: taking over an object that is there already instead of making a second one. This is also how the next
//! apply recovers from a process that died between Twilio's response and the state.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use serde_json::Value as Json;

use crate::engine::errors::diagnose::heading;
use crate::engine::facts::Absent::DefaultsTo;
use crate::engine::facts::Role::Local;
use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{
    Field, Intent, Kind, Literal, Managed, Operation, Presence, Properties, Read, Removed, Sent, Source, UpdateStyle,
    boolean,
};
use crate::engine::operations::delete::{ON_DESTROY, is_retained};
use crate::engine::operations::list::narrowed;
use crate::engine::operations::read::{ReadMode, complete, read_whole};
use crate::engine::operations::requests::{fetch_patiently, list_at};
use crate::engine::operations::update::change;
use crate::engine::sharing::claims::{key_before, key_of, named, taken};
use crate::engine::sharing::ledger::Ledger;
use crate::engine::values::import_id::likely_id;
use crate::engine::values::matching::has_natural_key;
use crate::engine::values::properties::equivalence;
use crate::engine::values::state::store;
use crate::engine::values::write_only;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

const NAME: &str = "adopt_existing";

/// The most namesakes that an error names.
const MOST_NAMED: usize = 20;

/// The attribute, for tables whose natural key a person chooses.
pub const ADOPT_EXISTING: Field = boolean(NAME, Local(DefaultsTo(Literal::Bool(false)))).doc(
    "Used only while the object is created: if the account has exactly one object with the same name, take it over and \
     change it to match this configuration, instead of creating a second one. What cannot be changed must be as configured \
     already. What Twilio does not return cannot be compared: then nothing is taken over. Two resources for one object are \
     refused where one process of the provider sees both; a `provider` block with an alias is a process of its own, and so \
     is each run. With `create_before_destroy` a replacement takes over the very object that it should replace, which then \
     stays. This recovers an object that an interrupted apply created and could not write into the state. Default: `false`.",
);

/// The object as the plan wants it, where the configuration asks for adoption and there is one to adopt; with the state that
/// it was found in. The ledger has it for `holder` then.
///
/// # Errors
/// Diagnostics when there are several, when another resource has it, and when it cannot be brought to the configuration in
/// place.
pub async fn adopt(
    resource: &'static Managed,
    call: Call<'_>,
    ledger: &Ledger,
    holder: &str,
    planned: &Value,
    config: &Value,
) -> Result<Option<(Value, Properties)>, Fault> {
    if planned.attr(NAME).as_bool() != Some(true) {
        return Ok(None);
    }
    if !resource.object.has_sid() {
        // It is known by its key, held already, and its turn is taken.
        return match whole(call).await? {
            Some(found) => take_over(resource, call, planned, config, found).await.map(Some),
            None => Ok(None),
        };
    }
    let Some(sid) = find(resource, call, ledger).await? else {
        return Ok(None);
    };
    let mut object = call.state.clone();
    object.set_attr("sid", Value::string(sid.as_str()));
    let call = Call { state: &object, ..call };
    let key = key_of(resource, &object);
    // An object without a SID of its own is held already, and its turn taken.
    let own = key.filter(|_| key_before(resource, call.state).is_none());
    let _turn = match &own {
        Some(key) => Some(ledger.turn(key).await),
        None => None,
    };
    if let Some(key) = &own {
        if ledger.is_gone(key) {
            return Ok(None);
        }
        if !ledger.hold(key, holder) {
            return Err(taken(resource, &key.1).at_attribute(NAME).into());
        }
    }
    let adopted = match whole(call).await {
        Ok(Some(found)) => take_over(resource, call, planned, config, found).await,
        Ok(None) => Err(gone_meanwhile(resource, call).into()),
        Err(fault) => Err(fault),
    };
    if let (Err(_), Some(key)) = (&adopted, &own) {
        ledger.release(key, holder);
    }
    adopted.map(Some)
}

/// Brings an object that is always there, or that something else makes, to the plan; with the state that it was found in.
///
/// # Errors
/// What Twilio or the way to it answered; also that it is not there.
pub async fn bring_about(
    resource: &'static Managed,
    call: Call<'_>,
    planned: &Value,
    config: &Value,
) -> Result<(Value, Properties), Fault> {
    let mut found = fetch_patiently(call).await?;
    complete(call, &mut found).await?;
    let (there, _) = store(&resource.object, call.account, found, &key_alone(call), Operation::Read);
    let intent = Intent {
        resource,
        operation: Operation::Update,
        prior: &there,
        planned,
        config,
    };
    let object = change(Call { state: &there, ..call }, intent).await?;
    if let Some(warning) = taken_off(resource, intent, &likely_id(&resource.object, call.account, &there)) {
        call.warnings.add(warning);
    }
    Ok((there, object))
}

/// What somebody had set, and is not configured: the plan could not show it, since nothing was read for it.
fn taken_off(resource: &Managed, intent: Intent<'_>, id: &str) -> Option<Diagnostic> {
    let fields = resource.object.fields.iter();
    let names = fields
        .filter(|field| field.is_configurable() && matches!(field.sent(), Sent::Always | Sent::OnUpdate))
        .filter(|field| {
            !write_only::is_configured(field, intent.config) && !intent.planned.attr(field.name).is_unknown()
        })
        .filter(|field| {
            let (there, planned) = (intent.prior.attr(field.name), intent.planned.attr(field.name));
            let is_sent = field.removed() != Removed::Keep || !planned.is_null();
            is_sent && !is_nothing(there) && !there.is_unknown() && there != planned
        })
        .map(|field| field.name);
    let names = Vec::from_iter(names).join(", ");
    (!names.is_empty()).then(|| {
        Diagnostic::warning(
            format!("{} {id} had other values before", resource.object.name),
            format!(
                "The {} {id} was there before this resource, and had values that this configuration does not have: {names}. They were \
                 cleared, or set to their defaults, which the plan of a new resource shows at most in a warning. If something else set \
                 them, configure them here too and apply again. To see such values in a plan, import the object first.",
                resource.object.noun
            ),
        )
    })
}

/// Refuses to write over an object that is there already under the planned key, and that nobody asked to take over.
///
/// # Errors
/// A diagnostic with the way to import it; what Twilio or the way to it answered.
pub async fn refuse_what_is_there(call: Call<'_>) -> Result<(), Fault> {
    if call.object.place.read == Read::Nowhere || whole(call).await?.is_none() {
        return Ok(());
    }
    let adopt = match call.object.field(NAME) {
        Some(_) => ", or set adopt_existing = true to take it over and change it to match this configuration",
        None => "",
    };
    let object = call.object;
    let diagnostic = Diagnostic::error(
        format!("{} exists already", object.name),
        format!(
            "Twilio has the {} already, and this resource would overwrite it. Nothing was created or changed. Import it, \
             after which the plan shows what differs{adopt}:\n\n  terraform import {}.NAME {}",
            named(object, call.state),
            object.name,
            likely_id(object, call.account, call.state)
        ),
    );
    Err(match object.key_field() {
        Some(field) => diagnostic.at_attribute(field),
        None => diagnostic,
    }
    .into())
}

/// Compares what cannot be changed, and changes the rest.
async fn take_over(
    resource: &'static Managed,
    call: Call<'_>,
    planned: &Value,
    config: &Value,
    found: Properties,
) -> Result<(Value, Properties), Fault> {
    let secrets_given = write_only::given(resource.object.fields, config, planned);
    refuse_what_is_fixed(resource, call, &secrets_given, &found)?;
    let (there, _) = store(&resource.object, call.account, found, &key_alone(call), Operation::Read);
    let intent = Intent {
        resource,
        operation: Operation::Update,
        prior: &there,
        planned,
        config,
    };
    call.warnings.add(adopted(resource, &there, planned));
    let object = change(Call { state: &there, ..call }, intent).await?;
    Ok((there, object))
}

/// Whether the configuration says what the object to adopt goes by. What is unknown may say it yet.
///
/// # Errors
/// A diagnostic that names the attribute that is missing.
pub fn refuse_without_a_name(resource: &Managed, config: &Value) -> Result<(), Diagnostic> {
    let is_asked_for = config.attr(NAME).as_bool() == Some(true);
    let nameless = |name: &&&str| {
        let value = config.attr(name);
        !value.is_unknown() && value.as_str().is_none_or(|text| text.trim().is_empty())
    };
    match resource.object.natural_key.iter().find(nameless) {
        Some(missing) if is_asked_for && resource.write.create.is_none() => Err(Diagnostic::error(
            format!("{} can only be adopted by a name", resource.object.name),
            format!(
                "adopt_existing = true takes over the {} with the same {}, and {missing} is not set. Nothing was created \
                 or changed. Set {missing}, or take adopt_existing out.",
                resource.object.noun,
                resource.object.natural_key.join(", ")
            ),
        )
        .at_attribute(NAME)),
        _ => Ok(()),
    }
}

/// The one object that goes by the planned natural key. What this run destroyed is left out, wherever a list still has it.
async fn find(resource: &'static Managed, call: Call<'_>, ledger: &Ledger) -> Result<Option<String>, Fault> {
    refuse_without_a_name(resource, call.state)?;
    let is_gone = |item: &Properties| {
        let read = &resource.object.read;
        read.is_one.is_some_and(|is_one| !is_one(item)) || read.is_gone.is_some_and(|is_gone| is_gone(item)) || {
            let mut object = call.state.clone();
            object.set_attr("sid", item.get("sid").and_then(Json::as_str).map(str::to_owned).into());
            key_of(resource, &object).is_some_and(|key| ledger.is_gone(&key))
        }
    };
    let is_namesake = |item: &Properties| {
        has_natural_key(&resource.object, call.state, item) && !differs_in_key(resource, call, item) && !is_gone(item)
    };
    let namesakes = Vec::from_iter(candidates(call, is_namesake).await?);
    match namesakes.as_slice() {
        [] => Ok(None),
        [sid] => Ok(Some(sid.clone())),
        several => Err(several_namesakes(resource, call, several).into()),
    }
}

/// The SIDs of the objects that `is_namesake` says, among what Twilio itself finds by the name, where it can, or all. Nothing
/// else is kept of them, however many there are. A list that changes while it is read may have an item on two pages.
async fn candidates(
    call: Call<'_>,
    is_namesake: impl Fn(&Properties) -> bool + Send + Sync,
) -> Result<BTreeSet<String>, Fault> {
    let mut sids = BTreeSet::new();
    let mut note = |item: &Properties| {
        let sid = item.get("sid").and_then(Json::as_str).filter(|_| is_namesake(item));
        sids.extend(sid.map(str::to_owned));
    };
    let list = narrowed(list_at(call, call.object.place)?, call.object, call.state);
    let take = |item| {
        note(&item);
        ControlFlow::Continue(())
    };
    call.client.each(list, take).await?;
    Ok(sids)
}

/// Whether a part of the natural key that Twilio writes in its own way is surely another.
fn differs_in_key(resource: &'static Managed, call: Call<'_>, item: &Properties) -> bool {
    let (there, _) = store(call.object, call.account, item.clone(), &Value::Null, Operation::Read);
    let parts = call
        .object
        .natural_key
        .iter()
        .filter_map(|name| call.object.field(name));
    parts.filter(|attribute| attribute.normalised).any(|attribute| {
        let (configured, returned) = (call.state.attr(attribute.name), there.attr(attribute.name));
        returned.is_known() && sameness(resource, attribute, configured, returned) == Some(false)
    })
}

/// What addresses the object of `call`, which its responses need not repeat; nothing else of it.
fn key_alone(call: Call<'_>) -> Value {
    let names = call.object.id_parts().chain(["account_sid"]);
    Value::object(names.map(|name| (name, call.state.attr(name).clone())))
}

/// The object of `call`, with all that hooks add; `None` where it is not there.
async fn whole(call: Call<'_>) -> Result<Option<Properties>, Fault> {
    read_whole(call, ReadMode::Single).await
}

/// What an adoption cannot bring about must be as planned already.
fn refuse_what_is_fixed(
    resource: &'static Managed,
    call: Call<'_>,
    planned: &Value,
    found: &Properties,
) -> Result<(), Diagnostic> {
    let (there, _) = store(
        &resource.object,
        call.account,
        found.clone(),
        &Value::Null,
        Operation::Read,
    );
    let is_fixed = |attribute: &&Field| {
        let never_changes =
            resource.lifecycle.update() == UpdateStyle::Never && attribute.source != Source::Configuration;
        let only_made =
            attribute.sent() == Sent::OnCreate && (attribute.replaces() || attribute.source != Source::Response);
        attribute.is_configurable() && (only_made || (attribute.sent() != Sent::Never && never_changes))
    };
    for attribute in resource.object.fields.iter().filter(is_fixed) {
        let (configured, returned) = (planned.attr(attribute.name), there.attr(attribute.name));
        compare(resource, call, attribute, attribute.name, configured, returned)?;
    }
    Ok(())
}

/// Compares an attribute, and the attributes in it, with what Twilio tells.
fn compare(
    resource: &'static Managed,
    call: Call<'_>,
    attribute: &Field,
    path: &str,
    configured: &Value,
    returned: &Value,
) -> Result<(), Diagnostic> {
    if let (Kind::Object(inner), true, true) = (attribute.kind, configured.is_known(), returned.is_known()) {
        return inner.iter().try_for_each(|child| {
            let path = format!("{path}.{}", child.name);
            compare(
                resource,
                call,
                child,
                &path,
                configured.attr(child.name),
                returned.attr(child.name),
            )
        });
    }
    if configured.is_unknown() {
        return Ok(());
    }
    if configured.is_null() {
        return match is_nothing(returned) || attribute.presence() != Presence::Optional {
            true => Ok(()),
            false => Err(not_adopted(
                resource,
                call,
                path,
                "is not configured, and Twilio has one that cannot be cleared",
            )),
        };
    }
    let sameness = match attribute.source {
        Source::Configuration | Source::CreateResponse => None,
        Source::Response if returned.is_null() => {
            sameness(resource, attribute, configured, returned).filter(|is_same| *is_same)
        }
        _ => sameness(resource, attribute, configured, returned),
    };
    match sameness {
        Some(true) => Ok(()),
        Some(false) => Err(not_adopted(
            resource,
            call,
            path,
            "differs from the configuration and cannot be changed",
        )),
        None => Err(not_adopted(
            resource,
            call,
            path,
            "is not returned by Twilio, so it can be neither compared nor changed",
        )),
    }
}

/// Whether two values are the same; `None` where nobody can say.
pub(super) fn sameness(resource: &Managed, attribute: &Field, configured: &Value, returned: &Value) -> Option<bool> {
    if configured == returned {
        return Some(true);
    }
    if attribute.sensitive && returned.as_str().is_some_and(is_masked) {
        return None;
    }
    match (resource.write.same_as_returned, equivalence(attribute)) {
        (Some(same), _) => same(attribute.name, configured, returned),
        (None, Some(equivalent)) => Some(equivalent(configured, returned)),
        (None, None) => Some(false),
    }
}

/// Whether a text stands for a secret rather than being one.
pub fn is_masked(text: &str) -> bool {
    text.contains("**") || text.contains("••") || text.contains("…") || text.contains("...")
}

/// Whether nothing is set.
pub(super) fn is_nothing(returned: &Value) -> bool {
    match returned {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::List(items) | Value::Set(items) => items.is_empty(),
        Value::Map(items) => items.is_empty(),
        _ => false,
    }
}

fn not_adopted(resource: &'static Managed, call: Call<'_>, path: &str, why: &str) -> Diagnostic {
    let name = path.split('.').next().unwrap_or(path).to_owned();
    Diagnostic::error(
        format!("{} cannot be adopted", resource.object.name),
        format!(
            "The {} has the same name, and its {path} {why}. Nothing was created or changed. Take adopt_existing out to \
             create a second one, or import this one, after which the plan shows what differs:\n\n  terraform import \
             {}.NAME {}\n\nIf it is what this resource has already, and create_before_destroy makes its replacement first, \
             take adopt_existing out for that.",
            named(&resource.object, call.state),
            resource.object.name,
            likely_id(&resource.object, call.account, call.state)
        ),
    )
    .at_attribute(&name)
}

fn adopted(resource: &Managed, there: &Value, planned: &Value) -> Diagnostic {
    let end = match planned.attr(ON_DESTROY.name).as_str() {
        _ if is_retained(planned) => "Destroying this resource leaves it as it is then.".to_owned(),
        Some(choice) if choice != "delete" => {
            format!("What destroying this resource does to it says on_destroy: {choice}.")
        }
        _ => "Destroying this resource destroys it.".to_owned(),
    };
    Diagnostic::warning(
        format!("{} was adopted", heading(&resource.object, there)),
        format!(
            "The account already has the {}, with the same name. No second one was created. It was changed to match this \
             configuration, and what the configuration does not have was cleared, except where the page of the resource says that \
             removing it keeps it. {end}",
            named(&resource.object, there)
        ),
    )
}

/// What a list had is not there when it is read.
fn gone_meanwhile(resource: &Managed, call: Call<'_>) -> Diagnostic {
    Diagnostic::error(
        format!("{} cannot be adopted", resource.object.name),
        format!(
            "The {} is in Twilio's list, and reading it finds nothing. Nothing was created or changed. Apply again.",
            named(&resource.object, call.state)
        ),
    )
    .at_attribute(NAME)
}

fn several_namesakes(resource: &'static Managed, call: Call<'_>, sids: &[String]) -> Diagnostic {
    let lines = sids.iter().take(MOST_NAMED).map(|sid| {
        let mut object = call.state.clone();
        object.set_attr("sid", Value::string(sid.as_str()));
        let id = likely_id(&resource.object, call.account, &object);
        format!("\n  terraform import {}.NAME {id}", resource.object.name)
    });
    Diagnostic::error(
        format!("{} has the name of several objects", resource.object.name),
        format!(
            "adopt_existing = true takes over the one object with the same name, and account {} has {}. Nothing was \
             created or changed. Import the right one, or take adopt_existing out to make another.\n{}",
            call.account,
            sids.len(),
            lines.collect::<String>()
        ),
    )
    .at_attribute(NAME)
}
