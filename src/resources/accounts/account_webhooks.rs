//! Every webhook of an account in one list: who still points at the old host?

use futures::future::BoxFuture;
use serde_json::{Value as Json, json};

use super::codes::ACCOUNTS;
use super::parts::{Parts, UNREAD, read_parts};
use super::webhook_places::{NAMES, READS, SOURCES, Source, Webhook, webhooks_of};
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, HostPattern, Kind, Properties, boolean, objects, set, text};
use crate::engine::operations::list::texts;
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::engine::values::webhooks::host_of;
use crate::framework::reason::Reason;
use crate::resources::accounts_below::{Account, accounts};
use crate::resources::reading::ACCOUNT_SID;
use crate::twilio::Product;

/// `data.twilio_account_webhooks`.
pub const ACCOUNT_WEBHOOKS: DataSource = DataSource {
    name: "twilio_account_webhooks",
    since: "0.1.0",
    noun: "webhooks of an account",
    doc: "Every webhook of an account, and with `include_subaccounts` of each of its subaccounts, in one list: phone numbers, short codes, \
          messaging services, TwiML apps, SIP domains, trunks, Studio flows, Verify, TaskRouter, Conversations, Sync, event sinks and more. \
          To answer who still points at an old host, and to check that all webhooks are yours. It costs a request for each kind and account, \
          one more for each further page of a list, and one for each Studio flow, Verify service and TaskRouter workspace.",
    quirks: &[
        "What could not be read is never shown as nothing: `unread` names it with the reason, and `complete` is false.",
        "Of a Studio flow each address in its definition is shown, whichever widget has it.",
        "A URL may have a user and a password in it, and the state has it as Twilio shows it.",
        "Webhooks that a request carries, as that of one message or call, are kept nowhere and are not in the list; nor are those of a single Conversation.",
    ],
    category: Category::Accounts,
    api_page: "https://www.twilio.com/docs/usage/webhooks",
    attributes: ATTRIBUTES,
    place: ReadPlace::worked_out(
        Product::Api,
        &[
            "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json",
            "/2010-04-01/Accounts/{account_sid}/SMS/ShortCodes.json",
            "/2010-04-01/Accounts/{account_sid}/Applications.json",
            "/2010-04-01/Accounts/{account_sid}/SIP/Domains.json",
            "/2010-04-01/Accounts/{account_sid}/ConnectApps.json",
            "/2010-04-01/Accounts/{account_sid}/Usage/Triggers.json",
            "/2010-04-01/Accounts.json",
        ],
    )
    .also(&READS),
    codes: &[ACCOUNTS],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    set("hosts", Setting(Clears), &Kind::Text)
        .checks(&[Check::NonEmpty, Check::Each(&Check::Custom(a_host))])
        .doc(
            "Only webhooks at these hosts: `old.example.com`, or `*.example.com` for all below one. Default: all.",
        ),
    set("kinds", Setting(Clears), &Kind::Text)
        .checks(&[Check::NonEmpty, Check::Each(&Check::OneOf(NAMES))])
        .doc(
            "Only these kinds: `phone_numbers`, `short_codes`, `messaging_services`, `twiml_apps`, `sip_domains`, `trunks`, `byoc_trunks`, \
             `studio_flows`, `verify_webhooks`, `taskrouter_workspaces`, `taskrouter_workflows`, `conversations_webhooks`, \
             `conversations_addresses`, `sync_services`, `event_sinks`, `intelligence_services`, `video_composition_hooks`, \
             `usage_triggers`, `connect_apps`, `regulatory_bundles`. Default: all.",
        ),
    boolean("include_subaccounts", Setting(Clears)).doc(
        "Whether each subaccount that is not closed is read, too. Default: `false`.",
    ),
    ACCOUNT_SID,
    boolean("complete", Observed).doc("Whether everything was read."),
    objects("webhooks", Observed, WEBHOOK).doc("The webhooks."),
    objects("unread", Observed, UNREAD).doc("The kinds that could not be read, for each account, with the reason."),
];

const WEBHOOK: &[Field] = &[
    text("account_sid", Observed).doc("SID of the account."),
    text("kind", Observed).doc("Kind of what has it, as in `kinds`."),
    text("resource_type", Observed)
        .doc("The type of resource that manages that, for example `twilio_phone_number`. Null where there is none."),
    text("sid", Observed).doc("SID of what has it; of settings of the account, the account's."),
    text("name", Observed)
        .doc("What people know that by: the number of a phone number, otherwise a name. Null where it has none."),
    text("attribute", Observed)
        .doc("Where the URL stands, for example `voice_url` or `sink_configuration.destination`."),
    text("url", Observed).doc("The URL."),
    text("host", Observed).doc("Its host. Null where it is filled in later, as by a Studio flow, and where readers of URLs disagree on what it is."),
    text("method", Observed).doc("The method with which Twilio requests it. Null where there is no choice of it."),
];

fn a_host(text: &str) -> Result<(), Reason> {
    match HostPattern::parse(text) {
        Some(_) => Ok(()),
        None => {
            Err("It is no host. Write the name alone, as hooks.example.com, or *.example.com for all below one.".into())
        }
    }
}

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let include_subaccounts = query.config.attr("include_subaccounts").as_bool().unwrap_or(false);
        let kinds = wanted(&texts(query.config.attr("kinds")));
        let hosts = texts(query.config.attr("hosts"));
        let hosts: Vec<_> = hosts.iter().filter_map(|host| HostPattern::parse(host)).collect();
        let all = accounts(query, include_subaccounts).await?;
        let client = query.client;
        let parts = read_parts(query, all, &kinds, |account, source| async move {
            Ok(webhooks_of(client, &account, source, None).await?.webhooks)
        });
        let parts = parts.await?;
        let mut answer = answer(&parts, &hosts);
        parts.tell_what_is_missing(query, &mut answer);
        Ok(answer)
    })
}

fn wanted(names: &[String]) -> Vec<(&'static str, Source)> {
    let is_wanted = |(name, _): &&(&str, Source)| names.is_empty() || names.iter().any(|wanted| wanted == name);
    SOURCES.iter().filter(is_wanted).copied().collect()
}

fn answer(parts: &Parts<Vec<Webhook>>, hosts: &[HostPattern]) -> Properties {
    let mut rows = Vec::new();
    for (account, kind, webhooks) in &parts.found {
        let source = SOURCES.iter().find(|(name, _)| name == kind);
        let resource = source
            .map(|(_, source)| source.object().name)
            .filter(|name| !name.is_empty());
        for webhook in webhooks {
            let host = host_of(&webhook.url);
            let is_at = |pattern: &HostPattern| host.as_deref().is_some_and(|host| pattern.matches(host));
            if hosts.is_empty() || hosts.iter().any(is_at) {
                rows.push(row(account, kind, resource, webhook, host.as_deref()));
            }
        }
    }
    Properties::from_iter([("webhooks".to_owned(), Json::Array(rows))])
}

fn row(account: &Account, kind: &str, resource: Option<&str>, webhook: &Webhook, host: Option<&str>) -> Json {
    json!({
        "account_sid": account.sid.as_str(),
        "kind": kind,
        "resource_type": resource,
        "sid": webhook.sid,
        "name": webhook.name,
        "attribute": webhook.attribute,
        "url": webhook.url,
        "host": host,
        "method": webhook.method,
    })
}

/// Whether the webhooks of a type of resource are in the list.
#[cfg(test)]
pub(crate) fn shows(resource_type: &str) -> bool {
    SOURCES.iter().any(|(_, source)| source.object().name == resource_type)
}
