//! An object whose key is a parameter of the query, in an API without dates and without a list.
//! <https://www.twilio.com/docs/usage/global-safelist>

use terraform_provider_twilio::engine::facts::Absent::Required;
use terraform_provider_twilio::engine::facts::Role::Fixed;
use terraform_provider_twilio::engine::facts::{
    Check, Destroy, Field, Items, Key, Lifecycle, List, Managed, Object, Place, UpdateStyle, text,
};
use terraform_provider_twilio::engine::operations::adopt::ADOPT_EXISTING;
use terraform_provider_twilio::twilio::Product;

/// `twilio_test_safelist_number`.
pub const SAFELIST_NUMBER: Managed = Managed {
    object: Object {
        name: "twilio_test_safelist_number",
        noun: "safe number",
        api_page: "https://www.twilio.com/docs/usage/global-safelist",
        place: Place::at(
            Product::Accounts,
            "/v1/SafeList/Numbers",
            "/v1/SafeList/Numbers?PhoneNumber={phone_number}",
        ),
        key: Key::Field("phone_number"),
        list: List {
            items: Items::Partial("there is no list"),
            ..List::WHOLE
        },
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "A phone number that is never blocked.",
    lifecycle: Lifecycle::made(UpdateStyle::Never, Destroy::Delete),
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    text("phone_number", Fixed(Required))
        .checks(&[Check::E164])
        .doc("The number in E.164 form. A change replaces the entry."),
    ADOPT_EXISTING,
];
