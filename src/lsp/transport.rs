//! Messages over standard input and output.
//!
//! What a client sends may be anything. A message that cannot be understood is answered with what is wrong
//! with it, and the next one is looked for; none may end the server, or make it take memory without end.

use lsp_server::{ErrorCode, Message, RequestId};
use serde_json::{Value, json};
use std::io::{self, BufRead, Read, Write, stdout};
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

/// The longest message that is read, in bytes.
const LONGEST: usize = 256 << 20;
/// Of the head of a message no longer line is looked at.
const LONGEST_LINE: usize = 8 << 10;
/// What stands before the length of a message.
const LENGTH: &str = "content-length:";

/// What a client sends, one message after the other.
#[derive(Debug)]
pub struct Input<R> {
    from: R,
}

/// Where messages to the client go.
#[derive(Clone, Debug)]
pub struct Outbox(Sender<Value>);

impl Outbox {
    /// Whatever is sent is written to standard output, until nobody can send any more.
    pub fn open() -> (Self, JoinHandle<io::Result<()>>) {
        let (send, waiting) = channel::<Value>();
        let writer = thread::spawn(move || {
            for message in waiting {
                let text = message.to_string();
                let mut out = stdout().lock();
                write!(out, "Content-Length: {}\r\n\r\n{text}", text.len())?;
                out.flush()?;
            }
            Ok(())
        });
        (Self(send), writer)
    }

    /// Sends a message; whether somebody may still read it.
    pub fn send(&self, message: &Message) -> bool {
        let mut message = serde_json::to_value(message).unwrap_or_default();
        message["jsonrpc"] = "2.0".into();
        self.0.send(message).is_ok()
    }

    /// Says that a message is not understood; whether somebody may still read it.
    pub fn refuse(&self, wrong: &Wrong) -> bool {
        let error = json!({ "code": wrong.code as i32, "message": wrong.message });
        self.0.send(json!({ "jsonrpc": "2.0", "id": wrong.id, "error": error })).is_ok()
    }
}

/// A message that cannot be understood.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// The request that it is, if so much can be told.
    pub id: Option<RequestId>,
    /// What kind of mistake it is.
    pub code: ErrorCode,
    /// What is wrong with it.
    pub message: String,
}

impl Wrong {
    fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { id: None, code, message: message.into() }
    }
}

impl<R: BufRead> Input<R> {
    /// From here.
    pub fn new(from: R) -> Self {
        Self { from }
    }

    /// The next message, or what is wrong with it; none where the input ends.
    pub fn next(&mut self) -> Option<Result<Message, Wrong>> {
        Some(match self.head().ok()?? {
            Ok(length) => message(&self.body(length).ok()??),
            Err(wrong) => Err(wrong),
        })
    }

    /// The length of the next message. Whatever is no line of a head is passed over, so that after a wrong
    /// length the next message is found.
    fn head(&mut self) -> io::Result<Option<Result<usize, Wrong>>> {
        let mut length = None;
        loop {
            let Some(line) = self.line()? else { return Ok(None) };
            let lower = line.to_ascii_lowercase();
            if let Some(at) = lower.rfind(LENGTH) {
                length = Some(line[at + LENGTH.len()..].trim().to_owned());
            }
            let Some(written) = length.take_if(|_| line.is_empty()) else { continue };
            return Ok(Some(match written.parse() {
                Ok(length) if length <= LONGEST => Ok(length),
                Ok(_) => {
                    let most = LONGEST >> 20;
                    let message = format!("a message is longer than {most} MiB");
                    Err(Wrong::new(ErrorCode::InvalidRequest, message))
                }
                Err(_) => {
                    let message = "`Content-Length` is no number of bytes";
                    Err(Wrong::new(ErrorCode::InvalidRequest, message))
                }
            }));
        }
    }

    /// The end of the next line, without its line break.
    fn line(&mut self) -> io::Result<Option<String>> {
        let mut line: Vec<u8> = Vec::new();
        loop {
            let more = self.from.fill_buf()?;
            if more.is_empty() {
                return Ok(None);
            }
            let end = more.iter().position(|byte| *byte == b'\n');
            line.extend(&more[..end.unwrap_or(more.len())]);
            let passed = end.map_or(more.len(), |end| end + 1);
            self.from.consume(passed);
            if line.len() > LONGEST_LINE {
                line.drain(..line.len() - LONGEST_LINE);
            }
            if end.is_some() {
                let line = String::from_utf8_lossy(&line);
                return Ok(Some(line.trim_end_matches('\r').to_owned()));
            }
        }
    }

    /// A message of this length; memory grows with what comes.
    fn body(&mut self, length: usize) -> io::Result<Option<Vec<u8>>> {
        let mut body = Vec::new();
        self.from.by_ref().take(length as u64).read_to_end(&mut body)?;
        Ok((body.len() == length).then_some(body))
    }
}

/// What the bytes of a message say.
fn message(body: &[u8]) -> Result<Message, Wrong> {
    let text = text(body);
    let value: Value = serde_json::from_str(&text)
        .or_else(|error| serde_json::from_str(&without_halves(&text)).map_err(|_| error))
        .map_err(|error| Wrong::new(ErrorCode::ParseError, error.to_string()))?;
    let given = value.get("id").filter(|id| !id.is_null());
    let id: Option<RequestId> = given.and_then(|id| serde_json::from_value(id.clone()).ok());
    let code = ErrorCode::InvalidRequest;
    if given.is_some() && id.is_none() {
        return Err(Wrong::new(code, "an `id` is a whole number or a text"));
    }
    serde_json::from_value(value).map_err(|error| Wrong { id, code, message: error.to_string() })
}

/// The text of a message. Half of a character of UTF-16, of which clients have some, is one bad character
/// and not three.
fn text(body: &[u8]) -> String {
    match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let mut bytes = body.to_owned();
            for at in 0..bytes.len().saturating_sub(2) {
                if let [0xED, 0xA0..=0xBF, 0x80..=0xBF] = bytes[at..at + 3] {
                    bytes[at..at + 3].copy_from_slice("\u{FFFD}".as_bytes());
                }
            }
            String::from_utf8_lossy(&bytes).into_owned()
        }
    }
}

/// JSON with `\ufffd` for every escape that is half of a character of UTF-16 and has no other half: it is as
/// long to those who count in UTF-16, and so all places stay.
fn without_halves(json: &str) -> String {
    let unit = |at: usize| -> Option<u16> {
        let digits = json.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut whole = String::with_capacity(json.len());
    let mut at = 0;
    while let Some(found) = json[at..].find('\\') {
        let escape = at + found;
        whole.push_str(&json[at..escape]);
        let (written, instead) = match (unit(escape), unit(escape + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, None),
            (Some(0xD800..=0xDFFF), _) => (6, Some("\\ufffd")),
            (Some(_), _) => (6, None),
            (None, _) => (1 + json[escape + 1..].chars().next().map_or(0, char::len_utf8), None),
        };
        at = escape + written;
        whole.push_str(instead.unwrap_or(&json[escape..at]));
    }
    whole.push_str(&json[at..]);
    whole
}

#[cfg(test)]
mod tests {
    use super::{Input, LONGEST, without_halves};
    use lsp_server::{ErrorCode, Message};

    fn framed(body: &[u8]) -> Vec<u8> {
        [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
    }

    /// The methods of the messages, or the codes of what is wrong with them.
    fn read(input: &[u8]) -> Vec<Result<String, i32>> {
        let mut input = Input::new(input);
        let next = || input.next();
        std::iter::from_fn(next)
            .map(|one| match one {
                Ok(Message::Request(request)) => Ok(request.method),
                Ok(Message::Notification(told)) => Ok(told.method),
                Ok(Message::Response(_)) => Ok("response".to_owned()),
                Err(wrong) => Err(wrong.code as i32),
            })
            .collect()
    }

    #[test]
    fn whatever_comes_the_next_message_is_found() {
        let good = framed(br#"{"jsonrpc":"2.0","id":1,"method":"x","params":{}}"#);
        let bodies: [(&[u8], i32); 7] = [
            (b"{", ErrorCode::ParseError as i32),
            (b"", ErrorCode::ParseError as i32),
            (b"[]", ErrorCode::InvalidRequest as i32),
            (b"17", ErrorCode::InvalidRequest as i32),
            (b"{\"id\":1.5,\"method\":\"x\"}", ErrorCode::InvalidRequest as i32),
            (&[b'['; 10_000], ErrorCode::ParseError as i32),
            (b"\xff\xfe", ErrorCode::ParseError as i32),
        ];
        for (body, code) in bodies {
            let input = [framed(body), good.clone()].concat();
            assert_eq!(read(&input), [Err(code), Ok("x".to_owned())], "{body:?}");
        }
        for head in [
            "Content-Length: 99999999999999\r\n\r\n{}",
            "Content-Length: x\r\n\r\n",
            "content-length:-1\n\n",
            "Content-Length: 99999999999999999999999\r\n\r\n\r\n",
        ] {
            let input = [head.as_bytes(), &good].concat();
            let wrong = Err(ErrorCode::InvalidRequest as i32);
            assert_eq!(read(&input), [wrong, Ok("x".to_owned())], "{head:?}");
        }
        let noise = [&b"\r\n\r\nhello\n\0"[..], &[b'x'; 100_000], b"\nContent-Type: y\r\n", &good];
        assert_eq!(read(&noise.concat()), [Ok("x".to_owned())]);
        assert_eq!(read(&good[..good.len() - 1]), []);
        assert!(read(format!("Content-Length: {LONGEST}\r\n\r\n{{").as_bytes()).is_empty());
    }

    #[test]
    fn halves_of_characters_are_bad_characters() {
        for (json, whole) in [
            (r#""a\ud800b""#, r#""a\ufffdb""#),
            (r#""\udc00\ud800""#, r#""\ufffd\ufffd""#),
            (r#""\ud83d\ude00 \ud83d""#, r#""\ud83d\ude00 \ufffd""#),
            (r#""\\ud800 \n é \u00e9 \\\ud800""#, r#""\\ud800 \n é \u00e9 \\\ufffd""#),
        ] {
            assert_eq!(without_halves(json), whole);
        }
        let mut body = br#"{"method":"x","params":{"text":""#.to_vec();
        body.extend(b"\xED\xA0\x80\\ud800\"}}");
        let mut input = Input::new(std::io::Cursor::new(framed(&body)));
        let Some(Ok(Message::Notification(told))) = input.next() else { unreachable!() };
        assert_eq!(told.params["text"], "\u{FFFD}\u{FFFD}");
    }
}
