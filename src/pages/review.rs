//! Reports that wait to be checked: what is odd about each, how it was and how it is, and the two
//! answers. Everything has a key.

use super::{crews::crews, history::author_alone, ledger, reported::Report};
use crate::{
    components::{
        button::{Button, Weight},
        choice::{Segments, Select, TickRow},
        field::Field,
        icon::lu,
        keyed::{Keyed, Line},
        live::{When, or_nothing},
        notice::Empty,
        paged::More,
        panel::{Leave, Panel},
        task_row::{TaskLine, work_name},
        trouble::{TroubleThere, sentence},
    },
    locales::{Words, keys, t, t_string, use_words},
    mode::Step,
    state::{
        acts::Acts,
        asking::{self, Told},
        format,
        keys::{Dialogs, types},
        nav::Nav,
        prefs::Prefs,
        session::Session,
        toasts::Toasts,
    },
    worker::protocol::{Act, Command, ListReviews, Packed, ReviewList, Trouble},
};
use leptos::{ev, prelude::*, task::spawn_local};
use mendmap_core::{
    catalog::WorkKindId,
    ids::{EventId, TaskUid},
    log::Quantity,
    task::{Remark, Review},
};
use std::{collections::BTreeSet, sync::Arc};

/// Reports shown at first, and added by each press.
const PORTION: usize = 20;
/// So many of each crew are drawn by lot.
const SAMPLE: usize = 3;

/// What is shown of the reports, and which of them are meant.
#[derive(Clone, Copy)]
struct Desk {
    list: RwSignal<ReviewList>,
    /// The one that keys mean.
    current: RwSignal<Option<TaskUid>>,
    /// Those that are verified together.
    chosen: RwSignal<BTreeSet<TaskUid>>,
    /// How many are shown.
    shown: RwSignal<usize>,
    session: Session,
    acts: Acts,
    nav: Nav,
    toasts: Toasts,
    words: Words,
}

/// The inbox.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let desk = Desk {
        list: RwSignal::new(ReviewList::default()),
        current: RwSignal::new(None),
        chosen: RwSignal::new(BTreeSet::new()),
        shown: RwSignal::new(PORTION),
        session,
        acts: expect_context(),
        nav: expect_context(),
        toasts: expect_context(),
        words,
    };
    let (crew, drawn) = (RwSignal::new(String::new()), RwSignal::new(false));
    let came = RwSignal::new(false);
    let shown = desk.shown;
    // Those that were drawn stay drawn: no other slides into the place of one that is checked.
    let lots = StoredValue::new(Vec::<TaskUid>::new());
    let dialogs = expect_context::<Dialogs>();
    let trouble = RwSignal::new(None);
    let tell = move |said: Result<Packed, Trouble>| match said {
        Ok(list) => {
            let list: ReviewList = list.read().unwrap_or_default();
            if drawn.get_untracked() && lots.with_value(Vec::is_empty) {
                lots.set_value(list.reviews.iter().map(|review| review.task.uid).collect());
            }
            desk.take(list);
            came.set(true);
            trouble.set(None);
        }
        Err(why) => trouble.set(Some(why)),
    };
    asking::ask_latest(Box::new(move || {
        session.turns.track();
        session.catalog.with(Option::is_some).then_some(())?;
        let said = session.ask(ListReviews {
            crew: crew.get(),
            only: if drawn.get() {
                lots.get_value()
            } else {
                Vec::new()
            },
            sample: if drawn.get() { SAMPLE } else { 0 },
            // The same all day: who looks away finds the same reports again.
            seed: format::today()
                .bytes()
                .fold(0, |n, byte| n * 31 + u64::from(byte)),
        });
        Some(Box::pin(async move {
            let said = said.await;
            let told: Told = Box::new(move || tell(said));
            told
        }))
    }));
    let keys = window_event_listener(ev::keydown, move |ev| {
        let other = ev.default_prevented() || ev.is_composing() || ev.repeat() || types(&ev);
        let other = other || dialogs.keys.get_untracked();
        if other || ev.ctrl_key() || ev.meta_key() || ev.alt_key() {
            return;
        }
        if desk.press(&ev.key()) {
            ev.prevent_default();
        }
    });
    on_cleanup(move || keys.remove());
    let subtitle = Signal::derive(move || {
        let locale = locale.get();
        if !came.get() {
            return String::new();
        }
        let (all, some) = desk.list.with(|list| (list.total, list.reviews.len()));
        let [all, some] = [all, some].map(|n| format::count(locale, n));
        match drawn.get() {
            true => t_string!(words, desk.review_some, n = some, all = all),
            false => t_string!(words, desk.review_count, n = all),
        }
    });
    let crews = crews(keys::desk::crew_all);
    let options = vec![(false, t!(words, desk.all)), (true, t!(words, desk.drawn))];
    let lines = Signal::derive(move || {
        let line = |review: &Review| line(desk, review);
        let first = |list: &ReviewList| list.reviews.iter().take(shown.get()).map(line).collect();
        desk.list.with(first)
    });
    let total = Signal::derive(move || desk.list.with(|list| list.reviews.len()));
    let many = Signal::derive(move || desk.chosen.with(BTreeSet::len));
    let foot = move || {
        view! {
            <When is=move || { many.get() > 0 }>
                <Button
                    weight=Weight::Primary
                    icon=lu::LuCheckCheck
                    disabled=desk.acts.busy
                    on_press=move |()| desk.verify_chosen()
                >
                    {move || {
                        let n = format::count(locale.get(), many.get());
                        t_string!(words, desk.verify_n, n = n)
                    }}
                </Button>
            </When>
        }
    };
    view! {
        <Panel
            title=t!(words, desk.review)
            subtitle=subtitle
            name="review"
            leave=Leave::Back
            foot=foot
        >
            <div class="stack">
                <Field id="review-crew" label=t!(words, desk.crew)>
                    <Select
                        id="review-crew"
                        groups=crews
                        value=crew
                        on_choose=move |chosen| {
                            lots.set_value(Vec::new());
                            crew.set(chosen);
                        }
                    />
                </Field>
                <Segments
                    options=options
                    chosen=drawn
                    on_choose=move |chosen| {
                        lots.set_value(Vec::new());
                        drawn.set(chosen);
                    }
                    label=t!(words, desk.which)
                />
                <p class="small muted keys">{t!(words, desk.keys)}</p>
                <TroubleThere trouble=trouble />
                <When is=move || came.get() && total.get() == 0>
                    <Empty
                        icon=lu::LuClipboardCheck
                        title=t_string!(words, desk.review_none).to_string()
                        hint=t_string!(words, desk.review_none_hint).to_string()
                    />
                </When>
                <ul class="rows reviews">
                    <Keyed lines=lines />
                </ul>
                <More total=total shown=shown portion=PORTION />
            </div>
        </Panel>
    }
}

impl Desk {
    /// Takes up what waits now. What does not wait any more is not meant any more.
    fn take(self, list: ReviewList) {
        let waits = |uid: &TaskUid| list.reviews.iter().any(|review| review.task.uid == *uid);
        if self
            .chosen
            .with_untracked(|chosen| !chosen.iter().all(waits))
        {
            self.chosen.update(|chosen| chosen.retain(waits));
        }
        if self
            .current
            .get_untracked()
            .as_ref()
            .is_some_and(|uid| !waits(uid))
        {
            self.current.set(None);
        }
        self.list.set(list);
    }

    /// Does what a key means; false where it means nothing here.
    fn press(self, key: &str) -> bool {
        match (key, self.current.get_untracked()) {
            ("j" | "ArrowDown", _) => self.go(1),
            ("k" | "ArrowUp", _) => self.go(-1),
            ("v", _) if self.chosen.with_untracked(|chosen| !chosen.is_empty()) => {
                self.verify_chosen();
            }
            ("v", Some(uid)) => self.verify(uid),
            ("r", Some(uid)) => self.nav.take(Step::SendBack(uid)),
            ("x", Some(uid)) => self.choose(uid),
            _ => return false,
        }
        true
    }

    /// Means the next, or the one before.
    fn go(self, by: isize) {
        let next = self.list.with_untracked(|list| {
            let all = &list.reviews;
            let now = self.current.get_untracked();
            let at = all.iter().position(|review| Some(review.task.uid) == now);
            let last = all.len().checked_sub(1)?;
            let next = at.map_or(0, |at| at.saturating_add_signed(by).min(last));
            Some((next, all[next].task.uid))
        });
        if let Some((at, uid)) = next {
            self.current.set(Some(uid));
            if at >= self.shown.get_untracked() {
                self.shown.set(at + PORTION);
            }
            // Once it is there.
            request_animation_frame(move || super::focus(&format!("[data-key='{uid}']")));
        }
    }

    fn choose(self, uid: TaskUid) {
        self.chosen.update(|chosen| {
            if !chosen.remove(&uid) {
                chosen.insert(uid);
            }
        });
    }

    /// Finds a report good, and goes on to the next.
    fn verify(self, uid: TaskUid) {
        let words = self.words;
        let work = self.list.with_untracked(|list| {
            let review = list.reviews.iter().find(|review| review.task.uid == uid)?;
            Some(untrack(|| work_name(self.session, words, &review.task)))
        });
        let said = move || {
            let work = work.as_deref().unwrap_or_default();
            t_string!(words, desk.verified, work = work)
        };
        if !self.acts.busy.get_untracked() {
            let last = self
                .list
                .with_untracked(|list| Some(list.reviews.last()?.task.uid));
            self.go(if last == Some(uid) { -1 } else { 1 });
        }
        self.acts.act(Command::Verify { task: uid }, said, |_| ());
    }

    /// Finds all that are chosen good, one after the other; the first that is refused ends it.
    fn verify_chosen(self) {
        if self.acts.busy.get_untracked() {
            return;
        }
        self.acts.busy.set(true);
        let chosen = self.chosen.get_untracked();
        spawn_local(async move {
            let mut done: Vec<(TaskUid, EventId)> = Vec::new();
            let mut trouble = None;
            for task in chosen {
                let command = Command::Verify { task };
                match self.session.ask(Act { command }).await {
                    Ok(acted) => done.push((task, acted.event)),
                    Err(why) => {
                        trouble = Some(why);
                        break;
                    }
                }
            }
            self.acts.busy.set(false);
            let why = trouble.map(|why| untrack(|| sentence(self.words, &why)));
            let n = untrack(|| format::count(self.words.get_locale(), done.len()));
            let said = untrack(|| t_string!(self.words, desk.verified_n, n = n));
            // What was verified before one was refused can be taken back all the same.
            let said = match why {
                Some(why) if done.is_empty() => return self.toasts.show(why, None),
                Some(why) => format!("{said} · {why}"),
                None => said,
            };
            let undo = Callback::new(move |()| self.take_back(done.clone()));
            self.toasts.show(said, Some(undo));
        });
    }

    fn take_back(self, done: Vec<(TaskUid, EventId)>) {
        spawn_local(async move {
            for (task, event) in done {
                let command = Command::UndoEvent { task, event };
                if let Err(why) = self.session.ask(Act { command }).await {
                    let why = untrack(|| sentence(self.words, &why));
                    return self.toasts.show(why, None);
                }
            }
            let said = untrack(|| t_string!(self.words, task.undone));
            self.toasts.show(said, None);
        });
    }
}

fn line(desk: Desk, review: &Review) -> Line {
    let event = review.report.event;
    let remarks = &review.remarks;
    Line {
        key: format!("{event} {remarks:?}"),
        make: {
            let review = review.clone();
            Arc::new(move || view! { <One desk=desk review=review.clone() /> }.into_any())
        },
    }
}

/// A report, with all that helps to judge it.
#[component]
fn One(desk: Desk, review: Review) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let session = desk.session;
    let Review {
        task,
        crew,
        report,
        reported_at,
        planned,
        found_photos,
        remarks,
    } = review;
    let uid = task.uid;
    let work = task.work.clone();
    // Where nobody can say whose work it is: who reported it.
    let actor = report.actors.first().cloned();
    let by = move || {
        let locale = locale.get();
        let at = reported_at.map(|at| format::moment(locale, &at.to_string()));
        let crew = session.catalog.with(|catalog| {
            let crews = &catalog.as_ref()?.crews;
            let crew = crews
                .iter()
                .find(|known| Some(&known.id) == crew.as_ref())?;
            Some(locale.pick(&crew.label))
        });
        let author = || author_alone(session, words, &actor.as_ref()?.0).into();
        let crew = crew.or_else(author);
        let crew = crew.unwrap_or_else(|| t_string!(words, desk.crew_none).into());
        t_string!(words, desk.by, crew = crew, at = at.unwrap_or_default())
    };
    let amount = {
        let work = work.clone();
        move |quantity: Quantity| amount(session, words, work.as_ref(), quantity)
    };
    let planned = planned.map(|planned| {
        let amount = amount.clone();
        view! {
            <dl class="facts">
                <dt>{t!(words, desk.planned)}</dt>
                <dd>{move || amount(planned)}</dd>
            </dl>
        }
    });
    let remarks: Vec<_> = remarks
        .into_iter()
        .map(|remark| {
            let work = work.clone();
            let text = move || remark_words(session, words, work.as_ref(), &remark);
            view! { <li>{text}</li> }
        })
        .collect();
    let is_odd = !remarks.is_empty();
    let is_current = Memo::new(move |_| desk.current.get() == Some(uid));
    let is_chosen = Signal::derive(move || desk.chosen.with(|chosen| chosen.contains(&uid)));
    view! {
        <div
            class="review"
            class:current=is_current
            on:focusin=move |_| desk.current.set(Some(uid))
        >
            <TaskLine task=task />
            <p class="small muted">{by}</p>
            {or_nothing(is_odd.then(|| view! { <ul class="remarks">{remarks}</ul> }))}
            {or_nothing(planned)}
            <Report report=report before=found_photos />
            <div class="buttons">
                <TickRow
                    on=is_chosen
                    on_turn=move |_| desk.choose(uid)
                    label=t!(words, desk.choose)
                />
                <Button
                    icon=lu::LuUndo2
                    on_press=move |()| desk.nav.take(Step::SendBack(uid))
                >
                    {t!(words, desk.send_back)}
                </Button>
                <Button
                    icon=lu::LuCheck
                    disabled=desk.acts.busy
                    on_press=move |()| desk.verify(uid)
                >
                    {t!(words, desk.verify)}
                </Button>
            </div>
        </div>
    }
}

/// How much, in the unit of a kind of work.
fn amount(session: Session, words: Words, work: Option<&WorkKindId>, quantity: Quantity) -> String {
    let digits = quantity.to_string();
    work.map_or(digits.clone(), |work| {
        ledger::amount(session, words, work, &digits)
    })
}

/// What is odd about a report, in words.
fn remark_words(
    session: Session,
    words: Words,
    asked: Option<&WorkKindId>,
    remark: &Remark,
) -> String {
    let locale = words.get_locale();
    match remark {
        Remark::Again { done_on, .. } => {
            let day = format::day(locale, &done_on.to_string());
            t_string!(words, desk.again, day = day)
        }
        Remark::Improbable {
            work,
            quantity,
            usual,
        } => {
            let [n, usual] = [quantity, usual].map(|q| amount(session, words, Some(work), *q));
            t_string!(words, desk.improbable, n = n, usual = usual)
        }
        Remark::UnlikePlan { planned } => {
            let n = amount(session, words, asked, *planned);
            t_string!(words, desk.unlike_plan, n = n)
        }
        Remark::Away { metres } => {
            let d = format::distance(locale, f64::from(*metres));
            t_string!(words, desk.away, d = d)
        }
        Remark::Late { ms } => {
            t_string!(words, desk.late, t = format::span(locale, *ms as f64))
        }
        Remark::BackDated { days: 1 } => t_string!(words, desk.back_dated_one).into(),
        Remark::BackDated { days } => {
            let n = format::decimal(locale, &days.to_string());
            t_string!(words, desk.back_dated, n = n)
        }
        Remark::NoPhoto => t_string!(words, desk.no_photo).into(),
    }
}
