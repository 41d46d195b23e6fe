//! The choices of a question, the rows of a matrix, and its columns: lines in both languages.

use leptos::prelude::*;
use px360_domain::surveys::authoring::free_choice_key;
use px360_domain::surveys::{Choice, Question, QuestionKind};
use px360_domain::{Bilingual, Locale};

use super::choice_picture::ChoicePicture;
use super::draft::Draft;
use super::fields::text_line;
use crate::ui::button::{Button, ButtonLook, IconButton};
use crate::ui::dialog::{Dialog, DialogFoot};
use crate::ui::fields::{FieldSpec, TextArea};

/// One of the two lists of a question that have a text in both languages on each line.
#[derive(Clone, Copy)]
struct Lines {
    draft: Draft,
    index: usize,
    /// What the ids of the lines begin with.
    prefix: &'static str,
    /// The texts of the list.
    texts: fn(&Question) -> Vec<Bilingual>,
    /// One of them, to be changed.
    text: fn(&mut Question, usize) -> Option<&mut Bilingual>,
    add: fn(&mut Question, Bilingual),
    remove: fn(&mut Question, usize),
    swap: fn(&mut Question, usize, usize),
    /// Whether each line can have a picture.
    pictures: bool,
    /// Counts whatever makes the lines others.
    round: RwSignal<u32>,
}

/// The choices, or the rows of a matrix.
#[component]
pub(super) fn Parts(
    /// The draft.
    draft: Draft,
    /// Which of its questions.
    index: usize,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (matrix, pictures) = draft.body.with_untracked(|body| {
        let kind = body.questions.get(index).map(|question| &question.kind);
        let matrix = matches!(kind, Some(QuestionKind::Matrix { .. }));
        (matrix, kind.is_some_and(QuestionKind::takes_pictures))
    });
    let lines = Lines {
        draft,
        index,
        pictures,
        prefix: "choice",
        texts: |question| question.kind.parts().iter().map(|part| part.label.clone()).collect(),
        text: |question, at| question.kind.parts_mut()?.get_mut(at).map(|part| &mut part.label),
        add: |question, label| {
            if let Some(parts) = question.kind.parts_mut() {
                let key = free_choice_key(parts, "choice");
                parts.push(Choice::new(key, label));
            }
        },
        remove: |question, at| {
            if let Some(parts) = question.kind.parts_mut().filter(|parts| at < parts.len()) {
                parts.remove(at);
            }
        },
        swap: |question, a, b| {
            if let Some(parts) = question.kind.parts_mut() {
                swap(parts, a, b);
            }
        },
        round: RwSignal::new(0),
    };
    let title = if matrix { text!(locale, surveys.rows) } else { text!(locale, surveys.choices) };
    all(locale, lines, title)
}

/// What the values of a matrix mean, the least first.
#[component]
pub(super) fn Columns(
    /// The draft.
    draft: Draft,
    /// Which of its questions.
    index: usize,
) -> impl IntoView {
    let locale = crate::texts::current();
    let lines = Lines {
        draft,
        index,
        pictures: false,
        prefix: "column",
        texts: |question| match &question.kind {
            QuestionKind::Matrix { columns, .. } => columns.clone(),
            _ => Vec::new(),
        },
        text: |question, at| columns(question)?.get_mut(at),
        add: |question, label| {
            if let Some(columns) = columns(question) {
                columns.push(label);
            }
        },
        remove: |question, at| {
            if let Some(columns) = columns(question).filter(|columns| at < columns.len()) {
                columns.remove(at);
            }
        },
        swap: |question, a, b| {
            if let Some(columns) = columns(question) {
                swap(columns, a, b);
            }
        },
        round: RwSignal::new(0),
    };
    all(locale, lines, text!(locale, surveys.columns))
}

fn columns(question: &mut Question) -> Option<&mut Vec<Bilingual>> {
    match &mut question.kind {
        QuestionKind::Matrix { columns, .. } => Some(columns),
        _ => None,
    }
}

fn swap<T>(list: &mut [T], a: usize, b: usize) {
    if a < list.len() && b < list.len() {
        list.swap(a, b);
    }
}

fn all(locale: Locale, lines: Lines, title: &'static str) -> AnyView {
    let pasting = RwSignal::new(false);
    let rows = move || {
        lines.round.track();
        let texts = lines.draft.body.with_untracked(|body| {
            body.questions.get(lines.index).map(lines.texts).unwrap_or_default()
        });
        let count = texts.len();
        let rows = texts.into_iter().enumerate();
        rows.map(|(at, text)| line(locale, lines, (at, count), text)).collect_view()
    };
    let add = Callback::new(move |()| {
        lines.change(|question| (lines.add)(question, Bilingual::default()));
    });
    view! {
        <fieldset class="fieldset">
            <legend>{title}</legend>
            <ol class="text-lines">{rows}</ol>
            <div class="buttons">
                <Button label=text!(locale, surveys.add_line) icon="plus" press=add/>
                <Button
                    label=text!(locale, surveys.paste_list)
                    look=ButtonLook::Quiet
                    press=Callback::new(move |()| pasting.set(true))
                />
            </div>
        </fieldset>
        {paste(locale, lines, pasting)}
    }
    .into_any()
}

impl Lines {
    fn change(self, change: impl FnOnce(&mut Question)) {
        self.draft.change(self.index, change);
        self.round.update(|round| *round = round.wrapping_add(1));
    }
}

fn line(locale: Locale, lines: Lines, (at, count): (usize, usize), text: Bilingual) -> AnyView {
    let field = |language: Locale, value: String| {
        let named = text!(language, common.language_name);
        let label = text!(locale, surveys.line_in, number = at + 1, language = named).to_string();
        let id = format!("{}-{at}-{}", lines.prefix, language.as_str());
        text_line(id, label, language, value, move |value| {
            lines.draft.change(lines.index, |question| {
                if let Some(text) = (lines.text)(question, at) {
                    match language {
                        Locale::Ar => text.ar = value,
                        Locale::En => text.en = value,
                    }
                }
            });
        })
    };
    let up = at.checked_sub(1).map(|before| {
        let press = Callback::new(move |()| {
            lines.change(|question| (lines.swap)(question, before, at));
        });
        let label = text!(locale, surveys.line_up, number = at + 1).to_string();
        view! { <IconButton label=label icon="arrow-up" press=press/> }
    });
    let down = (at + 1 < count).then(|| {
        let press = Callback::new(move |()| {
            lines.change(|question| (lines.swap)(question, at, at + 1));
        });
        let label = text!(locale, surveys.line_down, number = at + 1).to_string();
        view! { <IconButton label=label icon="arrow-down" press=press/> }
    });
    let remove = Callback::new(move |()| lines.change(|question| (lines.remove)(question, at)));
    let label = text!(locale, surveys.remove_line, number = at + 1).to_string();
    view! {
        <li class="text-line">
            {field(Locale::Ar, text.ar)}
            {field(Locale::En, text.en)}
            {lines.pictures.then(|| view! { <ChoicePicture draft=lines.draft index=lines.index at=at/> })}
            <span class="text-line-deeds">
                {up}
                {down}
                <IconButton label=label icon="trash-2" press=remove/>
            </span>
        </li>
    }
    .into_any()
}

/// Many lines at once: a list that exists already is pasted, not typed.
fn paste(locale: Locale, lines: Lines, open: RwSignal<bool>) -> AnyView {
    let pasted = RwSignal::new(String::new());
    let keep = Callback::new(move |()| {
        let texts = read_lines(&pasted.read_untracked());
        lines.change(|question| {
            for text in texts {
                (lines.add)(question, text);
            }
        });
        pasted.set(String::new());
        open.set(false);
    });
    let id = if lines.prefix == "choice" { "paste-choices" } else { "paste-columns" };
    let field_id = if lines.prefix == "choice" { "pasted-choices" } else { "pasted-columns" };
    view! {
        <Dialog id=id title=text!(locale, surveys.paste_list) open=open>
            <div class="stack">
                <TextArea
                    field=FieldSpec::new(field_id, text!(locale, surveys.pasted))
                        .hint(text!(locale, surveys.pasted_hint))
                    value=pasted
                />
                <DialogFoot open=open>
                    <Button
                        label=text!(locale, surveys.add_lines)
                        look=ButtonLook::Primary
                        press=keep
                    />
                </DialogFoot>
            </div>
        </Dialog>
    }
    .into_any()
}

/// A line each; what stands behind a `|` or a tab is the English text.
fn read_lines(text: &str) -> Vec<Bilingual> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| match line.split_once(['|', '\t']) {
            Some((ar, en)) => Bilingual::new(ar.trim(), en.trim()),
            None if line.is_ascii() => Bilingual::new("", line),
            None => Bilingual::new(line, ""),
        })
        .collect()
}
