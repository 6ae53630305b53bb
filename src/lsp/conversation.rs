//! The conversation with the client, from its first word to its last.

use super::abilities::abilities;
use super::client::Client;
use super::parent;
use super::server::Server;
use super::transport::{Input, Outbox, Wrong};
use lsp_server::{ErrorCode, Message, Request, Response};
use lsp_types::InitializeParams;
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use serde_json::json;
use std::io::{BufReader, stdin};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// So many messages are read ahead.
const AHEAD: usize = 64;
/// How often it is looked whether whoever has started the server is still there.
const LOOK: Duration = Duration::from_secs(2);

/// Talks to the client on standard input and output until it says that this is all, or is gone; whether it
/// has said so as the protocol asks for.
#[must_use]
pub fn serve() -> bool {
    let (send, incoming) = sync_channel(AHEAD);
    thread::spawn(move || {
        let mut input = Input::new(BufReader::new(stdin()));
        while let Some(message) = input.next() {
            if send.send(message).is_err() {
                return;
            }
        }
    });
    let (outbox, writer) = Outbox::open();
    let orderly = Conversation { outbox, state: State::Waiting, parent: None }.hold(&incoming);
    // What has been said is still written, unless nobody reads it.
    let _ = writer.join();
    orderly
}

struct Conversation {
    outbox: Outbox,
    state: State,
    /// The process that has started the server, where it says which.
    parent: Option<u32>,
}

/// How far it has come.
enum State {
    /// The client has not begun.
    Waiting,
    /// Everything can be asked.
    Open(Box<Server>),
    /// Only the end is left.
    ShutDown,
}

impl Conversation {
    fn hold(mut self, incoming: &Receiver<Result<Message, Wrong>>) -> bool {
        loop {
            let received = match incoming.recv_timeout(LOOK) {
                Ok(received) => received,
                Err(RecvTimeoutError::Timeout) if self.parent.is_some_and(parent::is_gone) => {
                    return false;
                }
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => return self.is_shut_down(),
            };
            let sent = match received {
                Ok(Message::Request(request)) => {
                    let response = self.response(request);
                    self.outbox.send(&Message::Response(response))
                }
                Ok(Message::Notification(told)) if told.method == notification::Exit::METHOD => {
                    return self.is_shut_down();
                }
                Ok(Message::Notification(told)) => {
                    if let State::Open(server) = &mut self.state {
                        server.notified(told);
                    }
                    true
                }
                Ok(Message::Response(_)) => true,
                Err(wrong) => self.outbox.refuse(&wrong),
            };
            if !sent {
                return self.is_shut_down();
            }
        }
    }

    fn is_shut_down(&self) -> bool {
        matches!(self.state, State::ShutDown)
    }

    fn response(&mut self, request: Request) -> Response {
        let refused = |code: ErrorCode, why: &str| {
            Response::new_err(request.id.clone(), code as i32, why.into())
        };
        let method = request.method.as_str();
        match &mut self.state {
            State::Waiting if method == request::Initialize::METHOD => self.begin(request),
            State::Waiting => refused(ErrorCode::ServerNotInitialized, "`initialize` comes first"),
            State::Open(_) if method == request::Initialize::METHOD => {
                refused(ErrorCode::InvalidRequest, "this has begun already")
            }
            State::Open(_) if method == request::Shutdown::METHOD => {
                self.state = State::ShutDown;
                Response::new_ok(request.id, ())
            }
            State::Open(server) => server.response(request),
            State::ShutDown => {
                refused(ErrorCode::InvalidRequest, "after `shutdown` only `exit` is left")
            }
        }
    }

    fn begin(&mut self, request: Request) -> Response {
        let params: InitializeParams = match serde_json::from_value(request.params) {
            Ok(params) => params,
            Err(error) => {
                let code = ErrorCode::InvalidParams as i32;
                return Response::new_err(request.id, code, error.to_string());
            }
        };
        let client = Client::of(&params);
        self.parent = params.process_id;
        self.state = State::Open(Box::new(Server::new(&self.outbox, &params, client)));
        let about = json!({
            "capabilities": abilities(&client),
            "serverInfo": { "name": "escalade", "version": env!("CARGO_PKG_VERSION") },
        });
        Response::new_ok(request.id, about)
    }
}
