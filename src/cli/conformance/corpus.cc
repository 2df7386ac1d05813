// Makes request n from n alone, so that every machine puts the same questions.
// tests/conformance/README.md describes the kinds.
#include "cli/conformance/corpus.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "cli/conformance/corpus_text.h"
#include "cli/conformance/random.h"

namespace influence::conformance {
namespace {

constexpr int64_t kUnit = 1'000'000;
constexpr int64_t kLimit = 10'000'000'000'000'000;
constexpr int32_t kLastDay = 2'932'896;

struct NamedBytes {
  const char* name;
  const char* hex;
};

constexpr NamedBytes kGolden[] = {
#include "cli/conformance/golden_v1.inc"
};

struct PublishedLine {
  const char* algorithm;
  const char* digest;
};
constexpr PublishedLine kPublished[] = {
#include "cli/conformance/published.inc"
};

// One of a constant list.
template <typename T, size_t kSize>
T Pick(const T (&list)[kSize], uint64_t roll) {
  return list[roll % kSize];
}

int64_t Quantity(Random* random) {
  const uint64_t roll = random->Next();
  const uint64_t more = roll >> 8;
  switch (roll % 8) {
    case 0:
      return 0;
    case 1: {
      constexpr int64_t kEdges[] = {1,         kUnit - 1,  kUnit,
                                    kUnit + 1, kLimit - 1, kLimit};
      return Pick(kEdges, more);
    }
    case 2: {  // what reaches full marks of v1 alone, and its neighbours
      constexpr int64_t kFull[] = {1'000 * kUnit, 10'000 * kUnit,
                                   100'000 * kUnit, 10'000'000 * kUnit};
      const int64_t full = Pick(kFull, more);
      const int64_t alone[] = {full, 4 * full, 2 * full, full / 5 * 4};
      return Pick(alone, more >> 2) + static_cast<int64_t>(more / 16 % 5) - 2;
    }
    case 3: {  // 2^k - 1 units have exact logarithms
      return ((int64_t{1} << more % 34) - 1) * kUnit;
    }
    default: {
      const uint64_t bits = 1 + more % 53;
      const auto value = static_cast<int64_t>(random->Next() >> (64 - bits));
      return roll % 8 == 4 ? value / kUnit * kUnit : value;
    }
  }
}

Account MakeAccount(Random* random) {
  constexpr const char* kNetworks[] = {"", "x", "github", "mastodon",
                                       "\xc3\xa9\xe2\x82\xac"};
  constexpr uint64_t kStated[] = {1, 4, 7, 8};  // of 8
  Account account;
  account.network = Pick(kNetworks, random->Next());
  const uint64_t stated = Pick(kStated, random->Next());
  for (auto& signal : account.signals) {
    if (random->Below(8) < stated) signal = Quantity(random);
  }
  return account;
}

// Gives a profile one fault or oddity that the library must answer the same
// way everywhere.
void Spoil(Random* random, Profile* profile) {
  if (profile->accounts.empty()) profile->accounts.emplace_back();
  Account& account = profile->accounts[random->Below(profile->accounts.size())];
  const uint64_t kind = random->Below(9);
  if (kind >= 3) profile->plain = false;
  switch (kind) {
    case 0:
    case 1:
    case 2: {
      constexpr int64_t kOutside[] = {-1, kLimit + 1,
                                      std::numeric_limits<int64_t>::min(),
                                      std::numeric_limits<int64_t>::max()};
      const uint64_t signal = random->Below(kSignals);
      account.signals[signal] = Pick(kOutside, random->Next());
      break;
    }
    case 3:
      profile->id = "a\xff";
      break;
    case 4:
      account.network = "\xed\xa0\x80";  // a surrogate
      break;
    case 5:
      profile->id.assign(INFLUENCE_MAX_ID_BYTES + random->Below(2), 'i');
      break;
    case 6:
      account.network.assign(INFLUENCE_MAX_NETWORK_BYTES + random->Below(2),
                             'n');
      break;
    case 7:  // a signal again, of which the last holds, and an unknown field
      account.extra = std::string("\x48\x07\xf8\x07\x01", 5);
      break;
    default:  // an unknown field, or one of the wrong type
      profile->extra = random->Below(2) == 0 ? "\x9a\x3f\x02hi" : "\x10\x05";
  }
}

Profile MakeProfile(Random* random) {
  Profile profile;
  const uint64_t roll = random->Next();
  if (roll % 16 != 0) profile.id = "p" + std::to_string(roll >> 32);
  if (roll % 16 == 1) profile.id = "\xce\xb1 \"" + profile.id + ",\n";
  const uint64_t kind = random->Below(128);
  uint64_t accounts = 1;
  if (kind == 0) {
    accounts = random->Below(INFLUENCE_MAX_ACCOUNTS + 1);
  } else if (kind < 24) {
    accounts = 2 + random->Below(4);
  } else if (kind < 28) {
    accounts = 0;
  }
  for (; accounts > 0; --accounts) {
    profile.accounts.push_back(MakeAccount(random));
  }
  if (random->Below(24) == 0) Spoil(random, &profile);
  return profile;
}

void Assemble(Case* c) {
  c->bytes = Bytes(c->head);
  for (const Profile& profile : c->profiles) {
    AppendProfile(Bytes(profile), &c->bytes);
  }
}

// Turns the bytes of a request into others that need be no request.
void Damage(Random* random, std::string* bytes) {
  const uint64_t kind = random->Below(7);
  const size_t at = bytes->empty() ? 0 : random->Below(bytes->size());
  const uint64_t roll = random->Next();
  const auto byte = static_cast<char>(roll & 0xff);
  switch (kind) {
    case 0:
      bytes->resize(at);
      break;
    case 1:
      if (!bytes->empty()) {
        (*bytes)[at] = static_cast<char>((*bytes)[at] ^ 1 << roll % 8);
      }
      break;
    case 2:
      if (!bytes->empty()) (*bytes)[at] = byte;
      break;
    case 3:
      bytes->insert(at, 1 + roll / 256 % 8, byte);
      break;
    case 4:  // well-formed: an unknown field of each wire type
      *bytes += std::string("\x98\x3f\x07", 3) + "\x9a\x3f\x02hi" +
                "\x9d\x3f"
                "abcd" +
                "\x99\x3f"
                "abcdefgh";
      break;
    case 5:  // well-formed: scalars again, profiles twice
      *bytes += *bytes;
      break;
    default:
      bytes->clear();
      for (uint64_t size = roll % 48; size > 0; --size) {
        *bytes += static_cast<char>(random->Next() & 0xff);
      }
  }
}

Case Raw(std::string name, std::string bytes) {
  Case c;
  c.name = std::move(name);
  c.hostile = true;
  c.bytes = std::move(bytes);
  return c;
}

// Whole requests that no generator would find.
std::vector<Case> Handwritten(const std::string& algorithm,
                              const std::string& fingerprint) {
  Head plain;
  plain.algorithm = algorithm;
  const std::string head = Bytes(plain);
  std::string one;
  AppendProfile("", &one);
  std::vector<Case> cases;
  const auto raw = [&cases](const char* name, const std::string& bytes) {
    cases.push_back(Raw(name, bytes));
  };
  const auto with = [&](const char* name, auto change) {
    Head changed = plain;
    change(&changed);
    raw(name, Bytes(changed) + one);
  };
  raw("an empty request", "");
  raw("no algorithm", one);
  raw("no profiles", head);
  raw("an empty profile", head + one);
  raw("profiles before the algorithm", one + head);
  raw("an algorithm named twice: the last holds", "\x0a\x01x" + head + one);
  raw("an algorithm in capitals", "\x0a\x02V1" + one);
  raw("an algorithm with a NUL", std::string("\x0a\x03v1\0", 5) + one);
  raw("an algorithm that is not UTF-8", "\x0a\x02\xc3\x28" + one);
  with("its own fingerprint", [&](Head* h) { h->fingerprint = fingerprint; });
  with("a fingerprint cut short",
       [&](Head* h) { h->fingerprint = fingerprint.substr(0, 63); });
  with("the first day", [](Head* h) { h->as_of_days = 0; });
  with("the last day", [](Head* h) { h->as_of_days = kLastDay; });
  with("after the last day", [](Head* h) { h->as_of_days = kLastDay + 1; });
  with("before the first day", [](Head* h) { h->as_of_days = -1; });
  with("an unknown detail", [](Head* h) { h->detail = 2; });
  with("a negative detail", [](Head* h) { h->detail = -1; });
  with("an unknown rendering", [](Head* h) { h->rendering = 3; });
  with("words without a ledger", [](Head* h) {
    h->detail = 1;
    h->rendering = 1;
  });
  raw("a varint of ten bytes", head + "\x10" + std::string(9, '\xff') + "\x01");
  raw("a varint of eleven bytes",
      head + "\x10" + std::string(10, '\xff') + "\x01");
  raw("a length beyond the end", head + "\x1a\x7f");
  raw("a length of four gigabytes", head + "\x1a\xff\xff\xff\xff\x0f");
  raw("field number zero", head + std::string("\0\0", 2));
  raw("a group", head + "\x1b\x1c");
  raw("wire type 7", head + "\x0f");
  raw("the algorithm as a number", "\x08\x01" + one);
  raw("an unknown field of the largest number",
      head + "\xf8\xff\xff\xff\x0f\x01" + one);
  return cases;
}

}  // namespace

Corpus::Corpus(std::string_view algorithm)
    : algorithm_(algorithm), engines_(AllEngines(algorithm)) {
  for (const NamedBytes& golden : kGolden) {
    Case c = Raw(std::string("golden: ") + golden.name, "");
    std::string profile;
    FromHex(golden.hex, &profile);
    Head head;
    head.algorithm = algorithm_;
    c.bytes = Bytes(head);
    AppendProfile(profile, &c.bytes);
    fixed_.push_back(std::move(c));
  }
  for (Case& c : Handwritten(algorithm_, engines_[0].fingerprint)) {
    fixed_.push_back(std::move(c));
  }
}

Case Corpus::Generate(size_t number) const {
  Random random(number);
  Case c;
  c.name = "generated";
  const uint64_t kind = random.Below(16);
  if (kind < kValidTables) c.engine = 1 + kind;
  const Engine& engine = engines_[c.engine];
  c.head.algorithm = engine.id;
  constexpr int32_t kDays[] = {0, 15'000, 20'000, kLastDay};
  const uint64_t day = random.Below(8);
  if (day < std::size(kDays)) c.head.as_of_days = kDays[day];
  const uint64_t form = random.Below(8);
  if (form < 2) c.head.detail = 1;
  if (form == 2) c.head.rendering = 1 + static_cast<int32_t>(random.Below(2));
  if (random.Below(8) == 0) c.head.fingerprint = engine.fingerprint;
  switch (random.Below(256)) {
    case 0:
      c.head.algorithm = "v0";
      break;
    case 1:
      c.head.fingerprint = std::string(64, '0');
      break;
    case 2:
      c.head.as_of_days = kLastDay + 1;
      break;
    default:
      break;
  }
  const uint64_t profiles = random.Below(8) == 0 ? 1 + random.Below(8) : 1;
  for (uint64_t i = 0; i < profiles; ++i) {
    c.profiles.push_back(MakeProfile(&random));
  }
  Assemble(&c);
  if (random.Below(12) == 0) {
    c.hostile = true;
    c.name = "damaged";
    Damage(&random, &c.bytes);
  }
  return c;
}

Case Corpus::Get(size_t number) const {
  return number < fixed_.size() ? fixed_[number]
                                : Generate(number - fixed_.size());
}

std::string Corpus::Preamble() const {
  std::string text = "influence conformance corpus\nof";
  AppendName(algorithm_, &text);
  text += "\n\n";
  for (const Engine& engine : engines_) text += engine.text;
  return text;
}

std::string Question(const Case& c, size_t number) {
  std::string text = "case";
  AppendNumber(static_cast<int64_t>(number), &text);
  text += ' ' + c.name + "\nby";
  AppendNumber(static_cast<int64_t>(c.engine), &text);
  text += "\nrequest " + ToHex(c.bytes) + '\n';
  if (c.hostile) return text;
  text += Describe(c.head);
  for (const Profile& profile : c.profiles) text += Describe(profile);
  return text;
}

std::string CaseText(const Case& c, size_t number, const Answer& answer) {
  std::string text = Question(c, number);
  Render(answer, &text);
  text += '\n';
  return text;
}

std::string_view PublishedDigest(std::string_view algorithm) {
  for (const PublishedLine& line : kPublished) {
    if (line.algorithm == algorithm) return line.digest;
  }
  return {};
}

}  // namespace influence::conformance
