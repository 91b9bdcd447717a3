//! Fetches pages and feeds over HTTP(S).
