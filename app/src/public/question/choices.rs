//! Choices: one, several, an order of all, and a box to tick.

use leptos::prelude::*;
use px360_domain::paths;
use px360_domain::surveys::{Answer, Choice};

use super::{Asked, control};
use crate::public::texts::Spoken;

impl Asked<'_> {
    pub(super) fn single(&self, choices: &[Choice]) -> AnyView {
        let chosen = |choice: &Choice| matches!(self.answer(), Some(Answer::Words(key)) if *key == choice.key);
        self.rows("radio", choices, chosen)
    }

    pub(super) fn several(&self, choices: &[Choice], at_most: Option<u8>) -> AnyView {
        let chosen = |choice: &Choice| matches!(self.answer(), Some(Answer::Choices(keys)) if keys.contains(&choice.key));
        let hint = match at_most {
            Some(count) => text!(self.locale, public.choose_at_most, count = count),
            None => text!(self.locale, public.choose_any).to_owned(),
        };
        view! { <p class="hint">{hint}</p>{self.rows("checkbox", choices, chosen)} }.into_any()
    }

    fn rows(
        &self,
        kind: &'static str,
        choices: &[Choice],
        chosen: impl Fn(&Choice) -> bool,
    ) -> AnyView {
        let row = |(index, choice): (usize, &Choice)| {
            let Spoken { text, lang, dir } = Spoken::of(&choice.label, self.locale);
            let id = (index == 0).then(|| control(self.place, 0));
            let (name, value) = (self.question.key.clone(), choice.key.clone());
            // What it shows is what the label says.
            let picture = choice.picture.map(|picture| {
                let src = paths::survey_picture(picture);
                view! { <img src=src alt="" loading="lazy" decoding="async"/> }
            });
            view! {
                <label class="row">
                    <input type=kind name=name value=value id=id checked=chosen(choice)/>
                    <span lang=lang dir=dir>{text}</span>
                    {picture}
                </label>
            }
            .into_any()
        };
        let rows: Vec<AnyView> = choices.iter().enumerate().map(row).collect();
        let pictures = choices.iter().any(|choice| choice.picture.is_some()).then_some("pics");
        view! { <div class=pictures>{rows}</div> }.into_any()
    }

    /// A place for each choice: lists to choose from work without the script and with a keyboard.
    pub(super) fn ranking(&self, choices: &[Choice]) -> AnyView {
        let places = match self.answer() {
            Some(Answer::Choices(keys)) => keys.as_slice(),
            _ => &[],
        };
        let row = |(index, choice): (usize, &Choice)| {
            let id = control(self.place, index);
            let name = format!("{}.{}", self.question.key, choice.key);
            let at = places.iter().position(|key| *key == choice.key).map(|place| place + 1);
            let Spoken { text, lang, dir } = Spoken::of(&choice.label, self.locale);
            let options: Vec<AnyView> = (1..=choices.len())
                .map(|place| {
                    view! { <option value=place selected=at == Some(place)>{place}</option> }
                        .into_any()
                })
                .collect();
            view! {
                <p class="place">
                    <label for=id.clone() lang=lang dir=dir>{text}</label>
                    <select id=id name=name><option value="">"–"</option>{options}</select>
                </p>
            }
            .into_any()
        };
        let rows: Vec<AnyView> = choices.iter().enumerate().map(row).collect();
        view! {
            <fieldset class=self.class() aria-describedby=self.described_by()>
                <legend>{self.heading(None)}</legend>
                <p class="hint">{text!(self.locale, public.rank_hint)}</p>
                {self.help()}
                {rows}
            </fieldset>
        }
        .into_any()
    }

    pub(super) fn consent(&self) -> AnyView {
        let given = self.answer() == Some(&Answer::YesNo(true));
        let (id, name) = (control(self.place, 0), self.question.key.clone());
        let Spoken { text, lang, dir } = Spoken::of(&self.question.text, self.locale);
        let invalid = self.fault.is_some().then_some("true");
        view! {
            <div class=self.class()>
                {self.help()}
                <label class="row">
                    <input type="checkbox" name=name value="yes" id=id checked=given
                        aria-describedby=self.described_by() aria-invalid=invalid/>
                    <span lang=lang dir=dir>{text}</span>
                </label>
            </div>
        }
        .into_any()
    }
}
