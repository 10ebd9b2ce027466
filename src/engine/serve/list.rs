//! A table as a search for its objects (`terraform query`).

use std::sync::Arc;

use async_trait::async_trait;
use futures::StreamExt as _;

use crate::engine::errors::diagnose::{Reading, label};
use crate::engine::facts::hooks::{Call, Fault, Warnings};
use crate::engine::facts::{AccountRule, Managed, Object, Operation, Properties};
use crate::engine::operations::absence;
use crate::engine::operations::find::{below, diagnose};
use crate::engine::operations::list::{Depth, ListError, Search, objects, state_of};
use crate::engine::operations::session::Session;
use crate::engine::serve::lookup::{connect, place};
use crate::engine::values::lookup_schema::{key_name, parents_of_list, search_schema};
use crate::framework::diagnostics::{Diagnostic, Severity};
use crate::framework::list::{ListEnd, ListItem, ListRequest, ListResource, ListSink};
use crate::framework::schema::Schema;
use crate::framework::value::Value;
use crate::twilio::AccountSid;

/// The search for the objects of a table.
pub(crate) struct TableList {
    table: &'static Managed,
    session: Session,
}

impl TableList {
    /// Serves `table`; `None` where Twilio has no list of its objects.
    pub(crate) fn serve(table: &'static Managed, session: &Session) -> Option<Arc<dyn ListResource>> {
        table.object.plural?;
        Some(Arc::new(Self {
            table,
            session: session.clone(),
        }))
    }
}

#[async_trait]
impl ListResource for TableList {
    fn type_name(&self) -> &str {
        self.table.object.name
    }

    fn schema(&self) -> Schema {
        search_schema(self.table).unwrap_or_default()
    }

    async fn list(&self, request: ListRequest, sink: &ListSink) -> Result<(), ListEnd> {
        let (object, config) = (&self.table.object, &request.config);
        let (client, account) = connect(&self.session, "list", object.name, object, config)?;
        let warnings = Warnings::default();
        let state = place(parents_of_list(object), &account, config);
        let call = Call {
            object,
            client: &client,
            account: &account,
            state: &state,
            warnings: &warnings,
        };
        let ended = search(call, &request, sink).await;
        let mut said = warnings.take();
        match ended {
            Err(ListEnd::Failed(why)) => {
                said.extend(why);
                Err(said.into())
            }
            ended => {
                if !said.is_empty() {
                    sink.warn(said).await?;
                }
                ended
            }
        }
    }
}

async fn search(call: Call<'_>, request: &ListRequest, sink: &ListSink) -> Result<(), ListEnd> {
    let search = Search {
        filters: &request.config,
        depth: match request.include_resource {
            true => Depth::Whole,
            false => Depth::Item,
        },
        at_most: request.limit,
    };
    let mut found = match objects(call, search) {
        Ok(found) => found,
        Err(fault) => return Err(cannot_go_on(call, &request.config, fault).await.into()),
    };
    while let Some(next) = found.next().await {
        let item = match next {
            Ok(properties) => item(call, properties),
            Err(ListError {
                fault,
                item: Some(properties),
            }) => unread(call, fault, *properties),
            Err(ListError { fault, item: None }) => {
                return Err(cannot_go_on(call, &request.config, fault).await.into());
            }
        };
        sink.send(item).await?;
    }
    Ok(())
}

fn item(call: Call<'_>, properties: Properties) -> ListItem {
    let state = shown(call.object, state_of(call, properties));
    ListItem::new(display_name(call.object, &state), state)
}

/// An object whose own read failed: what the list returned of it, and why there is no more.
fn unread(call: Call<'_>, fault: Fault, properties: Properties) -> ListItem {
    let list_error = ListError {
        fault,
        item: Some(Box::new(properties.clone())),
    };
    let why = diagnose(call, list_error);
    let called = label(call.object, &state_of(call, properties.clone()));
    let mut found = item(call, properties).partial();
    found.diagnostics = Diagnostic {
        severity: Severity::Warning,
        // Each has its own heading, or Terraform shows one of them.
        summary: match called.is_empty() {
            true => why.summary,
            false => format!("{}: {called}", why.summary),
        },
        detail: format!(
            "The {} was found and could not be read, so only its identity is shown. The other objects are complete.\n\n{}",
            call.object.noun, why.detail
        ),
        ..why
    }
    .into();
    found
}

/// The one error of a search that cannot go on.
async fn cannot_go_on(call: Call<'_>, config: &Value, fault: Fault) -> Diagnostic {
    let object = call.object;
    match absence::explained(call, fault).await {
        Fault::Diagnostic(diagnostic) => *diagnostic,
        Fault::Api(error) => Reading {
            operation: Operation::List,
            type_name: object.name,
            noun: object.plural.map_or(object.noun, |plural| plural.noun),
            codes: object.codes,
            whereabouts: &whereabouts(object, call.account, call.state),
            fields: object.fields,
            filters: object.list.filters,
            has_account: object.account != AccountRule::Owned,
            config,
        }
        .diagnose(&error),
    }
}

/// ` in account AC… below MG…`.
fn whereabouts(object: &Object, account: &AccountSid, state: &Value) -> String {
    format!(" in account {account}{}", below(object, state))
}

/// The state without what only those see who manage the object.
fn shown(object: &Object, mut state: Value) -> Value {
    for field in object.fields.iter().filter(|field| field.for_managers) {
        state.set_attr(field.name, Value::Null);
    }
    state
}

/// What people call it: its label, or the first part of its natural key that it has, else its SID or key. No secret is a name.
fn display_name(object: &Object, state: &Value) -> String {
    let is_name = |name: &&&str| {
        object
            .field(name)
            .is_some_and(|field| field.is_readable() && !field.sensitive)
    };
    let names = object.label.iter().chain(object.natural_key);
    let names = names.filter(is_name).copied();
    let texts = names
        .chain([key_name(object), "id"])
        .filter_map(|name| state.attr(name).as_str());
    let mut texts = texts.filter(|text| !text.trim().is_empty());
    texts.next().unwrap_or(object.noun).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::Absent::Clears;
    use crate::engine::facts::Role::{Observed, Setting};
    use crate::engine::facts::{Key, text};

    const THING: Object = Object {
        noun: "thing",
        key: Key::Sid("UT"),
        natural_key: &["secret", "name", "number"],
        fields: &[
            text("secret", Setting(Clears)).sensitive(),
            text("name", Setting(Clears)),
            text("number", Setting(Clears)),
            text("token", Observed).for_managers(),
        ],
        ..Object::NEW
    };

    #[test]
    fn what_people_call_it_is_its_name_or_else_its_key() {
        let named = |fields: &[(&str, &str)]| {
            let fields = fields.iter().map(|(name, value)| (*name, Value::from(*value)));
            display_name(&THING, &Value::object(fields))
        };
        assert_eq!(
            named(&[("secret", "s"), ("name", "n"), ("number", "1"), ("sid", "UT1")]),
            "n"
        );
        assert_eq!(named(&[("name", " "), ("number", "1"), ("sid", "UT1")]), "1");
        assert_eq!(named(&[("name", ""), ("sid", "UT1")]), "UT1");
        assert_eq!(named(&[]), "thing");
        let entry = Object {
            natural_key: &["name"],
            label: Some("number"),
            ..THING
        };
        let state = Value::object([("name", "PN1".into()), ("number", "+14155550100".into())]);
        assert_eq!(display_name(&entry, &state), "+14155550100");
        assert_eq!(display_name(&entry, &Value::object([("name", "PN1".into())])), "PN1");
    }

    #[test]
    fn what_is_for_managers_is_not_shown() {
        let state = Value::object([("name", "n".into()), ("token", "t".into())]);
        assert_eq!(
            shown(&THING, state),
            Value::object([("name", "n".into()), ("token", Value::Null)])
        );
    }
}
