//! What is known about addresses: codes of countries and regions, and forms of postal codes.
//!
//! There is no register of streets here. An address exists if its region and postal code could exist and its street has a
//! house number; it is written rightly if each part has its usual form.

/// Countries where addresses for emergencies are registered.
pub(super) const REGISTERED: [&str; 3] = ["CA", "GB", "US"];

/// Codes of ISO 3166-1.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE \
    GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP \
    KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF \
    NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN \
    SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA \
    ZM ZW";

/// States and territories of the United States.
const STATES: &[(&str, &str)] = &[
    ("AK", "Alaska"),
    ("AL", "Alabama"),
    ("AR", "Arkansas"),
    ("AZ", "Arizona"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DC", "District of Columbia"),
    ("DE", "Delaware"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("GU", "Guam"),
    ("HI", "Hawaii"),
    ("IA", "Iowa"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("MA", "Massachusetts"),
    ("MD", "Maryland"),
    ("ME", "Maine"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MO", "Missouri"),
    ("MS", "Mississippi"),
    ("MT", "Montana"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("NE", "Nebraska"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NV", "Nevada"),
    ("NY", "New York"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("PR", "Puerto Rico"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VA", "Virginia"),
    ("VI", "Virgin Islands"),
    ("VT", "Vermont"),
    ("WA", "Washington"),
    ("WI", "Wisconsin"),
    ("WV", "West Virginia"),
    ("WY", "Wyoming"),
];

/// Provinces and territories of Canada.
const PROVINCES: &[(&str, &str)] = &[
    ("AB", "Alberta"),
    ("BC", "British Columbia"),
    ("MB", "Manitoba"),
    ("NB", "New Brunswick"),
    ("NL", "Newfoundland and Labrador"),
    ("NS", "Nova Scotia"),
    ("NT", "Northwest Territories"),
    ("NU", "Nunavut"),
    ("ON", "Ontario"),
    ("PE", "Prince Edward Island"),
    ("QC", "Quebec"),
    ("SK", "Saskatchewan"),
    ("YT", "Yukon"),
];

/// The parts of an address that are looked up.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parts {
    pub street: String,
    pub city: String,
    pub region: String,
    pub postal_code: String,
}

/// What a lookup finds.
#[derive(Debug, PartialEq)]
pub(super) enum Found {
    /// This address.
    Exact,
    /// The address that was meant.
    Similar(Parts),
    /// No such address.
    Nothing,
}

/// Whether this is the code of a country.
pub(super) fn is_country(code: &str) -> bool {
    COUNTRIES.split_ascii_whitespace().any(|known| known == code)
}

/// Looks an address in one of the [`REGISTERED`] countries up.
pub(super) fn find(country: &str, parts: &Parts) -> Found {
    let street = spaced(&parts.street);
    let has_house_number = street.chars().any(|c| c.is_ascii_digit());
    let region = region(country, &parts.region);
    let postal_code = postal_code(country, &parts.postal_code);
    let (true, Some(region), Some(postal_code)) = (has_house_number, region, postal_code) else {
        return Found::Nothing;
    };
    let right = Parts {
        street,
        city: spaced(&parts.city),
        region,
        postal_code,
    };
    if right == *parts {
        Found::Exact
    } else {
        Found::Similar(right)
    }
}

/// One space between words, and none around them.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn region(country: &str, text: &str) -> Option<String> {
    let regions = match country {
        "US" => STATES,
        "CA" => PROVINCES,
        _ => return Some(spaced(text)),
    };
    let text = spaced(text);
    let known = regions
        .iter()
        .find(|(code, name)| code.eq_ignore_ascii_case(&text) || name.eq_ignore_ascii_case(&text));
    known.map(|(code, _)| (*code).to_owned())
}

/// The usual form of a postal code: `94105`, `94105-1234`, `K1A 0B1`, `SW1A 1AA`.
fn postal_code(country: &str, text: &str) -> Option<String> {
    let compact: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    match country {
        "US" => matches!(form(&compact).as_str(), "99999" | "99999-9999").then_some(compact),
        "CA" => (form(&compact) == "A9A9A9").then(|| split_before_last(&compact, 3)),
        _ => {
            let outward = ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"];
            let fits = form(&compact)
                .strip_suffix("9AA")
                .is_some_and(|rest| outward.contains(&rest));
            fits.then(|| split_before_last(&compact, 3))
        }
    }
}

/// `A` for each letter, `9` for each digit, everything else as it is.
fn form(text: &str) -> String {
    let kind = |c: char| match c {
        '0'..='9' => '9',
        'A'..='Z' => 'A',
        other => other,
    };
    text.chars().map(kind).collect()
}

/// A space before the last characters of a text whose form is known to be ASCII.
fn split_before_last(text: &str, count: usize) -> String {
    let (first, last) = text.split_at(text.len() - count);
    format!("{first} {last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(street: &str, city: &str, region: &str, postal_code: &str) -> Parts {
        Parts {
            street: street.into(),
            city: city.into(),
            region: region.into(),
            postal_code: postal_code.into(),
        }
    }

    #[test]
    fn an_address_in_its_usual_form_is_found_as_it_is() {
        for (country, address) in [
            ("US", parts("101 Spear St", "San Francisco", "CA", "94105")),
            ("US", parts("101 Spear St", "San Francisco", "CA", "94105-1559")),
            ("CA", parts("80 Wellington St", "Ottawa", "ON", "K1A 0A2")),
            ("GB", parts("10 Downing St", "London", "Greater London", "SW1A 2AA")),
            ("GB", parts("1 The Square", "Town", "Kent", "M1 1AE")),
        ] {
            assert_eq!(find(country, &address), Found::Exact, "{address:?}");
        }
    }

    #[test]
    fn an_address_in_another_form_leads_to_the_usual_one() {
        assert_eq!(
            find("US", &parts(" 101  Spear St ", "San Francisco", "california", "94105 ")),
            Found::Similar(parts("101 Spear St", "San Francisco", "CA", "94105"))
        );
        assert_eq!(
            find("CA", &parts("80 Wellington St", "Ottawa", "Ontario", "k1a0a2")),
            Found::Similar(parts("80 Wellington St", "Ottawa", "ON", "K1A 0A2"))
        );
        assert_eq!(
            find("GB", &parts("10 Downing St", "London", "Greater London", "sw1a2aa")),
            Found::Similar(parts("10 Downing St", "London", "Greater London", "SW1A 2AA"))
        );
    }

    #[test]
    fn what_cannot_exist_is_not_found() {
        for (country, address) in [
            ("US", parts("Spear St", "San Francisco", "CA", "94105")),
            ("US", parts("101 Spear St", "San Francisco", "ZZ", "94105")),
            ("US", parts("101 Spear St", "San Francisco", "CA", "9410")),
            ("US", parts("101 Spear St", "San Francisco", "CA", "K1A 0A2")),
            ("CA", parts("80 Wellington St", "Ottawa", "ON", "94105")),
            ("GB", parts("10 Downing St", "London", "Greater London", "94105")),
            ("GB", parts("10 Downing St", "London", "Greater London", "é 9AA")),
        ] {
            assert_eq!(find(country, &address), Found::Nothing, "{address:?}");
        }
    }

    #[test]
    fn countries_are_known_by_their_code_in_capitals() {
        assert_eq!(COUNTRIES.split_ascii_whitespace().count(), 249);
        assert!(is_country("DE"));
        for text in ["XX", "us", "USA", "", "A", "A D"] {
            assert!(!is_country(text), "{text}");
        }
    }
}
