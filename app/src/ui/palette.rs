//! The command palette: everything one can go to or do, by a few letters in either language.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::{ev, html};
use px360_domain::search::fit;
use wasm_bindgen::JsCast;

use crate::ui::combobox::{Pick, Search};
use crate::ui::dialog::Dialog;
use crate::ui::icon::Icon;

/// How many lines one group shows at most.
const LINES_MAX: usize = 8;

/// Something that the palette offers.
#[derive(Clone)]
pub(crate) struct Entry {
    /// What it is called.
    pub(crate) label: String,
    /// Other words that find it, in both languages.
    pub(crate) words: Vec<&'static str>,
    /// A picture.
    pub(crate) icon: &'static str,
    /// Its keys, as they are printed at the end of the line.
    pub(crate) keys: Option<&'static str>,
    /// Does it, or goes there.
    pub(crate) deed: Deed,
}

/// What happens when an entry is taken.
#[derive(Clone)]
pub(crate) enum Deed {
    /// Goes to this address.
    Go(String),
    /// Does this.
    Do(Callback<()>),
}

/// What the palette is made of.
#[derive(Clone)]
pub(crate) struct PaletteParts {
    /// Where one can go.
    pub(crate) places: Vec<Entry>,
    /// What one can do.
    pub(crate) commands: Vec<Entry>,
    /// Finds records on the server; a pick's value is an address.
    pub(crate) records: Search,
    /// Leaves for an address.
    pub(crate) go: Arc<dyn Fn(&str) + Send + Sync>,
}

/// One line that is shown.
#[derive(Clone)]
struct Line {
    group: &'static str,
    entry: Entry,
}

/// The palette itself: a dialog with one field and one list (APG: combobox with a list).
#[component]
pub(crate) fn Palette(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it is made of.
    parts: PaletteParts,
) -> impl IntoView {
    let locale = crate::texts::current();
    let parts = StoredValue::new(parts);
    view! {
        <Dialog id="palette" title=text!(locale, kit.palette) open=open>
            <PaletteBody open=open parts=parts/>
        </Dialog>
    }
}

#[component]
fn PaletteBody(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it is made of.
    parts: StoredValue<PaletteParts>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let typed = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let records = found_records(parts, typed);
    let lines = Memo::new_with_compare(
        move |_| {
            let words = typed.get();
            let mut lines =
                group(text!(locale, kit.palette_go), &words, &parts.read_value().places);
            lines.extend(group(
                text!(locale, kit.palette_do),
                &words,
                &parts.read_value().commands,
            ));
            let found = records.get().into_iter().map(|pick| record_line(locale, pick));
            found.chain(lines).collect::<Vec<_>>()
        },
        |_, _| true,
    );
    Effect::new(move || {
        typed.track();
        active.set(0);
    });
    let take = move |line: Line| {
        open.set(false);
        match line.entry.deed {
            Deed::Go(address) => (parts.read_value().go)(&address),
            Deed::Do(deed) => deed.run(()),
        }
    };
    let keys = move |ev: ev::KeyboardEvent| {
        let count = lines.read_untracked().len();
        match ev.code().as_str() {
            "ArrowDown" if count > 0 => active.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => active.update(|at| *at = (*at + count - 1) % count),
            "Enter" => {
                let line = lines.read_untracked().get(active.get_untracked()).cloned();
                let Some(line) = line else { return };
                match (&line.entry.deed, ev.ctrl_key() || ev.meta_key()) {
                    (Deed::Go(address), true) => {
                        let _ = window().open_with_url_and_target(address, "_blank");
                        open.set(false);
                    }
                    _ => take(line),
                }
            }
            _ => return,
        }
        ev.prevent_default();
    };
    let input = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let said = move || text!(locale, kit.found, count = lines.read().len()).to_string();
    view! {
        <div class="palette">
            <div class="palette-field">
                <Icon name="search"/>
                <input
                    r#type="text"
                    role="combobox"
                    class="input"
                    dir="auto"
                    autocomplete="off"
                    aria-label=text!(locale, kit.palette_label)
                    aria-expanded="true"
                    aria-autocomplete="list"
                    aria-controls="palette-list"
                    aria-activedescendant=move || {
                        (!lines.read().is_empty()).then(|| format!("palette-{}", active.get()))
                    }
                    placeholder=text!(locale, kit.palette_hint)
                    node_ref=input
                    on:input:target=move |ev| typed.set(ev.target().value())
                    on:keydown=keys
                />
            </div>
            <div role="listbox" id="palette-list" class="palette-list" aria-label=text!(locale, kit.results)>
                {move || {
                    let mut before = "";
                    lines
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(at, line)| {
                            let heading = (line.group != before).then_some(line.group);
                            before = line.group;
                            palette_line(at, line, heading, active, Callback::new(take))
                        })
                        .collect_view()
                }}
            </div>
            <p class="palette-none" hidden=move || !lines.read().is_empty()>
                {text!(locale, kit.palette_none)}
            </p>
            <p class="visually-hidden" role="status">{said}</p>
            <Foot/>
        </div>
    }
}

/// What the keys do here. For eyes only: screen readers say as much about any combobox.
#[component]
fn Foot() -> impl IntoView {
    let locale = crate::texts::current();
    let keys = [
        ("↑ ↓", text!(locale, kit.palette_move)),
        ("Enter", text!(locale, kit.palette_open)),
        ("Ctrl Enter", text!(locale, kit.palette_tab)),
        ("Esc", text!(locale, kit.palette_close)),
    ]
    .map(|(keys, does)| {
        view! {
            <span>
                <kbd class="keys" dir="ltr">{keys}</kbd>
                " "
                {does}
            </span>
        }
    });
    view! { <p class="palette-foot hint" aria-hidden="true">{keys.collect_view()}</p> }
}

fn palette_line(
    at: usize,
    line: Line,
    heading: Option<&'static str>,
    active: RwSignal<usize>,
    take: Callback<Line>,
) -> AnyView {
    let Entry { label, icon, keys, .. } = line.entry.clone();
    let place = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if active.get() == at
            && let Some(place) = place.get()
        {
            let place: &web_sys::Element = place.unchecked_ref();
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            place.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    view! {
        {heading.map(|heading| view! {
            <p class="palette-group" role="presentation">{heading}</p>
        })}
        <div
            role="option"
            id=format!("palette-{at}")
            class="menu-item palette-line"
            class:combobox-active=move || active.get() == at
            aria-selected=move || if active.get() == at { "true" } else { "false" }
            node_ref=place
            on:pointermove=move |_| {
                if active.get_untracked() != at {
                    active.set(at);
                }
            }
            // The field keeps the keyboard.
            on:mousedown=|ev| ev.prevent_default()
            on:click=move |_| take.run(line.clone())
        >
            <Icon name=icon/>
            <bdi class="palette-words">{label}</bdi>
            {keys.map(|keys| view! { <kbd class="keys" dir="ltr">{keys}</kbd> })}
        </div>
    }
    .into_any()
}

/// The entries of one group that fit, the best first; all of them while nothing is typed.
fn group(group: &'static str, words: &str, entries: &[Entry]) -> Vec<Line> {
    // Put in place one by one: for a handful, sorting would be the larger machine.
    let mut found: Vec<(u32, &Entry)> = Vec::new();
    for entry in entries {
        let texts: Vec<&str> =
            std::iter::once(entry.label.as_str()).chain(entry.words.iter().copied()).collect();
        if let Some(score) = fit(words, &texts) {
            let at = found.iter().take_while(|(better, _)| *better >= score).count();
            found.insert(at, (score, entry));
        }
    }
    let lines = found.into_iter().take(LINES_MAX);
    lines.map(|(_, entry)| Line { group, entry: entry.clone() }).collect()
}

fn record_line(locale: px360_domain::Locale, pick: Pick) -> Line {
    let label = match pick.detail {
        Some(detail) => format!("{} · {detail}", pick.label),
        None => pick.label,
    };
    let entry = Entry {
        label,
        words: Vec::new(),
        icon: "file-text",
        keys: None,
        deed: Deed::Go(pick.value),
    };
    Line { group: text!(locale, kit.palette_records), entry }
}

/// What the server finds once the keyboard rests.
fn found_records(parts: StoredValue<PaletteParts>, typed: RwSignal<String>) -> RwSignal<Vec<Pick>> {
    let found = RwSignal::new(Vec::new());
    let asked = StoredValue::new(0_u32);
    Effect::new(move || {
        let words = typed.get().trim().to_owned();
        let number = asked.get_value() + 1;
        asked.set_value(number);
        if words.chars().count() < 2 {
            found.set(Vec::new());
            return;
        }
        let search = parts.read_value().records.clone();
        set_timeout(
            move || {
                if asked.try_get_value() != Some(number) {
                    return;
                }
                leptos::task::spawn_local(async move {
                    let answer = search.ask(words).await.unwrap_or_default();
                    if asked.try_get_value() == Some(number) {
                        found.try_set(answer);
                    }
                });
            },
            std::time::Duration::from_millis(120),
        );
    });
    found
}
