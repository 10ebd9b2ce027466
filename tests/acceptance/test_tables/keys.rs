//! What is special in the lifecycles of objects that have no SID, or that are not made, changed and removed like others.

use serde_json::{Value as Json, json};

use crate::lifecycle::{Case, Need, active_changes, sandbox_with};
use crate::sandbox::Sandbox;

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

const MAP_ITEM: Case = Case {
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
    volatile: &["revision"],
    ..Case::NEW
};

const OPERATOR: Case = Case {
    kind: "twilio_intelligence_service_operator",
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
    ..Case::NEW
};

#[test]
fn what_is_only_a_text_in_an_array_is_attached_found_and_taken_off() {
    let (sandbox, last) = OPERATOR.live();
    assert!(last.get("sid").is_none(), "it has no SID of its own: {last}");
    sandbox.nothing_is_left();
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
    let (sandbox, last) = MAP_ITEM.live();
    assert!(last.get("sid").is_none(), "it has no SID: {last}");
    assert!(last["id"].as_str().unwrap_or_default().ends_with("/greetings/en/short"));
    sandbox.nothing_is_left();
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

const DOCUMENT_PERMISSION: Case = Case {
    kind: "twilio_sync_document_permission",
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
    ..Case::NEW
};

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

const CONFIGURATION: Case = Case {
    kind: "twilio_conversations_configuration",
    config: r#"default_inactive_timer = "PT1H""#,
    changed: r#"default_inactive_timer = "PT2H""#,
    changes: &["default_inactive_timer"],
    ..Case::NEW
};

#[test]
fn settings_of_an_account_go_by_the_account_and_are_reset() {
    let (sandbox, last) = CONFIGURATION.live();
    assert_eq!(last["id"], sandbox.handle.account_sid.as_str());
    let left = at(&sandbox, "conversations.twilio.com", "/v1/Configuration").expect("they are always there");
    assert!(
        ["", "PT0S"].contains(&left["default_inactive_timer"].as_str().unwrap_or_default()),
        "there is no timer: {left}"
    );
    assert!(
        left["default_chat_service_sid"].is_string(),
        "what nobody set stays: {left}"
    );
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
    const CASE: Case = Case {
        kind: "twilio_trunk_recording",
        needs: &[(
            "trunk",
            "trunking.twilio.com",
            "/v1/Trunks",
            &[("friendly_name", "Trunk")],
        )],
        config: "trunk_sid = \"{trunk}\"\nmode = \"record-from-answer\"\ntrim = \"trim-silence\"",
        changed: "trunk_sid = \"{trunk}\"\nmode = \"record-from-ringing\"\ntrim = \"trim-silence\"",
        changes: &["mode"],
        ..Case::NEW
    };
    let (sandbox, last) = CASE.live();
    assert_eq!(last["id"], last["trunk_sid"]);
    let path = format!(
        "/v1/Trunks/{}/Recording",
        last["trunk_sid"].as_str().unwrap_or_default()
    );
    let left = at(&sandbox, "trunking.twilio.com", &path).expect("they are always there");
    assert_eq!(
        (&left["mode"], &left["trim"]),
        (&json!("do-not-record"), &json!("do-not-trim"))
    );
}

#[test]
fn what_must_be_there_and_is_not_is_an_error() {
    let sandbox = Sandbox::with_test_tables();
    let config =
        "resource \"twilio_short_code\" \"test\" {\n  short_code_sid = \"SC00000000000000000000000000000001\"\n}\n";
    let said = sandbox.apply_fails(config);
    assert!(
        said.contains("Nothing was created") && said.contains("SC00000000000000000000000000000001"),
        "{said}"
    );
}

#[test]
fn a_number_is_found_by_a_parameter_of_the_query() {
    const CASE: Case = Case {
        kind: "twilio_safelist_number",
        config: "phone_number = \"+14155550142\"",
        changed: "phone_number = \"+14155550143\"",
        ..Case::NEW
    };
    let (sandbox, last) = CASE.live();
    assert_eq!(last["id"], "+14155550143");
    sandbox.nothing_is_left();
}

#[test]
fn a_plugin_is_archived() {
    const CASE: Case = Case {
        kind: "twilio_test_flex_plugin",
        config: "unique_name = \"panel\"\nfriendly_name = \"Panel\"",
        changed: "unique_name = \"panel\"\nfriendly_name = \"Side panel\"",
        changes: &["friendly_name"],
        ..Case::NEW
    };
    let (sandbox, last) = CASE.live();
    let path = format!("/v1/PluginService/Plugins/{}", last["sid"].as_str().unwrap_or_default());
    let left = at(&sandbox, "flex-api.twilio.com", &path).expect("it stays");
    assert_eq!(left["archived"], true);
    let requests = sandbox.twilio.requests().expect("the simulator answers");
    let of_flex: Vec<_> = requests
        .iter()
        .filter(|request| request["host"] == "flex-api.twilio.com")
        .collect();
    assert!(!of_flex.is_empty() && of_flex.iter().all(|request| request["method"] != "DELETE"));
}

const ROLE: Case = Case {
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
    ..Case::NEW
};

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
