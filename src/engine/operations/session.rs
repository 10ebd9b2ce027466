//! What the provider block connected the process to.

use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use crate::engine::facts::{AccountRule, Field, Managed, Memory, Policy};
use crate::engine::operations::leases::Leases;
use crate::engine::sharing::ledger::Ledger;
use crate::engine::values::import_id::id_of;
use crate::engine::values::secrets;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client};

/// Shared by everything that a provider process offers. Cheap to clone.
#[derive(Clone, Default)]
pub struct Session {
    run: Arc<RwLock<Run>>,
    leases: Leases,
}

/// For how many objects of one run other accounts are searched. Who imports hundreds with one wrong account learns it from the
/// first ones.
const MOST_ACCOUNT_SEARCHES: usize = 5;

/// What begins with each provider block.
#[derive(Clone, Default)]
struct Run {
    connection: Connection,
    policy: Arc<Policy>,
    ledger: Arc<Ledger>,
    memory: Arc<Memory>,
    account_searches: Arc<AtomicUsize>,
}

/// How far the provider block has come.
#[derive(Clone, Default)]
pub enum Connection {
    /// No provider block yet. Validation, upgrades and functions work like this.
    #[default]
    NotConfigured,
    /// The named arguments of the provider block are not known yet, as while planning when they come from a resource.
    Unknown(Vec<String>),
    /// Ready.
    Ready(Client),
}

impl Session {
    /// Takes what the provider block says now: a run begins, in which nothing has been planned or done yet.
    pub fn set(&self, connection: Connection, policy: Policy) {
        let run = Run {
            connection,
            policy: Arc::new(policy),
            ledger: Arc::default(),
            memory: Arc::default(),
            account_searches: Arc::default(),
        };
        *self.run.write().unwrap_or_else(PoisonError::into_inner) = run;
    }

    /// What is allowed.
    pub fn policy(&self) -> Arc<Policy> {
        let run = self.run.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&run.policy)
    }

    /// What this process knows of the run.
    pub fn ledger(&self) -> Arc<Ledger> {
        let run = self.run.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&run.ledger)
    }

    /// What the hooks of this run remember.
    pub(crate) fn memory(&self) -> Arc<Memory> {
        let run = self.run.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&run.memory)
    }

    /// Whether other accounts may be searched for one more object. Each yes counts.
    pub(crate) fn may_search_accounts(&self) -> bool {
        let run = self.run.read().unwrap_or_else(PoisonError::into_inner);
        run.account_searches.fetch_add(1, Ordering::Relaxed) < MOST_ACCOUNT_SEARCHES
    }

    /// What is open in this process, whatever the provider block says now.
    pub fn leases(&self) -> Leases {
        self.leases.clone()
    }

    /// What the provider block said.
    pub fn connection(&self) -> Connection {
        let run = self.run.read().unwrap_or_else(PoisonError::into_inner);
        run.connection.clone()
    }

    /// The client, if it is ready.
    pub fn client(&self) -> Option<Client> {
        match self.connection() {
            Connection::Ready(client) => Some(client),
            Connection::NotConfigured | Connection::Unknown(_) => None,
        }
    }

    /// The client, or why there is none.
    ///
    /// # Errors
    /// A diagnostic that names the arguments of the provider block that are not known.
    pub fn require(&self, purpose: &str) -> Result<Client, Diagnostic> {
        match self.connection() {
            Connection::Ready(client) => Ok(client),
            Connection::Unknown(arguments) => Err(Diagnostic::error(
                format!("Cannot {purpose} before the provider is configured"),
                format!(
                    "The provider block's {} not known yet: the value comes from something that this run still has to \
                     create. Nothing was changed. Create that first (for example with -target), or better: keep one \
                     provider block with the parent account's credentials and set account_sid on each resource.",
                    sentence(&arguments)
                ),
            )),
            Connection::NotConfigured => Err(Diagnostic::error(
                format!("Cannot {purpose} before the provider is configured"),
                "Terraform sent this request before it configured the provider. This is a bug in the provider or in \
                 Terraform.",
            )),
        }
    }

    /// The client on behalf of the resource or data source `type_name`, to `operation` it, and the account that `object` is or
    /// will be in. What `fields` call sensitive is hidden in whatever is said of its requests.
    ///
    /// # Errors
    /// As [`Session::require`] and [`account_of`].
    pub fn connect(
        &self,
        operation: &str,
        type_name: &'static str,
        fields: &[Field],
        object: &Value,
    ) -> Result<(Client, AccountSid), Diagnostic> {
        let client = self
            .require(&format!("{operation} {type_name}"))?
            .on_behalf_of(type_name)
            .hiding(secrets::names(fields));
        let account = account_of(object, &client)?;
        Ok((client, account))
    }

    /// As [`Session::connect`], on behalf of a resource whose object is in the state.
    ///
    /// # Errors
    /// As [`Session::connect`]; also when the state contradicts itself about which object it is.
    pub fn connect_to(
        &self,
        operation: &str,
        resource: &Managed,
        state: &Value,
    ) -> Result<(Client, AccountSid), Diagnostic> {
        refuse_two_objects(resource, operation, state)?;
        self.connect(operation, resource.object.name, resource.object.fields, state)
    }
}

/// A state that somebody has edited may have the `id` of one object and the SID, or another key, of a second one. Nothing tells
/// which of them was meant, and one of them may be a stranger's.
fn refuse_two_objects(resource: &Managed, operation: &str, state: &Value) -> Result<(), Diagnostic> {
    let object = &resource.object;
    let (Some(id), Some(key)) = (state.attr("id").as_str(), id_of(object, state)) else {
        return Ok(());
    };
    if id == key {
        return Ok(());
    }
    let parts: Vec<_> = object.id_parts().collect();
    Err(Diagnostic::error(
        format!("The state of {} names two objects", object.name),
        format!(
            "Its id is {id:?}, and its {} {key:?}, so it is not known which {} to {operation}. Nothing was sent, and the state \
             was left as it is. Terraform never writes such a state; it was edited. Take the resource out of the state \
             (`terraform state rm`) and import the one that is meant: `{id}` or `{key}`.",
            match parts.as_slice() {
                [] => "account_sid says".to_owned(),
                [part] => format!("{part} says"),
                parts => format!("{} say", parts.join(" and ")),
            },
            object.noun
        ),
    ))
}

fn sentence(arguments: &[String]) -> String {
    match arguments {
        [] => "configuration is".to_owned(),
        [one] => format!("{one} is"),
        [most @ .., last] => format!("{} and {last} are", most.join(", ")),
    }
}

/// The account an object is or will be in: its own `account_sid`, else the one that resources go into by default.
///
/// # Errors
/// A diagnostic when `account_sid` is not an account SID.
pub fn account_of(object: &Value, client: &Client) -> Result<AccountSid, Diagnostic> {
    match object.attr("account_sid").as_str() {
        None => Ok(client.default_account().clone()),
        Some(text) => AccountSid::from_str(text).map_err(|error| {
            Diagnostic::error(
                "Invalid account SID",
                format!("account_sid: {error}. Nothing was changed."),
            )
            .at_attribute("account_sid")
        }),
    }
}

/// Twilio has no subaccounts of subaccounts, so nothing new that is an account itself goes where a provider's
/// `subaccount_sid` points. `outcome` says what did not happen.
///
/// # Errors
/// A diagnostic that names the subaccount and the way on.
pub fn refuse_an_account_in_a_subaccount(resource: &Managed, client: &Client, outcome: &str) -> Result<(), Diagnostic> {
    let (own, default) = (client.account(), client.default_account());
    if resource.object.account != AccountRule::Owned || own == default {
        return Ok(());
    }
    Err(Diagnostic::error(
        format!("{} cannot go into a subaccount", resource.object.name),
        format!(
            "The provider's subaccount_sid (TWILIO_SUBACCOUNT_SID) is {default}, and Twilio has no subaccounts of \
             subaccounts. {outcome} Give this resource a provider block without subaccount_sid, for example an alias that \
             is signed in to {own} alone."
        ),
    ))
}
