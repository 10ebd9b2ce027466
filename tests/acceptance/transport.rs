//! The way to Twilio from inside a company: through its proxy, trusting its certificate, to the right hosts.
//!
//! Nothing here has a base URL, so hosts are Twilio's own. They are never reached: the proxy answers for them.

use std::collections::BTreeSet;

use xtask::terraform::{Installation, Workspace};

use crate::proxy::Proxy;
use crate::sandbox::{Sandbox, assert_healthy, configure, provider_binary};

/// Objects of two products.
const TWO_PRODUCTS: &str = r#"
    resource "twilio_messaging_service" "alerts" {
      friendly_name = "Alerts"
    }

    resource "twilio_twiml_app" "app" {
      friendly_name = "App"
    }
"#;

/// A folder in which Terraform works behind `proxy`, with the account of the local Twilio.
fn behind(proxy: &Proxy, sandbox: &Sandbox) -> Workspace {
    let mut workspace = Workspace::new(provider_binary(), Installation::Override).expect("a workspace can be made");
    workspace.set_env("TWILIO_ACCOUNT_SID", &sandbox.handle.account_sid);
    workspace.set_env("TWILIO_AUTH_TOKEN", &sandbox.handle.auth_token);
    workspace.set_env("HTTPS_PROXY", &proxy.url);
    workspace.set_env("SSL_CERT_FILE", proxy.authority());
    workspace
}

fn apply(workspace: &Workspace, body: &str) {
    configure(workspace, body);
    let arguments = ["apply", "-auto-approve", "-no-color", "-parallelism=1"];
    let output = workspace.run(&arguments).expect("terraform starts");
    assert_healthy(&output);
    assert_eq!(output.code, 0, "{}", output.text());
}

/// Plans, which must fail with one error. Returns everything Terraform said on one line.
fn plan_fails(workspace: &Workspace, provider: &str) -> String {
    let body = "resource \"twilio_twiml_app\" \"app\" {}";
    configure(workspace, body);
    let path = workspace.path().join("main.tf");
    let text = std::fs::read_to_string(&path).expect("main.tf was written");
    let block = format!("provider \"twilio\" {{\n{provider}\n}}");
    workspace
        .write("main.tf", &text.replacen("provider \"twilio\" {}", &block, 1))
        .expect("main.tf can be written");
    let output = workspace.run(&["plan", "-no-color"]).expect("terraform starts");
    assert_healthy(&output);
    assert_ne!(output.code, 0, "the plan succeeded:\n{}", output.text());
    assert_eq!(output.text().matches("Error: ").count(), 1, "{}", output.text());
    output.unwrapped()
}

fn hosts<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

#[test]
fn twilio_is_reached_through_the_proxy_over_few_connections() {
    let sandbox = Sandbox::new();
    let proxy = Proxy::before(&sandbox.handle.url);
    let workspace = behind(&proxy, &sandbox);
    let many = TWO_PRODUCTS.replace(" {\n", " {\n count = 10\n");
    apply(&workspace, &many);
    assert_eq!(proxy.hosts(), hosts(["api.twilio.com", "messaging.twilio.com"]));
    let requests = sandbox.twilio.requests().expect("the simulator answers").len();
    let tunnels = proxy.asked().len();
    // Planning is one process and applying is another; each has one connection to each host.
    assert!(
        requests > 20 && tunnels <= 4,
        "{tunnels} connections for {requests} requests"
    );

    let agents = proxy.header("User-Agent");
    assert_eq!(agents.len(), requests);
    let agents: BTreeSet<_> = agents.into_iter().collect();
    assert_eq!(agents.len(), 1, "{agents:?}");
    let agent = agents.first().expect("one");
    let before = format!("terraform-provider-twilio/{} (+terraform/", env!("CARGO_PKG_VERSION"));
    let behind = format!("; {}; {})", std::env::consts::OS, std::env::consts::ARCH);
    let named = agent.strip_prefix(&before).and_then(|rest| rest.strip_suffix(&behind));
    let named = named.unwrap_or_else(|| panic!("{agent}"));
    // Which of its versions OpenTofu tells a provider is its own affair.
    if workspace.is_opentofu().expect("the program starts") {
        assert!(named.starts_with(|first: char| first.is_ascii_digit()), "{agent}");
    } else {
        assert_eq!(named, workspace.version().expect("terraform says its version"));
    }
    assert!(
        proxy
            .header("Accept-Encoding")
            .iter()
            .all(|accepted| accepted.contains("gzip"))
    );

    workspace
        .succeed(&["destroy", "-auto-approve", "-no-color"])
        .expect("destroy works");
    sandbox.nothing_is_left();
}

#[test]
fn a_region_is_reached_through_its_own_city() {
    let sandbox = Sandbox::new();
    let proxy = Proxy::before(&sandbox.handle.url);
    let mut workspace = behind(&proxy, &sandbox);
    workspace.set_env("TWILIO_REGION", "ie1");
    workspace.set_env("TWILIO_AUTH_TOKEN", sandbox.handle.auth_token_in("ie1"));
    apply(&workspace, TWO_PRODUCTS);
    let expected = hosts(["api.dublin.ie1.twilio.com", "messaging.dublin.ie1.twilio.com"]);
    assert_eq!(proxy.hosts(), expected);
    let headers: BTreeSet<_> = proxy.header("Host").into_iter().collect();
    assert_eq!(headers, expected);
}

#[test]
fn a_proxy_that_is_not_trusted_is_said_at_once_with_what_to_do() {
    let sandbox = Sandbox::new();
    let proxy = Proxy::before(&sandbox.handle.url);
    let stranger = Proxy::before(&sandbox.handle.url);
    let mut workspace = behind(&proxy, &sandbox);
    // The authority of another company.
    workspace.set_env("SSL_CERT_FILE", stranger.authority());
    let said = plan_fails(&workspace, "");
    assert!(said.contains("certificate") && said.contains("SSL_CERT_FILE"), "{said}");
    assert_eq!(proxy.asked().len(), 1, "it was tried again: {:?}", proxy.asked());
    assert!(sandbox.twilio.requests().expect("the simulator answers").is_empty());
}

#[test]
fn a_certificate_file_that_is_not_there_is_said() {
    let sandbox = Sandbox::new();
    let proxy = Proxy::before(&sandbox.handle.url);
    let mut workspace = behind(&proxy, &sandbox);
    workspace.set_env("SSL_CERT_FILE", "company.pem");
    let said = plan_fails(&workspace, "");
    assert!(
        said.contains("the file company.pem, which SSL_CERT_FILE names, cannot be read"),
        "{said}"
    );
    assert!(proxy.asked().is_empty(), "{:?}", proxy.asked());
}

#[test]
fn a_proxy_may_ask_for_a_password_and_it_is_shown_nowhere() {
    let sandbox = Sandbox::new();
    let proxy = Proxy::before(&sandbox.handle.url);
    let mut workspace = behind(&proxy, &sandbox);
    let with_password = |url: &str| url.replace("http://", "http://porter:open-sesame@");
    workspace.set_env("HTTPS_PROXY", with_password(&proxy.url));
    apply(&workspace, TWO_PRODUCTS);
    assert!(proxy.was_told("porter:open-sesame"));

    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let nobody = format!("http://{}", free.local_addr().expect("bound"));
    drop(free);
    // Where nothing is in the state there is one thing to fail.
    let mut workspace = behind(&proxy, &sandbox);
    workspace.set_env("HTTPS_PROXY", with_password(&nobody));
    workspace.set_env("TF_LOG", "TRACE");
    let said = plan_fails(&workspace, "max_retries = 0");
    assert!(said.contains("Twilio cannot be reached"), "{said}");
    assert!(!said.contains("open-sesame"), "{said}");
}

/// The hosts end in `.invalid`, which no resolver knows, so that going past the proxy leads nowhere on any machine.
#[test]
fn the_variables_decide_what_goes_through_a_proxy() {
    let sandbox = Sandbox::new();
    let proxy = Proxy::before(&sandbox.handle.url);
    let mut workspace = behind(&proxy, &sandbox);
    let at = |scheme: &str| format!("base_url = \"{scheme}://api.twilio.invalid\"\nmax_retries = 0");

    let said = plan_fails(&workspace, &at("https"));
    assert_eq!(proxy.asked(), ["CONNECT api.twilio.invalid:443 HTTP/1.1"]);
    // The proxy is trusted, and speaks for somebody else.
    assert!(
        said.contains("certificate") && !said.contains("SSL_CERT_FILE"),
        "{said}"
    );

    workspace.set_env("NO_PROXY", "localhost,.twilio.invalid");
    let said = plan_fails(&workspace, &at("https"));
    assert_eq!(proxy.asked().len(), 1, "{:?}", proxy.asked());
    assert!(
        said.contains("Twilio cannot be reached") && said.contains("NO_PROXY"),
        "{said}"
    );

    workspace.set_env("NO_PROXY", "");
    workspace.set_env("HTTP_PROXY", &proxy.url);
    plan_fails(&workspace, &at("http"));
    let asked = proxy.asked();
    assert!(
        asked[1].starts_with("GET http://api.twilio.invalid/2010-04-01/Accounts/"),
        "{asked:?}"
    );
}
