//! What Terraform demands of schemas, asked of all that this provider offers.

use terraform_provider_twilio::framework::schema_check::provider_violations;
use terraform_provider_twilio::provider::TwilioProvider;

use super::toy::Toy;

#[test]
fn terraform_can_load_everything_that_is_offered() {
    assert_eq!(provider_violations("twilio", &TwilioProvider::default()), []);
}

#[test]
fn terraform_can_load_the_toy() {
    assert_eq!(provider_violations("toy", &Toy::default()), []);
}
