//! Colours of the map, one set a theme. What carries meaning has colour; the
//! ground stays quiet.

use mendmap_core::catalog::Colour;
use mendmap_core::task::Mark;

/// Which set of colours the map wears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Paper.
    #[default]
    Light,
    /// The dark map.
    Dark,
    /// For direct sun: light, stronger colours, larger symbols, thicker lines.
    Outdoor,
}

/// The colours of a theme, as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Ground of the map.
    pub paper: &'static str,
    /// Inside of symbols.
    pub surface: &'static str,
    /// Text and glyphs.
    pub ink: &'static str,
    /// Lesser text.
    pub muted: &'static str,
    /// What is chosen, and where the user stands.
    pub accent: &'static str,
    /// Thin edge that sets a symbol off from the ground.
    pub outline: &'static str,
    /// Face of a street.
    pub road: &'static str,
    /// Face of a main street.
    pub road_main: &'static str,
    /// Edge of a street.
    pub casing: &'static str,
    /// How much larger symbols are, and lines thicker, than on paper.
    pub scale: f64,
    open: &'static str,
    due: &'static str,
    overdue: &'static str,
    reported: &'static str,
    verified: &'static str,
}

const LIGHT: Palette = Palette {
    paper: "#f6f5f1",
    surface: "#ffffff",
    ink: "#1c2321",
    muted: "#55605c",
    accent: "#0b6e63",
    outline: "#b9bfba",
    road: "#ffffff",
    road_main: "#fffaf0",
    casing: "#c8c5ba",
    scale: 1.0,
    open: "#1f5fbf",
    due: "#935700",
    overdue: "#b3261e",
    reported: "#5b4bb5",
    verified: "#18713a",
};

const DARK: Palette = Palette {
    paper: "#1a211f",
    surface: "#121716",
    ink: "#e8ece9",
    muted: "#a3aeaa",
    accent: "#5cc8b8",
    outline: "#4c5955",
    road: "#3c4844",
    road_main: "#4a5953",
    casing: "#0e1312",
    scale: 1.0,
    open: "#8ab4f8",
    due: "#f0b45a",
    overdue: "#ff8a80",
    reported: "#b8acff",
    verified: "#7ed99a",
};

const OUTDOOR: Palette = Palette {
    paper: "#ffffff",
    surface: "#ffffff",
    ink: "#000000",
    muted: "#3a4340",
    accent: "#00534a",
    outline: "#5c6562",
    road: "#ffffff",
    road_main: "#fff7dc",
    casing: "#9aa19e",
    scale: 1.4,
    open: "#0d4496",
    due: "#693e00",
    overdue: "#8c1d18",
    reported: "#41329a",
    verified: "#0c5427",
};

impl Theme {
    /// Its colours.
    pub fn palette(self) -> &'static Palette {
        match self {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
            Theme::Outdoor => &OUTDOOR,
        }
    }
}

/// The colour of a kind in a theme.
pub(crate) fn colour(colour: &Colour, theme: Theme) -> &str {
    match theme {
        Theme::Light | Theme::Outdoor => &colour.light,
        Theme::Dark => &colour.dark,
    }
}

impl Palette {
    /// Colour of a state's mark.
    pub fn mark(&self, mark: Mark) -> &'static str {
        match mark {
            Mark::None | Mark::Never => self.muted,
            Mark::Open | Mark::UnderWay => self.open,
            Mark::Due | Mark::Conflict => self.due,
            Mark::Overdue | Mark::SentBack => self.overdue,
            Mark::Reported => self.reported,
            Mark::Verified | Mark::Done => self.verified,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(hex: &str) -> f64 {
        let channel = |i: usize| {
            let c = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap_or(0)) / 255.0;
            if c <= 0.040_45 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn what_is_read_keeps_its_contrast_on_both_grounds() {
        for (theme, least) in [
            (Theme::Light, 5.0),
            (Theme::Dark, 5.0),
            (Theme::Outdoor, 7.0),
        ] {
            let p = theme.palette();
            let read = [p.ink, p.muted, p.accent];
            for colour in Mark::ALL.map(|m| p.mark(m)).into_iter().chain(read) {
                for ground in [p.paper, p.surface] {
                    let ratio = contrast(colour, ground);
                    assert!(
                        ratio >= least,
                        "{theme:?}: {colour} on {ground} is {ratio:.2}"
                    );
                }
            }
        }
    }
}
