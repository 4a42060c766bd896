//! What the map shows and where this device is, for the lists that mirror it.

use super::{prefs::Prefs, session::Session};
use leptos::prelude::*;
use mendmap_core::{
    catalog::LayerId,
    geodesy::{Bbox, LonLat},
};

/// Where things are, as signals.
#[derive(Clone, Copy)]
pub struct Place {
    /// What the map shows.
    pub bounds: RwSignal<Option<Bbox>>,
    /// The middle of what the map shows.
    pub center: RwSignal<Option<LonLat>>,
    /// Where this device is, once asked for.
    pub me: RwSignal<Option<LonLat>>,
    /// Why there is no map; `None` where there is one.
    pub no_map: RwSignal<bool>,
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
            visible,
        }
    }

    /// From where lists count: this device, else the middle of the map.
    pub fn origin(self) -> Option<LonLat> {
        self.me.get().or_else(|| self.center.get())
    }
}
