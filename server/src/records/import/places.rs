//! What files call other records: by their code or number, by their name, or by their id.

use std::collections::HashMap;

use px360_domain::records::{Form, ReadRow, RecordKind};
use px360_domain::search::fold;
use px360_domain::{FieldFault, access::Reach};
use serde_json::json;
use uuid::Uuid;

use super::known;
use crate::error::Result;
use crate::tx::Tx;

/// The hospitals within reach, by whatever a file may call them.
pub(super) struct Hospitals {
    by_code: HashMap<String, Uuid>,
    /// None for what two are called.
    by_name: HashMap<String, Option<Uuid>>,
    /// The one that goes without saying.
    sole: Option<Uuid>,
}

impl Hospitals {
    /// Reads them.
    pub(super) async fn within_reach(tx: &mut Tx) -> Result<Self> {
        let nobody = Reach::default();
        let granted = tx.ctx().may(RecordKind::Hospital.read());
        let reach = granted.as_ref().map_or(&nobody, |granted| granted.reach()).clone();
        let (mut by_code, mut by_name) = (HashMap::new(), HashMap::new());
        for hospital in known::hospitals(tx, &reach).await? {
            by_code.insert(fold(&hospital.code), hospital.id);
            let names = [hospital.name_ar, hospital.name_en];
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                let found = by_name.entry(fold(&name)).or_insert(Some(hospital.id));
                *found = found.filter(|id| *id == hospital.id);
            }
        }
        Ok(Self { by_code, by_name, sole: tx.reach().sole_hospital().map(|hospital| hospital.0) })
    }

    fn find(&self, word: &str) -> Option<Uuid> {
        if let Ok(id) = word.parse::<Uuid>() {
            return self.by_code.values().any(|known| *known == id).then_some(id);
        }
        let word = fold(word);
        self.by_code.get(&word).copied().or_else(|| self.by_name.get(&word).copied().flatten())
    }

    /// Puts the hospitals of a row into its document; the one that goes without saying, where its key lacks
    /// one. The references that are left are of other kinds.
    pub(super) fn fill(&self, kind: RecordKind, row: &mut ReadRow) {
        let references = std::mem::take(&mut row.references);
        for (target, word) in references {
            if target.leaf().form != Form::Ref(RecordKind::Hospital) {
                row.references.push((target, word));
                continue;
            }
            match self.find(&word) {
                Some(id) => row.put(&target, json!(id)),
                None => row.faults.push(FieldFault::new(&target.name(), "unknown")),
            }
        }
        let Some(sole) = self.sole else { return };
        let lacking = kind.targets().into_iter().filter(|target| target.is_key);
        for target in lacking.filter(|target| target.leaf().name == "hospital_id") {
            let name = target.name();
            let is_there = value(row, &name).is_some();
            if !is_there && !row.faults.iter().any(|fault| fault.field == name) {
                row.put(&target, json!(sole));
            }
        }
    }
}

/// Puts what is left of a row's references into its document. Hospitals are there before.
pub(super) async fn fill_others(tx: &mut Tx, row: &mut ReadRow) -> Result<()> {
    for (target, word) in std::mem::take(&mut row.references) {
        let Form::Ref(of) = target.leaf().form else { continue };
        let beside = match target.of_rows {
            Some(_) => format!("{}.hospital_id", target.field.name),
            None => "hospital_id".to_owned(),
        };
        let hospital = value(row, &beside).and_then(|id| id.parse().ok());
        let found = match word.parse::<Uuid>() {
            Ok(id) => Some(id),
            Err(_) => known::named(tx, of, hospital, &word).await?,
        };
        match found {
            Some(id) => row.put(&target, json!(id)),
            None => row.faults.push(FieldFault::new(&target.name(), "unknown")),
        }
    }
    Ok(())
}

/// The text of a field, or of the field of a row: `mrns.mrn`.
pub(super) fn value(row: &ReadRow, name: &str) -> Option<String> {
    let text = match name.split_once('.') {
        None => row.doc.get(name)?,
        Some((field, inner)) => row.doc.get(field)?.get(0)?.get(inner)?,
    };
    text.as_str().map(str::to_owned)
}
