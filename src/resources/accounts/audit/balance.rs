//! How much money is left. <https://www.twilio.com/docs/usage/api/balance>

use super::{Finding, Report, Rules, Severity};
use crate::engine::facts::Properties;
use crate::engine::facts::hooks::Fault;
use crate::engine::operations::requests::answer_object;
use crate::framework::number::Number;
use crate::twilio::{AccountSid, Client, ErrorKind, Expects, Product, Request, lenient};

pub(super) async fn look(client: &Client, account: &AccountSid, rules: &Rules) -> Result<Report, Fault> {
    let Some(least) = &rules.min_balance else {
        return Ok(Report::default());
    };
    // Subaccounts have none: their parent pays. The one that the data source is about is asked for all the same.
    if account != client.account() && *account != rules.own {
        return Ok(Report::default());
    }
    let path = format!("/2010-04-01/Accounts/{account}/Balance.json");
    let request = Request::get(Product::Api, account, path).expects(Expects::Object);
    match client.send(request).await {
        Ok(answer) => Ok(judged(account, &answer_object(answer), least)),
        Err(error) if error.kind == ErrorKind::NotFound => Ok(Report {
            findings: Vec::new(),
            unknown: Some("a subaccount has no balance: its parent pays for it".to_owned()),
        }),
        Err(error) => Err(error.into()),
    }
}

fn judged(account: &AccountSid, answer: &Properties, least: &Number) -> Report {
    let field = |name: &str| answer.get(name).and_then(lenient::text);
    let balance = answer.get("balance").and_then(lenient::number);
    let Some(balance) = balance.and_then(|text| text.parse::<Number>().ok()) else {
        return Report {
            findings: Vec::new(),
            unknown: Some("Twilio did not say what the balance is".to_owned()),
        };
    };
    if balance >= *least {
        return Report::default();
    }
    let unit = field("currency").unwrap_or_default();
    vec![Finding {
        severity: Severity::High,
        kind: "accounts",
        sid: Some(account.to_string()),
        name: None,
        message: format!(
            "The balance is {}, below the {least} of min_balance. Without money Twilio suspends the account, and nothing is sent or called \
             any more: add some, or turn on auto-recharge in the Console.",
            format!("{balance} {unit}").trim_end()
        ),
    }]
    .into()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    #[test]
    fn a_balance_below_the_bound_is_a_finding_and_none_is_not_known() {
        let account = crate::twilio::tests::server::parent();
        let judged = |balance: Json| {
            let answer = json!({"balance": balance, "currency": "USD"});
            let report = judged(&account, answer.as_object().expect("an object"), &Number::from(20_i64));
            (report.findings.len(), report.unknown.is_some())
        };
        assert_eq!(judged(json!("20.00")), (0, false));
        assert_eq!(judged(json!("19.99")), (1, false));
        assert_eq!(judged(json!("-3")), (1, false));
        assert_eq!(judged(json!(null)), (0, true));
    }
}
