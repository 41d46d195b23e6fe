//! Who a patient may be besides, and who went into them.

use leptos::prelude::*;
use px360_domain::records::{Duplicate, DuplicateReason, PatientKin, PatientMerge};
use px360_domain::{Locale, paths};
use uuid::Uuid;

use super::super::cell::said;
use super::super::server_fns::records_unmerge;
use crate::request::Request;
use crate::ui::button::Button;
use crate::ui::card::Card;
use crate::ui::dates::date_time;
use crate::ui::failures::sentence;
use crate::ui::numbers::Code;
use crate::ui::toast::Toasts;

/// Possible duplicates and merges; nothing where there are none.
#[component]
pub(crate) fn KinCard(
    /// Whose.
    id: Uuid,
    /// What is known.
    kin: PatientKin,
    /// Asks for the patient again.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let request = Request::new();
    let toasts = use_context::<Toasts>();
    let undo = Callback::new(move |merge: Uuid| {
        request.send(records_unmerge(id, merge), move |()| {
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, records.merge_undone));
            }
            reload.run(());
        });
    });
    let PatientKin { duplicates, merges } = kin;
    (!duplicates.is_empty() || !merges.is_empty()).then(|| {
        let twins = duplicates.into_iter().map(|twin| duplicate(locale, id, twin)).collect_view();
        let pending = request.pending();
        let merges = merges
            .into_iter()
            .map(|merge| view! { <Merge merge=merge pending=pending undo=undo/> })
            .collect_view();
        view! {
            <Card title=text!(locale, records.merge_kin) id="kin">
                <ul class="import-lines">{twins}{merges}</ul>
                {move || request.error().map(|error| view! {
                    <p class="inline-error" role="alert">{sentence(locale, &error)}</p>
                })}
            </Card>
        }
    })
}

fn duplicate(locale: Locale, id: Uuid, twin: Duplicate) -> AnyView {
    let why = match twin.reason {
        DuplicateReason::SameId => text!(locale, records.merge_same_id),
        DuplicateReason::SamePhone => text!(locale, records.merge_same_phone),
    };
    let href = paths::merge(locale, &id.to_string(), &twin.id.to_string());
    view! {
        <li class="import-line">
            <bdi dir="auto">{said(locale, &twin.name)}</bdi>
            <Code text=twin.mrn/>
            <span class="hint">{why}</span>
            <a href=href>{text!(locale, records.merge_compare)}</a>
        </li>
    }
    .into_any()
}

#[component]
fn Merge(
    /// Which.
    merge: PatientMerge,
    /// Whether one is being undone.
    pending: Signal<bool>,
    /// Undoes it.
    undo: Callback<Uuid>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let PatientMerge { id, merged_name, merged_by, merged_at, undone_at, .. } = merge;
    let who = said(locale, &merged_by);
    let when = date_time(locale, merged_at);
    let way_back = match undone_at {
        Some(at) => {
            let at = date_time(locale, at);
            view! { <span class="hint">{text!(locale, records.merge_was_undone, at = at)}</span> }
                .into_any()
        }
        None => view! {
            <Button
                label=text!(locale, records.merge_undo)
                pending=pending
                press=Callback::new(move |()| undo.run(id))
            />
        }
        .into_any(),
    };
    view! {
        <li class="import-line">
            <bdi dir="auto">{said(locale, &merged_name)}</bdi>
            <span class="hint">{text!(locale, records.merge_by, who = who, when = when)}</span>
            {way_back}
        </li>
    }
}
