//! Words of the start screen and of the forms: their questions, what helps to answer them.

use super::language::{Text, t};

/// What the program is, in a sentence.
pub const ABOUT: Text = t(
    "Code interviews in the terminal: load transcripts, search them, apply codes, export tables for statistics.",
    "Interviews coderen in de terminal: transcripten laden, doorzoeken, coderen, tabellen voor statistiek maken.",
);

/// Questions for a folder, a name, a codebook, a path.
pub const FOLDER: Text = t("Folder", "Map");
/// See [`FOLDER`].
pub const NAME: Text = t("Your name", "Uw naam");
/// See [`FOLDER`].
pub const CODEBOOK: Text = t("Codebook", "Codeboek");
/// See [`FOLDER`].
pub const PATH: Text = t("Path", "Pad");

/// What helps with a name.
pub const NAME_HINT: Text = t(
    "as it stands beside your codings, such as your first name",
    "zoals hij bij uw coderingen staat, bijvoorbeeld uw voornaam",
);
/// What helps with the folder of a new study.
pub const NEW_HINT: Text = t(
    "where the study will be kept: a new or an empty folder",
    "waar de studie bewaard wordt: een nieuwe of een lege map",
);
/// What helps with its codebook.
pub const CODEBOOK_HINT: Text = t(
    "↑ ↓ choose; or the path of a codebook file; empty: none yet",
    "↑ ↓ kiezen; of het pad van een codeboek; leeg: nog geen",
);
/// What helps with the folder of a study that is there.
pub const OPEN_HINT: Text = t(
    "type, paste or drag the folder that has study.json in it",
    "typ, plak of sleep de map van de studie (die met study.json)",
);
/// What helps with the folder of the sample study.
pub const SAMPLE_HINT: Text = t(
    "where to put the sample study; reopened if it is there",
    "waar de voorbeeldstudie komt; bestaat zij, dan opent zij",
);
/// What helps with the path of transcripts.
pub const IMPORT_HINT: Text = t(
    "a transcript or a folder of transcripts (.txt, .md, .docx); type, paste or drag it here",
    "een transcript of een map met transcripten (.txt, .md, .docx); typ, plak of sleep het hierheen",
);

/// See [`FOLDER`].
pub const CASE: Text = t("Case", "Casus");
/// What helps with the case of transcripts.
pub const CASE_HINT: Text = t(
    "whom or what they are about; empty: as the files say",
    "over wie of wat ze gaan; leeg: zoals de bestanden zeggen",
);
/// The same, where there are cases to choose from.
pub const CASES_HINT: Text = t(
    "↑ ↓ choose, or type a new one; empty: as the files say",
    "↑ ↓ kiezen, of typ een nieuwe; leeg: zoals de bestanden zeggen",
);
/// See [`FOLDER`].
pub const LANGUAGE: Text = t("Language", "Taal");
/// What helps with the languages of a study.
pub const LANGUAGE_HINT: Text = t(
    "of the codes' labels; ↑ ↓ choose, or such as nl,en,de",
    "van de namen van codes; ↑ ↓ kiezen, of zoals nl,en,de",
);
/// See [`FOLDER`].
pub const CASE_LABEL: Text = t("A case is", "Casus is");
/// What helps with a study's word for a case.
pub const CASE_LABEL_HINT: Text = t(
    "your word for what you compare; ↑ ↓ choose; empty: case",
    "uw woord voor wat u vergelijkt; ↑ ↓ kies; leeg: case",
);
/// Words for a case to choose from.
pub const CASE_LABELS: [Text; 4] =
    [t("organisation", "organisatie"), t("team", "team"), t("person", "persoon"), t("school", "school")];

/// Titles of forms.
pub const NEW_STUDY: Text = t("New study", "Nieuwe studie");
/// See [`NEW_STUDY`].
pub const OPEN_STUDY: Text = t("Open a study", "Studie openen");
/// See [`NEW_STUDY`].
pub const SAMPLE_STUDY: Text = t("Sample study", "Voorbeeldstudie");
/// See [`NEW_STUDY`].
pub const IMPORT: Text = t("Bring transcripts in", "Transcripten binnenhalen");
/// See [`NEW_STUDY`].
pub const WHO: Text = t("Who is coding?", "Wie codeert?");

/// Said when nobody is named.
pub const NOBODY: Text =
    t("without a name you can read, but not code", "zonder naam kunt u lezen, maar niet coderen");
/// Said where an answer is missing.
pub const ANSWER_NEEDED: Text = t("an answer is needed here", "hier is een antwoord nodig");

/// Words in the footer for the answer at hand.
pub const NEXT_QUESTION: Text = t("next question", "volgende vraag");
/// See [`NEXT_QUESTION`].
pub const MAKE_IT: Text = t("make it", "maken");
/// See [`NEXT_QUESTION`].
pub const OPEN_IT: Text = t("open", "openen");
/// See [`NEXT_QUESTION`].
pub const BRING_IN: Text = t("bring in", "binnenhalen");
/// See [`NEXT_QUESTION`].
pub const ANSWER: Text = t("answer", "antwoord");
