//! A project is many objects of Twilio's: what a fault, a failed build, another file or somebody else does between two of them.

use std::path::Path;

use serde_json::{Value as Json, json};
use terraform_provider_twilio::framework::value::Value;

use crate::samples::sample_of;
use crate::terraform::{Outcome, Plan, State, Terraform, shown, text, value};
use crate::twilio::{Object, Twilio};

const PROJECT: &str = "twilio_serverless_project";
const HOST: &str = "serverless.twilio.com";

/// A service with an environment, and folders to change.
struct Scene {
    twilio: Twilio,
    terraform: Terraform,
    folder: tempfile::TempDir,
    config: Json,
}

impl Scene {
    async fn new() -> Self {
        let twilio = Twilio::start(0).await;
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = sample_of(PROJECT).prepare(&twilio).await.config;
        for name in ["functions", "assets"] {
            std::fs::create_dir(folder.path().join(name)).expect("made");
            config[name] = json!(folder.path().join(name));
        }
        let scene = Self {
            terraform: Terraform::start(&twilio, 0).await,
            twilio,
            folder,
            config,
        };
        scene.write("functions/call.protected.js", "1");
        scene.write("assets/index.html", "1");
        scene
    }

    /// As each command of Terraform has.
    async fn another_process(&mut self) {
        self.terraform = Terraform::start(&self.twilio, 0).await;
    }

    fn write(&self, name: &str, content: &str) {
        std::fs::write(self.folder.path().join(name), content).expect("written");
    }

    fn remove(&self, name: &str) {
        std::fs::remove_file(self.folder.path().join(name)).expect("removed");
    }

    fn rename(&self, from: &str, to: &str) {
        let path = |name: &str| Path::new(self.folder.path()).join(name);
        std::fs::rename(path(from), path(to)).expect("renamed");
    }

    fn value(&self) -> Value {
        value(PROJECT, &self.config)
    }

    /// Plans and applies, after a refresh of what is there.
    async fn apply(&self, prior: Option<&State>) -> Outcome {
        let prior = match prior {
            Some(prior) => Some(self.read(prior).await),
            None => None,
        };
        let outcome = self.terraform.change(PROJECT, prior.as_ref(), &self.value()).await;
        outcome.unwrap_or_else(|finding| panic!("{finding}"))
    }

    async fn applied(&self, prior: Option<&State>, what: &str) -> State {
        let outcome = self.apply(prior).await;
        let state = outcome.succeeded(what).unwrap_or_else(|finding| panic!("{finding}"));
        assert_eq!(
            self.read(&state).await.value,
            state.value,
            "{what}: a refresh finds nothing"
        );
        let plan = self.terraform.plan(PROJECT, Some(&state), &self.value()).await;
        assert_eq!(
            plan.expect("it plans").planned,
            state.value,
            "{what}: the plan is empty"
        );
        state
    }

    async fn read(&self, state: &State) -> State {
        let read = self.terraform.read(PROJECT, state).await;
        let read = read.and_then(|read| read.succeeded("the refresh"));
        read.unwrap_or_else(|finding| panic!("{finding}"))
    }

    async fn planned(&self, prior: Option<&State>) -> Plan {
        let plan = self.terraform.plan(PROJECT, prior, &self.value()).await;
        plan.unwrap_or_else(|finding| panic!("{finding}"))
    }

    async fn destroyed(&self, state: &State) {
        let gone = self
            .terraform
            .change(PROJECT, Some(state), &Value::Null)
            .await
            .expect("it is answered");
        assert!(gone.errors().is_empty() && gone.state.is_none(), "{}", said(&gone));
    }

    /// What there is of a kind in the service.
    async fn there(&self, kind: &str) -> Vec<Object> {
        let end = format!("/{kind}");
        let objects = self.twilio.objects().await.into_iter();
        let is_one = |object: &Object| {
            object
                .place
                .2
                .rsplit_once('/')
                .is_some_and(|(path, _)| path.ends_with(&end))
        };
        objects
            .filter(|object| object.place.0 == HOST && is_one(object))
            .collect()
    }

    async fn count(&self, kind: &str) -> usize {
        self.there(kind).await.len()
    }

    /// The build that the environment of the project runs.
    async fn running(&self) -> Json {
        let environments = self.there("Environments").await;
        let own = environments
            .iter()
            .find(|one| json!(one.sid) == self.config["environment_sid"]);
        own.expect("it is there").body["build_sid"].clone()
    }

    async fn nothing_is_left(&self, what: &str) {
        for kind in ["Functions", "Assets", "Builds"] {
            assert_eq!(self.count(kind).await, 0, "{what}: {kind}");
        }
        assert_eq!(self.running().await, Json::Null, "{what}");
    }

    fn path(&self, kind: &str) -> String {
        format!(
            "/v1/Services/{}/{kind}",
            self.config["service_sid"].as_str().expect("a SID")
        )
    }

    /// A function that something else makes.
    async fn strangers(&self, name: &str) -> String {
        let made = self
            .twilio
            .make(HOST, &self.path("Functions"), &[("FriendlyName", name)])
            .await;
        made["sid"].as_str().expect("a SID").to_owned()
    }

    /// Requests since there were so many: method, host and path.
    async fn requests(&self, from: usize) -> Vec<String> {
        let requests = self.twilio.requests().await.into_iter().skip(from);
        let line = |request: Json| {
            format!(
                "{} {}",
                request["method"].as_str().unwrap_or_default(),
                request["path"].as_str().unwrap_or_default()
            )
        };
        requests.map(line).collect()
    }

    async fn seen(&self) -> usize {
        self.twilio.requests().await.len()
    }
}

fn said(outcome: &Outcome) -> String {
    outcome.diagnostics.iter().map(|one| text(one) + "\n").collect()
}

fn files(state: &State) -> Json {
    shown(PROJECT, &state.value)["files"].clone()
}

fn build(state: &State) -> Json {
    shown(PROJECT, &state.value)["build_sid"].clone()
}

/// Which requests a step is made of, and what the next apply must not send again.
const STEPS: &[(&str, &str)] = &[
    ("Functions", "/Functions$"),
    ("Versions", "/Functions/ZH[0-9a-f]+/Versions$"),
    ("Builds", "/Builds$"),
    ("Deployments", "/Deployments$"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_fails_leaves_what_ran_and_the_next_apply_goes_on_from_there() {
    for (step, path) in STEPS {
        let scene = Scene::new().await;
        let first = scene.applied(None, "the create").await;
        assert_eq!(scene.running().await, build(&first));
        scene.write("functions/new.js", "2");
        scene.write("assets/index.html", "2");
        let refusal =
            json!({"match": {"method": "POST", "path": path}, "fault": "status", "status": 400, "code": 20001});
        scene.twilio.faults(&json!([refusal])).await;
        let failed = scene.apply(Some(&first)).await;
        scene.twilio.faults(&json!([])).await;
        assert_eq!(failed.errors().len(), 1, "{step}: {}", said(&failed));
        let left = failed.state.as_ref().expect("it stays in the state");
        assert_eq!((files(left), build(left)), (files(&first), build(&first)), "{step}");
        assert_eq!(scene.running().await, build(&first), "{step}");
        // Of what was made before that, nobody is told that it was not.
        let text = said(&failed);
        let has = |name: &str| shown(PROJECT, &left.value)[name] != shown(PROJECT, &first.value)[name];
        let told = text.split_once("so in the state: ").map_or("", |(_, told)| told);
        for name in ["builds", "unused"] {
            assert_eq!(told.contains(name), has(name), "{step}: {text}");
        }

        let before = scene.seen().await;
        let done = scene.applied(Some(left), step).await;
        let sent = scene.requests(before).await;
        let posts = |end: &str| {
            sent.iter()
                .filter(|line| line.starts_with("POST") && line.ends_with(end))
                .count()
        };
        match *step {
            "Builds" => assert_eq!(posts("/Functions"), 0, "{step}: {sent:#?}"),
            "Deployments" => {
                assert_eq!(
                    (posts("/Functions"), posts("/Versions"), posts("/Builds")),
                    (0, 0, 0),
                    "{step}: {sent:#?}"
                );
            }
            _ => {}
        }
        assert_eq!(scene.running().await, build(&done), "{step}");
        assert_eq!(
            (
                scene.count("Builds").await,
                scene.count("Functions").await,
                scene.count("Assets").await
            ),
            (1, 2, 1),
            "{step}: nothing is there twice"
        );
        scene.destroyed(&done).await;
        assert_eq!(
            (
                scene.count("Builds").await,
                scene.count("Functions").await,
                scene.count("Assets").await
            ),
            (0, 0, 0),
            "{step}: nothing is left"
        );
        assert_eq!(scene.running().await, Json::Null, "{step}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_build_that_fails_leaves_the_old_one_running_and_shows_the_same_change_again() {
    let scene = Scene::new().await;
    let first = scene.applied(None, "the create").await;
    scene.write("functions/call.protected.js", "2");
    scene
        .twilio
        .outcomes(&json!([{"match": {"path": "/Builds/"}, "to": "failed"}, {"soon": true}]))
        .await;
    let failed = scene.apply(Some(&first)).await;
    let said = said(&failed);
    assert!(said.contains("The build of twilio_serverless_project failed"), "{said}");
    assert!(
        said.contains("82003") && said.contains("runs what it ran before"),
        "{said}"
    );
    let left = failed.state.expect("it stays in the state");
    assert_eq!((files(&left), build(&left)), (files(&first), build(&first)));
    assert_eq!(scene.running().await, build(&first));
    assert_eq!(scene.count("Builds").await, 1, "what failed is of no use");
    scene.twilio.all_moves_soon().await;
    let before = scene.seen().await;
    let done = scene.applied(Some(&left), "the next apply").await;
    let sent = scene.requests(before).await;
    assert!(
        !sent
            .iter()
            .any(|line| line.starts_with("POST") && line.ends_with("/Versions")),
        "{sent:#?}"
    );
    assert_eq!(scene.running().await, build(&done));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_apply_that_fails_is_an_error_so_that_nothing_depends_on_it() {
    let scene = Scene::new().await;
    scene
        .twilio
        .outcomes(&json!([{"match": {"path": "/Builds/"}, "to": "failed"}, {"soon": true}]))
        .await;
    let failed = scene.apply(None).await;
    let text = said(&failed);
    assert_eq!(failed.errors().len(), 1, "{text}");
    assert!(
        text.contains("created but not completed") && text.contains("terraform untaint"),
        "{text}"
    );
    let tainted = failed.state.expect("what was made is in the state");
    assert_eq!(build(&tainted), Json::Null);
    scene.twilio.all_moves_soon().await;
    // As after an untaint: nothing half done looks done.
    let done = scene.applied(Some(&tainted), "the apply after it").await;
    assert_eq!(scene.running().await, build(&done));
    assert_eq!((scene.count("Builds").await, scene.count("Functions").await), (1, 1));
    scene.destroyed(&done).await;
    assert_eq!((scene.count("Builds").await, scene.count("Functions").await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_made_goes_with_the_state_alone_and_comes_again() {
    // Terraform hands no private data to the destroy of what is tainted or replaced, and a killed process loses it.
    let without = |state: &State| State {
        private: Vec::new(),
        ..state.clone()
    };
    for (step, path) in STEPS {
        let mut scene = Scene::new().await;
        let refusal =
            json!({"match": {"method": "POST", "path": path}, "fault": "status", "status": 400, "code": 20001});
        scene.twilio.faults(&json!([refusal])).await;
        let failed = scene.apply(None).await;
        scene.twilio.faults(&json!([])).await;
        assert_eq!(failed.errors().len(), 1, "{step}: {}", said(&failed));
        let tainted = failed.state.as_ref().expect("what was made is in the state");
        assert_eq!(files(tainted), json!({}), "{step}: nothing runs");
        scene.another_process().await;
        scene.destroyed(&without(tainted)).await;
        scene.nothing_is_left(step).await;
        let made = scene.applied(None, step).await;
        assert_eq!(shown(PROJECT, &made.value)["unused"], json!([]), "{step}");
        assert_eq!(scene.running().await, build(&made), "{step}");
        scene.another_process().await;
        scene.destroyed(&without(&made)).await;
        scene.nothing_is_left(step).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_was_killed_is_taken_over_and_leaves_nothing_behind() {
    let mut scene = Scene::new().await;
    let made = scene.applied(None, "the create").await;
    scene.write("functions/new.js", "1");
    scene.write("assets/index.html", "2");
    let lost = scene.apply(Some(&made)).await;
    assert!(lost.errors().is_empty(), "{}", said(&lost));
    // Terraform has what it had before.
    scene.another_process().await;
    let refused = scene.apply(Some(&made)).await;
    let text = said(&refused);
    assert!(text.contains("/new (ZH") && text.contains("adopt_existing"), "{text}");
    scene.another_process().await;
    scene.config["adopt_existing"] = json!(true);
    let taken = scene.applied(Some(&made), "the adoption").await;
    assert_eq!(scene.running().await, build(&taken));
    assert_eq!((scene.count("Functions").await, scene.count("Assets").await), (2, 1));
    scene.destroyed(&taken).await;
    scene.nothing_is_left("a build that no state has").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_builds_of_our_parts_is_never_taken_for_ours() {
    let scene = Scene::new().await;
    let made = scene.applied(None, "the create").await;
    let version = |kind: &'static str| {
        let scene = &scene;
        async move {
            scene
                .there("Versions")
                .await
                .into_iter()
                .find(|one| one.place.2.contains(kind))
        }
    };
    let (function, asset) = (
        version("/Functions/").await.expect("there").sid,
        version("/Assets/").await.expect("there").sid,
    );
    let owner = scene.there("Assets").await[0].sid.clone();
    let theirs = scene
        .twilio
        .upload(
            "serverless-upload.twilio.com",
            &scene.path(&format!("Assets/{owner}/Versions")),
            &[("Path", "/index.html"), ("Visibility", "public")],
        )
        .await;
    let theirs = theirs["sid"].as_str().expect("a SID");
    // The same versions on another runtime; and another page in place of ours.
    for (asset, runtime) in [(asset.as_str(), "node20"), (theirs, "node22")] {
        let form = [
            ("FunctionVersions", function.as_str()),
            ("AssetVersions", asset),
            ("Runtime", runtime),
        ];
        let foreign = scene.twilio.make(HOST, &scene.path("Builds"), &form).await;
        let environment = scene.there("Environments").await.into_iter();
        let own = environment
            .into_iter()
            .find(|one| json!(one.sid) == scene.config["environment_sid"]);
        let deployed = json!({"build_sid": foreign["sid"]});
        scene.twilio.change(&own.expect("it is there"), &deployed).await;
        let read = scene.read(&made).await;
        assert_eq!(build(&read), foreign["sid"]);
        let is_ours = files(&read)["/index.html"] == files(&made)["/index.html"];
        assert_eq!(is_ours, asset != theirs, "{}", files(&read));
        let plan = scene.terraform.plan(PROJECT, Some(&read), &scene.value()).await;
        assert!(
            plan.expect("it plans").planned.attr("build_sid").is_unknown(),
            "{runtime}"
        );
        // Also where a refresh was stored meanwhile.
        let before = scene.seen().await;
        let again = scene.applied(Some(&read), "the repair").await;
        assert_eq!((scene.running().await, build(&again)), (build(&made), build(&made)));
        let sent = scene.requests(before).await;
        let wrote = |end: &str| sent.iter().any(|line| line.starts_with("POST") && line.ends_with(end));
        assert!(!wrote("/Builds") && !wrote("/Versions"), "{sent:#?}");
        assert_eq!(files(&again), files(&made));
    }
    scene.destroyed(&made).await;
    scene.nothing_is_left("builds of nothing else").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_destroy_that_stops_half_way_is_gone_on_with() {
    for applies_again in [false, true] {
        let mut scene = Scene::new().await;
        scene.write("functions/tides.private.js", "1");
        let made = scene.applied(None, "the create").await;
        // The build goes first, and with it what led to the functions.
        let refusal = json!({"match": {"method": "DELETE", "path": "/Functions/"}, "fault": "status", "status": 403, "code": 20003});
        scene.twilio.faults(&json!([refusal])).await;
        scene.another_process().await;
        let stopped = scene.terraform.change(PROJECT, Some(&made), &Value::Null).await;
        let stopped = stopped.expect("it is answered");
        scene.twilio.faults(&json!([])).await;
        assert_eq!(stopped.errors().len(), 1, "{}", said(&stopped));
        assert_eq!((scene.count("Builds").await, scene.count("Functions").await), (0, 2));
        let mut left = scene.read(&stopped.state.expect("it stands")).await;
        scene.another_process().await;
        if applies_again {
            left = scene.applied(Some(&left), "the apply after it").await;
            assert_eq!((scene.count("Builds").await, scene.count("Functions").await), (1, 2));
            scene.another_process().await;
        }
        scene.destroyed(&left).await;
        scene.nothing_is_left("the destroy after it").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_there_before_a_create_is_not_taken_for_what_it_made() {
    let mut scene = Scene::new().await;
    let stranger = scene.strangers("/elsewhere").await;
    let lie = json!({"match": {"method": "POST", "path": "/Functions$"}, "fault": "altered", "set": {"sid": stranger}});
    for prior in [None, Some("an update")] {
        scene.another_process().await;
        let made = match prior {
            None => None,
            Some(what) => {
                let made = scene.applied(None, what).await;
                scene.write("functions/new.js", "1");
                Some(made)
            }
        };
        scene.twilio.faults(&json!([lie])).await;
        let from = scene.seen().await;
        let failed = scene.apply(made.as_ref()).await;
        scene.twilio.faults(&json!([])).await;
        let text = said(&failed);
        assert!(
            text.contains(&stranger) && text.contains("was in the service before"),
            "{text}"
        );
        let sent = scene.requests(from).await;
        let writes = |line: &&String| !line.starts_with("GET") && line.contains(&stranger);
        assert_eq!(sent.iter().filter(writes).count(), 0, "{sent:#?}");
        let left = failed.state.expect("the rest is in the state");
        assert!(!shown(PROJECT, &left.value).to_string().contains(&stranger));
        let refused = scene.apply(Some(&left)).await;
        assert!(
            said(&refused).contains("adopt_existing"),
            "what was made is named: {}",
            said(&refused)
        );
        scene.destroyed(&left).await;
        for function in scene.there("Functions").await {
            if function.sid != stranger {
                scene.twilio.remove(&function).await;
            }
        }
        assert_eq!(scene.count("Functions").await, 1, "the stranger is there");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_of_a_new_project_says_what_comes_and_no_other_file_is_uploaded() {
    let mut scene = Scene::new().await;
    for number in 10..24 {
        scene.write(&format!("assets/page-{number}.html"), "1");
    }
    scene.write("functions/tides.private.js", "1");
    let plan = scene.planned(None).await;
    assert!(plan.planned.attr("files").is_known(), "each path is shown");
    let said_of = |plan: &Plan| plan.said.iter().map(|one| text(one) + "\n").collect::<String>();
    let text = said_of(&plan);
    for part in [
        "17 files",
        "request: 15",
        "/index.html",
        "and 5 more",
        "signed get: 1",
        "/call",
        "alone may read: 1",
        "/tides",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("page-23"), "it is bounded: {text}");
    scene.write("assets/evil.txt", "1");
    scene.rename("functions/tides.private.js", "functions/tides.js");
    // Core calls a second plan that is another inconsistent.
    scene.another_process().await;
    assert_ne!(
        scene.planned(None).await.planned.attr("files"),
        plan.planned.attr("files")
    );
    let places = scene.twilio.places().await;
    let outcome = scene.terraform.apply(PROJECT, plan).await.expect("it is answered");
    let text = said(&outcome);
    assert!(
        text.contains("/evil.txt") && text.contains("1 more path") && text.contains("now:  public"),
        "{text}"
    );
    assert!(
        outcome.state.is_none() && text.contains("Nothing was created"),
        "{text}"
    );
    assert_eq!(scene.twilio.places().await, places);

    // Without a refresh the files are shown, too.
    let made = scene.applied(None, "the create").await;
    scene.write("assets/evil.txt", "2");
    let plan = scene.planned(Some(&made)).await;
    assert!(plan.planned.attr("files").is_known());
    let text = said_of(&plan);
    assert!(text.contains("-refresh=false") && !text.contains("17 files"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replacement_of_other_files_than_planned_removes_nothing() {
    let mut scene = Scene::new().await;
    let made = scene.applied(None, "the create").await;
    scene.another_process().await;
    let plan = scene.planned(None).await;
    scene.write("assets/evil.txt", "1");
    let places = scene.twilio.places().await;
    let refused = scene.terraform.make_room(PROJECT, &made, &plan).await;
    let refused = refused.expect("it is answered");
    let text = said(&refused);
    assert!(
        text.contains("/evil.txt") && text.contains("Nothing was removed"),
        "{text}"
    );
    assert_eq!(
        (scene.running().await, scene.twilio.places().await),
        (build(&made), places.clone())
    );
    let left = refused.state.expect("it stands");

    // While another environment runs its build, a replacement is told otherwise than a destroy.
    scene.remove("assets/evil.txt");
    let form = [("UniqueName", "other"), ("DomainSuffix", "other")];
    let sid = scene.twilio.make(HOST, &scene.path("Environments"), &form).await["sid"].clone();
    let environments = scene.there("Environments").await;
    let other = environments
        .into_iter()
        .find(|one| json!(one.sid) == sid)
        .expect("it is there");
    scene.twilio.change(&other, &json!({"build_sid": build(&made)})).await;
    let refused = scene.terraform.make_room(PROJECT, &left, &plan).await;
    let refused = refused.expect("it is answered");
    let text = said(&refused);
    assert!(
        text.contains("The project is replaced") && !text.contains("retain"),
        "{text}"
    );
    assert_eq!(scene.running().await, build(&made));
    scene.twilio.change(&other, &json!({"build_sid": null})).await;

    // What the plan left for the replacement is held against no later destroy.
    scene.write("assets/more.txt", "1");
    scene.another_process().await;
    scene.destroyed(&refused.state.expect("it stands")).await;
    scene.nothing_is_left("the destroy").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_project_in_a_service_is_refused() {
    let mut scene = Scene::new().await;
    let made = scene.applied(None, "the create").await;
    let form = [("UniqueName", "other"), ("DomainSuffix", "other")];
    let other = scene.twilio.make(HOST, &scene.path("Environments"), &form).await;
    let first = scene.config["environment_sid"].clone();
    scene.config["environment_sid"] = other["sid"].clone();
    let places = scene.twilio.places().await;
    let refused = scene.terraform.plan(PROJECT, None, &scene.value()).await;
    let text = refused.err().expect("it is refused");
    assert!(text.contains("have one service_sid"), "{text}");
    assert_eq!(scene.twilio.places().await, places);
    scene.config["environment_sid"] = first;
    scene.another_process().await;
    scene.destroyed(&made).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_build_without_what_was_to_be_in_it_is_not_deployed() {
    let scene = Scene::new().await;
    scene
        .twilio
        .faults(&json!([{"match": {"path": "/Builds(/ZB[0-9a-f]+)?$"}, "fault": "altered", "set": {"function_versions": []}}]))
        .await;
    let failed = scene.apply(None).await;
    scene.twilio.faults(&json!([])).await;
    let text = said(&failed);
    assert!(text.contains("with which Twilio answered"), "{text}");
    assert_eq!(scene.running().await, Json::Null);
    scene
        .destroyed(&failed.state.expect("what was made is in the state"))
        .await;
    scene.nothing_is_left("the lie").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_environment_that_runs_it_is_named_before_this_one_is_taken_down() {
    let scene = Scene::new().await;
    let made = scene.applied(None, "the create").await;
    let form = [("UniqueName", "other"), ("DomainSuffix", "other")];
    let sid = scene.twilio.make(HOST, &scene.path("Environments"), &form).await["sid"].clone();
    let environments = scene.there("Environments").await;
    let other = environments.into_iter().find(|one| json!(one.sid) == sid);
    let other = other.expect("it is there");
    scene.twilio.change(&other, &json!({"build_sid": build(&made)})).await;
    let places = scene.twilio.places().await;
    let refused = scene.terraform.change(PROJECT, Some(&made), &Value::Null).await;
    let refused = refused.expect("it is answered");
    let text = said(&refused);
    assert!(
        text.contains(&other.sid) && text.contains("Nothing was changed"),
        "{text}"
    );
    assert_eq!(
        (scene.running().await, scene.twilio.places().await),
        (build(&made), places)
    );
    scene.twilio.change(&other, &json!({"build_sid": null})).await;
    scene.destroyed(&made).await;
    scene.nothing_is_left("the destroy").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_files_than_planned_are_refused_before_anything_is_sent() {
    let scene = Scene::new().await;
    let made = scene.applied(None, "the create").await;
    scene.write("assets/second.html", "1");
    let read = scene.read(&made).await;
    let plan = scene
        .terraform
        .plan(PROJECT, Some(&read), &scene.value())
        .await
        .expect("it plans");
    assert!(plan.planned.attr("files").is_known(), "each path is shown");
    scene.remove("assets/second.html");
    let places = scene.twilio.places().await;
    // Terraform plans again within the apply, with the state of the first plan.
    let again = scene.terraform.plan(PROJECT, Some(&read), &scene.value()).await;
    let text = again.err().expect("it is refused");
    assert!(
        text.contains("changed after the plan") && text.contains("/second.html"),
        "{text}"
    );
    // And where a file changes behind that.
    let outcome = scene.terraform.apply(PROJECT, plan).await.expect("it is answered");
    let text = said(&outcome);
    assert!(
        text.contains("/second.html") && text.contains("Nothing was changed"),
        "{text}"
    );
    assert_eq!(scene.twilio.places().await, places);
    assert_eq!(outcome.state.expect("it stays").value, made.value);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rename_for_visibility_is_another_version_and_a_file_that_goes_takes_its_function_along() {
    let scene = Scene::new().await;
    scene.write("functions/old.js", "1");
    let first = scene.applied(None, "the create").await;
    let functions = |objects: Vec<Object>| Vec::from_iter(objects.into_iter().map(|one| one.sid));
    let before = functions(scene.there("Functions").await);
    scene.rename("functions/call.protected.js", "functions/call.private.js");
    let second = scene.applied(Some(&first), "the rename").await;
    assert_eq!(
        functions(scene.there("Functions").await),
        before,
        "no function came or went"
    );
    let visibility = files(&second)["/call"].as_str().expect("a text").to_owned();
    assert!(visibility.starts_with("private "), "{visibility}");
    scene.remove("functions/old.js");
    let third = scene.applied(Some(&second), "the removal").await;
    assert_eq!((scene.count("Functions").await, scene.count("Builds").await), (1, 1));
    assert_eq!(files(&third)["/old"], Json::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_something_else_made_stays_and_is_taken_over_only_where_that_is_asked_for() {
    let mut scene = Scene::new().await;
    let (same, other) = (scene.strangers("/call").await, scene.strangers("/elsewhere").await);
    let refused = scene.apply(None).await;
    let text = said(&refused);
    assert!(
        text.contains(&same) && text.contains("adopt_existing") && text.contains("Nothing was created"),
        "{text}"
    );
    assert!(refused.state.is_none() && !text.contains(&other), "{text}");
    assert_eq!((scene.count("Functions").await, scene.count("Assets").await), (2, 0));

    scene.config["adopt_existing"] = json!(true);
    let made = scene.applied(None, "the adoption").await;
    assert_eq!((scene.count("Functions").await, scene.count("Assets").await), (2, 1));
    scene.destroyed(&made).await;
    let left = scene.there("Functions").await;
    assert_eq!(
        Vec::from_iter(left.iter().map(|one| &one.sid)),
        [&other],
        "what others made stays"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_build_that_another_environment_runs_stays_until_that_lets_it_go() {
    let scene = Scene::new().await;
    let first = scene.applied(None, "the create").await;
    let form = [("UniqueName", "other"), ("DomainSuffix", "other")];
    let made = scene.twilio.make(HOST, &scene.path("Environments"), &form).await;
    let environments = scene.there("Environments").await;
    let other = environments
        .into_iter()
        .find(|one| json!(one.sid) == made["sid"])
        .expect("it is there");
    scene.twilio.change(&other, &json!({"build_sid": build(&first)})).await;
    scene.write("functions/call.protected.js", "2");
    let from = scene.seen().await;
    let second = scene.applied(Some(&first), "the change").await;
    assert_eq!(scene.count("Builds").await, 2, "the other environment runs the first");
    let sent = scene.requests(from).await;
    assert!(
        !sent.iter().any(|line| line.starts_with("DELETE")),
        "Twilio would refuse it: {sent:#?}"
    );
    scene.twilio.change(&other, &json!({"build_sid": null})).await;
    scene.write("functions/call.protected.js", "3");
    let third = scene.applied(Some(&second), "the next change").await;
    assert_eq!(scene.count("Builds").await, 1);
    assert_eq!(scene.running().await, build(&third));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_deploys_is_drift_and_the_own_build_comes_back() {
    let scene = Scene::new().await;
    let made = scene.applied(None, "the create").await;
    let environments = scene.there("Environments").await;
    let own = environments
        .iter()
        .find(|one| json!(one.sid) == scene.config["environment_sid"]);
    scene
        .twilio
        .change(own.expect("it is there"), &json!({"build_sid": null}))
        .await;
    let read = scene.read(&made).await;
    assert_eq!((files(&read), build(&read)), (json!({}), Json::Null));
    let before = scene.seen().await;
    let again = scene.applied(Some(&made), "the repair").await;
    let sent = scene.requests(before).await;
    assert!(
        !sent
            .iter()
            .any(|line| line.starts_with("POST") && line.ends_with("/Builds")),
        "{sent:#?}"
    );
    assert_eq!(scene.running().await, build(&made));
    assert_eq!(build(&again), build(&made));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_has_what_runs_and_its_first_apply_takes_it_over() {
    let mut scene = Scene::new().await;
    let made = scene.applied(None, "the create").await;
    let id = format!(
        "{}/{}",
        scene.config["service_sid"].as_str().unwrap_or_default(),
        scene.config["environment_sid"].as_str().unwrap_or_default()
    );
    scene.another_process().await;
    let imported = scene.terraform.import(PROJECT, &id).await.expect("it is imported");
    assert_eq!(build(&imported), build(&made));
    assert_eq!(files(&imported)["/call"], files(&made)["/call"]);
    assert_eq!(files(&imported)["/index.html"], "public, content not shown by Twilio");
    let places = scene.twilio.places().await;
    let taken = scene.applied(Some(&imported), "the first apply").await;
    assert_eq!(scene.twilio.places().await, places, "nothing was made for it");
    scene.another_process().await;
    scene.destroyed(&taken).await;
    scene.another_process().await;
    assert_eq!(
        (
            scene.count("Builds").await,
            scene.count("Functions").await,
            scene.count("Assets").await
        ),
        (0, 0, 0)
    );

    // Another runtime than the one that was built with is another build.
    scene.applied(None, "the create").await;
    scene.another_process().await;
    let imported = scene.terraform.import(PROJECT, &id).await.expect("it is imported");
    scene.config["runtime"] = json!("node22");
    let plan = scene
        .terraform
        .plan(PROJECT, Some(&imported), &scene.value())
        .await
        .expect("it plans");
    assert!(plan.planned.attr("build_sid").is_unknown());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_files_cost_what_changed() {
    let scene = Scene::new().await;
    for number in 0..98 {
        scene.write(&format!("functions/f{number}.js"), &format!("{number}"));
    }
    let made = scene.applied(None, "the create").await;
    assert_eq!(scene.count("Functions").await, 99);
    scene.write("functions/f7.js", "other");
    let before = scene.seen().await;
    let read = scene.read(&made).await;
    let plan = scene
        .terraform
        .plan(PROJECT, Some(&read), &scene.value())
        .await
        .expect("it plans");
    let planned = scene.requests(before).await;
    assert!(planned.len() <= 2, "{planned:#?}");
    let before = scene.seen().await;
    let done = scene
        .terraform
        .apply(PROJECT, plan)
        .await
        .and_then(|done| done.succeeded("the change"));
    let sent = scene.requests(before).await;
    // One of them asks whether another environment runs the build that goes.
    assert!(sent.len() <= 10, "{sent:#?}");
    assert_eq!(scene.running().await, build(&done.expect("it is done")));
}
