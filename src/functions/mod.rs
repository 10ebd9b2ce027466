//! What configurations can compute without a request: a file for each function, with its table and its documentation.
//!
//! Terraform calls a function while it validates, plans and applies, in processes that have no configuration and several at a
//! time. So none of them has state, and the same arguments always have the same result. What is wrong with an argument is said
//! without repeating it ([`table::wrong`]).

pub mod e164;
pub mod explain_error;
pub mod is_e164;
mod phone;
pub mod phone_country;
pub mod segments;
pub mod sid_type;
pub mod signature;
pub mod studio_flow_urls;
pub mod table;
pub mod twiml;

use table::Function;

/// The functions, by name.
pub const FUNCTIONS: &[Function] = &[
    e164::E164,
    explain_error::EXPLAIN_ERROR,
    is_e164::IS_E164,
    phone_country::PHONE_COUNTRY,
    segments::SEGMENTS,
    sid_type::SID_TYPE,
    signature::SIGNATURE,
    studio_flow_urls::STUDIO_FLOW_URLS,
    twiml::TWIML,
];
