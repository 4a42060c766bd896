//! The words, in Chinese and English. A key that is missing in one language, or
//! misspelt where it is used, does not compile.
//!
//! One file a subject and language in `zh-CN/` and `en/`; what is not ours, such
//! as the names of kinds of work, comes from the catalogue as a [`Label`].

mod generated {
    #![allow(missing_docs, unreachable_pub, clippy::all)]
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

pub use generated::i18n::*;

use mendmap_core::catalog::Label;

/// The words of a language, and which it is.
pub type Words = leptos_i18n::I18nContext<Locale>;

impl Locale {
    /// The BCP 47 tag, for `lang` and for `Intl`.
    pub fn tag(self) -> &'static str {
        match self {
            Locale::zh_CN => "zh-CN",
            Locale::en => "en",
        }
    }

    /// The language for what a browser asks for, best first: Chinese of any kind
    /// where it comes first, else English.
    pub fn for_browser<'a>(wanted: impl IntoIterator<Item = &'a str>) -> Locale {
        for tag in wanted {
            let language = tag.split(['-', '_']).next().unwrap_or_default();
            if language.eq_ignore_ascii_case("zh") {
                return Locale::zh_CN;
            }
            if language.eq_ignore_ascii_case("en") {
                return Locale::en;
            }
        }
        Locale::en
    }

    /// The catalogue's name in this language.
    pub fn pick(self, label: &Label) -> String {
        match self {
            Locale::zh_CN => label.zh.clone(),
            Locale::en => label.en.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_decides_the_language() {
        assert_eq!(Locale::for_browser(["zh-TW", "en"]), Locale::zh_CN);
        assert_eq!(Locale::for_browser(["en-GB", "zh"]), Locale::en);
        assert_eq!(Locale::for_browser(["mn", "zh-CN"]), Locale::zh_CN);
        assert_eq!(Locale::for_browser(["fr"]), Locale::en);
        assert_eq!(Locale::for_browser([]), Locale::en);
    }
}
