//! Which messages are looked at.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use px360_domain::notifications::{Channel, DeliveryFilter, NotificationStatus, SuppressionReason};

use super::address;
use crate::notifications::words;
use crate::ui::fields::{Choice, FieldSpec, Select};

/// A choice for each part of the filter; choosing is asking.
#[component]
pub(super) fn FilterForm(
    /// What is asked.
    filter: DeliveryFilter,
) -> impl IntoView {
    let locale = crate::texts::current();
    let status = RwSignal::new(filter.status.map(|it| it.to_string()).unwrap_or_default());
    let reason = RwSignal::new(filter.reason.map(|it| it.to_string()).unwrap_or_default());
    let channel = RwSignal::new(filter.channel.map(|it| it.to_string()).unwrap_or_default());
    let navigate = use_navigate();
    Effect::new(move |began: Option<()>| {
        let asked = DeliveryFilter {
            status: status.read().parse().ok(),
            reason: reason.read().parse().ok(),
            channel: channel.read().parse().ok(),
            cursor: None,
            ..filter.clone()
        };
        if began.is_some() {
            let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate(&address::href(locale, &asked), options);
        }
    });
    let any = || Some(text!(locale, journeys.any).to_owned());
    let statuses = NotificationStatus::ALL.iter();
    let statuses =
        statuses.map(|one| Choice::new(one.as_str(), words::status(locale, *one))).collect();
    let reasons = SuppressionReason::ALL.iter();
    let reasons =
        reasons.map(|one| Choice::new(one.as_str(), words::reason(locale, *one))).collect();
    let channels = Channel::ALL.iter();
    let channels =
        channels.map(|one| Choice::new(one.as_str(), words::channel(locale, *one))).collect();
    view! {
        <div class="result-filter">
            <Select
                field=FieldSpec::new("delivery-status", text!(locale, surveys.delivery_status))
                value=status
                choices=statuses
                empty=any()
            />
            <Select
                field=FieldSpec::new("delivery-reason", text!(locale, surveys.delivery_reason))
                value=reason
                choices=reasons
                empty=any()
            />
            <Select
                field=FieldSpec::new("delivery-channel", text!(locale, surveys.delivery_channel))
                value=channel
                choices=channels
                empty=any()
            />
        </div>
    }
}
