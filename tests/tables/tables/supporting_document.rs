//! A create that is an upload, at another host, where a file is configured.
//! <https://www.twilio.com/docs/phone-numbers/regulatory/api/supporting-documents>

use terraform_provider_twilio::engine::facts::Absent::{Clears, Required};
use terraform_provider_twilio::engine::facts::Role::{FileHash, FilePath, Fixed, Observed, Setting};
use terraform_provider_twilio::engine::facts::{
    Field, FileTypes, Key, Managed, Object, Place, Plural, Upload, json, text, timestamp,
};
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_supporting_document`.
pub const SUPPORTING_DOCUMENT: Managed = Managed {
    object: Object {
        name: "twilio_test_supporting_document",
        noun: "supporting document",
        plural: Some(Plural {
            name: "twilio_test_supporting_documents",
            noun: "supporting documents",
        }),
        api_page: "https://www.twilio.com/docs/phone-numbers/regulatory/api/supporting-documents",
        place: Place::at(
            Product::Numbers,
            "/v2/RegulatoryCompliance/SupportingDocuments",
            "/v2/RegulatoryCompliance/SupportingDocuments/{sid}",
        ),
        key: Key::Sid("RD"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A document that regulators ask for.",
    upload: Some(Upload {
        host: Product::NumbersUpload,
        part: "File",
        types: FileTypes {
            by_extension: &[
                ("jpeg", "image/jpeg"),
                ("jpg", "image/jpeg"),
                ("pdf", "application/pdf"),
                ("png", "image/png"),
            ],
            other: None,
            inline_name: "",
        },
    }),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required)).doc("Name of the document."),
    text("type", Fixed(Required)).doc("Type of document. A change replaces the document."),
    json("attributes", Setting(Clears)).doc("What it says."),
    text("source", FilePath).doc("Path of the file."),
    text("source_sha256", FileHash).doc("SHA-256 of the file. A change replaces the document."),
    text("status", Observed).volatile().doc("State of the review."),
    text("mime_type", Observed).doc("Content type of the file."),
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];
