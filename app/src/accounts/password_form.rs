//! A new password.

use leptos::prelude::*;
use px360_domain::accounts::{ChangePassword, Hidden};

use super::server_fns::account_change_password;
use crate::layout::MeResource;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::card::Card;
use crate::ui::failures;
use crate::ui::fields::{FieldSpec, TextInput};
use crate::ui::toast::Toasts;

/// The form that changes one's own password.
#[component]
pub(super) fn PasswordForm(
    /// Whose: for the browser's own store of passwords.
    username: String,
    /// It is changed.
    changed: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let request = Request::new();
    let toasts = use_context::<Toasts>();
    let me = use_context::<MeResource>();
    let save = Callback::new(move |()| {
        let cmd = ChangePassword {
            current: Hidden::from(current.get_untracked()),
            new: Hidden::from(new.get_untracked()),
        };
        request.send(account_change_password(cmd), move |()| {
            let _gone = current.try_set(String::new());
            let _gone = new.try_set(String::new());
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, account.password_saved));
            }
            // A temporary password closed the rest of the house; it is open now.
            if let Some(MeResource(me)) = me {
                me.refetch();
            }
            changed.try_run(());
        });
    });
    let fault = move |field: &'static str| {
        Signal::derive(move || failures::of_field(locale, &request.error()?, field))
    };
    view! {
        <Card title=text!(locale, account.password) id="password">
            <form
                class="stack"
                on:submit=move |ev| {
                    ev.prevent_default();
                    save.run(());
                }
            >
                <input r#type="text" autocomplete="username" value=username readonly hidden/>
                <TextInput
                    field=FieldSpec::new("current-password", text!(locale, account.password_current))
                        .fault(fault("current"))
                    value=current
                    kind="password"
                    autocomplete="current-password"
                />
                <TextInput
                    field=FieldSpec::new("new-password", text!(locale, account.password_new))
                        .hint(text!(locale, account.password_hint))
                        .fault(fault("new"))
                    value=new
                    kind="password"
                    autocomplete="new-password"
                />
                <p class="hint">{text!(locale, account.password_ends)}</p>
                <InlineError error=Signal::derive(move || failures::beside_fields(request.error()))/>
                <div class="form-foot">
                    <button r#type="submit" hidden></button>
                    <Button
                        label=text!(locale, account.save_password)
                        look=ButtonLook::Primary
                        pending=request.pending()
                        press=save
                    />
                </div>
            </form>
        </Card>
    }
}
