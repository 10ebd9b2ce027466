//! Sync: items of lists have an index, and each change of data is a new revision.
//! <https://www.twilio.com/docs/sync/api>

use serde_json::Value;

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::generic::build::CHOSEN_KEY;
use crate::params::Params;
use crate::store::Object;

/// Most characters of an item's key: <https://www.twilio.com/docs/sync/api/map-item-resource>.
const MOST_KEY_CHARACTERS: usize = 320;

/// Note of a list: the index of its next item. An index is not given again.
const NEXT_INDEX: &str = "_next_index";

/// Items of a list, which have the next index as their key.
pub struct ListItems;

impl Behaviour for ListItems {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let requested = &ctx.route.path;
        let list = requested.strip_suffix("/Items").unwrap_or(requested);
        let Some(list) = found(ctx, list) else {
            return Err(ApiError::not_found(requested));
        };
        let Some(list) = ctx.state.store.numbered_mut(list) else {
            return Ok(());
        };
        let next = list.hidden.get(NEXT_INDEX).and_then(Value::as_u64).unwrap_or(0);
        list.hidden.insert(NEXT_INDEX.to_owned(), (next + 1).into());
        params.set(CHOSEN_KEY, next.to_string());
        Ok(())
    }

    fn after_create(&self, _: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        object.hidden.shift_remove(CHOSEN_KEY);
        created(object);
        Ok(())
    }

    fn after_update(&self, _: &mut Ctx<'_>, before: &Object, _: &Params, object: &mut Object) -> Outcome {
        revise(before, object);
        Ok(())
    }
}

/// The list at a path, also by its unique name.
fn found(ctx: &Ctx<'_>, path: &str) -> Option<u64> {
    let direct = ctx.state.store.find(HOST, ctx.account, path);
    let object = direct.or_else(|| {
        let (collection, name) = path.rsplit_once('/')?;
        let store = &ctx.state.store;
        let mut lists = store.members_with(HOST, ctx.account, collection, "unique_name", name);
        lists.next()
    });
    object.map(|object| object.sequence)
}

/// Items of a map.
pub struct MapItems;

impl Behaviour for MapItems {
    fn before_create(&self, _: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let length = params.text("Key").map_or(0, |key| key.chars().count());
        if (1..=MOST_KEY_CHARACTERS).contains(&length) {
            return Ok(());
        }
        // https://www.twilio.com/docs/api/errors/54209
        Err(ApiError::new(400, 54209, "Invalid Map Item key"))
    }

    fn after_create(&self, _: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        created(object);
        Ok(())
    }

    fn after_update(&self, _: &mut Ctx<'_>, before: &Object, _: &Params, object: &mut Object) -> Outcome {
        revise(before, object);
        Ok(())
    }
}

/// Documents.
pub struct Documents;

impl Behaviour for Documents {
    fn after_create(&self, _: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        created(object);
        Ok(())
    }

    fn after_update(&self, _: &mut Ctx<'_>, before: &Object, _: &Params, object: &mut Object) -> Outcome {
        revise(before, object);
        Ok(())
    }
}

fn created(object: &mut Object) {
    object.set("revision", "0");
    // Who signs in with a token is the creator; everything here is the REST API's.
    object.set("created_by", "system");
}

fn revise(before: &Object, object: &mut Object) {
    if before.body.get("data") == object.body.get("data") {
        return;
    }
    let revision = before
        .text("revision")
        .and_then(|revision| revision.parse::<u64>().ok());
    object.set("revision", (revision.unwrap_or(0) + 1).to_string());
}
