//! What an operation is to the people who answer for it: the words of a policy.

/// What becomes of an object, or of what reaches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Impact {
    /// A subaccount is closed for good.
    Close,
    /// An account is suspended.
    Suspend,
    /// A phone number is given back.
    Release,
    /// A credential stops working.
    Revoke,
    /// Something is destroyed and another made in its place.
    Replace,
    /// Something that exists gets another webhook, or none.
    Webhook,
    /// Something is destroyed: also what is closed, released or revoked.
    Delete,
}

impl Impact {
    /// All of them, those that say most first.
    pub const ALL: &[Self] = &[
        Self::Close,
        Self::Suspend,
        Self::Release,
        Self::Revoke,
        Self::Replace,
        Self::Webhook,
        Self::Delete,
    ];

    /// As a policy writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Suspend => "suspend",
            Self::Release => "release",
            Self::Revoke => "revoke",
            Self::Replace => "replace",
            Self::Webhook => "webhook",
            Self::Delete => "delete",
        }
    }

    /// What it is to be, within sentences: `is to be released`.
    pub const fn participle(self) -> &'static str {
        match self {
            Self::Close => "closed for good",
            Self::Suspend => "suspended",
            Self::Release => "released",
            Self::Revoke => "revoked",
            Self::Replace => "replaced",
            Self::Webhook => "pointed at another webhook",
            Self::Delete => "destroyed",
        }
    }
}

/// What a change of an object is beyond a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consequence {
    /// What it is.
    pub impact: Impact,
    /// Which change.
    pub when: When,
}

/// A change of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// It is destroyed.
    Destroyed,
    /// It is destroyed while its `on_destroy` has this value.
    DestroyedBy(&'static str),
    /// The field comes to have this value.
    Becomes(&'static str, &'static str),
}
