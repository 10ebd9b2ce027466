//! Everything else: functions, data, work, devices, alarms.

use serde_json::{Value, json};

use super::{Default, Lines};

/// The lines.
pub(super) const DEFAULTS: Lines = &[
    (("intelligence.twilio.com", "/v2/Services"), INTELLIGENCE_SERVICE),
    (("media.twilio.com", "/v1/MediaProcessors"), MEDIA_PROCESSOR),
    (("monitor.twilio.com", "/v2/Alarms"), ALARM),
    (
        ("notify.twilio.com", "/v1/Services/{ServiceSid}/Notifications"),
        NOTIFICATION,
    ),
    (("serverless.twilio.com", "/v1/Services"), SERVERLESS_SERVICE),
    (("supersim.twilio.com", "/v1/Fleets"), FLEET),
    (("sync.twilio.com", "/v1/Services"), SYNC_SERVICE),
    (
        ("sync.twilio.com", "/v1/Services/{ServiceSid}/Documents"),
        SYNC_DOCUMENT,
    ),
    (("sync.twilio.com", "/v1/Services/{ServiceSid}/Lists"), SYNC_COLLECTION),
    (("sync.twilio.com", "/v1/Services/{ServiceSid}/Maps"), SYNC_COLLECTION),
    (("sync.twilio.com", "/v1/Services/{ServiceSid}/Streams"), SYNC_STREAM),
    (("taskrouter.twilio.com", "/v1/Workspaces"), WORKSPACE),
    (
        ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/TaskQueues"),
        TASK_QUEUE,
    ),
    (("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/Tasks"), TASK),
    (
        ("verify.twilio.com", "/v2/Services/{ServiceSid}/Verifications"),
        VERIFICATION,
    ),
    (
        ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/Workers"),
        WORKER,
    ),
    (
        ("taskrouter.twilio.com", "/v1/Workspaces/{WorkspaceSid}/Workflows"),
        WORKFLOW,
    ),
    (("wireless.twilio.com", "/v1/Commands"), WIRELESS_COMMAND),
    (("wireless.twilio.com", "/v1/RatePlans"), RATE_PLAN),
];

/// <https://www.twilio.com/docs/voice/intelligence/api/service-resource>
const INTELLIGENCE_SERVICE: &[Default] = &[("language_code", || Value::from("en-US"))];

/// <https://www.twilio.com/docs/usage/monitor-alarms>
const ALARM: &[Default] = &[("enabled", || Value::from(true))];

/// <https://www.twilio.com/docs/serverless/api/resource/service>
const SERVERLESS_SERVICE: &[Default] = &[
    ("include_credentials", || Value::from(true)),
    ("ui_editable", || Value::from(false)),
];

/// <https://www.twilio.com/docs/iot/supersim/api/fleet-resource>
const FLEET: &[Default] = &[
    ("data_enabled", || Value::from(true)),
    ("data_limit", || Value::from(1000)),
    ("ip_commands_method", || Value::from("POST")),
    ("sms_commands_enabled", || Value::from(true)),
    ("sms_commands_method", || Value::from("POST")),
];

/// <https://www.twilio.com/docs/sync/api/service>
const SYNC_SERVICE: &[Default] = &[("reachability_debouncing_window", || Value::from(5000))];

/// <https://www.twilio.com/docs/sync/api/document-resource>: the data of its sample.
const SYNC_DOCUMENT: &[Default] = &[("data", || json!({}))];

/// <https://www.twilio.com/docs/taskrouter/api/workspace>
const WORKSPACE: &[Default] = &[("multi_task_enabled", || Value::from(true))];

/// <https://www.twilio.com/docs/taskrouter/api/task-queue>
const TASK_QUEUE: &[Default] = &[
    ("max_reserved_workers", || Value::from(1)),
    ("target_workers", || Value::from("1==1")),
];

/// <https://www.twilio.com/docs/taskrouter/api/task>
const TASK: &[Default] = &[("attributes", || Value::from("{}")), ("timeout", || Value::from(86400))];

/// <https://www.twilio.com/docs/verify/api/verification>: it waits for its code.
const VERIFICATION: &[Default] = &[("status", || Value::from("pending")), ("valid", || Value::from(false))];

/// <https://www.twilio.com/docs/notify/api/notification-resource>: four weeks.
const NOTIFICATION: &[Default] = &[("ttl", || Value::from(2_419_200))];

/// <https://www.twilio.com/docs/taskrouter/api/worker>
const WORKER: &[Default] = &[("attributes", || Value::from("{}"))];

/// <https://www.twilio.com/docs/taskrouter/api/workflow>
const WORKFLOW: &[Default] = &[("task_reservation_timeout", || Value::from(120))];

/// <https://www.twilio.com/docs/iot/wireless/api/rateplan-resource>
const RATE_PLAN: &[Default] = &[("data_limit", || Value::from(1000))];

/// <https://www.twilio.com/docs/live/api/mediaprocessors-resource>: it is started by being made.
const MEDIA_PROCESSOR: &[Default] = &[("status", || Value::from("started"))];

/// <https://www.twilio.com/docs/iot/wireless/api/command-resource>: what this request sends goes to the SIM.
const WIRELESS_COMMAND: &[Default] = &[("direction", || Value::from("to_sim"))];

/// <https://www.twilio.com/docs/sync/api/list-resource>, <https://www.twilio.com/docs/sync/api/map-resource>
const SYNC_COLLECTION: &[Default] = &[
    ("created_by", || Value::from("system")),
    ("revision", || Value::from("0")),
];

/// <https://www.twilio.com/docs/sync/api/stream-resource>
const SYNC_STREAM: &[Default] = &[("created_by", || Value::from("system"))];
