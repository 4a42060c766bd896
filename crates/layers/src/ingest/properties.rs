//! The properties that mean something to us, found without reading the others.

use super::scan::{Broken, Scanner};
use super::spelling::Spelling;
use crate::catalog::Fields;
use serde_json::Value;

/// The property that grades streets; tiles carry it so that style can use it.
const GRADE: &str = "grade";

/// JSON texts of the properties that mean something to us, and of all of them;
/// empty where there are none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Properties<'a> {
    pub all: &'a str,
    pub uid: &'a str,
    pub kind: &'a str,
    pub code: &'a str,
    pub name: &'a str,
    pub street: &'a str,
    pub grade: &'a str,
}

impl<'a> Properties<'a> {
    /// Takes a value that is under these of the [`names`].
    #[inline(always)]
    pub(super) fn take(&mut self, named: Named, value: &'a str) {
        let places = [
            &mut self.uid,
            &mut self.kind,
            &mut self.code,
            &mut self.name,
            &mut self.street,
            &mut self.grade,
        ];
        for (n, place) in places.into_iter().enumerate() {
            if named & (1 << n) != 0 {
                *place = value;
            }
        }
    }
}

/// Under which of the [`names`] a value is, a bit each: a property may be asked for as two things.
pub(super) type Named = u8;

/// Which of the names a key is.
pub(super) fn named(names: &[&str; 6], key: &[u8]) -> Named {
    let is_it = |&(_, name): &(usize, &&str)| name.as_bytes() == key;
    let those = names.iter().enumerate().filter(is_it);
    those.fold(0, |named, (n, _)| named | 1 << n)
}

/// The names of the properties that mean something to us: of the uid, the kind, the code, the name,
/// the street and the grade.
pub(super) fn names(fields: &Fields) -> [&str; 6] {
    [
        &fields.uid,
        &fields.kind,
        &fields.code,
        &fields.name,
        &fields.street,
        GRADE,
    ]
}

/// Reads the properties that come next and passes them.
pub(super) fn read<'a>(
    s: &mut Scanner<'a>,
    fields: &Fields,
    spelling: &mut Spelling,
) -> Result<Properties<'a>, Broken> {
    let mut found = Properties::default();
    let first = s.peek();
    let start = s.at();
    spelling.none();
    if first != Some(b'{') {
        s.value()?;
        found.all = s.since(start);
        return Ok(found);
    }
    spelling.begin();
    let mut from = start;
    s.object::<Broken>(|s, key| {
        s.peek();
        let begins = s.at();
        let named = named(&names(fields), key.as_bytes());
        spelling.pass(piece(s, from, begins), named);
        let value = s.value()?;
        from = s.at();
        spelling.value(begins, from);
        found.take(named, value);
        Ok(())
    })?;
    spelling.end(piece(s, from, s.at()));
    found.all = s.since(start);
    Ok(found)
}

/// What stands between two places of the text.
fn piece<'a>(s: &Scanner<'a>, from: usize, to: usize) -> &'a str {
    s.text().get(from..to).unwrap_or("")
}

/// Reads all properties in the order of the file. A value that is no JSON is
/// given as the text that it is.
pub fn read_all(json: &str) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    // The structure was walked when the file was read.
    let _ = Scanner::new(json, 0).object::<Broken>(|s, key| {
        let text = s.value()?;
        let value = serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
        all.push((key.into_owned(), value));
        Ok(())
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_and_the_rest_is_read_when_asked() {
        let text = r#" {"x":{"kind":"no"},"ObjID":22,"grade":"主","odd":NaN,"\u006bind":"lid"} ,"#;
        let mut s = Scanner::new(text, 0);
        let found = read(&mut s, &Fields::default(), &mut Spelling::default()).unwrap();
        assert_eq!(
            (found.code, found.grade, found.kind),
            ("22", "\"主\"", "\"lid\"")
        );
        assert_eq!((found.uid, found.name, found.street), ("", "", ""));
        assert!(s.eat(b','));
        let all = read_all(found.all);
        let keys: Vec<_> = all.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["x", "ObjID", "grade", "odd", "kind"]);
        assert_eq!(all[0].1, serde_json::json!({"kind": "no"}));
        assert_eq!(all[3].1, serde_json::json!("NaN"));
    }

    #[test]
    fn no_properties_are_none() {
        for odd in ["null", "[1,2]", "5", "\"x\""] {
            let found = read(
                &mut Scanner::new(odd, 0),
                &Fields::default(),
                &mut Spelling::default(),
            )
            .unwrap();
            assert_eq!(found.all, odd);
            assert_eq!(read_all(found.all), []);
        }
    }
}
