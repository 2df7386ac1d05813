// The readers of events: every format, the same events; every fault, its place.
#include "cli/read/event_reader.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "base/civil.h"
#include "cli/basics/failure.h"
#include "cli/basics/times.h"

namespace influence::cli {
namespace {

class EventReaderTest : public testing::Test {
 protected:
  ~EventReaderTest() override { unlink(path_.c_str()); }

  EventReader::Options File(const std::string& content, InputFormat format) {
    std::ofstream(path_, std::ios::binary) << content;
    EventReader::Options options;
    options.file = path_;
    options.format = format;
    return options;
  }

  // Every event, as text.
  static std::vector<std::string> Read(const EventReader::Options& options) {
    EventReader reader(options);
    EventBatch batch;
    std::vector<std::string> out;
    while (reader.Next(&batch)) {
      for (size_t i = 0; i < batch.rows(); ++i) out.push_back(Row(batch, i));
    }
    return out;
  }

  static std::string Row(const EventBatch& batch, size_t i) {
    std::string text;
    for (size_t field = 0; field < kEventTexts; ++field) {
      const int32_t* const offsets = batch.offsets(field);
      text.append(batch.bytes(field) + offsets[i],
                  static_cast<size_t>(offsets[i + 1] - offsets[i]));
      text += '|';
    }
    text += std::to_string(batch.kinds()[i]) + "|" +
            std::to_string(batch.times()[i]) + "|";
    const auto optional = [&](const uint8_t* has, const int64_t* values) {
      const bool is = (has[i / 8] >> (i % 8) & 1) != 0;
      return is ? std::to_string(values[i]) : std::string();
    };
    return text + optional(batch.has_quality(), batch.qualities()) + "|" +
           optional(batch.has_count(), batch.counts());
  }

  static std::string FailureOf(const EventReader::Options& options) {
    try {
      Read(options);
    } catch (const Failure& failure) {
      const std::string text = failure.what();
      return text.substr(std::min(options.file.size(), text.size()));
    }
    return "fine";
  }

  const std::string path_ =
      testing::TempDir() + "/events" + std::to_string(getpid());
};

TEST_F(EventReaderTest, CsvAndJsonlSayTheSame) {
  const std::vector<std::string> want = {
      "eve|ada|x|maths|e1|5|1341100972|500000|3", "bob|ada||||1|1341100800||",
      "c,d|a\"b||||0|-5||"};
  EXPECT_EQ(Read(File("kind,actor,subject,time,network,topic,event_id,quality,"
                      "count\nreshare,eve,ada,1341100972,x,maths,e1,0.5,3\r\n\n"
                      "mentions,bob,ada,2012-07-01,,,,,\n"
                      "click,\"c,d\",\"a\"\"b\",-5,,,,,",
                      InputFormat::kCsv)),
            want);
  EXPECT_EQ(
      Read(File("{\"kind\":\"reshares\",\"actor\":\"eve\",\"subject\":\"ada\","
                "\"time\":1341100972,\"network\":\"x\",\"topic\":\"maths\","
                "\"event_id\":\"e1\",\"quality\":0.5,\"count\":3}\r\n \n"
                "{\"kind\":\"mention\",\"actor\":\"bob\",\"subject\":\"ada\","
                "\"time\":\"2012-07-01T02:00:00+02:00\",\"topic\":null}\n"
                "{\"kind\":\"click\",\"actor\":\"c,d\",\"subject\":\"a\\\"b\","
                "\"time\":-5}",
                InputFormat::kJsonl)),
      want);
}

TEST_F(EventReaderTest, EveryFaultHasItsPlace) {
  const auto csv = [this](const std::string& rows) {
    return FailureOf(
        File("actor,subject,kind,time,count\n" + rows, InputFormat::kCsv));
  };
  EXPECT_EQ(csv("a,b,like,1,1\na,b,like,yesterday,1\n"),
            ":3:10: time: 'yesterday' is not a time such as 1341100972 or "
            "2012-07-01T00:02:52Z");
  EXPECT_EQ(csv("a,b,like,1,-1\n"),
            ":2:12: count: '-1' is not a whole number such as 1");
  EXPECT_EQ(csv("a,b,like,1\n"), ":2:1: the row has 4 cells, the header has 5");
  EXPECT_EQ(csv("\n\"a,b,like,1,1\n"), ":3:1: this quote is never closed");
  EXPECT_EQ(csv("a,b\xff,like,1,1\n"), ":2:4: bytes that are not UTF-8");
  EXPECT_EQ(FailureOf(File("actor,subject,kind\n", InputFormat::kCsv)),
            ":1:1: there is no column 'time'");
  const auto jsonl = [this](const std::string& line) {
    return FailureOf(File(line, InputFormat::kJsonl));
  };
  EXPECT_EQ(jsonl("{\"actor\":\"a\",\"subject\":\"b\",\"kind\":\"like\"}"),
            ":1:1: there is no time");
  EXPECT_EQ(jsonl("{\"actor\":7}"), ":1:10: actor: is a number");
  EXPECT_EQ(jsonl("{\"quality\":\"1\"}"), ":1:12: quality: is text");
  EXPECT_EQ(jsonl("{\"actor\":null}"), ":1:10: actor: is null");
}

TEST_F(EventReaderTest, BadRowsAreComplainedOfAndTheRestIsRead) {
  std::vector<Complaint> complaints;
  EventReader::Options options =
      File("actor,subject,kind,time\na,b,like,x\n\"a,b,like,1\na,b,like,2\n",
           InputFormat::kCsv);
  options.complain = [&](const Complaint& c) { complaints.push_back(c); };
  EXPECT_EQ(Read(options).size(), 1u);
  ASSERT_EQ(complaints.size(), 2u);
  EXPECT_EQ(complaints[0].raw, "a,b,like,x");
  EXPECT_EQ(complaints[1].raw, "\"a,b,like,1");
}

TEST_F(EventReaderTest, StrayQuotesCostTheirRowsAndLittleTime) {
  std::string content = "actor,subject,kind,time\n";
  for (int i = 0; i < 20'000; ++i) content += "\"a,b,like,1\nc,d,like,2\n";
  size_t complaints = 0;
  EventReader::Options options = File(content, InputFormat::kCsv);
  options.most_row_bytes = 1000;
  options.complain = [&](const Complaint& c) {
    complaints += c.reason == "this quote is never closed" ? 1 : 0;
  };
  // The next quote closes one that is open; then comes text where none may be.
  EXPECT_EQ(Read(options).size(), 20'000u);
  content = "actor,subject,kind,time\n\"a" + std::string(5000, 'x') +
            "\n\",b,like,1\nc,d,like,2\n";
  options = File(content, InputFormat::kCsv);
  options.most_row_bytes = 1000;
  complaints = 0;
  options.complain = [&](const Complaint&) { ++complaints; };
  EXPECT_EQ(Read(options).size(), 1u);
  EXPECT_EQ(complaints, 2u);
}

// However the text is cut into blocks, and however it is compressed, it is the
// same text.
TEST_F(EventReaderTest, BlocksAndCompressionChangeNothing) {
  std::string content = "actor,subject,kind,time\n";
  for (int i = 0; i < 3000; ++i) {
    const std::string n = std::to_string(i);
    content += i % 7 == 0 ? "\"a\n" + n + "\",b,like," + n + "\r\n"
                          : "a" + n + ",b,like," + n + "\n";
  }
  const std::vector<std::string> want = Read(File(content, InputFormat::kCsv));
  ASSERT_EQ(want.size(), 3000u);
  for (const size_t block : {1u, 2u, 3u, 5u, 100u, 4096u}) {
    EventReader::Options options = File(content, InputFormat::kCsv);
    options.block_bytes = block;
    EXPECT_EQ(Read(options), want) << block;
  }
  const std::string gz = path_ + ".gz";
  for (const size_t half : {size_t{0}, content.size() / 2}) {
    // Two members after each other are one file.
    gzFile file = gzopen(gz.c_str(), "wb");
    gzwrite(file, content.data(), static_cast<unsigned>(half));
    gzclose(file);
    file = gzopen(gz.c_str(), "ab");
    gzwrite(file, content.data() + half,
            static_cast<unsigned>(content.size() - half));
    gzclose(file);
    EventReader::Options options;
    options.file = gz;
    EXPECT_EQ(Read(options), want);
  }
  std::string bytes((std::istreambuf_iterator<char>(
                        std::ifstream(gz, std::ios::binary).rdbuf())),
                    {});
  unlink(gz.c_str());
  EXPECT_EQ(
      FailureOf(File(bytes.substr(0, bytes.size() - 9), InputFormat::kCsv)),
      " ends in the middle of what was compressed");
  bytes[bytes.size() / 2] ^= 0x55;
  EXPECT_NE(FailureOf(File(bytes, InputFormat::kCsv)), "fine");
  std::string zstd(ZSTD_compressBound(content.size()), '\0');
  zstd.resize(
      ZSTD_compress(&zstd[0], zstd.size(), content.data(), content.size(), 3));
  EXPECT_EQ(Read(File(zstd, InputFormat::kCsv)), want);
  EXPECT_EQ(FailureOf(File(zstd.substr(0, zstd.size() - 1), InputFormat::kCsv)),
            " ends in the middle of what was compressed");
}

TEST_F(EventReaderTest, AStreamOfMessages) {
  std::string content;
  std::vector<std::string> want;
  for (const size_t size : {0u, 1u, 127u, 128u, 70'000u, 3u}) {
    want.emplace_back(size, static_cast<char>('a' + want.size()));
    for (size_t rest = size;; rest >>= 7) {
      content += static_cast<char>((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
      if (rest <= 0x7f) break;
    }
    content += want.back();
  }
  EventReader::Options options = File(content, InputFormat::kProto);
  options.block_bytes = 100;
  EventReader reader(options);
  std::string_view message;
  std::vector<std::string> got;
  while (reader.NextMessage(&message)) got.emplace_back(message);
  EXPECT_EQ(got, want);
  const auto failure = [this](const std::string& bytes) -> std::string {
    EventReader bad(File(bytes, InputFormat::kProto));
    std::string_view any;
    try {
      while (bad.NextMessage(&any)) continue;
    } catch (const Failure& f) {
      return std::string(f.what()).substr(path_.size());
    }
    return "fine";
  };
  EXPECT_EQ(failure("\x05"
                    "abcd"),
            ": message 1: the stream ends in it");
  EXPECT_EQ(failure("\x80"), ": message 1: the stream ends in it");
  EXPECT_EQ(failure("\xff\xff\xff\xff\xff\x01"), ": message 1: is too large");
}

TEST(TimesTest, WhatATimeIs) {
  EXPECT_EQ(ParseTime("0"), 0);
  EXPECT_EQ(ParseTime("-5"), -5);
  EXPECT_EQ(ParseTime("2012-07-01T00:02:52Z"), 1341100972);
  EXPECT_EQ(ParseTime("2012-07-01 00:02:52"), 1341100972);
  EXPECT_EQ(ParseTime("2012-07-01T02:02:52.999+02:00"), 1341100972);
  EXPECT_EQ(ParseTime("2012-06-30T19:02:52-05:00"), 1341100972);
  EXPECT_EQ(ParseTime("2016-12-31T23:59:60Z"), ParseTime("2017-01-01"));
  EXPECT_EQ(ParseAsOf("2012-07-01"), 1341187199);
  EXPECT_EQ(ParseAsOf("2012-07-01T00:00:00Z"), 1341100800);
  for (const char* const bad :
       {"", "-", "1e9", " 1", "2012-7-1", "2012-02-30", "2012-07-01T24:00:00Z",
        "2012-07-01T00:00Z", "2012-07-01T00:00:00.Z", "0000-01-01",
        "2012-07-01T00:00:00+2:00", "2012-07-01T00:00:00Zx", "1234567890123"}) {
    EXPECT_EQ(ParseTime(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(DayOfSecond(-1), -1);
  EXPECT_EQ(DayOfSecond(86'400), 1);
}

}  // namespace
}  // namespace influence::cli
