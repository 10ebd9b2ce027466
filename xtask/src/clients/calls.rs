//! The calls that the lifecycles of `simulator/clients/products` come to, one after the other, with what each must answer: so plain that
//! the program of a language only has to make them.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde::Serialize;
use serde_json::{Map, Value, json};
use twilio_simulator::contract::{Contract, Location, Operation, Spec, snake_case};

use super::lifecycles::{Lifecycle, Names, products, resources};
use super::seeds::Seeds;

/// The calls of one resource at the top of a product and of all below it. When one fails the rest of them is passed over.
#[derive(Serialize)]
pub struct Group {
    pub(super) product: String,
    pub(super) on: String,
    pub(super) calls: Vec<Call>,
}

/// One call.
#[derive(Serialize)]
pub(super) struct Call {
    /// Distinguishes it from all others: `#12` is how a program names it where it fails.
    pub(super) id: usize,
    /// `create`, `fetch`, `update`, `list` or `delete`.
    #[serde(rename = "do")]
    pub(super) verb: &'static str,
    /// Where Python and Node have it.
    at: String,
    /// Class of the Java client.
    java: String,
    /// Method of the Go client.
    go: String,
    /// For the command line, whose commands are one for each operation of the contract.
    host: String,
    /// The method of the request.
    method: String,
    /// The path of the operation.
    path: String,
    /// Parts of the path.
    ids: Vec<String>,
    /// Whether the first of them is the account of the 2010 API, which clients know by themselves.
    of_account: bool,
    /// Parameters in the order of the contract.
    arguments: Vec<Argument>,
    /// The response is remembered under this name: `$name.sid` is its member.
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Members that the response must have, by path.
    #[serde(skip_serializing_if = "Map::is_empty")]
    shows: Map<String, Value>,
    /// What a list must show.
    #[serde(skip_serializing_if = "Option::is_none")]
    lists: Option<Lists>,
    /// So many are enough of a list that may be long.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<usize>,
    /// Status and code that it must be refused with; without a code, the one that was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refused: Option<(u16, Option<u32>)>,
    /// The client cannot make it, and how that shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    absent: Option<Absent>,
}

/// How it shows that a client cannot make a call. If it can after all, the file of the product is wrong.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Absent {
    /// It does not have the resource, or not the method.
    Missing,
    /// The call fails.
    Fails,
}

impl Absent {
    fn of(reason: &str) -> Self {
        if reason.starts_with(DOES_NOT_HAVE) {
            Self::Missing
        } else {
            Self::Fails
        }
    }
}

/// How the reason begins that `left_out` gives where the client does not have the resource, or not the method or its parameters.
const DOES_NOT_HAVE: &str = "the library does not have";

/// One parameter.
#[derive(Clone, Serialize)]
pub(super) struct Argument {
    /// As Twilio documents it.
    name: String,
    /// As answers and Python spell it.
    snake: String,
    value: Value,
    required: bool,
}

/// What a list must show.
#[derive(Default, Serialize)]
struct Lists {
    /// The member that distinguishes them.
    key: String,
    /// These are among them.
    among: Vec<String>,
    /// This is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    without: Option<String>,
    /// There are no others.
    alone: bool,
    /// Fewer requests cannot show so many.
    requests: usize,
}

/// All calls that a client makes.
///
/// # Errors
/// When what the files say is not in the contract.
pub fn of_all_products(client: &str, seeds: &Seeds) -> Result<Vec<Group>> {
    let names = resources()?;
    let mut groups = Vec::new();
    let (mut number, mut id) = (0, 0);
    for (product, lifecycles) in products()? {
        for lifecycle in lifecycles {
            let mut writer = Writer::new(client, &names, seeds, number);
            writer
                .lifecycle(&lifecycle, &[])
                .with_context(|| format!("{product}: {}", lifecycle.on))?;
            number = writer.number;
            for call in &mut writer.calls {
                id += 1;
                call.id = id;
            }
            groups.push(Group {
                product: product.clone(),
                on: lifecycle.on,
                calls: writer.calls,
            });
        }
    }
    Ok(groups)
}

pub(super) struct Writer<'a> {
    pub(super) client: &'a str,
    names: &'a BTreeMap<String, Names>,
    seeds: &'a Seeds,
    pub(super) calls: Vec<Call>,
    /// Of the object that was made last.
    pub(super) number: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn new(client: &'a str, names: &'a BTreeMap<String, Names>, seeds: &'a Seeds, number: usize) -> Self {
        Self {
            client,
            names,
            seeds,
            calls: Vec::new(),
            number,
        }
    }

    pub(super) fn lifecycle(&mut self, lifecycle: &Lifecycle, above: &[String]) -> Result<()> {
        let names = self.named(&lifecycle.on)?;
        let from = self.calls.len();
        let mut ids = above.to_vec();
        ids.extend(lifecycle.below_ids.iter().cloned());
        if ids.is_empty() && names.at.starts_with("api.v2010.accounts(") && !names.at.ends_with(".accounts(sid)") {
            ids.push("$account".to_owned());
        }
        if let Some(reason) = lifecycle
            .left_out
            .get(self.client)
            .or_else(|| lifecycle.left_out.get("all"))
        {
            return self.left_out(lifecycle, &ids, reason);
        }
        if let (true, Some(seeds)) = (lifecycle.reads, self.seeds.get(&lifecycle.on)) {
            let page = self.page_of(1, lifecycle)?;
            let mut list = self.call("list", &lifecycle.on, &ids, &page)?;
            list.lists = Some(Lists {
                key: "sid".to_owned(),
                among: seeds.clone(),
                requests: if page.len() == lifecycle.listed_with.len() {
                    1
                } else {
                    seeds.len()
                },
                ..Lists::default()
            });
            let mut fetch = self.call("fetch", &lifecycle.on, &[&ids[..], &seeds[..1]].concat(), &Map::new())?;
            fetch.shows = Map::from_iter([("sid".to_owned(), json!(seeds[0]))]);
            self.calls.extend([list, fetch]);
            return self.unknown(lifecycle, &ids);
        }
        if lifecycle.reads {
            let mut list = self.call("list", &lifecycle.on, &ids, &self.page_of(2, lifecycle)?)?;
            list.limit = Some(4);
            self.calls.push(list);
            return self.unknown(lifecycle, &ids);
        }
        if lifecycle.settings {
            self.settings(lifecycle, &ids)?;
        } else {
            self.objects(lifecycle, &ids)?;
        }
        let at = &self.names[&lifecycle.on].at;
        let mut unchanged = false;
        for call in self.calls[from..]
            .iter_mut()
            .filter(|call| call.at == *at && call.refused.is_none())
        {
            let reason = lifecycle.left_out.get(&format!("{}.{}", self.client, call.verb));
            call.absent = reason.map(|reason| Absent::of(reason));
            unchanged |= call.verb == "update" && call.absent.is_some();
            if unchanged {
                call.shows.clear();
            }
        }
        Ok(())
    }

    /// The first call that the client would make, which must fail as the reason says.
    fn left_out(&mut self, lifecycle: &Lifecycle, ids: &[String], reason: &str) -> Result<()> {
        self.number += 1;
        let first = match lifecycle {
            _ if lifecycle.settings => self.call("fetch", &lifecycle.on, ids, &Map::new()),
            _ if lifecycle.reads => self.call("list", &lifecycle.on, ids, &self.page_of(2, lifecycle)?),
            _ => self.call(
                "create",
                &lifecycle.on,
                ids,
                &self.numbered(&lifecycle.make, self.number),
            ),
        };
        self.calls.push(Call {
            absent: Some(Absent::of(reason)),
            ..first?
        });
        Ok(())
    }

    fn settings(&mut self, lifecycle: &Lifecycle, ids: &[String]) -> Result<()> {
        self.number += 1;
        let mut fetch = self.call("fetch", &lifecycle.on, ids, &Map::new())?;
        fetch.shows = lifecycle.shows.clone();
        self.calls.push(fetch);
        if !lifecycle.change.is_empty() {
            let change = self.numbered(&lifecycle.change, self.number);
            let mut update = self.call("update", &lifecycle.on, ids, &change)?;
            update.shows = self.shown(
                &lifecycle.on,
                "update",
                &change,
                &self.numbered(&lifecycle.changed, self.number),
            )?;
            let mut fetch = self.call("fetch", &lifecycle.on, ids, &Map::new())?;
            fetch.shows = update.shows.clone();
            self.calls.extend([update, fetch]);
            self.wrong(lifecycle, "update", ids, &change)?;
        }
        Ok(())
    }

    fn objects(&mut self, lifecycle: &Lifecycle, ids: &[String]) -> Result<()> {
        let has = |verb: &str| self.names[&lifecycle.on].operations.contains_key(verb);
        let (fetches, lists, updates, deletes) = (
            has("fetch"),
            has("list") && lifecycle.unlisted.is_none(),
            has("update") && !lifecycle.change.is_empty(),
            has("delete") && !lifecycle.stays,
        );
        let mut made = Vec::new();
        let mut shown = Map::new();
        let (mut change, mut changed) = (lifecycle.change.clone(), lifecycle.changed.clone());
        for index in 0..lifecycle.count {
            self.number += 1;
            let number = self.number;
            let mut make = self.numbered(&lifecycle.make, number);
            let mut shows = self.numbered(&lifecycle.shows, number);
            for (name, need) in &lifecycle.needs {
                self.number += 1;
                let needed = format!("{name}{}", self.number);
                let account = match need.on.starts_with("api.v2010.accounts.") {
                    true => vec!["$account".to_owned()],
                    false => Vec::new(),
                };
                let parameters = self.numbered(&need.make, self.number);
                let mut create = self.call("create", &need.on, &account, &parameters)?;
                create.name = Some(needed.clone());
                self.calls.push(create);
                let own = make.values_mut().chain(shows.values_mut());
                // What is changed is the first one.
                let of_first = change.values_mut().chain(changed.values_mut()).filter(|_| index == 0);
                for value in own.chain(of_first) {
                    if let Value::String(text) = value {
                        *text = text.replace(&format!("${name}."), &format!("${needed}."));
                    }
                }
            }
            let name = format!("made{number}");
            let mut create = self.call("create", &lifecycle.on, ids, &make)?;
            create.name = Some(name.clone());
            create.shows = self.shown(&lifecycle.on, "create", &make, &shows)?;
            if index == 0 {
                shown = create.shows.clone();
            }
            self.calls.push(create);
            made.push((name, number));
            if index + 1 == lifecycle.count {
                self.wrong(lifecycle, "create", ids, &make)?;
            }
        }
        let path = |name: &str| {
            let mut path = ids.to_vec();
            if lifecycle.asked_with.is_none() {
                path.push(format!("${name}.{}", lifecycle.key));
            }
            path
        };
        let keys: Vec<String> = made
            .iter()
            .map(|(name, _)| format!("${name}.{}", lifecycle.key))
            .collect();
        let (first, number) = made[0].clone();
        let asked = |number| self.numbered(lifecycle.asked_with.as_ref().unwrap_or(&Map::new()), number);
        let asked: BTreeMap<_, _> = made.iter().map(|(_, number)| (*number, asked(*number))).collect();
        if fetches {
            let mut fetch = self.call("fetch", &lifecycle.on, &path(&first), &asked[&number])?;
            fetch.shows = shown;
            self.calls.push(fetch);
        }
        if lists {
            let page = self.page_of(1, lifecycle)?;
            let mut list = self.call("list", &lifecycle.on, ids, &page)?;
            list.lists = Some(Lists {
                key: lifecycle.key.clone(),
                among: keys.clone(),
                requests: if page.len() == lifecycle.listed_with.len() {
                    1
                } else {
                    keys.len()
                },
                ..Lists::default()
            });
            self.calls.push(list);
            for filter in &lifecycle.found_by {
                let mut filter = self.numbered(filter, number);
                filter.extend(lifecycle.listed_with.clone());
                let mut list = self.call("list", &lifecycle.on, ids, &filter)?;
                list.lists = Some(Lists {
                    key: lifecycle.key.clone(),
                    among: vec![keys[0].clone()],
                    alone: true,
                    requests: 1,
                    ..Lists::default()
                });
                self.calls.push(list);
            }
        }
        if updates {
            let change = self.numbered(&change, number);
            let mut update = self.call("update", &lifecycle.on, &path(&first), &change)?;
            update.shows = self.shown(&lifecycle.on, "update", &change, &self.numbered(&changed, number))?;
            let shown = update.shows.clone();
            self.calls.push(update);
            if fetches {
                let mut fetch = self.call("fetch", &lifecycle.on, &path(&first), &Map::new())?;
                fetch.shows = shown;
                self.calls.push(fetch);
            }
        }
        for below in &lifecycle.below {
            self.lifecycle(below, &path(&first)).with_context(|| below.on.clone())?;
        }
        if deletes {
            for (name, number) in made.iter().rev() {
                let delete = self.call("delete", &lifecycle.on, &path(name), &asked[number])?;
                self.calls.push(delete);
            }
            if fetches {
                let mut gone = self.call("fetch", &lifecycle.on, &path(&first), &asked[&number])?;
                gone.refused = Some((lifecycle.gone.0, Some(lifecycle.gone.1)));
                self.calls.push(gone);
            }
            if lists {
                let mut list = self.call("list", &lifecycle.on, ids, &lifecycle.listed_with)?;
                list.lists = Some(Lists {
                    key: lifecycle.key.clone(),
                    without: Some(keys[0].clone()),
                    requests: 1,
                    ..Lists::default()
                });
                self.calls.push(list);
            }
        } else if lifecycle.asked_with.is_none() {
            self.unknown(lifecycle, ids)?;
        }
        Ok(())
    }

    pub(super) fn named(&self, on: &str) -> Result<&Names> {
        self.names
            .get(on)
            .with_context(|| format!("resources.json does not name {on}"))
    }

    pub(super) fn operation(&self, on: &str, verb: &str) -> Result<(&'static Spec, &'static Operation)> {
        let names = self.named(on)?;
        let id = names
            .operations
            .get(verb)
            .with_context(|| format!("{on} has no {verb}"))?;
        // Versions of a product on one host may have operations of one name.
        let version = names.at.split('.').nth(1).unwrap_or_default();
        let in_version = |spec: &Spec, path: &str| {
            path.starts_with("/2010-04-01")
                || spec.host.starts_with("preview")
                || path.starts_with(&format!("/{version}/"))
        };
        Contract::published()
            .operations()
            .find(|(spec, operation)| {
                spec.host == names.host && operation.id == *id && in_version(spec, &operation.path)
            })
            .with_context(|| format!("the contract of {} has no {id}", names.host))
    }

    pub(super) fn call(
        &self,
        verb: &'static str,
        on: &str,
        ids: &[String],
        values: &Map<String, Value>,
    ) -> Result<Call> {
        let (_, operation) = self.operation(on, verb)?;
        let names = self.named(on)?;
        let known: Vec<_> = operation
            .params_in(Location::Body)
            .chain(operation.params_in(Location::Query))
            .collect();
        for name in values.keys() {
            ensure!(
                known.iter().any(|field| field.name == *name),
                "{} has no parameter {name}",
                operation.id
            );
        }
        let mut arguments = Vec::new();
        for field in &operation.params {
            if let Some(value) = values.get(&field.name)
                && matches!(field.location, Some(Location::Body | Location::Query))
            {
                arguments.push(Argument {
                    name: field.name.clone(),
                    snake: snake_case(&field.name),
                    value: value.clone(),
                    required: field.required,
                });
            }
        }
        Ok(Call {
            id: 0,
            verb,
            at: names.at.clone(),
            java: names.java.clone(),
            host: names.host.clone(),
            method: operation.method.clone(),
            path: operation.path.clone(),
            go: format!("{}.{}", names.go, operation.id),
            ids: ids.to_vec(),
            of_account: operation.path.contains("{AccountSid}") && operation.is_v2010(),
            arguments,
            name: None,
            shows: Map::new(),
            lists: None,
            limit: None,
            refused: None,
            absent: None,
        })
    }

    /// What the list cannot do without, and the parameter that asks for pages of this size, where the list has pages.
    fn page_of(&self, size: usize, lifecycle: &Lifecycle) -> Result<Map<String, Value>> {
        let (_, operation) = self.operation(&lifecycle.on, "list")?;
        let field = operation
            .params_in(Location::Query)
            .find(|field| field.name.eq_ignore_ascii_case("PageSize"));
        let mut parameters = lifecycle.listed_with.clone();
        parameters.extend(field.map(|field| (field.name.clone(), json!(size))));
        Ok(parameters)
    }

    /// What a response must show of what was sent: every member of that name, unless `instead` knows better.
    fn shown(
        &self,
        on: &str,
        verb: &str,
        sent: &Map<String, Value>,
        instead: &Map<String, Value>,
    ) -> Result<Map<String, Value>> {
        let (spec, operation) = self.operation(on, verb)?;
        let fields = spec.answer_fields(operation);
        let mut shows = Map::new();
        for (name, value) in sent {
            let member = name.split('.').map(snake_case).collect::<Vec<_>>().join(".");
            let top = member.split('.').next().unwrap_or_default();
            if fields.iter().any(|field| field.name == top) {
                shows.insert(member, value.clone());
            }
        }
        shows.extend(instead.clone());
        Ok(shows)
    }

    /// With another number in its place for each object.
    pub(super) fn numbered(&self, values: &Map<String, Value>, number: usize) -> Map<String, Value> {
        let text = Value::Object(values.clone())
            .to_string()
            .replace("{n}", &format!("{number:04}"));
        match serde_json::from_str(&text) {
            Ok(Value::Object(values)) => values,
            _ => unreachable!("digits in the place of a text leave JSON as it is"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_product_comes_to_calls_that_the_contract_has() {
        let groups = of_all_products("python", &Seeds::new()).expect("calls");
        let calls = || groups.iter().flat_map(|group| &group.calls);
        let count = |verb: &str| calls().filter(|call| call.verb == verb).count();
        for (verb, least) in [
            ("create", 300),
            ("fetch", 400),
            ("list", 300),
            ("update", 100),
            ("delete", 200),
        ] {
            assert!(count(verb) >= least, "{verb}: {}", count(verb));
        }
        for (status, least) in [(400, 100), (404, 200)] {
            let refused = calls().filter(|call| call.refused.is_some_and(|(refused, _)| refused == status));
            assert!(refused.count() >= least, "{status}");
        }
    }
}
