//! Accounts and their keys.

pub mod access;
pub mod account;
pub mod account_audit;
pub mod account_balance;
pub mod account_inventory;
mod account_status;
pub mod account_webhooks;
pub mod activate_subaccount;
pub mod api_key;
mod audit;
pub mod aws_credential;
pub mod bulk_export_configuration;
mod closing;
mod closing_policy;
pub mod codes;
pub mod connect_app;
pub mod ephemeral;
mod holdings;
pub mod key_policy;
mod older;
mod parts;
pub mod promote_auth_token;
pub mod public_key_credential;
mod recipient;
pub mod safelist_number;
mod snapshot;
pub mod subaccount;
pub mod suspend_subaccount;
pub mod webhook_check;
mod webhook_places;

use crate::engine::facts::{Action, Ephemeral, Managed};
use crate::engine::serve::data_source::DataSource;

/// Resources, sorted by name.
pub const RESOURCES: &[Managed] = &[
    api_key::API_KEY,
    aws_credential::AWS_CREDENTIAL,
    bulk_export_configuration::BULK_EXPORT_CONFIGURATION,
    connect_app::CONNECT_APP,
    public_key_credential::PUBLIC_KEY_CREDENTIAL,
    safelist_number::SAFELIST_NUMBER,
    subaccount::SUBACCOUNT,
];

/// Data sources that follow from no resource, sorted by name.
pub const DATA_SOURCES: &[DataSource] = &[
    account::ACCOUNT,
    account_audit::ACCOUNT_AUDIT,
    account_balance::ACCOUNT_BALANCE,
    account_inventory::ACCOUNT_INVENTORY,
    account_webhooks::ACCOUNT_WEBHOOKS,
    key_policy::KEY_POLICY,
    webhook_check::WEBHOOK_CHECK,
];

/// Ephemeral resources, sorted by name.
pub const EPHEMERAL_RESOURCES: &[Ephemeral] = ephemeral::ALL;

/// Actions, sorted by name.
pub const ACTIONS: &[Action] = &[
    activate_subaccount::ACTIVATE_SUBACCOUNT,
    promote_auth_token::PROMOTE_AUTH_TOKEN,
    suspend_subaccount::SUSPEND_SUBACCOUNT,
];
