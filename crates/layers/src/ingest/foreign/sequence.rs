//! One JSON text behind the other: a feature a line, or RFC 8142, where a record separator stands
//! before each.

use super::super::scan::{Broken, Scanner};

/// Stands before each text of an RFC 8142 sequence.
const SEPARATOR: char = '\u{1e}';

/// In place of a text that cannot be read: no JSON, but whole in its brackets, so that the reader
/// counts it among what it refuses.
const UNREADABLE: &str = "{!}";

/// How many times its length may be read of a text in looking for the ends of texts that have none. Each of
/// those is looked for up to the end of the whole; where many are cut, that is too often.
const PATIENCE: usize = 4;

/// A sequence as a FeatureCollection, and how many texts it had. None where the text is no sequence:
/// it has no second text, or the first is not whole.
pub(super) fn joined(text: &str) -> Option<(String, usize)> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let texts: Vec<&str> = match text.starts_with(SEPARATOR) {
        true => text.split(SEPARATOR).skip(1).map(str::trim).collect(),
        false => lines(text)?,
    };
    let mut all = String::with_capacity(text.len() + 64);
    all.push_str(r#"{"type":"FeatureCollection","features":["#);
    let start = all.len();
    let mut crs = None;
    for text in &texts {
        let before = all.len();
        if before > start {
            all.push(',');
        }
        let added = all.len();
        add(text, &mut crs, &mut all);
        if all.len() == added {
            all.truncate(before);
        }
    }
    all.push(']');
    if let Some(crs) = crs {
        all.push_str(",\"crs\":");
        all.push_str(crs);
    }
    all.push('}');
    Some((all, texts.len()))
}

/// The texts of a sequence without separators: whole values, and between two breaks of the line what is none.
/// A value may go over several lines, as long as there are not too many that never end.
fn lines(text: &str) -> Option<Vec<&str>> {
    let mut s = Scanner::new(text, 0);
    if s.peek() != Some(b'{') || s.value().is_err() || s.peek() != Some(b'{') {
        return None;
    }
    s.go(0);
    let mut all = Vec::new();
    let (mut in_vain, mut line) = (0, 0);
    while let Some(first) = s.peek() {
        let start = s.at();
        if line <= start {
            let rest = text.get(start..).unwrap_or("");
            line = start + rest.find('\n').unwrap_or(rest.len());
        }
        let within = match in_vain > PATIENCE * text.len() {
            true => text.get(..line).unwrap_or(text),
            false => text,
        };
        let mut value = Scanner::new(within, start);
        let is_whole = first == b'{' && value.value().is_ok();
        in_vain += if is_whole { 0 } else { value.at() - start };
        s.go(if is_whole { value.at() } else { line });
        all.push(s.since(start));
    }
    Some(all)
}

/// Adds the features of one text, separated by commas. What the first says of its coordinates counts for all;
/// a text that says something else is not read.
fn add<'t>(text: &'t str, crs: &mut Option<&'t str>, all: &mut String) {
    let mut s = Scanner::new(text, 0);
    let (mut kind, mut features, mut other_crs) = ("", "", false);
    let walked = s.object::<Broken>(|s, key| {
        let value = s.value()?;
        match &*key {
            "type" => kind = value.trim_matches('"'),
            "features" => features = value,
            "crs" if value != "null" => other_crs = *crs.get_or_insert(value) != value,
            _ => {}
        }
        Ok(())
    });
    match (walked, kind) {
        // A text with something behind it is not the text it seems.
        (Ok(()), _) if other_crs || s.peek().is_some() => all.push_str(UNREADABLE),
        (Ok(()), "FeatureCollection") if features.starts_with('[') => {
            let inner = features.get(1..features.len() - 1).unwrap_or("");
            all.push_str(inner.trim());
        }
        (Ok(()), "Feature") => all.push_str(text),
        (Ok(()), kind) if is_geometry(kind) => {
            all.push_str(r#"{"type":"Feature","geometry":"#);
            all.push_str(text);
            all.push('}');
        }
        // The reader says of what type it is.
        (Ok(()), _) => all.push_str(text),
        (Err(_), _) => all.push_str(UNREADABLE),
    }
}

fn is_geometry(kind: &str) -> bool {
    crate::layer::GeoType::named(kind).is_some() || kind == "GeometryCollection"
}

#[cfg(test)]
mod tests {
    use super::*;
    use geojson::{FeatureCollection, GeoJson};
    use proptest::prelude::*;

    const POINT: &str = r#"{"type":"Point","coordinates":[1,2]}"#;

    fn feature(name: &str) -> String {
        format!(r#"{{"type":"Feature","geometry":{POINT},"properties":{{"name":"{name}"}}}}"#)
    }

    fn read(text: &str) -> FeatureCollection {
        let (joined, _) = joined(text).unwrap();
        match joined.parse::<GeoJson>().unwrap() {
            GeoJson::FeatureCollection(all) => all,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn all_that_geojson_knows_may_stand_in_a_sequence() {
        let two = format!(
            r#"{{"type":"FeatureCollection","features":[{0},{0}]}}"#,
            feature("a")
        );
        let none = r#"{"type":"FeatureCollection","features":[ ]}"#;
        for text in [
            format!("{two}\n{none}\r\n\n{POINT}\n{}\n", feature("b")),
            format!(
                "\u{1e}{two}\n\u{1e}{none}\n\u{1e}{POINT}\n\u{1e}{}\n",
                feature("b")
            ),
        ] {
            assert_eq!(read(&text).features.len(), 4, "{text}");
            assert_eq!(joined(&text).unwrap().1, 4);
        }
        assert_eq!(
            read(&format!("\u{feff}\u{1e}{}", feature("a")))
                .features
                .len(),
            1
        );
    }

    #[test]
    fn a_broken_line_costs_only_itself() {
        let (a, b) = (feature("a"), feature("b"));
        let cut = &a[..a.len() - 9];
        for text in [
            format!("{a}\n{cut}\n{b}\n"),
            format!("\u{1e}{a}\n\u{1e}{cut}\n\u{1e}{b}\n"),
        ] {
            let (joined, texts) = joined(&text).unwrap();
            assert_eq!(texts, 3, "{text}");
            assert_eq!(joined.matches(UNREADABLE).count(), 1, "{joined}");
            assert!(joined.contains(&a) && joined.contains(&b));
        }
    }

    /// Each of them is looked for to the end of the text, and all that are there soon.
    #[test]
    fn many_that_are_cut_are_no_trap() {
        let (a, cut) = (feature("a"), &feature("b")[..60]);
        let text = format!("{a}\n{}{a}\n", format!("{cut}\n").repeat(30_000));
        let (joined, texts) = joined(&text).unwrap();
        assert_eq!(texts, 30_002);
        assert_eq!(joined.matches(UNREADABLE).count(), 30_000);
        assert_eq!(joined.matches(&a).count(), 2);
    }

    #[test]
    fn others_are_no_sequence() {
        for text in ["", "{}", "{} ]", "[1]\n[2]", "{\n", &feature("a"), "{}\n5"] {
            assert_eq!(joined(text), None, "{text}");
        }
    }

    proptest! {
        /// Against what was joined.
        #[test]
        fn features_come_back_in_order(names in prop::collection::vec("[a-z\u{4e00}-\u{4eff}{}\\[]{0,5}", 2..9), rfc: bool) {
            let lines: Vec<String> = names.iter().map(|name| feature(name)).collect();
            let text: String = lines.iter().map(|line| match rfc {
                true => format!("\u{1e}{line}\n"),
                false => format!("{line}\n"),
            }).collect();
            let read = read(&text);
            let found: Vec<_> = read.features.iter().map(|f| f.property("name").unwrap().as_str().unwrap().to_owned()).collect();
            prop_assert_eq!(found, names);
        }

        #[test]
        fn nothing_panics(text in "[\\[\\]{}\",:\\\\ \na\u{1e}1]{0,40}") {
            let _ = joined(&text);
        }
    }
}
