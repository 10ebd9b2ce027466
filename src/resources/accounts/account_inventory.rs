//! What an account holds, by kind: before it is closed, handed over or tidied up.
//!
//! # Quirks
//! - The kinds are those of the check before a subaccount is closed ([`super::holdings`]).
//! - What could not be read is in `unread`, and `total` is null then: nobody knows it.

use futures::future::BoxFuture;
use serde_json::{Value as Json, json};

use super::codes::ACCOUNTS;
use super::holdings::{Held, KINDS, Kind, NAMES, READS, held};
use super::parts::{Parts, UNREAD, read_parts};
use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{
    Category, Check, Field, Kind as FieldKind, Object, Properties, boolean, int, list, objects, set, text,
};
use crate::engine::operations::list::texts;
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::engine::values::import_id::likely_id;
use crate::framework::value::Value;
use crate::resources::accounts_below::{Account, accounts};
use crate::resources::reading::ACCOUNT_SID;
use crate::twilio::Product;

/// `data.twilio_account_inventory`.
pub const ACCOUNT_INVENTORY: DataSource = DataSource {
    name: "twilio_account_inventory",
    since: "0.1.0",
    noun: "inventory of an account",
    doc: "What an account holds, and with `include_subaccounts` each of its subaccounts: counts, SIDs and names by kind, and the \
          import id of each. It reads what the check before closing a subaccount reads. It costs a request for each kind and account, and one \
          more for each further page of a list.",
    quirks: &[
        "What Twilio makes by itself is not among the kinds (services of Conversations and Sync, queues), nor is what many accounts may not have (Video, \
         Intelligence, add-ons, Trust Hub). Closing loses that, too.",
        "What could not be read is never shown as nothing: `unread` names it with the reason, `complete` is false, and `total` is null.",
        "Of a suspended subaccount only its parent sees something: phone numbers, short codes, TwiML apps, SIP domains and lists, addresses and \
         verified caller IDs. The rest is in `unread`.",
        "A standard API key does not get to see API keys and subaccounts. Sign in with the auth token for a complete inventory.",
    ],
    category: Category::Accounts,
    api_page: "https://www.twilio.com/docs/iam/api/account",
    attributes: ATTRIBUTES,
    place: ReadPlace::worked_out(
        Product::Api,
        &[
            "/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json",
            "/2010-04-01/Accounts/{account_sid}/SMS/ShortCodes.json",
            "/2010-04-01/Accounts/{account_sid}/Applications.json",
            "/2010-04-01/Accounts/{account_sid}/SIP/Domains.json",
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
    boolean("include_subaccounts", Setting(Clears)).doc(
        "Whether each subaccount that is not closed is read, too. Default: `false`.",
    ),
    set("kinds", Setting(Clears), &FieldKind::Text)
        .checks(&[Check::NonEmpty, Check::Each(&Check::OneOf(NAMES))])
        .doc(
            "Only these kinds: `phone_numbers`, `short_codes`, `messaging_services`, `twiml_apps`, `sip_domains`, `sip_credential_lists`, \
             `sip_ip_access_control_lists`, `trunks`, `voice_byoc_trunks`, `studio_flows`, `verify_services`, `taskrouter_workspaces`, `serverless_services`, `event_sinks`, `event_subscriptions`, `api_keys`, \
             `regulatory_bundles`, `addresses`, `outgoing_caller_ids`. Default: all.",
        ),
    ACCOUNT_SID,
    boolean("complete", Observed).doc("Whether everything was read."),
    int("total", Observed).doc("How many things there are of all kinds. Null where something could not be read."),
    objects("holdings", Observed, HOLDING)
        .doc("How many there are of each kind that was read, also of which there are none, for each account."),
    objects("objects", Observed, OBJECT).doc("The things themselves."),
    objects("unread", Observed, UNREAD).doc("The kinds that could not be read, for each account, with the reason."),
];

const HOLDING: &[Field] = &[
    text("account_sid", Observed).doc("SID of the account."),
    text("friendly_name", Observed).doc("Name of the account, as far as that could be read."),
    text("status", Observed).doc("`active`, `suspended` or `closed`, as far as that could be read."),
    text("kind", Observed).doc("The kind, as in `kinds`."),
    int("count", Observed).doc("How many there are."),
    list("sids", Observed, &FieldKind::Text).doc("Their SIDs."),
];

const OBJECT: &[Field] = &[
    text("account_sid", Observed).doc("SID of the account."),
    text("kind", Observed).doc("The kind, as in `kinds`."),
    text("sid", Observed).doc("Its SID."),
    text("name", Observed)
        .doc("What people know it by: the number of a phone number, otherwise a name. Null where it has none."),
    text("resource_type", Observed)
        .doc("The type of resource that manages it, for example `twilio_phone_number`. Null where there is none."),
    text("import_id", Observed).doc("What its `import` block has as `id`. Null where no resource manages it."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let include_subaccounts = query.config.attr("include_subaccounts").as_bool().unwrap_or(false);
        let kinds = wanted(&texts(query.config.attr("kinds")));
        let all = accounts(query, include_subaccounts).await?;
        let client = query.client;
        let parts = read_parts(query, all, &kinds, |account, object| async move {
            held(client, &account, object).await
        });
        let parts = parts.await?;
        let mut answer = answer(&parts);
        parts.tell_what_is_missing(query, &mut answer);
        Ok(answer)
    })
}

fn wanted(names: &[String]) -> Vec<Kind> {
    let is_wanted = |(name, _): &&Kind| names.is_empty() || names.iter().any(|wanted| wanted == name);
    KINDS.iter().filter(is_wanted).copied().collect()
}

fn answer(parts: &Parts<Vec<Held>>) -> Properties {
    let (mut holdings, mut objects, mut total) = (Vec::new(), Vec::new(), 0);
    for (account, kind, held) in &parts.found {
        total += held.len();
        let sids: Vec<_> = held.iter().map(|one| one.sid.as_str()).collect();
        let mut row = account.row();
        row.insert("kind".to_owned(), (*kind).into());
        row.insert("count".to_owned(), held.len().into());
        row.insert("sids".to_owned(), json!(sids));
        holdings.push(Json::Object(row));
        let object = KINDS.iter().find(|(name, _)| name == kind).map(|(_, object)| *object);
        objects.extend(held.iter().map(|one| row_of(account, kind, object, one)));
    }
    Properties::from_iter([
        ("total".to_owned(), json!(parts.are_complete().then_some(total))),
        ("holdings".to_owned(), Json::Array(holdings)),
        ("objects".to_owned(), Json::Array(objects)),
    ])
}

fn row_of(account: &Account, kind: &str, object: Option<&'static Object>, one: &Held) -> Json {
    let resource = object.filter(|object| !object.name.is_empty());
    let import_id = resource.and_then(|object| {
        let known = Value::object([(object.key_field()?, Value::string(one.sid.as_str()))]);
        Some(likely_id(object, &account.sid, &known))
    });
    json!({
        "account_sid": account.sid.as_str(),
        "kind": kind,
        "sid": one.sid,
        "name": one.name,
        "resource_type": resource.map(|object| object.name),
        "import_id": import_id,
    })
}
