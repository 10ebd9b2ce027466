//! Lives of objects that have no SID, and lifecycles other than being made, changed and removed.

use serde_json::{Value as Json, json};

use crate::lifecycle::{active_changes, changed_attributes, import_by_block, import_by_command};
use crate::sandbox::Sandbox;

/// What must exist first: name, host, collection and fields.
pub type Need = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// The configurations of one object. `{name}` is the SID of the need of that name, `{account}` the account's.
struct Lifecycle {
    kind: &'static str,
    needs: &'static [Need],
    config: &'static str,
    changed: &'static str,
    /// What the change changes in place; nothing where it replaces.
    changes: &'static [&'static str],
}

const SERVICE: Need = (
    "service",
    "sync.twilio.com",
    "/v1/Services",
    &[("friendly_name", "Sync")],
);
const MAP: Need = (
    "map",
    "sync.twilio.com",
    "/v1/Services/{service}/Maps",
    &[("unique_name", "map")],
);
const DOCUMENT: Need = (
    "document",
    "sync.twilio.com",
    "/v1/Services/{service}/Documents",
    &[("unique_name", "document")],
);

/// A sandbox with the needs, and what fills their names in.
pub fn sandbox_with(needs: &[Need]) -> (Sandbox, impl Fn(&str) -> String + use<>) {
    let sandbox = Sandbox::with_test_tables();
    let mut made = vec![("account", sandbox.handle.account_sid.clone())];
    let fill = |made: &[(&str, String)], text: &str| {
        let names = made.iter();
        names.fold(text.to_owned(), |text, (name, sid)| {
            text.replace(&format!("{{{name}}}"), sid)
        })
    };
    for (name, host, collection, fields) in needs {
        let fields: serde_json::Map<_, _> = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!(value)))
            .collect();
        let new = json!({"host": host, "collection": fill(&made, collection), "fields": fields});
        let object = sandbox.twilio.add(&new).expect("it can be added");
        let key = object["sid"].as_str().or(object["key"].as_str());
        made.push((name, key.expect("a SID, or another key").to_owned()));
    }
    (sandbox, move |text: &str| fill(&made, text))
}

impl Lifecycle {
    fn address(&self) -> String {
        format!("{}.test", self.kind)
    }

    /// A block with this body.
    fn block(&self, body: &str) -> String {
        format!("resource \"{}\" \"test\" {{\n{body}\n}}\n", self.kind)
    }

    /// Lives from create to destroy; `end` sees the last state, and the object as it was left.
    fn run(&self, end: impl Fn(&Sandbox, &Json)) {
        let (sandbox, fill) = sandbox_with(self.needs);
        let address = self.address();
        sandbox.apply(&self.block(&fill(self.config)));
        sandbox.plan_is_empty("after the create");
        sandbox.refresh_finds_nothing("after the create");
        let stored = sandbox.resource(&address);
        assert!(
            stored["sid"].is_null()
                || stored["id"]
                    .as_str()
                    .unwrap_or_default()
                    .ends_with(stored["sid"].as_str().unwrap_or_default())
        );

        let changed = self.block(&fill(self.changed));
        sandbox.configure(&changed);
        let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
        let changes: Vec<_> = active_changes(&plan).collect();
        assert_eq!(changes.len(), 1, "{changes:#?}");
        if self.changes.is_empty() {
            assert_ne!(changes[0]["change"]["actions"], json!(["update"]));
        } else {
            assert_eq!(changes[0]["change"]["actions"], json!(["update"]));
            let mut names = changed_attributes(&changes[0]["change"]);
            names.retain(|name| name != "revision");
            assert_eq!(names, self.changes);
        }
        sandbox.apply(&changed);
        sandbox.plan_is_empty("after the change");

        import_by_command(&sandbox, &address);
        import_by_block(&sandbox, &address);
        let last = sandbox.resource(&address);
        sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
        end(&sandbox, &last);
    }
}

/// What an error says, without the plan before it.
fn error_in(said: &str) -> &str {
    said.find("Error: ").map_or("", |at| &said[at..])
}

/// The fields of the object at this place, if there is one.
pub fn at(sandbox: &Sandbox, host: &str, path: &str) -> Option<Json> {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let mut found = objects
        .into_iter()
        .filter(|object| object["host"] == host && object["path"] == path);
    found.next().map(|object| object["body"].clone())
}

/// No object whose path has this in it is left.
fn none_left(sandbox: &Sandbox, part: &str) {
    let objects = sandbox.twilio.objects().expect("the simulator answers");
    let left: Vec<_> = objects
        .iter()
        .filter_map(|object| object["path"].as_str())
        .filter(|path| path.contains(part))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

const MAP_ITEM: Lifecycle = Lifecycle {
    kind: "twilio_sync_map_item",
    needs: &[SERVICE, MAP],
    config: r#"
        service_sid = "{service}"
        map_sid     = "{map}"
        key         = "greetings/en/short"
        data        = jsonencode({ text = "Hello" })
    "#,
    changed: r#"
        service_sid = "{service}"
        map_sid     = "{map}"
        key         = "greetings/en/short"
        data        = jsonencode({ text = "Good morning" })
    "#,
    changes: &["data"],
};

const OPERATOR: Lifecycle = Lifecycle {
    kind: "twilio_test_operator_of_service",
    needs: &[(
        "service",
        "intelligence.twilio.com",
        "/v2/Services",
        &[("unique_name", "calls")],
    )],
    config: r#"
        service_sid  = "{service}"
        operator_sid = "LY11111111111111111111111111111111"
    "#,
    changed: r#"
        service_sid  = "{service}"
        operator_sid = "LY22222222222222222222222222222222"
    "#,
    changes: &[],
};

#[test]
fn what_is_only_a_text_in_an_array_is_attached_found_and_taken_off() {
    OPERATOR.run(|sandbox, last| {
        assert!(last.get("sid").is_none(), "it has no SID of its own: {last}");
        none_left(sandbox, "/Operators/");
    });
    // What somebody else took off is gone, and made again.
    let (sandbox, fill) = sandbox_with(OPERATOR.needs);
    let config = OPERATOR.block(&fill(OPERATOR.config));
    sandbox.apply(&config);
    let path = fill("/v2/Services/{service}/Operators/LY11111111111111111111111111111111");
    sandbox
        .twilio
        .remove("intelligence.twilio.com", &path)
        .expect("it is there");
    let plan = sandbox.terraform.plan_json(&[]).expect("it plans");
    let changes: Vec<_> = active_changes(&plan).collect();
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert_eq!(changes[0]["change"]["actions"], json!(["create"]));
    sandbox.apply(&config);
    sandbox.plan_is_empty("after it was attached again");
}

#[test]
fn an_item_lives_under_a_key_with_slashes() {
    MAP_ITEM.run(|sandbox, last| {
        assert!(last.get("sid").is_none(), "it has no SID: {last}");
        assert!(last["id"].as_str().unwrap_or_default().ends_with("/greetings/en/short"));
        none_left(sandbox, "/Items/");
    });
}

#[test]
fn an_item_that_is_there_is_adopted_by_its_key_and_kept_by_its_protection() {
    let (sandbox, fill) = sandbox_with(MAP_ITEM.needs);
    sandbox.apply(&MAP_ITEM.block(&fill(MAP_ITEM.config)));
    sandbox.succeed(&["state", "rm", &MAP_ITEM.address()]);
    let said = sandbox.apply_fails(&MAP_ITEM.block(&fill(MAP_ITEM.changed)));
    // Terraform itself shows the line of the configuration.
    let said = error_in(&said).replace(r#"key = "greetings/en/short""#, "");
    assert!(
        said.contains("54208") && said.contains("/KEY") && !said.contains("greetings"),
        "{said}"
    );
    let adopting = format!(
        "{}\nadopt_existing = true\ndeletion_protection = true",
        fill(MAP_ITEM.changed)
    );
    let said = sandbox.apply(&MAP_ITEM.block(&adopting)).unwrapped();
    assert!(said.contains("was adopted"), "{said}");
    sandbox.plan_is_empty("after the adoption");
    let said = sandbox.apply_fails("");
    assert!(
        said.contains("is protected from being destroyed") && !said.contains("greetings"),
        "{said}"
    );
}

#[test]
fn two_resources_for_one_key_are_refused_and_the_key_is_not_repeated() {
    let (sandbox, fill) = sandbox_with(MAP_ITEM.needs);
    let one = MAP_ITEM.block(&fill(MAP_ITEM.config));
    let said = sandbox.apply_fails(&format!("{one}{}", one.replace("\"test\"", "\"other\"")));
    assert!(said.contains("Two twilio_sync_map_item manage one object"), "{said}");
}

const DOCUMENT_PERMISSION: Lifecycle = Lifecycle {
    kind: "twilio_test_sync_document_permission",
    needs: &[SERVICE, DOCUMENT],
    config: r#"
        service_sid  = "{service}"
        document_sid = "{document}"
        identity     = "alice@example.com"
        read         = true
        write        = true
        manage       = false
    "#,
    changed: r#"
        service_sid  = "{service}"
        document_sid = "{document}"
        identity     = "alice@example.com"
        read         = true
        write        = false
        manage       = false
    "#,
    changes: &["write"],
};

#[test]
fn a_permission_is_made_by_the_first_write_to_its_path() {
    DOCUMENT_PERMISSION.run(|sandbox, _| none_left(sandbox, "/Permissions/"));
}

#[test]
fn a_permission_of_somebody_else_is_not_written_over() {
    let (sandbox, fill) = sandbox_with(DOCUMENT_PERMISSION.needs);
    sandbox.apply(&DOCUMENT_PERMISSION.block(&fill(DOCUMENT_PERMISSION.config)));
    sandbox.succeed(&["state", "rm", &DOCUMENT_PERMISSION.address()]);
    let said = sandbox.apply_fails(&DOCUMENT_PERMISSION.block(&fill(DOCUMENT_PERMISSION.changed)));
    let said = said.split("Twilio has the").nth(1).unwrap_or_default();
    assert!(
        said.contains("would overwrite it") && said.contains("/IDENTITY") && !said.contains("alice"),
        "{said}"
    );
    let adopting = format!("{}\nadopt_existing = true", fill(DOCUMENT_PERMISSION.changed));
    sandbox.apply(&DOCUMENT_PERMISSION.block(&adopting));
    sandbox.plan_is_empty("after the adoption");
}

#[test]
fn a_permission_is_read_as_a_member_of_a_list() {
    const LIFECYCLE: Lifecycle = Lifecycle {
        kind: "twilio_test_sync_map_permission",
        needs: &[SERVICE, MAP],
        config: r#"
            service_sid = "{service}"
            map_sid     = "{map}"
            identity    = "bob/2"
            read        = true
            write       = true
            manage      = false
        "#,
        changed: r#"
            service_sid = "{service}"
            map_sid     = "{map}"
            identity    = "bob/2"
            read        = true
            write       = false
            manage      = false
        "#,
        changes: &["write"],
    };
    LIFECYCLE.run(|sandbox, _| none_left(sandbox, "/Permissions/"));
}

const CONFIGURATION: Lifecycle = Lifecycle {
    kind: "twilio_conversations_configuration",
    needs: &[],
    config: r#"default_inactive_timer = "PT1H""#,
    changed: r#"default_inactive_timer = "PT2H""#,
    changes: &["default_inactive_timer"],
};

#[test]
fn settings_of_an_account_go_by_the_account_and_are_reset() {
    CONFIGURATION.run(|sandbox, last| {
        assert_eq!(last["id"], sandbox.handle.account_sid.as_str());
        let left = at(sandbox, "conversations.twilio.com", "/v1/Configuration").expect("they are always there");
        assert!(
            ["", "PT0S"].contains(&left["default_inactive_timer"].as_str().unwrap_or_default()),
            "there is no timer: {left}"
        );
        assert!(
            left["default_chat_service_sid"].is_string(),
            "what nobody set stays: {left}"
        );
    });
}

#[test]
fn two_resources_for_one_setting_are_refused() {
    let sandbox = Sandbox::with_test_tables();
    let one = CONFIGURATION.block(CONFIGURATION.config);
    let said = sandbox.apply_fails(&format!("{one}{}", one.replace("\"test\"", "\"other\"")));
    assert!(
        said.contains("Two twilio_conversations_configuration manage one object"),
        "{said}"
    );
}

#[test]
fn settings_below_an_object_get_their_defaults_back() {
    const LIFECYCLE: Lifecycle = Lifecycle {
        kind: "twilio_test_trunk_recording",
        needs: &[(
            "trunk",
            "trunking.twilio.com",
            "/v1/Trunks",
            &[("friendly_name", "Trunk")],
        )],
        config: "trunk_sid = \"{trunk}\"\nmode = \"record-from-answer\"\ntrim = \"trim-silence\"",
        changed: "trunk_sid = \"{trunk}\"\nmode = \"record-from-ringing\"\ntrim = \"trim-silence\"",
        changes: &["mode"],
    };
    LIFECYCLE.run(|sandbox, last| {
        assert_eq!(last["id"], last["trunk_sid"]);
        let path = format!(
            "/v1/Trunks/{}/Recording",
            last["trunk_sid"].as_str().unwrap_or_default()
        );
        let left = at(sandbox, "trunking.twilio.com", &path).expect("they are always there");
        assert_eq!(
            (&left["mode"], &left["trim"]),
            (&json!("do-not-record"), &json!("do-not-trim"))
        );
    });
}

#[test]
fn a_short_code_is_configured_and_never_made_or_removed() {
    const LIFECYCLE: Lifecycle = Lifecycle {
        kind: "twilio_test_short_code",
        needs: &[(
            "code",
            "api.twilio.com",
            "/2010-04-01/Accounts/{account}/SMS/ShortCodes",
            &[("short_code", "12345")],
        )],
        config: "short_code_sid = \"{code}\"\nsms_url = \"https://example.com/sms\"\nsms_method = \"GET\"",
        changed: "short_code_sid = \"{code}\"\nsms_url = \"https://example.com/messages\"\nsms_method = \"GET\"",
        changes: &["sms_url"],
    };
    LIFECYCLE.run(|sandbox, last| {
        let path = format!(
            "/2010-04-01/Accounts/{}/SMS/ShortCodes/{}",
            sandbox.handle.account_sid,
            last["sid"].as_str().unwrap_or_default()
        );
        let left = at(sandbox, "api.twilio.com", &path).expect("it stays");
        assert!(left["sms_url"].as_str().unwrap_or_default().is_empty(), "{left}");
        assert_eq!(left["sms_method"], "POST");
    });
}

#[test]
fn what_must_be_there_and_is_not_is_an_error() {
    let sandbox = Sandbox::with_test_tables();
    let config = "resource \"twilio_test_short_code\" \"test\" {\n  short_code_sid = \"SC00000000000000000000000000000001\"\n}\n";
    let said = sandbox.apply_fails(config);
    assert!(
        said.contains("Nothing was created") && said.contains("SC00000000000000000000000000000001"),
        "{said}"
    );
}

#[test]
fn a_number_is_found_by_a_parameter_of_the_query() {
    const LIFECYCLE: Lifecycle = Lifecycle {
        kind: "twilio_test_safelist_number",
        needs: &[],
        config: "phone_number = \"+14155550142\"",
        changed: "phone_number = \"+14155550143\"",
        changes: &[],
    };
    LIFECYCLE.run(|sandbox, last| {
        assert_eq!(last["id"], "+14155550143");
        none_left(sandbox, "/SafeList/");
    });
}

#[test]
fn a_plugin_is_archived() {
    const LIFECYCLE: Lifecycle = Lifecycle {
        kind: "twilio_test_flex_plugin",
        needs: &[],
        config: "unique_name = \"panel\"\nfriendly_name = \"Panel\"",
        changed: "unique_name = \"panel\"\nfriendly_name = \"Side panel\"",
        changes: &["friendly_name"],
    };
    LIFECYCLE.run(|sandbox, last| {
        let path = format!("/v1/PluginService/Plugins/{}", last["sid"].as_str().unwrap_or_default());
        let left = at(sandbox, "flex-api.twilio.com", &path).expect("it stays");
        assert_eq!(left["archived"], true);
        let requests = sandbox.twilio.requests().expect("the simulator answers");
        let of_flex: Vec<_> = requests
            .iter()
            .filter(|request| request["host"] == "flex-api.twilio.com")
            .collect();
        assert!(!of_flex.is_empty() && of_flex.iter().all(|request| request["method"] != "DELETE"));
    });
}

#[test]
fn a_country_is_written_at_one_path_and_read_at_another() {
    const LIFECYCLE: Lifecycle = Lifecycle {
        kind: "twilio_test_dialing_country",
        needs: &[],
        config: "iso_code = \"DE\"\nlow_risk_numbers_enabled = true",
        changed: "iso_code = \"DE\"\nlow_risk_numbers_enabled = false",
        changes: &["low_risk_numbers_enabled"],
    };
    LIFECYCLE.run(|sandbox, last| {
        assert_eq!(last["id"], "DE");
        let left = at(sandbox, "voice.twilio.com", "/v1/DialingPermissions/Countries/DE").expect("it is always there");
        assert_eq!(left["low_risk_numbers_enabled"], false, "it is only forgotten");
    });
}

const ROLE: Lifecycle = Lifecycle {
    kind: "twilio_test_chat_role",
    needs: &[(
        "service",
        "chat.twilio.com",
        "/v2/Services",
        &[("friendly_name", "Chat")],
    )],
    config: r#"
        service_sid   = "{service}"
        friendly_name = "Moderator"
        type          = "channel"
        permissions   = ["sendMessage"]
    "#,
    changed: r#"
        service_sid   = "{service}"
        friendly_name = "Moderator"
        type          = "channel"
        permissions   = ["sendMessage", "leaveChannel"]
    "#,
    changes: &["permissions"],
};

#[test]
fn a_role_lives_below_its_service() {
    ROLE.run(|sandbox, last| none_left(sandbox, last["sid"].as_str().expect("a SID")));
}

#[test]
fn what_is_gone_in_a_products_own_words_is_gone() {
    let (sandbox, fill) = sandbox_with(ROLE.needs);
    sandbox.apply(&ROLE.block(&fill(ROLE.config)));
    let path = fill("/v2/Services/{service}");
    sandbox
        .twilio
        .remove("chat.twilio.com", &path)
        .expect("it can be removed");
    let output = sandbox.terraform.run(&["plan", "-no-color"]).expect("terraform starts");
    let said = output.unwrapped();
    assert!(
        said.contains("is gone from Twilio") && said.contains("1 to add"),
        "{said}"
    );
    sandbox.succeed(&["destroy", "-auto-approve", "-no-color"]);
}

#[test]
fn what_is_shown_nowhere_is_as_the_state_has_it() {
    const LIFECYCLE: Lifecycle = Lifecycle {
        kind: "twilio_test_short_links_of_service",
        needs: &[(
            "service",
            "messaging.twilio.com",
            "/v1/Services",
            &[("friendly_name", "Links")],
        )],
        config: "domain_sid = \"DN11111111111111111111111111111111\"\nmessaging_service_sid = \"{service}\"",
        changed: "domain_sid = \"DN22222222222222222222222222222222\"\nmessaging_service_sid = \"{service}\"",
        changes: &[],
    };
    LIFECYCLE.run(|sandbox, _| none_left(sandbox, "/LinkShortening/"));
}
