//! Who was there, on whose behalf it is written down and with what: asked once, and remembered.

use super::check::Refusal;
use crate::catalog::Catalog;
use crate::log::{ActorId, Reported};
use serde::{Deserialize, Serialize};

/// A longer name is several that nobody put a comma between; in characters.
const MAX_NAME: usize = 40;
/// More people than any crew has.
const MAX_PEOPLE: usize = 40;
/// What a line was done with is named, not told; in characters.
const MAX_MATERIAL: usize = 100;
/// What was wrong with one thing; in characters.
const MAX_FOUND: usize = 200;
/// How many materials are offered for a kind of work.
const MAX_OFFERED: usize = 3;

/// The names in a text: a comma, a semicolon or a new line stands between, of either script.
/// Each once, in their order.
pub fn names(text: &str) -> Vec<String> {
    let between = [',', '，', '、', ';', '；', '\n'];
    let mut names: Vec<String> = Vec::new();
    for name in text.split(between) {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The text with a name put to its end, or taken out where it is in it.
pub fn turned(text: &str, name: &str, comma: &str) -> String {
    let mut all = names(text);
    match all.iter().position(|own| own == name) {
        Some(at) => {
            all.remove(at);
        }
        None => all.push(name.to_owned()),
    }
    all.join(comma)
}

/// The text with a sentence on a line of its own at its end, or without the line that it is.
pub fn turned_line(text: &str, sentence: &str) -> String {
    let is_it = |line: &&str| line.trim() == sentence;
    if text.lines().any(|line| is_it(&line)) {
        let others: Vec<&str> = text.lines().filter(|line| !is_it(line)).collect();
        return others.join("\n");
    }
    match text.trim().is_empty() {
        true => sentence.to_owned(),
        false => [text.trim_end(), sentence].join("\n"),
    }
}

/// Whether these may be the names of people who were there.
pub fn are_names(names: &[String]) -> bool {
    let is_name = |name: &String| name.chars().count() <= MAX_NAME;
    names.len() <= MAX_PEOPLE && names.iter().all(is_name)
}

/// On whose behalf: a crew of the catalogue, where it is one's name; nobody's, where nothing is said.
pub fn on_behalf(text: &str, catalog: &Catalog) -> Option<ActorId> {
    let text = text.trim();
    let is_it = |label: &str| label.trim().eq_ignore_ascii_case(text);
    let mut crews = catalog.crews.iter();
    let crew = crews.find(|crew| is_it(&crew.label.zh) || is_it(&crew.label.en));
    let known = crew.map_or(text, |crew| crew.id.as_str());
    (!text.is_empty()).then(|| ActorId::from(known))
}

/// What was used for a kind of work, the last first: what is used now, before what was.
pub fn used(before: &[String], now: &str) -> Vec<String> {
    let now = now.trim();
    let mut all: Vec<String> = before.to_vec();
    if !now.is_empty() {
        all.retain(|material| material != now);
        all.insert(0, now.to_owned());
    }
    all.truncate(MAX_OFFERED);
    all
}

/// Checks what a report says of people and materials.
pub(super) fn attended_fits(report: &Reported) -> Result<(), Refusal> {
    let behalf = report.on_behalf.as_ref().map(|on| on.0.to_string());
    let is_long = |text: &String| text.chars().count() > MAX_MATERIAL;
    let mut materials = report
        .lines
        .iter()
        .filter_map(|line| line.material.as_ref());
    let mut found = report.checked.iter().filter_map(|c| c.note.as_ref());
    let is_told = |text: &String| text.chars().count() > MAX_FOUND;
    let fits = are_names(&report.with)
        && are_names(behalf.as_slice())
        && !materials.any(is_long)
        && !found.any(is_told);
    fits.then_some(()).ok_or(Refusal::TooLong)
}

/// What is remembered for a day of who was there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Today {
    /// The day, `2024-05-03`.
    pub day: String,
    /// Who wrote: of whoever comes after nothing is presumed.
    pub by: String,
    /// Who was there last. Filled in by itself.
    pub with: Vec<String>,
    /// Who was there today at some time, the last first.
    pub known: Vec<String>,
    /// On whose behalf something was entered last. Only offered.
    pub on_behalf: String,
    /// Another day for which something was entered last. Only offered.
    pub done_on: String,
}

impl Today {
    /// What of it counts on a day and for somebody: of another day or another's nothing does.
    pub fn counting(self, day: &str, by: &str) -> Today {
        if self.day == day && self.by == by {
            return self;
        }
        Today {
            day: day.to_owned(),
            by: by.to_owned(),
            ..Today::default()
        }
    }

    /// What is remembered after a report. What it left open is offered as it was.
    pub fn told(mut self, with: Vec<String>, on_behalf: &str, done_on: &str) -> Today {
        let before = std::mem::take(&mut self.known);
        self.known.clone_from(&with);
        self.known.extend(before);
        self.known = distinct(self.known);
        self.known.truncate(MAX_PEOPLE);
        self.with = with;
        if !on_behalf.trim().is_empty() {
            self.on_behalf = on_behalf.trim().to_owned();
        }
        if !done_on.is_empty() && done_on != self.day {
            self.done_on = done_on.to_owned();
        }
        self
    }
}

fn distinct(names: Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_sentence_has_a_line_of_its_own_and_leaves_the_others() {
        assert_eq!(turned_line("  ", "two cones"), "two cones");
        assert_eq!(turned_line("a hole\n", "two cones"), "a hole\ntwo cones");
        assert_eq!(turned_line("a hole\ntwo cones", "two cones"), "a hole");
        assert_eq!(turned_line("two cones", "two cones"), "");
        assert_eq!(
            turned_line("two cones more", "two cones"),
            "two cones more\ntwo cones"
        );
    }

    #[test]
    fn names_stand_between_commas_of_either_script() {
        for (text, expect) in [
            ("", &[][..]),
            (" ， 、,;；\n", &[]),
            ("张三", &["张三"]),
            ("张三，李四、王五, 赵六", &["张三", "李四", "王五", "赵六"]),
            ("张三,张三，", &["张三"]),
            ("  Ann   Lee ;Bo", &["Ann Lee", "Bo"]),
            ("\u{3000}张三\u{3000}", &["张三"]),
        ] {
            assert_eq!(names(text), people(expect), "{text:?}");
        }
    }

    #[test]
    fn a_name_is_put_to_the_others_and_taken_out_again() {
        assert_eq!(turned("", "张三", "、"), "张三");
        assert_eq!(turned("张三，李四", "王五", "、"), "张三、李四、王五");
        assert_eq!(turned("张三，李四,王五", "李四", "、"), "张三、王五");
        assert_eq!(turned("Ann", "Ann", ", "), "");
        // A part of a name is no name.
        assert_eq!(turned("张三丰", "张三", "、"), "张三丰、张三");
    }

    #[test]
    fn what_no_crew_has_are_no_names() {
        assert!(are_names(&[]));
        assert!(are_names(&people(&["欧阳张三"])));
        assert!(are_names(&["王".repeat(40)]));
        assert!(!are_names(&["王".repeat(41)]));
        let many = |n: usize| (0..n).map(|n| n.to_string()).collect::<Vec<_>>();
        assert!(are_names(&many(40)));
        assert!(!are_names(&many(41)));
    }

    #[test]
    fn a_crew_is_known_by_its_name_in_either_language() {
        let mut catalog = crate::log::testkit::catalog();
        let crew = crate::catalog::Crew {
            id: "drain-1".into(),
            label: crate::catalog::Label {
                zh: "排水一班".into(),
                en: "Drainage crew 1".into(),
            },
            families: Vec::new(),
        };
        catalog.crews.push(crew.clone());
        let id = Some(ActorId::from(crew.id.as_str()));
        for text in [
            &crew.label.zh,
            &crew.label.en,
            &crew.label.en.to_uppercase(),
        ] {
            assert_eq!(on_behalf(&format!(" {text} "), &catalog), id);
        }
        assert_eq!(on_behalf("老张", &catalog), Some(ActorId::from("老张")));
        assert_eq!(on_behalf("  ", &catalog), None);
    }

    #[test]
    fn what_was_used_last_is_offered_first() {
        let used_now = used(&people(&["沥青", "水泥"]), " 水泥 ");
        assert_eq!(used_now, people(&["水泥", "沥青"]));
        assert_eq!(used(&used_now, ""), used_now);
        let more = used(&used(&used_now, "SBS"), "石子");
        assert_eq!(more, people(&["石子", "SBS", "水泥"]));
    }

    #[test]
    fn who_was_there_counts_for_the_day_and_for_whoever_wrote_it() {
        let today = Today::default().counting("2024-05-03", "crew-1");
        assert_eq!(today.with, people(&[]));
        let today = today.told(people(&["张三", "李四"]), "", "2024-05-03");
        let today = today.told(people(&["王五", "李四"]), " 二班 ", "2024-05-02");
        assert_eq!(today.with, people(&["王五", "李四"]));
        assert_eq!(today.known, people(&["王五", "李四", "张三"]));
        assert_eq!(today.on_behalf, "二班");
        assert_eq!(today.done_on, "2024-05-02");

        // What one report leaves open is offered to the next all the same.
        let alone = today.clone().told(people(&[]), "", "2024-05-03");
        assert_eq!(alone.with, people(&[]));
        assert_eq!(alone.known, today.known);
        assert_eq!((&*alone.on_behalf, &*alone.done_on), ("二班", "2024-05-02"));

        let same = today.clone().counting("2024-05-03", "crew-1");
        assert_eq!(same, today);
        for (day, by) in [("2024-05-04", "crew-1"), ("2024-05-03", "crew-2")] {
            let fresh = Today {
                day: day.into(),
                by: by.into(),
                ..Today::default()
            };
            assert_eq!(today.clone().counting(day, by), fresh);
        }
    }
}
