//! A table as a resource that the framework can serve.

use std::sync::Arc;

use async_trait::async_trait;

use crate::framework::diagnostics::Diagnostics;
use crate::framework::provider::{
    ApplyAnswer, CreateRequest, DeleteRequest, ImportAnswer, ManagedResource, PlanAnswer, PlanRequest, ReadAnswer,
    ReadRequest, UpdateRequest,
};
use crate::framework::schema::Schema;
use crate::framework::value::Value;

use super::session::Session;
use super::table::Resource;

/// A table with the session it works in.
pub struct TableResource {
    table: &'static Resource,
    session: Session,
}

impl TableResource {
    /// Serves `table`.
    pub fn serve(table: &'static Resource, session: Session) -> Arc<dyn ManagedResource> {
        Arc::new(Self { table, session })
    }
}

#[async_trait]
impl ManagedResource for TableResource {
    fn type_name(&self) -> &str {
        self.table.name
    }

    fn schema(&self) -> Schema {
        super::schema::resource_schema(self.table)
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        super::plan::validate(self.table, config)
    }

    async fn modify_plan(&self, request: PlanRequest<'_>) -> PlanAnswer {
        super::plan::plan(self.table, &self.session, request).await
    }

    async fn read(&self, request: ReadRequest) -> Result<ReadAnswer, Diagnostics> {
        super::read::read(self.table, &self.session, request).await
    }

    async fn create(&self, request: CreateRequest) -> ApplyAnswer {
        super::create::create(self.table, &self.session, &request).await
    }

    async fn update(&self, request: UpdateRequest) -> ApplyAnswer {
        super::update::update(self.table, &self.session, &request).await
    }

    async fn delete(&self, request: DeleteRequest) -> Result<Diagnostics, Diagnostics> {
        super::delete::delete(self.table, &self.session, &request).await
    }

    async fn import(&self, id: &str) -> Result<ImportAnswer, Diagnostics> {
        super::import::import(self.table, &self.session, id).await
    }
}
