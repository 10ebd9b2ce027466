//! `toy_lookup`: finds an object by its id.

use async_trait::async_trait;
use terraform_provider_twilio::framework::diagnostics::{Diagnostic, Diagnostics};
use terraform_provider_twilio::framework::provider::{DataSource, DataSourceAnswer};
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::framework::value::Value;

use super::{Toy, schemas};

pub(super) struct Lookup(pub(super) Toy);

#[async_trait]
impl DataSource for Lookup {
    fn type_name(&self) -> &str {
        "toy_lookup"
    }

    fn schema(&self) -> Schema {
        schemas::lookup()
    }

    async fn read(&self, config: Value) -> Result<DataSourceAnswer, Diagnostics> {
        let id = config.attr("id").as_str().unwrap_or_default();
        self.0.memory().called("lookup", id);
        let Some(object) = self.0.memory().objects.get(id).cloned() else {
            let detail = format!("There is no object with the id {id:?}. Nothing was changed. Check the id.");
            return Err(Diagnostic::error("Nothing found", detail).at_attribute("id").into());
        };
        // What is configured is not repeated here, and spelled differently.
        let state = Value::object([
            ("id", Value::from("another spelling")),
            ("name", object.attr("name").clone()),
            (
                "filter",
                Value::object([("note", Value::from("another")), ("matched", "yes".into())]),
            ),
        ]);
        Ok(DataSourceAnswer {
            state,
            diagnostics: Diagnostics::new(),
        })
    }
}
