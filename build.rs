//! Turns the words in src/locales into code: a constant for each key, a struct for
//! each that has places to fill. What one language says and the other does not stops
//! the build.

use serde_json::{Map, Value};
use std::{
    collections::BTreeSet,
    env,
    error::Error,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

/// One file a subject and language.
const SUBJECTS: [&str; 16] = [
    "account",
    "common",
    "map",
    "task",
    "said",
    "track",
    "completion",
    "desk",
    "rates",
    "give",
    "govern",
    "programme",
    "layers",
    "settings",
    "phone",
    "trouble",
];

/// The languages, in the order of a `Word`.
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// Stands between the languages of a `Word`.
const BETWEEN: char = '\u{1f}';

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/locales");
    println!("cargo::rerun-if-changed=build.rs");
    let mut code = String::new();
    for subject in SUBJECTS {
        let [zh, en] = LANGUAGES.map(|language| read(language, subject));
        code.push_str(&module(subject, &zh?, &en?)?);
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("words.rs"), code)?;
    Ok(())
}

fn read(language: &str, subject: &str) -> Result<Map<String, Value>, String> {
    let path = Path::new("src/locales").join(language).join(subject);
    let path = path.with_extension("json");
    let fault = |what: &dyn std::fmt::Display| format!("{}: {what}", path.display());
    let text = fs::read_to_string(&path).map_err(|e| fault(&e))?;
    serde_json::from_str(&text).map_err(|e| fault(&e))
}

/// The code for a subject.
fn module(
    subject: &str,
    zh: &Map<String, Value>,
    en: &Map<String, Value>,
) -> Result<String, String> {
    if let Some(key) = en.keys().find(|key| !zh.contains_key(*key)) {
        return Err(format!("zh-CN has no {subject}.{key}"));
    }
    let mut code = format!("pub mod {subject} {{ use super::*;\n");
    for (key, zh) in zh {
        let name = format!("{subject}.{key}");
        let en = en.get(key).ok_or_else(|| format!("en has no {name}"))?;
        code.push_str(&item(&name, key, zh, en)?);
    }
    code.push_str("}\n");
    Ok(code)
}

/// The code for a key.
fn item(name: &str, key: &str, zh: &Value, en: &Value) -> Result<String, String> {
    let [zh, en] = [zh, en].map(|text| {
        let text = text.as_str().ok_or_else(|| format!("{name} is no text"))?;
        pieces(text).map_err(|why| format!("{name}: {why} in “{text}”"))
    });
    let (zh, en) = (zh?, en?);
    let places = |pieces: &[Piece]| -> BTreeSet<String> {
        let place = |piece: &Piece| match piece {
            Piece::Place(place) => Some(place.clone()),
            Piece::Text(_) => None,
        };
        pieces.iter().filter_map(place).collect()
    };
    let wanted = places(&zh);
    if wanted != places(&en) {
        return Err(format!("the languages fill {name} with different things"));
    }
    let wanted: Vec<String> = wanted.into_iter().collect();
    if wanted.len() > 8 {
        return Err(format!("{name} has too many places to fill"));
    }
    let text = format!("{}{BETWEEN}{}", joined(&zh, &wanted), joined(&en, &wanted));
    let word = format!("Word({text:?})");
    if wanted.is_empty() {
        return Ok(format!("pub const {key}: Word = {word};\n"));
    }
    let mut code = format!("pub struct {key}<'a> {{");
    for place in &wanted {
        let _ = write!(code, "pub {place}: &'a dyn Display, ");
    }
    let values: Vec<String> = wanted.iter().map(|place| format!("self.{place}")).collect();
    let _ = write!(
        code,
        "}}\nimpl {key}<'_> {{ pub fn fill(&self, locale: Locale) -> String {{
            fill(({word}).of(locale), &[{}])
        }} }}\n",
        values.join(", ")
    );
    Ok(code)
}

/// A part of a text.
enum Piece {
    /// Words as they are.
    Text(String),
    /// The name of what is filled in: `{{ name }}`.
    Place(String),
}

fn pieces(text: &str) -> Result<Vec<Piece>, &'static str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (place, after) = after.split_once("}}").ok_or("no “}}” after “{{”")?;
        let place = place.trim();
        if place.is_empty() || !place.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            return Err("a place to fill has no plain name");
        }
        pieces.push(Piece::Text(before.into()));
        pieces.push(Piece::Place(place.into()));
        rest = after;
    }
    pieces.push(Piece::Text(rest.into()));
    Ok(pieces)
}

/// The text with the character of its number, 0 to 7, in each place to fill.
fn joined(pieces: &[Piece], places: &[String]) -> String {
    let part = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Place(name) => {
            let at = places.iter().position(|place| place == name).unwrap_or(0);
            char::from(at as u8).to_string()
        }
    };
    pieces.iter().map(part).collect()
}
