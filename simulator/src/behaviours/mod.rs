//! The explicit list of behaviours. One line per resource; order decides only who is asked first when two stand at one path.

use crate::behaviour::Registration;

/// All behaviours.
pub fn all() -> &'static [Registration] {
    const ALL: &[Registration] = &[];
    ALL
}

/// The behaviours of a collection template or an own path.
pub(crate) fn at<'a>(host: &'a str, template: &'a str) -> impl Iterator<Item = &'static Registration> + 'a {
    all()
        .iter()
        .filter(move |registration| registration.host == host && registration.template == template)
}
