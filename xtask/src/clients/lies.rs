//! Whether a client's program notices what is wrong: answers that are altered on purpose, each in one way, and a call that is
//! left out although the client has it. A program that passes these would pass anything.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::calls::{Call, Group, Writer};
use super::lifecycles::{Lifecycle, products, resources};
use super::seeds::Seeds;

/// One thing that is wrong.
struct Lie {
    /// The resource whose objects it lies about; each once.
    on: &'static str,
    /// The rule of `PUT /_simulator/faults`.
    fault: Option<Value>,
    /// The call that must be found wrong.
    found: fn(&Call) -> bool,
    /// Clients that cannot see it, as they do not look at the types of members.
    unseen_by: &'static [&'static str],
}

fn lies() -> Vec<Lie> {
    let fetched = |call: &Call| call.verb == "fetch";
    vec![
        Lie {
            // A member with another value than was sent.
            on: "messaging.v1.services",
            fault: Some(json!({
                "match": {"method": "GET", "host": "messaging.twilio.com", "path": "^/v1/Services/[^/]+$"},
                "fault": "altered", "set": {"friendly_name": "another"}, "times": 1,
            })),
            found: fetched,
            unseen_by: &[],
        },
        Lie {
            // A member of another type, which no call says anything about.
            on: "api.v2010.accounts.queues",
            fault: Some(json!({
                "match": {"method": "GET", "host": "api.twilio.com", "path": "/Queues/[^/]+$"},
                "fault": "altered", "set": {"current_size": "many"}, "times": 1,
            })),
            found: fetched,
            unseen_by: &["cli"],
        },
        Lie {
            // A word that is not among those of an enum.
            on: "trusthub.v1.customer_profiles",
            fault: Some(json!({
                "match": {"method": "GET", "host": "trusthub.twilio.com", "path": "^/v1/CustomerProfiles/[^/]+$"},
                "fault": "altered", "set": {"status": "nonsense"}, "times": 1,
            })),
            found: fetched,
            unseen_by: &["go", "cli"],
        },
        Lie {
            // A list that ends after the first page.
            on: "trunking.v1.trunks",
            fault: Some(json!({
                "match": {"method": "GET", "host": "trunking.twilio.com", "path": "^/v1/Trunks$"},
                "fault": "altered", "times": 1,
                "set": {"meta": {
                    "key": "trunks", "page": 0, "page_size": 1, "url": "https://trunking.twilio.com/v1/Trunks",
                    "first_page_url": "https://trunking.twilio.com/v1/Trunks", "previous_page_url": null, "next_page_url": null,
                }},
            })),
            found: |call| call.verb == "list",
            unseen_by: &[],
        },
        Lie {
            // A deletion that is refused.
            on: "taskrouter.v1.workspaces",
            fault: Some(json!({
                "match": {"method": "DELETE", "host": "taskrouter.twilio.com", "path": "^/v1/Workspaces/[^/]+$"},
                "fault": "status", "status": 404, "code": 20404, "times": 1,
            })),
            found: |call| call.verb == "delete",
            unseen_by: &[],
        },
        Lie {
            // What was deleted is refused for another reason.
            on: "sync.v1.services",
            fault: Some(json!({
                "match": {"method": "GET", "host": "sync.twilio.com", "path": "^/v1/Services/[^/]+$"},
                "fault": "status", "status": 404, "code": 20003, "after": 2,
            })),
            found: |call| call.refused.is_some_and(|(status, _)| status == 404),
            unseen_by: &[],
        },
        Lie {
            // A call that is left out although every client has it.
            on: "wireless.v1.rate_plans",
            fault: None,
            found: |_| true,
            unseen_by: &[],
        },
    ]
}

/// The rules that make the simulator lie.
pub fn faults() -> String {
    let faults = lies().into_iter().filter_map(|lie| lie.fault);
    Value::Array(faults.collect()).to_string()
}

/// The calls that are made then, and those of them that must be found wrong.
///
/// # Errors
/// When a resource is no longer there.
pub fn calls(client: &str) -> Result<(Vec<Group>, BTreeSet<usize>)> {
    let names = resources()?;
    let lifecycles: BTreeMap<String, Lifecycle> = products()?
        .into_values()
        .flatten()
        .map(|lifecycle| (lifecycle.on.clone(), lifecycle))
        .collect();
    let (mut groups, mut wrong) = (Vec::new(), BTreeSet::new());
    let (seeds, mut number, mut id) = (Seeds::new(), 0, 0);
    for lie in lies() {
        let lifecycle = lifecycles
            .get(lie.on)
            .with_context(|| format!("no product has {}", lie.on))?;
        let mut lifecycle = Lifecycle {
            below: Vec::new(),
            ..lifecycle.clone()
        };
        if lie.fault.is_none() {
            let reason = "the library does not have it".to_owned();
            lifecycle.left_out = BTreeMap::from([("all".to_owned(), reason)]);
        }
        let mut writer = Writer::new(client, &names, &seeds, number);
        writer.lifecycle(&lifecycle, &[])?;
        number = writer.number;
        for call in &mut writer.calls {
            id += 1;
            call.id = id;
        }
        if !lie.unseen_by.contains(&client) {
            let found = writer.calls.iter().find(|call| (lie.found)(call));
            wrong.insert(found.with_context(|| format!("{} has no such call", lie.on))?.id);
        }
        groups.push(Group {
            product: lie.on.to_owned(),
            on: lie.on.to_owned(),
            calls: writer.calls,
        });
    }
    Ok((groups, wrong))
}

/// Runs a program, which must find these calls wrong and no others.
///
/// # Errors
/// When it finds others.
pub fn noticed(program: &mut Command, wrong: &BTreeSet<usize>) -> Result<()> {
    let output = program.output().context("the program does not start")?;
    let said = String::from_utf8_lossy(&output.stderr);
    let found: BTreeSet<usize> = said
        .lines()
        .filter_map(|line| line.strip_prefix('#')?.split_whitespace().next()?.parse().ok())
        .collect();
    ensure!(
        !output.status.success() && found == *wrong,
        "answers that are wrong on purpose are not noticed: {found:?} were found and {wrong:?} are wrong\n{said}"
    );
    Ok(())
}
