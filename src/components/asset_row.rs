//! An asset in a list.

use super::{kind_icon::KindIcon, row::Row};
use crate::{
    mode::Step,
    state::{format, naming, nav::Nav, prefs::Prefs, session::Session},
};
use leptos::prelude::*;
use mendmap_core::city::AssetSummary;

/// An asset that opens its card.
#[component]
pub fn AssetRow(
    /// The asset.
    asset: AssetSummary,
    /// How far it is, in metres.
    #[prop(optional_no_strip)]
    metres: Option<f64>,
    /// Words at the end in place of the distance.
    #[prop(optional_no_strip)]
    end: Option<Signal<String>>,
    /// What a tap does in place of opening the card.
    #[prop(optional)]
    on_open: Option<Callback<()>>,
) -> impl IntoView {
    let nav = expect_context::<Nav>();
    let locale = expect_context::<Prefs>().locale;
    let Some(catalog) = expect_context::<Session>().catalog.get_untracked() else {
        return ().into_any();
    };
    let uid = asset.uid;
    let kind = catalog.asset_kind(&asset.kind).cloned();
    let mark = move || kind.clone().map(|kind| view! { <KindIcon kind=kind /> });
    let (names, whole) = (catalog.clone(), asset.clone());
    let name = Signal::derive(move || naming::asset(&names, locale.get(), &whole));
    let about = Signal::derive(move || naming::about(&catalog, locale.get(), &asset));
    let end = end.unwrap_or_else(|| {
        Signal::derive(move || {
            metres
                .map(|m| format::distance(locale.get(), m))
                .unwrap_or_default()
        })
    });
    view! {
        <Row
            mark=mark
            name=name
            about=about
            end=end
            key=uid.to_string()
            on_open=on_open
                .unwrap_or_else(|| Callback::new(move |()| nav.take(Step::OpenAsset(uid))))
        />
    }
    .into_any()
}
