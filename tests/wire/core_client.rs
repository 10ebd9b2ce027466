//! Terraform's side of the connection: starts the provider with the environment that core sets, reads the handshake,
//! proves itself by a certificate like core's, and talks gRPC.
//!
//! ```ignore
//! let mut plugin = Core::new().start().await;
//! let mut provider = plugin.provider().await;
//! provider.get_provider_schema(Request {}).await.expect("a schema");
//! plugin.shutdown().await;
//! ```

use std::ffi::OsString;
use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hyper_util::rt::TokioIo;
use rcgen::{BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use tempfile::TempDir;
use terraform_provider_twilio::framework::proto::provider_client::ProviderClient;
use terraform_provider_twilio::plugin::handshake::{COOKIE_NAME, COOKIE_VALUE};
use terraform_provider_twilio::plugin::listener::Io;
use terraform_provider_twilio::plugin::proto::Empty;
use terraform_provider_twilio::plugin::proto::grpc_controller_client::GrpcControllerClient;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::net::{TcpStream, UnixStream};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tonic::transport::{Channel, Endpoint};

/// How long anything may take before the test fails instead of hanging. Generous, since test machines are busy.
const LIMIT: Duration = Duration::from_secs(300);

/// As much as core accepts in one message.
const MAX_MESSAGE_BYTES: usize = 256 << 20;

/// Waits for `future`, and fails the test if it takes too long to be true.
pub async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(LIMIT, future).await.expect("took too long")
}

/// A client certificate with its key.
pub struct Identity {
    key: KeyPair,
    certificate: rcgen::Certificate,
}

impl Identity {
    /// One as Terraform makes it: self-signed ECDSA P-521, marked as a CA, for `localhost`.
    pub fn like_core() -> Self {
        let key = KeyPair::generate_for(&rcgen::PKCS_ECDSA_P521_SHA512).expect("a key");
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).expect("a valid name");
        params.distinguished_name.push(DnType::CommonName, "localhost");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth, ExtendedKeyUsagePurpose::ServerAuth];
        let certificate = params.self_signed(&key).expect("a certificate");
        Self { key, certificate }
    }

    /// What goes into `PLUGIN_CLIENT_CERT`.
    pub fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// What a thief of the certificate, who does not have its key, could show.
    pub fn copy_of_certificate_with_key_of(&self, thief: Identity) -> Self {
        Self {
            key: thief.key,
            certificate: self.certificate.clone(),
        }
    }
}

/// How the provider is to be started.
pub struct Core {
    program: OsString,
    identity: Option<Identity>,
    arguments: Vec<OsString>,
    variables: Vec<(OsString, Option<OsString>)>,
}

impl Core {
    /// As Terraform starts it: with mutual TLS.
    pub fn new() -> Self {
        Self {
            program: env!("CARGO_BIN_EXE_terraform-provider-twilio").into(),
            identity: Some(Identity::like_core()),
            arguments: Vec::new(),
            variables: Vec::new(),
        }
    }

    /// As Terraform starts it when the user disables TLS.
    pub fn plaintext() -> Self {
        Self {
            identity: None,
            ..Self::new()
        }
    }

    /// Gives core this certificate.
    pub fn identity(mut self, identity: Identity) -> Self {
        self.identity = Some(identity);
        self
    }

    /// Starts another program than the provider that was built here.
    #[allow(dead_code, reason = "the figures start one that no test does")]
    pub fn program(mut self, program: impl Into<OsString>) -> Self {
        self.program = program.into();
        self
    }

    /// Adds an argument.
    pub fn arg(mut self, argument: &str) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Sets a variable.
    pub fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.variables.push((name.into(), Some(value.into())));
        self
    }

    /// Unsets a variable that core sets.
    pub fn without(mut self, name: &str) -> Self {
        self.variables.push((name.into(), None));
        self
    }

    /// Starts the process, without waiting for anything.
    pub fn spawn(self) -> Process {
        let temp = tempfile::Builder::new()
            .prefix("tw")
            .tempdir()
            .expect("a temp directory");
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .env_clear()
            .env("TMPDIR", temp.path())
            .env(COOKIE_NAME, COOKIE_VALUE)
            .env("PLUGIN_PROTOCOL_VERSIONS", "5,6")
            .env("PLUGIN_MIN_PORT", "10000")
            .env("PLUGIN_MAX_PORT", "25000");
        if let Some(identity) = &self.identity {
            command.env("PLUGIN_CLIENT_CERT", identity.pem());
        }
        for (name, value) in &self.variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        Process::start(command, temp, self.identity)
    }

    /// Starts the process and reads its handshake.
    pub async fn start(self) -> Plugin {
        self.spawn().handshake().await
    }
}

/// A started process that may not have said anything yet.
pub struct Process {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    stderr: JoinHandle<String>,
    identity: Option<Identity>,
    temp: TempDir,
}

/// How a process ended.
pub struct Exit {
    /// Its exit status.
    pub status: ExitStatus,
    /// What it wrote to standard output after what was already read.
    pub stdout: String,
    /// All that it wrote to standard error.
    pub stderr: String,
    /// The temp directory that it had, to see what it left behind.
    pub temp: TempDir,
}

impl Exit {
    /// Whether nothing is left in the temp directory.
    pub fn left_nothing(&self) -> bool {
        self.temp
            .path()
            .read_dir()
            .expect("the temp directory")
            .next()
            .is_none()
    }
}

impl Process {
    /// Starts `command`, whose temp directory is `temp`, with all three standard streams piped.
    pub fn start(mut command: Command, temp: TempDir, identity: Option<Identity>) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the binary starts");
        let mut stderr = child.stderr.take().expect("stderr is piped");
        let stderr = tokio::spawn(async move {
            let mut text = String::new();
            stderr.read_to_string(&mut text).await.expect("stderr is UTF-8");
            text
        });
        let stdin = child.stdin.take();
        let stdout = BufReader::new(child.stdout.take().expect("stdout is piped"));
        Self {
            child,
            stdin,
            stdout,
            stderr,
            identity,
            temp,
        }
    }

    /// Takes standard input, which otherwise stays open and silent. Dropping it closes it.
    pub fn take_stdin(&mut self) -> ChildStdin {
        self.stdin.take().expect("stdin was not taken before")
    }

    /// The next line of standard output, without its newline; `None` at the end.
    pub async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        within(self.stdout.read_line(&mut line)).await.expect("stdout is UTF-8");
        line.strip_suffix('\n').map(ToOwned::to_owned)
    }

    /// Reads the handshake.
    pub async fn handshake(mut self) -> Plugin {
        let Some(line) = self.line().await else {
            let exit = self.exit().await;
            panic!("no handshake; {}; stderr: {}", exit.status, exit.stderr);
        };
        Plugin {
            handshake: Handshake::parse(&line),
            process: self,
        }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id().expect("the process still runs")
    }

    /// Sends a signal by its name without `SIG`.
    pub async fn signal(&self, name: &str) {
        let id = self.id().to_string();
        let sent = Command::new("kill")
            .args(["-s", name, &id])
            .status()
            .await
            .expect("kill starts");
        assert!(sent.success());
    }

    /// Waits for the process to end.
    pub async fn exit(mut self) -> Exit {
        let status = within(self.child.wait()).await.expect("a child's status can be read");
        let mut stdout = String::new();
        within(self.stdout.read_to_string(&mut stdout))
            .await
            .expect("stdout is UTF-8");
        let stderr = within(self.stderr).await.expect("reading does not panic");
        Exit {
            status,
            stdout,
            stderr,
            temp: self.temp,
        }
    }
}

/// The fields of a handshake line.
#[derive(Debug, Clone)]
pub struct Handshake {
    /// The whole line.
    pub line: String,
    /// The fields, split at `|`.
    pub fields: Vec<String>,
}

impl Handshake {
    fn parse(line: &str) -> Self {
        let fields: Vec<String> = line.split('|').map(ToOwned::to_owned).collect();
        assert!(fields.len() >= 6, "{line:?} has too few fields");
        Self {
            line: line.to_owned(),
            fields,
        }
    }

    /// Where to connect.
    pub fn address(&self) -> Address {
        match self.fields[2].as_str() {
            "unix" => Address::Unix(self.fields[3].clone().into()),
            "tcp" => Address::Tcp(self.fields[3].parse().expect("an address")),
            other => panic!("{other} is no network"),
        }
    }

    /// The server's certificate, if there is one.
    pub fn certificate(&self) -> Option<CertificateDer<'static>> {
        let encoded = Some(&self.fields[5]).filter(|field| !field.is_empty())?;
        Some(STANDARD_NO_PAD.decode(encoded).expect("base64 without padding").into())
    }
}

/// Where a plugin listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A Unix socket.
    Unix(PathBuf),
    /// A port.
    Tcp(std::net::SocketAddr),
}

impl Address {
    /// Connects, without TLS.
    pub async fn connect(&self) -> io::Result<Box<dyn Io>> {
        Ok(match self {
            Self::Unix(path) => Box::new(UnixStream::connect(path).await?),
            Self::Tcp(address) => Box::new(TcpStream::connect(address).await?),
        })
    }

    /// Opens a gRPC channel, without TLS.
    pub async fn channel(&self) -> Channel {
        let address = self.clone();
        channel(move || {
            let address = address.clone();
            async move { address.connect().await }
        })
        .await
        .expect("a channel")
    }

    /// The socket's path.
    pub fn path(&self) -> &Path {
        match self {
            Self::Unix(path) => path,
            Self::Tcp(address) => panic!("{address} is no socket"),
        }
    }
}

/// A provider that has told where it listens.
pub struct Plugin {
    /// What it said.
    pub handshake: Handshake,
    process: Process,
}

impl Plugin {
    /// Its process.
    pub fn process(&mut self) -> &mut Process {
        &mut self.process
    }

    /// The certificate that the process was told to trust.
    pub fn identity(&self) -> Option<&Identity> {
        self.process.identity.as_ref()
    }

    /// Connects with TLS by `config`.
    pub async fn connect_tls(&self, config: ClientConfig) -> io::Result<TlsStream<Box<dyn Io>>> {
        let io = self.handshake.address().connect().await?;
        let name = ServerName::try_from("localhost").expect("a valid name");
        TlsConnector::from(Arc::new(config)).connect(name, io).await
    }

    /// What core's TLS does: trusts exactly the certificate of the handshake, and shows `identity` if there is one.
    pub fn client_config(
        &self,
        identity: Option<&Identity>,
        versions: &[&'static SupportedProtocolVersion],
    ) -> ClientConfig {
        let mut roots = RootCertStore::empty();
        roots
            .add(self.handshake.certificate().expect("a certificate in the handshake"))
            .expect("a usable certificate");
        let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_protocol_versions(versions)
            .expect("versions that the provider knows")
            .with_root_certificates(roots);
        let mut config = match identity {
            None => builder.with_no_client_auth(),
            Some(identity) => {
                // Not `with_client_auth_cert`, which would notice a key that does not fit.
                let key = PrivatePkcs8KeyDer::from(identity.key.serialize_der());
                let key = aws_lc_rs::sign::any_ecdsa_type(&key.into()).expect("an ECDSA key");
                let certified = rustls::sign::CertifiedKey::new(vec![identity.certificate.der().clone()], key);
                builder.with_client_cert_resolver(Arc::new(rustls::sign::SingleCertAndKey::from(certified)))
            }
        };
        config.alpn_protocols = vec![b"h2".to_vec()];
        config
    }

    /// Opens a channel as core does: with mutual TLS if it was started so, else in plaintext.
    pub async fn channel(&self) -> Channel {
        let Some(identity) = self.identity() else {
            return self.handshake.address().channel().await;
        };
        let config = self.client_config(Some(identity), rustls::DEFAULT_VERSIONS);
        let connector = TlsConnector::from(Arc::new(config));
        let address = self.handshake.address();
        channel(move || {
            let (connector, address) = (connector.clone(), address.clone());
            async move {
                let name = ServerName::try_from("localhost").expect("a valid name");
                let stream = connector.connect(name, address.connect().await?).await?;
                Ok(Box::new(stream) as Box<dyn Io>)
            }
        })
        .await
        .expect("a channel")
    }

    /// The provider service on a new channel, with core's message limits.
    pub async fn provider(&self) -> ProviderClient<Channel> {
        ProviderClient::new(self.channel().await)
            .max_decoding_message_size(MAX_MESSAGE_BYTES)
            .max_encoding_message_size(MAX_MESSAGE_BYTES)
    }

    /// Tells the plugin to shut down, as core does at the end, and waits until it is gone.
    pub async fn shutdown(self) -> Exit {
        let mut controller = GrpcControllerClient::new(self.channel().await);
        within(controller.shutdown(Empty {}))
            .await
            .expect("an answer to Shutdown");
        self.process.exit().await
    }

    /// Waits until the process is gone.
    pub async fn exit(self) -> Exit {
        self.process.exit().await
    }
}

/// A channel over connections that `connect` makes.
async fn channel<C, F>(connect: C) -> Result<Channel, tonic::transport::Error>
where
    C: Fn() -> F + Send + Sync + 'static,
    F: Future<Output = io::Result<Box<dyn Io>>> + Send + 'static,
{
    let connector = tower::service_fn(move |_: http::Uri| {
        let io = connect();
        async move { io.await.map(TokioIo::new) }
    });
    within(Endpoint::from_static("http://localhost").connect_with_connector(connector)).await
}
