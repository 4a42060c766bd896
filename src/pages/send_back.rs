//! Sending a report back: why, in words and pictures. The crew's card opens on it.

use super::{
    missing::{Failed, Missing, Opening},
    photos::PhotoField,
    reported::Report,
};
use crate::{
    components::{
        button::{Button, Weight},
        field::{Field, describes},
        icon::lu,
        live::{live, maybe},
        notice::{Banner, Tone},
        panel::{Leave, Panel},
        task_row::work_name,
        trouble::sentence,
    },
    locales::{t, t_string, use_words},
    state::{
        acts::Acts, asking, drafts, effect::on_change, nav::Nav, session::Session, toasts::Toasts,
    },
    worker::protocol::{Command, Draft, TaskCard, TaskDetail},
};
use leptos::prelude::*;
use mendmap_core::{
    ids::{AssetUid, TaskUid},
    task::Action,
};

/// The form.
#[component]
pub fn SendBackPage(
    /// Of which task.
    uid: TaskUid,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let answer = asking::follow(session, move || {
        let known = session.catalog.with(Option::is_some);
        known.then_some(TaskCard { uid })
    });
    let returns = |action: &Action| matches!(action, Action::Return { .. });
    live(move || match (answer.trouble.get(), answer.good.get()) {
        (Some(trouble), _) => view! { <Failed trouble=trouble /> }.into_any(),
        (None, None) => view! { <Opening /> }.into_any(),
        (None, Some(None)) => view! { <Missing /> }.into_any(),
        (None, Some(Some(detail))) if detail.task.actions.iter().any(returns) => {
            view! { <Form detail=detail /> }.into_any()
        }
        (None, Some(Some(_))) => view! { <Missing /> }.into_any(),
    })
}

#[component]
fn Form(detail: TaskDetail) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let toasts = expect_context::<Toasts>();
    let session = expect_context::<Session>();
    let TaskDetail {
        task, found_photos, ..
    } = detail;
    let uid = task.summary.uid;
    let key = format!("draft:{uid}/return");
    // The form of a report of this task has the task's uid alone.
    let of = drafts::Form {
        task: uid,
        asset: Some(AssetUid(uid.0)),
    };
    let draft = drafts::load_check(&key).unwrap_or_default();
    let reason = RwSignal::new(draft.note);
    let photos = RwSignal::new(drafts::load_photos(of));
    let refused = RwSignal::new(None::<String>);
    let missing = RwSignal::new(false);
    let kept = key.clone();
    on_change(
        move || reason.track(),
        move || {
            let note = reason.get();
            missing.set(false);
            let draft = Draft {
                note,
                ..Draft::default()
            };
            drafts::save_check(&kept, &draft);
        },
    );
    let summary = StoredValue::new(task.summary);
    let title = Signal::derive(move || summary.with_value(|task| work_name(session, words, task)));
    let send = move |()| {
        if reason.with_untracked(|reason| reason.trim().is_empty()) {
            missing.set(true);
            return super::focus("#note");
        }
        let command = Command::Return {
            task: uid,
            reason: reason.get_untracked(),
            photos: photos.get_untracked(),
        };
        let work = title.get_untracked();
        let said = move || t_string!(words, desk.sent_back, work = work);
        let key = key.clone();
        let then = move |_: &_| {
            drafts::forget_check(&key);
            drafts::save_photos(of, "");
            toasts.carry();
            nav.back();
        };
        acts.act_or(command, said, then, move |trouble| {
            let _ = refused.try_set(Some(sentence(words, &trouble)));
        });
    };
    let send = Callback::new(send);
    let foot = move || {
        view! {
            <Button
                weight=Weight::Primary
                icon=lu::LuUndo2
                disabled=acts.busy
                on_press=move |()| send.run(())
            >
                {t!(words, desk.send_back)}
            </Button>
        }
    };
    let error = Signal::derive(move || {
        missing
            .get()
            .then(|| t_string!(words, desk.reason_missing).to_string())
    });
    let reports: Vec<_> = task
        .reports
        .into_iter()
        .map(|report| view! { <Report report=report before=found_photos.clone() /> })
        .collect();
    view! {
        <Panel
            title=t!(words, desk.send_back_title)
            subtitle=title
            leave=Leave::Back
            foot=foot
        >
            <div class="stack">
                <Field
                    id="note"
                    label=t!(words, desk.reason)
                    help=t!(words, desk.reason_hint)
                    error=error
                >
                    <textarea
                        id="note"
                        class="input"
                        rows="3"
                        maxlength="500"
                        aria-describedby=describes("note")
                        prop:value=reason
                        on:input:target=move |ev| reason.set(ev.target().value())
                    ></textarea>
                </Field>
                <PhotoField of=of names=photos refused=refused />
                {maybe(move || {
                    refused
                        .get()
                        .map(|why| view! { <Banner tone=Tone::Danger title=why>""</Banner> })
                })}
                {reports}
            </div>
        </Panel>
    }
}
