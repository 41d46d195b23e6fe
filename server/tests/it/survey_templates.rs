//! Surveys as people write them.

use px360_domain::ids::SurveyTemplateId;
use px360_domain::notifications::Channel;
use px360_domain::surveys::authoring::{
    CreateSurveyTemplate, QuestionType, SaveSurveyDraft, SeenSurveyDraft, SurveyTemplateDetail,
    VersionState,
};
use px360_domain::surveys::{Question, SurveyContent};
use px360_domain::{Bilingual, Failure, Locale};
use px360_server::{Ctx, Error, surveys};
use sqlx::PgPool;

use crate::harness::{TestApp, visit};

async fn shown(ctx: &Ctx, id: SurveyTemplateId) -> SurveyTemplateDetail {
    surveys::survey_template(ctx, id, None).await.unwrap()
}

/// The survey about an outpatient visit, which the stages of the demo send.
pub(crate) async fn opd(ctx: &Ctx) -> SurveyTemplateId {
    let list = surveys::survey_templates(ctx).await.unwrap();
    list.items.into_iter().find(|row| row.code == "opd_visit").unwrap().id
}

fn named(title: &str) -> CreateSurveyTemplate {
    CreateSurveyTemplate {
        hospital_id: None, title: Bilingual::new("زيارة", title), copy_of: None
    }
}

pub(crate) async fn save(
    ctx: &Ctx,
    id: SurveyTemplateId,
    change: impl FnOnce(&mut SurveyContent),
) -> Result<i32, Error> {
    let SurveyTemplateDetail { mut content, lock_version, .. } = shown(ctx, id).await;
    change(&mut content);
    surveys::save_draft(ctx, id, SaveSurveyDraft { lock_version, content }).await
}

pub(crate) async fn publish(ctx: &Ctx, id: SurveyTemplateId) -> Result<(), Error> {
    let lock_version = shown(ctx, id).await.lock_version;
    surveys::publish(ctx, id, SeenSurveyDraft { lock_version }).await
}

fn yes_or_no(key: &str) -> Question {
    Question {
        text: Bilingual::new("هل وصلتم بسهولة؟", "Was it easy to reach us?"),
        ..Question::blank(key.to_owned(), QuestionType::YesNo)
    }
}

fn conflict<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Refused(Failure::Conflict { code })) => code,
        other => panic!("no conflict: {other:?}"),
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn new_surveys_ask_what_was_published_last_and_sent_ones_keep_their_version(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let before = app.surveyed_visit("BEFORE").await;
    let id = opd(&admin).await;
    surveys::begin_draft(&admin, id, None).await.unwrap();
    let drafted = shown(&admin, id).await;
    assert_eq!((drafted.version.number, drafted.version.state), (2, VersionState::Draft));
    save(&admin, id, |content| content.insert_question(1, yes_or_no("reach"))).await.unwrap();
    let waiting = app.surveyed_visit("WAITING").await;
    publish(&admin, id).await.unwrap();
    let after = app.surveyed_visit("AFTER").await;

    let asks = async |survey| {
        let open = surveys::look(&app.invited(survey)).await.unwrap();
        open.content.question("reach").is_some()
    };
    assert!(!asks(before).await && !asks(waiting).await, "a draft asks nobody");
    assert!(asks(after).await);
    let detail = shown(&admin, id).await;
    let states: Vec<_> = detail.versions.iter().map(|it| (it.number, it.state)).collect();
    assert_eq!(states, [(2, VersionState::Current), (1, VersionState::Earlier)]);
    assert_eq!(detail.changes.len(), 1, "{:?}", detail.changes);
    let first = surveys::survey_template(&admin, id, Some(1)).await.unwrap();
    assert!(first.content.question("reach").is_none());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_survey_with_faults_is_kept_and_not_published(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let id = surveys::create_template(&admin, named("Emergency visit")).await.unwrap();
    assert_eq!(shown(&admin, id).await.row.code, "emergency_visit");
    assert_eq!(conflict(publish(&admin, id).await), "survey_has_faults");
    save(&admin, id, |content| {
        content.insert_question(0, Question::blank("easy".to_owned(), QuestionType::YesNo));
    })
    .await
    .unwrap();
    let findings = shown(&admin, id).await.findings;
    let untranslated = findings.iter().filter(|one| !one.warning && one.question == Some(0));
    assert_eq!(untranslated.count(), 2, "{findings:?}");
    assert_eq!(conflict(publish(&admin, id).await), "survey_has_faults");
    save(&admin, id, |content| content.questions[0] = yes_or_no("easy")).await.unwrap();
    publish(&admin, id).await.unwrap();
    assert_eq!(shown(&admin, id).await.row.current, Some(1));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_saw_an_older_draft_is_told_and_nothing_is_lost(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let id = surveys::create_template(&admin, named("Visit")).await.unwrap();
    let stale = shown(&admin, id).await;
    save(&admin, id, |content| content.insert_question(0, yes_or_no("mine"))).await.unwrap();
    let cmd = SaveSurveyDraft { lock_version: stale.lock_version, content: stale.content };
    assert_eq!(conflict(surveys::save_draft(&admin, id, cmd).await), "stale_version");
    let seen = SeenSurveyDraft { lock_version: stale.lock_version };
    assert_eq!(conflict(surveys::publish(&admin, id, seen).await), "stale_version");
    assert_eq!(conflict(surveys::begin_draft(&admin, id, None).await), "draft_exists");
    assert!(shown(&admin, id).await.content.question("mine").is_some());

    let refused = save(&admin, id, |content| content.title.ar = "\0".to_owned()).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Invalid { .. }))), "{refused:?}");
    let refused = save(&admin, id, |content| content.title.ar = "ط".repeat(101)).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Invalid { .. }))), "{refused:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_draft_that_is_thrown_away_leaves_what_was_published(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let new = surveys::create_template(&admin, named("Never asked")).await.unwrap();
    surveys::discard_draft(&admin, new).await.unwrap();
    let gone = surveys::survey_template(&admin, new, None).await;
    assert!(matches!(gone, Err(Error::Refused(Failure::NotFound { .. }))), "{gone:?}");
    let id = opd(&admin).await;
    surveys::begin_draft(&admin, id, None).await.unwrap();
    surveys::discard_draft(&admin, id).await.unwrap();
    assert_eq!(shown(&admin, id).await.version.state, VersionState::Current);
    assert_eq!(conflict(surveys::discard_draft(&admin, id).await), "survey_not_drafted");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_survey_that_a_stage_sends_is_not_retired_and_a_retired_one_is_not_offered(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let id = opd(&admin).await;
    assert_eq!(conflict(surveys::retire(&admin, id).await), "survey_in_use");
    let copy = CreateSurveyTemplate { copy_of: Some(id), ..named("Another visit") };
    let other = surveys::create_template(&admin, copy).await.unwrap();
    assert_eq!(
        shown(&admin, other).await.content.questions,
        shown(&admin, id).await.content.questions
    );
    publish(&admin, other).await.unwrap();
    let offered = async || {
        let list = px360_server::journeys::templates(&admin).await.unwrap();
        let template = px360_server::journeys::template(&admin, list.items[0].id).await.unwrap();
        template.surveys.iter().any(|survey| survey.id == other)
    };
    assert!(offered().await);
    surveys::retire(&admin, other).await.unwrap();
    assert!(!offered().await);
    assert_eq!(conflict(surveys::retire(&admin, other).await), "survey_retired");
    surveys::reinstate(&admin, other).await.unwrap();
    assert!(offered().await);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn hospitals_write_surveys_of_their_own_and_only_read_those_of_the_group(db: PgPool) {
    let app = TestApp::new(db).await;
    let (group, own_admin) = (app.user("admin").await, app.user("hospital.admin").await);
    let id = opd(&own_admin).await;
    let refused = surveys::begin_draft(&own_admin, id, None).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Forbidden))), "{refused:?}");
    let refused = surveys::create_template(&own_admin, named("Group")).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Forbidden))), "{refused:?}");

    let hospitals = surveys::survey_templates(&group).await.unwrap().hospitals;
    let own = surveys::survey_templates(&own_admin).await.unwrap().hospitals[0].id;
    let cmd = CreateSurveyTemplate { hospital_id: Some(own), ..named("Own") };
    let mine = surveys::create_template(&own_admin, cmd).await.unwrap();
    save(&own_admin, mine, |content| content.insert_question(0, yes_or_no("a"))).await.unwrap();
    publish(&own_admin, mine).await.unwrap();

    let other = hospitals.iter().find(|hospital| hospital.id != own).unwrap().id;
    let cmd = CreateSurveyTemplate { hospital_id: Some(other), ..named("Theirs") };
    let refused = surveys::create_template(&own_admin, cmd.clone()).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::NotFound { .. }))), "{refused:?}");
    let theirs = surveys::create_template(&group, cmd).await.unwrap();
    let hidden = surveys::survey_template(&own_admin, theirs, None).await;
    assert!(matches!(hidden, Err(Error::Refused(Failure::NotFound { .. }))), "{hidden:?}");
    let hidden = surveys::discard_draft(&own_admin, theirs).await;
    assert!(matches!(hidden, Err(Error::Refused(Failure::NotFound { .. }))), "{hidden:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn not_even_the_owner_of_the_tables_changes_or_removes_a_published_version(db: PgPool) {
    let app = TestApp::new(db).await;
    for sql in [
        "update survey_versions set content = '{}'",
        "update survey_versions set published_at = null",
        "delete from survey_versions where not exists (
             select from surveys where survey_version_id = survey_versions.id)",
    ] {
        let refused = sqlx::query(sql).execute(&app.db).await;
        assert!(refused.unwrap_err().to_string().contains("immutable"), "{sql}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_question_that_is_asked_now_is_listed_by_its_key(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    visit("V").send(&app, "OPD_REGISTERED", 0).await;
    let questions = surveys::survey_questions(&admin).await.unwrap().items;
    let of_opd: Vec<_> = questions
        .iter()
        .filter(|row| row.template_code == "opd_visit")
        .map(|row| row.question.key.as_str())
        .collect();
    assert_eq!(of_opd.first(), Some(&"nps"));
    assert_eq!(of_opd.len(), shown(&admin, opd(&admin).await).await.content.questions.len());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_stage_of_the_group_cannot_send_what_one_hospital_asks(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let hospital = surveys::survey_templates(&admin).await.unwrap().hospitals[0].id;
    let cmd = CreateSurveyTemplate { hospital_id: Some(hospital), ..named("Own") };
    let own = surveys::create_template(&admin, cmd).await.unwrap();
    save(&admin, own, |content| content.insert_question(0, yes_or_no("a"))).await.unwrap();
    publish(&admin, own).await.unwrap();
    let list = px360_server::journeys::templates(&admin).await.unwrap().items;
    let of_group = list.iter().find(|row| row.hospital_id.is_none()).unwrap().id;
    let template = px360_server::journeys::template(&admin, of_group).await.unwrap();
    assert!(template.surveys.iter().all(|survey| survey.id != own));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_writes_a_survey_gets_it_by_mail_with_a_link_that_keeps_nothing(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let title = Bilingual::new("تجربة", "Trial");
    let cmd = CreateSurveyTemplate { hospital_id: None, title, copy_of: None };
    let id = surveys::create_template(&admin, cmd).await.unwrap();
    app.outbox.take();
    for _ in 0..2 {
        surveys::test_send(&admin, id).await.unwrap();
    }
    app.run_jobs().await;
    let [mail] = app.outbox.take().try_into().unwrap();
    let version =
        app.db_text("select id::text from survey_versions where published_at is null").await;
    assert!(mail.link.unwrap().ends_with(&format!("/{version}/1")), "{version}");
    assert_eq!((mail.channel, mail.stop), (Channel::Email, None));
    // Patients' surveys and their numbers know nothing of it.
    assert_eq!(app.db_count("select count(*) from surveys").await, 0);
    let viewer = app.user("viewer").await;
    assert!(surveys::test_send(&viewer, id).await.is_err());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_invitation_goes_out_in_the_words_of_its_survey_as_the_builder_showed_it(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let id = opd(&admin).await;
    surveys::begin_draft(&admin, id, None).await.unwrap();
    let words = Bilingual::new(
        "{hospital}: كيف كانت زيارتكم في {department} مع {physician}؟",
        "{hospital}: how was your visit?",
    );
    save(&admin, id, |content| content.invitation = words.clone()).await.unwrap();
    let sample = shown(&admin, id).await.message;
    publish(&admin, id).await.unwrap();
    app.outbox.take();
    let survey = app.surveyed_visit("WORDS").await;
    let [message] = app.outbox.take().try_into().unwrap();
    let line = message.text.lines().next().unwrap().to_owned();
    let names =
        "select hospital.name_ar || ': كيف كانت زيارتكم في ' || department.name_ar || ' مع '
                        || physician.name_ar || '؟'
                 from surveys as survey
                 join hospitals as hospital on hospital.id = survey.hospital_id
                 join departments as department on department.id = survey.department_id
                 join physicians as physician on physician.id = survey.physician_id";
    assert_eq!(line, app.db_text(names).await);
    // What the builder shows is as long as what goes out, but for the names.
    let shown = sample.message(&words, Locale::Ar);
    let tail =
        |text: &str| text.lines().skip(1).map(|line| line.chars().count()).collect::<Vec<_>>();
    assert_eq!(tail(&shown), tail(&message.text));
    assert_eq!(surveys::look(&app.invited(survey)).await.unwrap().language, Locale::Ar);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_survey_knows_whom_its_hospital_lets_patients_call(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("HELP").await;
    let patient = app.invited(survey);
    assert!(surveys::look(&patient).await.unwrap().help_phone.is_some());
    sqlx::query("update hospitals set help_phone = null").execute(&app.db).await.unwrap();
    assert_eq!(surveys::look(&patient).await.unwrap().help_phone, None);
}
