//! Secrets that may be given write-only, beside the argument that is stored: what of them is sent, and what is stored.
//!
//! The value itself is in the configuration alone. The state has its version, and that is all that tells whether it was sent.

use crate::engine::facts::{Field, Intent, Kind, Role, Source};
use crate::framework::path::AttributePath;
use crate::framework::value::Value;
use crate::framework::write_only::{version_name, write_only_name};

/// The name of the argument of `object` that gives a secret: the write-only one beside `name` where that is what is given, or was.
pub(crate) fn argument(field: &Field, object: &Value) -> String {
    let write_only = write_only_name(field.name);
    let is_given = !object.attr(&write_only).is_null() || is_write_only(field, object);
    match field.may_be_write_only && is_given {
        true => write_only,
        false => field.name.to_owned(),
    }
}

/// Whether the configuration gives a field, in whichever way it can be given.
pub(crate) fn is_configured(field: &Field, config: &Value) -> bool {
    !config.attr(field.name).is_null() || is_given(field, config)
}

/// Whether the configuration gives a field write-only.
pub(crate) fn is_given(field: &Field, config: &Value) -> bool {
    field.may_be_write_only && !config.attr(&write_only_name(field.name)).is_null()
}

/// Whether a plan or state has a field that is given write-only, so that no value of it may be stored.
pub(crate) fn is_write_only(field: &Field, object: &Value) -> bool {
    field.may_be_write_only && object.attr(&version_of(field)).is_known()
}

/// Whether a plan or state has any field that is given write-only, at any depth.
pub(crate) fn is_any_write_only(fields: &[Field], object: &Value) -> bool {
    let is_in = |field: &Field, part: &Value| match part.as_elements() {
        Some(items) => items.iter().any(|item| is_any_write_only(field.kind.inner(), item)),
        None => is_any_write_only(field.kind.inner(), part),
    };
    fields.iter().any(|field| {
        is_write_only(field, object) || (has_any(field.kind.inner()) && is_in(field, object.attr(field.name)))
    })
}

/// The name of the version that stands for what is given write-only.
pub(crate) fn version_of(field: &Field) -> String {
    version_name(field.name)
}

/// An object as it was before the configuration gave this field.
pub(crate) fn forget(field: &Field, object: &mut Value) {
    if field.may_be_write_only {
        object.set_attr(&version_name(field.name), Value::Null);
    }
}

/// As [`forget`], at every depth, but for what makes another object.
pub(crate) fn forget_all(fields: &[Field], object: &mut Value) {
    for field in fields.iter().filter(|field| !field.replaces()) {
        forget(field, object);
        let inner = field.kind.inner();
        if has_any(inner)
            && let Some(part) = object.as_fields_mut().and_then(|fields| fields.get_mut(field.name))
        {
            match part {
                Value::List(items) => items.iter_mut().for_each(|item| forget_all(inner, item)),
                part => forget_all(inner, part),
            }
        }
    }
}

/// The plan with the secrets that the configuration gives write-only in their place.
pub(crate) fn given(fields: &[Field], config: &Value, planned: &Value) -> Value {
    sides(fields, config, &Value::Null, planned.clone()).1
}

/// The objects before and after a write, as what is sent is found by comparing them: each secret stands where it would stand if it
/// were stored. What stays the same write-only secret is the same; of what is not stored and was, the earlier value is one that no
/// later one equals. `None` where nothing can be given so.
pub(crate) fn compared(intent: Intent<'_>) -> Option<(Value, Value)> {
    let fields = intent.resource.object.fields;
    has_any(fields).then(|| sides(fields, intent.config, intent.prior, intent.planned.clone()))
}

/// Whether only a create takes it and no response has it, without being a secret that may be given write-only.
pub(crate) fn is_only_noted(field: &Field) -> bool {
    matches!(field.role, Role::Fixed(_)) && field.source == Source::Configuration && !field.may_be_write_only
}

/// Where a plan has a value, a secret or the version of one, of which the state knows nothing, and which nothing can send to an
/// object that exists.
pub(crate) fn first_noted(fields: &[Field], prior: &Value, planned: &Value) -> Vec<AttributePath> {
    let root = AttributePath::root();
    let mut found = Vec::new();
    for field in fields.iter().filter(|field| field.replaces()) {
        noted_in(field, prior, planned, &root, &mut found);
    }
    found
}

fn noted_in(field: &Field, prior: &Value, planned: &Value, path: &AttributePath, found: &mut Vec<AttributePath>) {
    if is_only_noted(field) {
        let is_new = prior.attr(field.name).is_null() && !planned.attr(field.name).is_null();
        found.extend(is_new.then(|| path.and_attribute(field.name)));
        return;
    }
    let version = version_of(field);
    if field.may_be_write_only {
        let is_new = |name: &str| prior.attr(name).is_null() && !planned.attr(name).is_null();
        let had_none = prior.attr(field.name).is_null() && prior.attr(&version).is_null();
        let name = match (is_new(field.name), is_new(&version)) {
            (true, _) => field.name,
            (false, true) => &version,
            (false, false) => return,
        };
        found.extend(had_none.then(|| path.and_attribute(name)));
        return;
    }
    if let Kind::Object(inner) = field.kind {
        let path = path.and_attribute(field.name);
        for field_within in inner {
            noted_in(
                field_within,
                prior.attr(field.name),
                planned.attr(field.name),
                &path,
                found,
            );
        }
    }
}

/// Whether there are such secrets among fields, at any depth.
pub(crate) fn has_any(fields: &[Field]) -> bool {
    let is_one = |field: &Field| field.may_be_write_only || has_any(field.kind.inner());
    fields.iter().any(is_one)
}

/// Before and after; `Null` for what is not there.
fn sides(fields: &[Field], config: &Value, prior: &Value, mut planned: Value) -> (Value, Value) {
    let mut prior = prior.clone();
    for field in fields {
        if field.may_be_write_only {
            secret(field, config, &mut prior, &mut planned);
            continue;
        }
        let inner = field.kind.inner();
        if !has_any(inner) {
            continue;
        }
        let (config, before, after) = (
            config.attr(field.name),
            prior.attr(field.name),
            planned.attr(field.name),
        );
        let (before, after) = match field.kind {
            Kind::Object(_) => sides(inner, config, before, after.clone()),
            _ => each(inner, config, before, after),
        };
        prior.set_attr(field.name, before);
        planned.set_attr(field.name, after);
    }
    (prior, planned)
}

/// Elements of lists are told apart by their places.
fn each(inner: &[Field], config: &Value, prior: &Value, planned: &Value) -> (Value, Value) {
    let Value::List(after) = planned else {
        return (prior.clone(), planned.clone());
    };
    let at = |list: &Value, index: usize| list.as_elements().and_then(|items| items.get(index)).cloned();
    let pairs = after.iter().enumerate().map(|(index, item)| {
        let (config, before) = (
            at(config, index).unwrap_or_default(),
            at(prior, index).unwrap_or_default(),
        );
        sides(inner, &config, &before, item.clone())
    });
    let (mut before, after): (Vec<_>, Vec<_>) = pairs.unzip();
    let Value::List(items) = prior else {
        return (prior.clone(), Value::List(after));
    };
    before.truncate(items.len());
    before.extend(items.iter().skip(before.len()).cloned());
    (Value::List(before), Value::List(after))
}

fn secret(field: &Field, config: &Value, prior: &mut Value, planned: &mut Value) {
    let (write_only, version) = (write_only_name(field.name), version_name(field.name));
    let take = |object: &mut Value| {
        let fields = object.as_fields_mut();
        fields.and_then(|fields| {
            fields.remove(&write_only);
            fields.remove(&version)
        })
    };
    let (before, after) = (take(prior).unwrap_or_default(), take(planned).unwrap_or_default());
    let given = config.attr(&write_only);
    if !given.is_null() {
        planned.set_attr(field.name, given.clone());
    }
    if !before.is_null() && prior.attr(field.name).is_null() {
        let earlier = match before == after {
            true => planned.attr(field.name).clone(),
            // No secret that is given is empty.
            false => Value::string(""),
        };
        prior.set_attr(field.name, earlier);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::engine::facts::Absent::Clears;
    use crate::engine::facts::Role::Setting;
    use crate::engine::facts::{
        BodyStyle, Destroy, Lifecycle, Managed, Object, Operation, Properties, UpdateStyle, object, objects, text,
    };
    use crate::engine::values::parameters::parameters;
    use crate::engine::values::properties::flatten;

    const INNER: &[Field] = &[text("name", Setting(Clears)), text("key", Setting(Clears)).write_only()];

    const FIELDS: &[Field] = &[
        text("name", Setting(Clears)),
        text("secret", Setting(Clears)).write_only(),
        object("one", Setting(Clears), INNER),
        objects("many", Setting(Clears), INNER),
    ];

    const fn resource(lifecycle: Lifecycle) -> Managed {
        Managed {
            object: Object {
                fields: FIELDS,
                ..Object::NEW
            },
            lifecycle,
            ..Managed::NEW
        }
    }

    static FORM: Managed = resource(Lifecycle::FORM);
    static PUT: Managed = resource(Lifecycle::made(UpdateStyle::Put, Destroy::Delete).sending(BodyStyle::Json));
    static MERGE: Managed = resource(Lifecycle::made(UpdateStyle::Merge, Destroy::Delete).sending(BodyStyle::Json));

    /// JSON as a value; arrays are lists.
    fn value(json: &Json) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Bool(truth) => Value::Bool(*truth),
            Json::Number(number) => Value::int(number.as_i64().unwrap_or_default()),
            Json::String(text) => Value::string(text.as_str()),
            Json::Array(items) => Value::List(items.iter().map(value).collect()),
            Json::Object(members) => Value::object(members.iter().map(|(name, member)| (name.as_str(), value(member)))),
        }
    }

    /// What a plan has of a configuration.
    fn without_secrets(mut config: Json) -> Json {
        match &mut config {
            Json::Object(members) => {
                members.retain(|name, _| !name.ends_with("_wo"));
                members
                    .values_mut()
                    .for_each(|member| *member = without_secrets(member.take()));
            }
            Json::Array(items) => items.iter_mut().for_each(|item| *item = without_secrets(item.take())),
            _ => {}
        }
        config
    }

    /// The parameters that lead from one configuration to another.
    fn sent(resource: &'static Managed, before: &Json, after: &Json) -> Json {
        let (prior, planned) = (
            value(&without_secrets(before.clone())),
            value(&without_secrets(after.clone())),
        );
        let intent = Intent {
            resource,
            operation: match before {
                Json::Null => Operation::Create,
                _ => Operation::Update,
            },
            prior: &prior,
            planned: &planned,
            config: &value(after),
        };
        let parameters = parameters(intent);
        let names: Vec<_> = parameters.names().map(str::to_owned).collect();
        let sent = names.into_iter().map(|name| {
            let value = parameters.value(&name).cloned().unwrap_or_default();
            (name, value)
        });
        Json::Object(sent.collect())
    }

    #[test]
    fn a_secret_is_sent_when_it_is_first_given_and_when_its_version_changes() {
        let of = |secret: &str, version: u8| json!({"name": "n", "secret_wo": secret, "secret_wo_version": version});
        assert_eq!(
            sent(&FORM, &Json::Null, &of("a", 1)),
            json!({"Name": "n", "Secret": "a"})
        );
        assert_eq!(sent(&FORM, &of("a", 1), &of("b", 1)), json!({}));
        assert_eq!(sent(&FORM, &of("a", 1), &of("b", 2)), json!({"Secret": "b"}));
        assert_eq!(sent(&FORM, &of("a", 2), &of("a", 1)), json!({"Secret": "a"}));
        let mut renamed = of("b", 1);
        renamed["name"] = json!("m");
        assert_eq!(sent(&FORM, &of("a", 1), &renamed), json!({"Name": "m"}));
        assert_eq!(sent(&MERGE, &of("a", 1), &of("b", 2)), json!({"secret": "b"}));
        assert_eq!(sent(&MERGE, &of("a", 1), &renamed), json!({"name": "m"}));
        // What a PUT leaves out is cleared.
        assert_eq!(sent(&PUT, &of("a", 1), &renamed), json!({"name": "m", "secret": "b"}));
    }

    #[test]
    fn a_secret_moves_between_the_two_arguments_and_goes() {
        let (stored, given) = (
            json!({"secret": "a"}),
            json!({"secret_wo": "a", "secret_wo_version": 1}),
        );
        assert_eq!(sent(&FORM, &stored, &given), json!({}));
        assert_eq!(sent(&FORM, &given, &stored), json!({"Secret": "a"}));
        let other = json!({"secret_wo": "b", "secret_wo_version": 1});
        assert_eq!(sent(&FORM, &stored, &other), json!({"Secret": "b"}));
        assert_eq!(sent(&FORM, &given, &json!({})), json!({"Secret": null}));
        assert_eq!(sent(&MERGE, &given, &json!({})), json!({"secret": null}));
        assert_eq!(sent(&PUT, &given, &json!({"name": "n"})), json!({"name": "n"}));
        assert_eq!(sent(&FORM, &json!({}), &json!({})), json!({}));
    }

    #[test]
    fn secrets_in_objects_and_lists_are_sent_with_what_is_sent_whole() {
        let one = |name: &str, key: &str, version: u8| json!({"one": {"name": name, "key_wo": key, "key_wo_version": version}});
        assert_eq!(
            sent(&FORM, &one("n", "a", 1), &one("n", "b", 2)),
            json!({"One.Key": "b"})
        );
        assert_eq!(
            sent(&FORM, &one("n", "a", 1), &one("m", "b", 1)),
            json!({"One.Name": "m"})
        );
        assert_eq!(sent(&MERGE, &one("n", "a", 1), &one("n", "b", 1)), json!({}));
        assert_eq!(
            sent(&MERGE, &one("n", "a", 1), &one("m", "b", 1)),
            json!({"one": {"name": "m", "key": "b"}})
        );
        assert_eq!(sent(&MERGE, &one("n", "a", 1), &json!({})), json!({"one": null}));
        assert_eq!(
            sent(&MERGE, &one("n", "a", 1), &json!({"one": {"name": "n"}})),
            json!({"one": {"name": "n", "key": null}})
        );
        let many = |keys: &[(&str, u8)]| {
            let items = keys
                .iter()
                .map(|(key, version)| json!({"key_wo": key, "key_wo_version": version}));
            json!({"many": Vec::from_iter(items)})
        };
        assert_eq!(
            sent(&MERGE, &many(&[("a", 1), ("b", 1)]), &many(&[("c", 1), ("d", 1)])),
            json!({})
        );
        assert_eq!(
            sent(&MERGE, &many(&[("a", 1), ("b", 1)]), &many(&[("a", 1), ("d", 2)])),
            json!({"many": [{"key": "a"}, {"key": "d"}]})
        );
        assert_eq!(
            sent(&MERGE, &many(&[("a", 1), ("b", 1)]), &many(&[("a", 1)])),
            json!({"many": [{"key": "a"}]})
        );
        assert_eq!(
            sent(&MERGE, &many(&[("a", 1)]), &many(&[("a", 1), ("b", 1)])),
            json!({"many": [{"key": "a"}, {"key": "b"}]})
        );
    }

    #[test]
    fn nothing_of_it_is_stored_whatever_twilio_shows() {
        let shown = json!({
            "name": "n", "secret": "a",
            "one": {"name": "o", "key": "k"},
            "many": [{"name": "m", "key": "l"}, {"name": "made elsewhere", "key": "l"}],
        });
        let shown: Properties = shown.as_object().cloned().unwrap_or_default();
        let base = json!({
            "secret_wo_version": 1,
            "one": {"key_wo_version": 2},
            "many": [{"key_wo_version": 3}],
        });
        for operation in [Operation::Create, Operation::Update, Operation::Read] {
            let fields = FORM.object.fields;
            let (state, said) = flatten(fields, FORM.object.spelling, &shown, &value(&base), operation);
            assert!(state.attr("secret").is_null(), "{state:?}");
            assert_eq!(state.attr("secret_wo_version"), &Value::int(1));
            assert!(state.attr("one").attr("key").is_null(), "{state:?}");
            let many = state.attr("many").as_elements().unwrap_or_default();
            assert_eq!(many[0].attr("key_wo_version"), &Value::int(3));
            assert!(many.iter().all(|item| item.attr("key").is_null()), "{state:?}");
            let names = said.iter().map(|said| said.path.to_string());
            let of_secrets = names.filter(|path| path.contains("key") || path.contains("secret"));
            assert_eq!(of_secrets.count(), 0, "a warning would show that there is one");
        }
        // What nobody gives in this way, Twilio shows.
        let (state, _) = flatten(
            FORM.object.fields,
            FORM.object.spelling,
            &shown,
            &Value::Null,
            Operation::Read,
        );
        assert_eq!(state.attr("secret"), &"a".into());
        let many = state.attr("many").as_elements().unwrap_or_default();
        assert_eq!((many.len(), many[1].attr("key")), (2, &"l".into()));
    }

    #[test]
    fn an_error_points_at_the_argument_that_is_given() {
        let field = FORM.object.field("secret").copied().unwrap_or(INNER[1]);
        let named = |json: Json| argument(&field, &value(&json));
        assert_eq!(named(json!({"secret_wo_version": 1})), "secret_wo");
        assert_eq!(named(json!({"secret_wo": "a"})), "secret_wo");
        assert_eq!(named(json!({"secret": "a"})), "secret");
    }
}
