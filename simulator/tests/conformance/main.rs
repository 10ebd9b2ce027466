//! What every client of the simulator may rely on, over real HTTP.
//!
//! Everything here is requests and answers, built from Twilio's documentation, its contract, and what others saw of it; the provider has
//! no part in it. Where to look for what:
//!
//! | of the real Twilio | tests |
//! | --- | --- |
//! | what comes with a new object, and what an account has by itself | `companions`, `existence`; names: `starting` |
//! | an entry shows what it stands for, and what does not exist cannot be named | `references`, `sender_pool`, `elsewhere` |
//! | what a new object reads that was sent nothing | `starting`, `sender_pool`, `messaging_services`, `verify`, `addresses`, `accounts` |
//! | uploads, and what takes its time | `uploads`, `processes` |
//! | below what is gone | `gone`; what may not go: `dependants` |
//! | what Twilio fills by itself | `catalogues`, `lookups` |
//! | who takes part | `talk`, `sessions`; who is offered a task: `reservations`, `tasks` |
//! | filters and orders of lists | `filters`; pages: `paging` |
//! | names with dots, lists of objects, durations and dates | `nesting`, `states` |
//! | what is let through and how it reads back | `let_through`; what is not: `strictness` |
//! | what an empty text, a part and a whole do to what was written | `emptying`, `replacing`, `memory`, `studio` |
//! | names and limits, each with its code | `limits`, `keyed`, `states` |
//! | what only some kinds need: flows of Flex, push factors, businesses; workspaces and flags of TaskRouter | `flex`, `push`, `toll_free`, `tasking` |
//! | versions that a write depends on | `versions` |
//! | who may do what, and where | `identity`, `keys`, `accounts`, `test_credentials`; numbers and their market: `numbers` |
//! | what the acceptance tests of another provider saw, beside all that | `seen` |
//! | every operation of the contract once | `walk`, with the smallest requests of `valid` |
//! | the simulator itself | `control`, `faults` |

mod accounts;
mod addresses;
mod bounds;
mod bundles;
mod catalogues;
mod chat;
mod companions;
mod control;
mod dependants;
mod devices;
mod elsewhere;
mod emptying;
mod events;
mod existence;
mod factors;
mod faults;
mod filters;
mod flex;
mod gone;
mod identity;
mod isolation;
mod keyed;
mod keys;
mod legal;
mod let_through;
mod lifetimes;
mod limits;
mod lookups;
mod memory;
mod messages;
mod messaging_services;
mod nesting;
mod numbers;
mod oauth;
mod owned;
mod paging;
mod processes;
mod push;
mod references;
mod regions;
mod replacing;
mod reservations;
mod restricted_keys;
mod rooms;
mod seen;
mod sender_pool;
mod senders;
mod serverless;
mod sessions;
mod standing;
mod starting;
mod states;
mod steps;
mod strictness;
mod studio;
mod support;
mod talk;
mod targets;
mod tasking;
mod tasks;
mod test_credentials;
mod toll_free;
mod uploads;
mod usage;
mod valid;
mod verifications;
mod verify;
mod versions;
mod waiting;
mod walk;
mod worded;
