//! Who still uses a number that goes: sender pools and the Verify services that send with them, a trunk, an address of Conversations, and
//! calls and messages since yesterday.
//!
//! Nothing in a number says most of this, so it is asked for, and only of numbers that are to be released. What belongs to the account
//! is read once in a run, and what it costs has an upper bound; what was not asked for is said to be not checked.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::{join, join_all};
use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use tokio::sync::Mutex;

use crate::engine::facts::hooks::{Call, Fault};
use crate::engine::facts::{Access, Properties};
use crate::engine::operations::requests::fetch;
use crate::twilio::{AccountSid, Client, Error, ErrorKind, ListRequest, Product, Request, lenient};

/// Messaging services whose pools a plan looks into.
const MOST_POOLS: usize = 20;

/// Those that a policy looks into, which refuses what is not known.
const MOST_POOLS_OF_A_POLICY: usize = 400;

/// Verify services whose senders are searched for.
const MOST_VERIFY_SERVICES: usize = 10;

/// Numbers of one plan whose calls and messages are searched for, with four requests each.
const MOST_WITH_TRAFFIC: usize = 10;

/// Numbers of one plan that are read before they are said to be on no trunk.
const MOST_READ: usize = 50;

/// What a messaging service of Conversations has in its name: Twilio makes one where Conversations is used first.
const OF_CONVERSATIONS: &str = "conversations";

/// The requests that a key for numbers may be allowed for this. Calls and messages are not among them: whoever may release a number
/// need not read what everybody writes. Without that permission traffic is not checked.
pub(super) const ASKED: &[Access] = &[
    Access::get(Product::Messaging, "/v1/Services"),
    Access::get(Product::Messaging, "/v1/Services/{service_sid}/PhoneNumbers"),
    Access::get(Product::Verify, "/v2/Services"),
    Access::get(Product::Verify, "/v2/Services/{service_sid}/MessagingConfigurations"),
    Access::get(Product::Conversations, "/v1/Configuration/Addresses"),
    Access::get(Product::Api, "/2010-04-01/Accounts/{account_sid}/Messages.json"),
    Access::get(Product::Api, "/2010-04-01/Accounts/{account_sid}/Calls.json"),
];

/// What a number is assigned to.
#[derive(Debug, Default)]
pub(super) struct Assigned {
    /// The SIP trunk.
    pub trunk: Option<String>,
    /// The regulatory bundle.
    pub bundle: Option<String>,
}

impl Assigned {
    fn of(property: impl Fn(&str) -> Option<String>) -> Self {
        let [trunk, bundle] = ["trunk_sid", "bundle_sid"].map(|name| property(name).filter(|sid| !sid.is_empty()));
        Self { trunk, bundle }
    }
}

/// What is known of one account in this run. Whoever asks first reads for all.
#[derive(Default)]
pub(super) struct Seen {
    accounts: Mutex<HashMap<AccountSid, Arc<Mutex<Account>>>>,
    with_traffic: AtomicUsize,
    read: AtomicUsize,
    is_for_policy: bool,
}

#[derive(Default)]
struct Account {
    pools: Option<Pools>,
    verify: Option<Verify>,
}

#[derive(Default)]
struct Pools {
    /// Messaging services by the SID of a number in their pool.
    by_number: HashMap<String, Named>,
    /// Addresses of Conversations by their number.
    addresses: HashMap<String, String>,
    unseen: Vec<Unseen>,
}

#[derive(Default)]
struct Verify {
    /// Verify services by the messaging service that they send with.
    by_pool: HashMap<String, Vec<Named>>,
    unseen: Vec<Unseen>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    sid: String,
    name: Option<String>,
}

impl Named {
    fn of(item: &Properties) -> Self {
        let text = |name: &str| item.get(name).and_then(lenient::text);
        Self {
            sid: text("sid").unwrap_or_default(),
            name: text("friendly_name"),
        }
    }

    /// Its name may be anything, and is not repeated.
    fn shown(&self) -> &str {
        &self.sid
    }
}

/// What was not looked into, within a list: what, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unseen {
    what: String,
    /// Whether Twilio did not show it, or it was too much; else it was left alone for a reason.
    is_unknown: bool,
}

impl Unseen {
    fn hidden(what: &str, error: &Error) -> Self {
        Self {
            what: format!("{what} ({error})"),
            is_unknown: true,
        }
    }
}

/// A number that goes.
#[derive(Clone, Copy)]
pub(super) struct Number<'a> {
    pub(super) sid: &'a str,
    /// In E.164 form.
    pub(super) number: &'a str,
    /// The trunk that it is on.
    pub(super) trunk: Option<&'a str>,
}

/// Who uses a number.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Uses {
    /// What it is part of, in words that follow "it is".
    pub(super) parts: Vec<String>,
    /// `calls`, `messages`.
    pub(super) traffic: Vec<&'static str>,
    unseen: Vec<Unseen>,
}

impl Uses {
    /// With something that was not looked into.
    pub(super) fn without(mut self, unseen: Option<Unseen>) -> Self {
        self.unseen.extend(unseen);
        self
    }

    /// What is in use of it, and what was not checked, in sentences; empty where there is nothing to say.
    pub(super) fn described(&self) -> String {
        let mut text = String::new();
        if !self.parts.is_empty() {
            _ = write!(text, " It is {}.", self.parts.join(", and "));
        }
        if !self.traffic.is_empty() {
            _ = write!(text, " It had {} yesterday or today (GMT).", self.traffic.join(" and "));
        }
        if !self.unseen.is_empty() {
            let unseen: Vec<_> = self.unseen.iter().map(|one| one.what.as_str()).collect();
            _ = write!(text, " Not checked: {}.", unseen.join("; "));
        }
        text
    }

    /// What is not known of it and might be in use; `None` where all that was to be seen was seen.
    pub(super) fn unknown(&self) -> Option<String> {
        let unknown: Vec<_> = (self.unseen.iter().filter(|one| one.is_unknown))
            .map(|one| one.what.as_str())
            .collect();
        (!unknown.is_empty()).then(|| unknown.join("; "))
    }
}

impl Seen {
    /// For a policy, which refuses what is not known: it looks further.
    pub(super) fn for_policy() -> Self {
        Self {
            is_for_policy: true,
            ..Self::default()
        }
    }

    /// What a number of the state is assigned to by now. Terraform plans the removal of a block by what the state has, before it reads
    /// the object (seen with 1.11): who has put it on a trunk since is the one who is to be named.
    ///
    /// What cannot be read comes as a reason, beside what the state knows.
    pub(super) async fn assigned_now(&self, number: Call<'_>) -> (Assigned, Option<Unseen>) {
        let known = || Assigned::of(|name| number.state.attr(name).as_str().map(str::to_owned));
        let what = "whether it is on a SIP trunk since the last apply";
        if self.read.fetch_add(1, Ordering::Relaxed) >= MOST_READ {
            let unseen = Unseen {
                what: format!("{what} ({MOST_READ} numbers were asked, which is the most for one plan)"),
                is_unknown: true,
            };
            return (known(), Some(unseen));
        }
        match fetch(number).await {
            Ok(number) => (Assigned::of(|name| number.get(name).and_then(lenient::text)), None),
            // What is gone is on nothing.
            Err(Fault::Api(error)) if error.kind == ErrorKind::NotFound => (Assigned::default(), None),
            Err(Fault::Api(error)) => (known(), Some(Unseen::hidden(what, &error))),
            Err(Fault::Diagnostic(diagnostic)) => {
                let what = format!("{what} ({})", diagnostic.summary);
                (known(), Some(Unseen { what, is_unknown: true }))
            }
        }
    }

    /// Who uses a number. What could not be seen is in it: this is no error.
    pub(super) async fn uses(&self, client: &Client, account: &AccountSid, number: Number<'_>) -> Uses {
        let mut uses = Uses::default();
        self.find_parts(client, account, number, &mut uses).await;
        if let Some(trunk) = number.trunk.filter(|trunk| !trunk.is_empty()) {
            uses.parts.push(format!("on SIP trunk {trunk}"));
        }
        let asked = self.with_traffic.fetch_add(1, Ordering::Relaxed);
        match self.is_for_policy || asked < MOST_WITH_TRAFFIC {
            true => find_traffic(client, account, number.number, &mut uses).await,
            false => uses.unseen.push(Unseen {
                what: format!(
                    "calls and messages (those of {MOST_WITH_TRAFFIC} numbers were, which is the most for one plan)"
                ),
                is_unknown: true,
            }),
        }
        uses
    }

    async fn find_parts(&self, client: &Client, account: &AccountSid, number: Number<'_>, uses: &mut Uses) {
        let known = {
            let mut accounts = self.accounts.lock().await;
            Arc::clone(accounts.entry(account.clone()).or_default())
        };
        // Others wait while the first one reads.
        let mut known = known.lock().await;
        let Account { pools, verify } = &mut *known;
        let most = match self.is_for_policy {
            true => MOST_POOLS_OF_A_POLICY,
            false => MOST_POOLS,
        };
        if pools.is_none() {
            *pools = Some(Pools::read(client, account, most).await);
        }
        let Some(pools) = pools else { return };
        uses.unseen.extend(pools.unseen.iter().cloned());
        if let Some(pool) = pools.by_number.get(number.sid) {
            if verify.is_none() {
                *verify = Some(Verify::read(client, account).await);
            }
            let mut part = format!("in the sender pool of messaging service {}", pool.shown());
            if let Some(verify) = verify {
                uses.unseen.extend(verify.unseen.iter().cloned());
                let services = verify.by_pool.get(&pool.sid).map_or(&[][..], Vec::as_slice);
                if !services.is_empty() {
                    let services: Vec<_> = services.iter().map(Named::shown).collect();
                    _ = write!(part, ", which Verify service {} sends with", services.join(", "));
                }
            }
            uses.parts.push(part);
        }
        if let Some(address) = pools.addresses.get(number.number) {
            uses.parts.push(format!("an address of Conversations ({address})"));
        }
    }
}

impl Pools {
    async fn read(client: &Client, account: &AccountSid, most: usize) -> Self {
        let mut found = Self::default();
        let list = all_of(Product::Messaging, account, "/v1/Services", "services").sids("MG");
        let services = match client.list(list).await {
            Ok(services) => services,
            Err(error) => {
                found.unseen.push(Unseen::hidden("sender pools", &error));
                return found;
            }
        };
        let services: Vec<_> = services.iter().map(Named::of).collect();
        let looked_into = services.iter().take(most).map(|service| async move {
            let path = format!("/v1/Services/{}/PhoneNumbers", service.sid);
            let list = all_of(Product::Messaging, account, &path, "phone_numbers").sids("PN");
            (service, client.list(list).await)
        });
        for (service, outcome) in join_all(looked_into).await {
            match outcome {
                Ok(numbers) => found
                    .by_number
                    .extend(numbers.iter().map(|number| (Named::of(number).sid, service.clone()))),
                Err(error) => {
                    let what = format!("the pool of messaging service {}", service.shown());
                    found.unseen.push(Unseen::hidden(&what, &error));
                }
            }
        }
        let more = services.len().saturating_sub(most);
        if more > 0 {
            found.unseen.push(Unseen {
                what: format!("the pools of {more} more messaging services (those of {most} were)"),
                is_unknown: true,
            });
        }
        found.read_addresses(client, account, &services).await;
        found
    }

    /// To ask an account for its addresses that has never used Conversations may make services there, so that is not done. Where Twilio
    /// made one for Conversations it was used.
    async fn read_addresses(&mut self, client: &Client, account: &AccountSid, services: &[Named]) {
        let is_its = |service: &Named| {
            let name = service.name.as_deref().unwrap_or_default();
            name.to_ascii_lowercase().contains(OF_CONVERSATIONS)
        };
        if services.is_empty() {
            return;
        }
        if !services.iter().any(is_its) {
            self.unseen.push(Unseen {
                what: "addresses of Conversations (the account does not seem to use it, and asking may set it up)"
                    .to_owned(),
                is_unknown: false,
            });
            return;
        }
        let path = "/v1/Configuration/Addresses";
        let list = all_of(Product::Conversations, account, path, "address_configurations").sids("IG");
        match client.list(list).await {
            Ok(addresses) => {
                let text = |item: &Properties, name: &str| item.get(name).and_then(lenient::text);
                self.addresses.extend(addresses.iter().filter_map(|item| {
                    let address = text(item, "address")?;
                    let number = address.strip_prefix("whatsapp:").unwrap_or(&address).to_owned();
                    Some((number, text(item, "sid")?))
                }));
            }
            Err(error) => self.unseen.push(Unseen::hidden("addresses of Conversations", &error)),
        }
    }
}

impl Verify {
    async fn read(client: &Client, account: &AccountSid) -> Self {
        let mut found = Self::default();
        let list_of = |path: &str, key: &'static str| all_of(Product::Verify, account, path, key);
        let services = match client.list(list_of("/v2/Services", "services").sids("VA")).await {
            Ok(services) => services,
            Err(error) => {
                found.unseen.push(Unseen::hidden("what Verify sends with", &error));
                return found;
            }
        };
        let services: Vec<_> = services.iter().map(Named::of).collect();
        let looked_into = services.iter().take(MOST_VERIFY_SERVICES).map(|service| async move {
            let path = format!("/v2/Services/{}/MessagingConfigurations", service.sid);
            let list =
                all_of(Product::Verify, account, &path, "messaging_configurations").known_by("messaging_service_sid");
            (service, client.list(list).await)
        });
        for (service, outcome) in join_all(looked_into).await {
            match outcome {
                Ok(configurations) => {
                    let pools = configurations.iter();
                    let mut pools: Vec<_> = pools
                        .filter_map(|item| item.get("messaging_service_sid").and_then(lenient::text))
                        .collect();
                    // One for each country.
                    pools.sort();
                    pools.dedup();
                    for pool in pools {
                        found.by_pool.entry(pool).or_default().push(service.clone());
                    }
                }
                Err(error) => {
                    let what = format!("what Verify service {} sends with", service.shown());
                    found.unseen.push(Unseen::hidden(&what, &error));
                }
            }
        }
        let more = services.len().saturating_sub(MOST_VERIFY_SERVICES);
        if more > 0 {
            found.unseen.push(Unseen {
                what: format!("what {more} more Verify services send with"),
                is_unknown: true,
            });
        }
        found
    }
}

/// Calls and messages from and to the number since the beginning of yesterday, GMT.
pub(super) async fn find_traffic(client: &Client, account: &AccountSid, number: &str, uses: &mut Uses) {
    let today = client.server_time().to_zoned(TimeZone::UTC).date();
    let since = today.checked_sub(1.day()).unwrap_or(today).to_string();
    let kinds = [
        ("calls", "Calls", "StartTime>", "CA"),
        ("messages", "Messages", "DateSent>", ""),
    ];
    for (noun, collection, date, sids) in kinds {
        let ask = |end: &'static str| {
            let path = format!("/2010-04-01/Accounts/{account}/{collection}.json");
            let request = Request::get(Product::Api, account, path)
                .query(end, number)
                .query(date, since.as_str());
            let mut list = ListRequest::new(request).key(noun).page_size(1).limit(1);
            // A message is an SM or an MM.
            list.sids = (!sids.is_empty()).then_some(sids);
            client.list(list)
        };
        let (from, to) = join(ask("From"), ask("To")).await;
        let has_some = |found: &Result<Vec<Properties>, Error>| found.as_ref().is_ok_and(|found| !found.is_empty());
        if has_some(&from) || has_some(&to) {
            uses.traffic.push(noun);
        } else if let Some(error) = from.err().or(to.err()) {
            uses.unseen.push(Unseen::hidden(noun, &error));
        }
    }
}

fn all_of(product: Product, account: &AccountSid, path: &str, key: &'static str) -> ListRequest {
    ListRequest::new(Request::get(product, account, path))
        .key(key)
        .largest_pages()
}
