//! Verdicts other than "accepted".

use super::super::*;
use super::kit::*;

#[test]
fn what_waits_is_asked_again_after_a_while() {
    check(
        kept([3]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a3", "Sending { n: 1 }"],
            ),
            (0, pulled(1, page(&[], 0, 0)), &[]),
            (
                0,
                answered(2, [(3, waiting(1))]),
                &["store#3: a3 waits for 1"],
            ),
            (0, stored(3, true), &["wake at 16000", "Waiting { n: 1 }"]),
            (
                32_000,
                Input::Tick,
                &["pull#4 after 0", "push#5: a3", "Sending { n: 1 }"],
            ),
            (32_000, pulled(4, page(&[], 0, 0)), &[]),
            // The same answer is nothing to store.
            (
                32_000,
                answered(5, [(3, waiting(1))]),
                &["Waiting { n: 1 }"],
            ),
            (
                96_000,
                Input::Tick,
                &["pull#6 after 0", "push#7: a3", "Sending { n: 1 }"],
            ),
            (
                96_000,
                answered(7, [(3, accepted(2))]),
                &["store#8: a3 at 2"],
            ),
        ],
    );
}

#[test]
fn what_waits_is_asked_again_at_once_when_its_device_moves_on() {
    check(
        kept([2]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a2", "Sending { n: 1 }"],
            ),
            (
                0,
                answered(2, [(2, waiting(1))]),
                &["store#3: a2 waits for 1"],
            ),
            (0, stored(3, true), &["Waiting { n: 1 }"]),
            (
                1,
                Input::Appended(events(0, [1])),
                &["push#4: a1", "Sending { n: 2 }"],
            ),
            (2, answered(4, [(1, accepted(1))]), &["store#5: a1 at 1"]),
            (3, stored(5, true), &["push#6: a2", "Sending { n: 1 }"]),
        ],
    );
}

#[test]
fn what_waited_before_a_restart_is_asked_again() {
    let mut kept = kept([]);
    let a2 = event(0, 2);
    let told = receipt(&a2, waiting(1));
    kept.outbox.push((a2, Some(told)));
    check(
        kept,
        &[(
            0,
            Input::Online,
            &["pull#1 after 0", "push#2: a2", "Sending { n: 1 }"],
        )],
    );
}

#[test]
fn what_is_held_or_refused_stays_and_is_shown() {
    let machine = check(
        kept([1, 2, 3]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1 a2 a3", "Sending { n: 3 }"],
            ),
            (
                1,
                answered(2, [(1, held()), (2, refused()), (3, accepted(1))]),
                &["store#3: a1 held, a2 refused, a3 at 1"],
            ),
            (2, stored(3, true), &["PutBack { n: 2 }"]),
            (
                3,
                Input::Appended(events(0, [4])),
                &["push#4: a4", "Sending { n: 1 }, 2 put back"],
            ),
        ],
    );
    assert_eq!(machine.outbox.put_back(), 2);
}

#[test]
fn what_is_held_is_handed_over_again_when_a_person_wants_it() {
    check(
        kept([1, 2]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1 a2", "Sending { n: 2 }"],
            ),
            (
                1,
                answered(2, [(1, held()), (2, refused())]),
                &["store#3: a1 held, a2 refused"],
            ),
            (2, stored(3, true), &["PutBack { n: 2 }"]),
            (
                3,
                Input::TryAgain,
                &["push#4: a1", "Sending { n: 1 }, 1 put back"],
            ),
            (4, answered(4, [(1, accepted(2))]), &["store#5: a1 at 2"]),
            (5, stored(5, true), &["PutBack { n: 1 }"]),
        ],
    );
}
