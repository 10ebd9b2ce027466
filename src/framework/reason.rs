//! Why a value is not taken, in words that cannot repeat it.

use std::fmt;

/// Sentences about a value: what is wrong with it, and what would be right.
///
/// A value of a configuration may be secret, and a provider does not learn which are: Terraform takes the marks off before it
/// asks. So what is said about a value is made of texts that the program has, and of counts; there is no way to put a text
/// in that came from outside. Terraform shows the line of the configuration beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    text: String,
    is_without_line: bool,
}

impl Reason {
    /// A fixed text.
    pub fn new(text: &'static str) -> Self {
        Self {
            text: text.to_owned(),
            is_without_line: false,
        }
    }

    /// Without the line of the configuration beside it: it has a password in it that nothing marks as one.
    #[must_use]
    pub fn without_line(mut self) -> Self {
        self.is_without_line = true;
        self
    }

    /// Whether the line is not to be shown.
    pub fn is_without_line(&self) -> bool {
        self.is_without_line
    }

    /// Continues with a fixed text.
    #[must_use]
    pub fn and(mut self, text: &'static str) -> Self {
        self.text.push_str(text);
        self
    }

    /// Continues with what another reason says.
    #[must_use]
    pub fn then(mut self, other: &Reason) -> Self {
        self.text.push_str(&other.text);
        self.is_without_line |= other.is_without_line;
        self
    }

    /// Continues with a number: a length, a bound, a position.
    #[must_use]
    pub fn number(mut self, number: impl TryInto<i128>) -> Self {
        if let Ok(number) = number.try_into() {
            self.text.push_str(&number.to_string());
        }
        self
    }

    /// Continues with fixed texts and commas between them.
    #[must_use]
    pub fn list(mut self, texts: &[&'static str]) -> Self {
        self.text.push_str(&texts.join(", "));
        self
    }
}

impl From<&'static str> for Reason {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
