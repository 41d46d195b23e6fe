//! Where one can go: one list for the navigation, the command palette and the keys.

use px360_domain::access::Permission;
use px360_domain::accounts::Me;
use px360_domain::{Locale, paths};

/// A page that the frame leads to.
#[derive(Clone)]
pub(super) struct Place {
    /// Its address.
    pub(super) path: String,
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
            Permission::DashboardRead,
            Place {
                path: paths::command_center(locale),
                icon: "gauge",
                label: text!(locale, common.nav_command_center),
                other_label: text!(away, common.nav_command_center),
                code: "KeyD",
                keys: "G D",
            },
        ),
        (
            Permission::ActionRead,
            Place {
                path: paths::actions(locale),
                icon: "list-checks",
                label: text!(locale, common.nav_actions),
                other_label: text!(away, common.nav_actions),
                code: "KeyA",
                keys: "G A",
            },
        ),
    ]
    .into_iter()
    .filter(|(permission, _)| me.may(*permission))
    .map(|(_, place)| place)
    .collect()
}
