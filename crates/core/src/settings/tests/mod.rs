//! What is set of a catalogue, by administrators that have met and some that have not.

use super::*;
use crate::catalog::Catalog;
use crate::ids::EventId;
use crate::log::testkit::{CITY, Phone, catalog, undone};
use crate::log::{Configured, Json, Subject};
use proptest::prelude::*;
use serde_json::json;
use serde_json::value::RawValue;
use std::collections::BTreeSet;

const PLAN: &str = "/work_kinds/drain-clear/plan/2025";

fn file() -> Vec<u8> {
    catalog().write().unwrap().into_bytes()
}

fn city() -> Subject {
    Subject::City(CITY.into())
}

fn configured(path: &str, json: &str) -> Configured {
    Configured {
        path: path.into(),
        value: Json(RawValue::from_string(json.into()).unwrap()),
    }
}

fn settings(phone: &Phone) -> Settings {
    Settings::from_log(&phone.log, &BTreeSet::new())
}

fn shown(phone: &Phone) -> Over {
    over(&file(), &settings(phone)).unwrap()
}

fn plan(catalog: &Catalog) -> Option<String> {
    let kind = catalog.work_kind(&"drain-clear".parse().unwrap())?;
    Some(kind.plan.get(&2025)?.to_string())
}

fn sets(phone: &mut Phone, path: &str, json: &str) -> EventId {
    let draft = set(&shown(phone).bytes, &settings(phone), path, json).unwrap();
    phone.say(draft.subject, draft.kind)
}

fn refusal(phone: &Phone, path: &str, json: &str) -> Refusal {
    set(&shown(phone).bytes, &settings(phone), path, json).unwrap_err()
}

#[test]
fn without_settings_the_file_is_the_catalogue() {
    let over = over(&file(), &Settings::default()).unwrap();
    assert_eq!(over.bytes, file());
    assert_eq!(over.catalog, catalog());
    assert_eq!(over.steps, []);
}

#[test]
fn what_is_set_stands_until_it_is_set_again_or_taken_back() {
    let mut phone = Phone::new(1);
    let first = sets(&mut phone, PLAN, r#""4000""#);
    assert_eq!(plan(&shown(&phone).catalog).as_deref(), Some("4000"));
    let second = sets(&mut phone, PLAN, r#""4500""#);
    let now = shown(&phone);
    assert_eq!(plan(&now.catalog).as_deref(), Some("4500"));
    let was: Vec<_> = now.steps.iter().map(|step| step.was.as_deref()).collect();
    assert_eq!(was, [None, Some(r#""4000""#)]);
    let back = take_back(CITY, &settings(&phone), second).unwrap();
    phone.say(back.subject, back.kind);
    assert_eq!(plan(&shown(&phone).catalog).as_deref(), Some("4000"));
    let standing: Vec<_> = settings(&phone).all.iter().map(|s| s.standing).collect();
    assert_eq!(standing, [Standing::Stands, Standing::TakenBack]);
    let again = take_back(CITY, &settings(&phone), second);
    assert_eq!(again.unwrap_err(), Refusal::NoSetting);
    // And null takes away what stands there.
    sets(&mut phone, PLAN, "null");
    assert_eq!(plan(&shown(&phone).catalog), None);
    assert_ne!(first, second);
}

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let phone = Phone::new(1);
    let unit = "/work_kinds/drain-clear/unit";
    let not_settable = |path: &str| Refusal::NotSettable { path: path.into() };
    for path in [
        unit,
        "/layers/all/file",
        "/city/zone",
        "/units/pcs",
        "",
        "plan_note",
    ] {
        assert_eq!(refusal(&phone, path, r#""m""#), not_settable(path));
    }
    // Work names its kind for ever.
    let kind = "/work_kinds/drain-clear";
    assert_eq!(refusal(&phone, kind, "null"), not_settable(kind));
    let nobody = "/work_kinds/nobody/plan/2025";
    let not_there = Refusal::NotThere {
        path: nobody.into(),
    };
    assert_eq!(refusal(&phone, nobody, r#""1""#), not_there);
    let not_json = Refusal::NotJson { path: PLAN.into() };
    assert_eq!(refusal(&phone, PLAN, "4 000"), not_json);
    assert_eq!(refusal(&phone, PLAN, "null"), Refusal::NoChange);
    for nonsense in [r#""-1""#, r#""1.5""#, r#""many""#, "[]"] {
        let refused = refusal(&phone, PLAN, nonsense);
        assert!(
            matches!(refused, Refusal::Unsound { .. }),
            "{nonsense}: {refused}"
        );
    }
}

#[test]
fn crews_come_and_go_and_are_called_otherwise() {
    let mut phone = Phone::new(1);
    let crew = r#"{"id":"road/3","label":{"zh":"三班","en":"Crew 3"},"families":["road"]}"#;
    sets(&mut phone, "/crews/road~13", crew);
    sets(&mut phone, "/crews/road~13/label/en", r#""Third crew""#);
    let crews = shown(&phone).catalog.crews;
    assert_eq!(crews.len(), 1);
    assert_eq!(crews[0].label.en, "Third crew");
    let other = refusal(&phone, "/crews/lamp", crew);
    assert!(matches!(other, Refusal::NotThere { .. }), "{other}");
    sets(&mut phone, "/crews/road~13", "null");
    assert_eq!(shown(&phone).catalog.crews, []);
}

#[test]
fn what_was_wrong_already_stays_so_where_an_entry_before_it_is_taken_out() {
    let crew = |id: &str, family: &str| json!({"id": id, "label": {"zh": "班", "en": "Crew"}, "families": [family]});
    let mut value: serde_json::Value = serde_json::from_slice(&file()).unwrap();
    value["crews"] = json!([crew("a", "road"), crew("b", "nowhere"), crew("c", "road")]);
    let now = value.to_string();
    let (_, problems) = Catalog::read(now.as_bytes()).unwrap();
    assert_eq!(problems.len(), 1, "{problems:?}");
    let try_set =
        |path: &str, json: &str| set(now.as_bytes(), &Settings::default(), path, json).map(|_| ());
    assert_eq!(try_set("/crews/a", "null"), Ok(()));
    assert_eq!(try_set("/crews/b", "null"), Ok(()));
    // And another fault of the same kind is a new one.
    let other = try_set("/crews/d", &crew("d", "nowhere").to_string());
    assert!(matches!(other, Err(Refusal::Unsound { .. })), "{other:?}");
}

#[test]
fn a_setting_that_the_file_has_no_place_for_any_more_lies_idle_alone() {
    let mut phone = Phone::new(1);
    phone.say(city(), configured("/work_kinds/gone/plan/2025", r#""1""#));
    phone.say(city(), configured(PLAN, r#""-3""#));
    phone.say(city(), configured("/city/zone", r#""UTC""#));
    sets(&mut phone, PLAN, r#""7""#);
    let over = shown(&phone);
    assert_eq!(plan(&over.catalog).as_deref(), Some("7"));
    assert_eq!(over.catalog.city, catalog().city);
    let odd: Vec<bool> = over.steps.iter().map(|step| step.odd.is_some()).collect();
    assert_eq!(odd, [true, true, true, false]);
}

#[test]
fn what_the_server_refused_counts_nowhere() {
    let mut phone = Phone::new(1);
    let event = sets(&mut phone, PLAN, r#""7""#);
    let settings = Settings::from_log(&phone.log, &BTreeSet::from([event]));
    assert_eq!(settings.all[0].standing, Standing::Refused);
    assert_eq!(plan(&over(&file(), &settings).unwrap().catalog), None);
}

#[test]
fn two_who_did_not_know_of_each_other_end_with_one_catalogue() {
    let (mut one, mut two) = (Phone::new(1), Phone::new(2));
    sets(&mut one, PLAN, r#""1""#);
    sets(&mut two, PLAN, r#""2""#);
    one.meet(&mut two);
    assert_eq!(shown(&one), shown(&two));
    assert!(plan(&shown(&one).catalog).is_some());
    // Whoever has seen both has the last word.
    sets(&mut one, PLAN, r#""3""#);
    two.learn(&one);
    assert_eq!(plan(&shown(&two).catalog).as_deref(), Some("3"));
}

#[test]
fn what_a_setting_is_about_is_told_by_its_place_and_the_other_way_round() {
    let (work, crew) = ("drain/clear".into(), "road~1".into());
    let (work, crew) = (
        crate::catalog::WorkKindId(work),
        crate::catalog::CrewId(crew),
    );
    let all = [
        What::Plan {
            work: work.clone(),
            year: 2025,
        },
        What::PerYear { work: work.clone() },
        What::Hours { work, limit: 1 },
        What::Crew { crew: crew.clone() },
        What::CrewZh { crew: crew.clone() },
        What::CrewEn { crew },
    ];
    for what in all {
        assert_eq!(What::of(&what.path()), what);
        assert_eq!(Place::read(&what.path()).unwrap().path(), what.path());
    }
    for path in [
        "/plan_note",
        "/work_kinds/a/plan/02025",
        "/work_kinds/a/plan/soon",
        "",
    ] {
        assert_eq!(What::of(path), What::Other { path: path.into() });
    }
}

#[test]
fn what_is_typed_is_what_stands_there_afterwards() {
    let mut phone = Phone::new(1);
    let (work, crew) = ("drain-clear".into(), "crew-1".into());
    let work = crate::catalog::WorkKindId(work);
    let (what, json) = new_crew(&catalog(), "三班", "Crew 3", &["road".into()]).unwrap();
    assert_eq!(
        what,
        What::Crew {
            crew: crate::catalog::CrewId(crew)
        }
    );
    assert_eq!(told(&json).as_deref(), Some("三班 / Crew 3"));
    sets(&mut phone, &what.path(), &json);
    let (second, _) = new_crew(&shown(&phone).catalog, "四班", "Crew 4", &[]).unwrap();
    assert_ne!(second, what);
    let crew = crate::catalog::CrewId("crew-1".into());
    let typed = [
        (
            What::Plan {
                work: work.clone(),
                year: 2026,
            },
            " 4000.0",
            "4000",
        ),
        (What::CrewZh { crew: crew.clone() }, "夜班", "夜班"),
        (
            What::CrewEn { crew: crew.clone() },
            "Night crew",
            "Night crew",
        ),
    ];
    for (what, typed, stands) in typed {
        sets(&mut phone, &what.path(), &what.json(typed).unwrap());
        let catalog = shown(&phone).catalog;
        assert_eq!(what.stands(&catalog).as_deref(), Some(stands));
    }
    let plan = What::Plan {
        work: work.clone(),
        year: 2026,
    };
    assert_eq!(plan.json("many"), None);
    assert_eq!(plan.json(" ").as_deref(), Some("null"));
    assert_eq!(told("null"), None);
    assert_eq!(
        What::Hours { work, limit: 0 }.json("6").as_deref(),
        Some("6")
    );
    // A name cannot be nothing.
    let blank = What::CrewZh { crew };
    let refused = refusal(&phone, &blank.path(), &blank.json("").unwrap());
    assert!(matches!(refused, Refusal::Unsound { .. }), "{refused}");
}

proptest! {
    /// In whatever order events arrive, and whatever stands in them, there is one catalogue, and it is sound.
    #[test]
    fn the_order_of_arrival_changes_nothing(
        said in prop::collection::vec((0..3_usize, 0..6_usize, 0..5_usize, any::<bool>()), 1..12),
        turn in any::<prop::sample::Index>(),
    ) {
        let paths = [PLAN, "/work_kinds/drain-clear/cycle", "/crews/a", "/crews/a/label", "/x", "/plan_note"];
        let values = [
            "null", r#""5""#, r#"{"per_year":"2"}"#, r#"{"zh":"甲","en":"A"}"#,
            r#"{"id":"a","label":{"zh":"甲","en":"A"},"families":[]}"#,
        ];
        let mut phones = [1, 2, 3].map(Phone::new);
        let mut last = None;
        for (who, path, value, learns) in said {
            let known = phones[0].clone();
            if learns {
                phones[who].learn(&known);
            }
            let event = match (path, last) {
                (4, Some(event)) => phones[who].say(city(), undone([event])),
                _ => phones[who].say(city(), configured(paths[path], values[value])),
            };
            last = Some(event);
        }
        let [mut one, two, three] = phones;
        one.learn(&two);
        one.learn(&three);
        let mut events = one.log.about(&city()).to_vec();
        let settings = Settings::fold(&events, &BTreeSet::new());
        let by = turn.index(events.len());
        events.rotate_left(by);
        events.reverse();
        prop_assert_eq!(&settings, &Settings::fold(&events, &BTreeSet::new()));
        let over = over(&file(), &settings).unwrap();
        let (read, problems) = Catalog::read(&over.bytes).unwrap();
        prop_assert_eq!(problems, vec![]);
        prop_assert_eq!(read, over.catalog);
    }
}
