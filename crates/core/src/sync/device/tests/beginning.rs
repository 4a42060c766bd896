//! A new device begins with a snapshot.

use super::super::*;
use super::kit::*;
use Failure::{Network, Unauthorised};

fn new(unsent: impl IntoIterator<Item = u64>) -> Kept {
    Kept {
        is_new: true,
        ..kept(unsent)
    }
}

fn began(ticket: u64, head: Option<crate::sync::Head>) -> Input {
    let ticket = Ticket(ticket);
    Input::Began { ticket, head }
}

#[test]
fn what_follows_the_snapshot_is_fetched_and_its_chain_followed() {
    let order = events(1, 1..=5);
    let machine = check(
        new([]),
        &[
            (0, Input::Online, &["snapshot#1"]),
            (0, Input::News { place: 4 }, &[]),
            (1, began(1, Some(head(&order[..3]))), &["pull#2 after 3"]),
            (
                2,
                pulled(2, page(&order, 3, 5)),
                &["store#3: b4 b5, cursor 5"],
            ),
            (3, stored(3, true), &[]),
        ],
    );
    assert_eq!(machine.place(), Some(5));
}

/// A stream from the beginning on would bring what the snapshot is there to spare it.
#[test]
fn nothing_is_streamed_to_it_before_it_has_begun() {
    let (machine, _) = Machine::start(new([]));
    assert_eq!(machine.place(), None);
    let begins = [(0, Input::Online, &["snapshot#1"][..])];
    assert_eq!(check(new([]), &begins).place(), None);
    let (machine, _) = Machine::start(kept([]));
    assert_eq!(machine.place(), Some(0), "one that has begun long ago");
}

#[test]
fn where_there_is_none_it_begins_at_the_beginning() {
    check(
        new([]),
        &[
            (0, Input::Online, &["snapshot#1"]),
            (1, began(1, None), &["pull#2 after 0"]),
        ],
    );
}

#[test]
fn it_is_asked_for_again_after_a_login_and_not_for_ever() {
    check(
        new([]),
        &[
            (0, Input::Online, &["snapshot#1"]),
            (1, pull_failed(1, Unauthorised), &["LoginNeeded { n: 0 }"]),
            (
                2,
                Input::LoggedIn { device: device(0) },
                &["snapshot#2", "SavedHere { n: 0 }"],
            ),
            (3, pull_failed(2, Network), &[]),
            (4, Input::TryAgain, &["snapshot#3"]),
            (5, pull_failed(3, Network), &[]),
            (6, Input::TryAgain, &["snapshot#4"]),
            (7, pull_failed(4, Network), &[]),
            (8, Input::TryAgain, &["pull#5 after 0"]),
        ],
    );
}

#[test]
fn work_is_sent_meanwhile_and_a_late_answer_changes_nothing() {
    let order = events(1, 1..=3);
    let machine = check(
        new([1]),
        &[
            (
                0,
                Input::Online,
                &["snapshot#1", "push#2: a1", "Sending { n: 1 }"],
            ),
            (1, answered(2, [(1, accepted(9))]), &["store#3: a1 at 9"]),
            (2, stored(3, true), &["AllSent { at: 1714698764001 }"]),
            (3, pull_failed(1, Network), &[]),
            (4, began(1, Some(head(&order))), &[]),
        ],
    );
    assert_eq!(machine.place(), None, "it may still begin with one");
}
