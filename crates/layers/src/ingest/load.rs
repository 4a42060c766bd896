//! The bytes of a file → a layer and a report.

use super::foreign::{self, How};
use super::keys::Keys;
use super::reader::{self, RawFeature, Sink};
use super::tally::Tallies;
use super::{FileError, Problem, Report};
use crate::catalog::{AssetKind, Catalog, GeometryType, LayerFile, LayerId};
use crate::ids::AssetUid;
use crate::layer::{
    Columns, Draft, Layer, Mint, Minting, Row, Span, Uids, Unminted, place_key, scalar_text,
};
use std::borrow::Cow;

/// Rows are numbered with 24 bits.
const MAX_ROWS: usize = 1 << 24;

/// Reads a file into a layer of the catalogue. There is no layer where nothing
/// of the file can be used; it may be empty where the file is. `pause` is awaited
/// now and then, with how many features have been read.
pub async fn load(
    catalog: &Catalog,
    id: &LayerId,
    bytes: Vec<u8>,
    how: &How<'_>,
    pause: &mut impl AsyncFnMut(usize),
) -> (Option<Layer>, Report) {
    let size = bytes.len();
    let mut remarks = None;
    // A plain file is read at once. What the reader stumbles over is made ready for it and read again.
    let mut bytes = bytes;
    let mut is_ready = false;
    let mut prepares = how.changes();
    loop {
        if prepares {
            is_ready = true;
            match foreign::prepare(&bytes, how) {
                Ok(None) => {}
                Ok(Some(prepared)) => {
                    bytes = prepared.bytes;
                    remarks = prepared.remarks;
                }
                Err(error) => return (None, Tallies::new(id, size, false).failed(error)),
            }
        }
        match attempt(catalog, id, bytes, is_ready, how, pause).await {
            Ok((layer, mut report)) => {
                report.bytes = size;
                report.remarks = remarks;
                let bounds = layer.as_ref().and_then(Layer::bounds);
                let city = catalog.city.bounds;
                if report.refused > 0 || bounds.is_some_and(|b| !b.touches(&city.into())) {
                    foreign::say_where_it_lies(&mut report, bounds, city);
                }
                return (layer, report);
            }
            Err(back) => bytes = back,
        }
        prepares = true;
    }
}

/// Reads a text; gives its bytes back where something is wrong with it as a whole, unless it is as
/// ready as it can be.
async fn attempt(
    catalog: &Catalog,
    id: &LayerId,
    bytes: Vec<u8>,
    is_ready: bool,
    how: &How<'_>,
    pause: &mut impl AsyncFnMut(usize),
) -> Result<(Option<Layer>, Report), Vec<u8>> {
    let tallies = Tallies::new(id, bytes.len(), how.lists_all);
    let file = catalog.layers.iter().find(|layer| layer.id == *id);
    let Some((file, kinds)) = file.map(|file| (file, kinds(catalog, file))) else {
        return Ok((None, tallies.failed(FileError::UnknownLayer)));
    };
    if kinds.is_empty() {
        return Ok((None, tallies.failed(FileError::UnknownLayer)));
    }
    if u32::try_from(bytes.len()).is_err() {
        return Ok((None, tallies.failed(FileError::TooLarge)));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if is_ready => {
            let at = error.utf8_error().valid_up_to();
            return Ok((None, tallies.failed(not_utf8(error.as_bytes(), at))));
        }
        Err(error) => return Err(error.into_bytes()),
    };
    let unminted = Unminted {
        ids: [&catalog.city.id, &id.0].map(String::clone),
        kinds: kinds
            .iter()
            .map(|(n, kind)| (*n, kind.id.0.clone()))
            .collect(),
        named: Vec::new(),
        is_distinct: false,
    };
    let mut loader = Loader {
        text: &text,
        city: &catalog.city.id,
        layer: &id.0,
        kinds,
        tallies,
        columns: Columns::default(),
        unminted,
        uids: None,
        codes: Keys::default(),
    };
    let fields = how.fields.unwrap_or(&file.fields);
    let error = reader::read(&text, fields, &mut loader, pause).await.err();
    let uids = loader.uids();
    let (mut columns, tallies) = (loader.columns, loader.tallies);
    columns.shrink();
    pause(columns.len()).await;
    Ok(match error {
        _ if columns.len() > MAX_ROWS => (None, tallies.failed(FileError::TooLarge)),
        None => (Some(Layer::new(text, columns, uids)), tallies.done(None)),
        Some(_) if !is_ready => return Err(text.into_bytes()),
        // Where it breaks is of use only in a file that is GeoJSON up to there.
        Some(FileError::NotJson { found, .. }) if tallies.index() == 0 => {
            (None, tallies.failed(FileError::NotGeoJson { found }))
        }
        Some(error @ (FileError::Truncated { .. } | FileError::NotJson { .. })) => {
            let layer = (columns.len() > 0).then(|| Layer::new(text, columns, uids));
            (layer, tallies.done(Some(error)))
        }
        Some(error) => (None, tallies.failed(error)),
    })
}

/// What is wrong with bytes that are no UTF-8 from `at` on: the encoding of a GeoJSON
/// file, or the file, such as a picture, an archive or a table.
fn not_utf8(bytes: &[u8], at: usize) -> FileError {
    match bytes.trim_ascii_start().first() {
        Some(b'{') => FileError::NotUtf8 { at },
        _ => FileError::NotGeoJson {
            found: super::scan::excerpt(&String::from_utf8_lossy(&bytes[..bytes.len().min(40)])),
        },
    }
}

/// The kinds of a layer with their positions in the catalogue.
fn kinds<'c>(catalog: &'c Catalog, file: &LayerFile) -> Vec<(u16, &'c AssetKind)> {
    let numbered = || (0..).zip(&catalog.asset_kinds);
    file.kinds
        .iter()
        .filter_map(|id| numbered().find(|(_, kind)| kind.id == *id))
        .collect()
}

struct Loader<'a> {
    text: &'a str,
    city: &'a str,
    layer: &'a str,
    /// Never empty.
    kinds: Vec<(u16, &'a AssetKind)>,
    tallies: Tallies,
    columns: Columns,
    unminted: Unminted,
    /// Uids so far, from the first on that the file has: which others are free decides what is
    /// wrong with it.
    uids: Option<(Vec<AssetUid>, Mint<'a>)>,
    /// Codes, and where in the file they were first.
    codes: Keys<'a>,
}

impl<'a> Sink<'a> for Loader<'a> {
    fn feature(&mut self, feature: RawFeature<'a>, geometry: &Draft, mended: &mut Vec<Problem>) {
        let shape = geometry.kind.map_or(GeometryType::Point, |t| t.shape());
        let (kind, asset_kind) = match self.kind(&feature, shape, mended) {
            Ok(found) => found,
            Err(problem) => return self.refused(feature, problem),
        };
        let properties = &feature.properties;
        if !matches!(properties.all.as_bytes().first(), None | Some(b'{' | b'n')) {
            let found = super::scan::json_type(properties.all.bytes().next()).to_owned();
            mended.push(Problem::BadProperties { found });
        }
        let code = scalar_text(properties.code);
        self.take_uid(
            &feature,
            code.as_deref(),
            &asset_kind.id.0,
            geometry,
            mended,
        );
        if let Some(code) = code {
            let index = self.tallies.index();
            let first = self.codes.first(code.clone(), index);
            if first != index {
                let code = code.into_owned();
                mended.push(Problem::DuplicateCode { code, first });
            }
        }
        let span = |piece| Span::find(self.text, piece);
        let row = Row {
            kind,
            properties: span(properties.all),
            code: span(properties.code),
            name: span(properties.name),
            street: span(properties.street),
            grade: span(properties.grade),
        };
        self.columns.push(row, geometry);
        if mended.is_empty() {
            return self.tallies.loaded(None, std::iter::empty());
        }
        let id = display_id(&feature);
        self.tallies.loaded(id.as_deref(), mended.drain(..));
    }

    fn refused(&mut self, feature: RawFeature<'a>, why: Problem) {
        self.tallies.refused(display_id(&feature).as_deref(), why);
    }

    fn expect(&mut self, times: f64) {
        self.columns.expect(times);
    }
}

impl<'a> Loader<'a> {
    /// The kind that a feature names, else the first of its shape.
    fn kind(
        &self,
        feature: &RawFeature<'a>,
        shape: GeometryType,
        mended: &mut Vec<Problem>,
    ) -> Result<(u16, &'a AssetKind), Problem> {
        let named = scalar_text(feature.properties.kind);
        let known = named
            .as_ref()
            .and_then(|name| self.kinds.iter().find(|(_, kind)| kind.id.0 == **name));
        if let (Some(name), None) = (named, known) {
            mended.push(Problem::UnknownKind {
                found: super::scan::excerpt(&name),
            });
        }
        let fits = |kind: &&(u16, &AssetKind)| kind.1.geometry == shape;
        let wanted = known.or(self.kinds.first());
        let found = match known {
            Some(kind) => Some(kind).filter(fits),
            None => self.kinds.iter().find(fits),
        };
        match (found, wanted) {
            (Some(&found), _) => Ok(found),
            (None, Some((_, kind))) => Err(Problem::WrongGeometry {
                asset: kind.id.clone(),
                expected: kind.geometry,
                found: shape,
            }),
            (None, None) => Err(Problem::NoGeometry),
        }
    }

    /// The uid in the file, else one minted from the code, the id or the place; but as long as
    /// the file has none they are minted when somebody asks.
    fn take_uid(
        &mut self,
        feature: &RawFeature<'a>,
        code: Option<&str>,
        kind: &str,
        geometry: &Draft,
        mended: &mut Vec<Problem>,
    ) {
        if let Some(found) = scalar_text(feature.properties.uid) {
            match found.parse::<AssetUid>() {
                Ok(uid) => {
                    let (uids, mint) = self.uids.get_or_insert_with(|| {
                        let mint = Mint::new(self.city, self.layer);
                        let mut minting = Minting::new(&self.unminted, mint);
                        minting.more(self.text, &self.columns, usize::MAX);
                        (minting.uids, minting.mint)
                    });
                    if mint.take(uid) {
                        return uids.push(uid);
                    }
                    let uid = uid.to_string();
                    mended.push(Problem::DuplicateUid { uid });
                }
                Err(_) => mended.push(Problem::BadUid {
                    found: super::scan::excerpt(&found),
                }),
            }
        }
        match &mut self.uids {
            Some((uids, mint)) => {
                let key = code
                    .map(Cow::Borrowed)
                    .or_else(|| scalar_text(feature.id))
                    .unwrap_or_else(|| Cow::Owned(place_key(kind, &geometry.coords)));
                uids.push(mint.mint(&key));
            }
            None if code.is_none() && !feature.id.is_empty() => {
                let row = self.columns.len() as u32;
                let id = Span::find(self.text, feature.id);
                self.unminted.named.push((row, id));
            }
            None => {}
        }
    }

    /// The uids of all rows.
    fn uids(&mut self) -> Uids {
        if let Some((uids, _)) = self.uids.take() {
            return Uids::of(uids);
        }
        let mut unminted = std::mem::take(&mut self.unminted);
        unminted.is_distinct = self.codes.len() == self.columns.len();
        Uids::unminted(unminted)
    }
}

/// What a person knows a feature by: its code, else its id.
fn display_id<'a>(feature: &RawFeature<'a>) -> Option<Cow<'a, str>> {
    scalar_text(feature.properties.code).or_else(|| scalar_text(feature.id))
}
