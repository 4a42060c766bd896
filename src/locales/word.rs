//! A text in both languages, and the hand that reaches for it.

use super::Locale;
use leptos::prelude::*;
use std::fmt::{Display, Write};

/// A text in both languages, as `build.rs` writes it: Chinese, a unit separator,
/// English. One text and not two, because the page names hundreds of them.
#[derive(Debug, Clone, Copy)]
pub struct Word(pub(super) &'static str);

impl Word {
    /// In this language.
    pub fn of(self, locale: Locale) -> &'static str {
        let (zh, en) = self.0.split_once('\u{1f}').unwrap_or((self.0, self.0));
        match locale {
            Locale::Zh => zh,
            Locale::En => en,
        }
    }
}

/// The words of a language, and which it is.
#[derive(Clone, Copy)]
pub struct Words(RwSignal<Locale>);

/// The words that this screen speaks in.
pub fn use_words() -> Words {
    expect_context()
}

impl Words {
    /// Words in the language that the signal says.
    pub fn new(locale: RwSignal<Locale>) -> Self {
        Words(locale)
    }

    /// The language.
    pub fn get_locale(self) -> Locale {
        self.0.get()
    }

    /// The language, without listening to it.
    pub fn get_locale_untracked(self) -> Locale {
        self.0.get_untracked()
    }

    /// A text now.
    pub fn say(self, word: Word) -> &'static str {
        word.of(self.get_locale())
    }

    /// A text that follows the language. All of them are of one type, so that what
    /// shows a text is compiled once and not for each of them.
    pub fn live(self, word: Word) -> Signal<String> {
        Signal::derive(move || self.say(word).into())
    }
}

/// A text whose places to fill, the characters 0 to 7, are filled.
pub(super) fn fill(text: &str, values: &[&dyn Display]) -> String {
    let mut filled = String::new();
    for c in text.chars() {
        match values.get(c as usize) {
            // Writing into a string cannot fail.
            Some(value) => drop(write!(filled, "{value}")),
            None => filled.push(c),
        }
    }
    filled
}
