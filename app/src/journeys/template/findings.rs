//! What is the matter with a draft, said while it is written.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::journeys::template::{Finding, TemplateBody};

use super::draft::Draft;
use super::words;
use crate::ui::icon::Icon;
use crate::ui::numbers::isolated_words;

/// How many errors and warnings there are, and each with the way to its stage.
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
            <h2 id="findings" class="card-title">{text!(locale, journeys.findings)}</h2>
            <p role="status">{counts}</p>
            <ul>{lines}</ul>
        </section>
    }
}

fn line(locale: Locale, draft: Draft, body: &TemplateBody, finding: &Finding) -> AnyView {
    let (icon, class) = if finding.warning {
        ("triangle-alert", "finding finding-warning")
    } else {
        ("octagon-alert", "finding finding-error")
    };
    let said = sentence(locale, body, finding);
    let inside = view! {
        <Icon name=icon/>
        <span>{said}</span>
    };
    match finding.stage {
        Some(index) => view! {
            <li class=class>
                <button r#type="button" class="finding-link" on:click=move |_| draft.select(index)>
                    {inside}
                </button>
            </li>
        }
        .into_any(),
        None => view! { <li class=class>{inside}</li> }.into_any(),
    }
}

/// What is the matter, and where.
pub(super) fn sentence(locale: Locale, body: &TemplateBody, finding: &Finding) -> String {
    let said = words::finding(locale, finding.code);
    let stage = finding.stage.and_then(|index| body.stages.get(index));
    match stage {
        Some(stage) => {
            let name = stage.name.pick(locale);
            let name = isolated_words(if name.is_empty() { &stage.code } else { name });
            text!(locale, journeys.finding_of_stage, name = name, finding = said).to_string()
        }
        None => said.to_owned(),
    }
}
