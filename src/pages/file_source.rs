//! Where a file for a layer comes from: this device, or the server that the app came from.

use crate::{
    components::{
        button::Button,
        field::{Field, describes},
        icon::lu,
    },
    locales::{Words, t, t_string, use_words},
    worker::{fetch::fetch, protocol::Trouble},
};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, Url};

/// So many bytes are read between two words of progress.
const STRIDE: f64 = (8 << 20) as f64;

/// A file, and what it is called where it comes from.
#[derive(Clone)]
pub struct Source {
    /// The file.
    pub file: File,
    /// Its name, or its address.
    pub name: String,
}

impl Source {
    /// One of this device.
    pub fn of(file: File) -> Self {
        let name = file.name();
        Source { file, name }
    }

    /// Fetches one. `progress` hears how many bytes have come, and how many there will be where that is known.
    ///
    /// # Errors
    /// Every [`Trouble::Fetch`].
    pub async fn fetched(
        url: &Url,
        progress: &mut dyn FnMut(f64, Option<f64>),
    ) -> Result<Self, Trouble> {
        let mut said = |bytes, total: Option<u64>| {
            progress(bytes as f64, total.map(|total| total as f64));
        };
        let (bytes, _) = fetch(&url.href(), &mut said).await?;
        let path = readable(&url.pathname());
        let last = path.rsplit('/').next().unwrap_or_default();
        let parts = Array::of1(&Uint8Array::from(&*bytes));
        let file = File::new_with_u8_array_sequence(&parts, last);
        let file = file.map_err(|error| Trouble::Fetch {
            url: url.href(),
            status: None,
            detail: format!("{error:?}"),
        })?;
        let name = path + &url.search();
        Ok(Source { file, name })
    }

    /// Its bytes. `progress` hears as of [`Source::fetched`].
    ///
    /// # Errors
    /// What the browser says where it cannot be read.
    pub async fn bytes(
        &self,
        progress: &mut dyn FnMut(f64, Option<f64>),
    ) -> Result<ArrayBuffer, JsValue> {
        let size = self.file.size();
        // What is larger than an array can be is refused by the browser.
        if size <= STRIDE || size > f64::from(u32::MAX) {
            return JsFuture::from(self.file.array_buffer()).await?.dyn_into();
        }
        let whole = Uint8Array::new_with_length(size as u32);
        let mut at = 0.0;
        while at < size {
            progress(at, Some(size));
            let piece = self.file.slice_with_f64_and_f64(at, at + STRIDE)?;
            let piece = JsFuture::from(piece.array_buffer()).await?;
            whole.set(&Uint8Array::new(&piece), at as u32);
            at += STRIDE;
        }
        progress(size, Some(size));
        Ok(whole.buffer())
    }
}

/// A path without `%`, where it can be read so.
fn readable(path: &str) -> String {
    js_sys::decode_uri_component(path).map_or_else(|_| path.to_owned(), String::from)
}

/// The address that was typed, if it is one of the server that the app came from; else why it is not asked.
fn of_ours(words: Words, typed: &str) -> Result<Url, String> {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let url = Url::new_with_base(typed.trim(), &base);
    let url = url.map_err(|_| t_string!(words, layers.address_bad).to_owned())?;
    let own = window().location().origin().unwrap_or_default();
    if url.origin() == own {
        return Ok(url);
    }
    let other = match url.host() {
        host if host.is_empty() => url.protocol(),
        host => host,
    };
    Err(t_string!(
        words,
        layers.address_elsewhere,
        host = other,
        own = own
    ))
}

/// Asks for the address of a file.
#[component]
pub fn FileAddress(
    /// Takes it, once it is one that may be asked.
    #[prop(into)]
    on_address: Callback<Url>,
) -> impl IntoView {
    let words = use_words();
    let typed = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<String>);
    let go = move || match of_ours(words, &typed.get_untracked()) {
        Ok(url) => {
            refused.set(None);
            on_address.run(url);
        }
        Err(why) => refused.set(Some(why)),
    };
    let is_empty = Signal::derive(move || typed.with(|typed| typed.trim().is_empty()));
    view! {
        <form
            class="stack"
            novalidate
            on:submit=move |ev: web_sys::SubmitEvent| {
                ev.prevent_default();
                if !is_empty.get_untracked() {
                    go();
                }
            }
        >
            <Field
                id="file-address"
                label=t!(words, layers.address)
                help=t!(words, layers.address_hint)
                error=refused
            >
                <input
                    id="file-address"
                    class="input"
                    type="text"
                    inputmode="url"
                    autocapitalize="none"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby=describes("file-address")
                    aria-invalid=move || refused.with(Option::is_some).then_some("true")
                    prop:value=typed
                    on:input:target=move |ev| typed.set(ev.target().value())
                />
            </Field>
            <div class="buttons">
                <Button icon=lu::LuDownload disabled=is_empty on_press=move |()| go()>
                    {t!(words, layers.address_fetch)}
                </Button>
            </div>
        </form>
    }
}
