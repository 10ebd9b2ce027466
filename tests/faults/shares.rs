//! Which cases of the matrix a run plays: those that stand for the others ([`crate::forms`]), and a share of these.

use std::env;
use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use terraform_provider_twilio::engine::facts::Managed;

use crate::forms::cover;
use crate::operations::Case;
use crate::samples::{Sample, samples};

/// Plays only cases whose name contains this, as `twilio_api_key/create/reset_after/once` or a part of it, and all of these.
pub const ONLY: &str = "FAULTS_ONLY";

/// Plays only tables of this product, by the name of its folder; `test_tables` for those.
const PRODUCT: &str = "FAULTS_PRODUCT";

/// Plays every case when it is set.
const ALL: &str = "FAULTS_ALL";

/// The number from which the share follows.
pub const SEED: &str = "FAULTS_SEED";

/// Of a hundred cases for which others stand, so many are played.
const SHARE: u64 = 3;

/// What is to be played.
pub struct Choice {
    only: String,
    product: String,
    all: bool,
    /// The number from which it follows which of several stands for the others, and the share of these.
    pub seed: u64,
}

impl Choice {
    /// As the environment has it.
    ///
    /// # Panics
    /// When the seed is no number.
    pub fn of_environment() -> Self {
        let text = |name: &str| env::var(name).unwrap_or_default();
        let seed = match text(SEED) {
            empty if empty.is_empty() => fastrand::u64(..1_000_000),
            text => text.parse().unwrap_or_else(|_| panic!("{SEED} is no number: {text}")),
        };
        Self {
            only: text(ONLY),
            product: text(PRODUCT),
            all: !text(ALL).is_empty(),
            seed,
        }
    }

    /// The samples of which cases are played.
    pub fn samples(&self) -> Vec<&'static Sample> {
        let named = self.only.split('/').next().unwrap_or_default();
        samples()
            .filter(|sample| self.product.is_empty() || product(sample.resource()) == self.product)
            .filter(|sample| !self.only.contains('/') || sample.type_name.ends_with(named))
            .collect()
    }

    /// What of all cases is played.
    pub fn of(&self, cases: Vec<Case>) -> Vec<Case> {
        if !self.only.is_empty() {
            return cases
                .into_iter()
                .filter(|case| case.to_string().contains(&self.only))
                .collect();
        }
        if self.all {
            return cases;
        }
        let standing = cover(&cases, self.seed);
        let cases = cases.into_iter().enumerate();
        cases
            .filter(|(at, case)| standing.contains(at) || self.is_in_share(&case.to_string()))
            .map(|(_, case)| case)
            .collect()
    }

    fn is_in_share(&self, name: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        (self.seed, name).hash(&mut hasher);
        hasher.finish() % 100 < SHARE
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tables = samples().count();
        match (self.only.is_empty(), self.all) {
            (false, _) => write!(f, "cases with {:?} in their names", self.only)?,
            (true, true) => write!(f, "all cases of {tables} tables")?,
            (true, false) => write!(
                f,
                "the cases that stand for all others of {tables} tables, and {SHARE} of 100 of these ({SEED}={})",
                self.seed
            )?,
        }
        match self.product.is_empty() {
            true => Ok(()),
            false => write!(f, ", of {} alone", self.product),
        }
    }
}

/// The product of a table, by the name of its folder.
pub fn product(resource: &Managed) -> &'static str {
    match resource.object.name.starts_with("twilio_test_") {
        true => "test_tables",
        false => resource.object.category.folder(),
    }
}
