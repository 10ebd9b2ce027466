//! What OpenAPI cannot say: the trait of behaviours, the context they act in, and how they are registered.
//!
//! The generic part serves every operation of the contract. A behaviour stands beside one resource and is called at
//! fixed points, always in this order:
//!
//! - **create**: validate against the contract → [`Behaviour::handle`] → parent exists → [`Behaviour::before_create`] →
//!   object built from parameters and defaults → [`Behaviour::after_create`] → stored → answered
//! - **update**: validate → `handle` → object found → [`Behaviour::before_update`] → parameters applied →
//!   [`Behaviour::after_update`] → stored → answered
//! - **delete**: validate → `handle` → object found → [`Behaviour::before_delete`] → removed with all below it →
//!   [`Behaviour::after_delete`]
//! - **read and list**: validate → `handle` → found; a list asks [`Behaviour::shows`] and [`Behaviour::passes`]
//! - whatever carries an object in its answer passes it through [`Behaviour::shape_read`] last
//!
//! An error at any point is answered, and nothing is stored. One lock covers a whole request, so a behaviour sees and makes
//! consistent state.
//!
//! A behaviour is registered under host and contract template of the collection, without `.json`
//! (`/v1/Services/{ServiceSid}/PhoneNumbers`), and then also sees the operations of its instances (one more path parameter).
//! An action, singleton or read-only path is registered under its own template. The list of a host is in
//! its folder of [`crate::behaviours`].

use jiff::Timestamp;
use serde_json::Value;

use crate::contract::{Contract, Operation, Route};
use crate::error::ApiError;
use crate::params::Params;
use crate::request::Request;
use crate::state::{Caller, State};
use crate::store::{Body, Object};

/// Result of a behaviour's step.
pub type Outcome<T = ()> = Result<T, ApiError>;

/// Code beside a resource of the contract. Every method does nothing unless overridden.
#[expect(
    unused_variables,
    reason = "default methods name their parameters for those who override them"
)]
pub trait Behaviour: Send + Sync {
    /// Answers a whole operation instead of the generic part; `None` leaves it to the generic part.
    ///
    /// `ctx.operation()` says which operation it is, `ctx.path_param` and `ctx.query()` what was requested, `params` holds the
    /// body of a write and the query of a read.
    ///
    /// # Errors
    /// What Twilio refuses.
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        Ok(None)
    }

    /// May refuse a create, or change what will be stored: a parameter that is set counts as sent, one that is taken away is
    /// not stored.
    ///
    /// # Errors
    /// What Twilio refuses.
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        Ok(())
    }

    /// May complete a new object before it is stored, and change others in `ctx.state`.
    ///
    /// # Errors
    /// What Twilio refuses; the object is not stored then.
    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        Ok(())
    }

    /// May refuse an update, or change its parameters. `object` is as it was.
    ///
    /// # Errors
    /// What Twilio refuses.
    fn before_update(&self, ctx: &mut Ctx<'_>, object: &Object, params: &mut Params) -> Outcome {
        Ok(())
    }

    /// May complete an updated object before it is stored. `before` is as it was.
    ///
    /// # Errors
    /// What Twilio refuses; the object stays as it was then.
    fn after_update(&self, ctx: &mut Ctx<'_>, before: &Object, params: &Params, object: &mut Object) -> Outcome {
        Ok(())
    }

    /// May refuse a delete.
    ///
    /// # Errors
    /// What Twilio refuses.
    fn before_delete(&self, ctx: &mut Ctx<'_>, object: &Object) -> Outcome {
        Ok(())
    }

    /// Sees an object that was removed. Objects below it are seen by their own behaviours.
    fn after_delete(&self, ctx: &mut Ctx<'_>, object: &Object) {}

    /// May change what a response shows of an object, in every create, read, update and list answer.
    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {}

    /// Whether a list shows an object at all, for collections that show a part of another one.
    fn shows(&self, ctx: &Ctx<'_>, object: &Object) -> bool {
        true
    }

    /// Whether an object passes one filter of a list; `None` leaves it to the generic comparison with the field of that name.
    fn passes(&self, object: &Object, filter: &str, wanted: &Value) -> Option<bool> {
        None
    }

    /// Sees an object that was put there through `/_simulator/objects`.
    fn added_outside(&self, state: &mut State, object: &Object) {}

    /// Sees an object whose fields were changed by nobody's request: through `/_simulator/objects`, behind the client's back, or
    /// by the clock ([`crate::facts::moves`]).
    fn changed_outside(&self, state: &mut State, object: &Object) {}

    /// Sees an object whose time is over, where what follows is not the same for all ([`crate::facts::lifetimes`]). The time must be
    /// another afterwards, or none.
    fn came_due(&self, state: &mut State, object: &Object, at: Timestamp) {}

    /// Sees an object that was removed through `/_simulator/objects`, or by the clock.
    fn removed_outside(&self, state: &mut State, object: &Object) {}

    /// What a fresh simulator, or one that was reset, holds of this resource.
    fn seed(&self, state: &mut State) {}
}

/// One line of a list in [`crate::behaviours`]: see [`on`].
pub struct Registration {
    /// Canonical host, for example `messaging.twilio.com`.
    pub host: &'static str,
    /// Contract template without `.json`.
    pub template: &'static str,
    /// The code.
    pub behaviour: &'static dyn Behaviour,
}

/// A behaviour at a host, under the contract's template of a collection or of a path of its own, without `.json`.
pub const fn on(host: &'static str, template: &'static str, behaviour: &'static dyn Behaviour) -> Registration {
    Registration {
        host,
        template,
        behaviour,
    }
}

/// A response that a behaviour makes by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// JSON body; `None` for an empty one.
    pub body: Option<Value>,
    /// Content type and bytes of a body that is no JSON, in place of it.
    pub file: Option<(String, Vec<u8>)>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
}

impl Answer {
    /// A response with a body.
    pub fn json(status: u16, body: impl Into<Value>) -> Self {
        Self {
            status,
            body: Some(body.into()),
            file: None,
            headers: Vec::new(),
        }
    }

    /// A response without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            body: None,
            file: None,
            headers: Vec::new(),
        }
    }

    /// A response that is a file.
    pub fn file(content_type: &str, bytes: Vec<u8>) -> Self {
        Self {
            file: Some((content_type.to_owned(), bytes)),
            ..Self::empty(200)
        }
    }
}

/// What a behaviour may see and do during one request.
pub struct Ctx<'a> {
    /// All state: objects, credentials, identifiers, and the behaviours' own ([`State::own`]).
    pub state: &'a mut State,
    /// Who asks.
    pub caller: &'a Caller,
    /// The request as it arrived.
    pub request: &'a Request,
    /// Operation, path parameters, host.
    pub route: &'a Route,
    /// Query parameters; for a read the same as `params`.
    pub query: &'a Params,
    /// Account that is acted on: the one in the path (2010 API), else the caller's.
    pub account: &'a str,
    /// Scheme and authority under which URLs in answers are written, for example `https://messaging.twilio.com`.
    pub base_url: &'a str,
    /// The time of this request.
    pub now: Timestamp,
    /// Whether what is not allowed, or not known here, is refused.
    pub strict: bool,
}

impl Ctx<'_> {
    /// The operation.
    pub fn operation(&self) -> &'static Operation {
        self.route.operation
    }

    /// Value of a path parameter, for example `ServiceSid`.
    pub fn path_param(&self, name: &str) -> Option<&str> {
        self.route.path_param(name)
    }

    /// A fresh SID.
    pub fn sid(&mut self, prefix: &str) -> String {
        self.state.ids.sid(prefix)
    }

    /// The response of this list operation with these objects: filtered by the query, in the collection's order, one page. The objects pass
    /// through `shape_read` of their own resource.
    ///
    /// # Errors
    /// 400/20001 for a page token that was not made here.
    pub fn list(&self, objects: Vec<Object>) -> Outcome<Answer> {
        crate::generic::listing::chosen(self, objects)
    }

    /// The response of this list operation with these items, in this order, one page. Nothing is filtered.
    ///
    /// # Errors
    /// 400/20001 for a page token that was not made here.
    pub fn list_items(&self, items: Vec<Value>) -> Outcome<Answer> {
        crate::generic::listing::items(self, items, |item| item)
    }

    /// The same of items that are many: only those of the page are made.
    ///
    /// # Errors
    /// 400/20001 for a page token that was not made here.
    pub fn list_made<T>(&self, items: impl IntoIterator<Item = T>, made: impl Fn(T) -> Value) -> Outcome<Answer> {
        crate::generic::listing::items(self, items, made)
    }

    /// Builds an object as a create at `collection` (a concrete path such as `/v2/Flows/FW…/Revisions`) would, from the response
    /// shape of the contract, and sets `fields` in it. It is not stored: [`crate::store::Store::insert`] does that.
    ///
    /// `None` if the contract has no such collection.
    pub fn new_object(&mut self, host: &str, account: &str, collection: &str, fields: Body) -> Option<Object> {
        crate::generic::build::object_at(
            self.state,
            Contract::published(),
            host,
            account,
            collection,
            fields,
            self.now,
        )
    }
}
