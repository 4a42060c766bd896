//! Today: what now. The most pressing first, then the nearest where this device knows its
//! place.

use crate::{
    components::{
        button::Button,
        choice::{Segments, SwitchRow},
        icon::lu,
        in_wechat::InWeChat,
        live::{When, live, or_nothing},
        notice::Empty,
        paged::Paged,
        panel::Panel,
        trouble::TroubleThere,
    },
    locales::{Word, keys::task, t, t_string, use_words},
    mode::{Step, Tab},
    state::{
        asking, format, nav::Nav, place::Place, prefs::Prefs, session::Session,
        work_filter::WorkFilter,
    },
    worker::protocol::{ListTasks, TaskFilter},
};
use leptos::prelude::*;
use mendmap_core::task::{Errand, Urgency};

use super::{
    desk::{DueRow, ReviewRow},
    errand::{ErrandLine, each_minute},
    find_now::FindNow,
    listed::order_words,
    proposals::ProposalsRow,
    tracked::Recording,
};

/// The list of work.
#[component]
pub fn WorkPage() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let WorkFilter { which, mine } = expect_context::<WorkFilter>();
    let has_crew = move || {
        let me = session.me;
        me.with(|me| me.as_ref().is_some_and(|me| me.crew.is_some()))
    };
    let minute = each_minute();
    let answer = asking::follow(session, move || {
        session.turns.track();
        minute.track();
        let question = ListTasks {
            which: which.get(),
            mine: mine.get() && has_crew(),
            at: place.origin(),
        };
        session.catalog.with(Option::is_some).then_some(question)
    });
    let rows = answer.good;
    let is_none = Memo::new(move |_| rows.with(|rows| rows.as_ref().is_some_and(Vec::is_empty)));
    let grouped = Signal::derive(move || {
        let by_group = which.get() == TaskFilter::Open;
        rows.with(|rows| grouped(rows.as_deref().unwrap_or_default(), by_group))
    });
    let options = vec![
        (TaskFilter::Open, t!(words, task.filter_open)),
        (TaskFilter::Closed, t!(words, task.filter_closed)),
        (TaskFilter::All, t!(words, task.filter_all)),
    ];
    let order = Signal::derive(move || {
        let order = order_words(words, place, task::sorted_new);
        let order = match which.get() {
            TaskFilter::Open | TaskFilter::All => t_string!(words, task.pressing),
            TaskFilter::Closed => order,
        };
        let count = match rows.with(|rows| rows.as_ref().map_or(0, Vec::len)) {
            1 => t_string!(words, task.work_one).to_string(),
            n => t_string!(words, task.work_count, n = format::count(locale.get(), n)),
        };
        format!("{count} · {order}")
    });
    let empty = move || {
        let (title, hint) = match which.get() {
            TaskFilter::Open | TaskFilter::All => (
                t_string!(words, task.work_none_open),
                t_string!(words, task.work_none_open_hint),
            ),
            TaskFilter::Closed => (
                t_string!(words, task.work_none),
                t_string!(words, task.work_none_hint),
            ),
        };
        view! {
            <Empty icon=lu::LuClipboardList title=title.to_string() hint=hint.to_string()>
                <Button icon=lu::LuMap on_press=move |()| nav.take(Step::Go(Tab::Map))>
                    {t!(words, task.go_map)}
                </Button>
            </Empty>
        }
    };
    let line = move |(group, errand): Grouped| {
        let heading = move |(urgency, count): (Urgency, usize)| {
            let name = words.live(group_word(urgency));
            view! { <h3 class="group">{name} " " <span class="muted">{count}</span></h3> }
        };
        view! {
            {or_nothing(group.map(heading))}
            <ErrandLine errand=errand errands=rows minute=minute />
        }
    };
    view! {
        <Panel
            title=t!(words, task.my_work)
            subtitle=order
            name="work"
            foot=move || view! { <FindNow /> }
        >
            <div class="stack">
                <Segments
                    options=options
                    chosen=which
                    on_choose=move |chosen| which.set(chosen)
                    label=t!(words, task.filter_state)
                />
                <When is=has_crew>
                    <SwitchRow on=mine on_turn=move |on| mine.set(on)>
                        <span class="grow">{t!(words, task.mine_only)}</span>
                    </SwitchRow>
                </When>
                <InWeChat />
                <Recording />
                <ReviewRow />
                <DueRow />
                <ProposalsRow />
                <TroubleThere trouble=answer.trouble />
                {live(move || {
                    if is_none.get() { empty().into_any() } else { view! { <Paged lines=grouped key=key show=line /> }.into_any() }
                })}
            </div>
        </Panel>
    }
}

/// An errand, and at the first of its group what the group is and how many are in it.
type Grouped = (Option<(Urgency, usize)>, Errand);

fn grouped(errands: &[Errand], by_group: bool) -> Vec<Grouped> {
    let mut before = None;
    let count = |urgency| errands.iter().filter(|e| e.urgency == urgency).count();
    let lines = errands.iter().map(|errand| {
        let is_first = before.replace(errand.urgency) != Some(errand.urgency);
        let group = (is_first && by_group).then(|| (errand.urgency, count(errand.urgency)));
        (group, errand.clone())
    });
    lines.collect()
}

/// What a line is and says. How far it is changes as one walks, and is followed.
fn key((group, errand): &Grouped) -> String {
    let task = &errand.task;
    let count = group.map_or(0, |(_, count)| count);
    let news = errand.is_news;
    let what = (&task.work, &task.target, errand.due);
    let said = (errand.urgency, task.mark, task.changed, task.ticked);
    format!("{} {count} {news} {said:?} {what:?}", task.uid)
}

fn group_word(urgency: Urgency) -> Word {
    match urgency {
        Urgency::Overdue => task::group_overdue,
        Urgency::Returned => task::group_returned,
        Urgency::DueToday => task::group_today,
        Urgency::Open => task::group_open,
        Urgency::Closed => task::filter_closed,
    }
}
