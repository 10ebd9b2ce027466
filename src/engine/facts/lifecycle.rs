//! How objects come to be, change and go.

/// What becomes of an object from its first apply to its destroy. Made by the functions below, which let only what goes
/// together through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifecycle {
    begin: Begin,
    body: BodyStyle,
    update: UpdateStyle,
    destroy: Destroy,
}

/// What the first apply does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// A POST to the collection makes it.
    Made,
    /// A write to its own path makes it, or replaces what is there. It may be repeated.
    Upserted,
    /// It is always there: the first apply is an update that brings it to the configuration.
    Settings,
    /// Something else makes it, and it must be there: the first apply is an update of it.
    Adopted,
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
    /// POST to the instance, and yet everything is sent, and what is left out is cleared.
    Whole,
    /// PATCH to the instance: only what is sent changes, an object in it as a whole; null clears.
    Patch,
    /// PATCH to the instance, merged at every depth (RFC 7396): null takes out what is named, also within an object.
    Merge,
    /// Twilio offers no update: every change replaces, except to what Twilio never sees.
    Never,
}

impl UpdateStyle {
    /// Whether an update says all that the object is to have, so that it takes off what it leaves out.
    pub const fn replaces(self) -> bool {
        matches!(self, Self::Put | Self::Whole)
    }
}

/// What destroying means. With an attribute `on_destroy` that is `retain`, the object stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destroy {
    /// DELETE on the instance.
    Delete,
    /// DELETE on the instance, which Twilio accepts (202) and carries out later: it counts when a read finds nothing.
    DeleteLater,
    /// A POST to this path, after which the object counts as gone (`is_gone`).
    Archive(&'static str),
    /// The object stays: an update takes off what is set and puts the defaults back. What Twilio keeps when it is left out
    /// stays as it is.
    Reset,
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
        assert!(!matches!(destroy, Destroy::Reset), "what was made is removed or left");
        Self::of(Begin::Made, update, destroy)
    }

    /// Made or replaced by a form that is sent to its own path, and changed by the same.
    pub const fn upserted(update: UpdateStyle, destroy: Destroy) -> Self {
        assert!(
            matches!(update, UpdateStyle::Post | UpdateStyle::Put),
            "what makes an object at its path changes it too"
        );
        assert!(!matches!(destroy, Destroy::Reset), "what was made is removed or left");
        Self::of(Begin::Upserted, update, destroy)
    }

    /// Made by a POST to its own path, which says it all: there is nothing to change.
    pub const fn attached(destroy: Destroy) -> Self {
        assert!(
            !matches!(destroy, Destroy::Reset),
            "what was attached is removed or left"
        );
        Self::of(Begin::Upserted, UpdateStyle::Never, destroy)
    }

    /// Always there, changed by a form.
    pub const fn settings(update: UpdateStyle, destroy: Destroy) -> Self {
        assert!(!matches!(update, UpdateStyle::Never), "settings are what is changed");
        assert!(
            matches!(destroy, Destroy::Reset | Destroy::Forget | Destroy::Hook),
            "settings are always there"
        );
        Self::of(Begin::Settings, update, destroy)
    }

    /// Made by something else, changed by a form.
    pub const fn adopted(update: UpdateStyle, destroy: Destroy) -> Self {
        assert!(
            !matches!(update, UpdateStyle::Never),
            "what is adopted is brought to the configuration"
        );
        assert!(
            matches!(destroy, Destroy::Reset | Destroy::Forget | Destroy::Hook),
            "what was not made is not removed"
        );
        Self::of(Begin::Adopted, update, destroy)
    }

    const fn of(begin: Begin, update: UpdateStyle, destroy: Destroy) -> Self {
        Self {
            begin,
            body: BodyStyle::Form,
            update,
            destroy,
        }
    }

    /// With another kind of body.
    #[must_use]
    pub const fn sending(mut self, body: BodyStyle) -> Self {
        self.body = body;
        self
    }

    /// What the first apply does.
    pub const fn begin(self) -> Begin {
        self.begin
    }

    /// How parameters are sent.
    pub const fn body(self) -> BodyStyle {
        self.body
    }

    /// How a change is sent.
    pub const fn update(self) -> UpdateStyle {
        self.update
    }

    /// What destroying means.
    pub const fn destroy(self) -> Destroy {
        self.destroy
    }

    /// Whether the object is there as long as what it belongs to: it is changed, and neither made nor removed.
    pub const fn is_always_there(self) -> bool {
        matches!(self.begin, Begin::Settings)
    }

    /// Whether the object is there before the first apply, which only changes it.
    pub const fn is_there_before(self) -> bool {
        matches!(self.begin, Begin::Settings | Begin::Adopted)
    }
}
