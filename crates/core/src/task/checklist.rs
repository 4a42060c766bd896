//! What is looked at when work is reported, and what was found.

use super::TaskSummary;
use crate::catalog::{Catalog, Checklist};
use crate::log::Checked;
use serde::{Deserialize, Serialize};

/// What was found at one item of a checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The item, by its id.
    pub item: String,
    /// Whether it was good; else something was wrong.
    pub good: bool,
    /// What was wrong, in words; empty where that was not said.
    pub note: String,
}

impl From<&Checked> for Finding {
    fn from(checked: &Checked) -> Self {
        Finding {
            item: checked.item.to_string(),
            good: checked.good,
            note: checked.note.clone().unwrap_or_default(),
        }
    }
}

/// The checklist of a task's report. A round has none: one list says nothing of many stations.
pub fn checklist<'a>(task: &TaskSummary, catalog: &'a Catalog) -> Option<&'a Checklist> {
    let is_round = task.target.as_ref().is_some_and(|t| !t.assets.is_empty());
    let kind = catalog.work_kind(task.work.as_ref()?)?;
    let list = catalog.checklist(kind.checklist.as_ref()?)?;
    (!is_round).then_some(list)
}

/// What a report says of what was found: each item once, as it was found last, in words only where
/// something was wrong.
pub fn checked(findings: &[Finding]) -> Vec<Checked> {
    let mut all: Vec<Checked> = Vec::with_capacity(findings.len());
    for finding in findings {
        let note = finding.note.trim();
        let checked = Checked {
            item: finding.item.as_str().into(),
            good: finding.good,
            note: (!finding.good && !note.is_empty()).then(|| note.to_owned()),
        };
        match all.iter_mut().find(|known| known.item == checked.item) {
            Some(known) => *known = checked,
            None => all.push(checked),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{CheckItem, Label};
    use crate::log::Subject;
    use crate::log::testkit::{Phone, on_asset, plotted, round, task_uid};
    use crate::task::fold;

    fn finding(item: &str, good: bool, note: &str) -> Finding {
        Finding {
            item: item.into(),
            good,
            note: note.into(),
        }
    }

    #[test]
    fn what_was_found_last_counts_and_only_what_is_wrong_has_words() {
        let found = [
            finding("pumps", true, "hums"),
            finding("screens", true, ""),
            finding("power", false, " "),
            finding("screens", false, " blocked "),
        ];
        let told: Vec<Finding> = checked(&found).iter().map(Finding::from).collect();
        let expect = [
            finding("pumps", true, ""),
            finding("screens", false, "blocked"),
            finding("power", false, ""),
        ];
        assert_eq!(told, expect);
    }

    #[test]
    fn a_list_is_asked_of_one_station_and_not_of_a_round() {
        let mut catalog = crate::log::testkit::catalog();
        let label = Label {
            zh: "检查".into(),
            en: "Check".into(),
        };
        let id = "pumps".to_owned();
        catalog.checklists.push(Checklist {
            id: "station".into(),
            label: label.clone(),
            items: vec![CheckItem { id, label }],
        });
        let is_asked = |catalog: &Catalog, target| {
            let mut phone = Phone::new(1);
            phone.on_task(1, plotted("drain-clear", target));
            let uid = task_uid(1);
            let task = fold(
                uid,
                phone.log.about(&Subject::Task(uid)),
                &Default::default(),
            );
            checklist(&task.summary(), catalog).is_some()
        };
        assert!(!is_asked(&catalog, on_asset(1)), "none is named");
        for kind in &mut catalog.work_kinds {
            kind.checklist = Some("station".into());
        }
        assert!(is_asked(&catalog, on_asset(1)));
        assert!(!is_asked(&catalog, round([1, 2])));
        catalog.checklists.clear();
        assert!(
            !is_asked(&catalog, on_asset(1)),
            "it is named, and not there"
        );
    }
}
