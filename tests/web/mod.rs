//! A server for tests on 127.0.0.1: a handful of routes, one request a connection, requests counted and bounded.

#![allow(dead_code, reason = "each test file uses some of it")]

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Runs until it is dropped.
pub struct Server {
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    closed: Arc<AtomicBool>,
}

impl Server {
    /// The address of a page there.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The heads of the requests so far: request line and headers.
    pub fn heads(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// The paths asked for so far.
    pub fn paths(&self) -> Vec<String> {
        let path = |head: String| head.split(' ').nth(1).unwrap_or_default().to_owned();
        self.heads().into_iter().map(path).collect()
    }

    pub fn asked(&self, path: &str) -> usize {
        self.paths().iter().filter(|asked| *asked == path).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::Relaxed);
        // Wakes the thread that waits for a connection.
        let _ = TcpStream::connect(self.address);
    }
}

/// Answers each request with what `answer` writes for its path, then hangs up.
pub fn serve(answer: impl Fn(&str, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Server {
    const MOST_REQUESTS: usize = 500;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (requests, closed) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
    let server = Server { address, requests: Arc::clone(&requests), closed: Arc::clone(&closed) };
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().take(MOST_REQUESTS).map_while(Result::ok) {
            if closed.load(Ordering::Relaxed) {
                return;
            }
            let (answer, requests) = (Arc::clone(&answer), Arc::clone(&requests));
            thread::spawn(move || converse(stream, &*answer, &requests));
        }
    });
    server
}

/// Answers with ready responses; any other path is a 404.
pub fn routes(routes: &[(&str, Vec<u8>)]) -> Server {
    let routes: Vec<(String, Vec<u8>)> =
        routes.iter().map(|(path, response)| ((*path).to_owned(), response.clone())).collect();
    serve(move |path, stream| {
        let found = routes.iter().find(|(route, _)| route == path);
        stream.write_all(&found.map_or_else(|| response(404, &[], b""), |(_, response)| response.clone()))
    })
}

/// A whole response with its length.
pub fn response(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut response = format!("HTTP/1.1 {status} Said\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        response.push_str(&format!("{name}: {value}\r\n"));
    }
    response.push_str("Connection: close\r\n\r\n");
    [response.as_bytes(), body].concat()
}

pub fn html(body: &str) -> Vec<u8> {
    response(200, &[("Content-Type", "text/html; charset=utf-8")], body.as_bytes())
}

pub fn moved(to: &str) -> Vec<u8> {
    response(302, &[("Location", to)], b"")
}

fn converse(
    mut stream: TcpStream,
    answer: &(dyn Fn(&str, &mut TcpStream) -> io::Result<()> + Send + Sync),
    requests: &Mutex<Vec<String>>,
) {
    let Some(head) = head(&mut stream) else { return };
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    requests.lock().unwrap().push(head);
    // The client may hang up in the middle of an answer that it doesn't want.
    let _ = answer(&path, &mut stream);
}

fn head(stream: &mut TcpStream) -> Option<String> {
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    stream.set_write_timeout(Some(Duration::from_secs(5))).ok()?;
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && head.len() < 64 << 10 {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    String::from_utf8(head).ok()
}
