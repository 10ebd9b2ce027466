//! Factors of an entity. <https://www.twilio.com/docs/verify/api/factor>
//!
//! The first factor of an identity brings its entity: the quickstart of TOTP makes none before
//! (<https://www.twilio.com/docs/verify/quickstarts/totp>).

use serde_json::{Value, json};

use super::{HOST, totp};
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::params::Params;
use crate::store::{Body, Object};

/// Letters of a secret. <https://www.twilio.com/docs/verify/quickstarts/totp>
pub(super) const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LETTERS: usize = 32;

/// What a TOTP factor is configured with, and the contract's default of each.
const CONFIG: [(&str, &str, i64); 3] = [
    ("Config.TimeStep", "time_step", 30),
    ("Config.Skew", "skew", 1),
    ("Config.CodeLength", "code_length", 6),
];

/// Factors.
pub struct Factors;

impl Behaviour for Factors {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        if ctx.operation().kind != OperationKind::Create {
            return Ok(None);
        }
        let entity = ctx.route.path.trim_end_matches("/Factors").to_owned();
        let (entities, _) = entity.rsplit_once('/').unwrap_or_default();
        let service = entities.trim_end_matches("/Entities");
        let store = &ctx.state.store;
        let is_new =
            store.find(HOST, ctx.account, &entity).is_none() && store.find(HOST, ctx.account, service).is_some();
        let identity = ctx.path_param("Identity").unwrap_or_default();
        let by_sid = store
            .members_with(HOST, ctx.account, entities, "sid", identity)
            .next()
            .is_some();
        if is_new && !by_sid {
            let account = ctx.account.to_owned();
            let fields = Body::from_iter([("identity".to_owned(), Value::from(identity))]);
            if let Some(entity) = ctx.new_object(HOST, &account, entities, fields) {
                ctx.state.store.insert(entity);
            }
        }
        Ok(None)
    }

    fn after_create(&self, ctx: &mut Ctx<'_>, params: &Params, object: &mut Object) -> Outcome {
        if object.text("factor_type") != Some("totp") {
            return Ok(());
        }
        let service = format!("/v2/Services/{}", object.text("service_sid").unwrap_or_default());
        let service = ctx.state.store.find(HOST, &object.account, &service);
        let totp = service
            .and_then(|service| service.body.get("totp"))
            .cloned()
            .unwrap_or_default();
        let mut config = Body::new();
        let algorithm = params.text("Config.Alg").unwrap_or("sha1").to_owned();
        config.insert("alg".to_owned(), algorithm.as_str().into());
        for (parameter, field, default) in CONFIG {
            let sent = params.value(parameter).and_then(Value::as_i64);
            let of_service = totp.get(field).and_then(Value::as_i64);
            config.insert(field.to_owned(), sent.or(of_service).unwrap_or(default).into());
        }
        let issuer = totp
            .get("issuer")
            .and_then(Value::as_str)
            .filter(|issuer| !issuer.is_empty());
        let issuer = issuer.or_else(|| service.and_then(|service| service.text("friendly_name")));
        let issuer = issuer.unwrap_or_default().to_owned();
        let secret = match params.text("Binding.Secret").filter(|secret| !secret.is_empty()) {
            Some(secret) => secret.to_owned(),
            None => {
                let drawn = ctx.state.ids.hex(2 * LETTERS);
                let pairs = drawn
                    .as_bytes()
                    .chunks(2)
                    .filter_map(|pair| std::str::from_utf8(pair).ok());
                let numbers = pairs.filter_map(|pair| usize::from_str_radix(pair, 16).ok());
                numbers
                    .map(|number| char::from(BASE32[number % BASE32.len()]))
                    .collect()
            }
        };
        let name = object.text("friendly_name").unwrap_or_default();
        let plain = |text: &str| percent_encoding::utf8_percent_encode(text, crate::generic::SEGMENT).to_string();
        let uri = format!(
            "otpauth://totp/{}:{}?secret={secret}&issuer={}&algorithm={}&digits={}&period={}",
            plain(&issuer),
            plain(name),
            plain(&issuer),
            algorithm.to_ascii_uppercase(),
            config["code_length"],
            config["time_step"],
        );
        object.set("config", Value::Object(config));
        // Shown by the response of the create and by no other.
        object.set("binding", json!({"secret": secret, "uri": uri}));
        Ok(())
    }

    /// <https://www.twilio.com/docs/verify/quickstarts/totp>: the code of the authenticator verifies the factor. A wrong one is no error
    /// (<https://www.twilio.com/docs/verify/quickstarts/verify-totp-change-in-api-response-when-authpayload-is-incorrect>). What the
    /// device of a push factor would sign is not modelled.
    fn after_update(&self, ctx: &mut Ctx<'_>, _: &Object, params: &Params, object: &mut Object) -> Outcome {
        if has_code(ctx, params, object) {
            object.set("status", "verified");
        }
        Ok(())
    }
}

/// Whether a request has the code that the authenticator of a factor shows now.
pub(super) fn has_code(ctx: &Ctx<'_>, params: &Params, factor: &Object) -> bool {
    let Some(code) = params
        .text("AuthPayload")
        .filter(|_| factor.text("factor_type") == Some("totp"))
    else {
        return false;
    };
    let member = |field: &str| factor.body.get(field).cloned().unwrap_or_default();
    let (config, binding) = (member("config"), member("binding"));
    let secret = binding["secret"].as_str().unwrap_or_default();
    totp::is_code(&config, secret, code, ctx.now)
}
