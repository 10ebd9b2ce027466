//! How Terraform changes an object of Twilio's.

use super::hooks::WriteHooks;
use super::older::{OlderState, Upgrade};
use super::{BodyStyle, Bulk, Consequence, Forewarning, Lifecycle, Object, Spelling, Upload, Wait};

/// An object that Terraform manages.
#[derive(Clone, Copy)]
pub struct Managed {
    /// What Twilio has.
    pub object: Object,
    /// The provider version that offered the resource first.
    pub since: &'static str,
    /// Markdown: what it is for.
    pub doc: &'static str,
    /// Markdown: what a person who uses it has to know of Twilio and would not expect, a fact each. What only matters to the code
    /// stands in the module's documentation.
    pub quirks: &'static [&'static str],
    /// Markdown that stands below the schema in the documentation, with its own heading; empty for none.
    pub more: &'static str,
    /// What becomes of an object from its first apply to its destroy.
    pub lifecycle: Lifecycle,
    /// How it is written, where a request names many such objects.
    pub bulk: Option<Bulk>,
    /// How a file of it reaches Twilio.
    pub upload: Option<Upload>,
    /// What an apply can be asked to wait for.
    pub waits: &'static [Wait],
    /// What Twilio refuses to delete such an object for, and the way out: said beside Twilio's own words, in which and with
    /// whichever code it refuses. Empty where nothing is known.
    pub stays_while: &'static str,
    /// The attribute that lets a destroy go on though something is in its way. Of an object that is replaced the block's own value
    /// counts, as of one that is tainted, whose state takes no new value.
    pub forced_by: Option<&'static str>,
    /// What becomes of an object that was created and not completed.
    pub incomplete: Incomplete,
    /// When Twilio takes the object away by itself, so that one which is gone then is no surprise.
    pub expires: Option<Expiry>,
    /// What its changes are beyond changes, for a policy. That destroying deletes goes without saying.
    pub consequences: &'static [Consequence],
    /// What a plan says before it is done.
    pub forewarnings: &'static [Forewarning],
    /// Another resource that may manage the same object, of which this one is a part.
    pub part_of: Option<&'static str>,
    /// The tables of what an object is made of, by a hook: what that takes, this takes.
    pub made_of: &'static [&'static Self],
    /// Parameters of the contract that are left out on purpose, each with the reason.
    pub omitted: &'static [Omitted],
    /// Rules between attributes.
    pub rules: &'static [Rule],
    /// Types of the providers that were there before, whose state is taken over.
    pub older_states: &'static [OlderState],
    /// The steps from the first version of the schema to the current one.
    pub versions: &'static [Upgrade],
    /// Code, where facts do not suffice.
    pub write: WriteHooks,
}

/// What becomes of an object that was created, and of which a later step failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incomplete {
    /// It is there, and what is missing is said in a warning: the next apply completes it.
    Completed,
    /// Without the rest it is of no use to what depends on it: an error, so that nothing of that is applied. Terraform marks it as
    /// tainted, and the next apply makes it anew.
    MadeAnew,
}

/// The fields that say when Twilio takes an object away by itself.
#[derive(Debug, Clone, Copy)]
pub struct Expiry {
    /// The field with the seconds that the object lasts; none in it, or 0, is for ever.
    pub after: &'static str,
    /// The field with the date that follows from them, where the table has it. It moves only when the seconds are written, which
    /// Twilio does not return: a response with another date is from before or after that.
    pub at: Option<&'static str>,
}

/// A parameter that the contract has and the table has not.
#[derive(Debug, Clone, Copy)]
pub struct Omitted {
    /// Twilio's name.
    pub parameter: &'static str,
    /// Why nobody should set it.
    pub reason: &'static str,
}

/// Rules between attributes of one resource. Silent while a named attribute is unknown.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// At most one of them may be set.
    AtMostOneOf(&'static [&'static str]),
    /// One of them must be set, or more.
    AtLeastOneOf(&'static [&'static str]),
    /// One of them must be set, and only one.
    ExactlyOneOf(&'static [&'static str]),
    /// If the first is set, the second must be.
    Requires(&'static str, &'static str),
}

impl Managed {
    /// What most resources have in common, to be completed with `..Managed::NEW`: a form makes and changes the object, DELETE
    /// destroys it. `since` is empty, which no table may leave as it is.
    pub const NEW: Self = Self {
        object: Object::NEW,
        since: "",
        doc: "",
        quirks: &[],
        more: "",
        lifecycle: Lifecycle::FORM,
        bulk: None,
        upload: None,
        waits: &[],
        stays_while: "",
        forced_by: None,
        incomplete: Incomplete::Completed,
        expires: None,
        consequences: &[],
        forewarnings: &[],
        part_of: None,
        made_of: &[],
        omitted: &[],
        rules: &[],
        older_states: &[],
        versions: &[],
        write: WriteHooks::NONE,
    };

    /// How its parameters are spelt.
    pub const fn spelling(&self) -> Spelling {
        match self.lifecycle.body() {
            BodyStyle::Form => Spelling::Pascal,
            BodyStyle::Json => self.object.spelling,
        }
    }
}
