//! The provider with the test tables added, for tests with the real Terraform. What is shipped has none of them.

use std::process::ExitCode;

use terraform_provider_twilio::command_line;
use terraform_provider_twilio::provider::TwilioProvider;

mod tables;

fn main() -> ExitCode {
    command_line::run(TwilioProvider::default().offering(tables::TABLES, &[]))
}
