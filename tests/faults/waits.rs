//! What Twilio does in its own time, and an apply that waits for it: done, refused, late, stopped, and Twilio out of sight.

use std::time::Duration;

use serde_json::{Value as Json, json};
use terraform_provider_twilio::twilio::{Clock as _, SystemClock};

use crate::samples::{Sample, sample_of};
use crate::terraform::{Outcome, State, Terraform, shown, text, value};
use crate::twilio::Twilio;

const BUILD: &str = "twilio_serverless_build";
const PROFILE: &str = "twilio_test_customer_profile";

/// A Twilio, a provider, and what a sample needs.
struct Scene {
    sample: &'static Sample,
    twilio: Twilio,
    terraform: Terraform,
    first: Json,
}

impl Scene {
    /// `orders` say how what moves by itself ends.
    async fn of(type_name: &str, orders: Json) -> Self {
        let sample = sample_of(type_name);
        let twilio = Twilio::start(0).await;
        let first = sample.prepare(&twilio).await.config;
        twilio.outcomes(&orders).await;
        Self {
            terraform: Terraform::start(&twilio, 0).await,
            sample,
            twilio,
            first,
        }
    }

    fn config(&self, more: Json) -> Json {
        let mut config = self.first.clone();
        let more = more.as_object().cloned().unwrap_or_default();
        config.as_object_mut().expect("an object").extend(more);
        config
    }

    async fn apply(&self, prior: Option<&State>, config: &Json) -> Outcome {
        let config = value(self.sample.type_name, config);
        let outcome = self.terraform.change(self.sample.type_name, prior, &config).await;
        outcome.expect("core takes the answers")
    }

    fn state(&self, outcome: &Outcome) -> Json {
        let state = outcome.state.as_ref().expect("the object is in the state");
        shown(self.sample.type_name, &state.value)
    }

    /// The next refresh and plan find nothing to do.
    async fn plan_is_empty(&self, state: &State, config: &Json) {
        let type_name = self.sample.type_name;
        let read = self.terraform.read(type_name, state).await.expect("a read");
        let read = read.succeeded("the read").expect("it is there");
        let plan = self
            .terraform
            .plan(type_name, Some(&read), &value(type_name, config))
            .await;
        let plan = plan.expect("a plan");
        assert!(!plan.replaces);
        assert_eq!(shown(type_name, &plan.planned), shown(type_name, &read.value));
    }

    /// Something while an apply waits: after so many writes before it, it has written, and had the time to have the response.
    async fn meanwhile(&self, before: usize) {
        while self.count("POST", "").await == before {
            SystemClock::new().sleep(Duration::from_millis(5)).await;
        }
        SystemClock::new().sleep(Duration::from_millis(300)).await;
    }

    async fn count(&self, method: &str, path: &str) -> usize {
        let log = self.twilio.requests().await;
        let is_it =
            |line: &&Json| line["method"] == method && line["path"].as_str().is_some_and(|known| known.contains(path));
        log.iter().filter(is_it).count()
    }
}

fn only(outcome: &Outcome, severity: i32) -> String {
    let [said] = outcome.diagnostics.as_slice() else {
        panic!("one diagnostic, not {:#?}", outcome.diagnostics);
    };
    assert_eq!(said.severity, severity, "{}", text(said));
    text(said)
}

const ERROR: i32 = 1;
const WARNING: i32 = 2;

#[tokio::test]
async fn a_create_waits_where_it_is_asked_to_and_only_there() {
    let scene = Scene::of(BUILD, json!([])).await;
    let config = scene.config(json!({"wait_for_completion": true}));
    let outcome = scene.apply(None, &config).await;
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    assert_eq!(scene.state(&outcome)["status"], "completed");
    let looks = scene.count("GET", "/Builds/").await;
    assert!(looks > 1, "{looks} looks");

    scene.twilio.nothing_moves().await;
    let config = scene.config(json!({"runtime": "node22"}));
    let outcome = scene.apply(None, &config).await;
    assert_eq!(scene.state(&outcome)["status"], "building");
    assert_eq!(scene.count("GET", "/Builds/").await, looks, "nothing waits unasked");
    // What moves by itself is no drift.
    let state = outcome.succeeded("the create").expect("it is made");
    scene.twilio.outcomes(&json!([])).await;
    scene.twilio.advance(60).await;
    scene.plan_is_empty(&state, &config).await;
}

#[tokio::test]
async fn a_failure_is_an_error_with_the_object_in_the_state() {
    let scene = Scene::of(BUILD, json!([{"match": {"path": "/Builds/"}, "to": "failed"}])).await;
    let outcome = scene
        .apply(None, &scene.config(json!({"wait_for_completion": true})))
        .await;
    let said = only(&outcome, ERROR);
    for part in [
        "ended it with a failure",
        "`failed`",
        "no reason",
        "is in the state",
        "tainted",
        "untaint",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(scene.state(&outcome)["status"], "failed");
    assert!(
        said.contains(scene.state(&outcome)["sid"].as_str().expect("a SID")),
        "{said}"
    );
}

#[tokio::test]
async fn what_takes_too_long_is_a_warning_after_a_create_and_not_tainted() {
    let scene = Scene::of(BUILD, json!([{"stays": true}])).await;
    let config = scene.config(json!({"wait_for_completion": true, "timeouts": {"create": "1m"}}));
    let outcome = scene.apply(None, &config).await;
    let said = only(&outcome, WARNING);
    for part in [
        "not completed yet",
        "after 1m its status is `building`",
        "is in the state",
        "timeouts = { create",
        "wait_for_completion",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let state = outcome.succeeded("the create").expect("it is in the state");
    scene.plan_is_empty(&state, &config).await;
}

#[tokio::test]
async fn a_stop_ends_a_wait_at_once() {
    let scene = Scene::of(BUILD, json!([{"stays": true}])).await;
    let config = scene.config(json!({"wait_for_completion": true, "timeouts": {"create": "1000h"}}));
    let before = scene.count("POST", "").await;
    let (outcome, ()) = tokio::join!(scene.apply(None, &config), async {
        scene.meanwhile(before).await;
        scene.terraform.stop().await;
    });
    let said = only(&outcome, WARNING);
    assert!(
        said.contains("interrupted") && said.contains("is in the state"),
        "{said}"
    );
    assert_eq!(scene.state(&outcome)["status"], "building");
}

#[tokio::test]
async fn a_look_that_fails_for_good_ends_the_wait_and_loses_nothing() {
    let scene = Scene::of(BUILD, json!([{"stays": true}])).await;
    let rules = json!([{"match": {"method": "GET", "path": "/Builds/"}, "fault": "status", "status": 403}]);
    scene.twilio.faults(&rules).await;
    let config = scene.config(json!({"wait_for_completion": true}));
    let outcome = scene.apply(None, &config).await;
    let said = only(&outcome, WARNING);
    assert!(
        said.contains("the wait for it failed") && said.contains("is in the state"),
        "{said}"
    );
    scene.twilio.faults(&json!([])).await;
    let state = outcome.succeeded("the create").expect("it is in the state");
    scene.plan_is_empty(&state, &config).await;
}

#[tokio::test]
async fn one_odd_answer_to_a_read_is_not_the_end_of_a_wait() {
    for (status, code) in [(401, 20003), (404, 20404), (403, 20403), (400, 20001)] {
        let scene = Scene::of(BUILD, json!([])).await;
        let odd =
            json!({"match": {"method": "GET", "path": "/Builds/"}, "fault": "status", "status": status, "code": code});
        let mut rule = odd.clone();
        rule["times"] = json!(1);
        scene.twilio.faults(&json!([rule])).await;
        let config = scene.config(json!({"wait_for_completion": true}));
        let outcome = scene.apply(None, &config).await;
        assert!(outcome.diagnostics.is_empty(), "{status}: {:?}", outcome.diagnostics);
        assert_eq!(scene.state(&outcome)["status"], "completed", "{status}");
    }
}

#[tokio::test]
async fn the_deadline_of_a_wait_binds_the_read_that_is_under_way() {
    let scene = Scene::of(BUILD, json!([{"stays": true}])).await;
    let rules = json!([{"match": {"method": "GET", "path": "/Builds/"}, "fault": "status", "status": 500}]);
    scene.twilio.faults(&rules).await;
    let config = scene.config(json!({"wait_for_completion": true, "timeouts": {"create": "8s"}}));
    let outcome = scene.apply(None, &config).await;
    let said = only(&outcome, WARNING);
    for part in [
        "not completed yet",
        "after 8s its status is `building`",
        "is in the state",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[tokio::test]
async fn a_state_that_nobody_knows_is_no_reason_to_write() {
    let scene = Scene::of(PROFILE, json!([{"stays": true}])).await;
    let config = scene.config(json!({}));
    let outcome = scene.apply(None, &config).await;
    let made = outcome.succeeded("the create").expect("it is made");
    let writes = scene.count("POST", "/CustomerProfiles").await;
    for told in [json!("new-unheard-of"), json!({"a": 1}), json!(["draft"])] {
        let is_a_state = told.is_string();
        let objects = scene.twilio.objects().await;
        let mut profiles = objects.iter().filter(|object| object.sid.starts_with("BU"));
        let profile = profiles.next().expect("it is there");
        match is_a_state {
            true => scene.twilio.change(profile, &json!({"status": told})).await,
            // The local Twilio keeps nothing of another type, so it is put into the response.
            false => {
                let mut shown = profile.body.clone();
                shown["status"].clone_from(&told);
                let meta = json!({"key": "results", "page": 0, "page_size": 50, "next_page_url": null});
                let list = json!({"results": [shown], "meta": meta});
                let rule = |path: &str, body: &Json| {
                    let matched = json!({"method": "GET", "path": path});
                    json!({"match": matched, "fault": "status", "status": 200, "body": body, "times": 1000})
                };
                let rules = [rule(&profile.sid, &shown), rule("/CustomerProfiles$", &list)];
                scene.twilio.faults(&json!(rules)).await;
            }
        }
        let read = scene.terraform.read(PROFILE, &made).await.expect("a read");
        // What is no text is no response of Twilio's.
        if !is_a_state {
            let said = only(&read, ERROR);
            assert!(said.contains("cannot be Twilio's"), "{said}");
            continue;
        }
        let said = only(&read, WARNING);
        assert!(said.contains("a state that this provider does not know"), "{said}");
        let read = read.succeeded("the read").expect("it is there");
        assert_eq!(read.value.attr("status").as_str(), Some("pending-review"), "{told}");
        let outcome = scene.apply(Some(&read), &config).await;
        assert!(outcome.errors().is_empty(), "{told}: {:?}", outcome.diagnostics);
        assert_eq!(scene.count("POST", "/CustomerProfiles").await, writes, "{told}");
    }
}

#[tokio::test]
async fn a_review_is_waited_for_by_the_clock_of_twilio() {
    let scene = Scene::of(PROFILE, json!([])).await;
    let config = scene.config(json!({"wait_for_approval": true}));
    let before = scene.count("POST", "").await;
    let (outcome, ()) = tokio::join!(scene.apply(None, &config), async {
        scene.meanwhile(before).await;
        scene.twilio.advance(2 * 24 * 3600).await;
    });
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    assert_eq!(scene.state(&outcome)["status"], "pending-review", "the configured word");
    let state = outcome.succeeded("the create").expect("it is made");
    scene.plan_is_empty(&state, &config).await;
}

#[tokio::test]
async fn a_refusal_is_an_error_of_the_wait_and_a_warning_of_each_refresh() {
    let reason = json!([{"code": 22218, "message": "The business is not registered"}]);
    let scene = Scene::of(
        PROFILE,
        json!([{"match": {"path": "/CustomerProfiles/"}, "to": "twilio-rejected", "set": {"errors": reason}, "times": 1}]),
    )
    .await;
    let draft = scene.config(json!({"status": "draft"}));
    let made = scene
        .apply(None, &draft)
        .await
        .succeeded("the create")
        .expect("it is made");
    let config = scene.config(json!({"wait_for_approval": true}));
    let before = scene.count("POST", "").await;
    let (outcome, ()) = tokio::join!(scene.apply(Some(&made), &config), async {
        scene.meanwhile(before).await;
        scene.twilio.advance(2 * 24 * 3600).await;
    });
    let told = outcome.errors();
    let said = told.iter().map(|said| text(said)).collect::<String>();
    for part in [
        "The business is not registered (code 22218)",
        "`twilio-rejected`",
        "apply again",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("taint"), "{said}");
    // That the status is not as planned is said once.
    assert_eq!(outcome.diagnostics.len(), 1, "{:?}", outcome.diagnostics);
    let state = outcome.state.expect("it is in the state");

    let read = scene.terraform.read(PROFILE, &state).await.expect("a read");
    let said = only(&read, WARNING);
    assert!(
        said.contains("refused by Twilio") && said.contains("The business is not registered"),
        "{said}"
    );
    let read = read.succeeded("the read").expect("it is there");
    assert_eq!(shown(PROFILE, &read.value)["status"], "twilio-rejected");
    // Applying what the plan shows submits it again, and then it is approved.
    let before = scene.count("POST", "").await;
    let (outcome, ()) = tokio::join!(scene.apply(Some(&read), &config), async {
        scene.meanwhile(before).await;
        scene.twilio.advance(2 * 24 * 3600).await;
    });
    let state = outcome.succeeded("the second submission").expect("it is approved");
    scene.plan_is_empty(&state, &config).await;
}

#[tokio::test]
async fn a_deadline_of_an_update_is_an_error() {
    let scene = Scene::of(PROFILE, json!([{"stays": true}])).await;
    let draft = scene.config(json!({"status": "draft"}));
    let made = scene
        .apply(None, &draft)
        .await
        .succeeded("the create")
        .expect("it is made");
    let config = scene.config(json!({"wait_for_approval": true, "timeouts": {"update": "5m"}}));
    let outcome = scene.apply(Some(&made), &config).await;
    let said = only(&outcome, ERROR);
    assert!(said.contains("after 5m its status is `pending-review`"), "{said}");
    assert_eq!(scene.state(&outcome)["status"], "pending-review");
    let state = outcome.state.expect("the change is in the state");
    scene.plan_is_empty(&state, &config).await;
}

#[tokio::test]
async fn what_moves_by_itself_is_never_set_back() {
    let scene = Scene::of(PROFILE, json!([])).await;
    let config = scene.config(json!({}));
    let made = scene
        .apply(None, &config)
        .await
        .succeeded("the create")
        .expect("it is made");
    for _ in 0..2 {
        scene.twilio.advance(20 * 3600).await;
        scene.plan_is_empty(&made, &config).await;
    }
    // An update of something else sends nothing of it.
    let renamed = scene.config(json!({"friendly_name": "Renamed Ltd"}));
    let outcome = scene.apply(Some(&made), &renamed).await;
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    let log = scene.twilio.requests().await;
    let last = log
        .iter()
        .rev()
        .find(|line| line["method"] == "POST")
        .expect("an update");
    assert!(!last.to_string().contains("Status="), "{last}");
    assert!(!last["form"].to_string().contains("Status\""), "{last}");
    let state = outcome.succeeded("the update").expect("it is changed");
    scene.plan_is_empty(&state, &renamed).await;
    // Nor does an import show it.
    let sid = shown(PROFILE, &state.value)["sid"].as_str().expect("a SID").to_owned();
    let imported = scene.terraform.import(PROFILE, &sid).await.expect("an import");
    assert_eq!(shown(PROFILE, &imported.value)["status"], "pending-review");
}
