//! Telling others of a piece of work outside the app: as a text for a chat, or shared with its
//! photos where the phone can.

use crate::{
    components::{
        button::Button,
        icon::{Lucide, lu},
        live::or_nothing,
        task_row::{where_name, work_name},
    },
    locales::{Words, t, t_string, use_words},
    number,
    state::{format, nav::Nav, session::Session, toasts::Toasts},
    worker::protocol::{FindPhoto, TaskDetail},
};
use gloo_net::http::Request;
use js_sys::{Array, Uint8Array};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{geodesy::LonLat, task::TaskSummary};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FilePropertyBag, ShareData};

/// The ways to tell of a task.
#[component]
pub fn Tell(
    /// The task.
    detail: TaskDetail,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let toasts = expect_context::<Toasts>();
    let photos = photos_of(&detail);
    let detail = StoredValue::new(detail);
    let text = move || {
        let link = nav.link();
        untrack(|| detail.with_value(|detail| said(session, words, detail, &link)))
    };
    let copy = move |()| {
        let copied = window().navigator().clipboard().write_text(&text());
        spawn_local(async move {
            let said = match JsFuture::from(copied).await {
                Ok(_) => untrack(|| t_string!(words, task.tell_copied)),
                Err(_) => untrack(|| t_string!(words, task.tell_failed)),
            };
            toasts.show(said, None);
        });
    };
    let share = move |()| {
        let (text, photos) = (text(), photos.clone());
        spawn_local(async move {
            let data = ShareData::new();
            data.set_text(&text);
            let files = files(session, &photos).await;
            if files.length() > 0 {
                data.set_files(&files);
            }
            let data = match window().navigator().can_share_with_data(&data) {
                true => data,
                false => {
                    // The text is better than nothing.
                    let bare = ShareData::new();
                    bare.set_text(&text);
                    bare
                }
            };
            let shared = JsFuture::from(window().navigator().share_with_data(&data)).await;
            if let Err(error) = shared {
                let name = js_sys::Reflect::get(&error, &"name".into()).ok();
                // Whoever looked at the list of apps and took none knows that.
                if name.and_then(|name| name.as_string()).as_deref() != Some("AbortError") {
                    toasts.show(untrack(|| t_string!(words, task.tell_unshared)), None);
                }
            }
        });
    };
    if !window().is_secure_context() {
        return ().into_any();
    }
    let navigator = window().navigator();
    let has = |name: &str| js_sys::Reflect::has(&navigator, &name.into()) == Ok(true);
    let shares = has("share") && has("canShare");
    view! {
        <details class="fold">
            <summary>
                <Lucide icon=lu::LuChevronRight small=true />
                {t!(words, task.tell)}
            </summary>
            <div class="buttons">
                <Button icon=lu::LuCopy on_press=copy>
                    {t!(words, task.tell_copy)}
                </Button>
                {or_nothing(shares
                    .then(|| {
                        view! {
                            <Button icon=lu::LuShare2 on_press=share>
                                {t!(words, task.tell_share)}
                            </Button>
                        }
                    }))}
            </div>
        </details>
    }
    .into_any()
}

/// What is to be known of a task by somebody who has no app, a line each.
fn said(session: Session, words: Words, detail: &TaskDetail, link: &str) -> String {
    let task: &TaskSummary = &detail.task.summary;
    let mut lines = vec![format!("【{}】", work_name(session, words, task))];
    let place = where_name(session, words, task);
    if !place.is_empty() {
        lines.push(t_string!(words, task.tell_place, place = place));
    }
    if let Some(due) = detail.due {
        let due = format::moment(words.get_locale(), &due.to_string());
        lines.push(t_string!(words, task.tell_due, due = due));
    }
    if let Some((lon, lat)) = task.target.as_ref().and_then(|target| target.position) {
        let LonLat { lon, lat } = LonLat::new(lon, lat);
        let at = [lat, lon]
            .map(|degrees| number::text(degrees, 5))
            .join(", ");
        lines.push(t_string!(words, task.tell_at, at = at));
    }
    lines.extend(task.note.clone());
    lines.push(link.to_owned());
    lines.join("\n")
}

/// Its photos: of what was found, and of what was done.
fn photos_of(detail: &TaskDetail) -> Vec<String> {
    let found = detail.found_photos.split(' ');
    let found = found.filter(|name| !name.is_empty()).map(str::to_owned);
    let reports = detail.task.reports.iter();
    let done =
        reports.flat_map(|report| report.photos.iter().map(|photo| photo.sha256.to_string()));
    found.chain(done).collect()
}

/// The photos that are here or can be fetched, as files.
async fn files(session: Session, names: &[String]) -> Array {
    let files = Array::new();
    for (n, name) in names.iter().enumerate() {
        let found = session.ask(FindPhoto { name: name.clone() }).await;
        let Ok(address) = found else { continue };
        let Ok(answer) = Request::get(&address).send().await else {
            continue;
        };
        let Ok(bytes) = answer.binary().await else {
            continue;
        };
        let kind = FilePropertyBag::new();
        kind.set_type("image/jpeg");
        let parts = Array::of1(&Uint8Array::from(&*bytes));
        let name = format!("{}.jpg", n + 1);
        if let Ok(file) = File::new_with_u8_array_sequence_and_options(&parts, &name, &kind) {
            files.push(&file);
        }
        let _ = web_sys::Url::revoke_object_url(&address);
    }
    files
}
