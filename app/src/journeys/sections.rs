//! The pages about journeys and about the messages that move them, side by side.

use leptos::prelude::*;
use px360_domain::access::Permission;
use px360_domain::accounts::Me;
use px360_domain::{Locale, paths};

use crate::layout::MeResource;
use crate::ui::view_tabs::{ViewTab, ViewTabs};

/// One of these pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// Who is where now.
    Board,
    /// All journeys.
    List,
    /// What journeys should be.
    Templates,
    /// Messages that are tried.
    TestBench,
    /// The log of messages.
    Events,
    /// What codes stand for.
    Mappings,
    /// The systems that send.
    Sources,
}

impl Section {
    const ALL: [Self; 7] = [
        Self::Board,
        Self::List,
        Self::Templates,
        Self::TestBench,
        Self::Events,
        Self::Mappings,
        Self::Sources,
    ];

    /// Who sees it.
    const fn needs(self) -> Permission {
        match self {
            Self::Board | Self::List | Self::Templates => Permission::JourneyRead,
            Self::TestBench => Permission::EventReplay,
            Self::Events | Self::Mappings => Permission::EventRead,
            Self::Sources => Permission::SourceRead,
        }
    }

    fn page(self, locale: Locale) -> String {
        match self {
            Self::Board => paths::journeys(locale),
            Self::List => paths::journey_list(locale),
            Self::Templates => paths::templates(locale),
            Self::TestBench => paths::test_bench(locale),
            Self::Events => paths::events(locale),
            Self::Mappings => paths::mappings(locale),
            Self::Sources => paths::sources(locale),
        }
    }

    fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Board => text!(locale, journeys.board),
            Self::List => text!(locale, journeys.all),
            Self::Templates => text!(locale, journeys.templates),
            Self::TestBench => text!(locale, journeys.test_bench),
            Self::Events => text!(locale, integrations.events),
            Self::Mappings => text!(locale, integrations.mappings),
            Self::Sources => text!(locale, integrations.sources),
        }
    }
}

/// The first of these pages that this person may see.
pub(crate) fn first_section(locale: Locale, me: &Me) -> Option<String> {
    let first = Section::ALL.into_iter().find(|section| me.may(section.needs()))?;
    Some(first.page(locale))
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
        Some(view! { <ViewTabs label=text!(locale, journeys.sections) tabs=tabs/> })
    };
    view! { <Suspense>{tabs}</Suspense> }
}
