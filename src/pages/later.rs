//! The panels that come with the second part of the program (see hooks/lib/late.mjs).

use super::{
    along, amend, asset, at_desk::at_desk, browse, choose, draw, find, layers, place, plot,
    proposals, report, safe, settings, stop, task, track, work,
};
use crate::mode::Mode;
use leptos::prelude::*;

/// The panel for what the screen is doing. Never inlined: what is inlined into a first view comes
/// with it.
#[inline(never)]
pub(super) fn page(mode: Mode) -> AnyView {
    match mode {
        Mode::Browsing => view! { <browse::Browse /> }.into_any(),
        Mode::AssetSelected(uid) => view! { <asset::AssetPage uid=uid /> }.into_any(),
        Mode::TaskSelected(uid) => view! { <task::TaskPage uid=uid /> }.into_any(),
        Mode::Drawing(sketch) => view! { <draw::DrawPage kind=sketch.shape /> }.into_any(),
        Mode::Finding(target) => view! { <find::FindPage target=target /> }.into_any(),
        Mode::Amending(uid, _) => view! { <amend::AmendPage uid=uid /> }.into_any(),
        Mode::Adding(sketch) => view! { <amend::AddPage sketch=sketch /> }.into_any(),
        Mode::Measuring(task, _) => view! { <along::AlongPage task=task /> }.into_any(),
        Mode::Tracking(task) => view! { <track::TrackPage task=task /> }.into_any(),
        Mode::PlaceSelected(sketch) => view! { <place::PlacePage sketch=sketch /> }.into_any(),
        Mode::Choosing(_) => view! { <choose::ChoosePage /> }.into_any(),
        Mode::Plotting(target) => view! { <plot::Plot target=target /> }.into_any(),
        Mode::Stopping(task, asset) => {
            view! { <stop::StopPage task=task asset=asset /> }.into_any()
        }
        Mode::Checking(task, precheck, asset) => {
            view! { <safe::SafePage task=task precheck=precheck asset=asset /> }.into_any()
        }
        Mode::Reporting(uid) => view! { <report::ReportPage uid=uid /> }.into_any(),
        Mode::MyWork => view! { <work::WorkPage /> }.into_any(),
        Mode::Proposals => view! { <proposals::ProposalsPage /> }.into_any(),
        Mode::Ledger(_)
        | Mode::Indicators(_)
        | Mode::Giving(_)
        | Mode::Reviewing
        | Mode::Returning(_)
        | Mode::Dispatching(_)
        | Mode::Governing
        | Mode::Programmes(_)
        | Mode::Completion => at_desk(mode),
        Mode::Layers => view! { <layers::LayersPage /> }.into_any(),
        Mode::Settings => view! { <settings::SettingsPage /> }.into_any(),
    }
}
