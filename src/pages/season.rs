//! A season day by day: a slider, and a button that plays it.

use crate::{
    components::{
        button::Button,
        icon::lu,
        live::{When, live, maybe},
    },
    locales::{t, t_string, use_words},
    state::{format, lens::set_aside, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::{CompletionView, GoToDay},
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// How long a day stands at least while the season is played, in milliseconds: a year takes half a
/// minute, and every day is seen.
const DAY_MS: u64 = 80;

/// Whether a season is being played: what asks much of each day waits until it stands.
#[derive(Clone, Copy)]
pub struct Playing(pub RwSignal<bool>);

/// The way to the days: one wanted at a time, the latest.
#[derive(Clone, Copy)]
struct Days {
    session: Session,
    nav: Nav,
    /// The day that is wanted, while the worker is at another.
    wanted: RwSignal<Option<u32>>,
    is_going: StoredValue<bool>,
    playing: RwSignal<bool>,
    /// Counts how often "play" was pressed: a timer of the time before goes on with nothing.
    turn: StoredValue<u32>,
}

impl Days {
    fn view<T>(self, of: impl Fn(&CompletionView) -> T) -> Option<T> {
        self.session
            .completion
            .with_untracked(|view| view.as_ref().map(of))
    }

    /// Goes to a day; what was wanted before and is not there yet is passed over.
    fn go(self, day: u32) {
        self.wanted.set(Some(day));
        if self.is_going.get_value() {
            return;
        }
        self.is_going.set_value(true);
        spawn_local(async move {
            while let Some(Some(day)) = self.wanted.try_get_untracked() {
                let said = self.session.ask(GoToDay { day }).await;
                // Who looks at something else by now is not taken back.
                if self.view(|_| ()).is_none() {
                    break;
                }
                match said {
                    Ok(view) => self.session.completion.set(Some(view)),
                    Err(trouble) => self.session.trouble.set(Some(trouble)),
                }
                if self.wanted.try_get_untracked() == Some(Some(day)) {
                    self.wanted.set(None);
                }
                self.note();
            }
            let _ = self.wanted.try_set(None);
            let _ = self.is_going.try_set_value(false);
        });
    }

    /// Notes in the address which day is shown; not each day of a season that is played.
    fn note(self) {
        if self.wanted.try_get_untracked() != Some(None)
            || self.playing.try_get_untracked() != Some(false)
        {
            return;
        }
        let on = self.view(|view| (view.day < view.last).then(|| view.on.clone()));
        set_aside(self.nav, |aside| aside.on = on.flatten());
    }

    /// Shows the day after, and so on to the last.
    fn play_on(self, turn: u32) {
        // Who has gone on or pressed "pause" meanwhile is not taken back.
        let is_playing = self.playing.try_get_untracked() == Some(true);
        if !is_playing || self.turn.try_get_value() != Some(turn) {
            return;
        }
        let Some((day, last)) = self.view(|view| (view.day, view.last)) else {
            return self.playing.set(false);
        };
        if !self.is_going.get_value() {
            if day >= last {
                return self.pause();
            }
            self.go(day + 1);
        }
        set_timeout(move || self.play_on(turn), Duration::from_millis(DAY_MS));
    }

    fn pause(self) {
        self.playing.set(false);
        self.note();
    }

    fn play(self) {
        let is_at_end = self.view(|view| view.day >= view.last) == Some(true);
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        self.playing.set(true);
        if is_at_end {
            self.go(0);
        }
        set_timeout(move || self.play_on(turn), Duration::from_millis(DAY_MS));
    }
}

/// The day, a slider over the days of the period, and "play".
#[component]
pub fn SeasonDays() -> impl IntoView {
    let words = use_words();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let days = Days {
        session,
        nav: expect_context::<Nav>(),
        wanted: RwSignal::new(None),
        is_going: StoredValue::new(false),
        playing: expect_context::<Playing>().0,
        turn: StoredValue::new(0),
    };
    let of = move |of: fn(&CompletionView) -> u32| {
        Memo::new(move |_| {
            session
                .completion
                .with(|view| view.as_ref().map(of))
                .unwrap_or_default()
        })
    };
    let (day, last) = (of(|view| view.day), of(|view| view.last));
    let on = Signal::derive(move || {
        let on = session
            .completion
            .with(|view| view.as_ref().map(|view| view.on.clone()));
        on.map(|on| format::day(locale.get(), &on))
            .unwrap_or_default()
    });
    let playing = days.playing;
    let press = move |()| match playing.get_untracked() {
        true => days.pause(),
        false => days.play(),
    };
    let icon = move || {
        live(move || {
            let (icon, words) = match playing.get() {
                true => (lu::LuPause, t!(words, completion.pause)),
                false => (lu::LuPlay, t!(words, completion.play)),
            };
            view! { <Button icon=icon on_press=press>{words}</Button> }.into_any()
        })
    };
    maybe(move || {
        // One day is no season.
        (last.get() > 0).then(|| {
            view! {
                <section class="section season">
                    <p class="figure" aria-live=move || if playing.get() { "off" } else { "polite" }>
                        {move || t_string!(words, completion.as_of, day = on.get())}
                    </p>
                    <input
                        type="range"
                        class="slider"
                        min="0"
                        max=move || last.get().to_string()
                        prop:value=move || days.wanted.get().unwrap_or(day.get()).to_string()
                        aria-label=t!(words, completion.day)
                        aria-valuetext=on
                        on:input:target=move |ev| {
                            playing.set(false);
                            if let Ok(day) = ev.target().value().parse() {
                                days.go(day);
                            }
                        }
                    />
                    <div class="buttons">
                        {icon()}
                        <When is=move || day.get() < last.get()>
                            <Button on_press=move |()| {
                                playing.set(false);
                                days.go(last.get_untracked());
                            }>{t!(words, completion.to_last)}</Button>
                        </When>
                    </div>
                </section>
            }
        })
    })
}
