//! Which numbers of high risk may be called. <https://www.twilio.com/docs/voice/api/dialingpermissions-country-resource>

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::Value as Json;

use super::{Finding, Report, Rules, Severity};
use crate::engine::facts::Properties;
use crate::engine::facts::hooks::Fault;
use crate::engine::operations::requests::answer_object;
use crate::twilio::{AccountSid, Client, Expects, ListRequest, Product, Request, lenient};

/// What may be open, the worst first, the filter for it, and what it is called.
const GROUPS: &[(Severity, &str, &str, &str)] = &[
    (
        Severity::High,
        "high_risk_tollfraud_numbers_enabled",
        "HighRiskTollfraudNumbersEnabled",
        "numbers that toll fraud is known to use",
    ),
    (
        Severity::Medium,
        "high_risk_special_numbers_enabled",
        "HighRiskSpecialNumbersEnabled",
        "special services, which cost more",
    ),
];

/// A country with the worst that is open in it, and all that is.
type Open = BTreeMap<String, (Severity, Option<String>, Vec<&'static str>)>;

pub(super) async fn look(client: &Client, account: &AccountSid, rules: &Rules) -> Result<Report, Fault> {
    if account != client.account() && inherits(client, account).await? {
        return Ok(Report::default());
    }
    let mut open = Open::new();
    for (severity, flag, filter, what) in GROUPS {
        let request = Request::get(Product::Voice, account, "/v1/DialingPermissions/Countries").query(*filter, "true");
        let list = ListRequest::new(request)
            .key("content")
            .known_by("iso_code")
            .of_any_account()
            .largest_pages();
        client
            .each(list, |country| {
                note(&mut open, &country, (*severity, flag, what));
                ControlFlow::Continue(())
            })
            .await?;
    }
    open.retain(|country, _| !rules.countries.contains(country));
    Ok(findings(open).into())
}

/// Whether an account has its parent's permissions, about which the parent's own findings are.
/// <https://www.twilio.com/docs/voice/api/dialingpermissions-settings-resource>
async fn inherits(client: &Client, account: &AccountSid) -> Result<bool, Fault> {
    let request = Request::get(Product::Voice, account, "/v1/Settings").expects(Expects::Object);
    let settings = answer_object(client.send(request).await?);
    let inherits = settings.get("dialing_permissions_inheritance");
    Ok(inherits.and_then(lenient::boolean).unwrap_or(false))
}

/// A country counts by what it says itself, and not because a filter let it through.
fn note(open: &mut Open, country: &Properties, (severity, flag, what): (Severity, &str, &'static str)) {
    if country.get(flag).and_then(lenient::boolean) != Some(true) {
        return;
    }
    let text = |name: &str| country.get(name).and_then(Json::as_str).map(str::to_owned);
    let Some(code) = text("iso_code") else { return };
    let entry = open.entry(code).or_insert_with(|| (severity, text("name"), Vec::new()));
    entry.0 = entry.0.min(severity);
    entry.2.push(what);
}

fn findings(open: Open) -> Vec<Finding> {
    let found = open.into_iter().map(|(code, (severity, name, what))| Finding {
        severity,
        kind: "dialing_permissions",
        sid: None,
        message: format!(
            "Calls to {} are allowed: {}. Whoever gets hold of a key can run up charges there: close what nobody calls \
             (twilio_voice_dialing_permissions_country), or name the country in high_risk_countries.",
            name.as_deref().unwrap_or(&code),
            what.join("; ")
        ),
        name: Some(code),
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_country_is_one_finding_with_all_that_is_open_in_it() {
        let mut open = Open::new();
        let latvia = json!({"iso_code": "LV", "name": "Latvia", "high_risk_tollfraud_numbers_enabled": true,
            "high_risk_special_numbers_enabled": "true"});
        let closed = json!({"iso_code": "DE", "high_risk_special_numbers_enabled": false});
        for (severity, flag, _, what) in GROUPS {
            for country in [&latvia, &closed] {
                note(
                    &mut open,
                    country.as_object().expect("an object"),
                    (*severity, flag, what),
                );
            }
        }
        let found = findings(open);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].severity, found[0].name.as_deref()),
            (Severity::High, Some("LV"))
        );
        assert!(
            found[0].message.contains("Latvia") && found[0].message.contains("special services"),
            "{found:?}"
        );
    }
}
