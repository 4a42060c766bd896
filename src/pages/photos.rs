//! Photos: small in a row, large when opened; and the field that adds them to a form.

use super::device::estimate;
use crate::{
    components::{
        button::IconButton,
        file_button::FileButton,
        icon::lu,
        live::{live, maybe, or_nothing},
        notice::{Banner, Tone},
        trouble::sentence,
    },
    locales::{t, t_string, use_words},
    state::{
        acts::Acts,
        drafts::{self, Form},
        files, format,
        place::Place,
        prefs::Prefs,
        session::Session,
        toasts::Toasts,
    },
    worker::protocol::{AddPhoto, FindPhoto, Trouble},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{geodesy::LonLat, photo};
use web_sys::{File, Url};

/// Photos, small; each opens. What is told apart as before and after says so.
#[component]
pub fn Photos(
    /// Their entries, a space between.
    names: String,
    /// Takes one out, where that can be done here.
    #[prop(optional, into)]
    on_remove: Option<Callback<String>>,
) -> impl IntoView {
    let words = use_words();
    let names: Vec<_> = names.split(' ').filter(|name| !name.is_empty()).collect();
    let all = names.len();
    let is_before = |entry: &&str| photo::named(entry).1 == Some(photo::BEFORE);
    let told_apart = names.iter().any(is_before);
    let row = |(at, name): (usize, &&str)| {
        let (n, entry) = (at + 1, (**name).to_owned());
        let (name, role) = photo::named(&entry);
        let alt = untrack(|| t_string!(words, task.photo_n, n = n));
        let shot = view! { <Shot name=name.to_owned() alt=alt /> };
        let said = match role {
            Some(photo::BEFORE) => Some(t!(words, task.photo_before)),
            // In a form it is not said yet.
            Some(photo::AFTER) | None if told_apart => Some(t!(words, task.photo_after)),
            _ => None,
        };
        let said = said.map(|said| view! { <span class="small">{said}</span> });
        let name = entry;
        let remove = on_remove.map(|on_remove| {
            view! {
                <IconButton
                    icon=lu::LuX
                    label=untrack(|| t_string!(words, task.photo_remove, n = n))
                    on_press=move |()| on_remove.run(name.clone())
                />
            }
        });
        view! { <li>{shot}{or_nothing(said)}{or_nothing(remove)}</li> }
    };
    let rows: Vec<_> = names.iter().enumerate().map(row).collect();
    or_nothing((all > 0).then(|| view! { <ul class="photos">{rows}</ul> }))
}

#[component]
fn Shot(name: String, alt: String) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let (url, said) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    spawn_local(async move {
        match session.ask(FindPhoto { name }).await {
            // Whoever looked may have gone meanwhile.
            Ok(found) => url.try_set(found).iter().for_each(|found| revoke(found)),
            Err(trouble) => say(said, untrack(|| sentence(words, &trouble))),
        }
    });
    on_cleanup(move || url.try_get_untracked().iter().for_each(|url| revoke(url)));
    live(move || {
        let (url, said_now) = (url.get(), said.get());
        if url.is_empty() || !said_now.is_empty() {
            return view! { <p class="small muted">{said_now}</p> }.into_any();
        }
        // Of our own the whole is here; the server makes small ones.
        let small = match url.starts_with("blob:") {
            true => url.clone(),
            false => url.clone() + "?size=thumb",
        };
        let away = move |_| say(said, untrack(|| t_string!(words, task.photo_away).into()));
        view! {
            <details>
                <summary>
                    <img src=small alt=alt.clone() on:error=away />
                </summary>
                <img src=url alt=alt.clone() loading="lazy" />
            </details>
        }
        .into_any()
    })
}

fn say(said: RwSignal<String>, text: String) {
    // Where the view has gone, nobody hears it.
    let _ = said.try_set(text);
}

/// An address that is no longer shown; one on the server is none to be revoked.
fn revoke(url: &str) {
    let _ = Url::revoke_object_url(url);
}

/// With so many bytes left, room is told to be short: that of some ten photos.
const ROOM: f64 = 4e6;

/// Adds photos to the form of a task, and takes them out again.
#[component]
pub fn PhotoField(
    /// Under which the form's draft is kept.
    of: Form,
    /// Their entries, a space between.
    names: RwSignal<String>,
    /// Why one was not added.
    refused: RwSignal<Option<String>>,
    /// Whether there is a before and an after.
    #[prop(optional)]
    both: bool,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let acts = expect_context::<Acts>();
    let toasts = expect_context::<Toasts>();
    let place = expect_context::<Place>();
    let keep = move |all: String| {
        drafts::save_photos(of, &all);
        // Where the form was closed meanwhile, they are there when it is opened again.
        let _ = names.try_set(all);
    };
    let put = move |entry: String| {
        let all = drafts::load_photos(of);
        // Given again under the other heading it moves there.
        let name = photo::named(&entry).0;
        let others = all.split(' ').filter(|own| !own.is_empty());
        let others = others.filter(|own| photo::named(own).0 != name);
        keep(others.chain([&*entry, ""]).collect::<Vec<_>>().join(" "));
    };
    let add = move |files: Vec<File>, before: bool| {
        // A report that is sent off now would go without them.
        acts.busy.set(true);
        let here = place.me.get_untracked();
        spawn_local(async move {
            for file in files {
                match added(session, file, here).await {
                    Ok(name) if before => put(photo::entry_of(&name, Some(photo::BEFORE))),
                    Ok(name) => put(name),
                    Err(trouble) => {
                        let why = untrack(|| sentence(words, &trouble));
                        let _ = refused.try_set(Some(why));
                    }
                }
            }
            acts.busy.set(false);
        });
    };
    let remove = Callback::new(move |name: String| {
        let all = drafts::load_photos(of);
        keep(all.split(&*name).collect());
        // Belongs to nobody: what is made here goes with the row, or with a form that is made
        // anew, and the notice stays.
        spawn_local(async move {
            let undo = Callback::new(move |()| put(name.clone()));
            let said = untrack(|| t_string!(words, task.photo_removed));
            toasts.show(said, Some(undo));
        });
        // What had the focus is gone.
        super::focus("#photos .button");
    });
    // Said before the shot: after it the moment is gone.
    let left = RwSignal::new(None::<f64>);
    spawn_local(async move {
        let room = estimate().await.map(|(used, quota)| quota - used);
        let _ = left.try_set(room.filter(|left| *left < ROOM));
    });
    let locale = expect_context::<Prefs>().locale;
    view! {
        <div class="field" id="photos">
            {maybe(move || {
                let left = format::bytes(locale.get(), left.get()?.max(0.0));
                Some(view! {
                    <Banner tone=Tone::Warn title=t!(words, task.photo_full)>
                        <p>{t_string!(words, task.photo_full_why, left = left)}</p>
                    </Banner>
                })
            })}
            {live(move || view! { <Photos names=names.get() on_remove=remove /> })}
            <div class="buttons">
                {or_nothing(both.then(|| {
                    view! {
                        <FileButton
                            accept="image/*"
                            multiple=true
                            icon=Some(lu::LuCamera)
                            disabled=acts.busy
                            on_files=move |files| add(files, true)
                        >
                            {t!(words, task.photo_add_before)}
                        </FileButton>
                    }
                }))}
                <FileButton
                    accept="image/*"
                    multiple=true
                    icon=Some(lu::LuCamera)
                    disabled=acts.busy
                    on_files=move |files| add(files, false)
                >
                    {move || match both {
                        true => t_string!(words, task.photo_add_after),
                        false => t_string!(words, task.photo_add),
                    }}
                </FileButton>
            </div>
        </div>
    }
}

/// Keeps a picture's file as a photo; its name.
pub(super) async fn added(
    session: Session,
    file: File,
    here: Option<LonLat>,
) -> Result<String, Trouble> {
    let bytes = files::bytes(&file).await;
    let bytes = bytes.map_err(|error| Trouble::NoPicture {
        detail: format!("{error:?}"),
    })?;
    // A browser's number holds every millisecond there is.
    let modified = file.last_modified() as i64;
    session.ask_with(AddPhoto { modified, here }, bytes).await
}
