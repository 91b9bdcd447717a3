//! The command line as a user meets it: what is typed and what is printed, in `tests/cmd/`.
//! `TRYCMD=overwrite cargo test --test cmd` writes down what is printed now.

#[test]
fn commands_print_what_is_written_down() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}
