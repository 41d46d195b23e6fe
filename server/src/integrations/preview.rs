//! What publishing a draft would mean.

use std::collections::{BTreeSet, HashMap};

use px360_domain::access::Permission;
use px360_domain::ids::{EventId, JourneyTemplateId};
use px360_domain::integrations::EventStatus;
use px360_domain::journeys::template::{
    DraftReplay, PublishPreview, ReplayTally, TallyKind, TemplateBody,
};
use px360_domain::journeys::{Intent, JourneyStatus, JourneyType, asking, fold};
use px360_domain::{Bilingual, Failure};

use super::apply::{ToldLately, told_lately_in};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::journeys::{
    self, Story, Templates, published_templates_in, standing, templates_with_in,
};

/// How many days of messages are lived through again.
const REPLAY_DAYS: u16 = 7;

/// How a draft differs from what it replaces, who stays behind with that, and what the messages of the last seven
/// days would have come to with it. Nothing of it is kept.
///
/// # Errors
/// `NotFound` out of reach.
pub async fn preview(ctx: &Ctx, id: JourneyTemplateId) -> Result<PublishPreview> {
    ctx.require(Permission::JourneyTemplateWrite)?;
    let detail = journeys::template(ctx, id).await?;
    if !detail.may_write {
        return Err(Failure::Forbidden.into());
    }
    let (owner, journey_type) = (detail.row.hospital_id, detail.row.journey_type);
    let running = journeys::running(ctx, owner, journey_type).await?;
    let system = ctx.deps().system("journeys.preview");
    let mut tx = system.begin(system.require(Permission::EventProcess)?).await?;
    let now = published_templates_in(&mut tx).await?;
    let then = templates_with_in(&mut tx, id).await?;
    let told = told_lately_in(&mut tx, &then, owner, REPLAY_DAYS).await?;
    tx.nothing_to_do().await?;
    let (before, after) =
        (count(&now, &told.stories, journey_type), count(&then, &told.stories, journey_type));
    let tallies = tallies(&detail.body, &names(&now, &told, journey_type), &before, &after);
    Ok(PublishPreview {
        changes: detail.changes,
        findings: detail.findings,
        running,
        replay: DraftReplay { days: REPLAY_DAYS, messages: told.messages, cut: told.cut, tallies },
    })
}

/// The stages of what holds now, in order: code and name.
fn names(
    templates: &Templates,
    told: &ToldLately,
    journey_type: JourneyType,
) -> Vec<(String, Bilingual)> {
    let hospitals = told.stories.iter().map(|story| story.hospital_id);
    let mut names: Vec<(String, Bilingual)> = Vec::new();
    for hospital in hospitals.collect::<BTreeSet<_>>() {
        let of_type = templates.of(hospital, &[]);
        let of_type = of_type.into_iter().find(|template| template.journey_type == journey_type);
        for stage in of_type.into_iter().flat_map(|template| &template.stages) {
            if !names.iter().any(|(code, _)| *code == stage.code) {
                names.push((stage.code.clone(), stage.name.clone()));
            }
        }
    }
    names
}

/// How often each thing happens.
#[derive(Default)]
struct Counts {
    journeys: u64,
    surveys: u64,
    stages: HashMap<String, u64>,
    effective: u64,
    ignored: u64,
    parked: u64,
}

fn count(templates: &Templates, stories: &[Story], journey_type: JourneyType) -> Counts {
    let mut counts = Counts::default();
    for story in stories {
        let visit = fold(&templates.of(story.hospital_id, &[]), &story.happenings);
        let unknown = |id: &EventId| {
            let mut said = story.happenings.iter().filter(|one| one.event_id == *id);
            said.all(|one| {
                Intent::of(&one.said.code) == Intent::Step
                    && !templates.listens(story.hospital_id, &one.said.code)
            })
        };
        for (id, outcomes) in &visit.outcomes {
            match standing(outcomes).0 {
                // It does not come so far: nobody knows what it means.
                _ if unknown(id) => counts.parked += 1,
                EventStatus::Processed => counts.effective += 1,
                EventStatus::Parked => counts.parked += 1,
                _ => counts.ignored += 1,
            }
        }
        for journey in visit.journeys.iter().filter(|one| one.journey_type == journey_type) {
            let Some(template) = templates.get(journey.template_id) else { continue };
            if journey.status != JourneyStatus::Cancelled {
                counts.journeys += 1;
            }
            counts.surveys += asking::asked(template, journey).len() as u64;
            for stage in journey.stages.iter().filter(|stage| stage.completed_at.is_some()) {
                if let Some(of) = templates.stage(stage.stage_template_id) {
                    *counts.stages.entry(of.code.clone()).or_default() += 1;
                }
            }
        }
    }
    counts
}

fn tallies(
    body: &TemplateBody,
    known: &[(String, Bilingual)],
    before: &Counts,
    after: &Counts,
) -> Vec<ReplayTally> {
    let plain = |kind, before, after| ReplayTally { kind, stage: None, name: None, before, after };
    let mut tallies = vec![
        plain(TallyKind::Journeys, before.journeys, after.journeys),
        plain(TallyKind::Surveys, before.surveys, after.surveys),
    ];
    let drafted = body.stages.iter().map(|stage| (stage.code.clone(), stage.name.clone()));
    let gone = known
        .iter()
        .filter(|(code, _)| !body.stages.iter().any(|stage| stage.code == *code))
        .cloned();
    let of = |counts: &Counts, code: &str| counts.stages.get(code).copied().unwrap_or_default();
    tallies.extend(drafted.chain(gone).map(|(code, name)| ReplayTally {
        kind: TallyKind::Stage,
        before: of(before, &code),
        after: of(after, &code),
        stage: Some(code),
        name: Some(name),
    }));
    tallies.extend([
        plain(TallyKind::Effective, before.effective, after.effective),
        plain(TallyKind::Ignored, before.ignored, after.ignored),
        plain(TallyKind::Parked, before.parked, after.parked),
    ]);
    tallies
}
