//! The button that makes the rounds and gives them out; where they are many it asks first.

use super::form::PlanForm;
use crate::{
    components::{
        button::{Button, Weight},
        dialog::Dialog,
        icon::lu,
    },
    locales::{t, t_string, use_words},
    state::{drafts, format, nav::Nav, session::Session, toasts::Toasts},
    worker::protocol::{Act, Command, GiveOut, Given, Packed, PlannedFrom},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::ids::TaskUid;

/// Puts the rounds on the map and gives them out.
#[component]
pub fn GiveButton(
    /// The form.
    form: PlanForm,
    /// Of which assets; of none where nothing is chosen yet.
    from: Signal<Option<PlannedFrom>>,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let toasts = expect_context::<Toasts>();
    let session = expect_context::<Session>();
    let sizes = Signal::derive(move || {
        form.plan
            .with(|plan| plan.as_ref().map(|plan| (plan.tasks, plan.assets)))
            .unwrap_or_default()
    });
    let take_back = move |tasks: Vec<TaskUid>| {
        spawn_local(async move {
            // What somebody has begun meanwhile stays, and is said; the others go.
            let mut trouble = None;
            for task in tasks {
                let reason = String::new();
                let command = Command::Cancel { task, reason };
                trouble = session.ask(Act { command }).await.err().or(trouble);
            }
            match trouble {
                Some(trouble) => session.trouble.set(Some(trouble)),
                None => toasts.show(untrack(|| t_string!(words, task.undone)), None),
            }
        });
    };
    let send = move |()| {
        let giving = untrack(|| form.giving(from.get()));
        let Some(giving) = giving.filter(|_| !form.busy.get_untracked()) else {
            return;
        };
        form.busy.set(true);
        let key = form.key();
        spawn_local(async move {
            let of = Packed::of(&giving);
            let said = session.ask(GiveOut { of }).await;
            // Whoever has gone on by now stays there.
            let is_here = form.busy.try_set(false).is_none();
            match said.map(|packed| packed.read::<Given>()) {
                Ok(Some(Given { tasks, trouble })) => {
                    let n = tasks.len();
                    let said = untrack(|| {
                        let n = format::count(words.get_locale(), n);
                        t_string!(words, give.given, n = n)
                    });
                    let undo = Callback::new(move |()| take_back(tasks.clone()));
                    if trouble.is_none() {
                        drafts::forget_check(&key);
                    }
                    // What is said next is said of the screen behind this one.
                    if is_here && trouble.is_none() {
                        toasts.carry();
                    }
                    toasts.show(said, Some(undo));
                    match trouble {
                        Some(trouble) => {
                            let _ = form.trouble.try_set(Some(trouble));
                        }
                        None if is_here => nav.back(),
                        None => {}
                    }
                }
                Ok(None) => {}
                Err(trouble) => {
                    let _ = form.trouble.try_set(Some(trouble));
                }
            }
        });
    };
    let asks = RwSignal::new(false);
    let press = move |()| {
        let is_many = form
            .plan
            .with_untracked(|plan| plan.as_ref().is_some_and(|p| p.is_many));
        match is_many {
            true => asks.set(true),
            false => send(()),
        }
    };
    let sure = move |()| {
        asks.set(false);
        send(());
    };
    let counted = move || {
        let (rounds, assets) = sizes.get();
        let count = |n| format::count(words.get_locale(), n);
        (count(rounds), count(assets))
    };
    let text = move || {
        let (n, m) = counted();
        match form.crews.with(Vec::is_empty) {
            true => t_string!(words, give.make, n = n, m = m),
            false => t_string!(words, give.send, n = n, m = m),
        }
    };
    let many = move || {
        let (n, m) = counted();
        t_string!(words, give.many, n = n, m = m)
    };
    let nothing = Signal::derive(move || sizes.get().0 == 0 || form.busy.get());
    view! {
        <Button weight=Weight::Primary icon=lu::LuSend disabled=nothing on_press=press>
            {text}
        </Button>
        <Dialog open=asks title=t!(words, give.many_title)>
            <p>{many}</p>
            <p class="small muted">{t!(words, give.many_hint)}</p>
            <div class="buttons">
                <Button weight=Weight::Primary icon=lu::LuSend on_press=sure>
                    {text}
                </Button>
                <Button on_press=move |()| asks.set(false)>{t!(words, give.many_not)}</Button>
            </div>
        </Dialog>
    }
}
