//! Secrets that are given write-only, in each kind of body: they reach Twilio when they are first given and when their version
//! changes, and are nowhere else.

use serde_json::{Value as Json, json};

use crate::lifecycle::{Need, active_changes, changed_attributes, make_needs};
use crate::sandbox::Sandbox;
use crate::write_only::{is_in_no_file, logged};

const SECRETS: [&str; 3] = ["Hush-Secret-41c7", "Hush-Secret-82d0", "Hush-Secret-9be3"];

/// A table with a secret, and where it goes.
struct Style {
    kind: &'static str,
    needs: &'static [Need],
    /// With `{version}`, and `{other}` for what is no secret.
    config: &'static str,
    /// The secret in the stored attributes.
    stored: &'static str,
    host: &'static str,
    /// In the parameters, of the create and of the update.
    methods: [&'static str; 2],
    /// Whether what is sent for another reason has the secret too.
    is_whole: bool,
}

const FORM: Style = Style {
    kind: "twilio_sip_credential",
    needs: &[(
        "list",
        "api.twilio.com",
        "/2010-04-01/Accounts/{account}/SIP/CredentialLists",
        &[("friendly_name", "phones")],
    )],
    config: r#"
        credential_list_sid = "{list}"
        username            = "phone"
        password_wo         = var.secret
        password_wo_version = {version}
    "#,
    stored: "/password",
    host: "api.twilio.com",
    methods: ["POST", "POST"],
    is_whole: false,
};

const KEYED: Style = Style {
    kind: "twilio_test_sync_map_secret",
    needs: &[
        (
            "service",
            "sync.twilio.com",
            "/v1/Services",
            &[("friendly_name", "Sync")],
        ),
        (
            "map",
            "sync.twilio.com",
            "/v1/Services/{service}/Maps",
            &[("unique_name", "doors")],
        ),
    ],
    config: r#"
        service_sid     = "{service}"
        map_sid         = "{map}"
        key             = "doors/front"
        data_wo         = jsonencode({ code = var.secret })
        data_wo_version = {version}
    "#,
    stored: "/data",
    host: "sync.twilio.com",
    methods: ["POST", "POST"],
    is_whole: false,
};

const PUT: Style = Style {
    kind: "twilio_test_content_template",
    needs: &[],
    config: r#"
        friendly_name = "{other}"
        language      = "en"
        types = {
          quick_reply = {
            body    = "Is your order right?"
            actions = [{ title = "Yes", id_wo = var.secret, id_wo_version = {version} }, { title = "No" }]
          }
        }
    "#,
    stored: "/types/quick_reply/actions/0/id",
    host: "content.twilio.com",
    methods: ["POST", "PUT"],
    is_whole: true,
};

const MERGE: Style = Style {
    kind: "twilio_test_profile_contact",
    needs: &[
        (
            "store",
            "memory.twilio.com",
            "/v1/ControlPlane/Stores",
            &[("displayName", "contacts")],
        ),
        ("profile", "memory.twilio.com", "/v1/Stores/{store}/Profiles", &[]),
    ],
    config: r#"
        store_id   = "{store}"
        profile_id = "{profile}"
        traits     = { contact = { city = "{other}", door_code_wo = var.secret, door_code_wo_version = {version} } }
    "#,
    stored: "/traits/contact/door_code",
    host: "memory.twilio.com",
    methods: ["PATCH", "PATCH"],
    // An object that changed is named with all that it has.
    is_whole: true,
};

impl Style {
    fn proves_itself(&self) {
        // What the provider logs is seen only where Terraform starts it.
        let mut sandbox = Sandbox::new_with_test_tables();
        let fill = make_needs(&mut sandbox, self.needs);
        let log = logged(&mut sandbox);
        let address = format!("{}.test", self.kind);
        let body = fill(self.config);
        let config = |version: &str, other: &str| {
            let body = body.replace("{version}", version).replace("{other}", other);
            format!(
                "variable \"secret\" {{\n  type = string\n  ephemeral = true\n}}\nresource \"{}\" \"test\" {{\n{body}\n}}\n",
                self.kind
            )
        };
        // Which writes had which secret since this was asked last.
        let sent = || {
            let requests = sandbox.twilio.requests().expect("the simulator answers");
            sandbox.twilio.forget_requests().expect("the simulator answers");
            let writes = requests.into_iter().filter(|request| {
                request["host"] == self.host && request["method"] != "GET" && request["method"] != "DELETE"
            });
            let seen = writes.map(|request| {
                let parameters = [&request["form"], &request["json"]].map(Json::to_string).concat();
                let secret = SECRETS.into_iter().position(|secret| parameters.contains(secret));
                (request["method"].as_str().unwrap_or_default().to_owned(), secret)
            });
            seen.collect::<Vec<_>>()
        };
        let [create, update] = self.methods;
        let write = |method: &str, secret| vec![(method.to_owned(), secret)];
        let is_stored = |when: &str| {
            let stored = sandbox.resource(&address);
            assert!(
                stored.pointer(self.stored).is_some_and(Json::is_null),
                "{}: {when}, {} is stored: {stored:#}",
                self.kind,
                self.stored
            );
        };
        let mut said = String::new();
        sandbox.twilio.forget_requests().expect("the simulator answers");
        let mut apply = |secret: usize, config: &str, plan: &str| {
            let arguments = [
                vec!["plan", "-no-color", "-out", plan],
                vec!["apply", "-no-color", plan],
            ];
            sandbox.configure(config);
            for arguments in arguments {
                let mut command = sandbox.terraform.command(&arguments);
                let output = command.env("TF_VAR_secret", SECRETS[secret]).output();
                let output = output.expect("terraform starts");
                let text = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
                assert!(output.status.success(), "{}: {}", self.kind, text.concat());
                said.push_str(&text.concat());
            }
        };
        apply(0, &config("1", "Paris"), "create.tfplan");
        assert_eq!(sent(), write(create, Some(0)), "{}", self.kind);
        is_stored("after the create");

        // Another secret with the same version is no change, and is said along only where all is said.
        apply(1, &config("1", "Paris"), "nothing.tfplan");
        assert_eq!(sent(), [], "{}", self.kind);
        if self.config.contains("{other}") {
            apply(1, &config("1", "Rome"), "other.tfplan");
            let along = self.is_whole.then_some(1);
            assert_eq!(sent(), write(update, along), "{}", self.kind);
            is_stored("after another change");
        }

        apply(2, &config("2", "Rome"), "change.tfplan");
        let shown = sandbox.succeed(&["show", "-json", "change.tfplan"]);
        let plan: Json = serde_json::from_str(&shown.stdout).expect("it is JSON");
        let changes: Vec<_> = active_changes(&plan).collect();
        assert_eq!(changes.len(), 1, "{changes:#?}");
        assert_eq!(changes[0]["change"]["actions"], json!(["update"]), "{changes:#?}");
        assert!(!changed_attributes(&changes[0]["change"]).is_empty());
        assert_eq!(sent(), write(update, Some(2)), "{}", self.kind);
        is_stored("after the change");

        sandbox.terraform.set_env("TF_VAR_secret", SECRETS[2]);
        sandbox.plan_is_empty("after the change");
        sandbox.refresh_finds_nothing("after the change");
        is_in_no_file(&sandbox, &sandbox.terraform.path(), &SECRETS);
        for secret in SECRETS {
            assert!(!said.contains(secret), "{}: {said}", self.kind);
        }
        let log = std::fs::read_to_string(&log).expect("there is a log");
        assert!(log.contains("request parameters"), "the log is not at TRACE");
        sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
    }
}

#[test]
fn a_secret_in_a_form_is_sent_and_stored_nowhere() {
    FORM.proves_itself();
}

#[test]
fn a_secret_under_a_key_that_twilio_shows_is_sent_and_stored_nowhere() {
    KEYED.proves_itself();
}

#[test]
fn a_secret_in_json_that_is_put_is_sent_whole_and_stored_nowhere() {
    PUT.proves_itself();
}

#[test]
fn a_secret_in_json_that_is_merged_is_sent_and_stored_nowhere() {
    MERGE.proves_itself();
}
