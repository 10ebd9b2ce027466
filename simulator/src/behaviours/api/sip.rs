//! Lists of addresses that a SIP domain lets call: there are two paths for one mapping.
//! <https://www.twilio.com/docs/voice/sip/api/sip-ipaccesscontrollistmapping-resource>

use super::HOST;
use crate::behaviour::{Behaviour, Ctx, Outcome};
use crate::error::ApiError;
use crate::params::Params;

/// The newer path, below a domain.
const NEW: &str = "/Auth/Calls/IpAccessControlListMappings";
/// The older one.
const OLD: &str = "/IpAccessControlListMappings";

/// Mappings of lists of addresses: what one path has, the other refuses, as seen at Twilio
/// (<https://github.com/wittyreference/twilio-claude-plugin>, skills/sip-interface, test T3).
pub struct AclMappings;

impl Behaviour for AclMappings {
    fn before_create(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        let list = params.text("IpAccessControlListSid").unwrap_or_default();
        let path = ctx.route.path.trim_end_matches(".json");
        let other = match path.strip_suffix(NEW) {
            Some(domain) => format!("{domain}{OLD}/{list}"),
            None => format!("{}{NEW}/{list}", path.trim_end_matches(OLD)),
        };
        match ctx.state.store.find(HOST, ctx.account, &other) {
            None => Ok(()),
            Some(_) => Err(ApiError::new(
                400,
                21231,
                "IpAccessControlList already associated with this domain",
            )),
        }
    }
}
