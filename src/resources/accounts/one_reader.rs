//! What a key and a token have in common: a secret that Twilio shows once, and that may be in the state for one reader alone
//! ([`recipient`]); and `keepers`, which replace what has it.

use age::x25519::Recipient;
use serde_json::Value as Json;

use super::recipient;
use crate::engine::facts::hooks::{Fault, Planning};
use crate::engine::facts::{Intent, Properties};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::path::AttributePath;
use crate::framework::reason::Reason;
use crate::framework::value::Value;

/// The attribute that names the reader.
const RECIPIENT: &str = "secret_recipient";

/// Whether a text is a public key that a secret can be encrypted to.
pub(super) fn is_recipient(text: &str) -> Result<(), Reason> {
    recipient::recipient(text).map(drop)
}

/// The reader that the plan names. No validation has seen it where it was known only now.
///
/// # Errors
/// A diagnostic, when it is none. `outcome` is what is so then, in a sentence.
pub(super) fn reader(intent: &Intent<'_>, outcome: &str) -> Result<Option<Recipient>, Fault> {
    let named = intent.planned.attr(RECIPIENT).as_str();
    named.map(recipient::recipient).transpose().map_err(|reason| {
        Diagnostic::error(
            "The secret has no recipient",
            format!("{RECIPIENT}: {reason} {outcome}"),
        )
        .at_attribute(RECIPIENT)
        .into()
    })
}

/// Puts the secret into `encrypted` for its reader, and takes it out of `plain`. False when it could not be encrypted: then it is in
/// neither.
pub(super) fn encrypt(object: &mut Properties, plain: &str, encrypted: &str, reader: &Recipient) -> bool {
    let Some(Json::String(secret)) = object.remove(plain) else {
        return true;
    };
    match recipient::encrypted(&secret, reader) {
        Ok(text) => {
            object.insert(encrypted.to_owned(), text.into());
            true
        }
        Err(_) => false,
    }
}

/// What has `keepers` is replaced when they change. Keepers that come to what has none are only noted, so that something can be
/// imported into a configuration that has them.
pub(super) fn replace_for_keepers(planning: &mut Planning<'_>) {
    let prior = planning.prior.attr("keepers");
    if prior.is_known() && prior != planning.planned.attr("keepers") {
        planning.requires_replace.push(AttributePath::attribute("keepers"));
    }
}

/// Who reads the secret of something new is planned; of what exists it is settled, since nobody shows its secret again. What was in
/// the state once is no secret from its readers, so a recipient makes another one of that, too.
pub(super) fn plan_recipient(planning: &mut Planning<'_>, plain: &str, encrypted: &str) {
    let planned = planning.planned.attr(RECIPIENT);
    if planning.prior.is_null() {
        match planned {
            Value::Unknown(_) => {}
            Value::Null => planning.planned.set_attr(encrypted, Value::Null),
            _ => planning.planned.set_attr(plain, Value::Null),
        }
        return;
    }
    let prior = planning.prior.attr(RECIPIENT);
    let has_none = prior.is_null() && planning.prior.attr(plain).is_null();
    if prior != planned && !has_none {
        planning.requires_replace.push(AttributePath::attribute(RECIPIENT));
    }
}
