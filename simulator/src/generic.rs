//! Serving operations from the contract alone.

pub(crate) mod alias;
pub(crate) mod build;
pub(crate) mod fill;
pub(crate) mod listing;
mod order;
pub(crate) mod paging;
mod renames;
pub(crate) mod resolve;
pub(crate) mod serve;
mod shape;

#[cfg(test)]
pub(crate) use paging::is_paging;

use percent_encoding::{AsciiSet, CONTROLS};

/// Characters that are escaped in a path segment.
pub(crate) const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// Values of a template's parameters in a concrete path; `None` if the path is not of that form.
pub(crate) fn match_template(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    if template.len() != path.len() {
        return None;
    }
    let mut params = Vec::new();
    for (expected, actual) in template.iter().zip(path) {
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => {
                let value = percent_encoding::percent_decode_str(actual)
                    .decode_utf8_lossy()
                    .into_owned();
                params.push((name.to_owned(), value));
            }
            None if *expected == actual => {}
            None => return None,
        }
    }
    Some(params)
}
