//! The questions of a draft in order and page by page: dragged, moved by a menu, or by the keyboard.

use leptos::ev;
use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::Question;
use px360_domain::surveys::authoring::QuestionType;

use super::draft::Draft;
use crate::surveys::words::{type_icon, type_name};
use crate::ui::icon::Icon;
use crate::ui::menu_button::{Command, MenuButton};
use crate::ui::numbers::Num;
use crate::ui::reorder::{Mover, focus_soon};

/// The survey itself, its questions, and a button for one more.
#[component]
pub(super) fn QuestionList(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let dragged = RwSignal::new(None::<usize>);
    let faulty = Memo::new(move |_| -> Vec<Option<usize>> {
        let errors = draft.findings().into_iter().filter(|finding| !finding.warning);
        errors.map(|finding| finding.question).collect()
    });
    let items = move || {
        let (selected, faulty) = (draft.selected.get(), faulty.get());
        let body = draft.body.read();
        let count = body.questions.len();
        body.questions
            .iter()
            .enumerate()
            .map(|(index, question)| {
                let look = Look {
                    index,
                    count,
                    selected: Some(index) == selected,
                    faulty: faulty.contains(&Some(index)),
                };
                let page = body.begins_page(index).then(|| page_mark(locale, question.page));
                view! { {page} {item(locale, draft, dragged, look, question)} }
            })
            .collect_view()
    };
    view! {
        <section class="stage-list" aria-labelledby="questions">
            <div class="list-head">
                <h2 id="questions" class="card-title">{text!(locale, surveys.questions)}</h2>
                <MenuButton
                    label=text!(locale, surveys.add_question)
                    icon="plus"
                    commands=additions(locale, draft)
                />
            </div>
            <p class="hint">{text!(locale, surveys.move_hint)}</p>
            <button
                r#type="button"
                class="stage-item stage-open question-survey"
                class:stage-selected=move || draft.selected.read().is_none()
                aria-current=move || draft.selected.read().is_none().then_some("true")
                on:click=move |_| draft.select(None)
            >
                <Icon name="file-text"/>
                <span>{text!(locale, surveys.survey_itself)}</span>
                {move || faulty.read().contains(&None).then(|| fault(locale))}
            </button>
            <ol>{items}</ol>
            <p class="visually-hidden" role="status">{move || draft.said.get()}</p>
        </section>
    }
}

fn page_mark(locale: Locale, page: u8) -> AnyView {
    let said = text!(locale, surveys.page_number, number = page).to_string();
    view! { <li class="page-mark">{said}</li> }.into_any()
}

fn additions(locale: Locale, draft: Draft) -> Vec<Command> {
    let command = |kind: &QuestionType| {
        let kind = *kind;
        Command {
            label: type_name(locale, kind).to_owned(),
            icon: type_icon(kind),
            keys: None,
            why_not: None,
            run: Callback::new(move |()| {
                draft.add(kind);
                focus_soon("question-text-ar");
            }),
        }
    };
    QuestionType::ALL.iter().map(command).collect()
}

/// How one of the questions is shown.
#[derive(Clone, Copy)]
struct Look {
    index: usize,
    count: usize,
    selected: bool,
    faulty: bool,
}

fn fault(locale: Locale) -> AnyView {
    view! {
        <span class="stage-fault">
            <Icon name="octagon-alert"/>
            <span class="visually-hidden">{text!(locale, surveys.has_faults)}</span>
        </span>
    }
    .into_any()
}

fn item(
    locale: Locale,
    draft: Draft,
    dragged: RwSignal<Option<usize>>,
    look: Look,
    question: &Question,
) -> AnyView {
    let Look { index, count, selected, faulty } = look;
    let text = question.text.pick(locale);
    let unnamed = text.trim().is_empty();
    let text = if unnamed { text!(locale, surveys.unwritten).to_owned() } else { text.to_owned() };
    let kind = question.kind.question_type();
    let mover = Mover {
        prefix: "question",
        go: Callback::new(move |(from, to)| draft.move_question(from, to)),
    };
    let keys = move |ev: ev::KeyboardEvent| mover.by_key(index, count, &ev);
    let drop = move |ev: ev::DragEvent| {
        ev.prevent_default();
        if let Some(from) = dragged.get_untracked() {
            draft.move_question(from, index);
        }
        dragged.set(None);
    };
    view! {
        <li
            class="stage-item"
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
                id=format!("question-{index}")
                class="stage-open"
                aria-current=selected.then_some("true")
                aria-keyshortcuts=Mover::keys()
                on:click=move |_| draft.select(Some(index))
                on:keydown=keys
            >
                <span class="stage-number"><Num text=(index + 1).to_string()/></span>
                <span class="stage-words">
                    <bdi dir="auto" class:hint=unnamed>{text}</bdi>
                    <span class="hint question-kind">
                        <Icon name=type_icon(kind)/>
                        {type_name(locale, kind)}
                        {marks(locale, question)}
                    </span>
                </span>
                {faulty.then(|| fault(locale))}
            </button>
            <MenuButton
                label=text!(locale, surveys.move_question)
                icon="arrow-up-down"
                commands=mover.commands(locale, index, count)
            />
        </li>
    }
    .into_any()
}

/// What is special about a question.
fn marks(locale: Locale, question: &Question) -> AnyView {
    let logic = question.shown_if.is_some() || !question.rules.is_empty();
    [
        (question.required, text!(locale, surveys.required)),
        (logic, text!(locale, surveys.has_logic)),
    ]
    .into_iter()
    .filter(|(is_so, _)| *is_so)
    .map(|(_, word)| view! { <span class="stage-note">{word}</span> })
    .collect_view()
    .into_any()
}
