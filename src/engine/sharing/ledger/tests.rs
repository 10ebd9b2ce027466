//! Each rule in either order of the plans.

use super::*;

const TYPE: &str = "twilio_thing";

fn key(id: &str) -> Key {
    (TYPE, id.to_owned())
}

fn kept(id: &str, holder: Option<&str>, name: &str) -> Entry {
    Entry {
        type_name: TYPE,
        label: format!("thing {id}"),
        id: Some(id.to_owned()),
        owner: Some((id.to_owned(), holder.map(str::to_owned))),
        names: vec![name.to_owned()],
        is_made: false,
        adopts: false,
        is_unique: false,
        is_adopted: false,
        part_of: None,
        setting: ProtectionSetting::Nothing,
        is_planned: true,
        reaches_apply: false,
    }
}

fn new(name: &str, adopts: bool) -> Entry {
    Entry {
        id: None,
        owner: None,
        is_made: true,
        adopts,
        label: format!("new {name}"),
        ..kept("", None, name)
    }
}

fn conflicts(entries: &[Entry]) -> bool {
    let forwards = Ledger::default();
    let backwards = Ledger::default();
    let found = entries
        .iter()
        .any(|entry| forwards.plan(entry.clone()).conflict.is_some());
    let found_too = entries
        .iter()
        .rev()
        .any(|entry| backwards.plan(entry.clone()).conflict.is_some());
    assert_eq!(found, found_too, "the order of plans decides: {entries:?}");
    found
}

#[test]
fn what_one_holder_made_is_destroyed_by_that_holder_only() {
    let ledger = Ledger::default();
    assert!(ledger.hold(&key("1"), "a"));
    assert!(!ledger.hold(&key("1"), "b") && ledger.hold(&key("1"), "a"));
    assert_eq!(ledger.destroying(&key("1"), Some("a")), Destroying::Free);
    for other in [Some("b"), None] {
        assert_eq!(ledger.destroying(&key("1"), other), Destroying::Taken);
    }
    ledger.release(&key("1"), "b");
    assert!(ledger.is_held(&key("1")));
    ledger.destroyed(&key("1"));
    assert!(ledger.is_gone(&key("1")) && !ledger.is_held(&key("1")));
    assert!(ledger.hold(&key("1"), "b") && !ledger.is_gone(&key("1")));
}

#[test]
fn two_resources_for_one_object_conflict_and_one_that_is_planned_again_does_not() {
    assert!(conflicts(&[kept("1", Some("a"), "n"), kept("1", Some("b"), "n")]));
    assert!(conflicts(&[kept("1", Some("a"), "n"), kept("1", None, "n")]));
    assert!(!conflicts(&[kept("1", Some("a"), "n"), kept("1", Some("a"), "n")]));
    assert!(!conflicts(&[kept("1", Some("a"), "n"), kept("2", Some("b"), "n")]));
    let mut part = new("n", false);
    part.id = Some("1".to_owned());
    assert!(conflicts(&[part.clone(), part.clone()]));
    assert!(conflicts(&[part, kept("1", Some("a"), "m")]));
}

#[test]
fn of_two_with_one_name_the_one_that_adopts_is_distinguished_from_the_one_that_has_it() {
    let taker = |first: Entry, second: Entry| {
        let ledger = Ledger::default();
        ledger.plan(first);
        match ledger.plan(second).conflict {
            Some(Conflict::SameName(namesake)) => Some(namesake.taker),
            _ => None,
        }
    };
    let (has, adopts) = (|| kept("1", Some("a"), "x"), || new("x", true));
    assert_eq!(taker(has(), adopts()), Some(Adopter::Own));
    assert_eq!(taker(adopts(), has()), Some(Adopter::Other));
    assert_eq!(taker(new("x", false), adopts()), Some(Adopter::Own));
    assert_eq!(taker(adopts(), new("x", false)), Some(Adopter::Other));
    assert_eq!(taker(has(), new("x", false)), None);
    let unique = |entry: Entry| Entry {
        is_unique: true,
        ..entry
    };
    assert_eq!(taker(unique(has()), unique(adopts())), Some(Adopter::Either));
}

#[test]
fn an_adoption_conflicts_with_whoever_has_the_name_but_not_with_its_own_predecessor() {
    assert!(conflicts(&[new("n", true), new("n", true)]));
    assert!(conflicts(&[new("n", true), kept("1", Some("a"), "n")]));
    assert!(!conflicts(&[new("n", true), kept("1", Some("a"), "m")]));
    assert!(!conflicts(&[
        new("n", false),
        new("n", false),
        kept("1", Some("a"), "n")
    ]));
    let replacement = |id: &str, holder: &str| Entry {
        is_made: true,
        adopts: true,
        id: None,
        ..kept(id, Some(holder), "n")
    };
    assert!(!conflicts(&[kept("1", Some("a"), "n"), replacement("1", "a")]));
    assert!(conflicts(&[
        kept("1", Some("a"), "n"),
        kept("2", Some("b"), "n"),
        replacement("1", "a")
    ]));
    let number = |entry: Entry| Entry {
        is_unique: true,
        ..entry
    };
    assert!(conflicts(&[number(new("n", false)), number(kept("1", Some("a"), "n"))]));
}

fn going(id: &str, holder: &str, name: &str) -> PlannedDestroy {
    PlannedDestroy {
        key: key(id),
        holder: Some(holder.to_owned()),
        label: format!("thing {id}"),
        names: vec![name.to_owned()],
        is_kept_elsewhere: false,
    }
}

/// Whether a plan of what stays or comes, and one of what goes, are refused in either order.
fn is_refused(entry: &Entry, leaving: &PlannedDestroy) -> bool {
    let (first, then) = (Ledger::default(), Ledger::default());
    let refused = |going: DestroyCheck| matches!(going, DestroyCheck::Refused(_));
    let forwards = refused(first.plan_destroy(leaving.clone())) | first.plan(entry.clone()).conflict.is_some();
    let backwards = then.plan(entry.clone()).conflict.is_some() | refused(then.plan_destroy(leaving.clone()));
    assert_eq!(forwards, backwards, "the order decides: {entry:?}");
    forwards
}

#[test]
fn what_another_keeps_must_not_go() {
    assert!(is_refused(&kept("1", Some("a"), "n"), &going("1", "b", "n")));
    assert!(!is_refused(&kept("1", Some("a"), "n"), &going("1", "a", "n")));
    assert!(!is_refused(&kept("2", Some("a"), "n"), &going("1", "b", "n")));
}

#[test]
fn what_goes_is_not_made_again_where_that_would_take_its_place() {
    let leaving = going("1", "a", "n");
    assert!(is_refused(&new("n", true), &leaving));
    assert!(!is_refused(&new("n", false), &leaving));
    assert!(!is_refused(&new("m", true), &leaving));
    let unique = |entry: Entry| Entry {
        is_unique: true,
        ..entry
    };
    assert!(is_refused(&unique(new("n", false)), &leaving));
    let mut same = new("m", false);
    same.id = Some("1".to_owned());
    assert!(is_refused(&same, &leaving));
    same.part_of = Some("twilio_whole");
    assert!(!is_refused(&same, &leaving), "what is written again is no loss");
    let mut own = new("n", true);
    own.owner = Some(("1".to_owned(), Some("a".to_owned())));
    assert!(!is_refused(&own, &leaving), "it replaces itself");
}

#[test]
fn what_an_adoption_has_is_dropped_and_the_apply_hears_of_it() {
    let adopted = Entry {
        is_adopted: true,
        ..kept("1", Some("b"), "n")
    };
    let deposed = going("1", "a", "n");
    let read = |holder: &str| Entry {
        is_planned: false,
        ..kept("1", Some(holder), "n")
    };
    // Planned to go first: the plan of what stays has to be heard of.
    let ledger = Ledger::default();
    ledger.reads(&read("a"));
    ledger.reads(&read("b"));
    assert_eq!(ledger.plan_destroy(deposed.clone()), DestroyCheck::Twice);
    let verdict = ledger.plan(adopted.clone());
    assert!(verdict.needs_apply && verdict.conflict.is_none());
    // The same, where nothing is read.
    let ledger = Ledger::default();
    assert_eq!(ledger.plan_destroy(deposed.clone()), DestroyCheck::Free);
    assert!(ledger.plan(adopted.clone()).needs_apply);
    let ledger = Ledger::default();
    ledger.plan(adopted.clone());
    let refused = DestroyCheck::Refused(Conflict::KeptByAnother);
    assert_eq!(
        ledger.plan_destroy(deposed.clone()),
        refused,
        "the apply would not know"
    );
    // Read, then planned to stay, then to go.
    let ledger = Ledger::default();
    ledger.reads(&read("a"));
    assert!(ledger.plan(adopted.clone()).needs_apply);
    assert_eq!(ledger.plan_destroy(deposed.clone()), DestroyCheck::Kept);
    // Planned to stay before it is read: the read stores it.
    let ledger = Ledger::default();
    assert!(!ledger.plan(adopted).needs_apply);
    ledger.reads(&read("a"));
    assert!(ledger.is_kept_by_another(&key("1"), Some("a")) && !ledger.is_kept_by_another(&key("1"), Some("b")));
    let returned = PlannedDestroy {
        is_kept_elsewhere: true,
        ..deposed
    };
    assert_eq!(ledger.plan_destroy(returned), DestroyCheck::Kept);
}

fn release(successors: &[&str]) -> ReleaseRequest {
    ReleaseRequest {
        key: key("1"),
        label: "thing 1".to_owned(),
        successors: Some(successors.iter().map(|id| (*id).to_owned()).collect()),
        is_going: true,
        is_let_go: false,
    }
}

fn says(id: &str, setting: ProtectionSetting) -> Entry {
    Entry {
        setting,
        ..kept(id, Some("b"), id)
    }
}

#[test]
fn a_predecessor_goes_when_its_successor_says_so_in_whatever_order_they_are_planned() {
    for (setting, is_refused) in [
        (ProtectionSetting::Protect, true),
        (ProtectionSetting::Nothing, true),
        (ProtectionSetting::Lift, false),
    ] {
        let release = release(&["2"]);
        let ledger = Ledger::default();
        let first = ledger.request_release(&release);
        let verdict = ledger.plan(says("2", setting));
        assert_eq!((first, verdict.conflict.is_some()), (None, is_refused), "{setting:?}");
        assert_eq!(
            verdict.needs_apply, !is_refused,
            "the apply has to hear of a lift, and of nothing else"
        );
        assert_eq!(ledger.is_lifted(&release), !is_refused);
        assert!(ledger.plan(says("2", setting)).conflict.is_none(), "it is said once");
        let ledger = Ledger::default();
        assert!(ledger.plan(says("2", setting)).conflict.is_none());
        assert_eq!(ledger.request_release(&release).is_some(), is_refused, "{setting:?}");
        assert_eq!(ledger.is_lifted(&release), !is_refused);
        assert!(ledger.plan(says("3", setting)).conflict.is_none(), "it is said once");
    }
}

#[test]
fn one_that_is_only_read_is_refused_where_it_is_planned_to_go() {
    let read = ReleaseRequest {
        is_going: false,
        ..release(&["2"])
    };
    let ledger = Ledger::default();
    assert_eq!(ledger.request_release(&read), None);
    assert!(ledger.plan(says("2", ProtectionSetting::Protect)).conflict.is_none());
    assert!(ledger.request_release(&release(&["2"])).is_some());
}

#[test]
fn nothing_but_the_successor_lets_go_or_is_asked_to() {
    for setting in [ProtectionSetting::Lift, ProtectionSetting::Protect] {
        let ledger = Ledger::default();
        assert_eq!(ledger.request_release(&release(&["2"])), None);
        for other in [
            says("3", setting),
            Entry {
                setting,
                ..new("n", false)
            },
        ] {
            let verdict = ledger.plan(other);
            assert!(verdict.conflict.is_none() && !verdict.needs_apply, "{setting:?}");
        }
        ledger.made(&key("4"), setting);
        assert!(!ledger.is_lifted(&release(&["2"])), "another says nothing of it");
    }
    // Of several that may be it all must say so.
    let ledger = Ledger::default();
    ledger.request_release(&release(&["2", "3"]));
    assert!(ledger.plan(says("2", ProtectionSetting::Lift)).conflict.is_none());
    assert!(!ledger.is_lifted(&release(&["2", "3"])), "the other said nothing yet");
    assert!(ledger.plan(says("3", ProtectionSetting::Nothing)).conflict.is_some());
    // Where nothing was noted of what replaced it nobody does.
    let ledger = Ledger::default();
    ledger.plan(says("2", ProtectionSetting::Lift));
    let held = ledger.request_release(&release(&[]));
    assert_eq!(held.map(|held| held.why), Some(Hindrance::NobodyLeft));
    assert!(!ledger.is_lifted(&release(&[])));
}

#[test]
fn in_the_apply_that_replaces_all_that_was_made_must_lift() {
    for (setting, is_lifted, in_place) in [
        (ProtectionSetting::Lift, true, &["4", "5"][..]),
        (ProtectionSetting::Nothing, false, &["5"]),
        (ProtectionSetting::Protect, false, &["5"]),
    ] {
        let ledger = Ledger::default();
        let own = ReleaseRequest {
            successors: None,
            ..release(&[])
        };
        assert!(!ledger.is_lifted(&own), "nothing was made yet");
        ledger.made(&key("4"), ProtectionSetting::Lift);
        ledger.made(&key("5"), setting);
        assert_eq!(ledger.is_lifted(&own), is_lifted, "{setting:?}");
        assert_eq!(ledger.made_in_place(TYPE), in_place, "{setting:?}");
    }
}

#[test]
fn a_successor_that_goes_too_or_is_gone_keeps_its_predecessor() {
    let goes_too = Some(Hindrance::GoesToo("thing 2".to_owned()));
    let ledger = Ledger::default();
    assert_eq!(ledger.request_release(&release(&["2"])), None);
    match ledger.plan_destroy(going("2", "b", "m")) {
        DestroyCheck::Refused(Conflict::Protects(held)) => assert_eq!(Some(held.why), goes_too),
        other => panic!("{other:?}"),
    }
    let ledger = Ledger::default();
    assert_eq!(ledger.plan_destroy(going("2", "b", "m")), DestroyCheck::Free);
    assert_eq!(ledger.request_release(&release(&["2"])).map(|held| held.why), goes_too);
    let gone = || {
        let ledger = Ledger::default();
        ledger.reads(&Entry {
            is_planned: false,
            ..kept("2", Some("b"), "n")
        });
        ledger
    };
    let ledger = gone();
    ledger.is_missing(&key("2"));
    let held = ledger.request_release(&release(&["2"]));
    assert_eq!(held.map(|held| held.why), Some(Hindrance::NobodyLeft));
    // Found to be gone after the question: whatever is planned next says so, as what is made in its place.
    let ledger = gone();
    assert_eq!(ledger.request_release(&release(&["2"])), None);
    ledger.is_missing(&key("2"));
    let again = Entry {
        setting: ProtectionSetting::Lift,
        ..new("n", false)
    };
    assert!(ledger.plan(again).conflict.is_some());
    // Once it was let go, and that was applied, nobody has to say so again; but somebody may take it back.
    let let_go = ReleaseRequest {
        is_let_go: true,
        ..release(&["2"])
    };
    let ledger = gone();
    ledger.is_missing(&key("2"));
    assert_eq!(ledger.request_release(&let_go), None);
    let ledger = Ledger::default();
    assert_eq!(ledger.request_release(&let_go), None);
    assert!(ledger.plan(says("2", ProtectionSetting::Protect)).conflict.is_some());
}
