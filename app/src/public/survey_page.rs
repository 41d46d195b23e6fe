//! One page of a survey.

use std::collections::BTreeSet;
use std::ops::Deref;

use leptos::prelude::*;
use px360_domain::surveys::logic::path;
use px360_domain::surveys::{Answers, OpenSurvey, Question, QuestionKind};
use px360_domain::{Bilingual, FieldFault, Locale, paths};

use super::calm_pages::help_line;
use super::error_summary::{Fault, error_summary};
use super::large_type;
use super::question::{Asked, control};
use super::rendered;
use super::shell::{self, Document};
use super::texts::{self, Spoken};

/// One page of a survey, for one patient at one moment.
pub struct SurveyPage<'a> {
    /// The survey that is answered.
    pub survey: &'a OpenSurvey,
    /// The address of the survey, without the page: `/s/{token}`.
    pub base: &'a str,
    /// What every address of it has at its end, behind the language: nothing, or `&name=value`.
    pub query: &'a str,
    /// Which page, from 1.
    pub page: u8,
    /// The language to show it in.
    pub locale: Locale,
    /// The answers so far, stored or just entered.
    pub answers: &'a Answers,
    /// What was wrong with the answers that were handed in.
    pub faults: &'a [FieldFault],
    /// What the patient should know before answering.
    pub notice: Option<Notice>,
}

/// What stands above the questions when something needs saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The link was opened again, and earlier answers are kept.
    Resumed,
    /// The answers could not be stored; they are still on the page.
    NotSaved,
}

/// The HTML of a survey's page.
///
/// Pages that show nothing of the patient come from the kept ones.
pub fn survey_page(page: &SurveyPage<'_>) -> String {
    let answered = page.survey.content.on_page(page.page).any(|asked| {
        let mut keys = asked.answer_keys();
        keys.any(|key| page.answers.contains_key(&key))
    });
    let page = Shown::of(page);
    if answered
        || page.survey.named
        || !page.faults.is_empty()
        || page.notice.is_some()
        || !page.query.is_empty()
    {
        return page.html(page.base);
    }
    rendered::page(page.key(), page.base, || page.html(rendered::BASE))
}

/// A page with the way of this patient through the survey, as far as the answers tell it.
struct Shown<'a> {
    page: &'a SurveyPage<'a>,
    /// What is asked on this page.
    listed: Vec<Listed<'a>>,
    /// Which page of the way this is, from 1, and how many there are.
    position: (usize, usize),
    /// Whether all answers are looked through before they are handed in.
    reviewed: bool,
}

/// One question on the page.
struct Listed<'a> {
    question: &'a Question,
    /// Its place in the whole survey, from 1.
    place: usize,
    /// Its number among those that are asked, from 1; none of statements.
    number: Option<usize>,
    required: bool,
}

impl<'a> Deref for Shown<'a> {
    type Target = SurveyPage<'a>;

    fn deref(&self) -> &SurveyPage<'a> {
        self.page
    }
}

impl<'a> Shown<'a> {
    fn of(page: &'a SurveyPage<'a>) -> Self {
        let content = &page.survey.content;
        let way = path(content, page.answers, &page.survey.facts);
        let mut numbers = 1..;
        let mut listed = Vec::new();
        for index in &way.asked {
            let Some(question) = content.questions.get(*index) else { continue };
            // Whoever agrees answers no question.
            let counts = question.kind.takes_answers() && question.kind != QuestionKind::Consent;
            let number = counts.then(|| numbers.next()).flatten();
            if question.page == page.page {
                let required = way.required.contains(&question.key);
                listed.push(Listed { question, place: index + 1, number, required });
            }
        }
        let pages: BTreeSet<u8> = way.questions(content).map(|question| question.page).collect();
        let before = pages.iter().filter(|before| **before < page.page).count();
        let position = (before + 1, pages.len().max(before + 1));
        Self { page, listed, position, reviewed: way.is_reviewed(content) }
    }

    /// Everything that the HTML of an unanswered page depends on.
    fn key(&self) -> String {
        let OpenSurvey { version, hospital, department, physician, .. } = self.survey;
        let mut key = format!("{version}\n{}\n{}\n", self.page.page, self.locale.as_str());
        let places: Vec<_> =
            self.listed.iter().map(|it| (it.place, it.number, it.required)).collect();
        key.push_str(&format!("{:?}\n{places:?}\n", self.position));
        key.push_str(&format!(
            "{}{}{}\n",
            self.survey.for_child, self.survey.anonymous, self.reviewed
        ));
        let visit = [department, physician].map(Option::as_ref);
        let visit = if self.position.0 == 1 { visit } else { [None; 2] };
        key.push_str(self.survey.help_phone.as_deref().unwrap_or_default());
        key.push('\n');
        for texts in [Some(hospital)].into_iter().chain(visit) {
            if let Some(texts) = texts {
                key.push_str(texts.pick(self.locale));
            }
            key.push('\n');
        }
        key
    }

    fn html(&self, base: &str) -> String {
        let document = Document { locale: self.locale, title: self.browser_title(), script: true };
        shell::render(document, || self.body(base))
    }

    fn browser_title(&self) -> String {
        let survey = self.survey.content.title.pick(self.locale);
        let place = self.survey.hospital.pick(self.locale);
        let mut title = text!(self.locale, public.titled, page = survey, place = place);
        if self.position.1 > 1 {
            let progress = self.progress();
            title = text!(self.locale, public.titled, page = progress, place = title);
        }
        if self.faults.is_empty() {
            title
        } else {
            text!(self.locale, public.titled_error, title = title)
        }
    }

    fn progress(&self) -> String {
        text!(self.locale, public.page_of, page = self.position.0, pages = self.position.1)
    }

    fn body(&self, base: &str) -> AnyView {
        let action =
            format!("{base}/{}?lang={}{}", self.page.page, self.locale.as_str(), self.query);
        view! {
            <body>
                {self.enter_key_button()}
                {self.header()}
                <main>
                    {self.error_summary()}
                    {self.notices()}
                    {self.introduction()}
                    <form id="f" method="post" action=action novalidate autocomplete="off"
                        enctype=self.takes_files().then_some("multipart/form-data")
                        data-saving=text!(self.locale, public.saving)
                        // A preview keeps nothing, and neither it nor later pages say that somebody came.
                        data-opened=(self.query.is_empty() && self.position.0 == 1)
                            .then(|| paths::opened(base))
                        data-kept=self.query.is_empty().then(|| text!(self.locale, public.kept))>
                        {self.questions()}
                        <output class="kept" aria-live="off"></output>
                        {self.bar()}
                    </form>
                </main>
                {self.footer(base)}
            </body>
        }
        .into_any()
    }

    /// Whom to call; on the first page also who reads the answers, and how messages stop.
    fn footer(&self, base: &str) -> Option<AnyView> {
        let help = help_line(self.survey.help_phone.as_deref(), self.locale);
        let first = (self.position.0 == 1).then(|| self.promises(base));
        (help.is_some() || first.is_some())
            .then(|| view! { <footer>{help}{first}</footer> }.into_any())
    }

    /// Who reads the answers, and how messages stop, where one was sent.
    fn promises(&self, base: &str) -> AnyView {
        let asks_who = self.survey.content.asks_who();
        let stop = if self.survey.anonymous {
            // Whoever says who they are is not promised that it stays unknown.
            (!asks_who).then(|| view! { <p>{text!(self.locale, public.anonymous)}</p> }).into_any()
        } else {
            let href = format!("{}?lang={}", paths::stop(base), self.locale.as_str());
            view! { <p><a href=href>{text!(self.locale, public.stop_link)}</a></p> }.into_any()
        };
        let unlinked = (self.survey.content.anonymous && !self.survey.anonymous)
            .then(|| view! { <p>{text!(self.locale, public.unlinked)}</p> });
        let privacy = text!(self.locale, public.privacy);
        view! { <p>{privacy}</p>{unlinked}{stop} }.into_any()
    }

    /// The Enter key presses the form's first button in document order. That must be this one,
    /// not the language switch.
    fn enter_key_button(&self) -> AnyView {
        view! {
            <button form="f" name="next" value="1" class="vh" tabindex="-1" aria-hidden="true">
                {text!(self.locale, public.next)}
            </button>
        }
        .into_any()
    }

    fn header(&self) -> AnyView {
        let other = self.locale.other();
        let Spoken { text, lang, dir } = Spoken::of(&self.survey.hospital, self.locale);
        view! {
            <header>
                <p class="brand" lang=lang dir=dir>{text}</p>
                <label class="lang big">
                    <input type="checkbox" name=large_type::NAME value="1" form="f"/>
                    <span>{text!(self.locale, public.large_type)}</span>
                </label>
                <button form="f" name="lang" value=other.as_str() class="lang" formnovalidate
                    lang=other.as_str() dir=other.dir()>
                    {text!(self.locale, public.other_language)}
                </button>
            </header>
        }
        .into_any()
    }

    fn introduction(&self) -> AnyView {
        let content = &self.survey.content;
        let title = Spoken::of(&content.title, self.locale);
        let (position, pages) = self.position;
        let progress = (pages > 1).then(|| {
            view! {
                <p class="prog" id="p">{self.progress()}</p>
                <progress aria-labelledby="p" max=pages value=position></progress>
            }
        });
        let first = position == 1;
        let class = if first { "start" } else { "small" };
        let introduction =
            (first && !content.introduction.pick(self.locale).is_empty()).then(|| {
                let Spoken { text, lang, dir } = Spoken::of(&content.introduction, self.locale);
                view! { <p lang=lang dir=dir>{text}</p> }
            });
        view! {
            {progress}
            <h1 class=class lang=title.lang dir=title.dir>{title.text}</h1>
            {introduction}
            {first.then(|| self.visit()).flatten()}
            {(first && self.survey.for_child).then(|| view! {
                <p class="visit">{text!(self.locale, public.for_child)}</p>
            })}
        }
        .into_any()
    }

    fn visit(&self) -> Option<AnyView> {
        let place = |texts: &Option<Bilingual>| {
            texts.as_ref().map(|texts| {
                let Spoken { text, lang, .. } = Spoken::of(texts, self.locale);
                view! { " " <bdi lang=lang>{text}</bdi> }
            })
        };
        let OpenSurvey { department, physician, .. } = self.survey;
        let (first, second) = (place(department), place(physician));
        let dash = (first.is_some() && second.is_some()).then_some(" –");
        (first.is_some() || second.is_some()).then(|| {
            let label = text!(self.locale, public.about_visit);
            view! { <p class="visit">{label}{first}{dash}{second}</p> }.into_any()
        })
    }

    fn notices(&self) -> AnyView {
        let notice = self.notice.map(|notice| match notice {
            Notice::Resumed => {
                view! { <p class="note">{text!(self.locale, public.resumed)}</p> }.into_any()
            }
            Notice::NotSaved => {
                view! { <p class="note" role="alert">{text!(self.locale, public.not_saved)}</p> }
                    .into_any()
            }
        });
        view! {
            {notice}
            <p class="note" id="off" role="alert" hidden>{text!(self.locale, public.offline)}</p>
        }
        .into_any()
    }

    /// What is wrong with a question, and with which of its answers, counted from 0.
    fn fault_of(&self, listed: &Listed<'_>) -> Option<(usize, String)> {
        let Listed { question, number, .. } = *listed;
        let faulty = question.answer_keys().enumerate().find_map(|(index, key)| {
            let fault = self.faults.iter().find(|fault| fault.field == key)?;
            Some((index, &fault.code))
        });
        faulty.map(|(index, code)| (index, texts::fault(self.locale, number, question, code)))
    }

    fn error_summary(&self) -> Option<AnyView> {
        let fault = |listed: &Listed<'_>| {
            let (index, sentence) = self.fault_of(listed)?;
            Some(Fault { sentence, control: Some(control(listed.place, index)) })
        };
        error_summary(self.locale, self.listed.iter().filter_map(fault).collect())
    }

    fn questions(&self) -> Vec<AnyView> {
        let asked = |listed: &Listed<'_>| {
            let Listed { question, place, number, required } = *listed;
            let fault = self.fault_of(listed).map(|(_, sentence)| sentence);
            let (locale, answers) = (self.locale, self.answers);
            let file = self.survey.files.get(&question.key);
            Asked { question, number, place, required, locale, answers, file, fault }.view()
        };
        self.listed.iter().map(asked).collect()
    }

    fn takes_files(&self) -> bool {
        self.listed.iter().any(|it| it.question.kind == QuestionKind::File)
    }

    fn bar(&self) -> AnyView {
        let back = (self.position.0 > 1).then(|| {
            view! {
                <button name="back" value="1" class="quiet" formnovalidate>
                    {text!(self.locale, public.back)}
                </button>
            }
        });
        // Whether this is the last page may depend on what is answered on it.
        let forward = if self.page.page < self.survey.content.pages() {
            text!(self.locale, public.next)
        } else if self.reviewed {
            text!(self.locale, public.to_review)
        } else {
            text!(self.locale, public.send)
        };
        view! { <div class="bar">{back}<button name="next" value="1">{forward}</button></div> }
            .into_any()
    }
}

#[cfg(test)]
mod tests {
    use px360_domain::surveys::PRIVACY_NOTICE;
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn whoever_changes_the_words_about_privacy_gives_them_a_new_day() {
        let told = |locale: &Locale| {
            [
                text!(*locale, public.privacy),
                text!(*locale, public.anonymous),
                text!(*locale, public.unlinked),
            ]
        };
        let words: Vec<&str> = Locale::ALL.iter().flat_map(told).collect();
        let digest = Sha256::digest(words.join("\n"));
        let digest: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let known = ("2026-11-30".to_owned(), "246bff7d97de858c".to_owned());
        assert_eq!((PRIVACY_NOTICE.to_string(), digest), known);
    }
}
