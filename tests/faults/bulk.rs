//! Ten thousand creates, ten at a time, while everything goes wrong now and then, and while somebody else makes things of the
//! same names in the same accounts. Afterwards Twilio has exactly what the states of both have, and besides that only what an
//! error named.
//!
//! What goes wrong follows from a seed and from what each request says, so a run can be repeated: `FAULTS_SEED=…`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::net::Ipv4Addr;
use std::sync::{Arc, LazyLock};

use futures::future::join_all;
use futures::stream::{self, StreamExt as _};
use serde_json::{Value as Json, json};
use terraform_provider_twilio::engine::facts::{AccountRule, Managed};
use terraform_provider_twilio::provider::offered::RESOURCES;
use terraform_provider_twilio::twilio::{Clock as _, SystemClock};

use crate::samples::{Sample, samples};
use crate::shares::SEED;
use crate::terraform::{Outcome, Terraform, text, value};
use crate::twilio::Twilio;

/// Objects that are asked for.
const CREATES: usize = 10_000;

/// Creates at a time: as many as Terraform does.
const AT_A_TIME: usize = 10;

/// Subaccounts over which they are spread, so that collections stay as large as they are in practice.
const ACCOUNTS: usize = 50;

/// Of 20 jobs, this many are twins: two creates of the same name in the same account at the same moment.
const TWINS_OF_20: usize = 2;

/// Of 20 jobs, this many have a namesake of somebody else's: another run, in a process of its own, at the same moment.
const NAMESAKES_OF_20: usize = 1;

/// Percent of all requests that meet a fault.
const PERCENT: u64 = 20;

/// The first of the addresses that what goes by an address gets: none of a private network.
const FIRST_ADDRESS: u32 = u32::from_be_bytes([45, 0, 0, 1]);

/// The seed, where [`SEED`] sets no other.
const DEFAULT_SEED: u64 = 20_260_303;

/// The kinds that are made: of what is offered, all that needs nothing else and goes by a name.
static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| samples().filter_map(Kind::of).collect());

/// What is made.
struct Kind {
    type_name: &'static str,
    /// The attribute with its name, which Twilio calls the same.
    name: &'static str,
    /// The configuration, in which the name is put.
    config: Json,
    /// What somebody else makes under the same name. What is the same in everything and made in the same second nobody can
    /// tell apart, except what has a secret.
    namesake: Option<Json>,
    /// Whether there can be two of one name.
    has_twins: bool,
    has_a_secret: bool,
}

impl Kind {
    fn of(sample: &'static Sample) -> Option<Self> {
        let resource = sample.resource();
        let is_offered = RESOURCES.iter().any(|table| table.object.name == sample.type_name);
        // The accounts are there before.
        let is_ordinary = sample.is_made() && resource.object.account != AccountRule::Owned;
        let [config, changed] = sample.alone().filter(|_| is_offered && is_ordinary)?;
        let name = resource
            .object
            .natural_key
            .iter()
            .find(|name| config[**name].is_string())?;
        let mut namesake = changed;
        namesake[*name] = config[*name].clone();
        let differs = namesake != config || sample.has_a_secret();
        Some(Self {
            type_name: sample.type_name,
            name,
            namesake: (sample.has_twins && differs).then_some(namesake),
            has_twins: sample.has_twins,
            has_a_secret: sample.has_a_secret(),
            config,
        })
    }

    fn goes_by_an_address(&self) -> bool {
        let name = self.config[self.name].as_str();
        name.is_some_and(|name| name.parse::<Ipv4Addr>().is_ok())
    }

    fn named(&self, config: &Json, name: &str) -> Json {
        let mut config = config.clone();
        config[self.name] = json!(name);
        config
    }
}

/// One create, or two of the same.
#[derive(Clone)]
struct Job {
    kind: &'static Kind,
    account: String,
    name: String,
    times: usize,
    has_namesake: bool,
}

/// What came of one create.
struct Made {
    job: Job,
    outcome: Result<Outcome, String>,
}

#[test]
fn ten_thousand_creates_under_random_faults_double_nothing_and_leave_no_orphan() {
    let seed = match std::env::var(SEED) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{} is no number: {text}", SEED)),
        Err(_) => DEFAULT_SEED,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    runtime.block_on(run(seed));
}

async fn run(seed: u64) {
    let twilio = Twilio::start(seed).await;
    let jobs = jobs(&twilio).await;
    let ours = Arc::new(Terraform::patient(&twilio, seed).await);
    // With chances of its own.
    let theirs = Arc::new(Terraform::patient(&twilio, !seed).await);
    twilio.faults(&json!([faults(seed)])).await;

    let clock = SystemClock::new();
    let made: Vec<Made> = stream::iter(jobs)
        .map(|job| {
            let (ours, theirs) = (Arc::clone(&ours), Arc::clone(&theirs));
            // A task each, so that they really run side by side.
            tokio::spawn(async move { create(&ours, &theirs, &job).await })
        })
        .buffer_unordered(AT_A_TIME)
        .flat_map(|made| stream::iter(made.expect("a create does not panic")))
        .collect()
        .await;
    let took = clock.elapsed();

    twilio.faults(&json!([])).await;
    let report = Report::of(&twilio, &made).await;
    let mut out = std::io::stdout().lock();
    let figures = format!(
        "faults: seed {seed}: {} creates in {took:.1?}: {} made, {} ended in an error; {report}",
        made.len(),
        made.iter().filter(|made| made.state().is_some()).count(),
        made.iter().filter(|made| made.state().is_none()).count(),
    );
    writeln!(out, "{figures}").expect("the figures can be written");
    assert!(
        report.findings.is_empty(),
        "{}={seed} has {} findings:\n{}\n{figures}",
        SEED,
        report.findings.len(),
        report.findings.join("\n")
    );
    // Otherwise nothing was proven: almost everything is to succeed, and each way to recover to be taken.
    let made_most = made.iter().filter(|made| made.state().is_some()).count() * 100 >= CREATES * 95;
    assert!(
        made_most && report.adopted >= 50 && report.sent_again >= 50,
        "{figures}"
    );
    // A key whose response was lost has no secret, so it goes again: a share of the keys, which are fewer with each kind that is added.
    let keys = made.iter().filter(|made| made.job.kind.type_name == "twilio_api_key");
    let keys = keys.count();
    assert!(keys > 0 && report.revoked * 20 >= keys, "{keys} keys: {figures}");
}

/// What may happen to a request. Windows are shorter than the client's patience on its clock.
fn faults(seed: u64) -> Json {
    let of = json!([
        {"fault": "refuse"},
        {"fault": "reset_before"},
        {"fault": "reset_after"},
        {"fault": "status", "status": 500},
        {"fault": "status", "status": 500, "executed": true},
        {"fault": "status", "status": 503},
        {"fault": "status", "status": 503, "executed": true, "body": "<html><h1>Service Unavailable</h1></html>"},
        {"fault": "status", "status": 429, "code": 20429},
        {"fault": "status", "status": 429, "code": 20429, "headers": {"Retry-After": "1"}},
        {"fault": "html_502_after"},
        {"fault": "truncate_after"},
        {"fault": "garbage"},
        {"fault": "delay", "ms": 5},
        {"fault": "missing_in_list", "ms": 25},
        {"fault": "missing_read", "ms": 25},
        {"fault": "stale_read", "ms": 25},
    ]);
    json!({"fault": "random", "seed": seed, "percent": PERCENT, "of": of})
}

/// Everything that is to be made: kinds and accounts in turn, names of which no two are the same but those of twins.
async fn jobs(twilio: &Twilio) -> Vec<Job> {
    let mut accounts = Vec::with_capacity(ACCOUNTS);
    for number in 0..ACCOUNTS {
        let name = format!("Customer {number}");
        let made = twilio
            .make(
                "api.twilio.com",
                "/2010-04-01/Accounts.json",
                &[("FriendlyName", &name)],
            )
            .await;
        accounts.push(made["sid"].as_str().expect("a SID").to_owned());
    }
    let mut numbers = twilio.numbers_for_sale(CREATES / KINDS.len() + 1).await.into_iter();
    let mut jobs = Vec::new();
    let mut creates = 0;
    while creates < CREATES {
        let index = jobs.len();
        let kind = &KINDS[index % KINDS.len()];
        let twins = kind.has_twins && (index / KINDS.len()) % 20 < TWINS_OF_20;
        let times = if twins { 2.min(CREATES - creates) } else { 1 };
        let turn = (index / KINDS.len()) % 20;
        let has_namesake = kind.namesake.is_some() && !twins && turn < TWINS_OF_20 + NAMESAKES_OF_20;
        let name = match kind.name {
            "phone_number" => numbers.next().expect("enough numbers are for sale"),
            _ if kind.goes_by_an_address() => {
                Ipv4Addr::from(FIRST_ADDRESS + u32::try_from(index).expect("few")).to_string()
            }
            // A name of DNS keeps the domain that it is below.
            _ => match kind.config[kind.name].as_str().and_then(|name| name.split_once('.')) {
                Some((_, above)) => format!("bulk-{index}.{above}"),
                None => format!("bulk {index}"),
            },
        };
        creates += times;
        jobs.push(Job {
            kind,
            account: accounts[index % ACCOUNTS].clone(),
            name,
            times,
            has_namesake,
        });
    }
    jobs
}

async fn create(ours: &Terraform, theirs: &Terraform, job: &Job) -> Vec<Made> {
    let mut wanted = vec![(ours, job.kind.named(&job.kind.config, &job.name)); job.times];
    if let (true, Some(namesake)) = (job.has_namesake, &job.kind.namesake) {
        wanted.push((theirs, job.kind.named(namesake, &job.name)));
    }
    let creates = wanted.into_iter().map(|(terraform, mut config)| async move {
        let type_name = job.kind.type_name;
        config["account_sid"] = json!(job.account);
        Made {
            job: job.clone(),
            outcome: terraform.change(type_name, None, &value(type_name, &config)).await,
        }
    });
    join_all(creates).await
}

impl Made {
    /// Account, SID and secret of what is in the state.
    fn state(&self) -> Option<(String, String, String)> {
        let state = self.outcome.as_ref().ok()?.state.as_ref()?;
        let text = |name: &str| state.value.attr(name).as_str().unwrap_or_default().to_owned();
        Some((text("account_sid"), text("sid"), text("secret")))
    }
}

/// What the run came to.
struct Report {
    findings: Vec<String>,
    /// Summaries of errors that creates ended in.
    errors: BTreeMap<String, usize>,
    faults: BTreeMap<String, usize>,
    requests: usize,
    adopted: usize,
    sent_again: usize,
    revoked: usize,
    /// Objects that are in no state, and that an error named.
    named: usize,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            findings,
            errors,
            faults,
            requests,
            adopted,
            sent_again,
            revoked,
            named,
        } = self;
        let hit: usize = faults.values().sum();
        let faults: Vec<_> = faults.iter().map(|(fault, times)| format!("{fault} {times}")).collect();
        write!(
            f,
            "{} findings; errors: {errors:?}; {requests} requests, {hit} of them hit ({}); lost answers: {adopted} objects adopted, {sent_again} \
             creates sent again, {revoked} keys revoked, {named} objects named in errors",
            findings.len(),
            faults.join(", ")
        )
    }
}

impl Report {
    async fn of(twilio: &Twilio, made: &[Made]) -> Self {
        let log = twilio.requests().await;
        let mut report = Self {
            findings: Vec::new(),
            errors: BTreeMap::new(),
            faults: BTreeMap::new(),
            requests: log.len(),
            adopted: 0,
            sent_again: 0,
            revoked: 0,
            named: 0,
        };
        report.count(&log, made);
        report.compare(twilio, made).await;
        report
    }

    fn count(&mut self, log: &[Json], made: &[Made]) {
        let collections: BTreeSet<_> = KINDS
            .iter()
            .map(|kind| last_part(table(kind.type_name).object.place.collection))
            .collect();
        let (mut posts, mut answered) = (0_usize, 0_usize);
        for line in log {
            let fault = line["fault"].as_str();
            if let Some(fault) = fault {
                let mut kind = fault.to_owned();
                if fault == "status" {
                    kind = format!("status {}", line["status"]);
                }
                *self.faults.entry(kind).or_default() += 1;
            }
            let path = line["path"].as_str().unwrap_or_default();
            let is_create = collections.contains(last_part(path));
            if line["method"] == "POST" && is_create && line["host"].is_string() && !line["form"].is_null() {
                posts += 1;
                let whole =
                    fault.is_none_or(|fault| fault.starts_with("missing") || ["stale_read", "delay"].contains(&fault));
                answered += usize::from(whole && line["status"].as_u64().is_some_and(|status| status < 300));
            }
            self.revoked += usize::from(line["method"] == "DELETE" && path.contains("/Keys/"));
        }
        let states = made.iter().filter(|made| made.state().is_some()).count();
        self.adopted = states.saturating_sub(answered);
        self.sent_again = posts.saturating_sub(made.len());
    }

    /// Twilio against the states, object by object.
    async fn compare(&mut self, twilio: &Twilio, made: &[Made]) {
        let mut states: BTreeMap<(String, String), &Made> = BTreeMap::new();
        for one in made {
            let Job {
                kind, account, name, ..
            } = &one.job;
            let what = format!("{} {name:?} in {account}", kind.type_name);
            match &one.outcome {
                Err(finding) => self.findings.push(format!("{what}: {finding}")),
                Ok(outcome) => {
                    let errors = outcome.errors();
                    for error in &errors {
                        *self.errors.entry(error.summary.clone()).or_default() += 1;
                    }
                    if errors.len() > 1 || errors.is_empty() == outcome.state.is_none() {
                        let said: Vec<_> = outcome.diagnostics.iter().map(text).collect();
                        self.findings.push(format!(
                            "{what}: a state with an error, or neither, or several: {said:?}"
                        ));
                    }
                }
            }
            let Some((owner, sid, secret)) = one.state() else {
                continue;
            };
            if owner != *account {
                self.findings.push(format!("{what}: {sid} is in {owner}"));
            }
            if kind.has_a_secret && !twilio.signs_in(&sid, &secret).await {
                self.findings
                    .push(format!("{what}: the secret of {sid} does not sign in"));
            }
            if states.insert((owner, sid.clone()), one).is_some() {
                self.findings.push(format!("{what}: {sid} is in two states"));
            }
        }
        let outcomes = made.iter().filter_map(|made| made.outcome.as_ref().ok());
        let errors: Vec<String> = outcomes
            .flat_map(|outcome| outcome.errors().into_iter().map(text).collect::<Vec<_>>())
            .collect();
        for object in twilio.objects().await {
            let Some(kind) = KINDS.iter().find(|kind| object.is_a(table(kind.type_name))) else {
                continue;
            };
            let (_, account, _) = &object.place;
            let name = object.text(kind.name);
            match states.remove(&(account.clone(), object.sid.clone())) {
                // Whoever reads the errors finds it.
                None if errors.iter().any(|said| said.contains(&object.sid)) => self.named += 1,
                None => {
                    let said = made
                        .iter()
                        .filter(|made| made.job.name == name && made.state().is_none())
                        .filter_map(|made| made.outcome.as_ref().ok()?.errors().first().map(|error| text(error)))
                        .collect::<Vec<_>>();
                    self.findings.push(format!(
                        "orphan or double: {} {name:?} {} in {account} is in no state; creates of this name that failed \
                         said {said:?}",
                        kind.type_name, object.sid
                    ));
                }
                Some(one) if one.job.name != name => {
                    self.findings.push(format!(
                        "{} is {name:?} and was asked for as {:?}",
                        object.sid, one.job.name
                    ));
                }
                Some(_) => {}
            }
        }
        let lost = states
            .into_keys()
            .map(|(account, sid)| format!("{sid} of a state is not in {account}"));
        self.findings.extend(lost);
    }
}

/// The last part of a path: of a collection its name, in either generation of the API.
fn last_part(path: &str) -> &str {
    let last = path.rsplit('/').next().unwrap_or_default();
    last.strip_suffix(".json").unwrap_or(last)
}

fn table(type_name: &str) -> &'static Managed {
    RESOURCES
        .iter()
        .find(|resource| resource.object.name == type_name)
        .unwrap_or_else(|| panic!("{type_name} is not offered"))
}
