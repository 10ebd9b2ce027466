//! Revisions of flows.
//! <https://www.twilio.com/docs/studio/rest-api/v2/flow-revision>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, boolean, int, objects, sid, text, timestamp};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::resources::studio::codes::STUDIO;
use crate::twilio::Product;

/// `data.twilio_studio_flow_revisions`.
pub const STUDIO_FLOW_REVISIONS: DataSource = DataSource {
    name: "twilio_studio_flow_revisions",
    since: "0.1.0",
    noun: "revisions of a Studio flow",
    doc: "The revisions of a Studio flow: who changed it when, and why. Their definitions are left out, since a list of them has none.",
    quirks: &[],
    category: Category::Studio,
    api_page: "https://www.twilio.com/docs/studio/rest-api/v2/flow-revision",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(Product::Studio, &["/v2/Flows/{flow_sid}/Revisions"], "revisions"),
    codes: &[STUDIO],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    sid("flow_sid", Setting(Required), &[Check::Sid("FW")]).doc("SID of the flow (`FW…`)."),
    ACCOUNT_SID,
    objects("revisions", Observed, REVISION).doc("The revisions, the newest first."),
];

const REVISION: &[Field] = &[
    int("revision", Observed).doc("Number of the revision."),
    text("friendly_name", Observed).doc("Name of the flow at that time."),
    text("status", Observed).doc("`draft` or `published`."),
    text("commit_message", Observed).doc("What was said of the change."),
    boolean("valid", Observed).doc("Whether the definition is valid."),
    text("author_sid", Observed).doc("SID of the user who changed it (`US…`)."),
    timestamp("date_created").doc("When the flow was made (RFC 3339, UTC)."),
    timestamp("date_updated").doc("When the revision was made (RFC 3339, UTC)."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::items(query, &STUDIO_FLOW_REVISIONS, |list| {
        list.known_by("revision")
    }))
}
