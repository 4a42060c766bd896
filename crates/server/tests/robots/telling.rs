//! What robots are told, and how often.

use super::*;
use crate::fake::Says;
use mendmap_core::log::Accepted;
use mendmap_server::store::PostgresStore;
use std::time::Instant;

#[tokio::test]
async fn a_crew_is_told_of_its_work_once_in_the_form_its_robot_takes() {
    let site = Site::new().await;
    site.give(9, "road-1").await;
    let (wecom, dingtalk) = (Fake::new(&[]).await, Fake::new(&[]).await);
    let robots = both(&wecom, &dingtalk);
    let teller = site.teller(&robots).await;
    assert!(
        wecom.requests().is_empty(),
        "what was before it began is no news"
    );
    site.give(1, "drain-1").await;
    site.hand_over(&[say(2, 1, found_danger(), &[])]).await;
    let given = say(
        2,
        2,
        dispatched("road-1"),
        &[&say(2, 1, found_danger(), &[])],
    );
    teller.look_once().await;
    site.hand_over(&[given]).await;
    for _ in 0..3 {
        teller.look_once().await;
        site.pass(5);
    }
    site.teller(&robots).await;

    let (told, signed) = (wecom.requests(), dingtalk.requests());
    assert_eq!((told.len(), signed.len()), (1, 1));
    let (query, body) = &told[0];
    assert_eq!(query, &format!("access_token={}", fake::TOKEN));
    assert_eq!(
        (body["msgtype"].as_str(), body.get("at")),
        (Some("text"), None)
    );
    let text = body["text"]["content"].as_str().unwrap();
    let link = format!("\nhttps://city.example/#/task/{}", task(1));
    assert!(
        text.starts_with("【Mendmap】双辽市：2 件\n\n【危险】发现问题："),
        "{text}"
    );
    let danger = "：井盖雨箅缺失破损更换\n地点：雨水箅子 2203820104000001\n请立即围护\n完成时限：5月3日 15:12\n";
    assert!(text.contains(danger), "{text}");
    assert!(
        text.contains("\n班组：排水一班\n") && text.ends_with(&link),
        "{text}"
    );
    let (query, body) = &signed[0];
    assert!(
        query.contains("&timestamp=17146") && query.contains("&sign="),
        "{query}"
    );
    assert_eq!(body["at"]["isAtAll"], true, "there is a danger");
    assert_eq!(site.metrics().await, r#"{outcome="sent"} 2"#);
}

#[tokio::test]
async fn a_robot_that_says_no_is_told_later_also_after_a_restart() {
    let site = Site::new().await;
    let answers = [Says::Code(45009), Says::Status(500), Says::Status(302)];
    let robot = Fake::new(&answers).await;
    let robots = one(&robot);
    let teller = site.teller(&robots).await;
    site.give(1, "drain-1").await;
    for (told, pause) in [(1, 30), (2, 60), (3, 120)] {
        let teller = site.teller(&robots).await;
        assert_eq!(robot.texts().len(), told);
        site.pass(pause - 1);
        teller.look_once().await;
        assert_eq!(robot.texts().len(), told, "it is left alone");
        site.pass(2);
    }
    site.give(2, "drain-1").await;
    teller.look_once().await;
    site.pass(5);
    teller.look_once().await;
    let texts = robot.texts();
    assert_eq!(texts.len(), 4);
    assert!(texts[0].matches("新任务").count() == 1 && texts[0] == texts[1]);
    assert_eq!(
        texts[3].matches("新任务").count(),
        2,
        "with what came since"
    );
    assert_eq!(
        site.metrics().await,
        "{outcome=\"refused\"} 3\n{outcome=\"sent\"} 1"
    );
}

#[tokio::test]
async fn a_robot_that_is_slow_or_talks_nonsense_is_not_told_twice_and_holds_nobody_up() {
    let site = Site::new().await;
    let late = Says::Late(Duration::from_secs(60));
    let robot = Fake::new(&[late, Says::Noise]).await;
    // Long enough to take an event in meanwhile, on a machine that is busy.
    let patience = Duration::from_millis(600);
    let teller = Arc::new(site.patient(&one(&robot), patience).await);
    site.give(1, "drain-1").await;
    let telling = tokio::spawn({
        let teller = teller.clone();
        async move { teller.look_once().await }
    });
    while robot.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    site.give(2, "drain-1").await;
    assert!(!telling.is_finished(), "events come in meanwhile");
    telling.await.unwrap();
    for _ in 0..3 {
        site.pass(60);
        teller.look_once().await;
    }
    let texts = robot.texts();
    let told = |n: u8| {
        texts
            .iter()
            .filter(|text| text.contains(&task(n.into()).to_string()))
            .count()
    };
    assert_eq!((texts.len(), told(1), told(2)), (2, 1, 1));
    assert_eq!(site.metrics().await, r#"{outcome="unclear"} 2"#);
}

#[tokio::test]
async fn a_robot_that_is_not_there_is_asked_again() {
    let site = Site::new().await;
    // Nobody listens at a port that was just let go.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/?key={}", gone.local_addr().unwrap(), fake::TOKEN);
    drop(gone);
    let robots = json!({ "robots": [{ "name": "all", "kind": "wecom", "url": url }] });
    let teller = site.teller(&robots).await;
    site.give(1, "drain-1").await;
    teller.look_once().await;
    let told = site.app.store().told("all").await.unwrap().unwrap();
    assert_eq!((told.tries, told.rest.place), (1, 0));
    assert_eq!(site.metrics().await, r#"{outcome="unreached"} 1"#);
}

#[tokio::test]
async fn a_night_is_told_as_one_in_the_morning_and_a_danger_in_the_night() {
    let site = Site::new().await;
    let robot = Fake::new(&[]).await;
    let robots = one(&robot);
    site.teller(&robots).await;
    site.at("03T21:30:00");
    for n in 1..=3 {
        site.give(n, "drain-1").await;
    }
    site.teller(&robots).await;
    assert!(robot.texts().is_empty());
    site.hand_over(&[say(4, 1, found_danger(), &[])]).await;
    let teller = site.teller(&robots).await;
    assert_eq!(robot.texts().len(), 1);
    assert!(robot.texts()[0].contains("【危险】"), "{:?}", robot.texts());
    let plotted = say(3, 1, drain(), &[]);
    let given = say(3, 2, dispatched("drain-1"), &[&plotted]);
    site.hand_over(&[say(3, 3, Accepted::default(), &[&given])])
        .await;
    site.at("04T06:29:00");
    teller.look_once().await;
    assert_eq!(robot.texts().len(), 1);
    site.at("04T06:30:00");
    teller.look_once().await;
    site.pass(60);
    site.teller(&robots).await;
    let texts = robot.texts();
    assert_eq!(texts.len(), 2);
    assert!(
        texts[1].starts_with("【Mendmap】双辽市：2 件\n"),
        "{}",
        texts[1]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_servers_on_one_database_one_tells() {
    let Some(database) = postgres::Database::new() else {
        return;
    };
    let robot = Fake::new(&[]).await;
    let mut sites = Vec::new();
    for _ in 0..3 {
        let store = PostgresStore::open(CITY, &database.address())
            .await
            .unwrap();
        sites.push(Site::on(Arc::new(store)));
    }
    let mut tellers = Vec::new();
    for site in &sites {
        tellers.push(Arc::new(site.teller(&one(&robot)).await));
    }
    sites[0].give(1, "drain-1").await;
    let began = Instant::now();
    let looking = tellers.iter().map(|teller| {
        let teller = teller.clone();
        tokio::spawn(async move { teller.look_once().await })
    });
    for looked in looking.collect::<Vec<_>>() {
        looked.await.unwrap();
    }
    assert_eq!(robot.texts().len(), 1, "after {:?}", began.elapsed());
    for site in &sites {
        site.app.store().close().await;
    }
}
