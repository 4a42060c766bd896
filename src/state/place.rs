//! What the map shows and where this device is, for the lists that mirror it.

use super::{prefs::Prefs, session::Session};
use crate::map::{LocateError, MapHandle, Watch};
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
    /// Where there is no map to do it, this listens to the device's position.
    watch: StoredValue<Option<Watch>, LocalStorage>,
    /// Layers that are switched on, in the catalogue's order.
    pub visible: Memo<Vec<LayerId>>,
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
            watch: StoredValue::new_local(None),
            visible,
        }
    }

    /// Takes down what a person sees of the map; what a sheet covers is not in view.
    pub fn sees(self, map: &MapHandle) {
        let seen = Some(map.bounds());
        if self.bounds.with_untracked(|known| *known != seen) {
            self.bounds.set(seen);
            self.center.set(Some(map.middle()));
        }
    }

    /// Asks where this device is, without a map; `fails` hears why it is not known.
    pub fn locate(self, fails: impl Fn(LocateError) + Clone + 'static) {
        if self.watch.with_value(Option::is_some) {
            return;
        }
        let tell = fails.clone();
        let watch = Watch::start(move |found| match found {
            Ok(fix) => self.me.set(Some(fix.at)),
            Err(error) => tell(error),
        });
        match watch {
            Ok(watch) => self.watch.set_value(Some(watch)),
            Err(error) => fails(error),
        }
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
