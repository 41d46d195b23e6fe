//! Where one can go: one list for the navigation, the command palette and the keys.

use px360_domain::access::Permission;
use px360_domain::accounts::Me;
use px360_domain::saved_views::{ListName, OpeningView};
use px360_domain::{Locale, paths};

use super::frame::Opening;
use crate::actions::Address;
use crate::journeys::first_section;
use crate::records;

/// A page that the frame leads to.
#[derive(Clone)]
pub(super) struct Place {
    /// Its address.
    pub(super) path: String,
    /// What the addresses of all its pages begin with.
    pub(super) section: String,
    /// What else the addresses of its pages may begin with.
    pub(super) also: Option<String>,
    /// Its picture.
    pub(super) icon: &'static str,
    /// What it is called.
    pub(super) label: &'static str,
    /// What it is called in the other language: people look for that too.
    pub(super) other_label: &'static str,
    /// The key that leads there after G, by its code.
    pub(super) code: &'static str,
    /// Both keys as they are printed.
    pub(super) keys: &'static str,
}

/// The pages that this person may see.
pub(super) fn places(locale: Locale, me: &Me) -> Vec<Place> {
    let away = locale.other();
    [
        (
            Some(Permission::DashboardRead),
            Place {
                path: paths::command_center(locale),
                section: paths::command_center(locale),
                also: None,
                icon: "gauge",
                label: text!(locale, common.nav_command_center),
                other_label: text!(away, common.nav_command_center),
                code: "KeyD",
                keys: "G D",
            },
        ),
        (
            Some(Permission::ActionRead),
            Place {
                path: paths::actions(locale),
                section: paths::actions(locale),
                also: None,
                icon: "list-checks",
                label: text!(locale, common.nav_actions),
                other_label: text!(away, common.nav_actions),
                code: "KeyA",
                keys: "G A",
            },
        ),
        (Some(Permission::HospitalRead), journeys(locale, me)),
        (Some(Permission::SurveyRead), surveys(locale)),
        (
            None,
            Place {
                path: paths::notifications(locale),
                section: paths::notifications(locale),
                also: None,
                icon: "bell",
                label: text!(locale, common.notifications),
                other_label: text!(away, common.notifications),
                code: "KeyI",
                keys: "G I",
            },
        ),
        // Everybody who sees any kind of record sees hospitals.
        (Some(Permission::HospitalRead), all_records(locale, me)),
        (
            Some(Permission::AuditRead),
            Place {
                path: paths::audit(locale),
                section: paths::audit(locale),
                also: None,
                icon: "file-text",
                label: text!(locale, common.nav_audit),
                other_label: text!(away, common.nav_audit),
                code: "KeyL",
                keys: "G L",
            },
        ),
    ]
    .into_iter()
    .filter(|(_, place)| !place.path.is_empty())
    .filter(|(permission, _)| permission.is_none_or(|permission| me.may(permission)))
    .map(|(_, place)| place)
    .collect()
}

/// The first list of records that this person may see.
fn all_records(locale: Locale, me: &Me) -> Place {
    Place {
        path: records::first_page(locale, me).unwrap_or_else(|| paths::home(locale)),
        section: paths::records(locale),
        also: None,
        icon: "hospital",
        label: text!(locale, records.title),
        other_label: text!(locale.other(), records.title),
        code: "KeyR",
        keys: "G R",
    }
}

/// What patients are asked.
fn surveys(locale: Locale) -> Place {
    Place {
        path: paths::surveys(locale),
        section: paths::surveys(locale),
        also: None,
        icon: "clipboard-list",
        label: text!(locale, surveys.title),
        other_label: text!(locale.other(), surveys.title),
        code: "KeyS",
        keys: "G S",
    }
}

/// The first page about journeys that this person may see; without an address where there is none.
fn journeys(locale: Locale, me: &Me) -> Place {
    Place {
        path: first_section(locale, me).unwrap_or_default(),
        section: paths::journeys(locale),
        also: Some(format!("/{locale}/{}", paths::INTEGRATIONS)),
        icon: "route",
        label: text!(locale, journeys.nav),
        other_label: text!(locale.other(), journeys.nav),
        code: "KeyJ",
        keys: "G J",
    }
}

/// Where the queue opens for this person: at the view that they chose, or as it is for everybody.
/// None as long as that is not known.
pub(crate) fn opening_address(locale: Locale, opening: Option<Opening>) -> Option<String> {
    let Some(Opening(opening)) = opening else { return Some(paths::actions(locale)) };
    let views = opening.get()?.unwrap_or_default();
    let first = views.into_iter().find(|view| view.look.list() == ListName::Actions);
    Some(match first {
        Some(OpeningView { id, look }) => Address::of_view(id, &look).href(locale),
        None => paths::actions(locale),
    })
}
