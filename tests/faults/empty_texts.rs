//! An empty text is what a module's variable is by default. For every text of every resource it either clears, and the plan
//! after it is empty, or it is refused before anything is planned.

use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::{Field, Kind};

use crate::samples::{resources, samples};
use crate::terraform::{Finding, State, Terraform, value};
use crate::twilio::Twilio;

/// The paths of all texts that a configuration can set.
fn texts(attributes: &[Field], outer: &[&'static str]) -> Vec<Vec<&'static str>> {
    let mut found = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.is_configurable()) {
        let path: Vec<_> = outer.iter().copied().chain([attribute.name]).collect();
        match attribute.kind {
            Kind::Text | Kind::Json => found.push(path),
            Kind::Object(inner) => found.extend(texts(inner, &path)),
            _ => {}
        }
    }
    found
}

/// `config` with an empty text at `path`.
fn emptied(config: &Json, path: &[&str]) -> Json {
    let mut config = config.clone();
    let mut place = &mut config;
    for name in path {
        if place.is_null() {
            *place = json!({});
        }
        place = &mut place[*name];
    }
    *place = json!("");
    config
}

/// Makes `config` be, and looks whether the plan after it has anything to do.
async fn settles(
    terraform: &Terraform,
    name: &str,
    prior: Option<&State>,
    config: &Json,
) -> Result<Option<State>, Finding> {
    let config = value(name, config);
    let plan = match terraform.plan(name, prior, &config).await {
        Err(refused) if refused.starts_with("the validation failed") => return Ok(None),
        plan => plan?,
    };
    let state = terraform.apply(name, plan).await?.succeeded("the apply")?;
    let state = terraform.read(name, &state).await?.succeeded("the read")?;
    let plan = terraform.plan(name, Some(&state), &config).await?;
    if plan.planned != state.value {
        return Err("the plan after the apply is not empty".to_owned());
    }
    Ok(Some(state))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_text_is_refused_while_validating_or_leaves_nothing_to_plan() {
    let twilio = Twilio::start(9).await;
    let (mut complaints, mut kept, mut refused) = (Vec::new(), 0, 0);
    for sample in samples() {
        let name = sample.type_name;
        let table = resources()
            .find(|table| table.object.name == name)
            .expect("it is offered");
        for path in texts(table.object.fields, &[]) {
            // In something new, and in something that was made without.
            for is_new in [true, false] {
                twilio.reset().await;
                let config = sample.prepare(&twilio).await.config;
                let terraform = Terraform::start(&twilio, 9).await;
                let prior = match is_new {
                    true => None,
                    false => settles(&terraform, name, None, &config)
                        .await
                        .unwrap_or_else(|finding| panic!("the sample of {name}: {finding}")),
                };
                match settles(&terraform, name, prior.as_ref(), &emptied(&config, &path)).await {
                    Ok(Some(_)) => kept += 1,
                    Ok(None) => refused += 1,
                    // What Twilio cannot clear is known once there is something to clear.
                    Err(finding) if !is_new && finding.starts_with("the plan failed: Twilio cannot take") => {
                        refused += 1
                    }
                    Err(finding) => complaints.push(format!("{name} {} (new: {is_new}): {finding}", path.join("."))),
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(kept > 40 && refused > 40, "{kept} kept, {refused} refused");
}
