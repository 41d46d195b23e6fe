//! One more rule.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::contact::fold_digits;
use px360_domain::journeys::JourneyType;
use px360_domain::notifications::{Channel, FatigueRuleList, SetFatigueRule};

use crate::notifications::server_fns::notifications_create_rule;
use crate::notifications::words;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::failures;
use crate::ui::fields::{Choice, FieldSpec, NumberInput, Select};

/// A number as people write it; what is none becomes one that is refused.
fn number(text: &str) -> Option<i32> {
    let digits = fold_digits(text);
    let digits = digits.trim();
    (!digits.is_empty()).then(|| digits.parse().unwrap_or(-1))
}

/// What the form holds, as it is written.
#[derive(Clone, Copy)]
struct Draft {
    most: RwSignal<String>,
    window: RwSignal<String>,
    gap: RwSignal<String>,
    owner: RwSignal<String>,
    survey: RwSignal<String>,
    kind: RwSignal<String>,
    channel: RwSignal<String>,
}

impl Draft {
    fn new(owner: String) -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            most: text(),
            window: RwSignal::new("30".to_owned()),
            gap: text(),
            owner: RwSignal::new(owner),
            survey: text(),
            kind: text(),
            channel: text(),
        }
    }

    fn rule(self) -> SetFatigueRule {
        SetFatigueRule {
            hospital_id: self.owner.read_untracked().parse().ok(),
            template_id: self.survey.read_untracked().parse().ok(),
            channel: self.channel.read_untracked().parse().ok(),
            journey_type: self.kind.read_untracked().parse().ok(),
            department_id: None,
            invitations_max: number(&self.most.read_untracked()),
            window_days: number(&self.window.read_untracked()),
            gap_days: number(&self.gap.read_untracked()),
        }
    }
}

/// Its form.
#[component]
pub(super) fn NewRule(
    /// What there is.
    list: FatigueRuleList,
    /// Shows what is true now.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let owners = owners(locale, &list);
    let draft = Draft::new(owners.first().map(|it| it.value.clone()).unwrap_or_default());
    let request = Request::new();
    let make = Callback::new(move |()| {
        request.send(notifications_create_rule(draft.rule()), move |_id| reload.run(()));
    });
    view! {
        <section class="card stack" aria-labelledby="new-fatigue-rule">
            <h2 id="new-fatigue-rule" class="card-title">{text!(locale, surveys.new_fatigue_rule)}</h2>
            {numbers(locale, draft, request)}
            {scope(locale, draft, owners, &list)}
            <InlineError error=Signal::derive(move || failures::beside_fields(request.error()))/>
            <Button
                label=text!(locale, surveys.make_rule)
                icon="plus"
                look=ButtonLook::Primary
                pending=request.pending()
                press=make
            />
        </section>
    }
}

/// For whom the reader may make rules.
fn owners(locale: Locale, list: &FatigueRuleList) -> Vec<Choice> {
    let group = list.may_write_group.then(|| Choice::new("", text!(locale, journeys.whole_group)));
    let hospitals = list.hospitals.iter();
    let hospitals =
        hospitals.map(|hospital| Choice::new(hospital.id.to_string(), hospital.name.pick(locale)));
    group.into_iter().chain(hospitals).collect()
}

/// How often.
fn numbers(locale: Locale, draft: Draft, request: Request) -> AnyView {
    let fault = move |field: &'static str| {
        Signal::derive(move || {
            request.error().and_then(|error| failures::of_field(locale, &error, field))
        })
    };
    view! {
        <div class="result-filter">
            <NumberInput
                field=FieldSpec::new("rule-most", text!(locale, surveys.rule_invitations))
                    .optional().fault(fault("invitations_max"))
                value=draft.most
            />
            <NumberInput
                field=FieldSpec::new("rule-window", text!(locale, surveys.rule_window))
                    .fault(fault("window_days"))
                value=draft.window
            />
            <NumberInput
                field=FieldSpec::new("rule-gap", text!(locale, surveys.rule_gap_days))
                    .optional().fault(fault("gap_days"))
                value=draft.gap
            />
        </div>
    }
    .into_any()
}

/// To what it holds.
fn scope(locale: Locale, draft: Draft, owners: Vec<Choice>, list: &FatigueRuleList) -> AnyView {
    let surveys = list.surveys.iter();
    let surveys =
        surveys.map(|one| Choice::new(one.id.to_string(), one.name.pick(locale))).collect();
    let kinds = JourneyType::ALL.iter();
    let kinds = kinds
        .map(|one| Choice::new(one.as_str(), crate::journeys::type_word(locale, *one)))
        .collect();
    let channels = Channel::ALL.iter();
    let channels =
        channels.map(|one| Choice::new(one.as_str(), words::channel(locale, *one))).collect();
    view! {
        <div class="result-filter">
            <Select
                field=FieldSpec::new("rule-owner", text!(locale, journeys.draft_owner))
                value=draft.owner
                choices=owners
            />
            <Select
                field=FieldSpec::new("rule-survey", text!(locale, surveys.rule_survey))
                value=draft.survey
                choices=surveys
                empty=Some(text!(locale, surveys.rule_all_surveys).to_owned())
            />
            <Select
                field=FieldSpec::new("rule-kind", text!(locale, journeys.encounter_type))
                value=draft.kind
                choices=kinds
                empty=Some(text!(locale, surveys.rule_all_types).to_owned())
            />
            <Select
                field=FieldSpec::new("rule-channel", text!(locale, surveys.delivery_channel))
                value=draft.channel
                choices=channels
                empty=Some(text!(locale, surveys.rule_all_channels).to_owned())
            />
        </div>
    }
    .into_any()
}
