use super::*;
use crate::ids::{DeviceId, uuid_v7};
use crate::sync::device::{Failure, Ticket};
use crate::sync::{Digest, content};
use proptest::prelude::*;

fn device(byte: u8) -> DeviceId {
    DeviceId(uuid_v7(1, [byte; 10]))
}

fn photo(n: u8) -> Digest {
    content(&[n])
}

fn waiting(n: u8, of: DeviceId) -> Waiting {
    let at = i64::from(n);
    Waiting {
        photo: photo(n),
        device: of,
        at,
    }
}

/// A machine that is online, with these photos of device 1 in its queue.
struct Phone {
    machine: Machine,
    now: i64,
    effects: Vec<Effect>,
}

impl Phone {
    fn with(photos: &[u8]) -> Phone {
        let mut phone = Phone {
            machine: Machine::new(Some(device(1))),
            now: 0,
            effects: Vec::new(),
        };
        let waiting = photos.iter().map(|n| waiting(*n, device(1))).collect();
        phone.take(Input::Queue {
            waiting,
            refused: 0,
        });
        phone.take(Input::Online);
        phone
    }

    fn take(&mut self, input: Input) {
        self.effects = self.machine.take(input, self.now, 0);
    }

    /// What is to be done now.
    fn doing(&self) -> Option<(Ticket, Digest, Step)> {
        self.effects.iter().find_map(|effect| match *effect {
            Effect::Do {
                ticket,
                photo,
                step,
            } => Some((ticket, photo, step)),
            Effect::WaitUntil { .. } => None,
        })
    }

    fn step(&self) -> Option<(Digest, Step)> {
        self.doing().map(|(_, photo, step)| (photo, step))
    }

    fn answer(&mut self, answer: Answer) {
        let (ticket, ..) = self.doing().expect("something is under way");
        self.take(Input::Answered { ticket, answer });
    }

    /// Waits as long as it wants to.
    fn wait(&mut self) {
        let until = self.effects.iter().find_map(|effect| match effect {
            Effect::WaitUntil { at } => Some(*at),
            Effect::Do { .. } => None,
        });
        self.now = until.expect("it waits for something");
        self.take(Input::Tick);
    }
}

#[test]
fn the_oldest_goes_first_and_each_with_its_private_part() {
    let mut phone = Phone::with(&[2, 1]);
    for (n, left) in [(1, 1), (2, 0)] {
        let photo = photo(n);
        assert_eq!(phone.step(), Some((photo, Step::Ask)));
        phone.answer(Answer::Part(0));
        assert_eq!(phone.step(), Some((photo, Step::Bring { from: 0 })));
        phone.answer(Answer::Done);
        assert_eq!(phone.step(), Some((photo, Step::BringPrivate)));
        phone.answer(Answer::Done);
        let refused = None;
        assert_eq!(phone.step(), Some((photo, Step::Settle { refused })));
        assert_eq!(
            phone.machine.waiting(),
            left + 1,
            "not sent before it is stored"
        );
        phone.answer(Answer::Done);
        assert_eq!(phone.machine.waiting(), left);
    }
    assert_eq!(phone.effects, []);
}

#[test]
fn one_that_was_cut_off_goes_on_where_it_was() {
    let mut phone = Phone::with(&[1]);
    phone.answer(Answer::Part(0));
    phone.answer(Answer::Failed(Failure::Network));
    assert_eq!(phone.step(), None, "not at once");
    phone.wait();
    assert_eq!(phone.step(), Some((photo(1), Step::Ask)));
    phone.answer(Answer::Part(700));
    assert_eq!(phone.step(), Some((photo(1), Step::Bring { from: 700 })));
    // It was not its beginning; the server has thrown it away.
    phone.answer(Answer::Refused(422));
    phone.wait();
    phone.answer(Answer::Part(0));
    assert_eq!(phone.step(), Some((photo(1), Step::Bring { from: 0 })));
}

#[test]
fn one_that_is_there_already_is_not_sent_again() {
    let mut phone = Phone::with(&[1]);
    phone.answer(Answer::Done);
    assert_eq!(phone.step(), Some((photo(1), Step::BringPrivate)));
}

#[test]
fn what_is_refused_is_stored_and_never_asked_about_again() {
    for steps in [
        &[][..],
        &[Answer::Part(0)],
        &[Answer::Part(0), Answer::Done],
    ] {
        let mut phone = Phone::with(&[1]);
        steps.iter().for_each(|answer| phone.answer(*answer));
        phone.answer(Answer::Refused(410));
        let refused = Some(410);
        assert_eq!(phone.step(), Some((photo(1), Step::Settle { refused })));
        phone.answer(Answer::Done);
        for input in [Input::TryAgain, Input::Tick, Input::Online] {
            phone.take(input);
            assert_eq!(phone.effects, []);
        }
        assert_eq!((phone.machine.waiting(), phone.machine.refused()), (0, 1));
    }
}

#[test]
fn what_was_not_stored_is_asked_for_again() {
    let mut phone = Phone::with(&[1]);
    phone.answer(Answer::Done);
    phone.answer(Answer::Done);
    phone.answer(Answer::Failed(Failure::Network));
    assert_eq!(phone.machine.waiting(), 1);
    phone.wait();
    assert_eq!(phone.step(), Some((photo(1), Step::Ask)));
}

#[test]
fn one_that_the_server_cannot_stomach_keeps_no_other_waiting() {
    let mut phone = Phone::with(&[1, 2]);
    phone.answer(Answer::Part(0));
    let retry_after_ms = None;
    phone.answer(Answer::Failed(Failure::Server { retry_after_ms }));
    phone.wait();
    assert_eq!(phone.step(), Some((photo(2), Step::Ask)));
    // A network that fails says nothing about a photo.
    let mut phone = Phone::with(&[1, 2]);
    phone.answer(Answer::Failed(Failure::Network));
    phone.wait();
    assert_eq!(phone.step(), Some((photo(1), Step::Ask)));
}

#[test]
fn an_expired_login_waits_for_a_login() {
    let mut phone = Phone::with(&[1]);
    phone.answer(Answer::Failed(Failure::Unauthorised));
    assert_eq!(phone.effects, [], "no clock brings a login");
    phone.take(Input::Online);
    assert_eq!(phone.effects, []);
    phone.take(Input::LoggedIn { device: device(1) });
    assert_eq!(phone.step(), Some((photo(1), Step::Ask)));
}

#[test]
fn nobodys_photos_are_sent_under_anothers_name() {
    let mut phone = Phone::with(&[1]);
    phone.answer(Answer::Part(0));
    let (ticket, ..) = phone.doing().unwrap();
    phone.take(Input::LoggedIn { device: device(2) });
    assert_eq!(phone.step(), None);
    // What was begun before ends, and nothing follows from it: the private part is next.
    let answer = Answer::Done;
    phone.take(Input::Answered { ticket, answer });
    assert_eq!((phone.step(), phone.machine.waiting()), (None, 1));
    phone.take(Input::LoggedOut);
    assert_eq!(phone.step(), None);
    phone.take(Input::LoggedIn { device: device(1) });
    assert_eq!(phone.step(), Some((photo(1), Step::Ask)));
}

#[test]
fn an_answer_that_never_comes_is_not_waited_for_for_ever() {
    let mut phone = Phone::with(&[1]);
    let (late, ..) = phone.doing().unwrap();
    phone.wait();
    assert_eq!(phone.now, PATIENCE_MS);
    phone.wait();
    assert_eq!(phone.step(), Some((photo(1), Step::Ask)));
    let answer = Answer::Done;
    phone.take(Input::Answered {
        ticket: late,
        answer,
    });
    assert_eq!(phone.step(), None, "an answer to what is no longer asked");
}

#[test]
fn without_a_network_nothing_is_tried() {
    let mut phone = Phone::with(&[]);
    phone.take(Input::Offline);
    let waiting = vec![waiting(1, device(1))];
    phone.take(Input::Queue {
        waiting,
        refused: 0,
    });
    assert_eq!(phone.effects, []);
    phone.take(Input::Online);
    assert_eq!(phone.step(), Some((photo(1), Step::Ask)));
}

#[test]
fn a_browser_that_believes_in_no_network_is_not_believed_by_who_wants_to_send() {
    let mut phone = Phone::with(&[]);
    phone.take(Input::Offline);
    let waiting = vec![waiting(1, device(1))];
    phone.take(Input::Queue {
        waiting,
        refused: 0,
    });
    phone.take(Input::TryAgain);
    assert_eq!(phone.step(), Some((photo(1), Step::Ask)));
}

proptest! {
    /// Whatever a network does for a while, once it is well all photos arrive, each once.
    #[test]
    fn all_arrive_in_the_end(answers in proptest::collection::vec(0..6_u8, 0..60)) {
        let mut phone = Phone::with(&[1, 2, 3]);
        let mut sent = Vec::new();
        let mut answers = answers.into_iter();
        for _ in 0..1_000 {
            let Some((_, photo, step)) = phone.doing() else {
                if phone.machine.waiting() == 0 {
                    break;
                }
                phone.wait();
                continue;
            };
            let bad = answers.next().and_then(|n| Some(match n {
                0 => Answer::Failed(Failure::Network),
                1 => Answer::Failed(Failure::Server { retry_after_ms: Some(9_000) }),
                2 => Answer::Failed(Failure::Garbled),
                3 => Answer::Part(7),
                _ => return None,
            }));
            let good = match step {
                Step::Ask => Answer::Part(0),
                _ => Answer::Done,
            };
            let answer = bad.unwrap_or(good);
            if matches!((step, answer), (Step::Settle { .. }, Answer::Done)) {
                sent.push(photo);
            }
            phone.answer(answer);
        }
        sent.sort_unstable();
        let mut all = [1, 2, 3].map(photo);
        all.sort_unstable();
        prop_assert_eq!(sent, all);
    }
}
