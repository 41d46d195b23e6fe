//! Departments and what they stand below, with their moves.

use leptos::prelude::*;
use px360_domain::records::{
    DepartmentTree, FieldValue, Kept, RecordKind, SaveRecord, TreeDepartment,
};
use px360_domain::{Bilingual, Locale};
use uuid::Uuid;

use super::cell::said;
use super::record_page::back;
use super::server_fns::{records_save, records_tree};
use crate::loaded::{Loaded, load};
use crate::request::Request;
use crate::ui::card::Skeleton;
use crate::ui::empty::EmptyState;
use crate::ui::failures::sentence;
use crate::ui::heading::PageHeading;
use crate::ui::problem::ProblemPage;
use crate::ui::toast::Toasts;
use crate::ui::tree::{Tree, TreeItem, TreeMemory};

/// The tree of departments.
#[component]
pub(crate) fn TreePage() -> impl IntoView {
    let locale = crate::texts::current();
    let tree = load(|| (), |()| records_tree());
    let request = Request::new();
    let memory = TreeMemory::new();
    let body = move || {
        Some(match tree.get()? {
            Ok(shown) => {
                view! { <Shown shown=shown tree=tree request=request memory=memory/> }.into_any()
            }
            Err(error) => view! { <ProblemPage error=error/> }.into_any(),
        })
    };
    view! {
        {back(locale, RecordKind::Department)}
        <header class="page-head"><PageHeading title=text!(locale, records.tree)/></header>
        {move || request.error().map(|error| view! {
            <p class="inline-error" role="alert">{sentence(locale, &error)}</p>
        })}
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
    }
}

#[component]
fn Shown(
    /// What there is.
    shown: DepartmentTree,
    /// Asks for it again.
    tree: Loaded<DepartmentTree>,
    /// What is being moved.
    request: Request,
    /// What the reader did to the tree.
    memory: TreeMemory,
) -> impl IntoView {
    let locale = crate::texts::current();
    if shown.departments.is_empty() {
        return view! {
            <EmptyState
                icon="hospital"
                title=text!(locale, records.tree_empty)
                hint=text!(locale, records.tree_empty_hint)
            />
        }
        .into_any();
    }
    let items = items(locale, &shown);
    let cut = shown.is_cut.then(|| view! { <p class="hint">{text!(locale, records.tree_cut)}</p> });
    let toasts = use_context::<Toasts>();
    let departments = StoredValue::new(shown.departments);
    let put = Callback::new(move |(moved, target): (Uuid, Uuid)| {
        let found = departments
            .with_value(|all| all.iter().find(|department| department.id == moved).cloned());
        let Some(department) = found else { return };
        // The first level stands below the hospital, which is no department.
        let new = (target != department.hospital_id).then_some(target);
        let old = department.parent_id;
        request.send(place(&department, department.version, new), move |kept: Kept| {
            tree.refetch();
            let Some(toasts) = toasts else { return };
            let back = move || {
                request.send(place(&department, kept.version, old), move |_| tree.refetch());
            };
            toasts.say_with_undo(text!(locale, records.tree_moved), back);
        });
    });
    let put = shown.may_write.then_some(put);
    view! {
        {cut}
        <Tree label=text!(locale, records.tree) items=items memory=memory put=put/>
    }
    .into_any()
}

/// Lets a department stand below another one, or below its hospital.
fn place(
    department: &TreeDepartment,
    version: i64,
    parent: Option<Uuid>,
) -> impl Future<Output = Result<Kept, crate::UiError>> + use<> {
    let parent =
        parent.map_or(FieldValue::Empty, |id| FieldValue::Ref { id, name: Bilingual::default() });
    records_save(SaveRecord {
        kind: RecordKind::Department,
        existing: Some(Kept { id: department.id, version }),
        fields: vec![("parent_id".to_owned(), parent)],
    })
}

fn items(locale: Locale, shown: &DepartmentTree) -> Vec<TreeItem> {
    let hospitals = shown.hospitals.iter().map(|hospital| TreeItem {
        id: hospital.id,
        below: None,
        label: said(locale, &hospital.name),
        note: String::new(),
        href: format!("{}/{}", RecordKind::Hospital.page(locale), hospital.id),
        movable: false,
        muted: None,
    });
    let known = |id: &Uuid| shown.departments.iter().any(|department| department.id == *id);
    let departments = shown.departments.iter().map(|department| TreeItem {
        id: department.id,
        below: department.parent_id.filter(known).or(Some(department.hospital_id)),
        label: said(locale, &department.name),
        note: department.code.clone(),
        href: format!("{}/{}", RecordKind::Department.page(locale), department.id),
        movable: shown.may_write,
        muted: (!department.active).then(|| text!(locale, records.tree_inactive).to_owned()),
    });
    hospitals.chain(departments).collect()
}
