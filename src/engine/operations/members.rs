//! The collections below an object that are attributes of it: read with it, and brought to what is planned after a write.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use serde_json::Value as Json;

use super::requests::path_fault;
use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{Field, Intent, Managed, Members, Operation, Parameters, Properties, Sent, Spelling};
use crate::engine::sharing::claims::named;
use crate::engine::values::parameters::to_json;
use crate::engine::values::paths;
use crate::engine::values::properties::flatten;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{ErrorKind, Expects, ListRequest, PAUSES_BETWEEN_LOOKS, Request, lenient};

/// Adds the members of an object to what was read of it.
///
/// # Errors
/// What Twilio or the way to it answered.
pub async fn read(call: Call<'_>, object: &mut Properties) -> Result<(), Fault> {
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
pub async fn reconcile(call: Call<'_>, intent: Intent<'_>, object: &mut Properties) -> Result<(), Fault> {
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
            self.bring_about(intent.resource, &before, &wanted).await?;
        }
        let gone = before.into_keys().filter(|key| !wanted.contains_key(key)).collect();
        // Should reading back fail, this is known nevertheless.
        let known = wanted.values().map(|element| self.as_planned(element));
        self.put(object, known);
        self.read_back(&wanted.into_keys().collect(), &gone, object).await
    }

    async fn bring_about(
        self,
        resource: &'static Managed,
        before: &BTreeMap<String, Value>,
        wanted: &BTreeMap<String, Value>,
    ) -> Result<(), Fault> {
        let present = self.present().await?;
        for (key, element) in wanted {
            // The list may lag behind what was written a moment ago, and then lacks what is there.
            let there = match present.get(key) {
                Some(item) => Some(self.as_element(item)),
                None => before.get(key).cloned(),
            };
            match there {
                None => self.add(resource, key, element).await?,
                Some(there) if self.differs(element, &there) => self.change(resource, key, element).await?,
                Some(_) => {}
            }
        }
        for key in before.keys().filter(|key| !wanted.contains_key(*key)) {
            self.take_out(key).await?;
        }
        let theirs = present
            .keys()
            .filter(|key| !before.contains_key(*key) && !wanted.contains_key(*key));
        let theirs = theirs.count();
        if theirs > 0 {
            self.call.warnings.add(self.left_alone(theirs));
        }
        Ok(())
    }

    /// What was added since the plan was in no plan, and whoever added it has not been asked.
    fn left_alone(self, count: usize) -> Diagnostic {
        let name = self.members.field;
        Diagnostic::warning(
            format!("{} has more in {name} than was planned", self.call.object.name),
            format!(
                "Something else added {count} to {name} of the {} after the plan was made. What the plan did not show was left as \
                 it is. The next plan shows it: apply that to take it out, or add it to the configuration to keep it.",
                named(self.call.object, self.call.state)
            ),
        )
        .at_attribute(name)
    }

    /// Reads the members until the list has those that were wanted and none that were taken out, or has had time to settle. Versions and the like may
    /// have been chosen by Twilio.
    async fn read_back(
        self,
        wanted: &BTreeSet<String>,
        gone: &BTreeSet<String>,
        object: &mut Properties,
    ) -> Result<(), Fault> {
        let mut pauses = PAUSES_BETWEEN_LOOKS.iter();
        loop {
            let present = self.present().await?;
            let is_settled =
                wanted.iter().all(|key| present.contains_key(key)) && !gone.iter().any(|key| present.contains_key(key));
            if is_settled {
                let planned = present.into_iter().filter(|(key, _)| wanted.contains(key));
                self.put(object, planned.map(|(key, item)| self.as_read(key, item)));
                return Ok(());
            }
            match pauses.next() {
                Some(pause) if self.call.client.pause(*pause).await => {}
                _ => return Ok(()),
            }
        }
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

    /// Adds a member. The collection has each key once, so a response that was lost, and a refusal of what may be there already,
    /// are cleared up by the list, and what is not there is sent again.
    async fn add(self, resource: &'static Managed, key: &str, element: &Value) -> Result<(), Fault> {
        let mut pauses = PAUSES_BETWEEN_LOOKS.iter();
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
        path.map_err(|missing| path_fault(self.call.object, &missing))
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
