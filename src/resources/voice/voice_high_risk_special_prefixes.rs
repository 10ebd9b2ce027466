//! Numbers of a country that are special services. <https://www.twilio.com/docs/voice/api/dialingpermissions-highriskspecialprefix-resource>

use futures::future::BoxFuture;

use crate::engine::facts::Absent::Required;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{Category, Check, Field, Properties, objects, text};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::resources::reading::{self, ACCOUNT_SID};
use crate::twilio::Product;

/// `data.twilio_voice_high_risk_special_prefixes`.
pub const VOICE_HIGH_RISK_SPECIAL_PREFIXES: DataSource = DataSource {
    name: "twilio_voice_high_risk_special_prefixes",
    since: "0.1.0",
    noun: "prefixes of special services",
    doc: "What numbers of special services begin with in a country, such as premium numbers: those that \
          `high_risk_special_numbers_enabled` of a `twilio_voice_dialing_permissions_country` opens.",
    quirks: &["Twilio does not publish the prefixes of numbers that toll fraud is known to use."],
    category: Category::Voice,
    api_page: "https://www.twilio.com/docs/voice/api/dialingpermissions-highriskspecialprefix-resource",
    attributes: ATTRIBUTES,
    place: ReadPlace::list(
        Product::Voice,
        &["/v1/DialingPermissions/Countries/{iso_code}/HighRiskSpecialPrefixes"],
        "prefixes",
    ),
    codes: &[],
    rules: &[],
    validate: None,
    read,
};

const ATTRIBUTES: &[Field] = &[
    text("iso_code", Setting(Required))
        .checks(&[Check::Country])
        .doc("Country as ISO 3166-1 alpha-2 code, for example `LV`."),
    ACCOUNT_SID,
    objects("prefixes", Observed, PREFIX).doc("The prefixes."),
];

const PREFIX: &[Field] = &[text("prefix", Observed).doc("What the numbers begin with, for example `+37181`.")];

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(reading::items(query, &VOICE_HIGH_RISK_SPECIAL_PREFIXES, |list| {
        list.key("content").known_by("prefix").of_any_account()
    }))
}
