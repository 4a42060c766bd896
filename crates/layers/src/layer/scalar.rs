//! Scalars of JSON as text.

use std::borrow::Cow;

/// The text that a JSON value stands for where it is a string or a number with
/// something in it; blanks around it do not count.
pub fn scalar_text(json: &str) -> Option<Cow<'_, str>> {
    let text = match json.as_bytes().first()? {
        b'"' if !json.contains('\\') => Cow::Borrowed(json.get(1..json.len() - 1)?),
        b'"' => Cow::Owned(serde_json::from_str(json).ok()?),
        b'-' | b'0'..=b'9' => Cow::Borrowed(json),
        _ => return None,
    };
    // What begins and ends with a character of ASCII that can be seen has no blanks around it.
    let ends = [text.as_bytes().first(), text.as_bytes().last()];
    if ends.iter().all(|end| end.is_some_and(u8::is_ascii_graphic)) {
        return Some(text);
    }
    let trimmed = text.trim();
    match text {
        _ if trimmed.is_empty() => None,
        Cow::Borrowed(text) => Some(Cow::Borrowed(text.trim())),
        Cow::Owned(_) => Some(Cow::Owned(trimmed.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_read_as_text() {
        let read = |json| scalar_text(json).map(Cow::into_owned);
        assert_eq!(read(r#"" 辽河路 ""#), Some("辽河路".into()));
        assert_eq!(read(r#""a\u0062\n""#), Some("ab".into()));
        assert_eq!(read("2203820102000017"), Some("2203820102000017".into()));
        for nothing in [
            "", "null", "true", "[]", "{}", r#""""#, r#""  ""#, r#"""#, r#""\x""#,
        ] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }
}
