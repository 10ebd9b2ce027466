//! Regulatory compliance and porting.

pub mod evaluations;
pub mod port_in;
pub mod regulatory;

use crate::behaviour::{Registration, on};

/// Where it stands.
pub const HOST: &str = "numbers.twilio.com";

/// What stands at this host.
pub const REGISTRATIONS: &[Registration] = &[
    on(HOST, "/v1/Documents", &regulatory::Documents),
    on(HOST, "/v1/Porting/PortIn/PortInRequests", &port_in::PortInRequests),
    on(HOST, "/v2/RegulatoryCompliance/Bundles", &regulatory::Bundles),
    on(
        HOST,
        "/v2/RegulatoryCompliance/Bundles/{BundleSid}/Copies",
        &regulatory::Copies,
    ),
    on(
        HOST,
        "/v2/RegulatoryCompliance/Bundles/{BundleSid}/Evaluations",
        &evaluations::Evaluations,
    ),
    on(
        HOST,
        "/v2/RegulatoryCompliance/Bundles/{BundleSid}/ReplaceItems",
        &regulatory::ReplaceItems,
    ),
    on(HOST, "/v2/RegulatoryCompliance/EndUsers", &regulatory::EndUsers),
    on(
        HOST,
        "/v2/RegulatoryCompliance/SupportingDocuments",
        &regulatory::SupportingDocuments,
    ),
];
