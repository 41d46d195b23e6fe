//! Addresses of pages: the only place that knows them, used by the pages and by messages.

use crate::ids::{
    ActionId, EventId, JourneyId, JourneyTemplateId, SurveyFileId, SurveyId, SurveyPictureId,
    SurveyPosterId, SurveyTemplateId, SurveyVersionId,
};
use crate::{FileFormat, Locale};

/// The list of PX actions, below the locale.
pub const ACTIONS: &str = "actions";
/// The command center, below the locale.
pub const COMMAND_CENTER: &str = "command-center";
/// What one was told, below the locale.
pub const NOTIFICATIONS: &str = "notifications";
/// The audit log, below the locale.
pub const AUDIT: &str = "audit";
/// Records of every kind, below the locale.
pub const RECORDS: &str = "records";
/// The end of the address where a file of records is handed in.
pub const IMPORT: &str = "import";
/// What the addresses of imports have.
pub const IMPORTS: &str = "imports";
/// What stands between two patients in the address where they are compared.
pub const MERGE: &str = "merge";
/// What the addresses of files that staff send and take begin with.
pub const UPLOADS: &str = "/uploads";
/// In place of an id: what is not there yet.
pub const NEW: &str = "new";
/// The tree of departments, below their list.
pub const TREE: &str = "tree";
/// Journeys: the board, one by one, their templates and the test bench, below the locale.
pub const JOURNEYS: &str = "journeys";
/// All journeys in a list, below journeys.
pub const JOURNEY_LIST: &str = "list";
/// Journey templates, below journeys.
pub const TEMPLATES: &str = "templates";
/// Where messages are tried and nothing is kept, below journeys.
pub const TEST_BENCH: &str = "test-bench";
/// Messages of other systems, below the locale.
pub const INTEGRATIONS: &str = "integrations";
/// The log of messages, below integrations.
pub const EVENTS: &str = "events";
/// The systems that send, below integrations.
pub const SOURCES: &str = "sources";
/// What codes of these systems stand for, below integrations.
pub const MAPPINGS: &str = "mappings";
/// Surveys: what is asked, below the locale.
pub const SURVEYS: &str = "surveys";
/// How often patients are asked, below surveys.
pub const RULES: &str = "rules";
/// What became of messages to patients, below surveys.
pub const DELIVERIES: &str = "deliveries";
/// Below [`SURVEYS`]: codes on walls.
pub const POSTERS: &str = "posters";
/// Below [`SURVEYS`]: surveys one by one.
pub const RESPONSES: &str = "responses";
/// What came back of a survey, below it.
pub const RESULTS: &str = "results";
/// What a survey that is being written looks like.
pub const PREVIEW: &str = "/preview";
/// The sign-in page, below the locale.
pub const LOGIN: &str = "login";
/// The second step of signing in, below the locale.
pub const LOGIN_CODE: &str = "login/code";
/// Where whoever signs in through the identity provider begins, below the locale.
pub const LOGIN_SSO: &str = "login/sso";
/// Where they come back to.
pub const SSO_CALLBACK: &str = "/login/sso/callback";
/// One's own account, below the locale.
pub const PROFILE: &str = "profile";
/// The roles and what they allow, below the locale.
pub const ROLES: &str = "roles";
/// Where sign-out is posted to, below the locale.
pub const LOGOUT: &str = "logout";
/// Where a page asks which build of the browser side is handed out.
pub const BUILD: &str = "/build";
/// Where a page that broke says so, POST only.
pub const PAGE_BROKE: &str = "/page-broke";
/// The prefix of survey links.
pub const SURVEY: &str = "/s";
/// Where pictures of choices are.
pub const PICTURES: &str = "/pictures";
/// Where pictures of choices are kept, POST only.
pub const KEEP_PICTURE: &str = "/api/surveys/pictures/";
/// Where codes of posters lead.
pub const POSTER: &str = "/p";

/// The audit log as a file.
pub fn audit_file(format: FileFormat) -> String {
    format!("/api/audit/events.{format}")
}

/// `/ar/login`.
pub fn login(locale: Locale) -> String {
    format!("/{locale}/{LOGIN}")
}

/// `/ar/login/code`: a code after the password.
pub fn login_code(locale: Locale) -> String {
    format!("/{locale}/{LOGIN_CODE}")
}

/// `/ar/login/sso`: to the identity provider.
pub fn login_sso(locale: Locale) -> String {
    format!("/{locale}/{LOGIN_SSO}")
}

/// `/ar/profile`.
pub fn profile(locale: Locale) -> String {
    format!("/{locale}/{PROFILE}")
}

/// `/ar/roles`.
pub fn roles(locale: Locale) -> String {
    format!("/{locale}/{ROLES}")
}

/// `/ar/logout`, POST only.
pub fn logout(locale: Locale) -> String {
    format!("/{locale}/{LOGOUT}")
}

/// `/ar`: whichever page the person may see first.
pub fn home(locale: Locale) -> String {
    format!("/{locale}")
}

/// `/ar/actions`.
pub fn actions(locale: Locale) -> String {
    format!("/{locale}/{ACTIONS}")
}

/// `/ar/actions/{id}`.
pub fn action(locale: Locale, id: ActionId) -> String {
    format!("/{locale}/{ACTIONS}/{id}")
}

/// `/ar/command-center`.
pub fn command_center(locale: Locale) -> String {
    format!("/{locale}/{COMMAND_CENTER}")
}

/// `/ar/notifications`.
pub fn notifications(locale: Locale) -> String {
    format!("/{locale}/{NOTIFICATIONS}")
}

/// `/ar/audit`.
pub fn audit(locale: Locale) -> String {
    format!("/{locale}/{AUDIT}")
}

/// `/ar/records`: what the addresses of all records begin with.
pub fn records(locale: Locale) -> String {
    format!("/{locale}/{RECORDS}")
}

/// `/ar/records/patients/import`: where a file of records is handed in.
pub fn import_new(locale: Locale, plural: &str) -> String {
    format!("{}/{plural}/{IMPORT}", records(locale))
}

/// `/ar/records/imports/{id}`: one import.
pub fn import(locale: Locale, id: &str) -> String {
    format!("{}/{IMPORTS}/{id}", records(locale))
}

/// `/ar/records/departments/tree`: departments and what they stand below.
pub fn tree(locale: Locale, departments: &str) -> String {
    format!("{}/{departments}/{TREE}", records(locale))
}

/// `/ar/records/patients/{id}/merge/{other}`: two patients side by side.
pub fn merge(locale: Locale, survivor: &str, merged: &str) -> String {
    format!("{}/patients/{survivor}/{MERGE}/{merged}", records(locale))
}

/// `/uploads/ar/patients`: where the form of a file is posted to.
pub fn upload(locale: Locale, plural: &str) -> String {
    format!("{UPLOADS}/{locale}/{plural}")
}

/// `/uploads/ar/{id}/faults.csv`: the rows of an import that could not be kept.
pub fn import_faults(locale: Locale, id: &str) -> String {
    format!("{UPLOADS}/{locale}/{id}/faults.csv")
}

/// `/ar/journeys`: who is where now.
pub fn journeys(locale: Locale) -> String {
    format!("/{locale}/{JOURNEYS}")
}

/// `/ar/journeys/list`.
pub fn journey_list(locale: Locale) -> String {
    format!("/{locale}/{JOURNEYS}/{JOURNEY_LIST}")
}

/// `/ar/journeys/{id}`.
pub fn journey(locale: Locale, id: JourneyId) -> String {
    format!("/{locale}/{JOURNEYS}/{id}")
}

/// `/ar/journeys/templates`.
pub fn templates(locale: Locale) -> String {
    format!("/{locale}/{JOURNEYS}/{TEMPLATES}")
}

/// `/ar/journeys/templates/{id}`.
pub fn template(locale: Locale, id: JourneyTemplateId) -> String {
    format!("/{locale}/{JOURNEYS}/{TEMPLATES}/{id}")
}

/// `/ar/journeys/test-bench`.
pub fn test_bench(locale: Locale) -> String {
    format!("/{locale}/{JOURNEYS}/{TEST_BENCH}")
}

/// `/ar/integrations/events`.
pub fn events(locale: Locale) -> String {
    format!("/{locale}/{INTEGRATIONS}/{EVENTS}")
}

/// `/ar/integrations/events/{id}`.
pub fn event(locale: Locale, id: EventId) -> String {
    format!("/{locale}/{INTEGRATIONS}/{EVENTS}/{id}")
}

/// `/ar/integrations/sources`.
pub fn sources(locale: Locale) -> String {
    format!("/{locale}/{INTEGRATIONS}/{SOURCES}")
}

/// `/ar/integrations/mappings`.
pub fn mappings(locale: Locale) -> String {
    format!("/{locale}/{INTEGRATIONS}/{MAPPINGS}")
}

/// `/ar/surveys`.
pub fn surveys(locale: Locale) -> String {
    format!("/{locale}/{SURVEYS}")
}

/// `/ar/surveys/rules`: how often patients are asked.
pub fn fatigue_rules(locale: Locale) -> String {
    format!("/{locale}/{SURVEYS}/{RULES}")
}

/// `/ar/surveys/responses`: surveys one by one.
pub fn survey_instances(locale: Locale) -> String {
    format!("/{locale}/{SURVEYS}/{RESPONSES}")
}

/// `/ar/surveys/responses/{id}`: the answers of one.
pub fn survey_response(locale: Locale, id: SurveyId) -> String {
    format!("{}/{id}", survey_instances(locale))
}

/// `/ar/surveys/posters`: codes on walls.
pub fn survey_posters(locale: Locale) -> String {
    format!("/{locale}/{SURVEYS}/{POSTERS}")
}

/// `/ar/surveys/posters/{id}`: one, to be printed.
pub fn survey_poster(locale: Locale, id: SurveyPosterId) -> String {
    format!("{}/{id}", survey_posters(locale))
}

/// A file that somebody added to their answers, to be saved.
pub fn survey_file(id: SurveyFileId) -> String {
    format!("/api/surveys/files/{id}/")
}

/// A picture of a choice.
pub fn survey_picture(id: SurveyPictureId) -> String {
    format!("{PICTURES}/{id}")
}

/// The code of a poster as a file.
pub fn survey_poster_code(id: SurveyPosterId) -> String {
    format!("/api/surveys/posters/{id}/code.svg")
}

/// `/p/{code}`: where a poster's code leads.
pub fn poster(code: &str) -> String {
    format!("{POSTER}/{code}")
}

/// `/ar/surveys/deliveries`: what became of messages to patients.
pub fn deliveries(locale: Locale) -> String {
    format!("/{locale}/{SURVEYS}/{DELIVERIES}")
}

/// `/ar/surveys/{id}`: the draft, or else the current version.
pub fn survey_template(locale: Locale, id: SurveyTemplateId) -> String {
    format!("/{locale}/{SURVEYS}/{id}")
}

/// `/ar/surveys/{id}?version=3`.
pub fn survey_version(locale: Locale, id: SurveyTemplateId, number: i32) -> String {
    format!("{}?version={number}", survey_template(locale, id))
}

/// `/ar/surveys/{id}/results`.
pub fn survey_results(locale: Locale, id: SurveyTemplateId) -> String {
    format!("{}/{RESULTS}", survey_template(locale, id))
}

/// The completed surveys of a template as a file.
pub fn survey_responses(id: SurveyTemplateId, format: FileFormat) -> String {
    format!("/api/surveys/templates/{id}/responses.{format}")
}

/// `/preview/ar/{id}/2`: a page of a version as patients would see it, counted from 1.
pub fn survey_preview(locale: Locale, id: SurveyVersionId, page: u8) -> String {
    format!("{PREVIEW}/{locale}/{id}/{page}")
}

/// `/s/{token}`: the survey's first page, or the first one without an answer.
pub fn survey(token: &str) -> String {
    format!("{SURVEY}/{token}")
}

/// Below a survey's address: where its patient stops messages.
pub fn stop(survey: &str) -> String {
    format!("{survey}/stop")
}

/// Below a survey's address: where the answers of a long one are looked through before they are handed in.
pub fn review(survey: &str) -> String {
    format!("{survey}/review")
}

/// Below a survey's address: where its page says that a person looks at it.
pub fn opened(survey: &str) -> String {
    format!("{survey}/opened")
}

/// `/s/{token}/{page}`: one page of the survey, counted from 1.
pub fn survey_page(token: &str, page: u8) -> String {
    format!("{SURVEY}/{token}/{page}")
}

/// `/s/{token}/done`: thanks, and the call-back question.
pub fn survey_done(token: &str) -> String {
    format!("{SURVEY}/{token}/done")
}

/// The same page in another language: `/ar/actions?x=1` becomes `/en/actions?x=1`.
pub fn in_locale(path_and_query: &str, locale: Locale) -> String {
    let rest = path_and_query.trim_start_matches('/');
    let rest = rest.strip_prefix("ar").or_else(|| rest.strip_prefix("en")).unwrap_or("");
    if rest.is_empty() || rest.starts_with(['/', '?']) {
        format!("/{locale}{rest}")
    } else {
        format!("/{locale}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switching_the_language_keeps_the_page_and_its_filters() {
        assert_eq!(in_locale("/ar/actions?status=open", Locale::En), "/en/actions?status=open");
        assert_eq!(in_locale("/en", Locale::Ar), "/ar");
        assert_eq!(in_locale("/area", Locale::En), "/en");
    }
}
