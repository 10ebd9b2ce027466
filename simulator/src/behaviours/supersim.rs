//! Super SIM: networks of a profile. <https://www.twilio.com/docs/iot/supersim/api/networkaccessprofile-networks-resource>

use crate::behaviour::{Behaviour, Ctx, Outcome, Registration, on};
use crate::generic::build;
use crate::params::Params;

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[on(
    "supersim.twilio.com",
    "/v1/NetworkAccessProfiles/{NetworkAccessProfileSid}/Networks",
    &ProfileNetworks,
)];

/// Networks of a profile: each entry has the SID of the network that it stands for.
pub struct ProfileNetworks;

impl Behaviour for ProfileNetworks {
    fn before_create(&self, _: &mut Ctx<'_>, params: &mut Params) -> Outcome {
        if let Some(network) = params.text("Network").map(str::to_owned) {
            params.set(build::CHOSEN_KEY, network);
        }
        Ok(())
    }
}
