//! Sending: batches, receipts, pauses.

use super::super::*;
use super::kit::*;
use Failure::{Garbled, Network, Server, TooLarge};

fn appended(seqs: impl IntoIterator<Item = u64>) -> Input {
    Input::Appended(events(0, seqs))
}

#[test]
fn an_event_is_sent_and_then_forgotten_once_its_receipt_is_stored() {
    check(
        kept([]),
        &[
            (0, Input::Online, &["pull#1 after 0", "wake at 60000"]),
            (0, appended([1]), &["push#2: a1", "Sending { n: 1 }"]),
            (5, answered(2, [(1, accepted(1))]), &["store#3: a1 at 1"]),
            (
                9,
                stored(3, true),
                &[&format!("AllSent {{ at: {} }}", NOON + 5)],
            ),
            (9, Input::Tick, &[]),
        ],
    );
}

#[test]
fn nothing_is_asked_before_a_server_can_be_reached() {
    check(
        kept([1]),
        &[
            (0, appended([2]), &["Waiting { n: 2 }"]),
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1 a2", "Sending { n: 2 }"],
            ),
            (1, push_failed(2, Network), &["Waiting { n: 2 }"]),
            (2, Input::Offline, &[]),
            (9_000, Input::Tick, &[]),
            (9_001, Input::Online, &["push#3: a1 a2", "Sending { n: 2 }"]),
        ],
    );
}

#[test]
fn what_could_not_be_stored_is_not_so() {
    check(
        kept([1]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1", "Sending { n: 1 }"],
            ),
            (1, answered(2, [(1, accepted(1))]), &["store#3: a1 at 1"]),
            (
                2,
                stored(3, false),
                &["wake at 1002", "Waiting { n: 1 }, storage failed"],
            ),
            (1_001, Input::Tick, &[]),
            (
                1_002,
                Input::Tick,
                &["push#4: a1", "Sending { n: 1 }, storage failed"],
            ),
            (
                1_003,
                answered(4, [(1, accepted(1))]),
                &["store#5: a1 at 1"],
            ),
            (
                1_004,
                stored(5, true),
                &[&format!("AllSent {{ at: {} }}", NOON + 1_003)],
            ),
        ],
    );
}

#[test]
fn one_request_is_under_way_and_what_comes_meanwhile_goes_with_the_next() {
    check(
        kept([1]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1", "Sending { n: 1 }"],
            ),
            (0, appended([2, 3]), &["Sending { n: 3 }"]),
            (1, answered(2, [(1, accepted(1))]), &["store#3: a1 at 1"]),
            (1, appended([4]), &["Sending { n: 4 }"]),
            (
                2,
                stored(3, true),
                &["push#4: a2 a3 a4", "Sending { n: 3 }"],
            ),
        ],
    );
}

#[test]
fn an_answer_to_another_request_says_nothing() {
    let first = || answered(2, [(1, accepted(1))]);
    check(
        kept([1]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1", "Sending { n: 1 }"],
            ),
            (1, push_failed(2, Network), &["Waiting { n: 1 }"]),
            (2, first(), &[]),
            (2_000, Input::Tick, &["push#3: a1", "Sending { n: 1 }"]),
            (2_001, first(), &[]),
            (2_001, push_failed(2, Network), &[]),
            (
                2_002,
                answered(3, [(1, accepted(1))]),
                &["store#4: a1 at 1"],
            ),
            (2_003, answered(3, [(1, accepted(1))]), &[]),
            (2_003, stored(3, true), &[]),
            (
                2_004,
                stored(4, true),
                &[&format!("AllSent {{ at: {} }}", NOON + 2_002)],
            ),
            (2_005, stored(4, true), &[]),
        ],
    );
}

#[test]
fn what_a_cut_answer_leaves_out_is_sent_again() {
    check(
        kept([1, 2]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1 a2", "Sending { n: 2 }"],
            ),
            (1, answered(2, [(1, accepted(1))]), &["store#3: a1 at 1"]),
            (2, stored(3, true), &["push#4: a2", "Sending { n: 1 }"]),
            // Nothing at all would be asked for ever without a pause.
            (3, answered(4, []), &["wake at 1003", "Waiting { n: 1 }"]),
            (1_003, Input::Tick, &["push#5: a2", "Sending { n: 1 }"]),
            // Nor does an answer about something else settle anything.
            (
                1_004,
                answered(5, [(7, accepted(1))]),
                &["Waiting { n: 1 }"],
            ),
        ],
    );
}

#[test]
fn too_large_is_halved_and_the_one_that_cannot_be_is_put_aside() {
    let all_but_one = "Waiting { n: 3 }, 1 put back";
    check(
        kept([1, 2, 3, 4]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1 a2 a3 a4", "Sending { n: 4 }"],
            ),
            (1, push_failed(2, TooLarge), &["push#3: a1 a2"]),
            (2, push_failed(3, TooLarge), &["push#4: a1"]),
            (
                3,
                push_failed(4, TooLarge),
                &["push#5: a2", "Sending { n: 3 }, 1 put back"],
            ),
            (4, push_failed(5, Network), &[all_but_one]),
            // A person may know that the server takes more now.
            (
                5,
                Input::TryAgain,
                &["push#6: a1 a2 a3 a4", "Sending { n: 4 }"],
            ),
        ],
    );
}

#[test]
fn a_request_has_a_most() {
    let (mut machine, _) = Machine::start(kept(1..=120));
    let effects = machine.take(Input::Online, NOON, 0);
    let sent = effects.iter().find_map(|effect| match effect {
        Effect::Push { events, .. } => Some(events.len()),
        _ => None,
    });
    assert_eq!(sent, Some(BATCH_COUNT));
}

#[test]
fn pauses_double_and_a_server_may_ask_for_longer() {
    let server = |ms| Server {
        retry_after_ms: Some(ms),
    };
    check(
        kept([1]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1", "Sending { n: 1 }"],
            ),
            (
                0,
                pull_failed(1, Failure::Unauthorised),
                &["LoginNeeded { n: 1 }"],
            ),
            (
                0,
                Input::LoggedIn { device: device(0) },
                &["pull#3 after 0", "Sending { n: 1 }"],
            ),
            (0, pulled(3, page(&[], 0, 0)), &["wake at 30000"]),
            (
                0,
                push_failed(2, Network),
                &["wake at 1000", "Waiting { n: 1 }"],
            ),
            (1_000, Input::Tick, &["push#4: a1", "Sending { n: 1 }"]),
            (
                1_000,
                push_failed(4, Garbled),
                &["wake at 3000", "Waiting { n: 1 }"],
            ),
            (3_000, Input::Tick, &["push#5: a1", "Sending { n: 1 }"]),
            (
                3_000,
                push_failed(5, server(9_000)),
                &["wake at 12000", "Waiting { n: 1 }"],
            ),
            (12_000, Input::Tick, &["push#6: a1", "Sending { n: 1 }"]),
            // Less than our own pause is not less.
            (
                12_000,
                push_failed(6, server(1)),
                &["wake at 20000", "Waiting { n: 1 }"],
            ),
        ],
    );
}

#[test]
fn an_answer_is_not_waited_for_without_end() {
    check(
        kept([1]),
        &[
            (
                0,
                Input::Online,
                &[
                    "pull#1 after 0",
                    "push#2: a1",
                    "wake at 60000",
                    "Sending { n: 1 }",
                ],
            ),
            (59_999, Input::Tick, &["wake at 60000"]),
            (60_000, Input::Tick, &["wake at 61000", "Waiting { n: 1 }"]),
            (
                61_000,
                Input::Tick,
                &["pull#3 after 0", "push#4: a1", "Sending { n: 1 }"],
            ),
        ],
    );
}

#[test]
fn a_clock_set_back_ends_a_pause() {
    let day = 86_400_000;
    check(
        kept([1]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1", "Sending { n: 1 }"],
            ),
            (1, pulled(1, page(&[], 0, 0)), &[]),
            (
                1,
                push_failed(2, Network),
                &["wake at 1001", "Waiting { n: 1 }"],
            ),
            (
                -day,
                Input::Tick,
                &["pull#3 after 0", "push#4: a1", "Sending { n: 1 }"],
            ),
        ],
    );
}

#[test]
fn a_browser_that_believes_in_no_network_is_not_believed_by_who_wants_to_send() {
    check(
        kept([1]),
        &[
            (0, Input::Offline, &[]),
            (9_000, Input::Tick, &[]),
            (
                9_000,
                Input::TryAgain,
                &["pull#1 after 0", "push#2: a1", "Sending { n: 1 }"],
            ),
        ],
    );
}
