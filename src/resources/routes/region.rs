//! What the routes of numbers, SIP domains and trunks have in common. Another region is another configuration: with none there, calls
//! have nobody to go to. So a plan says it before.

use crate::engine::facts::Absent::{Keeps, Required};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::{Call, Planning, Step};
use crate::engine::facts::{Check, Field, text, timestamp};
use crate::engine::operations::requests::fetch;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;

const REGION: &str = "voice_region";

/// Where calls to what is new are processed: <https://www.twilio.com/docs/global-infrastructure/inbound-call-processing>
const FIRST_REGION: &str = "us1";

/// <https://www.twilio.com/docs/global-infrastructure/regional-product-and-feature-availability>
pub(super) const VOICE_REGION: Field = text(REGION, Setting(Required)).checks(&[Check::Known(&["us1", "ie1", "au1"])]).doc(
    "Region that processes calls that come in, and keeps what is recorded of them: `us1`, `ie1` or `au1`. They find what is \
     set up in that region, so set it up there before. Changes in place.",
);

pub(super) const FRIENDLY_NAME: Field = text("friendly_name", Setting(Keeps))
    .checks(&[Check::Length(1, 64)])
    .doc("Name of the route, up to 64 characters. Removing it keeps the name that it has.");

pub(super) const DATE_CREATED: Field =
    timestamp("date_created").doc("When it was given a region first (RFC 3339, UTC).");

/// Says that calls go to another region, where it is known that they go to a different one now. Costs one read, while Terraform has not
/// written the route.
pub(super) fn warn_of_another_region(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let object = &planning.resource.object;
        let planned = &*planning.planned;
        let Some(key) = object.key_field() else {
            return Ok(());
        };
        let mut before = planning.prior.attr(REGION).as_str().map(str::to_owned);
        let is_new = planning.prior.is_null() && !planned.is_null();
        let is_unnamed = planned.attr(key).is_unknown() || planned.attr("account_sid").is_unknown();
        if is_new && is_unnamed {
            // What is made by the same plan.
            before = Some(FIRST_REGION.to_owned());
        } else if let (true, Some((client, account))) = (is_new, planning.connection) {
            let call = Call {
                object,
                client,
                account,
                state: planned,
                warnings: planning.warnings,
            };
            // What cannot be read is for the apply to say.
            let found = fetch(call).await.unwrap_or_default();
            before = found.get(REGION).and_then(|region| region.as_str()).map(str::to_owned);
        }
        if let Some(warning) = another_region(before.as_deref(), planned, key) {
            planning.warnings.add(warning);
        }
        Ok(())
    })
}

fn another_region(before: Option<&str>, planned: &Value, key: &str) -> Option<Diagnostic> {
    let before = before.filter(|region| !region.is_empty())?;
    let after = planned.attr(REGION).as_str()?;
    let whose = planned.attr(key).as_str().unwrap_or(match key {
        "phone_number" => "the number",
        "sip_domain" => "the SIP domain",
        _ => "the trunk",
    });
    (before != after).then(|| {
        Diagnostic::warning(
            "Calls go to another region",
            format!(
                "Within five minutes of this apply calls to {whose} are processed in {after}, and no more in {before}. They find the \
                 configuration that {after} has, its webhooks and lists; what was set up in {before} stays there. Look that everything \
                 is there before: https://www.twilio.com/docs/global-infrastructure/inbound-call-processing"
            ),
        )
        .at_attribute(REGION)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_region_than_before_is_said() {
        let planned = Value::object([("phone_number", "+14155550100".into()), (REGION, "ie1".into())]);
        let said = |before: Option<&str>, planned: &Value| another_region(before, planned, "phone_number");
        for before in [None, Some(""), Some("ie1")] {
            assert_eq!(said(before, &planned), None);
        }
        assert_eq!(said(Some("us1"), &Value::Null), None);
        let unnamed = Value::object([("phone_number", Value::UNKNOWN), (REGION, "ie1".into())]);
        let detail = said(Some(FIRST_REGION), &unnamed).expect("a warning").detail;
        assert!(detail.contains("calls to the number are processed in ie1"), "{detail}");
        let detail = said(Some("us1"), &planned).expect("a warning").detail;
        assert!(
            detail.contains("calls to +14155550100 are processed in ie1, and no more in us1."),
            "{detail}"
        );
    }
}
