//! Data sources: a table of attributes, and one function that asks.

use std::sync::Arc;

use async_trait::async_trait;

use crate::engine::errors::diagnose::Reading;
use crate::engine::facts::hooks::{Fault, Step, Warnings};
use crate::engine::facts::{
    Access, Category, Deviation, Field, KnownCode, Needs, Omitted, Operation, Properties, Rule, Spelling,
};
use crate::engine::operations::policy;
use crate::engine::operations::session::Session;
use crate::engine::values::properties::flatten;
use crate::framework::diagnostics::Diagnostics;
use crate::framework::provider::{DataSource as FrameworkDataSource, DataSourceAnswer};
use crate::framework::schema::Schema;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client, Product};

/// Something of Twilio's that Terraform reads.
#[cfg_attr(
    not(feature = "internals"),
    expect(
        dead_code,
        reason = "facts for the documentation and for the checks against the contract"
    )
)]
#[derive(Clone, Copy)]
pub struct DataSource {
    /// Terraform's type name.
    pub name: &'static str,
    /// The provider version that offered it first.
    pub since: &'static str,
    /// What it is, in a noun phrase used within sentences.
    pub noun: &'static str,
    /// Markdown: what it is for.
    pub doc: &'static str,
    /// Markdown: what a person who uses it has to know of Twilio and would not expect, a fact each.
    pub quirks: &'static [&'static str],
    /// Its heading in the documentation, and the folder of its table.
    pub category: Category,
    /// Twilio's page on it.
    pub api_page: &'static str,
    /// The attributes in documentation order. One named `account_sid` is the account that is read.
    pub attributes: &'static [Field],
    /// What it reads, to be compared with the contract.
    pub place: ReadPlace,
    /// What its products know of Twilio's error codes, beside those that anything may be refused with.
    pub codes: &'static [&'static [KnownCode]],
    /// Rules between attributes.
    pub rules: &'static [Rule],
    /// Checks between attributes. Any part of the configuration may be unknown.
    pub validate: Option<fn(config: &Value, diagnostics: &mut Diagnostics)>,
    /// Asks Twilio. The response is laid over the configuration by the attributes' read names.
    pub read: for<'a> fn(Query<'a>) -> Step<'a, Properties>,
}

/// What a data source reads.
#[cfg_attr(
    not(feature = "internals"),
    expect(dead_code, reason = "facts for the checks against the contract")
)]
#[derive(Clone, Copy)]
pub struct ReadPlace {
    /// Which of Twilio's hosts serves it.
    pub product: Product,
    /// The paths that are read, one or the other, with `{attribute}` in place of parts that differ.
    pub paths: &'static [&'static str],
    /// What else is read, where it may be: a part that is left out, and named, where these credentials do not get to see it.
    pub also: &'static [Access],
    /// The attribute that has the items, where they are lists; otherwise the object's fields are the attributes themselves.
    pub items: Option<&'static str>,
    /// The attributes that are sent as parameters of the query.
    pub filters: &'static [&'static str],
    /// Parameters of the contract that are left out on purpose, each with the reason.
    pub omitted: &'static [Omitted],
    /// Rules of the catalogue that it breaks, each with the reason.
    pub deviations: &'static [Deviation],
    /// Whether its attributes are worked out of what is read, so that they and the parameters are not those of the paths.
    pub is_worked_out: bool,
    /// Whether a read with this configuration costs money; `None` where none does.
    pub is_paid: Option<fn(config: &Value) -> bool>,
}

impl ReadPlace {
    /// One object at a path of a product.
    pub const fn object(product: Product, paths: &'static [&'static str]) -> Self {
        Self {
            product,
            paths,
            also: &[],
            items: None,
            filters: &[],
            omitted: &[],
            deviations: &[],
            is_worked_out: false,
            is_paid: None,
        }
    }

    /// The items of lists at paths of a product, one path or the other.
    pub const fn list(product: Product, paths: &'static [&'static str], items: &'static str) -> Self {
        Self {
            items: Some(items),
            ..Self::object(product, paths)
        }
    }

    /// Sends these attributes as parameters of the query.
    pub const fn filters(self, filters: &'static [&'static str]) -> Self {
        Self { filters, ..self }
    }

    /// Breaks these rules of the catalogue, each with the reason.
    pub const fn deviations(self, deviations: &'static [Deviation]) -> Self {
        Self { deviations, ..self }
    }

    /// Reads this too, as far as it may.
    pub const fn also(self, also: &'static [Access]) -> Self {
        Self { also, ..self }
    }

    /// Something that is worked out of what these paths of a product have.
    pub const fn worked_out(product: Product, paths: &'static [&'static str]) -> Self {
        Self {
            is_worked_out: true,
            ..Self::object(product, paths)
        }
    }
}

impl DataSource {
    /// The requests that it makes.
    pub fn needs(&self) -> Needs {
        let paths = self.place.paths.iter();
        Needs {
            reads: paths.map(|path| Access::get(self.place.product, path)).collect(),
            helps: self.place.also.to_vec(),
            ..Needs::default()
        }
    }
}

/// The request to a data source.
#[derive(Clone, Copy)]
pub struct Query<'a> {
    /// Twilio.
    pub client: &'a Client,
    /// The account that is read.
    pub account: &'a AccountSid,
    /// The configuration, wholly known.
    pub config: &'a Value,
    /// Takes warnings, as that a part could not be read.
    pub warnings: &'a Warnings,
}

/// A table with the session it works in.
pub struct TableDataSource {
    table: &'static DataSource,
    session: Session,
}

impl TableDataSource {
    /// Serves `table`.
    pub fn serve(table: &'static DataSource, session: Session) -> Arc<dyn FrameworkDataSource> {
        Arc::new(Self { table, session })
    }
}

#[async_trait]
impl FrameworkDataSource for TableDataSource {
    fn type_name(&self) -> &str {
        self.table.name
    }

    fn schema(&self) -> Schema {
        crate::engine::values::schema::data_source_schema(self.table.doc, self.table.attributes, self.table.rules)
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        if let Some(validate) = self.table.validate {
            validate(config, &mut diagnostics);
        }
        diagnostics
    }

    async fn read(&self, config: Value) -> Result<DataSourceAnswer, Diagnostics> {
        let table = self.table;
        let is_paid = table.place.is_paid.is_some_and(|is_paid| is_paid(&config));
        let against = policy::review_read(&self.session.policy(), table.name, is_paid);
        if against.has_errors() {
            return Err(against);
        }
        let (client, account) = self.session.connect("read", table.name, table.attributes, &config)?;
        let warnings = Warnings::default();
        let query = Query {
            client: &client,
            account: &account,
            config: &config,
            warnings: &warnings,
        };
        match (table.read)(query).await {
            Ok(mut answer) => {
                answer.entry("account_sid").or_insert_with(|| account.as_str().into());
                let (state, _) = flatten(table.attributes, Spelling::Snake, &answer, &config, Operation::Read);
                Ok(DataSourceAnswer {
                    state,
                    diagnostics: warnings.take(),
                })
            }
            Err(fault) => {
                let diagnostic = match fault {
                    Fault::Diagnostic(diagnostic) => *diagnostic,
                    Fault::Api(error) => {
                        let reading = Reading {
                            operation: Operation::Read,
                            whereabouts: "",
                            type_name: table.name,
                            noun: table.noun,
                            fields: table.attributes,
                            filters: &[],
                            codes: table.codes,
                            has_account: false,
                            config: &config,
                        };
                        reading.diagnose(&error)
                    }
                };
                Err(diagnostic.into())
            }
        }
    }
}
