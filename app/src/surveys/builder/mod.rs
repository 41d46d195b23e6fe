//! The builder of a survey: its questions, the form of one of them, and what patients will see.

mod action_rules;
mod changes;
mod choice_picture;
mod choices_form;
mod condition_form;
mod draft;
mod editor;
mod fields;
mod findings;
mod invitation_form;
mod kind_form;
mod list_line;
mod logic_form;
mod logic_map;
mod logic_words;
mod measure_form;
mod meter;
mod page;
mod preview;
mod publish;
mod question_form;
mod question_list;
mod quotas_form;
mod reading;
mod rule_form;
mod survey_form;
mod variables_form;

pub(crate) use page::SurveyTemplatePage;
