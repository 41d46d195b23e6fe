//! The name of a view, and who finds it.

use leptos::prelude::*;
use px360_domain::access::{Permission, Role, policy};
use px360_domain::accounts::{HospitalName, Me};
use px360_domain::ids::{HospitalId, SavedViewId};
use px360_domain::saved_views::{
    Audience, ChangeView, Look, SaveView, SavedView, VIEW_NAME_CHARS_MAX,
};
use px360_domain::{Failure, Locale};

use super::server_fns::{saved_views_change, saved_views_save};
use crate::UiError;
use crate::layout::MeResource;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::dialog::{Dialog, DialogFoot};
use crate::ui::failures;
use crate::ui::fields::{Choice, FieldSpec, RadioGroup, Select, TextInput};
use crate::ui::toast::Toasts;

/// What the form begins with.
#[derive(Clone)]
pub(super) struct Form {
    look: Look,
    /// The view that is changed; none for a new one.
    view: Option<SavedView>,
}

impl Form {
    /// A new view.
    pub(super) fn of(look: Look) -> Self {
        Self { look, view: None }
    }

    /// A view that is there.
    pub(super) fn change(view: SavedView) -> Self {
        Self { look: view.look.clone(), view: Some(view) }
    }
}

/// The fields' values, as a browser's form has them.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    audience: RwSignal<String>,
    hospital: RwSignal<String>,
    role: RwSignal<String>,
}

impl Fields {
    fn of(form: &Form, places: &Places) -> Self {
        let view = form.view.as_ref();
        let audience = view.map_or(Audience::Personal, |view| view.audience);
        let role = view.and_then(|view| view.role).map(|role| role.to_string());
        Self {
            name: RwSignal::new(view.map(|view| view.name.clone()).unwrap_or_default()),
            audience: RwSignal::new(audience.to_string()),
            hospital: RwSignal::new(places.first(view)),
            role: RwSignal::new(role.unwrap_or_default()),
        }
    }

    fn read(self, form: &Form, places: &Places) -> SaveView {
        SaveView {
            name: self.name.get_untracked(),
            audience: self.audience.read_untracked().parse().unwrap_or(Audience::Personal),
            hospital_id: places.id_of(&self.hospital.read_untracked(), form.view.as_ref()),
            role: self.role.read_untracked().parse().ok(),
            look: form.look.clone(),
        }
    }
}

/// Where the reader may share; the server asks again.
#[derive(Clone)]
struct Places {
    /// With the whole group.
    group: bool,
    hospitals: Vec<HospitalName>,
}

impl Places {
    fn of(me: &Me) -> Self {
        let sharing =
            me.grants.iter().filter(|it| policy(it.role, Permission::ViewShare).is_some());
        let places: Vec<Option<HospitalId>> = sharing.map(|grant| grant.hospital_id).collect();
        let group = places.contains(&None);
        let reached = |it: &&HospitalName| group || places.contains(&Some(it.id));
        Self { group, hospitals: me.hospitals.iter().filter(reached).cloned().collect() }
    }

    fn anywhere(&self) -> bool {
        self.group || !self.hospitals.is_empty()
    }

    /// What stands in the field at first: where the view is shared, otherwise where one works.
    fn first(&self, view: Option<&SavedView>) -> String {
        let first = match view.filter(|view| view.audience != Audience::Personal) {
            Some(view) => self.hospitals.iter().find(|it| Some(it.id) == view.hospital_id),
            None => self.hospitals.first().filter(|_| !self.group),
        };
        first.map(|hospital| hospital.code.clone()).unwrap_or_default()
    }

    /// The hospital of this code. A field that was left alone leaves the view where it is, also where
    /// the reader knows no name for that place.
    fn id_of(&self, code: &str, view: Option<&SavedView>) -> Option<HospitalId> {
        let shared = view.filter(|view| view.audience != Audience::Personal);
        match shared.filter(|view| self.first(Some(view)) == code) {
            Some(view) => view.hospital_id,
            None => self.hospitals.iter().find(|it| it.code == code).map(|it| it.id),
        }
    }
}

/// A dialog that saves or changes a view.
#[component]
pub(super) fn ViewForm(
    /// The dialog's id.
    id: &'static str,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it begins with each time that it opens.
    form: StoredValue<Form>,
    /// It is kept; with the id of a new view.
    done: Callback<Option<SavedViewId>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let me = use_context::<MeResource>();
    view! {
        <Dialog id=id title=text!(locale, kit.view_save) open=open>
            {move || {
                let me = me.and_then(|MeResource(me)| me.get()).and_then(Result::ok);
                me.map(|me| view! { <Body me=me open=open form=form.get_value() after=done/> })
            }}
        </Dialog>
    }
}

#[component]
fn Body(
    /// The signed-in person.
    me: Me,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// What the form begins with.
    form: Form,
    /// It is kept.
    after: Callback<Option<SavedViewId>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let places = Places::of(&me);
    let fields = Fields::of(&form, &places);
    let request = Request::new();
    let toasts = use_context::<Toasts>();
    // Whoever may no longer share can still make a view of theirs their own again.
    let kept = form.view.as_ref().map_or(Audience::Personal, |view| view.audience);
    let share = (places.anywhere() || kept != Audience::Personal).then(|| {
        view! { <Sharing fields=fields places=places.clone() kept=kept/> }
    });
    let done = move |id: Option<SavedViewId>| {
        if let Some(toasts) = toasts {
            toasts.say(text!(locale, kit.view_saved));
        }
        let _gone = open.try_set(false);
        after.try_run(id);
    };
    let save = Callback::new(move |()| {
        let view = fields.read(&form, &places);
        match form.view.as_ref().map(|view| (view.id, view.version)) {
            None => request.send(saved_views_save(view), move |id| done(Some(id))),
            Some((id, version)) => {
                let cmd = ChangeView { version, view };
                request.send(saved_views_change(id, cmd), move |()| done(None));
            }
        }
    });
    let fault = Signal::derive(move || {
        let error = request.error()?;
        let taken = UiError::from(Failure::conflict("view_name_taken"));
        let taken = (error == taken).then(|| failures::sentence(locale, &error));
        taken.or_else(|| failures::of_field(locale, &error, "name"))
    });
    let error = Signal::derive(move || request.error().filter(|_| fault.read().is_none()));
    view! {
        <form
            class="dialog-form"
            on:submit=move |ev| {
                ev.prevent_default();
                save.run(());
            }
        >
            <TextInput
                field=FieldSpec::new("view-name", text!(locale, kit.view_name)).fault(fault)
                value=fields.name
                chars_max=VIEW_NAME_CHARS_MAX
            />
            {share}
            <InlineError error=error/>
            <DialogFoot open=open>
                <Button
                    label=text!(locale, kit.save)
                    look=ButtonLook::Primary
                    pending=request.pending()
                    press=save
                />
            </DialogFoot>
        </form>
    }
}

/// Who finds the view, for those who may decide that for others.
#[component]
fn Sharing(
    /// The fields.
    fields: Fields,
    /// Where the reader may share.
    places: Places,
    /// Who finds it so far.
    kept: Audience,
) -> impl IntoView {
    let locale = crate::texts::current();
    let anywhere = places.anywhere();
    let audiences = Audience::ALL
        .iter()
        .filter(|it| anywhere || **it == Audience::Personal || **it == kept)
        .map(|audience| Choice::new(audience.as_str(), audience_word(locale, *audience)))
        .collect();
    let hospitals: Vec<Choice> = places
        .hospitals
        .iter()
        .map(|hospital| Choice::new(&hospital.code, hospital.name.pick(locale)))
        .collect();
    let roles = Role::ALL
        .iter()
        .map(|role| Choice::new(role.as_str(), crate::accounts::role_word(locale, *role)))
        .collect();
    let is = move |audience: Audience| fields.audience.read().as_str() == audience.as_str();
    let no_choice = hospitals.len() + usize::from(places.group) < 2;
    let group = places.group.then(|| text!(locale, common.all_hospitals).to_owned());
    view! {
        <RadioGroup
            field=FieldSpec::new("view-audience", text!(locale, kit.view_audience))
            value=fields.audience
            choices=audiences
        />
        <div hidden=move || no_choice || is(Audience::Personal)>
            <Select
                field=FieldSpec::new("view-hospital", text!(locale, common.hospital))
                value=fields.hospital
                choices=hospitals
                empty=group
            />
        </div>
        <div hidden=move || !is(Audience::Role)>
            <Select
                field=FieldSpec::new("view-role", text!(locale, kit.view_role))
                value=fields.role
                choices=roles
                empty=Some(text!(locale, kit.view_role_none).to_owned())
            />
        </div>
    }
}

/// Who finds a view, in words.
pub(super) fn audience_word(locale: Locale, audience: Audience) -> &'static str {
    match audience {
        Audience::Personal => text!(locale, kit.view_for_me),
        Audience::Team => text!(locale, kit.view_for_team),
        Audience::Role => text!(locale, kit.view_for_role),
    }
}
