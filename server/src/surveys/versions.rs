//! Published versions never change, so each is read once.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use px360_domain::ids::SurveyVersionId;
use px360_domain::surveys::SurveyContent;

/// Versions kept in memory; a group has a few dozen.
const VERSIONS_MAX: usize = 512;

/// The content of published versions, by id.
#[derive(Debug, Default)]
pub struct VersionCache(RwLock<HashMap<SurveyVersionId, Arc<SurveyContent>>>);

impl VersionCache {
    pub(super) fn get(&self, id: SurveyVersionId) -> Option<Arc<SurveyContent>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    pub(super) fn put(&self, id: SurveyVersionId, content: SurveyContent) -> Arc<SurveyContent> {
        let content = Arc::new(content);
        let mut versions = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if versions.len() >= VERSIONS_MAX {
            versions.clear();
        }
        versions.insert(id, Arc::clone(&content));
        content
    }
}
