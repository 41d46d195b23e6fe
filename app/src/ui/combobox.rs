//! A field that searches on the server while one types (APG: combobox with a list).

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::{ev, html};

use crate::UiError;
use crate::ui::failures::sentence;
use crate::ui::fields::FieldSpec;
use crate::ui::icon::Icon;
use crate::ui::menu_button::close_elsewhere;

/// How long the keyboard must rest before the server is asked.
const PAUSE: Duration = Duration::from_millis(150);

/// Something that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pick {
    /// What is sent.
    pub(crate) value: String,
    /// What it is called.
    pub(crate) label: String,
    /// What tells it from its namesakes.
    pub(crate) detail: Option<String>,
    /// Why it cannot be picked.
    pub(crate) why_not: Option<String>,
}

/// What a search comes back with.
pub(crate) type Found = Pin<Box<dyn Future<Output = Result<Vec<Pick>, UiError>>>>;

/// A search on the server. Folding of letters and digits is the server's: it knows all names.
#[derive(Clone)]
pub(crate) struct Search(Arc<dyn Fn(String) -> Found + Send + Sync>);

impl Search {
    /// Asks by this function.
    pub(crate) fn new<F>(ask: impl Fn(String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Vec<Pick>, UiError>> + 'static,
    {
        Self(Arc::new(move |words| Box::pin(ask(words))))
    }

    /// Asks.
    pub(crate) fn ask(&self, words: String) -> Found {
        (self.0)(words)
    }
}

/// What the list shows.
#[derive(Clone, PartialEq)]
enum List {
    Closed,
    Searching,
    Found(Vec<Pick>),
    Failed(UiError),
}

/// The moving parts of one combobox.
#[derive(Clone, Copy)]
struct State {
    id: &'static str,
    value: RwSignal<Option<Pick>>,
    typed: RwSignal<String>,
    list: RwSignal<List>,
    /// The line that Enter would pick.
    active: RwSignal<Option<usize>>,
    /// Which search is the latest, so that a late answer does not replace a newer one.
    asked: StoredValue<u32>,
    timer: StoredValue<Option<TimeoutHandle>>,
    search: StoredValue<Search>,
    create: Option<Callback<String>>,
}

/// A labelled field that finds one of many.
#[component]
pub(crate) fn Combobox(
    /// What it says about itself.
    field: FieldSpec,
    /// What is picked.
    value: RwSignal<Option<Pick>>,
    /// Finds by what is typed.
    search: Search,
    /// Makes something new of what is typed, where that is possible.
    #[prop(optional)]
    create: Option<Callback<String>>,
) -> impl IntoView {
    let label_of = |pick: Option<Pick>| pick.map(|pick| pick.label).unwrap_or_default();
    let state = State {
        id: field.id,
        value,
        typed: RwSignal::new(label_of(value.get_untracked())),
        list: RwSignal::new(List::Closed),
        active: RwSignal::new(None),
        asked: StoredValue::new(0),
        timer: StoredValue::new(None),
        search: StoredValue::new(search),
        create,
    };
    // What is picked elsewhere shows here too.
    Effect::new(move || state.typed.set(label_of(value.get())));
    let place = NodeRef::<html::Div>::new();
    let open = Memo::new(move |_| *state.list.read() != List::Closed);
    close_elsewhere(place, open.into(), Callback::new(move |()| state.close()));
    let (id, list_id) = (field.id, format!("{}-list", field.id));
    let control = view! {
        <div class="combobox" node_ref=place>
            <input
                r#type="text"
                role="combobox"
                id=id
                dir="auto"
                class="input"
                autocomplete="off"
                readonly=field.is_locked()
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-autocomplete="list"
                aria-controls=list_id.clone()
                aria-activedescendant=move || state.active.get().map(|at| format!("{id}-{at}"))
                aria-invalid=field.invalid()
                aria-describedby=field.described_by()
                prop:value=move || state.typed.get()
                on:input:target=move |ev| state.type_in(ev.target().value())
                on:keydown=move |ev| state.key(&ev)
                on:blur=move |_| state.leave()
            />
            <Icon name="chevrons-up-down"/>
            // For forms that are sent without scripts having a say.
            <input
                r#type="hidden"
                name=id
                value=move || value.get().map(|pick| pick.value).unwrap_or_default()
            />
            <div class="combobox-panel" hidden=move || !open.get()>
                <Lines state=state list_id=list_id/>
            </div>
        </div>
    };
    field.around(control.into_any())
}

#[component]
fn Lines(
    /// The combobox.
    state: State,
    /// The id of the list.
    list_id: String,
) -> impl IntoView {
    let locale = crate::texts::current();
    let said = move || match state.list.get() {
        List::Closed => String::new(),
        List::Searching => text!(locale, kit.searching).to_owned(),
        List::Found(found) => text!(locale, kit.found, count = found.len()).to_string(),
        List::Failed(error) => sentence(locale, &error),
    };
    let lines = move || {
        let List::Found(found) = state.list.get() else { return Vec::new() };
        found.into_iter().enumerate().map(|(at, pick)| line(state, at, pick)).collect()
    };
    let create = move || {
        let words = state.typed.get().trim().to_owned();
        let found = matches!(state.list.get(), List::Found(_));
        state.create.filter(|_| found && !words.is_empty()).map(|create| {
            let label = text!(locale, kit.create_from, words = words.clone());
            view! {
                <button
                    r#type="button"
                    class="menu-item combobox-create"
                    on:mousedown=|ev| ev.prevent_default()
                    on:click=move |_| {
                        state.close();
                        create.run(words.clone());
                    }
                >
                    <Icon name="plus"/>
                    <span>{label}</span>
                </button>
            }
        })
    };
    view! {
        <ul role="listbox" id=list_id aria-label=text!(locale, kit.results)>{lines}</ul>
        <p class="combobox-said hint" role="status">{said}</p>
        {create}
    }
}

fn line(state: State, at: usize, pick: Pick) -> AnyView {
    let held = pick.why_not.is_some();
    let picked = pick.clone();
    let is_value = move || {
        let value = state.value.read();
        value.as_ref().is_some_and(|value| value.value == picked.value)
    };
    let is_active = move || state.active.get() == Some(at);
    let detail = pick.why_not.clone().or_else(|| pick.detail.clone());
    view! {
        <li
            role="option"
            id=format!("{}-{at}", state.id)
            class="menu-item combobox-line"
            class:combobox-active=is_active
            aria-selected=move || if is_value() { "true" } else { "false" }
            aria-disabled=held.then_some("true")
            // The field keeps the keyboard.
            on:mousedown=|ev| ev.prevent_default()
            on:click={
                let pick = pick.clone();
                move |_| state.pick(pick.clone())
            }
        >
            <bdi>{pick.label.clone()}</bdi>
            {detail.map(|detail| view! { <span class="hint"><bdi>{detail}</bdi></span> })}
        </li>
    }
    .into_any()
}

impl State {
    fn type_in(self, words: String) {
        self.typed.set(words);
        self.ask(PAUSE);
    }

    fn ask(self, pause: Duration) {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
        let timer = set_timeout_with_handle(move || self.ask_now(), pause);
        self.timer.set_value(timer.ok());
    }

    fn ask_now(self) {
        let Some(words) = self.typed.try_get_untracked() else { return };
        let number = self.asked.get_value() + 1;
        self.asked.set_value(number);
        if !matches!(self.list.get_untracked(), List::Found(_)) {
            self.list.set(List::Searching);
        }
        let search = self.search.get_value();
        leptos::task::spawn_local(async move {
            let answer = search.ask(words).await;
            if self.asked.try_get_value() != Some(number) {
                return;
            }
            self.active.set(None);
            self.list.set(answer.map_or_else(List::Failed, List::Found));
        });
    }

    fn key(self, ev: &ev::KeyboardEvent) {
        let found = match self.list.get_untracked() {
            List::Found(found) => found,
            _ => Vec::new(),
        };
        match ev.code().as_str() {
            "ArrowDown" | "ArrowUp" if self.list.get_untracked() == List::Closed => {
                ev.prevent_default();
                self.ask(Duration::ZERO);
            }
            "ArrowDown" => {
                ev.prevent_default();
                let next = self.active.get_untracked().map_or(0, |at| at + 1);
                self.active.set((!found.is_empty()).then(|| next % found.len().max(1)));
            }
            "ArrowUp" => {
                ev.prevent_default();
                let last = found.len().checked_sub(1);
                self.active.update(|at| *at = at.and_then(|at| at.checked_sub(1)).or(last));
            }
            "Enter" => {
                let picked = self.active.get_untracked().and_then(|at| found.get(at).cloned());
                if let Some(pick) = picked {
                    // Not also the form.
                    ev.prevent_default();
                    self.pick(pick);
                }
            }
            "Escape" => {
                if self.list.get_untracked() == List::Closed {
                    self.value.set(None);
                    self.typed.set(String::new());
                } else {
                    // Only the list; a dialog around it stays.
                    ev.prevent_default();
                    ev.stop_propagation();
                    self.close();
                }
            }
            _ => {}
        }
    }

    fn pick(self, pick: Pick) {
        if pick.why_not.is_some() {
            return;
        }
        self.typed.set(pick.label.clone());
        self.value.set(Some(pick));
        self.close();
    }

    fn close(self) {
        self.asked.update_value(|number| *number += 1);
        self.list.set(List::Closed);
        self.active.set(None);
    }

    /// Half-typed words are no value: what was picked last stands there again.
    fn leave(self) {
        self.close();
        let value = self.value.get_untracked();
        let emptied = self.typed.get_untracked().trim().is_empty();
        if emptied {
            self.value.set(None);
        } else {
            self.typed.set(value.map(|pick| pick.label).unwrap_or_default());
        }
    }
}
