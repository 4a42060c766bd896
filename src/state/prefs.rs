//! What this person chose on this device.

use super::{
    effect::effect,
    stored::stored,
    theme::{Theme, Themes},
};
use crate::locales::{Locale, Words, t_string};
use leptos::prelude::*;
use std::{fmt, str::FromStr};

/// The choices.
#[derive(Clone, Copy)]
pub struct Prefs {
    /// The language.
    pub locale: RwSignal<Locale>,
    /// The theme.
    pub themes: Themes,
    /// True until the first hint was put away.
    pub hint: RwSignal<bool>,
    /// Layers whose switch stands otherwise than the catalogue says.
    pub turned: RwSignal<Turned>,
    /// Larger letters.
    pub large: RwSignal<bool>,
    /// What a thumb reaches lies on the left.
    pub left: RwSignal<bool>,
    /// Work is given out and checked here, where no server says who does.
    pub desk: RwSignal<bool>,
    /// Width of the panel beside the map, in pixels.
    pub panel: RwSignal<i32>,
}

impl Prefs {
    /// Reads what was chosen before.
    pub fn start() -> Self {
        let prefs = Prefs {
            locale: stored("locale", browser_locale),
            themes: Themes::start(),
            hint: stored("hint", || true),
            turned: stored("layers", Turned::default),
            large: stored("large", || false),
            left: stored("left", || false),
            desk: stored("desk", || false),
            panel: stored("panel", || 420),
        };
        mark("data-large", prefs.large);
        mark("data-left", prefs.left);
        prefs
    }

    /// The theme that was chosen.
    pub fn theme(self) -> RwSignal<Theme> {
        self.themes.chosen
    }

    /// The words in the chosen language; the page's `lang` is kept in step with it.
    pub fn speak(self) -> Words {
        let words = Words::new(self.locale);
        effect(move || {
            let locale = self.locale.get();
            document().set_title(t_string!(words, common.app_name));
            if let Some(root) = document().document_element() {
                // Setting a well-named attribute cannot fail.
                let _ = root.set_attribute("lang", locale.tag());
            }
        });
        words
    }
}

/// Keeps an attribute of the page, for the style sheets, in step with a choice.
fn mark(name: &'static str, on: RwSignal<bool>) {
    effect(move || {
        if let Some(root) = document().document_element() {
            // A well-named attribute cannot fail.
            let _ = root.toggle_attribute_with_force(name, on.get());
        }
    });
}

fn browser_locale() -> Locale {
    Locale::for_browser(browser_languages().iter().map(String::as_str))
}

/// What the browser asks for, best first.
pub(super) fn browser_languages() -> Vec<String> {
    let all = window().navigator().languages();
    all.iter().filter_map(|tag| tag.as_string()).collect()
}

/// Names of layers whose switch was turned from where the catalogue has it, so
/// that layers of a later catalogue start as it says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turned(pub Vec<String>);

impl Turned {
    /// Whether a layer is shown, given what the catalogue says.
    pub fn shows(&self, layer: &str, by_default: bool) -> bool {
        by_default != self.0.iter().any(|name| name == layer)
    }

    /// Turns a layer's switch.
    pub fn turn(&mut self, layer: &str) {
        let before = self.0.len();
        self.0.retain(|name| name != layer);
        if self.0.len() == before {
            self.0.push(layer.into());
        }
    }
}

impl fmt::Display for Turned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl FromStr for Turned {
    type Err = std::convert::Infallible;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Ok(Turned(s.lines().map(String::from).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_turned_twice_stands_as_before() {
        let mut turned = Turned::default();
        assert!(turned.shows("roads", true));
        turned.turn("roads");
        assert!(!turned.shows("roads", true));
        assert!(turned.shows("drains", true));
        assert_eq!(turned.to_string().parse(), Ok(turned.clone()));
        turned.turn("roads");
        assert!(turned.shows("roads", true));
    }
}
