//! What phones are told, and how often.

use super::*;
use crate::fake::{Says, Unreached};
use crate::phone::claims;
use mendmap_core::log::Accepted;
use mendmap_server::store::PostgresStore;

#[tokio::test]
async fn a_phone_that_asked_is_told_its_crews_news_and_nobody_else_can_read_it() {
    let city = City::new().await;
    city.account("li", &["drain-1"]).await;
    city.account("wang", &["road-1"]).await;
    city.site.give(9, "drain-1").await;
    let service = Fake::new(&[]).await;
    let (li, wang) = (Phone::new(1, &service), Phone::new(2, &service));
    city.asks(&li, "li", Language::Zh).await;
    city.asks(&wang, "wang", Language::En).await;
    city.pusher.look().await;
    assert_eq!(service.count(), 0, "what was before it asked is no news");
    city.site.give(1, "drain-1").await;
    for _ in 0..3 {
        city.pusher.look().await;
        city.site.pass(5);
    }
    assert_eq!((li.told(&service).len(), service.count()), (1, 1));
    city.site.give(2, "road-1").await;
    city.site.give(3, "road-1").await;
    city.pusher.look().await;

    let message = li.told(&service).remove(0);
    let claims = claims(&message, city.push.public_key());
    assert_eq!(claims["aud"], service.origin());
    assert_eq!(claims["sub"], CONTACT);
    let ahead = claims["exp"].as_i64().unwrap() - city.site.now().as_second();
    assert!((1..86_400).contains(&ahead), "{ahead}");
    assert_eq!(message.header("content-encoding"), "aes128gcm");
    assert_eq!(message.header("urgency"), "normal");
    assert_eq!(message.header("ttl"), "28800");
    let length = message.body.len();
    let shown = li.read(&message);
    assert_eq!(shown["title"], "【Mendmap】双辽市");
    assert_eq!(shown["at"], format!("#/task/{}", task(1)));
    assert_eq!(shown["danger"], false);
    let body = shown["body"].as_str().unwrap();
    assert!(
        body.starts_with("新任务：") && body.contains("地点：雨水箅子 2203820104000001"),
        "{body}"
    );
    for nobodys in ["堵塞", "王小明", "crew-1", "http", "班组"] {
        assert!(!body.contains(nobodys), "{body}");
    }

    let message = wang.told(&service).remove(0);
    assert_eq!(message.body.len(), length, "all are of one length");
    let shown = wang.read(&message);
    let title = shown["title"].as_str().unwrap();
    assert!(title.ends_with(": 2 tasks"), "{title}");
    assert_eq!(shown["at"], "#/work");
    assert_eq!(city.counted().await, r#"{outcome="sent"} 2"#);
}

#[tokio::test]
async fn a_phone_that_its_service_does_not_know_is_forgotten() {
    let city = City::new().await;
    city.account("li", &["drain-1"]).await;
    for status in [404, 410] {
        let service = Fake::new(&[Says::Status(status)]).await;
        let phone = Phone::new(1, &service);
        city.asks(&phone, "li", Language::Zh).await;
        city.site.give(status.to_le_bytes()[0], "drain-1").await;
        city.pusher.look().await;
        assert!(!city.is_told(&phone).await, "{status}");
        city.site.pass(3600);
        city.pusher.look().await;
        assert_eq!(service.count(), 1);
    }
    assert_eq!(city.counted().await, r#"{outcome="gone"} 2"#);
}

#[tokio::test]
async fn a_service_that_says_no_is_asked_again_and_not_for_ever() {
    let city = City::new().await;
    city.account("li", &["drain-1"]).await;
    let busy = [429, 500, 403, 302, 413, 503, 500, 500].map(Says::Status);
    let service = Fake::new(&busy).await;
    let phone = Phone::new(1, &service);
    city.asks(&phone, "li", Language::Zh).await;
    city.site.give(1, "drain-1").await;
    for (told, pause) in [(1, 30), (2, 60), (3, 120), (4, 240)] {
        city.pusher.look().await;
        assert_eq!(service.count(), told);
        city.site.pass(pause - 1);
        city.pusher.look().await;
        assert_eq!(service.count(), told, "it is left alone");
        city.site.pass(2);
    }
    for _ in 0..10 {
        city.pusher.look().await;
        city.site.pass(901);
    }
    assert_eq!(service.count(), 8, "it is left at that");
    assert!(service.messages().iter().all(|m| m.path != "/elsewhere"));
    assert!(city.is_told(&phone).await);
    city.site.give(2, "drain-1").await;
    city.pusher.look().await;
    assert_eq!(service.count(), 9);
    let message = service.messages().remove(8);
    let shown = phone.read(&message);
    assert_eq!(shown["at"], format!("#/task/{}", task(2)));
}

#[tokio::test]
async fn a_service_that_is_slow_is_not_asked_twice() {
    let push = keys().with_services_here(Duration::from_millis(300));
    let city = City::on(Site::new().await, Arc::new(push));
    city.account("li", &["drain-1"]).await;
    let service = Fake::new(&[Says::Late(Duration::from_secs(60))]).await;
    let phone = Phone::new(1, &service);
    city.asks(&phone, "li", Language::Zh).await;
    city.site.give(1, "drain-1").await;
    for _ in 0..3 {
        city.pusher.look().await;
        city.site.pass(60);
    }
    assert_eq!(service.count(), 1);
    assert_eq!(city.counted().await, r#"{outcome="unclear"} 1"#);
}

/// Accounts of five times eight phones that nobody reaches.
async fn unreached(city: &City, away: &Unreached) {
    let service = Fake::new(&[]).await;
    for n in 1..=40 {
        let account = format!("li{}", n % 5);
        if n <= 5 {
            city.account(&account, &["drain-1"]).await;
        }
        let mut phone = Phone::new(n, &service);
        phone.endpoint = format!("{}/send/{n}", away.origin);
        city.asks(&phone, &account, Language::Zh).await;
    }
}

#[tokio::test]
async fn a_danger_waits_for_no_phone_that_is_not_reached() {
    let city = City::new().await;
    let (service, away) = (Fake::new(&[]).await, Unreached::new().await);
    unreached(&city, &away).await;
    city.account("wang", &["road-1"]).await;
    city.asks(&Phone::new(99, &service), "wang", Language::Zh)
        .await;
    city.site.give(1, "drain-1").await;
    let found = say(2, 1, found_danger(), &[]);
    let given = say(2, 2, kit::dispatched("road-1"), &[&found]);
    city.site.hand_over(&[found, given]).await;
    let heard = async {
        while service.count() == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    // A connection is waited for ten seconds.
    tokio::select! {
        _ = city.pusher.look() => panic!("it did not wait for those who are not reached"),
        () = heard => {}
        () = tokio::time::sleep(Duration::from_secs(8)) => panic!("the danger waits"),
    }
}

#[tokio::test]
async fn a_service_that_is_not_reached_is_left_for_later_and_nothing_of_it_is_lost() {
    let push = keys().with_services_here(Duration::from_millis(600));
    let city = City::on(Site::new().await, Arc::new(push));
    let away = Unreached::new().await;
    unreached(&city, &away).await;
    city.site.give(1, "drain-1").await;
    city.pusher.look().await;
    assert_eq!(city.counted().await, r#"{outcome="unreached"} 32"#);
    city.site.pass(5);
    city.pusher.look().await;
    assert_eq!(city.counted().await, r#"{outcome="unreached"} 40"#);
}

#[tokio::test]
async fn a_server_that_ends_begins_no_message_and_the_next_one_tells_it() {
    let city = City::new().await;
    city.account("li", &["drain-1"]).await;
    let service = Fake::new(&[]).await;
    city.asks(&Phone::new(1, &service), "li", Language::Zh)
        .await;
    city.site.give(1, "drain-1").await;
    let store = city.site.app.store();
    let told = async || store.subscriptions(city.push.public_key()).await.unwrap()[0].1;
    let before = told().await;
    city.site.app.close();
    city.pusher.look().await;
    assert_eq!((service.count(), told().await), (0, before));
}

#[tokio::test]
async fn a_night_is_told_as_one_in_the_morning_and_a_danger_in_the_night() {
    let city = City::new().await;
    city.account("li", &["drain-1"]).await;
    let service = Fake::new(&[]).await;
    let (one, other) = (Phone::new(1, &service), Phone::new(2, &service));
    city.asks(&one, "li", Language::En).await;
    city.asks(&other, "li", Language::En).await;
    city.site.at("03T21:30:00");
    for n in 1..=3 {
        city.site.give(n, "drain-1").await;
    }
    city.pusher.look().await;
    assert_eq!(service.count(), 0);
    let found = say(4, 1, found_danger(), &[]);
    let given = say(4, 2, kit::dispatched("drain-1"), &[&found]);
    city.site.hand_over(&[found, given]).await;
    city.pusher.look().await;
    let danger = one.told(&service);
    assert_eq!((danger.len(), service.count()), (1, 2), "both phones");
    assert_eq!(danger[0].header("urgency"), "high");
    let shown = one.read(&danger[0]);
    assert_eq!(shown["danger"], true);
    assert!(shown["body"].as_str().unwrap().starts_with("[DANGER] "));

    let plotted = say(3, 1, drain(), &[]);
    let given = say(3, 2, kit::dispatched("drain-1"), &[&plotted]);
    let taken = say(3, 3, Accepted::default(), &[&given]);
    city.site.hand_over(&[taken]).await;
    city.site.at("04T06:29:00");
    city.pusher.look().await;
    assert_eq!(service.count(), 2);
    city.site.at("04T06:30:00");
    city.pusher.look().await;
    city.site.pass(60);
    city.pusher.look().await;
    let morning = other.told(&service);
    assert_eq!((morning.len(), service.count()), (2, 4));
    let shown = other.read(&morning[1]);
    assert!(shown["title"].as_str().unwrap().ends_with(": 2 tasks"));
}

#[tokio::test]
async fn who_is_locked_out_or_in_no_crew_any_more_is_told_nothing() {
    let city = City::new().await;
    let service = Fake::new(&[]).await;
    for (n, id) in [(1, "li"), (2, "wang")] {
        city.account(id, &["drain-1"]).await;
        city.asks(&Phone::new(n, &service), id, Language::Zh).await;
    }
    let of_others = Deed::Change {
        role: None,
        crews: Some(vec![CrewId("road-1".into())]),
    };
    city.act("li", Deed::Lock(true)).await;
    city.act("wang", of_others).await;
    city.site.give(1, "drain-1").await;
    city.pusher.look().await;
    assert_eq!(service.count(), 0);
    city.act("li", Deed::Lock(false)).await;
    city.site.give(2, "drain-1").await;
    city.pusher.look().await;
    assert_eq!(service.count(), 1);
}

#[tokio::test]
async fn a_service_of_this_machine_is_not_asked_whatever_stands_in_the_table() {
    let city = City::on(Site::new().await, Arc::new(keys()));
    city.account("li", &["drain-1"]).await;
    let service = Fake::new(&[]).await;
    let mut phones = [Phone::new(1, &service), Phone::new(2, &service)];
    // By number, and by a name.
    phones[1].endpoint = phones[1]
        .endpoint
        .replace("http://127.0.0.1", "https://a.localhost");
    for phone in &phones {
        city.asks(phone, "li", Language::Zh).await;
    }
    city.site.give(1, "drain-1").await;
    city.pusher.look().await;
    assert_eq!(service.count(), 0);
    assert_eq!(city.counted().await, r#"{outcome="refused"} 2"#);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_servers_on_one_database_one_tells() {
    let Some(database) = postgres::Database::new() else {
        return;
    };
    let service = Fake::new(&[]).await;
    let push = Arc::new(keys().with_services_here(Duration::from_secs(20)));
    let mut cities = Vec::new();
    for _ in 0..3 {
        let store = PostgresStore::open(CITY, &database.address())
            .await
            .unwrap();
        cities.push(City::on(Site::on(Arc::new(store)), push.clone()));
    }
    cities[0].account("li", &["drain-1"]).await;
    let phone = Phone::new(1, &service);
    cities[0].asks(&phone, "li", Language::Zh).await;
    cities[0].site.give(1, "drain-1").await;
    let looking = cities.iter().map(|city| city.pusher.look());
    futures::future::join_all(looking).await;
    assert_eq!(service.count(), 1);
    for city in &cities {
        city.site.app.store().close().await;
    }
}
