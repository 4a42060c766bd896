//! Screens as addresses: `#/asset/<uid>?at=14.20/43.52000/123.50000`.
//!
//! Everything stands behind the `#`, so that the app works from any static host,
//! at any path, without rules that rewrite deep links.

use crate::{
    mode::{Aside, Figures, Lens, Mode, OfProgramme, Point, Screen, Sketch, Target, View},
    number,
    worker::protocol::GroupBy,
};
use mendmap_core::{
    catalog::{PlaceType, WorkKindId},
    ids::AssetUid,
    ledger::Wanted,
};
use std::fmt::Write as _;

impl Screen {
    /// The address, from the `#` on.
    pub fn to_hash(&self) -> String {
        let mut hash = format!("#/{}", path(&self.mode));
        let mut separator = '?';
        if let Some(View {
            center: [lon, lat],
            zoom,
        }) = self.view
        {
            let (zoom, lat) = (number::text(zoom, 2), number::text(lat, 6));
            let lon = number::text(lon, 6);
            let _ = write!(hash, "{separator}at={zoom}/{lat}/{lon}");
            separator = '&';
        }
        if let Some(Lens {
            work,
            from,
            to,
            aside,
        }) = &self.lens
        {
            let _ = write!(hash, "{separator}done={}/{from}/{to}", work.0);
            write_aside(&mut hash, aside);
        }
        hash
    }

    /// Reads an address; what cannot be read is the map.
    pub fn from_hash(hash: &str) -> Screen {
        let hash = hash.trim_start_matches('#').trim_start_matches('/');
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let mut screen = Screen {
            mode: mode(path).unwrap_or_default(),
            ..Screen::default()
        };
        let mut aside = Aside::default();
        for pair in query.split('&') {
            match pair.split_once('=') {
                Some(("at", text)) => screen.view = view(text),
                Some(("done", text)) => screen.lens = lens(text),
                Some(("on", day)) => aside.on = is_day(day).then(|| day.into()),
                Some(("by", text)) => {
                    let by = PLACES.iter().find(|(word, _)| *word == text);
                    aside.by = by.map(|(_, by)| *by);
                }
                Some(("beside", text)) => {
                    let days = text.split_once('/');
                    let days = days.filter(|(from, to)| is_day(from) && is_day(to));
                    aside.beside = days.map(|(from, to)| (from.into(), to.into()));
                }
                _ => {}
            }
        }
        if let Some(lens) = &mut screen.lens {
            lens.aside = aside;
        }
        screen
    }
}

fn path(mode: &Mode) -> String {
    match mode {
        Mode::Browsing => String::new(),
        Mode::AssetSelected(asset) => format!("asset/{asset}"),
        Mode::TaskSelected(task) => format!("task/{task}"),
        Mode::Drawing(sketch) => format!("draw/{}", sketch_path(sketch)),
        Mode::PlaceSelected(sketch) => format!("place/{}", sketch_path(sketch)),
        Mode::Choosing(chosen) => format!("choose/{}", uids_path(chosen)),
        Mode::Plotting(Target::Chosen(chosen)) => format!("choose/{}/round", uids_path(chosen)),
        Mode::Plotting(Target::Asset(asset)) => format!("asset/{asset}/plot"),
        Mode::Plotting(Target::Place(sketch)) => format!("place/{}/plot", sketch_path(sketch)),
        Mode::Plotting(Target::Around(asset)) => format!("asset/{asset}/round"),
        Mode::Plotting(Target::Inside(sketch)) => format!("place/{}/round", sketch_path(sketch)),
        Mode::Finding(Target::Asset(asset) | Target::Around(asset)) => {
            format!("asset/{asset}/find")
        }
        Mode::Finding(Target::Place(sketch) | Target::Inside(sketch)) => {
            format!("place/{}/find", sketch_path(sketch))
        }
        Mode::Amending(asset, to) => format!("asset/{asset}/amend/{}", points_path(to)),
        Mode::Adding(sketch) => format!("place/{}/add", sketch_path(sketch)),
        // Nothing is found at several at once.
        Mode::Finding(Target::Chosen(chosen)) => format!("choose/{}", uids_path(chosen)),
        Mode::Stopping(task, asset) => format!("task/{task}/asset/{asset}"),
        Mode::Checking(task, precheck, None) => format!("task/{task}/safe/{precheck}"),
        Mode::Checking(task, precheck, Some(asset)) => {
            format!("task/{task}/safe/{precheck}/{asset}")
        }
        Mode::Reporting(task) => format!("task/{task}/report"),
        Mode::Measuring(task, taps) => format!("task/{task}/along/{}", points_path(taps)),
        Mode::Tracking(task) => format!("task/{task}/track"),
        Mode::MyWork => "work".into(),
        Mode::Proposals => "work/said".into(),
        Mode::Reviewing => "work/review".into(),
        Mode::Ledger(None) => "ledger".into(),
        Mode::Ledger(Some(figures)) => figures_path(figures),
        Mode::Indicators(None) => "indicators".into(),
        Mode::Indicators(Some((from, to))) => format!("indicators/{from}/{to}"),
        Mode::Returning(task) => format!("task/{task}/return"),
        Mode::Dispatching(task) => format!("task/{task}/dispatch"),
        Mode::Giving(None) => "work/due".into(),
        Mode::Giving(Some(target)) => format!("give/{}", path(&Mode::Plotting(target.clone()))),
        Mode::Completion => "completion".into(),
        Mode::Layers => "layers".into(),
        Mode::Settings => "settings".into(),
        Mode::Governing => "settings/city".into(),
        Mode::Programmes(of) => programme_path(of),
    }
}

fn mode(path: &str) -> Option<Mode> {
    let parts: Vec<&str> = path.split('/').collect();
    Some(match parts[..] {
        ["asset", asset] => Mode::AssetSelected(asset.parse().ok()?),
        ["asset", asset, "plot"] => Mode::Plotting(Target::Asset(asset.parse().ok()?)),
        ["asset", asset, "round"] => Mode::Plotting(Target::Around(asset.parse().ok()?)),
        ["asset", asset, "find"] => Mode::Finding(Target::Asset(asset.parse().ok()?)),
        ["asset", asset, "amend", to] => Mode::Amending(asset.parse().ok()?, one(points(to)?)),
        ["place", shape, points, "add"] => Mode::Adding(a_point(complete(shape, points)?)?),
        ["place", shape, points, "find"] => Mode::Finding(Target::Place(complete(shape, points)?)),
        ["task", task, "asset", asset] => Mode::Stopping(task.parse().ok()?, asset.parse().ok()?),
        ["task", task, "along", taps] => Mode::Measuring(task.parse().ok()?, points(taps)?),
        ["task", task, "safe", check] => Mode::Checking(task.parse().ok()?, check.into(), None),
        ["task", task, "safe", check, asset] => {
            Mode::Checking(task.parse().ok()?, check.into(), Some(asset.parse().ok()?))
        }
        ["task", task] => Mode::TaskSelected(task.parse().ok()?),
        ["task", task, "track"] => Mode::Tracking(task.parse().ok()?),
        ["task", task, "report"] => Mode::Reporting(task.parse().ok()?),
        ["draw", shape, points] => Mode::Drawing(sketch(shape, points)?),
        ["place", shape, points] => Mode::PlaceSelected(complete(shape, points)?),
        ["place", shape, points, "plot"] => Mode::Plotting(Target::Place(complete(shape, points)?)),
        ["place", shape, points, "round"] => {
            Mode::Plotting(Target::Inside(complete(shape, points)?))
        }
        ["choose", chosen] => Mode::Choosing(uids(chosen)?),
        ["choose", chosen, "round"] => Mode::Plotting(Target::Chosen(uids(chosen)?)),
        ["work"] => Mode::MyWork,
        ["work", "said"] => Mode::Proposals,
        ["work", "review"] => Mode::Reviewing,
        ["ledger"] => Mode::Ledger(None),
        ["ledger", from, to, ref more @ ..] if is_day(from) && is_day(to) => {
            Mode::Ledger(Some(figures(from, to, more)?))
        }
        ["indicators"] => Mode::Indicators(None),
        ["indicators", from, to] if is_day(from) && is_day(to) => {
            Mode::Indicators(Some((from.into(), to.into())))
        }
        ["task", task, "return"] => Mode::Returning(task.parse().ok()?),
        ["task", task, "dispatch"] => Mode::Dispatching(task.parse().ok()?),
        ["work", "due"] => Mode::Giving(None),
        ["give", ..] => match mode(path.strip_prefix("give/")?)? {
            Mode::Plotting(target) => Mode::Giving(Some(target)),
            _ => return None,
        },
        ["completion"] => Mode::Completion,
        ["layers"] => Mode::Layers,
        ["settings"] => Mode::Settings,
        ["settings", "city"] => Mode::Governing,
        ["programme", ref more @ ..] => Mode::Programmes(of_programme(more)?),
        _ => Mode::Browsing,
    })
}

const SHAPES: [(&str, PlaceType); 3] = [
    ("point", PlaceType::Point),
    ("line", PlaceType::Line),
    ("area", PlaceType::Polygon),
];

fn sketch_path(sketch: &Sketch) -> String {
    let name = SHAPES
        .iter()
        .find(|(_, s)| *s == sketch.shape)
        .map_or("point", |(n, _)| n);
    format!("{name}/{}", points_path(&sketch.points))
}

fn uids_path(uids: &[AssetUid]) -> String {
    uids.iter()
        .map(AssetUid::to_string)
        .collect::<Vec<_>>()
        .join(";")
}

fn uids(text: &str) -> Option<Vec<AssetUid>> {
    let uids = text.split(';').filter(|text| !text.is_empty());
    uids.map(|text| text.parse().ok()).collect()
}

fn points_path(points: &[Point]) -> String {
    let pair = |at: &Point| at.map(|degrees| number::text(degrees, 7)).join(",");
    points.iter().map(pair).collect::<Vec<_>>().join(";")
}

fn sketch(shape: &str, points: &str) -> Option<Sketch> {
    let (_, shape) = *SHAPES.iter().find(|(name, _)| *name == shape)?;
    let points = self::points(points)?;
    Some(Sketch { shape, points })
}

fn points(text: &str) -> Option<Vec<Point>> {
    let pairs = text.split(';').filter(|text| !text.is_empty());
    pairs.map(|text| point(text.split_once(',')?)).collect()
}

fn complete(shape: &str, points: &str) -> Option<Sketch> {
    sketch(shape, points).filter(Sketch::is_complete)
}

/// A place is one, whatever stands in an address.
fn one(mut points: Vec<Point>) -> Vec<Point> {
    points.truncate(1);
    points
}

fn a_point(sketch: Sketch) -> Option<Sketch> {
    (sketch.shape == PlaceType::Point).then_some(sketch)
}

/// Longitude and latitude, where they are of this world.
fn point((lon, lat): (&str, &str)) -> Option<Point> {
    let (lon, lat) = (number::read(lon)?, number::read(lat)?);
    (lon.abs() <= 180.0 && lat.abs() <= 90.0).then_some([lon, lat])
}

fn view(text: &str) -> Option<View> {
    let (zoom, rest) = text.split_once('/')?;
    let (lat, lon) = rest.split_once('/')?;
    let zoom = number::read(zoom)?;
    let center = point((lon, lat))?;
    (0.0..=24.0)
        .contains(&zoom)
        .then_some(View { center, zoom })
}

fn lens(text: &str) -> Option<Lens> {
    let parts: Vec<&str> = text.split('/').collect();
    let &[work, from, to] = &parts[..] else {
        return None;
    };
    (!work.is_empty() && is_day(from) && is_day(to)).then(|| Lens {
        work: WorkKindId(work.into()),
        from: from.into(),
        to: to.into(),
        aside: Aside::default(),
    })
}

/// Places that are told apart, by their word in an address.
const PLACES: [(&str, GroupBy); 3] = [
    ("street", GroupBy::Street),
    ("community", GroupBy::Community),
    ("cell", GroupBy::Cell),
];

fn write_aside(hash: &mut String, Aside { on, by, beside }: &Aside) {
    if let Some(day) = on {
        let _ = write!(hash, "&on={day}");
    }
    for (word, _) in PLACES.iter().filter(|(_, this)| Some(*this) == *by) {
        let _ = write!(hash, "&by={word}");
    }
    if let Some((from, to)) = beside {
        let _ = write!(hash, "&beside={from}/{to}");
    }
}

/// What counts, by its word in an address.
const STATES: [(&str, Wanted); 3] = [
    ("counted", Wanted::Counted),
    ("reported", Wanted::Reported),
    ("verified", Wanted::Verified),
];

/// `ledger/2024-01-01/2024-10-31`, and what narrows it behind: what counts, a crew, a street and a
/// community, each left out where nothing follows.
fn figures_path(figures: &Figures) -> String {
    let Figures { from, to, .. } = figures;
    let state = STATES.iter().find(|(_, state)| *state == figures.state);
    let state = state.filter(|(_, state)| *state != Wanted::default());
    let state = state.map_or("", |(word, _)| word);
    let more = [state, &figures.crew, &figures.street, &figures.community];
    let count = more
        .iter()
        .rposition(|part| !part.is_empty())
        .map_or(0, |last| last + 1);
    let mut path = format!("ledger/{from}/{to}");
    for part in &more[..count] {
        path.push('/');
        path.push_str(&escaped(part));
    }
    path
}

fn figures(from: &str, to: &str, more: &[&str]) -> Option<Figures> {
    let part = |n: usize| {
        more.get(n)
            .map_or(Some(String::new()), |part| unescaped(part))
    };
    let state = part(0)?;
    let state = STATES.iter().find(|(word, _)| *word == state);
    Some(Figures {
        from: from.into(),
        to: to.into(),
        state: state.map_or(Wanted::default(), |(_, state)| *state),
        crew: part(1)?,
        street: part(2)?,
        community: part(3)?,
    })
}

/// The year that is not named, where an asset stands behind it.
const ANY_YEAR: &str = "now";

/// `programme/communities/2023/<asset>`, each left out where nothing follows.
fn programme_path(of: &OfProgramme) -> String {
    let mut path = String::from("programme");
    if !of.programme.is_empty() || of.year.is_some() || of.asset.is_some() {
        let _ = write!(path, "/{}", escaped(&of.programme));
    }
    match (of.year, of.asset) {
        (Some(year), _) => {
            let _ = write!(path, "/{year}");
        }
        (None, Some(_)) => {
            let _ = write!(path, "/{ANY_YEAR}");
        }
        (None, None) => {}
    }
    if let Some(asset) = of.asset {
        let _ = write!(path, "/{asset}");
    }
    path
}

fn of_programme(parts: &[&str]) -> Option<OfProgramme> {
    let (programme, rest) = match parts {
        [] => return Some(OfProgramme::default()),
        [programme, rest @ ..] => (unescaped(programme)?, rest),
    };
    let (year, asset) = match rest {
        [] => (None, None),
        [year] => (Some(year.parse().ok()?), None),
        [ANY_YEAR, asset] => (None, Some(asset.parse().ok()?)),
        [year, asset] => (Some(year.parse().ok()?), Some(asset.parse().ok()?)),
        _ => return None,
    };
    Some(OfProgramme {
        programme,
        year,
        asset,
    })
}

/// A name as a part of an address: what would end it is written by its number (RFC 3986, 2.1).
fn escaped(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            '%' | '/' | '?' | '#' | '&' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// The name that was written so, by us or by a browser, which writes all that is not ASCII by
/// its numbers; none where that is no text.
fn unescaped(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let hex = [rest.next()?, rest.next()?];
                u8::from_str_radix(str::from_utf8(&hex).ok()?, 16).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

fn is_day(day: &str) -> bool {
    day.len() == 10 && day.chars().all(|c| c.is_ascii_digit() || c == '-')
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use mendmap_core::ids::{TaskUid, uuid_v7};
    use proptest::prelude::*;

    /// Degrees with the seven decimals that an address keeps.
    fn degrees(limit: i32) -> impl Strategy<Value = f64> {
        (-limit * 1_000_000..limit * 1_000_000).prop_map(|n| f64::from(n) / 1e6)
    }

    fn sketches() -> impl Strategy<Value = Sketch> {
        (
            0..3usize,
            prop::collection::vec((degrees(180), degrees(90)), 3..6),
        )
            .prop_map(|(shape, points)| Sketch {
                shape: SHAPES[shape].1,
                points: points.into_iter().map(|(lon, lat)| [lon, lat]).collect(),
            })
    }

    fn finished() -> impl Strategy<Value = Sketch> {
        sketches().prop_filter("it is finished", Sketch::is_complete)
    }

    fn modes() -> impl Strategy<Value = Mode> {
        let uid = (any::<u64>(), any::<[u8; 10]>()).prop_map(|(ms, chance)| uuid_v7(ms, chance));
        let uids = prop::collection::vec(uid.clone().prop_map(AssetUid), 0..4);
        let plain = [
            Mode::Browsing,
            Mode::MyWork,
            Mode::Proposals,
            Mode::Completion,
            Mode::Layers,
            Mode::Settings,
        ];
        prop_oneof![
            prop::sample::select(plain.to_vec()),
            (
                0..3usize,
                prop::array::uniform3("[a-z0-9-]{0,5}|[%/?#&辽河路 ]{0,4}")
            )
                .prop_map(|(state, [crew, street, community])| {
                    Mode::Ledger(Some(Figures {
                        from: "2024-01-01".into(),
                        to: "2024-10-31".into(),
                        state: STATES[state].1,
                        crew,
                        street,
                        community,
                    }))
                }),
            uid.clone().prop_map(|id| Mode::AssetSelected(AssetUid(id))),
            uid.clone().prop_map(|id| Mode::TaskSelected(TaskUid(id))),
            uids.clone().prop_map(Mode::Choosing),
            uids.prop_map(|chosen| Mode::Plotting(Target::Chosen(chosen))),
            uid.clone()
                .prop_map(|id| Mode::Plotting(Target::Asset(AssetUid(id)))),
            uid.clone()
                .prop_map(|id| Mode::Plotting(Target::Around(AssetUid(id)))),
            (uid.clone(), uid.clone())
                .prop_map(|(task, asset)| Mode::Stopping(TaskUid(task), AssetUid(asset))),
            uid.clone()
                .prop_map(|id| Mode::Finding(Target::Asset(AssetUid(id)))),
            finished().prop_map(|s| Mode::Finding(Target::Place(s))),
            (uid.clone(), prop::option::of((degrees(180), degrees(90)))).prop_map(|(id, to)| {
                let to = to.into_iter().map(|(lon, lat)| [lon, lat]);
                Mode::Amending(AssetUid(id), to.collect())
            }),
            (degrees(180), degrees(90))
                .prop_map(|(lon, lat)| Mode::Adding(Sketch::point([lon, lat]))),
            uid.clone().prop_map(|id| Mode::Tracking(TaskUid(id))),
            (uid.clone(), sketches()).prop_map(|(id, s)| Mode::Measuring(TaskUid(id), s.points)),
            (
                uid.clone(),
                "[a-z]{1,8}(-[a-z]{1,8})?",
                prop::option::of(uid.clone())
            )
                .prop_map(|(task, check, asset)| {
                    Mode::Checking(TaskUid(task), check.into(), asset.map(AssetUid))
                }),
            uid.clone().prop_map(|id| Mode::Reporting(TaskUid(id))),
            (
                "[a-z]{0,8}(-[a-z]{1,8})?",
                prop::option::of(1900..2100_i16),
                prop::option::of(uid)
            )
                .prop_map(|(programme, year, asset)| {
                    Mode::Programmes(OfProgramme {
                        programme,
                        year,
                        asset: asset.map(AssetUid),
                    })
                }),
            prop::sample::select(vec![Mode::Reviewing, Mode::Settings, Mode::Governing]),
            sketches().prop_map(Mode::Drawing),
            finished().prop_map(Mode::PlaceSelected),
            finished().prop_map(|s| Mode::Plotting(Target::Place(s))),
            finished().prop_map(|s| Mode::Plotting(Target::Inside(s))),
        ]
    }

    proptest! {
        #[test]
        fn an_address_says_it_all(
            mode in modes(),
            view in prop::option::of((degrees(180), degrees(90), 0..2400i32)),
            lens in prop::option::of("[a-z]{1,8}(-[a-z]{1,8})?"),
            (on, by, beside) in (any::<bool>(), prop::option::of(0..3usize), any::<bool>()),
        ) {
            let view = view.map(|(lon, lat, zoom)| View {
                center: [lon, lat],
                zoom: f64::from(zoom) / 100.0,
            });
            let lens = lens.map(|work| Lens {
                work: WorkKindId(work),
                from: "2026-01-01".into(),
                to: "2026-11-23".into(),
                aside: Aside {
                    on: on.then(|| "2026-05-03".into()),
                    by: by.map(|n| PLACES[n].1),
                    beside: beside.then(|| ("2025-01-01".into(), "2025-11-23".into())),
                },
            });
            let screen = Screen { mode, lens, view };
            prop_assert_eq!(Screen::from_hash(&screen.to_hash()), screen);
        }

        #[test]
        fn any_address_is_some_screen(text in ".*") {
            let _ = Screen::from_hash(&text);
        }
    }

    #[test]
    fn what_cannot_be_read_is_the_map() {
        for hash in [
            "",
            "#",
            "#/nothing",
            "#/asset/not-a-uid",
            "#/place/line/1,2",
            "#/draw/line/x",
        ] {
            assert_eq!(Screen::from_hash(hash), Screen::default(), "{hash}");
        }
        assert_eq!(
            Screen::from_hash("#/?at=12/95/10&done=x/1/2"),
            Screen::default()
        );
    }
}
