//! `mendmap-server ledger`: the real program, on the demonstration's year and on a log.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

#[path = "../kit/ground.rs"]
mod ground;
#[path = "../kit/http.rs"]
mod http;
#[path = "../kit/mod.rs"]
mod kit;
#[path = "../kit/program.rs"]
mod program;

use calamine::{Data, Reader, Xlsx};
use ground::Ground;
use mendmap_core::demo::{self, year::Targets, year::year};
use program::Program;
use serde_json::Value;
use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Output};

const YEAR: [&str; 4] = ["--from", "2024-01-01", "--to", "2024-10-31"];

fn ledger(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendmap-server"));
    command.arg("ledger").args(words);
    command.env_remove("DATABASE_URL").env("RUST_LOG", "warn");
    program::output(command)
}

/// What it prints of the demonstration's year.
fn demonstration(words: &[&str]) -> String {
    printed(&ledger_of_the_year(words))
}

fn ledger_of_the_year(words: &[&str]) -> Output {
    ledger(&[&["--demo"][..], &YEAR, words].concat())
}

fn printed(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A kind of work and what is in print of it (`shared/domain.md` §2).
const IN_PRINT: [(&str, &str); 20] = [
    ("pothole-patch", "6500"),
    ("crack-seal", "210000"),
    ("sidewalk-pave", "1395.84"),
    ("kerb-replace", "820.5"),
    ("lamp-repair", "1099"),
    ("pipe-patrol", "146"),
    ("manhole-clear", "3258"),
    ("manhole-repair", "120"),
    ("drain-clear", "3846"),
    ("drain-repair", "304"),
    ("pump-sewage-keep", "12"),
    ("pump-storm-keep", "2"),
    ("sweep", "1800000"),
    ("toilet-keep", "57"),
    ("refuse-rate", "100"),
    ("community-renovate", "117"),
    ("heating-renovate", "12"),
    ("heat-supply", "273"),
    ("outfall-inspect", "39"),
    ("outfall-regulate", "7"),
];

#[test]
fn the_demonstration_prints_the_published_year() {
    let json: Value = serde_json::from_str(&demonstration(&["--format", "json"])).unwrap();
    let lines = json["lines"].as_array().unwrap();
    let table = demonstration(&["--format", "csv"]);
    let mut table = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    for (work, figure) in IN_PRINT {
        let line = lines.iter().find(|line| line["work"] == work).unwrap();
        assert_eq!(line["quantity"], figure, "{work}");
        let row = rows.iter().find(|row| &row[0] == work).unwrap();
        assert_eq!(&row[3], figure, "{work}");
    }
    assert_eq!(json["state"], "verified");
    let text = demonstration(&["--format", "text"]);
    assert_eq!(text.trim_end(), json["paragraph"].as_str().unwrap());
    for words in [
        "2024年1—10月，双辽市",
        "沥青灌缝21万延米",
        "铺装1395.84平方米",
        "机械化清扫面积180万平方米",
        "每月清理小广告1000多条",
        "清掏雨漏3846座（其中维修雨漏304座）",
        "改造老旧小区117个（2019—2023年）",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let text = demonstration(&["--format", "text", "--language", "en"]);
    assert!(text.contains("1.8 million m² of streets swept"), "{text}");
    // What nobody verified is not in it, and is told to be there.
    let all = demonstration(&["--format", "json", "--state", "reported"]);
    let all: Value = serde_json::from_str(&all).unwrap();
    let lamps = |json: &Value| {
        let lines = json["lines"].as_array().unwrap().clone();
        let line = lines
            .into_iter()
            .find(|line| line["work"] == "lamp-repair")
            .unwrap();
        line["quantity"].as_str().unwrap().parse::<u32>().unwrap()
    };
    assert!(
        lamps(&all) > lamps(&json),
        "{} {}",
        lamps(&all),
        lamps(&json)
    );
}

/// The rows of a sheet of a workbook.
fn rows(workbook: &[u8], sheet: &str) -> Vec<Vec<Data>> {
    let mut book = Xlsx::new(Cursor::new(workbook)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn the_demonstration_is_a_workbook_with_the_published_year() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger.xlsx");
    let out = ["--format", "xlsx", "--out", file.to_str().unwrap()];
    assert_eq!(demonstration(&out), "", "it is in the file");
    let workbook = std::fs::read(&file).unwrap();
    let (ledger, month) = (rows(&workbook, "台账"), rows(&workbook, "月报"));
    for (work, figure) in IN_PRINT {
        let figure = Data::Float(figure.parse().unwrap());
        let row = ledger
            .iter()
            .find(|row| row[0] == Data::String(work.into()));
        let row = row.unwrap();
        assert_eq!(row[3], figure, "{work}");
        let so_far = month.iter().find(|line| line[1] == row[1]).unwrap();
        assert_eq!(so_far[5], figure, "{work}");
    }
    let told = rows(&workbook, "通报")[1][0].to_string();
    assert!(told.starts_with("2024年1—10月，双辽市"), "{told}");
    // Without --out it goes to whatever takes it, as here, where that is no terminal.
    let piped = ledger_of_the_year(&["--format", "xlsx"]);
    assert!(rows(&piped.stdout, "任务清单").len() > 4000);
}

#[test]
fn a_file_that_cannot_be_written_is_told() {
    let ground = Ground::new();
    let (dist, data) = (ground.dist(), ground.data());
    let nowhere = data.join("none").join("ledger.csv");
    let [dist, data, out] = [&dist, &data, &nowhere].map(|path| path.to_str().unwrap());
    let words = ["--dist", dist, "--data", data, "--out", out];
    let refused = ledger(&[&words[..], &YEAR].concat());
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        !refused.status.success() && said.contains("ledger.csv cannot be written"),
        "{said}"
    );
}

/// A terminal is made by `script` of util-linux; without it this is skipped, and says so.
#[cfg(target_os = "linux")]
#[test]
fn a_workbook_goes_to_no_terminal() {
    let program = env!("CARGO_BIN_EXE_mendmap-server");
    let said = format!("{program} ledger --demo {} --format xlsx", YEAR.join(" "));
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &said, "/dev/null"]);
    let output = match script.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("SKIPPED: there is no `script` on the path to make a terminal with");
            return;
        }
        output => output.unwrap(),
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains("--out ledger.xlsx"), "{said}");
}

#[test]
fn what_is_asked_wrongly_is_told() {
    for (words, told) in [
        (&["--demo"][..], "--from is missing"),
        (
            &["--demo", "--from", "2024-13-01", "--to", "2024-01-31"],
            "is no day",
        ),
        (
            &["--demo", "--from", "2024-02-01", "--to", "2024-01-31"],
            "--from is the first day",
        ),
        (
            &[
                "--demo",
                "--from",
                "2024-01-01",
                "--to",
                "2024-01-31",
                "--format",
                "pdf",
            ],
            "no format",
        ),
        (
            &[
                "--demo",
                "--from",
                "2024-01-01",
                "--to",
                "2024-01-31",
                "--state",
                "x",
            ],
            "--state",
        ),
        (
            &["--from", "2024-01-01", "--to", "2024-01-31"],
            "--dist is missing",
        ),
        (
            &[
                "--demo",
                "--data",
                "log",
                "--from",
                "2024-01-01",
                "--to",
                "2024-01-31",
            ],
            "leave --dist and --data out",
        ),
    ] {
        let output = ledger(words);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && said.contains(told),
            "{words:?}: {said}"
        );
    }
}

/// The app's folder with the demonstration's own layers.
fn with_layers(dist: &Path) {
    for (name, text) in demo::layers(demo::SEED) {
        std::fs::write(dist.join("city").join(name), text).unwrap();
    }
}

#[test]
fn a_log_that_holds_that_year_prints_the_same() {
    let ground = Ground::new();
    with_layers(&ground.dist());
    let city = demo::city(demo::SEED).unwrap();
    let events = year(demo::SEED, &city, &Targets::published()).unwrap();
    let program = Program::start(&ground.dist(), &ground.log());
    let media = "Content-Type: application/x-ndjson\r\n";
    for batch in events.chunks(800) {
        let batch = kit::ndjson(batch);
        let answer = http::ask(program.at, "POST /api/v1/events", media, &batch).unwrap();
        assert_eq!(answer.status, 200);
    }
    let dist = ground.dist();
    let data = ground.data();
    let place = [
        "--dist",
        dist.to_str().unwrap(),
        "--data",
        data.to_str().unwrap(),
    ];
    for format in ["csv", "text"] {
        let words = [&place[..], &YEAR, &["--format", format]].concat();
        assert_eq!(
            printed(&ledger(&words)),
            demonstration(&["--format", format]),
            "{format}"
        );
    }
    // And so does the server that is at work on it.
    let path = "GET /api/v1/ledger?from=2024-01-01&to=2024-10-31&state=verified";
    let answer = http::ask(program.at, path, "", b"").unwrap();
    let words = [&place[..], &YEAR, &["--format", "json"]].concat();
    let told: Value = serde_json::from_slice(&answer.body).unwrap();
    let printed: Value = serde_json::from_str(&printed(&ledger(&words))).unwrap();
    assert_eq!(told, printed);
    assert_eq!(told["head"]["place"], events.len());
}
