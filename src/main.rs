//! `terraform-provider-twilio`.

use std::process::ExitCode;

fn main() -> ExitCode {
    terraform_provider_twilio::run()
}
