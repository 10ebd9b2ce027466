//! Writes to a path of many objects that are answered by how many were written, and not by what became of each.
//!
//! Such a response is a success, and an object that Twilio left out of it is in no error; nor does a count say what the object is
//! like now. So no count is proof, and the object is read: it is written if it is as it was sent.

use serde_json::Value as Json;

use crate::engine::facts::Properties;
use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::operations::requests::fetch_patiently;
use crate::engine::sharing::claims::named;
use crate::framework::diagnostics::Diagnostic;
use crate::twilio::{PAUSES_BETWEEN_READS, lenient};

/// Whether what was `sent` in the parameter was written, by a read.
///
/// # Errors
/// A diagnostic that names what Twilio did not write; what Twilio or the way to it answered.
pub(super) async fn confirm(call: Call<'_>, sent: &Json, field: &str, response: &Properties) -> Result<(), Fault> {
    let count = response.get(field).and_then(lenient::integer);
    let item = item(sent);
    let mut pauses = PAUSES_BETWEEN_READS.into_iter();
    loop {
        let differing = differing(&item, &fetch_patiently(call).await?);
        match pauses.next() {
            _ if differing.is_empty() => return Ok(()),
            // A read may be a moment behind.
            Some(pause) if call.client.pause(pause).await => {}
            _ => return Err(not_written(call, field, count, &differing).into()),
        }
    }
}

/// The one object in a parameter: the JSON text of an array, or an array of JSON texts.
fn item(sent: &Json) -> Properties {
    let inner = match sent {
        Json::String(text) => serde_json::from_str(text).unwrap_or_default(),
        Json::Array(items) => items.first().cloned().unwrap_or_default(),
        other => other.clone(),
    };
    match inner {
        Json::Object(item) => item,
        Json::Array(_) | Json::String(_) => item(&inner),
        _ => Properties::new(),
    }
}

/// What was sent and is read otherwise. A text of a value is that value.
fn differing(sent: &Properties, read: &Properties) -> Vec<String> {
    let is_other = |(name, value): &(&String, &Json)| {
        let read = read.get(name.as_str());
        read != Some(*value) && read.and_then(lenient::text) != lenient::text(value)
    };
    let others = sent.iter().filter(is_other);
    others.map(|(name, _)| name.clone()).collect()
}

fn not_written(call: Call<'_>, field: &str, count: Option<i64>, differing: &[String]) -> Diagnostic {
    let count = count.map_or_else(|| "without".to_owned(), |count| format!("with {count} as"));
    let diagnostic = Diagnostic::error(
        format!("Twilio did not write the {}", call.object.noun),
        format!(
            "Twilio took the change of the {}, and answered {count} the number of objects that it has changed ({field}). Read \
             afterwards, it is not as it was sent: {}. So it counts as not changed, and the state has what it had before. Twilio \
             gives no reason: look in the Console whether the account may have this, then apply again.",
            named(call.object, call.state),
            differing.join(", ")
        ),
    );
    let attribute = differing.iter().find_map(|name| call.object.field(name));
    match attribute {
        Some(attribute) => diagnostic.at_attribute(attribute.name),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::Absent::Keeps;
    use crate::engine::facts::Role::{PathPart, Setting};
    use crate::engine::facts::hooks::Warnings;
    use crate::engine::facts::{Key, Object, Place, Read, boolean, text};
    use crate::framework::value::Value;
    use crate::twilio::Product;
    use crate::twilio::tests::server::{Server, ok, parent};

    const COUNTRY: Object = Object {
        name: "twilio_country",
        noun: "country",
        key: Key::Field("iso_code"),
        place: Place::alone(Product::Voice, "/v1/Updates").read(Read::Elsewhere {
            path: "/v1/Countries/{iso_code}",
            within: None,
        }),
        fields: &[text("iso_code", PathPart), boolean("is_open", Setting(Keeps))],
        ..Object::NEW
    };

    /// What comes of a response with this count, where a read shows this; and after how many reads.
    async fn confirmed(count: Json, is_open: bool) -> (Result<(), Fault>, usize) {
        let server = Server::start(move |_, _| ok(json!({"iso_code": "LV", "is_open": is_open}))).await;
        let (client, _clock) = server.client();
        let (account, warnings) = (parent(), Warnings::default());
        let state = Value::object([("iso_code", Value::from("LV"))]);
        let call = Call {
            object: &COUNTRY,
            client: &client,
            account: &account,
            state: &state,
            warnings: &warnings,
        };
        let sent = json!(r#"[{"iso_code":"LV","is_open":"true"}]"#);
        let response = Properties::from_iter([("update_count".to_owned(), count)]);
        let result = confirm(call, &sent, "update_count", &response).await;
        (result, server.count())
    }

    #[tokio::test]
    async fn what_a_read_shows_as_it_was_sent_is_written_whatever_was_counted() {
        for count in [
            json!(1),
            json!("1"),
            json!(0),
            json!(2),
            json!(null),
            json!("many"),
            json!(-1),
        ] {
            assert!(matches!(confirmed(count, true).await, (Ok(()), 1)));
        }
    }

    #[tokio::test]
    async fn what_a_read_shows_otherwise_was_not_written() {
        for count in [json!(1), json!(0), json!(null)] {
            let (result, reads) = confirmed(count, false).await;
            let Err(Fault::Diagnostic(said)) = result else {
                panic!("it was not written");
            };
            assert!(said.detail.contains("not as it was sent: is_open."), "{}", said.detail);
            assert!(said.detail.contains("(update_count)"), "{}", said.detail);
            assert_eq!(reads, 1 + PAUSES_BETWEEN_READS.len());
        }
    }

    #[test]
    fn the_one_object_is_found_in_each_form_of_the_parameter() {
        for sent in [
            json!(r#"[{"a":"true"}]"#),
            json!([r#"{"a":"true"}"#]),
            json!([{"a": "true"}]),
        ] {
            assert_eq!(
                item(&sent),
                Properties::from_iter([("a".to_owned(), json!("true"))]),
                "{sent}"
            );
        }
        assert_eq!(item(&json!("no JSON")), Properties::new());
    }
}
