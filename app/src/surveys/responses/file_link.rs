//! A file that somebody added to their answers.

use leptos::prelude::*;
use px360_domain::ids::SurveyFileId;
use px360_domain::paths;

use crate::ui::icon::Icon;

/// Saves the file. That it was taken is remembered.
#[component]
pub(crate) fn FileLink(
    /// Which.
    id: SurveyFileId,
    /// What it is called.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! {
        <a class="file-link" href=paths::survey_file(id) rel="external" download="">
            <Icon name="download"/>
            <bdi>{name}</bdi>
        </a>
    }
}
