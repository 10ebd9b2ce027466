//! Filling the templates of paths, the one place where a value becomes a part of an address.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::Url;

/// What stays as it is inside a path segment: the unreserved characters of RFC 3986, section 2.3.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Why a path template could not be filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// The template names something that no value was given for.
    #[error("no value for {{{name}}} in the path {template}")]
    Missing {
        /// Name between the braces.
        name: String,
        /// The template.
        template: String,
    },
    /// The value would make another path of it: it is empty, or has a part that is `.` or `..`, encoded or not.
    #[error("the value for {{{name}}} in the path {template} is empty or a relative path")]
    Unusable {
        /// Name between the braces.
        name: String,
        /// The template.
        template: String,
    },
    /// The values together would make another path of it.
    #[error("the values do not fit into the path {template}")]
    Another {
        /// The template.
        template: String,
    },
    /// A brace without its partner.
    #[error("unbalanced braces in the path {template}")]
    Unbalanced {
        /// The template.
        template: String,
    },
}

/// Fills `{name}` in a path template, percent-encoding each value so that it stays one path segment. What is behind a question
/// mark is the query, which takes any value.
///
/// # Errors
/// When a name has no value, when a value is empty or would climb (`.`, `..`, also between slashes and encoded), when braces
/// do not match.
pub fn expand(template: &str, values: &[(&str, &str)]) -> Result<String, PathError> {
    let unbalanced = || PathError::Unbalanced {
        template: template.to_owned(),
    };
    let mut path = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        if before.contains('}') {
            return Err(unbalanced());
        }
        let (name, tail) = after.split_once('}').ok_or_else(unbalanced)?;
        let value = values
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| *value)
            .ok_or_else(|| PathError::Missing {
                name: name.to_owned(),
                template: template.to_owned(),
            })?;
        path.push_str(before);
        let is_in_query = path.contains('?');
        if value.is_empty() || !is_in_query && climbs(value) {
            return Err(PathError::Unusable {
                name: name.to_owned(),
                template: template.to_owned(),
            });
        }
        path.extend(utf8_percent_encode(value, SEGMENT));
        rest = tail;
    }
    if rest.contains('}') {
        return Err(unbalanced());
    }
    path.push_str(rest);
    if arrives(template, &path) {
        Ok(path)
    } else {
        Err(PathError::Another {
            template: template.to_owned(),
        })
    }
}

/// Whether a filled path is still there after an address was parsed, with as many segments as its template.
fn arrives(template: &str, filled: &str) -> bool {
    let slash = if template.starts_with('/') { "" } else { "/" };
    let Ok(url) = Url::parse(&format!("https://twilio.com{slash}{filled}")) else {
        return false;
    };
    let (path, query) = match filled.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (filled, None),
    };
    let template = template.split('?').next().unwrap_or_default();
    let segments = |path: &str| path.split('/').count();
    url.path().strip_prefix(slash) == Some(path)
        && url.query() == query
        && url.fragment().is_none()
        && segments(path) == segments(template)
}

/// Whether a value in a path has a part that is a dot segment, also where a server decodes it first, and once more. A part is
/// what stands between slashes of either kind.
fn climbs(value: &str) -> bool {
    let mut value = std::borrow::Cow::Borrowed(value);
    loop {
        if value.split(['/', '\\']).any(|part| matches!(part, "." | "..")) {
            return true;
        }
        let decoded = percent_decode_str(&value).decode_utf8_lossy().into_owned();
        if decoded == value.as_ref() {
            return false;
        }
        value = decoded.into();
    }
}

/// Whether a path is the one that arrives: made of whole segments, none of which climbs, in characters that stand for
/// themselves. Addresses are parsed before they are sent, and a parser takes such segments away with what is before them.
pub(super) fn is_plain(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else {
        return false;
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:@".contains(&byte);
    rest.is_empty()
        || rest
            .split('/')
            .all(|segment| segment.bytes().all(plain) && !segment.is_empty() && !climbs(segment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_template_takes_values_as_single_segments() {
        assert_eq!(
            expand(
                "/v1/Services/{sid}/Maps/{key}.json",
                &[("sid", "IS1"), ("key", "a/b c?")]
            ),
            Ok("/v1/Services/IS1/Maps/a%2Fb%20c%3F.json".to_owned())
        );
    }

    #[test]
    fn a_template_takes_a_key_in_its_query() {
        let filled = |value: &str| expand("/v1/SafeList/Numbers?PhoneNumber={number}", &[("number", value)]);
        assert_eq!(
            filled("+1 5"),
            Ok("/v1/SafeList/Numbers?PhoneNumber=%2B1%205".to_owned())
        );
        assert_eq!(filled(".."), Ok("/v1/SafeList/Numbers?PhoneNumber=..".to_owned()));
        assert!(matches!(filled(""), Err(PathError::Unusable { .. })));
    }

    #[test]
    fn a_template_refuses_what_would_be_another_path() {
        for value in [
            "",
            ".",
            "..",
            "%2e",
            "%2E%2e",
            ".%2e",
            "%252e%252E",
            "../a",
            "a/..",
            "a/./b",
            "a\\..\\b",
            "a%2f..",
            "a%5C%2e%2e",
            "%252e%252e%252fa",
        ] {
            assert!(
                matches!(expand("/v1/{sid}", &[("sid", value)]), Err(PathError::Unusable { .. })),
                "{value}"
            );
        }
        assert!(matches!(expand("/v1/{sid}", &[]), Err(PathError::Missing { .. })));
        for template in ["/v1/{sid", "/v1/sid}", "/v1/}a{"] {
            assert!(
                matches!(expand(template, &[("sid", "x")]), Err(PathError::Unbalanced { .. })),
                "{template}"
            );
        }
        for template in ["/v1/../{sid}", "/v1/./{sid}", "/v1/%2e%2e/{sid}", "/v1/.{sid}/x#y"] {
            assert!(
                matches!(expand(template, &[("sid", "x")]), Err(PathError::Another { .. })),
                "{template}"
            );
        }
    }

    #[test]
    fn dots_that_do_not_climb_stay() {
        for value in [
            "a.b",
            "...",
            ".a",
            "a..",
            "..b",
            "a/.b/c..",
            "//",
            "/a",
            "%",
            "%2",
            "100%",
            "日本/ü ~",
        ] {
            let path = expand("/v1/{key}/End", &[("key", value)]).expect("no part of it climbs");
            assert!(is_plain(&path), "{path}");
        }
    }

    #[test]
    fn a_path_that_a_parser_would_change_is_not_plain() {
        for path in [
            "/",
            "/v1/Services/MG1",
            "/v1/a%2Fb%20c",
            "/2010-04-01/Accounts/AC1.json",
        ] {
            assert!(is_plain(path), "{path}");
        }
        for path in [
            "",
            "v1",
            "/v1/",
            "/v1//Keys",
            "/v1/..",
            "/v1/../x",
            "/v1/./x",
            "/v1/%2e%2E/x",
            "/v1/.%2e",
            "/v1/a%2F../x",
            "/v1\\..",
            "/v1/.\t./x",
            "/v1/a b",
            "/v1/x?y",
            "/v1/x#y",
            "/v1/ü",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }

    /// Values that are made of what makes paths, and of whatever else there is.
    fn value() -> impl Strategy<Value = String> {
        let pieces = [
            "/", "\\", ".", "..", "%2e", "%2F", "%5c", "%25", "%", "?", "#", ";", ":", "@", " ", "\t", "\n", "\0", "a",
            "é", "日", "&", "=", "+", "~", "http:",
        ];
        prop_oneof![
            proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..7)
                .prop_map(|pieces| pieces.concat()),
            "(?s).{0,16}",
        ]
    }

    /// What a segment of an address stands for.
    fn meant(segment: &str) -> String {
        percent_decode_str(segment).decode_utf8_lossy().into_owned()
    }

    proptest! {
        #[test]
        fn filling_a_template_changes_no_other_segment_of_the_address(one in value(), two in value()) {
            const TEMPLATE: &str = "/v1/Services/{one}/Maps/Fixed/{two}.json";
            let filled = expand(TEMPLATE, &[("one", &one), ("two", &two)]);
            let refused = |value: &str| value.is_empty() || climbs(value);
            prop_assert_eq!(filled.is_err(), refused(&one) || refused(&two), "{:?}", filled);
            if let Ok(path) = filled {
                prop_assert!(is_plain(&path));
                let url = Url::parse(&format!("https://sync.twilio.com{path}")).expect("an address");
                let segments: Vec<&str> = url.path_segments().expect("a path").collect();
                prop_assert_eq!(segments.len(), 6);
                prop_assert_eq!([segments[0], segments[1], segments[3], segments[4]], ["v1", "Services", "Maps", "Fixed"]);
                prop_assert_eq!(meant(segments[2]), one);
                prop_assert_eq!(meant(segments[5]), format!("{two}.json"));
                prop_assert_eq!((url.query(), url.fragment(), url.host_str()), (None, None, Some("sync.twilio.com")));
                // Neither where somebody on the way decodes it, once or twice.
                for again in [meant(&path), meant(&meant(&path))] {
                    prop_assert!(!again.split(['/', '\\']).any(|part| matches!(part, "." | "..")), "{}", again);
                }
            }
        }

        #[test]
        fn a_key_in_a_query_decodes_to_itself(key in value()) {
            prop_assume!(!key.is_empty());
            let filled = expand("/v1/Numbers?Number={key}&Fixed=1", &[("key", &key)]).expect("any value");
            let url = Url::parse(&format!("https://accounts.twilio.com{filled}")).expect("an address");
            prop_assert_eq!(url.path(), "/v1/Numbers");
            let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
            prop_assert_eq!(pairs, [("Number".to_owned(), key), ("Fixed".to_owned(), "1".to_owned())]);
        }
    }
}
