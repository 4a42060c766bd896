//! LibreOffice opens it, and has the same cells.

use super::year::made;
use super::{book, figure};
use mendmap_core::ledger::Entry;
use mendmap_sheet::workbook;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

/// CSV with commas, quotes, UTF-8, each cell as it is shown, and of all sheets a file each.
const CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1";

/// The rows of a sheet as LibreOffice shows them; none, said aloud, where there is no LibreOffice.
fn shown(bytes: &[u8], name: &str) -> Option<Vec<Vec<String>>> {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("book.xlsx"), bytes).unwrap();
    // A profile of its own: one LibreOffice works in a profile.
    let profile = format!("-env:UserInstallation=file://{}", at("profile").display());
    let mut office = Command::new("soffice");
    office.args([&*profile, "--headless", "--convert-to", CSV, "--outdir"]);
    let ended = office.arg(folder.path()).arg(at("book.xlsx")).output();
    let ended = match ended {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            eprintln!(
                "SKIPPED: there is no `soffice` on the path, so LibreOffice opened no workbook; \
                 apt-get install libreoffice-calc"
            );
            return None;
        }
        ended => ended.unwrap(),
    };
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(ended.status.success(), "{said}");
    Some(rows(&at(&format!("book-{name}.csv")), &said))
}

fn rows(file: &Path, said: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{file:?}: {e}; {said}"));
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true);
    let records = reader.from_reader(text.as_bytes()).into_records();
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        record.unwrap().iter().map(str::to_owned).collect()
    };
    records.map(row).collect()
}

#[test]
fn cells_are_shown_as_they_are() {
    let cells = vec![
        figure("1395.84", 2),
        figure("6500", 2),
        figure("1.2345", 2),
        figure("9007199254740993", 0),
        Entry::Percent("162.5".parse().unwrap()),
        Entry::Year(2024),
        Entry::Day(jiff::civil::date(2024, 10, 31)),
        Entry::Text("=1+1".into()),
        Entry::Text("0012".into()),
        Entry::Text("雨漏, \"304\"\n座".into()),
    ];
    let Some(rows) = shown(&workbook(&book(cells)).unwrap(), "One") else {
        return;
    };
    let shown: Vec<&str> = rows.iter().map(|row| &*row[0]).collect();
    assert_eq!(
        shown,
        [
            "A title",
            "what is said of it",
            "Cells",
            "1,395.84",
            "6,500.00",
            "1.2345",
            "9007199254740993",
            "162.5%",
            "2024",
            "2024-10-31",
            "=1+1",
            "0012",
            "雨漏, \"304\"\n座",
        ]
    );
}

#[test]
fn the_published_year_opens_with_its_figures() {
    let Some(rows) = shown(&made().zh, "台账") else {
        return;
    };
    let heads = rows
        .iter()
        .find(|row| row.iter().any(|cell| cell == "数量"));
    let heads = heads.unwrap();
    let at = |head: &str| heads.iter().position(|one| one == head).unwrap();
    for (work, figure) in [
        ("补坑槽", "6,500.00"),
        ("沥青灌缝", "210,000.00"),
        ("人行道面层铺装维修更换", "1,395.84"),
        ("路缘石维修更换", "820.50"),
        ("清掏雨漏", "3,846"),
        ("巡护管线", "146.000"),
        ("机械化清扫", "1,800,000.00"),
        ("老旧小区改造", "117"),
        ("生活垃圾无害化处理率", "100.00"),
    ] {
        let row = rows
            .iter()
            .find(|row| row.get(at("工作")).is_some_and(|cell| cell == work));
        assert_eq!(row.unwrap()[at("数量")], figure, "{work}");
    }
}
