//! Mutual TLS between Terraform and the plugin ("AutoMTLS").
//!
//! Terraform makes a certificate for each plugin process and hands it over in the environment; the plugin makes one and
//! hands it over in the handshake. Each side then trusts exactly the other's certificate. Without the client's half, any
//! process that reaches the socket could drive a provider that holds credentials, so it is never optional here.
//!
//! Two things are as they are because of Terraform's certificate, a self-signed ECDSA P-521 leaf marked as a CA: the
//! cryptography comes from aws-lc-rs, since ring has no P-521, and the verifier is our own, since the usual one refuses a
//! CA as an end entity.

use std::sync::Arc;

use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256,
};
use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, aws_lc_rs};
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{NoServerSessionStorage, ParsedCertificate};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName as RawName, ServerConfig, SignatureScheme};

/// The name that Terraform expects in the server's certificate, whatever the address.
const SERVER_NAME: &str = "localhost";

/// Why a connection could not be secured.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TlsError {
    /// `PLUGIN_CLIENT_CERT` holds no PEM certificate.
    #[error("PLUGIN_CLIENT_CERT is not a certificate in PEM form")]
    NotPem(#[source] pem::Error),

    /// `PLUGIN_CLIENT_CERT` holds more than the one certificate to trust.
    #[error("PLUGIN_CLIENT_CERT holds {0} certificates instead of one")]
    NotOne(usize),

    /// The PEM holds something that is no X.509 certificate, or the cryptography refused to work.
    #[error("the certificate cannot be used")]
    Rejected(#[from] rustls::Error),

    /// The server's own key or certificate could not be made.
    #[error("cannot make the server's certificate")]
    Generate(#[from] rcgen::Error),
}

/// The server's half of a connection: a configuration that admits one client, and the certificate to announce.
#[derive(Debug, Clone)]
pub(crate) struct ServerTls {
    /// For [`tokio_rustls::TlsAcceptor`].
    pub config: Arc<ServerConfig>,
    /// The DER that goes into the handshake line.
    pub certificate: CertificateDer<'static>,
}

impl ServerTls {
    /// Makes a new key and certificate, and admits only the holder of the key to `client_pem`. Neither touches a disk.
    ///
    /// # Errors
    /// When `client_pem` is not exactly one certificate, or when key generation fails.
    pub(crate) fn admitting(client_pem: &[u8]) -> Result<Self, TlsError> {
        let client = parse_client_certificate(client_pem)?;
        let provider = Arc::new(aws_lc_rs::default_provider());
        let (certificate, key) = self_signed()?;
        let verifier = PinnedClient::new(client, &provider);
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_client_cert_verifier(Arc::new(verifier))
            .with_single_cert(vec![certificate.clone()], key.into())?;
        // Terraform 1.12 and later insist on it.
        config.alpn_protocols = vec![b"h2".to_vec()];
        // One client, one connection: nothing to resume, and each connection proves itself afresh.
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(Self {
            config: Arc::new(config),
            certificate,
        })
    }
}

fn parse_client_certificate(pem: &[u8]) -> Result<CertificateDer<'static>, TlsError> {
    let mut certificates = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<Vec<_>, _>>()
        .map_err(TlsError::NotPem)?;
    let certificate = match (certificates.pop(), certificates.len()) {
        (None, _) => return Err(TlsError::NotPem(pem::Error::NoItemsFound)),
        (Some(certificate), 0) => certificate,
        (Some(_), others) => return Err(TlsError::NotOne(others + 1)),
    };
    // Fail now and with a reason, rather than at the first connection.
    ParsedCertificate::try_from(&certificate)?;
    Ok(certificate)
}

/// P-256 because a key takes well under a millisecond; every Terraform accepts it. The dates are rcgen's widest, as the
/// certificate lives as long as the process and is trusted by its bytes, so that a wrong clock does no harm.
fn self_signed() -> Result<(CertificateDer<'static>, PrivatePkcs8KeyDer<'static>), TlsError> {
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
    let mut params = CertificateParams::new(vec![SERVER_NAME.to_owned()])?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, SERVER_NAME);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let certificate = params.self_signed(&key)?.der().clone();
    Ok((certificate, PrivatePkcs8KeyDer::from(key.serialize_der())))
}

/// Admits the client whose certificate is, byte for byte, the one that was announced, and that proves to hold its key.
/// Issuer, dates and usages are not looked at: they would say nothing that identity does not.
#[derive(Debug)]
struct PinnedClient {
    certificate: CertificateDer<'static>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl PinnedClient {
    fn new(certificate: CertificateDer<'static>, provider: &CryptoProvider) -> Self {
        Self {
            certificate,
            algorithms: provider.signature_verification_algorithms,
        }
    }
}

impl ClientCertVerifier for PinnedClient {
    /// Go picks its certificate by these hints, and the one it has is its own issuer: an empty list lets it send it.
    fn root_hint_subjects(&self) -> &[RawName] {
        &[]
    }

    fn client_auth_mandatory(&self) -> bool {
        true
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        if end_entity.as_ref() == self.certificate.as_ref() {
            Ok(ClientCertVerified::assertion())
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(message, certificate, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(message, certificate, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{BasicConstraints, IsCa, PKCS_ECDSA_P521_SHA512};

    fn core_certificate() -> rcgen::Certificate {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P521_SHA512).expect("a key");
        let mut params = CertificateParams::new(vec![SERVER_NAME.to_owned()]).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.self_signed(&key).expect("a certificate")
    }

    fn verifier(pinned: &rcgen::Certificate) -> PinnedClient {
        PinnedClient::new(pinned.der().clone(), &aws_lc_rs::default_provider())
    }

    #[test]
    fn only_the_pinned_certificate_is_admitted() {
        let (ours, other) = (core_certificate(), core_certificate());
        let verify = |shown: &rcgen::Certificate| verifier(&ours).verify_client_cert(shown.der(), &[], UnixTime::now());
        assert!(verify(&ours).is_ok());
        assert!(verify(&other).is_err());
    }

    #[test]
    fn the_pinned_certificate_as_an_intermediate_admits_nobody() {
        let (ours, other) = (core_certificate(), core_certificate());
        let refused = verifier(&ours).verify_client_cert(other.der(), &[ours.der().clone()], UnixTime::now());
        assert!(refused.is_err());
    }

    #[test]
    fn a_client_certificate_is_mandatory_and_p521_is_offered() {
        let verifier = verifier(&core_certificate());
        assert!(verifier.offer_client_auth() && verifier.client_auth_mandatory());
        assert!(
            verifier
                .supported_verify_schemes()
                .contains(&SignatureScheme::ECDSA_NISTP521_SHA512)
        );
    }

    #[test]
    fn anything_but_one_certificate_is_an_error() {
        let pem = core_certificate().pem();
        assert!(ServerTls::admitting(pem.as_bytes()).is_ok());
        assert!(matches!(
            ServerTls::admitting(format!("{pem}{}", core_certificate().pem()).as_bytes()),
            Err(TlsError::NotOne(2))
        ));
        let no_certificate = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n".to_owned();
        let broken_base64 = "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n".to_owned();
        let cut = pem[..pem.len() / 2].to_owned();
        let key = KeyPair::generate().expect("a key").serialize_pem();
        for garbage in [
            String::new(),
            "garbage".to_owned(),
            no_certificate,
            broken_base64,
            cut,
            key,
        ] {
            assert!(
                ServerTls::admitting(garbage.as_bytes()).is_err(),
                "{garbage:?} was accepted"
            );
        }
    }

    #[test]
    fn each_start_has_a_certificate_of_its_own() {
        let pem = core_certificate().pem();
        let one = ServerTls::admitting(pem.as_bytes()).expect("a configuration");
        let two = ServerTls::admitting(pem.as_bytes()).expect("a configuration");
        assert_ne!(one.certificate, two.certificate);
        assert_eq!(one.config.alpn_protocols, [b"h2".to_vec()]);
    }
}
