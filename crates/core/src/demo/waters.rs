//! The river, what flows into it, the railway, and where sewers end.

use super::drainage::Roots;
use super::frame::{NORTH, SOUTH};
use super::network::Network;
use super::plan::{CROSSINGS, EASTWARD, NORTHWARD, RAILWAY};
use super::plane::{Pt, pt, spline};
use super::rng::Rng;

/// Kind of an outfall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OutfallKind {
    Industrial,
    SewageWorks,
    Irrigation,
    Rain,
    Mixed,
    Rural,
}

/// A place where water enters the river.
#[derive(Debug, Clone)]
pub(super) struct Outfall {
    pub(super) at: Pt,
    pub(super) kind: OutfallKind,
    pub(super) name: String,
    pub(super) in_order: bool,
    /// Index of its sewer among the storm roots.
    pub(super) sewer: Option<usize>,
}

/// The river as a band along its course.
#[derive(Debug)]
pub(super) struct River {
    /// Ground points of the banks, south to north.
    pub(super) east: Vec<Pt>,
    pub(super) west: Vec<Pt>,
}

/// Metres of plan between two points of a bank.
const STEP: f64 = 50.0;
/// Plan metres from the river road to the near bank and to the middle of the river.
const BANK: f64 = 36.0;

impl River {
    pub(super) fn new(net: &Network, seed: u64) -> Self {
        let mut rng = Rng::stream(seed, "river");
        let count = ((NORTH - SOUTH) / STEP) as usize;
        let mut profile = |low: f64, high: f64| -> Vec<f64> {
            (0..=count / 6 + 1).map(|_| rng.range(low, high)).collect()
        };
        let (near, wide) = (profile(-3.0, 9.0), profile(105.0, 175.0));
        let along = |k: usize| SOUTH + k as f64 * STEP;
        // The width is measured across the flow, not along the plan's axis.
        let point = |k: usize, u: f64, out: f64| {
            let here = net.frame.place(pt(u, along(k)));
            let ahead = net.frame.place(pt(u, along(k) + 10.0));
            here + (ahead - here).unit().left() * out
        };
        let t = |k: usize| k as f64 / 6.0;
        River {
            east: (0..=count)
                .map(|k| point(k, -BANK - spline(&near, t(k)), 0.0))
                .collect(),
            west: (0..=count)
                .map(|k| point(k, -BANK, spline(&wide, t(k))))
                .collect(),
        }
    }

    /// Point of the near or far bank at a place of the plan.
    fn bank(&self, v: f64, far: bool) -> Pt {
        let side = if far { &self.west } else { &self.east };
        let t = ((v - SOUTH) / STEP).max(0.0);
        let k = (t as usize).min(side.len() - 2);
        side[k].lerp(side[k + 1], t - k as f64)
    }

    /// Its outline, counter-clockwise, open.
    pub(super) fn outline(&self) -> Vec<Pt> {
        self.east
            .iter()
            .chain(self.west.iter().rev())
            .copied()
            .collect()
    }
}

/// A smaller river that joins it from the north-west above the town.
pub(super) fn tributary(net: &Network, seed: u64) -> Vec<Pt> {
    let mut rng = Rng::stream(seed, "tributary");
    let bends: Vec<f64> = (0..7).map(|_| rng.range(-170.0, 170.0)).collect();
    let point = |k: usize, side: f64| {
        let t = k as f64 / 30.0;
        let v = 4_300.0 + 1_000.0 * t + spline(&bends, t * 6.0) * (t * 4.0).min(1.0);
        net.frame.place(pt(-110.0 - 2_600.0 * t, v)) + pt(0.25, 1.0) * (side * (26.0 - 6.0 * t))
    };
    let north = (0..=30).map(|k| point(k, 1.0));
    let south = (0..=30).rev().map(|k| point(k, -1.0));
    north.chain(south).collect()
}

/// Nodes on the river road, south to north, with their place on the plan.
fn river_nodes(net: &Network) -> Vec<usize> {
    let Some(road) = net.streets.first() else {
        return Vec::new();
    };
    let mut out: Vec<usize> = Vec::new();
    for &n in &road.nodes {
        let clear = |&m: &usize| net.plan(m).dist(net.plan(n)) > 140.0;
        if !net.nodes[n].outside && out.last().is_none_or(clear) {
            out.push(n);
        }
    }
    out.truncate(18);
    out
}

/// Where the sewers end: storm water at the river and at the two pumps of the
/// railway underpasses, sewage at twelve pumps.
pub(super) fn roots(net: &Network) -> Roots {
    let mut storm: Vec<(usize, Option<Pt>)> = river_nodes(net)
        .into_iter()
        .map(|n| {
            let p = net.plan(n);
            (n, Some(net.frame.place(p + pt(-21.0, 2.0))))
        })
        .collect();
    for row in CROSSINGS {
        let p = pt(NORTHWARD[RAILWAY].at, EASTWARD[row].at);
        storm.push((nearest(net, p, &[]), None));
    }
    let mut taken: Vec<usize> = Vec::new();
    let sewage = PUMPS
        .iter()
        .map(|&(_, u, v)| {
            let n = nearest(net, pt(u, v), &taken);
            taken.push(n);
            (n, None)
        })
        .collect();
    Roots { storm, sewage }
}

/// Sewage pump stations: name and place on the plan. Most stand low, by the river.
pub(super) const PUMPS: [(&str, f64, f64); 12] = [
    ("滨河南", 0.0, 640.0),
    ("老码头", 0.0, 1_225.0),
    ("滨河中", 0.0, 1_850.0),
    ("滨河北", 0.0, 2_680.0),
    ("通河街", 390.0, 850.0),
    ("文化街", 1_160.0, 2_050.0),
    ("南环", 1_160.0, 420.0),
    ("北环", 1_160.0, 2_890.0),
    ("向阳", 1_985.0, 1_225.0),
    ("中山路", 2_390.0, 2_470.0),
    ("富强", 2_390.0, 420.0),
    ("铁东", 2_950.0, 1_640.0),
];

/// The node in town nearest to a place of the plan, other than those taken.
fn nearest(net: &Network, p: Pt, taken: &[usize]) -> usize {
    (0..net.nodes.len())
        .filter(|&n| !net.nodes[n].outside && !taken.contains(&n))
        .filter(|n| net.streets.iter().any(|s| s.nodes.contains(n)))
        .min_by(|&a, &b| net.plan(a).dist(p).total_cmp(&net.plan(b).dist(p)))
        .unwrap_or(0)
}

use OutfallKind::{Industrial, Irrigation, Mixed, Rain, Rural, SewageWorks};

/// Outfalls that have been put in order: kind, name, place on the plan, far bank.
const IN_ORDER: [(OutfallKind, &str, f64, bool); 7] = [
    (SewageWorks, "市污水处理厂一期", -900.0, false),
    (SewageWorks, "市污水处理厂二期", -1_050.0, false),
    (SewageWorks, "城南污水处理站", -420.0, false),
    (SewageWorks, "辽西污水处理站", 1_100.0, true),
    (SewageWorks, "城北污水处理站", 3_350.0, false),
    (Industrial, "热电厂工业", 3_900.0, false),
    (Irrigation, "双山灌区退水", 5_100.0, false),
];

/// Number of outfalls of the kinds not all put in order.
const RAIN: usize = 20;
const MIXED: usize = 6;
const RURAL: usize = 6;
/// Stretch of river along the old town, where storm and foul water still share outfalls.
const OLD_BANK: std::ops::Range<f64> = 780.0..1_750.0;

/// All outfalls.
pub(super) fn outfalls(net: &Network, river: &River, roots: &Roots, seed: u64) -> Vec<Outfall> {
    let mut rng = Rng::stream(seed, "outfalls");
    let mut out: Vec<Outfall> = IN_ORDER
        .iter()
        .map(|&(kind, name, v, far)| Outfall {
            at: river.bank(v, far),
            kind,
            name: format!("{name}排口"),
            in_order: true,
            sewer: None,
        })
        .collect();
    let mut mixed = 0;
    let mut rain = 0;
    for (k, &(node, chamber)) in roots.storm.iter().enumerate() {
        if chamber.is_none() {
            continue;
        }
        let v = net.plan(node).y;
        let old = OLD_BANK.contains(&v) && mixed < MIXED;
        let (kind, count, word) = if old {
            (Mixed, &mut mixed, "合流")
        } else {
            (Rain, &mut rain, "雨水")
        };
        *count += 1;
        out.push(Outfall {
            at: river.bank(v + 3.0, false),
            kind,
            name: format!("滨河路{word}{count}号排口"),
            in_order: false,
            sewer: Some(k),
        });
    }
    let mut scatter = |kind, word: &str, from: usize, until: usize| {
        for n in from..until {
            let share = (n - from) as f64 + rng.range(0.2, 0.8);
            let share = share / (until - from).max(1) as f64;
            // Above and below the town, on either bank.
            let v = if share < 0.5 {
                -2_300.0 + share * 4_200.0
            } else {
                3_200.0 + (share - 0.5) * 4_600.0
            };
            out.push(Outfall {
                at: river.bank(v, rng.chance(0.4)),
                kind,
                name: format!("{word}{}号排口", n + 1),
                in_order: false,
                sewer: None,
            });
        }
    };
    scatter(Rain, "沿河雨水", rain, RAIN);
    scatter(Mixed, "沿河合流", mixed, MIXED);
    scatter(Rural, "乡村生活", 0, RURAL);
    out
}

/// Railway lines on the ground: name and line.
pub(super) fn railway(net: &Network) -> Vec<(&'static str, Vec<Pt>)> {
    let axis = (NORTHWARD[RAILWAY].at + NORTHWARD[RAILWAY + 1].at) / 2.0;
    let main = net.frame.line(pt(axis, SOUTH), pt(axis, NORTH), 80.0);
    // Sidings at the station: out of the main line and back into it, in easy curves.
    let siding = |aside: f64, from: f64, until: f64| -> Vec<Pt> {
        let ease = |x: f64| {
            let x = x.clamp(0.0, 1.0);
            x * x * (3.0 - 2.0 * x)
        };
        let steps = 40;
        (0..=steps)
            .map(|k| {
                let v = from + (until - from) * f64::from(k) / f64::from(steps);
                let out = ease((v - from) / 190.0) * ease((until - v) / 190.0);
                net.frame.place(pt(axis + aside * out, v))
            })
            .collect()
    };
    // The branch leaves northward and swings west over the river.
    let west: Vec<Pt> = (0..=60)
        .map(|k| {
            let t = f64::from(k) / 60.0;
            let u = axis - 5_600.0 * t * t * (1.0 - 0.2 * t);
            let v = 2_950.0 + 3_400.0 * t * (1.0 - 0.36 * t);
            net.frame.place(pt(u, v))
        })
        .collect();
    vec![
        ("平齐铁路", main),
        ("郑家屯站到发线", siding(-16.0, 1_050.0, 2_250.0)),
        ("郑家屯站到发线", siding(-26.0, 1_200.0, 2_100.0)),
        ("郑家屯站货物线", siding(22.0, 950.0, 2_050.0)),
        ("通让联络线", west),
    ]
}
