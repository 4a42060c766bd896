//! A round that observes, such as lamps at night: what is amiss is touched, and the rest is well when
//! the round is finished.

use crate::{
    components::{
        asset_row::AssetRow,
        button::{Button, IconButton, Weight},
        icon::lu,
        live::maybe,
    },
    locales::{t_string, use_words},
    mode::Step,
    state::{acts::Acts, format, nav::Nav, prefs::Prefs},
    worker::protocol::{Command, StopRow},
};
use leptos::prelude::*;
use mendmap_core::{catalog::Observes, ids::TaskUid};

/// An asset of the round: a tap on its button says that it is amiss, or takes that back.
#[component]
pub fn ObservedLine(
    /// The round.
    round: TaskUid,
    /// The asset, and how it stands.
    row: StopRow,
    /// All of them, as they stand by now.
    rows: Signal<Vec<StopRow>>,
    /// Whether anything may be said.
    can_tick: Signal<bool>,
    /// What the round looks at.
    observes: Observes,
) -> impl IntoView {
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let locale = expect_context::<Prefs>().locale;
    let StopRow {
        asset,
        amiss,
        about,
        is_own,
        ..
    } = row;
    let uid = asset.uid;
    let name = asset.name.clone().or(asset.code.clone());
    let (name, word) = (name.unwrap_or_default(), observes.amiss.clone());
    let said = move || format!("{}: {name}", locale.get().pick(&word));
    let label = Signal::derive(said.clone());
    let far = move || {
        let metres = rows.with(|rows| rows.iter().find(|row| row.asset.uid == uid)?.metres);
        metres.map_or_else(String::new, |m| format::distance(locale.get(), m))
    };
    let end = Signal::derive(move || match amiss {
        true => locale.get().pick(&observes.amiss),
        false => far(),
    });
    let open = move |()| match about {
        Some(task) => nav.take(Step::OpenTask(task)),
        None => nav.take(Step::OpenAsset(uid)),
    };
    let observe = move |amiss| Command::Observe {
        round,
        asset: uid,
        amiss,
    };
    let press = Callback::new(move |()| match about {
        // Somebody knew of it before: that is theirs to take back.
        Some(task) if !is_own => nav.take(Step::OpenTask(task)),
        Some(_) => acts.undo(observe(false)),
        None => acts.act(observe(true), said.clone(), |_| ()),
    });
    view! {
        <div class=if amiss { "stop amiss" } else { "stop" }>
            <AssetRow asset=asset end=Some(end) on_open=Callback::new(open) />
            {maybe(move || {
                can_tick
                    .get()
                    .then(|| {
                        view! {
                            <IconButton
                                icon=lu::LuTriangleAlert
                                class="tick"
                                label=label
                                pressed=Signal::derive(move || amiss)
                                on_press=press
                            />
                        }
                    })
            })}
        </div>
    }
}

/// The way to finish: all that nothing was said of is well.
#[component]
pub fn Finish(
    /// The round.
    uid: TaskUid,
    /// Whether it may be finished.
    can_report: Signal<bool>,
    /// What the round looks at.
    observes: Observes,
    /// What the round is called.
    title: Signal<String>,
    /// What it has come to.
    came: Signal<String>,
) -> impl IntoView {
    let words = use_words();
    let acts = expect_context::<Acts>();
    let locale = expect_context::<Prefs>().locale;
    let label = Signal::derive(move || {
        let well = locale.get().pick(&observes.well);
        t_string!(words, task.round_finish_seen, well = well)
    });
    let finish = move |()| {
        let command = Command::Report {
            task: uid,
            lines: Vec::new(),
            done_on: String::new(),
            with: String::new(),
            on_behalf: String::new(),
            checked: Vec::new(),
            note: String::new(),
            photos: String::new(),
        };
        // Read now: the card may be gone when it is said.
        let (work, n) = (title.get_untracked(), came.get_untracked());
        let said = move || t_string!(words, task.reported, work = work, n = n);
        acts.act(command, said, |_| ());
    };
    maybe(move || {
        can_report.get().then(|| {
            view! {
                <Button
                    weight=Weight::Primary
                    icon=lu::LuCheck
                    disabled=acts.busy
                    on_press=finish
                >
                    {label}
                </Button>
            }
        })
    })
}
