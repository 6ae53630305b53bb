//! What the client asks and tells, answered one by one.

use super::background::{Background, Job, Shared};
use super::client::Client;
use super::documents::{Document, Documents};
use super::navigation::{self, Named};
use super::occurrences::Occurrence;
use super::transport::Outbox;
use super::uri::{self, Addresses};
use super::{abilities, actions, completion, hints, hover, listing, rename, semantic, symbols};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use lsp_types::{
    CodeActionOrCommand, CompletionResponse, DocumentSymbolResponse, GotoDefinitionResponse, Hover,
    InitializeParams, Position, PrepareRenameResponse, Range, SemanticTokens, SemanticTokensResult,
    TextEdit, Uri, WorkspaceFolder, WorkspaceSymbolResponse,
};
use rustc_hash::FxHashSet;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

/// What is known, and who works on it.
pub struct Server {
    outbox: Outbox,
    client: Client,
    addresses: Addresses,
    documents: Documents,
    shared: Shared,
    jobs: Sender<Job>,
    /// The files in the client's folders, while they are being listed.
    listing: Option<JoinHandle<BTreeSet<String>>>,
    folders: Vec<String>,
}

impl Server {
    /// For a client, which has said where it works.
    #[must_use]
    pub fn new(outbox: &Outbox, params: &InitializeParams, client: Client) -> Self {
        let (jobs, waiting) = channel();
        let (shared, addresses) = (Shared::default(), Addresses::default());
        let sender = outbox.clone();
        let background = Background {
            // Where the client has gone there is nobody left to tell.
            send: move |message| _ = sender.send(&message),
            shared: shared.clone(),
            addresses: addresses.clone(),
            encoding: client.encoding,
            refreshes: client.refreshes,
            checked: BTreeMap::new(),
        };
        thread::spawn(move || background.work(&waiting));
        let documents = Documents::new(client.encoding);
        let (outbox, folders) = (outbox.clone(), folders(params));
        let mut server =
            Self { outbox, client, addresses, documents, shared, jobs, listing: None, folders };
        server.list();
        server
    }

    /// Lists the files in the client's folders, beside the conversation.
    fn list(&mut self) {
        let folders = self.folders.clone();
        self.listing = Some(thread::spawn(move || listing::scenario_files(folders)));
    }

    /// Takes what has been listed. `wait`: also where that has not been done yet.
    fn take_listed(&mut self, wait: bool) {
        if let Some(listing) = self.listing.take_if(|listing| wait || listing.is_finished()) {
            self.documents.listed = listing.join().unwrap_or_default();
        }
    }

    /// Begins to be told of files that change, where the client can.
    fn begin_to_watch(&self) {
        if !self.client.watches {
            return;
        }
        let method = request::RegisterCapability::METHOD.to_owned();
        let asked = Request::new("watch".to_owned().into(), method, abilities::watched_files());
        self.outbox.send(&Message::Request(asked));
    }

    /// Takes what the client tells.
    pub fn notified(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        self.take_listed(false);
        match method.as_str() {
            notification::DidOpenTextDocument::METHOD => {
                if let Some(params) = read::<lsp_types::DidOpenTextDocumentParams>(params) {
                    let path = self.addresses.opened(&params.text_document.uri);
                    self.documents.open(&path, params.text_document.text);
                    self.changed(&path);
                }
            }
            notification::DidChangeTextDocument::METHOD => {
                if let Some(params) = read::<lsp_types::DidChangeTextDocumentParams>(params) {
                    let path = uri::path(&params.text_document.uri);
                    self.documents.change(&path, params.content_changes);
                    self.changed(&path);
                }
            }
            notification::DidCloseTextDocument::METHOD => {
                if let Some(params) = read::<lsp_types::DidCloseTextDocumentParams>(params) {
                    let path = uri::path(&params.text_document.uri);
                    self.documents.close(&path);
                    self.changed(&path);
                }
            }
            notification::DidSaveTextDocument::METHOD
            | notification::DidChangeWatchedFiles::METHOD => self.look_again(),
            notification::DidChangeWorkspaceFolders::METHOD => {
                if let Some(params) = read::<lsp_types::DidChangeWorkspaceFoldersParams>(params) {
                    let gone: Vec<String> = paths(&params.event.removed);
                    self.folders.retain(|folder| !gone.contains(folder));
                    let more = paths(&params.event.added);
                    self.folders.extend(more);
                    self.look_again();
                }
            }
            notification::Initialized::METHOD => self.begin_to_watch(),
            _ => {}
        }
    }

    /// Looks again at what lies on the disk.
    fn look_again(&mut self) {
        self.list();
        let opened: Vec<String> = self.documents.opened().map(str::to_owned).collect();
        opened.iter().for_each(|path| self.changed(path));
    }

    /// Has everything checked that a file is part of.
    fn changed(&mut self, path: &str) {
        let opened: Vec<String> = self.documents.opened().map(str::to_owned).collect();
        let mut roots = FxHashSet::default();
        let mut changed = FxHashSet::default();
        for one in &opened {
            for root in self.documents.roots_of(one) {
                if self.documents.run_of(&root).iter().any(|document| document.path == path) {
                    changed.insert(root.clone());
                }
                roots.insert(root);
            }
        }
        // The background works as long as there is a conversation.
        let _ = self.jobs.send(Job { texts: self.documents.texts(), roots, changed });
    }

    /// Answers what the client asks.
    pub fn response(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        self.take_listed(false);
        match method.as_str() {
            request::Completion::METHOD => self.answer(id, params, Self::completion),
            request::HoverRequest::METHOD => self.answer(id, params, Self::hover),
            request::GotoDefinition::METHOD => self.answer(id, params, Self::definition),
            request::References::METHOD => self.answer(id, params, Self::references),
            request::DocumentHighlightRequest::METHOD => self.answer(id, params, Self::highlights),
            request::PrepareRenameRequest::METHOD => {
                self.answer_or_refuse(id, params, Self::prepare_rename)
            }
            request::Rename::METHOD => self.answer_or_refuse(id, params, Self::rename),
            request::DocumentSymbolRequest::METHOD => self.answer(id, params, Self::symbols),
            request::WorkspaceSymbolRequest::METHOD => self.answer(id, params, Self::all_symbols),
            request::FoldingRangeRequest::METHOD => self.answer(id, params, Self::folding),
            request::Formatting::METHOD => self.answer(id, params, Self::formatting),
            request::SemanticTokensFullRequest::METHOD => self.answer(id, params, Self::tokens),
            request::InlayHintRequest::METHOD => self.answer(id, params, Self::inlay_hints),
            request::CodeLensRequest::METHOD => self.answer(id, params, Self::lenses),
            request::CodeActionRequest::METHOD => self.answer(id, params, Self::actions),
            _ => {
                let message = format!("`{method}` is not known here");
                Response::new_err(id, ErrorCode::MethodNotFound as i32, message)
            }
        }
    }

    fn answer<P: serde::de::DeserializeOwned, A: Serialize>(
        &mut self,
        id: RequestId,
        params: Value,
        how: impl FnOnce(&mut Self, P) -> Option<A>,
    ) -> Response {
        self.answer_or_refuse(id, params, |own, params| Ok(how(own, params)))
    }

    /// Answers, or says why not.
    fn answer_or_refuse<P: serde::de::DeserializeOwned, A: Serialize>(
        &mut self,
        id: RequestId,
        params: Value,
        how: impl FnOnce(&mut Self, P) -> Result<A, String>,
    ) -> Response {
        match serde_json::from_value(params) {
            Ok(params) => match how(self, params) {
                Ok(answer) => Response::new_ok(id, answer),
                Err(message) => Response::new_err(id, ErrorCode::RequestFailed as i32, message),
            },
            Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
        }
    }

    fn document(&mut self, uri: &Uri) -> Option<Arc<Document>> {
        self.documents.get(&uri::path(uri))
    }

    /// The name at a place.
    fn name_at(&mut self, uri: &Uri, at: Position) -> Option<Named> {
        let document = self.document(uri)?;
        let (world, found) = self.documents.occurrences(&document);
        let found = navigation::at(&document, &found, at)?;
        Some(Named { document, world, found })
    }

    fn answered(&mut self, path: &str) -> Option<Arc<super::answers::Answered>> {
        let root = self.documents.roots_of(path).into_iter().next()?;
        self.shared.answered(&root)
    }

    fn completion(&mut self, params: lsp_types::CompletionParams) -> Option<CompletionResponse> {
        let place = params.text_document_position;
        let document = self.document(&place.text_document.uri)?;
        let world = self.documents.world_of(&document.path);
        let snippets = self.client.snippets;
        let items = completion::completion(&document, &world, place.position, snippets);
        Some(CompletionResponse::Array(items))
    }

    fn hover(&mut self, params: lsp_types::HoverParams) -> Option<Hover> {
        let place = params.text_document_position_params;
        let named = self.name_at(&place.text_document.uri, place.position)?;
        let answered = self.answered(&named.document.path);
        let range = navigation::range(&named.document, &named.found);
        let said = hover::hover(&named, answered.as_deref(), |path| self.documents.get(path))?;
        Some(Hover { contents: hover::contents(said, self.client.markdown), range: Some(range) })
    }

    fn definition(
        &mut self,
        params: lsp_types::GotoDefinitionParams,
    ) -> Option<GotoDefinitionResponse> {
        let place = params.text_document_position_params;
        let document = self.document(&place.text_document.uri)?;
        let offset = document.lines.offset(&document.text, place.position);
        if let Some(file) = imported(&document, offset) {
            let uri = self.addresses.of(&file)?;
            let location = lsp_types::Location { uri, range: Range::default() };
            return Some(GotoDefinitionResponse::Scalar(location));
        }
        let named = self.name_at(&place.text_document.uri, place.position)?;
        let all = navigation::definition(&mut self.documents, &self.addresses, &named);
        Some(GotoDefinitionResponse::Array(all))
    }

    fn references(
        &mut self,
        params: lsp_types::ReferenceParams,
    ) -> Option<Vec<lsp_types::Location>> {
        let place = params.text_document_position;
        self.take_listed(true);
        let named = self.name_at(&place.text_document.uri, place.position)?;
        let declaration = params.context.include_declaration;
        let Self { documents, addresses, .. } = self;
        Some(navigation::references(documents, addresses, &named, declaration))
    }

    fn highlights(
        &mut self,
        params: lsp_types::DocumentHighlightParams,
    ) -> Option<Vec<lsp_types::DocumentHighlight>> {
        let place = params.text_document_position_params;
        let document = self.document(&place.text_document.uri)?;
        let (_, all) = self.documents.occurrences(&document);
        let found = navigation::at(&document, &all, place.position)?;
        let same = all.iter().filter(|one| one.symbol == found.symbol);
        let highlight = |one: &Occurrence| lsp_types::DocumentHighlight {
            range: navigation::range(&document, one),
            kind: None,
        };
        Some(same.map(highlight).collect())
    }

    fn prepare_rename(
        &mut self,
        params: lsp_types::TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>, String> {
        let Some(named) = self.name_at(&params.text_document.uri, params.position) else {
            return Ok(None);
        };
        rename::can_be_renamed(&mut self.documents, &named)?;
        Ok(Some(PrepareRenameResponse::Range(navigation::range(&named.document, &named.found))))
    }

    fn rename(
        &mut self,
        params: lsp_types::RenameParams,
    ) -> Result<lsp_types::WorkspaceEdit, String> {
        let place = params.text_document_position;
        self.take_listed(true);
        let named = self.name_at(&place.text_document.uri, place.position);
        let named = named.ok_or("nothing with a name stands here")?;
        let Self { documents, addresses, .. } = self;
        rename::rename(documents, addresses, &named, &params.new_name)
    }

    fn symbols(
        &mut self,
        params: lsp_types::DocumentSymbolParams,
    ) -> Option<DocumentSymbolResponse> {
        let document = self.document(&params.text_document.uri)?;
        Some(DocumentSymbolResponse::Nested(symbols::of_document(&document)))
    }

    fn all_symbols(
        &mut self,
        params: lsp_types::WorkspaceSymbolParams,
    ) -> Option<WorkspaceSymbolResponse> {
        let Self { documents, addresses, .. } = self;
        let found = symbols::of_all(documents, addresses, &params.query);
        Some(WorkspaceSymbolResponse::Flat(found))
    }

    fn folding(
        &mut self,
        params: lsp_types::FoldingRangeParams,
    ) -> Option<Vec<lsp_types::FoldingRange>> {
        Some(symbols::folding(&*self.document(&params.text_document.uri)?))
    }

    /// One edit for the whole, from the first line that changes to the last.
    fn formatting(&mut self, params: lsp_types::DocumentFormattingParams) -> Option<Vec<TextEdit>> {
        let document = self.document(&params.text_document.uri).filter(|it| it.sound)?;
        let new = crate::syntax::lay_out(&document.text).ok()?;
        let old = &*document.text;
        let before: Vec<&str> = old.split_inclusive('\n').collect();
        let after: Vec<&str> = new.split_inclusive('\n').collect();
        let same = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
        let left = before[same..].iter().rev().zip(after[same..].iter().rev());
        let same_at_end = left.take_while(|(one, other)| one == other).count();
        if same == before.len() && same == after.len() {
            return Some(Vec::new());
        }
        let start: usize = before[..same].iter().map(|line| line.len()).sum();
        let end: usize = before[..before.len() - same_at_end].iter().map(|line| line.len()).sum();
        let new_text = after[same..after.len() - same_at_end].concat();
        Some(vec![TextEdit { range: document.lines.range(old, start, end), new_text }])
    }

    fn tokens(&mut self, params: lsp_types::SemanticTokensParams) -> Option<SemanticTokensResult> {
        let document = self.document(&params.text_document.uri)?;
        let (world, found) = self.documents.occurrences(&document);
        let data = semantic::tokens(&document, &world, &found);
        Some(SemanticTokensResult::Tokens(SemanticTokens { result_id: None, data }))
    }

    fn inlay_hints(
        &mut self,
        params: lsp_types::InlayHintParams,
    ) -> Option<Vec<lsp_types::InlayHint>> {
        let document = self.document(&params.text_document.uri)?;
        let (world, found) = self.documents.occurrences(&document);
        Some(hints::inlay_hints(&document, &world, &found, params.range))
    }

    fn lenses(&mut self, params: lsp_types::CodeLensParams) -> Option<Vec<lsp_types::CodeLens>> {
        let uri = params.text_document.uri;
        let document = self.document(&uri)?;
        let answered = self.answered(&document.path);
        Some(hints::lenses(&document, &uri, answered.as_deref()))
    }

    fn actions(&mut self, params: lsp_types::CodeActionParams) -> Option<Vec<CodeActionOrCommand>> {
        let document = self.document(&params.text_document.uri)?;
        let told = self.shared.told(&document.path);
        let touches = |one: &lsp_types::Diagnostic| {
            one.range.start <= params.range.end && params.range.start <= one.range.end
        };
        if !actions::wanted(params.context.only.as_deref()) {
            return Some(Vec::new());
        }
        let told: Vec<_> = told.into_iter().filter(touches).collect();
        let world = self.documents.world_of(&document.path);
        let uri = params.text_document.uri;
        let fixes = actions::fixes(&document, &uri, &world, &told);
        Some(fixes.into_iter().map(CodeActionOrCommand::CodeAction).collect())
    }
}

/// The folders that the client works in; clients have three ways to say so.
fn folders(params: &InitializeParams) -> Vec<String> {
    let folders = paths(params.workspace_folders.as_deref().unwrap_or_default());
    #[expect(deprecated, reason = "older clients give nothing else")]
    let (uri, path) = (&params.root_uri, &params.root_path);
    match (uri, path) {
        _ if !folders.is_empty() => folders,
        (Some(uri), _) => vec![uri::path(uri)],
        (None, Some(path)) => vec![path.clone()],
        (None, None) => Vec::new(),
    }
}

fn paths(folders: &[WorkspaceFolder]) -> Vec<String> {
    folders.iter().map(|folder| uri::path(&folder.uri)).collect()
}

fn read<P: serde::de::DeserializeOwned>(params: Value) -> Option<P> {
    serde_json::from_value(params).ok()
}

/// The file that an import at an offset brings in.
fn imported(document: &Document, offset: usize) -> Option<String> {
    use crate::syntax::tree::ItemKind;
    let named = document.tree.items.iter().find_map(|item| match &item.kind {
        ItemKind::Import(path)
            if (path.span.start as usize..path.span.end as usize).contains(&offset) =>
        {
            Some(path)
        }
        _ => None,
    })?;
    Some(crate::model::beside(&document.path, &named.value))
}
