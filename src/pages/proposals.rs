//! What people said of assets that their layers do not have so: what waits for whoever confirms it, and
//! what became of the rest.

use super::said::{OneSaid, begun};
use crate::{
    components::{
        asset_row::AssetRow,
        button::Button,
        choice::Segments,
        icon::lu,
        keyed::{Keyed, Line},
        live::maybe,
        paged::More,
        panel::{Leave, Panel},
        trouble::TroubleThere,
    },
    locales::{t, t_string, use_words},
    mode::Step,
    state::{
        asking::{self, Told},
        format,
        nav::Nav,
        prefs::Prefs,
        session::Session,
    },
    worker::protocol::{ListSaid, Packed, ProposalView, SaidList, TaskFilter, Trouble},
};
use leptos::prelude::*;
use mendmap_core::{city::AssetSummary, ids::EventId};
use std::sync::Arc;

/// Lines shown at first, and added by each press.
const PORTION: usize = 30;

/// The way from the list of work to what was said of assets, with how much of it waits; nothing while
/// nobody has said anything.
#[component]
pub fn ProposalsRow() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let waiting = waiting(session);
    let text = move || format!("{} · {}", t_string!(words, said.list), waiting.get());
    let is_any = move || session.me.with(|me| me.as_ref()?.said).is_some();
    maybe(move || {
        is_any().then(|| {
            let open = move |()| nav.take(Step::OpenProposals);
            view! { <Button icon=lu::LuMapPinOff on_press=open>{text}</Button> }
        })
    })
}

/// How much waits, in words.
fn waiting(session: Session) -> Signal<String> {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    Signal::derive(move || {
        let n = session.me.with(|me| me.as_ref().and_then(|me| me.said));
        let n = format::count(locale.get(), n.unwrap_or_default());
        t_string!(words, said.wait, n = n)
    })
}

/// The list.
#[component]
pub fn ProposalsPage() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let which = RwSignal::new(TaskFilter::Open);
    let asked = RwSignal::new(None);
    let shown = RwSignal::new(PORTION);
    let all = RwSignal::new(Vec::<Line>::new());
    let trouble = RwSignal::new(None);
    let tell = move |said: Result<Packed, Trouble>| {
        let list = said.map(|list| list.read::<SaidList>().unwrap_or_default());
        match list {
            Ok(SaidList { assets, said }) => {
                // A reason that somebody began to type is there again as soon as the list is.
                if asked.get_untracked().is_none() {
                    asked.set(begun(said.proposals.iter()));
                }
                let may_decide = said.may_decide;
                let rows = assets.into_iter().zip(said.proposals);
                let lines = rows.map(|(asset, it)| line(asset, it, may_decide, asked));
                all.set(lines.collect());
                trouble.set(None);
            }
            Err(why) => trouble.set(Some(why)),
        }
    };
    asking::ask_latest(Box::new(move || {
        session.turns.track();
        session.layers.track();
        session.catalog.with(Option::is_some).then_some(())?;
        let settled = which.get() == TaskFilter::Closed;
        let said = session.ask(ListSaid { settled });
        Some(Box::pin(async move {
            let said = said.await;
            let told: Told = Box::new(move || tell(said));
            told
        }))
    }));
    let lines = Signal::derive(move || {
        let first = |all: &Vec<Line>| all.iter().take(shown.get()).cloned().collect();
        all.with(first)
    });
    let total = Signal::derive(move || all.with(Vec::len));
    let options = vec![
        (TaskFilter::Open, t!(words, said.st_open)),
        (TaskFilter::Closed, t!(words, task.filter_closed)),
    ];
    view! {
        <Panel
            title=t!(words, said.list)
            subtitle=waiting(session)
            name="proposals"
            leave=Leave::Back
        >
            <div class="stack">
                <Segments
                    options=options
                    chosen=which
                    on_choose=move |chosen| which.set(chosen)
                    label=t!(words, said.list)
                />
                <TroubleThere trouble=trouble />
                <ul class="rows">
                    <Keyed lines=lines />
                </ul>
                <More total=total shown=shown portion=PORTION />
            </div>
        </Panel>
    }
}

/// A line: which asset it is about, whose card a tap opens and shows on the map; and what was said.
fn line(
    asset: AssetSummary,
    proposal: ProposalView,
    may_decide: bool,
    asked: RwSignal<Option<EventId>>,
) -> Line {
    let decided = proposal.decisions.len() + proposal.unheard.len();
    let (id, waits, kind) = (proposal.id, proposal.waits, &asset.kind);
    Line {
        key: format!("{id} {waits} {decided} {may_decide} {kind}"),
        make: Arc::new(move || {
            let (asset, proposal) = (asset.clone(), proposal.clone());
            let uid = asset.uid;
            view! {
                <div class="stack tight">
                    <AssetRow asset=asset />
                    <OneSaid uid=uid proposal=proposal may_decide=may_decide asked=asked />
                </div>
            }
            .into_any()
        }),
    }
}
