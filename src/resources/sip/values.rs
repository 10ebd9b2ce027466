//! What names, addresses and passwords of SIP look like, for trunks and carriers of one's own too.

use crate::framework::reason::Reason;

/// Below which of Twilio's domains a name stands: <https://www.twilio.com/docs/api/errors/21232>,
/// <https://www.twilio.com/docs/sip-trunking/api/trunk-resource>.
#[derive(Clone, Copy)]
struct Below {
    /// The label of the product.
    label: &'static str,
    /// What is right.
    form: &'static str,
}

const SIP: Below = Below {
    label: "sip",
    form: "It must be a name of your own below sip.twilio.com, for example office.sip.twilio.com: letters, digits and hyphens, with full stops between its parts.",
};

const PSTN: Below = Below {
    label: "pstn",
    form: "It must be a name of your own below pstn.twilio.com, for example office.pstn.twilio.com: letters, digits and hyphens, with full stops between its parts.",
};

/// `office.sip.twilio.com`, or with a place in it: `office.sip.dublin.ie1.twilio.com`.
pub(in crate::resources) fn sip_domain(text: &str) -> Result<(), Reason> {
    below(text, SIP)
}

/// `office.pstn.twilio.com`, or with a place in it.
pub(in crate::resources) fn trunk_domain(text: &str) -> Result<(), Reason> {
    below(text, PSTN)
}

fn below(text: &str, Below { label, form }: Below) -> Result<(), Reason> {
    let lower = text.to_ascii_lowercase();
    let labels: Vec<&str> = lower.split('.').collect();
    let own = labels.iter().position(|own| *own == label).unwrap_or_default();
    let is_label =
        |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_one =
        own > 0 && labels.len() > own + 2 && labels.ends_with(&["twilio", "com"]) && labels.iter().all(is_label);
    is_one.then_some(()).ok_or_else(|| Reason::new(form))
}

/// The password of a SIP credential: at least 12 characters, a digit, and letters of both cases.
/// <https://www.twilio.com/docs/voice/sip/api/sip-credential-resource>
pub(in crate::resources) fn password(text: &str) -> Result<(), Reason> {
    const SHORTEST: usize = 12;
    let length = text.chars().count();
    if length < SHORTEST {
        return Err(Reason::new("It has ")
            .number(length)
            .and(" characters, and a password of SIP has at least 12."));
    }
    let has = |kind: fn(char) -> bool| text.chars().any(kind);
    let lacking: Vec<&'static str> = [
        (has(|c| c.is_ascii_digit()), "a digit"),
        (has(|c| c.is_ascii_lowercase()), "a small letter"),
        (has(|c| c.is_ascii_uppercase()), "a capital letter"),
    ]
    .into_iter()
    .filter_map(|(is_there, what)| (!is_there).then_some(what))
    .collect();
    match lacking.as_slice() {
        [] => Ok(()),
        lacking => Err(Reason::new(
            "A password of SIP has a digit, a small letter and a capital letter; this one lacks ",
        )
        .list(lacking)
        .and(".")),
    }
}

/// An IPv4 address without a prefix.
pub(in crate::resources) fn ipv4(text: &str) -> Result<(), Reason> {
    if text.parse::<std::net::Ipv4Addr>().is_ok() {
        return Ok(());
    }
    Err(Reason::new(
        "It must be an IPv4 address, four numbers of 0 to 255 with full stops between them, as in 203.0.113.7. The length of a prefix is an \
         attribute of its own.",
    ))
}

/// An address that calls are sent to: `sip:pbx.example.com`. Twilio does not take `sips`.
/// <https://www.twilio.com/docs/sip-trunking/api/originationurl-resource>
pub(in crate::resources) fn sip_url(text: &str) -> Result<(), Reason> {
    let host = text
        .split_once(':')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("sip"))
        .map(|(_, rest)| rest);
    match host {
        Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => Ok(()),
        _ => Err(Reason::new(
            "It must begin with sip: and have a host after it, as in sip:pbx.example.com:5061;transport=tls. Twilio does not take sips: \
             here; transport=tls says the same.",
        )),
    }
}

/// The same, or `sips:pbx.example.com`: the page says that Twilio does not support it, and it takes it for a trunk
/// (<https://github.com/wittyreference/twilio-claude-plugin>, skills/elastic-sip-trunking/references/test-results.md, test 21).
pub(in crate::resources) fn sip_or_sips_url(text: &str) -> Result<(), Reason> {
    let plain = text.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("sips:"));
    let plain = plain.map(|_| format!("sip:{}", text.get(5..).unwrap_or_default()));
    sip_url(plain.as_deref().unwrap_or(text)).map_err(|_| {
        Reason::new(
            "It must begin with sip: or sips: and have a host after it, as in sip:pbx.example.com:5061;transport=tls.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_a_name_below_that_of_its_product() {
        for right in [
            "a.sip.twilio.com",
            "b.a.sip.twilio.com",
            "A-1.sip.us1.twilio.com",
            "a.sip.dublin.ie1.twilio.com",
        ] {
            assert!(sip_domain(right).is_ok(), "{right}");
            assert!(trunk_domain(right).is_err(), "{right}");
            let of_a_trunk = right.replace(".sip.", ".pstn.");
            assert!(trunk_domain(&of_a_trunk).is_ok(), "{of_a_trunk}");
        }
        for wrong in [
            "",
            "sip.twilio.com",
            ".sip.twilio.com",
            "a.twilio.com",
            "a.sip.com",
            "a.sip.twilio.com.",
            "a..sip.twilio.com",
            "a_b.sip.twilio.com",
            "a.sip.example.com",
            "a.sip.twilio.com/x",
            "sip:a.sip.twilio.com",
        ] {
            assert!(sip_domain(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_has_what_twilio_asks_for() {
        assert!(password("Aa1aaaaaaaaa").is_ok());
        assert!(
            password("Ää1ä aaaaaaaaaA").is_ok(),
            "letters of other alphabets may stand beside"
        );
        for wrong in ["", "Aa1", "aaaaaaaaaaa1", "AAAAAAAAAAA1", "Aaaaaaaaaaaa"] {
            assert!(password(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_is_ipv4_alone() {
        assert!(ipv4("203.0.113.7").is_ok());
        for wrong in [
            "",
            "203.0.113",
            "203.0.113.256",
            "203.0.113.0/24",
            "2001:db8::1",
            " 203.0.113.7",
        ] {
            assert!(ipv4(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn calls_go_to_an_address_of_sip() {
        for right in [
            "sip:pbx.example.com",
            "SIP:203.0.113.7:5060;transport=tcp",
            "sip:x@example.com",
        ] {
            assert!(sip_url(right).is_ok(), "{right}");
            assert!(sip_or_sips_url(right).is_ok(), "{right}");
        }
        assert!(sip_or_sips_url("sips:192.168.1.4:5061;transport=tls").is_ok());
        for wrong in ["", "sip:", "sips:", "sips: a", "pbx.example.com"] {
            assert!(sip_or_sips_url(wrong).is_err(), "{wrong}");
        }
        for wrong in [
            "",
            "sip:",
            "sips:pbx.example.com",
            "pbx.example.com",
            "https://x",
            "sip:a b",
        ] {
            assert!(sip_url(wrong).is_err(), "{wrong}");
        }
    }
}
