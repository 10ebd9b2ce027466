//! Whose certificates the client trusts: the platform's, and those that `SSL_CERT_FILE` and `SSL_CERT_DIR` name.
//!
//! Elsewhere these variables do other things. On Linux the library that reads the platform's certificates takes what they
//! name *instead*: who names the certificate of a company's proxy then trusts that proxy and nobody else. On macOS and
//! Windows the platform decides, and has never heard of them. Here they add, on every system.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs, io};

use reqwest::{Certificate, ClientBuilder};
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;

/// Names the file.
const FILE: &str = "SSL_CERT_FILE";

/// Names the folders, separated as in `PATH`.
const FOLDERS: &str = "SSL_CERT_DIR";

/// Where systems without a certificate store of their own keep a file with all certificates they trust.
const BUNDLES: &[&str] = &[
    // Debian, Ubuntu, Arch, Gentoo, NixOS.
    "/etc/ssl/certs/ca-certificates.crt",
    // Fedora, RHEL, Amazon Linux.
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    // openSUSE.
    "/var/lib/ca-certificates/ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    // OpenELEC.
    "/etc/pki/tls/cacert.pem",
    // Alpine, FreeBSD, OpenBSD.
    "/etc/ssl/cert.pem",
    "/usr/local/etc/ssl/cert.pem",
    "/usr/local/share/certs/ca-root-nss.crt",
    // NetBSD.
    "/etc/openssl/certs/ca-certificates.crt",
];

/// Where they keep one file for each certificate, for those that have no file with all.
const STORES: &[&str] = &["/etc/ssl/certs", "/etc/pki/tls/certs", "/etc/openssl/certs"];

/// Whether this system is one where the variables take the place of the platform's certificates.
const REPLACES: bool = cfg!(all(unix, not(target_vendor = "apple"), not(target_os = "android")));

/// Whom to trust beside the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    file: Option<PathBuf>,
    folders: Vec<PathBuf>,
    /// Whether either variable is there, even if it is empty.
    is_set: bool,
    /// Where the platform may have a file with all its certificates, in this order.
    pub(super) bundles: Vec<PathBuf>,
}

impl Default for Trust {
    /// The platform alone.
    fn default() -> Self {
        Self {
            file: None,
            folders: Vec::new(),
            is_set: false,
            bundles: BUNDLES.iter().map(PathBuf::from).collect(),
        }
    }
}

impl Trust {
    /// What `SSL_CERT_FILE` and `SSL_CERT_DIR` name; `variable` reads one. Empty is as good as absent. Reads no file.
    pub fn from_environment(variable: &dyn Fn(&str) -> Option<OsString>) -> Self {
        let (file, folders) = (variable(FILE), variable(FOLDERS));
        Self {
            is_set: file.is_some() || folders.is_some(),
            file: file.filter(|file| !file.is_empty()).map(PathBuf::from),
            folders: folders.map_or(Vec::new(), |folders| {
                let folders = env::split_paths(&folders);
                folders.filter(|folder| !folder.as_os_str().is_empty()).collect()
            }),
            ..Self::default()
        }
    }

    /// Makes an HTTP client trust them.
    ///
    /// # Errors
    /// A sentence about the file or folder that a variable names, when it cannot be read, and when the file has no
    /// certificate: whoever named it counts on it.
    pub(super) fn extend(&self, client: ClientBuilder) -> Result<ClientBuilder, String> {
        if !self.is_set {
            return Ok(client);
        }
        let mut found = self.named()?;
        if REPLACES {
            self.find_platform(&mut found);
            let certificates = found.for_client()?;
            if certificates.is_empty() {
                return Err(none_at_all());
            }
            Ok(client.tls_certs_only(certificates))
        } else {
            Ok(client.tls_certs_merge(found.for_client()?))
        }
    }

    /// What tells whether a server's certificate is trusted, for connections that are no requests to Twilio.
    ///
    /// # Errors
    /// As [`Trust::extend`]; also where the platform has no certificates.
    pub(super) fn verifier(&self) -> Result<Arc<dyn ServerCertVerifier>, String> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut found = self.named()?;
        if self.is_set && REPLACES {
            self.find_platform(&mut found);
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(found.certificates);
            if roots.is_empty() {
                return Err(none_at_all());
            }
            let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
            let verifier = verifier.map_err(|error| error.to_string())?;
            return Ok(verifier);
        }
        let verifier = Verifier::new_with_extra_roots(found.certificates, provider);
        Ok(Arc::new(verifier.map_err(|error| error.to_string())?))
    }

    /// The certificates that the variables name.
    fn named(&self) -> Result<Found, String> {
        let mut found = Found::default();
        if let Some(file) = &self.file {
            let named = format!("the file {}, which {FILE} names,", file.display());
            match found.read(file) {
                Ok(0) => return Err(format!("{named} has no certificate in PEM form")),
                Ok(_) => {}
                Err(error) => return Err(format!("{named} cannot be read: {error}")),
            }
        }
        for folder in &self.folders {
            found.read_all(folder).map_err(|error| {
                format!(
                    "the folder {}, which {FOLDERS} names, cannot be read: {error}",
                    folder.display()
                )
            })?;
        }
        Ok(found)
    }

    /// Adds the platform's certificates: all that there are in the first of the usual places that has any.
    fn find_platform(&self, found: &mut Found) {
        // Those that are missing are those of other systems.
        let has_some = |read: io::Result<usize>| read.is_ok_and(|count| count > 0);
        let in_one_file = self.bundles.iter().any(|file| has_some(found.read(file)));
        if !in_one_file {
            let _ = STORES.iter().any(|folder| has_some(found.read_all(Path::new(folder))));
        }
    }
}

fn none_at_all() -> String {
    format!("there are no certificates on this system; {FILE} can name a file with some")
}

/// Certificates that were found, and where.
#[derive(Default)]
struct Found {
    certificates: Vec<CertificateDer<'static>>,
    /// How many each file had. Folders of certificates have two names for each, and a bundle of them all beside.
    files: HashMap<PathBuf, usize>,
}

impl Found {
    /// Takes the certificates in a file, and says how many it has. What else is in it is skipped, and so is a certificate
    /// that nobody could trust.
    fn read(&mut self, file: &Path) -> io::Result<usize> {
        let file = fs::canonicalize(file)?;
        if let Some(count) = self.files.get(&file) {
            return Ok(*count);
        }
        let text = fs::read(&file)?;
        let before = self.certificates.len();
        for certificate in CertificateDer::pem_slice_iter(&text) {
            match certificate {
                Ok(certificate) if RootCertStore::empty().add(certificate.clone()).is_ok() => {
                    self.certificates.push(certificate);
                }
                Ok(_) | Err(_) => {
                    tracing::warn!(file = %file.display(), "a certificate is damaged or unusable, and is not trusted");
                }
            }
        }
        let count = self.certificates.len() - before;
        self.files.insert(file, count);
        Ok(count)
    }

    /// As [`Found::read`], for all files of a folder. One that cannot be read is passed over: a folder may have files that
    /// are no certificates.
    fn read_all(&mut self, folder: &Path) -> io::Result<usize> {
        let files = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
        let files = files.filter(|path| path.is_file());
        Ok(files.filter_map(|file| self.read(&file).ok()).sum())
    }

    fn for_client(self) -> Result<Vec<Certificate>, String> {
        let certificates = self
            .certificates
            .iter()
            .map(|certificate| Certificate::from_der(certificate));
        certificates
            .collect::<Result<_, _>>()
            .map_err(|error| error.to_string())
    }
}
