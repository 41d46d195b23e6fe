//! Two records side by side: which is left, and what it takes from the other.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use px360_domain::records::{
    Field, FieldValue, Kept, MergePatients, MergePreview, RecordKind, can_be_taken,
};
use px360_domain::{Locale, paths};
use uuid::Uuid;

use super::super::cell::{cell, said};
use super::super::record_page::back;
use super::super::server_fns::{records_compare, records_merge};
use super::super::words::label;
use crate::loaded::load;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook};
use crate::ui::card::{Card, Skeleton};
use crate::ui::failures::sentence;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::grouped;
use crate::ui::problem::{NotFoundPage, ProblemPage};
use crate::ui::toast::Toasts;

const PATIENT: RecordKind = RecordKind::Patient;

/// The fields that the survivor takes from the other.
type Taken = RwSignal<BTreeSet<&'static str>>;

/// The two records that the address names.
#[component]
pub(crate) fn MergePage() -> impl IntoView {
    let params = use_params_map();
    let pair = Memo::new(move |_| {
        let params = params.read();
        let id = |name| params.get_str(name).and_then(|id| id.parse::<Uuid>().ok());
        id("id").zip(id("other"))
    });
    move || match pair.get() {
        Some((survivor, merged)) => view! { <Pair survivor=survivor merged=merged/> }.into_any(),
        None => view! { <NotFoundPage/> }.into_any(),
    }
}

#[component]
fn Pair(
    /// Who would be left.
    survivor: Uuid,
    /// Who would go.
    merged: Uuid,
) -> impl IntoView {
    let preview = load(move || (survivor, merged), |(one, other)| records_compare(one, other));
    let body = move || {
        Some(match preview.get()? {
            Ok(preview) => view! { <Preview preview=preview/> }.into_any(),
            Err(error) => view! { <ProblemPage error=error/> }.into_any(),
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton lines=10/> }>{body}</Transition> }
}

#[component]
fn Preview(
    /// Both.
    preview: MergePreview,
) -> impl IntoView {
    let locale = crate::texts::current();
    let MergePreview { survivor, merged, counts } = preview;
    // What the survivor lacks, it takes unless somebody says otherwise.
    let lacking = fields().filter(|field| {
        *survivor.value(PATIENT, field.name) == FieldValue::Empty
            && *merged.value(PATIENT, field.name) != FieldValue::Empty
    });
    let taken: Taken = RwSignal::new(lacking.map(|field| field.name).collect());
    let request = Request::new();
    let (navigate, toasts) = (use_navigate(), use_context::<Toasts>());
    let (id, version) = (survivor.id, survivor.version);
    let other = Kept { id: merged.id, version: merged.version };
    let go = Callback::new(move |()| {
        let take = taken.get_untracked().into_iter().map(str::to_owned).collect();
        let cmd = MergePatients { version, merged: other, take };
        let navigate = navigate.clone();
        request.send(records_merge(id, cmd), move |_merge| {
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, records.merge_done));
            }
            navigate(&format!("{}/{id}", PATIENT.page(locale)), NavigateOptions::default());
        });
    });
    let is_said = |field: &&'static Field| {
        [&survivor, &merged].iter().any(|it| *it.value(PATIENT, field.name) != FieldValue::Empty)
    };
    let rows = fields()
        .filter(is_said)
        .map(|field| {
            row(
                locale,
                field,
                [&survivor, &merged].map(|it| it.value(PATIENT, field.name).clone()),
                taken,
            )
        })
        .collect_view();
    let numbers = PATIENT.field("mrns").map(|field| {
        let [one, two] =
            [&survivor, &merged].map(|it| cell(locale, field, it.value(PATIENT, "mrns")));
        view! { <tr><th scope="row">{label(locale, field)}</th><td>{one}</td><td>{two}</td></tr> }
    });
    let moves = [
        (text!(locale, records.merge_mrns), counts.mrns),
        (text!(locale, records.merge_journeys), counts.journeys),
        (text!(locale, records.merge_surveys), counts.surveys),
        (text!(locale, records.merge_messages), counts.messages),
    ];
    let moves = moves
        .into_iter()
        .map(|(word, count)| view! {
            <div class="import-count"><dt>{word}</dt><dd><span class="num">{grouped(i64::from(count))}</span></dd></div>
        })
        .collect_view();
    let swap = paths::merge(locale, &merged.id.to_string(), &survivor.id.to_string());
    view! {
        {back(locale, PATIENT)}
        <header class="page-head">
            <PageHeading title=text!(locale, records.merge_title)/>
            <a class="button" href=swap><Icon name="arrow-up-down"/>{text!(locale, records.merge_swap)}</a>
        </header>
        <div class="import">
            <Card title=text!(locale, records.merge_fields) id="merge-fields">
                <p class="hint">{text!(locale, records.merge_hint)}</p>
                <div class="table-scroll" tabindex="0" role="region" aria-label=text!(locale, records.merge_compare)>
                    <table class="import-table">
                        <thead>
                            <tr>
                                <th scope="col">{text!(locale, records.merge_field)}</th>
                                <th scope="col">
                                    {text!(locale, records.merge_survivor)} <br/>
                                    <bdi dir="auto">{said(locale, &survivor.name(PATIENT))}</bdi>
                                </th>
                                <th scope="col">
                                    {text!(locale, records.merge_goes)} <br/>
                                    <bdi dir="auto">{said(locale, &merged.name(PATIENT))}</bdi>
                                </th>
                            </tr>
                        </thead>
                        <tbody>{numbers}{rows}</tbody>
                    </table>
                </div>
            </Card>
            <Card title=text!(locale, records.merge_moves) id="merge-moves">
                <dl class="import-counts">{moves}</dl>
                <p class="hint">{text!(locale, records.merge_moves_hint)}</p>
                {move || request.error().map(|error| view! {
                    <p class="inline-error" role="alert">{sentence(locale, &error)}</p>
                })}
                <div class="form-foot">
                    <Button
                        label=text!(locale, records.merge_go)
                        look=ButtonLook::Primary
                        pending=request.pending()
                        press=go
                    />
                </div>
            </Card>
        </div>
    }
}

/// The fields that are chosen from one of the two; the kind of a document goes with its number.
fn fields() -> impl Iterator<Item = &'static Field> {
    let chosen = |field: &&Field| can_be_taken(field.form) && field.name != "id_kind";
    PATIENT.fields().iter().filter(chosen)
}

/// A field of both; where they differ, a choice.
fn row(locale: Locale, field: &'static Field, values: [FieldValue; 2], taken: Taken) -> AnyView {
    let differ = values[0] != values[1];
    let [one, two] = values;
    let name = field.name;
    let choice = move |value: FieldValue, takes: bool| {
        let shown = cell(locale, field, &value);
        if !differ {
            return shown;
        }
        let checked = move || taken.read().contains(name) == takes;
        let choose = move |_| {
            taken.update(|taken| {
                if takes {
                    taken.insert(name);
                } else {
                    taken.remove(name);
                }
            });
        };
        view! {
            <label class="merge-choice">
                <input r#type="radio" name=name value=takes.to_string() prop:checked=checked on:change=choose/>
                <span>{shown}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <tr class:merge-differs=differ>
            <th scope="row">{label(locale, field)}</th>
            <td>{choice(one, false)}</td>
            <td>{choice(two, true)}</td>
        </tr>
    }
    .into_any()
}
