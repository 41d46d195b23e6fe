//! When somebody is away, who stands in, and for whom they stand in themselves.

use leptos::prelude::*;
use px360_domain::accounts::{Delegate, Delegation, Delegations};
use px360_domain::ids::{DelegationId, UserId};
use px360_domain::{Failure, FieldFault, Locale};

use super::server_fns::{account_delegate, account_deputies, account_end_delegation};
use crate::UiError;
use crate::loaded::Loaded;
use crate::request::Request;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, InlineError};
use crate::ui::card::Card;
use crate::ui::combobox::{Combobox, Pick, Search};
use crate::ui::dates::date;
use crate::ui::failures;
use crate::ui::fields::{DateInput, FieldSpec};
use crate::ui::numbers::isolated_words;
use crate::ui::toast::Toasts;

/// The times away of somebody, each with a button that ends it, and a form for one more.
#[component]
pub(crate) fn DelegationsCard(
    /// Whose; one's own when none.
    user: Option<UserId>,
    /// What is not over.
    delegations: Loaded<Delegations>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let request = Request::new();
    let toasts = use_context::<Toasts>();
    let end = Callback::new(move |(id, in_force): (DelegationId, bool)| {
        request.send(account_end_delegation(id), move |()| {
            if let Some(toasts) = toasts {
                toasts.say(if in_force {
                    text!(locale, account.away_ended)
                } else {
                    text!(locale, account.away_taken_back)
                });
            }
            delegations.refetch();
        });
    });
    move || {
        let Delegations { away, standing_in, may_delegate } = delegations.get()?.ok()?;
        // Whoever looks after nothing has nothing to hand over.
        if !may_delegate && away.is_empty() && standing_in.is_empty() {
            return None;
        }
        let for_others = standing_in
            .into_iter()
            .map(|one| {
                let name = one.user.name.pick(locale).to_owned();
                let title = text!(locale, account.away_for, name = isolated_words(&name));
                line(locale, &one, title, None)
            })
            .collect_view();
        let own = away
            .into_iter()
            .map(|one| {
                let name = one.deputy.name.pick(locale).to_owned();
                let title = text!(locale, account.away_deputy_is, name = isolated_words(&name));
                let which = (one.id, one.in_force);
                let press = Callback::new(move |()| end.run(which));
                line(locale, &one, title, may_delegate.then_some((press, request)))
            })
            .collect_view();
        let form = may_delegate.then(|| view! { <Hand user=user delegations=delegations/> });
        Some(view! {
            <Card title=text!(locale, account.away) id="away">
                <p class="hint">{text!(locale, account.away_text)}</p>
                <ul class="sessions">{own} {for_others}</ul>
                <InlineError error=Signal::derive(move || request.error())/>
                {form}
            </Card>
        })
    }
}

fn line(
    locale: Locale,
    one: &Delegation,
    title: String,
    end: Option<(Callback<()>, Request)>,
) -> AnyView {
    let days = text!(
        locale,
        account.away_days,
        from = date(locale, one.starts_on),
        until = date(locale, one.ends_on)
    );
    let mark = one.in_force.then(|| {
        view! { <Badge tone=Tone::Info icon="user-round-check" label=text!(locale, account.away_now)/> }
    });
    let label = if one.in_force {
        text!(locale, account.away_end)
    } else {
        text!(locale, account.away_take_back)
    };
    let button = end.map(|(press, request)| {
        view! { <Button label=label pending=request.pending() press=press/> }
    });
    view! {
        <li class="session">
            <p class="session-head"><strong>{title}</strong> " " {mark}</p>
            <p>{days}</p>
            {button}
        </li>
    }
    .into_any()
}

/// The form: who stands in, from when, until when.
#[component]
fn Hand(
    /// Whose actions; one's own when none.
    user: Option<UserId>,
    /// What is shown again afterwards.
    delegations: Loaded<Delegations>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let deputy = RwSignal::new(None::<Pick>);
    let (starts_on, ends_on) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (request, missing) = (Request::new(), RwSignal::new(None::<UiError>));
    let toasts = use_context::<Toasts>();
    let error = Signal::derive(move || missing.get().or_else(|| request.error()));
    let fault = move |name: &'static str| {
        Signal::derive(move || failures::of_field(locale, error.read().as_ref()?, name))
    };
    let save = Callback::new(move |()| {
        let read = read(
            user,
            deputy.get_untracked(),
            &starts_on.read_untracked(),
            &ends_on.read_untracked(),
        );
        let cmd = match read {
            Ok(cmd) => cmd,
            Err(failure) => return missing.set(Some(failure.into())),
        };
        missing.set(None);
        request.send(account_delegate(cmd), move |()| {
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, account.away_saved));
            }
            delegations.refetch();
        });
    });
    view! {
        <form
            class="stack"
            on:submit=move |ev| {
                ev.prevent_default();
                save.run(());
            }
        >
            <Combobox
                field=FieldSpec::new("deputy_id", text!(locale, account.away_deputy))
                    .hint(text!(locale, account.away_deputy_hint))
                    .fault(fault("deputy_id"))
                value=deputy
                search=colleagues(locale, user)
            />
            <div class="field-pair">
                <DateInput
                    field=FieldSpec::new("starts_on", text!(locale, account.away_from))
                        .fault(fault("starts_on"))
                    value=starts_on
                />
                <DateInput
                    field=FieldSpec::new("ends_on", text!(locale, account.away_until))
                        .fault(fault("ends_on"))
                    value=ends_on
                />
            </div>
            <InlineError error=Signal::derive(move || failures::beside_fields(error.get()))/>
            <div class="form-foot">
                <button r#type="submit" hidden></button>
                <Button
                    label=text!(locale, account.away_save)
                    pending=request.pending()
                    press=save
                />
            </div>
        </form>
    }
}

/// What the form says; every field that says nothing is named.
fn read(
    user: Option<UserId>,
    deputy: Option<Pick>,
    starts_on: &str,
    ends_on: &str,
) -> Result<Delegate, Failure> {
    let deputy = deputy.and_then(|pick| pick.value.parse().ok());
    let (first, last) = (starts_on.parse().ok(), ends_on.parse().ok());
    match (deputy, first, last) {
        (Some(deputy_id), Some(starts_on), Some(ends_on)) => {
            Ok(Delegate { user_id: user, deputy_id, starts_on, ends_on })
        }
        (deputy, first, last) => {
            let missing = [
                ("deputy_id", deputy.is_none()),
                ("starts_on", first.is_none()),
                ("ends_on", last.is_none()),
            ];
            let missing = missing.into_iter().filter(|(_, is_missing)| *is_missing);
            let faults = missing.map(|(field, _)| FieldFault::new(field, "required")).collect();
            Err(Failure::Invalid { faults })
        }
    }
}

/// Finds whoever could stand in.
fn colleagues(locale: Locale, user: Option<UserId>) -> Search {
    Search::new(move |search| async move {
        let found = account_deputies(user, search).await?;
        let picks = found.into_iter().map(|colleague| Pick {
            value: colleague.id.to_string(),
            label: colleague.name.pick(locale).to_owned(),
            detail: None,
            why_not: None,
        });
        Ok(picks.collect())
    })
}
