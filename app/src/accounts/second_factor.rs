//! Two-step verification: setting it up, its recovery codes, and turning it off.

use leptos::prelude::*;
use px360_domain::accounts::{
    BeginSecondFactor, ConfirmSecondFactor, Hidden, ProveSecondFactor, RecoveryCodes, SecondFactor,
    SecondFactorOffer,
};

use super::server_fns::{
    account_begin_second_factor, account_confirm_second_factor, account_disable_second_factor,
    account_renew_recovery_codes,
};
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::card::Card;
use crate::ui::dates::date_time;
use crate::ui::facts::{Fact, Facts};
use crate::ui::failures;
use crate::ui::fields::{FieldSpec, TextInput};
use crate::ui::numbers::Code;
use crate::ui::qr::Qr;
use crate::ui::toast::Toasts;

/// What the card shows.
#[derive(Clone)]
enum Shown {
    Off,
    Offered(SecondFactorOffer),
    Begun(RecoveryCodes),
    On(SecondFactor),
}

/// What every state of the card needs.
#[derive(Clone, Copy)]
struct Deeds {
    shown: RwSignal<Shown>,
    request: Request,
    password: RwSignal<String>,
    code: RwSignal<String>,
    changed: Callback<()>,
}

impl Deeds {
    fn show(self, shown: Shown) {
        let _gone = self.password.try_set(String::new());
        let _gone = self.code.try_set(String::new());
        let _gone = self.shown.try_set(shown);
    }

    fn fault(self, field: &'static str) -> Signal<Option<String>> {
        let locale = crate::texts::current();
        Signal::derive(move || failures::of_field(locale, &self.request.error()?, field))
    }

    fn password_input(self) -> impl IntoView {
        let locale = crate::texts::current();
        let field = FieldSpec::new("factor-password", text!(locale, account.password_current))
            .fault(self.fault("password"));
        view! {
            <TextInput field=field value=self.password kind="password" autocomplete="current-password"/>
        }
    }

    fn code_input(self, label: &'static str) -> impl IntoView {
        let field = FieldSpec::new("factor-code", label).fault(self.fault("code"));
        view! { <TextInput field=field value=self.code autocomplete="one-time-code"/> }
    }

    /// Fields, what went wrong, and the one button.
    fn form(
        self,
        fields: AnyView,
        deed: &'static str,
        look: ButtonLook,
        run: Callback<()>,
    ) -> AnyView {
        self.form_with(fields, ().into_any(), deed, look, run)
    }

    /// The same with something before the button.
    fn form_with(
        self,
        fields: AnyView,
        before: AnyView,
        deed: &'static str,
        look: ButtonLook,
        run: Callback<()>,
    ) -> AnyView {
        let request = self.request;
        view! {
            <form
                class="stack"
                on:submit=move |ev| {
                    ev.prevent_default();
                    run.run(());
                }
            >
                {fields}
                <InlineError error=Signal::derive(move || failures::beside_fields(request.error()))/>
                <div class="form-foot">
                    <button r#type="submit" hidden></button>
                    {before}
                    <Button label=deed look=look pending=request.pending() press=run/>
                </div>
            </form>
        }
        .into_any()
    }
}

/// Whether a code is asked for besides the password, and the way to change that.
#[component]
pub(super) fn SecondFactorCard(
    /// The factor that is in use.
    factor: Option<SecondFactor>,
    /// Something is different now.
    changed: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let card = Deeds {
        shown: RwSignal::new(factor.map_or(Shown::Off, Shown::On)),
        request: Request::new(),
        password: RwSignal::new(String::new()),
        code: RwSignal::new(String::new()),
        changed,
    };
    view! {
        <Card title=text!(locale, account.second_factor) id="second-factor">
            {move || match card.shown.get() {
                Shown::Off => off(card),
                Shown::Offered(offer) => offered(card, offer),
                Shown::Begun(codes) => begun(card, codes),
                Shown::On(factor) => on(card, &factor),
            }}
        </Card>
    }
}

fn off(card: Deeds) -> AnyView {
    let locale = crate::texts::current();
    let begin = Callback::new(move |()| {
        let cmd = BeginSecondFactor { password: Hidden::from(card.password.get_untracked()) };
        card.request.send(account_begin_second_factor(cmd), move |offer| {
            card.show(Shown::Offered(offer));
        });
    });
    let fields = view! {
        <p>{text!(locale, account.second_factor_off)}</p>
        {card.password_input()}
    };
    card.form(fields.into_any(), text!(locale, account.begin), ButtonLook::Secondary, begin)
}

fn offered(card: Deeds, offer: SecondFactorOffer) -> AnyView {
    let locale = crate::texts::current();
    let SecondFactorOffer { secret, picture, .. } = offer;
    let confirm = Callback::new(move |()| {
        let cmd = ConfirmSecondFactor { code: Hidden::from(card.code.get_untracked()) };
        card.request.send(account_confirm_second_factor(cmd), move |codes| {
            card.show(Shown::Begun(codes));
        });
    });
    let fields = view! {
        <p>{text!(locale, account.scan)}</p>
        <Qr picture=picture label=text!(locale, account.picture)/>
        <Facts>
            <Fact name=text!(locale, account.secret)>
                <Code text=in_groups(secret.expose())/>
            </Fact>
        </Facts>
        {card.code_input(text!(locale, account.code))}
    };
    card.form(fields.into_any(), text!(locale, account.confirm), ButtonLook::Primary, confirm)
}

fn begun(card: Deeds, codes: RecoveryCodes) -> AnyView {
    let locale = crate::texts::current();
    let lines = codes
        .codes
        .iter()
        .map(|code| view! { <li><Code text=code.expose().to_owned()/></li> })
        .collect_view();
    view! {
        <div class="stack" role="status">
            <h3>{text!(locale, account.recovery_title)}</h3>
            <p>{text!(locale, account.recovery_text)}</p>
            <ul class="recovery-codes">{lines}</ul>
            <div class="form-foot">
                <Button
                    label=text!(locale, account.recovery_kept)
                    look=ButtonLook::Primary
                    press=Callback::new(move |()| card.changed.run(()))
                />
            </div>
        </div>
    }
    .into_any()
}

fn on(card: Deeds, factor: &SecondFactor) -> AnyView {
    let locale = crate::texts::current();
    let toasts = use_context::<Toasts>();
    let proof = move || ProveSecondFactor {
        password: Hidden::from(card.password.get_untracked()),
        code: Hidden::from(card.code.get_untracked()),
    };
    let renew = Callback::new(move |()| {
        card.request.send(account_renew_recovery_codes(proof()), move |codes| {
            card.show(Shown::Begun(codes));
        });
    });
    let renew = view! {
        <Button
            label=text!(locale, account.renew_codes)
            pending=card.request.pending()
            press=renew
        />
    };
    let disable = Callback::new(move |()| {
        card.request.send(account_disable_second_factor(proof()), move |()| {
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, account.disabled));
            }
            card.show(Shown::Off);
        });
    });
    let left = factor.recovery_codes_left;
    let since = date_time(locale, factor.since);
    let fields = view! {
        <Facts>
            <Fact name=text!(locale, account.second_factor_since)>{since}</Fact>
            <Fact name=text!(locale, account.recovery_title)>
                {text!(locale, account.codes_left, count = left)}
            </Fact>
        </Facts>
        {card.password_input()}
        {card.code_input(text!(locale, account.code_or_recovery))}
    };
    let deed = text!(locale, account.disable);
    card.form_with(fields.into_any(), renew.into_any(), deed, ButtonLook::Danger, disable)
}

/// Four letters each, as people type them.
fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}
