//! What a plan costs without the connection: the service is called within this process.

use std::time::Instant;

use terraform_provider_twilio::framework::codec::encode_msgpack;
use terraform_provider_twilio::framework::proto::provider_server::Provider as _;
use terraform_provider_twilio::framework::proto::{DynamicValue, plan_resource_change};
use terraform_provider_twilio::framework::provider::Provider as _;
use terraform_provider_twilio::framework::server::Server;
use terraform_provider_twilio::framework::value::Value;
use terraform_provider_twilio::provider::TwilioProvider;
use tonic::Request;

use crate::{Budget, Series, milliseconds};

const TYPE: &str = "twilio_twiml_app";

const CALLS: usize = 2000;

/// Plans of a new object.
pub async fn plan() -> Vec<Series> {
    let provider = TwilioProvider::default();
    let resources = provider.resources();
    let resource = resources.iter().find(|resource| resource.type_name() == TYPE);
    let ty = resource.expect("it is offered").schema().block.value_type();
    let terraform_provider_twilio::framework::types::Type::Object(attributes) = &ty else {
        panic!("a block is an object");
    };
    let config = Value::object(attributes.keys().map(|name| {
        let value = if name == "friendly_name" {
            Value::from("Support")
        } else {
            Value::Null
        };
        (name.as_str(), value)
    }));
    let encoded = DynamicValue {
        msgpack: encode_msgpack(&config, &ty).expect("it conforms"),
        ..DynamicValue::default()
    };
    let server = Server::new(provider);
    let mut plans = Vec::new();
    for _ in 0..CALLS {
        let request = plan_resource_change::Request {
            type_name: TYPE.to_owned(),
            proposed_new_state: Some(encoded.clone()),
            config: Some(encoded.clone()),
            ..plan_resource_change::Request::default()
        };
        let start = Instant::now();
        let answer = server.plan_resource_change(Request::new(request)).await;
        plans.push(milliseconds(start.elapsed()));
        let answer = answer.expect("never a gRPC status").into_inner();
        assert!(answer.diagnostics.is_empty(), "{:?}", answer.diagnostics);
    }
    vec![Series {
        name: "PlanResourceChange of a new object, own share".to_owned(),
        unit: "ms",
        budget: Budget::AtMost(0.1),
        values: plans,
    }]
}
