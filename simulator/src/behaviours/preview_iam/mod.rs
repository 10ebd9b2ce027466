//! Users of an organization.

pub mod scim_users;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "preview-iam.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[on(
    HOST,
    "/Organizations/{OrganizationSid}/scim/Users",
    &scim_users::ScimUsers,
)];
