//! All rules about how often patients are asked.

use leptos::prelude::*;
use px360_domain::notifications::{FatigueRule, FatigueRuleList};
use px360_domain::{Bilingual, Locale};

use super::form::NewRule;
use crate::loaded::load;
use crate::notifications::server_fns::{notifications_remove_rule, notifications_rules};
use crate::notifications::words;
use crate::request::Request;
use crate::surveys::{Section, Sections};
use crate::ui::button::{IconButton, InlineError};
use crate::ui::card::Skeleton;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::grouped;
use crate::ui::problem::ProblemCard;

/// The rules, and a form for one more.
#[component]
pub(crate) fn FatigueRulesPage() -> impl IntoView {
    let locale = crate::texts::current();
    let rules = load(|| (), |()| notifications_rules());
    let reload = Callback::new(move |()| rules.refetch());
    let body = move || {
        rules.get().map(|rules| match rules {
            Ok(list) => view! { <All list=list reload=reload/> }.into_any(),
            Err(error) => view! { <ProblemCard error=error retry=reload/> }.into_any(),
        })
    };
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, surveys.rules)/>
        </header>
        <Sections current=Section::Rules/>
        <Transition fallback=|| view! { <Skeleton lines=6/> }>{body}</Transition>
    }
}

#[component]
fn All(
    /// What came back.
    list: FatigueRuleList,
    /// Shows what is true now.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let removing = Request::new();
    let writes = list.may_write_group || !list.hospitals.is_empty();
    let form = writes.then(|| view! { <NewRule list=list.clone() reload=reload/> });
    let none = list.items.is_empty().then(|| {
        view! { <p class="hint">{text!(locale, surveys.no_rules)}</p> }
    });
    let lines = list.items.iter().map(|rule| line(locale, rule, removing, reload)).collect_view();
    view! {
        <div class="template-page">
            <p class="hint">{text!(locale, surveys.rules_text)}</p>
            <div class="card">
                {none}
                <ul class="template-versions">{lines}</ul>
                <InlineError error=Signal::derive(move || removing.error()) reload=reload/>
            </div>
            {form}
        </div>
    }
}

/// What a rule says, in one line.
fn said(locale: Locale, rule: &FatigueRule) -> String {
    let days = rule.rule.window_days.unwrap_or_default();
    let most = rule
        .rule
        .invitations_max
        .map(|most| text!(locale, surveys.rule_max, count = days, most = most).to_string());
    let gap =
        rule.rule.gap_days.map(|days| text!(locale, surveys.rule_gap, count = days).to_string());
    most.into_iter().chain(gap).collect::<Vec<_>>().join(" · ")
}

fn line(locale: Locale, rule: &FatigueRule, removing: Request, reload: Callback<()>) -> AnyView {
    let name = |name: &Bilingual| view! { <bdi dir="auto">{name.pick(locale).to_owned()}</bdi> };
    let whose = match &rule.hospital {
        Some(hospital) => name(hospital).into_any(),
        None => text!(locale, journeys.whole_group).into_any(),
    };
    let survey = rule.survey.as_ref().map(|survey| view! { <span>{name(survey)}</span> });
    let department = rule.department.as_ref().map(|it| view! { <span>{name(it)}</span> });
    let kind = rule.rule.journey_type.map(|kind| {
        view! { <span>{crate::journeys::type_word(locale, kind)}</span> }
    });
    let channel =
        rule.rule.channel.map(|channel| view! { <span>{words::channel(locale, channel)}</span> });
    let (id, sentence) = (rule.id, said(locale, rule));
    let stopped = (rule.stopped > 0).then(|| {
        let shown = grouped(rule.stopped);
        view! { <span>{text!(locale, surveys.rule_stopped, count = rule.stopped, shown = shown).to_string()}</span> }
    });
    let remove = rule.may_remove.then(|| {
        let press = Callback::new(move |()| {
            removing.send(notifications_remove_rule(id), move |()| reload.run(()));
        });
        let label = text!(locale, surveys.take_rule_away, name = sentence.as_str()).to_string();
        view! { <IconButton label=label icon="trash-2" press=press/> }
    });
    view! {
        <li class="template-version">
            <strong>{sentence.clone()}</strong>
            <span class="template-owner"><Icon name="hospital"/>{whose}</span>
            {remove}
            <p class="places">{survey} {kind} {department} {channel} {stopped}</p>
        </li>
    }
    .into_any()
}
