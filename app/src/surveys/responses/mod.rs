//! Surveys one by one: where each stands, what was answered, and answers that staff enter.

mod address;
mod enter;
mod file_link;
mod filter_form;
mod line;
mod list_page;
mod response_page;

pub(crate) use file_link::FileLink;
pub(crate) use list_page::SurveyInstancesPage;
pub(crate) use response_page::SurveyResponsePage;
