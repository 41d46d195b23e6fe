//! The pages about surveys, side by side.

use leptos::prelude::*;
use px360_domain::access::Permission;
use px360_domain::{Locale, paths};

use crate::layout::MeResource;
use crate::ui::view_tabs::{ViewTab, ViewTabs};

/// One of these pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// What is asked.
    Surveys,
    /// Surveys one by one.
    Instances,
    /// Codes on walls.
    Posters,
    /// What became of messages to patients.
    Deliveries,
    /// How often patients are asked.
    Rules,
}

impl Section {
    const ALL: [Self; 5] =
        [Self::Surveys, Self::Instances, Self::Posters, Self::Deliveries, Self::Rules];

    /// Who sees it.
    const fn needs(self) -> Permission {
        match self {
            Self::Surveys | Self::Instances | Self::Posters => Permission::SurveyRead,
            Self::Deliveries | Self::Rules => Permission::NotificationRead,
        }
    }

    fn page(self, locale: Locale) -> String {
        match self {
            Self::Surveys => paths::surveys(locale),
            Self::Instances => paths::survey_instances(locale),
            Self::Posters => paths::survey_posters(locale),
            Self::Deliveries => paths::deliveries(locale),
            Self::Rules => paths::fatigue_rules(locale),
        }
    }

    fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Surveys => text!(locale, surveys.title),
            Self::Instances => text!(locale, surveys.instances),
            Self::Posters => text!(locale, surveys.posters),
            Self::Deliveries => text!(locale, surveys.deliveries),
            Self::Rules => text!(locale, surveys.rules),
        }
    }
}

/// A link to each of these pages that this person may see.
#[component]
pub(crate) fn Sections(
    /// The one that is shown.
    current: Section,
) -> impl IntoView {
    let locale = crate::texts::current();
    let me = use_context::<MeResource>();
    let tabs = move || {
        let me = me.and_then(|MeResource(me)| me.get())?.ok()?;
        let tabs = Section::ALL
            .into_iter()
            .filter(|section| me.may(section.needs()))
            .map(|section| {
                let (label, href) = (section.label(locale), section.page(locale));
                ViewTab::of_page(label, href, section == current)
            })
            .collect();
        Some(view! { <ViewTabs label=text!(locale, surveys.sections) tabs=tabs/> })
    };
    view! { <Suspense>{tabs}</Suspense> }
}
