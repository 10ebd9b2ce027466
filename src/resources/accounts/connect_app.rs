//! An app that other accounts of Twilio's let act for them. <https://www.twilio.com/docs/iam/connect-apps/api>

use crate::engine::facts::Absent::{Clears, Keeps};
use crate::engine::facts::Role::{PathPart, Setting};
use crate::engine::facts::{
    Category, Check, Destroy, Field, Forewarning, Key, Kind, Lifecycle, Managed, Moment, Object, On, Place, Plural,
    UpdateStyle, set, sid, text, url,
};
use crate::twilio::Product;

/// `twilio_connect_app`.
pub const CONNECT_APP: Managed = Managed {
    object: Object {
        name: "twilio_connect_app",
        noun: "Connect app",
        plural: Some(Plural {
            name: "twilio_connect_apps",
            noun: "Connect apps",
        }),
        category: Category::Accounts,
        api_page: "https://www.twilio.com/docs/iam/connect-apps/api",
        place: Place::at(
            Product::Api,
            "/2010-04-01/Accounts/{account_sid}/ConnectApps.json",
            "/2010-04-01/Accounts/{account_sid}/ConnectApps/{connect_app_sid}.json",
        ),
        key: Key::Borrowed("connect_app_sid", "CN"),
        natural_key: &["friendly_name"],
        fields: FIELDS,
        ..Object::NEW
    },
    since: "0.1.0",
    doc: "An app that other accounts of Twilio's may let act for them, by their consent in the browser. Connect apps are made in the \
          Console alone: this resource takes one over. What is there and not configured here is taken off by the first apply, and its \
          plan names it. Destroying leaves the app, and what it may do, as it is.",
    lifecycle: Lifecycle::adopted(UpdateStyle::Post, Destroy::Forget),
    forewarnings: &[Forewarning {
        moment: Moment::Begins("permissions", On::Having("post-all")),
        summary: "asks to change everything in other accounts",
        detail: "Whoever consents from this apply on lets the app do all that their account can, and spend their money. Whoever has the credentials of your account can do that too. Ask for post-all only where the app makes calls, messages or changes for them.",
    }],
    ..Managed::NEW
};

const FIELDS: &[Field] = &[
    sid("connect_app_sid", PathPart, &[Check::Sid("CN")])
        .read_as("sid")
        .doc("SID of the Connect app (`CN…`). A change means another app, and leaves the first as it is."),
    text("friendly_name", Setting(Keeps))
        .checks(&[Check::Length(1, 64)])
        .doc("Name of the app, up to 64 characters, which whoever consents reads. Removing it keeps the name that it has."),
    text("company_name", Setting(Keeps))
        .checks(&[Check::NonEmpty])
        .doc("Name of your company, which whoever consents reads. Removing it keeps the name that it has."),
    text("description", Setting(Clears)).doc("What the app is for, which whoever consents reads."),
    url("homepage_url", Setting(Clears)).doc("URL of a page about the app."),
    url("authorize_redirect_url", Setting(Keeps)).doc(
        "URL that the browser is sent to once somebody has consented. Removing it keeps the URL that the app has, since nobody could \
         consent without one.",
    ),
    url("deauthorize_callback_url", Setting(Clears))
        .doc("URL that Twilio requests once an account has withdrawn its consent."),
    text("deauthorize_callback_method", Setting(Keeps))
        .checks(&[Check::OneOf(&["GET", "POST"])])
        .doc("HTTP method for `deauthorize_callback_url`: `GET` or `POST`. Removing it keeps the method that the app has."),
    set("permissions", Setting(Keeps), &Kind::Text)
        .checks(&[Check::Each(&Check::Known(&["get-all", "post-all"]))])
        .doc(
            "What the app asks of accounts that consent from then on: `get-all` to read everything, `post-all` to change everything \
             and spend their money. Removing it keeps what the app asks for.",
        ),
];
