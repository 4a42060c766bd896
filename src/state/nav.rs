//! The screen, kept in step with the address and the browser's history.

use super::drafts;
use crate::mode::{Lens, Mode, Screen, Sketch, Step, Target, Trail, View};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;

/// Where we are and how to go elsewhere.
#[derive(Clone, Copy)]
pub struct Nav {
    screen: RwSignal<Screen>,
    /// What the screen is doing.
    pub mode: Memo<Mode>,
    /// The completion that the map is coloured by.
    pub lens: Memo<Option<Lens>>,
    /// Where the map should look: set by addresses, not by the map's own moves.
    pub wanted_view: RwSignal<Option<View>>,
    /// How many steps of ours lay behind the last screen.
    deep: StoredValue<f64>,
    /// Drawings on which work was plotted, and choices that have become rounds: going back
    /// passes them over, since their work is what they have become.
    spent: StoredValue<Vec<Target>>,
    /// The drawing before its corner was moved, until something else is done to it.
    unmoved: StoredValue<Option<Sketch>>,
}

impl Nav {
    /// Reads the address and follows it from now on.
    pub fn start() -> Self {
        let screen = RwSignal::new(here());
        let wanted_view = RwSignal::new(screen.with_untracked(|s| s.view));
        let deep = StoredValue::new(depth());
        let spent = StoredValue::new(Vec::<Target>::new());
        let is_spent = move |mode: &Mode| {
            let target = match mode {
                Mode::Drawing(sketch) | Mode::PlaceSelected(sketch) => {
                    Target::Place(sketch.clone())
                }
                Mode::Choosing(chosen) => Target::Chosen(chosen.clone()),
                _ => return false,
            };
            spent.with_value(|spent| spent.contains(&target))
        };
        let follow = move |_| {
            let arrived = here();
            let back = depth() < deep.get_value();
            deep.set_value(depth());
            // A form that was filled in has become the card it was opened from: going
            // back from the one is going back from both.
            let same = screen.with_untracked(|s| s.mode == arrived.mode);
            let spent = is_spent(&arrived.mode);
            if back && depth() > 0.0 && (same || spent) {
                go_back();
                return;
            }
            // A drawing that was begun by a link has nothing behind it but the map.
            let arrived = match spent {
                true => Screen {
                    mode: Mode::Browsing,
                    ..arrived
                },
                false => arrived,
            };
            if arrived.view.is_some() {
                wanted_view.set(arrived.view);
            }
            if spent {
                write(&arrived, Trail::Replace);
            }
            screen.set(arrived);
        };
        let on_back = window_event_listener(ev::popstate, follow);
        // An address typed by hand, or a link within the page.
        let on_link = window_event_listener(ev::hashchange, move |_| {
            if screen.with_untracked(|s| *s != here()) {
                screen.set(here());
            }
        });
        on_cleanup(move || {
            on_back.remove();
            on_link.remove();
        });
        Nav {
            screen,
            mode: Memo::new(move |_| screen.with(|s| s.mode.clone())),
            lens: Memo::new(move |_| screen.with(|s| s.lens.clone())),
            wanted_view,
            deep,
            spent,
            unmoved: StoredValue::new(None),
        }
    }

    /// Takes a step; one that leads nowhere changes nothing.
    pub fn take(self, step: Step) {
        if let (
            Step::Plotted(_),
            Mode::Plotting(Target::Place(sketch) | Target::Inside(sketch))
            | Mode::Finding(Target::Place(sketch)),
        ) = (&step, self.now().mode)
        {
            drafts::forget_corners(&sketch);
            let spent = Target::Place(sketch);
            self.spent.update_value(|all| all.push(spent));
        }
        if let (Step::Plotted(_), Mode::Plotting(chosen @ Target::Chosen(_))) =
            (&step, self.now().mode)
        {
            self.spent.update_value(|all| all.push(chosen));
        }
        // The place has become an asset: nobody goes back to putting it there again.
        if let (Step::Amended(_), Mode::Adding(sketch)) = (&step, self.now().mode) {
            drafts::forget_corners(&sketch);
            let spent = Target::Place(sketch);
            self.spent.update_value(|all| all.push(spent));
        }
        // What was moved last goes back where it was, before a corner is taken.
        let keeps = matches!(step, Step::Moved(_) | Step::Look(_));
        let unmoved = match keeps {
            true => None,
            false => self.unmoved.try_update_value(Option::take).flatten(),
        };
        let step = match (step, unmoved) {
            (Step::CornerBack, Some(before)) => Step::Sketched(before.points),
            (step, _) => step,
        };
        if let (Step::MoveCorner(..), Mode::Drawing(sketch)) = (&step, self.now().mode) {
            self.unmoved.set_value(Some(sketch));
        }
        let Some((next, trail)) = self.screen.with_untracked(|s| s.after(step)) else {
            return;
        };
        self.write(&next, trail);
        if self.screen.with_untracked(|s| *s != next) {
            self.screen.set(next);
        }
    }

    /// Goes back to where we were; on a page opened by a link, to the map.
    pub fn back(self) {
        if depth() > 0.0 {
            go_back();
        } else {
            self.take(Step::Close);
        }
    }

    /// The whole address of this screen, to hand to someone.
    pub fn link(self) -> String {
        window().location().href().unwrap_or_default()
    }

    /// The screen, without listening to it.
    pub fn now(self) -> Screen {
        self.screen.get_untracked()
    }

    fn write(self, screen: &Screen, trail: Trail) {
        write(screen, trail);
        self.deep.set_value(depth());
    }
}

/// Makes the address that of a screen.
fn write(screen: &Screen, trail: Trail) {
    let Ok(history) = window().history() else {
        return;
    };
    let hash = screen.to_hash();
    // Browsers refuse more than some hundred changes a minute: the address
    // then lags behind, and the app goes on.
    let _ = match trail {
        Trail::Push => history.push_state_with_url(&JsValue::from(depth() + 1.0), "", Some(&hash)),
        Trail::Replace => history.replace_state_with_url(&JsValue::from(depth()), "", Some(&hash)),
    };
}

fn go_back() {
    if let Ok(history) = window().history() {
        // A history that cannot go back leaves us where we are.
        let _ = history.back();
    }
}

/// The screen that the address names.
fn here() -> Screen {
    let hash = window().location().hash().unwrap_or_default();
    let hash = js_sys::decode_uri(&hash).map_or(hash, String::from);
    Screen::from_hash(&hash)
}

/// How many steps of ours lie behind this one.
fn depth() -> f64 {
    window()
        .history()
        .and_then(|h| h.state())
        .ok()
        .and_then(|s| s.as_f64())
        .unwrap_or_default()
}
