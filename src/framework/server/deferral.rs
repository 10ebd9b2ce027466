//! Deferred actions: "not now, because the provider block is not known yet", to a caller that can go on without the response.
//!
//! Terraform allows it in Stacks and with `-allow-deferral`, which its releases do not have. While it applies it allows it too, and
//! makes an error of each deferral all the same; so what decides is that the provider block is unknown, which it never is then.
//! OpenTofu 1.11 allows it in each call and makes an error of all: there is none for a release of that number. Terraform's own 1.11
//! allows none in its releases.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::framework::proto::{ClientCapabilities, Deferred, deferred};

/// Whether deferrals do any good to the program that calls.
#[derive(Debug, Default)]
pub(super) struct Deferrals {
    are_errors: AtomicBool,
}

impl Deferrals {
    /// Learns from ConfigureProvider which program calls.
    pub(super) fn called_by(&self, terraform_version: &str) {
        self.are_errors
            .store(makes_errors_of_them(terraform_version), Ordering::Relaxed);
    }

    /// The deferral to answer with, where the provider `awaits` its configuration and the caller takes one.
    pub(super) fn of(&self, awaits: bool, capabilities: Option<&ClientCapabilities>) -> Option<Deferred> {
        let is_allowed = capabilities.is_some_and(|capabilities| capabilities.deferral_allowed);
        let is_due = awaits && is_allowed && !self.are_errors.load(Ordering::Relaxed);
        is_due.then(|| Deferred {
            reason: deferred::Reason::ProviderConfigUnknown.into(),
        })
    }
}

fn makes_errors_of_them(terraform_version: &str) -> bool {
    let patch = terraform_version.strip_prefix("1.11.");
    // What is not released has a hyphen behind its number.
    patch.is_some_and(|patch| !patch.contains('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: ClientCapabilities = ClientCapabilities {
        deferral_allowed: true,
        write_only_attributes_allowed: true,
        store_planned_private: false,
        computed_blocks_allowed: false,
    };

    #[test]
    fn nothing_is_deferred_unless_it_must_wait_and_may() {
        let deferrals = Deferrals::default();
        deferrals.called_by("1.14.9");
        assert!(deferrals.of(true, Some(&ALLOWED)).is_some());
        assert_eq!(deferrals.of(false, Some(&ALLOWED)), None);
        assert_eq!(deferrals.of(true, Some(&ClientCapabilities::default())), None);
        assert_eq!(deferrals.of(true, None), None);
    }

    #[test]
    fn a_release_that_makes_errors_of_deferrals_gets_none() {
        for (version, defers) in [
            ("1.11.0", false),
            ("1.11.6", false),
            ("1.11.0-alpha20241106", true),
            ("1.11.0-dev", true),
            ("1.110.0", true),
            ("1.1.0", true),
            ("1.14.9", true),
            ("", true),
        ] {
            let deferrals = Deferrals::default();
            deferrals.called_by(version);
            assert_eq!(deferrals.of(true, Some(&ALLOWED)).is_some(), defers, "{version}");
        }
    }
}
