//! The numbering plan: in which countries there are numbers, of which kinds, behind which prefixes, and what they need.
//!
//! Facts of the countries' numbering plans and of Twilio's offer (<https://www.twilio.com/en-us/guidelines/regulatory>), cut
//! down to a few prefixes for each kind. The area codes of the US and Canada are complete, in `nanp.tsv`.

mod countries;

use std::sync::LazyLock;

use serde_json::{Value, json};

pub use countries::COUNTRIES;

/// Kind of a number, as the paths and the field `type` name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Tied to a place.
    Local,
    /// Of a mobile network.
    Mobile,
    /// The called side pays.
    TollFree,
    /// Geographic in form, but of no place.
    National,
    /// Reserved for telephony over the internet.
    Voip,
    /// Both sides pay.
    SharedCost,
    /// For devices.
    MachineToMachine,
}

impl Kind {
    /// All kinds in the order in which the contract lists them.
    pub const ALL: [Self; 7] = [
        Self::Local,
        Self::MachineToMachine,
        Self::Mobile,
        Self::National,
        Self::SharedCost,
        Self::TollFree,
        Self::Voip,
    ];

    /// Last segment of the search path, for example `TollFree`.
    pub fn segment(self) -> &'static str {
        match self {
            Self::Local => "Local",
            Self::Mobile => "Mobile",
            Self::TollFree => "TollFree",
            Self::National => "National",
            Self::Voip => "Voip",
            Self::SharedCost => "SharedCost",
            Self::MachineToMachine => "MachineToMachine",
        }
    }

    /// Twilio's name in fields, for example `toll_free`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Mobile => "mobile",
            Self::TollFree => "toll_free",
            Self::National => "national",
            Self::Voip => "voip",
            Self::SharedCost => "shared_cost",
            Self::MachineToMachine => "machine_to_machine",
        }
    }

    /// The kind that a path ends with.
    pub fn of_path(path: &str) -> Option<Self> {
        let last = path.rsplit('/').next()?;
        Self::ALL.into_iter().find(|kind| kind.segment() == last)
    }
}

/// What a number can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Calls.
    pub voice: bool,
    /// Texts.
    pub sms: bool,
    /// Pictures.
    pub mms: bool,
}

impl Capabilities {
    /// The field `capabilities` of the 2010 API.
    pub fn as_owned(self) -> Value {
        json!({"voice": self.voice, "sms": self.sms, "mms": self.mms})
    }

    /// As a search shows them: Twilio's page has `SMS` and `MMS` in capitals there.
    /// <https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource>
    pub fn as_for_sale(self) -> Value {
        json!({"voice": self.voice, "SMS": self.sms, "MMS": self.mms})
    }
}

/// What must be known of the person behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    /// Nothing.
    None,
    /// An address anywhere.
    Any,
    /// An address in the country of the number.
    Local,
    /// An address outside the country of the number.
    Foreign,
}

impl Address {
    /// Value of the field `address_requirements`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Any => "any",
            Self::Local => "local",
            Self::Foreign => "foreign",
        }
    }
}

/// Numbers of one kind in one country.
#[derive(Debug, PartialEq)]
pub struct Offer {
    /// Kind.
    pub kind: Kind,
    /// What they can do.
    pub can: Capabilities,
    /// Address that a purchase must name.
    pub address: Address,
    /// Whether a purchase must name an approved regulatory bundle.
    pub bundle: bool,
    /// Whether they are new to Twilio.
    pub beta: bool,
    /// Prefixes after the country code, with the count of digits that follow and the place, if they have one.
    pub prefixes: &'static [(&'static str, usize, &'static str)],
}

/// A country in which there are numbers.
#[derive(Debug, PartialEq)]
pub struct Country {
    /// ISO 3166-1 code.
    pub iso: &'static str,
    /// English name.
    pub name: &'static str,
    /// Country code of the telephone network.
    pub calling: &'static str,
    /// What there is.
    pub offers: &'static [Offer],
}

/// A place that numbers belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// State or province, two letters; US and Canada only.
    pub region: Option<&'static str>,
    /// City.
    pub locality: &'static str,
    /// Postal code; US and Canada only.
    pub postal_code: Option<&'static str>,
    /// Local access and transport area; US and Canada only.
    pub lata: Option<&'static str>,
    /// Degrees north and east; US and Canada only.
    pub at: Option<(f64, f64)>,
}

/// Numbers that begin alike.
#[derive(Debug, PartialEq)]
pub struct Area {
    /// Country.
    pub country: &'static Country,
    /// Kind and rules.
    pub offer: &'static Offer,
    /// Digits after the country code that all have in common.
    pub prefix: &'static str,
    /// Count of digits after the prefix.
    pub free: usize,
    /// Place, if they have one.
    pub place: Option<Place>,
}

impl Area {
    /// Country code and prefix.
    pub fn head(&self) -> String {
        format!("{}{}", self.country.calling, self.prefix)
    }

    /// Whether the area follows the North American plan.
    pub fn is_north_american(&self) -> bool {
        self.country.calling == "1"
    }

    /// Whether digits may follow the prefix. In North America an exchange begins with 2 to 9 and does not end in 11.
    pub fn takes(&self, rest: &str) -> bool {
        rest.len() == self.free
            && rest.bytes().all(|digit| digit.is_ascii_digit())
            && (!self.is_north_american() || (rest.as_bytes()[0] >= b'2' && &rest[1..3] != "11"))
    }
}

/// All areas of all countries.
pub fn areas() -> &'static [Area] {
    static AREAS: LazyLock<Vec<Area>> = LazyLock::new(|| {
        let mut areas: Vec<Area> = COUNTRIES.iter().flat_map(listed).collect();
        areas.extend(include_str!("nanp.tsv").lines().filter_map(north_american));
        areas
    });
    &AREAS
}

/// A country by its ISO code.
pub fn country(iso: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|country| country.iso == iso)
}

fn listed(country: &'static Country) -> impl Iterator<Item = Area> {
    country.offers.iter().flat_map(move |offer| {
        offer.prefixes.iter().map(move |(prefix, free, locality)| Area {
            country,
            offer,
            prefix,
            free: *free,
            place: (!locality.is_empty()).then_some(Place {
                region: None,
                locality,
                postal_code: None,
                lata: None,
                at: None,
            }),
        })
    })
}

/// One line of `nanp.tsv`: area code, country, region, city, latitude, longitude, postal code, LATA.
fn north_american(line: &'static str) -> Option<Area> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let [prefix, iso, region, locality, latitude, longitude, postal_code, lata] = columns[..] else {
        return None;
    };
    let country = country(iso)?;
    Some(Area {
        country,
        offer: country.offers.iter().find(|offer| offer.kind == Kind::Local)?,
        prefix,
        free: 7,
        place: Some(Place {
            region: Some(region),
            locality,
            postal_code: Some(postal_code),
            lata: Some(lata),
            at: latitude.parse().ok().zip(longitude.parse().ok()),
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_line_of_the_north_american_table_is_an_area() {
        let lines = include_str!("nanp.tsv").lines().count();
        let made = areas()
            .iter()
            .filter(|area| area.free == 7 && area.place.as_ref().is_some_and(|place| place.region.is_some()));
        assert_eq!(made.count(), lines);
        assert!(lines > 400, "{lines}");
    }

    #[test]
    fn no_number_belongs_to_two_areas_and_none_is_too_long() {
        let mut heads = HashSet::new();
        for area in areas() {
            let head = area.head();
            assert!(head.len() + area.free <= 15, "{head}");
            assert!(head.bytes().all(|digit| digit.is_ascii_digit()), "{head}");
            assert!(heads.insert((head.clone(), head.len() + area.free)), "{head} twice");
        }
        for (head, length) in &heads {
            let shadowed = (1..head.len()).any(|end| heads.contains(&(head[..end].to_owned(), *length)));
            assert!(!shadowed, "{head} begins with another head");
        }
    }

    #[test]
    fn an_exchange_in_north_america_is_well_formed() {
        let area = areas()
            .iter()
            .find(|area| area.head() == "1415")
            .expect("San Francisco");
        for (rest, taken) in [
            ("5550100", true),
            ("1550100", false),
            ("2110100", false),
            ("555010", false),
            ("55501a0", false),
        ] {
            assert_eq!(area.takes(rest), taken, "{rest}");
        }
    }
}
