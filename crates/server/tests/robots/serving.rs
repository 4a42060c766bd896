//! The real program tells a robot, and says its address to nobody.

use super::*;
use crate::fake::{Says, TOKEN};
use crate::ground::Ground;
use crate::http;
use crate::program::{self, Program};
use std::fs::File;
use std::time::Instant;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_was_told_of_a_robot_tells_it_and_says_its_address_to_nobody() {
    let robot = Fake::new(&[Says::Code(93000)]).await;
    let ground = Ground::new();
    let mut robots = one(&robot);
    // At any hour of the day on which somebody tests.
    robots["quiet"] = "00:00-00:00".into();
    let path = ground.path("robots.json");
    std::fs::write(&path, robots.to_string()).unwrap();
    let logged = ground.path("logged");
    let more = ["--robots", path.to_str().unwrap(), "--port", "0"];
    let mut command = program::command(&ground.dist(), &ground.log(), &more);
    command
        .env("RUST_LOG", "trace")
        .stderr(File::create(&logged).unwrap());
    let served = Program::run(command);
    let at = served.at;

    let began = Instant::now();
    let mut seq = 0;
    // Where it has not looked yet, what is handed over is no news: so one task after the other.
    while robot.requests().is_empty() {
        seq += 2;
        assert!(began.elapsed() < http::PATIENCE, "it is not told");
        let plotted = about(task(seq.into()), 1, seq - 1, drain(), &[]);
        let given = about(task(seq.into()), 1, seq, dispatched("drain-1"), &[&plotted]);
        let body = kit::ndjson([&plotted, &given]);
        let asking = move || {
            http::ask(
                at,
                "POST /api/v1/events",
                "Content-Type: application/x-ndjson\r\n",
                &body,
            )
        };
        let answer = tokio::task::spawn_blocking(asking).await.unwrap().unwrap();
        assert_eq!(answer.status, 200);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let words = robot.texts();
    assert!(
        words[0].contains("新任务") && !words[0].contains("http"),
        "{words:?}"
    );
    let ended = tokio::task::spawn_blocking(move || served.terminate());
    assert!(ended.await.unwrap().success());
    let logged = std::fs::read_to_string(logged).unwrap();
    assert!(logged.contains("errcode 93000"), "{logged}");
    assert!(!logged.contains(TOKEN), "{logged}");

    // What cannot be read is not repeated.
    std::fs::write(&path, format!("{{\"robots\":[\"{TOKEN}\"]}}")).unwrap();
    let command = program::command(&ground.dist(), &ground.log(), &more);
    let refused = program::output(command);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        !refused.status.success() && said.contains("line 1"),
        "{said}"
    );
    assert!(!said.contains(TOKEN), "{said}");
}
