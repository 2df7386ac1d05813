// Names of enumerations as people read them, and text that is safe to print.
#ifndef INFLUENCE_CLI_BASICS_PRINTABLE_H_
#define INFLUENCE_CLI_BASICS_PRINTABLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "influence/abi1/influence.pb.h"

namespace influence::cli {

// "attention", "mentions", "very high".
std::string FactorName(abi1::Factor factor);
std::string SignalName(abi1::Signal signal);
std::string BandName(abi1::Band band);

// For a terminal: control characters, those that reorder what is shown beside
// them, and bytes that are not UTF-8 become \x escapes; the same that
// explanations escape.
std::string Printable(std::string_view text);
// Printable, cut after 40 bytes: for messages.
std::string Shortened(std::string_view text);
// Shortened, in single quotes.
std::string Quoted(std::string_view text);

// RFC 4180: quoted if it has to be.
std::string CsvCell(std::string_view text);
// With its quotes.
std::string JsonString(std::string_view text);
// Escaped for a Markdown table.
std::string MarkdownCell(std::string_view text);

using Grid = std::vector<std::vector<std::string>>;

// Columns aligned by characters, the first to the left and the rest to the
// right; the first row is the heading.
std::string AlignedTable(const Grid& grid);
std::string MarkdownTable(const Grid& grid);

// protobuf's JSON mapping with the field names of the .proto; zeros printed.
std::string ToJson(const google::protobuf::Message& message);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_BASICS_PRINTABLE_H_
