//! The control endpoints of the local Twilio: what it was asked, what it holds, and changes behind Terraform's back.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use serde_json::Value as Json;

/// Speaks to the control endpoints of a running simulator.
pub struct Control {
    url: String,
    client: reqwest::Client,
    runtime: tokio::runtime::Runtime,
}

impl Control {
    /// For the simulator at `url`.
    ///
    /// # Errors
    /// When no runtime can be made.
    pub fn new(url: &str) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self {
            url: url.trim_end_matches('/').to_owned(),
            client: reqwest::Client::new(),
            runtime,
        })
    }

    /// Every request since the start or the last [`Control::forget_requests`], oldest first.
    ///
    /// # Errors
    /// When the simulator does not answer.
    pub fn requests(&self) -> Result<Vec<Json>> {
        self.list("/_simulator/requests")
    }

    /// Empties the request log.
    ///
    /// # Errors
    /// When the simulator does not answer.
    pub fn forget_requests(&self) -> Result<()> {
        self.send(reqwest::Method::DELETE, "/_simulator/requests", None)
            .map(drop)
    }

    /// Every object that it holds.
    ///
    /// # Errors
    /// When the simulator does not answer.
    pub fn objects(&self) -> Result<Vec<Json>> {
        self.list("/_simulator/objects")
    }

    /// Changes fields of an object as if someone had done so in the Console.
    ///
    /// # Errors
    /// When there is no such object.
    pub fn change(&self, host: &str, path: &str, fields: &Json) -> Result<()> {
        self.send(reqwest::Method::PATCH, &object(host, path), Some(fields))
            .map(drop)
    }

    /// Makes an object that was there before: `{"host", "collection", "account"?, "fields"}`. Answers it as it is stored.
    ///
    /// # Errors
    /// When the contract has no such collection.
    pub fn add(&self, object: &Json) -> Result<Json> {
        let text = self.send(reqwest::Method::POST, "/_simulator/objects", Some(object))?;
        serde_json::from_str(&text).context("the simulator did not answer the object")
    }

    /// Makes an object by a request to Twilio itself, signed in with a user and a password. Answers what Twilio answers.
    ///
    /// # Errors
    /// When Twilio refuses.
    pub fn make(
        &self,
        host: &str,
        path: &str,
        form: &BTreeMap<String, String>,
        (user, password): (&str, &str),
    ) -> Result<Json> {
        let request = self.client.post(format!("{}{path}", self.url)).header("host", host);
        let text = self.answer(request.basic_auth(user, Some(password)).form(form), path)?;
        serde_json::from_str(&text).context("Twilio did not answer the object")
    }

    /// As [`Control::make`], where Twilio takes JSON.
    ///
    /// # Errors
    /// When Twilio refuses.
    pub fn make_json(&self, host: &str, path: &str, body: &Json, (user, password): (&str, &str)) -> Result<Json> {
        let request = self.client.post(format!("{}{path}", self.url)).header("host", host);
        let request = request
            .header("content-type", "application/json")
            .body(body.to_string());
        let text = self.answer(request.basic_auth(user, Some(password)), path)?;
        serde_json::from_str(&text).context("Twilio did not answer the object")
    }

    /// What Twilio answers to a read that has this in its `Authorization`: the status.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn status_of(&self, host: &str, path: &str, authorization: &str) -> Result<u16> {
        let request = self.client.get(format!("{}{path}", self.url)).header("host", host);
        let request = request.header("authorization", authorization);
        self.runtime
            .block_on(async { Ok(request.send().await?.status().as_u16()) })
    }

    /// Removes an object as if someone had done so in the Console.
    ///
    /// # Errors
    /// When there is no such object.
    pub fn remove(&self, host: &str, path: &str) -> Result<()> {
        self.send(reqwest::Method::DELETE, &object(host, path), None).map(drop)
    }

    /// Injects faults; see the simulator's README.
    ///
    /// # Errors
    /// When a rule is not understood.
    pub fn faults(&self, rules: &Json) -> Result<()> {
        self.send(reqwest::Method::PUT, "/_simulator/faults", Some(rules))
            .map(drop)
    }

    /// How what goes on by itself ends; see the simulator's README.
    ///
    /// # Errors
    /// When an order is not understood.
    pub fn outcomes(&self, orders: &Json) -> Result<()> {
        self.send(reqwest::Method::PUT, "/_simulator/outcomes", Some(orders))
            .map(drop)
    }

    /// Puts its clock ahead by so many seconds.
    ///
    /// # Errors
    /// When the simulator does not answer.
    pub fn advance(&self, seconds: u64) -> Result<()> {
        let ahead = serde_json::json!({"advance_s": seconds});
        self.send(reqwest::Method::POST, "/_simulator/clock", Some(&ahead))
            .map(drop)
    }

    fn list(&self, path: &str) -> Result<Vec<Json>> {
        let text = self.send(reqwest::Method::GET, path, None)?;
        serde_json::from_str(&text).with_context(|| format!("{path} did not answer a JSON array"))
    }

    fn send(&self, method: reqwest::Method, path: &str, body: Option<&Json>) -> Result<String> {
        let mut request = self.client.request(method.clone(), format!("{}{path}", self.url));
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        self.answer(request, &format!("{method} {path}"))
    }

    fn answer(&self, request: reqwest::RequestBuilder, what: &str) -> Result<String> {
        self.runtime.block_on(async {
            let answer = request.send().await.context("the simulator does not answer")?;
            let status = answer.status();
            let text = answer.text().await?;
            if !status.is_success() {
                bail!("{what} answered {status}: {text}");
            }
            Ok(text)
        })
    }
}

fn object(host: &str, path: &str) -> String {
    let encoded =
        |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    format!("/_simulator/objects?host={}&path={}", encoded(host), encoded(path))
}
