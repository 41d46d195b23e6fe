//! A state in a word, a shape and a colour: never by the colour alone.

use leptos::prelude::*;

use crate::ui::icon::Icon;

/// What a badge's colour says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// News.
    Info,
    /// Under way.
    Brand,
    /// Well.
    Ok,
    /// Look here soon.
    Warn,
    /// Look here now.
    Bad,
    /// At rest.
    Mute,
}

impl Tone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Info => "badge badge-info",
            Self::Brand => "badge badge-brand",
            Self::Ok => "badge badge-ok",
            Self::Warn => "badge badge-warn",
            Self::Bad => "badge badge-bad",
            Self::Mute => "badge badge-mute",
        }
    }
}

/// A state.
#[component]
pub(crate) fn Badge(
    /// What the colour says.
    tone: Tone,
    /// The shape.
    icon: &'static str,
    /// The word.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <span class=tone.class()>
            <Icon name=icon/>
            {label}
        </span>
    }
}
