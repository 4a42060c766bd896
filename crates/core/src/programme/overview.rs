//! A programme year by year.

use super::{DoneAt, Member, Standing, TradeAt, TradeState, Trades};
use crate::catalog::{Nature, Programme, WorkKind, WorkKindId};
use crate::city::City;
use crate::ids::{AssetUid, EventId, TaskUid};
use crate::ledger::{
    Counted, Done, Holdings, Period, Scope, TotalLine, Wanted, concerning, counted,
};
use crate::log::{Log, Subject};
use crate::order::{distinct, sort_by_key};
use crate::task::Task;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// How [`crate::city::Asset::properties`] writes a list.
const BETWEEN: &str = " · ";

/// What a programme is told of.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The city, with its catalogue and what its layers hold.
    pub city: &'a City,
    /// Which programme.
    pub programme: &'a Programme,
    /// What people said.
    pub log: &'a Log,
    /// Events that count nowhere, by the server's verdict.
    pub refused: &'a BTreeSet<EventId>,
    /// Which reports count.
    pub wanted: Wanted,
    /// Whether the city verifies.
    pub verification: bool,
    /// The city's day.
    pub today: Date,
}

/// A programme, of which any year can be told.
pub struct Overview<'a> {
    asked: Asked<'a>,
    /// Of the programme's kinds of work, those that the catalogue has.
    works: Vec<&'a WorkKind>,
    held: Vec<Held>,
    said: BTreeMap<AssetUid, Trades>,
    /// The lines of each year, in the order of the kinds of work.
    years: BTreeMap<i16, Vec<InYear>>,
}

/// A year of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// The calendar year.
    pub year: i16,
    /// How much was done in it, by the programme's kinds of work.
    pub figures: Vec<Figure>,
    /// How many assets and drawn places are of it.
    pub members: usize,
}

/// What a kind of work comes to in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The line of the ledger for the year, as [`crate::ledger::totals`] has it.
    pub line: TotalLine,
    /// What of its quantity is of this year: all of it, but of what is cumulative that by which it grew.
    pub in_year: Option<Decimal>,
    /// Whether the line counts what was done since ever.
    pub is_cumulative: bool,
}

/// What has one value of the property by which a programme is told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The value; none for what has none.
    pub value: Option<String>,
    /// How many assets of it the layers hold.
    pub held: usize,
    /// How many of it are counted in the year, by the programme's kinds of work.
    pub counted: Vec<usize>,
}

/// An asset of the layers to which the programme's work is done.
struct Held {
    uid: AssetUid,
    year: Option<i16>,
    part: Option<String>,
    trades: Vec<String>,
}

/// The line of a year, and what of it is of that year.
struct InYear {
    figure: Figure,
    assets: BTreeSet<AssetUid>,
    done: Vec<Done>,
}

impl<'a> Overview<'a> {
    /// Looks at all that is known of a programme.
    pub fn of<'t>(asked: Asked<'a>, tasks: impl Iterator<Item = &'t Task>) -> Overview<'a> {
        let catalog = asked.city.catalog();
        let works = asked.programme.works.iter();
        let works: Vec<_> = works.filter_map(|work| catalog.work_kind(work)).collect();
        let ids: Vec<WorkKindId> = works.iter().map(|kind| kind.id.clone()).collect();
        let tasks = concerning(catalog, &ids, tasks);
        let mut overview = Overview {
            held: held(&asked, works.first().copied()),
            said: said(&asked),
            years: BTreeMap::new(),
            asked,
            works,
        };
        let holdings = Holdings::of(asked.city);
        for year in overview.all_years(&tasks) {
            let lines = overview.works.iter();
            let lines = lines.map(|kind| in_year(&asked, kind, year, &tasks, &holdings));
            if let Some(lines) = lines.collect() {
                overview.years.insert(year, lines);
            }
        }
        overview
    }

    /// Its years, the last first.
    pub fn years(&self) -> Vec<Year> {
        let years = self.years.iter().rev();
        let year = |(year, lines): (&i16, &Vec<InYear>)| Year {
            year: *year,
            figures: lines.iter().map(|line| line.figure.clone()).collect(),
            members: self.members_of(*year).len() + elsewhere(&self.works, lines, *year).len(),
        };
        years.map(year).collect()
    }

    /// The assets of a year, and what was done in it at drawn places: first what is under way, then what is
    /// to come, then what is done; of these in the order of the layers' files.
    pub fn members(&self, year: i16) -> Vec<Member> {
        let lines = self.years.get(&year).map_or(&[][..], Vec::as_slice);
        let assets = self.members_of(year).into_iter();
        let assets = assets.map(|asset| self.at(asset, year, lines));
        let places = elsewhere(&self.works, lines, year).into_iter();
        let mut members: Vec<Member> = assets.chain(places).collect();
        sort_by_key(&mut members, |member| member.standing);
        members
    }

    /// The year to begin with: the last that something is of, else today's.
    pub fn latest(&self) -> i16 {
        let mut years = self.years().into_iter();
        let has_some = years.find(|year| year.members > 0);
        has_some.map_or(self.asked.today.year(), |year| year.year)
    }

    /// The year that an asset is of, the last where it is of several; today's where it is of none.
    pub fn year_of(&self, asset: AssetUid) -> i16 {
        let mut years = self.years.keys().rev();
        let own = years.find(|year| self.members_of(**year).contains(&asset));
        own.copied().unwrap_or(self.asked.today.year())
    }

    /// An asset in a year, also one that is not of it.
    pub fn member(&self, asset: AssetUid, year: i16) -> Member {
        let lines = self.years.get(&year).map_or(&[][..], Vec::as_slice);
        let member = self.at(asset, year, lines);
        match self.members_of(year).contains(&asset) {
            true => member,
            false => Member {
                standing: Standing::Outside,
                ..member
            },
        }
    }

    /// The figures of a year by the values of the programme's property; nothing where it names none.
    pub fn parts(&self, year: i16) -> Vec<Part> {
        let Some(property) = &self.asked.programme.by else {
            return Vec::new();
        };
        let lines = self.years.get(&year).map_or(&[][..], Vec::as_slice);
        let mut parts: BTreeMap<Option<&str>, (usize, Vec<usize>)> = BTreeMap::new();
        let none = || (0, vec![0; lines.len()]);
        for held in &self.held {
            let (all, counted) = parts.entry(held.part.as_deref()).or_insert_with(none);
            *all += 1;
            for (count, line) in counted.iter_mut().zip(lines) {
                *count += usize::from(line.assets.contains(&held.uid));
            }
        }
        let is_held = |asset: &AssetUid| self.held.iter().any(|held| held.uid == *asset);
        for (n, line) in lines.iter().enumerate() {
            // What no layer has any more, and drawn places.
            let others = line.assets.iter().filter(|asset| !is_held(asset)).count();
            let places = match line.figure.is_cumulative {
                true => 0,
                false => usize::try_from(line.figure.line.elsewhere).unwrap_or(usize::MAX),
            };
            if others + places > 0 {
                let (_, counted) = parts.entry(None).or_insert_with(none);
                if let Some(count) = counted.get_mut(n) {
                    *count += others + places;
                }
            }
        }
        let named = self.asked.city.catalog().property(property);
        let named = named.map_or(&[][..], |property| &property.values);
        let mut parts: Vec<_> = parts.into_iter().collect();
        sort_by_key(&mut parts, |(value, _)| {
            let rank = named.iter().position(|v| Some(&*v.value) == *value);
            (value.is_none(), rank.unwrap_or(named.len()), *value)
        });
        let part = |(value, (held, counted)): (Option<&str>, (usize, Vec<usize>))| Part {
            value: value.map(str::to_owned),
            held,
            counted,
        };
        parts.into_iter().map(part).collect()
    }

    fn all_years(&self, tasks: &[&Task]) -> BTreeSet<i16> {
        let held = self.held.iter().filter_map(|held| held.year);
        let reports = tasks.iter().filter_map(|task| task.standing_report());
        let id = &self.asked.programme.id;
        let said = self
            .said
            .values()
            .flat_map(|trades| trades.of_programme(id));
        let said = said.map(|told| told.said.on.year());
        let today = self.asked.today.year();
        held.chain(reports.map(|report| report.done_on.year()))
            .chain(said)
            .chain([today])
            .collect()
    }

    /// The assets of a year, in the order of the files.
    fn members_of(&self, year: i16) -> Vec<AssetUid> {
        let lines = self.years.get(&year).map_or(&[][..], Vec::as_slice);
        let id = &self.asked.programme.id;
        let is_dated = |asset: &AssetUid| {
            let trades = self.said.get(asset).into_iter();
            let mut told = trades.flat_map(|trades| trades.of_programme(id));
            told.any(|told| told.said.on.year() == year)
        };
        let is_counted = |asset: &AssetUid| lines.iter().any(|line| line.assets.contains(asset));
        let held = self.held.iter().filter(|held| match held.year {
            Some(own) => own == year,
            None => is_counted(&held.uid) || is_dated(&held.uid),
        });
        let mut members: Vec<AssetUid> = held.map(|held| held.uid).collect();
        // What no layer has any more.
        let counted = lines.iter().flat_map(|line| line.assets.iter().copied());
        let dated = self.said.keys().copied().filter(|asset| is_dated(asset));
        let others = distinct(counted.chain(dated)).into_iter();
        members.extend(others.filter(|asset| !self.held.iter().any(|held| held.uid == *asset)));
        members
    }

    fn at(&self, asset: AssetUid, year: i16, lines: &[InYear]) -> Member {
        let held = self.held.iter().find(|held| held.uid == asset);
        let nothing = Trades::default();
        let trades = self.said.get(&asset).unwrap_or(&nothing);
        let done: Vec<Option<DoneAt>> = lines
            .iter()
            .map(|line| {
                line.assets
                    .contains(&asset)
                    .then(|| line.last_at(asset, year))
            })
            .collect();
        let is_done = done.first().is_some_and(Option::is_some);
        let programme = self.asked.programme;
        let trade = |trade: &crate::catalog::Trade| {
            let told = trades.get(&programme.id, &trade.id);
            let in_file = held.is_some_and(|held| {
                let mut named = held.trades.iter();
                named.any(|name| name == trade.in_files())
            });
            let by_file = in_file.then_some(match is_done {
                true => TradeState::Done,
                false => TradeState::Planned,
            });
            TradeAt {
                trade: trade.id.clone(),
                state: told.map(|told| told.said.state).or(by_file),
                on: told.map(|told| told.said.on),
                said: told.map(|told| (told.said.by.clone(), told.said.event)),
                others: told.map_or_else(Vec::new, |told| told.others.clone()),
            }
        };
        let trades_at: Vec<TradeAt> = programme.trades.iter().map(trade).collect();
        let is_begun = |at: &TradeAt| at.state.is_some_and(|state| state > TradeState::Planned);
        Member {
            asset: Some(asset),
            part: held.and_then(|held| held.part.clone()),
            standing: match is_done {
                true => Standing::Done,
                false if trades_at.iter().any(is_begun) => Standing::UnderWay,
                false => Standing::Planned,
            },
            done,
            trades: trades_at,
            read_only: trades.read_only,
        }
    }
}

impl InYear {
    /// The last report of an asset in a year.
    fn last_at(&self, asset: AssetUid, year: i16) -> DoneAt {
        let here = self.done.iter().filter(|done| done.assets.contains(&asset));
        let here = here.filter(|done| done.on.year() == year);
        let last = here.max_by_key(|done| done.on);
        DoneAt {
            on: last.map(|done| done.on),
            task: last.map(|done| done.task),
        }
    }
}

/// What was done in a year at drawn places. What is cumulative counts by the layers' years.
fn elsewhere(works: &[&WorkKind], lines: &[InYear], year: i16) -> Vec<Member> {
    let mut places: BTreeMap<TaskUid, Vec<Option<DoneAt>>> = BTreeMap::new();
    for (n, line) in lines.iter().enumerate() {
        let drawn = line.done.iter().filter(|done| done.assets.is_empty());
        for done in drawn.filter(|done| done.on.year() == year && !line.figure.is_cumulative) {
            let at = places
                .entry(done.task)
                .or_insert_with(|| vec![None; works.len()]);
            if let Some(at) = at.get_mut(n) {
                *at = Some(DoneAt {
                    on: Some(done.on),
                    task: Some(done.task),
                });
            }
        }
    }
    let member = |done: Vec<Option<DoneAt>>| Member {
        asset: None,
        part: None,
        standing: Standing::Done,
        done,
        trades: Vec::new(),
        read_only: false,
    };
    places.into_values().map(member).collect()
}

fn held(asked: &Asked<'_>, first: Option<&WorkKind>) -> Vec<Held> {
    let Some(kind) = first else {
        return Vec::new();
    };
    let programme = asked.programme;
    let uids = asked.city.uids_of(&kind.applies_to);
    let assets = uids.filter_map(|uid| asked.city.asset(&uid));
    let held = assets.map(|asset| {
        let of = |name: &Option<String>| {
            let name = name.as_ref()?;
            let mut all = asset.properties.iter();
            let found = all.find(|(key, _)| key == name);
            found.map(|(_, value)| value.clone())
        };
        let trades = of(&programme.trades_from).unwrap_or_default();
        Held {
            uid: asset.summary.uid,
            year: of(&kind.year_from).and_then(|year| year.parse().ok()),
            part: of(&programme.by),
            trades: trades.split(BETWEEN).map(str::to_owned).collect(),
        }
    });
    held.collect()
}

fn said(asked: &Asked<'_>) -> BTreeMap<AssetUid, Trades> {
    let assets = asked.log.subjects().filter_map(|subject| match subject {
        Subject::Asset(asset) => Some(*asset),
        _ => None,
    });
    let trades = assets.map(|asset| (asset, Trades::of(asset, asked.log, asked.refused)));
    trades
        .filter(|(_, trades)| !trades.all.is_empty() || trades.read_only)
        .collect()
}

/// What a kind of work comes to in a year; nothing for a year that no calendar has.
fn in_year(
    asked: &Asked<'_>,
    kind: &WorkKind,
    year: i16,
    tasks: &[&Task],
    holdings: &Holdings,
) -> Option<InYear> {
    let of = |year: i16| {
        let from = Date::new(year, 1, 1).ok()?;
        let to = from.last_of_year();
        let scope = Scope {
            today: Some(asked.today),
            state: asked.wanted,
            ..Scope::of(Period { from, to })
        };
        let catalog = asked.city.catalog();
        let held = Some(holdings);
        counted(catalog, &scope, &kind.id, tasks, held, asked.verification)
    };
    let Counted {
        line,
        mut assets,
        done,
    } = of(year)?;
    let is_cumulative = kind.nature == Nature::Cumulative;
    let before = year.checked_sub(1).filter(|_| is_cumulative).and_then(of);
    let mut quantity = line.quantity;
    if let Some(before) = before {
        assets.retain(|asset| !before.assets.contains(asset));
        quantity = quantity
            .zip(before.line.quantity)
            .and_then(|(now, before)| now.checked_sub(before));
    }
    Some(InYear {
        figure: Figure {
            line,
            in_year: quantity,
            is_cumulative,
        },
        assets,
        done,
    })
}
