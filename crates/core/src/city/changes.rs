//! What a layer that was read changes of the one that is there, and which of its assets are old ones.

use super::loaded::Loaded;
use super::{Arrival, City};
use crate::catalog::Fields;
use crate::geodesy::{LonLat, length_m};
use crate::ids::AssetUid;
use crate::index::inner_point;
use crate::layer::{Geometry, Layer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Up to here two places are one, in metres.
const PLACE_M: f64 = 1.0;
/// Up to here two positions are one, in degrees: a file of ours has 7 decimals, about a centimetre.
const SAME_DEGREES: f64 = 1.5e-7;

/// A layer beside its former self. Each asset counts once, for the first that is true of it:
/// recoded, moved, changed, same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Assets that are as they were.
    pub same: usize,
    /// Assets that were not there.
    pub added: usize,
    /// Assets of which a property, the kind or the outline is another.
    pub changed: usize,
    /// Assets with another code, or with one for the first time.
    pub recoded: usize,
    /// Assets that stand more than a metre from where they stood.
    pub moved: usize,
    /// Assets that are there no more, in the order of the former layer.
    pub vanished: Vec<AssetUid>,
}

impl City {
    /// Finds the assets of the layer that is there in one that was read: by their uid (which a file
    /// without uids gives by its codes or ids), else by their code, else by kind and place. An asset
    /// that is found keeps its uid, so that its work stays its own. None where no such layer is there.
    pub fn settle(&self, arrival: &mut Arrival) -> Option<Changes> {
        let ordinal = self.ordinal_of(&arrival.report.layer)?;
        let before = self.layers.get(ordinal)?.as_ref()?;
        let after = arrival.loaded.as_mut()?;
        let pairs = pairs(before, &after.layer);
        let fields = &self.catalog.layers.get(ordinal)?.fields;
        let changes = tell(&before.layer, &after.layer, &pairs, fields);
        let kept = (0..).zip(&pairs);
        let kept = kept.filter_map(|(row, old)| Some((row, before.layer.uid((*old)?))));
        after.layer.take_over(kept);
        Some(changes)
    }
}

/// The former row of each row, where there is one; no former row comes twice.
fn pairs(before: &Loaded, after: &Layer) -> Vec<Option<u32>> {
    let old = &before.layer;
    let mut is_taken = vec![false; old.len() as usize];
    let mut pairs = vec![None; after.len() as usize];
    let mut pair = |find: &dyn Fn(u32, &[bool]) -> Option<u32>| {
        for (row, pair) in (0..).zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
            let found = find(row, &is_taken).filter(|&old| !is_taken[old as usize]);
            if let Some(old) = found {
                is_taken[old as usize] = true;
                *pair = Some(old);
            }
        }
    };
    pair(&|row, _| old.row_of(&after.uid(row)));
    let mut codes = HashMap::new();
    for row in (0..old.len()).rev() {
        codes.extend(old.code(row).map(|code| (code, row)));
    }
    pair(&|row, _| codes.get(&after.code(row)?).copied());
    pair(&|row, is_taken| {
        let at = inner_point(&after.geometry(row));
        let around = before.tree.around(old, at, PLACE_M);
        around
            .map(|(row, _)| row)
            .filter(|&o| !is_taken[o as usize] && old.kind(o) == after.kind(row))
            .map(|o| (o, metres(at, inner_point(&old.geometry(o)))))
            .filter(|(_, metres)| *metres <= PLACE_M)
            .min_by(|(_, a), (_, b)| a.total_cmp(b))
            .map(|(row, _)| row)
    });
    pairs
}

fn tell(before: &Layer, after: &Layer, pairs: &[Option<u32>], fields: &Fields) -> Changes {
    let mut is_there = vec![false; before.len() as usize];
    let mut changes = Changes::default();
    for (new, old) in (0..).zip(pairs) {
        let Some(old) = *old else {
            changes.added += 1;
            continue;
        };
        is_there[old as usize] = true;
        let (was, is) = (before.geometry(old), after.geometry(new));
        let counted = if before.code(old) != after.code(new) {
            &mut changes.recoded
        } else if metres(inner_point(&was), inner_point(&is)) > PLACE_M {
            &mut changes.moved
        } else if before.kind(old) != after.kind(new)
            || !is_same_outline(&was, &is)
            || !is_said_alike((before, old), (after, new), fields)
        {
            &mut changes.changed
        } else {
            &mut changes.same
        };
        *counted += 1;
    }
    let gone = (0..before.len()).filter(|&row| !is_there[row as usize]);
    changes.vanished = gone.map(|row| before.uid(row)).collect();
    changes
}

fn metres(from: LonLat, to: LonLat) -> f64 {
    length_m(&[from, to])
}

fn is_same_outline(a: &Geometry, b: &Geometry) -> bool {
    let is_near = |(a, b): (&LonLat, &LonLat)| {
        (a.lon - b.lon).abs() <= SAME_DEGREES && (a.lat - b.lat).abs() <= SAME_DEGREES
    };
    let is_same_run =
        |(a, b): (&[LonLat], &[LonLat])| a.len() == b.len() && a.iter().zip(b).all(is_near);
    let (runs, others) = (|| a.parts(), || b.parts());
    a.kind() == b.kind()
        && runs()
            .map(|(part, _)| part)
            .eq(others().map(|(part, _)| part))
        && runs()
            .map(|(_, run)| run)
            .zip(others().map(|(_, run)| run))
            .all(is_same_run)
}

/// Whether two rows say the same of themselves, in any order, but for the uid that names them.
fn is_said_alike(a: (&Layer, u32), b: (&Layer, u32), fields: &Fields) -> bool {
    let [[text, ..], [other, ..]] = [a, b].map(|(layer, row)| layer.pieces(row));
    let all = |(layer, row): (&Layer, u32)| -> Map<String, Value> {
        let all = layer.properties(row).into_iter();
        all.filter(|(name, _)| *name != fields.uid).collect()
    };
    text == other || all(a) == all(b)
}
