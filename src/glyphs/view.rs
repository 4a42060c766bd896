//! The same drawings as inline SVG, for lists, cards and the legend.

#![allow(
    unreachable_pub,
    reason = "the component macro makes public items of its own"
)]

use super::Glyph;
use super::asset::glyph;
use super::compose::{compose, glyph_alone, mark_alone};
use super::picture::{Paint, Picture, Piece, Tone};
use super::speck::speck;
use crate::number;
use leptos::prelude::*;
use mendmap_core::task::Mark;

/// The glyph of an asset kind in the text's colour.
#[component]
pub fn GlyphIcon(
    /// Name of the glyph, as in the catalogue.
    #[prop(into)]
    symbol: String,
    /// Label of the kind, whose first character stands in for a glyph nobody has drawn.
    #[prop(into, optional)]
    label: String,
    /// Side in pixels.
    #[prop(default = 24)]
    size: u32,
) -> impl IntoView {
    svg(&glyph_alone(glyph(&symbol, &label)), size, "glyph")
}

/// The mark of a state by itself, in the state's colour.
#[component]
pub fn MarkIcon(
    /// The state.
    mark: Mark,
    /// Side in pixels.
    #[prop(default = 20)]
    size: u32,
) -> impl IntoView {
    svg(&mark_alone(mark), size, class(mark))
}

/// The symbol exactly as the map shows it: the kind's glyph inside the state's mark.
#[component]
pub fn AssetIcon(
    /// Name of the glyph, as in the catalogue.
    #[prop(into)]
    symbol: String,
    /// Label of the kind.
    #[prop(into, optional)]
    label: String,
    /// The state.
    #[prop(default = Mark::None)]
    mark: Mark,
    /// Side in pixels.
    #[prop(default = 32)]
    size: u32,
) -> impl IntoView {
    let glyph: Glyph = glyph(&symbol, &label);
    svg(&compose(glyph, mark), size, class(mark))
}

/// The speck a kind leaves on the map where its symbol finds no room.
#[component]
pub fn SpeckIcon(
    /// Name of the glyph, as in the catalogue.
    #[prop(into)]
    symbol: String,
    /// Side in pixels.
    #[prop(default = 14)]
    size: u32,
) -> impl IntoView {
    svg(&speck(&symbol), size, class(Mark::None))
}

/// Class that gives a mark its colour (`styles/map.css`).
pub(crate) fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::None | Mark::Never => "glyph mark-none",
        Mark::Open | Mark::UnderWay => "glyph mark-open",
        Mark::Due | Mark::Conflict => "glyph mark-due",
        Mark::Overdue | Mark::SentBack => "glyph mark-overdue",
        Mark::Reported => "glyph mark-reported",
        Mark::Verified | Mark::Done => "glyph mark-verified",
    }
}

fn svg(picture: &Picture, size: u32, class: &'static str) -> impl IntoView + use<> {
    let side = written(picture.side);
    let pieces: Vec<AnyView> = picture.pieces.iter().map(piece).collect();
    view! {
        <svg
            class=class
            width=size
            height=size
            viewBox=format!("0 0 {side} {side}")
            aria-hidden="true"
            focusable="false"
        >
            {pieces}
        </svg>
    }
}

fn written(length: f32) -> String {
    number::text(length.into(), 3)
}

fn piece(piece: &Piece) -> AnyView {
    match piece {
        Piece::Path { shape, tone, place } => {
            let transform = format!(
                "translate({} {}) scale({})",
                written(place.x),
                written(place.y),
                written(place.scale)
            );
            let (fill, stroke, width) = match shape.paint {
                Paint::Fill => (colour(*tone), "none", None),
                Paint::Stroke(width) => ("none", colour(*tone), Some(written(width))),
            };
            view! {
                <path
                    d=shape.d
                    transform=transform
                    fill=fill
                    fill-rule="evenodd"
                    stroke=stroke
                    stroke-width=width
                    stroke-linecap="round"
                    stroke-linejoin="round"
                />
            }
            .into_any()
        }
        Piece::Letter {
            letter,
            tone,
            place,
        } => view! {
            <text
                x=written(place.x)
                y=written(place.y)
                font-size=written(place.scale)
                font-weight="700"
                text-anchor="middle"
                dominant-baseline="central"
                fill=colour(*tone)
            >
                {letter.to_string()}
            </text>
        }
        .into_any(),
    }
}

fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Mark => "var(--mark, currentColor)",
        Tone::Kind | Tone::Ink => "currentColor",
        Tone::Surface => "var(--surface, Canvas)",
        Tone::Outline => "var(--outline, color-mix(in srgb, currentColor 40%, transparent))",
    }
}
