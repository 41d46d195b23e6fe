//! The test bench: messages are pasted, what they would do is shown, and nothing of it is kept.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use px360_domain::Locale;
use px360_domain::ids::EventId;
use px360_domain::integrations::{SourceList, Tried, TryMessages};
use px360_domain::journeys::template::{TemplateList, TemplateState};

use super::bench_result::result;
use super::bench_samples::samples;
use super::sections::{Section, Sections};
use super::server_fns::{journeys_templates, journeys_try};
use super::template::version_line;
use super::words::journey_type;
use crate::UiError;
use crate::integrations::{integrations_event_raw, integrations_sources};
use crate::loaded::load;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::card::{Card, Skeleton};
use crate::ui::failures;
use crate::ui::fields::{Choice, FieldSpec, Select, TextArea};
use crate::ui::heading::PageHeading;
use crate::ui::problem::ProblemCard;

/// The test bench. `?template=` chooses a version, `?event=` begins with what a source sent.
#[component]
pub(crate) fn TestBenchPage() -> impl IntoView {
    let locale = crate::texts::current();
    let known = load(
        || (),
        |()| async move { Ok((integrations_sources().await?, journeys_templates().await?)) },
    );
    let retry = Callback::new(move |()| known.refetch());
    let body = move || {
        known.get().map(|known: Result<(SourceList, TemplateList), UiError>| match known {
            Ok((sources, templates)) => {
                view! { <Bench sources=sources templates=templates/> }.into_any()
            }
            Err(error) => view! { <ProblemCard error=error retry=retry/> }.into_any(),
        })
    };
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, journeys.bench_title)/>
        </header>
        <Sections current=Section::TestBench/>
        <p class="hint bench-text">{text!(locale, journeys.bench_text)}</p>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
    }
}

#[component]
fn Bench(
    /// The systems that send.
    sources: SourceList,
    /// The versions that can be tried.
    templates: TemplateList,
) -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let asked = |key: &str| query.read_untracked().get(key).unwrap_or_default();
    let first = sources.items.first().map(|source| source.id.to_string()).unwrap_or_default();
    let source = RwSignal::new(first);
    let template = RwSignal::new(asked("template"));
    let payload = RwSignal::new(String::new());
    let (request, loading) = (Request::new(), Request::new());
    let tried = RwSignal::new(None::<Tried>);
    if let Ok(event) = asked("event").parse::<EventId>() {
        Effect::new(move || {
            loading.send(integrations_event_raw(event), move |raw| {
                payload.set(raw.payload.unwrap_or_default().replace('\r', "\n"));
            });
        });
    }
    let press = Callback::new(move |()| {
        let Ok(source_id) = source.read_untracked().parse() else { return };
        let cmd = TryMessages {
            source_id,
            template_id: template.read_untracked().parse().ok(),
            payload: payload.get_untracked(),
        };
        request.send(journeys_try(cmd), move |found| tried.set(Some(found)));
    });
    let fault = Signal::derive(move || {
        request.error().and_then(|error| failures::of_field(locale, &error, "payload"))
    });
    let error = Signal::derive(move || {
        let error = request.error().or_else(|| loading.error());
        error.filter(|error| failures::of_field(locale, error, "payload").is_none())
    });
    let shown = move || tried.get().map(|tried| result(locale, tried));
    view! {
        <div class="bench">
            <Card title=text!(locale, journeys.bench_messages) id="bench-messages" class="stack">
                <div class="field-pair">
                    <Select
                        field=FieldSpec::new("source", text!(locale, journeys.source))
                        value=source
                        choices=source_choices(&sources)
                    />
                    <Select
                        field=FieldSpec::new("template", text!(locale, journeys.bench_template))
                        value=template
                        choices=template_choices(locale, &templates)
                        empty=Some(text!(locale, journeys.bench_published).to_owned())
                    />
                </div>
                {samples(locale, payload)}
                <TextArea
                    field=FieldSpec::new("payload", text!(locale, journeys.bench_payload))
                        .hint(text!(locale, journeys.bench_payload_hint))
                        .fault(fault)
                    value=payload
                    submit=press
                />
                <InlineError error=error/>
                <Button
                    label=text!(locale, journeys.bench_try)
                    icon="play"
                    look=ButtonLook::Primary
                    pending=request.pending()
                    press=press
                />
            </Card>
            <div class="bench-result" role="region" aria-live="polite" aria-label=text!(locale, journeys.bench_result)>
                {shown}
            </div>
        </div>
    }
}

fn source_choices(sources: &SourceList) -> Vec<Choice> {
    let all = sources.items.iter();
    all.map(|source| Choice::new(source.id.to_string(), source.name.clone())).collect()
}

/// Drafts and what holds now.
fn template_choices(locale: Locale, templates: &TemplateList) -> Vec<Choice> {
    let live = templates.items.iter().filter(|row| row.state != TemplateState::Retired);
    live.map(|row| {
        let mut words = vec![
            journey_type(locale, row.journey_type).to_owned(),
            version_line(locale, row.version),
        ];
        words.extend(row.hospital.as_ref().map(|hospital| hospital.pick(locale).to_owned()));
        if row.state == TemplateState::Draft {
            words.push(text!(locale, journeys.state_draft).to_owned());
        }
        Choice::new(row.id.to_string(), words.join(" · "))
    })
    .collect()
}
