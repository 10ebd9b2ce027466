//! What every client of the simulator may rely on, over real HTTP.

mod accounts;
mod addresses;
mod control;
mod events;
mod faults;
mod identity;
mod keys;
mod messaging_services;
mod numbers;
mod paging;
mod sender_pool;
mod strictness;
mod studio;
mod support;
mod usage;
mod valid;
mod verify;
mod walk;
