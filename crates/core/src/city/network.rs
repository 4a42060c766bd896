//! Lines of the city as a network.

use super::City;
use crate::catalog::{AssetKindId, GeometryType};
use crate::network::Network;

impl City {
    /// The lines of some kinds as one network. Where pipes of two kinds lie side by side under
    /// a street no track can tell which of them somebody went along: whoever patrols both asks
    /// a network of each kind.
    pub fn network(&self, kinds: &[AssetKindId]) -> Network {
        let wanted = self.wanted_kinds(Some(kinds));
        let assets = self.loaded().flat_map(|(_, _, loaded)| {
            let (layer, wanted) = (&loaded.layer, wanted.clone());
            loaded.rows().filter_map(move |row| {
                let geometry = layer.geometry(row);
                let is_line = geometry.shape() == GeometryType::Line;
                (is_line && wanted.pass(layer.kind(row))).then(|| {
                    let parts = geometry.parts().map(|(_, run)| run.to_vec());
                    (layer.uid(row), parts.collect())
                })
            })
        });
        Network::of(assets)
    }
}
