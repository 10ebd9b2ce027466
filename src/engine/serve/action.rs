//! A table as an action that the framework can serve.

use std::sync::Arc;

use async_trait::async_trait;

use crate::engine::facts::Action;
use crate::engine::operations::invoke;
use crate::engine::operations::session::Session;
use crate::engine::serve::unrecorded;
use crate::engine::values::schema::action_schema;
use crate::framework::action::{Action as FrameworkAction, Progress};
use crate::framework::diagnostics::Diagnostics;
use crate::framework::schema::Schema;
use crate::framework::value::Value;

/// A table with the session it works in.
pub(crate) struct TableAction {
    table: &'static Action,
    session: Session,
}

impl TableAction {
    /// Serves `table`.
    pub(crate) fn serve(table: &'static Action, session: Session) -> Arc<dyn FrameworkAction> {
        Arc::new(Self { table, session })
    }
}

#[async_trait]
impl FrameworkAction for TableAction {
    fn type_name(&self) -> &str {
        self.table.name
    }

    fn schema(&self) -> Schema {
        action_schema(self.table)
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        if let Some(validate) = self.table.hooks.validate {
            validate(config, &mut diagnostics);
        }
        diagnostics
    }

    async fn plan(&self, config: Value) -> Diagnostics {
        invoke::plan(self.table, &self.session, &config).await
    }

    async fn invoke(&self, config: Value, progress: &Progress) -> Diagnostics {
        let ended = invoke::invoke(self.table, &self.session, &config, progress).await;
        let mut diagnostics = ended.err().unwrap_or_default();
        unrecorded::warn(&self.session, &mut diagnostics);
        diagnostics
    }
}
