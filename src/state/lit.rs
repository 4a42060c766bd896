//! Several assets lit up on the map at once: those of a round, or those that are chosen.

use super::map_link::MapLink;
use crate::{number, state::effect::effect};
use leptos::prelude::*;
use mendmap_core::{city::AssetSummary, task::Mark};

/// An asset that is lit up.
pub struct Marked {
    /// Which.
    pub asset: AssetSummary,
    /// The mark that it wears.
    pub mark: Mark,
    /// Whether a ring is drawn around it: there something is still to be done.
    pub is_ringed: bool,
}

/// Lights up what `marked` says, for as long as the view lives that asks.
pub fn light(link: MapLink, marked: impl Fn() -> Vec<Marked> + 'static) {
    let lit = link.lit;
    effect(move || {
        let features = features(&marked());
        if lit.with_untracked(|now| *now != features) {
            lit.set(features);
        }
    });
    on_cleanup(move || lit.set(String::new()));
}

/// Assets as GeoJSON features with commas between: see [`crate::map::MapHandle::light`].
fn features(marked: &[Marked]) -> String {
    let feature = |Marked {
                       asset,
                       mark,
                       is_ringed,
                   }: &Marked| {
        let [lon, lat] = [asset.at.lon, asset.at.lat].map(|degrees| number::text(degrees, 7));
        let (kind, code) = (&asset.kind.0, mark.code());
        let bare = if *is_ringed { "" } else { r#","bare":true"# };
        format!(
            r#"{{"type":"Feature","properties":{{"k":"{kind}","s":{code}{bare}}},"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}"#
        )
    };
    marked.iter().map(feature).collect::<Vec<_>>().join(",")
}
