//! Configuration that is generated out of a state, and what a plan makes of it.

use terraform_provider_twilio::framework::proto::{
    generate_resource_config, plan_resource_change, validate_resource_config,
};
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::framework::value::Value;

use super::rpc::{decoded, error, message, object};
use super::server::Served;
use super::toy::{nest, thing};

/// Generates a configuration out of a state. It must validate, and its plan must be empty.
fn generated(type_name: &str, schema: &Schema, fields: &[(&str, Value)]) -> Value {
    let served = Served::start();
    let state = object(schema, fields);
    served.run(async {
        let mut client = served.client().await;
        let request = generate_resource_config::Request {
            type_name: type_name.to_owned(),
            state: state.clone(),
        };
        let answer = client
            .generate_resource_config(request)
            .await
            .expect("no status")
            .into_inner();
        assert_eq!(answer.diagnostics, []);
        let config = decoded(schema, answer.config.as_ref());

        let request = validate_resource_config::Request {
            type_name: type_name.to_owned(),
            config: answer.config.clone(),
            client_capabilities: None,
        };
        let valid = client
            .validate_resource_config(request)
            .await
            .expect("no status")
            .into_inner();
        assert_eq!(valid.diagnostics, []);

        // As Terraform proposes it: what is computed and not configured is as it was.
        let prior = decoded(schema, state.as_ref());
        let mut proposed = config.clone();
        for attribute in schema.block.attributes.iter().filter(|attribute| attribute.computed) {
            if config.attr(&attribute.name).is_null() {
                proposed.set_attr(&attribute.name, prior.attr(&attribute.name).clone());
            }
        }
        let request = plan_resource_change::Request {
            type_name: type_name.to_owned(),
            prior_state: state.clone(),
            proposed_new_state: Some(message(&proposed, &schema.block.value_type())),
            config: answer.config,
            ..Default::default()
        };
        let planned = client
            .plan_resource_change(request)
            .await
            .expect("no status")
            .into_inner();
        assert_eq!(planned.diagnostics, []);
        assert_eq!(
            decoded(schema, planned.planned_state.as_ref()),
            prior,
            "the plan is not empty"
        );
        config
    })
}

fn set(config: &Value) -> Vec<&str> {
    let fields = config.as_fields().expect("an object").iter();
    let set = fields.filter(|(_, value)| !value.is_null());
    set.map(|(name, _)| name.as_str()).collect()
}

#[test]
fn a_generated_configuration_says_what_somebody_has_to_say_and_no_more() {
    let state = |color: &str, size: i64| {
        [
            ("id", "thing-1".into()),
            ("revision", "r1".into()),
            ("name", "one".into()),
            ("zone", "z".into()),
            ("color", color.into()),
            ("size", size.into()),
            ("labels", Value::Map(Default::default())),
            ("tags", Value::List(vec!["a".into()])),
            ("left", "l".into()),
        ]
    };
    let config = generated("toy_thing", &thing(), &state("red", 5));
    assert_eq!(set(&config), ["color", "labels", "left", "name", "tags", "zone"]);
    // The resource has the last word.
    let config = generated("toy_thing", &thing(), &state("made", 6));
    assert_eq!(set(&config), ["labels", "left", "name", "size", "tags", "zone"]);
}

#[test]
fn nested_attributes_are_generated_with_what_somebody_has_to_say() {
    let item = |weight: i64, seen: &str| {
        Value::object([
            ("name", Value::from("n")),
            ("note", Value::Null),
            ("weight", weight.into()),
            ("seen", seen.into()),
        ])
    };
    let state = [
        ("id", "nest-1".into()),
        ("revision", "r1".into()),
        ("single", item(1, "s")),
        ("list", Value::List(vec![item(2, "s"), item(1, "s")])),
        ("part", Value::List(Vec::new())),
        ("unit", Value::Set(Vec::new())),
    ];
    let config = generated("toy_nest", &nest(), &state);
    assert_eq!(set(&config), ["list", "part", "single", "unit"]);
    let single = config.attr("single");
    assert_eq!(set(single), ["name"], "neither the default nor what is computed");
    let list = config.attr("list").as_elements().expect("a list");
    assert_eq!((set(&list[0]), set(&list[1])), (vec!["name", "weight"], vec!["name"]));
}

#[test]
fn nothing_is_generated_out_of_nothing() {
    let served = Served::start();
    served.run(async {
        let mut client = served.client().await;
        let request = generate_resource_config::Request {
            type_name: "toy_thing".to_owned(),
            state: None,
        };
        let answer = client
            .generate_resource_config(request)
            .await
            .expect("no status")
            .into_inner();
        assert!(error(&answer.diagnostics).contains("write its resource block yourself"));
        assert_eq!(answer.config, None);
    });
}
