//! A season day by day: a slider, and a button that plays it.

use crate::{
    components::{
        button::Button,
        icon::lu,
        live::{When, live, maybe},
    },
    locales::{t, t_string, use_words},
    state::{format, prefs::Prefs, session::Session},
    worker::protocol::{CompletionView, GoToDay},
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// How long a day stands at least while the season is played, in milliseconds: a year takes half a
/// minute, and every day is seen.
const DAY_MS: u64 = 80;

/// The way to the days: one wanted at a time, the latest.
#[derive(Clone, Copy)]
struct Days {
    session: Session,
    /// The day that is wanted, while the worker is at another.
    wanted: StoredValue<Option<u32>>,
    is_going: StoredValue<bool>,
    playing: RwSignal<bool>,
}

impl Days {
    fn view<T>(self, of: impl Fn(&CompletionView) -> T) -> Option<T> {
        self.session
            .completion
            .with_untracked(|view| view.as_ref().map(of))
    }

    /// Goes to a day; what was wanted before and is not there yet is passed over.
    fn go(self, day: u32) {
        self.wanted.set_value(Some(day));
        if self.is_going.get_value() {
            return;
        }
        self.is_going.set_value(true);
        spawn_local(async move {
            while let Some(Some(day)) = self.wanted.try_get_value() {
                self.wanted.set_value(None);
                match self.session.ask(GoToDay { day }).await {
                    Ok(view) => self.session.completion.set(Some(view)),
                    Err(trouble) => self.session.trouble.set(Some(trouble)),
                }
            }
            let _ = self.is_going.try_set_value(false);
        });
    }

    /// Shows the day after, and so on to the last.
    fn play_on(self) {
        // Who has gone on or pressed "pause" meanwhile is not taken back.
        if self.playing.try_get_untracked() != Some(true) {
            return;
        }
        let Some((day, last)) = self.view(|view| (view.day, view.last)) else {
            return self.playing.set(false);
        };
        if day >= last {
            return self.playing.set(false);
        }
        if !self.is_going.get_value() {
            self.go(day + 1);
        }
        set_timeout(move || self.play_on(), Duration::from_millis(DAY_MS));
    }

    fn play(self) {
        let is_at_end = self.view(|view| view.day >= view.last) == Some(true);
        self.playing.set(true);
        if is_at_end {
            self.go(0);
        }
        set_timeout(move || self.play_on(), Duration::from_millis(DAY_MS));
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
        wanted: StoredValue::new(None),
        is_going: StoredValue::new(false),
        playing: RwSignal::new(false),
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
        true => playing.set(false),
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
                        prop:value=move || day.get().to_string()
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
