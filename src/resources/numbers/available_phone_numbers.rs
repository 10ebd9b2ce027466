//! Phone numbers that are for sale.
//! <https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource>
//!
//! # Quirks
//! - The same search returns other numbers the next time, so a resource that takes its number from here wants another one with each
//!   plan. `twilio_phone_number` therefore searches by itself, once, while it is created.

use futures::future::BoxFuture;

use crate::engine::facts::Absent::Clears;
use crate::engine::facts::Role::{Observed, Setting};
use crate::engine::facts::hooks::Fault;
use crate::engine::facts::{
    Category, Check, Deviation, Field, Kind, Norm, Properties, boolean, decimal, int, joined, map, objects, text,
};
use crate::engine::serve::data_source::{DataSource, Query, ReadPlace};
use crate::framework::diagnostics::Diagnostics;
use crate::framework::value::Value;
use crate::resources::numbers::codes::NUMBERS;
use crate::resources::numbers::search::{self, SEARCH, available};
use crate::resources::reading::ACCOUNT_SID;
use crate::twilio::Product;

/// `data.twilio_available_phone_numbers`.
pub const AVAILABLE_PHONE_NUMBERS: DataSource = DataSource {
    name: "twilio_available_phone_numbers",
    since: "0.1.0",
    noun: "search for phone numbers",
    doc: "Phone numbers that are for sale, to see what a country offers. The result differs from read to read: do not take \
          the `phone_number` of a `twilio_phone_number` from here, which would plan to replace it again and again; use the \
          resource's own `search`, which runs once.",
    quirks: &[],
    category: Category::Numbers,
    api_page: "https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource",
    attributes: &ATTRIBUTES,
    place: ReadPlace::list(
        Product::Api,
        &[
            "/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers/{iso_country}/Local.json",
            "/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers/{iso_country}/MachineToMachine.json",
            "/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers/{iso_country}/Mobile.json",
            "/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers/{iso_country}/National.json",
            "/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers/{iso_country}/SharedCost.json",
            "/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers/{iso_country}/TollFree.json",
            "/2010-04-01/Accounts/{account_sid}/AvailablePhoneNumbers/{iso_country}/Voip.json",
        ],
        "phone_numbers",
    )
    .filters(&[
        "area_code",
        "contains",
        "in_region",
        "in_postal_code",
        "in_locality",
        "in_lata",
        "in_rate_center",
        "near_lat_long",
        "near_number",
        "distance",
        "sms_enabled",
        "mms_enabled",
        "voice_enabled",
        "fax_enabled",
        "exclude_all_address_required",
        "exclude_local_address_required",
        "exclude_foreign_address_required",
        "beta",
    ])
    .deviations(&[Deviation {
        from: Norm::Parameters,
        name: "AreaCode",
        reason: "three digits, which the phone number's own area_code writes as a text, too",
    }]),
    codes: &[NUMBERS],
    rules: &[],
    validate: Some(validate),
    read,
};

const ATTRIBUTES: [Field; SEARCH.len() + 3] = joined(&[&[ACCOUNT_SID], SEARCH, RESULTS]);

const RESULTS: &[Field] = &[
    int("limit", Setting(Clears)).checks(&[Check::Range(1, 1000)]).doc(
        "Most numbers to return, `1` to `1000`. Twilio may return fewer: 30 for one search, as far as is known, \
             without further pages. To get others, narrow the search down in different ways. Default: `50`.",
    ),
    objects("phone_numbers", Observed, NUMBER).doc("The numbers, in Twilio's order; empty when there is none."),
];

const NUMBER: &[Field] = &[
    text("phone_number", Observed).doc("The number in E.164 form."),
    text("friendly_name", Observed).doc("The number as it is written in its country."),
    text("iso_country", Observed).doc("Country as ISO 3166-1 alpha-2 code."),
    text("region", Observed).doc("State or province (US and Canada)."),
    text("locality", Observed).doc("City or locality."),
    text("postal_code", Observed).doc("Postal code (US and Canada)."),
    text("lata", Observed).doc("Local access and transport area (US and Canada)."),
    text("rate_center", Observed).doc("Rate center (US and Canada)."),
    decimal("latitude", Observed).doc("Latitude in degrees (US and Canada)."),
    decimal("longitude", Observed).doc("Longitude in degrees (US and Canada)."),
    text("address_requirements", Observed).doc("Which address the buyer needs: `none`, `any`, `local` or `foreign`."),
    map("capabilities", Observed, &Kind::Bool)
        .doc("What the number can do: `voice`, `sms`, `mms`, and `fax` where Twilio returns it."),
    boolean("beta", Observed).doc("Whether the number is new to Twilio."),
];

/// Numbers requested unless `limit` says otherwise. Twilio answers 30 at most, whatever the request.
const DEFAULT_LIMIT: usize = 50;

fn validate(config: &Value, diagnostics: &mut Diagnostics) {
    diagnostics.extend(search::inconsistent(config).map(|(attribute, diagnostic)| diagnostic.at_attribute(attribute)));
}

fn read(query: Query<'_>) -> BoxFuture<'_, Result<Properties, Fault>> {
    Box::pin(async move {
        let limit = query
            .config
            .attr("limit")
            .as_number()
            .and_then(|number| number.to_i64());
        let limit = limit.map_or(DEFAULT_LIMIT, |limit| usize::try_from(limit).unwrap_or(DEFAULT_LIMIT));
        let numbers = available(query.client, query.account, query.config, limit)
            .await
            .map_err(|fault| search::explain(fault, query.config, "type"))?;
        Ok(Properties::from_iter([(
            "phone_numbers".to_owned(),
            numbers.into_iter().collect(),
        )]))
    })
}
