//! One record, or the form for a new one.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use px360_domain::access::Permission;
use px360_domain::accounts::{Delegations, UserRoles};
use px360_domain::ids::UserId;
use px360_domain::records::{RecordDetail, RecordKind, TimelineQuery};
use px360_domain::{Failure, Locale, paths};
use uuid::Uuid;

use super::cell::{cell, said};
use super::form::RecordForm;
use super::inputs::search_of;
use super::merge::KinCard;
use super::patient::{GlassCard, GlassNote, TimelineCard};
use super::server_fns::{records_detail, records_timeline};
use super::words;
use crate::accounts::{Places, UserAccess, account_delegations, account_roles_of};
use crate::layout::MeResource;
use crate::loaded::{Loaded, load};
use crate::ui::card::{Card, Skeleton};
use crate::ui::facts::{Fact, Facts};
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::problem::{NotFoundPage, ProblemPage};

/// Where a page of a patient's timeline begins.
pub(super) const CURSOR: &str = "cursor";

/// How much of it stands on a page.
const TIMELINE_ROWS: u16 = 30;

/// What the address names.
#[derive(Clone, Copy, PartialEq)]
enum Named {
    New(RecordKind),
    One(RecordKind, Uuid),
    Nothing,
}

/// The record that the address names.
#[component]
pub(crate) fn RecordPage() -> impl IntoView {
    let params = use_params_map();
    let named = Memo::new(move |_| {
        let params = params.read();
        let kind = params.get_str("kind").and_then(RecordKind::of_plural);
        let id = params.get_str("id").unwrap_or_default();
        match (kind, id.parse()) {
            (Some(kind), _) if id == paths::NEW => Named::New(kind),
            (Some(kind), Ok(id)) => Named::One(kind, id),
            _ => Named::Nothing,
        }
    });
    move || match named.get() {
        Named::New(kind) => view! { <NewRecord kind=kind/> }.into_any(),
        Named::One(kind, id) => view! { <OneRecord kind=kind id=id/> }.into_any(),
        Named::Nothing => view! { <NotFoundPage/> }.into_any(),
    }
}

pub(super) fn back(locale: Locale, kind: RecordKind) -> AnyView {
    view! {
        <nav class="record-back" aria-label=text!(locale, records.title)>
            <a href=kind.page(locale)>
                <Icon name="chevron-left"/>
                {words::plural(locale, kind)}
            </a>
        </nav>
    }
    .into_any()
}

#[component]
fn NewRecord(
    /// Of what kind.
    kind: RecordKind,
) -> impl IntoView {
    let locale = crate::texts::current();
    let me = use_context::<MeResource>();
    let body =
        move || {
            let me = me.and_then(|MeResource(me)| me.get()).and_then(Result::ok)?;
            if !me.may(kind.write()) {
                return Some(view! { <ProblemPage error=Failure::Forbidden.into()/> }.into_any());
            }
            Some(view! {
            {back(locale, kind)}
            <header class="page-head"><PageHeading title=words::new_one(locale, kind)/></header>
            <RecordForm kind=kind/>
        }
        .into_any())
        };
    view! { <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition> }
}

#[component]
fn OneRecord(
    /// Of what kind.
    kind: RecordKind,
    /// Which.
    id: Uuid,
) -> impl IntoView {
    let detail = load(move || id, move |id| records_detail(kind, id));
    let me = use_context::<MeResource>();
    let reload = Callback::new(move |()| detail.refetch());
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.read().get(CURSOR));
    let asked = move || TimelineQuery { cursor: cursor.get(), limit: Some(TIMELINE_ROWS) };
    let timeline = (kind == RecordKind::Patient)
        .then(|| load(move || (id, asked()), move |(id, query)| records_timeline(id, query)));
    let roles = (kind == RecordKind::User).then(|| load(move || UserId(id), account_roles_of));
    let away =
        (kind == RecordKind::User).then(|| load(move || Some(UserId(id)), account_delegations));
    let body = move || {
        let me = me.and_then(|MeResource(me)| me.get()).and_then(Result::ok)?;
        let log = me.may(Permission::AuditRead);
        if let Some((roles, away)) = roles.zip(away) {
            roles.wait();
            away.wait();
        }
        if let Some(timeline) = timeline {
            timeline.wait();
        }
        let breaks = me.may(Permission::PatientBreakGlass);
        let later = cursor.get_untracked().is_some();
        let timeline =
            timeline.map(|all| view! { <TimelineCard id=id timeline=all later=later/> }.into_any());
        let access = roles.zip(away).map(|(roles, away)| access(UserId(id), roles, away));
        Some(match detail.get()? {
            Ok(detail) => {
                let class = if timeline.is_some() { "record-columns" } else { "record-column" };
                view! {
                    {head(kind, &detail, log)}
                    <div class=class>
                        <div class="record-main">
                            {shown(kind, detail, breaks, reload)}
                            {access}
                        </div>
                        {timeline}
                    </div>
                }
                .into_any()
            }
            Err(error) => view! { <ProblemPage error=error/> }.into_any(),
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition> }
}

fn access(id: UserId, roles: Loaded<UserRoles>, away: Loaded<Delegations>) -> AnyView {
    let locale = crate::texts::current();
    let places = Places {
        hospitals: search_of(locale, RecordKind::Hospital),
        departments: search_of(locale, RecordKind::Department),
    };
    view! { <UserAccess id=id roles=roles delegations=away places=places/> }.into_any()
}

/// Where one is, and the way to what was done to it.
fn head(kind: RecordKind, detail: &RecordDetail, log: bool) -> AnyView {
    let locale = crate::texts::current();
    let record = &detail.record;
    let history = log.then(|| {
        let href = format!("{}?entity={kind}&entity_id={}", paths::audit(locale), record.id);
        view! {
            <a class="button button-quiet" href=href>
                <Icon name="clock"/>
                {text!(locale, records.history)}
            </a>
        }
    });
    let title = said(locale, &record.name(kind));
    view! {
        {back(locale, kind)}
        <header class="page-head"><PageHeading title=title/>{history}</header>
    }
    .into_any()
}

fn shown(kind: RecordKind, detail: RecordDetail, breaks: bool, reload: Callback<()>) -> AnyView {
    let locale = crate::texts::current();
    let RecordDetail { record, may_write, is_masked, glass, kin } = detail;
    let id = record.id;
    // Whoever sees only masks cannot send them back.
    let may_write = may_write && !is_masked;
    let glass_card = (is_masked && breaks).then(|| view! { <GlassCard id=id reload=reload/> });
    let glass_note = glass.map(|glass| view! { <GlassNote glass=glass/> });
    let note = if is_masked {
        Some(text!(locale, records.masked))
    } else if !may_write {
        Some(text!(locale, records.read_only))
    } else {
        None
    };
    let note = note.map(|note| {
        view! { <p class="hint field-lock"><Icon name="lock"/><span>{note}</span></p> }
    });
    let all = kind.fields().iter().zip(&record.values);
    let facts = all
        .filter(|(field, _)| !may_write || field.derived)
        .map(|(field, value)| {
            let shown = cell(locale, field, value);
            view! { <Fact name=words::label(locale, field)>{shown}</Fact> }
        })
        .collect_view();
    let facts = view! { <Facts>{facts}</Facts> };
    let form = may_write.then(|| {
        view! { <RecordForm kind=kind record=Some(record.clone()) saved=reload/> }
    });
    let has_facts = !may_write || kind.fields().iter().any(|field| field.derived);
    view! {
        {glass_note}
        {note}
        {glass_card}
        <KinCard id=id kin=kin reload=reload/>
        {has_facts.then(|| view! {
            <Card title=text!(locale, records.known) id="known">{facts}</Card>
        })}
        {form}
    }
    .into_any()
}
