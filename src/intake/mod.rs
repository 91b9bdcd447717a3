//! Reads articles from files, folders, standard input and JSON Lines as they come.
