//! What is of a year: each with how far it has come, trade by trade.

use super::{
    Shown,
    trades::{StateWord, mark_of},
};
use crate::{
    components::{
        icon::lu,
        kind_icon::{KindIcon, StateMark},
        live::{When, or_nothing},
        notice::Empty,
        paged::Paged,
        row::Row,
        task_row::where_name,
    },
    locales::{Word, Words, keys::programme as key, t_string, use_words},
    mode::Step,
    state::{format, naming, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::MemberRow,
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::Programme,
    programme::{Standing, TradeState},
    task::Mark,
};

/// How an asset stands, in a word and as a mark.
pub fn standing_of(standing: Standing) -> (Word, Mark) {
    match standing {
        Standing::Planned => (key::s_planned, mark_of(Some(TradeState::Planned))),
        Standing::UnderWay => (key::s_under_way, mark_of(Some(TradeState::UnderWay))),
        Standing::Done => (key::s_done, mark_of(Some(TradeState::Done))),
        Standing::Outside => (key::s_outside, mark_of(None)),
    }
}

/// What of it is said in a line: how it stands, its trades, and when it was reported.
pub fn about(session: Session, words: Words, programme: &Programme, row: &MemberRow) -> String {
    let locale = words.get_locale();
    let mut said = vec![words.say(standing_of(row.standing).0).to_owned()];
    let (done, all) = row.progress;
    if all > 0 {
        said.push(t_string!(words, programme.progress, done = done, all = all));
    }
    for (work, done) in programme.works.iter().zip(&row.done) {
        let Some(on) = done else { continue };
        let name = session.catalog.with(|catalog| {
            let catalog = catalog.as_ref();
            catalog.map(|catalog| naming::work(catalog, locale, work))
        });
        let name = name.unwrap_or_default();
        said.extend(match on {
            Some(on) => {
                let day = format::day(locale, on);
                Some(t_string!(words, programme.reported, work = name, day = day))
            }
            // Of one kind of work the standing says it.
            None if programme.works.len() == 1 => None,
            None => Some(t_string!(words, programme.counted, work = name)),
        });
    }
    said.join(" · ")
}

/// What a row is called: the asset, or where the drawn place is.
pub fn name_of(session: Session, words: Words, row: &MemberRow) -> String {
    let locale = words.get_locale();
    let asset = row.asset.as_ref().and_then(|asset| {
        session.catalog.with(|catalog| {
            let catalog = catalog.as_ref();
            catalog.map(|catalog| naming::asset(catalog, locale, asset))
        })
    });
    let place = row.task.as_ref();
    asset
        .or_else(|| place.map(|task| where_name(session, words, task)))
        .unwrap_or_else(|| t_string!(words, common.unknown).into())
}

/// The list.
#[component]
pub fn Members(
    /// What is shown.
    shown: Shown,
) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let lines = Signal::derive(move || {
        shown.view.with(|view| {
            let rows = view.iter().flat_map(|view| view.members.iter().cloned());
            rows.collect::<Vec<MemberRow>>()
        })
    });
    let told = Memo::new(move |_| shown.view.with(|view| view.as_ref().map(|view| view.year)));
    let title = Signal::derive(move || {
        let n = format::count(locale.get(), lines.with(Vec::len));
        let year = told.get().unwrap_or_default();
        t_string!(words, programme.members, year = year, n = n)
    });
    let is_none = Memo::new(move |_| told.get().is_some() && lines.with(Vec::is_empty));
    view! {
        <section class="section">
            <h3>{title}</h3>
            <When is=move || is_none.get()>
                <Empty
                    icon=lu::LuChartPie
                    title=t_string!(words, programme.nothing).to_string()
                    hint=t_string!(words, programme.nothing_hint).to_string()
                />
            </When>
            <Paged
                lines=lines
                key=|row: &MemberRow| format!("{row:?}")
                show=move |row: MemberRow| view! { <One row=row shown=shown /> }
            />
        </section>
    }
}

#[component]
fn One(row: MemberRow, shown: Shown) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let row = StoredValue::new(row);
    let name = Signal::derive(move || row.with_value(|row| name_of(session, words, row)));
    let about = Signal::derive(move || {
        shown.programme.with(|programme| {
            let programme = programme.as_ref();
            let said = programme.map(|p| row.with_value(|row| about(session, words, p, row)));
            said.unwrap_or_default()
        })
    });
    let mark = move || {
        let (kind, standing) = row.with_value(|row| {
            let kind = row.asset.as_ref().map(|asset| asset.kind.clone());
            (kind, row.standing)
        });
        let (_, mark) = standing_of(standing);
        let kind = session
            .catalog
            .with_untracked(|c| c.as_ref()?.asset_kind(&kind?).cloned());
        match kind {
            Some(kind) => view! { <KindIcon kind=kind mark=mark /> }.into_any(),
            None => view! { <span class="mark"><StateMark mark=mark /></span> }.into_any(),
        }
    };
    let flag = move || {
        let states = TradeState::ALL.into_iter();
        let groups = states.filter_map(|state| {
            let named = trades_at(shown, words, &row.get_value(), state);
            (!named.is_empty()).then(|| view! { <span class="trades"><StateWord state=Some(state) /> ": " {named}</span> })
        });
        or_nothing(Some(groups.collect_view()))
    };
    let open = move |()| {
        let (asset, task) = row.with_value(|row| {
            let task = row.task.as_ref().map(|task| task.uid);
            (row.uid, task)
        });
        let year = shown
            .view
            .with_untracked(|view| view.as_ref().map(|v| v.year));
        match (asset, task) {
            (Some(asset), _) => nav.take(shown.to(year, Some(asset))),
            (None, Some(task)) => nav.take(Step::OpenTask(task)),
            (None, None) => {}
        }
    };
    let key = row.with_value(|row| {
        let task = row.task.as_ref().map(|task| task.uid.to_string());
        row.uid
            .map(|uid| uid.to_string())
            .or(task)
            .unwrap_or_default()
    });
    view! { <Row mark=mark name=name about=about flag=flag key=key on_open=open /> }
}

/// The names of the trades of an asset that stand so.
fn trades_at(shown: Shown, words: Words, row: &MemberRow, state: TradeState) -> String {
    let locale = words.get_locale();
    let trades = row.trades.iter().filter(|trade| trade.state == Some(state));
    shown.programme.with(|programme| {
        let Some(programme) = programme else {
            return String::new();
        };
        let named = trades.filter_map(|trade| programme.trade(&trade.trade));
        let named: Vec<String> = named.map(|trade| locale.pick(&trade.label)).collect();
        let comma = match locale {
            crate::locales::Locale::Zh => "、",
            crate::locales::Locale::En => ", ",
        };
        named.join(comma)
    })
}
