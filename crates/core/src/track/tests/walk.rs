//! Somebody who walks along a network with a bad phone.

use crate::coverage;
use crate::demo::rng::Rng;
use crate::geodesy::{Local, LonLat};
use crate::ids::AssetUid;
use crate::log::Stretch;
use crate::network::{Network, Run, Spot, stretches};
use crate::track::{Fix, Matched};
use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::TAU;

/// How somebody walks.
pub(super) struct Walk {
    pub(super) seed: u64,
    /// How far, in metres.
    pub(super) metres: f64,
    /// Metres a second.
    pub(super) speed: f64,
    /// Seconds from one fix to the next.
    pub(super) every: usize,
    /// Metres to the left of the line.
    pub(super) aside: f64,
    /// Standard deviation of a fix east and north, in metres.
    pub(super) noise: f64,
    /// Metres that are walked in each gap.
    pub(super) gaps: Vec<f64>,
}

/// What came of it.
pub(super) struct Walked {
    pub(super) fixes: Vec<Fix>,
    /// What was walked while the phone saw it, or in a gap of less than 80 m.
    pub(super) truth: Vec<Stretch>,
}

impl Walk {
    /// Walks, records fixes, and spoils them: noise that changes within some ten seconds, as
    /// between houses; one in eighty far off, at times three together; first ones from masts and
    /// from memory; gaps.
    pub(super) fn on(&self, network: &Network) -> Walked {
        let mut rng = Rng::stream(self.seed, "walk");
        let runs = network.wander(&mut rng, self.metres);
        let total: f64 = runs.iter().map(Run::length).sum();
        // Gaps, apart from each other and from the ends.
        let count = self.gaps.len() as f64;
        let gaps = (0..).zip(&self.gaps);
        let gaps: Vec<[f64; 2]> = gaps
            .map(|(n, metres)| {
                let start = total * (f64::from(n) + 0.6) / (count + 0.7) + rng.range(0.0, 30.0);
                [start, (start + metres).min(total)]
            })
            .collect();
        let mut fixes = self.first_fixes(network, &runs, &mut rng);
        let began = fixes.last().map_or(0, |fix| fix.ms + 1000);
        let mut off = [gauss(&mut rng), gauss(&mut rng)].map(|g| g * self.noise);
        let mut echo = ([0.0; 2], 0);
        let mut walked = 0.0;
        for second in 0.. {
            // Noise keeps nine tenths of what it was a second ago.
            let fresh = self.noise * (1.0f64 - 0.9 * 0.9).sqrt();
            off = off.map(|o| 0.9 * o + fresh * gauss(&mut rng));
            let in_gap = gaps.iter().any(|[a, b]| (*a..*b).contains(&walked));
            if !in_gap && (second as usize).is_multiple_of(self.every) {
                if rng.chance(0.0125) {
                    let (far, round) = (rng.range(60.0, 300.0), rng.range(0.0, TAU));
                    let times = if rng.chance(0.3) { 3 } else { 1 };
                    echo = ([far * round.cos(), far * round.sin()], times);
                }
                let ms = began + second * 1000 + rng.below(90) as u64;
                let far = if echo.1 > 0 { echo.0 } else { [0.0; 2] };
                echo.1 = i32::max(echo.1 - 1, 0);
                let shift = [off[0] + far[0], off[1] + far[1]];
                fixes.push(Fix {
                    ms,
                    at: beside(network, &runs, walked, self.aside, shift),
                    accuracy_m: 2.0 * self.noise * rng.range(0.7, 1.4),
                });
            }
            if walked >= total {
                break;
            }
            walked = (walked + self.speed * rng.range(0.6, 1.4)).min(total);
        }
        // In a short gap nobody can know of a turn.
        let unseen = gaps.iter().filter(|[a, b]| {
            let straight = coverage::length_mm(stretches(network, &cut(&runs, *a, *b)));
            b - a >= 80.0 || (straight as f64 / 1000.0) < b - a - 0.1
        });
        let mut seen = Vec::new();
        let mut from = 0.0;
        for [a, b] in unseen {
            seen.extend(cut(&runs, from, *a));
            from = *b;
        }
        seen.extend(cut(&runs, from, total));
        Walked {
            fixes,
            truth: stretches(network, &seen),
        }
    }

    fn first_fixes(&self, network: &Network, runs: &[Run], rng: &mut Rng) -> Vec<Fix> {
        let fix = |n: u64, far: [f64; 2], accuracy_m| Fix {
            ms: n * 1500,
            at: beside(network, runs, 0.0, 0.0, far),
            accuracy_m,
        };
        let memory = [rng.range(150.0, 900.0), rng.range(-400.0, 400.0)];
        vec![
            fix(0, [rng.range(-900.0, 900.0), 700.0], 1500.0),
            fix(1, [-300.0, rng.range(-300.0, 300.0)], 250.0),
            fix(2, memory, 12.0),
            fix(3, memory, 12.0),
        ]
    }
}

/// The part of a way between so many metres and so many.
fn cut(runs: &[Run], from: f64, to: f64) -> Vec<Run> {
    let mut start = 0.0;
    let mut cut = Vec::new();
    for run in runs {
        let end = start + run.length();
        let (a, b) = (from.max(start), to.min(end));
        if a < b {
            let sign = (run.to - run.from).signum();
            let at = |m: f64| run.from + sign * (m - start);
            cut.push(Run::new(run.line, at(a), at(b)));
        }
        start = end;
    }
    cut
}

/// The place after some metres of a way, some to its left, and shifted east and north.
fn beside(network: &Network, runs: &[Run], metres: f64, aside: f64, shift: [f64; 2]) -> LonLat {
    let total: f64 = runs.iter().map(Run::length).sum();
    let metres = metres.clamp(0.0, total - 0.5);
    let piece = cut(runs, metres, metres + 0.5)[0];
    let place = |along| {
        network.place(Spot {
            line: piece.line,
            along,
        })
    };
    let map = Local::at(place(piece.from));
    let [east, north] = map.metres(place(piece.to));
    let length = east.hypot(north).max(1e-9);
    map.place([
        shift[0] - aside * north / length,
        shift[1] + aside * east / length,
    ])
}

/// Normally distributed (Box and Muller, 1958).
fn gauss(rng: &mut Rng) -> f64 {
    let (u, v) = (1.0 - rng.unit(), rng.unit());
    (-2.0 * u.ln()).sqrt() * (TAU * v).cos()
}

/// How a match compares with the truth, in metres.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Score {
    pub(super) truth: f64,
    pub(super) covered: f64,
    /// Covered and not true.
    pub(super) extra: f64,
    /// The same, less what is merely a little too far along the right line.
    pub(super) wrong: f64,
    /// Wrong, and not the other side of a street of the same name.
    pub(super) street: f64,
    /// Wrong, and not said to be contested.
    pub(super) unsaid: f64,
    /// Said to be contested.
    pub(super) contested: f64,
    /// True and not covered.
    pub(super) missed: f64,
}

/// What is a little too far, in metres.
const A_LITTLE_MM: u64 = 15_000;

impl Score {
    pub(super) fn of(
        matched: &Matched,
        truth: &[Stretch],
        called: &BTreeMap<AssetUid, String>,
    ) -> Self {
        let covered = &matched.covered;
        let taken = matched
            .contested
            .iter()
            .flat_map(|c| c.taken.iter().copied());
        let contested = coverage::union(taken);
        let metres = |mm: u128| mm as f64 / 1000.0;
        let length = |s: &[Stretch]| metres(coverage::length_mm(s.iter().copied()));
        let less = |a: &[Stretch], b: &[Stretch]| {
            b.iter()
                .fold(a.to_vec(), |left, s| coverage::without(&left, *s))
        };
        let extra = less(covered, truth);
        let far = extra.iter().copied();
        let far: Vec<_> = far.filter(|s| s.to_mm - s.from_mm > A_LITTLE_MM).collect();
        let right: BTreeSet<_> = truth.iter().filter_map(|s| called.get(&s.asset)).collect();
        let same = |s: &Stretch| {
            called
                .get(&s.asset)
                .is_some_and(|name| right.contains(name))
        };
        let other: Vec<_> = far.iter().copied().filter(|s| !same(s)).collect();
        Score {
            truth: length(truth),
            covered: length(covered),
            extra: length(&extra),
            wrong: length(&far),
            street: length(&other),
            unsaid: length(&less(&far, &contested)),
            contested: length(&contested),
            missed: length(&less(truth, covered)),
        }
    }

    pub(super) fn plus(self, other: Score) -> Score {
        Score {
            truth: self.truth + other.truth,
            covered: self.covered + other.covered,
            extra: self.extra + other.extra,
            wrong: self.wrong + other.wrong,
            street: self.street + other.street,
            unsaid: self.unsaid + other.unsaid,
            contested: self.contested + other.contested,
            missed: self.missed + other.missed,
        }
    }

    /// A measure in percent of the truth.
    pub(super) fn percent(&self, metres: f64) -> f64 {
        100.0 * metres / self.truth
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let named = [
            ("covered", self.covered),
            ("extra", self.extra),
            ("wrong", self.wrong),
            ("(another street", self.street),
            ("not contested", self.unsaid),
            ("), contested", self.contested),
            ("missed", self.missed),
        ];
        write!(f, "{:.0} m:", self.truth)?;
        for (name, metres) in named {
            write!(f, " {name} {:.2} %", self.percent(metres))?;
        }
        Ok(())
    }
}
