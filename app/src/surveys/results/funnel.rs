//! How invitations became answers, and why some were not sent.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::results::{QuotaStanding, SurveyFunnel, SurveyResults};

use crate::notifications::reason_word;
use crate::ui::card::Card;
use crate::ui::marks::StackedBar;
use crate::ui::numbers::{Num, grouped, percent_of};

pub(super) fn funnel(locale: Locale, results: &SurveyResults) -> AnyView {
    let SurveyFunnel {
        created,
        sent,
        delivered,
        opened,
        started,
        completed,
        reversed,
        waiting,
        expired,
        screened_out,
        ..
    } = results.funnel;
    let rate = percent_of(completed, sent).unwrap_or_else(|| "–".to_owned());
    let step = move |name: &'static str, count: i64, of: i64| {
        let rest = (created - count).max(0);
        let share = percent_of(count, of);
        view! {
            <li class="step">
                <span class="step-name">{name}</span>
                <strong class="step-count">
                    <Num text=grouped(count)/>
                    {share.map(|share| view! { " " <span class="hint"><Num text=share/></span> })}
                </strong>
                <StackedBar parts=vec![("step-done", count), ("step-rest", rest)]/>
            </li>
        }
    };
    let not_sent =
        results.funnel.suppressed.iter().map(|one| (reason_word(locale, one.reason), one.count));
    let others = [
        (text!(locale, surveys.waiting), waiting),
        (text!(locale, surveys.reversed), reversed),
        (text!(locale, surveys.expired), expired),
        (text!(locale, surveys.screened_out), screened_out),
    ];
    let others = not_sent
        .chain(others)
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| view! { <li>{name} ": " <Num text=grouped(count)/></li> })
        .collect_view();
    let took = results.seconds.filter(|seconds| *seconds > 0).map(|seconds| {
        let minutes = (seconds + 59) / 60;
        text!(locale, surveys.median_time, count = minutes).to_string()
    });
    let quotas = quotas(locale, &results.quotas);
    view! {
        <Card title=text!(locale, surveys.funnel) id="funnel">
            <p class="tile-note">
                {text!(locale, analytics.response_rate)} " " <strong><Num text=rate/></strong>
                {took.map(|took| view! { " · " {took} })}
            </p>
            <ol class="funnel">
                {step(text!(locale, analytics.funnel_created), created, 0)}
                {step(text!(locale, analytics.funnel_sent), sent, created)}
                // Nobody knows it where providers say nothing.
                {(delivered > 0).then(|| step(text!(locale, surveys.funnel_delivered), delivered, sent))}
                {step(text!(locale, surveys.funnel_opened), opened, sent)}
                {step(text!(locale, analytics.funnel_started), started, sent)}
                {step(text!(locale, analytics.funnel_completed), completed, started)}
            </ol>
            <ul class="funnel-others">{others}</ul>
            {quotas}
        </Card>
    }
    .into_any()
}

/// How full each quota is.
fn quotas(locale: Locale, quotas: &[QuotaStanding]) -> Option<AnyView> {
    (!quotas.is_empty()).then(|| {
        let quotas = quotas.iter().map(|quota| {
            let (counted, size) = (i64::from(quota.counted), i64::from(quota.at_most));
            let of =
                text!(locale, surveys.quota_of, counted = grouped(counted), size = grouped(size))
                    .to_string();
            view! {
                <li class="step">
                    <span class="step-name"><bdi>{quota.name.pick(locale).to_owned()}</bdi></span>
                    <strong class="step-count">{of}</strong>
                    <StackedBar parts=vec![
                        ("step-done", counted),
                        ("step-rest", (size - counted).max(0)),
                    ]/>
                </li>
            }
        });
        view! {
            <h3>{text!(locale, surveys.quotas)}</h3>
            <ul class="funnel">{quotas.collect_view()}</ul>
        }
        .into_any()
    })
}
