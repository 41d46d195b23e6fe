//! What somebody else may do, and the ways back in for whoever lost theirs: beside their record.

use leptos::prelude::*;
use px360_domain::access::Role;
use px360_domain::accounts::{Delegations, Grant, TemporaryPassword, UserRole, UserRoles};
use px360_domain::ids::UserId;
use px360_domain::{Failure, Locale};

use super::delegations::DelegationsCard;
use super::server_fns::{
    account_grant_role, account_reset_password, account_reset_second_factor, account_revoke_role,
};
use super::words::role_word;
use crate::UiError;
use crate::loaded::Loaded;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::card::Card;
use crate::ui::combobox::{Combobox, Pick, Search};
use crate::ui::dialog::ConfirmDialog;
use crate::ui::failures;
use crate::ui::fields::{Choice, FieldSpec, Select};
use crate::ui::numbers::Code;
use crate::ui::toast::Toasts;

/// Where the places of roles are found.
#[derive(Clone)]
pub(crate) struct Places {
    /// Hospitals.
    pub(crate) hospitals: Search,
    /// Departments.
    pub(crate) departments: Search,
}

/// The roles of somebody, and two ways back in.
#[component]
pub(crate) fn UserAccess(
    /// Whose.
    id: UserId,
    /// Their roles.
    roles: Loaded<UserRoles>,
    /// When they are away.
    delegations: Loaded<Delegations>,
    /// Where places are found.
    places: Places,
) -> impl IntoView {
    let locale = crate::texts::current();
    move || {
        let UserRoles { items, may_give, may_secure } = roles.get()?.ok()?;
        let changed = Callback::new(move |()| roles.refetch());
        let none = items.is_empty().then(|| {
            view! { <p class="hint">{text!(locale, account.no_roles)}</p> }
        });
        let lines = items.into_iter().map(|held| line(locale, id, held, changed)).collect_view();
        let places = places.clone();
        let give = (!may_give.is_empty()).then(|| {
            view! { <Give id=id roles=may_give places=places changed=changed/> }
        });
        Some(view! {
            <Card title=text!(locale, account.user_roles) id="user-roles">
                {none}
                <ul class="sessions">{lines}</ul>
                {give}
            </Card>
            <DelegationsCard user=Some(id) delegations=delegations/>
            {may_secure.then(|| view! { <WaysBackIn id=id/> })}
        })
    }
}

fn line(locale: Locale, id: UserId, held: UserRole, changed: Callback<()>) -> AnyView {
    let request = Request::new();
    let UserRole { grant, place, may_revoke } = held;
    let role = role_word(locale, grant.role);
    let place = place.map_or_else(
        || text!(locale, account.whole_group).to_owned(),
        |place| place.pick(locale).to_owned(),
    );
    let revoke = Callback::new(move |()| {
        request.send(account_revoke_role(id, grant.clone()), move |()| changed.run(()));
    });
    let button = may_revoke.then(|| {
        view! {
            <Button
                label=text!(locale, account.role_revoke, role = role)
                icon="trash-2"
                look=ButtonLook::Quiet
                pending=request.pending()
                press=revoke
            />
        }
    });
    view! {
        <li class="session">
            <p class="session-head">
                <strong>{role}</strong>
                " – "
                <bdi dir="auto">{place}</bdi>
            </p>
            {button}
            <InlineError error=Signal::derive(move || request.error())/>
        </li>
    }
    .into_any()
}

/// One role more: which, and where it holds.
#[component]
fn Give(
    /// To whom.
    id: UserId,
    /// The roles that can be given.
    roles: Vec<Role>,
    /// Where places are found.
    places: Places,
    /// Runs after one was given.
    changed: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let role = RwSignal::new(String::new());
    let (hospital, department) = (RwSignal::new(None::<Pick>), RwSignal::new(None::<Pick>));
    let (request, missing) = (Request::new(), RwSignal::new(false));
    let toasts = use_context::<Toasts>();
    let error = Signal::derive(move || match missing.get() {
        true => Some(UiError::from(Failure::invalid("role", "required"))),
        false => request.error(),
    });
    let fault = move |name: &'static str| {
        Signal::derive(move || failures::of_field(locale, error.read().as_ref()?, name))
    };
    let give = Callback::new(move |()| {
        let chosen = role.read_untracked().parse::<Role>();
        missing.set(chosen.is_err());
        let Ok(chosen) = chosen else { return };
        let grant = Grant {
            role: chosen,
            hospital_id: picked(hospital),
            department_id: picked(department),
        };
        request.send(account_grant_role(id, grant), move |()| {
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, account.role_given));
            }
            changed.run(());
        });
    });
    let choices =
        roles.into_iter().map(|role| Choice::new(role.as_str(), role_word(locale, role))).collect();
    let empty = Some(text!(locale, account.role_choose).to_owned());
    view! {
        <form
            class="stack"
            on:submit=move |ev| {
                ev.prevent_default();
                give.run(());
            }
        >
            <Select
                field=FieldSpec::new("role", text!(locale, account.role)).fault(fault("role"))
                value=role
                choices=choices
                empty=empty
            />
            <Combobox
                field=FieldSpec::new("role-hospital", text!(locale, account.scope_hospital))
                    .hint(text!(locale, account.role_hospital_hint))
                    .optional()
                    .fault(fault("hospital_id"))
                value=hospital
                search=places.hospitals
            />
            <Combobox
                field=FieldSpec::new("role-department", text!(locale, account.role_department))
                    .hint(text!(locale, account.role_department_hint))
                    .optional()
                    .fault(fault("department_id"))
                value=department
                search=places.departments
            />
            <InlineError error=Signal::derive(move || failures::beside_fields(error.get()))/>
            <div class="form-foot">
                <button r#type="submit" hidden></button>
                <Button
                    label=text!(locale, account.role_give)
                    pending=request.pending()
                    press=give
                />
            </div>
        </form>
    }
}

fn picked<T: std::str::FromStr>(pick: RwSignal<Option<Pick>>) -> Option<T> {
    pick.get_untracked()?.value.parse().ok()
}

/// A temporary password, and the end of a lost second factor.
#[component]
fn WaysBackIn(
    /// For whom.
    id: UserId,
) -> impl IntoView {
    let locale = crate::texts::current();
    let request = Request::new();
    let (ask_password, ask_factor) = (RwSignal::new(false), RwSignal::new(false));
    let given = RwSignal::new(None::<TemporaryPassword>);
    let toasts = use_context::<Toasts>();
    let reset_password = Callback::new(move |()| {
        ask_password.set(false);
        request.send(account_reset_password(id), move |password| given.set(Some(password)));
    });
    let reset_factor = Callback::new(move |()| {
        ask_factor.set(false);
        request.send(account_reset_second_factor(id), move |()| {
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, account.factor_was_reset));
            }
        });
    });
    let shown = move || {
        given.get().map(|given| {
            view! {
                <div class="alert alert-info" role="status">
                    <p>
                        {text!(locale, account.temporary_password)}
                        " "
                        <Code text=given.password.expose().to_owned()/>
                    </p>
                </div>
            }
        })
    };
    view! {
        <Card title=text!(locale, account.ways_back) id="ways-back">
            <p class="hint">{text!(locale, account.ways_back_text)}</p>
            {shown}
            <InlineError error=Signal::derive(move || request.error())/>
            <div class="form-foot">
                <Button
                    label=text!(locale, account.reset_password)
                    pending=request.pending()
                    press=Callback::new(move |()| ask_password.set(true))
                />
                <Button
                    label=text!(locale, account.reset_factor)
                    pending=request.pending()
                    press=Callback::new(move |()| ask_factor.set(true))
                />
            </div>
        </Card>
        <ConfirmDialog
            id="reset-password"
            title=text!(locale, account.reset_password)
            consequence=text!(locale, account.reset_password_text)
            deed=text!(locale, account.reset_password)
            open=ask_password
            confirm=reset_password
        />
        <ConfirmDialog
            id="reset-factor"
            title=text!(locale, account.reset_factor)
            consequence=text!(locale, account.reset_factor_text)
            deed=text!(locale, account.reset_factor)
            open=ask_factor
            confirm=reset_factor
        />
    }
}
