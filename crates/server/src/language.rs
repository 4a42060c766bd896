//! The language a caller reads.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// The languages Mendmap speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// 中文
    Zh,
    /// English.
    En,
}

impl Language {
    /// What `Accept-Language` (RFC 9110, 12.5.4) likes best; Chinese, as the app, where it
    /// names neither.
    pub fn of(headers: &HeaderMap) -> Language {
        let values = headers.get_all(ACCEPT_LANGUAGE).iter();
        let tags = values
            .filter_map(|v| v.to_str().ok())
            .flat_map(|v| v.split(','));
        let known = tags.filter_map(|tag| {
            let mut parts = tag.split(';');
            let language = match parts.next()?.trim().split('-').next()? {
                zh if zh.eq_ignore_ascii_case("zh") => Language::Zh,
                en if en.eq_ignore_ascii_case("en") => Language::En,
                _ => return None,
            };
            let weight = parts.find_map(|part| part.trim().strip_prefix("q="));
            let weight = weight.map_or(Some(1.0), |q| q.parse::<f32>().ok())?;
            (weight > 0.0).then_some((language, weight))
        });
        let best = known.reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map_or(Language::Zh, |(language, _)| language)
    }

    /// Its tag for `Content-Language`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Zh => "zh-CN",
            Language::En => "en",
        }
    }
}

impl From<Language> for mendmap_core::told::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => mendmap_core::told::Language::Zh,
            Language::En => mendmap_core::told::Language::En,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_language_we_speak_is_taken() {
        let of = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, value.parse().unwrap());
            Language::of(&headers)
        };
        assert_eq!(of("en"), Language::En);
        assert_eq!(of("EN-gb, zh;q=0.9"), Language::En);
        assert_eq!(of("de, en;q=0.3, zh-TW;q=0.8"), Language::Zh);
        assert_eq!(of("zh;q=0, en;q=0.1"), Language::En);
        assert_eq!(of("de"), Language::Zh);
        assert_eq!(of("zh;q=x"), Language::Zh);
        assert_eq!(Language::of(&HeaderMap::new()), Language::Zh);
    }
}
