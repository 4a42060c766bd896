//! Layers: reading them, and what that said. [`super::files`] has files of a person's own.

use super::{Service, state::State, world::NowAndThen};
use crate::worker::{
    decoder::Browser,
    protocol::{LayerState, Notice, OwnFile, Trouble},
    turn::next_turn,
};
use mendmap_core::{
    catalog::{AssetKindId, LayerFile, LayerId},
    city::{Arrival, City, How, Intake, Report},
};

impl Service {
    /// Reads a layer's bytes into the city, giving taps and tiles their turn
    /// every few milliseconds.
    pub(super) async fn take_layer(
        &self,
        file: &LayerFile,
        bytes: Vec<u8>,
        own: Option<OwnFile>,
    ) -> LayerState {
        match self.read_plain(file, bytes).await {
            Ok(arrival) => self.put_layer(file, arrival, own),
            Err(trouble) => self.note_layer(file, trouble),
        }
    }

    /// Reads a layer's bytes of which nothing is said beside them.
    pub(super) async fn read_plain(
        &self,
        file: &LayerFile,
        bytes: Vec<u8>,
    ) -> Result<Arrival, Trouble> {
        let how = How {
            decode: Some(&Browser::default()),
            ..How::default()
        };
        self.read_layer(file, bytes, &how).await
    }

    pub(super) async fn read_layer(
        &self,
        file: &LayerFile,
        bytes: Vec<u8>,
        how: &How<'_>,
    ) -> Result<Arrival, Trouble> {
        let catalog = self.with(|state| Ok(state.catalog().clone()))?;
        let pause = &mut self.telling(file, bytes.len() as u64);
        let read = City::read_layer_as(&catalog, &file.id, bytes, how, pause).await;
        Ok(settled(read).await)
    }

    /// Reads what is left of a file that was read while it came; the intake is given back where it wants it again.
    pub(super) async fn read_rest<'c>(
        &self,
        file: &LayerFile,
        intake: Intake<'c>,
    ) -> Result<Arrival, Intake<'c>> {
        let pause = &mut self.telling(file, intake.size());
        let read = City::read_rest(intake, pause).await?;
        Ok(settled(read).await)
    }

    /// Tells how far the reading of a file has come that is all there, and gives taps and tiles their turn.
    fn telling(&self, file: &LayerFile, size: u64) -> impl AsyncFnMut(usize) {
        let mut now_and_then = NowAndThen::default();
        async move |features: usize| {
            if now_and_then.is_time() {
                self.notify(Notice::Loading {
                    layer: file.id.clone(),
                    bytes: size,
                    total: Some(size),
                    features,
                });
            }
            next_turn().await;
        }
    }

    pub(super) fn put_layer(
        &self,
        file: &LayerFile,
        arrival: Arrival,
        own: Option<OwnFile>,
    ) -> LayerState {
        let taken = self.with(|state| {
            let report = state.city.put_layer(arrival);
            state.networks.clear();
            state.mark_all();
            Ok(state.note_layer(file, Some(report), None, own))
        });
        self.completion_moved();
        taken.unwrap_or_else(|trouble| self.note_layer(file, trouble))
    }

    /// Remembers why a layer is not there.
    pub(super) fn note_layer(&self, file: &LayerFile, trouble: Trouble) -> LayerState {
        let noted =
            self.with(|state| Ok(state.note_layer(file, None, Some(trouble.clone()), None)));
        noted.unwrap_or_else(|_| LayerState::absent(&file.id, trouble))
    }
}

/// Makes a layer ready to be put in its place, giving taps and tiles their turn.
pub(super) async fn settled(arrival: Arrival) -> Arrival {
    arrival.settle(&mut async || next_turn().await).await;
    arrival
}

impl State {
    pub(super) fn layer_file(&self, layer: &LayerId) -> Result<LayerFile, Trouble> {
        let file = self.catalog().layers.iter().find(|file| file.id == *layer);
        file.cloned().ok_or_else(|| Trouble::NotThere {
            what: layer.0.clone(),
        })
    }

    pub(super) fn note_layer(
        &mut self,
        file: &LayerFile,
        report: Option<Report>,
        trouble: Option<Trouble>,
        own: Option<OwnFile>,
    ) -> LayerState {
        let noted = LayerState {
            layer: file.id.clone(),
            report,
            trouble,
            own,
            kinds: self.counted(&file.kinds),
        };
        self.layers.retain(|known| known.layer != file.id);
        self.layers.push(noted.clone());
        noted
    }

    /// How many assets of each kind count.
    fn counted(&self, kinds: &[AssetKindId]) -> Vec<(AssetKindId, usize)> {
        let count = |kind| self.city.uids_of(std::slice::from_ref(kind)).count();
        let kinds = kinds.iter();
        kinds.map(|kind| (kind.clone(), count(kind))).collect()
    }

    /// Counts the assets of all layers again.
    pub(super) fn count_layers(&mut self) {
        for n in 0..self.layers.len() {
            let kinds = self.layers[n].kinds.iter();
            let kinds: Vec<_> = kinds.map(|(kind, _)| kind.clone()).collect();
            self.layers[n].kinds = self.counted(&kinds);
        }
    }

    /// All layers of the catalogue, in its order.
    pub(super) fn layer_states(&self) -> Vec<LayerState> {
        let files = self.catalog().layers.iter();
        files
            .map(|file| {
                let noted = self.layers.iter().find(|noted| noted.layer == file.id);
                noted
                    .cloned()
                    .unwrap_or_else(|| LayerState::pending(&file.id))
            })
            .collect()
    }
}

impl LayerState {
    fn pending(layer: &LayerId) -> Self {
        LayerState {
            layer: layer.clone(),
            report: None,
            trouble: None,
            own: None,
            kinds: Vec::new(),
        }
    }

    fn absent(layer: &LayerId, trouble: Trouble) -> Self {
        LayerState {
            trouble: Some(trouble),
            ..LayerState::pending(layer)
        }
    }
}
