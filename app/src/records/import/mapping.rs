//! What each column fills, and the two ways on from there: try it, keep it.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::records::{Import, ImportStatus, RecordKind, StartImport};

use super::super::server_fns::records_import_start;
use super::super::words::label;
use super::guess::guess;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook};
use crate::ui::card::Card;
use crate::ui::failures::sentence;
use crate::ui::numbers::grouped;

/// The columns with what they fill.
#[component]
pub(super) fn Mapping(
    /// The import.
    import: Import,
    /// Asks for the import again.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let kind = import.kind;
    let known = import.mapping.iter().any(Option::is_some);
    let first = if known { import.mapping.clone() } else { guess(kind, &import.columns) };
    let chosen: Vec<RwSignal<String>> =
        first.into_iter().map(|target| RwSignal::new(target.unwrap_or_default())).collect();
    let request = Request::new();
    let id = import.id;
    let mapped = chosen.clone();
    let start = Callback::new(move |dry_run: bool| {
        let filled = |target: &RwSignal<String>| {
            Some(target.get_untracked()).filter(|name| !name.is_empty())
        };
        let cmd = StartImport { mapping: mapped.iter().map(filled).collect(), dry_run };
        request.send(records_import_start(id, cmd), move |()| reload.run(()));
    });
    let is_checked = import.status == ImportStatus::Checked;
    let keep = import.made.saturating_add(import.changed);
    let go = (is_checked && keep > 0).then(|| {
        let count = i64::from(keep);
        view! {
            <Button
                label=text!(locale, records.import_go, count = count, shown = grouped(count)).to_string()
                look=ButtonLook::Primary
                pending=request.pending()
                press=Callback::new(move |()| start.run(false))
            />
        }
    });
    let check = if is_checked {
        text!(locale, records.import_check_again)
    } else {
        text!(locale, records.import_check)
    };
    let check_look = if is_checked { ButtonLook::Secondary } else { ButtonLook::Primary };
    let keys = keys(locale, kind);
    view! {
        <Card id="import-columns" title=text!(locale, records.import_columns)>
            <p class="hint">{text!(locale, records.import_columns_hint, keys = keys)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=text!(locale, records.import_column)>
                <table class="import-table import-map">
                    <thead>
                        <tr>
                            <th scope="col">{text!(locale, records.import_column)}</th>
                            <th scope="col">{text!(locale, records.import_values)}</th>
                            <th scope="col">{text!(locale, records.import_fills)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines(locale, &import, &chosen)}</tbody>
                </table>
            </div>
            {move || request.error().map(|error| view! {
                <p class="inline-error" role="alert">{sentence(locale, &error)}</p>
            })}
            <div class="form-foot">
                {go}
                <Button
                    label=check
                    look=check_look
                    pending=request.pending()
                    press=Callback::new(move |()| start.run(true))
                />
            </div>
        </Card>
    }
}

/// What rows are known by, in words.
fn keys(locale: Locale, kind: RecordKind) -> String {
    let keys = kind.targets().into_iter().filter(|target| target.is_key);
    let keys: Vec<&str> = keys.map(|target| label(locale, target.leaf())).collect();
    keys.join(text!(locale, records.list_comma))
}

fn lines(locale: Locale, import: &Import, chosen: &[RwSignal<String>]) -> Vec<AnyView> {
    let line = |(at, (column, value)): (usize, (&String, &RwSignal<String>))| {
        let sample =
            import.sample.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty());
        let sample = sample
            .map(|cell| view! { <bdi class="import-cell">{cell.clone()}</bdi> })
            .collect_view();
        view! {
            <tr>
                <th scope="row"><bdi>{column.clone()}</bdi></th>
                <td><div class="import-cells">{sample}</div></td>
                <td>{choice(locale, import.kind, at, column, *value)}</td>
            </tr>
        }
        .into_any()
    };
    import.columns.iter().zip(chosen).enumerate().map(line).collect()
}

fn choice(
    locale: Locale,
    kind: RecordKind,
    at: usize,
    column: &str,
    value: RwSignal<String>,
) -> AnyView {
    let first = value.get_untracked();
    let option = |name: String, label: &'static str| {
        let selected = name == first;
        view! { <option value=name selected=selected>{label}</option> }
    };
    let targets = kind
        .targets()
        .into_iter()
        .map(|target| option(target.name(), label(locale, target.leaf())))
        .collect_view();
    view! {
        <select
            id=format!("column-{at}")
            class="input select"
            aria-label=text!(locale, records.import_fills_of, column = column)
            on:change:target=move |ev| value.set(ev.target().value())
        >
            {option(String::new(), text!(locale, records.import_left_out))}
            {targets}
        </select>
    }
    .into_any()
}
