//! The collections below an object that are attributes of it: read with it, and brought to what is planned after a write.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use serde_json::Value as Json;

use super::requests::path_fault;
use crate::engine::errors::diagnose::{Attempt, heading};
use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{Check, Field, Intent, Managed, Members, Operation, Parameters, Properties, Sent, Spelling};
use crate::engine::sharing::claims::named;
use crate::engine::values::parameters::to_json;
use crate::engine::values::paths;
use crate::engine::values::properties::flatten;
use crate::engine::values::shown::harmless;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{ErrorKind, Expects, ListRequest, PAUSES_BETWEEN_READS, Request, lenient};

/// Adds the members of an object to what was read of it.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(crate) async fn read(call: Call<'_>, object: &mut Properties) -> Result<(), Fault> {
    for members in call.object.members {
        let set = Set { call, members };
        let present = set.present().await?;
        set.put(object, present.into_iter().map(|(key, item)| set.as_read(key, item)));
    }
    Ok(())
}

/// Brings the members of an object that was just created or updated to what is planned, and adds them to what is known of it.
/// Adds and changes first and takes out the rest last, so that an object which must have a member is never without one.
///
/// # Errors
/// What Twilio or the way to it answered.
pub(crate) async fn reconcile(call: Call<'_>, intent: Intent<'_>, object: &mut Properties) -> Result<(), Fault> {
    for members in call.object.members {
        Set { call, members }.reconcile(intent, object).await?;
    }
    Ok(())
}

/// One attribute with the object that it belongs to.
#[derive(Clone, Copy)]
struct Set<'a> {
    call: Call<'a>,
    members: &'static Members,
}

impl Set<'_> {
    async fn reconcile(self, intent: Intent<'_>, object: &mut Properties) -> Result<(), Fault> {
        let name = self.members.field;
        let wanted = self.by_key(intent.planned.attr(name));
        let before = self.by_key(intent.prior.attr(name));
        let is_made_with_them = intent.operation != Operation::Update && self.sent() == Sent::OnCreate;
        if !is_made_with_them && intent.prior.attr(name) != intent.planned.attr(name) {
            let mut there = before.clone();
            if let Err(fault) = self.bring_about(intent, &mut there, &wanted).await {
                // What was done before it stays done.
                self.put(object, there.values().map(|element| self.as_planned(element)));
                return Err(fault);
            }
        }
        // Should reading back fail, this is known nevertheless.
        let known = wanted.values().map(|element| self.as_planned(element));
        self.put(object, known);
        let gone = before
            .keys()
            .filter(|key| !wanted.contains_key(*key))
            .cloned()
            .collect();
        self.read_back(&wanted.into_keys().collect(), &gone, object).await
    }

    /// `there` is what was there before the plan, and becomes what is there as far as this has come.
    async fn bring_about(
        self,
        intent: Intent<'_>,
        there: &mut BTreeMap<String, Value>,
        wanted: &BTreeMap<String, Value>,
    ) -> Result<(), Fault> {
        let resource = intent.resource;
        // What stands before it was done.
        let operation = match intent.operation {
            Operation::Update => Operation::Continue,
            _ => Operation::Complete,
        };
        let about = |what, key| move |fault| self.about(operation, what, key, fault);
        let present = self.present().await?;
        for (key, element) in wanted {
            // The list may lag behind what was written a moment ago, and then lacks what is there.
            let known = match present.get(key) {
                Some(item) => Some(self.as_element(item)),
                None => there.get(key).cloned(),
            };
            match known {
                None => self.add(resource, key, element).await.map_err(about("added to", key))?,
                Some(known) if self.differs(element, &known) => {
                    let changed = self.change(resource, key, element).await;
                    changed.map_err(about("changed in", key))?;
                }
                Some(_) => {}
            }
            there.insert(key.clone(), element.clone());
        }
        // What somebody has added since the plan was in no plan: it stays, and the next one shows it.
        let superfluous: Vec<_> = there.keys().filter(|key| !wanted.contains_key(*key)).cloned().collect();
        for key in superfluous {
            let taken_out = self.take_out(&key).await;
            taken_out.map_err(|fault| self.about(operation, "taken out of", &key, fault))?;
            there.remove(&key);
        }
        Ok(())
    }

    /// Says at the attribute of which member an error is: there may be hundreds.
    fn about(self, operation: Operation, what: &str, key: &str, fault: Fault) -> Fault {
        let Fault::Api(error) = fault else { return fault };
        if error.kind == ErrorKind::Stopped {
            return Fault::Api(error);
        }
        let name = self.members.field;
        let attempt = Attempt {
            object: self.call.object,
            operation,
            state: self.call.state,
        };
        let mut diagnostic = attempt.diagnose(Fault::Api(error));
        let member = harmless(key).unwrap_or("one of the members");
        diagnostic.detail = format!("{member} could not be {what} {name}. {}", diagnostic.detail);
        diagnostic.at_attribute(name).into()
    }

    /// Reads the members until the list has all that were wanted and none that was taken out, or has had time to settle.
    /// Versions and the like may have been chosen by Twilio.
    async fn read_back(
        self,
        wanted: &BTreeSet<String>,
        taken_out: &BTreeSet<String>,
        object: &mut Properties,
    ) -> Result<(), Fault> {
        let mut pauses = PAUSES_BETWEEN_READS.iter();
        loop {
            let mut present = self.present().await?;
            let is_settled = wanted.iter().all(|key| present.contains_key(key))
                && !taken_out.iter().any(|key| present.contains_key(key));
            if is_settled {
                let all = present.len();
                present.retain(|key, _| wanted.contains(key));
                if present.len() < all {
                    self.call.warnings.add(self.added_by_others(all - present.len()));
                }
                self.put(object, present.into_iter().map(|(key, item)| self.as_read(key, item)));
                return Ok(());
            }
            match pauses.next() {
                Some(pause) if self.call.client.pause(*pause).await => {}
                _ => {
                    self.call.warnings.add(self.not_shown());
                    return Ok(());
                }
            }
        }
    }

    fn added_by_others(self, number: usize) -> Diagnostic {
        let named = named(self.call.object, self.call.state);
        let members = match number {
            1 => "one more member".to_owned(),
            number => format!("{number} more members"),
        };
        Diagnostic::warning(
            format!("{} has {members} than planned", heading(self.call.object, self.call.state)),
            format!(
                "Something else has added to the {} of the {named} since this was planned. What no plan showed was left as it is. \
                 The next plan shows it.",
                self.members.field
            ),
        )
        .at_attribute(self.members.field)
    }

    fn not_shown(self) -> Diagnostic {
        let named = named(self.call.object, self.call.state);
        Diagnostic::warning(
            format!("Twilio does not show {} of {} as planned yet", self.members.field, heading(self.call.object, self.call.state)),
            format!(
                "The members of the {named} were added and removed without an error, and Twilio's list shows others. The \
                 state has what was planned; the next plan shows what is there."
            ),
        )
        .at_attribute(self.members.field)
    }

    /// What the collection has, by key, with nothing but what the table shows of each.
    async fn present(self) -> Result<BTreeMap<String, Properties>, Fault> {
        let Members {
            items, key_property, ..
        } = *self.members;
        let request = Request::get(self.members.place.product, self.call.account, self.collection()?);
        let list = ListRequest::new(request)
            .key(items)
            .largest_pages()
            .known_by(key_property);
        // What is known by a SID is of the kind that the configuration may name.
        let list = match self.prefix().filter(|_| key_property == "sid") {
            Some(prefix) => list.sids(prefix),
            None => list,
        };
        let shown: BTreeSet<_> = self
            .fields()
            .iter()
            .map(|field| field.read_path(self.spelling()))
            .collect();
        let mut present = BTreeMap::new();
        self.call
            .client
            .each(list, |mut item| {
                if let Some(key) = item.get(key_property).and_then(lenient::text) {
                    item.retain(|property, _| shown.contains(property.as_str()));
                    present.insert(key, item);
                }
                ControlFlow::Continue(())
            })
            .await?;
        Ok(present)
    }

    /// The letters that the SIDs of the members start with, where the attribute is a set of such.
    fn prefix(self) -> Option<&'static str> {
        let checks = self.call.object.field(self.members.field)?.checks.iter();
        let mut prefixes = checks.filter_map(|check| match check {
            Check::Each(Check::Sid(prefix)) => Some(*prefix),
            _ => None,
        });
        prefixes.next()
    }

    /// Adds a member. The collection has each key once, so a response that was lost, and a refusal of what may be there already,
    /// are cleared up by the list, and what is not there is sent again.
    async fn add(self, resource: &'static Managed, key: &str, element: &Value) -> Result<(), Fault> {
        let mut pauses = PAUSES_BETWEEN_READS.iter();
        loop {
            let request = Request::post(self.members.place.product, self.call.account, self.collection()?);
            let mut request = request.creates().expects(self.expected(key));
            let mut parameters = Parameters::default();
            parameters.set(self.members.key_parameter, key);
            self.write(element, &mut parameters);
            request.body = parameters.into_body(resource.lifecycle.body());
            let Err(error) = self.call.client.send(request).await else {
                return Ok(());
            };
            if !matches!(
                error.kind,
                ErrorKind::Ambiguous | ErrorKind::Conflict | ErrorKind::Invalid
            ) {
                return Err(error.into());
            }
            if self.present().await?.contains_key(key) {
                return Ok(());
            }
            let goes_on = match (error.kind, pauses.next()) {
                (ErrorKind::Ambiguous, Some(pause)) => self.call.client.pause(*pause).await,
                _ => false,
            };
            if !goes_on {
                return Err(error.into());
            }
        }
    }

    async fn change(self, resource: &'static Managed, key: &str, element: &Value) -> Result<(), Fault> {
        if !self.members.can_change {
            self.take_out(key).await?;
            return self.add(resource, key, element).await;
        }
        let mut parameters = Parameters::default();
        self.write(element, &mut parameters);
        let request = Request::post(self.members.place.product, self.call.account, self.member(key)?);
        let mut request = request.expects(self.expected(key));
        request.body = parameters.into_body(resource.lifecycle.body());
        self.call.client.send(request).await?;
        Ok(())
    }

    async fn take_out(self, key: &str) -> Result<(), Fault> {
        let request = Request::delete(self.members.place.product, self.call.account, self.member(key)?);
        match self.call.client.send(request).await {
            Ok(_) => Ok(()),
            Err(error) if error.kind == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// A member is known by its key, whether that is a SID or a text.
    fn expected(self, key: &str) -> Expects {
        Expects::Member(self.members.key_property, key.to_owned())
    }

    fn collection(self) -> Result<String, Fault> {
        self.path(self.members.place.collection, self.call.state)
    }

    fn member(self, key: &str) -> Result<String, Fault> {
        let mut state = self.call.state.clone();
        state.set_attr("member", Value::string(key));
        self.path(self.members.place.instance, &state)
    }

    fn path(self, template: &str, state: &Value) -> Result<String, Fault> {
        let path = paths::expand(template, self.call.account, state);
        path.map_err(|missing| {
            // The configuration knows the member by the attribute that it is one of.
            let name = match missing.name.as_str() {
                "member" => self.members.field.to_owned(),
                _ => missing.name.clone(),
            };
            path_fault(self.call.object, &missing.called(name))
        })
    }

    /// The fields of an element; none in a set of texts.
    fn fields(self) -> &'static [Field] {
        self.attribute().map_or(&[], |attribute| attribute.kind.inner())
    }

    fn sent(self) -> Sent {
        self.attribute().map_or(Sent::Never, Field::sent)
    }

    fn spelling(self) -> Spelling {
        self.call.object.spelling
    }

    fn attribute(self) -> Option<&'static Field> {
        self.call.object.field(self.members.field)
    }

    /// The fields of an element beside its key that Twilio takes.
    fn settings(self) -> impl Iterator<Item = &'static Field> {
        let fields = self.fields().iter();
        fields.filter(move |field| Some(field.name) != self.members.key && field.sent() == Sent::Always)
    }

    fn write(self, element: &Value, parameters: &mut Parameters) {
        for field in self.settings() {
            let value = element.attr(field.name);
            if value.is_known() {
                parameters.set(
                    field.written_name(Spelling::Pascal),
                    to_json(field.kind, Spelling::Snake, value),
                );
            }
        }
    }

    fn differs(self, wanted: &Value, there: &Value) -> bool {
        self.settings().any(|field| {
            let wanted = wanted.attr(field.name);
            wanted.is_known() && wanted != there.attr(field.name)
        })
    }

    /// The elements of the attribute by their keys.
    fn by_key(self, set: &Value) -> BTreeMap<String, Value> {
        let elements = set.as_elements().unwrap_or_default().iter();
        let pairs = elements.filter_map(|element| {
            let key = self.members.key.map_or(element, |key| element.attr(key));
            Some((key.as_str()?.to_owned(), element.clone()))
        });
        pairs.collect()
    }

    fn as_element(self, item: &Properties) -> Value {
        flatten(self.fields(), self.spelling(), item, &Value::Null, Operation::Read).0
    }

    /// A member as the attribute is read: the item itself, or its key.
    fn as_read(self, key: String, item: Properties) -> Json {
        match self.members.key {
            Some(_) => Json::Object(item),
            None => Json::String(key),
        }
    }

    /// An element as if it had been read; what is not known yet is null.
    fn as_planned(self, element: &Value) -> Json {
        if self.members.key.is_none() {
            return element.as_str().map_or(Json::Null, Json::from);
        }
        let properties = self.fields().iter().map(|field| {
            let value = to_json(field.kind, self.spelling(), element.attr(field.name));
            (field.read_path(self.spelling()).into_owned(), value)
        });
        Json::Object(properties.collect())
    }

    fn put(self, object: &mut Properties, members: impl Iterator<Item = Json>) {
        let property = self.attribute().map(|field| field.read_path(self.spelling()));
        let members: Vec<_> = members.collect();
        // A collection cannot say whether nothing is configured or an empty set; nothing is what Terraform has more often.
        let members = if members.is_empty() { Json::Null } else { members.into() };
        object.insert(property.unwrap_or(self.members.field.into()).into_owned(), members);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use serde_json::json;

    use super::*;
    use crate::engine::facts::Absent::Clears;
    use crate::engine::facts::hooks::Warnings;
    use crate::engine::facts::{Key, Kind, Object, Place, Role, set};
    use crate::framework::diagnostics::Diagnostics;
    use crate::twilio::Product;
    use crate::twilio::tests::server::{Server, ok, parent, status};

    const SERVICE: &str = "MG00000000000000000000000000000001";

    const POOL: Managed = Managed {
        object: Object {
            name: "twilio_pool",
            noun: "pool",
            place: Place::at(Product::Messaging, "/v1/Services", "/v1/Services/{sid}"),
            key: Key::Sid("MG"),
            fields: &[set("numbers", Role::Members(Clears), &Kind::Text)],
            members: &[Members {
                field: "numbers",
                place: Place::at(
                    Product::Messaging,
                    "/v1/Services/{sid}/PhoneNumbers",
                    "/v1/Services/{sid}/PhoneNumbers/{member}",
                ),
                items: "phone_numbers",
                key: None,
                key_property: "sid",
                key_parameter: "PhoneNumberSid",
                can_change: false,
            }],
            ..Object::NEW
        },
        ..Managed::NEW
    };

    fn number(digit: char) -> String {
        format!("PN{}", digit.to_string().repeat(32))
    }

    fn numbers(digits: &str) -> Value {
        Value::Set(digits.chars().map(|digit| number(digit).into()).collect())
    }

    /// Brings a pool from one set to another where Twilio has a third, and deletes or not. What it has then, what the state
    /// gets, and what was said.
    async fn changed(before: &str, wanted: &str, there: &str, deletes: bool) -> (String, Vec<String>, Diagnostics) {
        let there = Arc::new(Mutex::new(there.to_owned()));
        let has = Arc::clone(&there);
        let server = Server::start(move |seen, _| {
            let mut has = has.lock().expect("not poisoned");
            let digit = seen.target.chars().last().unwrap_or_default();
            match seen.method.as_str() {
                "POST" => {
                    let digit = seen.body.chars().last().unwrap_or_default();
                    has.push(digit);
                    status(201, json!({"sid": number(digit)}))
                }
                "DELETE" => {
                    if deletes {
                        has.retain(|known| known != digit);
                    }
                    status(204, "")
                }
                _ => {
                    let items: Vec<_> = has.chars().map(|digit| json!({"sid": number(digit)})).collect();
                    ok(json!({"phone_numbers": items, "meta": {"key": "phone_numbers", "next_page_url": null}}))
                }
            }
        })
        .await;
        let (client, _clock) = server.client();
        let (account, warnings) = (parent(), Warnings::default());
        let state = |digits: &str| Value::object([("sid", SERVICE.into()), ("numbers", numbers(digits))]);
        let (prior, planned) = (state(before), state(wanted));
        let call = Call {
            object: &POOL.object,
            client: &client,
            account: &account,
            state: &planned,
            warnings: &warnings,
        };
        let intent = Intent {
            resource: &POOL,
            operation: Operation::Update,
            prior: &prior,
            planned: &planned,
            config: &planned,
        };
        let mut object = Properties::new();
        reconcile(call, intent, &mut object).await.expect("nothing is refused");
        let stored = object["numbers"].as_array().expect("an array").iter();
        let stored = stored.filter_map(|sid| sid.as_str().map(str::to_owned)).collect();
        let there = there.lock().expect("not poisoned").clone();
        (there, stored, warnings.take())
    }

    #[tokio::test]
    async fn what_somebody_added_after_the_plan_stays_and_is_said() {
        let (there, stored, said) = changed("12", "23", "124", true).await;
        assert_eq!(there, "243");
        assert_eq!(stored, [number('2'), number('3')], "as planned");
        let said: Vec<_> = said.into_iter().map(|diagnostic| diagnostic.summary).collect();
        assert_eq!(
            said,
            ["twilio_pool MG00000000000000000000000000000001 has one more member than planned"]
        );
    }

    #[tokio::test]
    async fn what_twilio_does_not_show_as_planned_is_said() {
        let (_, stored, said) = changed("12", "2", "12", false).await;
        assert_eq!(stored, [number('2')]);
        let said: Vec<_> = said.into_iter().map(|diagnostic| diagnostic.summary).collect();
        assert_eq!(
            said,
            ["Twilio does not show numbers of twilio_pool MG00000000000000000000000000000001 as planned yet"]
        );
        let (there, _, said) = changed("12", "23", "12", true).await;
        assert_eq!((there.as_str(), said.into_iter().count()), ("23", 0));
    }
}
