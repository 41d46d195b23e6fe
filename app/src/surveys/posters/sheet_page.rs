//! One poster as it is printed: both languages, whoever prints it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use px360_domain::ids::SurveyPosterId;
use px360_domain::surveys::posters::SurveyPosterSheet;
use px360_domain::{Failure, Locale, paths};

use super::super::server_fns::surveys_poster;
use crate::loaded::load;
use crate::ui::button::{Button, ButtonLook};
use crate::ui::card::Skeleton;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::isolated_words;
use crate::ui::problem::ProblemPage;
use crate::ui::qr::Qr;

/// The poster that the address names.
#[component]
pub(crate) fn SurveyPosterPage() -> impl IntoView {
    let params = use_params_map();
    let which = Memo::new(move |_| {
        params.read().get_str("id").and_then(|id| id.parse::<SurveyPosterId>().ok())
    });
    let sheet = load(
        move || which.get(),
        |id| async move {
            match id {
                Some(id) => surveys_poster(id).await,
                None => Err(Failure::not_found("survey_poster").into()),
            }
        },
    );
    let locale = crate::texts::current();
    let body = move || {
        sheet.get().map(|sheet| match sheet {
            Ok(sheet) => whole(locale, sheet),
            Err(error) => view! { <ProblemPage error=error/> }.into_any(),
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton lines=10/> }>{body}</Transition> }
}

fn whole(locale: Locale, sheet: SurveyPosterSheet) -> AnyView {
    let SurveyPosterSheet { poster, address, picture } = sheet;
    let called = isolated_words(poster.survey.pick(locale));
    let title = text!(locale, surveys.poster_of, name = called).to_string();
    let print = Callback::new(move |()| {
        let _ = window().print();
    });
    // Without the scheme, as people type it.
    let short = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest).to_owned();
    let side = |language: Locale| {
        let department = poster.department.as_ref().map(|it| it.pick(language).to_owned());
        view! {
            <section class="poster-side" lang=language.as_str() dir=language.dir()>
                <p class="poster-ask">{text!(language, surveys.poster_ask)}</p>
                <p class="poster-place">
                    <bdi>{poster.hospital.pick(language).to_owned()}</bdi>
                    {department.map(|it| view! { " · " <bdi>{it}</bdi> })}
                </p>
                <p class="poster-how">{text!(language, surveys.poster_how)}</p>
                <p class="poster-private">{text!(language, public.anonymous)}</p>
            </section>
        }
    };
    view! {
        <div class="way">
            <nav class="breadcrumb" aria-label=text!(locale, common.breadcrumb_label)>
                <a href=paths::survey_posters(locale)>
                    <Icon name="chevron-left"/>
                    {text!(locale, surveys.posters)}
                </a>
            </nav>
        </div>
        <header class="page-head">
            <PageHeading title=title/>
            <div class="head-buttons">
                <a class="button" href=paths::survey_poster_code(poster.id) download="code.svg" rel="external">
                    <Icon name="download"/>
                    {text!(locale, surveys.poster_code_file)}
                </a>
                <Button
                    label=text!(locale, surveys.print)
                    icon="file-text"
                    look=ButtonLook::Primary
                    press=print
                />
            </div>
        </header>
        <article class="poster">
            {side(Locale::Ar)}
            <Qr picture=picture label=text!(locale, surveys.poster_picture)/>
            <p class="poster-address" dir="ltr">{short}</p>
            {side(Locale::En)}
        </article>
    }
    .into_any()
}
