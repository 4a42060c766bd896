//! What is said once it is done: by the crew, and by whoever looks at that.

use super::calendar::{Day, END_MS, Hours, MINUTE_MS, date_of, day_of, desk, workday_from};
use super::fates::{Fate, less};
use super::jobs::Job;
use super::play::{Play, Roles};
use super::script::Script;
use crate::ids::EventId;
use crate::log::{Cancelled, Choice, Field, Reported, Resolved, Returned, Undone, Verified};

const REASONS: [&str; 5] = [
    "数量与现场不符，请重新丈量",
    "照片看不清，请重拍后再报",
    "边角未处理，需返工",
    "现场未清理干净",
    "位置标错，请核对",
];
impl Play<'_> {
    /// What was done, told by the crew, and what a supervisor says to it.
    pub(super) fn close(
        &mut self,
        job: &Job,
        fate: Fate,
        script: &mut Script,
        roles: &Roles,
        end: i64,
    ) {
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
