//! What a table says that it requests is all that it requests: which permissions a restricted key needs follows from it.

use serde_json::Value as Json;
use terraform_provider_twilio::engine::facts::{Access, Managed};
use terraform_provider_twilio::twilio::Product;

use crate::twilio::SIGN_IN_AT;

/// What is requested where something is not found, about accounts and not about the object: whether the account is in sight, and whether the
/// object is in another. A refusal of these is no error.
const ABOUT_ACCOUNTS: &[Access] = &[
    Access::get(Product::Api, "/2010-04-01/Accounts.json"),
    Access::get(Product::Api, "/2010-04-01/Accounts/{account_sid}.json"),
    Access::get(
        Product::Api,
        "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json",
    ),
];

/// The requests of a log that the table does not say, each once.
pub fn beyond(resource: &Managed, log: &[Json]) -> Vec<String> {
    let needs = resource.needs();
    if needs.is_about_accounts {
        // No key reaches these, whatever it is allowed.
        return Vec::new();
    }
    let mut said: Vec<_> = [needs.reads, needs.helps, needs.writes].concat();
    said.extend(ABOUT_ACCOUNTS);
    let text = |line: &Json, name: &str| line[name].as_str().unwrap_or_default().to_owned();
    // Who looks whether a secret is right signs in with it.
    let is_the_providers = |line: &&Json| text(line, "path") != SIGN_IN_AT;
    let asked = log.iter().filter(is_the_providers).map(|line| {
        let path = text(line, "path");
        let path = path.split('?').next().unwrap_or_default();
        (text(line, "method"), text(line, "host"), path.to_owned())
    });
    let is_said = |(method, host, path): &(String, String, String)| {
        said.iter()
            .any(|access| access.method.as_str() == method && access.product.host() == *host && fits(access.path, path))
    };
    let mut beyond: Vec<_> = asked
        .filter(|request| !is_said(request))
        .map(|(method, host, path)| format!("{method} {host}{path}"))
        .collect();
    beyond.sort();
    beyond.dedup();
    beyond
}

/// Whether a path is one of a template.
fn fits(template: &str, path: &str) -> bool {
    let template = template.split('?').next().unwrap_or_default();
    let (parts, given) = (template.split('/'), path.split('/'));
    parts.clone().count() == given.clone().count()
        && parts
            .zip(given)
            .all(|(part, given)| part.starts_with('{') || part == given)
}

#[test]
fn a_path_fits_its_template_and_no_other() {
    assert!(fits("/v1/Services/{sid}", "/v1/Services/IS1"));
    assert!(fits(
        "/v1/SafeList/Numbers?PhoneNumber={phone_number}",
        "/v1/SafeList/Numbers"
    ));
    for (template, path) in [
        ("/v1/Services/{sid}", "/v1/Services"),
        ("/v1/Services", "/v1/Services/IS1"),
        ("/v1/Services/{sid}/Maps", "/v1/Services/IS1/Lists"),
    ] {
        assert!(!fits(template, path), "{template} {path}");
    }
}
