//! Every shortcut on one sheet, and the switch for those of a single letter.

use leptos::prelude::*;

use crate::ui::dialog::Dialog;
use crate::ui::fields::Switch;
use crate::ui::preferences::{Keys, Preference};

/// The list of shortcuts.
#[component]
pub(super) fn CheatSheet(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <Dialog id="shortcuts" title=text!(locale, kit.shortcuts) open=open>
            <Group title=text!(locale, kit.shortcuts_everywhere) lines=vec![
                ("Ctrl K", text!(locale, kit.key_palette)),
                ("/", text!(locale, kit.key_search)),
                ("G A  G D", text!(locale, kit.key_go)),
                ("Alt L", text!(locale, kit.key_language)),
                ("[", text!(locale, kit.key_rail)),
                ("?", text!(locale, kit.key_sheet)),
                ("Esc", text!(locale, kit.key_escape)),
            ]/>
            <Group title=text!(locale, kit.shortcuts_lists) lines=vec![
                ("J  K", text!(locale, kit.key_next)),
                ("Enter", text!(locale, kit.key_open)),
                ("X", text!(locale, kit.key_pick)),
                ("F", text!(locale, kit.key_filter)),
            ]/>
            <Group title=text!(locale, kit.shortcuts_record) lines=vec![
                ("S", text!(locale, kit.key_start)),
                ("E", text!(locale, kit.key_resolve)),
                ("N", text!(locale, kit.key_note)),
                ("Ctrl Enter", text!(locale, kit.key_submit)),
            ]/>
            <SingleLetters/>
        </Dialog>
    }
}

#[component]
fn Group(
    /// Where these hold.
    title: &'static str,
    /// Keys and what they do.
    lines: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let lines = lines
        .into_iter()
        .map(|(keys, does)| {
            view! {
                <dt><kbd class="keys" dir="ltr">{keys}</kbd></dt>
                <dd>{does}</dd>
            }
        })
        .collect_view();
    view! {
        <section>
            <h3 class="palette-group">{title}</h3>
            <dl class="sheet-keys">{lines}</dl>
        </section>
    }
}

#[component]
fn SingleLetters() -> impl IntoView {
    let locale = crate::texts::current();
    let on = RwSignal::new(Keys::current() == Keys::On);
    let turn = Callback::new(move |now: bool| {
        on.set(now);
        if now { Keys::On } else { Keys::Off }.choose();
    });
    view! {
        <div>
            <Switch id="single-letters" label=text!(locale, kit.shortcuts_single) on=on turn=turn/>
            <p class="hint">{text!(locale, kit.shortcuts_single_hint)}</p>
        </div>
    }
}
