//! The checklist of a report: each thing one tap, good or wrong; what is wrong in words, and to be
//! reported as a defect.

use crate::{
    components::{
        button::Button,
        icon::lu,
        live::{When, live, or_nothing},
        picks::Picks,
    },
    locales::{t, t_string, use_words},
    mode::{Step, Target},
    state::{drafts, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::{Draft, TaskDetail},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{CheckItem, Label, WorkKindId},
    ids::AssetUid,
    task::{Finding, checklist},
};

/// What is looked at, and what was found so far.
#[derive(Clone, Copy)]
pub struct Looked {
    items: StoredValue<Vec<Item>>,
    label: StoredValue<Option<Label>>,
    asset: Option<AssetUid>,
}

#[derive(Clone)]
struct Item {
    of: CheckItem,
    /// Whether it is good, once somebody said so.
    good: RwSignal<Option<bool>>,
    /// What is wrong, as typed.
    note: RwSignal<String>,
}

impl Item {
    fn finding(&self) -> Option<Finding> {
        Some(Finding {
            item: self.of.id.clone(),
            good: self.good.get_untracked()?,
            note: self.note.get_untracked(),
        })
    }
}

impl Looked {
    /// As it was left.
    pub fn of(session: Session, detail: &TaskDetail, draft: &Draft) -> Self {
        let summary = &detail.task.summary;
        let list = session
            .catalog
            .with_untracked(|catalog| checklist(summary, catalog.as_ref()?).cloned());
        let (label, items) = list.map_or_else(Default::default, |l| (Some(l.label), l.items));
        let item = |of: CheckItem| {
            let found = draft.checked.iter().find(|found| found.item == of.id);
            Item {
                good: RwSignal::new(found.map(|found| found.good)),
                note: RwSignal::new(found.map(|found| found.note.clone()).unwrap_or_default()),
                of,
            }
        };
        Looked {
            items: StoredValue::new(items.into_iter().map(item).collect()),
            label: StoredValue::new(label),
            asset: summary.target.as_ref().and_then(|target| target.asset),
        }
    }

    /// Listens to it.
    pub fn track(self) {
        self.items.with_value(|items| {
            for item in items {
                item.good.track();
                item.note.track();
            }
        });
    }

    /// What was found.
    pub fn findings(self) -> Vec<Finding> {
        self.items
            .with_value(|items| items.iter().filter_map(Item::finding).collect())
    }

    fn is_asked(self) -> bool {
        self.label.with_value(Option::is_some)
    }
}

/// The list, where there is one.
#[component]
pub fn ChecklistField(
    /// What is looked at.
    of: Looked,
) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let title = move || {
        let label = of.label.get_value();
        let label = label.map(|label| locale.get().pick(&label));
        let (all, done) = of.items.with_value(|items| {
            let done = items.iter().filter(|item| item.good.get().is_some());
            (items.len(), done.count())
        });
        let label = label.unwrap_or_default();
        t_string!(words, task.checked_of, list = label, n = done, all = all)
    };
    let rows: Vec<_> = of.items.with_value(|items| {
        let row = |item: &Item| view! { <Row item=item.clone() asset=of.asset /> };
        items.iter().map(row).collect()
    });
    or_nothing(of.is_asked().then(|| {
        view! {
            <fieldset class="looked">
                <legend>{move || title()}</legend>
                {rows}
            </fieldset>
        }
    }))
}

#[component]
fn Row(item: Item, asset: Option<AssetUid>) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let nav = expect_context::<Nav>();
    let label = item.of.label.clone();
    let name = Signal::derive(move || locale.get().pick(&label));
    let (good, note) = (item.good, item.note);
    let is_on = move |value: String| good.get() == Some(value.is_empty());
    let turn = move |value: String| {
        let told = Some(value.is_empty());
        good.set(if good.get_untracked() == told {
            None
        } else {
            told
        });
    };
    let find = move |asset: AssetUid| {
        let target = Target::Asset(asset);
        let what = [name.get_untracked(), note.get_untracked().trim().to_owned()];
        let what: Vec<_> = what.into_iter().filter(|part| !part.is_empty()).collect();
        drafts::begin_find(&target, &what.join(t_string!(words, task.found_between)));
        nav.take(Step::FindOn(asset));
    };
    // Not wrong: good. An empty value, so that one closure reads both.
    let options = vec![
        (String::new(), t!(words, task.found_good)),
        ("wrong".to_owned(), t!(words, task.found_wrong)),
    ];
    let wrong = move || {
        let defect = asset.map(|asset| {
            view! {
                <Button icon=lu::LuTriangleAlert on_press=move |()| find(asset)>
                    {t!(words, task.find)}
                </Button>
            }
        });
        view! {
            <input
                class="input"
                type="text"
                autocomplete="off"
                maxlength="200"
                aria-label=Signal::derive(move || t_string!(words, task.found_what, item = name.get()))
                placeholder=t!(words, task.find_what)
                prop:value=note
                on:input:target=move |ev| note.set(ev.target().value())
            />
            <div class="buttons">{or_nothing(defect)}</div>
        }
    };
    let wrong = StoredValue::new(wrong);
    view! {
        <div class="look">
            <span class="grow">{name}</span>
            <Picks
                options=options
                is_on=Callback::new(is_on)
                on_tap=Callback::new(turn)
                label=name
            />
            <When is=move || good.get() == Some(false)>
                <div class="stack tight whole">{wrong.with_value(|wrong| wrong().into_any())}</div>
            </When>
        </div>
    }
}

/// What was found, on the card of a report.
#[component]
pub fn Found(
    /// It.
    checked: Vec<Finding>,
    /// The work that was reported, whose checklist knows the names of its items.
    work: Option<WorkKindId>,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let rows = live(move || {
        let rows = checked.iter().map(|finding| {
            let name = session.catalog.with(|catalog| {
                let catalog = catalog.as_ref()?;
                let list = catalog.work_kind(work.as_ref()?)?.checklist.as_ref()?;
                let item = catalog.checklist(list)?.item(&finding.item)?;
                Some(locale.get().pick(&item.label))
            });
            let name = name.unwrap_or_else(|| finding.item.clone());
            let said = match (finding.good, finding.note.is_empty()) {
                (true, _) => t_string!(words, task.found_good).to_owned(),
                (false, true) => t_string!(words, task.found_wrong).to_owned(),
                (false, false) => {
                    let wrong = t_string!(words, task.found_wrong);
                    let between = t_string!(words, task.found_between);
                    [wrong, &finding.note].join(between)
                }
            };
            view! {
                <dt>{name}</dt>
                <dd class:strong=!finding.good>{said}</dd>
            }
        });
        rows.collect_view()
    });
    view! { <dl class="facts">{rows}</dl> }
}
