//! Samples of objects that have no SID, and of lives other than being made, changed and removed.

use serde_json::{Value as Json, json};

use crate::samples::{End, Need, Sample};

const SYNC: &str = "sync.twilio.com";
const SYNC_SERVICE: Need = Need::made("service", SYNC, "/v1/Services", &[("FriendlyName", "Sync")]);
const MAP: Need = Need::made("map", SYNC, "/v1/Services/{service}/Maps", &[("UniqueName", "map")]);
const DOCUMENT: Need = Need::made(
    "document",
    SYNC,
    "/v1/Services/{service}/Documents",
    &[("UniqueName", "document")],
);

pub const CHAT_ROLE: Sample = Sample {
    type_name: "twilio_test_chat_role",
    needs: &[Need::made(
        "service",
        "chat.twilio.com",
        "/v2/Services",
        &[("FriendlyName", "Chat")],
    )],
    config: || role("Moderator", &["sendMessage"]),
    changed: || role("Moderator", &["sendMessage", "leaveChannel"]),
    witness: "friendly_name",
    end: End::Gone,
    has_twins: true,
    neighbour: Some(|| role("Neighbour", &["leaveChannel"])),
};

fn role(friendly_name: &str, permissions: &[&str]) -> Json {
    json!({"service_sid": "{service}", "friendly_name": friendly_name, "type": "channel", "permissions": permissions})
}

pub const CONVERSATIONS_CONFIGURATION: Sample = Sample {
    type_name: "twilio_test_conversations_configuration",
    needs: &[],
    config: || json!({"default_inactive_timer": "PT1H"}),
    changed: || json!({"default_inactive_timer": "PT2H"}),
    witness: "default_inactive_timer",
    end: End::Cleared("default_inactive_timer"),
    has_twins: false,
    neighbour: None,
};

pub const DIALING_COUNTRY: Sample = Sample {
    type_name: "twilio_test_dialing_country",
    needs: &[],
    config: || json!({"iso_code": "DE", "low_risk_numbers_enabled": true}),
    changed: || json!({"iso_code": "DE", "low_risk_numbers_enabled": false}),
    witness: "low_risk_numbers_enabled",
    end: End::Forgotten,
    has_twins: false,
    neighbour: None,
};

pub const FLEX_PLUGIN: Sample = Sample {
    type_name: "twilio_test_flex_plugin",
    needs: &[],
    config: || json!({"unique_name": "panel", "friendly_name": "Panel"}),
    changed: || json!({"unique_name": "panel", "friendly_name": "Side panel"}),
    witness: "friendly_name",
    end: End::Gone,
    // A unique name is one object's.
    has_twins: false,
    neighbour: Some(|| json!({"unique_name": "neighbour"})),
};

pub const IDENTITY_RESOLUTION: Sample = Sample {
    type_name: "twilio_test_identity_resolution",
    needs: &[Need {
        by_hand: true,
        ..Need::made(
            "store",
            "memory.twilio.com",
            "/v1/ControlPlane/Stores",
            &[("displayName", "profiles")],
        )
    }],
    config: || resolution(json!([{"idType": "email"}]), &["email"]),
    changed: || {
        resolution(
            json!([{"idType": "email", "limit": 5}, {"idType": "phone"}]),
            &["phone", "email"],
        )
    },
    witness: "matching_rules",
    end: End::Forgotten,
    has_twins: false,
    neighbour: None,
};

fn resolution(identifiers: Json, rules: &[&str]) -> Json {
    json!({"store_id": "{store}", "identifier_configs": identifiers.to_string(), "matching_rules": rules})
}

pub const OPERATOR_OF_SERVICE: Sample = Sample {
    type_name: "twilio_test_operator_of_service",
    needs: &[Need::made(
        "service",
        "intelligence.twilio.com",
        "/v2/Services",
        &[("UniqueName", "calls")],
    )],
    config: || operator('1'),
    changed: || operator('2'),
    witness: "operator_sid",
    end: End::Gone,
    has_twins: false,
    neighbour: Some(|| operator('3')),
};

fn operator(digit: char) -> Json {
    json!({"service_sid": "{service}", "operator_sid": format!("LY{}", digit.to_string().repeat(32))})
}

pub const SAFELIST_NUMBER: Sample = Sample {
    type_name: "twilio_test_safelist_number",
    needs: &[],
    config: || json!({"phone_number": "+14155550142"}),
    changed: || json!({"phone_number": "+14155550143"}),
    witness: "phone_number",
    end: End::Gone,
    has_twins: false,
    neighbour: Some(|| json!({"phone_number": "+14155550144"})),
};

pub const SHORT_CODE: Sample = Sample {
    type_name: "twilio_test_short_code",
    needs: &[Need {
        by_hand: true,
        ..Need::made(
            "code",
            "api.twilio.com",
            "/2010-04-01/Accounts/{account}/SMS/ShortCodes",
            &[("short_code", "12345")],
        )
    }],
    config: || json!({"short_code_sid": "{code}", "sms_url": "https://example.com/sms"}),
    changed: || json!({"short_code_sid": "{code}", "sms_url": "https://example.com/messages"}),
    witness: "sms_url",
    end: End::Cleared("sms_url"),
    has_twins: false,
    neighbour: None,
};

pub const SHORT_LINKS_OF_SERVICE: Sample = Sample {
    type_name: "twilio_test_short_links_of_service",
    needs: &[Need::made(
        "service",
        "messaging.twilio.com",
        "/v1/Services",
        &[("FriendlyName", "Links")],
    )],
    config: || links('1'),
    changed: || links('2'),
    witness: "domain_sid",
    end: End::Gone,
    has_twins: false,
    neighbour: None,
};

fn links(digit: char) -> Json {
    json!({"domain_sid": format!("DN{}", digit.to_string().repeat(32)), "messaging_service_sid": "{service}"})
}

pub const SYNC_DOCUMENT_PERMISSION: Sample = Sample {
    type_name: "twilio_test_sync_document_permission",
    needs: &[SYNC_SERVICE, DOCUMENT],
    config: || document_permission("alice@example.com", true),
    changed: || document_permission("alice@example.com", false),
    witness: "write",
    end: End::Gone,
    has_twins: false,
    neighbour: Some(|| document_permission("neighbour", true)),
};

fn document_permission(identity: &str, write: bool) -> Json {
    json!({
        "service_sid": "{service}", "document_sid": "{document}", "identity": identity, "read": true, "write": write,
        "manage": false,
    })
}

pub const SYNC_MAP_ITEM: Sample = Sample {
    type_name: "twilio_test_sync_map_item",
    needs: &[SYNC_SERVICE, MAP],
    config: || item("greetings/en/short", json!({"text": "Hello"})),
    changed: || item("greetings/en/short", json!({"text": "Good morning"})),
    witness: "data",
    end: End::Gone,
    has_twins: false,
    neighbour: Some(|| item("neighbour", json!({"text": "Hello"}))),
};

fn item(key: &str, data: Json) -> Json {
    json!({"service_sid": "{service}", "map_sid": "{map}", "key": key, "data": data.to_string()})
}

pub const SYNC_MAP_PERMISSION: Sample = Sample {
    type_name: "twilio_test_sync_map_permission",
    needs: &[SYNC_SERVICE, MAP],
    config: || map_permission("bob/2", true),
    changed: || map_permission("bob/2", false),
    witness: "write",
    end: End::Gone,
    has_twins: false,
    neighbour: Some(|| map_permission("neighbour", true)),
};

fn map_permission(identity: &str, write: bool) -> Json {
    json!({
        "service_sid": "{service}", "map_sid": "{map}", "identity": identity, "read": true, "write": write,
        "manage": false,
    })
}

pub const TRUNK_RECORDING: Sample = Sample {
    type_name: "twilio_test_trunk_recording",
    needs: &[Need::made(
        "trunk",
        "trunking.twilio.com",
        "/v1/Trunks",
        &[("FriendlyName", "Trunk")],
    )],
    config: || json!({"trunk_sid": "{trunk}", "mode": "record-from-answer"}),
    changed: || json!({"trunk_sid": "{trunk}", "mode": "record-from-ringing"}),
    witness: "mode",
    end: End::Reset("mode", "do-not-record"),
    has_twins: false,
    neighbour: None,
};
