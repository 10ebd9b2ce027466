//! The provider block, and the sorted list of everything that the provider offers.
//!
//! Start reading at [`offered`] for what there is and at [`settings`] for how the provider block, the environment and the
//! vendor CLI's profiles become credentials.

use std::sync::Arc;

use async_trait::async_trait;

use crate::engine::facts::{Managed, Policy};
use crate::engine::operations::session::{Connection, Session};
use crate::engine::serve::action::TableAction;
use crate::engine::serve::data_source::{DataSource as DataSourceTable, TableDataSource};
use crate::engine::serve::ephemeral::TableEphemeral;
use crate::engine::serve::list::TableList;
use crate::engine::serve::lookup;
use crate::engine::serve::resource::TableResource;
use crate::framework::action::Action;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::list::ListResource;
use crate::framework::provider::{
    ConfigureRequest, DataSource, EphemeralResource, Function, ManagedResource, Provider,
};
use crate::framework::schema::Schema;
use crate::framework::value::Value;
use crate::twilio::{Audit, Client, ClientConfig, Clock, ConfigError, Stop, SystemClock, Trust, proxy_secrets};

use sign_in::Origin;

mod audit;
pub mod block;
pub mod offered;
mod older_arguments;
mod policy;
pub(crate) mod profile;
pub(crate) mod settings;
mod sign_in;

use settings::{Outcome, Settings};

/// The provider's source address without the host of a registry: Terraform and OpenTofu each put their own before it.
pub const ADDRESS: &str = "twilio-community/twilio";

/// The provider for Twilio.
pub struct TwilioProvider {
    session: Session,
    /// What a variable of the environment says.
    environment: fn(&str) -> Option<String>,
    clock: Arc<dyn Clock>,
    /// Reaches every client of this process.
    stop: Stop,
    /// What is offered beside [`offered`].
    more: Vec<(&'static [Managed], &'static [DataSourceTable])>,
}

impl Default for TwilioProvider {
    /// One that lives by the system's clock.
    fn default() -> Self {
        Self::with_clock(Arc::new(SystemClock::new()))
    }
}

#[async_trait]
impl Provider for TwilioProvider {
    fn schema(&self) -> Schema {
        block::schema()
    }

    fn resources(&self) -> Vec<Arc<dyn ManagedResource>> {
        let more = self.more.iter().flat_map(|(tables, _)| *tables);
        let mut all: Vec<_> = (offered::RESOURCES.iter().chain(more))
            .map(|table| TableResource::serve(table, self.session.clone()))
            .collect();
        all.sort_by(|a, b| a.type_name().cmp(b.type_name()));
        all
    }

    fn data_sources(&self) -> Vec<Arc<dyn DataSource>> {
        let more = self.more.iter().flat_map(|(_, tables)| *tables);
        let by_hand =
            (offered::DATA_SOURCES.iter().chain(more)).map(|table| TableDataSource::serve(table, self.session.clone()));
        let more = self.more.iter().flat_map(|(tables, _)| *tables);
        let followed = (offered::RESOURCES.iter().chain(more)).flat_map(|table| lookup::serve(table, &self.session));
        let mut all: Vec<_> = by_hand.chain(followed).collect();
        all.sort_by(|a, b| a.type_name().cmp(b.type_name()));
        all
    }

    fn ephemeral_resources(&self) -> Vec<Arc<dyn EphemeralResource>> {
        let mut all: Vec<_> = (offered::EPHEMERAL_RESOURCES.iter())
            .map(|table| TableEphemeral::serve(table, self.session.clone()))
            .collect();
        all.sort_by(|a, b| a.type_name().cmp(b.type_name()));
        all
    }

    fn list_resources(&self) -> Vec<Arc<dyn ListResource>> {
        let more = self.more.iter().flat_map(|(tables, _)| *tables);
        let mut all: Vec<_> = (offered::RESOURCES.iter().chain(more))
            .filter_map(|table| TableList::serve(table, &self.session))
            .collect();
        all.sort_by(|a, b| a.type_name().cmp(b.type_name()));
        all
    }

    fn actions(&self) -> Vec<Arc<dyn Action>> {
        let mut all: Vec<_> = (offered::ACTIONS.iter())
            .map(|table| TableAction::serve(table, self.session.clone()))
            .collect();
        all.sort_by(|a, b| a.type_name().cmp(b.type_name()));
        all
    }

    fn awaits_configuration(&self) -> bool {
        matches!(self.session.connection(), Connection::Unknown(_))
    }

    fn functions(&self) -> Vec<Arc<dyn Function>> {
        offered::FUNCTIONS.iter().map(|table| table.serve()).collect()
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        block::validate(config)
    }

    async fn configure(&self, request: ConfigureRequest) -> Diagnostics {
        let rules = match policy::resolve(&request.config, &self.environment, &profile::read_file) {
            Ok(rules) => rules,
            Err(diagnostics) => return diagnostics,
        };
        let change = audit::change(&self.environment);
        let policy = Policy {
            rules,
            ticket: change.ticket,
            reason: change.reason,
            ..Policy::default()
        };
        match settings::resolve(&request.config, &self.environment, &profile::read_file) {
            Outcome::Unknown(arguments) => {
                self.session.set(Connection::Unknown(arguments), policy);
                Diagnostics::new()
            }
            Outcome::Wrong(diagnostics) => diagnostics,
            Outcome::Ready(settings) => self.connect(*settings, policy, &request.terraform_version),
        }
    }

    fn stop(&self) {
        self.stop.stop();
    }

    async fn end(&self) {
        self.session.leases().close_all().await;
    }
}

impl TwilioProvider {
    /// One whose client takes time and chance from `clock`.
    pub fn with_clock(clock: Arc<dyn Clock>) -> Self {
        Self {
            session: Session::default(),
            environment: |name| std::env::var(name).ok(),
            clock,
            stop: Stop::default(),
            more: Vec::new(),
        }
    }

    /// One that knows nothing of this process' environment: tests whose configuration is all that there is.
    #[cfg(feature = "internals")]
    #[must_use]
    pub fn without_environment(mut self) -> Self {
        self.environment = |_| None;
        self
    }

    /// Offers these too. What is shipped never does: it is for tests and measurements, with tables of their own.
    #[cfg(feature = "internals")]
    #[must_use]
    pub fn offering(mut self, resources: &'static [Managed], data_sources: &'static [DataSourceTable]) -> Self {
        self.more.push((resources, data_sources));
        self
    }

    fn connect(&self, settings: Settings, policy: Policy, terraform_version: &str) -> Diagnostics {
        let (region_from, edge_from) = (settings.region_from, settings.edge_from);
        let audit = match settings.audit_log.map(|path| Audit::open(&path, settings.change)) {
            None => None,
            Some(Ok(audit)) => Some(audit),
            Some(Err(error)) => return audit::unusable(&error).into(),
        };
        let config = ClientConfig {
            credentials: settings.credentials,
            checks_credentials: !settings.skip_credentials_validation,
            region: settings.region,
            edge: settings.edge,
            base_url: settings.base_url,
            max_retries: settings.max_retries,
            max_elapsed: settings.max_elapsed,
            max_concurrency: settings.max_concurrency,
            batch_reads: settings.batch_reads,
            request_timeout: settings.request_timeout,
            user_agent: user_agent(terraform_version),
            default_account: settings.subaccount,
            trust: Trust::from_environment(&|name| std::env::var_os(name)),
            audit,
            mask_phone_numbers: settings.mask_phone_numbers,
            read_only: policy.read_only().is_some(),
            secrets: proxy_secrets(&|name| std::env::var(name).ok()),
            stop: self.stop.clone(),
        };
        let client = match Client::with_clock(config, Arc::clone(&self.clock)) {
            Ok(client) => client,
            Err(error) => {
                return unusable(&error, region_from, edge_from).into();
            }
        };
        // Whether Twilio accepts the credentials is shown by the first response, whatever the request.
        self.session.set(Connection::Ready(client), policy);
        Diagnostics::new()
    }
}

/// A setting that the client cannot work with, at the place that it came from.
fn unusable(error: &ConfigError, region_from: Origin, edge_from: Origin) -> Diagnostic {
    match error {
        ConfigError::NotALabel { setting: "edge" } => edge_from.diagnostic(
            "edge",
            "Invalid edge",
            "is no edge location: those are small letters, digits and hyphens.",
        ),
        ConfigError::NotALabel { .. } => region_from.diagnostic(
            "region",
            "Invalid region",
            "is no region: those are small letters and digits, as us1 or ie1.",
        ),
        ConfigError::UnknownRegion { known } => region_from.diagnostic(
            "region",
            "Unknown region",
            &format!("names none of the known regions: {known}. If Twilio has it, set edge too."),
        ),
        ConfigError::BaseUrl { reason } => Diagnostic::error(
            "Invalid base_url",
            format!("base_url or TWILIO_BASE_URL cannot be used: {reason}. Nothing was changed."),
        )
        .at_attribute("base_url"),
        _ => Diagnostic::error(
            "Invalid provider configuration",
            format!("The provider block: {error}. Nothing was changed."),
        ),
    }
}

/// `terraform-provider-twilio/0.1.0 (+terraform/1.11.4; linux; x86_64)`.
fn user_agent(terraform_version: &str) -> String {
    let version: String = terraform_version
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || ".-+".contains(*c))
        .collect();
    format!(
        "terraform-provider-twilio/{} (+terraform/{version}; {}; {})",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}
