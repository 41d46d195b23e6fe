//! A photograph or a document.

use leptos::prelude::*;
use px360_domain::surveys::{Answer, SURVEY_FILE_BYTES_MAX};

use super::{Asked, control};
use crate::public::posted::FILE;
use crate::ui::files::file_size;

/// What a browser offers to choose. A phone that takes its pictures in another format sends one of these then.
const ACCEPT: &str = "image/jpeg,image/png,image/webp,application/pdf";

impl Asked<'_> {
    /// The file that is there, and a control for one, or another one. The button sends it at once; without a press it goes
    /// along with the page.
    pub(super) fn file(&self) -> AnyView {
        let id = control(self.place, 0);
        let limit = format!("m{}", self.place);
        let described_by =
            [self.described_by(), Some(limit.clone())].into_iter().flatten().collect::<Vec<_>>();
        let held = self.held();
        let add = if held.is_some() {
            text!(self.locale, public.file_replace)
        } else {
            text!(self.locale, public.file_add)
        };
        let invalid = self.fault.is_some().then_some("true");
        let most = file_size(self.locale, SURVEY_FILE_BYTES_MAX as u64);
        view! {
            <div class=self.class()>
                {self.heading(Some(id.clone()))}
                {self.help()}
                {held}
                <input class="field" type="file" id=id name=format!("{}{FILE}", self.question.key)
                    accept=ACCEPT aria-describedby=described_by.join(" ") aria-invalid=invalid/>
                <p class="hint" id=limit>{text!(self.locale, public.file_kinds, most = most)}</p>
                <button class="quiet" name="attach" value=self.question.key.clone() formnovalidate>
                    {add}
                </button>
            </div>
        }
        .into_any()
    }

    fn held(&self) -> Option<AnyView> {
        let Some(Answer::Words(id)) = self.answer() else { return None };
        let name = match self.file {
            Some(file) => {
                let size = file_size(self.locale, file.size.into());
                view! { <bdi>{file.name.clone()}</bdi> " (" {size} ")" }.into_any()
            }
            None => text!(self.locale, public.file_there).into_any(),
        };
        let (key, id) = (self.question.key.clone(), id.clone());
        Some(
            view! {
                <p class="held">
                    <span>{name}</span>
                    <button class="clear" name="clear" value=key.clone() formnovalidate>
                        {text!(self.locale, public.file_remove)}
                    </button>
                </p>
                <input type="hidden" name=key value=id/>
            }
            .into_any(),
        )
    }
}
