//! Surveys: invited, answered page by page, completed once.
//!
//! The patient's link is an actor of its own (`Actor::Invited`); everything it may do is here.
//! What is asked is written in [`authoring`]. Completing computes the score, counts the roll-ups and raises an action in one transaction.
//! Pages are in `px360-app`, sending is in `notifications`.

mod anonymous;
mod answer_callback;
mod answer_page;
mod answers;
pub mod api;
mod api_files;
mod api_instances;
mod api_pictures;
mod api_posters;
mod api_results;
mod api_templates;
mod authoring;
mod begin_answering;
mod complete;
mod files;
mod hand_in;
mod instances;
mod look;
mod note_opened;
mod opt_out;
mod pictures;
mod posters;
mod quotas;
mod results;
mod scale;
mod store;
mod submit;
mod sweep_expired;
mod tokens;
mod versions;
mod wanted;

pub use answer_callback::answer_callback;
pub use answer_page::answer_page;
pub use authoring::{
    begin_draft, create_template, discard_draft, publish, reinstate, retire, save_draft,
    survey_questions, survey_template, survey_templates, test_send, version_content,
};
pub use files::{FileRoom, keep_file, room_for_file, survey_file};
pub use hand_in::hand_in;
pub use instances::{begin_entry, survey_instances, survey_response};
pub use look::look;
pub use note_opened::note_opened;
pub use opt_out::{opt_in, opt_out, prefer_time, stopped_messages};
pub use pictures::{keep_picture, picture};
pub use posters::{
    begin_from_poster, make_survey_poster, poster_face, stop_survey_poster, survey_poster,
    survey_posters,
};
pub use results::{export_responses, survey_results};
pub use submit::submit;
pub use sweep_expired::sweep_expired;
pub use tokens::SurveyTokens;
pub use versions::VersionCache;
pub use wanted::{SurveyPlan, WantedSurvey, carry_out_in, plan_in};
