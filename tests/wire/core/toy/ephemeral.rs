//! `toy_lease`: a token for as long as a run takes.

use std::time::SystemTime;

use async_trait::async_trait;
use terraform_provider_twilio::framework::diagnostics::Diagnostics;
use terraform_provider_twilio::framework::provider::{EphemeralResource, OpenAnswer, Private, RenewAnswer};
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::framework::value::Value;

use super::{Toy, schemas};

pub(super) struct Lease(pub(super) Toy);

#[async_trait]
impl EphemeralResource for Lease {
    fn type_name(&self) -> &str {
        "toy_lease"
    }

    fn schema(&self) -> Schema {
        schemas::lease()
    }

    async fn open(&self, config: Value) -> Result<OpenAnswer, Diagnostics> {
        let owner = config.attr("owner").as_str().unwrap_or_default();
        let mut memory = self.0.memory();
        memory.called("open", owner);
        let token = format!("lease-{}", memory.next());
        memory.leases.insert(token.clone());
        Ok(OpenAnswer {
            result: Value::object([("token", Value::from(token.as_str()))]),
            // Long ago, so that it is renewed at once.
            renew_at: (owner == "renewed").then_some(SystemTime::UNIX_EPOCH),
            private: token.into_bytes(),
            diagnostics: Diagnostics::new(),
        })
    }

    async fn renew(&self, private: Private) -> Result<RenewAnswer, Diagnostics> {
        self.0.memory().called("renew", &String::from_utf8_lossy(&private));
        Ok(RenewAnswer {
            renew_at: None,
            private,
            diagnostics: Diagnostics::new(),
        })
    }

    async fn close(&self, private: Private) -> Diagnostics {
        let token = String::from_utf8_lossy(&private).into_owned();
        let mut memory = self.0.memory();
        memory.called("close", &token);
        memory.leases.remove(&token);
        Diagnostics::new()
    }
}
