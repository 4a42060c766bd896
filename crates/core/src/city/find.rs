//! Search by words.

use super::loaded::AssetRef;
use super::{City, Field, Found, Rank, Searched};
use crate::geodesy::LonLat;
use crate::geodesy::local::{self, Local};
use crate::index::inner_point;
use std::borrow::Cow;

impl City {
    /// Assets by code, name or street, without regard to case: exact matches
    /// first, then beginnings, then the rest; code before name before street; of
    /// equal ones those nearest to `near` first, to the metre; the best `limit` of
    /// them, and how many there are. Where the text stands
    /// nowhere as it is, its words may stand in different places, all of them; an
    /// asset is then as well matched as by its worst word. Digits are one code,
    /// however they are spaced.
    pub fn search(&self, text: &str, limit: usize, near: Option<LonLat>) -> Searched {
        let Some(needle) = Needle::of(text).filter(|_| limit > 0) else {
            return Searched::default();
        };
        let words: Vec<Needle> = text.split_whitespace().filter_map(Needle::of).collect();
        let mut total = 0;
        let around = near.map(Local::at);
        let metres = |asset: &AssetRef| {
            let at = inner_point(&asset.layer.geometry(asset.row));
            around.map_or(0, |map| local::distance([0.0, 0.0], map.metres(at)) as u64)
        };
        // Best first; a worse match than the last of a full list is not kept.
        let mut best: Vec<((Match, u64), AssetRef)> = Vec::new();
        for (ordinal, file, loaded) in self.loaded() {
            for row in loaded.rows() {
                let asset = self.asset_ref(ordinal, file, loaded, row);
                let found = best_match(&asset, &needle).or_else(|| by_words(&asset, &words));
                let Some(found) = found else {
                    continue;
                };
                total += 1;
                let full = best.get(limit - 1);
                if full.is_some_and(|((last, _), _)| *last < found) {
                    continue;
                }
                let found = (found, metres(&asset));
                // Behind its equals, so that layers and rows keep their order.
                let place = best.partition_point(|(other, _)| *other <= found);
                if place < limit {
                    best.truncate(limit - 1);
                    best.insert(place, (found, asset));
                }
            }
        }
        let found = |(((rank, field), _), asset): ((Match, u64), AssetRef)| Found {
            asset: asset.summary(),
            field,
            rank,
        };
        let best = best.into_iter().map(found).collect();
        Searched { total, best }
    }
}

type Match = (Rank, Field);

/// How well the worst of several words is matched, where all of them are.
fn by_words(asset: &AssetRef, words: &[Needle]) -> Option<Match> {
    let mut worst = None;
    for word in words {
        worst = worst.max(Some(best_match(asset, word)?));
    }
    worst
}

fn best_match(asset: &AssetRef, needle: &Needle) -> Option<Match> {
    let (layer, row) = (asset.layer, asset.row);
    [
        (Field::Code, layer.code(row)),
        (Field::Name, layer.name(row)),
        (Field::Street, layer.street(row)),
    ]
    .into_iter()
    .filter_map(|(field, text)| Some((rank(&text?, needle)?, field)))
    .min()
}

/// How well a text matches a needle in lower case.
fn rank(text: &str, needle: &Needle) -> Option<Rank> {
    let text = match needle.cased && text.chars().any(char::is_uppercase) {
        true => Cow::Owned(lower(text)),
        false => Cow::Borrowed(text),
    };
    let (text, needle) = (text.as_bytes(), needle.text.as_bytes());
    let first = needle.first()?;
    // The texts are short: what `str::find` prepares costs more than it saves.
    let mut windows = text.windows(needle.len());
    match windows.position(|window| window.first() == Some(first) && window == needle)? {
        0 if text.len() == needle.len() => Some(Rank::Exact),
        0 => Some(Rank::Prefix),
        _ => Some(Rank::Within),
    }
}

/// In lower case, letter by letter: unlike `str::to_lowercase` a Greek sigma is the same at
/// the end of a word, where what is typed has not ended yet.
fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// What is searched for, in lower case.
struct Needle {
    text: String,
    /// False where case makes no difference, as in codes and Chinese.
    cased: bool,
}

impl Needle {
    /// None where there is nothing to search for.
    fn of(text: &str) -> Option<Self> {
        let mut text = lower(text.trim());
        if text
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace())
        {
            text.retain(|c| !c.is_whitespace());
        }
        let cased = text.chars().any(char::is_lowercase);
        (!text.is_empty()).then_some(Needle { text, cased })
    }
}
