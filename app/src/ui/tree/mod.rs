//! Things below things, such as departments: a tree that is walked and changed with the keyboard, a mouse
//! or a finger (the tree pattern of the ARIA Authoring Practices).
//!
//! Without scripts all of it is in sight, and each line leads to its page.

mod keys;
mod line;
mod shape;

use std::time::Duration;

use leptos::prelude::*;
use px360_domain::Locale;
use uuid::Uuid;

use self::keys::on_key;
use self::line::Line;
pub(crate) use self::shape::TreeItem;
use self::shape::{Shape, TreeRow};
use crate::ui::icon::Icon;
use crate::ui::numbers::isolated_words;

/// What a reader did to a tree; outlives it when its things are read again.
#[derive(Clone, Copy)]
pub(crate) struct TreeMemory {
    /// Branches that are shut.
    shut: RwSignal<Vec<Uuid>>,
    /// What is looked for.
    words: RwSignal<String>,
    /// The line that the keyboard is on.
    current: RwSignal<Option<Uuid>>,
    /// Whether the keyboard has to be brought there.
    lost: StoredValue<bool>,
}

impl TreeMemory {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self {
            shut: RwSignal::new(Vec::new()),
            words: RwSignal::new(String::new()),
            current: RwSignal::new(None),
            lost: StoredValue::new(false),
        }
    }
}

/// What a tree knows of itself.
#[derive(Clone, Copy)]
struct Standing {
    shape: StoredValue<Shape>,
    memory: TreeMemory,
    /// What is being moved.
    held: RwSignal<Option<Uuid>>,
    /// What the mouse drags: known before the page shows it, which waits until the drag has begun.
    dragged: StoredValue<Option<Uuid>>,
    /// Puts one below another.
    put: Option<Callback<(Uuid, Uuid)>>,
    /// Arrows go the way that is read.
    locale: Locale,
}

impl Standing {
    fn rows(self) -> Vec<TreeRow> {
        let words = self.memory.words.get();
        self.shape.with_value(|shape| self.memory.shut.with(|shut| shape.rows(shut, &words)))
    }

    fn label(self, id: Uuid) -> String {
        let label = |shape: &Shape| shape.item(id).map(|item| item.label.clone());
        self.shape.with_value(label).unwrap_or_default()
    }

    fn may_move(self, id: Uuid) -> bool {
        let movable = |shape: &Shape| shape.item(id).is_some_and(|item| item.movable);
        self.put.is_some() && self.shape.with_value(movable)
    }

    /// Whether what is held may stand below this.
    fn takes(self, id: Uuid) -> bool {
        self.held.get().is_some_and(|held| self.shape.with_value(|shape| shape.takes(held, id)))
    }

    fn take_up(self, id: Uuid) {
        if self.may_move(id) {
            self.held.set(Some(id));
        }
    }

    /// What the mouse or the keyboard has.
    fn in_hand(self) -> Option<Uuid> {
        self.dragged.get_value().or(self.held.get_untracked())
    }

    /// Whether what is in hand may be dropped on this.
    fn may_drop(self, id: Uuid) -> bool {
        self.in_hand().is_some_and(|held| self.shape.with_value(|shape| shape.takes(held, id)))
    }

    /// Takes up what the mouse drags. What changes the page at once ends a drag in Chromium.
    fn drag(self, id: Uuid) {
        if self.may_move(id) {
            self.dragged.set_value(Some(id));
            set_timeout(move || self.held.set(self.dragged.get_value()), Duration::ZERO);
        }
    }

    fn let_go(self) {
        self.dragged.set_value(None);
        self.held.set(None);
    }

    /// Puts down what is in hand, if it may stand there.
    fn put_below(self, target: Uuid) {
        let Some(held) = self.in_hand() else { return };
        let takes = self.shape.with_value(|shape| shape.takes(held, target));
        let Some(put) = self.put.filter(|_| takes) else { return };
        self.let_go();
        self.memory.current.set(Some(held));
        self.memory.lost.set_value(true);
        put.run((held, target));
    }

    fn fold(self, id: Uuid, shut: bool) {
        self.memory.shut.update(|all| {
            all.retain(|one| *one != id);
            if shut {
                all.push(id);
            }
        });
    }

    /// Brings the keyboard to a line, once it is there.
    fn go_to(self, id: Uuid) {
        self.memory.current.set(Some(id));
        request_animation_frame(move || {
            let line = document().get_element_by_id(&line_id(id));
            if let Some(line) = line {
                let _ = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(line).focus();
            }
        });
    }
}

/// The id of the element of a line.
fn line_id(id: Uuid) -> String {
    format!("branch-{id}")
}

/// A tree.
#[component]
pub(crate) fn Tree(
    /// What it shows.
    #[prop(into)]
    label: String,
    /// Everything in it, each level in its order.
    items: Vec<TreeItem>,
    /// What the reader did to it before.
    memory: TreeMemory,
    /// Puts the first below the second; nothing is moved without it.
    put: Option<Callback<(Uuid, Uuid)>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let standing = Standing {
        shape: StoredValue::new(Shape::new(items)),
        memory,
        held: RwSignal::new(None),
        dragged: StoredValue::new(None),
        put,
        locale,
    };
    // The keyboard enters at the first line, or where it was.
    let rows = untrack(|| standing.rows());
    let stays = memory.current.get_untracked().filter(|id| rows.iter().any(|row| row.id == *id));
    memory.current.set(stays.or(rows.first().map(|row| row.id)));
    Effect::new(move || {
        if let Some(id) = stays.filter(|_| memory.lost.get_value()) {
            memory.lost.set_value(false);
            standing.go_to(id);
        }
    });
    let held = move || standing.held.get().map(|id| isolated_words(&standing.label(id)));
    let notice = move || held().map(|name| text!(locale, kit.tree_held, name = name).to_string());
    let bar = move || {
        let by_hand = standing.dragged.get_value().is_none();
        standing.held.get().filter(|_| by_hand).map(|_| {
            view! {
                <div class="alert alert-info tree-notice">
                    <Icon name="arrow-up-down"/>
                    <p>{notice}</p>
                    <button
                        r#type="button"
                        class="button button-quiet"
                        on:click=move |_| standing.let_go()
                    >
                        {text!(locale, kit.tree_let_go)}
                    </button>
                </div>
            }
        })
    };
    let hint = put.map(|_| view! { <p class="hint">{text!(locale, kit.tree_hint)}</p> });
    view! {
        <input
            r#type="search"
            class="input tree-find"
            dir="auto"
            aria-label=text!(locale, kit.tree_find)
            placeholder=text!(locale, kit.tree_find)
            prop:value=move || memory.words.get()
            on:input:target=move |ev| memory.words.set(ev.target().value())
        />
        {hint}
        <p class="visually-hidden" role="status">{notice}</p>
        <div class="tree" role="tree" aria-label=label on:keydown=move |ev| on_key(standing, &ev)>
            <For each=move || standing.rows() key=TreeRow::key let:row>
                <Line row=row standing=standing/>
            </For>
        </div>
        // Behind the tree, so that nothing moves away under the finger.
        {bar}
    }
}
