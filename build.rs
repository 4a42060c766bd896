//! Turns the words in src/locales into code.
//!
//! leptos_i18n's own macro cannot say that it read files, nor make strings with
//! values in them; its build crate can, but brings ICU and a network client. These
//! are the two crates under both.

use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};
use std::{env, error::Error, fs, path::PathBuf};

/// One file a subject and language.
const SUBJECTS: [&str; 7] = [
    "common",
    "map",
    "task",
    "completion",
    "layers",
    "settings",
    "trouble",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/locales");
    println!("cargo::rerun-if-changed=build.rs");
    let mut config = Config::new("zh-CN")?
        .add_locale("en")?
        .add_namespaces(SUBJECTS)?
        .locales_path("src/locales");
    config.options = ParseOptions::default().interpolate_display(true);
    let words = parse_locales(None, config)?;
    let code = leptos_i18n_codegen::gen_code(&words, None, true, None, false)?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("words.rs"), code.to_string())?;
    Ok(())
}
