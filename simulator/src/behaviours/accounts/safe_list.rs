//! The safe list of an account (Global Safe List): numbers and blocks of a thousand, each found and removed by a parameter of the query.
//! <https://www.twilio.com/docs/usage/global-safe-list>

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::facts::{conflicts, limits};
use crate::generic::SEGMENT;
use crate::generic::serve;
use crate::params::Params;
use crate::store::Object;

/// Path of the whole.
pub const TEMPLATE: &str = "/v1/SafeList/Numbers";

/// The list.
pub struct SafeList;

impl Behaviour for SafeList {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let kind = ctx.operation().kind;
        let number = match kind {
            OperationKind::Create => params.text("PhoneNumber"),
            _ => ctx.query.text("PhoneNumber"),
        };
        let number = number.unwrap_or_default().to_owned();
        let resource = crate::contract::Contract::published().resource(HOST, TEMPLATE);
        let resource = resource.ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
        if ctx.strict && kind == OperationKind::Create {
            limits::refuse(resource, true, params)?;
        }
        let path = path(&number);
        let found = ctx.state.store.find(HOST, ctx.account, &path).cloned();
        let object = match (kind, found) {
            (OperationKind::Create, Some(_)) => return Err(conflicts::key_taken(HOST, TEMPLATE, &number)),
            (OperationKind::Create, None) => self.add(ctx, &number, path)?,
            (_, None) => return Err(ApiError::not_found(&ctx.request.path)),
            (OperationKind::Delete, Some(object)) => {
                ctx.state.store.remove(HOST, ctx.account, &path);
                object
            }
            (_, Some(object)) => object,
        };
        Ok(Some(serve::answer(ctx, resource, &object)))
    }
}

impl SafeList {
    fn add(&self, ctx: &mut Ctx<'_>, number: &str, path: String) -> Outcome<Object> {
        let sid = ctx.sid("GN");
        let mut object = ctx
            .new_object(HOST, ctx.account, TEMPLATE, Default::default())
            .ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
        object.path = path;
        number.clone_into(&mut object.key);
        object.set("sid", sid);
        object.set("phone_number", number);
        ctx.state.store.insert(object.clone());
        Ok(object)
    }
}

fn path(number: &str) -> String {
    format!("{TEMPLATE}/{}", percent_encoding::utf8_percent_encode(number, SEGMENT))
}
