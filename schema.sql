-- The schema of an onrecord database, version 3.
--
-- A new file is made by running this page; a file of an earlier version is brought here by the
-- steps in src/store/migrate.rs, which keep the version in `PRAGMA user_version`.
-- `quote_view`, `speaker_view` and `article_view` at the end are made for reading.
--
-- All offsets are bytes into the UTF-8 text of one article version, [start, end): what the program
-- itself counts in. Exports turn them into code points. Dates are ISO 8601, times UTC.
-- Unknown is NULL everywhere, never '' and never 0.

-- An article, whatever became of its words. `key` is the id it came with, else its URL, else its path.
CREATE TABLE article (
    id         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE CHECK (key <> ''),
    first_seen TEXT NOT NULL CHECK (first_seen GLOB '[0-9]*T*Z'),
    -- Articles of nearly the same words in several outlets are one story: a wire report and its copies. The
    -- lowest id among them; NULL for an article that stands alone.
    story      INTEGER REFERENCES article (id) ON DELETE SET NULL
) STRICT;

CREATE INDEX article_story ON article (story) WHERE story IS NOT NULL;

-- What else an article is recognised by, beside its key: the URL of one that came with an id, the hashes of
-- one that is known by its place only (so that the same words in another file are the same article).
CREATE TABLE known_as (
    mark    ANY PRIMARY KEY NOT NULL CHECK (typeof(mark) IN ('text', 'blob')),
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX known_as_article ON known_as (article);

-- The article as it stood when it was read. Outlets change articles after printing them, and a
-- quote must stay provable against the words it was found in: so a changed article becomes a new
-- version, and versions are never rewritten.
CREATE TABLE article_version (
    id         INTEGER PRIMARY KEY,
    article    INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL CHECK (number >= 1),
    is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
    -- SHA-256 of the text and of what is known about it: tells «same again» from «changed».
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    -- Where it was read from, for a person's eyes.
    origin     TEXT NOT NULL,
    url        TEXT CHECK (url <> ''),
    title      TEXT CHECK (title <> ''),
    outlet     TEXT CHECK (outlet <> ''),
    byline     TEXT CHECK (byline <> ''),
    published  TEXT CHECK (published GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    language   TEXT CHECK (language <> ''),
    -- Fields of the input that are none of ours, as one JSON object.
    extra      TEXT CHECK (json_valid(extra)),
    ingested   TEXT NOT NULL CHECK (ingested GLOB '[0-9]*T*Z'),
    -- Which analysis found the quotes of this version. Another one, reading the same words again, puts
    -- its own in their place: of what a machine finds only the latest is kept.
    analyser   TEXT NOT NULL CHECK (analyser <> ''),
    -- The least hashes of its runs of words (src/copies.rs): how much two texts share can be told from them.
    -- NULL for a text too short to tell.
    sketch     BLOB,
    text       TEXT NOT NULL,
    UNIQUE (article, number)
) STRICT;

-- At most one version of an article is the current one; also the way from an article to it.
CREATE UNIQUE INDEX article_version_current ON article_version (article) WHERE is_current = 1;
-- In the order of lists, undated ones last.
CREATE INDEX article_version_published ON article_version (coalesce(published, '~'), article) WHERE is_current = 1;

-- Parts of sketches: texts that share much share at least one, so that copies are found without comparing
-- every article with every other.
CREATE TABLE sketch_band (
    band    INTEGER NOT NULL,
    version INTEGER NOT NULL REFERENCES article_version (id) ON DELETE CASCADE,
    PRIMARY KEY (band, version)
) STRICT, WITHOUT ROWID;

-- A person, organisation, group or document, named in full. Equal names of one kind, without
-- regard to case and accents, are one row, unless a person said that they are several people's; a person whom
-- articles name in several ways has a row for each.
CREATE TABLE speaker (
    id     INTEGER PRIMARY KEY,
    -- The best spelling met: `Ana Solís` rather than `ANA SOLIS`.
    name   TEXT NOT NULL CHECK (name <> ''),
    -- For comparing: `ana solis` (src/speakers/fold.rs).
    folded TEXT NOT NULL CHECK (folded <> ''),
    kind   TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'group', 'document')),
    -- Tells several people of one name apart, as a person said (split_rule): «Valley Gazette». NULL for most.
    qualifier TEXT CHECK (qualifier <> ''),
    -- The row whose name stands for the person: itself, unless a person said otherwise (name_rule). It may be a name
    -- that no article prints.
    person INTEGER NOT NULL REFERENCES speaker (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX speaker_name ON speaker (folded, kind, coalesce(qualifier, ''));
CREATE INDEX speaker_person ON speaker (person);

-- A speaker in one article version. Roles and other names belong here: roles change over the years, and a name
-- which an analysis got wrong goes with it.
CREATE TABLE appearance (
    version INTEGER NOT NULL REFERENCES article_version (id) ON DELETE CASCADE,
    speaker INTEGER NOT NULL REFERENCES speaker (id) ON DELETE CASCADE,
    role    TEXT CHECK (role <> ''),
    -- Other names printed for the speaker in the article, as a JSON list: `["Solís","Ms Solís"]`.
    aliases TEXT CHECK (json_valid(aliases)),
    PRIMARY KEY (version, speaker)
) STRICT, WITHOUT ROWID;

-- All names printed for a speaker beside `speaker.name`, and in how many versions; two triggers keep count.
CREATE TABLE speaker_alias (
    speaker INTEGER NOT NULL REFERENCES speaker (id) ON DELETE CASCADE,
    alias   TEXT NOT NULL CHECK (alias <> ''),
    printed INTEGER NOT NULL CHECK (printed >= 1),
    PRIMARY KEY (speaker, alias)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER speaker_alias_insert AFTER INSERT ON appearance WHEN new.aliases IS NOT NULL BEGIN
    INSERT INTO speaker_alias (speaker, alias, printed)
    SELECT new.speaker, value, 1 FROM json_each(new.aliases) WHERE true
        ON CONFLICT DO UPDATE SET printed = printed + 1;
END;

CREATE TRIGGER speaker_alias_delete AFTER DELETE ON appearance WHEN old.aliases IS NOT NULL BEGIN
    DELETE FROM speaker_alias
     WHERE speaker = old.speaker AND printed = 1 AND alias IN (SELECT value FROM json_each(old.aliases));
    UPDATE speaker_alias SET printed = printed - 1
     WHERE speaker = old.speaker AND printed > 1 AND alias IN (SELECT value FROM json_each(old.aliases));
END;

-- The folded words of a speaker's names, to find whom a typed name may mean. What stands here is looked at
-- again in the names themselves; a word too many does no harm.
CREATE TABLE speaker_word (
    word    TEXT NOT NULL CHECK (word <> ''),
    speaker INTEGER NOT NULL REFERENCES speaker (id) ON DELETE CASCADE,
    PRIMARY KEY (word, speaker)
) STRICT, WITHOUT ROWID;

CREATE INDEX speaker_word_speaker ON speaker_word (speaker);

-- A quotation or reported statement, and who it is from.
CREATE TABLE quote (
    id             INTEGER PRIMARY KEY,
    version        INTEGER NOT NULL REFERENCES article_version (id) ON DELETE CASCADE,
    -- The id that people cite. It hangs on the article's key and the quote's words, so the same
    -- words keep it in the next version and in another database.
    -- No index: it would touch a page for nearly every quote, and nothing looks for it alone yet.
    public_id      TEXT NOT NULL CHECK (public_id <> ''),
    -- Order in the article, from 1.
    position       INTEGER NOT NULL CHECK (position >= 1),
    type           TEXT NOT NULL CHECK (type IN ('direct', 'mixed', 'indirect', 'scare')),
    -- Whose word it is: the program's, a person's, or the program's that a person said is none.
    state          TEXT NOT NULL DEFAULT 'machine' CHECK (state IN ('machine', 'reviewed', 'rejected')),
    -- The words of its parts, joined with ' … ' where the writer broke in.
    text           TEXT NOT NULL CHECK (text <> ''),
    -- Where they stand, as a JSON list: most have one part, `[[0,12]]`; «"A," she said, "B."» has two.
    parts          TEXT NOT NULL CHECK (json_array_length(parts) >= 1),
    -- A hash of the words without case, marks and punctuation: equal for one statement in all its copies.
    same_words     INTEGER NOT NULL,
    -- That of the article version, so that the quotes of one speaker come out of an index in order of date.
    published      TEXT,
    -- 0 when a quotation mark was opened and never closed.
    closed         INTEGER NOT NULL CHECK (closed IN (0, 1)),
    -- The quote around this one, which may be written after it.
    nested_in      INTEGER REFERENCES quote (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    -- The reporting words as printed («has warned»), their dictionary form and class.
    cue            TEXT,
    cue_start      INTEGER,
    cue_end        INTEGER,
    cue_lemma      TEXT,
    cue_class      TEXT CHECK (cue_class IN (
        'say', 'claim', 'deny', 'admit', 'ask', 'warn', 'promise', 'demand', 'accuse', 'praise',
        'think', 'feel', 'write', 'announce', 'show', 'describe', 'decide')),
    -- The mention as printed («he»), and whom it stands for.
    source         TEXT,
    source_start   INTEGER,
    source_end     INTEGER,
    source_kind    TEXT CHECK (source_kind IN ('name', 'role', 'organisation', 'pronoun', 'group', 'document')),
    speaker        INTEGER REFERENCES speaker (id),
    unknown_reason TEXT CHECK (unknown_reason IN ('no_cue', 'tie', 'pronoun_unresolved', 'no_source')),
    -- The rule that linked the two; NULL for scare quotes, which nobody said.
    method         TEXT CHECK (method IN (
        'verb_before', 'verb_after', 'inverted_verb', 'colon', 'dash_signature', 'from_colon',
        'according_to', 'same_paragraph', 'open_paragraph', 'dialogue_turn', 'floating', 'person', 'none')),
    -- NULL where a person named the speaker.
    confidence     REAL CHECK (confidence BETWEEN 0 AND 1),
    -- Whom else it could have been, best first, as a JSON list of name, place and confidence:
    -- `[["Piotr Wałęsa",91,103,0.04]]`. The name is the full one where it is known, else the words at the place.
    runners_up     TEXT CHECK (json_array_length(runners_up) >= 1),
    -- The outlet that passed the statement on: by name, and where it is printed.
    relayed_by     TEXT,
    relayed_start  INTEGER,
    relayed_end    INTEGER,
    UNIQUE (version, position),
    -- A cue is there with its place and class, or not at all; so are source and relaying outlet.
    CHECK ((cue IS NULL) = (cue_start IS NULL) AND (cue IS NULL) = (cue_end IS NULL)
       AND (cue IS NULL) = (cue_lemma IS NULL) AND (cue IS NULL) = (cue_class IS NULL)),
    CHECK ((source IS NULL) = (source_start IS NULL) AND (source IS NULL) = (source_end IS NULL)
       AND (source IS NULL) = (source_kind IS NULL)),
    CHECK ((relayed_by IS NULL) = (relayed_start IS NULL) AND (relayed_by IS NULL) = (relayed_end IS NULL)),
    CHECK (cue_start < cue_end AND source_start < source_end AND relayed_start < relayed_end),
    -- A speaker is known through a printed mention, or by a person's word; without any there is a reason.
    CHECK (speaker IS NULL OR source IS NOT NULL OR method = 'person'),
    CHECK (type <> 'scare' OR (speaker IS NULL AND source IS NULL AND cue IS NULL AND method IS NULL
       AND confidence IS NULL AND unknown_reason IS NULL)),
    CHECK (type = 'scare' OR method IS NOT NULL),
    CHECK (type = 'scare' OR source IS NOT NULL OR speaker IS NOT NULL OR unknown_reason IS NOT NULL)
) STRICT;

CREATE INDEX quote_speaker ON quote (speaker, coalesce(published, '~'), version) WHERE speaker IS NOT NULL;
CREATE INDEX quote_nested_in ON quote (nested_in) WHERE nested_in IS NOT NULL;

-- The days of the statements of articles as they stand now, by the row ids of their quotes, 2000 in a block: so
-- narrow that a search for a common word can look through a hundred thousand of them for the earliest.
-- A day is four bytes, the highest first: the number 20251022, 7fffffff for an undated article, and zero for what is
-- no statement of today, of an earlier version, a scare quote, rejected, or none at all. New quotes are noted at the end of
-- a transaction, as in quote_words (src/store/days.rs).
CREATE TABLE statement_day (
    block INTEGER PRIMARY KEY,
    days  BLOB NOT NULL CHECK (length(days) = 8000)
) STRICT;

CREATE TRIGGER statement_day_delete AFTER DELETE ON quote BEGIN
    UPDATE statement_day
       SET days = CAST(substr(days, 1, old.id % 2000 * 4) || x'00000000' || substr(days, old.id % 2000 * 4 + 5) AS BLOB)
     WHERE block = old.id / 2000;
END;

-- The statements of articles as they stand now, scare quotes and rejected ones left out.
CREATE VIEW current_statement AS
SELECT q.*
  FROM quote AS q
  JOIN statement_day AS d ON d.block = q.id / 2000 AND substr(d.days, q.id % 2000 * 4 + 1, 4) <> x'00000000';

-- One wording of one speaker: all statements with the same words, without regard to case, marks and punctuation. A
-- claim is a tree of wordings: each but the fullest names the fuller one (`parent`) that it is a cut, elided or
-- corrected form of. Which one that is depends on the wordings alone, not on the order in which they came
-- (src/claims/). Only statements of articles as they stand now are here.
CREATE TABLE wording (
    id      INTEGER PRIMARY KEY,
    -- A hash of the speaker's folded name and kind and of the words; for a stock phrase also of its month, since the same
    -- phrase on another occasion is another claim. In hexadecimal behind a `c` it is the id that people cite, the
    -- same in every database.
    key     INTEGER NOT NULL UNIQUE,
    speaker INTEGER,
    -- The statement that shows it: the most verbatim, of these the earliest. No reference is declared, here and below: to
    -- take out a quote or a speaker, SQLite would look through all wordings.
    quote   INTEGER NOT NULL,
    -- How verbatim: 3 all in quotation marks, 2 in part, 1 reported, 0 in marks that nobody is seen to say.
    verbatim INTEGER NOT NULL CHECK (verbatim IN (0, 1, 2, 3)),
    -- The first and the last day on which it was printed; NULL where no date is known.
    first   TEXT,
    last    TEXT,
    -- In how many statements.
    printed INTEGER NOT NULL CHECK (printed >= 1),
    parent  INTEGER REFERENCES wording (id) DEFERRABLE INITIALLY DEFERRED,
    -- By which rule they belong together, and how much they have in common.
    method  TEXT CHECK (method IN ('person', 'same', 'contained', 'overlap', 'fragments')),
    score   REAL CHECK (score BETWEEN 0 AND 1),
    -- How much it is worth checking, by the statement that shows it (src/claims/worth.rs).
    worth   REAL CHECK (worth BETWEEN 0 AND 1),
    CHECK ((parent IS NULL) = (method IS NULL) AND (parent IS NULL) = (score IS NULL) AND parent <> id),
    CHECK ((first IS NULL) = (last IS NULL) AND first <= last)
) STRICT;

CREATE INDEX wording_parent ON wording (parent) WHERE parent IS NOT NULL;

-- Which wording a statement has.
CREATE TABLE sighting (
    quote   INTEGER PRIMARY KEY REFERENCES quote (id) ON DELETE CASCADE,
    wording INTEGER NOT NULL
) STRICT;

CREATE INDEX sighting_wording ON sighting (wording);

-- Words and pairs of words by which wordings are found that may belong together (src/claims/anchors.rs).
CREATE TABLE anchor (
    -- A hash of the speaker's surname, or of a body's name; for anchors by which it is
    -- found whoever is named for it 0 where that is no person, else -1.
    owner   INTEGER NOT NULL,
    anchor  INTEGER NOT NULL,
    wording INTEGER NOT NULL,
    -- How many anchors the wording has.
    among   INTEGER NOT NULL CHECK (among >= 1),
    -- Whether the wording is in part in quotation marks, so that of its own words few need be found.
    in_part INTEGER NOT NULL CHECK (in_part IN (0, 1)),
    -- A bit for each number in it: two with other numbers are two statements, and needn't be read to know.
    numbers INTEGER NOT NULL CHECK (numbers >= 0),
    PRIMARY KEY (owner, anchor, wording)
) STRICT, WITHOUT ROWID;

-- The first claims of a list without looking at all of them (src/query/claims/leading.rs): those of one wording that was
-- printed again, and those that are most worth checking. They are few, so that most new wordings touch neither.
CREATE INDEX wording_printed ON wording (printed) WHERE parent IS NULL AND printed > 1;
CREATE INDEX wording_worth ON wording (worth) WHERE parent IS NULL AND worth >= 0.9;

-- Its one row stands here while statements may be missing among the claims, because articles were ingested with
-- `--no-claims`: since when. `onrecord claims rebuild` enters them, and takes the row away.
CREATE TABLE claims_left (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    since TEXT NOT NULL CHECK (since GLOB '[0-9]*T*Z')
) STRICT;

-- The scale that verdicts are given on, when it isn't the one that comes with the program (data/verdict_scale.tsv).
CREATE TABLE rating (
    -- Order in lists, from 1.
    position       INTEGER PRIMARY KEY CHECK (position >= 1),
    name           TEXT NOT NULL UNIQUE CHECK (name <> ''),
    -- What ClaimReview calls alternateName, ratingValue, worstRating and bestRating.
    alternate_name TEXT NOT NULL CHECK (alternate_name <> ''),
    value          REAL,
    worst          REAL,
    best           REAL,
    CHECK ((value IS NULL) = (worst IS NULL) AND (value IS NULL) = (best IS NULL)),
    CHECK (value BETWEEN worst AND best AND worst < best)
) STRICT;

-- What people found out about claims. Entries are only ever added, the latest counts; a claim without one is open.
-- An entry keeps what it was made of (the claim's words, where they stood, what the rating meant), for articles
-- can be forgotten, claims be grouped otherwise, and scales be changed.
CREATE TABLE verdict (
    id           INTEGER PRIMARY KEY,
    -- `wording.key` of the claim's fullest wording when the entry was made; no foreign key, it outlives that row. It
    -- is an entry of whatever claim that wording belongs to now.
    claim        INTEGER NOT NULL,
    -- Order among the entries of that key, from 1: with the claim's id it names the entry.
    number       INTEGER NOT NULL CHECK (number >= 1),
    status       TEXT NOT NULL CHECK (status IN ('open', 'in_progress', 'checked', 'not_checkable')),
    -- The row of the scale as it was then: {"name","alternate_name","value","worst","best"}.
    rating       TEXT CHECK (json_valid(rating)),
    reviewer     TEXT NOT NULL CHECK (reviewer <> ''),
    -- The day of the verdict, and when the entry was made.
    date         TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    entered      TEXT NOT NULL CHECK (entered GLOB '[0-9]*T*Z'),
    note         TEXT CHECK (note <> ''),
    -- Web addresses, as a JSON list.
    evidence     TEXT NOT NULL CHECK (json_valid(evidence)),
    -- Where the verdict can be read.
    published_at TEXT CHECK (published_at <> ''),
    words        TEXT NOT NULL CHECK (words <> ''),
    speaker      TEXT CHECK (speaker <> ''),
    speaker_kind TEXT CHECK (speaker_kind IN ('person', 'organisation', 'group', 'document')),
    -- Where it was printed, earliest first, as a JSON list of {"article","url","outlet","title","published","quote","words"}.
    printed      TEXT NOT NULL CHECK (json_valid(printed)),
    UNIQUE (claim, number),
    CHECK ((status = 'checked') = (rating IS NOT NULL)),
    CHECK ((speaker IS NULL) = (speaker_kind IS NULL))
) STRICT;

CREATE TRIGGER verdict_update BEFORE UPDATE ON verdict BEGIN
    SELECT RAISE(ABORT, 'entries of verdicts are never changed');
END;

CREATE TRIGGER verdict_delete BEFORE DELETE ON verdict BEGIN
    SELECT RAISE(ABORT, 'entries of verdicts are never deleted');
END;

-- Reviews of others (schema.org ClaimReview), as `onrecord verdict import` read them. They are no verdicts of this database.
CREATE TABLE review (
    id         INTEGER PRIMARY KEY,
    -- A hash of its address, reviewer and the words reviewed: the same review read again replaces the one before.
    mark       BLOB NOT NULL UNIQUE CHECK (length(mark) = 32),
    -- All of it, with what no other column holds.
    document   TEXT NOT NULL CHECK (json_valid(document)),
    words      TEXT NOT NULL CHECK (words <> ''),
    -- A hash of the words, as `quote.same_words`: a claim in these words is the one reviewed.
    same_words INTEGER NOT NULL,
    -- The claim's id, where the review names one of ours.
    claim      INTEGER,
    claimant   TEXT CHECK (claimant <> ''),
    reviewer   TEXT CHECK (reviewer <> ''),
    rating     TEXT CHECK (rating <> ''),
    published  TEXT CHECK (published GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    url        TEXT CHECK (url <> ''),
    imported   TEXT NOT NULL CHECK (imported GLOB '[0-9]*T*Z')
) STRICT;

CREATE INDEX review_same_words ON review (same_words);
CREATE INDEX review_claim ON review (claim) WHERE claim IS NOT NULL;

-- What people said about quotes and speakers: a log that is only ever added to, but for the two columns at its end.
-- It refers to articles by their keys, to statements by their words and to speakers by their names, never by row ids, so
-- that it outlives all that it was said of: an article changed, read by another analysis, or forgotten and read
-- again (src/store/corrections/).
CREATE TABLE correction (
    id       INTEGER PRIMARY KEY,
    made     TEXT NOT NULL CHECK (made GLOB '[0-9]*T*Z'),
    reviewer TEXT NOT NULL CHECK (reviewer <> ''),
    kind     TEXT NOT NULL CHECK (kind IN (
        'confirm', 'speaker', 'span', 'not_a_quote', 'missed_quote', 'merge_speakers', 'split_speaker', 'alias',
        'keep_apart', 'keep_together', 'merge_claims', 'split_claim', 'undo')),
    note     TEXT CHECK (note <> ''),
    -- Of a statement: the article's key, the hash of the version that was looked at, the words, and for each part of
    -- them what is needed to find it again, as a JSON list (src/anchor.rs).
    article  TEXT CHECK (article <> ''),
    hash     BLOB CHECK (length(hash) = 32),
    words    TEXT CHECK (words <> ''),
    anchors  TEXT CHECK (json_array_length(anchors) >= 1),
    -- What it says, as JSON: the speaker, the right words, the names. The fields hang on the kind.
    says     TEXT NOT NULL CHECK (json_valid(says)),
    undoes   INTEGER REFERENCES correction (id) CHECK (undoes < id),
    -- Derived: whether it holds now. They tell what the program made of it, not what was said, so they follow the
    -- articles as these come, change and go.
    status   TEXT NOT NULL CHECK (status IN ('applied', 'orphan', 'undone')),
    reason   TEXT CHECK (reason IN ('gone', 'twice', 'elsewhere', 'other_words', 'forgotten')),
    CHECK ((article IS NULL) = (hash IS NULL) AND (article IS NULL) = (words IS NULL)
       AND (article IS NULL) = (anchors IS NULL)),
    CHECK ((kind IN ('confirm', 'speaker', 'span', 'not_a_quote', 'missed_quote')) = (article IS NOT NULL)),
    CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
    CHECK ((status = 'orphan') = (reason IS NOT NULL))
) STRICT;

CREATE INDEX correction_article ON correction (article) WHERE article IS NOT NULL;
CREATE INDEX correction_orphan ON correction (id) WHERE status = 'orphan';

CREATE TRIGGER correction_stays BEFORE DELETE ON correction BEGIN
    SELECT RAISE(ABORT, 'corrections are never deleted; onrecord undo takes one back');
END;

CREATE TRIGGER correction_is_said
BEFORE UPDATE OF id, made, reviewer, kind, note, article, hash, words, anchors, says, undoes ON correction BEGIN
    SELECT RAISE(ABORT, 'corrections are never changed; onrecord undo takes one back');
END;

-- The quotes that corrections changed, with what the machine had found: what stands in `quote` is that with the
-- corrections on top, in their order. NULL for a quote that a person added.
CREATE TABLE corrected (
    quote   INTEGER PRIMARY KEY REFERENCES quote (id) ON DELETE CASCADE,
    machine TEXT CHECK (json_valid(machine)),
    -- The machine's speaker, who stays while this does, so that all can be as it was.
    speaker INTEGER REFERENCES speaker (id)
) STRICT;

CREATE INDEX corrected_speaker ON corrected (speaker) WHERE speaker IS NOT NULL;

-- Which corrections stand on a quote, and where each puts it, if elsewhere than the machine did.
CREATE TABLE correction_quote (
    quote      INTEGER NOT NULL REFERENCES quote (id) ON DELETE CASCADE,
    correction INTEGER NOT NULL REFERENCES correction (id),
    parts      TEXT CHECK (json_array_length(parts) >= 1),
    PRIMARY KEY (quote, correction)
) STRICT, WITHOUT ROWID;

CREATE INDEX correction_quote_correction ON correction_quote (correction);

-- What the log says of names at present, made ready to be asked for each name that an article brings. Made from
-- the log alone: the rules of a correction go when it is undone.
-- A name is another's: whoever is called so is that person. A name is another's at most once, and no two are each other's.
CREATE TABLE name_rule (
    folded           TEXT NOT NULL CHECK (folded <> ''),
    kind             TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'group', 'document')),
    qualifier        TEXT NOT NULL,
    name             TEXT NOT NULL CHECK (name <> ''),
    person_folded    TEXT NOT NULL CHECK (person_folded <> ''),
    person_qualifier TEXT NOT NULL,
    person_name      TEXT NOT NULL CHECK (person_name <> ''),
    correction       INTEGER NOT NULL REFERENCES correction (id),
    PRIMARY KEY (folded, kind, qualifier)
) STRICT, WITHOUT ROWID;

CREATE INDEX name_rule_person ON name_rule (person_folded, kind, person_qualifier);
CREATE INDEX name_rule_correction ON name_rule (correction);

-- A name is somebody else's in one outlet, with one role or in one article.
CREATE TABLE split_rule (
    folded     TEXT NOT NULL CHECK (folded <> ''),
    kind       TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'group', 'document')),
    correction INTEGER NOT NULL REFERENCES correction (id),
    what       TEXT NOT NULL CHECK (what IN ('outlet', 'role', 'article')),
    -- Folded words of the outlet's name or of the role, or the article's key.
    value      TEXT NOT NULL CHECK (value <> ''),
    qualifier  TEXT NOT NULL CHECK (qualifier <> ''),
    PRIMARY KEY (folded, kind, correction)
) STRICT, WITHOUT ROWID;

-- Who a person is in Wikidata; what was said last counts.
CREATE TABLE wikidata (
    folded     TEXT NOT NULL CHECK (folded <> ''),
    kind       TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'group', 'document')),
    qualifier  TEXT NOT NULL,
    correction INTEGER NOT NULL REFERENCES correction (id),
    item       TEXT NOT NULL CHECK (item GLOB 'Q[1-9]*' AND substr(item, 2) NOT GLOB '*[^0-9]*'),
    PRIMARY KEY (folded, kind, qualifier, correction)
) STRICT, WITHOUT ROWID;

-- Suggestions that a person refused: two names that are no one's, or (both equal) one name that is one person's.
CREATE TABLE refused_suggestion (
    a          TEXT NOT NULL CHECK (a <> ''),
    b          TEXT NOT NULL CHECK (b >= a),
    kind       TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'group', 'document')),
    correction INTEGER NOT NULL REFERENCES correction (id),
    PRIMARY KEY (a, b, kind, correction)
) STRICT, WITHOUT ROWID;

-- What people said of claims: `a` and `b`, keys of wordings (wording.key), are one claim, or the one is no form of the
-- other (src/claims/decision.rs). It waits while a wording isn't there. Of two wordings the latest correction counts; one
-- correction has a row for each pair that it needed.
CREATE TABLE claim_decision (
    a          INTEGER NOT NULL,
    b          INTEGER NOT NULL,
    what       TEXT NOT NULL CHECK (what IN ('together', 'apart')),
    correction INTEGER NOT NULL REFERENCES correction (id),
    PRIMARY KEY (a, b, correction),
    CHECK (a < b)
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_decision_b ON claim_decision (b);

-- What people want to be told of (`onrecord watch`). All conditions of a watch must hold. They are kept as they were
-- typed: a name may be that of somebody whom no article has named yet.
CREATE TABLE watch (
    -- Never given twice: a number in a script must not come to mean another watch.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT CHECK (name <> ''),
    speaker     TEXT CHECK (speaker <> ''),
    search      TEXT CHECK (search <> ''),
    outlet      TEXT CHECK (outlet <> ''),
    -- `wording.key` of the claim's fullest wording when the watch was made, and the claim's words then. No foreign key:
    -- it outlives that row.
    claim       INTEGER,
    claim_words TEXT CHECK (claim_words <> ''),
    -- Fewer new prints are not told yet.
    at_least    INTEGER NOT NULL CHECK (at_least >= 1),
    added       TEXT NOT NULL CHECK (added GLOB '[0-9]*T*Z'),
    added_by    TEXT NOT NULL CHECK (added_by <> ''),
    note        TEXT CHECK (note <> ''),
    CHECK (coalesce(speaker, search, outlet, claim) IS NOT NULL),
    CHECK ((claim IS NULL) = (claim_words IS NULL))
) STRICT;

-- How far `onrecord digest --mark` has told: of a watch (at first, when it was made), or, where it is NULL, of what is
-- new overall. What came in at `since` or
-- later, or has a higher row id, is still to be told: an article that was being written when the digest was made has
-- an earlier time, but a higher id.
CREATE TABLE digest_mark (
    watch   INTEGER UNIQUE REFERENCES watch (id) ON DELETE CASCADE,
    since   TEXT NOT NULL CHECK (since GLOB '[0-9]*T*Z'),
    version INTEGER,
    verdict INTEGER
) STRICT;

CREATE UNIQUE INDEX digest_mark_overall ON digest_mark ((watch IS NULL)) WHERE watch IS NULL;

-- What came in since, without looking through all that was there.
CREATE INDEX article_version_ingested ON article_version (ingested, article);

-- Full-text search over the words of quotes. It keeps no copy of them (`content`), so it must be told of every
-- change, with the words as they were: they are never replaced with INSERT OR REPLACE, which would skip the
-- delete trigger. New quotes are told to it at the end of a transaction, all at once (src/store/statements.rs): by
-- trigger it would bring what it has collected to the disk at every quote.
CREATE VIRTUAL TABLE quote_words USING fts5 (
    text, content = 'quote', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER quote_words_delete AFTER DELETE ON quote BEGIN
    INSERT INTO quote_words (quote_words, rowid, text) VALUES ('delete', old.id, old.text);
END;

CREATE TRIGGER quote_words_update AFTER UPDATE OF id, text ON quote BEGIN
    INSERT INTO quote_words (quote_words, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO quote_words (rowid, text) VALUES (new.id, new.text);
END;

-- Every statement of the current versions, ready to read; scare quotes are in it by their type, rejected ones by their
-- state. `speaker` is the person, `named` the name that the article gives.
CREATE VIEW quote_view AS
SELECT v.published,
       v.outlet,
       v.title,
       m.name || coalesce(' (' || m.qualifier || ')', '') AS speaker,
       p.role,
       q.type,
       q.cue,
       q.text AS quote,
       q.confidence,
       q.source,
       q.cue_class,
       q.method,
       q.unknown_reason,
       q.relayed_by,
       v.url,
       a.key AS article,
       q.position,
       q.public_id AS id,
       q.state,
       s.name AS named
  FROM quote AS q
  JOIN article_version AS v ON v.id = q.version AND v.is_current = 1
  JOIN article AS a ON a.id = v.article
  LEFT JOIN speaker AS s ON s.id = q.speaker
  LEFT JOIN speaker AS m ON m.id = s.person
  LEFT JOIN appearance AS p ON p.version = q.version AND p.speaker = q.speaker;

-- Everyone with a statement in a current version under any name, and how much they said.
CREATE VIEW speaker_view AS
SELECT m.name || coalesce(' (' || m.qualifier || ')', '') AS name,
       m.kind,
       count(*) AS quotes,
       count(DISTINCT q.version) AS articles,
       min(nullif(coalesce(q.published, '~'), '~')) AS first_published,
       max(nullif(coalesce(q.published, '~'), '~')) AS last_published,
       (SELECT group_concat(role, '; ')
          FROM (SELECT DISTINCT p.role
                  FROM speaker AS rs
                  JOIN quote AS rq ON rq.speaker = rs.id AND rq.state <> 'rejected'
                  JOIN article_version AS pv ON pv.id = rq.version AND pv.is_current = 1
                  JOIN appearance AS p ON p.version = rq.version AND p.speaker = rq.speaker
                 WHERE rs.person = m.id AND p.role IS NOT NULL
                 ORDER BY p.role)) AS roles,
       (SELECT group_concat(alias, '; ')
          FROM (SELECT alias FROM speaker AS rs JOIN speaker_alias AS l ON l.speaker = rs.id WHERE rs.person = m.id
                UNION SELECT rs.name FROM speaker AS rs WHERE rs.person = m.id AND rs.id <> m.id ORDER BY 1)) AS aliases,
       m.id,
       (SELECT w.item FROM speaker AS rs
          JOIN wikidata AS w
            ON w.folded = rs.folded AND w.kind = rs.kind AND w.qualifier = coalesce(rs.qualifier, '')
         WHERE rs.person = m.id ORDER BY w.correction DESC LIMIT 1) AS wikidata
  FROM speaker AS m
 -- In this order: person by person, each with its own statements.
 CROSS JOIN speaker AS s ON s.person = m.id
 CROSS JOIN current_statement AS q ON q.speaker = s.id
 GROUP BY m.id;

-- Every article as it stands now.
CREATE VIEW article_view AS
SELECT a.id,
       v.published,
       v.outlet,
       v.title,
       v.byline,
       v.language,
       v.url,
       a.key AS article,
       (SELECT count(*) FROM quote AS q
         WHERE q.version = v.id AND q.type <> 'scare' AND q.state <> 'rejected') AS quotes,
       v.number AS versions,
       a.first_seen,
       v.ingested,
       -- How many articles tell the same story in nearly the same words, this one included.
       CASE WHEN a.story IS NULL THEN 1
            ELSE (SELECT count(*) FROM article AS c WHERE c.story = a.story) END AS copies
  FROM article AS a
  JOIN article_version AS v ON v.article = a.id AND v.is_current = 1;
