//! What part a field plays: who sets it, which calls carry it, and what becomes of it when the configuration leaves it out.
//!
//! A role is one of the combinations that make sense; no other can be written down. The questions that the engine asks of a
//! field ([`Presence`], [`Sent`], [`Source`], [`Removed`]) are answered from it.

use super::{Kind, Literal};

/// The part that a field plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Create and update take it.
    Setting(Absent),
    /// Only create takes it: a change replaces the object.
    Fixed(Absent),
    /// Only create takes it, and something else than an update of the object brings later changes about in place.
    Initial(Absent),
    /// No parameter of the object: its elements are members of a collection below the object ([`super::Members`]).
    Members(Absent),
    /// Matters only while the object is created; the configuration may set it, and a later change is noted and does nothing.
    Hint,
    /// Only update takes it: a create is followed by an update when it is configured.
    Later(Absent),
    /// Part of the object's path: the configuration must set it, and another value means another object.
    PathPart,
    /// The key in the object's path, or what an object is found by in place of it: the configuration sets one of the two, and the plan
    /// looks the key up (`ReadHooks::find`). Another value of either means another object.
    EitherKey,
    /// For the provider: Twilio never sees it.
    Local(Absent),
    /// Sent with an update that happens for another reason, never by itself: the configuration may set it, and Twilio never
    /// returns it.
    OnTheWay,
    /// Path of the file to upload, for the provider alone.
    FilePath,
    /// What to upload, as a text: it is stored nowhere, and only its hash shows a change.
    FileContent,
    /// Content type of what is uploaded, in place of the one that follows from its name: another one uploads it again. No response has it.
    FileType,
    /// SHA-256 of what is uploaded, from the file or text in the plan. Where it changes, the upload is made again.
    FileHash,
    /// Sent with each upload: another value makes another version.
    WithFile(Absent),
    /// Only Twilio sets it.
    Observed,
    /// A secret in the response to the create and nowhere else.
    SecretOnce,
}

/// What it means that the configuration leaves a field out, and so what removing it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// It cannot be left out.
    Required,
    /// The object has none: an empty text is sent in a form, `null` in JSON; a PUT leaves it out. In a form only for what an
    /// empty text clears without further evidence: texts, URLs, JSON, maps and lists. A test over all tables refuses the rest.
    Clears,
    /// As [`Absent::Clears`], for what takes this value to be cleared, in every kind of body: an empty text where Twilio
    /// documents, or was seen, that a SID or an enum is cleared by one, or a value that means "none".
    ClearedBy(Literal),
    /// It is what Twilio makes it, and removing it keeps what the object has.
    Keeps,
    /// As [`Absent::Keeps`], for what Twilio leaves empty in a new object that is made without it.
    StartsEmpty,
    /// It is this, which is planned and sent.
    DefaultsTo(Literal),
    /// An object that is always there: each of its fields has its own default.
    DefaultsInside,
}

/// Who may, must or does set a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The configuration must.
    Required,
    /// The configuration may; otherwise it is null.
    Optional,
    /// The configuration may; otherwise Twilio or a default does.
    OptionalComputed,
    /// Only Twilio does.
    Computed,
}

/// In which calls a field is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Create and update.
    Always,
    /// Only create takes it.
    OnCreate,
    /// Only update takes it: a create is followed by an update when it is configured.
    OnUpdate,
    /// With an update that happens for another reason.
    OnTheWay,
    /// With an upload.
    WithFile,
    /// Twilio never sees it.
    Never,
}

/// Where the stored value of a field comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Every response.
    Response,
    /// The response to create, once: a secret that Twilio never shows again.
    CreateResponse,
    /// The configuration alone: Twilio never shows it.
    Configuration,
}

/// What removing a field from the configuration does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removed {
    /// Twilio keeps the value it has.
    Keep,
    /// It is cleared by this, or by what is empty in the body's style.
    Clear(Option<Literal>),
    /// This is planned and sent.
    Default(Literal),
    /// An object: the defaults of its own fields are planned and sent.
    DefaultsInside,
}

impl Role {
    /// What leaving it out means, where the configuration can set it.
    pub const fn absent(self) -> Option<Absent> {
        match self {
            Self::Setting(absent)
            | Self::Fixed(absent)
            | Self::Initial(absent)
            | Self::Members(absent)
            | Self::Later(absent)
            | Self::Local(absent)
            | Self::WithFile(absent) => Some(absent),
            Self::Hint | Self::OnTheWay | Self::FilePath | Self::FileContent | Self::FileType => Some(Absent::Clears),
            Self::PathPart => Some(Absent::Required),
            Self::EitherKey => Some(Absent::Keeps),
            Self::Observed | Self::SecretOnce | Self::FileHash => None,
        }
    }

    /// Who may, must or does set it.
    pub const fn presence(self) -> Presence {
        match self.absent() {
            None => Presence::Computed,
            Some(Absent::Required) => Presence::Required,
            Some(Absent::Clears | Absent::ClearedBy(_)) => Presence::Optional,
            Some(Absent::Keeps | Absent::StartsEmpty | Absent::DefaultsTo(_) | Absent::DefaultsInside) => {
                Presence::OptionalComputed
            }
        }
    }

    /// In which calls it is sent.
    pub const fn sent(self) -> Sent {
        match self {
            Self::Setting(_) => Sent::Always,
            Self::Fixed(_) | Self::Initial(_) | Self::Hint => Sent::OnCreate,
            Self::Later(_) => Sent::OnUpdate,
            Self::OnTheWay => Sent::OnTheWay,
            Self::WithFile(_) => Sent::WithFile,
            Self::PathPart
            | Self::EitherKey
            | Self::Members(_)
            | Self::Local(_)
            | Self::FilePath
            | Self::FileContent
            | Self::FileType
            | Self::FileHash
            | Self::Observed
            | Self::SecretOnce => Sent::Never,
        }
    }

    /// Whether a change of it replaces the object.
    pub const fn replaces(self) -> bool {
        matches!(self, Self::Fixed(_) | Self::PathPart | Self::EitherKey)
    }

    /// What removing it does.
    pub const fn removed(self) -> Removed {
        match self.absent() {
            None | Some(Absent::Required | Absent::Clears) => Removed::Clear(None),
            Some(Absent::ClearedBy(literal)) => Removed::Clear(Some(literal)),
            Some(Absent::Keeps | Absent::StartsEmpty) => Removed::Keep,
            Some(Absent::DefaultsTo(literal)) => Removed::Default(literal),
            Some(Absent::DefaultsInside) => Removed::DefaultsInside,
        }
    }

    /// Where its value comes from, unless the table says otherwise.
    pub(super) const fn source(self) -> Source {
        match self {
            Self::Hint | Self::Local(_) | Self::OnTheWay | Self::FilePath | Self::FileContent | Self::FileType => {
                Source::Configuration
            }
            Self::SecretOnce => Source::CreateResponse,
            _ => Source::Response,
        }
    }

    /// Where its value is in a response, unless the table says otherwise.
    pub(super) const fn read_as(self) -> Option<&'static str> {
        match self {
            Self::FileHash => Some(Self::HASH),
            _ => None,
        }
    }

    /// Where the engine puts the hash of what was uploaded among the properties of a response.
    pub const HASH: &str = "version.content_sha256";

    /// Whether Twilio gets it as a parameter in its own right, so that what it returns of it can be treated in other ways.
    pub(super) const fn is_parameter(self) -> bool {
        matches!(
            self,
            Self::Setting(_) | Self::Fixed(_) | Self::Initial(_) | Self::Later(_)
        )
    }

    /// Whether a field of this kind can have this role.
    pub(super) const fn fits(self, kind: Kind) -> bool {
        match self.absent() {
            Some(Absent::DefaultsTo(literal)) => literal.fits(kind),
            Some(Absent::ClearedBy(literal)) => {
                (matches!(literal, Literal::Text(text) if text.is_empty()) && !matches!(kind, Kind::Object(_)))
                    || literal.fits(kind)
            }
            Some(Absent::DefaultsInside) => matches!(kind, Kind::Object(_)),
            _ if matches!(
                self,
                Self::FilePath | Self::FileContent | Self::FileType | Self::FileHash
            ) =>
            {
                matches!(kind, Kind::Text)
            }
            _ => true,
        }
    }
}
