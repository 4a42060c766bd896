//! The form in which a caller wants an answer.

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, ACCEPT_ENCODING};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Write};

/// Of some media types, the one that `Accept` (RFC 9110, 12.5.1) likes best: by weight, then
/// by how closely it is named, then by their own order; the first one where it names none.
pub(crate) fn preferred<'a>(headers: &HeaderMap, offered: &[&'a str]) -> Option<&'a str> {
    let values = headers.get_all(ACCEPT).iter();
    let ranges: Vec<_> = values
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .filter_map(range)
        .collect();
    let liked = |media: &&'a str| {
        let fitting = ranges.iter().filter_map(|(range, weight)| {
            let closeness = closeness(range, media)?;
            Some((closeness, *weight))
        });
        // The closest range has its say on a type, whatever a wider one says.
        let (closeness, weight) = fitting.max_by_key(|(closeness, _)| *closeness)?;
        (weight > 0).then_some((weight, closeness))
    };
    let rated = offered.iter().map(|media| (liked(media), *media));
    let best = rated.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, media)| media)
}

/// Nothing shorter is compressed: what it would save, the headers that say so cost.
pub(crate) const WORTH_IT: u64 = 500;

/// Brotli looks back 4 MiB, which every decoder has to be able to (RFC 7932, 9.1: 16 MiB less 16).
const WINDOW: u32 = 22;

/// How an answer is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Coding {
    Brotli,
    Gzip,
    Identity,
}

impl Coding {
    /// The one that `Accept-Encoding` (RFC 9110, 12.5.3) likes best, by weight, then the
    /// smaller; none where it likes neither.
    pub(crate) fn of(headers: &HeaderMap) -> Coding {
        let values = headers.get_all(ACCEPT_ENCODING).iter();
        let liked: Vec<_> = values
            .filter_map(|v| v.to_str().ok())
            .flat_map(|v| v.split(','))
            .filter_map(range)
            .collect();
        let weight = |name: &str| {
            let of = |name: &str| liked.iter().find(|(known, _)| known == name);
            of(name).or(of("*")).map_or(0, |(_, weight)| *weight)
        };
        match (weight("br"), weight("gzip")) {
            (0, 0) => Coding::Identity,
            (brotli, gzip) if brotli >= gzip => Coding::Brotli,
            _ => Coding::Gzip,
        }
    }

    /// Bytes compressed, by brotli with this quality, of eleven.
    pub(crate) fn applied(self, bytes: &Bytes, quality: u32) -> io::Result<Bytes> {
        Ok(match self {
            Coding::Identity => bytes.clone(),
            Coding::Brotli => {
                let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, quality, WINDOW);
                writer.write_all(bytes)?;
                writer.into_inner().into()
            }
            Coding::Gzip => {
                let mut writer = GzEncoder::new(Vec::new(), Compression::default());
                writer.write_all(bytes)?;
                writer.finish()?.into()
            }
        })
    }

    /// Its name in `Content-Encoding`; none where nothing was done.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Coding::Brotli => Some("br"),
            Coding::Gzip => Some("gzip"),
            Coding::Identity => None,
        }
    }

    /// What tells its validators from others'.
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Coding::Brotli => "-br",
            Coding::Gzip => "-gzip",
            Coding::Identity => "",
        }
    }
}

/// A range with its weight in thousandths, as many as a weight may have.
fn range(text: &str) -> Option<(String, u32)> {
    let mut parts = text.split(';');
    let range = parts.next()?.trim().to_ascii_lowercase();
    let weight = parts.find_map(|part| part.trim().strip_prefix("q="));
    let weight = weight.map_or(Some(1.0), |q| q.parse::<f32>().ok())?;
    Some((range, (weight.clamp(0.0, 1.0) * 1000.0) as u32))
}

/// How closely a range names a media type; none where it does not.
fn closeness(range: &str, media: &str) -> Option<u32> {
    match range.split_once('/')? {
        ("*", "*") => Some(0),
        (group, "*") => (media.split('/').next() == Some(group)).then_some(1),
        _ => (range == media).then_some(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_compressed_as_is_liked_best() {
        let of = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, value.parse().unwrap());
            Coding::of(&headers)
        };
        assert_eq!(of("gzip, deflate, br, zstd"), Coding::Brotli);
        assert_eq!(of("gzip;q=1.0, br;q=0.5"), Coding::Gzip);
        assert_eq!(of("GZIP"), Coding::Gzip);
        assert_eq!(of("*"), Coding::Brotli);
        assert_eq!(of("*, br;q=0"), Coding::Gzip);
        for none in ["", "identity", "br;q=0", "deflate", "*;q=0"] {
            assert_eq!(of(none), Coding::Identity, "{none}");
        }
        assert_eq!(Coding::of(&HeaderMap::new()), Coding::Identity);
    }

    #[test]
    fn what_is_liked_best_is_taken() {
        let of = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, value.parse().unwrap());
            preferred(&headers, &["application/json", "text/csv"]).unwrap()
        };
        assert_eq!(of("text/csv"), "text/csv");
        assert_eq!(of("Text/CSV; charset=utf-8"), "text/csv");
        assert_eq!(of("text/csv, */*;q=0.1"), "text/csv");
        assert_eq!(of("*/*, text/csv"), "text/csv");
        assert_eq!(of("text/*, application/json;q=0.9"), "text/csv");
        assert_eq!(of("*/*;q=0.9, application/json;q=0.1"), "text/csv");
        assert_eq!(of("text/csv;q=0, text/*"), "application/json");
        assert_eq!(of("text/csv;q=0.5, application/json"), "application/json");
        assert_eq!(of("text/csv, application/json"), "application/json");
        assert_eq!(of("text/html, */*;q=0.8"), "application/json");
        assert_eq!(of("image/png"), "application/json");
        assert_eq!(of("text/csv;q=x"), "application/json");
        let none = preferred(&HeaderMap::new(), &["application/json", "text/csv"]);
        assert_eq!(none, Some("application/json"));
    }
}
