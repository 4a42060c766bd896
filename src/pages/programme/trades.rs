//! The trades of an asset: how far each has come, and saying so.

use super::{Shown, hand::Hand};
use crate::{
    components::{
        button::Button,
        icon::lu,
        kind_icon::StateMark,
        live::{When, maybe, or_nothing},
    },
    locales::{Word, keys::programme as key, t, t_string, use_words},
    state::{format, prefs::Prefs},
    worker::protocol::{MemberRow, TradeRow, Trading},
};
use leptos::prelude::*;
use mendmap_core::{catalog::Trade, ids::AssetUid, programme::TradeState, task::Mark};

/// How far a trade has come, in a word.
pub fn word_of(state: Option<TradeState>) -> Word {
    match state {
        Some(TradeState::Planned) => key::s_planned,
        Some(TradeState::UnderWay) => key::s_under_way,
        Some(TradeState::Done) => key::s_done,
        None => key::s_none,
    }
}

/// The same as a mark.
pub fn mark_of(state: Option<TradeState>) -> Mark {
    match state {
        Some(TradeState::Planned) => Mark::Open,
        Some(TradeState::UnderWay) => Mark::UnderWay,
        Some(TradeState::Done) => Mark::Verified,
        None => Mark::Never,
    }
}

/// Both, side by side.
#[component]
pub fn StateWord(
    /// How far.
    state: Option<TradeState>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <span class="state">
            <StateMark mark=mark_of(state) />
            {words.live(word_of(state))}
        </span>
    }
}

/// The trades, in the programme's order; `on` is the day for what is set.
#[component]
pub fn Trades(
    /// What is shown.
    shown: Shown,
    /// The asset.
    asset: AssetUid,
    /// The day for what is set next.
    on: RwSignal<String>,
    /// Whether anything can be set here.
    may_set: Memo<bool>,
) -> impl IntoView {
    let words = use_words();
    let has_trades = Memo::new(move |_| {
        let programme = shown.programme;
        programme.with(|known| known.as_ref().is_some_and(|known| !known.trades.is_empty()))
    });
    let rows = maybe(move || {
        let programme = shown.programme.get()?;
        let row = |trade: Trade| view! { <One trade=trade shown=shown asset=asset on=on may_set=may_set /> };
        Some(programme.trades.into_iter().map(row).collect_view())
    });
    let rows = StoredValue::new(rows);
    view! {
        <When is=move || has_trades.get()>
            <section class="section">
                <h3>{t!(words, programme.trades)}</h3>
                <ul class="trade-list">{rows.get_value()}</ul>
            </section>
        </When>
    }
}

#[component]
fn One(
    trade: Trade,
    shown: Shown,
    asset: AssetUid,
    on: RwSignal<String>,
    may_set: Memo<bool>,
) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let hand = expect_context::<Hand>();
    let id = trade.id.clone();
    let row = Memo::new(move |_| {
        shown.view.with(|view| {
            let member: &MemberRow = view.as_ref()?.asset.as_ref()?;
            let mut trades = member.trades.iter();
            trades.find(|row| row.trade == id).cloned()
        })
    });
    let label = trade.label;
    let name = Signal::derive(move || locale.get().pick(&label));
    let state = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.state)));
    let said = Signal::derive(move || {
        let Some(TradeRow { state, on, by, .. }) = row.get() else {
            return String::new();
        };
        let day = on.map(|on| format::day(locale.get(), &on));
        let by_file = || state.map(|_| t_string!(words, programme.by_file).to_owned());
        let said = [day, by.or_else(by_file)].into_iter().flatten();
        said.collect::<Vec<_>>().join(" · ")
    });
    let others = maybe(move || {
        let others = row.get()?.others.into_iter();
        let said = others.map(|(state, on, who)| {
            let (state, day) = (
                words.say(word_of(Some(state))),
                format::day(locale.get(), &on),
            );
            let text = t_string!(words, programme.others, state = state, day = day, who = who);
            view! { <p class="small warn">{text}</p> }
        });
        Some(said.collect_view())
    });
    let id = trade.id;
    let set = move |state: TradeState| {
        let programme = shown.programme.with_untracked(|known| {
            let known = known.as_ref();
            known.map(|known| known.id.clone())
        });
        let Some(programme) = programme else { return };
        let day = format::day(locale.get_untracked(), &on.get_untracked());
        let state_word = words.say(word_of(Some(state)));
        let name = name.get_untracked();
        let kept = t_string!(
            words,
            programme.kept,
            trade = name,
            state = state_word,
            day = day
        );
        let trading = Trading::Set {
            asset,
            programme,
            trade: id.clone(),
            state,
            on: on.get_untracked(),
        };
        hand.set(asset, trading, kept);
    };
    let set = StoredValue::new(set);
    let buttons = move || {
        let button = |to: TradeState| {
            let press = move |_| set.with_value(|set| set(to));
            view! {
                <button
                    type="button"
                    class="button quiet"
                    aria-pressed=move || (state.get() == Some(to)).to_string()
                    on:click=press
                >
                    <StateMark mark=mark_of(Some(to)) />
                    {words.live(word_of(Some(to)))}
                </button>
            }
        };
        let take_back = row.get().and_then(|row| row.event).map(|event| {
            view! {
                <Button icon=lu::LuUndo2 on_press=move |()| hand.take_back(asset, event)>
                    {t!(words, programme.take_back)}
                </Button>
            }
        });
        view! {
            <div class="buttons" role="group" aria-label=name>
                {TradeState::ALL.map(button).collect_view()}
                {or_nothing(take_back)}
            </div>
        }
    };
    view! {
        <li class="stack tight">
            <div class="trade">
                <strong>{name}</strong>
                {maybe(move || {
                    let state = state.get();
                    Some(view! { <StateWord state=state /> })
                })}
                <span class="small muted">{said}</span>
            </div>
            {others}
            {maybe(move || may_set.get().then(buttons))}
        </li>
    }
}
