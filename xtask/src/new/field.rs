//! A field of a table to be written: what the contract says of it.

/// A field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Terraform's name.
    pub name: String,
    /// Its type.
    pub kind: Kind,
    /// Who sets it and which requests carry it.
    pub role: Role,
    /// Twilio's name when written, where the table must say it.
    pub written_as: Option<String>,
    /// Twilio's name when read, where the table must say it.
    pub read_as: Option<String>,
    /// No response has it.
    pub never_returned: bool,
    /// Each update demands it.
    pub with_every_update: bool,
    /// It may change with any update.
    pub volatile: bool,
    /// Its name sounds like a secret.
    pub sensitive: bool,
    /// Texts that are written as one with commas.
    pub comma_separated: bool,
    /// Checks on values.
    pub checks: Vec<Check>,
    /// What a person is to look at.
    pub comment: Option<&'static str>,
}

/// The type of a field.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Text.
    Text,
    /// Absolute URL.
    Url,
    /// HTTP method, POST by default.
    HttpMethod,
    /// True or false.
    Bool,
    /// Whole number.
    Int,
    /// Decimal number.
    Decimal,
    /// JSON.
    Json,
    /// Moment.
    Timestamp,
    /// Elements in order.
    List(Box<Kind>),
    /// Texts by name.
    Map,
    /// Fields of its own.
    Object(Vec<Field>),
    /// Objects in order.
    Objects(Vec<Field>),
}

/// The part that a field plays.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    /// In the path.
    PathPart,
    /// Create and update take it.
    Setting(Absent),
    /// Only create takes it.
    Fixed(Absent),
    /// Only update takes it.
    Later(Absent),
    /// It goes along with an update.
    OnTheWay,
    /// Only Twilio sets it.
    Observed,
    /// A secret in the response to the create alone.
    SecretOnce,
}

/// What leaving it out means.
#[derive(Debug, Clone, PartialEq)]
pub enum Absent {
    /// It cannot be left out.
    Required,
    /// The object has none.
    Clears,
    /// Twilio keeps what it has.
    Keeps,
    /// A published default.
    DefaultsTo(serde_json::Value),
}

/// A check on values.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// A closed set.
    OneOf(Vec<String>),
    /// A set that may grow.
    Known(Vec<String>),
    /// A SID with one of these beginnings; of whatever, if there is none.
    Sid(Vec<String>),
    /// Whole numbers from and to.
    Range(i64, i64),
    /// Characters from and to.
    Length(u64, u64),
    /// Phone number.
    E164,
    /// For each element.
    Each(Box<Check>),
}

impl Field {
    /// With nothing but a name, a kind and a role.
    pub fn new(name: impl Into<String>, kind: Kind, role: Role) -> Self {
        Self {
            name: name.into(),
            kind,
            role,
            written_as: None,
            read_as: None,
            never_returned: false,
            with_every_update: false,
            volatile: false,
            sensitive: false,
            comma_separated: false,
            checks: Vec::new(),
            comment: None,
        }
    }

    /// What leaving it out means, where the configuration can set it.
    pub fn absent(&self) -> Option<&Absent> {
        match &self.role {
            Role::Setting(absent) | Role::Fixed(absent) | Role::Later(absent) => Some(absent),
            Role::PathPart => Some(&Absent::Required),
            Role::OnTheWay => Some(&Absent::Clears),
            Role::Observed | Role::SecretOnce => None,
        }
    }

    /// Whether the configuration must set it.
    pub fn is_required(&self) -> bool {
        self.absent() == Some(&Absent::Required)
    }

    /// Whether an update takes it.
    pub fn is_updated(&self) -> bool {
        matches!(self.role, Role::Setting(_) | Role::Later(_))
    }

    /// Whether it is a single text.
    pub fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Url)
    }

    /// The beginning of the SID that it is, if there is one.
    pub fn sid(&self) -> Option<&str> {
        self.checks.iter().find_map(|check| match check {
            Check::Sid(prefixes) => prefixes.first().map(String::as_str),
            _ => None,
        })
    }

    /// Whether reading the object returns it.
    pub fn is_readable(&self) -> bool {
        !self.never_returned && self.role != Role::SecretOnce
    }
}
