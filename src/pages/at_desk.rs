//! The panels of a supervisor's desk, which come with the third part of the program (see
//! hooks/lib/late.mjs).

use super::{
    completion, dispatch, give, govern, indicators, ledger, missing, own_layer, programme, review,
    send_back,
};
use crate::{
    mode::{Mode, OfProgramme},
    rest::desk,
    worker::protocol::Trouble,
};
use leptos::{prelude::*, task::spawn_local};

/// The panel of such a mode, as soon as it is there.
pub(super) fn at_desk(mode: Mode) -> AnyView {
    waits(move || at_desk_page(&mode))
}

/// The form that takes files for layers, as soon as it is there.
pub(super) fn own_layer() -> AnyView {
    waits(own_layer_form)
}

fn waits(view: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let came = RwSignal::new(None);
    let ask = move || {
        spawn_local(async move {
            let is_here = desk().await;
            // Who has gone on by now waits for nothing.
            let _ = came.try_set(Some(is_here));
        });
    };
    ask();
    let again = Callback::new(move |()| {
        came.set(None);
        ask();
    });
    let shown = move || match came.get() {
        Some(Ok(())) => view(),
        Some(Err(detail)) => {
            let trouble = Trouble::no_rest(detail);
            view! { <missing::Failed trouble=trouble again=again /> }.into_any()
        }
        None => view! { <missing::Opening /> }.into_any(),
    };
    shown.into_any()
}

/// Never inlined: what is inlined into another part comes with that.
#[inline(never)]
fn at_desk_page(mode: &Mode) -> AnyView {
    match mode {
        Mode::Ledger(_) => view! { <ledger::LedgerPage /> }.into_any(),
        Mode::Indicators(_) => view! { <indicators::IndicatorsPage /> }.into_any(),
        Mode::Reviewing => view! { <review::ReviewPage /> }.into_any(),
        Mode::Returning(uid) => view! { <send_back::SendBackPage uid=*uid /> }.into_any(),
        Mode::Dispatching(uid) => view! { <dispatch::DispatchPage uid=*uid /> }.into_any(),
        Mode::Giving(None) => view! { <give::DuePage /> }.into_any(),
        Mode::Giving(Some(target)) => view! { <give::GivePage target=target.clone() /> }.into_any(),
        Mode::Governing => view! { <govern::GovernPage /> }.into_any(),
        Mode::Programmes(OfProgramme {
            asset: Some(asset), ..
        }) => view! { <programme::OnePage asset=*asset /> }.into_any(),
        Mode::Programmes(_) => view! { <programme::ProgrammesPage /> }.into_any(),
        Mode::Completion => view! { <completion::CompletionPage /> }.into_any(),
        _ => ().into_any(),
    }
}

/// Never inlined either.
#[inline(never)]
fn own_layer_form() -> AnyView {
    view! { <own_layer::OwnLayer /> }.into_any()
}
