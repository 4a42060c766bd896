//! The text of a GeoJSON file with other coordinates, and all else as it was.

use super::super::scan::{Broken, Scanner};

/// Where a position is to stand: from its first two numbers, their new ones; none leaves them.
pub(super) type Convert<'c> = dyn FnMut(f64, f64) -> Option<[f64; 2]> + 'c;

/// How deep objects stand that hold positions: a collection, its features, their geometries.
const DEEPEST: u8 = 2;

/// How many arrays stand around a position's own at most: those of a MultiPolygon. The reader refuses
/// what is deeper, and a file of nothing but brackets must not be followed down.
const AROUND: u8 = 3;

/// Converts each position of a text and takes out what it says of its coordinates. A position that
/// is no numbers or has no new place stays as it is, for the reader to refuse; behind a break in the syntax, which it
/// does not read on from, nothing is changed.
pub(super) fn rewritten(text: &str, convert: &mut Convert) -> String {
    let mut edits = Edits {
        text,
        done: 0,
        out: String::with_capacity(text.len()),
        convert,
    };
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let _ = edits.object(&mut Scanner::new(text, mark), 0);
    edits.out.push_str(text.get(edits.done..).unwrap_or(""));
    edits.out
}

/// The JSON text of the member `crs`, as the reader would take it: the last one counts.
pub(super) fn crs(text: &str) -> Option<&str> {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut found = None;
    let _ = Scanner::new(text, mark).object::<Broken>(|s, key| {
        let value = s.value()?;
        if key == "crs" {
            found = Some(value);
        }
        Ok(())
    });
    found
}

struct Edits<'t, 'c> {
    text: &'t str,
    /// Up to here the text is in `out`.
    done: usize,
    out: String,
    convert: &'c mut Convert<'c>,
}

impl<'t> Edits<'t, '_> {
    fn replace(&mut self, start: usize, end: usize, with: &str) {
        self.out
            .push_str(self.text.get(self.done..start).unwrap_or(""));
        self.out.push_str(with);
        self.done = end;
    }

    /// A collection, a feature or a geometry, which stands in so many others.
    fn object(&mut self, s: &mut Scanner<'t>, depth: u8) -> Result<(), Broken> {
        s.object::<Broken>(|s, key| {
            let first = s.peek();
            let start = s.at();
            let is_whole = depth == 0;
            match (&*key, first) {
                ("features", Some(b'[')) if is_whole => s.array(|s| self.element(s, depth + 1)),
                ("geometry", Some(b'{')) if depth < DEEPEST => self.element(s, depth + 1),
                ("coordinates", Some(b'[')) => self.positions(s, AROUND),
                ("crs", _) if is_whole => {
                    s.value()?;
                    self.replace(start, s.at(), "null");
                    Ok(())
                }
                _ => s.value().map(drop),
            }
        })
    }

    /// A feature or a geometry; where it is broken inside its own brackets, it is passed.
    fn element(&mut self, s: &mut Scanner<'t>, depth: u8) -> Result<(), Broken> {
        let first = s.peek();
        let start = s.at();
        if first == Some(b'{') && self.object(s, depth).is_ok() {
            return Ok(());
        }
        s.go(start);
        s.value().map(drop)
    }

    /// Arrays down to a position, which is one that begins with no array.
    fn positions(&mut self, s: &mut Scanner<'t>, around: u8) -> Result<(), Broken> {
        s.expect(b'[')?;
        match s.peek() {
            Some(b']') => s.expect(b']'),
            Some(b'[') => loop {
                match s.peek() {
                    Some(b'[') if around > 0 => self.positions(s, around - 1)?,
                    _ => drop(s.value()?),
                }
                if !s.more(b']')? {
                    return Ok(());
                }
            },
            _ => self.position(s),
        }
    }

    /// A position behind its bracket.
    fn position(&mut self, s: &mut Scanner<'t>) -> Result<(), Broken> {
        s.peek();
        let start = s.at();
        let x = s.value()?;
        if !s.more(b']')? {
            return Ok(());
        }
        let y = s.value()?;
        let end = s.at();
        let number = |text| serde_json::from_str::<f64>(text).ok();
        let moved = number(x)
            .zip(number(y))
            .and_then(|(x, y)| (self.convert)(x, y));
        if let Some(axes) = moved
            && start >= self.done
        {
            let [x, y] = axes.map(degrees);
            self.replace(start, end, &format!("{x},{y}"));
        }
        while s.more(b']')? {
            s.value()?;
        }
        Ok(())
    }
}

/// Degrees to a tenth of a millimetre.
fn degrees(degrees: f64) -> String {
    let rounded = (degrees * 1e9).round() / 1e9;
    serde_json::to_string(&rounded).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn moved(text: &str) -> String {
        rewritten(text, &mut |x, y| (x < 100.0).then_some([x + 1.0, y * 2.0]))
    }

    #[test]
    fn only_positions_change() {
        let same = |before: &str, after: &str| assert_eq!(moved(before), after, "{before}");
        same(
            "\u{feff}{\"coordinates\":[ 1 , 2 , 3.5],\"type\":\"Point\"}",
            "\u{feff}{\"coordinates\":[ 2.0,4.0 , 3.5],\"type\":\"Point\"}",
        );
        same(
            r#"{"type":"FeatureCollection","crs":{"a":1},"features":[{"geometry":{"coordinates":[[[1,2],[100,2]],[]]},"properties":{"coordinates":[1,2]}},5,{"geometry":null}],"bbox":[1,2]}"#,
            r#"{"type":"FeatureCollection","crs":null,"features":[{"geometry":{"coordinates":[[[2.0,4.0],[100,2]],[]]},"properties":{"coordinates":[1,2]}},5,{"geometry":null}],"bbox":[1,2]}"#,
        );
        for same in [
            "",
            "{",
            r#"{"coordinates":[1]}"#,
            r#"{"coordinates":["1","2"]}"#,
            r#"{"coordinates":[NaN,2]}"#,
            r#"{"coordinates":{"x":1}}"#,
            r#"{"properties":{"geometry":{"coordinates":[1,2]}}}"#,
        ] {
            assert_eq!(moved(same), same);
        }
    }

    #[test]
    fn a_broken_feature_does_not_stop_the_next() {
        let good = r#"{"geometry":{"coordinates":[1,2]}}"#;
        let text = format!(r#"{{"features":[{{"geometry":{{"coordinates":[1 2]}}}},{good}]}}"#);
        assert!(moved(&text).ends_with(r#"{"geometry":{"coordinates":[2.0,4.0]}}]}"#));
    }

    #[test]
    fn depth_is_no_trap() {
        let collection = r#"{"type":"FeatureCollection","features":[{"geometry":{"coordinates":"#;
        for deep in ["[", r#"{"geometry":"#, r#"{"coordinates":["#] {
            let deep = deep.repeat(100_000);
            for text in [deep.clone(), format!("{collection}{deep}")] {
                assert!(moved(&text) == text);
            }
        }
        let whole = format!("{}1,2{}", "[".repeat(100_000), "]".repeat(100_000));
        let text = format!(r#"{{"coordinates":{whole}}}"#);
        assert!(moved(&text) == text);
        assert_eq!(
            moved(r#"{"coordinates":[[[[1,2],[3,4]]]]}"#),
            r#"{"coordinates":[[[[2.0,4.0],[4.0,8.0]]]]}"#
        );
    }

    proptest! {
        #[test]
        fn nothing_panics_and_nothing_is_lost(text in r#"(\{"(coordinates|geometry|features)":|[\[\]{},"1 ]){0,12}"#) {
            prop_assert_eq!(rewritten(&text, &mut |_, _| None), text.clone());
            let _ = moved(&text);
        }
    }
}
