// Stored answers are rendered only if they hold: a result is what its facts
// give, a description is the algorithm's, a drift's sums are its own.
#include <functional>

#include "gtest/gtest.h"
#include "tests/insight/insight_client.h"

namespace influence::testing {
namespace {

Answer Render(const std::string& request) {
  return Ask([&](influence_bytes* text, influence_error** error) {
    return influence_render(DataOf(request), request.size(), text, error);
  });
}

Answer Render(const abi1::RenderRequest& request) {
  return Render(request.SerializeAsString());
}

// The status of a request that is refused, and the field at its fault.
struct Refusal {
  influence_status status;
  std::string field;
};
bool operator==(const Refusal& a, const Refusal& b) {
  return a.status == b.status && a.field == b.field;
}
void PrintTo(const Refusal& refusal, std::ostream* out) {
  *out << refusal.status << " " << refusal.field;
}

Refusal RefusalOf(const std::string& request) {
  influence_bytes text = {nullptr, 0};
  influence_error* error = nullptr;
  const influence_status status =
      influence_render(DataOf(request), request.size(), &text, &error);
  EXPECT_EQ(text.size, 0u);
  influence_bytes_free(&text);
  const Refusal refusal = {status, influence_error_field(error)};
  EXPECT_EQ(influence_error_status(error), status);
  influence_error_free(error);
  return refusal;
}

Refusal RefusalOf(const abi1::RenderRequest& request) {
  return RefusalOf(request.SerializeAsString());
}

abi1::RenderRequest AsText() {
  abi1::RenderRequest request;
  request.set_format(abi1::RENDER_FORMAT_TEXT);
  return request;
}

abi1::ScoreResponse ResultOf(const std::string& id, int64_t followers) {
  const Client v1 = Client::Released("v1");
  abi1::ScoreRequest request = v1.NewRequest();
  abi1::Profile* profile = request.add_profiles();
  profile->set_id(id);
  profile->add_accounts()->set_network("x");
  profile->mutable_accounts(0)->set_followers_micros(followers * 1'000'000);
  return v1.Score(request);
}

TEST(Stored, AResultIsWhatItsFactsGive) {
  abi1::RenderRequest request = AsText();
  *request.mutable_result() = ResultOf("ada", 2'400);
  const Answer page = Render(request);
  ASSERT_EQ(page.status, INFLUENCE_OK) << page.message;
  EXPECT_EQ(page.bytes.find("ada: "), 0u);

  using Edit = std::function<void(abi1::Ledger*)>;
  const std::vector<Edit> edits = {
      [](abi1::Ledger* ledger) { ledger->set_score_micropoints(1); },
      [](abi1::Ledger* ledger) { ledger->set_band(abi1::BAND_VERY_HIGH); },
      [](abi1::Ledger* ledger) { ledger->mutable_lines()->RemoveLast(); },
      [](abi1::Ledger* ledger) { ledger->clear_lifted(); },
      [](abi1::Ledger* ledger) {
        ledger->mutable_lines(3)->mutable_parts(0)->set_network("y");
      },
      [](abi1::Ledger* ledger) {
        ledger->mutable_accounts(0)->set_followers_micros(1);
      },
      [](abi1::Ledger* ledger) { ledger->add_accounts(); },
  };
  for (const Edit& edit : edits) {
    abi1::RenderRequest forged = request;
    edit(forged.mutable_result()->mutable_results(0)->mutable_ledger());
    EXPECT_EQ(RefusalOf(forged),
              (Refusal{INFLUENCE_NOT_VERIFIED, "result.results[0].ledger"}));
  }
  // A field that only a later library knows does not matter.
  std::string later = request.result().results(0).ledger().SerializeAsString();
  later += std::string("\xa2\x06\x03new", 6);
  abi1::RenderRequest newer = request;
  ASSERT_TRUE(newer.mutable_result()
                  ->mutable_results(0)
                  ->mutable_ledger()
                  ->ParseFromString(later));
  EXPECT_EQ(Render(newer).bytes, page.bytes);

  abi1::RenderRequest other = request;
  other.mutable_result()->mutable_identity()->set_fingerprint("aa");
  EXPECT_EQ(RefusalOf(other), (Refusal{INFLUENCE_ALGORITHM_MISMATCH,
                                       "result.identity.fingerprint"}));
  other = request;
  other.mutable_result()->mutable_identity()->set_as_of_days(-1);
  EXPECT_EQ(RefusalOf(other),
            (Refusal{INFLUENCE_OUT_OF_RANGE, "result.identity.as_of_days"}));
  other = request;
  *other.mutable_before() = ResultOf("eve", 5);
  EXPECT_EQ(RefusalOf(other),
            (Refusal{INFLUENCE_INVALID_ARGUMENT, "before.results[0].id"}));
  *other.mutable_before() = ResultOf("ada", 5);
  EXPECT_EQ(Render(other).status, INFLUENCE_OK);
  other.mutable_before()->mutable_results(0)->mutable_ledger()->set_band(
      abi1::BAND_HIGH);
  EXPECT_EQ(RefusalOf(other),
            (Refusal{INFLUENCE_NOT_VERIFIED, "before.results[0].ledger"}));
}

// The last member of a oneof counts, and pieces of one message are merged.
TEST(Stored, RequestsAreReadAsProtobufDoes) {
  abi1::RenderRequest result = AsText();
  *result.mutable_result() = ResultOf("ada", 2'400);
  abi1::RenderRequest card = AsText();
  card.set_card("v1");
  const std::string ada = result.SerializeAsString();
  const std::string v1 = card.SerializeAsString();
  EXPECT_EQ(Render(ada + v1).bytes, Render(card).bytes);
  EXPECT_EQ(Render(v1 + ada).bytes, Render(result).bytes);

  // A ledger after which an error stands is not there.
  abi1::RenderRequest error = AsText();
  abi1::Result failed;
  failed.mutable_error()->set_code(abi1::CODE_OUT_OF_RANGE);
  std::string one = result.result().results(0).SerializeAsString();
  one += failed.SerializeAsString();
  ASSERT_TRUE(error.mutable_result()->add_results()->ParseFromString(one));
  // The same as bytes that still have both.
  std::string response = "\x12";
  ASSERT_LT(one.size(), 1u << 14);
  response += static_cast<char>(one.size() % 128 + 128);
  response += static_cast<char>(one.size() / 128);
  response += one;
  std::string request = "\x08\x01\x22";
  ASSERT_LT(response.size(), 1u << 14);
  request += static_cast<char>(response.size() % 128 + 128);
  request += static_cast<char>(response.size() / 128);
  request += response;
  const Refusal missing = {INFLUENCE_INVALID_ARGUMENT,
                           "result.results[0].ledger"};
  EXPECT_EQ(RefusalOf(request), missing);
  EXPECT_EQ(RefusalOf(error), missing);

  // A result in two pieces: who it is of, and what it is.
  abi1::RenderRequest identity = AsText(), rest;
  *identity.mutable_result()->mutable_identity() = result.result().identity();
  *rest.mutable_result()->add_results() = result.result().results(0);
  EXPECT_EQ(
      Render(identity.SerializeAsString() + rest.SerializeAsString()).bytes,
      Render(result).bytes);
  EXPECT_EQ(RefusalOf(ada + ada),
            (Refusal{INFLUENCE_INVALID_ARGUMENT, "result.results"}));

  // The facts of a comparison in two pieces.
  abi1::RenderRequest before = AsText(), after, both;
  abi1::CompareSide* side = before.mutable_compare_request()->mutable_before();
  side->mutable_profile()->add_accounts()->set_likes_micros(5'000'000);
  side->mutable_identity()->set_algorithm("v1");
  side = after.mutable_compare_request()->mutable_after();
  side->mutable_profile()->add_accounts()->set_likes_micros(7'000'000);
  side->mutable_identity()->set_algorithm("v2");
  both = before;
  both.MergeFrom(after);
  const Answer whole = Render(both);
  ASSERT_EQ(whole.status, INFLUENCE_OK) << whole.message;
  EXPECT_EQ(
      Render(before.SerializeAsString() + after.SerializeAsString()).bytes,
      whole.bytes);
}

TEST(Stored, ADescriptionIsTheAlgorithms) {
  std::mt19937_64 rng(5);
  for (const Client& client :
       {Client::Released("v1"), Client::Custom(ValidAlgorithm(rng))}) {
    abi1::RenderRequest request = AsText();
    *request.mutable_description() = client.Describe();
    const Answer page = Render(request);
    ASSERT_EQ(page.status, INFLUENCE_OK) << page.message;

    abi1::RenderRequest forged = request;
    forged.mutable_description()->set_fingerprint(std::string(64, 'a'));
    EXPECT_EQ(RefusalOf(forged),
              (Refusal{INFLUENCE_NOT_VERIFIED, "description.fingerprint"}));
    forged = request;
    forged.mutable_description()->mutable_prices(0)->set_tenfold_micropoints(1);
    EXPECT_EQ(RefusalOf(forged),
              (Refusal{INFLUENCE_NOT_VERIFIED, "description"}));
    forged = request;
    forged.mutable_description()->mutable_algorithm()->set_crowd_micros(7);
    EXPECT_EQ(RefusalOf(forged).status, INFLUENCE_NOT_VERIFIED);
  }
  abi1::RenderRequest unknown = AsText();
  unknown.mutable_description()->set_released(true);
  unknown.mutable_description()->mutable_algorithm()->set_id("v0");
  EXPECT_EQ(RefusalOf(unknown),
            (Refusal{INFLUENCE_UNKNOWN_ALGORITHM, "description.algorithm"}));
}

TEST(Stored, SomethingHasToBeShown) {
  EXPECT_EQ(RefusalOf(AsText()),
            (Refusal{INFLUENCE_INVALID_ARGUMENT, "subject"}));
  abi1::RenderRequest request;
  request.set_card("v1");
  EXPECT_EQ(RefusalOf(request),
            (Refusal{INFLUENCE_INVALID_ARGUMENT, "format"}));
  request.set_format(abi1::RENDER_FORMAT_SVG_BADGE);
  EXPECT_EQ(RefusalOf(request),
            (Refusal{INFLUENCE_INVALID_ARGUMENT, "format"}));
  request = AsText();
  request.set_card("");
  EXPECT_EQ(RefusalOf(request), (Refusal{INFLUENCE_INVALID_ARGUMENT, "card"}));
  request.set_card("acme/v1");
  *request.mutable_algorithm() = Client::Released("v1").Describe().algorithm();
  request.mutable_algorithm()->set_id("acme/v2");
  EXPECT_EQ(RefusalOf(request),
            (Refusal{INFLUENCE_ALGORITHM_MISMATCH, "card"}));
  request.set_card("acme/v2");
  EXPECT_EQ(Render(request).status, INFLUENCE_OK);
}

TEST(Stored, SumsHold) {
  const Client v1 = Client::Released("v1");
  const Client v2 = Client::Released("v2");
  const Drift drift = NewDrift(v1, v2, {});
  abi1::ScoreRequest people;
  std::mt19937_64 rng(9);
  for (int i = 0; i < 40; ++i) *people.add_profiles() = RandomProfile(rng);
  AddPeople(drift, people);
  abi1::RenderRequest request = AsText();
  ASSERT_TRUE(request.mutable_drift()->ParseFromString(ReportBytes(drift)));
  const Answer page = Render(request);
  ASSERT_EQ(page.status, INFLUENCE_OK) << page.message;

  using Edit = std::function<void(abi1::DriftReport*)>;
  const auto forged = [&request](const Edit& edit) {
    abi1::RenderRequest copy = request;
    edit(copy.mutable_drift());
    return RefusalOf(copy);
  };
  EXPECT_EQ(forged([](abi1::DriftReport* report) {
              abi1::BandChange* pair = report->mutable_all()->mutable_bands(0);
              pair->set_people(pair->people() + 1);
            }),
            (Refusal{INFLUENCE_NOT_VERIFIED, "drift.all.bands"}));
  EXPECT_EQ(forged([](abi1::DriftReport* report) {
              *report->mutable_all()->add_bands() = report->all().bands(0);
              report->mutable_all()->mutable_bands(0)->set_people(0);
            }),
            (Refusal{INFLUENCE_NOT_VERIFIED, "drift.all.bands"}));
  EXPECT_EQ(forged([](abi1::DriftReport* report) {
              report->mutable_all()->mutable_bands(0)->set_after(
                  abi1::BAND_UNSPECIFIED);
            }),
            (Refusal{INFLUENCE_INVALID_ARGUMENT, "drift.all.bands[0].after"}));
  EXPECT_EQ(forged([](abi1::DriftReport* report) { report->clear_all(); }),
            (Refusal{INFLUENCE_INVALID_ARGUMENT, "drift.all"}));
  EXPECT_EQ(forged([](abi1::DriftReport* report) {
              report->set_after_by_point(3, uint64_t{1} << 36);
            }),
            (Refusal{INFLUENCE_OUT_OF_RANGE, "drift.after_by_point[3]"}));
  EXPECT_EQ(
      forged([](abi1::DriftReport* report) {
        report->mutable_all()->mutable_factors(0)->set_factor(
            static_cast<abi1::Factor>(99));
      }),
      (Refusal{INFLUENCE_INVALID_ARGUMENT, "drift.all.factors[0].factor"}));
}

TEST(Stored, AnswersWithoutTheirPartsAreRefused) {
  abi1::RenderRequest request = AsText();
  request.mutable_comparison();
  EXPECT_EQ(RefusalOf(request),
            (Refusal{INFLUENCE_INVALID_ARGUMENT, "comparison.input"}));
  request.mutable_what_if();
  EXPECT_EQ(RefusalOf(request),
            (Refusal{INFLUENCE_INVALID_ARGUMENT, "what_if.now"}));
  request.mutable_what_if()->mutable_now()->mutable_ledger();
  EXPECT_EQ(Render(request).status, INFLUENCE_OK);
  request.mutable_what_if()->mutable_then()->mutable_ledger();
  EXPECT_EQ(RefusalOf(request),
            (Refusal{INFLUENCE_INVALID_ARGUMENT, "what_if.change"}));
  request.mutable_what_if()->mutable_change();
  EXPECT_EQ(Render(request).status, INFLUENCE_OK);
  abi1::LegLine* line =
      request.mutable_what_if()->mutable_change()->add_lines();
  line->set_factor(abi1::FACTOR_AUDIENCE);
  line->add_signals()->set_signal(static_cast<abi1::Signal>(77));
  EXPECT_EQ(RefusalOf(request),
            (Refusal{INFLUENCE_INVALID_ARGUMENT,
                     "what_if.change.lines[0].signals[0].signal"}));
}

}  // namespace
}  // namespace influence::testing
