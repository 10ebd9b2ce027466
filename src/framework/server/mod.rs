//! The tfplugin6 service over any [`Provider`].
//!
//! One file per RPC, with the RPC's name. What holds for all of them is here and in [`guard`](mod@guard): a user's problem is a
//! diagnostic and never a gRPC status, and a panic in one call is a diagnostic too, so that other resources survive it.
//! RPCs of protocol features that no provider here offers (state stores) answer UNIMPLEMENTED.

mod actions;
mod apply_resource_change;
mod catalogue;
mod deferral;
mod ephemeral_resources;
mod functions;
mod generate_resource_config;
mod guard;
mod identity;
mod import_resource_state;
mod list_resource;
mod messages;
mod move_resource_state;
mod plan_resource_change;
mod provider_schema;
mod read_data_source;
mod read_resource;
mod schema_message;
mod schema_service;
mod upgrade_resource_state;
mod validate_config;

use std::sync::Arc;

use tokio::sync::watch;
use tonic::codegen::BoxStream;
use tonic::{Request, Response, Status};

use super::proto::{self, provider_server};
use super::provider::{ConfigureRequest, Provider};
use crate::plugin::terminal;
use catalogue::Catalogue;
use deferral::Deferrals;
use guard::guard;
pub use schema_service::ProviderService;

/// Most bytes of one message in either direction: what plugins of Terraform's own making allow.
pub const MAX_MESSAGE_BYTES: usize = 256 << 20;

/// The service of a provider, with its message limits set.
#[cfg(feature = "internals")]
pub fn service<P: Provider>(provider: P) -> ProviderService<P> {
    hosted(provider).0
}

/// As [`service`], with what reaches the provider beside its service.
pub fn hosted<P: Provider>(provider: P) -> (ProviderService<P>, Handle<P>) {
    let server = Arc::new(Server::new(provider));
    (ProviderService::new(Arc::clone(&server)), Handle(server))
}

/// A provider that is served, for those who are told otherwise than by an RPC what becomes of it.
pub struct Handle<P>(Arc<Server<P>>);

impl<P: Provider> Handle<P> {
    /// Stops it as StopProvider does.
    pub fn stop(&self) {
        self.0.stop();
    }

    /// Lets it take back what is still open, since the process ends.
    pub async fn end(&self) {
        // The log has it; nobody else is left to be told.
        let _ = guard::caught("Shutdown", "", self.0.provider.end()).await;
    }
}

/// A provider as the RPCs see it.
pub struct Server<P> {
    provider: P,
    catalogue: Arc<Catalogue>,
    /// Counts stops, for what outlives its RPC method: streams.
    stops: watch::Sender<u64>,
    deferrals: Deferrals,
}

impl<P: Provider> Server<P> {
    /// Serves `provider`. Schemas are made when they are first needed.
    pub fn new(provider: P) -> Self {
        let catalogue = Arc::new(Catalogue::new(&provider));
        Self {
            provider,
            catalogue,
            stops: watch::Sender::new(0),
            deferrals: Deferrals::default(),
        }
    }

    /// What to answer in place of what needs the service, where the provider block is not known yet and the caller can wait.
    fn deferral(&self, capabilities: Option<proto::ClientCapabilities>) -> Option<proto::Deferred> {
        self.deferrals
            .of(self.provider.awaits_configuration(), capabilities.as_ref())
    }

    /// Ends what can be ended: waits, repetitions and searches. What is requested afterwards is served again.
    fn stop(&self) {
        self.stops.send_modify(|stops| *stops += 1);
        self.provider.stop();
    }
}

/// What an RPC method answers.
type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl<P: Provider> provider_server::Provider for Server<P> {
    // GetProviderSchema is answered by `schema_service`, before it comes here.

    async fn get_metadata(&self, _: Request<proto::get_metadata::Request>) -> Answer<proto::get_metadata::Response> {
        guard("GetMetadata", "", async {
            Ok(provider_schema::metadata(&self.catalogue))
        })
        .await
    }

    async fn get_resource_identity_schemas(
        &self,
        _: Request<proto::get_resource_identity_schemas::Request>,
    ) -> Answer<proto::get_resource_identity_schemas::Response> {
        guard("GetResourceIdentitySchemas", "", async {
            Ok(identity::schemas(&self.catalogue))
        })
        .await
    }

    async fn get_functions(&self, _: Request<proto::get_functions::Request>) -> Answer<proto::get_functions::Response> {
        guard("GetFunctions", "", async { Ok(functions::all(&self.catalogue)) }).await
    }

    async fn validate_provider_config(
        &self,
        request: Request<proto::validate_provider_config::Request>,
    ) -> Answer<proto::validate_provider_config::Response> {
        let request = request.into_inner();
        let work = async { validate_config::provider(&self.provider, &self.catalogue, &request) };
        guard("ValidateProviderConfig", "", work).await
    }

    async fn configure_provider(
        &self,
        request: Request<proto::configure_provider::Request>,
    ) -> Answer<proto::configure_provider::Response> {
        let request = request.into_inner();
        let work = async {
            let config = self
                .catalogue
                .provider
                .decode(request.config.as_ref(), "the provider configuration")?;
            self.deferrals.called_by(&request.terraform_version);
            let diagnostics = self
                .provider
                .configure(ConfigureRequest {
                    terraform_version: request.terraform_version,
                    config,
                })
                .await;
            Ok(proto::configure_provider::Response {
                diagnostics: messages::diagnostics(diagnostics),
            })
        };
        guard("ConfigureProvider", "", work).await
    }

    async fn stop_provider(&self, _: Request<proto::stop_provider::Request>) -> Answer<proto::stop_provider::Response> {
        tracing::info!("stopping: waits end, requests under way are finished");
        let stopped = guard::caught("StopProvider", "", async { self.stop() }).await;
        let error = stopped
            .err()
            .map(|diagnostic| terminal::text(&diagnostic.detail).into_owned());
        let error = error.unwrap_or_default();
        Ok(Response::new(proto::stop_provider::Response { error }))
    }

    async fn validate_resource_config(
        &self,
        request: Request<proto::validate_resource_config::Request>,
    ) -> Answer<proto::validate_resource_config::Response> {
        let request = request.into_inner();
        let work = async { validate_config::resource(&self.catalogue, &request) };
        guard("ValidateResourceConfig", &request.type_name, work).await
    }

    async fn upgrade_resource_state(
        &self,
        request: Request<proto::upgrade_resource_state::Request>,
    ) -> Answer<proto::upgrade_resource_state::Response> {
        let request = request.into_inner();
        let work = async { upgrade_resource_state::upgrade(&self.catalogue, &request) };
        guard("UpgradeResourceState", &request.type_name, work).await
    }

    async fn upgrade_resource_identity(
        &self,
        request: Request<proto::upgrade_resource_identity::Request>,
    ) -> Answer<proto::upgrade_resource_identity::Response> {
        let request = request.into_inner();
        let work = async { identity::upgrade(&self.catalogue, &request) };
        guard("UpgradeResourceIdentity", &request.type_name, work).await
    }

    async fn read_resource(
        &self,
        request: Request<proto::read_resource::Request>,
    ) -> Answer<proto::read_resource::Response> {
        let request = request.into_inner();
        guard(
            "ReadResource",
            &request.type_name,
            read_resource::read(&self.catalogue, &request, self.deferral(request.client_capabilities)),
        )
        .await
    }

    async fn plan_resource_change(
        &self,
        request: Request<proto::plan_resource_change::Request>,
    ) -> Answer<proto::plan_resource_change::Response> {
        let request = request.into_inner();
        guard(
            "PlanResourceChange",
            &request.type_name,
            plan_resource_change::plan(&self.catalogue, &request, self.deferral(request.client_capabilities)),
        )
        .await
    }

    async fn apply_resource_change(
        &self,
        request: Request<proto::apply_resource_change::Request>,
    ) -> Answer<proto::apply_resource_change::Response> {
        let request = request.into_inner();
        guard(
            "ApplyResourceChange",
            &request.type_name,
            apply_resource_change::apply(&self.catalogue, &request),
        )
        .await
    }

    async fn import_resource_state(
        &self,
        request: Request<proto::import_resource_state::Request>,
    ) -> Answer<proto::import_resource_state::Response> {
        let request = request.into_inner();
        guard(
            "ImportResourceState",
            &request.type_name,
            import_resource_state::import(&self.catalogue, &request, self.deferral(request.client_capabilities)),
        )
        .await
    }

    async fn move_resource_state(
        &self,
        request: Request<proto::move_resource_state::Request>,
    ) -> Answer<proto::move_resource_state::Response> {
        let request = request.into_inner();
        let work = async { move_resource_state::take_over(&self.catalogue, &request) };
        guard("MoveResourceState", &request.target_type_name, work).await
    }

    async fn generate_resource_config(
        &self,
        request: Request<proto::generate_resource_config::Request>,
    ) -> Answer<proto::generate_resource_config::Response> {
        let request = request.into_inner();
        let work = async { generate_resource_config::generate(&self.catalogue, &request) };
        guard("GenerateResourceConfig", &request.type_name, work).await
    }

    async fn validate_data_resource_config(
        &self,
        request: Request<proto::validate_data_resource_config::Request>,
    ) -> Answer<proto::validate_data_resource_config::Response> {
        let request = request.into_inner();
        let work = async { validate_config::data_source(&self.catalogue, &request) };
        guard("ValidateDataResourceConfig", &request.type_name, work).await
    }

    async fn read_data_source(
        &self,
        request: Request<proto::read_data_source::Request>,
    ) -> Answer<proto::read_data_source::Response> {
        let request = request.into_inner();
        guard(
            "ReadDataSource",
            &request.type_name,
            read_data_source::read(&self.catalogue, &request, self.deferral(request.client_capabilities)),
        )
        .await
    }

    async fn validate_ephemeral_resource_config(
        &self,
        request: Request<proto::validate_ephemeral_resource_config::Request>,
    ) -> Answer<proto::validate_ephemeral_resource_config::Response> {
        let request = request.into_inner();
        let work = async { validate_config::ephemeral_resource(&self.catalogue, &request) };
        guard("ValidateEphemeralResourceConfig", &request.type_name, work).await
    }

    async fn open_ephemeral_resource(
        &self,
        request: Request<proto::open_ephemeral_resource::Request>,
    ) -> Answer<proto::open_ephemeral_resource::Response> {
        let request = request.into_inner();
        guard(
            "OpenEphemeralResource",
            &request.type_name,
            ephemeral_resources::open(&self.catalogue, &request, self.deferral(request.client_capabilities)),
        )
        .await
    }

    async fn renew_ephemeral_resource(
        &self,
        request: Request<proto::renew_ephemeral_resource::Request>,
    ) -> Answer<proto::renew_ephemeral_resource::Response> {
        let request = request.into_inner();
        guard(
            "RenewEphemeralResource",
            &request.type_name,
            ephemeral_resources::renew(&self.catalogue, &request),
        )
        .await
    }

    async fn close_ephemeral_resource(
        &self,
        request: Request<proto::close_ephemeral_resource::Request>,
    ) -> Answer<proto::close_ephemeral_resource::Response> {
        let request = request.into_inner();
        guard(
            "CloseEphemeralResource",
            &request.type_name,
            ephemeral_resources::close(&self.catalogue, &request),
        )
        .await
    }

    async fn validate_list_resource_config(
        &self,
        request: Request<proto::validate_list_resource_config::Request>,
    ) -> Answer<proto::validate_list_resource_config::Response> {
        let request = request.into_inner();
        let work = async { validate_config::list_resource(&self.catalogue, &request) };
        guard("ValidateListResourceConfig", &request.type_name, work).await
    }

    async fn list_resource(
        &self,
        request: Request<proto::list_resource::Request>,
    ) -> Answer<BoxStream<proto::list_resource::Event>> {
        let stops = self.stops.subscribe();
        let events = list_resource::events(&self.catalogue, request.into_inner(), stops);
        Ok(Response::new(events))
    }

    async fn validate_action_config(
        &self,
        request: Request<proto::validate_action_config::Request>,
    ) -> Answer<proto::validate_action_config::Response> {
        let request = request.into_inner();
        let work = async { validate_config::action(&self.catalogue, &request) };
        guard("ValidateActionConfig", &request.action_type, work).await
    }

    async fn plan_action(&self, request: Request<proto::plan_action::Request>) -> Answer<proto::plan_action::Response> {
        let request = request.into_inner();
        guard(
            "PlanAction",
            &request.action_type,
            actions::plan(&self.catalogue, &request),
        )
        .await
    }

    async fn invoke_action(
        &self,
        request: Request<proto::invoke_action::Request>,
    ) -> Answer<BoxStream<proto::invoke_action::Event>> {
        let stops = self.stops.subscribe();
        let events = actions::events(&self.catalogue, request.into_inner(), stops);
        Ok(Response::new(events))
    }

    async fn call_function(
        &self,
        request: Request<proto::call_function::Request>,
    ) -> Answer<proto::call_function::Response> {
        let request = request.into_inner();
        let work = async { functions::call(&self.catalogue, &request) };
        Ok(Response::new(
            match guard::caught("CallFunction", &request.name, work).await {
                Ok(answer) => answer,
                Err(diagnostic) => functions::failure(&format!("{}. {}", diagnostic.summary, diagnostic.detail), None),
            },
        ))
    }
}
