//! What Twilio has of an object that Terraform has not written yet: settings, and what is adopted by its key.

use super::requests::fetch;
use crate::engine::facts::hooks::{Call, Planning, Warnings};
use crate::engine::facts::{Managed, Operation, Properties};
use crate::engine::values::state::store;
use crate::framework::value::Value;
use crate::twilio::{AccountSid, Client};

/// The planned object as it is before its first write, at the cost of one read. Nothing where Terraform has written it, where it goes,
/// where its path or its account is not known yet, and where it cannot be read: the apply says what is wrong then.
pub(crate) async fn found_before_first_write(planning: &Planning<'_>) -> Option<Properties> {
    let object = &planning.resource.object;
    let planned = &*planning.planned;
    // What takes the place of another is written the first time, too.
    let is_first_write = (planning.prior.is_null() || planning.destroys) && !planned.is_null();
    let is_named = || object.key_field().is_none_or(|key| planned.attr(key).is_known());
    let (client, account) = planning.connection.filter(|_| is_first_write && is_named())?;
    let call = Call {
        object,
        client,
        account,
        state: planned,
        warnings: planning.warnings,
    };
    fetch(call).await.ok()
}

/// The object that this plan writes the first time, as Twilio has it; none where it cannot be addressed or read.
pub(crate) async fn first_write(
    resource: &'static Managed,
    client: &Client,
    account: &AccountSid,
    planned: &Value,
) -> Option<Value> {
    let object = &resource.object;
    if object.key_field().is_some_and(|key| !planned.attr(key).is_known()) {
        return None;
    }
    let warnings = Warnings::default();
    let call = Call {
        object,
        client,
        account,
        state: planned,
        warnings: &warnings,
    };
    let found = fetch(call).await.ok()?;
    let key = object.id_parts().chain(["account_sid"]);
    let key = Value::object(key.map(|name| (name, planned.attr(name).clone())));
    Some(store(object, account, found, &key, Operation::Read).0)
}
