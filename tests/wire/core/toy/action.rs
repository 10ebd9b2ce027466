//! `toy_ring`: rings a bell, and says so each time.

use async_trait::async_trait;
use terraform_provider_twilio::framework::action::{Action, Progress};
use terraform_provider_twilio::framework::diagnostics::{Diagnostic, Diagnostics};
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::framework::value::Value;

use super::{Fault, Toy, schemas};

pub(super) struct Ring(pub(super) Toy);

#[async_trait]
impl Action for Ring {
    fn type_name(&self) -> &str {
        "toy_ring"
    }

    fn schema(&self) -> Schema {
        schemas::ring()
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        match config.attr("bell").as_str() {
            Some("cracked") => Diagnostic::error("The bell is cracked", "Nothing was rung. Name another.")
                .at_attribute("bell")
                .into(),
            _ => Diagnostics::new(),
        }
    }

    async fn plan(&self, config: Value) -> Diagnostics {
        let bell = config.attr("bell").as_str().unwrap_or("(unknown)");
        self.0.memory().called("plan-ring", bell);
        match bell {
            "loud" => Diagnostic::warning("This bell is loud", "Everybody will hear it.").into(),
            _ => Diagnostics::new(),
        }
    }

    async fn invoke(&self, config: Value, progress: &Progress) -> Diagnostics {
        let toy = &self.0;
        let bell = config.attr("bell").as_str().unwrap_or_default();
        toy.memory().called("ring", bell);
        if let Some(word) = config.attr("word").as_str() {
            toy.memory().secrets.push(word.to_owned());
        }
        let times = config
            .attr("times")
            .as_number()
            .and_then(|times| times.to_i64())
            .unwrap_or(1);
        for number in 1..=times {
            progress.say(format!("ringing {bell}, {number} of {times}")).await;
            if toy.has(Fault::RingHangs) {
                let stopped = toy.stop.notified();
                toy.hanging.notify_one();
                stopped.await;
                if bell == "stubborn" {
                    progress.say("rung all the same").await;
                    continue;
                }
                let told = format!("{number} of {times} were rung. The others were not.");
                return Diagnostic::error("Interrupted while ringing", told).into();
            }
            assert!(!toy.has(Fault::RingPanics), "the secret is {number}");
            if toy.has(Fault::RingRefused) {
                return Diagnostic::error("The rope tore", "It was rung once. Mend the rope.").into();
            }
        }
        match bell {
            "loud" => Diagnostic::warning("Somebody complained", "It was rung all the same.").into(),
            _ => Diagnostics::new(),
        }
    }
}
