//! Event types and their schemas, which Twilio publishes and nobody creates.
//! <https://www.twilio.com/docs/events/event-types-overview>
//!
//! The list holds types of each product that Event Streams carries, not every one of them. Versions are those that the
//! documentation and the published examples name.

use serde_json::{Value, json};

use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::params::Params;

/// A schema and the event types that follow it.
pub(super) struct Schema {
    /// Identifier, for example `Messaging.MessageStatus`.
    pub id: &'static str,
    /// Newest version; versions count from 1.
    pub latest: i64,
    /// What the types below begin with.
    prefix: &'static str,
    types: &'static [&'static str],
}

const SCHEMAS: &[Schema] = &[
    Schema {
        id: "Conversations.Conversation",
        latest: 1,
        prefix: "com.twilio.conversations.conversation",
        types: &["-state.updated", ".added", ".removed", ".updated"],
    },
    Schema {
        id: "Conversations.Message",
        latest: 1,
        prefix: "com.twilio.conversations.message.",
        types: &["added", "removed", "updated"],
    },
    Schema {
        id: "Conversations.Participant",
        latest: 1,
        prefix: "com.twilio.conversations.participant.",
        types: &["added", "removed", "updated"],
    },
    Schema {
        id: "ErrorLogs.Error",
        latest: 1,
        prefix: "com.twilio.error-logs.error.",
        types: &["logged"],
    },
    Schema {
        id: "LinkShortening.Click",
        latest: 1,
        prefix: "com.twilio.daptbt.link-shortening.",
        types: &["link-clicked", "link-shortened"],
    },
    Schema {
        id: "Messaging.InboundMessageV1",
        latest: 5,
        prefix: "com.twilio.messaging.inbound-message.",
        types: &["received"],
    },
    // The published example of a subscription asks for version 12.
    Schema {
        id: "Messaging.MessageStatus",
        latest: 12,
        prefix: "com.twilio.messaging.message.",
        types: &["delivered", "failed", "queued", "read", "sent", "undelivered"],
    },
    Schema {
        id: "Studio.FlowExecution",
        latest: 1,
        prefix: "com.twilio.studio.flow.execution.",
        types: &["ended", "started"],
    },
    Schema {
        id: "Studio.FlowStep",
        latest: 1,
        prefix: "com.twilio.studio.flow.step.",
        types: &["ended"],
    },
    Schema {
        id: "SuperSIM.ConnectionEvent",
        latest: 4,
        prefix: "com.twilio.iot.supersim.connection.",
        types: &[
            "attempt.accepted",
            "attempt.failed",
            "attempt.rejected",
            "data-session.ended",
            "data-session.started",
            "data-session.updated",
        ],
    },
    Schema {
        id: "TaskRouter.Reservation",
        latest: 2,
        prefix: "com.twilio.taskrouter.reservation.",
        types: &[
            "accepted",
            "canceled",
            "completed",
            "created",
            "failed",
            "rejected",
            "rescinded",
            "timeout",
            "wrapup",
        ],
    },
    Schema {
        id: "TaskRouter.Task",
        latest: 2,
        prefix: "com.twilio.taskrouter.task.",
        types: &["canceled", "completed", "created", "deleted", "updated", "wrapup"],
    },
    Schema {
        id: "TaskRouter.Worker",
        latest: 2,
        prefix: "com.twilio.taskrouter.worker.",
        types: &[
            "activity.update",
            "attributes.update",
            "capacity.update",
            "channel.availability.update",
            "created",
            "deleted",
        ],
    },
    Schema {
        id: "Voice.WebhookEvent",
        latest: 2,
        prefix: "com.twilio.voice.",
        types: &[
            "status-callback.call.answered",
            "status-callback.call.completed",
            "status-callback.call.initiated",
            "status-callback.call.ringing",
            "twiml.call.redirected",
        ],
    },
    Schema {
        id: "VoiceInsights.CallEvent",
        latest: 1,
        prefix: "com.twilio.voice.insights.call-event.",
        types: &["gateway", "sdk"],
    },
    Schema {
        id: "VoiceInsights.CallMetrics",
        latest: 1,
        prefix: "com.twilio.voice.insights.call-metrics.",
        types: &["gateway", "sdk"],
    },
    Schema {
        id: "VoiceInsights.CallSummary",
        latest: 1,
        prefix: "com.twilio.voice.insights.call-summary.",
        types: &["complete", "error", "partial", "predicted-complete"],
    },
];

/// The date that published examples show for types and schemas.
const PUBLISHED: &str = "2020-08-13T13:28:20Z";

/// The schema of an event type, if the type exists.
pub(super) fn schema_of(event_type: &str) -> Option<&'static Schema> {
    SCHEMAS.iter().find(|schema| {
        event_type
            .strip_prefix(schema.prefix)
            .is_some_and(|rest| schema.types.contains(&rest))
    })
}

fn schema(id: &str) -> Option<&'static Schema> {
    SCHEMAS.iter().find(|schema| schema.id == id)
}

/// Event types.
pub struct Types;

impl Behaviour for Types {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        if ctx.operation().kind == OperationKind::List {
            let wanted = ctx.query.text("SchemaId");
            let mut all: Vec<(String, &Schema)> = SCHEMAS
                .iter()
                .filter(|schema| wanted.is_none_or(|wanted| schema.id == wanted))
                .flat_map(|schema| {
                    schema
                        .types
                        .iter()
                        .map(move |name| (format!("{}{name}", schema.prefix), schema))
                })
                .collect();
            // Documented order.
            all.sort_by(|left, right| left.0.cmp(&right.0));
            let items = all.iter().map(|(name, schema)| shown_type(ctx, name, schema)).collect();
            return ctx.list_items(items).map(Some);
        }
        let name = ctx.path_param("Type").unwrap_or_default();
        let schema = schema_of(name).ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
        Ok(Some(Answer::json(200, shown_type(ctx, name, schema))))
    }
}

fn shown_type(ctx: &Ctx<'_>, name: &str, schema: &Schema) -> Value {
    let described = name
        .strip_prefix("com.twilio.")
        .unwrap_or(name)
        .replace(['.', '-'], " ");
    json!({
        "date_created": PUBLISHED,
        "date_updated": PUBLISHED,
        "type": name,
        "schema_id": schema.id,
        "status": "available",
        "documentation_url": null,
        "description": described,
        "url": format!("{}/v1/Types/{name}", ctx.base_url),
        "links": {"schema": format!("{}/v1/Schemas/{}/Versions", ctx.base_url, schema.id)},
    })
}

/// Schemas.
pub struct Schemas;

impl Behaviour for Schemas {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let schema = asked(ctx)?;
        let url = format!("{}/v1/Schemas/{}", ctx.base_url, schema.id);
        let body = json!({
            "id": schema.id,
            "url": url,
            "latest_version": schema.latest,
            "latest_version_date_created": PUBLISHED,
            "links": {"versions": format!("{url}/Versions")},
        });
        Ok(Some(Answer::json(200, body)))
    }
}

/// Versions of a schema.
pub struct SchemaVersions;

impl Behaviour for SchemaVersions {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let schema = asked(ctx)?;
        if ctx.operation().kind == OperationKind::List {
            let items = (1..=schema.latest)
                .map(|version| shown_version(ctx, schema, version))
                .collect();
            return ctx.list_items(items).map(Some);
        }
        let version = ctx.path_param("SchemaVersion").and_then(|text| text.parse().ok());
        match version.filter(|version| (1..=schema.latest).contains(version)) {
            Some(version) => Ok(Some(Answer::json(200, shown_version(ctx, schema, version)))),
            None => Err(ApiError::not_found(&ctx.request.path)),
        }
    }
}

fn asked(ctx: &Ctx<'_>) -> Outcome<&'static Schema> {
    ctx.path_param("Id")
        .and_then(schema)
        .ok_or_else(|| ApiError::not_found(&ctx.request.path))
}

fn shown_version(ctx: &Ctx<'_>, schema: &Schema, version: i64) -> Value {
    json!({
        "id": schema.id,
        "schema_version": version,
        "date_created": PUBLISHED,
        "url": format!("{}/v1/Schemas/{}/Versions/{version}", ctx.base_url, schema.id),
        "raw": format!("https://events-schemas.twilio.com/{}/{version}", schema.id),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_has_exactly_one_schema() {
        for of in SCHEMAS {
            for name in of.types {
                let name = format!("{}{name}", of.prefix);
                assert_eq!(schema_of(&name).map(|schema| schema.id), Some(of.id), "{name}");
            }
        }
        assert!(schema_of("com.twilio.messaging.message.").is_none());
        assert!(schema_of("com.twilio.voice").is_none());
    }
}
