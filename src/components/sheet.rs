//! The sheet over the map's lower edge, with three heights; on a desk, a column.

use crate::{
    locales::{t, t_string, use_words},
    mode::Mode,
    state::{effect::effect, media::on_height},
};
use leptos::{html, prelude::*};
use std::{collections::HashMap, mem::Discriminant};
use web_sys::{KeyboardEvent, PointerEvent};

/// How much of the screen the sheet takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Height {
    /// Title and action only.
    #[default]
    Peek,
    /// The lower half.
    Half,
    /// All but the search.
    Full,
}

impl Height {
    /// Its name in the style sheet.
    pub fn name(self) -> &'static str {
        match self {
            Height::Peek => "peek",
            Height::Half => "half",
            Height::Full => "full",
        }
    }

    /// One taller, if there is one.
    pub fn taller(self) -> Height {
        if self == Height::Peek {
            Height::Half
        } else {
            Height::Full
        }
    }

    /// One smaller, if there is one.
    pub fn smaller(self) -> Height {
        if self == Height::Full {
            Height::Half
        } else {
            Height::Peek
        }
    }

    /// The height that suits a screen until a hand says otherwise.
    pub fn for_mode(mode: &Mode) -> Height {
        match mode {
            Mode::Browsing | Mode::Drawing(_) | Mode::Measuring(..) => Height::Peek,
            Mode::AssetSelected(_)
            | Mode::TaskSelected(_)
            | Mode::PlaceSelected(_)
            | Mode::Tracking(_)
            | Mode::Choosing(_)
            | Mode::Amending(..)
            | Mode::Completion => Height::Half,
            Mode::Plotting(_)
            | Mode::Reporting(_)
            | Mode::Finding(_)
            | Mode::Adding(_)
            | Mode::Stopping(..)
            | Mode::Checking(..)
            | Mode::MyWork
            | Mode::Proposals
            | Mode::Reviewing
            | Mode::Ledger(_)
            | Mode::Indicators(_)
            | Mode::Giving(_)
            | Mode::Returning(_)
            | Mode::Dispatching(_)
            | Mode::Layers
            | Mode::Settings
            | Mode::Governing
            | Mode::Programmes(_) => Height::Full,
        }
    }
}

/// The height a hand means when it lets go of the content at `now` pixels, having
/// begun at `from`, where half a screen is `half` and a whole one `full`.
pub fn settle(from: f64, now: f64, half: f64, full: f64) -> Height {
    // A clear pull in one direction is enough; it need not go half the way.
    let lead = (now - from).clamp(-1.0, 1.0) * half * 0.25 * f64::from((now - from).abs() > 24.0);
    let meant = now + lead;
    if meant < half / 2.0 {
        Height::Peek
    } else if meant < (half + full) / 2.0 {
        Height::Half
    } else {
        Height::Full
    }
}

/// The sheet's height, remembered for each kind of screen.
#[derive(Clone, Copy)]
pub struct SheetState {
    /// The height now.
    pub height: RwSignal<Height>,
    /// Pixels of the map that the sheet covers.
    pub covered: RwSignal<f64>,
    /// Pixels of it that its buttons take.
    pub foot: RwSignal<f64>,
    kept: StoredValue<HashMap<Discriminant<Mode>, Height>>,
    mode: Memo<Mode>,
}

impl SheetState {
    /// Follows the mode.
    pub fn start(mode: Memo<Mode>) -> Self {
        let state = SheetState {
            height: RwSignal::new(mode.with_untracked(Height::for_mode)),
            covered: RwSignal::new(0.0),
            foot: RwSignal::new(0.0),
            kept: StoredValue::new(HashMap::new()),
            mode,
        };
        effect(move || {
            let height = mode.with(|mode| {
                let kept = state
                    .kept
                    .with_value(|k| k.get(&std::mem::discriminant(mode)).copied());
                kept.unwrap_or_else(|| Height::for_mode(mode))
            });
            state.height.set(height);
        });
        state
    }

    /// Lets screens of a kind begin at a height, where no hand has said otherwise.
    pub fn begin(self, mode: &Mode, height: Height) {
        let kind = std::mem::discriminant(mode);
        self.kept.update_value(|kept| {
            kept.entry(kind).or_insert(height);
        });
        if self.mode.with_untracked(std::mem::discriminant) == kind {
            self.height.set(height);
        }
    }

    /// Sets the height, and keeps it for screens of this kind.
    pub fn set(self, height: Height) {
        let kind = self.mode.with_untracked(std::mem::discriminant);
        self.kept.update_value(|kept| {
            kept.insert(kind, height);
        });
        self.height.set(height);
    }
}

/// A hand on the sheet.
#[derive(Clone, Copy)]
struct Pull {
    /// Where it began, pixels from the top of the window.
    at: f64,
    /// How tall the content was.
    from: f64,
    /// How tall it is now.
    now: f64,
}

/// The sheet.
#[component]
pub fn Sheet(
    /// The screen's panel.
    children: Children,
) -> impl IntoView {
    let words = use_words();
    let state = expect_context::<SheetState>();
    let sheet = NodeRef::<html::Section>::new();
    effect(move || {
        if let Some(sheet) = sheet.get() {
            on_height(&sheet, move |height| state.covered.set(height));
        }
    });

    let pull = RwSignal::new(None::<Pull>);
    let pulled = StoredValue::new(false);
    let body_height = move || {
        let body = sheet
            .get_untracked()?
            .query_selector(".sheet-body")
            .ok()??;
        Some(f64::from(body.client_height()))
    };
    let grab = move |ev: PointerEvent| {
        let Some(from) = body_height() else { return };
        let target: web_sys::Element = event_target(&ev);
        // Without capture a quick hand leaves the handle behind; it still can be tapped.
        let _ = target.set_pointer_capture(ev.pointer_id());
        pulled.set_value(false);
        pull.set(Some(Pull {
            at: f64::from(ev.client_y()),
            from,
            now: from,
        }));
    };
    let drag = move |ev: PointerEvent| {
        pull.update(|pull| {
            if let Some(pull) = pull {
                pull.now = (pull.from + pull.at - f64::from(ev.client_y())).max(0.0);
            }
        });
    };
    let release = move |_| {
        let Some(Pull { from, now, .. }) = pull.get_untracked() else {
            return;
        };
        pull.set(None);
        if (now - from).abs() > 6.0 {
            pulled.set_value(true);
            let window_height = window()
                .inner_height()
                .ok()
                .and_then(|h| h.as_f64())
                .unwrap_or(800.0);
            state.set(settle(from, now, window_height * 0.38, window_height * 0.8));
        }
    };
    // A tap counts when it is over: a sheet that moved before would give the click to
    // what came to lie under the finger. A pull ends in a click too, which is none.
    let tap = move |_| {
        if pulled.try_update_value(std::mem::take) == Some(false) {
            let height = state.height.get_untracked();
            state.set(if height == Height::Full {
                Height::Peek
            } else {
                height.taller()
            });
        }
    };
    let by_key = move |ev: KeyboardEvent| {
        let height = state.height.get_untracked();
        match ev.key().as_str() {
            "ArrowUp" => state.set(height.taller()),
            "ArrowDown" => state.set(height.smaller()),
            "Home" => state.set(Height::Full),
            "End" => state.set(Height::Peek),
            _ => return,
        }
        ev.prevent_default();
    };
    let label = Signal::derive(move || {
        if state.height.get() == Height::Full {
            t_string!(words, common.sheet_shrink).to_string()
        } else {
            t_string!(words, common.sheet_grow).to_string()
        }
    });
    view! {
        <section
            class="sheet"
            class:dragging=move || pull.with(Option::is_some)
            data-height=move || state.height.get().name().to_string()
            style=("--drag", move || pull.get().map(|p| format!("{}px", p.now as i32)))
            aria-label=t!(words, common.panel_region)
            node_ref=sheet
        >
            <button
                type="button"
                class="sheet-handle"
                aria-label=label
                on:pointerdown=grab
                on:pointermove=drag
                on:pointerup=release
                on:click=tap
                on:pointercancel=move |_| pull.set(None)
                on:keydown=by_key
            ></button>
            {children()}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_settles_where_the_hand_meant() {
        assert_eq!(settle(0.0, 20.0, 300.0, 700.0), Height::Peek);
        assert_eq!(settle(0.0, 100.0, 300.0, 700.0), Height::Half);
        assert_eq!(settle(300.0, 440.0, 300.0, 700.0), Height::Full);
        assert_eq!(settle(300.0, 200.0, 300.0, 700.0), Height::Peek);
        assert_eq!(settle(700.0, 560.0, 300.0, 700.0), Height::Half);
        assert_eq!(settle(700.0, 10.0, 300.0, 700.0), Height::Peek);
    }
}
