// The fast parsers against the careful readers, over whatever text.
#include "cli/read/people/row_stream.h"

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/basics/failure.h"
#include "gtest/gtest.h"
#include "tests/cli/row_agreement.h"

namespace influence::cli {
namespace {

// How many people the careful readers had to judge.
size_t Check(const std::string& text, InputFormat format,
             std::initializer_list<size_t> blocks) {
  size_t careful = 0;
  for (const size_t block : blocks) {
    EXPECT_EQ(Disagreement(text, format, false, block, &careful), "")
        << testing::PrintToString(text);
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
