//! A list in a sentence that names a few and counts the rest.

/// `a, b, c and 4 more`: the names of some, and how many there are besides. Where none is named, their number alone.
pub(crate) fn and_more(named: &str, more: usize) -> String {
    match (named.is_empty(), more) {
        (_, 0) => named.to_owned(),
        (true, more) => format!("{more} that have no name here"),
        (false, more) => format!("{named} and {more} more"),
    }
}

/// The first `most` of `names`, joined by commas, and how many there are besides.
pub(crate) fn some_of(names: &[impl AsRef<str>], most: usize) -> String {
    let named: Vec<_> = names.iter().take(most).map(AsRef::as_ref).collect();
    and_more(&named.join(", "), names.len().saturating_sub(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_are_named_and_the_rest_is_counted() {
        let names = ["a", "b", "c"];
        assert_eq!(some_of(&names, 5), "a, b, c");
        assert_eq!(some_of(&names, 3), "a, b, c");
        assert_eq!(some_of(&names, 2), "a, b and 1 more");
        assert_eq!(some_of(&[""; 0], 2), "");
        assert_eq!(and_more("", 3), "3 that have no name here");
        assert_eq!(and_more("", 0), "");
    }
}
