//! What falls due by the catalogue's cycles, to be given out.

use super::{form::PlanForm, plan::Plan, send::GiveButton};
use crate::{
    components::{
        button::Button,
        choice::{Group, Segments, Select, TickRow},
        field::Field,
        icon::lu,
        keyed::{Keyed, Line},
        live::{When, maybe},
        notice::Empty,
        panel::{Leave, Panel},
        trouble::TroubleThere,
    },
    locales::{t, t_string, use_words},
    mode::Mode,
    pages::missing::NotWhole,
    state::{asking, format, naming, prefs::Prefs, session::Session},
    worker::protocol::{DueList, ListDue, PlannedFrom},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::WorkKindId,
    ledger::due::{Area, DueCounts, DueGroup},
};
use std::sync::Arc;

/// What falls due, kind by kind and street by street.
#[component]
pub fn DuePage() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let form = PlanForm::of(Mode::Giving(None));
    let PlanForm {
        work,
        by,
        names: chosen,
        ..
    } = form;
    let answer = asking::follow_packed::<_, DueList>(session, move || {
        if form.busy.get() {
            return None;
        }
        session.turns.track();
        session.layers.track();
        session.catalog.with(Option::is_some).then_some(())?;
        let (work, by) = (WorkKindId(work.get()), by.get());
        Some(ListDue { work, by })
    });
    let list = answer.good;
    let kinds = Signal::derive(move || -> Vec<Group> {
        let none = t_string!(words, completion.choose_work).to_owned();
        let name = |(work, counts): &(WorkKindId, DueCounts)| {
            let catalog = session.catalog.get();
            let name = catalog.map(|catalog| naming::work(&catalog, locale.get(), work));
            let n = format::count(locale.get(), counts.overdue + counts.due);
            (
                work.0.clone(),
                format!("{} · {n}", name.unwrap_or_default()),
            )
        };
        let kinds = list.with(|list| {
            list.iter()
                .flat_map(|l| &l.counts)
                .map(name)
                .collect::<Vec<_>>()
        });
        let none = std::iter::once((String::new(), none));
        vec![(String::new(), none.chain(kinds).collect())]
    });
    let groups = Signal::derive(move || {
        list.with(|list| {
            let shown = list.as_ref().and_then(|list| list.shown.as_ref());
            let groups = shown.iter().flat_map(|shown| &shown.groups);
            let due = groups.filter(|group| group.counts.overdue + group.counts.due > 0);
            due.cloned().collect::<Vec<_>>()
        })
    });
    let since = move || {
        let since = list.with(|list| list.as_ref()?.shown.as_ref()?.since)?;
        let day = format::day(locale.get(), &since.to_string());
        Some(t_string!(words, give.since, day = day))
    };
    let line = move |group: &DueGroup| {
        let group = group.clone();
        Line {
            key: format!("{:?} {:?}", group.name, group.counts),
            make: Arc::new(move || {
                view! { <DueLine group=group.clone() chosen=chosen /> }.into_any()
            }),
        }
    };
    let lines = Signal::derive(move || groups.with(|g| g.iter().map(line).collect::<Vec<_>>()));
    let is_none = Memo::new(move |_| {
        list.with(|list| list.as_ref().is_some_and(|l| l.shown.is_some()))
            && groups.with(Vec::is_empty)
    });
    let is_whole = Memo::new(move |_| list.with(|l| l.as_ref().is_none_or(|l| l.is_whole)));
    let all = move |()| {
        let names =
            |g: &Vec<DueGroup>| g.iter().map(|group| group.name.clone()).collect::<Vec<_>>();
        let names = groups.with_untracked(names);
        chosen.update(|chosen| {
            // Of a draft there may be names that nothing is due at any more.
            *chosen = match names.iter().all(|name| chosen.contains(name)) {
                true => Vec::new(),
                false => names,
            };
        });
    };
    let from = Signal::derive(move || {
        let names = chosen.get();
        let by = by.get();
        (!names.is_empty()).then_some(PlannedFrom::Due { by, names })
    });
    let areas = vec![
        (Area::Street, t!(words, completion.by_street)),
        (Area::Community, t!(words, completion.by_community)),
    ];
    let has_work = Memo::new(move |_| work.with(|work| !work.is_empty()));
    view! {
        <Panel
            title=t!(words, give.due)
            subtitle=t!(words, give.due_hint)
            name="due"
            leave=Leave::Back
            foot=move || view! { <GiveButton form=form from=from /> }
        >
            <div class="stack">
                <Field id="due-work" label=t!(words, completion.work)>
                    <Select
                        id="due-work"
                        groups=kinds
                        value=work
                        on_choose=move |kind| {
                            chosen.set(Vec::new());
                            work.set(kind);
                        }
                    />
                </Field>
                <TroubleThere trouble=answer.trouble />
                <NotWhole is_whole=is_whole />
                <When is=move || has_work.get()>
                    <Segments
                        options=areas.clone()
                        chosen=by
                        on_choose=move |area| {
                            chosen.set(Vec::new());
                            by.set(area);
                        }
                        label=t!(words, completion.by_place)
                    />
                    {maybe(move || since().map(|said| view! { <p class="small muted">{said}</p> }))}
                    <When is=move || is_none.get()>
                        <Empty
                            icon=lu::LuCircleCheck
                            title=t_string!(words, give.due_none).to_string()
                            hint=t_string!(words, give.due_none_hint).to_string()
                        />
                    </When>
                    <When is=move || groups.with(|g| !g.is_empty())>
                        <div class="buttons">
                            <Button on_press=all>{t!(words, give.all)}</Button>
                        </div>
                    </When>
                    <ul class="rows">
                        <Keyed lines=lines />
                    </ul>
                    <Plan form=form from=from />
                </When>
            </div>
        </Panel>
    }
}

/// A street or community to tick, with how much is due there.
#[component]
fn DueLine(group: DueGroup, chosen: RwSignal<Vec<Option<String>>>) -> impl IntoView {
    let words = use_words();
    let name = group.name.clone();
    let is_on = {
        let name = name.clone();
        Signal::derive(move || chosen.with(|chosen| chosen.contains(&name)))
    };
    let turn = move |on: bool| {
        chosen.update(|chosen| {
            chosen.retain(|other| *other != name);
            if on {
                chosen.push(name.clone());
            }
        });
    };
    let label = Signal::derive(move || {
        let locale = words.get_locale();
        let count = |n| format::count(locale, n);
        let name = group.name.clone();
        let name = name.unwrap_or_else(|| t_string!(words, completion.nowhere).to_owned());
        let counts = group.counts;
        let (overdue, due) = (count(counts.overdue), count(counts.due));
        t_string!(
            words,
            give.due_line,
            name = name,
            overdue = overdue,
            due = due
        )
    });
    view! { <TickRow on=is_on on_turn=turn label=label /> }
}
