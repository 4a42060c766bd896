//! Saying things to those who listen instead of looking.

use leptos::prelude::*;

/// The polite voice of the page.
#[derive(Clone, Copy)]
pub struct Announcer(RwSignal<String>);

impl Announcer {
    /// A voice that has not spoken.
    pub fn start() -> Self {
        Announcer(RwSignal::new(String::new()))
    }

    /// Says something. Said again, it is heard again.
    pub fn say(self, text: impl Into<String>) {
        let mut text = text.into();
        if self.0.with_untracked(|last| *last == text) {
            // Screen readers pass over a text that did not change.
            text.push('\u{a0}');
        }
        self.0.set(text);
    }

    /// What was said last.
    pub fn said(self) -> Signal<String> {
        self.0.into()
    }
}
