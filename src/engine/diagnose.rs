//! From an error of the Twilio client to the one diagnostic that a practitioner reads. No other place does this.
//!
//! Every text answers, in this order: what was attempted on which object, what Twilio said (code, request id), what was
//! or was not changed, what to do next.

use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{Error, ErrorKind, Search};

use super::codes;
use super::hooks::Fault;
use super::store::import_id;
use super::table::Resource;

/// What the engine was doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Planning.
    Plan,
    /// Making.
    Create,
    /// Looking.
    Read,
    /// Changing.
    Update,
    /// Destroying.
    Delete,
    /// Finding for an import.
    Import,
}

/// What was attempted, on what.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    /// The table.
    pub resource: &'static Resource,
    /// The operation.
    pub verb: Verb,
    /// The object as planned or stored.
    pub object: &'a Value,
}

impl Verb {
    fn infinitive(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Create => "create",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "destroy",
            Self::Import => "import",
        }
    }

    /// What is so after the request certainly had no effect.
    fn nothing_happened(self) -> &'static str {
        match self {
            Self::Plan | Self::Import => "Nothing was changed.",
            Self::Create => "Nothing was created.",
            Self::Read => "The state was left as it is.",
            Self::Update => "Nothing was changed; the state was left as it is.",
            Self::Delete => "It still exists and stays in the state.",
        }
    }

    /// What is so when nobody knows whether the request had an effect.
    fn unknown_effect(self, noun: &str) -> String {
        match self {
            Self::Plan | Self::Read | Self::Import => self.nothing_happened().to_owned(),
            Self::Create => format!(
                "Whether the {noun} was created is not known, and it was not sent again so that nothing is made twice. Look \
                 for it in the Twilio Console: if it is there, import it; if not, apply again."
            ),
            Self::Update => {
                "Whether the change was made is not known. The next plan reads what is really there.".to_owned()
            }
            Self::Delete => {
                "Whether it is gone is not known. It stays in the state; the next plan finds out.".to_owned()
            }
        }
    }
}

impl Attempt<'_> {
    /// The diagnostic for a fault.
    pub fn diagnose(&self, fault: Fault) -> Diagnostic {
        match fault {
            Fault::Told(diagnostic) => *diagnostic,
            Fault::Api(error) => {
                let label = label(self.resource, self.object);
                let subject = format!("{} {label}", self.resource.noun);
                let mut diagnostic = api_diagnostic(
                    self.verb,
                    self.resource.name,
                    self.resource.noun,
                    subject.trim_end(),
                    &error,
                );
                if let Some(attribute) = error
                    .twilio_code
                    .and_then(codes::lookup)
                    .and_then(|known| known.attribute)
                    && self.resource.attribute(attribute).is_some()
                {
                    diagnostic = diagnostic.at_attribute(attribute);
                }
                if let (Verb::Create, Some(search)) = (self.verb, &error.search) {
                    diagnostic.detail = format!("{}\n\n{}", diagnostic.detail, self.searched(search));
                }
                if matches!(error.kind, ErrorKind::CredentialsUnavailable) {
                    diagnostic = diagnostic.at_attribute("account_sid");
                }
                diagnostic
            }
        }
    }
}

impl Attempt<'_> {
    /// What came of looking for what a create with a lost answer made.
    fn searched(&self, search: &Search) -> String {
        let noun = self.resource.noun;
        match search {
            Search::Nothing => format!(
                "The {noun} was looked for after each try and is not in Twilio's list, so apply again when Twilio answers."
            ),
            Search::Failed(why) => format!("Looking for the {noun} failed too: {why}."),
            Search::Found(candidates) => {
                let mut text = format!(
                    "In the same collection there {} that may be what was made, and nothing here can tell. If one is, import \
                     it; if none is, apply again in two minutes, when they are too old to be meant.",
                    if candidates.len() == 1 {
                        "is an object"
                    } else {
                        "are objects"
                    }
                );
                for candidate in candidates {
                    text.push_str(&format!("\n  {}", self.import_line(&candidate.sid)));
                    if let Some(created) = candidate.created {
                        text.push_str(&format!("   # created {created}"));
                    }
                }
                text
            }
        }
    }

    /// The command that takes an object into the state.
    fn import_line(&self, sid: &str) -> String {
        let mut object = self.object.clone();
        object.set_attr("sid", Value::string(sid));
        let id = import_id(self.resource, &object).unwrap_or_else(|| sid.to_owned());
        format!("terraform import {}.NAME {id}", self.resource.name)
    }
}

/// How a person knows the object: its SID, and the text of its natural key.
pub fn label(resource: &Resource, object: &Value) -> String {
    let sid = object.attr("sid").as_str();
    let name = resource
        .natural_key
        .iter()
        .chain(&["friendly_name"])
        .find_map(|key| object.attr(key).as_str().filter(|text| !text.is_empty()));
    match (sid, name) {
        (Some(sid), Some(name)) => format!("{sid} ({name})"),
        (Some(sid), None) => sid.to_owned(),
        (None, Some(name)) => format!("{name:?}"),
        (None, None) => String::new(),
    }
}

/// The diagnostic for an error of the client. `type_name` is Terraform's, `subject` names the object within a sentence.
pub fn api_diagnostic(verb: Verb, type_name: &str, noun: &str, subject: &str, error: &Error) -> Diagnostic {
    let mut detail = vec![answer(error)];
    let effect = match error.kind {
        ErrorKind::Ambiguous => verb.unknown_effect(noun),
        ErrorKind::Server | ErrorKind::UnexpectedAnswer if verb != Verb::Create => verb.unknown_effect(noun),
        _ => verb.nothing_happened().to_owned(),
    };
    detail.push(format!(
        "The attempt was to {} the {subject}. {effect}",
        verb.infinitive()
    ));
    detail.push(advice(error));
    Diagnostic::error(summary(verb, type_name, error), detail.join("\n\n"))
}

fn summary(verb: Verb, type_name: &str, error: &Error) -> String {
    let verb = verb.infinitive();
    match error.kind {
        ErrorKind::Unauthenticated | ErrorKind::Forbidden => format!("Twilio denied the request to {verb} {type_name}"),
        ErrorKind::NotFound => format!("Twilio could not find what was needed to {verb} {type_name}"),
        ErrorKind::RateLimited => format!("Twilio is limiting requests; could not {verb} {type_name}"),
        ErrorKind::Invalid | ErrorKind::Conflict => format!("Twilio refused to {verb} {type_name}"),
        ErrorKind::Server => format!("Twilio failed to {verb} {type_name}"),
        ErrorKind::Unreachable => format!("Twilio could not be reached to {verb} {type_name}"),
        ErrorKind::Ambiguous => format!("The answer to the request to {verb} {type_name} was lost"),
        ErrorKind::UnexpectedAnswer => {
            format!("Something that is not Twilio answered the request to {verb} {type_name}")
        }
        ErrorKind::CredentialsUnavailable => format!("No credentials for the account in which to {verb} {type_name}"),
        ErrorKind::Stopped => format!("Interrupted before it could {verb} {type_name}"),
    }
}

/// What was sent and what came back, with everything Twilio's support asks for.
fn answer(error: &Error) -> String {
    let attempt = &error.attempt;
    let mut text = format!("{} {}", attempt.method, attempt.path);
    match error.status {
        Some(status) => text.push_str(&format!(" answered {status}")),
        None => text.push_str(" got no usable answer"),
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
    text
}

/// What to do next, and where to read more.
fn advice(error: &Error) -> String {
    let known = error.twilio_code.and_then(codes::lookup);
    let mut text = match (known, error.kind) {
        (Some(known), _) => known.advice.to_owned(),
        (None, ErrorKind::Unauthenticated) => "Check the provider's credentials: an account SID starts with AC and goes \
            with auth_token; an API key SID starts with SK and goes with api_key and api_secret."
            .to_owned(),
        (None, ErrorKind::Forbidden) => "The credentials are valid but may not do this. A standard API key cannot manage \
            accounts and keys; a restricted key needs the permission in its policy."
            .to_owned(),
        (None, ErrorKind::NotFound) => {
            "Check the SIDs in the configuration, and that account_sid names the account they belong to.".to_owned()
        }
        (None, ErrorKind::RateLimited) => "Apply again later, lower max_concurrency in the provider block, or raise \
            max_retries. Requests that were answered with 429 were not carried out."
            .to_owned(),
        (None, ErrorKind::Unreachable) => {
            "Check the network, the proxy settings (HTTPS_PROXY, NO_PROXY), region, edge and base_url.".to_owned()
        }
        (None, ErrorKind::UnexpectedAnswer) => "A proxy, a captive portal or a wrong base_url may be in between. Try the \
            same request with curl from this machine."
            .to_owned(),
        (None, ErrorKind::CredentialsUnavailable) => {
            "Sign in with the parent account's auth_token, or use a provider block with the subaccount's own credentials."
                .to_owned()
        }
        (None, ErrorKind::Stopped) => "Run the command again when you are ready.".to_owned(),
        (None, ErrorKind::Server | ErrorKind::Ambiguous) => {
            "Check status.twilio.com, and try again later.".to_owned()
        }
        (None, ErrorKind::Invalid | ErrorKind::Conflict) => "Correct what Twilio names, and apply again.".to_owned(),
    };
    if let Some(page) = error
        .twilio_code
        .map(|code| format!("https://www.twilio.com/docs/api/errors/{code}"))
    {
        text.push_str(&format!("\n{page}"));
    }
    text
}
