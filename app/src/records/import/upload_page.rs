//! A file of records is handed in.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use px360_domain::records::{Import, RecordKind};
use px360_domain::{Failure, FieldFault, Locale, paths};

use super::super::record_page::back;
use super::super::server_fns::records_imports;
use super::super::words as of_records;
use super::words;
use crate::UiError;
use crate::layout::MeResource;
use crate::loaded::load;
use crate::ui::card::{Card, Skeleton};
use crate::ui::dates::date_time;
use crate::ui::failures::fault;
use crate::ui::fields::{FieldSpec, FileDrop};
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::problem::{NotFoundPage, ProblemPage};

/// What a browser offers to choose from.
const ACCEPTED: &str =
    ".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The form for a file of the kind that the address names.
#[component]
pub(crate) fn UploadPage() -> impl IntoView {
    let params = use_params_map();
    let kind = Memo::new(move |_| params.read().get_str("kind").and_then(RecordKind::of_plural));
    move || match kind.get().filter(|kind| kind.can_be_imported()) {
        Some(kind) => view! { <Upload kind=kind/> }.into_any(),
        None => view! { <NotFoundPage/> }.into_any(),
    }
}

#[component]
fn Upload(
    /// Of what kind.
    kind: RecordKind,
) -> impl IntoView {
    let locale = crate::texts::current();
    let me = use_context::<MeResource>();
    let query = use_query_map();
    let imports = load(|| (), |()| records_imports());
    let body = move || {
        let me = me.and_then(|MeResource(me)| me.get()).and_then(Result::ok)?;
        imports.wait();
        if !me.may(kind.write()) {
            return Some(view! { <ProblemPage error=Failure::Forbidden.into()/> }.into_any());
        }
        let refused = query
            .read()
            .get("fault")
            .map(|code| fault(locale, &FieldFault::new("file", &code)).to_owned());
        let recent = imports.get().map(|list| recent(locale, kind, list));
        let what = of_records::plural(locale, kind);
        Some(
            view! {
                {back(locale, kind)}
                <header class="page-head">
                    <PageHeading title=text!(locale, records.import_title, what = what)/>
                </header>
                <div class="import">
                <Card id="import-file" title=text!(locale, records.import_file)>
                    <form
                        method="post"
                        enctype="multipart/form-data"
                        action=paths::upload(locale, kind.plural())
                        class="import-form"
                    >
                        <FileDrop
                            field=FieldSpec::new("file", text!(locale, records.import_file))
                                .hint(text!(locale, records.import_hint))
                                .fault(Signal::stored(refused))
                            accept=ACCEPTED
                            megabytes_max=256
                            only_one=true
                        />
                        <button r#type="submit" class="button button-primary">
                            <Icon name="upload"/>
                            {text!(locale, records.import_upload)}
                        </button>
                    </form>
                </Card>
                {recent}
                </div>
            }
            .into_any(),
        )
    };
    view! { <Transition fallback=|| view! { <Skeleton lines=6/> }>{body}</Transition> }
}

/// What the reader imported of this kind before.
fn recent(locale: Locale, kind: RecordKind, list: Result<Vec<Import>, UiError>) -> Option<AnyView> {
    let list: Vec<Import> = list.ok()?.into_iter().filter(|import| import.kind == kind).collect();
    if list.is_empty() {
        return None;
    }
    let lines = list
        .into_iter()
        .map(|import| {
            let said = words::status(locale, import.status);
            view! {
                <li class="import-line">
                    <a href=paths::import(locale, &import.id.to_string())><bdi>{import.file_name}</bdi></a>
                    <span class="hint">{date_time(locale, import.created_at)}</span>
                    <span>{said}</span>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <Card id="import-recent" title=text!(locale, records.import_recent)>
                <ul class="import-lines">{lines}</ul>
            </Card>
        }
        .into_any(),
    )
}
