//! What the response to a create lacks of what was sent with it.
//!
//! Some creates take a parameter and forget it: a phone number is bought without the emergency address and the receive mode
//! that the purchase named (<https://github.com/twilio/twilio-node/issues/706>). An update keeps them. So what was sent, can
//! be changed, and is not in the response, or has its default there, is sent once more. A value that the response has, if only in
//! other words, is not lacking.

use crate::engine::facts::{Field, Kind, Managed, Sent, Source, UpdateStyle};
use crate::engine::values::parameters::is_default;
use crate::framework::value::Value;

/// The planned object as it would have to be stored for an update to send what is lacking, and nothing else. `made` is the
/// object as returned.
pub(crate) fn as_if_stored(resource: &Managed, made: &Value, planned: &Value) -> Value {
    if resource.lifecycle.update() == UpdateStyle::Never {
        return planned.clone();
    }
    let mut stored = planned.clone();
    for attribute in resource.object.fields {
        let value = without_what_is_lacking(attribute, made.attr(attribute.name), planned.attr(attribute.name));
        stored.set_attr(attribute.name, value);
    }
    stored
}

fn without_what_is_lacking(attribute: &Field, made: &Value, planned: &Value) -> Value {
    let can_be_sent_again = attribute.sent() == Sent::Always
        && attribute.source == Source::Response
        && !attribute.is_write_only()
        && !attribute.replaces();
    match (attribute.kind, planned) {
        _ if !can_be_sent_again => planned.clone(),
        (Kind::Object(inner), Value::Object(_)) if !attribute.json_text => Value::object(inner.iter().map(|child| {
            let value = without_what_is_lacking(child, made.attr(child.name), planned.attr(child.name));
            (child.name, value)
        })),
        // Twilio's documented default need not be returned; where it is returned instead of what was requested, that was forgotten.
        _ if says_something(planned)
            && !is_default(attribute, planned)
            && (made.is_null() || is_default(attribute, made)) =>
        {
            Value::Null
        }
        _ => planned.clone(),
    }
}

fn says_something(planned: &Value) -> bool {
    let is_empty =
        planned.as_str().is_some_and(str::is_empty) || planned.as_elements().is_some_and(<[Value]>::is_empty);
    planned.is_known() && !is_empty
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::{Clears, DefaultsTo, Keeps};
    use crate::engine::facts::Role::{Fixed, Local, Setting};
    use crate::engine::facts::{Intent, Literal, Object, Operation, boolean, int, list, object, text};
    use crate::engine::values::parameters::parameters;

    const INNER: &[Field] = &[
        text("issuer", Setting(Clears)),
        int("skew", Setting(DefaultsTo(Literal::Int(1)))),
    ];
    const RESOURCE: Managed = Managed {
        object: Object {
            fields: &[
                text("status", Setting(Clears)).with_every_update(),
                text("name", Setting(Clears)),
                text("mode", Setting(DefaultsTo(Literal::Text("voice")))),
                text("kind", Fixed(Clears)),
                text("hint", Local(Clears)),
                boolean("flag", Setting(Clears)),
                list("origins", Setting(Clears), &Kind::Text),
                object("totp", Setting(Keeps), INNER),
            ],
            ..Object::NEW
        },
        since: "0.1.0",
        ..Managed::NEW
    };

    fn value(fields: &[(&str, Value)]) -> Value {
        Value::object(fields.iter().map(|(name, value)| (*name, value.clone())))
    }

    #[track_caller]
    fn check(made: &[(&str, Value)], planned: &[(&str, Value)], sent: &[&str]) {
        let planned = value(planned);
        let prior = as_if_stored(&RESOURCE, &value(made), &planned);
        let intent = Intent {
            resource: &RESOURCE,
            operation: Operation::Update,
            prior: &prior,
            planned: &planned,
            config: &planned,
        };
        let parameters = parameters(intent);
        assert_eq!(parameters.names().collect::<Vec<_>>(), sent);
    }

    #[test]
    fn what_the_response_lacks_is_sent_again_with_what_every_update_demands() {
        let status = ("status", Value::from("draft"));
        check(
            &[status.clone(), ("name", Value::Null)],
            &[status.clone(), ("name", "n".into()), ("flag", false.into())],
            &["Status", "Name", "Flag"],
        );
        check(
            &[("totp", value(&[("issuer", Value::Null), ("skew", Value::Null)]))],
            &[("totp", value(&[("issuer", "me".into()), ("skew", Value::int(2))]))],
            &["Totp.Issuer", "Totp.Skew"],
        );
        check(&[("mode", "voice".into())], &[("mode", "fax".into())], &["Mode"]);
        check(&[], &[("origins", Value::List(vec!["a".into()]))], &["Origins"]);
    }

    #[test]
    fn what_is_returned_otherwise_or_is_nothing_or_the_default_is_not() {
        check(&[("name", "N".into())], &[("name", "n".into())], &[]);
        check(
            &[],
            &[
                ("name", "".into()),
                ("mode", "voice".into()),
                ("kind", "k".into()),
                ("hint", "h".into()),
                ("flag", Value::Null),
                ("origins", Value::List(Vec::new())),
                ("totp", Value::UNKNOWN),
            ],
            &[],
        );
        check(
            &[],
            &[("totp", value(&[("issuer", Value::Null), ("skew", Value::int(1))]))],
            &[],
        );
    }

    #[test]
    fn nothing_is_sent_where_there_is_no_update() {
        const FIXED: Managed = Managed {
            lifecycle: crate::engine::facts::Lifecycle::made(UpdateStyle::Never, crate::engine::facts::Destroy::Delete),
            ..RESOURCE
        };
        let planned = value(&[("name", "n".into())]);
        assert_eq!(as_if_stored(&FIXED, &Value::Null, &planned), planned);
    }
}
