//! Light, dark, for direct sun, or as the system says.

use super::{effect::effect, media, stored::stored};
use leptos::prelude::*;
use std::{fmt, str::FromStr};

/// What was chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// For the dark.
    Dark,
    /// For direct sun.
    Outdoor,
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Ink on paper.
    Light,
    /// For the dark.
    Dark,
    /// For direct sun.
    Outdoor,
}

const NAMES: [(Theme, &str); 4] = [
    (Theme::System, "system"),
    (Theme::Light, "light"),
    (Theme::Dark, "dark"),
    (Theme::Outdoor, "outdoor"),
];

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            NAMES
                .iter()
                .find(|(theme, _)| theme == self)
                .map_or("system", |(_, n)| n),
        )
    }
}

impl FromStr for Theme {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        NAMES
            .iter()
            .find(|(_, name)| *name == s)
            .map(|(theme, _)| *theme)
            .ok_or(())
    }
}

impl Theme {
    /// What it comes to on a system that is dark or not.
    pub fn shown(self, system_is_dark: bool) -> Shown {
        match self {
            Theme::Light => Shown::Light,
            Theme::Dark => Shown::Dark,
            Theme::Outdoor => Shown::Outdoor,
            Theme::System if system_is_dark => Shown::Dark,
            Theme::System => Shown::Light,
        }
    }
}

impl Shown {
    /// Its name in `data-theme`.
    pub fn name(self) -> &'static str {
        match self {
            Shown::Light => "light",
            Shown::Dark => "dark",
            Shown::Outdoor => "outdoor",
        }
    }
}

/// The choice, and what it comes to.
#[derive(Clone, Copy)]
pub struct Themes {
    /// The choice.
    pub chosen: RwSignal<Theme>,
    /// What is shown.
    pub shown: Memo<Shown>,
}

impl Themes {
    /// Reads the choice, follows the system and tells the style sheets.
    pub fn start() -> Self {
        let chosen = stored("theme", Theme::default);
        let dark = media::matches("(prefers-color-scheme: dark)");
        let shown = Memo::new(move |_| chosen.get().shown(dark.get()));
        // At once as well, so that the first paint has its colours.
        tell(shown.get_untracked());
        effect(move || tell(shown.get()));
        Themes { chosen, shown }
    }
}

fn tell(shown: Shown) {
    if let Some(root) = document().document_element() {
        // Setting a well-named attribute cannot fail.
        let _ = root.set_attribute("data-theme", shown.name());
    }
}
