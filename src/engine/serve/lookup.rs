//! The data sources that follow from a table: one object by what it goes by, and the objects of a list.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use futures::TryStreamExt as _;

use crate::engine::errors::diagnose::{Reading, label};
use crate::engine::facts::hooks::{Call, Fault, Warnings};
use crate::engine::facts::{AccountRule, Filter, Managed, Object, Operation, Properties, Read};
use crate::engine::operations::absence;
use crate::engine::operations::find::{by_natural_key, diagnose, ended, not_there};
use crate::engine::operations::list::{Depth, ListError, Search, as_returned, objects, texts};
use crate::engine::operations::read::{ReadMode, is_ended, read_whole};
use crate::engine::operations::session::Session;
use crate::engine::values::lookup_schema::{
    all_schema, items_name, key_name, keys_name, one_schema, parents_of_list, projected,
};
use crate::framework::diagnostics::{Diagnostic, Diagnostics};
use crate::framework::provider::{DataSource, DataSourceAnswer};
use crate::framework::schema::Schema;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client};

/// One object of a table.
pub(crate) struct One {
    table: &'static Managed,
    session: Session,
}

/// The objects of the list of a table.
pub(crate) struct All {
    table: &'static Managed,
    name: &'static str,
    noun: &'static str,
    session: Session,
}

/// The data sources that follow from a table.
pub(crate) fn serve(table: &'static Managed, session: &Session) -> Vec<Arc<dyn DataSource>> {
    let one = One {
        table,
        session: session.clone(),
    };
    let mut all: Vec<Arc<dyn DataSource>> = Vec::new();
    if table.object.place.read != Read::Nowhere {
        all.push(Arc::new(one));
    }
    if let Some(plural) = table.object.plural {
        all.push(Arc::new(All {
            table,
            name: plural.name,
            noun: plural.noun,
            session: session.clone(),
        }));
    }
    all
}

/// The client, and the account to read. Accounts are those of whoever signs in, wherever resources go by default.
pub(super) fn connect(
    session: &Session,
    operation: &str,
    name: &'static str,
    object: &Object,
    config: &Value,
) -> Result<(Client, AccountSid), Diagnostic> {
    let (client, account) = session.connect(operation, name, object.fields, config)?;
    let account = match object.account {
        AccountRule::Owned => client.account().clone(),
        AccountRule::Fixed | AccountRule::Movable => account,
    };
    Ok((client, account))
}

/// What says where to look: these parts of the configuration, and the account.
pub(super) fn place<'a>(names: impl IntoIterator<Item = &'a str>, account: &AccountSid, config: &Value) -> Value {
    let parts = names.into_iter().map(|name| (name, config.attr(name).clone()));
    Value::object(parts.chain([("account_sid", Value::string(account.as_str()))]))
}

/// The state of an object without what may not be shown.
fn shown(object: &Object, state: &Value) -> Value {
    let mut shown = projected(object.fields, state);
    let names = ["id", "sid", "account_sid"].into_iter();
    for name in names.filter(|name| *name != "sid" || object.has_sid()) {
        shown.set_attr(name, state.attr(name).clone());
    }
    shown
}

#[async_trait]
impl DataSource for One {
    fn type_name(&self) -> &str {
        self.table.object.name
    }

    fn schema(&self) -> Schema {
        one_schema(self.table)
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        says_which(&self.table.object, config)
            .map(Diagnostics::from)
            .unwrap_or_default()
    }

    async fn read(&self, config: Value) -> Result<DataSourceAnswer, Diagnostics> {
        let object = &self.table.object;
        let (client, account) = connect(&self.session, "read", object.name, object, &config)?;
        let warnings = Warnings::default();
        let names = object.id_parts().chain(object.lookup_fields().iter().copied());
        let state = place(names, &account, &config);
        let call = Call {
            object,
            client: &client,
            account: &account,
            state: &state,
            warnings: &warnings,
        };
        let found = match state.attr(key_name(object)).is_null() {
            true => by_natural_key(call).await,
            false => by_key(call).await,
        };
        match found {
            Ok(found) => Ok(DataSourceAnswer {
                // Its key is what Twilio returned, not what it was looked up by.
                state: shown(
                    object,
                    &as_returned(
                        Call {
                            state: &place(object.id_parts(), &account, &config),
                            ..call
                        },
                        found,
                    ),
                ),
                diagnostics: warnings.take(),
            }),
            Err(fault) => {
                let fault = absence::explained(call, fault).await;
                let label = label(object, &config);
                let whereabouts = match label.is_empty() {
                    true => label,
                    false => format!(" {label}"),
                };
                let reading = Reading {
                    operation: Operation::Read,
                    whereabouts: &whereabouts,
                    type_name: object.name,
                    noun: object.noun,
                    fields: object.fields,
                    filters: &[],
                    codes: object.codes,
                    has_account: object.account != AccountRule::Owned,
                    config: &config,
                };
                Err(failed(warnings, reading, fault))
            }
        }
    }
}

async fn by_key(call: Call<'_>) -> Result<Properties, Fault> {
    match read_whole(call, ReadMode::Batched).await {
        Ok(Some(found)) => Ok(found),
        // In an account that is out of sight everything looks gone.
        Ok(None) => Err(match absence::confirm(call).await {
            Ok(_) if is_ended(call).await => ended(call).into(),
            Ok(_) => not_there(call).into(),
            Err(fault) => fault,
        }),
        Err(fault) => Err(fault),
    }
}

fn failed(warnings: Warnings, reading: Reading<'_>, fault: Fault) -> Diagnostics {
    let mut diagnostics = warnings.take();
    diagnostics.push(match fault {
        Fault::Diagnostic(diagnostic) => *diagnostic,
        Fault::Api(error) => reading.diagnose(&error),
    });
    diagnostics
}

/// Whether the configuration says which object is meant, in one way: by its key, or by all of its natural key. What is unknown
/// may say it yet.
fn says_which(object: &Object, config: &Value) -> Option<Diagnostic> {
    let (key, names) = (key_name(object), object.lookup_fields());
    let is_unknown = |name: &&str| config.attr(name).is_unknown();
    if names.is_empty() || is_unknown(&key) || names.iter().any(is_unknown) {
        return None;
    }
    let is_set = |name: &str| !config.attr(name).is_null();
    let (set, unset): (Vec<&str>, Vec<&str>) = names.iter().copied().partition(|name| is_set(name));
    let problem = |detail: String| Diagnostic::error("Arguments do not fit together", detail);
    let others = names.join(", ");
    match (is_set(key), set.first(), unset.first()) {
        (true, Some(also), _) => Some(
            problem(format!(
                "Only one of these may be set: {key}, or {others}. {also} is set beside {key}."
            ))
            .at_attribute(also),
        ),
        (false, None, _) => Some(problem(format!("One of these must be set: {key}, or {others}."))),
        (false, Some(also), Some(missing)) => Some(
            problem(format!(
                "Without {key} the {} is looked up by all of {others}, and {missing} is not set.",
                object.noun
            ))
            .at_attribute(also),
        ),
        _ => None,
    }
}

#[async_trait]
impl DataSource for All {
    fn type_name(&self) -> &str {
        self.name
    }

    fn schema(&self) -> Schema {
        all_schema(self.table).unwrap_or_default()
    }

    async fn read(&self, config: Value) -> Result<DataSourceAnswer, Diagnostics> {
        let object = &self.table.object;
        let (client, account) = connect(&self.session, "read", self.name, object, &config)?;
        let warnings = Warnings::default();
        let state = place(parents_of_list(object), &account, &config);
        let call = Call {
            object,
            client: &client,
            account: &account,
            state: &state,
            warnings: &warnings,
        };
        match all_of(call, &config, MOST_OBJECTS).await {
            Ok(found) => {
                let keys = keys_name(object);
                let key = &keys[..keys.len() - 1];
                let listed = found.values().map(|one| one.attr(key).clone()).collect();
                let mut answer = config.clone();
                if object.account != AccountRule::Owned {
                    answer.set_attr("account_sid", Value::string(account.as_str()));
                }
                answer.set_attr(keys, Value::List(listed));
                answer.set_attr(items_name(object), Value::List(found.into_values().collect()));
                Ok(DataSourceAnswer {
                    state: answer,
                    diagnostics: warnings.take(),
                })
            }
            Err(list_error) if list_error.item.is_some() => {
                let diagnostic = diagnose(call, list_error);
                Err(failed(warnings, self.reading(&config), diagnostic.into()))
            }
            Err(list_error) => {
                let fault = absence::explained(call, list_error.fault).await;
                Err(failed(warnings, self.reading(&config), fault))
            }
        }
    }
}

impl All {
    fn reading<'a>(&self, config: &'a Value) -> Reading<'a> {
        let object = &self.table.object;
        Reading {
            operation: Operation::Read,
            whereabouts: "",
            type_name: self.name,
            noun: self.noun,
            fields: object.fields,
            filters: object.list.filters,
            codes: object.codes,
            has_account: object.account != AccountRule::Owned,
            config,
        }
    }
}

/// What is shown of each object, by its id: a list that changes while it is read may have one on two pages.
async fn all_of(call: Call<'_>, config: &Value, most: usize) -> Result<BTreeMap<String, Value>, ListError> {
    let search = Search {
        filters: config,
        depth: Depth::Whole,
        at_most: None,
    };
    let mut found = objects(call, search).map_err(|fault| ListError { fault, item: None })?;
    let mut all = BTreeMap::new();
    while let Some(found) = found.try_next().await? {
        let state = as_returned(call, found);
        let id = state.attr("id").as_str().unwrap_or_default().to_owned();
        all.insert(id, shown(call.object, &state));
        if all.len() > most {
            return Err(ListError {
                fault: too_many(call, config, most).into(),
                item: None,
            });
        }
    }
    Ok(all)
}

/// Most objects that a data source answers. Each takes some kilobytes here, in Terraform and in the state; who has more of them
/// is better served by a search.
const MOST_OBJECTS: usize = 50_000;

fn too_many(call: Call<'_>, config: &Value, most: usize) -> Diagnostic {
    let noun = call.object.plural.map_or(call.object.noun, |plural| plural.noun);
    let name = |filter: &Filter| filter.field.name;
    let (set, unset): (Vec<&Filter>, Vec<&Filter>) =
        (call.object.list.filters.iter()).partition(|filter| !texts(config.attr(filter.field.name)).is_empty());
    let (set, unset): (Vec<_>, Vec<_>) = (
        set.into_iter().map(name).collect(),
        unset.into_iter().map(name).collect(),
    );
    let conditions = match set.as_slice() {
        [] => String::new(),
        set => format!(" that {} lets through", set.join(", ")),
    };
    let narrow = match (unset.as_slice(), set.as_slice()) {
        ([], []) => "This list takes no filter. To look at them,".to_owned(),
        ([], set) => format!(
            "Narrow the list down with a narrower {}. To look at all of them,",
            set.join(" or ")
        ),
        (unset, _) => format!(
            "Narrow the list down with {}. To look at all of them,",
            unset.join(" or ")
        ),
    };
    Diagnostic::error(
        format!("There are more than {most} {noun}"),
        format!(
            "The {noun} of account {}{conditions} were to be listed, and a data source returns {most} at most: each of them is kept \
             in the state. After that many the list was left. Nothing was changed. {narrow} search with terraform query and a list \
             block of {}, which takes them page by page.",
            call.account, call.object.name
        ),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::Absent::Clears;
    use crate::engine::facts::Role::Setting;
    use crate::engine::facts::{Filter, Key, List, Place, Plural, text};
    use crate::twilio::Product;
    use crate::twilio::tests::server::{ReceivedRequest, Server, ok, parent};

    const TRIGGER: Object = Object {
        noun: "trigger",
        place: Place::at(Product::Api, "/Triggers.json", "/Triggers/{sid}.json"),
        key: Key::Sid("UT"),
        natural_key: &["name", "value"],
        fields: &[text("name", Setting(Clears)), text("value", Setting(Clears))],
        ..Object::NEW
    };

    #[test]
    fn which_object_is_meant_is_said_in_one_way() {
        let said = |config: &[(&str, Value)]| {
            let config = Value::object(config.iter().map(|(name, value)| (*name, value.clone())));
            says_which(&TRIGGER, &config).map(|diagnostic| diagnostic.detail)
        };
        let sid = || ("sid", Value::from("UT1"));
        let (name, value) = (|| ("name", Value::from("a")), || ("value", Value::from("1")));
        assert_eq!(said(&[sid()]), None);
        assert_eq!(said(&[name(), value()]), None);
        assert_eq!(said(&[("sid", Value::UNKNOWN), name()]), None);
        assert_eq!(said(&[name(), ("value", Value::UNKNOWN)]), None);
        assert!(said(&[]).is_some_and(|said| said.starts_with("One of these must be set: sid, or name, value.")));
        assert!(said(&[sid(), value()]).is_some_and(|said| said.ends_with("value is set beside sid.")));
        assert!(said(&[name()]).is_some_and(|said| said.ends_with("and value is not set.")));
    }

    const PLURAL: Plural = Plural {
        name: "twilio_triggers",
        noun: "triggers",
    };
    const PLAIN: Object = Object {
        name: "twilio_trigger",
        plural: Some(PLURAL),
        ..TRIGGER
    };
    const FILTERED: Object = Object {
        list: List {
            filters: &[
                Filter::exact(text("name", Setting(Clears))),
                Filter::exact(text("value", Setting(Clears))),
            ],
            ..List::WHOLE
        },
        ..PLAIN
    };

    #[tokio::test]
    async fn a_list_that_does_not_end_at_the_most_is_left_and_the_error_says_what_narrows_it() {
        // Pages of two, without end.
        let server = Server::start(|seen: &ReceivedRequest, _| {
            let page = seen
                .target
                .rsplit_once("Page=")
                .map_or(0, |(_, page)| page.parse().unwrap_or(0));
            let items = [page * 2, page * 2 + 1].map(|n| json!({"sid": format!("UT{n:032x}"), "name": "a"}));
            ok(json!({"triggers": items, "next_page_uri": format!("/Triggers.json?Page={}", page + 1)}))
        })
        .await;
        let (client, _clock) = server.client();
        let (account, warnings, state) = (parent(), Warnings::default(), Value::Null);
        let named = || Value::object([("name", "a".into())]);
        let both = || Value::object([("name", "a".into()), ("value", "b".into())]);
        for (object, config, advice) in [
            (
                &PLAIN,
                Value::Null,
                "This list takes no filter. To look at them, search",
            ),
            (
                &FILTERED,
                Value::Null,
                "Narrow the list down with name or value. To look at all",
            ),
            (&FILTERED, named(), "that name lets through were to be listed"),
            (&FILTERED, named(), "Narrow the list down with value. To look at all"),
            (&FILTERED, both(), "with a narrower name or value. To look"),
        ] {
            let call = Call {
                object,
                client: &client,
                account: &account,
                state: &state,
                warnings: &warnings,
            };
            let before = server.count();
            let list_error = all_of(call, &config, 5).await.expect_err("there are more");
            assert!(server.count() - before <= 4, "the list was read on");
            let Fault::Diagnostic(said) = list_error.fault else {
                unreachable!("nothing failed");
            };
            assert_eq!(said.summary, "There are more than 5 triggers");
            for part in [
                advice,
                "returns 5 at most",
                "Nothing was changed.",
                "a list block of twilio_trigger,",
            ] {
                assert!(said.detail.contains(part), "{part:?}: {}", said.detail);
            }
        }
    }
}
