//! What a message says.

use super::*;

#[test]
fn a_message_says_what_where_until_when_and_has_a_link() {
    let mut desk = Desk::new();
    desk.plot_and_give(1, "drain-1");
    let link = format!("https://city.example/#/task/{}", task_uid(1));
    assert_eq!(
        desk.words(Language::Zh, 2048),
        format!(
            "【Mendmap】名\n\n新任务：名\n地点：名 2203820104000001\n班组：drain-1\n完成时限：5月4日 09:14\n{link}"
        )
    );
    desk.audience = Audience::Crews([crew("drain-1")].into());
    assert_eq!(
        desk.words(Language::En, 2048),
        format!(
            "【Mendmap】name\n\nNew: name\nWhere: name 2203820104000001\nUntil: 2024-05-04 09:14\n{link}"
        )
    );
}

#[test]
fn a_danger_says_when_it_has_to_be_guarded_until_it_is() {
    let mut desk = Desk::new();
    desk.find_danger(1);
    let words = desk.words(Language::Zh, 2048);
    assert!(words.contains("【危险】发现问题：名\n"), "{words}");
    assert!(
        words.contains("\n围护时限：5月3日 10:13\n完成时限：5月3日 15:13\n"),
        "{words}"
    );
    desk.now = time("03T10:13:44");
    let words = desk.words(Language::En, 2048);
    assert!(words.contains("\nGuard it at once\n"), "{words}");
    desk.now = time("03T15:13:44");
    desk.on(
        1,
        MadeSafe {
            precheck: None,
            asset: None,
            items: vec![],
            readings: vec![],
            watcher: None,
            note: None,
        },
    );
    let words = desk.words(Language::En, 2048);
    assert!(
        words.contains("[DANGER] Found: name\n") && !words.contains("Guard"),
        "{words}"
    );
    assert!(words.contains("15:13 (passed)"), "{words}");
}

#[test]
fn what_has_no_room_is_counted_and_what_somebody_typed_stays_a_name() {
    let mut desk = Desk::new();
    for task in 1..=9 {
        desk.plot_and_give(task, "drain-1");
    }
    let words = desk.words(Language::Zh, 1000);
    assert!(
        words.len() <= 1000 && words.starts_with("【Mendmap】名：9 件"),
        "{words}"
    );
    let told = words.matches("新任务").count();
    let rest = format!(
        "\n\n另有 {} 件，请在应用中查看\nhttps://city.example/#/work",
        9 - told
    );
    assert!((2..9).contains(&told) && words.ends_with(&rest), "{words}");
    assert!(!desk.words(Language::Zh, 10_000).contains("另有"));

    let mut desk = Desk::new();
    let at = Position::from_degrees(123.5, 43.52).unwrap();
    let place = |name: Option<String>| {
        Arc::new(Target::Place(Place {
            shape: Shape::Point(at),
            name,
        }))
    };
    desk.on(
        1,
        plotted(
            "pothole-patch",
            place(Some(format!("<@all>\n{}", "长".repeat(90)))),
        ),
    );
    desk.on(2, plotted("pothole-patch", place(None)));
    desk.give(1, "road-1");
    desk.give(2, "road-1");
    let words = desk.words(Language::En, 2048);
    assert!(
        words.contains(&format!("Where: ‹@all> {}…\n", "长".repeat(33))),
        "{words}"
    );
    assert!(words.contains("Where: 43.52000, 123.50000\n"), "{words}");
    let about = desk.phone.log.about(&Subject::Task(task_uid(1)));
    assert_eq!(about.len(), 2);
}

#[test]
fn a_phone_is_shown_the_same_without_a_link_and_opens_what_it_is_about() {
    let mut desk = Desk::new();
    desk.audience = Audience::Crews([crew("drain-1")].into());
    desk.plot_and_give(1, "drain-1");
    let shown = Notice {
        title: "【Mendmap】name".into(),
        body: "New: name\nWhere: name 2203820104000001\nUntil: 2024-05-04 09:14".into(),
        task: Some(task_uid(1)),
        is_dangerous: false,
    };
    assert_eq!(desk.notice(Language::En, 2048), shown);
    desk.find_danger(2);
    desk.give(2, "drain-1");
    for task in 3..=9 {
        desk.plot_and_give(task, "drain-1");
    }
    let most = 400;
    let shown = desk.notice(Language::Zh, most);
    assert_eq!((shown.task, shown.is_dangerous), (None, true));
    let (title, body) = (shown.title, shown.body);
    assert!(
        title.ends_with("：9 件") && body.starts_with("【危险】"),
        "{title} {body}"
    );
    assert!(body.ends_with("请在应用中查看"), "{body}");
    assert!(title.len() + body.len() <= most, "{body}");
}
