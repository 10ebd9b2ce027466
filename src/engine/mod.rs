//! Turns the description of a Twilio object into create, read, update, delete, import, list and look-up.
//!
//! The rooms, each of which uses only those before it:
//!
//! - [`facts`]: what can be said of an object. [`facts::Object`] is what Twilio has, [`facts::Managed`] how Terraform changes
//!   it, and [`facts::hooks`] the small functions that a table may carry.
//! - [`values`]: from a plan to the parameters of a request, and from the properties of a response to a state.
//! - [`errors`]: from an error of Twilio's to a diagnostic.
//! - [`sharing`]: two resources, one object: who holds what in this run, and what is protected.
//! - [`operations`]: what Terraform asks for, one file each.
//! - [`serve`]: a table as what the framework serves.
//!
//! No product is known here by name. Start reading at [`facts::Object`], then [`operations::create`].

pub mod errors;
#[cfg_attr(
    not(feature = "internals"),
    allow(
        dead_code,
        unused_imports,
        reason = "a vocabulary has words that only test tables use so far, and facts for the documentation"
    )
)]
pub mod facts;
pub mod older;
pub mod operations;
pub mod serve;
pub mod sharing;
pub mod values;
