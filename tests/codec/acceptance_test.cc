// Bytes that are no message, or one written in an unusual way: the library
// accepts exactly what libprotobuf accepts, and reads the same values in it.
#include <google/protobuf/stubs/logging.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/client.h"
#include "tests/codec/agreement.h"
#include "tests/codec/random_messages.h"

namespace influence::testing {
namespace {

using std::string_literals::operator""s;

// `extra_bytes` longer than it need be.
std::string Varint(uint64_t value, int extra_bytes = 0) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
  for (; extra_bytes > 0; --extra_bytes) {
    out.back() = static_cast<char>(out.back() | 0x80);
    out += '\0';
  }
  return out;
}

std::string Bytes(char tag, const std::string& bytes) {
  return tag + Varint(bytes.size()) + bytes;
}

std::string Hex(const std::string& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    hex += kDigits[static_cast<unsigned char>(c) >> 4];
    hex += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return hex;
}

// Every message the library reads, by the tags that lead to it.
struct Place {
  const char* message;
  std::string tags;
  bool in_algorithm;
};
const Place kPlaces[] = {
    {"ScoreRequest", "", false},    {"Profile", "\x1a", false},
    {"Account", "\x1a\x12", false}, {"Algorithm", "", true},
    {"Row", "\x12", true},          {"SignalValue", "\x12\x2a", true},
};

std::string PutInto(const Place& place, std::string fields) {
  for (size_t i = place.tags.size(); i > 0; --i) {
    fields = Bytes(place.tags[i - 1], fields);
  }
  return "\x0a\x02v1" + fields;
}

void ExpectAccepted(const Place& place, const std::string& fields, bool want,
                    const std::string& what) {
  google::protobuf::SetLogHandler(nullptr);
  const std::string bytes = PutInto(place, fields);
  EXPECT_EQ(place.in_algorithm ? abi1::Algorithm().ParseFromString(bytes)
                               : abi1::ScoreRequest().ParseFromString(bytes),
            want)
      << what << " in " << place.message;
  EXPECT_EQ(Disagreement(bytes), "") << what << " in " << place.message;
}

void ExpectEverywhere(const std::string& fields, bool want,
                      const std::string& what) {
  for (const Place& place : kPlaces) ExpectAccepted(place, fields, want, what);
}

// Field 15 is unknown everywhere, field 1 known. In hex: 78 is field 15 as a
// varint, 79 as eight bytes, 7a as bytes, 7b and 7c begin and end it as a
// group, 7d is four bytes; 7e and 7f are no wire types.
TEST(Acceptance, OfUnusualFields) {
  const struct {
    const char* what;
    std::string fields;
    bool accepted;
  } kCases[] = {
      {"nothing", "", true},
      {"unknown varint", "\x78\x01", true},
      {"unknown varint without its value", "\x78", false},
      {"unknown varint cut short", "\x78\x80", false},
      {"unknown eight bytes",
       "\x79"
       "12345678",
       true},
      {"unknown eight bytes cut short",
       "\x79"
       "1234567",
       false},
      {"unknown bytes", "\x7a\x02xy", true},
      {"unknown bytes cut short", "\x7a\x02x", false},
      {"unknown bytes that are not UTF-8", "\x7a\x01\xff", true},
      {"unknown four bytes",
       "\x7d"
       "1234",
       true},
      {"unknown four bytes cut short",
       "\x7d"
       "123",
       false},
      {"wire type 6", "\x7e", false},
      {"wire type 7", "\x7f", false},

      {"a group", "\x7b\x7c", true},
      {"a group with fields", "\x7b\x08\x01\x12\x01x\x7c", true},
      {"a group in a group", "\x7b\x73\x74\x7c", true},
      {"groups that cross", "\x7b\x73\x7c\x74", false},
      {"a group that does not end", "\x7b", false},
      {"a group that ends as another", "\x7b\x74", false},
      {"an end without a group", "\x7c", false},
      {"field 0 in a group", "\x7b\x00\x00\x7c"s, false},
      {"a malformed field in a group", "\x7b\x7a\x09\x7c", false},
      {"a group's end in a longer form", "\x7b\xfc\x00"s, true},
      {"a known number as a group", "\x0b\x0c\x13\x14", true},

      {"field 0 as a varint", "\x00\x00"s, false},
      {"field 0 as bytes", "\x02\x00"s, false},
      {"field 0 in a longer form", "\x80\x00\x00"s, false},
      {"the largest field number", "\xf8\xff\xff\xff\x0f\x01", true},
      {"a tag over 32 bits", "\xf8\xff\xff\xff\x1f\x01", true},
      {"a tag that is 0 but for bit 32", "\x80\x80\x80\x80\x10\x01", false},
      {"a tag of 2 bytes", "\xf8\x00\x01"s, true},
      {"a tag of 5 bytes", "\xf8\x80\x80\x80\x00\x01"s, true},
      {"a tag of 6 bytes", "\xf8\x80\x80\x80\x80\x00\x01"s, false},
      {"a tag cut short", "\xf8", false},

      {"a size of 2 bytes", "\x7a\x81\x00x"s, true},
      {"a size of 5 bytes", "\x7a\x81\x80\x80\x80\x00x"s, true},
      {"a size of 6 bytes", "\x7a\x81\x80\x80\x80\x80\x00x"s, false},
      {"a size of 2^31 - 1", "\x7a\xff\xff\xff\xff\x07x", false},
      {"a size of 2^31", "\x7a\x80\x80\x80\x80\x08x", false},
      {"a size of 1 but for bit 32", "\x7a\x81\x80\x80\x80\x10x", false},
      {"a size cut short", "\x7a\x80", false},
      {"a known size of 5 bytes", "\x0a\x81\x80\x80\x80\x00x"s, true},
      {"a known size of 6 bytes", "\x0a\x81\x80\x80\x80\x80\x00x"s, false},
      {"a known size of 1 but for bit 32", "\x0a\x81\x80\x80\x80\x10x", false},
      {"a known size over what is left", "\x0a\x02x", false},

      {"another wire type: varint", "\x08\x01\x10\x01\x18\x01", true},
      {"another wire type: bytes", "\x22\x01x\x32\x01\xff\x3a\x00"s, true},
      {"another wire type: eight bytes",
       "\x09"
       "12345678",
       true},
      {"another wire type: four bytes",
       "\x1d"
       "1234",
       true},
  };
  for (const auto& c : kCases) ExpectEverywhere(c.fields, c.accepted, c.what);
}

// A varint in fields 2 to 5, one of which each message has, and in field 15.
TEST(Acceptance, OfVarintsOfEveryLength) {
  for (const char tag : {'\x10', '\x18', '\x20', '\x28', '\x78'}) {
    for (int size = 1; size <= 12; ++size) {
      const std::string what = "field " + std::to_string(tag >> 3) + ", " +
                               std::to_string(size) + " bytes";
      const std::string tail(static_cast<size_t>(size - 1), '\x80');
      ExpectEverywhere(tag + tail + '\0', size <= 10, what + ", zero");
      ExpectEverywhere(tag + tail + '\1', size <= 10, what + ", one bit");
      ExpectEverywhere(tag + tail + '\x7f', size <= 10, what + ", seven bits");
    }
  }
}

TEST(Acceptance, OfGroupsAsDeepAsProtobufsLimit) {
  for (const Place& place : kPlaces) {
    // What is left of 100 below the messages around it.
    const int limit = 100 - static_cast<int>(place.tags.size());
    for (int depth = limit - 1; depth <= limit + 1; ++depth) {
      const auto n = static_cast<size_t>(depth);
      ExpectAccepted(place, std::string(n, '\x7b') + std::string(n, '\x7c'),
                     depth <= limit, std::to_string(depth) + " groups");
    }
  }
  EXPECT_EQ(Disagreement(std::string(100'000, '\x7b')), "");
}

TEST(Acceptance, OfTextInEveryString) {
  const struct {
    std::string text;
    bool utf8;
  } kTexts[] = {
      {"", true},
      {"a\0b"s, true},
      {"twelve bytes", true},
      {"\x7f", true},
      {"\x80", false},
      {"\xc1\xbf", false},  // overlong
      {"\xc2\x80", true},
      {"\xc2", false},
      {"\xc2\x41", false},
      {"\xdf\xbf", true},
      {"\xe0\x9f\xbf", false},  // overlong
      {"\xe0\xa0\x80", true},
      {"\xe0\xa0", false},
      {"\xed\x9f\xbf", true},
      {"\xed\xa0\x80", false},  // a surrogate
      {"\xee\x80\x80", true},
      {"\xef\xbf\xbf", true},
      {"\xf0\x8f\xbf\xbf", false},  // overlong
      {"\xf0\x90\x80\x80", true},
      {"\xf0\x90\x80", false},
      {"\xf4\x8f\xbf\xbf", true},  // the last character there is
      {"\xf4\x90\x80\x80", false},
      {"\xf5\x80\x80\x80", false},
      {"\xff", false},
      {"eight by\x80", false},
      {"eight b\xc2\x80tes", true},
  };
  const struct {
    const char* what;
    const Place& place;
    char tag;
  } kStrings[] = {{"algorithm", kPlaces[0], '\x0a'},
                  {"fingerprint", kPlaces[0], '\x2a'},
                  {"Profile.id", kPlaces[1], '\x0a'},
                  {"Account.network", kPlaces[2], '\x0a'},
                  {"Algorithm.id", kPlaces[3], '\x0a'}};
  for (const auto& string : kStrings) {
    for (const auto& text : kTexts) {
      const std::string field = Bytes(string.tag, text.text);
      const std::string what = string.what + (" " + Hex(text.text));
      ExpectAccepted(string.place, field, text.utf8, what);
      // Written over by a good one, a bad one is still bad.
      ExpectAccepted(string.place, field + Bytes(string.tag, "x"), text.utf8,
                     what + ", then x");
    }
  }
}

// Of a field that occurs twice the last value counts; what is compared is in
// Disagreement(). Of two different requests at least one is not the default.
TEST(Acceptance, OfFieldsThatOccurTwice) {
  const Client v1 = Client::Released("v1");
  const std::string fingerprint = v1.Describe().fingerprint();
  std::mt19937_64 rng(6);
  for (int i = 0; i < 2'000; ++i) {
    const std::string bytes =
        RandomRequest(rng, fingerprint).SerializeAsString() +
        RandomRequest(rng, fingerprint).SerializeAsString();
    ASSERT_EQ(Disagreement(bytes), "") << Hex(bytes);
    const std::string profile = RandomWireProfile(rng).SerializeAsString() +
                                RandomWireProfile(rng).SerializeAsString();
    const std::string account = RandomAccount(rng).SerializeAsString() +
                                RandomAccount(rng).SerializeAsString();
    ASSERT_EQ(Disagreement(PutInto(kPlaces[1], profile)), "") << Hex(profile);
    ASSERT_EQ(Disagreement(PutInto(kPlaces[2], account)), "") << Hex(account);
  }
  abi1::Account account;
  const std::string twice = PutInto(kPlaces[2], "\x10\x05\x10\x00\x10\x07"s);
  EXPECT_TRUE(account.ParseFromString("\x10\x05\x10\x00\x10\x07"s));
  EXPECT_EQ(account.mentions_micros(), 7);
  abi1::ScoreResponse response;
  ASSERT_TRUE(response.ParseFromString(v1.ScoreBytes(twice).bytes));
  EXPECT_EQ(response.results(0).ledger().accounts(0).mentions_micros(), 7);
}

// ------------------------------------------------------------------ mutation

// A field of any number and wire type, well-formed or nearly so.
std::string RandomField(std::mt19937_64& rng, int depth) {
  const uint64_t number =
      rng() % 4 == 0 ? rng() >> (35 + rng() % 29) : rng() % 12;
  const uint64_t type = rng() % 8;
  const int extra = rng() % 16 == 0 ? static_cast<int>(rng() % 6) : 0;
  std::string field = Varint(number << 3 | type, extra);
  switch (type) {
    case 0:
      return field + Varint(rng() >> (rng() % 64), extra);
    case 1:
      return field + std::string(8, 'x');
    case 2: {
      std::string inner;
      for (uint64_t n = rng() % 3; n > 0 && depth < 4; --n) {
        inner += RandomField(rng, depth + 1);
      }
      return field + Varint(inner.size() + (rng() % 32 == 0 ? 1 : 0), extra) +
             inner;
    }
    case 3:
      if (depth < 4) field += RandomField(rng, depth + 1);
      return field + (rng() % 8 == 0 ? "" : Varint(number << 3 | 4));
    case 5:
      return field + std::string(4, 'y');
    default:
      return field;
  }
}

// The start of each field of `bytes`, and its end.
std::vector<size_t> Boundaries(const std::string& bytes) {
  std::vector<size_t> starts = {0};
  const auto varint = [&bytes](size_t* at) {
    uint64_t value = 0;
    for (int shift = 0; *at < bytes.size() && shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes[(*at)++]);
      value |= uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  for (size_t at = 0; at < bytes.size();) {
    switch (varint(&at) & 7) {
      case 0:
        varint(&at);
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const uint64_t size = varint(&at);
        if (size > bytes.size() - at) return starts;
        at += size;
        break;
      }
      case 5:
        at += 4;
        break;
      default:
        return starts;
    }
    if (at > bytes.size()) return starts;
    starts.push_back(at);
  }
  return starts;
}

void MutateFields(std::mt19937_64& rng, std::string* bytes, int depth);

// Opens one bytes field, mutates what is in it as fields and closes it with
// the size it then has.
void MutateInside(std::mt19937_64& rng, std::string* bytes, size_t begin,
                  size_t end, int depth) {
  if (end - begin < 2 || ((*bytes)[begin] & 0x87) != 2) return;
  size_t body = begin + 1;
  while (body < end && ((*bytes)[body] & 0x80) != 0) ++body;
  if (body == end) return;
  ++body;
  std::string inner = bytes->substr(body, end - body);
  MutateFields(rng, &inner, depth + 1);
  bytes->replace(begin + 1, end - begin - 1, Varint(inner.size()) + inner);
}

// One edit that keeps the fields around it whole.
void MutateFields(std::mt19937_64& rng, std::string* bytes, int depth) {
  const std::vector<size_t> at = Boundaries(*bytes);
  if (at.size() < 2) {
    *bytes += RandomField(rng, 2);
    return;
  }
  const size_t i = rng() % (at.size() - 1);
  const std::string field = bytes->substr(at[i], at[i + 1] - at[i]);
  switch (rng() % 8) {
    case 0:  // twice
      bytes->insert(at[rng() % at.size()], field);
      break;
    case 1:  // missing
      bytes->erase(at[i], field.size());
      break;
    case 2:  // one more
      bytes->insert(at[rng() % at.size()], RandomField(rng, depth));
      break;
    case 3:  // another number or wire type
      (*bytes)[at[i]] ^= static_cast<char>(1 << rng() % 8);
      break;
    default:
      if (depth < 3) MutateInside(rng, bytes, at[i], at[i + 1], depth);
  }
}

void MutateBytes(std::mt19937_64& rng, std::string* bytes) {
  if (bytes->empty()) bytes->push_back('\0');
  const size_t at = rng() % bytes->size();
  switch (rng() % 4) {
    case 0:
      (*bytes)[at] = static_cast<char>(rng());
      break;
    case 1:
      (*bytes)[at] ^= static_cast<char>(1 << rng() % 8);
      break;
    case 2:
      bytes->erase(at, 1 + rng() % 4);
      break;
    default:
      bytes->resize(at);
  }
}

TEST(Acceptance, OfThreeHundredThousandMutations) {
  google::protobuf::SetLogHandler(nullptr);
  const std::string fingerprint =
      Client::Released("v1").Describe().fingerprint();
  std::mt19937_64 rng(4);
  std::vector<std::string> seeds;
  while (seeds.size() < 500) {
    if (seeds.size() % 10 == 0) {
      seeds.push_back(RandomAlgorithm(rng).SerializeAsString());
      continue;
    }
    abi1::ScoreRequest request = RandomRequest(rng, fingerprint);
    if (request.profiles_size() > 1) request.mutable_profiles()->RemoveLast();
    std::string bytes = request.SerializeAsString();
    if (bytes.size() <= 1'000) seeds.push_back(std::move(bytes));
  }
  constexpr int kMutations = 300'000;
  int accepted = 0;
  for (int i = 0; i < kMutations; ++i) {
    std::string bytes = seeds[rng() % seeds.size()];
    for (uint64_t n = 1 + rng() % 3; n > 0; --n) {
      if (rng() % 4 == 0) {
        MutateBytes(rng, &bytes);
      } else {
        MutateFields(rng, &bytes, 0);
      }
    }
    ASSERT_EQ(Disagreement(bytes), "") << i << ": " << Hex(bytes);
    accepted += abi1::ScoreRequest().ParseFromString(bytes);
  }
  EXPECT_GT(accepted, kMutations / 5);
  EXPECT_LT(accepted, kMutations * 4 / 5);
}

TEST(Acceptance, OfRandomBytes) {
  std::mt19937_64 rng(5);
  for (int i = 0; i < 50'000; ++i) {
    std::string bytes(rng() % 24, '\0');
    for (char& c : bytes) c = static_cast<char>(rng());
    ASSERT_EQ(Disagreement(bytes), "") << Hex(bytes);
  }
}

}  // namespace
}  // namespace influence::testing
