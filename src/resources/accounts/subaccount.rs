//! A subaccount: an account of its own, owned and billed by the parent. <https://www.twilio.com/docs/iam/api/subaccounts>
//!
//! # Quirks
//! - There is no DELETE: closing is a status. A closed account can still be read for thirty days, so `closed` counts as gone.
//! - Every response carries the account's auth token.

use serde_json::Value as Json;

use super::access::refuse_a_standard_key;
use super::codes::ACCOUNTS;
use super::{closing, closing_policy, older, snapshot};
use crate::engine::facts::Absent::{Clears, DefaultsTo, Required};
use crate::engine::facts::Role::{Later, Local, Observed, Setting};
use crate::engine::facts::hooks::{Call, Fault, Planning, ReadHooks, Step, WriteHooks};
use crate::engine::facts::{
    AccountRule, Category, Check, Consequence, Destroy, Deviation, Field, Filter, Impact, Key, Lifecycle, List,
    Literal, Managed, Norm, Object, Parameters, Place, Plural, Properties, UpdateStyle, When, boolean, text, timestamp,
};
use crate::engine::operations::adopt::ADOPT_EXISTING;
use crate::engine::operations::requests::{fetch, send_update};
use crate::engine::sharing::protection::DELETION_PROTECTION;
use crate::framework::diagnostics::Diagnostic;
use crate::framework::value::Value;
use crate::twilio::Product;

/// `twilio_subaccount`.
pub const SUBACCOUNT: Managed = Managed {
    object: Object {
        name: "twilio_subaccount",
        noun: "subaccount",
        plural: Some(Plural {
            name: "twilio_subaccounts",
            noun: "subaccounts",
        }),
        category: Category::Accounts,
        api_page: "https://www.twilio.com/docs/iam/api/subaccounts",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts.json",
            "/2010-04-01/Accounts/{sid}.json",
        ),
        key: Key::Sid("AC"),
        account: AccountRule::Owned,
        natural_key: &["friendly_name"],
        list: List {
            filters: &[
                Filter::exact(text("friendly_name", Setting(Clears)).doc(
                    "Only subaccounts with exactly this name. Names need not be unique.",
                )),
                Filter::exact(
                    text("status", Setting(Clears))
                        .checks(&[Check::OneOf(&["active", "suspended", "closed"])])
                        .doc("Only subaccounts in this state: `active`, `suspended` or `closed`. Closed ones are left out \
                              without it."),
                )
                .that_shows_what_is_gone(),
            ],
            ..List::WHOLE
        },
        deviations: &[
            Deviation {
                from: Norm::Parameters,
                name: "Status",
                reason: "an account is closed by destroying it, not by an attribute",
            },
        ],
        fields: FIELDS,
        read: ReadHooks {
            after_read: Some(refuse_a_main_account),
            is_one: Some(has_a_parent),
            is_gone: Some(is_closed),
            gone_is: "closed",
            decode: Some(hide_auth_token),
            ..ReadHooks::NONE
        },
        codes: &[ACCOUNTS],
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A subaccount: an account of its own, owned and billed by the provider's account. Put other resources into it with \
          their `account_sid`, also in the same apply. Needs the parent account's auth token: only a parent may create, suspend \
          and close subaccounts, and a standard API key may not.",
    quirks: &[
        "Twilio creates active subaccounts only: one with `status = \"suspended\"` is created and then suspended.",
        "Closing cannot be undone. It releases every number of the subaccount and ends its credentials.",
        "Before it is closed it is looked into, in the plan and again in the apply: while it holds a phone number, short code, messaging service, TwiML app, SIP domain, SIP credential list or IP access control list, trunk, BYOC trunk, Studio flow, Verify service, TaskRouter workspace, Serverless service, event sink or subscription, API key, regulatory bundle, address or verified caller ID, it is not closed. `data.twilio_account_inventory` lists these.",
        "A closed subaccount can still be read for thirty days. Here it counts as gone from the moment it is closed.",
    ],
    lifecycle: Lifecycle::made(UpdateStyle::Post, Destroy::Hook),
    forced_by: Some("force_close"),
    consequences: &[
        Consequence {
            impact: Impact::Close,
            when: When::DestroyedBy("close"),
        },
        Consequence {
            impact: Impact::Suspend,
            when: When::DestroyedBy("suspend"),
        },
        Consequence {
            impact: Impact::Suspend,
            when: When::Becomes("status", "suspended"),
        },
    ],
    older_states: older::SUBACCOUNT,
    write: WriteHooks {
        plan: Some(plan),
        before_write: Some(snapshot::before_write),
        after_write: Some(snapshot::after_write),
        policy: Some(closing_policy::review),
        delete: Some(destroy),
        ..WriteHooks::NONE
    },
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("friendly_name", Setting(Required)).checks(&[Check::Length(1, 64)]).doc(
        "Name shown in the Console, up to 64 characters. Changes in place.",
    ),
    text("status", Later(DefaultsTo(Literal::Text("active"))))
        .checks(&[Check::OneOf(&["active", "suspended"])])
        .doc("`active` or `suspended`. A suspended subaccount cannot use the API and still pays for its numbers. Default: \
              `active`. Changes in place. What is in it cannot be read until it is active again: each plan of a configuration \
              that has something in it fails meanwhile, except one with `-target` that leaves it out."),
    text("on_destroy", Local(DefaultsTo(Literal::Text("close"))))
        .checks(&[Check::OneOf(&["close", "suspend", "retain"])])
        .doc("What destroying does: `close` closes the account for good and releases its numbers, `suspend` suspends it, \
              `retain` leaves it as it is. Default: `close`."),
    boolean("force_close", Local(DefaultsTo(Literal::Bool(false)))).doc(
        "Close the subaccount even while it still holds something, such as phone numbers or messaging services, or does not show \
         whether it does. Where the subaccount is replaced, or tainted, the value in its block counts; otherwise the one of the last apply. \
         Default: `false`.",
    ),
    DELETION_PROTECTION,
    boolean("expose_auth_token", Local(DefaultsTo(Literal::Bool(false)))).doc(
        "Put the subaccount's auth token into the state as `auth_token`. Resources with `account_sid` do not need it; \
         prefer a `twilio_api_key` in the subaccount for applications. Default: `false`.",
    ),
    text("auth_token", Observed).sensitive().for_managers().doc(
        "Auth token of the subaccount if `expose_auth_token` is `true`, otherwise null.",
    ),
    text("type", Observed).doc("`Trial` or `Full`."),
    ADOPT_EXISTING,
    timestamp("date_created").doc("When it was created (RFC 3339, UTC)."),
];

/// A main account cannot be closed, and must not be suspended by mistake.
fn refuse_a_main_account<'a>(_: Call<'a>, answer: &'a mut Properties) -> Step<'a> {
    Box::pin(async move {
        let field = |name: &str| answer.get(name).and_then(Json::as_str);
        match (field("sid"), field("owner_account_sid")) {
            (Some(sid), Some(owner)) if sid == owner => Err(Diagnostic::error(
                "This is a main account, not a subaccount",
                format!(
                    "{sid} has no parent, so twilio_subaccount cannot manage it: a main account can be neither suspended nor \
                     closed through the API. Nothing was changed. To read it use data.twilio_account."
                ),
            )
            .into()),
            _ => Ok(()),
        }
    })
}

/// The list of accounts has the one that signs in, too.
fn has_a_parent(item: &Properties) -> bool {
    item.get("owner_account_sid") != item.get("sid")
}

fn is_closed(answer: &Properties) -> bool {
    answer.get("status").and_then(Json::as_str) == Some("closed")
}

/// The token comes with every response; it gets into the state only where the configuration says so.
fn hide_auth_token(answer: &mut Properties, base: &Value) {
    if base.attr("expose_auth_token").as_bool() != Some(true) {
        answer.insert("auth_token".to_owned(), Json::Null);
    }
}

fn plan(planning: Planning<'_>) -> Step<'_> {
    Box::pin(async move {
        refuse_a_standard_key(&planning).await?;
        let prior = planning.prior;
        // The token comes into the state, or leaves it, with the wish for it.
        let exposed = |object: &Value| object.attr("expose_auth_token").as_bool() == Some(true);
        if planning.planned.is_known() && exposed(prior) != exposed(planning.planned) {
            planning.planned.set_attr("auth_token", Value::UNKNOWN);
        }
        if will_be_suspended(&planning) {
            let name = crate::engine::errors::diagnose::label(&planning.resource.object, prior);
            // https://www.twilio.com/docs/iam/api/subaccounts#suspending-a-subaccount
            planning.warnings.add(Diagnostic::warning(
                format!("Subaccount {name} will be suspended"),
                "It makes and takes no calls and messages from then on, and its credentials are refused. Calls that are in progress \
                 go on until somebody ends them. Its numbers stay, and are paid for. What a configuration has in it can be neither \
                 planned nor destroyed until it is active again.",
            ));
        }
        if will_be_active(&planning) {
            let name = crate::engine::errors::diagnose::label(&planning.resource.object, prior);
            planning.warnings.add(
                Diagnostic::warning(
                    format!("Subaccount {name} will be active again"),
                    "It is suspended, and from then on makes and takes calls and messages again, and its credentials work. Somebody may \
                     have stopped it on purpose, in an incident or over a budget. To keep it stopped set status = \"suspended\", or \
                     leave the status to others: lifecycle { ignore_changes = [status] }.",
                )
                .at_attribute("status"),
            );
        }
        let closes = prior.attr("on_destroy").as_str().is_none_or(|choice| choice == "close");
        if planning.destroys && closes && !prior.is_null() {
            let name = crate::engine::errors::diagnose::label(&planning.resource.object, prior);
            let holds = match planning.connection {
                Some((client, account)) => {
                    let call = Call {
                        object: &planning.resource.object,
                        client,
                        account,
                        state: prior,
                        warnings: planning.warnings,
                    };
                    closing::described(call).await
                }
                None => String::new(),
            };
            let text = format!(
                "Closing cannot be undone: every phone number of the subaccount is released, its credentials stop working, \
                 and its resources are lost. {holds} Set on_destroy = \"suspend\" or \"retain\" and apply first if that is not \
                 what you want.",
            );
            planning.warnings.add(Diagnostic::warning(
                format!("Subaccount {name} will be closed for good"),
                text.replace("  ", " "),
            ));
        }
        Ok(())
    })
}

fn will_be_active(planning: &Planning<'_>) -> bool {
    let status = |object: &Value, status: &str| object.attr("status").as_str() == Some(status);
    !planning.destroys && status(planning.prior, "suspended") && status(planning.planned, "active")
}

fn will_be_suspended(planning: &Planning<'_>) -> bool {
    let prior = planning.prior;
    if prior.attr("status").as_str() != Some("active") {
        return false;
    }
    match planning.destroys {
        true => prior.attr("on_destroy").as_str() == Some("suspend"),
        false => planning.planned.attr("status").as_str() == Some("suspended"),
    }
}

fn destroy<'a>(call: Call<'a>, resource: &'static Managed) -> Step<'a> {
    Box::pin(async move {
        let prior = call.state;
        match prior.attr("on_destroy").as_str() {
            Some("retain") => Ok(()),
            Some("suspend") => {
                snapshot::take(call).await;
                send_status(call, resource, "suspended").await
            }
            _ => {
                match close(call, resource).await {
                    // An account that is closed already, by somebody else or by a request whose response was lost, can be
                    // neither looked into nor closed again.
                    Err(_) if is_closed_by_now(call).await => {}
                    outcome => outcome?,
                }
                // Where the account was replaced by request, or tainted, Terraform has shown no warning of this.
                let name = crate::engine::errors::diagnose::label(call.object, prior);
                call.warnings.add(Diagnostic::warning(
                    format!("Subaccount {name} was closed"),
                    "It is closed for good, and its phone numbers are released.",
                ));
                Ok(())
            }
        }
    })
}

async fn close(call: Call<'_>, resource: &'static Managed) -> Result<(), Fault> {
    let prior = call.state;
    if prior.attr("force_close").as_bool() != Some(true) {
        closing::refuse_while_in_use(call, prior).await?;
    }
    tracing::warn!(sid = prior.attr("sid").as_str(), "closing a subaccount for good");
    send_status(call, resource, "closed").await
}

async fn send_status(call: Call<'_>, resource: &'static Managed, status: &str) -> Result<(), Fault> {
    let mut parameters = Parameters::default();
    parameters.set("Status", status);
    let path = crate::engine::operations::requests::instance_path(call.object, call.account, call.state)?;
    let answer = send_update(call, resource, path, parameters).await?;
    // A response that says otherwise may come from a cache; the account itself has the last word.
    if has_status(&answer, status) || has_status(&fetch(call).await?, status) {
        return Ok(());
    }
    let label = crate::engine::errors::diagnose::label(call.object, call.state);
    Err(Diagnostic::error(
        format!("Subaccount {label} is not {status}"),
        format!(
            "Twilio accepted the request to make it {status}, and still shows another status. The subaccount stays in the \
             state. Check it in Twilio's Console, and run the destroy again."
        ),
    )
    .into())
}

fn has_status(account: &Properties, status: &str) -> bool {
    account.get("status").and_then(Json::as_str) == Some(status)
}

/// Where this cannot be found out, the error that led here says more.
async fn is_closed_by_now(call: Call<'_>) -> bool {
    fetch(call).await.is_ok_and(|account| is_closed(&account))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::facts::hooks::Warnings;
    use crate::twilio::tests::server::{client, config, parent};

    #[tokio::test]
    async fn a_main_account_is_refused_and_a_subaccount_is_not() {
        let (client, _) = client(config("127.0.0.1:9"));
        let (account, warnings) = (parent(), Warnings::default());
        let call = Call {
            object: &SUBACCOUNT.object,
            client: &client,
            account: &account,
            state: &Value::Null,
            warnings: &warnings,
        };
        let object = |owner: &str| {
            json!({"sid": "AC1", "owner_account_sid": owner})
                .as_object()
                .cloned()
                .unwrap_or_default()
        };
        assert!(refuse_a_main_account(call, &mut object("AC1")).await.is_err());
        assert!(refuse_a_main_account(call, &mut object("AC0")).await.is_ok());
    }

    #[test]
    fn the_token_is_hidden_unless_requested() {
        let answer = || json!({"auth_token": "t"}).as_object().cloned().unwrap_or_default();
        let mut hidden = answer();
        hide_auth_token(&mut hidden, &Value::Null);
        assert_eq!(hidden["auth_token"], Json::Null);
        let mut shown = answer();
        hide_auth_token(&mut shown, &Value::object([("expose_auth_token", true.into())]));
        assert_eq!(shown["auth_token"], "t");
    }

    #[test]
    fn a_closed_account_is_gone() {
        let account = |status: &str| json!({"status": status}).as_object().cloned().unwrap_or_default();
        assert!(is_closed(&account("closed")));
        assert!(!is_closed(&account("suspended")));
    }
}
