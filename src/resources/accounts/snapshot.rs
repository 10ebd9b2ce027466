//! What a subaccount holds, seen before it is suspended: afterwards most of Twilio's products show nothing of it.
//! <https://www.twilio.com/docs/iam/api/subaccounts#suspending-a-subaccount>
//!
//! It goes into the audit log, and beside the state, where the check before a close finds it. It is believed for as long as the account
//! was not changed since, by its own date: who wakes an account up and suspends it again changes it.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::closing::look_at_all;
use super::holdings::Held;
use crate::engine::errors::diagnose::label;
use crate::engine::facts::hooks::{Call, Step};
use crate::engine::facts::{Intent, Operation, Properties};
use crate::engine::operations::requests::fetch;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client, lenient};

/// Its name among the notes beside a state.
const NOTE: &str = "snapshot";

/// Things of one kind that it has; of more it has the number.
const MOST: usize = 100;

/// How long a suspension waits for it: it may be the way out of an incident.
const LONGEST: Duration = Duration::from_secs(20);

/// What a subaccount held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Snapshot {
    /// When it was taken (RFC 3339, UTC).
    pub(super) taken: String,
    /// By kind, in the words of a sentence; a kind that could not be read is not there.
    kinds: BTreeMap<String, Kind>,
    /// Kinds that could not be read.
    unread: Vec<String>,
    /// Twilio's date of the account, as it was answered to the last write that left it suspended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kind {
    count: usize,
    sids: Vec<String>,
}

impl Snapshot {
    /// From what was read of each kind, and what was not.
    fn of(taken: String, found: impl IntoIterator<Item = (&'static str, Option<Vec<Held>>)>) -> Self {
        let (mut kinds, mut unread) = (BTreeMap::new(), Vec::new());
        for (noun, held) in found {
            match held {
                Some(held) => {
                    let sids = held.iter().take(MOST).map(|one| one.sid.clone()).collect();
                    let count = held.len();
                    kinds.insert(noun.to_owned(), Kind { count, sids });
                }
                None => unread.push(noun.to_owned()),
            }
        }
        Self {
            taken,
            kinds,
            unread,
            updated: None,
        }
    }

    /// What there was of a kind, and how much; `None` where that was not seen.
    pub(super) fn held(&self, noun: &str) -> Option<(Vec<Held>, usize)> {
        let kind = self.kinds.get(noun)?;
        let held = kind.sids.iter().map(|sid| Held {
            sid: sid.clone(),
            name: None,
        });
        Some((held.collect(), kind.count))
    }

    /// As it was noted.
    fn noted(notes: &Properties) -> Option<Self> {
        serde_json::from_value(notes.get(NOTE)?.clone()).ok()
    }

    fn note(&self, notes: &mut Properties) {
        if let Ok(json) = serde_json::to_value(self) {
            notes.insert(NOTE.to_owned(), json);
        }
    }
}

/// The snapshot of a subaccount, where its account is suspended and as it was left then. Costs a read where there is one.
pub(super) async fn believed(call: Call<'_>) -> Option<Snapshot> {
    let snapshot = Snapshot::noted(&call.warnings.notes())?;
    let account = fetch(call).await.ok()?;
    is_of(&snapshot, &account).then_some(snapshot)
}

fn is_of(snapshot: &Snapshot, account: &Properties) -> bool {
    let date = |text: &Json| lenient::date_time(text)?.parse::<Timestamp>().ok();
    let now = account.get("date_updated").and_then(date);
    let then = snapshot.updated.as_deref().and_then(|text| date(&text.into()));
    let is_suspended = account.get("status").and_then(Json::as_str) == Some("suspended");
    is_suspended && then.zip(now).is_some_and(|(then, now)| now <= then)
}

/// Before an update: takes one where it suspends, and drops one that is no longer true. It holds up no suspension.
pub(super) fn before_write<'a>(call: Call<'a>, intent: Intent<'a>) -> Step<'a> {
    Box::pin(async move {
        if intent.operation != Operation::Update {
            return Ok(());
        }
        let status = |object: &'a Value| object.attr("status").as_str();
        match (status(intent.prior), status(intent.planned)) {
            (Some("suspended"), Some("suspended")) => {
                if believed(call).await.is_none() {
                    forget(call);
                }
            }
            (_, Some("suspended")) => {
                forget(call);
                if let Some(snapshot) = take(call).await {
                    call.warnings.noting(|notes| snapshot.note(notes));
                }
            }
            _ => forget(call),
        }
        Ok(())
    })
}

fn forget(call: Call<'_>) {
    call.warnings.noting(|notes| notes.remove(NOTE));
}

/// After a write: by which date the snapshot is that of the account.
pub(super) fn after_write<'a>(call: Call<'a>, _: Intent<'a>, account: &'a mut Properties) -> Step<'a> {
    Box::pin(async move {
        call.warnings.noting(|notes| {
            if let Some(mut snapshot) = Snapshot::noted(notes) {
                snapshot.updated = account.get("date_updated").and_then(Json::as_str).map(str::to_owned);
                snapshot.note(notes);
            }
        });
        Ok(())
    })
}

/// What the account holds now, also for the audit log. What cannot be seen is said, and keeps nobody from suspending.
pub(super) async fn take(call: Call<'_>) -> Option<Snapshot> {
    let child: AccountSid = call.state.attr("sid").as_str()?.parse().ok()?;
    let snapshot = take_and_note(call.client, &child).await;
    if let Some(unseen) = unseen(snapshot.as_ref()) {
        call.warnings.add(Diagnostic::warning(
            format!("What subaccount {} holds was not all seen before it was suspended", label(call.object, call.state)),
            format!(
                "Twilio did not show, or not in time, whether it has {unseen}. It was suspended all the same. As long as it is suspended \
                 that does not show, so the check before a close will not take it for empty."
            ),
        ));
    }
    snapshot
}

/// What the account holds now, noted in the audit log.
async fn take_and_note(client: &Client, child: &AccountSid) -> Option<Snapshot> {
    let snapshot = in_time(client, child).await;
    if let Some(snapshot) = &snapshot
        && let Ok(data) = serde_json::to_value(snapshot)
    {
        client.note_for_audit(child, "held before its suspension", data).await;
    }
    snapshot
}

/// What of it was not seen, within a sentence.
fn unseen(snapshot: Option<&Snapshot>) -> Option<String> {
    match snapshot {
        Some(snapshot) if snapshot.unread.is_empty() => None,
        Some(snapshot) => Some(snapshot.unread.join(", ")),
        None => Some("anything".to_owned()),
    }
}

/// Takes it for somebody who has no state to note it beside, and tells it in a line: what an account holds before an action
/// suspends it.
pub(super) async fn told(client: &Client, child: &AccountSid) -> String {
    in_words(take_and_note(client, child).await.as_ref())
}

fn in_words(snapshot: Option<&Snapshot>) -> String {
    let kinds = snapshot.iter().flat_map(|snapshot| &snapshot.kinds);
    let held: Vec<_> = kinds
        .filter(|(_, kind)| kind.count > 0)
        .map(|(noun, kind)| format!("{noun} ({})", kind.count))
        .collect();
    let held = match (held.is_empty(), unseen(snapshot)) {
        (true, None) => "nothing of what is searched for".to_owned(),
        (false, None) => held.join(", "),
        (true, Some(unseen)) => {
            format!("nothing that Twilio shows; it does not show, or not in time, whether it has {unseen}")
        }
        (false, Some(unseen)) => {
            format!(
                "{}; Twilio does not show, or not in time, whether it has {unseen}",
                held.join(", ")
            )
        }
    };
    format!("just before its suspension the subaccount holds {held}. What is made until it is suspended is not known")
}

async fn in_time(client: &Client, child: &AccountSid) -> Option<Snapshot> {
    tokio::select! {
        found = look_at_all(client, child) => {
            let found = found.ok()?;
            let taken = client.server_time().to_string();
            Some(Snapshot::of(taken, found.into_iter().map(|(noun, held)| (noun, held.ok()))))
        }
        _ = client.pause(LONGEST) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn held(number: usize) -> Vec<Held> {
        let one = |number| Held {
            sid: format!("MG{number:032}"),
            name: Some("Alerts".to_owned()),
        };
        (0..number).map(one).collect()
    }

    #[test]
    fn it_knows_what_it_saw_and_not_what_it_did_not() {
        let found = [
            ("service", Some(held(150))),
            ("trunk", Some(Vec::new())),
            ("flow", None),
        ];
        let snapshot = Snapshot::of("2026-11-29T10:00:00Z".to_owned(), found);
        let mut notes = Properties::new();
        snapshot.note(&mut notes);
        let again = Snapshot::noted(&notes).expect("noted");
        assert_eq!(again, snapshot);
        let (services, count) = again.held("service").expect("seen");
        assert_eq!((services.len(), count), (MOST, 150));
        assert_eq!(again.held("trunk"), Some((Vec::new(), 0)));
        assert_eq!(again.held("flow"), None);
        assert!(!notes[NOTE].to_string().contains("Alerts"), "names are not kept");
    }

    #[test]
    fn who_has_no_state_is_told_what_an_account_holds_and_what_it_hides() {
        let said = |trunks: Option<Vec<Held>>, services: usize| {
            let found = [("messaging service", Some(held(services))), ("trunk", trunks)];
            in_words(Some(&Snapshot::of(String::new(), found)))
        };
        for (said, expected) in [
            (said(Some(Vec::new()), 0), "holds nothing of what is searched for."),
            (said(Some(Vec::new()), 150), "holds messaging service (150)."),
            (
                said(None, 2),
                "holds messaging service (2); Twilio does not show, or not in time, whether it has trunk.",
            ),
            (
                in_words(None),
                "holds nothing that Twilio shows; it does not show, or not in time, whether it has anything.",
            ),
        ] {
            assert!(said.contains(expected), "{said}");
            assert!(
                said.ends_with("What is made until it is suspended is not known"),
                "{said}"
            );
        }
    }

    #[test]
    fn it_counts_while_the_account_is_as_it_was_left() {
        let date = "Sun, 29 Nov 2026 10:00:00 +0000";
        let account = |status: &str, date: &str| {
            let account = json!({"status": status, "date_updated": date});
            account.as_object().cloned().unwrap_or_default()
        };
        let mut snapshot = Snapshot::of(String::new(), [("trunk", Some(Vec::new()))]);
        assert!(!is_of(&snapshot, &account("suspended", date)), "no date is known");
        snapshot.updated = Some(date.to_owned());
        assert!(is_of(&snapshot, &account("suspended", date)));
        assert!(!is_of(&snapshot, &account("active", date)));
        assert!(!is_of(
            &snapshot,
            &account("suspended", "Sun, 29 Nov 2026 10:00:01 +0000")
        ));
        assert!(!is_of(&snapshot, &Properties::new()));
    }
}
