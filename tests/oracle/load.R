# Loads a package with its own load.R and prints what arrived: Rscript load.R PACKAGE OUT.csv
# One line per table, column and measure; check.py compares them with the CSV files.
arguments <- commandArgs(trailingOnly = TRUE)
world <- new.env()
sys.source(file.path(arguments[1], "load.R"), envir = world, chdir = TRUE)
lines <- "table,column,measure,value"
say <- function(...) lines <<- c(lines, paste(..., sep = ","))
number <- function(x) format(x, digits = 17, scientific = FALSE, trim = TRUE)
for (table in c("codings", "case_code", "case_wide", "document_wide", "documents")) {
  frame <- get(table, envir = world)
  say(table, "", "rows", nrow(frame))
  for (column in names(frame)) {
    values <- frame[[column]]
    say(table, column, "missing", sum(is.na(values)))
    if (is.numeric(values)) {
      say(table, column, "sum", number(sum(values, na.rm = TRUE)))
    } else {
      say(table, column, "characters", sum(nchar(as.character(values), type = "chars"), na.rm = TRUE))
    }
    if (is.null(attr(values, "label"))) say(table, column, "unlabelled", 1)
  }
}
if (!is.factor(get("case_code", envir = world)$status)) stop("status is no factor")
if (is.null(attr(get("case_wide", envir = world)$documents, "label"))) stop("no label")
writeLines(lines, arguments[2], useBytes = TRUE)
