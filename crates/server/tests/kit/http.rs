//! The least of a client: one request, one connection.
#![allow(
    dead_code,
    reason = "each test is a program of its own and uses a part"
)]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Longer than any answer takes, so that a test that waits in vain ends.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// Sends a request; the connection stays open for what comes back.
pub(crate) fn open(
    at: SocketAddr,
    request: &str,
    headers: &str,
    body: &[u8],
) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(at)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let length = body.len();
    write!(
        stream,
        "{request} HTTP/1.1\r\nHost: {at}\r\nContent-Length: {length}\r\n{headers}\r\n"
    )?;
    stream.write_all(body)?;
    Ok(stream)
}

/// A whole request and a whole answer; an answer that was cut off is an error.
pub(crate) fn ask(at: SocketAddr, request: &str, headers: &str, body: &[u8]) -> io::Result<Answer> {
    let headers = format!("Connection: close\r\n{headers}");
    let mut reader = BufReader::new(open(at, request, &headers, body)?);
    let head = head(&mut reader)?;
    let broken = || io::Error::from(io::ErrorKind::InvalidData);
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|s| s.parse().ok())
        .ok_or_else(broken)?;
    let lower = head.to_ascii_lowercase();
    let length = lower
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length = length
        .and_then(|n| n.trim().parse().ok())
        .ok_or_else(broken)?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Answer { status, head, body })
}

/// The status alone: of what has no body, no length is said.
pub(crate) fn status(at: SocketAddr, request: &str, headers: &str, body: &[u8]) -> io::Result<u16> {
    let headers = format!("Connection: close\r\n{headers}");
    let head = head(&mut BufReader::new(open(at, request, &headers, body)?))?;
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok());
    status.ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// Everything up to the empty line.
pub(crate) fn head(reader: &mut impl BufRead) -> io::Result<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(head)
}
