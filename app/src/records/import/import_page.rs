//! One import: what its columns mean, what would become of its rows, and what did.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use px360_domain::Locale;
use px360_domain::records::{ImportDetail, ImportStatus};
use uuid::Uuid;

use super::super::record_page::back;
use super::super::server_fns::records_import;
use super::super::words as of_records;
use super::faults::Faults;
use super::mapping::Mapping;
use super::outcome::Outcome;
use super::words;
use crate::loaded::{Loaded, load};
use crate::ui::card::Skeleton;
use crate::ui::heading::PageHeading;
use crate::ui::problem::{NotFoundPage, ProblemPage};
use crate::ui::progress::{Progress, Stepper};

/// How often a page looks how far a job is.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// The import that the address names.
#[component]
pub(crate) fn ImportPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get_str("id").and_then(|id| id.parse().ok()));
    move || match id.get() {
        Some(id) => view! { <OneImport id=id/> }.into_any(),
        None => view! { <NotFoundPage/> }.into_any(),
    }
}

#[component]
fn OneImport(
    /// Which.
    id: Uuid,
) -> impl IntoView {
    let locale = crate::texts::current();
    let detail = load(move || id, records_import);
    look_again(detail);
    let reload = Callback::new(move |()| detail.refetch());
    let body = move || {
        Some(match detail.get()? {
            Ok(detail) => shown(locale, detail, reload),
            Err(error) => view! { <ProblemPage error=error/> }.into_any(),
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition> }
}

/// While a job is at it, how far it is changes by itself.
fn look_again(detail: Loaded<ImportDetail>) {
    Effect::new(move || {
        let is_busy = matches!(detail.get(), Some(Ok(found)) if found.import.status.is_busy());
        if !is_busy {
            return;
        }
        let waits = set_timeout_with_handle(move || detail.refetch(), LOOK_AGAIN);
        on_cleanup(move || {
            if let Ok(waits) = waits {
                waits.clear();
            }
        });
    });
}

fn shown(locale: Locale, detail: ImportDetail, reload: Callback<()>) -> AnyView {
    let ImportDetail { import, faults } = detail;
    let kind = import.kind;
    let what = of_records::plural(locale, kind);
    let steps = vec![
        text!(locale, records.import_step_columns).to_owned(),
        text!(locale, records.import_step_check).to_owned(),
        text!(locale, records.import_step_done).to_owned(),
    ];
    let at = match import.status {
        ImportStatus::Uploaded | ImportStatus::Stopped => 0,
        ImportStatus::Checking | ImportStatus::Checked => 1,
        ImportStatus::Running | ImportStatus::Done => 2,
    };
    let busy = import.status.is_busy().then(|| {
        let share = f64::from(import.read) / f64::from(import.rows.max(1));
        view! { <Progress label=words::status(locale, import.status) share=Signal::stored(share)/> }
    });
    let counted = import.read > 0;
    let asked = matches!(
        import.status,
        ImportStatus::Uploaded | ImportStatus::Checked | ImportStatus::Stopped
    );
    let fault_rows =
        (!faults.is_empty()).then(|| view! { <Faults import=import.clone() faults=faults/> });
    view! {
        {back(locale, kind)}
        <header class="page-head">
            <PageHeading title=text!(locale, records.import_title, what = what)/>
            <p class="page-sub"><bdi>{import.file_name.clone()}</bdi></p>
        </header>
        <div class="import">
            <Stepper steps=steps at=Signal::stored(at)/>
            <div class="import" role="status">
                {busy}
                {counted.then(|| view! { <Outcome import=import.clone()/> })}
            </div>
            {asked.then(|| view! { <Mapping import=import.clone() reload=reload/> })}
            {fault_rows}
        </div>
    }
    .into_any()
}
