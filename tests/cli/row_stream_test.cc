// The fast parsers against the careful readers, over whatever text.
#include "cli/row_stream.h"

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/csv_reader.h"
#include "cli/failure.h"
#include "cli/jsonl_reader.h"
#include "gtest/gtest.h"

namespace influence::cli {
namespace {

using Lines = std::vector<std::string>;

// What a text says: people and complaints, as lines, each in order.
struct Said {
  Lines people;
  Lines complaints;
};

bool operator==(const Said& a, const Said& b) {
  return a.people == b.people && a.complaints == b.complaints;
}
std::ostream& operator<<(std::ostream& out, const Said& said) {
  for (const auto* lines : {&said.people, &said.complaints}) {
    for (const std::string& line : *lines) {
      out << "  " << testing::PrintToString(line) << "\n";
    }
    out << "  --\n";
  }
  return out;
}

std::string Written(const wire::Account& account) {
  std::string text = "(";
  for (size_t i = kFirstSignalColumn; i < kColumns; ++i) {
    const auto micros = GetSignal(account, i);
    absl::StrAppend(&text, i > kFirstSignalColumn ? " " : "",
                    micros.has_value() ? absl::StrCat(*micros) : "-");
  }
  return text + ")";
}

std::string Written(const Complaint& c) {
  return absl::StrCat(c.line, ":", c.column, " ", c.reason, " <", c.raw, ">");
}

std::string Written(size_t line, const wire::Profile& profile) {
  std::string text = absl::StrCat(line, " ", profile.id());
  for (const auto& account : profile.accounts()) text += Written(account);
  return text;
}

struct Row {
  std::string id;
  wire::Account account;
  Complaint complaint;  // its reason is empty if the row is good
  size_t line;          // where the row begins
};

std::vector<Row> CsvRows(std::string_view text) {
  CsvReader reader(text);
  const CsvHeader header = ReadCsvHeader(&reader, "", false);
  std::vector<Row> rows;
  std::vector<Cell> record;
  CsvRow row;
  while (NextCsvRow(&reader, header, &record, &row)) {
    const auto before = std::string_view(
        text.data(), static_cast<size_t>(reader.raw().data() - text.data()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    rows.push_back(
        {row.id,
         row.account,
         {row.line, row.column, row.fault, std::string(reader.raw())},
         static_cast<size_t>(line)});
  }
  return rows;
}

std::vector<Row> JsonlRows(std::string_view text) {
  std::vector<Row> rows;
  for (size_t line = 1; !text.empty(); ++line) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view raw = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
    if (raw.find_first_not_of(" \t") == std::string_view::npos) continue;
    const JsonRow row = ReadJsonRow(raw, false);
    rows.push_back({row.id,
                    row.account,
                    {line, row.column, row.fault, std::string(raw)},
                    line});
  }
  return rows;
}

// Rows of one id that stand together are one person, whole or left out; a row
// without an id is left out alone.
Said Expected(const std::vector<Row>& rows) {
  Said said;
  for (size_t i = 0; i < rows.size();) {
    if (rows[i].id.empty()) {
      said.complaints.push_back(Written(rows[i++].complaint));
      continue;
    }
    std::vector<size_t> person;
    size_t bad_line = 0;
    const size_t first = i;
    size_t last = i;
    for (; i < rows.size(); ++i) {
      if (rows[i].id.empty()) continue;
      if (rows[i].id != rows[first].id) break;
      person.push_back(i);
      last = i;
      const Complaint& complaint = rows[i].complaint;
      if (bad_line == 0 && !complaint.reason.empty()) bad_line = complaint.line;
    }
    i = last + 1;
    wire::Profile profile;
    profile.set_id(rows[first].id);
    for (size_t k = first; k < i; ++k) {
      Complaint complaint = rows[k].complaint;
      if (rows[k].id.empty()) {
        said.complaints.push_back(Written(complaint));
        continue;
      }
      *profile.add_accounts() = rows[k].account;
      if (bad_line == 0) continue;
      if (complaint.reason.empty()) {
        complaint.column = 1;
        complaint.line = rows[k].line;
        complaint.reason = absl::StrCat("left out, because line ", bad_line,
                                        " of the same person is bad");
      }
      said.complaints.push_back(Written(complaint));
    }
    if (bad_line == 0) {
      said.people.push_back(Written(rows[first].line, profile));
    }
  }
  return said;
}

struct Parsed {
  Said said;
  size_t careful = 0;  // people who were set aside
};

Parsed Parse(std::string_view text, InputFormat format, size_t block) {
  RowStream::Options options;
  options.population.format = format;
  options.population.skip_bad_rows = true;
  options.block_bytes = block;
  RowStream stream(
      [&text](char* to, size_t size) {
        size = std::min(size, text.size());
        std::memcpy(to, text.data(), size);
        text.remove_prefix(size);
        return size;
      },
      options);
  Parsed parsed;
  static RowBatch batch;  // it is large
  std::string condemned;
  size_t bad_line = 0;
  while (stream.Next(&batch)) {
    const auto& people = batch.people();
    for (size_t i = 0; i < people.size();) {
      if (!people[i].set_aside) {
        wire::Profile profile;
        profile.set_id(std::string(batch.id(people[i])));
        size_t end = i + 1;
        while (end < people.size() && people[end].set_aside) ++end;
        const size_t rows =
            end == people.size() ? batch.rows() : people[end].row;
        for (size_t row = people[i].row; row < rows; ++row) {
          wire::Account* account = profile.add_accounts();
          for (size_t s = 0; s < kSignals; ++s) {
            if ((batch.known(s)[row / 8] >> (row % 8) & 1) == 0) continue;
            SetSignal(account, kFirstSignalColumn + s, batch.values(s)[row]);
          }
        }
        parsed.said.people.push_back(Written(people[i].line, profile));
        ++i;
        continue;
      }
      const size_t first = i++;
      ++parsed.careful;
      std::string_view part;
      Population::Options careful = stream.Careful(batch, first, i, &part);
      careful.bad_id = first == 0 ? condemned : "";
      careful.bad_line = bad_line;
      const Population population(part, careful);
      for (const Person& person : population.people()) {
        parsed.said.people.push_back(
            Written(person.rows[0].line, person.profile));
      }
      for (const Complaint& c : population.complaints()) {
        parsed.said.complaints.push_back(Written(c));
      }
      if (i == people.size()) bad_line = population.BadLine(stream.condemned());
    }
    condemned = stream.condemned();
  }
  return parsed;
}

void Sort(Said* said) {
  std::sort(said->complaints.begin(), said->complaints.end());
}

// How many people the careful readers had to judge.
size_t Check(const std::string& text, InputFormat format,
             std::initializer_list<size_t> blocks) {
  Said want =
      Expected(format == InputFormat::kCsv ? CsvRows(text) : JsonlRows(text));
  Sort(&want);
  size_t careful = 0;
  for (const size_t block : blocks) {
    Parsed parsed = Parse(text, format, block);
    Sort(&parsed.said);
    EXPECT_EQ(parsed.said, want)
        << testing::PrintToString(text) << " by " << block;
    careful = parsed.careful;
  }
  return careful;
}

std::string Random(const std::vector<std::string>& pieces, size_t most,
                   std::mt19937_64* random) {
  std::string text;
  for (size_t n = (*random)() % most; n > 0; --n) {
    text += pieces[(*random)() % pieces.size()];
  }
  return text;
}

TEST(RowStream, CsvOfAnyTextIsWhatTheCarefulReaderSays) {
  const std::vector<std::string> pieces = {"a,1\n",
                                           "b,2.5,\n",
                                           "a,",
                                           "b,",
                                           "\"a\",",
                                           "\"a\"\"b\",",
                                           "\"x\ny\",",
                                           "7",
                                           "12345678",
                                           "123456789012",
                                           "1234567890123",
                                           "0012",
                                           "1.5",
                                           ".5",
                                           "5.",
                                           ".",
                                           "1.234567",
                                           "1.2345675",
                                           "+3",
                                           "-1",
                                           "1e5",
                                           "n w",
                                           "\xc3\xa9",
                                           "\xff",
                                           "\"",
                                           ",",
                                           ",",
                                           "\n",
                                           "\n",
                                           "\r\n",
                                           "\r",
                                           "\"7\"",
                                           std::string(1, '\0'),
                                           "#",
                                           "+",
                                           " "};
  std::mt19937_64 random(1);
  for (int i = 0; i < 30'000 && !testing::Test::HasFailure(); ++i) {
    Check("id,likes,network,saves\n" + Random(pieces, 30, &random),
          InputFormat::kCsv, {1, 7, 64, 1 << 12});
    Check("likes,id\n" + Random(pieces, 12, &random), InputFormat::kCsv,
          {3, 1 << 12});
  }
}

TEST(RowStream, JsonlOfAnyTextIsWhatTheCarefulReaderSays) {
  const std::vector<std::string> pieces = {"{\"id\":\"a\",\"likes\":1}\n",
                                           "{\"id\":\"b\"}\r\n",
                                           "{",
                                           "}",
                                           "}\n",
                                           "}\n",
                                           "\"id\"",
                                           "\"likes\":",
                                           "\"saves\":",
                                           "\"network\":",
                                           "\"a\"",
                                           "\"b c!\"",
                                           "\"\\u0061\"",
                                           "\"\xc3\xa9\"",
                                           "\"\xff\"",
                                           "\"\t\"",
                                           "\"id\":\"a\"",
                                           "{\"id\":\"a\"",
                                           ",",
                                           ":",
                                           "null",
                                           "true",
                                           "1",
                                           "0",
                                           "01",
                                           "1.5",
                                           "1.",
                                           ".5",
                                           "-0",
                                           "1e2",
                                           "12345678901234",
                                           "1.2345678",
                                           " ",
                                           "\t",
                                           "\r",
                                           "\n",
                                           "\"\"",
                                           "[",
                                           "]",
                                           std::string(1, '\0'),
                                           "\"x\":1"};
  std::mt19937_64 random(2);
  for (int i = 0; i < 30'000 && !testing::Test::HasFailure(); ++i) {
    Check(Random(pieces, 30, &random), InputFormat::kJsonl,
          {1, 7, 64, 1 << 12});
  }
}

std::string Repeat(const std::string& piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

// Whatever is a good row in some usual writing stays with the fast parsers.
TEST(RowStream, WhatIsPlainIsNotReadTwice) {
  std::string csv = "id,network,likes,saves\r\n";
  std::string jsonl;
  for (int i = 0; i < 3000; ++i) {
    absl::StrAppend(&csv, "\"i,\"\"", i, "\nx\",\xc3\xa9,", i * 123'456'789LL,
                    ".25,", i % 3 == 0 ? "" : "+0.1234567", "\r\n");
    absl::StrAppend(&jsonl, "{ \"id\": \"\xc3\xa9", i,
                    "\", \"likes\" : 0.5, \"saves\":null, \"network\":\"x\"}",
                    i % 2 == 0 ? "\r\n" : "\n");
  }
  EXPECT_EQ(Check(csv, InputFormat::kCsv, {1 << 16}), 0u);
  EXPECT_EQ(Check(jsonl, InputFormat::kJsonl, {1 << 16}), 0u);
}

// More accounts than a person may have are the library's to refuse, and to
// that end need not be held at once.
TEST(RowStream, SomeoneOfManyRowsIsSetAside) {
  const std::string header = "id,likes\n";
  for (const int rows : {64, 65}) {
    const std::string text = header + "x,1\n" + Repeat("a,1\n", rows) + "b,1\n";
    EXPECT_EQ(Check(text, InputFormat::kCsv, {1 << 12}), rows == 65 ? 1u : 0u);
  }
  RowStream::Options options;
  std::string_view text;
  const std::string many = header + Repeat("a,1\n", 100'000) + "b,2\n";
  text = many;
  options.block_bytes = 4096;
  RowStream stream(
      [&text](char* to, size_t size) {
        size = std::min(size, text.size());
        std::memcpy(to, text.data(), size);
        text.remove_prefix(size);
        return size;
      },
      options);
  RowBatch batch;
  size_t blocks = 0;
  std::string last;
  while (stream.Next(&batch)) {
    EXPECT_LT(batch.buffer()->size(), 3 * options.block_bytes);
    ++blocks;
    for (const BatchPerson& person : batch.people()) {
      last = batch.id(person);
      EXPECT_EQ(person.set_aside, last == "a");
    }
  }
  EXPECT_EQ(last, "b");
  EXPECT_GT(blocks, 90u);
}

TEST(RowStream, AnEndlessLineAndAnEndlessQuoteHaveLimits) {
  const auto read = [](const std::string& start) {
    RowStream::Options options;
    options.population.name = "in";
    options.block_bytes = 1 << 12;
    options.most_bytes = 1 << 16;
    bool first = true;
    return RowStream(
        [start, first](char* to, size_t size) mutable {
          std::memset(to, '1', size);
          if (first) std::memcpy(to, start.data(), start.size());
          first = false;
          return size;
        },
        options);
  };
  RowBatch batch;
  for (const char* start : {"", "id,likes\nx,"}) {
    RowStream stream = read(start);
    EXPECT_THROW(while (stream.Next(&batch)){}, Failure);
  }
}

}  // namespace
}  // namespace influence::cli
