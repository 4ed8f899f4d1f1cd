//! Dutch of the table of actions, and the words of the key reference.
//!
//! It stands beside the table and not in it, so that a line of the table stays a line. An action
//! without its Dutch, a footer word without one, or Dutch of no action fails a test here.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::language::{Language, Text, spoken, t};
use crate::actions::Context;

/// The Dutch of one action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dutch {
    /// What it does.
    pub doc: &'static str,
    /// Its word in the footer, where it has one.
    pub word: Option<&'static str>,
}

/// The Dutch of an action by its name, while Dutch is spoken.
pub fn dutch(name: &str) -> Option<Dutch> {
    static ALL: LazyLock<FxHashMap<&'static str, Dutch>> = LazyLock::new(|| {
        let one = |(name, doc, word): &(&'static str, &'static str, &'static str)| {
            (*name, Dutch { doc, word: Some(*word).filter(|w| !w.is_empty()) })
        };
        DUTCH.iter().map(one).collect()
    });
    if spoken() == Language::Nl { ALL.get(name).copied() } else { None }
}

/// The heading of a context, while Dutch is spoken.
pub fn heading(context: Context) -> Option<&'static str> {
    let dutch = match context {
        Context::Reader => "Transcript",
        Context::Searching => "Tijdens het zoeken in het document",
        Context::Panes => "Transcript, documenten en codeboek",
        Context::Documents => "Documenten",
        Context::Codebook => "Codeboek",
        Context::Palette => "Een code zoeken",
        Context::Prompt => "Een zoekvraag typen",
        Context::Query => "Zoeken in alle transcripten: de vraag",
        Context::Hits => "Zoeken in alle transcripten: de treffers",
        Context::Missed => "Gemiste fragmenten van een code",
        Context::Table => "Frequentietabel",
        Context::Sheet => "Andere tabellen",
        Context::Tables => "Tabellen",
        Context::Help => "Hulp",
        Context::Start => "Startscherm",
        Context::Form => "Vragen",
        Context::Menu => "Menu's",
        Context::About => "Over de codering",
        Context::Recode => "Andere code",
        Context::Qualify => "Kwalificaties",
        Context::MemoMenu => "Memo schrijven",
        Context::Choose => "Kiezen uit een lijst",
        Context::Memos => "Memo's",
        Context::History => "Geschiedenis",
        Context::Grid => "Samenvattingen",
        Context::Editor => "Schrijven",
        Context::Passages => "Lijst van fragmenten",
        Context::Book => "Codeboekscherm",
        Context::Walk => "Fragment voor fragment",
        Context::Matrix => "Effectmatrix",
        Context::Actions => "Alle handelingen",
        Context::Command => "Een opdracht typen",
        Context::Output => "Wat een opdracht zei",
        Context::Equal => "Een handeling als opdracht",
        Context::Touring => "Rondleiding",
        Context::Typing => "Typen",
        Context::Always => "Overal",
    };
    (spoken() == Language::Nl).then_some(dutch)
}

/// Words of the key reference: what stands above it, above its columns, for keys that a code or a value
/// has, and below it.
pub const ABOVE: Text = t(
    "# Keys\n\nMade from the table of actions in `crates/tui/src/actions.rs`; `?` shows the same on screen.\n",
    "# Toetsen\n\nGemaakt uit de tabel van handelingen in `crates/tui/src/actions.rs`; `?` toont hetzelfde op het scherm, `L` wisselt de taal.\n",
);
/// See [`ABOVE`].
pub const COLUMNS: Text = t("| keys | action | what it does |", "| toetsen | handeling | wat zij doet |");
/// See [`ABOVE`].
pub const OF_CODE: Text = t("the code's own", "die van de code");
/// See [`ABOVE`].
pub const OF_VALUE: Text = t("the value's own", "die van de waarde");
/// See [`ABOVE`].
pub const MOUSE: Text = t(
    "The mouse: a click places the cursor, dragging selects, the wheel scrolls, a double click selects the word, a triple click the sentence. In a list a click puts the line at hand, a double click is Enter, the wheel scrolls; in a menu a click is the key.",
    "De muis: een klik zet de cursor, slepen selecteert, het wiel schuift, een dubbele klik selecteert het woord, een drievoudige de zin. In een lijst kiest een klik de regel, is een dubbele klik Enter en schuift het wiel; in een menu is een klik de toets.",
);

/// Name, what it does, word in the footer (empty where it has none).
static DUTCH: &[(&str, &str, &str)] = &[
    // Searching, starting, a list that was left.
    ("next-hit", "naar de volgende treffer", "volgende"),
    ("previous-hit", "naar de vorige treffer", "vorige"),
    ("end-search", "het zoeken beëindigen; n is weer de volgende ongecodeerde spreekbeurt", "klaar"),
    ("choose", "kiezen", "kies"),
    ("back-to-list", "terug naar de lijst die voor deze plaats verlaten is", "terug naar lijst"),
    // Tables.
    ("tables", "meer tabellen: codes naar kenmerk, codes met codes, profielen, dekking, verzadiging", ""),
    ("open-sheet-cell", "de fragmenten achter de gekozen cel tonen", "fragmenten"),
    ("next-sheet", "de volgende van de tabellen die bij elkaar horen", "volgende tabel"),
    (
        "sheet-rule",
        "een andere regel: wat er geteld wordt, waarin codes elkaar treffen, wanneer er verzadiging is",
        "regel",
    ),
    ("sheet-level", "alleen de hoofdcodes, of alle codes", "alle codes"),
    (
        "sheet-rows",
        "andere rijen: een ander kenmerk, één casus of alle, documenten of lange spreekbeurten",
        "rijen",
    ),
    ("sheet-to-file", "de tabel als CSV naast de map van de studie schrijven", "naar bestand"),
    ("previous-sheet", "de tabel ervoor", ""),
    ("close-sheet", "de tabel sluiten", "terug"),
    ("crosstab", "codes naar een kenmerk", "kenmerk"),
    ("codes-with-codes", "codes met codes: waar zij elkaar treffen", "codes"),
    ("group-by-group", "de ene groep codes naar de andere", "groepen"),
    ("profile", "profielen: wat de activiteiten van elke casus vergroten en verkleinen", "profielen"),
    ("coverage", "hoeveel van wat er gezegd is gecodeerd is", "dekking"),
    ("saturation", "verzadiging: nieuwe codes per interview", "verzadiging"),
    (
        "sensitivity",
        "welke getallen overeind blijven bij een andere regel, een codeur minder, een casus minder",
        "gevoeligheid",
    ),
    ("frequencies-again", "frequenties: casussen naar codes", "frequenties"),
    // The search over all transcripts.
    ("search-all", "zoeken in alle transcripten: woorden, mensen, kenmerken, coderingen", "zoek in alles"),
    ("missed-passages", "fragmenten die de regels van een code vinden en niemand codeerde", ""),
    ("to-the-hits", "naar de lijst van treffers", "naar de treffers"),
    (
        "saved-searches",
        "een bewaarde zoekopdracht kiezen; wat nieuw is sinds de vorige keer heeft een ster",
        "bewaard",
    ),
    ("close-search", "sluiten, terug naar waar u was", "terug"),
    ("hit-up", "een treffer omhoog; het transcript toont hem", ""),
    ("hit-down", "een treffer omlaag", ""),
    ("hits-up", "tien treffers omhoog", ""),
    ("hits-down", "tien treffers omlaag", ""),
    ("open-hit", "naar de treffer in het transcript; Backspace komt terug", "in de tekst"),
    (
        "accept-hit",
        "de treffer aanvaarden: zijn eenheid coderen; verder naar de volgende die open is",
        "aanvaard",
    ),
    (
        "reject-hit",
        "de treffer afwijzen, nu en voor later; een afgewezen treffer wordt weer aangeboden",
        "wijs af",
    ),
    ("no-code-of-hits", "de treffers voor geen code meer aanbieden: alle worden getoond", ""),
    ("code-of-hits", "de code kiezen waarvoor de treffers worden aangeboden", "code"),
    ("unit-of-hits", "wat gecodeerd wordt: de treffer, zijn zin, spreekbeurt of alinea", "eenheid"),
    ("accept-all-hits", "alle open treffers aanvaarden, als één handeling", "alles"),
    ("change-query", "de zoekvraag veranderen", "vraag"),
    ("sort-hits", "andere volgorde: op plaats, op de woorden ervoor of erna, op casus, op datum", "volgorde"),
    ("save-search", "de zoekopdracht in de studie bewaren, met wat hij nu vindt", "bewaar"),
    (
        "take-back-decisions",
        "terugnemen wat in deze zoekopdracht over deze treffers besloten is, als één handeling",
        "",
    ),
    ("undo-in-hits", "uw laatste handeling ongedaan maken", ""),
    ("redo-in-hits", "opnieuw doen wat het laatst ongedaan is gemaakt", ""),
    ("previous-hit-in-list", "een treffer omhoog; het transcript toont hem", ""),
    ("next-hit-in-list", "een treffer omlaag", ""),
    ("hits-page-up", "tien treffers omhoog", ""),
    ("hits-page-down", "tien treffers omlaag", ""),
    ("first-hit", "naar de eerste treffer", ""),
    ("last-hit", "naar de laatste treffer", ""),
    ("help-on-hits", "de toetsen van het zoeken tonen", ""),
    ("back-to-query", "terug naar de zoekvraag", "terug"),
    ("close-missed", "sluiten, terug naar waar u was", "terug"),
    // Coding and selecting.
    ("apply-code", "de code met deze toets toekennen aan de selectie, of anders aan de zin", "code"),
    ("find-code", "een code op naam zoeken en toekennen", "zoek code"),
    ("repeat-code", "de laatste code nog eens toekennen", "weer"),
    ("next-uncoded", "naar de volgende spreekbeurt van een respondent zonder codering", "ongecodeerd"),
    ("undo", "uw laatste handeling ongedaan maken; de onderste regel zegt welke", "ongedaan"),
    (
        "change-code",
        "de codering onder de cursor een andere code geven: de toets van de code volgt",
        "andere code",
    ),
    ("about-coding", "meer over de codering onder de cursor: notitie, gewicht, grenzen, casus …", "meer"),
    ("qualifiers", "een kwalificatie van de codering onder de cursor zetten: nog een toets", "kwalificeer"),
    ("select-sentence", "de zin selecteren; nog eens: de volgende", "zin"),
    ("select-turn", "de spreekbeurt selecteren; nog eens: de volgende", "beurt"),
    ("remove-coding", "de codering onder de cursor verwijderen (de kortste, als er meer zijn)", "weg"),
    ("write-memo", "een memo schrijven: waarover volgt", "memo"),
    ("toggle-done", "het document gereed melden voor alle vaste codes, of heropenen", "gereed"),
    ("select-word", "het woord selecteren; nog eens: het volgende", "woord"),
    (
        "free-selection",
        "een vrije selectie beginnen, die elke beweging langer maakt; nog eens: beëindigen",
        "vrije selectie",
    ),
    ("select-question", "de vraag met haar antwoord selecteren; nog eens: het volgende paar", ""),
    ("select-sentence-back", "de vorige zin selecteren", ""),
    ("select-turn-back", "de vorige spreekbeurt selecteren", ""),
    ("select-word-back", "het vorige woord selecteren", ""),
    ("extend-selection", "de selectie een woord, zin of spreekbeurt langer maken", ""),
    ("shrink-selection", "de selectie een woord, zin of spreekbeurt korter maken", ""),
    (
        "select-left",
        "het eind van de selectie een teken naar links; begint er een waar niets geselecteerd is",
        "",
    ),
    ("select-right", "hetzelfde, een teken naar rechts", ""),
    ("select-up", "hetzelfde, een regel omhoog", ""),
    ("select-down", "hetzelfde, een regel omlaag", ""),
    ("select-word-left", "hetzelfde, naar het begin van een woord", ""),
    ("select-word-right", "hetzelfde, naar het eind van een woord", ""),
    ("previous-uncoded", "naar de vorige spreekbeurt zonder codering", ""),
    ("next-coding", "naar de volgende codering", ""),
    ("previous-coding", "naar de vorige codering", ""),
    // The other panes.
    ("open-document", "het document openen; op een groep: open- of dichtklappen", "open"),
    (
        "apply-this-code",
        "de code toekennen aan de selectie in het transcript, of anders aan de zin",
        "ken toe",
    ),
    ("search", "zoeken in het document", "zoek"),
    ("redo", "opnieuw doen wat het laatst ongedaan is gemaakt", ""),
    ("frequency-table", "tonen hoe vaak elke casus elke code heeft", "tabel"),
    ("next-pane", "naar het volgende paneel: transcript, codeboek, documenten", "paneel"),
    (
        "passages",
        "alle fragmenten tonen van de gekozen code, of van de codering onder de cursor",
        "fragmenten",
    ),
    ("codebook-screen", "het codeboek zien en veranderen", "codeboek"),
    ("next-to-do", "naar wat nu te doen is: wat heropend is, wat begonnen is, het volgende document", ""),
    ("effect-matrix", "de effecten tonen die het codeboek noemt: code bij dimensie", ""),
    ("numbers", "spreekbeurten nummeren, regels van de tekst, of niets", ""),
    ("previous-pane", "naar het vorige paneel", ""),
    ("toggle-others", "coderingen van andere codeurs tonen of verbergen", ""),
    ("import", "transcripten in de studie binnenhalen", "binnenhalen"),
    ("help", "alle toetsen tonen", "hulp"),
    ("quit", "afsluiten; alles is al bewaard", "sluit af"),
    ("language", "het scherm in het Engels, of in het Nederlands", ""),
    // Moving.
    ("up", "een regel omhoog", ""),
    ("down", "een regel omlaag", ""),
    ("left", "een teken of kolom naar links", ""),
    ("right", "een teken of kolom naar rechts", ""),
    ("line-start", "naar het begin van de regel", ""),
    ("line-end", "naar het eind van de regel", ""),
    ("page-up", "een scherm omhoog", ""),
    ("page-down", "een scherm omlaag", ""),
    ("first", "naar het begin", ""),
    ("last", "naar het eind", ""),
    ("back", "een stap terug: zoeken beëindigen, selectie opheffen, naar het transcript", ""),
    // Layers.
    ("choose-code", "de code toekennen, of alle die gemerkt zijn", "ken toe"),
    ("mark-code", "de code merken, om er meer tegelijk toe te kennen", "meer"),
    ("new-code", "een nieuwe, voorlopige code maken met de naam die getypt is", "nieuw"),
    ("accept-search", "naar de eerste treffer na de cursor; n en N gaan verder", "zoek"),
    ("open-cell", "de fragmenten tonen waaruit de gekozen cel bestaat", "toon"),
    (
        "count-rule",
        "een andere telregel: fragmenten, coderingen, spreekbeurten, aanwezigheid, woorden",
        "telregel",
    ),
    ("level", "alleen hoofdcodes, of alle codes", "alle codes"),
    ("table-rows", "andere rijen: casussen, documenten, of de waarden van een kenmerk", "rijen"),
    ("table-to-file", "de tabel als CSV naast de map van de studie schrijven, een regel per cel", "bewaar"),
    ("open-passage", "het fragment in het transcript tonen; Backspace komt terug", "in de tekst"),
    (
        "filter-passages",
        "alleen sommige tonen: woorden, of case=, coder=, role=, een kenmerk= of een kwalificatie=",
        "filter",
    ),
    ("with-codes-below", "de code met die eronder, of alleen", "alleen of met"),
    ("others-in-list", "ook fragmenten van andere codeurs, of alleen die van u", ""),
    ("close-passages", "het filter wegnemen, of de lijst sluiten", "terug"),
    ("answer", "antwoorden, en door naar de volgende vraag", "antwoord"),
    ("previous-item", "het vorige in de lijst", ""),
    ("next-item", "het volgende in de lijst", ""),
    ("page-of-items-up", "een scherm van de lijst omhoog", ""),
    ("page-of-items-down", "een scherm van de lijst omlaag", ""),
    ("close", "sluiten, terug naar waar u was", "terug"),
    // The codebook screen, passage by passage, lines, the matrix.
    ("passages-of-code", "de fragmenten van de code tonen", "fragmenten"),
    ("look-again", "de coderingen van vóór de engere definitie langslopen", "bekijk"),
    ("new-code-here", "een nieuwe code achter deze", "nieuw"),
    ("new-code-under", "een nieuwe code onder deze", "eronder"),
    ("rename-code", "een andere naam, in de taal van de studie", "naam"),
    ("edit-definition", "de definitie veranderen", "definitie"),
    ("edit-include", "veranderen wat wel onder de code valt", ""),
    ("edit-exclude", "veranderen wat niet onder de code valt", ""),
    ("add-example", "een voorbeeld toevoegen", ""),
    ("move-code", "de code onder een andere plaatsen, of bovenaan", "plaats"),
    ("code-up", "een plaats omhoog tussen haar buren", ""),
    ("code-down", "een plaats omlaag tussen haar buren", ""),
    ("merge-code", "de code met een andere samenvoegen: zij wordt een andere naam daarvan", "voeg samen"),
    ("split-code", "de code splitsen: twee codes, dan fragment voor fragment", "splits"),
    ("fix-code", "een voorlopige code vastleggen: documenten worden er voortaan voor gelezen", "vast"),
    ("retire-code", "de code uit gebruik nemen: coderingen blijven, nieuwe komen er niet", "uit gebruik"),
    ("recolour-code", "de volgende kleur", ""),
    ("shortcut-of-code", "de code een toets geven: druk erop", ""),
    (
        "qualifiers-of-codebook",
        "de kwalificaties van het codeboek maken of veranderen: lijsten, waarden, welke standaard is",
        "",
    ),
    ("group-code", "de code in een groep zetten, of eruit halen", ""),
    ("freeze-codebook", "het codeboek bevriezen: alle codes vast, en een versie met een naam", ""),
    ("undo-in-codebook", "uw laatste handeling ongedaan maken", ""),
    ("redo-in-codebook", "opnieuw doen wat het laatst ongedaan is gemaakt", ""),
    ("close-codebook-screen", "het codeboekscherm sluiten", "terug"),
    ("decide-first", "de eerste keus", "eerste"),
    ("decide-second", "de tweede keus", "tweede"),
    ("decide-nothing", "het fragment laten zoals het is", "zo laten"),
    ("finish-walk", "vastleggen wat beslist is, als één handeling", "leg vast"),
    ("leave-walk", "weggaan; niets van wat hier beslist is wordt vastgelegd", "verlaat"),
    ("close-matrix", "de matrix sluiten", "terug"),
    ("cursor-left", "een teken naar links", ""),
    ("cursor-right", "een teken naar rechts", ""),
    ("cursor-home", "naar het begin van de regel", ""),
    ("cursor-end", "naar het eind van de regel", ""),
    ("delete-character", "het teken op de cursor wissen", ""),
    ("close-table", "de tabel sluiten", "terug"),
    ("close-menu", "het menu sluiten zonder iets te doen", "terug"),
    ("erase", "het teken voor de cursor wissen", ""),
    ("erase-all", "de regel tot de cursor wissen", ""),
    ("redraw", "het hele scherm opnieuw tekenen", ""),
    ("quit-now", "afsluiten; alles is al bewaard", ""),
    // The coding at hand.
    ("in-vivo-code", "een code maken met de geselecteerde woorden als naam, en toekennen", ""),
    ("change-to-code", "de code met deze toets", ""),
    ("change-to-found-code", "een code op naam zoeken", "zoek code"),
    ("set-qualifier", "deze waarde zetten; nog eens: wegnemen", ""),
    ("note", "een notitie schrijven", "notitie"),
    ("weight", "een gewicht geven", "gewicht"),
    ("resize-coding", "op de selectie zetten", "op selectie"),
    ("split-coding", "splitsen bij de cursor", "splitsen"),
    ("merge-codings", "samenvoegen met dezelfde code ernaast", "samen"),
    ("coding-case", "bij een andere casus zetten", "casus"),
    ("exemplar", "een sprekend voorbeeld, of niet meer", "voorbeeld"),
    ("translate", "vertalen", "vertalen"),
    ("coding-history", "wat ermee gedaan is, en wanneer", "verleden"),
    ("next-coding-here", "de volgende codering hier nemen", "volgende"),
    (
        "in-vivo-more",
        "bij de naam van een in-vivocode: eerst naar code erboven, kleur en definitie vragen",
        "",
    ),
    // Memos.
    ("memo-here", "over de codering onder de cursor, of over de tekst", "hier"),
    ("memo-document", "over het document", "document"),
    ("memo-case", "over de casus van het document", "casus"),
    ("memo-code", "over een code", "code"),
    ("memo-study", "over de studie", "studie"),
    ("memos", "de memo's tonen", "memo's"),
    ("next-memo", "naar de volgende plaats met een memo", ""),
    ("previous-memo", "naar de vorige plaats met een memo", ""),
    ("edit-memo", "de memo lezen of veranderen", "open"),
    ("to-memo", "naar de plaats waar de memo over gaat", "naar plaats"),
    ("remove-memo", "de memo verwijderen; ongedaan maken zet hem terug", "weg"),
    // History and summaries.
    ("history", "tonen wat gedaan is, om iets ervan ongedaan te maken", "historie"),
    (
        "undo-this",
        "precies deze handeling ongedaan maken, of opnieuw doen als zij ongedaan is",
        "ongedaan/opnieuw",
    ),
    ("to-act", "naar het fragment waar het over gaat", "naar plaats"),
    ("history-others", "handelingen van alle codeurs, of die van u", "codeurs"),
    ("summaries", "samenvattingen van wat elke casus over elke code zegt", "samenvatten"),
    ("write-summary", "de samenvatting schrijven, de fragmenten ernaast", "schrijf"),
    ("grid-left", "een code naar links", ""),
    ("grid-right", "een code naar rechts", ""),
    // Lists.
    ("choose-item", "nemen", "neem"),
    ("item-up", "het vorige", ""),
    ("item-down", "het volgende", ""),
    ("row-up", "een regel omhoog", ""),
    ("row-down", "een regel omlaag", ""),
    ("items-page-up", "een scherm omhoog", ""),
    ("items-page-down", "een scherm omlaag", ""),
    ("items-first", "naar het eerste", ""),
    ("items-last", "naar het laatste", ""),
    ("help-here", "alle toetsen tonen", "hulp"),
    ("close-list", "sluiten, terug naar waar u was", "terug"),
    ("close-screen", "sluiten, terug naar waar u was", "terug"),
    // Writing.
    ("save-text", "de tekst bewaren en sluiten", "bewaar"),
    ("leave-text", "sluiten; een veranderde tekst blijft tot nog eens Esc", "terug"),
    ("editor-outside", "verder in uw eigen editor ($VISUAL of $EDITOR)", "eigen editor"),
    ("next-field", "naar het volgende veld: titel, tags, zie ook, tekst", "veld"),
    ("memo-type", "een andere soort memo: analytisch, besluit, reflexief, casus", "soort"),
    ("previous-field", "naar het vorige veld", ""),
    ("new-line", "een nieuwe regel; in een veld: door naar de tekst", ""),
    ("undo-typing", "wat het laatst getypt is terugnemen", ""),
    ("redo-typing", "dat weer terugzetten", ""),
    ("text-up", "een regel omhoog", ""),
    ("text-down", "een regel omlaag", ""),
    ("word-left", "een woord naar links", ""),
    ("word-right", "een woord naar rechts", ""),
    ("text-page-up", "een scherm tekst of fragmenten omhoog", ""),
    ("text-page-down", "een scherm tekst of fragmenten omlaag", "verder"),
    ("erase-word", "het woord voor de cursor wissen", ""),
    // Around the coding.
    ("all-actions", "alles tonen wat kan, op naam vinden, en doen", "wat kan"),
    (
        "command-line",
        "een opdracht typen als op de opdrachtregel, zonder \"verbatim\": freq, check …",
        "opdracht",
    ),
    ("all-actions-here", "hetzelfde, met wat op deze plaats kan vooraan", ""),
    ("command-line-here", "een opdracht typen als op de opdrachtregel", ""),
    ("copy", "de selectie kopiëren, of anders het fragment van de codering onder de cursor", "kopieer"),
    ("copy-all", "alles kopiëren", "kopieer"),
    ("copy-or-leave", "de selectie kopiëren; zonder selectie: afsluiten, alles is al bewaard", ""),
    ("as-command", "uw laatste handeling op het scherm als opdracht tonen", ""),
    ("next-theme", "een ander thema: donker, licht, hoog contrast, veilig voor kleurenblinden", ""),
    ("guided-tour", "de rondleiding: acht stappen in de voorbeeldstudie", ""),
    ("suspend", "even terug naar de opdrachtregel; fg keert terug (niet op Windows)", ""),
    ("leave-tour", "de rondleiding beëindigen", "stop"),
    ("do-action", "doen", "doe"),
    ("action-up", "de vorige handeling", ""),
    ("action-down", "de volgende handeling", ""),
    ("actions-page-up", "een scherm omhoog", ""),
    ("actions-page-down", "een scherm omlaag", ""),
    ("close-actions", "sluiten, terug naar waar u was", "terug"),
    ("run-command", "de opdracht uitvoeren", "voer uit"),
    ("complete", "het woord aanvullen; nog eens: het volgende dat past", "vul aan"),
    ("older-command", "de vorige opdracht", ""),
    ("newer-command", "de opdracht erna", ""),
    ("close-command", "sluiten, terug naar waar u was", "terug"),
    ("output-up", "een regel omhoog", ""),
    ("output-down", "een regel omlaag", ""),
    ("output-left", "naar links", ""),
    ("output-right", "naar rechts", ""),
    ("output-page-up", "een scherm omhoog", ""),
    ("output-page-down", "een scherm omlaag", ""),
    ("output-first", "naar de eerste regel", ""),
    ("output-last", "naar de laatste regel", ""),
    ("stop-command", "de opdracht die loopt stoppen; wat dan al gedaan is, is gedaan", "stoppen"),
    ("close-output", "sluiten; een opdracht die loopt gaat door, en toont zich aan het eind", "terug"),
    ("close-as-command", "sluiten, terug naar waar u was", "terug"),
    ("help-output", "alle toetsen tonen", "hulp"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::defs;
    use crate::strings::language::speak;

    #[test]
    fn every_action_has_its_dutch_and_all_dutch_its_action() {
        speak(Language::Nl);
        let mut missing = Vec::new();
        for def in defs() {
            match dutch(def.name) {
                Some(d) if d.word.is_some() == def.word.is_some() => {
                    assert!(!d.doc.is_empty() && !d.doc.ends_with('.'), "{}", def.name);
                }
                found => missing.push((def.name, def.english, def.word, found)),
            }
        }
        assert!(missing.is_empty(), "strings/keys.rs lacks, or has another footer for: {missing:#?}");
        for (i, (name, ..)) in DUTCH.iter().enumerate() {
            assert!(defs().any(|d| d.name == *name), "{name} is no action");
            assert!(DUTCH.iter().take(i).all(|(n, ..)| n != name), "{name} twice");
        }
    }

    #[test]
    fn dutch_footers_are_hardly_longer_than_english_ones() {
        let english: usize = defs().filter_map(|d| d.word).map(str::len).sum();
        speak(Language::Nl);
        let dutch: Vec<(&str, &str)> = defs().filter_map(|d| Some((d.word?, d.footer()?))).collect();
        let all: usize = dutch.iter().map(|(_, d)| d.chars().count()).sum();
        assert!(all * 20 <= english * 21, "{all} cells in Dutch, {english} in English");
        let long: Vec<_> = dutch.iter().filter(|(e, d)| d.chars().count() > e.len() + 5).collect();
        assert!(long.is_empty(), "{long:?}");
    }
}
