//! The town as the year's work finds it: its streets as lines, its assets street by street.

use crate::catalog::AssetKindId;
use crate::city::{AssetSummary, City, Filter};
use crate::geodesy::{LonLat, length_m};
use crate::ids::AssetUid;
use crate::log::{AssetSnapshot, Place, Position, Shape, Snapshot, Target};
use rust_decimal::Decimal;
use std::sync::Arc;

use crate::demo::rng::Rng;

/// A street.
#[derive(Debug)]
pub(super) struct Road {
    pub(super) asset: AssetSnapshot,
    line: Vec<LonLat>,
    pub(super) length_m: f64,
    /// Square metres that are swept, and along how many millimetres.
    pub(super) swept: Option<(Decimal, u64)>,
    /// Whether there are joints in its surface to be sealed.
    pub(super) is_asphalt: bool,
}

/// The town.
pub(super) struct Ground<'c> {
    pub(super) city: &'c City,
    pub(super) roads: Vec<Road>,
    /// Communities, whose walls are pasted over as well.
    pub(super) others: Vec<AssetSnapshot>,
}

impl<'c> Ground<'c> {
    pub(super) fn new(city: &'c City) -> Ground<'c> {
        let kinds = ["road-arterial", "road-collector", "road-local"];
        let roads = assets_of(city, &kinds).into_iter();
        let others = assets_of(city, &["community-renovated"]);
        Ground {
            city,
            roads: roads.filter_map(|road| Road::of(city, &road)).collect(),
            others: others.iter().filter_map(snapshot_of).collect(),
        }
    }

    /// All assets that a kind of work is done to, street by street.
    pub(super) fn assets_for(&self, work: &str) -> Vec<AssetSummary> {
        let kinds = self.city.catalog().work_kinds.iter();
        let kind = kinds.into_iter().find(|kind| kind.id.as_str() == work);
        let kinds: Vec<_> = kind.map_or(Vec::new(), |kind| kind.applies_to.clone());
        let mut assets: Vec<_> = self.city.assets_of(&kinds).collect();
        crate::order::sort_by(&mut assets, |a, b| {
            (&a.street, &a.kind, &a.code).cmp(&(&b.street, &b.kind, &b.code))
        });
        assets
    }

    /// A street, the wide ones more often.
    pub(super) fn road(&self, rng: &mut Rng, asphalt: bool) -> Option<&Road> {
        let fit = |road: &&Road| road.is_asphalt || !asphalt;
        let roads: Vec<&Road> = self.roads.iter().filter(fit).collect();
        let tries = [rng.below(roads.len()), rng.below(roads.len())];
        let longer = |a: &&Road, b: &&Road| a.length_m.total_cmp(&b.length_m);
        let two = tries.iter().filter_map(|n| roads.get(*n).copied());
        match rng.chance(0.6) {
            true => two.max_by(longer),
            false => two.min_by(longer),
        }
    }

    /// What the map says of an asset's place when a report is written.
    pub(super) fn snapshot(&self, asset: &AssetSnapshot) -> Snapshot {
        let (lon, lat) = asset.at.degrees();
        let here = self.city.where_is(LonLat::new(lon, lat));
        let street = self.city.street_of(&asset.uid);
        Snapshot {
            street: street.or(here.street),
            community: here.community,
            grid: property(self.city, asset.uid, "BGID"),
            catalog: Some(self.city.catalog().version),
        }
    }

    /// The same of a place that is no asset: the cell is that of the nearest drain.
    pub(super) fn snapshot_at(&self, at: LonLat) -> Snapshot {
        let here = self.city.where_is(at);
        let drains = Filter::kinds([AssetKindId("storm-drain".into())]);
        let near = self.city.nearest(at, 1, None, &drains).hits;
        let grid = near.first().map(|hit| hit.asset.uid);
        Snapshot {
            street: here.street,
            community: here.community,
            grid: grid.and_then(|uid| property(self.city, uid, "BGID")),
            catalog: Some(self.city.catalog().version),
        }
    }
}

impl Road {
    fn of(city: &City, summary: &AssetSummary) -> Option<Road> {
        let asset = city.asset(&summary.uid)?;
        let of = |name: &str| {
            let mut all = asset.properties.iter();
            all.find(|(key, _)| key == name).map(|(_, value)| &**value)
        };
        let decimal = |name: &str| of(name)?.parse::<Decimal>().ok();
        let swept = decimal("swept_m2").zip(decimal("swept_length_m"));
        let swept = swept.and_then(|(m2, metres)| {
            let mm = (metres * Decimal::ONE_THOUSAND).trunc();
            Some((m2, u64::try_from(mm).ok()?))
        });
        let geometry: geojson::Geometry = asset.geometry.parse().ok()?;
        let geojson::GeometryValue::LineString { coordinates } = &geometry.value else {
            return None;
        };
        let line = coordinates.iter().map(|p| LonLat::new(p[0], p[1]));
        let line: Vec<LonLat> = line.collect();
        Some(Road {
            asset: snapshot_of(summary)?,
            length_m: length_m(&line),
            line,
            swept,
            is_asphalt: of("surface") == Some("沥青"),
        })
    }

    /// The place so many metres along it.
    pub(super) fn at(&self, metres: f64) -> LonLat {
        let mut left = metres;
        for leg in self.line.windows(2) {
            let long = length_m(leg);
            if left <= long && long > 0.0 {
                let t = left / long;
                let between = |a: f64, b: f64| a + (b - a) * t;
                return LonLat::new(
                    between(leg[0].lon, leg[1].lon),
                    between(leg[0].lat, leg[1].lat),
                );
            }
            left -= long;
        }
        self.line.last().copied().unwrap_or(LonLat::new(0.0, 0.0))
    }

    /// A point drawn somewhere along it, a little to the side.
    pub(super) fn point(&self, rng: &mut Rng) -> Option<(Target, LonLat)> {
        let on = self.at(rng.range(0.03, 0.97) * self.length_m);
        let aside = |rng: &mut Rng| rng.range(-5e-5, 5e-5);
        let at = LonLat::new(on.lon + aside(rng), on.lat + aside(rng));
        let shape = Shape::Point(Position::from_degrees(at.lon, at.lat)?);
        Some((self.place(shape), at))
    }

    /// A line drawn along it, of so many metres or as long as there is room.
    pub(super) fn stretch(&self, metres: f64, rng: &mut Rng) -> Option<(Target, LonLat)> {
        let long = metres.clamp(2.0, self.length_m * 0.9);
        let from = rng.range(0.0, self.length_m - long);
        let steps = 1 + (long / 60.0) as usize;
        let at = |k: usize| self.at(from + long * k as f64 / steps as f64);
        let line = (0..=steps).map(|k| Position::from_degrees(at(k).lon, at(k).lat));
        let shape = Shape::Line(line.collect::<Option<_>>()?);
        Some((self.place(shape), at(0)))
    }

    fn place(&self, shape: Shape) -> Target {
        let name = self.asset.name.clone();
        Target::Place(Place { shape, name })
    }
}

/// What a target keeps of an asset.
pub(super) fn snapshot_of(asset: &AssetSummary) -> Option<AssetSnapshot> {
    Some(AssetSnapshot {
        uid: asset.uid,
        code: asset.code.clone(),
        name: asset.name.clone(),
        kind: asset.kind.clone(),
        at: Position::from_degrees(asset.at.lon, asset.at.lat)?,
    })
}

/// An asset as the target of a task.
pub(super) fn on(asset: &AssetSnapshot) -> Arc<Target> {
    Arc::new(Target::Asset(asset.clone()))
}

/// A property of an asset, as it reads.
pub(super) fn property(city: &City, uid: AssetUid, name: &str) -> Option<String> {
    let properties = city.asset(&uid)?.properties.into_iter();
    let mut named = properties.filter(|(key, _)| key == name);
    named.next().map(|(_, value)| value)
}

fn assets_of(city: &City, kinds: &[&str]) -> Vec<AssetSummary> {
    let kinds = kinds.iter().map(|kind| AssetKindId((*kind).into()));
    let kinds: Vec<_> = kinds.collect();
    city.assets_of(&kinds).collect()
}
