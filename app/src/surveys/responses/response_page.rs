//! One survey with everything that was answered.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use px360_domain::ids::SurveyId;
use px360_domain::records::RecordKind;
use px360_domain::surveys::{GivenAnswer, GivenQuestion, SurveyResponse};
use px360_domain::{Failure, Locale, paths};

use super::super::server_fns::surveys_response;
use super::file_link::FileLink;
use super::line::facts;
use crate::journeys::{name, survey_badge};
use crate::loaded::load;
use crate::ui::card::Skeleton;
use crate::ui::dates::date;
use crate::ui::files::file_size;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::{Num, isolated_words};
use crate::ui::problem::ProblemPage;

/// The answers of the survey that the address names.
#[component]
pub(crate) fn SurveyResponsePage() -> impl IntoView {
    let params = use_params_map();
    let which =
        Memo::new(move |_| params.read().get_str("id").and_then(|id| id.parse::<SurveyId>().ok()));
    let response = load(
        move || which.get(),
        |id| async move {
            match id {
                Some(id) => surveys_response(id).await,
                None => Err(Failure::not_found("survey").into()),
            }
        },
    );
    let locale = crate::texts::current();
    let body = move || {
        response.get().map(|response| match response {
            Ok(response) => whole(locale, &response),
            Err(error) => view! { <ProblemPage error=error/> }.into_any(),
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton lines=10/> }>{body}</Transition> }
}

fn whole(locale: Locale, response: &SurveyResponse) -> AnyView {
    let SurveyResponse { survey, privacy_notice, answers } = response;
    let called = isolated_words(survey.survey.pick(locale));
    let title = text!(locale, surveys.response_of, name = called).to_string();
    let patient = survey.patient_id.map(|id| {
        let href = format!("{}/{id}", RecordKind::Patient.page(locale));
        view! { <a href=href>{text!(locale, surveys.to_patient)}</a> }
    });
    let told = privacy_notice.map(|from| {
        let told = text!(locale, surveys.told_of_privacy, from = date(locale, from)).to_string();
        view! { <p class="hint">{told}</p> }
    });
    let given = answers.iter().map(|one| answered(locale, one)).collect_view();
    view! {
        <div class="way">
            <nav class="breadcrumb" aria-label=text!(locale, common.breadcrumb_label)>
                <a href=paths::survey_instances(locale)>
                    <Icon name="chevron-left"/>
                    {text!(locale, surveys.instances)}
                </a>
            </nav>
        </div>
        <header class="page-head">
            <PageHeading title=title/>
            {survey_badge(locale, survey.status)}
        </header>
        <div class="template-page">
            {facts(locale, survey)}
            {told}
            {patient}
            <div class="card">
                <dl class="response">{given}</dl>
            </div>
        </div>
    }
    .into_any()
}

fn answered(locale: Locale, one: &GivenQuestion) -> AnyView {
    let row = one.row.as_ref().map(|row| view! { " · " {name(locale, row)} });
    let answer = match &one.answer {
        None => {
            view! { <span class="hint">{text!(locale, surveys.not_answered)}</span> }.into_any()
        }
        Some(GivenAnswer::NotApplicable) => text!(locale, surveys.does_not_apply).into_any(),
        Some(GivenAnswer::YesNo(true)) => text!(locale, common.yes).into_any(),
        Some(GivenAnswer::YesNo(false)) => text!(locale, common.no).into_any(),
        Some(GivenAnswer::Number(number, most)) => {
            let shown = format!("{number} / {most}");
            view! { <Num text=shown/> }.into_any()
        }
        Some(GivenAnswer::Chosen(names)) => names
            .iter()
            .map(|one| view! { <span class="chosen">{name(locale, one)}</span> })
            .collect_view()
            .into_any(),
        Some(GivenAnswer::File(file)) => {
            let size = file_size(locale, file.size.into());
            let name = file.name.clone();
            view! { <FileLink id=file.id name=name/> " " <span class="hint">{size}</span> }
                .into_any()
        }
        Some(GivenAnswer::Words(words)) => {
            view! { <blockquote dir="auto">{words.clone()}</blockquote> }.into_any()
        }
    };
    view! {
        <div>
            <dt>{name(locale, &one.question)} {row}</dt>
            <dd>{answer}</dd>
        </div>
    }
    .into_any()
}
