//! Files: a body as it is, or the file of a multipart body, is what reads back.
//! <https://www.twilio.com/docs/conversations/api/media-resource>; the fields are those of the recorded answers in
//! <https://github.com/nyaruka/mailroom>, whose addresses lack the host.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::HOST;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::params::Params;
use crate::store::{Body, Object};

/// Hosts whose services have files.
const SERVICES: &[(&str, &str)] = &[
    ("conversations.twilio.com", "/v1/Services"),
    ("chat.twilio.com", "/v2/Services"),
    ("ip-messaging.twilio.com", "/v2/Services"),
];

/// Content type of a body that names none.
const UNKNOWN: &str = "application/octet-stream";

/// Files of a service.
pub struct Files;

impl Behaviour for Files {
    fn before_create(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome {
        let sid = ctx.path_param("ServiceSid").unwrap_or_default();
        let mut services = SERVICES.iter();
        let is_there = services.any(|(host, path)| {
            ctx.state
                .store
                .find(host, ctx.account, &format!("{path}/{sid}"))
                .is_some()
        });
        if is_there {
            Ok(())
        } else {
            Err(ApiError::not_found(&ctx.request.path))
        }
    }

    fn after_create(&self, _: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        let file = params.value("Media").cloned().unwrap_or_default();
        let of = |name: &str| file.get(name).cloned().unwrap_or_default();
        object.set("size", of("size"));
        object.set("filename", of("file_name"));
        let content_type = of("content_type");
        object.set(
            "content_type",
            if content_type.is_null() {
                UNKNOWN.into()
            } else {
                content_type
            },
        );
        object.set("author", "system");
        object.set("category", "media");
        object.set(
            "date_upload_updated",
            object.body.get("date_created").cloned().unwrap_or_default(),
        );
        Ok(())
    }

    fn shape_read(&self, ctx: &Ctx<'_>, object: &Object, body: &mut Body) {
        let mut links = json!({"content": format!("{}/Content", object.path)});
        if ctx.operation().kind == OperationKind::Read {
            // A signed address that expires at Twilio; here it is the content's own.
            links["content_direct_temporary"] = format!("{}{}/Content", ctx.base_url, object.path).into();
        }
        body.insert("links".to_owned(), links);
        body.insert("url".to_owned(), object.path.as_str().into());
        for name in ["date_created", "date_updated", "date_upload_updated"] {
            if let Some(Value::String(date)) = body.get(name) {
                // With six more digits and an offset, unlike all other products.
                let date = date.replace('Z', ".000000+00:00");
                body.insert(name.to_owned(), date.into());
            }
        }
    }
}

/// The bytes of a file.
pub struct Content;

impl Behaviour for Content {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let path = ctx.route.path.strip_suffix("/Content").unwrap_or_default();
        let Some(object) = ctx.state.store.find(HOST, ctx.account, path) else {
            return Err(ApiError::not_found(&ctx.request.path));
        };
        let file = object.hidden.get("Media");
        let member = |name: &str| file.and_then(|file| file.get(name)).and_then(Value::as_str);
        let bytes = match (member("text"), member("base64")) {
            (Some(text), _) => text.as_bytes().to_vec(),
            (None, Some(encoded)) => STANDARD.decode(encoded).unwrap_or_default(),
            (None, None) => Vec::new(),
        };
        Ok(Some(Answer::file(
            object.text("content_type").unwrap_or(UNKNOWN),
            bytes,
        )))
    }
}
