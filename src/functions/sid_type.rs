//! What a SID is of. <https://www.twilio.com/docs/glossary/what-is-a-sid>

use super::table::{Function, Parameter, Shape, text, wrong};
use crate::framework::provider::FunctionError;
use crate::framework::reason::Reason;
use crate::framework::value::Value;
use crate::twilio::{Sid, SidError};

/// `sid_type`.
pub const SID_TYPE: Function = Function {
    name: "sid_type",
    since: "0.1.0",
    doc: "Says what kind of object a SID is of, by the two letters that it starts with: `PN…` is a `phone_number`. Use it in the \
          condition of a variable that takes SIDs of several kinds.",
    quirks: &[
        "Some letters are shared: `IS` is a service of Sync, Chat, Conversations and Notify, and `PN` also a verified caller id. Such a \
         SID has the name that fits all of them, or the commonest.",
        "The object need not exist: no request is sent.",
    ],
    api_page: "https://www.twilio.com/docs/glossary/what-is-a-sid",
    parameters: &[Parameter::new(
        "sid",
        Shape::Text,
        "The SID: two capital letters and 32 hexadecimal digits. Anything else is an error.",
    )],
    variadic: None,
    result: Shape::Text,
    returns: "It is the kind, as the provider names its resources, for example `messaging_service`. Null for letters that the provider \
              does not know.",
    call,
};

fn call(arguments: &[Value]) -> Result<Value, FunctionError> {
    let sid: Sid = (text(arguments, 0).unwrap_or_default().parse()).map_err(|error| wrong(0, reason(&error)))?;
    let position = TYPES.binary_search_by_key(&sid.prefix(), |(letters, _)| letters).ok();
    let kind = position.and_then(|position| TYPES.get(position)).map(|(_, kind)| *kind);
    Ok(kind.into())
}

fn reason(error: &SidError) -> Reason {
    match error {
        SidError::Empty { .. } => "It is empty.".into(),
        SidError::WhiteSpace { place } => Reason::new("There is white space ")
            .and(place)
            .and(". Take it out, for example with trimspace(…)."),
        SidError::NoPrefix { .. } | SidError::WrongKind { .. } => {
            "It does not start with two capital letters, as every SID does.".into()
        }
        SidError::Length { found, .. } => Reason::new("It has ")
            .number(*found)
            .and(" characters, and a SID has 34: two letters and 32 hexadecimal digits."),
        SidError::NotHex { position, .. } => Reason::new("Character ")
            .number(*position)
            .and(" is not a hexadecimal digit. A SID is two letters and 32 hexadecimal digits."),
    }
}

/// The kinds by their letters, sorted: those that Twilio's OpenAPI gives to SIDs of objects.
pub const TYPES: &[(&str, &str)] = &[
    ("AC", "account"),
    ("AD", "address"),
    ("AE", "monitor_event"),
    ("AL", "sip_ip_access_control_list"),
    ("AP", "twiml_app"),
    ("BH", "bulk_hosted_number_order"),
    ("BL", "verify_rate_limit_bucket"),
    ("BN", "brand_registration"),
    ("BS", "binding"),
    ("BU", "regulatory_bundle"),
    ("BV", "bundle_item_assignment"),
    ("BY", "byoc_trunk"),
    ("CA", "call"),
    ("CF", "conference"),
    ("CH", "conversation"),
    ("CJ", "video_composition"),
    ("CL", "sip_credential_list"),
    ("CN", "connect_app"),
    ("CP", "conference_participant"),
    ("CR", "credential"),
    ("DC", "wireless_command"),
    ("DF", "event_subscription"),
    ("DG", "event_sink"),
    ("DY", "message_receipt"),
    ("EC", "bulk_eligibility"),
    ("EL", "bundle_evaluation"),
    ("EV", "taskrouter_event"),
    ("FJ", "flex_plugin_configuration"),
    ("FM", "flex_assessment"),
    ("FN", "studio_execution"),
    ("FO", "flex_flow"),
    ("FT", "studio_execution_step"),
    ("FU", "flex_user"),
    ("FW", "studio_flow"),
    ("FX", "fax"),
    ("FY", "flex_questionnaire_category"),
    ("GE", "flex_question"),
    ("GM", "flex_questionnaire"),
    ("GT", "intelligence_transcript"),
    ("HC", "supersim_sms_command"),
    ("HG", "supersim_ip_command"),
    ("HH", "tollfree_verification"),
    ("HJ", "verify_template"),
    ("HK", "video_composition_hook"),
    ("HR", "hosted_number_order"),
    ("HS", "sim"),
    ("HW", "supersim_network"),
    ("HX", "content_template"),
    ("IB", "voice_source_ip_mapping"),
    ("IL", "voice_ip_record"),
    ("IM", "conversation_message"),
    ("IN", "chat_invite"),
    ("IP", "sip_ip_address"),
    ("IS", "service"),
    ("IT", "end_user"),
    ("JS", "export_job"),
    ("KC", "proxy_session"),
    ("KD", "flex_interaction"),
    ("KI", "proxy_interaction"),
    ("KP", "proxy_participant"),
    ("KS", "proxy_service"),
    ("KV", "media_recording"),
    ("KW", "port_in_request"),
    ("LY", "intelligence_operator"),
    ("MB", "conversation_participant"),
    ("ME", "media"),
    ("MG", "messaging_service"),
    ("MM", "message"),
    ("MT", "video_track"),
    ("NE", "voice_connection_policy_target"),
    ("NO", "notification"),
    ("NY", "voice_connection_policy"),
    ("OQ", "oauth_client"),
    ("OR", "organization"),
    ("OU", "sip_origination_url"),
    ("PA", "video_participant"),
    ("PK", "payment"),
    ("PN", "phone_number"),
    ("PU", "port_in_phone_number"),
    ("PX", "authorization_document"),
    ("QE", "us_app_to_person"),
    ("QU", "queue"),
    ("RA", "channel_endpoint_assignment"),
    ("RD", "supporting_document"),
    ("RE", "recording"),
    ("RI", "identity"),
    ("RK", "verify_rate_limit"),
    ("RL", "role"),
    ("RM", "video_room"),
    ("RN", "regulation"),
    ("RT", "video_recording"),
    ("SC", "short_code"),
    ("SD", "sip_domain"),
    ("SK", "api_key"),
    ("SM", "message"),
    ("TK", "sip_trunk"),
    ("TR", "transcription"),
    ("UF", "autopilot_sample"),
    ("UO", "flex_interaction_channel"),
    ("US", "user"),
    ("UT", "usage_trigger"),
    ("UX", "flex_interaction_transfer"),
    ("VA", "verify_service"),
    ("VE", "verification"),
    ("VJ", "player_streamer"),
    ("VL", "verification_attempt"),
    ("VT", "brand_vetting"),
    ("WA", "taskrouter_activity"),
    ("WF", "short_code_application"),
    ("WH", "webhook"),
    ("WK", "taskrouter_worker"),
    ("WQ", "taskrouter_task_queue"),
    ("WR", "taskrouter_reservation"),
    ("WS", "taskrouter_workspace"),
    ("WT", "taskrouter_task"),
    ("WW", "taskrouter_workflow"),
    ("XB", "available_add_on"),
    ("XE", "installed_add_on"),
    ("XF", "add_on_extension"),
    ("XH", "add_on_result_payload"),
    ("XR", "add_on_result"),
    ("YC", "verify_challenge"),
    ("YF", "verify_factor"),
    ("YK", "verify_access_token"),
    ("YW", "verify_webhook"),
    ("ZB", "serverless_build"),
    ("ZD", "serverless_deployment"),
    ("ZE", "serverless_environment"),
    ("ZH", "serverless_function"),
    ("ZN", "serverless_function_version"),
    ("ZS", "serverless_service"),
    ("ZV", "serverless_variable"),
    ("ZX", "media_processor"),
];

#[cfg(test)]
mod tests {
    use super::*;

    const DIGITS: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn the_letters_say_what_a_sid_is_of() {
        assert!(TYPES.is_sorted_by(|a, b| a.0 < b.0));
        for (letters, expected) in [
            ("AC", Some("account")),
            ("MG", Some("messaging_service")),
            ("PN", Some("phone_number")),
            ("ZX", Some("media_processor")),
            ("QZ", None),
        ] {
            assert_eq!(call(&[format!("{letters}{DIGITS}").into()]), Ok(expected.into()));
        }
    }

    #[test]
    fn what_is_no_sid_is_refused_without_a_word_of_it() {
        for (text, reason) in [
            (String::new(), "empty"),
            (format!(" AC{DIGITS}"), "white space"),
            (format!("ac{DIGITS}"), "capital letters"),
            (DIGITS.to_owned(), "capital letters"),
            (format!("AC{DIGITS}0"), "35 characters"),
            (format!("AC{}", DIGITS.replace('f', "g")), "Character 18"),
        ] {
            let error = call(&[text.clone().into()]).expect_err("it is no SID");
            assert_eq!(error.argument, Some(0));
            assert!(error.text.contains(reason), "{}", error.text);
            assert!(text.is_empty() || !error.text.contains(&text), "{}", error.text);
        }
    }
}
