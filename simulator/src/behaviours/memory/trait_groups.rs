//! Trait groups are found by their names, and show their traits when asked: a list leaves them out and a read has them, unless
//! `includeTraits` says otherwise (the contract's own defaults of that parameter). A read wraps the group; what it is made of is the
//! list's.

use serde_json::Value;

use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::generic::build::CHOSEN_KEY;
use crate::params::Params;
use crate::store::{Body, Object};

/// What a write sets.
const WRITTEN: [&str; 3] = ["displayName", "description", "traits"];

/// Trait groups of a store.
pub struct TraitGroups;

impl Behaviour for TraitGroups {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let name = params.text("displayName").unwrap_or_default().to_owned();
        let path = format!("{}/{name}", ctx.route.path);
        if ctx.state.store.find(super::HOST, ctx.account, &path).is_some() {
            // https://www.twilio.com/docs/api/errors/520019; the page names no status.
            return Err(ApiError::new(409, 520019, "Trait group name already exists"));
        }
        params.set(CHOSEN_KEY, name);
        Ok(())
    }

    fn after_create(&self, _: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        object.hidden.shift_remove(CHOSEN_KEY);
        object.set("version", 1);
        write(params, object);
        Ok(())
    }

    fn after_update(&self, _: &mut Ctx<'_>, _: &Object, params: &Params, object: &mut Object) -> Outcome {
        write(params, object);
        Ok(())
    }

    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
        let is_list = ctx.operation().kind == OperationKind::List;
        let shows_traits = ctx.query.flag("includeTraits").unwrap_or(!is_list);
        let mut group: Body = WRITTEN
            .iter()
            .chain(&["version"])
            .filter_map(|name| Some(((*name).to_owned(), object.body.get(*name)?.clone())))
            .collect();
        if !shows_traits {
            group.shift_remove("traits");
        }
        match ctx.operation().kind {
            OperationKind::List => *body = group,
            OperationKind::Read => drop(body.insert("traitGroup".to_owned(), Value::Object(group))),
            _ => {}
        }
    }
}

fn write(params: &Params, object: &mut Object) {
    for name in WRITTEN {
        object.hidden.shift_remove(name);
        if let Some(value) = params.value(name) {
            object.set(name, value.clone());
        }
    }
}
