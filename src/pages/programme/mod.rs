//! Programmes: what is done to the city's assets over years, year by year, and how far the trades of each
//! asset have come.

pub mod hand;
pub mod members;
pub mod one;
pub mod trades;
pub mod years;

pub use one::OnePage;

use super::missing::NotWhole;
use crate::{
    components::{
        button::Button,
        choice::{Group, Select},
        field::Field,
        icon::lu,
        live::When,
        notice::Empty,
        panel::{Leave, Panel},
        trouble::TroubleThere,
    },
    locales::{t, t_string, use_words},
    mode::{Figures, Mode, OfProgramme, Step},
    state::{
        asking::{self, Answer},
        nav::Nav,
        prefs::Prefs,
        session::Session,
    },
    worker::protocol::{ProgrammeView, ShowProgramme, Trouble},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{Programme, ProgrammeId},
    ids::AssetUid,
};

/// The programme that is shown, and a year of it.
#[derive(Clone, Copy)]
pub struct Shown {
    /// The programme, where the catalogue has it.
    pub programme: Memo<Option<Programme>>,
    /// The year, as it was asked for.
    year: Memo<Option<i16>>,
    /// The answer.
    pub view: Memo<Option<ProgrammeView>>,
}

/// Asks what the address says; of one asset as well, where one is given.
pub fn follow(asset: Option<AssetUid>) -> (Shown, Answer<ProgrammeView>) {
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let of = Memo::new(move |_| match nav.mode.get() {
        Mode::Programmes(of) => of,
        _ => OfProgramme::default(),
    });
    let programme = Memo::new(move |_| {
        let id = ProgrammeId(of.with(|of| of.programme.clone()));
        session.catalog.with(|catalog| {
            let catalog = catalog.as_ref()?;
            let known = catalog.programme(&id).or(catalog.programmes.first());
            known.cloned()
        })
    });
    let year = Memo::new(move |_| of.with(|of| of.year));
    let answer = asking::follow_packed::<_, ProgrammeView>(session, move || {
        session.turns.track();
        session.layers.track();
        // Whoever logs in may set more than before.
        session.me.track();
        let programme = programme.with(|known| known.as_ref().map(|known| known.id.clone()))?;
        Some(ShowProgramme {
            programme,
            year: year.get(),
            asset,
        })
    });
    // What another programme came to is not shown under this one's name.
    let view = Memo::new(move |_| {
        let view = answer.good.get()?;
        let is_it = programme.with(|known| known.as_ref().is_some_and(|k| k.id == view.programme));
        is_it.then_some(view)
    });
    let shown = Shown {
        programme,
        year,
        view,
    };
    (shown, answer)
}

impl Shown {
    /// The year that is told, or asked for.
    pub fn year(self) -> Option<i16> {
        let told = self.view.with(|view| view.as_ref().map(|view| view.year));
        self.year.get().or(told)
    }

    /// Where a step leads from here.
    pub fn to(self, year: Option<i16>, asset: Option<AssetUid>) -> Step {
        let programme = self.programme.with_untracked(|known| {
            let known = known.as_ref();
            known.map(|known| known.id.0.clone())
        });
        Step::OpenProgrammes(OfProgramme {
            programme: programme.unwrap_or_default(),
            year,
            asset,
        })
    }

    /// Its name and the year.
    pub fn title(self) -> Signal<String> {
        let locale = expect_context::<Prefs>().locale;
        Signal::derive(move || {
            let name = self.programme.with(|known| {
                let known = known.as_ref();
                known.map(|known| locale.get().pick(&known.label))
            });
            let year = self.year().map(|year| year.to_string());
            let said = [name, year].into_iter().flatten();
            said.collect::<Vec<_>>().join(" · ")
        })
    }
}

/// The page.
#[component]
pub fn ProgrammesPage() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let (shown, answer) = follow(None);
    let has_some = Memo::new(move |_| shown.programme.with(Option::is_some));
    let has_none = move || session.catalog.with(Option::is_some) && !has_some.get();
    let is_whole = Memo::new(move |_| {
        let view = shown.view;
        view.with(|view| view.as_ref().is_none_or(|view| view.is_whole))
    });
    view! {
        <Panel
            title=t!(words, programme.title)
            subtitle=shown.title()
            name="programmes"
            leave=Leave::Back
            linked=true
        >
            <div class="stack">
                <When is=has_none>
                    <Empty
                        icon=lu::LuChartPie
                        title=t_string!(words, programme.none).to_string()
                        hint=t_string!(words, programme.none_hint).to_string()
                    />
                </When>
                <When is=move || has_some.get()>{figures(shown, answer.trouble, is_whole)}</When>
            </div>
        </Panel>
    }
}

/// What there is of a programme. Never inlined: what stands in the children of another is compiled under a
/// name that does not say of which page it is, and then comes with a first view (hooks/lib/late.mjs).
#[inline(never)]
fn figures(shown: Shown, trouble: RwSignal<Option<Trouble>>, is_whole: Memo<bool>) -> AnyView {
    view! {
        <Which shown=shown />
        <TroubleThere trouble=trouble />
        <NotWhole is_whole=is_whole />
        <years::Years shown=shown />
        <LedgerOfYear shown=shown />
        <years::Parts shown=shown />
        <members::Members shown=shown />
    }
    .into_any()
}

/// The way there from completion; nothing where the catalogue names none.
#[component]
pub fn ProgrammesWay() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let has_some = Memo::new(move |_| {
        session
            .catalog
            .with(|catalog| catalog.as_ref().is_some_and(|c| !c.programmes.is_empty()))
    });
    let open = move |()| nav.take(Step::OpenProgrammes(OfProgramme::default()));
    view! {
        <When is=move || has_some.get()>
            <Button icon=lu::LuChartPie on_press=open>
                {t!(words, programme.open)}
            </Button>
        </When>
    }
}

/// Which programme.
#[component]
fn Which(shown: Shown) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let groups = Signal::derive(move || -> Vec<Group> {
        let locale = locale.get();
        let options = session.catalog.with(|catalog| {
            let all = catalog.iter().flat_map(|catalog| &catalog.programmes);
            let option = |known: &Programme| (known.id.0.clone(), locale.pick(&known.label));
            all.map(option).collect::<Vec<_>>()
        });
        vec![(String::new(), options)]
    });
    let value = Signal::derive(move || {
        shown.programme.with(|known| {
            let known = known.as_ref();
            known.map(|known| known.id.0.clone()).unwrap_or_default()
        })
    });
    let choose = move |programme: String| {
        nav.take(Step::OpenProgrammes(OfProgramme {
            programme,
            ..OfProgramme::default()
        }));
    };
    view! {
        <Field id="programme" label=t!(words, programme.which)>
            <Select id="programme" groups=groups value=value on_choose=choose />
        </Field>
    }
}

/// The way to the ledger of the year: the same figures, with all others.
#[component]
fn LedgerOfYear(shown: Shown) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let year = Memo::new(move |_| shown.year().unwrap_or_default());
    let open = move |()| {
        let year = year.get_untracked();
        nav.take(Step::OpenLedger(Some(Figures {
            from: format!("{year:04}-01-01"),
            to: format!("{year:04}-12-31"),
            ..Figures::default()
        })));
    };
    let text = move || t_string!(words, programme.ledger, year = year.get());
    view! {
        <Button icon=lu::LuScrollText on_press=open>
            {text}
        </Button>
    }
}
