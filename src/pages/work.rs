//! My work: the nearest first where this device knows its place.

use crate::{
    components::{
        button::Button, choice::Segments, icon::lu, live::live, notice::Empty, paged::Paged,
        panel::Panel, task_row::TaskLine, trouble::TroubleThere,
    },
    locales::{Word, Words, keys::task, t, t_string, use_words},
    mode::{Step, Tab},
    state::{asking, format, nav::Nav, place::Place, prefs::Prefs, session::Session},
    worker::protocol::{ListTasks, TaskFilter, TaskRow},
};
use leptos::prelude::*;

/// The list of work.
#[component]
pub fn WorkPage() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let filter = expect_context::<WorkFilter>().0;
    let answer = asking::follow(session, move || {
        session.turns.track();
        let question = ListTasks {
            which: filter.get(),
            at: place.origin(),
        };
        session.catalog.with(Option::is_some).then_some(question)
    });
    let rows = answer.good;
    let listed = Signal::derive(move || rows.get().unwrap_or_default());
    let options = vec![
        (TaskFilter::Open, t!(words, task.filter_open)),
        (TaskFilter::Closed, t!(words, task.filter_closed)),
        (TaskFilter::All, t!(words, task.filter_all)),
    ];
    let order = Signal::derive(move || {
        let order = order_words(words, place, task::sorted_new);
        let count = match listed.with(Vec::len) {
            1 => t_string!(words, task.work_one).to_string(),
            n => t_string!(words, task.work_count, n = format::count(locale.get(), n)),
        };
        format!("{count} · {order}")
    });
    let empty = move || {
        let (title, hint) = match filter.get() {
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
    let line = |row: TaskRow| view! { <TaskLine task=row.task metres=row.metres /> };
    view! {
        <Panel
            title=t!(words, task.my_work)
            subtitle=order
            name="work"
        >
            <div class="stack">
                <Segments
                    options=options
                    chosen=filter
                    on_choose=move |which| filter.set(which)
                    label=t!(words, task.filter_state)
                />
                <TroubleThere trouble=answer.trouble />
                {live(move || {
                    let none = rows.with(|rows| rows.as_ref().is_some_and(Vec::is_empty));
                    if none { empty().into_any() } else { view! { <Paged lines=listed show=line /> }.into_any() }
                })}
            </div>
        </Panel>
    }
}

/// How a list is ordered: by distance, or as `otherwise` says where there is no place
/// to measure from.
pub fn order_words(words: Words, place: Place, otherwise: Word) -> &'static str {
    words.say(match (place.me.get(), place.origin()) {
        (Some(_), _) => task::sorted_near,
        (None, Some(_)) if place.no_map.get() => task::sorted_city,
        (None, Some(_)) => task::sorted_middle,
        (None, None) => otherwise,
    })
}

/// The chosen filter, kept while the app is open.
#[derive(Clone, Copy)]
pub struct WorkFilter(pub RwSignal<TaskFilter>);
