//! Flex: what a flow needs, and the chat channels that it opens.

use crate::support::{Client, simulator};

const FLEX: &str = "flex-api.twilio.com";
const CHAT: &str = "chat.twilio.com";

async fn chat_service(client: &Client) -> String {
    let made = client.post(CHAT, "/v2/Services", &[("FriendlyName", "s")]).await;
    made.text("sid").to_owned()
}

/// The contract's texts on `Integration.FlowSid`, `.Url`, `.WorkspaceSid` and `.WorkflowSid`: each is required with its type.
#[tokio::test]
async fn a_flow_says_what_it_is_integrated_with() {
    let (_handle, client) = simulator().await;
    let service = chat_service(&client).await;
    let (flow, workspace, workflow) = (
        format!("FW{:032x}", 1),
        format!("WS{:032x}", 1),
        format!("WW{:032x}", 1),
    );
    let (space, way) = (
        ("Integration.WorkspaceSid", &*workspace),
        ("Integration.WorkflowSid", &*workflow),
    );
    let url = ("Integration.Url", "https://example.com");
    for (kind, integration, is_taken) in [
        ("studio", vec![], false),
        ("studio", vec![url], false),
        ("studio", vec![("Integration.FlowSid", &*flow)], true),
        ("external", vec![], false),
        ("external", vec![url], true),
        ("task", vec![], false),
        ("task", vec![space], false),
        ("task", vec![way], false),
        ("task", vec![space, way], true),
    ] {
        let mut form = vec![
            ("FriendlyName", "f"),
            ("ChatServiceSid", &*service),
            ("ChannelType", "web"),
            ("IntegrationType", kind),
        ];
        form.extend(&integration);
        let wanted = if is_taken { (201, 0) } else { (400, 20001) };
        let answer = client.post(FLEX, "/v1/FlexFlows", &form).await;
        assert_eq!(answer.refusal(), wanted, "{kind} {integration:?}");
    }
}

/// <https://www.twilio.com/docs/flex/developer/messaging/chat-channel>, and the acceptance tests of
/// <https://github.com/RJPearson94/terraform-provider-twilio> (flex_channel), which saw a user and no task.
/// <https://www.twilio.com/docs/api/errors/45205>
#[tokio::test]
async fn a_channel_of_a_flow_is_one_of_its_chat_service_with_a_user_in_it() {
    let (_handle, client) = simulator().await;
    let service = chat_service(&client).await;
    let form = [
        ("FriendlyName", "f"),
        ("ChatServiceSid", &*service),
        ("ChannelType", "web"),
        ("IntegrationType", "external"),
        ("Integration.Url", "https://example.com"),
    ];
    let flow = client.post(FLEX, "/v1/FlexFlows", &form).await;
    let flow = flow.text("sid");
    let nobodys = format!("FO{:032x}", 1);
    for (path, name, identity) in [
        ("/v1/Channels", "ChatUserFriendlyName", "ada"),
        ("/v1/WebChannels", "CustomerFriendlyName", "bob"),
    ] {
        let form = |flow| {
            [
                ("FlexFlowSid", flow),
                ("Identity", identity),
                (name, "Somebody"),
                ("ChatFriendlyName", "Help"),
            ]
        };
        let refused = client.post(FLEX, path, &form(&nobodys)).await;
        assert_eq!(refused.refusal(), (404, 45205), "{path}");
        let made = client.post(FLEX, path, &form(flow)).await.ok();
        let sid = made["sid"].as_str().expect("a SID");
        let channel = format!("/v2/Services/{service}/Channels/{sid}");
        assert_eq!(client.get(CHAT, &channel).await.ok()["friendly_name"], "Help");
        let members = client.get(CHAT, &format!("{channel}/Members")).await.ok();
        assert_eq!(members["members"][0]["identity"], identity);
        let user = client
            .get(CHAT, &format!("/v2/Services/{service}/Users/{identity}"))
            .await
            .ok();
        if path == "/v1/Channels" {
            assert_eq!(made["user_sid"], user["sid"]);
            assert!(made["task_sid"].is_null(), "{made}");
        }
        let one = format!("{path}/{sid}");
        assert_eq!(client.get(FLEX, &one).await.ok()["flex_flow_sid"], flow);
        assert_eq!(client.delete(FLEX, &one).await.status, 204);
        assert_eq!(client.get(FLEX, &one).await.refusal(), (404, 20404));
    }
}
