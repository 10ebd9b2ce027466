//! `terraform-provider-twilio`.

use std::process::ExitCode;

use terraform_provider_twilio::command_line;
use terraform_provider_twilio::provider::TwilioProvider;

fn main() -> ExitCode {
    command_line::run(TwilioProvider::default())
}
