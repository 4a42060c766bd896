//! The journal against the plain way: what is taken down of each task, whatever became of it and in
//! whatever order, answers what the tasks themselves do.

use super::totals::{CITY, on, place, round};
use crate::catalog::{Catalog, CrewId, UnitId};
use crate::ids::EventId;
use crate::ledger::*;
use crate::log::testkit::{Phone, asset_uid, line, plotted, report, task_uid, undone, work};
use crate::log::{
    Cancelled, Choice, Dispatched, Field, Kind, Resolved, Snapshot, Stretch, Subject, Ticked,
    Verified, WorkLine,
};
use crate::task::{Task, Tasks};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

/// The demonstration's catalogue, with kinds that ask to be verified and one within one within one.
static NESTED: LazyLock<Catalog> = LazyLock::new(|| {
    let mut catalog = CITY.clone();
    for (id, like, within) in [
        ("grate-swap", "drain-repair", "drain-repair"),
        ("sweep-wet", "sweep", "sweep"),
        ("pipe-film", "pipe-patrol", "pipe-patrol"),
    ] {
        let mut kind = catalog.work_kind(&work(like)).unwrap().clone();
        (kind.id, kind.within) = (work(id), Some(work(within)));
        catalog.work_kinds.push(kind);
    }
    for kind in &mut catalog.work_kinds {
        kind.verify |= ["drain-repair", "sweep-wet", "pipe-patrol"].contains(&&*kind.id.0);
    }
    catalog
});

/// Kinds of work, each in its unit; and one that the catalogue does not have.
const KINDS: [(&str, &str); 14] = [
    ("drain-clear", "pcs"),
    ("drain-repair", "pcs"),
    ("grate-swap", "pcs"),
    ("sweep", "m2"),
    ("sweep-wet", "m2"),
    ("pipe-patrol", "km"),
    ("pipe-film", "km"),
    ("refuse-rate", "percent"),
    ("community-renovate", "place"),
    ("toilet-keep", "pcs"),
    ("outfall-inspect", "place"),
    ("outfall-regulate", "place"),
    ("pothole-patch", "m2"),
    ("gutter-paint", "pcs"),
];

const DAYS: [&str; 7] = [
    "2023-05-09",
    "2024-04-30",
    "2024-05-01",
    "2024-05-03",
    "2024-05-31",
    "2024-06-01",
    "2019-02-28",
];

const STREETS: [&str; 3] = ["辽河路", "中山路", "新街"];

/// Numbers out of one, for whatever is chosen.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        let thrown = self.0 as usize % n;
        self.0 = (self.0 / n as u64) ^ self.0.rotate_left(17);
        thrown
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn line(&mut self) -> WorkLine {
        let (kind, unit) = self.one(&KINDS);
        let amount = format!("{}.{:02}", self.below(40), self.below(100));
        let mut line = line(kind, &amount, unit);
        if self.below(8) == 0 {
            line.unit = UnitId("t".into());
        }
        for _ in 0..self.one(&[0, 0, 1, 1, 2, 3]) {
            let from = self.below(900) as u64;
            let to = from + self.below(700) as u64;
            line.covered.push(Stretch::from((
                asset_uid(self.below(4) as u8),
                from * 1000,
                to * 1000,
            )));
        }
        for _ in 0..self.one(&[0, 0, 0, 1, 2]) {
            line.assets.push(asset_uid(self.below(5) as u8));
        }
        line
    }

    fn report(&mut self) -> Kind {
        let lines = (0..self.one(&[1, 1, 1, 2, 2, 3])).map(|_| self.line());
        let lines = lines.collect();
        let mut told = report(lines, self.one(&DAYS));
        let street = self.below(4);
        told.snapshot = Snapshot {
            street: STREETS.get(street).map(|name| (*name).into()),
            community: (self.below(2) == 0).then(|| "北丰小区".into()),
            grid: Some(self.one(&["001", "002"]).into()),
            catalog: None,
        };
        if self.below(4) == 0 {
            told.on_behalf = Some(self.one(&["drain-2", "crew-1", "nobody"]).into());
        }
        told.into()
    }
}

/// Two crews who hear of each other now and then, and what all of it adds up to.
struct World {
    phones: [Phone; 2],
    reports: BTreeMap<u8, Vec<EventId>>,
    all: Phone,
    tasks: Tasks,
}

impl World {
    fn new() -> World {
        World {
            phones: [Phone::new(1), Phone::new(2)],
            reports: BTreeMap::new(),
            all: Phone::new(9),
            tasks: Tasks::default(),
        }
    }

    fn happens(&mut self, seed: u64) {
        let mut dice = Dice(seed);
        let (phone, task) = (dice.below(2), dice.below(7) as u8);
        let subject = Subject::Task(task_uid(task));
        let said = self.reports.entry(task).or_default();
        let told = said.last().copied().filter(|_| dice.below(5) > 0);
        let kind: Kind = match dice.below(16) {
            0..=2 => {
                let target = match dice.below(4) {
                    0 => on(dice.below(5) as u8),
                    1 | 2 => round([0, 1, 3]),
                    _ => place(),
                };
                plotted(dice.one(&KINDS).0, Arc::new(target))
            }
            3..=8 => dice.report(),
            9 | 10 if told.is_some() => Verified {
                report: told.unwrap(),
                note: None,
                photos: Vec::new(),
            }
            .into(),
            11 if told.is_some() => undone(told),
            12 => Dispatched {
                crew: dice
                    .one(&[Some("drain-1"), Some("drain-2"), None])
                    .map(CrewId::from),
                ..Dispatched::default()
            }
            .into(),
            13 => Ticked {
                asset: asset_uid(dice.below(4) as u8),
                unreached: (dice.below(3) == 0).then(|| "a car on it".into()),
                lines: Vec::new(),
                note: None,
                photos: Vec::new(),
            }
            .into(),
            14 if told.is_some() => Resolved {
                choices: vec![Choice {
                    field: Field::Report,
                    event: told.unwrap(),
                }],
                note: None,
            }
            .into(),
            15 if dice.below(4) == 0 => Cancelled::default().into(),
            _ => {
                let [a, b] = &mut self.phones;
                a.meet(b);
                return;
            }
        };
        let is_report = matches!(kind, Kind::Reported(_));
        let event = self.phones[phone].say(subject, kind);
        if is_report {
            said.push(event);
        }
        let changed = self.all.learn(&self.phones[phone]).changed;
        self.tasks.refresh(&self.all.log, &changed);
    }
}

fn some<T: std::fmt::Debug>(
    of: &[&'static str],
    make: fn(&'static str) -> T,
) -> impl Strategy<Value = Vec<T>> + use<T> {
    let some = prop::sample::subsequence(of.to_vec(), 0..=of.len().min(2));
    (prop::bool::weighted(0.4), some).prop_map(move |(is_any, some)| match is_any {
        true => Vec::new(),
        false => some.into_iter().map(make).collect(),
    })
}

fn scopes() -> impl Strategy<Value = Scope> {
    let periods = [
        ("2024-05-01", "2024-05-31"),
        ("2024-01-01", "2024-12-31"),
        ("2024-04-30", "2024-05-03"),
        ("2019-01-01", "2024-06-01"),
        ("2024-06-01", "2024-05-01"),
    ];
    let kinds: Vec<&'static str> = KINDS.iter().map(|(kind, _)| *kind).collect();
    let days = (
        prop::sample::select(periods.to_vec()),
        prop::option::of(prop::sample::select(vec![
            "2024-05-03",
            "2024-05-31",
            "2024-04-01",
        ])),
    );
    let narrowed = (
        some(&["drain-1", "drain-2", "road-1"], CrewId::from),
        some(&kinds, work),
        some(&STREETS, str::to_owned),
        some(&["北丰小区"], str::to_owned),
        some(&["001", "002"], str::to_owned),
    );
    let state = prop::sample::select(vec![Wanted::Counted, Wanted::Reported, Wanted::Verified]);
    (days, narrowed, state).prop_map(|((days, today), narrowed, state)| {
        let (crews, works, streets, communities, grids) = narrowed;
        Scope {
            today: today.map(|day| day.parse().unwrap()),
            members: [("crew-1", "drain-1"), ("crew-2", "road-1")]
                .into_iter()
                .collect(),
            crews,
            works,
            streets,
            communities,
            grids,
            state,
            ..Scope::of(super::period(days))
        }
    })
}

fn holdings() -> Holdings {
    let held = |uid: u8, street: Option<&str>, year, part: Option<&str>| Holding {
        uid: asset_uid(uid),
        year,
        part: part.map(str::to_owned),
        street: street.map(str::to_owned),
        community: (uid > 1).then(|| "北丰小区".into()),
        grid: None,
    };
    let street = Some("辽河路");
    Holdings::from_parts(BTreeMap::from([
        (
            work("community-renovate"),
            vec![
                held(0, street, Some(2019), None),
                held(1, None, None, None),
                held(0, None, None, None),
            ],
        ),
        (
            work("toilet-keep"),
            vec![held(7, street, None, None), held(8, None, None, None)],
        ),
        (
            work("outfall-regulate"),
            vec![held(1, None, None, Some("industrial"))],
        ),
    ]))
}

/// Whether the journal says of everything what the tasks do.
fn agree(
    journal: &Journal,
    tasks: &Tasks,
    scope: &Scope,
    verification: bool,
) -> Result<(), TestCaseError> {
    let (catalog, holdings) = (&*NESTED, holdings());
    let plain: Vec<&Task> = tasks.iter().map(|task| &**task).collect();
    let each = || plain.iter().copied();
    for holdings in [None, Some(&holdings)] {
        prop_assert_eq!(
            journal.totals(scope, holdings, verification),
            totals(catalog, scope, each(), holdings, verification)
        );
        prop_assert_eq!(
            journal.compared(scope, holdings, None, verification),
            compared(catalog, scope, &plain, holdings, None, verification)
        );
        for by in [
            By::Crew,
            By::Street,
            By::Community,
            By::Grid,
            By::Month,
            By::State,
        ] {
            prop_assert_eq!(
                journal.grouped(scope, by, holdings, verification),
                grouped(catalog, scope, by, each(), holdings, verification)
            );
        }
    }
    for (kind, _) in KINDS {
        prop_assert_eq!(
            journal.behind(scope, &work(kind), verification),
            behind(catalog, scope, &work(kind), each(), verification),
            "{}",
            kind
        );
    }
    let reports = plain.iter().filter_map(|task| task.report.any());
    let streets: BTreeSet<String> = reports.filter_map(|r| r.snapshot.street.clone()).collect();
    prop_assert_eq!(journal.streets(), streets.into_iter().collect::<Vec<_>>());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Made at once of whatever was written.
    #[test]
    fn a_journal_says_what_the_tasks_say(
        seeds in prop::collection::vec(any::<u64>(), 0..60),
        scopes in prop::collection::vec((scopes(), any::<bool>()), 3),
    ) {
        let mut world = World::new();
        seeds.into_iter().for_each(|seed| world.happens(seed));
        let journal = Journal::of(&NESTED, world.tasks.iter());
        for (scope, verification) in &scopes {
            agree(&journal, &world.tasks, scope, *verification)?;
        }
    }

    /// Kept up while more is written, of one task or another; then with fewer tasks, and more again.
    #[test]
    fn a_journal_that_is_kept_up_is_as_one_made_anew(
        seeds in prop::collection::vec(prop::collection::vec(any::<u64>(), 0..8), 1..9),
        scope in scopes(), verification in any::<bool>(), few in 0usize..60,
    ) {
        let (mut world, mut early) = (World::new(), World::new());
        let mut journal = Journal::of(&NESTED, world.tasks.iter());
        for (n, seed) in seeds.iter().flatten().enumerate() {
            if n < few {
                early.happens(*seed);
            }
        }
        for seeds in &seeds {
            seeds.iter().for_each(|seed| world.happens(*seed));
            journal.follow(&NESTED, world.tasks.iter());
            agree(&journal, &world.tasks, &scope, verification)?;
        }
        for tasks in [&early.tasks, &Tasks::default(), &world.tasks] {
            journal.follow(&NESTED, tasks.iter());
            agree(&journal, tasks, &scope, verification)?;
        }
    }
}

#[test]
fn another_catalogue_is_taken_down_anew() {
    let mut world = World::new();
    for seed in 0_u64..400 {
        world.happens(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    }
    let mut journal = Journal::of(&CITY, world.tasks.iter());
    journal.follow(&NESTED, world.tasks.iter());
    let scope = super::totals::scope("2019-01-01", "2024-12-31");
    agree(&journal, &world.tasks, &scope, true).unwrap();
}
