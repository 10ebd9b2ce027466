//! Tables of configuration, earlier state and proposal against the plan that must come of them.

use super::*;
use crate::framework::schema::{Attribute, Block, BlockNesting, ComputedOnUpdate, NestedBlock, Nesting};
use crate::framework::types::Type;

fn text(name: &'static str) -> Attribute {
    Attribute::new(name, Type::String)
}

fn keeps(mut attribute: Attribute) -> Attribute {
    attribute.on_update = ComputedOnUpdate::Keeps;
    attribute
}

/// An object with these texts, the rest null.
fn object(block: &Block, fields: &[(&str, Value)]) -> Value {
    let all = block.attributes.iter().map(|attribute| {
        let value = fields
            .iter()
            .find(|(name, _)| *name == attribute.name)
            .map(|(_, value)| value.clone());
        (attribute.name.clone(), value.unwrap_or_default())
    });
    Value::object(all)
}

fn block(attributes: Vec<Attribute>) -> Block {
    Block {
        attributes,
        ..Block::default()
    }
}

/// As Terraform proposes: earlier values where computed and not configured.
fn propose(block: &Block, config: &Value, prior: &Value) -> Value {
    Value::object(block.attributes.iter().map(|attribute| {
        let configured = config.attr(&attribute.name);
        let earlier = attribute.computed && configured.is_null();
        (
            attribute.name.clone(),
            if earlier {
                prior.attr(&attribute.name)
            } else {
                configured
            }
            .clone(),
        )
    }))
}

fn planned(block: &Block, config: &[(&str, Value)], prior: &[(&str, Value)]) -> Plan {
    let config = object(block, config);
    let prior = if prior.is_empty() {
        Value::Null
    } else {
        object(block, prior)
    };
    plan(block, &config, &prior, &propose(block, &config, &prior))
}

#[test]
fn an_object_that_is_not_known_is_planned_as_that_whatever_is_proposed() {
    let nested = |name, nesting| Attribute::nested(name, nesting, vec![text("a").optional()]).optional();
    let block = block(vec![
        nested("single", Nesting::Single),
        nested("list", Nesting::List),
        nested("map", Nesting::Map),
    ]);
    let whole = |item: Value| {
        let fields = [
            ("single", item.clone()),
            ("list", Value::List(vec![item.clone()])),
            ("map", Value::Map([("k".to_owned(), item)].into())),
        ];
        object(&block, &fields)
    };
    let config = whole(Value::UNKNOWN);
    // Terraform 1.12 and newer.
    let proposed = whole(Value::object([("a", Value::UNKNOWN)]));
    let plan = plan(&block, &config, &Value::Null, &proposed);
    assert_eq!(plan.planned, config);
    assert_eq!(invariants::violations(&block, &config, &Value::Null, &plan.planned), []);
}

#[test]
fn a_create_leaves_every_computed_value_open() {
    let block = block(vec![
        text("name").required(),
        keeps(text("id").computed()),
        text("both").optional().computed(),
    ]);
    let plan = planned(&block, &[("name", "a".into())], &[]);
    assert_eq!(
        plan.planned,
        object(
            &block,
            &[("name", "a".into()), ("id", Value::UNKNOWN), ("both", Value::UNKNOWN)]
        )
    );
    assert!(plan.requires_replace.is_empty());
}

#[test]
fn an_update_keeps_what_stays_and_opens_what_may_change() {
    let block = block(vec![
        text("name").required(),
        keeps(text("id").computed()),
        text("revision").computed(),
    ]);
    let prior = [("name", "a".into()), ("id", "1".into()), ("revision", "r1".into())];
    let plan = planned(&block, &[("name", "b".into())], &prior);
    let expected = [("name", "b".into()), ("id", "1".into()), ("revision", Value::UNKNOWN)];
    assert_eq!(plan.planned, object(&block, &expected));
    let same = planned(&block, &[("name", "a".into())], &prior);
    assert_eq!(
        same.planned,
        object(&block, &prior),
        "nothing changed, nothing is opened"
    );
}

#[test]
fn defaults_are_planned_and_come_back_when_an_attribute_is_taken_out() {
    let mut method = text("method").optional().computed();
    method.default = Some("POST".into());
    let block = block(vec![method]);
    assert_eq!(planned(&block, &[], &[]).planned.attr("method"), &"POST".into());
    assert_eq!(
        planned(&block, &[], &[("method", "GET".into())]).planned.attr("method"),
        &"POST".into()
    );
    assert_eq!(
        planned(&block, &[("method", Value::UNKNOWN)], &[])
            .planned
            .attr("method"),
        &Value::UNKNOWN
    );
}

#[test]
fn optional_values_taken_out_are_null_and_computed_ones_stay() {
    let block = block(vec![text("url").optional(), keeps(text("name").optional().computed())]);
    let plan = planned(&block, &[], &[("url", "u".into()), ("name", "n".into())]);
    assert_eq!(plan.planned, object(&block, &[("name", "n".into())]));
}

#[test]
fn equivalent_values_are_no_change() {
    let mut json = text("json").optional();
    json.equivalent = Some(|a, b| a.as_str().map(str::trim) == b.as_str().map(str::trim));
    let block = block(vec![json, text("seen").computed()]);
    let prior = [("json", "x".into()), ("seen", "s".into())];
    assert_eq!(
        planned(&block, &[("json", " x ".into())], &prior).planned,
        object(&block, &prior)
    );
    assert_eq!(
        planned(&block, &[("json", "y".into())], &prior).planned.attr("seen"),
        &Value::UNKNOWN
    );
}

#[test]
fn write_only_values_are_never_planned_and_never_replace() {
    let mut secret = text("secret").optional().write_only();
    secret.requires_replace = true;
    let block = block(vec![secret, text("name").optional()]);
    let plan = planned(
        &block,
        &[("secret", "s".into()), ("name", "b".into())],
        &[("name", "a".into())],
    );
    assert!(plan.planned.attr("secret").is_null());
    assert!(plan.requires_replace.is_empty());
}

#[test]
fn a_forcing_attribute_is_named_when_it_changes_or_becomes_unknown() {
    let mut zone = text("zone").optional();
    zone.requires_replace = true;
    let block = block(vec![zone, text("name").optional()]);
    let prior = [("zone", "a".into()), ("name", "n".into())];
    let paths = |config: &[(&str, Value)]| planned(&block, config, &prior).requires_replace;
    assert_eq!(paths(&[("zone", "b".into())]), [AttributePath::attribute("zone")]);
    assert_eq!(paths(&[("zone", Value::UNKNOWN)]), [AttributePath::attribute("zone")]);
    assert_eq!(paths(&[("zone", "a".into()), ("name", "m".into())]), []);
}

#[test]
fn nested_objects_follow_the_same_rules() {
    let mut step = Attribute::new("step", Type::Number).optional().computed();
    step.default = Some(30.into());
    let totp = Attribute::nested(
        "totp",
        Nesting::Single,
        vec![text("issuer").optional(), step, text("seen").computed()],
    );
    let block = block(vec![keeps(totp.optional().computed())]);
    let configured = Value::object([("issuer", "me".into()), ("step", Value::Null), ("seen", Value::Null)]);
    let plan = planned(&block, &[("totp", configured)], &[]);
    let expected = Value::object([("issuer", "me".into()), ("step", 30.into()), ("seen", Value::UNKNOWN)]);
    assert_eq!(plan.planned.attr("totp"), &expected);
    assert_eq!(planned(&block, &[], &[]).planned.attr("totp"), &Value::UNKNOWN);
    let kept = [(
        "totp",
        Value::object([("issuer", "me".into()), ("step", 30.into()), ("seen", "s".into())]),
    )];
    assert_eq!(planned(&block, &[], &kept).planned, object(&block, &kept));
}

#[test]
fn elements_of_a_set_are_found_again_by_what_is_configured() {
    let item = vec![text("type").required(), keeps(text("version").optional().computed())];
    let block = block(vec![Attribute::nested("types", Nesting::Set, item).required()]);
    let element = |kind: &str, version: Value| Value::object([("type", kind.into()), ("version", version)]);
    let prior = [(
        "types",
        Value::Set(vec![element("a", "1".into()), element("b", "2".into())]),
    )];
    // Terraform proposes a match for what it finds and a bare element for what is new.
    let config = object(
        &block,
        &[(
            "types",
            Value::Set(vec![element("b", Value::Null), element("c", Value::Null)]),
        )],
    );
    let proposed = object(
        &block,
        &[(
            "types",
            Value::Set(vec![element("b", "2".into()), element("c", Value::Null)]),
        )],
    );
    let plan = plan(&block, &config, &object(&block, &prior), &proposed);
    let expected = Value::Set(vec![element("b", "2".into()), element("c", Value::UNKNOWN)]);
    assert_eq!(plan.planned.attr("types"), &expected);
}

#[test]
fn the_practitioners_spelling_is_kept_in_answers_and_secrets_are_dropped() {
    let mut json = text("json").optional();
    json.equivalent = Some(|a, b| a.as_str().map(str::trim) == b.as_str().map(str::trim));
    let block = block(vec![json, text("secret").optional().write_only()]);
    let known = Value::object([("json", Value::from(" x "))]);
    let answer = Value::object([("json", Value::from("x")), ("secret", "s".into())]);
    let expected = Value::object([("json", Value::from(" x ")), ("secret", Value::Null)]);
    assert_eq!(stored(&block, &known, answer), expected);
}

#[test]
fn elements_that_are_null_or_unknown_stay_so() {
    let mut step = Attribute::new("step", Type::Number).optional().computed();
    step.default = Some(30.into());
    for (nesting, wrap) in [
        (Nesting::List, Value::List as fn(Vec<Value>) -> Value),
        (Nesting::Set, Value::Set),
    ] {
        let block = block(vec![Attribute::nested("items", nesting, vec![step.clone()]).optional()]);
        let items = wrap(vec![Value::UNKNOWN, Value::Null]);
        let plan = planned(&block, &[("items", items.clone())], &[]);
        assert_eq!(plan.planned.attr("items"), &items);
    }
}

#[test]
fn a_nested_object_that_the_service_keeps_stays_when_taken_out() {
    let inner = vec![text("issuer").optional(), keeps(text("seen").computed())];
    let totp = Attribute::nested("totp", Nesting::Single, inner).optional().computed();
    let block = block(vec![keeps(totp), text("name").optional(), text("revision").computed()]);
    let kept = Value::object([("issuer", "me".into()), ("seen", "s".into())]);
    let prior = object(&block, &[("totp", kept.clone()), ("revision", "r".into())]);
    // Terraform proposes null for a nested attribute that was configured before, unlike for a plain one.
    let proposed = object(&block, &[("revision", "r".into())]);
    let plan = |config: &Value, proposed: &Value| super::plan(&block, config, &prior, proposed).planned;
    assert_eq!(plan(&object(&block, &[]), &proposed), prior);
    let renamed = |mut value: Value| {
        value.set_attr("name", "n".into());
        value
    };
    let changed = plan(&renamed(object(&block, &[])), &renamed(proposed));
    assert_eq!(changed.attr("totp"), &kept);
    assert_eq!(changed.attr("revision"), &Value::UNKNOWN);
}

#[test]
fn a_set_element_that_changed_is_a_new_one() {
    let item = vec![
        text("type").required(),
        text("note").optional(),
        keeps(text("version").computed()),
    ];
    let block = block(vec![Attribute::nested("types", Nesting::Set, item).required()]);
    let element =
        |note: Value, version: Value| Value::object([("type", "a".into()), ("note", note), ("version", version)]);
    let set = |item: Value| object(&block, &[("types", Value::Set(vec![item]))]);
    let prior = set(element("x".into(), "1".into()));
    let config = set(element(Value::Null, Value::Null));
    let plan = plan(&block, &config, &prior, &config);
    assert_eq!(plan.planned, set(element(Value::Null, Value::UNKNOWN)));
}

#[test]
fn forcing_attributes_inside_objects_are_named_where_they_stand() {
    let mut zone = text("zone").optional();
    zone.requires_replace = true;
    let item = vec![zone, text("note").optional()];
    let element = |zone: &str, note: &str| Value::object([("zone", zone.into()), ("note", note.into())]);
    let paths = |nesting: Nesting, prior: Value, planned: Value| {
        let block = block(vec![Attribute::nested("items", nesting, item.clone()).optional()]);
        let side = |value: Value| Value::object([("items", value)]);
        let paths = requires_replace(&block, &Value::Null, &side(prior), &side(planned));
        paths.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let map = |items: &[(&str, Value)]| {
        Value::Map(
            items
                .iter()
                .map(|(key, item)| ((*key).to_owned(), item.clone()))
                .collect(),
        )
    };
    let list = |items: &[&Value]| Value::List(items.iter().map(|item| (*item).clone()).collect());
    let (a, noted, b) = (element("a", "n"), element("a", "m"), element("b", "n"));
    let none: [&str; 0] = [];
    assert_eq!(paths(Nesting::Single, a.clone(), noted.clone()), none);
    assert_eq!(paths(Nesting::Single, a.clone(), b.clone()), ["items.zone"]);
    assert_eq!(paths(Nesting::Single, a.clone(), Value::UNKNOWN), ["items"]);
    assert_eq!(paths(Nesting::List, list(&[&a]), list(&[&noted])), none);
    assert_eq!(paths(Nesting::List, list(&[&a]), list(&[&b])), ["items[0].zone"]);
    assert_eq!(paths(Nesting::List, list(&[&a]), list(&[&a, &b])), ["items"]);
    assert_eq!(paths(Nesting::List, list(&[]), Value::UNKNOWN), ["items"]);
    assert_eq!(
        paths(Nesting::List, list(&[&a]), list(&[&Value::UNKNOWN])),
        ["items[0]"]
    );
    assert_eq!(
        paths(Nesting::Map, map(&[("k", a.clone())]), map(&[("k", b.clone())])),
        [r#"items["k"].zone"#]
    );
    assert_eq!(
        paths(
            Nesting::Map,
            map(&[("k", a.clone())]),
            map(&[("k", a.clone()), ("l", b.clone())])
        ),
        ["items"]
    );
    assert_eq!(paths(Nesting::Set, Value::Set(vec![a]), Value::Set(vec![b])), ["items"]);
}

#[test]
fn nested_blocks_in_answers_hold_no_secrets_and_are_never_null() {
    let nested = |name: &'static str, nesting: BlockNesting| NestedBlock {
        name: name.into(),
        nesting,
        min_items: 0,
        max_items: 0,
        block: block(vec![text("name").optional(), text("secret").optional().write_only()]),
    };
    let block = Block {
        blocks: vec![nested("one", BlockNesting::Single), nested("many", BlockNesting::List)],
        ..Block::default()
    };
    let part = |secret: Value| Value::object([("name", "n".into()), ("secret", secret)]);
    let answer = Value::object([("one", part("s".into()))]);
    let expected = Value::object([("one", part(Value::Null)), ("many", Value::List(Vec::new()))]);
    assert_eq!(stored(&block, &Value::Null, answer), expected);
}

#[test]
fn impossible_plans_are_found() {
    let block = block(vec![
        text("name").required(),
        text("note").optional(),
        text("id").computed(),
        text("secret").optional().write_only(),
        Attribute::nested("items", Nesting::List, vec![text("a").optional()]).optional(),
    ]);
    let items = |a: &str| Value::List(vec![Value::object([("a", Value::from(a))])]);
    let config = [
        ("name", Value::from("n")),
        ("secret", "s".into()),
        ("items", items("x")),
    ];
    let found = |planned: &[(&str, Value)]| {
        let (config, planned) = (object(&block, &config), object(&block, planned));
        let paths = invariants::violations(&block, &config, &Value::Null, &planned);
        paths.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    let sound = [
        ("name", Value::from("n")),
        ("id", Value::UNKNOWN),
        ("items", items("x")),
    ];
    assert_eq!(found(&sound), none);
    let broken = |name: &'static str, value: Value| {
        let mut planned = sound.to_vec();
        planned.retain(|(other, _)| *other != name);
        planned.push((name, value));
        found(&planned)
    };
    assert_eq!(broken("name", Value::UNKNOWN), ["name"]);
    assert_eq!(broken("note", "default".into()), ["note"]);
    assert_eq!(broken("secret", "s".into()), ["secret"]);
    assert_eq!(broken("items", items("y")), ["items[0].a"]);
    assert_eq!(broken("items", Value::List(Vec::new())), ["items"]);
}

#[test]
fn elements_of_a_set_that_could_be_each_other_stay_apart() {
    let mut size = text("size").optional().computed();
    size.default = Some("small".into());
    let item = vec![size, keeps(text("version").optional().computed())];
    let block = block(vec![Attribute::nested("items", Nesting::Set, item).required()]);
    let element = |size: Value, version: Value| Value::object([("size", size), ("version", version)]);
    let set = |items: Vec<Value>| object(&block, &[("items", Value::Set(items))]);
    let config = set(vec![
        element(Value::Null, Value::Null),
        element("big".into(), Value::Null),
        element("big".into(), "1".into()),
    ]);
    let prior = set(vec![
        element("big".into(), "1".into()),
        element("big".into(), "2".into()),
        element("small".into(), "3".into()),
    ]);
    // Terraform gives the first earlier element to the first that it fits, and leaves less than there are.
    let proposed = set(vec![
        element("big".into(), "1".into()),
        element("big".into(), "2".into()),
    ]);
    assert_eq!(plan(&block, &config, &prior, &proposed).planned, prior);
}

#[test]
fn an_element_of_a_set_that_is_spelled_the_same_comes_before_one_that_means_the_same() {
    let mut name = text("name").required();
    name.equivalent = Some(|a, b| a.as_str().map(str::to_lowercase) == b.as_str().map(str::to_lowercase));
    let block = block(vec![Attribute::nested("items", Nesting::Set, vec![name]).required()]);
    let set = |names: &[&str]| {
        let items = names.iter().map(|name| Value::object([("name", Value::from(*name))]));
        object(&block, &[("items", Value::Set(items.collect()))])
    };
    let both = set(&["x", "X"]);
    assert_eq!(plan(&block, &both, &set(&["X"]), &both).planned, both);
    assert_eq!(
        plan(&block, &set(&["x"]), &set(&["X"]), &set(&["x"])).planned,
        set(&["X"])
    );
}
