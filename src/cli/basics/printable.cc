#include "cli/basics/printable.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/basics/characters.h"
#include "cli/basics/failure.h"

namespace influence::cli {
namespace {

// "BAND_VERY_HIGH" without its prefix, as words.
std::string Words(const std::string& name, size_t prefix) {
  std::string words = name.size() > prefix ? name.substr(prefix) : "?";
  for (char& c : words) {
    c = c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return words;
}

// Whether a character of UTF-8 acts on a terminal instead of being shown.
bool IsControl(std::string_view character) {
  const auto byte = [character](size_t i) {
    return static_cast<unsigned char>(character[i]);
  };
  if (character.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7f;
  if (character.size() == 2) {  // C1, and the Arabic letter mark
    return (byte(0) == 0xc2 && byte(1) < 0xa0) || character == "\xd8\x9c";
  }
  if (character.size() != 3 || byte(0) != 0xe2) return false;
  // U+200E, U+200F and U+2028 .. U+202E: marks, separators and overrides.
  if (byte(1) == 0x80) {
    return byte(2) == 0x8e || byte(2) == 0x8f ||
           (byte(2) >= 0xa8 && byte(2) <= 0xae);
  }
  // U+2066 .. U+2069: isolates.
  return byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9;
}

size_t Characters(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

std::string FactorName(abi1::Factor factor) {
  return Words(abi1::Factor_Name(factor), sizeof "FACTOR_" - 1);
}

std::string SignalName(abi1::Signal signal) {
  return Words(abi1::Signal_Name(signal), sizeof "SIGNAL_" - 1);
}

std::string BandName(abi1::Band band) {
  return Words(abi1::Band_Name(band), sizeof "BAND_" - 1);
}

std::string Printable(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  while (!text.empty()) {
    const size_t size = CharacterSize(text.substr(0, 4));
    const std::string_view character = text.substr(0, size == 0 ? 1 : size);
    if (size > 0 && !IsControl(character)) {
      out += character;
    } else {
      for (const char c : character) {
        const auto byte = static_cast<unsigned char>(c);
        out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
      }
    }
    text.remove_prefix(character.size());
  }
  return out;
}

std::string Shortened(std::string_view text) {
  constexpr size_t kMostBytes = 40;
  size_t size = 0;
  while (size < text.size() && size < kMostBytes) {
    size += std::max<size_t>(CharacterSize(text.substr(size, 4)), 1);
  }
  return Printable(text.substr(0, size)) + (size < text.size() ? "..." : "");
}

std::string Quoted(std::string_view text) {
  return "'" + Shortened(text) + "'";
}

std::string CsvCell(std::string_view text) {
  if (text.find_first_of("\",\r\n") == std::string_view::npos) {
    return std::string(text);
  }
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string JsonString(std::string_view text) {
  return nlohmann::json(std::string(text)).dump();
}

std::string MarkdownCell(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_{}[]<>|&~";
  std::string out;
  for (const char c : Printable(text)) {
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string AlignedTable(const Grid& grid) {
  std::vector<size_t> widths;
  for (const auto& row : grid) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t c = 0; c < row.size(); ++c) {
      widths[c] = std::max(widths[c], Characters(row[c]));
    }
  }
  std::string out;
  for (const auto& row : grid) {
    std::string line;
    for (size_t c = 0; c < row.size(); ++c) {
      const std::string padding(widths[c] - Characters(row[c]), ' ');
      if (c > 0) line += "  ";
      line += c == 0 ? row[c] + padding : padding + row[c];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string MarkdownTable(const Grid& grid) {
  std::string out;
  for (size_t r = 0; r < grid.size(); ++r) {
    out += "|";
    for (const std::string& cell : grid[r])
      out += " " + MarkdownCell(cell) + " |";
    out += "\n";
    if (r > 0) continue;
    out += "|---|";
    for (size_t c = 1; c < grid[r].size(); ++c) out += "---:|";
    out += "\n";
  }
  return out;
}

std::string ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  options.add_whitespace = true;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options)
           .ok()) {
    throw Failure(kInternal, "the answer cannot be written as JSON");
  }
  return json;
}

}  // namespace influence::cli
