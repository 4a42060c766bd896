//! Tables: at a time, an input, and the effects in words.

use super::super::*;
use crate::ids::DeviceId;
use crate::log::testkit::{CITY, device_id, event_id, task_uid};
use crate::log::{Draft, Event, Moment, Noted, Stamp, Subject};
use crate::sync::{Answer, Digest, Head, Held, Receipt, Refused, Verdict, content};
use std::sync::Arc;

/// The device's clock at time 0 of a table, in milliseconds since 1970.
pub(super) const NOON: i64 = 1_714_698_764_000;

/// Event `seq` of device `n`: `a1` is (0, 1), `b7` is (1, 7).
pub(super) fn event(n: u8, seq: u64) -> Arc<Event> {
    let stamp = Stamp {
        id: event_id(n, seq),
        device: device_id(n),
        seq,
        actor: "crew-1".into(),
        at: Moment::from_millis(NOON, 480).unwrap(),
        offset_ms: 0,
    };
    let kind = Noted {
        text: "x".into(),
        asset: None,
        photos: Vec::new(),
    };
    let draft = Draft::new(Subject::Task(task_uid(n)), kind);
    draft.seal(CITY, stamp, &[]).unwrap().into()
}

pub(super) fn events(n: u8, seqs: impl IntoIterator<Item = u64>) -> Vec<Arc<Event>> {
    seqs.into_iter().map(|seq| event(n, seq)).collect()
}

pub(super) fn device(n: u8) -> DeviceId {
    device_id(n)
}

/// What is stored on a phone of account `a`, logged in, with these events unsent.
pub(super) fn kept(unsent: impl IntoIterator<Item = u64>) -> Kept {
    Kept {
        city: CITY.into(),
        here: [device(0)].into(),
        session: Some(device(0)),
        outbox: events(0, unsent).into_iter().map(|e| (e, None)).collect(),
        ..Kept::default()
    }
}

pub(super) fn receipt(event: &Event, verdict: Verdict) -> Receipt {
    Receipt::new(event, verdict)
}

pub(super) fn accepted(place: u64) -> Verdict {
    let chain = Digest([7; 32]);
    Verdict::Accepted { place, chain }
}

pub(super) fn waiting(missing: u64) -> Verdict {
    Verdict::Waiting { missing }
}

pub(super) fn held() -> Verdict {
    let first = Digest([1; 32]);
    Verdict::Held(Held::OtherContent { first })
}

pub(super) fn refused() -> Verdict {
    Verdict::Refused(Refused::Size { bytes: 2, most: 1 })
}

/// The server's answers about events of device `a`, when its clock is that of the table.
pub(super) fn answered(ticket: u64, of: impl IntoIterator<Item = (u64, Verdict)>) -> Input {
    let answer = |(seq, verdict)| Answer {
        receipt: receipt(&event(0, seq), verdict),
        again: false,
    };
    Input::PushAnswered {
        ticket: Ticket(ticket),
        answers: of.into_iter().map(answer).collect(),
        server_ms: NOON,
    }
}

pub(super) fn push_failed(ticket: u64, failure: Failure) -> Input {
    let ticket = Ticket(ticket);
    Input::PushFailed { ticket, failure }
}

pub(super) fn pull_failed(ticket: u64, failure: Failure) -> Input {
    let ticket = Ticket(ticket);
    Input::PullFailed { ticket, failure }
}

pub(super) fn stored(ticket: u64, ok: bool) -> Input {
    let ticket = Ticket(ticket);
    Input::Stored { ticket, ok }
}

/// Where the order stands after these events.
pub(super) fn head(events: &[Arc<Event>]) -> Head {
    let start = Head::start(CITY);
    events.iter().fold(start, |at, e| at.followed_by(e.raw()))
}

/// The events of this order from `from` to before `to`, on a page.
pub(super) fn page(order: &[Arc<Event>], from: usize, to: usize) -> Page {
    Page {
        events: order[from..to].to_vec(),
        next: head(&order[..to]),
        head: head(order),
    }
}

pub(super) fn pulled(ticket: u64, page: Page) -> Input {
    Input::Pulled {
        ticket: Ticket(ticket),
        page,
        server_ms: NOON,
    }
}

fn name(event: &Event) -> String {
    let (device, seq) = event.number().unwrap();
    let letter = (0..4).find(|n| device_id(*n) == device).unwrap();
    format!("{}{seq}", char::from(b'a' + letter))
}

fn names(events: &[Arc<Event>]) -> String {
    let names: Vec<_> = events.iter().map(|e| name(e)).collect();
    names.join(" ")
}

/// An effect in words; times count from [`NOON`].
fn said(effect: &Effect) -> String {
    match effect {
        Effect::Push { ticket, events } => format!("push#{}: {}", ticket.0, names(events)),
        Effect::Pull { ticket, after } => format!("pull#{} after {}", ticket.0, after.place),
        Effect::Snapshot { ticket } => format!("snapshot#{}", ticket.0),
        Effect::WaitUntil { at } => format!("wake at {}", at - NOON),
        Effect::Show(shown) => {
            let mut said = format!("{:?}", shown.status);
            let more = shown.put_back > 0 && !matches!(shown.status, Status::PutBack { .. });
            if more {
                said += &format!(", {} put back", shown.put_back);
            }
            if shown.storage_failed {
                said += ", storage failed";
            }
            if let Some(ms) = shown.skew_ms {
                said += &format!(", skew {ms}");
            }
            said
        }
        Effect::Store { ticket, store } => {
            let known = |it: Digest| {
                let all = (1..9).flat_map(|seq| (0..3).map(move |n| event(n, seq)));
                let mut found = all.filter(|e| content(e.raw()) == it);
                name(&found.next().unwrap())
            };
            let verdict = |r: &Receipt| {
                let verdict = match &r.verdict {
                    Verdict::Accepted { place, .. } => format!("at {place}"),
                    Verdict::Waiting { missing } => format!("waits for {missing}"),
                    Verdict::Held(_) => "held".into(),
                    Verdict::Refused(_) => "refused".into(),
                };
                format!(" {} {verdict},", known(r.content))
            };
            let mut said = format!("store#{}:", ticket.0);
            if !store.events.is_empty() {
                said += &format!(" {},", names(&store.events));
            }
            said.extend(store.receipts.iter().map(verdict));
            for passed in &store.passed {
                said += &format!(" {} passed,", known(*passed));
            }
            if let Some(cursor) = store.cursor {
                said += &format!(" cursor {}", cursor.place);
            }
            said.trim_end_matches(',').to_owned()
        }
    }
}

/// One line of a table: the device's clock (ms from [`NOON`]), what happens, and what is
/// to be done. Waking times are left out unless the line asks for one.
pub(super) type Line<'a> = (i64, Input, &'a [&'a str]);

/// Runs a table on a machine that starts with `kept`; the random number is always 0, so
/// that each pause is the shortest there can be.
#[track_caller]
pub(super) fn check(kept: Kept, table: &[Line<'_>]) -> Machine {
    let (mut machine, _) = Machine::start(kept);
    for (n, (at, input, expect)) in table.iter().enumerate() {
        let effects = machine.take(input.clone(), NOON + at, 0);
        let wakes = expect.iter().any(|line| line.starts_with("wake"));
        let said: Vec<_> = (effects.iter())
            .filter(|effect| wakes || !matches!(effect, Effect::WaitUntil { .. }))
            .map(said)
            .collect();
        assert_eq!(said, *expect, "line {n}: {input:?}");
    }
    machine
}
