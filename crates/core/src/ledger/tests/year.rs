//! A year of tasks, made by hand, that adds up to what was published: the flows of 2024, read
//! as January to October, in the units and to the decimals they were printed in. The stocks
//! and the cumulative figure of the same report come from the asset layers as well.

use super::totals::{Book, covered, of, on, place, round, said, scope};
use crate::log::WorkLine;
use crate::log::testkit::{asset_uid, line, undone};
use crate::log::{Cancelled, Kind};

/// Work kind, quantity.
type Figure = (&'static str, &'static str);

/// Work kind, quantity, "of which".
const PUBLISHED: [(&str, &str, &[Figure]); 18] = [
    ("pothole-patch", "6500", &[]),
    ("crack-seal", "210000", &[]),
    ("sidewalk-pave", "1395.84", &[]),
    ("kerb-replace", "820.5", &[]),
    ("drain-clear", "3846", &[("drain-repair", "304")]),
    ("drain-repair", "304", &[]),
    ("manhole-clear", "3258", &[]),
    ("manhole-repair", "120", &[]),
    ("pipe-patrol", "146", &[]),
    ("pump-sewage-keep", "12", &[]),
    ("pump-storm-keep", "2", &[]),
    ("lamp-repair", "1099", &[]),
    ("sweep", "1800000", &[]),
    ("bill-remove", "10431", &[]),
    ("toilet-pump", "1024.75", &[]),
    ("heating-renovate", "12", &[]),
    ("outfall-inspect", "39", &[("outfall-regulate", "7")]),
    ("outfall-regulate", "7", &[]),
];

/// Ten months, each with its own amounts.
type Months = [&'static str; 10];

/// Works that are summed, month by month.
const MONTHLY: [(&str, &str, Months); 8] = [
    (
        "pothole-patch",
        "m2",
        [
            "0.75", "12.25", "640.5", "1210", "985.3", "870.2", "760", "811", "702.5", "507.5",
        ],
    ),
    (
        "crack-seal",
        "m",
        [
            "500.5", "1499.5", "18000", "32450.25", "31549.75", "28000", "27000.01", "25999.99",
            "24000", "21000",
        ],
    ),
    (
        "sidewalk-pave",
        "m2",
        [
            "8.06", "3.94", "120.5", "233.33", "210.17", "199.99", "180.01", "160", "150.84", "129",
        ],
    ),
    (
        "kerb-replace",
        "m",
        [
            "0.5", "10", "70.25", "120.75", "119", "110", "100", "99.9", "95.1", "95",
        ],
    ),
    (
        "manhole-clear",
        "pcs",
        [
            "0", "0", "120", "510", "498", "470", "455", "430", "400", "370",
        ],
    ),
    (
        "manhole-repair",
        "pcs",
        ["3", "2", "10", "16", "15", "14", "16", "15", "14", "15"],
    ),
    (
        "lamp-repair",
        "lamp",
        [
            "140", "121", "98", "87", "90", "93", "99", "104", "118", "149",
        ],
    ),
    (
        "toilet-pump",
        "t",
        [
            "101.5", "98.25", "100", "102.5", "103", "104.5", "104.5", "104.25", "103.25", "103",
        ],
    ),
];

fn day(month: usize, day: u32) -> String {
    format!("2024-{month:02}-{day:02}")
}

fn one(kind: &str, unit: &str) -> Vec<WorkLine> {
    vec![line(kind, "1", unit)]
}

fn summed(book: &mut Book) {
    for (kind, unit, months) in MONTHLY {
        for (n, amount) in months.into_iter().enumerate() {
            if amount != "0" {
                book.done(on(n as u8), vec![line(kind, amount, unit)], &day(n + 1, 28));
            }
        }
    }
    // The last day counts, and a drawn place as well as an asset.
    book.done(
        place(),
        vec![line("manhole-clear", "5", "pcs")],
        "2024-10-31",
    );
    let bills: Months = [
        "1011", "1004", "1038", "1050", "1066", "1072", "1049", "1055", "1041", "1045",
    ];
    for (n, count) in bills.into_iter().enumerate() {
        book.done(
            place(),
            vec![line("bill-remove", count, "item")],
            &day(n + 1, 15),
        );
    }
}

/// Rounds of drains, some of them repaired on the way; and some that were only repaired.
fn drains(book: &mut Book) {
    for month in 3..=10 {
        let lines = vec![
            line("drain-clear", "475", "pcs"),
            line("drain-repair", "35", "pcs"),
        ];
        book.done(round(0..200), lines, &day(month, 20));
    }
    for n in 0..24 {
        book.done(on(n), one("drain-repair", "pcs"), "2024-06-06");
    }
    book.done(
        round(0..22),
        vec![line("drain-clear", "22", "pcs")],
        "2024-01-01",
    );
}

/// 146 pipes of one kilometre. Each month a half of each, and all of ten of them at once.
fn pipes(book: &mut Book) {
    let pipe = asset_uid;
    for month in 1..=10 {
        let half = match month % 2 {
            0 => (0, 600_000),
            _ => (400_000, 1_000_000),
        };
        let stretches: Vec<_> = (0..146).map(|n| (pipe(n), half.0, half.1)).collect();
        book.done(
            on(0),
            vec![covered("pipe-patrol", "87.6", &stretches)],
            &day(month, 9),
        );
        let again: Vec<_> = (0..10).map(|n| (pipe(n), 0, 1_000_000)).collect();
        book.done(
            on(1),
            vec![covered("pipe-patrol", "10", &again)],
            &day(month, 10),
        );
    }
}

/// What counts once, however often it is done.
fn once(book: &mut Book) {
    for month in 1..=10 {
        book.done(
            round(0..12),
            vec![line("pump-sewage-keep", "12", "pcs")],
            &day(month, 2),
        );
        (20..22).for_each(|n| {
            book.done(on(n), one("pump-storm-keep", "pcs"), &day(month, 3));
        });
        (0..60).for_each(|n| {
            book.done(on(n), vec![line("sweep", "30000", "m2")], &day(month, 4));
        });
        book.done(
            place(),
            vec![line("refuse-rate", "100", "percent")],
            &day(month, 28),
        );
    }
    for n in 0..10 {
        book.done(on(n), one("heating-renovate", "place"), "2024-09-30");
    }
    // Two are buildings that no layer has.
    book.done(place(), one("heating-renovate", "place"), "2024-10-08");
    book.done(place(), one("heating-renovate", "place"), "2024-10-15");
    for n in 0..39 {
        book.done(on(n), one("outfall-inspect", "place"), "2024-05-20");
        if n % 6 == 0 {
            book.done(on(n), one("outfall-regulate", "place"), "2024-08-20");
        }
    }
}

/// What is not of the period, was taken back or was called off.
fn beside_it(book: &mut Book) {
    for day in ["2023-12-31", "2024-11-01"] {
        for (kind, unit, _) in MONTHLY {
            book.done(on(1), vec![line(kind, "7.25", unit)], day);
        }
        book.done(on(99), one("pump-sewage-keep", "pcs"), day);
        let far = [(asset_uid(200), 0, 5_000_000)];
        book.done(on(1), vec![covered("pipe-patrol", "5", &far)], day);
    }
    let too_much = vec![line("pothole-patch", "65", "m2")];
    let (wrong, told) = book.done(on(1), too_much, "2024-05-05");
    book.phone.say(wrong, undone([told]));
    let (off, _) = book.done(on(1), one("lamp-repair", "lamp"), "2024-05-05");
    book.phone.say(off, Kind::from(Cancelled::default()));
}

#[test]
fn a_year_of_tasks_adds_up_to_what_was_published() {
    let mut book = Book::new();
    summed(&mut book);
    drains(&mut book);
    pipes(&mut book);
    once(&mut book);
    beside_it(&mut book);
    let totals = book.totals(&scope("2024-01-01", "2024-10-31"));
    for (kind, quantity, parts) in PUBLISHED {
        let line = of(&totals, kind);
        assert_eq!(said(line.quantity), quantity, "{kind}");
        let of_which = line.of_which.iter();
        let of_which: Vec<_> = of_which
            .map(|w| (w.work.as_str(), w.quantity.to_string()))
            .collect();
        let parts: Vec<_> = parts.iter().map(|(w, q)| (*w, (*q).to_owned())).collect();
        assert_eq!(of_which, parts, "{kind}");
        assert!(line.pending.is_empty(), "{kind}");
    }
    assert_eq!(of(&totals, "pipe-patrol").covered_mm, Some(146_000_000));
    assert_eq!(said(of(&totals, "bill-remove").monthly_mean), "1043");
    assert_eq!(said(of(&totals, "refuse-rate").quantity), "100");
    // The demonstration's plans are invented, and so is what was reached of them.
    let percent = |kind| said(of(&totals, kind).plan.unwrap().percent());
    assert_eq!(percent("pothole-patch"), "162.5");
    assert_eq!(percent("sidewalk-pave"), "116.3");
    assert_eq!(percent("pump-sewage-keep"), "100.0");
}
