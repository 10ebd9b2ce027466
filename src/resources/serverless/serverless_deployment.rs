//! Which build an environment runs. <https://www.twilio.com/docs/serverless/api/resource/deployment>
//!
//! # Quirks
//! - At Twilio a deployment is a record: it never changes and cannot be deleted, and the newest of an environment counts. So there is one
//!   of it in each environment here, which is read off the environment, and another build is deployed in place: nothing is replaced, and
//!   no request meets an environment without a build.
//! - To take a build out is to deploy none: the parameter is left out then.

use super::codes::SERVERLESS;
use super::older;
use crate::engine::facts::Absent::ClearedBy;
use crate::engine::facts::Role::{Observed, PathPart, Setting};
use crate::engine::facts::hooks::{Planning, ReadHooks, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Intent, Key, Lifecycle, Literal, Managed, Object, Omitted, Parameters, Place,
    Properties, Read, UpdateStyle, sid, text,
};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_serverless_deployment`.
pub const SERVERLESS_DEPLOYMENT: Managed = Managed {
    object: Object {
        name: "twilio_serverless_deployment",
        noun: "serverless deployment",
        category: Category::Serverless,
        api_page: "https://www.twilio.com/docs/serverless/api/resource/deployment",
        place: Place::alone(
            Product::Serverless,
            "/v1/Services/{service_sid}/Environments/{environment_sid}/Deployments",
        )
        .read(Read::Elsewhere {
            path: "/v1/Services/{service_sid}/Environments/{environment_sid}",
            within: None,
        }),
        parents: &["service_sid", "environment_sid"],
        key: Key::None,
        fields: FIELDS,
        codes: &[SERVERLESS],
        read: ReadHooks {
            decode: Some(of_the_environment),
            ..ReadHooks::NONE
        },
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "Which build an environment of Twilio Functions and Assets runs. Another build is deployed in place: the environment answers \
          with the old one until the new one is there. What somebody else deploys there is drift. Destroying it takes the build out, so \
          that the addresses of the environment answer nothing more; the environment and the build stay.",
    quirks: &[
        "Twilio keeps a record of each deployment, and offers no way to delete one: they go with the environment.",
        "Write `lifecycle { create_before_destroy = true }` in the `twilio_serverless_build`, not here: then the new build is made, deployed here, and the old one is deleted.",
        "Variables need no deployment: functions see another value from their next execution on.",
    ],
    lifecycle: Lifecycle::settings(UpdateStyle::Post, Destroy::Reset),
    omitted: &[Omitted {
        parameter: "IsPlugin",
        reason: "Twilio's tool for Flex plugins marks its own deployments with it, and no response has it",
    }],
    older_states: older::SERVERLESS_DEPLOYMENT,
    write: WriteHooks {
        plan: Some(warn_of_nothing_deployed),
        encode: Some(no_build_is_left_out),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const BUILD: &str = "build_sid";

const FIELDS: &[Field] = &[
    sid("service_sid", PathPart, &[Check::Sid("ZS")])
        .doc("SID of the service (`ZS…`). A change replaces the deployment: the build is taken out of the first environment."),
    sid("environment_sid", PathPart, &[Check::Sid("ZE")])
        .read_as("sid")
        .doc("SID of the environment (`ZE…`). A change replaces the deployment: the build is taken out of the first environment."),
    // https://github.com/RJPearson94/terraform-provider-twilio/issues/28: a deployment without a build takes the build out.
    sid(BUILD, Setting(ClearedBy(Literal::Text(""))), &[Check::Sid("ZB")]).doc(
        "SID of the build that the environment runs (`ZB…`), which must be completed. A change deploys the other build in place. Without \
         it, the environment runs none.",
    ),
    text("domain_name", Observed).doc("The address, without `https://`."),
];

/// An empty text is no SID.
fn no_build_is_left_out(_: &Intent<'_>, parameters: &mut Parameters) {
    if parameters
        .value("BuildSid")
        .is_some_and(|sid| sid.as_str().is_none_or(str::is_empty))
    {
        parameters.remove("BuildSid");
        // That there is none says something.
        parameters.replace_all();
    }
}

/// The response to a deployment is the record, and names the environment elsewhere than the environment does.
fn of_the_environment(response: &mut Properties, _: &Value) {
    if let Some(environment) = response.get("environment_sid").cloned() {
        response.insert("sid".to_owned(), environment);
    }
}

/// What answers requests now, and will not any more, is said before.
fn warn_of_nothing_deployed(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let ran = !planning.prior.attr(BUILD).is_null() && !planning.prior.is_null();
        if ran && !planning.planned.is_null() && planning.planned.attr(BUILD).is_null() {
            planning.warnings.add(
                Diagnostic::warning(
                    "The environment will run nothing",
                    "build_sid is taken out: from this apply on, the addresses of the environment answer nothing. To keep what runs there, \
                     put build_sid back; to only take the deployment out of Terraform, use a removed block with destroy = false.",
                )
                .at_attribute(BUILD),
            );
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Operation;

    #[test]
    fn no_build_is_a_request_without_one() {
        let sent = |sid: &str| {
            let intent = Intent {
                resource: &SERVERLESS_DEPLOYMENT,
                operation: Operation::Update,
                prior: &Value::Null,
                planned: &Value::Null,
                config: &Value::Null,
            };
            let mut parameters = Parameters::default();
            parameters.set("BuildSid", sid);
            no_build_is_left_out(&intent, &mut parameters);
            (parameters.value("BuildSid").is_some(), parameters.is_empty())
        };
        assert_eq!(sent("ZB0123456789abcdef0123456789abcdef"), (true, false));
        assert_eq!(sent(""), (false, false), "it is sent all the same");
    }
}
