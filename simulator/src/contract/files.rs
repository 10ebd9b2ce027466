//! The compiled-in files, each read when its product is first asked for: reading all of them takes longer than everything else that
//! a start does.

use std::sync::OnceLock;

use super::Spec;

/// One file.
#[derive(Debug)]
pub(super) struct File {
    name: String,
    host: String,
    serves: Option<String>,
    /// What is compiled in.
    text: &'static str,
    spec: OnceLock<Spec>,
}

impl File {
    /// A file that was read already.
    pub(super) fn read(name: String, spec: Spec) -> Self {
        Self {
            name,
            host: spec.host.clone(),
            serves: spec.serves.clone(),
            text: "",
            spec: OnceLock::from(spec),
        }
    }

    /// For example `twilio_messaging_v1`.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Host that serves the product.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Host of the objects.
    pub(super) fn home(&self) -> &str {
        self.serves.as_deref().unwrap_or(&self.host)
    }

    /// What it says.
    ///
    /// # Panics
    /// If a compiled-in file is not what `cargo xtask contract` writes; `cargo xtask contract --check` guards that.
    pub(super) fn spec(&self) -> &Spec {
        self.spec.get_or_init(|| {
            serde_json::from_str(self.text)
                .unwrap_or_else(|error| panic!("contract file {} is not readable: {error}", self.name))
        })
    }
}

/// All compiled-in files.
pub(super) fn compiled_in() -> Vec<File> {
    let published = published::FILES
        .iter()
        .map(|(name, host, text)| (name, host, None, text));
    let by_hand = BY_HAND
        .iter()
        .map(|(name, host, serves, text)| (name, host, *serves, text));
    published
        .chain(by_hand)
        .map(|(name, host, serves, text)| File {
            name: (*name).to_owned(),
            host: (*host).to_owned(),
            serves: serves.map(str::to_owned),
            text,
            spec: OnceLock::new(),
        })
        .collect()
}

/// Parts that Twilio documents and its OpenAPI files lack: written by hand in `contract/by_hand/`, each with the page it is from.
/// Name, host, host of the objects where it is another, text.
const BY_HAND: &[(&str, &str, Option<&str>, &str)] = &[
    (
        "mcs_v1",
        "mcs.twilio.com",
        None,
        include_str!("../../contract/by_hand/mcs_v1.json"),
    ),
    (
        "microvisor_upload_v1",
        "microvisor-upload.twilio.com",
        Some("microvisor.twilio.com"),
        include_str!("../../contract/by_hand/microvisor_upload_v1.json"),
    ),
    (
        "numbers_upload_v1",
        "numbers-upload.twilio.com",
        Some("numbers.twilio.com"),
        include_str!("../../contract/by_hand/numbers_upload_v1.json"),
    ),
    (
        "numbers_upload_v2",
        "numbers-upload.twilio.com",
        Some("numbers.twilio.com"),
        include_str!("../../contract/by_hand/numbers_upload_v2.json"),
    ),
    (
        "proxy_v1",
        "proxy.twilio.com",
        None,
        include_str!("../../contract/by_hand/proxy_v1.json"),
    ),
    (
        "serverless_upload_v1",
        "serverless-upload.twilio.com",
        Some("serverless.twilio.com"),
        include_str!("../../contract/by_hand/serverless_upload_v1.json"),
    ),
];

mod published {
    include!("../../contract/files.rs");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_file_is_in_it() {
        for file in compiled_in() {
            assert_eq!(file.spec().host, file.host, "{}", file.name);
            assert_eq!(file.spec().serves, file.serves, "{}", file.name);
        }
    }

    #[test]
    fn nothing_is_read_before_it_is_requested() {
        let contract: &'static super::super::Contract = Box::leak(Box::new(super::super::Contract::of(compiled_in())));
        let read = || {
            contract
                .files
                .iter()
                .filter(|file| file.spec.get().is_some())
                .map(File::host)
        };
        assert_eq!(read().count(), 0);
        assert!(contract.resource("sync.twilio.com", "/v1/Services").is_some());
        assert!(contract.route("sync.twilio.com", "GET", "/v1/Services").is_ok());
        assert!(read().all(|host| host == "sync.twilio.com"));
        assert_eq!(read().count(), 1);
    }
}
