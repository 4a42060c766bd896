//! Every figure in print that the log can give.

use super::*;

/// Kind of work and figure, as they stand in the report on 2024 (`shared/domain.md` §2). Of bills
/// and of toilet waste only the least is in print.
pub(super) const IN_PRINT: [(&str, &str); 18] = [
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
    ("heating-renovate", "12"),
    ("outfall-inspect", "39"),
    ("outfall-regulate", "7"),
];

/// "Of which" lines.
const OF_WHICH: [(&str, &str, &str); 2] = [
    ("drain-clear", "drain-repair", "304"),
    ("outfall-inspect", "outfall-regulate", "7"),
];

#[test]
fn verified_it_comes_to_what_was_published() {
    let totals = added_up(tasks(), &whole());
    for (work, figure) in IN_PRINT {
        let quantity = of(&totals, work).quantity;
        let quantity = quantity.unwrap_or_else(|| panic!("no {work}"));
        assert_eq!(quantity.to_string(), figure, "{work}");
    }
    for (whole, part, figure) in OF_WHICH {
        let parts = of(&totals, whole).of_which.iter();
        let parts: Vec<_> = parts
            .map(|p| (p.work.as_str(), p.quantity.to_string()))
            .collect();
        assert_eq!(parts, [(part, figure.to_owned())], "{whole}");
    }
    let covered = of(&totals, "pipe-patrol").covered_mm;
    assert_eq!(covered, Some(146_000_000), "to the millimetre");
    assert_eq!(totals.unknown.len(), 0);
}

#[test]
fn of_what_prints_as_at_least_there_is_as_much_each_month() {
    for month in 1..=10 {
        let from = jiff::civil::date(2024, month, 1);
        let to = from.last_of_month();
        let scope = Scope {
            period: Period { from, to },
            ..whole()
        };
        let bills = of(&added_up(tasks(), &scope), "bill-remove").quantity;
        assert!(bills >= Some(1000.into()), "{month}: {bills:?}");
    }
    let totals = added_up(tasks(), &whole());
    let mean = of(&totals, "bill-remove").monthly_mean;
    assert!(
        Some(1000.into()) <= mean && mean < Some(1100.into()),
        "{mean:?}"
    );
    let tonnes = of(&totals, "toilet-pump").quantity;
    assert!(
        Some(1000.into()) <= tonnes && tonnes < Some(1100.into()),
        "{tonnes:?}"
    );
}

#[test]
fn without_a_supervisor_it_comes_to_something_else() {
    let scope = Scope {
        state: Wanted::Reported,
        ..whole()
    };
    let (all, verified) = (added_up(tasks(), &scope), added_up(tasks(), &whole()));
    let more = |work: &str| of(&all, work).quantity > of(&verified, work).quantity;
    for work in [
        "pothole-patch",
        "crack-seal",
        "lamp-repair",
        "manhole-clear",
        "drain-clear",
        "bill-remove",
    ] {
        assert!(more(work), "{work}: what nobody verified counts nowhere");
        let pending = of(&verified, work).pending;
        assert!(pending.unverified > 0, "{work}: {pending:?}");
    }
    let conflicts: u64 = verified.lines.iter().map(|l| l.pending.conflicts).sum();
    assert!(conflicts > 3, "{conflicts}");
}

#[test]
fn half_a_year_is_less_and_two_halves_are_all_of_what_is_summed() {
    let half = |from, to| {
        let scope = Scope {
            period: Period { from, to },
            ..whole()
        };
        added_up(tasks(), &scope)
    };
    let june = jiff::civil::date(2024, 6, 10);
    let (first, second) = (half(FIRST, june), half(june.tomorrow().unwrap(), LAST));
    for (work, figure) in IN_PRINT.iter().filter(|(work, _)| {
        let kind = city()
            .catalog()
            .work_kinds
            .iter()
            .find(|k| k.id.as_str() == *work);
        kind.unwrap().counts == crate::catalog::Counting::Sum
    }) {
        let parts = [&first, &second].map(|t| of(t, work).quantity.unwrap());
        assert!(parts.iter().all(|part| *part > Decimal::ZERO), "{work}");
        assert_eq!(
            (parts[0] + parts[1]).normalize().to_string(),
            *figure,
            "{work}"
        );
    }
}

/// The whole ledger of the demonstration: tasks and layers.
fn whole_ledger() -> Totals {
    let holdings = Holdings::of(city());
    let tasks = tasks().iter().map(|t| &**t);
    totals(city().catalog(), &whole(), tasks, Some(&holdings), true)
}

#[test]
fn with_the_layers_every_line_in_print_is_there() {
    let ledger = whole_ledger();
    let layers = [
        ("community-renovate", "117"),
        ("heat-supply", "273"),
        ("toilet-keep", "57"),
        ("pump-sewage-keep", "12"),
        ("pump-storm-keep", "2"),
    ];
    for (work, figure) in IN_PRINT.iter().chain(&layers) {
        let quantity = of(&ledger, work).quantity;
        assert_eq!(
            quantity.map(|q| q.to_string()).as_deref(),
            Some(*figure),
            "{work}"
        );
    }
    let communities = of(&ledger, "community-renovate");
    assert_eq!(communities.years, Some((2019, 2023)));
    assert_eq!(communities.tasks, 0, "it is the programmes' own figure");
    let split: Vec<_> = of(&ledger, "outfall-regulate").split.iter().collect();
    let split: Vec<_> = split
        .iter()
        .map(|s| (s.value.as_deref(), s.count))
        .collect();
    let parts = [
        (Some("industrial"), 1),
        (Some("irrigation"), 1),
        (Some("sewage_works"), 5),
    ];
    assert_eq!(split, parts);
    let published = city()
        .catalog()
        .work_kinds
        .iter()
        .filter(|kind| kind.published);
    for kind in published {
        let is_held = IN_PRINT
            .iter()
            .chain(&layers)
            .any(|(work, _)| *work == kind.id.as_str());
        let is_least = ["bill-remove", "toilet-pump"].contains(&kind.id.as_str());
        assert!(is_held || is_least, "{} is held to no figure", kind.id);
    }
}

#[test]
fn a_programme_counts_as_of_its_years_end() {
    let holdings = Holdings::of(city());
    let counted = |to: &str| {
        let mut scope = whole();
        scope.period = Period {
            from: FIRST.min(to.parse().unwrap()),
            to: to.parse().unwrap(),
        };
        let tasks = tasks().iter().map(|t| &**t);
        let ledger = totals(city().catalog(), &scope, tasks, Some(&holdings), true);
        let line = of(&ledger, "community-renovate");
        (line.quantity.unwrap().to_string(), line.years)
    };
    assert_eq!(counted("2018-12-31"), ("0".into(), None));
    assert_eq!(counted("2019-12-30"), ("0".into(), None));
    assert_eq!(counted("2019-12-31"), ("14".into(), Some((2019, 2019))));
    assert_eq!(counted("2023-06-30"), ("96".into(), Some((2019, 2022))));
    assert_eq!(counted("2023-12-31"), ("117".into(), Some((2019, 2023))));
}

#[test]
fn the_paragraph_of_the_year() {
    let ledger = whole_ledger();
    let [zh, en] = [Language::Zh, Language::En]
        .map(|language| paragraph(city().catalog(), whole().period, &ledger, language));
    insta::assert_snapshot!("year", format!("{zh}\n\n{en}"));
    // Plans are invented, and so is all that is said of them.
    let plans = city().catalog().work_kinds.iter().flat_map(|kind| {
        let plan = kind.plan.get(&2024).copied();
        let line = of(&ledger, kind.id.as_str());
        plan.filter(|plan| Some(*plan) != line.quantity)
    });
    let mut some = 0;
    // A thousand is what is printed of bills and of waste: the least.
    let told = |plan: &Decimal| *plan > Decimal::ONE_HUNDRED && *plan != Decimal::ONE_THOUSAND;
    for plan in plans.filter(told) {
        some += 1;
        assert!(
            !zh.contains(&format!("{plan}")) && !zh.contains("计划"),
            "{plan}: {zh}"
        );
    }
    assert!(some > 5);
    assert!(!en.contains("plan") && !en.contains("162"), "{en}");
}

#[test]
fn the_paragraph_of_some_weeks() {
    let period = Period {
        from: jiff::civil::date(2024, 3, 15),
        to: jiff::civil::date(2024, 4, 5),
    };
    let scope = Scope { period, ..whole() };
    let ledger = added_up(tasks(), &scope);
    let [zh, en] = [Language::Zh, Language::En]
        .map(|language| paragraph(city().catalog(), period, &ledger, language));
    insta::assert_snapshot!("weeks", format!("{zh}\n\n{en}"));
}

#[test]
fn the_paragraph_of_a_year_without_work() {
    let none = totals(city().catalog(), &whole(), [], None, true);
    let bare = Holdings::of(city());
    let layers = totals(city().catalog(), &whole(), [], Some(&bare), true);
    let told = [&none, &layers].map(|ledger| {
        [Language::Zh, Language::En]
            .map(|language| paragraph(city().catalog(), whole().period, ledger, language))
            .join("\n")
    });
    insta::assert_snapshot!("nothing", told.join("\n\n"));
}
