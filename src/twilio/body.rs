//! Bodies of requests.

use serde_json::Value;

use super::multipart::Multipart;

/// Body of a request.
#[derive(Clone, PartialEq, Default)]
pub enum Body {
    /// None.
    #[default]
    None,
    /// `application/x-www-form-urlencoded`, in this order; a list is a repeated name.
    Form(Vec<(String, String)>),
    /// `application/json`.
    Json(Value),
    /// `multipart/form-data`: fields and a file.
    Multipart(Multipart),
}

impl Body {
    /// The fields that are pairs of a name and a text.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        match self {
            Self::Form(pairs) => pairs,
            Self::Multipart(body) => &body.fields,
            Self::None | Self::Json(_) => &[],
        }
    }

    /// Content type and bytes, the same each time.
    pub(super) fn encoded(&self) -> Option<(String, Vec<u8>)> {
        match self {
            Self::None => None,
            Self::Form(pairs) => Some((
                "application/x-www-form-urlencoded".to_owned(),
                encode_form(pairs).into_bytes(),
            )),
            Self::Json(value) => Some(("application/json".to_owned(), value.to_string().into_bytes())),
            Self::Multipart(body) => Some(body.encoded()),
        }
    }
}

impl std::fmt::Debug for Body {
    /// Names without values, since a value may be a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Form(pairs) => f.debug_tuple("Form").field(&names(pairs)).finish(),
            Self::Json(Value::Object(object)) => {
                f.debug_tuple("Json").field(&object.keys().collect::<Vec<_>>()).finish()
            }
            Self::Json(_) => f.write_str("Json(..)"),
            Self::Multipart(body) => body.fmt(f),
        }
    }
}

pub(super) fn names(pairs: &[(String, String)]) -> Vec<&str> {
    pairs.iter().map(|(name, _)| name.as_str()).collect()
}

/// Encodes pairs as `application/x-www-form-urlencoded`.
pub(super) fn encode_form(pairs: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_form_keeps_order_and_repeats_names_of_lists() {
        let pairs = [("FriendlyName", "a b&c"), ("Types", "one"), ("Types", "zwei ü")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let (content_type, body) = Body::Form(pairs.to_vec()).encoded().expect("a body");
        assert_eq!(content_type, "application/x-www-form-urlencoded");
        assert_eq!(body, b"FriendlyName=a+b%26c&Types=one&Types=zwei+%C3%BC");
    }

    proptest! {
        #[test]
        fn an_encoded_form_decodes_to_the_same_pairs(
            pairs in proptest::collection::vec((".{0,12}", ".{0,24}"), 0..8)
        ) {
            let encoded = encode_form(&pairs);
            prop_assert!(encoded.is_ascii());
            let decoded: Vec<(String, String)> =
                url::form_urlencoded::parse(encoded.as_bytes()).into_owned().collect();
            prop_assert_eq!(decoded, pairs);
        }
    }
}
