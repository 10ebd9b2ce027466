//! What Twilio has: where an object lives, what its key is, what it is made of, how it is listed. Knows no verb of Terraform's;
//! data sources, lists, identities and imports need nothing else.

use super::hooks::ReadHooks;
use super::{Absent, Category, ContentVersions, Deviation, Field, Kind, KnownCode, Members, Omitted, Role, Spelling};
use crate::twilio::{Gone, Product};

/// An object of Twilio's.
#[derive(Clone, Copy)]
pub struct Object {
    /// Terraform's type name, for example `twilio_twiml_app`.
    pub name: &'static str,
    /// What it is, in a noun phrase used within sentences: `TwiML app`.
    pub noun: &'static str,
    /// What several are called; `None` where Twilio has no list of them.
    pub plural: Option<Plural>,
    /// Its heading in the documentation, and the folder of its table.
    pub category: Category,
    /// Twilio's page on it.
    pub api_page: &'static str,
    /// Where it lives.
    pub place: Place,
    /// Fields in which the objects stand that it is below, beside the account: `service_sid`. Parts of its paths and its id.
    pub parents: &'static [&'static str],
    /// What addresses it among those below the same parents.
    pub key: Key,
    /// How it relates to the account it is in.
    pub account: AccountRule,
    /// Fields which tell two objects in a collection apart for a person; used to find an object that a create whose response
    /// was lost may have made. Empty: there is no such field.
    pub natural_key: &'static [&'static str],
    /// The field by which people know it, where its natural key says nothing to them, as the SID of another object.
    pub label: Option<&'static str>,
    /// Whether nothing else in Twilio can go by the same natural key, as with a phone number.
    pub key_is_unique: bool,
    /// The field of which each value has one such object at most, as far as a run sees: what it is made of is shared by all with the
    /// same, as the functions of a service by its environments.
    pub one_for_each: Option<&'static str>,
    /// How the collection is listed.
    pub list: List,
    /// Rules of the catalogue that it breaks, each with the reason.
    pub deviations: &'static [Deviation],
    /// The fields in documentation order, without `id`, `sid` and `account_sid`, which follow from the key and the account.
    pub fields: &'static [Field],
    /// How the names of its properties are spelt.
    pub spelling: Spelling,
    /// Versions of its content, each of which an upload makes.
    pub content: Option<ContentVersions>,
    /// Attributes that are collections below the object.
    pub members: &'static [Members],
    /// What its products know of Twilio's error codes, the one that says most first; what any request may be refused with the
    /// engine knows itself.
    pub codes: &'static [&'static [KnownCode]],
    /// Code, where facts do not suffice.
    pub read: ReadHooks,
}

/// What several objects are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plural {
    /// Terraform's name of their data source: `twilio_twiml_apps`.
    pub name: &'static str,
    /// Within sentences: `TwiML apps`.
    pub noun: &'static str,
}

/// Where objects of a kind live.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Which of Twilio's hosts serves them.
    pub product: Product,
    /// Path of the collection, `{field}` in place of parts that differ: where objects are made and listed. Empty where there is
    /// none, as of settings.
    pub collection: &'static str,
    /// Path of one object, where it is changed and removed. A key that is a parameter stands behind a question mark:
    /// `/v1/SafeList/Numbers?PhoneNumber={phone_number}`.
    pub instance: &'static str,
    /// Where one object is read.
    pub read: Read,
    /// Headers that each request has, beyond those that all have.
    pub headers: &'static [(&'static str, &'static str)],
    /// What says of an object that it is not there, beside 404 with code 20404.
    pub gone: &'static [Gone],
    /// Name of the query parameter of the list that names the account, where the path and the credentials do not.
    pub account_parameter: Option<&'static str>,
    /// An older API with the same objects, used for one object where the first API is not permitted.
    pub older: Option<OlderPlace>,
}

/// Where one object is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// At its own path.
    Instance,
    /// At another path: the response is the object, or has it in a field.
    Elsewhere {
        /// The path.
        path: &'static str,
        /// The field of the response that is the object; it is not there while that is empty.
        within: Option<&'static str>,
    },
    /// As a member of the list at this path: the one with its key.
    Member(&'static str),
    /// In an array that is no list with pages: the one with its key. Items that are plain texts are keys, and say nothing else.
    Among {
        /// The path. Where it has a query, that narrows the array down to the one object: without it, the response has all.
        path: &'static str,
        /// The field of the response that is the array.
        array: &'static str,
    },
    /// Nowhere: what is in the state is all that anybody knows of it.
    Nowhere,
}

/// Where an older API has one object of the same kind under the same SID.
#[derive(Debug, Clone, Copy)]
pub struct OlderPlace {
    /// Which of Twilio's hosts serves it.
    pub product: Product,
    /// Path of one object.
    pub instance: &'static str,
}

/// What addresses an object among those below the same parents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A SID of its own that starts with these letters. It is the attribute `sid`, and Twilio makes it.
    Sid(&'static str),
    /// The SID of another object that stands in this field and starts with these letters. It is the attribute `sid`, too.
    Borrowed(&'static str, &'static str),
    /// A text that the configuration chooses and this field has: a unique name, a country, a phone number, a key with slashes.
    /// Where the field is [`Role::Observed`], Twilio makes it up, as the number of an item in a list, and nobody knows it before.
    /// There is no attribute `sid`.
    Field(&'static str),
    /// Nothing: there is one of it below its parents, or in the account. There is no attribute `sid`.
    None,
}

/// How a collection is listed.
#[derive(Clone, Copy)]
pub struct List {
    /// What an item of the list has.
    pub items: Items,
    /// The filters that the list takes.
    pub filters: &'static [Filter],
    /// Parameters of the list in the contract that are left out on purpose, each with the reason.
    pub omitted: &'static [Omitted],
}

/// What an item of a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Items {
    /// All that the object itself has: reads that come together are answered from a list.
    Whole,
    /// Less, for this reason: each object is read by itself.
    Partial(&'static str),
}

/// A filter of a list.
#[derive(Clone, Copy)]
pub struct Filter {
    /// Its name and kind as an argument of a data source or list.
    pub field: Field,
    /// What it lets through.
    pub matches: Matches,
    /// Whether what is gone for all other purposes is listed where this filter is set: it is how one asks for it.
    pub shows_what_is_gone: bool,
}

/// What a filter lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matches {
    /// What has exactly the given text in this field.
    Exactly(&'static str),
    /// What has the given text in this field, and more than that, as what has it as a part.
    AtLeast(&'static str),
    /// Something else, as what is younger than a date.
    Otherwise,
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

impl Object {
    /// What most objects have in common, to be completed with `..Object::NEW`.
    pub const NEW: Self = Self {
        name: "",
        noun: "",
        plural: None,
        category: Category::Accounts,
        api_page: "",
        place: Place::at(Product::Api, "", ""),
        parents: &[],
        key: Key::Sid(""),
        account: AccountRule::Fixed,
        natural_key: &[],
        label: None,
        key_is_unique: false,
        one_for_each: None,
        list: List::WHOLE,
        deviations: &[],
        fields: &[],
        spelling: Spelling::Snake,
        content: None,
        members: &[],
        codes: &[],
        read: ReadHooks::NONE,
    };

    /// The field `name`.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The attributes that its id consists of below the account: its parents and its key. Settings of the account have none,
    /// and the id is the account's.
    pub fn id_parts(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.parents.iter().copied().chain(self.key_field())
    }

    /// The shape of its id below the account: `<service_sid>/<phone_number_sid>`.
    pub fn id_shape(&self) -> String {
        let parts: Vec<_> = self.id_parts().map(|part| format!("<{part}>")).collect();
        match parts.is_empty() {
            true => "<account_sid>".to_owned(),
            false => parts.join("/"),
        }
    }

    /// What can be read of it at any time, and be shown to whoever does not manage it.
    pub fn readable(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.fields.iter().filter(|field| field.is_readable())
    }

    /// The fields by which it can be looked up in its list, where that is another way than by its key: all of its natural key.
    pub fn lookup_fields(&self) -> &'static [&'static str] {
        let can_be_read = |name: &&str| self.field(name).is_some_and(Field::is_readable);
        let is_key = |name: &&str| self.id_parts().any(|part| part == *name);
        match self.natural_key {
            // What has no key at all is found without one.
            _ if !self.place.has_collection() || matches!(self.key, Key::None) => &[],
            names if names.iter().all(can_be_read) && !names.iter().any(is_key) => names,
            _ => &[],
        }
    }

    /// The filter of its list that misses nothing which has a given value in this field.
    pub fn narrowed_by(&self, name: &str) -> Option<&'static Filter> {
        // What Twilio writes in its own way, a filter by what was sent would miss.
        self.field(name).filter(|field| !field.normalised)?;
        self.list.filters.iter().find(|filter| match filter.matches {
            Matches::Exactly(field) | Matches::AtLeast(field) => field == name,
            Matches::Otherwise => false,
        })
    }

    /// The path of its list.
    pub const fn list_path(&self) -> &'static str {
        match self.place.read {
            Read::Member(path) => path,
            Read::Instance | Read::Elsewhere { .. } | Read::Among { .. } | Read::Nowhere => self.place.collection,
        }
    }

    /// The attribute that has its key, as far as it has one.
    pub const fn key_field(&self) -> Option<&'static str> {
        match self.key {
            Key::Sid(_) => Some("sid"),
            Key::Borrowed(field, _) | Key::Field(field) => Some(field),
            Key::None => None,
        }
    }

    /// The letters that its SID, or the one that it goes by, starts with; empty where it goes by none.
    pub const fn sid_prefix(&self) -> &'static str {
        match self.key {
            Key::Sid(prefix) | Key::Borrowed(_, prefix) => prefix,
            Key::Field(_) | Key::None => "",
        }
    }

    /// Whether it has the attribute `sid`.
    pub const fn has_sid(&self) -> bool {
        matches!(self.key, Key::Sid(_) | Key::Borrowed(..))
    }

    /// Whether Twilio makes up what addresses it, so that nobody knows it before it is made.
    pub fn is_named_by_twilio(&self) -> bool {
        match self.key {
            Key::Sid(_) => true,
            Key::Field(name) => self
                .field(name)
                .is_some_and(|field| matches!(field.role, Role::Observed)),
            Key::Borrowed(..) | Key::None => false,
        }
    }

    /// Whether there is one of it in each account, without anything to tell it by.
    pub const fn is_of_the_account(&self) -> bool {
        matches!(self.key, Key::None) && self.parents.is_empty()
    }
}

impl Place {
    /// With these paths at a product.
    pub const fn at(product: Product, collection: &'static str, instance: &'static str) -> Self {
        Self {
            product,
            collection,
            instance,
            read: Read::Instance,
            headers: &[],
            gone: &[],
            account_parameter: None,
            older: None,
        }
    }

    /// At a path of its own, without a collection: settings, and what is made by the first write to its path.
    pub const fn alone(product: Product, instance: &'static str) -> Self {
        Self::at(product, "", instance)
    }

    /// Read there.
    #[must_use]
    pub const fn read(mut self, read: Read) -> Self {
        self.read = read;
        self
    }

    /// Each request has these headers.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// These responses say that an object is not there.
    #[must_use]
    pub const fn gone(mut self, gone: &'static [Gone]) -> Self {
        self.gone = gone;
        self
    }

    /// Its lists name the account in this parameter of the query.
    #[must_use]
    pub const fn account_parameter(mut self, name: &'static str) -> Self {
        self.account_parameter = Some(name);
        self
    }

    /// An older API has the same objects.
    #[must_use]
    pub const fn older(mut self, older: OlderPlace) -> Self {
        self.older = Some(older);
        self
    }

    /// The path by which one object is read, as far as it has one of its own.
    pub const fn read_path(&self) -> Option<&'static str> {
        match self.read {
            Read::Instance => Some(self.instance),
            Read::Elsewhere { path, .. } => Some(path),
            Read::Member(_) | Read::Among { .. } | Read::Nowhere => None,
        }
    }

    /// Whether it has a collection.
    pub const fn has_collection(&self) -> bool {
        !self.collection.is_empty()
    }
}

impl List {
    /// A list whose items have all that the objects have.
    pub const WHOLE: Self = Self {
        items: Items::Whole,
        filters: &[],
        omitted: &[],
    };
}

impl Filter {
    const fn new(field: Field, matches: Matches) -> Self {
        assert!(
            matches!(field.role, Role::Setting(Absent::Clears | Absent::Required)),
            "a filter is an argument that may or must be set"
        );
        assert!(
            field.kind.inner().is_empty() && !matches!(field.kind, Kind::Map(_)),
            "a filter is a value or several"
        );
        Self {
            field,
            matches,
            shows_what_is_gone: false,
        }
    }

    /// A filter that lets through what has exactly the given value in the field of the same name.
    pub const fn exact(field: Field) -> Self {
        Self::new(field, Matches::Exactly(field.name))
    }

    /// A filter that lets through what has the given value in the field of the same name, and others that are like it.
    pub const fn at_least(field: Field) -> Self {
        Self::new(field, Matches::AtLeast(field.name))
    }

    /// A filter that matches in a way of its own.
    pub const fn loose(field: Field) -> Self {
        Self::new(field, Matches::Otherwise)
    }

    /// Where it is set, what is gone for all other purposes is listed too.
    #[must_use]
    pub const fn that_shows_what_is_gone(mut self) -> Self {
        self.shows_what_is_gone = true;
        self
    }
}

impl Kind {
    /// The fields inside, of an object or a collection of objects.
    pub const fn inner(self) -> &'static [Field] {
        match self {
            Self::Object(fields) | Self::Objects(fields) | Self::ObjectSet(fields) => fields,
            _ => &[],
        }
    }
}
