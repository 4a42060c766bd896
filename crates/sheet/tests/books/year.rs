//! The demonstration's year as a file: every published line is in its cell (`shared/domain.md` §2).

use super::sheet;
use calamine::{Data, Range};
use jiff::civil::date;
use mendmap_core::demo::{self, year::Targets, year::year};
use mendmap_core::ledger::{Asked, Book, Holdings, Period, Scope, Wanted, list, monthly};
use mendmap_core::log::Log;
use mendmap_core::task::{Task, Tasks};
use mendmap_core::told::Language;
use mendmap_sheet::workbook;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Work as the catalogue has it in Chinese, its figure and its unit.
pub(super) const IN_PRINT: [(&str, f64, &str); 20] = [
    ("补坑槽", 6500.0, "平方米"),
    ("沥青灌缝", 210_000.0, "延米"),
    ("人行道面层铺装维修更换", 1395.84, "平方米"),
    ("路缘石维修更换", 820.5, "延米"),
    ("路灯维修", 1099.0, "盏"),
    ("巡护管线", 146.0, "公里"),
    ("清掏检查井", 3258.0, "座"),
    ("维修检查井", 120.0, "座"),
    ("清掏雨漏", 3846.0, "座"),
    ("维修雨漏", 304.0, "座"),
    ("污水泵站运行清掏", 12.0, "座"),
    ("雨水泵站运行清掏", 2.0, "座"),
    ("机械化清扫", 1_800_000.0, "平方米"),
    ("标准化水冲公厕管护", 57.0, "座"),
    ("生活垃圾无害化处理率", 100.0, "%"),
    ("老旧小区改造", 117.0, "个"),
    ("供热设施改造", 12.0, "个"),
    ("阳光供热公司供热小区", 273.0, "个"),
    ("入河排污口排查", 39.0, "个"),
    ("入河排污口规范化整治", 7.0, "个"),
];

/// The year, in both languages.
pub(super) struct Year {
    pub(super) zh: Vec<u8>,
    en: Vec<u8>,
    listed: usize,
    months: BTreeMap<String, [Option<f64>; 2]>,
    book: Book,
}

pub(super) fn made() -> &'static Year {
    static YEAR: OnceLock<Year> = OnceLock::new();
    YEAR.get_or_init(|| {
        let city = demo::city(demo::SEED).unwrap();
        let mut log = Log::new(&city.catalog().city.id);
        log.merge(year(demo::SEED, &city, &Targets::published()).unwrap());
        let tasks = Tasks::from_log(&log, BTreeSet::new());
        let tasks: Vec<&Task> = tasks.iter().map(|task| &**task).collect();
        let period = Period {
            from: date(2024, 1, 1),
            to: date(2024, 10, 31),
        };
        let scope = Scope {
            state: Wanted::Verified,
            ..Scope::of(period)
        };
        let asked = Asked {
            catalog: city.catalog(),
            scope: &scope,
            tasks: &tasks,
            holdings: Some(&Holdings::of(&city)),
            imported: None,
            journal: None,
            verification: true,
        };
        let made_on = date(2024, 11, 4);
        let book = asked.book(made_on, Language::Zh);
        let number =
            |value: Option<rust_decimal::Decimal>| Some(value?.to_string().parse().unwrap());
        let form = monthly(&asked, period.to);
        let months = form.lines.iter().map(|line| {
            let kind = city.catalog().work_kind(&line.work).unwrap();
            (kind.label.zh.clone(), [line.month, line.year].map(number))
        });
        Year {
            zh: workbook(&book).unwrap(),
            en: workbook(&asked.book(made_on, Language::En)).unwrap(),
            listed: list(&asked).len(),
            months: months.collect(),
            book,
        }
    })
}

/// The rows below the row that has this head, and where the heads stand.
fn rows<'r>(range: &'r Range<Data>, head: &str) -> (Vec<String>, Vec<&'r [Data]>) {
    let is_head = |row: &[Data]| row.iter().any(|cell| cell == &Data::String(head.into()));
    let mut all = range.rows().skip_while(|row| !is_head(row));
    let heads = all.next().unwrap().iter().map(ToString::to_string);
    (heads.collect(), all.collect())
}

fn cell<'r>(table: &(Vec<String>, Vec<&'r [Data]>), work: &str, head: &str) -> &'r Data {
    let at = |head: &str| table.0.iter().position(|one| one == head).unwrap();
    let is_it = |row: &&&[Data]| row[at("工作")] == Data::String(work.into());
    let row = table.1.iter().find(is_it);
    &row.unwrap_or_else(|| panic!("no {work}"))[at(head)]
}

#[test]
fn every_published_line_is_in_its_cell() {
    let range = sheet(&made().zh, "台账");
    let table = rows(&range, "数量");
    for (work, figure, unit) in IN_PRINT {
        assert_eq!(cell(&table, work, "数量"), &Data::Float(figure), "{work}");
        assert_eq!(
            cell(&table, work, "单位"),
            &Data::String(unit.into()),
            "{work}"
        );
    }
    assert_eq!(
        cell(&table, "补坑槽", "完成计划的百分比"),
        &Data::Float(1.625)
    );
    let Data::DateTime(to) = cell(&table, "补坑槽", "止") else {
        panic!("no day");
    };
    assert_eq!(to.as_f64(), 45596.0);
    // Of these only the least is in print.
    for (work, head) in [("清理小广告", "月均"), ("公厕清运吸排", "数量")] {
        let Data::Float(figure) = cell(&table, work, head) else {
            panic!("{work}");
        };
        assert!((1000.0..1100.0).contains(figure), "{work}: {figure}");
    }
}

#[test]
fn the_paragraph_is_in_it_in_either_language() {
    let text = |bytes: &[u8], name: &str| {
        let range = sheet(bytes, name);
        range.get_value((1, 0)).unwrap().to_string()
    };
    let zh = text(&made().zh, "通报");
    for words in [
        "2024年1—10月，双辽市",
        "沥青灌缝21万延米",
        "铺装1395.84平方米",
        "机械化清扫面积180万平方米",
        "清掏雨漏3846座（其中维修雨漏304座）",
    ] {
        assert!(zh.contains(words), "{words}: {zh}");
    }
    let en = text(&made().en, "Report");
    assert!(en.contains("1.8 million m² of streets swept"), "{en}");
    assert!(!zh.contains("计划") && !en.contains("plan"));
}

#[test]
fn the_list_has_every_task_behind_the_lines() {
    let range = sheet(&made().zh, "任务清单");
    let (heads, rows) = rows(&range, "任务编号");
    assert_eq!(rows.len(), made().listed);
    assert!(rows.len() > 4000, "{}", rows.len());
    let at = |head: &str| heads.iter().position(|one| one == head).unwrap();
    let counted = |work: &str| {
        let rows = rows
            .iter()
            .filter(|row| row[at("工作")] == Data::String(work.into()));
        let counted = rows.filter(|row| row[at("计入")] == Data::String("是".into()));
        let hundredths = counted.map(|row| match row[at("数量")] {
            Data::Float(figure) => (figure * 100.0).round() as i64,
            _ => 0,
        });
        hundredths.sum::<i64>()
    };
    assert_eq!(counted("人行道面层铺装维修更换"), 139_584);
    assert_eq!(counted("清掏雨漏"), 384_600);
    assert!(
        rows.iter()
            .all(|row| matches!(row[at("完成日期")], Data::DateTime(_) | Data::Empty))
    );
}

#[test]
fn the_form_of_the_month_is_that_month_beside_the_year() {
    let range = sheet(&made().zh, "月报");
    let table = rows(&range, "本月");
    let number = |figure: Option<f64>| figure.map_or(Data::Empty, Data::Float);
    for (work, [month, year]) in &made().months {
        assert_eq!(cell(&table, work, "本月"), &number(*month), "{work}");
        assert_eq!(cell(&table, work, "累计"), &number(*year), "{work}");
    }
    for (work, figure, _) in IN_PRINT {
        assert_eq!(cell(&table, work, "累计"), &Data::Float(figure), "{work}");
    }
    let title = range.get_value((0, 0)).unwrap().to_string();
    assert_eq!(title, "双辽市养护月报（2024年10月）");
}

#[test]
fn the_same_year_is_the_same_bytes() {
    assert!(workbook(&made().book).unwrap() == made().zh);
    println!(
        "{} bytes in Chinese, {} in English",
        made().zh.len(),
        made().en.len()
    );
}
