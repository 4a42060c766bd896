//! What becomes of a piece of work: most is done, told and verified; some is told twice, sent
//! back, called off or forgotten, as it is in any year.

use super::calendar::{
    Day, END_MS, Hours, LAST_DAY, MINUTE_MS, date_of, day_of, desk, moment, workday_from,
};
use super::cast::{Cast, Who};
use super::habits::Make;
use super::jobs::Job;
use super::script::{Script, Step};
use crate::catalog::{Catalog, CrewId, WorkKindId};
use crate::demo::rng::Rng;
use crate::ids::EventId;
use crate::log::{
    Accepted, Cancelled, Choice, Dispatched, Field, Found, MadeSafe, Plotted, Quantity,
    ReadingTaken, Reported, Resolved, Returned, Started, Target, Undone, Verified, WorkLine,
};
use rust_decimal::Decimal;

/// What becomes of a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Told on the day, and verified.
    Plain,
    /// Done after it was due.
    Late,
    /// Told some days after it was done.
    BackDated,
    /// Sent back once; told anew and verified.
    SentBack,
    /// Both phones of the crew told the same without knowing of each other.
    ToldTwice,
    /// They told different amounts; a supervisor chose.
    Disagreed,
    /// Told while a supervisor called it off; then it was found to be done.
    CalledOffTooLate,
    /// Told wrongly, taken back and told anew.
    Retyped,
    /// What does not count, from here on. Done in the last days of the year before.
    Before,
    /// Never verified.
    Unverified,
    /// Sent back, and not done since.
    NotMended,
    /// Called off before it was done.
    Cancelled,
    /// Told and called off at once; nobody has decided yet.
    InConflict,
    /// The report was taken back.
    TakenBack,
    /// Plotted by mistake.
    Mistaken,
    /// Given to a crew and not begun.
    Waiting,
    /// Begun, and as far as it goes ticked.
    HalfDone,
}

/// Fates of work that counts, by how often they come.
const COUNTED: [(Fate, usize); 8] = [
    (Fate::Plain, 760),
    (Fate::Late, 70),
    (Fate::BackDated, 55),
    (Fate::SentBack, 50),
    (Fate::ToldTwice, 12),
    (Fate::Disagreed, 15),
    (Fate::CalledOffTooLate, 8),
    (Fate::Retyped, 30),
];
/// Fates of work that does not, in most of the year.
const UNCOUNTED: [(Fate, usize); 6] = [
    (Fate::Cancelled, 45),
    (Fate::Unverified, 20),
    (Fate::NotMended, 10),
    (Fate::InConflict, 6),
    (Fate::TakenBack, 9),
    (Fate::Mistaken, 10),
];
/// The same in its last weeks, of which much is still open.
const AT_LAST: [(Fate, usize); 4] = [
    (Fate::Unverified, 55),
    (Fate::Waiting, 20),
    (Fate::HalfDone, 20),
    (Fate::NotMended, 5),
];
/// From this day on it is the last weeks.
const LAST_WEEKS: Day = 286;

const REASONS: [&str; 5] = [
    "数量与现场不符，请重新丈量",
    "照片看不清，请重拍后再报",
    "边角未处理，需返工",
    "现场未清理干净",
    "位置标错，请核对",
];
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

fn drawn(from: &[(Fate, usize)], rng: &mut Rng) -> Fate {
    let mut at = rng.below(from.iter().map(|(_, often)| often).sum());
    for (fate, often) in from {
        if at < *often {
            return *fate;
        }
        at -= often;
    }
    Fate::Plain
}

/// What becomes of work that is to count.
pub(super) fn counted(job: &Job, rng: &mut Rng) -> Fate {
    match drawn(&COUNTED, rng) {
        _ if matches!(job.habit.make, Make::Entered | Make::Heating) => Fate::Plain,
        // There is no other day to write it down on, or no smaller amount to be mistaken for it.
        Fate::BackDated if job.day + 6 > LAST_DAY => Fate::Plain,
        Fate::SentBack if job.day + 12 > LAST_DAY => Fate::Plain,
        Fate::SentBack | Fate::Disagreed | Fate::Retyped if less(&job.lines).is_none() => {
            Fate::Plain
        }
        fate => fate,
    }
}

/// What becomes of work that is not to count.
pub(super) fn uncounted(job: &Job, rng: &mut Rng) -> Fate {
    match job.day > LAST_WEEKS {
        true => drawn(&AT_LAST, rng),
        false => drawn(&UNCOUNTED, rng),
    }
}

/// The same lines with less of the first one: what somebody wrote who had not counted all.
fn less(lines: &[WorkLine]) -> Option<Vec<WorkLine>> {
    let mut lines = lines.to_vec();
    let first = lines.first_mut()?;
    let nine_tenths = first.quantity.0 * Decimal::new(9, 1);
    let quantity = nine_tenths.trunc_with_scale(first.quantity.0.scale());
    first.quantity = Quantity(quantity);
    (quantity > Decimal::ZERO).then_some(lines)
}

/// Writes down what is said of a piece of work.
pub(super) struct Play<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) cast: &'a mut Cast,
    pub(super) rng: &'a mut Rng,
}

/// Who writes about one job.
struct Roles {
    phone: Who,
    other: Who,
    desk: Who,
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

    fn name(&mut self) -> String {
        NAMES[self.rng.below(NAMES.len())].to_owned()
    }

    /// What was done, told by the crew, and what a supervisor says to it.
    fn close(&mut self, job: &Job, fate: Fate, script: &mut Script, roles: &Roles, end: i64) {
        let phone = roles.phone;
        let (told, day) = match fate {
            Fate::BackDated => {
                let later = job.day + 1 + self.rng.below(4) as i64;
                (Hours::Day.begin(later, self.rng), job.day)
            }
            Fate::Before => (script.ms, -1 - self.rng.below(6) as i64),
            _ => (end, job.day),
        };
        let report = self.report(job, day);
        let wrong = || Reported {
            lines: less(&job.lines).unwrap_or_else(|| job.lines.clone()),
            ..report.clone()
        };
        let right = match fate {
            Fate::HalfDone => return,
            Fate::InConflict | Fate::CalledOffTooLate => {
                self.told_and_called_off(fate, script, roles, told, report)
            }
            Fate::ToldTwice | Fate::Disagreed => {
                let saw = script.heads();
                let second = match fate {
                    Fate::ToldTwice => report.clone(),
                    _ => wrong(),
                };
                let first = script.say(phone, told, report, self.cast);
                let ms = script.ms + (1 + self.rng.below(50) as i64) * MINUTE_MS;
                let second = script.say_knowing(saw, roles.other, ms, second, self.cast);
                match fate {
                    Fate::ToldTwice => Some(first.min(second)),
                    _ => Some(self.choose(Field::Report, first, script, roles)),
                }
            }
            Fate::Retyped | Fate::TakenBack => {
                let first = script.say(phone, told, wrong(), self.cast);
                let undone = Undone {
                    events: vec![first],
                    note: None,
                };
                let ms = script.ms + (1 + self.rng.below(9) as i64) * MINUTE_MS;
                script.say(phone, ms, undone, self.cast);
                let anew = fate == Fate::Retyped;
                anew.then(|| script.say(phone, ms + MINUTE_MS, report, self.cast))
            }
            Fate::SentBack | Fate::NotMended => {
                let first = script.say(phone, told, wrong(), self.cast);
                self.send_back(first, script, roles);
                let day = day_of(script.ms) + 1;
                let anew = fate == Fate::SentBack;
                let ms = Hours::Day.begin(day, self.rng);
                anew.then(|| script.say(phone, ms, report, self.cast))
            }
            _ => Some(script.say(phone, told, report, self.cast)),
        };
        let Some(report) = right.filter(|_| fate != Fate::Unverified) else {
            return;
        };
        let verified = Verified {
            report,
            note: self.rng.chance(0.06).then(|| "现场已看，合格".to_owned()),
            photos: Vec::new(),
        };
        let ms = self.at_the_desk(script.ms, 7);
        script.say(roles.desk, ms, verified, self.cast);
    }

    fn report(&mut self, job: &Job, day: Day) -> Reported {
        let with = match self.rng.chance(0.3) {
            true => vec![self.name()],
            false => Vec::new(),
        };
        Reported {
            lines: job.lines.clone(),
            done_on: date_of(day),
            with,
            on_behalf: None,
            note: None,
            snapshot: job.place.clone(),
            photos: Vec::new(),
            checked: job.checked.clone(),
        }
    }

    /// Two decisions that did not know of each other; and for one of the fates a third that ends it.
    fn told_and_called_off(
        &mut self,
        fate: Fate,
        script: &mut Script,
        roles: &Roles,
        told: i64,
        report: Reported,
    ) -> Option<EventId> {
        let saw = script.heads();
        let report = script.say(roles.phone, told, report, self.cast);
        let ms = script.ms + (1 + self.rng.below(60) as i64) * MINUTE_MS;
        let reason = Some("居民来电称已自行处理".to_owned());
        script.say_knowing(saw, roles.desk, ms, Cancelled { reason }, self.cast);
        let ends = fate == Fate::CalledOffTooLate;
        ends.then(|| self.choose(Field::Stage, report, script, roles))
    }

    /// A supervisor ends a conflict.
    fn choose(
        &mut self,
        field: Field,
        event: EventId,
        script: &mut Script,
        roles: &Roles,
    ) -> EventId {
        let resolved = Resolved {
            choices: vec![Choice { field, event }],
            note: Some("以现场核实为准".to_owned()),
        };
        let ms = self.at_the_desk(script.ms, 3);
        script.say(roles.desk, ms, resolved, self.cast);
        event
    }

    fn send_back(&mut self, report: EventId, script: &mut Script, roles: &Roles) {
        let returned = Returned {
            report,
            reason: REASONS[self.rng.below(REASONS.len())].to_owned(),
            photos: Vec::new(),
        };
        let ms = self.at_the_desk(script.ms, 4);
        script.say(roles.desk, ms, returned, self.cast);
    }

    /// Some workdays later at a desk; in the last days as soon as it can be.
    fn at_the_desk(&mut self, after: i64, days: usize) -> i64 {
        let next = day_of(after) + 1;
        let wished = workday_from(next + self.rng.below(days) as i64);
        for day in [wished, workday_from(next)] {
            let ms = desk(day, self.rng);
            if ms < END_MS - 30 * MINUTE_MS {
                return ms;
            }
        }
        let soon = after + (4 + self.rng.below(8) as i64) * MINUTE_MS;
        soon.min(END_MS)
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
