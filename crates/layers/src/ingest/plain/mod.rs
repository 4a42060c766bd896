//! Features that are written as nearly all programs write them, read in one walk over their bytes.
//! All else is left to the careful reader, which has to say the same of these.

mod feature;
mod number;
mod text;

use super::reader::RawFeature;
use super::scan::Scanner;
use super::spelling::Spelling;
use crate::layer::{Draft, GeoType};
use text::Walk;

/// Reads the feature that comes next and passes it, where it is a plain one; its geometry comes into
/// the draft as it stands in the file, to be finished.
pub(super) fn read<'a>(
    s: &mut Scanner<'a>,
    names: &[&str; 6],
    draft: &mut Draft,
    spelling: &mut Spelling,
) -> Option<(RawFeature<'a>, GeoType)> {
    let mut walk = Walk::new(s.text(), s.at());
    let feature = feature::feature(&mut walk, names, draft, spelling).ok()?;
    s.go(walk.at);
    Some((feature, draft.kind?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Fields;
    use crate::ingest::Problem;
    use crate::ingest::reader::{self, Sink};
    use crate::layer::LOOSE;
    use proptest::prelude::*;

    /// Everything that the reader hands over.
    #[derive(Debug, Default, PartialEq)]
    struct Told(Vec<String>);

    impl Sink for Told {
        fn feature<'a>(
            &mut self,
            text: &'a str,
            f: RawFeature<'a>,
            spelling: &Spelling,
            geometry: &Draft,
            mended: &mut Vec<Problem>,
        ) {
            // Bits, for -0 is another number than 0.
            let bits: Vec<_> = geometry
                .coords
                .iter()
                .map(|p| (p.lon.to_bits(), p.lat.to_bits()))
                .collect();
            let (kind, ends, parts) = (geometry.kind, &geometry.ends, &geometry.parts);
            let values: Vec<_> = spelling.values(text).collect();
            let shape = (spelling.shape() != LOOSE).then(|| spelling.learned());
            self.0.push(format!(
                "{f:?} {values:?} {shape:?} {kind:?} {bits:?} {ends:?} {parts:?} {mended:?}"
            ));
            mended.clear();
        }
        fn refused(&mut self, f: RawFeature<'_>, why: Problem) {
            self.0.push(format!("{f:?} {why:?}"));
        }
    }

    fn read(text: &str, is_quick: bool) -> (Told, String) {
        let mut told = Told::default();
        let ended = reader::read_at_once(text, &Fields::default(), &mut told, is_quick);
        (told, format!("{ended:?}"))
    }

    /// Pieces of which features are made, and of what is none.
    const PIECES: [&str; 46] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        " ",
        "\n",
        "\"",
        "\\",
        "\"type\":\"Feature\"",
        "\"id\":",
        "\"id\":\"a\"",
        "\"geometry\":",
        "\"properties\":",
        "\"type\":\"Point\"",
        "\"type\":\"LineString\"",
        "\"type\":\"Polygon\"",
        "\"type\":\"MultiPolygon\"",
        "\"coordinates\":",
        "[1,2]",
        "[1,2],[3,4]",
        "[[0,0],[1,0],[1,1],[0,0]]",
        "[[0,0],[1,0],[1,1]]",
        "[-0.5,9007199254740993e0]",
        "[123.52299110000001,43.123456789012345678901]",
        "[181,0]",
        "[01,2]",
        "[1.,2]",
        "[-,2]",
        "[-0,0.0]",
        "[1,2,3]",
        "[1,2,\"x\"]",
        "null",
        "NaN",
        "\"ObjID\":\"7\"",
        "\"ObjID\":8",
        "\"a\":{\"b\":[1,{}]}",
        "\"ObjN\\u0061me\":\"n\"",
        "\"street\":\"辽河路\\\"\"",
        "\"kind\":\"lid\"",
        "é",
        "[]",
        "{}",
        "1e3",
        "\"bbox\":[1,2]",
    ];

    fn plain_feature() -> impl Strategy<Value = String> {
        let axis = prop_oneof![
            "-?[0-9]{1,2}",
            "-?[0-9]{1,2}\\.[0-9]{1,20}",
            "1[0-9]{2}\\.[0-9]{7}"
        ];
        let place = (axis.clone(), axis).prop_map(|(x, y)| format!("[{x},{y}]"));
        let shape = (0..5_usize, prop::collection::vec(place, 1..6)).prop_map(|(kind, places)| {
            let all = places.join(",");
            let (name, all) = match kind {
                0 => ("Point", places[0].clone()),
                1 => ("LineString", format!("[{all}]")),
                2 => ("Polygon", format!("[[{all},{}]]", places[0])),
                3 => ("MultiPolygon", format!("[[[{all}],[{all}]],[[{all}]]]")),
                _ => ("MultiLineString", format!("[[{all}],[{all}]]")),
            };
            format!("{{\"type\":\"{name}\",\"coordinates\":{all}}}")
        });
        let value = prop_oneof![
            "\"[a辽\\\\]{0,4}\"",
            Just("null".to_owned()),
            "[0-9]{1,3}",
            Just("{\"x\":[]}".to_owned())
        ];
        let key = prop_oneof![
            Just("ObjID"),
            Just("kind"),
            Just("street"),
            Just("x"),
            Just("grade")
        ];
        let properties = prop::collection::vec((key, value), 0..4).prop_map(|all| {
            let all: Vec<_> = all
                .iter()
                .map(|(key, value)| format!("\"{key}\": {value}"))
                .collect();
            format!("{{{}}}", all.join(" ,"))
        });
        (shape, properties, any::<bool>()).prop_map(|(shape, properties, first)| match first {
            true => format!("{{\"type\":\"Feature\",\"geometry\":{shape},\"properties\":{properties}}}"),
            false => format!("{{ \"id\":\"n/1\", \"properties\":{properties},\"geometry\": {shape},\"type\":\"Feature\" }}"),
        })
    }

    fn within(features: &str) -> String {
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn both_readers_say_the_same_of_features(
            features in prop::collection::vec(plain_feature(), 1..4),
            cut in prop::option::of(any::<prop::sample::Index>()),
            piece in prop::sample::select(&PIECES[..]),
        ) {
            let mut features = features.join(",");
            if let Some(cut) = cut {
                let mut at = cut.index(features.len());
                while !features.is_char_boundary(at) { at -= 1; }
                features.insert_str(at, piece);
            }
            let text = within(&features);
            prop_assert_eq!(read(&text, true), read(&text, false));
        }

        #[test]
        fn both_readers_say_the_same_of_anything(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..20)) {
            let text = within(&format!("{{\"type\":\"Feature\",{}", pieces.concat()));
            prop_assert_eq!(read(&text, true), read(&text, false));
        }
    }

    #[test]
    fn what_is_usual_is_plain() {
        for usual in [
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[123.5,43.5]},"properties":{"a":1}}"#,
            r#"{"type":"Feature","id":7,"properties":null,"geometry":{"type":"LineString","coordinates":[[1,2],[3,4.000000000000000001]]}}"#,
            r#"{ "type" : "Feature" , "bbox" : [1,2,3,4] , "properties" : {} , "geometry" : { "type" : "Polygon" , "coordinates" : [ [ [1,2,3], [3,4], [1,2] ] ] } }"#,
        ] {
            let mut draft = Draft::default();
            let fields = Fields::default();
            let names = crate::ingest::properties::names(&fields);
            let mut s = Scanner::new(usual, 0);
            assert!(
                super::read(&mut s, &names, &mut draft, &mut Spelling::default()).is_some(),
                "{usual}"
            );
            assert_eq!(s.at(), usual.len());
        }
    }
}
