//! The real program makes a key, serves with it, and says it to nobody.

use super::*;
use crate::ground::Ground;
use crate::program::{self, Program};
use std::process::Command;

#[test]
fn a_key_is_made_served_with_and_said_to_nobody() {
    let ground = Ground::new();
    let path = ground.path("push.json");
    let make = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mendmap-server"));
        command.arg("push-keys").arg(&path);
        command.args(["--contact", CONTACT]);
        program::output(command)
    };
    let made = make();
    let file = std::fs::read_to_string(&path).unwrap();
    let file: serde_json::Value = serde_json::from_str(&file).unwrap();
    let key = file["key"].as_str().unwrap();
    let said = String::from_utf8([made.stdout, made.stderr].concat()).unwrap();
    let public = Push::read(&path).ok().unwrap().public_key().to_owned();
    assert!(made.status.success() && said.contains(&public), "{said}");
    assert!(!said.contains(key), "{said}");
    let again = make();
    assert!(!again.status.success(), "no key takes the place of another");

    let logged = ground.path("logged");
    let more = ["--push", path.to_str().unwrap(), "--port", "0"];
    let mut command = program::command(&ground.dist(), &ground.log(), &more);
    command
        .env("RUST_LOG", "trace")
        .stderr(std::fs::File::create(&logged).unwrap());
    assert!(Program::run(command).terminate().success());
    let logged = std::fs::read_to_string(logged).unwrap();
    assert!(!logged.contains(key), "{logged}");

    // What cannot be read is not repeated.
    std::fs::write(&path, format!("{{\"key\":\"{key}\",\"hush\":1}}")).unwrap();
    let refused = program::output(program::command(&ground.dist(), &ground.log(), &more));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        !refused.status.success() && said.contains("line 1"),
        "{said}"
    );
    assert!(!said.contains(key), "{said}");
}
