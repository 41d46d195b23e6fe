//! What codes of other systems stand for: those that messages wait for, and those that are known.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use px360_domain::Locale;
use px360_domain::access::Permission;
use px360_domain::accounts::HospitalName;
use px360_domain::integrations::{Mapping, Mappings, WaitingCode};

use super::mapping_form::MappingForm;
use super::server_fns::{integrations_mappings, integrations_remove_mapping};
use super::waiting::waiting_card;
use super::words;
use crate::journeys::{Section, Sections};
use crate::layout::{HOSPITAL, MeResource};
use crate::loaded::load;
use crate::request::Request;
use crate::ui::button::{IconButton, InlineError};
use crate::ui::card::Skeleton;
use crate::ui::dialog::{ConfirmDialog, Dialog};
use crate::ui::heading::{PageHeading, focus_heading};
use crate::ui::numbers::{Code, isolated};
use crate::ui::problem::ProblemCard;
use crate::ui::table::{Column, DataTable};
use crate::ui::toast::Toasts;

/// What can be done about a code.
#[derive(Clone, Copy)]
struct Deeds {
    map: Callback<WaitingCode>,
    remove: Callback<Mapping>,
}

/// Codes and what they stand for.
#[component]
pub(crate) fn MappingsPage() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let hospital = Memo::new(move |_| query.read().get(HOSPITAL).filter(|code| !code.is_empty()));
    let all = load(|| (), |()| integrations_mappings());
    let me = use_context::<MeResource>();
    let reloading = StoredValue::new(false);
    let reload = Callback::new(move |()| {
        reloading.set_value(true);
        all.refetch();
    });
    // The line that was worked on may be gone.
    Effect::new(move || {
        all.track();
        if reloading.try_update_value(std::mem::take).unwrap_or_default() {
            focus_heading();
        }
    });
    let (mapping, map_open) = (RwSignal::new(None::<WaitingCode>), RwSignal::new(false));
    let (removing, remove_open) = (RwSignal::new(None::<Mapping>), RwSignal::new(false));
    let deeds = Deeds {
        map: Callback::new(move |code| {
            mapping.set(Some(code));
            map_open.set(true);
        }),
        remove: Callback::new(move |known| {
            removing.set(Some(known));
            remove_open.set(true);
        }),
    };
    let body = move || {
        let me = me.and_then(|MeResource(me)| me.get()).and_then(Result::ok)?;
        let deeds = me.may(Permission::MappingWrite).then_some(deeds);
        Some(match all.get()? {
            Ok(all) => {
                shown(locale, narrowed(all, &me.hospitals, hospital.get()), me.hospitals, deeds)
            }
            Err(error) => view! { <ProblemCard error=error retry=reload/> }.into_any(),
        })
    };
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, integrations.mappings_title)/>
        </header>
        <Sections current=Section::Mappings/>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
        <Dialog id="map-code" title=text!(locale, integrations.map_title) open=map_open>
            {move || {
                mapping.get().map(|waiting| view! {
                    <MappingForm waiting=waiting open=map_open done=reload/>
                })
            }}
        </Dialog>
        <Remove removing=removing open=remove_open done=reload/>
    }
}

/// What concerns the hospital that is looked at.
fn narrowed(all: Mappings, hospitals: &[HospitalName], hospital: Option<String>) -> Mappings {
    let Some(code) = hospital else { return all };
    let id = hospitals.iter().find(|hospital| hospital.code == code).map(|hospital| hospital.id);
    let Mappings { mut waiting, mut mappings } = all;
    waiting.retain(|waiting| waiting.hospital == code);
    mappings.retain(|mapping| mapping.hospital_id.is_none() || mapping.hospital_id == id);
    Mappings { waiting, mappings }
}

fn shown(
    locale: Locale,
    all: Mappings,
    hospitals: Vec<HospitalName>,
    deeds: Option<Deeds>,
) -> AnyView {
    let Mappings { waiting, mappings } = all;
    let waiting = waiting_card(locale, waiting, &hospitals, deeds.map(|deeds| deeds.map));
    let known = if mappings.is_empty() {
        view! { <p class="hint">{text!(locale, integrations.mappings_none)}</p> }.into_any()
    } else {
        view! {
            <DataTable
                caption=text!(locale, integrations.mappings_known)
                columns=columns(locale, hospitals, deeds.map(|deeds| deeds.remove))
                rows=mappings
                key=|mapping: &Mapping| mapping.id.to_string()
                class="records"
            />
        }
        .into_any()
    };
    view! {
        <div class="integration">
            {waiting}
            <section class="integration-part" aria-labelledby="known-codes">
                <h2 id="known-codes" class="card-title">
                    {text!(locale, integrations.mappings_known)}
                </h2>
                {known}
            </section>
        </div>
    }
    .into_any()
}

fn columns(
    locale: Locale,
    hospitals: Vec<HospitalName>,
    remove: Option<Callback<Mapping>>,
) -> Vec<Column<Mapping>> {
    let mut columns = vec![
        Column::new("code", text!(locale, integrations.code), "cell", |mapping: &Mapping| {
            view! { <Code text=mapping.code.clone()/> }.into_any()
        })
        .fixed(),
        Column::new("kind", text!(locale, integrations.kind), "cell", move |mapping: &Mapping| {
            words::kind(locale, mapping.kind).into_any()
        }),
        Column::new(
            "meaning",
            text!(locale, integrations.stands_for),
            "cell",
            move |mapping: &Mapping| meaning(locale, mapping),
        ),
        Column::new("source", text!(locale, integrations.source), "cell", |mapping: &Mapping| {
            view! { <bdi dir="auto">{mapping.source.clone()}</bdi> }.into_any()
        }),
        Column::new(
            "hospital",
            text!(locale, common.hospital),
            "cell",
            move |mapping: &Mapping| place(locale, &hospitals, mapping),
        ),
        Column::new(
            "updated",
            text!(locale, integrations.updated),
            "cell",
            move |mapping: &Mapping| words::moment(locale, mapping.updated_at),
        ),
    ];
    if let Some(remove) = remove {
        let title = text!(locale, integrations.remove);
        columns.push(Column::new("remove", title, "cell", move |mapping: &Mapping| {
            let code = isolated(&mapping.code);
            let label = text!(locale, integrations.remove_of, code = code);
            let mapping = mapping.clone();
            let press = Callback::new(move |()| remove.run(mapping.clone()));
            view! { <IconButton label=label icon="trash-2" press=press/> }.into_any()
        }));
    }
    columns
}

/// What a code stands for.
fn meaning(locale: Locale, mapping: &Mapping) -> AnyView {
    match &mapping.target {
        _ if mapping.left_out => {
            view! { <span class="hint">{text!(locale, integrations.nothing_meant)}</span> }
                .into_any()
        }
        Some(target) => view! { <Code text=target.clone()/> }.into_any(),
        None => ().into_any(),
    }
}

/// In which hospital it means that.
fn place(locale: Locale, hospitals: &[HospitalName], mapping: &Mapping) -> AnyView {
    let Some(id) = mapping.hospital_id else {
        return text!(locale, common.all_hospitals).into_any();
    };
    let found = hospitals.iter().find(|hospital| hospital.id == id);
    let name = found.map(|hospital| hospital.name.pick(locale).to_owned());
    name.map(|name| view! { <bdi>{name}</bdi> }).into_any()
}

/// Asks whether a mapping is meant to go, and takes it away.
#[component]
fn Remove(
    /// Which.
    removing: RwSignal<Option<Mapping>>,
    /// Whether somebody is asked.
    open: RwSignal<bool>,
    /// Runs when it is gone.
    done: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let request = Request::new();
    let toasts = use_context::<Toasts>();
    let confirm = Callback::new(move |()| {
        open.set(false);
        let Some(mapping) = removing.get_untracked() else { return };
        request.send(integrations_remove_mapping(mapping.id), move |()| {
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, integrations.removed));
            }
            done.try_run(());
        });
    });
    let consequence = Signal::derive(move || match removing.get() {
        Some(it) => text!(locale, integrations.remove_text, code = isolated(&it.code)),
        None => String::new(),
    });
    view! {
        <InlineError error=Signal::derive(move || request.error())/>
        <ConfirmDialog
            id="remove-mapping"
            title=text!(locale, integrations.remove_title)
            consequence=consequence
            deed=text!(locale, integrations.remove)
            open=open
            confirm=confirm
        />
    }
}
