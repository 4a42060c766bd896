//! What is said of a piece of work, from the map to the spot.

use super::calendar::{END_MS, MINUTE_MS, day_of, desk, moment, workday_from};
use super::cast::{Cast, Who};
use super::fates::Fate;
use super::habits::Make;
use super::jobs::Job;
use super::script::{Script, Step};
use crate::catalog::{Catalog, CrewId, WorkKindId};
use crate::demo::rng::Rng;
use crate::log::{
    Accepted, Cancelled, Dispatched, Found, MadeSafe, Plotted, Quantity, ReadingTaken, Started,
    Target, Undone,
};
use rust_decimal::Decimal;

const NAMES: [&str; 8] = [
    "王师傅",
    "李师傅",
    "小赵",
    "小孙",
    "老周",
    "老郑",
    "小吴",
    "老冯",
];

/// Writes down what is said of a piece of work.
pub(super) struct Play<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) cast: &'a mut Cast,
    pub(super) rng: &'a mut Rng,
}

/// Who writes about one job.
pub(super) struct Roles {
    pub(super) phone: Who,
    pub(super) other: Who,
    pub(super) desk: Who,
}

impl Play<'_> {
    /// All that is said of a job.
    pub(super) fn play(&mut self, job: &Job, fate: Fate) -> Vec<Step> {
        let second = self.rng.chance(0.4);
        let roles = Roles {
            phone: self.cast.phone(job.crew, second),
            other: self.cast.phone(job.crew, !second),
            desk: self.cast.desk(self.rng.chance(0.35)),
        };
        let begin = job.habit.hours.begin(job.day, self.rng);
        let stops = job.ticks.len().max(1);
        let minutes = (job.habit.minutes * stops).min(200) + self.rng.below(15);
        let end = (begin + minutes as i64 * MINUTE_MS).min(END_MS - 90 * MINUTE_MS);
        let mut script = self.open(job, fate, &roles, begin);
        match fate {
            Fate::Mistaken | Fate::Cancelled | Fate::Waiting => {
                self.called_off(&mut script, fate, &roles, begin);
                return script.steps;
            }
            Fate::Before => {}
            _ => self.under_way(job, fate, &mut script, &roles, begin, end),
        }
        self.close(job, fate, &mut script, &roles, end);
        script.steps
    }

    /// From the map to the crew.
    fn open(&mut self, job: &Job, fate: Fate, roles: &Roles, begin: i64) -> Script {
        let needs_desk = matches!(
            fate,
            Fate::Late | Fate::Waiting | Fate::Cancelled | Fate::CalledOffTooLate
        );
        let on_the_spot = matches!(fate, Fate::Before | Fate::Mistaken);
        let is_dispatched =
            !on_the_spot && (needs_desk || self.rng.below(100) < job.habit.dispatched);
        let work = WorkKindId(job.habit.work.into());
        let early = match is_dispatched {
            true => {
                let day = workday_from((job.day - 2 - self.rng.below(6) as i64).max(0));
                // At the latest on the day before.
                let day = day.min(job.day - 1).max(0);
                desk(day, self.rng).min(begin - 90 * MINUTE_MS)
            }
            false => begin,
        };
        // What was done in the last days of the year before is written down in the first of this.
        let early = early.max(8 * 60 * MINUTE_MS);
        let by_crew = !is_dispatched || self.rng.chance(0.4);
        let who = if by_crew { roles.phone } else { roles.desk };
        let mut script = Script::new(who, early, self.cast);
        if by_crew && job.habit.make == Make::Spots && self.rng.chance(0.3) {
            let found = Found {
                target: job.target.clone(),
                work: Some(work),
                defect: Some(defect(job).to_owned()),
                severity: Some(["slight", "plain", "serious"][self.rng.below(3)].to_owned()),
                dangerous: false,
                photos: Vec::new(),
            };
            script.say(who, early, found, self.cast);
        } else {
            let plotted = Plotted {
                work,
                target: job.target.clone(),
                note: None,
                photos: Vec::new(),
            };
            script.say(who, early, plotted, self.cast);
        }
        if is_dispatched {
            self.dispatch(job, fate, &mut script, roles, begin);
        }
        script
    }

    fn dispatch(&mut self, job: &Job, fate: Fate, script: &mut Script, roles: &Roles, begin: i64) {
        let due = match fate {
            Fate::Late => (job.day - 1 - self.rng.below(3) as i64).max(day_of(script.ms)),
            _ => job.day + 1 + self.rng.below(8) as i64,
        };
        let hour = match fate {
            // What was late on the day itself was due before it was begun.
            Fate::Late if due == job.day => (begin - due * 1440 * MINUTE_MS) / MINUTE_MS - 5,
            _ => 18 * 60,
        };
        let planned = job.lines.first().map(|line| line.quantity);
        let dispatched = Dispatched {
            crew: Some(CrewId(job.crew.into())),
            due: moment((due * 1440 + hour) * MINUTE_MS),
            priority: self.rng.chance(0.15).then_some(1),
            planned: planned.filter(|_| !job.ticks.is_empty()),
            note: None,
        };
        let later = script.ms + (2 + self.rng.below(40) as i64) * MINUTE_MS;
        script.say(
            roles.desk,
            later.min(begin - MINUTE_MS),
            dispatched,
            self.cast,
        );
        if fate != Fate::Waiting && fate != Fate::Cancelled && self.rng.chance(0.45) {
            let ms = script.ms + (1 + self.rng.below(30) as i64) * MINUTE_MS;
            let accepted = Accepted { note: None };
            script.say(roles.phone, ms.min(begin), accepted, self.cast);
        }
    }

    fn called_off(&mut self, script: &mut Script, fate: Fate, roles: &Roles, begin: i64) {
        let plotted = script.steps.first().map(|step| (step.who, step.id));
        match (fate, plotted) {
            (Fate::Mistaken, Some((who, plotted))) => {
                let undone = Undone {
                    events: vec![plotted],
                    note: None,
                };
                let ms = script.ms + (1 + self.rng.below(6) as i64) * MINUTE_MS;
                script.say(who, ms, undone, self.cast);
            }
            (Fate::Cancelled, _) => {
                let reasons = ["重复", "非本单位管辖", "已由他人处理", "现场无此问题"];
                let reason = Some(reasons[self.rng.below(4)].to_owned());
                script.say(roles.desk, begin, Cancelled { reason }, self.cast);
            }
            _ => {}
        }
    }

    /// What is said on the spot before it is done.
    fn under_way(
        &mut self,
        job: &Job,
        fate: Fate,
        script: &mut Script,
        roles: &Roles,
        begin: i64,
        end: i64,
    ) {
        let wanted = if script.steps.len() > 1 { 0.35 } else { 0.1 };
        if self.rng.chance(wanted) || !job.ticks.is_empty() {
            let started = Started {
                position: job.target.position().filter(|_| self.rng.chance(0.7)),
                accuracy_mm: Some(3_000 + 100 * self.rng.below(160) as u32),
            };
            let started = match started.position {
                Some(_) => started,
                None => Started::default(),
            };
            script.say(roles.phone, begin, started, self.cast);
        }
        if self.rng.chance(0.25) {
            self.make_safe(job, script, roles);
        }
        let first = script.ms;
        let count = job.ticks.len();
        let half = match fate {
            Fate::HalfDone => count / 2,
            _ => count,
        };
        // Some crews report a round in one.
        if fate != Fate::HalfDone && self.is_told_in_one(job) {
            return;
        }
        for (n, tick) in job.ticks.iter().take(half).enumerate() {
            let ms = first + (end - first).max(0) * (n as i64 + 1) / (count as i64 + 1);
            script.say(roles.phone, ms, tick.clone(), self.cast);
        }
    }

    /// Only where all of the target was done can a round be told without a tick.
    fn is_told_in_one(&mut self, job: &Job) -> bool {
        let all = job.ticks.len() == job.target.assets().len();
        let plain = |tick: &crate::log::Ticked| tick.unreached.is_none() && tick.lines.is_empty();
        all && job.ticks.iter().all(plain) && self.rng.chance(0.3)
    }

    fn make_safe(&mut self, job: &Job, script: &mut Script, roles: &Roles) {
        let kind = self.catalog.work_kind(&WorkKindId(job.habit.work.into()));
        let ids = kind.into_iter().flat_map(|kind| &kind.prechecks);
        for check in ids.filter_map(|id| self.catalog.precheck(id)) {
            let chamber = match (&*job.target, check.each_chamber) {
                (Target::Asset(asset), true) => Some(asset.uid),
                (_, true) => continue,
                (_, false) => None,
            };
            let mut taken = Vec::new();
            for reading in &check.readings {
                let value = match reading.id.as_str() {
                    "o2" => Decimal::new(203 + self.rng.below(8) as i64, 1),
                    _ => Decimal::new(self.rng.below(40) as i64, 1),
                };
                taken.push(ReadingTaken {
                    id: reading.id.clone(),
                    value: Quantity(value),
                });
            }
            let watcher = check.each_chamber.then(|| self.name());
            let safe = MadeSafe {
                precheck: Some(check.id.clone()),
                asset: chamber,
                items: (0..check.items.len() as u16).collect(),
                readings: taken,
                watcher,
                note: None,
            };
            let ms = script.ms + (1 + self.rng.below(5) as i64) * MINUTE_MS;
            script.say(roles.phone, ms, safe, self.cast);
        }
    }

    pub(super) fn name(&mut self) -> String {
        NAMES[self.rng.below(NAMES.len())].to_owned()
    }
}

/// What a finder says of it.
fn defect(job: &Job) -> &'static str {
    match job.habit.work {
        "pothole-patch" => "路面坑槽",
        "sidewalk-pave" => "步道砖松动、缺失",
        _ => "需处理",
    }
}
