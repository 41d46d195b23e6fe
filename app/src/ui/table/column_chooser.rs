//! Which columns are shown, and in which order.

use leptos::prelude::*;

use super::Column;
use crate::ui::dialog::Dialog;
use crate::ui::icon::Icon;

/// A column in the chooser.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    key: &'static str,
    title: &'static str,
    fixed: bool,
    on: bool,
}

/// A button with a dialog of check boxes and ways up and down: nothing here needs to be dragged.
#[component]
pub(crate) fn ColumnChooser<R: 'static>(
    /// All columns, in the list's own order.
    columns: Vec<Column<R>>,
    /// The chosen ones in the chosen order; empty for all.
    chosen: Vec<String>,
    /// Shows these; an empty list means all, in the list's own order.
    choose: Callback<Vec<String>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let own: Vec<Line> = columns
        .iter()
        .map(|c| Line { key: c.key, title: c.title, fixed: c.fixed, on: !c.extra })
        .collect();
    let open = RwSignal::new(false);
    let lines = RwSignal::new(lines_of(&own, &chosen));
    let own = StoredValue::new(own);
    let apply = move |_| {
        let lines = lines.get_untracked();
        open.set(false);
        if own.with_value(|own| *own == lines) {
            choose.run(Vec::new());
        } else {
            choose.run(lines.iter().filter(|l| l.on).map(|l| l.key.to_owned()).collect());
        }
    };
    let reset = move |_| lines.set(own.get_value());
    view! {
        <button r#type="button" class="button button-quiet" on:click=move |_| open.set(true)>
            <Icon name="columns-3"/>
            <span>{text!(locale, kit.columns)}</span>
        </button>
        <Dialog id="columns" title=text!(locale, kit.columns) open=open>
            <ul class="chooser">
                {move || {
                    let lines_now = lines.get().into_iter().enumerate();
                    lines_now
                        .map(|(at, line)| view! { <ChooserLine at=at line=line lines=lines/> })
                        .collect_view()
                }}
            </ul>
            <div class="dialog-foot">
                <button r#type="button" class="button" on:click=reset>{text!(locale, kit.reset)}</button>
                <button r#type="button" class="button button-primary" on:click=apply>
                    {text!(locale, kit.apply)}
                </button>
            </div>
        </Dialog>
    }
}

#[component]
fn ChooserLine(
    /// Where it stands.
    at: usize,
    /// The column.
    line: Line,
    /// All of them.
    lines: RwSignal<Vec<Line>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let last = move || lines.read().len() == at + 1;
    let shift = move |by: isize| {
        lines.update(|lines| {
            if let Some(there) = at.checked_add_signed(by).filter(|there| *there < lines.len()) {
                lines.swap(at, there);
            }
        });
    };
    let title = line.title;
    view! {
        <li class="chooser-line">
            <label class="check">
                <input
                    r#type="checkbox"
                    prop:checked=line.on
                    disabled=line.fixed
                    on:change=move |_| {
                        lines.update(|lines| {
                            if let Some(line) = lines.get_mut(at) {
                                line.on = !line.on;
                            }
                        });
                    }
                />
                <span>{title}</span>
            </label>
            <button
                r#type="button"
                class="button button-quiet button-icon"
                aria-label=text!(locale, kit.move_up, name = title)
                disabled=at == 0
                on:click=move |_| shift(-1)
            >
                <Icon name="arrow-up"/>
            </button>
            <button
                r#type="button"
                class="button button-quiet button-icon"
                aria-label=text!(locale, kit.move_down, name = title)
                disabled=last
                on:click=move |_| shift(1)
            >
                <Icon name="arrow-down"/>
            </button>
        </li>
    }
}

/// The chosen ones first, in their order; the others behind them, off.
fn lines_of(own: &[Line], chosen: &[String]) -> Vec<Line> {
    if chosen.is_empty() {
        return own.to_vec();
    }
    let known = |key: &String| own.iter().find(|line| line.key == key).cloned();
    let mut lines: Vec<Line> = chosen.iter().filter_map(known).collect();
    for line in own {
        if !lines.iter().any(|known| known.key == line.key) {
            lines.push(Line { on: line.fixed, ..line.clone() });
        }
    }
    lines
}
