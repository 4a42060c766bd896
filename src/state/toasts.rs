//! One short notice at a time, with a way to take back what was done. It belongs to
//! the screen it was said on, and goes when that does.

use super::effect::on_change;
use crate::{
    locales::{Word, keys::common},
    mode::Mode,
};
use leptos::prelude::*;
use std::time::Duration;

/// How long a notice stays.
const STAYS: Duration = Duration::from_secs(8);

/// A notice.
#[derive(Clone)]
pub struct Toast {
    /// Which it is, to tell one from the next.
    pub id: u32,
    /// What it says.
    pub text: String,
    /// Takes back what it speaks of, or goes on with it.
    pub undo: Option<Callback<()>>,
    /// What doing so is called.
    pub offer: Word,
    /// The screen it was said on.
    on: Option<Mode>,
}

/// The notice that is shown.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Option<Toast>>,
    next: StoredValue<u32>,
    held: RwSignal<bool>,
    mode: Memo<Mode>,
    /// Whether the next notice goes along to the next screen.
    carried: StoredValue<bool>,
}

impl Toasts {
    /// Nothing shown yet.
    pub fn start(mode: Memo<Mode>) -> Self {
        let toasts = Toasts {
            shown: RwSignal::new(None),
            next: StoredValue::new(0),
            held: RwSignal::new(false),
            mode,
            carried: StoredValue::new(false),
        };
        on_change(
            move || mode.track(),
            move || {
                let now = mode.get();
                let on = toasts.shown.with(|t| t.as_ref().map(|t| t.on.clone()));
                match on {
                    // It came along.
                    Some(None) => toasts.shown.update(|toast| {
                        if let Some(toast) = toast {
                            toast.on = Some(now);
                        }
                    }),
                    Some(Some(on)) if on != now => toasts.dismiss(),
                    _ => {}
                }
            },
        );
        toasts
    }

    /// What is shown.
    pub fn shown(self) -> Signal<Option<Toast>> {
        self.shown.into()
    }

    /// Shows a notice in place of the one before, with the way to take it back.
    pub fn show(self, text: impl Into<String>, undo: Option<Callback<()>>) {
        self.offer(text, common::undo, undo);
    }

    /// The same, with something else to do about it.
    pub fn offer(self, text: impl Into<String>, offer: Word, undo: Option<Callback<()>>) {
        let carried = self.carried.try_update_value(std::mem::take) == Some(true);
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.shown.set(Some(Toast {
            id,
            text: text.into(),
            undo,
            offer,
            on: (!carried).then(|| self.mode.get_untracked()),
        }));
        self.leave_later(id);
    }

    /// Keeps the notice while a hand or the focus is on it.
    pub fn hold(self, held: bool) {
        self.held.set(held);
        if let (false, Some(id)) = (
            held,
            self.shown.with_untracked(|t| t.as_ref().map(|t| t.id)),
        ) {
            self.leave_later(id);
        }
    }

    /// What is said next is said of the screen that comes: who goes back is there a moment later.
    pub fn carry(self) {
        self.carried.set_value(true);
    }

    /// Takes the notice away.
    pub fn dismiss(self) {
        self.shown.set(None);
    }

    /// Takes back what the notice speaks of, if it can.
    pub fn undo(self) -> bool {
        let undo = self
            .shown
            .with_untracked(|t| t.as_ref().and_then(|t| t.undo));
        self.dismiss();
        undo.map(|undo| undo.run(())).is_some()
    }

    fn leave_later(self, id: u32) {
        set_timeout(
            move || {
                let is_shown = self
                    .shown
                    .with_untracked(|t| t.as_ref().is_some_and(|t| t.id == id));
                if is_shown && !self.held.get_untracked() {
                    self.dismiss();
                }
            },
            STAYS,
        );
    }
}
