//! A client of the language server: a process of its own, real messages.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Nothing takes longer than this, whatever else the machine does.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    next: i64,
    version: i64,
    /// Diagnostics as told last, by address.
    pub told: std::collections::BTreeMap<String, Vec<Value>>,
    /// How often lenses were to be asked for again.
    pub refreshed: usize,
    /// What the server has asked for.
    pub asked: Vec<Value>,
}

impl Client {
    pub fn start(folder: &std::path::Path) -> Self {
        Self::start_with(folder, |_| {})
    }

    /// As `start`, with other parameters of `initialize`.
    pub fn start_with(folder: &std::path::Path, change: impl FnOnce(&mut Value)) -> Self {
        let mut client = Self::spawn();
        let root = format!("file://{}", folder.display());
        let mut params = json!({
            "processId": null, "rootUri": root,
            "capabilities": {
                "workspace": { "codeLens": { "refreshSupport": true } },
                "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } },
            },
            "workspaceFolders": [{ "uri": root, "name": "here" }],
        });
        change(&mut params);
        let about = client.request("initialize", params);
        assert_eq!(about["serverInfo"]["name"], "escalade");
        assert_eq!(about["capabilities"]["positionEncoding"], "utf-16");
        client.notify("initialized", json!({}));
        client
    }

    /// A server that has not been spoken to.
    pub fn spawn() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_escalade"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (send, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        let told = std::collections::BTreeMap::new();
        let (refreshed, asked) = (0, Vec::new());
        Self { child, input, messages, next: 0, version: 0, told, refreshed, asked }
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// Sends bytes as they are.
    pub fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    /// The next message that is an answer to nothing that can be told.
    pub fn unasked(&mut self) -> Value {
        loop {
            let message = self.receive(PATIENCE).expect("an answer");
            if message.get("method").is_none() && message["id"].is_null() {
                return message;
            }
        }
    }

    /// Waits for the end of the server, and gives its status.
    pub fn status(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The result of a request.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let answer = self.ask(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The whole answer to a request.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let begun = Instant::now();
        loop {
            let message = self.receive(PATIENCE).unwrap_or_else(|| panic!("{method}: no answer"));
            if message.get("method").is_none() && message["id"] == id {
                return message;
            }
            assert!(begun.elapsed() < PATIENCE, "{method}: no answer");
        }
    }

    /// The next message; diagnostics are kept.
    fn receive(&mut self, patience: Duration) -> Option<Value> {
        let message = self.messages.recv_timeout(patience).ok()?;
        match message["method"].as_str() {
            Some("textDocument/publishDiagnostics") => {
                let uri = message["params"]["uri"].as_str().unwrap().to_owned();
                let all = message["params"]["diagnostics"].as_array().unwrap().clone();
                self.told.insert(uri, all);
            }
            Some("workspace/codeLens/refresh") => {
                self.refreshed += 1;
                let answer = json!({ "jsonrpc": "2.0", "id": message["id"], "result": null });
                self.send(&answer);
            }
            Some(_) if message.get("id").is_some() => {
                let answer = json!({ "jsonrpc": "2.0", "id": message["id"], "result": null });
                self.send(&answer);
                self.asked.push(message.clone());
            }
            _ => {}
        }
        Some(message)
    }

    /// Waits until something holds of what has been told.
    pub fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !holds(self) {
            let left = PATIENCE.checked_sub(begun.elapsed());
            let left = left.unwrap_or_else(|| panic!("not so in time: {what}: {:?}", self.told));
            self.receive(left.min(Duration::from_millis(100)));
        }
    }

    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "escalade", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Changes a file: the whole, or the part from one place to another.
    pub fn change(&mut self, uri: &str, range: Option<Value>, text: &str) {
        self.version += 1;
        let mut change = json!({ "text": text });
        if let Some(range) = range {
            change["range"] = range;
        }
        let document = json!({ "uri": uri, "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": [change] });
        self.notify("textDocument/didChange", params);
    }

    /// A request about a place.
    pub fn at(&mut self, method: &str, uri: &str, line: u32, character: u32) -> Value {
        self.request(method, place(uri, line, character))
    }

    pub fn codes(&self, uri: &str) -> Vec<&str> {
        let all = self.told.get(uri).map(Vec::as_slice).unwrap_or_default();
        all.iter().map(|one| one["code"].as_str().unwrap()).collect()
    }

    pub fn end(mut self) {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.input = None;
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn place(uri: &str, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
}

/// The place of a mark `¦` in a text, and the text without it; columns in UTF-16.
pub fn marked(text: &str) -> (String, u32, u32) {
    let at = text.find('¦').expect("a mark");
    let before = &text[..at];
    let line = before.matches('\n').count() as u32;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let character = before[start..].encode_utf16().count() as u32;
    (text.replacen('¦', "", 1), line, character)
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim();
        if line.is_empty() {
            break;
        }
        if let Some(number) = line.strip_prefix("Content-Length: ") {
            length = number.parse().ok();
        }
    }
    let mut body = vec![0; length?];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
