//! A year that is stirred: work is given to others before and after it was reported, known to who
//! reports and not, taken back, taken from everybody, disputed; and clocks stand in other zones.

use jiff::tz::Offset;
use mendmap_core::log::{Event, Moment};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Crews that work is given to.
const CREWS: [&str; 4] = ["road-1", "drain-1", "drain-2", "lamp-1"];

/// Minutes east of UTC that clocks are put to. The day on a wall there is often another one.
const ZONES: [i32; 4] = [840, 345, 0, -600];

/// Numbers by chance, after SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

/// The events of one log, as JSON, and what is written beside them.
struct Stir {
    dice: Dice,
    written: u64,
    new: Vec<Value>,
}

/// The same events and more. A third of the tasks are given out otherwise than they were.
pub(super) fn stirred(events: &[Event], seed: u64) -> Vec<Event> {
    let mut all: Vec<Value> = events
        .iter()
        .map(|event| serde_json::from_slice(event.raw()).unwrap())
        .collect();
    let mut tasks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, event) in all.iter().enumerate() {
        if let Some(task) = event["subject"]["task"].as_str() {
            tasks.entry(task.to_owned()).or_default().push(at);
        }
    }
    let mut stir = Stir {
        dice: Dice(seed),
        written: 0,
        new: Vec::new(),
    };
    for of_task in tasks.values() {
        if stir.dice.below(3) == 0 {
            stir.task(&mut all, of_task);
        }
    }
    all.append(&mut stir.new);
    for event in &mut all {
        if stir.dice.below(4) == 0 {
            let at: Moment = event["at"].as_str().unwrap().parse().unwrap();
            let zone = ZONES[stir.dice.below(ZONES.len())];
            let offset = Offset::from_seconds(zone * 60).unwrap();
            event["at"] = Moment::new(at.utc, offset).to_string().into();
        }
    }
    let read = |event: Value| Event::read(event.to_string().into_bytes());
    all.into_iter().map(read).collect()
}

impl Stir {
    fn task(&mut self, all: &mut [Value], of_task: &[usize]) {
        let ways = ["plotted", "found", "dispatched", "returned"];
        let is_way = |at: &&usize| ways.contains(&all[**at]["kind"].as_str().unwrap());
        let behind: Vec<usize> = of_task.iter().filter(is_way).copied().collect();
        let behind = all[behind[self.dice.below(behind.len())]].clone();
        let id = behind["id"].clone();
        let known: Vec<Value> = match self.dice.below(8) {
            // Whoever comes after it knows it.
            0 => vec![self.dispatched(&behind, &[&id])],
            // Nobody does.
            1 => {
                self.dispatched(&behind, &[&id]);
                return;
            }
            // It comes last.
            2 => {
                self.last(all, of_task);
                return;
            }
            3 => {
                let mistaken = self.dispatched(&behind, &[&id]);
                let back = json!({ "events": [mistaken] });
                vec![self.said(&behind, "undone", back, &[&mistaken])]
            }
            4 => vec![self.said(&behind, "edited", json!({ "cleared": ["crew"] }), &[&id])],
            5 => {
                let crew = json!({ "crew": self.crew() });
                vec![self.said(&behind, "edited", crew, &[&id])]
            }
            // Two did not know of each other, and who comes after them knows both.
            6 => [(); 2].map(|()| self.dispatched(&behind, &[&id])).to_vec(),
            // And somebody decides it in the end.
            _ => {
                let both = [(); 2].map(|()| self.dispatched(&behind, &[&id]));
                self.seen(all, of_task, &id, &both);
                let heads = heads(all, of_task, &both);
                let choice = json!({ "choices": [{ "field": "crew", "event": both[0] }] });
                self.said(
                    &behind,
                    "resolved",
                    choice,
                    &heads.iter().collect::<Vec<_>>(),
                );
                return;
            }
        };
        self.seen(all, of_task, &id, &known);
    }

    /// Gives a task to some crew when all else is said.
    fn last(&mut self, all: &[Value], of_task: &[usize]) {
        let heads = heads(all, of_task, &[]);
        self.dispatched(&all[of_task[0]], &heads.iter().collect::<Vec<_>>());
    }

    /// Whoever saw an event saw these in its place.
    fn seen(&self, all: &mut [Value], of_task: &[usize], id: &Value, known: &[Value]) {
        for at in of_task {
            let saw = all[*at]["saw"].as_array_mut().unwrap();
            if saw.contains(id) {
                saw.retain(|parent| parent != id);
                saw.extend(known.iter().cloned());
                saw.sort_unstable_by_key(|id| id.as_str().unwrap().to_owned());
            }
        }
    }

    fn crew(&mut self) -> &'static str {
        CREWS[self.dice.below(CREWS.len())]
    }

    fn dispatched(&mut self, like: &Value, saw: &[&Value]) -> Value {
        let crew = json!({ "crew": self.crew() });
        self.said(like, "dispatched", crew, saw)
    }

    /// Writes an event about the same task, on a desktop of its own; its id.
    fn said(&mut self, like: &Value, kind: &str, fields: Value, saw: &[&Value]) -> Value {
        self.written += 1;
        let id = json!(format!("0190c0de-0000-7000-8000-{:012x}", self.written));
        let mut saw: Vec<&str> = saw.iter().map(|id| id.as_str().unwrap()).collect();
        saw.sort_unstable();
        let mut event = json!({
            "v": 1, "id": id, "city": like["city"], "subject": like["subject"],
            "device": "0190c0de-0000-7000-9000-000000000001", "seq": self.written,
            "actor": "demo-supervisor", "at": like["at"], "offset_ms": 0, "saw": saw,
            "kind": kind,
        });
        for (name, value) in fields.as_object().unwrap() {
            event[name] = value.clone();
        }
        self.new.push(event);
        id
    }
}

/// The events of a task, and some that are new, that nobody has seen.
fn heads(all: &[Value], of_task: &[usize], new: &[Value]) -> Vec<Value> {
    let events = || of_task.iter().map(|at| &all[*at]);
    let seen: BTreeSet<&str> = events()
        .flat_map(|event| event["saw"].as_array().unwrap())
        .map(|id| id.as_str().unwrap())
        .collect();
    let ids = events().map(|event| &event["id"]).chain(new);
    let unseen = ids.filter(|id| !seen.contains(id.as_str().unwrap()));
    unseen.cloned().collect()
}
