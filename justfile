# `just` alone lists the recipes.
default:
    @just --list

# What passes before every commit
check: format lint test deny

# Formatting, without changing anything
format:
    cargo fmt --check

lint:
    cargo clippy --release --all-targets -- -D warnings

# All tests; ONRECORD_SHARED=FOLDER adds those of accuracy on annotated articles
test:
    cargo test --release

# Licences, sources and duplicates of the crates (cargo install cargo-deny)
deny:
    cargo deny check bans licenses sources

# Known holes in the crates; needs the network
advisories:
    cargo deny check advisories

# Writes what the program does today into golden files, README.md, docs/commands.md and tests/cmd; read the diff
update:
    UPDATE=1 TRYCMD=overwrite cargo test --release --test golden --test docs --test cmd

# Words a second of every stage, of extract and of ingest; ONRECORD_BENCH_TEXT=FILE.jsonl measures on your own articles
bench:
    cargo bench --bench segment --bench extract

# Speed, size and query times from 1,000 to 1,000,000 invented articles, into docs/scale.json and .svg; takes --articles N, --dir FOLDER, --keep
bench-scale *options:
    ONRECORD_BENCH_ARTICLES="${ONRECORD_BENCH_ARTICLES:-1000000}" cargo bench --bench scale -- {{options}}

# onrecord, textacy with spaCy, and pySBD over the same invented news (python3; installs from PyPI into target/peers); takes --articles N, --json
bench-peers *options:
    python3 benches/peers/run.py {{options}}

# Hours, not minutes: long property tests, 200 kills of an ingest, and an hour of each fuzz target
nightly:
    PROPTEST_CASES=20000 cargo test --release --test invariants --test segment --test intake
    ONRECORD_KILLS=200 cargo test --release --test kills
    just fuzz 3600

# Each fuzz target for so many seconds (cargo install cargo-fuzz); a crash leaves its input in fuzz/artifacts/
fuzz seconds="600":
    just fuzz-target pages {{seconds}} 65536
    just fuzz-target containers {{seconds}} 65536
    just fuzz-target documents {{seconds}} 65536
    just fuzz-target intake {{seconds}} 16384
    just fuzz-target store {{seconds}} 4000
    just fuzz-target segment {{seconds}} 4000 samples
    just fuzz-target quotes {{seconds}} 4000 samples

# One of them: inputs up to so many bytes, from its seeds and from another folder
fuzz-target name seconds="600" longest="65536" *more:
    mkdir -p fuzz/corpus/{{name}}
    RUSTC_BOOTSTRAP=1 cargo fuzz run {{name}} fuzz/corpus/{{name}} fuzz/seeds/{{name}} {{more}} -- \
        -max_total_time={{seconds}} -max_len={{longest}} -len_control=20 -rss_limit_mb=2048 -timeout=10

# Puts into fuzz/seeds/ the few inputs that a target found which reach code that the seeds there don't (python3)
fuzz-keep name:
    RUSTC_BOOTSTRAP=1 cargo fuzz build {{name}}
    python3 fuzz/keep.py {{name}} "$(ls fuzz/target/*/release/{{name}})"
