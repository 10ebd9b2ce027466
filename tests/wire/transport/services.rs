//! go-plugin's own services beside the provider's.

use futures::StreamExt as _;
use futures::future::try_join_all;
use terraform_provider_twilio::framework::proto::get_provider_schema;
use terraform_provider_twilio::plugin::proto::ConnInfo;
use terraform_provider_twilio::plugin::proto::grpc_broker_client::GrpcBrokerClient;
use terraform_provider_twilio::plugin::proto::grpc_stdio_client::GrpcStdioClient;
use tonic::codegen::http::uri::PathAndQuery;
use tonic::{Code, Request};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use crate::core_client::{Core, within};

#[tokio::test]
async fn health_says_that_the_plugin_serves() {
    let plugin = Core::new().start().await;
    let mut health = HealthClient::new(plugin.channel().await);
    let mut check = async |service: &str| {
        within(health.check(HealthCheckRequest {
            service: service.to_owned(),
        }))
        .await
    };
    let status = check("plugin").await.expect("an answer").into_inner().status();
    assert_eq!(status, ServingStatus::Serving);
    assert_eq!(
        check("unknown").await.expect_err("no such service").code(),
        Code::NotFound
    );
    plugin.shutdown().await;
}

#[tokio::test]
async fn the_output_stream_is_silent_until_the_end() {
    let plugin = Core::new().start().await;
    let mut stdio = GrpcStdioClient::new(plugin.channel().await);
    let mut output = within(stdio.stream_stdio(())).await.expect("a stream").into_inner();
    let mut provider = plugin.provider().await;
    within(provider.get_provider_schema(get_provider_schema::Request {}))
        .await
        .expect("a schema");
    let next = output.next();
    futures::pin_mut!(next);
    assert!(futures::poll!(&mut next).is_pending());
    let (exit, end) = tokio::join!(plugin.shutdown(), within(next));
    assert!(end.is_none(), "{end:?}");
    assert!(exit.status.success());
}

#[tokio::test]
async fn the_broker_stream_takes_offers_and_stays_until_the_end() {
    let plugin = Core::new().start().await;
    let mut broker = GrpcBrokerClient::new(plugin.channel().await);
    // An offer, and then an input that stays open.
    let offers = futures::stream::iter([ConnInfo {
        service_id: 1,
        ..ConnInfo::default()
    }])
    .chain(futures::stream::pending());
    let mut answers = within(broker.start_stream(offers))
        .await
        .expect("a stream")
        .into_inner();
    let next = answers.next();
    futures::pin_mut!(next);
    assert!(futures::poll!(&mut next).is_pending());
    let (exit, end) = tokio::join!(plugin.shutdown(), within(next));
    assert!(end.is_none(), "{end:?}");
    assert!(exit.status.success());
}

#[tokio::test]
async fn unknown_services_and_calls_are_unimplemented() {
    let plugin = Core::new().start().await;
    for path in [
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "/tfplugin6.Provider/NoSuchCall",
    ] {
        let mut client = tonic::client::Grpc::new(plugin.channel().await);
        within(client.ready()).await.expect("a connection");
        let codec = tonic_prost::ProstCodec::<(), ()>::default();
        let called = client.unary(Request::new(()), PathAndQuery::from_static(path), codec);
        let status = within(called).await.expect_err("nobody is there");
        assert_eq!(status.code(), Code::Unimplemented, "{path}");
    }
    plugin.shutdown().await;
}

#[tokio::test]
async fn sixty_four_calls_at_once_are_all_answered() {
    let plugin = Core::new().start().await;
    let provider = plugin.provider().await;
    let calls = (0..64).map(|_| {
        let mut provider = provider.clone();
        async move { provider.get_provider_schema(get_provider_schema::Request {}).await }
    });
    let answers = within(try_join_all(calls)).await.expect("an answer to each");
    assert!(answers.windows(2).all(|pair| pair[0].get_ref() == pair[1].get_ref()));
    plugin.shutdown().await;
}
