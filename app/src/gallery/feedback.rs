//! States, waiting, and nothing to show.

use leptos::prelude::*;

use crate::ui::badge::{Badge, Tone};
use crate::ui::banners::NewVersionBanner;
use crate::ui::button::Button;
use crate::ui::card::{Card, Skeleton};
use crate::ui::empty::EmptyState;

pub(super) fn section() -> AnyView {
    let locale = crate::texts::current();
    let badges = [
        (Tone::Info, "circle", text!(locale, gallery.fresh)),
        (Tone::Brand, "circle-dot", text!(locale, gallery.under_way)),
        (Tone::Warn, "shield-question-mark", text!(locale, gallery.waits)),
        (Tone::Ok, "circle-check", text!(locale, gallery.fine)),
        (Tone::Bad, "octagon-alert", text!(locale, gallery.late)),
        (Tone::Mute, "lock", text!(locale, gallery.closed)),
    ]
    .map(|(tone, icon, label)| view! { <Badge tone=tone icon=icon label=label/> })
    .collect_view();
    let pieces = view! {
        <div class="gallery-row">{badges}</div>
        <NewVersionBanner newer=Signal::stored(true)/>
        <Button label=text!(locale, gallery.break_page) press=Callback::new(|()| break_page())/>
        <Card title=text!(locale, gallery.waiting) id="g-card">
            <Skeleton lines=3/>
        </Card>
        <EmptyState
            icon="inbox"
            title=text!(locale, gallery.nothing_yet)
            hint=text!(locale, gallery.nothing_yet_hint)
        >
            <a class="button" href="#g-forms" rel="external">{text!(locale, gallery.begin)}</a>
        </EmptyState>
        <EmptyState
            icon="search-x"
            title=text!(locale, gallery.no_match)
            hint=text!(locale, gallery.no_match_hint)
        />
        <EmptyState
            icon="lock"
            title=text!(locale, gallery.no_right)
            hint=text!(locale, gallery.no_right_hint)
        />
    };
    super::section("g-feedback", text!(locale, gallery.feedback), pieces.into_any())
}

/// What no page should do: to see what is left when one does.
#[expect(clippy::panic, reason = "this is the gallery's broken page")]
fn break_page() {
    panic!("the gallery broke on purpose");
}
