//! What the layers hold, as far as a ledger counts it: stocks, and what is told in parts.

use super::{Current, LayerError, Layers, blocking, locked};
use crate::served::Served;
use mendmap_core::catalog::{AssetKindId, Catalog, LayerFile, Nature};
use mendmap_core::city::City;
use mendmap_core::ledger::Holdings;
use mendmap_core::log::{Event, Log};
use mendmap_core::proposal::Proposals;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// The layers that were read for it last, and of which catalogue and files.
pub(super) type Kept = Mutex<Option<(String, City)>>;

impl Layers {
    /// What the layers hold now, with what was said of assets over them.
    pub(crate) async fn holdings(
        &self,
        dist: &Path,
        served: &Served,
        about: Vec<Arc<Event>>,
    ) -> Result<Holdings, LayerError> {
        let catalog = &served.catalog;
        let puts = self.puts().await?;
        let mut files: Vec<(LayerFile, Current)> = Vec::new();
        for file in asked(catalog) {
            let current = self.current(dist, file, &puts).await?;
            files.extend(current.map(|current| (file.clone(), current)));
        }
        let mut key = served.digest.to_string();
        for (file, current) in &files {
            key += &format!("/{}={}", file.id.0, current.version);
        }
        let is_kept = |kept: &Kept| matches!(&*locked(kept), Some((of, _)) if *of == key);
        // Large files take several times their size while they are read: one at a time.
        let turn = self.turn().await?;
        if !is_kept(&self.held) {
            let mut city = City::new(catalog.clone());
            for (file, current) in files {
                let bytes = self.bytes(&current).await?;
                city = blocking(move || {
                    city.set_layer(&file.id, bytes.into());
                    city
                })
                .await?;
            }
            *locked(&self.held) = Some((key, city));
        }
        let kept = self.held.clone();
        blocking(move || {
            let _turn = turn;
            let mut kept = locked(&kept);
            let Some((_, city)) = &mut *kept else {
                return Holdings::default();
            };
            let mut log = Log::new(&city.catalog().city.id);
            log.merge(about.iter().map(|event| (**event).clone()));
            let proposals = Proposals::from_log(&log, BTreeSet::new());
            city.amend(proposals.amendments());
            Holdings::of(city)
        })
        .await
    }
}

/// The layers that hold such assets, and those that say where they are.
fn asked(catalog: &Catalog) -> impl Iterator<Item = &LayerFile> {
    let kinds = catalog.work_kinds.iter();
    let counted = kinds.filter(|kind| kind.nature != Nature::Flow || kind.split_by.is_some());
    let counted = counted.flat_map(|kind| &kind.applies_to);
    let locating = catalog
        .asset_kinds
        .iter()
        .filter(|kind| kind.locates.is_some());
    let kinds: BTreeSet<&AssetKindId> = counted.chain(locating.map(|kind| &kind.id)).collect();
    let layers = catalog.layers.iter();
    layers.filter(move |layer| layer.kinds.iter().any(|kind| kinds.contains(kind)))
}
