//! What patients wrote.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::dates::in_riyadh;
use px360_domain::surveys::results::{Comment, SurveyResults};

use crate::journeys::name;
use crate::ui::card::Card;
use crate::ui::dates::date;
use crate::ui::numbers::Num;

pub(super) fn comments(locale: Locale, results: &SurveyResults) -> AnyView {
    let lines = results.comments.iter().map(|one| comment(locale, one)).collect_view();
    let none = results.comments.is_empty().then(|| {
        view! { <p class="hint">{text!(locale, surveys.no_comments)}</p> }
    });
    let more = results.more_comments.then(|| {
        view! { <p class="hint">{text!(locale, surveys.more_comments)}</p> }
    });
    view! {
        <Card title=text!(locale, surveys.comments) id="comments">
            {none}
            <ul class="written">{lines}</ul>
            {more}
        </Card>
    }
    .into_any()
}

fn comment(locale: Locale, comment: &Comment) -> AnyView {
    let department =
        comment.department.as_ref().map(|department| view! { " · " {name(locale, department)} });
    let nps = comment.nps.map(
        |nps| view! { " · " {text!(locale, surveys.nps_short)} " " <Num text=nps.to_string()/> },
    );
    let words = comment.words.clone();
    view! {
        <li>
            <p class="hint">{name(locale, &comment.question)}</p>
            <blockquote dir="auto">{words}</blockquote>
            <p class="hint">
                {date(locale, in_riyadh(comment.at).date())} " · "
                {name(locale, &comment.hospital)} {department} {nps}
            </p>
        </li>
    }
    .into_any()
}
