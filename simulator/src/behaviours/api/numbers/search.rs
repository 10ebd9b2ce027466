//! What is for sale: `AvailablePhoneNumbers`, by country and kind, with all filters of the contract.
//! <https://www.twilio.com/docs/phone-numbers/api/availablephonenumber-resource>
//!
//! A search answers one page, and its answer has no links to others (<https://github.com/twilio/twilio-csharp/issues/136>). It
//! has at most 30 numbers, whatever `PageSize` says (<https://github.com/twilio/twilio-node/issues/316>); a smaller one is kept.

use serde_json::{Value, json};

use super::inventory::{self, Number};
use super::pattern::Pattern;
use super::plan::{self, Address, Area, Country, Kind, Place};
use super::stock;
use crate::behaviour::{Answer, Behaviour, Ctx, Outcome};
use crate::contract::OperationKind;
use crate::error::ApiError;
use crate::params::Params;

/// Most numbers of a search.
const MOST_FOUND: usize = 30;

/// Miles around a place unless `Distance` says otherwise, and the most that it may say.
const USUAL_DISTANCE: i64 = 25;
const LARGEST_DISTANCE: i64 = 500;

/// The countries.
pub struct Countries;

impl Behaviour for Countries {
    fn handle(&self, ctx: &mut Ctx<'_>, _: &mut Params) -> Outcome<Option<Answer>> {
        let body = match ctx.operation().kind {
            OperationKind::List => json!({
                "countries": plan::COUNTRIES.iter().map(|country| country_body(ctx, country)).collect::<Vec<_>>(),
                "uri": ctx.request.path,
            }),
            _ => country_body(ctx, asked_country(ctx)?),
        };
        Ok(Some(Answer::json(200, body)))
    }
}

/// Numbers of one country and kind.
pub struct Search;

impl Behaviour for Search {
    fn handle(&self, ctx: &mut Ctx<'_>, params: &mut Params) -> Outcome<Option<Answer>> {
        let country = asked_country(ctx)?;
        let kind = Kind::of_path(&ctx.route.path)
            .filter(|kind| kinds(country).contains(kind))
            .ok_or_else(|| ApiError::not_found(&ctx.request.path))?;
        let filter = Filter::of(params)?;
        let wanted = params
            .integer("PageSize")
            .and_then(|size| usize::try_from(size).ok())
            .map_or(MOST_FOUND, |size| size.min(MOST_FOUND));
        let areas = areas(ctx.state.seed, source(country, kind), kind, &filter);
        let found = stock::first(ctx.state, ctx.now, areas, &filter.contains, wanted);
        let found: Vec<Value> = found.iter().map(|number| body(number, country)).collect();
        Ok(Some(Answer::json(
            200,
            json!({"available_phone_numbers": found, "uri": asked(ctx)}),
        )))
    }
}

/// Path and query, as the response repeats them.
fn asked(ctx: &Ctx<'_>) -> String {
    let query = serde_urlencoded::to_string(&ctx.request.query).unwrap_or_default();
    match query.is_empty() {
        true => ctx.request.path.clone(),
        false => format!("{}?{query}", ctx.request.path),
    }
}

/// Areas that pass a filter, in the order in which a search takes numbers from them.
fn areas(seed: u64, country: &Country, kind: Kind, filter: &Filter) -> Vec<&'static Area> {
    let iso = country.iso;
    let mut areas: Vec<&'static Area> = plan::areas()
        .iter()
        .filter(|area| area.country.iso == iso && area.offer.kind == kind && filter.passes(area))
        .collect();
    areas.sort_by_cached_key(|area| inventory::mixed(seed ^ inventory::fingerprint(area.prefix)));
    areas
}

/// Kinds that a country has.
fn kinds(country: &'static Country) -> Vec<Kind> {
    Kind::ALL
        .into_iter()
        .filter(|kind| source(country, *kind).offers.iter().any(|offer| offer.kind == *kind))
        .collect()
}

/// The country whose areas hold a kind: toll-free numbers of Canada are those of the US.
fn source(country: &'static Country, kind: Kind) -> &'static Country {
    match (country.iso, kind) {
        ("CA", Kind::TollFree) => plan::country("US").unwrap_or(country),
        _ => country,
    }
}

fn asked_country(ctx: &Ctx<'_>) -> Outcome<&'static Country> {
    ctx.path_param("CountryCode")
        .and_then(plan::country)
        .ok_or_else(|| ApiError::not_found(&ctx.request.path))
}

fn country_body(ctx: &Ctx<'_>, country: &'static Country) -> Value {
    let path = format!(
        "/2010-04-01/Accounts/{}/AvailablePhoneNumbers/{}",
        ctx.account, country.iso
    );
    let kinds: serde_json::Map<String, Value> = kinds(country)
        .into_iter()
        .map(|kind| (kind.name().to_owned(), format!("{path}/{}.json", kind.segment()).into()))
        .collect();
    json!({
        "country_code": country.iso,
        "country": country.name,
        "uri": format!("{path}.json"),
        "beta": country.offers.iter().all(|offer| offer.beta),
        "subresource_uris": kinds,
    })
}

/// A text, as in the contract's examples of searches, although its types say number.
fn degrees(value: f64) -> String {
    format!("{value:.6}")
}

fn body(number: &Number, country: &Country) -> Value {
    let place = number.area.place.as_ref();
    let offer = number.area.offer;
    json!({
        "friendly_name": number.friendly_name(),
        "phone_number": number.e164,
        "lata": place.and_then(|place| place.lata),
        "locality": place.map(|place| place.locality),
        "rate_center": number.rate_center(),
        "latitude": place.and_then(|place| place.at).map(|(latitude, _)| degrees(latitude)),
        "longitude": place.and_then(|place| place.at).map(|(_, longitude)| degrees(longitude)),
        "region": place.and_then(|place| place.region),
        "postal_code": place.and_then(|place| place.postal_code),
        "iso_country": country.iso,
        "address_requirements": offer.address.as_str(),
        "beta": offer.beta,
        "capabilities": offer.can.as_for_sale(),
    })
}

/// What a search asks for.
#[derive(Debug, Default)]
struct Filter {
    area_code: Option<String>,
    contains: Pattern,
    voice: Option<bool>,
    sms: Option<bool>,
    mms: Option<bool>,
    fax: Option<bool>,
    without_address: bool,
    without_local_address: bool,
    without_foreign_address: bool,
    without_beta: bool,
    region: Option<Wanted>,
    postal_code: Option<Wanted>,
    locality: Option<Wanted>,
    lata: Option<Wanted>,
    rate_center: Option<Wanted>,
    near: Option<Near>,
}

/// A place's property: by value, or that of a number, which may have none.
#[derive(Debug, PartialEq)]
struct Wanted(Option<String>);

/// A circle.
#[derive(Debug)]
struct Near {
    /// Degrees north and east; `None` if the number that was named is nowhere.
    center: Option<(f64, f64)>,
    miles: f64,
}

impl Filter {
    fn of(params: &Params) -> Outcome<Self> {
        let text = |name: &str| params.text(name).filter(|text| !text.is_empty());
        let flag = |name: &str| params.flag(name) == Some(true);
        let contains = text("Contains").map(Pattern::parse).transpose();
        let wanted = |name: &str, property: fn(&Number) -> Option<String>| {
            text(name).map(|value| match value.starts_with('+') {
                true => Wanted(inventory::find(value).as_ref().and_then(property)),
                false => Wanted(Some(value.to_owned())),
            })
        };
        let filter = Self {
            area_code: params.integer("AreaCode").map(|code| code.to_string()),
            contains: contains
                .map_err(|why| ApiError::invalid_parameter("Contains", why))?
                .unwrap_or_default(),
            voice: params.flag("VoiceEnabled"),
            sms: params.flag("SmsEnabled"),
            mms: params.flag("MmsEnabled"),
            fax: params.flag("FaxEnabled"),
            without_address: flag("ExcludeAllAddressRequired"),
            without_local_address: flag("ExcludeLocalAddressRequired"),
            without_foreign_address: flag("ExcludeForeignAddressRequired"),
            without_beta: params.flag("Beta") == Some(false),
            region: wanted("InRegion", |number| owned(place(number)?.region)),
            postal_code: wanted("InPostalCode", |number| owned(place(number)?.postal_code)),
            locality: wanted("InLocality", |number| owned(Some(place(number)?.locality))),
            lata: wanted("InLata", |number| owned(place(number)?.lata)),
            rate_center: wanted("InRateCenter", Number::rate_center),
            near: near(params)?,
        };
        if filter.rate_center.is_some() && filter.lata.is_none() {
            return Err(ApiError::invalid_parameter("InRateCenter", "it needs InLata"));
        }
        Ok(filter)
    }

    fn passes(&self, area: &Area) -> bool {
        let offer = area.offer;
        let capable = [
            (self.voice, offer.can.voice),
            (self.sms, offer.can.sms),
            (self.mms, offer.can.mms),
            // Nothing takes faxes any more, and no response shows that anything does: https://www.twilio.com/docs/api/errors/34005
            (self.fax, false),
        ];
        let excluded = (self.without_address && offer.address != Address::None)
            || (self.without_local_address && offer.address == Address::Local)
            || (self.without_foreign_address && offer.address == Address::Foreign)
            || (self.without_beta && offer.beta);
        capable
            .iter()
            .all(|(wanted, can)| wanted.is_none_or(|wanted| wanted == *can))
            && !excluded
            && self
                .area_code
                .as_ref()
                .is_none_or(|code| area.is_north_american() && area.prefix == code)
            && self.passes_place(area.place.as_ref())
    }

    fn passes_place(&self, place: Option<&Place>) -> bool {
        let has = |wanted: &Option<Wanted>, property: Option<&str>| {
            wanted.as_ref().is_none_or(|Wanted(wanted)| {
                wanted
                    .as_deref()
                    .zip(property)
                    .is_some_and(|(wanted, property)| wanted.eq_ignore_ascii_case(property))
            })
        };
        // The name of an exchange is that of its city, in capitals.
        let exchange = place.filter(|place| place.region.is_some()).map(|place| place.locality);
        has(&self.region, place.and_then(|place| place.region))
            && has(&self.postal_code, place.and_then(|place| place.postal_code))
            && has(&self.locality, place.map(|place| place.locality))
            && has(&self.lata, place.and_then(|place| place.lata))
            && has(&self.rate_center, exchange)
            && self.near.as_ref().is_none_or(|near| {
                near.center
                    .zip(place.and_then(|place| place.at))
                    .is_some_and(|(center, at)| miles_between(center, at) <= near.miles)
            })
    }
}

fn place(number: &Number) -> Option<&Place> {
    number.area.place.as_ref()
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

fn near(params: &Params) -> Outcome<Option<Near>> {
    let distance = params.integer("Distance").unwrap_or(USUAL_DISTANCE);
    if !(0..=LARGEST_DISTANCE).contains(&distance) {
        return Err(ApiError::invalid_parameter(
            "Distance",
            format_args!("{distance} is not from 0 to {LARGEST_DISTANCE} miles"),
        ));
    }
    let center = match (params.text("NearNumber"), params.text("NearLatLong")) {
        (Some(number), _) if !number.is_empty() => {
            inventory::find(number).and_then(|number| place(&number).and_then(|place| place.at))
        }
        (_, Some(pair)) if !pair.is_empty() => Some(coordinates(pair).ok_or_else(|| {
            ApiError::invalid_parameter(
                "NearLatLong",
                format_args!("'{pair}' is not a pair such as 37.77,-122.41"),
            )
        })?),
        _ => return Ok(None),
    };
    Ok(Some(Near {
        center,
        miles: distance as f64,
    }))
}

fn coordinates(pair: &str) -> Option<(f64, f64)> {
    let (latitude, longitude) = pair.split_once(',')?;
    let latitude: f64 = latitude.trim().parse().ok()?;
    let longitude: f64 = longitude.trim().parse().ok()?;
    ((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude)).then_some((latitude, longitude))
}

/// Length of the great circle between two points in degrees.
fn miles_between(from: (f64, f64), to: (f64, f64)) -> f64 {
    const EARTH_RADIUS_MILES: f64 = 3958.8;
    let (from_latitude, to_latitude) = (from.0.to_radians(), to.0.to_radians());
    let half_latitude = (to_latitude - from_latitude) / 2.0;
    let half_longitude = (to.1 - from.1).to_radians() / 2.0;
    let chord = half_latitude.sin().powi(2) + from_latitude.cos() * to_latitude.cos() * half_longitude.sin().powi(2);
    2.0 * EARTH_RADIUS_MILES * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(iso: &str, kind: Kind, params: &[(&str, Value)]) -> Vec<Number> {
        let params = Params::new(
            params
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
        );
        let filter = Filter::of(&params).expect("a valid filter");
        let country = plan::country(iso).expect("a country");
        let mut state = crate::state::State::new(1);
        let now = state.clock.now();
        let areas = areas(1, source(country, kind), kind, &filter);
        stock::first(&mut state, now, areas, &filter.contains, 30)
    }

    fn localities(numbers: &[Number]) -> Vec<&str> {
        numbers
            .iter()
            .filter_map(|number| Some(place(number)?.locality))
            .collect()
    }

    #[test]
    fn places_filter_by_value_or_by_a_number_of_that_place() {
        for (name, value) in [
            ("InRegion", "ak"),
            ("InPostalCode", "99501"),
            ("InPostalCode", "+19072220100"),
            ("InLocality", "Anchorage"),
            ("InLata", "832"),
        ] {
            let found = search("US", Kind::Local, &[(name, json!(value))]);
            assert_eq!(found.len(), 30, "{name}={value}");
            assert!(
                found.iter().all(|number| number.e164.starts_with("+1907")),
                "{name}={value}"
            );
        }
        assert!(search("US", Kind::Local, &[("InRegion", json!("+12425550100"))]).is_empty());
        assert!(search("DE", Kind::Local, &[("InRegion", json!("BE"))]).is_empty());
    }

    #[test]
    fn a_circle_holds_what_is_near() {
        let near = |distance: i64| {
            let found = search(
                "US",
                Kind::Local,
                &[("NearLatLong", json!("37.77,-122.41")), ("Distance", json!(distance))],
            );
            assert!(!found.is_empty());
            localities(&found)
                .into_iter()
                .map(str::to_owned)
                .collect::<std::collections::BTreeSet<_>>()
        };
        assert!(near(2).iter().all(|city| city == "San Francisco"));
        assert!(near(50).contains("Oakland"));
        assert!(!near(50).contains("New York"));
        let by_number = search(
            "US",
            Kind::Local,
            &[("NearNumber", json!("+14152220100")), ("Distance", json!(2))],
        );
        assert!(localities(&by_number).iter().all(|city| *city == "San Francisco"));
    }

    #[test]
    fn distances_are_those_of_the_map() {
        let (san_francisco, new_york) = ((37.77, -122.41), (40.75, -73.99));
        let miles = miles_between(san_francisco, new_york);
        assert!((2560.0..2580.0).contains(&miles), "{miles}");
        assert!(miles_between(new_york, new_york) < 0.001);
    }

    #[test]
    fn toll_free_numbers_of_canada_are_those_of_the_us() {
        assert!(kinds(plan::country("CA").expect("Canada")).contains(&Kind::TollFree));
        assert!(
            search("CA", Kind::TollFree, &[])
                .iter()
                .all(|number| number.e164.starts_with("+18"))
        );
    }

    #[test]
    fn a_pattern_of_a_whole_number_finds_it_alone() {
        let found = search("US", Kind::Local, &[("Contains", json!("+14158675309"))]);
        assert_eq!(
            found.iter().map(|number| number.e164.as_str()).collect::<Vec<_>>(),
            ["+14158675309"]
        );
    }
}
