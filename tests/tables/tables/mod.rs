//! Tables of shapes that no offered resource has yet: each stands for many that will. They are facts about real places of
//! Twilio's, so that the local Twilio and the contract check them; their names begin with `twilio_test_`.

mod address;
mod pooled_service;

use terraform_provider_twilio::engine::facts::Managed;

/// All of them, sorted by name.
pub const TABLES: &[Managed] = &[address::ADDRESS, pooled_service::POOLED_SERVICE];
