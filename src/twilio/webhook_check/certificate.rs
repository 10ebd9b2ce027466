//! The certificates that a server shows, and whether they are trusted.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use yasna::models::TaggedDerValue;
use yasna::{ASN1Result, BERReader, BERReaderSeq, Tag, parse_der};

use crate::twilio::lenient::printable;

/// Most certificates of a chain that are shown. A chain that anybody trusts has two or three.
const MOST: usize = 10;

/// Most names of a certificate that are shown.
const MOST_NAMES: usize = 100;

/// A certificate as a server shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownCertificate {
    /// Whose it is.
    pub subject: String,
    /// Who vouches for it.
    pub issuer: String,
    /// The hosts that it is for.
    pub names: Vec<String>,
    /// From when on it is valid.
    pub not_before: Option<Timestamp>,
    /// Until when it is valid.
    pub not_after: Option<Timestamp>,
}

impl ShownCertificate {
    /// What a certificate says (RFC 5280, section 4.1). It is only shown: whether it is trusted others decide.
    fn read(der: &[u8]) -> Option<Self> {
        let read = parse_der(der, |certificate| {
            certificate.read_sequence(|parts| {
                let shown = parts.next().read_sequence(to_be_signed)?;
                // What signs it, and the signature.
                parts.next().read_der()?;
                parts.next().read_der()?;
                Ok(shown)
            })
        });
        read.ok()
    }
}

fn to_be_signed(fields: &mut BERReaderSeq<'_, '_>) -> ASN1Result<ShownCertificate> {
    // Version, serial number, algorithm.
    fields.read_optional(|version| version.read_tagged(Tag::context(0), |version| version.read_i64()))?;
    fields.next().read_der()?;
    fields.next().read_der()?;
    let issuer = name(fields.next())?;
    let (not_before, not_after) = fields.next().read_sequence(|dates| {
        let not_before = moment(&dates.next().read_tagged_der()?);
        Ok((not_before, moment(&dates.next().read_tagged_der()?)))
    })?;
    let subject = name(fields.next())?;
    fields.next().read_der()?;
    // Two kinds of identifiers that nobody uses.
    for tag in [1, 2] {
        let unused = |id: BERReader<'_, '_>| id.read_tagged_implicit(Tag::context(tag), |id| id.read_bitvec_bytes());
        fields.read_optional(unused)?;
    }
    let names = fields.read_optional(|list| list.read_tagged(Tag::context(3), alternative_names))?;
    Ok(ShownCertificate {
        subject,
        issuer,
        names: names.unwrap_or_default(),
        not_before,
        not_after,
    })
}

/// The parts of a name that people know something by, as in `O=Example, CN=hooks.example.com`.
fn name(reader: BERReader<'_, '_>) -> ASN1Result<String> {
    let mut parts = Vec::new();
    reader.read_sequence_of(|set| {
        set.read_set_of(|pair| {
            pair.read_sequence(|pair| {
                let kind = pair.next().read_oid()?;
                let value = pair.next().read_tagged_der()?;
                let kind = match kind.components().as_slice() {
                    [2, 5, 4, 3] => "CN",
                    [2, 5, 4, 6] => "C",
                    [2, 5, 4, 7] => "L",
                    [2, 5, 4, 8] => "ST",
                    [2, 5, 4, 10] => "O",
                    [2, 5, 4, 11] => "OU",
                    _ => return Ok(()),
                };
                parts.push(format!("{kind}={}", text(&value)));
                Ok(())
            })
        })
    })?;
    Ok(printable(&parts.join(", ")))
}

/// A text in any of the ways in which certificates have them.
fn text(value: &TaggedDerValue) -> String {
    const BMP: u64 = 30;
    match value.tag().tag_number {
        BMP => {
            let units = value.value().chunks_exact(2);
            let units: Vec<_> = units.map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        _ => String::from_utf8_lossy(value.value()).into_owned(),
    }
}

/// The names of the extension that has them, among all extensions.
fn alternative_names(reader: BERReader<'_, '_>) -> ASN1Result<Vec<String>> {
    let mut names = Vec::new();
    reader.read_sequence_of(|extension| {
        extension.read_sequence(|parts| {
            let kind = parts.next().read_oid()?;
            parts.read_optional(|is_critical| is_critical.read_bool())?;
            let value = parts.next().read_bytes()?;
            if kind.components().as_slice() == [2, 5, 29, 17] {
                names = general_names(&value)?;
            }
            Ok(())
        })
    })?;
    Ok(names)
}

fn general_names(der: &[u8]) -> ASN1Result<Vec<String>> {
    const HOST: u64 = 2;
    const ADDRESS: u64 = 7;
    let mut names = Vec::new();
    parse_der(der, |reader| {
        reader.read_sequence_of(|name| {
            let name = name.read_tagged_der()?;
            let shown = match name.tag().tag_number {
                HOST => Some(printable(&String::from_utf8_lossy(name.value()))),
                ADDRESS => address(name.value()),
                _ => None,
            };
            names.extend(shown.filter(|_| names.len() < MOST_NAMES));
            Ok(())
        })
    })?;
    Ok(names)
}

fn address(bytes: &[u8]) -> Option<String> {
    let v4 = <[u8; 4]>::try_from(bytes).map(|bytes| std::net::Ipv4Addr::from(bytes).to_string());
    let v6 = || <[u8; 16]>::try_from(bytes).map(|bytes| std::net::Ipv6Addr::from(bytes).to_string());
    v4.or_else(|_| v6()).ok()
}

/// `YYMMDDHHMMSSZ`, of 1950 to 2049, or `YYYYMMDDHHMMSSZ` (RFC 5280, section 4.1.2.5).
fn moment(value: &TaggedDerValue) -> Option<Timestamp> {
    const TWO_DIGITS: u64 = 23;
    let text = std::str::from_utf8(value.value()).ok()?.strip_suffix('Z')?;
    let whole = match value.tag().tag_number {
        TWO_DIGITS => {
            let century = if text.get(..2)? < "50" { "20" } else { "19" };
            format!("{century}{text}")
        }
        _ => text.to_owned(),
    };
    if whole.len() != 14 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| whole.get(range)?.parse::<i8>().ok();
    let year = whole.get(..4)?.parse().ok()?;
    let moment = DateTime::new(
        year,
        part(4..6)?,
        part(6..8)?,
        part(8..10)?,
        part(10..12)?,
        part(12..14)?,
        0,
    );
    Some(moment.ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// Looks at what a server shows while another verifier decides. It never admits what that one refuses.
#[derive(Debug)]
pub(super) struct Recorder {
    inner: Arc<dyn ServerCertVerifier>,
    shown: Mutex<Vec<ShownCertificate>>,
}

impl Recorder {
    pub(super) fn new(inner: Arc<dyn ServerCertVerifier>) -> Self {
        Self {
            inner,
            shown: Mutex::default(),
        }
    }

    /// What the server showed, its own certificate first.
    pub(super) fn shown(&self) -> Vec<ShownCertificate> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = std::iter::once(end_entity).chain(intermediates).take(MOST);
        let chain = chain.filter_map(|der| ShownCertificate::read(der)).collect();
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = chain;
        self.inner
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

/// Why a server's certificate is refused, with the code under which Twilio's debugger shows it
/// (<https://www.twilio.com/docs/api/errors>); `None` where the certificate is not why.
pub(super) fn refusal(error: &Error) -> Option<String> {
    use CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet, NotValidYetContext, Revoked,
        UnknownIssuer,
    };
    let Error::InvalidCertificate(reason) = error else {
        return None;
    };
    Some(match reason {
        Expired | ExpiredContext { .. } => "the certificate has expired (Twilio's code for this is 11236)".to_owned(),
        NotValidYet | NotValidYetContext { .. } => {
            "the certificate is not valid yet: compare the server's clock with the certificate's dates".to_owned()
        }
        NotValidForName | NotValidForNameContext { .. } => {
            "the certificate is for other names than the host of the URL (Twilio's code for this is 11235)".to_owned()
        }
        UnknownIssuer => {
            "nobody who is trusted here vouches for the certificate: it is self-signed, or the server does not \
                          show the certificates between its own and the CA's (Twilio's code for this is 11237)"
                .to_owned()
        }
        Revoked => "the certificate is revoked".to_owned(),
        other => format!("the certificate is refused: {other} (Twilio's code for this is 11237)"),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn certificate() -> Vec<u8> {
        let names = ["hooks.example.com", "*.example.com", "192.0.2.7"].map(str::to_owned);
        let mut params = rcgen::CertificateParams::new(names).expect("names");
        params.distinguished_name = rcgen::DistinguishedName::new();
        params
            .distinguished_name
            .push(rcgen::DnType::OrganizationName, "Zoë\u{202e}\u{7}");
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, "hooks.example.com");
        params.not_before = rcgen::date_time_ymd(1999, 12, 31);
        params.not_after = rcgen::date_time_ymd(2051, 2, 3);
        let key = rcgen::KeyPair::generate().expect("a key");
        params.self_signed(&key).expect("a certificate").der().to_vec()
    }

    #[test]
    fn a_certificate_says_whose_it_is_and_until_when_it_is_valid() {
        let shown = ShownCertificate::read(&certificate()).expect("a certificate");
        assert_eq!(shown.subject, "O=Zoë\u{202e}, CN=hooks.example.com");
        assert_eq!(shown.issuer, shown.subject);
        assert_eq!(shown.names, ["hooks.example.com", "*.example.com", "192.0.2.7"]);
        let text = |moment: Option<Timestamp>| moment.expect("a moment").to_string();
        assert_eq!(text(shown.not_before), "1999-12-31T00:00:00Z");
        assert_eq!(
            text(shown.not_after),
            "2051-02-03T00:00:00Z",
            "four digits from 2050 on"
        );
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), cut in 0_usize..900, flip in any::<u8>()) {
            let _ = ShownCertificate::read(&bytes);
            let mut real = certificate();
            let at = cut.min(real.len() - 1);
            real[at] ^= flip;
            let _ = ShownCertificate::read(&real);
            real.truncate(at);
            prop_assert_eq!(ShownCertificate::read(&real), None);
        }
    }
}
