//! The roles and what they allow: the policy, as people read it.

use leptos::prelude::*;
use px360_domain::access::{Permission, Role, policy};

use super::words::{permission_word, role_word, scope_word};
use crate::ui::heading::PageHeading;

/// A line for each permission, a column for each role. The table is the one that the server asks; there
/// is nothing to load and nothing to change.
#[component]
pub(crate) fn RolesPage() -> impl IntoView {
    let locale = crate::texts::current();
    let heads = Role::ALL
        .iter()
        .map(|&role| {
            let level = text!(locale, account.level, level = role.level());
            view! {
                <th scope="col">
                    {role_word(locale, role)} <span class="hint role-level">{level}</span>
                </th>
            }
        })
        .collect_view();
    let lines = Permission::ALL
        .iter()
        .filter_map(|&permission| {
            let word = permission_word(locale, permission)?;
            let cells = Role::ALL.iter().map(|&role| match policy(role, permission) {
                Some(scope) => view! { <td>{scope_word(locale, scope)}</td> }.into_any(),
                None => view! {
                    <td>
                        <span aria-hidden="true">"–"</span>
                        <span class="visually-hidden">{text!(locale, account.not_allowed)}</span>
                    </td>
                }
                .into_any(),
            });
            Some(view! {
                <tr>
                    <th scope="row">{word}</th>
                    {cells.collect_view()}
                </tr>
            })
        })
        .collect_view();
    let title = text!(locale, account.roles);
    view! {
        <header class="page-head">
            <PageHeading title=title/>
        </header>
        <p class="hint">{text!(locale, account.roles_text)}</p>
        <div class="table-frame" role="region" aria-label=title tabindex="0">
            <table class="table table-roles">
                <caption class="visually-hidden">{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(locale, account.permission)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}
