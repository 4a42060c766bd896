//! The words, in Chinese and English. A key that is missing in one language, or
//! misspelt where it is used, does not compile.
//!
//! One file a subject and language in `zh-CN/` and `en/`; `build.rs` makes code of
//! them. What is not ours, such as the names of kinds of work, comes from the
//! catalogue as a [`Label`].

mod word;

/// The keys, by subject.
#[allow(missing_docs, non_camel_case_types, non_upper_case_globals)]
pub mod keys {
    use super::{Locale, Word, word::fill};
    use std::fmt::Display;
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

pub use word::{Word, Words, use_words};

use mendmap_core::catalog::Label;

/// The words now: `t_string!(words, map.nearby)` is a `&'static str`, with places to
/// fill, `t_string!(words, task.work_count, n = 3)`, a `String`. Inside something
/// reactive it is heard when the language changes.
macro_rules! t_string {
    ($words:expr, $subject:ident . $key:ident) => {
        $words.say($crate::locales::keys::$subject::$key)
    };
    ($words:expr, $subject:ident . $key:ident, $($place:ident = $value:expr),+ $(,)?) => {
        $crate::locales::keys::$subject::$key { $($place: &$value),+ }.fill($words.get_locale())
    };
}

/// The words for as long as they are shown: `t!(words, map.nearby)` follows the
/// language, as a child, an attribute or a property.
macro_rules! t {
    ($words:expr, $subject:ident . $key:ident) => {
        $words.live($crate::locales::keys::$subject::$key)
    };
}

pub(crate) use {t, t_string};

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locale {
    /// Chinese, simplified.
    Zh,
    /// English.
    En,
}

impl Locale {
    /// The BCP 47 tag, for `lang`; for `Intl`, see [`Locale::regional`].
    pub fn tag(self) -> &'static str {
        match self {
            Locale::Zh => "zh-CN",
            Locale::En => "en",
        }
    }

    /// The language for what a browser asks for, best first: Chinese of any kind
    /// where it comes first, else English.
    pub fn for_browser<'a>(wanted: impl IntoIterator<Item = &'a str>) -> Locale {
        let mut known = wanted.into_iter().filter_map(Locale::of_tag);
        known.next().unwrap_or(Locale::En)
    }

    /// The tag by which numbers and dates are written: the first of what the browser
    /// asks for that is of this language, since 3/5 is March in one English and May
    /// in another.
    pub fn regional<'a>(self, wanted: impl IntoIterator<Item = &'a str>) -> &'a str {
        // Some systems say `en-US@posix`, over which `Intl` throws.
        let well_formed = |tag: &str| tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let mut wanted = wanted.into_iter();
        wanted
            .find(|tag| Locale::of_tag(tag) == Some(self) && well_formed(tag))
            .unwrap_or(self.tag())
    }

    /// The language of a tag.
    fn of_tag(tag: &str) -> Option<Locale> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        [(Locale::Zh, "zh"), (Locale::En, "en")]
            .into_iter()
            .find_map(|(locale, name)| language.eq_ignore_ascii_case(name).then_some(locale))
    }

    /// The catalogue's name in this language.
    pub fn pick(self, label: &Label) -> String {
        match self {
            Locale::Zh => label.zh.clone(),
            Locale::En => label.en.clone(),
        }
    }
}

impl std::fmt::Display for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.tag())
    }
}

impl std::str::FromStr for Locale {
    type Err = ();
    fn from_str(tag: &str) -> Result<Self, ()> {
        [Locale::Zh, Locale::En]
            .into_iter()
            .find(|locale| locale.tag() == tag)
            .ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_decides_the_language() {
        assert_eq!(Locale::for_browser(["zh-TW", "en"]), Locale::Zh);
        assert_eq!(Locale::for_browser(["en-GB", "zh"]), Locale::En);
        assert_eq!(Locale::for_browser(["mn", "zh-CN"]), Locale::Zh);
        assert_eq!(Locale::for_browser(["fr"]), Locale::En);
        assert_eq!(Locale::for_browser([]), Locale::En);
    }

    #[test]
    fn numbers_and_dates_are_written_as_in_the_browsers_region() {
        assert_eq!(Locale::En.regional(["zh-CN", "en-GB", "en"]), "en-GB");
        assert_eq!(Locale::Zh.regional(["en-GB", "zh-SG"]), "zh-SG");
        assert_eq!(Locale::En.regional(["en-US@posix", "en-AU"]), "en-AU");
        assert_eq!(Locale::En.regional(["zh-CN", "fr"]), "en");
        assert_eq!(Locale::Zh.regional([]), "zh-CN");
    }

    #[test]
    fn a_language_that_was_stored_is_read_again() {
        for locale in [Locale::Zh, Locale::En] {
            assert_eq!(locale.to_string().parse(), Ok(locale));
        }
        assert_eq!("fr".parse::<Locale>(), Err(()));
    }

    #[test]
    fn what_is_filled_in_stands_where_each_language_has_it() {
        let text = |locale| {
            keys::task::limit_hours {
                when: &"昼", n: &4
            }
            .fill(locale)
        };
        assert_eq!(text(Locale::En), "昼: repair within 4 h");
        let text = keys::settings::exported {
            n: &3,
            name: &"a.ndjson",
        };
        assert!(text.fill(Locale::Zh).contains("a.ndjson"));
    }
}
