//! What finds an object again (Terraform and OpenTofu from 1.12 on): the parts of its id, and the account where another than
//! the provider's own may be meant.

use crate::engine::facts::{AccountRule, Object};
use crate::framework::identity::{IdentityAttribute, IdentitySchema};

/// The name of the account in an identity.
pub const ACCOUNT_SID: &str = "account_sid";

/// The identity of the objects of a table. It never changes while an object lives, but for the account of what Twilio can move
/// to another one, as phone numbers.
pub fn identity_schema(object: &Object) -> IdentitySchema {
    let own = object
        .id_parts()
        .filter(|part| *part != ACCOUNT_SID)
        .map(|part| IdentityAttribute::text(part).described(describes(object, part)));
    let mut attributes: Vec<_> = own.collect();
    match object.account {
        // It is an account itself, and is in the one that signs in.
        AccountRule::Owned => {}
        AccountRule::Fixed => attributes.push(account()),
        AccountRule::Movable => attributes.push(account().may_change()),
    }
    IdentitySchema::new(attributes)
}

fn account() -> IdentityAttribute {
    IdentityAttribute::text(ACCOUNT_SID).optional_for_import().described(
        "SID of the account that it is in. Default: the provider's `subaccount_sid`, else its `account_sid`.",
    )
}

fn describes(object: &Object, part: &str) -> String {
    match object.field(part) {
        Some(field) => field.doc.to_owned(),
        None => format!("SID of the {}: `{}…`.", object.noun, object.sid_prefix()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::facts::{Key, text};

    fn names(object: &Object) -> Vec<(String, bool, bool)> {
        let attributes = identity_schema(object).attributes.into_iter();
        attributes
            .map(|attribute| {
                (
                    attribute.name.into_owned(),
                    attribute.required_for_import,
                    attribute.may_change,
                )
            })
            .collect()
    }

    #[test]
    fn an_identity_is_the_id_and_the_account() {
        const ENTRY: Object = Object {
            key: Key::Borrowed("phone_number_sid", "PN"),
            parents: &["service_sid"],
            fields: &[text("service_sid", crate::engine::facts::Role::PathPart)],
            ..Object::NEW
        };
        assert_eq!(
            names(&ENTRY),
            [
                ("service_sid".to_owned(), true, false),
                ("phone_number_sid".to_owned(), true, false),
                ("account_sid".to_owned(), false, false)
            ]
        );
        let moves = Object {
            account: AccountRule::Movable,
            ..Object::NEW
        };
        assert_eq!(
            names(&moves),
            [("sid".to_owned(), true, false), ("account_sid".to_owned(), false, true)]
        );
        let account = Object {
            account: AccountRule::Owned,
            ..Object::NEW
        };
        assert_eq!(names(&account), [("sid".to_owned(), true, false)]);
    }
}
