//! Rounds of what falls due.

use super::{DueAsset, DueGroup, DueStatus};
use crate::catalog::{Catalog, WorkKindId};
use crate::geodesy::{LonLat, runs, walk};
use crate::ids::AssetUid;
use crate::task::{MOST_STOPS, is_stop, round_name};
use serde::{Deserialize, Serialize};

/// A round that is yet to be put on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundDraft {
    /// The kind of work.
    pub work: WorkKindId,
    /// What it is called.
    pub name: Option<String>,
    /// Its assets, in walking order.
    pub assets: Vec<AssetUid>,
}

/// The rounds of what falls due, and what makes none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounds {
    /// The rounds.
    pub rounds: Vec<RoundDraft>,
    /// Assets that are a task each: lines and areas, at which one cannot stand, and single ones.
    pub alone: Vec<AssetUid>,
}

/// Makes rounds of what is overdue or due in some groups, each group by itself; what is under way
/// already is left out.
///
/// A round has at most `most` assets, and never more than a round may have. Of more, as on a long
/// street, there are as few rounds as can be, as large as each other, each a run along it; then
/// they are numbered. A round is called as its group is, or by the streets that its assets stand on
/// where that has no name.
pub fn rounds_of(catalog: &Catalog, work: &WorkKindId, groups: &[DueGroup], most: usize) -> Rounds {
    let mut out = Rounds::default();
    for group in groups {
        let is_asked = |asset: &&DueAsset| asset.status <= DueStatus::Due;
        let asked = group.assets.iter().filter(is_asked);
        let (mut stops, others): (Vec<&DueAsset>, Vec<&DueAsset>) =
            asked.partition(|asset| is_stop(catalog, &asset.kind));
        out.alone.extend(others.iter().map(|asset| asset.uid));
        crate::order::sort_by_key(&mut stops, |asset| asset.uid);
        let places: Vec<LonLat> = stops.iter().map(|asset| asset.at).collect();
        let runs = runs(&places, most.clamp(1, MOST_STOPS));
        let all = runs.len();
        for (n, run) in runs.into_iter().enumerate() {
            let run: Vec<&DueAsset> = run.iter().map(|i| stops[*i as usize]).collect();
            if let [only] = run[..] {
                out.alone.push(only.uid);
                continue;
            }
            let places: Vec<LonLat> = run.iter().map(|asset| asset.at).collect();
            let streets = run.iter().filter_map(|asset| asset.street.as_deref());
            let name = group.name.clone().or_else(|| round_name(streets));
            let way = walk(&places, None).into_iter();
            out.rounds.push(RoundDraft {
                work: work.clone(),
                name: name.map(|name| match all {
                    1 => name,
                    _ => format!("{name} {}/{all}", n + 1),
                }),
                assets: way.map(|i| run[i as usize].uid).collect(),
            });
        }
    }
    out
}
