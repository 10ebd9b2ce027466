//! An add-on that the account uses. <https://www.twilio.com/docs/marketplace/api/installed-add-ons>
//!
//! # Quirks
//! - The SID of the offer is in no field of a response, but at the end of the link `available_add_on`, as the examples of Twilio's
//!   published description have it.
//! - The consent to the offer's terms is in none.

use serde_json::Value as Json;

use super::codes::MARKETPLACE;
use crate::engine::facts::Absent::{ClearedBy, Keeps, Required};
use crate::engine::facts::Role::{Fixed, Hint, Observed, Setting};
use crate::engine::facts::hooks::{Fault, Planning, ReadHooks, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Deviation, Field, Key, Literal, Managed, Norm, Object, Place, Plural, Properties, boolean, json,
    sid, text, timestamp,
};
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_marketplace_installed_add_on`.
pub const MARKETPLACE_INSTALLED_ADD_ON: Managed = Managed {
    object: Object {
        name: "twilio_marketplace_installed_add_on",
        noun: "installed add-on",
        plural: Some(Plural {
            name: "twilio_marketplace_installed_add_ons",
            noun: "installed add-ons",
        }),
        category: Category::Marketplace,
        api_page: "https://www.twilio.com/docs/marketplace/api/installed-add-ons",
        place: Place::at(Product::Marketplace, "/v1/InstalledAddOns", "/v1/InstalledAddOns/{sid}"),
        key: Key::Sid("XE"),
        natural_key: &["unique_name"],
        deviations: &[Deviation {
            from: Norm::Demands,
            name: "AcceptTermsOfService",
            reason: "the plan of a new one refuses to leave it out; one that is imported needs it no more",
        }],
        fields: FIELDS,
        codes: &[MARKETPLACE],
        read: ReadHooks {
            decode: Some(offer_in_the_link),
            ..ReadHooks::NONE
        },
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An add-on of another company in this account, which looks up numbers or analyses messages and recordings. Where it is used a \
          `twilio_marketplace_installed_add_on_extension` says. What it does is billed by use, at the price of who offers it. Destroying \
          uninstalls it at once: numbers and flows that use it get no results any more.",
    quirks: &[
        "Add-ons in Developer Preview, or announced as coming, can only be installed in the Console.",
        "One offer can be installed several times, each with a configuration of its own.",
        "Whoever sets `accept_terms_of_service` accepts them for the account: a module should ask for it in a variable without a default.",
    ],
    write: WriteHooks {
        plan: Some(somebody_agrees),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const OFFER: &str = "available_add_on";

const FIELDS: &[Field] = &[
    sid("available_add_on_sid", Fixed(Required), &[Check::Sid("XB")])
        .read_as("links.available_add_on")
        .doc(
            "SID of the offer (`XB…`), which `data.twilio_marketplace_available_add_ons` shows. A change replaces the add-on: the \
             first is uninstalled.",
        ),
    boolean("accept_terms_of_service", Hint).doc(
        "`true`: you accept the terms of who offers the add-on, which its page in the Console shows. A new one cannot be installed \
         without; later it changes nothing.",
    ),
    // Twilio takes a JSON object, so an empty one stands for none: https://www.twilio.com/docs/marketplace/api/installed-add-ons
    json("configuration", Setting(ClearedBy(Literal::EmptyObject)))
        .with_webhooks()
        .write_only()
        .doc(
            "What the add-on is configured with, by `jsonencode({ … })`, as the offer's `configuration_schema` has it: some offers want a \
             key of theirs in it. Changes in place. Removing it sets `{}`.",
        ),
    text("unique_name", Setting(Keeps))
        .checks(&[Check::NonEmpty])
        .doc("Name that no other add-on of the account has. Changes in place. Removing it keeps the name."),
    text("friendly_name", Observed).doc("Name of the add-on."),
    text("description", Observed).doc("What the add-on does."),
    timestamp("date_created").doc("When it was installed (RFC 3339, UTC)."),
];

/// Puts the SID where the link is. A link that names no offer says nothing: what is known stays.
fn offer_in_the_link(response: &mut Properties, _: &Value) {
    let Some(links) = response.get_mut("links").and_then(Json::as_object_mut) else {
        return;
    };
    let link = links.remove(OFFER);
    let last = link
        .as_ref()
        .and_then(Json::as_str)
        .and_then(|link| link.rsplit('/').next());
    if let Some(sid) = last.filter(|sid| sid.starts_with("XB")) {
        links.insert(OFFER.to_owned(), sid.into());
    }
}

/// Terms are accepted by a person who writes it down, and what costs money or goes is said before.
fn somebody_agrees(planning: Planning<'_>) -> Step<'_> {
    let said = look(planning.prior, planning.config, planning.destroys);
    Box::pin(async move {
        for warning in said? {
            planning.warnings.add(warning);
        }
        Ok(())
    })
}

fn look(prior: &Value, config: &Value, destroys: bool) -> Result<Vec<Diagnostic>, Fault> {
    let mut warnings = Vec::new();
    if !prior.is_null() && destroys {
        let name = prior.attr("sid").as_str().unwrap_or("It");
        warnings.push(Diagnostic::warning(
            "An add-on is uninstalled",
            format!(
                "{name} goes at once, with what its extensions and phone numbers had of it: calls, messages and flows that rely on \
                 its results get none. Installing it again makes another one, and its terms have to be accepted again."
            ),
        ));
    }
    // Of a replacement Terraform asks twice: for what goes, and for what comes.
    if config.is_null() || !prior.is_null() {
        return Ok(warnings);
    }
    let agreed = config.attr("accept_terms_of_service");
    if !agreed.is_unknown() && agreed.as_bool() != Some(true) {
        return Err(Fault::Diagnostic(Box::new(
            Diagnostic::error(
                "Nobody has accepted the terms of the add-on",
                "An add-on is offered by another company, on terms and at prices of its own. Nothing was installed. Read them on the \
                 add-on's page in the Console, and set accept_terms_of_service = true.",
            )
            .at_attribute("accept_terms_of_service"),
        )));
    }
    warnings.push(
        Diagnostic::warning(
            "Installing an add-on costs money",
            "From this apply on what the add-on does is billed, at the price of who offers it, on top of Twilio's own. The price is on \
             its page in the Console, and in pricing_type of data.twilio_marketplace_available_add_ons.",
        )
        .at_attribute("available_add_on_sid"),
    );
    Ok(warnings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offer_is_the_one_that_the_link_names() {
        let decoded = |links: Json| {
            let mut response = Properties::from_iter([("links".to_owned(), links)]);
            offer_in_the_link(&mut response, &Value::Null);
            response["links"].get(OFFER).cloned()
        };
        let offer = "XB0123456789abcdef0123456789abcdef";
        let link = format!("https://marketplace.twilio.com/v1/AvailableAddOns/{offer}");
        assert_eq!(decoded(serde_json::json!({ OFFER: link })), Some(offer.into()));
        for nothing in [
            serde_json::json!({}),
            serde_json::json!({ OFFER: null }),
            serde_json::json!({ OFFER: "https://marketplace.twilio.com/v1/AvailableAddOns" }),
        ] {
            assert_eq!(decoded(nothing), None);
        }
    }

    #[test]
    fn a_plan_says_what_is_billed_and_what_goes_and_installs_nothing_that_nobody_agreed_to() {
        let agrees = |agreed: Value| Value::object([("accept_terms_of_service", agreed)]);
        let there = Value::object([("sid", "XE0123456789abcdef0123456789abcdef".into())]);
        let said = |prior: &Value, config: &Value, destroys: bool| {
            let said = look(prior, config, destroys).map_err(|_| ());
            said.map(|said| said.into_iter().map(|said| said.summary).collect::<Vec<_>>())
        };
        let (billed, goes) = ("Installing an add-on costs money", "An add-on is uninstalled");
        assert_eq!(said(&Value::Null, &agrees(true.into()), false), Ok(vec![billed.into()]));
        assert_eq!(
            said(&Value::Null, &agrees(Value::UNKNOWN), false),
            Ok(vec![billed.into()])
        );
        for refused in [Value::Null, false.into()] {
            assert!(said(&Value::Null, &agrees(refused.clone()), false).is_err());
            assert_eq!(
                said(&there, &agrees(refused), false),
                Ok(Vec::new()),
                "whoever has it has agreed"
            );
        }
        assert_eq!(said(&there, &agrees(true.into()), true), Ok(vec![goes.into()]));
        assert_eq!(said(&there, &Value::Null, true), Ok(vec![goes.into()]));
    }
}
