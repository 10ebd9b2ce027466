//! Calls and video: applications, numbers, SIP, trunks, carriers of one's own, rooms.

use serde_json::{Value, json};

use super::{Default, Lines};

/// The lines.
pub(super) const DEFAULTS: Lines = &[
    (
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Applications"),
        APPLICATION,
    ),
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Recordings",
        ),
        RECORDING_OF_A_CALL,
    ),
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/Conferences/{ConferenceSid}/Participants",
        ),
        PARTICIPANT,
    ),
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers",
        ),
        INCOMING_NUMBER,
    ),
    (("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Queues"), QUEUE),
    (
        ("api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/SIP/Domains"),
        SIP_DOMAIN,
    ),
    (
        (
            "api.twilio.com",
            "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists/{IpAccessControlListSid}/IpAddresses",
        ),
        IP_ADDRESS,
    ),
    (("trunking.twilio.com", "/v1/Trunks"), TRUNK),
    (
        ("trunking.twilio.com", "/v1/Trunks/{TrunkSid}/Recording"),
        TRUNK_RECORDING,
    ),
    (("video.twilio.com", "/v1/CompositionHooks"), COMPOSITION_HOOK),
    (("video.twilio.com", "/v1/Compositions"), COMPOSITION),
    (("video.twilio.com", "/v1/Rooms"), ROOM),
    (("voice.twilio.com", "/v1/ByocTrunks"), BYOC_TRUNK),
    (
        (
            "voice.twilio.com",
            "/v1/ConnectionPolicies/{ConnectionPolicySid}/Targets",
        ),
        POLICY_TARGET,
    ),
    (("voice.twilio.com", "/v1/IpRecords"), IP_ADDRESS),
    (("routes.twilio.com", "/v2/PhoneNumbers"), ROUTE),
    (("routes.twilio.com", "/v2/SipDomains"), ROUTE),
    (("routes.twilio.com", "/v2/Trunks"), ROUTE),
    (("voice.twilio.com", "/v1/Settings"), DIALING_PERMISSIONS),
];

/// <https://www.twilio.com/docs/global-infrastructure/inbound-call-processing>: what nobody sent elsewhere is processed in the US.
const ROUTE: &[Default] = &[("voice_region", || Value::from("us1"))];

/// <https://www.twilio.com/blog/blog-voice-dialing-geo-permissions-rest-api>: a new subaccount has its parent's permissions.
const DIALING_PERMISSIONS: &[Default] = &[("dialing_permissions_inheritance", || Value::from(true))];

/// <https://www.twilio.com/docs/usage/api/applications>
const APPLICATION: &[Default] = &[
    ("voice_method", || Value::from("POST")),
    ("voice_fallback_method", || Value::from("POST")),
    ("status_callback_method", || Value::from("POST")),
    ("sms_method", || Value::from("POST")),
    ("sms_fallback_method", || Value::from("POST")),
    ("voice_caller_id_lookup", || Value::from(false)),
    ("public_application_connect_enabled", || Value::from(false)),
];

/// <https://www.twilio.com/docs/voice/api/recording>: begun by this request, one channel.
const RECORDING_OF_A_CALL: &[Default] = &[
    ("channels", || Value::from(1)),
    ("source", || Value::from("StartCallRecordingAPI")),
    ("track", || Value::from("both")),
];

/// <https://www.twilio.com/docs/voice/api/conference-participant-resource>
const PARTICIPANT: &[Default] = &[("start_conference_on_enter", || Value::from(true))];

/// <https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource>; what is not set reads as an empty text where
/// a URL or an application would stand.
const INCOMING_NUMBER: &[Default] = &[
    ("voice_url", || Value::from("")),
    ("voice_method", || Value::from("POST")),
    ("voice_fallback_url", || Value::from("")),
    ("voice_fallback_method", || Value::from("POST")),
    ("voice_application_sid", || Value::from("")),
    ("voice_caller_id_lookup", || Value::from(false)),
    ("status_callback", || Value::from("")),
    ("status_callback_method", || Value::from("POST")),
    ("sms_url", || Value::from("")),
    ("sms_method", || Value::from("POST")),
    ("sms_fallback_url", || Value::from("")),
    ("sms_fallback_method", || Value::from("POST")),
    ("sms_application_sid", || Value::from("")),
];

/// <https://www.twilio.com/docs/voice/api/queue-resource>
const QUEUE: &[Default] = &[("max_size", || Value::from(100))];

/// <https://www.twilio.com/docs/voice/sip/api/sip-domain-resource>; the methods are there from the start, as the acceptance tests of
/// <https://github.com/RJPearson94/terraform-provider-twilio> (sip) saw.
const SIP_DOMAIN: &[Default] = &[
    ("voice_method", || Value::from("POST")),
    ("voice_fallback_method", || Value::from("POST")),
    ("voice_status_callback_method", || Value::from("POST")),
];

/// <https://www.twilio.com/docs/voice/sip/api/sip-ipaddress-resource>,
/// <https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/iprecord-resource>: the whole address.
const IP_ADDRESS: &[Default] = &[("cidr_prefix_length", || Value::from(32))];

/// <https://www.twilio.com/docs/sip-trunking/api/trunk-resource>, and what the acceptance tests of
/// <https://github.com/RJPearson94/terraform-provider-twilio> (sip_trunking) saw.
const TRUNK: &[Default] = &[("recording", || json!({"mode": "do-not-record", "trim": "do-not-trim"}))];

/// <https://www.twilio.com/docs/sip-trunking/api/recording-resource>
const TRUNK_RECORDING: &[Default] = &[
    ("mode", || Value::from("do-not-record")),
    ("trim", || Value::from("do-not-trim")),
];

/// <https://www.twilio.com/docs/video/api/composition-hooks>
const COMPOSITION_HOOK: &[Default] = &[
    ("enabled", || Value::from(true)),
    ("format", || Value::from("webm")),
    ("resolution", || Value::from("640x480")),
    ("status_callback_method", || Value::from("POST")),
    ("trim", || Value::from(true)),
    ("video_layout", || json!({})),
];

/// <https://www.twilio.com/docs/video/api/compositions-resource>
const COMPOSITION: &[Default] = &[
    ("format", || Value::from("webm")),
    ("resolution", || Value::from("640x480")),
    ("trim", || Value::from(true)),
    ("video_layout", || json!({})),
    ("status_callback_method", || Value::from("POST")),
];

/// <https://www.twilio.com/docs/video/api/rooms-resource>, <https://www.twilio.com/docs/video/configure-maximum-participant-duration>,
/// <https://github.com/wittyreference/twilio-claude-plugin> (skills/video/references/assertion-audit.md, 12 and 14),
/// <https://www.twilio.com/en-us/changelog/new-configurable-video-room-timeout-parameters-in-rest-api>
const ROOM: &[Default] = &[
    ("enable_turn", || Value::from(true)),
    ("empty_room_timeout", || Value::from(5)),
    ("unused_room_timeout", || Value::from(5)),
    ("max_participant_duration", || Value::from(14400)),
    ("max_participants", || Value::from(50)),
    ("status_callback_method", || Value::from("POST")),
    ("video_codecs", || json!(["VP8", "H264"])),
    ("max_concurrent_published_tracks", || Value::from(170)),
];

/// <https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/byoctrunk-resource>: the methods of its sample.
const BYOC_TRUNK: &[Default] = &[
    ("voice_method", || Value::from("POST")),
    ("voice_fallback_method", || Value::from("POST")),
    ("status_callback_method", || Value::from("POST")),
];

/// <https://www.twilio.com/docs/voice/bring-your-own-carrier-byoc/api/connectionpolicytarget-resource>
const POLICY_TARGET: &[Default] = &[
    ("priority", || Value::from(10)),
    ("weight", || Value::from(10)),
    ("enabled", || Value::from(true)),
];
