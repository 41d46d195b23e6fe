//! The same scale for several things: a group of radios for each, one below the other.

use leptos::prelude::*;
use px360_domain::Bilingual;
use px360_domain::surveys::{Answer, Choice};

use super::{Asked, control};
use crate::public::texts::Spoken;

impl Asked<'_> {
    pub(super) fn matrix(&self, rows: &[Choice], columns: &[Bilingual]) -> AnyView {
        let rows: Vec<AnyView> =
            rows.iter().enumerate().map(|(index, row)| self.line(index, row, columns)).collect();
        view! {
            <fieldset class=self.class() aria-describedby=self.described_by()>
                <legend>{self.heading(None)}</legend>
                {self.help()}
                <div class="matrix">{rows}</div>
            </fieldset>
        }
        .into_any()
    }

    fn line(&self, index: usize, row: &Choice, columns: &[Bilingual]) -> AnyView {
        let key = format!("{}.{}", self.question.key, row.key);
        let cell = |(value, meaning): (u8, &Bilingual)| {
            let id = (value == 1).then(|| control(self.place, index));
            let checked = self.answers.get(&key) == Some(&Answer::Number(value));
            let Spoken { text, lang, dir } = Spoken::of(meaning, self.locale);
            let name = key.clone();
            view! {
                <label>
                    <input type="radio" name=name value=value id=id checked=checked/>
                    <span lang=lang dir=dir>{text}</span>
                </label>
            }
            .into_any()
        };
        let cells: Vec<AnyView> = (1..).zip(columns).map(cell).collect();
        let Spoken { text, lang, dir } = Spoken::of(&row.label, self.locale);
        view! {
            <fieldset>
                <legend lang=lang dir=dir>{text}</legend>
                <div class="g words">{cells}</div>
                {self.not_applicable(&key)}
            </fieldset>
        }
        .into_any()
    }
}
