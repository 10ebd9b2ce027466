//! Checks on known values, before any request.

use crate::framework::reason::Reason;

/// A check on a known, non-null value.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// A text of at least one character.
    NonEmpty,
    /// One of these: only for sets that are closed for good, such as HTTP methods.
    OneOf(&'static [&'static str]),
    /// One of these, as far as is documented: another draws a warning with the nearest of them, and is sent.
    Known(&'static [&'static str]),
    /// A number between these, both included.
    Range(i64, i64),
    /// A SID that starts with these two letters.
    Sid(&'static str),
    /// A SID that starts with one of these pairs of letters.
    SidOf(&'static [&'static str]),
    /// A SID of whatever.
    AnySid,
    /// A phone number in E.164 form.
    E164,
    /// A country as its two letters of ISO 3166-1, which are capitals.
    Country,
    /// An absolute http or https URL.
    Url,
    /// A text that is JSON.
    Json,
    /// At least this many and at most that many elements or characters.
    Length(usize, usize),
    /// A length of time as Go writes it: `90s`, `10m`, `1h30m`.
    Duration,
    /// Each element passes.
    Each(&'static Check),
    /// Something of the resource's own: the error is a sentence that says what is wrong and what would be right.
    Custom(fn(&str) -> Result<(), Reason>),
}
