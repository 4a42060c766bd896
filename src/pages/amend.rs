//! What the map does not have so: an asset that is not there, stands elsewhere or is recorded
//! wrongly; and one that no layer has.

use super::{photos::PhotoField, place};
use crate::{
    components::{
        button::{Button, Weight},
        choice::{Group, Segments, Select},
        field::{Field, describes},
        icon::lu,
        live::{When, maybe, or_nothing},
        notice::{Banner, Tone},
        panel::{Leave, Panel},
        trouble::{TroubleThere, sentence},
    },
    locales::{
        Word, Words,
        keys::{said, trouble},
        t, t_string, use_words,
    },
    map::MapHandle,
    mode::{Mode, Point, Screen, Sketch, Step},
    state::{
        acts::Acts,
        asking, drafts,
        effect::{effect, on_change},
        map_link::MapLink,
        naming,
        nav::Nav,
        place::{Here, Place},
        prefs::Prefs,
        session::Session,
    },
    worker::protocol::{
        AssetCard, Draft, Packed, PlaceCard, Propose, Said, SaidOf, Saying, Trouble,
    },
};
use leptos::prelude::*;
use mendmap_core::{catalog::AssetKindId, geodesy::LonLat, ids::AssetUid, proposal::Says};

/// What is typed into either form, besides what it is about: kept as it is typed.
#[derive(Clone, Copy)]
struct Typed {
    words: Words,
    nav: Nav,
    acts: Acts,
    of: drafts::Form,
    key: StoredValue<String>,
    /// What is chosen: what is said of an asset, or the kind of a new one.
    chosen: RwSignal<String>,
    name: RwSignal<String>,
    code: RwSignal<String>,
    /// Where it stands now, as an address.
    to: RwSignal<String>,
    remark: RwSignal<String>,
    photos: RwSignal<String>,
    tried: RwSignal<bool>,
    refused: RwSignal<Option<String>>,
}

impl Typed {
    fn start(mode: Mode) -> Self {
        let (of, key) = drafts::amend_keys(mode);
        let draft = drafts::load_check(&key).unwrap_or_default();
        let kept = |name: &str| {
            let line = draft.lines.iter().find(|(id, _)| id == name);
            RwSignal::new(line.map(|(_, value)| value.clone()).unwrap_or_default())
        };
        let typed = Typed {
            words: use_words(),
            nav: expect_context(),
            acts: expect_context(),
            of,
            key: StoredValue::new(key),
            chosen: kept("what"),
            name: kept("name"),
            code: kept("code"),
            to: kept("to"),
            remark: RwSignal::new(draft.note.clone()),
            photos: RwSignal::new(drafts::load_photos(of)),
            tried: RwSignal::new(false),
            refused: RwSignal::new(None),
        };
        let texts = move || {
            let lines = [
                ("what", typed.chosen),
                ("name", typed.name),
                ("code", typed.code),
                ("to", typed.to),
            ];
            let lines = lines.map(|(id, text)| (id.to_owned(), text.get()));
            (lines, typed.remark.get())
        };
        on_change(
            move || drop(texts()),
            move || {
                let (lines, note) = texts();
                let draft = Draft {
                    lines: lines.into(),
                    note,
                    ..Draft::default()
                };
                typed.key.with_value(|key| drafts::save_check(key, &draft));
                typed.refused.set(None);
            },
        );
        typed
    }

    /// Says what is missing, and leads there.
    fn lacks(self, word: Word, selector: &str) {
        let why = untrack(|| self.words.say(word).to_owned());
        self.refused.set(Some(why));
        super::focus(selector);
    }

    /// Keeps it, and goes to the card of what it is about.
    fn say(self, saying: Saying, told: Word) {
        let (words, nav) = (self.words, self.nav);
        let (of, key) = (self.of, self.key.get_value());
        let question = Propose {
            saying: Packed::of(&saying),
            note: self.remark.get_untracked(),
            photos: self.photos.get_untracked(),
        };
        let then = Box::new(move |done: Said| {
            drafts::forget_check(&key);
            drafts::save_photos(of, "");
            nav.take(Step::Amended(done.asset));
        });
        let refused = self.refused;
        let refuse = Box::new(move |trouble: Trouble| {
            let _gone = refused.try_set(Some(untrack(|| sentence(words, &trouble))));
        });
        self.acts.propose(question, told, then, refuse);
    }
}

/// What is asked in both forms: a remark, and photos.
#[component]
fn Remark(typed: Typed, children: Children) -> impl IntoView {
    let words = use_words();
    view! {
        <div class="stack">
            {children()}
            <PhotoField of=typed.of names=typed.photos refused=typed.refused />
            <Field id="amend-remark" label=t!(words, task.note)>
                <textarea
                    id="amend-remark"
                    class="input"
                    rows="2"
                    maxlength="500"
                    aria-describedby=describes("amend-remark")
                    prop:value=typed.remark
                    on:input:target=move |ev| typed.remark.set(ev.target().value())
                ></textarea>
            </Field>
            {maybe(move || {
                let why = typed.refused.get()?;
                Some(view! { <Banner tone=Tone::Danger title=why>{or_nothing(None::<AnyView>)}</Banner> })
            })}
        </div>
    }
}

#[component]
fn Send(
    on_press: Callback<()>,
    /// Whether all is here that is needed for it.
    can: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    let acts = expect_context::<Acts>();
    let is_off = Signal::derive(move || acts.busy.get() || !can.get());
    view! {
        <Button
            weight=Weight::Primary
            icon=lu::LuCheck
            disabled=is_off
            on_press=on_press
        >
            {t!(words, said.propose)}
        </Button>
    }
}

const WHAT: [(Says, &str, Word); 4] = [
    (Says::Missing, "missing", said::missing),
    (Says::Stolen, "stolen", said::stolen),
    (Says::Moved, "moved", said::moved),
    (Says::Wrong, "wrong", said::wrong),
];

fn says(name: &str) -> Says {
    let known = WHAT.iter().find(|(_, known, _)| *known == name);
    known.map_or(Says::Missing, |(says, ..)| *says)
}

/// The form for an asset that is not as the map has it.
#[component]
pub fn AmendPage(
    /// Which.
    uid: AssetUid,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let answer = asking::follow(session, move || {
        session.layers.track();
        session
            .catalog
            .with(Option::is_some)
            .then_some(AssetCard { uid })
    });
    let detail = answer.good;
    let on = Signal::derive(move || {
        let name = session.catalog.with(|catalog| {
            let (catalog, detail) = catalog.as_ref().zip(detail.get().flatten())?;
            Some(naming::asset(catalog, locale.get(), &detail.asset.summary))
        });
        name.unwrap_or_default()
    });
    let typed = Typed::start(Mode::Amending(uid, Vec::new()));
    let what = move || typed.chosen.with(|name| says(name));
    let to = move || new_place(nav);
    // A place that was shown and not yet said is there again.
    if untrack(to).is_none() {
        let left = Screen::from_hash(&typed.to.get_untracked()).mode;
        if let Mode::Amending(_, left) = left
            && !left.is_empty()
        {
            nav.take(Step::Sketched(left));
        }
    }
    let may = move |of: fn(SaidOf) -> bool| {
        Memo::new(move |_| {
            let detail = detail.get().flatten();
            let said: Option<SaidOf> = detail.and_then(|detail| detail.said.read());
            said.is_some_and(of)
        })
    };
    let is_point = may(|said| said.is_point);
    let may_vanish = may(|said| said.may_vanish);
    let known = Memo::new(move |_| detail.with(|detail| matches!(detail, Some(Some(_)))));
    // A touch of the map says that it stands there.
    on_change(
        move || nav.mode.track(),
        move || {
            let to = untrack(to);
            if to.is_some() && is_point.get_untracked() {
                typed.chosen.set("moved".into());
                typed.refused.set(None);
            }
            if let Some(to) = to {
                let mode = Mode::Amending(uid, vec![to]);
                let screen = Screen {
                    mode,
                    ..Screen::default()
                };
                typed.to.set(screen.to_hash());
            }
        },
    );
    // Of what is never missing the record can be wrong.
    effect(move || {
        let is_other = typed.chosen.with(|name| says(name)) != Says::Wrong;
        if known.get() && !may_vanish.get() && is_other {
            typed.chosen.set("wrong".into());
        }
    });
    let submit = Callback::new(move |()| {
        let has_words = typed.remark.with_untracked(|text| !text.trim().is_empty())
            || typed.photos.with_untracked(|names| !names.is_empty());
        let saying = match untrack(what) {
            Says::Moved => match untrack(to) {
                Some(to) => Saying::Move { asset: uid, to },
                None => return typed.lacks(said::to_missing, "#amend-to button"),
            },
            Says::Wrong if !has_words => return typed.lacks(trouble::r_empty, "#amend-remark"),
            Says::Wrong => Saying::Correct { asset: uid },
            says => Saying::Vanish {
                asset: uid,
                stolen: says == Says::Stolen,
            },
        };
        typed.say(saying, said::proposed);
    });
    // While layers are on their way it may be in one of them.
    let can = Signal::derive(move || known.get() || session.ready.get());
    let options = move || {
        let (is_point, may_vanish) = (is_point.get_untracked(), may_vanish.get_untracked());
        let fits = |says: Says| match says {
            Says::Wrong => true,
            Says::Moved => is_point,
            _ => may_vanish,
        };
        let all = WHAT.into_iter().filter(|(says, ..)| fits(*says));
        all.map(|(_, name, word)| (name.to_owned(), words.live(word)))
            .collect::<Vec<_>>()
    };
    if typed.chosen.with_untracked(String::is_empty) {
        typed.chosen.set("missing".into());
    }
    view! {
        <Panel
            title=t!(words, said.amend)
            subtitle=on
            leave=Leave::Back
            foot=move || view! { <Send on_press=submit can=can /> }
        >
            <TroubleThere trouble=answer.trouble />
            <Remark typed=typed>
                {maybe(move || {
                    let options = known.get().then(options)?;
                    Some(view! {
                        <Segments
                            options=options
                            chosen=typed.chosen
                            on_choose=move |name| typed.chosen.set(name)
                            label=t!(words, said.what)
                        />
                    })
                })}
                <When is=move || what() == Says::Moved>
                    <NewPlace />
                </When>
            </Remark>
        </Panel>
    }
}

/// Where it stands now, as the address has it.
fn new_place(nav: Nav) -> Option<Point> {
    nav.mode.with(|mode| match mode {
        Mode::Amending(_, to) => to.first().copied(),
        _ => None,
    })
}

/// Where it stands now: by a touch of the map, by the crosshair, or where one stands.
#[component]
fn NewPlace() -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let link = expect_context::<MapLink>();
    let here = expect_context::<Place>();
    let put = move |at: Option<LonLat>| {
        if let Some(at) = at {
            nav.take(Step::AddCorner(at.into()));
        }
    };
    let middle = move || {
        let map = link.handle;
        map.with_untracked(|map| Some(map.as_ref()?.middle()))
    };
    // Without a map nobody else asks where this device is.
    if here.no_map.get_untracked() {
        here.follow(Here::start(), words);
    }
    let is_wanted = RwSignal::new(false);
    let take_mine = move || {
        let me = here
            .me
            .get_untracked()
            .filter(|_| is_wanted.get_untracked());
        if me.is_some() {
            is_wanted.set(false);
            put(me);
        }
    };
    on_change(move || here.me.track(), take_mine);
    let mine = move |()| {
        is_wanted.set(true);
        take_mine();
        if is_wanted.get_untracked() {
            link.ask(MapHandle::start_locate);
        }
    };
    view! {
        <p class="figure" role="status">
            {move || match new_place(nav) {
                Some(at) => t_string!(words, said.to_at, place = place::coordinates(at)),
                None => t_string!(words, said.to_tap).to_string(),
            }}
        </p>
        <div class="buttons" id="amend-to">
            <Button icon=lu::LuLocateFixed on_press=mine>
                {t!(words, map.along_here)}
            </Button>
            {or_nothing((!here.no_map.get_untracked())
                .then(|| {
                    view! {
                        <Button icon=lu::LuPlus on_press=move |()| put(middle())>
                            {t!(words, said.to_middle)}
                        </Button>
                    }
                }))}
        </div>
    }
}

/// The form for an asset that no layer has.
#[component]
pub fn AddPage(
    /// Where it stands.
    sketch: Sketch,
) -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let shape = place::shape(&sketch);
    let answer = asking::follow(session, move || {
        session.layers.track();
        let shape = shape.clone()?;
        session
            .catalog
            .with(Option::is_some)
            .then_some(PlaceCard { shape })
    });
    let detail = answer.good;
    let near = Signal::derive(move || {
        let street = detail.get().and_then(|detail| detail.street);
        street
            .map(|street| t_string!(words, map.near_street, street = street))
            .unwrap_or_default()
    });
    let at = sketch.points.first().copied().unwrap_or_default();
    let typed = Typed::start(Mode::Adding(sketch));
    let groups = Signal::derive(move || -> Vec<Group> {
        let locale = locale.get();
        let none = (
            String::new(),
            t_string!(words, said.kind_missing).to_owned(),
        );
        let kinds = detail.get().map_or_else(Vec::new, |detail| detail.kinds);
        let named = session.catalog.with(|catalog| {
            let catalog = catalog.as_ref();
            let one = |kind: AssetKindId| {
                let name = catalog.map(|catalog| naming::kind(catalog, locale, &kind));
                (kind.0, name.unwrap_or_default())
            };
            kinds.into_iter().map(one).collect::<Vec<_>>()
        });
        vec![(String::new(), std::iter::once(none).chain(named).collect())]
    });
    let missing = Signal::derive(move || {
        let is_missing = typed.tried.get() && typed.chosen.with(String::is_empty);
        is_missing.then(|| t_string!(words, said.kind_missing).to_owned())
    });
    let can = Signal::derive(move || session.catalog.with(Option::is_some));
    let submit = Callback::new(move |()| {
        typed.tried.set(true);
        let kind = typed.chosen.get_untracked();
        if kind.is_empty() {
            return super::focus("#amend-kind");
        }
        let saying = Saying::Add {
            kind: AssetKindId(kind),
            at,
            name: typed.name.get_untracked(),
            code: typed.code.get_untracked(),
        };
        typed.say(saying, said::proposed);
    });
    view! {
        <Panel
            title=t!(words, said.add)
            subtitle=near
            leave=Leave::Back
            foot=move || view! { <Send on_press=submit can=can /> }
        >
            <TroubleThere trouble=answer.trouble />
            <Remark typed=typed>
                <Field id="amend-kind" label=t!(words, said.kind) help=t!(words, said.points) error=missing>
                    <Select
                        id="amend-kind"
                        groups=groups
                        value=typed.chosen
                        on_choose=move |id| typed.chosen.set(id)
                    />
                </Field>
                <Line id="amend-name" label=t!(words, said.name) text=typed.name />
                <Line id="amend-code" label=t!(words, said.code) text=typed.code />
            </Remark>
        </Panel>
    }
}

#[component]
fn Line(id: &'static str, label: Signal<String>, text: RwSignal<String>) -> impl IntoView {
    view! {
        <Field id=id label=label>
            <input
                id=id
                class="input"
                maxlength="80"
                autocomplete="off"
                aria-describedby=describes(id)
                prop:value=text
                on:input:target=move |ev| text.set(ev.target().value())
            />
        </Field>
    }
}
