//! Fetching: pages, the cursor, the chain.

use super::super::*;
use super::kit::*;
use crate::log::Event;
use crate::sync::{Digest, Head, Verdict};
use std::sync::Arc;

#[test]
fn the_cursor_moves_with_the_stored_events_and_not_before() {
    let order = events(1, 1..=3);
    check(
        kept([]),
        &[
            (0, Input::Online, &["pull#1 after 0"]),
            (
                1,
                pulled(1, page(&order, 0, 2)),
                &["store#2: b1 b2, cursor 2"],
            ),
            (2, Input::News { place: 3 }, &[]),
            (
                3,
                stored(2, false),
                &["wake at 1003", "SavedHere { n: 0 }, storage failed"],
            ),
            (1_003, Input::Tick, &["pull#3 after 0"]),
            (
                1_004,
                pulled(3, page(&order, 0, 2)),
                &["store#4: b1 b2, cursor 2"],
            ),
            (
                1_005,
                stored(4, true),
                &["pull#5 after 2", "SavedHere { n: 0 }"],
            ),
            (
                1_006,
                pulled(5, page(&order, 2, 3)),
                &["store#6: b3, cursor 3"],
            ),
            (1_007, stored(6, true), &["wake at 31007"]),
        ],
    );
}

#[test]
fn news_are_fetched_at_once_and_old_news_are_not() {
    let order = events(1, 1..=1);
    check(
        kept([]),
        &[
            (0, Input::Online, &["pull#1 after 0"]),
            (1, pulled(1, page(&order, 0, 1)), &["store#2: b1, cursor 1"]),
            (2, stored(2, true), &[]),
            (3, Input::News { place: 1 }, &[]),
            (4, Input::News { place: 2 }, &["pull#3 after 1"]),
        ],
    );
}

#[test]
fn ones_own_event_in_its_place_is_a_receipt() {
    let order = [event(1, 1), event(0, 1)];
    check(
        kept([1]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1", "Sending { n: 1 }"],
            ),
            (
                1,
                pulled(1, page(&order, 0, 2)),
                &["store#3: b1, a1 at 2, cursor 2"],
            ),
            (
                2,
                stored(3, true),
                &[&format!("AllSent {{ at: {} }}", NOON + 1)],
            ),
            // An older answer does not bring it back.
            (3, answered(2, [(1, waiting(1))]), &[]),
        ],
    );
}

#[test]
fn a_cut_page_is_asked_for_again() {
    let order = events(1, 1..=3);
    let mut cut = page(&order, 0, 3);
    cut.events.pop();
    let mut empty = page(&order, 0, 0);
    empty.events.clear();
    check(
        kept([]),
        &[
            (0, Input::Online, &["pull#1 after 0"]),
            (0, pulled(1, cut), &["wake at 1000"]),
            (1_000, Input::Tick, &["pull#2 after 0"]),
            // More is said to be there, and nothing is given.
            (1_000, pulled(2, empty), &["wake at 3000"]),
            (3_000, Input::Tick, &["pull#3 after 0"]),
            (
                3_000,
                pulled(3, page(&order, 0, 3)),
                &["store#4: b1 b2 b3, cursor 3"],
            ),
        ],
    );
}

/// A page that breaks the chain of a device which has `known` of `order`.
fn breaks(mut start: Kept, known: usize, answer: Page, expect: Break) {
    let order = events(1, 1..=4);
    start.cursor = Some(head(&order[..known]));
    let unsent = start.outbox.len();
    let asks = format!("pull#1 after {known}");
    let shown = format!("ChainBroken({expect:?})");
    let again = format!("pull#3 after {known}");
    let machine = check(
        start,
        &[
            (0, Input::Online, &[&asks, "push#2: a1", "Sending { n: 1 }"]),
            (1, pulled(1, answer), &[&shown]),
            // No fetching any more; sending goes on.
            (2, Input::News { place: 99 }, &[]),
            (2, push_failed(2, Failure::Network), &[]),
            (
                999_999,
                Input::TryAgain,
                &[&again, "push#4: a1", "Sending { n: 1 }"],
            ),
        ],
    );
    assert_eq!(
        machine.outbox.unfinished(),
        unsent,
        "nothing is thrown away"
    );
    assert_eq!(machine.cursor.place, known as u64);
}

#[test]
fn another_history_is_shown_and_stops_fetching() {
    let order = events(1, 1..=4);
    let mut other = order.clone();
    other[0] = event(2, 1);
    // Its past is another than was fetched.
    breaks(kept([1]), 2, page(&other, 2, 4), Break::Hash { place: 4 });
    // It says to stand where the device stands, with another hash.
    breaks(kept([1]), 4, page(&other, 4, 4), Break::Hash { place: 4 });
    // It was put back to an older state.
    let shorter = Break::Shorter { head: 1, cursor: 2 };
    breaks(kept([1]), 2, page(&order[..1], 1, 1), shorter);
    // It gave a receipt for this place, and has another event there.
    let mut promised = kept([1]);
    let chain = Digest([9; 32]);
    let verdict = Verdict::Accepted { place: 3, chain };
    promised.ahead.push(receipt(&event(0, 7), verdict));
    breaks(promised, 2, page(&order, 2, 4), Break::Promise { place: 3 });
}

#[test]
fn a_kept_promise_is_not_stored_twice() {
    let order = [event(0, 1), event(1, 1)];
    let chain = head(&order[..1]).chain;
    let verdict = Verdict::Accepted { place: 1, chain };
    check(
        kept([1]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1", "Sending { n: 1 }"],
            ),
            (1, answered(2, [(1, verdict)]), &["store#3: a1 at 1"]),
            (
                2,
                stored(3, true),
                &[&format!("AllSent {{ at: {} }}", NOON + 1)],
            ),
            (
                3,
                pulled(1, page(&order, 0, 2)),
                &["store#4: b1, a1 passed, cursor 2"],
            ),
        ],
    );
}

/// The verdict on the last of these, which are the order.
fn in_order(order: &[Arc<Event>]) -> Verdict {
    let Head { place, chain } = head(order);
    Verdict::Accepted { place, chain }
}

#[test]
fn what_was_handed_over_is_not_fetched() {
    let order = [
        event(1, 1),
        event(0, 1),
        event(0, 2),
        event(1, 2),
        event(0, 3),
    ];
    let appended = |seq| Input::Appended(vec![event(0, seq)]);
    let mut start = kept([]);
    start.cursor = Some(head(&order[..1]));
    check(
        start,
        &[
            (0, Input::Online, &["pull#1 after 1"]),
            (1, pulled(1, page(&order[..1], 1, 1)), &["wake at 30001"]),
            (2, appended(1), &["push#2: a1", "Sending { n: 1 }"]),
            (3, appended(2), &["Sending { n: 2 }"]),
            // The stream tells of it before the answer does.
            (4, Input::News { place: 2 }, &["wake at 1004"]),
            (
                5,
                answered(2, [(1, in_order(&order[..2]))]),
                &["store#3: a1 at 2, cursor 2"],
            ),
            (6, stored(3, true), &["push#4: a2", "Sending { n: 1 }"]),
            (
                7,
                answered(4, [(2, in_order(&order[..3]))]),
                &["store#5: a2 at 3, cursor 3"],
            ),
            (7, Input::News { place: 3 }, &[]),
            (
                8,
                stored(5, true),
                &[&format!("AllSent {{ at: {} }}", NOON + 7)],
            ),
            (9, Input::News { place: 3 }, &[]),
            // Another's came between: that is fetched, with what is behind it.
            (10, appended(3), &["push#6: a3", "Sending { n: 1 }"]),
            (11, Input::News { place: 5 }, &[]),
            (
                12,
                answered(6, [(3, in_order(&order))]),
                &["store#7: a3 at 5"],
            ),
            (
                13,
                stored(7, true),
                &[
                    "pull#8 after 3",
                    &format!("AllSent {{ at: {} }}", NOON + 12),
                ],
            ),
            (
                14,
                pulled(8, page(&order, 3, 5)),
                &["store#9: b2, a3 passed, cursor 5"],
            ),
        ],
    );
}

#[test]
fn a_receipt_of_another_history_does_not_move_the_cursor() {
    let order = events(1, 1..=1);
    check(
        kept([]),
        &[
            (0, Input::Online, &["pull#1 after 0"]),
            (1, pulled(1, page(&[], 0, 0)), &["wake at 30001"]),
            (
                2,
                Input::Appended(vec![event(0, 1)]),
                &["push#2: a1", "Sending { n: 1 }"],
            ),
            (3, answered(2, [(1, accepted(1))]), &["store#3: a1 at 1"]),
            (
                4,
                stored(3, true),
                &[&format!("AllSent {{ at: {} }}", NOON + 3)],
            ),
            (5, Input::News { place: 1 }, &["pull#4 after 0"]),
            (
                6,
                pulled(4, page(&order, 0, 1)),
                &[&format!("ChainBroken({:?})", Break::Promise { place: 1 })],
            ),
        ],
    );
}

#[test]
fn pages_wait_for_the_cursor_and_news_for_no_answer_without_end() {
    let order = [event(0, 1), event(1, 1)];
    check(
        kept([]),
        &[
            (0, Input::Online, &["pull#1 after 0"]),
            (1, pulled(1, page(&[], 0, 0)), &["wake at 30001"]),
            (
                2,
                Input::Appended(vec![event(0, 1)]),
                &["push#2: a1", "Sending { n: 1 }"],
            ),
            (3, Input::News { place: 2 }, &["wake at 1003"]),
            (4, Input::News { place: 2 }, &["wake at 1003"]),
            (
                5,
                answered(2, [(1, in_order(&order[..1]))]),
                &["store#3: a1 at 1, cursor 1"],
            ),
            (1_003, Input::Tick, &[]),
            (
                1_004,
                stored(3, false),
                &["pull#4 after 0", "Waiting { n: 1 }, storage failed"],
            ),
            (
                2_004,
                Input::Tick,
                &["push#5: a1", "Sending { n: 1 }, storage failed"],
            ),
            // Where a page comes it moves the cursor, and no receipt does.
            (
                2_005,
                answered(5, [(1, in_order(&order[..1]))]),
                &["store#6: a1 at 1"],
            ),
            (
                2_006,
                pulled(4, page(&order, 0, 2)),
                &["store#7: b1, a1 at 1, cursor 2"],
            ),
        ],
    );
}

#[test]
fn news_that_come_while_a_page_does_are_fetched_after_it() {
    let order = events(1, 1..=2);
    check(
        kept([]),
        &[
            (0, Input::Online, &["pull#1 after 0"]),
            (1, Input::News { place: 2 }, &[]),
            (
                2,
                pulled(1, page(&order[..1], 0, 1)),
                &["store#2: b1, cursor 1"],
            ),
            (3, stored(2, true), &["pull#3 after 1"]),
            // And not for ever, where the stream has told what is not so.
            (4, pulled(3, page(&order[..1], 1, 1)), &["wake at 30004"]),
        ],
    );
}
