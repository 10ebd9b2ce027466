//! A Sync service. <https://www.twilio.com/docs/sync/api/service>
//!
//! # Quirks
//! - `unique_name` is left out: no request takes one.
//! - The defaults are those of Twilio's page.

use super::codes::SYNC;
use super::older;
use crate::engine::facts::Absent::{Clears, DefaultsTo};
use crate::engine::facts::Role::Setting;
use crate::engine::facts::hooks::{Planning, Step, WriteHooks};
use crate::engine::facts::{
    Category, Check, Field, Key, Literal, Managed, Object, Place, Plural, boolean, int, text, timestamp, url,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::framework::diagnostics::Diagnostic;
use crate::twilio::Product;

/// `twilio_sync_service`.
pub const SYNC_SERVICE: Managed = Managed {
    object: Object {
        name: "twilio_sync_service",
        noun: "Sync service",
        plural: Some(Plural {
            name: "twilio_sync_services",
            noun: "Sync services",
        }),
        category: Category::Sync,
        api_page: "https://www.twilio.com/docs/sync/api/service",
        place: Place::at(Product::Sync, "/v1/Services", "/v1/Services/{sid}"),
        key: Key::Sid("IS"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        codes: &[SYNC],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A Sync service: the documents, lists, maps and streams of one application. Destroying it destroys all of these with what they \
          hold; `deletion_protection` refuses that.",
    quirks: &[
        "An account has one Sync service from the start, which Twilio calls its default. Import it to manage it.",
        "A plan that switches `acl_enabled` of a service that is in use warns: clients notice it at once.",
    ],
    older_states: older::SYNC_SERVICE,
    write: WriteHooks {
        plan: Some(warn_of_other_rights),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Clears)).doc("Name of the service. Changes in place."),
    url("webhook_url", Setting(Clears))
        .doc("URL that Twilio requests when something in the service changes. Without it, nothing is reported."),
    off("acl_enabled").doc(
        "Whether clients need a permission (`twilio_sync_document_permission` and its like) for each object that they use. Otherwise \
         each token of the service may read, write and delete all of them. Default: `false`.",
    ),
    off("webhooks_from_rest_enabled")
        .doc("Whether `webhook_url` also hears of changes that are made by the API, as those of Terraform are. Default: `false`."),
    off("reachability_webhooks_enabled")
        .doc("Whether `webhook_url` hears of clients that connect and disconnect. Default: `false`."),
    off("reachability_debouncing_enabled").doc(
        "Whether a client that disconnects and is back within `reachability_debouncing_window` is not reported. Default: `false`.",
    ),
    int(
        "reachability_debouncing_window",
        Setting(DefaultsTo(Literal::Int(5000))),
    )
    .checks(&[Check::Range(1000, 30_000)])
    .doc("Milliseconds in which a client may come back, `1000` to `30000`. Default: `5000`."),
    ADOPT_EXISTING,
    DELETION_PROTECTION,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

const fn off(name: &'static str) -> Field {
    boolean(name, Setting(DefaultsTo(Literal::Bool(false))))
}

/// Who may do what in a service that is in use changes at once: said before it is done.
fn warn_of_other_rights(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        let was = planning.prior.attr("acl_enabled").as_bool();
        let is = planning.planned.attr("acl_enabled").as_bool();
        let warning = match (was, is) {
            (Some(true), Some(false)) => Diagnostic::warning(
                "Sync permissions will count no more",
                "From this apply on each token of the Sync service may read, write and delete all of its objects, whatever the \
                 permissions say, which stay. Leave acl_enabled = true to keep them.",
            ),
            (Some(false), Some(true)) => Diagnostic::warning(
                "Clients without a permission will be shut out",
                "From this apply on a client of the Sync service can use an object only with a permission for it; what the API does \
                 with the account's credentials needs none. Give the permissions first, and switch acl_enabled in a later apply.",
            ),
            _ => return Ok(()),
        };
        planning.warnings.add(warning.at_attribute("acl_enabled"));
        Ok(())
    })
}
