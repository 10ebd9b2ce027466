//! The text message by which a sole proprietor confirms a brand, once more.
//! <https://www.twilio.com/docs/messaging/api/brand-registration-resource>

use super::codes::MESSAGING;
use crate::engine::facts::Role::PathPart;
use crate::engine::facts::{
    AccountRule, Action, ActionHooks, ActionWords, Answers, Category, Check, Field, Properties, sid,
};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{Effect, Product};

/// `twilio_resend_brand_otp`.
pub const RESEND_BRAND_OTP: Action = Action {
    name: "twilio_resend_brand_otp",
    since: "0.1.0",
    noun: "brand registration",
    doc: "Sends the text message once more by which a sole proprietor confirms a brand registration for US A2P messaging, to the mobile \
          number that the brand was registered with.",
    quirks: &["Only brands of sole proprietors are confirmed so, within 24 hours."],
    category: Category::Messaging,
    api_page: "https://www.twilio.com/docs/messaging/compliance/a2p-10dlc/direct-sole-proprietor-registration-overview",
    product: Product::Messaging,
    path: "/v1/a2p/BrandRegistrations/{brand_registration_sid}/SmsOtp",
    otherwise: None,
    account: AccountRule::Fixed,
    fields: FIELDS,
    rules: &[],
    omitted: &[],
    codes: &[MESSAGING],
    effect: Effect::Once,
    impacts: &[],
    answers: Answers::Object,
    words: ActionWords {
        infinitive: "send the message that confirms the brand",
        doing: "sending the message that confirms brand",
        about: &["brand_registration_sid"],
        nothing: "No message was sent.",
        unknown: "Whether a message was sent is not known.",
        look: "Ask whoever has the mobile number, or look whether the brand waits for it: in the Console at Messaging > Regulatory \
               compliance, or with Twilio's CLI, signed in to account {account}:\n\n  twilio api:messaging:v1:a2p:brand-registrations:fetch --sid {brand_registration_sid}",
        missing: None,
    },
    hooks: ActionHooks::telling(|_: &Value, _: &Properties| -> Result<String, Box<Diagnostic>> {
        Ok("the message is on its way".to_owned())
    }),
};

const FIELDS: &[Field] =
    &[sid("brand_registration_sid", PathPart, &[Check::Sid("BN")]).doc("SID of the brand registration (`BN…`).")];
