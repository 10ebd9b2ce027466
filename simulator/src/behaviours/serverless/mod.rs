//! Functions and Assets: uploaded versions and their content, builds of versions that exist, deployments of builds.
//! <https://www.twilio.com/docs/serverless/api>

mod builds;
mod versions;

pub use builds::{Assets, BuildStatus, Builds, Deployments, Functions};
pub use versions::{FunctionVersionContent, Versions};

use crate::behaviour::{Behaviour, Ctx, Outcome, Registration, on};
use crate::error::ApiError;
use crate::params::Params;
use crate::store::Object;

const HOST: &str = "serverless.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Services", &Services),
    on(HOST, "/v1/Services/{ServiceSid}/Assets", &Assets),
    on(HOST, "/v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions", &Versions),
    on(HOST, "/v1/Services/{ServiceSid}/Builds", &Builds),
    on(HOST, "/v1/Services/{ServiceSid}/Builds/{Sid}/Status", &BuildStatus),
    on(HOST, "/v1/Services/{ServiceSid}/Environments", &Environments),
    on(
        HOST,
        "/v1/Services/{ServiceSid}/Environments/{EnvironmentSid}/Deployments",
        &Deployments,
    ),
    on(HOST, "/v1/Services/{ServiceSid}/Functions", &Functions),
    on(
        HOST,
        "/v1/Services/{ServiceSid}/Functions/{FunctionSid}/Versions",
        &Versions,
    ),
    on(
        HOST,
        "/v1/Services/{ServiceSid}/Functions/{FunctionSid}/Versions/{Sid}/Content",
        &FunctionVersionContent,
    ),
];

/// Services: they have a name of their own under twil.io, the unique name and a number
/// (<https://www.twilio.com/docs/serverless/api>).
pub struct Services;

impl Behaviour for Services {
    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        let number = ctx.state.ids.random().u16(1000..10000);
        let name = object.text("unique_name").unwrap_or_default();
        let base = format!("{name}-{number}");
        object.set("domain_base", base);
        Ok(())
    }
}

/// Environments: the name under which what is deployed there answers.
pub struct Environments;

impl Behaviour for Environments {
    /// Two of one name are one too many, also where the name has no suffix:
    /// <https://github.com/RJPearson94/terraform-provider-twilio/issues/78>, <https://github.com/twilio/twilio-cli/issues/211>.
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let service = service_of(&ctx.route.path).to_owned();
        let environments = format!("{service}/Environments");
        let name = domain_name(
            ctx,
            ctx.account,
            &service,
            params.text("DomainSuffix").unwrap_or_default(),
        );
        let store = &ctx.state.store;
        let mut others = store.members_with(HOST, ctx.account, &environments, "domain_name", name);
        if others.next().is_some() {
            let text = "Environment with this UniqueName or DomainSuffix already exists";
            return Err(ApiError::conflict(text));
        }
        Ok(())
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, _: &Params, object: &mut Object) -> Outcome {
        let suffix = object.text("domain_suffix").unwrap_or_default();
        let name = domain_name(ctx, &object.account, service_of(&object.path), suffix);
        object.set("domain_name", name);
        Ok(())
    }
}

/// The name under which an environment of this suffix answers.
fn domain_name(ctx: &Ctx<'_>, account: &str, service: &str, suffix: &str) -> String {
    let service = ctx.state.store.find(HOST, account, service);
    let base = service
        .and_then(|service| service.text("domain_base"))
        .unwrap_or_default();
    match suffix {
        "" => format!("{base}.twil.io"),
        suffix => format!("{base}-{suffix}.twil.io"),
    }
}

/// `/v1/Services/ZS…` of a path below it.
fn service_of(path: &str) -> &str {
    let end = path.match_indices('/').nth(3).map_or(path.len(), |(index, _)| index);
    &path[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_of_a_path_is_its_beginning() {
        for path in ["/v1/Services/ZS1", "/v1/Services/ZS1/Builds/ZB1"] {
            assert_eq!(service_of(path), "/v1/Services/ZS1");
        }
    }
}
