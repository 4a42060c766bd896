//! What the map shows and where this device is, for the lists that mirror it.

use super::{map_link::locate_words, prefs::Prefs, session::Session};
use crate::{
    locales::{Word, Words, t_string},
    map::{Fix, LocateError, MapHandle, Watch},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::LayerId,
    geodesy::{Bbox, LonLat},
};

/// Where things are, as signals.
#[derive(Clone, Copy)]
pub struct Place {
    /// What is seen of the map.
    pub bounds: RwSignal<Option<Bbox>>,
    /// The middle of that.
    pub center: RwSignal<Option<LonLat>>,
    /// Where this device is, once asked for.
    pub me: RwSignal<Option<LonLat>>,
    /// Why there is no map; `None` where there is one.
    pub no_map: RwSignal<bool>,
    /// Layers that are switched on, in the catalogue's order.
    pub visible: Memo<Vec<LayerId>>,
}

/// Where this device is, as a view follows it. Signals of kinds there are anyway: each
/// kind is compiled anew.
#[derive(Clone, Copy)]
pub struct Here {
    /// The place; `None` while it is not known.
    pub at: RwSignal<Option<LonLat>>,
    /// How exactly, in metres.
    pub accuracy_m: RwSignal<f64>,
    /// What to know of it: that it is rough, or why it is not known. Mostly nothing.
    pub doubt: RwSignal<String>,
}

impl Here {
    /// Nothing is known yet.
    pub fn start() -> Self {
        Here {
            at: RwSignal::new(None),
            accuracy_m: RwSignal::new(0.0),
            doubt: RwSignal::new(String::new()),
        }
    }

    fn hear(self, place: Place, words: Words, found: Result<Fix, LocateError>) {
        let doubt = match found {
            Ok(fix) if fix.is_rough() => t_string!(words, map.here_rough),
            Ok(_) => "",
            Err(error) => locate_words(words, error),
        };
        self.doubt.set(doubt.into());
        // A place that is lost is not where this device still is.
        self.at.set(found.ok().map(|fix| fix.at));
        if let Ok(fix) = found {
            self.accuracy_m.set(fix.accuracy_m);
            place.me.set(Some(fix.at));
        }
    }
}

impl Place {
    /// Nothing seen yet.
    pub fn start(session: Session, prefs: Prefs) -> Self {
        let visible = Memo::new(move |_| {
            let turned = prefs.turned.get();
            session.catalog.with(|catalog| {
                let layers = catalog.iter().flat_map(|catalog| &catalog.layers);
                layers
                    .filter(|layer| turned.shows(&layer.id.0, layer.visible))
                    .map(|layer| layer.id.clone())
                    .collect()
            })
        });
        Place {
            bounds: RwSignal::new(None),
            center: RwSignal::new(None),
            me: RwSignal::new(None),
            no_map: RwSignal::new(false),
            visible,
        }
    }

    /// Takes down what a person sees of the map.
    pub fn sees(self, map: &MapHandle) {
        let seen = Some(map.bounds());
        if self.bounds.with_untracked(|known| *known != seen) {
            self.bounds.set(seen);
            self.center.set(Some(map.middle()));
        }
    }

    /// Follows where this device is, without a map that does it, for as long as the view
    /// lives that asks.
    pub fn follow(self, here: Here, words: Words) {
        let watch = Watch::start(move |found| here.hear(self, words, found));
        match watch {
            // The view's, and dropped with it: then nobody listens any more.
            Ok(watch) => {
                let _held = StoredValue::new_local(watch);
            }
            Err(error) => here.hear(self, words, Err(error)),
        }
    }

    /// Words that speak of the map, or of what stands in its place.
    pub fn say(self, words: Words, of_the_map: Word, without: Word) -> Signal<String> {
        Signal::derive(move || {
            let word = if self.no_map.get() {
                without
            } else {
                of_the_map
            };
            words.say(word).into()
        })
    }

    /// From where the list of assets counts, and what they must lie in to be on it: what
    /// is seen of the map. Without a map the list is of the whole city.
    pub fn around(self) -> Option<(LonLat, Option<Bbox>)> {
        match self.no_map.get() {
            true => Some((self.origin()?, None)),
            false => Some((self.center.get()?, Some(self.bounds.get()?))),
        }
    }

    /// From where lists count: this device, else the middle of the map.
    pub fn origin(self) -> Option<LonLat> {
        self.me.get().or_else(|| self.center.get())
    }
}
