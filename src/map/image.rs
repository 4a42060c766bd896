//! Images the style asks for by name, as drawings.

use super::style::Theme;
use super::style::{self, Palette};
use crate::glyphs::{
    Glyph, Picture, Piece, Shape, Tone, arrow, compose, glyph, mark_on_disc, speck,
};
use mendmap_core::catalog::{AssetKind, AssetKindId, Catalog, GeometryType};
use mendmap_core::task::Mark;

/// A drawing with its colours and its size on the screen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Image {
    pub(super) picture: Picture,
    /// Side in CSS pixels.
    pub(super) px: f32,
    /// Device pixels are rounded to whole ones so that patterns join.
    pub(super) seamless: bool,
    pub(super) tones: Tones,
}

/// What colour each tone has.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tones {
    mark: String,
    kind: String,
    palette: &'static Palette,
}

impl Tones {
    /// The colour of a tone.
    pub(super) fn colour(&self, tone: Tone) -> &str {
        match tone {
            Tone::Mark => &self.mark,
            Tone::Kind => &self.kind,
            Tone::Ink => self.palette.ink,
            Tone::Surface => self.palette.surface,
            Tone::Outline => self.palette.outline,
        }
    }
}

/// The image of this name: `mark:{kind}:{code}`, `speck:{kind}`, `arrow:{kind}`,
/// `area:{kind}`, `said:{what}` or `heading`; `None` for a name the style does not use.
pub(super) fn image(name: &str, catalog: &Catalog, theme: Theme, zh: bool) -> Option<Image> {
    let mut parts = name.split(':');
    let what = parts.next()?;
    let kind = parts
        .next()
        .and_then(|id| catalog.asset_kind(&AssetKindId(id.to_owned())));
    let palette = theme.palette();
    let tones = |mark: Mark| Tones {
        mark: palette.mark(mark).to_owned(),
        kind: kind
            .map_or(palette.ink, |k| style::colour(&k.colour, theme))
            .to_owned(),
        palette,
    };
    let plain = |picture, px| Image {
        picture,
        px,
        seamless: false,
        tones: tones(Mark::None),
    };
    Some(match what {
        "mark" => {
            let mark = Mark::from_code(parts.next()?.parse().ok()?)?;
            Image {
                picture: match kind {
                    Some(kind) => compose(glyph_of(kind, zh), mark),
                    None => mark_on_disc(mark),
                },
                px: 32.0,
                seamless: false,
                tones: tones(mark),
            }
        }
        "speck" => plain(speck(&kind?.symbol), 14.0),
        "arrow" => plain(arrow(), 14.0),
        "area" => Image {
            seamless: true,
            ..plain(pattern(catalog, kind?), PATTERN_PX)
        },
        "said" => {
            let mut badge = plain(said_badge(name)?, 32.0);
            badge.tones.mark = palette.mark(Mark::Due).to_owned();
            badge
        }
        "heading" => {
            let mut beam = plain(heading(), 64.0);
            beam.tones.mark = palette.accent.to_owned();
            beam
        }
        _ => return None,
    })
}

fn glyph_of(kind: &AssetKind, zh: bool) -> Glyph {
    glyph(
        &kind.symbol,
        if zh { &kind.label.zh } else { &kind.label.en },
    )
}

const PATTERN_PX: f32 = 12.0;

/// Fills that tell kinds of areas apart without colour, by the kinds' order in the catalogue.
const PATTERNS: [&str; 4] = [
    // Stripes, drawn past the edges so that they join.
    "M-2 14 14-2M-2 2 2-2M10 14l4-4",
    "M3 3h.01M9 9h.01",
    "M-2 14 14-2M-2-2 14 14",
    "M-1 6h14",
];

fn pattern(catalog: &Catalog, kind: &AssetKind) -> Picture {
    let order = catalog
        .asset_kinds
        .iter()
        .filter(|k| {
            k.geometry == GeometryType::Polygon && !style::GROUND.contains(&k.symbol.as_str())
        })
        .position(|k| k.id == kind.id)
        .unwrap_or_default();
    let width = if order % PATTERNS.len() == 1 {
        1.7
    } else {
        0.8
    };
    Picture {
        side: PATTERN_PX,
        pieces: vec![Piece::path(
            Shape::stroke(width, PATTERNS[order % PATTERNS.len()]),
            Tone::Kind,
        )],
    }
}

/// What is said of an asset and not confirmed yet: a badge above its symbol, opposite to that of
/// its state.
fn said_badge(name: &str) -> Option<Picture> {
    const RING: &str = "M24.5 1.5a6 6 0 1 1 0 12a6 6 0 1 1 0-12z";
    let sign = match name {
        "said:new" => "M24.5 4.3v6.4M21.3 7.5h6.4",
        "said:gone" => "M22.2 5.2l4.6 4.6M26.8 5.2l-4.6 4.6",
        "said:moved" => "M21.3 7.5h6.4m-2.7-2.7 2.7 2.7-2.7 2.7",
        "said:wrong" => "M24.5 4.2v3.6M24.5 10.6h.01",
        _ => return None,
    };
    Some(Picture {
        side: 32.0,
        pieces: vec![
            Piece::path(Shape::stroke(4.5, RING), Tone::Surface),
            Piece::path(Shape::fill(RING), Tone::Mark),
            Piece::path(Shape::stroke(2.2, sign), Tone::Surface),
        ],
    })
}

/// Which way the user moves: a beam from the middle upwards.
fn heading() -> Picture {
    Picture {
        side: 64.0,
        pieces: vec![Piece::path(
            Shape::fill("M32 8 40 22a13 13 0 0 0-16 0z"),
            Tone::Mark,
        )],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::style::sample::catalog;

    #[test]
    fn every_name_the_style_uses_has_a_drawing() {
        for name in [
            "mark:storm-drain:0",
            "mark:storm-drain:3",
            "mark::1",
            "speck:canteen",
            "arrow:pipe-storm",
            "area:community-renovated",
            "said:new",
            "said:gone",
            "said:moved",
            "said:wrong",
            "heading",
        ] {
            assert!(
                image(name, &catalog(), Theme::Light, true).is_some(),
                "{name}"
            );
        }
        for name in [
            "",
            "mark:storm-drain",
            "mark:storm-drain:x",
            "area:nobody",
            "speck:nobody",
            "said:nothing",
            "bus-stop",
        ] {
            assert_eq!(image(name, &catalog(), Theme::Light, true), None, "{name}");
        }
    }

    #[test]
    fn areas_differ_by_pattern_without_their_colours() {
        let picture = |name| image(name, &catalog(), Theme::Light, true).map(|i| i.picture);
        assert_ne!(
            picture("area:community-renovated"),
            picture("area:community-heated")
        );
    }

    #[test]
    fn colours_follow_the_theme_and_letters_the_language() {
        let of = |theme, zh| image("mark:canteen:0", &catalog(), theme, zh);
        let (light, dark) = (of(Theme::Light, true), of(Theme::Dark, true));
        assert_ne!(light.map(|i| i.tones), dark.map(|i| i.tones));
        let (zh, en) = (of(Theme::Light, true), of(Theme::Light, false));
        assert_ne!(zh.map(|i| i.picture), en.map(|i| i.picture));
    }
}
