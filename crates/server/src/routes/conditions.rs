//! What a caller knows of what it asks for (RFC 9110, 13.1).

use axum::http::HeaderMap;
use axum::http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH};

/// Whether the caller has the representation with this validator; compared weakly.
pub(super) fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let is_it = |tag: &str| tag == "*" || tag.trim_start_matches("W/") == etag;
    tags(headers, IF_NONE_MATCH).any(is_it)
}

/// Whether what there is is what the caller expects, where it expects anything. `is_it` is
/// asked about each strong validator, and about `*`.
pub(super) fn is_expected(headers: &HeaderMap, is_it: impl Fn(&str) -> bool) -> bool {
    !headers.contains_key(IF_MATCH) || tags(headers, IF_MATCH).any(is_it)
}

fn tags(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let values = headers.get_all(name).into_iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    texts.flat_map(|text| text.split(',')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_compared_weakly_and_what_is_expected_is_not() {
        let mut headers = HeaderMap::new();
        let is_a = |tag: &str| tag == "\"a\"";
        assert!(is_expected(&headers, is_a), "whoever expects nothing");
        assert!(!is_known(&headers, "\"a\""));
        for (value, known, expected) in [
            ("\"b\", \"a\"", true, true),
            ("W/\"a\"", true, false),
            ("\"b\"", false, false),
            ("", false, false),
            ("*", true, false),
        ] {
            headers.insert(IF_MATCH, value.parse().unwrap());
            headers.insert(IF_NONE_MATCH, value.parse().unwrap());
            assert_eq!(is_known(&headers, "\"a\""), known, "{value}");
            assert_eq!(is_expected(&headers, is_a), expected, "{value}");
        }
    }
}
