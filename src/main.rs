//! Mounts the app; in a worker, answers the page. One program for both, because they
//! share half their code and must never be of two builds.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

fn main() {
    console_error_panic_hook::set_once();
    if !js_sys::global().is_instance_of::<web_sys::Window>() {
        mendmap::worker::host::run();
        return;
    }
    mount_to_body(mendmap::app::App);
    if let Some(loading) = document().get_element_by_id("loading") {
        loading.remove();
    }
}
