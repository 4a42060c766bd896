//! A scanner over JSON text that looks no closer than it must: it knows
//! strings and brackets, and takes any other run of characters for a scalar,
//! so that one `NaN` costs its feature and not the file. Values are read
//! properly, by `serde_json`, when somebody asks for them.

use std::borrow::Cow;

/// Where the structure of the text breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken {
    /// Offset in bytes; the length of the text where it ends too soon.
    pub at: usize,
}

/// A position in a JSON text.
#[derive(Debug, Clone)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Closing brackets that are awaited, innermost last.
    open: Vec<u8>,
}

impl<'a> Scanner<'a> {
    /// At an offset of a text.
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Scanner {
            text,
            at,
            open: Vec::new(),
        }
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The offset in bytes.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes back, or forth, to an offset.
    pub(super) fn go(&mut self, at: usize) {
        self.at = at;
    }

    /// The text from an offset to here.
    pub(super) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or("")
    }

    /// The next byte that is not blank, without passing it.
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    /// Passes the byte if it comes next.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Passes the byte, which must come next.
    pub(super) fn expect(&mut self, byte: u8) -> Result<(), Broken> {
        if self.eat(byte) {
            Ok(())
        } else {
            Err(Broken { at: self.at })
        }
    }

    /// Passes a string and gives what stands between its quotes, escapes and all.
    pub(super) fn string(&mut self) -> Result<&'a str, Broken> {
        self.expect(b'"')?;
        let start = self.at;
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
                None => {
                    self.at = bytes.len();
                    return Err(Broken { at: self.at });
                }
            }
        }
        let inner = self.since(start);
        self.at += 1;
        Ok(inner)
    }

    /// Passes a number, literal or whatever stands in its place.
    pub(super) fn scalar(&mut self) -> Result<&'a str, Broken> {
        self.peek();
        let start = self.at;
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if matches!(
                byte,
                b',' | b']' | b'}' | b'[' | b'{' | b'"' | b':' | b' ' | b'\n' | b'\r' | b'\t'
            ) {
                break;
            }
            self.at += 1;
        }
        if self.at == start {
            return Err(Broken { at: self.at });
        }
        Ok(self.since(start))
    }

    /// Passes any value and gives its text. Of what is nested, only strings and
    /// brackets are checked.
    pub(super) fn value(&mut self) -> Result<&'a str, Broken> {
        let first = self.peek();
        let start = self.at;
        match first {
            Some(b'"') => {
                self.string()?;
            }
            Some(b'{' | b'[') => self.nested()?,
            _ => {
                self.scalar()?;
            }
        }
        Ok(self.since(start))
    }

    /// Passes brackets and all that is in them.
    fn nested(&mut self) -> Result<(), Broken> {
        self.open.clear();
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' => self.open.push(b'}'),
                b'[' => self.open.push(b']'),
                b'}' | b']' => {
                    if self.open.pop() != Some(byte) {
                        return Err(Broken { at: self.at });
                    }
                    if self.open.is_empty() {
                        self.at += 1;
                        return Ok(());
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        Err(Broken { at: self.at })
    }

    /// Passes an object. `member` is called behind each colon and must pass the value.
    pub(super) fn object<E: From<Broken>>(
        &mut self,
        mut member: impl FnMut(&mut Self, Cow<'a, str>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expect(b'{')?;
        if self.eat(b'}') {
            return Ok(());
        }
        loop {
            let key = self.key()?;
            member(self, key)?;
            if !self.eat(b',') {
                return Ok(self.expect(b'}')?);
            }
        }
    }

    /// Passes the key of an object's member and its colon.
    pub(super) fn key(&mut self) -> Result<Cow<'a, str>, Broken> {
        let key = unescape(self.string()?);
        self.expect(b':')?;
        Ok(key)
    }

    /// After an element or member: true where another follows, false past `close`.
    pub(super) fn more(&mut self, close: u8) -> Result<bool, Broken> {
        if self.eat(b',') {
            return Ok(true);
        }
        self.expect(close)?;
        Ok(false)
    }

    /// Passes an array. `element` is called before each element and must pass it.
    pub(super) fn array<E: From<Broken>>(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expect(b'[')?;
        if self.eat(b']') {
            return Ok(());
        }
        loop {
            element(self)?;
            if !self.eat(b',') {
                return Ok(self.expect(b']')?);
            }
        }
    }
}

/// What a JSON string means, from what stands between its quotes; as it stands
/// where it means nothing.
fn unescape(inner: &str) -> Cow<'_, str> {
    let escaped = inner.contains('\\');
    match escaped.then(|| serde_json::from_str(&format!("\"{inner}\""))) {
        Some(Ok(meaning)) => Cow::Owned(meaning),
        _ => Cow::Borrowed(inner),
    }
}

/// The JSON type of a value by its first byte, for messages.
pub(super) fn json_type(first: Option<u8>) -> &'static str {
    match first {
        Some(b'{') => "object",
        Some(b'[') => "array",
        Some(b'"') => "string",
        Some(b't' | b'f') => "boolean",
        Some(b'n') => "null",
        Some(b'-' | b'0'..=b'9') => "number",
        _ => "unknown",
    }
}

/// The beginning of a text, for messages.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut chars = text.chars();
    let mut short: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Result<&str, usize> {
        Scanner::new(text, 0).value().map_err(|b| b.at)
    }

    #[test]
    fn values_end_where_they_end() {
        for whole in [
            r#"{"a":[1,{"b":"}]\""}],"c":null}"#,
            r#""\\""#,
            "NaN",
            "-1.5e3",
            "[]",
        ] {
            assert_eq!(value(&format!(" {whole} ,")), Ok(whole));
        }
    }

    #[test]
    fn breaks_are_where_they_are() {
        assert_eq!(value(r#"{"a":[1}"#), Err(7));
        assert_eq!(value(r#"{"a":"x"#), Err(7));
        assert_eq!(value(r#""abc\"#), Err(5));
        assert_eq!(value("  "), Err(2));
        assert_eq!(value(",1"), Err(0));
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        use serde_json::Value;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            ".{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((".{0,4}", inner), 0..4)
                    .prop_map(|m| Value::Object(m.into_iter().collect())),
            ]
        })
    }

    proptest! {
        /// Against `serde_json`, on what it writes.
        #[test]
        fn objects_come_apart_as_they_were_put_together(value in json(), pretty: bool) {
            let text = match pretty {
                true => serde_json::to_string_pretty(&value),
                false => serde_json::to_string(&value),
            }.unwrap();
            prop_assert_eq!(Scanner::new(&text, 0).value().unwrap(), &text);
            if let serde_json::Value::Object(members) = value {
                let mut found = serde_json::Map::new();
                Scanner::new(&text, 0).object::<Broken>(|s, key| {
                    found.insert(key.into_owned(), serde_json::from_str(s.value()?).unwrap());
                    Ok(())
                }).unwrap();
                prop_assert_eq!(found, members);
            }
        }

        #[test]
        fn nothing_panics(text in r#"[\[\]{}",:\\ aé1]{0,40}"#) {
            let mut s = Scanner::new(&text, 0);
            let _ = s.value();
            let _ = Scanner::new(&text, 0).object::<Broken>(|s, _| s.value().map(drop));
            prop_assert!(s.at() <= text.len() + 1);
        }
    }
}
