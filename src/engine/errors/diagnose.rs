//! From an error of the Twilio client to the one diagnostic that a practitioner reads. No other place does this.
//!
//! Every text answers, in this order: what was attempted on which object, what Twilio said (code, request id), what was
//! or was not changed, what to do next.

use crate::engine::errors::at_fault::Configuration;
use crate::engine::errors::cause::{Cause, cause};
use crate::engine::errors::recovery::recovery;
use crate::engine::errors::{codes, sign_in};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{AccountRule, Action, Field, Filter, KnownCode, Missing, Object, Operation};
use crate::engine::values::doubtful_webhooks::shows_user;
use crate::engine::values::{choices, shown};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::path::{AttributePath, Step};
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Effect, Error, ErrorKind};

/// What was attempted, on what.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    /// What there is.
    pub object: &'static Object,
    /// The operation.
    pub operation: Operation,
    /// The object as planned or stored.
    pub state: &'a Value,
}

impl Operation {
    fn infinitive(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Create => "create",
            Self::Complete => "complete",
            Self::Continue => "update",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "destroy",
            Self::Import => "import",
            Self::List => "list",
            Self::Open => "open",
            Self::Close => "close",
        }
    }

    /// What is so after the request certainly had no effect.
    fn nothing_happened(self) -> &'static str {
        match self {
            Self::Plan | Self::Import | Self::List | Self::Open => "Nothing was changed.",
            Self::Create => "Nothing was created.",
            Self::Complete => "It exists, without what this request should have set.",
            Self::Continue => "What this request should have changed is as it was.",
            Self::Read => "The state was left as it is.",
            Self::Update => "Nothing was changed; the state was left as it is.",
            Self::Delete => "It still exists and stays in the state.",
            Self::Close => "It was not revoked.",
        }
    }

    /// What is so when nobody knows whether the request had an effect.
    fn unknown_effect(self, noun: &str) -> String {
        match self {
            Self::Plan | Self::Read | Self::Import | Self::List | Self::Open => self.nothing_happened().to_owned(),
            Self::Close => format!("Whether the {noun} was closed is not known."),
            Self::Create => format!(
                "Whether the {noun} was created is not known. The request was not sent again, so that nothing is created \
                 twice."
            ),
            Self::Update | Self::Complete | Self::Continue => {
                "Whether the change was made is not known. The next plan shows what Twilio has.".to_owned()
            }
            Self::Delete => {
                "Whether it was destroyed is not known. It stays in the state, and the next plan shows whether it still \
                 exists.".to_owned()
            }
        }
    }
}

impl Attempt<'_> {
    /// The diagnostic for a fault.
    pub fn diagnose(&self, fault: Fault) -> Diagnostic {
        self.diagnose_refusal(fault, "")
    }

    /// The diagnostic for a fault, with what is known of why Twilio refuses, whatever its code: that of a code is mostly meant for
    /// values, of which a request to delete has none.
    pub fn diagnose_refusal(&self, fault: Fault, way_out: &'static str) -> Diagnostic {
        let error = match fault {
            Fault::Diagnostic(diagnostic) => return *diagnostic,
            Fault::Api(error) => match sign_in::instead(&error) {
                Some(diagnostic) => return diagnostic,
                None => without_values(*error, self.object.fields, self.state),
            },
        };
        let object = self.object;
        let label = label(object, self.state);
        let configuration = Configuration {
            attributes: object.fields,
            has_account: object.account != AccountRule::Owned,
            object: self.state,
            codes: object.codes,
        };
        let subject = Subject {
            words: Words::of(
                self.operation,
                object.name,
                object.noun,
                &format!("{} {label}", object.noun),
            ),
            noun: object.noun,
            object: self.state,
            known: configuration.known(&error),
            way_out: Some(way_out).filter(|way| !way.is_empty() && is_refusal(&error)),
            recovery: (self.operation == Operation::Create)
                .then(|| recovery(object, self.state, &error))
                .flatten(),
        };
        let makes = matches!(
            self.operation,
            Operation::Plan | Operation::Create | Operation::Complete | Operation::Update | Operation::Continue
        );
        let cause = cause(&error, object.noun, makes, configuration);
        if let Some(path) = cause.as_ref().and_then(|cause| cause.path.clone()) {
            return subject.diagnostic(&error, cause).at(path);
        }
        let diagnostic = subject.diagnostic(&error, cause);
        match self.operation {
            // Only what is being configured can be at fault.
            Operation::Plan | Operation::Create | Operation::Complete | Operation::Update | Operation::Continue => {
                at_fault(diagnostic, configuration, &error)
            }
            Operation::Read
            | Operation::Delete
            | Operation::Import
            | Operation::List
            | Operation::Open
            | Operation::Close => at_account(diagnostic, configuration, &error),
        }
    }
}

/// The error without the texts of the object that it is about. What the request carried has been taken out before; this is
/// what Twilio, or the state, calls the object.
fn without_values(error: Error, attributes: &[Field], object: &Value) -> Error {
    let values = shown::values(attributes, object);
    error.cleaned(|said| values.taken_out(said))
}

/// The reading of a data source, or a search.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// [`Operation::Read`] or [`Operation::List`].
    pub operation: Operation,
    /// Terraform's type name.
    pub type_name: &'static str,
    /// What is read, within sentences.
    pub noun: &'static str,
    /// Where, behind that: ` in account AC…`, or nothing.
    pub whereabouts: &'a str,
    /// The fields that can be configured, among others.
    pub fields: &'static [Field],
    /// The filters that can be configured beside them.
    pub filters: &'static [Filter],
    /// What its products know of Twilio's error codes.
    pub codes: &'static [&'static [KnownCode]],
    /// Whether `account_sid` can be configured beside them.
    pub has_account: bool,
    /// The configuration.
    pub config: &'a Value,
}

impl Reading<'_> {
    /// The diagnostic for an error.
    pub fn diagnose(&self, error: &Error) -> Diagnostic {
        if let Some(diagnostic) = sign_in::instead(error) {
            return diagnostic;
        }
        let fields = self
            .fields
            .iter()
            .chain(self.filters.iter().map(|filter| &filter.field));
        let fields: Vec<Field> = fields.copied().collect();
        let error = &without_values(error.clone(), &fields, self.config);
        let configuration = Configuration {
            attributes: self.fields,
            has_account: self.has_account,
            object: self.config,
            codes: self.codes,
        };
        let name = format!("{}{}", self.noun, self.whereabouts);
        let subject = Subject {
            words: Words::of(self.operation, self.type_name, self.noun, &name),
            noun: self.noun,
            object: self.config,
            known: configuration.known(error),
            way_out: None,
            recovery: None,
        };
        let cause = cause(error, self.noun, true, configuration);
        match cause.as_ref().and_then(|cause| cause.path.clone()) {
            Some(path) => subject.diagnostic(error, cause).at(path),
            None => at_fault(subject.diagnostic(error, cause), configuration, error),
        }
    }
}

/// The invocation of an action.
#[derive(Clone, Copy)]
pub struct Invoking<'a> {
    /// The table.
    pub action: &'static Action,
    /// The configuration.
    pub config: &'a Value,
    /// The account that it is invoked in.
    pub account: &'a AccountSid,
}

impl Invoking<'_> {
    /// The diagnostic for a fault of the action's own request.
    pub fn diagnose(&self, fault: Fault) -> Diagnostic {
        self.told(fault, self.words(), None)
    }

    /// The diagnostic for what is missing of what the action needs.
    pub fn diagnose_missing(&self, error: Error, missing: Missing) -> Diagnostic {
        let mut at = missing.at.iter().filter(|name| !self.config.attr(name).is_null());
        let cause = Cause {
            summary: Some(missing.summary.to_owned()),
            says: missing.says.to_owned(),
            path: at.next().map(|name| AttributePath::attribute(*name)),
        };
        self.told(error.into(), self.words(), Some(cause))
    }

    /// What Twilio took and what came to nothing all the same.
    pub fn in_vain(&self, mut told: Diagnostic, request_id: Option<&str>) -> Diagnostic {
        let request = request_id.map(|id| format!(" Request id {id}.")).unwrap_or_default();
        told.detail = format!("{}{request}\n\n{}", told.detail, self.again());
        told
    }

    fn words(&self) -> Words {
        let words = Words::of_action(self.action);
        let about = self.about().filter(|about| *about != self.account.as_str());
        let about = about.map(|about| format!(" ({about})")).unwrap_or_default();
        Words {
            infinitive: format!("{}{about} in account {}", words.infinitive, self.account),
            ..words
        }
    }

    /// What it is about, where that may be shown.
    fn about(&self) -> Option<&str> {
        let mut about = self.action.words.about.iter();
        about.find_map(|name| shown::harmless(self.config.attr(name).as_str()?))
    }

    /// The diagnostic for a fault of what comes before it, and changes nothing.
    pub fn diagnose_before(&self, fault: Fault) -> Diagnostic {
        let words = self.words();
        let unknown = words.nothing.clone();
        self.told(fault, Words { unknown, ..words }, None)
    }

    fn told(&self, fault: Fault, words: Words, cause: Option<Cause>) -> Diagnostic {
        let action = self.action;
        let error = match fault {
            Fault::Diagnostic(diagnostic) => return *diagnostic,
            Fault::Api(error) => match sign_in::instead(&error) {
                Some(diagnostic) => return diagnostic,
                None => without_values(*error, action.fields, self.config),
            },
        };
        let configuration = Configuration {
            attributes: action.fields,
            has_account: action.account != AccountRule::Owned,
            object: self.config,
            codes: action.codes,
        };
        let subject = Subject {
            words,
            noun: action.noun,
            object: self.config,
            known: configuration.known(&error),
            way_out: None,
            recovery: Some(self.recovery(&error)),
        };
        let cause = cause.or_else(|| self::cause(&error, action.noun, true, configuration));
        match cause.as_ref().and_then(|cause| cause.path.clone()) {
            Some(path) => subject.diagnostic(&error, cause).at(path),
            None => at_fault(subject.diagnostic(&error, cause), configuration, &error),
        }
    }

    fn recovery(&self, error: &Error) -> String {
        match error.surely_not_executed() {
            true => self.again(),
            false => format!("{}\n\n{}", self.look(), self.again()),
        }
    }

    /// Where to look, with what is known of it in the command.
    fn look(&self) -> String {
        let mut pieces = self.action.words.look.split('{');
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |look, piece| {
            let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
            let value = match name {
                "account" => Some(self.account.as_str()),
                name => self.config.attr(name).as_str().and_then(shown::harmless),
            };
            let value = value.map_or_else(|| name.to_ascii_uppercase(), str::to_owned);
            format!("{look}{value}{rest}")
        })
    }

    /// How to go on. The protocol does not say what triggered it.
    fn again(&self) -> String {
        format!(
            "If after_create or after_update triggered it, the resource is in the state as it is, and no later apply triggers this again. \
             If before_create or before_update did, the resource is as it was, and the next apply does. By name it is invoked at any \
             time; NAME stands for its own:\n\n  terraform apply -invoke=action.{}.NAME",
            self.action.name
        )
    }
}

fn at_fault(diagnostic: Diagnostic, configuration: Configuration<'_>, error: &Error) -> Diagnostic {
    let known = configuration.known(error);
    match known.and_then(|known| configuration.place(known, error.message.as_deref())) {
        // Terraform would show the line.
        Some(path) if is_with_password(configuration, &path) => {
            let detail = format!("{path} is at fault.\n\n{}", diagnostic.detail);
            Diagnostic { detail, ..diagnostic }
        }
        Some(path) if path.steps().len() > 1 => {
            let detail = format!("{path} is at fault.\n\n{}", diagnostic.detail);
            Diagnostic { detail, ..diagnostic }.within(&path)
        }
        Some(path) => diagnostic.at(path),
        None => at_account(diagnostic, configuration, error),
    }
}

/// Whether a URL with a user name or a password is in the attribute at which a path begins.
fn is_with_password(configuration: Configuration<'_>, path: &AttributePath) -> bool {
    match path.steps().first() {
        Some(Step::Attribute(name)) => shows_user(configuration.object.attr(name)),
        _ => false,
    }
}

/// That an account cannot be signed in to is a matter of the account, whatever was to be done in it.
fn at_account(diagnostic: Diagnostic, configuration: Configuration<'_>, error: &Error) -> Diagnostic {
    match error.kind {
        ErrorKind::CredentialsUnavailable if configuration.has("account_sid") => diagnostic.at_attribute("account_sid"),
        _ => diagnostic,
    }
}

/// What distinguishes the object in a sentence: its SID, and its natural key if that is a phone number or SIDs. A name is free
/// text, and Terraform names the resource by its address. What has no SID goes by its id, without what is free text in it.
pub fn label(object: &Object, state: &Value) -> String {
    if !object.has_sid() {
        return label_without_sid(object, state);
    }
    // What is borrowed from another object is known before the object is.
    let borrowed = object.key_field().map_or(&Value::Null, |name| state.attr(name));
    let sid = [state.attr("sid"), borrowed]
        .into_iter()
        .find_map(|sid| shown::harmless(sid.as_str()?));
    let key = object
        .natural_key
        .iter()
        .find_map(|key| state.attr(key).as_str().and_then(shown::harmless))
        .filter(|key| Some(*key) != sid);
    match (sid, key) {
        (Some(sid), Some(key)) => format!("{sid} ({key})"),
        (Some(text), None) | (None, Some(text)) => text.to_owned(),
        (None, None) => String::new(),
    }
}

/// Type and object in a heading. Terraform shows one of several warnings that have the same heading, so what is about one object
/// has it there.
pub(crate) fn heading(object: &Object, state: &Value) -> String {
    format!("{} {}", object.name, label(object, state))
        .trim_end()
        .to_owned()
}

fn label_without_sid(object: &Object, state: &Value) -> String {
    if object.is_of_the_account() {
        let account = state.attr("account_sid").as_str().and_then(shown::harmless);
        return account.unwrap_or_default().to_owned();
    }
    let parts = object.id_parts();
    let parts: Vec<_> = parts
        .map(|name| {
            state
                .attr(name)
                .as_str()
                .filter(|text| may_be_shown(object, name, text))
        })
        .collect();
    match parts.iter().any(Option::is_some) {
        true => Vec::from_iter(parts.into_iter().map(|part| part.unwrap_or("…"))).join("/"),
        false => String::new(),
    }
}

/// Whether a part of an id may stand in a diagnostic: what Twilio gave the object, such as the index of an item, and what there is only a
/// choice of are no secrets either.
fn may_be_shown(object: &Object, name: &str, text: &str) -> bool {
    let is_given_or_chosen = |field: &Field| {
        let is_given = !field.is_configurable() && !field.sensitive;
        is_given || choices::of(field).contains(&text)
    };
    shown::is_harmless(text) || object.field(name).is_some_and(is_given_or_chosen)
}

/// What a diagnostic is about.
struct Subject<'a> {
    words: Words,
    noun: &'static str,
    /// Its values, none of which is repeated.
    object: &'a Value,
    /// What is known of Twilio's code.
    known: Option<&'static KnownCode>,
    /// What is known of why it is refused, in place of what is known of the code.
    way_out: Option<&'static str>,
    recovery: Option<String>,
}

/// What is said of an attempt, whatever was attempted.
struct Words {
    /// In a heading: `create twilio_queue`.
    heading: String,
    /// In a sentence: `create the queue QU…`.
    infinitive: String,
    /// What is so after the request certainly had no effect.
    nothing: String,
    /// What is so when nobody knows whether it had one.
    unknown: String,
    /// What was attempted.
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// To make an object.
    Create,
    /// Something else about an object.
    Other,
    /// Something that is done once.
    Action,
}

impl Words {
    fn of(operation: Operation, type_name: &str, noun: &str, name: &str) -> Self {
        let infinitive = operation.infinitive();
        Self {
            heading: format!("{infinitive} {type_name}"),
            infinitive: format!("{infinitive} the {}", name.trim_end()),
            nothing: operation.nothing_happened().to_owned(),
            unknown: operation.unknown_effect(noun),
            what: match operation {
                Operation::Create => What::Create,
                _ => What::Other,
            },
        }
    }

    fn of_action(action: &Action) -> Self {
        Self {
            heading: format!("invoke {}", action.name),
            infinitive: action.words.infinitive.to_owned(),
            nothing: action.words.nothing.to_owned(),
            unknown: match action.effect.is_repeatable() {
                true => action.words.unknown.to_owned(),
                false => format!(
                    "{} The request was not sent again, so that it is not done twice.",
                    action.words.unknown
                ),
            },
            what: What::Action,
        }
    }

    /// What is so after an error.
    fn effect(&self, error: &Error, noun: &str) -> String {
        match error.kind {
            _ if self.what == What::Action && !error.surely_not_executed() => self.unknown.clone(),
            // What writes to a path of its own may be sent again, and an earlier try may have been carried out.
            _ if self.what == What::Create && is_written_in_place(error) && !error.surely_not_executed() => {
                format!("Whether the {noun} was written is not known. Apply again.")
            }
            ErrorKind::Ambiguous => self.unknown.clone(),
            ErrorKind::Server | ErrorKind::UnexpectedAnswer if self.what == What::Other => self.unknown.clone(),
            // An earlier try was sent, and its record is the one that is missing, or its response proved nothing.
            ErrorKind::NotAudited | ErrorKind::Stopped
                if error.attempt.effect != Effect::Read && !error.surely_not_executed() =>
            {
                self.unknown.clone()
            }
            _ => self.nothing.clone(),
        }
    }
}

impl Subject<'_> {
    fn diagnostic(self, error: &Error, cause: Option<Cause>) -> Diagnostic {
        let effect = self.words.effect(error, self.noun);
        let attempt = format!("The provider tried to {}. {effect}", self.words.infinitive);
        let is_lost = error.kind == ErrorKind::Ambiguous && self.recovery.is_some();
        let (cause_in_short, cause) = cause.map_or((None, None), |cause| (cause.summary, Some(cause.says)));
        let advice = (!is_lost && cause.is_none()).then(|| match (self.words.what, error.kind) {
            // Running the same again need not invoke it, and what does is said below.
            (What::Action, ErrorKind::Stopped) => String::new(),
            (What::Action, ErrorKind::Invalid | ErrorKind::Conflict) if self.known.is_none() => {
                "Correct what Twilio names.".to_owned()
            }
            _ => self.way_out.map_or_else(|| advice(error, self.known), str::to_owned),
        });
        let advice = advice.filter(|advice| !advice.is_empty());
        let page = error.twilio_code.map(codes::page);
        let paragraphs = [
            cause,
            Some(answer(error, self.object)),
            Some(attempt),
            advice,
            self.recovery,
            page,
        ];
        let detail: Vec<_> = paragraphs.into_iter().flatten().collect();
        let summary = cause_in_short.unwrap_or_else(|| summary(&self.words.heading, error));
        Diagnostic::error(summary, detail.join("\n\n"))
    }
}

/// Whether Twilio understood what was requested, and does not do it.
fn is_refusal(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::Invalid | ErrorKind::Conflict)
}

/// Whether a write makes or changes what is at its path, so that it does the same when it is sent again.
fn is_written_in_place(error: &Error) -> bool {
    matches!(error.attempt.effect, Effect::Upsert | Effect::Idempotent)
}

/// A heading. `attempted` is what was, with the type: `create twilio_queue`.
fn summary(attempted: &str, error: &Error) -> String {
    match error.kind {
        ErrorKind::Unauthenticated | ErrorKind::NotAccepted | ErrorKind::Forbidden => {
            format!("Twilio denied the request to {attempted}")
        }
        ErrorKind::NotFound => format!("Twilio could not find what was needed to {attempted}"),
        ErrorKind::RateLimited => format!("Twilio is limiting requests; could not {attempted}"),
        ErrorKind::Invalid | ErrorKind::Conflict => format!("Twilio refused to {attempted}"),
        ErrorKind::Server => format!("Twilio failed to {attempted}"),
        ErrorKind::Unreachable | ErrorKind::NotReached => {
            format!("Twilio could not be reached to {attempted}")
        }
        ErrorKind::Ambiguous => format!("The response to the request to {attempted} was lost"),
        ErrorKind::UnexpectedAnswer => {
            format!("The response to the request to {attempted} is not Twilio's")
        }
        ErrorKind::CredentialsUnavailable => {
            format!("No credentials for the account in which to {attempted}")
        }
        ErrorKind::NotAudited => format!("The audit log cannot be written; did not {attempted}"),
        ErrorKind::ReadOnly => format!("Nothing may be written; did not {attempted}"),
        ErrorKind::Stopped => format!("Interrupted before it could {attempted}"),
    }
}

/// What was sent and what came back, with everything Twilio's support asks for.
fn answer(error: &Error, object: &Value) -> String {
    let attempt = &error.attempt;
    let mut text = format!("{} {}", attempt.method, shown::path(&attempt.path, object));
    if error.kind == ErrorKind::CredentialsUnavailable {
        // What was answered is the request for the account's token; the one that is reported was never sent.
        let account_error = error.source.as_ref().and_then(|source| source.downcast_ref::<Error>());
        let why = error
            .message
            .as_deref()
            .unwrap_or("there are no credentials for the account");
        let account_error = account_error.map_or_else(String::new, |account_error| {
            format!(" {}", answer(account_error, object))
        });
        return format!("{text} was not sent: {why}.{account_error}");
    }
    match error.status {
        None if matches!(error.kind, ErrorKind::NotAudited | ErrorKind::ReadOnly)
            || error.kind == ErrorKind::Stopped && attempt.tries == 0 =>
        {
            text.push_str(" was not sent");
        }
        Some(status) => text.push_str(&format!(" answered {status}")),
        None => text.push_str(" got no usable response"),
    }
    if let Some(code) = error.twilio_code {
        text.push_str(&format!(", Twilio code {code}"));
    }
    if let Some(message) = &error.message {
        text.push_str(&format!(": {}", message.trim_end_matches('.')));
    }
    text.push('.');
    for fault in &error.faults {
        text.push_str(&format!("\n  - {fault}"));
    }
    if !error.faults.is_empty() {
        text.push('\n');
    }
    if let Some(request_id) = &error.request_id {
        let space = if text.ends_with('\n') { "" } else { " " };
        text.push_str(&format!("{space}Request id {request_id}."));
    }
    if attempt.tries > 1 {
        text.push_str(&format!(" Tried {} times in {:.0?}.", attempt.tries, attempt.elapsed));
    }
    if error.kind == ErrorKind::Stopped
        && let Some(last) = error.failed_before()
    {
        text.push_str(&format!(" {last}"));
    }
    text
}

/// What it means, and what to do next.
fn advice(error: &Error, known: Option<&KnownCode>) -> String {
    if let Some(known) = known {
        return format!("{} {}", known.meaning, known.advice);
    }
    match error.kind {
        ErrorKind::Unauthenticated | ErrorKind::NotAccepted => {
            "Check the provider's credentials: an account SID starts with AC and goes with auth_token; an API key SID \
             starts with SK and goes with api_key and api_secret."
        }
        ErrorKind::Forbidden => {
            "The credentials are valid but may not do this. Sign in with the account's auth_token, which a standard API key \
             cannot replace for accounts and keys, or give a restricted key the permission in its policy."
        }
        ErrorKind::NotFound => {
            "Check the SIDs in the configuration, and that account_sid names the account they belong to."
        }
        ErrorKind::RateLimited => {
            "Apply again later, lower max_concurrency in the provider block, or raise max_retries or max_elapsed. Requests \
             that were answered with 429 were not carried out."
        }
        ErrorKind::Unreachable | ErrorKind::NotReached => {
            "Check the network, the proxy settings (HTTPS_PROXY, NO_PROXY), region, edge and base_url."
        }
        ErrorKind::UnexpectedAnswer => {
            "A proxy, a cache, a captive portal or a wrong base_url may be in between. Try the same request with curl from \
             this machine, and run this again once it gets Twilio's own response."
        }
        ErrorKind::CredentialsUnavailable => {
            "Sign in with the parent account's auth_token, or use a provider block with the subaccount's own credentials."
        }
        ErrorKind::NotAudited => {
            "Nothing is changed while changes cannot be recorded. Make the file writable again (space, permissions, folder, \
             a lock that another program holds), then apply again. Records of changes that were made and are missing in it are in the warnings of this run."
        }
        ErrorKind::ReadOnly => "Use credentials and a policy that may write, where this is meant to be done.",
        ErrorKind::Stopped => "Run the command again when you are ready.",
        ErrorKind::Server | ErrorKind::Ambiguous => "Check status.twilio.com, and try again later.",
        ErrorKind::Invalid | ErrorKind::Conflict => "Correct what Twilio names, and run this again.",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::{Clears, Required};
    use crate::engine::facts::Role::{PathPart, Setting};
    use crate::engine::facts::{Exists, Key, Managed, Object, text};
    use crate::framework::diagnostics::Severity;
    use crate::twilio::tests::server::{Reply, Server, parent, status};
    use crate::twilio::{Candidate, Product, Request, Search};

    const QUEUE: Managed = Managed {
        object: Object {
            name: "twilio_queue",
            noun: "queue",
            key: Key::Sid("QU"),
            natural_key: &["friendly_name"],
            fields: &[
                text("friendly_name", Setting(Required)),
                text("unique_name", Setting(Clears)),
                text("color", Setting(Clears)),
            ],
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };

    const ENTRY: Managed = Managed {
        object: Object {
            name: "twilio_entry",
            noun: "entry",
            parents: &["service_sid"],
            key: Key::Borrowed("phone_number_sid", ""),
            fields: &[text("service_sid", PathPart), text("phone_number_sid", Setting(Clears))],
            codes: &[&[KnownCode::new(21710, "It is in the pool.", "Import it.")
                .at(&["phone_number_sid"])
                .exists(Exists::AsPlanned)]],
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };

    const POOL: &str = "MG11111111111111111111111111111111";
    const NUMBER: &str = "PN11111111111111111111111111111111";
    const QUEUES: [&str; 2] = [
        "QU11111111111111111111111111111111",
        "QU22222222222222222222222222222222",
    ];

    /// What comes of a create that is answered like this.
    async fn error(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Error {
        let server = Server::start(move |_, _| reply()).await;
        let (client, _clock) = server.client();
        let request = Request::post(Product::Api, &parent(), "/Queues.json").creates();
        client.send(request).await.expect_err("it is refused")
    }

    /// What a destroy says that is stopped after so many tries, of which none is answered as a delete is.
    async fn stopped_delete(tries: usize) -> String {
        let server = Server::start(|_, _| status(202, "")).await;
        let (client, clock) = server.client();
        clock.endless.store(true, std::sync::atomic::Ordering::Relaxed);
        let path = format!("/Queues/{}.json", QUEUES[0]);
        let client = client.on_behalf_of("twilio_queue");
        if tries == 0 {
            client.stop();
        }
        let sent = client.send(Request::delete(Product::Api, &parent(), path));
        let (sent, ()) = tokio::join!(sent, async {
            while clock.slept().len() < tries {
                tokio::task::yield_now().await;
            }
            client.stop();
        });
        let error = sent.expect_err("stopped");
        assert_eq!((error.kind, server.count()), (ErrorKind::Stopped, tries));
        let attempt = Attempt {
            object: &QUEUE.object,
            operation: Operation::Delete,
            state: &Value::object([("sid", Value::from(QUEUES[0]))]),
        };
        attempt.diagnose(error.into()).detail
    }

    #[tokio::test]
    async fn a_destroy_that_was_sent_and_stopped_does_not_say_that_the_object_is_there() {
        let sent = stopped_delete(1).await;
        assert!(sent.contains("Whether it was destroyed is not known"), "{sent}");
        assert!(!sent.contains("It still exists"), "{sent}");
        let never_sent = stopped_delete(0).await;
        assert!(
            never_sent.contains("It still exists and stays in the state"),
            "{never_sent}"
        );
    }

    /// A write to a path of its own is sent again, and any try of it may have been carried out.
    #[tokio::test]
    async fn a_write_in_place_does_not_say_that_nothing_was_created() {
        let said = async |kind: fn(Request) -> Request, code: u16| {
            let server = Server::start(move |_, _| status(code, "")).await;
            let (client, _clock) = server.client();
            let request = kind(Request::post(Product::Api, &parent(), "/Queues/a.json"));
            let error = client.send(request).await.expect_err("it fails");
            let attempt = Attempt {
                object: &QUEUE.object,
                operation: Operation::Create,
                state: &Value::Null,
            };
            attempt.diagnose(error.into()).detail
        };
        for kind in [Request::upserts, Request::repeatable] {
            let failed = said(kind, 500).await;
            assert!(
                failed.contains("Whether the queue was written is not known"),
                "{failed}"
            );
            let refused = said(kind, 403).await;
            assert!(refused.contains("Nothing was created"), "{refused}");
        }
        assert!(said(Request::upserts, 500).await.contains("terraform import"));
    }

    fn diagnosed(resource: &'static Managed, error: Error, object: &[(&str, &str)]) -> Diagnostic {
        let object = Value::object(object.iter().map(|(name, text)| (*name, Value::from(*text))));
        Attempt {
            object: &resource.object,
            operation: Operation::Create,
            state: &object,
        }
        .diagnose(error.into())
    }

    async fn said(
        resource: &'static Managed,
        reply: impl Fn() -> Reply + Send + Sync + 'static,
        object: &[(&str, &str)],
    ) -> Diagnostic {
        diagnosed(resource, error(reply).await, object)
    }

    fn refusal(status_code: u16, code: u32, message: &'static str) -> impl Fn() -> Reply + Clone + Send + Sync {
        move || {
            status(
                status_code,
                serde_json::json!({"code": code, "message": message, "status": status_code}),
            )
        }
    }

    /// What a request to `path` is refused with, as whoever creates an entry reads it.
    async fn refused_at(path: String, object: &[(&str, &str)]) -> Diagnostic {
        let server = Server::start(|_, _| refusal(404, 20404, "not found")()).await;
        let (client, _clock) = server.client();
        let request = Request::post(Product::Messaging, &parent(), path).creates();
        let error = client.send(request).await.expect_err("it is refused");
        diagnosed(&ENTRY, error, object)
    }

    #[tokio::test]
    async fn of_several_parents_that_may_be_missing_each_is_named() {
        let object = [("service_sid", POOL), ("phone_number_sid", NUMBER)];
        let path = format!("/v1/Services/{POOL}/PhoneNumbers/{NUMBER}/X");
        let both = refused_at(path, &object).await;
        assert_eq!(both.path.to_string(), "phone_number_sid");
        assert_eq!(both.summary, "There is no such phone number");
        for part in [
            &format!("no phone number {NUMBER}, which phone_number_sid names"),
            &format!("or no messaging service {POOL}, which service_sid names"),
            "Correct phone_number_sid or service_sid,",
        ] {
            assert!(both.detail.contains(part), "{part}: {}", both.detail);
        }
        let one = refused_at(format!("/v1/Services/{POOL}/X"), &object).await;
        assert!(one.detail.contains("service_sid names. Correct it,"), "{}", one.detail);
        // What no list of kinds knows is called as its attribute is.
        let unknown = "ZZ11111111111111111111111111111111";
        let object = [("service_sid", unknown)];
        let other = refused_at(format!("/v1/Services/{unknown}/X"), &object).await;
        assert_eq!(other.summary, "There is no such service");
    }

    #[tokio::test]
    async fn what_a_request_names_beside_its_path_may_be_what_is_missing() {
        const ASSIGNED: Managed = Managed {
            object: Object {
                name: "twilio_assigned",
                noun: "assigned add-on",
                key: Key::Borrowed("installed_add_on_sid", "XE"),
                fields: &[
                    text("phone_number_sid", PathPart),
                    text("installed_add_on_sid", Setting(Clears)).read_as("sid"),
                ],
                ..Object::NEW
            },
            since: "0.1.0",
            ..Managed::NEW
        };
        const ADD_ON: &str = "XE11111111111111111111111111111111";
        let object = [("phone_number_sid", NUMBER), ("installed_add_on_sid", ADD_ON)];
        let said = async |path: String, message: &'static str| {
            let server = Server::start(move |_, _| refusal(404, 20404, message)()).await;
            let (client, _clock) = server.client();
            let request = Request::post(Product::Api, &parent(), path).creates();
            let error = client.send(request).await.expect_err("it is refused");
            diagnosed(&ASSIGNED, error, &object)
        };
        let path = format!("/IncomingPhoneNumbers/{NUMBER}/AssignedAddOns.json");
        let told = said(
            path.clone(),
            "The requested resource /InstalledAddOns/XE11111111111111111111111111111111 was not found",
        )
        .await;
        assert_eq!(told.summary, "There is no such installed add-on");
        assert_eq!(told.path.to_string(), "installed_add_on_sid");
        assert!(!told.detail.contains("no phone number"), "{}", told.detail);
        let either = said(path, "not found").await;
        for part in [
            &format!("no phone number {NUMBER}"),
            &format!("or no installed add-on {ADD_ON}"),
        ] {
            assert!(either.detail.contains(part), "{part}: {}", either.detail);
        }
        // What the request is about is called as the table calls it, whatever its SID looks like.
        let own = said(format!("/OutgoingCallerIds/{NUMBER}.json"), "not found").await;
        assert_eq!(own.summary, "There is no such assigned add-on");
    }

    #[tokio::test]
    async fn a_key_that_twilio_does_not_know_is_named() {
        const COUNTRY: Managed = Managed {
            object: Object {
                name: "twilio_country",
                noun: "dialing permission",
                key: Key::Field("iso_code"),
                fields: &[text("iso_code", PathPart)],
                ..Object::NEW
            },
            since: "0.1.0",
            ..Managed::NEW
        };
        let server = Server::start(|_, _| refusal(404, 20404, "not found")()).await;
        let (client, _clock) = server.client();
        let read = Request::get(
            Product::Voice,
            &parent(),
            "/v1/DialingPermissions/Countries/XZ".to_owned(),
        );
        let error = client.send(read).await.expect_err("it is refused");
        let said = diagnosed(&COUNTRY, error, &[("iso_code", "XZ")]);
        assert_eq!(said.path.to_string(), "iso_code");
        assert!(
            said.detail.contains("no dialing permission XZ, which iso_code names"),
            "{}",
            said.detail
        );
        assert!(!said.detail.contains("SIDs"), "{}", said.detail);
    }

    #[tokio::test]
    async fn an_account_that_is_nobodys_is_not_taken_for_wrong_credentials() {
        let account = "AC99999999999999999999999999999999";
        for (code, twilio) in [(401, 20003), (404, 20404)] {
            let server = Server::start(move |_, _| refusal(code, twilio, "Authenticate")()).await;
            let (client, _clock) = server.client();
            let path = format!("/2010-04-01/Accounts/{account}.json");
            let read = Request::get(Product::Api, &parent(), path);
            let error = client.send(read).await.expect_err("it is refused");
            let attempt = Attempt {
                object: &QUEUE.object,
                operation: Operation::Read,
                state: &Value::Null,
            };
            let said = attempt.diagnose(error.into());
            assert_eq!(said.summary, "There is no such subaccount");
            let expected = format!("Account {account} is not one of the subaccounts of {}", parent());
            assert!(said.detail.starts_with(&expected), "{}", said.detail);
            assert!(
                !said.detail.contains("Check the provider's credentials"),
                "{}",
                said.detail
            );
        }
    }

    #[test]
    fn what_is_borrowed_is_named_before_there_is_an_object() {
        let planned = Value::object([("phone_number_sid", NUMBER.into()), ("sid", Value::UNKNOWN)]);
        assert_eq!(label(&ENTRY.object, &planned), NUMBER);
    }

    #[tokio::test]
    async fn a_refusal_says_what_was_tried_what_it_means_and_what_to_do() {
        let reply = refusal(400, 20001, "Invalid parameter Color: too bright");
        let diagnostic = said(&QUEUE, reply, &[("friendly_name", "Support")]).await;
        assert_eq!(diagnostic.severity, Severity::Error);
        assert_eq!(diagnostic.path.to_string(), "color");
        insta::assert_snapshot!(format!("{}\n\n{}", diagnostic.summary, diagnostic.detail), @r#"
        Twilio refused to create twilio_queue

        POST /Queues.json answered 400, Twilio code 20001: Invalid parameter Color: too bright.

        The provider tried to create the queue. Nothing was created.

        A parameter is missing, is unknown to Twilio, or has a value that it does not take. Correct what Twilio names, and run this again.

        https://www.twilio.com/docs/api/errors/20001
        "#);
    }

    #[tokio::test]
    async fn what_is_there_already_comes_with_the_line_that_imports_it() {
        let reply = refusal(409, 21710, "It is there");
        let diagnostic = said(&ENTRY, reply, &[("service_sid", POOL), ("phone_number_sid", NUMBER)]).await;
        let line = format!(
            "\n\n  terraform import twilio_entry.NAME {}/{POOL}/{NUMBER}\n\n",
            parent()
        );
        assert!(diagnostic.detail.contains(&line), "{}", diagnostic.detail);
        assert_eq!(diagnostic.path.to_string(), "phone_number_sid");
    }

    #[tokio::test]
    async fn a_unique_name_that_is_taken_is_one_of_three_things_and_no_other_conflict_is() {
        let reply = refusal(409, 20409, "An object with this unique name exists");
        let named = said(&QUEUE, reply.clone(), &[("unique_name", "support")]).await;
        let line = format!("\n\n  terraform import twilio_queue.NAME {}/SID\n\n", parent());
        assert!(named.detail.contains(&line), "{}", named.detail);
        assert!(
            named.detail.contains("this unique name") && !named.detail.contains("support"),
            "{}",
            named.detail
        );
        assert_eq!(named.path.to_string(), "unique_name");
        let unnamed = said(&QUEUE, reply, &[("friendly_name", "Support")]).await;
        assert!(!unnamed.detail.contains("terraform import"), "{}", unnamed.detail);
    }

    #[tokio::test]
    async fn a_lost_create_is_searched_for_before_anything_else() {
        let diagnostic = said(&QUEUE, || Reply::Close, &[("friendly_name", "Support")]).await;
        assert!(
            diagnostic.detail.contains("was created is not known"),
            "{}",
            diagnostic.detail
        );
        assert!(
            diagnostic.detail.contains("If it is not there, apply again"),
            "{}",
            diagnostic.detail
        );
        assert!(
            diagnostic.detail.contains("terraform import twilio_queue.NAME"),
            "{}",
            diagnostic.detail
        );
        assert!(!diagnostic.detail.contains("try again later"), "{}", diagnostic.detail);
    }

    #[tokio::test]
    async fn what_looking_for_a_lost_create_found_is_reported_with_a_line_for_each() {
        let lost = error(|| Reply::Close).await;
        let with = |search: Search| {
            let error = Error {
                search: Some(Box::new(search)),
                ..lost.clone()
            };
            diagnosed(&QUEUE, error, &[("friendly_name", "Support")]).detail
        };
        let created = "2026-05-01T10:00:00Z".parse().ok();
        let candidate = |sid: &str| Candidate {
            sid: sid.to_owned(),
            created,
        };
        let detail = with(Search::Found(vec![candidate(QUEUES[0]), candidate(QUEUES[1])]));
        for sid in QUEUES {
            let line = format!(
                "\n  terraform import twilio_queue.NAME {}/{sid}   # created 2026-05-01T10:00:00Z",
                parent()
            );
            assert!(detail.contains(&line), "{detail}");
        }
        let detail = with(Search::Failed(Box::new(lost.clone())));
        assert!(
            detail.contains("failed too") && detail.contains("twilio_queue.NAME"),
            "{detail}"
        );
        let detail = with(Search::Nothing);
        assert!(
            detail.contains("Apply again") && !detail.contains("terraform import"),
            "{detail}"
        );
    }
}
