//! How objects come to be, change and go.

/// What becomes of an object from its first apply to its destroy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifecycle {
    /// It is made by a POST to its collection, changed and removed.
    Made {
        /// How parameters are sent.
        body: BodyStyle,
        /// How a change is sent.
        update: UpdateStyle,
        /// What destroying means.
        destroy: Destroy,
    },
}

/// How parameters are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyStyle {
    /// `application/x-www-form-urlencoded`: nested names are joined by dots, arrays repeat the name, and of an object the
    /// fields that changed are sent.
    Form,
    /// `application/json`: names are spelt as in responses, and an object that changed is sent whole.
    Json,
}

/// How a change is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateStyle {
    /// POST to the instance; only what is sent changes.
    Post,
    /// PUT to the instance; everything is sent, and what is left out is cleared.
    Put,
    /// PATCH to the instance: only what is sent changes, an object in it as a whole; null clears.
    Patch,
    /// PATCH to the instance, merged at every depth (RFC 7396): null takes out what is named, also within an object.
    Merge,
    /// Twilio offers no update: every change replaces, except to what Twilio never sees.
    Never,
}

/// What destroying means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destroy {
    /// DELETE on the instance.
    Delete,
    /// The object stays in Twilio; Terraform only forgets it. The documentation says so.
    Forget,
    /// The `delete` hook does it.
    Hook,
}

impl Lifecycle {
    /// Form body, POST to update, DELETE to destroy.
    pub const FORM: Self = Self::made(UpdateStyle::Post, Destroy::Delete);

    /// Made by a form, changed and destroyed like this.
    pub const fn made(update: UpdateStyle, destroy: Destroy) -> Self {
        Self::Made {
            body: BodyStyle::Form,
            update,
            destroy,
        }
    }

    /// How parameters are sent.
    pub const fn body(self) -> BodyStyle {
        match self {
            Self::Made { body, .. } => body,
        }
    }

    /// How a change is sent.
    pub const fn update(self) -> UpdateStyle {
        match self {
            Self::Made { update, .. } => update,
        }
    }

    /// What destroying means.
    pub const fn destroy(self) -> Destroy {
        match self {
            Self::Made { destroy, .. } => destroy,
        }
    }
}
