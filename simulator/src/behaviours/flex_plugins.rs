//! Archiving plugins, versions and configurations of Flex: a POST below the object, which stays and says so.
//! <https://www.twilio.com/docs/flex/developer/plugins/api/plugin>

use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::Contract;
use crate::error::ApiError;
use crate::generic::serve;
use crate::params::Params;

/// An `…/Archive` below a collection.
pub struct Archive;

impl Behaviour for Archive {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let not_found = || ApiError::not_found(&ctx.request.path);
        let path = ctx.route.path.strip_suffix("/Archive").ok_or_else(not_found)?;
        let (host, now) = (ctx.route.host.clone(), ctx.now.as_millisecond());
        let mut object = (ctx.state.store.find(&host, ctx.account, path).cloned()).ok_or_else(not_found)?;
        object.previous = Some(Box::new(object.body.clone()));
        object.updated_ms = now;
        object.set("archived", true);
        ctx.state.store.replace(object.clone());
        let resource = Contract::published()
            .resource_of(&host, ctx.operation())
            .ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
        Ok(Some(serve::answer(ctx, resource, &object)))
    }
}
