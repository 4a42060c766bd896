//! Snapshots: what is in them, and that nothing of a damaged one is believed.

use super::super::*;
use crate::ledger::Cell;
use crate::log::testkit::{CITY, Phone, asset_uid, line, on_asset, plotted, report, task_uid};
use crate::log::{Cancelled, Event, Kind};
use crate::task::{Task, Tasks};
use std::collections::BTreeSet;

/// A task that is open, one that is done, one that was called off.
fn log() -> Phone {
    let mut p = Phone::new(1);
    for n in 1..=3 {
        p.on_task(n, plotted("drain-clear", on_asset(n)));
    }
    p.on_task(
        2,
        report(vec![line("drain-clear", "1", "pcs")], "2024-05-03"),
    );
    let reason = "x".to_owned();
    p.on_task(
        3,
        Kind::from(Cancelled {
            reason: Some(reason),
        }),
    );
    p
}

fn made(phone: &Phone) -> (Head, Vec<u8>) {
    let (head, written) = written(phone);
    (head, written.part(Part::Whole).unwrap())
}

fn written(phone: &Phone) -> (Head, Written) {
    let tasks = Tasks::from_log(&phone.log, BTreeSet::new());
    let events: Vec<_> = phone.log.events().collect();
    let head = events
        .iter()
        .fold(Head::start(CITY), |at, e| at.followed_by(e.raw()));
    let (needed, rest): (Vec<&Task>, Vec<_>) =
        tasks.iter().map(|t| &**t).partition(|t| is_of_interest(t));
    let events = needed.iter().flat_map(|t| &t.events).map(|e| &*e.event);
    let cells = rest.into_iter().filter_map(Cell::of);
    (head, write_snapshot(CITY, head, events, cells).unwrap())
}

#[test]
fn it_holds_what_is_open_and_what_the_rest_adds_up_to() {
    let phone = log();
    let (head, bytes) = made(&phone);
    let read = read_snapshot(CITY, &bytes).unwrap();
    assert_eq!((read.head, read.events.len()), (head, 1));
    assert_eq!(
        read.events[0].raw(),
        phone.log.events().next().unwrap().raw()
    );
    assert_eq!(read.done, [asset_uid(2)]);
    let cells = read_cells(CITY, &bytes).unwrap().unwrap();
    let [cell] = &cells[..] else {
        panic!("{cells:?}")
    };
    assert_eq!((cell.what.verified, &cell.assets), (false, &read.done));
    assert_eq!(cell.what.lines.len(), 1);
}

/// As many as there are closed tasks, and of what was done at each only what differs.
#[test]
fn a_cell_for_each_and_what_was_done_once() {
    let mut p = log();
    for (n, quantity) in [(4, "1"), (5, "2"), (6, "1")] {
        p.on_task(n, plotted("drain-clear", on_asset(n)));
        let line = line("drain-clear", quantity, "pcs");
        p.on_task(n, report(vec![line], "2024-05-04"));
    }
    let (_, bytes) = made(&p);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert_eq!(text.matches(r#""quantity""#).count(), 2, "{text}");
    let tasks = Tasks::from_log(&p.log, BTreeSet::new());
    let cells: Vec<Cell> = tasks.iter().filter_map(|t| Cell::of(t)).collect();
    assert_eq!(read_cells(CITY, &bytes), Ok(Some(cells)));
}

#[test]
fn it_can_be_had_in_two_parts_that_say_the_same() {
    let (_, written) = written(&log());
    let [whole, work, cells] =
        [Part::Whole, Part::Work, Part::Cells].map(|part| written.part(part).unwrap());
    assert_eq!(read_snapshot(CITY, &work), read_snapshot(CITY, &whole));
    assert_eq!(read_cells(CITY, &cells), read_cells(CITY, &whole));
    assert_eq!(read_cells(CITY, &work), Ok(Some(vec![])));
    let only_cells = read_snapshot(CITY, &cells).unwrap();
    assert_eq!((only_cells.events, only_cells.done), (vec![], vec![]));
    assert!(
        work.len() + cells.len() < whole.len() + 300,
        "a header more"
    );
}

/// What other programs, and phones of another version, find at its beginning.
#[test]
fn its_header_says_what_it_is() {
    let (head, bytes) = made(&log());
    let text = String::from_utf8(bytes).unwrap();
    let (header, rest) = text.split_once('\n').unwrap();
    let (_, after) = header.split_once(r#""crc32":""#).unwrap();
    let crc32 = &after[..8];
    let expected = format!(
        r#"{{"format":"mendmap-snapshot","v":2,"city":"220382","count":1,"crc32":"{crc32}","fold":{FOLD},"whats":1,"cells":1,"place":5,"chain":"{}"}}"#,
        head.chain
    );
    assert_eq!(header, expected);
    let lines: Vec<_> = rest.lines().collect();
    let [_event, done, what, cell] = lines[..] else {
        panic!("{rest}")
    };
    let (task, asset) = (task_uid(2), asset_uid(2));
    assert_eq!(done, format!(r#"["{asset}"]"#));
    assert_eq!(
        what,
        r#"{"work":"drain-clear","lines":[{"work":"drain-clear","quantity":"1","unit":"pcs","measured":"counted"}]}"#
    );
    assert_eq!(cell, format!(r#"["{task}","2024-05-03",0,["{asset}"]]"#));
}

#[test]
fn what_another_fold_added_up_is_not_believed() {
    let (_, bytes) = made(&log());
    let other = format!(r#""fold":{}"#, FOLD + 1);
    let text = String::from_utf8(bytes.clone()).unwrap();
    let text = text.replacen(&format!(r#""fold":{FOLD}"#), &other, 1);
    let read = read_snapshot(CITY, text.as_bytes()).unwrap();
    assert!(!read.is_whole && read.done.is_empty());
    assert_eq!(read_cells(CITY, text.as_bytes()), Ok(None));
    assert_eq!(read.events, events_of(&bytes));
}

#[test]
fn no_part_of_a_damaged_one_is_believed() {
    let (_, bytes) = made(&log());
    assert_eq!(read_snapshot("110000", &bytes), Err(SnapshotError::City));
    for end in 0..bytes.len() {
        assert!(read_snapshot(CITY, &bytes[..end]).is_err(), "cut at {end}");
        assert!(read_cells(CITY, &bytes[..end]).is_err(), "cut at {end}");
    }
    for at in 0..bytes.len() {
        let mut other = bytes.clone();
        other[at] ^= 1;
        let read = read_snapshot(CITY, &other);
        // A place and a chain of the header are checked by whoever fetches what follows.
        let in_head = read.as_ref().is_ok_and(|s| s.events == events_of(&bytes));
        assert!(read.is_err() || in_head, "turned at {at}");
    }
}

fn events_of(bytes: &[u8]) -> Vec<Event> {
    read_snapshot(CITY, bytes).unwrap().events
}
