//! The ledger as a table and as a workbook.

use super::{YEAR, story};
use crate::{Answered, accounts, site};
use axum::body::Body;
use axum::http::Request;
use calamine::{Data, Reader, Xlsx};
use mendmap_core::account::Role;
use mendmap_server::user::{Deed, act};
use std::io::Cursor;

/// The rows of a table, by the names of its columns. Read as RFC 4180 has it, by hand.
fn rows(answered: &Answered) -> (Vec<String>, Vec<Vec<String>>) {
    assert_eq!(answered.status, 200);
    assert_eq!(answered.header("content-type"), "text/csv; charset=utf-8");
    let text = std::str::from_utf8(&answered.body).unwrap();
    let text = text
        .strip_prefix('\u{feff}')
        .expect("a spreadsheet has to guess");
    assert!(text.ends_with("\r\n"));
    let cells = |row: &str| row.split(',').map(str::to_owned).collect::<Vec<_>>();
    let mut rows = text.trim_end().split("\r\n").map(cells);
    (rows.next().unwrap(), rows.collect())
}

#[tokio::test]
async fn a_table_holds_the_same() {
    let site = site().await;
    site.hand_over(&story()).await;
    let table = site.in_words(YEAR, "text/csv", "zh").await;
    assert_eq!(
        table.header("content-disposition"),
        "attachment; filename=\"ledger-2024-01-01-2024-10-31.csv\""
    );
    let (names, zh) = rows(&table);
    assert_eq!(names[..5], ["代号", "工作", "属于", "数量", "单位"]);
    let of = |id: &str| zh.iter().find(|row| row[0] == id).unwrap();
    assert_eq!(
        of("drain-clear")[1..8],
        ["清掏雨漏", "", "40", "座", "4", "1", "1"]
    );
    assert_eq!(
        of("drain-clear")[9..13],
        ["2024", "3600", "1.1", "演示计划，数字为虚构"]
    );
    assert_eq!(of("drain-repair")[2..4], ["drain-clear", "3"]);
    assert_eq!(of("sidewalk-pave")[3], "1395.84");
    assert_eq!(of("snow-clear")[9..13], ["", "", "", ""]);
    // What somebody wrote into an event is no formula.
    let last = zh.last().unwrap();
    assert_eq!(last[..2], ["'=HYPERLINK(1)", "目录里没有"]);
    assert_eq!((last[3].as_str(), last[6].as_str()), ("", "1"));
    let lines = site.ledger("").await["lines"].as_array().unwrap().len();
    assert_eq!(zh.len(), lines + 1);
    // By the address it can be asked for where no header can be set.
    let path = format!("{YEAR}&format=csv&work=drain-clear");
    let table = site.in_words(&path, "text/html, */*", "en").await;
    let text = String::from_utf8(table.body.clone()).unwrap();
    assert!(
        text.starts_with("\u{feff}Id,Work,Part of,Quantity,Unit,"),
        "{text}"
    );
    assert!(
        text.contains("drain-clear,Clear storm drains,,40,pcs,4,"),
        "{text}"
    );
    let path = format!("{YEAR}&format=json");
    let answered = site.in_words(&path, "text/csv", "en").await;
    assert_eq!(answered.header("content-type"), "application/json");
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[tokio::test]
async fn a_workbook_holds_the_same_and_the_tasks_behind_it() {
    let site = site().await;
    site.hand_over(&story()).await;
    let crew = Deed::Add {
        name: "王".into(),
        role: Role::Viewer,
        crews: vec!["road-1".into()],
        password: accounts::PASSWORD.into(),
    };
    act(&site.app, "crew-1", crew).await.unwrap();
    let cookie = site.cookie().await;
    let request = Request::get(YEAR)
        .header("accept", XLSX)
        .header("accept-language", "en")
        .header("cookie", &cookie);
    let answered = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answered.status, 200);
    assert_eq!(answered.header("content-type"), XLSX);
    assert_eq!(answered.header("content-language"), "en");
    assert_eq!(
        answered.header("content-disposition"),
        "attachment; filename=\"ledger-2024-01-01-2024-10-31.xlsx\""
    );
    let mut book = Xlsx::new(Cursor::new(answered.body.to_vec())).unwrap();
    assert_eq!(book.sheet_names(), ["Ledger", "Report", "Month", "Tasks"]);
    let mut row = |sheet: &str, first: &str| {
        let range = book.worksheet_range(sheet).unwrap();
        let text = Data::String(first.into());
        let mut rows = range.rows().map(<[Data]>::to_vec);
        let found = rows.find(|row| row[0] == text);
        found.unwrap_or_else(|| panic!("{sheet}: no {first}"))
    };
    let clear = row("Ledger", "drain-clear");
    assert_eq!(
        (&clear[3], &clear[11]),
        (&Data::Float(40.0), &Data::Float(0.011))
    );
    // What somebody wrote into an event is no formula, and stands as it was written.
    row("Ledger", "=HYPERLINK(1)");
    let paved = row("Tasks", "Repair or replace sidewalk paving");
    assert_eq!(
        (&paved[4], &paved[6]),
        (&Data::String("Road crew".into()), &Data::Float(1395.84))
    );
    // By the address, too; and to nobody who did not ask for it.
    for (accept, more, media) in [
        ("*/*", "&format=xlsx", XLSX),
        ("text/html, */*;q=0.8", "", "application/json"),
        (XLSX, "&format=csv", "text/csv; charset=utf-8"),
    ] {
        let request = Request::get(format!("{YEAR}{more}"));
        let request = request.header("accept", accept).header("cookie", &cookie);
        let answered = site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answered.header("content-type"), media, "{accept} {more}");
    }
}
