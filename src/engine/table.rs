//! The vocabulary in which resources are described.
//!
//! Everything here is `const`: a table holds facts about Twilio's API, never code that runs at start. Read a resource
//! file beside Twilio's page on the same resource; the names are the same.

use crate::framework::reason::Reason;
use crate::twilio::Product;

use super::hooks::Hooks;
use super::older::{OlderState, Upgrade};

/// A Twilio resource that Terraform manages.
#[derive(Clone, Copy)]
pub struct Resource {
    /// Terraform's type name, for example `twilio_twiml_app`.
    pub name: &'static str,
    /// The provider version that offered it first.
    pub since: &'static str,
    /// What it is, in a noun phrase used within sentences: `TwiML app`.
    pub noun: &'static str,
    /// Markdown: what it is for, and what surprises.
    pub doc: &'static str,
    /// The product's heading in the documentation.
    pub category: &'static str,
    /// Markdown that stands below the schema in the documentation, with its own heading; empty for none.
    pub more: &'static str,
    /// Twilio's page on it.
    pub api_page: &'static str,
    /// Which of Twilio's hosts serves it.
    pub product: Product,
    /// Path of the collection, `{attribute}` in place of parts that differ.
    pub collection: &'static str,
    /// Path of one object.
    pub instance: &'static str,
    /// An older API with the same objects, used for one object where the first API is not permitted.
    pub older_instance: Option<OlderInstance>,
    /// The two letters that its SIDs start with.
    pub sid_prefix: &'static str,
    /// How parameters are sent.
    pub body: BodyStyle,
    /// How a change is sent.
    pub update: UpdateStyle,
    /// What destroying means.
    pub destroy: Destroy,
    /// How the object relates to the account it is in.
    pub account: AccountRule,
    /// Attributes which tell two objects in a collection apart for a person; used to find an object that a lost answer
    /// may have made. Empty: there is no such attribute.
    pub natural_key: &'static [&'static str],
    /// Whether nothing else in Twilio can go by the same natural key, as with a phone number.
    pub key_is_unique: bool,
    /// Another resource that may manage the same object, of which this one is a part.
    pub part_of: Option<&'static str>,
    /// How the collection is listed.
    pub listing: Listing,
    /// Shape of its import ids after the account, `{attribute}` parts joined by `/`.
    pub import: &'static str,
    /// The attributes in documentation order, without `id`, `sid` and `account_sid`, which all resources have.
    pub attributes: &'static [Attribute],
    /// Parameters of the contract that are left out on purpose, each with the reason.
    pub omitted: &'static [Omitted],
    /// Rules between attributes.
    pub rules: &'static [Rule],
    /// Types of the providers that were there before, whose state is taken over.
    pub older_states: &'static [OlderState],
    /// The steps from the first version of the schema to the current one.
    pub versions: &'static [Upgrade],
    /// Code, where facts do not suffice.
    pub hooks: Hooks,
}

/// Where an older API has one object of the same kind under the same SID.
#[derive(Debug, Clone, Copy)]
pub struct OlderInstance {
    /// Which of Twilio's hosts serves it.
    pub product: Product,
    /// Path of one object.
    pub instance: &'static str,
}

/// How a collection is listed.
#[derive(Debug, Clone, Copy)]
pub struct Listing {
    /// What an item of the list tells.
    pub items: Items,
    /// Name of the query parameter of the list that names the account, where the path and the credentials do not.
    pub account_parameter: Option<&'static str>,
}

/// What an item of a list tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Items {
    /// All that the object itself does: reads that come together are answered from a list.
    Whole,
    /// Less, for this reason: each object is read by itself.
    Partial(&'static str),
}

/// A parameter that the contract has and the table has not.
#[derive(Debug, Clone, Copy)]
pub struct Omitted {
    /// Twilio's name.
    pub parameter: &'static str,
    /// Why nobody should set it.
    pub reason: &'static str,
}

/// How parameters are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyStyle {
    /// `application/x-www-form-urlencoded`: nested names are joined by dots, arrays repeat the name.
    Form,
    /// `application/json`.
    Json,
}

/// How a change is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateStyle {
    /// POST to the instance; only what is sent changes.
    Post,
    /// PUT to the instance; everything is sent.
    Put,
    /// PATCH to the instance.
    Patch,
    /// Twilio offers no update: every change replaces, except to attributes that Twilio never sees.
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

/// How an object relates to the account it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountRule {
    /// `account_sid` may be configured; another account means another object.
    Fixed,
    /// `account_sid` may be configured, and Twilio can move the object to another account.
    Movable,
    /// The object is itself an account: `account_sid` is its owner and only read.
    Owned,
}

/// Rules between attributes of one resource. Silent while a named attribute is unknown.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// At most one of them may be set.
    AtMostOneOf(&'static [&'static str]),
    /// One of them must be set, and only one.
    ExactlyOneOf(&'static [&'static str]),
    /// If the first is set, the second must be.
    Requires(&'static str, &'static str),
}

/// An attribute of a resource or data source.
#[derive(Clone, Copy)]
pub struct Attribute {
    /// Terraform's name: Twilio's in snake case.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Who may, must or does set it.
    pub presence: Presence,
    /// Twilio's name when written; `None`: the Terraform name in Twilio's spelling.
    pub written_as: Option<&'static str>,
    /// Dotted path in Twilio's answer; `None`: the Terraform name.
    pub read_as: Option<&'static str>,
    /// In which calls it is sent.
    pub sent: Sent,
    /// Where its stored value comes from.
    pub source: Source,
    /// A change replaces the object.
    pub replaces: bool,
    /// What removing it from the configuration does.
    pub removed: Removed,
    /// What the configuration leaves out of a new object, the object does not have, so that its plan need not wait for Twilio.
    pub starts_empty: bool,
    /// A computed value that may change with any update of the object.
    pub volatile: bool,
    /// Sent with every update, changed or not, because Twilio demands it.
    pub always_sent: bool,
    /// Hidden in output and redacted in logs.
    pub sensitive: bool,
    /// Given in the configuration, never stored.
    pub write_only: bool,
    /// An object or collection that is written as one JSON text inside a form.
    pub json_text: bool,
    /// Checks on known values.
    pub checks: &'static [Check],
    /// Markdown for practitioners: sentence, unit, allowed values, what a change does.
    pub doc: &'static str,
}

/// The type of an attribute.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Text. Twilio's empty text and null are the same thing.
    Text,
    /// True or false.
    Bool,
    /// A whole number, whether Twilio writes it as a number or as text.
    Int,
    /// A decimal number, whether Twilio writes it as a number or as text.
    Decimal,
    /// A text that holds JSON and compares as JSON. Twilio may answer it as text or as JSON.
    Json,
    /// A moment: RFC 3339 text here, whatever the product's format.
    Timestamp,
    /// Elements in order.
    List(&'static Kind),
    /// Elements without order.
    Set(&'static Kind),
    /// Elements by name.
    Map(&'static Kind),
    /// Attributes of its own.
    Object(&'static [Attribute]),
    /// A list of objects.
    Objects(&'static [Attribute]),
    /// Objects without order.
    ObjectSet(&'static [Attribute]),
}

/// Who may, must or does set an attribute.
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

/// In which calls an attribute is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Create and update.
    Always,
    /// Only create takes it.
    OnCreate,
    /// Only update takes it: a create is followed by an update when it is configured.
    OnUpdate,
    /// Twilio never sees it.
    Never,
}

/// Where the stored value of an attribute comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Every answer.
    Answer,
    /// The answer to create, once: a secret that Twilio never shows again.
    CreateAnswer,
    /// The configuration; the answer only where nothing is stored yet, as after an import.
    ConfigurationFirst,
    /// The configuration alone: Twilio never shows it.
    Configuration,
}

/// What removing an attribute from the configuration does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removed {
    /// Twilio keeps the value it has. For attributes with presence [`Presence::OptionalComputed`].
    Keep,
    /// It is cleared: an empty value is sent.
    Clear,
    /// This is planned and sent.
    Default(Literal),
    /// An object: the defaults of its own attributes are planned and sent.
    DefaultsInside,
}

/// A constant value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Literal {
    /// A text.
    Text(&'static str),
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
}

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
    /// A phone number in E.164 form.
    E164,
    /// An absolute http or https URL.
    Url,
    /// A text that is JSON.
    Json,
    /// At least this many and at most that many elements or characters.
    Length(usize, usize),
    /// Each element passes.
    Each(&'static Check),
    /// Something of the resource's own: the error is a sentence that says what is wrong and what would be right.
    Custom(fn(&str) -> Result<(), Reason>),
}

impl Resource {
    /// What most resources have in common, to be completed with `..Resource::FORM`: form body, POST to update, DELETE to
    /// destroy, import by SID.
    pub const FORM: Resource = Resource {
        name: "",
        since: "0.1.0",
        noun: "",
        doc: "",
        category: "",
        more: "",
        api_page: "",
        product: Product::Api,
        collection: "",
        instance: "",
        older_instance: None,
        sid_prefix: "",
        body: BodyStyle::Form,
        update: UpdateStyle::Post,
        destroy: Destroy::Delete,
        account: AccountRule::Fixed,
        natural_key: &[],
        key_is_unique: false,
        part_of: None,
        listing: Listing {
            items: Items::Whole,
            account_parameter: None,
        },
        import: "{sid}",
        attributes: &[],
        omitted: &[],
        rules: &[],
        older_states: &[],
        versions: &[],
        hooks: Hooks::NONE,
    };

    /// The attribute `name`.
    pub fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

impl Attribute {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            presence: Presence::Optional,
            written_as: None,
            read_as: None,
            sent: Sent::Always,
            source: Source::Answer,
            replaces: false,
            removed: Removed::Clear,
            starts_empty: false,
            volatile: false,
            always_sent: false,
            sensitive: false,
            write_only: false,
            json_text: false,
            checks: &[],
            doc: "",
        }
    }

    /// The configuration must set it.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.presence = Presence::Required;
        self
    }

    /// The configuration may set it; removing it clears it.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.presence = Presence::Optional;
        self.removed = Removed::Clear;
        self
    }

    /// The configuration may set it; otherwise it is what Twilio makes it, and removing it keeps what Twilio has.
    #[must_use]
    pub const fn optional_computed(mut self) -> Self {
        self.presence = Presence::OptionalComputed;
        self.removed = Removed::Keep;
        self
    }

    /// The configuration may set it; otherwise, and after removing it, it is `literal`.
    #[must_use]
    pub const fn default(mut self, literal: Literal) -> Self {
        self.presence = Presence::OptionalComputed;
        self.removed = Removed::Default(literal);
        self
    }

    /// As [`Attribute::optional_computed`], for what Twilio leaves empty in a new object that is made without it.
    #[must_use]
    pub const fn starts_empty(mut self) -> Self {
        self = self.optional_computed();
        self.starts_empty = true;
        self
    }

    /// An object that is always there: what is not configured of it, or no longer, has its own default.
    #[must_use]
    pub const fn defaults_inside(mut self) -> Self {
        self.presence = Presence::OptionalComputed;
        self.removed = Removed::DefaultsInside;
        self
    }

    /// Only Twilio sets it, and it stays for the life of the object.
    #[must_use]
    pub const fn computed(mut self) -> Self {
        self.presence = Presence::Computed;
        self.sent = Sent::Never;
        self
    }

    /// A computed value that may change with any update.
    #[must_use]
    pub const fn volatile(mut self) -> Self {
        self.volatile = true;
        self
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

    /// Only create takes it: a change replaces the object.
    #[must_use]
    pub const fn create_only(mut self) -> Self {
        self.sent = Sent::OnCreate;
        self.replaces = true;
        self
    }

    /// Only create takes it, and a hook brings later changes about in place.
    #[must_use]
    pub const fn sent_on_create(mut self) -> Self {
        self.sent = Sent::OnCreate;
        self
    }

    /// Matters only while the object is created; a later change is noted and does nothing.
    #[must_use]
    pub const fn create_hint(mut self) -> Self {
        self.sent = Sent::OnCreate;
        self.source = Source::Configuration;
        self
    }

    /// Only update takes it.
    #[must_use]
    pub const fn update_only(mut self) -> Self {
        self.sent = Sent::OnUpdate;
        self
    }

    /// A change replaces the object.
    #[must_use]
    pub const fn replaces(mut self) -> Self {
        self.replaces = true;
        self
    }

    /// Twilio never sees it: it tells the provider what to do.
    #[must_use]
    pub const fn local(mut self) -> Self {
        self.sent = Sent::Never;
        self.source = Source::Configuration;
        self
    }

    /// No parameter: a hook reads it.
    #[must_use]
    pub const fn not_sent(mut self) -> Self {
        self.sent = Sent::Never;
        self
    }

    /// Twilio shows it in another form than it was written; the configured text stays in state.
    #[must_use]
    pub const fn configured_text_stays(mut self) -> Self {
        self.source = Source::ConfigurationFirst;
        self
    }

    /// A secret in the answer to create and nowhere else.
    #[must_use]
    pub const fn secret_once(mut self) -> Self {
        self.presence = Presence::Computed;
        self.sent = Sent::Never;
        self.source = Source::CreateAnswer;
        self.sensitive = true;
        self
    }

    /// Hidden in output and redacted in logs.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Given in the configuration, never stored.
    #[must_use]
    pub const fn write_only(mut self) -> Self {
        self.write_only = true;
        self.sensitive = true;
        self.source = Source::Configuration;
        self
    }

    /// Part of the object's path rather than a parameter: another value means another object.
    #[must_use]
    pub const fn path_part(mut self) -> Self {
        self.sent = Sent::Never;
        self.replaces = true;
        self
    }

    /// Sent with every update because Twilio demands it.
    #[must_use]
    pub const fn always_sent(mut self) -> Self {
        self.always_sent = true;
        self
    }

    /// Written as one JSON text inside a form.
    #[must_use]
    pub const fn as_json_text(mut self) -> Self {
        self.json_text = true;
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

    /// Twilio's name when written.
    pub fn written_name(&self) -> String {
        self.written_as
            .map_or_else(|| twilio_spelling(self.name), str::to_owned)
    }

    /// Dotted path in Twilio's answer, below the answer of the attribute it stands in.
    pub fn read_path(&self) -> &'static str {
        self.read_as.unwrap_or(self.name)
    }

    /// Whether the configuration can set it.
    pub fn is_configurable(&self) -> bool {
        self.presence != Presence::Computed
    }
}

/// A text attribute.
pub const fn text(name: &'static str) -> Attribute {
    Attribute::new(name, Kind::Text)
}

/// A true-or-false attribute.
pub const fn boolean(name: &'static str) -> Attribute {
    Attribute::new(name, Kind::Bool)
}

/// A whole number.
pub const fn int(name: &'static str) -> Attribute {
    Attribute::new(name, Kind::Int)
}

/// A decimal number.
pub const fn decimal(name: &'static str) -> Attribute {
    Attribute::new(name, Kind::Decimal)
}

/// A text that holds JSON.
pub const fn json(name: &'static str) -> Attribute {
    Attribute::new(name, Kind::Json).checks(&[Check::Json])
}

/// A moment that Twilio sets.
pub const fn timestamp(name: &'static str) -> Attribute {
    Attribute::new(name, Kind::Timestamp).computed()
}

/// The SID of another object. `prefix` is the two letters it starts with.
pub const fn sid(name: &'static str, check: &'static [Check]) -> Attribute {
    Attribute::new(name, Kind::Text).checks(check)
}

/// An absolute URL.
pub const fn url(name: &'static str) -> Attribute {
    Attribute::new(name, Kind::Text).checks(&[Check::Url])
}

/// The HTTP method with which Twilio requests a URL; Twilio's default is POST.
pub const fn http_method(name: &'static str) -> Attribute {
    Attribute::new(name, Kind::Text)
        .checks(&[Check::OneOf(&["GET", "POST"])])
        .default(Literal::Text("POST"))
}

/// A list.
pub const fn list(name: &'static str, element: &'static Kind) -> Attribute {
    Attribute::new(name, Kind::List(element))
}

/// A set.
pub const fn set(name: &'static str, element: &'static Kind) -> Attribute {
    Attribute::new(name, Kind::Set(element))
}

/// A map.
pub const fn map(name: &'static str, element: &'static Kind) -> Attribute {
    Attribute::new(name, Kind::Map(element))
}

/// An object with attributes of its own.
pub const fn object(name: &'static str, attributes: &'static [Attribute]) -> Attribute {
    Attribute::new(name, Kind::Object(attributes))
}

/// A list of objects.
pub const fn objects(name: &'static str, attributes: &'static [Attribute]) -> Attribute {
    Attribute::new(name, Kind::Objects(attributes))
}

/// A set of objects.
pub const fn object_set(name: &'static str, attributes: &'static [Attribute]) -> Attribute {
    Attribute::new(name, Kind::ObjectSet(attributes))
}

/// Tables of attributes as one, in order. `N` is the number of attributes in all of them; a wrong one does not compile.
pub const fn joined<const N: usize>(tables: &[&[Attribute]]) -> [Attribute; N] {
    let mut all = [Attribute::new("", Kind::Text); N];
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

/// A snake-case name in Twilio's spelling: `voice_url` is `VoiceUrl`.
pub fn twilio_spelling(name: &str) -> String {
    name.split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_ascii_uppercase().to_string() + letters.as_str()
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_tables_keep_their_order() {
        const SOME: &[Attribute] = &[text("a"), int("b")];
        const ALL: [Attribute; 3] = joined(&[SOME, &[boolean("c")]]);
        assert_eq!(ALL.map(|attribute| attribute.name), ["a", "b", "c"]);
    }

    #[test]
    fn snake_case_becomes_twilios_spelling() {
        for (ours, twilios) in [
            ("voice_url", "VoiceUrl"),
            ("psd2_enabled", "Psd2Enabled"),
            ("from", "From"),
            ("use_inbound_webhook_on_number", "UseInboundWebhookOnNumber"),
        ] {
            assert_eq!(twilio_spelling(ours), twilios);
        }
    }
}
