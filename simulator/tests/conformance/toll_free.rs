//! Verifications of toll-free numbers: what they say of the business.

use crate::accounts::below;
use crate::support::{API, simulator};

/// The contract's texts on the parameters; <https://www.twilio.com/docs/messaging/compliance/toll-free/api-onboarding>, whose second
/// sample names a customer profile in place of them.
#[tokio::test]
async fn a_business_says_what_it_is_and_where_it_is_registered() {
    let (handle, client) = simulator().await;
    let numbers = below(&handle.account_sid, "IncomingPhoneNumbers");
    let registered = [
        ("BusinessType", "PRIVATE_PROFIT"),
        ("BusinessRegistrationNumber", "123456789"),
        ("BusinessRegistrationAuthority", "EIN"),
        ("BusinessRegistrationCountry", "US"),
    ];
    let mut cases = vec![
        (vec![], false),
        (registered.to_vec(), true),
        (vec![("BusinessType", "SOLE_PROPRIETOR")], true),
    ];
    for missing in 0..registered.len() {
        let mut form = registered.to_vec();
        form.remove(missing);
        cases.push((form, false));
    }
    for (business, is_taken) in cases {
        let bought = client.post(API, &numbers, &[("AreaCode", "415")]).await;
        let mut form = vec![
            ("BusinessName", "b"),
            ("BusinessWebsite", "https://example.com"),
            ("NotificationEmail", "a@example.com"),
            ("UseCaseCategories", "TWO_FACTOR_AUTHENTICATION"),
            ("UseCaseSummary", "s"),
            ("ProductionMessageSample", "p"),
            ("OptInImageUrls", "https://example.com/a.png"),
            ("OptInType", "VERBAL"),
            ("MessageVolume", "10"),
            ("TollfreePhoneNumberSid", bought.text("sid")),
        ];
        form.extend(&business);
        let wanted = if is_taken { (201, 0) } else { (400, 20001) };
        let answer = client
            .post("messaging.twilio.com", "/v1/Tollfree/Verifications", &form)
            .await;
        assert_eq!(answer.refusal(), wanted, "{business:?}");
    }
}
