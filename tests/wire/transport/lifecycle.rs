//! How the process ends, and what does not end it.

use std::time::{Duration, Instant};

use serde_json::json;
use terraform_provider_twilio::framework::codec::{decode_json, encode_msgpack};
use terraform_provider_twilio::framework::proto::provider_client::ProviderClient;
use terraform_provider_twilio::framework::proto::{
    DynamicValue, configure_provider, get_provider_schema, plan_resource_change, stop_provider,
};
use terraform_provider_twilio::framework::provider::Provider as _;
use terraform_provider_twilio::framework::schema::Schema;
use terraform_provider_twilio::plugin::handshake::{COOKIE_NAME, COOKIE_VALUE};
use terraform_provider_twilio::plugin::proto::Empty;
use terraform_provider_twilio::plugin::proto::grpc_controller_client::GrpcControllerClient;
use terraform_provider_twilio::plugin::proto::grpc_stdio_client::GrpcStdioClient;
use terraform_provider_twilio::provider::TwilioProvider;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;
use tokio::task::JoinHandle;
use tonic::transport::Channel;

use crate::core_client::{Core, Plugin, Process, within};

/// Core waits two seconds and then kills. Far below that, and far above what an idle machine needs.
const PROMPT: Duration = Duration::from_secs(1);

/// On a busy machine anything may take long once, but not each time.
const ATTEMPTS: usize = 10;

/// Far below what a request waits for a response, and far above what a busy machine needs.
const AT_ONCE: Duration = Duration::from_secs(40);

async fn assert_answers(plugin: &Plugin) {
    let mut provider = plugin.provider().await;
    within(provider.get_provider_schema(get_provider_schema::Request {}))
        .await
        .expect("a schema");
}

#[tokio::test]
async fn shutdown_ends_the_process_promptly_though_streams_are_open() {
    let mut took = Vec::new();
    for _ in 0..ATTEMPTS {
        took.push(shut_down_with_a_stream_open().await);
        if took.last().is_some_and(|took| *took < PROMPT) {
            return;
        }
    }
    panic!("it took {took:?}");
}

/// How long it takes.
async fn shut_down_with_a_stream_open() -> Duration {
    let plugin = Core::new().start().await;
    let mut stdio = GrpcStdioClient::new(plugin.channel().await);
    let _output = within(stdio.stream_stdio(())).await.expect("a stream");
    let mut controller = GrpcControllerClient::new(plugin.channel().await);
    let told = Instant::now();
    within(controller.shutdown(Empty {})).await.expect("an answer");
    let exit = plugin.exit().await;
    let took = told.elapsed();
    assert_eq!(exit.status.code(), Some(0));
    assert!(exit.left_nothing());
    took
}

#[tokio::test]
async fn ctrl_c_does_not_end_it() {
    let mut plugin = Core::new().start().await;
    for _ in 0..3 {
        plugin.process().signal("INT").await;
        assert_answers(&plugin).await;
    }
    assert_eq!(plugin.shutdown().await.status.code(), Some(0));
}

#[tokio::test]
async fn sigterm_ends_it_and_removes_the_socket() {
    let mut plugin = Core::new().start().await;
    assert_answers(&plugin).await;
    plugin.process().signal("TERM").await;
    let exit = plugin.exit().await;
    assert_eq!(exit.status.code(), Some(143));
    assert!(exit.left_nothing());
}

/// Somewhere to sign in where nobody answers, and how a provider is told of it.
pub(super) struct Silence(TcpListener);

impl Silence {
    pub(super) async fn start() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.expect("a free port"))
    }

    pub(super) fn told(&self, core: Core) -> Core {
        let address = self.0.local_addr().expect("it is bound");
        core.env("TWILIO_BASE_URL", format!("http://{address}"))
            .env("TWILIO_ACCOUNT_SID", format!("AC{}", "0".repeat(32)))
            .env("TWILIO_AUTH_TOKEN", "0".repeat(32))
    }

    /// Configures the provider, which is done at once, and plans something new with it, which waits for a response from here
    /// once this returns.
    pub(super) async fn plan(
        &self,
        mut provider: ProviderClient<Channel>,
    ) -> (JoinHandle<plan_resource_change::Response>, TcpStream) {
        let own = TwilioProvider::default();
        let request = configure_provider::Request {
            terraform_version: "1.11.4".to_owned(),
            config: Some(encoded(&json!({}), &own.schema())),
            ..Default::default()
        };
        let answer = within(provider.configure_provider(request)).await.expect("an answer");
        assert_eq!(answer.into_inner().diagnostics, []);
        let resources = own.resources();
        let resource = resources
            .iter()
            .find(|resource| resource.type_name() == "twilio_twiml_app");
        let config = Some(encoded(&json!({}), &resource.expect("it is offered").schema()));
        let request = plan_resource_change::Request {
            type_name: "twilio_twiml_app".to_owned(),
            proposed_new_state: config.clone(),
            config,
            ..Default::default()
        };
        let call = tokio::spawn(async move {
            let answer = provider.plan_resource_change(request).await;
            answer.expect("an answer").into_inner()
        });
        let (stream, _) = within(self.0.accept()).await.expect("a connection");
        within(stream.readable()).await.expect("a request");
        (call, stream)
    }
}

fn encoded(config: &serde_json::Value, schema: &Schema) -> DynamicValue {
    let ty = schema.block.value_type();
    let config = decode_json(config, &ty).expect("nothing is required");
    DynamicValue {
        msgpack: encode_msgpack(&config, &ty).expect("it conforms"),
        json: Vec::new(),
    }
}

/// A provider that waits to sign in, and the call that waits for it.
async fn signing_in(core: Core) -> (Plugin, JoinHandle<plan_resource_change::Response>, TcpStream) {
    let silence = Silence::start().await;
    let plugin = silence.told(core).start().await;
    let (call, stream) = silence.plan(plugin.provider().await).await;
    (plugin, call, stream)
}

#[tokio::test]
async fn a_stop_reaches_the_check_of_the_credentials() {
    let (plugin, call, _silent) = signing_in(Core::new()).await;
    let told = Instant::now();
    let mut provider = plugin.provider().await;
    let answer = within(provider.stop_provider(stop_provider::Request {}))
        .await
        .expect("an answer");
    assert_eq!(answer.into_inner().error, "");
    let answer = within(call).await.expect("no panic");
    let took = told.elapsed();
    assert!(took < AT_ONCE, "took {took:?}");
    assert_eq!(
        answer.diagnostics[0].summary,
        "Interrupted before the credentials were checked"
    );
    assert_answers(&plugin).await;
    assert_eq!(plugin.shutdown().await.status.code(), Some(0));
}

#[tokio::test]
async fn sigterm_during_a_call_stops_it_and_ends_the_process_after_its_answer() {
    let (mut plugin, call, _silent) = signing_in(Core::new()).await;
    plugin.process().signal("TERM").await;
    let answer = within(call).await.expect("no panic");
    assert_eq!(
        answer.diagnostics[0].summary,
        "Interrupted before the credentials were checked"
    );
    let exit = plugin.exit().await;
    assert_eq!(exit.status.code(), Some(143));
    assert!(exit.left_nothing());
}

#[tokio::test]
async fn shutdown_after_sigterm_is_a_shutdown() {
    let (mut plugin, call, _silent) = signing_in(Core::new()).await;
    plugin.process().signal("TERM").await;
    within(call).await.expect("no panic");
    // Terraform, which got the signal too, winds up in its own time, and may ask for more until then.
    assert_answers(&plugin).await;
    assert_eq!(plugin.shutdown().await.status.code(), Some(0));
}

#[tokio::test]
async fn standard_input_may_be_closed() {
    let mut process = Core::new().spawn();
    drop(process.take_stdin());
    let plugin = process.handshake().await;
    assert_answers(&plugin).await;
    assert!(plugin.shutdown().await.status.success());
}

#[tokio::test]
async fn standard_input_is_never_read() {
    let mut plugin = Core::new().start().await;
    let mut stdin = plugin.process().take_stdin();
    // More than a pipe holds: it is only ever written in full if somebody reads.
    let writing = tokio::spawn(async move { stdin.write_all(&vec![b'x'; 4 << 20]).await });
    assert_answers(&plugin).await;
    assert!(plugin.shutdown().await.status.success());
    let written = within(writing).await.expect("writing does not panic");
    assert!(written.is_err(), "all of it was read");
}

#[tokio::test]
async fn it_ends_when_the_process_that_started_it_is_killed() {
    let temp = tempfile::tempdir().expect("a temp directory");
    let mut command = Command::new("sh");
    command
        .args(["-c", "\"$0\" & wait", env!("CARGO_BIN_EXE_terraform-provider-twilio")])
        .env("TMPDIR", temp.path())
        .env(COOKIE_NAME, COOKIE_VALUE)
        .env_remove("PLUGIN_CLIENT_CERT");
    let plugin = {
        let process = Process::start(command, temp, None);
        process.handshake().await
    };
    let mut plugin = plugin;
    plugin.process().signal("KILL").await;
    // Standard output ends when the last process that has it ends, and that is the provider.
    let exit = plugin.exit().await;
    assert_eq!(exit.stdout, "");
    assert!(exit.left_nothing());
}
