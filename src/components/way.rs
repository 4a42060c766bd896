//! The way there, by the phone's own navigation.

use super::icon::{Lucide, lu};
use crate::{
    locales::{Word, keys::task, t, use_words},
    number,
};
use leptos::prelude::*;
use mendmap_core::geodesy::{LonLat, to_gcj02};

/// An app that leads somewhere, by an address that it opens.
struct Guide {
    name: Word,
    /// The phone takes over from this very page; a site is another one.
    target: &'static str,
    address: fn(LonLat, &str) -> String,
}

/// Where each says how its addresses are made: geo: in RFC 5870, with the `q` that Android adds;
/// the others in their makers' descriptions of URIs. Amap and Tencent want GCJ-02; Baidu is told
/// what it gets.
const GUIDES: [Guide; 4] = [
    Guide {
        name: task::way_phone,
        target: "_self",
        address: |at, name| {
            let at = pair(at.lat, at.lon);
            format!("geo:{at}?q={at}({name})")
        },
    },
    Guide {
        name: task::way_amap,
        target: "_blank",
        address: |at, name| {
            let at = to_gcj02(at);
            let at = pair(at.lon, at.lat);
            format!("https://uri.amap.com/marker?position={at}&name={name}&callnative=1")
        },
    },
    Guide {
        name: task::way_tencent,
        target: "_blank",
        address: |at, name| {
            let at = to_gcj02(at);
            let at = pair(at.lat, at.lon);
            format!("https://apis.map.qq.com/uri/v1/marker?marker=coord:{at};title:{name}")
        },
    },
    Guide {
        name: task::way_baidu,
        target: "_blank",
        address: |at, name| {
            let at = pair(at.lat, at.lon);
            format!(
                "https://api.map.baidu.com/marker?location={at}&title={name}&content={name}&output=html&coord_type=wgs84"
            )
        },
    },
];

fn pair(first: f64, second: f64) -> String {
    [first, second]
        .map(|degrees| number::text(degrees, 6))
        .join(",")
}

/// Links to whatever leads there.
#[component]
pub fn WayThere(
    /// Where.
    at: LonLat,
    /// What is there.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let words = use_words();
    let links: Vec<_> = GUIDES
        .iter()
        .map(|guide| {
            let address = guide.address;
            let href = move || {
                let name = String::from(js_sys::encode_uri_component(&name.get()));
                address(at, &name)
            };
            view! {
                <li>
                    <a class="row" href=href target=guide.target rel="noreferrer">
                        {words.live(guide.name)}
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <details class="fold" id="way">
            <summary>
                <Lucide icon=lu::LuChevronRight small=true />
                {t!(words, task.way)}
            </summary>
            <ul class="rows">{links}</ul>
        </details>
    }
}
