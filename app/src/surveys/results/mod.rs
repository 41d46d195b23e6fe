//! What came back of one survey.

mod address;
mod answers;
mod comments;
mod filter_form;
mod funnel;
mod page;

pub(crate) use page::SurveyResultsPage;
