//! Behaviours, in a folder for each host. A host lists what it has, one line each; here the lists are joined. Order decides only
//! who is asked first when two stand at one path.

pub mod accounts;
pub mod api;
pub mod chat;
pub mod content;
pub mod conversations;
pub mod events;
pub mod flex;
pub mod iam;
pub mod intelligence;
pub mod lookups;
pub mod marketplace;
pub mod mcs;
pub mod memory;
pub mod messaging;
pub mod numbers;
pub mod preview_iam;
pub mod proxy;
pub mod serverless;
pub mod studio;
pub mod supersim;
pub mod sync;
pub mod taskrouter;
pub mod trunking;
pub mod trusthub;
pub mod verify;
pub mod video;
pub mod voice;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::behaviour::{Behaviour, Registration};
use crate::contract::anonymous;

/// The hosts' lists.
const HOSTS: &[&[Registration]] = &[
    accounts::REGISTRATIONS,
    api::REGISTRATIONS,
    chat::REGISTRATIONS,
    content::REGISTRATIONS,
    conversations::REGISTRATIONS,
    events::REGISTRATIONS,
    flex::REGISTRATIONS,
    iam::REGISTRATIONS,
    intelligence::REGISTRATIONS,
    lookups::REGISTRATIONS,
    marketplace::REGISTRATIONS,
    mcs::REGISTRATIONS,
    memory::REGISTRATIONS,
    messaging::REGISTRATIONS,
    numbers::REGISTRATIONS,
    preview_iam::REGISTRATIONS,
    proxy::REGISTRATIONS,
    serverless::REGISTRATIONS,
    studio::REGISTRATIONS,
    supersim::REGISTRATIONS,
    sync::REGISTRATIONS,
    taskrouter::REGISTRATIONS,
    trunking::REGISTRATIONS,
    trusthub::REGISTRATIONS,
    verify::REGISTRATIONS,
    video::REGISTRATIONS,
    voice::REGISTRATIONS,
];

/// All behaviours.
pub fn all() -> impl Iterator<Item = &'static Registration> {
    HOSTS.iter().copied().flatten()
}

/// The behaviours of a collection template or an own path; names of path parameters do not matter.
pub(crate) fn at(host: &str, template: &str) -> impl Iterator<Item = &'static dyn Behaviour> + use<> {
    type Behaviours = Vec<&'static dyn Behaviour>;
    static BY_PLACE: LazyLock<HashMap<String, Behaviours>> = LazyLock::new(|| {
        let mut by_place: HashMap<_, Behaviours> = HashMap::new();
        for registration in all() {
            let place = place(registration.host, registration.template);
            by_place.entry(place).or_default().push(registration.behaviour);
        }
        by_place
    });
    let found = BY_PLACE.get(&place(host, template));
    found.into_iter().flatten().copied()
}

/// A place, whatever the path parameters in it are called.
fn place(host: &str, template: &str) -> String {
    host.to_owned() + &anonymous(template)
}
