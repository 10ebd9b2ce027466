//! Ephemeral resources: a table of attributes, one function that opens and one that closes.
//!
//! Terraform hands the value on that was opened, whatever a renewal answers. So nothing is exchanged when a value is about to
//! expire: the renewal says that it is.

use std::sync::Arc;
use std::time::SystemTime;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::engine::errors::diagnose::Reading;
use crate::engine::facts::hooks::{Fault, Warnings};
use crate::engine::facts::{Ephemeral, Opened, Opening, Operation, Spelling};
use crate::engine::operations::leases::{Lease, UnderWay};
use crate::engine::operations::policy;
use crate::engine::operations::session::Session;
use crate::engine::values::properties::flatten;
use crate::engine::values::schema::data_source_schema;
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::provider::{EphemeralResource, OpenAnswer, Private, RenewAnswer};
use crate::framework::schema::Schema;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client};

/// How long before a value expires the run is told.
const BEFORE_IT_EXPIRES: SignedDuration = SignedDuration::from_secs(30);

/// A table with the session it works in.
pub(crate) struct TableEphemeral {
    table: &'static Ephemeral,
    session: Session,
}

/// What closing and renewing need, for as long as the object may live. It holds no secret.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    account_sid: String,
    /// What has to be closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
    /// When it ends by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
}

impl TableEphemeral {
    /// Serves `table`.
    pub(crate) fn serve(table: &'static Ephemeral, session: Session) -> Arc<dyn EphemeralResource> {
        Arc::new(Self { table, session })
    }

    fn lease(&self, client: &Client, account: &AccountSid, sid: &str) -> Option<Lease> {
        Some(Lease {
            type_name: self.table.name,
            client: client.clone(),
            account: account.clone(),
            sid: sid.to_owned(),
            close: self.table.close?,
        })
    }

    fn diagnostic(&self, operation: Operation, fault: Fault, config: &Value) -> Diagnostic {
        match fault {
            Fault::Diagnostic(diagnostic) => *diagnostic,
            Fault::Api(error) => Reading {
                operation,
                type_name: self.table.name,
                noun: self.table.noun,
                whereabouts: "",
                fields: self.table.attributes,
                filters: &[],
                codes: self.table.codes,
                has_account: false,
                config,
            }
            .diagnose(&error),
        }
    }

    /// The error for something that may still be there.
    fn not_closed(&self, fault: Fault, sid: &str) -> Diagnostic {
        let mut diagnostic = self.diagnostic(Operation::Close, fault, &Value::Null);
        diagnostic.summary = format!("{} {sid} could not be closed", self.table.name);
        diagnostic.detail = format!(
            "The {} {sid} was made for this run, and may still work. Look for it in Twilio's Console, and \
             revoke it there.\n\n{}",
            self.table.noun, diagnostic.detail
        );
        diagnostic
    }
}

#[async_trait]
impl EphemeralResource for TableEphemeral {
    fn type_name(&self) -> &str {
        self.table.name
    }

    fn schema(&self) -> Schema {
        data_source_schema(self.table.doc, self.table.attributes, self.table.rules)
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        if let Some(validate) = self.table.validate {
            validate(config, &mut diagnostics);
        }
        diagnostics
    }

    async fn open(&self, config: Value) -> Result<OpenAnswer, Diagnostics> {
        let table = self.table;
        let against = policy::review_open(&self.session.policy(), table);
        if against.has_errors() {
            return Err(against);
        }
        let (client, account) = self.session.connect("open", table.name, table.attributes, &config)?;
        let (leases, warnings) = (self.session.leases(), Warnings::default());
        let name = table
            .called
            .map(|called| called(leases.run(&client), &client))
            .unwrap_or_default();
        let under_way = table.called.map(|_| leases.opening(table.name, &name));
        let opening = Opening {
            client: &client,
            account: &account,
            config: &config,
            name: &name,
            warnings: &warnings,
        };
        let opened = (table.open)(opening).await;
        under_way.into_iter().for_each(UnderWay::settle);
        let Opened {
            mut properties,
            expires,
            sid,
        } = opened.map_err(|fault| self.diagnostic(Operation::Open, fault, &config))?;
        let lease = sid.as_ref().and_then(|sid| self.lease(&client, &account, sid));
        if let Some(lease) = lease.and_then(|lease| leases.add(lease)) {
            lease
                .close()
                .await
                .map_err(|fault| self.not_closed(fault, &lease.sid))?;
            return Err(Diagnostic::error(
                format!("Interrupted while opening {}", table.name),
                format!(
                    "The run ended while the {} was made, so it was taken back at once.",
                    table.noun
                ),
            )
            .into());
        }
        properties
            .entry("account_sid")
            .or_insert_with(|| account.as_str().into());
        let (result, _) = flatten(table.attributes, Spelling::Snake, &properties, &config, Operation::Read);
        let kept = Kept {
            account_sid: account.to_string(),
            sid,
            expires: expires.map(|expires| expires.to_string()),
        };
        Ok(OpenAnswer {
            result,
            renew_at: expires.map(|expires| renewed_at(&client, expires)),
            private: serde_json::to_vec(&kept).unwrap_or_default(),
            diagnostics: warnings.take(),
        })
    }

    async fn renew(&self, private: Private) -> Result<RenewAnswer, Diagnostics> {
        let kept: Option<Kept> = serde_json::from_slice(&private).ok();
        let expires = kept.and_then(|kept| kept.expires);
        let diagnostics = expires.map(|expires| {
            let (name, noun) = (self.table.name, self.table.noun);
            tracing::warn!(type_name = name, expires, "it expires while the run goes on");
            Diagnostic::warning(
                format!("{name} expires during this run"),
                format!(
                    "The {noun} that was opened for this run is good until {expires}. Terraform hands the same value on for the \
                     whole run, so it cannot be exchanged, and what uses it later is refused. {}",
                    self.table.lasts_longer
                ),
            )
        });
        Ok(RenewAnswer {
            renew_at: None,
            private,
            diagnostics: diagnostics.into_iter().collect(),
        })
    }

    async fn close(&self, private: Private) -> Diagnostics {
        let kept: Option<Kept> = serde_json::from_slice(&private).ok();
        let Some((sid, account)) = kept.and_then(|kept| Some((kept.sid?, kept.account_sid.parse().ok()?))) else {
            return Diagnostics::new();
        };
        let leases = self.session.leases();
        let again = || {
            let client = self.session.client()?;
            self.lease(&client.hiding(Vec::new()), &account, &sid)
        };
        let Some(lease) = leases.find(self.table.name, &sid).or_else(again) else {
            return Diagnostics::new();
        };
        match lease.close().await {
            Ok(()) => {
                leases.remove(self.table.name, &sid);
                Diagnostics::new()
            }
            // It is tried once more when the process ends.
            Err(fault) => self.not_closed(fault, &sid).into(),
        }
    }
}

/// Terraform goes by this machine's clock, and what expires by Twilio's.
fn renewed_at(client: &Client, expires: Timestamp) -> SystemTime {
    let left = expires.duration_since(client.server_time());
    // What lives shorter than that is told of halfway.
    let pause = (left - BEFORE_IT_EXPIRES).max(left / 2).max(SignedDuration::ZERO);
    SystemTime::from(client.local_time().saturating_add(pause).unwrap_or(expires))
}
