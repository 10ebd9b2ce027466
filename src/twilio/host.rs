//! Where a request goes: host names by the region rules of 2026, and the detour over a base URL.
//!
//! Until 2026-04-28 `api.REGION.twilio.com` existed; it always ran in US1. Since then a host name has both the edge where
//! requests enter and the region that processes them, `api.dublin.ie1.twilio.com`, or neither.

use url::{Host, Url};

use super::config::{ClientConfig, ConfigError};
use super::path::is_plain;
use super::product::Product;

/// Regions that process data, with the city whose edge belongs to each.
/// <https://www.twilio.com/docs/global-infrastructure/api-domain-migration-guide>
const REGIONS: &[(&str, &str)] = &[("us1", "ashburn"), ("ie1", "dublin"), ("au1", "sydney")];

/// Host names and addresses for one configuration.
///
/// | region | edge | host |
/// | --- | --- | --- |
/// | none or `us1` | none | `api.twilio.com` |
/// | `ie1` | none | `api.dublin.ie1.twilio.com` |
/// | `ie1` | `frankfurt` | `api.frankfurt.ie1.twilio.com` |
/// | none or `us1` | `frankfurt` | `api.frankfurt.us1.twilio.com` |
#[derive(Debug, Clone)]
pub(super) struct Hosts {
    /// `.dublin.ie1`, or empty.
    middle: String,
    base: Option<Url>,
}

impl Hosts {
    pub(super) fn new(config: &ClientConfig) -> Result<Self, ConfigError> {
        let region = label("region", config.region.as_deref())?;
        let edge = label("edge", config.edge.as_deref())?;
        if let Some(base) = &config.base_url {
            check_base(base)?;
        }
        Ok(Self {
            middle: middle(region, edge)?,
            base: config.base_url.clone(),
        })
    }

    /// The product's own host, which is also the `Host` header.
    pub(super) fn host(&self, product: Product) -> String {
        format!("{}{}.twilio.com", product.subdomain(), self.middle)
    }

    /// Whether requests go to a base URL, so that the `Host` header must be set by hand.
    pub(super) fn is_detour(&self) -> bool {
        self.base.is_some()
    }

    /// Whether everything goes to this machine, where a proxy from the environment has no business.
    pub(super) fn is_local(&self) -> bool {
        match self.base.as_ref().and_then(Url::host) {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
            None => false,
        }
    }

    /// Whether everything goes to this machine in the clear, where nobody shows a certificate.
    pub(super) fn is_without_certificates(&self) -> bool {
        self.is_local() && self.base.as_ref().is_some_and(|base| base.scheme() == "http")
    }

    /// Whether credentials travel a network in the clear.
    pub(super) fn is_exposed(&self) -> bool {
        !self.is_local() && self.base.as_ref().is_some_and(|base| base.scheme() == "http")
    }

    /// Full address of a path with query. None if they do not make an address, or make one of another path.
    pub(super) fn url(&self, product: Product, path_and_query: &str) -> Option<Url> {
        let path = path_and_query.split_once('?').map_or(path_and_query, |(path, _)| path);
        if !is_plain(path) {
            return None;
        }
        let text = match &self.base {
            Some(base) => format!("{}{path_and_query}", base.as_str().trim_end_matches('/')),
            None => format!("https://{}{path_and_query}", self.host(product)),
        };
        Url::parse(&text).ok()
    }

    /// Whether a link in a response of `product` leads back to where the question went.
    ///
    /// Accepted are the product's host with and without region, and the base URL's. Whatever is accepted, only its path
    /// and query are used: the request itself goes where all requests of the product go.
    pub(super) fn is_own(&self, product: Product, link: &Url) -> bool {
        let Some(host) = link.host_str() else { return false };
        let twilio = link.port_or_known_default() == Some(443) || self.is_detour();
        let product_host = host == self.host(product) || host == product.host();
        let base_host = self.base.as_ref().is_some_and(|base| {
            base.host_str() == Some(host) && base.port_or_known_default() == link.port_or_known_default()
        });
        (twilio && product_host) || base_host
    }

    /// Path of a link without the prefix that a base URL may have.
    pub(super) fn own_path<'a>(&self, path: &'a str) -> &'a str {
        let prefix = self.base.as_ref().map_or("", |base| base.path().trim_end_matches('/'));
        path.strip_prefix(prefix)
            .filter(|rest| rest.starts_with('/'))
            .unwrap_or(path)
    }
}

fn label<'a>(setting: &'static str, value: Option<&'a str>) -> Result<Option<&'a str>, ConfigError> {
    let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let fits = value.len() <= 63
        && value
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if fits {
        Ok(Some(value))
    } else {
        Err(ConfigError::NotALabel { setting })
    }
}

fn middle(region: Option<&str>, edge: Option<&str>) -> Result<String, ConfigError> {
    match (region, edge) {
        (None | Some("us1"), None) => Ok(String::new()),
        (None, Some(edge)) => Ok(format!(".{edge}.us1")),
        // An edge given by hand is trusted with a region that is younger than this table.
        (Some(region), Some(edge)) => Ok(format!(".{edge}.{region}")),
        (Some(region), None) => match REGIONS.iter().find(|(known, _)| *known == region) {
            Some((region, city)) => Ok(format!(".{city}.{region}")),
            None => Err(ConfigError::UnknownRegion {
                known: REGIONS.iter().map(|(region, _)| *region).collect::<Vec<_>>().join(", "),
            }),
        },
    }
}

fn check_base(base: &Url) -> Result<(), ConfigError> {
    let refuse = |reason| Err(ConfigError::BaseUrl { reason });
    if !matches!(base.scheme(), "http" | "https") {
        return refuse("it must start with http:// or https://");
    }
    if base.host().is_none() {
        return refuse("it has no host");
    }
    if !base.username().is_empty() || base.password().is_some() {
        return refuse("it must not contain a user name or password");
    }
    if base.query().is_some() || base.fragment().is_some() {
        return refuse("it must not have a query or fragment");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::{Credentials, Secret};

    fn config(region: Option<&str>, edge: Option<&str>, base: Option<&str>) -> ClientConfig {
        let account = "AC0123456789abcdef0123456789abcdef".parse().expect("valid");
        ClientConfig {
            region: region.map(str::to_owned),
            edge: edge.map(str::to_owned),
            base_url: base.map(|base| base.parse().expect("valid")),
            ..ClientConfig::new(Credentials::AuthToken {
                account,
                token: Secret::new("token"),
            })
        }
    }

    fn hosts(region: Option<&str>, edge: Option<&str>, base: Option<&str>) -> Hosts {
        Hosts::new(&config(region, edge, base)).expect("valid")
    }

    #[track_caller]
    fn check(region: Option<&str>, edge: Option<&str>, expected: &str) {
        assert_eq!(hosts(region, edge, None).host(Product::Api), expected);
    }

    #[test]
    fn hosts_follow_the_rules_of_2026() {
        check(None, None, "api.twilio.com");
        check(Some(""), Some(" "), "api.twilio.com");
        check(Some("us1"), None, "api.twilio.com");
        check(Some("ie1"), None, "api.dublin.ie1.twilio.com");
        check(Some("au1"), None, "api.sydney.au1.twilio.com");
        check(Some("ie1"), Some("frankfurt"), "api.frankfurt.ie1.twilio.com");
        check(None, Some("frankfurt"), "api.frankfurt.us1.twilio.com");
        check(Some("us1"), Some("ashburn"), "api.ashburn.us1.twilio.com");
        check(Some("zz9"), Some("atlantis"), "api.atlantis.zz9.twilio.com");
    }

    #[test]
    fn upload_hosts_follow_the_same_rules() {
        let host = |region, edge, product| hosts(region, edge, None).host(product);
        assert_eq!(
            host(None, None, Product::ServerlessUpload),
            "serverless-upload.twilio.com"
        );
        assert_eq!(
            host(Some("ie1"), None, Product::NumbersUpload),
            "numbers-upload.dublin.ie1.twilio.com"
        );
        assert_eq!(
            host(None, Some("frankfurt"), Product::ServerlessUpload),
            "serverless-upload.frankfurt.us1.twilio.com"
        );
    }

    #[test]
    fn a_region_without_a_known_city_needs_an_edge() {
        let error = Hosts::new(&config(Some("jp1"), None, None))
            .expect_err("must be refused")
            .to_string();
        assert!(
            error.contains("is not known (known are us1, ie1, au1)") && !error.contains("jp1"),
            "{error}"
        );
    }

    #[test]
    fn labels_cannot_lead_to_another_domain() {
        for bad in ["evil.example/", "a.b", "UPPER", "x@y"] {
            assert!(Hosts::new(&config(Some(bad), Some("x"), None)).is_err(), "{bad}");
            assert!(Hosts::new(&config(None, Some(bad), None)).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_base_url_takes_the_request_and_the_product_keeps_its_name() {
        let hosts = hosts(None, None, Some("http://127.0.0.1:8080/prefix/"));
        let url = hosts
            .url(Product::Verify, "/v2/Services?PageSize=1")
            .expect("an address");
        assert_eq!(url.as_str(), "http://127.0.0.1:8080/prefix/v2/Services?PageSize=1");
        assert_eq!(hosts.host(Product::Verify), "verify.twilio.com");
        assert_eq!(hosts.own_path("/prefix/v2/Services"), "/v2/Services");
        assert_eq!(hosts.own_path("/v2/Services"), "/v2/Services");
        assert!(hosts.is_local() && !hosts.is_exposed());
    }

    #[test]
    fn credentials_in_the_clear_are_noticed_off_this_machine_only() {
        for (base, exposed) in [
            ("http://simulator:8080", true),
            ("https://simulator:8080", false),
            ("http://localhost:8080", false),
            ("http://[::1]:8080", false),
        ] {
            assert_eq!(hosts(None, None, Some(base)).is_exposed(), exposed, "{base}");
        }
    }

    #[test]
    fn a_base_url_with_credentials_or_query_is_refused() {
        for bad in [
            "ftp://x/",
            "http://user@x/",
            "http://:pw@x/",
            "http://x/?a",
            "http://x/#a",
        ] {
            assert!(Hosts::new(&config(None, None, Some(bad))).is_err(), "{bad}");
        }
    }

    #[test]
    fn links_lead_only_to_the_product_or_the_base() {
        let own = |hosts: &Hosts, link: &str| hosts.is_own(Product::Verify, &link.parse().expect("valid"));
        let plain = hosts(Some("ie1"), None, None);
        assert!(own(&plain, "https://verify.dublin.ie1.twilio.com/v2/Services"));
        assert!(own(&plain, "https://verify.twilio.com/v2/Services"));
        assert!(!own(&plain, "https://api.twilio.com/v2/Services"));
        assert!(!own(&plain, "https://verify.twilio.com:8443/v2/Services"));
        assert!(!own(&plain, "https://verify.twilio.com.evil.example/v2/Services"));
        assert!(!own(&plain, "http://127.0.0.1:8080/v2/Services"));
        let detour = hosts(None, None, Some("http://127.0.0.1:8080"));
        assert!(own(&detour, "http://127.0.0.1:8080/v2/Services"));
        assert!(own(&detour, "https://verify.twilio.com/v2/Services"));
        assert!(!own(&detour, "http://127.0.0.1:9090/v2/Services"));
    }
}
