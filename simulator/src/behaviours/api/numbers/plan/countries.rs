//! The countries. Canada shares the toll-free prefixes of the US, which are listed once.

use super::{Address, Capabilities, Country, Kind, Offer};

const ALL: Capabilities = Capabilities {
    voice: true,
    sms: true,
    mms: true,
};
const VOICE: Capabilities = Capabilities {
    voice: true,
    sms: false,
    mms: false,
};
const VOICE_SMS: Capabilities = Capabilities {
    voice: true,
    sms: true,
    mms: false,
};
const SMS_ONLY: Capabilities = Capabilities {
    voice: false,
    sms: true,
    mms: false,
};

type Prefixes = &'static [(&'static str, usize, &'static str)];

const fn free(kind: Kind, can: Capabilities, prefixes: Prefixes) -> Offer {
    Offer {
        kind,
        can,
        address: Address::None,
        bundle: false,
        beta: false,
        prefixes,
    }
}

const fn with_address(kind: Kind, can: Capabilities, address: Address, prefixes: Prefixes) -> Offer {
    Offer {
        address,
        ..free(kind, can, prefixes)
    }
}

const fn with_bundle(kind: Kind, can: Capabilities, address: Address, prefixes: Prefixes) -> Offer {
    Offer {
        bundle: true,
        ..with_address(kind, can, address, prefixes)
    }
}

const fn beta(offer: Offer) -> Offer {
    Offer { beta: true, ..offer }
}

/// All countries, by code.
pub const COUNTRIES: &[Country] = &[
    Country {
        iso: "AR",
        name: "Argentina",
        calling: "54",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[("11", 8, "Buenos Aires"), ("351", 7, "Cordoba")],
            ),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 7, "")]),
        ],
    },
    Country {
        iso: "AT",
        name: "Austria",
        calling: "43",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[("1", 7, "Vienna"), ("732", 6, "Linz")],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("676", 7, "")]),
            with_bundle(Kind::National, VOICE, Address::Local, &[("720", 6, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")]),
        ],
    },
    Country {
        iso: "AU",
        name: "Australia",
        calling: "61",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Any,
                &[
                    ("2", 8, "Sydney"),
                    ("3", 8, "Melbourne"),
                    ("7", 8, "Brisbane"),
                    ("8", 8, "Perth"),
                ],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("4", 8, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("1800", 6, "")]),
        ],
    },
    Country {
        iso: "BE",
        name: "Belgium",
        calling: "32",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[("2", 7, "Brussels"), ("3", 7, "Antwerp"), ("9", 7, "Ghent")],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("460", 6, "")]),
            with_bundle(Kind::TollFree, VOICE, Address::Any, &[("800", 5, "")]),
        ],
    },
    Country {
        iso: "BG",
        name: "Bulgaria",
        calling: "359",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Local, &[("2", 7, "Sofia")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 5, "")]),
        ],
    },
    Country {
        iso: "BR",
        name: "Brazil",
        calling: "55",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[("11", 8, "Sao Paulo"), ("21", 8, "Rio de Janeiro")],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Local, &[("619", 8, "Brasilia")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 7, "")]),
        ],
    },
    Country {
        iso: "CA",
        name: "Canada",
        calling: "1",
        offers: &[free(Kind::Local, ALL, &[])],
    },
    Country {
        iso: "CH",
        name: "Switzerland",
        calling: "41",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Any,
                &[("43", 7, "Zurich"), ("22", 7, "Geneva")],
            ),
            with_address(Kind::Mobile, VOICE_SMS, Address::Any, &[("76", 7, ""), ("79", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")]),
            with_address(Kind::SharedCost, VOICE, Address::Any, &[("840", 6, "")]),
        ],
    },
    Country {
        iso: "CL",
        name: "Chile",
        calling: "56",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::None, &[("2", 8, "Santiago")]),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::None, &[("9", 8, "")]),
            free(Kind::TollFree, VOICE, &[("800", 6, "")]),
        ],
    },
    Country {
        iso: "CO",
        name: "Colombia",
        calling: "57",
        offers: &[
            free(Kind::Local, VOICE, &[("601", 7, "Bogota"), ("604", 7, "Medellin")]),
            free(Kind::TollFree, VOICE, &[("1800", 7, "")]),
        ],
    },
    Country {
        iso: "CY",
        name: "Cyprus",
        calling: "357",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Any, &[("22", 6, "Nicosia")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 5, "")]),
        ],
    },
    Country {
        iso: "CZ",
        name: "Czech Republic",
        calling: "420",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Any,
                &[("2", 8, "Prague"), ("5", 8, "Brno")],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("73", 7, "")]),
            with_bundle(Kind::National, VOICE, Address::Any, &[("910", 6, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")]),
        ],
    },
    Country {
        iso: "DE",
        name: "Germany",
        calling: "49",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[
                    ("30", 8, "Berlin"),
                    ("40", 8, "Hamburg"),
                    ("69", 8, "Frankfurt"),
                    ("89", 8, "Munich"),
                ],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Local, &[("1573", 8, "")]),
            with_bundle(Kind::National, VOICE, Address::Local, &[("32", 9, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 7, "")]),
            with_address(Kind::SharedCost, VOICE, Address::Any, &[("180", 7, "")]),
        ],
    },
    Country {
        iso: "DK",
        name: "Denmark",
        calling: "45",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::None, &[("78", 6, ""), ("89", 6, "")]),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::None, &[("52", 6, ""), ("81", 6, "")]),
            free(Kind::TollFree, VOICE, &[("80", 6, "")]),
        ],
    },
    Country {
        iso: "EE",
        name: "Estonia",
        calling: "372",
        offers: &[
            free(Kind::Local, VOICE, &[("6", 6, "Tallinn")]),
            free(Kind::Mobile, VOICE_SMS, &[("59", 6, "")]),
            free(Kind::TollFree, VOICE, &[("800", 4, "")]),
        ],
    },
    Country {
        iso: "ES",
        name: "Spain",
        calling: "34",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[("91", 7, "Madrid"), ("93", 7, "Barcelona")],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Local, &[("6", 8, "")]),
            with_bundle(Kind::National, VOICE, Address::Local, &[("51", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("900", 6, "")]),
        ],
    },
    Country {
        iso: "FI",
        name: "Finland",
        calling: "358",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Local, &[("9", 8, "Helsinki")]),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("45", 7, "")]),
            with_bundle(Kind::National, VOICE, Address::Any, &[("75", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")]),
            with_address(Kind::MachineToMachine, SMS_ONLY, Address::Any, &[("49", 9, "")]),
        ],
    },
    Country {
        iso: "FR",
        name: "France",
        calling: "33",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[("1", 8, "Paris"), ("4", 8, "Marseille")],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Local, &[("7", 8, "")]),
            with_bundle(Kind::National, VOICE, Address::Local, &[("9", 8, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("805", 6, "")]),
        ],
    },
    Country {
        iso: "GB",
        name: "United Kingdom",
        calling: "44",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Any,
                &[
                    ("20", 8, "London"),
                    ("161", 7, "Manchester"),
                    ("131", 7, "Edinburgh"),
                    ("121", 7, "Birmingham"),
                ],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("7", 9, "")]),
            with_bundle(Kind::National, VOICE, Address::Any, &[("330", 7, ""), ("333", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 7, ""), ("808", 7, "")]),
            with_address(Kind::SharedCost, VOICE, Address::Any, &[("843", 7, "")]),
            with_bundle(Kind::Voip, VOICE, Address::Any, &[("56", 8, "")]),
        ],
    },
    Country {
        iso: "GR",
        name: "Greece",
        calling: "30",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Local, &[("21", 8, "Athens")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 7, "")]),
        ],
    },
    Country {
        iso: "HK",
        name: "Hong Kong",
        calling: "852",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Any, &[("3", 7, "")]),
            free(Kind::Mobile, VOICE_SMS, &[("6", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")]),
        ],
    },
    Country {
        iso: "HR",
        name: "Croatia",
        calling: "385",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Local, &[("1", 7, "Zagreb")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")]),
        ],
    },
    Country {
        iso: "HU",
        name: "Hungary",
        calling: "36",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Any, &[("1", 7, "Budapest")]),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("20", 7, "")]),
            with_bundle(Kind::National, VOICE, Address::Any, &[("21", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("80", 6, "")]),
        ],
    },
    Country {
        iso: "ID",
        name: "Indonesia",
        calling: "62",
        offers: &[
            beta(with_bundle(Kind::Local, VOICE, Address::Any, &[("21", 8, "Jakarta")])),
            beta(with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("855", 8, "")])),
            beta(with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 7, "")])),
        ],
    },
    Country {
        iso: "IE",
        name: "Ireland",
        calling: "353",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[("1", 7, "Dublin"), ("21", 7, "Cork")],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Local, &[("89", 7, "")]),
            with_bundle(Kind::National, VOICE, Address::Local, &[("818", 6, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("1800", 6, "")]),
            with_bundle(Kind::Voip, VOICE, Address::Local, &[("76", 7, "")]),
        ],
    },
    Country {
        iso: "IL",
        name: "Israel",
        calling: "972",
        offers: &[
            free(Kind::Local, VOICE, &[("3", 7, "Tel Aviv"), ("2", 7, "Jerusalem")]),
            free(Kind::Mobile, VOICE_SMS, &[("52", 7, "")]),
            free(Kind::National, VOICE, &[("76", 7, "")]),
            free(Kind::TollFree, VOICE, &[("1809", 6, "")]),
        ],
    },
    Country {
        iso: "IT",
        name: "Italy",
        calling: "39",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[("06", 8, "Rome"), ("02", 8, "Milan")],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("350", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")]),
        ],
    },
    Country {
        iso: "JP",
        name: "Japan",
        calling: "81",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[("3", 8, "Tokyo"), ("6", 8, "Osaka")],
            ),
            with_bundle(Kind::National, VOICE, Address::Local, &[("50", 8, "")]),
            with_bundle(Kind::TollFree, VOICE, Address::Local, &[("120", 6, "")]),
        ],
    },
    Country {
        iso: "KE",
        name: "Kenya",
        calling: "254",
        offers: &[
            beta(with_bundle(Kind::Local, VOICE, Address::Any, &[("20", 7, "Nairobi")])),
            beta(with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")])),
        ],
    },
    Country {
        iso: "KR",
        name: "South Korea",
        calling: "82",
        offers: &[
            beta(with_bundle(Kind::Local, VOICE, Address::Local, &[("2", 8, "Seoul")])),
            beta(with_bundle(Kind::National, VOICE, Address::Local, &[("70", 8, "")])),
            beta(with_address(Kind::TollFree, VOICE, Address::Any, &[("80", 7, "")])),
        ],
    },
    Country {
        iso: "LT",
        name: "Lithuania",
        calling: "370",
        offers: &[
            free(Kind::Local, VOICE, &[("5", 7, "Vilnius")]),
            free(Kind::Mobile, VOICE_SMS, &[("6", 7, "")]),
            free(Kind::TollFree, VOICE, &[("800", 5, "")]),
        ],
    },
    Country {
        iso: "LU",
        name: "Luxembourg",
        calling: "352",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Any, &[("2", 7, "Luxembourg")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 5, "")]),
        ],
    },
    Country {
        iso: "LV",
        name: "Latvia",
        calling: "371",
        offers: &[
            free(Kind::Local, VOICE, &[("6", 7, "Riga")]),
            free(Kind::Mobile, VOICE_SMS, &[("2", 7, "")]),
            free(Kind::TollFree, VOICE, &[("80", 6, "")]),
        ],
    },
    Country {
        iso: "MX",
        name: "Mexico",
        calling: "52",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Any,
                &[
                    ("55", 8, "Mexico City"),
                    ("33", 8, "Guadalajara"),
                    ("81", 8, "Monterrey"),
                ],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("1", 10, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 7, "")]),
        ],
    },
    Country {
        iso: "MY",
        name: "Malaysia",
        calling: "60",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Any, &[("3", 8, "Kuala Lumpur")]),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("11", 8, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("1800", 6, "")]),
        ],
    },
    Country {
        iso: "NL",
        name: "Netherlands",
        calling: "31",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[("20", 7, "Amsterdam"), ("10", 7, "Rotterdam")],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("6", 8, "")]),
            with_bundle(Kind::National, VOICE, Address::Local, &[("85", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 7, "")]),
            with_bundle(Kind::MachineToMachine, SMS_ONLY, Address::Any, &[("97", 9, "")]),
        ],
    },
    Country {
        iso: "NO",
        name: "Norway",
        calling: "47",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Any,
                &[("2", 7, "Oslo"), ("5", 7, "Bergen")],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("4", 7, ""), ("9", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 5, "")]),
        ],
    },
    Country {
        iso: "NZ",
        name: "New Zealand",
        calling: "64",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[("9", 7, "Auckland"), ("4", 7, "Wellington")],
            ),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")]),
        ],
    },
    Country {
        iso: "PE",
        name: "Peru",
        calling: "51",
        offers: &[
            beta(free(Kind::Local, VOICE, &[("1", 7, "Lima")])),
            beta(free(Kind::TollFree, VOICE, &[("800", 5, "")])),
        ],
    },
    Country {
        iso: "PH",
        name: "Philippines",
        calling: "63",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Any, &[("2", 8, "Manila")]),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("9", 9, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("1800", 8, "")]),
        ],
    },
    Country {
        iso: "PL",
        name: "Poland",
        calling: "48",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[("22", 7, "Warsaw"), ("12", 7, "Krakow")],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("73", 7, ""), ("79", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")]),
        ],
    },
    Country {
        iso: "PR",
        name: "Puerto Rico",
        calling: "1",
        offers: &[free(
            Kind::Local,
            ALL,
            &[("787", 7, "San Juan"), ("939", 7, "San Juan")],
        )],
    },
    Country {
        iso: "PT",
        name: "Portugal",
        calling: "351",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Local,
                &[("21", 7, "Lisbon"), ("22", 7, "Porto")],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Local, &[("9", 8, "")]),
            with_bundle(Kind::National, VOICE, Address::Local, &[("30", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")]),
        ],
    },
    Country {
        iso: "RO",
        name: "Romania",
        calling: "40",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Local, &[("21", 7, "Bucharest")]),
            with_bundle(Kind::National, VOICE, Address::Local, &[("37", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")]),
        ],
    },
    Country {
        iso: "SE",
        name: "Sweden",
        calling: "46",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::None,
                &[("8", 8, "Stockholm"), ("31", 7, "Gothenburg")],
            ),
            free(Kind::Mobile, VOICE_SMS, &[("76", 7, ""), ("73", 7, "")]),
            with_bundle(Kind::National, VOICE, Address::None, &[("10", 7, "")]),
            free(Kind::TollFree, VOICE, &[("20", 7, "")]),
            free(Kind::MachineToMachine, SMS_ONLY, &[("719", 10, "")]),
        ],
    },
    Country {
        iso: "SG",
        name: "Singapore",
        calling: "65",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Any, &[("3", 7, "")]),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("8", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("1800", 7, "")]),
        ],
    },
    Country {
        iso: "SI",
        name: "Slovenia",
        calling: "386",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Local, &[("1", 7, "Ljubljana")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("80", 6, "")]),
        ],
    },
    Country {
        iso: "SK",
        name: "Slovakia",
        calling: "421",
        offers: &[
            with_bundle(Kind::Local, VOICE, Address::Local, &[("2", 8, "Bratislava")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")]),
        ],
    },
    Country {
        iso: "TH",
        name: "Thailand",
        calling: "66",
        offers: &[
            beta(with_bundle(Kind::Local, VOICE, Address::Any, &[("2", 7, "Bangkok")])),
            beta(with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("8", 8, "")])),
            beta(with_address(Kind::TollFree, VOICE, Address::Any, &[("1800", 6, "")])),
        ],
    },
    Country {
        iso: "TW",
        name: "Taiwan",
        calling: "886",
        offers: &[
            beta(with_bundle(Kind::Local, VOICE, Address::Any, &[("2", 8, "Taipei")])),
            beta(with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")])),
        ],
    },
    Country {
        iso: "UG",
        name: "Uganda",
        calling: "256",
        offers: &[beta(with_address(
            Kind::TollFree,
            VOICE,
            Address::Any,
            &[("800", 6, "")],
        ))],
    },
    Country {
        iso: "US",
        name: "United States",
        calling: "1",
        offers: &[
            free(Kind::Local, ALL, &[]),
            free(
                Kind::TollFree,
                ALL,
                &[
                    ("800", 7, ""),
                    ("833", 7, ""),
                    ("844", 7, ""),
                    ("855", 7, ""),
                    ("866", 7, ""),
                    ("877", 7, ""),
                    ("888", 7, ""),
                ],
            ),
        ],
    },
    Country {
        iso: "VN",
        name: "Vietnam",
        calling: "84",
        offers: &[
            beta(with_bundle(Kind::Local, VOICE, Address::Any, &[("24", 8, "Hanoi")])),
            beta(with_address(Kind::TollFree, VOICE, Address::Any, &[("1800", 6, "")])),
        ],
    },
    Country {
        iso: "ZA",
        name: "South Africa",
        calling: "27",
        offers: &[
            with_bundle(
                Kind::Local,
                VOICE,
                Address::Any,
                &[("10", 7, "Johannesburg"), ("21", 7, "Cape Town")],
            ),
            with_bundle(Kind::Mobile, VOICE_SMS, Address::Any, &[("60", 7, "")]),
            with_bundle(Kind::National, VOICE, Address::Any, &[("87", 7, "")]),
            with_address(Kind::TollFree, VOICE, Address::Any, &[("800", 6, "")]),
        ],
    },
];
