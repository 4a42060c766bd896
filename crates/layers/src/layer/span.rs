//! Pieces of a text, by their place in it.

use std::borrow::Cow;

/// A piece of a layer's text, in bytes. An empty one stands for nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    start: u32,
    len: u32,
}

impl Span {
    /// Where a piece of the text is in it; empty where it is none of it. The
    /// offsets fit because larger files are refused.
    pub fn find(text: &str, piece: &str) -> Self {
        let start = (piece.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        let inside = start <= text.len() && piece.len() <= text.len() - start;
        match (u32::try_from(start), u32::try_from(piece.len())) {
            (Ok(start), Ok(len)) if inside => Span { start, len },
            _ => Span::default(),
        }
    }

    /// So many bytes from there on, where both can be said.
    pub(super) fn new(start: usize, len: usize) -> Option<Self> {
        Some(Span {
            start: start.try_into().ok()?,
            len: len.try_into().ok()?,
        })
    }

    /// Where it begins.
    pub(super) fn start(self) -> usize {
        self.start as usize
    }

    /// The piece of this text.
    pub fn of(self, text: &str) -> &str {
        let start = self.start as usize;
        text.get(start..start + self.len as usize).unwrap_or("")
    }
}

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

    #[test]
    fn spans_never_reach_outside() {
        let text = "abcdef";
        let span = Span::find(text, &text[2..4]);
        assert_eq!(span.of(text), "cd");
        assert_eq!(span.of("abc"), "");
        assert_eq!(span.of("abcé"), "");
        assert_eq!(Span::find(&text[1..], text), Span::default());
        assert_eq!(Span::find(&text[..3], &text[2..]), Span::default());
    }
}
