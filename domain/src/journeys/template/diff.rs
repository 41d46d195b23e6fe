//! How two versions of a template differ, in the words of whoever has to approve it.

use serde::{Deserialize, Serialize};

use super::{StageBody, TemplateBody};
use crate::Bilingual;
use crate::changes::{ChangeKind, moved};

closed_enum! {
    /// Which part of a stage, or of the template, says something else.
    pub enum StagePart {
        /// What it is called.
        Name => "name",
        /// Optional, parallel, repeatable, opens a journey.
        Course => "course",
        /// What moves it.
        Rules => "rules",
        /// Whether its event must name a department or a physician.
        Needs => "needs",
        /// How long patients may wait.
        Dwell => "dwell",
        /// Which survey, when, and about whom.
        Survey => "survey",
        /// What ends the visit.
        Closing => "closing",
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    /// The code of the stage; none for the template itself.
    pub stage: Option<String>,
    /// What the stage, or the template, is called now; as it was called, when it is gone.
    pub name: Bilingual,
    /// What became of it.
    pub kind: ChangeKind,
    /// Which parts say something else; empty unless it was changed.
    pub parts: Vec<StagePart>,
}

/// Every difference, the template itself first, then the stages that there are now, then those that went.
pub fn diff(before: &TemplateBody, after: &TemplateBody) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut own = Vec::new();
    if before.name != after.name {
        own.push(StagePart::Name);
    }
    if before.closing_codes != after.closing_codes {
        own.push(StagePart::Closing);
    }
    if !own.is_empty() {
        let name = after.name.clone();
        changes.push(Change { stage: None, name, kind: ChangeKind::Changed, parts: own });
    }
    let of =
        |body: &TemplateBody, code: &str| body.stages.iter().position(|stage| stage.code == code);
    let codes = |body: &TemplateBody| -> Vec<String> {
        body.stages.iter().map(|stage| stage.code.clone()).collect()
    };
    let (old_order, new_order) = (codes(before), codes(after));
    let moved = moved(&old_order, &new_order);
    for stage in &after.stages {
        let old = of(before, &stage.code).and_then(|index| before.stages.get(index));
        let change = |kind, parts| Change {
            stage: Some(stage.code.clone()),
            name: stage.name.clone(),
            kind,
            parts,
        };
        match old {
            None => changes.push(change(ChangeKind::Added, Vec::new())),
            Some(old) => {
                if moved.contains(&&stage.code) {
                    changes.push(change(ChangeKind::Moved, Vec::new()));
                }
                let parts = parts(old, stage);
                if !parts.is_empty() {
                    changes.push(change(ChangeKind::Changed, parts));
                }
            }
        }
    }
    let gone = before.stages.iter().filter(|stage| of(after, &stage.code).is_none());
    changes.extend(gone.map(|stage| Change {
        stage: Some(stage.code.clone()),
        name: stage.name.clone(),
        kind: ChangeKind::Removed,
        parts: Vec::new(),
    }));
    changes
}

fn parts(old: &StageBody, new: &StageBody) -> Vec<StagePart> {
    let course = |s: &StageBody| (s.parallel, s.optional, s.repeatable, s.opens_journey);
    let needs = |s: &StageBody| (s.needs_department, s.needs_physician);
    let dwell = |s: &StageBody| (s.dwell_minutes_min, s.dwell_minutes_max);
    let survey = |s: &StageBody| (s.survey_template_id, s.survey_delay_minutes, s.attribution);
    [
        (StagePart::Name, old.name != new.name),
        (StagePart::Course, course(old) != course(new)),
        (StagePart::Rules, old.triggers != new.triggers),
        (StagePart::Needs, needs(old) != needs(new)),
        (StagePart::Dwell, dwell(old) != dwell(new)),
        (StagePart::Survey, survey(old) != survey(new)),
    ]
    .into_iter()
    .filter_map(|(part, differs)| differs.then_some(part))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(codes: &[&str]) -> TemplateBody {
        let stages = codes.iter().map(|code| StageBody::new(*code)).collect();
        TemplateBody { stages, ..TemplateBody::default() }
    }

    fn said(before: &TemplateBody, after: &TemplateBody) -> Vec<(String, ChangeKind)> {
        let changes = diff(before, after).into_iter();
        changes.map(|change| (change.stage.unwrap_or_default(), change.kind)).collect()
    }

    #[test]
    fn the_same_template_has_no_differences() {
        assert_eq!(diff(&body(&["a", "b"]), &body(&["a", "b"])), []);
    }

    #[test]
    fn one_stage_that_moves_is_one_move_whichever_way_it_goes() {
        let before = body(&["a", "b", "c", "d"]);
        let moved = |codes: &[&str]| said(&before, &body(codes));
        assert_eq!(moved(&["d", "a", "b", "c"]), [("d".to_owned(), ChangeKind::Moved)]);
        assert_eq!(moved(&["b", "c", "d", "a"]), [("a".to_owned(), ChangeKind::Moved)]);
    }

    #[test]
    fn stages_that_come_and_go_move_nobody() {
        let changes = said(&body(&["a", "b", "c"]), &body(&["new", "a", "c"]));
        let told = [("new".to_owned(), ChangeKind::Added), ("b".to_owned(), ChangeKind::Removed)];
        assert_eq!(changes, told);
    }

    #[test]
    fn a_change_names_the_parts_that_differ() {
        let before = body(&["a"]);
        let mut after = body(&["a"]);
        after.closing_codes.push("A03".to_owned());
        after.stages[0].dwell_minutes_max = Some(20);
        after.stages[0].optional = true;
        let parts: Vec<_> = diff(&before, &after).into_iter().map(|change| change.parts).collect();
        assert_eq!(parts, [vec![StagePart::Closing], vec![StagePart::Course, StagePart::Dwell]]);
    }
}
