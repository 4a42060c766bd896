//! One asset of a programme: its trades, and the ways to its card and its report.

use super::{
    follow,
    hand::Hand,
    members::{about, name_of, standing_of},
    trades::Trades,
};
use crate::{
    components::{
        button::Button,
        field::{Field, describes},
        icon::lu,
        kind_icon::StateMark,
        live::{When, maybe},
        notice::{Banner, Tone},
        panel::{Leave, Panel},
        trouble::TroubleThere,
    },
    locales::{t, use_words},
    mode::Step,
    state::{format, nav::Nav, session::Session},
};
use leptos::prelude::*;
use mendmap_core::{ids::AssetUid, programme::Standing};

/// The page of an asset.
#[component]
pub fn OnePage(
    /// Which.
    asset: AssetUid,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let hand = Hand::offer();
    let (shown, answer) = follow(Some(asset));
    let row = Memo::new(move |_| shown.view.with(|view| view.as_ref()?.asset.clone()));
    let title = Signal::derive(move || {
        row.with(|row| row.as_ref().map(|row| name_of(session, words, row)))
            .unwrap_or_default()
    });
    let said = Signal::derive(move || {
        let (row, programme) = (row.get(), shown.programme.get());
        let both = row.zip(programme);
        both.map(|(row, programme)| about(session, words, &programme, &row))
            .unwrap_or_default()
    });
    let mark = maybe(move || {
        let standing = row.with(|row| row.as_ref().map(|row| row.standing))?;
        Some(view! { <StateMark mark=standing_of(standing).1 /> })
    });
    let is_read_only =
        Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|r| r.read_only)));
    let has_right = Memo::new(move |_| {
        let view = shown.view;
        view.with(|view| view.as_ref().is_some_and(|view| view.may_set))
    });
    let may_set = Memo::new(move |_| has_right.get() && !is_read_only.get());
    let has_trades =
        Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| !row.trades.is_empty())));
    // All trades are done, and the ledger does not count it yet.
    let is_ready = Memo::new(move |_| {
        row.with(|row| {
            row.as_ref().is_some_and(|row| {
                let (done, all) = row.progress;
                all > 0 && done == all && row.standing != Standing::Done
            })
        })
    });
    let task = Memo::new(move |_| row.with(|row| row.as_ref()?.task.as_ref().map(|t| t.uid)));
    let on = RwSignal::new(format::today());
    view! {
        <Panel
            title=title
            subtitle=shown.title()
            name="programme-asset"
            leave=Leave::Back
            linked=true
        >
            <div class="stack">
                <TroubleThere trouble=answer.trouble />
                <p class="state-line">{mark} " " {said}</p>
                <When is=move || is_ready.get()>
                    <Banner tone=Tone::Info title=t!(words, programme.all_done)>
                        ""
                    </Banner>
                </When>
                <When is=move || has_trades.get() && !has_right.get()>
                    <p class="help">{t!(words, programme.may_not)}</p>
                </When>
                <When is=move || is_read_only.get()>
                    <p class="help">{t!(words, programme.read_only)}</p>
                </When>
                <When is=move || has_trades.get() && may_set.get()>
                    <Field
                        id="trade-day"
                        label=t!(words, programme.date)
                        help=t!(words, programme.date_hint)
                        error=hand.fault
                    >
                        <input
                            id="trade-day"
                            class="input"
                            type="date"
                            aria-describedby=describes("trade-day")
                            prop:value=on
                            on:input:target=move |ev| {
                                hand.fault.set(None);
                                on.set(ev.target().value());
                            }
                        />
                    </Field>
                </When>
                <Trades shown=shown asset=asset on=on may_set=may_set />
                <div class="buttons">
                    <Button icon=lu::LuMapPin on_press=move |()| nav.take(Step::OpenAsset(asset))>
                        {t!(words, programme.to_asset)}
                    </Button>
                    {maybe(move || {
                        let task = task.get()?;
                        Some(
                            view! {
                                <Button
                                    icon=lu::LuScrollText
                                    on_press=move |()| nav.take(Step::OpenTask(task))
                                >
                                    {t!(words, programme.to_task)}
                                </Button>
                            },
                        )
                    })}
                </div>
            </div>
        </Panel>
    }
}
