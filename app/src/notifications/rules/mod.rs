//! How often patients are asked.

mod form;
mod page;

pub(crate) use page::FatigueRulesPage;
