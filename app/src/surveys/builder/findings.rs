//! What is the matter with a draft, each with the way to it.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::{SurveyContent, SurveyFinding};

use super::draft::Draft;
use super::logic_words::question_name;
use crate::surveys::words;
use crate::ui::icon::Icon;
use crate::ui::numbers::isolated_words;

/// All of it, always up to date.
#[component]
pub(super) fn Findings(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let findings = Memo::new(move |_| draft.findings());
    let counts = move || {
        let findings = findings.read();
        let warnings = findings.iter().filter(|finding| finding.warning).count();
        let errors = findings.len() - warnings;
        let errors = text!(locale, journeys.finding_errors, count = errors).to_string();
        let warnings = text!(locale, journeys.finding_warnings, count = warnings).to_string();
        text!(locale, journeys.finding_counts, errors = errors, warnings = warnings)
    };
    let lines = move || {
        let body = draft.body.read();
        findings.get().iter().map(|finding| line(locale, draft, &body, finding)).collect_view()
    };
    view! {
        <section class="findings" aria-labelledby="findings">
            <h2 id="findings" class="card-title">{text!(locale, surveys.findings)}</h2>
            <p role="status">{counts}</p>
            <ul>{lines}</ul>
        </section>
    }
}

fn line(locale: Locale, draft: Draft, body: &SurveyContent, finding: &SurveyFinding) -> AnyView {
    let (icon, class) = if finding.warning {
        ("triangle-alert", "finding finding-warning")
    } else {
        ("octagon-alert", "finding finding-error")
    };
    let said = sentence(locale, body, finding);
    let question = finding.question;
    view! {
        <li class=class>
            <button r#type="button" class="finding-link" on:click=move |_| draft.select(question)>
                <Icon name=icon/>
                <span>{said}</span>
            </button>
        </li>
    }
    .into_any()
}

/// What is the matter, and where.
pub(super) fn sentence(locale: Locale, body: &SurveyContent, finding: &SurveyFinding) -> String {
    let mut said = words::finding(locale, finding.code).to_owned();
    if let Some(language) = finding.language {
        let language = words::language(locale, language);
        said = text!(locale, surveys.finding_language, finding = said, language = language);
    }
    if let Some(about) = &finding.about {
        said = text!(locale, surveys.finding_about, finding = said, about = isolated_words(about));
    }
    let question = finding.question.and_then(|index| body.questions.get(index));
    match question {
        Some(question) => {
            let name = isolated_words(&question_name(locale, body, &question.key));
            text!(locale, journeys.finding_of_stage, name = name, finding = said).to_string()
        }
        None => said,
    }
}
