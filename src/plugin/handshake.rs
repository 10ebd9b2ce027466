//! What the host says through the environment, and the one line on standard output that answers it.
//!
//! Both are pure: the environment is passed in and the line is a value, so that tests need no process.

use std::ffi::OsString;
use std::fmt;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::plugin::ServeError;
use crate::plugin::listener::Address;

/// The variable by which Terraform and OpenTofu make themselves known to a plugin.
pub const COOKIE_NAME: &str = "TF_PLUGIN_MAGIC_COOKIE";

/// The value of [`COOKIE_NAME`]. It keeps people from starting plugins by accident and is no secret.
pub const COOKIE_VALUE: &str = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/// The version of go-plugin's own conventions; there has only ever been this one.
const CORE_VERSION: u32 = 1;

/// What a host hands the plugin through its environment.
///
/// `PLUGIN_PROTOCOL_VERSIONS` is not part of it: this program speaks one version, says so, and leaves it to the host to
/// report a mismatch in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostEnvironment {
    started_by_host: bool,
    min_port: Option<OsString>,
    max_port: Option<OsString>,
    /// The host's one-time certificate as PEM. Present, even when empty, means that plaintext is out of the question.
    pub client_certificate: Option<Vec<u8>>,
    /// Where the host wants a Unix socket to be.
    pub socket_dir: Option<PathBuf>,
    /// Name or number of the group that may use a Unix socket.
    pub socket_group: Option<String>,
    /// Whether the host reads a seventh field in the handshake. Older ones are broken by it.
    pub asks_for_multiplexing: bool,
}

impl HostEnvironment {
    /// Reads the environment by `lookup`, which in the running program is [`std::env::var_os`].
    pub fn read(lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        let non_empty = |name: &str| lookup(name).filter(|value| !value.is_empty());
        Self {
            started_by_host: lookup(COOKIE_NAME).is_some_and(|value| value == COOKIE_VALUE),
            min_port: non_empty("PLUGIN_MIN_PORT"),
            max_port: non_empty("PLUGIN_MAX_PORT"),
            client_certificate: lookup("PLUGIN_CLIENT_CERT").map(OsString::into_encoded_bytes),
            socket_dir: non_empty("PLUGIN_UNIX_SOCKET_DIR").map(PathBuf::from),
            socket_group: non_empty("PLUGIN_UNIX_SOCKET_GROUP").map(|value| value.to_string_lossy().into_owned()),
            asks_for_multiplexing: non_empty("PLUGIN_MULTIPLEX_GRPC").is_some(),
        }
    }

    /// Checks that a plugin host, and not a person, started the program.
    ///
    /// # Errors
    /// [`ServeError::NotStartedByHost`] when the cookie is missing or has another value.
    pub fn require_host(&self) -> Result<(), ServeError> {
        if self.started_by_host {
            Ok(())
        } else {
            Err(ServeError::NotStartedByHost)
        }
    }

    /// The TCP ports that the host allows; `0..=0` (any free port) when it does not care.
    ///
    /// # Errors
    /// [`ServeError::PortRange`] when only one end is given, an end is no port, or the range is empty.
    pub fn port_range(&self) -> Result<RangeInclusive<u16>, ServeError> {
        let (min, max) = (self.min_port.as_ref(), self.max_port.as_ref());
        if min.is_none() && max.is_none() {
            return Ok(0..=0);
        }
        let port = |value: Option<&OsString>| -> Option<u16> { value?.to_str()?.parse().ok() };
        match (port(min), port(max)) {
            (Some(min), Some(max)) if min <= max => Ok(min..=max),
            _ => {
                let shown = |value: Option<&OsString>| {
                    value.map_or_else(String::new, |value| value.to_string_lossy().into_owned())
                };
                Err(ServeError::PortRange {
                    min: shown(min),
                    max: shown(max),
                })
            }
        }
    }
}

/// The handshake line, without its newline.
#[derive(Debug, Clone, Copy)]
pub struct Announcement<'a> {
    /// The version of the hosted protocol.
    pub protocol_version: u32,
    /// Where the plugin listens.
    pub address: &'a Address,
    /// The DER of the server's certificate, absent when the connection is in plaintext.
    pub certificate: Option<&'a [u8]>,
    /// Whether to add the field that says that connections are not multiplexed.
    pub asks_for_multiplexing: bool,
}

impl fmt::Display for Announcement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            protocol_version,
            address,
            ..
        } = self;
        let certificate = self
            .certificate
            .map_or_else(String::new, |der| STANDARD_NO_PAD.encode(der));
        write!(
            f,
            "{CORE_VERSION}|{protocol_version}|{}|{address}|grpc|{certificate}",
            address.network()
        )?;
        if self.asks_for_multiplexing {
            f.write_str("|false")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> HostEnvironment {
        HostEnvironment::read(|name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        })
    }

    fn line(address: &Address, certificate: Option<&[u8]>, asks_for_multiplexing: bool) -> String {
        let announcement = Announcement {
            protocol_version: 6,
            address,
            certificate,
            asks_for_multiplexing,
        };
        announcement.to_string()
    }

    fn tcp() -> Address {
        Address::Tcp(([127, 0, 0, 1], 12345).into())
    }

    #[test]
    fn only_the_exact_cookie_is_a_host() {
        assert!(environment(&[(COOKIE_NAME, COOKIE_VALUE)]).require_host().is_ok());
        for variables in [
            &[][..],
            &[(COOKIE_NAME, "")],
            &[(COOKIE_NAME, "d602bf8f")],
            &[("BASIC_PLUGIN", "hello")],
        ] {
            let refused = environment(variables).require_host();
            assert!(matches!(refused, Err(ServeError::NotStartedByHost)));
        }
    }

    #[test]
    fn the_line_has_six_fields_and_the_last_may_be_empty() {
        assert_eq!(line(&tcp(), None, false), "1|6|tcp|127.0.0.1:12345|grpc|");
        let socket = Address::Unix("/tmp/plugin/socket".to_owned());
        assert_eq!(line(&socket, None, false), "1|6|unix|/tmp/plugin/socket|grpc|");
    }

    #[test]
    fn the_certificate_is_base64_without_padding() {
        assert_eq!(
            line(&tcp(), Some(&[0xfb, 0xff, 0xfe, 0x01]), false),
            "1|6|tcp|127.0.0.1:12345|grpc|+//+AQ"
        );
    }

    #[test]
    fn the_seventh_field_appears_only_when_requested() {
        assert!(line(&tcp(), None, true).ends_with("|grpc||false"));
        assert!(environment(&[("PLUGIN_MULTIPLEX_GRPC", "true")]).asks_for_multiplexing);
        assert!(!environment(&[("PLUGIN_MULTIPLEX_GRPC", "")]).asks_for_multiplexing);
        assert!(!environment(&[]).asks_for_multiplexing);
    }

    #[test]
    fn an_empty_certificate_still_rules_out_plaintext() {
        let empty = environment(&[("PLUGIN_CLIENT_CERT", "")]);
        assert_eq!(empty.client_certificate.as_deref(), Some(&b""[..]));
        assert_eq!(environment(&[]).client_certificate, None);
    }

    #[test]
    fn ports_are_a_range_or_the_start_fails() {
        let range = |min, max| environment(&[("PLUGIN_MIN_PORT", min), ("PLUGIN_MAX_PORT", max)]).port_range();
        assert_eq!(range("10000", "25000").ok(), Some(10000..=25000));
        assert_eq!(range("7", "7").ok(), Some(7..=7));
        assert_eq!(environment(&[]).port_range().ok(), Some(0..=0));
        for (min, max) in [
            ("25000", "10000"),
            ("x", "10"),
            ("1", "65536"),
            ("-1", "5"),
            ("5", ""),
            ("", "5"),
        ] {
            assert!(
                matches!(range(min, max), Err(ServeError::PortRange { .. })),
                "{min}..{max}"
            );
        }
    }
}
