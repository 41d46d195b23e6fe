//! The stages of a draft in order: dragged, moved by a menu, or by the keyboard.

use leptos::ev;
use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::journeys::template::StageBody;

use super::draft::Draft;
use super::reading::marks;
use crate::ui::button::Button;
use crate::ui::icon::Icon;
use crate::ui::menu_button::MenuButton;
use crate::ui::numbers::{Code, Num};
use crate::ui::reorder::{Mover, focus_soon};

/// The stages, and a button for one more.
#[component]
pub(super) fn StageList(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let dragged = RwSignal::new(None::<usize>);
    let faulty = Memo::new(move |_| -> Vec<usize> {
        let errors = draft.findings().into_iter().filter(|finding| !finding.warning);
        errors.filter_map(|finding| finding.stage).collect()
    });
    let items = move || {
        let selected = draft.selected.get();
        let faulty = faulty.get();
        let body = draft.body.read();
        let count = body.stages.len();
        body.stages
            .iter()
            .enumerate()
            .map(|(index, stage)| {
                let look = Look {
                    index,
                    count,
                    selected: index == selected,
                    faulty: faulty.contains(&index),
                };
                item(locale, draft, dragged, look, stage)
            })
            .collect_view()
    };
    view! {
        <section class="stage-list" aria-labelledby="stages">
            <h2 id="stages" class="card-title">{text!(locale, journeys.stages)}</h2>
            <p class="hint">{text!(locale, journeys.move_hint)}</p>
            <ol>{items}</ol>
            <p class="visually-hidden" role="status">{move || draft.said.get()}</p>
            <Button
                label=text!(locale, journeys.add_stage)
                icon="plus"
                press=Callback::new(move |()| {
                    draft.add();
                    focus_soon("stage-name-ar");
                })
            />
        </section>
    }
}

/// How one of the stages is shown.
#[derive(Clone, Copy)]
struct Look {
    index: usize,
    count: usize,
    selected: bool,
    faulty: bool,
}

fn item(
    locale: Locale,
    draft: Draft,
    dragged: RwSignal<Option<usize>>,
    look: Look,
    stage: &StageBody,
) -> AnyView {
    let Look { index, count, selected, faulty } = look;
    let name = stage.name.pick(locale);
    let unnamed = name.is_empty();
    let name = if unnamed { text!(locale, journeys.unnamed).to_owned() } else { name.to_owned() };
    let codes = stage
        .triggers
        .iter()
        .flat_map(|trigger| &trigger.event_codes)
        .take(4)
        .map(|code| view! { <Code text=code.clone()/> " " })
        .collect_view();
    let mover =
        Mover { prefix: "stage", go: Callback::new(move |(from, to)| draft.move_stage(from, to)) };
    let keys = move |ev: ev::KeyboardEvent| mover.by_key(index, count, &ev);
    let drop = move |ev: ev::DragEvent| {
        ev.prevent_default();
        if let Some(from) = dragged.get_untracked() {
            draft.move_stage(from, index);
        }
        dragged.set(None);
    };
    let class = if stage.parallel { "stage-item stage-parallel" } else { "stage-item" };
    view! {
        <li
            class=class
            class:stage-selected=selected
            draggable="true"
            on:dragstart=move |_| dragged.set(Some(index))
            on:dragover=move |ev| ev.prevent_default()
            on:dragend=move |_| dragged.set(None)
            on:drop=drop
        >
            <span class="stage-grip" aria-hidden="true"><Icon name="grip-vertical"/></span>
            <button
                r#type="button"
                id=format!("stage-{index}")
                class="stage-open"
                aria-current=selected.then_some("true")
                aria-keyshortcuts=Mover::keys()
                on:click=move |_| draft.select(index)
                on:keydown=keys
            >
                <span class="stage-number"><Num text=(index + 1).to_string()/></span>
                <span class="stage-words">
                    <bdi dir="auto" class:hint=unnamed>{name}</bdi>
                    <span class="stage-codes">{codes}</span>
                    <span class="stage-notes">{marks(locale, stage)}</span>
                </span>
                {faulty.then(|| view! {
                    <span class="stage-fault">
                        <Icon name="octagon-alert"/>
                        <span class="visually-hidden">{text!(locale, journeys.has_faults)}</span>
                    </span>
                })}
            </button>
            <MenuButton
                label=text!(locale, journeys.move_stage)
                icon="arrow-up-down"
                commands=mover.commands(locale, index, count)
            />
        </li>
    }
    .into_any()
}
