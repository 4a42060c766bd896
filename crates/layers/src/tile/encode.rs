//! One tile of all layers.

use super::TileId;
use super::grid::{EXTENT, Grid, Point};
use super::outline::Pen;
use super::pbf::{GeomType, LayerWriter, Value};
use super::thin::{ALL_FROM, Cells};
use crate::catalog::{AssetKind, GeometryType};
use crate::geodesy::mercator;
use crate::index::{Tree, inner_point};
use crate::layer::Layer;
use crate::order;
use std::borrow::Cow;

/// Zoom from which names are written on streets and in areas.
const WIDE_NAMES_FROM: u8 = 13;
/// Zoom from which names are written beside points.
const POINT_NAMES_FROM: u8 = 15;

/// A layer to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Name of its layer in the tile.
    pub name: &'a str,
    /// What is drawn.
    pub layer: &'a Layer,
    /// Its tree.
    pub tree: &'a Tree,
    /// One a row; 0 is none.
    pub marks: &'a [u8],
    /// Id of its row 0.
    pub first_id: u64,
    /// Below this zoom only marked features are drawn.
    pub min_zoom: u8,
    /// The kinds that rows name by position.
    pub kinds: &'a [AssetKind],
    /// How many rows of the layer each kind has, by position; none behind the last that has any.
    pub of_kind: &'a [usize],
}

/// Encodes a tile; empty where there is no such tile or nothing in it. Sources that follow each
/// other under one name become one layer: a tile has no two of a name.
pub fn encode<'a>(tile: TileId, sources: impl Iterator<Item = Source<'a>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(grid) = Grid::of(tile) {
        let mut pen = Pen::new(grid);
        let mut open: Option<(&str, LayerWriter)> = None;
        for source in sources {
            let mut out = match open.take() {
                Some((name, out)) if name == source.name => out,
                before => {
                    finish(before, &mut bytes);
                    LayerWriter::new(source.name)
                }
            };
            source.draw(&grid, &mut pen, &mut out);
            open = Some((source.name, out));
        }
        finish(open, &mut bytes);
    }
    bytes
}

fn finish(layer: Option<(&str, LayerWriter)>, bytes: &mut Vec<u8>) {
    if let Some((_, layer)) = layer {
        layer.finish(EXTENT as u64, bytes);
    }
}

impl Source<'_> {
    fn draw(&self, grid: &Grid, pen: &mut Pen, out: &mut LayerWriter) {
        // The tree's order would decide which names win, and change with it.
        let mut rows = self.tree.touching_sorted(self.layer.into(), grid.bbox());
        if grid.zoom < self.min_zoom {
            rows.retain(|&row| self.mark(row) != 0);
        }
        if grid.zoom < ALL_FROM {
            self.thin(grid, &mut rows);
        }
        for row in rows {
            self.draw_row(row, grid.zoom, pen, out);
        }
    }

    fn draw_row(&self, row: u32, zoom: u8, pen: &mut Pen, out: &mut LayerWriter) {
        let id = self.first_id | u64::from(row);
        let kind = &self.kinds[self.layer.kind(row)];
        let mark = self.mark(row);
        let name = self.name_shown(row, kind, zoom);
        let named = name.as_deref().map(|name| ("l", Value::Text(name)));
        let base = [
            Some(("k", Value::Text(&kind.id.0))),
            (mark != 0).then_some(("s", Value::Number(mark.into()))),
        ];
        let base = || base.into_iter().flatten();
        let Some((geom_type, commands)) = pen.draw(self.layer.mercator(row)) else {
            return;
        };
        match geom_type {
            GeomType::Point => out.feature(id, geom_type, commands, base().chain(named)),
            GeomType::Line => {
                let grade = self.layer.grade(row);
                let graded = grade.as_deref().map(|grade| ("g", Value::Text(grade)));
                out.feature(id, geom_type, commands, base().chain(named).chain(graded));
            }
            GeomType::Polygon => {
                out.feature(id, geom_type, commands, base());
                // A point is for a name or a mark.
                if named.is_none() && mark == 0 {
                    return;
                }
                let inner = inner_point(&self.layer.geometry(row));
                if let Some(commands) = pen.own_point(mercator::project_u32(inner)) {
                    out.feature(id, GeomType::Point, commands, base().chain(named));
                }
            }
        }
    }

    /// Leaves one small feature a cell, the first of the rarest kind there, and all that are marked.
    /// What is rare is said by the whole layer, so that neighbours decide alike.
    fn thin(&self, grid: &Grid, rows: &mut Vec<u32>) {
        let mut cells = Cells::of(grid);
        let mut kinds: Vec<usize> = (0..self.of_kind.len()).collect();
        kinds.retain(|&kind| self.of_kind[kind] > 0);
        order::sort_by_key(&mut kinds, |&kind| self.of_kind[kind]);
        let mut kept: Vec<bool> = rows.iter().map(|&row| self.mark(row) != 0).collect();
        let marked = rows.iter().zip(&kept).filter(|(_, kept)| **kept);
        for spot in marked.filter_map(|(&row, _)| self.spot(row, grid)) {
            cells.take(spot);
        }
        for kind in kinds {
            for (&row, kept) in rows.iter().zip(&mut kept) {
                if self.layer.kind(row) == kind && !*kept {
                    *kept = self.spot(row, grid).is_none_or(|spot| cells.take(spot));
                }
            }
        }
        let mut kept = kept.into_iter();
        rows.retain(|_| kept.next() == Some(true));
    }

    /// Where a feature is that is no larger than a cell.
    fn spot(&self, row: u32, grid: &Grid) -> Option<Point> {
        let edge = grid.cell();
        let mut points = self.layer.mercator(row).flat_map(|(_, units)| units);
        let first = grid.snap(*points.next()?);
        points
            .all(|&units| {
                let p = grid.snap(units);
                (0..2).all(|axis| (p[axis] - first[axis]).abs() < edge)
            })
            .then_some(first)
    }

    fn mark(&self, row: u32) -> u8 {
        self.marks.get(row as usize).copied().unwrap_or(0)
    }

    /// The name of a feature at the zooms where it is written, unless it only
    /// says what kind it is.
    fn name_shown(&self, row: u32, kind: &AssetKind, zoom: u8) -> Option<Cow<'_, str>> {
        let from = match kind.geometry {
            GeometryType::Point => POINT_NAMES_FROM,
            GeometryType::Line | GeometryType::Polygon => WIDE_NAMES_FROM,
        };
        let name = (zoom >= from).then(|| self.layer.name(row)).flatten()?;
        (*name != *kind.label.zh && *name != *kind.label.en).then_some(name)
    }
}
