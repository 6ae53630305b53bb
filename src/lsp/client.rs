//! What the client can do, as it says when it begins.

use super::lines::Encoding;
use lsp_types::{ClientCapabilities, InitializeParams, MarkupKind};

/// What the client can do; of what it does not speak of, nothing.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    /// How it counts characters.
    pub encoding: Encoding,
    /// Whether places can be left to fill in what completion inserts.
    pub snippets: bool,
    /// Whether Markdown is shown as it is meant. Clients that do not say what they show had it so far.
    pub markdown: bool,
    /// Whether it asks for lenses again when told to.
    pub refreshes: bool,
    /// Whether it can be asked to tell of changes of files.
    pub watches: bool,
}

impl Client {
    /// As it says.
    #[must_use]
    pub fn of(params: &InitializeParams) -> Self {
        let ClientCapabilities { workspace, text_document, general, .. } = &params.capabilities;
        let encodings = general.as_ref().and_then(|it| it.position_encodings.as_deref());
        let completion = text_document.as_ref().and_then(|it| it.completion.as_ref());
        let snippets = completion.and_then(|it| it.completion_item.as_ref()?.snippet_support);
        let shown =
            text_document.as_ref().and_then(|it| it.hover.as_ref()?.content_format.as_ref());
        let workspace = workspace.as_ref();
        let refreshes = workspace.and_then(|it| it.code_lens.as_ref()?.refresh_support);
        let watched = workspace.and_then(|it| it.did_change_watched_files.as_ref());
        let watches = watched.and_then(|it| it.dynamic_registration);
        Self {
            encoding: Encoding::chosen(encodings),
            snippets: snippets.unwrap_or(false),
            markdown: shown.is_none_or(|all| all.is_empty() || all.contains(&MarkupKind::Markdown)),
            refreshes: refreshes.unwrap_or(false),
            watches: watches.unwrap_or(false),
        }
    }
}
