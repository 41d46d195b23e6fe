//! One thing to remember.

use std::borrow::Cow;

use px360_domain::ids::HospitalId;
use serde_json::{Map, Value, json};

/// The key in a detail under which changed fields stand, each as `{"from": …, "to": …}`.
const CHANGES: &str = "changes";

/// One thing that was done, or refused.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Noun and past tense: `action.closed`.
    pub action: Cow<'static, str>,
    /// The glossary's word for the thing.
    pub entity: &'static str,
    /// Which one.
    pub entity_id: String,
    /// Whose tenant.
    pub hospital_id: Option<HospitalId>,
    /// What changed. Never secrets, never a patient's words or contact data.
    pub detail: Value,
    /// False when it was refused and the refusal itself is worth remembering.
    pub done: bool,
}

impl Entry {
    /// Something that was done to one thing.
    pub fn done(
        action: impl Into<Cow<'static, str>>,
        entity: &'static str,
        entity_id: impl ToString,
    ) -> Self {
        Self {
            action: action.into(),
            entity,
            entity_id: entity_id.to_string(),
            hospital_id: None,
            detail: Value::Object(Map::new()),
            done: true,
        }
    }

    /// Something that was refused.
    pub fn refused(action: &'static str, entity: &'static str, entity_id: impl ToString) -> Self {
        Self { done: false, ..Self::done(action, entity, entity_id) }
    }

    /// In this hospital; in none, for what belongs to the whole group.
    #[must_use]
    pub fn in_hospital(mut self, hospital_id: impl Into<Option<HospitalId>>) -> Self {
        self.hospital_id = hospital_id.into();
        self
    }

    /// With this detail.
    #[must_use]
    pub fn with(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }

    /// Done by somebody in the place of this user; what was said before stays.
    #[must_use]
    pub fn on_behalf_of(mut self, username: &str) -> Self {
        if let Value::Object(said) = &mut self.detail {
            said.insert("on_behalf_of".to_owned(), json!(username));
        }
        self
    }

    /// With one field that changed, from what to what. What was said before stays. Leave out what must not
    /// be remembered: secrets, a patient's words.
    #[must_use]
    pub fn with_change(mut self, field: &str, from: Option<&Value>, to: Option<&Value>) -> Self {
        let mut said = match self.detail {
            Value::Object(said) => said,
            Value::Null => Map::new(),
            said => Map::from_iter([("said".to_owned(), said)]),
        };
        if let Value::Object(changes) = said.entry(CHANGES).or_insert_with(|| json!({})) {
            changes.insert(field.to_owned(), json!({ "from": from, "to": to }));
        }
        self.detail = Value::Object(said);
        self
    }
}
