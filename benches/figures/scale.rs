//! Many objects, with the real Terraform and a Twilio in this process: refreshing a thousand numbers, and creating where
//! Twilio serves few at once.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;
use twilio_simulator::{Handle, Options, Simulator};
use xtask::simulator::Control;
use xtask::terraform::{Installation, REQUIRED_PROVIDERS, Workspace};

use crate::{Budget, Series};

/// Numbers that are refreshed.
const NUMBERS: u32 = 1000;

/// Plans of each kind.
const PLANS: usize = 3;

/// What a request to the real Twilio takes, roughly.
const LATENCY: Duration = Duration::from_millis(100);

/// Objects that are created, how many Twilio serves at once, and how long it takes for each.
const CREATES: u32 = 300;
const SERVED_AT_ONCE: u32 = 5;
const CREATE_LATENCY: Duration = Duration::from_millis(200);

struct Sandbox {
    terraform: Workspace,
    twilio: Control,
    handle: Handle,
    _runtime: tokio::runtime::Runtime,
}

impl Sandbox {
    fn new(latency: Duration) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let options = Options {
            latency,
            ..Options::default()
        };
        let handle = runtime.block_on(Simulator::start(options)).expect("a simulator");
        let provider = Path::new(env!("CARGO_BIN_EXE_terraform-provider-twilio"));
        let mut terraform = Workspace::new(provider, Installation::Override).expect("a workspace");
        terraform.set_env("TWILIO_BASE_URL", &handle.url);
        terraform.set_env("TWILIO_ACCOUNT_SID", &handle.account_sid);
        terraform.set_env("TWILIO_AUTH_TOKEN", &handle.auth_token);
        Self {
            terraform,
            twilio: Control::new(&handle.url).expect("a client"),
            handle,
            _runtime: runtime,
        }
    }

    fn configure(&self, provider: &str, body: &str) {
        let text = format!("{REQUIRED_PROVIDERS}\nprovider \"twilio\" {{\n{provider}\n}}\n{body}");
        self.terraform.write("main.tf", &text).expect("written");
    }

    fn run(&self, arguments: &[&str]) -> Duration {
        let start = Instant::now();
        let output = self.terraform.run(arguments).expect("terraform starts");
        let took = start.elapsed();
        assert_eq!(output.code, 0, "{}", output.text());
        took
    }

    fn requests(&self) -> Vec<serde_json::Value> {
        self.twilio.requests().expect("the simulator answers")
    }
}

/// Plans over a thousand imported numbers, near and far, with lists and without.
pub fn refresh() -> Vec<Series> {
    let mut all = Vec::new();
    for (latency, place) in [(Duration::ZERO, "at 0 ms"), (LATENCY, "at 100 ms")] {
        let sandbox = Sandbox::new(latency);
        let body = numbers(&sandbox);
        sandbox.configure("", &body);
        sandbox.run(&["apply", "-auto-approve", "-no-color"]);
        for (provider, how) in [("", "lists"), ("batch_reads = false", "one by one")] {
            sandbox.configure(provider, &body);
            sandbox.twilio.forget_requests().expect("the simulator answers");
            let plans = (0..PLANS)
                .map(|_| sandbox.run(&["plan", "-detailed-exitcode", "-no-color"]).as_secs_f64())
                .collect();
            let requests = sandbox.requests().len() / PLANS;
            all.push(Series {
                name: format!("plan of {NUMBERS} numbers {place}, {how}"),
                unit: "s",
                budget: Budget::None(format!("({requests} requests)")),
                values: plans,
            });
        }
    }
    all
}

/// A configuration that imports numbers which are added behind Terraform's back.
fn numbers(sandbox: &Sandbox) -> String {
    let collection = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers",
        sandbox.handle.account_sid
    );
    let mut map = String::new();
    for index in 0..NUMBERS {
        let number = format!("+1415{:07}", 5_000_000 + index);
        let object = json!({"host": "api.twilio.com", "collection": collection, "fields": {"phone_number": number}});
        let added = sandbox.twilio.add(&object).expect("the number can be added");
        let sid = added["sid"].as_str().expect("a SID");
        map.push_str(&format!("\"{number}\" = \"{sid}\"\n"));
    }
    format!(
        "locals {{\nnumbers = {{\n{map}}}\n}}\nimport {{\nfor_each = local.numbers\nto = twilio_phone_number.each[each.key]\n\
         id = each.value\n}}\nresource \"twilio_phone_number\" \"each\" {{\nfor_each = local.numbers\nphone_number = each.key\n}}\n"
    )
}

/// An apply where Twilio answers 429 above a number of requests at once: how much of what is allowed is used.
pub fn busy() -> Vec<Series> {
    let sandbox = Sandbox::new(CREATE_LATENCY);
    sandbox
        .twilio
        .faults(&json!([{"fault": "limit", "limit": SERVED_AT_ONCE}]))
        .expect("the fault is understood");
    sandbox.configure(
        "",
        &format!("resource \"twilio_messaging_service\" \"each\" {{\ncount = {CREATES}\nfriendly_name = \"Service ${{count.index}}\"\n}}\n"),
    );
    let took = sandbox.run(&["apply", "-auto-approve", "-no-color"]);
    let allowed = CREATE_LATENCY.as_secs_f64() * f64::from(CREATES) / f64::from(SERVED_AT_ONCE);
    let refused = sandbox
        .requests()
        .iter()
        .filter(|request| request["status"] == 429)
        .count();
    vec![Series {
        name: format!("{CREATES} creates, {SERVED_AT_ONCE} served at once: share used"),
        unit: "%",
        budget: Budget::AtLeast(80.0, format!("{took:.1?}, {refused} times 429")),
        values: vec![allowed / took.as_secs_f64() * 100.0],
    }]
}
