//! The conversation.

use super::background::{Background, Job, Shared};
use super::documents::{Document, Documents};
use super::lines::Encoding;
use super::navigation::{self, Named};
use super::occurrences::Occurrence;
use super::{actions, completion, hints, hover, listing, semantic, symbols, uri};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use lsp_types::{
    CodeActionOrCommand, CodeActionProviderCapability, CodeLensOptions, CompletionOptions,
    CompletionResponse, DocumentSymbolResponse, FoldingRangeProviderCapability,
    GotoDefinitionResponse, Hover, HoverContents, HoverProviderCapability, InitializeParams,
    MarkupContent, MarkupKind, OneOf, Position, PrepareRenameResponse, Range, RenameOptions,
    SemanticTokens, SemanticTokensFullOptions, SemanticTokensOptions, SemanticTokensResult,
    SemanticTokensServerCapabilities, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, TextEdit, Uri,
    WorkDoneProgressOptions, WorkspaceSymbolResponse,
};
use rustc_hash::FxHashSet;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Talks to the client on standard input and output until it says that this is all.
///
/// # Errors
/// The client does not keep to the protocol, or goes away.
pub fn serve() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let (connection, threads) = Connection::stdio();
    let (id, params) = connection.initialize_start()?;
    let params: InitializeParams = serde_json::from_value(params)?;
    let general = params.capabilities.general.as_ref();
    let encoding = Encoding::chosen(general.and_then(|it| it.position_encodings.as_deref()));
    let about = json!({
        "capabilities": capabilities(encoding),
        "serverInfo": { "name": "escalade", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, about)?;
    Server::new(&connection, &params, encoding).converse()?;
    drop(connection);
    threads.join()?;
    Ok(())
}

fn capabilities(encoding: Encoding) -> ServerCapabilities {
    let usual = WorkDoneProgressOptions::default();
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([".", " ", ":", "("].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: usual,
        })),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                work_done_progress_options: usual,
                legend: semantic::legend(),
                range: None,
                full: Some(SemanticTokensFullOptions::Bool(true)),
            },
        )),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        code_action_provider: Some(CodeActionProviderCapability::Simple(true)),
        ..ServerCapabilities::default()
    }
}

struct Server<'c> {
    connection: &'c Connection,
    documents: Documents,
    shared: Shared,
    jobs: Sender<Job>,
    /// What is listed beside the conversation, once that is done.
    listed: Arc<Mutex<Option<BTreeSet<String>>>>,
    folders: Vec<String>,
}

impl<'c> Server<'c> {
    fn new(connection: &'c Connection, params: &InitializeParams, encoding: Encoding) -> Self {
        let (jobs, waiting) = channel();
        let shared = Shared::default();
        let sender = connection.sender.clone();
        let workspace = params.capabilities.workspace.as_ref();
        let refreshes = workspace.and_then(|it| it.code_lens.as_ref()?.refresh_support);
        let background = Background {
            // Where the client has gone there is nobody left to tell.
            send: move |message| _ = sender.send(message),
            shared: shared.clone(),
            encoding,
            refreshes: refreshes.unwrap_or(false),
            checked: BTreeMap::new(),
        };
        thread::spawn(move || background.work(&waiting));
        let folders = params.workspace_folders.iter().flatten();
        let folders = folders.map(|folder| uri::path(&folder.uri)).collect();
        let listed = Arc::default();
        let documents = Documents::new(encoding);
        let server = Self { connection, documents, shared, jobs, listed, folders };
        server.list();
        server
    }

    /// Lists the files in the client's folders, beside the conversation.
    fn list(&self) {
        let (folders, listed) = (self.folders.clone(), self.listed.clone());
        thread::spawn(move || {
            let found = listing::scenario_files(folders);
            *listed.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
        });
    }

    fn converse(&mut self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        while let Ok(message) = self.connection.receiver.recv() {
            let listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(listed) = listed {
                self.documents.listed = listed;
            }
            match message {
                Message::Request(request) => {
                    if self.connection.handle_shutdown(&request)? {
                        return Ok(());
                    }
                    let response = self.response(request);
                    self.connection.sender.send(Message::Response(response))?;
                }
                Message::Notification(notification) => self.notified(notification),
                Message::Response(_) => {}
            }
        }
        Ok(())
    }

    fn notified(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            notification::DidOpenTextDocument::METHOD => {
                if let Some(params) = read::<lsp_types::DidOpenTextDocumentParams>(params) {
                    let path = uri::path(&params.text_document.uri);
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
            | notification::DidChangeWatchedFiles::METHOD => {
                self.list();
                let opened: Vec<String> = self.documents.opened().map(str::to_owned).collect();
                opened.iter().for_each(|path| self.changed(path));
            }
            _ => {}
        }
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

    fn response(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        match method.as_str() {
            request::Completion::METHOD => self.answer(id, params, Self::completion),
            request::HoverRequest::METHOD => self.answer(id, params, Self::hover),
            request::GotoDefinition::METHOD => self.answer(id, params, Self::definition),
            request::References::METHOD => self.answer(id, params, Self::references),
            request::DocumentHighlightRequest::METHOD => self.answer(id, params, Self::highlights),
            request::PrepareRenameRequest::METHOD => self.answer(id, params, Self::prepare_rename),
            request::Rename::METHOD => self.rename(id, params),
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
        match serde_json::from_value(params) {
            Ok(params) => Response::new_ok(id, how(self, params)),
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
        let items = completion::completion(&document, &world, place.position);
        Some(CompletionResponse::Array(items))
    }

    fn hover(&mut self, params: lsp_types::HoverParams) -> Option<Hover> {
        let place = params.text_document_position_params;
        let named = self.name_at(&place.text_document.uri, place.position)?;
        let answered = self.answered(&named.document.path);
        let range = navigation::range(&named.document, &named.found);
        let value = hover::hover(&named, answered.as_deref(), |path| self.documents.get(path))?;
        let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
        Some(Hover { contents, range: Some(range) })
    }

    fn definition(
        &mut self,
        params: lsp_types::GotoDefinitionParams,
    ) -> Option<GotoDefinitionResponse> {
        let place = params.text_document_position_params;
        let document = self.document(&place.text_document.uri)?;
        let offset = document.lines.offset(&document.text, place.position);
        if let Some(file) = imported(&document, offset) {
            let uri = uri::uri(&file)?;
            let location = lsp_types::Location { uri, range: Range::default() };
            return Some(GotoDefinitionResponse::Scalar(location));
        }
        let named = self.name_at(&place.text_document.uri, place.position)?;
        let all = navigation::definition(&mut self.documents, &named);
        Some(GotoDefinitionResponse::Array(all))
    }

    fn references(
        &mut self,
        params: lsp_types::ReferenceParams,
    ) -> Option<Vec<lsp_types::Location>> {
        let place = params.text_document_position;
        let named = self.name_at(&place.text_document.uri, place.position)?;
        let declaration = params.context.include_declaration;
        Some(navigation::references(&mut self.documents, &named, declaration))
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
    ) -> Option<PrepareRenameResponse> {
        let named = self.name_at(&params.text_document.uri, params.position)?;
        navigation::can_be_renamed(&mut self.documents, &named).ok()?;
        Some(PrepareRenameResponse::Range(navigation::range(&named.document, &named.found)))
    }

    fn rename(&mut self, id: RequestId, params: Value) -> Response {
        let refused = |message: String| {
            Response::new_err(id.clone(), ErrorCode::RequestFailed as i32, message)
        };
        let Some(params) = read::<lsp_types::RenameParams>(params) else {
            return refused("the request is not understood".to_owned());
        };
        let place = params.text_document_position;
        let Some(named) = self.name_at(&place.text_document.uri, place.position) else {
            return refused("nothing with a name stands here".to_owned());
        };
        match navigation::rename(&mut self.documents, &named, &params.new_name) {
            Ok(edit) => Response::new_ok(id, edit),
            Err(message) => refused(message),
        }
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
        Some(WorkspaceSymbolResponse::Flat(symbols::of_all(&mut self.documents, &params.query)))
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
        let told: Vec<_> = told.into_iter().filter(touches).collect();
        let world = self.documents.world_of(&document.path);
        let fixes = actions::fixes(&document, &world, &told);
        Some(fixes.into_iter().map(CodeActionOrCommand::CodeAction).collect())
    }
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
