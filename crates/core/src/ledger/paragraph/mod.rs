//! The ledger as a newspaper would carry it: one paragraph, of the same figures as the table.
//!
//! What is invented has no place in it, and so no plan has. A line of which there is nothing is
//! not mentioned.

mod figure;
mod span;

use super::{Period, Split, TotalLine, Totals};
use crate::catalog::{Catalog, Family, Label, Measure, Nature, Unit, WorkKind};
use crate::told::Language;
use figure::{Figure, figure};
use rust_decimal::Decimal;
pub(super) use span::span;

/// The published lines of a period in one paragraph, family by family in the catalogue's order.
///
/// In Chinese with local units (21万延米) and in English. Figures of which only the least is
/// printed say so (1000多条, more than 1,000); a mean of a month is printed where the catalogue
/// wants it and the period is of whole months.
pub fn paragraph(catalog: &Catalog, period: Period, totals: &Totals, language: Language) -> String {
    let print = Print {
        catalog,
        totals,
        language,
    };
    let families = catalog.families.iter();
    let told: Vec<String> = families.filter_map(|family| print.family(family)).collect();
    let (city, span) = (print.label(&catalog.city.label), span(period, language));
    match (language, told.is_empty()) {
        (Language::Zh, true) => format!("{span}，{city}没有可以公布的工作量。"),
        (Language::Zh, false) => format!("{span}，{city}{}。", told.join("；")),
        (Language::En, true) => format!("{city}, {span}: there is nothing to report."),
        (Language::En, false) => format!("{city}, {span}. {}.", told.join(". ")),
    }
}

struct Print<'a> {
    catalog: &'a Catalog,
    totals: &'a Totals,
    language: Language,
}

impl Print<'_> {
    fn label<'l>(&self, label: &'l Label) -> &'l str {
        match self.language {
            Language::Zh => &label.zh,
            Language::En => &label.en,
        }
    }

    /// What was done of a family of work; none where that is nothing.
    fn family(&self, family: &Family) -> Option<String> {
        let lines = self.totals.lines.iter().filter_map(|line| {
            let kind = self.catalog.work_kind(&line.work)?;
            let own = kind.family == family.id && kind.published && !self.is_told_within(kind);
            own.then(|| self.line(kind, line)).flatten()
        });
        let lines: Vec<String> = lines.collect();
        let name = self.label(&family.label);
        match (self.language, &lines[..]) {
            (_, []) => None,
            (Language::Zh, lines) => Some(format!("{name}方面，{}", lines.join("，"))),
            (Language::En, [one]) => Some(format!("{name}: {one}")),
            (Language::En, [first @ .., last]) => {
                Some(format!("{name}: {} and {last}", first.join(", ")))
            }
        }
    }

    /// Whether a kind is told behind the one that it counts within.
    fn is_told_within(&self, kind: &WorkKind) -> bool {
        let whole = kind.within.as_ref();
        self.totals.lines.iter().any(|line| {
            let is_published = self
                .catalog
                .work_kind(&line.work)
                .is_some_and(|k| k.published);
            let has_part = line.of_which.iter().any(|part| part.work == kind.id);
            Some(&line.work) == whole && is_published && has_part
        })
    }

    fn line(&self, kind: &WorkKind, line: &TotalLine) -> Option<String> {
        let printed = kind.printed.as_ref();
        let mean = line
            .monthly_mean
            .filter(|_| printed.is_some_and(|p| p.monthly))
            // Less than one a month is still something in all.
            .filter(|mean| *mean > Decimal::ZERO);
        let quantity = mean.or(line.quantity).filter(|q| *q > Decimal::ZERO)?;
        let words = self.words(kind, quantity);
        let told = match (self.language, mean) {
            (_, None) => words,
            (Language::Zh, Some(_)) => format!("每月{words}"),
            (Language::En, Some(_)) => format!("{words} a month"),
        };
        Some(told + &self.years(kind, line) + &self.parts(line))
    }

    /// The words of a kind with its figure in them.
    fn words(&self, kind: &WorkKind, quantity: Decimal) -> String {
        let printed = kind.printed.as_ref();
        let at_least = printed.and_then(|printed| printed.at_least);
        let unit = self.catalog.unit(&kind.unit);
        let said = self.said(figure(quantity, at_least), unit, printed.is_some());
        match (printed, self.language) {
            (Some(printed), _) if self.label(&printed.text).contains("{n}") => {
                // One station, two stations.
                let plural = if quantity == Decimal::ONE { "" } else { "s" };
                let text = self.label(&printed.text).replace("{n}", &said);
                text.replace("{s}", plural)
            }
            (_, Language::Zh) => format!("{}{said}", kind.label.zh),
            (_, Language::En) => format!("{} ({said})", kind.label.en),
        }
    }

    /// A figure with its unit. English words name what is counted themselves.
    fn said(&self, figure: Figure, unit: Option<&Unit>, is_named: bool) -> String {
        let label = unit.map_or("", |unit| self.label(&unit.label));
        let measures = unit.map(|unit| unit.measures).unwrap_or_default();
        match (self.language, measures) {
            (Language::Zh, _) => figure.zh() + label,
            (Language::En, Measure::Count) if is_named => figure.en(),
            (Language::En, Measure::Rate) => figure.en() + label,
            (Language::En, _) => format!("{} {label}", figure.en()),
        }
    }

    /// The years of what is cumulative.
    fn years(&self, kind: &WorkKind, line: &TotalLine) -> String {
        match (line.years, self.language) {
            (Some((first, last)), _) if kind.nature != Nature::Cumulative || first > last => {
                String::new()
            }
            (Some((one, other)), Language::Zh) if one == other => format!("（{one}年）"),
            (Some((one, other)), Language::En) if one == other => format!(" ({one})"),
            (Some((first, last)), Language::Zh) => format!("（{first}—{last}年）"),
            (Some((first, last)), Language::En) => format!(" ({first}–{last})"),
            (None, _) => String::new(),
        }
    }

    /// What of it is of other kinds, and of which parts.
    fn parts(&self, line: &TotalLine) -> String {
        let within = line.of_which.iter().filter_map(|part| {
            let kind = self.catalog.work_kind(&part.work)?;
            let own = self.totals.lines.iter().find(|line| line.work == part.work);
            let is_told = kind.published && part.quantity > Decimal::ZERO;
            let split = own.map_or(&[][..], |own| &own.split);
            is_told.then(|| self.words(kind, part.quantity) + &self.split(kind, split))
        });
        let within: Vec<String> = within.collect();
        match (self.language, within.is_empty()) {
            (_, true) => String::new(),
            (Language::Zh, false) => format!("（其中{}）", within.join("，")),
            (Language::En, false) => format!(" (of which {})", within.join(", ")),
        }
    }

    /// The parts of a line by what the catalogue tells it by; nothing where there is one.
    fn split(&self, kind: &WorkKind, split: &[Split]) -> String {
        if split.len() < 2 {
            return String::new();
        }
        let property = kind.split_by.as_deref();
        let property = property.and_then(|name| self.catalog.property(name));
        let unit = self.catalog.unit(&kind.unit);
        let told = split.iter().map(|part| {
            let values = property.map_or(&[][..], |property| &property.values);
            let named = values
                .iter()
                .find(|v| Some(&v.value) == part.value.as_ref());
            let name = match (named, &part.value, self.language) {
                (Some(named), ..) => self.label(&named.label).to_owned(),
                (None, Some(value), _) => value.clone(),
                (None, None, Language::Zh) => "其他".to_owned(),
                (None, None, Language::En) => "others".to_owned(),
            };
            let count = self.said(figure(part.count.into(), None), unit, true);
            match self.language {
                Language::Zh => format!("{name}{count}"),
                Language::En => format!("{name} {count}"),
            }
        });
        let told: Vec<String> = told.collect();
        match self.language {
            Language::Zh => format!("：{}", told.join("、")),
            Language::En => format!(": {}", told.join(", ")),
        }
    }
}
