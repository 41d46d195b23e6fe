//! The first rows that cannot be kept, and all of them as a file.

use leptos::prelude::*;
use px360_domain::paths;
use px360_domain::records::{Import, RowFaults};

use super::words::said;
use crate::ui::card::Card;
use crate::ui::icon::Icon;

/// Rows, each with what is wrong.
#[component]
pub(super) fn Faults(
    /// Of which import.
    import: Import,
    /// The first of its faulty rows.
    faults: Vec<RowFaults>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let kind = import.kind;
    let file = paths::import_faults(locale, &import.id.to_string());
    let rows = faults
        .into_iter()
        .map(|row| {
            let wrong = row
                .faults
                .iter()
                .map(|fault| view! { <li>{said(locale, kind, fault)}</li> })
                .collect_view();
            let cells: Vec<String> =
                row.cells.into_iter().filter(|cell| !cell.is_empty()).collect();
            let cells = cells
                .into_iter()
                .map(|cell| view! { <bdi class="import-cell">{cell}</bdi> })
                .collect_view();
            view! {
                <tr>
                    <th scope="row"><span class="num">{row.row}</span></th>
                    <td><ul class="import-wrong">{wrong}</ul></td>
                    <td><div class="import-cells">{cells}</div></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card id="import-faults" title=text!(locale, records.import_faults)>
            <p>
                <a class="button" href=file rel="external" download="">
                    <Icon name="file-text"/>
                    {text!(locale, records.import_faults_file)}
                </a>
            </p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=text!(locale, records.import_wrong)>
                <table class="import-table">
                    <thead>
                        <tr>
                            <th scope="col">{text!(locale, records.import_row)}</th>
                            <th scope="col">{text!(locale, records.import_wrong)}</th>
                            <th scope="col">{text!(locale, records.import_cells)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </Card>
    }
}
