//! What asks again by itself, as long as somebody is there and wants it to.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

/// How often it asks.
const ASKS_EVERY: Duration = Duration::from_secs(15);
/// How often it asks at most without a sign of anybody there: five minutes.
const ASKS_ALONE_MAX: u32 = 20;

/// A page that asks again by itself.
#[derive(Clone, Copy)]
pub(super) struct Live {
    /// Whether it does.
    on: RwSignal<bool>,
    /// Whether it waits until somebody is there again.
    resting: RwSignal<bool>,
    /// How often it asked since somebody was there.
    quiet: StoredValue<u32>,
    /// Asks.
    ask: Callback<()>,
    /// What is in hand while something of this kind is in the page.
    in_hand: &'static str,
}

impl Live {
    /// Begins, for as long as the page is there. What matches `in_hand` is not changed under the hand of
    /// whoever moved a moment ago.
    pub(super) fn begin(ask: Callback<()>, in_hand: &'static str) -> Self {
        let live = Self {
            on: RwSignal::new(true),
            resting: RwSignal::new(false),
            quiet: StoredValue::new(0),
            ask,
            in_hand,
        };
        Effect::new(move || {
            let asking = set_interval_with_handle(move || live.ask_again(), ASKS_EVERY);
            let keys = window_event_listener(ev::keydown, move |_| live.see_somebody());
            let touches = window_event_listener(ev::pointerdown, move |_| live.see_somebody());
            let moves = window_event_listener(ev::pointermove, move |_| live.see_somebody());
            let looks = window_event_listener(ev::visibilitychange, move |_| live.come_back());
            on_cleanup(move || {
                if let Ok(asking) = asking {
                    asking.clear();
                }
                keys.remove();
                touches.remove();
                moves.remove();
                looks.remove();
            });
        });
        live
    }

    /// Whether it asks by itself.
    pub(super) fn is_on(self) -> Signal<bool> {
        self.on.into()
    }

    /// Whether it waits until somebody is there again.
    pub(super) fn is_resting(self) -> bool {
        self.on.get() && self.resting.get()
    }

    /// Turns it on, and asks at once, or off.
    pub(super) fn turn(self) -> Callback<bool> {
        Callback::new(move |on| {
            self.on.set(on);
            self.resting.set(false);
            self.quiet.set_value(0);
            if on {
                self.ask.run(());
            }
        })
    }

    /// Not while nobody looks. And not for somebody who has gone: asking would keep their session awake, and
    /// the patients on their screen with it.
    fn ask_again(self) {
        if document().hidden() || self.on.try_get_untracked() != Some(true) {
            return;
        }
        let asked =
            self.quiet.try_update_value(|asked| std::mem::replace(asked, asked.saturating_add(1)));
        match asked {
            Some(0) if self.is_in_hand() => {}
            Some(asked) if asked < ASKS_ALONE_MAX => self.ask.run(()),
            Some(_) => self.resting.set(true),
            None => {}
        }
    }

    /// Whether somebody points at something that would change.
    fn is_in_hand(self) -> bool {
        document().query_selector(self.in_hand).is_ok_and(|found| found.is_some())
    }

    /// Somebody is there.
    fn see_somebody(self) {
        self.quiet.set_value(0);
        if self.resting.get_untracked() {
            self.resting.set(false);
            if self.on.get_untracked() {
                self.ask.run(());
            }
        }
    }

    /// What was hidden is behind: it asks at once.
    fn come_back(self) {
        if document().hidden() {
            return;
        }
        self.quiet.set_value(0);
        self.resting.set(false);
        if self.on.get_untracked() {
            self.ask.run(());
        }
    }
}
