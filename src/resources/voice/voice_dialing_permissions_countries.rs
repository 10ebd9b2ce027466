//! Which numbers of which countries may be called. <https://www.twilio.com/docs/voice/api/dialingpermissions-country-resource>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Kind, Properties, boolean, list, objects, text};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_voice_dialing_permissions_countries`.
pub const VOICE_DIALING_PERMISSIONS_COUNTRIES: DataSource = DataSource {
    name: "twilio_voice_dialing_permissions_countries",
    since: "0.1.0",
    noun: "dialing permissions of countries",
    doc: "The countries, and which of their numbers the account may call: for a check that nothing is open which nobody needs, and \
          that toll fraud could use.",
    quirks: &[
        "These are the account's own permissions. A subaccount may have those of its parent account in their place: see \
         `twilio_voice_dialing_permissions_settings`.",
    ],
    category: Category::Voice,
    api_page: "https://www.twilio.com/docs/voice/api/dialingpermissions-country-resource",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(Product::Voice, &["/v1/DialingPermissions/Countries"], "countries").filters(&[
        "iso_code",
        "continent",
        "country_code",
        "low_risk_numbers_enabled",
        "high_risk_special_numbers_enabled",
        "high_risk_tollfraud_numbers_enabled",
    ]),
    codes: &[],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("iso_code", Setting(Clears))
        .checks(&[Check::Country])
        .doc("Only this country, as ISO 3166-1 alpha-2 code."),
    text("continent", Setting(Clears)).doc("Only countries of this continent, by Twilio's name of it."),
    text("country_code", Setting(Clears)).doc("Only countries whose numbers begin with this, for example `+1`."),
    boolean("low_risk_numbers_enabled", Setting(Clears))
        .doc("Only countries whose ordinary numbers may be called, or may not be called with `false`."),
    boolean("high_risk_special_numbers_enabled", Setting(Clears))
        .doc("Only countries whose special services may be called, or may not be called with `false`."),
    boolean("high_risk_tollfraud_numbers_enabled", Setting(Clears)).doc(
        "Only countries of which numbers may be called that toll fraud is known to use, or may not be called with `false`.",
    ),
    ACCOUNT_SID,
    objects("countries", Observed, COUNTRY).doc("The countries."),
];

const COUNTRY: &[Field] = &[
    text("iso_code", Observed).doc("Country as ISO 3166-1 alpha-2 code."),
    text("name", Observed).doc("Name of the country."),
    text("continent", Observed).doc("Name of the continent."),
    list("country_codes", Observed, &Kind::Text).doc("What numbers of the country begin with, for example `+49`."),
    boolean("low_risk_numbers_enabled", Observed).doc("Whether ordinary numbers may be called."),
    boolean("high_risk_special_numbers_enabled", Observed)
        .doc("Whether special services may be called: premium numbers, shared costs and others."),
    boolean("high_risk_tollfraud_numbers_enabled", Observed)
        .doc("Whether the ranges of numbers may be called that toll fraud is known to use."),
];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::items(query, &VOICE_DIALING_PERMISSIONS_COUNTRIES, |list| {
        list.key("content").known_by("iso_code").of_any_account()
    }))
}
