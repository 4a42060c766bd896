//! A defect where one stands, from Today: by its photo first, or by hand.

use super::photos::added;
use crate::{
    components::{
        button::{Button, Weight},
        file_button::FileButton,
        icon::lu,
        trouble::sentence,
    },
    locales::{t, use_words},
    mode::{Point, Sketch, Step, Target},
    state::{acts::Acts, drafts, nav::Nav, place::Place, session::Session, toasts::Toasts},
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::File;

/// The two ways.
#[component]
pub fn FindNow() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let acts = expect_context::<Acts>();
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let toasts = expect_context::<Toasts>();
    let nowhere = Signal::derive(move || place.me.get().is_none() && place.center.get().is_none());
    let here = move || -> Option<Point> { Some(untrack(|| place.origin())?.into()) };
    let find = move |()| {
        if let Some(at) = here() {
            nav.take(Step::FindAt(at));
        }
    };
    let shot = move |files: Vec<File>| {
        let Some((at, file)) = here().zip(files.into_iter().next()) else {
            return;
        };
        acts.busy.set(true);
        let me = place.me.get_untracked();
        spawn_local(async move {
            let taken = added(session, file, me).await;
            acts.busy.set(false);
            match taken {
                Ok(name) => {
                    let (form, _) = drafts::find_keys(&Target::Place(Sketch::point(at)));
                    let all = drafts::load_photos(form);
                    drafts::save_photos(form, &format!("{all}{name} "));
                    nav.take(Step::FindAt(at));
                }
                Err(trouble) => toasts.show(untrack(|| sentence(words, &trouble)), None),
            }
        });
    };
    let disabled = Signal::derive(move || nowhere.get() || acts.busy.get());
    view! {
        <Button icon=lu::LuTriangleAlert disabled=disabled on_press=find>
            {t!(words, task.find)}
        </Button>
        <FileButton
            accept="image/*"
            camera=true
            weight=Weight::Primary
            icon=Some(lu::LuCamera)
            disabled=disabled
            on_files=shot
        >
            {t!(words, task.find_photo)}
        </FileButton>
    }
}
