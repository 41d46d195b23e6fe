//! Journey templates: their versions in a list, and the editor of a draft.

mod changes;
mod draft;
mod editor;
mod fields;
mod findings;
mod head_form;
mod list_page;
mod page;
mod publish;
mod reading;
mod rule_form;
mod rules;
mod stage_form;
mod stage_list;
mod words;

pub(crate) use list_page::TemplatesPage;
pub(crate) use page::TemplatePage;
pub(crate) use words::{change_badge, version_line};
