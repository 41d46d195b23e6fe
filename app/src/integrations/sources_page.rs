//! The systems that send: how they do, and what they are.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use px360_domain::Locale;
use px360_domain::accounts::HospitalName;
use px360_domain::ids::HospitalId;
use px360_domain::integrations::{SourceKey, SourceList, SourceView};

use super::server_fns::integrations_sources;
use super::source_card::{Deeds, source_card};
use super::source_fields::Begin;
use super::source_form::SourceForm;
use super::source_key::{NewKey, Renew};
use crate::journeys::{Section, Sections};
use crate::layout::{HOSPITAL, MeResource};
use crate::loaded::load;
use crate::ui::button::{Button, ButtonLook};
use crate::ui::card::Skeleton;
use crate::ui::dialog::Dialog;
use crate::ui::empty::EmptyState;
use crate::ui::heading::PageHeading;
use crate::ui::problem::ProblemCard;

/// The systems that send messages.
#[component]
pub(crate) fn SourcesPage() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let hospital = Memo::new(move |_| query.read().get(HOSPITAL).filter(|code| !code.is_empty()));
    let list = load(|| (), |()| integrations_sources());
    let me = use_context::<MeResource>();
    let retry = Callback::new(move |()| list.refetch());
    let (begin, form_open) = (RwSignal::new(None::<Begin>), RwSignal::new(false));
    let (renewing, renew_open) = (RwSignal::new(None::<SourceView>), RwSignal::new(false));
    let (key, key_open) = (RwSignal::new(None::<SourceKey>), RwSignal::new(false));
    let ask = Callback::new(move |from: Begin| {
        begin.set(Some(from));
        form_open.set(true);
    });
    let renew = Callback::new(move |source: SourceView| {
        renewing.set(Some(source));
        renew_open.set(true);
    });
    let done = Callback::new(move |new: Option<SourceKey>| {
        list.refetch();
        if new.is_some() {
            key.set(new);
            key_open.set(true);
        }
    });
    let body = move || {
        let me = me.and_then(|MeResource(me)| me.get()).and_then(Result::ok)?;
        Some(match list.get()? {
            Ok(list) => {
                let list = narrowed(list, &me.hospitals, hospital.get());
                shown(locale, list, ask, renew)
            }
            Err(error) => view! { <ProblemCard error=error retry=retry/> }.into_any(),
        })
    };
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, integrations.sources_title)/>
        </header>
        <Sections current=Section::Sources/>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
        <Dialog
            id="source-form"
            title=text!(locale, integrations.source_form)
            open=form_open
            sheet=true
        >
            {move || {
                begin.get().map(|begin| view! {
                    <SourceForm begin=begin open=form_open done=done/>
                })
            }}
        </Dialog>
        <Renew source=renewing open=renew_open done=done/>
        <NewKey key=key open=key_open/>
    }
}

/// What speaks for the hospital that is looked at.
fn narrowed(list: SourceList, hospitals: &[HospitalName], code: Option<String>) -> SourceList {
    let Some(code) = code else { return list };
    let hospital = hospitals.iter().find(|hospital| hospital.code == code);
    let SourceList { mut items, hospitals, may_write, may_write_all } = list;
    items.retain(|source| {
        let speaks = |known: &HospitalName| source.hospitals.iter().any(|it| it.id == known.id);
        source.hospitals.is_empty() || hospital.is_some_and(speaks)
    });
    SourceList { items, hospitals, may_write, may_write_all }
}

fn shown(
    locale: Locale,
    list: SourceList,
    ask: Callback<Begin>,
    renew: Callback<SourceView>,
) -> AnyView {
    let SourceList { items, hospitals, may_write, may_write_all } = list;
    let reached: Vec<HospitalId> = hospitals.iter().map(|hospital| hospital.id).collect();
    let nothing = Begin { source: None, hospitals, may_write_all };
    let known = nothing.clone();
    let edit = Callback::new(move |source: SourceView| {
        ask.run(Begin { source: Some(source), ..known.clone() });
    });
    let deeds = Deeds { edit, renew };
    let new = may_write.then(|| {
        view! {
            <Button
                label=text!(locale, integrations.new_source)
                icon="plus"
                look=ButtonLook::Primary
                press=Callback::new(move |()| ask.run(nothing.clone()))
            />
        }
    });
    let cards = if items.is_empty() {
        let title = text!(locale, integrations.sources_none);
        let hint = text!(locale, integrations.sources_none_hint);
        view! { <EmptyState icon="inbox" title=title hint=hint/> }.into_any()
    } else {
        let card = |source: SourceView| {
            let may = may_write && (may_write_all || speaks_within(&source, &reached));
            source_card(locale, source, may.then_some(deeds))
        };
        view! { <div class="sources">{items.into_iter().map(card).collect_view()}</div> }.into_any()
    };
    view! {
        <div class="toolbar">
            <p class="hint">{text!(locale, integrations.sources_hint)}</p>
            <div class="toolbar-end">{new}</div>
        </div>
        {cards}
    }
    .into_any()
}

/// Whether it speaks for some of these hospitals and for no other: only then one may change it.
fn speaks_within(source: &SourceView, reached: &[HospitalId]) -> bool {
    !source.hospitals.is_empty() && source.hospitals.iter().all(|one| reached.contains(&one.id))
}
