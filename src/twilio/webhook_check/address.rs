//! Where a URL may lead: a check that anybody can point at any name must not become a way into a private network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use url::{Host, Url};

/// Most addresses of a name that are tried, one after the other.
const MOST_ADDRESSES: usize = 4;

/// The addresses that a URL leads to now. Whoever connects goes to one of these, and does not resolve the name again: it could lead
/// elsewhere by then.
///
/// # Errors
/// Why there is none to connect to.
pub(super) async fn resolve(url: &Url, allow_private: bool) -> Result<Vec<SocketAddr>, String> {
    let port = url.port_or_known_default().unwrap_or_default();
    let mut found: Vec<SocketAddr> = match url.host() {
        Some(Host::Ipv4(address)) => vec![(address, port).into()],
        Some(Host::Ipv6(address)) => vec![(address, port).into()],
        Some(Host::Domain(name)) => match tokio::net::lookup_host((name, port)).await {
            Ok(found) => found.collect(),
            Err(error) => {
                return Err(format!(
                    "the host has no address: {error} (Twilio's code for this is 11210)"
                ));
            }
        },
        None => return Err("the URL has no host".to_owned()),
    };
    if found.is_empty() {
        return Err("the host has no address (Twilio's code for this is 11210)".to_owned());
    }
    // One that is private beside others that are public is a name that changes its mind.
    if let Some(private) = found
        .iter()
        .find(|address| !is_public_address(address.ip()))
        .filter(|_| !allow_private)
    {
        return Err(format!(
            "the host leads to {}, which is no public address: Twilio does not reach it, and nothing was sent. Set allow_private = true \
             to check it all the same",
            private.ip()
        ));
    }
    found.truncate(MOST_ADDRESSES);
    Ok(found)
}

/// Whether an address is one of the public internet.
pub fn is_public_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// By the registry of special addresses (<https://www.iana.org/assignments/iana-ipv4-special-registry>).
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let is_special = match first {
        // This network, private, loopback.
        0 | 10 | 127 => true,
        // Behind the NAT of a carrier.
        100 => (64..128).contains(&second),
        // Azure's channel to its own machines: public by its number, and of each network there by what it is
        // (<https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16>).
        168 => address == Ipv4Addr::new(168, 63, 129, 16),
        // Link-local: metadata services of clouds.
        169 => second == 254,
        172 => (16..32).contains(&second),
        192 => second == 168 || (second == 0 && matches!(third, 0 | 2)) || (second == 88 && third == 99),
        // Benchmarks, documentation.
        198 => matches!(second, 18 | 19) || (second == 51 && third == 100),
        203 => second == 0 && third == 113,
        // Multicast, reserved, broadcast.
        224.. => true,
        _ => false,
    };
    !is_special
}

/// Only `2000::/3` is handed out (<https://www.iana.org/assignments/ipv6-address-space>), and not all of it; what carries an address of
/// the other family is as public as that one.
fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let segments = address.segments();
    let inner = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match segments {
        // NAT64.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_public_v4(inner(high, low)),
        // 6to4.
        [0x2002, high, low, ..] => is_public_v4(inner(high, low)),
        // Protocol assignments, Teredo among them; documentation.
        [0x2001, second, ..] if second < 0x200 => false,
        [0x2001, 0xdb8, ..] => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_internet_reaches_is_public() {
        let is_public = |text: &str| is_public_address(text.parse().expect(text));
        for address in [
            "8.8.8.8",
            "100.63.0.1",
            "168.63.129.17",
            "172.15.0.1",
            "168.63.129.17",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ] {
            assert!(is_public(address), "{address}");
        }
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "127.0.0.1",
            "127.8.8.8",
            "100.64.0.1",
            "100.127.255.255",
            "168.63.129.16",
            "169.254.169.254",
            "168.63.129.16",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "198.19.0.1",
            "198.51.100.1",
            "203.0.113.7",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:a00:1::1",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!is_public(address), "{address}");
        }
    }

    #[tokio::test]
    async fn a_private_address_is_resolved_only_where_that_is_allowed() {
        let resolved = async |url: &str, allowed| resolve(&Url::parse(url).expect("a URL"), allowed).await;
        let refused = resolved("http://169.254.169.254/latest", false)
            .await
            .expect_err("private");
        assert!(
            refused.contains("169.254.169.254") && refused.contains("allow_private"),
            "{refused}"
        );
        assert!(resolved("http://localhost:1/", false).await.is_err());
        let found = resolved("http://[::ffff:10.0.0.1]:81/", true).await.expect("allowed");
        assert_eq!(found[0].port(), 81);
        assert_eq!(
            resolved("https://127.0.0.1/", true).await.expect("allowed")[0].port(),
            443
        );
        let decimal = resolved("http://2130706433/", false).await;
        assert!(decimal.expect_err("127.0.0.1 in other words").contains("127.0.0.1"));
    }
}
