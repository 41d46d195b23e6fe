//! What something loaded depends on, of whatever type.

use std::any::Any;
use std::sync::Arc;

/// A value that can be compared with a later one.
#[derive(Clone)]
pub(super) struct Source(Arc<dyn Comparable>);

impl Source {
    pub(super) fn new<S: PartialEq + Send + Sync + 'static>(value: S) -> Self {
        Self(Arc::new(value))
    }

    /// The value, if it is of this type.
    pub(super) fn read<S: Clone + 'static>(&self) -> Option<S> {
        self.0.any().downcast_ref::<S>().cloned()
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(other.0.any())
    }
}

trait Comparable: Send + Sync {
    fn any(&self) -> &dyn Any;
    fn is(&self, other: &dyn Any) -> bool;
}

impl<S: PartialEq + Send + Sync + 'static> Comparable for S {
    fn any(&self) -> &dyn Any {
        self
    }

    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<S>() == Some(self)
    }
}
