//! What a file is that holds no GeoJSON, so that the answer can say what to do with it.

use super::super::scan::{Broken, Scanner};
use serde::{Deserialize, Serialize};

/// A form that is recognised and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// TopoJSON: arcs that are shared.
    TopoJson,
    /// What Esri's servers answer by default: rings, paths, x and y.
    EsriJson,
    /// A table as text, separated by commas, semicolons or tabs.
    Table,
    /// GeoJSON as the value of a variable of a script.
    Script,
    /// An answer of a server in JSON that says what went wrong, or that nothing did.
    Message,
    /// KML, GML, GPX or another XML.
    Xml,
    /// Packed by gzip, and there is nothing here to unpack it with, or it is broken.
    Gzip,
    /// An archive: a shapefile's, a KMZ, or a workbook of a spreadsheet.
    Archive,
    /// A picture, a PDF, a database or a file of a program.
    Binary,
}

/// Knows a file by its first bytes.
pub(super) fn by_bytes(bytes: &[u8]) -> Option<Form> {
    const ARCHIVES: [&[u8]; 4] = [b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf"];
    const BINARIES: [&[u8]; 8] = [
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"%PDF",
        b"SQLite format 3",
        b"\xd0\xcf\x11\xe0", // a spreadsheet or text of an older office
        b"\0\0\x27\x0a",     // the shapes of a shapefile
        b"GIF8",
        b"fgb\x03",
    ];
    let begins = |with: &[&[u8]]| with.iter().any(|magic| bytes.starts_with(magic));
    match bytes {
        _ if super::is_gzip(bytes) => Some(Form::Gzip),
        _ if begins(&ARCHIVES) => Some(Form::Archive),
        _ if begins(&BINARIES) => Some(Form::Binary),
        _ => None,
    }
}

/// Knows a text that is no GeoJSON.
pub(super) fn by_text(text: &str) -> Option<Form> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text.bytes().next()? {
        b'<' => is_xml(text).then_some(Form::Xml),
        b'{' => by_members(text),
        b'[' => by_elements(text),
        b'"' if is_table(text) => Some(Form::Table),
        // The second is what stands before each text of a sequence.
        b'"' | 0x1e => None,
        _ if is_script(text) => Some(Form::Script),
        _ if is_table(text) => Some(Form::Table),
        _ => None,
    }
}

fn is_xml(text: &str) -> bool {
    let head: String = text
        .chars()
        .take(400)
        .collect::<String>()
        .to_ascii_lowercase();
    let is = |tag: &str| head.contains(tag);
    (head.starts_with("<?xml") || is("<kml") || is("<gpx") || is("<gml")) && !is("<html")
}

/// `var data = {…}`, `callback({…})`, `export default {…}`.
fn is_script(text: &str) -> bool {
    const WORDS: [&str; 8] = [
        "var ", "let ", "const ", "export ", "window.", "module.", "//", "/*",
    ];
    if WORDS.iter().any(|word| text.starts_with(word)) {
        return true;
    }
    let word = text
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || b"_$.".contains(b));
    let word = word.count();
    let rest = text.get(word..).unwrap_or("").trim_start();
    let opens = |rest: &str| rest.trim_start().starts_with(['{', '[']);
    word > 0
        && [rest.strip_prefix('='), rest.strip_prefix('(')]
            .into_iter()
            .flatten()
            .any(opens)
}

/// Two lines or more whose first has as many separators as the second, and one at least.
fn is_table(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (Some(head), Some(next)) = (lines.next(), lines.next()) else {
        return false;
    };
    [',', ';', '\t', '，', '|'].into_iter().any(|separator| {
        let count = |line: &str| line.matches(separator).count();
        count(head) > 0 && (count(head) == count(next) || next.contains('"'))
    })
}

/// By the members of the object that the text is.
fn by_members(text: &str) -> Option<Form> {
    const SAID: [&str; 8] = [
        "error",
        "errors",
        "message",
        "msg",
        "exception",
        "detail",
        "status",
        "code",
    ];
    let (mut esri, mut said, mut is_geojson) = (0, false, false);
    let mut found = None;
    let _ = Scanner::new(text, 0).object::<Broken>(|s, key| {
        let value = s.value()?;
        match &*key {
            "type" if value == r#""Topology""# => found = Some(Form::TopoJson),
            "type" => {
                let name = value.trim_matches('"');
                let all = ["Feature", "FeatureCollection", "GeometryCollection"];
                is_geojson = all.contains(&name) || crate::layer::GeoType::named(name).is_some();
            }
            "geometryType" if value.contains("esriGeometry") => found = Some(Form::EsriJson),
            "features" | "spatialReference" | "fields" | "displayFieldName" => esri += 1,
            "rings" | "paths" => esri += 2,
            "x" | "y" | "attributes" | "geometry" => esri += 1,
            _ => said |= SAID.contains(&&*key.to_ascii_lowercase()),
        }
        Ok(())
    });
    match found {
        _ if is_geojson => None,
        None if esri > 1 => Some(Form::EsriJson),
        None if said => Some(Form::Message),
        found => found,
    }
}

/// By the first element of the array that the text is: features of Esri's without their envelope.
fn by_elements(text: &str) -> Option<Form> {
    let mut s = Scanner::new(text, 0);
    s.eat(b'[').then_some(())?;
    let first = s.value().ok()?;
    by_members(first).filter(|form| *form == Form::EsriJson)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_known_for_what_they_are() {
        let same = |form: Form, texts: &[&str]| {
            for text in texts {
                assert_eq!(by_text(text), Some(form), "{text}");
                assert_eq!(
                    by_text(&format!("\u{feff}\r\n{text}")),
                    Some(form),
                    "{text}"
                );
            }
        };
        same(
            Form::TopoJson,
            &[r#"{"type":"Topology","objects":{},"arcs":[]}"#],
        );
        same(
            Form::EsriJson,
            &[
                r#"{"displayFieldName":"","geometryType":"esriGeometryPoint","features":[]}"#,
                r#"{"features":[{"attributes":{"a":1},"geometry":{"x":1,"y":2}}],"fields":[]}"#,
                r#"{"rings":[[[1,2],[3,4],[5,6]]],"spatialReference":{"wkid":4326}}"#,
                r#"[{"attributes":{"a":1},"geometry":{"x":1,"y":2}}]"#,
            ],
        );
        same(
            Form::Message,
            &[
                r#"{"error":{"code":498,"message":"Invalid token."}}"#,
                r#"{"code":401,"msg":"请先登录","data":null}"#,
                r#"{"Message":"not found"}"#,
            ],
        );
        same(
            Form::Script,
            &[
                "var data = {\"type\":\"FeatureCollection\"}",
                "const roads={}",
                "callback({})",
                "jsonFormat_1 = {}",
                "// made by hand\nlet a = {}",
            ],
        );
        same(
            Form::Table,
            &[
                "经度,纬度\n123.5,43.5",
                "lon;lat;name\r\n1;2;x",
                "a\tb\n1\t2",
                "\"a\",\"b\"\n1,2",
            ],
        );
        same(
            Form::Xml,
            &[
                "<?xml version=\"1.0\"?><kml></kml>",
                "<kml xmlns=\"x\">",
                "<gpx version=\"1.1\">",
            ],
        );
        let sequence = "\u{1e}{\"a\":1,\"b\":2}\n\u{1e}{\"a\":1,\"b\":2}";
        assert_eq!(by_text(sequence), None);
        for other in [
            "<!doctype html>",
            "<?xml version=\"1.0\"?><html>",
            "{",
            "{}",
            "[1,2]",
            "x",
            "\"a\"",
            "",
        ] {
            assert_eq!(by_text(other), None, "{other}");
        }
    }

    #[test]
    fn bytes_are_known_for_what_they_are() {
        assert_eq!(by_bytes(b"PK\x03\x04\x14\0"), Some(Form::Archive));
        assert_eq!(by_bytes(b"\x89PNG\r\n"), Some(Form::Binary));
        assert_eq!(by_bytes(b"\x1f\x8b\x08"), Some(Form::Gzip));
        assert_eq!(by_bytes(b"{\"a\":1}"), None);
    }
}
