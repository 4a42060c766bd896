//! The values that an event gives, in words.

use crate::{
    locales::{Words, t_string},
    state::{format, naming, session::Session},
};
use leptos::prelude::With;
use mendmap_core::{
    catalog::{Catalog, WorkKindId},
    log::Field,
    task::Fact,
};

/// Them in a line; empty where there are none.
#[inline(never)]
pub fn facts(session: Session, words: Words, facts: &[Fact]) -> String {
    let parts: Vec<String> = session.catalog.with(|catalog| {
        let said = |fact| fact_words(catalog.as_deref(), words, fact);
        facts.iter().map(said).collect()
    });
    parts.join(" · ")
}

fn fact_words(catalog: Option<&Catalog>, words: Words, fact: &Fact) -> String {
    let locale = words.get_locale();
    match fact {
        Fact::At {
            place,
            is_unreached: true,
        } => t_string!(words, task.round_unreached_said, place = place),
        Fact::At { place, .. } => place.clone(),
        Fact::Set { field, value } => {
            let value = value_words(catalog, words, *field, value);
            match field {
                // A kind of work says itself what it is.
                Field::Work => value,
                _ => format!("{} {value}", field_word(words, *field)),
            }
        }
        Fact::Cleared { field } => {
            t_string!(words, task.fact_cleared, what = field_word(words, *field))
        }
        Fact::Done { work, quantity } => {
            let digits = quantity.to_string();
            let Some(catalog) = catalog else {
                return digits;
            };
            let unit = catalog.work_kind(work).map(|kind| &kind.unit);
            let unit = unit.map_or_else(String::new, |unit| naming::unit(catalog, locale, unit));
            let amount = format::quantity(locale, &digits, &unit);
            format!("{} {amount}", naming::work(catalog, locale, work))
        }
        Fact::On { day } => format::day(locale, &day.to_string()),
        Fact::Photos { count } => {
            t_string!(words, task.fact_photos, n = format::count(locale, *count))
        }
    }
}

/// The value of a property of a task in words, where it came as an id or a number.
pub fn value_words(catalog: Option<&Catalog>, words: Words, field: Field, value: &str) -> String {
    let locale = words.get_locale();
    let known = match field {
        Field::Work => catalog.map(|c| naming::work(c, locale, &WorkKindId(value.into()))),
        Field::Crew => catalog.map(|c| naming::crew(c, locale, value)),
        Field::Due => Some(format::moment(locale, value)),
        Field::Planned => Some(format::decimal(locale, value)),
        Field::Stage => Some(stage_word(words, value).into()),
        Field::Priority => match value {
            "1" => Some(t_string!(words, desk.p_1).into()),
            "2" => Some(t_string!(words, desk.p_2).into()),
            "3" => Some(t_string!(words, desk.p_3).into()),
            _ => None,
        },
        Field::Report | Field::Target | Field::Note => None,
    };
    known.unwrap_or_else(|| value.into())
}

/// What a property of a task is called.
pub fn field_word(words: Words, field: Field) -> &'static str {
    match field {
        Field::Stage => t_string!(words, task.f_stage),
        Field::Report => t_string!(words, task.f_report),
        Field::Work => t_string!(words, task.f_work),
        Field::Target => t_string!(words, task.f_target),
        Field::Crew => t_string!(words, task.f_crew),
        Field::Due => t_string!(words, task.f_due),
        Field::Priority => t_string!(words, task.f_priority),
        Field::Planned => t_string!(words, task.f_planned),
        Field::Note => t_string!(words, task.f_note),
    }
}

fn stage_word(words: Words, stage: &str) -> &'static str {
    match stage.to_ascii_lowercase().replace('_', "").as_str() {
        "underway" => t_string!(words, common.mark_under_way),
        "reported" => t_string!(words, common.mark_reported),
        "verified" => t_string!(words, common.mark_verified),
        "returned" => t_string!(words, common.mark_returned),
        "cancelled" => t_string!(words, common.mark_cancelled),
        _ => t_string!(words, common.mark_open),
    }
}
