//! A field of an object: what Twilio calls it, of which kind it is, and its [`Role`].

use std::borrow::Cow;

use super::{Absent, Check, Kind, Literal, Presence, Refusal, Removed, Role, Satisfied, Sent, Source, Spelling};

/// A field of an object or data source. Made by the functions below, and completed in any order: what does not go together
/// with its role does not compile.
#[derive(Clone, Copy)]
pub struct Field {
    /// Terraform's name: Twilio's in snake case.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Who sets it, which calls carry it, and what removing it does.
    pub role: Role,
    /// Twilio's name when written; `None`: the Terraform name in the spelling of the body.
    pub written_as: Option<&'static str>,
    /// Dotted path in Twilio's response; `None`: the Terraform name.
    pub read_as: Option<&'static str>,
    /// Where its stored value comes from.
    pub source: Source,
    /// A computed value that may change with any update of the object.
    pub volatile: bool,
    /// A computed value that nothing but a write of the object brings about.
    pub follows_writes: bool,
    /// Sent with every update, changed or not, because Twilio demands it.
    pub with_every_update: bool,
    /// Twilio writes it in its own way: what it returned to our write is remembered, and only something else is drift.
    pub normalised: bool,
    /// Configured values that are satisfied by what Twilio makes of them.
    pub satisfied_by: &'static [Satisfied],
    /// States in which Twilio has refused the object.
    pub refused: Option<Refusal>,
    /// A text that holds a number: two spellings of one number are the same.
    pub is_number: bool,
    /// Hidden in output and redacted in logs.
    pub sensitive: bool,
    /// A secret that may also be given in a write-only argument beside it, with a version.
    pub may_be_write_only: bool,
    /// Why it is a secret that can only be stored.
    pub only_stored: Option<&'static str>,
    /// An object or collection that is written as one JSON text inside a form.
    pub json_text: bool,
    /// Texts that are written, and may be returned, as one text with commas.
    pub comma_separated: bool,
    /// Checks on known values.
    pub checks: &'static [Check],
    /// Markdown for practitioners: sentence, unit, allowed values, what a change does.
    pub doc: &'static str,
    /// A text that is where Twilio sends traffic, or JSON with such texts in it: a policy about webhooks is about them.
    pub has_webhooks: bool,
    /// Why and in favour of what it should not be used any more.
    pub deprecated: Option<&'static str>,
    /// Only who manages the object may see it: data sources and lists leave it out.
    pub for_managers: bool,
}

impl Field {
    const fn new(name: &'static str, kind: Kind, role: Role) -> Self {
        assert!(role.fits(kind), "the literal of the role is not of the field's kind");
        Self {
            name,
            kind,
            role,
            written_as: None,
            read_as: role.read_as(),
            source: role.source(),
            volatile: false,
            follows_writes: false,
            with_every_update: false,
            normalised: false,
            satisfied_by: &[],
            refused: None,
            is_number: false,
            sensitive: matches!(role, Role::SecretOnce | Role::FileContent),
            may_be_write_only: false,
            only_stored: None,
            json_text: false,
            comma_separated: false,
            checks: &[],
            doc: "",
            has_webhooks: false,
            deprecated: None,
            for_managers: false,
        }
    }

    /// Twilio's name when written, where it is not the Terraform name in Twilio's spelling.
    #[must_use]
    pub const fn written_as(mut self, name: &'static str) -> Self {
        self.written_as = Some(name);
        self
    }

    /// Twilio's name when read (a dotted path), where it is not the Terraform name.
    #[must_use]
    pub const fn read_as(mut self, path: &'static str) -> Self {
        self.read_as = Some(path);
        self
    }

    /// Twilio writes it in its own way: `California` as `CA`, a text of JSON with defaults added. The configured value stays in
    /// the state, what Twilio returned to our write is remembered beside it, and only when it returns something else the state
    /// shows that. After an import nothing is remembered.
    #[must_use]
    pub const fn normalised_by_twilio(mut self) -> Self {
        assert!(
            self.role.is_parameter() && matches!(self.source, Source::Response),
            "only what is sent and returned can be written in another way"
        );
        assert!(
            matches!(self.kind, Kind::Text | Kind::Int | Kind::Decimal | Kind::Json),
            "only single values are written in another way"
        );
        assert!(!self.may_be_write_only, "what is not stored is compared with nothing");
        self.normalised = true;
        self
    }

    /// Configured values after which Twilio moves on by itself: what was submitted is satisfied by what is being reviewed, and
    /// by what was approved. The state has the configured value for each of them, so they cannot be configured themselves.
    #[must_use]
    pub const fn satisfied_by(mut self, values: &'static [Satisfied]) -> Self {
        assert!(
            matches!(self.kind, Kind::Text) && matches!(self.role, Role::Setting(_) | Role::Later(_)),
            "only a text that updates take can be satisfied by another"
        );
        assert!(
            !self.with_every_update,
            "what moves by itself must not be set back by each update"
        );
        self.satisfied_by = values;
        self
    }

    /// A text that holds a number, as an amount with a sign in front: `10.50` is `10.5`, so that another spelling changes and
    /// replaces nothing.
    #[must_use]
    pub const fn compared_as_number(mut self) -> Self {
        assert!(matches!(self.kind, Kind::Text), "numbers are compared as such anyway");
        self.is_number = true;
        self
    }

    /// States in which Twilio has refused the object: a refresh warns, with Twilio's reason.
    #[must_use]
    pub const fn refused(mut self, refusal: Refusal) -> Self {
        assert!(matches!(self.kind, Kind::Text), "a state is a text");
        self.refused = Some(refusal);
        self
    }

    /// Sent, and in no response.
    #[must_use]
    pub const fn never_returned(mut self) -> Self {
        assert!(
            self.role.is_parameter() || matches!(self.role, Role::PathPart),
            "only what is sent can be missing in responses"
        );
        assert!(!self.normalised, "what is not returned is not written in another way");
        self.source = Source::Configuration;
        self
    }

    /// A computed value that may change with any update.
    #[must_use]
    pub const fn volatile(mut self) -> Self {
        assert!(
            matches!(self.role, Role::Observed),
            "only what Twilio sets changes by itself"
        );
        self.volatile = true;
        self
    }

    /// A computed value that nothing but writes of this object brings about: a read soon after one that shows another is from before it.
    #[must_use]
    pub const fn follows_writes(mut self) -> Self {
        assert!(
            matches!(self.role, Role::Observed),
            "what is sent follows writes anyway"
        );
        self.follows_writes = true;
        self
    }

    /// Sent with every update because Twilio demands it.
    #[must_use]
    pub const fn with_every_update(mut self) -> Self {
        assert!(
            matches!(self.role, Role::Setting(_) | Role::Later(_)),
            "only what updates take can be sent with each"
        );
        assert!(
            self.satisfied_by.is_empty(),
            "what moves by itself must not be set back by each update"
        );
        self.with_every_update = true;
        self
    }

    /// Hidden in output and redacted in logs.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// A secret that may also be given write-only: beside `x` stand `x_wo`, which is in no state and no plan, and `x_wo_version`,
    /// another value of which sends `x_wo` again. One of the two must be given where it is required, and never both. Terraform
    /// before 1.11 has `x` alone.
    #[must_use]
    pub const fn write_only(mut self) -> Self {
        assert!(
            self.role.is_parameter() && !matches!(self.role, Role::Initial(_)),
            "only what a create or an update takes is given write-only"
        );
        assert!(
            !matches!(self.role.absent(), Some(Absent::DefaultsTo(_) | Absent::DefaultsInside)),
            "no secret has a default"
        );
        assert!(
            matches!(self.kind, Kind::Text | Kind::Json),
            "only a text is given write-only"
        );
        assert!(
            !self.normalised && self.satisfied_by.is_empty(),
            "what is not stored is compared with nothing"
        );
        assert!(self.only_stored.is_none(), "it is either only stored, or not");
        self.sensitive = true;
        self.may_be_write_only = true;
        self
    }

    /// A secret that cannot be given write-only, for this reason.
    #[must_use]
    pub const fn only_stored(mut self, why: &'static str) -> Self {
        assert!(!self.may_be_write_only, "it is either only stored, or not");
        self.sensitive = true;
        self.only_stored = Some(why);
        self
    }

    /// Whether the provider alone makes the value, of what Twilio returns: whatever Twilio returns under its name is not it.
    pub fn is_made_here(&self) -> bool {
        matches!(self.role, Role::SecretOnce) && !self.sensitive
    }

    /// A secret that only its reader can read, encrypted by a hook: shown, to who manages the object.
    #[must_use]
    pub const fn for_one_reader(mut self) -> Self {
        assert!(
            matches!(self.role, Role::SecretOnce),
            "only what is shown once is encrypted here"
        );
        self.sensitive = false;
        self
    }

    /// Written as one JSON text inside a form.
    #[must_use]
    pub const fn as_json_text(mut self) -> Self {
        assert!(
            !matches!(
                self.kind,
                Kind::Text | Kind::Bool | Kind::Int | Kind::Decimal | Kind::Json | Kind::Timestamp
            ),
            "only objects and collections are written as JSON texts"
        );
        assert!(!self.comma_separated, "one text is either JSON or has commas");
        self.json_text = true;
        self
    }

    /// Written as one text with commas between the elements, none of which has a comma in it. Twilio may return it so, too.
    #[must_use]
    pub const fn comma_separated(mut self) -> Self {
        assert!(
            matches!(self.kind, Kind::List(Kind::Text) | Kind::Set(Kind::Text)),
            "only texts are written with commas between them"
        );
        assert!(!self.json_text, "one text is either JSON or has commas");
        self.comma_separated = true;
        self
    }

    /// Twilio sends traffic to this text, which is no http URL by its check; or to texts in this JSON.
    #[must_use]
    pub const fn with_webhooks(mut self) -> Self {
        assert!(
            matches!(self.kind, Kind::Text | Kind::Json),
            "an address is a text, or stands in JSON"
        );
        self.has_webhooks = true;
        self
    }

    /// Checks on known values, before any request.
    #[must_use]
    pub const fn checks(mut self, checks: &'static [Check]) -> Self {
        self.checks = checks;
        self
    }

    /// Documentation.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// Not to be used any more, with what to use instead.
    #[must_use]
    pub const fn deprecated(mut self, why: &'static str) -> Self {
        self.deprecated = Some(why);
        self
    }

    /// Left out of data sources and lists: what the table shows only where the resource asks for it.
    #[must_use]
    pub const fn for_managers(mut self) -> Self {
        self.for_managers = true;
        self
    }

    /// The same in another role: for fields that resources and data sources share.
    #[must_use]
    pub const fn with_role(self, role: Role) -> Self {
        Self {
            role,
            source: role.source(),
            volatile: false,
            with_every_update: false,
            normalised: false,
            satisfied_by: &[],
            refused: None,
            may_be_write_only: false,
            ..self
        }
    }

    /// Who may, must or does set it.
    pub const fn presence(&self) -> Presence {
        self.role.presence()
    }

    /// In which calls it is sent.
    pub const fn sent(&self) -> Sent {
        self.role.sent()
    }

    /// What removing it does.
    pub const fn removed(&self) -> Removed {
        self.role.removed()
    }

    /// Whether a change of it replaces the object.
    pub const fn replaces(&self) -> bool {
        self.role.replaces()
    }

    /// What the configuration leaves out of a new object, the object does not have, so that its plan need not wait for Twilio.
    pub const fn starts_empty(&self) -> bool {
        matches!(self.role.absent(), Some(Absent::StartsEmpty))
    }

    /// Whether it is given in the configuration and never stored.
    pub const fn is_write_only(&self) -> bool {
        matches!(self.role, Role::FileContent)
    }

    /// Whether the configuration can set it.
    pub const fn is_configurable(&self) -> bool {
        self.role.absent().is_some()
    }

    /// Whether reading the object tells it, to everybody.
    pub const fn is_readable(&self) -> bool {
        matches!(self.source, Source::Response) && !self.is_write_only() && !self.for_managers
    }

    /// Twilio's name when written: in a form, or in JSON that is spelt so.
    pub fn written_name(&self, spelling: Spelling) -> Cow<'static, str> {
        self.written_as.map_or_else(|| spelling.of(self.name), Cow::Borrowed)
    }

    /// Dotted path in a response that is spelt so, below that of the field it stands in.
    pub fn read_path(&self, spelling: Spelling) -> Cow<'static, str> {
        self.read_as.map_or_else(|| spelling.of(self.name), Cow::Borrowed)
    }
}

/// A text.
pub const fn text(name: &'static str, role: Role) -> Field {
    Field::new(name, Kind::Text, role)
}

/// True or false.
pub const fn boolean(name: &'static str, role: Role) -> Field {
    Field::new(name, Kind::Bool, role)
}

/// A whole number.
pub const fn int(name: &'static str, role: Role) -> Field {
    Field::new(name, Kind::Int, role)
}

/// A decimal number.
pub const fn decimal(name: &'static str, role: Role) -> Field {
    Field::new(name, Kind::Decimal, role)
}

/// A text that holds JSON.
pub const fn json(name: &'static str, role: Role) -> Field {
    Field::new(name, Kind::Json, role).checks(&[Check::Json])
}

/// A moment that Twilio sets.
pub const fn timestamp(name: &'static str) -> Field {
    Field::new(name, Kind::Timestamp, Role::Observed)
}

/// The SID of another object, with the check that says what it starts with.
pub const fn sid(name: &'static str, role: Role, check: &'static [Check]) -> Field {
    Field::new(name, Kind::Text, role).checks(check)
}

/// An absolute URL.
pub const fn url(name: &'static str, role: Role) -> Field {
    Field::new(name, Kind::Text, role).checks(&[Check::Url])
}

/// The HTTP method with which Twilio requests a URL; Twilio's default is POST.
pub const fn http_method(name: &'static str) -> Field {
    Field::new(
        name,
        Kind::Text,
        Role::Setting(Absent::DefaultsTo(Literal::Text("POST"))),
    )
    .checks(&[Check::OneOf(&["GET", "POST"])])
}

/// A list.
pub const fn list(name: &'static str, role: Role, element: &'static Kind) -> Field {
    Field::new(name, Kind::List(element), role)
}

/// A set.
pub const fn set(name: &'static str, role: Role, element: &'static Kind) -> Field {
    Field::new(name, Kind::Set(element), role)
}

/// A map.
pub const fn map(name: &'static str, role: Role, element: &'static Kind) -> Field {
    Field::new(name, Kind::Map(element), role)
}

/// An object with fields of its own.
pub const fn object(name: &'static str, role: Role, fields: &'static [Field]) -> Field {
    Field::new(name, Kind::Object(fields), role)
}

/// A list of objects.
pub const fn objects(name: &'static str, role: Role, fields: &'static [Field]) -> Field {
    Field::new(name, Kind::Objects(fields), role)
}

/// A set of objects.
pub const fn object_set(name: &'static str, role: Role, fields: &'static [Field]) -> Field {
    assert!(
        !have_write_only(fields),
        "Terraform has no write-only arguments in sets: say why it is only stored"
    );
    Field::new(name, Kind::ObjectSet(fields), role)
}

/// Whether a secret among fields may be given write-only, at any depth.
const fn have_write_only(fields: &[Field]) -> bool {
    let mut index = 0;
    while index < fields.len() {
        if fields[index].may_be_write_only || have_write_only(fields[index].kind.inner()) {
            return true;
        }
        index += 1;
    }
    false
}

/// Tables of fields as one, in order. `N` is the number of fields in all of them; a wrong one does not compile.
pub const fn joined<const N: usize>(tables: &[&[Field]]) -> [Field; N] {
    let mut all = [Field::new("", Kind::Text, Role::Observed); N];
    let (mut table, mut filled) = (0, 0);
    while table < tables.len() {
        let mut index = 0;
        while index < tables[table].len() {
            all[filled] = tables[table][index];
            filled += 1;
            index += 1;
        }
        table += 1;
    }
    assert!(filled == N, "the length is not the sum of the tables' lengths");
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_tables_keep_their_order() {
        const SOME: &[Field] = &[text("a", Role::Observed), int("b", Role::Observed)];
        const ALL: [Field; 3] = joined(&[SOME, &[boolean("c", Role::Observed)]]);
        assert_eq!(ALL.map(|field| field.name), ["a", "b", "c"]);
    }
}
