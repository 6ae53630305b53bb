//! What is written in a scenario and its imports, from which its meaning can be made again.

use super::strike::struck;
use super::{Given, Model, SourceId, Strike, resolve};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Sources, Span};
use crate::syntax::tree::Item;
use rustc_hash::FxHashSet;

/// The declarations of a scenario and of all that it imports, in their order, then those that the
/// file of defaults gave.
#[derive(Clone, Debug)]
pub struct Written {
    items: Vec<Item>,
    /// The title where the scenario gives none.
    title: String,
    given: Option<Given>,
}

impl Written {
    pub(super) fn new(items: Vec<Item>, title: &str, given: Option<Given>) -> Self {
        Self { items, title: title.to_owned(), given }
    }

    /// What the file of defaults gave.
    #[must_use]
    pub fn given(&self) -> Option<&Given> {
        self.given.as_ref()
    }

    pub(super) fn items(&self) -> &[Item] {
        &self.items
    }

    /// Gives a model without a title that of its file.
    pub(super) fn name(&self, model: &mut Model) {
        if model.title.is_empty() {
            model.title.clone_from(&self.title);
        }
    }

    /// What the scenario means without some sources: rules, decisions and positions (with their
    /// `becomes` lines) that name sources, all of which are struck out, do not count. `model` is what
    /// it means as written.
    ///
    /// `None` where it cannot be evaluated so, which is told: a position on a scale of one's own is
    /// read and nothing is left that states it.
    #[must_use]
    pub fn without(
        &self,
        model: &Model,
        strike: &Strike,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Model> {
        let struck_out: Vec<SourceId> = (model.sources.iter().enumerate())
            .filter(|(_, source)| strike.strikes(source))
            .map(|(at, _)| SourceId::new(at))
            .collect();
        let names = struck_out.iter().map(|id| model.sources[id.index()].name.as_str()).collect();
        let struck = self.struck(&names);
        let mut errors = Diagnostics::default();
        let Some(mut found) = self.built(&self.items, &struck, sources, &mut errors) else {
            let names: Vec<&str> =
                struck_out.iter().map(|id| model.sources[id.index()].name.as_str()).collect();
            for mut error in errors.sorted() {
                error.message = format!("with {} struck out, {}", names.join(", "), error.message);
                diagnostics.push(error);
            }
            return None;
        };
        found.struck = struck_out;
        Some(found)
    }

    pub(super) fn struck(&self, names: &FxHashSet<&str>) -> FxHashSet<Span> {
        struck(&self.items, names)
    }

    /// What these declarations mean, which need not be the ones written here. Only errors are told.
    pub(super) fn built(
        &self,
        items: &[Item],
        struck: &FxHashSet<Span>,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Model> {
        let mut found = Diagnostics::default();
        let mut model = resolve::build(items, false, struck, None, sources, &mut found);
        self.name(&mut model);
        if !found.has_errors() {
            return Some(model);
        }
        let errors = found.sorted().into_iter().filter(Diagnostic::is_error);
        errors.for_each(|diagnostic| diagnostics.push(diagnostic));
        None
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        // Taking a large tree down takes a while that nobody needs to wait for.
        let items = std::mem::take(&mut self.items);
        rayon::spawn(move || drop(items));
    }
}
