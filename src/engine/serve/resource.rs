//! A table as a resource that the framework can serve.

use std::sync::Arc;

use async_trait::async_trait;
use serde_json::Value as Json;

use crate::engine::errors::folding::name_in_warnings;
use crate::engine::facts::Managed;
use crate::engine::operations::arrival;
use crate::engine::operations::session::Session;
use crate::engine::operations::sign_in::{self, Needs};
use crate::engine::serve::unrecorded;
use crate::engine::sharing::claims;
use crate::engine::values::identity::identity_schema;
use crate::engine::values::last_write::LastWrite;
use crate::engine::values::private::{Stored, new_holder};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::identity::IdentitySchema;
use crate::framework::provider::{
    ApplyAnswer, CreateRequest, DeleteRequest, ImportAnswer, ManagedResource, MoveSource, PlanAnswer, PlanRequest,
    Private, ReadAnswer, ReadRequest, UpdateRequest,
};
use crate::framework::schema::Schema;
use crate::framework::value::Value;

/// A table with the session it works in.
pub(crate) struct TableResource {
    table: &'static Managed,
    session: Session,
}

impl TableResource {
    /// Serves `table`.
    pub(crate) fn serve(table: &'static Managed, session: Session) -> Arc<dyn ManagedResource> {
        Arc::new(Self { table, session })
    }
}

/// What must be known of the credentials before this plan is approved: a plan of something new may have sent no request. What
/// exists was read before, and that response showed it, or Terraform was run without refresh.
fn needs(request: &PlanRequest<'_>, answer: &PlanAnswer) -> Option<Needs> {
    if answer.diagnostics.has_errors() || !request.prior.is_null() {
        return None;
    }
    // Of what goes into an account that it names itself, or that is not known yet, that one is a matter of the apply.
    let goes_to_default = request.config.attr("account_sid").is_null();
    Some(if goes_to_default {
        Needs::DefaultAccount
    } else {
        Needs::SignIn
    })
}

#[async_trait]
impl ManagedResource for TableResource {
    fn type_name(&self) -> &str {
        self.table.object.name
    }

    fn schema(&self) -> Schema {
        crate::engine::values::schema::resource_schema(self.table)
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        crate::engine::operations::validate::validate(self.table, config)
    }

    fn has_written(&self, private: &[u8]) -> bool {
        LastWrite::from_private(private).is_some()
    }

    async fn modify_plan(&self, request: PlanRequest<'_>) -> PlanAnswer {
        let client = self
            .session
            .client()
            .map(|client| client.on_behalf_of(self.table.object.name));
        let mut answer = crate::engine::operations::plan::plan(self.table, &self.session, request).await;
        let subject = match request.prior.is_null() {
            true => &answer.planned,
            false => request.prior,
        };
        name_in_warnings(&self.table.object, subject, &mut answer.diagnostics);
        if let (Some(client), Some(needs)) = (client, needs(&request, &answer)) {
            match sign_in::ensure(&client, needs).await {
                Ok(warning) => answer.diagnostics.extend(warning),
                Err(diagnostic) => answer.diagnostics.push(diagnostic),
            }
        }
        answer
    }

    async fn read(&self, request: ReadRequest) -> Result<ReadAnswer, Diagnostics> {
        let ledger = self.session.ledger();
        let (before, stored) = (request.state.clone(), Stored::decode(&request.private));
        // What comes from elsewhere has no holder until it is found.
        let is_awaited = arrival::is_awaited(&stored);
        if !is_awaited {
            claims::reads(self.table, &ledger, &before, &stored);
        }
        let mut answer = crate::engine::operations::read::read(self.table, &self.session, request).await?;
        if is_awaited {
            claims::reads(self.table, &ledger, &before, &Stored::decode(&answer.private));
        }
        match (&answer.state, claims::key_of(self.table, &before)) {
            (Some(state), _) => {
                let stored = Stored::decode(&answer.private);
                let now = claims::after_read(self.table, &ledger, state, stored.clone());
                if now != stored {
                    answer.private = now.encode();
                }
            }
            (None, Some(key)) => ledger.is_missing(&key),
            (None, None) => {}
        }
        Ok(answer)
    }

    async fn create(&self, request: CreateRequest) -> ApplyAnswer {
        let mut answer = crate::engine::operations::create::create(self.table, &self.session, &request).await;
        let subject = answer.state.as_ref().unwrap_or(&request.planned);
        name_in_warnings(&self.table.object, subject, &mut answer.diagnostics);
        unrecorded::warn(&self.session, &mut answer.diagnostics);
        answer
    }

    async fn update(&self, request: UpdateRequest) -> ApplyAnswer {
        let mut answer = crate::engine::operations::update::update(self.table, &self.session, &request).await;
        name_in_warnings(&self.table.object, &request.prior, &mut answer.diagnostics);
        unrecorded::warn(&self.session, &mut answer.diagnostics);
        answer
    }

    async fn delete(&self, request: DeleteRequest) -> Result<Diagnostics, Diagnostics> {
        let mut outcome = crate::engine::operations::delete::delete(self.table, &self.session, &request).await;
        match &mut outcome {
            Ok(diagnostics) | Err(diagnostics) => {
                name_in_warnings(&self.table.object, &request.prior, diagnostics);
                unrecorded::warn(&self.session, diagnostics);
            }
        }
        outcome
    }

    fn upgrade(&self, from_version: i64, state: Json) -> Result<Json, Diagnostic> {
        crate::engine::older::upgrade(self.table, from_version, state)
    }

    /// Each type takes over its own objects, which another registry's copy of this provider may have made.
    fn supports_moves(&self) -> bool {
        true
    }

    fn move_from(&self, source: &MoveSource) -> Option<Result<Json, Diagnostic>> {
        crate::engine::older::take_over(self.table, source)
    }

    fn private_of_what_stands(&self, request: &DeleteRequest) -> Private {
        crate::engine::operations::delete::private_of_what_stands(self.table, &self.session, request)
    }

    async fn import(&self, id: &str) -> Result<ImportAnswer, Diagnostics> {
        let answer = crate::engine::operations::import::import(self.table, &self.session, id).await?;
        Ok(held(answer))
    }

    fn identity(&self) -> Option<IdentitySchema> {
        Some(identity_schema(&self.table.object))
    }

    async fn import_by_identity(&self, identity: Value) -> Result<ImportAnswer, Diagnostics> {
        let answer = crate::engine::operations::import::import_by_identity(self.table, &self.session, &identity)?;
        Ok(held(answer))
    }
}

/// What comes into a state has a holder from then on.
fn held(mut answer: ImportAnswer) -> ImportAnswer {
    answer.private = Stored::decode(&answer.private).held_by(&new_holder()).encode();
    answer
}
