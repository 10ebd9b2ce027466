//! What Twilio has: where an object lives, what it goes by, what it is made of, how it is listed. Knows no verb of Terraform's;
//! data sources, lists, identities and imports need nothing else.

use super::hooks::ReadHooks;
use super::{Absent, Field, Kind, Members, Omitted, Role};
use crate::twilio::Product;

/// An object of Twilio's.
#[derive(Clone, Copy)]
pub struct Object {
    /// Terraform's type name, for example `twilio_twiml_app`.
    pub name: &'static str,
    /// What it is, in a noun phrase used within sentences: `TwiML app`.
    pub noun: &'static str,
    /// What several are called; `None` where Twilio has no list of them.
    pub plural: Option<Plural>,
    /// The product's heading in the documentation.
    pub category: &'static str,
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
    /// Whether nothing else in Twilio can go by the same natural key, as with a phone number.
    pub key_is_unique: bool,
    /// How the collection is listed.
    pub list: List,
    /// The fields in documentation order, without `id`, `sid` and `account_sid`, which follow from the key and the account.
    pub fields: &'static [Field],
    /// Attributes that are collections below the object.
    pub members: &'static [Members],
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
    /// Path of the collection, `{field}` in place of parts that differ.
    pub collection: &'static str,
    /// Path of one object.
    pub instance: &'static str,
    /// Name of the query parameter of the list that names the account, where the path and the credentials do not.
    pub account_parameter: Option<&'static str>,
    /// An older API with the same objects, used for one object where the first API is not permitted.
    pub older: Option<OlderPlace>,
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
    /// The field which has the same text in every object that the filter lets through, and in no other; `None` where Twilio
    /// matches otherwise, as by a part or a date.
    pub is_exactly: Option<&'static str>,
    /// Whether what is gone for all other purposes is listed where this filter is set: it is how one asks for it.
    pub shows_what_is_gone: bool,
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
        category: "",
        api_page: "",
        place: Place {
            product: Product::Api,
            collection: "",
            instance: "",
            account_parameter: None,
            older: None,
        },
        parents: &[],
        key: Key::Sid(""),
        account: AccountRule::Fixed,
        natural_key: &[],
        key_is_unique: false,
        list: List::WHOLE,
        fields: &[],
        members: &[],
        read: ReadHooks::NONE,
    };

    /// The field `name`.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The attributes that its id consists of below the account: its parents and its key.
    pub fn id_parts(&self) -> impl Iterator<Item = &'static str> + use<> {
        let key = match self.key {
            Key::Sid(_) => "sid",
            Key::Borrowed(field, _) => field,
        };
        self.parents.iter().copied().chain([key])
    }

    /// The shape of its id below the account: `<service_sid>/<phone_number_sid>`.
    pub fn id_shape(&self) -> String {
        let parts: Vec<_> = self.id_parts().map(|part| format!("<{part}>")).collect();
        parts.join("/")
    }

    /// What can be read of it at any time, and be shown to whoever does not manage it.
    pub fn readable(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.fields.iter().filter(|field| field.is_readable())
    }

    /// The fields by which it can be looked up in its list, where that is another way than by its key: all of its natural key.
    pub fn looked_up_by(&self) -> &'static [&'static str] {
        let can_be_read = |name: &&str| self.field(name).is_some_and(Field::is_readable);
        let is_key = |name: &&str| self.id_parts().any(|part| part == *name);
        match self.natural_key {
            names if names.iter().all(can_be_read) && !names.iter().any(is_key) => names,
            _ => &[],
        }
    }

    /// The letters that its SID, or the one that it goes by, starts with.
    pub const fn sid_prefix(&self) -> &'static str {
        match self.key {
            Key::Sid(prefix) | Key::Borrowed(_, prefix) => prefix,
        }
    }

    /// Whether Twilio makes up what addresses it, so that nobody knows it before it is made.
    pub const fn is_named_by_twilio(&self) -> bool {
        matches!(self.key, Key::Sid(_))
    }
}

impl Place {
    /// With these paths at a product.
    pub const fn at(product: Product, collection: &'static str, instance: &'static str) -> Self {
        Self {
            product,
            collection,
            instance,
            account_parameter: None,
            older: None,
        }
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
    const fn new(field: Field, is_exactly: Option<&'static str>) -> Self {
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
            is_exactly,
            shows_what_is_gone: false,
        }
    }

    /// A filter that lets through what has exactly the given value in the field of the same name.
    pub const fn exact(field: Field) -> Self {
        Self::new(field, Some(field.name))
    }

    /// A filter that matches in a way of its own.
    pub const fn loose(field: Field) -> Self {
        Self::new(field, None)
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
