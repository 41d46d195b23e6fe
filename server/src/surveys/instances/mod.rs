//! Surveys one by one: where each stands, what was answered, and answers that staff enter.

mod entry;
mod list;
mod response;
mod store;

pub use entry::begin_entry;
pub use list::survey_instances;
pub use response::survey_response;
