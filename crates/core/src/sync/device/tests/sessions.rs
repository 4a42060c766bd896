//! Who may send.

use super::super::*;
use super::kit::*;
use Failure::Unauthorised;

fn logged_in(n: u8) -> Input {
    Input::LoggedIn { device: device(n) }
}

#[test]
fn before_any_login_work_is_saved_here() {
    let mut kept = kept([1]);
    kept.session = None;
    check(
        kept,
        &[
            (0, Input::Online, &["pull#1 after 0"]),
            (0, pull_failed(1, Unauthorised), &[]),
            (0, Input::Appended(events(0, [2])), &["SavedHere { n: 2 }"]),
            (9_999_999, Input::Tick, &[]),
            (
                9_999_999,
                logged_in(0),
                &["pull#2 after 0", "push#3: a1 a2", "Sending { n: 2 }"],
            ),
        ],
    );
}

#[test]
fn an_expired_session_blocks_only_sending() {
    check(
        kept([1]),
        &[
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: a1", "Sending { n: 1 }"],
            ),
            (1, push_failed(2, Unauthorised), &["LoginNeeded { n: 1 }"]),
            (
                2,
                Input::Appended(events(0, [2])),
                &["LoginNeeded { n: 2 }"],
            ),
            (
                3,
                pulled(1, page(&events(1, [1]), 0, 1)),
                &["store#3: b1, cursor 1"],
            ),
            (4, stored(3, true), &[]),
            (99_999, Input::Tick, &["pull#4 after 1"]),
            (
                100_000,
                logged_in(0),
                &["push#5: a1 a2", "Sending { n: 2 }"],
            ),
        ],
    );
}

#[test]
fn with_nothing_to_send_a_login_is_asked_for_when_news_need_it() {
    check(
        kept([]),
        &[
            (0, Input::Online, &["pull#1 after 0"]),
            (1, pull_failed(1, Unauthorised), &["LoginNeeded { n: 0 }"]),
            (9_999_999, Input::Tick, &[]),
            (
                9_999_999,
                logged_in(0),
                &["pull#2 after 0", "SavedHere { n: 0 }"],
            ),
        ],
    );
}

#[test]
fn another_persons_work_waits_for_that_person_and_a_files_work_for_nobody() {
    let (a1, b1, c1) = (event(0, 1), event(1, 1), event(2, 1));
    check(
        kept([]),
        &[
            (0, Input::LoggedOut, &[]),
            (
                0,
                Input::Appended(vec![a1, b1, c1]),
                &["SavedHere { n: 3 }"],
            ),
            // Here b is a second account of this browser; c's work came in a file.
            (0, logged_in(1), &["Waiting { n: 3 }"]),
            (
                0,
                Input::Online,
                &["pull#1 after 0", "push#2: b1 c1", "Sending { n: 3 }"],
            ),
            (1, push_failed(2, Failure::Network), &["Waiting { n: 3 }"]),
            (2, Input::LoggedOut, &["SavedHere { n: 3 }"]),
            (9_999, Input::Tick, &[]),
            (9_999, logged_in(0), &["push#3: a1 c1", "Sending { n: 3 }"]),
        ],
    );
}

#[test]
fn when_only_anothers_work_is_left_their_login_is_needed() {
    check(
        kept([1]),
        &[
            (0, Input::LoggedOut, &["SavedHere { n: 1 }"]),
            (0, logged_in(1), &["LoginNeeded { n: 1 }"]),
            (0, Input::Online, &["pull#1 after 0"]),
        ],
    );
}
