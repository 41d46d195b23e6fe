//! How many answers of a kind are wanted.

use leptos::prelude::*;
use px360_domain::surveys::authoring::free_quota_key;
use px360_domain::surveys::logic::{Comparison, Condition};
use px360_domain::surveys::{QUOTA_SIZE_MAX, QuotaCounts, SurveyContent, SurveyQuota, WhenFull};
use px360_domain::{Bilingual, Locale};

use super::condition_form::{Compared, FormIds, NewComparison};
use super::draft::Draft;
use super::fields::number;
use super::list_line::list_line;
use super::logic_words::condition;
use crate::ui::button::{Button, ButtonLook};
use crate::ui::fields::{BilingualField, Choice, FieldSpec, NumberInput, Select};
use crate::ui::numbers::{grouped, isolated_words};

/// The quotas as sentences, and a form for one more.
#[component]
pub(super) fn Quotas(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let lines = move || {
        let body = draft.body.read();
        let quotas = body.quotas.iter().enumerate();
        quotas
            .map(|(at, quota)| {
                let said = sentence(locale, &body, quota);
                let remove = text!(locale, surveys.remove_quota);
                list_line(draft, said, remove, |body| &mut body.quotas, at)
            })
            .collect_view()
    };
    view! {
        <fieldset class="fieldset">
            <legend>{text!(locale, surveys.quotas)}</legend>
            <p class="hint">{text!(locale, surveys.quotas_hint)}</p>
            <ul class="rules">{lines}</ul>
            <NewQuota draft=draft/>
        </fieldset>
    }
}

fn sentence(locale: Locale, body: &SurveyContent, quota: &SurveyQuota) -> String {
    let name = isolated_words(quota.name.pick(locale));
    let size = grouped(i64::from(quota.at_most));
    let whom = match &quota.when {
        Some(when) => condition(locale, body, when),
        None => text!(locale, surveys.quota_everybody).to_owned(),
    };
    let said = text!(locale, surveys.quota_line, name = name, size = size, whom = whom).to_string();
    let full = full_words(locale, quota.when_full);
    let counts = counts_words(locale, quota.counts);
    [said.as_str(), full, counts].join(text!(locale, common.list_separator))
}

fn full_words(locale: Locale, when_full: WhenFull) -> &'static str {
    match when_full {
        WhenFull::Finish => text!(locale, surveys.quota_finish),
        WhenFull::GoOn => text!(locale, surveys.quota_go_on),
    }
}

fn counts_words(locale: Locale, counts: QuotaCounts) -> &'static str {
    match counts {
        QuotaCounts::Completed => text!(locale, surveys.quota_completed),
        QuotaCounts::Begun => text!(locale, surveys.quota_begun),
    }
}

#[component]
fn NewQuota(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (ar, en) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let size = RwSignal::new(String::new());
    let full = RwSignal::new(WhenFull::Finish.to_string());
    let counts = RwSignal::new(QuotaCounts::Completed.to_string());
    let whom = RwSignal::new(Vec::<Comparison>::new());
    let wrong = RwSignal::new(false);
    let add = Callback::new(move |()| {
        let name = Bilingual::new(ar.read_untracked().trim(), en.read_untracked().trim());
        let at_most = number::<u32>(&size.read_untracked())
            .filter(|size| (1..=QUOTA_SIZE_MAX).contains(size));
        let named = !name.ar.is_empty() && !name.en.is_empty();
        let (Some(at_most), true, Ok(when_full), Ok(counts)) =
            (at_most, named, full.read_untracked().parse(), counts.read_untracked().parse())
        else {
            wrong.set(true);
            return;
        };
        wrong.set(false);
        let mut parts: Vec<Condition> =
            whom.get_untracked().into_iter().map(Condition::Is).collect();
        let when = match parts.len() {
            0 | 1 => parts.pop(),
            _ => Some(Condition::All(parts)),
        };
        draft.body.update(|body| {
            let key = free_quota_key(&body.quotas, &name.en, draft.number);
            body.quotas.push(SurveyQuota { key, name, when, at_most, when_full, counts });
        });
        ar.set(String::new());
        en.set(String::new());
        size.set(String::new());
        whom.set(Vec::new());
    });
    let fault = move || {
        let most = grouped(i64::from(QUOTA_SIZE_MAX));
        wrong.get().then(|| text!(locale, surveys.quota_fault, most = most).to_string())
    };
    let fulls = WhenFull::ALL.iter().map(|it| Choice::new(it.as_str(), full_words(locale, *it)));
    let counted =
        QuotaCounts::ALL.iter().map(|it| Choice::new(it.as_str(), counts_words(locale, *it)));
    view! {
        <div class="condition-form">
            <BilingualField
                field=FieldSpec::new("quota-name", text!(locale, surveys.quota_name))
                ids=("quota-name-ar", "quota-name-en")
                ar=ar
                en=en
            />
            <NumberInput
                field=FieldSpec::new("quota-size", text!(locale, surveys.quota_size))
                    .fault(Signal::derive(fault))
                value=size
            />
            <Whom draft=draft whom=whom/>
            <div class="field-pair">
                <Select
                    field=FieldSpec::new("quota-full", text!(locale, surveys.quota_full))
                    value=full
                    choices=fulls.collect()
                />
                <Select
                    field=FieldSpec::new("quota-counts", text!(locale, surveys.quota_counts))
                    value=counts
                    choices=counted.collect()
                />
            </div>
            <Button label=text!(locale, surveys.add_quota) icon="plus" press=add/>
        </div>
    }
}

/// Whom the new quota counts: everybody, or those of whom all of these hold.
#[component]
fn Whom(
    /// The draft.
    draft: Draft,
    /// What must hold.
    whom: RwSignal<Vec<Comparison>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let said = move || {
        let parts: Vec<Condition> = whom.get().into_iter().map(Condition::Is).collect();
        let words = if parts.is_empty() {
            text!(locale, surveys.quota_everybody).to_owned()
        } else {
            draft.body.with(|body| condition(locale, body, &Condition::All(parts)))
        };
        text!(locale, surveys.quota_whom, whom = words).to_string()
    };
    let add = Callback::new(move |one: Comparison| whom.update(|all| all.push(one)));
    let count = draft.body.with_untracked(|body| body.questions.len());
    view! {
        <p aria-live="polite">{said}</p>
        <div hidden=move || whom.read().is_empty()>
            <Button
                label=text!(locale, surveys.quota_clear)
                icon="x"
                look=ButtonLook::Quiet
                press=Callback::new(move |()| whom.set(Vec::new()))
            />
        </div>
        <details class="why">
            <summary>{text!(locale, surveys.quota_narrow)}</summary>
            <NewComparison
                draft=draft
                ids=FormIds::QUOTA
                compared=Compared::EverythingBefore(count)
                add=add
            />
        </details>
    }
}
