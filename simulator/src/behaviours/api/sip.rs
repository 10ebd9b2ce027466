//! Lists of addresses that a SIP domain lets call: there are two paths for one mapping.
//! <https://www.twilio.com/docs/voice/sip/api/sip-ipaccesscontrollistmapping-resource>

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;

/// Both paths, below a domain.
const PATHS: [&str; 2] = [
    "/Auth/Calls/IpAccessControlListMappings",
    "/IpAccessControlListMappings",
];

/// Mappings of lists of addresses: what one path has, the other refuses, as seen at Twilio
/// (<https://github.com/wittyreference/twilio-claude-plugin>, skills/sip-interface, test T3).
pub struct AclMappings;

impl Behaviour for AclMappings {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let list = params.text("IpAccessControlListSid").unwrap_or_default();
        let path = ctx.route.path.trim_end_matches(".json");
        let domain = PATHS.iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
        let store = &ctx.state.store;
        let is_mapped = |end: &&str| {
            store
                .find(HOST, ctx.account, &format!("{domain}{end}/{list}"))
                .is_some()
        };
        match PATHS.iter().any(is_mapped) {
            true => Err(ApiError::new(
                400,
                21231,
                "IpAccessControlList already associated with this domain",
            )),
            false => Ok(()),
        }
    }
}
