//! One's name, mail address, phone and language.

use leptos::prelude::*;
use px360_domain::accounts::{Profile, StaffMails, UpdateProfile};
use px360_domain::notifications::NotificationKind;
use px360_domain::{Bilingual, Locale};

use super::server_fns::account_update_profile;
use crate::layout::MeResource;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::card::Card;
use crate::ui::failures;
use crate::ui::fields::{
    BilingualField, Choice, DateInput, FieldSpec, PhoneInput, Select, TextInput,
};
use crate::ui::toast::Toasts;

/// The fields' values, as a browser's form has them.
#[derive(Clone, Copy)]
struct Fields {
    ar: RwSignal<String>,
    en: RwSignal<String>,
    email: RwSignal<String>,
    phone: RwSignal<String>,
    language: RwSignal<String>,
    mails: RwSignal<String>,
    /// Of each kind of thing; empty for as the rest.
    mails_of: [(NotificationKind, RwSignal<String>); NotificationKind::OF_STAFF.len()],
    snoozed_until: RwSignal<String>,
    /// The version of the row: one more with each change of ours.
    version: StoredValue<i64>,
}

impl Fields {
    fn of(profile: &Profile) -> Self {
        Self {
            ar: RwSignal::new(profile.name.ar.clone()),
            en: RwSignal::new(profile.name.en.clone()),
            email: RwSignal::new(profile.email.clone()),
            phone: RwSignal::new(profile.phone.clone().unwrap_or_default()),
            language: RwSignal::new(profile.language.to_string()),
            mails: RwSignal::new(profile.mails.to_string()),
            mails_of: NotificationKind::OF_STAFF.map(|kind| {
                let mails = profile.mails_of.get(&kind).map(StaffMails::to_string);
                (kind, RwSignal::new(mails.unwrap_or_default()))
            }),
            snoozed_until: RwSignal::new(
                profile.mails_snoozed_until.map(|day| day.to_string()).unwrap_or_default(),
            ),
            version: StoredValue::new(profile.version),
        }
    }

    fn read(self) -> UpdateProfile {
        UpdateProfile {
            version: self.version.get_value(),
            name: Bilingual::new(self.ar.get_untracked(), self.en.get_untracked()),
            email: self.email.get_untracked(),
            phone: Some(self.phone.get_untracked()),
            language: self.language.read_untracked().parse().unwrap_or(Locale::Ar),
            mails: self.mails.read_untracked().parse().unwrap_or_default(),
            mails_of: self
                .mails_of
                .iter()
                .filter_map(|(kind, mails)| Some((*kind, mails.read_untracked().parse().ok()?)))
                .collect(),
            mails_snoozed_until: self.snoozed_until.read_untracked().parse().ok(),
        }
    }
}

/// The form of one's own details.
#[component]
pub(super) fn DetailsForm(
    /// What it begins with.
    profile: Profile,
) -> impl IntoView {
    let locale = crate::texts::current();
    let fields = Fields::of(&profile);
    let request = Request::new();
    let toasts = use_context::<Toasts>();
    let me = use_context::<MeResource>();
    let save = Callback::new(move |()| {
        request.send(account_update_profile(fields.read()), move |()| {
            let _gone = fields.version.try_update_value(|version| *version += 1);
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, account.details_saved));
            }
            // The name stands above every page.
            if let Some(MeResource(me)) = me {
                me.refetch();
            }
        });
    });
    let fault = move |field: &'static str| {
        Signal::derive(move || failures::of_field(locale, &request.error()?, field))
    };
    view! {
        <Card title=text!(locale, account.details) id="details">
            <form
                class="stack"
                on:submit=move |ev| {
                    ev.prevent_default();
                    save.run(());
                }
            >
                <Username username=profile.username/>
                <BilingualField
                    field=FieldSpec::new("name", text!(locale, account.name)).fault(fault("name"))
                    ids=("name-ar", "name-en")
                    ar=fields.ar
                    en=fields.en
                />
                <TextInput
                    field=FieldSpec::new("email", text!(locale, account.email)).fault(fault("email"))
                    value=fields.email
                    kind="email"
                    autocomplete="email"
                />
                <PhoneInput
                    field=FieldSpec::new("phone", text!(locale, account.phone))
                        .optional()
                        .fault(fault("phone"))
                    value=fields.phone
                />
                {how_they_hear(locale, fields)}
                <DateInput
                    field=FieldSpec::new("mails_snoozed_until", text!(locale, account.mails_snoozed))
                        .optional()
                        .hint(text!(locale, account.mails_snoozed_hint))
                        .fault(fault("mails_snoozed_until"))
                    value=fields.snoozed_until
                />
                <InlineError error=Signal::derive(move || failures::beside_fields_of(request.error(), "profile_stale"))/>
                <div class="form-foot">
                    <button r#type="submit" hidden></button>
                    <Button
                        label=text!(locale, account.save_details)
                        look=ButtonLook::Primary
                        pending=request.pending()
                        press=save
                    />
                </div>
            </form>
        </Card>
    }
}

/// The name to sign in with, which is shown and stays.
#[component]
fn Username(
    /// The name.
    username: String,
) -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <TextInput
            field=FieldSpec::new("username", text!(locale, account.username))
                .locked(text!(locale, account.username_locked))
            value=RwSignal::new(username)
            autocomplete="username"
        />
    }
}

/// In which language they are told things, and how often by mail.
fn how_they_hear(locale: Locale, fields: Fields) -> AnyView {
    view! {
        <Select
            field=FieldSpec::new("language", text!(locale, account.language))
                .hint(text!(locale, account.language_hint))
            value=fields.language
            choices=languages()
        />
        <Select
            field=FieldSpec::new("mails", text!(locale, account.mails))
                .hint(text!(locale, account.mails_hint))
            value=fields.mails
            choices=mails(locale)
        />
        <details class="why">
            <summary>{text!(locale, account.mails_of)}</summary>
            {fields.mails_of.map(|(kind, value)| of_kind(locale, kind, value)).into_iter().collect_view()}
        </details>
    }
    .into_any()
}

/// How they are told of one kind of thing.
fn of_kind(locale: Locale, kind: NotificationKind, value: RwSignal<String>) -> AnyView {
    let (id, label) = match kind {
        NotificationKind::ActionEscalated => {
            ("mails-escalated", text!(locale, account.mails_escalated))
        }
        NotificationKind::ApprovalRequested => {
            ("mails-approval", text!(locale, account.mails_approval))
        }
        NotificationKind::ClosingRejected => {
            ("mails-rejected", text!(locale, account.mails_rejected))
        }
        NotificationKind::SourceSilent => ("mails-silent", text!(locale, account.mails_silent)),
        NotificationKind::SourceFailing => ("mails-failing", text!(locale, account.mails_failing)),
        NotificationKind::ActionAssigned => {
            ("mails-assigned", text!(locale, account.mails_assigned))
        }
        // Patients get these, and the digest is how often, not of what.
        NotificationKind::SurveyInvitation
        | NotificationKind::SurveyReminder
        | NotificationKind::SurveyTest
        | NotificationKind::StaffDigest => return ().into_any(),
    };
    view! {
        <Select
            field=FieldSpec::new(id, label)
            value=value
            choices=mails(locale)
            empty=Some(text!(locale, account.mails_as_above).to_owned())
        />
    }
    .into_any()
}

fn languages() -> Vec<Choice> {
    Locale::ALL
        .iter()
        .map(|&language| Choice::new(language.as_str(), text!(language, common.language_name)))
        .collect()
}

fn mails(locale: Locale) -> Vec<Choice> {
    let word = |mails: StaffMails| match mails {
        StaffMails::AtOnce => text!(locale, account.mails_at_once),
        StaffMails::Daily => text!(locale, account.mails_daily),
        StaffMails::InboxOnly => text!(locale, account.mails_inbox_only),
    };
    StaffMails::ALL.iter().map(|one| Choice::new(one.as_str(), word(*one))).collect()
}
