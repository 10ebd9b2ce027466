//! Files that go to a host of their own: planned by their hash, refused when they changed since, uploaded, and read back as far as
//! Twilio shows them. See [`crate::engine::facts::Upload`].

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use serde_json::Value as Json;

use crate::engine::errors::diagnose::heading;
use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{
    BodyStyle, ContentVersions, Intent, Managed, Object, Operation, Properties, Role, Sent, Upload,
};
use crate::engine::operations::requests::{answer_object, path_fault};
use crate::engine::values::file::{Configured, File, configured, field_of, hash_at, hashed};
use crate::engine::values::parameters::with_file;
use crate::engine::values::paths;
use crate::engine::values::private::Stored;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::path::AttributePath;
use crate::framework::provider::PlanRequest;
use crate::framework::value::Value;
use crate::twilio::{
    AfterLoss, ErrorKind, Expects, FilePart, Find, ListRequest, Lookup, Match, Proof, Request, Search, lenient, sha256,
};

/// Name of the hash among the properties of a version.
const HASH: &str = "content_sha256";

/// Plans the hash of what is uploaded, and what becomes of the object where it changes. `replaces` takes what forces a replacement.
/// `stored` is what is kept with the object. May have a warning.
///
/// # Errors
/// A diagnostic where the file cannot be read.
pub(crate) async fn plan(
    resource: &Managed,
    request: &PlanRequest<'_>,
    stored: &Stored,
    planned: &mut Value,
    replaces: &mut Vec<AttributePath>,
) -> Result<Option<Diagnostic>, Diagnostic> {
    let (Some(upload), Some(hash)) = (&resource.upload, field_of(&resource.object, Role::FileHash)) else {
        return Ok(None);
    };
    if request.planned.is_null() {
        return Ok(None);
    }
    // A destroy is planned after a plan like any other, in which a file that is gone is a mistake.
    let outcome = match request.prior.is_null() {
        true => "Nothing was changed.",
        false => "Nothing was changed. To destroy the object without its file: `terraform destroy -refresh=false`.",
    };
    let found = hashed(&resource.object, &upload.types, request.config, outcome).await?;
    let uploaded = request.prior.attr(hash.name);
    let wanted = match found {
        Configured::Nothing => Value::Null,
        Configured::Unknown => Value::UNKNOWN,
        Configured::File(hash) => match seen(&resource.object, request, stored) {
            Seen::Another(seen) if seen != hash => {
                return Err(another_file(&resource.object, &seen, &hash, "Nothing was changed."));
            }
            // What was imported is taken at its word, and uploads nothing whatever the hash is.
            Seen::Nothing if !uploaded.is_null() && uploaded.as_str() != Some(hash.as_str()) => Value::UNKNOWN,
            Seen::Nothing if request.prior.is_null() => Value::UNKNOWN,
            _ => Value::string(hash),
        },
    };
    planned.set_attr(hash.name, wanted.clone());
    if request.prior.is_null() {
        return Ok(None);
    }
    if resource.object.content.is_none() {
        if *uploaded == wanted {
            return Ok(None);
        }
        if !uploaded.is_null() || stored.is_without_file() {
            replaces.push(AttributePath::attribute(hash.name));
            return Ok(None);
        }
        // What was imported has a file that nobody knows, and is not made again for that.
        return Ok(Some(taken_at_its_word(&resource.object, request.prior)));
    }
    if is_taken_at_its_word(resource, request.prior, planned) {
        let is_known = !wanted.is_null() && !wanted.is_unknown();
        return Ok(is_known.then(|| taken_at_its_word(&resource.object, request.prior)));
    }
    if *uploaded != wanted || goes_with_another(resource, request.prior, planned) {
        let made_by_it = |path: &str| path.split('.').next() == Some(ContentVersions::PROPERTY);
        let fields = resource.object.fields.iter();
        for field in fields.filter(|field| !field.is_configurable() && field.read_as.is_some_and(made_by_it)) {
            if field.role != Role::FileHash {
                planned.set_attr(field.name, Value::UNKNOWN);
            }
        }
    }
    Ok(None)
}

/// Under which word the file is noted that a read of the state has seen.
const SEEN: &str = "file";

/// What is known of a file before the plan.
enum Seen {
    /// It has no path: a text of the configuration is the same in each plan.
    Always,
    /// This hash, when the state was read.
    Another(String),
    /// Nobody has looked at it.
    Nothing,
}

/// What was seen of the configured file. Within an apply Terraform plans again, and calls it a bug of the provider when a value is another
/// than in the first plan, which no provider sees. What it does see is the state of the first plan, with what the read has noted: a hash is
/// planned where another file can be told from it, and left open where not, as in a create.
fn seen(object: &Object, request: &PlanRequest<'_>, stored: &Stored) -> Seen {
    let path = field_of(object, Role::FilePath).and_then(|field| request.config.attr(field.name).as_str());
    let Some(path) = path else { return Seen::Always };
    let notes = stored.notes();
    let noted = notes.get(SEEN).filter(|_| !request.prior.is_null());
    let text = |index: usize| noted?.get(index)?.as_str();
    match (text(0), text(1)) {
        (Some(noted), Some(hash)) if noted == path => Seen::Another(hash.to_owned()),
        _ => Seen::Nothing,
    }
}

/// Notes what is in the file of the state now, for the plan that follows.
async fn look_at_the_file(call: Call<'_>) {
    let Some(field) = field_of(call.object, Role::FilePath) else {
        return;
    };
    let seen = match call.state.attr(field.name).as_str() {
        Some(path) => hash_at(path).await.map(|hash| Json::from(vec![path.to_owned(), hash])),
        None => None,
    };
    call.warnings.noting(|notes| match seen {
        Some(seen) => notes.insert(SEEN.to_owned(), seen),
        None => notes.remove(SEEN),
    });
}

/// Whether a create of what is planned uploads nothing, where a create is the only upload.
pub(crate) fn is_without_file(resource: &Managed, planned: &Value) -> bool {
    resource.upload.is_some() && resource.object.content.is_none() && hash_in(&resource.object, planned).is_null()
}

/// Whether an object has a version of which nobody can know what is in it, as after an import: Twilio does not show it, and nothing
/// else of it changes. It is not made again for that, with all that refers to it.
fn is_taken_at_its_word(resource: &Managed, prior: &Value, planned: &Value) -> bool {
    let hidden = resource.object.content.filter(|versions| versions.content.is_none());
    let has_one = hidden.is_some_and(|versions| prior.attr(versions.sid).as_str().is_some());
    has_one && hash_in(&resource.object, prior).is_null() && !goes_with_another(resource, prior, planned)
}

fn taken_at_its_word(object: &Object, state: &Value) -> Diagnostic {
    let at = field_of(object, Role::FilePath).or_else(|| field_of(object, Role::FileContent));
    let at = at.map_or("", |field| field.name);
    Diagnostic::warning(
        format!("Whether Twilio has the file of {} is not known", heading(object, state)),
        format!(
            "{at}: the {} was not made by this provider, and Twilio does not show what is in its file. The provider takes the configured file \
             for the one that it has: nothing is uploaded now, and from now on a changed file is. To upload this one, \
             {}.",
            object.noun,
            match object.content {
                Some(_) => "apply, then change the file",
                None => "replace the object: terraform apply -replace with its address",
            }
        ),
    )
    .at_attribute(at)
}

/// Refuses to begin where the file is not the one of the plan.
///
/// # Errors
/// A diagnostic at the field with the path.
pub(crate) async fn refuse_another_file(intent: Intent<'_>, outcome: &str) -> Result<(), Diagnostic> {
    match &intent.resource.upload {
        Some(upload) => load(intent, upload, outcome).await.map(drop),
        None => Ok(()),
    }
}

/// Attaches the file to the parameters of a create, where the create is the upload.
///
/// # Errors
/// As [`refuse_another_file`].
pub(crate) async fn attach(
    intent: Intent<'_>,
    parameters: &mut crate::engine::facts::Parameters,
) -> Result<(), Diagnostic> {
    let Some(upload) = intent
        .resource
        .upload
        .as_ref()
        .filter(|_| intent.resource.object.content.is_none())
    else {
        return Ok(());
    };
    if let Some(file) = load(intent, upload, "Nothing was created.").await? {
        parameters.attach(upload.host, file.into_part(upload));
    }
    Ok(())
}

/// Uploads a version after a create or update of the object, where the planned one is not there yet. What was made stands in
/// `object` then, and what the object has stays as it is otherwise.
///
/// # Errors
/// What Twilio or the way to it answered, or a diagnostic where the file is not the one of the plan.
pub(crate) async fn after_write(call: Call<'_>, intent: Intent<'_>, object: &mut Properties) -> Result<(), Fault> {
    let resource = intent.resource;
    let (Some(upload), Some(hash)) = (&resource.upload, field_of(&resource.object, Role::FileHash)) else {
        return Ok(());
    };
    // The next read looks again.
    call.warnings.noting(|notes| notes.remove(SEEN));
    let outcome = "What comes before the upload was done.";
    let Some(file) = load(intent, upload, outcome).await? else {
        return Ok(());
    };
    let uploaded = Value::string(file.sha256());
    let Some(versions) = &resource.object.content else {
        // The create was the upload; an update changes nothing of the file.
        if intent.operation == Operation::Create {
            put(object, Properties::new(), &uploaded);
        }
        return Ok(());
    };
    let is_known = intent.prior.attr(hash.name) == &uploaded
        && !intent.prior.is_null()
        && !goes_with_another(resource, intent.prior, intent.planned);
    let is_there = is_known || is_taken_at_its_word(resource, intent.prior, intent.planned);
    // What was adopted has a version that the plan knew nothing of.
    if is_there && intent.planned.attr(hash.name).is_known() && knows_its_version(resource, intent.planned) {
        return Ok(());
    }
    let version = match is_there {
        true => stored_version(call.with(intent.prior), versions)
            .await?
            .unwrap_or_default(),
        false => make_version(call, intent, versions, upload, file).await?,
    };
    put(object, version, &uploaded);
    Ok(())
}

/// Adds the version that the object has to what was read of it: that of the state, else the newest. The hash of its content is
/// that of the state, where it is that version, else what the content shows; nobody knows it otherwise.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(crate) async fn read(call: Call<'_>, object: &mut Properties) -> Result<(), Fault> {
    look_at_the_file(call).await;
    let Some(versions) = &call.object.content else {
        return Ok(());
    };
    let (version, hash) = match stored_version(call, versions).await? {
        Some(version) => {
            // What another provider stored may have no hash.
            let hash = match hash_in(call.object, call.state) {
                Value::Null => hash_of_content(call, versions, &version).await?,
                known => known,
            };
            (Some(version), hash)
        }
        None => {
            let version = newest(call, versions).await?;
            let hash = match &version {
                Some(version) => hash_of_content(call, versions, version).await?,
                None => Value::Null,
            };
            (version, hash)
        }
    };
    match version {
        Some(version) => put(object, version, &hash),
        None => drop(object.insert(ContentVersions::PROPERTY.to_owned(), Json::Null)),
    }
    Ok(())
}

fn hash_in(object: &Object, state: &Value) -> Value {
    field_of(object, Role::FileHash).map_or(Value::Null, |field| state.attr(field.name).clone())
}

fn put(object: &mut Properties, mut version: Properties, hash: &Value) {
    version.insert(HASH.to_owned(), hash.as_str().into());
    object.insert(ContentVersions::PROPERTY.to_owned(), Json::Object(version));
}

/// The file that is configured, where it is the one that was planned.
async fn load(intent: Intent<'_>, upload: &Upload, outcome: &str) -> Result<Option<File>, Diagnostic> {
    let object = &intent.resource.object;
    let Configured::File(file) = configured(object, &upload.types, intent.config, outcome).await? else {
        return Ok(None);
    };
    match hash_in(object, intent.planned).as_str() {
        Some(planned) if planned != file.sha256() => Err(another_file(object, planned, &file.sha256(), outcome)),
        _ => Ok(Some(file)),
    }
}

fn another_file(object: &Object, planned: &str, found: &str, outcome: &str) -> Diagnostic {
    let at = field_of(object, Role::FilePath).or_else(|| field_of(object, Role::FileContent));
    let at = at.map_or("", |field| field.name);
    Diagnostic::error(
        format!("The file for {} changed after the plan", object.name),
        format!(
            "{at}: its content is another than when the object was last read, in this plan or, with -refresh=false, in an earlier \
             run.\n\n  planned SHA-256: {planned}\n  found SHA-256:   \
             {found}\n\nIt was not uploaded. {outcome} Plan and apply again, and without -refresh=false. If something writes the file \
             while Terraform runs, let it finish before the plan."
        ),
    )
    .at_attribute(at)
}

/// Whether what goes with the file is another than before.
fn goes_with_another(resource: &Managed, prior: &Value, planned: &Value) -> bool {
    let mut fields = resource.object.fields.iter();
    fields.any(|field| {
        // With which type a file was uploaded that nobody knows, nobody knows either.
        let is_type = field.role == Role::FileType && !hash_in(&resource.object, prior).is_null();
        (field.sent() == Sent::WithFile || is_type) && prior.attr(field.name) != planned.attr(field.name)
    })
}

/// Whether nothing that is read from the version is yet to come.
fn knows_its_version(resource: &Managed, planned: &Value) -> bool {
    let mut fields = resource.object.fields.iter();
    fields.all(|field| {
        let of_the_version = field
            .read_as
            .and_then(|path| path.strip_prefix(ContentVersions::PROPERTY));
        !of_the_version.is_some_and(|rest| rest.starts_with('.')) || planned.attr(field.name).is_known()
    })
}

/// Uploads what `intent` has, which makes a version of the object of `call`.
///
/// # Errors
/// What Twilio or the way to it answered, or a diagnostic where the file is not the one of the plan.
pub(super) async fn version(call: Call<'_>, intent: Intent<'_>) -> Result<Properties, Fault> {
    let resource = intent.resource;
    let (Some(upload), Some(versions)) = (&resource.upload, &resource.object.content) else {
        return Ok(Properties::new());
    };
    let outcome = "What comes before the upload was done.";
    match load(intent, upload, outcome).await? {
        Some(file) => make_version(call, intent, versions, upload, file).await,
        None => Ok(Properties::new()),
    }
}

/// How often an upload is begun, because what was uploaded meanwhile is somebody else's.
const MOST_UPLOADS: usize = 3;

/// Uploads. A version whose response was lost is searched for among the versions, and is ours only where it has the content: what
/// goes with the file is the same in most versions of one object, and somebody else may upload at the same time.
async fn make_version(
    call: Call<'_>,
    intent: Intent<'_>,
    versions: &ContentVersions,
    upload: &Upload,
    file: File,
) -> Result<Properties, Fault> {
    let hash = file.sha256();
    let part = file.into_part(upload);
    let mut strangers = BTreeSet::new();
    let mut uploads = 0;
    loop {
        uploads += 1;
        let error = match send_version(call, intent, versions, upload, part.clone(), &strangers).await {
            Ok(version) => return proven(call, versions, version, &part).await,
            Err(Fault::Api(error)) => error,
            Err(fault) => return Err(fault),
        };
        let found = match error.search.as_deref() {
            Some(Search::Found(found)) if versions.content.is_some() => found,
            _ => return Err(Fault::Api(error)),
        };
        let before = strangers.len();
        for candidate in found {
            match check_content(call, intent, versions, &candidate.sid).await {
                Ok((version, Some(content))) if content == hash => return Ok(version),
                Ok((_, Some(_))) => drop(strangers.insert(candidate.sid.clone())),
                // Nobody can tell, and the error names it.
                Ok((_, None)) => return Err(Fault::Api(error)),
                Err(why) => {
                    if let Fault::Api(why) = why {
                        tracing::info!(sid = candidate.sid, reason = %why, "the content of a version could not be read");
                    }
                    return Err(Fault::Api(error));
                }
            }
        }
        if strangers.len() == before || uploads >= MOST_UPLOADS {
            return Err(Fault::Api(error));
        }
        tracing::info!("the response to an upload was lost, and no version has its content");
    }
}

/// A version that the response to an upload names, if it has what was uploaded as far as anybody can see. All else that it has,
/// versions of somebody else have too, and a response may be that to another request.
async fn proven(
    call: Call<'_>,
    versions: &ContentVersions,
    version: Properties,
    part: &FilePart,
) -> Result<Properties, Fault> {
    match content_of(call, versions, &version).await {
        Ok(Some(content)) if !is_content(&part.content, &content) => Err(not_what_was_uploaded(call, &version).into()),
        Ok(_) => Ok(version),
        // Credentials may be allowed to upload and not to see what is there.
        Err(Fault::Api(error)) if error.kind == ErrorKind::Forbidden => Ok(version),
        Err(fault) => Err(fault),
    }
}

/// Whether a text is this file, but for what a text may lose on its way: its mark of byte order, line ends of Windows, and blanks
/// at its end.
fn is_content(file: &[u8], shown: &str) -> bool {
    let plain = |text: &str| {
        text.trim_start_matches('\u{feff}')
            .replace("\r\n", "\n")
            .trim_end()
            .to_owned()
    };
    file == shown.as_bytes() || std::str::from_utf8(file).is_ok_and(|file| plain(file) == plain(shown))
}

fn not_what_was_uploaded(call: Call<'_>, version: &Properties) -> Diagnostic {
    let sid = version.get("sid").and_then(Json::as_str).unwrap_or("the version");
    let object = call.object;
    let at = field_of(object, Role::FilePath).or_else(|| field_of(object, Role::FileContent));
    Diagnostic::error(
        format!("Twilio answered the upload for {} with another content", object.name),
        format!(
            "The file was uploaded, and Twilio's response names {sid}, whose content is another, as if it were the response to \
             somebody else's upload. It was not taken over; whether the file itself arrived is not known. Nothing else was changed. \
             Look at the versions of the {} in Twilio's Console, and apply again: that uploads the file once more.",
            object.noun
        ),
    )
    .at_attribute(at.map_or("", |field| field.name))
}

/// A version, and the hash of its content if it has what was sent beside the file and shows its content.
async fn check_content(
    call: Call<'_>,
    intent: Intent<'_>,
    versions: &ContentVersions,
    sid: &str,
) -> Result<(Properties, Option<String>), Fault> {
    let mut named = Properties::new();
    named.insert("sid".to_owned(), sid.into());
    let path = path_of_version(call, versions, &named)?;
    let request = Request::get(call.object.place.product, call.account, path);
    let version = answer_object(call.client.send(request).await?);
    if !reads_as_planned(intent, &version) {
        return Ok((version, None));
    }
    let hash = hash_of_content(call, versions, &version).await?;
    let hash = hash.as_str().map(str::to_owned);
    Ok((version, hash))
}

async fn send_version(
    call: Call<'_>,
    intent: Intent<'_>,
    versions: &ContentVersions,
    upload: &Upload,
    part: FilePart,
    strangers: &BTreeSet<String>,
) -> Result<Properties, Fault> {
    let path = expand(call, versions.collection)?;
    let mut parameters = with_file(intent);
    parameters.attach(upload.host, part);
    let mut request = Request::post(upload.host, call.account, path.clone())
        .creates()
        .expects(Expects::New(versions.prefix));
    request.body = parameters.into_body(BodyStyle::Form);
    let is_a_strangers = |item: &Properties| {
        let sid = item.get("sid").and_then(Json::as_str);
        sid.is_some_and(|sid| strangers.contains(sid))
    };
    let lookup = Lookup {
        find: Find::InList {
            list: list(call, versions)?,
            fetch: &|item| {
                let path = path_of_version(call, versions, item).ok()?;
                Some(Request::get(call.object.place.product, call.account, path))
            },
        },
        // Versions of one object are made one after the other.
        key: path,
        compare: &|item| match reads_as_planned(intent, item) && !is_a_strangers(item) {
            true => Match::Same,
            false => Match::Different,
        },
        after_loss: AfterLoss::Keep,
        proof: Proof::Answer,
        is_dated: true,
    };
    Ok(answer_object(call.client.create(request, lookup).await?))
}

/// Whether a version has what was sent with the file.
fn reads_as_planned(intent: Intent<'_>, item: &Properties) -> bool {
    let mut fields = intent
        .resource
        .object
        .fields
        .iter()
        .filter(|field| field.sent() == Sent::WithFile);
    fields.all(|field| {
        let name = field
            .read_as
            .and_then(|path| path.strip_prefix("version."))
            .unwrap_or(field.name);
        let returned = item.get(name).and_then(lenient::text);
        let planned = intent.planned.attr(field.name).as_str();
        // Twilio puts a slash before a path that has none.
        returned.as_deref().map(|returned| returned.trim_start_matches('/'))
            == planned.map(|planned| planned.trim_start_matches('/'))
    })
}

/// The version that the state has; `None` where it has none or Twilio does not.
async fn stored_version(call: Call<'_>, versions: &ContentVersions) -> Result<Option<Properties>, Fault> {
    if call.state.attr(versions.sid).as_str().is_none() {
        return Ok(None);
    }
    let path = expand(call, versions.instance)?;
    let request = Request::get(call.object.place.product, call.account, path);
    match call.client.send(request).await {
        Ok(response) => Ok(Some(answer_object(response))),
        Err(error) if error.kind == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The version that was made last.
async fn newest(call: Call<'_>, versions: &ContentVersions) -> Result<Option<Properties>, Fault> {
    let mut newest: Option<(String, Properties)> = None;
    call.client
        .each(list(call, versions)?, |item| {
            let made = item
                .get("date_created")
                .and_then(lenient::date_time)
                .unwrap_or_default();
            if newest.as_ref().is_none_or(|(latest, _)| *latest < made) {
                newest = Some((made, item));
            }
            ControlFlow::Continue(())
        })
        .await?;
    Ok(newest.map(|(_, version)| version))
}

/// The hash of what the version of this SID shows of its content; `None` where Twilio shows nothing.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(super) async fn shown_hash(call: Call<'_>, version_sid: &str) -> Result<Option<String>, Fault> {
    let Some(versions) = &call.object.content else {
        return Ok(None);
    };
    let version = Properties::from_iter([("sid".to_owned(), version_sid.into())]);
    let hash = hash_of_content(call, versions, &version).await?;
    Ok(hash.as_str().map(str::to_owned))
}

/// The hash of what a version shows of its content; null where Twilio shows nothing.
async fn hash_of_content(call: Call<'_>, versions: &ContentVersions, version: &Properties) -> Result<Value, Fault> {
    let content = content_of(call, versions, version).await?;
    Ok(content.map(|text| sha256(text.as_bytes())).into())
}

/// What a version shows of its content; `None` where Twilio shows nothing.
async fn content_of(call: Call<'_>, versions: &ContentVersions, version: &Properties) -> Result<Option<String>, Fault> {
    let Some((template, property)) = versions.content else {
        return Ok(None);
    };
    let state = with_version(call.state, versions, version);
    let path = expand(call.with(&state), template)?;
    let mut request = Request::get(call.object.place.product, call.account, path);
    // What is in a file is in no log.
    request.sensitive.push(property);
    let content = answer_object(call.client.send(request).await?);
    Ok(content.get(property).and_then(Json::as_str).map(str::to_owned))
}

fn list(call: Call<'_>, versions: &ContentVersions) -> Result<ListRequest, Fault> {
    let path = expand(call, versions.collection)?;
    let request = Request::get(call.object.place.product, call.account, path);
    Ok(ListRequest::new(request).largest_pages().sids(versions.prefix))
}

fn path_of_version(call: Call<'_>, versions: &ContentVersions, version: &Properties) -> Result<String, Fault> {
    let state = with_version(call.state, versions, version);
    expand(call.with(&state), versions.instance)
}

fn with_version(state: &Value, versions: &ContentVersions, version: &Properties) -> Value {
    let mut state = state.clone();
    let sid = version.get("sid").and_then(Json::as_str).map(str::to_owned);
    state.set_attr(versions.sid, sid.into());
    state
}

fn expand(call: Call<'_>, template: &str) -> Result<String, Fault> {
    paths::expand(template, call.account, call.state).map_err(|missing| path_fault(call.object, &missing))
}

impl<'a> Call<'a> {
    /// The same, about this object.
    fn with(self, state: &'a Value) -> Self {
        Self { state, ..self }
    }
}
