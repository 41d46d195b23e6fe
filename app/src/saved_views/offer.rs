//! Beside a list that shows what no view does: the ways to keep it.

use leptos::prelude::*;
use px360_domain::ids::SavedViewId;
use px360_domain::saved_views::{ChangeView, Look, SaveView, SavedView};

use super::form::{Form, ViewForm};
use super::server_fns::saved_views_change;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::numbers::isolated_words;
use crate::ui::toast::Toasts;

/// Keeps what is shown: as a new view, or in the view that one started from.
#[component]
pub(crate) fn Offer(
    /// What is shown.
    here: Look,
    /// The view that one started from, if it is still there.
    from: Option<SavedView>,
    /// Whether this differs from every view that there is.
    is_new: bool,
    /// Where the view that one started from stands, unchanged.
    reset: String,
    /// Loads the views again; with a view, goes to it as well.
    changed: Callback<Option<(SavedViewId, Look)>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let differs = from.as_ref().is_some_and(|view| view.look != here);
    let open = RwSignal::new(false);
    let form = StoredValue::new(Form::of(here.clone()));
    let done = {
        let here = here.clone();
        Callback::new(move |id: Option<SavedViewId>| {
            changed.run(id.map(|id| (id, here.clone())));
        })
    };
    let keep = from.filter(|view| differs && view.may_change).map(|view| {
        view! { <Keep view=view here=here changed=changed/> }
    });
    view! {
        <div class="view-offer" hidden=!(differs || is_new)>
            {keep}
            {(differs || is_new).then(|| view! {
                <Button
                    label=if differs { text!(locale, kit.view_save_new) } else { text!(locale, kit.view_save) }
                    icon="bookmark"
                    look=ButtonLook::Quiet
                    press=Callback::new(move |()| open.set(true))
                />
            })}
            {differs.then(|| view! {
                <a class="button button-quiet" href=reset>{text!(locale, kit.view_reset)}</a>
            })}
        </div>
        <ViewForm id="save-view" open=open form=form done=done/>
    }
}

/// Writes what is shown into the view that one started from.
#[component]
fn Keep(
    /// The view.
    view: SavedView,
    /// What is shown.
    here: Look,
    /// Loads the views again.
    changed: Callback<Option<(SavedViewId, Look)>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let request = Request::new();
    let toasts = use_context::<Toasts>();
    let (id, version) = (view.id, view.version);
    let label = text!(locale, kit.view_keep, name = isolated_words(&view.name));
    let new = SaveView {
        name: view.name,
        audience: view.audience,
        hospital_id: view.hospital_id,
        role: view.role,
        look: here,
    };
    let press = Callback::new(move |()| {
        let cmd = ChangeView { version, view: new.clone() };
        request.send(saved_views_change(id, cmd), move |()| {
            if let Some(toasts) = toasts {
                toasts.say(text!(locale, kit.view_saved));
            }
            changed.try_run(None);
        });
    });
    let error = Signal::derive(move || request.error());
    view! {
        <Button label=label icon="check" pending=request.pending() press=press/>
        <InlineError error=error reload=Callback::new(move |()| { changed.try_run(None); })/>
    }
}
