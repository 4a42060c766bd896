//! `cargo xtask tidy`: what ARCHITECTURE.md says is absent, is absent.

use crate::error::{Error, Result};
use crate::process::command;
use std::path::Path;

/// Something that only some rooms may name.
struct Rule {
    /// Words that are looked for.
    words: &'static [&'static str],
    /// Where they are looked for: beginnings of paths.
    within: &'static [&'static str],
    /// Rooms in which they may stand.
    except: &'static [&'static str],
    /// Said of a line that breaks the rule.
    because: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        words: &[
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "tokio::",
            "SystemTime",
            "Instant::now",
            "rand::",
            "std::fs::",
            "std::net::",
        ],
        within: &[
            "crates/catalog/src/",
            "crates/core/src/",
            "crates/layers/src/",
            "crates/sheet/src/",
        ],
        except: &[],
        because: "catalog, core, layers and sheet have no clock, no chance, no I/O and no browser",
    },
    Rule {
        words: &["maplibregl", "maplibre_gl", "MaplibreMap"],
        within: &["src/"],
        except: &["src/map/"],
        because: "only src/map/ names MapLibre",
    },
    Rule {
        words: &["indexed_db_futures::", "IdbDatabase", "IdbFactory"],
        within: &["src/"],
        except: &["src/storage/"],
        because: "only src/storage/ names IndexedDB",
    },
    Rule {
        words: &[
            "sqlx::",
            "SELECT ",
            "INSERT INTO ",
            "UPDATE ",
            "DELETE FROM ",
        ],
        within: &["crates/server/src/"],
        except: &["crates/server/src/store/"],
        because: "only server/src/store/ holds SQL",
    },
];

/// What names one machine, or where one machine gets its packages from.
const ELSEWHERE: [&str; 7] = [
    "/root/",
    "/home/",
    "/Users/",
    "/tmp/",
    "registry.npmjs",
    "index.crates.io",
    "static.crates.io",
];

/// Has the words above in it.
const SELF: &str = "xtask/src/cmd/tidy.rs";

/// A Rust file longer than this is split.
const LONGEST: usize = 600;

/// Checks every file that git tracks.
pub(crate) fn run() -> Result<()> {
    let listed = command("git", &["ls-files"]).output();
    let listed = listed.map_err(|source| Error::NotStarted {
        command: "git ls-files".into(),
        source,
    })?;
    let mut broken = Vec::new();
    for path in String::from_utf8_lossy(&listed.stdout).lines() {
        // A file that was deleted and not yet committed is listed and not there; a picture is no text.
        let Ok(text) = std::fs::read_to_string(Path::new(path)) else {
            continue;
        };
        broken.extend(check(path, &text));
    }
    match broken.len() {
        0 => Ok(()),
        n => Err(Error::Usage(format!(
            "{}\n{n} broken rules; ARCHITECTURE.md has them",
            broken.join("\n")
        ))),
    }
}

/// What a file breaks, a sentence each.
fn check(path: &str, text: &str) -> Vec<String> {
    let mut broken = names_elsewhere(path, text);
    if path.ends_with(".rs") {
        broken.extend(check_rust(path, text));
    }
    broken
}

fn names_elsewhere(path: &str, text: &str) -> Vec<String> {
    if path == SELF {
        return Vec::new();
    }
    let found = ELSEWHERE.iter().filter(|word| text.contains(**word));
    found
        .map(|word| format!("{path}: `{word}` names one machine or one registry"))
        .collect()
}

/// Tests inside `core` may use what it may not.
fn check_rust(path: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let lines = text.lines().count();
    if lines > LONGEST {
        broken.push(format!("{path}: {lines} lines; {LONGEST} is the most"));
    }
    let among = |places: &[&str]| places.iter().any(|place| path.starts_with(place));
    let is_test = path.ends_with("tests.rs") || path.contains("/tests/");
    for rule in RULES {
        if !among(rule.within) || among(rule.except) || is_test {
            continue;
        }
        // Prose may name what code may not; test modules stand last in a file.
        let code = text
            .lines()
            .take_while(|line| line.trim() != "#[cfg(test)]");
        for (number, line) in (1..).zip(code) {
            let line = line.split("//").next().unwrap_or("");
            if let Some(word) = rule.words.iter().find(|word| line.contains(**word)) {
                broken.push(format!("{path}:{number}: `{word}`: {}", rule.because));
            }
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_clock_in_core_is_found_and_prose_is_not() {
        let text = "//! No Instant::now here.\nfn a() { let t = Instant::now(); }\n";
        let broken = check("crates/core/src/log/mod.rs", text);
        assert_eq!(broken.len(), 1);
        assert!(broken[0].starts_with("crates/core/src/log/mod.rs:2:"));
        assert_eq!(check("crates/sheet/src/page.rs", text).len(), 1);
        assert!(check("xtask/src/main.rs", text).is_empty());
    }

    #[test]
    fn each_room_may_name_its_own() {
        let text = "use indexed_db_futures::prelude::*;\n";
        assert!(check("src/storage/mod.rs", text).is_empty());
        assert_eq!(check("src/worker/host.rs", text).len(), 1);
        let text = "let n = sqlx::query(\"SELECT 1\");\n";
        assert!(check("crates/server/src/store/sqlite.rs", text).is_empty());
        assert_eq!(check("crates/server/src/routes/events.rs", text).len(), 1);
    }

    #[test]
    fn a_machine_is_named_nowhere() {
        let text = "see /home/someone/notes";
        assert_eq!(check("README.md", text).len(), 1);
        assert!(check("README.md", "see docs/notes").is_empty());
    }

    #[test]
    fn a_file_may_not_outgrow_a_sitting() {
        assert!(check("src/a.rs", &"\n".repeat(600)).is_empty());
        assert_eq!(check("src/a.rs", &"\n".repeat(601)).len(), 1);
    }
}
