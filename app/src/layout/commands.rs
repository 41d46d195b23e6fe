//! What the command palette offers in the frame, and what keys do in it.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use px360_domain::accounts::Me;
use px360_domain::{Locale, paths};

use super::cheat_sheet::CheatSheet;
use super::frame::Opening;
use super::places::{Place, opening_address, places};
use super::profile::{Looks, choose};
use crate::ui::combobox::Search;
use crate::ui::palette::{Deed, Entry, Palette, PaletteParts};
use crate::ui::preferences::{Density, Theme};
use crate::ui::shortcuts::{self, Wish};

/// Opens the palette, from a button too.
#[derive(Clone, Copy)]
pub(crate) struct OpenPalette(pub(crate) RwSignal<bool>);

/// How long after G the next letter still says where to go, in milliseconds.
const GO_TO_MS: f64 = 1_500.0;

/// The palette, the cheat sheet, and the keys of the whole frame.
#[component]
pub(super) fn Commands(
    /// The signed-in person.
    me: Me,
) -> impl IntoView {
    let locale = crate::texts::current();
    let OpenPalette(palette) = expect_context();
    let sheet = RwSignal::new(false);
    // The frame waited for it, so it is known here.
    let opening = use_context::<Opening>();
    let mut places = places(locale, &me);
    for place in &mut places {
        if place.path == paths::actions(locale)
            && let Some(address) = untrack(|| opening_address(locale, opening))
        {
            place.path = address;
        }
    }
    let go: Arc<dyn Fn(&str) + Send + Sync> = {
        let navigate = use_navigate();
        Arc::new(move |address| navigate(address, NavigateOptions::default()))
    };
    let other = other_language();
    let parts = PaletteParts {
        places: places.iter().map(entry_of).collect(),
        commands: commands(locale, sheet, other),
        records: Search::new(move |words| crate::search::find(locale, words)),
        go: Arc::clone(&go),
    };
    listen(palette, sheet, places, go, other);
    view! {
        <Palette open=palette parts=parts/>
        <CheatSheet open=sheet/>
    }
}

fn entry_of(place: &Place) -> Entry {
    Entry {
        label: place.label.to_owned(),
        words: vec![place.other_label],
        icon: place.icon,
        keys: Some(place.keys),
        deed: Deed::Go(place.path.clone()),
    }
}

fn commands(locale: Locale, sheet: RwSignal<bool>, other: Callback<()>) -> Vec<Entry> {
    let away = locale.other();
    let entry = |label: &str, word: &'static str, icon, keys, run: Callback<()>| Entry {
        label: label.to_owned(),
        words: vec![word],
        icon,
        keys,
        deed: Deed::Do(run),
    };
    let looks = expect_context::<Looks>();
    let theme = |theme: Theme| Callback::new(move |()| choose(theme, looks.theme));
    let density = |density: Density| Callback::new(move |()| choose(density, looks.density));
    vec![
        entry(
            text!(locale, kit.key_language),
            text!(away, kit.key_language),
            "languages",
            Some("Alt L"),
            other,
        ),
        entry(
            text!(locale, common.theme_light),
            text!(away, common.theme_light),
            "sun",
            None,
            theme(Theme::Light),
        ),
        entry(
            text!(locale, common.theme_dark),
            text!(away, common.theme_dark),
            "moon",
            None,
            theme(Theme::Dark),
        ),
        entry(
            text!(locale, common.density_compact),
            text!(away, common.density_compact),
            "rows-3",
            None,
            density(Density::Compact),
        ),
        entry(
            text!(locale, common.density_comfortable),
            text!(away, common.density_comfortable),
            "rows-2",
            None,
            density(Density::Comfortable),
        ),
        entry(
            text!(locale, kit.shortcuts),
            text!(away, kit.shortcuts),
            "keyboard",
            Some("?"),
            Callback::new(move |()| sheet.set(true)),
        ),
    ]
}

/// Loads this page in the other language; direction and texts are fixed at load.
fn other_language() -> Callback<()> {
    let other = crate::texts::current().other();
    let location = use_location();
    Callback::new(move |()| {
        let here = untrack(|| super::frame::here(&location));
        let _ = window().location().assign(&paths::in_locale(&here, other));
    })
}

fn listen(
    palette: RwSignal<bool>,
    sheet: RwSignal<bool>,
    places: Vec<Place>,
    go: Arc<dyn Fn(&str) + Send + Sync>,
    other: Callback<()>,
) {
    let places = StoredValue::new(places);
    let go = StoredValue::new(go);
    let going_since = StoredValue::new(None::<f64>);
    Effect::new(move || {
        let keys = window_event_listener(ev::keydown, move |ev| {
            let since = going_since.try_update_value(Option::take).flatten();
            let going = since.is_some_and(|since| ev.time_stamp() - since < GO_TO_MS);
            let Some(wish) = shortcuts::wish(&ev) else { return };
            if going {
                let code = ev.code();
                let address = places.with_value(|places| {
                    let place = places.iter().find(|place| place.code == code);
                    place.map(|place| place.path.clone())
                });
                if let Some(address) = address {
                    ev.prevent_default();
                    go.get_value()(&address);
                    return;
                }
            }
            let done = match wish {
                Wish::Palette => {
                    palette.set(true);
                    true
                }
                Wish::CheatSheet => {
                    sheet.set(true);
                    true
                }
                Wish::GoTo => {
                    going_since.set_value(Some(ev.time_stamp()));
                    true
                }
                Wish::OtherLanguage => {
                    other.run(());
                    true
                }
                Wish::Press => shortcuts::press(&ev.code()),
            };
            if done {
                ev.prevent_default();
            }
        });
        on_cleanup(move || keys.remove());
    });
}
