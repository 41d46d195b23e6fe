//! What is written: free text, a day, a name and a number to call.

use leptos::prelude::*;
use px360_domain::surveys::Answer;

use super::{Asked, control};
use crate::public::text_area::text_area;

impl Asked<'_> {
    pub(super) fn free_text(&self, max_chars: u16) -> AnyView {
        let id = control(self.place, 0);
        let limit = format!("m{}", self.place);
        let described_by =
            [self.described_by(), Some(limit.clone())].into_iter().flatten().collect::<Vec<_>>();
        let area = text_area(
            self.question.key.clone(),
            id.clone(),
            described_by.join(" "),
            self.fault.is_some(),
            max_chars,
            self.written(&self.question.key),
        );
        view! {
            <div class=self.class()>
                {self.heading(Some(id))}
                {self.help()}
                {area}
                <p class="hint max" id=limit>
                    {text!(self.locale, public.characters_at_most, count = max_chars)}
                </p>
            </div>
        }
        .into_any()
    }

    /// A day: the browser's own calendar, which is the reader's.
    pub(super) fn day(&self) -> AnyView {
        let id = control(self.place, 0);
        let (name, value) =
            (self.question.key.clone(), self.written(&self.question.key).to_owned());
        let invalid = self.fault.is_some().then_some("true");
        view! {
            <div class=self.class()>
                {self.heading(Some(id.clone()))}
                {self.help()}
                <input class="field" type="date" id=id name=name value=value dir="ltr"
                    aria-describedby=self.described_by() aria-invalid=invalid/>
            </div>
        }
        .into_any()
    }

    pub(super) fn contact(&self) -> AnyView {
        let field = |index: usize, part: &str, label: &'static str, kind: &'static str| {
            let id = control(self.place, index);
            let name = format!("{}.{part}", self.question.key);
            let value = self.written(&name).to_owned();
            let invalid = self.fault.is_some().then_some("true");
            let dir = if kind == "tel" { "ltr" } else { "auto" };
            view! {
                <p class="named">
                    <label for=id.clone()>{label}</label>
                    <input class="field" type=kind id=id name=name value=value dir=dir
                        aria-describedby=self.described_by() aria-invalid=invalid/>
                </p>
            }
            .into_any()
        };
        view! {
            <fieldset class=self.class() aria-describedby=self.described_by()>
                <legend>{self.heading(None)}</legend>
                {self.help()}
                {field(0, "name", text!(self.locale, public.contact_name), "text")}
                {field(1, "mobile", text!(self.locale, public.contact_mobile), "tel")}
            </fieldset>
        }
        .into_any()
    }

    fn written(&self, key: &str) -> &str {
        match self.answers.get(key) {
            Some(Answer::Words(words)) => words,
            _ => "",
        }
    }
}
