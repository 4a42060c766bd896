//! Every line of the published yearly ledger has its kind of work, in the unit
//! it is printed in and counted the way it is counted.

use super::super::Counting::{self, CoveredOnce, Distinct, Entered, Sum};
use super::super::Nature::{self, Cumulative, Flow, Stock};
use super::city;

/// Work kind, its name, family, unit as printed, counting, nature, what it is a subset of.
type Line = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Counting,
    Nature,
    Option<&'static str>,
);

/// In the order of the catalogue.
#[rustfmt::skip]
const LINES: [Line; 22] = [
    ("pothole-patch", "补坑槽", "road", "平方米", Sum, Flow, None),
    ("crack-seal", "沥青灌缝", "road", "延米", Sum, Flow, None),
    ("sidewalk-pave", "人行道面层铺装维修更换", "road", "平方米", Sum, Flow, None),
    ("kerb-replace", "路缘石维修更换", "road", "延米", Sum, Flow, None),
    ("drain-clear", "清掏雨漏", "drainage", "座", Sum, Flow, None),
    ("drain-repair", "维修雨漏", "drainage", "座", Sum, Flow, Some("drain-clear")),
    ("manhole-clear", "清掏检查井", "drainage", "座", Sum, Flow, None),
    ("manhole-repair", "维修检查井", "drainage", "座", Sum, Flow, None),
    ("pipe-patrol", "巡护管线", "drainage", "公里", CoveredOnce, Flow, None),
    ("pump-sewage-keep", "污水泵站运行清掏", "drainage", "座", Distinct, Stock, None),
    ("pump-storm-keep", "雨水泵站运行清掏", "drainage", "座", Distinct, Stock, None),
    ("lamp-repair", "路灯维修", "lighting", "盏", Sum, Flow, None),
    ("sweep", "机械化清扫", "sanitation", "平方米", Distinct, Flow, None),
    ("bill-remove", "清理小广告", "sanitation", "条", Sum, Flow, None),
    ("toilet-keep", "标准化水冲公厕管护", "sanitation", "座", Distinct, Stock, None),
    ("toilet-pump", "公厕清运吸排", "sanitation", "吨", Sum, Flow, None),
    ("refuse-rate", "生活垃圾无害化处理率", "sanitation", "%", Entered, Flow, None),
    ("community-renovate", "老旧小区改造", "communities", "个", Distinct, Cumulative, None),
    ("heating-renovate", "供热设施改造", "heating", "个", Distinct, Flow, None),
    ("heat-supply", "阳光供热公司供热小区", "heating", "个", Distinct, Stock, None),
    ("outfall-inspect", "入河排污口排查", "outfalls", "个", Distinct, Flow, None),
    ("outfall-regulate", "入河排污口规范化整治", "outfalls", "个", Distinct, Flow, Some("outfall-inspect")),
];

#[test]
fn every_published_line_has_its_unit_and_its_way_of_counting() {
    let catalog = city();
    let lines: Vec<_> = catalog
        .work_kinds
        .iter()
        .filter(|w| w.published)
        .map(|w| {
            let unit = catalog.unit(&w.unit).map(|u| u.label.zh.as_str());
            (
                w.id.as_str(),
                w.label.zh.as_str(),
                w.family.as_str(),
                unit.unwrap_or_default(),
                w.counts,
                w.nature,
                w.within.as_ref().map(|w| w.as_str()),
            )
        })
        .collect();
    assert_eq!(lines, LINES);
}

#[test]
fn published_figures_can_be_typed_as_they_are_printed() {
    let catalog = city();
    for (kind, figure) in [
        ("sidewalk-pave", "1395.84"),
        ("kerb-replace", "820.5"),
        ("pothole-patch", "6500"),
        ("crack-seal", "210000"),
        ("pipe-patrol", "146"),
        ("toilet-pump", "1000"),
        ("refuse-rate", "100"),
    ] {
        let unit = catalog.unit(&catalog.work_kind(&kind.into()).expect(kind).unit);
        let figure = figure.parse().expect("a decimal");
        assert!(unit.expect(kind).allows(figure), "{kind} {figure}");
    }
    let drains = catalog.unit(&"pcs".into()).expect("pcs");
    assert!(!drains.allows("0.5".parse().expect("a decimal")));
}

#[test]
fn every_published_line_has_its_words_with_a_place_for_the_figure() {
    for kind in city().work_kinds.iter().filter(|kind| kind.published) {
        let printed = kind
            .printed
            .as_ref()
            .unwrap_or_else(|| panic!("{}", kind.id));
        for text in [&printed.text.zh, &printed.text.en] {
            assert_eq!(text.matches("{n}").count(), 1, "{}: {text}", kind.id);
        }
        assert!(!printed.text.zh.contains("{s}"), "{}", kind.id);
    }
}

#[test]
fn plans_are_said_to_be_invented() {
    let catalog = city();
    assert!(catalog.city.demonstration);
    assert!(catalog.plan_note.is_some_and(|n| n.zh.contains("虚构")));
    let planned = catalog.work_kinds.iter().filter(|w| !w.plan.is_empty());
    for kind in planned {
        let years: Vec<_> = kind.plan.keys().copied().collect();
        assert_eq!(years, [2024, 2025, 2026], "{}", kind.id);
    }
}

#[test]
fn snow_ice_leaves_and_floods_stay_out_of_print() {
    let catalog = city();
    for kind in [
        "snow-clear",
        "snow-haul",
        "ice-clear",
        "leaf-clear",
        "flood-drain",
    ] {
        assert!(
            !catalog.work_kind(&kind.into()).expect(kind).published,
            "{kind}"
        );
    }
    for kind in ["snow-dump", "ice-spot", "leaf-point", "flood-point"] {
        assert!(catalog.asset_kind(&kind.into()).is_some(), "{kind}");
        assert!(
            catalog.work_for_asset(&kind.into()).next().is_some(),
            "{kind}"
        );
    }
}
