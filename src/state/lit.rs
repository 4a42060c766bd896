//! Several assets lit up on the map at once: those of a round, or those that are chosen.

use super::map_link::MapLink;
use crate::{components::sheet::SheetState, number, state::effect::effect};
use leptos::prelude::*;
use mendmap_core::{city::AssetSummary, geodesy::LonLat, task::Mark};

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

/// So long after a panel was opened the sheet comes to rest, in milliseconds.
const SETTLES_MS: f64 = 2_000.0;

/// Brings places into sight as soon as there are any, and again while the sheet that says so
/// takes its height. After that the map is the hand's that moves it.
pub fn reveal(link: MapLink, places: Memo<Vec<LonLat>>) {
    let sheet = expect_context::<SheetState>();
    let until = StoredValue::new(f64::INFINITY);
    let has_come = Memo::new(move |_| places.with(|places| !places.is_empty()));
    effect(move || {
        sheet.covered.track();
        let now = js_sys::Date::now();
        if has_come.get() && now < until.get_value() {
            until.update_value(|until| *until = until.min(now + SETTLES_MS));
            link.with(|map| places.with_untracked(|places| map.reveal(places)));
        }
    });
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
