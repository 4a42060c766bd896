//! Features → columns, and what is wrong with them.

use super::keys::Keys;
use super::problem::Problem;
use super::properties::Properties;
use super::reader::{RawFeature, Sink};
use super::spelling::Spelling;
use super::tally::Tallies;
use crate::catalog::{AssetKind, GeometryType};
use crate::ids::AssetUid;
use crate::layer::{
    Columns, Draft, LOOSE, Mint, Minting, Said, Texts, Uids, Unminted, place_key, scalar_text,
};
use std::borrow::Cow;

/// Puts a layer together, feature by feature.
#[derive(Debug)]
pub(super) struct Loader<'c> {
    city: &'c str,
    layer: &'c str,
    /// With their positions in the catalogue; never empty.
    kinds: Vec<(u16, &'c AssetKind)>,
    pub(super) tallies: Tallies,
    pub(super) said: Said,
    /// The shapes of the spelling that a feature here had, by their numbers there.
    shapes: Vec<u16>,
    pub(super) columns: Columns,
    unminted: Unminted,
    /// Uids so far, from the first on that the file has: which others are free decides what is
    /// wrong with it.
    uids: Option<(Vec<AssetUid>, Mint<'c>)>,
    /// Codes, and where in the file they were first.
    codes: Keys,
}

impl Sink for Loader<'_> {
    fn feature<'a>(
        &mut self,
        text: &'a str,
        feature: RawFeature<'a>,
        spelling: &Spelling,
        geometry: &Draft,
        mended: &mut Vec<Problem>,
    ) {
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
        self.say(text, properties, spelling);
        if let Some(code) = code {
            let (row, index) = (self.columns.len(), self.tallies.index());
            let first = self.codes.first(&self.said, row, &code, index);
            if first != index {
                let code = code.into_owned();
                mended.push(Problem::DuplicateCode { code, first });
            }
        }
        self.columns.push(kind, geometry);
        if mended.is_empty() {
            return self.tallies.loaded(None, std::iter::empty());
        }
        let id = display_id(&feature);
        self.tallies.loaded(id.as_deref(), mended.drain(..));
    }

    fn refused(&mut self, feature: RawFeature<'_>, why: Problem) {
        self.tallies.refused(display_id(&feature).as_deref(), why);
    }

    fn expect(&mut self, times: f64) {
        self.columns.expect(times);
        self.said.expect(times);
        self.codes.expect(times);
    }
}

impl<'c> Loader<'c> {
    /// With nothing in it. `kinds` is not empty.
    pub(super) fn new(
        [city, layer]: [&'c str; 2],
        kinds: Vec<(u16, &'c AssetKind)>,
        tallies: Tallies,
    ) -> Self {
        let unminted = Unminted {
            ids: [city, layer].map(str::to_owned),
            kinds: kinds
                .iter()
                .map(|(n, kind)| (*n, kind.id.0.clone()))
                .collect(),
            named: (Vec::new(), Texts::default()),
            is_distinct: false,
        };
        Loader {
            city,
            layer,
            kinds,
            tallies,
            said: Said::default(),
            shapes: Vec::new(),
            columns: Columns::default(),
            unminted,
            uids: None,
            codes: Keys::default(),
        }
    }

    /// Keeps what a feature says of itself.
    #[inline]
    fn say(&mut self, text: &str, properties: &Properties<'_>, spelling: &Spelling) {
        let number = usize::from(spelling.shape());
        if spelling.shape() == LOOSE {
            let p = properties;
            let values = [p.all, p.code, p.name, p.street, p.grade];
            return self.said.push(LOOSE, values.into_iter());
        }
        if self.shapes.len() <= number {
            self.shapes.resize(number + 1, LOOSE);
        }
        let shape = &mut self.shapes[number];
        if *shape == LOOSE {
            *shape = self.said.know(spelling.learned());
        }
        self.said.push(*shape, spelling.values(text));
    }

    /// The kind that a feature names, else the first of its shape.
    fn kind(
        &self,
        feature: &RawFeature<'_>,
        shape: GeometryType,
        mended: &mut Vec<Problem>,
    ) -> Result<(u16, &'c AssetKind), Problem> {
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
        feature: &RawFeature<'_>,
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
                        minting.more(&self.said, &self.columns, usize::MAX);
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
                let (rows, ids) = &mut self.unminted.named;
                rows.push(row);
                ids.push(feature.id);
            }
            None => {}
        }
    }

    /// The uids of all rows.
    pub(super) fn uids(&mut self) -> Uids {
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
