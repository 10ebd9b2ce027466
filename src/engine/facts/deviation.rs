/// A rule of the catalogue that a table breaks, and rightly so. It stands in the table, beside what it is about; only tests read it.
#[derive(Debug, Clone, Copy)]
pub struct Deviation {
    /// The rule.
    pub from: Norm,
    /// The attribute or parameter at fault, as the complaint calls it; empty for the table itself.
    pub name: &'static str,
    /// Why it is right.
    pub reason: &'static str,
}

/// A rule that every table keeps, unless it says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Norm {
    /// What is read is in the responses of the contract.
    Responses,
    /// What is read is in the items of the list, too.
    ListItems,
    /// A parameter has the words and bounds of the contract.
    Parameters,
    /// What the contract demands is always sent.
    Demands,
    /// A filter has the type and the words of the contract.
    Filters,
    /// A list has a name.
    Plural,
    /// What sounds like a secret is sensitive.
    Secrecy,
}
