//! What a product knows of Twilio's error codes: <https://www.twilio.com/docs/api/errors>.

/// What is known about a code.
#[derive(Debug, Clone, Copy)]
pub struct KnownCode {
    /// Twilio's code.
    pub code: u32,
    /// What it means here, in one sentence.
    pub meaning: &'static str,
    /// What to do, in sentences.
    pub advice: &'static str,
    /// The attributes that may be at fault, as dotted paths, the likeliest first. A table that has none of them is not
    /// pointed into.
    pub at: &'static [&'static str],
    /// Twilio's message names the parameter at fault, which says more than [`KnownCode::at`].
    pub named: bool,
    /// What an import can recover.
    pub exists: Exists,
}

/// Whether a refused create means that Twilio has the object already, so that an import brings it into the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exists {
    /// No.
    No,
    /// The object has exactly the import id that the plan would have given it.
    AsPlanned,
    /// If the configuration gives it a unique name: another object has that name.
    ByUniqueName,
}

impl KnownCode {
    /// A code without a place.
    pub const fn new(code: u32, meaning: &'static str, advice: &'static str) -> Self {
        Self {
            code,
            meaning,
            advice,
            at: &[],
            named: false,
            exists: Exists::No,
        }
    }

    /// A code that the resource meets and of which nobody has said yet what it means: `cargo xtask new` names those of a new
    /// resource. The diagnostic has what Twilio says, and the link to the code's page.
    pub const fn unexplained(code: u32) -> Self {
        Self::new(code, "", "")
    }

    /// Whether somebody has said what it means.
    pub const fn is_explained(&self) -> bool {
        !self.meaning.is_empty()
    }

    /// Points at these attributes, the likeliest first.
    #[must_use]
    pub const fn at(mut self, at: &'static [&'static str]) -> Self {
        self.at = at;
        self
    }

    /// The message names the parameter at fault.
    #[must_use]
    pub const fn named(mut self) -> Self {
        self.named = true;
        self
    }

    /// What an import can recover.
    #[must_use]
    pub const fn exists(mut self, exists: Exists) -> Self {
        self.exists = exists;
        self
    }
}
