//! What every client of the simulator may rely on, over real HTTP.

mod accounts;
mod addresses;
mod companions;
mod control;
mod events;
mod existence;
mod faults;
mod gone;
mod identity;
mod keyed;
mod keys;
mod messaging_services;
mod numbers;
mod paging;
mod processes;
mod replacing;
mod sender_pool;
mod strictness;
mod studio;
mod support;
mod uploads;
mod usage;
mod valid;
mod verify;
mod walk;
