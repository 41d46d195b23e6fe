//! Posters with a code: what hangs where, one more, and the sheet that is printed.

mod form;
mod list_page;
mod sheet_page;

pub(crate) use list_page::SurveyPostersPage;
pub(crate) use sheet_page::SurveyPosterPage;
