//! What Twilio alone fills and nobody publishes as a whole: types of documents, regulations, policies, prices, networks, add-ons.
//!
//! An empty list would say that there is none. So where nothing was put there (`POST /_simulator/objects`), a strict simulator refuses to
//! answer, and says that it does not know. Each place is a row of `simulator/OPEN-QUESTIONS.md`.

use serde_json::json;

use super::{At, is_at};
use crate::behaviour::{Ctx, Outcome};
use crate::contract::Resource;
use crate::error::ApiError;

/// Collections, and single things that are selected by nothing but their name.
const CATALOGUES: &[At] = &[
    // https://www.twilio.com/docs/marketplace/api/available-add-ons
    ("marketplace.twilio.com", "/v1/AvailableAddOns"),
    // https://www.twilio.com/docs/messaging/api/usapptopersonusecase-resource: an empty list says that the brand may register none.
    (
        "messaging.twilio.com",
        "/v1/Services/{MessagingServiceSid}/Compliance/Usa2p/Usecases",
    ),
    // https://www.twilio.com/docs/phone-numbers/regulatory/api/end-user-types
    ("numbers.twilio.com", "/v2/RegulatoryCompliance/EndUserTypes"),
    // https://www.twilio.com/docs/phone-numbers/regulatory/api/regulations
    ("numbers.twilio.com", "/v2/RegulatoryCompliance/Regulations"),
    // https://www.twilio.com/docs/phone-numbers/regulatory/api/supporting-document-types
    ("numbers.twilio.com", "/v2/RegulatoryCompliance/SupportingDocumentTypes"),
    // https://www.twilio.com/docs/messaging/api/pricing
    ("pricing.twilio.com", "/v1/Messaging/Countries"),
    // https://www.twilio.com/docs/phone-numbers/pricing
    ("pricing.twilio.com", "/v1/PhoneNumbers/Countries"),
    // https://www.twilio.com/docs/voice/pricing
    ("pricing.twilio.com", "/v1/Voice/Countries"),
    // https://www.twilio.com/docs/voice/pricing
    ("pricing.twilio.com", "/v1/Voice/Numbers"),
    // The contract's text: prices, which nobody makes.
    ("pricing.twilio.com", "/v2/Trunking/Countries"),
    // The contract's text: prices, which nobody makes.
    ("pricing.twilio.com", "/v2/Trunking/Numbers"),
    // https://www.twilio.com/docs/voice/pricing
    ("pricing.twilio.com", "/v2/Voice/Countries"),
    // https://www.twilio.com/docs/voice/pricing
    ("pricing.twilio.com", "/v2/Voice/Numbers"),
    // The contract of what is listed: https://www.twilio.com/docs/iot/supersim/api/networkaccessprofile-resource
    ("supersim.twilio.com", "/v1/Networks"),
    // https://www.twilio.com/docs/trust-hub/trusthub-rest-api
    ("trusthub.twilio.com", "/v1/EndUserTypes"),
    // https://www.twilio.com/docs/trust-hub/trusthub-rest-api/policies
    ("trusthub.twilio.com", "/v1/Policies"),
    // https://www.twilio.com/docs/trust-hub/trusthub-rest-api
    ("trusthub.twilio.com", "/v1/SupportingDocumentTypes"),
    // https://www.twilio.com/docs/verify/api/templates
    ("verify.twilio.com", "/v2/Templates"),
    // https://www.twilio.com/docs/voice/api/dialingpermissions-highriskspecialprefix-resource
    (
        "voice.twilio.com",
        "/v1/DialingPermissions/Countries/{IsoCode}/HighRiskSpecialPrefixes",
    ),
];

/// Whether the contents of a collection are Twilio's alone.
pub(crate) fn is_one(resource: &Resource) -> bool {
    CATALOGUES.iter().any(|at| is_at(*at, resource))
}

/// Refuses to show a catalogue that nobody has filled, which stands at this path of a collection.
///
/// # Errors
/// 400/20001 with the member `simulator`, when strict.
pub(crate) fn refuse_unknown(ctx: &Ctx<'_>, resource: &Resource, collection: &str) -> Outcome {
    let is_empty = || ctx.state.store.count(&resource.host, ctx.account, collection) == 0;
    if !ctx.strict || !is_one(resource) || !is_empty() {
        return Ok(());
    }
    let what = format!("{}{}", resource.host, resource.template);
    let text =
        format!("The simulator does not know what Twilio has at {what}. Put it there with POST /_simulator/objects");
    Err(ApiError::new(400, 20001, text).with("simulator", json!({"not_modelled": what})))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::assert_published;

    #[test]
    fn each_catalogue_is_published_made_by_nobody_and_asked_about() {
        let questions = include_str!("../../OPEN-QUESTIONS.md");
        for at in CATALOGUES {
            let resource = assert_published(*at);
            assert!(!resource.has_create(), "{at:?}");
            assert!(questions.contains(&format!("`{}{}`", at.0, at.1)), "{at:?}");
        }
    }
}
