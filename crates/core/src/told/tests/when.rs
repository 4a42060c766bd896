//! What is told when, and how often.

use super::*;

#[test]
fn work_that_is_given_is_told_once_and_only_until_it_is_taken() {
    let mut desk = Desk::new();
    assert_eq!(desk.step(), Step::Nothing);
    desk.on(1, plotted("drain-clear", on_asset(1)));
    assert_eq!(desk.tell(Answer::Took), [], "nobody has it yet");
    desk.give(1, "drain-1");
    assert_eq!(desk.told_at("03T09:30:00"), [(1, What::Given)]);
    assert_eq!(desk.tell(Answer::Took), []);
    desk.give(1, "drain-2");
    assert_eq!(
        desk.tell(Answer::Took),
        [(1, What::Given)],
        "others have it now"
    );
    desk.plot_and_give(2, "drain-1");
    desk.on(2, Accepted::default());
    assert_eq!(
        desk.tell(Answer::Took),
        [],
        "it was taken before it was told"
    );
    desk.on(
        2,
        Edited {
            crew: Some(crew("drain-2")),
            ..Edited::default()
        },
    );
    assert_eq!(
        desk.tell(Answer::Took),
        [(2, What::Given)],
        "and again by others"
    );
    desk.plot_and_give(3, "drain-1");
    desk.on(3, Cancelled { reason: None });
    assert_eq!(desk.tell(Answer::Took), []);
}

#[test]
fn what_is_taken_without_knowing_that_others_were_given_it_is_told_to_them() {
    let mut desk = Desk::new();
    desk.plot_and_give(1, "drain-1");
    assert_eq!(desk.tell(Answer::Took), [(1, What::Given)]);
    let mut other = Phone::new(3);
    other.learn(&desk.phone);
    let taken = other.on_task(1, Accepted::default());
    desk.give(1, "drain-2");
    desk.phone.learn(&other);
    desk.order.push(taken);
    assert_eq!(desk.tell(Answer::Took), [(1, What::Given)]);
}

#[test]
fn what_comes_back_is_told_while_it_is_back() {
    let mut desk = Desk::new();
    desk.plot_and_give(1, "drain-1");
    let done = report(vec![line("drain-clear", "1", "pcs")], "2024-05-03");
    let done = desk.on(1, done);
    let back = Returned {
        report: done,
        reason: "again".into(),
        photos: vec![],
    };
    let back = desk.on(1, back);
    assert_eq!(desk.told_at("03T09:30:00"), [(1, What::SentBack)]);
    assert_eq!(desk.tell(Answer::Took), []);
    desk.on(1, crate::log::testkit::undone([back]));
    assert_eq!(desk.tell(Answer::Took), []);
}

#[test]
fn what_is_late_is_told_when_its_time_comes_or_when_it_comes_late() {
    let mut desk = Desk::new();
    desk.plot_and_give(1, "drain-1");
    assert_eq!(desk.told_at("03T09:30:00"), [(1, What::Given)]);
    assert_eq!(desk.told_at("04T09:14:00"), []);
    assert_eq!(
        desk.told_at("04T09:20:00"),
        [(1, What::Overdue)],
        "after a day"
    );
    assert_eq!(desk.told_at("04T10:20:00"), []);
    let due = |text| Edited {
        due: Some(format!("2024-05-{text}+08:00").parse().unwrap()),
        ..Edited::default()
    };
    desk.on(1, due("04T10:00:00"));
    assert_eq!(
        desk.tell(Answer::Took),
        [(1, What::Overdue)],
        "somebody says another time"
    );
    let remark = Noted {
        text: "waits".into(),
        asset: None,
        photos: vec![],
    };
    desk.on(1, remark);
    let words = Edited {
        note: Some("for spare parts".into()),
        ..Edited::default()
    };
    desk.on(1, words);
    assert_eq!(desk.told_at("04T11:00:00"), [], "words make it no later");
    desk.on(1, due("05T10:00:00"));
    assert_eq!(desk.told_at("04T12:00:00"), []);
    assert_eq!(desk.told_at("05T10:00:00"), [(1, What::Overdue)]);
}

#[test]
fn the_night_is_told_as_one_and_a_danger_at_once() {
    let mut desk = Desk::new();
    desk.plot_and_give(1, "drain-1");
    desk.plot_and_give(2, "drain-1");
    desk.plot_and_give(4, "drain-1");
    assert_eq!(desk.told_at("03T21:00:00"), []);
    desk.find_danger(3);
    assert_eq!(desk.told_at("03T23:00:00"), [(3, What::Found)]);
    desk.give(3, "drain-1");
    assert_eq!(
        desk.told_at("04T00:10:00"),
        [(3, What::Given)],
        "also when it is given"
    );
    desk.on(4, Accepted::default());
    assert_eq!(desk.told_at("04T06:29:59"), []);
    let morning = desk.told_at("04T06:30:00");
    assert_eq!(morning, [(1, What::Given), (2, What::Given)], "4 was taken");
    assert_eq!(desk.tell(Answer::Took), []);
    desk.quiet = None;
    desk.plot_and_give(5, "drain-1");
    assert_eq!(desk.told_at("04T23:00:00").last(), Some(&(5, What::Given)));
}

#[test]
fn a_no_is_tried_again_later_and_later_and_an_unclear_answer_never() {
    let mut desk = Desk::new();
    desk.plot_and_give(1, "drain-1");
    let mut pauses = Vec::new();
    for _ in 0..7 {
        let at = desk.now;
        assert_eq!(desk.tell(Answer::Refused), [(1, What::Given)]);
        pauses.push(desk.now.duration_since(at).as_secs() - 4);
        let early = desk
            .now
            .checked_sub(jiff::SignedDuration::from_millis(1))
            .unwrap();
        let now = std::mem::replace(&mut desk.now, early);
        assert_eq!(desk.step(), Step::Wait(now));
        desk.now = now;
    }
    assert_eq!(pauses, [30, 60, 120, 240, 480, 900, 900]);
    desk.plot_and_give(2, "drain-1");
    assert_eq!(
        desk.tell(Answer::Unclear),
        [(1, What::Given), (2, What::Given)]
    );
    assert_eq!((desk.tell(Answer::Took), desk.told.tries), (vec![], 0));
}

#[test]
fn nothing_is_told_twice_by_two_that_tell_nor_after_one_that_ended() {
    let mut desk = Desk::new();
    desk.plot_and_give(1, "drain-1");
    let Step::Tell(claimed, _) = desk.step() else {
        panic!()
    };
    assert!(claimed.turn > desk.told.turn);
    // Written down, and then it ended.
    desk.told = claimed;
    assert_eq!(desk.step(), Step::Wait(claimed.not_before));
    desk.now = claimed.not_before;
    assert_eq!(desk.step(), Step::Nothing);
}

#[test]
fn no_more_than_twenty_messages_fit_into_a_minute() {
    let mut desk = Desk::new();
    let began = desk.now;
    let mut messages = 0;
    while desk.now.duration_since(began).as_secs() < 60 {
        desk.on(1, plotted("drain-clear", on_asset(1)));
        desk.give(1, &format!("drain-{messages}"));
        let Step::Tell(claimed, _) = desk.step() else {
            panic!()
        };
        desk.told = claimed.answered(&desk.told, Answer::Took, desk.now);
        desk.now = desk.told.not_before;
        messages += 1;
    }
    assert!(messages <= 20, "{messages}");
}

#[test]
fn each_robot_hears_of_its_crews_and_one_of_the_rest() {
    let mut desk = Desk::new();
    desk.plot_and_give(1, "drain-1");
    desk.plot_and_give(2, "road-1");
    desk.find_danger(3);
    let told = |desk: &Desk, audience| {
        let desk = Desk {
            audience,
            phone: desk.phone.clone(),
            order: desk.order.clone(),
            catalog: desk.catalog.clone(),
            ..*desk
        };
        let mut desk = desk;
        let told: Vec<u8> = desk
            .tell(Answer::Took)
            .into_iter()
            .map(|(n, _)| n)
            .collect();
        (told, desk.audience.is_mixed())
    };
    let crews = |ids: &[&str]| ids.iter().copied().map(crew).collect();
    assert_eq!(
        told(&desk, Audience::Crews(crews(&["drain-1"]))),
        (vec![1], false)
    );
    assert_eq!(
        told(&desk, Audience::Crews(crews(&["drain-1", "road-1"]))),
        (vec![1, 2], true)
    );
    assert_eq!(
        told(
            &desk,
            Audience::Rest {
                but: crews(&["drain-1"])
            }
        ),
        (vec![3, 2], true)
    );
    // Of two crews that were given it without knowing of each other, each is told.
    let mut other = Phone::new(3);
    let first: Vec<Event> = desk
        .phone
        .log
        .everything()
        .take(1)
        .map(|e| (**e).clone())
        .collect();
    other.log.merge(first);
    let given = other.on_task(
        1,
        Dispatched {
            crew: Some(crew("lamp-1")),
            ..Default::default()
        },
    );
    desk.phone.learn(&other);
    desk.order.push(given);
    for id in ["drain-1", "lamp-1"] {
        assert_eq!(told(&desk, Audience::Crews(crews(&[id]))).0, [1], "{id}");
    }
}

#[test]
fn that_nothing_happened_is_seldom_written_down_and_a_shorter_history_at_once() {
    let mut desk = Desk::new();
    desk.on(1, plotted("drain-repair", on_asset(1)));
    assert_eq!(desk.step(), Step::Nothing);
    desk.now = time("03T09:10:00");
    let Step::Note(noted) = desk.step() else {
        panic!()
    };
    assert_eq!((noted.rest.place, noted.rest.clock), (1, desk.now));
    desk.told = noted;
    desk.phone.log = Log::new(CITY);
    desk.order.clear();
    let Step::Note(noted) = desk.step() else {
        panic!()
    };
    assert_eq!((noted.rest.place, noted.danger.place), (0, 0));
    // A clock that is set back does not have deadlines told again.
    desk.told = noted;
    desk.now = time("03T08:00:00");
    desk.told.not_before = desk.now;
    desk.plot_and_give(2, "drain-1");
    let Step::Tell(claimed, _) = desk.step() else {
        panic!()
    };
    assert_eq!(claimed.rest.clock, noted.rest.clock);
}

#[test]
fn quiet_hours_are_hours_of_the_citys_clocks() {
    let quiet = |text: &str| text.parse::<Quiet>();
    let (night, noon) = (quiet("21:00-06:30").unwrap(), quiet("12:00-13:30").unwrap());
    let holds = |quiet: &Quiet, at| quiet.holds(time(at), &zone());
    for (at, in_night, in_noon) in [
        ("03T20:59:59", false, false),
        ("03T21:00:00", true, false),
        ("04T00:00:00", true, false),
        ("04T06:29:59", true, false),
        ("04T06:30:00", false, false),
        ("04T12:00:00", false, true),
        ("04T13:30:00", false, false),
    ] {
        assert_eq!(
            (holds(&night, at), holds(&noon, at)),
            (in_night, in_noon),
            "{at}"
        );
    }
    assert!(
        !holds(&quiet("09:00-09:00").unwrap(), "03T09:00:00"),
        "none"
    );
    assert_eq!(night.to_string(), "21:00-06:30");
    for wrong in [
        "",
        "21:00",
        "21-06",
        "24:00-06:00",
        "21:00-06:60",
        "+1:00-02:00",
        "a:b-c:d",
    ] {
        assert!(quiet(wrong).is_err(), "{wrong}");
    }
}
